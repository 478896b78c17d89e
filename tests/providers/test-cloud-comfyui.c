/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ComfyUI across the fake cloud: beside what holds of every vendor, the socket, and what is stopped. */

#include "cloud-scene.h"
#include "fake-comfyui.h"
#include "fake-vendors.h"
#include "reshoot-error.h"
#include "reshoot-graphs.h"
#include "reshoot-json-read.h"

#include <math.h>

static const CloudVendor comfyui = {
  .provider = "comfyui", .model = "comfyui/kontext-dev", .add = fake_comfyui_add, .uploads = TRUE, .cancels = TRUE,
  .names_tasks = TRUE, .is_free = TRUE, .unknown_fates = "refuse-input,refuse-output",
};

/* Longer than any test lasts: what ends a pause is the socket. */
#define FOR_EVER 3600000

static void
set_delay (CloudScene *self,
           guint       milliseconds)
{
  self->scene.times.first_delay = milliseconds;
  self->scene.times.max_delay = milliseconds;
  reshoot_session_set_times (self->scene.session, &self->scene.times);
}

/* A job with an open socket that would not ask again by itself. */
static ReshootJob *
begin (CloudScene *self)
{
  ReshootJob *job;

  set_delay (self, FOR_EVER);
  job = cloud_scene_edit (self, "make it warm");
  reshoot_test_wait_until (fake_comfyui_count_sockets (self->cloud) == 1);
  return job;
}

static void
assert_done (ReshootJob *job)
{
  g_autoptr (GError) error = NULL;

  g_assert_true (scene_wait (job, &error));
  g_assert_no_error (error);
}

/* What is heard shows at once, and the end of a graph ends the pause between two polls. */
static void
test_socket (CloudScene    *self,
             gconstpointer  data)
{
  g_autoptr (ReshootJob) job = begin (self);
  ReshootStep *step = reshoot_job_get_step (job);
  const char *id = reshoot_step_get_uuid (step);

  fake_comfyui_progress (self->cloud, id, 3, 4);
  reshoot_test_wait_until (reshoot_step_get_progress (step) == 0.75);
  g_assert_cmpuint (cloud_scene_count (self, FAKE_POLL), ==, 0);

  fake_comfyui_run (self->cloud, id);
  assert_done (job);
  g_assert_cmpuint (cloud_scene_count (self, FAKE_SUBMIT), ==, 1);
  g_assert_true (isnan (reshoot_step_get_progress (step)));
  g_assert_cmpint (reshoot_step_get_queue_position (step), ==, -1);
}

/* The end of an earlier graph is told late, in between: nobody asks because of it. */
static void
test_late_end (CloudScene    *self,
               gconstpointer  data)
{
  g_autoptr (ReshootJob) job = begin (self);
  ReshootStep *step = reshoot_job_get_step (job);

  fake_comfyui_start (self->cloud, reshoot_step_get_uuid (step));
  reshoot_test_wait_until (reshoot_step_get_progress (step) == 0.25);
  g_assert_cmpint (reshoot_step_get_queue_position (step), ==, 0);
  g_assert_cmpuint (job->n_hurries, ==, 0);

  fake_comfyui_run (self->cloud, reshoot_step_get_uuid (step));
  assert_done (job);
}

/* The loss of the socket is no fault, and it is opened again a few times at most. */
static void
test_socket_lost (CloudScene    *self,
                  gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;

  set_delay (self, 1);
  fake_cloud_set_polls (self->cloud, 20);
  job = cloud_scene_edit (self, "make it warm");
  while (!reshoot_job_get_finished (job))
    {
      fake_comfyui_close_sockets (self->cloud);
      g_main_context_iteration (NULL, TRUE);
    }

  assert_done (job);
  g_assert_cmpuint (fake_comfyui_count_opened (self->cloud), >=, 1);
  g_assert_cmpuint (fake_comfyui_count_opened (self->cloud), <=, 3);
}

