/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootWindow: one project in one window. It owns the project it shows, says what happened (a toast for small things,
 * the notice for what must not pass by unseen) and remembers how it stood. Opening is in reshoot-window-files.c, export
 * and clipboard are in reshoot-window-exchange.c. */

#include "config.h"

#include "reshoot-window.h"

#include "reshoot-window-private.h"
#include "reshoot-canvas-background.h"
#include "reshoot-details-button.h"
#include "reshoot-error.h"
#include "reshoot-history-entries.h"
#include "reshoot-resources.h"
#include "reshoot-settings.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>

#define TOAST_SECONDS 5

G_DEFINE_FINAL_TYPE (ReshootWindow, reshoot_window, ADW_TYPE_APPLICATION_WINDOW)

enum
{
  PROP_0,
  PROP_SHOWN,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static ReshootHistory *
get_history (ReshootWindow *self)
{
  return self->project != NULL ? reshoot_project_get_history (self->project) : NULL;
}

void
reshoot_window_update_title (ReshootWindow *self)
{
  g_autofree char *name = NULL;
  g_autofree char *subtitle = NULL;
  ReshootHistory *history = get_history (self);
  guint n_steps = 0;

  if (self->project == NULL)
    {
      adw_window_title_set_title (self->title, "Reshoot");
      adw_window_title_set_subtitle (self->title, "");
      gtk_window_set_title (GTK_WINDOW (self), "Reshoot");
      return;
    }

  /* A file may be called as a model is. */
  if (reshoot_window_is_blind (self))
    {
      adw_window_title_set_title (self->title, _("Vote Blind"));
      adw_window_title_set_subtitle (self->title, "");
      gtk_window_set_title (GTK_WINDOW (self), _("Vote Blind"));
      return;
    }

  name = g_file_get_basename (reshoot_project_get_file (self->project));
  if (g_str_has_suffix (name, ".reshoot"))
    name[strlen (name) - strlen (".reshoot")] = '\0';

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (G_LIST_MODEL (history), i);

      if (reshoot_step_get_parent (step) != NULL)
        n_steps++;
    }

  if (reshoot_project_get_read_only (self->project))
    /* Translators: under the project's name; %u is the number of its steps. */
    subtitle = g_strdup_printf (ngettext ("%u step · read-only", "%u steps · read-only", n_steps),
                                n_steps);
  else
    /* Translators: under the project's name; %u is the number of its steps. */
    subtitle = g_strdup_printf (ngettext ("%u step · always saved", "%u steps · always saved",
                                          n_steps),
                                n_steps);

  adw_window_title_set_title (self->title, name);
  adw_window_title_set_subtitle (self->title, subtitle);
  gtk_window_set_title (GTK_WINDOW (self), name);
}

static void
update_actions (ReshootWindow *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  ReshootHistory *history = get_history (self);
  gboolean has_picture = history != NULL && reshoot_history_get_head (history) != NULL;
  gboolean can_undo = FALSE;
  gboolean can_redo = FALSE;

  if (history != NULL)
    g_object_get (history, "can-undo", &can_undo, "can-redo", &can_redo, NULL);

  gtk_widget_action_set_enabled (widget, "win.undo", can_undo);
  gtk_widget_action_set_enabled (widget, "win.redo", can_redo);
  gtk_widget_action_set_enabled (widget, "win.export", has_picture);
  gtk_widget_action_set_enabled (widget, "win.copy", has_picture);
  gtk_widget_action_set_enabled (widget, "win.saved", has_picture);
  gtk_widget_action_set_enabled (widget, "win.save-copy", history != NULL);
  gtk_widget_action_set_enabled (widget, "win.save-archive", has_picture);
  gtk_widget_action_set_enabled (widget, "win.show-figures", self->project != NULL);
  gtk_widget_action_set_enabled (widget, "win.save-parcel", has_picture && self->parcel == NULL);
  gtk_widget_action_set_enabled (widget, "win.save-sheet", has_picture && self->parcel == NULL);
  gtk_widget_action_set_enabled (widget, "win.toggle-panels", has_picture);
}

