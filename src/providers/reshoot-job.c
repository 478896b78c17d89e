/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootJob: the only engine. It takes one step from its request to its picture: something happens, the table says
 * what follows, that is stored in the project, and only then it is done. So a program that ends at any moment finds in
 * the project what it needs to go on, and nothing is paid twice. What is done is in two other files: -remote (calls,
 * waiting, money) and -local (the studio, landing), and how it is stored is in -store; this one is the order in
 * which it happens. */

#include "reshoot-job.h"
#include "reshoot-error.h"
#include "reshoot-job-private.h"
#include "reshoot-json-read.h"

G_DEFINE_FINAL_TYPE (ReshootJob, reshoot_job, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_STEP,
  PROP_FINISHED,
  PROP_OBSTACLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  SIGNAL_CROWDED,
  SIGNAL_SIBLING,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
return_to_waiter (ReshootJob *self,
                  GTask      *waiter)
{
  if (self->state == RESHOOT_STEP_DONE)
    g_task_return_boolean (waiter, TRUE);
  else if (self->state == RESHOOT_STEP_CANCELLED)
    g_task_return_new_error (waiter, G_IO_ERROR, G_IO_ERROR_CANCELLED, "cancelled");
  else if (self->error != NULL)
    g_task_return_error (waiter, g_error_copy (self->error));
  else
    g_task_return_error (waiter, reshoot_error_new (RESHOOT_ERROR_FAILED, NULL, NULL, "over in state %s",
                                                    reshoot_step_state_to_string (self->state)));
}

static void
rest (ReshootJob *self)
{
  G_GNUC_UNUSED g_autoptr (ReshootJob) alive = g_object_ref (self);
  g_autoptr (GPtrArray) waiters = g_steal_pointer (&self->waiters);

  self->waiters = g_ptr_array_new_with_free_func (g_object_unref);
  self->finished = TRUE;
  reshoot_job_stop_listening (self);
  reshoot_call_clear (&self->call);
  g_clear_pointer (&self->key, g_free);
  reshoot_job_clear_input (self);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  if (reshoot_job_get_reply (self) == NULL)
    g_clear_object (&self->reply);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FINISHED]);

  for (guint i = 0; i < waiters->len; i++)
    return_to_waiter (self, waiters->pdata[i]);
}

static gboolean
has_open_siblings (ReshootJob *self)
{
  for (guint i = 0; i < self->siblings->len; i++)
    if (!reshoot_job_get_finished (self->siblings->pdata[i]))
      return TRUE;

  return FALSE;
}

static void
run_effect (ReshootJob *self)
{
  switch (self->effect)
    {
    case RESHOOT_JOB_DO_PREPARE:
      reshoot_job_prepare (self);
      break;
    case RESHOOT_JOB_DO_SEND:
      reshoot_job_send (self);
      break;
    case RESHOOT_JOB_DO_SEND_LATER:
      reshoot_job_send_later (self);
      break;
    case RESHOOT_JOB_DO_POLL:
      reshoot_job_poll (self);
      break;
    case RESHOOT_JOB_DO_DOWNLOAD:
      reshoot_job_download (self);
      break;
    case RESHOOT_JOB_DO_COMPUTE:
      reshoot_job_compute (self);
      break;
    case RESHOOT_JOB_DO_LAND:
      reshoot_job_land (self);
      break;
    case RESHOOT_JOB_DO_STOP:
      reshoot_job_stop (self);
      break;
    case RESHOOT_JOB_DO_REST:
      self->is_done = TRUE;
      if (!has_open_siblings (self))
        rest (self);
      break;
    case RESHOOT_JOB_DO_NOTHING:
    default:
      break;
    }
}

static void
sibling_finished_cb (ReshootJob *sibling,
                     GParamSpec *pspec,
                     gpointer    user_data)
{
  ReshootJob *self = user_data;

  if (!reshoot_job_is_stopped (self) && self->is_done && !has_open_siblings (self))
    rest (self);
}

/* For the job's files: another picture came along, which is @step's. It has a job of its own, but who waits for this
 * one waits for all that the request brought. */
