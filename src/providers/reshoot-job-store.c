/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Storing what became of a job, and holding on to it where the disk will not have it. What a service was asked is paid
 * for: its ticket, its picture and what is known of the money stay here, in memory, and are offered to the project
 * again after a pause that grows, as soon as something else was stored, and when the person asks. The job stands still
 * meanwhile, because what is not stored is not done. Giving it up is the person's own word. */

#include "reshoot-job-private.h"
#include "reshoot-error.h"

/* What is being stored: the facts, alone, with a reply, or with a version. */
struct _ReshootJobNews
{
  ReshootJobFacts  facts;           /* points to what is here */
  char            *ticket;          /* (nullable) */
  GError          *error;           /* (nullable) */
  ReshootImage    *picture;         /* (nullable): a reply, or a version's */
  gboolean         is_version;
  GPtrArray       *results;         /* (nullable): of ReshootProjectResult (owned): several replies, or parts of one */
  double           affine[6];
  JsonNode        *version_facts;   /* (nullable) */
  gint64           held_since;      /* monotonic, 0 = it never failed */
};

void
reshoot_job_news_free (ReshootJobNews *news)
{
  g_free (news->ticket);
  g_clear_error (&news->error);
  g_clear_object (&news->picture);
  g_clear_pointer (&news->results, g_ptr_array_unref);
  g_clear_pointer (&news->version_facts, json_node_unref);
  g_free (news);
}

static ReshootJobNews *
news_new (const ReshootJobFacts *facts,
          ReshootImage          *picture)
{
  ReshootJobNews *news = g_new0 (ReshootJobNews, 1);

  news->ticket = g_strdup (facts->ticket);
  news->error = facts->error != NULL ? g_error_copy (facts->error) : NULL;
  news->facts = *facts;
  news->facts.ticket = news->ticket;
  news->facts.error = news->error;
  g_set_object (&news->picture, picture);
  return news;
}

static void
set_obstacle (ReshootJob   *self,
              const GError *error)
{
  if (error == NULL && self->obstacle == NULL)
    return;

  g_clear_error (&self->obstacle);
  if (error != NULL)
    self->obstacle = g_error_copy (error);
  g_object_notify (G_OBJECT (self), "obstacle");
}

/* For the job's files: it no longer waits for the next try. */
void
reshoot_job_stop_retry (ReshootJob *self)
{
  if (self->retry != NULL)
    g_source_destroy (self->retry);

  g_clear_pointer (&self->retry, g_source_unref);
  g_clear_signal_handler (&self->stored_handler, self->project);
}

/* Before it was sent nothing is lost, what is computed here is computed again, and a reply that the project will not
 * have because there is another one will not be had later either. */
static gboolean
is_worth_holding (ReshootJob   *self,
                  const GError *error)
{
  ReshootStepState stored = reshoot_step_get_state (self->step);

  return !reshoot_job_is_stopped (self) && !self->cancelling &&
         !reshoot_model_get_is_local (self->means.model) && stored != RESHOOT_STEP_WAITING &&
         !reshoot_step_state_is_final (stored) &&
         g_strcmp0 (reshoot_error_get_reason (error), "frozen") != 0;
}

static gboolean
retry_cb (gpointer user_data)
{
  reshoot_job_retry_store (user_data);
  return G_SOURCE_REMOVE;
}

static void
hold (ReshootJob   *self,
      const GError *error)
{
  guint delay = MAX (self->store_delay, self->means.times.store_delay);

  g_debug ("step %" G_GINT64_FORMAT " is not stored, next try in %u ms: %s",
           reshoot_step_get_id (self->step), delay, error->message);

  if (self->news->held_since == 0)
    self->news->held_since = g_get_monotonic_time ();

  self->store_delay = MIN (delay * 2, self->means.times.max_store_delay);
  self->retry = g_timeout_source_new (delay);
  g_source_set_callback (self->retry, retry_cb, g_object_ref (self), g_object_unref);
  g_source_attach (self->retry, g_main_context_get_thread_default ());
  self->stored_handler = g_signal_connect_swapped (self->project, "stored",
                                                   G_CALLBACK (reshoot_job_retry_store), self);
  set_obstacle (self, error);
}

/* The time in which nothing could be stored is not the service's. */
static void
forgive_time (ReshootJob *self)
{
  gint64 held = self->news->held_since != 0 ? g_get_monotonic_time () - self->news->held_since : 0;

  if (self->deadline != 0)
    self->deadline += held;
  if (self->began != 0)
    self->began += held;
}

static void
finish_storing (ReshootJob   *self,
                const GError *error)
{
  forgive_time (self);
  self->store_delay = 0;
  g_clear_pointer (&self->news, reshoot_job_news_free);
  set_obstacle (self, NULL);
  reshoot_job_end_move (self, error);
}

