/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the project file costs: a durable step beside a bare append to the same disk, how long the main loop is kept by
 * it, opening beside a bare SQLite read of the same rows, the size beside the pictures in it. Its files lie in the
 * folder it is started in, which is to be on a real disk; only the growing of the long project is done in memory, where
 * a sync costs nothing. What is measured together takes turns, and who begins changes from round to round. */

#include "bench.h"

#include "history-support.h"
#include "reshoot-project-ledger.h"
#include "reshoot-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define APPENDS 60
#define SMALL_APPENDS 40
#define OPENINGS 15
#define BRANCH 15        /* steps in a row before one starts at the original again */
#define EDGE 1448        /* of a grey picture of 2 MB */
#define SMALL_BYTES 1024 /* what a request takes, roughly */

static void
append_bare (int     fd,
             gsize   size,
             GBytes *bytes)
{
  g_assert_cmpint (write (fd, g_bytes_get_data (bytes, NULL), size), ==, size);
  g_assert_cmpint (fdatasync (fd), ==, 0);
}

static JsonNode *
parse (const char *text)
{
  JsonNode *node = json_from_string (text, NULL);

  g_assert_nonnull (node);
  return node;
}

/* What is stored before anything is sent. */
static ReshootStep *
append_request (ReshootProject *project,
                ReshootStep    *source)
{
  g_autoptr (JsonNode) parameters = parse ("{\"seed\":123456,\"guidance\":3.5,\"output_format\":\"png\","
                                           "\"aspect_ratio\":\"match_input_image\",\"safety_tolerance\":2}");
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootStep) step = NULL;

  request = reshoot_request_new ("replace the background with a clean white studio, keep the product lighting",
                                 "bfl/flux-kontext-pro", json_node_get_object (parameters));
  reshoot_project_add_request_async (project, source, request, 40000, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  step = reshoot_project_add_request_finish (project, result, &error);
  g_assert_no_error (error);
  return step;
}

static void
begin_version (ReshootProject *project,
               ReshootStep    *step,
               ReshootImage   *picture,
               GAsyncResult  **result)
{
  const double affine[] = { 1, 0, 0.25, 0, 1, -1.5 };
  g_autoptr (JsonNode) about = parse ("{\"landed\":true,\"scale\":1.0007,\"changed\":0.0512,\"drift\":0.31,"
                                      "\"sent\":[1024,768]}");
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_DONE);

  facts.ticket = "{\"id\":\"c0ffee00-1234-5678-9abc-def012345678\","
                 "\"polling_url\":\"https://api.example/v1/get_result?id=c0ffee00\"}";
  facts.seconds = 3.2;
  facts.settled = 40000;
  facts.charged = RESHOOT_CHARGED_YES;
  reshoot_project_add_version_async (project, step, picture, affine, about, &facts, NULL,
                                     reshoot_test_ready_cb, result);
}

static void
end_version (ReshootProject *project,
             GAsyncResult   *result)
{
  g_autoptr (GError) error = NULL;

  reshoot_project_add_version_finish (project, result, &error);
  g_assert_no_error (error);
}

/* A whole edit: two durable facts, the request and the picture. */
static ReshootStep *
append_step (ReshootProject *project,
             ReshootStep    *source,
             ReshootImage   *picture)
{
  ReshootStep *step = append_request (project, source);
  g_autoptr (GAsyncResult) result = NULL;

  begin_version (project, step, picture, &result);
  reshoot_test_await (&result);
  end_version (project, result);
  return step;
}

typedef struct
{
  ReshootProject *project;
  ReshootStep    *original;
  int             fd;
  BenchSeries    *bare;          /* 2 MB appended raw */
  BenchSeries    *reply;         /* a reply of 2 MB: its bytes, its row, the job's state, the ledger's entry */
  BenchSeries    *bare_twice;    /* 1 kB and 2 MB appended raw */
  BenchSeries    *edit;          /* request and reply of 2 MB */
} Appends;

static void
append_reply (Appends      *self,
              ReshootStep  *step,
              ReshootImage *picture)
{
  g_autoptr (GError) error = NULL;

  history_try_reply (self->project, step, picture, &error);
  g_assert_no_error (error);
}

