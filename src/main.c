/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Makes the one session and hands it to the command line or to the window. The first argument decides, before GTK is
 * started, so that the command line works with no display. */

#include "config.h"

#include "reshoot-application.h"
#include "reshoot-cli.h"
#include "reshoot-renderer.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <locale.h>
#include <stdio.h>
#ifdef __GLIBC__
#include <malloc.h>
#endif

/* The heap grows by so much at a time, in bytes, and not by 128 kB: each time it waits for the threads that decode a
 * photo just then. What is not used of it takes no memory. */
#define HEAP_STEP (8 * 1024 * 1024)

int
main (int    argc,
      char **argv)
{
  g_autoptr (ReshootSession) session = NULL;
  g_autoptr (ReshootApplication) application = NULL;
  g_autoptr (GError) error = NULL;
  const char *localedir = g_getenv ("RESHOOT_LOCALEDIR");

#ifdef __GLIBC__
  mallopt (M_TOP_PAD, HEAP_STEP);
#endif
  setlocale (LC_ALL, "");
  bindtextdomain (GETTEXT_PACKAGE, localedir != NULL ? localedir : RESHOOT_LOCALEDIR);
  bind_textdomain_codeset (GETTEXT_PACKAGE, "UTF-8");
  textdomain (GETTEXT_PACKAGE);

  if (!reshoot_cli_wants (argc, argv))
    reshoot_renderer_set_up ();

  session = reshoot_session_new (&error);
  if (session == NULL)
    {
      g_autofree char *words = reshoot_words_for_error (error);

      fprintf (stderr, "%s\n", words);
      return 1;
    }

  if (reshoot_cli_wants (argc, argv))
    return reshoot_cli_run (session, argc, argv);

  application = reshoot_application_new (session);
  return g_application_run (G_APPLICATION (application), argc, argv);
}
