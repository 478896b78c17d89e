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
  g_autoptr (Run) edit = place_run (place, "edit", mug, "-i", WORDS, "--project", "a.reshoot",
                                    NULL);

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

/* A copy is a project; nothing that lies there is replaced. */
static void
test_copy (void)
{
  g_autoptr (Place) place = new_place_with_project ();
  g_autoptr (Run) copy = place_run (place, "copy", "a.reshoot", "-o", "b.reshoot", NULL);
  g_autoptr (Run) verify = place_run (place, "verify", "b.reshoot", NULL);
  g_autoptr (Run) again = place_run (place, "copy", "a.reshoot", "-o", "b.reshoot", NULL);
  g_autoptr (Run) nowhere = place_run (place, "copy", "a.reshoot", "-o", "none/b.reshoot", NULL);

  run_assert_done (copy);
  run_assert_done (verify);
  g_assert_cmpint (again->status, !=, 0);
  g_assert_cmpint (nowhere->status, !=, 0);
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
  g_assert_nonnull (strstr (edit->err, "another window or program"));

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

/* What is cropped and cut out drifts not at all; a tone that was asked for is measured, and no harm. */
static void
test_drift (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *headphones = reshoot_test_sample ("headphones-on-beige.jpg");
  g_autoptr (Run) edit = place_run (place, "edit", headphones, "-i", "crop to a square", "-i",
                                    "white studio background", "-i", "black and white",
                                    "--project", "a.reshoot", NULL);
  g_autoptr (Run) words = place_run (place, "drift", "a.reshoot", NULL);
  g_autoptr (Run) json = place_run (place, "drift", "a.reshoot", "--json", NULL);
  g_autoptr (GPtrArray) nodes = NULL;

  run_assert_done (edit);
  run_assert_done (words);
  run_assert_done (json);
  g_assert_true (g_str_has_prefix (words->out, "Step 2: no drift\nStep 3: no drift\nStep 4: "));
  g_assert_nonnull (strstr (words->out, "ΔE"));
  g_assert_null (strstr (words->out, "hurts"));

  nodes = run_parse_lines (json);
  g_assert_cmpuint (nodes->len, ==, 3);
  for (guint i = 0; i < nodes->len; i++)
    {
      JsonObject *object = json_node_get_object (g_ptr_array_index (nodes, i));

      g_assert_cmpint (json_object_get_int_member (object, "id"), ==, i + 2);
      g_assert_cmpfloat_with_epsilon (json_object_get_double_member (object, "shift_x"), 0, 0.2);
      if (i < 2)
        g_assert_cmpfloat (json_object_get_double_member (object, "delta_e"), ==, 0);
      else
        g_assert_cmpfloat (json_object_get_double_member (object, "delta_e"), >, 1);
    }
}

static JsonObject *
get_line (GPtrArray *nodes,
          guint      i)
{
  return json_node_get_object (g_ptr_array_index (nodes, i));
}

/* The same edits make the same pictures, on a branch of their own; merged they are one step. */
static void
test_rebase (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *headphones = reshoot_test_sample ("headphones-on-beige.jpg");
  g_autoptr (Run) edit = place_run (place, "edit", headphones, "-i", "crop to a square", "-i",
                                    "black and white", "--project", "a.reshoot", "--json", NULL);
  g_autoptr (Run) again = place_run (place, "rebase", "a.reshoot", "3", "--json", NULL);
  g_autoptr (Run) merged = place_run (place, "rebase", "a.reshoot", "3", "--merged", "--json", NULL);
  g_autoptr (Run) none = place_run (place, "rebase", "a.reshoot", "1", NULL);
  g_autoptr (Run) words = place_run (place, "rebase", "a.reshoot", "2", "--budget", "0", NULL);
  g_autoptr (GPtrArray) first = NULL;
  g_autoptr (GPtrArray) second = NULL;
  g_autoptr (GPtrArray) third = NULL;

  run_assert_done (edit);
  run_assert_done (again);
  run_assert_done (merged);
  run_assert_done (words);
  g_assert_nonnull (strstr (words->out, "1 edit from the original: free"));
  run_assert_failed (none, 2);
  g_assert_nonnull (strstr (none->err, "Step 1 is an original"));

  first = run_parse_lines (edit);
  second = run_parse_lines (again);
  third = run_parse_lines (merged);
  g_assert_cmpuint (second->len, ==, 2);
  g_assert_cmpint (json_object_get_int_member (get_line (second, 0), "parent"), ==, 1);
  g_assert_cmpint (json_object_get_int_member (get_line (second, 0), "id"), ==, 4);
  g_assert_cmpint (json_object_get_int_member (get_line (second, 1), "parent"), ==, 4);
  for (guint i = 0; i < 2; i++)
    {
      g_assert_cmpstr (json_object_get_string_member (get_line (second, i), "digest"), ==,
                       json_object_get_string_member (get_line (first, i), "digest"));
      g_assert_cmpstr (json_object_get_string_member (get_line (second, i), "instruction"), ==,
                       json_object_get_string_member (get_line (first, i), "instruction"));
    }

  g_assert_cmpuint (third->len, ==, 1);
  g_assert_cmpint (json_object_get_int_member (get_line (third, 0), "parent"), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (get_line (third, 0), "instruction"), ==,
                   "crop to a square. black and white");
  g_assert_cmpint (json_object_get_int_member (get_line (third, 0), "width"), ==,
                   json_object_get_int_member (get_line (first, 1), "width"));
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

/* The step @number of "a.reshoot", as `show --json` has it. */
static JsonObject *
dup_step (Place      *place,
          const char *number)
{
  g_autoptr (Run) show = place_run (place, "show", "a.reshoot", number, "--json", NULL);
  g_autoptr (GPtrArray) nodes = NULL;

  run_assert_done (show);
  nodes = run_parse_lines (show);
  g_assert_cmpuint (nodes->len, ==, 1);
  return json_object_ref (json_node_get_object (nodes->pdata[0]));
}

static void
test_label (void)
{
  g_autoptr (Place) place = new_place_with_project ();
  g_autoptr (Run) much = NULL;
  g_autoptr (Run) less = NULL;
  g_autoptr (JsonObject) step = NULL;
  g_autoptr (JsonObject) later = NULL;
  JsonObject *verdict;
  JsonObject *note;

  much = place_run (place, "label", "a.reshoot", "2", "--title", "The one", "--branch", "warm",
                    "--tag", "final",
                    "--tag", "white", "--rate", "4", "--accept", "--reason", "as it should be", "--note", "this handle",
                    "--at", "6,4", NULL);
  run_assert_done (much);
  step = dup_step (place, "2");
  g_assert_cmpstr (json_object_get_string_member (step, "title"), ==, "The one");
  g_assert_cmpstr (json_object_get_string_member (step, "branch"), ==, "warm");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (step, "tags")), ==, 2);
  g_assert_cmpint (json_object_get_int_member (step, "rating"), ==, 4);
  g_assert_true (json_object_get_null_member (step, "row"));
  g_assert_false (json_object_get_boolean_member (step, "bin"));
  verdict = json_array_get_object_element (json_object_get_array_member (step, "verdicts"), 0);
  g_assert_cmpstr (json_object_get_string_member (verdict, "author"), ==, "");
  g_assert_cmpstr (json_object_get_string_member (verdict, "verdict"), ==, "accept");
  g_assert_cmpstr (json_object_get_string_member (verdict, "reason"), ==, "as it should be");
  note = json_array_get_object_element (json_object_get_array_member (step, "notes"), 0);
  g_assert_cmpstr (json_object_get_string_member (note, "text"), ==, "this handle");
  g_assert_cmpfloat (json_object_get_double_member (note, "x"), ==,
                     6.0 / (double) json_object_get_int_member (step, "width"));
  g_assert_true (json_object_get_null_member (note, "width"));

  less = place_run (place, "label", "a.reshoot", "2", "--title", "", "--branch", "", "--untag",
                    "white", "--no-verdict",
                    NULL);
  run_assert_done (less);
  later = dup_step (place, "2");
  g_assert_cmpstr (json_object_get_string_member (later, "title"), ==, WORDS);
  g_assert_true (json_object_get_null_member (later, "branch"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (later, "tags")), ==, 1);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (later, "verdicts")), ==,
                    0);
}

