/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Tone that a picture asks for by itself: the ends and the middle of its scale, and what in it should be grey.
 * Measured on a sample of it, and within what a person would do. */

#include "reshoot-operations-tone-private.h"

#include <math.h>

#define SAMPLE_EDGE 512

/* Which cells of the sample an operation of this scope may look at. */
static gboolean
in_scope (const ReshootSample *sample,
          ReshootScope         scope,
          int                  i)
{
  if (scope == RESHOOT_SCOPE_ALL || sample->matte == NULL)
    return TRUE;
  return scope == RESHOOT_SCOPE_PRODUCT ? sample->matte[i] > 240 : sample->matte[i] < 16;
}

typedef struct
{
  double black;   /* encoded */
  double white;
  double gamma;
} Levels;

static void
measure_levels (const ReshootSample *sample,
                ReshootScope         scope,
                Levels              *levels)
{
  int histogram[1024] = { 0 }, n = 0, sum = 0, i, low = -1, middle = -1, high = -1;
  double span, centre;

  for (i = 0; i < sample->width * sample->height; i++)
    if (in_scope (sample, scope, i))
      {
        float luma = reshoot_luma (sample->light + (gsize) i * 3);

        histogram[(int) (reshoot_encode_fast (luma) * 1023)]++;
        n++;
      }

  for (i = 0; i < 1024; i++)
    {
      sum += histogram[i];
      if (low < 0 && sum > n * 0.005)
        low = i;
      if (middle < 0 && sum >= n * 0.5)
        middle = i;
      if (high < 0 && sum >= n * 0.995)
        high = i;
    }

  /* Stretched at most so far that noise stays noise. */
  levels->black = MIN (low / 1023.0, 0.12);
  levels->white = MAX (high / 1023.0, 0.7);
  span = levels->white - levels->black;
  centre = CLAMP ((middle / 1023.0 - levels->black) / span, 0.02, 0.98);
  levels->gamma = CLAMP (log (0.5) / log (centre), 0.75, 1.1);
  if (n == 0)
    *levels = (Levels) { 0, 1, 1 };
}

gboolean
reshoot_work_run_auto_tone (ReshootWork             *work,
                            const ReshootOperation  *op,
                            GError                 **error)
{
  g_autoptr (ReshootSample) sample = reshoot_sample_new (work, SAMPLE_EDGE, error);
  JsonObject *fact;
  ReshootTone *black, *rest;
  Levels levels;

  if (sample == NULL)
    return FALSE;

  measure_levels (sample, op->scope, &levels);
  fact = reshoot_work_add_fact (work, op);
  json_object_set_double_member (fact, "black", levels.black);
  json_object_set_double_member (fact, "white", levels.white);
  json_object_set_double_member (fact, "gamma", levels.gamma);

  black = g_new0 (ReshootTone, 1);
  black->kind = TONE_CURVE_CHANNELS;
  reshoot_tone_fill (black, reshoot_curve_blacks, -levels.black, 0);
  rest = g_new0 (ReshootTone, 1);
  rest->kind = TONE_CURVE_NORM;
  reshoot_tone_fill (rest, reshoot_curve_gamma, levels.gamma,
                     (1 - levels.black) / (levels.white - levels.black));
  if (!reshoot_tone_add (work, op->scope, black, error))
    {
      g_free (rest);
      return FALSE;
    }
  return reshoot_tone_add (work, op->scope, rest, error);
}

/* The mean colour of what should be grey: near-neutral to begin with, neither black nor clipped. Refined twice. */
static gboolean
measure_neutral (const ReshootSample *sample,
                 ReshootScope         scope,
                 double              *mean)
{
  double gain[3] = { 1, 1, 1 };
  int round, i, band, n = 0;

  for (round = 0; round < 3; round++)
    {
      double sum[3] = { 0, 0, 0 }, limit = round == 0 ? 0.7 : 0.25;

      n = 0;
      for (i = 0; i < sample->width * sample->height; i++)
        {
          const float *p = sample->light + (gsize) i * 3;
          double c[3] = { p[0] * gain[0], p[1] * gain[1], p[2] * gain[2] };
          double high = MAX (c[0], MAX (c[1], c[2])), low = MIN (c[0], MIN (c[1], c[2]));

          if (!in_scope (sample, scope, i) || MAX (p[0], MAX (p[1], p[2])) > 0.97 || high < 0.01
              || (high - low) / high > limit)
            continue;
          for (band = 0; band < 3; band++)
            sum[band] += p[band] / high;
          n++;
        }
      if (n < 1)
        return FALSE;
      for (band = 0; band < 3; band++)
        {
          mean[band] = sum[band] / n;
          gain[band] = sum[1] / MAX (1e-6, sum[band]);
        }
    }

  return n > 0;
}

static gboolean
measure_scope (const ReshootSample *sample,
               ReshootScope         scope,
               double              *mean)
{
  int i, band, n = 0;

  mean[0] = mean[1] = mean[2] = 0;
  for (i = 0; i < sample->width * sample->height; i++)
    if (in_scope (sample, scope, i))
      {
        for (band = 0; band < 3; band++)
          mean[band] += MAX (0, sample->light[(gsize) i * 3 + band]);
        n++;
      }
  return n > 0 && mean[0] > 0 && mean[1] > 0 && mean[2] > 0;
}

gboolean
reshoot_work_run_white_balance (ReshootWork             *work,
                                const ReshootOperation  *op,
                                GError                 **error)
{
  g_autoptr (ReshootSample) sample = NULL;
  double mean[3];
  float corrected[3], seen[3], luma;
  const char *against = op->target != NULL && *op->target != '\0' ? op->target : NULL;
  gboolean found;
  JsonObject *fact;
  ReshootTone *tone;
  int band;

  sample = reshoot_sample_new (work, SAMPLE_EDGE, error);
  if (sample == NULL)
    return FALSE;

  if (g_strcmp0 (against, "background") == 0)
    found = measure_scope (sample, RESHOOT_SCOPE_BACKGROUND, mean);
  else if (g_strcmp0 (against, "product") == 0)
    found = measure_scope (sample, RESHOOT_SCOPE_PRODUCT, mean);
  else
    found = measure_neutral (sample, op->scope, mean);

  if (!found)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "no-neutral", "white_balance",
                         "nothing in the picture can be taken for grey");
      return FALSE;
    }

  tone = g_new0 (ReshootTone, 1);
  tone->kind = TONE_GAIN;
  for (band = 0; band < 3; band++)
    {
      tone->gain[band] = (float) CLAMP (mean[1] / mean[band], 0.4, 2.5);
      seen[band] = (float) mean[band];
      corrected[band] = tone->gain[band] * seen[band];
    }
  luma = reshoot_luma (corrected) / reshoot_luma (seen);
  fact = reshoot_work_add_fact (work, op);
  for (band = 0; band < 3; band++)
    tone->gain[band] /= luma;
  json_object_set_double_member (fact, "red", tone->gain[0]);
  json_object_set_double_member (fact, "green", tone->gain[1]);
  json_object_set_double_member (fact, "blue", tone->gain[2]);
  return reshoot_tone_add (work, op->scope, tone, error);
}
