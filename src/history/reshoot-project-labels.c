/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The writes of what people say of a step: rating, title, the name of the branch it begins, tags and verdicts. All go
 * one way, which stands once at the top: the words are cleaned or refused, stored, and then shown in the step. */

#include "reshoot-project-labels.h"

#include "reshoot-error.h"
#include "reshoot-label-text.h"
#include "reshoot-project-private.h"
#include "reshoot-step-private.h"

static void
label_stored_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootFact *fact = reshoot_project_end_write (result, task);

  if (fact == NULL)
    return;

  fact->show (g_task_get_task_data (task), fact);
  g_task_return_boolean (task, TRUE);
}

/*
 * reshoot_project_write_label:
 * @self: a project
 * @step: one of its steps
 * @fact: (transfer full): what to store
 * @work: how to store it
 * @show: how to show it in @step after
 * @refused: (transfer full) (nullable): why it cannot be stored
 * @tag: the caller, a public _async function
 * @cancellable: (nullable): as given to the caller
 * @callback: as given to the caller
 * @user_data: as given to the caller
 *
 * The rest of a public _async function that says something of a step and answers with whether it is stored.
 */
void
reshoot_project_write_label (ReshootProject      *self,
                             ReshootStep         *step,
                             ReshootFact         *fact,
                             ReshootDatabaseWork  work,
                             ReshootFactShow      show,
                             GError              *refused,
                             gpointer             tag,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (ReshootFact) owned = fact;
  g_autoptr (GError) error = refused;
  GTask *task;

  task = reshoot_project_begin_step_write (self, step, cancellable, callback, user_data, tag);
  if (task == NULL)
    return;

  if (error != NULL)
    {
      g_task_return_error (task, g_steal_pointer (&error));
      g_object_unref (task);
      return;
    }

  fact->show = show;
  reshoot_project_write (self, g_steal_pointer (&owned), work, cancellable, label_stored_cb, task);
}

/* The rest of its _finish function. */
gboolean
reshoot_project_finish_label (ReshootProject  *self,
                              GAsyncResult    *result,
                              gpointer         tag,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, tag), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
show_rating (ReshootStep *step,
             ReshootFact *fact)
{
  reshoot_step_set_rating (step, fact->rating);
}

/**
 * reshoot_project_set_rating_async:
 * @self: a project
 * @step: one of its steps
 * @rating: 1–5, 0 to take it back
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Rates a step.
 */
void
reshoot_project_set_rating_async (ReshootProject      *self,
                                  ReshootStep         *step,
                                  int                  rating,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  ReshootFact *fact;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step) && reshoot_project_has_step (self, step));
  g_return_if_fail (rating >= 0 && rating <= 5);

  fact = reshoot_fact_new_for_step (step);
  fact->rating = rating;
  reshoot_project_write_label (self, step, fact, reshoot_fact_write_rating, show_rating, NULL,
                               reshoot_project_set_rating_async, cancellable, callback, user_data);
}

/**
 * reshoot_project_set_rating_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish]
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_set_rating_finish (ReshootProject  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  return reshoot_project_finish_label (self, result, reshoot_project_set_rating_async, error);
}

static void
show_title (ReshootStep *step,
            ReshootFact *fact)
{
  reshoot_step_set_title (step, fact->title);
}

/**
 * reshoot_project_set_title_async:
 * @self: a project
 * @step: one of its steps
 * @title: (nullable): one line of at most 500 characters; %NULL or empty goes back to the name it had by itself
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Calls a step something. By itself an edit has its instruction's first words, an original its file's name.
 */
void
reshoot_project_set_title_async (ReshootProject      *self,
                                 ReshootStep         *step,
                                 const char          *title,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  ReshootFact *fact;
  GError *error = NULL;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step) && reshoot_project_has_step (self, step));

  fact = reshoot_fact_new_for_step (step);
  reshoot_label_clean (RESHOOT_LABEL_TITLE, title, &fact->title, &error);
  reshoot_project_write_label (self, step, fact, reshoot_fact_write_title, show_title, error,
                               reshoot_project_set_title_async, cancellable, callback, user_data);
}

/**
 * reshoot_project_set_title_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish], and `INVALID_REQUEST` "label-too-long"
 *   or "text-encoding"
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_set_title_finish (ReshootProject  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  return reshoot_project_finish_label (self, result, reshoot_project_set_title_async, error);
}

static void
show_branch (ReshootStep *step,
             ReshootFact *fact)
{
  reshoot_step_set_branch (step, fact->text);
}

/**
 * reshoot_project_set_branch_async:
 * @self: a project
 * @step: one of its steps
 * @name: (nullable): one line of at most 200 characters; %NULL or empty takes the name away
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Names the branch that begins with @step.
 */
