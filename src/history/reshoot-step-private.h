/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-note-private.h"
#include "reshoot-step.h"

G_BEGIN_DECLS

/* Inside history/ only: a step changes when the project has stored the change, never before. */

/* What a step shows; it changes only as a whole. */
typedef struct _ReshootShown ReshootShown;

ReshootShown *reshoot_shown_new            (const char         *digest,
                                            int                 width,
                                            int                 height,
                                            const double       *affine,
                                            const char         *facts_text) G_GNUC_WARN_UNUSED_RESULT;
void         reshoot_shown_free            (ReshootShown       *self);

ReshootStep *reshoot_step_new              (gint64              id,
                                            const char         *uuid,
                                            ReshootStep        *parent,
                                            ReshootRequest     *request,
                                            const char         *title) G_GNUC_WARN_UNUSED_RESULT;
ReshootStep *reshoot_step_new_stored       (gint64              id,
                                            const char         *uuid,
                                            ReshootStep        *parent,
                                            const char         *request_text,
                                            char               *title,
                                            char               *created) G_GNUC_WARN_UNUSED_RESULT;
ReshootStep *reshoot_step_find             (GPtrArray          *steps,
                                            gint64              id);
gboolean     reshoot_step_get_is_edit      (ReshootStep        *self);
void         reshoot_step_set_title        (ReshootStep        *self,
                                            const char         *title);
void         reshoot_step_set_created      (ReshootStep        *self,
                                            const char         *created);
void         reshoot_step_set_row          (ReshootStep        *self,
                                            const char         *row,
                                            int                 take);
void         reshoot_step_set_branch       (ReshootStep        *self,
                                            const char         *branch);
void         reshoot_step_set_tags         (ReshootStep        *self,
                                            const char * const *tags);
void         reshoot_step_set_verdict      (ReshootStep               *self,
                                            const ReshootGivenVerdict *given);
void         reshoot_step_add_note         (ReshootStep        *self,
                                            ReshootNote        *note);
void         reshoot_step_remove_note      (ReshootStep        *self,
                                            ReshootNote        *note);
gboolean     reshoot_step_get_is_binned    (ReshootStep        *self);
void         reshoot_step_set_is_binned    (ReshootStep        *self,
                                            gboolean            is_binned);
void         reshoot_step_set_in_bin       (ReshootStep        *self,
                                            gboolean            in_bin);
void         reshoot_step_set_is_purged    (ReshootStep        *self,
                                            gboolean            is_purged);
void         reshoot_step_remove_child     (ReshootStep        *self,
                                            ReshootStep        *child);
void         reshoot_step_show             (ReshootStep        *self);
void         reshoot_step_detach           (ReshootStep        *self);
void         reshoot_step_refresh           (ReshootStep        *self,
                                             ReshootStep        *fresh);
void         reshoot_step_move              (ReshootStep        *self,
                                             ReshootStep        *parent);
void         reshoot_step_add_child        (ReshootStep        *self,
                                            ReshootStep        *child);
void         reshoot_step_set_begun        (ReshootStep        *self,
                                            ReshootStep        *child);
void         reshoot_step_set_state        (ReshootStep        *self,
                                            ReshootStepState    state);
void         reshoot_step_set_price        (ReshootStep        *self,
                                            const ReshootPrice *price);
void         reshoot_step_set_seconds      (ReshootStep        *self,
                                            double              seconds);
void         reshoot_step_set_ticket       (ReshootStep        *self,
                                            const char         *ticket);
void         reshoot_step_take_ticket      (ReshootStep        *self,
                                            char               *ticket);
void         reshoot_step_set_error        (ReshootStep        *self,
                                            const GError       *error);
void         reshoot_step_take_shown       (ReshootStep        *self,
                                            ReshootShown       *shown);
void         reshoot_step_set_is_head      (ReshootStep        *self,
                                            gboolean            is_head);
void         reshoot_step_set_rating       (ReshootStep        *self,
                                            int                 rating);
ReshootStep *reshoot_step_get_begun        (ReshootStep        *self);
ReshootStep *reshoot_step_get_visited      (ReshootStep        *self);
gboolean     reshoot_step_set_visited      (ReshootStep        *self,
                                            ReshootStep        *child);
ReshootStep *reshoot_step_get_redo         (ReshootStep        *self);
ReshootStep *reshoot_step_get_next         (ReshootStep        *self);
gboolean     reshoot_step_state_from_string (const char         *word,
                                             ReshootStepState   *state);

G_END_DECLS
