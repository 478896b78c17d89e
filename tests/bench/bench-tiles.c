/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What it costs to keep full-size pictures: fifteen landed steps of a photo of 24 megapixels with the noise of a
 * camera, each with its reply of 2 MB and a twentieth of the frame changed, somewhere else every time and in part over
 * what was changed before. The floor of a version is what it takes to decode the photo and the result once; of a
 * rendering, to decode the photo and encode it as a result is. */

#include "bench.h"

#include "history-support.h"
#include "reshoot-compare.h"
#include "reshoot-image-vips.h"

#include <glib/gstdio.h>
#include <sys/resource.h>

#define N_STEPS 15
#define SHARE   0.05  /* of the frame, a step */
#define NOISE   2.5   /* of 255, standard deviation: a small sensor at ISO 200 */
#define REPLY_EDGE 1448   /* of a grey picture of 2 MB */

static void
check (int failed)
{
  if (failed != 0)
    g_error ("libvips: %s", vips_error_buffer ());
}

static VipsImage *
add_noise (VipsImage *vips,
           int        seed)
{
  g_autoptr (VipsImage) joined = NULL;
  g_autoptr (VipsImage) sum = NULL;
  VipsImage *bands[3];
  VipsImage *noisy = NULL;

  for (int i = 0; i < 3; i++)
    {
      bands[i] = NULL;
      check (vips_gaussnoise (&bands[i], vips->Xsize, vips->Ysize, "sigma", NOISE, "mean", 0.0,
                              "seed", seed * 3 + i, NULL));
    }
  check (vips_bandjoin (bands, &joined, 3, NULL));
  for (int i = 0; i < 3; i++)
    g_object_unref (bands[i]);
  check (vips_add (vips, joined, &sum, NULL));
  check (vips_cast (sum, &noisy, VIPS_FORMAT_UCHAR, NULL));
  return noisy;
}

static ReshootImage *
encode (VipsImage          *vips,
        ReshootImageFormat  format)
{
  g_autoptr (GError) error = NULL;
  ReshootImage *image = reshoot_image_new_from_vips (vips, format, 0, NULL, &error);

  g_assert_no_error (error);
  return image;
}

static VipsImage *
decode (ReshootImage *image)
{
  g_autoptr (GError) error = NULL;
  VipsImage *vips = reshoot_image_dup_vips (image, &error);

  g_assert_no_error (error);
  return vips;
}

static ReshootImage *
make_photo (VipsImage *smooth)
{
  g_autoptr (VipsImage) noisy = add_noise (smooth, 1);
  g_autoptr (VipsImage) bare = NULL;

  check (vips_copy (noisy, &bare, "interpretation", VIPS_INTERPRETATION_sRGB, NULL));
  return encode (bare, RESHOOT_IMAGE_FORMAT_JPEG);
}

/* What a landing leaves: a part that is lighter and has noise of its own, the rest to the bit. */
static ReshootImage *
land (VipsImage  *smooth,
      VipsImage **shown,
      int         i)
{
  VipsImage *photo = *shown;
  int width = (int) (photo->Xsize * sqrt (SHARE) * (i % 2 == 0 ? 1.25 : 0.8));
  int height = (int) (photo->Xsize * SHARE * photo->Ysize / width);
  int left = (int) (fmod (i * 0.618034, 1) * (photo->Xsize - width));
  int top = (int) (fmod (i * 0.754878, 1) * (photo->Ysize - height));
  g_autoptr (VipsImage) part = NULL;
  g_autoptr (VipsImage) light = NULL;
  g_autoptr (VipsImage) noisy = NULL;
  g_autoptr (VipsImage) whole = NULL;

  check (vips_extract_area (smooth, &part, left, top, width, height, NULL));
  check (vips_linear1 (part, &light, 0.9, 20, NULL));
  noisy = add_noise (light, i + 2);
  check (vips_insert (photo, noisy, &whole, left, top, NULL));
  *shown = vips_image_copy_memory (whole);
  g_object_unref (photo);
  return encode (*shown, RESHOOT_IMAGE_FORMAT_PNG);
}

/* What one turn of the main loop took, at most: on the clock, where what else the machine does counts in, and of the
 * thread's own time. */
typedef struct
{
  double wall;
  double own;
} Stall;

static Stall
get_time (void)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time), ==, 0);
  return (Stall) { bench_now ().wall, (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6 };
}

static void
end_turn (Stall  start,
          Stall *longest)
{
  Stall end = get_time ();

  longest->wall = MAX (longest->wall, end.wall - start.wall);
  longest->own = MAX (longest->own, end.own - start.own);
}

static void
turn_until (GAsyncResult **result,
            Stall         *longest)
{
  while (*result == NULL)
    {
      Stall start = get_time ();

      if (g_main_context_iteration (NULL, FALSE))
        end_turn (start, longest);
      else
        g_usleep (100);
    }
}

static void
add_version (ReshootProject *project,
             ReshootStep    *step,
             ReshootImage   *picture,
             Stall          *longest)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Stall start = get_time ();

  reshoot_project_add_version_async (project, step, picture, NULL, NULL, NULL, NULL,
                                     reshoot_test_ready_cb, &result);
  end_turn (start, longest);
  turn_until (&result, longest);
  reshoot_project_add_version_finish (project, result, &error);
  g_assert_no_error (error);
  start = get_time ();
  g_clear_object (&result);
  end_turn (start, longest);
}

