/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "fake-cloud.h"

G_BEGIN_DECLS

/* For tests: what happens there without being asked for. */

guint fake_comfyui_count_sockets  (FakeCloud  *cloud);
guint fake_comfyui_count_opened   (FakeCloud  *cloud);
void  fake_comfyui_close_sockets  (FakeCloud  *cloud);
void  fake_comfyui_refuse_sockets (FakeCloud  *cloud);
void  fake_comfyui_start          (FakeCloud  *cloud,
                                   const char *id);
void  fake_comfyui_progress       (FakeCloud  *cloud,
                                   const char *id,
                                   guint       value,
                                   guint       max);
void  fake_comfyui_run            (FakeCloud  *cloud,
                                   const char *id);

/* Somebody else's graph is at work; whether it still is. */
void     fake_comfyui_add_other      (FakeCloud *cloud);
gboolean fake_comfyui_get_other_runs (FakeCloud *cloud);

G_END_DECLS
