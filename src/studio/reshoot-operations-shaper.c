/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootShaper: the numbers of a picture's own colour space, to linear light with sRGB primaries and back. Nearly
 * every photograph's profile is three curves and a matrix; those are read here and cost a table look-up and nine
 * products a pixel, with white exactly white both ways. Other profiles are left to libvips. The input is untrusted:
 * every read is checked against the end. */

#include "reshoot-operations-private.h"

#include <math.h>
#include <string.h>

#define ENCODE_STEPS 4096

typedef struct
{
  double        gamma;        /* of a plain power, or the parametric's g */
  double        a, b, c, d, e, f;
  const guint8 *table;        /* (nullable): big-endian 16-bit values */
  guint         n;
} Curve;

/* From linear XYZ under D50, where profiles live, to linear sRGB (Bradford). */
static const double d50_to_srgb[9] = {
  3.1338561, -1.6168667, -0.4906146,
  -0.9787684, 1.9161415, 0.0334540,
  0.0719453, -0.2289914, 1.4052427,
};

static guint32
read_u32 (const guint8 *p)
{
  return (guint32) p[0] << 24 | (guint32) p[1] << 16 | (guint32) p[2] << 8 | p[3];
}

static guint
read_u16 (const guint8 *p)
{
  return (guint) p[0] << 8 | p[1];
}

static double
read_fixed (const guint8 *p)
{
  return (gint32) read_u32 (p) / 65536.0;
}

/* The data of a tag, NULL if there is none or it is cut. */
static const guint8 *
find_tag (const guint8 *profile,
          gsize         size,
          const char   *name,
          gsize        *length)
{
  guint32 n, i;

  if (size < 132)
    return NULL;
  n = MIN (read_u32 (profile + 128), 200);
  for (i = 0; i < n && 132 + (gsize) (i + 1) * 12 <= size; i++)
    {
      const guint8 *entry = profile + 132 + i * 12;
      gsize offset = read_u32 (entry + 4);

      *length = read_u32 (entry + 8);
      if (memcmp (entry, name, 4) == 0)
        return offset <= size && *length <= size - offset ? profile + offset : NULL;
    }
  return NULL;
}

static gboolean
read_column (const guint8 *profile,
             gsize         size,
             const char   *name,
             double       *matrix,
             int           column)
{
  gsize length;
  const guint8 *tag = find_tag (profile, size, name, &length);
  int i;

  if (tag == NULL || length < 20 || memcmp (tag, "XYZ ", 4) != 0)
    return FALSE;
  for (i = 0; i < 3; i++)
    matrix[i * 3 + column] = read_fixed (tag + 8 + i * 4);
  return TRUE;
}

static gboolean
read_parametric (const guint8 *tag,
                 gsize         length,
                 Curve        *curve)
{
  static const guint8 counts[] = { 1, 3, 4, 5, 7 };
  double v[7] = { 1, 1, 0, 0, 0, 0, 0 };
  guint type = read_u16 (tag + 8), i;

  if (type >= G_N_ELEMENTS (counts) || length < 12 + counts[type] * 4u)
    return FALSE;
  for (i = 0; i < counts[type]; i++)
    v[i] = read_fixed (tag + 12 + i * 4);
  if (!(v[0] > 0.1 && v[0] < 10) || (type > 0 && !(v[1] > 0)))
    return FALSE;

  *curve = (Curve) { .gamma = v[0], .a = v[1], .b = v[2], .c = 0, .d = 0 };
  if (type == 1 || type == 2)
    {
      curve->d = -v[2] / v[1];
      curve->e = curve->f = type == 2 ? v[3] : 0;
    }
  else if (type >= 3)
    {
      curve->c = v[3];
      curve->d = v[4];
      curve->e = v[5];
      curve->f = v[6];
    }
  return TRUE;
}

