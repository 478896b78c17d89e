/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the window lets a person say of steps and do with them: verdicts, names, notes, the bin. By the same actions
 * that menus and keys have. */

#include "reshoot-bin-dialog.h"
#include "reshoot-export-dialog.h"
#include "reshoot-export-names.h"
#include "reshoot-diff-dialog.h"
#include "reshoot-error.h"
#include "reshoot-figures-dialog.h"
#include "reshoot-history-entries.h"
#include "reshoot-project-copy.h"
#include "reshoot-search-dialog.h"
#include "reshoot-ui-test.h"
#include "reshoot-window.h"

#include "reshoot-test.h"

typedef struct
{
  ReshootSession *session;
  ReshootWindow  *window;
  GFile          *photo;
  ReshootStep    *original;   /* (unowned) */
  ReshootStep    *bright;     /* (unowned): made from the original */
  ReshootStep    *warm;       /* (unowned): made from the bright one */
} Fixture;

static ReshootProject *
get_project (Fixture *fixture)
{
  return reshoot_edit_view_get_project (reshoot_window_get_view (fixture->window));
}

static ReshootHistory *
get_history (Fixture *fixture)
{
  return reshoot_project_get_history (get_project (fixture));
}

static GtkWidget *
get_list (Fixture *fixture)
{
  ReshootEditView *view = reshoot_window_get_view (fixture->window);

  return reshoot_history_view_get_list (reshoot_edit_view_get_history (view));
}

static ReshootStep *
edit (Fixture    *fixture,
      const char *instruction)
{
  ReshootEditView *view = reshoot_window_get_view (fixture->window);
  guint n_steps = g_list_model_get_n_items (G_LIST_MODEL (get_history (fixture)));
  ReshootStep *step;

  reshoot_instruction_panel_set_instruction (reshoot_edit_view_get_panel (view), instruction);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (view), "view.edit", NULL));
  reshoot_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (get_history (fixture)))
                           == n_steps + 1);
  step = g_list_model_get_item (G_LIST_MODEL (get_history (fixture)), n_steps);
  g_object_unref (step);
  reshoot_test_wait_until (reshoot_history_get_head (get_history (fixture)) == step);
  return step;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (ReshootImage) image = reshoot_ui_test_flat_image (60, 40, 0xff808080u);
  GBytes *bytes = reshoot_image_get_bytes (image);
  g_autoptr (GError) error = NULL;

  fixture->photo = reshoot_test_temp_file ("flat.png");
  g_file_replace_contents (fixture->photo, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes),
                           NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error);
  g_assert_no_error (error);

  fixture->session = reshoot_session_new (&error);
  g_assert_no_error (error);
  fixture->window = reshoot_window_new (NULL, fixture->session);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
  reshoot_window_open (fixture->window, fixture->photo);
  reshoot_test_wait_until (get_project (fixture) != NULL);

  fixture->original = reshoot_history_get_head (get_history (fixture));
  fixture->bright = edit (fixture, "make it brighter");
  fixture->warm = edit (fixture, "warm it slightly");
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GFile) folder = g_file_get_parent (fixture->photo);
  gpointer window_gone = fixture->window;
  gpointer project_gone = get_project (fixture);
  gpointer session_gone = fixture->session;

  g_object_add_weak_pointer (G_OBJECT (fixture->window), &window_gone);
  g_object_add_weak_pointer (project_gone, &project_gone);
  g_object_add_weak_pointer (session_gone, &session_gone);
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->session);
  reshoot_test_wait_until (window_gone == NULL);
  reshoot_test_wait_until (project_gone == NULL);
  reshoot_test_wait_until (session_gone == NULL);

  g_file_delete (fixture->photo, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
  g_object_unref (fixture->photo);
}

static void
act (Fixture    *fixture,
     const char *action,
     GVariant   *parameter)
{
  g_autoptr (GVariant) held = parameter != NULL ? g_variant_ref_sink (parameter) : NULL;

  g_assert_true (gtk_widget_activate_action_variant (get_list (fixture), action, held));
}

/* The button with this text, in any window that is open. */
static GtkWidget *
find_button (const char *text)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);
      GtkWidget *label = reshoot_ui_test_find_label (window, text);
      GtkWidget *button = label != NULL ? gtk_widget_get_ancestor (label, GTK_TYPE_BUTTON) : NULL;

      if (button != NULL && gtk_widget_get_mapped (button))
        return button;
    }

  return NULL;
}

static void
click (const char *text)
{
  reshoot_test_wait_until (find_button (text) != NULL);
  g_signal_emit_by_name (find_button (text), "clicked");
}

static gpointer
find_window (GType type)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (g_type_is_a (G_OBJECT_TYPE (window), type) && gtk_widget_get_mapped (window))
        return window;
    }

  return NULL;
}

