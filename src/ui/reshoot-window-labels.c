/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person writes about a step: what it is called, the name of the branch that begins with it, tags, notes. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-project-labels.h"
#include "reshoot-project-notes.h"
#include "reshoot-step-words.h"

#include <glib/gi18n.h>

#define NOTES_HEIGHT 220
#define TEXT_HEIGHT 80
#define DIALOG_WIDTH 300

/* A dialog about a step while it is open. */
typedef struct
{
  ReshootWindow  *window;   /* (owned) */
  ReshootProject *project;  /* (owned) */
  ReshootStep    *step;     /* (owned) */
  GtkEditable    *title;    /* (nullable): of labels */
  GtkEditable    *branch;
  GtkEditable    *tags;
  GtkTextBuffer  *text;     /* (nullable): of notes */
} Asked;

static void
asked_free (gpointer  data,
            GClosure *closure)
{
  Asked *asked = data;

  g_clear_object (&asked->window);
  g_clear_object (&asked->project);
  g_clear_object (&asked->step);
  g_free (asked);
}

static Asked *
asked_new (ReshootWindow *self,
           ReshootStep   *step)
{
  Asked *asked = g_new0 (Asked, 1);

  asked->window = g_object_ref (self);
  asked->project = g_object_ref (self->project);
  asked->step = g_object_ref (step);
  return asked;
}

static void
title_set_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (ReshootWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!reshoot_project_set_title_finish (RESHOOT_PROJECT (source), result, &error))
    reshoot_window_say_error (self, error);
}

static void
branch_set_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (ReshootWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!reshoot_project_set_branch_finish (RESHOOT_PROJECT (source), result, &error))
    reshoot_window_say_error (self, error);
}

static void
tags_set_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ReshootWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!reshoot_project_set_tags_finish (RESHOOT_PROJECT (source), result, &error))
    reshoot_window_say_error (self, error);
}

static GStrv
split_tags (const char *text)
{
  GStrv tags = g_strsplit (text, ",", -1);

  for (guint i = 0; tags[i] != NULL; i++)
    g_strstrip (tags[i]);

  return tags;
}

static char *
join_tags (ReshootStep *step)
{
  return g_strjoinv (", ", (char **) reshoot_step_get_tags (step));
}

/* Only what was changed is written: a title that came from the instruction goes on doing so. */
static void
labels_response_cb (AdwMessageDialog *dialog,
                    const char       *response,
                    gpointer          user_data)
{
  Asked *asked = user_data;
  g_autofree char *tags = join_tags (asked->step);
  const char *branch = reshoot_step_get_branch (asked->step);

  if (!g_str_equal (response, "save"))
    return;

  if (asked->title != NULL
      && g_strcmp0 (gtk_editable_get_text (asked->title),
                    reshoot_step_get_title (asked->step)) != 0)
    reshoot_project_set_title_async (asked->project, asked->step,
                                     gtk_editable_get_text (asked->title), NULL, title_set_cb,
                                     g_object_ref (asked->window));

  if (g_strcmp0 (gtk_editable_get_text (asked->branch), branch != NULL ? branch : "") != 0)
    reshoot_project_set_branch_async (asked->project, asked->step,
                                      gtk_editable_get_text (asked->branch), NULL, branch_set_cb,
                                      g_object_ref (asked->window));

  if (g_strcmp0 (gtk_editable_get_text (asked->tags), tags) != 0)
    {
      g_auto (GStrv) list = split_tags (gtk_editable_get_text (asked->tags));

      reshoot_project_set_tags_async (asked->project, asked->step, (const char * const *) list,
                                      NULL, tags_set_cb, g_object_ref (asked->window));
    }
}

static void
entry_applied_cb (AdwMessageDialog *dialog)
{
  adw_message_dialog_response (dialog, "save");
  gtk_window_close (GTK_WINDOW (dialog));
}

static GtkEditable *
add_entry (GtkListBox *list,
           GtkWidget  *dialog,
           const char *title,
           const char *text)
{
  GtkWidget *row = adw_entry_row_new ();

  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  gtk_editable_set_text (GTK_EDITABLE (row), text != NULL ? text : "");
  g_signal_connect_object (row, "entry-activated", G_CALLBACK (entry_applied_cb), dialog,
                           G_CONNECT_SWAPPED);
  gtk_list_box_append (list, row);
  return GTK_EDITABLE (row);
}

static GtkWidget *
make_list (void)
{
  GtkWidget *list = gtk_list_box_new ();

  gtk_list_box_set_selection_mode (GTK_LIST_BOX (list), GTK_SELECTION_NONE);
  gtk_widget_add_css_class (list, "boxed-list");
  gtk_widget_set_size_request (list, DIALOG_WIDTH, -1);
  return list;
}

/**
 * reshoot_window_ask_labels:
 * @self: a window
 * @step: a step of its project
 *
 * Asks what the step is called, how the branch that begins with it, and for its tags.
 */
