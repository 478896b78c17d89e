/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

G_BEGIN_DECLS

typedef struct _ReshootAddress ReshootAddress;

char           *reshoot_address_dup_variable    (const char      *provider,
                                                 const char      *tail) G_GNUC_WARN_UNUSED_RESULT;
ReshootAddress *reshoot_address_new             (JsonObject      *provider,
                                                 GError         **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootAddress *reshoot_address_ref             (ReshootAddress  *self);
void            reshoot_address_unref           (ReshootAddress  *self);
const char     *reshoot_address_get_base        (ReshootAddress  *self);
gboolean        reshoot_address_get_is_open     (ReshootAddress  *self);
gboolean        reshoot_address_is_base         (ReshootAddress  *self,
                                                 const char      *uri);
char           *reshoot_address_dup_uri         (ReshootAddress  *self,
                                                 const char      *uri) G_GNUC_WARN_UNUSED_RESULT;
gboolean        reshoot_address_may_see_key     (ReshootAddress  *self,
                                                 const char      *uri);
gboolean        reshoot_address_may_be_called   (ReshootAddress  *self,
                                                 const char      *uri);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootAddress, reshoot_address_unref)

G_END_DECLS
