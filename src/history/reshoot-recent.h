/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_RECENT (reshoot_recent_get_type ())

G_DECLARE_FINAL_TYPE (ReshootRecent, reshoot_recent, RESHOOT, RECENT, GObject)

/* A project that was opened, as the index remembers it. Immutable. */

ReshootRecent *reshoot_recent_new          (GFile          *file,
                                            const char     *uuid,
                                            const char     *title,
                                            GDateTime      *opened,
                                            gint64          n_steps,
                                            gboolean        exists) G_GNUC_WARN_UNUSED_RESULT;
GFile         *reshoot_recent_get_file     (ReshootRecent  *self);
const char    *reshoot_recent_get_uuid     (ReshootRecent  *self);
const char    *reshoot_recent_get_title    (ReshootRecent  *self);
GDateTime     *reshoot_recent_get_opened   (ReshootRecent  *self);
gint64         reshoot_recent_get_n_steps  (ReshootRecent  *self);
gboolean       reshoot_recent_get_exists   (ReshootRecent  *self);

G_END_DECLS