void
reshoot_job_add_sibling (ReshootJob  *self,
                         ReshootStep *step)
{
  ReshootJob *sibling;

  if (reshoot_job_is_stopped (self))
    return;

  sibling = reshoot_job_new (self->project, step, &self->means);
  sibling->sent = self->sent;
  sibling->knows_sent = self->knows_sent;
  g_ptr_array_add (self->siblings, sibling);
  g_signal_connect_object (sibling, "notify::finished", G_CALLBACK (sibling_finished_cb), self, 0);
  g_signal_emit (self, signals[SIGNAL_SIBLING], 0, sibling);
}

/* For the job's files: whether nothing more is to be done, because the program lets go of it. */
gboolean
reshoot_job_is_stopped (ReshootJob *self)
{
  return self->let_go || self->finished;
}

static char *
dup_ticket_id (const char *ticket)
{
  g_autoptr (GBytes) bytes = ticket != NULL ? g_bytes_new (ticket, strlen (ticket)) : NULL;
  g_autoptr (JsonObject) object = bytes != NULL ? reshoot_json_parse_object (bytes, NULL) : NULL;

  return g_strdup (reshoot_json_get_string (object, "id"));
}

/* Whether a job's new facts differ from what is stored already: "still running" is said many times. */
static gboolean
says_something_new (ReshootJob            *self,
                    const ReshootJobFacts *facts)
{
  return reshoot_step_get_state (self->step) != facts->state || facts->ticket != NULL ||
         facts->error != NULL || facts->charged >= 0 || facts->quoted >= 0 || facts->settled >= 0 ||
         facts->seconds >= 0;
}

/* For the job's files: takes the table's answer over into the job and into @facts, which are then to be stored by
 * whoever asked, and followed by reshoot_job_end_move(). */
gboolean
reshoot_job_begin_move (ReshootJob      *self,
                        ReshootJobEvent  event,
                        ReshootJobFacts *facts)
{
  ReshootJobMove move = reshoot_job_machine_move (self->state, event);

  if (reshoot_job_is_stopped (self) || !move.possible)
    return FALSE;

  g_debug ("step %" G_GINT64_FORMAT ": %s, then %s", reshoot_step_get_id (self->step),
           reshoot_job_event_to_string (event), reshoot_job_effect_to_string (move.effect));

  self->state = move.state;
  self->effect = move.effect;

  facts->state = move.state;
  if (facts->charged < 0)
    facts->charged = move.charged;
  if (reshoot_model_get_is_local (self->means.model))
    facts->charged = RESHOOT_CHARGED_NO;

  if (facts->ticket != NULL && facts->ticket != self->ticket)
    {
      g_free (self->ticket);
      self->ticket = g_strdup (facts->ticket);
    }

  g_clear_error (&self->error);
  if (facts->error != NULL)
    self->error = g_error_copy (facts->error);

  return TRUE;
}

/* What could not be stored is not done. A ticket that could not be stored is told to the person. */
static void
rest_unstored (ReshootJob   *self,
               const GError *error)
{
  g_autofree char *id = dup_ticket_id (self->ticket);
  gboolean in_doubt = self->ticket != NULL && reshoot_step_get_ticket (self->step) == NULL;

  g_clear_error (&self->error);
  if (in_doubt)
    self->error = reshoot_error_new (RESHOOT_ERROR_UNKNOWN_PAYMENT, "not-stored", id, "%s", error->message);
  else
    self->error = g_error_copy (error);

  self->state = reshoot_step_get_state (self->step);
  rest (self);
}

/* For the job's files: @error is what storing said. */
void
reshoot_job_end_move (ReshootJob   *self,
                      const GError *error)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);

  if (reshoot_job_is_stopped (self))
    return;

  if (error != NULL)
    rest_unstored (self, error);
  else if (self->cancelling && self->effect != RESHOOT_JOB_DO_REST &&
           reshoot_job_machine_move (self->state, RESHOOT_JOB_CANCEL).possible)
    reshoot_job_move (self, RESHOOT_JOB_CANCEL, &facts);
  else
    run_effect (self);
}

/* For the job's files: what happened is looked up, stored, and followed. */
void
reshoot_job_move (ReshootJob      *self,
                  ReshootJobEvent  event,
                  ReshootJobFacts *facts)
{
  if (!reshoot_job_begin_move (self, event, facts))
    return;

  if (says_something_new (self, facts))
    reshoot_job_store (self, facts, NULL);
  else
    reshoot_job_end_move (self, NULL);
}

