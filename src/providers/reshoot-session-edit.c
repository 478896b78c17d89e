/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How requests become jobs: checked and priced first, then stored together, then begun. What is refused here leaves no
 * trace in the project. And how a job that was left behind is taken up again. */

#include "config.h"

#include "reshoot-error.h"
#include "reshoot-job-region.h"
#include "reshoot-json-read.h"
#include "reshoot-session-choices.h"
#include "reshoot-session-private.h"

/* What one model is asked once. */
typedef struct
{
  ReshootRequest *request;
  ReshootModel   *model;     /* (unowned): the catalogue's */
  ReshootMoney    price;
  char           *key;       /* (nullable): what it is reserved for, before there is a step */
  ReshootStep    *step;      /* (nullable): once it is stored */
} Part;

/* One fact, however many models are asked. */
typedef struct
{
  /* inputs */
  ReshootProject *project;
  ReshootStep    *source;
  GPtrArray      *parts;        /* of Part (owned) */

  /* in progress */
  guint           n_looked;     /* whose keys were looked up */
  guint           n_assigning;  /* whose reservations are being given their steps */
} Edit;

static void
part_free (Part *part)
{
  g_object_unref (part->request);
  g_clear_object (&part->step);
  g_free (part->key);
  g_free (part);
}

static void
edit_free (Edit *edit)
{
  g_object_unref (edit->project);
  g_object_unref (edit->source);
  g_ptr_array_unref (edit->parts);
  g_free (edit);
}

static ReshootSpending
make_spending (ReshootSession *self,
               ReshootProject *project,
               const char     *key,
               ReshootModel   *model,
               ReshootMoney    price)
{
  ReshootSpending spending = RESHOOT_SPENDING_INIT (key, reshoot_project_get_uuid (project),
                                                    reshoot_model_get_id (model), price);

  for (int i = 0; i < RESHOOT_N_LIMITS; i++)
    spending.limits[i] = reshoot_session_get_limit (self, i);

  return spending;
}

static void
release (ReshootSession *self,
         const char     *key,
         ReshootModel   *model)
{
  ReshootSpending spending = RESHOOT_SPENDING_INIT (key, NULL, reshoot_model_get_id (model),
                                                    RESHOOT_MONEY_UNKNOWN);

  reshoot_index_settle (self->index, &spending, RESHOOT_SPENDING_RELEASED);
}

/* What was reserved goes by the steps' names where there are steps. */
static void
release_all (ReshootSession *self,
             Edit           *edit)
{
  for (guint i = 0; i < edit->parts->len; i++)
    {
      Part *part = g_ptr_array_index (edit->parts, i);

      if (part->key != NULL)
        release (self, part->step != NULL ? reshoot_step_get_uuid (part->step) : part->key,
                 part->model);
    }
}

/* For a model that needs an address, where the person chose a place for the picture. */
static gboolean
add_publisher (ReshootSession   *self,
               ReshootStep      *step,
               ReshootJobMeans  *means,
               GError          **error)
{
  JsonObject *parameters = reshoot_request_get_parameters (reshoot_step_get_request (step));
  const char *name = reshoot_json_get_string (parameters, "publish");

  if (name == NULL || reshoot_json_get_string (parameters, "source_url") != NULL)
    return TRUE;

  means->publisher = reshoot_session_make_codec (self, name, &means->publisher_address, error);
  means->publisher_description = reshoot_catalogue_get_provider (self->catalogue, name);
  return means->publisher != NULL;
}

