/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Curves of tone, from an encoded value to an encoded value, and their tables: a curve is computed once and then
 * looked up. */

#include "reshoot-operations-tone-private.h"

#include <math.h>

void
reshoot_tone_fill (ReshootTone  *tone,
                   ReshootCurve  func,
                   double        a,
                   double        b)
{
  int i;

  for (i = 0; i <= RESHOOT_CURVE_STEPS + 1; i++)
    {
      double s = MIN (1.0, (double) i / RESHOOT_CURVE_STEPS);

      tone->curve[i] = (float) reshoot_decode (func (reshoot_encode (s * s), a, b));
    }
}

/* @a: the factor in linear light. Up to the knee it is exact; from there to white a shoulder of the same slope. */
double
reshoot_curve_exposure (double value,
                        double a,
                        double b)
{
  double x = reshoot_decode (value), knee = 0.5, start = knee / a, t, slope;

  if (a <= 1 || x <= start)
    return reshoot_encode (x * a);

  t = (x - start) / (1 - start);
  slope = a * (1 - start) / (1 - knee);
  return reshoot_encode (knee + (1 - knee) * slope * t / (1 + (slope - 1) * t));
}

/* @a: the slope in the middle; both ends stay. */
double
reshoot_curve_contrast (double value,
                        double a,
                        double b)
{
  return value < 0.5 ? 0.5 * pow (2 * value, a) : 1 - 0.5 * pow (2 * (1 - value), a);
}

double
reshoot_curve_highlights (double value,
                          double a,
                          double b)
{
  return value + a * 6.75 * value * value * (1 - value);
}

double
reshoot_curve_shadows (double value,
                       double a,
                       double b)
{
  return value + a * 6.75 * value * (1 - value) * (1 - value);
}

/* @a > 0 lifts black to @a, @a < 0 makes everything below -@a black. */
double
reshoot_curve_blacks (double value,
                      double a,
                      double b)
{
  return a >= 0 ? a + value * (1 - a) : MAX (0, (value + a) / (1 + a));
}

double
reshoot_curve_gamma (double value,
                     double a,
                     double b)
{
  return pow (CLAMP (value * b, 0, 1), a);
}
