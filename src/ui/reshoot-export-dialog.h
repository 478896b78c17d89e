/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_EXPORT_DIALOG (reshoot_export_dialog_get_type ())

G_DECLARE_FINAL_TYPE (ReshootExportDialog, reshoot_export_dialog, RESHOOT, EXPORT_DIALOG, AdwWindow)

/* Signals: "failed" with the GError of what could not be written; "exported" with the words that say what was. */

GtkWidget *reshoot_export_dialog_new    (ReshootProject       *project) G_GNUC_WARN_UNUSED_RESULT;
void       reshoot_export_dialog_write  (ReshootExportDialog  *self,
                                         GFile                *to);

G_END_DECLS
