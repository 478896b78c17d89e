/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The recipes that a person saved: words, nothing else. They are a file among the person's data and no setting: they
 * are work, they are to be there where no schema is, and whoever makes a copy of the folder has them. */

#include "reshoot-recipes.h"

#include <glib/gstdio.h>

/* More than a menu can be searched for by eye are not kept. */
#define MAX_RECIPES 100

#define GROUP "Recipes"
#define KEY "words"

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_data_dir (), "reshoot", "recipes.ini", NULL);
}

/**
 * reshoot_recipes_load:
 *
 * Returns: (transfer full): the person's own recipes, in their order; none where there is no file, or none that can be
 *   read
 */
GStrv
reshoot_recipes_load (void)
{
  g_autofree char *path = dup_path ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  GStrv recipes = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    recipes = g_key_file_get_string_list (file, GROUP, KEY, NULL, NULL);

  return recipes != NULL ? recipes : g_new0 (char *, 1);
}

/**
 * reshoot_recipes_save:
 * @recipes: (array zero-terminated=1): all of them
 * @error: return location: those of the file system
 *
 * What else a later version wrote into the file stays there.
 *
 * Returns: whether they are kept
 */
gboolean
reshoot_recipes_save (const char *const  *recipes,
                      GError            **error)
{
  g_autofree char *path = dup_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autofree char *text = NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();
  gsize length;

  g_return_val_if_fail (recipes != NULL, FALSE);

  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS | G_KEY_FILE_KEEP_TRANSLATIONS,
                             NULL);
  g_key_file_set_string_list (file, GROUP, KEY, recipes,
                              MIN (g_strv_length ((GStrv) recipes), MAX_RECIPES));
  text = g_key_file_to_data (file, &length, NULL);
  g_mkdir_with_parents (folder, 0700);
  return g_file_set_contents_full (path, text, (gssize) length, G_FILE_SET_CONTENTS_CONSISTENT,
                                   0600, error);
}