/* The n-th editable below @widget. */
static GtkEditable *
find_entry (GtkWidget *widget,
            int       *n)
{
  if (ADW_IS_ENTRY_ROW (widget) && (*n)-- == 0)
    return GTK_EDITABLE (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkEditable *found = find_entry (child, n);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
type_in_entry (gpointer    dialog,
               int         n,
               const char *text)
{
  GtkEditable *entry = find_entry (dialog, &n);

  g_assert_nonnull (entry);
  gtk_editable_set_text (entry, text);
}

static char *
get_state (Fixture    *fixture,
           const char *name)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GActionGroup *group = reshoot_window_get_step_actions (RESHOOT_WINDOW (window));
  g_autoptr (GVariant) state = g_action_group_get_action_state (group, name);

  return g_variant_print (state, FALSE);
}

static void
test_verdict (Fixture       *fixture,
              gconstpointer  data)
{
  g_autofree char *before = get_state (fixture, "verdict");
  g_autofree char *after = NULL;

  g_assert_cmpstr (before, ==, "'none'");
  act (fixture, "step.verdict", g_variant_new_string ("reject"));
  reshoot_test_wait_until (reshoot_step_get_verdict (fixture->warm) == RESHOOT_VERDICT_REJECT);
  act (fixture, "step.verdict", g_variant_new_string ("accept"));
  reshoot_test_wait_until (reshoot_step_get_verdict (fixture->warm) == RESHOOT_VERDICT_ACCEPT);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                       "The step was accepted") != NULL);

  /* The menu says how it stands. */
  gtk_widget_activate_action (get_list (fixture), "history.show-menu", NULL);
  after = get_state (fixture, "verdict");
  g_assert_cmpstr (after, ==, "'accept'");

  /* Its toast takes it back: to what it was before. */
  click ("Undo");
  reshoot_test_wait_until (reshoot_step_get_verdict (fixture->warm) == RESHOOT_VERDICT_REJECT);
}

static void
test_rating (Fixture       *fixture,
             gconstpointer  data)
{
  act (fixture, "step.rating", g_variant_new_int32 (4));
  reshoot_test_wait_until (reshoot_step_get_rating (fixture->warm) == 4);
  reshoot_test_wait_until (reshoot_ui_test_find_label (get_list (fixture), "★★★★") != NULL);
  g_assert_cmpint (reshoot_step_get_rating (fixture->bright), ==, 0);

  click ("Undo");
  reshoot_test_wait_until (reshoot_step_get_rating (fixture->warm) == 0);
  reshoot_test_wait_until (reshoot_ui_test_find_label (get_list (fixture), "★") == NULL);
}

/* A row's menu is about that row; what one works from stays. */
static void
test_menu (Fixture       *fixture,
           gconstpointer  data)
{
  ReshootEditView *view = reshoot_window_get_view (fixture->window);
  ReshootHistoryView *history = reshoot_edit_view_get_history (view);

  g_assert_true (reshoot_history_view_get_step (history) == fixture->warm);
  reshoot_test_wait_until (reshoot_history_view_open_menu (history, fixture->bright));
  g_assert_true (reshoot_history_view_get_step (history) == fixture->bright);
  act (fixture, "step.rating", g_variant_new_int32 (2));
  reshoot_test_wait_until (reshoot_step_get_rating (fixture->bright) == 2);
  g_assert_true (reshoot_history_get_head (get_history (fixture)) == fixture->warm);
  g_assert_cmpint (reshoot_step_get_rating (fixture->warm), ==, 0);
}

static void
test_names (Fixture       *fixture,
            gconstpointer  data)
{
  const char * const *tags;

  act (fixture, "step.name", NULL);
  reshoot_test_wait_until (find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  type_in_entry (find_window (ADW_TYPE_MESSAGE_DIALOG), 0, "Evening light");
  type_in_entry (find_window (ADW_TYPE_MESSAGE_DIALOG), 1, "Warm");
  type_in_entry (find_window (ADW_TYPE_MESSAGE_DIALOG), 2, "web, hero ,, web");
  click ("Save");

  reshoot_test_wait_until (g_strcmp0 (reshoot_step_get_branch (fixture->warm), "Warm") == 0);
  reshoot_test_wait_until (g_str_equal (reshoot_step_get_title (fixture->warm), "Evening light"));
  reshoot_test_wait_until (reshoot_step_get_tags (fixture->warm)[0] != NULL);
  tags = reshoot_step_get_tags (fixture->warm);
  g_assert_cmpstr (tags[0], ==, "hero");
  g_assert_cmpstr (tags[1], ==, "web");
  g_assert_null (tags[2]);
  reshoot_test_wait_until (reshoot_ui_test_find_label (get_list (fixture),
                                                       "Evening light") != NULL);
  g_assert_nonnull (reshoot_ui_test_find_label (get_list (fixture), "Warm"));
}

static void
test_notes (Fixture       *fixture,
            gconstpointer  data)
{
  GListModel *notes = reshoot_step_get_notes (fixture->warm);
  GtkWidget *text;

  act (fixture, "step.notes", NULL);
  reshoot_test_wait_until (find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  text = gtk_window_get_focus (find_window (ADW_TYPE_MESSAGE_DIALOG));
  g_assert_true (GTK_IS_TEXT_VIEW (text));
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (GTK_TEXT_VIEW (text)), " too warm\n", -1);
  click ("Add Note");
  reshoot_test_wait_until (g_list_model_get_n_items (notes) == 1);
  reshoot_test_wait_until (reshoot_ui_test_find_label (get_list (fixture), "✎1") != NULL);
  reshoot_test_wait_until (find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);

  act (fixture, "step.notes", NULL);
  reshoot_test_wait_until (find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  g_assert_nonnull (reshoot_ui_test_find_label (find_window (ADW_TYPE_MESSAGE_DIALOG), "too warm"));
  gtk_window_close (find_window (ADW_TYPE_MESSAGE_DIALOG));
}

static void
test_bin (Fixture       *fixture,
          gconstpointer  data)
{
  GListModel *bin = reshoot_history_get_bin (get_history (fixture));

  /* The head goes to what is left, and comes back with the step. */
  reshoot_test_wait_until (reshoot_history_view_open_menu (
    reshoot_edit_view_get_history (reshoot_window_get_view (fixture->window)), fixture->bright));
  act (fixture, "step.bin", NULL);
  reshoot_test_wait_until (g_list_model_get_n_items (bin) == 1);
  g_assert_true (reshoot_history_get_head (get_history (fixture)) == fixture->original);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                       "and 1 step after it are in the bin") != NULL);
  click ("Undo");
  reshoot_test_wait_until (g_list_model_get_n_items (bin) == 0);
  reshoot_test_wait_until (reshoot_history_get_head (get_history (fixture)) == fixture->warm);
}

