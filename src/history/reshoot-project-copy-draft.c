/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is written in a draft beside its place and takes the place when it is whole and on the disk: a copy, an archive,
 * the project of an archive. Whatever happens, there is the whole or nothing, and what lay there is as it was. */

#define _GNU_SOURCE   /* syncfs() */

#include "reshoot-project-copy-private.h"

#include <errno.h>
#include <fcntl.h>
#include <glib/gstdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "reshoot-error.h"

/* One flush of what came before: a rename that is on the disk before the bytes are would show half a copy. */
static gboolean
sync_path (const char  *path,
           int          flags,
           GError     **error)
{
  int fd = g_open (path, flags | O_CLOEXEC, 0);
  gboolean synced = fd >= 0 && fsync (fd) == 0;

  if (!synced)
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));

  if (fd >= 0)
    close (fd);

  return synced;
}

static gboolean
set_taken (const char  *reason,
           const char  *path,
           GError     **error)
{
  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, reason, path, "cannot be the place of a copy");
  return FALSE;
}

/* A project that somebody writes is not pulled away from under them. What lies there and is no project is replaced. */
static gboolean
lock_replaced (ReshootCopy  *copy,
               GError      **error)
{
  copy->replaced = reshoot_project_file_open (copy->path, 0, NULL);
  if (copy->replaced == NULL ||
      reshoot_project_file_get_access (copy->replaced) != RESHOOT_FILE_BUSY)
    return TRUE;

  return set_taken ("copy-onto-open", copy->path, error);
}

static gboolean
is_empty_folder (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);

  return folder != NULL && g_dir_read_name (folder) == NULL;
}

/* A log beside the place belongs to a project that is open, or to one that was lost: neither may be mixed with ours. */
static gboolean
check_place (ReshootCopy  *copy,
             GError      **error)
{
  static const char *const beside[] = { "-wal", "-journal" };
  g_autofree char *folder = g_path_get_dirname (copy->path);
  struct stat info;

  if (g_stat (copy->path, &info) == 0)
    {
      if (copy->is_folder && !is_empty_folder (copy->path))
        return set_taken ("exists", copy->path, error);
      if (!copy->is_folder && S_ISDIR (info.st_mode))
        return set_taken ("directory", copy->path, error);
      if (copy->is_folder)
        return TRUE;
      if (!S_ISREG (info.st_mode))
        return set_taken ("not-a-file", copy->path, error);
      if (info.st_dev == copy->device && info.st_ino == copy->inode)
        return set_taken ("copy-onto-itself", copy->path, error);
      if (!lock_replaced (copy, error))
        return FALSE;
    }

  for (guint i = 0; !copy->is_folder && i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *path = g_strconcat (copy->path, beside[i], NULL);

      if (g_file_test (path, G_FILE_TEST_EXISTS))
        return set_taken ("exists", path, error);
    }

  return g_file_test (folder, G_FILE_TEST_IS_DIR) || set_taken ("output-folder", folder, error);
}

static gboolean
make_draft (ReshootCopy  *copy,
            GError      **error)
{
  g_autofree char *folder = g_path_get_dirname (copy->path);
  int fd;

  copy->draft = g_build_filename (folder, ".reshoot-copy-XXXXXX", NULL);
  if (copy->is_folder && g_mkdtemp_full (copy->draft, 0777) != NULL)
    return TRUE;

  fd = copy->is_folder ? -1 : g_mkstemp_full (copy->draft, O_RDWR | O_CLOEXEC, 0666);
  if (fd >= 0)
    {
      close (fd);
      return TRUE;
    }

  g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
  g_clear_pointer (&copy->draft, g_free);
  return FALSE;
}

/* Of a folder that we made. A link is removed, not followed. */
static void
remove_tree (const char *path)
{
  g_autoptr (GDir) folder = NULL;
  const char *name;

  if (!g_file_test (path, G_FILE_TEST_IS_SYMLINK))
    folder = g_dir_open (path, 0, NULL);

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *inner = g_build_filename (path, name, NULL);

      remove_tree (inner);
    }

  g_remove (path);
}

