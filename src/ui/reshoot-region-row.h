/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_REGION_ROW (reshoot_region_row_get_type ())

G_DECLARE_FINAL_TYPE (ReshootRegionRow, reshoot_region_row, RESHOOT, REGION_ROW, AdwActionRow)

void reshoot_region_row_set_share (ReshootRegionRow *self,
                                   double            share,
                                   const double      area[4]);
void reshoot_region_row_set_size  (ReshootRegionRow *self,
                                   int               width,
                                   int               height);
void reshoot_region_row_set_model (ReshootRegionRow *self,
                                   ReshootSession   *session,
                                   ReshootModel     *model);

G_END_DECLS
