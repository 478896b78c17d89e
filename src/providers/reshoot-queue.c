/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootQueue: whose turn it is, and whether there is money. Jobs start in the order they came, as many at once as
 * their provider and their model take; one that must wait does not hold up those of another provider. Money is reserved
 * before a job is stored, and put right when it is over: what was surely not charged is free again. */

#include "reshoot-queue.h"
#include "reshoot-error.h"
#include "reshoot-job-private.h"
#include "reshoot-json-read.h"

#include <math.h>

/* A difference below this is a rounding of sums of prices, not money. In US dollars. */
#define NOTHING 1e-6

struct _ReshootQueue
{
  GObject           parent_instance;

  ReshootCatalogue *catalogue;
  GListStore       *jobs;         /* of ReshootJob that are not over */
  GHashTable       *reserved;     /* ReshootJob (unowned) → dollars (double *) */
  double            budget;       /* US dollars, INFINITY = none */
  double            spent;        /* US dollars: reserved, charged and perhaps charged */
};

G_DEFINE_FINAL_TYPE (ReshootQueue, reshoot_queue, G_TYPE_OBJECT)

static guint
get_limit (JsonObject *json)
{
  double limit = reshoot_json_get_number (json, "concurrent");

  return limit >= 1 ? (guint) limit : G_MAXUINT;
}

static gboolean
has_room_for (ReshootQueue *self,
              ReshootJob   *job)
{
  ReshootModel *model = reshoot_job_get_model (job);
  const char *provider = reshoot_model_get_provider (model);
  guint n_provider = 0;
  guint n_model = 0;

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->jobs)); i++)
    {
      g_autoptr (ReshootJob) other = g_list_model_get_item (G_LIST_MODEL (self->jobs), i);

      if (!reshoot_job_get_started (other) || reshoot_job_get_finished (other))
        continue;

      n_model += reshoot_job_get_model (other) == model;
      n_provider += g_str_equal (reshoot_model_get_provider (reshoot_job_get_model (other)),
                                 provider);
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

static double
get_cost (ReshootJob *job)
{
  const ReshootPrice *price = reshoot_step_get_price (reshoot_job_get_step (job));

  if (price->charged == RESHOOT_CHARGED_NO)
    return 0;
  if (!isnan (price->settled))
    return price->settled;
  if (!isnan (price->quoted))
    return price->quoted;

  return isnan (price->estimate) ? 0 : price->estimate;
}

static void
job_finished_cb (ReshootJob *job,
                 GParamSpec *pspec,
                 gpointer    user_data)
{
  g_autoptr (ReshootQueue) self = g_object_ref (user_data);
  G_GNUC_UNUSED g_autoptr (ReshootJob) alive = g_object_ref (job);
  double *reserved = g_hash_table_lookup (self->reserved, job);
  guint position;

  if (reserved != NULL)
    {
      self->spent += get_cost (job) - *reserved;
      g_hash_table_remove (self->reserved, job);
    }

  g_signal_handlers_disconnect_by_data (job, self);
  if (g_list_store_find (self->jobs, job, &position))
    g_list_store_remove (self->jobs, position);

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
  g_clear_pointer (&self->reserved, g_hash_table_unref);

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
  self->reserved = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->budget = INFINITY;
}

/**
 * reshoot_queue_new:
 * @catalogue: says how many jobs a provider and a model take at once
 *
 * Returns: (transfer full): an empty queue
 */
ReshootQueue *
reshoot_queue_new (ReshootCatalogue *catalogue)
{
  ReshootQueue *self = g_object_new (RESHOOT_TYPE_QUEUE, NULL);

  self->catalogue = g_object_ref (catalogue);
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
 * reshoot_queue_set_budget:
 * @self: a queue
 * @dollars: what may be spent in all, in US dollars; %INFINITY = any amount
 */
void
reshoot_queue_set_budget (ReshootQueue *self,
                          double        dollars)
{
  g_return_if_fail (RESHOOT_IS_QUEUE (self));
  g_return_if_fail (!isnan (dollars));

  self->budget = dollars;
}

/**
 * reshoot_queue_reserve:
 * @self: a queue
 * @dollars: a price, in US dollars; %NAN = not known
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_BUDGET: reason "limit", or "unknown-price" where there is a limit and no price; the subject
 * names both amounts, "$0.04 > $0.03".
 *
 * Returns: whether the money is there; it is reserved then
 */
gboolean
reshoot_queue_reserve (ReshootQueue  *self,
                       double         dollars,
                       GError       **error)
{
  double left = self->budget - self->spent;
  char price[32];
  char rest[32];
  g_autofree char *subject = NULL;

  if (isinf (self->budget) || dollars <= left + NOTHING)
    {
      self->spent += isnan (dollars) ? 0 : dollars;
      return TRUE;
    }

  g_ascii_formatd (price, sizeof price, "%.2f", dollars);
  g_ascii_formatd (rest, sizeof rest, "%.2f", MAX (left, 0));
  subject = g_strdup_printf ("$%s > $%s", isnan (dollars) ? "?" : price, rest);
  reshoot_set_error (error, RESHOOT_ERROR_BUDGET, isnan (dollars) ? "unknown-price" : "limit", subject,
                     "price %s, left %s", price, rest);
  return FALSE;
}

/**
 * reshoot_queue_release:
 * @self: a queue
 * @dollars: what was reserved for a job that did not come to be
 */
void
reshoot_queue_release (ReshootQueue *self,
                       double        dollars)
{
  self->spent -= isnan (dollars) ? 0 : dollars;
}

/**
 * reshoot_queue_add:
 * @self: a queue
 * @job: a job that was not started
 * @reserved: what was reserved for it, in US dollars
 *
 * Starts it when its turn comes.
 */
void
reshoot_queue_add (ReshootQueue *self,
                   ReshootJob   *job,
                   double        reserved)
{
  double *amount = g_new (double, 1);

  *amount = isnan (reserved) ? 0 : reserved;
  g_hash_table_insert (self->reserved, job, amount);
  g_signal_connect (job, "notify::finished", G_CALLBACK (job_finished_cb), self);
  g_list_store_append (self->jobs, job);
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
      g_hash_table_remove (self->reserved, jobs->pdata[i]);
      if (g_list_store_find (self->jobs, jobs->pdata[i], &position))
        g_list_store_remove (self->jobs, position);
    }

  for (guint i = 0; i < jobs->len; i++)
    reshoot_job_let_go (jobs->pdata[i]);
}
