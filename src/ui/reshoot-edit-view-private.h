/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-edit-view.h"
#include "reshoot-region-layer.h"

G_BEGIN_DECLS

typedef struct _ReshootCutoutLook ReshootCutoutLook;
typedef struct _ReshootReplyLook ReshootReplyLook;

struct _ReshootEditView
{
  AdwBin                   parent_instance;

  AdwFlap                 *instruction_flap;
  AdwFlap                 *history_flap;
  ReshootHistoryView      *history;
  ReshootCanvas           *canvas;
  ReshootRegionLayer      *region;
  ReshootInstructionPanel *panel;
  GtkLabel                *facts;
  GtkSpinner              *spinner;
  GtkButton               *scale;
  GtkWidget               *raw;
  GtkWidget               *land;
  GtkWidget               *pin;
  GtkWidget               *drift_bar;
  GtkLabel                *drift_words;
  AdwButtonContent        *side_content;
  AdwButtonContent        *split_content;
  AdwButtonContent        *blink_content;
  AdwButtonContent        *difference_content;
  AdwButtonContent        *overlay_content;
  GtkWidget               *gain_box;
  GtkWidget               *overlay_box;
  GtkOrientable           *bar;

  ReshootSession          *session;      /* (owned) (nullable) */
  ReshootProject          *project;      /* (owned) (nullable) */
  ReshootStep             *pinned;       /* (unowned) (nullable): lives as long as the project */
  ReshootCutoutLook       *look;         /* (nullable): at the cut-out */
  ReshootReplyLook        *reply;        /* (nullable): at what a service sent */
  GHashTable              *landing;      /* (nullable): of ReshootStep: those being aligned */
  GHashTable              *drifts;       /* (nullable): of ReshootStep and ReshootDrift: those measured here */
  GCancellable            *measuring;    /* (nullable): how far the head has drifted */
  ReshootStep             *region_original;   /* (unowned) (nullable): the root of what the region was drawn on */
  GPtrArray               *pictures;     /* of ReshootPicture: those kept, newest last */
  guint                    narrow_id;    /* word of a fold that is due */
  GCancellable            *cancellable;  /* of what is asked on behalf of this project */
};

/* reshoot-edit-view.c */
ReshootStep *reshoot_edit_view_get_head            (ReshootEditView       *self);
ReshootStep *reshoot_edit_view_get_step            (ReshootEditView       *self,
                                                    GVariant              *id);
void         reshoot_edit_view_fail                (ReshootEditView       *self,
                                                    const GError          *error,
                                                    ReshootStep           *step);
void         reshoot_edit_view_arrive              (ReshootEditView       *self,
                                                    ReshootStep           *step);
void         reshoot_edit_view_tell_cancelled      (ReshootEditView       *self,
                                                    ReshootStep           *step);

ReshootPicture *reshoot_edit_view_find_picture     (ReshootEditView       *self,
                                                    const char            *digest) G_GNUC_WARN_UNUSED_RESULT;
void         reshoot_edit_view_update_canvas       (ReshootEditView       *self);
void         reshoot_edit_view_update_head         (ReshootEditView       *self);
void         reshoot_edit_view_update_actions      (ReshootEditView       *self);

/* reshoot-edit-view-jobs.c */
void         reshoot_edit_view_submit              (ReshootEditView       *self,
                                                    ReshootStep           *source,
                                                    ReshootRequest *const *requests,
                                                    guint                  n,
                                                    gboolean               from_panel);
void         reshoot_edit_view_install_job_actions (GtkWidgetClass        *widget_class);

/* reshoot-edit-view-region.c */
void         reshoot_edit_view_install_region_actions (GtkWidgetClass *widget_class);
void         reshoot_edit_view_add_region          (ReshootEditView *self);
void         reshoot_edit_view_update_region       (ReshootEditView *self);
ReshootRequest *reshoot_edit_view_dup_request      (ReshootEditView *self,
                                                    const char      *instruction,
                                                    ReshootModel    *model,
                                                    JsonObject      *parameters,
                                                    GError         **error) G_GNUC_WARN_UNUSED_RESULT;

/* reshoot-edit-view-cutout.c */
void         reshoot_edit_view_install_cutout_actions (GtkWidgetClass *widget_class);
void         reshoot_edit_view_add_cutout          (ReshootEditView *self);
void         reshoot_edit_view_show_cutout         (ReshootEditView *self,
                                                    ReshootStep     *failed);
void         reshoot_edit_view_end_cutout          (ReshootEditView *self);

/* reshoot-edit-view-reply.c */
void         reshoot_edit_view_install_reply_actions (GtkWidgetClass *widget_class);
void         reshoot_edit_view_update_reply        (ReshootEditView *self);
void         reshoot_edit_view_end_reply           (ReshootEditView *self);
gboolean     reshoot_edit_view_get_lands           (ReshootEditView *self,
                                                    ReshootStep     *step);
gboolean     reshoot_edit_view_get_raw             (ReshootEditView *self);
void         reshoot_edit_view_set_raw             (ReshootEditView *self,
                                                    gboolean         raw);
ReshootPicture *reshoot_edit_view_dup_reply        (ReshootEditView *self,
                                                    double           affine[6]) G_GNUC_WARN_UNUSED_RESULT;

/* reshoot-edit-view-facts.c */
void         reshoot_edit_view_update_facts        (ReshootEditView *self);

/* reshoot-edit-view-drift.c */
void         reshoot_edit_view_install_drift       (GtkWidgetClass  *widget_class);
void         reshoot_edit_view_update_drift        (ReshootEditView *self);
void         reshoot_edit_view_end_drift           (ReshootEditView *self);
char        *reshoot_edit_view_dup_facts           (ReshootEditView *self,
                                                    ReshootStep     *step) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
