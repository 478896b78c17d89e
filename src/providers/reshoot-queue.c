/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootQueue: whose turn it is, and what it cost. Jobs start in the order they came, as many at once as their
 * provider and their model take; one that must wait does not hold up those of another provider. Where a provider says
 * that there are too many, the one that it did not take waits for one of ours to end, and those behind it wait with it.
 * Money was reserved before a job was stored; when it is over, the journal of spending is told what became of it. */

#include "reshoot-queue.h"
#include "reshoot-error.h"
#include "reshoot-job-private.h"
#include "reshoot-json-read.h"

#include <math.h>

struct _ReshootQueue
{
  GObject           parent_instance;

  ReshootCatalogue *catalogue;
  ReshootIndex     *index;        /* keeps the journal */
  GListStore       *jobs;         /* of ReshootJob that are not over */
  GHashTable       *paused;       /* providers whose jobs do not start; "": nobody's do */
};

G_DEFINE_FINAL_TYPE (ReshootQueue, reshoot_queue, G_TYPE_OBJECT)

static guint
get_limit (JsonObject *json)
{
  double limit = reshoot_json_get_number (json, "concurrent");

  return limit >= 1 ? (guint) limit : G_MAXUINT;
}

static const char *
get_provider (ReshootJob *job)
{
  return reshoot_model_get_provider (reshoot_job_get_model (job));
}

static gboolean
is_paused (ReshootQueue *self,
           const char   *provider)
{
  return g_hash_table_contains (self->paused, "") || g_hash_table_contains (self->paused, provider);
}

static gboolean
has_room_for (ReshootQueue *self,
              ReshootJob   *job)
{
  ReshootModel *model = reshoot_job_get_model (job);
  const char *provider = reshoot_model_get_provider (model);
  guint n_provider = 0;
  guint n_model = 0;

  if (reshoot_job_get_is_here (job))
    return TRUE;

  if (is_paused (self, provider))
    return FALSE;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i++)
    {
      g_autoptr (ReshootJob) other = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

      if (!reshoot_job_get_started (other) || reshoot_job_get_finished (other) ||
          reshoot_job_get_is_here (other))
        continue;

      if (!g_str_equal (get_provider (other), provider))
        continue;

      /* The order is kept: what the service did not take goes first. */
      if (reshoot_job_get_is_held (other))
        return FALSE;

      n_model += reshoot_job_get_model (other) == model;
      n_provider++;
    }

  return n_model < get_limit (reshoot_model_get_json (model)) &&
         n_provider < get_limit (reshoot_catalogue_get_provider (self->catalogue, provider));
}

/* Starting one may end it at once, which changes the list: so it is looked through from the front each time. */
static void
start_next (ReshootQueue *self)
{
  gboolean started = TRUE;

  while (started)
    {
      started = FALSE;

      for (guint i = 0; !started && i < g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i++)
        {
          g_autoptr (ReshootJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

          if (!reshoot_job_get_started (job) && has_room_for (self, job))
            {
              reshoot_job_start (job);
              started = TRUE;
            }
        }
    }
}

/* Whether something of ours beside @job is at its provider, so that its end makes a place. */
static gboolean
has_others (ReshootQueue *self,
            ReshootJob   *job)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i++)
    {
      g_autoptr (ReshootJob) other = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

      if (other != job && !reshoot_job_get_is_held (other) && reshoot_job_get_in_flight (other) &&
          g_str_equal (get_provider (other), get_provider (job)))
        return TRUE;
    }

  return FALSE;
}

/* One place: the first that waits for it. */
static void
release_next (ReshootQueue *self,
              const char   *provider)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i++)
    {
      g_autoptr (ReshootJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

      if (reshoot_job_get_is_held (job) && g_str_equal (get_provider (job), provider) &&
          !is_paused (self, provider))
        {
          reshoot_job_release (job);
          return;
        }
    }
}

/* Where what they waited for is gone without an end, those that are held would wait for nothing. */
static void
release_forgotten (ReshootQueue *self)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i++)
    {
      g_autoptr (ReshootJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

      if (reshoot_job_get_is_held (job) && !has_others (self, job))
        release_next (self, get_provider (job));
    }
}

static gboolean
job_crowded_cb (ReshootJob *job,
                gpointer    user_data)
{
  return has_others (user_data, job);
}

static void
job_sibling_cb (ReshootJob *job,
                ReshootJob *sibling,
                gpointer    user_data)
{
  reshoot_queue_add (user_data, sibling);
}

static ReshootMoney
get_cost (const ReshootPrice *price)
{
  if (price->settled >= 0)
    return price->settled;

  return price->quoted >= 0 ? price->quoted : price->estimate;
}

/*
 * reshoot_queue_settle:
 * @index: keeps the journal
 * @project: a project
 * @step: one of its steps, an edit
 *
 * Tells the journal what is known of what @step cost. What is free is not in it.
 */
