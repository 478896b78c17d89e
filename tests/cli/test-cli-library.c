/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The command line as a library, linked here without the window: it needs no GTK, knows which arguments are meant for
 * it, and reads them. */

#include "reshoot-cli-arguments.h"
#include "reshoot-cli.h"
#include "reshoot-error.h"
#include "reshoot-test.h"

/* Naming the library's two doors links all of it; the loader then says what that brought along. */
static void
test_needs_no_gtk (void)
{
  static const char *const strangers[] = { "libgtk-", "libadwaita-", "libgdk-3", "libgraphene-" };
  g_autofree char *maps = NULL;
  g_autoptr (GError) error = NULL;
  int (*volatile door) (ReshootSession *, int, char **) = reshoot_cli_run;

  g_assert_nonnull (door);
  g_file_get_contents ("/proc/self/maps", &maps, NULL, &error);
  g_assert_no_error (error);
  g_assert_nonnull (strstr (maps, "libvips"));
  for (guint i = 0; i < G_N_ELEMENTS (strangers); i++)
    g_assert_null (strstr (maps, strangers[i]));
}

static void
test_wants (void)
{
  static const struct
  {
    const char *argument;
    gboolean    wanted;
  } table[] = {
    { NULL, FALSE }, { "edit", TRUE }, { "models", TRUE }, { "history", TRUE }, { "show", TRUE }, { "export", TRUE },
    { "compare", TRUE }, { "plan", TRUE }, { "matte", TRUE }, { "jobs", TRUE }, { "resume", TRUE }, { "verify", TRUE },
    { "cancel", TRUE }, { "retry", TRUE }, { "diff", TRUE }, { "help", TRUE }, { "land", TRUE }, { "stats", TRUE },
    { "report", TRUE },
    { "--help", TRUE }, { "-h", TRUE }, { "--version", TRUE }, { "--nonsense", TRUE }, { "eddit", TRUE },
    { "shoe.jpg", FALSE }, { "photos/shoe", FALSE }, { "./edit", FALSE }, { "Photo", FALSE }, { "a.reshoot", FALSE },
    { "--sample", FALSE }, { "--gapplication-service", FALSE }, { "--", FALSE }, { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      char *argv[] = { (char *) "reshoot", (char *) table[i].argument, NULL };

      g_test_message ("%s", table[i].argument);
      g_assert_cmpint (reshoot_cli_wants (argv[1] != NULL ? 2 : 1, argv), ==, table[i].wanted);
    }
}

static const ReshootCliOption options[] = {
  { "instruction", 'i', RESHOOT_CLI_MANY, "TEXT", "" },
  { "output", 'o', RESHOOT_CLI_ONCE, "OUT", "" },
  { "takes", 0, RESHOOT_CLI_ONCE, "N", "" },
  { "budget", 0, RESHOOT_CLI_ONCE, "USD", "" },
  { "box", 0, RESHOOT_CLI_ONCE, "X,Y,W,H", "" },
  { "json", 0, RESHOOT_CLI_FLAG, NULL, "" },
  { NULL }
};

static ReshootCliArguments *
parse (const char  *line,
       GError     **error)
{
  g_auto (GStrv) argv = g_strsplit (line, " ", -1);

  return reshoot_cli_arguments_parse (options, argv, error);
}

static void
test_good_arguments (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootCliArguments) arguments =
    parse ("a.jpg -i one --instruction two --instruction=-three -ifour -o=out.png --json -i -20% "
           "-- --last - -i", &error);
  const char *const *instructions;

  g_assert_no_error (error);
  instructions = reshoot_cli_arguments_get_values (arguments, "instruction");
  g_assert_cmpuint (g_strv_length ((char **) instructions), ==, 5);
  g_assert_cmpstr (instructions[0], ==, "one");
  g_assert_cmpstr (instructions[1], ==, "two");
  g_assert_cmpstr (instructions[2], ==, "-three");
  g_assert_cmpstr (instructions[3], ==, "four");
  g_assert_cmpstr (instructions[4], ==, "-20%");
  g_assert_cmpstr (reshoot_cli_arguments_get_value (arguments, "output"), ==, "=out.png");
  g_assert_true (reshoot_cli_arguments_get_flag (arguments, "json"));
  g_assert_false (reshoot_cli_arguments_get_flag (arguments, "takes"));
  g_assert_cmpuint (reshoot_cli_arguments_get_n_operands (arguments), ==, 4);
  g_assert_cmpstr (reshoot_cli_arguments_get_operand (arguments, 0), ==, "a.jpg");
  g_assert_cmpstr (reshoot_cli_arguments_get_operand (arguments, 1), ==, "--last");
  g_assert_cmpstr (reshoot_cli_arguments_get_operand (arguments, 2), ==, "-");
  g_assert_cmpstr (reshoot_cli_arguments_get_operand (arguments, 3), ==, "-i");
  g_assert_null (reshoot_cli_arguments_get_operand (arguments, 4));
}