static gboolean
has_words (GFile      *file,
           const char *words)
{
  g_autofree char *text = NULL;

  return g_file_load_contents (file, NULL, &text, NULL, NULL, NULL) && strstr (text, words) != NULL;
}

/* The figures of the project are asked for from the menu, and go out as a table. */
static void
test_figures (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("figures.csv");
  gpointer gone;

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-figures", NULL);
  reshoot_test_wait_until (find_window (RESHOOT_TYPE_FIGURES_DIALOG) != NULL);
  gone = find_window (RESHOOT_TYPE_FIGURES_DIALOG);
  g_object_add_weak_pointer (gone, &gone);

  reshoot_figures_dialog_save (gone, file);
  reshoot_test_wait_until (has_words (file, "\"seconds\",\"studio/local\","));
  gtk_window_close (gone);
  reshoot_test_wait_until (gone == NULL);
  g_file_delete (file, NULL, NULL);
}

static void
test_empty_bin (Fixture       *fixture,
                gconstpointer  data)
{
  GListModel *bin = reshoot_history_get_bin (get_history (fixture));
  gpointer gone;

  act (fixture, "step.bin", NULL);
  reshoot_test_wait_until (g_list_model_get_n_items (bin) == 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-bin", NULL);
  reshoot_test_wait_until (find_window (RESHOOT_TYPE_BIN_DIALOG) != NULL);
  gone = find_window (RESHOOT_TYPE_BIN_DIALOG);
  g_object_add_weak_pointer (gone, &gone);

  click ("Restore");
  reshoot_test_wait_until (g_list_model_get_n_items (bin) == 0);
  reshoot_test_wait_until (reshoot_ui_test_find_label (gone, "The Bin Is Empty") != NULL);
  gtk_window_close (gone);
  reshoot_test_wait_until (gone == NULL);

  /* Only this asks, and a no changes nothing. */
  act (fixture, "step.bin", NULL);
  reshoot_test_wait_until (g_list_model_get_n_items (bin) == 1);
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.show-bin", NULL);
  reshoot_test_wait_until (find_window (RESHOOT_TYPE_BIN_DIALOG) != NULL);
  gone = find_window (RESHOOT_TYPE_BIN_DIALOG);
  g_object_add_weak_pointer (gone, &gone);
  gtk_widget_activate_action (gone, "bin.empty", NULL);
  click ("Cancel");
  reshoot_test_wait_until (find_window (ADW_TYPE_MESSAGE_DIALOG) == NULL);
  g_assert_cmpuint (g_list_model_get_n_items (bin), ==, 1);

  gtk_widget_activate_action (gone, "bin.empty", NULL);
  reshoot_test_wait_until (find_window (ADW_TYPE_MESSAGE_DIALOG) != NULL);
  g_assert_nonnull (reshoot_ui_test_find_label (find_window (ADW_TYPE_MESSAGE_DIALOG),
                                                "The pictures of 1 step go for good"));
  adw_message_dialog_response (find_window (ADW_TYPE_MESSAGE_DIALOG), "empty");
  gtk_window_destroy (find_window (ADW_TYPE_MESSAGE_DIALOG));
  reshoot_test_wait_until (g_list_model_get_n_items (bin) == 0);
  reshoot_test_wait_until (gone == NULL);
  g_assert_true (reshoot_step_get_is_purged (fixture->warm));
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                       "The bin is empty") != NULL);
}

/* A project is open in one window: asked for again, that window comes to the front, and no other is made. */
static void
test_open_again (Fixture       *fixture,
                 gconstpointer  data)
{
  ReshootWindow *second = reshoot_window_new (NULL, fixture->session);
  gpointer gone = second;
  GFile *file = reshoot_project_get_file (get_project (fixture));

  gtk_window_present (GTK_WINDOW (second));
  g_assert_true (reshoot_window_find_open (file) == fixture->window);
  reshoot_window_open (second, file);
  reshoot_test_wait_until (gtk_window_is_active (GTK_WINDOW (fixture->window)));
  g_assert_true (reshoot_window_is_empty (second));

  g_object_add_weak_pointer (gone, &gone);
  gtk_window_close (GTK_WINDOW (second));
  reshoot_test_wait_until (gone == NULL);
}

static void
export (Fixture *fixture,
        GFile   *file)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.export", NULL));
  reshoot_test_wait_until (find_window (RESHOOT_TYPE_EXPORT_DIALOG) != NULL);
  reshoot_export_dialog_write (find_window (RESHOOT_TYPE_EXPORT_DIALOG), file);
  reshoot_test_wait_until (find_window (RESHOOT_TYPE_EXPORT_DIALOG) == NULL);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                       "Exported as"));
}

