/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-canvas.h"
#include "reshoot-catalogue.h"
#include "reshoot-project-adherence.h"

#include <adwaita.h>

G_BEGIN_DECLS

/**
 * ReshootRowMode:
 *
 * How the candidates of a row are seen.
 */
typedef enum
{
  RESHOOT_ROW_MODE_ALONE,
  RESHOOT_ROW_MODE_AGAINST,
  RESHOOT_ROW_MODE_DIFFERENCE,
} ReshootRowMode;

#define RESHOOT_TYPE_ROW_CELL (reshoot_row_cell_get_type ())

G_DECLARE_FINAL_TYPE (ReshootRowCell, reshoot_row_cell, RESHOOT, ROW_CELL, AdwBin)

GtkWidget     *reshoot_row_cell_new          (ReshootProject   *project,
                                              ReshootStep      *step,
                                              const char       *name) G_GNUC_WARN_UNUSED_RESULT;
ReshootStep   *reshoot_row_cell_get_step     (ReshootRowCell   *self);
ReshootCanvas *reshoot_row_cell_get_canvas   (ReshootRowCell   *self);
GtkWidget     *reshoot_row_cell_get_caption  (ReshootRowCell   *self);
void           reshoot_row_cell_set_selected (ReshootRowCell   *self,
                                              gboolean          selected);
void           reshoot_row_cell_set_ticks    (ReshootRowCell   *self,
                                              ReshootAnswer     followed,
                                              ReshootAnswer     strayed);
void           reshoot_row_cell_show         (ReshootRowCell   *self,
                                              ReshootPicture   *source,
                                              ReshootRowMode    mode,
                                              int               first_edge);
void           reshoot_row_cell_hide         (ReshootRowCell   *self);

G_END_DECLS
