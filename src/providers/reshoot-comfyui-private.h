/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-comfyui.h"

G_BEGIN_DECLS

/* Between the two files of the dialect. */

gboolean reshoot_comfyui_prepare        (ReshootAddress      *address,
                                         const ReshootAsk    *ask,
                                         ReshootNext         *next,
                                         GError             **error);
void     reshoot_comfyui_set_call       (ReshootAddress      *address,
                                         const char          *method,
                                         const char          *path,
                                         JsonObject          *body,
                                         ReshootCall         *call);
void     reshoot_comfyui_set_node_error (const ReshootReply  *reply,
                                         const char          *provider,
                                         ReshootNext         *next,
                                         GError             **error);

G_END_DECLS