/* The row of a dialog that has this title. */
static gpointer
find_row (GtkWidget  *widget,
          const char *title)
{
  if (ADW_IS_PREFERENCES_ROW (widget) &&
      g_str_has_prefix (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      gpointer row = find_row (child, title);

      if (row != NULL)
        return row;
    }

  return NULL;
}

static ReshootExportDialog *
open_export (Fixture *fixture)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.export", NULL));
  reshoot_test_wait_until (find_window (RESHOOT_TYPE_EXPORT_DIALOG) != NULL);
  return find_window (RESHOOT_TYPE_EXPORT_DIALOG);
}

static void
choose (ReshootExportDialog *dialog,
        const char          *title,
        guint                item)
{
  adw_combo_row_set_selected (find_row (GTK_WIDGET (dialog), title), item);
}

static void
assert_exported (GFile              *folder,
                 const char         *name,
                 ReshootImageFormat  format,
                 int                 width)
{
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_image_load_async (file, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  image = reshoot_image_load_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_format (image), ==, format);
  g_assert_cmpint (reshoot_image_get_width (image), ==, width);
  g_assert_true (g_file_delete (file, NULL, NULL));
}

/* Many at once, each under a name of its own; what lies there stays; and what was chosen is chosen the next time. */
static void
test_export_many (Fixture       *fixture,
                  gconstpointer  data)
{
  g_autofree char *path = g_dir_make_tmp ("reshoot-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFile) there = g_file_get_child (folder, "warm it slightly.jpg");
  ReshootExportDialog *dialog = open_export (fixture);

  g_assert_false (gtk_widget_get_visible (find_row (GTK_WIDGET (dialog), "Quality")));
  g_assert_false (gtk_widget_get_visible (find_row (GTK_WIDGET (dialog), "Names")));
  choose (dialog, "Pictures", 3);
  choose (dialog, "Format", 1);
  g_assert_true (gtk_widget_get_visible (find_row (GTK_WIDGET (dialog), "Quality")));
  gtk_editable_set_text (find_row (GTK_WIDGET (dialog), "Names"), "{title}");
  g_assert_true (g_file_replace_contents (there, "mine", 4, NULL, FALSE, 0, NULL, NULL, NULL));
  reshoot_export_dialog_write (dialog, folder);
  reshoot_test_wait_until (find_window (RESHOOT_TYPE_EXPORT_DIALOG) == NULL);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                       "Exported 3 pictures"));
  g_assert_true (g_file_delete (there, NULL, NULL));
  assert_exported (folder, "make it brighter.jpg", RESHOOT_IMAGE_FORMAT_JPEG, 60);
  assert_exported (folder, "warm it slightly 2.jpg", RESHOOT_IMAGE_FORMAT_JPEG, 60);
  assert_exported (folder, "Original.jpg", RESHOOT_IMAGE_FORMAT_JPEG, 60);

  dialog = open_export (fixture);
  g_assert_cmpuint (adw_combo_row_get_selected (find_row (GTK_WIDGET (dialog), "Format")), ==, 1);
  choose (dialog, "Format", 0);
  choose (dialog, "Pictures", 1);
  gtk_editable_set_text (find_row (GTK_WIDGET (dialog), "Names"), "same");
  reshoot_export_dialog_write (dialog, folder);
  reshoot_test_wait_until (find_window (RESHOOT_TYPE_EXPORT_DIALOG) == NULL);
  assert_exported (folder, "same.png", RESHOOT_IMAGE_FORMAT_PNG, 60);
  assert_exported (folder, "same-2.png", RESHOOT_IMAGE_FORMAT_PNG, 60);
  assert_exported (folder, "same-3.png", RESHOOT_IMAGE_FORMAT_PNG, 60);
  g_assert_true (g_file_delete (folder, NULL, NULL));
}

/* To close is to cancel: what is done stays, the rest does not come, and nothing is half. */
static void
test_export_cancelled (Fixture       *fixture,
                       gconstpointer  data)
{
  g_autofree char *path = g_dir_make_tmp ("reshoot-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  ReshootExportDialog *dialog = open_export (fixture);

  choose (dialog, "Pictures", 3);
  reshoot_export_dialog_write (dialog, folder);
  gtk_window_close (GTK_WINDOW (dialog));
  reshoot_test_wait_until (find_window (RESHOOT_TYPE_EXPORT_DIALOG) == NULL);
  g_assert_true (g_file_delete (folder, NULL, NULL));

  /* Nothing was accepted: there is nothing to do. */
  dialog = open_export (fixture);
  choose (dialog, "Pictures", 2);
  g_assert_false (gtk_widget_get_sensitive (find_button ("Export…")));
  gtk_window_close (GTK_WINDOW (dialog));
  reshoot_test_wait_until (find_window (RESHOOT_TYPE_EXPORT_DIALOG) == NULL);
}

static void
test_export_names (Fixture       *fixture,
                   gconstpointer  data)
{
  static const char *const names[][2] = {
    { "{project}-{number}", "shop-3.png" },
    { "{title}", "warm it slightly.png" },
    { "../{number}/x", "3 x.png" },
    { "...", "3.png" },
    { "", "3.png" },
    { "{what} {", "{what} {.png" },
    { "größe {number}", "größe 3.png" },
  };
  g_autofree char *long_pattern = g_strnfill (5000, 'x');
  g_autofree char *long_name = reshoot_export_dup_name (long_pattern, "shop", fixture->warm, "png");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *name = reshoot_export_dup_name (names[i][0], "shop", fixture->warm, "png");

      g_assert_cmpstr (name, ==, names[i][1]);
    }

  g_assert_cmpuint (strlen (long_name), <, 255);
}

