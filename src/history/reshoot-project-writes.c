/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is written to a project. Each public pair goes the same way: a ReshootFact is filled here, stored by the
 * writer's thread in one transaction, and only in the answer, back in the main context, the history changes. So nothing
 * is seen that is not on disk.
 *
 * Two tasks carry that: an inner one, which the writer answers and which knows no project, and the caller's own. */

#include "reshoot-project-private.h"

#include <math.h>

#include "reshoot-error.h"
#include "reshoot-history-private.h"
#include "reshoot-json.h"
#include "reshoot-step-private.h"

/* Answers @task with why nothing can be written. Returns: whether something can. */
gboolean
reshoot_project_check_writable (ReshootProject *self,
                                GTask          *task)
{
  g_autofree char *path = g_file_get_parse_name (self->location);
  GError *error;

  if (self->closed)
    error = reshoot_error_new (RESHOOT_ERROR_FAILED, "closed", path, "the project is closed");
  else if (self->newer)
    error = reshoot_error_new (RESHOOT_ERROR_NEWER, "newer", path, "made by a newer Reshoot");
  else if (self->access == RESHOOT_FILE_BUSY)
    error = reshoot_error_new (RESHOOT_ERROR_BUSY, "locked", path, "another program writes it");
  else if (self->access == RESHOOT_FILE_READ_ONLY)
    error = reshoot_error_new (RESHOOT_ERROR_READ_ONLY, "read-only", path, "opened for reading");
  else
    return TRUE;

  g_task_return_error (task, error);
  return FALSE;
}

/* Hands @fact (transfer full) to the writer. The inner task is the result that @callback gets. */
void
reshoot_project_write (ReshootProject      *self,
                       ReshootFact         *fact,
                       ReshootDatabaseWork  work,
                       GCancellable        *cancellable,
                       GAsyncReadyCallback  callback,
                       gpointer             user_data)
{
  GTask *inner = g_task_new (NULL, cancellable, callback, user_data);

  g_task_set_source_tag (inner, reshoot_project_write);
  g_task_set_check_cancellable (inner, FALSE);
  g_task_set_task_data (inner, fact, (GDestroyNotify) reshoot_fact_free);
  reshoot_database_thread_push (self->writer, inner, work);
}

/* The caller's task of a write that @work does, or NULL when it is answered already. */
static GTask *
begin_write (ReshootProject      *self,
             GCancellable        *cancellable,
             GAsyncReadyCallback  callback,
             gpointer             user_data,
             gpointer             tag)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, tag);
  g_task_set_check_cancellable (task, FALSE);

  if (g_task_return_error_if_cancelled (task) || !reshoot_project_check_writable (self, task))
    return NULL;

  return g_steal_pointer (&task);
}

/* The fact of an inner task, or NULL when it was not stored and @task is answered. */
static ReshootFact *
end_write (GAsyncResult *result,
           GTask        *task)
{
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    return g_task_get_task_data (G_TASK (result));

  g_task_return_error (task, error);
  return NULL;
}

static gboolean
is_ours (ReshootProject *self,
         ReshootStep    *step)
{
  return reshoot_history_get_step (self->history, reshoot_step_get_id (step)) == step;
}

static gboolean
is_our_edit (ReshootProject *self,
             ReshootStep    *step)
{
  return reshoot_step_get_request (step) != NULL && is_ours (self, step);
}

/* The job's news, in the step. */
static void
apply_job (ReshootStep *step,
           ReshootFact *fact)
{
  ReshootPrice price = *reshoot_step_get_price (step);

  if (!isnan (fact->quoted))
    price.quoted = fact->quoted;
  if (!isnan (fact->settled))
    price.settled = fact->settled;
  if (fact->charged >= 0)
    price.charged = fact->charged;

  reshoot_step_set_price (step, &price);
  if (!isnan (fact->seconds))
    reshoot_step_set_seconds (step, fact->seconds);
  if (fact->ticket != NULL)
    reshoot_step_set_ticket (step, fact->ticket);
  if (fact->sets_error)
    reshoot_step_set_error (step, fact->error);

  reshoot_step_set_state (step, fact->state);
}

static void
original_stored_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  ReshootFact *fact = end_write (result, task);
  ReshootStep *known;

  if (fact == NULL)
    return;

  known = reshoot_history_get_step (self->history, fact->step);
  if (known == NULL)
    {
      g_autoptr (ReshootStep) step = reshoot_step_new (fact->step, fact->uuid, NULL, NULL,
                                                       fact->title);

      reshoot_step_set_picture (step, fact->digest, fact->width, fact->height);
      reshoot_history_add (self->history, step);
      known = step;
    }

  reshoot_history_set_head (self->history, known);
  g_task_return_pointer (task, g_object_ref (known), g_object_unref);
}

