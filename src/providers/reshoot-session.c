/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootSession: what main() makes once and hands down. It owns the catalogue, the keys, the caller and the queue, and
 * turns a request into a job: checked and priced first, then stored, then begun. What is refused here leaves no trace
 * in the project. */

#include "reshoot-session.h"
#include "reshoot-bfl.h"
#include "reshoot-consent.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-queue.h"
#include "reshoot-session-private.h"
#include "reshoot-studio-provider.h"

#include <math.h>

struct _ReshootSession
{
  GObject           parent_instance;

  ReshootCatalogue *catalogue;
  ReshootKeys      *keys;
  ReshootHttp      *http;
  ReshootQueue     *queue;
  ReshootTimes      times;
};

G_DEFINE_FINAL_TYPE (ReshootSession, reshoot_session, G_TYPE_OBJECT)

typedef struct
{
  /* inputs */
  ReshootProject *project;
  ReshootStep    *source;
  ReshootRequest *request;

  /* in progress */
  ReshootModel   *model;     /* (unowned): the catalogue's */
  double          price;     /* US dollars, reserved */
} Edit;

static void
edit_free (Edit *edit)
{
  g_object_unref (edit->project);
  g_object_unref (edit->source);
  g_object_unref (edit->request);
  g_free (edit);
}

/* The one place that knows which dialect a provider speaks. */
static ReshootProvider *
make_provider (const char     *dialect,
               ReshootAddress *address)
{
  if (g_str_equal (dialect, "studio"))
    return reshoot_studio_provider_new ();
  if (g_str_equal (dialect, "bfl"))
    return reshoot_bfl_new (address);

  return NULL;
}

static ReshootJob *
make_job (ReshootSession  *self,
          ReshootProject  *project,
          ReshootStep     *step,
          ReshootModel    *model,
          GError         **error)
{
  const char *name = reshoot_model_get_provider (model);
  JsonObject *description = reshoot_catalogue_get_provider (self->catalogue, name);
  g_autoptr (ReshootAddress) address = NULL;
  g_autoptr (ReshootProvider) provider = NULL;
  ReshootJobMeans means = { 0, };

  address = reshoot_address_new (description, error);
  if (address == NULL)
    return NULL;

  provider = make_provider (name, address);
  if (provider == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "model", reshoot_model_get_id (model),
                         "no codec for %s", name);
      return NULL;
    }

  means.model = model;
  means.provider = provider;
  means.address = address;
  means.description = description;
  means.http = self->http;
  means.keys = self->keys;
  means.times = self->times;
  return reshoot_job_new (project, step, &means);
}

static ReshootModel *
find_model (ReshootSession  *self,
            ReshootRequest  *request,
            GError         **error)
{
  const char *id = reshoot_request_get_model (request);
  ReshootModel *model = reshoot_catalogue_get_model (self->catalogue, id);

  if (model == NULL)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "model", id, "no model %s", id);

  return model;
}

static gboolean
check_words (ReshootRequest  *request,
             GError         **error)
{
  const char *words = reshoot_request_get_instruction (request);
  g_autofree char *stripped = g_strstrip (g_utf8_make_valid (words, -1));

  if (*stripped == '\0' || !g_utf8_validate (words, -1, NULL))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "instruction", stripped,
                         "an instruction without words, or not UTF-8");
      return FALSE;
    }

  return TRUE;
}

static gboolean
check_source (ReshootStep  *source,
              GError      **error)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, reshoot_step_get_id (source));

  if (reshoot_step_get_state (source) == RESHOOT_STEP_DONE)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-picture", id, "step %s has no picture", id);
  return FALSE;
}

static gboolean
check_address (ReshootSession  *self,
               ReshootModel    *model,
               GError         **error)
{
  g_autoptr (ReshootAddress) address = NULL;
  const char *name = reshoot_model_get_provider (model);

  address = reshoot_address_new (reshoot_catalogue_get_provider (self->catalogue, name), error);
  return address != NULL;
}

static void
reshoot_session_dispose (GObject *object)
{
  ReshootSession *self = RESHOOT_SESSION (object);

  if (self->queue != NULL)
    reshoot_queue_let_go (self->queue, NULL);

  g_clear_object (&self->queue);
  g_clear_object (&self->http);
  g_clear_object (&self->keys);
  g_clear_object (&self->catalogue);

  G_OBJECT_CLASS (reshoot_session_parent_class)->dispose (object);
}

