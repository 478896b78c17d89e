/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootPanelRecipes: words that are wanted again and again, a click away: those of product photography, and the
 * person's own. They take the place of the words in the field, whose own undo brings those back. The words are English
 * in every language, as models and the studio understand them best; what they are called is translated. */

#include "config.h"

#include "reshoot-panel-recipes.h"

#include "reshoot-recipes.h"

#include <glib/gi18n.h>
#include <string.h>

/* Of the list, in logical pixels. */
#define WIDTH 300
#define MAX_HEIGHT 420

#define N_BUILT_IN 7

struct _ReshootPanelRecipes
{
  AdwBin         parent_instance;

  GtkMenuButton *button;
  GtkWidget     *popover;
  GtkListBox    *list;
  GtkWidget     *save;
  GtkTextView   *words;      /* (owned) (nullable): the field */
  GPtrArray     *own;        /* (owned): of char, the person's recipes */
  GHashTable    *removed;    /* (owned): of those in own, what goes when the list is closed */
};

G_DEFINE_FINAL_TYPE (ReshootPanelRecipes, reshoot_panel_recipes, ADW_TYPE_BIN)

/* The first ones the studio does by itself. */
static const char *const built_in[N_BUILT_IN + 1] = {
  "Replace the background with clean white studio, keep product lighting",
  "White background with a soft shadow, crop square",
  "Make the background light gray",
  "Warm it slightly and lift the shadows",
  "Put the product on a white marble table beside a window, in soft morning light",
  "Put the product on a wooden shelf in a bright, plain kitchen",
  "Remove dust, scratches and fingerprints from the product",
  NULL
};

static const char *const names[N_BUILT_IN] = {
  /* Translators: a recipe: the product in front of a white background. */
  N_("White Studio"),
  /* Translators: a recipe: what online shops ask of a product's picture. */
  N_("For an Online Shop"),
  /* Translators: a recipe: the product in front of a light gray background. */
  N_("Light Gray"),
  /* Translators: a recipe: warmer light. */
  N_("Warmer and Brighter"),
  /* Translators: a recipe: the product on a table of marble. */
  N_("Marble Table"),
  /* Translators: a recipe: the product on a wooden shelf. */
  N_("Wooden Shelf"),
  /* Translators: a recipe: dust and scratches are removed. */
  N_("Clean Product"),
};

static char *
dup_words (ReshootPanelRecipes *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

/* One user action: one undo brings back what was there. */
static void
use (ReshootPanelRecipes *self,
     const char          *recipe)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);
  GtkTextIter start, end;

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, recipe, -1);
  gtk_text_buffer_end_user_action (buffer);
}

static void
row_activated_cb (ReshootPanelRecipes *self,
                  GtkListBoxRow       *row)
{
  const char *recipe = g_object_get_data (G_OBJECT (row), "recipe");

  use (self, recipe);
  gtk_menu_button_popdown (self->button);
  gtk_widget_grab_focus (GTK_WIDGET (self->words));
}

static void
say_removed (GtkWidget *button,
             gboolean   removed)
{
  const char *name = removed ? _("Keep this recipe after all") : _("Remove this recipe");

  gtk_button_set_icon_name (GTK_BUTTON (button),
                            removed ? "edit-undo-symbolic" : "user-trash-symbolic");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/* Nothing is asked: until the list is closed a second click takes it back. */
static void
remove_clicked_cb (GtkWidget *button,
                   gpointer   user_data)
{
  ReshootPanelRecipes *self = user_data;
  GtkWidget *row = gtk_widget_get_ancestor (button, GTK_TYPE_LIST_BOX_ROW);
  char *recipe = g_object_get_data (G_OBJECT (row), "recipe");
  gboolean removed = !g_hash_table_remove (self->removed, recipe);

  if (removed)
    g_hash_table_add (self->removed, recipe);

  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), !removed);
  gtk_widget_set_sensitive (g_object_get_data (G_OBJECT (row), "label"), !removed);
  say_removed (button, removed);
}

