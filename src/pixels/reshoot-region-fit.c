/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A region on a picture of one size: how much of a change each pixel takes. A mask is kept as the distance of each of
 * its cells from the nearest that may not change, so that the seam lies within what may, at any size. */

#include "reshoot-region-private.h"

#include "reshoot-image-private.h"

#include <math.h>

/* The seam, in pixels: a share of the picture's long side. */
#define SEAM_SHARE (1.0 / 500)
#define SEAM_LEAST 2.0
#define SEAM_MOST  8.0

/* Of a box it is never more than this part of its shorter side. */
#define SEAM_OF_BOX (1.0 / 8)

/* A step to the side in the distances of a mask (3-4 chamfer). */
#define STEP    3
#define SLANTED 4

typedef struct
{
  int     width;
  int     height;
  guint8 *far;      /* from what may not change, in thirds of a cell; (nullable): there is no such mask */
} Mask;

struct _ReshootRegionFit
{
  int      width;
  int      height;
  double   seam;
  int      edges[4];       /* of the box: left, top, right, bottom; beyond the picture where it goes on there */
  double   box_seam;
  Mask     masks[2];
};

static void
relax (guint8       *far,
       const guint8 *from,
       int           step)
{
  *far = (guint8) MIN (*far, MIN (255, *from + step));
}

/* @far: 0 where nothing may change, 255 elsewhere. What lies beyond the mask's edges is no reason for a seam. */
static void
measure (Mask *mask)
{
  int width = mask->width;
  gsize n = (gsize) width * mask->height;

  for (gsize i = 0; i < n; i++)
    {
      int x = (int) (i % width);
      guint8 *here = mask->far + i;

      if (x > 0)
        relax (here, here - 1, STEP);
      if (i >= (gsize) width)
        relax (here, here - width, STEP);
      if (i >= (gsize) width && x > 0)
        relax (here, here - width - 1, SLANTED);
      if (i >= (gsize) width && x < width - 1)
        relax (here, here - width + 1, SLANTED);
    }

  for (gsize i = n; i-- > 0;)
    {
      int x = (int) (i % width);
      guint8 *here = mask->far + i;
      gboolean below = i + width < n;

      if (x < width - 1)
        relax (here, here + 1, STEP);
      if (below)
        relax (here, here + width, STEP);
      if (below && x < width - 1)
        relax (here, here + width + 1, SLANTED);
      if (below && x > 0)
        relax (here, here + width - 1, SLANTED);
    }
}

/* @inverted: white is what may not change. */
static gboolean
read_mask (Mask          *mask,
           ReshootImage  *image,
           gboolean       inverted,
           GError       **error)
{
  g_autoptr (VipsImage) vips = NULL;
  g_autoptr (VipsImage) band = NULL;
  size_t size;

  if (image == NULL)
    return TRUE;

  vips = reshoot_image_decode (image, NULL, error);
  if (vips == NULL)
    return FALSE;

  if (vips_extract_band (vips, &band, 0, NULL) != 0 ||
      (mask->far = vips_image_write_to_memory (band, &size)) == NULL)
    {
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }

  mask->width = band->Xsize;
  mask->height = band->Ysize;
  if (size != (size_t) mask->width * mask->height)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "region", NULL, "a mask has 8 bits");
      return FALSE;
    }

  for (gsize i = 0; i < size; i++)
    mask->far[i] = (mask->far[i] >= 128) != inverted ? 255 : 0;
  measure (mask);
  return TRUE;
}

static void
set_box (ReshootRegionFit *self,
         const double      box[4])
{
  int *edges = self->edges;
  double shorter;

  edges[0] = edges[1] = -G_MAXINT / 4;
  edges[2] = edges[3] = G_MAXINT / 4;
  if (isnan (box[0]))
    return;

  shorter = MIN (box[2], box[3]);
  self->box_seam = CLAMP (shorter * SEAM_OF_BOX, 0, self->seam);

  /* Pixels that lie wholly within it. What reaches the picture's edge goes on behind it: there is no seam there. */
  if (box[0] > 0)
    edges[0] = (int) ceil (box[0]);
  if (box[1] > 0)
    edges[1] = (int) ceil (box[1]);
  if (box[0] + box[2] < self->width)
    edges[2] = (int) floor (box[0] + box[2]);
  if (box[1] + box[3] < self->height)
    edges[3] = (int) floor (box[1] + box[3]);
}

