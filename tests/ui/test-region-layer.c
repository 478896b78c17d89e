/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The region tools: what is drawn becomes the region of a request, by pointer and keyboard, and can be taken back. */

#include "reshoot-ui-test.h"

#include "reshoot-region-layer-private.h"
#include "reshoot-test.h"

#include <math.h>

#define WIDTH 800
#define HEIGHT 480
#define RED 0xffff0000u

static guint8
get_mask (const ReshootRequestPicture *picture,
          double                       x,
          double                       y)
{
  g_autoptr (GdkPixbufLoader) loader = gdk_pixbuf_loader_new ();
  GdkPixbuf *pixbuf;
  int column, row;

  g_assert_true (gdk_pixbuf_loader_write_bytes (loader,
                                                reshoot_image_get_bytes (picture->image), NULL));
  g_assert_true (gdk_pixbuf_loader_close (loader, NULL));
  pixbuf = gdk_pixbuf_loader_get_pixbuf (loader);
  column = (int) (x * gdk_pixbuf_get_width (pixbuf));
  row = (int) (y * gdk_pixbuf_get_height (pixbuf));
  return gdk_pixbuf_read_pixels (pixbuf)[row * gdk_pixbuf_get_rowstride (pixbuf)
                                         + column * gdk_pixbuf_get_n_channels (pixbuf)];
}

static void
fill (ReshootRegionStrokes  *strokes,
      ReshootInputs         *inputs,
      ReshootRequestPicture  pictures[RESHOOT_REGION_N_RULES])
{
  g_autoptr (GError) error = NULL;

  *inputs = RESHOOT_INPUTS_INIT;
  g_assert_true (reshoot_region_strokes_fill (strokes, inputs, pictures, &error));
  g_assert_no_error (error);
}

static void
add_box (ReshootRegionStrokes *strokes,
         ReshootRegionRule     rule,
         float                 left,
         float                 top,
         float                 right,
         float                 bottom)
{
  const graphene_point_t corners[] = { { left, top }, { right, bottom } };

  reshoot_region_strokes_add (strokes, RESHOOT_REGION_BOX, rule, 0, corners, 2);
}

/* One box stays a box, drawn from whichever corner; more than that is painted, the later over the earlier. */
static void
test_strokes (void)
{
  g_autoptr (ReshootRegionStrokes) strokes = reshoot_region_strokes_new ();
  const graphene_point_t line[] = { { 100, 1000 }, { 3900, 1000 } };
  ReshootRequestPicture pictures[RESHOOT_REGION_N_RULES] = { { NULL, }, };
  ReshootInputs inputs;

  reshoot_region_strokes_set_size (strokes, 4000, 2000);
  fill (strokes, &inputs, pictures);
  g_assert_true (isnan (inputs.region[0]));
  g_assert_cmpuint (inputs.n_pictures, ==, 0);
  g_assert_true (isnan (reshoot_region_strokes_get_share (strokes)));

  add_box (strokes, RESHOOT_REGION_HERE, 1000, 1500, 3000.4f, 500);
  fill (strokes, &inputs, pictures);
  g_assert_cmpfloat (inputs.region[0], ==, 1000);
  g_assert_cmpfloat (inputs.region[1], ==, 500);
  g_assert_cmpfloat (inputs.region[2], ==, 2000);
  g_assert_cmpfloat (inputs.region[3], ==, 1000);
  g_assert_cmpuint (inputs.n_pictures, ==, 0);
  g_assert_cmpfloat_with_epsilon (reshoot_region_strokes_get_share (strokes), 0.25, 0.01);

  reshoot_region_strokes_add (strokes, RESHOOT_REGION_BRUSH, RESHOOT_REGION_NEVER, 100, line, 2);
  fill (strokes, &inputs, pictures);
  g_assert_cmpfloat_with_epsilon (inputs.region[0], 1000, 40);
  g_assert_cmpfloat_with_epsilon (inputs.region[2], 2000, 80);
  g_assert_cmpuint (inputs.n_pictures, ==, 2);
  g_assert_cmpstr (pictures[0].role, ==, "region");
  g_assert_cmpstr (pictures[1].role, ==, "protect");
  g_assert_cmpuint (get_mask (&pictures[0], 0.5, 0.3), ==, 255);
  g_assert_cmpuint (get_mask (&pictures[0], 0.5, 0.5), ==, 0);
  g_assert_cmpuint (get_mask (&pictures[0], 0.1, 0.3), ==, 0);
  g_assert_cmpuint (get_mask (&pictures[1], 0.1, 0.5), ==, 255);
  g_assert_cmpfloat_with_epsilon (reshoot_region_strokes_get_share (strokes), 0.2, 0.01);
  g_clear_object (&pictures[0].image);
  g_clear_object (&pictures[1].image);

  g_assert_true (reshoot_region_strokes_undo (strokes));
  g_assert_cmpfloat_with_epsilon (reshoot_region_strokes_get_share (strokes), 0.25, 0.01);

  /* A click is a slip of the hand; a picture of another size has no region yet. */
  add_box (strokes, RESHOOT_REGION_HERE, 5, 5, 5, 5);
  g_assert_cmpfloat_with_epsilon (reshoot_region_strokes_get_share (strokes), 0.25, 0.01);
  reshoot_region_strokes_set_size (strokes, 1000, 500);
  g_assert_true (isnan (reshoot_region_strokes_get_share (strokes)));
  g_assert_false (reshoot_region_strokes_undo (strokes));
}

