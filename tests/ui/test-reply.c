/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a service sent, in the window: it is seen in place of the aligned result and said to be, another step is seen as
 * it is, and what was kept as it came can be aligned later. The service is the fake cloud's. */

#include "fake-vendors.h"
#include "reshoot-image-prepare.h"
#include "reshoot-landing-facts.h"
#include "reshoot-ui-test.h"
#include "reshoot-window.h"

#include "reshoot-session-private.h"
#include "reshoot-test.h"

#define MODEL "bfl/flux-kontext-pro"

/* Of the photo, in pixels. */
#define WIDTH 480
#define HEIGHT 360

typedef struct
{
  FakeCloud       *cloud;
  ReshootSession  *session;
  ReshootWindow   *window;
  ReshootEditView *view;
  ReshootCanvas   *canvas;
  GFile           *photo;
} Fixture;

/* Small, so that nobody waits long for an alignment. */
static GFile *
make_photo (void)
{
  g_autofree char *path = reshoot_test_sample ("headphones-on-beige.jpg");
  g_autoptr (GFile) sample = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (ReshootImage) small = NULL;
  g_autoptr (GError) error = NULL;
  GFile *photo = reshoot_test_temp_file ("photo.png");
  GBytes *bytes;

  reshoot_image_load_async (sample, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  image = reshoot_image_load_finish (result, &error);
  g_assert_no_error (error);
  small = reshoot_image_prepare (image, WIDTH, HEIGHT, RESHOOT_IMAGE_FORMAT_PNG, NULL, &error);
  g_assert_no_error (error);
  bytes = reshoot_image_get_bytes (small);
  g_file_replace_contents (photo, g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes), NULL,
                           FALSE, G_FILE_CREATE_NONE, NULL, NULL, &error);
  g_assert_no_error (error);
  return photo;
}

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  static const ReshootTimes times = { 1, 4, 10000, 20000, 4, 1, 4 };
  g_autoptr (GError) error = NULL;

  self->cloud = fake_cloud_new ();
  fake_bfl_add (self->cloud);
  g_setenv ("RESHOOT_BFL_URL", fake_cloud_get_uri (self->cloud, "bfl"), TRUE);
  g_setenv ("BFL_API_KEY", "fake-key", TRUE);

  self->session = reshoot_session_new (&error);
  g_assert_no_error (error);
  reshoot_session_set_times (self->session, &times);
  self->window = reshoot_window_new (NULL, self->session);
  gtk_window_set_default_size (GTK_WINDOW (self->window), 1280, 800);
  gtk_window_present (GTK_WINDOW (self->window));
  self->photo = make_photo ();
  reshoot_window_open (self->window, self->photo);
  self->view = reshoot_window_get_view (self->window);
  self->canvas = reshoot_edit_view_get_canvas (self->view);
  reshoot_test_wait_until (reshoot_edit_view_get_project (self->view) != NULL);
  reshoot_test_wait_until (reshoot_canvas_get_settled (self->canvas));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (GFile) folder = g_file_get_parent (self->photo);
  gpointer window_gone = self->window;
  gpointer view_gone = self->view;
  gpointer session_gone = self->session;

  g_object_add_weak_pointer (window_gone, &window_gone);
  g_object_add_weak_pointer (view_gone, &view_gone);
  g_object_add_weak_pointer (session_gone, &session_gone);
  gtk_window_close (GTK_WINDOW (self->window));
  g_object_unref (self->session);
  reshoot_test_wait_until (window_gone == NULL);
  reshoot_test_wait_until (view_gone == NULL);
  reshoot_test_wait_until (session_gone == NULL);
  fake_cloud_free (self->cloud);
  g_unsetenv ("RESHOOT_BFL_URL");
  g_unsetenv ("BFL_API_KEY");

  g_file_delete (self->photo, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
  g_object_unref (self->photo);
}

static ReshootHistory *
get_history (Fixture *self)
{
  return reshoot_project_get_history (reshoot_edit_view_get_project (self->view));
}