/* Each mistake is one sentence and changes nothing. */
static void
test_label_mistakes (void)
{
  g_autofree char *long_title = g_strnfill (501, 'x');
  const char *const mistakes[][4] = {
    { "--rate", "6", NULL, NULL },
    { "--title", "kept out", "--rate", "many" },
    { "--title", long_title, NULL, NULL },
    { "--accept", "--reject", NULL, NULL },
    { "--reason", "why", NULL, NULL },
    { "--at", "0.5,0.5", NULL, NULL },
    { "--note", "here", "--at", "0.5,100000" },
    { "--note", "here", "--at", "0.5" },
    { "--note", " ", NULL, NULL },
    { "--tag", "", NULL, NULL },
  };
  g_autoptr (Place) place = new_place_with_project ();
  g_autoptr (Run) nowhere = place_run (place, "label", "a.reshoot", "7", "--rate", "3", NULL);
  g_autoptr (JsonObject) step = NULL;

  run_assert_failed (nowhere, 2);
  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (Run) run = NULL;

      run = place_run (place, "label", "a.reshoot", "2", mistakes[i][0], mistakes[i][1],
                       mistakes[i][2], mistakes[i][3],
                       NULL);
      run_assert_failed (run, 2);
    }

  step = dup_step (place, "2");
  g_assert_cmpstr (json_object_get_string_member (step, "title"), ==, WORDS);
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (step, "notes")), ==, 0);
}

