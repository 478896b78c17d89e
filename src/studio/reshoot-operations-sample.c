/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Looking before acting: the few numbers that an operation needs of the whole picture. Everything here reads a thinned
 * copy or the one-band matte, never the full picture in floats. */

#include "reshoot-operations-private.h"

#include <stdlib.h>

/* Fainter than this is no product when its box is looked for. */
#define BOX_THRESHOLD 24

#define BORDER_SAMPLE_EDGE 512

/* In cells of that sample; and how far, encoded, a plain border is from its blurred self. */
#define BORDER_BLUR  4
#define BORDER_PLAIN 0.012

/* Every nth pixel, so that the long edge has at most @long_edge of them. */
ReshootSample *
reshoot_sample_new (ReshootWork  *work,
                    int           long_edge,
                    GError      **error)
{
  g_autoptr (ReshootSample) sample = g_new0 (ReshootSample, 1);
  g_autoptr (ReshootPlane) thin = NULL, thin_matte = NULL;
  ReshootPlane *light = reshoot_work_get_light (work, error);
  int width = reshoot_work_get_width (work), height = reshoot_work_get_height (work);
  int factor, across, down;
  gsize size;

  if (light == NULL)
    return NULL;

  /* Never more than the short side has, or a thin strip would have nothing to give. */
  factor = (MAX (width, height) + long_edge - 1) / long_edge;
  across = MIN (factor, width);
  down = MIN (factor, height);
  if (vips_subsample (light, &thin, across, down, NULL) != 0
      || (work->matte != NULL
          && vips_subsample (work->matte, &thin_matte, across, down, NULL) != 0))
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  sample->width = thin->Xsize;
  sample->height = thin->Ysize;
  sample->light = reshoot_work_render (work, thin, &size, error);
  if (sample->light == NULL)
    return NULL;

  if (thin_matte != NULL)
    {
      sample->matte = reshoot_work_render (work, thin_matte, &size, error);
      if (sample->matte == NULL)
        return NULL;
    }

  return g_steal_pointer (&sample);
}

void
reshoot_sample_free (ReshootSample *sample)
{
  g_free (sample->light);
  g_free (sample->matte);
  g_free (sample);
}

/* The smallest box around the product; fails when there is none. */
gboolean
reshoot_work_find_product (ReshootWork  *work,
                           ReshootBox   *box,
                           GError      **error)
{
  g_autofree guint8 *values = NULL;
  int width, height, x, y, left, right = -1, top, bottom = -1;
  gsize size;

  g_assert (work->matte != NULL);

  values = reshoot_work_render (work, work->matte, &size, error);
  if (values == NULL)
    return FALSE;

  width = left = work->matte->Xsize;
  height = top = work->matte->Ysize;
  for (y = 0; y < height; y++)
    for (x = 0; x < width; x++)
      if (values[(gsize) y * width + x] > BOX_THRESHOLD)
        {
          left = MIN (left, x);
          right = MAX (right, x);
          top = MIN (top, y);
          bottom = y;
        }

  if (right < 0)
    {
      reshoot_set_error (error, RESHOOT_ERROR_UNSURE, "no-product", NULL, "the matte is empty");
      return FALSE;
    }

  *box = (ReshootBox) { left, top, right - left + 1, bottom - top + 1 };
  return TRUE;
}

static int
compare_floats (gconstpointer a,
                gconstpointer b)
{
  float fa = *(const float *) a, fb = *(const float *) b;

  return (fa > fb) - (fa < fb);
}

