/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_FIGURES_DIALOG (reshoot_figures_dialog_get_type ())

G_DECLARE_FINAL_TYPE (ReshootFiguresDialog, reshoot_figures_dialog, RESHOOT, FIGURES_DIALOG, AdwWindow)

/* Signal: "failed" with the GError of what could not be saved. */

GtkWidget *reshoot_figures_dialog_new  (ReshootProject       *project) G_GNUC_WARN_UNUSED_RESULT;
void       reshoot_figures_dialog_save (ReshootFiguresDialog *self,
                                        GFile                *file);

G_END_DECLS
