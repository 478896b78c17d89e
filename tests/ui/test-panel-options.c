/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What can be set beside the words: by the catalogue, for one model or several, and what of it a request gets. */

#include "reshoot-instruction-panel.h"
#include "reshoot-option-row.h"
#include "reshoot-panel-options.h"
#include "reshoot-ui-test.h"

#include "reshoot-test.h"

#define PRO  "bfl/flux-kontext-pro"
#define FLEX "bfl/flux-2-flex"
#define FAL  "fal/flux-kontext-pro"

typedef struct
{
  ReshootSession      *session;
  GListStore          *models;
  ReshootPanelOptions *options;
  GtkWidget           *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  GtkWidget *list = gtk_list_box_new ();
  g_autoptr (GError) error = NULL;

  fixture->session = reshoot_session_new (&error);
  g_assert_no_error (error);
  fixture->models = g_list_store_new (RESHOOT_TYPE_MODEL);
  fixture->options = g_object_new (RESHOOT_TYPE_PANEL_OPTIONS, NULL);
  gtk_list_box_append (GTK_LIST_BOX (list), GTK_WIDGET (fixture->options));
  fixture->window = reshoot_ui_test_window (list, 280, 600);
  reshoot_panel_options_set_models (fixture->options, G_LIST_MODEL (fixture->models));
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer gone = fixture->options;

  g_object_add_weak_pointer (G_OBJECT (fixture->options), &gone);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  reshoot_test_wait_until (gone == NULL);
  g_assert_finalize_object (fixture->models);

  gone = fixture->session;
  g_object_add_weak_pointer (G_OBJECT (fixture->session), &gone);
  g_object_unref (fixture->session);
  reshoot_test_wait_until (gone == NULL);
}

static ReshootModel *
find_model (Fixture    *fixture,
            const char *id)
{
  return reshoot_catalogue_get_model (reshoot_session_get_catalogue (fixture->session), id);
}

static void
ask (Fixture    *fixture,
     const char *id)
{
  g_list_store_append (fixture->models, find_model (fixture, id));
}

/* By its title and the words of its options, whichever row it is. */
static GtkWidget *
find_row (GtkWidget  *widget,
          const char *title)
{
  if (RESHOOT_IS_OPTION_ROW (widget)
      && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), title) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_row (child, title);

      if (found != NULL)
        return found;
    }

  return NULL;
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

static GtkWidget *
get_control (Fixture    *fixture,
             const char *title,
             GType       type)
{
  GtkWidget *row = find_row (GTK_WIDGET (fixture->options), title);
  GtkWidget *control;

  g_assert_nonnull (row);
  control = find_of_type (row, type);
  g_assert_nonnull (control);
  return control;
}

static char *
dup_json (Fixture    *fixture,
          const char *id)
{
  ReshootModel *model = find_model (fixture, id);
  g_autoptr (JsonObject) parameters =
    reshoot_panel_options_dup_parameters (fixture->options, model);
  g_autoptr (JsonNode) node = NULL;

  if (parameters == NULL)
    return g_strdup ("nothing");

  g_assert_true (reshoot_model_check_parameters (model, parameters, NULL));
  node = json_node_init_object (json_node_alloc (), parameters);
  return json_to_string (node, FALSE);
}

static void
assert_parameters (Fixture    *fixture,
                   const char *id,
                   const char *expected)
{
  g_autofree char *json = dup_json (fixture, id);

  g_assert_cmpstr (json, ==, expected);
}

static void
count_cb (gpointer user_data)
{
  (*(guint *) user_data)++;
}

/* The studio has none: a row that opens on nothing is no row. */
static void
test_none (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->options)));
  ask (fixture, "studio/local");
  g_assert_false (gtk_widget_get_visible (GTK_WIDGET (fixture->options)));
  assert_parameters (fixture, "studio/local", "nothing");
  ask (fixture, PRO);
  g_assert_true (gtk_widget_get_visible (GTK_WIDGET (fixture->options)));
}

/* Each by the control that its type and range ask for; what holds anyway is not asked for. */
static void
test_controls (Fixture       *fixture,
               gconstpointer  data)
{
  GtkAdjustment *range;
  guint n_changed = 0;

  ask (fixture, FLEX);
  g_signal_connect_swapped (fixture->options, "changed", G_CALLBACK (count_cb), &n_changed);
  assert_parameters (fixture, FLEX, "nothing");

  range = gtk_spin_button_get_adjustment (GTK_SPIN_BUTTON (get_control (fixture, "Guidance",
                                                                        GTK_TYPE_SPIN_BUTTON)));
  g_assert_cmpfloat (gtk_adjustment_get_lower (range), ==, 1.5);
  g_assert_cmpfloat (gtk_adjustment_get_upper (range), ==, 10);
  g_assert_cmpfloat (gtk_adjustment_get_value (range), ==, 5);
  gtk_adjustment_set_value (range, 2.5);
  assert_parameters (fixture, FLEX, "{\"guidance\":2.5}");
  gtk_adjustment_set_value (range, 5);
  assert_parameters (fixture, FLEX, "nothing");
  g_assert_cmpuint (n_changed, ==, 2);

  gtk_switch_set_active (GTK_SWITCH (get_control (fixture, "Let the service reword", GTK_TYPE_SWITCH)), TRUE);
  assert_parameters (fixture, FLEX, "{\"prompt_upsampling\":true}");

  gtk_drop_down_set_selected (GTK_DROP_DOWN (get_control (fixture, "Format", GTK_TYPE_DROP_DOWN)), 1);
  assert_parameters (fixture, FLEX, "{\"prompt_upsampling\":true,\"output_format\":\"jpeg\"}");
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (fixture->options)), ==,
                   "Let the service reword: On · Format: jpeg");

  reshoot_panel_options_reset (fixture->options);
  assert_parameters (fixture, FLEX, "nothing");
  g_assert_cmpstr (adw_expander_row_get_subtitle (ADW_EXPANDER_ROW (fixture->options)), ==, "");
  g_assert_false (gtk_switch_get_active (GTK_SWITCH (get_control (fixture, "Let the service reword",
                                                                  GTK_TYPE_SWITCH))));
}