static GtkWidget *
new_label (const char *text,
           const char *css_class,
           int         lines)
{
  GtkWidget *label = gtk_label_new (text);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_lines (GTK_LABEL (label), lines);
  gtk_label_set_ellipsize (GTK_LABEL (label), PANGO_ELLIPSIZE_END);
  if (css_class != NULL)
    gtk_widget_add_css_class (label, css_class);
  return label;
}

/* @name: (nullable): of a built-in one; a person's own is called by its words. */
static void
add_row (ReshootPanelRecipes *self,
         const char          *name,
         const char          *recipe)
{
  GtkWidget *row = gtk_list_box_row_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *texts = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *words = new_label (recipe, name != NULL ? "caption" : NULL, name != NULL ? 2 : 3);

  g_object_set (box, "margin-start", 6, "margin-end", 6, "margin-top", 6, "margin-bottom", 6, NULL);
  gtk_widget_set_hexpand (texts, TRUE);
  if (name != NULL)
    {
      gtk_box_append (GTK_BOX (texts), new_label (name, NULL, 1));
      gtk_widget_add_css_class (words, "dim-label");
    }

  gtk_box_append (GTK_BOX (texts), words);
  gtk_box_append (GTK_BOX (box), texts);
  if (name == NULL)
    {
      GtkWidget *remove = gtk_button_new ();

      gtk_widget_set_valign (remove, GTK_ALIGN_CENTER);
      gtk_widget_add_css_class (remove, "flat");
      say_removed (remove, FALSE);
      g_signal_connect_object (remove, "clicked", G_CALLBACK (remove_clicked_cb), self, 0);
      gtk_box_append (GTK_BOX (box), remove);
    }

  gtk_widget_set_tooltip_text (row, recipe);
  g_object_set_data (G_OBJECT (row), "recipe", (gpointer) recipe);
  g_object_set_data (G_OBJECT (row), "label", texts);
  gtk_list_box_row_set_child (GTK_LIST_BOX_ROW (row), box);
  gtk_list_box_append (self->list, row);
}

static void
clear_rows (ReshootPanelRecipes *self)
{
  GtkListBoxRow *row;

  while ((row = gtk_list_box_get_row_at_index (self->list, 0)) != NULL)
    gtk_list_box_remove (self->list, GTK_WIDGET (row));
}

/* What another window saved is there too. */
static void
fill (ReshootPanelRecipes *self)
{
  g_auto (GStrv) saved = reshoot_recipes_load ();

  clear_rows (self);
  g_hash_table_remove_all (self->removed);
  g_ptr_array_set_size (self->own, 0);
  for (guint i = 0; saved[i] != NULL; i++)
    {
      g_ptr_array_add (self->own, g_strdup (saved[i]));
      add_row (self, NULL, self->own->pdata[i]);
    }

  for (guint i = 0; i < N_BUILT_IN; i++)
    add_row (self, _(names[i]), built_in[i]);
}

static void
update_save (ReshootPanelRecipes *self)
{
  g_autofree char *words = dup_words (self);

  gtk_widget_set_sensitive (self->save,
                            *words != '\0' && !g_strv_contains (built_in, words)
                            && !g_ptr_array_find_with_equal_func (self->own, words, g_str_equal,
                                                                  NULL));
}

/* The newest first; @added: (nullable): one more; without those that were removed. */
static void
keep_own (ReshootPanelRecipes *self,
          const char          *added)
{
  g_autoptr (GPtrArray) kept = g_ptr_array_new ();
  g_autoptr (GError) error = NULL;

  if (added != NULL)
    g_ptr_array_add (kept, (gpointer) added);
  for (guint i = 0; i < self->own->len; i++)
    if (!g_hash_table_contains (self->removed, self->own->pdata[i]))
      g_ptr_array_add (kept, self->own->pdata[i]);
  g_ptr_array_add (kept, NULL);

  if (!reshoot_recipes_save ((const char *const *) kept->pdata, &error))
    g_warning ("recipes are not kept: %s", error->message);
}

