/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The panel says what the studio understood, what an edit costs, and whether it can be started at all. */

#include "reshoot-instruction-panel.h"
#include "reshoot-panel-budget.h"
#include "reshoot-panel-models.h"
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
  g_assert_nonnull (strstr (reshoot_instruction_panel_get_reason (fixture->panel), "key"));
}

/* What a service may misunderstand is said; the studio says itself what it understood. */
static void
test_advice (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->panel);

  reshoot_instruction_panel_set_instruction (fixture->panel, "Write SALE at the top");
  g_assert_null (reshoot_ui_test_find_label (widget, "in quotes"));
  reshoot_instruction_panel_set_model (fixture->panel, "bfl/flux-kontext-pro");
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "in quotes"));

  reshoot_instruction_panel_set_instruction (fixture->panel, "Write 'SALE' at the top");
  g_assert_null (reshoot_ui_test_find_label (widget, "in quotes"));
}

static GtkCheckButton *
find_check (GtkWidget  *widget,
            const char *text)
{
  GtkWidget *label = reshoot_ui_test_find_label (widget, text);

  g_assert_nonnull (label);
  return GTK_CHECK_BUTTON (gtk_widget_get_ancestor (label, GTK_TYPE_CHECK_BUTTON));
}

/* What is ticked becomes part of the instruction, and is found in it again. */
static void
test_keep (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->panel);
  GtkCheckButton *product = find_check (widget, "Product");
  GtkCheckButton *framing = find_check (widget, "Framing");
  g_autofree char *one = NULL;
  g_autofree char *two = NULL;
  g_autofree char *none = NULL;
  g_autofree char *recalled = NULL;

  reshoot_instruction_panel_set_instruction (fixture->panel, "warm it slightly");
  g_assert_null (strstr (reshoot_instruction_panel_get_preview (fixture->panel), "only"));
  gtk_check_button_set_active (product, TRUE);
  one = reshoot_instruction_panel_dup_instruction (fixture->panel);
  g_assert_cmpstr (one, ==, "warm it slightly. Keep the product exactly as it is.");
  g_assert_nonnull (strstr (reshoot_instruction_panel_get_preview (fixture->panel), "only"));

  gtk_check_button_set_active (framing, TRUE);
  two = reshoot_instruction_panel_dup_instruction (fixture->panel);
  g_assert_cmpstr (two, ==, "warm it slightly. Keep the product and the framing exactly as they are.");

  /* As a draft comes back, and what was written before is not asked twice. */
  reshoot_instruction_panel_set_instruction (fixture->panel, one);
  g_assert_true (gtk_check_button_get_active (product));
  g_assert_false (gtk_check_button_get_active (framing));
  recalled = reshoot_instruction_panel_dup_instruction (fixture->panel);
  g_assert_cmpstr (recalled, ==, one);

  reshoot_instruction_panel_set_instruction (fixture->panel, "");
  g_assert_true (gtk_check_button_get_active (product));
  none = reshoot_instruction_panel_dup_instruction (fixture->panel);
  g_assert_cmpstr (none, ==, "");
  g_assert_false (reshoot_instruction_panel_get_ready (fixture->panel));
}

/* Nobody need guess what a service reads. */
static void
test_sent (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->panel);
  const char *whole = "Make it warmer. Keep the product, the label and the lighting exactly as they are.";
  GtkWidget *expander, *sent;

  reshoot_instruction_panel_set_instruction (fixture->panel, whole);
  expander = gtk_widget_get_ancestor (reshoot_ui_test_find_label (widget, "What is sent"),
                                      GTK_TYPE_EXPANDER);
  g_assert_false (gtk_widget_get_visible (expander));

  reshoot_instruction_panel_set_model (fixture->panel, "bfl/flux-kontext-pro");
  g_assert_true (gtk_widget_get_visible (expander));
  gtk_expander_set_expanded (GTK_EXPANDER (expander), TRUE);
  sent = gtk_expander_get_child (GTK_EXPANDER (expander));
  g_assert_cmpstr (gtk_label_get_text (GTK_LABEL (sent)), ==, whole);
}

