/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The panel says what the studio understood, what an edit costs, and whether it can be started at all. */

#include "reshoot-instruction-panel.h"
#include "reshoot-ui-test.h"

#include "reshoot-test.h"

typedef struct
{
  ReshootSession          *session;
  ReshootInstructionPanel *panel;
  GtkWidget               *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->session = reshoot_session_new (&error);
  g_assert_no_error (error);
  fixture->panel = g_object_new (RESHOOT_TYPE_INSTRUCTION_PANEL, NULL);
  fixture->window = reshoot_ui_test_window (GTK_WIDGET (fixture->panel), 280, 600);
  reshoot_instruction_panel_set_session (fixture->panel, fixture->session);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer gone = fixture->panel;

  g_object_add_weak_pointer (G_OBJECT (fixture->panel), &gone);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  reshoot_test_wait_until (gone == NULL);

  gone = fixture->session;
  g_object_add_weak_pointer (G_OBJECT (fixture->session), &gone);
  g_object_unref (fixture->session);
  reshoot_test_wait_until (gone == NULL);
}

static void
test_words (Fixture       *fixture,
            gconstpointer  data)
{
  g_autofree char *words = NULL;

  reshoot_instruction_panel_set_instruction (fixture->panel, "  warm it slightly \n");
  words = reshoot_instruction_panel_dup_instruction (fixture->panel);
  g_assert_cmpstr (words, ==, "warm it slightly");
}

static void
test_understood (Fixture       *fixture,
                 gconstpointer  data)
{
  g_assert_false (reshoot_instruction_panel_get_ready (fixture->panel));

  reshoot_instruction_panel_set_instruction (fixture->panel, "warm it slightly");
  g_assert_true (reshoot_instruction_panel_get_ready (fixture->panel));
  g_assert_nonnull (strstr (reshoot_instruction_panel_get_preview (fixture->panel), "Warmer"));

  reshoot_instruction_panel_set_instruction (fixture->panel, "");
  g_assert_false (reshoot_instruction_panel_get_ready (fixture->panel));
  g_assert_cmpstr (reshoot_instruction_panel_get_preview (fixture->panel), ==, "");
}

static void
test_refused (Fixture       *fixture,
              gconstpointer  data)
{
  reshoot_instruction_panel_set_instruction (fixture->panel, "place it on a beach at sunset");
  g_assert_false (reshoot_instruction_panel_get_ready (fixture->panel));
  g_assert_nonnull (strstr (reshoot_instruction_panel_get_preview (fixture->panel),
                            "studio cannot"));
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    user_data)
{
  (*(guint *) user_data)++;
}

static GtkTextView *
find_text_view (GtkWidget *widget)
{
  if (GTK_IS_TEXT_VIEW (widget))
    return GTK_TEXT_VIEW (widget);

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkTextView *found = find_text_view (child);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* While one types it follows by itself, and says so once for each change. */
static void
test_typing (Fixture       *fixture,
             gconstpointer  data)
{
  GtkTextView *words = find_text_view (GTK_WIDGET (fixture->panel));
  guint n_changed = 0;

  g_signal_connect (fixture->panel, "notify::ready", G_CALLBACK (count_cb), &n_changed);
  g_signal_emit_by_name (words, "insert-at-cursor", "make it ");
  g_signal_emit_by_name (words, "insert-at-cursor", "brighter");
  reshoot_test_wait_until (n_changed == 1);
  g_assert_nonnull (strstr (reshoot_instruction_panel_get_preview (fixture->panel), "Brighter"));

  g_signal_emit_by_name (words, "insert-at-cursor", " and warmer");
  reshoot_test_wait_until (strstr (reshoot_instruction_panel_get_preview (fixture->panel),
                                   "Warmer") != NULL);
  g_assert_cmpuint (n_changed, ==, 1);
}

static void
test_model_and_price (Fixture       *fixture,
                      gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->panel);

  g_assert_cmpstr (reshoot_model_get_id (reshoot_instruction_panel_get_model (fixture->panel)), ==,
                   "studio/local");
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "Free"));

  reshoot_instruction_panel_set_instruction (fixture->panel, "place it on a beach at sunset");
  reshoot_instruction_panel_set_model (fixture->panel, "bfl/flux-kontext-pro");
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "0.04"));

  /* There is no key in a test. */
  g_assert_false (reshoot_instruction_panel_get_ready (fixture->panel));
  g_assert_nonnull (strstr (reshoot_instruction_panel_get_preview (fixture->panel), "key"));
}

/* Who edits nothing says so where it is chosen. */
static void
test_reimagining (Fixture       *fixture,
                  gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->panel);

  g_assert_null (reshoot_ui_test_find_label (widget, "does not edit"));
  reshoot_instruction_panel_set_model (fixture->panel, "useapi/midjourney");
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "does not edit"));
  reshoot_instruction_panel_set_model (fixture->panel, "bfl/flux-kontext-pro");
  g_assert_null (reshoot_ui_test_find_label (widget, "does not edit"));
}

int
main (int    argc,
      char **argv)
{
  g_unsetenv ("BFL_API_KEY");
  reshoot_ui_test_init (&argc, &argv);

#define add(name, function) \
  g_test_add ("/instruction-panel/" name, Fixture, NULL, set_up, function, tear_down)
  add ("words", test_words);
  add ("understood", test_understood);
  add ("refused", test_refused);
  add ("typing", test_typing);
  add ("model-and-price", test_model_and_price);
  add ("reimagining", test_reimagining);
#undef add

  return g_test_run ();
}