/* For the job's files: a way to end. A cancellation is one whatever the event would have been. */
void
reshoot_job_fail (ReshootJob      *self,
                  ReshootJobEvent  event,
                  const GError    *error,
                  int              charged)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);
  g_autofree char *id = dup_ticket_id (self->ticket);
  g_autoptr (GError) doubt = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      reshoot_job_move (self, RESHOOT_JOB_CANCEL, &facts);
      return;
    }

  facts.charged = charged;
  facts.quoted = self->quoted;
  facts.error = error;
  if (self->ticket != NULL && reshoot_step_get_ticket (self->step) == NULL)
    facts.ticket = self->ticket;

  /* A key that went bad is mended in another place than a payment one does not know of. */
  if (event == RESHOOT_JOB_DOUBT && !g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_AUTH))
    {
      doubt = reshoot_error_new (RESHOOT_ERROR_UNKNOWN_PAYMENT, reshoot_error_get_reason (error),
                                 id,
                                 "%s", error->message);
      facts.error = doubt;
    }

  reshoot_job_move (self, event, &facts);
}

static void
means_clear (ReshootJobMeans *means)
{
  g_clear_object (&means->model);
  g_clear_object (&means->provider);
  g_clear_pointer (&means->address, reshoot_address_unref);
  g_clear_pointer (&means->description, json_object_unref);
  g_clear_object (&means->publisher);
  g_clear_pointer (&means->publisher_address, reshoot_address_unref);
  g_clear_pointer (&means->publisher_description, json_object_unref);
  g_clear_object (&means->http);
  g_clear_object (&means->keys);
}

static void
reshoot_job_finalize (GObject *object)
{
  ReshootJob *self = RESHOOT_JOB (object);

  means_clear (&self->means);
  g_clear_object (&self->project);
  g_clear_object (&self->step);
  g_clear_object (&self->cancellable);
  g_clear_object (&self->reply);
  reshoot_job_clear_input (self);
  g_clear_pointer (&self->references, g_ptr_array_unref);
  g_clear_pointer (&self->results, g_ptr_array_unref);
  g_clear_pointer (&self->pictures, g_ptr_array_unref);
  g_clear_pointer (&self->made, g_ptr_array_unref);
  g_clear_pointer (&self->siblings, g_ptr_array_unref);
  g_clear_error (&self->error);
  g_clear_error (&self->obstacle);
  g_clear_pointer (&self->news, reshoot_job_news_free);
  g_clear_pointer (&self->ticket, g_free);
  g_clear_pointer (&self->key, g_free);
  g_clear_pointer (&self->waiters, g_ptr_array_unref);
  reshoot_call_clear (&self->call);
  reshoot_job_stop_listening (self);
  g_clear_pointer (&self->pause, g_source_unref);

  G_OBJECT_CLASS (reshoot_job_parent_class)->finalize (object);
}

