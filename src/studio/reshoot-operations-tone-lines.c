/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Tone and colour done to pixels, a line at a time, in linear light. White stays white wherever brightening would
 * only clip it; where there is a scope, the matte says how much of it a pixel gets. */

#include "reshoot-operations-tone-private.h"

#include <math.h>
#include <string.h>

static float
curve_at (const float *curve,
          float        x)
{
  float s;
  int i;

  if (x <= 0)
    return curve[0] + x;
  if (x >= 1)
    return curve[RESHOOT_CURVE_STEPS] * x;

  s = sqrtf (x) * RESHOOT_CURVE_STEPS;
  i = (int) s;
  return curve[i] + (s - i) * (curve[i + 1] - curve[i]);
}

static void
apply_curve (const ReshootTone *tone,
             float             *rgb,
             int                n)
{
  int i;

  if (tone->kind == TONE_CURVE_CHANNELS)
    {
      for (i = 0; i < n * 3; i++)
        rgb[i] = curve_at (tone->curve, rgb[i]);
      return;
    }

  for (i = 0; i < n; i++, rgb += 3)
    {
      float norm = MAX (rgb[0], MAX (rgb[1], rgb[2]));
      float k;

      if (norm <= 0)
        continue;
      k = curve_at (tone->curve, norm) / norm;
      rgb[0] *= k;
      rgb[1] *= k;
      rgb[2] *= k;
    }
}

/* A channel that would clip takes the others down with it: a warm white is still warm. */
static void
apply_gain (const ReshootTone *tone,
            float             *rgb,
            int                n)
{
  int i;

  for (i = 0; i < n; i++, rgb += 3)
    {
      float before = MAX (1, MAX (rgb[0], MAX (rgb[1], rgb[2]))), norm;

      rgb[0] *= tone->gain[0];
      rgb[1] *= tone->gain[1];
      rgb[2] *= tone->gain[2];
      norm = MAX (rgb[0], MAX (rgb[1], rgb[2]));
      if (norm > before)
        {
          rgb[0] *= before / norm;
          rgb[1] *= before / norm;
          rgb[2] *= before / norm;
        }
    }
}

static void
apply_saturation (const ReshootTone *tone,
                  float             *rgb,
                  int                n)
{
  int i;

  for (i = 0; i < n; i++, rgb += 3)
    {
      float y = reshoot_luma (rgb), k = 1 + tone->amount;

      if (tone->kind == TONE_VIBRANCE)
        {
          float high = MAX (rgb[0], MAX (rgb[1], rgb[2]));
          float low = MIN (rgb[0], MIN (rgb[1], rgb[2]));

          /* What is colourful already is left nearly alone. */
          k = high > 0 ? 1 + tone->amount * (1 - CLAMP ((high - low) / high, 0, 1)) : 1;
        }
      rgb[0] = y + k * (rgb[0] - y);
      rgb[1] = y + k * (rgb[1] - y);
      rgb[2] = y + k * (rgb[2] - y);
    }
}

/* The tint works in the middle of the scale; black and white stay what they are. */
static void
apply_monochrome (const ReshootTone *tone,
                  float             *rgb,
                  int                n)
{
  int i, band;

  for (i = 0; i < n; i++, rgb += 3)
    {
      float y = reshoot_luma (rgb), near_white = CLAMP (y, 0, 1);

      for (band = 0; band < 3; band++)
        rgb[band] = y * (tone->gain[band] + (1 - tone->gain[band]) * near_white);
    }
}

static void
tone_line (const ReshootLine *line,
           gconstpointer      data)
{
  const ReshootTone *tone = data;
  const float *in = line->in[0];
  const guint8 *matte = line->in[1];
  float *out = line->out;
  int i, band;

  memcpy (out, in, (gsize) line->width * 3 * sizeof *out);
  switch (tone->kind)
    {
    case TONE_CURVE_NORM:
    case TONE_CURVE_CHANNELS:
      apply_curve (tone, out, line->width);
      break;
    case TONE_GAIN:
      apply_gain (tone, out, line->width);
      break;
    case TONE_SATURATION:
    case TONE_VIBRANCE:
      apply_saturation (tone, out, line->width);
      break;
    case TONE_MONOCHROME:
      apply_monochrome (tone, out, line->width);
      break;
    default:
      g_assert_not_reached ();
    }

  if (matte == NULL)
    return;
  for (i = 0; i < line->width; i++)
    {
      float weight = (tone->inverse ? 255 - matte[i] : matte[i]) / 255.0f;

      for (band = 0; band < 3; band++)
        out[i * 3 + band] = in[i * 3 + band] + weight * (out[i * 3 + band] - in[i * 3 + band]);
    }
}

/* Takes @tone. */
gboolean
reshoot_tone_add (ReshootWork   *work,
                  ReshootScope   scope,
                  ReshootTone   *tone,
                  GError       **error)
{
  ReshootPlane *inputs[2] = { reshoot_work_get_light (work, error), work->matte };
  gboolean scoped = scope != RESHOOT_SCOPE_ALL && work->matte != NULL;

  if (inputs[0] == NULL)
    {
      g_free (tone);
      return FALSE;
    }

  tone->inverse = scope == RESHOOT_SCOPE_BACKGROUND;
  if (!reshoot_work_touch (work, scope, error))
    {
      g_free (tone);
      return FALSE;
    }
  return reshoot_work_map_light (work, inputs, scoped ? 2 : 1, tone_line, tone, error);
}
