/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What every suite needs: isolated folders, waiting for an async call without sleeping, files of tests/data. */

#include "reshoot-test.h"

/* An async call that is not back after this long never comes back. */
#define AWAIT_SECONDS 120

void
reshoot_test_init (int    *argc,
                   char ***argv)
{
  g_test_init (argc, argv, G_TEST_OPTION_ISOLATE_DIRS, NULL);
}

/* Pass this as the callback and the address of a NULL GAsyncResult as its data. */
void
reshoot_test_ready_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  GAsyncResult **place = user_data;

  g_assert_null (*place);
  *place = g_object_ref (result);
}

static gboolean
too_long_cb (gpointer user_data)
{
  g_error ("an async call did not come back within %d seconds", AWAIT_SECONDS);
  return G_SOURCE_REMOVE;
}

void
reshoot_test_await (GAsyncResult **result)
{
  guint dog = g_timeout_add_seconds (AWAIT_SECONDS, too_long_cb, NULL);

  while (*result == NULL)
    g_main_context_iteration (NULL, TRUE);

  g_source_remove (dog);
}

gboolean
reshoot_test_tick_cb (gpointer user_data)
{
  return G_SOURCE_CONTINUE;
}

char *
reshoot_test_data_path (const char *name)
{
  return g_test_build_filename (G_TEST_DIST, "data", name, NULL);
}

char *
reshoot_test_sample (const char *name)
{
  const char *folder = g_getenv ("RESHOOT_SAMPLES");

  g_assert_nonnull (folder);
  return g_build_filename (folder, name, NULL);
}

/* GLib leaves the names of a test's folders to whoever may still hold them when the next test gets its own. Held here,
 * they are no leaks, also where stacks are too short to tell whose they are. */
static void
hold_user_dirs (void)
{
  static GPtrArray *held;
  gconstpointer dirs[] = {
    g_get_home_dir (), g_get_user_cache_dir (), g_get_user_config_dir (), g_get_user_data_dir (),
    g_get_user_state_dir (), g_get_user_runtime_dir (), g_get_system_config_dirs (),
    g_get_system_data_dirs (),
  };

  if (held == NULL)
    held = g_ptr_array_new ();

  for (guint i = 0; i < G_N_ELEMENTS (dirs); i++)
    g_ptr_array_add (held, (gpointer) dirs[i]);
}

/* With all that is in it. A link is removed, not followed. */
void
reshoot_test_remove_tree (GFile *folder)
{
  g_autoptr (GFileEnumerator) children = NULL;
  GFile *child;

  if (g_file_query_file_type (folder, G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS,
                              NULL) == G_FILE_TYPE_DIRECTORY)
    children = g_file_enumerate_children (folder, G_FILE_ATTRIBUTE_STANDARD_NAME,
                                          G_FILE_QUERY_INFO_NOFOLLOW_SYMLINKS, NULL, NULL);

  while (children != NULL && g_file_enumerator_iterate (children, NULL, &child, NULL, NULL) &&
         child != NULL)
    reshoot_test_remove_tree (child);

  g_assert_true (g_file_delete (folder, NULL, NULL));
}

/* A file that does not exist yet, in a fresh folder of the test's own. */
GFile *
reshoot_test_temp_file (const char *name)
{
  g_autofree char *folder = g_dir_make_tmp ("reshoot-test-XXXXXX", NULL);
  g_autofree char *path = NULL;

  hold_user_dirs ();
  g_assert_nonnull (folder);
  path = g_build_filename (folder, name, NULL);
  return g_file_new_for_path (path);
}

GBytes *
reshoot_test_data_bytes (const char *name)
{
  g_autofree char *path = reshoot_test_data_path (name);
  g_autoptr (GError) error = NULL;
  char *contents;
  gsize length;

  g_file_get_contents (path, &contents, &length, &error);
  g_assert_no_error (error);
  return g_bytes_new_take (contents, length);
}
