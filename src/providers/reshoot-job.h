/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"
#include "reshoot-provider.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_JOB (reshoot_job_get_type ())

G_DECLARE_FINAL_TYPE (ReshootJob, reshoot_job, RESHOOT, JOB, GObject)

/* One step on its way. State and progress are the step's own properties; "finished" (notified) says when it rests. */

ReshootStep *reshoot_job_get_step    (ReshootJob           *self);
gboolean     reshoot_job_get_finished (ReshootJob          *self);
GPtrArray   *reshoot_job_get_steps   (ReshootJob           *self);
void         reshoot_job_cancel      (ReshootJob           *self);
void         reshoot_job_wait_async  (ReshootJob           *self,
                                      GCancellable         *cancellable,
                                      GAsyncReadyCallback   callback,
                                      gpointer              user_data);
gboolean     reshoot_job_wait_finish (ReshootJob           *self,
                                      GAsyncResult         *result,
                                      GError              **error);

/* Where the project cannot be written: what is paid for is held and tried again, and "obstacle" (notified) says why. */
void          reshoot_job_retry_store  (ReshootJob *self);
GError       *reshoot_job_dup_obstacle (ReshootJob *self) G_GNUC_WARN_UNUSED_RESULT;
ReshootImage *reshoot_job_get_reply    (ReshootJob *self);

G_END_DECLS
