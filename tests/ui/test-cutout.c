/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Region and cut-out in the window: what is drawn goes along with the edit, and what the studio could not cut out is
 * looked at, corrected and done. */

#include "reshoot-image-prepare.h"
#include "reshoot-region-layer.h"
#include "reshoot-ui-test.h"
#include "reshoot-window.h"

#include "reshoot-test.h"

#include <math.h>

typedef struct
{
  ReshootSession     *session;
  ReshootWindow      *window;
  ReshootEditView    *view;
  ReshootRegionLayer *layer;
  GFile              *photo;
} Fixture;

static ReshootHistory *
get_history (Fixture *fixture)
{
  return reshoot_project_get_history (reshoot_edit_view_get_project (fixture->view));
}

static guint
count_steps (Fixture *fixture)
{
  return g_list_model_get_n_items (G_LIST_MODEL (get_history (fixture)));
}

static ReshootStep *
get_last (Fixture *fixture)
{
  ReshootStep *step = g_list_model_get_item (G_LIST_MODEL (get_history (fixture)),
                                             count_steps (fixture) - 1);

  g_object_unref (step);
  return step;
}

static void
edit (Fixture    *fixture,
      const char *instruction)
{
  guint n_steps = count_steps (fixture);

  reshoot_instruction_panel_set_instruction (reshoot_edit_view_get_panel (fixture->view),
                                             instruction);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.edit", NULL));
  reshoot_test_wait_until (count_steps (fixture) == n_steps + 1);
}

static gboolean
get_flag (Fixture    *fixture,
          const char *name)
{
  gboolean flag;

  g_object_get (fixture->layer, name, &flag, NULL);
  return flag;
}

