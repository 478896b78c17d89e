/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a service shifts colours that nobody asked it to, and the way back. What was kept tells: there the structure of
 * source and reply agrees. One tone curve is common to the three channels, each has a small part of its own, and all
 * are held near to doing nothing; what was edited is outvoted (Geman and McClure, the scale shrinking). A slow field
 * takes what is left. */

#include "reshoot-land-private.h"

#include <math.h>
#include <string.h>

#define DIVISOR 4

/* Shares of a picture without structure: it votes, but quietly. */
#define FLAT_VOTE 0.06f

/* Of the common curve and of what each channel adds: offset, slope, bend, and what it takes from the mean. */
#define N_COMMON 3
#define N_OWN 4
#define N_PARAMETERS (N_COMMON + 3 * N_OWN)

#define FIRST_SCALE 16.0
#define LAST_SCALE 3.0

/* In the dark a level weighs more: all that is darkened still lies near to what it was there. From that level on a
 * level is one. */
#define DARKEST 0.3f
#define BRIGHT 140.f

/* Levels. A drift beyond that is none: it was wanted, or there is nothing to tell from. */
#define LARGEST_DRIFT 24.0
#define LARGEST_REST 4.f

static const double ridges[N_PARAMETERS] = {
  1e-5, 3e-4, 3e-4,
  3e-3, 1e-2, 1e-2, 1e-2,
  3e-3, 1e-2, 1e-2, 1e-2,
  3e-3, 1e-2, 1e-2, 1e-2,
};

ReshootPlane *
reshoot_land_luma (ReshootPlane *const planes[3])
{
  ReshootPlane *luma = reshoot_plane_new (planes[0]->width, planes[0]->height);

  for (gsize i = 0; i < (gsize) luma->width * luma->height; i++)
    luma->data[i] = 0.299f * planes[0]->data[i] + 0.587f * planes[1]->data[i] + 0.114f
                    * planes[2]->data[i];
  return luma;
}

/* How alike two bands are within a Gaussian window of @sigma, -1 to 1. @slope: what @source must be multiplied by to
 * resemble @reply; @strength: the standard deviation of @source there. */
ReshootPlane *
reshoot_land_likeness (const ReshootPlane  *source,
                       const ReshootPlane  *reply,
                       double               sigma,
                       ReshootPlane       **slope,
                       ReshootPlane       **strength)
{
  g_autoptr (ReshootPlane) square = reshoot_plane_multiply (source, source);
  g_autoptr (ReshootPlane) product = reshoot_plane_multiply (source, reply);
  g_autoptr (ReshootPlane) other = reshoot_plane_multiply (reply, reply);
  g_autoptr (ReshootPlane) of_source = reshoot_plane_blur (square, sigma);
  g_autoptr (ReshootPlane) of_both = reshoot_plane_blur (product, sigma);
  ReshootPlane *likeness = reshoot_plane_blur (other, sigma);

  for (gsize i = 0; i < (gsize) source->width * source->height; i++)
    {
      float power = MAX (of_source->data[i], 0.f);
      float of_reply = MAX (likeness->data[i], 0.f);

      likeness->data[i] = of_both->data[i] / sqrtf ((power + 1.f) * (of_reply + 1.f));
      of_both->data[i] /= power + 1.f;
      of_source->data[i] = sqrtf (MAX (power, of_reply));
    }

  if (slope != NULL)
    *slope = g_steal_pointer (&of_both);
  if (strength != NULL)
    *strength = g_steal_pointer (&of_source);
  return likeness;
}

/* 0–1: does the structure of both agree here? */
static ReshootPlane *
find_evidence (const ReshootPlane *source,
               const ReshootPlane *reply,
               const guint8       *covered)
{
  static const double scales[2][3] = { { 1, 4, 6 }, { 2.5, 10, 14 } };
  ReshootPlane *evidence = reshoot_plane_new (source->width, source->height);
  g_autoptr (ReshootPlane) against = reshoot_plane_new (source->width, source->height);
  gsize n = (gsize) source->width * source->height;

  for (gsize i = 0; i < n; i++)
    evidence->data[i] = FLAT_VOTE;

  for (guint k = 0; k < G_N_ELEMENTS (scales); k++)
    {
      g_autoptr (ReshootPlane) a = reshoot_plane_band (source, scales[k][0], scales[k][1]);
      g_autoptr (ReshootPlane) b = reshoot_plane_band (reply, scales[k][0], scales[k][1]);
      g_autoptr (ReshootPlane) strength = NULL;
      g_autoptr (ReshootPlane) likeness = reshoot_land_likeness (a, b, scales[k][2], NULL,
                                                                 &strength);

      for (gsize i = 0; i < n; i++)
        {
          float structure = reshoot_smooth_step (strength->data[i], 1.5f, 4.f);
          float alike = fabsf (likeness->data[i]);

          evidence->data[i] = MAX (evidence->data[i], structure
                                   * reshoot_smooth_step (alike, 0.6f, 0.9f));
          against->data[i] = MAX (against->data[i], structure
                                  * (1 - reshoot_smooth_step (alike, 0.3f, 0.6f)));
        }
    }

  for (gsize i = 0; i < n; i++)
    evidence->data[i] *= (1 - against->data[i]) * covered[i];
  return evidence;
}