static void
run_round (Appends *self,
           guint    i)
{
  g_autoptr (ReshootImage) first = history_make_picture (2 * i + 2, EDGE, EDGE);
  g_autoptr (ReshootImage) second = history_make_picture (2 * i + 3, EDGE, EDGE);
  GBytes *bytes = reshoot_image_get_bytes (first);
  ReshootStep *step = append_request (self->project, self->original);

  for (guint turn = 0; turn < 2; turn++)
    {
      gboolean is_bare = turn == i % 2;
      BenchTime start = bench_now ();

      if (is_bare)
        append_bare (self->fd, g_bytes_get_size (bytes), bytes);
      else
        append_reply (self, step, first);
      bench_series_add (is_bare ? self->bare : self->reply, start);

      start = bench_now ();
      if (is_bare)
        {
          append_bare (self->fd, SMALL_BYTES, bytes);
          append_bare (self->fd, g_bytes_get_size (bytes), bytes);
        }
      else
        append_reply (self, append_request (self->project, self->original), second);
      bench_series_add (is_bare ? self->bare_twice : self->edit, start);
    }
}

/* The time that this thread itself took, in milliseconds: what else the machine does is not in it. */
static double
get_own_time (void)
{
  struct timespec time;

  g_assert_cmpint (clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time), ==, 0);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

/* How long one turn of the main loop is kept busy by the storing of a picture. */
static void
bench_stall (Appends *self)
{
  g_autoptr (GArray) walls = g_array_new (FALSE, FALSE, sizeof (double));
  double own = 0;

  for (guint i = 0; i < APPENDS / 2; i++)
    {
      g_autoptr (ReshootImage) picture = history_make_picture (1000 + i, EDGE, EDGE);
      ReshootStep *step = append_request (self->project, self->original);
      g_autoptr (GAsyncResult) result = NULL;
      double start = get_own_time ();
      double wall_start = bench_now ().wall;
      double wall;

      begin_version (self->project, step, picture, &result);
      wall = bench_now ().wall - wall_start;
      own = MAX (own, get_own_time () - start);
      while (result == NULL)
        {
          start = get_own_time ();
          wall_start = bench_now ().wall;
          if (!g_main_context_iteration (NULL, FALSE))
            continue;

          wall = MAX (wall, bench_now ().wall - wall_start);
          own = MAX (own, get_own_time () - start);
        }
      end_version (self->project, result);
      g_array_append_val (walls, wall);
    }

  bench_say_goal ("project-stall-2mb", own, " ms", 2,
                  "of its own time is the main loop's longest turn while %u pictures of 2 MB are stored"
                  " (wall: longest %.3g ms, median of the longest of each %.3g ms)", walls->len,
                  bench_quantile (walls, 1), bench_quantile (walls, 0.5));
}

static void
say_appends (Appends *self)
{
  double bare = bench_quantile (self->bare->wall, 0.95);
  double reply = bench_quantile (self->reply->wall, 0.95);

  bench_say_goal ("project-append-2mb",
                  bench_ratio (self->reply->wall, self->bare->wall), "", 1.4,
                  "raw append + fdatasync: a 2 MB reply with its ledger entry, one durable transaction"
                  " (median of %u interleaved pairs, wall; %.2f to %.2f ms)", self->reply->wall->len,
                  bench_quantile (self->reply->wall, 0.5), bench_quantile (self->bare->wall, 0.5));
  bench_say_goal ("project-append-2mb-p95", reply / bare, "", 2, "the raw p95 (%.2f to %.2f ms)",
                  reply, bare);
  bench_say_wall ("project-edit-2mb", self->edit, self->bare_twice,
                  "two raw appends + fdatasync, of 1 kB and 2 MB: request and reply, two durable facts");
  g_print ("project-append-2mb-cpu: %.3g ms of CPU a reply, %.3g ms a raw append (median of %u)\n",
           bench_quantile (self->reply->cpu, 0.5), bench_quantile (self->bare->cpu, 0.5),
           self->reply->cpu->len);
}

