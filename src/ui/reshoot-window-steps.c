/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person says of a step, and the bin. Each is an action "step.…" on the step in question, shows once it is
 * stored, and is undone by its toast: nobody is asked first. Only emptying the bin asks, as it cannot be undone. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-bin-dialog.h"
#include "reshoot-diff-dialog.h"
#include "reshoot-history-entries.h"
#include "reshoot-project-bin.h"
#include "reshoot-project-labels.h"
#include "reshoot-step-words.h"

#include <glib/gi18n.h>

typedef enum
{
  CHANGE_RATING,
  CHANGE_VERDICT,
  CHANGE_BIN,
  CHANGE_RESTORE,
} ChangeKind;

/* What is to become of a step; the words are said when it is stored, with a way back. */
typedef struct
{
  ReshootWindow  *window;   /* (owned) */
  ReshootProject *project;  /* (owned) */
  ReshootStep    *step;     /* (owned) */
  ChangeKind      kind;
  int             rating;
  ReshootVerdict  verdict;
  char           *reason;   /* (nullable): of the verdict */
  ReshootStep    *head;     /* (owned) (nullable): where the person looks once the step is back */
  char           *words;    /* (nullable): NULL for a way back, which says nothing */
} Change;

static void
change_free (Change *change)
{
  g_clear_object (&change->window);
  g_clear_object (&change->project);
  g_clear_object (&change->step);
  g_clear_object (&change->head);
  g_free (change->reason);
  g_free (change->words);
  g_free (change);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Change, change_free)

static void run_change (Change *change);

static Change *
change_new (ReshootWindow *self,
            ReshootStep   *step,
            ChangeKind     kind)
{
  Change *change = g_new0 (Change, 1);

  change->window = g_object_ref (self);
  change->project = g_object_ref (self->project);
  change->step = g_object_ref (step);
  change->kind = kind;
  return change;
}

/* What the own verdict says beside yes or no. */
static char *
dup_reason (ReshootStep *step)
{
  guint n;
  const ReshootGivenVerdict *given = reshoot_step_get_verdicts (step, &n);

  return n > 0 && *given[0].author == '\0' ? g_strdup (given[0].reason) : NULL;
}

/* As the step stands now. */
static Change *
change_new_back (Change *change)
{
  Change *back = change_new (change->window, change->step, change->kind);

  back->rating = reshoot_step_get_rating (change->step);
  back->verdict = reshoot_step_get_verdict (change->step);
  back->reason = dup_reason (change->step);
  if (change->kind == CHANGE_BIN)
    back->kind = CHANGE_RESTORE;

  g_set_object (&back->head,
                reshoot_history_get_head (reshoot_project_get_history (change->project)));
  return back;
}

static void
undo_clicked_cb (AdwToast *toast,
                 gpointer  user_data)
{
  Change *change = user_data;

  /* Another project may be in this window by now. */
  if (change->window->project == change->project)
    {
      Change *copy = change_new (change->window, change->step, change->kind);

      copy->rating = change->rating;
      copy->verdict = change->verdict;
      copy->reason = g_strdup (change->reason);
      g_set_object (&copy->head, change->head);
      run_change (copy);
    }
}

static void
change_free_closure (gpointer  data,
                     GClosure *closure)
{
  change_free (data);
}

typedef struct
{
  Change *change;
  Change *back;
} Running;

static gboolean
finish_change (Change        *change,
               GAsyncResult  *result,
               GError       **error)
{
  switch (change->kind)
    {
    case CHANGE_RATING:
      return reshoot_project_set_rating_finish (change->project, result, error);
    case CHANGE_VERDICT:
      return reshoot_project_set_verdict_finish (change->project, result, error);
    case CHANGE_BIN:
      return reshoot_project_bin_finish (change->project, result, error);
    case CHANGE_RESTORE:
      return reshoot_project_restore_finish (change->project, result, error);
    default:
      g_return_val_if_reached (FALSE);
    }
}

static void
changed_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  Running *running = user_data;
  g_autoptr (Change) change = running->change;
  g_autoptr (Change) back = running->back;
  g_autoptr (GError) error = NULL;
  ReshootHistory *history = reshoot_project_get_history (change->project);
  AdwToast *toast;

  g_free (running);
  if (!finish_change (change, result, &error))
    {
      reshoot_window_say_error (change->window, error);
      return;
    }

  if (change->kind == CHANGE_RESTORE && change->head != NULL
      && reshoot_step_get_digest (change->head) != NULL)
    reshoot_history_set_head (history, change->head);

  if (change->words == NULL || change->window->project != change->project)
    return;

  toast = reshoot_window_say (change->window, change->words);
  adw_toast_set_button_label (toast, _("Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_clicked_cb),
                         g_steal_pointer (&back), change_free_closure, 0);
}