/* An exported picture leads back to its step; as a new original it comes in only when that is asked for. */
static void
test_drop_here (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GFile) folder = g_file_get_parent (fixture->photo);
  g_autoptr (GFile) file = g_file_get_child (folder, "warm.png");
  guint n = g_list_model_get_n_items (G_LIST_MODEL (get_history (fixture)));

  export (fixture, file);
  reshoot_history_set_head (get_history (fixture), fixture->original);
  reshoot_window_drop (fixture->window, file);
  reshoot_test_wait_until (reshoot_history_get_head (get_history (fixture)) == fixture->warm);
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (get_history (fixture))), ==, n);
  g_assert_nonnull (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                "This picture is step 3, “warm it slightly”"));

  click ("Bring In as New");
  reshoot_test_wait_until (g_list_model_get_n_items (G_LIST_MODEL (get_history (fixture)))
                           == n + 1);
  g_file_delete (file, NULL, NULL);
}

/* Into a window with nothing in it: where the picture came from is offered, and nothing happens by itself. */
static void
test_drop_elsewhere (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autoptr (GFile) folder = g_file_get_parent (fixture->photo);
  g_autoptr (GFile) file = g_file_get_child (folder, "bright.png");
  ReshootWindow *second = reshoot_window_new (NULL, fixture->session);
  gpointer gone = second;

  reshoot_history_set_head (get_history (fixture), fixture->bright);
  export (fixture, file);
  reshoot_history_set_head (get_history (fixture), fixture->original);
  gtk_window_present (GTK_WINDOW (second));

  reshoot_window_drop (second, file);
  reshoot_test_wait_until (reshoot_ui_test_find (GTK_WIDGET (second), "win.show-step") != NULL);
  g_assert_true (reshoot_window_is_empty (second));
  g_assert_nonnull (reshoot_ui_test_find_label (GTK_WIDGET (second), "This picture is step 2"));
  g_signal_emit_by_name (reshoot_ui_test_find (GTK_WIDGET (second), "win.show-step"), "clicked");
  reshoot_test_wait_until (reshoot_history_get_head (get_history (fixture)) == fixture->bright);
  g_assert_true (reshoot_window_is_empty (second));

  g_object_add_weak_pointer (gone, &gone);
  gtk_window_close (GTK_WINDOW (second));
  reshoot_test_wait_until (gone == NULL);
  g_file_delete (file, NULL, NULL);
}

static guint
count_indexed (Fixture    *fixture,
               const char *words)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) hits = NULL;

  reshoot_index_search_async (reshoot_session_get_index (fixture->session), words,
                              reshoot_project_get_file (get_project (fixture)), 10, NULL,
                              reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  hits = reshoot_index_search_finish (reshoot_session_get_index (fixture->session), result, &error);
  g_assert_no_error (error);
  return g_list_model_get_n_items (hits);
}

static void
test_search (Fixture       *fixture,
             gconstpointer  data)
{
  gpointer dialog;

  /* The index follows a moment after. */
  reshoot_test_wait_until (count_indexed (fixture, "brighter") == 1);

  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.search", NULL);
  reshoot_test_wait_until (find_window (RESHOOT_TYPE_SEARCH_DIALOG) != NULL);
  dialog = find_window (RESHOOT_TYPE_SEARCH_DIALOG);
  g_object_add_weak_pointer (dialog, &dialog);

  reshoot_search_dialog_set_words (dialog, "nosuchthing");
  reshoot_test_wait_until (reshoot_ui_test_find_label (dialog, "Nothing Found") != NULL);
  reshoot_search_dialog_set_words (dialog, "brigh");
  reshoot_test_wait_until (reshoot_ui_test_find_label (dialog, "make it brighter") != NULL);
  g_assert_null (reshoot_ui_test_find_label (dialog, "warm it slightly"));

  /* In all projects this one is, too. */
  click ("All Projects");
  reshoot_test_wait_until (reshoot_ui_test_find_label (dialog, "Step 2") != NULL);
  g_signal_emit_by_name (gtk_window_get_focus (dialog), "activate");
  reshoot_test_wait_until (reshoot_history_get_head (get_history (fixture)) == fixture->bright);
  reshoot_test_wait_until (dialog == NULL);
}

/* The head with what it was made from; what is the same only when it is asked for. */
static void
test_compare (Fixture       *fixture,
              gconstpointer  data)
{
  gpointer dialog;

  act (fixture, "step.compare", NULL);
  reshoot_test_wait_until (find_window (RESHOOT_TYPE_DIFF_DIALOG) != NULL);
  dialog = find_window (RESHOOT_TYPE_DIFF_DIALOG);
  g_object_add_weak_pointer (dialog, &dialog);
  g_assert_nonnull (reshoot_ui_test_find_label (dialog, "make it brighter"));
  g_assert_nonnull (reshoot_ui_test_find_label (dialog, "warm it slightly"));
  g_assert_null (reshoot_ui_test_find_label (dialog, "studio/local"));

  gtk_widget_activate_action (dialog, "diff.show-equal", NULL);
  g_assert_nonnull (reshoot_ui_test_find_label (dialog, "studio/local"));
  gtk_window_close (dialog);
  reshoot_test_wait_until (dialog == NULL);
}

