/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* To which providers the person agreed to send pictures, and of which they were told that using them is a risk: a small
 * file among the person's settings, read each time it is asked for, so that the window and the command line agree. */

#include "reshoot-consent.h"
#include "reshoot-ini.h"

#define FILE_NAME "consent.ini"
#define GROUP "Consent"
#define TERMS "Terms"

static GKeyFile *
load (void)
{
  g_autofree char *path = reshoot_ini_dup_path (FILE_NAME);
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

/* Keeps the person's answer. Fails with what the file system says. */
gboolean
reshoot_consent_set (const char  *provider,
                     gboolean     consent,
                     GError     **error)
{
  g_autoptr (GKeyFile) file = load ();

  g_key_file_set_boolean (file, GROUP, provider, consent);
  return reshoot_ini_save (file, FILE_NAME, error);
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
  return reshoot_ini_save (file, FILE_NAME, error);
}
