/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The program ends in every state of a job, and begins again with nothing but the file: the job is taken up, and the
 * service is never asked to start twice. */

#include "reshoot-error.h"
#include "scene.h"

typedef struct
{
  const char       *name;
  ReshootStepState  stop_at;      /* let go as soon as this is stored … */
  const char       *asked;        /* (nullable): … and this was asked, which then hangs */
  ReshootStepState  end;          /* after it was taken up */
  int               code;         /* -1 = none */
  guint             n_submits;    /* in all */
} Row;

static const Row rows[] = {
  { "waiting", RESHOOT_STEP_WAITING, NULL, RESHOOT_STEP_DONE, -1, 1 },
  { "sending-stored", RESHOOT_STEP_SENDING, NULL, RESHOOT_STEP_UNKNOWN, RESHOOT_ERROR_UNKNOWN_PAYMENT, 0 },
  { "sending-asked", RESHOOT_STEP_SENDING, SCENE_SUBMIT, RESHOOT_STEP_UNKNOWN, RESHOOT_ERROR_UNKNOWN_PAYMENT, 1 },
  { "submitted-stored", RESHOOT_STEP_SUBMITTED, NULL, RESHOOT_STEP_DONE, -1, 1 },
  { "submitted-asked", RESHOOT_STEP_SUBMITTED, SCENE_POLL, RESHOOT_STEP_DONE, -1, 1 },
  { "running-stored", RESHOOT_STEP_RUNNING, NULL, RESHOOT_STEP_DONE, -1, 1 },
  { "downloading-stored", RESHOOT_STEP_DOWNLOADING, NULL, RESHOOT_STEP_DONE, -1, 1 },
  { "downloading-asked", RESHOOT_STEP_DOWNLOADING, SCENE_SAMPLE, RESHOOT_STEP_DONE, -1, 1 },
  { "received", RESHOOT_STEP_RECEIVED, NULL, RESHOOT_STEP_DONE, -1, 1 },
  { "landing", RESHOOT_STEP_LANDING, NULL, RESHOOT_STEP_DONE, -1, 1 },
};

typedef struct
{
  Scene            *scene;
  ReshootStepState  state;
  gboolean          reached;
} Watch;

static void
state_changed_cb (ReshootStep *step,
                  GParamSpec  *pspec,
                  gpointer     user_data)
{
  Watch *watch = user_data;

  if (reshoot_step_get_state (step) != watch->state || watch->reached)
    return;

  watch->reached = TRUE;
  reshoot_session_let_go (watch->scene->session, watch->scene->project);
}

/* What hangs is asked once; after that the service does its work. */
static void
script_hang (Scene      *scene,
             const Row  *row,
             const char *path)
{
  if (g_strcmp0 (row->asked, path) == 0)
    reshoot_fake_server_add (scene->server, path, RESHOOT_FAKE_HANG, 200, NULL, NULL);
}

static void
script (Scene     *scene,
        const Row *row)
{
  script_hang (scene, row, SCENE_SUBMIT);
  scene_script_submit (scene);
  script_hang (scene, row, SCENE_POLL);
  if (row->stop_at == RESHOOT_STEP_RUNNING)
    scene_script_poll (scene, "Pending");
  scene_script_ready (scene);
  script_hang (scene, row, SCENE_SAMPLE);
  scene_script_sample (scene);
}

/* Runs the job to the row's state and ends the program there. Returns the step's number. */
static gint64
run_and_stop (Scene     *scene,
              const Row *row)
{
  g_autoptr (GError) error = NULL;
  Watch watch = { scene, row->stop_at, FALSE };
  ReshootJob *job = scene_edit (scene, SCENE_PRO, "make it warm", &error);
  ReshootStep *step;
  gint64 id;

  g_assert_no_error (error);
  step = g_object_ref (reshoot_job_get_step (job));
  id = reshoot_step_get_id (step);

  if (row->asked != NULL)
    {
      reshoot_test_wait_until (reshoot_fake_server_get_hits (scene->server, row->asked) > 0 &&
                               reshoot_step_get_state (step) == row->stop_at);
      reshoot_session_let_go (scene->session, scene->project);
    }
  else if (row->stop_at == RESHOOT_STEP_WAITING)
    {
      reshoot_session_let_go (scene->session, scene->project);
    }
  else
    {
      g_signal_connect (step, "notify::state", G_CALLBACK (state_changed_cb), &watch);
      reshoot_test_wait_until (watch.reached);
      g_signal_handlers_disconnect_by_data (step, &watch);
    }

  g_assert_cmpuint (g_list_model_get_n_items (reshoot_session_get_jobs (scene->session)), ==, 0);
  g_object_unref (step);
  g_object_unref (job);
  scene_reopen (scene);
  return id;
}