void
reshoot_window_ask_labels (ReshootWindow *self,
                           ReshootStep   *step)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Name and Tags"), NULL);
  GtkWidget *list = make_list ();
  Asked *asked = asked_new (self, step);
  g_autofree char *tags = join_tags (step);

  /* The one original has no name of its own: it is the project's. */
  if (reshoot_step_get_parent (step) != NULL)
    asked->title = add_entry (GTK_LIST_BOX (list), dialog, _("Name of the step"),
                              reshoot_step_get_title (step));
  asked->branch = add_entry (GTK_LIST_BOX (list), dialog, _("Name of the branch from here on"),
                             reshoot_step_get_branch (step));
  asked->tags = add_entry (GTK_LIST_BOX (list), dialog, _("Tags, with commas between them"), tags);

  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), list);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"),
                                    "save", _("_Save"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "save",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "save");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect_data (dialog, "response", G_CALLBACK (labels_response_cb), asked, asked_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (GTK_WIDGET (asked->branch));
}

static void
note_added_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (ReshootWindow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootNote) note = NULL;

  note = reshoot_project_add_note_finish (RESHOOT_PROJECT (source), result, &error);
  if (note == NULL)
    reshoot_window_say_error (self, error);
}

static char *
dup_text (GtkTextBuffer *buffer)
{
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
notes_response_cb (AdwMessageDialog *dialog,
                   const char       *response,
                   gpointer          user_data)
{
  Asked *asked = user_data;
  g_autofree char *text = dup_text (asked->text);

  if (g_str_equal (response, "add") && *text != '\0')
    reshoot_project_add_note_async (asked->project, asked->step, &RESHOOT_NOTE_FACTS_INIT (text),
                                    NULL, note_added_cb, g_object_ref (asked->window));
}

static void
text_changed_cb (GtkTextBuffer *buffer,
                 gpointer       user_data)
{
  g_autofree char *text = dup_text (buffer);

  adw_message_dialog_set_response_enabled (user_data, "add", *text != '\0');
}

/* A note that was taken away, and its way back. */
typedef struct
{
  ReshootWindow  *window;   /* (owned) */
  ReshootProject *project;  /* (owned) */
  ReshootStep    *step;     /* (owned) */
  ReshootNote    *note;     /* (owned) */
} Removal;

static void
removal_free (gpointer  data,
              GClosure *closure)
{
  Removal *removal = data;

  g_clear_object (&removal->window);
  g_clear_object (&removal->project);
  g_clear_object (&removal->step);
  g_clear_object (&removal->note);
  g_free (removal);
}

static void
note_restored_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (ReshootWindow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!reshoot_project_restore_note_finish (RESHOOT_PROJECT (source), result, &error))
    reshoot_window_say_error (self, error);
}

static void
undo_removal_cb (AdwToast *toast,
                 gpointer  user_data)
{
  Removal *removal = user_data;

  if (removal->window->project == removal->project)
    reshoot_project_restore_note_async (removal->project, removal->step, removal->note, NULL,
                                        note_restored_cb, g_object_ref (removal->window));
}

static void
note_removed_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  Removal *removal = user_data;
  g_autoptr (GError) error = NULL;
  AdwToast *toast;

  if (!reshoot_project_remove_note_finish (RESHOOT_PROJECT (source), result, &error))
    {
      reshoot_window_say_error (removal->window, error);
      removal_free (removal, NULL);
      return;
    }

  toast = reshoot_window_say (removal->window, _("The note was removed"));
  adw_toast_set_button_label (toast, _("Undo"));
  g_signal_connect_data (toast, "button-clicked", G_CALLBACK (undo_removal_cb), removal,
                         removal_free, 0);
}

static void
remove_note (ReshootWindow  *self,
             ReshootProject *project,
             ReshootStep    *step,
             ReshootNote    *note)
{
  Removal *removal = g_new0 (Removal, 1);

  removal->window = g_object_ref (self);
  removal->project = g_object_ref (project);
  removal->step = g_object_ref (step);
  removal->note = g_object_ref (note);
  reshoot_project_remove_note_async (project, step, note, NULL, note_removed_cb, removal);
}

static void
remove_clicked_cb (GtkWidget *button,
                   gpointer   user_data)
{
  Asked *asked = user_data;

  remove_note (asked->window, asked->project, asked->step,
               g_object_get_data (G_OBJECT (button), "note"));
}

static GtkWidget *
make_note_row (gpointer item,
               gpointer user_data)
{
  const ReshootNoteFacts *facts = reshoot_note_get_facts (item);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *label = gtk_label_new (facts->text);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");

  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (label), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 30);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_widget_set_margin_start (label, 12);
  gtk_widget_set_margin_top (label, 9);
  gtk_widget_set_margin_bottom (label, 9);
  gtk_widget_set_margin_end (button, 6);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, _("Remove This Note"));
  g_object_set_data_full (G_OBJECT (button), "note", g_object_ref (item), g_object_unref);
  g_signal_connect (button, "clicked", G_CALLBACK (remove_clicked_cb), user_data);

  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (row), button);
  return row;
}

