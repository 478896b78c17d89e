/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How well replies come home: edits with a known truth, harmed as services do, are landed and compared with that truth,
 * beside the reply merely enlarged. Then what it costs with 24 megapixels. */

#include "bench.h"
#include "landing-figures.h"
#include "reshoot-test.h"

#include <malloc.h>
#include <math.h>
#include <string.h>

#define WIDTH 2400
#define WIDE 6000
#define WIDE_CASE "recolour-camera"

#define N_CANCELS 10

/* How many goals were met, of how many, and what all cases together are judged by. */
typedef struct
{
  guint   n_met;
  guint   n;
  GArray *shifts;
  GArray *zooms;
} Goals;

static double
read_status (const char *name)
{
  g_autofree char *text = NULL;
  const char *place;

  g_assert_true (g_file_get_contents ("/proc/self/status", &text, NULL, NULL));
  place = strstr (text, name);
  g_assert_nonnull (place);
  return g_ascii_strtod (place + strlen (name) + 1, NULL) / 1024;
}

/* Resets the peak; returns what is in use, MiB. */
static double
begin_memory (void)
{
  malloc_trim (0);
  g_assert_true (g_file_set_contents_full ("/proc/self/clear_refs", "5", 1,
                                           G_FILE_SET_CONTENTS_NONE, 0, NULL));
  return read_status ("VmRSS:");
}

static ReshootImage *
make_image (VipsImage          *vips,
            ReshootImageFormat  format)
{
  g_autoptr (GError) error = NULL;
  ReshootImage *image = reshoot_image_new_from_vips (vips, format, 90, NULL, &error);

  g_assert_no_error (error);
  return image;
}

static void
count (Goals      *goals,
       gboolean    met,
       const char *what,
       GString    *missed)
{
  goals->n++;
  goals->n_met += met;
  if (!met)
    g_string_append_printf (missed, " %s", what);
}

/* NAN, for what does not apply, misses nothing. */
static void
judge (const LandingCase    *edit,
       const LandingFigures *figures,
       gboolean              whole,
       Goals                *goals,
       GString              *missed)
{
  double least = edit->kind == EDIT_NOTHING ? 100 : edit->kind == EDIT_BACKDROP ? 96 : 99.5;

  g_array_append_val (goals->shifts, figures->shift);
  g_array_append_val (goals->zooms, figures->zoom);
  if (edit->kind == EDIT_EITHER)
    {
      count (goals, whole || figures->missed == 100, "half", missed);
      return;
    }
  if (edit->kind != EDIT_TONE)
    {
      count (goals, !(figures->drift[1] > 1.5), "colour", missed);
      count (goals, !(figures->identical[1] < least), "identical", missed);
    }
  if (edit->kind == EDIT_NOTHING)
    return;
  count (goals, !(figures->missed > 1.5), "missed", missed);
  count (goals, !(figures->psnr[2] < figures->psnr[0] + 3), "psnr", missed);
  count (goals, !(figures->psnr[2] < figures->psnr[1] - 0.3), "bare", missed);
  if (edit->kind == EDIT_TONE || g_str_has_prefix (edit->name, "recolour"))
    count (goals, !(figures->ssim[1] < 0.95), "ssim", missed);
}

static void
say (const LandingCase    *edit,
     const LandingFigures *figures)
{
  g_print ("%.2f px %.3f %%", figures->shift, figures->zoom);
  if (!isnan (figures->drift[1]))
    g_print (", drift %.1f to %.1f", figures->drift[0], figures->drift[1]);
  if (!isnan (figures->identical[1]))
    g_print (", identical %.1f %.2f %%", figures->identical[0], figures->identical[1]);
  if (edit->kind == EDIT_NOTHING)
    return;
  g_print (", missed %.1f %%, map %.2f %.2f, %.1f %.1f %.1f dB, SSIM %.2f to %.2f", figures->missed,
           figures->precision, figures->overlap, figures->psnr[0], figures->psnr[1],
           figures->psnr[2], figures->ssim[0], figures->ssim[1]);
}

