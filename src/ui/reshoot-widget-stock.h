/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

typedef struct _ReshootWidgetStock ReshootWidgetStock;

ReshootWidgetStock *reshoot_widget_stock_new  (GType               type) G_GNUC_WARN_UNUSED_RESULT;
void                reshoot_widget_stock_free (ReshootWidgetStock *self);
void                reshoot_widget_stock_want (ReshootWidgetStock *self,
                                               guint               n_widgets);
GtkWidget          *reshoot_widget_stock_take (ReshootWidgetStock *self) G_GNUC_WARN_UNUSED_RESULT;
void                reshoot_widget_stock_lose (ReshootWidgetStock *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootWidgetStock, reshoot_widget_stock_free)

G_END_DECLS
