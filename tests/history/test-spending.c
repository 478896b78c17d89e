/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal of spending: no limit is passed, by one program or by several at once; what is reserved stays so until it
 * is known what became of it; and neither a damaged file nor a clock that goes backwards makes money look unspent. */

#include <glib/gstdio.h>
#include <math.h>
#include <sqlite3.h>
#include <stdlib.h>
#include <string.h>

#include "reshoot-error.h"
#include "reshoot-index-spending.h"
#include "reshoot-test.h"

/* In dollars, as all amounts here. */
#define PRICE 0.04

/* Of the test with several programs. */
#define PROGRAMS 4
#define TRIES 20
#define PLACES 25

typedef struct
{
  GFile        *file;
  ReshootIndex *index;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  self->file = reshoot_test_temp_file ("index.sqlite");
  self->index = reshoot_index_new (self->file);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GFile) folder = g_file_get_parent (self->file);
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_clear_object (&self->index);
  dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (g_file_peek_path (folder), name, NULL);

      g_unlink (path);
    }

  g_rmdir (g_file_peek_path (folder));
  g_clear_object (&self->file);
}

/* Another run of the program. */
static void
restart (Fixture *self)
{
  g_assert_finalize_object (g_steal_pointer (&self->index));
  self->index = reshoot_index_new (self->file);
}

static gboolean
reserve_in (ReshootIndex *index,
            const char   *step,
            const char   *project,
            double        price,
            ReshootLimit  limit,
            double        dollars,
            GError      **error)
{
  ReshootSpending spending = RESHOOT_SPENDING_INIT (step, project, "bfl/flux",
                                                    reshoot_money_from_dollars (price));
  g_autoptr (GAsyncResult) result = NULL;

  if (limit < RESHOOT_N_LIMITS)
    spending.limits[limit] = reshoot_money_from_dollars (dollars);

  reshoot_index_reserve_async (index, &spending, 1, NULL, reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  return reshoot_index_reserve_finish (index, result, error);
}

static void
assert_reserved (Fixture      *self,
                 const char   *step,
                 ReshootLimit  limit,
                 double        dollars)
{
  g_autoptr (GError) error = NULL;

  reserve_in (self->index, step, "project", PRICE, limit, dollars, &error);
  g_assert_no_error (error);
}

static void
assert_refused (Fixture      *self,
                double        price,
                ReshootLimit  limit,
                double        dollars,
                const char   *reason,
                const char   *subject)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (reserve_in (self->index, "refused", "project", price, limit, dollars, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_BUDGET);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, reason);
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, subject);
}

static void
settle (Fixture              *self,
        const char           *step,
        double                price,
        ReshootSpendingState  state)
{
  ReshootSpending spending = RESHOOT_SPENDING_INIT (step, "project", "bfl/flux",
                                                    reshoot_money_from_dollars (price));

  reshoot_index_settle (self->index, &spending, state);
}

