/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-error.h"
#include "reshoot-project-labels.h"
#include "reshoot-project-notes.h"
#include "reshoot-test.h"

G_BEGIN_DECLS

/* Each of these waits. Those without an error argument must succeed. */

ReshootImage   *history_make_picture  (guint                seed,
                                       int                  width,
                                       int                  height);
ReshootProject *history_try_open      (GFile               *file,
                                       ReshootProjectFlags  flags,
                                       GError             **error);
ReshootProject *history_open          (GFile               *file,
                                       ReshootProjectFlags  flags);
gboolean        history_try_close     (ReshootProject      *project,
                                       GError             **error);
void            history_close         (ReshootProject      *project);
ReshootStep    *history_try_original  (ReshootProject      *project,
                                       ReshootImage        *image,
                                       const char          *title,
                                       GError             **error);
ReshootStep    *history_add_original  (ReshootProject      *project,
                                       ReshootImage        *image,
                                       const char          *title);
ReshootStep    *history_add_request   (ReshootProject      *project,
                                       ReshootStep         *source,
                                       const char          *instruction,
                                       double               estimate);
gboolean        history_try_job       (ReshootProject        *project,
                                       ReshootStep           *step,
                                       const ReshootJobFacts *facts,
                                       GError               **error);
void            history_update_job    (ReshootProject        *project,
                                       ReshootStep           *step,
                                       const ReshootJobFacts *facts);
gboolean        history_try_reply     (ReshootProject      *project,
                                       ReshootStep         *step,
                                       ReshootImage        *reply,
                                       GError             **error);
gboolean        history_try_version   (ReshootProject      *project,
                                       ReshootStep         *step,
                                       ReshootImage        *picture,
                                       GError             **error);
ReshootStep    *history_add_edit      (ReshootProject      *project,
                                       ReshootStep         *source,
                                       guint                seed);
ReshootImage   *history_try_load      (ReshootProject      *project,
                                       ReshootStep         *step,
                                       ReshootPictureKind   kind,
                                       GError             **error);
gboolean        history_try_verify    (ReshootProject      *project,
                                       ReshootVerifyCounts *counts,
                                       GError             **error);
void            history_verify        (ReshootProject      *project);
void            history_remove        (GFile               *file);

G_END_DECLS