static gboolean
read_curve (const guint8 *profile,
            gsize         size,
            const char   *name,
            Curve        *curve)
{
  gsize length;
  const guint8 *tag = find_tag (profile, size, name, &length);

  if (tag == NULL || length < 12)
    return FALSE;
  if (memcmp (tag, "para", 4) == 0)
    return read_parametric (tag, length, curve);
  if (memcmp (tag, "curv", 4) != 0)
    return FALSE;

  *curve = (Curve) { .gamma = 1, .a = 1, .n = read_u32 (tag + 8) };
  if (curve->n > 65536 || length < 12 + (gsize) curve->n * 2)
    return FALSE;
  if (curve->n == 1)
    curve->gamma = read_u16 (tag + 12) / 256.0;
  else if (curve->n > 1)
    curve->table = tag + 12;
  return curve->gamma > 0.1;
}

static double
curve_at (const Curve *curve,
          double       x)
{
  if (curve->table != NULL)
    {
      double place = x * (curve->n - 1);
      guint i = MIN ((guint) place, curve->n - 2);
      double low = read_u16 (curve->table + i * 2), high = read_u16 (curve->table + i * 2 + 2);

      return (low + (place - i) * (high - low)) / 65535;
    }
  if (x < curve->d)
    return curve->c * x + curve->f;
  return pow (MAX (0, curve->a * x + curve->b), curve->gamma) + curve->e;
}

/* The encoded value that the curve takes to @y; curves rise. */
static double
curve_back (const Curve *curve,
            double       y)
{
  double low = 0, high = 1;
  int i;

  for (i = 0; i < 24; i++)
    {
      double middle = (low + high) / 2;

      if (curve_at (curve, middle) < y)
        low = middle;
      else
        high = middle;
    }
  return (low + high) / 2;
}

static gboolean
curve_rises (const Curve *curve)
{
  double last = curve_at (curve, 0);
  int i;

  if (fabs (last) > 0.01 || fabs (curve_at (curve, 1) - 1) > 0.01)
    return FALSE;
  for (i = 1; i <= 256; i++)
    {
      double value = curve_at (curve, i / 256.0);

      if (value < last)
        return FALSE;
      last = value;
    }
  return TRUE;
}

static gboolean
invert (const double *m,
        double       *out)
{
  double det = m[0] * (m[4] * m[8] - m[5] * m[7]) - m[1] * (m[3] * m[8] - m[5] * m[6]) +
               m[2] * (m[3] * m[7] - m[4] * m[6]);

  if (fabs (det) < 1e-6)
    return FALSE;
  out[0] = (m[4] * m[8] - m[5] * m[7]) / det;
  out[1] = (m[2] * m[7] - m[1] * m[8]) / det;
  out[2] = (m[1] * m[5] - m[2] * m[4]) / det;
  out[3] = (m[5] * m[6] - m[3] * m[8]) / det;
  out[4] = (m[0] * m[8] - m[2] * m[6]) / det;
  out[5] = (m[2] * m[3] - m[0] * m[5]) / det;
  out[6] = (m[3] * m[7] - m[4] * m[6]) / det;
  out[7] = (m[1] * m[6] - m[0] * m[7]) / det;
  out[8] = (m[0] * m[4] - m[1] * m[3]) / det;
  return TRUE;
}

/* The matrix to linear sRGB; each row sums to one, so that white is white. */
static gboolean
fill_matrices (ReshootShaper *shaper,
               const double  *to_xyz)
{
  double forward[9], back[9];
  int i, j, k;

  for (i = 0; i < 3; i++)
    {
      double sum = 0;

      for (j = 0; j < 3; j++)
        {
          forward[i * 3 + j] = 0;
          for (k = 0; k < 3; k++)
            forward[i * 3 + j] += d50_to_srgb[i * 3 + k] * to_xyz[k * 3 + j];
          sum += forward[i * 3 + j];
        }
      if (fabs (sum - 1) > 0.1)
        return FALSE;
      for (j = 0; j < 3; j++)
        forward[i * 3 + j] /= sum;
    }
  if (!invert (forward, back))
    return FALSE;

  for (i = 0; i < 9; i++)
    {
      shaper->to_light[i] = (float) forward[i];
      shaper->from_light[i] = (float) back[i];
    }
  return TRUE;
}