static void
test_save_copy (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (GFile) folder = g_file_get_parent (fixture->photo);
  g_autoptr (GFile) file = g_file_get_child (folder, "copy.reshoot");
  g_autofree char *uri = g_file_get_uri (file);
  ReshootWindow *other;
  gpointer gone;

  reshoot_window_save_copy (fixture->window, file);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                       "Saved a copy as") != NULL);

  /* It is a project of its own, with the same steps. */
  gtk_widget_activate_action (GTK_WIDGET (fixture->window), "win.open-uri", "s", uri);
  reshoot_test_wait_until (reshoot_window_find_open (file) != NULL);
  other = reshoot_window_find_open (file);
  g_assert_true (other != fixture->window);
  reshoot_test_wait_until (reshoot_edit_view_get_project (reshoot_window_get_view (other)) != NULL);
  gone = reshoot_edit_view_get_project (reshoot_window_get_view (other));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (reshoot_project_get_history (gone))),
                    ==, 3);

  g_object_add_weak_pointer (gone, &gone);
  gtk_window_close (GTK_WINDOW (other));
  reshoot_test_wait_until (gone == NULL);
  g_file_delete (file, NULL, NULL);
}

/* All of it as plain files, and on paper. */
static void
test_save_elsewhere (Fixture       *fixture,
                     gconstpointer  data)
{
  g_autofree char *path = g_dir_make_tmp ("reshoot-XXXXXX", NULL);
  g_autoptr (GFile) folder = g_file_new_for_path (path);
  g_autoptr (GFile) archive = g_file_get_child (folder, "files");
  g_autoptr (GFile) header = g_file_get_child (archive, "project.json");
  g_autoptr (GFile) sheet = g_file_get_child (folder, "sheet.pdf");
  g_autoptr (GBytes) bytes = NULL;

  reshoot_window_save_archive (fixture->window, archive);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                       "“files”, as plain files"));
  g_assert_true (g_file_query_exists (header, NULL));

  /* What lies there is not written over. */
  reshoot_window_save_archive (fixture->window, archive);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                       "is there already"));

  reshoot_window_save_parcel (fixture->window, sheet);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                       "Saved “sheet.pdf”"));
  bytes = g_file_load_bytes (sheet, NULL, NULL, NULL);
  g_assert_cmpmem (g_bytes_get_data (bytes, NULL), 5, "%PDF-", 5);

  g_assert_true (g_file_delete (sheet, NULL, NULL));
  reshoot_test_remove_tree (folder);
}

/* What a reviewer saved about @step, as a file in the photo's folder. */
static GFile *
write_verdicts (Fixture     *fixture,
                const char  *project,
                ReshootStep *step)
{
  g_autoptr (GFile) folder = g_file_get_parent (fixture->photo);
  GFile *file = g_file_get_child (folder, "flat.verdicts.json");
  g_autofree char *text = g_strdup_printf (
    "{\"format\": \"reshoot-verdicts\", \"project\": \"%s\", \"reviewer\": \"Guest\", \"steps\": ["
    "{\"step\": \"%s\", \"verdict\": \"reject\", \"reason\": \"too dark\","
    " \"notes\": [{\"text\": \"here\", \"x\": 0.5, \"y\": 0.5}]}]}",
    project, reshoot_step_get_uuid (step));

  g_assert_true (g_file_replace_contents (file, text, strlen (text), NULL, FALSE,
                                          G_FILE_CREATE_NONE, NULL, NULL, NULL));
  return file;
}

/* A page goes out, and what is said on it comes back with a drop. */
static void
test_parcel (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->window);
  g_autoptr (GFile) folder = g_file_get_parent (fixture->photo);
  g_autoptr (GFile) page = g_file_get_child (folder, "flat.html");
  g_autoptr (GFile) stopped = g_file_get_child (folder, "stopped.html");
  g_autoptr (GFile) foreign = write_verdicts (fixture, "another", fixture->warm);
  g_autoptr (GFile) verdicts = NULL;

  reshoot_window_save_parcel (fixture->window, page);
  reshoot_test_wait_until (reshoot_ui_test_find_label (widget, "opens in any browser") != NULL);
  g_assert_true (g_file_query_exists (page, NULL));

  reshoot_window_save_parcel (fixture->window, stopped);
  g_assert_true (gtk_widget_activate_action (widget, "win.stop-parcel", NULL));
  reshoot_test_wait_until (reshoot_ui_test_find_label (widget, "Saving the page") == NULL);
  g_assert_false (g_file_query_exists (stopped, NULL));

  reshoot_window_import_verdicts (fixture->window, foreign);
  reshoot_test_wait_until (reshoot_ui_test_find_label (widget, "about another project") != NULL);

  verdicts = write_verdicts (fixture, reshoot_project_get_uuid (get_project (fixture)),
                             fixture->warm);
  reshoot_window_show (fixture->window, RESHOOT_WINDOW_REVIEW);
  reshoot_window_import_verdicts (fixture->window, verdicts);
  reshoot_test_wait_until (reshoot_ui_test_find_label (widget, "Guest: 1 verdict, 1 note") != NULL);
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "Guest rejects it: too dark"));
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "Guest: here"));
  g_assert_cmpint (reshoot_step_get_verdict (fixture->warm), ==, RESHOOT_VERDICT_NONE);

  reshoot_window_import_verdicts (fixture->window, verdicts);
  reshoot_test_wait_until (reshoot_ui_test_find_label (widget, "is here already") != NULL);

  g_file_delete (page, NULL, NULL);
  g_file_delete (verdicts, NULL, NULL);
}

