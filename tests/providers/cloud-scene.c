/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What holds of every vendor: nothing is paid twice, no key goes astray, what is refused before it began costs
 * nothing, what nobody knows is called unknown, and a fault of a poll or a download loses nothing. */

#include "cloud-scene.h"
#include "reshoot-error.h"

/* A call that hangs is given up after this. */
#define CALL_DEADLINE 1500

/* A job that never ends is given up after this. */
#define JOB_DEADLINE 4000

static char *
dup_variable (const CloudVendor *vendor)
{
  g_autofree char *upper = g_ascii_strup (vendor->provider, -1);

  return g_strdup_printf ("RESHOOT_%s_URL", g_strdelimit (upper, "-", '_'));
}

/* What is followed up: the result of an edit, which stands for the original from here on. */
static void
make_source (CloudScene *self)
{
  const CloudVendor *vendor = self->vendor;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootJob) job = NULL;

  job = scene_edit_with (&self->scene, vendor->model, "make it", vendor->parameters, &error);
  g_assert_no_error (error);
  g_assert_true (scene_wait (job, &error));
  g_assert_no_error (error);

  g_set_object (&self->scene.original, reshoot_job_get_step (job));
  for (guint i = 0; i < FAKE_N_STAGES; i++)
    self->before[i] = fake_cloud_count (self->cloud, vendor->provider, (FakeStage) i);
}

static void
set_up (CloudScene    *self,
        gconstpointer  data)
{
  const CloudVendor *vendor = data;
  g_autofree char *variable = dup_variable (vendor);

  self->vendor = vendor;
  self->cloud = fake_cloud_new ();
  vendor->add (self->cloud);

  scene_set_up (&self->scene, NULL);
  g_setenv (variable, fake_cloud_get_uri (self->cloud, vendor->provider), TRUE);
  if (vendor->key != NULL)
    g_setenv (vendor->key, SCENE_KEY, TRUE);
  scene_restart_session (&self->scene);

  if (vendor->followup != NULL)
    make_source (self);
}

static void
tear_down (CloudScene    *self,
           gconstpointer  data)
{
  g_autofree char *variable = dup_variable (self->vendor);

  /* Whatever was asked, no key went where none belongs. */
  g_assert_cmpuint (fake_cloud_count_leaks (self->cloud), ==, 0);

  scene_tear_down (&self->scene, NULL);
  fake_cloud_free (self->cloud);
  g_unsetenv (variable);
  if (self->vendor->key != NULL)
    g_unsetenv (self->vendor->key);
}

ReshootJob *
cloud_scene_edit (CloudScene *self,
                  const char *instruction)
{
  const CloudVendor *vendor = self->vendor;
  const char *parameters = vendor->followup != NULL ? vendor->followup : vendor->parameters;
  g_autoptr (GError) error = NULL;
  ReshootJob *job;

  self->n_jobs = fake_cloud_count_jobs (self->cloud, vendor->provider, NULL);
  job = scene_edit_with (&self->scene, vendor->model, instruction, parameters, &error);
  g_assert_no_error (error);
  return job;
}

/* What the last edit, of these words, made of tasks. A follow-up is told none of them. */
static guint
count_jobs (CloudScene *self,
            const char *words)
{
  const char *provider = self->vendor->provider;

  if (self->vendor->followup != NULL)
    return fake_cloud_count_jobs (self->cloud, provider, NULL) - self->n_jobs;

  return fake_cloud_count_jobs (self->cloud, provider, words);
}

/* An edit to its end. @step (out) (optional) (transfer none) */
ReshootStepState
cloud_scene_run (CloudScene   *self,
                 const char   *instruction,
                 ReshootStep **step)
{
  g_autoptr (ReshootJob) job = cloud_scene_edit (self, instruction);
  ReshootStep *made = reshoot_job_get_step (job);
  g_autoptr (GError) error = NULL;

  scene_wait (job, &error);
  if (step != NULL)
    *step = made;

  g_test_message ("%s: %s", reshoot_step_state_to_string (reshoot_step_get_state (made)),
                  error != NULL ? error->message : "");
  return reshoot_step_get_state (made);
}

guint
cloud_scene_count (CloudScene *self,
                   FakeStage   stage)
{
  return fake_cloud_count (self->cloud, self->vendor->provider, stage) - self->before[stage];
}

static gboolean
has_stage (const CloudVendor *vendor,
           FakeStage          stage)
{
  if (stage == FAKE_UPLOAD)
    return vendor->uploads;
  if (stage == FAKE_POLL)
    return !vendor->answers_at_once;
  if (stage == FAKE_RESULT)
    return !vendor->embeds;

  return stage == FAKE_SUBMIT;
}

