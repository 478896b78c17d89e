/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the person is told when a job comes to its end. That a step is there shows in the history; if the window is not
 * the one in front, the desktop is told too. What failed, what may have been charged, and what a cancel meant to the
 * service is never only a toast: it stays until it is closed. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-history-entries.h"
#include "reshoot-step-words.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>

static char *
dup_notification_id (ReshootStep *step)
{
  return g_strdup_printf ("step-%s", reshoot_step_get_uuid (step));
}

/* Nobody is called back to where they are already, nor told a name while they vote. */
static void
notify_desktop (ReshootWindow *self,
                ReshootStep   *step,
                const char    *title,
                const char    *body)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));
  g_autoptr (GNotification) notification = NULL;
  g_autofree char *id = NULL;
  g_autofree char *uri = NULL;

  if (application == NULL || gtk_window_is_active (GTK_WINDOW (self))
      || reshoot_window_is_blind (self)
      || g_application_get_dbus_connection (G_APPLICATION (application)) == NULL)
    return;

  id = dup_notification_id (step);
  uri = g_file_get_uri (reshoot_project_get_file (self->project));
  notification = g_notification_new (title);
  g_notification_set_body (notification, body);
  g_notification_set_default_action_and_target (notification, "app.show-step", "(sx)", uri,
                                                reshoot_step_get_id (step));
  /* Translators: a button of a notification: to look at the step that it is about. */
  g_notification_add_button_with_target (notification, C_("notification", "Show"), "app.show-step",
                                         "(sx)", uri, reshoot_step_get_id (step));
  g_application_send_notification (G_APPLICATION (application), id, notification);
  g_ptr_array_add (self->notifications, g_steal_pointer (&id));
}

/* Who is here again has no need to be called. */
static void
active_changed_cb (ReshootWindow *self)
{
  GtkApplication *application = gtk_window_get_application (GTK_WINDOW (self));

  if (!gtk_window_is_active (GTK_WINDOW (self)))
    return;

  for (guint i = 0; application != NULL && i < self->notifications->len; i++)
    g_application_withdraw_notification (G_APPLICATION (application),
                                         self->notifications->pdata[i]);
  g_ptr_array_set_size (self->notifications, 0);
}

static void
arrived_cb (ReshootEditView *view,
            ReshootStep     *step,
            gpointer         user_data)
{
  ReshootWindow *self = user_data;
  g_autofree char *name = reshoot_step_words_for_name (step);
  g_autofree char *origin =
    reshoot_step_words_for_origin (step, reshoot_session_get_catalogue (self->session));
  /* Translators: %s is the name of a step. */
  g_autofree char *title = g_strdup_printf (_("“%s” is ready"), name);

  notify_desktop (self, step, title, origin);
}

static void
add_ask_again (ReshootWindow *self,
               ReshootStep   *step)
{
  if (reshoot_history_can_ask_again (step))
    /* Translators: a button: the service is asked for a result that it may have, which costs nothing. */
    reshoot_window_notice_add (self, _("Ask Again"), "win.ask-again",
                               g_variant_new_int64 (reshoot_step_get_id (step)));
}

/* What happened and what to do, and where the step does not say so itself, what it cost. */
static char *
dup_words (const GError *error,
           ReshootStep  *step)
{
  g_autofree char *words = reshoot_words_for_error (error);
  g_autofree char *cost = NULL;

  if (step == NULL || reshoot_step_get_request (step) == NULL
      || !reshoot_step_state_is_final (reshoot_step_get_state (step))
      || reshoot_step_get_price (step)->estimate == 0)
    return g_steal_pointer (&words);

  cost = reshoot_words_for_cost (step);
  /* Translators: the first %s is a sentence about what went wrong, the second what it cost: "not charged". */
  return g_strdup_printf (_("%s Cost: %s."), words, cost);
}

static void
failed_cb (ReshootEditView *view,
           const GError    *error,
           ReshootStep     *step,
           gpointer         user_data)
{
  ReshootWindow *self = user_data;
  g_autofree char *words = dup_words (error, step);

  reshoot_window_take_trouble (self, error);
  reshoot_window_notice (self, words, step);
  reshoot_window_notice_error (self, error, step);
  if (step == NULL)
    return;

  add_ask_again (self, step);
  if (reshoot_step_get_parent (step) != NULL)
    {
      g_autofree char *name = reshoot_step_words_for_name (step);
      /* Translators: %s is the name of a step. */
      g_autofree char *title = g_strdup_printf (_("“%s” came to nothing"), name);

      notify_desktop (self, step, title, words);
    }
}

/* Where the service may charge nevertheless, that is said, and that the result may still be had. */
static void
cancelled_cb (ReshootEditView *view,
              ReshootStep     *step,
              gpointer         user_data)
{
  ReshootWindow *self = user_data;
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (self->session);
  ReshootModel *model =
    reshoot_catalogue_get_model (catalogue,
                                 reshoot_request_get_model (reshoot_step_get_request (step)));
  g_autofree char *meaning = NULL;
  g_autofree char *words = NULL;
  g_autofree char *name = NULL;

  if (model == NULL || reshoot_step_get_ticket (step) == NULL
      || reshoot_step_get_price (step)->charged == RESHOOT_CHARGED_NO)
    return;

  name = reshoot_step_words_for_name (step);
  meaning = reshoot_words_for_cancel (reshoot_model_get_cancel (model));
  /* Translators: the first %s is the name of a step, the second a sentence about what its service does now. */
  words = g_strdup_printf (_("“%s” was cancelled. %s"), name, meaning);
  reshoot_window_notice (self, words, NULL);
  add_ask_again (self, step);
}

static void
ask_again_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);

  self->has_notice = FALSE;
  gtk_widget_set_visible (self->notice, FALSE);
  gtk_widget_activate_action_variant (GTK_WIDGET (self->view), "view.ask-again", parameter);
}

/* A reason that was closed before it was read is had again from the step's menu. */
static void
explain_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  ReshootWindow *self = user_data;
  ReshootStep *step = reshoot_history_view_get_step (reshoot_edit_view_get_history (self->view));
  g_autoptr (GError) error = step != NULL ? reshoot_step_dup_error (step) : NULL;
  g_autofree char *words = NULL;

  if (error == NULL)
    return;

  words = dup_words (error, step);
  reshoot_window_notice (self, words, step);
  reshoot_window_notice_error (self, error, step);
  add_ask_again (self, step);
}

void
reshoot_window_add_arrivals (ReshootWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "explain", .activate = explain_cb },
  };

  self->notifications = g_ptr_array_new_with_free_func (g_free);
  g_action_map_add_action_entries (G_ACTION_MAP (self->step_actions), entries,
                                   G_N_ELEMENTS (entries), self);
  g_signal_connect_object (self->view, "failed", G_CALLBACK (failed_cb), self, 0);
  g_signal_connect_object (self->view, "arrived", G_CALLBACK (arrived_cb), self, 0);
  g_signal_connect_object (self->view, "cancelled", G_CALLBACK (cancelled_cb), self, 0);
  g_signal_connect_object (self, "notify::is-active", G_CALLBACK (active_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

void
reshoot_window_install_arrivals (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.ask-again", "x", ask_again_cb);
}
