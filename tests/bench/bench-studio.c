/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the built-in studio costs: a chain of everyday edits on 24 megapixels beside GEGL's, two more beside a plain
 * decode and encode of the same picture by the same library, and the reading of sentences beside the reading of their
 * plans. Each run has a child process of its own, so that its peak of memory is its own too. */

#include "bench.h"

#include "reshoot-image-vips.h"
#include "reshoot-operations.h"
#include "reshoot-test.h"

#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>
#include <vips/vips.h>

#define ROUNDS 5
#define SENTENCE_ROUNDS 7

/* Around the bottle, in the made picture: its surroundings are too busy to be left unsaid. */
static const ReshootBox bottle = { 2350, 367, 1300, 3266 };

/* What a child tells. */
typedef struct
{
  double cpu;
  double wall;
  double peak;    /* resident, in MiB */
} Told;

typedef void (* Work) (const char *path,
                       const char *instruction);

static void
run_chain (const char *path,
           const char *instruction)
{
  g_autoptr (ReshootPlan) plan = reshoot_plan_new (instruction);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ReshootHints) hints = reshoot_hints_new ();
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GAsyncResult) run = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (ReshootStudioResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpuint (reshoot_plan_get_n_refusals (plan), ==, 0);
  g_assert_cmpuint (reshoot_plan_get_n_operations (plan), >=, 4);
  reshoot_hints_set_box (hints, &bottle);
  reshoot_image_load_async (file, NULL, reshoot_test_ready_cb, &loaded);
  reshoot_test_await (&loaded);
  image = reshoot_image_load_finish (loaded, &error);
  g_assert_no_error (error);
  reshoot_plan_run_async (plan, image, &(ReshootStudioGiven) { .hints = hints }, NULL,
                          reshoot_test_ready_cb, &run);
  reshoot_test_await (&run);
  result = reshoot_plan_run_finish (plan, run, &error);
  g_assert_no_error (error);
}

/* The encoding of the studio's results. */
static void
run_bare (const char *path,
          const char *instruction)
{
  g_autoptr (VipsImage) image = vips_image_new_from_file (path, "access", VIPS_ACCESS_SEQUENTIAL, NULL);
  g_autofree void *data = NULL;
  size_t size;

  g_assert_nonnull (image);
  g_assert_cmpint (vips_pngsave_buffer (image, &data, &size, "compression", 1,
                                        "filter", VIPS_FOREIGN_PNG_FILTER_UP, NULL), ==, 0);
}

static Told
run_in_child (Work        work,
              const char *path,
              const char *instruction)
{
  Told *shared = mmap (NULL, sizeof (Told), PROT_READ | PROT_WRITE,
                       MAP_SHARED | MAP_ANONYMOUS, -1, 0);
  struct rusage usage;
  int status = -1;
  pid_t child;
  Told told;

  g_assert_true (shared != MAP_FAILED);
  child = fork ();
  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      BenchTime start, end;

      g_assert_cmpint (VIPS_INIT ("bench"), ==, 0);
      start = bench_now ();
      work (path, instruction);
      end = bench_now ();
      shared->cpu = end.cpu - start.cpu;
      shared->wall = end.wall - start.wall;
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

/* GEGL does the same chain with the matte in its hand, in a process of its own. */
static Told
run_gegl (const char *path,
          const char *folder)
{
  g_autofree char *matte = g_build_filename (folder, "matte.png", NULL);
  g_autofree char *out = g_build_filename (folder, "gegl.png", NULL);
  g_autofree char *said = NULL;
  char *argv[] = { (char *) GEGL_CHAIN, (char *) path, matte, out, NULL };
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) numbers = NULL;
  int status = -1;

  g_spawn_sync (NULL, argv, NULL, G_SPAWN_STDERR_TO_DEV_NULL, NULL, NULL, &said, NULL, &status,
                &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  numbers = g_strsplit (said, " ", 2);
  g_assert_cmpuint (g_strv_length (numbers), ==, 2);
  return (Told) { .cpu = g_ascii_strtod (numbers[0], NULL), .peak = g_ascii_strtod (numbers[1],
                                                                                    NULL) };
}

static void
put (BenchSeries *series,
     GArray      *peaks,
     Told         told)
{
  g_array_append_val (series->cpu, told.cpu);
  g_array_append_val (series->wall, told.wall);
  g_array_append_val (peaks, told.peak);
}

static void
bench_chain (const char *path,
             const char *figure,
             const char *instruction)
{
  g_autofree char *wall = g_strconcat (figure, "-wall", NULL);
  g_autoptr (BenchSeries) chain = bench_series_new ();
  g_autoptr (BenchSeries) bare = bench_series_new ();
  g_autoptr (GArray) chain_peaks = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) bare_peaks = g_array_new (FALSE, FALSE, sizeof (double));

  for (guint i = 0; i < ROUNDS; i++)
    {
      put (bare, bare_peaks, run_in_child (run_bare, path, NULL));
      put (chain, chain_peaks, run_in_child (run_chain, path, instruction));
    }

  bench_say_cpu (figure, chain, bare, "plain libvips decode + PNG encode");
  bench_say_wall (wall, chain, bare, "plain libvips decode + PNG encode");
  g_print ("%s-memory: %.0f MiB at the peak, %.2f x that of the same plain run (median of %u)\n", figure,
           bench_quantile (chain_peaks, 0.5), bench_ratio (chain_peaks, bare_peaks), ROUNDS);
}

