/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A parcel goes out whole or not at all, and says no more than it is meant to; what comes back is a stranger's file.
 * The page itself is tried in a browser, by tests/parcel/run. */

#include <string.h>

#include "history-support.h"
#include "reshoot-parcel.h"
#include "reshoot-project-labels.h"
#include "reshoot-project-notes.h"
#include "reshoot-project-verdicts.h"

static JsonNode *
make_words (void)
{
  return json_from_string ("{\"lang\": \"en\", \"dir\": \"ltr\", \"plain\": \"A sheet & more\"}",
                           NULL);
}

static ReshootStep *
add_edit (ReshootProject *project,
          ReshootStep    *source,
          const char     *instruction,
          ReshootImage   *picture)
{
  ReshootStep *step = history_add_request (project, source, instruction, 0.04);

  g_assert_true (history_try_reply (project, step, picture, NULL));
  g_assert_true (history_try_version (project, step, picture, NULL));
  return step;
}

/* An original, two edits of it, and one edit of the first, which gave the original again. */
static ReshootProject *
make_project (GFile *file)
{
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  g_autoptr (ReshootImage) picture = history_make_picture (1, 24, 16);
  g_autoptr (ReshootImage) second = history_make_picture (2, 24, 16);
  g_autoptr (ReshootImage) third = history_make_picture (3, 24, 16);
  ReshootStep *original = history_add_original (project, picture, "cup");
  ReshootStep *edit = add_edit (project, original, "warm </script> it", second);

  add_edit (project, original, "cool it", third);
  add_edit (project, edit, "as before", picture);
  return project;
}