static void
test_row (Scene         *scene,
          gconstpointer  data)
{
  const Row *row = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) stored = NULL;
  g_autoptr (GAsyncResult) first = NULL;
  g_autoptr (GAsyncResult) second = NULL;
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (ReshootJob) same = NULL;
  ReshootStep *step;
  gint64 id;

  script (scene, row);
  id = run_and_stop (scene, row);

  step = reshoot_history_get_step (reshoot_project_get_history (scene->project), id);
  g_assert_nonnull (step);
  g_assert_cmpstr (reshoot_step_state_to_string (reshoot_step_get_state (step)), ==,
                   reshoot_step_state_to_string (row->stop_at));

  /* Asked for twice, it is one job. */
  reshoot_session_resume_async (scene->session, scene->project, step, NULL, reshoot_test_ready_cb,
                                &first);
  reshoot_session_resume_async (scene->session, scene->project, step, NULL, reshoot_test_ready_cb,
                                &second);
  reshoot_test_await (&first);
  job = reshoot_session_resume_finish (scene->session, first, &error);
  g_assert_no_error (error);
  reshoot_test_await (&second);
  same = reshoot_session_resume_finish (scene->session, second, &error);
  g_assert_true (same == job);

  scene_wait (job, &error);
  g_assert_cmpstr (reshoot_step_state_to_string (reshoot_step_get_state (step)), ==,
                   reshoot_step_state_to_string (row->end));
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, row->n_submits);

  stored = reshoot_step_dup_error (step);
  if (row->code >= 0)
    {
      g_assert_error (error, RESHOOT_ERROR, row->code);
      g_assert_error (stored, RESHOOT_ERROR, row->code);
      g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, RESHOOT_CHARGED_UNKNOWN);
    }
  else
    {
      g_autoptr (ReshootImage) shown = scene_load (scene, step, RESHOOT_PICTURE_SHOWN);

      g_assert_no_error (error);
      g_assert_cmpint (reshoot_image_get_width (shown), ==, 1248);
      g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, RESHOOT_CHARGED_YES);
    }
}

/* In doubt without a ticket: there is nothing to ask with, and it is not sent again whoever asks. */
static void
test_no_ticket (Scene         *scene,
                gconstpointer  data)
{
  static const Row row = { "", RESHOOT_STEP_SENDING, SCENE_SUBMIT, RESHOOT_STEP_UNKNOWN, 0, 1 };
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;
  gint64 id;

  script (scene, &row);
  id = run_and_stop (scene, &row);
  step = reshoot_history_get_step (reshoot_project_get_history (scene->project), id);
  job = scene_resume (scene, step, NULL);
  scene_wait (job, NULL);

  g_assert_null (scene_resume (scene, step, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "nothing-to-resume");
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 1);
}

/* In doubt or cancelled with a ticket: asked again, paid once. */
static void
test_with_ticket (Scene         *scene,
                  gconstpointer  data)
{
  gboolean cancel = GPOINTER_TO_INT (data);
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (ReshootJob) again = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;

  scene->times.tries = 1;
  reshoot_session_set_times (scene->session, &scene->times);
  scene_script_submit (scene);
  if (cancel)
    reshoot_fake_server_add (scene->server, SCENE_POLL, RESHOOT_FAKE_HANG, 200, NULL, NULL);
  else
    reshoot_fake_server_add_text (scene->server, SCENE_POLL, 500, "");
  scene_script_ready (scene);
  scene_script_sample (scene);

  job = scene_edit (scene, SCENE_PRO, "make it warm", &error);
  step = reshoot_job_get_step (job);
  if (cancel)
    {
      reshoot_test_wait_until (scene_get_hits (scene, SCENE_POLL) > 0);
      reshoot_job_cancel (job);
    }
  g_assert_false (scene_wait (job, NULL));
  g_assert_cmpint (reshoot_step_get_state (step), ==,
                   cancel ? RESHOOT_STEP_CANCELLED : RESHOOT_STEP_UNKNOWN);

  again = scene_resume (scene, step, &error);
  g_assert_no_error (error);
  g_assert_true (scene_wait (again, &error));
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_DONE);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 1);
}