static void
update_page (ReshootWindow *self)
{
  gboolean has_picture = self->project != NULL || self->is_opening;

  gtk_stack_set_visible_child_name (self->stack, has_picture ? "views" : "empty");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-view", has_picture);
  reshoot_window_update_header (self);
}

/* Its keys are at hand as soon as it is seen. */
static void
shown_cb (ReshootWindow *self)
{
  reshoot_window_update_views (self);
  reshoot_window_update_header (self);
  reshoot_window_update_vote (self);
  if (reshoot_window_get_shown (self) == RESHOOT_WINDOW_COMPARE)
    gtk_widget_grab_focus (GTK_WIDGET (self->compare));
  else if (reshoot_window_get_shown (self) == RESHOOT_WINDOW_REVIEW)
    gtk_widget_grab_focus (GTK_WIDGET (self->review));
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWN]);
}

static void
notice_close_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  RESHOOT_WINDOW (widget)->has_notice = FALSE;
  gtk_widget_set_visible (RESHOOT_WINDOW (widget)->notice, FALSE);
}

static void
reshoot_window_size_allocate (GtkWidget *widget,
                              int        width,
                              int        height,
                              int        baseline)
{
  reshoot_window_update_room (RESHOOT_WINDOW (widget), width);
  GTK_WIDGET_CLASS (reshoot_window_parent_class)->size_allocate (widget, width, height, baseline);
}

static void
undo_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);

  if (self->project != NULL)
    reshoot_history_undo (get_history (self));
}

static void
redo_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);

  if (self->project != NULL)
    reshoot_history_redo (get_history (self));
}

static void
toggle_panels_cb (GtkWidget  *widget,
                  const char *name,
                  GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);

  if (reshoot_window_get_shown (self) == RESHOOT_WINDOW_EDIT)
    reshoot_edit_view_toggle_panels (self->view);
  else if (reshoot_window_get_shown (self) == RESHOOT_WINDOW_REVIEW)
    gtk_widget_activate_action (GTK_WIDGET (self->review), "view.show-side", NULL);
}

static void
toggle_fullscreen_cb (GtkWidget  *widget,
                      const char *name,
                      GVariant   *parameter)
{
  if (gtk_window_is_fullscreen (GTK_WINDOW (widget)))
    gtk_window_unfullscreen (GTK_WINDOW (widget));
  else
    gtk_window_fullscreen (GTK_WINDOW (widget));
}

static void
saved_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  reshoot_window_say (RESHOOT_WINDOW (widget), _("Everything is always saved"));
}

static void
retry_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);

  self->has_notice = FALSE;
  gtk_widget_set_visible (self->notice, FALSE);
  gtk_widget_activate_action_variant (GTK_WIDGET (self->view), "view.retry-step", parameter);
}

static void
cancel_step_cb (GtkWidget  *widget,
                const char *name,
                GVariant   *parameter)
{
  gtk_widget_activate_action_variant (GTK_WIDGET (RESHOOT_WINDOW (widget)->view),
                                      "view.cancel-step", parameter);
}

/* What is still being written is finished after the window is gone. */
static void
project_closed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GApplication) application = user_data;
  g_autoptr (GError) error = NULL;

  if (!reshoot_project_close_finish (RESHOOT_PROJECT (source), result, &error))
    g_warning ("the project was not closed cleanly: %s", error->message);

  if (application != NULL)
    g_application_release (application);
}

