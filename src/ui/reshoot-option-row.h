/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-option.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_OPTION_ROW (reshoot_option_row_get_type ())

G_DECLARE_FINAL_TYPE (ReshootOptionRow, reshoot_option_row, RESHOOT, OPTION_ROW, AdwActionRow)

/* The signal "changed" says that the person chose, or chose no more. */

GtkWidget *reshoot_option_row_new       (ReshootOption    *option) G_GNUC_WARN_UNUSED_RESULT;
void       reshoot_option_row_set_value (ReshootOptionRow *self,
                                         JsonNode         *value);
JsonNode  *reshoot_option_row_get_value (ReshootOptionRow *self);
char      *reshoot_option_row_dup_words (ReshootOptionRow *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