/**
 * reshoot_project_add_original_async:
 * @self: a project
 * @image: the picture, stored as it was received
 * @title: (nullable): what to call it, the file's name as a rule
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Brings a picture in. The same picture again gives the step it already has. The head moves to it.
 */
void
reshoot_project_add_original_async (ReshootProject      *self,
                                    ReshootImage        *image,
                                    const char          *title,
                                    GCancellable        *cancellable,
                                    GAsyncReadyCallback  callback,
                                    gpointer             user_data)
{
  GTask *task;
  ReshootFact *fact;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_IMAGE (image));

  task = begin_write (self, cancellable, callback, user_data, reshoot_project_add_original_async);
  if (task == NULL)
    return;

  fact = reshoot_fact_new (0, NULL);
  fact->title = title != NULL ? g_utf8_make_valid (title, -1) : NULL;
  reshoot_fact_set_picture (fact, image);
  reshoot_project_write (self, fact, reshoot_fact_write_original, cancellable, original_stored_cb,
                         task);
}

/**
 * reshoot_project_add_original_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location
 *
 * Errors, as of every write: `NO_SPACE`; `BUSY`, `READ_ONLY` or `NEWER` in a project that is only read; `FAILED`
 * "closed" or "replaced".
 *
 * Returns: (transfer full): the original's step
 */
ReshootStep *
reshoot_project_add_original_finish (ReshootProject  *self,
                                     GAsyncResult    *result,
                                     GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_add_original_async),
                        NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

typedef struct
{
  ReshootStep    *source;
  ReshootRequest *request;
} Asking;

static void
asking_free (Asking *asking)
{
  g_object_unref (asking->source);
  g_object_unref (asking->request);
  g_free (asking);
}

static void
request_stored_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  Asking *asking = g_task_get_task_data (task);
  ReshootFact *fact = end_write (result, task);
  g_autoptr (ReshootStep) step = NULL;
  ReshootPrice price;

  if (fact == NULL)
    return;

  price = (ReshootPrice) { fact->estimate, NAN, NAN, RESHOOT_CHARGED_NO };
  step = reshoot_step_new (fact->step, fact->uuid, asking->source, asking->request, NULL);
  reshoot_step_set_price (step, &price);
  reshoot_history_add (self->history, step);
  g_task_return_pointer (task, g_steal_pointer (&step), g_object_unref);
}

/**
 * reshoot_project_add_request_async:
 * @self: a project
 * @source: a step of it that has a picture
 * @request: what is asked
 * @estimate: what it will cost, in US dollars; NAN when not known
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored: only then may anything be sent
 * @user_data: for @callback
 *
 * Stores the intent: the request, a waiting step below @source and its job. A second step below the same source is a
 * branch. The head stays.
 */
void
reshoot_project_add_request_async (ReshootProject      *self,
                                   ReshootStep         *source,
                                   ReshootRequest      *request,
                                   double               estimate,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  g_autoptr (JsonNode) json = NULL;
  GTask *task;
  Asking *asking;
  ReshootFact *fact;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (source));
  g_return_if_fail (RESHOOT_IS_REQUEST (request));
  g_return_if_fail (is_ours (self, source));
  g_return_if_fail (reshoot_step_get_digest (source) != NULL);

  task = begin_write (self, cancellable, callback, user_data, reshoot_project_add_request_async);
  if (task == NULL)
    return;

  asking = g_new0 (Asking, 1);
  asking->source = g_object_ref (source);
  asking->request = g_object_ref (request);
  g_task_set_task_data (task, asking, (GDestroyNotify) asking_free);

  json = reshoot_request_to_json (request);
  fact = reshoot_fact_new (0, NULL);
  fact->parent = reshoot_step_get_id (source);
  fact->original = reshoot_step_get_id (reshoot_step_get_original (source));
  fact->request = reshoot_json_to_text (json);
  fact->provider = reshoot_request_dup_provider (request);
  fact->model = g_strdup (reshoot_request_get_model (request));
  fact->estimate = estimate;
  reshoot_project_write (self, fact, reshoot_fact_write_request, cancellable, request_stored_cb,
                         task);
}

/**
 * reshoot_project_add_request_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish]
 *
 * Returns: (transfer full): the new step, waiting
 */
ReshootStep *
reshoot_project_add_request_finish (ReshootProject  *self,
                                    GAsyncResult    *result,
                                    GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_add_request_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* Whatever of a job, reply, version or rating was stored shows in the step now. */
static void
step_stored_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootStep *step = g_task_get_task_data (task);
  ReshootFact *fact = end_write (result, task);

  if (fact == NULL)
    return;

  if (fact->has_job)
    apply_job (step, fact);
  else
    reshoot_step_set_rating (step, fact->rating);

  g_task_return_boolean (task, TRUE);
}

