/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A stranger's project file, opened to be read: a tree comes out, or an error, and nothing else. */

#include "fuzz.h"

#include <glib/gstdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "reshoot-error.h"
#include "reshoot-project-copy.h"

/* Steps whose pictures are read. */
#define MAX_PICTURES 8

static char *fuzz_path;

static void
remove_file (void)
{
  g_unlink (fuzz_path);
  g_free (fuzz_path);
}

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  int fd;

  /* In memory where there is such a place: a disk would only slow us down. */
  fuzz_path = g_build_filename (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR) ? "/dev/shm" : g_get_tmp_dir (),
                                "reshoot-fuzz-XXXXXX", NULL);
  fd = g_mkstemp (fuzz_path);
  g_assert_cmpint (fd, >=, 0);
  close (fd);
  atexit (remove_file);
  g_type_ensure (RESHOOT_TYPE_IMAGE);
  return 0;
}

static void
ready_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  *(GAsyncResult **) user_data = g_object_ref (result);
}

static GAsyncResult *
await (GAsyncResult **result)
{
  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  return *result;
}

/* Parents and children agree, every way up ends, the head is one of the steps. */
static void
check_tree (ReshootHistory *history)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (history));
  ReshootStep *head = reshoot_history_get_head (history);

  g_assert_true ((head == NULL) == (n == 0));
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (G_LIST_MODEL (history), i);
      ReshootStep *parent = reshoot_step_get_parent (step);
      guint depth = 0;

      for (ReshootStep *up = step; up != NULL; up = reshoot_step_get_parent (up))
        g_assert_cmpuint (depth++, <=, n);

      g_assert_true ((parent == NULL) == (reshoot_step_get_request (step) == NULL));
      reshoot_step_get_facts (step);
      g_assert_nonnull (reshoot_step_get_original (step));
      g_assert_true (reshoot_history_get_step (history, reshoot_step_get_id (step)) == step);
      g_assert_true (reshoot_step_get_title (step) == NULL
                     || g_utf8_validate (reshoot_step_get_title (step), -1, NULL));
    }

  while (reshoot_history_undo (history))
    ;
  while (reshoot_history_redo (history))
    ;
}

static void
read_pictures (ReshootProject *project)
{
  ReshootHistory *history = reshoot_project_get_history (project);
  guint n = g_list_model_get_n_items (G_LIST_MODEL (history));

  for (guint i = 0; i < MIN (n, MAX_PICTURES); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (G_LIST_MODEL (history), i);
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootImage) image = NULL;
      ReshootPictureKind kind = i % 2 == 0 ? RESHOOT_PICTURE_SHOWN : RESHOOT_PICTURE_REPLY;

      reshoot_project_load_picture_async (project, step, kind, NULL, ready_cb, &result);
      image = reshoot_project_load_picture_finish (project, await (&result), &error);
      g_assert_true ((image == NULL) == (error != NULL));
    }
}

/* What opens can be copied, unless its damage shows only then; a copy of what was saved is whole. */
static void
copy_project (ReshootProject *project)
{
  g_autofree char *path = g_strconcat (fuzz_path, "-copy", NULL);
  g_autoptr (GFile) to = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) copied = NULL;
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GAsyncResult) verified = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootProject) copy = NULL;

  reshoot_project_save_copy_async (project, to, NULL, ready_cb, &copied);
  if (reshoot_project_save_copy_finish (project, await (&copied), &error) &&
      reshoot_project_get_damage (project) != NULL)
    {
      reshoot_project_open_async (to, RESHOOT_PROJECT_READ_ONLY, NULL, ready_cb, &opened);
      copy = reshoot_project_open_finish (await (&opened), &error);
      g_assert_no_error (error);
      g_assert_null (reshoot_project_get_damage (copy));
      reshoot_project_verify_async (copy, NULL, ready_cb, &verified);
      reshoot_project_verify_finish (copy, await (&verified), NULL, &error);
      g_assert_no_error (error);
    }

  g_unlink (path);
}

static void
use_project (ReshootProject *project)
{
  g_autoptr (GAsyncResult) verified = NULL;
  g_autoptr (GAsyncResult) closed = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_true (reshoot_project_get_read_only (project));
  check_tree (reshoot_project_get_history (project));
  read_pictures (project);
  copy_project (project);
  reshoot_project_verify_async (project, NULL, ready_cb, &verified);
  if (!reshoot_project_verify_finish (project, await (&verified), NULL, &error))
    g_assert_nonnull (error);

  reshoot_project_close_async (project, NULL, ready_cb, &closed);
  g_assert_true (reshoot_project_close_finish (project, await (&closed), NULL));
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autoptr (GFile) file = g_file_new_for_path (fuzz_path);
  g_autoptr (GAsyncResult) opened = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootProject) project = NULL;
  FILE *stream = g_fopen (fuzz_path, "wb");

  g_assert_nonnull (stream);
  g_assert_cmpuint (fwrite (data, 1, length, stream), ==, length);
  fclose (stream);

  reshoot_project_open_async (file, RESHOOT_PROJECT_READ_ONLY, NULL, ready_cb, &opened);
  project = reshoot_project_open_finish (await (&opened), &error);
  if (project != NULL)
    use_project (project);
  else
    g_assert_nonnull (reshoot_error_get_reason (error));

  return 0;
}