static void
take_steps (ReshootJob *self,
            GPtrArray  *steps)
{
  if (steps == NULL)
    return;

  g_ptr_array_unref (self->made);
  self->made = steps;
  for (guint i = 0; i < steps->len; i++)
    if (steps->pdata[i] != self->step)
      reshoot_job_add_sibling (self, steps->pdata[i]);
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_autoptr (GError) error = NULL;
  ReshootProject *project = RESHOOT_PROJECT (source);

  if (self->news->results != NULL)
    take_steps (self, reshoot_project_add_results_finish (project, result, &error));
  else if (self->news->is_version)
    reshoot_project_add_version_finish (project, result, &error);
  else if (self->news->picture != NULL)
    reshoot_project_add_reply_finish (project, result, &error);
  else
    reshoot_project_update_job_finish (project, result, &error);

  if (error != NULL && is_worth_holding (self, error))
    hold (self, error);
  else
    finish_storing (self, error);
}

static void
store_results (ReshootJob *self)
{
  GPtrArray *given = self->news->results;
  g_autofree ReshootProjectResult *results = g_new (ReshootProjectResult, given->len);

  for (guint i = 0; i < given->len; i++)
    results[i] = *(ReshootProjectResult *) given->pdata[i];

  reshoot_project_add_results_async (self->project, self->step, results, given->len,
                                     &self->news->facts, NULL, stored_cb, g_object_ref (self));
}

static void
try_to_store (ReshootJob *self)
{
  ReshootJobNews *news = self->news;

  if (news->results != NULL)
    store_results (self);
  else if (news->is_version)
    reshoot_project_add_version_async (self->project, self->step, news->picture, news->affine,
                                       news->version_facts, &news->facts, NULL, stored_cb,
                                       g_object_ref (self));
  else if (news->picture != NULL)
    reshoot_project_add_reply_async (self->project, self->step, news->picture, &news->facts, NULL,
                                     stored_cb, g_object_ref (self));
  else
    reshoot_project_update_job_async (self->project, self->step, &news->facts, NULL, stored_cb,
                                      g_object_ref (self));
}

/* For the job's files: stores @facts, which reshoot_job_begin_move() filled, with the @reply (nullable) that brought
 * them, and goes on when they are stored. */
void
reshoot_job_store (ReshootJob            *self,
                   const ReshootJobFacts *facts,
                   ReshootImage          *reply)
{
  self->news = news_new (facts, reply);
  try_to_store (self);
}

/* For the job's files: the same with a version, see reshoot_project_add_version_async(). */
void
reshoot_job_store_version (ReshootJob            *self,
                           const ReshootJobFacts *facts,
                           ReshootImage          *picture,
                           const double           affine[6],
                           JsonNode              *version_facts)
{
  self->news = news_new (facts, picture);
  self->news->is_version = TRUE;
  memcpy (self->news->affine, affine, sizeof self->news->affine);
  if (version_facts != NULL)
    self->news->version_facts = json_node_ref (version_facts);
  try_to_store (self);
}

/* For the job's files: the same with several results, see reshoot_project_add_results_async(). */
void
reshoot_job_store_results (ReshootJob            *self,
                           const ReshootJobFacts *facts,
                           GPtrArray             *results)
{
  self->news = news_new (facts, NULL);
  self->news->results = g_ptr_array_ref (results);
  try_to_store (self);
}

/* For the job's files: the person does not wait until it can be stored. What is held is over with the error that holds
 * it up. */
void
reshoot_job_stop_holding (ReshootJob *self)
{
  g_autoptr (GError) error = NULL;

  if (self->retry == NULL)
    return;

  error = g_error_copy (self->obstacle);
  reshoot_job_stop_retry (self);
  finish_storing (self, error);
}

/**
 * reshoot_job_retry_store:
 * @self: a job
 *
 * Tries at once to store what could not be stored, where something is held up; else nothing happens. It is tried again
 * anyway, after pauses of up to half a minute, and whenever the project stored something else.
 */
void
reshoot_job_retry_store (ReshootJob *self)
{
  G_GNUC_UNUSED g_autoptr (ReshootJob) alive = NULL;

  g_return_if_fail (RESHOOT_IS_JOB (self));

  if (self->retry == NULL)
    return;

  alive = g_object_ref (self);
  reshoot_job_stop_retry (self);
  try_to_store (self);
}

/**
 * reshoot_job_dup_obstacle:
 * @self: a job
 *
 * A job that was sent does not end because its project cannot be written. It stands still with what it has, and this
 * says why. "obstacle" is notified after each try that failed, and when it is overcome.
 *
 * Returns: (transfer full) (nullable): what keeps it from being stored, or %NULL
 */
GError *
reshoot_job_dup_obstacle (ReshootJob *self)
{
  g_return_val_if_fail (RESHOOT_IS_JOB (self), NULL);

  return self->obstacle != NULL ? g_error_copy (self->obstacle) : NULL;
}

/**
 * reshoot_job_get_reply:
 * @self: a job
 *
 * The picture that was paid for and is in no project. It stays after the job is over, so that it can be saved elsewhere
 * when the person gave up waiting.
 *
 * Returns: (transfer none) (nullable): the reply as it came, or %NULL where there is none or it is stored
 */
ReshootImage *
reshoot_job_get_reply (ReshootJob *self)
{
  ReshootStepState stored;

  g_return_val_if_fail (RESHOOT_IS_JOB (self), NULL);

  stored = reshoot_step_get_state (self->step);
  if (stored == RESHOOT_STEP_RECEIVED || stored == RESHOOT_STEP_LANDING ||
      stored == RESHOOT_STEP_DONE)
    return NULL;

  return self->reply;
}
