/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sqlite3.h>

#include "history-support.h"

G_BEGIN_DECLS

/* A good project, what is done to it, and what holds of every file that opens. */

GFile          *stranger_make_good   (void);
sqlite3        *stranger_open_sql    (GFile               *file);
void            stranger_execute     (sqlite3             *database,
                                      const char          *sql);
char           *stranger_dup_text    (sqlite3             *database,
                                      const char          *sql);
void            stranger_change      (GFile               *file,
                                      const char          *sql);
GBytes         *stranger_read        (GFile               *file);
void            stranger_write       (GFile               *file,
                                      const void          *data,
                                      gsize                size);
ReshootProject *stranger_try_open    (GFile               *file,
                                      ReshootProjectFlags  flags,
                                      GError             **error);
gboolean        stranger_try_copy    (ReshootProject      *project,
                                      GFile               *to,
                                      GCancellable        *cancellable,
                                      GError             **error);
guint           stranger_look_around (ReshootProject      *project);
guint           stranger_count_steps (ReshootProject      *project);
void            stranger_check_copy  (ReshootProject      *project,
                                      GFile               *file);

G_END_DECLS