/* Holes and parts have outlines of their own, which lie where the shape does. */
static void
test_outline (void)
{
  g_autoptr (ReshootRegionStrokes) strokes = reshoot_region_strokes_new ();
  cairo_surface_t *surface = cairo_image_surface_create (CAIRO_FORMAT_A8, 400, 200);
  cairo_t *cr = cairo_create (surface);
  const guint8 *data;
  int stride;

  reshoot_region_strokes_set_size (strokes, 400, 200);
  add_box (strokes, RESHOOT_REGION_HERE, 20, 20, 180, 180);
  add_box (strokes, RESHOOT_REGION_NEVER, 60, 60, 120, 120);
  add_box (strokes, RESHOOT_REGION_HERE, 300, 20, 380, 100);

  g_assert_true (reshoot_region_strokes_trace (strokes, RESHOOT_REGION_HERE, cr));
  cairo_set_fill_rule (cr, CAIRO_FILL_RULE_EVEN_ODD);
  cairo_fill (cr);
  cairo_surface_flush (surface);
  data = cairo_image_surface_get_data (surface);
  stride = cairo_image_surface_get_stride (surface);
  g_assert_cmpuint (data[30 * stride + 30], ==, 255);
  g_assert_cmpuint (data[90 * stride + 90], ==, 0);
  g_assert_cmpuint (data[50 * stride + 340], ==, 255);
  g_assert_cmpuint (data[50 * stride + 240], ==, 0);
  g_assert_cmpuint (data[178 * stride + 178], ==, 255);
  g_assert_cmpuint (data[182 * stride + 178], ==, 0);

  cairo_destroy (cr);
  cairo_surface_destroy (surface);
}

