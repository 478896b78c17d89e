/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-fake-server.h"
#include "reshoot-session-private.h"
#include "reshoot-test.h"

G_BEGIN_DECLS

#define SCENE_KEY "bfl_5ecret-k3y"
#define SCENE_PRO "bfl/flux-kontext-pro"

/* Of the photo, in pixels. */
#define SCENE_WIDTH  640
#define SCENE_HEIGHT 480

/* Paths of the fake service. */
#define SCENE_SUBMIT "/v1/flux-kontext-pro"
#define SCENE_POLL   "/v1/get_result"
#define SCENE_SAMPLE "/sample.png"

/**
 * Scene:
 *
 * A project with one photo, a session, and a service that does what it is told.
 */
typedef struct
{
  ReshootFakeServer *server;
  ReshootSession    *session;
  GFile             *file;
  ReshootProject    *project;
  ReshootStep       *original;
  ReshootTimes       times;
} Scene;

void         scene_set_up           (Scene             *scene,
                                     gconstpointer      data);
void         scene_tear_down        (Scene             *scene,
                                     gconstpointer      data);
void         scene_reopen           (Scene             *scene);
void         scene_restart_session  (Scene             *scene);
GBytes      *scene_dup_picture      (int                width,
                                     int                height) G_GNUC_WARN_UNUSED_RESULT;
void         scene_script_submit    (Scene             *scene);
void         scene_script_poll      (Scene             *scene,
                                     const char        *status);
void         scene_script_ready     (Scene             *scene);
void         scene_script_sample    (Scene             *scene);
ReshootJob  *scene_edit             (Scene             *scene,
                                     const char        *model,
                                     const char        *instruction,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootJob  *scene_edit_with        (Scene             *scene,
                                     const char        *model,
                                     const char        *instruction,
                                     const char        *parameters,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootJob  *scene_resume           (Scene             *scene,
                                     ReshootStep       *step,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean     scene_wait             (ReshootJob        *job,
                                     GError           **error);
ReshootImage *scene_load            (Scene             *scene,
                                     ReshootStep       *step,
                                     ReshootPictureKind kind) G_GNUC_WARN_UNUSED_RESULT;
guint        scene_get_hits         (Scene             *scene,
                                     const char        *path);

G_END_DECLS
