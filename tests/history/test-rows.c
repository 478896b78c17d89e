/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Several requests as one fact, and what goes along with a request. */

#include <sqlite3.h>

#include "history-support.h"

#define NOWHERE "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef"

static GPtrArray *
try_row (ReshootProject  *project,
         ReshootStep     *source,
         GPtrArray       *requests,
         GCancellable    *cancellable,
         GError         **error)
{
  const ReshootMoney estimates[] = { 40000, 80000, RESHOOT_MONEY_UNKNOWN, 40000 };
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_add_row_async (project, source, (ReshootRequest *const *) requests->pdata,
                                 estimates,
                                 requests->len, cancellable, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_project_add_row_finish (project, result, error);
}

static GPtrArray *
make_requests (void)
{
  GPtrArray *requests = g_ptr_array_new_with_free_func (g_object_unref);

  g_ptr_array_add (requests, reshoot_request_new ("warm it", "bfl/flux-kontext-pro", NULL));
  g_ptr_array_add (requests, reshoot_request_new ("warm it", "bfl/flux-kontext-max", NULL));
  g_ptr_array_add (requests, reshoot_request_new ("warm it", "studio/local", NULL));
  g_ptr_array_add (requests, reshoot_request_new ("warm it", "bfl/flux-kontext-pro", NULL));
  return requests;
}

static void
assert_row (ReshootProject *project)
{
  const int takes[] = { 1, 1, 1, 2 };
  ReshootHistory *history = reshoot_project_get_history (project);
  ReshootStep *first = reshoot_history_get_step (history, 2);
  g_autoptr (GPtrArray) row = reshoot_history_list_row (history, first);

  g_assert_cmpuint (row->len, ==, 4);
  g_assert_true (g_uuid_string_is_valid (reshoot_step_get_row (first)));
  for (guint i = 0; i < row->len; i++)
    {
      ReshootStep *step = row->pdata[i];

      g_assert_cmpint (reshoot_step_get_id (step), ==, 2 + i);
      g_assert_cmpstr (reshoot_step_get_row (step), ==, reshoot_step_get_row (first));
      g_assert_cmpint (reshoot_step_get_take (step), ==, takes[i]);
      g_assert_nonnull (reshoot_step_get_created (step));
    }

  g_assert_cmpint (reshoot_step_get_price (row->pdata[1])->estimate, ==, 80000);
  g_assert_cmpint (reshoot_step_get_price (row->pdata[2])->estimate, ==, RESHOOT_MONEY_UNKNOWN);
}

static void
test_row (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 16, 16);
  g_autoptr (GPtrArray) requests = make_requests ();
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GPtrArray) alone = NULL;
  g_autoptr (GError) error = NULL;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, picture, "one");
  ReshootStep *other;

  steps = try_row (project, original, requests, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (steps->len, ==, 4);
  assert_row (project);
  other = history_add_request (project, original, "alone", NAN);
  g_assert_null (reshoot_step_get_row (other));
  g_assert_cmpint (reshoot_step_get_take (other), ==, 0);
  alone = reshoot_history_list_row (reshoot_project_get_history (project), other);
  g_assert_cmpuint (alone->len, ==, 1);
  g_assert_true (alone->pdata[0] == other);

  history_verify (project);
  history_close (project);
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  assert_row (project);
  history_verify (project);
  history_close (project);
  history_remove (file);
}

static void
test_cancel (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 16, 16);
  g_autoptr (GPtrArray) requests = make_requests ();
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, picture, "one");

  g_cancellable_cancel (cancelled);
  g_assert_null (try_row (project, original, requests, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (reshoot_project_get_history (project))),
                    ==, 1);
  history_close (project);
  history_remove (file);
}

