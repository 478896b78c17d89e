/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The command line when the project has no room for a picture that was paid for: it is put into a file of its own, the
 * one sentence on standard error names it, and later it comes into the project without paying again. The command runs
 * in a process of its own, with a service beside it, short pauses, and a limit for the size of a file that the picture
 * just keeps to and the project does not. */

#include "reshoot-cli.h"
#include "reshoot-fake-server.h"
#include "reshoot-image-vips.h"
#include "reshoot-session-private.h"
#include "reshoot-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>

#define MODEL "bfl/flux-kontext-pro"
#define SUBMIT "/v1/flux-kontext-pro"

/* More than the picture has, less than the project's log needs around it. */
#define SLACK 256

/* For a child process: what it is to do. */
#define FOLDER "RESHOOT_TEST_FOLDER"
#define PLAN "RESHOOT_TEST_PLAN"

/* Larger by far than the photo, and than all else in the project. */
static GBytes *
dup_reply (void)
{
  g_autoptr (VipsImage) noise = NULL;
  g_autoptr (VipsImage) cast = NULL;
  void *data;
  size_t length;

  g_type_ensure (RESHOOT_TYPE_IMAGE);
  g_assert_cmpint (vips_gaussnoise (&noise, 1248, 832, "sigma", 20.0, "mean", 128.0, "seed", 7, NULL), ==, 0);
  g_assert_cmpint (vips_cast_uchar (noise, &cast, NULL), ==, 0);
  g_assert_cmpint (vips_pngsave_buffer (cast, &data, &length, NULL), ==, 0);
  return g_bytes_new_with_free_func (data, length, g_free, data);
}

static ReshootFakeServer *
start_service (void)
{
  ReshootFakeServer *server = reshoot_fake_server_new ();
  const char *uri = reshoot_fake_server_get_uri (server);
  g_autofree char *ticket = g_strdup_printf ("{\"id\": \"job-7\", \"polling_url\": \"%s/poll\", \"cost\": 4}", uri);
  g_autofree char *ready = g_strdup_printf ("{\"id\": \"job-7\", \"status\": \"Ready\", "
                                            "\"result\": {\"sample\": \"%s/sample\"}}", uri);
  g_autoptr (GBytes) reply = dup_reply ();

  reshoot_fake_server_add_text (server, SUBMIT, 200, ticket);
  reshoot_fake_server_add_text (server, "/poll", 200, ready);
  reshoot_fake_server_add (server, "/sample", RESHOOT_FAKE_REPLY, 200, "Content-Type: image/png\r\n", reply);
  g_setenv ("RESHOOT_BFL_URL", uri, TRUE);
  g_setenv ("BFL_API_KEY", "test-key", TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nonexistent", TRUE);
  return server;
}

/* From now on no file of this process grows beyond @size bytes. */
static void
limit_files (rlim_t size)
{
  struct rlimit limit = { size, RLIM_INFINITY };

  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &limit), ==, 0);
}

static int
run (const char *const *arguments)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootSession) session = reshoot_session_new (&error);
  g_autoptr (GPtrArray) argv = g_ptr_array_new ();
  ReshootTimes times = { 1, 4, 10000, 20000, 4, 1, 4 };

  g_assert_no_error (error);
  reshoot_session_set_times (session, &times);
  g_ptr_array_add (argv, (char *) "reshoot");
  for (guint i = 0; arguments[i] != NULL; i++)
    g_ptr_array_add (argv, (char *) arguments[i]);
  g_ptr_array_add (argv, NULL);

  return reshoot_cli_run (session, (int) argv->len - 1, (char **) argv->pdata);
}

typedef struct
{
  ReshootFakeServer *server;
  const char        *folder;   /* (nullable): taken away once the picture was asked for */
} Child;

static gboolean
take_away_cb (gpointer user_data)
{
  Child *child = user_data;

  if (reshoot_fake_server_get_hits (child->server, "/sample") > 0)
    g_rmdir (child->folder);

  return G_SOURCE_CONTINUE;
}

