/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The pictures that go along beside the source: how many may, what each is there for, and what a request gets. */

#include "reshoot-error.h"
#include "reshoot-panel-references.h"
#include "reshoot-session.h"
#include "reshoot-ui-test.h"

#include "reshoot-test.h"

#define PRO    "bfl/flux-kontext-pro"     /* takes three along */
#define TWO    "bfl/flux-2-pro"           /* takes seven */
#define STUDIO "studio/local"             /* takes none */

typedef struct
{
  ReshootSession         *session;
  GListStore             *models;
  ReshootPanelReferences *references;
  GtkWidget              *window;
  guint                   n_changed;
} Fixture;

static void
count_cb (Fixture *fixture)
{
  fixture->n_changed++;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *list = gtk_list_box_new ();
  g_autoptr (GError) error = NULL;

  fixture->session = reshoot_session_new (&error);
  g_assert_no_error (error);
  fixture->models = g_list_store_new (RESHOOT_TYPE_MODEL);
  fixture->references = g_object_new (RESHOOT_TYPE_PANEL_REFERENCES, NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (fixture->references));
  fixture->window = reshoot_ui_test_window (list, 280, 600);
  reshoot_panel_references_set_models (fixture->references, G_LIST_MODEL (fixture->models));
  g_signal_connect_swapped (fixture->references, "changed", G_CALLBACK (count_cb), fixture);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer gone = fixture->references;

  g_object_add_weak_pointer (G_OBJECT (fixture->references), &gone);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  reshoot_test_wait_until (gone == NULL);
  g_assert_finalize_object (fixture->models);

  gone = fixture->session;
  g_object_add_weak_pointer (G_OBJECT (fixture->session), &gone);
  g_object_unref (fixture->session);
  reshoot_test_wait_until (gone == NULL);
}

static void
ask (Fixture    *fixture,
     const char *id)
{
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (fixture->session);

  g_list_store_append (fixture->models, reshoot_catalogue_get_model (catalogue, id));
}

static void
add (Fixture *fixture,
     guint    n)
{
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ReshootImage) image = reshoot_ui_test_flat_image (64, 48, 0xff336699);
      g_autofree char *name = g_strdup_printf ("%u.png", i + 1);

      reshoot_panel_references_add (fixture->references, image, name);
    }
}

static GtkWidget *
find_named (GtkWidget  *widget,
            const char *tooltip)
{
  if (g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named (child, tooltip);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static char *
dup_roles (Fixture *fixture)
{
  g_autoptr (GArray) pictures = g_array_new (FALSE, FALSE, sizeof (ReshootRequestPicture));
  g_autoptr (GString) text = g_string_new (NULL);

  reshoot_panel_references_fill (fixture->references, pictures);
  for (guint i = 0; i < pictures->len; i++)
    {
      const ReshootRequestPicture *picture = &g_array_index (pictures, ReshootRequestPicture, i);

      g_assert_true (RESHOOT_IS_IMAGE (picture->image));
      g_string_append_printf (text, "%s ", picture->role);
    }

  return g_strdup (text->str);
}

static void
assert_roles (Fixture    *fixture,
              const char *expected)
{
  g_autofree char *found = dup_roles (fixture);

  g_assert_cmpstr (found, ==, expected);
}

/* Of several models the strictest says how many, and what is there already is never hidden. */
static void
test_limit (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->references);
  GtkWidget *button;
  g_autoptr (GError) error = NULL;

  g_assert_false (gtk_widget_get_visible (widget));
  ask (fixture, TWO);
  g_assert_true (gtk_widget_get_visible (widget));
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "up to 7"));
  ask (fixture, PRO);
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "up to 3"));

  button = find_named (widget, "Add pictures to go along");
  add (fixture, 2);
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "2 of 3"));
  g_assert_true (gtk_widget_get_sensitive (button));
  add (fixture, 1);
  g_assert_false (gtk_widget_get_sensitive (button));
  g_assert_true (reshoot_panel_references_check (fixture->references, &error));

  add (fixture, 1);
  g_assert_false (reshoot_panel_references_check (fixture->references, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "choose fewer"));

  g_list_store_remove_all (fixture->models);
  ask (fixture, STUDIO);
  g_assert_true (gtk_widget_get_visible (widget));
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "takes no pictures"));
}

static void
test_roles (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->references);
  GtkWidget *menu;

  ask (fixture, PRO);
  assert_roles (fixture, "");
  add (fixture, 2);
  g_assert_cmpuint (fixture->n_changed, ==, 2);
  assert_roles (fixture, "reference reference ");

  menu = find_named (widget, "What “2.png” shows");
  gtk_drop_down_set_selected (GTK_DROP_DOWN (menu), 2);
  g_assert_cmpuint (fixture->n_changed, ==, 3);
  assert_roles (fixture, "reference style ");

  g_signal_emit_by_name (find_named (widget, "Leave “1.png” out"), "clicked");
  g_assert_cmpuint (fixture->n_changed, ==, 4);
  assert_roles (fixture, "style ");
  g_assert_null (find_named (widget, "Leave “1.png” out"));
}

/* By file, as the dialog and a drop give it: a picture comes with its name, what is none is told. */
static void
test_files (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->references);
  g_autofree char *path = reshoot_test_sample ("mug.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GFile) none = g_file_get_child (file, "none.png");

  ask (fixture, PRO);
  reshoot_panel_references_take (fixture->references, &(GSList) { .data = file });
  reshoot_test_wait_until (fixture->n_changed == 1);
  assert_roles (fixture, "reference ");
  g_assert_nonnull (find_named (widget, "mug.jpg"));

  reshoot_panel_references_take (fixture->references, &(GSList) { .data = none });
  reshoot_test_wait_until (reshoot_ui_test_find_label (widget, "1 of 3") == NULL);
  assert_roles (fixture, "reference ");
}

/* Nobody waits for what is being loaded when the panel goes. */
static void
test_gone (Fixture       *fixture,
           gconstpointer  data)
{
  g_autofree char *path = reshoot_test_sample ("mug.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  ask (fixture, PRO);
  reshoot_panel_references_take (fixture->references, &(GSList) { .data = file });
  add (fixture, 1);
}

int
main (int    argc,
      char **argv)
{
  reshoot_ui_test_init (&argc, &argv);

  g_test_add ("/panel-references/limit", Fixture, NULL, set_up, test_limit, tear_down);
  g_test_add ("/panel-references/roles", Fixture, NULL, set_up, test_roles, tear_down);
  g_test_add ("/panel-references/files", Fixture, NULL, set_up, test_files, tear_down);
  g_test_add ("/panel-references/gone", Fixture, NULL, set_up, test_gone, tear_down);

  return g_test_run ();
}
