/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is behind the product, a line at a time: a colour, a sweep, a gradient, nothing, or what was there; and the
 * product laid over it, or cut out. */

#include "reshoot-operations-background-private.h"

#include <math.h>
#include <string.h>

/* How much light the sweep loses where wall turns into floor, in linear light. */
#define FLOOR_DEPTH 0.075

static double
smooth_step (double t)
{
  t = CLAMP (t, 0, 1);
  return t * t * (3 - 2 * t);
}

/* The sweep: the wall keeps its colour, the turn to the floor is a little darker, towards us the light returns. */
static void
studio_pixel (const ReshootBackdrop *backdrop,
              int                    y,
              float                 *out)
{
  double below = backdrop->height - backdrop->horizon;
  double above = y - backdrop->horizon + 0.25 * backdrop->height;
  double turn = smooth_step (above / (0.5 * backdrop->height));
  double near = below > 0 ? CLAMP ((y - backdrop->horizon) / below, 0, 1) : 0;
  double shade = 1 - FLOOR_DEPTH * turn * (1 - 0.5 * near);
  int band;

  for (band = 0; band < 3; band++)
    out[band] = (float) (backdrop->color[band] * shade + backdrop->lift * turn);
}

static void
gradient_pixel (const ReshootBackdrop *backdrop,
                int                    x,
                int                    y,
                float                 *out)
{
  double u = (x + 0.5) / backdrop->width, v = (y + 0.5) / backdrop->height, t = v;
  int band;

  if (backdrop->shape == SHAPE_HORIZONTAL)
    t = u;
  else if (backdrop->shape == SHAPE_DIAGONAL)
    t = (u + v) / 2;
  else if (backdrop->shape == SHAPE_RADIAL)
    t = MIN (1, hypot ((u - 0.5) * backdrop->width, (v - 0.5) * backdrop->height) /
                hypot (backdrop->width / 2.0, backdrop->height / 2.0));

  for (band = 0; band < 3; band++)
    out[band] = reshoot_decode_fast ((float) ((1 - t) * backdrop->color[band]
                                              + t * backdrop->color2[band]));
}

/* What is behind, for a run of pixels; @picture is what was there. */
static void
behind_line (const ReshootBackdrop *backdrop,
             const ReshootLine     *line,
             const float           *picture,
             float                 *out)
{
  int i, band;

  switch (backdrop->fill)
    {
    case FILL_PICTURE:
      memcpy (out, picture, (gsize) line->width * 3 * sizeof *out);
      break;
    case FILL_BLUR:
      reshoot_coarse_line (backdrop->blurred, line->x, line->y, line->width, out);
      break;
    case FILL_GRADIENT:
      for (i = 0; i < line->width; i++)
        gradient_pixel (backdrop, line->x + i, line->y, out + i * 3);
      break;
    case FILL_STUDIO:
      studio_pixel (backdrop, line->y, out);
      for (i = 1; i < line->width; i++)
        memcpy (out + i * 3, out, 3 * sizeof *out);
      break;
    case FILL_TRANSPARENT:
      memset (out, 0, (gsize) line->width * 3 * sizeof *out);
      break;
    case FILL_SOLID:
    default:
      for (i = 0; i < line->width; i++)
        for (band = 0; band < 3; band++)
          out[i * 3 + band] = (float) backdrop->color[band];
      break;
    }
}

static gboolean
is_all_product (const guint8 *matte,
                int           n)
{
  int i;

  for (i = 0; i < n; i++)
    if (matte[i] != 255)
      return FALSE;
  return TRUE;
}

/* Inputs: front, matte, the picture as it was. */
void
reshoot_backdrop_composite_line (const ReshootLine *line,
                                 gconstpointer      data)
{
  const ReshootBackdrop *backdrop = data;
  const float *front = line->in[0], *picture = line->in[2];
  const guint8 *matte = line->in[1];
  float *out = line->out;
  g_autofree float *behind = NULL, *shadow = NULL;
  int i, band;

  if (is_all_product (matte, line->width))
    {
      memcpy (out, front, (gsize) line->width * 3 * sizeof *out);
      return;
    }

  behind = g_new (float, line->width * 3);
  behind_line (backdrop, line, picture, behind);
  if (backdrop->shadow != NULL)
    {
      shadow = g_new (float, line->width);
      reshoot_coarse_line (backdrop->shadow, line->x, line->y, line->width, shadow);
    }

  for (i = 0; i < line->width; i++)
    {
      float a = matte[i] / 255.0f, light = shadow != NULL ? 1 - shadow[i] : 1;

      for (band = 0; band < 3; band++)
        out[i * 3 + band] = front[i * 3 + band] * a + behind[i * 3 + band] * light * (1 - a);
    }
}

/* Inputs as above; out comes straight colour and alpha. Nothing is behind but, perhaps, a shadow. */
void
reshoot_backdrop_cut_out_line (const ReshootLine *line,
                               gconstpointer      data)
{
  const ReshootBackdrop *backdrop = data;
  const float *front = line->in[0];
  const guint8 *matte = line->in[1];
  float *out = line->out;
  g_autofree float *shadow = g_new0 (float, line->width);
  int i, band;

  if (backdrop->shadow != NULL)
    reshoot_coarse_line (backdrop->shadow, line->x, line->y, line->width, shadow);

  for (i = 0; i < line->width; i++)
    {
      float a = matte[i] / 255.0f, alpha = a + shadow[i] * (1 - a);

      for (band = 0; band < 3; band++)
        out[i * 4 + band] = alpha > 0 ? front[i * 3 + band] * a / alpha : 0;
      out[i * 4 + 3] = alpha;
    }
}