/* The studio takes every sentence that can be ticked together as what to protect, and as nothing else. */
static void
test_keep_in_studio (Fixture       *fixture,
                     gconstpointer  data)
{
  static const char *const names[] = { "Product", "Label", "Lighting", "Framing" };
  static const char *const words[] = { "Make the background light grey", "Blur the background!" };

  for (guint kept = 0; kept < 16; kept++)
    for (guint i = 0; i < G_N_ELEMENTS (words); i++)
      {
        g_autofree char *preview = NULL;

        for (guint j = 0; j < G_N_ELEMENTS (names); j++)
          gtk_check_button_set_active (find_check (GTK_WIDGET (fixture->panel), names[j]), FALSE);
        reshoot_instruction_panel_set_instruction (fixture->panel, words[i]);
        preview = g_strdup (reshoot_instruction_panel_get_preview (fixture->panel));
        for (guint j = 0; j < G_N_ELEMENTS (names); j++)
          gtk_check_button_set_active (find_check (GTK_WIDGET (fixture->panel), names[j]),
                                       (kept >> j) & 1);

        g_assert_cmpstr (reshoot_instruction_panel_get_preview (fixture->panel), ==, preview);
        g_assert_true (reshoot_instruction_panel_get_ready (fixture->panel));
      }
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

/* The price is that of all results together, and what has none is said to be missing in the sum. */
static void
test_several_models (Fixture       *fixture,
                     gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->panel);
  GListModel *models = reshoot_instruction_panel_get_models (fixture->panel);

  reshoot_instruction_panel_set_model (fixture->panel, "bfl/flux-kontext-pro");
  reshoot_instruction_panel_add_model (fixture->panel, "bfl/flux-kontext-max");
  reshoot_instruction_panel_add_model (fixture->panel, "bfl/flux-kontext-max");
  reshoot_instruction_panel_add_model (fixture->panel, "no/such-model");
  g_assert_cmpuint (g_list_model_get_n_items (models), ==, 2);
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "FLUX.1 Kontext Max"));
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "0.12"));
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "2 results"));

  reshoot_instruction_panel_set_takes (fixture->panel, 3);
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "0.36"));
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "6 results"));

  /* What costs nothing adds nothing; of what has no price it is not known. */
  reshoot_instruction_panel_add_model (fixture->panel, "studio/local");
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "0.36"));
  g_assert_null (reshoot_ui_test_find_label (widget, "and more"));
  reshoot_instruction_panel_add_model (fixture->panel, "bfl/flux-2-flex");
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "and more"));

  reshoot_instruction_panel_set_takes (fixture->panel, 99);
  g_assert_cmpuint (reshoot_instruction_panel_get_takes (fixture->panel), ==, 8);
}

/* By the megapixel: of the picture that is edited. */
static void
test_price_by_size (Fixture       *fixture,
                    gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->panel);

  reshoot_instruction_panel_set_model (fixture->panel, "bfl/flux-2-pro");
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "per megapixel"));
  reshoot_instruction_panel_set_size (fixture->panel, 6000, 4000);
  g_assert_null (reshoot_ui_test_find_label (widget, "per megapixel"));
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "0.0315"));
}