/* Short only where something is waited for that never comes: a busy machine is slow in everything else. */
static void
set_times (CloudScene *self,
           gboolean    is_call_short,
           gboolean    is_job_short)
{
  self->scene.times.call_deadline = is_call_short ? CALL_DEADLINE : 60000;
  self->scene.times.job_deadline = is_job_short ? JOB_DEADLINE : 120000;
  reshoot_session_set_times (self->scene.session, &self->scene.times);
}

static void
set_times_for_fault (CloudScene *self,
                     FakeStage   stage,
                     FakeFault   fault)
{
  gboolean hangs = fault == FAKE_HANG || fault == FAKE_DRIP;

  /* A submit whose reply is the result waits for as long as the job. */
  set_times (self, hangs, hangs && stage == FAKE_SUBMIT);
}

/* That nothing stays set for the next edit. */
static void
clear_faults (CloudScene *self)
{
  for (guint i = 0; i < FAKE_N_STAGES; i++)
    fake_cloud_set_fault (self->cloud, NULL, (FakeStage) i, FAKE_NO_FAULT, 0);
  fake_cloud_release (self->cloud);
}

static void
assert_state (ReshootStepState  got,
              const char       *wanted)
{
  const char *name = reshoot_step_state_to_string (got);
  g_auto (GStrv) names = g_strsplit (wanted, " ", -1);

  if (!g_strv_contains ((const char * const *) names, name))
    g_error ("the step is %s, not %s", name, wanted);
}

static void
test_happy (CloudScene    *self,
            gconstpointer  data)
{
  const CloudVendor *vendor = self->vendor;
  ReshootStep *step;

  assert_state (cloud_scene_run (self, "make it warm 123", &step), "done");
  g_assert_cmpuint (count_jobs (self, "123"), ==, 1);
  g_assert_cmpuint (cloud_scene_count (self, FAKE_SUBMIT), ==, 1);
  g_assert_cmpuint (cloud_scene_count (self, FAKE_UPLOAD) > 0, ==, vendor->uploads);
  g_assert_cmpuint (cloud_scene_count (self, FAKE_CANCEL), ==, 0);
  if (!vendor->embeds)
    g_assert_cmpuint (cloud_scene_count (self, FAKE_RESULT), >, 0);
  if (!vendor->is_free)
    g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, RESHOOT_CHARGED_YES);
}

typedef struct
{
  FakeFate    fate;
  const char *name;
  const char *states;
} Fate;

static const Fate fates[] = {
  { FAKE_WILL_FAIL, "fail", "failed" },
  { FAKE_WILL_REFUSE_INPUT, "refuse-input", "refused" },
  { FAKE_WILL_REFUSE_OUTPUT, "refuse-output", "refused" },
  { FAKE_WILL_BE_CANCELLED, "cancel", "cancelled failed expired" },
  { FAKE_WILL_BE_GONE, "gone", "expired unknown failed" },
  { FAKE_WILL_HANG, "pending", "unknown" },
  { FAKE_WILL_BE_ODD, "odd", "done" },
  { FAKE_WILL_COST_MORE, "cost-more", "done" },
  { FAKE_WILL_EXPIRE, "expire", "unknown expired" },
};

static gboolean
knows_fate (const CloudVendor *vendor,
            const char        *name)
{
  const char *words = vendor->unknown_fates != NULL ? vendor->unknown_fates : "";
  g_auto (GStrv) unknown = g_strsplit (words, ",", -1);

  return !g_strv_contains ((const char * const *) unknown, name);
}

static void
test_fates (CloudScene    *self,
            gconstpointer  data)
{
  for (guint i = 0; i < G_N_ELEMENTS (fates); i++)
    {
      g_autofree char *words = g_strdup_printf ("make it warm, fate %s.", fates[i].name);
      ReshootStep *step;

      if (!knows_fate (self->vendor, fates[i].name))
        continue;

      g_test_message ("fate %s", fates[i].name);
      fake_cloud_set_fate (self->cloud, NULL, FAKE_WILL_SUCCEED, 0);
      fake_cloud_set_fate (self->cloud, self->vendor->provider, fates[i].fate, G_MAXUINT);
      set_times (self, FALSE, fates[i].fate == FAKE_WILL_HANG);
      assert_state (cloud_scene_run (self, words, &step), fates[i].states);
      g_assert_cmpuint (count_jobs (self, words), <=, 1);
    }
}

/* Faults */

