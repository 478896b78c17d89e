/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures made in code, and what is asked of them again and again. */

#define _GNU_SOURCE  /* memmem */

#include "pictures.h"
#include "reshoot-test.h"

#include <stdlib.h>
#include <string.h>

static VipsImage *
new_from_memory (const void     *data,
                 gsize           length,
                 int             width,
                 int             height,
                 int             n_bands,
                 VipsBandFormat  format)
{
  g_autoptr (VipsImage) plain = NULL;
  VipsInterpretation meaning = n_bands >= 3 ? VIPS_INTERPRETATION_sRGB : VIPS_INTERPRETATION_B_W;
  VipsImage *vips = NULL;

  plain = vips_image_new_from_memory_copy (data, length, width, height, n_bands, format);
  if (format == VIPS_FORMAT_USHORT)
    meaning = n_bands >= 3 ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_GREY16;

  g_assert_cmpint (vips_copy (plain, &vips, "interpretation", meaning, NULL), ==, 0);
  return vips;
}

VipsImage *
picture_new_flat (int        width,
                  int        height,
                  int        n_bands,
                  const int *colour)
{
  gsize length = (gsize) width * height * n_bands;
  g_autofree guint8 *data = g_malloc (length);

  for (gsize i = 0; i < length; i++)
    data[i] = (guint8) colour[i % n_bands];

  return new_from_memory (data, length, width, height, n_bands, VIPS_FORMAT_UCHAR);
}

/* No two neighbours are alike, no row or column repeats, and 16 bits are used to the last one. */
VipsImage *
picture_new_gradient (int      width,
                      int      height,
                      int      n_bands,
                      gboolean deep)
{
  gsize n = (gsize) width * height * n_bands;
  g_autofree guint16 *wide = g_new (guint16, n);
  g_autofree guint8 *narrow = g_new (guint8, n);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      for (int band = 0; band < n_bands; band++)
        {
          gsize i = ((gsize) y * width + x) * n_bands + band;

          wide[i] = (guint16) (257 * x + 1031 * y + 4099 * band + x * y);
          narrow[i] = (guint8) (3 * x + 5 * y + 61 * band);
        }

  if (deep)
    return new_from_memory (wide, n * 2, width, height, n_bands, VIPS_FORMAT_USHORT);

  return new_from_memory (narrow, n, width, height, n_bands, VIPS_FORMAT_UCHAR);
}

/* From sRGB to one of the profiles that libvips brings along. */
VipsImage *
picture_to_profile (VipsImage  *vips,
                    const char *profile)
{
  VipsImage *out = NULL;

  int depth = vips_image_get_format (vips) == VIPS_FORMAT_USHORT ? 16 : 8;

  g_assert_cmpint (vips_icc_transform (vips, &out, profile, "input_profile", "srgb", "depth", depth, NULL),
                   ==, 0);
  return out;
}

/* Instead of reshoot_test_init(), where damaged pictures are fed: GLib ends a test at a warning, and libvips warns of
 * them. Warnings of others still end it. */
static void
warned_cb (const char     *domain,
           GLogLevelFlags  level,
           const char     *message,
           gpointer        user_data)
{
  g_log_default_handler (domain, level, message, user_data);
  if (level & G_LOG_LEVEL_WARNING)
    abort ();
}

void
picture_test_init (int    *argc,
                   char ***argv)
{
  reshoot_test_init (argc, argv);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  g_log_set_default_handler (warned_cb, NULL);
  g_type_ensure (RESHOOT_TYPE_IMAGE);
}

/* @suffix: as libvips takes it, with its options. */
GBytes *
picture_encode (VipsImage  *vips,
                const char *suffix)
{
  void *data;
  gsize length;

  if (vips_image_write_to_buffer (vips, suffix, &data, &length, NULL) != 0)
    g_error ("%s: %s", suffix, vips_error_buffer ());
  return g_bytes_new_with_free_func (data, length, g_free, data);
}

ReshootImage *
picture_open (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  ReshootImage *image = reshoot_image_new_from_bytes (bytes, "picture", &error);

  g_assert_no_error (error);
  g_assert_true (reshoot_image_check (image, NULL, &error));
  g_assert_no_error (error);
  return image;
}

ReshootImage *
picture_new_image (VipsImage  *vips,
                   const char *suffix)
{
  g_autoptr (GBytes) bytes = picture_encode (vips, suffix);

  return picture_open (bytes);
}

/* Of a picture of 8 or 16 bit. */
int
picture_get (VipsImage *vips,
             int        x,
             int        y,
             int        band)
{
  double *values = NULL;
  int n_values;
  int value;

  g_assert_cmpint (vips_getpoint (vips, &values, &n_values, x, y, NULL), ==, 0);
  g_assert_cmpint (band, <, n_values);
  value = (int) values[band];
  g_free (values);
  return value;
}

void
picture_assert_equal (VipsImage *a,
                      VipsImage *b)
{
  gsize length_a, length_b;
  g_autofree void *data_a = vips_image_write_to_memory (a, &length_a);
  g_autofree void *data_b = vips_image_write_to_memory (b, &length_b);

  g_assert_cmpint (vips_image_get_width (a), ==, vips_image_get_width (b));
  g_assert_cmpint (vips_image_get_bands (a), ==, vips_image_get_bands (b));
  g_assert_cmpmem (data_a, length_a, data_b, length_b);
}

gboolean
picture_contains (GBytes     *bytes,
                  const char *text)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  return memmem (data, length, text, strlen (text)) != NULL;
}