/* A row of which one part cannot be stored is not stored at all. */
static void
test_whole_or_nothing (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 16, 16);
  g_autoptr (GPtrArray) requests = make_requests ();
  ReshootRequestPicture unknown = { "reference", NULL, NOWHERE };
  ReshootInputs inputs = RESHOOT_INPUTS_INIT;
  g_autoptr (GError) error = NULL;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, picture, "one");

  inputs.pictures = &unknown;
  inputs.n_pictures = 1;
  g_object_unref (requests->pdata[2]);
  requests->pdata[2] = reshoot_request_new_with_inputs ("warm it", "studio/local", NULL, &inputs);
  g_assert_null (try_row (project, original, requests, NULL, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_FAILED);
  history_verify (project);
  history_close (project);
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (reshoot_project_get_history (project))),
                    ==, 1);
  history_close (project);
  history_remove (file);
}

static void
assert_sql_refused (GFile      *file,
                    const char *sql)
{
  sqlite3 *database;

  g_assert_cmpint (sqlite3_open (g_file_peek_path (file), &database), ==, SQLITE_OK);
  g_assert_cmpint (sqlite3_exec (database, sql, NULL, NULL, NULL), ==, SQLITE_CONSTRAINT);
  sqlite3_close (database);
}

/* What was asked with which pictures is there again, and cannot be changed. */
static void
test_inputs (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) picture = history_make_picture (1, 16, 16);
  g_autoptr (ReshootImage) shoe = history_make_picture (2, 16, 16);
  g_autoptr (ReshootImage) mask = history_make_picture (3, 16, 16);
  ReshootRequestPicture pictures[] = { { "reference", shoe, NULL }, { "protect", mask, NULL } };
  ReshootInputs inputs = { "1.2", "2026-11-22", { 1, 2, 3.5, 4 }, pictures, 2, RESHOOT_KIND_REIMAGINE };
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) steps = NULL;
  g_autoptr (GError) error = NULL;
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, picture, "one");
  const ReshootInputs *stored;

  g_ptr_array_add (requests,
                   reshoot_request_new_with_inputs ("like this", "bfl/flux-kontext-pro", NULL,
                                                    &inputs));
  steps = try_row (project, original, requests, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (reshoot_step_get_row (steps->pdata[0]));
  g_assert_cmpint (reshoot_step_get_take (steps->pdata[0]), ==, 1);
  history_try_reply (project, steps->pdata[0], mask, &error);
  g_assert_no_error (error);
  history_verify (project);
  history_close (project);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  history_verify (project);
  stored = reshoot_request_get_inputs (reshoot_step_get_request (
    reshoot_history_get_step (reshoot_project_get_history (project), 2)));
  g_assert_cmpstr (stored->application, ==, "1.2");
  g_assert_cmpstr (stored->catalogue, ==, "2026-11-22");
  g_assert_cmpstr (stored->kind, ==, "reimagine");
  g_assert_cmpfloat (stored->region[2], ==, 3.5);
  g_assert_cmpuint (stored->n_pictures, ==, 2);
  g_assert_cmpstr (stored->pictures[0].role, ==, "reference");
  g_assert_cmpstr (stored->pictures[0].digest, ==, reshoot_image_get_digest (shoe));
  g_assert_cmpstr (stored->pictures[1].role, ==, "protect");
  history_close (project);

  assert_sql_refused (file, "UPDATE request SET body = '{}'");
  assert_sql_refused (file, "DELETE FROM request");
  assert_sql_refused (file, "UPDATE request_picture SET role = 'region'");
  assert_sql_refused (file, "DELETE FROM request_picture");
  assert_sql_refused (file, "UPDATE reply SET received = ''");
  assert_sql_refused (file, "DELETE FROM reply");
  assert_sql_refused (file, "DELETE FROM picture_data");
  assert_sql_refused (file, "UPDATE step SET row = 'x', take = 1 WHERE id = 2");
  history_remove (file);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/rows/row", test_row);
  g_test_add_func ("/rows/cancel", test_cancel);
  g_test_add_func ("/rows/whole-or-nothing", test_whole_or_nothing);
  g_test_add_func ("/rows/inputs", test_inputs);

  return g_test_run ();
}