/* Takes the change. */
static void
run_change (Change *change)
{
  Running *running = g_new0 (Running, 1);

  running->change = change;
  running->back = change_new_back (change);

  switch (change->kind)
    {
    case CHANGE_RATING:
      reshoot_project_set_rating_async (change->project, change->step, change->rating, NULL,
                                        changed_cb, running);
      break;
    case CHANGE_VERDICT:
      reshoot_project_set_verdict_async (change->project, change->step, "", change->verdict,
                                         change->reason, NULL, changed_cb, running);
      break;
    case CHANGE_BIN:
      reshoot_project_bin_async (change->project, change->step, NULL, changed_cb, running);
      break;
    case CHANGE_RESTORE:
      reshoot_project_restore_async (change->project, change->step, NULL, changed_cb, running);
      break;
    default:
      g_return_if_reached ();
    }
}

/* The step that an action is about, if it may be changed. */
static ReshootStep *
get_step (ReshootWindow *self)
{
  if (self->project == NULL || reshoot_project_get_read_only (self->project))
    return NULL;

  return reshoot_history_view_get_step (reshoot_edit_view_get_history (self->view));
}

static void
rating_cb (GSimpleAction *action,
           GVariant      *parameter,
           gpointer       user_data)
{
  ReshootWindow *self = user_data;
  ReshootStep *step = get_step (self);
  guint n_stars = (guint) CLAMP (g_variant_get_int32 (parameter), 0, 5);
  Change *change;

  if (step == NULL || reshoot_step_get_rating (step) == (int) n_stars)
    return;

  change = change_new (self, step, CHANGE_RATING);
  change->rating = (int) n_stars;
  if (n_stars > 0)
    /* Translators: a step got a rating; %u is from 1 to 5. */
    change->words = g_strdup_printf (ngettext ("Rated with %u star", "Rated with %u stars",
                                               n_stars), n_stars);
  else
    change->words = g_strdup (_("The rating was taken away"));

  run_change (change);
}

static void
verdict_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  ReshootWindow *self = user_data;
  ReshootStep *step = get_step (self);
  const char *word = g_variant_get_string (parameter, NULL);
  ReshootVerdict verdict = RESHOOT_VERDICT_NONE;
  const char *words = _("The verdict was taken back");
  Change *change;

  if (g_str_equal (word, "accept"))
    {
      verdict = RESHOOT_VERDICT_ACCEPT;
      words = _("The step was accepted");
    }
  else if (g_str_equal (word, "reject"))
    {
      verdict = RESHOOT_VERDICT_REJECT;
      words = _("The step was rejected");
    }

  if (step == NULL || reshoot_step_get_verdict (step) == verdict)
    return;

  change = change_new (self, step, CHANGE_VERDICT);
  change->verdict = verdict;
  change->words = g_strdup (words);
  run_change (change);
}

static void
bin_cb (GSimpleAction *action,
        GVariant      *parameter,
        gpointer       user_data)
{
  ReshootWindow *self = user_data;
  ReshootStep *step = get_step (self);
  g_autofree char *name = NULL;
  Change *change;
  guint n_below;

  if (step == NULL || reshoot_step_get_in_bin (step))
    return;

  name = reshoot_step_words_for_name (step);
  n_below = reshoot_history_count_below (step);
  change = change_new (self, step, CHANGE_BIN);
  if (n_below > 0)
    change->words =
      /* Translators: %s is the name of a step, %u the number of steps that were made from it. */
      g_strdup_printf (ngettext ("“%s” and %u step after it are in the bin",
                                 "“%s” and %u steps after it are in the bin", n_below),
                       name, n_below);
  else
    /* Translators: %s is the name of a step. */
    change->words = g_strdup_printf (_("“%s” is in the bin"), name);

  run_change (change);
}

static void
name_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  ReshootWindow *self = user_data;
  ReshootStep *step = get_step (self);

  if (step != NULL)
    reshoot_window_ask_labels (self, step);
}

static void
notes_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  ReshootWindow *self = user_data;
  ReshootStep *step = get_step (self);

  if (step != NULL)
    reshoot_window_show_notes (self, step);
}

static void
add_note_cb (GSimpleAction *action,
             GVariant      *parameter,
             gpointer       user_data)
{
  ReshootStep *step = get_step (user_data);
  const char *text;
  double x, y;

  g_variant_get (parameter, "(&sdd)", &text, &x, &y);
  if (step != NULL)
    reshoot_window_add_note (user_data, step, text, x, y);
}

static void
remove_note_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  ReshootStep *step = get_step (user_data);

  if (step != NULL)
    reshoot_window_remove_note (user_data, step, g_variant_get_string (parameter, NULL));
}

/* Looking is possible also where nothing may be changed. */
static ReshootStep *
get_step_to_look_at (ReshootWindow *self)
{
  return self->project != NULL
         ? reshoot_history_view_get_step (reshoot_edit_view_get_history (self->view)) : NULL;
}