void
reshoot_project_set_branch_async (ReshootProject      *self,
                                  ReshootStep         *step,
                                  const char          *name,
                                  GCancellable        *cancellable,
                                  GAsyncReadyCallback  callback,
                                  gpointer             user_data)
{
  ReshootFact *fact;
  GError *error = NULL;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step) && reshoot_project_has_step (self, step));

  fact = reshoot_fact_new_for_step (step);
  reshoot_label_clean (RESHOOT_LABEL_BRANCH, name, &fact->text, &error);
  reshoot_project_write_label (self, step, fact, reshoot_fact_write_branch, show_branch, error,
                               reshoot_project_set_branch_async, cancellable, callback, user_data);
}

/**
 * reshoot_project_set_branch_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.set_title_finish]
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_set_branch_finish (ReshootProject  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  return reshoot_project_finish_label (self, result, reshoot_project_set_branch_async, error);
}

static void
show_tags (ReshootStep *step,
           ReshootFact *fact)
{
  reshoot_step_set_tags (step, (const char * const *) fact->tags);
}

/* Sorted, each once, none empty; NULL with @error set. */
static GStrv
clean_tags (const char * const  *tags,
            GError             **error)
{
  g_autoptr (GPtrArray) cleaned = g_ptr_array_new_with_free_func (g_free);
  guint n = 0;

  for (guint i = 0; tags[i] != NULL; i++)
    {
      char *tag;

      if (!reshoot_label_clean (RESHOOT_LABEL_TAG, tags[i], &tag, error))
        return NULL;

      if (tag != NULL)
        g_ptr_array_add (cleaned, tag);
    }

  g_ptr_array_sort (cleaned, reshoot_compare_texts);
  while (n + 1 < cleaned->len)
    if (g_str_equal (cleaned->pdata[n], cleaned->pdata[n + 1]))
      g_ptr_array_remove_index (cleaned, n);
    else
      n++;

  if (cleaned->len > RESHOOT_LABEL_MAX_TAGS)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "labels-too-many", NULL,
                         "more than %d tags", RESHOOT_LABEL_MAX_TAGS);
      return NULL;
    }

  g_ptr_array_add (cleaned, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&cleaned), FALSE);
}

/**
 * reshoot_project_set_tags_async:
 * @self: a project
 * @step: one of its steps
 * @tags: (array zero-terminated=1): all it has from now on, at most 100 of at most 100 characters; empty ones and
 *   repetitions are left out
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Tags a step.
 */
void
reshoot_project_set_tags_async (ReshootProject      *self,
                                ReshootStep         *step,
                                const char * const  *tags,
                                GCancellable        *cancellable,
                                GAsyncReadyCallback  callback,
                                gpointer             user_data)
{
  ReshootFact *fact;
  GError *error = NULL;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step) && reshoot_project_has_step (self, step));
  g_return_if_fail (tags != NULL);

  fact = reshoot_fact_new_for_step (step);
  fact->tags = clean_tags (tags, &error);
  reshoot_project_write_label (self, step, fact, reshoot_fact_write_tags, show_tags, error,
                               reshoot_project_set_tags_async, cancellable, callback, user_data);
}

/**
 * reshoot_project_set_tags_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.set_title_finish], and `INVALID_REQUEST` "labels-too-many"
 *
 * Returns: whether they are stored
 */
gboolean
reshoot_project_set_tags_finish (ReshootProject  *self,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  return reshoot_project_finish_label (self, result, reshoot_project_set_tags_async, error);
}

static void
show_verdict (ReshootStep *step,
              ReshootFact *fact)
{
  ReshootGivenVerdict given = { fact->author, fact->verdict, fact->text, fact->time };

  reshoot_step_set_verdict (step, &given);
}

/**
 * reshoot_project_set_verdict_async:
 * @self: a project
 * @step: one of its steps
 * @author: whose verdict it is, at most 200 characters; "" = whose project it is
 * @verdict: what they say; %RESHOOT_VERDICT_NONE takes it back
 * @reason: (nullable): why, at most 2000 characters
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Accepts or rejects a step. Everybody has one verdict: a new one replaces it, and the ledger tells of both.
 */
void
reshoot_project_set_verdict_async (ReshootProject      *self,
                                   ReshootStep         *step,
                                   const char          *author,
                                   ReshootVerdict       verdict,
                                   const char          *reason,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  ReshootFact *fact;
  GError *error = NULL;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step) && reshoot_project_has_step (self, step));
  g_return_if_fail (author != NULL);

  fact = reshoot_fact_new_for_step (step);
  fact->verdict = verdict;
  if (reshoot_label_clean (RESHOOT_LABEL_AUTHOR, author, &fact->author, &error) &&
      fact->author == NULL)
    fact->author = g_strdup ("");
  if (error == NULL && verdict != RESHOOT_VERDICT_NONE)
    reshoot_label_clean (RESHOOT_LABEL_REASON, reason, &fact->text, &error);

  reshoot_project_write_label (self, step, fact, reshoot_fact_write_verdict, show_verdict, error,
                               reshoot_project_set_verdict_async, cancellable, callback, user_data);
}

/**
 * reshoot_project_set_verdict_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.set_title_finish]
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_set_verdict_finish (ReshootProject  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  return reshoot_project_finish_label (self, result, reshoot_project_set_verdict_async, error);
}
