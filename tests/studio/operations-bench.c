/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What every suite of the operations needs: flat pictures and simple mattes made in code, and a plan's JSON run on them
 * without the cut-out. */

#include "operations-bench.h"

#define MAX_OPERATIONS 8

/* A flat picture of @bands, 8 or 16 bit. */
VipsImage *
bench_make_flat (int            width,
                 int            height,
                 VipsBandFormat format,
                 int            bands,
                 const double  *values)
{
  g_autoptr (VipsImage) black = NULL, coloured = NULL;
  g_autofree double *ones = g_new (double, bands);
  VipsImage *cast = NULL, *out = NULL;
  VipsInterpretation meaning;
  int i;

  for (i = 0; i < bands; i++)
    ones[i] = 1;
  g_assert_cmpint (vips_black (&black, width, height, "bands", bands, NULL), ==, 0);
  g_assert_cmpint (vips_linear (black, &coloured, ones, (double *) values, bands, NULL), ==, 0);
  g_assert_cmpint (vips_cast (coloured, &cast, format, NULL), ==, 0);
  meaning = format == VIPS_FORMAT_USHORT ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB;
  g_assert_cmpint (vips_copy (cast, &out, "interpretation", meaning, NULL), ==, 0);
  g_object_unref (cast);
  return out;
}

VipsImage *
bench_make_grey (int width,
                 int height,
                 int value)
{
  const double values[3] = { value, value, value };

  return bench_make_flat (width, height, VIPS_FORMAT_UCHAR, 3, values);
}

/* A matte with the product in the middle half, and one column of 128 at its left edge. */
GBytes *
bench_make_matte (int width,
                  int height)
{
  guint8 *values = g_malloc0 ((gsize) width * height);
  int x, y;

  for (y = height / 4; y < height * 3 / 4; y++)
    for (x = width / 4; x < width * 3 / 4; x++)
      values[y * width + x] = x == width / 4 ? 128 : 255;
  return g_bytes_new_take (values, (gsize) width * height);
}

/* Single quotes stand for double ones. */
ReshootPlan *
bench_read_plan (const char *operations)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_strdup_printf ("{\"ops\":[%s],\"refuse\":[],\"protect\":[]}", operations);
  g_autoptr (JsonNode) node = json_from_string (g_strdelimit (text, "'", '"'), &error);
  ReshootPlan *plan;

  g_assert_no_error (error);
  plan = reshoot_plan_new_from_json (node, &error);
  g_assert_no_error (error);
  return plan;
}

/* Runs operations, given as JSON, on a picture. The work holds facts and affine. */
gboolean
bench_try (ReshootWork  *work,
           const char   *json,
           GError      **error)
{
  g_autoptr (ReshootPlan) plan = bench_read_plan (json);
  const ReshootOperation *operations[MAX_OPERATIONS];
  guint n = reshoot_plan_get_n_operations (plan), i;

  g_assert_cmpuint (n, <=, MAX_OPERATIONS);
  for (i = 0; i < n; i++)
    operations[i] = reshoot_plan_get_operation (plan, i);
  return reshoot_operations_apply (work, operations, n, error);
}

ReshootWork *
bench_start (VipsImage *source,
             gboolean   matte)
{
  g_autoptr (GError) error = NULL;
  ReshootWork *work = reshoot_work_new (source, NULL, &error);

  g_assert_no_error (error);
  if (matte)
    {
      g_autoptr (GBytes) values = bench_make_matte (source->Xsize, source->Ysize);

      g_assert_true (reshoot_work_set_matte (work, values, source->Xsize, source->Ysize, &error));
      g_assert_no_error (error);
    }
  return work;
}

VipsImage *
bench_finish (ReshootWork *work)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VipsImage) lazy = reshoot_work_finish (work, &error);
  VipsImage *memory;

  g_assert_no_error (error);
  memory = vips_image_copy_memory (lazy);
  g_assert_nonnull (memory);
  return memory;
}

VipsImage *
bench_run (VipsImage  *source,
           gboolean    matte,
           const char *json)
{
  g_autoptr (ReshootWork) work = bench_start (source, matte);
  g_autoptr (GError) error = NULL;

  bench_try (work, json, &error);
  g_assert_no_error (error);
  return bench_finish (work);
}

int
bench_get (VipsImage *image,
           int        x,
           int        y,
           int        band)
{
  const void *p = VIPS_IMAGE_ADDR (image, x, y);

  if (image->BandFmt == VIPS_FORMAT_USHORT)
    return ((const guint16 *) p)[band];
  return ((const guint8 *) p)[band];
}

void
bench_assert_pixel (VipsImage *image,
                    int        x,
                    int        y,
                    int        r,
                    int        g,
                    int        b)
{
  g_assert_cmpint (bench_get (image, x, y, 0), ==, r);
  g_assert_cmpint (bench_get (image, x, y, 1), ==, g);
  g_assert_cmpint (bench_get (image, x, y, 2), ==, b);
}