typedef struct
{
  GtkWidget          *window;
  GtkWidget          *overlay;
  ReshootCanvas      *canvas;
  ReshootRegionLayer *layer;
  ReshootPicture     *picture;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (ReshootImage) red = reshoot_ui_test_flat_image (1200, 800, RED);
  ReshootCanvasSide source = { NULL, };
  ReshootCanvasSide result = { .name = "Red", .affine = { 1, 0, 0, 0, 1, 0 } };

  fixture->canvas = g_object_new (RESHOOT_TYPE_CANVAS, NULL);
  fixture->layer = g_object_new (RESHOOT_TYPE_REGION_LAYER, NULL);
  fixture->overlay = gtk_overlay_new ();
  gtk_overlay_set_child (GTK_OVERLAY (fixture->overlay), GTK_WIDGET (fixture->canvas));
  gtk_overlay_add_overlay (GTK_OVERLAY (fixture->overlay), GTK_WIDGET (fixture->layer));
  fixture->window = reshoot_ui_test_window (fixture->overlay, WIDTH, HEIGHT);
  fixture->picture = reshoot_picture_new_for_image (red, 128);

  reshoot_region_layer_set_canvas (fixture->layer, fixture->canvas);
  reshoot_region_strokes_set_size (reshoot_region_layer_get_strokes (fixture->layer), 1200, 800);
  result.picture = fixture->picture;
  reshoot_canvas_show (fixture->canvas, &source, &result, "Red");
  reshoot_test_wait_until (reshoot_canvas_get_settled (fixture->canvas));
  reshoot_ui_test_frames (fixture->overlay);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *layer = GTK_WIDGET (fixture->layer);
  GtkWidget *canvas = GTK_WIDGET (fixture->canvas);

  g_object_add_weak_pointer (G_OBJECT (layer), (gpointer *) &layer);
  g_object_add_weak_pointer (G_OBJECT (canvas), (gpointer *) &canvas);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  reshoot_test_wait_until (layer == NULL && canvas == NULL);
  g_assert_finalize_object (fixture->picture);
}

static double
get_share (Fixture *fixture)
{
  double share;

  g_object_get (fixture->layer, "share", &share, NULL);
  return share;
}

static gboolean
press (Fixture         *fixture,
       guint            keyval,
       GdkModifierType  state)
{
  return reshoot_region_layer_press_key (fixture->layer, keyval, state);
}

static void
count_cb (int *n)
{
  (*n)++;
}

/* Keys do nothing until the tools are in hand; then a box is made, moved, grown and taken back without a pointer. */
static void
test_keys (Fixture       *fixture,
           gconstpointer  data)
{
  ReshootRegionStrokes *strokes = reshoot_region_layer_get_strokes (fixture->layer);
  ReshootRequestPicture pictures[RESHOOT_REGION_N_RULES] = { { NULL, }, };
  ReshootInputs inputs;
  gboolean active;
  int n_told = 0;

  g_assert_false (press (fixture, GDK_KEY_Right, 0));
  g_assert_false (press (fixture, GDK_KEY_z, GDK_CONTROL_MASK));
  g_signal_connect_swapped (fixture->layer, "notify::share", G_CALLBACK (count_cb), &n_told);

  reshoot_region_layer_set_active (fixture->layer, TRUE);
  g_assert_true (press (fixture, GDK_KEY_Right, 0));
  g_assert_cmpint (n_told, ==, 1);
  g_assert_cmpfloat_with_epsilon (get_share (fixture), 0.25, 0.01);
  g_assert_true (press (fixture, GDK_KEY_Right, GDK_CONTROL_MASK));
  g_assert_true (press (fixture, GDK_KEY_Down, GDK_SHIFT_MASK));
  fill (strokes, &inputs, pictures);
  g_assert_cmpfloat (inputs.region[0], ==, 301);
  g_assert_cmpfloat (inputs.region[1], ==, 200);
  g_assert_cmpfloat (inputs.region[2], ==, 600);
  g_assert_cmpfloat (inputs.region[3], ==, 416);

  /* It stays in the picture. */
  for (int i = 0; i < 100; i++)
    g_assert_true (press (fixture, GDK_KEY_Left, 0));
  fill (strokes, &inputs, pictures);
  g_assert_cmpfloat (inputs.region[0], ==, 0);
  g_assert_cmpfloat (inputs.region[2], ==, 600);

  g_assert_true (press (fixture, GDK_KEY_z, GDK_CONTROL_MASK));
  g_assert_true (isnan (get_share (fixture)));
  g_assert_true (press (fixture, GDK_KEY_Escape, 0));
  g_object_get (fixture->layer, "active", &active, NULL);
  g_assert_false (active);
}

static GtkEventController *
find_drag (Fixture *fixture)
{
  GtkWidget *canvas = GTK_WIDGET (fixture->canvas);
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (canvas);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (GTK_IS_GESTURE_DRAG (controller)
          && gtk_event_controller_get_propagation_phase (controller) == GTK_PHASE_CAPTURE)
        return controller;
    }

  g_assert_not_reached ();
  return NULL;
}

