/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_PANEL_RECIPES (reshoot_panel_recipes_get_type ())

G_DECLARE_FINAL_TYPE (ReshootPanelRecipes, reshoot_panel_recipes, RESHOOT, PANEL_RECIPES, AdwBin)

const char *const *reshoot_panel_recipes_get_built_in (void);
void               reshoot_panel_recipes_set_words    (ReshootPanelRecipes *self,
                                                       GtkTextView         *words);

G_END_DECLS