/* The one file of @folder whose name begins as that of a picture put aside does. */
static char *
find_aside (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while ((name = g_dir_read_name (dir)) != NULL)
    if (g_str_has_prefix (name, "out-paid-") && g_str_has_suffix (name, ".png"))
      return g_build_filename (folder, name, NULL);

  return NULL;
}

/* The whole picture is there, for nobody else to read. */
static void
check_aside (const char *folder)
{
  g_autoptr (GBytes) reply = dup_reply ();
  g_autofree char *aside = find_aside (folder);
  g_autofree char *contents = NULL;
  GStatBuf info;
  gsize length;

  g_assert_nonnull (aside);
  g_assert_true (g_file_get_contents (aside, &contents, &length, NULL));
  g_assert_cmpmem (contents, length, g_bytes_get_data (reply, NULL), g_bytes_get_size (reply));
  g_assert_cmpint (g_stat (aside, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0600);
  g_assert_cmpint (g_unlink (aside), ==, 0);
}

/* The edit that has no room, and what comes after it when there is some. */
static void
test_child (void)
{
  g_autoptr (ReshootFakeServer) server = start_service ();
  g_autoptr (GBytes) reply = dup_reply ();
  g_autofree char *sample = reshoot_test_sample ("mug.jpg");
  gboolean takes_away = g_str_equal (g_getenv (PLAN), "take-away");
  g_autofree char *folder = g_build_filename (g_getenv (FOLDER), takes_away ? "results" : ".", NULL);
  g_autofree char *out = g_build_filename (folder, "out.png", NULL);
  g_autofree char *project = g_build_filename (g_getenv (FOLDER), "a.reshoot", NULL);
  const char *edit[] = { "edit", sample, "-i", "warmer", "-m", MODEL, "-o", out, "--project", project, NULL };
  const char *resume[] = { "resume", project, NULL };
  Child child = { server, folder };
  guint source = 0;

  g_mkdir (folder, 0700);
  if (takes_away)
    source = g_timeout_add (1, take_away_cb, &child);

  limit_files (g_bytes_get_size (reply) + SLACK);
  g_assert_cmpint (run (edit), ==, 1);
  g_assert_false (g_file_test (out, G_FILE_TEST_EXISTS));
  g_assert_cmpuint (reshoot_fake_server_get_hits (server, SUBMIT), ==, 1);
  check_aside (takes_away ? g_get_user_runtime_dir () : folder);

  limit_files (RLIM_INFINITY);
  g_assert_cmpint (run (resume), ==, 0);
  g_assert_cmpuint (reshoot_fake_server_get_hits (server, SUBMIT), ==, 1);

  if (source != 0)
    g_source_remove (source);
  g_assert_cmpint (g_unlink (project), ==, 0);
}

/* Runs it, and the sentence says where the picture is. */
static void
run_child (const char *plan)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("out.png");
  g_autoptr (GFile) folder = g_file_get_parent (file);

  g_setenv (FOLDER, g_file_peek_path (folder), TRUE);
  g_setenv (PLAN, plan, TRUE);
  g_test_trap_subprocess ("/cli/aside/subprocess/child", 0, 0);
  g_test_trap_assert_passed ();
  g_test_trap_assert_stderr ("*paid for*/out-paid-*.png*reshoot resume*");
  g_assert_true (g_file_delete (folder, NULL, NULL));
}

static void
test_beside (void)
{
  run_child ("beside");
}

/* Nor is there the folder of the result any more. */
static void
test_elsewhere (void)
{
  run_child ("take-away");
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/cli/aside/subprocess/child", test_child);
  g_test_add_func ("/cli/aside/beside", test_beside);
  g_test_add_func ("/cli/aside/elsewhere", test_elsewhere);

  return g_test_run ();
}
