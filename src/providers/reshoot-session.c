/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootSession: what main() makes once and hands down. It owns the catalogue, the keys, the caller and the queue.
 * How a request becomes a job is in -edit. */

#include "reshoot-session.h"
#include "reshoot-budget.h"
#include "reshoot-consent.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-session-private.h"

G_DEFINE_FINAL_TYPE (ReshootSession, reshoot_session, G_TYPE_OBJECT)

enum
{
  KEYS_CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
reshoot_session_dispose (GObject *object)
{
  ReshootSession *self = RESHOOT_SESSION (object);

  if (self->queue != NULL)
    reshoot_queue_let_go (self->queue, NULL);

  g_clear_object (&self->queue);

  /* It may be held by someone who waits for an answer that comes no more; what it has to write is written now. */
  if (self->index != NULL)
    g_object_run_dispose (G_OBJECT (self->index));

  g_clear_object (&self->index);
  g_clear_object (&self->http);
  g_clear_object (&self->keys);
  g_clear_object (&self->catalogue);
  g_clear_pointer (&self->codecs, g_hash_table_unref);

  G_OBJECT_CLASS (reshoot_session_parent_class)->dispose (object);
}

static void
reshoot_session_class_init (ReshootSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reshoot_session_dispose;

  signals[KEYS_CHANGED] = g_signal_new ("keys-changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                        NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reshoot_session_init (ReshootSession *self)
{
  self->times = RESHOOT_TIMES_INIT;
  self->codecs = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);
  self->budget = RESHOOT_MONEY_ANY;
}

/**
 * reshoot_session_new:
 * @error: return location for an error
 *
 * Returns: (transfer full): a new session; it touches no network and no keyring yet
 */
ReshootSession *
reshoot_session_new (GError **error)
{
  g_autoptr (ReshootSession) self = g_object_new (RESHOOT_TYPE_SESSION, NULL);

  self->catalogue = reshoot_catalogue_new (error);
  if (self->catalogue == NULL)
    return NULL;

  self->keys = reshoot_keys_new (self->catalogue);
  self->http = reshoot_http_new ();
  self->index = reshoot_index_new (NULL);
  self->queue = reshoot_queue_new (self->catalogue, self->index);
  return g_steal_pointer (&self);
}

/**
 * reshoot_session_get_catalogue:
 * @self: a session
 *
 * Returns: (transfer none): every model there is
 */
ReshootCatalogue *
reshoot_session_get_catalogue (ReshootSession *self)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), NULL);

  return self->catalogue;
}

/**
 * reshoot_session_get_index:
 * @self: a session
 *
 * Returns: (transfer none): what is known of all projects
 */
ReshootIndex *
reshoot_session_get_index (ReshootSession *self)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), NULL);

  return self->index;
}

/* A program that died has left reservations behind. The project knows what became of them; what it does not know was
 * never stored, and so never sent. */
static void
reserved_listed_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  ReshootIndex *index = RESHOOT_INDEX (source);
  g_autoptr (ReshootProject) project = user_data;
  g_auto (GStrv) uuids = reshoot_index_list_reserved_finish (index, result, NULL);

  for (guint i = 0; uuids != NULL && uuids[i] != NULL; i++)
    {
      ReshootHistory *history = reshoot_project_get_history (project);
      ReshootStep *step = reshoot_history_find_step (history, uuids[i]);
      ReshootSpending spending = RESHOOT_SPENDING_INIT (uuids[i], NULL, "", RESHOOT_MONEY_UNKNOWN);

      if (step != NULL && reshoot_step_get_request (step) != NULL)
        reshoot_queue_settle (index, project, step);
      else
        reshoot_index_settle (index, &spending, RESHOOT_SPENDING_RELEASED);
    }
}

/**
 * reshoot_session_take_up:
 * @self: a session
 * @project: a project that was opened or made
 *
 * The index has it from now on, and what an earlier run left open in the journal is settled where the project says so.
 */