static void
close_project (ReshootWindow *self)
{
  GApplication *application = G_APPLICATION (gtk_window_get_application (GTK_WINDOW (self)));

  if (self->project == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->project, self);
  g_signal_handlers_disconnect_by_data (get_history (self), self);
  g_signal_handlers_disconnect_by_data (reshoot_history_get_bin (get_history (self)), self);
  if (application == NULL)
    application = g_application_get_default ();
  if (application != NULL)
    g_application_hold (application);

  if (self->vote != NULL)
    reshoot_vote_view_end (self->vote);
  reshoot_window_leave (self);
  reshoot_session_let_go (self->session, self->project);
  reshoot_edit_view_set_project (self->view, NULL);
  if (self->compare != NULL)
    reshoot_row_view_set_project (self->compare, NULL, NULL);
  if (self->review != NULL)
    reshoot_review_view_set_project (self->review, NULL, NULL);
  reshoot_project_close_async (self->project, NULL, project_closed_cb,
                               application != NULL ? g_object_ref (application) : NULL);
  g_clear_object (&self->project);
}

static void
remember (ReshootWindow *self)
{
  gboolean show_history, show_instruction, narrow;
  int width, height;

  if (self->settings == NULL)
    return;

  gtk_window_get_default_size (GTK_WINDOW (self), &width, &height);
  g_settings_set_int (self->settings, "window-width", MAX (width, 360));
  g_settings_set_int (self->settings, "window-height", MAX (height, 294));
  g_settings_set_boolean (self->settings, "window-maximized",
                          gtk_window_is_maximized (GTK_WINDOW (self)));
  g_settings_set_string (self->settings, "view-mode",
                         reshoot_canvas_get_mode (reshoot_edit_view_get_canvas (self->view))
                         == RESHOOT_CANVAS_SPLIT
                         ? "split" : "side");

  /* Folded they hide by themselves: that is no wish of the person. */
  g_object_get (self->view, "show-history", &show_history, "show-instruction", &show_instruction,
                "narrow", &narrow, NULL);
  if (!narrow)
    {
      g_settings_set_boolean (self->settings, "show-history", show_history);
      g_settings_set_boolean (self->settings, "show-instruction", show_instruction);
    }
}

static gboolean
reshoot_window_close_request (GtkWindow *window)
{
  ReshootWindow *self = RESHOOT_WINDOW (window);

  remember (self);
  g_clear_handle_id (&self->header_id, g_source_remove);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->parcel);
  close_project (self);

  return GTK_WINDOW_CLASS (reshoot_window_parent_class)->close_request (window);
}

static void
reshoot_window_dispose (GObject *object)
{
  ReshootWindow *self = RESHOOT_WINDOW (object);

  g_clear_handle_id (&self->header_id, g_source_remove);
  g_clear_handle_id (&self->rest_id, g_source_remove);
  g_cancellable_cancel (self->cancellable);
  g_cancellable_cancel (self->parcel);
  close_project (self);
  reshoot_window_forget_drag (self);
  g_clear_weak_pointer (&self->toast);
  g_clear_object (&self->settings);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (reshoot_window_parent_class)->dispose (object);
}

static void
reshoot_window_finalize (GObject *object)
{
  ReshootWindow *self = RESHOOT_WINDOW (object);

  g_clear_object (&self->cancellable);
  g_clear_object (&self->step_actions);
  g_clear_pointer (&self->notifications, g_ptr_array_unref);
  g_clear_object (&self->opening);
  g_clear_object (&self->parcel);
  g_clear_error (&self->trouble);
  g_clear_object (&self->dropped);
  g_free (self->dropped_name);
  g_free (self->instruction);

  G_OBJECT_CLASS (reshoot_window_parent_class)->finalize (object);
}

static void
reshoot_window_get_property (GObject    *object,
                             guint       prop_id,
                             GValue     *value,
                             GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOWN:
      g_value_set_enum (value, (int) reshoot_window_get_shown (RESHOOT_WINDOW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_window_set_property (GObject      *object,
                             guint         prop_id,
                             const GValue *value,
                             GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_SHOWN:
      reshoot_window_show (RESHOOT_WINDOW (object), (ReshootWindowView) g_value_get_enum (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
install_template (GtkWidgetClass *widget_class)
{
  g_type_ensure (RESHOOT_TYPE_EDIT_VIEW);
  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-window.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, header);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, title);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, open_button);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, undo_button);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, export_button);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, history_toggle);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, instruction_toggle);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, open_menu);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, menu_button);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, primary_menu);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, recent_section);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, recent_box);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, recent_list);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, bin_section);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, stack);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, view);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, state);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, state_words);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, notice);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, notice_words);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, notice_retry);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, notice_buttons);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, views);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, switcher_bar);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, compare_bin);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, review_bin);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, vote_bin);
  gtk_widget_class_bind_template_child (widget_class, ReshootWindow, shortcuts);
}

