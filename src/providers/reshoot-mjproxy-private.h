/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-mjproxy.h"

G_BEGIN_DECLS

/* For the files of the dialect alone. */

#define RESHOOT_MJPROXY_NOVICEZK "novicezk"
#define RESHOOT_MJPROXY_TRUEAI   "trueai"

/* What the address of a task ends with. */
#define RESHOOT_MJPROXY_FETCH "/fetch"

struct _ReshootMjproxy
{
  GObject         parent_instance;

  ReshootAddress *address;
  const char     *flavour;   /* (nullable): static; what the call before the submit found out, for the ticket */
};

char       *reshoot_mjproxy_dup_uri     (ReshootMjproxy       *self,
                                         const char           *format,
                                         const char           *id) G_GNUC_WARN_UNUSED_RESULT;
void        reshoot_mjproxy_set_post    (ReshootMjproxy       *self,
                                         const char           *path,
                                         JsonObject           *fields,
                                         ReshootNext          *next);
const char *reshoot_mjproxy_find_button (JsonArray            *buttons,
                                         const char           *part);
void        reshoot_mjproxy_set_gone    (GError              **error);
gboolean    reshoot_mjproxy_is_nothing  (GBytes               *bytes);
gboolean    reshoot_mjproxy_prepare     (ReshootProvider      *provider,
                                         const ReshootAsk     *ask,
                                         ReshootNext          *next,
                                         GError              **error);
gboolean    reshoot_mjproxy_check       (ReshootProvider      *provider,
                                         const char           *state,
                                         const ReshootReply   *reply,
                                         ReshootNext          *next,
                                         ReshootCheck         *check,
                                         GError              **error);

G_END_DECLS