static void
reshoot_job_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  ReshootJob *self = RESHOOT_JOB (object);

  switch (prop_id)
    {
    case PROP_STEP:
      g_value_set_object (value, self->step);
      break;
    case PROP_FINISHED:
      g_value_set_boolean (value, self->finished);
      break;
    case PROP_OBSTACLE:
      g_value_set_boxed (value, self->obstacle);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_job_class_init (ReshootJobClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = reshoot_job_finalize;
  object_class->get_property = reshoot_job_get_property;

  properties[PROP_STEP] = g_param_spec_object ("step", NULL, NULL, RESHOOT_TYPE_STEP, flags);
  properties[PROP_FINISHED] = g_param_spec_boolean ("finished", NULL, NULL, FALSE, flags);
  properties[PROP_OBSTACLE] = g_param_spec_boxed ("obstacle", NULL, NULL, G_TYPE_ERROR, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  /* The service has too many at once. Returns: whether someone says when there is a place. */
  signals[SIGNAL_CROWDED] = g_signal_new ("crowded", RESHOOT_TYPE_JOB, G_SIGNAL_RUN_LAST, 0,
                                          g_signal_accumulator_true_handled, NULL, NULL,
                                          G_TYPE_BOOLEAN, 0);

  /* A picture came along that makes a step of its own: its job, which is to be started. */
  signals[SIGNAL_SIBLING] = g_signal_new ("sibling", RESHOOT_TYPE_JOB, G_SIGNAL_RUN_LAST, 0, NULL,
                                          NULL, NULL, G_TYPE_NONE, 1, RESHOOT_TYPE_JOB);
}

static void
reshoot_job_init (ReshootJob *self)
{
  self->quoted = RESHOOT_MONEY_UNKNOWN;
  self->cancellable = g_cancellable_new ();
  self->waiters = g_ptr_array_new_with_free_func (g_object_unref);
  self->told = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_WAITING);
  self->references = g_ptr_array_new_with_free_func (g_object_unref);
  self->made = g_ptr_array_new_with_free_func (g_object_unref);
  self->siblings = g_ptr_array_new_with_free_func (g_object_unref);
}

/* For the session alone: a job for a step that is stored in @project. */
ReshootJob *
reshoot_job_new (ReshootProject        *project,
                 ReshootStep           *step,
                 const ReshootJobMeans *means)
{
  ReshootJob *self = g_object_new (RESHOOT_TYPE_JOB, NULL);

  self->project = g_object_ref (project);
  self->step = g_object_ref (step);
  g_ptr_array_add (self->made, g_object_ref (step));
  self->state = reshoot_step_get_state (step);
  self->ticket = g_strdup (reshoot_step_get_ticket (step));

  self->means = *means;
  g_object_ref (self->means.model);
  g_object_ref (self->means.provider);
  if (self->means.address != NULL)
    reshoot_address_ref (self->means.address);
  json_object_ref (self->means.description);
  if (self->means.publisher != NULL)
    {
      g_object_ref (self->means.publisher);
      reshoot_address_ref (self->means.publisher_address);
      json_object_ref (self->means.publisher_description);
    }
  g_object_ref (self->means.http);
  g_object_ref (self->means.keys);

  return self;
}

gboolean
reshoot_job_get_started (ReshootJob *self)
{
  return self->started;
}

ReshootProject *
reshoot_job_get_project (ReshootJob *self)
{
  return self->project;
}

ReshootModel *
reshoot_job_get_model (ReshootJob *self)
{
  return self->means.model;
}

/* For the queue alone: the turn has come. A new job and one that a stop of the program left behind begin alike. */
void
reshoot_job_start (ReshootJob *self)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);
  g_autoptr (GError) doubt = NULL;
  ReshootJobEvent event;

  if (self->started || self->finished)
    return;

  self->started = TRUE;
  self->delay = self->means.times.first_delay;
  self->is_unsure = self->state == RESHOOT_STEP_SENDING;
  event = reshoot_job_machine_take_up (self->state, reshoot_model_get_is_local (self->means.model),
                                       self->ticket != NULL);

  /* Sent or not: the program ended in between, and there is no ticket. */
  if (reshoot_job_machine_move (self->state, event).state == RESHOOT_STEP_UNKNOWN)
    {
      doubt = reshoot_error_new (RESHOOT_ERROR_UNKNOWN_PAYMENT, "interrupted",
                                 reshoot_model_get_provider (self->means.model),
                                 "stopped in state %s, without a ticket",
                                 reshoot_step_state_to_string (self->state));
      facts.error = doubt;
    }

  reshoot_job_move (self, event, &facts);
}

/* For the session alone: stops without a word in the project, as if the program had ended. */
void
reshoot_job_let_go (ReshootJob *self)
{
  if (self->finished || self->let_go)
    return;

  self->let_go = TRUE;
  reshoot_job_stop_retry (self);
  g_cancellable_cancel (self->cancellable);
  g_clear_error (&self->error);
  self->error = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "let go of");
  rest (self);
}

/**
 * reshoot_job_get_step:
 * @self: a job
 *
 * Returns: (transfer none): the step it works for
 */
ReshootStep *
reshoot_job_get_step (ReshootJob *self)
{
  g_return_val_if_fail (RESHOOT_IS_JOB (self), NULL);

  return self->step;
}

/**
 * reshoot_job_get_steps:
 * @self: a job
 *
 * Returns: (transfer none) (element-type ReshootStep): the step it works for, and after it those that the other
 *   pictures made which came with its own
 */
GPtrArray *
reshoot_job_get_steps (ReshootJob *self)
{
  g_return_val_if_fail (RESHOOT_IS_JOB (self), NULL);

  return self->made;
}