static void
test_bad_arguments (void)
{
  static const struct
  {
    const char *line;
    const char *reason;
    const char *subject;
  } table[] = {
    { "--nonsense", "unknown-option", "--nonsense" }, { "--nonsense=3", "unknown-option", "--nonsense" },
    { "-x", "unknown-option", "-x" }, { "--out x", "unknown-option", "--out" },
    { "--json=yes", "option-no-value", "--json=yes" }, { "-i", "option-value-missing", "-i" },
    { "-i --json", "option-value-missing", "-i" }, { "-o a -o b", "option-twice", "--output" },
    { "--json --json", NULL, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootCliArguments) arguments = parse (table[i].line, &error);

      g_test_message ("%s", table[i].line);
      if (table[i].reason == NULL)
        {
          g_assert_no_error (error);
          continue;
        }

      g_assert_null (arguments);
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, table[i].reason);
      g_assert_cmpstr (reshoot_error_get_subject (error), ==, table[i].subject);
    }
}

static void
test_numbers (void)
{
  static const struct
  {
    const char *line;
    gboolean    good;
  } table[] = {
    { "--takes 3", TRUE }, { "--takes 0", FALSE }, { "--takes 17", FALSE }, { "--takes -1", FALSE },
    { "--takes 3.5", FALSE }, { "--takes three", FALSE }, { "--takes=", FALSE },
    { "--takes 99999999999999999999", FALSE }, { "--takes +3", TRUE }, { "--takes 3x", FALSE },
    { "--budget 0.5", TRUE }, { "--budget 0", TRUE }, { "--budget -1", FALSE }, { "--budget nan", FALSE },
    { "--budget inf", FALSE }, { "--budget 1e400", FALSE }, { "--budget 0,5", FALSE }, { "--budget=", FALSE },
    { "--box 1,2,3,4", TRUE }, { "--box 1,2,3", FALSE }, { "--box 1,2,3,4,5", FALSE }, { "--box 1,2,0,4", FALSE },
    { "--box -1,2,3,4", FALSE }, { "--box a,b,c,d", FALSE }, { "--box=", FALSE }, { "--box 1,2,3,2000000", FALSE },
    { "", TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootCliArguments) arguments = parse (table[i].line, NULL);
      ReshootBox box;
      gboolean given, good;
      double budget = 7;
      int takes = 7;

      g_test_message ("%s", table[i].line);
      g_assert_nonnull (arguments);
      good = reshoot_cli_arguments_get_whole (arguments, "takes", 1, 16, &takes, &error)
             && reshoot_cli_arguments_get_amount (arguments, "budget", &budget, &error)
             && reshoot_cli_arguments_get_box (arguments, "box", &box, &given, &error);
      g_assert_cmpint (good, ==, table[i].good);
      g_assert_true (good == (error == NULL));
      if (!good)
        g_assert_cmpint (reshoot_error_get_exit_status (error), ==, 2);
    }
}

static void
test_text (void)
{
  g_autoptr (GError) empty = NULL;
  g_autoptr (GError) broken = NULL;
  g_autofree char *good = reshoot_cli_dup_text ("  wärmer\n", NULL);
  g_autofree char *nothing = reshoot_cli_dup_text (" \n ", &empty);
  g_autofree char *noise = reshoot_cli_dup_text ("w\xff\xfe", &broken);

  g_assert_cmpstr (good, ==, "wärmer");
  g_assert_null (nothing);
  g_assert_cmpstr (reshoot_error_get_reason (empty), ==, "text-empty");
  g_assert_null (noise);
  g_assert_cmpstr (reshoot_error_get_reason (broken), ==, "text-encoding");
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/cli/library/needs-no-gtk", test_needs_no_gtk);
  g_test_add_func ("/cli/library/wants", test_wants);
  g_test_add_func ("/cli/arguments/good", test_good_arguments);
  g_test_add_func ("/cli/arguments/bad", test_bad_arguments);
  g_test_add_func ("/cli/arguments/numbers", test_numbers);
  g_test_add_func ("/cli/arguments/text", test_text);

  return g_test_run ();
}