/* 4 cents each, and 9 to spend. */
static void
test_limits (Fixture       *self,
             gconstpointer  data)
{
  static const struct
  {
    ReshootLimit limit;
    const char  *reason;
  } table[] = {
    { RESHOOT_LIMIT_RUN, "limit" }, { RESHOOT_LIMIT_DAY, "limit-day" }, { RESHOOT_LIMIT_PROJECT, "limit-project" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      assert_reserved (self, "a", table[i].limit, 0.09);
      assert_reserved (self, "b", table[i].limit, 0.09);
      assert_refused (self, PRICE, table[i].limit, 0.09, table[i].reason, "$0.04 > $0.01");

      /* The same step again is no second reservation. */
      assert_reserved (self, "b", table[i].limit, 0.09);

      settle (self, "a", NAN, RESHOOT_SPENDING_RELEASED);
      assert_reserved (self, "c", table[i].limit, 0.09);
      assert_refused (self, PRICE, table[i].limit, 0.09, table[i].reason, "$0.04 > $0.01");
      settle (self, "b", 0.01, RESHOOT_SPENDING_SETTLED);
      assert_reserved (self, "d", table[i].limit, 0.09);
      assert_refused (self, PRICE, table[i].limit, 0.09, table[i].reason, "$0.04 > $0.00");

      g_clear_object (&self->index);
      g_assert_true (g_file_delete (self->file, NULL, NULL));
      self->index = reshoot_index_new (self->file);
    }

  assert_reserved (self, "e", RESHOOT_LIMIT_EDIT, 0.04);
  assert_reserved (self, "f", RESHOOT_LIMIT_EDIT, 0.04);
  assert_refused (self, 0.05, RESHOOT_LIMIT_EDIT, 0.04, "limit-edit", "$0.05 > $0.04");
  assert_refused (self, NAN, RESHOOT_LIMIT_DAY, 5, "unknown-price", "$? > $4.92");
}

static void
assert_together (Fixture      *self,
                 double        second,
                 ReshootLimit  limit,
                 double        dollars,
                 const char   *subject)
{
  ReshootSpending spendings[] = {
    RESHOOT_SPENDING_INIT ("one", "project", "bfl/flux", reshoot_money_from_dollars (PRICE)),
    RESHOOT_SPENDING_INIT ("two", "project", "bfl/flux", reshoot_money_from_dollars (second)),
  };
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  spendings[0].limits[limit] = reshoot_money_from_dollars (dollars);
  reshoot_index_reserve_async (self->index, spendings, 2, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  g_assert_cmpint (reshoot_index_reserve_finish (self->index, result, &error), ==, subject == NULL);
  g_assert_cmpstr (subject != NULL ? reshoot_error_get_subject (error) : NULL, ==, subject);
}

/* What is asked together is reserved together, or not at all. */
static void
test_together (Fixture       *self,
               gconstpointer  data)
{
  assert_together (self, 0.05, RESHOOT_LIMIT_DAY, 0.08, "$0.09 > $0.08");
  assert_together (self, 0.05, RESHOOT_LIMIT_EDIT, 0.04, "$0.05 > $0.04");
  assert_together (self, NAN, RESHOOT_LIMIT_EDIT, 0.04, "$? > $0.04");
  assert_refused (self, 0.06, RESHOOT_LIMIT_PROJECT, 0.05, "limit-project", "$0.06 > $0.05");

  assert_together (self, 0.05, RESHOOT_LIMIT_DAY, 0.09, NULL);
  assert_refused (self, PRICE, RESHOOT_LIMIT_PROJECT, 0.1, "limit-project", "$0.04 > $0.01");
  settle (self, "two", NAN, RESHOOT_SPENDING_RELEASED);
  assert_reserved (self, "three", RESHOOT_LIMIT_PROJECT, 0.08);
}

/* Each limit looks at what belongs to it. */
static void
test_scopes (Fixture       *self,
             gconstpointer  data)
{
  assert_reserved (self, "a", RESHOOT_N_LIMITS, 0);
  assert_refused (self, PRICE, RESHOOT_LIMIT_RUN, PRICE, "limit", "$0.04 > $0.00");
  restart (self);
  assert_reserved (self, "b", RESHOOT_LIMIT_RUN, PRICE);
  assert_refused (self, PRICE, RESHOOT_LIMIT_PROJECT, PRICE, "limit-project", "$0.04 > $0.00");
  assert_refused (self, PRICE, RESHOOT_LIMIT_DAY, PRICE, "limit-day", "$0.04 > $0.00");
  g_assert_true (reserve_in (self->index, "c", "another", PRICE, RESHOOT_LIMIT_PROJECT, PRICE, NULL));
}

static void
run_sql (GFile      *file,
         const char *sql)
{
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_OK);
  sqlite3_close (database);
}

static gint64
get_number (GFile      *file,
            const char *sql)
{
  sqlite3 *database;
  sqlite3_stmt *statement;
  gint64 number;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_prepare_v2 (database, sql, -1, &statement, NULL), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_ROW);
  number = sqlite3_column_int64 (statement, 0);
  sqlite3_finalize (statement);
  sqlite3_close (database);
  return number;
}

/* Yesterday's money does not count today; a day that lies ahead of the clock is still going on. */
static void
test_day (Fixture       *self,
          gconstpointer  data)
{
  assert_reserved (self, "a", RESHOOT_LIMIT_DAY, PRICE);
  g_assert_finalize_object (g_steal_pointer (&self->index));
  run_sql (self->file, "UPDATE spending SET day = '2001-01-01'; UPDATE meta SET value = '2001-01-01'");
  self->index = reshoot_index_new (self->file);
  assert_reserved (self, "b", RESHOOT_LIMIT_DAY, PRICE);
  assert_refused (self, PRICE, RESHOOT_LIMIT_DAY, PRICE, "limit-day", "$0.04 > $0.00");

  g_assert_finalize_object (g_steal_pointer (&self->index));
  run_sql (self->file, "UPDATE spending SET day = '2999-01-01' WHERE step = 'b';"
           "UPDATE meta SET value = '2999-01-01' WHERE key = 'day'");
  self->index = reshoot_index_new (self->file);
  assert_refused (self, PRICE, RESHOOT_LIMIT_DAY, PRICE, "limit-day", "$0.04 > $0.00");
}

