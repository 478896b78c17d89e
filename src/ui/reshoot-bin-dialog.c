/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootBinDialog: what is in a project's bin: each step can be restored, and all can go for good. That is the one
 * thing in the program that asks first, as nothing brings it back. */

#include "config.h"

#include "reshoot-bin-dialog.h"

#include "reshoot-history-entries.h"
#include "reshoot-project-bin.h"
#include "reshoot-resources.h"
#include "reshoot-step-thumbnail.h"
#include "reshoot-step-words.h"

#include <glib/gi18n.h>

struct _ReshootBinDialog
{
  AdwWindow       parent_instance;

  GtkStack       *stack;
  GtkListBox     *list;

  ReshootProject *project;      /* (owned) */
  GCancellable   *cancellable;
};

enum
{
  FAILED,
  EMPTIED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReshootBinDialog, reshoot_bin_dialog, ADW_TYPE_WINDOW)

static GListModel *
get_bin (ReshootBinDialog *self)
{
  return reshoot_history_get_bin (reshoot_project_get_history (self->project));
}

static void
update (ReshootBinDialog *self)
{
  gboolean is_empty = g_list_model_get_n_items (get_bin (self)) == 0;

  gtk_stack_set_visible_child_name (self->stack, is_empty ? "empty" : "steps");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "bin.empty",
                                 !is_empty && !reshoot_project_get_read_only (self->project));
}

static void
restored_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ReshootBinDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!reshoot_project_restore_finish (RESHOOT_PROJECT (source), result, &error))
    g_signal_emit (self, signals[FAILED], 0, error);
}

static void
restore_cb (GtkWidget  *widget,
            const char *name,
            GVariant   *parameter)
{
  ReshootBinDialog *self = RESHOOT_BIN_DIALOG (widget);
  ReshootStep *step = reshoot_history_get_step (reshoot_project_get_history (self->project),
                                                g_variant_get_int64 (parameter));

  if (step != NULL && reshoot_step_get_in_bin (step))
    reshoot_project_restore_async (self->project, step, NULL, restored_cb, g_object_ref (self));
}

static void
emptied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (ReshootBinDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *size = NULL;
  g_autofree char *words = NULL;
  guint64 n_bytes;

  if (!reshoot_project_empty_bin_finish (RESHOOT_PROJECT (source), result, &n_bytes, &error))
    {
      g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }

  size = g_format_size (n_bytes);
  /* Translators: %s is an amount such as 12.3 MB. */
  words = g_strdup_printf (_("The bin is empty, %s are free"), size);
  g_signal_emit (self, signals[EMPTIED], 0, words);
  gtk_window_close (GTK_WINDOW (self));
}

static void
empty_response_cb (AdwMessageDialog *dialog,
                   const char       *response,
                   gpointer          user_data)
{
  ReshootBinDialog *self = user_data;

  if (g_str_equal (response, "empty"))
    reshoot_project_empty_bin_async (self->project, NULL, emptied_cb, g_object_ref (self));
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ReshootBinDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autofree char *size = NULL;
  GtkWidget *dialog;
  guint n_steps;
  guint64 n_bytes;

  if (!reshoot_project_measure_bin_finish (RESHOOT_PROJECT (source), result, &n_steps, &n_bytes,
                                           &error))
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_signal_emit (self, signals[FAILED], 0, error);
      return;
    }

  size = g_format_size (n_bytes);
  dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Empty the Bin?"), NULL);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  /* Translators: %u is a number of steps, %s an amount such as 12.3 MB. */
                                  ngettext ("The pictures of %u step go for good, which frees %s. "
                                            "Its words and prices stay, in the file and its ledger. "
                                            "This cannot be undone.",
                                            "The pictures of %u steps go for good, which frees %s. "
                                            "Their words and prices stay, in the file and its ledger. "
                                            "This cannot be undone.", n_steps),
                                  n_steps, size);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "empty", _("_Empty Bin"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "empty",
                                              ADW_RESPONSE_DESTRUCTIVE);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_object (dialog, "response", G_CALLBACK (empty_response_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

static void
empty_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ReshootBinDialog *self = RESHOOT_BIN_DIALOG (widget);

  reshoot_project_measure_bin_async (self->project, self->cancellable, measured_cb,
                                     g_object_ref (self));
}

static char *
describe (ReshootStep *step)
{
  g_autofree char *origin = reshoot_step_words_for_origin (step, NULL);
  guint n_below = reshoot_history_count_below (step);

  if (n_below == 0)
    return g_steal_pointer (&origin);

  /* Translators: how many steps were made from a step that is in the bin. */
  return g_strdup_printf (ngettext ("and %u step after it", "and %u steps after it", n_below),
                          n_below);
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  ReshootBinDialog *self = user_data;
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_with_mnemonic (_("_Restore"));
  g_autofree char *name = reshoot_step_words_for_name (item);
  g_autofree char *about = describe (item);

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), about);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                             reshoot_step_thumbnail_new (self->project, item, self->cancellable));

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", reshoot_step_get_id (item));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "bin.restore");
  gtk_widget_set_sensitive (button, !reshoot_project_get_read_only (self->project));
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  adw_action_row_set_activatable_widget (ADW_ACTION_ROW (row), button);
  return row;
}

static void
reshoot_bin_dialog_dispose (GObject *object)
{
  ReshootBinDialog *self = RESHOOT_BIN_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);

  g_clear_object (&self->project);

  G_OBJECT_CLASS (reshoot_bin_dialog_parent_class)->dispose (object);
}

static void
reshoot_bin_dialog_finalize (GObject *object)
{
  g_clear_object (&RESHOOT_BIN_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (reshoot_bin_dialog_parent_class)->finalize (object);
}

static void
reshoot_bin_dialog_class_init (ReshootBinDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reshoot_bin_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = reshoot_bin_dialog_finalize;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[EMPTIED] = g_signal_new ("emptied", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-bin-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootBinDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ReshootBinDialog, list);
  gtk_widget_class_install_action (widget_class, "bin.restore", "x", restore_cb);
  gtk_widget_class_install_action (widget_class, "bin.empty", NULL, empty_cb);
}

static void
reshoot_bin_dialog_init (ReshootBinDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reshoot_bin_dialog_new:
 * @project: whose bin to show
 *
 * Returns: (transfer none): a dialog that is not shown yet
 */
GtkWidget *
reshoot_bin_dialog_new (ReshootProject *project)
{
  ReshootBinDialog *self;

  g_return_val_if_fail (RESHOOT_IS_PROJECT (project), NULL);

  self = g_object_new (RESHOOT_TYPE_BIN_DIALOG, NULL);
  self->project = g_object_ref (project);
  gtk_list_box_bind_model (self->list, get_bin (self), make_row, self, NULL);
  g_signal_connect_object (get_bin (self), "items-changed", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