static void
reshoot_session_class_init (ReshootSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reshoot_session_dispose;
}

static void
reshoot_session_init (ReshootSession *self)
{
  self->times = RESHOOT_TIMES_INIT;
}

/**
 * reshoot_session_new:
 * @error: return location for an error
 *
 * Returns: (transfer full): a new session; it touches no network and no keyring yet
 */
ReshootSession *
reshoot_session_new (GError **error)
{
  g_autoptr (ReshootSession) self = g_object_new (RESHOOT_TYPE_SESSION, NULL);

  self->catalogue = reshoot_catalogue_new (error);
  if (self->catalogue == NULL)
    return NULL;

  self->keys = reshoot_keys_new (self->catalogue);
  self->http = reshoot_http_new ();
  self->queue = reshoot_queue_new (self->catalogue);
  return g_steal_pointer (&self);
}

/**
 * reshoot_session_get_catalogue:
 * @self: a session
 *
 * Returns: (transfer none): every model there is
 */
ReshootCatalogue *
reshoot_session_get_catalogue (ReshootSession *self)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), NULL);

  return self->catalogue;
}

void
reshoot_session_set_times (ReshootSession     *self,
                           const ReshootTimes *times)
{
  self->times = *times;
}

ReshootKeys *
reshoot_session_get_keys (ReshootSession *self)
{
  return self->keys;
}

/**
 * reshoot_session_get_key_present:
 * @self: a session
 * @provider: a provider's short name
 *
 * Returns: whether a key is in the environment, or was found in the keyring by
 *   [method@Session.load_keys_async]; %TRUE for one that needs none
 */
gboolean
reshoot_session_get_key_present (ReshootSession *self,
                                 const char     *provider)
{
  JsonObject *json;

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);
  g_return_val_if_fail (provider != NULL, FALSE);

  json = reshoot_catalogue_get_provider (self->catalogue, provider);
  if (reshoot_json_get_object (json, "key") == NULL)
    return json != NULL;

  return reshoot_keys_get_present (self->keys, provider);
}

static void load_next_key (GTask *task);

static void
key_loaded_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *key = reshoot_keys_lookup_finish (RESHOOT_KEYS (source), result, NULL);

  load_next_key (g_steal_pointer (&task));
}

static void
load_next_key (GTask *task)
{
  g_autoptr (GTask) own = task;
  ReshootSession *self = g_task_get_source_object (task);
  GQueue *names = g_task_get_task_data (task);
  g_autofree char *name = g_queue_pop_head (names);

  if (name == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    g_task_return_boolean (task, TRUE);
  else
    reshoot_keys_lookup_async (self->keys, name, g_task_get_cancellable (task),
                               key_loaded_cb, g_steal_pointer (&own));
}

static void
names_free (GQueue *names)
{
  g_queue_free_full (names, g_free);
}

/**
 * reshoot_session_load_keys_async:
 * @self: a session
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks into the keyring for the keys that are not in the environment. Takes a second a provider at most.
 */
void
reshoot_session_load_keys_async (ReshootSession      *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GList) providers = NULL;
  GQueue *names = g_queue_new ();

  g_return_if_fail (RESHOOT_IS_SESSION (self));

  providers = reshoot_catalogue_list_providers (self->catalogue);
  for (GList *l = providers; l != NULL; l = l->next)
    if (!reshoot_session_get_key_present (self, l->data))
      g_queue_push_tail (names, g_strdup (l->data));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_session_load_keys_async);
  g_task_set_task_data (task, names, (GDestroyNotify) names_free);
  load_next_key (g_steal_pointer (&task));
}

/**
 * reshoot_session_load_keys_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: %TRUE; fails only when it was cancelled
 */
gboolean
reshoot_session_load_keys_finish (ReshootSession  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_session_load_keys_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reshoot_session_get_consent:
 * @self: a session
 * @provider: a provider's short name
 *
 * Returns: whether the person agreed that pictures go to @provider; always %TRUE for one on this machine
 */
gboolean
reshoot_session_get_consent (ReshootSession *self,
                             const char     *provider)
{
  JsonObject *json;

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);
  g_return_val_if_fail (provider != NULL, FALSE);

  json = reshoot_catalogue_get_provider (self->catalogue, provider);
  return reshoot_json_get_boolean (json, "local") || reshoot_consent_get (provider);
}

