/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-step.h"

#include <adwaita.h>

G_BEGIN_DECLS

GtkWidget *reshoot_details_button_new (const GError *error,
                                       ReshootStep  *step) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