/* A caller's task that is about @step, or NULL when it is answered already. */
static GTask *
begin_step_write (ReshootProject      *self,
                  ReshootStep         *step,
                  GCancellable        *cancellable,
                  GAsyncReadyCallback  callback,
                  gpointer             user_data,
                  gpointer             tag)
{
  GTask *task = begin_write (self, cancellable, callback, user_data, tag);

  if (task != NULL)
    g_task_set_task_data (task, g_object_ref (step), g_object_unref);

  return task;
}

/**
 * reshoot_project_update_job_async:
 * @self: a project
 * @step: one of its edits
 * @facts: what changes; see #ReshootJobFacts
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * A job moves on. An error is kept until a new one comes or the job goes on again.
 */
void
reshoot_project_update_job_async (ReshootProject        *self,
                                  ReshootStep           *step,
                                  const ReshootJobFacts *facts,
                                  GCancellable          *cancellable,
                                  GAsyncReadyCallback    callback,
                                  gpointer               user_data)
{
  GTask *task;
  ReshootFact *fact;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step));
  g_return_if_fail (is_our_edit (self, step));
  g_return_if_fail (facts != NULL);

  task = begin_step_write (self, step, cancellable, callback, user_data,
                           reshoot_project_update_job_async);
  if (task == NULL)
    return;

  fact = reshoot_fact_new (reshoot_step_get_id (step), reshoot_step_get_uuid (step));
  reshoot_fact_set_job (fact, facts);
  reshoot_project_write (self, fact, reshoot_fact_write_job, cancellable, step_stored_cb, task);
}

/**
 * reshoot_project_update_job_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish]
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_update_job_finish (ReshootProject  *self,
                                   GAsyncResult    *result,
                                   GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_update_job_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reshoot_project_add_reply_async:
 * @self: a project
 * @step: one of its edits
 * @reply: what came, stored as received
 * @facts: (nullable): what else changes; %NULL: the job is received
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored: nothing paid can be lost from here on
 * @user_data: for @callback
 *
 * Stores a reply. The same one again changes nothing but the job.
 */
void
reshoot_project_add_reply_async (ReshootProject        *self,
                                 ReshootStep           *step,
                                 ReshootImage          *reply,
                                 const ReshootJobFacts *facts,
                                 GCancellable          *cancellable,
                                 GAsyncReadyCallback    callback,
                                 gpointer               user_data)
{
  ReshootJobFacts received = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_RECEIVED);
  GTask *task;
  ReshootFact *fact;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step));
  g_return_if_fail (is_our_edit (self, step));
  g_return_if_fail (RESHOOT_IS_IMAGE (reply));

  task = begin_step_write (self, step, cancellable, callback, user_data,
                           reshoot_project_add_reply_async);
  if (task == NULL)
    return;

  fact = reshoot_fact_new (reshoot_step_get_id (step), reshoot_step_get_uuid (step));
  reshoot_fact_set_picture (fact, reply);
  reshoot_fact_set_job (fact, facts != NULL ? facts : &received);
  reshoot_project_write (self, fact, reshoot_fact_write_reply, cancellable, step_stored_cb, task);
}

/**
 * reshoot_project_add_reply_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish], and `FAILED` "frozen": the step has another reply
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_add_reply_finish (ReshootProject  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_add_reply_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* The head follows the work: who waits at the parent is taken along when the step gets its first picture. */
static void
version_stored_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  ReshootStep *step = g_task_get_task_data (task);
  ReshootFact *fact = end_write (result, task);
  g_autoptr (JsonNode) facts = NULL;
  gboolean is_first;

  if (fact == NULL)
    return;

  is_first = reshoot_step_get_digest (step) == NULL;
  facts = fact->facts != NULL ? reshoot_json_from_text (fact->facts, NULL, NULL) : NULL;
  reshoot_step_set_version (step, isnan (fact->affine[0]) ? NULL : fact->affine, facts);
  reshoot_step_set_picture (step, fact->digest, fact->width, fact->height);
  apply_job (step, fact);
  reshoot_history_step_changed (self->history);

  if (is_first && reshoot_history_get_head (self->history) == reshoot_step_get_parent (step))
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
 * Adds a version. With its first one a step can be worked from, and a head that waits at its parent moves to it.
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
  g_return_if_fail (is_our_edit (self, step));
  g_return_if_fail (RESHOOT_IS_IMAGE (picture));

  task = begin_step_write (self, step, cancellable, callback, user_data,
                           reshoot_project_add_version_async);
  if (task == NULL)
    return;

  fact = reshoot_fact_new (reshoot_step_get_id (step), reshoot_step_get_uuid (step));
  fact->facts = version_facts != NULL ? reshoot_json_to_text (version_facts) : NULL;
  for (guint i = 0; affine != NULL && i < G_N_ELEMENTS (fact->affine); i++)
    fact->affine[i] = affine[i];

  reshoot_fact_set_picture (fact, picture);
  reshoot_fact_set_job (fact, facts != NULL ? facts : &done);
  reshoot_project_write (self, fact, reshoot_fact_write_version, cancellable, version_stored_cb,
                         task);
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
  GTask *task;
  ReshootFact *fact;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step));
  g_return_if_fail (is_ours (self, step));
  g_return_if_fail (rating >= 0 && rating <= 5);

  task = begin_step_write (self, step, cancellable, callback, user_data,
                           reshoot_project_set_rating_async);
  if (task == NULL)
    return;

  fact = reshoot_fact_new (reshoot_step_get_id (step), reshoot_step_get_uuid (step));
  fact->rating = rating;
  reshoot_project_write (self, fact, reshoot_fact_write_rating, cancellable, step_stored_cb, task);
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
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_set_rating_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
entry_stored_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;

  if (end_write (result, task) != NULL)
    g_task_return_boolean (task, TRUE);
}