static void
bench_append (const char *folder)
{
  g_autofree char *path = g_build_filename (folder, "append.reshoot", NULL);
  g_autofree char *bare_path = g_build_filename (folder, "bare", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (BenchSeries) bare = bench_series_new ();
  g_autoptr (BenchSeries) reply = bench_series_new ();
  g_autoptr (BenchSeries) bare_twice = bench_series_new ();
  g_autoptr (BenchSeries) edit = bench_series_new ();
  g_autoptr (ReshootImage) first = history_make_picture (1, EDGE, EDGE);
  Appends appends = { NULL, NULL, -1, bare, reply, bare_twice, edit };
  gsize picture_size = g_bytes_get_size (reshoot_image_get_bytes (first));
  guint n_pictures = 1 + 2 * APPENDS + APPENDS / 2;
  GStatBuf status;

  appends.project = history_open (file, RESHOOT_PROJECT_CREATE);
  appends.original = history_add_original (appends.project, first, "photo");
  appends.fd = g_open (bare_path, O_CREAT | O_WRONLY | O_APPEND | O_CLOEXEC, 0600);
  g_assert_cmpint (appends.fd, >=, 0);
  for (guint i = 0; i < APPENDS; i++)
    run_round (&appends, i);
  say_appends (&appends);
  bench_stall (&appends);
  close (appends.fd);
  history_close (appends.project);

  g_assert_cmpint (g_stat (path, &status), ==, 0);
  bench_say_goal ("project-size-2mb", (double) status.st_size / ((double) picture_size * n_pictures), "", 1.03,
                  "the bytes of its %u pictures", n_pictures);
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

          source = append_step (project, n % BRANCH == 0 ? original : source, picture);
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

  return history_open (file, RESHOOT_PROJECT_AT_ONCE);
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

/* Ledger entries, so that the figure says what was opened. */
static guint
count_entries (const char *folder,
               guint       size)
{
  g_autofree char *uri = g_strdup_printf ("file:%s/%u.reshoot?immutable=1", folder, size);
  sqlite3 *database = NULL;
  sqlite3_stmt *rows = NULL;
  guint n;

  g_assert_cmpint (sqlite3_open_v2 (uri, &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, "SELECT count (*) FROM ledger", -1, &rows, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (rows), ==, SQLITE_ROW);
  n = (guint) sqlite3_column_int (rows, 0);
  sqlite3_finalize (rows);
  sqlite3_close (database);
  return n;
}

/* As a window opens it, to the callback, with the file in the page cache. Returns: the median, in milliseconds. */
static double
bench_opening (const char *folder,
               guint       size)
{
  g_autofree char *figure = g_strdup_printf ("project-open-%u-cpu", size);
  g_autoptr (BenchSeries) bare = bench_series_new ();
  g_autoptr (BenchSeries) opened = bench_series_new ();

  /* The first round only warms up. */
  for (guint round = 0; round <= OPENINGS; round++)
    {
      g_autoptr (BenchSeries) warming = bench_series_new ();
      ReshootProject *project;
      BenchTime start = bench_now ();

      read_bare (folder, size);
      bench_series_add (round > 0 ? bare : warming, start);
      start = bench_now ();
      project = open_size (folder, size);
      bench_series_add (round > 0 ? opened : warming, start);
      history_close (project);
    }
  bench_say_cpu (figure, opened, bare, "bare SQLite read of the rows");
  return bench_quantile (opened->wall, 0.5);
}

static void
bench_openings (const char *folder)
{
  double hundred = bench_opening (folder, 100);
  double thousand = bench_opening (folder, 1000);
  double many = bench_opening (folder, 10000);

  g_print ("project-open-1000: %.3g ms (median of %u, wall, warm)\n", thousand, OPENINGS);
  bench_say_goal ("project-open-10000", many, " ms", 20,
                  "to open 10000 steps, %u ledger entries (median of %u, wall, warm)", count_entries (folder, 10000),
                  OPENINGS);
  bench_say_goal ("project-open-10000-of-100", many / (3 * hundred + 10), "", 1,
                  "three times the opening of 100 steps + 10 ms (%.3g to 3 times %.3g ms + 10 ms)", many, hundred);
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
    for (guint turn = 0; turn < 2; turn++)
      {
        g_autoptr (ReshootImage) picture = history_make_picture (1000000 + i, 24, 16);
        guint j = (turn + i) % 2;
        GListModel *steps = G_LIST_MODEL (reshoot_project_get_history (projects[j]));
        g_autoptr (ReshootStep) original = g_list_model_get_item (steps, 0);
        BenchTime start = bench_now ();

        append_step (projects[j], original, picture);
        bench_series_add (series[j], start);
      }

  bench_say_goal ("project-append-at-10000", bench_ratio (at_many->wall, at_few->wall), "", 1.2,
                  "the same edit at step %u (median of %u interleaved pairs, wall; %.2f to %.2f ms)", few,
                  at_few->wall->len, bench_quantile (at_many->wall, 0.5),
                  bench_quantile (at_few->wall, 0.5));
  bench_say_cpu ("project-append-at-10000-cpu", at_many, at_few, "the same at step 10");
  history_close (projects[0]);
  history_close (projects[1]);
}

/* The most memory that the process has held since the last call, in MiB. */
static double
take_peak (void)
{
  g_autofree char *status = NULL;
  const char *line;
  double peak;

  g_assert_true (g_file_get_contents ("/proc/self/status", &status, NULL, NULL));
  line = strstr (status, "VmHWM:");
  g_assert_nonnull (line);
  peak = g_ascii_strtod (line + strlen ("VmHWM:"), NULL) / 1024;
  g_assert_true (g_file_set_contents_full ("/proc/self/clear_refs", "5", 1,
                                           G_FILE_SET_CONTENTS_NONE, 0, NULL));
  return peak;
}

static void
read_ledger (const char *folder,
             guint       size)
{
  g_autofree char *uri = g_strdup_printf ("file:%s/%u.reshoot?immutable=1", folder, size);
  sqlite3 *database = NULL;
  sqlite3_stmt *rows = NULL;

  g_assert_cmpint (sqlite3_open_v2 (uri, &database, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL),
                   ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, "SELECT * FROM ledger", -1, &rows, NULL),
                   ==, SQLITE_OK);
  while (sqlite3_step (rows) == SQLITE_ROW)
    for (int column = 0; column < sqlite3_column_count (rows); column++)
      sqlite3_column_text (rows, column);
  sqlite3_finalize (rows);
  sqlite3_close (database);
}

static guint
export_ledger (ReshootProject      *project,
               ReshootLedgerFormat  format)
{
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/dev/null");
  g_autoptr (GFileOutputStream) stream = g_file_append_to (nowhere, 0, NULL, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  guint n_entries = 0;

  reshoot_project_export_ledger_async (project, format, G_OUTPUT_STREAM (stream), NULL,
                                       reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_export_ledger_finish (project, result, &n_entries, &error);
  g_assert_no_error (error);
  return n_entries;
}

/* Written out to nowhere: what it costs to make the text, and that it is never in memory as a whole. */
static void
bench_export (const char *folder,
              guint       size)
{
  static const char *const figures[] = { "project-ledger-csv", "project-ledger-json" };
  static const ReshootLedgerFormat formats[] = { RESHOOT_LEDGER_CSV, RESHOOT_LEDGER_JSON };
  ReshootProject *project = open_size (folder, size);

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autoptr (BenchSeries) bare = bench_series_new ();
      g_autoptr (BenchSeries) exported = bench_series_new ();
      guint n_entries = export_ledger (project, formats[i]);
      double before;

      take_peak ();
      before = take_peak ();
      for (guint round = 0; round < OPENINGS; round++)
        {
          BenchTime start = bench_now ();

          read_ledger (folder, size);
          bench_series_add (bare, start);
          start = bench_now ();
          export_ledger (project, formats[i]);
          bench_series_add (exported, start);
        }
      bench_say_cpu (figures[i], exported, bare, "bare SQLite read of the ledger");
      g_print ("%s-memory: %.1f MiB more at the most, for %u entries\n", figures[i],
               take_peak () - before, n_entries);
    }
  history_close (project);
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
  bench_openings (folder);
  bench_export (folder, sizes[3]);
  bench_long (folder, sizes[0], sizes[3]);
  bench_remove_folder (folder);
  return 0;
}
