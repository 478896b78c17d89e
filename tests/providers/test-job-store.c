/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The disk fails while a service is at work: at each store after the request was sent. The job stands still with what
 * it has, goes on when the disk does, and the service was asked to start once. Who does not wait gets the picture that
 * was paid for, and can still fetch it into the project later. */

#include <errno.h>

#include "fault-vfs.h"
#include "reshoot-error.h"
#include "reshoot-project-labels.h"
#include "scene.h"

/* A pause that no test waits for. */
#define NEVER 3600000

typedef struct
{
  const char       *name;
  ReshootStepState  at;       /* once this is stored, the next thing is not */
  int               number;   /* of errno */
  ReshootError      code;
  gboolean          reply;    /* whether the picture is held in memory */
} Row;

static const Row rows[] = {
  { "ticket/full", RESHOOT_STEP_SENDING, ENOSPC, RESHOOT_ERROR_NO_SPACE, FALSE },
  { "ticket/protected", RESHOOT_STEP_SENDING, EROFS, RESHOOT_ERROR_READ_ONLY, FALSE },
  { "ready/full", RESHOOT_STEP_SUBMITTED, ENOSPC, RESHOOT_ERROR_NO_SPACE, FALSE },
  { "reply/full", RESHOOT_STEP_DOWNLOADING, ENOSPC, RESHOOT_ERROR_NO_SPACE, TRUE },
  { "reply/quota", RESHOOT_STEP_DOWNLOADING, EDQUOT, RESHOOT_ERROR_NO_SPACE, TRUE },
  { "reply/protected", RESHOOT_STEP_DOWNLOADING, EROFS, RESHOOT_ERROR_READ_ONLY, TRUE },
  { "reply/broken", RESHOOT_STEP_DOWNLOADING, EIO, RESHOOT_ERROR_FAILED, TRUE },
  { "landing/full", RESHOOT_STEP_RECEIVED, ENOSPC, RESHOOT_ERROR_NO_SPACE, FALSE },
  { "version/full", RESHOOT_STEP_LANDING, ENOSPC, RESHOOT_ERROR_NO_SPACE, FALSE },
};

/* The disk of this process. */
static FaultVfs *disk;

typedef struct
{
  const Row *row;
  guint      n_failures;   /* tries that were told */
} Watch;

static void
state_changed_cb (ReshootStep *step,
                  GParamSpec  *pspec,
                  gpointer     user_data)
{
  const Watch *watch = user_data;

  if (reshoot_step_get_state (step) == watch->row->at)
    fault_vfs_fail (disk, FAULT_WRITE, 1, watch->row->number);
}

static void
obstacle_changed_cb (ReshootJob *job,
                     GParamSpec *pspec,
                     gpointer    user_data)
{
  Watch *watch = user_data;
  g_autoptr (GError) obstacle = reshoot_job_dup_obstacle (job);

  watch->n_failures += obstacle != NULL;
}

/* Runs a job until its project could not be written @n_tries times. */
static ReshootJob *
run_until_held (Scene *scene,
                Watch *watch,
                guint  store_delay,
                guint  n_tries)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) obstacle = NULL;
  g_autoptr (GBytes) sample = scene_dup_picture (1248, 832);
  ReshootImage *reply;
  ReshootJob *job;

  scene->times.store_delay = store_delay;
  scene->times.max_store_delay = store_delay;
  reshoot_session_set_times (scene->session, &scene->times);
  scene_script_submit (scene);
  scene_script_ready (scene);
  scene_script_sample (scene);

  job = scene_edit (scene, SCENE_PRO, "make it warm", &error);
  g_assert_no_error (error);
  g_signal_connect (reshoot_job_get_step (job), "notify::state", G_CALLBACK (state_changed_cb), watch);
  g_signal_connect (job, "notify::obstacle", G_CALLBACK (obstacle_changed_cb), watch);
  reshoot_test_wait_until (watch->n_failures >= n_tries);

  /* It shows where it is, why, and what it holds. */
  obstacle = reshoot_job_dup_obstacle (job);
  g_assert_error (obstacle, RESHOOT_ERROR, (int) watch->row->code);
  g_assert_false (reshoot_job_get_finished (job));
  g_assert_cmpint (reshoot_step_get_state (reshoot_job_get_step (job)), ==, watch->row->at);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_session_get_jobs (scene->session)), ==, 1);

  reply = reshoot_job_get_reply (job);
  g_assert_true ((reply != NULL) == watch->row->reply);
  if (reply != NULL)
    g_assert_true (g_bytes_equal (reshoot_image_get_bytes (reply), sample));

  return job;
}

static void
heal (Watch      *watch,
      ReshootJob *job)
{
  fault_vfs_heal (disk);
  g_signal_handlers_disconnect_by_data (reshoot_job_get_step (job), watch);
  g_signal_handlers_disconnect_by_data (job, watch);
}

static void
assert_done (Scene      *scene,
             ReshootJob *job)
{
  g_autoptr (GBytes) sample = scene_dup_picture (1248, 832);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) obstacle = NULL;
  g_autoptr (ReshootImage) reply = NULL;

  scene_wait (job, &error);
  g_assert_no_error (error);
  obstacle = reshoot_job_dup_obstacle (job);
  g_assert_no_error (obstacle);
  g_assert_null (reshoot_job_get_reply (job));
  g_assert_cmpint (reshoot_step_get_state (reshoot_job_get_step (job)), ==, RESHOOT_STEP_DONE);
  g_assert_cmpint (reshoot_step_get_price (reshoot_job_get_step (job))->charged, ==,
                   RESHOOT_CHARGED_YES);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 1);

  reply = scene_load (scene, reshoot_job_get_step (job), RESHOOT_PICTURE_REPLY);
  g_assert_true (g_bytes_equal (reshoot_image_get_bytes (reply), sample));
}

