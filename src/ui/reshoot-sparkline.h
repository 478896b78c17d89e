/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_SPARKLINE (reshoot_sparkline_get_type ())

G_DECLARE_FINAL_TYPE (ReshootSparkline, reshoot_sparkline, RESHOOT, SPARKLINE, GtkWidget)

void reshoot_sparkline_set_values (ReshootSparkline *self,
                                   const double     *values,
                                   guint             n,
                                   double            limit,
                                   const char       *words);

G_END_DECLS
