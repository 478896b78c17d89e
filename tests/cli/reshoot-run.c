/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Runs the built program as a person would: no display, no session bus, an empty home. Root may write where nobody else
 * may, so the program is started without that power, and a folder without write permission is one for it too. */

#include "reshoot-run.h"
#include "reshoot-test.h"

#include <fcntl.h>
#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>

/* From linux/capability.h, which is not everywhere: passing over permissions to write and to read. */
#define DAC_OVERRIDE 1
#define DAC_READ_SEARCH 2

Place *
place_new (void)
{
  Place *self = g_new0 (Place, 1);

  self->folder = g_dir_make_tmp ("reshoot-cli-XXXXXX", NULL);
  g_assert_nonnull (self->folder);
  self->variables = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);

  place_set (self, "HOME", self->folder);
  place_set (self, "XDG_DATA_HOME", NULL);
  place_set (self, "XDG_CONFIG_HOME", NULL);
  place_set (self, "XDG_CACHE_HOME", NULL);
  place_set (self, "DISPLAY", NULL);
  place_set (self, "WAYLAND_DISPLAY", NULL);
  place_set (self, "DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent");
  place_set (self, "BFL_API_KEY", NULL);
  return self;
}

static void
remove_tree (const char *path)
{
  GDir *folder = g_file_test (path, G_FILE_TEST_IS_SYMLINK) ? NULL : g_dir_open (path, 0, NULL);
  const char *name;

  if (folder != NULL)
    {
      g_chmod (path, 0700);
      while ((name = g_dir_read_name (folder)) != NULL)
        {
          g_autofree char *child = g_build_filename (path, name, NULL);

          remove_tree (child);
        }
      g_dir_close (folder);
    }

  g_remove (path);
}

void
place_free (Place *self)
{
  remove_tree (self->folder);
  g_free (self->folder);
  g_free (self->input);
  g_hash_table_unref (self->variables);
  g_free (self);
}

char *
place_path (Place      *self,
            const char *name)
{
  return g_build_filename (self->folder, name, NULL);
}

/* @value: (nullable): %NULL unsets the variable */
void
place_set (Place      *self,
           const char *name,
           const char *value)
{
  g_hash_table_insert (self->variables, g_strdup (name), g_strdup (value));
}

static void
child_setup_cb (gpointer user_data)
{
  prctl (PR_CAPBSET_DROP, DAC_OVERRIDE, 0, 0, 0);
  prctl (PR_CAPBSET_DROP, DAC_READ_SEARCH, 0, 0, 0);
}

GSubprocess *
place_spawn (Place              *self,
             const char *const  *arguments,
             GError            **error)
{
  g_autoptr (GSubprocessLauncher) launcher = NULL;
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  GHashTableIter iter;
  gpointer name, value;

  g_assert_nonnull (g_getenv ("RESHOOT_BINARY"));
  g_ptr_array_add (argv, (char *) g_getenv ("RESHOOT_BINARY"));
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) arguments[i]);
  g_ptr_array_add (argv, NULL);

  launcher = g_subprocess_launcher_new (G_SUBPROCESS_FLAGS_STDOUT_PIPE
                                        | G_SUBPROCESS_FLAGS_STDERR_PIPE);
  g_subprocess_launcher_set_cwd (launcher, self->folder);
  if (self->input != NULL)
    g_subprocess_launcher_take_stdin_fd (launcher,
                                         g_open (self->input, O_RDONLY | O_NOCTTY | O_CLOEXEC));
  g_subprocess_launcher_set_child_setup (launcher, child_setup_cb, NULL, NULL);

  g_hash_table_iter_init (&iter, self->variables);
  while (g_hash_table_iter_next (&iter, &name, &value))
    if (value != NULL)
      g_subprocess_launcher_setenv (launcher, name, value, TRUE);
    else
      g_subprocess_launcher_unsetenv (launcher, name);

  return g_subprocess_launcher_spawnv (launcher, (const char *const *) argv->pdata, error);
}

/* Empty bytes have no data at all. */
static char *
dup_text (GBytes *bytes)
{
  const char *data = g_bytes_get_data (bytes, NULL);

  return g_strndup (data != NULL ? data : "", g_bytes_get_size (bytes));
}

Run *
place_runv (Place             *self,
            const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = place_spawn (self, arguments, &error);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GBytes) err = NULL;
  Run *run = g_new0 (Run, 1);

  /* The main loop turns meanwhile: a server that the program asks may live in it. */
  g_assert_no_error (error);
  g_subprocess_communicate_async (process, NULL, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  g_subprocess_communicate_finish (process, result, &out, &err, &error);
  g_assert_no_error (error);

  run->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                     : 128 + g_subprocess_get_term_sig (process);
  run->out = dup_text (out);
  run->err = dup_text (err);
  return run;
}

Run *
place_run (Place *self,
           ...)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new ();
  const char *argument;
  va_list list;

  va_start (list, self);
  while ((argument = va_arg (list, const char *)) != NULL)
    g_ptr_array_add (arguments, (char *) argument);
  va_end (list);
  g_ptr_array_add (arguments, NULL);

  return place_runv (self, (const char *const *) arguments->pdata);
}

void
run_free (Run *self)
{
  g_free (self->out);
  g_free (self->err);
  g_free (self);
}

/* It did what it was asked and had nothing to complain about. */
void
run_assert_done (Run *self)
{
  g_assert_cmpstr (self->err, ==, "");
  g_assert_cmpint (self->status, ==, 0);
}

/* It said no, in one sentence on one line of standard error. */
void
run_assert_failed (Run *self,
                   int  status)
{
  const char *end = strchr (self->err, '\n');

  if (self->status != status)
    g_test_message ("standard error: %s", self->err);

  g_assert_cmpint (self->status, ==, status);
  g_assert_nonnull (end);
  g_assert_cmpstr (end, ==, "\n");
  g_assert_cmpint (end[-1], ==, '.');
  g_assert_cmpint (end - self->err, >, 20);
}

/* Standard output as JSON objects, one a line: of JsonNode. */
GPtrArray *
run_parse_lines (Run *self)
{
  GPtrArray *nodes = g_ptr_array_new_with_free_func ((GDestroyNotify) json_node_unref);
  g_auto (GStrv) lines = g_strsplit (self->out, "\n", -1);

  for (guint i = 0; lines[i] != NULL && *lines[i] != '\0'; i++)
    {
      g_autoptr (GError) error = NULL;
      JsonNode *node = json_from_string (lines[i], &error);

      g_assert_no_error (error);
      g_assert_nonnull (node);
      g_assert_true (JSON_NODE_HOLDS_OBJECT (node));
      g_ptr_array_add (nodes, node);
    }

  return nodes;
}
