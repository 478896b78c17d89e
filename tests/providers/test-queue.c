/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whose turn it is: so many at once, in order; a service that has too many is asked again when one of ours has ended,
 * and not before; what is paused waits; and what is done to one job is done to it alone. */

#include "reshoot-error.h"
#include "scene.h"

#define MAX_MODEL  "bfl/flux-kontext-max"
#define MAX_SUBMIT "/v1/flux-kontext-max"
#define MAX_AT_ONCE 6

/* So many whole courses are in the script, each for one job. */
static void
script_courses (Scene *scene,
                guint  n)
{
  for (guint i = 0; i < n; i++)
    {
      scene_script_submit (scene);
      scene_script_ready (scene);
      scene_script_sample (scene);
    }
}

/* The first job is taken, and the service thinks about it until it is released. The next ones are too many, as often as
 * that is said, and then there are so many whole courses. */
static ReshootJob *
begin_held (Scene *scene,
            guint  n_crowded,
            guint  n_courses)
{
  g_autofree char *ready = g_strdup_printf ("{\"id\":\"task-1\",\"status\":\"Ready\","
                                            "\"result\":{\"sample\":\"%s%s\"}}",
                                            reshoot_fake_server_get_uri (scene->server),
                                            SCENE_SAMPLE);
  g_autoptr (GBytes) body = g_bytes_new (ready, strlen (ready));
  ReshootJob *job;

  scene_script_submit (scene);
  reshoot_fake_server_add (scene->server, SCENE_POLL, RESHOOT_FAKE_HOLD, 200, NULL, body);
  scene_script_sample (scene);
  for (guint i = 0; i < n_crowded; i++)
    reshoot_fake_server_add_text (scene->server, SCENE_SUBMIT, 429, "{\"detail\":\"too many\"}");
  script_courses (scene, n_courses);
  job = scene_edit (scene, SCENE_PRO, "first", NULL);
  reshoot_test_wait_until (scene_get_hits (scene, SCENE_POLL) == 1);
  return job;
}

/* Time goes by in which whatever waits for a short timer would go on. */
static void
let_time_pass (Scene *scene)
{
  for (guint i = 0; i < 3; i++)
    {
      g_autoptr (ReshootJob) job = scene_edit (scene, "studio/local", "a little brighter", NULL);

      g_assert_true (scene_wait (job, NULL));
    }
}

static void
assert_done (ReshootJob *job)
{
  g_autoptr (GError) error = NULL;

  scene_wait (job, &error);
  g_assert_no_error (error);
}

/* 429 without a time: it leaves again when the first one has ended, before those behind it, and pays once. */
static void
test_crowded (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (ReshootJob) first = begin_held (scene, 1, 2);
  g_autoptr (ReshootJob) second = NULL;
  g_autoptr (ReshootJob) third = NULL;
  ReshootStep *step;

  second = scene_edit (scene, SCENE_PRO, "second", NULL);
  reshoot_test_wait_until (reshoot_job_get_is_held (second));
  third = scene_edit (scene, SCENE_PRO, "third", NULL);
  let_time_pass (scene);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 2);
  g_assert_false (reshoot_job_get_started (third));
  step = reshoot_job_get_step (second);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_WAITING);
  g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, RESHOOT_CHARGED_NO);

  reshoot_fake_server_release (scene->server);
  assert_done (first);
  g_assert_false (reshoot_job_get_is_held (second));
  assert_done (second);
  assert_done (third);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 4);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_session_get_jobs (scene->session)), ==, 0);
}

