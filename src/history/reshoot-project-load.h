/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-database.h"
#include "reshoot-history.h"

G_BEGIN_DECLS

/* Inside history/ only. */

gboolean reshoot_project_load (ReshootDatabase  *database,
                               ReshootDatabase  *beside,
                               ReshootHistory   *history,
                               gboolean          looks_later,
                               GCancellable     *cancellable,
                               GError          **error);
gboolean reshoot_project_look (ReshootDatabase  *database,
                               GError          **error);

G_END_DECLS