static void
bench_case (const LandingCase *edit,
            Harm               harm,
            guint              seed,
            Goals             *goals)
{
  g_auto (LandingPictures) pictures = { NULL };
  g_autoptr (ReshootImage) source = NULL;
  g_autoptr (ReshootImage) reply = NULL;
  g_autoptr (ReshootLanding) landing = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) missed = g_string_new (NULL);
  ReshootLandRequest request = { edit->tone, NULL, NULL };
  LandingFigures figures;
  ReplyPlace place;
  gboolean new_scene, whole;

  landing_pictures_open (&pictures, edit, WIDTH);
  source = make_image (pictures.source, RESHOOT_IMAGE_FORMAT_PNG);
  reply = landing_reply_new (pictures.asked, harm, seed, &place);
  landing = reshoot_land (source, reply, &request, NULL, &error);
  g_assert_no_error (error);

  g_print ("landing-%s-%s: ", harm == HARM_MID ? "mid" : "hard", edit->name);
  new_scene = reshoot_landing_get_alignment (landing)->new_scene;
  whole = reshoot_landing_get_is_whole (landing);
  count (goals, new_scene == (edit->kind == EDIT_SCENE), "scene", missed);
  if (new_scene)
    g_print ("a new scene");
  else
    {
      landing_measure (&pictures, landing, reply, &place, edit->tone, &figures);
      say (edit, &figures);
      if (edit->kind != EDIT_SCENE)
        judge (edit, &figures, whole, goals, missed);
    }
  g_print ("%s; %s%s\n", whole ? ", whole" : "", missed->len > 0 ? "missed:" : "met", missed->str);
}

/* CPU of reading the two and writing one, which landing cannot do without. */
static double
measure_floor (ReshootImage *source,
               ReshootImage *reply)
{
  BenchTime start = bench_now ();
  g_autoptr (VipsImage) vips = landing_open_image (source);
  g_autoptr (VipsImage) other G_GNUC_UNUSED = landing_open_image (reply);
  g_autoptr (ReshootImage) written G_GNUC_UNUSED = make_image (vips, RESHOOT_IMAGE_FORMAT_PNG);
  BenchTime end = bench_now ();

  return end.cpu - start.cpu;
}

static gboolean
cancel_cb (gpointer data)
{
  g_cancellable_cancel (data);
  return G_SOURCE_REMOVE;
}

/* How long until the answer. The worker ends by itself meanwhile. */
static void
bench_cancel (ReshootImage *source,
              ReshootImage *reply,
              double        whole)
{
  g_autoptr (BenchSeries) answers = bench_series_new ();

  for (guint i = 1; i <= N_CANCELS; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (ReshootLanding) landing = NULL;
      BenchTime start;

      g_timeout_add ((guint) (whole * i / (N_CANCELS + 1)), cancel_cb, cancellable);
      reshoot_land_async (source, reply, NULL, cancellable, reshoot_test_ready_cb, &result);
      while (!g_cancellable_is_cancelled (cancellable))
        g_main_context_iteration (NULL, TRUE);
      start = bench_now ();
      reshoot_test_await (&result);
      bench_series_add (answers, start);
      landing = reshoot_land_finish (result, NULL);
    }

  bench_say_goal ("landing-24mp-cancel", bench_quantile (answers->wall, 1), " ms", 50,
                  "until the answer, the longest of %u (median %.1f ms)", N_CANCELS,
                  bench_quantile (answers->wall, 0.5));
}

