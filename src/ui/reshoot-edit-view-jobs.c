/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Starting, following, cancelling and repeating edits from the view. The work itself belongs to the session and goes on
 * without us; here is only what the person sees of it. */

#include "config.h"

#include "reshoot-edit-view-private.h"

#include "reshoot-agreement.h"
#include "reshoot-error.h"

/* What the person asked for, until it is stored. */
typedef struct
{
  ReshootEditView *view;        /* (owned) */
  ReshootProject  *project;     /* (owned) */
  ReshootStep     *source;      /* (owned) */
  GPtrArray       *requests;    /* (owned): one, or several as a row */
  gboolean         from_panel;  /* the words stand in the panel until they are taken */
} Edit;

/* A job that is waited for. */
typedef struct
{
  ReshootEditView *view;        /* (owned) */
  ReshootProject  *project;     /* (owned) */
} Wait;

static void
edit_free (Edit *edit)
{
  g_clear_object (&edit->view);
  g_clear_object (&edit->project);
  g_clear_object (&edit->source);
  g_clear_pointer (&edit->requests, g_ptr_array_unref);
  g_free (edit);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Edit, edit_free)

static void
wait_free (Wait *wait)
{
  g_clear_object (&wait->view);
  g_clear_object (&wait->project);
  g_free (wait);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Wait, wait_free)

static Wait *
wait_new (ReshootEditView *self)
{
  Wait *wait = g_new0 (Wait, 1);

  wait->view = g_object_ref (self);
  wait->project = g_object_ref (self->project);
  return wait;
}

/* That the head goes to what the person waits for is the project's doing; here it is only told. */
static void
waited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Wait) wait = user_data;
  g_autoptr (GError) error = NULL;
  ReshootJob *job = RESHOOT_JOB (source);
  ReshootStep *step = reshoot_job_get_step (job);
  gboolean done = reshoot_job_wait_finish (job, result, &error);
  gboolean cancelled = g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  if (wait->view->project != wait->project)
    return;

  if (done)
    {
      GPtrArray *steps = reshoot_job_get_steps (job);

      for (guint i = 0; i < steps->len; i++)
        reshoot_edit_view_arrive (wait->view, steps->pdata[i]);
    }
  else if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_UNSURE)
           && reshoot_step_get_parent (step) == reshoot_edit_view_get_head (wait->view))
    reshoot_edit_view_show_cutout (wait->view, step);   /* who waits for it can say where the product is */
  else if (!cancelled)
    reshoot_edit_view_fail (wait->view, error, step);
  else if (reshoot_step_get_state (step) == RESHOOT_STEP_CANCELLED)
    reshoot_edit_view_tell_cancelled (wait->view, step);
}

/* Takes the wait. */
static void
follow (Wait       *wait,
        ReshootJob *job)
{
  reshoot_history_view_follow (wait->view->history, reshoot_job_get_step (job));
  reshoot_job_wait_async (job, wait->view->cancellable, waited_cb, wait);
}

/* Taken, and kept with the step: the field is free for the next words, unless they are there already. */
static void
free_panel (ReshootEditView *self,
            ReshootRequest  *request)
{
  g_autofree char *words = reshoot_instruction_panel_dup_instruction (self->panel);

  if (g_strcmp0 (words, reshoot_request_get_instruction (request)) == 0)
    reshoot_instruction_panel_set_instruction (self->panel, "");

  /* Folded, the panel lies over the picture that is about to change. */
  if (adw_flap_get_folded (self->instruction_flap))
    adw_flap_set_reveal_flap (self->instruction_flap, FALSE);
}

/* Another project's words are another matter. */
static void
end_starting (Edit *edit)
{
  if (edit->from_panel && edit->view->project == edit->project)
    reshoot_instruction_panel_set_starting (edit->view->panel, FALSE);
}

static void
row_started_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (Edit) edit = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) jobs = reshoot_session_edit_row_finish (RESHOOT_SESSION (source), result,
                                                                &error);

  end_starting (edit);
  if (jobs == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reshoot_edit_view_fail (edit->view, error, NULL);
      return;
    }

  if (edit->view->project != edit->project)
    return;

  if (edit->from_panel)
    free_panel (edit->view, edit->requests->pdata[0]);

  for (guint i = 0; i < jobs->len; i++)
    follow (wait_new (edit->view), jobs->pdata[i]);
}

static void
agreed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Edit) agreed = user_data;
  g_autoptr (GError) error = NULL;
  ReshootEditView *view = agreed->view;
  Edit *edit;

  if (!reshoot_agreement_ask_finish (result, &error))
    {
      end_starting (agreed);
      /* A no is an answer, not an error. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reshoot_edit_view_fail (view, error, NULL);
      return;
    }

  if (view->project != agreed->project)
    return;

  edit = g_steal_pointer (&agreed);
  reshoot_session_edit_row_async (view->session, edit->project, edit->source,
                                  (ReshootRequest *const *) edit->requests->pdata,
                                  edit->requests->len, view->cancellable, row_started_cb, edit);
}

/**
 * reshoot_edit_view_submit:
 * @self: the view
 * @source: what to edit
 * @requests: (array length=n): what is asked, of several models or several times as one row
 * @n: how many, at least one
 * @from_panel: whether the words stand in the panel, to be taken from there
 *
 * Asks the person where that is needed, then makes the edits. What comes of them is told by signals.
 */
void
reshoot_edit_view_submit (ReshootEditView       *self,
                          ReshootStep           *source,
                          ReshootRequest *const *requests,
                          guint                  n,
                          gboolean               from_panel)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->view = g_object_ref (self);
  edit->project = g_object_ref (self->project);
  edit->source = g_object_ref (source);
  edit->requests = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (edit->requests, g_object_ref (requests[i]));
  edit->from_panel = from_panel;
  if (from_panel)
    reshoot_instruction_panel_set_starting (self->panel, TRUE);
  reshoot_agreement_ask_async (GTK_WIDGET (self), self->session, requests, n, self->cancellable,
                               agreed_cb, edit);
}