/* The person made room and says so. */
static void
test_asked (Scene         *scene,
            gconstpointer  data)
{
  Watch watch = { data, 0 };
  g_autoptr (ReshootJob) job = run_until_held (scene, &watch, NEVER, 1);

  /* Too early: it is still held. */
  reshoot_job_retry_store (job);
  reshoot_test_wait_until (watch.n_failures == 2);
  g_assert_false (reshoot_job_get_finished (job));

  heal (&watch, job);
  reshoot_job_retry_store (job);
  reshoot_job_retry_store (job);
  assert_done (scene, job);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SAMPLE), ==, 1);
}

/* Nobody says anything: it is tried again and again. */
static void
test_by_itself (Scene         *scene,
                gconstpointer  data)
{
  Watch watch = { data, 0 };
  g_autoptr (ReshootJob) job = run_until_held (scene, &watch, 1, 4);

  heal (&watch, job);
  assert_done (scene, job);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SAMPLE), ==, 1);
}

/* Something else was stored: so it works again. */
static void
test_other_write (Scene         *scene,
                  gconstpointer  data)
{
  Watch watch = { data, 0 };
  g_autoptr (ReshootJob) job = run_until_held (scene, &watch, NEVER, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  heal (&watch, job);
  reshoot_project_set_title_async (scene->project, scene->original, "mug", NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_set_title_finish (scene->project, result, &error);
  g_assert_no_error (error);
  assert_done (scene, job);
}

/* The person does not wait: the picture is handed out, and where there is a ticket in the file it is fetched again. */
static void
test_given_up (Scene         *scene,
               gconstpointer  data)
{
  Watch watch = { data, 0 };
  g_autoptr (GBytes) sample = scene_dup_picture (1248, 832);
  g_autoptr (ReshootJob) job = run_until_held (scene, &watch, NEVER, 1);
  g_autoptr (ReshootJob) again = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step = reshoot_job_get_step (job);

  reshoot_job_cancel (job);
  g_assert_true (reshoot_job_get_finished (job));
  g_assert_false (scene_wait (job, &error));
  g_assert_cmpint (reshoot_step_get_state (step), ==, watch.row->at);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_session_get_jobs (scene->session)), ==, 0);
  if (watch.row->reply)
    g_assert_true (g_bytes_equal (reshoot_image_get_bytes (reshoot_job_get_reply (job)), sample));

  heal (&watch, job);
  if (watch.row->at == RESHOOT_STEP_SENDING)
    {
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_UNKNOWN_PAYMENT);
      g_assert_cmpstr (reshoot_error_get_subject (error), ==, "task-1");
      return;
    }

  g_assert_error (error, RESHOOT_ERROR, (int) watch.row->code);
  again = scene_resume (scene, step, &error);
  g_assert_nonnull (again);
  assert_done (scene, again);
}

/* The program ends while a job is held: only the file is left, and the service gives the picture once more. */
static void
test_ended (Scene         *scene,
            gconstpointer  data)
{
  Watch watch = { data, 0 };
  ReshootJob *job = run_until_held (scene, &watch, NEVER, 1);
  gint64 id = reshoot_step_get_id (reshoot_job_get_step (job));
  g_autoptr (ReshootJob) again = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;

  reshoot_session_let_go (scene->session, scene->project);
  g_assert_true (reshoot_job_get_finished (job));
  heal (&watch, job);
  g_object_unref (job);
  scene_reopen (scene);

  step = reshoot_history_get_step (reshoot_project_get_history (scene->project), id);
  again = scene_resume (scene, step, &error);
  g_assert_no_error (error);
  assert_done (scene, again);
}

/* What is free is computed again, and needs no patience. */
static void
test_studio (Scene         *scene,
             gconstpointer  data)
{
  static const Row row = { "", RESHOOT_STEP_RUNNING, ENOSPC, RESHOOT_ERROR_NO_SPACE, FALSE };
  Watch watch = { &row, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootJob) job = scene_edit (scene, "studio/local", "warm it slightly", &error);

  g_assert_no_error (error);
  g_signal_connect (reshoot_job_get_step (job), "notify::state", G_CALLBACK (state_changed_cb), &watch);
  g_assert_false (scene_wait (job, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_NO_SPACE);
  heal (&watch, job);
}

static void
add_rows (const char *name,
          void      (*test) (Scene *, gconstpointer))
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strdup_printf ("/job-store/%s/%s", name, rows[i].name);

      g_test_add (path, Scene, &rows[i], scene_set_up, test, scene_tear_down);
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  disk = fault_vfs_install ();

  add_rows ("asked", test_asked);
  add_rows ("by-itself", test_by_itself);
  add_rows ("other-write", test_other_write);
  add_rows ("given-up", test_given_up);
  g_test_add ("/job-store/ended", Scene, &rows[3], scene_set_up, test_ended, scene_tear_down);
  g_test_add ("/job-store/studio", Scene, NULL, scene_set_up, test_studio, scene_tear_down);

  return g_test_run ();
}