/* A row of two takes of the studio; its votes are kept and shown, and say nothing of one model beside another. */
static void
test_vote_and_stats (void)
{
  static const struct
  {
    const char *arguments[6];
    const char *says;
  } mistakes[] = {
    { { "3", "3", "3", "left" }, "two different results" },
    { { "3", "2", "4", "left" }, "two different results" },
    { { "2", "3", "4", "left" }, "two different results" },
    { { "3", "3", "9", "left" }, "no step 9" },
    { { "3", "3", "4", "middle" }, "left, right, tie or neither" },
    { { "no-row", "3", "4", "left" }, "two different results" },
  };
  g_autoptr (Place) place = new_place_with_project ();
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");
  g_autoptr (Run) row = place_run (place, "edit", mug, "-i", "cooler", "--takes", "2", "--project",
                                   "a.reshoot", NULL);
  g_autoptr (Run) vote = place_run (place, "vote", "a.reshoot", "3", "3", "4", "left", NULL);
  g_autoptr (Run) other = place_run (place, "vote", "a.reshoot", "4", "4", "3", "tie", "--author",
                                     "Guest", NULL);
  g_autoptr (Run) ledger = place_run (place, "ledger", "a.reshoot", "--json", NULL);
  g_autoptr (Run) said = place_run (place, "stats", "a.reshoot", NULL);
  g_autoptr (Run) stats = place_run (place, "stats", "a.reshoot", "--json", NULL);
  g_autoptr (Run) twice = place_run (place, "stats", "a.reshoot", "a.reshoot", "--json", NULL);
  g_autoptr (Run) verify = place_run (place, "verify", "a.reshoot", NULL);
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *model;

  run_assert_done (row);
  run_assert_done (vote);
  run_assert_done (other);
  run_assert_done (verify);
  g_assert_nonnull (strstr (ledger->out, "\"outcome\":\"left\""));
  g_assert_nonnull (strstr (ledger->out, "\"author\":\"Guest\""));

  run_assert_done (said);
  g_assert_nonnull (strstr (said->out, "studio/local: 3 pictures"));
  run_assert_done (stats);
  g_assert_cmpstr (stats->out, ==, twice->out);
  lines = run_parse_lines (stats);
  g_assert_cmpuint (lines->len, ==, 1);
  model = json_node_get_object (lines->pdata[0]);
  g_assert_cmpstr (json_object_get_string_member (model, "model"), ==, "studio/local");
  g_assert_cmpint (json_object_get_int_member (model, "n"), ==, 3);
  g_assert_cmpint (json_object_get_int_member (model, "votes"), ==, 0);
  g_assert_cmpfloat (json_object_get_double_member (model, "p50"), <=,
                     json_object_get_double_member (model, "p95"));
  g_assert_true (json_node_is_null (json_object_get_member (model, "per_accepted")));
  g_assert_true (json_node_is_null (json_object_get_member (model, "rank")));

  for (guint i = 0; i < G_N_ELEMENTS (mistakes); i++)
    {
      g_autoptr (Run) run = place_run (place, "vote", "a.reshoot", mistakes[i].arguments[0],
                                       mistakes[i].arguments[1], mistakes[i].arguments[2],
                                       mistakes[i].arguments[3], NULL);

      run_assert_failed (run, 2);
      g_assert_nonnull (strstr (run->err, mistakes[i].says));
    }
}

