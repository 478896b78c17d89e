/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-matte.h"

G_BEGIN_DECLS

#define SCENE_N_CLUTTERED 60
#define SCENE_N_PLAIN 18

/**
 * Scene:
 * @name: what it is
 * @image: a product, photographed or set before something drawn
 * @truth: how much of each pixel is the product, 0–255, of the picture's size
 * @box: around the product with a little room, as a person would draw it
 */
typedef struct
{
  char         *name;
  ReshootImage *image;
  guint8       *truth;
  ReshootBox    box;
} Scene;

Scene  *scene_new_sample    (const char   *name);
Scene  *scene_new_cluttered (guint         number);
Scene  *scene_new_plain     (guint         number);
void    scene_free          (Scene        *scene);
double  scene_overlap       (Scene        *scene,
                             ReshootMatte *matte);
gboolean scene_add_stroke   (Scene        *scene,
                             ReshootMatte *matte,
                             ReshootHints *hints);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Scene, scene_free)

G_END_DECLS