static const FakeFault faults[] = {
  FAKE_429, FAKE_429_RETRY_AFTER, FAKE_429_RETRY_DATE, FAKE_402, FAKE_401, FAKE_403, FAKE_422_KEY,
  FAKE_422, FAKE_404, FAKE_500, FAKE_502, FAKE_503, FAKE_504, FAKE_RESET, FAKE_HANG, FAKE_REDIRECT,
  FAKE_LOST, FAKE_CUT, FAKE_DRIP, FAKE_HUGE, FAKE_WRONG_TYPE, FAKE_INVALID_JSON, FAKE_EMPTY,
  FAKE_GARBAGE,
};

static gboolean
is_no (FakeFault fault)
{
  return fault == FAKE_402 || fault == FAKE_401 || fault == FAKE_403 || fault == FAKE_422_KEY ||
         fault == FAKE_422 || fault == FAKE_404;
}

static gboolean
is_busy (FakeFault fault)
{
  return fault == FAKE_429 || fault == FAKE_429_RETRY_AFTER || fault == FAKE_429_RETRY_DATE ||
         fault == FAKE_503;
}

/* How an edit may end that met @fault once at @stage. What costs nothing is never in doubt. */
static const char *
get_ends (const CloudVendor *vendor,
          FakeStage          stage,
          FakeFault          fault)
{
  if (stage == FAKE_UPLOAD)
    return "done failed";
  /* What can be done with an earlier result is asked like how a task is doing. */
  if (stage == FAKE_POLL && vendor->followup != NULL)
    return "done failed unknown expired";
  if (stage == FAKE_POLL && fault == FAKE_EMPTY && vendor->empty_is_gone)
    return "expired";
  if (stage == FAKE_SUBMIT && is_busy (fault) && !(fault == FAKE_503 && vendor->doubts_503))
    return "done";
  if (stage == FAKE_SUBMIT)
    {
      if (vendor->refuses_with_422 && (fault == FAKE_422 || fault == FAKE_422_KEY))
        return "refused";
      if (is_no (fault))
        return "failed";
      if (vendor->names_tasks)
        return "expired done";
      return vendor->is_free ? "failed done" : "unknown done";
    }
  if (stage == FAKE_POLL && is_no (fault))
    return "done unknown expired";

  return "done";
}

static void
assert_paid (CloudScene       *self,
             ReshootStep      *step,
             ReshootStepState  state,
             guint             n_jobs)
{
  ReshootCharged charged = reshoot_step_get_price (step)->charged;

  g_assert_cmpuint (n_jobs, <=, 1);
  if (state == RESHOOT_STEP_DONE)
    g_assert_cmpuint (n_jobs, ==, 1);
  if (state == RESHOOT_STEP_FAILED && n_jobs == 0)
    g_assert_cmpint (charged, ==, RESHOOT_CHARGED_NO);
  if (n_jobs == 1 && !self->vendor->is_free)
    g_assert_cmpint (charged, !=, RESHOOT_CHARGED_NO);
}

static void
test_faults (CloudScene    *self,
             gconstpointer  data)
{
  for (guint stage = 0; stage < FAKE_OTHER; stage++)
    for (guint i = 0; i < G_N_ELEMENTS (faults) && has_stage (self->vendor, (FakeStage) stage); i++)
      {
        g_autofree char *words = g_strdup_printf ("make it warm, fault %u %u.", stage, i);
        ReshootStepState state;
        ReshootStep *step;
        guint n_jobs;

        g_test_message ("%s at stage %u", fake_fault_get_name (faults[i]), stage);
        fake_cloud_set_fault (self->cloud, self->vendor->provider, (FakeStage) stage, faults[i], 1);
        set_times_for_fault (self, (FakeStage) stage, faults[i]);
        state = cloud_scene_run (self, words, &step);
        n_jobs = count_jobs (self, words);
        assert_state (state, get_ends (self->vendor, (FakeStage) stage, faults[i]));
        assert_paid (self, step, state, n_jobs);
        clear_faults (self);
      }
}

/* Cancelling */

static void
cancel (CloudScene *self,
        ReshootJob *job,
        const char *words)
{
  g_autoptr (GError) error = NULL;
  ReshootStep *step = reshoot_job_get_step (job);
  guint n_jobs;

  reshoot_job_cancel (job);
  g_assert_false (scene_wait (job, &error));
  n_jobs = count_jobs (self, words);
  g_assert_cmpuint (n_jobs, <=, 1);
  /* Who can stop a task may say that it was stopped before it cost anything. */
  if (n_jobs == 1 && !self->vendor->is_free && !self->vendor->cancels)
    g_assert_cmpint (reshoot_step_get_price (step)->charged, !=, RESHOOT_CHARGED_NO);
}

