/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How good the cut-out is, and what it costs: the samples and drawn scenes against their exact mattes, without help,
 * with a box, and stroke by stroke; whether it asks where it is out of its depth; and its time and memory at 24
 * megapixels. Overlap is intersection over union at half coverage. */

#include "bench.h"

#include "reshoot-test.h"
#include "scenes.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vips/vips.h>

#define ROUNDS 5
#define N_STROKES 8
#define DRAWN_STROKED 12     /* of the drawn cluttered scenes are helped, too: the rest is for the gate */

static const char *const plain[] = { "headphones-on-beige", "bottle-on-white" };
static const char *const cluttered[] = { "mug", "camera", "shoe", "norda-bottle" };

/* What many scenes gave. */
typedef struct
{
  guint  n;
  guint  n_asked;
  double least;
  double sum;
} Tally;

static void
tally (Tally        *self,
       double        overlap,
       ReshootMatte *matte)
{
  self->least = self->n == 0 ? overlap : MIN (self->least, overlap);
  self->sum += overlap;
  self->n_asked += !reshoot_matte_get_confident (matte);
  self->n++;
}

static ReshootMatte *
find (Scene        *scene,
      ReshootHints *hints)
{
  g_autoptr (GError) error = NULL;
  ReshootMatte *matte = reshoot_matte_new (scene->image, hints, NULL, &error);

  g_assert_no_error (error);
  return matte;
}

static void
bench_alone (Scene    *scene,
             gboolean  goal,
             Tally    *all)
{
  g_autofree char *figure = g_strdup_printf ("cutout-%s", scene->name);
  g_autoptr (ReshootMatte) matte = find (scene, NULL);
  double overlap = scene_overlap (scene, matte);

  if (goal)
    bench_say_least (figure, overlap, "", 0.985,
                     "overlap without help (%s)", reshoot_matte_get_confident (matte) ? "sure" : "asks");
  else
    g_print ("# %s: overlap %.4f without help, %s\n", scene->name, overlap,
             reshoot_matte_get_confident (matte) ? "sure" : "asks");
  tally (all, overlap, matte);
}

/* A box, then stroke by stroke. */
static void
bench_helped (Scene    *scene,
              gboolean  goal,
              GArray   *times,
              Tally    *boxed,
              Tally    *stroked)
{
  g_autofree char *with_box = g_strdup_printf ("cutout-%s-box", scene->name);
  g_autofree char *with_strokes = g_strdup_printf ("cutout-%s-strokes", scene->name);
  g_autoptr (ReshootHints) hints = reshoot_hints_new ();
  g_autoptr (ReshootMatte) matte = NULL;
  g_autoptr (GString) steps = g_string_new (NULL);
  double first, last;

  reshoot_hints_set_box (hints, &scene->box);
  matte = find (scene, hints);
  first = last = scene_overlap (scene, matte);
  tally (boxed, first, matte);
  g_string_append_printf (steps, "%.3f", first);
  for (int k = 0; k < N_STROKES && scene_add_stroke (scene, matte, hints); k++)
    {
      BenchTime start = bench_now ();
      double time;

      g_clear_object (&matte);
      matte = find (scene, hints);
      time = (bench_now ().cpu - start.cpu) / 1e3;
      g_array_append_val (times, time);
      last = scene_overlap (scene, matte);
      g_string_append_printf (steps, " %.3f", last);
    }
  tally (stroked, last, matte);

  g_print ("# %s: %s\n", scene->name, steps->str);
  if (goal)
    {
      bench_say_least (with_box, first, "", 0.85, "overlap with a box");
      bench_say_least (with_strokes, last, "", 0.94, "overlap with a box and at most %d strokes", N_STROKES);
    }
}

static void
bench_samples (GArray *times,
               Tally  *asks)
{
  Tally all = { 0 };

  for (guint k = 0; k < G_N_ELEMENTS (plain); k++)
    {
      g_autoptr (Scene) scene = scene_new_sample (plain[k]);

      bench_alone (scene, TRUE, &all);
    }
  for (guint k = 0; k < G_N_ELEMENTS (cluttered); k++)
    {
      g_autoptr (Scene) scene = scene_new_sample (cluttered[k]);

      bench_alone (scene, FALSE, asks);
      bench_helped (scene, TRUE, times, &all, &all);
    }
}