/* A program that dies leaves its reservations: the next one is told of them, and they count. */
static void
test_left_behind (Fixture       *self,
                  gconstpointer  data)
{
  g_autoptr (GAsyncResult) assigned = NULL;
  g_autoptr (GAsyncResult) own = NULL;
  g_autoptr (GAsyncResult) left = NULL;
  g_auto (GStrv) uuids = NULL;
  g_auto (GStrv) none = NULL;

  assert_reserved (self, "key", RESHOOT_N_LIMITS, 0);
  assert_reserved (self, "settled", RESHOOT_N_LIMITS, 0);
  settle (self, "settled", PRICE, RESHOOT_SPENDING_SETTLED);
  reshoot_index_assign_async (self->index, "key", "step", NULL, reshoot_test_ready_cb, &assigned);
  reshoot_test_await (&assigned);
  g_assert_true (reshoot_index_assign_finish (self->index, assigned, NULL));

  reshoot_index_list_reserved_async (self->index, "project", NULL, reshoot_test_ready_cb, &own);
  reshoot_test_await (&own);
  none = reshoot_index_list_reserved_finish (self->index, own, NULL);
  g_assert_cmpuint (g_strv_length (none), ==, 0);

  g_clear_object (&assigned);
  g_clear_object (&own);
  restart (self);
  assert_refused (self, PRICE, RESHOOT_LIMIT_DAY, 0.1, "limit-day", "$0.04 > $0.02");
  reshoot_index_list_reserved_async (self->index, "project", NULL, reshoot_test_ready_cb, &left);
  reshoot_test_await (&left);
  uuids = reshoot_index_list_reserved_finish (self->index, left, NULL);
  g_assert_cmpuint (g_strv_length (uuids), ==, 1);
  g_assert_cmpstr (uuids[0], ==, "step");
  g_clear_object (&left);
  settle (self, "step", NAN, RESHOOT_SPENDING_RELEASED);
  assert_reserved (self, "another", RESHOOT_LIMIT_DAY, 0.1);
}

/* What was never reserved here, as on another machine, is settled all the same. */
static void
test_unreserved (Fixture       *self,
                 gconstpointer  data)
{
  settle (self, "nowhere", NAN, RESHOOT_SPENDING_RELEASED);
  assert_reserved (self, "a", RESHOOT_LIMIT_DAY, PRICE);
  settle (self, "b", 0.5, RESHOOT_SPENDING_SETTLED);
  assert_refused (self, PRICE, RESHOOT_LIMIT_DAY, 0.55, "limit-day", "$0.04 > $0.01");
}

/* The index is made anew, and what was spent is known still. */
static void
test_damaged (Fixture       *self,
              gconstpointer  data)
{
  static const char *const damage[] = {
    "DROP TABLE step", "PRAGMA application_id = 3", "DROP TABLE picture; CREATE TABLE picture (a)",
  };

  for (guint i = 0; i < G_N_ELEMENTS (damage); i++)
    {
      g_autofree char *step = g_strdup_printf ("step %u", i);
      g_autofree char *subject = g_strdup_printf ("$1.00 > $%.2f", 0.99 - (i + 1) * PRICE);

      assert_reserved (self, step, RESHOOT_N_LIMITS, 0);
      g_assert_finalize_object (g_steal_pointer (&self->index));
      run_sql (self->file, damage[i]);
      self->index = reshoot_index_new (self->file);
      assert_refused (self, 1, RESHOOT_LIMIT_DAY, 0.99, "limit-day", subject);
    }
}

