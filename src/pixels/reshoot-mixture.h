/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

typedef struct _ReshootMixture ReshootMixture;

ReshootMixture *reshoot_mixture_new   (int             width,
                                       int             height) G_GNUC_WARN_UNUSED_RESULT;
void            reshoot_mixture_free  (ReshootMixture *self);
void            reshoot_mixture_split (const float    *colors,
                                       const guint8   *cells,
                                       gsize           n,
                                       guint8         *labels);
void            reshoot_mixture_learn (ReshootMixture *self,
                                       const float    *colors,
                                       const guint8   *cells,
                                       const guint8   *labels);
void            reshoot_mixture_costs (ReshootMixture *self,
                                       const float    *colors,
                                       float          *costs,
                                       guint8         *labels);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootMixture, reshoot_mixture_free)

G_END_DECLS