static void
drag (Fixture *fixture,
      double   x,
      double   y,
      double   dx,
      double   dy)
{
  GtkEventController *gesture = find_drag (fixture);

  g_signal_emit_by_name (gesture, "drag-begin", x, y);
  g_signal_emit_by_name (gesture, "drag-update", dx / 2, dy / 3);
  g_signal_emit_by_name (gesture, "drag-update", dx, dy);
  g_signal_emit_by_name (gesture, "drag-end", dx, dy);
}

/* What is drawn on the screen is where it was drawn in the picture; without the tools a drag is the canvas's. */
static void
test_pointer (Fixture       *fixture,
              gconstpointer  data)
{
  ReshootRegionStrokes *strokes = reshoot_region_layer_get_strokes (fixture->layer);
  ReshootRequestPicture pictures[RESHOOT_REGION_N_RULES] = { { NULL, }, };
  ReshootInputs inputs;
  graphene_rect_t pane;
  double affine[6];

  drag (fixture, 300, 200, 50, 50);
  g_assert_true (isnan (get_share (fixture)));

  g_assert_true (reshoot_region_layer_get_place (fixture->layer, &pane, affine));
  reshoot_region_layer_set_active (fixture->layer, TRUE);
  drag (fixture, affine[2] + 300 * affine[0], affine[5] + 200 * affine[4],
        600 * affine[0], 400 * affine[4]);
  fill (strokes, &inputs, pictures);
  g_assert_cmpfloat_with_epsilon (inputs.region[0], 300, 1);
  g_assert_cmpfloat_with_epsilon (inputs.region[1], 200, 1);
  g_assert_cmpfloat_with_epsilon (inputs.region[2], 600, 1);
  g_assert_cmpfloat_with_epsilon (inputs.region[3], 400, 1);

  g_object_set (fixture->layer, "tool", RESHOOT_REGION_BRUSH, "rule", RESHOOT_REGION_NEVER, NULL);
  g_assert_true (press (fixture, GDK_KEY_bracketright, 0));
  drag (fixture, affine[2] + 350 * affine[0], affine[5] + 400 * affine[4],
        400 * affine[0], 0);
  g_assert_cmpfloat (get_share (fixture), <, 0.24);
  g_assert_cmpfloat (get_share (fixture), >, 0.1);

  gtk_widget_activate_action (GTK_WIDGET (fixture->layer), "region.undo", NULL);
  g_assert_cmpfloat_with_epsilon (get_share (fixture), 0.25, 0.01);
  gtk_widget_activate_action (GTK_WIDGET (fixture->layer), "region.clear", NULL);
  g_assert_true (isnan (get_share (fixture)));
}

