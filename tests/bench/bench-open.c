/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a photo costs on its way in: the gate with its strict check, and the pyramid of what is shown, beside one bare
 * decode of the same file. Opening a photo is load, quick pyramid and full pyramid; each is a figure of its own. */

#include "bench.h"

#include "reshoot-pyramid.h"
#include "reshoot-test.h"

#include <gdk-pixbuf/gdk-pixbuf.h>

#define ROUNDS 7
#define FIRST_EDGE 1600
#define THUMBNAIL_EDGE 512

/* The loader is named: the suites' private folders know no file types. */
static void
decode_bare (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new_with_type ("jpeg", &error);
  g_autofree char *contents = NULL;
  gsize size;

  g_assert_no_error (error);
  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);
  gdk_pixbuf_loader_write (loader, (const guint8 *) contents, size, &error);
  g_assert_no_error (error);
  gdk_pixbuf_loader_close (loader, &error);
  g_assert_no_error (error);
  g_assert_cmpint (gdk_pixbuf_get_width (gdk_pixbuf_loader_get_pixbuf (loader)), ==, 6000);
}

static ReshootImage *
load (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootImage *image;

  reshoot_image_load_async (file, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  image = reshoot_image_load_finish (result, &error);
  g_assert_no_error (error);
  return image;
}

static void
build_pyramid (ReshootImage *image,
               int           long_edge)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootPyramid) pyramid = NULL;

  reshoot_pyramid_new_async (image, long_edge, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  pyramid = reshoot_pyramid_new_finish (result, &error);
  g_assert_no_error (error);
}

static void
make_thumbnail (ReshootImage *image)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) thumbnail = NULL;

  thumbnail = reshoot_image_make_thumbnail (image, THUMBNAIL_EDGE, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (thumbnail);
}

static BenchTime
end_part (int          round,
          BenchSeries *series,
          BenchTime    start)
{
  if (round >= 0)
    bench_series_add (series, start);
  return bench_now ();
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (BenchSeries) bare = bench_series_new ();
  g_autoptr (BenchSeries) loaded = bench_series_new ();
  g_autoptr (BenchSeries) quick = bench_series_new ();
  g_autoptr (BenchSeries) full = bench_series_new ();
  g_autoptr (BenchSeries) thumbnail = bench_series_new ();
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  bench_init (&argc, &argv);
  folder = bench_make_folder (g_get_tmp_dir ());
  path = bench_make_jpeg (folder, "photo.jpg", FALSE);

  /* The first round only warms up. */
  for (int round = -1; round < ROUNDS; round++)
    {
      g_autoptr (ReshootImage) image = NULL;
      BenchTime start = bench_now ();

      decode_bare (path);
      start = end_part (round, bare, start);
      image = load (path);
      start = end_part (round, loaded, start);
      build_pyramid (image, FIRST_EDGE);
      start = end_part (round, quick, start);
      build_pyramid (image, 0);
      start = end_part (round, full, start);
      make_thumbnail (image);
      end_part (round, thumbnail, start);
    }

  bench_say_cpu ("open-24mp-load", loaded, bare, "bare GdkPixbuf decode");
  bench_say_cpu ("open-24mp-pyramid-1600", quick, bare, "bare GdkPixbuf decode");
  bench_say_cpu ("open-24mp-pyramid-full", full, bare, "bare GdkPixbuf decode");
  bench_say_cpu ("open-24mp-thumbnail-512", thumbnail, bare, "bare GdkPixbuf decode");
  bench_remove_folder (folder);
  return 0;
}
