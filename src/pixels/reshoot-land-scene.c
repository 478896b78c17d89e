/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Source and reply as planes of one size and in the same numbers: the source scaled down to what the service saw of
 * it, the reply brought into the source's colour space and then moved to where it belongs. */

#include "reshoot-land-private.h"

#include "reshoot-image-private.h"

#include <math.h>
#include <string.h>

/* Pixels of the reply's own rim that are left out. */
#define RIM 4

static void
make_planes (ReshootPlane *planes[3],
             int           width,
             int           height)
{
  for (int c = 0; c < 3; c++)
    planes[c] = reshoot_plane_new (width, height);
}

/* What a service is sent for a transparent pixel. */
static double
lay_on_white (double value,
              double opacity)
{
  return opacity * value + (1 - opacity) * 255;
}

static void
read_row (VipsImage *picture,
          int        y,
          float     *row[3])
{
  int width = vips_image_get_width (picture);
  int n_bands = vips_image_get_bands (picture);
  gboolean deep = vips_image_get_format (picture) == VIPS_FORMAT_USHORT;
  const guint8 *at = VIPS_IMAGE_ADDR (picture, 0, y);
  const guint16 *wide = (const guint16 *) at;

  for (int x = 0; x < width; x++)
    for (int c = 0; c < 3; c++)
      {
        gsize i = (gsize) x * n_bands;
        double value = deep ? wide[i + c] / 257.0 : at[i + c];

        if (n_bands == 4)
          value = lay_on_white (value, deep ? wide[i + 3] / 65535.0 : at[i + 3] / 255.0);
        row[c][x] = (float) value;
      }
}

/* The mean over each pixel of the reply, along a row; what lies beyond the picture is white, as it was sent. */
static void
average_row (const float *in,
             float       *out,
             int          n_in,
             int          n_out,
             double       scale,
             double       offset)
{
  for (int i = 0; i < n_out; i++)
    {
      double from = CLAMP ((i - offset) / scale, 0.0, (double) n_in);
      double to = CLAMP ((i + 1 - offset) / scale, 0.0, (double) n_in);
      double sum = 0;

      for (int k = (int) from; k < to; k++)
        sum += in[k] * (MIN (k + 1.0, to) - MAX ((double) k, from));
      out[i] = (float) (sum * scale + 255 * (1 - (to - from) * scale));
    }
}

static void
add_row (ReshootPlane *plane,
         int           y,
         const float  *row,
         double        share)
{
  float *to = plane->data + (gsize) y * plane->width;

  for (int x = 0; x < plane->width; x++)
    to[x] += (float) share * row[x];
}

/* Adds the means of @picture, in memory, to @planes, which are empty. @frame: where its pixels lie in them; see
 * reshoot_land_merge(). */
void
reshoot_land_shrink (VipsImage     *picture,
                     const double   frame[4],
                     ReshootPlane  *planes[3])
{
  int width = vips_image_get_width (picture);
  int height = vips_image_get_height (picture);
  g_autofree float *wide = g_new (float, 3 * (gsize) width);
  g_autofree float *narrow = g_new (float, planes[0]->width);
  g_autofree double *shares = g_new0 (double, planes[0]->height);
  float *row[3] = { wide, wide + width, wide + 2 * (gsize) width };

  for (int y = 0; y < height; y++)
    {
      double from = y * frame[2] + frame[3];
      double to = (y + 1) * frame[2] + frame[3];

      if (to <= 0 || from >= planes[0]->height)
        continue;
      read_row (picture, y, row);
      for (int c = 0; c < 3; c++)
        {
          average_row (row[c], narrow, width, planes[c]->width, frame[0], frame[1]);
          for (int k = MAX ((int) floor (from), 0); k < MIN (to, planes[0]->height); k++)
            {
              double share = MIN (k + 1.0, to) - MAX ((double) k, from);

              add_row (planes[c], k, narrow, share);
              if (c == 0)
                shares[k] += share;
            }
        }
    }

  for (int y = 0; y < planes[0]->height; y++)
    for (int c = 0; c < 3 && shares[y] < 0.999; c++)
      for (int x = 0; x < planes[c]->width; x++)
        planes[c]->data[(gsize) y * planes[c]->width + x] += 255 * (float) (1 - shares[y]);
}

/* sRGB into the numbers of a profile, by way of the colours themselves. */
static VipsImage *
export_to (VipsImage *srgb,
           VipsImage *picture)
{
  g_autoptr (VipsImage) colours = NULL;
  g_autoptr (VipsImage) tagged = NULL;
  VipsImage *out = NULL;
  const void *profile;
  size_t length;

  if (vips_image_get_typeof (picture, VIPS_META_ICC_NAME) == 0
      || vips_image_get_blob (picture, VIPS_META_ICC_NAME, &profile, &length) != 0)
    return g_object_ref (srgb);

  if (vips_icc_import (srgb, &colours, "input_profile", "srgb", "embedded", FALSE,
                       "intent", VIPS_INTENT_RELATIVE, "black_point_compensation", TRUE, NULL) != 0
      || vips_copy (colours, &tagged, NULL) != 0)
    return NULL;

  vips_image_set_blob_copy (tagged, VIPS_META_ICC_NAME, profile, length);
  if (vips_icc_export (tagged, &out, "intent", VIPS_INTENT_RELATIVE,
                       "black_point_compensation", TRUE, "depth", 8, NULL) != 0)
    return NULL;

  return out;
}

