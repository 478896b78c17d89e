/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *reshoot_step_thumbnail_new (ReshootProject *project,
                                       ReshootStep    *step,
                                       GCancellable   *cancellable) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
