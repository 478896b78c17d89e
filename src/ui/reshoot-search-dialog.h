/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-index.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_SEARCH_DIALOG (reshoot_search_dialog_get_type ())

G_DECLARE_FINAL_TYPE (ReshootSearchDialog, reshoot_search_dialog, RESHOOT, SEARCH_DIALOG, AdwWindow)

/* Signal "chosen" with the ReshootHit that the person wants to see. */

GtkWidget *reshoot_search_dialog_new       (ReshootIndex        *index,
                                            ReshootProject      *project) G_GNUC_WARN_UNUSED_RESULT;
void       reshoot_search_dialog_set_words (ReshootSearchDialog *self,
                                            const char          *words);

G_END_DECLS
