/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-job.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_QUEUE (reshoot_queue_get_type ())

G_DECLARE_FINAL_TYPE (ReshootQueue, reshoot_queue, RESHOOT, QUEUE, GObject)

ReshootQueue *reshoot_queue_new        (ReshootCatalogue  *catalogue) G_GNUC_WARN_UNUSED_RESULT;
GListModel   *reshoot_queue_get_jobs   (ReshootQueue      *self);
void          reshoot_queue_set_budget (ReshootQueue      *self,
                                        double             dollars);
gboolean      reshoot_queue_reserve    (ReshootQueue      *self,
                                        double             dollars,
                                        GError           **error);
void          reshoot_queue_release    (ReshootQueue      *self,
                                        double             dollars);
void          reshoot_queue_add        (ReshootQueue      *self,
                                        ReshootJob        *job,
                                        double             reserved);
void          reshoot_queue_let_go     (ReshootQueue      *self,
                                        ReshootProject    *project);

G_END_DECLS
