/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Recipes: those that are there are good, a person's own are kept, and neither takes words away for good. */

#include "reshoot-panel-recipes.h"
#include "reshoot-plan.h"
#include "reshoot-recipes.h"
#include "reshoot-ui-test.h"

#include "reshoot-test.h"

/* So many of the built-in ones are done by the studio. */
#define N_LOCAL 4

typedef struct
{
  GtkWidget           *window;
  GtkTextView         *words;
  ReshootPanelRecipes *recipes;
} Fixture;

static GtkWidget *
find (GtkWidget *widget,
      GType      type)
{
  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  static const char *const none[] = { NULL };
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  g_assert_true (reshoot_recipes_save (none, NULL));
  self->words = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->recipes = g_object_new (RESHOOT_TYPE_PANEL_RECIPES, NULL);
  reshoot_panel_recipes_set_words (self->recipes, self->words);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->recipes));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  self->window = reshoot_ui_test_window (box, 480, 640);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gpointer gone = self->recipes;

  g_object_add_weak_pointer (gone, &gone);
  gtk_window_destroy (GTK_WINDOW (self->window));
  reshoot_test_wait_until (gone == NULL);
}

static void
set_words (Fixture    *self,
           const char *words)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->words), words, -1);
}

static char *
dup_words (Fixture *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

static GtkMenuButton *
get_button (Fixture *self)
{
  return GTK_MENU_BUTTON (find (GTK_WIDGET (self->recipes), GTK_TYPE_MENU_BUTTON));
}

static GtkWidget *
get_popover (Fixture *self)
{
  return GTK_WIDGET (gtk_menu_button_get_popover (get_button (self)));
}

static void
open_list (Fixture *self)
{
  gtk_menu_button_popup (get_button (self));
  reshoot_test_wait_until (gtk_widget_get_mapped (get_popover (self)));
}

static void
close_list (Fixture *self)
{
  gtk_menu_button_popdown (get_button (self));
  reshoot_test_wait_until (!gtk_widget_get_visible (get_popover (self)));
}

static GtkListBoxRow *
get_row (Fixture *self,
         int      index)
{
  return gtk_list_box_get_row_at_index (GTK_LIST_BOX (find (get_popover (self), GTK_TYPE_LIST_BOX)),
                                        index);
}

/* The last thing in the list. */
static GtkWidget *
get_save (Fixture *self)
{
  GtkWidget *list = gtk_widget_get_ancestor (GTK_WIDGET (get_row (self, 0)),
                                             GTK_TYPE_SCROLLED_WINDOW);

  return gtk_widget_get_next_sibling (list);
}

static void
assert_saved (const char *first,
              guint       n)
{
  g_auto (GStrv) saved = reshoot_recipes_load ();

  g_assert_cmpuint (g_strv_length (saved), ==, n);
  if (n > 0)
    g_assert_cmpstr (saved[0], ==, first);
}

/* The studio does the first ones, all that is asked. */
static void
test_built_in (void)
{
  const char *const *recipes = reshoot_panel_recipes_get_built_in ();

  g_assert_cmpuint (g_strv_length ((GStrv) recipes), >=, 6);
  for (guint i = 0; recipes[i] != NULL; i++)
    {
      g_autoptr (ReshootPlan) plan = reshoot_plan_new (recipes[i]);
      g_autoptr (GError) error = NULL;

      if (i < N_LOCAL)
        {
          reshoot_plan_check (plan, &error);
          g_assert_no_error (error);
          g_assert_cmpuint (reshoot_plan_get_n_refusals (plan), ==, 0);
        }
    }
}

/* What was written is one undo away. */
static void
test_use (Fixture       *self,
          gconstpointer  data)
{
  g_autofree char *used = NULL;
  g_autofree char *undone = NULL;

  set_words (self, "my own words");
  open_list (self);
  gtk_widget_activate (GTK_WIDGET (get_row (self, 1)));
  reshoot_test_wait_until (!gtk_widget_get_visible (get_popover (self)));
  used = dup_words (self);
  g_assert_cmpstr (used, ==, reshoot_panel_recipes_get_built_in ()[1]);

  gtk_text_buffer_undo (gtk_text_view_get_buffer (self->words));
  undone = dup_words (self);
  g_assert_cmpstr (undone, ==, "my own words");
}

/* Kept once, the newest first, and there for the next window. */
static void
test_save (Fixture       *self,
           gconstpointer  data)
{
  g_autofree char *used = NULL;

  open_list (self);
  g_assert_false (gtk_widget_get_sensitive (get_save (self)));
  close_list (self);

  set_words (self, " make it glow; softly \n");
  open_list (self);
  g_signal_emit_by_name (get_save (self), "clicked");
  assert_saved ("make it glow; softly", 1);
  g_assert_false (gtk_widget_get_sensitive (get_save (self)));
  close_list (self);

  set_words (self, "a second one");
  open_list (self);
  g_signal_emit_by_name (get_save (self), "clicked");
  assert_saved ("a second one", 2);
  gtk_widget_activate (GTK_WIDGET (get_row (self, 1)));
  used = dup_words (self);
  g_assert_cmpstr (used, ==, "make it glow; softly");
}

/* Until the list is closed what was removed can be had back. */
static void
test_remove (Fixture       *self,
             gconstpointer  data)
{
  static const char *const two[] = { "one", "two", NULL };
  GtkWidget *remove;

  g_assert_true (reshoot_recipes_save (two, NULL));
  open_list (self);
  remove = find (GTK_WIDGET (get_row (self, 0)), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (remove, "clicked");
  g_signal_emit_by_name (remove, "clicked");
  close_list (self);
  assert_saved ("one", 2);

  open_list (self);
  remove = find (GTK_WIDGET (get_row (self, 0)), GTK_TYPE_BUTTON);
  g_signal_emit_by_name (remove, "clicked");
  close_list (self);
  assert_saved ("two", 1);

  /* The built-in ones stay. */
  open_list (self);
  g_assert_null (find (GTK_WIDGET (get_row (self, 1)), GTK_TYPE_BUTTON));
}

/* What a later version writes into the file is left alone, and what nobody can read is none. */
static void
test_file (void)
{
  static const char *const one[] = { "one", NULL };
  g_autofree char *path = g_build_filename (g_get_user_data_dir (), "reshoot", "recipes.ini", NULL);
  g_autofree char *text = NULL;

  g_assert_true (g_file_set_contents (path, "[Recipes]\nwords=a;b;\nnames=x;y;\n[Later]\nk=v\n", -1,
                                      NULL));
  assert_saved ("a", 2);
  g_assert_true (reshoot_recipes_save (one, NULL));
  assert_saved ("one", 1);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "names=x;y;"));
  g_assert_nonnull (strstr (text, "[Later]\nk=v"));

  g_assert_true (g_file_set_contents (path, "\x01 no key file", -1, NULL));
  assert_saved (NULL, 0);
}

int
main (int   argc,
      char *argv[])
{
  reshoot_ui_test_init (&argc, &argv);

  g_test_add_func ("/recipes/built-in", test_built_in);
  g_test_add ("/recipes/use", Fixture, NULL, set_up, test_use, tear_down);
  g_test_add ("/recipes/save", Fixture, NULL, set_up, test_save, tear_down);
  g_test_add ("/recipes/remove", Fixture, NULL, set_up, test_remove, tear_down);
  g_test_add_func ("/recipes/file", test_file);

  return g_test_run ();
}