/* Earlier versions kept dollars, and nothing of them is lost. */
static void
test_older (Fixture       *self,
            gconstpointer  data)
{
  assert_reserved (self, "a", RESHOOT_N_LIMITS, 0);
  settle (self, "b", 0.0025, RESHOOT_SPENDING_SETTLED);
  settle (self, "c", 1, RESHOOT_SPENDING_RELEASED);
  g_assert_finalize_object (g_steal_pointer (&self->index));
  run_sql (self->file,
           "CREATE TEMP TABLE kept AS SELECT * FROM spending;"
           "DROP TABLE spending;"
           "CREATE TABLE spending (  step TEXT PRIMARY KEY,  project TEXT NOT NULL,  model TEXT NOT NULL,"
           "  run TEXT NOT NULL,  day TEXT NOT NULL,  amount REAL,"
           "  state TEXT NOT NULL CHECK (state IN ('reserved', 'settled', 'released')),  made TEXT NOT NULL,"
           "  changed TEXT NOT NULL) STRICT, WITHOUT ROWID;"
           "CREATE INDEX spending_day ON spending (day);"
           "CREATE INDEX spending_project ON spending (project);"
           "CREATE INDEX spending_run ON spending (run);"
           "INSERT INTO spending SELECT step, project, model, run, day, amount / 1e6, state, made, changed FROM kept;"
           "INSERT INTO meta (key, value) VALUES ('witness', 'the same file');"
           "PRAGMA user_version = 1;");

  self->index = reshoot_index_new (self->file);
  assert_refused (self, PRICE, RESHOOT_LIMIT_DAY, 0.08, "limit-day", "$0.04 > $0.0375");
  assert_reserved (self, "d", RESHOOT_LIMIT_DAY, 0.0825);
  g_assert_finalize_object (g_steal_pointer (&self->index));
  g_assert_cmpint (get_number (self->file, "SELECT sum (amount) FROM spending WHERE state = 'settled'"), ==, 2500);
  g_assert_cmpint (get_number (self->file, "SELECT count (*) FROM meta WHERE key = 'witness'"), ==, 1);
  self->index = reshoot_index_new (self->file);
}

/* Amounts are whole: a thousand of a millionth are a thousandth, and no cent is lost or won on the way. */
static void
test_whole (Fixture       *self,
            gconstpointer  data)
{
  for (guint i = 0; i < 1000; i++)
    {
      g_autofree char *step = g_strdup_printf ("%u", i);

      settle (self, step, 0.000001, RESHOOT_SPENDING_SETTLED);
    }

  assert_refused (self, 0.1, RESHOOT_LIMIT_DAY, 0.100999, "limit-day", "$0.10 > $0.099999");
  g_assert_true (reserve_in (self->index, "fits", "project", 0.1, RESHOOT_LIMIT_DAY, 0.101, NULL));
}

/* Where nothing can be written down, a limit cannot be kept; without one nobody is held up. */
static void
test_not_kept (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/proc/nowhere/index.sqlite");

  g_assert_finalize_object (g_steal_pointer (&self->index));
  self->index = reshoot_index_new (nowhere);
  assert_reserved (self, "a", RESHOOT_N_LIMITS, 0);
  for (ReshootLimit limit = 0; limit < RESHOOT_N_LIMITS; limit++)
    assert_refused (self, PRICE, limit, 100, "journal", "/proc/nowhere/index.sqlite");
}

/* One child: as many reservations as it gets, each said on a line. */
static int
reserve_many (const char *path,
              const char *name)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (ReshootIndex) index = reshoot_index_new (file);

  for (guint i = 0; i < TRIES; i++)
    {
      g_autofree char *step = g_strdup_printf ("%s-%u", name, i);
      g_autoptr (GError) error = NULL;

      if (reserve_in (index, step, "project", PRICE, RESHOOT_LIMIT_DAY, PLACES * PRICE, &error))
        g_print ("%s\n", step);
      else if (!g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_BUDGET) ||
               g_strcmp0 (reshoot_error_get_reason (error), "limit-day") != 0)
        g_error ("%s", error->message);
    }

  return 0;
}

/* Real processes at the same moment: together exactly as much as there is. */
static void
test_processes (Fixture       *self,
                gconstpointer  program)
{
  g_autoptr (GPtrArray) children = g_ptr_array_new_with_free_func (g_object_unref);
  guint n = 0;

  for (guint i = 0; i < PROGRAMS; i++)
    {
      g_autofree char *name = g_strdup_printf ("p%u", i);
      g_autoptr (GError) error = NULL;
      GSubprocess *child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--reserve",
                                             g_file_peek_path (self->file), name, NULL);

      g_assert_no_error (error);
      g_ptr_array_add (children, child);
    }

  for (guint i = 0; i < PROGRAMS; i++)
    {
      GSubprocess *child = children->pdata[i];
      g_autofree char *words = NULL;

      g_assert_true (g_subprocess_communicate_utf8 (child, NULL, NULL, &words, NULL, NULL));
      g_assert_true (g_subprocess_get_successful (child));
      for (const char *at = words; (at = strchr (at, '\n')) != NULL; at++)
        n++;
    }

  g_assert_cmpuint (n, ==, PLACES);
  assert_refused (self, PRICE, RESHOOT_LIMIT_DAY, PLACES * PRICE, "limit-day", "$0.04 > $0.00");
}

