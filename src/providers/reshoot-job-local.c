/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A job on this machine: the studio's plan is computed, or a reply becomes the step's picture. Both end in a version,
 * with the way it maps to its parent and what is known of it. */

#include "reshoot-job-private.h"
#include "reshoot-error.h"
#include "reshoot-job-region.h"
#include "reshoot-json-read.h"
#include "reshoot-operations.h"
#include "reshoot-reply-drift.h"

static void
add_version (ReshootJob   *self,
             ReshootImage *image,
             const double *affine,
             JsonNode     *facts,
             double        seconds)
{
  ReshootJobFacts job_facts = RESHOOT_JOB_FACTS_INIT (self->state);

  job_facts.seconds = seconds;
  if (reshoot_job_begin_move (self, RESHOOT_JOB_FINISHED, &job_facts))
    reshoot_job_store_version (self, &job_facts, image, affine, facts);
}

/* The studio */

/* An honest no is a refusal; anything else is a failure. Neither costs anything. */
static void
fail_here (ReshootJob   *self,
           const GError *error)
{
  gboolean is_no = g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_CANNOT);

  reshoot_job_fail (self, is_no ? RESHOOT_JOB_REFUSED : RESHOOT_JOB_FAILED, error,
                    RESHOOT_CHARGED_NO);
}

static void
plan_run_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_autoptr (ReshootStudioResult) made = NULL;
  g_autoptr (GError) error = NULL;
  double seconds = (double) (g_get_monotonic_time () - self->began) / G_USEC_PER_SEC;

  made = reshoot_plan_run_finish (RESHOOT_PLAN (source), result, &error);
  if (made == NULL)
    fail_here (self, error);
  else
    add_version (self, reshoot_studio_result_get_image (made),
                 reshoot_studio_result_get_affine (made),
                 reshoot_studio_result_get_facts (made), seconds);
}

/* Where the person said the product is, in the parent's pixels. Nothing said is nothing wrong. */
static gboolean
read_hints (ReshootRequest  *request,
            ReshootHints   **hints,
            GError         **error)
{
  JsonObject *parameters = reshoot_request_get_parameters (request);
  const char *box = reshoot_json_get_string (parameters, "box");
  const char *keep = reshoot_json_get_string (parameters, "keep");
  const char *drop = reshoot_json_get_string (parameters, "drop");
  gboolean accepted = reshoot_json_get_boolean (parameters, "accepted");

  if (box == NULL && keep == NULL && drop == NULL && !accepted)
    return TRUE;

  *hints = reshoot_hints_new_from_text (box, keep, drop, error);
  if (*hints == NULL)
    return FALSE;

  reshoot_hints_set_accepted (*hints, accepted);
  return TRUE;
}

/* What the studio is about to do, while its pictures come in. */
typedef struct
{
  ReshootJob         *job;
  ReshootPlan        *plan;
  ReshootImage       *image;
  ReshootStudioGiven  given;    /* its objects owned */
} Compute;

static void
compute_free (Compute *compute)
{
  g_clear_object (&compute->job);
  g_clear_object (&compute->plan);
  g_clear_object (&compute->image);
  g_clear_object (&compute->given.origin);
  g_clear_object (&compute->given.region);
  g_clear_object (&compute->given.hints);
  g_free (compute);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Compute, compute_free)

static gboolean
is_by_studio (ReshootStep *step)
{
  ReshootRequest *request = reshoot_step_get_request (step);

  return request != NULL && g_str_has_prefix (reshoot_request_get_model (request), "studio/");
}

/* The picture in which the product was photographed, or drawn by a service: up from @step as long as the studio alone
 * was at work. @affine: where a point of it is in @step. */
static ReshootStep *
find_origin (ReshootStep *step,
             double       affine[6])
{
  double all[6] = { 1, 0, 0, 0, 1, 0 };

  while (is_by_studio (step) && reshoot_step_get_affine (step) != NULL)
    {
      const double *a = reshoot_step_get_affine (step);
      double next[6] = {
        all[0] * a[0] + all[1] * a[3],
        all[0] * a[1] + all[1] * a[4],
        all[0] * a[2] + all[1] * a[5] + all[2],
        all[3] * a[0] + all[4] * a[3],
        all[3] * a[1] + all[4] * a[4],
        all[3] * a[2] + all[4] * a[5] + all[5],
      };

      memcpy (all, next, sizeof all);
      step = reshoot_step_get_parent (step);
    }

  memcpy (affine, all, sizeof all);
  return step;
}