static VipsImage *
open_reply (ReshootImage  *reply,
            VipsImage     *picture,
            int            width,
            int            height,
            GError       **error)
{
  g_autoptr (VipsImage) vips = reshoot_image_dup_vips (reply, error);
  g_autoptr (VipsImage) srgb = NULL;
  g_autoptr (VipsImage) opaque = NULL;
  g_autoptr (VipsImage) scaled = NULL;
  g_autoptr (VipsImage) ready = NULL;
  VipsImage *memory = NULL;

  if (vips == NULL)
    return NULL;

  srgb = reshoot_image_to_srgb (vips);
  if (srgb != NULL)
    opaque = vips_image_hasalpha (srgb) ? reshoot_image_flatten (srgb) : g_object_ref (srgb);
  if (opaque != NULL
      && vips_resize (opaque, &scaled, (double) width / opaque->Xsize,
                      "vscale", (double) height / opaque->Ysize, NULL) == 0)
    ready = export_to (scaled, picture);
  if (ready != NULL)
    memory = vips_image_copy_memory (ready);
  if (memory == NULL)
    reshoot_set_vips_error (error, NULL);
  return memory;
}

/* Fills @source and, not yet moved, @reply. The scene has its size. @picture: the source, in memory. */
gboolean
reshoot_land_scene_fill (ReshootLandScene  *scene,
                         VipsImage         *picture,
                         ReshootImage      *reply,
                         const double       frame[4],
                         GError           **error)
{
  g_autoptr (VipsImage) vips = open_reply (reply, picture, scene->width, scene->height, error);
  g_autofree float *rows = g_new (float, 3 * (gsize) scene->width);
  float *row[3] = { rows, rows + scene->width, rows + 2 * (gsize) scene->width };

  if (vips == NULL)
    return FALSE;

  make_planes (scene->source, scene->width, scene->height);
  make_planes (scene->reply, scene->width, scene->height);
  reshoot_land_shrink (picture, frame, scene->source);
  scene->source_luma = reshoot_land_luma (scene->source);
  for (int y = 0; y < MIN (scene->height, vips->Ysize); y++)
    {
      read_row (vips, y, row);
      for (int c = 0; c < 3; c++)
        memcpy (scene->reply[c]->data + (gsize) y * scene->width, row[c], sizeof (float)
                * scene->width);
    }

  return TRUE;
}

static void
find_covered (ReshootLandScene *scene)
{
  const double *map = scene->motion.map;

  scene->covered = g_new (guint8, (gsize) scene->width * scene->height);
  for (int y = 0; y < scene->height; y++)
    for (int x = 0; x < scene->width; x++)
      {
        double u = map[0] * x + map[1] * y + map[2];
        double v = map[3] * x + map[4] * y + map[5];

        scene->covered[(gsize) y * scene->width + x] = u > RIM && v > RIM && u < scene->width - 1
                                                       - RIM
                                                       && v < scene->height - 1 - RIM;
      }
}

/* Finds the motion and moves @reply. FALSE where it was cancelled. */
gboolean
reshoot_land_scene_align (ReshootLandScene *scene,
                          GCancellable     *cancellable)
{
  g_autoptr (ReshootPlane) luma = reshoot_land_luma (scene->reply);

  if (!reshoot_motion_find (scene->source_luma, luma, &scene->motion, cancellable))
    return FALSE;

  find_covered (scene);
  for (int c = 0; c < 3; c++)
    {
      g_autoptr (ReshootPlane) still = g_steal_pointer (&scene->reply[c]);

      scene->reply[c] = reshoot_plane_warp (still, scene->motion.map);
    }
  return !g_cancellable_is_cancelled (cancellable);
}

void
reshoot_land_scene_clear (ReshootLandScene *scene)
{
  for (int c = 0; c < 3; c++)
    {
      g_clear_pointer (&scene->source[c], g_free);
      g_clear_pointer (&scene->reply[c], g_free);
      g_clear_pointer (&scene->matched[c], g_free);
    }
  g_clear_pointer (&scene->source_luma, g_free);
  g_clear_pointer (&scene->covered, g_free);
  g_clear_pointer (&scene->changed, g_free);
  g_clear_pointer (&scene->soft, g_free);
  g_clear_pointer (&scene->alpha, g_free);
}