/**
 * reshoot_job_get_finished:
 * @self: a job
 *
 * Returns: whether it is over, one way or another; the step says which
 */
gboolean
reshoot_job_get_finished (ReshootJob *self)
{
  g_return_val_if_fail (RESHOOT_IS_JOB (self), FALSE);

  return self->finished;
}

/* For the queue: whether the service is at work on it, as far as is known. */
gboolean
reshoot_job_get_in_flight (ReshootJob *self)
{
  return self->started && !self->finished && self->state >= RESHOOT_STEP_SENDING &&
         self->state < RESHOOT_STEP_RECEIVED;
}

/* For the queue: whether all that a service had to do for it is done, so that it needs no place there. */
gboolean
reshoot_job_get_is_here (ReshootJob *self)
{
  return self->state == RESHOOT_STEP_RECEIVED || self->state == RESHOOT_STEP_LANDING;
}

/* For the queue: whether it waits for reshoot_job_release(). */
gboolean
reshoot_job_get_is_held (ReshootJob *self)
{
  return self->is_held;
}

/* For the queue: there is a place. */
void
reshoot_job_release (ReshootJob *self)
{
  if (!self->is_held)
    return;

  self->is_held = FALSE;
  reshoot_job_hurry (self);
}

/* For the job's files: whether someone, who knows of the others, says when there is a place at the service again. */
gboolean
reshoot_job_ask_for_place (ReshootJob *self)
{
  gboolean is_held = FALSE;

  g_signal_emit (self, signals[SIGNAL_CROWDED], 0, &is_held);
  self->is_held = is_held;
  return is_held;
}

/**
 * reshoot_job_cancel:
 * @self: a job
 *
 * Stops it. What was not sent is not charged; what was sent may be, and its ticket is kept, so that it can be asked for
 * later. Where the service can be told to stop it is told once; [method@Model.get_cancel] says what that is worth. A
 * picture that is already here is kept as it came, without its landing: the job then finishes. Where it is held up
 * because it cannot be stored, it ends with that error, and [method@Job.get_reply] has the picture. Does nothing to a
 * job that is over.
 */
void
reshoot_job_cancel (ReshootJob *self)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (self->state);

  g_return_if_fail (RESHOOT_IS_JOB (self));

  if (self->finished || self->cancelling)
    return;

  self->cancelling = TRUE;
  g_cancellable_cancel (self->cancellable);
  for (guint i = 0; i < self->siblings->len; i++)
    reshoot_job_cancel (self->siblings->pdata[i]);

  /* In the queue nothing is under way that would notice. */
  if (!self->started)
    {
      self->started = TRUE;
      reshoot_job_move (self, RESHOOT_JOB_CANCEL, &facts);
    }
  else
    {
      reshoot_job_stop_holding (self);
    }
}

static void
wait_cancelled_cb (GCancellable *cancellable,
                   gpointer      user_data)
{
  g_autoptr (GTask) waiter = g_object_ref (user_data);
  ReshootJob *self = g_task_get_source_object (waiter);

  if (g_ptr_array_remove (self->waiters, waiter))
    g_task_return_error_if_cancelled (waiter);
}

/**
 * reshoot_job_wait_async:
 * @self: a job
 * @cancellable: (nullable): to stop waiting, which does not stop the job
 * @callback: called when the job is over
 * @user_data: for @callback
 */
void
reshoot_job_wait_async (ReshootJob          *self,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) waiter = NULL;

  g_return_if_fail (RESHOOT_IS_JOB (self));

  waiter = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (waiter, reshoot_job_wait_async);

  if (g_task_return_error_if_cancelled (waiter))
    return;

  if (self->finished)
    {
      return_to_waiter (self, waiter);
      return;
    }

  g_ptr_array_add (self->waiters, g_object_ref (waiter));
  if (cancellable != NULL)
    g_signal_connect_object (cancellable, "cancelled", G_CALLBACK (wait_cancelled_cb), waiter, 0);
}

/**
 * reshoot_job_wait_finish:
 * @self: a job
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Fails with the step's own error, and with %G_IO_ERROR_CANCELLED where the job or the wait was cancelled.
 *
 * Returns: whether the step has its picture
 */
gboolean
reshoot_job_wait_finish (ReshootJob    *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_job_wait_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
