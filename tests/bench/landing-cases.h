/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image-vips.h"
#include "reshoot-land.h"

G_BEGIN_DECLS

/* What is expected beside the truth itself. */
typedef enum
{
  EDIT_OBJECT,
  EDIT_BACKDROP,
  EDIT_TONE,
  EDIT_NOTHING,
  EDIT_SCENE,
  EDIT_EITHER,    /* of the whole picture or nothing at all, but nothing between */
} EditKind;

typedef struct _LandingCase LandingCase;

/* A source of which the truth was made, 8-bit RGB in memory. */
typedef struct
{
  VipsImage *source;    /* (owned) */
  VipsImage *asked;     /* (owned): what the service drew, before it harmed it */
  VipsImage *truth;     /* (owned): what should come of it */
  float     *matte;     /* (owned) (nullable): of the product, 0-1 */
} LandingPictures;

struct _LandingCase
{
  const char      *name;
  const char      *sample;    /* of data/samples, or a pair of tests/data */
  EditKind         kind;
  ReshootLandTone  tone;
  void           (*edit) (LandingPictures *pictures);
};

extern const LandingCase landing_cases[];
extern const guint n_landing_cases;

void landing_pictures_open  (LandingPictures   *pictures,
                             const LandingCase *edit,
                             int                width);
void landing_pictures_clear (LandingPictures   *pictures);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (LandingPictures, landing_pictures_clear)

G_END_DECLS
