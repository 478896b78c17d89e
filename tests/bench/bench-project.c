/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the project file costs: a durable step beside a bare append to the same disk, opening beside a bare SQLite read
 * of the same rows, the size beside the pictures in it. Its files lie in the folder it is started in, which is to be on
 * a real disk; only the growing of the long project is done in memory, where a sync costs nothing. */

#include "bench.h"

#include "history-support.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <unistd.h>

#define APPENDS 40
#define SMALL_APPENDS 25
#define OPENINGS 9
#define BRANCH 15        /* steps in a row before one starts at the original again */
#define EDGE 1448        /* of a grey picture of 2 MB */

static void
append_bare (int           fd,
             ReshootImage *picture)
{
  gsize size;
  const void *data = g_bytes_get_data (reshoot_image_get_bytes (picture), &size);

  g_assert_cmpint (write (fd, data, size), ==, size);
  g_assert_cmpint (fdatasync (fd), ==, 0);
}

/* A step is two durable facts: the request, then the picture. @pictures has the second one alone. */
static ReshootStep *
append_step (ReshootProject *project,
             ReshootStep    *source,
             ReshootImage   *picture,
             BenchSeries    *pictures)
{
  g_autoptr (GError) error = NULL;
  ReshootStep *step = history_add_request (project, source, "make it brighter", 0.04);
  BenchTime start = bench_now ();

  history_try_version (project, step, picture, &error);
  g_assert_no_error (error);
  if (pictures != NULL)
    bench_series_add (pictures, start);
  return step;
}

static void
bench_append (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "append.reshoot", NULL);
  g_autofree char *bare_path = g_build_filename (folder, "bare", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (BenchSeries) bare = bench_series_new ();
  g_autoptr (BenchSeries) durable = bench_series_new ();
  g_autoptr (BenchSeries) pictures = bench_series_new ();
  g_autoptr (ReshootImage) first = history_make_picture (1, EDGE, EDGE);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, first, "photo");
  goffset payload = g_bytes_get_size (reshoot_image_get_bytes (first));
  int fd = g_open (bare_path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  GStatBuf status;

  g_assert_cmpint (fd, >=, 0);
  for (guint i = 0; i < APPENDS; i++)
    {
      g_autoptr (ReshootImage) picture = history_make_picture (i + 2, EDGE, EDGE);
      BenchTime start = bench_now ();

      append_bare (fd, picture);
      bench_series_add (bare, start);
      start = bench_now ();
      append_step (project, original, picture, pictures);
      bench_series_add (durable, start);
      payload += g_bytes_get_size (reshoot_image_get_bytes (picture));
    }
  close (fd);
  history_close (project);

  bench_say_wall ("project-append-2mb", durable, bare, "raw append + fdatasync");
  bench_say_wall ("project-append-2mb-picture", pictures, bare, "raw append + fdatasync");
  g_print ("project-append-2mb-p95: %.2f x the raw p95 (%u rounds, wall; %.1f ms to %.1f ms)\n",
           bench_quantile (durable->wall, 0.95) / bench_quantile (bare->wall, 0.95), APPENDS,
           bench_quantile (durable->wall, 0.95), bench_quantile (bare->wall, 0.95));
  g_print ("project-append-2mb-cpu: %.3g ms of CPU a step, thumbnail and digest included (median of %u)\n",
           bench_quantile (durable->cpu, 0.5), APPENDS);
  g_assert_cmpint (g_stat (path, &status), ==, 0);
  g_print ("project-size-2mb: %.3f x its %u pictures' bytes\n", (double) status.st_size / payload, APPENDS + 1);
}

static void
copy (const char *from,
      const char *folder,
      const char *name)
{
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) source = g_file_new_for_path (from);
  g_autoptr (GFile) target = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_file_copy (source, target, G_FILE_COPY_NONE, NULL, NULL, NULL, &error);
  g_assert_no_error (error);
}