static void
reshoot_window_class_init (ReshootWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = reshoot_window_get_property;
  G_OBJECT_CLASS (klass)->set_property = reshoot_window_set_property;
  G_OBJECT_CLASS (klass)->dispose = reshoot_window_dispose;
  G_OBJECT_CLASS (klass)->finalize = reshoot_window_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = reshoot_window_close_request;
  widget_class->size_allocate = reshoot_window_size_allocate;

  properties[PROP_SHOWN] = g_param_spec_enum ("shown", NULL, NULL, RESHOOT_TYPE_WINDOW_VIEW,
                                              RESHOOT_WINDOW_EDIT,
                                              G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                              | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);

  install_template (widget_class);
  gtk_widget_class_install_property_action (widget_class, "win.show-view", "shown");
  gtk_widget_class_install_action (widget_class, "win.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "win.redo", NULL, redo_cb);
  gtk_widget_class_install_action (widget_class, "win.toggle-panels", NULL, toggle_panels_cb);
  gtk_widget_class_install_action (widget_class, "win.toggle-fullscreen", NULL,
                                   toggle_fullscreen_cb);
  gtk_widget_class_install_action (widget_class, "win.saved", NULL, saved_cb);
  gtk_widget_class_install_action (widget_class, "win.retry", "x", retry_cb);
  gtk_widget_class_install_action (widget_class, "win.cancel-step", "x", cancel_step_cb);
  gtk_widget_class_install_action (widget_class, "win.close-notice", NULL, notice_close_cb);
  reshoot_window_install_files (widget_class);
  reshoot_window_install_copy (widget_class);
  reshoot_window_install_figures (widget_class);
  reshoot_window_install_parcel (widget_class);
  reshoot_window_install_find (widget_class);
  reshoot_window_install_steps (widget_class);
  reshoot_window_install_arrivals (widget_class);
  reshoot_window_install_exchange (widget_class);
  reshoot_window_install_vote (widget_class);
}

static void
restore (ReshootWindow *self)
{
  g_autofree char *mode = NULL;

  self->settings = reshoot_settings_new ();
  if (self->settings == NULL)
    return;

  reshoot_canvas_background_follow (GTK_WIDGET (self), self->settings);
  gtk_window_set_default_size (GTK_WINDOW (self),
                               g_settings_get_int (self->settings, "window-width"),
                               g_settings_get_int (self->settings, "window-height"));
  if (g_settings_get_boolean (self->settings, "window-maximized"))
    gtk_window_maximize (GTK_WINDOW (self));

  mode = g_settings_get_string (self->settings, "view-mode");
  reshoot_canvas_set_mode (reshoot_edit_view_get_canvas (self->view),
                           g_str_equal (mode, "split") ? RESHOOT_CANVAS_SPLIT
                           : RESHOOT_CANVAS_SIDE);
  g_object_set (self->view,
                "show-history", g_settings_get_boolean (self->settings, "show-history"),
                "show-instruction", g_settings_get_boolean (self->settings, "show-instruction"),
                NULL);
}

/* AdwSplitButton names its own half alone. */

static void
name_recents (ReshootWindow *self)
{
  GtkWidget *menu = gtk_widget_get_last_child (GTK_WIDGET (self->open_button));
  GtkWidget *button = gtk_widget_get_first_child (menu);

  gtk_accessible_update_property (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Recent Projects"), -1);
  if (button != NULL)
    gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                    _("Recent Projects"), -1);
}

static void
reshoot_window_init (ReshootWindow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  name_recents (self);

  g_object_bind_property (self->view, "show-history", self->history_toggle, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_object_bind_property (self->view, "show-instruction", self->instruction_toggle, "active",
                          G_BINDING_SYNC_CREATE | G_BINDING_BIDIRECTIONAL);
  g_signal_connect_object (self->view, "notify::narrow",
                           G_CALLBACK (reshoot_window_update_header), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self, "notify::fullscreened", G_CALLBACK (reshoot_window_update_header),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->views, "notify::visible-child", G_CALLBACK (shown_cb), self,
                           G_CONNECT_SWAPPED);

  restore (self);
  reshoot_window_add_drop (self);
  reshoot_window_add_drag (self);
  reshoot_window_add_step_actions (self);
  reshoot_window_update_vote (self);
  reshoot_window_update_title (self);
  update_actions (self);
  update_page (self);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), reshoot_window_frame_cb, NULL, NULL);
}