/* Polling alone is enough. */
static void
test_without_socket (CloudScene    *self,
                     gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  ReshootStep *step;

  fake_comfyui_refuse_sockets (self->cloud);
  job = cloud_scene_edit (self, "make it warm");
  step = reshoot_job_get_step (job);
  reshoot_test_wait_until (reshoot_step_get_queue_position (step) == 0 ||
                           reshoot_job_get_finished (job));
  assert_done (job);
  g_assert_cmpuint (fake_comfyui_count_sockets (self->cloud), ==, 0);
}

/* The body of what stops something names the task, whoever else is at work. */
static void
test_stop (CloudScene    *self,
           gconstpointer  data)
{
  gboolean runs = g_str_has_suffix (g_test_get_path (), "running");
  g_autoptr (ReshootJob) job = begin (self);
  ReshootStep *step = reshoot_job_get_step (job);
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GError) error = NULL;

  fake_comfyui_add_other (self->cloud);
  if (runs)
    fake_comfyui_start (self->cloud, reshoot_step_get_uuid (step));

  reshoot_job_cancel (job);
  g_assert_false (scene_wait (job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, RESHOOT_CHARGED_NO);

  g_assert_cmpuint (fake_cloud_count_path (self->cloud, "comfyui", "POST", "/queue"), ==, 1);
  g_assert_cmpuint (fake_cloud_count_path (self->cloud, "comfyui", "POST", "/interrupt"), ==, runs ? 1 : 0);
  body = fake_cloud_dup_last_json (self->cloud, "comfyui", FAKE_CANCEL);
  if (runs)
    g_assert_cmpstr (reshoot_json_get_string (body, "prompt_id"), ==, reshoot_step_get_uuid (step));
  else
    g_assert_cmpstr (reshoot_json_get_string_at (reshoot_json_get_array (body, "delete"), 0), ==,
                     reshoot_step_get_uuid (step));

  g_assert_cmpint (fake_cloud_get_job (self->cloud, "comfyui", reshoot_step_get_uuid (step))->state, ==,
                   FAKE_CANCELLED);
  g_assert_true (fake_comfyui_get_other_runs (self->cloud));
}

/* Two takes of the same words are two graphs, or the second would not be run. */
static void
test_seed (CloudScene    *self,
           gconstpointer  data)
{
  ReshootStep *first;
  ReshootStep *second;
  const char *last;

  g_assert_cmpint (cloud_scene_run (self, "make it warm", &first), ==, RESHOOT_STEP_DONE);
  g_assert_cmpint (cloud_scene_run (self, "make it warm", &second), ==, RESHOOT_STEP_DONE);
  g_assert_nonnull (strstr (reshoot_step_get_ticket (first), "\"seed\":"));
  last = strstr (reshoot_step_get_ticket (second), "\"seed\":");
  g_assert_null (strstr (reshoot_step_get_ticket (first), last));
}