void
reshoot_queue_settle (ReshootIndex   *index,
                      ReshootProject *project,
                      ReshootStep    *step)
{
  const ReshootPrice *price = reshoot_step_get_price (step);
  const char *model = reshoot_request_get_model (reshoot_step_get_request (step));
  const char *uuid = reshoot_step_get_uuid (step);
  ReshootSpending spending = RESHOOT_SPENDING_INIT (uuid, reshoot_project_get_uuid (project), model,
                                                    get_cost (price));
  ReshootStepState state = reshoot_step_get_state (step);
  ReshootSpendingState became = RESHOOT_SPENDING_SETTLED;

  if (price->estimate == 0)
    return;

  if (!reshoot_step_state_is_final (state) || price->charged == RESHOOT_CHARGED_UNKNOWN)
    became = RESHOOT_SPENDING_RESERVED;
  else if (price->charged == RESHOOT_CHARGED_NO)
    became = RESHOOT_SPENDING_RELEASED;

  reshoot_index_settle (index, &spending, became);
}

static void
job_finished_cb (ReshootJob *job,
                 GParamSpec *pspec,
                 gpointer    user_data)
{
  g_autoptr (ReshootQueue) self = g_object_ref (user_data);
  G_GNUC_UNUSED g_autoptr (ReshootJob) alive = g_object_ref (job);
  guint position;

  reshoot_queue_settle (self->index, reshoot_job_get_project (job), reshoot_job_get_step (job));
  g_signal_handlers_disconnect_by_data (job, self);
  if (g_list_store_find (self->jobs, job, &position))
    g_list_store_remove (self->jobs, position);

  release_next (self, get_provider (job));
  start_next (self);
}

static void
reshoot_queue_dispose (GObject *object)
{
  ReshootQueue *self = RESHOOT_QUEUE (object);

  if (self->jobs != NULL)
    reshoot_queue_let_go (self, NULL);

  g_clear_object (&self->jobs);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->index);
  g_clear_pointer (&self->paused, g_hash_table_unref);

  G_OBJECT_CLASS (reshoot_queue_parent_class)->dispose (object);
}

static void
reshoot_queue_class_init (ReshootQueueClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reshoot_queue_dispose;
}

static void
reshoot_queue_init (ReshootQueue *self)
{
  self->jobs = g_list_store_new (RESHOOT_TYPE_JOB);
  self->paused = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
}

/**
 * reshoot_queue_new:
 * @catalogue: says how many jobs a provider and a model take at once
 * @index: is told what they cost
 *
 * Returns: (transfer full): an empty queue
 */
ReshootQueue *
reshoot_queue_new (ReshootCatalogue *catalogue,
                   ReshootIndex     *index)
{
  ReshootQueue *self = g_object_new (RESHOOT_TYPE_QUEUE, NULL);

  self->catalogue = g_object_ref (catalogue);
  self->index = g_object_ref (index);
  return self;
}

/**
 * reshoot_queue_get_jobs:
 * @self: a queue
 *
 * Returns: (transfer none): the jobs that are not over, in the order they came
 */
GListModel *
reshoot_queue_get_jobs (ReshootQueue *self)
{
  return G_LIST_MODEL (self->jobs);
}

/**
 * reshoot_queue_add:
 * @self: a queue
 * @job: a job that was not started; what it may cost was reserved
 *
 * Starts it when its turn comes.
 */
void
reshoot_queue_add (ReshootQueue *self,
                   ReshootJob   *job)
{
  g_signal_connect (job, "notify::finished", G_CALLBACK (job_finished_cb), self);
  g_signal_connect (job, "crowded", G_CALLBACK (job_crowded_cb), self);
  g_signal_connect (job, "sibling", G_CALLBACK (job_sibling_cb), self);
  g_list_store_append (self->jobs, job);
  start_next (self);
}

/**
 * reshoot_queue_get_paused:
 * @self: a queue
 * @provider: (nullable): a provider; %NULL: all of them
 *
 * Returns: whether nothing more leaves for it
 */
gboolean
reshoot_queue_get_paused (ReshootQueue *self,
                          const char   *provider)
{
  return g_hash_table_contains (self->paused, provider != NULL ? provider : "");
}

/**
 * reshoot_queue_set_paused:
 * @self: a queue
 * @provider: (nullable): a provider; %NULL: all of them
 * @paused: whether nothing more shall leave for it
 *
 * What is on its way goes on to its end.
 */
void
reshoot_queue_set_paused (ReshootQueue *self,
                          const char   *provider,
                          gboolean      paused)
{
  const char *name = provider != NULL ? provider : "";

  if (paused)
    {
      g_hash_table_add (self->paused, g_strdup (name));
      return;
    }

  g_hash_table_remove (self->paused, name);
  release_forgotten (self);
  start_next (self);
}

/**
 * reshoot_queue_let_go:
 * @self: a queue
 * @project: (nullable): whose jobs; %NULL = all
 *
 * Stops jobs without a word in their project, as if the program had ended: they can be taken up again.
 */
void
reshoot_queue_let_go (ReshootQueue   *self,
                      ReshootProject *project)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i++)
    {
      g_autoptr (ReshootJob) job = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

      if (project == NULL || reshoot_job_get_project (job) == project)
        g_ptr_array_add (jobs, g_steal_pointer (&job));
    }

  /* All at once, or the end of one would start the next. */
  for (guint i = 0; i < jobs->len; i++)
    {
      guint position;

      g_signal_handlers_disconnect_by_data (jobs->pdata[i], self);
      if (g_list_store_find (self->jobs, jobs->pdata[i], &position))
        g_list_store_remove (self->jobs, position);
    }

  for (guint i = 0; i < jobs->len; i++)
    reshoot_job_let_go (jobs->pdata[i]);

  release_forgotten (self);
}