static void
test_cancel (Fixture       *self,
             gconstpointer  data)
{
  ReshootSpending spending = RESHOOT_SPENDING_INIT ("a", "project", "bfl/flux",
                                                    reshoot_money_from_dollars (PRICE));
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) reserved = NULL;
  g_autoptr (GAsyncResult) assigned = NULL;
  g_autoptr (GAsyncResult) listed = NULL;
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  reshoot_index_reserve_async (self->index, &spending, 1, cancellable, reshoot_test_ready_cb,
                               &reserved);
  reshoot_test_await (&reserved);
  g_assert_false (reshoot_index_reserve_finish (self->index, reserved, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  reshoot_index_assign_async (self->index, "a", "b", cancellable, reshoot_test_ready_cb, &assigned);
  reshoot_test_await (&assigned);
  g_assert_false (reshoot_index_assign_finish (self->index, assigned, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  reshoot_index_list_reserved_async (self->index, "project", cancellable, reshoot_test_ready_cb,
                                     &listed);
  reshoot_test_await (&listed);
  g_assert_null (reshoot_index_list_reserved_finish (self->index, listed, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_object (&reserved);
  g_clear_object (&assigned);
  g_clear_object (&listed);
  assert_reserved (self, "c", RESHOOT_LIMIT_DAY, PRICE);
}

static double
get_spent (Fixture    *self,
           const char *project)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootMoney money;

  reshoot_index_get_spent_async (self->index, project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  money = reshoot_index_get_spent_finish (self->index, result, &error);
  g_assert_no_error (error);
  return reshoot_money_to_dollars (money);
}

/* What a person is told was spent is what counts against the limits. */
static void
test_spent (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpfloat (get_spent (self, NULL), ==, 0);
  g_assert_cmpfloat (get_spent (self, "project"), ==, 0);

  assert_reserved (self, "a", RESHOOT_N_LIMITS, 0);
  assert_reserved (self, "b", RESHOOT_N_LIMITS, 0);
  assert_reserved (self, "c", RESHOOT_N_LIMITS, 0);
  g_assert_true (reserve_in (self->index, "d", "other", 1, RESHOOT_N_LIMITS, 0, NULL));
  settle (self, "a", 0.05, RESHOOT_SPENDING_SETTLED);
  settle (self, "b", PRICE, RESHOOT_SPENDING_RELEASED);
  g_assert_cmpfloat (get_spent (self, NULL), ==, 1.09);
  g_assert_cmpfloat (get_spent (self, "project"), ==, 0.09);
  g_assert_cmpfloat (get_spent (self, "other"), ==, 1);

  reshoot_index_get_spent_async (self->index, NULL, cancellable, reshoot_test_ready_cb, &result);
  g_cancellable_cancel (cancellable);
  reshoot_test_await (&result);
  g_assert_cmpint (reshoot_index_get_spent_finish (self->index, result, &error), ==,
                   RESHOOT_MONEY_UNKNOWN);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

#define ADD(name, func) g_test_add ("/spending/" name, Fixture, NULL, set_up, func, tear_down)

int
main (int    argc,
      char **argv)
{
  if (argc == 4 && strcmp (argv[1], "--reserve") == 0)
    return reserve_many (argv[2], argv[3]);

  reshoot_test_init (&argc, &argv);

  ADD ("limits", test_limits);
  ADD ("together", test_together);
  ADD ("scopes", test_scopes);
  ADD ("day", test_day);
  ADD ("left-behind", test_left_behind);
  ADD ("unreserved", test_unreserved);
  ADD ("damaged", test_damaged);
  ADD ("older", test_older);
  ADD ("whole", test_whole);
  ADD ("not-kept", test_not_kept);
  g_test_add ("/spending/processes", Fixture, argv[0], set_up, test_processes, tear_down);
  ADD ("cancel", test_cancel);
  ADD ("spent", test_spent);

  return g_test_run ();
}
