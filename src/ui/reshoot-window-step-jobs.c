/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the menu of a step offers about its job and its row: each "step.…" is enabled only where there is something to
 * do, and the menu leaves out the others. What is on the buttons of a row is here as well, for the keyboard. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-edit-view-private.h"
#include "reshoot-history-entries.h"
#include "reshoot-siblings-popover.h"

#include <glib/gi18n.h>

static ReshootStep *
get_step (ReshootWindow *self)
{
  return self->project != NULL
         ? reshoot_history_view_get_step (reshoot_edit_view_get_history (self->view)) : NULL;
}

/* Hands the step over to an action of the view that takes its number. */
static void
act (ReshootWindow *self,
     const char    *action)
{
  ReshootStep *step = get_step (self);
  GtkWidget *history = GTK_WIDGET (reshoot_edit_view_get_history (self->view));

  if (step != NULL)
    gtk_widget_activate_action (history, action, "x", reshoot_step_get_id (step));
}

static void
cancel_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  act (user_data, "view.cancel-step");
}

static void
retry_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  act (user_data, "view.retry-step");
}

static void
ask_again_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  act (user_data, "view.ask-again");
}

static void
siblings_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  act (user_data, "history.show-siblings");
}

static void
compare_row_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  act (user_data, "history.compare-row");
}

static JsonObject *
make_follow_up (const char *wish)
{
  JsonObject *parameters = json_object_new ();

  json_object_set_string_member (parameters, "action", wish);
  return parameters;
}

/* Whether the service that made a step can be asked to go on with it there: Midjourney's U and V. */
static gboolean
can_follow_up (ReshootWindow *self,
               ReshootStep   *step,
               const char    *wish)
{
  ReshootRequest *request = reshoot_step_get_request (step);
  ReshootModel *model = NULL;
  g_autoptr (JsonObject) parameters = make_follow_up (wish);

  if (request != NULL && reshoot_step_get_ticket (step) != NULL
      && reshoot_step_get_state (step) == RESHOOT_STEP_DONE)
    model = reshoot_catalogue_get_model (reshoot_session_get_catalogue (self->session),
                                         reshoot_request_get_model (request));

  /* One that takes no number of a picture has no grid to choose from. */
  json_object_set_int_member (parameters, "index", 1);
  return model != NULL && reshoot_model_check_parameters (model, parameters, NULL);
}

/* The service takes no new words for it; those that stay in the history tell what was done to which. */
static char *
dup_follow_up_words (const char  *wish,
                     ReshootStep *step)
{
  const char *words = reshoot_step_get_title (step);

  if (g_str_equal (wish, "upscale"))
    /* Translators: a step in which a service enlarges one picture of four; %s is what that picture shows. */
    return g_strdup_printf (_("Upscale: %s"), words);

  /* Translators: a step in which a service varies a picture; %s is what that picture shows. */
  return g_strdup_printf (_("Vary: %s"), words);
}

static void
follow_up_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  ReshootWindow *self = user_data;
  ReshootStep *step = get_step (self);
  const char *wish = g_variant_get_string (parameter, NULL);
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (JsonObject) parameters = NULL;
  g_autofree char *words = NULL;

  if (step == NULL || !can_follow_up (self, step, wish))
    return;

  parameters = make_follow_up (wish);
  words = dup_follow_up_words (wish, step);
  request = reshoot_request_new (words, reshoot_request_get_model (reshoot_step_get_request (step)),
                                 parameters);
  reshoot_edit_view_submit (self->view, step, &request, 1, FALSE);
}

static void
enable (ReshootWindow *self,
        const char    *name,
        gboolean       enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->step_actions), name);

  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), enabled);
}

/* @step: (nullable): whose menu is open, or that the keys are about */
void
reshoot_window_update_step_jobs (ReshootWindow *self,
                                 ReshootStep   *step)
{
  gboolean writable = step != NULL && !reshoot_project_get_read_only (self->project);
  g_autoptr (GError) error = step != NULL ? reshoot_step_dup_error (step) : NULL;
  ReshootHistory *history = step != NULL ? reshoot_project_get_history (self->project) : NULL;
  g_autoptr (GPtrArray) siblings = NULL;

  if (step != NULL && reshoot_step_get_parent (step) != NULL)
    siblings = reshoot_history_list_siblings (history, step);

  enable (self, "cancel", writable && !reshoot_step_state_is_final (reshoot_step_get_state (step)));
  enable (self, "retry", writable && reshoot_history_can_retry (step));
  enable (self, "ask-again", writable && reshoot_history_can_ask_again (step));
  enable (self, "explain", error != NULL);
  enable (self, "siblings", siblings != NULL && siblings->len > 1);
  enable (self, "compare-row", step != NULL && reshoot_siblings_can_compare (history, step));
  enable (self, "follow-up", writable && can_follow_up (self, step, "upscale"));
}

void
reshoot_window_add_step_jobs (ReshootWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "cancel", .activate = cancel_cb },
    { .name = "retry", .activate = retry_cb },
    { .name = "ask-again", .activate = ask_again_cb },
    { .name = "siblings", .activate = siblings_cb },
    { .name = "compare-row", .activate = compare_row_cb },
    { .name = "follow-up", .activate = follow_up_cb, .parameter_type = "s" },
  };

  g_action_map_add_action_entries (G_ACTION_MAP (self->step_actions), entries,
                                   G_N_ELEMENTS (entries), self);
}