/* It is cancelled alone; the others go on, and none stays behind for ever. */
static void
test_cancel_crowded (Scene         *scene,
                     gconstpointer  data)
{
  g_autoptr (ReshootJob) first = begin_held (scene, 1, 1);
  g_autoptr (ReshootJob) second = NULL;
  g_autoptr (ReshootJob) third = NULL;
  g_autoptr (GError) error = NULL;

  second = scene_edit (scene, SCENE_PRO, "second", NULL);
  reshoot_test_wait_until (reshoot_job_get_is_held (second));
  third = scene_edit (scene, SCENE_PRO, "third", NULL);

  reshoot_job_cancel (second);
  g_assert_false (scene_wait (second, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_cmpint (reshoot_step_get_state (reshoot_job_get_step (second)), ==,
                   RESHOOT_STEP_CANCELLED);
  assert_done (third);
  reshoot_fake_server_release (scene->server);
  assert_done (first);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 3);
}

/* What it waited for is let go of with its project: then it tries by itself. */
static void
test_forgotten (Scene         *scene,
                gconstpointer  data)
{
  g_autoptr (ReshootJob) first = begin_held (scene, 1, 1);
  g_autoptr (ReshootJob) second = NULL;

  second = scene_edit (scene, SCENE_PRO, "second", NULL);
  reshoot_test_wait_until (reshoot_job_get_is_held (second));
  reshoot_job_cancel (first);
  reshoot_test_wait_until (reshoot_job_get_finished (first));
  assert_done (second);
}

/* With nothing of ours there it is asked again after a while, and given up in the end. */
static void
test_crowded_by_others (Scene         *scene,
                        gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;

  for (guint i = 0; i < scene->times.tries; i++)
    reshoot_fake_server_add_text (scene->server, SCENE_SUBMIT, 429, "");
  job = scene_edit (scene, SCENE_PRO, "warm it", NULL);
  g_assert_false (scene_wait (job, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_RATE_LIMITED);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, scene->times.tries);
}

/* The model takes less at once than its provider. */
static void
test_limits (Scene         *scene,
             gconstpointer  data)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (ReshootJob) other = NULL;

  for (guint i = 0; i < MAX_AT_ONCE + 2; i++)
    {
      reshoot_fake_server_add (scene->server, MAX_SUBMIT, RESHOOT_FAKE_HANG, 200, NULL, NULL);
      g_ptr_array_add (jobs, scene_edit (scene, MAX_MODEL, "warm it", NULL));
    }

  reshoot_test_wait_until (scene_get_hits (scene, MAX_SUBMIT) == MAX_AT_ONCE);
  script_courses (scene, 1);
  other = scene_edit (scene, SCENE_PRO, "warm it", NULL);
  assert_done (other);
  g_assert_cmpuint (scene_get_hits (scene, MAX_SUBMIT), ==, MAX_AT_ONCE);
  g_assert_false (reshoot_job_get_started (jobs->pdata[MAX_AT_ONCE]));

  /* One place, for the next and no other. */
  reshoot_job_cancel (jobs->pdata[2]);
  reshoot_test_wait_until (scene_get_hits (scene, MAX_SUBMIT) == MAX_AT_ONCE + 1);
  g_assert_true (reshoot_job_get_started (jobs->pdata[MAX_AT_ONCE]));
  g_assert_false (reshoot_job_get_started (jobs->pdata[MAX_AT_ONCE + 1]));
  for (guint i = 0; i < jobs->len; i++)
    g_assert_cmpint (reshoot_job_get_finished (jobs->pdata[i]), ==, i == 2);
}

/* What is paused keeps its place and does not leave; what is on its way goes on. */
static void
test_paused (Scene         *scene,
             gconstpointer  data)
{
  g_autoptr (ReshootJob) first = begin_held (scene, 0, 1);
  g_autoptr (ReshootJob) second = NULL;
  g_autoptr (ReshootJob) third = NULL;
  g_autoptr (ReshootJob) studio = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_session_set_paused (scene->session, "bfl", TRUE);
  g_assert_true (reshoot_session_get_paused (scene->session, "bfl"));
  g_assert_false (reshoot_session_get_paused (scene->session, NULL));
  second = scene_edit (scene, SCENE_PRO, "second", NULL);
  third = scene_edit (scene, SCENE_PRO, "third", NULL);
  let_time_pass (scene);
  reshoot_fake_server_release (scene->server);
  assert_done (first);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 1);

  reshoot_job_cancel (second);
  g_assert_false (scene_wait (second, &error));
  g_assert_false (reshoot_job_get_started (third));

  /* Everything, and then the provider alone. */
  reshoot_session_set_paused (scene->session, NULL, TRUE);
  studio = scene_edit (scene, "studio/local", "a little brighter", NULL);
  reshoot_session_set_paused (scene->session, "bfl", FALSE);
  g_assert_false (reshoot_job_get_started (studio));
  g_assert_false (reshoot_job_get_started (third));
  reshoot_session_set_paused (scene->session, NULL, FALSE);
  assert_done (studio);
  assert_done (third);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 2);
}

#define ADD(name, func) g_test_add ("/queue/" name, Scene, NULL, scene_set_up, func, scene_tear_down)

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  ADD ("crowded", test_crowded);
  ADD ("cancel-crowded", test_cancel_crowded);
  ADD ("forgotten", test_forgotten);
  ADD ("crowded-by-others", test_crowded_by_others);
  ADD ("limits", test_limits);
  ADD ("paused", test_paused);

  return g_test_run ();
}
