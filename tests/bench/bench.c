/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What every bench needs: clocks, medians over interleaved rounds, a line of the table, and a picture of 24 megapixels.
 * A bench measures and prints; it passes no verdict, so it fails only where the work itself fails. */

#include "bench.h"

#include "reshoot-test.h"

#include <glib/gstdio.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>
#include <vips/vips.h>

void
bench_init (int    *argc,
            char ***argv)
{
  reshoot_test_init (argc, argv);
  g_log_set_default_handler (g_log_default_handler, NULL);
  setvbuf (stdout, NULL, _IOLBF, 0);
}

static double
get_clock (clockid_t clock)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (clock, &time), ==, 0);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

BenchTime
bench_now (void)
{
  return (BenchTime) { get_clock (CLOCK_PROCESS_CPUTIME_ID), get_clock (CLOCK_MONOTONIC) };
}

BenchSeries *
bench_series_new (void)
{
  BenchSeries *self = g_new (BenchSeries, 1);

  self->cpu = g_array_new (FALSE, FALSE, sizeof (double));
  self->wall = g_array_new (FALSE, FALSE, sizeof (double));
  return self;
}

void
bench_series_free (BenchSeries *self)
{
  g_array_unref (self->cpu);
  g_array_unref (self->wall);
  g_free (self);
}

/* Ends a round that began at @start. */
void
bench_series_add (BenchSeries *self,
                  BenchTime    start)
{
  BenchTime end = bench_now ();
  double cpu = end.cpu - start.cpu;
  double wall = end.wall - start.wall;

  g_array_append_val (self->cpu, cpu);
  g_array_append_val (self->wall, wall);
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double first = *(const double *) a;
  double second = *(const double *) b;

  return (first > second) - (first < second);
}

/* The nearest value: 0.5 is the median, of an even number the upper one. */
double
bench_quantile (GArray *values,
                double  q)
{
  g_autoptr (GArray) sorted = g_array_copy (values);

  g_assert_cmpuint (sorted->len, >, 0);
  g_array_sort (sorted, compare_doubles);
  return g_array_index (sorted, double, MIN ((guint) (q * sorted->len), sorted->len - 1));
}

/* The median of the rounds' own ratios: what slows both halves of a round down does not count. */
double
bench_ratio (GArray *ours,
             GArray *theirs)
{
  g_autoptr (GArray) ratios = g_array_new (FALSE, FALSE, sizeof (double));

  g_assert_cmpuint (ours->len, ==, theirs->len);
  for (guint i = 0; i < ours->len; i++)
    {
      double ratio = g_array_index (ours, double, i) / g_array_index (theirs, double, i);

      g_array_append_val (ratios, ratio);
    }
  return bench_quantile (ratios, 0.5);
}

void
bench_say_cpu (const char  *figure,
               BenchSeries *ours,
               BenchSeries *theirs,
               const char  *against)
{
  g_print ("%s: %.2f x %s (median of %u interleaved pairs, CPU; %.1f ms to %.1f ms)\n", figure,
           bench_ratio (ours->cpu, theirs->cpu), against, ours->cpu->len,
           bench_quantile (ours->cpu, 0.5), bench_quantile (theirs->cpu, 0.5));
}

void
bench_say_wall (const char  *figure,
                BenchSeries *ours,
                BenchSeries *theirs,
                const char  *against)
{
  g_print ("%s: %.2f x %s (median of %u interleaved pairs, wall; %.1f ms to %.1f ms)\n", figure,
           bench_ratio (ours->wall, theirs->wall), against, ours->wall->len,
           bench_quantile (ours->wall, 0.5), bench_quantile (theirs->wall, 0.5));
}

/* A figure with a goal: at most @goal, in the same @unit ("" for a ratio); @format says what it is. */
void
bench_say_goal (const char *figure,
                double      value,
                const char *unit,
                double      goal,
                const char *format,
                ...)
{
  g_autofree char *what = NULL;
  va_list values;

  va_start (values, format);
  what = g_strdup_vprintf (format, values);
  va_end (values);

  g_print ("%s: %.3g%s %s; goal <= %g%s: %s\n", figure, value, *unit != '\0' ? unit : " x", what, goal, unit,
           value <= goal ? "met" : "missed");
}