/* The picture itself, thinned and blurred, if its border is so plain that this can go on beyond it unseen. */
static ReshootCoarse *
smooth_border (ReshootWork         *work,
               const ReshootSample *sample)
{
  g_autoptr (ReshootCoarse) coarse = reshoot_coarse_new (sample->width, sample->height, 3);
  gsize n = (gsize) sample->width * sample->height * 3, i;
  double far = 0;
  int x, y, band, count = 0;

  if (sample->width < 16 || sample->height < 16)
    return NULL;

  for (i = 0; i < n; i++)
    coarse->values[i] = sample->light[i];
  coarse->cell_width = (double) reshoot_work_get_width (work) / sample->width;
  coarse->cell_height = (double) reshoot_work_get_height (work) / sample->height;
  reshoot_coarse_blur (coarse, BORDER_BLUR);

  for (y = 0; y < sample->height; y++)
    for (x = 0; x < sample->width; x++)
      {
        gsize place = ((gsize) y * sample->width + x) * 3;

        if (x != 0 && y != 0 && x != sample->width - 1 && y != sample->height - 1)
          continue;
        for (band = 0; band < 3; band++)
          far += ABS (reshoot_encode_fast (coarse->values[place + band])
                      - reshoot_encode_fast (sample->light[place + band]));
        count += 3;
      }
  return far < BORDER_PLAIN * count ? g_steal_pointer (&coarse) : NULL;
}

/* The colour that most of the picture's border has, channel by channel; and, for a plain but shaded one, what it looks
 * like along the border. */
gboolean
reshoot_work_find_border (ReshootWork    *work,
                          double         *light,
                          ReshootCoarse **smooth,
                          GError        **error)
{
  g_autoptr (ReshootSample) sample = reshoot_sample_new (work, BORDER_SAMPLE_EDGE, error);
  g_autofree float *values = NULL;
  gboolean uneven = FALSE;
  gsize row;
  int x, y, band, n;

  if (sample == NULL)
    return FALSE;

  row = (gsize) sample->width * 3;
  values = g_new (float, 2 * (sample->width + sample->height));
  for (band = 0; band < 3; band++)
    {
      n = 0;
      for (x = 0; x < sample->width; x++)
        {
          values[n++] = sample->light[x * 3 + band];
          values[n++] = sample->light[(sample->height - 1) * row + x * 3 + band];
        }
      for (y = 0; y < sample->height; y++)
        {
          values[n++] = sample->light[y * row + band];
          values[n++] = sample->light[(y + 1) * row - 3 + band];
        }
      qsort (values, n, sizeof *values, compare_floats);
      light[band] = values[n / 2];
      uneven = uneven || values[n - 1] - values[0] > 1e-4f;
    }

  *smooth = uneven ? smooth_border (work, sample) : NULL;
  return TRUE;
}

/* Where cell @i of @n begins in a row of @size pixels. */
static int
cell_start (int i,
            int n,
            int size)
{
  return (int) ((gint64) i * size / n);
}

/* The matte on a coarse grid, each cell the mean of what it covers, 0–1. */
ReshootCoarse *
reshoot_work_coarse_matte (ReshootWork  *work,
                           int           long_edge,
                           GError      **error)
{
  g_autoptr (ReshootCoarse) coarse = NULL;
  g_autofree guint8 *values = NULL;
  int width = work->matte->Xsize, height = work->matte->Ysize, x, y;
  double scale = MIN (1.0, (double) long_edge / MAX (width, height));
  gsize size;

  values = reshoot_work_render (work, work->matte, &size, error);
  if (values == NULL)
    return NULL;

  coarse = reshoot_coarse_new (MAX (1, (int) (width * scale + 0.5)),
                               MAX (1, (int) (height * scale + 0.5)), 1);
  coarse->cell_width = (double) width / coarse->width;
  coarse->cell_height = (double) height / coarse->height;
  for (y = 0; y < coarse->height; y++)
    for (x = 0; x < coarse->width; x++)
      {
        int x0 = cell_start (x, coarse->width, width);
        int y0 = cell_start (y, coarse->height, height);
        int x1 = MAX (x0 + 1, cell_start (x + 1, coarse->width, width));
        int y1 = MAX (y0 + 1, cell_start (y + 1, coarse->height, height));
        int i, j, sum = 0;

        for (j = y0; j < y1; j++)
          for (i = x0; i < x1; i++)
            sum += values[(gsize) j * width + i];
        coarse->values[(gsize) y * coarse->width + x] = sum / (255.0f * (x1 - x0) * (y1 - y0));
      }

  return g_steal_pointer (&coarse);
}
