/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-review-view.h"

#include "reshoot-film-strip.h"
#include "reshoot-note-layer.h"
#include "reshoot-review-filter.h"
#include "reshoot-review-side.h"
#include "reshoot-zoom-box.h"

G_BEGIN_DECLS

struct _ReshootReviewView
{
  AdwBin             parent_instance;

  AdwFlap           *flap;
  ReshootCanvas     *canvas;
  ReshootNoteLayer  *layer;
  GtkPicture        *fading;       /* the picture before, while it fades */
  GtkLabel          *caption;
  GtkLabel          *counter;
  ReshootFilmStrip  *film;
  ReshootReviewFilter *filter;
  ReshootReviewSide *side;
  ReshootZoomBox    *zoom;
  GtkButton         *play;

  ReshootProject    *project;      /* (owned) (nullable) */
  ReshootStep       *step;         /* (unowned) (nullable): the head, whose verdict is told */
  ReshootStep       *other;        /* (owned) (nullable): what it is held against */
  GPtrArray         *pictures;     /* of ReshootPicture: those kept, newest last */
  GPtrArray         *played;       /* (owned) (nullable): of ReshootStep: those still to come, while it plays */
  guint              play_id;
  AdwAnimation      *fade;         /* (owned) (nullable) */
};

/* reshoot-review-view.c */
void reshoot_review_view_show_step    (ReshootReviewView *self,
                                       ReshootStep       *step);

/* reshoot-review-view-play.c */
void reshoot_review_view_stop         (ReshootReviewView *self);
void reshoot_review_view_install_play (GtkWidgetClass    *widget_class);
void reshoot_review_view_set_up_play  (ReshootReviewView *self);

G_END_DECLS