void
reshoot_session_take_up (ReshootSession *self,
                         ReshootProject *project)
{
  const char *uuid;

  g_return_if_fail (RESHOOT_IS_SESSION (self));
  g_return_if_fail (RESHOOT_IS_PROJECT (project));

  reshoot_index_watch (self->index, project);

  /* Who cannot write it cannot know that no other program is at work on it. */
  uuid = reshoot_project_get_uuid (project);
  if (uuid != NULL && !reshoot_project_get_read_only (project))
    reshoot_index_list_reserved_async (self->index, uuid, NULL, reserved_listed_cb,
                                       g_object_ref (project));
}

/* For the session's files. */
void
reshoot_session_emit_keys_changed (ReshootSession *self)
{
  g_signal_emit (self, signals[KEYS_CHANGED], 0);
}

void
reshoot_session_set_times (ReshootSession     *self,
                           const ReshootTimes *times)
{
  self->times = *times;
}

void
reshoot_session_set_codec (ReshootSession  *self,
                           JsonObject      *description,
                           ReshootProvider *codec)
{
  const char *name = reshoot_json_get_string (description, "provider");
  g_autoptr (GError) error = NULL;

  if (!reshoot_catalogue_add_provider (self->catalogue, description, &error))
    g_error ("%s", error->message);

  g_hash_table_replace (self->codecs, g_strdup (name), g_object_ref (codec));
}

ReshootKeys *
reshoot_session_get_keys (ReshootSession *self)
{
  return self->keys;
}

/**
 * reshoot_session_get_consent:
 * @self: a session
 * @provider: a provider's short name
 *
 * Returns: whether the person agreed that pictures go to @provider; always %TRUE for one on this machine
 */
gboolean
reshoot_session_get_consent (ReshootSession *self,
                             const char     *provider)
{
  JsonObject *json;

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);
  g_return_val_if_fail (provider != NULL, FALSE);

  json = reshoot_catalogue_get_provider (self->catalogue, provider);
  return reshoot_json_get_boolean (json, "local") || reshoot_consent_get (provider);
}

/**
 * reshoot_session_get_public_consent:
 * @self: a session
 * @provider: a provider's short name
 *
 * Returns: whether the person agreed that pictures are put where anybody can load them, at @provider
 */
gboolean
reshoot_session_get_public_consent (ReshootSession *self,
                                    const char     *provider)
{
  g_autofree char *name = g_strconcat ("public-", provider, NULL);

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);

  return reshoot_consent_get (name);
}

/**
 * reshoot_session_set_public_consent:
 * @self: a session
 * @provider: a provider's short name
 * @consent: the person's answer
 * @error: return location for an error
 *
 * Keeps the answer for later sessions. Errors are those of the file system.
 *
 * Returns: whether it is kept
 */
gboolean
reshoot_session_set_public_consent (ReshootSession  *self,
                                    const char      *provider,
                                    gboolean         consent,
                                    GError         **error)
{
  g_autofree char *name = g_strconcat ("public-", provider, NULL);

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);

  return reshoot_consent_set (name, consent, error);
}

/**
 * reshoot_session_set_consent:
 * @self: a session
 * @provider: a provider's short name
 * @consent: the person's answer
 * @error: return location for an error
 *
 * Keeps the answer for later sessions. Errors are those of the file system.
 *
 * Returns: whether it is kept
 */
gboolean
reshoot_session_set_consent (ReshootSession  *self,
                             const char      *provider,
                             gboolean         consent,
                             GError         **error)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);
  g_return_val_if_fail (provider != NULL, FALSE);

  return reshoot_consent_set (provider, consent, error);
}

/**
 * reshoot_session_get_untold_terms:
 * @self: a session
 * @provider: a provider's short name
 *
 * Unofficial services carry a risk of which a person is told once, and again where the terms it comes from changed.
 *
 * Returns: (nullable) (transfer none): what the catalogue says: "text", "date", "source"; %NULL where there is nothing
 *   to tell, or the person was told already
 */
