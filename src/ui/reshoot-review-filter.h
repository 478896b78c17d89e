/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-catalogue.h"
#include "reshoot-project.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_REVIEW_FILTER (reshoot_review_filter_get_type ())

G_DECLARE_FINAL_TYPE (ReshootReviewFilter, reshoot_review_filter, RESHOOT, REVIEW_FILTER, AdwBin)

/* The signal "changed" says that other steps are walked than before. */

void        reshoot_review_filter_set_project (ReshootReviewFilter *self,
                                               ReshootProject      *project,
                                               ReshootCatalogue    *catalogue);
void        reshoot_review_filter_refresh     (ReshootReviewFilter *self);
gboolean    reshoot_review_filter_get_is_path (ReshootReviewFilter *self);
GListModel *reshoot_review_filter_get_steps   (ReshootReviewFilter *self);
ReshootStep *reshoot_review_filter_find       (ReshootReviewFilter *self,
                                               int                  direction);

G_END_DECLS
