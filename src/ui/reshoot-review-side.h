/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-catalogue.h"
#include "reshoot-project.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_REVIEW_SIDE (reshoot_review_side_get_type ())

G_DECLARE_FINAL_TYPE (ReshootReviewSide, reshoot_review_side, RESHOOT, REVIEW_SIDE, AdwBin)

void reshoot_review_side_set_project (ReshootReviewSide *self,
                                      ReshootProject    *project,
                                      ReshootCatalogue  *catalogue);

G_END_DECLS
