/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The old background, blurred, with the product left out of it: its colour must not bleed into what is behind. */

#include "reshoot-operations-background-private.h"

/* Up to here a pixel is background alone. */
#define MATTE_FAINT 4

static void
weigh_line (const ReshootLine *line,
            gconstpointer      data)
{
  const float *light = line->in[0];
  const guint8 *matte = line->in[1];
  float *out = line->out;
  int i, band;

  for (i = 0; i < line->width; i++)
    {
      /* A pixel of the edge holds the product's colour too: it counts only where there is nothing better. */
      float weight = matte[i] <= MATTE_FAINT ? 1 : (255 - matte[i]) * 1e-6f;

      for (band = 0; band < 3; band++)
        out[i * 4 + band] = light[i * 3 + band] * weight;
      out[i * 4 + 3] = weight;
    }
}

/* The background on a grid, product left out: four values a cell, the last its weight. */
static ReshootCoarse *
gather_background (ReshootWork   *work,
                   ReshootPlane  *light,
                   int            factor,
                   GError       **error)
{
  ReshootPlane *inputs[2] = { light, work->matte };
  g_autoptr (ReshootPlane) weighed = NULL, small = NULL;
  ReshootCoarse *coarse;
  gsize size;
  float *values;

  weighed = reshoot_plane_map (inputs, 2, 4, VIPS_FORMAT_FLOAT, weigh_line, NULL, NULL);
  if (weighed == NULL || vips_shrink (weighed, &small, factor, factor, "ceil", TRUE, NULL) != 0)
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  values = reshoot_work_render (work, small, &size, error);
  if (values == NULL)
    return NULL;

  coarse = reshoot_coarse_new (small->Xsize, small->Ysize, 4);
  coarse->cell_width = coarse->cell_height = factor;
  g_free (coarse->values);
  coarse->values = values;
  return coarse;
}

ReshootCoarse *
reshoot_backdrop_blur (ReshootWork   *work,
                       ReshootPlane  *light,
                       double         sigma,
                       GError       **error)
{
  /* Four cells to a sigma: the grid's own smoothing does not show. */
  int factor = CLAMP ((int) (sigma / 4), 1, MIN (light->Xsize, light->Ysize));
  g_autoptr (ReshootCoarse) sum = gather_background (work, light, factor, error);
  ReshootCoarse *blurred;
  double mean[3] = { 0, 0, 0 }, weight = 0;
  int n, i, band;

  if (sum == NULL)
    return NULL;

  n = sum->width * sum->height;
  for (i = 0; i < n; i++)
    {
      for (band = 0; band < 3; band++)
        mean[band] += sum->values[i * 4 + band];
      weight += sum->values[i * 4 + 3];
    }
  if (weight <= 0)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "no-background", "background", "nothing is behind the product");
      return NULL;
    }

  reshoot_coarse_blur (sum, sigma / factor);
  blurred = reshoot_coarse_new (sum->width, sum->height, 3);
  blurred->cell_width = blurred->cell_height = factor;
  for (i = 0; i < n; i++)
    {
      /* Far inside the product nothing is known; a little of the mean keeps the quotient tame. */
      double w = sum->values[i * 4 + 3] + 1e-6;

      for (band = 0; band < 3; band++)
        {
          double v = sum->values[i * 4 + band] + 1e-6 * mean[band] / weight;

          blurred->values[i * 3 + band] = (float) (v / w);
        }
    }

  return blurred;
}
