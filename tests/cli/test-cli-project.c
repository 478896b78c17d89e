/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A project that was tampered with, one that another program holds, and one of a later version. */

#include "reshoot-project.h"
#include "reshoot-run.h"
#include "reshoot-test.h"

#include <string.h>

#define WORDS "warm it slightly"

/* A project with an original and a step, in "a.reshoot". */
static Place *
new_place_with_project (void)
{
  Place *place = place_new ();
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");
  g_autoptr (Run) edit = place_run (place, "edit", mug, "-i", WORDS, "--project", "a.reshoot", NULL);

  run_assert_done (edit);
  return place;
}

/* Finds @needle from @from on; the file holds zeros. */
static const char *
find_bytes (const char *from,
            const char *end,
            const char *needle)
{
  gsize length = strlen (needle);

  for (; from + length <= end; from++)
    if (memcmp (from, needle, length) == 0)
      return from;

  return NULL;
}

/* One letter of the instruction is changed, wherever it is stored: each time that is found out and said. */
static void
test_tampered (void)
{
  g_autoptr (Place) place = new_place_with_project ();
  g_autofree char *path = place_path (place, "a.reshoot");
  g_autofree char *bytes = NULL;
  g_autoptr (Run) whole = place_run (place, "verify", "a.reshoot", NULL);
  gsize length;
  guint n = 0;

  run_assert_done (whole);
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  for (const char *found = find_bytes (bytes, bytes + length, WORDS); found != NULL;
       found = find_bytes (found + 1, bytes + length, WORDS))
    {
      g_autofree char *changed = g_memdup2 (bytes, length);
      g_autoptr (Run) verify = NULL;

      changed[found - bytes] = 'f';
      g_assert_true (g_file_set_contents (path, changed, (gssize) length, NULL));
      verify = place_run (place, "verify", "a.reshoot", NULL);
      g_test_message ("at %d: %s", (int) (found - bytes), verify->err);
      run_assert_failed (verify, 7);
      g_assert_cmpstr (verify->out, ==, "");
      n++;
    }

  g_assert_cmpuint (n, >, 0);
}

/* The tail of the file is missing. */
static void
test_cut (void)
{
  g_autoptr (Place) place = new_place_with_project ();
  g_autofree char *path = place_path (place, "a.reshoot");
  g_autofree char *bytes = NULL;
  g_autoptr (Run) verify = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length / 2, NULL));
  verify = place_run (place, "verify", "a.reshoot", NULL);
  run_assert_failed (verify, 7);
}

static ReshootProject *
open_project (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootProject *project;

  reshoot_project_open_async (file, RESHOOT_PROJECT_OPEN, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  project = reshoot_project_open_finish (result, &error);
  g_assert_no_error (error);
  return project;
}

/* While a window has the project it can be looked at and exported from, not written to. */
static void
test_held (void)
{
  g_autoptr (Place) place = new_place_with_project ();
  g_autofree char *path = place_path (place, "a.reshoot");
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");
  g_autofree char *out = place_path (place, "out.png");
  g_autoptr (ReshootProject) project = open_project (path);
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (Run) edit = NULL;
  g_autoptr (Run) history = NULL;
  g_autoptr (Run) verify = NULL;
  g_autoptr (Run) export = NULL;
  g_autoptr (Run) after = NULL;

  edit = place_run (place, "edit", mug, "-i", "cooler", "--project", "a.reshoot", NULL);
  run_assert_failed (edit, 1);
  g_assert_nonnull (strstr (edit->err, "another program"));

  history = place_run (place, "history", "a.reshoot", NULL);
  run_assert_done (history);
  verify = place_run (place, "verify", "a.reshoot", NULL);
  run_assert_done (verify);
  export = place_run (place, "export", "a.reshoot", "-o", "out.png", NULL);
  run_assert_done (export);
  g_assert_true (g_file_test (out, G_FILE_TEST_EXISTS));

  reshoot_project_close_async (project, NULL, reshoot_test_ready_cb, &closed);
  reshoot_test_await (&closed);
  after = place_run (place, "edit", mug, "-i", "cooler", "--project", "a.reshoot", NULL);
  run_assert_done (after);
}

/* A file that says it is of a later version can be read, not written. */
static void
test_newer (void)
{
  g_autoptr (Place) place = new_place_with_project ();
  g_autofree char *path = place_path (place, "a.reshoot");
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");
  g_autofree char *bytes = NULL;
  g_autoptr (Run) edit = NULL;
  gsize length;

  /* The header's user_version: four bytes at 60, the most significant one first. */
  g_assert_true (g_file_get_contents (path, &bytes, &length, NULL));
  bytes[62] = 9;
  g_assert_true (g_file_set_contents (path, bytes, (gssize) length, NULL));
  edit = place_run (place, "edit", mug, "-i", "cooler", "--project", "a.reshoot", NULL);
  run_assert_failed (edit, 1);
  g_assert_nonnull (strstr (edit->err, "newer"));
}

/* The ledger as a list, as a table and as lines that another program can check; a project joined to another. */
static void
test_ledger_and_join (void)
{
  g_autoptr (Place) place = new_place_with_project ();
  g_autofree char *shoe = reshoot_test_sample ("shoe.jpg");
  g_autofree char *path = place_path (place, "ledger.csv");
  g_autofree char *csv = NULL;
  g_autoptr (Run) other = place_run (place, "edit", shoe, "-i", "cooler", "--project", "b.reshoot", NULL);
  g_autoptr (Run) join = place_run (place, "join", "a.reshoot", "b.reshoot", NULL);
  g_autoptr (Run) again = place_run (place, "join", "a.reshoot", "b.reshoot", NULL);
  g_autoptr (Run) verify = place_run (place, "verify", "a.reshoot", NULL);
  g_autoptr (Run) list = place_run (place, "ledger", "a.reshoot", NULL);
  g_autoptr (Run) lines = place_run (place, "ledger", "a.reshoot", "--json", NULL);
  g_autoptr (Run) saved = place_run (place, "ledger", "a.reshoot", "-o", "ledger.csv", NULL);
  g_autoptr (Run) both = place_run (place, "ledger", "a.reshoot", "--csv", "--json", NULL);
  g_autoptr (Run) nothing = place_run (place, "join", "a.reshoot", "c.reshoot", NULL);
  g_autoptr (GPtrArray) nodes = NULL;

  run_assert_done (other);
  run_assert_done (join);
  g_assert_nonnull (strstr (join->out, "2 steps and 2 pictures"));
  run_assert_done (again);
  g_assert_nonnull (strstr (again->out, "already"));
  run_assert_done (verify);
  g_assert_nonnull (strstr (verify->out, "joined projects"));
  run_assert_done (list);
  g_assert_nonnull (strstr (list->out, "Request"));
  run_assert_done (lines);
  nodes = run_parse_lines (lines);
  g_assert_cmpuint (nodes->len, >, 10);
  run_assert_done (saved);
  g_assert_true (g_file_get_contents (path, &csv, NULL, NULL));
  g_assert_true (g_str_has_prefix (csv, "n,time,kind,step,uuid,model,"));
  run_assert_failed (both, 2);
  run_assert_failed (nothing, 2);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/cli/project/tampered", test_tampered);
  g_test_add_func ("/cli/project/cut", test_cut);
  g_test_add_func ("/cli/project/held", test_held);
  g_test_add_func ("/cli/project/newer", test_newer);
  g_test_add_func ("/cli/project/ledger-and-join", test_ledger_and_join);

  return g_test_run ();
}
