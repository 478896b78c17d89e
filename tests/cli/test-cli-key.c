/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The command for keys: they come from standard input or from a terminal that does not show them, lie in the keyring
 * alone, and are tried for nothing. The keyring is the file of libsecret's own, as in a sandbox. */

/* posix_openpt() and what belongs to it */
#define _GNU_SOURCE

#include <fcntl.h>
#include <json-glib/json-glib.h>
#include <stdlib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

#include "reshoot-fake-server.h"
#include "reshoot-run.h"
#include "reshoot-test.h"

#define SECRET "bfl_s3cret-of-the-test"

static Place *
make_place (void)
{
  Place *place = place_new ();
  g_autofree char *keyring = place_path (place, "keyring");

  place_set (place, "SECRET_BACKEND", "file");
  place_set (place, "SECRET_FILE_TEST_PATH", keyring);
  place_set (place, "SECRET_FILE_TEST_PASSWORD", "of the test");

  /* libsecret 0.20 drops the version tag of its keyring file at every store, which a sanitizer would tell. */
  place_set (place, "ASAN_OPTIONS", "detect_leaks=0");
  return place;
}

static void
give (Place      *place,
      const char *text)
{
  g_free (place->input);
  place->input = place_path (place, "input");
  g_assert_true (g_file_set_contents (place->input, text, -1, NULL));
}

/* Where the key of bfl is, as `key list` says. */
static void
assert_place (Place      *place,
              const char *where)
{
  g_autoptr (Run) run = place_run (place, "key", "list", "bfl", "--json", NULL);
  g_autoptr (GPtrArray) lines = NULL;
  JsonObject *object;

  run_assert_done (run);
  lines = run_parse_lines (run);
  g_assert_cmpuint (lines->len, ==, 1);
  object = json_node_get_object (lines->pdata[0]);
  g_assert_cmpstr (json_object_get_string_member (object, "provider"), ==, "bfl");
  g_assert_cmpstr (json_object_get_string_member (object, "variable"), ==, "BFL_API_KEY");
  g_assert_cmpstr (json_object_get_string_member_with_default (object, "place", NULL), ==, where);
}

static void
test_kept (void)
{
  g_autoptr (Place) place = make_place ();
  g_autoptr (Run) set = NULL;
  g_autoptr (Run) list = NULL;
  g_autoptr (Run) covered = NULL;
  g_autoptr (Run) forgotten = NULL;
  g_autofree char *keyring = place_path (place, "keyring");
  g_autofree char *bytes = NULL;
  gsize length;

  assert_place (place, NULL);
  give (place, "  " SECRET "\nand more\n");
  set = place_run (place, "key", "set", "bfl", NULL);
  run_assert_done (set);
  g_assert_null (strstr (set->out, SECRET));
  g_assert_null (strstr (set->err, SECRET));
  assert_place (place, "keyring");

  /* The keyring's file does not show it. */
  g_assert_true (g_file_get_contents (keyring, &bytes, &length, NULL));
  g_assert_null (g_strstr_len (bytes, (gssize) length, SECRET));

  list = place_run (place, "key", "list", NULL);
  run_assert_done (list);
  g_assert_null (strstr (list->out, SECRET));
  g_assert_nonnull (strstr (list->out, "in the keyring"));

  place_set (place, "BFL_API_KEY", "another");
  assert_place (place, "environment");
  covered = place_run (place, "key", "forget", "bfl", NULL);
  run_assert_done (covered);
  g_assert_nonnull (strstr (covered->out, "BFL_API_KEY"));
  place_set (place, "BFL_API_KEY", NULL);
  assert_place (place, NULL);
  forgotten = place_run (place, "key", "forget", "bfl", NULL);
  run_assert_done (forgotten);
}