static void
notes_changed_cb (GListModel *notes,
                  guint       position,
                  guint       removed,
                  guint       added,
                  gpointer    user_data)
{
  gtk_widget_set_visible (user_data, g_list_model_get_n_items (notes) > 0);
}

/* Those there are; none takes no room. */
static GtkWidget *
make_note_list (Asked *asked)
{
  GListModel *notes = reshoot_step_get_notes (asked->step);
  GtkWidget *list = make_list ();
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  gtk_list_box_bind_model (GTK_LIST_BOX (list), notes, make_note_row, asked, NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), list);
  gtk_scrolled_window_set_policy (GTK_SCROLLED_WINDOW (scrolled), GTK_POLICY_NEVER,
                                  GTK_POLICY_AUTOMATIC);
  gtk_scrolled_window_set_propagate_natural_height (GTK_SCROLLED_WINDOW (scrolled), TRUE);
  gtk_scrolled_window_set_max_content_height (GTK_SCROLLED_WINDOW (scrolled), NOTES_HEIGHT);
  g_signal_connect_object (notes, "items-changed", G_CALLBACK (notes_changed_cb), scrolled, 0);
  notes_changed_cb (notes, 0, 0, 0, scrolled);
  return scrolled;
}

static GtkWidget *
make_text (Asked     *asked,
           GtkWidget *dialog)
{
  GtkWidget *text = gtk_text_view_new ();
  GtkWidget *frame = gtk_scrolled_window_new ();

  asked->text = gtk_text_view_get_buffer (GTK_TEXT_VIEW (text));
  gtk_text_view_set_wrap_mode (GTK_TEXT_VIEW (text), GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_accepts_tab (GTK_TEXT_VIEW (text), FALSE);
  gtk_text_view_set_top_margin (GTK_TEXT_VIEW (text), 9);
  gtk_text_view_set_bottom_margin (GTK_TEXT_VIEW (text), 9);
  gtk_text_view_set_left_margin (GTK_TEXT_VIEW (text), 12);
  gtk_text_view_set_right_margin (GTK_TEXT_VIEW (text), 12);
  gtk_accessible_update_property (GTK_ACCESSIBLE (text), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("A new note"), -1);
  gtk_widget_set_size_request (frame, DIALOG_WIDTH, TEXT_HEIGHT);
  gtk_widget_add_css_class (frame, "words");
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (frame), text);
  g_signal_connect_object (asked->text, "changed", G_CALLBACK (text_changed_cb), dialog, 0);
  return frame;
}

/**
 * reshoot_window_show_notes:
 * @self: a window
 * @step: a step of its project
 *
 * Shows the notes on a step, and takes a new one.
 */
void
reshoot_window_show_notes (ReshootWindow *self,
                           ReshootStep   *step)
{
  GtkWidget *dialog = adw_message_dialog_new (GTK_WINDOW (self), _("Notes"), NULL);
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 12);
  Asked *asked = asked_new (self, step);
  GtkWidget *text = make_text (asked, dialog);
  g_autofree char *name = reshoot_step_words_for_name (step);

  gtk_box_append (GTK_BOX (box), make_note_list (asked));
  gtk_box_append (GTK_BOX (box), text);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), name);
  adw_message_dialog_set_extra_child (ADW_MESSAGE_DIALOG (dialog), box);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "close", _("_Close"),
                                    "add", _("_Add Note"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "add",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_response_enabled (ADW_MESSAGE_DIALOG (dialog), "add", FALSE);
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "close");
  g_signal_connect_data (dialog, "response", G_CALLBACK (notes_response_cb), asked, asked_free, 0);
  gtk_window_present (GTK_WINDOW (dialog));
  gtk_widget_grab_focus (gtk_scrolled_window_get_child (GTK_SCROLLED_WINDOW (text)));
}

/**
 * reshoot_window_add_note:
 * @self: a window
 * @step: a step of its project
 * @text: what the note says
 * @x: share of the picture from its left, 0–1; NAN = of the whole picture
 * @y: share of the picture from its top, 0–1; NAN = of the whole picture
 *
 * Pins a note to a place of the step's picture.
 */
void
reshoot_window_add_note (ReshootWindow *self,
                         ReshootStep   *step,
                         const char    *text,
                         double         x,
                         double         y)
{
  ReshootNoteFacts facts = RESHOOT_NOTE_FACTS_INIT (text);

  facts.x = x;
  facts.y = y;
  reshoot_project_add_note_async (self->project, step, &facts, NULL, note_added_cb,
                                  g_object_ref (self));
}

/**
 * reshoot_window_remove_note:
 * @self: a window
 * @step: a step of its project
 * @uuid: of one of its notes
 *
 * Takes the note away, with a way back.
 */
void
reshoot_window_remove_note (ReshootWindow *self,
                            ReshootStep   *step,
                            const char    *uuid)
{
  GListModel *notes = reshoot_step_get_notes (step);

  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (ReshootNote) note = g_list_model_get_item (notes, i);

      if (g_strcmp0 (reshoot_note_get_uuid (note), uuid) == 0)
        {
          remove_note (self, self->project, step, note);
          return;
        }
    }
}
