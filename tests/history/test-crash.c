/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Killed at any instant, a project keeps all it has acknowledged. A child process (this program again) writes steps and
 * says on a pipe what is stored; the parent kills it somewhere in between, opens the file and counts. RESHOOT_KILLS
 * says how often, 20 if unset. */

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "history-support.h"

/* In microseconds. */
#define LONGEST_LIFE (150 * 1000)

/* The child: edits without end, a line for each thing that is stored. */
static int
write_until_killed (const char *path,
                    guint       seed)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootHistory *history = reshoot_project_get_history (project);
  g_autoptr (ReshootImage) original = history_make_picture (1, 300, 200);

  history_add_original (project, original, "one");
  dprintf (STDOUT_FILENO, "done 1\n");

  for (guint i = 0; ; i++)
    {
      guint n = g_list_model_get_n_items (G_LIST_MODEL (history));
      guint id = 1 + (seed * 7 + i * 13) % n;
      ReshootStep *source = reshoot_history_get_step (history, id);
      g_autoptr (ReshootImage) picture = history_make_picture (seed * 1000 + i, 300 + i % 50, 200);
      ReshootJobFacts submitted = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_SUBMITTED);
      ReshootStep *step;

      while (reshoot_step_get_digest (source) == NULL)
        source = reshoot_step_get_parent (source);

      step = history_add_request (project, source, "once more", 0.04);
      dprintf (STDOUT_FILENO, "asked %d\n", (int) reshoot_step_get_id (step));
      submitted.ticket = "{\"id\":\"t\"}";
      submitted.quoted = 0.04;
      history_update_job (project, step, &submitted);
      dprintf (STDOUT_FILENO, "submitted %d\n", (int) reshoot_step_get_id (step));
      g_assert_true (history_try_reply (project, step, picture, NULL));
      dprintf (STDOUT_FILENO, "received %d\n", (int) reshoot_step_get_id (step));
      g_assert_true (history_try_version (project, step, picture, NULL));
      dprintf (STDOUT_FILENO, "done %d\n", (int) reshoot_step_get_id (step));
      if (i % 5 == 4)
        reshoot_history_undo (history);
    }

  return 0;
}

/* Returns: whether the child said one thing more. */
static gboolean
read_line (GDataInputStream *lines,
           GHashTable       *stored)
{
  g_autofree char *line = g_data_input_stream_read_line (lines, NULL, NULL, NULL);
  char *space;

  if (line == NULL)
    return FALSE;

  space = strchr (line, ' ');
  g_assert_nonnull (space);
  *space = '\0';
  g_hash_table_insert (stored, GINT_TO_POINTER (atoi (space + 1)), g_strdup (line));
  return TRUE;
}

/* What was said of a step is the least that must be true of it. */
static void
assert_kept (ReshootProject *project,
             int             id,
             const char     *word)
{
  ReshootStep *step = reshoot_history_get_step (reshoot_project_get_history (project), id);
  ReshootStepState state;

  g_assert_nonnull (step);
  state = reshoot_step_get_state (step);
  if (g_str_equal (word, "done"))
    {
      g_assert_cmpint (state, ==, RESHOOT_STEP_DONE);
      g_assert_nonnull (reshoot_step_get_digest (step));
    }
  else if (g_str_equal (word, "received"))
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootImage) reply = history_try_load (project, step, RESHOOT_PICTURE_REPLY,
                                                         &error);

      g_assert_no_error (error);
      g_assert_nonnull (reply);
      g_assert_cmpint (state, >=, RESHOOT_STEP_RECEIVED);
    }
  else if (g_str_equal (word, "submitted"))
    {
      g_assert_cmpstr (reshoot_step_get_ticket (step), ==, "{\"id\":\"t\"}");
      g_assert_cmpfloat (reshoot_step_get_price (step)->quoted, ==, 0.04);
    }
}

static void
check_after (GFile      *file,
             GHashTable *stored)
{
  g_autofree char *log = g_strconcat (g_file_peek_path (file), "-wal", NULL);
  g_autofree char *index = g_strconcat (g_file_peek_path (file), "-shm", NULL);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_OPEN);
  GHashTableIter iter;
  gpointer id;
  gpointer word;

  g_assert_false (reshoot_project_get_read_only (project));
  g_hash_table_iter_init (&iter, stored);
  while (g_hash_table_iter_next (&iter, &id, &word))
    assert_kept (project, GPOINTER_TO_INT (id), word);

  if (g_hash_table_size (stored) > 0)
    g_assert_nonnull (reshoot_history_get_head (reshoot_project_get_history (project)));

  history_verify (project);
  history_close (project);
  g_assert_false (g_file_test (log, G_FILE_TEST_EXISTS));
  g_assert_false (g_file_test (index, G_FILE_TEST_EXISTS));
}

static void
test_kill (gconstpointer program)
{
  const char *wanted = g_getenv ("RESHOOT_KILLS");
  int n_rounds = wanted != NULL ? atoi (wanted) : 20;
  guint n_lines = 0;
  guint n_early = 0;

  for (int i = 0; i < n_rounds; i++)
    {
      g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
      g_autoptr (GHashTable) stored = g_hash_table_new_full (NULL, NULL, NULL, g_free);
      g_autofree char *seed = g_strdup_printf ("%d", g_test_rand_int_range (0, 100000));
      g_autoptr (GError) error = NULL;
      g_autoptr (GSubprocess) child = NULL;
      g_autoptr (GDataInputStream) lines = NULL;

      child = g_subprocess_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE, &error, program, "--write",
                                g_file_peek_path (file), seed, NULL);
      g_assert_no_error (error);
      lines = g_data_input_stream_new (g_subprocess_get_stdout_pipe (child));

      /* One in four dies while it starts, the others at work. */
      if (i % 4 != 0)
        n_lines += read_line (lines, stored);
      g_usleep (g_test_rand_int_range (0, LONGEST_LIFE));
      g_subprocess_force_exit (child);
      while (read_line (lines, stored))
        n_lines++;
      g_assert_true (g_subprocess_wait (child, NULL, NULL));

      /* Killed before it began: there may be no file, or one that holds nothing yet. */
      if (g_hash_table_size (stored) == 0)
        {
          n_early++;
          history_close (history_open (file, RESHOOT_PROJECT_CREATE));
        }

      check_after (file, stored);
      history_remove (file);
    }

  g_test_message ("%d kills, %u acknowledged facts, all there; %u before the first", n_rounds, n_lines, n_early);
}

int
main (int    argc,
      char **argv)
{
  if (argc == 4 && strcmp (argv[1], "--write") == 0)
    return write_until_killed (argv[2], atoi (argv[3]));

  reshoot_test_init (&argc, &argv);

  g_test_add_data_func ("/crash/kill", argv[0], test_kill);

  return g_test_run ();
}