static void
remove_draft (ReshootCopy *copy)
{
  static const char *const beside[] = { "", "-journal", "-wal", "-shm" };

  if (copy->draft != NULL && copy->is_folder)
    {
      remove_tree (copy->draft);
      return;
    }

  for (guint i = 0; copy->draft != NULL && i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *path = g_strconcat (copy->draft, beside[i], NULL);

      g_unlink (path);
    }
}

/* Many small files are flushed together: one by one they would take minutes. */
static gboolean
sync_draft (ReshootCopy  *copy,
            GError      **error)
{
  gboolean synced;
  int fd;

  if (!copy->is_folder)
    return sync_path (copy->draft, O_RDONLY, error);

  fd = g_open (copy->draft, O_RDONLY | O_DIRECTORY | O_CLOEXEC, 0);
  synced = fd >= 0 && syncfs (fd) == 0;
  if (!synced)
    g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));

  if (fd >= 0)
    close (fd);

  return synced;
}

static gboolean
finish_draft (ReshootCopy   *copy,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autofree char *folder = g_path_get_dirname (copy->path);

  if (!sync_draft (copy, error) ||
      g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (g_rename (copy->draft, copy->path) != 0)
    {
      g_set_error_literal (error, G_IO_ERROR, g_io_error_from_errno (errno), g_strerror (errno));
      return FALSE;
    }

  g_clear_pointer (&copy->draft, g_free);
  return sync_path (folder, O_RDONLY | O_DIRECTORY, error);
}

void
reshoot_copy_set_progress_cb (double   progress,
                              gpointer user_data)
{
  ReshootCopy *copy = user_data;

  g_atomic_int_set (&copy->permille, (int) (CLAMP (progress, 0, 1) * 1000));
}

/* Errors about the draft are about the copy: nobody knows the draft, nor the memory that what was saved is in. */
static void
name_copy (ReshootCopy  *copy,
           GError      **error)
{
  g_autoptr (GError) ours = NULL;
  const char *subject;

  if (g_error_matches (*error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  ours = reshoot_error_new_from_io (*error, copy->path);
  subject = reshoot_error_get_subject (ours);
  if (subject == NULL || g_strcmp0 (subject, copy->draft) == 0 || g_str_equal (subject, ":memory:"))
    subject = copy->path;

  g_clear_error (error);
  *error = reshoot_error_new (ours->code, reshoot_error_get_reason (ours), subject, "%s", ours->message);
}

/* @database: (nullable): what is copied, where that is a project. */
gboolean
reshoot_copy_work (ReshootDatabase  *database,
                   gpointer          data,
                   GCancellable     *cancellable,
                   GError          **error)
{
  ReshootCopy *copy = data;
  g_autoptr (GError) local = NULL;
  gboolean filled;

  filled = check_place (copy, &local) && make_draft (copy, &local) &&
           copy->fill (database, copy, cancellable, &local);
  if (filled && finish_draft (copy, cancellable, &local))
    return TRUE;

  name_copy (copy, &local);
  remove_draft (copy);
  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* What goes to a place on this machine: filled by @fill in a draft beside it, in place only when it is whole. */
ReshootCopy *
reshoot_copy_new (GFile           *to,
                  gboolean         is_folder,
                  ReshootCopyFill  fill)
{
  ReshootCopy *copy = g_new0 (ReshootCopy, 1);

  copy->path = g_file_get_path (to);
  copy->is_folder = is_folder;
  copy->fill = fill;
  return copy;
}

void
reshoot_copy_free (ReshootCopy *copy)
{
  g_free (copy->path);
  g_free (copy->draft);
  g_free (copy->damage);
  g_free (copy->source);
  g_clear_pointer (&copy->replaced, reshoot_project_file_unref);
  g_free (copy);
}