/* With the head, or the head with what it was made from. */
static ReshootStep *
get_other (ReshootWindow *self,
           ReshootStep   *step)
{
  ReshootStep *head = reshoot_history_get_head (reshoot_project_get_history (self->project));

  return head != step ? head : reshoot_step_get_parent (step);
}

static void
compare_cb (GSimpleAction *action,
            GVariant      *parameter,
            gpointer       user_data)
{
  ReshootWindow *self = user_data;
  ReshootStep *step = get_step_to_look_at (self);
  ReshootStep *other = step != NULL ? get_other (self, step) : NULL;
  gboolean is_older = other != NULL && reshoot_step_get_id (step) < reshoot_step_get_id (other);
  GtkWidget *dialog;

  if (other == NULL)
    return;

  dialog = reshoot_diff_dialog_new (is_older ? step : other, is_older ? other : step);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
show_bin_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);
  GtkWidget *dialog;

  if (self->project == NULL)
    return;

  dialog = reshoot_bin_dialog_new (self->project);
  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  g_signal_connect_object (dialog, "failed", G_CALLBACK (reshoot_window_say_error), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (dialog, "emptied", G_CALLBACK (reshoot_window_say), self,
                           G_CONNECT_SWAPPED);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* The menu says how things stand: which rating, which verdict. */
static void
update_states (ReshootWindow *self)
{
  GActionMap *actions = G_ACTION_MAP (self->step_actions);
  ReshootStep *step = get_step (self);
  ReshootVerdict verdict = RESHOOT_VERDICT_NONE;
  const char *word;
  g_auto (GStrv) names = g_action_group_list_actions (G_ACTION_GROUP (actions));

  for (guint i = 0; names[i] != NULL; i++)
    g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (actions, names[i])),
                                 step != NULL);

  step = get_step_to_look_at (self);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "compare")),
                               step != NULL && get_other (self, step) != NULL);
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "rating")),
                             g_variant_new_int32 (step != NULL ? reshoot_step_get_rating (step)
                                                               : 0));
  verdict = step != NULL ? reshoot_step_get_verdict (step) : RESHOOT_VERDICT_NONE;
  word = verdict == RESHOOT_VERDICT_NONE ? "none" : reshoot_verdict_to_string (verdict);
  g_simple_action_set_state (G_SIMPLE_ACTION (g_action_map_lookup_action (actions, "verdict")),
                             g_variant_new_string (word));
  reshoot_window_update_step_jobs (self, step);
}

/* How many there are stands in the menu, so that it need not be opened to know that it is empty. */
static void
update_bin (ReshootWindow *self)
{
  GListModel *bin = self->project != NULL
                    ? reshoot_history_get_bin (reshoot_project_get_history (self->project)) : NULL;
  guint n = bin != NULL ? g_list_model_get_n_items (bin) : 0;
  /* Translators: a menu item; %u is how many steps are in the bin. */
  g_autofree char *label = n > 0 ? g_strdup_printf (_("_Bin (%u)…"), n) : g_strdup (_("_Bin…"));

  g_menu_remove_all (self->bin_section);
  g_menu_append (self->bin_section, label, "win.show-bin");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "win.show-bin", n > 0);
}

/* The project in the window is another one, or none. */
void
reshoot_window_follow_steps (ReshootWindow *self)
{
  update_states (self);
  update_bin (self);
  if (self->project == NULL)
    return;

  g_signal_connect_object (reshoot_history_get_bin (reshoot_project_get_history (self->project)),
                           "items-changed", G_CALLBACK (update_bin), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reshoot_project_get_history (self->project), "notify::head",
                           G_CALLBACK (update_states), self, G_CONNECT_SWAPPED);
}

void
reshoot_window_add_step_actions (ReshootWindow *self)
{
  static const GActionEntry entries[] = {
    { .name = "rating", .parameter_type = "i", .state = "0", .change_state = rating_cb },
    { .name = "verdict", .parameter_type = "s", .state = "'none'", .change_state = verdict_cb },
    { .name = "name", .activate = name_cb },
    { .name = "notes", .activate = notes_cb },
    { .name = "add-note", .parameter_type = "(sdd)", .activate = add_note_cb },
    { .name = "remove-note", .parameter_type = "s", .activate = remove_note_cb },
    { .name = "compare", .activate = compare_cb },
    { .name = "bin", .activate = bin_cb },
  };

  self->step_actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->step_actions), entries,
                                   G_N_ELEMENTS (entries), self);
  reshoot_window_add_step_jobs (self);
  reshoot_window_add_arrivals (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "step", G_ACTION_GROUP (self->step_actions));
  g_signal_connect_object (reshoot_edit_view_get_history (self->view), "notify::menu-step",
                           G_CALLBACK (update_states), self, G_CONNECT_SWAPPED);
  reshoot_window_follow_steps (self);
}

void
reshoot_window_install_steps (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.show-bin", NULL, show_bin_cb);
}
