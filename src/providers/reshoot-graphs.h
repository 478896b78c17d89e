/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ReshootOwnGraph:
 *
 * A graph for ComfyUI that the person brought, and where what is asked for goes into it.
 */
typedef struct
{
  char       *name;     /* the part of the model's id after the slash */
  JsonObject *graph;
  JsonObject *slots;    /* "image", "prompt", "seed": lists of "node.input" */
} ReshootOwnGraph;

GPtrArray       *reshoot_graphs_load      (void) G_GNUC_WARN_UNUSED_RESULT;
ReshootOwnGraph *reshoot_graphs_add       (const char         *name,
                                           const char         *path,
                                           const char *const  *images,
                                           const char *const  *texts,
                                           const char *const  *seeds,
                                           GError            **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         reshoot_graphs_remove    (const char         *name,
                                           GError            **error);
void             reshoot_graphs_describe  (JsonObject         *provider);
void             reshoot_own_graph_free   (ReshootOwnGraph    *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootOwnGraph, reshoot_own_graph_free)

G_END_DECLS
