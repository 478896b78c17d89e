/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The command line: which command is meant, its help, and how an error becomes a sentence and an exit status. The
 * commands themselves lie beside this file, one file a group. No GTK, no GApplication: it works with no display. */

#include "config.h"

#include "reshoot-cli.h"
#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-words.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <string.h>

static const ReshootCliCommand *const commands[] = {
  &reshoot_cli_edit_command,
  &reshoot_cli_plan_command,
  &reshoot_cli_models_command,
  &reshoot_cli_key_command,
  &reshoot_cli_server_command,
  &reshoot_cli_graph_command,
  &reshoot_cli_history_command,
  &reshoot_cli_show_command,
  &reshoot_cli_diff_command,
  &reshoot_cli_find_command,
  &reshoot_cli_label_command,
  &reshoot_cli_bin_command,
  &reshoot_cli_vote_command,
  &reshoot_cli_stats_command,
  &reshoot_cli_report_command,
  &reshoot_cli_export_command,
  &reshoot_cli_import_command,
  &reshoot_cli_parcel_command,
  &reshoot_cli_import_verdicts_command,
  &reshoot_cli_copy_command,
  &reshoot_cli_compare_command,
  &reshoot_cli_drift_command,
  &reshoot_cli_rebase_command,
  &reshoot_cli_land_command,
  &reshoot_cli_matte_command,
  &reshoot_cli_jobs_command,
  &reshoot_cli_resume_command,
  &reshoot_cli_cancel_command,
  &reshoot_cli_retry_command,
  &reshoot_cli_verify_command,
  &reshoot_cli_ledger_command,
  &reshoot_cli_join_command,
};

/* Words that mean something, only not in this version: better said than taken for a file. */
static const char *const later_commands[] = {
  "import", "run",
};

static const ReshootCliCommand *
find_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    if (g_str_equal (commands[i]->name, name))
      return commands[i];

  return NULL;
}

static gboolean
is_later_command (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (later_commands); i++)
    if (g_str_equal (later_commands[i], name))
      return TRUE;

  return FALSE;
}

/* "eddit" is a mistyped command, "shoe.jpg" and "photos/shoe" are files that may be missing. */
static gboolean
looks_like_command (const char *argument)
{
  return *argument != '\0' && strspn (argument, "abcdefghijklmnopqrstuvwxyz-") == strlen (argument)
         && !g_file_test (argument, G_FILE_TEST_EXISTS);
}

/* What GApplication answers itself, and the window's own option. */
static gboolean
is_option_of_the_window (const char *argument)
{
  return g_str_equal (argument, "--") || g_str_equal (argument, "--sample")
         || g_str_has_prefix (argument, "--gapplication");
}

/**
 * reshoot_cli_wants:
 * @argc: as main() got it
 * @argv: as main() got it
 *
 * The first argument decides. A command is meant even where a file of its name lies; `./edit` is the file.
 *
 * Returns: whether the command line is meant, and not the window
 */
gboolean
reshoot_cli_wants (int    argc,
                   char **argv)
{
  if (argc < 2)
    return FALSE;

  if (argv[1][0] == '-')
    return !is_option_of_the_window (argv[1]);

  return find_command (argv[1]) != NULL || is_later_command (argv[1]) || g_str_equal (argv[1], "help")
         || looks_like_command (argv[1]);
}

static void
print_help (void)
{
  g_autoptr (GString) help = g_string_new (NULL);

  g_string_append (help, _("Reshoot edits product photographs by instruction."));
  g_string_append (help, "\n\n");
  g_string_append (help, _("  reshoot [FILE…]              open the window on photos or a project"));
  g_string_append_c (help, '\n');
  for (guint i = 0; i < G_N_ELEMENTS (commands); i++)
    {
      const char *summary = _(commands[i]->summary);

      /* A summary may go on: that is for the command's own help. */
      g_string_append_printf (help, "  reshoot %-20s %.*s\n", commands[i]->name, (int) strcspn (summary, "\n"),
                              summary);
    }

  g_string_append_c (help, '\n');
  g_string_append (help, _("“reshoot COMMAND --help” says more, --version says the version."));
  reshoot_cli_print (help->str);
}

static void
print_help_of_command (const ReshootCliCommand *command)
{
  g_autoptr (GString) help = g_string_new (NULL);

  g_string_append_printf (help, "reshoot %s %s\n%s\n", command->name, command->usage, _(command->summary));
  for (const ReshootCliOption *option = command->options; option->name != NULL; option++)
    {
      g_autofree char *letter = option->letter != 0 ? g_strdup_printf ("-%c, ", option->letter) : g_strdup ("    ");
      g_autofree char *name = g_strdup_printf ("--%s%s%s", option->name, option->value != NULL ? " " : "",
                                               option->value != NULL ? option->value : "");

      g_string_append_printf (help, "\n  %s%-22s %s", letter, name, _(option->help));
    }

  reshoot_cli_print (help->str);
}