/* @box: x, y, width, height; NANs: all. @here: (nullable): white may change. @never: (nullable): white may not. */
ReshootRegionFit *
reshoot_region_fit_new (const double    box[4],
                        ReshootImage   *here,
                        ReshootImage   *never,
                        int             width,
                        int             height,
                        GError        **error)
{
  g_autoptr (ReshootRegionFit) self = g_new0 (ReshootRegionFit, 1);

  self->width = width;
  self->height = height;
  self->seam = CLAMP (MAX (width, height) * SEAM_SHARE, SEAM_LEAST, SEAM_MOST);
  set_box (self, box);
  if (!read_mask (&self->masks[0], here, FALSE, error) ||
      !read_mask (&self->masks[1], never, TRUE, error))
    return NULL;

  return g_steal_pointer (&self);
}

void
reshoot_region_fit_free (ReshootRegionFit *self)
{
  for (guint i = 0; i < G_N_ELEMENTS (self->masks); i++)
    g_free (self->masks[i].far);
  g_free (self);
}

static void
weigh_box (const ReshootRegionFit *self,
           int                     x,
           int                     y,
           int                     n,
           guint8                 *weights)
{
  const int *edges = self->edges;
  int down = MIN (y - edges[1] + 1, edges[3] - y);

  for (int i = 0; i < n; i++)
    {
      int in = MIN (down, MIN (x + i - edges[0] + 1, edges[2] - x - i));

      weights[i] = (guint8) (255 * CLAMP (in / (self->box_seam + 1), 0, 1));
    }
}

/* In cells, between the middles of four. */
static double
look_up (const Mask *mask,
         double      u,
         double      v)
{
  double left = CLAMP (u - 0.5, 0, mask->width - 1);
  double top = CLAMP (v - 0.5, 0, mask->height - 1);
  int x = (int) left;
  int y = (int) top;
  const guint8 *upper = mask->far + (gsize) y * mask->width;
  const guint8 *lower = y + 1 < mask->height ? upper + mask->width : upper;
  int next = MIN (x + 1, mask->width - 1);
  double across = left - x;
  double down = top - y;

  return ((upper[x] * (1 - across) + upper[next] * across) * (1 - down)
          + (lower[x] * (1 - across) + lower[next] * across) * down) / STEP;
}

/* What lies in a cell that may not change takes nothing at all. */
static void
weigh_mask (const ReshootRegionFit *self,
            const Mask             *mask,
            int                     x,
            int                     y,
            int                     n,
            guint8                 *weights)
{
  double across = (double) mask->width / self->width;
  double v = (y + 0.5) * mask->height / self->height;
  const guint8 *row = mask->far + (gsize) MIN ((int) v, mask->height - 1) * mask->width;
  double seam = MAX (self->seam * across, 1);
  int far_off = (int) ceil ((seam + 2) * STEP);

  for (int i = 0; i < n; i++)
    {
      double u = (x + i + 0.5) * across;
      int here = row[MIN ((int) u, mask->width - 1)];

      if (here == 0)
        weights[i] = 0;
      else if (here < far_off && weights[i] > 0)
        {
          double share = (look_up (mask, u, v) - 0.5) / seam;

          weights[i] = (guint8) MIN (weights[i], 255 * CLAMP (share, 0, 1));
        }
    }
}

/* How much of a change the @n pixels from (@x, @y) take: 0 none, 255 all. Returns: whether any takes some */
gboolean
reshoot_region_fit_weigh (const ReshootRegionFit *self,
                          int                     x,
                          int                     y,
                          int                     n,
                          guint8                 *weights)
{
  gboolean any = FALSE;

  weigh_box (self, x, y, n, weights);
  for (guint i = 0; i < G_N_ELEMENTS (self->masks); i++)
    if (self->masks[i].far != NULL)
      weigh_mask (self, &self->masks[i], x, y, n, weights);

  for (int i = 0; i < n && !any; i++)
    any = weights[i] > 0;
  return any;
}
