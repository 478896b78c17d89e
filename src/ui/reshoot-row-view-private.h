/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-row-grid.h"
#include "reshoot-row-view.h"
#include "reshoot-zoom-box.h"

G_BEGIN_DECLS

struct _ReshootRowView
{
  AdwBin            parent_instance;

  GtkStack         *stack;
  GtkDropDown      *choice;
  ReshootRowGrid   *grid;
  GtkLabel         *line;
  GtkStack         *below;       /* what is said of the row, or the gain */
  GtkAdjustment    *gain;        /* how much the difference is enlarged, in all cells */
  ReshootZoomBox   *zoom;

  ReshootProject   *project;     /* (owned) (nullable) */
  ReshootCatalogue *catalogue;   /* (owned) (nullable) */
  GListStore       *rows;        /* (owned): of ReshootRow */
  ReshootRow       *row;         /* (owned) (nullable): the one that is shown */
  GPtrArray        *cells;       /* (owned): of ReshootRowCell (unowned), as they stand */
  GtkSizeGroup     *captions;    /* (owned) */
  ReshootViewport  *viewport;    /* (owned): of all cells */
  GPtrArray        *ticks;       /* (owned) (nullable): of ReshootAdherence, as last read */
  ReshootPicture   *source;      /* (owned) (nullable): while a mode needs it */
  ReshootStep      *selected;    /* (unowned) (nullable): lives as long as the row */
  ReshootRowMode    mode;
  ReshootRowSort    sort;
  gboolean          follows;     /* the choice follows the list, not the person */
  guint             rows_id;     /* the list of rows is due to be made again */
};

/* reshoot-row-view.c */
void reshoot_row_view_fail         (ReshootRowView *self,
                                    const GError   *error);

/* reshoot-row-view-ticks.c */
void reshoot_row_view_load_ticks   (ReshootRowView *self);
void reshoot_row_view_show_ticks   (ReshootRowView *self,
                                    ReshootRowCell *cell);
void reshoot_row_view_tick_cb      (GtkWidget      *widget,
                                    const char     *name,
                                    GVariant       *parameter);

/* reshoot-row-view-cells.c */
void reshoot_row_view_show_row     (ReshootRowView *self,
                                    ReshootRow     *row);
void reshoot_row_view_sort_cells   (ReshootRowView *self);
void reshoot_row_view_update_cells (ReshootRowView *self);
void reshoot_row_view_update_line  (ReshootRowView *self);
void reshoot_row_view_select       (ReshootRowView *self,
                                    ReshootStep    *step);

G_END_DECLS