/* What is wrong with a graph is said as the server says it, and nothing ran. */
static void
test_no_file (CloudScene    *self,
              gconstpointer  data)
{
  g_autoptr (JsonObject) parameters = json_object_new ();
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;

  json_object_set_string_member (parameters, "unet", "x");
  request = reshoot_request_new ("make it warm", comfyui.model, parameters);
  reshoot_session_edit_async (self->scene.session, self->scene.project, self->scene.original,
                              request, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  job = reshoot_session_edit_finish (self->scene.session, result, &error);
  g_assert_no_error (error);

  g_assert_false (scene_wait (job, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "server-file");
  g_assert_nonnull (strstr (reshoot_error_get_subject (error), "kontext_fp8_scaled.safetensors"));
  step = reshoot_job_get_step (job);
  g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, RESHOOT_CHARGED_NO);
}

/* The program ends at any moment; what was submitted is found again by its name, and never submitted twice. */
static void
test_resume (CloudScene    *self,
             gconstpointer  data)
{
  static const FakeStage stages[] = { FAKE_SUBMIT, FAKE_POLL, FAKE_RESULT };

  for (guint i = 0; i < G_N_ELEMENTS (stages); i++)
    {
      g_autofree char *words = g_strdup_printf ("make it warm, resume %u.", i);
      g_autoptr (ReshootJob) job = NULL;
      g_autoptr (ReshootJob) again = NULL;
      g_autoptr (GError) error = NULL;
      ReshootStep *step;
      gint64 id;

      fake_cloud_set_fault (self->cloud, "comfyui", stages[i], FAKE_HOLD, 1);
      job = cloud_scene_edit (self, words);
      id = reshoot_step_get_id (reshoot_job_get_step (job));
      reshoot_test_wait_until (fake_cloud_count_held (self->cloud) > 0);
      g_clear_object (&job);
      scene_reopen (&self->scene);
      fake_cloud_release (self->cloud);

      step = reshoot_history_get_step (reshoot_project_get_history (self->scene.project), id);
      again = scene_resume (&self->scene, step, &error);
      g_assert_no_error (error);
      assert_done (again);
      g_assert_cmpuint (fake_cloud_count_jobs (self->cloud, "comfyui", words), ==, 1);
    }
}

/* A graph of the person's own: only what has a slot is changed. */
static void
test_own_graph (CloudScene    *self,
                gconstpointer  data)
{
  static const char graph[] =
    "{\"1\":{\"class_type\":\"LoadImage\",\"inputs\":{\"image\":\"x.png\"}},"
    "\"2\":{\"class_type\":\"CLIPTextEncode\",\"inputs\":{\"text\":\"a\",\"clip\":[\"9\",0]}},"
    "\"5\":{\"class_type\":\"KSampler\",\"inputs\":{\"seed\":7,\"steps\":3,\"positive\":[\"2\",0]}}}";
  g_autoptr (GFile) file = reshoot_test_temp_file ("graph.json");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootOwnGraph) own = NULL;
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (JsonObject) body = NULL;
  JsonObject *prompt;
  JsonObject *inputs;

  g_file_replace_contents (file, graph, strlen (graph), NULL, FALSE, 0, NULL, NULL, &error);
  g_assert_no_error (error);
  own = reshoot_graphs_add ("mine", g_file_peek_path (file), NULL, NULL, NULL, &error);
  g_assert_no_error (error);
  scene_restart_session (&self->scene);

  job = scene_edit (&self->scene, "comfyui/mine", "make it warm", &error);
  g_assert_no_error (error);
  assert_done (job);

  body = fake_cloud_dup_last_json (self->cloud, "comfyui", FAKE_SUBMIT);
  prompt = reshoot_json_get_object (body, "prompt");
  g_assert_cmpuint (json_object_get_size (prompt), ==, 3);
  inputs = reshoot_json_get_object (reshoot_json_get_object (prompt, "1"), "inputs");
  g_assert_true (g_str_has_prefix (reshoot_json_get_string (inputs, "image"), "reshoot/"));
  inputs = reshoot_json_get_object (reshoot_json_get_object (prompt, "2"), "inputs");
  g_assert_cmpstr (reshoot_json_get_string (inputs, "text"), ==, "make it warm");
  inputs = reshoot_json_get_object (reshoot_json_get_object (prompt, "5"), "inputs");
  g_assert_cmpfloat (reshoot_json_get_number (inputs, "seed"), !=, 7);
  g_assert_cmpfloat (reshoot_json_get_number (inputs, "steps"), ==, 3);

  /* Nothing of it was looked for on the server: the person knows what is there. */
  g_assert_cmpuint (fake_cloud_count_path (self->cloud, "comfyui", "GET", "/object_info/UNETLoader"), ==, 0);
  g_assert_true (reshoot_graphs_remove ("mine", NULL));
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  cloud_scene_add_tests (&comfyui);
  cloud_scene_add (&comfyui, "socket", test_socket);
  cloud_scene_add (&comfyui, "late-end", test_late_end);
  cloud_scene_add (&comfyui, "socket-lost", test_socket_lost);
  cloud_scene_add (&comfyui, "without-socket", test_without_socket);
  cloud_scene_add (&comfyui, "stop/queued", test_stop);
  cloud_scene_add (&comfyui, "stop/running", test_stop);
  cloud_scene_add (&comfyui, "seed", test_seed);
  cloud_scene_add (&comfyui, "no-file", test_no_file);
  cloud_scene_add (&comfyui, "resume", test_resume);
  cloud_scene_add (&comfyui, "own-graph", test_own_graph);

  return g_test_run ();
}
