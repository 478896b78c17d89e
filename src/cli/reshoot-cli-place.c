/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the project of an edit lies when none was named. A free result that goes to a file needs no project afterwards,
 * so a temporary one does; everything else is kept with the person's other projects. */

#include "reshoot-cli-place.h"

#include "reshoot-error.h"

#include <glib/gstdio.h>
#include <string.h>

/* Edits of photos of one name that run at the same time; more than these wait for nobody. */
#define NUMBERS_MAX 99

static gboolean
is_all_local (ReshootCliEdit *asked)
{
  for (guint i = 0; i < asked->models->len; i++)
    if (!reshoot_model_get_is_local (g_ptr_array_index (asked->models, i)))
      return FALSE;

  return TRUE;
}

static char *
make_temporary_folder (GError **error)
{
  g_autoptr (GError) inner = NULL;
  char *folder = g_dir_make_tmp ("reshoot-XXXXXX", &inner);

  if (folder == NULL)
    reshoot_set_error (error, RESHOOT_ERROR_READ_ONLY, "permission", g_get_tmp_dir (), "%s", inner->message);

  return folder;
}

static char *
make_projects_folder (GError **error)
{
  g_autofree char *folder = g_build_filename (g_get_user_data_dir (), "reshoot", "projects", NULL);

  if (g_mkdir_with_parents (folder, 0700) == 0)
    return g_steal_pointer (&folder);

  reshoot_set_error (error, RESHOOT_ERROR_READ_ONLY, "permission", folder, "cannot make the folder");
  return NULL;
}

/* "shoe.reshoot" for shoe.jpg, then "shoe 2.reshoot". */
static char *
dup_path (const char *folder,
          const char *image,
          guint       number)
{
  g_autofree char *stem = g_path_get_basename (image);
  g_autofree char *name = NULL;
  char *dot = strrchr (stem, '.');

  if (dot != NULL && dot != stem)
    *dot = '\0';

  name = number == 1 ? g_strdup_printf ("%s.reshoot", stem)
                     : g_strdup_printf ("%s %u.reshoot", stem, number);
  return g_build_filename (folder, name, NULL);
}

/* The first that nobody else is writing: another edit of a photo of that name may be on its way. */
static ReshootProject *
open_free (ReshootCliPlace  *self,
           ReshootCli       *cli,
           const char       *folder,
           const char       *image,
           GError          **error)
{
  for (guint number = 1; ; number++)
    {
      g_autoptr (ReshootProject) project = NULL;

      g_free (self->path);
      self->path = dup_path (folder, image, number);
      project = reshoot_cli_open_quietly (cli, self->path, RESHOOT_PROJECT_CREATE, error);
      if (project == NULL || !reshoot_project_get_read_only (project) || number == NUMBERS_MAX)
        {
          if (project != NULL && self->temporary == NULL)
            reshoot_session_take_up (cli->session, project);

          return g_steal_pointer (&project);
        }

      if (!reshoot_cli_close_project (cli, project, error))
        return NULL;
    }
}

/* Opens the project that was named, or one in the place that suits. */
ReshootProject *
reshoot_cli_place_open (ReshootCliPlace  *self,
                        ReshootCli       *cli,
                        ReshootCliEdit   *asked,
                        GError          **error)
{
  g_autofree char *folder = NULL;
  ReshootProjectFlags flags = asked->from != NULL ? RESHOOT_PROJECT_OPEN : RESHOOT_PROJECT_CREATE;

  if (asked->project != NULL)
    {
      self->path = g_strdup (asked->project);
      return reshoot_cli_open_project (cli, self->path, flags, error);
    }

  if (asked->output != NULL && is_all_local (asked))
    {
      folder = make_temporary_folder (error);
      self->temporary = g_strdup (folder);
    }
  else
    {
      folder = make_projects_folder (error);
      self->tell_path = TRUE;
    }

  return folder != NULL ? open_free (self, cli, folder, asked->image, error) : NULL;
}

void
reshoot_cli_place_remove_temporary (ReshootCliPlace *self)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (self->temporary == NULL)
    return;

  folder = g_dir_open (self->temporary, 0, NULL);
  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (self->temporary, name, NULL);

      g_unlink (path);
    }

  g_rmdir (self->temporary);
}

void
reshoot_cli_place_clear (ReshootCliPlace *self)
{
  g_clear_pointer (&self->path, g_free);
  g_clear_pointer (&self->temporary, g_free);
}