JsonObject *
reshoot_session_get_untold_terms (ReshootSession *self,
                                  const char     *provider)
{
  JsonObject *description;
  JsonObject *terms;
  g_autofree char *told = NULL;

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), NULL);
  g_return_val_if_fail (provider != NULL, NULL);

  description = reshoot_catalogue_get_provider (self->catalogue, provider);
  terms = reshoot_json_get_object (description, "terms");
  told = reshoot_consent_dup_told (provider);

  return terms == NULL || g_strcmp0 (told, reshoot_json_get_string (terms, "date")) == 0 ? NULL : terms;
}

/**
 * reshoot_session_set_terms_told:
 * @self: a session
 * @provider: a provider's short name
 * @error: return location for an error
 *
 * Keeps for later sessions that the person was told. Errors are those of the file system.
 *
 * Returns: whether it is kept
 */
gboolean
reshoot_session_set_terms_told (ReshootSession  *self,
                                const char      *provider,
                                GError         **error)
{
  JsonObject *terms;

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);

  terms = reshoot_session_get_untold_terms (self, provider);
  return terms == NULL ||
         reshoot_consent_set_told (provider, reshoot_json_get_string (terms, "date"), error);
}

/**
 * reshoot_session_get_limit:
 * @self: a session
 * @limit: which
 *
 * Returns: what may be spent; %RESHOOT_MONEY_ANY = any amount
 */
ReshootMoney
reshoot_session_get_limit (ReshootSession *self,
                           ReshootLimit    limit)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), 0);

  return limit == RESHOOT_LIMIT_RUN ? self->budget : reshoot_budget_get (limit);
}

/**
 * reshoot_session_set_limit:
 * @self: a session
 * @limit: which
 * @money: what may be spent; %RESHOOT_MONEY_ANY = any amount
 * @error: return location for an error
 *
 * The limit of the run holds for this session. The others are kept, and hold for every program of this person at once.
 * Errors are those of the file system.
 *
 * Returns: whether it holds
 */
gboolean
reshoot_session_set_limit (ReshootSession  *self,
                           ReshootLimit     limit,
                           ReshootMoney     money,
                           GError         **error)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);
  g_return_val_if_fail (money >= 0, FALSE);

  if (limit != RESHOOT_LIMIT_RUN)
    return reshoot_budget_set (limit, money, error);

  self->budget = money;
  return TRUE;
}

/**
 * reshoot_session_get_jobs:
 * @self: a session
 *
 * Returns: (transfer none): the jobs that wait or run, of all projects, in the order they came
 */
GListModel *
reshoot_session_get_jobs (ReshootSession *self)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), NULL);

  return reshoot_queue_get_jobs (self->queue);
}

/**
 * reshoot_session_get_paused:
 * @self: a session
 * @provider: (nullable): a provider's short name; %NULL: all of them
 *
 * Returns: whether it is paused itself
 */
gboolean
reshoot_session_get_paused (ReshootSession *self,
                            const char     *provider)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);

  return reshoot_queue_get_paused (self->queue, provider);
}

/**
 * reshoot_session_set_paused:
 * @self: a session
 * @provider: (nullable): a provider's short name; %NULL: all of them
 * @paused: whether nothing more shall leave for it
 *
 * What is on its way goes on to its end. What waits keeps its place, and can be cancelled.
 */
void
reshoot_session_set_paused (ReshootSession *self,
                            const char     *provider,
                            gboolean        paused)
{
  g_return_if_fail (RESHOOT_IS_SESSION (self));

  reshoot_queue_set_paused (self->queue, provider, paused);
}

/**
 * reshoot_session_let_go:
 * @self: a session
 * @project: (nullable): a project that is about to be closed; %NULL = all
 *
 * Stops its jobs without cancelling them: they can be taken up again.
 */
void
reshoot_session_let_go (ReshootSession *self,
                        ReshootProject *project)
{
  g_return_if_fail (RESHOOT_IS_SESSION (self));

  reshoot_queue_let_go (self->queue, project);
}
