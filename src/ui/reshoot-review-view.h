/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-canvas.h"
#include "reshoot-catalogue.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_REVIEW_VIEW (reshoot_review_view_get_type ())

G_DECLARE_FINAL_TYPE (ReshootReviewView, reshoot_review_view, RESHOOT, REVIEW_VIEW, AdwBin)

/* Properties: "verdict": of the head; setting it asks for a change, the same again takes it back; "show-side". */

void           reshoot_review_view_set_project (ReshootReviewView *self,
                                                ReshootProject    *project,
                                                ReshootCatalogue  *catalogue);
ReshootCanvas *reshoot_review_view_get_canvas  (ReshootReviewView *self);

G_END_DECLS