/* The key is looked for anew; without it the ticket is kept. */
static void
test_without_key (Scene         *scene,
                  gconstpointer  data)
{
  static const Row row = { "", RESHOOT_STEP_SUBMITTED, NULL, RESHOOT_STEP_DONE, 0, 1 };
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (ReshootJob) again = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;
  gint64 id;

  script (scene, &row);
  id = run_and_stop (scene, &row);
  step = reshoot_history_get_step (reshoot_project_get_history (scene->project), id);

  g_unsetenv ("BFL_API_KEY");
  job = scene_resume (scene, step, NULL);
  g_assert_false (scene_wait (job, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_AUTH);
  g_assert_nonnull (reshoot_step_get_ticket (step));

  g_setenv ("BFL_API_KEY", SCENE_KEY, TRUE);
  again = scene_resume (scene, step, NULL);
  g_assert_true (scene_wait (again, NULL));
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 1);
}

static void
test_studio (Scene         *scene,
             gconstpointer  data)
{
  ReshootStepState stop_at = GPOINTER_TO_INT (data);
  Watch watch = { scene, stop_at, FALSE };
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootJob) again = NULL;
  ReshootJob *job = scene_edit (scene, "studio/local", "warm it slightly", &error);
  ReshootStep *step;
  gint64 id;

  g_assert_no_error (error);
  step = g_object_ref (reshoot_job_get_step (job));
  id = reshoot_step_get_id (step);
  g_signal_connect (step, "notify::state", G_CALLBACK (state_changed_cb), &watch);
  if (stop_at == RESHOOT_STEP_WAITING)
    reshoot_session_let_go (scene->session, NULL);
  else
    reshoot_test_wait_until (watch.reached);
  g_signal_handlers_disconnect_by_data (step, &watch);
  g_object_unref (step);
  g_object_unref (job);
  scene_reopen (scene);

  step = reshoot_history_get_step (reshoot_project_get_history (scene->project), id);
  g_assert_cmpint (reshoot_step_get_state (step), ==, stop_at);
  again = scene_resume (scene, step, &error);
  g_assert_no_error (error);
  g_assert_true (scene_wait (again, &error));
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_DONE);
  g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, RESHOOT_CHARGED_NO);
}

/* What is over, and what never was a job, is not taken up. */
static void
test_nothing (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) done_error = NULL;
  g_autoptr (ReshootJob) job = NULL;

  g_assert_null (scene_resume (scene, scene->original, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);

  job = scene_edit (scene, "studio/local", "warm it slightly", NULL);
  g_assert_true (scene_wait (job, NULL));
  g_assert_null (scene_resume (scene, reshoot_job_get_step (job), &done_error));
  g_assert_error (done_error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
}

#define ADD(name, func, data) g_test_add ("/job-resume/" name, Scene, data, scene_set_up, func, scene_tear_down)

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/job-resume/", rows[i].name, NULL);

      g_test_add (path, Scene, &rows[i], scene_set_up, test_row, scene_tear_down);
    }

  ADD ("no-ticket", test_no_ticket, NULL);
  ADD ("in-doubt", test_with_ticket, GINT_TO_POINTER (FALSE));
  ADD ("cancelled", test_with_ticket, GINT_TO_POINTER (TRUE));
  ADD ("without-key", test_without_key, NULL);
  ADD ("studio/waiting", test_studio, GINT_TO_POINTER (RESHOOT_STEP_WAITING));
  ADD ("studio/running", test_studio, GINT_TO_POINTER (RESHOOT_STEP_RUNNING));
  ADD ("nothing", test_nothing, NULL);

  return g_test_run ();
}