static void
get_features (float  value,
              float  mean,
              double features[N_OWN])
{
  double r = value / 255.0;

  features[0] = 1;
  features[1] = r;
  features[2] = r * (1 - r);
  features[3] = mean / 255.0 - r;
}

/* What the curve adds to a channel, in levels. */
static double
get_addition (const double *theta,
              int           channel,
              const double  features[N_OWN])
{
  const double *own = theta + N_COMMON + N_OWN * channel;
  double sum = own[3] * features[3];

  for (int k = 0; k < N_COMMON; k++)
    sum += (theta[k] + own[k]) * features[k];
  return 255 * sum;
}

/* Gauss elimination; the ridges keep the pivots away from zero. */
static void
solve (double matrix[N_PARAMETERS][N_PARAMETERS],
       double right[N_PARAMETERS])
{
  for (int k = 0; k < N_PARAMETERS; k++)
    for (int i = k + 1; i < N_PARAMETERS; i++)
      {
        double factor = matrix[i][k] / matrix[k][k];

        for (int j = k; j < N_PARAMETERS; j++)
          matrix[i][j] -= factor * matrix[k][j];
        right[i] -= factor * right[k];
      }

  for (int i = N_PARAMETERS - 1; i >= 0; i--)
    {
      for (int j = i + 1; j < N_PARAMETERS; j++)
        right[i] -= matrix[i][j] * right[j];
      right[i] /= matrix[i][i];
    }
}

static void
add_equations (double       matrix[N_PARAMETERS][N_PARAMETERS],
               double       right[N_PARAMETERS],
               int          channel,
               const double features[N_OWN],
               double       wanted,
               double       weight)
{
  int places[N_COMMON + N_OWN];
  double row[N_COMMON + N_OWN];

  for (int k = 0; k < N_COMMON + N_OWN; k++)
    {
      places[k] = k < N_COMMON ? k : k + N_OWN * channel;
      row[k] = features[k < N_COMMON ? k : k - N_COMMON];
    }
  for (int j = 0; j < N_COMMON + N_OWN; j++)
    {
      for (int k = 0; k < N_COMMON + N_OWN; k++)
        matrix[places[j]][places[k]] += weight * row[j] * row[k];
      right[places[j]] += weight * row[j] * wanted;
    }
}

static gboolean
is_clipped (ReshootPlane *const planes[3],
            gsize               i)
{
  for (int c = 0; c < 3; c++)
    if (planes[c]->data[i] <= 2 || planes[c]->data[i] >= 253)
      return TRUE;
  return FALSE;
}

static float
mean_of (ReshootPlane *const planes[3],
         gsize               i)
{
  return (planes[0]->data[i] + planes[1]->data[i] + planes[2]->data[i]) / 3;
}

/* One round: @theta is replaced by the curve that fits best what the last one left near. */
static void
fit_once (ReshootPlane *const source[3],
          ReshootPlane *const reply[3],
          const ReshootPlane *votes,
          double              scale,
          double              theta[N_PARAMETERS])
{
  double matrix[N_PARAMETERS][N_PARAMETERS] = { { 0 } };
  double right[N_PARAMETERS] = { 0 };
  double total = 1e-6;

  for (gsize i = 0; i < (gsize) votes->width * votes->height; i++)
    {
      double features[3][N_OWN];
      double distance = 0;
      double shade;
      double weight;

      if (votes->data[i] < 1e-3f || is_clipped (reply, i))
        continue;
      total += votes->data[i];
      for (int c = 0; c < 3; c++)
        {
          double rest;

          get_features (reply[c]->data[i], mean_of (reply, i), features[c]);
          rest = source[c]->data[i] - reply[c]->data[i] - get_addition (theta, c, features[c]);
          distance += rest * rest / 3;
        }
      shade = MIN (DARKEST + mean_of (source, i) / BRIGHT, 1.f);
      distance /= shade * shade;

      weight = scale * scale / (scale * scale + distance);
      weight *= weight * votes->data[i];
      for (int c = 0; c < 3; c++)
        add_equations (matrix, right, c, features[c],
                       (source[c]->data[i] - reply[c]->data[i]) / 255, weight);
    }

  for (int k = 0; k < N_PARAMETERS; k++)
    matrix[k][k] += total * ridges[k];
  solve (matrix, right);
  memcpy (theta, right, sizeof (right));
}

