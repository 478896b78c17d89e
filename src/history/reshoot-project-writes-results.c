/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The write of what one request brought where that is several pictures, or parts of one. It hides that the other
 * pictures become steps of their own, with the same request, which show in the answer alone. */

#include "reshoot-project-private.h"

#include "reshoot-history-private.h"
#include "reshoot-json.h"
#include "reshoot-step-private.h"

/* What the person sees of a step: the map, the facts and the picture of its version, and how its job fares. */
static void
show (ReshootStep *step,
      ReshootFact *fact)
{
  ReshootFact *version = fact->version;

  reshoot_step_take_shown (step,
                           reshoot_shown_new (version->digest, version->width, version->height,
                                              version->affine, version->facts));
  reshoot_project_show_job (step, fact);
}

static ReshootStep *
add_sibling (ReshootProject *self,
             ReshootStep    *first,
             ReshootFact    *fact,
             ReshootFact    *part)
{
  ReshootPrice price = { part->estimate, RESHOOT_MONEY_UNKNOWN, RESHOOT_MONEY_UNKNOWN,
                         RESHOOT_CHARGED_NO };
  ReshootStep *step = reshoot_step_new (part->step, part->uuid, reshoot_step_get_parent (first),
                                        reshoot_step_get_request (first), NULL);

  reshoot_step_set_created (step, fact->time);
  reshoot_step_set_row (step, fact->row, part->take);
  reshoot_step_set_price (step, &price);
  show (step, part);
  reshoot_history_add (self->history, step);
  return step;
}

/* Who waits for it is taken along, to the first of them, where that is done. */
static void
results_stored_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  ReshootStep *step = g_task_get_task_data (task);
  ReshootFact *fact = reshoot_project_end_write (result, task);
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_object_unref);
  gboolean is_awaited;

  if (fact == NULL)
    return;

  g_ptr_array_add (steps, g_object_ref (step));
  if (fact->is_known)
    {
      reshoot_project_show_job (step, fact);
    }
  else
    {
      is_awaited = reshoot_project_ends_first (step, fact) &&
                   reshoot_history_is_awaited (self->history, step);
      show (step, fact);
      for (guint i = 0; i < fact->parts->len; i++)
        g_ptr_array_add (steps, add_sibling (self, step, fact, fact->parts->pdata[i]));

      reshoot_history_step_changed (self->history);
      if (is_awaited)
        reshoot_history_set_head (self->history, step);
    }

  g_task_return_pointer (task, g_steal_pointer (&steps), (GDestroyNotify) g_ptr_array_unref);
}

static void
set_result (ReshootFact                *fact,
            const ReshootProjectResult *result)
{
  ReshootFact *version = fact->version = reshoot_fact_new (0, "");

  reshoot_fact_set_picture (fact, result->reply);
  reshoot_fact_set_picture (version, result->picture != NULL ? result->picture : result->reply);
  memcpy (version->affine, result->affine, sizeof version->affine);
  version->facts = result->facts != NULL ? reshoot_json_to_text (result->facts) : NULL;
}

/* The same request again. It cost nothing more, and can be asked for by the same ticket. */
static ReshootFact *
make_part (ReshootStep                *step,
           const ReshootProjectResult *result,
           const ReshootJobFacts      *facts)
{
  ReshootRequest *request = reshoot_step_get_request (step);
  g_autoptr (JsonNode) json = reshoot_request_to_json (request);
  ReshootJobFacts same = RESHOOT_JOB_FACTS_INIT (facts->state);
  ReshootFact *part = reshoot_fact_new (0, NULL);

  same.ticket = facts->ticket != NULL ? facts->ticket : reshoot_step_get_ticket (step);
  same.charged = RESHOOT_CHARGED_NO;
  same.seconds = facts->seconds;
  reshoot_fact_set_job (part, &same);

  part->request = reshoot_json_to_text (json);
  part->provider = reshoot_request_dup_provider (request);
  part->model = g_strdup (reshoot_request_get_model (request));
  part->estimate = 0;
  part->parts = reshoot_fact_new_pictures (request);
  set_result (part, result);
  return part;
}

/**
 * reshoot_project_add_results_async:
 * @self: a project
 * @step: one of its edits
 * @results: (array length=n): what came; the first is @step's own
 * @n: how many
 * @facts: what else changes of @step's job
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when all is stored: nothing paid can be lost from here on
 * @user_data: for @callback
 *
 * Stores what one request brought as one fact: of each picture the reply as received, and a version that shows it or a
 * part of it. Each but the first makes a step beside @step, with the same request and row and without a price of its
 * own. All go where @facts say; they may show their pictures before they are done.
 */
void
reshoot_project_add_results_async (ReshootProject             *self,
                                   ReshootStep                *step,
                                   const ReshootProjectResult *results,
                                   guint                       n,
                                   const ReshootJobFacts      *facts,
                                   GCancellable               *cancellable,
                                   GAsyncReadyCallback         callback,
                                   gpointer                    user_data)
{
  GTask *task;
  ReshootFact *fact;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step));
  g_return_if_fail (reshoot_project_has_edit (self, step));
  g_return_if_fail (results != NULL && n > 0 && facts != NULL);

  task = reshoot_project_begin_step_write (self, step, cancellable, callback, user_data,
                                           reshoot_project_add_results_async);
  if (task == NULL)
    return;

  fact = reshoot_fact_new_for_step (step);
  fact->parent = reshoot_step_get_id (reshoot_step_get_parent (step));
  fact->original = reshoot_step_get_id (reshoot_step_get_original (step));
  fact->model = g_strdup (reshoot_request_get_model (reshoot_step_get_request (step)));
  fact->row = g_strdup (reshoot_step_get_row (step));
  fact->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) reshoot_fact_free);
  reshoot_fact_set_job (fact, facts);
  set_result (fact, &results[0]);
  for (guint i = 1; i < n; i++)
    g_ptr_array_add (fact->parts, make_part (step, &results[i], facts));

  reshoot_project_write (self, fact, reshoot_fact_write_results, cancellable, results_stored_cb,
                         task);
}

/**
 * reshoot_project_add_results_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_reply_finish]
 *
 * Returns: (transfer full) (element-type ReshootStep): the steps that show them, the one that was given first; that one
 *   alone where all was stored already
 */
GPtrArray *
reshoot_project_add_results_finish (ReshootProject  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_add_results_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
