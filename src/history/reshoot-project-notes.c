/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The writes of notes. They go the way of all labels (reshoot-project-labels.c); what is their own is that a new note
 * comes to be in the answer, and that the place it is pinned to must lie in the picture. */

#include "reshoot-project-notes.h"

#include "reshoot-error.h"
#include "reshoot-label-text.h"
#include "reshoot-project-private.h"
#include "reshoot-step-private.h"

static ReshootFact *
make_note_fact (ReshootStep *step,
                ReshootNote *note)
{
  ReshootFact *fact = reshoot_fact_new_for_step (step);
  g_autofree char *fresh = g_uuid_string_random ();

  if (note != NULL)
    {
      fact->note = g_object_ref (note);
      fact->note_id = reshoot_note_get_id (note);
    }

  fact->note_uuid = g_strdup (note != NULL ? reshoot_note_get_uuid (note) : fresh);
  return fact;
}

/* Why @facts cannot be stored, NULL when they can. */
static GError *
fill (ReshootFact            *fact,
      const ReshootNoteFacts *facts)
{
  GError *error = NULL;

  fact->place[0] = facts->x;
  fact->place[1] = facts->y;
  fact->place[2] = facts->width;
  fact->place[3] = facts->height;

  if (!reshoot_label_clean (RESHOOT_LABEL_AUTHOR, facts->author, &fact->author, &error) ||
      !reshoot_label_clean (RESHOOT_LABEL_NOTE, facts->text, &fact->text, &error))
    return error;

  if (fact->author == NULL)
    fact->author = g_strdup ("");

  if (fact->text == NULL)
    return reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "note-empty", NULL, "a note without words");

  if (!reshoot_note_check_place (facts))
    return reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "note-place", NULL, "a note outside the picture");

  return NULL;
}

static ReshootNoteFacts
get_facts (ReshootFact *fact)
{
  return (ReshootNoteFacts) {
    fact->author, fact->text, fact->place[0], fact->place[1], fact->place[2], fact->place[3]
  };
}

static void
note_stored_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootFact *fact = reshoot_project_end_write (result, task);
  g_autoptr (ReshootNote) note = NULL;
  ReshootNoteFacts facts;

  if (fact == NULL)
    return;

  facts = get_facts (fact);
  note = reshoot_note_new (fact->note_id, fact->note_uuid, &facts, fact->time, fact->time);
  reshoot_step_add_note (g_task_get_task_data (task), note);
  g_task_return_pointer (task, g_steal_pointer (&note), g_object_unref);
}

/**
 * reshoot_project_add_note_async:
 * @self: a project
 * @step: one of its steps
 * @facts: who says what, and of which part of the picture; at most 10000 characters
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Puts a note on a step.
 */
void
reshoot_project_add_note_async (ReshootProject         *self,
                                ReshootStep            *step,
                                const ReshootNoteFacts *facts,
                                GCancellable           *cancellable,
                                GAsyncReadyCallback     callback,
                                gpointer                user_data)
{
  g_autoptr (ReshootFact) fact = NULL;
  g_autoptr (GTask) task = NULL;
  GError *error;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step) && reshoot_project_has_step (self, step));
  g_return_if_fail (facts != NULL && facts->author != NULL && facts->text != NULL);

  task = reshoot_project_begin_step_write (self, step, cancellable, callback, user_data,
                                           reshoot_project_add_note_async);
  if (task == NULL)
    return;

  fact = make_note_fact (step, NULL);
  error = fill (fact, facts);
  if (error == NULL &&
      reshoot_step_count_notes (step) >= RESHOOT_LABEL_MAX_NOTES)
    error = reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "labels-too-many", NULL, "too many notes");

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  reshoot_project_write (self, g_steal_pointer (&fact), reshoot_fact_write_note, cancellable,
                         note_stored_cb, g_steal_pointer (&task));
}

/**
 * reshoot_project_add_note_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.set_title_finish], and `INVALID_REQUEST` "note-empty",
 *   "labels-too-many" or "note-place"
 *
 * Returns: (transfer full): the new note
 */
ReshootNote *
reshoot_project_add_note_finish (ReshootProject  *self,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_add_note_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static void
show_change (ReshootStep *step,
             ReshootFact *fact)
{
  ReshootNoteFacts facts = get_facts (fact);

  reshoot_note_change (fact->note, &facts, fact->time);
}

/**
 * reshoot_project_change_note_async:
 * @self: a project
 * @step: one of its steps
 * @note: a note on it
 * @facts: what it says from now on
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Changes a note. What it said is in the ledger.
 */
void
reshoot_project_change_note_async (ReshootProject         *self,
                                   ReshootStep            *step,
                                   ReshootNote            *note,
                                   const ReshootNoteFacts *facts,
                                   GCancellable           *cancellable,
                                   GAsyncReadyCallback     callback,
                                   gpointer                user_data)
{
  ReshootFact *fact;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step) && reshoot_project_has_step (self, step));
  g_return_if_fail (RESHOOT_IS_NOTE (note));
  g_return_if_fail (facts != NULL && facts->author != NULL && facts->text != NULL);

  fact = make_note_fact (step, note);
  reshoot_project_write_label (self, step, fact, reshoot_fact_write_note, show_change,
                               fill (fact, facts), reshoot_project_change_note_async, cancellable,
                               callback, user_data);
}

/**
 * reshoot_project_change_note_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_note_finish]
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_change_note_finish (ReshootProject  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  return reshoot_project_finish_label (self, result, reshoot_project_change_note_async, error);
}

static void
show_removal (ReshootStep *step,
              ReshootFact *fact)
{
  reshoot_step_remove_note (step, fact->note);
}

/**
 * reshoot_project_remove_note_async:
 * @self: a project
 * @step: one of its steps
 * @note: a note on it
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Takes a note away. It stays in the file.
 */
void
reshoot_project_remove_note_async (ReshootProject      *self,
                                   ReshootStep         *step,
                                   ReshootNote         *note,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step) && reshoot_project_has_step (self, step));
  g_return_if_fail (RESHOOT_IS_NOTE (note));

  reshoot_project_write_label (self, step, make_note_fact (step, note), reshoot_fact_remove_note,
                               show_removal, NULL, reshoot_project_remove_note_async, cancellable,
                               callback, user_data);
}

/**
 * reshoot_project_remove_note_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish]
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_remove_note_finish (ReshootProject  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  return reshoot_project_finish_label (self, result, reshoot_project_remove_note_async, error);
}

static void
show_restoration (ReshootStep *step,
                  ReshootFact *fact)
{
  reshoot_step_add_note (step, fact->note);
}

/**
 * reshoot_project_restore_note_async:
 * @self: a project
 * @step: one of its steps
 * @note: a note that was on it and was removed
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Puts a note back where it was.
 */
void
reshoot_project_restore_note_async (ReshootProject      *self,
                                    ReshootStep         *step,
                                    ReshootNote         *note,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step) && reshoot_project_has_step (self, step));
  g_return_if_fail (RESHOOT_IS_NOTE (note));

  reshoot_project_write_label (self, step, make_note_fact (step, note), reshoot_fact_restore_note,
                               show_restoration, NULL, reshoot_project_restore_note_async,
                               cancellable, callback, user_data);
}

/**
 * reshoot_project_restore_note_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish]
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_restore_note_finish (ReshootProject  *self,
                                     GAsyncResult    *result,
                                     GError         **error)
{
  return reshoot_project_finish_label (self, result, reshoot_project_restore_note_async, error);
}