static ReshootJob *
make_job (ReshootSession  *self,
          ReshootProject  *project,
          ReshootStep     *step,
          ReshootModel    *model,
          GError         **error)
{
  const char *name = reshoot_model_get_provider (model);
  g_autoptr (ReshootAddress) address = NULL;
  g_autoptr (ReshootProvider) provider = NULL;
  ReshootJobMeans means = { 0, };
  ReshootJob *job;

  provider = reshoot_session_make_codec (self, name, &address, error);
  if (provider == NULL)
    return NULL;

  means.model = model;
  means.provider = provider;
  means.address = address;
  means.description = reshoot_catalogue_get_provider (self->catalogue, name);
  means.http = self->http;
  means.keys = self->keys;
  means.times = self->times;
  if (!add_publisher (self, step, &means, error))
    return NULL;

  job = reshoot_job_new (project, step, &means);
  g_clear_object (&means.publisher);
  g_clear_pointer (&means.publisher_address, reshoot_address_unref);
  return job;
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

  if (reshoot_step_get_in_bin (source))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST,
                         reshoot_step_get_is_purged (source) ? "purged" : "in-bin", id, "step %s is in the bin", id);
      return FALSE;
    }

  if (reshoot_step_get_state (source) == RESHOOT_STEP_DONE)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-picture", id,
                     "step %s has no picture", id);
  return FALSE;
}

/* What is stored says all that mattered, also what nobody set. */
static void
freeze_request (ReshootSession *self,
                Part           *part,
                ReshootStep    *source)
{
  ReshootInputs inputs = *reshoot_request_get_inputs (part->request);
  const char *provider = reshoot_model_get_provider (part->model);
  JsonObject *description = reshoot_catalogue_get_provider (self->catalogue, provider);
  g_autoptr (JsonObject) parameters = NULL;
  ReshootRequest *frozen;

  inputs.application = RESHOOT_VERSION;
  inputs.catalogue = reshoot_json_get_string (description, "version");
  inputs.kind = reshoot_model_get_is_reimagining (part->model) ? RESHOOT_KIND_REIMAGINE : NULL;
  if (inputs.landing == NULL || !reshoot_session_is_landed (part->model))
    inputs.landing = reshoot_session_is_landed (part->model)
                     ? reshoot_session_get_landing_word (self) : NULL;
  reshoot_session_choose_crop (self, part->request, part->model, source, &inputs);
  parameters = reshoot_model_resolve_parameters (part->model,
                                                 reshoot_request_get_parameters (part->request));
  frozen = reshoot_request_new_with_inputs (reshoot_request_get_instruction (part->request),
                                            reshoot_request_get_model (part->request), parameters,
                                            &inputs);
  g_object_unref (part->request);
  part->request = frozen;
}

/* A model that takes fewer pictures beside the source would leave some out without a word. */
static gboolean
check_references (ReshootModel    *model,
                  ReshootRequest  *request,
                  GError         **error)
{
  const ReshootInputs *inputs = reshoot_request_get_inputs (request);
  guint n = 0;

  for (guint i = 0; i < inputs->n_pictures; i++)
    n += reshoot_request_is_reference (inputs->pictures[i].role);

  return reshoot_model_check_references (model, n, error);
}

/* Where anybody can load it is another matter than where the service alone does: it takes a consent of its own. */
static gboolean
check_publisher (ReshootSession  *self,
                 ReshootRequest  *request,
                 GError         **error)
{
  const char *name = reshoot_json_get_string (reshoot_request_get_parameters (request), "publish");
  g_autoptr (ReshootAddress) address = NULL;
  g_autoptr (ReshootProvider) provider = NULL;

  if (name == NULL)
    return TRUE;

  provider = reshoot_session_make_codec (self, name, &address, error);
  if (provider == NULL)
    return FALSE;

  if (RESHOOT_PROVIDER_GET_IFACE (provider)->publish == NULL)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-publish", name, "%s publishes nothing", name);
  else if (!reshoot_session_get_public_consent (self, name))
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "public-consent", name, "no consent to publish");
  else
    return TRUE;

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