static gboolean
try_parcel (ReshootProject         *project,
            GFile                  *to,
            ReshootParcelOptions   *options,
            GFileProgressCallback   progress,
            gpointer                progress_data,
            GCancellable           *cancellable,
            guint                  *n_steps,
            GError                **error)
{
  g_autoptr (JsonNode) words = make_words ();
  g_autoptr (GAsyncResult) result = NULL;

  options->words = words;
  reshoot_parcel_save_async (project, to, options, progress, progress_data, cancellable,
                             reshoot_test_ready_cb,
                             &result);
  reshoot_test_await (&result);
  return reshoot_parcel_save_finish (project, result, n_steps, error);
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

static guint
count_in (const char *data,
          gsize       length,
          const char *part)
{
  guint n = 0;

  for (gsize i = 0; i + strlen (part) <= length; i++)
    n += memcmp (data + i, part, strlen (part)) == 0;

  return n;
}

static guint
count_files (GFile *folder)
{
  g_autoptr (GFileEnumerator) children = g_file_enumerate_children (folder, "standard::name",
                                                                    G_FILE_QUERY_INFO_NONE, NULL,
                                                                    NULL);
  g_autoptr (GFileInfo) info = NULL;
  guint n = 0;

  while ((info = g_file_enumerator_next_file (children, NULL, NULL)) != NULL)
    {
      g_clear_object (&info);
      n++;
    }

  return n;
}

/* A contact sheet has a page for every twelve pictures, and shows what strangers wrote as what it is. */
static void
test_sheet (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a&b.reshoot");
  g_autoptr (GFile) to = reshoot_test_temp_file ("a.pdf");
  g_autoptr (GFile) folder = g_file_get_parent (to);
  ReshootProject *project = make_project (file);
  ReshootStep *original = reshoot_history_get_step (reshoot_project_get_history (project), 1);
  ReshootParcelOptions options = { NULL, RESHOOT_PARCEL_PREVIEW, FALSE, NULL,
                                   RESHOOT_PARCEL_SHEET };
  g_autofree char *long_words = g_strnfill (9000, 'x');
  g_autoptr (GBytes) bytes = NULL;
  const char *data;
  gsize length;
  guint n = 0;

  for (guint i = 0; i < 9; i++)
    {
      g_autoptr (ReshootImage) picture = history_make_picture (20 + i, 30, 20 + (int) i);

      add_edit (project, original, i == 3 ? long_words : "\xe2\x80\xae (not) the <b>end</b>\nof it",
                picture);
    }

  g_assert_true (try_parcel (project, to, &options, NULL, NULL, NULL, &n, NULL));
  g_assert_cmpuint (n, ==, 13);
  bytes = g_file_load_bytes (to, NULL, NULL, NULL);
  data = g_bytes_get_data (bytes, &length);
  g_assert_cmpmem (data, 5, "%PDF-", 5);
  g_assert_cmpmem (data + length - 6, 6, "%%EOF\n", 6);
  g_assert_cmpuint (count_files (folder), ==, 1);
  g_assert_cmpuint (count_in (data, length, "/Type /Page "), ==, 2);
  /* Once the first and the fourth, which are the same picture. */
  g_assert_cmpuint (count_in (data, length, "/Subtype /Image"), >=, 12);

  history_close (project);
  g_file_delete (to, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
  history_remove (file);
}

static void
test_page (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a&b.reshoot");
  g_autoptr (GFile) to = reshoot_test_temp_file ("a.html");
  ReshootProject *project = make_project (file);
  ReshootParcelOptions options = { NULL, RESHOOT_PARCEL_PREVIEW, FALSE, NULL };
  g_autofree char *page = NULL;
  g_autofree char *priced = NULL;
  guint n = 0;

  g_assert_true (try_parcel (project, to, &options, NULL, NULL, NULL, &n, NULL));
  g_assert_cmpuint (n, ==, 4);
  g_assert_true (g_file_load_contents (to, NULL, &page, NULL, NULL, NULL));
  g_assert_cmpuint (count (page, "<figure>"), ==, 4);
  /* The same picture twice is there once. */
  g_assert_cmpuint (count (page, "id=\"p-"), ==, 3);
  g_assert_nonnull (strstr (page, "<title>a&amp;b</title>"));
  g_assert_nonnull (strstr (page, "warm &lt;/script&gt; it"));
  g_assert_nonnull (strstr (page, "warm \\u003c/script> it"));
  g_assert_null (strstr (page, "warm </script> it"));
  g_assert_nonnull (strstr (page, "default-src 'none'"));
  g_assert_null (strstr (page, "http://"));
  g_assert_null (strstr (page, "https://"));
  g_assert_null (strstr (page, "\"estimate\""));

  options.prices = TRUE;
  options.until = reshoot_history_get_step (reshoot_project_get_history (project), 3);
  g_assert_true (try_parcel (project, to, &options, NULL, NULL, NULL, &n, NULL));
  g_assert_cmpuint (n, ==, 2);
  g_assert_true (g_file_load_contents (to, NULL, &priced, NULL, NULL, NULL));
  g_assert_nonnull (strstr (priced, "\"estimate\""));
  g_assert_nonnull (strstr (priced, "cool it"));
  g_assert_null (strstr (priced, "as before"));

  history_close (project);
  g_file_delete (to, NULL, NULL);
  history_remove (file);
}

typedef struct
{
  GCancellable *cancellable;
  goffset       at;
} Stop;

static void
stop_cb (goffset  done,
         goffset  total,
         gpointer user_data)
{
  Stop *stop = user_data;

  g_assert_cmpint (total, ==, 4);
  if (done == stop->at)
    g_cancellable_cancel (stop->cancellable);
}

/* Whenever it is stopped, what was there is there still, and nothing lies beside it. */
static void
test_stopped (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autofree char *name = g_dir_make_tmp ("reshoot-test-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (name);
  g_autoptr (GFile) to = g_file_get_child (folder, "a.html");
  ReshootProject *project = make_project (file);

  g_assert_true (g_file_replace_contents (to, "before", 6, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                                          NULL, NULL));
  for (int i = -1; i <= 9; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      ReshootParcelOptions options = { NULL, RESHOOT_PARCEL_FULL, FALSE, NULL, i > 4 };
      int at = i > 4 ? i - 5 : i;
      Stop stop = { cancellable, at };
      g_autoptr (GError) error = NULL;
      g_autofree char *text = NULL;

      if (at < 0)
        g_cancellable_cancel (cancellable);
      g_assert_false (try_parcel (project, to, &options, stop_cb, &stop, cancellable, NULL,
                                  &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      g_assert_true (g_file_load_contents (to, NULL, &text, NULL, NULL, NULL));
      g_assert_cmpstr (text, ==, "before");
      g_assert_cmpuint (count_files (folder), ==, 1);
    }

  history_close (project);
  g_file_delete (to, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
  history_remove (file);
}

static void
test_nowhere (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (GFile) empty_file = reshoot_test_temp_file ("b.reshoot");
  g_autoptr (GFile) nowhere = g_file_new_for_path ("/nowhere/at/all.html");
  g_autoptr (GFile) to = reshoot_test_temp_file ("a.html");
  ReshootProject *project = make_project (file);
  ReshootProject *empty = history_open (empty_file, RESHOOT_PROJECT_CREATE);
  ReshootParcelOptions options = { NULL, RESHOOT_PARCEL_PREVIEW, FALSE, NULL };
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) nothing = NULL;

  g_assert_false (try_parcel (project, nowhere, &options, NULL, NULL, NULL, NULL, &error));
  g_assert_cmpint (error->domain, ==, RESHOOT_ERROR);
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, "/nowhere/at/all.html");
  g_assert_false (try_parcel (empty, to, &options, NULL, NULL, NULL, NULL, &nothing));
  g_assert_error (nothing, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (nothing), ==, "no-steps");

  history_close (project);
  history_close (empty);
  history_remove (file);
  history_remove (empty_file);
}

/* -- What comes back ----------------------------------------------------------------------------------------------- */

static gboolean
try_import (ReshootProject        *project,
            const char            *text,
            gssize                 length,
            GCancellable          *cancellable,
            ReshootVerdictCounts  *counts,
            GError               **error)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.verdicts.json");
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *reviewer = NULL;
  gboolean done;

  g_assert_true (g_file_replace_contents (file, text, length < 0 ? strlen (text) : (gsize) length,
                                          NULL, FALSE,
                                          G_FILE_CREATE_NONE, NULL, NULL, NULL));
  reshoot_project_import_verdicts_async (project, file, cancellable, reshoot_test_ready_cb,
                                         &result);
  reshoot_test_await (&result);
  done = reshoot_project_import_verdicts_finish (project, result, counts, &reviewer, error);
  if (done)
    g_assert_cmpstr (reviewer, ==, "Guest");
  g_file_delete (file, NULL, NULL);
  return done;
}

/* A file about step 2, with @said of it. */
static char *
dup_file (ReshootProject *project,
          const char     *reviewer,
          const char     *said)
{
  ReshootStep *step = reshoot_history_get_step (reshoot_project_get_history (project), 2);

  return g_strdup_printf ("{\"format\": \"reshoot-verdicts\", \"version\": 1, \"project\": \"%s\","
                          " \"reviewer\": \"%s\", \"steps\": [{\"step\": \"%s\", %s}]}",
                          reshoot_project_get_uuid (project), reviewer,
                          reshoot_step_get_uuid (step), said);
}

#define SAID "\"rating\": 4, \"verdict\": \"reject\", \"reason\": \" too warm \"," \
  " \"notes\": [{\"text\": \"here\", \"x\": 0.25, \"y\": 0.5}, {\"text\": \"all\"}]"

static void
test_import (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  ReshootProject *project = make_project (file);
  ReshootStep *step = reshoot_history_get_step (reshoot_project_get_history (project), 2);
  g_autofree char *text = dup_file (project, " Guest ", SAID);
  g_autofree char *other = dup_file (project, "Guest", "\"verdict\": \"accept\"");
  g_autoptr (GAsyncResult) rated = NULL;
  g_autoptr (ReshootNote) pinned = NULL;
  const ReshootGivenVerdict *given;
  ReshootVerdictCounts counts;
  guint n;

  reshoot_project_set_rating_async (project, step, 5, NULL, reshoot_test_ready_cb, &rated);
  reshoot_test_await (&rated);
  g_assert_true (reshoot_project_set_rating_finish (project, rated, NULL));

  g_assert_true (try_import (project, text, -1, NULL, &counts, NULL));
  g_assert_cmpuint (counts.n_verdicts, ==, 1);
  g_assert_cmpuint (counts.n_notes, ==, 3);
  g_assert_cmpuint (counts.n_known, ==, 0);
  g_assert_true (try_import (project, text, -1, NULL, &counts, NULL));
  g_assert_cmpuint (counts.n_verdicts + counts.n_notes, ==, 0);
  g_assert_cmpuint (counts.n_known, ==, 4);
  history_verify (project);
  history_close (project);

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  step = reshoot_history_get_step (reshoot_project_get_history (project), 2);
  given = reshoot_step_get_verdicts (step, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpstr (given[0].author, ==, "Guest");
  g_assert_cmpstr (given[0].reason, ==, "too warm");
  g_assert_cmpint (given[0].verdict, ==, RESHOOT_VERDICT_REJECT);
  /* The own words are what they were. */
  g_assert_cmpint (reshoot_step_get_verdict (step), ==, RESHOOT_VERDICT_NONE);
  g_assert_cmpint (reshoot_step_get_rating (step), ==, 5);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_step_get_notes (step)), ==, 3);
  pinned = g_list_model_get_item (reshoot_step_get_notes (step), 1);
  g_assert_cmpfloat (reshoot_note_get_facts (pinned)->x, ==, 0.25);
  g_assert_cmpstr (reshoot_note_get_facts (pinned)->author, ==, "Guest");

  /* Another mind. */
  g_assert_true (try_import (project, other, -1, NULL, &counts, NULL));
  g_assert_cmpuint (counts.n_verdicts, ==, 1);
  given = reshoot_step_get_verdicts (step, &n);
  g_assert_cmpuint (n, ==, 1);
  g_assert_cmpint (given[0].verdict, ==, RESHOOT_VERDICT_ACCEPT);
  history_close (project);
  history_remove (file);
}

static void
check_refused (ReshootProject *project,
               const char     *text,
               gssize          length,
               const char     *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (try_import (project, text, length, NULL, NULL, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, reason);
}

static void
check_said (ReshootProject *project,
            const char     *said,
            const char     *reason)
{
  g_autofree char *text = dup_file (project, "Guest", said);

  check_refused (project, text, -1, reason);
}

/* Nothing of a file that is wrong somewhere is stored. */
static void
test_strange (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  ReshootProject *project = make_project (file);
  ReshootStep *step = reshoot_history_get_step (reshoot_project_get_history (project), 2);
  g_autofree char *nobody = dup_file (project, "  ", SAID);
  g_autofree char *huge = g_strnfill (5 * 1024 * 1024, ' ');
  g_autofree char *deep = g_strnfill (100000, '[');
  guint n;

  check_refused (project, "", -1, "verdicts");
  check_refused (project, "[]", -1, "verdicts");
  check_refused (project, "{}", -1, "verdicts");
  check_refused (project, "{\"format\": \"reshoot-verdicts\", \"steps\": 3}", -1, "verdicts");
  check_refused (project,
                 "{\"format\": \"reshoot-verdicts\", \"project\": \"x\", \"reviewer\": \"Guest\","
                 " \"steps\": []}", -1, "verdicts-project");
  check_refused (project, "\xff\xfe", -1, "verdicts");
  check_refused (project, "{}\0{}", 5, "verdicts");
  check_refused (project, huge, -1, "verdicts");
  check_refused (project, deep, -1, "verdicts");
  check_refused (project, nobody, -1, "verdicts-name");
  check_said (project, "\"verdict\": \"maybe\"", "verdicts");
  check_said (project, "\"verdict\": \"accept\", \"notes\": [3]", "verdicts");
  check_said (project, "\"verdict\": \"accept\", \"notes\": [{\"x\": 1}]", "verdicts");

  reshoot_step_get_verdicts (step, &n);
  g_assert_cmpuint (n, ==, 0);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_step_get_notes (step)), ==, 0);
  history_close (project);
  history_remove (file);
}

/* What is left out is said, what is odd but harmless is not in the way. */
static void
test_unknown (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  ReshootProject *project = make_project (file);
  g_autofree char *odd = dup_file (project, "Guest",
                                   "\"rating\": 17, \"verdict\": \"accept\", \"reason\": [], "
                                   "\"notes\": {}, \"mood\": \"fine\"");
  g_autofree char *gone = g_strdup_printf ("{\"format\": \"reshoot-verdicts\", \"project\": \"%s\", \"reviewer\": "
                                           "\"Guest\", \"steps\": [{\"step\": \"x\", \"verdict\": \"accept\"}]}",
                                           reshoot_project_get_uuid (project));
  ReshootVerdictCounts counts;

  g_assert_true (try_import (project, odd, -1, NULL, &counts, NULL));
  g_assert_cmpuint (counts.n_verdicts, ==, 1);
  g_assert_cmpuint (counts.n_notes, ==, 0);
  g_assert_true (try_import (project, gone, -1, NULL, &counts, NULL));
  g_assert_cmpuint (counts.n_verdicts, ==, 0);
  g_assert_cmpuint (counts.n_missing, ==, 1);
  history_close (project);
  history_remove (file);
}

static void
test_import_stopped (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  ReshootProject *project = make_project (file);
  g_autofree char *text = dup_file (project, "Guest", SAID);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) closed = NULL;
  ReshootVerdictCounts counts;

  g_cancellable_cancel (cancellable);
  g_assert_false (try_import (project, text, -1, cancellable, NULL, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_true (try_import (project, text, -1, NULL, &counts, NULL));
  g_assert_cmpuint (counts.n_verdicts + counts.n_notes, ==, 4);
  history_close (project);

  project = history_open (file, RESHOOT_PROJECT_READ_ONLY);
  g_free (text);
  text = dup_file (project, "Guest", "\"verdict\": \"accept\"");
  g_assert_false (try_import (project, text, -1, NULL, NULL, &closed));
  g_assert_error (closed, RESHOOT_ERROR, RESHOOT_ERROR_READ_ONLY);
  history_close (project);
  history_remove (file);
}

int
main (int   argc,
      char *argv[])
{
  g_test_init (&argc, &argv, NULL);

  g_test_add_func ("/parcel/page", test_page);
  g_test_add_func ("/parcel/sheet", test_sheet);
  g_test_add_func ("/parcel/stopped", test_stopped);
  g_test_add_func ("/parcel/nowhere", test_nowhere);
  g_test_add_func ("/parcel/import", test_import);
  g_test_add_func ("/parcel/strange", test_strange);
  g_test_add_func ("/parcel/unknown", test_unknown);
  g_test_add_func ("/parcel/import-stopped", test_import_stopped);

  return g_test_run ();
}