/**
 * reshoot_window_new:
 * @application: (nullable): whose window it is
 * @session: makes the edits
 *
 * Returns: (transfer none): an empty window
 */
ReshootWindow *
reshoot_window_new (GtkApplication *application,
                    ReshootSession *session)
{
  ReshootWindow *self;

  g_return_val_if_fail (RESHOOT_IS_SESSION (session), NULL);

  self = g_object_new (RESHOOT_TYPE_WINDOW, "application", application, NULL);
  self->session = g_object_ref (session);
  reshoot_edit_view_set_session (self->view, session);
  reshoot_window_follow_recents (self);
  return self;
}

gboolean
reshoot_window_is_empty (ReshootWindow *self)
{
  g_return_val_if_fail (RESHOOT_IS_WINDOW (self), FALSE);

  return self->project == NULL && !self->is_opening;
}

ReshootEditView *
reshoot_window_get_view (ReshootWindow *self)
{
  g_return_val_if_fail (RESHOOT_IS_WINDOW (self), NULL);

  return self->view;
}

/**
 * reshoot_window_get_step_actions:
 * @self: a window
 *
 * Returns: (transfer none): the actions "step.…" on the step in question, whose states say how it stands
 */
GActionGroup *
reshoot_window_get_step_actions (ReshootWindow *self)
{
  g_return_val_if_fail (RESHOOT_IS_WINDOW (self), NULL);

  return G_ACTION_GROUP (self->step_actions);
}

void
reshoot_window_set_opening (ReshootWindow *self,
                            gboolean       is_opening)
{
  self->is_opening = is_opening;
  if (!is_opening)
    g_clear_object (&self->opening);
  update_page (self);
}

/* What a crash or a close left behind before its end goes on. */
static void
resume_steps (ReshootWindow *self)
{
  GListModel *steps = G_LIST_MODEL (get_history (self));

  if (reshoot_project_get_read_only (self->project))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (steps, i);

      if (!reshoot_step_state_is_final (reshoot_step_get_state (step)))
        reshoot_edit_view_resume (self->view, step);
    }
}

/* The window takes the project over; the one it had is closed. */
void
reshoot_window_set_project (ReshootWindow  *self,
                            ReshootProject *project)
{
  ReshootHistory *history = reshoot_project_get_history (project);

  close_project (self);
  self->project = g_object_ref (project);
  self->is_opening = FALSE;
  g_clear_object (&self->opening);
  reshoot_session_take_up (self->session, project);
  reshoot_edit_view_set_project (self->view, project);
  reshoot_window_update_views (self);

  g_signal_connect_object (history, "notify::can-undo", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::can-redo", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "notify::head", G_CALLBACK (update_actions), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "items-changed", G_CALLBACK (reshoot_window_update_title), self,
                           G_CONNECT_SWAPPED);

  reshoot_window_update_title (self);
  update_actions (self);
  update_page (self);
  reshoot_window_follow_steps (self);
  reshoot_window_follow_state (self);

  if (self->instruction != NULL)
    reshoot_instruction_panel_set_instruction (reshoot_edit_view_get_panel (self->view),
                                               self->instruction);
  g_clear_pointer (&self->instruction, g_free);

  reshoot_window_arrive (self);
  if (self->go_to != 0)
    reshoot_window_go_to (self, self->go_to);
  self->go_to = 0;

  reshoot_instruction_panel_focus (reshoot_edit_view_get_panel (self->view));
  resume_steps (self);
}