/* The journal knows the steps: from here on nothing that is sent is lost to it. All begin, or none does. */
static void
begin_jobs (GTask *task)
{
  G_GNUC_UNUSED g_autoptr (GTask) own = task;
  ReshootSession *self = g_task_get_source_object (task);
  Edit *edit = g_task_get_task_data (task);
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  GError *error = NULL;

  for (guint i = 0; i < edit->parts->len; i++)
    {
      Part *part = g_ptr_array_index (edit->parts, i);
      ReshootJob *job = make_job (self, edit->project, part->step, part->model, &error);

      if (job == NULL)
        {
          release_all (self, edit);
          g_task_return_error (task, error);
          return;
        }

      g_ptr_array_add (jobs, job);
    }

  for (guint i = 0; i < jobs->len; i++)
    reshoot_queue_add (self->queue, g_ptr_array_index (jobs, i));

  g_task_return_pointer (task, g_steal_pointer (&jobs), (GDestroyNotify) g_ptr_array_unref);
}

static void
assigned_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Edit *edit = g_task_get_task_data (task);
  g_autoptr (GError) error = NULL;

  /* Under one name or the other the amount is reserved: that is no reason to stop. */
  if (!reshoot_index_assign_finish (RESHOOT_INDEX (source), result, &error))
    g_debug ("a step stays reserved by another name: %s", error->message);

  if (--edit->n_assigning == 0)
    begin_jobs (g_steal_pointer (&task));
}

static void
assign_steps (GTask *task)
{
  g_autoptr (GTask) own = task;
  ReshootSession *self = g_task_get_source_object (task);
  Edit *edit = g_task_get_task_data (task);

  for (guint i = 0; i < edit->parts->len; i++)
    {
      Part *part = g_ptr_array_index (edit->parts, i);

      if (part->key == NULL)
        continue;

      edit->n_assigning++;
      reshoot_index_assign_async (self->index, part->key, reshoot_step_get_uuid (part->step), NULL,
                                  assigned_cb, g_object_ref (task));
    }

  if (edit->n_assigning == 0)
    begin_jobs (g_steal_pointer (&own));
}

/* A step alone is in no row, unless its model makes several pictures at once. */
static gboolean
is_row (Edit *edit)
{
  Part *part = g_ptr_array_index (edit->parts, 0);

  return edit->parts->len > 1 || reshoot_json_get_number (reshoot_model_get_json (part->model), "results") > 1;
}

static GPtrArray *
finish_alone (ReshootProject  *project,
              GAsyncResult    *result,
              GError         **error)
{
  ReshootStep *step = reshoot_project_add_request_finish (project, result, error);
  GPtrArray *steps;

  if (step == NULL)
    return NULL;

  steps = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (steps, step);
  return steps;
}

static void
requests_stored_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootSession *self = g_task_get_source_object (task);
  Edit *edit = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (GPtrArray) steps = NULL;

  if (is_row (edit))
    steps = reshoot_project_add_row_finish (RESHOOT_PROJECT (source), result, &error);
  else
    steps = finish_alone (RESHOOT_PROJECT (source), result, &error);

  if (steps == NULL)
    {
      release_all (self, edit);
      g_task_return_error (task, error);
      return;
    }

  for (guint i = 0; i < steps->len; i++)
    {
      Part *part = g_ptr_array_index (edit->parts, i);

      part->step = g_object_ref (g_ptr_array_index (steps, i));
    }

  assign_steps (g_steal_pointer (&task));
}

static void
store_requests (GTask *task)
{
  Edit *edit = g_task_get_task_data (task);
  guint n = edit->parts->len;
  g_autofree ReshootRequest **requests = g_new (ReshootRequest *, n);
  g_autofree ReshootMoney *estimates = g_new (ReshootMoney, n);

  for (guint i = 0; i < n; i++)
    {
      Part *part = g_ptr_array_index (edit->parts, i);

      requests[i] = part->request;
      estimates[i] = part->price;
    }

  if (is_row (edit))
    reshoot_project_add_row_async (edit->project, edit->source, requests, estimates, n, NULL,
                                   requests_stored_cb, task);
  else
    reshoot_project_add_request_async (edit->project, edit->source, requests[0], estimates[0], NULL,
                                       requests_stored_cb, task);
}

