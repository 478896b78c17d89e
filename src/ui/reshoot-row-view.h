/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-row-cell.h"
#include "reshoot-row.h"

G_BEGIN_DECLS

/**
 * ReshootRowSort:
 *
 * In what order the candidates of a row stand.
 */
typedef enum
{
  RESHOOT_ROW_SORT_ASKED,
  RESHOOT_ROW_SORT_PRICE,
  RESHOOT_ROW_SORT_TIME,
  RESHOOT_ROW_SORT_RATING,
} ReshootRowSort;

#define RESHOOT_TYPE_ROW_VIEW (reshoot_row_view_get_type ())
#define RESHOOT_TYPE_ROW_MODE (reshoot_row_mode_get_type ())
#define RESHOOT_TYPE_ROW_SORT (reshoot_row_sort_get_type ())

GType reshoot_row_mode_get_type (void);
GType reshoot_row_sort_get_type (void);

G_DECLARE_FINAL_TYPE (ReshootRowView, reshoot_row_view, RESHOOT, ROW_VIEW, AdwBin)

/* Properties: "mode", "sort"; read-only: "row", the one that is shown. Signal: "failed", with a #GError.
 * Its action "view.pick" moves the head and shows the view to edit in. */

void             reshoot_row_view_set_project   (ReshootRowView   *self,
                                                 ReshootProject   *project,
                                                 ReshootCatalogue *catalogue);
ReshootRow      *reshoot_row_view_get_row       (ReshootRowView   *self);
GPtrArray       *reshoot_row_view_get_cells     (ReshootRowView   *self);
ReshootStep     *reshoot_row_view_get_selected  (ReshootRowView   *self);
ReshootViewport *reshoot_row_view_get_viewport  (ReshootRowView   *self);

G_END_DECLS
