/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-catalogue.h"
#include "reshoot-index-spending.h"
#include "reshoot-job.h"
#include "reshoot-provider.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_SESSION (reshoot_session_get_type ())

G_DECLARE_FINAL_TYPE (ReshootSession, reshoot_session, RESHOOT, SESSION, GObject)

/* Owns catalogue, keys, HTTP, the queue and the index. main() makes one and hands it down. Signal "keys-changed": a key
 * was kept or forgotten, or was found in the keyring. What the person chose once is in reshoot-session-choices.h. */

ReshootSession   *reshoot_session_new              (GError              **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootCatalogue *reshoot_session_get_catalogue    (ReshootSession       *self);
ReshootIndex     *reshoot_session_get_index        (ReshootSession       *self);

/* A project that was opened or made, and is to be found again. */
void              reshoot_session_take_up          (ReshootSession       *self,
                                                    ReshootProject       *project);

/* What is in the environment is known at once; what is in the keyring after the keys were loaded. */
gboolean          reshoot_session_get_key_present  (ReshootSession       *self,
                                                    const char           *provider);
void              reshoot_session_load_keys_async  (ReshootSession       *self,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean          reshoot_session_load_keys_finish (ReshootSession       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);

/* A key is kept in the keyring alone. The check spends nothing. */
void              reshoot_session_set_key_async    (ReshootSession       *self,
                                                    const char           *provider,
                                                    const char           *key,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
gboolean          reshoot_session_set_key_finish   (ReshootSession       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error);
const char       *reshoot_session_get_key_variable (ReshootSession       *self,
                                                    const char           *provider);
const char       *reshoot_session_get_key_place    (ReshootSession       *self,
                                                    const char           *provider);
void              reshoot_session_check_provider_async  (ReshootSession       *self,
                                                         const char           *provider,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
gboolean          reshoot_session_check_provider_finish (ReshootSession       *self,
                                                         GAsyncResult         *result,
                                                         ReshootCheck         *check,
                                                         GError              **error);

/* Asks all that may be asked which models they have and what those cost, and takes it up. */
void              reshoot_session_refresh_async         (ReshootSession       *self,
                                                         GCancellable         *cancellable,
                                                         GAsyncReadyCallback   callback,
                                                         gpointer              user_data);
GHashTable       *reshoot_session_refresh_finish        (ReshootSession       *self,
                                                         GAsyncResult         *result,
                                                         GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/* Before pictures go to a provider for the first time the person is asked; the answer is kept. */
gboolean          reshoot_session_get_consent      (ReshootSession       *self,
                                                    const char           *provider);
gboolean          reshoot_session_get_public_consent (ReshootSession     *self,
                                                      const char         *provider);
gboolean          reshoot_session_set_public_consent (ReshootSession     *self,
                                                      const char         *provider,
                                                      gboolean            consent,
                                                      GError            **error);
gboolean          reshoot_session_set_consent      (ReshootSession       *self,
                                                    const char           *provider,
                                                    gboolean              consent,
                                                    GError              **error);

/* What a person should know before the first use of a provider, told once: "text", "date", "source". */
JsonObject       *reshoot_session_get_untold_terms (ReshootSession       *self,
                                                    const char           *provider);
gboolean          reshoot_session_set_terms_told   (ReshootSession       *self,
                                                    const char           *provider,
                                                    GError              **error);

/* RESHOOT_MONEY_ANY = no limit. That of the run lasts as long as the session, the others are kept. */
ReshootMoney      reshoot_session_get_limit        (ReshootSession       *self,
                                                    ReshootLimit          limit);
gboolean          reshoot_session_set_limit        (ReshootSession       *self,
                                                    ReshootLimit          limit,
                                                    ReshootMoney          money,
                                                    GError              **error);
GListModel       *reshoot_session_get_jobs         (ReshootSession       *self);

/* What is paused does not leave; what is on its way goes on. NULL: every provider. */
gboolean          reshoot_session_get_paused       (ReshootSession       *self,
                                                    const char           *provider);
void              reshoot_session_set_paused       (ReshootSession       *self,
                                                    const char           *provider,
                                                    gboolean              paused);

/* Stores the intent in the project, then starts the job. The step shows at once. */
void              reshoot_session_edit_async       (ReshootSession       *self,
                                                    ReshootProject       *project,
                                                    ReshootStep          *source,
                                                    ReshootRequest       *request,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
ReshootJob       *reshoot_session_edit_finish      (ReshootSession       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/* The same for several requests, of several models or takes, as one row: all are stored and begun, or none. */
void              reshoot_session_edit_row_async   (ReshootSession       *self,
                                                    ReshootProject       *project,
                                                    ReshootStep          *source,
                                                    ReshootRequest *const *requests,
                                                    guint                 n,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
GPtrArray        *reshoot_session_edit_row_finish  (ReshootSession       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/* Takes a job that a crash or a close left behind up again: computes again, asks again, never submits again. */
void              reshoot_session_resume_async     (ReshootSession       *self,
                                                    ReshootProject       *project,
                                                    ReshootStep          *step,
                                                    GCancellable         *cancellable,
                                                    GAsyncReadyCallback   callback,
                                                    gpointer              user_data);
ReshootJob       *reshoot_session_resume_finish    (ReshootSession       *self,
                                                    GAsyncResult         *result,
                                                    GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/* Before a project is closed: its jobs stop where they are, and can be resumed. */
void              reshoot_session_let_go           (ReshootSession       *self,
                                                    ReshootProject       *project);

G_END_DECLS