static void
reserved_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootSession *self = g_task_get_source_object (task);
  Edit *edit = g_task_get_task_data (task);
  GError *error = NULL;

  if (!reshoot_index_reserve_finish (RESHOOT_INDEX (source), result, &error))
    g_task_return_error (task, error);
  else if (g_task_return_error_if_cancelled (task))
    release_all (self, edit);
  else
    store_requests (g_steal_pointer (&task));
}

/* The last that can be said no to; from here on the project knows of it. What is free is no matter for the journal. */
static void
reserve_and_store (GTask *task)
{
  g_autoptr (GTask) own = task;
  ReshootSession *self = g_task_get_source_object (task);
  Edit *edit = g_task_get_task_data (task);
  g_autoptr (GArray) spendings = g_array_new (FALSE, FALSE, sizeof (ReshootSpending));

  if (g_task_return_error_if_cancelled (task))
    return;

  for (guint i = 0; i < edit->parts->len; i++)
    {
      Part *part = g_ptr_array_index (edit->parts, i);
      ReshootSpending spending;

      if (part->price == 0)
        continue;

      part->key = g_uuid_string_random ();
      spending = make_spending (self, edit->project, part->key, part->model, part->price);
      g_array_append_val (spendings, spending);
    }

  if (spendings->len == 0)
    store_requests (g_steal_pointer (&own));
  else
    reshoot_index_reserve_async (self->index, (const ReshootSpending *) spendings->data,
                                 spendings->len, NULL, reserved_cb, g_steal_pointer (&own));
}

static void look_up_keys (GTask *task);

static void
key_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  G_GNUC_UNUSED g_autofree char *key = reshoot_keys_lookup_finish (RESHOOT_KEYS (source), result,
                                                                   &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    look_up_keys (g_steal_pointer (&task));
}

/* One after the other: who is asked twice answers the second time at once. */
static void
look_up_keys (GTask *task)
{
  ReshootSession *self = g_task_get_source_object (task);
  Edit *edit = g_task_get_task_data (task);

  while (edit->n_looked < edit->parts->len)
    {
      Part *part = g_ptr_array_index (edit->parts, edit->n_looked++);

      if (reshoot_model_get_is_local (part->model))
        continue;

      reshoot_keys_lookup_async (self->keys, reshoot_model_get_provider (part->model),
                                 g_task_get_cancellable (task), key_found_cb, task);
      return;
    }

  reserve_and_store (task);
}

static gboolean
add_part (ReshootSession  *self,
          Edit            *edit,
          ReshootRequest  *request,
          GError         **error)
{
  ReshootModel *model = find_model (self, request, error);
  Part *part;

  if (model == NULL || !check_words (request, error) || !check_source (edit->source, error) ||
      !reshoot_model_check_parameters (model, reshoot_request_get_parameters (request), error) ||
      !check_references (model, request, error) ||
      !reshoot_job_check_region (model, edit->source, request, error) ||
      !reshoot_model_check_place (model, reshoot_request_get_parameters (request), error) ||
      !check_publisher (self, request, error) ||
      !check_address (self, model, error))
    return FALSE;

  part = g_new0 (Part, 1);
  part->request = g_object_ref (request);
  part->model = model;
  part->price = reshoot_model_estimate (model, reshoot_request_get_parameters (request),
                                        reshoot_step_get_width (edit->source),
                                        reshoot_step_get_height (edit->source));
  freeze_request (self, part, edit->source);
  g_ptr_array_add (edit->parts, part);
  return TRUE;
}