/* The tools for the cut-out: what is drawn says where the product is, and leaves the region alone. */
static void
test_hints (Fixture       *fixture,
            gconstpointer  data)
{
  ReshootRegionStrokes *hints = reshoot_region_layer_get_hints (fixture->layer);
  g_autofree guint8 *values = g_new0 (guint8, 120 * 80);
  g_autoptr (ReshootHints) said = NULL;
  g_autofree char *keep = NULL;
  g_autofree char *drop = NULL;
  g_autofree guint32 *pixels = NULL;
  int n_told = 0, width, height, y;
  graphene_rect_t pane;
  double affine[6];
  gboolean cutout;

  g_assert_true (reshoot_region_layer_get_place (fixture->layer, &pane, affine));
  g_signal_connect_swapped (fixture->layer, "hinted", G_CALLBACK (count_cb), &n_told);
  reshoot_region_layer_begin_cutout (fixture->layer);

  drag (fixture, affine[2] + 300 * affine[0], affine[5] + 200 * affine[4],
        600 * affine[0], 400 * affine[4]);
  g_object_set (fixture->layer, "hint", RESHOOT_HINT_KEEP, NULL);
  drag (fixture, affine[2] + 400 * affine[0], affine[5] + 400 * affine[4], 200 * affine[0], 0);
  g_object_set (fixture->layer, "hint", RESHOOT_HINT_DROP, NULL);
  drag (fixture, affine[2] + 400 * affine[0], affine[5] + 500 * affine[4], 200 * affine[0], 0);
  g_assert_cmpint (n_told, ==, 3);
  g_assert_true (isnan (get_share (fixture)));

  said = reshoot_region_strokes_dup_hints (hints, 0.5);
  g_assert_cmpint (ABS (reshoot_hints_get_box (said)->x - 150), <=, 1);
  g_assert_cmpint (ABS (reshoot_hints_get_box (said)->width - 300), <=, 1);
  keep = reshoot_hints_dup_strokes (said, TRUE);
  drop = reshoot_hints_dup_strokes (said, FALSE);
  g_assert_true (g_str_has_prefix (keep, "200,200,"));
  g_assert_true (g_str_has_prefix (drop, "200,250,"));

  /* What comes of it is seen: the left half. */
  for (int row = 0; row < 80; row++)
    memset (values + row * 120, 255, 60);
  reshoot_region_layer_set_answer (fixture->layer, values, 120, 80, "Half of it");
  g_assert_nonnull (reshoot_ui_test_find_label (fixture->overlay, "Half of it"));
  reshoot_ui_test_frames (fixture->overlay);
  pixels = reshoot_ui_test_pixels (fixture->overlay, &width, &height);
  y = (int) (affine[5] + 700 * affine[4]);
  g_assert_cmphex (pixels[y * width + (int) (affine[2] + 150 * affine[0])], ==, RED);
  g_assert_cmphex (pixels[y * width + (int) (affine[2] + 1000 * affine[0])], !=, RED);

  g_assert_true (press (fixture, GDK_KEY_z, GDK_CONTROL_MASK));
  g_assert_cmpuint (reshoot_region_strokes_get_n (hints), ==, 2);
  g_assert_true (press (fixture, GDK_KEY_Escape, 0));
  g_object_get (fixture->layer, "cutout", &cutout, NULL);
  g_assert_false (cutout);
  g_assert_cmpuint (reshoot_region_strokes_get_n (hints), ==, 0);
}

/* It can be seen: what may not change is darker while the tools are in hand, what may is as it was. */
static void
test_looks (Fixture       *fixture,
            gconstpointer  data)
{
  ReshootRegionStrokes *strokes = reshoot_region_layer_get_strokes (fixture->layer);
  graphene_rect_t pane;
  double affine[6];

  g_assert_true (reshoot_region_layer_get_place (fixture->layer, &pane, affine));
  for (int active = 0; active < 2; active++)
    {
      g_autofree guint32 *pixels = NULL;
      int width, height, x, y;

      reshoot_region_layer_set_active (fixture->layer, active);
      if (active == 0)
        add_box (strokes, RESHOOT_REGION_HERE, 300, 300, 900, 700);
      reshoot_ui_test_frames (fixture->overlay);
      pixels = reshoot_ui_test_pixels (fixture->overlay, &width, &height);

      x = (int) (affine[2] + 600 * affine[0]);
      y = (int) (affine[5] + 500 * affine[4]);
      g_assert_cmphex (pixels[y * width + x], ==, RED);
      x = (int) (affine[2] + 100 * affine[0]);
      g_assert_cmpuint ((pixels[y * width + x] >> 16) & 0xff, ==, active ? 166 : 255);
      x = (int) (affine[2] + 300 * affine[0]);
      g_assert_cmphex (pixels[y * width + x], !=, RED);
    }
}

int
main (int   argc,
      char *argv[])
{
  reshoot_ui_test_init (&argc, &argv);

  g_test_add_func ("/region-layer/strokes", test_strokes);
  g_test_add_func ("/region-layer/outline", test_outline);
  g_test_add ("/region-layer/keys", Fixture, NULL, set_up, test_keys, tear_down);
  g_test_add ("/region-layer/pointer", Fixture, NULL, set_up, test_pointer, tear_down);
  g_test_add ("/region-layer/hints", Fixture, NULL, set_up, test_hints, tear_down);
  g_test_add ("/region-layer/looks", Fixture, NULL, set_up, test_looks, tear_down);

  return g_test_run ();
}