/* A damaged file is shown with what can be saved, and says what is lost. */
static void
test_damaged (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GFile) folder = g_file_get_parent (fixture->photo);
  g_autoptr (GFile) file = g_file_get_child (folder, "damaged.reshoot");
  ReshootWindow *second = reshoot_window_new (NULL, fixture->session);
  gpointer gone = second;
  g_autofree char *bytes = NULL;
  gsize size;

  reshoot_window_save_copy (fixture->window, file);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                       "Saved a copy as") != NULL);
  g_file_load_contents (file, NULL, &bytes, &size, NULL, NULL);
  g_file_replace_contents (file, bytes, size - size / 4, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                           NULL, NULL);

  gtk_window_present (GTK_WINDOW (second));
  reshoot_window_open (second, file);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (second), "is damaged") != NULL);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (second), "Lost: ") != NULL);
  g_assert_nonnull (reshoot_edit_view_get_project (reshoot_window_get_view (second)));

  g_object_add_weak_pointer (gone, &gone);
  gtk_window_close (GTK_WINDOW (second));
  reshoot_test_wait_until (gone == NULL);
  g_file_delete (file, NULL, NULL);
}

/* Damage that only a check of the tables shows is found behind the opening: what can be saved is shown then. */
static void
test_damaged_later (Fixture       *fixture,
                    gconstpointer  data)
{
  g_autoptr (GFile) folder = g_file_get_parent (fixture->photo);
  g_autoptr (GFile) file = g_file_get_child (folder, "damaged.reshoot");
  ReshootWindow *second = reshoot_window_new (NULL, fixture->session);
  ReshootEditView *view = reshoot_window_get_view (second);
  ReshootEditView *first = reshoot_window_get_view (fixture->window);
  ReshootProject *project = reshoot_edit_view_get_project (first);
  GListModel *steps = G_LIST_MODEL (reshoot_project_get_history (project));
  g_autoptr (ReshootStep) step = g_list_model_get_item (steps, 0);
  g_autofree char *row = g_strconcat (reshoot_step_get_uuid (step), "original", NULL);
  gpointer gone = second;
  g_autofree char *bytes = NULL;
  gsize size;
  gsize at = 0;

  reshoot_window_save_copy (fixture->window, file);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (fixture->window),
                                                       "Saved a copy as") != NULL);
  g_file_load_contents (file, NULL, &bytes, &size, NULL, NULL);
  while (memcmp (bytes + at, row, strlen (row)) != 0)
    g_assert_cmpuint (++at + strlen (row), <=, size);
  bytes[at + strlen (row) - 1] = 'x';
  g_file_replace_contents (file, bytes, size, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL);

  gtk_window_present (GTK_WINDOW (second));
  reshoot_window_open (second, file);
  reshoot_test_wait_until (reshoot_ui_test_find_label (GTK_WIDGET (second), "is damaged") != NULL);
  reshoot_test_wait_until (
    reshoot_project_get_damage (reshoot_edit_view_get_project (view)) != NULL);

  g_object_add_weak_pointer (gone, &gone);
  gtk_window_close (GTK_WINDOW (second));
  reshoot_test_wait_until (gone == NULL);
  g_file_delete (file, NULL, NULL);
}

/* A full disk is told until something could be stored again. */
static void
test_trouble (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (GError) error = reshoot_error_new (RESHOOT_ERROR_NO_SPACE, "full", "/x.reshoot", "x");
  GtkWidget *window = GTK_WIDGET (fixture->window);

  reshoot_window_say_error (fixture->window, error);
  g_assert_true (gtk_widget_get_mapped (reshoot_ui_test_find_label (window, "no space left")));
  act (fixture, "step.rating", g_variant_new_int32 (1));
  reshoot_test_wait_until (reshoot_step_get_rating (fixture->warm) == 1);
  reshoot_test_wait_until (!gtk_widget_get_mapped (reshoot_ui_test_find_label (window,
                                                                               "no space left")));
}

/* Two takes are two steps beside each other, of one row, and the words are taken once. */
static void
test_takes (Fixture       *fixture,
            gconstpointer  data)
{
  ReshootEditView *view = reshoot_window_get_view (fixture->window);
  ReshootInstructionPanel *panel = reshoot_edit_view_get_panel (view);
  GListModel *steps = G_LIST_MODEL (get_history (fixture));
  guint n_steps = g_list_model_get_n_items (steps);
  g_autoptr (ReshootStep) first = NULL;
  g_autoptr (ReshootStep) second = NULL;
  g_autofree char *words = NULL;

  reshoot_instruction_panel_set_takes (panel, 2);
  reshoot_instruction_panel_set_instruction (panel, "make it darker");
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (view), "view.edit", NULL));
  reshoot_test_wait_until (g_list_model_get_n_items (steps) == n_steps + 2);

  first = g_list_model_get_item (steps, n_steps);
  second = g_list_model_get_item (steps, n_steps + 1);
  g_assert_true (reshoot_step_get_parent (first) == fixture->warm);
  g_assert_true (reshoot_step_get_parent (second) == fixture->warm);
  g_assert_nonnull (reshoot_step_get_row (first));
  g_assert_cmpstr (reshoot_step_get_row (first), ==, reshoot_step_get_row (second));
  reshoot_test_wait_until (reshoot_step_get_state (first) == RESHOOT_STEP_DONE
                           && reshoot_step_get_state (second) == RESHOOT_STEP_DONE);
  words = reshoot_instruction_panel_dup_instruction (panel);
  g_assert_cmpstr (words, ==, "");
}

