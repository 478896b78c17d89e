/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_BIN_DIALOG (reshoot_bin_dialog_get_type ())

G_DECLARE_FINAL_TYPE (ReshootBinDialog, reshoot_bin_dialog, RESHOOT, BIN_DIALOG, AdwWindow)

/* Signals: "failed" with the GError of what could not be done; "emptied" with the words that say what it freed. */

GtkWidget *reshoot_bin_dialog_new (ReshootProject *project) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
