/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* To which providers the person agreed to send pictures, and of which they were told that using them is a risk: a small
 * file among the person's settings, read each time it is asked for, so that the window and the command line agree. */

#include "reshoot-consent.h"
#include "reshoot-error.h"

#include <errno.h>

#define GROUP "Consent"
#define TERMS "Terms"

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_config_dir (), "reshoot", NULL);
}

static GKeyFile *
load (void)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *path = g_build_filename (folder, "consent.ini", NULL);
  GKeyFile *file = g_key_file_new ();

  /* None yet, or one that cannot be read, says no to everything. */
  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  return file;
}

/* Whether the person agreed. */
gboolean
reshoot_consent_get (const char *provider)
{
  g_autoptr (GKeyFile) file = load ();

  return g_key_file_get_boolean (file, GROUP, provider, NULL);
}

static gboolean
save (GKeyFile    *file,
      GError     **error)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *path = g_build_filename (folder, "consent.ini", NULL);
  g_autoptr (GError) file_error = NULL;
  g_autoptr (GError) io_error = NULL;

  if (g_mkdir_with_parents (folder, 0700) == 0 && g_key_file_save_to_file (file, path, &file_error))
    return TRUE;

  if (file_error != NULL)
    io_error = g_error_new_literal (G_IO_ERROR, (int) g_io_error_from_file_error (file_error->code),
                                    file_error->message);
  else
    io_error = g_error_new (G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s", g_strerror (errno));

  g_propagate_error (error, reshoot_error_new_from_io (io_error, path));
  return FALSE;
}

/* Keeps the person's answer. Fails with what the file system says. */
gboolean
reshoot_consent_set (const char  *provider,
                     gboolean     consent,
                     GError     **error)
{
  g_autoptr (GKeyFile) file = load ();

  g_key_file_set_boolean (file, GROUP, provider, consent);
  return save (file, error);
}

/* Of which day the terms are that the person was told of; NULL = none. */
char *
reshoot_consent_dup_told (const char *provider)
{
  g_autoptr (GKeyFile) file = load ();

  return g_key_file_get_string (file, TERMS, provider, NULL);
}

/* Keeps that the person was told of the terms of @date. Fails as reshoot_consent_set() does. */
gboolean
reshoot_consent_set_told (const char  *provider,
                          const char  *date,
                          GError     **error)
{
  g_autoptr (GKeyFile) file = load ();

  g_key_file_set_string (file, TERMS, provider, date);
  return save (file, error);
}
