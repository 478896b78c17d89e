/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The numbers of colour: sRGB's curve, exactly and by table, luma, Lab, and dither that is the same on every run. */

#include "reshoot-operations-private.h"

#include <math.h>
#include <stdio.h>

/* Of both tables. The encode table is indexed by the square root, which is nearly straight against the sRGB curve. */
#define ENCODE_STEPS 4096

/* sRGB's own weights of luminance. */
float
reshoot_luma (const float *light)
{
  return 0.2126729f * light[0] + 0.7151522f * light[1] + 0.0721750f * light[2];
}

/* The sRGB curve, both ways, odd about zero so that colours outside the gamut survive a round trip. */
double
reshoot_decode (double encoded)
{
  if (encoded < 0)
    return -reshoot_decode (-encoded);
  return encoded <= 0.04045 ? encoded / 12.92 : pow ((encoded + 0.055) / 1.055, 2.4);
}

double
reshoot_encode (double linear)
{
  if (linear < 0)
    return -reshoot_encode (-linear);
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * pow (linear, 1 / 2.4) - 0.055;
}

static const float *
get_encode_table (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      float *table = g_new (float, ENCODE_STEPS + 2);
      int i;

      for (i = 0; i <= ENCODE_STEPS + 1; i++)
        table[i] = (float) reshoot_encode ((double) i * i / ((double) ENCODE_STEPS * ENCODE_STEPS));
      g_once_init_leave (&once, (gsize) table);
    }

  return (const float *) once;
}

/* Encodes and clips to 0–1; within 1e-6 of the curve. */
float
reshoot_encode_fast (float linear)
{
  const float *table = get_encode_table ();
  float s;
  int i;

  if (!(linear > 0))
    return 0;
  if (linear >= 1)
    return 1;

  s = sqrtf (linear) * ENCODE_STEPS;
  i = (int) s;
  return table[i] + (s - i) * (table[i + 1] - table[i]);
}

static const float *
get_decode_table (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      float *table = g_new (float, ENCODE_STEPS + 2);
      int i;

      for (i = 0; i <= ENCODE_STEPS + 1; i++)
        table[i] = (float) reshoot_decode ((double) i / ENCODE_STEPS);
      g_once_init_leave (&once, (gsize) table);
    }

  return (const float *) once;
}

/* The way back for 0–1; what lies outside is clipped. */
float
reshoot_decode_fast (float encoded)
{
  const float *table = get_decode_table ();
  float s = CLAMP (encoded, 0, 1) * ENCODE_STEPS;
  int i = (int) s;

  return table[i] + (s - i) * (table[i + 1] - table[i]);
}

/* @color is "#rrggbb"; anything else is white, which the plan's reader has ruled out. */
void
reshoot_color_to_light (const char *color,
                        double     *light)
{
  unsigned int r = 255, g = 255, b = 255;

  if (sscanf (color, "#%2x%2x%2x", &r, &g, &b) != 3)
    r = g = b = 255;

  light[0] = reshoot_decode (r / 255.0);
  light[1] = reshoot_decode (g / 255.0);
  light[2] = reshoot_decode (b / 255.0);
}

static float
lab_forward (float t)
{
  return t > 216.0f / 24389 ? cbrtf (t) : (24389.0f / 27 * t + 16) / 116;
}

/* CIE Lab against D65: L 0–100. */
void
reshoot_light_to_lab (const float *light,
                      float       *lab)
{
  float x = (0.4124564f * light[0] + 0.3575761f * light[1] + 0.1804375f * light[2]) / 0.95047f;
  float y = reshoot_luma (light);
  float z = (0.0193339f * light[0] + 0.1191920f * light[1] + 0.9503041f * light[2]) / 1.08883f;
  float fx = lab_forward (x), fy = lab_forward (y), fz = lab_forward (z);

  lab[0] = 116 * fy - 16;
  lab[1] = 500 * (fx - fy);
  lab[2] = 200 * (fy - fz);
}

/* A fixed value in ±0.49 for each place: dither that is the same on every run. Less than half a step, so that a
 * value that is exact already stays. */
float
reshoot_noise (int x,
               int y,
               int band)
{
  guint32 h = (guint32) x * 0x9e3779b1u ^ (guint32) y * 0x85ebca77u ^ (guint32) band * 0xc2b2ae3du;

  h ^= h >> 15;
  h *= 0x2c1b3c6du;
  h ^= h >> 12;
  h *= 0x297a2d39u;
  h ^= h >> 15;
  return ((h >> 8) / 16777216.0f - 0.5f) * 0.98f;
}