/* The kinds that tell facts of our own tables: verifying holds them against those. */
static gboolean
is_own_kind (const char *kind)
{
  static const char *const own[] = {
    "project", "original", "request", "job", "reply", "version", "rating", NULL
  };

  return g_strv_contains (own, kind);
}

/**
 * reshoot_project_add_entry_async:
 * @self: a project
 * @kind: a word for what happened, as "export"; not one that the project writes itself
 * @step: (nullable): the step it is about
 * @body: (nullable): what else there is to say
 * @cancellable: (nullable): to stop before it is written
 * @callback: called when it is stored
 * @user_data: for @callback
 *
 * Tells the ledger what happens outside the tree.
 */
void
reshoot_project_add_entry_async (ReshootProject      *self,
                                 const char          *kind,
                                 ReshootStep         *step,
                                 JsonNode            *body,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  GTask *task;
  ReshootFact *fact;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (kind != NULL && !is_own_kind (kind));
  g_return_if_fail (step == NULL || RESHOOT_IS_STEP (step));

  task = begin_write (self, cancellable, callback, user_data, reshoot_project_add_entry_async);
  if (task == NULL)
    return;

  fact = reshoot_fact_new (step != NULL ? reshoot_step_get_id (step) : 0,
                           step != NULL ? reshoot_step_get_uuid (step) : NULL);
  fact->kind = g_strdup (kind);
  fact->body = body != NULL ? json_node_copy (body) : NULL;
  reshoot_project_write (self, fact, reshoot_fact_write_entry, cancellable, entry_stored_cb, task);
}

/**
 * reshoot_project_add_entry_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location; see [method@Project.add_original_finish]
 *
 * Returns: whether it is stored
 */
gboolean
reshoot_project_add_entry_finish (ReshootProject  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_add_entry_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/* Heads come faster than a disk writes: while one is on its way, only the last of those that follow is kept, with all
 * that was turned since. */
static void
head_stored_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (ReshootProject) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    g_debug ("storing the head: %s", error->message);

  self->storing_head = FALSE;
  if (!self->closed)
    reshoot_project_flush_head (self);
}

/* Hands a head that waits to the writer. */
void
reshoot_project_flush_head (ReshootProject *self)
{
  if (self->head == NULL)
    return;

  self->storing_head = TRUE;
  reshoot_project_write (self, g_steal_pointer (&self->head), reshoot_fact_write_head, NULL,
                         head_stored_cb, g_object_ref (self));
}

/* The history's head moved. */
void
reshoot_project_keep_head (ReshootStep *head,
                           GPtrArray   *turned,
                           gpointer     user_data)
{
  ReshootProject *self = user_data;

  if (self->closed)
    return;

  if (self->head == NULL)
    {
      self->head = reshoot_fact_new (0, "");
      self->head->turned = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, g_free);
    }

  self->head->step = reshoot_step_get_id (head);
  for (guint i = 0; i < turned->len; i++)
    {
      ReshootStep *step = g_ptr_array_index (turned, i);
      gint64 id = reshoot_step_get_id (step);
      gint64 child = reshoot_step_get_id (reshoot_step_get_visited (step));

      g_hash_table_insert (self->head->turned, g_memdup2 (&id, sizeof id),
                           g_memdup2 (&child, sizeof child));
    }

  if (!self->storing_head)
    reshoot_project_flush_head (self);
}