static void
compute_run (Compute *compute)
{
  ReshootJob *self = compute->job;

  self->began = g_get_monotonic_time ();
  reshoot_plan_run_async (compute->plan, compute->image, &compute->given, self->cancellable,
                          plan_run_cb, g_object_ref (self));
}

static void
origin_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Compute) compute = user_data;
  g_autoptr (GError) error = NULL;

  compute->given.origin = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source), result,
                                                               &error);
  if (compute->given.origin == NULL)
    fail_here (compute->job, error);
  else
    compute_run (compute);
}

static void
load_origin (Compute *taken)
{
  g_autoptr (Compute) compute = taken;
  ReshootJob *self = compute->job;
  ReshootStep *parent = reshoot_step_get_parent (self->step);
  ReshootStep *origin = find_origin (parent, compute->given.affine);

  if (origin == parent || compute->given.hints != NULL || !reshoot_plan_needs_matte (compute->plan))
    {
      compute_run (compute);
      return;
    }

  reshoot_project_load_picture_async (self->project, origin, RESHOOT_PICTURE_SHOWN,
                                      self->cancellable,
                                      origin_loaded_cb, g_steal_pointer (&compute));
}

static void
region_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Compute) compute = user_data;
  g_autoptr (GError) error = NULL;

  compute->given.region = reshoot_job_load_region_finish (RESHOOT_PROJECT (source), result, &error);
  if (compute->given.region == NULL)
    fail_here (compute->job, error);
  else
    load_origin (g_steal_pointer (&compute));
}

static void
parent_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (Compute) compute = g_new0 (Compute, 1);
  ReshootJob *self = compute->job = user_data;
  ReshootRequest *request = reshoot_step_get_request (self->step);
  g_autoptr (GError) error = NULL;

  compute->plan = reshoot_plan_new (reshoot_request_get_instruction (request));
  compute->image = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source), result, &error);
  if (compute->image == NULL || !reshoot_plan_check (compute->plan, &error) ||
      !read_hints (request, &compute->given.hints, &error))
    {
      fail_here (self, error);
      return;
    }

  if (reshoot_request_get_has_region (request))
    reshoot_job_load_region_async (self->project, self->step, self->cancellable, region_loaded_cb,
                                   g_steal_pointer (&compute));
  else
    load_origin (g_steal_pointer (&compute));
}

/* For the engine: the studio does it here. */
void
reshoot_job_compute (ReshootJob *self)
{
  reshoot_project_load_picture_async (self->project, reshoot_step_get_parent (self->step),
                                      RESHOOT_PICTURE_SHOWN, self->cancellable,
                                      parent_loaded_cb, g_object_ref (self));
}

/* Landing */

/* For the job's files: what it knows of its reply. */
ReshootReplyMeans
reshoot_job_get_reply_means (ReshootJob *self)
{
  return (ReshootReplyMeans) {
    .model = self->means.model,
    .sent = self->knows_sent ? &self->sent : NULL,
    .reply = self->reply,
  };
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  ReshootProjectResult *landed = reshoot_reply_measure_finish (RESHOOT_PROJECT (source), result);

  add_version (self, landed->picture, landed->affine, landed->facts, NAN);
}

static void
landed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootProjectResult) landed = NULL;

  landed = reshoot_reply_land_finish (RESHOOT_PROJECT (source), result, &error);
  if (landed == NULL)
    reshoot_job_fail (self, RESHOOT_JOB_FAILED, error, -1);
  else
    reshoot_reply_measure_async (self->project, self->step, g_steal_pointer (&landed),
                                 self->cancellable, measured_cb, g_object_ref (self));
}

/* For the engine: the change in the reply is brought home onto the source. It is paid and stored, so cancelling ends
 * the landing and not the job: the reply is then the step's picture. */
void
reshoot_job_land (ReshootJob *self)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);
  ReshootReplyMeans means = reshoot_job_get_reply_means (self);

  if (self->state == RESHOOT_STEP_RECEIVED)
    reshoot_job_move (self, RESHOOT_JOB_LAND, &facts);
  else if (!reshoot_reply_waits (self->step))
    reshoot_job_move (self, RESHOOT_JOB_FINISHED, &facts);
  else
    reshoot_reply_land_async (self->project, self->step, &means, self->cancellable, landed_cb,
                              g_object_ref (self));
}
