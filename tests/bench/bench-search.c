/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Searching 20,000 steps by the index, as the window and `reshoot find` do: words that one step has, that many have,
 * that none has, and a filter. The first reading of the project is not in the time; it is printed beside. */

#include "reshoot-index.h"

#include <sqlite3.h>

#include "bench.h"
#include "history-support.h"
#include "reshoot-test.h"

#define STEPS    20000
#define ROUNDS   30
#define MOST     200

/* Rows without pictures and ledger: what is searched are the words. */
static const char many_steps[] =
  "PRAGMA foreign_keys = ON; BEGIN;"
  "WITH RECURSIVE n (i) AS (SELECT 2 UNION ALL SELECT i + 1 FROM n WHERE i < 20000)"
  " INSERT INTO request (id, body) SELECT i, json_object ('instruction',"
  "  'put product ' || i || ' on a ' || CASE i % 3 WHEN 0 THEN 'white' WHEN 1 THEN 'marble' ELSE 'warm grey' END ||"
  "  ' studio background and keep its label', 'model', 'studio/local', 'parameters', json_object ()) FROM n;"
  "INSERT INTO step (id, uuid, kind, parent, original, request, rating, created)"
  " SELECT id, 'u' || id, 'edit', 1, 1, id, id % 6, '2026-01-01T00:00:00Z' FROM request;"
  "INSERT INTO job (step, provider, model, state, charged, changed)"
  " SELECT id, 'studio', 'studio/local', 'cancelled', 'no', '2026-01-01T00:00:00Z' FROM request;"
  "COMMIT";

static void
make_steps (GFile *file)
{
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  sqlite3 *database = NULL;

  history_add_original (project, picture, "one.tif");
  history_close (project);

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, many_steps, NULL, NULL, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_close (database), ==, SQLITE_OK);
}

static guint
search (ReshootIndex *index,
        GFile        *file,
        const char   *words)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GListModel) hits = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_index_search_async (index, words, file, MOST, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  hits = reshoot_index_search_finish (index, result, &error);
  g_assert_no_error (error);
  return g_list_model_get_n_items (hits);
}

int
main (int    argc,
      char **argv)
{
  static const char *const words[] = { "17771", "product", "marble label", "zebra", "rating:5 grey" };
  g_autofree char *here = g_get_current_dir ();
  g_autofree char *folder = NULL;
  g_autoptr (GFile) file = NULL;
  g_autoptr (GFile) place = NULL;
  g_autoptr (ReshootIndex) index = NULL;
  BenchTime start;
  double worst = 0;

  bench_init (&argc, &argv);
  folder = bench_make_folder (here);
  file = g_file_new_build_filename (folder, "many.reshoot", NULL);
  place = g_file_new_build_filename (folder, "index.sqlite", NULL);
  make_steps (file);
  index = reshoot_index_new (place);

  start = bench_now ();
  search (index, file, words[0]);
  g_print ("search-first-reading: %.3g ms (once, wall)\n", bench_now ().wall - start.wall);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (BenchSeries) series = bench_series_new ();
      guint n_hits = 0;

      for (guint round = 0; round < ROUNDS; round++)
        {
          start = bench_now ();
          n_hits = search (index, file, words[i]);
          bench_series_add (series, start);
        }

      g_print ("search-%u: %.3g ms for \"%s\", %u hits shown (median of %d, wall)\n", i,
               bench_quantile (series->wall, 0.5), words[i], n_hits, ROUNDS);
      worst = MAX (worst, bench_quantile (series->wall, 0.95));
    }

  bench_say_goal ("search-20000", worst, " ms", 100, "to search %d steps (the slowest p95 of %u searches)", STEPS,
                  (guint) G_N_ELEMENTS (words));
  g_clear_object (&index);
  bench_remove_folder (folder);
  return 0;
}