/* While the reply of each stage is on its way. */
static void
test_cancel (CloudScene    *self,
             gconstpointer  data)
{
  const CloudVendor *vendor = self->vendor;

  for (guint stage = 0; stage < FAKE_OTHER; stage++)
    {
      g_autofree char *words = g_strdup_printf ("make it warm, cancel %u.", stage);
      g_autoptr (ReshootJob) job = NULL;
      guint n_cancels = cloud_scene_count (self, FAKE_CANCEL);

      if (!has_stage (vendor, (FakeStage) stage))
        continue;

      g_test_message ("cancel at stage %u", stage);
      fake_cloud_set_fault (self->cloud, vendor->provider, (FakeStage) stage, FAKE_HOLD, G_MAXUINT);
      job = cloud_scene_edit (self, words);
      reshoot_test_wait_until (fake_cloud_count_held (self->cloud) > 0);
      cancel (self, job, words);
      assert_state (reshoot_step_get_state (reshoot_job_get_step (job)), "cancelled");
      if (stage == FAKE_POLL && vendor->cancels && vendor->followup == NULL)
        reshoot_test_wait_until (cloud_scene_count (self, FAKE_CANCEL) == n_cancels + 1);
      clear_faults (self);
    }
}

/* After the first request of each stage has met each fault, and would meet it for ever. */
static void
test_fault_and_cancel (CloudScene    *self,
                       gconstpointer  data)
{
  for (guint stage = 0; stage < FAKE_OTHER; stage++)
    for (guint i = 0; i < G_N_ELEMENTS (faults) && has_stage (self->vendor, (FakeStage) stage); i++)
      {
        g_autofree char *words = g_strdup_printf ("make it warm, cancel %u %u.", stage, i);
        g_autoptr (ReshootJob) job = NULL;
        guint before = cloud_scene_count (self, (FakeStage) stage);

        g_test_message ("%s and cancel at stage %u", fake_fault_get_name (faults[i]), stage);
        fake_cloud_set_fault (self->cloud, self->vendor->provider, (FakeStage) stage, faults[i],
                              G_MAXUINT);
        job = cloud_scene_edit (self, words);
        reshoot_test_wait_until (cloud_scene_count (self, (FakeStage) stage) > before ||
                                 reshoot_job_get_finished (job));
        cancel (self, job, words);
        assert_state (reshoot_step_get_state (reshoot_job_get_step (job)),
                      "cancelled failed unknown expired");
        clear_faults (self);
      }
}

/* The call that stops a task may fail as well: the step is cancelled all the same. */
static void
test_faulty_cancel (CloudScene    *self,
                    gconstpointer  data)
{
  fake_cloud_set_fate (self->cloud, self->vendor->provider, FAKE_WILL_HANG, G_MAXUINT);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autofree char *words = g_strdup_printf ("make it warm, faulty cancel %u.", i);
      g_autoptr (ReshootJob) job = NULL;
      guint polls = cloud_scene_count (self, FAKE_POLL);
      guint cancels = cloud_scene_count (self, FAKE_CANCEL);

      g_test_message ("%s at the cancel", fake_fault_get_name (faults[i]));
      fake_cloud_set_fault (self->cloud, self->vendor->provider, FAKE_CANCEL, faults[i], G_MAXUINT);
      set_times_for_fault (self, FAKE_CANCEL, faults[i]);
      job = cloud_scene_edit (self, words);
      reshoot_test_wait_until (cloud_scene_count (self, FAKE_POLL) > polls);
      cancel (self, job, words);
      assert_state (reshoot_step_get_state (reshoot_job_get_step (job)), "cancelled");
      reshoot_test_wait_until (cloud_scene_count (self, FAKE_CANCEL) > cancels);
      clear_faults (self);
    }
}

void
cloud_scene_add (const CloudVendor *vendor,
                 const char        *name,
                 CloudTest          test)
{
  g_autofree char *path = g_strdup_printf ("/cloud/%s%s%s/%s", vendor->model, vendor->name != NULL ? "/" : "",
                                           vendor->name != NULL ? vendor->name : "", name);

  g_test_add (path, CloudScene, vendor, set_up, test, tear_down);
}

void
cloud_scene_add_tests (const CloudVendor *vendor)
{
  cloud_scene_add (vendor, "happy", test_happy);
  cloud_scene_add (vendor, "fates", test_fates);
  cloud_scene_add (vendor, "faults", test_faults);
  cloud_scene_add (vendor, "cancel", test_cancel);
  cloud_scene_add (vendor, "fault-and-cancel", test_fault_and_cancel);
  if (vendor->cancels && vendor->followup == NULL)
    cloud_scene_add (vendor, "faulty-cancel", test_faulty_cancel);
}