/* The same, but at least @goal. */
void
bench_say_least (const char *figure,
                 double      value,
                 const char *unit,
                 double      goal,
                 const char *format,
                 ...)
{
  g_autofree char *what = NULL;
  va_list values;

  va_start (values, format);
  what = g_strdup_vprintf (format, values);
  va_end (values);

  g_print ("%s: %.4g%s %s; goal >= %g%s: %s\n", figure, value, unit, what, goal, unit,
           value >= goal ? "met" : "missed");
}

/* A fresh folder in @near. */
char *
bench_make_folder (const char *near)
{
  char *folder = g_build_filename (near, "reshoot-bench-XXXXXX", NULL);

  g_assert_nonnull (g_mkdtemp (folder));
  return folder;
}

/* With the files in it; there are no folders in it. */
void
bench_remove_folder (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  g_assert_nonnull (dir);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (folder, name, NULL);

      g_assert_cmpint (g_unlink (path), ==, 0);
    }
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

typedef struct
{
  int      width;
  int      height;
  gboolean upside_down;
  gboolean marked;
} Picture;

/* The ninth in the middle. */
static int
draw_mark (VipsImage *image)
{
  double magenta[3] = { 255, 0, 255 };

  return vips_draw_rect (image, magenta, 3, image->Xsize / 3, image->Ysize / 3, image->Xsize / 3,
                         image->Ysize / 3, "fill", TRUE, NULL);
}

static int
make_jpeg (const char    *sample,
           const char    *path,
           const Picture *picture)
{
  VipsImage *small = vips_image_new_from_file (sample, NULL);
  VipsImage *large = NULL;
  VipsImage *turned = NULL;
  VipsImage *memory;

  if (small == NULL
      || vips_resize (small, &large, (double) picture->width / small->Xsize,
                      "vscale", (double) picture->height / small->Ysize, NULL) != 0
      || vips_rot (large, &turned, picture->upside_down ? VIPS_ANGLE_D180 : VIPS_ANGLE_D0,
                   NULL) != 0)
    return 1;

  memory = vips_image_copy_memory (turned);
  if (memory == NULL || (picture->marked && draw_mark (memory) != 0)
      || vips_jpegsave (memory, path, "Q", 90, NULL) != 0)
    return 1;

  /* The rest of the file is written now; _exit() would not. */
  vips_shutdown ();
  return 0;
}

/* Made by a child, before any thread is started: its memory is not to count as the bench's. */
static char *
make_picture (const char    *folder,
              const char    *name,
              const Picture *picture)
{
  g_autofree char *sample = reshoot_test_sample ("norda-bottle.jpg");
  char *path = g_build_filename (folder, name, NULL);
  int status = -1;
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child == 0)
    _exit (VIPS_INIT ("bench") != 0 ? 1 : make_jpeg (sample, path, picture));

  g_assert_cmpint (waitpid (child, &status, 0), ==, child);
  g_assert_cmpint (status, ==, 0);
  return path;
}

/* The sample, 6000 x 4000. */
char *
bench_make_jpeg (const char *folder,
                 const char *name,
                 gboolean    upside_down)
{
  return make_picture (folder, name, &(Picture) { 6000, 4000, upside_down, FALSE });
}

/* The same of 100 megapixels. */
char *
bench_make_huge_jpeg (const char *folder,
                      const char *name,
                      gboolean    upside_down)
{
  return make_picture (folder, name, &(Picture) { 12000, 8400, upside_down, FALSE });
}

/* The sample, 6000 x 4000, with magenta in its middle: who looks at the screen finds it. */
char *
bench_make_marked_jpeg (const char *folder,
                        const char *name)
{
  return make_picture (folder, name, &(Picture) { 6000, 4000, FALSE, TRUE });
}
