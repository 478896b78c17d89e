/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Inside reshoot-database*.c only. */

typedef struct _ReshootDatabaseLog ReshootDatabaseLog;

ReshootDatabaseLog *reshoot_database_log_new      (void) G_GNUC_WARN_UNUSED_RESULT;
void                reshoot_database_log_free     (ReshootDatabaseLog *self);
const char         *reshoot_database_log_get_name (ReshootDatabaseLog *self);

G_END_DECLS