/* Grown once to the last of @sizes, and copied where it has each of them. */
static void
make_projects (const char  *folder,
               const guint *sizes,
               guint        n_sizes)
{
  g_autofree char *memory = bench_make_folder (g_access ("/dev/shm", W_OK) == 0 ? "/dev/shm" : folder);
  g_autofree char *path = g_build_filename (memory, "grown.reshoot", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  guint n = 1;

  for (guint i = 0; i < n_sizes; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u.reshoot", sizes[i]);
      ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
      g_autoptr (ReshootImage) first = history_make_picture (0, 24, 16);
      ReshootStep *original = history_add_original (project, first, "photo");
      ReshootStep *source = original;

      for (; n < sizes[i]; n++)
        {
          g_autoptr (ReshootImage) picture = history_make_picture (n, 24, 16);

          source = append_step (project, n % BRANCH == 0 ? original : source, picture, NULL);
        }
      history_close (project);
      copy (path, folder, name);
    }
  bench_remove_folder (memory);
}

static ReshootProject *
open_size (const char *folder,
           guint       size)
{
  g_autofree char *name = g_strdup_printf ("%u.reshoot", size);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);

  return history_open (file, RESHOOT_PROJECT_OPEN);
}

/* Every column of every row of what a step is made of. */
static void
read_bare (const char *folder,
           guint       size)
{
  const char *tables[] = { "step", "request", "job", "version" };
  g_autofree char *uri = g_strdup_printf ("file:%s/%u.reshoot?immutable=1", folder, size);
  sqlite3 *database = NULL;
  guint n = 0;

  g_assert_cmpint (sqlite3_open_v2 (uri, &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL),
                   ==, SQLITE_OK);
  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    {
      g_autofree char *sql = g_strdup_printf ("SELECT * FROM %s", tables[i]);
      sqlite3_stmt *rows = NULL;

      g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &rows, NULL), ==, SQLITE_OK);
      for (; sqlite3_step (rows) == SQLITE_ROW; n++)
        for (int column = 0; column < sqlite3_column_count (rows); column++)
          sqlite3_column_text (rows, column);
      sqlite3_finalize (rows);
    }
  sqlite3_close (database);
  g_assert_cmpuint (n, >, size);
}

static void
bench_opening (const char  *folder,
               const guint *sizes,
               guint        n_sizes)
{
  for (guint i = 0; i < n_sizes; i++)
    {
      g_autofree char *figure = g_strdup_printf ("project-open-%u", sizes[i]);
      g_autoptr (BenchSeries) bare = bench_series_new ();
      g_autoptr (BenchSeries) opened = bench_series_new ();

      for (guint round = 0; round < OPENINGS; round++)
        {
          ReshootProject *project;
          BenchTime start = bench_now ();

          read_bare (folder, sizes[i]);
          bench_series_add (bare, start);
          start = bench_now ();
          project = open_size (folder, sizes[i]);
          bench_series_add (opened, start);
          history_close (project);
        }
      bench_say_cpu (figure, opened, bare, "bare SQLite read of the rows");
      g_print ("%s-wall: %.3g ms (median of %u, warm)\n", figure, bench_quantile (opened->wall, 0.5), OPENINGS);
    }
}

static void
bench_long (const char *folder,
            guint       few,
            guint       many)
{
  ReshootProject *projects[] = { open_size (folder, few), open_size (folder, many) };
  g_autoptr (BenchSeries) at_few = bench_series_new ();
  g_autoptr (BenchSeries) at_many = bench_series_new ();
  BenchSeries *series[] = { at_few, at_many };

  for (guint i = 0; i < SMALL_APPENDS; i++)
    for (guint j = 0; j < 2; j++)
      {
        g_autoptr (ReshootImage) picture = history_make_picture (1000000 + i, 24, 16);
        GListModel *steps = G_LIST_MODEL (reshoot_project_get_history (projects[j]));
        g_autoptr (ReshootStep) original = g_list_model_get_item (steps, 0);
        BenchTime start = bench_now ();

        append_step (projects[j], original, picture, NULL);
        bench_series_add (series[j], start);
      }

  bench_say_wall ("project-append-at-10000", at_many, at_few, "the same at step 10");
  bench_say_cpu ("project-append-at-10000-cpu", at_many, at_few, "the same at step 10");
  history_close (projects[0]);
  history_close (projects[1]);
}

int
main (int    argc,
      char **argv)
{
  const guint sizes[] = { 10, 100, 1000, 10000 };
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *folder = NULL;

  bench_init (&argc, &argv);
  folder = bench_make_folder (here);
  bench_append (folder);
  make_projects (folder, sizes, G_N_ELEMENTS (sizes));
  bench_opening (folder, sizes + 1, 3);
  bench_long (folder, sizes[0], sizes[3]);
  bench_remove_folder (folder);
  return 0;
}
