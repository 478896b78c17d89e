/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From a black-and-white cut-out to a matte of the full-size picture. A guided filter is fitted at a middle size,
 * its factors are stretched, and each full-size pixel's own colour then decides how much of it is the product: the
 * edge is as sharp as the picture is, and only one strip is drawn at a time. Away from the edge the matte is all or
 * nothing. */

#include "reshoot-matte-edge.h"

#include "reshoot-error.h"
#include "reshoot-guided-filter.h"
#include "reshoot-image-vips.h"
#include "reshoot-mask.h"

#include <math.h>
#include <string.h>

#define RADIUS 3            /* of the filter, at 1024 pixels of long side */
#define EPSILON 1e-4f
#define SOLID_RADIUS 3      /* cells of the cut-out: farther from its edge the matte is all or nothing */
#define LEAST 0.12f         /* what the filter leaves over on either side is stretched away */
#define SPAN 0.76f
#define STRIP 64            /* rows */

typedef struct
{
  float *factors;           /* four planes */
  int    width;
  int    height;
} Fit;

/* A part of the middle size. */
typedef struct
{
  int left;
  int top;
  int width;
  int height;
} Part;

/* The mask at the picture's size, linear between cells. */
static float *
enlarge (const ReshootCutout *cutout,
         const Fit           *fit,
         const Part          *part)
{
  float *out = g_new (float, (gsize) part->width * part->height);

  for (int y = 0; y < part->height; y++)
    for (int x = 0; x < part->width; x++)
      {
        float u = (x + part->left + 0.5f) * cutout->width / fit->width - 0.5f;
        float v = (y + part->top + 0.5f) * cutout->height / fit->height - 0.5f;
        int left = (int) (u = CLAMP (u, 0.0f, cutout->width - 1.0f));
        int top = (int) (v = CLAMP (v, 0.0f, cutout->height - 1.0f));
        int right = MIN (left + 1, cutout->width - 1);
        const guint8 *above = cutout->mask + (gsize) top * cutout->width;
        int bottom = MIN (top + 1, cutout->height - 1);
        const guint8 *below = cutout->mask + (gsize) bottom * cutout->width;
        float upper = above[left] + (u - left) * (above[right] - above[left]);
        float lower = below[left] + (u - left) * (below[right] - below[left]);

        out[(gsize) y * part->width + x] = upper + (v - top) * (lower - upper);
      }

  return out;
}

/* Away from the edge the colour has no say. */
static void
settle (const ReshootCutout *cutout,
        Fit                 *fit)
{
  gsize n_cells = (gsize) cutout->width * cutout->height;
  gsize n = (gsize) fit->width * fit->height;
  g_autofree guint8 *grown = g_new (guint8, n_cells);
  g_autofree guint8 *shrunk = g_new (guint8, n_cells);

  reshoot_mask_spread (cutout->mask, grown, cutout->width, cutout->height, SOLID_RADIUS, TRUE);
  reshoot_mask_spread (cutout->mask, shrunk, cutout->width, cutout->height, SOLID_RADIUS, FALSE);

  for (gsize i = 0; i < n; i++)
    {
      int x = (int) ((i % fit->width) * cutout->width / fit->width);
      int y = (int) ((i / fit->width) * cutout->height / fit->height);
      gsize cell = (gsize) y * cutout->width + x;

      if (grown[cell] != 0 && shrunk[cell] == 0)
        continue;
      for (int k = 0; k < 3; k++)
        fit->factors[k * n + i] = 0.0f;
      fit->factors[3 * n + i] = shrunk[cell] != 0 ? 1.0f : 0.0f;
    }
}

/* What the filter has to see for the edge of the mask, @margin pixels around it. */
static Part
find_part (const ReshootCutout *cutout,
           const Fit           *fit,
           int                  margin)
{
  int left = cutout->width, top = cutout->height, right = -1, bottom = -1;
  int first_x, first_y, last_x, last_y;

  for (int y = 0; y < cutout->height; y++)
    for (int x = 0; x < cutout->width; x++)
      if (cutout->mask[(gsize) y * cutout->width + x] != 0)
        {
          left = MIN (left, x);
          right = MAX (right, x);
          top = MIN (top, y);
          bottom = MAX (bottom, y);
        }

  if (right < 0)
    return (Part) { 0, 0, 1, 1 };

  first_x = (left - SOLID_RADIUS - 1) * fit->width / cutout->width - margin;
  first_y = (top - SOLID_RADIUS - 1) * fit->height / cutout->height - margin;
  last_x = (right + SOLID_RADIUS + 2) * fit->width / cutout->width + margin;
  last_y = (bottom + SOLID_RADIUS + 2) * fit->height / cutout->height + margin;
  first_x = MAX (first_x, 0);
  first_y = MAX (first_y, 0);
  last_x = MIN (last_x, fit->width - 1);
  last_y = MIN (last_y, fit->height - 1);
  return (Part) { first_x, first_y, last_x - first_x + 1, last_y - first_y + 1 };
}