static guint
count (const char *text,
       const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;

  return n;
}

/* The style is what the policy lets in, by its digest. */
static void
assert_policy (const char *page)
{
  const char *from = strstr (page, "<style>") + strlen ("<style>");
  const char *to = strstr (from, "</style>");
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *encoded = NULL;
  g_autofree char *policy = NULL;
  guint8 digest[32];
  gsize length = sizeof digest;

  g_checksum_update (checksum, (const unsigned char *) from, to - from);
  g_checksum_get_digest (checksum, digest, &length);
  encoded = g_base64_encode (digest, length);
  policy = g_strdup_printf ("content=\"default-src 'none'; style-src 'sha256-%s'; img-src data:; base-uri 'none'; "
                            "form-action 'none'\"", encoded);
  g_assert_nonnull (strstr (page, policy));
}

/* A page of a row, its figures and its votes; what people wrote is only text in it, and it asks nobody for anything. */
static void
test_report (void)
{
  g_autoptr (Place) place = new_place_with_project ();
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");
  g_autofree char *path = place_path (place, "r.html");
  g_autofree char *page = NULL;
  g_autoptr (Run) row = place_run (place, "edit", mug, "-i", "add text \"<img src=http://x>&amp;\"", "--takes", "2",
                                   "--project", "a.reshoot", NULL);
  g_autoptr (Run) vote = place_run (place, "vote", "a.reshoot", "3", "3", "4", "left", NULL);
  g_autoptr (Run) report = place_run (place, "report", "a.reshoot", "-o", "r.html", NULL);
  g_autoptr (Run) unnamed = place_run (place, "report", "a.reshoot", NULL);
  g_autoptr (Run) other = place_run (place, "report", "a.reshoot", "-o", "r.txt", NULL);
  g_autoptr (Run) binned = NULL;
  g_autoptr (Run) again = NULL;

  run_assert_done (row);
  run_assert_done (vote);
  run_assert_done (report);
  run_assert_failed (unnamed, 2);
  run_assert_failed (other, 2);
  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  assert_policy (page);
  g_assert_cmpuint (count (page, "<img "), ==, 2);
  g_assert_cmpuint (count (page, " src=\"data:image/"), ==, 2);
  g_assert_cmpuint (count (page, "<h3>add text &quot;&lt;img src=http://x&gt;&amp;amp;&quot;</h3>"), ==, 1);
  g_assert_cmpuint (count (page, "<script"), ==, 0);
  g_assert_cmpuint (count (page, "<tr><td>studio/local</td>"), ==, 1);
  g_assert_nonnull (strstr (page, "<td>3</td>"));

  /* Out of sight: one is left, and that is no comparison. */
  g_clear_pointer (&page, g_free);
  binned = place_run (place, "bin", "a.reshoot", "4", NULL);
  again = place_run (place, "report", "a.reshoot", "-o", "r.html", NULL);
  run_assert_done (binned);
  run_assert_done (again);
  g_assert_true (g_file_get_contents (path, &page, NULL, NULL));
  g_assert_cmpuint (count (page, "<img "), ==, 0);
}

static void
test_bin (void)
{
  g_autoptr (Place) place = new_place_with_project ();
  g_autoptr (Run) before = place_run (place, "bin", "a.reshoot", NULL);
  g_autoptr (Run) put = place_run (place, "bin", "a.reshoot", "2", NULL);
  g_autoptr (Run) list = place_run (place, "bin", "a.reshoot", "--json", NULL);
  g_autoptr (Run) again = place_run (place, "bin", "a.reshoot", "2", NULL);
  g_autoptr (Run) history = place_run (place, "history", "a.reshoot", "--json", NULL);
  g_autoptr (Run) from = place_run (place, "edit", "-i", "cooler", "--project", "a.reshoot",
                                    "--from", "2", NULL);
  g_autoptr (Run) back = place_run (place, "bin", "a.reshoot", "2", "--restore", NULL);
  g_autoptr (Run) twice = place_run (place, "bin", "a.reshoot", "2", "--restore", NULL);
  g_autoptr (GPtrArray) shown = NULL;
  g_autoptr (GPtrArray) listed = NULL;

  run_assert_done (before);
  g_assert_cmpstr (before->out, ==, "The bin is empty.\n");
  run_assert_done (put);
  run_assert_done (list);
  listed = run_parse_lines (list);
  g_assert_cmpuint (listed->len, ==, 2);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (listed->pdata[1]), "steps"),
                   ==, 1);
  g_assert_cmpint (json_object_get_int_member (json_node_get_object (listed->pdata[1]), "bytes"), >,
                   10000);
  run_assert_failed (again, 2);
  g_assert_nonnull (strstr (again->err, "Step 2 is in the bin"));
  shown = run_parse_lines (history);
  g_assert_cmpuint (shown->len, ==, 1);
  run_assert_failed (from, 2);
  run_assert_done (back);
  run_assert_failed (twice, 2);
}