/* What the panel asks for: each model as often as there are takes. */
static GPtrArray *
dup_requests (ReshootEditView  *self,
              GError          **error)
{
  GListModel *models = reshoot_instruction_panel_get_models (self->panel);
  guint n_takes = reshoot_instruction_panel_get_takes (self->panel);
  g_autofree char *instruction = reshoot_instruction_panel_dup_instruction (self->panel);
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (models, i);
      g_autoptr (JsonObject) parameters =
        reshoot_instruction_panel_dup_parameters (self->panel, model);
      g_autoptr (ReshootRequest) request =
        reshoot_edit_view_dup_request (self, instruction, model, parameters, error);

      if (request == NULL)
        return NULL;

      for (guint take = 0; take < n_takes; take++)
        g_ptr_array_add (requests, g_object_ref (request));
    }

  return g_steal_pointer (&requests);
}

static void
edit_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (widget);
  ReshootStep *head = reshoot_edit_view_get_head (self);
  g_autoptr (GPtrArray) requests = NULL;
  g_autoptr (GError) error = NULL;

  if (head == NULL || !reshoot_instruction_panel_get_ready (self->panel))
    return;

  requests = dup_requests (self, &error);
  if (requests == NULL)
    reshoot_edit_view_fail (self, error, NULL);
  else
    reshoot_edit_view_submit (self, head, (ReshootRequest *const *) requests->pdata, requests->len,
                              TRUE);
}

static void
cancel_step_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (widget);
  ReshootStep *step = reshoot_edit_view_get_step (self, parameter);
  GListModel *jobs = reshoot_session_get_jobs (self->session);

  for (guint i = 0; step != NULL && i < g_list_model_get_n_items (jobs); i++)
    {
      g_autoptr (ReshootJob) job = g_list_model_get_item (jobs, i);

      if (reshoot_job_get_step (job) == step)
        {
          reshoot_job_cancel (job);
          return;
        }
    }
}

/* A new request with the same words, beside the one that failed: what failed stays on record. */
static void
retry_step_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (widget);
  ReshootStep *step = reshoot_edit_view_get_step (self, parameter);
  ReshootRequest *request = step != NULL ? reshoot_step_get_request (step) : NULL;

  if (request != NULL)
    reshoot_edit_view_submit (self, reshoot_step_get_parent (step), &request, 1, FALSE);
}

/* What the service was asked for already, perhaps paid: the same task is looked up again, and nothing is submitted. */
static void
ask_again_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (widget);
  ReshootStep *step = reshoot_edit_view_get_step (self, parameter);

  if (step != NULL)
    reshoot_edit_view_resume (self, step);
}

void
reshoot_edit_view_install_job_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "view.edit", NULL, edit_cb);
  gtk_widget_class_install_action (widget_class, "view.cancel-step", "x", cancel_step_cb);
  gtk_widget_class_install_action (widget_class, "view.retry-step", "x", retry_step_cb);
  gtk_widget_class_install_action (widget_class, "view.ask-again", "x", ask_again_cb);
}

/* A step that is being taken up again. */
typedef struct
{
  Wait        *wait;   /* (owned) (nullable) */
  ReshootStep *step;   /* (owned) */
} Resume;

static void
resumed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autofree Resume *resume = user_data;
  g_autoptr (Wait) wait = resume->wait;
  g_autoptr (ReshootStep) step = resume->step;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootJob) job = reshoot_session_resume_finish (RESHOOT_SESSION (source), result,
                                                              &error);

  if (wait->view->project != wait->project)
    return;

  if (job == NULL)
    reshoot_edit_view_fail (wait->view, error, step);
  else
    follow (g_steal_pointer (&wait), job);
}

/**
 * reshoot_edit_view_resume:
 * @self: the view
 * @step: a step that was left behind before it came to its end, or whose end is in doubt
 *
 * Takes its job up again; nothing is submitted twice.
 */
void
reshoot_edit_view_resume (ReshootEditView *self,
                          ReshootStep     *step)
{
  Resume *resume;

  g_return_if_fail (RESHOOT_IS_EDIT_VIEW (self));
  g_return_if_fail (RESHOOT_IS_STEP (step));

  resume = g_new0 (Resume, 1);
  resume->wait = wait_new (self);
  resume->step = g_object_ref (step);
  reshoot_session_resume_async (self->session, self->project, step, NULL, resumed_cb, resume);
}