static void
test_wrong (void)
{
  static const struct
  {
    const char *arguments[5];
    const char *input;
    int         status;
  } table[] = {
    { { "key", NULL }, "", 2 },
    { { "key", "guess", NULL }, "", 2 },
    { { "key", "set", NULL }, SECRET, 2 },
    { { "key", "set", "bfl", SECRET, NULL }, "", 2 },
    { { "key", "set", "nobody", NULL }, SECRET, 2 },
    { { "key", "set", "studio", NULL }, SECRET, 2 },
    { { "key", "set", "bfl", NULL }, "", 2 },
    { { "key", "set", "bfl", NULL }, "a key\n", 2 },
    { { "key", "test", "nobody", NULL }, "", 2 },
    { { "key", "test", "bfl", NULL }, "", 5 },
    { { "key", "forget", "nobody", NULL }, "", 2 },
  };
  g_autoptr (Place) place = make_place ();

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (Run) run = NULL;

      give (place, table[i].input);
      run = place_runv (place, (const char *const *) table[i].arguments);
      run_assert_failed (run, table[i].status);
    }

  assert_place (place, NULL);
}

/* Where there is no keyring nothing is written anywhere instead. */
static void
test_nowhere (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (Run) set = NULL;

  give (place, SECRET);
  set = place_run (place, "key", "set", "bfl", NULL);
  run_assert_failed (set, 1);
  g_assert_null (strstr (set->err, SECRET));
}

/* A terminal: the prompt is shown, and what is typed is not. */
static void
test_terminal (void)
{
  g_autoptr (Place) place = make_place ();
  g_autoptr (GError) error = NULL;
  g_autoptr (GString) seen = g_string_new (NULL);
  const char *arguments[] = { "key", "set", "bfl", NULL };
  g_autoptr (GSubprocess) process = NULL;
  int terminal = posix_openpt (O_RDWR | O_NOCTTY);
  struct termios attributes;
  GInputStream *prompt;
  char bytes[256];
  gssize n;

  g_assert_cmpint (terminal, >=, 0);
  g_assert_cmpint (grantpt (terminal) + unlockpt (terminal), ==, 0);
  place->input = g_strdup (ptsname (terminal));
  process = place_spawn (place, arguments, &error);
  g_assert_no_error (error);

  /* It stops the echo before it prompts. */
  prompt = g_subprocess_get_stderr_pipe (process);
  g_assert_cmpint (g_input_stream_read (prompt, bytes, sizeof bytes, NULL, NULL), >, 0);
  g_assert_cmpint (write (terminal, SECRET "\n", strlen (SECRET "\n")), ==, strlen (SECRET "\n"));
  g_assert_true (g_subprocess_wait_check (process, NULL, &error));
  g_assert_no_error (error);

  g_assert_cmpint (tcgetattr (terminal, &attributes), ==, 0);
  g_assert_true ((attributes.c_lflag & ECHO) != 0);
  g_assert_cmpint (fcntl (terminal, F_SETFL, O_NONBLOCK), ==, 0);
  while ((n = read (terminal, bytes, sizeof bytes)) > 0)
    g_string_append_len (seen, bytes, n);
  close (terminal);

  g_assert_null (strstr (seen->str, SECRET));
  g_clear_pointer (&place->input, g_free);
  assert_place (place, "keyring");
}

/* Trying a key asks the service for what costs nothing, with the key and nothing else. */
static void
test_tried (void)
{
  g_autoptr (Place) place = make_place ();
  g_autoptr (Run) run = NULL;
  g_autoptr (GPtrArray) lines = NULL;
  g_autoptr (ReshootFakeServer) server = reshoot_fake_server_new ();

  reshoot_fake_server_add_text (server, "/v1/credits", 200, "{\"credits\": 1234.5}");
  place_set (place, "RESHOOT_BFL_URL", reshoot_fake_server_get_uri (server));
  place_set (place, "BFL_API_KEY", SECRET);
  run = place_run (place, "key", "test", "bfl", "--json", NULL);
  run_assert_done (run);
  g_assert_null (strstr (run->out, SECRET));
  lines = run_parse_lines (run);
  g_assert_cmpfloat (json_object_get_double_member (json_node_get_object (lines->pdata[0]), "balance"), ==, 12.345);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/cli/key/kept", test_kept);
  g_test_add_func ("/cli/key/wrong", test_wrong);
  g_test_add_func ("/cli/key/nowhere", test_nowhere);
  g_test_add_func ("/cli/key/terminal", test_terminal);
  g_test_add_func ("/cli/key/tried", test_tried);

  return g_test_run ();
}
