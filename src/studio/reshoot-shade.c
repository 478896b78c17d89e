/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What becomes of a colour that is called pale, deep or muted. Mixing the numbers with white keeps too much colour: a
 * "pale blue" made of pure blue would be a loud violet. Here lightness and colourfulness are set apart, in OKLab
 * (Björn Ottosson, "A perceptual color space for image processing", 2020), where they are what people see. */

#include "reshoot-shade.h"

#include <math.h>
#include <string.h>

typedef struct
{
  double l;    /* lightness, 0–1 */
  double a;
  double b;
} Lab;

/* How a word changes a colour: by this share of the way to white (above 0) or black, by this factor of its
 * colourfulness, which is at most so much, and how far it leans to an orange or a blue. */
static const struct
{
  const char *how;
  double      lightness;
  double      chroma;
  double      max_chroma;
  double      warmth;
} shades[] = {
  { "lightest", 0.85, 0.35, 0.05, 0 },
  { "light", 0.65, 0.5, 0.09, 0 },
  { "soft", 0.3, 0.7, 0.13, 0 },
  { "dark", -0.33, 0.85, 1, 0 },
  { "muted", 0, 0.55, 1, 0 },
  { "warm", 0, 1, 1, 0.016 },
  { "cool", 0, 1, 1, -0.016 },
};

static double
to_linear (double share)
{
  return share <= 0.04045 ? share / 12.92 : pow ((share + 0.055) / 1.055, 2.4);
}

static double
from_linear (double share)
{
  return share <= 0.0031308 ? share * 12.92 : 1.055 * pow (share, 1 / 2.4) - 0.055;
}

static Lab
to_lab (guint32 rgb)
{
  double red = to_linear (((rgb >> 16) & 0xff) / 255.0);
  double green = to_linear (((rgb >> 8) & 0xff) / 255.0);
  double blue = to_linear ((rgb & 0xff) / 255.0);
  double l = cbrt (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue);
  double m = cbrt (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue);
  double s = cbrt (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue);

  return (Lab) { 0.2104542553 * l + 0.7936177850 * m - 0.0040720468 * s,
                 1.9779984951 * l - 2.4285922050 * m + 0.4505937099 * s,
                 0.0259040371 * l + 0.7827717662 * m - 0.8086757660 * s };
}

static guint32
get_byte (double linear)
{
  return (guint32) rint (255 * from_linear (CLAMP (linear, 0, 1)));
}

static guint32
from_lab (Lab lab)
{
  double l = pow (lab.l + 0.3963377774 * lab.a + 0.2158037573 * lab.b, 3);
  double m = pow (lab.l - 0.1055613458 * lab.a - 0.0638541728 * lab.b, 3);
  double s = pow (lab.l - 0.0894841775 * lab.a - 1.2914855480 * lab.b, 3);

  return get_byte (4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s) << 16 |
         get_byte (-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s) << 8 |
         get_byte (-0.0041960863 * l - 0.7034186147 * m + 1.7076147010 * s);
}

/*
 * reshoot_shade_color:
 * @rgb: a colour, 0xrrggbb in sRGB
 * @how: one of "lightest", "light", "soft", "dark", "muted", "warm", "cool"; any other changes nothing
 * @very: whether it is meant strongly
 *
 * Returns: what it is called then
 */
guint32
reshoot_shade_color (guint32     rgb,
                     const char *how,
                     gboolean    very)
{
  Lab lab = to_lab (rgb);
  double chroma = hypot (lab.a, lab.b);
  double factor;
  guint i = 0;

  while (i < G_N_ELEMENTS (shades) && !g_str_equal (shades[i].how, how))
    i++;
  if (i == G_N_ELEMENTS (shades))
    return rgb;

  lab.l += (shades[i].lightness > 0 ? 1 - lab.l : lab.l) * shades[i].lightness * (very ? 1.3 : 1.0);
  factor = pow (shades[i].chroma, very ? 1.5 : 1.0);
  if (chroma > 0)
    factor = MIN (factor, shades[i].max_chroma / chroma);
  lab.a = lab.a * factor + shades[i].warmth * 0.5;
  lab.b = lab.b * factor + shades[i].warmth;
  return from_lab (lab);
}
