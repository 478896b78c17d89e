/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The key is nowhere but in the header it is sent in: not in the project's file, not in an error, not in the log, even
 * where the service quotes it in everything it says. */

#include "reshoot-error.h"
#include "scene.h"

static GLogWriterOutput
keep_log (GLogLevelFlags   level,
          const GLogField *fields,
          gsize            n_fields,
          gpointer         user_data)
{
  GString *log = user_data;

  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      g_string_append_printf (log, "%s\n", (const char *) fields[i].value);

  return G_LOG_WRITER_HANDLED;
}

static gboolean
holds (const char *data,
       gsize       length,
       const char *needle)
{
  gsize n = strlen (needle);

  for (gsize i = 0; i + n <= length; i++)
    if (memcmp (data + i, needle, n) == 0)
      return TRUE;

  return FALSE;
}

static void
assert_file_clean (GFile      *file,
                   const char *suffix)
{
  g_autofree char *path = g_strconcat (g_file_peek_path (file), suffix, NULL);
  g_autofree char *data = NULL;
  gsize length;

  if (g_file_get_contents (path, &data, &length, NULL))
    g_assert_false (holds (data, length, SCENE_KEY));
}

static void
assert_error_clean (const GError *error)
{
  if (error == NULL)
    return;

  g_assert_null (strstr (error->message, SCENE_KEY));
  if (reshoot_error_get_subject (error) != NULL)
    g_assert_null (strstr (reshoot_error_get_subject (error), SCENE_KEY));
}

static void
run (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) stored = NULL;
  g_autoptr (ReshootJob) job = scene_edit (scene, SCENE_PRO, "make it warm", &error);
  g_autofree char *sent = NULL;

  g_assert_no_error (error);
  scene_wait (job, &error);
  assert_error_clean (error);
  stored = reshoot_step_dup_error (reshoot_job_get_step (job));
  assert_error_clean (stored);

  sent = reshoot_fake_server_dup_header (scene->server, SCENE_SUBMIT, "x-key");
  g_assert_cmpstr (sent, ==, SCENE_KEY);
}

static void
test_quoted (Scene         *scene,
             gconstpointer  data)
{
  const char *base = reshoot_fake_server_get_uri (scene->server);
  g_autofree char *ticket = NULL;

  reshoot_fake_server_add_text (scene->server, SCENE_SUBMIT, 403, "{\"detail\":\"bad key " SCENE_KEY "\"}");
  run (scene);
  reshoot_fake_server_add_text (scene->server, SCENE_SUBMIT, 422,
                                "{\"detail\":[{\"msg\":\"" SCENE_KEY " is odd\"}]}");
  run (scene);
  reshoot_fake_server_add_text (scene->server, SCENE_SUBMIT, 500, SCENE_KEY);
  run (scene);

  ticket = g_strdup_printf ("{\"id\":\"" SCENE_KEY "\",\"polling_url\":\"%s%s?key=" SCENE_KEY "\"}",
                            base, SCENE_POLL);
  reshoot_fake_server_add_text (scene->server, SCENE_SUBMIT, 200, ticket);
  reshoot_fake_server_add_text (scene->server, SCENE_POLL, 200,
                                "{\"status\":\"Content Moderated\","
                                "\"details\":{\"Moderation Reasons\":[\"" SCENE_KEY "\"]}}");
  run (scene);
}

static void
test_usual (Scene         *scene,
            gconstpointer  data)
{
  scene_script_submit (scene);
  scene_script_ready (scene);
  scene_script_sample (scene);
  run (scene);
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  /* Open, with its log beside it, and closed. */
  assert_file_clean (scene->file, "");
  assert_file_clean (scene->file, "-wal");
  scene_reopen (scene);
  assert_file_clean (scene->file, "");
  scene_tear_down (scene, data);
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GString) log = g_string_new (NULL);
  int status;

  reshoot_test_init (&argc, &argv);
  g_log_set_writer_func (keep_log, log, NULL);

  g_test_add ("/redaction/quoted", Scene, NULL, scene_set_up, test_quoted, tear_down);
  g_test_add ("/redaction/usual", Scene, NULL, scene_set_up, test_usual, tear_down);
  status = g_test_run ();

  /* The log was kept, and has the calls in it. */
  g_assert_nonnull (strstr (log->str, "POST 127.0.0.1" SCENE_SUBMIT));
  g_assert_null (strstr (log->str, SCENE_KEY));
  g_assert_null (strstr (log->str, "sig=x"));
  return status;
}