/**
 * reshoot_window_say:
 * @self: a window
 * @words: a sentence for the person
 *
 * For small things: it goes away by itself.
 *
 * Returns: (transfer none): the toast, for a button on it
 */
AdwToast *
reshoot_window_say (ReshootWindow *self,
                    const char    *words)
{
  AdwToast *toast;
  g_autofree char *escaped = NULL;

  g_return_val_if_fail (RESHOOT_IS_WINDOW (self), NULL);

  /* They would wait for each other: what was done last is what one wants to see, and to undo. */
  if (self->toast != NULL)
    adw_toast_dismiss (self->toast);

  escaped = g_markup_escape_text (words, -1);
  toast = adw_toast_new (escaped);
  adw_toast_set_timeout (toast, TOAST_SECONDS);
  g_set_weak_pointer (&self->toast, toast);
  adw_toast_overlay_add_toast (self->toasts, toast);
  return toast;
}

/**
 * reshoot_window_say_error:
 * @self: a window
 * @error: what went wrong
 *
 * Stays until the person has seen it; a cancellation says nothing.
 */
void
reshoot_window_say_error (ReshootWindow *self,
                          const GError  *error)
{
  g_autofree char *words = NULL;

  g_return_if_fail (RESHOOT_IS_WINDOW (self));

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (reshoot_window_take_trouble (self, error))
    return;

  words = reshoot_words_for_error (error);
  reshoot_window_notice (self, words, NULL);
  reshoot_window_notice_error (self, error, NULL);
}

/* A sentence that stays until it is closed. With @retry there is a button that asks for that step again. */
void
reshoot_window_notice (ReshootWindow *self,
                       const char    *words,
                       ReshootStep   *retry)
{
  GtkWidget *button;

  /* What there was to do about the notice before. */
  while ((button = gtk_widget_get_first_child (GTK_WIDGET (self->notice_buttons))) != NULL)
    gtk_box_remove (self->notice_buttons, button);

  gtk_label_set_text (self->notice_words, words);
  gtk_widget_set_visible (self->notice_retry, retry != NULL && reshoot_history_can_retry (retry));
  if (retry != NULL)
    gtk_actionable_set_action_target (GTK_ACTIONABLE (self->notice_retry), "x",
                                      reshoot_step_get_id (retry));
  self->has_notice = TRUE;
  gtk_widget_set_visible (self->notice, !reshoot_window_is_blind (self));
}

/* Something that can be done about what the notice says. @target is floating or NULL. */
void
reshoot_window_notice_add (ReshootWindow *self,
                           const char    *label,
                           const char    *action,
                           GVariant      *target)
{
  GtkWidget *button = gtk_button_new_with_label (label);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (button), target);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_box_append (self->notice_buttons, button);
}

/* What stands behind the notice, and where something can be done about it. */
void
reshoot_window_notice_error (ReshootWindow *self,
                             const GError  *error,
                             ReshootStep   *step)
{
  gtk_box_append (self->notice_buttons, reshoot_details_button_new (error, step));

  if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_AUTH))
    /* Translators: a button that opens the preferences where the keys of services are. */
    reshoot_window_notice_add (self, _("Accounts…"), "app.preferences",
                               g_variant_new_string ("accounts"));
  else if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_BUDGET))
    /* Translators: a button that opens the preferences where the limits of spending are. */
    reshoot_window_notice_add (self, _("Budget…"), "app.preferences",
                               g_variant_new_string ("general"));
}
