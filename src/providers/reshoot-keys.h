/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-catalogue.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_KEYS (reshoot_keys_get_type ())

G_DECLARE_FINAL_TYPE (ReshootKeys, reshoot_keys, RESHOOT, KEYS, GObject)

ReshootKeys *reshoot_keys_new           (ReshootCatalogue     *catalogue) G_GNUC_WARN_UNUSED_RESULT;
void         reshoot_keys_set_patience  (ReshootKeys          *self,
                                         guint                 milliseconds);
gboolean     reshoot_keys_get_present   (ReshootKeys          *self,
                                         const char           *provider);
void         reshoot_keys_lookup_async  (ReshootKeys          *self,
                                         const char           *provider,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
char        *reshoot_keys_lookup_finish (ReshootKeys          *self,
                                         GAsyncResult         *result,
                                         GError              **error) G_GNUC_WARN_UNUSED_RESULT;

/* In the keyring; NULL takes it out. */
void         reshoot_keys_set_async     (ReshootKeys          *self,
                                         const char           *provider,
                                         const char           *key,
                                         GCancellable         *cancellable,
                                         GAsyncReadyCallback   callback,
                                         gpointer              user_data);
gboolean     reshoot_keys_set_finish    (ReshootKeys          *self,
                                         GAsyncResult         *result,
                                         GError              **error);
const char  *reshoot_keys_get_variable  (ReshootKeys          *self,
                                         const char           *provider);
const char  *reshoot_keys_get_place     (ReshootKeys          *self,
                                         const char           *provider);

G_END_DECLS