/**
 * reshoot_session_set_consent:
 * @self: a session
 * @provider: a provider's short name
 * @consent: the person's answer
 * @error: return location for an error
 *
 * Keeps the answer for later sessions. Errors are those of the file system.
 *
 * Returns: whether it is kept
 */
gboolean
reshoot_session_set_consent (ReshootSession  *self,
                             const char      *provider,
                             gboolean         consent,
                             GError         **error)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);
  g_return_val_if_fail (provider != NULL, FALSE);

  return reshoot_consent_set (provider, consent, error);
}

/**
 * reshoot_session_set_budget:
 * @self: a session
 * @dollars: what its jobs may cost in all, in US dollars; %INFINITY = any amount
 */
void
reshoot_session_set_budget (ReshootSession *self,
                            double          dollars)
{
  g_return_if_fail (RESHOOT_IS_SESSION (self));

  reshoot_queue_set_budget (self->queue, dollars);
}

/**
 * reshoot_session_get_jobs:
 * @self: a session
 *
 * Returns: (transfer none): the jobs that wait or run, of all projects, in the order they came
 */
GListModel *
reshoot_session_get_jobs (ReshootSession *self)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), NULL);

  return reshoot_queue_get_jobs (self->queue);
}

static void
request_stored_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootSession *self = g_task_get_source_object (task);
  Edit *edit = g_task_get_task_data (task);
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (ReshootStep) step = NULL;
  g_autoptr (GError) error = NULL;

  step = reshoot_project_add_request_finish (RESHOOT_PROJECT (source), result, &error);
  if (step != NULL)
    job = make_job (self, edit->project, step, edit->model, &error);

  if (job == NULL)
    {
      reshoot_queue_release (self->queue, edit->price);
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  reshoot_queue_add (self->queue, job, edit->price);
  g_task_return_pointer (task, g_steal_pointer (&job), g_object_unref);
}