static GtkWidget *
find_named_button (GtkWidget  *widget,
                   const char *tooltip)
{
  if (GTK_IS_BUTTON (widget) && g_strcmp0 (gtk_widget_get_tooltip_text (widget), tooltip) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_named_button (child, tooltip);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* Each chip has its way out, the last one too: then somebody is to be asked first. */
static void
test_chips (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->panel);
  GListModel *models = reshoot_instruction_panel_get_models (fixture->panel);

  reshoot_instruction_panel_set_instruction (fixture->panel, "warm it slightly");
  reshoot_instruction_panel_add_model (fixture->panel, "bfl/flux-kontext-pro");
  g_assert_false (reshoot_instruction_panel_get_ready (fixture->panel));

  g_signal_emit_by_name (find_named_button (widget, "Do not ask FLUX.1 Kontext Pro"), "clicked");
  g_assert_cmpuint (g_list_model_get_n_items (models), ==, 1);
  g_assert_true (reshoot_instruction_panel_get_ready (fixture->panel));

  g_signal_emit_by_name (find_named_button (widget, "Do not ask Built-in studio"), "clicked");
  g_assert_cmpuint (g_list_model_get_n_items (models), ==, 0);
  g_assert_null (reshoot_instruction_panel_get_model (fixture->panel));
  g_assert_false (reshoot_instruction_panel_get_ready (fixture->panel));
  g_assert_nonnull (strstr (reshoot_instruction_panel_get_reason (fixture->panel), "Add a model"));
}

static GtkWidget *
find_of_type (GtkWidget *widget,
              GType      type)
{
  if (g_type_is_a (G_OBJECT_TYPE (widget), type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_of_type (child, type);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static guint
count_shown_rows (GtkListBox *list)
{
  GtkListBoxRow *row;
  guint n = 0;

  for (int i = 0; (row = gtk_list_box_get_row_at_index (list, i)) != NULL; i++)
    n += gtk_widget_get_child_visible (GTK_WIDGET (row)) ? 1 : 0;

  return n;
}

/* The list that "Add" opens: all models, found by name or service, those that can be asked first. */
static void
test_model_list (Fixture       *fixture,
                 gconstpointer  data)
{
  GListModel *models = reshoot_instruction_panel_get_models (fixture->panel);
  guint n_all = g_list_model_get_n_items
                  (G_LIST_MODEL (reshoot_session_get_catalogue (fixture->session)));
  GtkWidget *chosen = find_of_type (GTK_WIDGET (fixture->panel), RESHOOT_TYPE_PANEL_MODELS);
  GtkWidget *button = find_of_type (chosen, GTK_TYPE_MENU_BUTTON);
  GtkWidget *list, *rows, *search;

  list = GTK_WIDGET (gtk_menu_button_get_popover (GTK_MENU_BUTTON (button)));
  gtk_menu_button_popup (GTK_MENU_BUTTON (button));
  reshoot_ui_test_frames (GTK_WIDGET (fixture->panel));

  rows = find_of_type (list, GTK_TYPE_LIST_BOX);
  search = find_of_type (list, GTK_TYPE_SEARCH_ENTRY);
  reshoot_test_wait_until (count_shown_rows (GTK_LIST_BOX (rows)) == n_all);
  g_assert_nonnull (reshoot_ui_test_find_label
                      (GTK_WIDGET (gtk_list_box_get_row_at_index (GTK_LIST_BOX (rows), 0)),
                       "Built-in studio"));

  gtk_editable_set_text (GTK_EDITABLE (search), "kontext max");
  reshoot_test_wait_until (count_shown_rows (GTK_LIST_BOX (rows)) < n_all);
  g_assert_cmpuint (count_shown_rows (GTK_LIST_BOX (rows)), >, 0);

  gtk_editable_set_text (GTK_EDITABLE (search), "studio");
  reshoot_test_wait_until (count_shown_rows (GTK_LIST_BOX (rows)) == 1);
  reshoot_instruction_panel_set_model (fixture->panel, "bfl/flux-kontext-pro");
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpuint (g_list_model_get_n_items (models), ==, 2);

  /* Without a key it cannot be asked. */
  reshoot_instruction_panel_set_model (fixture->panel, "studio/local");
  gtk_editable_set_text (GTK_EDITABLE (search), "kontext max");
  reshoot_test_wait_until (count_shown_rows (GTK_LIST_BOX (rows)) > 1);
  g_signal_emit_by_name (search, "activate");
  g_assert_cmpuint (g_list_model_get_n_items (models), ==, 1);
}

static ReshootPanelBudget *
find_budget (GtkWidget *widget)
{
  return RESHOOT_PANEL_BUDGET (find_of_type (widget, RESHOOT_TYPE_PANEL_BUDGET));
}

/* One sentence at the button, whatever is missing; it goes when the edit can be started. */
static void
test_reason (Fixture       *fixture,
             gconstpointer  data)
{
  ReshootInstructionPanel *panel = fixture->panel;

  g_assert_cmpstr (reshoot_instruction_panel_get_reason (panel), ==, "Say what to change.");

  reshoot_instruction_panel_set_instruction (panel, "warm it slightly");
  g_assert_cmpstr (reshoot_instruction_panel_get_reason (panel), ==, "");
  g_assert_true (reshoot_instruction_panel_get_ready (panel));

  reshoot_instruction_panel_set_starting (panel, TRUE);
  g_assert_nonnull (strstr (reshoot_instruction_panel_get_reason (panel), "being taken up"));
  g_assert_false (reshoot_instruction_panel_get_ready (panel));
  reshoot_instruction_panel_set_starting (panel, FALSE);
  g_assert_true (reshoot_instruction_panel_get_ready (panel));

  reshoot_instruction_panel_set_instruction (panel, "place it on a beach at sunset");
  g_assert_nonnull (strstr (reshoot_instruction_panel_get_reason (panel), "cannot do this"));
}

/* What is left is said before the button, and what costs more is not started. */
static void
test_budget (Fixture       *fixture,
             gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->panel);
  ReshootInstructionPanel *panel = fixture->panel;
  g_autoptr (GError) error = NULL;

  g_setenv ("BFL_API_KEY", "test", TRUE);
  reshoot_session_set_limit (fixture->session, RESHOOT_LIMIT_DAY,
                             reshoot_money_from_dollars (0.1), &error);
  g_assert_no_error (error);
  reshoot_instruction_panel_set_model (panel, "bfl/flux-kontext-pro");
  reshoot_instruction_panel_set_instruction (panel, "place it on a beach at sunset");
  gtk_window_present (GTK_WINDOW (fixture->window));
  reshoot_instruction_panel_set_project (panel, NULL);
  reshoot_panel_budget_set_project (find_budget (widget), "0c8a0b4c-0000-4000-8000-000000000001");
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "Left today: $0.10"));
  g_assert_cmpstr (reshoot_instruction_panel_get_reason (panel), ==, "");

  reshoot_instruction_panel_set_takes (panel, 3);
  g_assert_nonnull (strstr (reshoot_instruction_panel_get_reason (panel), "left for today"));
  g_assert_false (reshoot_instruction_panel_get_ready (panel));
  reshoot_instruction_panel_set_takes (panel, 2);
  g_assert_true (reshoot_instruction_panel_get_ready (panel));

  reshoot_session_set_limit (fixture->session, RESHOOT_LIMIT_DAY, RESHOOT_MONEY_ANY, &error);
  g_assert_no_error (error);
  g_unsetenv ("BFL_API_KEY");
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
  add ("reason", test_reason);
  add ("budget", test_budget);
  add ("understood", test_understood);
  add ("refused", test_refused);
  add ("typing", test_typing);
  add ("model-and-price", test_model_and_price);
  add ("advice", test_advice);
  add ("keep", test_keep);
  add ("sent", test_sent);
  add ("keep-in-studio", test_keep_in_studio);
  add ("reimagining", test_reimagining);
  add ("several-models", test_several_models);
  add ("price-by-size", test_price_by_size);
  add ("chips", test_chips);
  add ("model-list", test_model_list);
#undef add

  return g_test_run ();
}
