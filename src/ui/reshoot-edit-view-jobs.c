/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Starting, following, cancelling and repeating edits from the view. The work itself belongs to the session and goes on
 * without us; here is only what the person sees of it. */

#include "config.h"

#include "reshoot-edit-view-private.h"

#include "reshoot-agreement.h"

/* One edit as the person started it. */
typedef struct
{
  ReshootEditView *view;        /* (owned) */
  ReshootProject  *project;     /* (owned) */
  ReshootStep     *source;      /* (owned) (nullable): none for one that is taken up again */
  ReshootRequest  *request;     /* (owned) (nullable): as the source */
  ReshootStep     *step;        /* (owned) (nullable): once it is there */
  gboolean         from_panel;  /* the words stand in the panel until they are taken */
} Edit;

static void
edit_free (Edit *edit)
{
  g_clear_object (&edit->view);
  g_clear_object (&edit->project);
  g_clear_object (&edit->source);
  g_clear_object (&edit->request);
  g_clear_object (&edit->step);
  g_free (edit);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Edit, edit_free)

/* That the head goes to what the person waits for is the project's doing; here only a failure is told. */
static void
waited_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Edit) edit = user_data;
  g_autoptr (GError) error = NULL;

  if (!reshoot_job_wait_finish (RESHOOT_JOB (source), result, &error)
      && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && edit->view->project == edit->project)
    reshoot_edit_view_fail (edit->view, error, edit->source);
}

static void
follow (Edit       *edit,
        ReshootJob *job)
{
  edit->step = g_object_ref (reshoot_job_get_step (job));
  reshoot_job_wait_async (job, edit->view->cancellable, waited_cb, edit);
}

static void
edit_started_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Edit) edit = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootJob) job = reshoot_session_edit_finish (RESHOOT_SESSION (source), result,
                                                            &error);

  if (job == NULL)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reshoot_edit_view_fail (edit->view, error, NULL);
      return;
    }

  /* Taken, and kept with the step: the field is free for the next words, unless they are there already. */
  if (edit->from_panel)
    {
      g_autofree char *words = reshoot_instruction_panel_dup_instruction (edit->view->panel);

      if (g_strcmp0 (words, reshoot_request_get_instruction (edit->request)) == 0)
        reshoot_instruction_panel_set_instruction (edit->view->panel, "");

      /* Folded, the panel lies over the picture that is about to change. */
      if (adw_flap_get_folded (edit->view->instruction_flap))
        adw_flap_set_reveal_flap (edit->view->instruction_flap, FALSE);
    }

  follow (g_steal_pointer (&edit), job);
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
      /* A no is an answer, not an error. */
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        reshoot_edit_view_fail (view, error, NULL);
      return;
    }

  if (view->project != agreed->project)
    return;

  edit = g_steal_pointer (&agreed);
  reshoot_session_edit_async (view->session, edit->project, edit->source, edit->request,
                              view->cancellable,
                              edit_started_cb, edit);
}

static void
start (ReshootEditView *self,
       ReshootStep     *source,
       ReshootRequest  *request,
       ReshootModel    *model,
       gboolean         from_panel)
{
  Edit *edit = g_new0 (Edit, 1);

  edit->view = g_object_ref (self);
  edit->project = g_object_ref (self->project);
  edit->source = g_object_ref (source);
  edit->request = g_object_ref (request);
  edit->from_panel = from_panel;
  reshoot_agreement_ask_async (GTK_WIDGET (self), self->session, model, self->cancellable,
                               agreed_cb, edit);
}

static void
edit_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (widget);
  ReshootStep *head = reshoot_edit_view_get_head (self);
  ReshootModel *model = reshoot_instruction_panel_get_model (self->panel);
  g_autofree char *instruction = reshoot_instruction_panel_dup_instruction (self->panel);
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (GError) error = NULL;

  if (head == NULL || model == NULL || !reshoot_instruction_panel_get_ready (self->panel))
    return;

  request = reshoot_edit_view_dup_request (self, instruction, model, NULL, &error);
  if (request == NULL)
    {
      reshoot_edit_view_fail (self, error, NULL);
      return;
    }

  start (self, head, request, model, TRUE);
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
  ReshootModel *model = NULL;

  if (request != NULL)
    model = reshoot_catalogue_get_model (reshoot_session_get_catalogue (self->session),
                                         reshoot_request_get_model (request));

  if (model != NULL)
    start (self, reshoot_step_get_parent (step), request, model, FALSE);
}

void
reshoot_edit_view_install_job_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "view.edit", NULL, edit_cb);
  gtk_widget_class_install_action (widget_class, "view.cancel-step", "x", cancel_step_cb);
  gtk_widget_class_install_action (widget_class, "view.retry-step", "x", retry_step_cb);
}

static void
resumed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (Edit) edit = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootJob) job = reshoot_session_resume_finish (RESHOOT_SESSION (source), result,
                                                              &error);

  if (job == NULL)
    reshoot_edit_view_fail (edit->view, error, edit->step);
  else
    follow (g_steal_pointer (&edit), job);
}

/**
 * reshoot_edit_view_resume:
 * @self: the view
 * @step: a step that was left behind before it came to its end
 *
 * Takes its job up again; nothing is submitted twice.
 */
void
reshoot_edit_view_resume (ReshootEditView *self,
                          ReshootStep     *step)
{
  Edit *edit;

  g_return_if_fail (RESHOOT_IS_EDIT_VIEW (self));
  g_return_if_fail (RESHOOT_IS_STEP (step));

  edit = g_new0 (Edit, 1);
  edit->view = g_object_ref (self);
  edit->project = g_object_ref (self->project);
  edit->source = g_object_ref (step);
  reshoot_session_resume_async (self->session, self->project, step, NULL, resumed_cb, edit);
}