/* Of the made picture. */
static void
make_matte (const char *folder)
{
  g_autofree char *name = reshoot_test_data_path ("mattes/norda-bottle-matte.png");
  g_autofree char *matte = g_build_filename (folder, "matte.png", NULL);
  int status = -1;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    {
      VipsImage *small = NULL, *large = NULL;

      if (VIPS_INIT ("bench") != 0 || (small = vips_image_new_from_file (name, NULL)) == NULL
          || vips_resize (small, &large, 6000.0 / small->Xsize, "vscale", 4000.0 / small->Ysize, NULL) != 0
          || vips_pngsave (large, matte, NULL) != 0)
        _exit (1);
      vips_shutdown ();
      _exit (0);
    }

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
}

/* The whole chain beside another library's: ours has to find the product first. */
static void
bench_beside_gegl (const char *path,
                   const char *folder)
{
  const char *instruction = "brighter by half a stop, warmer, more saturated, blur the background, crop square, "
                            "resize to 2000 px";
  g_autoptr (BenchSeries) ours = bench_series_new ();
  g_autoptr (BenchSeries) theirs = bench_series_new ();
  g_autoptr (GArray) our_peaks = g_array_new (FALSE, FALSE, sizeof (double));
  g_autoptr (GArray) their_peaks = g_array_new (FALSE, FALSE, sizeof (double));
  gboolean beside = *GEGL_CHAIN != '\0';

  if (beside)
    make_matte (folder);
  for (guint i = 0; i < ROUNDS; i++)
    {
      if (beside)
        put (theirs, their_peaks, run_gegl (path, folder));
      put (ours, our_peaks, run_in_child (run_chain, path, instruction));
    }

  if (beside)
    bench_say_goal ("studio-24mp-gegl", bench_ratio (ours->cpu, theirs->cpu), "", 0.35,
                    "GEGL's CPU on the same chain (median of %u interleaved pairs; %.0f ms, cut-out included, to "
                    "%.0f ms; GEGL peaks at %.0f MiB)", ROUNDS, bench_quantile (ours->cpu, 0.5),
                    bench_quantile (theirs->cpu, 0.5), bench_quantile (their_peaks, 0.5));
  else
    g_print ("# without GEGL, whose headers are not there: nothing to stand beside\n");
  bench_say_goal ("studio-24mp-memory", bench_quantile (our_peaks, 0.5), " MiB", 300 / 1.048576,
                  "resident at the peak, of the same (median of %u)", ROUNDS);
}

/* Sentence by sentence against the parse of the line that holds its plan. */
static void
bench_sentences (void)
{
  g_autofree char *path = reshoot_test_data_path ("instructions.jsonl");
  g_autofree char *text = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (BenchSeries) ours = bench_series_new ();
  g_autoptr (BenchSeries) theirs = bench_series_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);
  lines = g_strsplit (g_strstrip (text), "\n", -1);
  for (guint round = 0; round < SENTENCE_ROUNDS; round++)
    {
      BenchTime start = bench_now ();

      g_ptr_array_set_size (nodes, 0);
      for (guint i = 0; lines[i] != NULL; i++)
        g_ptr_array_add (nodes, json_from_string (lines[i], NULL));
      bench_series_add (theirs, start);

      start = bench_now ();
      for (guint i = 0; i < nodes->len; i++)
        {
          JsonObject *object = json_node_get_object (g_ptr_array_index (nodes, i));
          g_autoptr (ReshootPlan) plan = reshoot_plan_new (json_object_get_string_member (object, "instruction"));

          g_assert_nonnull (plan);
        }
      bench_series_add (ours, start);
    }

  bench_say_cpu ("studio-sentences", ours, theirs, "json-glib parse of their lines");
  bench_say_goal ("studio-sentence", bench_quantile (ours->cpu, 0.5) / nodes->len, " ms", 5,
                  "of CPU a sentence (mean of %u sentences, median of %u rounds)", nodes->len, SENTENCE_ROUNDS);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;

  bench_init (&argc, &argv);
  folder = bench_make_folder (g_get_tmp_dir ());
  path = bench_make_jpeg (folder, "photo.jpg", FALSE);
  bench_beside_gegl (path, folder);
  bench_chain (path, "studio-24mp-blur", "brighter, warmer, blur the background, crop square");
  bench_chain (path, "studio-24mp-white", "brighter, warmer, white studio background, crop square");
  bench_sentences ();
  bench_remove_folder (folder);
  return 0;
}