static void
edit_in_row (ReshootSession        *self,
             ReshootProject        *project,
             ReshootStep           *source,
             ReshootRequest *const *requests,
             guint                  n,
             GCancellable          *cancellable,
             GAsyncReadyCallback    callback,
             gpointer               user_data,
             gpointer               tag)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Edit *edit = g_new0 (Edit, 1);
  GError *error = NULL;

  g_task_set_source_tag (task, tag);
  /* A step that is stored is told of, even when a cancellation comes late. */
  g_task_set_check_cancellable (task, FALSE);

  edit->project = g_object_ref (project);
  edit->source = g_object_ref (source);
  edit->parts = g_ptr_array_new_with_free_func ((GDestroyNotify) part_free);
  g_task_set_task_data (task, edit, (GDestroyNotify) edit_free);

  for (guint i = 0; i < n; i++)
    if (!add_part (self, edit, requests[i], &error))
      {
        g_task_return_error (task, error);
        return;
      }

  look_up_keys (g_steal_pointer (&task));
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
  g_return_if_fail (RESHOOT_IS_SESSION (self));
  g_return_if_fail (RESHOOT_IS_PROJECT (project) && RESHOOT_IS_STEP (source));
  g_return_if_fail (RESHOOT_IS_REQUEST (request));

  edit_in_row (self, project, source, &request, 1, cancellable, callback, user_data,
               reshoot_session_edit_async);
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
  g_autoptr (GPtrArray) jobs = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_session_edit_async), NULL);

  jobs = g_task_propagate_pointer (G_TASK (result), error);
  return jobs != NULL ? g_object_ref (g_ptr_array_index (jobs, 0)) : NULL;
}

/**
 * reshoot_session_edit_row_async:
 * @self: a session
 * @project: where it belongs
 * @source: the step to work from; it must have a picture
 * @requests: (array length=n): what is asked, of several models or several times of the same
 * @n: how many, at least one
 * @cancellable: (nullable): to stop before it is stored; later [method@Job.cancel] does
 * @callback: called when the steps are stored and show
 * @user_data: for @callback
 *
 * Checks and prices every request, reserves the sum and stores all as one row, then begins the jobs. What one of them
 * is refused for is true of all: then nothing is stored, and nobody is asked.
 */
void
reshoot_session_edit_row_async (ReshootSession        *self,
                                ReshootProject        *project,
                                ReshootStep           *source,
                                ReshootRequest *const *requests,
                                guint                  n,
                                GCancellable          *cancellable,
                                GAsyncReadyCallback    callback,
                                gpointer               user_data)
{
  g_return_if_fail (RESHOOT_IS_SESSION (self));
  g_return_if_fail (RESHOOT_IS_PROJECT (project) && RESHOOT_IS_STEP (source));
  g_return_if_fail (requests != NULL && n > 0);

  edit_in_row (self, project, source, requests, n, cancellable, callback, user_data,
               reshoot_session_edit_row_async);
}

/**
 * reshoot_session_edit_row_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error; see [method@Session.edit_finish]
 *
 * Returns: (transfer full) (element-type ReshootJob): the jobs, in the order of the requests
 */
GPtrArray *
reshoot_session_edit_row_finish (ReshootSession  *self,
                                 GAsyncResult    *result,
                                 GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_session_edit_row_async), NULL);

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

/* What the table makes of being taken up again. What was cancelled and cost nothing has nothing to show. */
static gboolean
can_resume (ReshootStep  *step,
            ReshootModel *model)
{
  ReshootStepState state = reshoot_step_get_state (step);
  ReshootJobEvent event = reshoot_job_machine_take_up (state, reshoot_model_get_is_local (model),
                                                       reshoot_step_get_ticket (step) != NULL);

  if (state == RESHOOT_STEP_CANCELLED &&
      reshoot_step_get_price (step)->charged == RESHOOT_CHARGED_NO)
    return FALSE;

  return reshoot_job_machine_move (state, event).possible;
}

typedef struct
{
  ReshootProject *project;
  ReshootStep    *step;
  ReshootModel   *model;      /* (unowned): the catalogue's */
  gboolean        reserved;
} Resume;

static void
resume_free (Resume *resume)
{
  g_object_unref (resume->project);
  g_object_unref (resume->step);
  g_free (resume);
}