/* Returns the root mean square of what the curve adds, in levels. */
static double
apply (const double        theta[N_PARAMETERS],
       ReshootPlane *const in[3],
       ReshootPlane       *out[3])
{
  gsize n = (gsize) in[0]->width * in[0]->height;
  double sum = 0;

  for (gsize i = 0; i < n; i++)
    {
      float mean = mean_of (in, i);
      double added[3];

      for (int c = 0; c < 3; c++)
        {
          double features[N_OWN];

          get_features (in[c]->data[i], mean, features);
          added[c] = get_addition (theta, c, features);
          sum += added[c] * added[c];
        }
      for (int c = 0; c < 3; c++)
        out[c]->data[i] = (float) (in[c]->data[i] + added[c]);
    }

  return sqrt (sum / (3.0 * n));
}

static void
shrink_soft (ReshootPlane *const in[3],
             ReshootPlane       *out[3],
             int                 width,
             int                 height)
{
  for (int c = 0; c < 3; c++)
    {
      g_autoptr (ReshootPlane) soft = reshoot_plane_blur (in[c], 2);

      out[c] = reshoot_plane_shrink (soft, width, height);
    }
}

/* The slow part of what is left where both agree, clipped so that it never swallows an edit. */
static void
take_rest (ReshootLandScene   *scene,
           ReshootPlane *const source[3],
           ReshootPlane *const matched[3],
           const ReshootPlane *votes)
{
  int width = votes->width;
  int height = votes->height;
  gsize n = (gsize) width * height;
  double reach = 20;
  g_autoptr (ReshootPlane) weights = reshoot_plane_new (width, height);
  g_autoptr (ReshootPlane) total = NULL;

  for (gsize i = 0; i < n; i++)
    {
      float far = 0;
      float square = 0;

      for (int c = 0; c < 3; c++)
        {
          float rest = source[c]->data[i] - matched[c]->data[i];

          far = MAX (far, fabsf (rest));
          square += rest * rest / 3;
        }
      if (far < 7 && square < 81)
        weights->data[i] = MAX (votes->data[i], 0.03f);
    }
  total = reshoot_plane_blur (weights, reach);

  for (int c = 0; c < 3; c++)
    {
      g_autoptr (ReshootPlane) rest = reshoot_plane_new (width, height);
      g_autoptr (ReshootPlane) field = NULL;
      g_autoptr (ReshootPlane) wide = NULL;

      for (gsize i = 0; i < n; i++)
        rest->data[i] = weights->data[i] * (source[c]->data[i] - matched[c]->data[i]);
      field = reshoot_plane_blur (rest, reach);
      for (gsize i = 0; i < n; i++)
        field->data[i] = CLAMP (field->data[i] / (total->data[i] + 0.01f), -LARGEST_REST,
                                LARGEST_REST);
      wide = reshoot_plane_enlarge (field, scene->width, scene->height);
      for (gsize i = 0; i < (gsize) scene->width * scene->height; i++)
        scene->matched[c]->data[i] += wide->data[i];
    }
}

/* Makes @matched of @reply. */
void
reshoot_land_match_colour (ReshootLandScene *scene)
{
  int width = MAX (scene->width / DIVISOR, 1);
  int height = MAX (scene->height / DIVISOR, 1);
  g_autoptr (ReshootPlane) luma = reshoot_land_luma (scene->reply);
  g_autoptr (ReshootPlane) evidence = find_evidence (scene->source_luma, luma, scene->covered);
  g_autoptr (ReshootPlane) votes = reshoot_plane_shrink (evidence, width, height);
  ReshootPlane *source[3];
  ReshootPlane *reply[3];
  ReshootPlane *matched[3];
  double theta[N_PARAMETERS] = { 0 };

  shrink_soft (scene->source, source, width, height);
  shrink_soft (scene->reply, reply, width, height);
  for (double scale = FIRST_SCALE; scale > LAST_SCALE; scale *= 0.8)
    fit_once (source, reply, votes, scale, theta);
  fit_once (source, reply, votes, LAST_SCALE, theta);

  for (int c = 0; c < 3; c++)
    {
      scene->matched[c] = reshoot_plane_new (scene->width, scene->height);
      matched[c] = reshoot_plane_new (width, height);
    }
  scene->drift = apply (theta, reply, matched);
  if (scene->drift > LARGEST_DRIFT)
    {
      memset (theta, 0, sizeof (theta));
      apply (theta, reply, matched);
    }
  apply (theta, scene->reply, scene->matched);
  take_rest (scene, source, matched, votes);

  for (int c = 0; c < 3; c++)
    {
      g_free (source[c]);
      g_free (reply[c]);
      g_free (matched[c]);
    }
}
