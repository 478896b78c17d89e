/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-align-private.h"
#include "reshoot-image-vips.h"
#include "reshoot-land.h"

G_BEGIN_DECLS

/* Between the files of landing alone. All planes are of the reply's size and in the source's own numbers, scaled to
 * 0–255; three in a row are red, green and blue. */

/**
 * ReshootLandScene:
 * @width: of the reply
 * @height: of the reply
 * @source: what the reply was made from, as it was sent
 * @reply: what came back, moved onto it
 * @matched: the same with the drift of its colours undone
 * @source_luma: of @source
 * @covered: 1 where there is a reply
 * @motion: how the reply moved
 * @changed: 1 where something was edited
 * @soft: how much of a wide and soft difference there is beside the change, 1 = just visible
 * @alpha: how much of the reply is taken, 0–1
 * @is_whole: the edit is one of the whole picture
 * @drift: mean distance by which @matched differs from @reply, in levels
 *
 * What is known of a landing on its way.
 */
typedef struct
{
  int           width;
  int           height;
  ReshootPlane *source[3];
  ReshootPlane *reply[3];
  ReshootPlane *matched[3];
  ReshootPlane *source_luma;
  guint8       *covered;
  ReshootMotion motion;
  guint8       *changed;
  ReshootPlane *soft;
  ReshootPlane *alpha;
  gboolean      is_whole;
  double        drift;
} ReshootLandScene;

/* What the reply is made of, for the merge: its soft part, and how much of the source's detail it carries. */
typedef struct
{
  ReshootPlane *soft[3];
  ReshootPlane *gain[3];
  ReshootPlane *source_soft;
} ReshootLandDetail;

/* What a landing keeps, so that the change can be painted on. */
struct _ReshootLanding
{
  GObject            parent_instance;

  ReshootImage      *image;      /* (owned) (nullable): for a new scene */
  ReshootAlignment   alignment;
  double             changed;
  double             identical;
  gboolean           is_whole;

  ReshootPlane      *alpha;      /* (owned) (nullable): for a new scene */
  ReshootLandDetail  detail;
  double             frame[4];
};

ReshootPlane *reshoot_land_luma           (ReshootPlane            *const planes[3]);
void          reshoot_land_make_lab       (ReshootPlane            *const in[3],
                                           double                   sigma,
                                           ReshootPlane            *lab[3]);
void          reshoot_land_shrink         (VipsImage               *picture,
                                           const double             frame[4],
                                           ReshootPlane            *planes[3]);
void          reshoot_land_describe       (const ReshootLandScene  *scene,
                                           const double             frame[4],
                                           ReshootAlignment        *alignment);
ReshootPlane *reshoot_land_likeness       (const ReshootPlane      *source,
                                           const ReshootPlane      *reply,
                                           double                   sigma,
                                           ReshootPlane           **slope,
                                           ReshootPlane           **strength);
gboolean      reshoot_land_scene_fill     (ReshootLandScene        *scene,
                                           VipsImage               *picture,
                                           ReshootImage            *reply,
                                           const double             frame[4],
                                           GError                 **error);
gboolean      reshoot_land_scene_align    (ReshootLandScene        *scene,
                                           GCancellable            *cancellable);
void          reshoot_land_match_colour   (ReshootLandScene        *scene);
void          reshoot_land_find_change    (ReshootLandScene        *scene,
                                           ReshootLandTone          tone);
void          reshoot_land_make_alpha     (ReshootLandScene        *scene);
void          reshoot_land_carry_detail   (const ReshootLandScene  *scene,
                                           ReshootLandDetail       *detail);
gboolean      reshoot_land_merge          (const ReshootLandScene  *scene,
                                           const ReshootLandDetail *detail,
                                           const double             frame[4],
                                           VipsImage               *picture,
                                           GCancellable            *cancellable,
                                           double                  *kept);
void          reshoot_land_scene_clear    (ReshootLandScene        *scene);
void          reshoot_land_detail_clear   (ReshootLandDetail       *detail);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootLandScene, reshoot_land_scene_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootLandDetail, reshoot_land_detail_clear)

G_END_DECLS