/* Someone else may have taken it up meanwhile. */
static void
resume_job (GTask *task)
{
  G_GNUC_UNUSED g_autoptr (GTask) own = task;
  ReshootSession *self = g_task_get_source_object (task);
  Resume *resume = g_task_get_task_data (task);
  g_autoptr (ReshootJob) job = find_job (self, resume->step);
  GError *error = NULL;

  if (job == NULL)
    {
      job = make_job (self, resume->project, resume->step, resume->model, &error);
      if (job != NULL)
        reshoot_queue_add (self->queue, job);
      else if (resume->reserved)
        release (self, reshoot_step_get_uuid (resume->step), resume->model);
    }

  if (job != NULL)
    g_task_return_pointer (task, g_steal_pointer (&job), g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
resume_reserved_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Resume *resume = g_task_get_task_data (task);
  GError *error = NULL;

  resume->reserved = reshoot_index_reserve_finish (RESHOOT_INDEX (source), result, &error);
  if (resume->reserved)
    resume_job (g_steal_pointer (&task));
  else
    g_task_return_error (task, error);
}

static gboolean
check_resume (ReshootSession  *self,
              Resume          *resume,
              GError         **error)
{
  ReshootRequest *request = reshoot_step_get_request (resume->step);

  if (request != NULL && (resume->model = find_model (self, request, error)) == NULL)
    return FALSE;

  if (request == NULL || !can_resume (resume->step, resume->model))
    {
      g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, reshoot_step_get_id (resume->step));

      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "nothing-to-resume", id,
                         "step %s is over, or there is no ticket to ask with", id);
      return FALSE;
    }

  return TRUE;
}

/**
 * reshoot_session_resume_async:
 * @self: a session
 * @project: a project
 * @step: one of its steps whose job did not come to an end, or is in doubt, or was cancelled after it was sent
 * @cancellable: (nullable): to stop before it is begun
 * @callback: called when the job waits or runs
 * @user_data: for @callback
 *
 * Takes the job up again: it computes again, asks again, lands again, and submits only what was never sent.
 */
void
reshoot_session_resume_async (ReshootSession      *self,
                              ReshootProject      *project,
                              ReshootStep         *step,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (ReshootJob) job = NULL;
  GError *error = NULL;
  Resume *resume;

  g_return_if_fail (RESHOOT_IS_SESSION (self));
  g_return_if_fail (RESHOOT_IS_PROJECT (project) && RESHOOT_IS_STEP (step));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_session_resume_async);
  g_task_set_check_cancellable (task, FALSE);
  if (g_task_return_error_if_cancelled (task))
    return;

  resume = g_new0 (Resume, 1);
  resume->project = g_object_ref (project);
  resume->step = g_object_ref (step);
  g_task_set_task_data (task, resume, (GDestroyNotify) resume_free);

  job = find_job (self, step);
  if (job != NULL)
    g_task_return_pointer (task, g_steal_pointer (&job), g_object_unref);
  else if (!check_resume (self, resume, &error))
    g_task_return_error (task, error);
  else if (reshoot_step_get_state (step) == RESHOOT_STEP_WAITING &&
           reshoot_step_get_price (step)->estimate != 0)
    {
      ReshootSpending spending = make_spending (self, project, reshoot_step_get_uuid (step),
                                                resume->model,
                                                reshoot_step_get_price (step)->estimate);

      reshoot_index_reserve_async (self->index, &spending, 1, NULL, resume_reserved_cb,
                                   g_steal_pointer (&task));
    }
  else
    resume_job (g_steal_pointer (&task));
}

/**
 * reshoot_session_resume_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "nothing-to-resume" or "model", and with %RESHOOT_ERROR_BUDGET.
 *
 * Returns: (transfer full): the job; the one that runs already where there is one
 */
ReshootJob *
reshoot_session_resume_finish (ReshootSession  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_session_resume_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