static gboolean
interrupted_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;   /* a second Ctrl-C ends the program at once */
}

static gboolean
check_operands (const ReshootCliCommand  *command,
                ReshootCliArguments      *arguments,
                GError                  **error)
{
  guint n = reshoot_cli_arguments_get_n_operands (arguments);

  if (n < command->min_operands)
    {
      g_autofree char *subject = g_strdup_printf ("reshoot %s %s", command->name, command->usage);

      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "argument-missing", subject, "%u given", n);
      return FALSE;
    }

  if (n > command->max_operands)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "argument-too-many",
                         reshoot_cli_arguments_get_operand (arguments, command->max_operands), "%u given", n);
      return FALSE;
    }

  return TRUE;
}

static gboolean
asks_for_help (char **argv)
{
  for (guint i = 0; argv[i] != NULL && !g_str_equal (argv[i], "--"); i++)
    if (g_str_equal (argv[i], "--help") || g_str_equal (argv[i], "-h"))
      return TRUE;

  return FALSE;
}

static gboolean
run_command (ReshootSession           *session,
             const ReshootCliCommand  *command,
             char                    **argv,
             GError                  **error)
{
  g_autoptr (ReshootCliArguments) arguments = NULL;
  g_autoptr (GCancellable) cancellable = NULL;
  ReshootCli cli;
  guint interrupt, terminate;
  gboolean done;

  if (asks_for_help (argv))
    {
      print_help_of_command (command);
      return TRUE;
    }

  arguments = reshoot_cli_arguments_parse (command->options, argv, error);
  if (arguments == NULL || !check_operands (command, arguments, error))
    return FALSE;

  cancellable = g_cancellable_new ();
  cli = (ReshootCli) { session, cancellable };
  interrupt = g_unix_signal_add (SIGINT, interrupted_cb, cancellable);
  terminate = g_unix_signal_add (SIGTERM, interrupted_cb, cancellable);

  done = command->run (&cli, arguments, error);
  if (done && cli.damage != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&cli.damage));
      done = FALSE;
    }

  g_clear_error (&cli.damage);

  /* A signal that came has taken its source away. */
  if (!g_cancellable_is_cancelled (cancellable))
    {
      g_source_remove (interrupt);
      g_source_remove (terminate);
    }

  return done;
}

static gboolean
run (ReshootSession  *session,
     char           **argv,
     GError         **error)
{
  gboolean asks_help = g_str_equal (argv[0], "help");
  const char *name = asks_help && argv[1] != NULL ? argv[1] : argv[0];
  const ReshootCliCommand *command = find_command (name);

  if (g_str_equal (argv[0], "--version"))
    {
      reshoot_cli_print ("Reshoot " RESHOOT_VERSION);
      return TRUE;
    }

  if (g_str_equal (argv[0], "--help") || g_str_equal (argv[0], "-h")
      || (asks_help && argv[1] == NULL))
    {
      print_help ();
      return TRUE;
    }

  if (asks_help && command != NULL)
    {
      print_help_of_command (command);
      return TRUE;
    }

  if (command != NULL)
    return run_command (session, command, argv + 1, error);

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST,
                     is_later_command (name) ? "not-yet"
                     : name[0] == '-'        ? "unknown-option"
                                             : "unknown-command",
                     name, "no such command");
  return FALSE;
}

/* In the window a person draws a box, here it is typed. */
static void
name_the_box (GError **error)
{
  GError *unsure = *error;

  *error = reshoot_error_new (RESHOOT_ERROR_UNSURE, "name-box", reshoot_error_get_subject (unsure),
                              "%s", unsure->message);
  g_error_free (unsure);
}

/**
 * reshoot_cli_run:
 * @session: the session
 * @argc: as main() got it
 * @argv: as main() got it, with a command
 *
 * Does what the arguments say. Results go to standard output; what went wrong goes to standard error, in one sentence.
 *
 * Returns: the exit status
 */
int
reshoot_cli_run (ReshootSession  *session,
                 int              argc,
                 char           **argv)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  g_return_val_if_fail (RESHOOT_IS_SESSION (session), 1);
  g_return_val_if_fail (argc > 1, 1);

  if (run (session, argv + 1, &error) && reshoot_cli_has_printed (&error))
    return 0;

  if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_UNSURE))
    name_the_box (&error);

  words = reshoot_words_for_error (error);
  reshoot_cli_print_error (words);
  return reshoot_error_get_exit_status (error);
}