static void
test_empty_bin (void)
{
  g_autoptr (Place) place = new_place_with_project ();
  g_autoptr (Run) put = place_run (place, "bin", "a.reshoot", "2", NULL);
  g_autoptr (Run) both = place_run (place, "bin", "a.reshoot", "2", "--empty", NULL);
  g_autoptr (Run) nothing = place_run (place, "bin", "a.reshoot", "--restore", NULL);
  g_autoptr (Run) empty = place_run (place, "bin", "a.reshoot", "--empty", NULL);
  g_autoptr (Run) verify = place_run (place, "verify", "a.reshoot", NULL);
  g_autoptr (Run) export = place_run (place, "export", "a.reshoot", "--step", "2", "-o", "out.png",
                                      NULL);
  g_autoptr (JsonObject) step = NULL;

  run_assert_done (put);
  run_assert_failed (both, 2);
  run_assert_failed (nothing, 2);
  run_assert_done (empty);
  g_assert_nonnull (strstr (empty->out, "1 step purged"));
  run_assert_done (verify);
  run_assert_failed (export, 2);
  g_assert_nonnull (strstr (export->err, "Step 2 was purged"));
  step = dup_step (place, "2");
  g_assert_true (json_object_get_boolean_member (step, "purged"));
  g_assert_cmpstr (json_object_get_string_member (step, "instruction"), ==, WORDS);
}

/* A command works with what is left of a damaged file, and says so at the end. */
static void
test_damaged (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "fuzz", "corpus", "project", "damaged.reshoot", NULL);
  g_autoptr (Place) place = place_new ();
  g_autofree char *there = place_path (place, "a.reshoot");
  g_autofree char *contents = NULL;
  g_autoptr (Run) history = NULL;
  g_autoptr (Run) copy = NULL;
  g_autoptr (Run) verify = NULL;
  g_autoptr (Run) sound = NULL;
  gsize length = 0;

  g_assert_true (g_file_get_contents (path, &contents, &length, NULL));
  g_assert_true (g_file_set_contents (there, contents, (gssize) length, NULL));

  history = place_run (place, "history", "a.reshoot", NULL);
  run_assert_failed (history, 7);
  g_assert_nonnull (strstr (history->out, "Step 1"));
  g_assert_nonnull (strstr (history->err, "is damaged: save a copy"));

  copy = place_run (place, "copy", "a.reshoot", "-o", "b.reshoot", NULL);
  run_assert_failed (copy, 7);
  g_assert_nonnull (strstr (copy->out, "Lost"));
  verify = place_run (place, "verify", "b.reshoot", NULL);
  run_assert_done (verify);
  sound = place_run (place, "history", "b.reshoot", NULL);
  run_assert_done (sound);
  g_assert_cmpstr (sound->out, !=, "");
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/cli/project/tampered", test_tampered);
  g_test_add_func ("/cli/project/cut", test_cut);
  g_test_add_func ("/cli/project/copy", test_copy);
  g_test_add_func ("/cli/project/held", test_held);
  g_test_add_func ("/cli/project/newer", test_newer);
  g_test_add_func ("/cli/project/ledger-and-join", test_ledger_and_join);
  g_test_add_func ("/cli/project/label", test_label);
  g_test_add_func ("/cli/project/label-mistakes", test_label_mistakes);
  g_test_add_func ("/cli/project/vote-and-stats", test_vote_and_stats);
  g_test_add_func ("/cli/project/report", test_report);
  g_test_add_func ("/cli/project/drift", test_drift);
  g_test_add_func ("/cli/project/rebase", test_rebase);
  g_test_add_func ("/cli/project/bin", test_bin);
  g_test_add_func ("/cli/project/empty-bin", test_empty_bin);
  g_test_add_func ("/cli/project/damaged", test_damaged);

  return g_test_run ();
}