/* A third of the sample, so that nobody waits long. */
static GFile *
make_photo (void)
{
  g_autofree char *path = reshoot_test_sample ("mug.jpg");
  g_autoptr (GFile) sample = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (ReshootImage) small = NULL;
  g_autoptr (GError) error = NULL;
  GFile *photo = reshoot_test_temp_file ("mug.png");
  GBytes *bytes;

  reshoot_image_load_async (sample, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  image = reshoot_image_load_finish (result, &error);
  g_assert_no_error (error);
  small = reshoot_image_prepare (image, 480, 360, RESHOOT_IMAGE_FORMAT_PNG, NULL, &error);
  g_assert_no_error (error);
  bytes = reshoot_image_get_bytes (small);
  g_file_replace_contents (photo, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                           FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error);
  g_assert_no_error (error);
  return photo;
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  ReshootCanvas *canvas;
  GtkWidget *button, *layer;

  fixture->session = reshoot_session_new (&error);
  g_assert_no_error (error);
  fixture->window = reshoot_window_new (NULL, fixture->session);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (fixture->window));
  fixture->photo = make_photo ();
  reshoot_window_open (fixture->window, fixture->photo);
  fixture->view = reshoot_window_get_view (fixture->window);
  reshoot_test_wait_until (reshoot_edit_view_get_project (fixture->view) != NULL);
  canvas = reshoot_edit_view_get_canvas (fixture->view);
  reshoot_test_wait_until (reshoot_canvas_get_settled (canvas));

  button = reshoot_ui_test_find (GTK_WIDGET (fixture->view), "region.done");
  layer = gtk_widget_get_ancestor (button, RESHOOT_TYPE_REGION_LAYER);
  fixture->layer = RESHOOT_REGION_LAYER (layer);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  g_autoptr (GFile) folder = g_file_get_parent (fixture->photo);
  gpointer window_gone = fixture->window;
  gpointer layer_gone = fixture->layer;
  gpointer session_gone = fixture->session;

  g_object_add_weak_pointer (window_gone, &window_gone);
  g_object_add_weak_pointer (layer_gone, &layer_gone);
  g_object_add_weak_pointer (session_gone, &session_gone);
  gtk_window_close (GTK_WINDOW (fixture->window));
  g_object_unref (fixture->session);
  reshoot_test_wait_until (window_gone == NULL);
  reshoot_test_wait_until (layer_gone == NULL);
  reshoot_test_wait_until (session_gone == NULL);

  g_file_delete (fixture->photo, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
  g_object_unref (fixture->photo);
}

/* The region goes along, stays for the next edit, and is cleared from the panel. */
static void
test_region (Fixture       *fixture,
             gconstpointer  data)
{
  const graphene_point_t corners[] = { { 30, 30 }, { 160, 130 } };
  ReshootRegionStrokes *strokes = reshoot_region_layer_get_strokes (fixture->layer);
  const ReshootInputs *inputs;

  gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.region", NULL);
  g_assert_true (get_flag (fixture, "active"));
  reshoot_region_strokes_add (strokes, RESHOOT_REGION_BOX, RESHOOT_REGION_HERE, 0, corners, 2);

  edit (fixture, "much brighter");
  inputs = reshoot_request_get_inputs (reshoot_step_get_request (get_last (fixture)));
  g_assert_cmpfloat (inputs->region[0], ==, 30);
  g_assert_cmpfloat (inputs->region[3], ==, 100);
  reshoot_test_wait_until (reshoot_history_get_head (get_history (fixture)) == get_last (fixture));
  g_assert_cmpuint (reshoot_region_strokes_get_n (strokes), ==, 1);

  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.clear-region", NULL));
  g_assert_cmpuint (reshoot_region_strokes_get_n (strokes), ==, 0);
}

/* The studio is not sure: the outline is shown; with a box and strokes the same edit is done. */
static void
test_unsure (Fixture       *fixture,
             gconstpointer  data)
{
  const graphene_point_t box[] = { { 123, 63 }, { 380, 300 } };
  const graphene_point_t keep[] = { { 166, 166 }, { 233, 266 } };
  const graphene_point_t drop[] = { { 20, 20 }, { 100, 20 } };
  ReshootRegionStrokes *hints = reshoot_region_layer_get_hints (fixture->layer);
  JsonObject *parameters;
  ReshootStep *failed;

  edit (fixture, "white background");
  failed = get_last (fixture);
  reshoot_test_wait_until (get_flag (fixture, "cutout"));
  g_assert_cmpint (reshoot_step_get_state (failed), !=, RESHOOT_STEP_DONE);

  reshoot_region_strokes_add (hints, RESHOOT_REGION_BOX, RESHOOT_REGION_HERE, 0, box, 2);
  reshoot_region_strokes_add (hints, RESHOOT_REGION_BRUSH, RESHOOT_REGION_HERE, 10, keep, 2);
  reshoot_region_strokes_add (hints, RESHOOT_REGION_BRUSH, RESHOOT_REGION_NEVER, 10, drop, 2);
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.use-cutout", NULL));
  g_assert_false (get_flag (fixture, "cutout"));
  reshoot_test_wait_until (count_steps (fixture) == 3);

  parameters = reshoot_request_get_parameters (reshoot_step_get_request (get_last (fixture)));
  g_assert_cmpstr (json_object_get_string_member (parameters, "box"), ==, "123,63,257,237");
  g_assert_cmpstr (json_object_get_string_member (parameters, "keep"), ==, "166,166,233,266");
  g_assert_cmpstr (json_object_get_string_member (parameters, "drop"), ==, "20,20,100,20");
  g_assert_true (json_object_get_boolean_member (parameters, "accepted"));
  reshoot_test_wait_until (reshoot_step_get_state (get_last (fixture)) == RESHOOT_STEP_DONE);
}

/* Called without a failure, and put away before there is an answer. */
static void
test_put_away (Fixture       *fixture,
               gconstpointer  data)
{
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.cutout", NULL));
  g_assert_true (get_flag (fixture, "cutout"));
  reshoot_region_layer_set_active (fixture->layer, FALSE);
  g_assert_false (get_flag (fixture, "cutout"));
  g_assert_true (gtk_widget_activate_action (GTK_WIDGET (fixture->view), "view.cutout", NULL));
  g_assert_true (get_flag (fixture, "cutout"));
}

int
main (int   argc,
      char *argv[])
{
  reshoot_ui_test_init (&argc, &argv);

  g_test_add ("/cutout/region", Fixture, NULL, set_up, test_region, tear_down);
  g_test_add ("/cutout/unsure", Fixture, NULL, set_up, test_unsure, tear_down);
  g_test_add ("/cutout/put-away", Fixture, NULL, set_up, test_put_away, tear_down);

  return g_test_run ();
}