/* The last that can be said no to; from here on the project knows of it. */
static void
reserve_and_store (GTask *task)
{
  g_autoptr (GTask) own = task;
  ReshootSession *self = g_task_get_source_object (task);
  Edit *edit = g_task_get_task_data (task);
  GError *error = NULL;

  if (g_task_return_error_if_cancelled (task))
    return;

  if (!reshoot_queue_reserve (self->queue, edit->price, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  reshoot_project_add_request_async (edit->project, edit->source, edit->request, edit->price, NULL,
                                     request_stored_cb, g_steal_pointer (&own));
}

static void
key_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autofree char *key = reshoot_keys_lookup_finish (RESHOOT_KEYS (source), result, &error);

  if (key == NULL)
    g_task_return_error (task, error);
  else
    reserve_and_store (g_steal_pointer (&task));
}

/**
 * reshoot_session_edit_async:
 * @self: a session
 * @project: where it belongs
 * @source: the step to work from; it must have a picture
 * @request: what is asked
 * @cancellable: (nullable): to stop before it is stored; later [method@Job.cancel] does
 * @callback: called when the step is stored and shows
 * @user_data: for @callback
 *
 * Checks, prices and stores the request, then begins the job.
 */
void
reshoot_session_edit_async (ReshootSession      *self,
                            ReshootProject      *project,
                            ReshootStep         *source,
                            ReshootRequest      *request,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Edit *edit;

  g_return_if_fail (RESHOOT_IS_SESSION (self));
  g_return_if_fail (RESHOOT_IS_PROJECT (project) && RESHOOT_IS_STEP (source));
  g_return_if_fail (RESHOOT_IS_REQUEST (request));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_session_edit_async);
  /* A step that is stored is told of, even when a cancellation comes late. */
  g_task_set_check_cancellable (task, FALSE);

  edit = g_new0 (Edit, 1);
  edit->project = g_object_ref (project);
  edit->source = g_object_ref (source);
  edit->request = g_object_ref (request);
  edit->model = find_model (self, request, &error);
  g_task_set_task_data (task, edit, (GDestroyNotify) edit_free);

  if (edit->model == NULL || !check_words (request, &error) || !check_source (source, &error) ||
      !reshoot_model_check_parameters (edit->model, reshoot_request_get_parameters (request),
                                       &error) ||
      !check_address (self, edit->model, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  edit->price = reshoot_model_get_price (edit->model);

  if (reshoot_model_get_is_local (edit->model))
    reserve_and_store (g_steal_pointer (&task));
  else
    reshoot_keys_lookup_async (self->keys, reshoot_model_get_provider (edit->model), cancellable,
                               key_found_cb, g_steal_pointer (&task));
}

/**
 * reshoot_session_edit_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Nothing is stored where this fails: %RESHOOT_ERROR_INVALID_REQUEST (reason "model", "instruction", "no-picture",
 * "unknown-parameter", "parameter-value", "address"), %RESHOOT_ERROR_AUTH ("no-key"), %RESHOOT_ERROR_BUDGET, and what
 * the project says.
 *
 * Returns: (transfer full): the job, which waits or runs
 */
ReshootJob *
reshoot_session_edit_finish (ReshootSession  *self,
                             GAsyncResult    *result,
                             GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_session_edit_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

static ReshootJob *
find_job (ReshootSession *self,
          ReshootStep    *step)
{
  GListModel *jobs = reshoot_queue_get_jobs (self->queue);

  for (guint i = 0; i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (ReshootJob) job = g_list_model_get_item (jobs, i);

      if (reshoot_job_get_step (job) == step)
        return g_steal_pointer (&job);
    }

  return NULL;
}

/* What the table makes of being taken up again. */
static gboolean
can_resume (ReshootStep  *step,
            ReshootModel *model)
{
  ReshootJobEvent event = RESHOOT_JOB_WAKE;

  if (reshoot_model_get_is_local (model))
    event = RESHOOT_JOB_AGAIN;
  else if (reshoot_step_get_ticket (step) != NULL)
    event = RESHOOT_JOB_ASK;

  return reshoot_job_machine_move (reshoot_step_get_state (step), event).possible;
}

/**
 * reshoot_session_resume:
 * @self: a session
 * @project: a project
 * @step: one of its steps whose job did not come to an end, or is in doubt, or was cancelled after it was sent
 * @error: return location for an error
 *
 * Takes the job up again: it computes again, asks again, lands again, and submits only what was never sent. Fails with
 * %RESHOOT_ERROR_INVALID_REQUEST, reason "nothing-to-resume" or "model", and with %RESHOOT_ERROR_BUDGET.
 *
 * Returns: (transfer full): the job; the one that runs already where there is one
 */
ReshootJob *
reshoot_session_resume (ReshootSession  *self,
                        ReshootProject  *project,
                        ReshootStep     *step,
                        GError         **error)
{
  g_autoptr (ReshootJob) job = NULL;
  ReshootModel *model;
  double price = 0;

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), NULL);
  g_return_val_if_fail (RESHOOT_IS_PROJECT (project) && RESHOOT_IS_STEP (step), NULL);

  job = find_job (self, step);
  if (job != NULL)
    return g_steal_pointer (&job);

  model = reshoot_step_get_request (step) != NULL
          ? find_model (self, reshoot_step_get_request (step), error) : NULL;

  if (reshoot_step_get_request (step) == NULL || (model != NULL && !can_resume (step, model)))
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, reshoot_step_get_id (step));

      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "nothing-to-resume", id,
                         "step %s is over, or there is no ticket to ask with", id);
      return NULL;
    }

  if (model == NULL)
    return NULL;

  if (reshoot_step_get_state (step) == RESHOOT_STEP_WAITING)
    price = reshoot_model_get_price (model);
  if (!reshoot_queue_reserve (self->queue, price, error))
    return NULL;

  job = make_job (self, project, step, model, error);
  if (job == NULL)
    {
      reshoot_queue_release (self->queue, price);
      return NULL;
    }

  reshoot_queue_add (self->queue, job, price);
  return g_steal_pointer (&job);
}

/**
 * reshoot_session_let_go:
 * @self: a session
 * @project: (nullable): a project that is about to be closed; %NULL = all
 *
 * Stops its jobs without cancelling them: they can be taken up again.
 */
void
reshoot_session_let_go (ReshootSession *self,
                        ReshootProject *project)
{
  g_return_if_fail (RESHOOT_IS_SESSION (self));

  reshoot_queue_let_go (self->queue, project);
}