static ReshootImage *
load (ReshootProject *project,
      ReshootStep    *step,
      Stall          *longest)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  Stall start = get_time ();
  ReshootImage *image;

  reshoot_project_load_picture_async (project, step, RESHOOT_PICTURE_SHOWN, NULL,
                                      reshoot_test_ready_cb, &result);
  end_turn (start, longest);
  turn_until (&result, longest);
  image = reshoot_project_load_picture_finish (project, result, &error);
  g_assert_no_error (error);
  return image;
}

typedef struct
{
  BenchSeries *version;
  BenchSeries *version_floor;
  BenchSeries *render;
  BenchSeries *render_floor;
  Stall        stall;
  Stall        load_stall;
  gsize        n_replies;       /* bytes */
  gsize        n_whole;         /* bytes of the versions, each stored whole */
} Figures;

static void
measure_load (ReshootProject *project,
              ReshootStep    *step,
              ReshootImage   *photo,
              ReshootImage   *picture,
              Figures        *figures)
{
  ReshootComparison comparison;
  BenchTime start = bench_now ();
  g_autoptr (ReshootImage) shown = load (project, step, &figures->load_stall);
  g_autoptr (VipsImage) decoded = NULL;
  g_autoptr (ReshootImage) again = NULL;

  bench_series_add (figures->render, start);
  start = bench_now ();
  decoded = decode (photo);
  again = encode (decoded, RESHOOT_IMAGE_FORMAT_PNG);
  bench_series_add (figures->render_floor, start);

  g_assert_true (reshoot_compare (shown, picture, &comparison, NULL, NULL));
  g_assert_cmpfloat (comparison.changed, ==, 0);
}

static void
measure_step (ReshootProject *project,
              ReshootStep   **source,
              ReshootImage   *photo,
              ReshootImage   *picture,
              int             i,
              Figures        *figures)
{
  g_autoptr (ReshootImage) reply = history_make_picture ((guint) i + 2, REPLY_EDGE, REPLY_EDGE);
  g_autoptr (GError) error = NULL;
  g_autoptr (VipsImage) first = NULL;
  g_autoptr (VipsImage) second = NULL;
  BenchTime start;

  *source = history_add_request (project, *source, "make it lighter here", 0.04);
  history_try_reply (project, *source, reply, &error);
  g_assert_no_error (error);

  start = bench_now ();
  add_version (project, *source, picture, &figures->stall);
  bench_series_add (figures->version, start);
  start = bench_now ();
  first = decode (photo);
  second = decode (picture);
  bench_series_add (figures->version_floor, start);

  figures->n_replies += g_bytes_get_size (reshoot_image_get_bytes (reply));
  figures->n_whole += g_bytes_get_size (reshoot_image_get_bytes (picture));
  if (i % 5 == 4)
    measure_load (project, *source, photo, picture, figures);
}

static void
say (Figures *figures,
     goffset  size,
     gsize    photo)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  bench_say_goal ("tiles-size", (double) size / 1e6, " MB", (double) figures->n_replies / 1e6 + 45,
                  "for %d steps of 24 megapixels, each changing a twentieth (photo %.1f MB, replies %.1f MB;"
                  " whole they would take %.0f MB)", N_STEPS, (double) photo / 1e6,
                  (double) figures->n_replies / 1e6, (double) figures->n_whole / 1e6);
  bench_say_wall ("tiles-version-24mp", figures->version, figures->version_floor,
                  "decoding the photo and the result");
  bench_say_cpu ("tiles-version-24mp-cpu", figures->version, figures->version_floor, "the same");
  bench_say_wall ("tiles-render-24mp", figures->render, figures->render_floor,
                  "decoding the photo and encoding it as PNG");
  bench_say_goal ("tiles-stall-24mp", figures->stall.own, " ms", 2,
                  "is the main loop kept busy at most while a version is stored (of the clock %.1f ms)",
                  figures->stall.wall);
  bench_say_goal ("tiles-stall-load-24mp", figures->load_stall.own, " ms", 2,
                  "is the main loop kept busy at most while one is loaded (of the clock %.1f ms)",
                  figures->load_stall.wall);
  g_print ("tiles-memory: %.0f MB at most, the bench's own pictures included\n",
           (double) usage.ru_maxrss / 1e3);
}

static void
bench_chain (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "tiles.reshoot", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autofree char *source = bench_make_jpeg (folder, "photo.jpg", FALSE);
  g_autoptr (GFile) source_file = g_file_new_for_path (source);
  g_autoptr (GBytes) bytes = g_file_load_bytes (source_file, NULL, NULL, NULL);
  g_autoptr (ReshootImage) sample = reshoot_image_new_from_bytes (bytes, "sample", NULL);
  g_autoptr (VipsImage) smooth = decode (sample);
  g_autoptr (ReshootImage) photo = make_photo (smooth);
  VipsImage *shown = decode (photo);
  Figures figures = {
    bench_series_new (), bench_series_new (), bench_series_new (), bench_series_new ()
  };
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *step = history_add_original (project, photo, "photo");
  GStatBuf status;

  for (int i = 0; i < N_STEPS; i++)
    {
      g_autoptr (ReshootImage) picture = land (smooth, &shown, i);

      measure_step (project, &step, photo, picture, i, &figures);
    }

  history_close (project);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  say (&figures, status.st_size, g_bytes_get_size (reshoot_image_get_bytes (photo)));
  g_object_unref (shown);
  bench_series_free (figures.version);
  bench_series_free (figures.version_floor);
  bench_series_free (figures.render);
  bench_series_free (figures.render_floor);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;

  bench_init (&argc, &argv);
  folder = bench_make_folder (".");
  bench_chain (folder);
  bench_remove_folder (folder);
  return 0;
}