static void
visible_cb (ReshootPanelRecipes *self)
{
  if (gtk_widget_get_visible (self->popover))
    {
      fill (self);
      update_save (self);
      return;
    }

  if (g_hash_table_size (self->removed) > 0)
    keep_own (self, NULL);
  g_hash_table_remove_all (self->removed);
}

static void
save_clicked_cb (ReshootPanelRecipes *self)
{
  g_autofree char *words = dup_words (self);

  keep_own (self, words);
  fill (self);
  update_save (self);
}

static GtkWidget *
new_popover (ReshootPanelRecipes *self)
{
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *scrolled = gtk_scrolled_window_new ();

  self->list = GTK_LIST_BOX (gtk_list_box_new ());
  gtk_list_box_set_selection_mode (self->list, GTK_SELECTION_NONE);
  gtk_widget_add_css_class (GTK_WIDGET (self->list), "recipes");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->list), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Recipes"), -1);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self,
                           G_CONNECT_SWAPPED);

  g_object_set (scrolled,
                "hscrollbar-policy", GTK_POLICY_NEVER,
                "propagate-natural-height", TRUE,
                "max-content-height", MAX_HEIGHT,
                "width-request", WIDTH,
                NULL);
  gtk_scrolled_window_set_child (GTK_SCROLLED_WINDOW (scrolled), GTK_WIDGET (self->list));
  gtk_box_append (GTK_BOX (box), scrolled);

  self->save = gtk_button_new_with_mnemonic (_("_Save These Words"));
  gtk_widget_set_tooltip_text (self->save, _("Keep the words of the field as a recipe of your own"));
  g_signal_connect_object (self->save, "clicked", G_CALLBACK (save_clicked_cb), self,
                           G_CONNECT_SWAPPED);
  gtk_box_append (GTK_BOX (box), self->save);
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  g_signal_connect_object (popover, "notify::visible", G_CALLBACK (visible_cb), self,
                           G_CONNECT_SWAPPED);
  return popover;
}

static void
reshoot_panel_recipes_dispose (GObject *object)
{
  ReshootPanelRecipes *self = RESHOOT_PANEL_RECIPES (object);

  if (self->popover != NULL)
    g_signal_handlers_disconnect_by_data (self->popover, self);
  self->popover = NULL;
  g_clear_object (&self->words);

  G_OBJECT_CLASS (reshoot_panel_recipes_parent_class)->dispose (object);
}

static void
reshoot_panel_recipes_finalize (GObject *object)
{
  ReshootPanelRecipes *self = RESHOOT_PANEL_RECIPES (object);

  g_hash_table_unref (self->removed);
  g_ptr_array_unref (self->own);

  G_OBJECT_CLASS (reshoot_panel_recipes_parent_class)->finalize (object);
}

static void
reshoot_panel_recipes_class_init (ReshootPanelRecipesClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reshoot_panel_recipes_dispose;
  G_OBJECT_CLASS (klass)->finalize = reshoot_panel_recipes_finalize;
}

static void
reshoot_panel_recipes_init (ReshootPanelRecipes *self)
{
  self->own = g_ptr_array_new_with_free_func (g_free);
  self->removed = g_hash_table_new (NULL, NULL);
  self->popover = new_popover (self);
  self->button = g_object_new (GTK_TYPE_MENU_BUTTON,
                               "label", _("Recipes"),
                               "tooltip-text", _("Words that are wanted again and again"),
                               "popover", self->popover,
                               NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->button), "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Recipes"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->button));
}

/**
 * reshoot_panel_recipes_get_built_in:
 *
 * Returns: (array zero-terminated=1): the words of the recipes that are there from the beginning
 */
const char *const *
reshoot_panel_recipes_get_built_in (void)
{
  return built_in;
}

/**
 * reshoot_panel_recipes_set_words:
 * @self: the recipes
 * @words: the field that a recipe goes into, and from which one is saved
 */
void
reshoot_panel_recipes_set_words (ReshootPanelRecipes *self,
                                 GtkTextView         *words)
{
  g_return_if_fail (RESHOOT_IS_PANEL_RECIPES (self));
  g_return_if_fail (GTK_IS_TEXT_VIEW (words));

  g_set_object (&self->words, words);
}
