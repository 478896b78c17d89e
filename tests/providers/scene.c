/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the suites about jobs share: a project with one photo, a session with short times, and the fake service's usual
 * answers. */

#include "scene.h"
#include "reshoot-error.h"
#include "reshoot-image-prepare.h"
#include "reshoot-image-vips.h"

static ReshootProject *
open_project (GFile *file)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootProject *project;

  reshoot_project_open_async (file, RESHOOT_PROJECT_CREATE, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  project = reshoot_project_open_finish (result, &error);
  g_assert_no_error (error);
  return project;
}

static void
close_project (ReshootProject *project)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_close_async (project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_close_finish (project, result, &error);
  g_assert_no_error (error);
}

/* A picture of no particular beauty, as a service would send it. */
GBytes *
scene_dup_picture (int width,
                   int height)
{
  g_autoptr (VipsImage) noise = NULL;
  g_autoptr (VipsImage) cast = NULL;
  void *data;
  size_t length;

  g_type_ensure (RESHOOT_TYPE_IMAGE);
  g_assert_cmpint (vips_gaussnoise (&noise, width, height, "sigma", 20.0, "mean", 128.0, "seed", 7, NULL), ==, 0);
  g_assert_cmpint (vips_cast_uchar (noise, &cast, NULL), ==, 0);
  g_assert_cmpint (vips_pngsave_buffer (cast, &data, &length, NULL), ==, 0);
  return g_bytes_new_with_free_func (data, length, g_free, data);
}

static ReshootStep *
add_original (ReshootProject *project)
{
  g_autofree char *path = reshoot_test_sample ("headphones-on-beige.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (ReshootImage) photo = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;

  /* Small, for each reply is landed on it. */
  reshoot_image_load_async (file, NULL, reshoot_test_ready_cb, &loaded);
  reshoot_test_await (&loaded);
  photo = reshoot_image_load_finish (loaded, &error);
  g_assert_no_error (error);
  image = reshoot_image_prepare (photo, SCENE_WIDTH, SCENE_HEIGHT, RESHOOT_IMAGE_FORMAT_PNG, NULL,
                                 &error);
  g_assert_no_error (error);

  reshoot_project_add_original_async (project, image, "headphones", NULL, reshoot_test_ready_cb, &added);
  reshoot_test_await (&added);
  step = reshoot_project_add_original_finish (project, added, &error);
  g_assert_no_error (error);
  return step;
}

static void
start_session (Scene *scene)
{
  g_autoptr (GError) error = NULL;

  scene->session = reshoot_session_new (&error);
  g_assert_no_error (error);
  reshoot_session_set_times (scene->session, &scene->times);
}

void
scene_set_up (Scene         *scene,
              gconstpointer  data)
{
  scene->server = reshoot_fake_server_new ();
  g_setenv ("RESHOOT_BFL_URL", reshoot_fake_server_get_uri (scene->server), TRUE);
  g_setenv ("BFL_API_KEY", SCENE_KEY, TRUE);
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", TRUE);

  scene->times = (ReshootTimes) { 1, 4, 10000, 20000, 4, 1, 4 };
  scene->file = reshoot_test_temp_file ("scene.reshoot");
  scene->project = open_project (scene->file);
  scene->original = add_original (scene->project);
  start_session (scene);
}

void
scene_tear_down (Scene         *scene,
                 gconstpointer  data)
{
  g_autoptr (GFile) folder = g_file_get_parent (scene->file);

  g_clear_object (&scene->session);
  g_clear_object (&scene->original);
  close_project (scene->project);
  g_clear_object (&scene->project);
  g_clear_object (&scene->server);
  g_file_delete (scene->file, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
  g_clear_object (&scene->file);
  g_unsetenv ("RESHOOT_BFL_URL");
  g_unsetenv ("BFL_API_KEY");
}

/* As if the program ended and began again: nothing is left but the file and the service. */
void
scene_reopen (Scene *scene)
{
  gint64 id = reshoot_step_get_id (scene->original);
  ReshootHistory *history;

  g_clear_object (&scene->session);
  g_clear_object (&scene->original);
  close_project (scene->project);
  g_clear_object (&scene->project);

  scene->project = open_project (scene->file);
  history = reshoot_project_get_history (scene->project);
  scene->original = g_object_ref (reshoot_history_get_step (history, id));
  start_session (scene);
}

void
scene_restart_session (Scene *scene)
{
  g_clear_object (&scene->session);
  start_session (scene);
}

/* The usual course, one reply each. */

void
scene_script_submit (Scene *scene)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"task-1\",\"polling_url\":\"%s%s?id=task-1\",\"cost\":4}",
                                           reshoot_fake_server_get_uri (scene->server), SCENE_POLL);

  reshoot_fake_server_add_text (scene->server, SCENE_SUBMIT, 200, text);
}

void
scene_script_poll (Scene      *scene,
                   const char *status)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"task-1\",\"status\":\"%s\",\"result\":null}", status);

  reshoot_fake_server_add_text (scene->server, SCENE_POLL, 200, text);
}

void
scene_script_ready (Scene *scene)
{
  g_autofree char *text = g_strdup_printf ("{\"id\":\"task-1\",\"status\":\"Ready\",\"cost\":4,"
                                           "\"result\":{\"sample\":\"%s%s?sig=x\"}}",
                                           reshoot_fake_server_get_uri (scene->server),
                                           SCENE_SAMPLE);

  reshoot_fake_server_add_text (scene->server, SCENE_POLL, 200, text);
}

void
scene_script_sample (Scene *scene)
{
  g_autoptr (GBytes) picture = scene_dup_picture (1248, 832);

  reshoot_fake_server_add (scene->server, SCENE_SAMPLE, RESHOOT_FAKE_REPLY, 200,
                           "Content-Type: image/png\r\n", picture);
}

ReshootJob *
scene_edit (Scene       *scene,
            const char  *model,
            const char  *instruction,
            GError     **error)
{
  return scene_edit_with (scene, model, instruction, NULL, error);
}

/* @parameters (nullable): as JSON */
ReshootJob *
scene_edit_with (Scene       *scene,
                 const char  *model,
                 const char  *instruction,
                 const char  *parameters,
                 GError     **error)
{
  g_autoptr (JsonNode) node = json_from_string (parameters != NULL ? parameters : "{}", NULL);
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (GAsyncResult) result = NULL;

  request = reshoot_request_new (instruction, model, json_node_get_object (node));
  reshoot_session_edit_async (scene->session, scene->project, scene->original, request, NULL,
                              reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  return reshoot_session_edit_finish (scene->session, result, error);
}

ReshootJob *
scene_resume (Scene        *scene,
              ReshootStep  *step,
              GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_session_resume_async (scene->session, scene->project, step, NULL, reshoot_test_ready_cb,
                                &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  return reshoot_session_resume_finish (scene->session, result, error);
}

gboolean
scene_wait (ReshootJob  *job,
            GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_job_wait_async (job, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_job_wait_finish (job, result, error);
}

ReshootImage *
scene_load (Scene              *scene,
            ReshootStep        *step,
            ReshootPictureKind  kind)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootImage *image;

  reshoot_project_load_picture_async (scene->project, step, kind, NULL, reshoot_test_ready_cb,
                                      &result);
  reshoot_test_await (&result);
  image = reshoot_project_load_picture_finish (scene->project, result, &error);
  g_assert_no_error (error);
  return image;
}

guint
scene_get_hits (Scene      *scene,
                const char *path)
{
  return reshoot_fake_server_get_hits (scene->server, path);
}