/* A key of the words' field, as its text view hears it. */
static void
press (Fixture *fixture,
       int      lines)
{
  GtkWidget *window = GTK_WIDGET (fixture->window);
  GtkWidget *words = gtk_window_get_focus (GTK_WINDOW (window));

  g_assert_true (GTK_IS_TEXT_VIEW (words));
  reshoot_ui_test_frames (window);
  g_signal_emit_by_name (words, "move-cursor", GTK_MOVEMENT_DISPLAY_LINES, lines, FALSE);
}

static void
assert_words (Fixture    *fixture,
              const char *expected)
{
  ReshootEditView *view = reshoot_window_get_view (fixture->window);
  g_autofree char *words
    = reshoot_instruction_panel_dup_instruction (reshoot_edit_view_get_panel (view));

  g_assert_cmpstr (words, ==, expected);
}

/* Up goes to older instructions, each once, and Down back to what was being written. */
static void
test_recall (Fixture       *fixture,
             gconstpointer  data)
{
  ReshootInstructionPanel *panel
    = reshoot_edit_view_get_panel (reshoot_window_get_view (fixture->window));
  static const struct
  {
    int         lines;
    const char *expected;
  } keys[] = {
    { -1, "a draft\nof two lines" },   /* to its first line */
    { -1, "warm it slightly" },
    { -1, "make it brighter" },
    { -1, "make it brighter" },
    { 1, "warm it slightly" },
    { 1, "a draft\nof two lines" },
    { 1, "a draft\nof two lines" },
  };

  edit (fixture, "warm it slightly");
  reshoot_instruction_panel_focus (panel);
  reshoot_instruction_panel_set_instruction (panel, "a draft\nof two lines");
  for (guint i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      press (fixture, keys[i].lines);
      assert_words (fixture, keys[i].expected);
    }

  /* What was recalled and changed is what is being written. */
  reshoot_instruction_panel_set_instruction (panel, "warm it slightly more");
  press (fixture, 1);
  assert_words (fixture, "warm it slightly more");
  press (fixture, -1);
  assert_words (fixture, "warm it slightly");
  press (fixture, 1);
  assert_words (fixture, "warm it slightly more");
}

/* Words that were not sent stay with their project, and no other gets them. */
static void
test_draft (Fixture       *fixture,
            gconstpointer  data)
{
  ReshootInstructionPanel *panel
    = reshoot_edit_view_get_panel (reshoot_window_get_view (fixture->window));
  g_autoptr (ReshootProject) before = g_object_ref (get_project (fixture));
  g_autoptr (GFile) file = g_object_ref (reshoot_project_get_file (before));
  g_autofree char *path = reshoot_test_sample ("mug.jpg");
  g_autoptr (GFile) photo = g_file_new_for_path (path);
  ReshootWindow *second = reshoot_window_new (NULL, fixture->session);
  ReshootEditView *view = reshoot_window_get_view (second);
  g_autoptr (GFile) other = NULL;
  gpointer gone;

  reshoot_window_open (second, photo);
  reshoot_test_wait_until (reshoot_edit_view_get_project (view) != NULL);
  gone = reshoot_edit_view_get_project (view);
  other = g_object_ref (reshoot_project_get_file (gone));
  g_object_add_weak_pointer (gone, &gone);
  gtk_window_destroy (GTK_WINDOW (second));
  reshoot_test_wait_until (gone == NULL);

  reshoot_instruction_panel_set_instruction (panel, "half a\nthou");
  reshoot_history_set_head (get_history (fixture), fixture->original);
  assert_words (fixture, "half a\nthou");

  reshoot_window_open (fixture->window, other);
  reshoot_test_wait_until (get_project (fixture) != before);
  assert_words (fixture, "");

  gone = before;
  g_object_add_weak_pointer (G_OBJECT (before), &gone);
  g_clear_object (&before);
  reshoot_test_wait_until (gone == NULL);
  reshoot_window_open (fixture->window, file);
  reshoot_test_wait_until (g_file_equal (reshoot_project_get_file (get_project (fixture)), file));
  assert_words (fixture, "half a\nthou");
}

int
main (int    argc,
      char **argv)
{
  reshoot_ui_test_init (&argc, &argv);

#define add(name, function) \
  g_test_add ("/document/" name, Fixture, NULL, set_up, function, tear_down)
  add ("takes", test_takes);
  add ("verdict", test_verdict);
  add ("rating", test_rating);
  add ("menu", test_menu);
  add ("names", test_names);
  add ("notes", test_notes);
  add ("bin", test_bin);
  add ("figures", test_figures);
  add ("empty-bin", test_empty_bin);
  add ("open-again", test_open_again);
  add ("export-many", test_export_many);
  add ("export-cancelled", test_export_cancelled);
  add ("export-names", test_export_names);
  add ("drop-here", test_drop_here);
  add ("drop-elsewhere", test_drop_elsewhere);
  add ("search", test_search);
  add ("compare", test_compare);
  add ("save-copy", test_save_copy);
  add ("save-elsewhere", test_save_elsewhere);
  add ("parcel", test_parcel);
  add ("damaged", test_damaged);
  add ("damaged-later", test_damaged_later);
  add ("trouble", test_trouble);
  add ("recall", test_recall);
  add ("draft", test_draft);
#undef add

  return g_test_run ();
}
