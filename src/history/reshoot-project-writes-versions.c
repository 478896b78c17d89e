/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The write of a version: what a step shows from now on. It hides that a version carries the job's news along, and it
 * decides whether the head goes with it. */

#include "reshoot-project-private.h"

#include <math.h>

#include "reshoot-history-private.h"
#include "reshoot-json.h"
#include "reshoot-step-private.h"

/*
 * reshoot_project_ends_first:
 * @step: a step
 * @fact: what was stored of it, not shown yet
 *
 * Returns: whether it is done with that, for the first time
 */
gboolean
reshoot_project_ends_first (ReshootStep       *step,
                            const ReshootFact *fact)
{
  return fact->state == RESHOOT_STEP_DONE && reshoot_step_get_state (step) != RESHOOT_STEP_DONE;
}

/* The head follows the work: who waits for the step is taken along when it is done. */
static void
version_stored_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  ReshootStep *step = g_task_get_task_data (task);
  ReshootFact *fact = reshoot_project_end_write (result, task);
  gboolean is_awaited;

  if (fact == NULL)
    return;

  is_awaited = reshoot_project_ends_first (step, fact) &&
               reshoot_history_is_awaited (self->history, step);
  reshoot_step_take_shown (step,
                           reshoot_shown_new (fact->digest, fact->width, fact->height,
                                              fact->affine, fact->facts));
  reshoot_project_show_job (step, fact);
  reshoot_history_step_changed (self->history);

  if (is_awaited)
    reshoot_history_set_head (self->history, step);

  g_task_return_boolean (task, TRUE);
}

/**
 * reshoot_project_add_version_async:
 * @self: a project
 * @step: one of its edits
 * @picture: what the step shows from now on
 * @affine: (nullable) (array fixed-size=6): how it maps to its parent; kept as given, no NAN
 * @version_facts: (nullable): a JSON object: what is known of it
 * @facts: (nullable): what else changes; %NULL: the step is done
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Adds a version. Once it is done a step can be worked from, and a head at its parent moves to it, unless something
 * else was begun from there since. Where it differs little from its parent it is stored as the tiles that do: the
 * step's digest is then not the one that @picture has, and the notes (EXIF) of its base are the picture's.
 */
void
reshoot_project_add_version_async (ReshootProject        *self,
                                   ReshootStep           *step,
                                   ReshootImage          *picture,
                                   const double           affine[6],
                                   JsonNode              *version_facts,
                                   const ReshootJobFacts *facts,
                                   GCancellable          *cancellable,
                                   GAsyncReadyCallback    callback,
                                   gpointer               user_data)
{
  ReshootJobFacts done = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_DONE);
  GTask *task;
  ReshootFact *fact;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step));
  g_return_if_fail (reshoot_project_has_edit (self, step));
  g_return_if_fail (RESHOOT_IS_IMAGE (picture));

  task = reshoot_project_begin_step_write (self, step, cancellable, callback, user_data,
                                           reshoot_project_add_version_async);
  if (task == NULL)
    return;

  fact = reshoot_fact_new (reshoot_step_get_id (step), reshoot_step_get_uuid (step));
  fact->facts = version_facts != NULL ? reshoot_json_to_text (version_facts) : NULL;
  for (guint i = 0; affine != NULL && i < G_N_ELEMENTS (fact->affine); i++)
    fact->affine[i] = affine[i];

  reshoot_fact_set_picture (fact, picture);
  reshoot_fact_set_job (fact, facts != NULL ? facts : &done);
  reshoot_project_write_picture (self, fact, picture,
                                 reshoot_step_get_digest (reshoot_step_get_parent (step)),
                                 reshoot_fact_write_version, cancellable, version_stored_cb, task);
}

/**
 * reshoot_project_add_version_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish]
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_add_version_finish (ReshootProject  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_add_version_async),
                        FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