static void
fit_edge (const ReshootCutout *cutout,
          const guint8        *rgb,
          Fit                 *fit)
{
  int radius = MAX (2, RADIUS * MAX (fit->width, fit->height) / 1024);
  Part part = find_part (cutout, fit, 2 * radius);
  gsize n = (gsize) part.width * part.height;
  g_autofree float *rough = enlarge (cutout, fit, &part);
  g_autofree float *guide = g_new (float, n * 3);
  g_autofree float *factors = g_new (float, n * 4);

  for (gsize i = 0; i < n; i++)
    {
      gsize from = (part.top + i / part.width) * fit->width + part.left + i % part.width;

      for (int c = 0; c < 3; c++)
        guide[c * n + i] = rgb[from * 3 + c] / 255.0f;
    }

  reshoot_guided_filter_fit (guide, rough, factors, part.width, part.height, radius, EPSILON);
  for (int k = 0; k < 4; k++)
    for (int y = 0; y < part.height; y++)
      memcpy (fit->factors + ((gsize) k * fit->height + part.top + y) * fit->width + part.left,
              factors + ((gsize) k * part.height + y) * part.width, sizeof (float) * part.width);
  settle (cutout, fit);
}

/* The factors at a height between two rows, four a pixel. */
static void
mix_rows (const Fit *fit,
          double     y,
          float     *row)
{
  gsize n = (gsize) fit->width * fit->height;
  double at = CLAMP (y, 0.0, fit->height - 1.0);
  int top = (int) at;
  int bottom = MIN (top + 1, fit->height - 1);
  float share = (float) (at - top);

  for (int k = 0; k < 4; k++)
    {
      const float *above = fit->factors + k * n + (gsize) top * fit->width;
      const float *below = fit->factors + k * n + (gsize) bottom * fit->width;

      for (int x = 0; x < fit->width; x++)
        row[x * 4 + k] = above[x] + share * (below[x] - above[x]);
    }
}

static void
draw_row (const guint8 *rgb,
          const float  *row,
          int           row_width,
          int           width,
          guint8       *out)
{
  float scale = (float) row_width / width;

  for (int x = 0; x < width; x++)
    {
      float at = CLAMP ((x + 0.5f) * scale - 0.5f, 0.0f, row_width - 1.0f);
      int left = (int) at;
      const float *a = row + left * 4;
      const float *b = row + MIN (left + 1, row_width - 1) * 4;
      float share = at - left;
      float value = 0.0f;

      for (int c = 0; c < 3; c++)
        value += (a[c] + share * (b[c] - a[c])) * rgb[x * 3 + c];
      value = value / 255.0f + a[3] + share * (b[3] - a[3]);
      value = CLAMP ((value - LEAST) / SPAN, 0.0f, 1.0f);
      out[x] = (guint8) (value * 255.0f + 0.5f);
    }
}

static gboolean
draw_strips (VipsRegion    *region,
             const Fit     *fit,
             guint8        *values,
             GCancellable  *cancellable,
             GError       **error)
{
  int width = region->im->Xsize;
  int height = region->im->Ysize;
  g_autofree float *row = g_new (float, (gsize) fit->width * 4);

  for (int top = 0; top < height; top += STRIP)
    {
      VipsRect strip = { 0, top, width, MIN (STRIP, height - top) };

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;
      if (vips_region_prepare (region, &strip) != 0)
        {
          reshoot_set_vips_error (error, NULL);
          return FALSE;
        }
      for (int y = top; y < top + strip.height; y++)
        {
          mix_rows (fit, (y + 0.5) * fit->height / height - 0.5, row);
          draw_row (VIPS_REGION_ADDR (region, 0, y), row, fit->width, width,
                    values + (gsize) y * width);
        }
    }

  return TRUE;
}

/**
 * reshoot_matte_edge_draw:
 * @cutout: what is the product
 * @rgb: the picture at a middle size, three bytes a pixel
 * @width: of @rgb, in pixels
 * @height: of @rgb, in pixels
 * @full: the picture at full size, three bands of 8 bits
 * @cancellable: (nullable): asked between strips
 * @error: return location for an error
 *
 * Returns: (transfer full): the matte, a byte a pixel of @full; %NULL when it was cancelled or could not be computed
 */
GBytes *
reshoot_matte_edge_draw (const ReshootCutout  *cutout,
                         const guint8         *rgb,
                         int                   width,
                         int                   height,
                         VipsImage            *full,
                         GCancellable         *cancellable,
                         GError              **error)
{
  gsize n = (gsize) full->Xsize * full->Ysize;
  g_autofree float *factors = g_new0 (float, (gsize) width * height * 4);
  g_autofree guint8 *values = g_malloc (n);
  Fit fit = { factors, width, height };
  VipsRegion *region;
  gboolean drawn;

  fit_edge (cutout, rgb, &fit);
  region = vips_region_new (full);
  drawn = draw_strips (region, &fit, values, cancellable, error);
  g_object_unref (region);

  return drawn ? g_bytes_new_take (g_steal_pointer (&values), n) : NULL;
}
