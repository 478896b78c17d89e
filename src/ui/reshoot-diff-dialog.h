/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-diff.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_DIFF_DIALOG (reshoot_diff_dialog_get_type ())

G_DECLARE_FINAL_TYPE (ReshootDiffDialog, reshoot_diff_dialog, RESHOOT, DIFF_DIALOG, AdwWindow)

/* Property: "show-equal": also what is the same in both. */

GtkWidget *reshoot_diff_dialog_new (ReshootStep *a,
                                    ReshootStep *b) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