static GtkWidget *
find_button (GtkWidget  *row,
             const char *tooltip)
{
  if (GTK_IS_BUTTON (row) && g_strcmp0 (gtk_widget_get_tooltip_text (row), tooltip) == 0)
    return row;

  for (GtkWidget *child = gtk_widget_get_first_child (row); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find_button (child, tooltip);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* Chance decides, until a number is asked for; then that one is sent until it is let go of. */
static void
test_seed (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *row, *spin;

  ask (fixture, PRO);
  row = find_row (GTK_WIDGET (fixture->options), "Seed");
  spin = get_control (fixture, "Seed", GTK_TYPE_SPIN_BUTTON);
  g_assert_false (gtk_widget_get_visible (spin));
  g_assert_nonnull (reshoot_ui_test_find_label (row, "Random"));

  g_signal_emit_by_name (find_button (row, "Choose a number instead"), "clicked");
  g_assert_true (gtk_widget_get_visible (spin));
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (spin), 4294967295.0);
  assert_parameters (fixture, PRO, "{\"seed\":4294967295}");

  g_signal_emit_by_name (find_button (row, "Seed: as it comes"), "clicked");
  g_assert_false (gtk_widget_get_visible (spin));
  assert_parameters (fixture, PRO, "nothing");
}

/* What all have comes first, within what all allow; what one lacks is said, and it does without. */
static void
test_several (Fixture       *fixture,
              gconstpointer  data)
{
  GtkWidget *row;
  GListModel *formats;

  ask (fixture, FAL);
  ask (fixture, PRO);
  row = find_row (GTK_WIDGET (fixture->options), "Guidance");
  g_assert_nonnull (reshoot_ui_test_find_label (row, "Not with FLUX.1 Kontext Pro"));
  row = find_row (GTK_WIDGET (fixture->options), "Seed");
  g_assert_null (reshoot_ui_test_find_label (row, "Not with"));

  /* The one knows webp, the other does not. */
  formats = gtk_drop_down_get_model (GTK_DROP_DOWN (get_control (fixture, "Format", GTK_TYPE_DROP_DOWN)));
  g_assert_cmpuint (g_list_model_get_n_items (formats), ==, 2);

  gtk_spin_button_set_value (GTK_SPIN_BUTTON (get_control (fixture, "Guidance", GTK_TYPE_SPIN_BUTTON)), 7);
  reshoot_panel_options_choose (fixture->options, "seed", json_node_init_int (json_node_alloc (), 7));
  assert_parameters (fixture, FAL, "{\"seed\":7,\"guidance_scale\":7.0}");
  assert_parameters (fixture, PRO, "{\"seed\":7}");
}

/* A model that comes back finds what was chosen for it. */
static void
test_remembered (Fixture       *fixture,
                 gconstpointer  data)
{
  ask (fixture, PRO);
  gtk_drop_down_set_selected (GTK_DROP_DOWN (get_control (fixture, "Format", GTK_TYPE_DROP_DOWN)), 2);
  g_list_store_remove_all (fixture->models);
  ask (fixture, FAL);
  assert_parameters (fixture, FAL, "nothing");

  /* It cannot: what is sent is what is shown. */
  ask (fixture, PRO);
  assert_parameters (fixture, FAL, "nothing");
  assert_parameters (fixture, PRO, "nothing");

  g_list_store_remove (fixture->models, 0);
  assert_parameters (fixture, PRO, "{\"output_format\":\"webp\"}");
}

/* Every option of every model of the catalogue can be shown, and what is shown is no choice. */
static void
test_catalogue (Fixture       *fixture,
                gconstpointer  data)
{
  GListModel *all = G_LIST_MODEL (reshoot_session_get_catalogue (fixture->session));

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (all, i);

      g_list_store_remove_all (fixture->models);
      g_list_store_append (fixture->models, model);
      adw_expander_row_set_expanded (ADW_EXPANDER_ROW (fixture->options), TRUE);
      reshoot_ui_test_frames (fixture->window);
      assert_parameters (fixture, reshoot_model_get_id (model), "nothing");
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_ui_test_init (&argc, &argv);

#define add(name, function) \
  g_test_add ("/panel-options/" name, Fixture, NULL, set_up, function, tear_down)
  add ("none", test_none);
  add ("controls", test_controls);
  add ("seed", test_seed);
  add ("several", test_several);
  add ("remembered", test_remembered);
  add ("catalogue", test_catalogue);
#undef add

  return g_test_run ();
}