/* An edit of the head, until the head is its result and that is on screen. */
static ReshootStep *
edit (Fixture    *self,
      const char *landing)
{
  ReshootInputs inputs = RESHOOT_INPUTS_INIT;
  ReshootStep *head = reshoot_history_get_head (get_history (self));
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;

  inputs.landing = landing;
  request = reshoot_request_new_with_inputs ("make the headphones blue", MODEL, NULL, &inputs);
  reshoot_session_edit_async (self->session, reshoot_edit_view_get_project (self->view), head,
                              request, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  job = reshoot_session_edit_finish (self->session, result, &error);
  g_assert_no_error (error);
  reshoot_test_wait_until (reshoot_history_get_head (get_history (self))
                           == reshoot_job_get_step (job));
  reshoot_test_wait_until (reshoot_canvas_get_settled (self->canvas));
  return reshoot_job_get_step (job);
}

/* What can be seen of it; NULL where it is not offered. */
static GtkWidget *
get_button (Fixture    *self,
            const char *action)
{
  return reshoot_ui_test_find (GTK_WIDGET (self->view), action);
}

static gboolean
get_raw (Fixture *self)
{
  gboolean raw;

  g_object_get (self->view, "raw", &raw, NULL);
  return raw;
}

static int
get_width (Fixture *self)
{
  return reshoot_picture_get_width (reshoot_canvas_get_picture (self->canvas,
                                                                RESHOOT_CANVAS_RESULT));
}

static gboolean
says (Fixture    *self,
      const char *words)
{
  return reshoot_ui_test_find_label (GTK_WIDGET (self->view), words) != NULL;
}

static gboolean
is_landed (ReshootStep *step)
{
  ReshootLandingFacts facts;

  g_assert_true (reshoot_landing_facts_read (reshoot_step_get_facts (step), &facts));
  return facts.landed;
}

/* Where the corners of both pictures are on the canvas: the same place, however many pixels each has. */
static void
assert_same_place (Fixture *self)
{
  graphene_rect_t pane;
  double source[6], result[6];

  reshoot_canvas_set_mode (self->canvas, RESHOOT_CANVAS_SPLIT);
  g_assert_true (reshoot_canvas_get_pane (self->canvas, RESHOOT_CANVAS_SOURCE, &pane, source));
  g_assert_true (reshoot_canvas_get_pane (self->canvas, RESHOOT_CANVAS_RESULT, &pane, result));
  g_assert_cmpfloat_with_epsilon (source[2], result[2], 3);
  g_assert_cmpfloat_with_epsilon (source[5], result[5], 3);
  g_assert_cmpfloat_with_epsilon (source[0] * WIDTH, result[0] * get_width (self), 5);
  g_assert_cmpfloat_with_epsilon (source[4] * HEIGHT,
                                  result[4] * reshoot_picture_get_height
                                  (reshoot_canvas_get_picture (self->canvas,
                                                               RESHOOT_CANVAS_RESULT)), 5);
}

static void
test_toggle (Fixture       *self,
             gconstpointer  data)
{
  ReshootStep *original = reshoot_history_get_head (get_history (self));
  ReshootStep *step;

  g_assert_null (get_button (self, "view.raw"));
  g_object_set (self->view, "raw", TRUE, NULL);
  g_assert_false (get_raw (self));

  step = edit (self, NULL);
  g_assert_true (is_landed (step));
  g_assert_nonnull (get_button (self, "view.raw"));
  g_assert_null (get_button (self, "view.land"));
  g_assert_cmpint (get_width (self), ==, WIDTH);
  g_assert_false (says (self, "Seen as received"));

  gtk_widget_activate_action (GTK_WIDGET (self->view), "view.raw", NULL);
  g_assert_true (get_raw (self));
  reshoot_test_wait_until (get_width (self) != WIDTH);
  g_assert_cmpint (get_width (self), >, WIDTH);
  g_assert_true (says (self, "Seen as received"));
  g_assert_true (says (self, "Result · As received"));
  reshoot_test_wait_until (reshoot_canvas_get_settled (self->canvas));
  assert_same_place (self);

  gtk_widget_activate_action (GTK_WIDGET (self->view), "view.raw", NULL);
  g_assert_false (get_raw (self));
  reshoot_test_wait_until (get_width (self) == WIDTH);
  g_assert_false (says (self, "Seen as received"));

  /* Another step is seen as it is, and so is this one when it is come back to. */
  gtk_widget_activate_action (GTK_WIDGET (self->view), "view.raw", NULL);
  reshoot_history_set_head (get_history (self), original);
  g_assert_false (get_raw (self));
  g_assert_null (get_button (self, "view.raw"));
  reshoot_history_set_head (get_history (self), step);
  reshoot_test_wait_until (reshoot_canvas_get_settled (self->canvas));
  g_assert_false (get_raw (self));
  g_assert_cmpint (get_width (self), ==, WIDTH);
}

/* What the choice in the preferences, or the request, kept as it came. */
static void
test_land_now (Fixture       *self,
               gconstpointer  data)
{
  ReshootStep *step = edit (self, data);
  GtkWidget *land = get_button (self, "view.land");

  g_assert_false (is_landed (step));
  g_assert_cmpint (get_width (self), >, WIDTH);
  g_assert_null (get_button (self, "view.raw"));
  g_assert_nonnull (land);
  g_assert_true (gtk_widget_get_sensitive (land));

  gtk_widget_activate_action (GTK_WIDGET (self->view), "view.land", NULL);
  g_assert_false (gtk_widget_get_sensitive (land));
  g_assert_cmpstr (gtk_button_get_label (GTK_BUTTON (land)), ==, "Aligning…");
  reshoot_test_wait_until (is_landed (step));
  reshoot_test_wait_until (!gtk_widget_get_visible (land));
  reshoot_test_wait_until (get_width (self) == WIDTH);
  g_assert_true (reshoot_history_get_head (get_history (self)) == step);

  /* What came is still there to be looked at. */
  g_assert_nonnull (get_button (self, "view.raw"));
  gtk_widget_activate_action (GTK_WIDGET (self->view), "view.raw", NULL);
  reshoot_test_wait_until (get_width (self) > WIDTH);
}

/* What @step shows, as another version that says @facts of itself. */
static void
say_facts (Fixture     *self,
           ReshootStep *step,
           const char  *facts)
{
  static const double same[6] = { 1, 0, 0, 0, 1, 0 };
  ReshootProject *project = reshoot_edit_view_get_project (self->view);
  g_autoptr (GAsyncResult) loaded = NULL;
  g_autoptr (GAsyncResult) added = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = json_from_string (facts, &error);

  g_assert_no_error (error);
  reshoot_project_load_picture_async (project, reshoot_step_get_original (step),
                                      RESHOOT_PICTURE_SHOWN, NULL, reshoot_test_ready_cb,
                                      &loaded);
  reshoot_test_await (&loaded);
  image = reshoot_project_load_picture_finish (project, loaded, &error);
  g_assert_no_error (error);
  reshoot_project_add_version_async (project, step, image, same, json, NULL, NULL,
                                     reshoot_test_ready_cb, &added);
  reshoot_test_await (&added);
  g_assert_true (reshoot_project_add_version_finish (project, added, &error));
  g_assert_no_error (error);

  reshoot_history_set_head (get_history (self), reshoot_step_get_parent (step));
  reshoot_history_set_head (get_history (self), step);
}

static const char *
get_line (Fixture *self)
{
  ReshootHistoryView *history = reshoot_edit_view_get_history (self->view);
  GtkWidget *line = GTK_WIDGET (reshoot_history_view_get_sparkline (history));

  return gtk_widget_get_visible (line) ? gtk_widget_get_tooltip_text (line) : NULL;
}

/* The line goes along the branch and says its numbers; the warning comes where much has drifted that nobody asked for,
 * names the step, and goes with the branch. What does not say is measured while it is looked at. */
static void
test_drift (Fixture       *self,
            gconstpointer  data)
{
  static const char much[] = "{\"drift\":4,\"drifted\":{\"visible\":0.4,\"edited\":0.1,\"softer\":0.1,"
                             "\"shift_x\":2,\"shift_y\":0,\"scale_x\":1,\"scale_y\":1}}";
  ReshootStep *original = reshoot_history_get_head (get_history (self));
  ReshootStep *first, *second;

  g_assert_null (get_line (self));
  first = edit (self, NULL);
  g_assert_nonnull (strstr (get_line (self), "Step 2: no drift"));
  g_assert_true (says (self, "no drift"));
  g_assert_false (says (self, "has drifted"));

  second = edit (self, NULL);
  say_facts (self, second, much);
  g_assert_nonnull (strstr (get_line (self), "Step 2: no drift\nStep 3: 4.0 ΔE, 2 px right, 10 % softer"));
  g_assert_true (says (self, "drift 40.0 % of what was kept"));
  g_assert_true (says (self, "What nobody edited has drifted: 4.0 ΔE, 2 px right, 10 % softer. Step 3 did"));

  reshoot_history_set_head (get_history (self), first);
  g_assert_false (says (self, "has drifted"));
  reshoot_history_set_head (get_history (self), original);
  g_assert_null (get_line (self));

  say_facts (self, second, "{\"landed\":true}");
  g_assert_null (strstr (get_line (self), "Step 3"));
  reshoot_test_wait_until (strstr (get_line (self), "Step 3: no drift") != NULL);
  g_assert_true (says (self, "no drift"));
}

/* What other edits were made from stays what it is. */
static void
test_built_on (Fixture       *self,
               gconstpointer  data)
{
  ReshootStep *step = edit (self, "off");

  edit (self, "off");
  reshoot_history_set_head (get_history (self), step);
  g_assert_nonnull (get_button (self, "view.land"));
  g_assert_false (gtk_widget_get_sensitive (get_button (self, "view.land")));
  g_assert_false (is_landed (step));
}

/* The window goes while the answer is on its way. */
static void
test_closed (Fixture       *self,
             gconstpointer  data)
{
  edit (self, "ask");
  gtk_widget_activate_action (GTK_WIDGET (self->view), "view.land", NULL);
}

int
main (int   argc,
      char *argv[])
{
  reshoot_ui_test_init (&argc, &argv);

  g_test_add ("/reply/toggle", Fixture, NULL, set_up, test_toggle, tear_down);
  g_test_add ("/reply/land-now/ask", Fixture, "ask", set_up, test_land_now, tear_down);
  g_test_add ("/reply/land-now/off", Fixture, "off", set_up, test_land_now, tear_down);
  g_test_add ("/reply/drift", Fixture, NULL, set_up, test_drift, tear_down);
  g_test_add ("/reply/built-on", Fixture, NULL, set_up, test_built_on, tear_down);
  g_test_add ("/reply/closed", Fixture, NULL, set_up, test_closed, tear_down);

  return g_test_run ();
}
