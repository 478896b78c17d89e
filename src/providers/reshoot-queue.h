/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-index-spending.h"
#include "reshoot-job.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_QUEUE (reshoot_queue_get_type ())

G_DECLARE_FINAL_TYPE (ReshootQueue, reshoot_queue, RESHOOT, QUEUE, GObject)

ReshootQueue *reshoot_queue_new      (ReshootCatalogue  *catalogue,
                                      ReshootIndex      *index) G_GNUC_WARN_UNUSED_RESULT;
GListModel   *reshoot_queue_get_jobs (ReshootQueue      *self);
void          reshoot_queue_add      (ReshootQueue      *self,
                                      ReshootJob        *job);
gboolean      reshoot_queue_get_paused (ReshootQueue    *self,
                                        const char      *provider);
void          reshoot_queue_set_paused (ReshootQueue    *self,
                                        const char      *provider,
                                        gboolean         paused);
void          reshoot_queue_let_go   (ReshootQueue      *self,
                                      ReshootProject    *project);
void          reshoot_queue_settle   (ReshootIndex      *index,
                                      ReshootProject    *project,
                                      ReshootStep       *step);

G_END_DECLS