/* What a person paints on the change, here a corner that was left alone. */
static void
bench_paint (ReshootLanding *landing,
             ReshootImage   *source,
             double          floor)
{
  g_autofree guint8 *values = g_malloc0 (512 * 512);
  g_autoptr (ReshootImage) here = NULL;
  g_autoptr (ReshootImage) painted = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  BenchTime start, end;

  memset (values, 255, 512 * 100);
  here = reshoot_region_draw_mask (values, 512, 512, &error);
  g_assert_no_error (error);
  start = bench_now ();
  reshoot_landing_paint_async (landing, source, here, NULL, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  end = bench_now ();
  painted = reshoot_landing_paint_finish (landing, result, &error);
  g_assert_no_error (error);
  bench_say_goal ("landing-24mp-paint", (end.cpu - start.cpu - floor) / 1e3, " s", 1,
                  "of CPU beyond decode and encode (%.2f s of %.2f s)", floor / 1e3,
                  (end.cpu - start.cpu) / 1e3);
}

static void
bench_wide (const LandingCase *edit)
{
  g_autoptr (ReshootImage) source = NULL;
  g_autoptr (ReshootImage) reply = NULL;
  g_autoptr (ReshootLanding) landing = NULL;
  g_autoptr (GError) error = NULL;
  double megapixels, floor, before, peak;
  ReplyPlace place;
  BenchTime start, end;

  {
    g_auto (LandingPictures) pictures = { NULL };

    landing_pictures_open (&pictures, edit, WIDE);
    megapixels = pictures.source->Xsize * (double) pictures.source->Ysize / 1e6;
    source = make_image (pictures.source, RESHOOT_IMAGE_FORMAT_JPEG);
    reply = landing_reply_new (pictures.asked, HARM_MID, 1, &place);
  }
  floor = measure_floor (source, reply);
  before = begin_memory ();
  start = bench_now ();
  landing = reshoot_land (source, reply, NULL, NULL, &error);
  end = bench_now ();
  peak = read_status ("VmHWM:");
  g_assert_no_error (error);

  /* A decoded picture holds three bytes a pixel. */
  bench_say_goal ("landing-24mp-cpu", (end.cpu - start.cpu - floor) / 1e3, " s", 4,
                  "of CPU beyond decode and encode (%.2f s of %.2f s; %.1f MP, %s)", floor / 1e3,
                  (end.cpu - start.cpu) / 1e3, megapixels, edit->name);
  bench_say_goal ("landing-24mp-memory", peak - before - megapixels * 3e6 / 1048576, " MiB", 286,
                  "at the peak beyond the decoded picture (%.0f MiB)", megapixels * 3e6 / 1048576);
  bench_paint (landing, source, floor);
  bench_cancel (source, reply, end.wall - start.wall);
}

/* The same for the same case, whatever stands beside it. */
static guint
find_seed (const LandingCase *edit)
{
  return g_str_hash (edit->name) % 1000;
}

static void
bench_all (Harm        harm,
           const char *wanted)
{
  const char *name = harm == HARM_MID ? "mid" : "hard";
  g_autofree char *place = g_strdup_printf ("landing-%s-place", name);
  g_autofree char *zoom = g_strdup_printf ("landing-%s-zoom", name);
  Goals goals = { 0, 0, g_array_new (FALSE, FALSE, sizeof (double)),
                  g_array_new (FALSE, FALSE, sizeof (double)) };

  for (guint i = 0; i < n_landing_cases; i++)
    if (wanted == NULL || strstr (landing_cases[i].name, wanted) != NULL)
      bench_case (&landing_cases[i], harm, find_seed (&landing_cases[i]), &goals);

  if (goals.shifts->len > 0)
    {
      bench_say_goal (place, bench_quantile (goals.shifts, 0.5), " px", 0.2,
                      "off, the median of %u (worst %.2f px)", goals.shifts->len,
                      bench_quantile (goals.shifts, 1));
      bench_say_goal (zoom, bench_quantile (goals.zooms, 0.5), " %", 0.1,
                      "off, the median (worst %.2f %%)", bench_quantile (goals.zooms, 1));
    }
  g_print ("landing-%s: %u of %u goals met\n", name, goals.n_met, goals.n);
  g_array_unref (goals.shifts);
  g_array_unref (goals.zooms);
}

int
main (int    argc,
      char **argv)
{
  bench_init (&argc, &argv);
  g_assert_cmpint (VIPS_INIT ("bench"), ==, 0);
  vips_cache_set_max (0);
  for (Harm harm = HARM_MID; harm <= HARM_HARD; harm++)
    bench_all (harm, argc > 1 ? argv[1] : NULL);
  for (guint i = 0; i < n_landing_cases && argc < 2; i++)
    if (g_str_equal (landing_cases[i].name, WIDE_CASE))
      bench_wide (&landing_cases[i]);
  return 0;
}
