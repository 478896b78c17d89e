/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture and its original in one grid of about a megapixel, in sRGB, each pixel where it should be, so that the
 * drift meter can hold one against the other. It hides crops, other sizes and turned pictures. */

#include "reshoot-drift-private.h"

#include "reshoot-image-private.h"

#include <math.h>
#include <string.h>

#define MEASURED_PIXELS 1e6

/* A map that turns or shears by less than that does not. */
#define UPRIGHT 1e-9

/* In sRGB and in memory. */
static VipsImage *
open_picture (ReshootImage  *image,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (VipsImage) vips = reshoot_image_decode (image, cancellable, error);
  g_autoptr (VipsImage) srgb = NULL;
  VipsImage *memory = NULL;

  if (vips == NULL)
    return NULL;

  srgb = reshoot_image_to_srgb (vips);
  if (srgb != NULL)
    memory = vips_image_copy_memory (srgb);
  if (memory == NULL)
    reshoot_set_vips_error (error, NULL);
  return memory;
}

static void
make_planes (ReshootPlane *planes[3],
             int           width,
             int           height)
{
  for (int c = 0; c < 3; c++)
    planes[c] = reshoot_plane_new (width, height);
}

/* Neither is enlarged. @frame: where the original's pixels lie in the grid. */
static void
find_grid (const ReshootDriftWork *work,
           ReshootLandScene       *scene,
           double                  frame[4])
{
  const double *place = work->place;
  double width = reshoot_image_get_width (work->original);
  double height = reshoot_image_get_height (work->original);
  double size = MAX (hypot (place[0], place[3]), hypot (place[1], place[4]));
  double factor = MIN (MIN (1, 1 / size), sqrt (MEASURED_PIXELS / (width * height)));

  scene->width = MAX ((int) lround (width * factor), 1);
  scene->height = MAX ((int) lround (height * factor), 1);
  frame[0] = scene->width / width;
  frame[1] = frame[3] = 0;
  frame[2] = scene->height / height;
}

static gboolean
is_upright (const double place[6])
{
  return fabs (place[1]) < UPRIGHT && fabs (place[3]) < UPRIGHT && place[0] > 0 && place[4] > 0;
}

/* From a place in the grid, in pixels from its corner, to one in the picture. */
static void
find_way_back (const double place[6],
               const double frame[4],
               double       back[6])
{
  double determinant = place[0] * place[4] - place[1] * place[3];

  back[0] = place[4] / determinant / frame[0];
  back[1] = -place[1] / determinant / frame[2];
  back[2] = (place[1] * place[5] - place[4] * place[2]) / determinant;
  back[3] = -place[3] / determinant / frame[0];
  back[4] = place[0] / determinant / frame[2];
  back[5] = (place[3] * place[2] - place[0] * place[5]) / determinant;
}

static guint8 *
find_shown (const ReshootDriftWork *work,
            const ReshootLandScene *scene,
            const double            back[6])
{
  guint8 *shown = g_new (guint8, (gsize) scene->width * scene->height);
  int width = reshoot_image_get_width (work->picture);
  int height = reshoot_image_get_height (work->picture);
  double rim[2] = { hypot (back[0], back[1]) / 2, hypot (back[3], back[4]) / 2 };

  for (int y = 0; y < scene->height; y++)
    for (int x = 0; x < scene->width; x++)
      {
        double u = back[0] * (x + 0.5) + back[1] * (y + 0.5) + back[2];
        double v = back[3] * (x + 0.5) + back[4] * (y + 0.5) + back[5];

        shown[(gsize) y * scene->width + x] = u > rim[0] - 1e-6 && v > rim[1] - 1e-6
                                              && u < width - rim[0] + 1e-6
                                              && v < height - rim[1] + 1e-6;
      }

  return shown;
}

/* A picture that was turned: first as small as the grid, then into it. */
static void
turn (VipsImage        *vips,
      const double      back[6],
      ReshootLandScene *scene)
{
  double scale = sqrt (1 / fabs (back[0] * back[4] - back[1] * back[3]));
  int width = MAX (scene->width, (int) lround (vips->Xsize * scale));
  int height = MAX (scene->height, (int) lround (vips->Ysize * scale));
  double frame[4] = { scale, 0, scale, 0 };
  double map[6];
  ReshootPlane *small[3];

  for (int i = 0; i < 6; i++)
    map[i] = back[i] * scale;
  for (int i = 0; i < 2; i++)
    map[3 * i + 2] += (map[3 * i] + map[3 * i + 1]) / 2 - 0.5;

  make_planes (small, width, height);
  reshoot_land_shrink (vips, frame, small);
  for (int c = 0; c < 3; c++)
    {
      g_autoptr (ReshootPlane) still = small[c];
      g_autoptr (ReshootPlane) turned = reshoot_plane_warp (still, map);

      for (int y = 0; y < scene->height; y++)
        memcpy (scene->reply[c]->data + (gsize) y * scene->width, turned->data + (gsize) y * width,
                sizeof (float) * scene->width);
    }
}

/* One picture after the other: of large ones two do not lie in memory. */
static gboolean
fill (const ReshootDriftWork  *work,
      ReshootLandScene        *scene,
      const double             frame[4],
      const double             back[6],
      GCancellable            *cancellable,
      GError                 **error)
{
  const double *place = work->place;
  g_autoptr (VipsImage) vips = open_picture (work->original, cancellable, error);

  if (vips == NULL)
    return FALSE;
  make_planes (scene->source, scene->width, scene->height);
  make_planes (scene->reply, scene->width, scene->height);
  reshoot_land_shrink (vips, frame, scene->source);

  g_clear_object (&vips);
  vips = open_picture (work->picture, cancellable, error);
  if (vips == NULL)
    return FALSE;
  if (is_upright (place))
    {
      double placed[4] = { frame[0] * place[0], frame[0] * place[2],
                           frame[2] * place[4], frame[2] * place[5] };

      reshoot_land_shrink (vips, placed, scene->reply);
    }
  else
    turn (vips, back, scene);

  return !g_cancellable_set_error_if_cancelled (cancellable, error);
}

/* Where the picture does not reach, there is nothing to tell: neither shows anything. */
static void
hide_rest (ReshootLandScene *scene,
           const guint8     *shown)
{
  for (int c = 0; c < 3; c++)
    for (gsize i = 0; i < (gsize) scene->width * scene->height; i++)
      if (!shown[i])
        scene->source[c]->data[i] = scene->reply[c]->data[i] = 255;

  scene->source_luma = reshoot_land_luma (scene->source);
}

/* Fills source and reply of @scene, and @frame. Answers 1 where the picture reaches, or NULL. */
guint8 *
reshoot_drift_fill (const ReshootDriftWork  *work,
                    ReshootLandScene        *scene,
                    double                   frame[4],
                    GCancellable            *cancellable,
                    GError                 **error)
{
  guint8 *shown;
  double back[6];

  find_grid (work, scene, frame);
  find_way_back (work->place, frame, back);
  if (!fill (work, scene, frame, back, cancellable, error))
    return NULL;

  shown = find_shown (work, scene, back);
  hide_rest (scene, shown);
  return shown;
}
