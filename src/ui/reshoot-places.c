/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the person was: which windows were open, and what of each project was looked at. It is a small file among what
 * the program may forget, not a setting: where it cannot be read or written, windows begin as new ones do. */

#include "reshoot-places.h"

#include <glib/gstdio.h>
#include <math.h>

/* Of so many projects it is remembered what was looked at. */
#define MAX_PLACES 200

/* More windows than this are not opened at once. */
#define MAX_WINDOWS 12

#define WINDOW "Window "
#define PROJECT "Project "

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_state_dir (), "reshoot", "windows.ini", NULL);
}

static GKeyFile *
load (void)
{
  g_autofree char *path = dup_path ();
  GKeyFile *file = g_key_file_new ();

  g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL);
  return file;
}

static void
save (GKeyFile *file)
{
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_mkdir_with_parents (folder, 0700);
  text = g_key_file_to_data (file, &length, NULL);
  if (!g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT, 0600,
                                 &error))
    g_debug ("where the windows are is not remembered: %s", error->message);
}

void
reshoot_place_clear (ReshootPlace *place)
{
  g_clear_pointer (&place->view, g_free);
}

void
reshoot_open_window_free (ReshootOpenWindow *window)
{
  g_free (window->uri);
  g_free (window);
}

static double
get_number (GKeyFile   *file,
            const char *group,
            const char *key)
{
  g_autoptr (GError) error = NULL;
  double number = g_key_file_get_double (file, group, key, &error);

  return error == NULL ? number : NAN;
}

/**
 * reshoot_places_get:
 * @project: a project's UUID
 * @place: (out caller-allocates): where the person was in it; clear it with [func@place_clear]
 *
 * Returns: whether that is known
 */
gboolean
reshoot_places_get (const char   *project,
                    ReshootPlace *place)
{
  g_autoptr (GKeyFile) file = load ();
  g_autofree char *group = g_strconcat (PROJECT, project, NULL);

  g_return_val_if_fail (project != NULL, FALSE);

  *place = (ReshootPlace) { .fits = TRUE, .zoom = NAN, .x = NAN, .y = NAN };
  if (!g_key_file_has_group (file, group))
    return FALSE;

  place->view = g_key_file_get_string (file, group, "view", NULL);
  place->zoom = get_number (file, group, "zoom");
  place->x = get_number (file, group, "x");
  place->y = get_number (file, group, "y");
  place->fits = !isfinite (place->zoom) || !isfinite (place->x) || !isfinite (place->y);
  return TRUE;
}

/* The one that was set longest ago is the first in the file. */
static void
forget_oldest (GKeyFile *file)
{
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);
  guint n_places = 0;

  for (guint i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], PROJECT))
      n_places++;

  for (guint i = 0; groups[i] != NULL && n_places > MAX_PLACES; i++)
    if (g_str_has_prefix (groups[i], PROJECT))
      {
        g_key_file_remove_group (file, groups[i], NULL);
        n_places--;
      }
}

/**
 * reshoot_places_set:
 * @project: a project's UUID
 * @place: where the person is in it
 */
void
reshoot_places_set (const char         *project,
                    const ReshootPlace *place)
{
  g_autoptr (GKeyFile) file = load ();
  g_autofree char *group = g_strconcat (PROJECT, project, NULL);

  g_return_if_fail (project != NULL);

  g_key_file_remove_group (file, group, NULL);
  g_key_file_set_string (file, group, "view", place->view);
  if (!place->fits)
    {
      g_key_file_set_double (file, group, "zoom", place->zoom);
      g_key_file_set_double (file, group, "x", place->x);
      g_key_file_set_double (file, group, "y", place->y);
    }

  forget_oldest (file);
  save (file);
}

/**
 * reshoot_places_list_open:
 *
 * Returns: (transfer full) (element-type ReshootOpenWindow): the windows that were open last, the one in front first
 */
GPtrArray *
reshoot_places_list_open (void)
{
  g_autoptr (GKeyFile) file = load ();
  GPtrArray *windows = g_ptr_array_new_with_free_func ((GDestroyNotify) reshoot_open_window_free);

  for (guint i = 1; i <= MAX_WINDOWS; i++)
    {
      g_autofree char *group = g_strdup_printf (WINDOW "%u", i);
      g_autofree char *uri = g_key_file_get_string (file, group, "project", NULL);
      ReshootOpenWindow *window;

      if (uri == NULL)
        break;

      window = g_new0 (ReshootOpenWindow, 1);
      window->uri = g_steal_pointer (&uri);
      window->width = g_key_file_get_integer (file, group, "width", NULL);
      window->height = g_key_file_get_integer (file, group, "height", NULL);
      window->is_maximized = g_key_file_get_boolean (file, group, "maximized", NULL);
      g_ptr_array_add (windows, window);
    }

  return windows;
}

/**
 * reshoot_places_set_open:
 * @windows: (element-type ReshootOpenWindow): the windows that are open, the one in front first
 */
void
reshoot_places_set_open (GPtrArray *windows)
{
  g_autoptr (GKeyFile) file = load ();
  g_auto (GStrv) groups = g_key_file_get_groups (file, NULL);

  for (guint i = 0; groups[i] != NULL; i++)
    if (g_str_has_prefix (groups[i], WINDOW))
      g_key_file_remove_group (file, groups[i], NULL);

  for (guint i = 0; i < MIN (windows->len, MAX_WINDOWS); i++)
    {
      ReshootOpenWindow *window = windows->pdata[i];
      g_autofree char *group = g_strdup_printf (WINDOW "%u", i + 1);

      g_key_file_set_string (file, group, "project", window->uri);
      g_key_file_set_integer (file, group, "width", window->width);
      g_key_file_set_integer (file, group, "height", window->height);
      g_key_file_set_boolean (file, group, "maximized", window->is_maximized);
    }

  save (file);
}
