/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

G_BEGIN_DECLS

/* What exported files are called. */

char  *reshoot_export_dup_name (const char      *pattern,
                                const char      *project,
                                ReshootStep     *step,
                                const char      *ending) G_GNUC_WARN_UNUSED_RESULT;
GFile *reshoot_export_find_free (GFile          *folder,
                                 const char     *name) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
