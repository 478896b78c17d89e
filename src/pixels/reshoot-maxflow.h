/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* The eight neighbours of a cell; a direction and its opposite differ in the last bit. */
#define RESHOOT_MAXFLOW_N_DIRECTIONS 8

extern const int reshoot_maxflow_dx[RESHOOT_MAXFLOW_N_DIRECTIONS];
extern const int reshoot_maxflow_dy[RESHOOT_MAXFLOW_N_DIRECTIONS];

typedef struct _ReshootMaxflow ReshootMaxflow;

ReshootMaxflow *reshoot_maxflow_new          (int              width,
                                              int              height) G_GNUC_WARN_UNUSED_RESULT;
void            reshoot_maxflow_free         (ReshootMaxflow  *self);
void            reshoot_maxflow_set_terminal (ReshootMaxflow  *self,
                                              int              cell,
                                              float            source,
                                              float            sink);
void            reshoot_maxflow_set_edge     (ReshootMaxflow  *self,
                                              int              cell,
                                              int              direction,
                                              float            capacity);
double          reshoot_maxflow_run          (ReshootMaxflow  *self);
gboolean        reshoot_maxflow_is_source    (ReshootMaxflow  *self,
                                              int              cell);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootMaxflow, reshoot_maxflow_free)

G_END_DECLS