static void
fill_tables (ReshootShaper *shaper,
             const Curve   *curves)
{
  int i, band;

  for (band = 0; band < 3; band++)
    {
      for (i = 0; i <= shaper->top; i++)
        shaper->decode[band][i] = (float) curve_at (&curves[band], (double) i / shaper->top);
      for (i = 0; i <= ENCODE_STEPS + 1; i++)
        {
          double s = (double) MIN (i, ENCODE_STEPS) / ENCODE_STEPS;

          shaper->encode[band][i] = (float) curve_back (&curves[band], s * s);
        }
    }
}

/* Whether it all comes to sRGB, which needs no matrix. */
static gboolean
is_srgb (const ReshootShaper *shaper)
{
  int i, band;

  for (i = 0; i < 9; i++)
    if (fabsf (shaper->to_light[i] - (i % 4 == 0 ? 1 : 0)) > 2e-3f)
      return FALSE;
  for (band = 0; band < 3; band++)
    for (i = 0; i <= 64; i++)
      if (fabs (shaper->decode[band][i * shaper->top / 64] -
                reshoot_decode ((double) (i * shaper->top / 64) / shaper->top)) > 1e-3)
        return FALSE;
  return TRUE;
}

void
reshoot_shaper_unref (ReshootShaper *shaper)
{
  g_atomic_rc_box_release (shaper);
}

/* Reads a profile for numbers of 8 or 16 bit. @plain is set where they are sRGB and nothing is needed; NULL otherwise
 * says that the profile is of another kind. */
ReshootShaper *
reshoot_shaper_new (GBytes         *profile,
                    VipsBandFormat  format,
                    gboolean       *plain)
{
  static const char *const curve_names[] = { "rTRC", "gTRC", "bTRC" };
  static const char *const column_names[] = { "rXYZ", "gXYZ", "bXYZ" };
  g_autoptr (ReshootShaper) shaper = g_atomic_rc_box_new0 (ReshootShaper);
  gsize size, length;
  const guint8 *data = g_bytes_get_data (profile, &size);
  double to_xyz[9];
  Curve curves[3];
  int i;

  *plain = FALSE;
  if (size < 132 || memcmp (data + 16, "RGB XYZ ", 8) != 0 || find_tag (data, size, "A2B0", &length) != NULL
      || find_tag (data, size, "A2B1", &length) != NULL)
    return NULL;
  for (i = 0; i < 3; i++)
    if (!read_curve (data, size, curve_names[i], &curves[i]) || !curve_rises (&curves[i])
        || !read_column (data, size, column_names[i], to_xyz, i))
      return NULL;
  if (!fill_matrices (shaper, to_xyz))
    return NULL;

  shaper->top = format == VIPS_FORMAT_UCHAR ? 255 : 65535;
  fill_tables (shaper, curves);
  *plain = is_srgb (shaper);
  return *plain ? NULL : g_steal_pointer (&shaper);
}

/* Three linear values to three encoded ones, 0–1. */
void
reshoot_shaper_encode (const ReshootShaper *shaper,
                       const float         *light,
                       float               *encoded)
{
  const float *m = shaper->from_light;
  int band;

  for (band = 0; band < 3; band++)
    {
      float x = m[band * 3] * light[0] + m[band * 3 + 1] * light[1] + m[band * 3 + 2] * light[2];
      float s = sqrtf (CLAMP (x, 0, 1)) * ENCODE_STEPS;
      int i = (int) s;
      const float *at = shaper->encode[band] + i;

      encoded[band] = at[0] + (s - i) * (at[1] - at[0]);
    }
}