static void
bench_drawn (GArray *times,
             Tally  *asks)
{
  Tally swept = { 0 }, boxed = { 0 }, stroked = { 0 };

  for (guint k = 0; k < SCENE_N_PLAIN; k++)
    {
      g_autoptr (Scene) scene = scene_new_plain (k);

      bench_alone (scene, FALSE, &swept);
    }
  for (guint k = 0; k < SCENE_N_CLUTTERED; k++)
    {
      g_autoptr (Scene) scene = scene_new_cluttered (k);

      bench_alone (scene, FALSE, asks);
      if (k < DRAWN_STROKED)
        bench_helped (scene, FALSE, times, &boxed, &stroked);
    }

  bench_say_least ("cutout-drawn-plain", swept.sum / swept.n, "", 0.985,
                   "mean overlap without help of %u drawn sweeps (%.3f at least, %u asked)", swept.n, swept.least,
                   swept.n_asked);
  bench_say_least ("cutout-drawn-box", boxed.sum / boxed.n, "", 0.85,
                   "mean overlap with a box of %u drawn cluttered scenes (%.3f at least)", boxed.n, boxed.least);
  bench_say_least ("cutout-drawn-strokes", stroked.sum / stroked.n, "", 0.94,
                   "mean overlap with a box and strokes of %u drawn cluttered scenes (%.3f at least)", stroked.n,
                   stroked.least);
}

/* 24 megapixels in a child of its own. */

typedef struct
{
  double cpu;
  double peak;
} Told;

static char *
make_large (const char *folder)
{
  g_autofree char *sample = reshoot_test_sample ("headphones-on-beige.jpg");
  char *path = g_build_filename (folder, "large.jpg", NULL);
  pid_t child = fork ();
  int status = -1;

  if (child == 0)
    {
      VipsImage *small = NULL, *large = NULL;

      if (VIPS_INIT ("bench") != 0 || (small = vips_image_new_from_file (sample, NULL)) == NULL
          || vips_resize (small, &large, 6000.0 / small->Xsize,
                          "vscale", 4000.0 / small->Ysize, NULL) != 0
          || vips_jpegsave (large, path, "Q", 90, NULL) != 0)
        _exit (1);
      vips_shutdown ();
      _exit (0);
    }

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  return path;
}

static Told
cut_large (const char *path)
{
  Told *shared = mmap (NULL, sizeof (Told), PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS,
                       -1, 0);
  int status = -1;
  pid_t child;
  Told told;

  g_assert_true (shared != MAP_FAILED);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      g_autoptr (GFile) file = g_file_new_for_path (path);
      g_autoptr (GAsyncResult) loaded = NULL;
      g_autoptr (ReshootImage) image = NULL;
      g_autoptr (ReshootMatte) matte = NULL;
      g_autoptr (GError) error = NULL;
      struct rusage usage;
      BenchTime start;

      g_assert_cmpint (VIPS_INIT ("bench"), ==, 0);
      reshoot_image_load_async (file, NULL, reshoot_test_ready_cb, &loaded);
      reshoot_test_await (&loaded);
      image = reshoot_image_load_finish (loaded, &error);
      g_assert_no_error (error);
      start = bench_now ();
      matte = reshoot_matte_new (image, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_true (reshoot_matte_get_confident (matte));
      shared->cpu = (bench_now ().cpu - start.cpu) / 1e3;
      g_assert_cmpint (getrusage (RUSAGE_SELF, &usage), ==, 0);
      shared->peak = (double) usage.ru_maxrss / 1024;
      _exit (0);
    }

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  told = *shared;
  munmap (shared, sizeof (Told));
  return told;
}

/* Before this process has threads of its own. */
static void
bench_large (void)
{
  g_autofree char *folder = bench_make_folder (g_get_tmp_dir ());
  g_autofree char *path = make_large (folder);
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) peaks = g_array_new (FALSE, FALSE, sizeof (double));

  for (int round = 0; round < ROUNDS; round++)
    {
      Told told = cut_large (path);

      g_array_append_val (times, told.cpu);
      g_array_append_val (peaks, told.peak);
    }

  bench_say_goal ("cutout-24mp", bench_quantile (times, 0.5), " s", 1.0,
                  "of CPU without help, decoding included (median of %d)", ROUNDS);
  bench_say_goal ("cutout-24mp-memory", bench_quantile (peaks, 0.5), " MiB", 300 / 1.048576,
                  "resident at the peak (median of %d)", ROUNDS);
  bench_remove_folder (folder);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GArray) times = g_array_new (FALSE, FALSE, sizeof (double));
  Tally asks = { 0 };

  bench_init (&argc, &argv);
  bench_large ();
  g_assert_cmpint (VIPS_INIT ("bench"), ==, 0);
  bench_samples (times, &asks);
  bench_drawn (times, &asks);
  bench_say_least ("cutout-gate", 100.0 * asks.n_asked / asks.n, " %", 95,
                   "of %u cluttered pictures in which it asks", asks.n);
  bench_say_goal ("cutout-stroke", bench_quantile (times, 1.0), " s", 0.4,
                  "of CPU for the slowest of %u strokes (median %.2f s)", times->len, bench_quantile (times, 0.5));
  return 0;
}
