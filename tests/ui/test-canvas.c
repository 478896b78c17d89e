/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the canvas draws, in pixels: flat pictures of known colours through the real snapshot. */

#include "reshoot-ui-test.h"

#include "reshoot-test.h"

#define RED 0xffff0000u
#define BLUE 0xff0000ffu
#define CLEAR 0x00000000u

#define WIDTH 800
#define HEIGHT 480

typedef struct
{
  GtkWidget      *window;
  ReshootCanvas  *canvas;
  ReshootPicture *source;
  ReshootPicture *result;
} Fixture;

static const double identity[6] = { 1, 0, 0, 0, 1, 0 };

static void
show (Fixture      *fixture,
      const double  affine[6])
{
  ReshootCanvasSide source = { .picture = fixture->source, .name = "Original" };
  ReshootCanvasSide result = { .picture = fixture->result, .name = "Blue" };

  memcpy (source.affine, identity, sizeof identity);
  memcpy (result.affine, affine, sizeof identity);
  reshoot_canvas_show (fixture->canvas, &source, &result, "Result, step 2, blue");
  reshoot_test_wait_until (reshoot_canvas_get_settled (fixture->canvas));
  reshoot_ui_test_frames (GTK_WIDGET (fixture->canvas));
}

static void
set_up_sized (Fixture *fixture,
              int      width,
              int      height,
              int      result_width,
              int      result_height,
              guint32  result_color)
{
  g_autoptr (ReshootImage) red = reshoot_ui_test_flat_image (width, height, RED);
  g_autoptr (ReshootImage) other = reshoot_ui_test_flat_image (result_width, result_height,
                                                               result_color);

  fixture->canvas = g_object_new (RESHOOT_TYPE_CANVAS, NULL);
  fixture->window = reshoot_ui_test_window (GTK_WIDGET (fixture->canvas), WIDTH, HEIGHT);
  fixture->source = reshoot_picture_new_for_image (red, 128);
  fixture->result = reshoot_picture_new_for_image (other, 128);
}

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  set_up_sized (fixture, 1200, 800, 1200, 800, BLUE);
  show (fixture, identity);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  GtkWidget *gone = GTK_WIDGET (fixture->canvas);

  g_object_add_weak_pointer (G_OBJECT (gone), (gpointer *) &gone);
  gtk_window_destroy (GTK_WINDOW (fixture->window));
  reshoot_test_wait_until (gone == NULL);
  g_assert_finalize_object (fixture->source);
  g_assert_finalize_object (fixture->result);
}

static guint32
get_pixel (Fixture *fixture,
           int      x,
           int      y)
{
  int width, height;
  g_autofree guint32 *pixels = reshoot_ui_test_pixels (GTK_WIDGET (fixture->canvas), &width,
                                                       &height);

  g_assert_cmpint (width, ==, WIDTH);
  g_assert_cmpint (height, ==, HEIGHT);
  return pixels[y * width + x];
}

/* Two panes of 399 and a gap of 2: fitted, 1200 × 800 becomes 375 × 250. */
static void
test_side (Fixture       *fixture,
           gconstpointer  data)
{
  int width, height;
  g_autofree guint32 *pixels = reshoot_ui_test_pixels (GTK_WIDGET (fixture->canvas), &width,
                                                       &height);
  guint n_red = 0;
  guint n_blue = 0;

  for (int i = 0; i < width * height; i++)
    {
      n_red += pixels[i] == RED;
      n_blue += pixels[i] == BLUE;
      if (pixels[i] == RED)
        g_assert_cmpint (i % width, <, 399);
      if (pixels[i] == BLUE)
        g_assert_cmpint (i % width, >=, 401);
    }

  g_assert_cmpuint (n_red, ==, 375 * 250);
  g_assert_cmpuint (n_blue, ==, 375 * 250);
  g_assert_cmphex (pixels[240 * width + 12], ==, RED);
  g_assert_cmphex (pixels[240 * width + 11], !=, RED);
}

static void
test_split (Fixture       *fixture,
            gconstpointer  data)
{
  reshoot_canvas_set_mode (fixture->canvas, RESHOOT_CANVAS_SPLIT);
  reshoot_canvas_set_divider (fixture->canvas, 0.25);

  g_assert_cmphex (get_pixel (fixture, 190, 100), ==, RED);
  g_assert_cmphex (get_pixel (fixture, 210, 100), ==, BLUE);
  g_assert_cmphex (get_pixel (fixture, 200, 100), ==, 0xffffffffu);

  reshoot_canvas_set_divider (fixture->canvas, 0.75);
  g_assert_cmphex (get_pixel (fixture, 590, 100), ==, RED);
  g_assert_cmphex (get_pixel (fixture, 610, 100), ==, BLUE);
}

static void
count_cb (GObject    *object,
          GParamSpec *pspec,
          gpointer    user_data)
{
  (*(guint *) user_data)++;
}

static void
test_divider (Fixture       *fixture,
              gconstpointer  data)
{
  guint n_changed = 0;

  g_signal_connect (fixture->canvas, "notify::divider", G_CALLBACK (count_cb), &n_changed);
  g_assert_cmpfloat (reshoot_canvas_get_divider (fixture->canvas), ==, 0.5);
  gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "canvas.move-divider", "d", -0.02);
  g_assert_cmpfloat_with_epsilon (reshoot_canvas_get_divider (fixture->canvas), 0.48, 1e-9);
  gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "canvas.move-divider", "d", 2.0);
  g_assert_cmpfloat (reshoot_canvas_get_divider (fixture->canvas), ==, 1);
  reshoot_canvas_set_divider (fixture->canvas, 1);
  g_assert_cmpuint (n_changed, ==, 2);
}

static void
test_hold (Fixture       *fixture,
           gconstpointer  data)
{
  g_assert_cmphex (get_pixel (fixture, 600, 200), ==, BLUE);
  reshoot_canvas_set_shows_source (fixture->canvas, TRUE);
  g_assert_cmphex (get_pixel (fixture, 600, 200), ==, RED);
  reshoot_canvas_set_shows_source (fixture->canvas, FALSE);
  g_assert_cmphex (get_pixel (fixture, 600, 200), ==, BLUE);
}

/* A result of half the size lies on its source: the same edges, without a word about pixels. */
static void
test_register (Fixture       *fixture,
               gconstpointer  data)
{
  const double half[6] = { 2, 0, 0, 0, 2, 0 };
  const double crop[6] = { 1, 0, 600, 0, 1, 400 };
  g_autoptr (ReshootImage) small = reshoot_ui_test_flat_image (600, 400, BLUE);

  g_clear_object (&fixture->result);
  fixture->result = reshoot_picture_new_for_image (small, 128);
  show (fixture, half);
  reshoot_canvas_set_mode (fixture->canvas, RESHOOT_CANVAS_SPLIT);
  reshoot_canvas_set_divider (fixture->canvas, 0.5);
  /* 480 − 24 high: scale 0.57, 684 wide, from 58 to 742. */
  g_assert_cmphex (get_pixel (fixture, 59, 200), ==, RED);
  g_assert_cmphex (get_pixel (fixture, 740, 300), ==, BLUE);
  g_assert_cmphex (get_pixel (fixture, 744, 300), !=, BLUE);

  /* The lower right quarter of the original, and nothing of it elsewhere. */
  show (fixture, crop);
  reshoot_canvas_set_divider (fixture->canvas, 0);
  g_assert_cmphex (get_pixel (fixture, 404, 244), ==, BLUE);
  g_assert_cmphex (get_pixel (fixture, 396, 244), !=, BLUE);
  g_assert_cmphex (get_pixel (fixture, 404, 236), !=, BLUE);
  g_assert_cmphex (get_pixel (fixture, 740, 460), ==, BLUE);
}

static void
test_zoom (Fixture       *fixture,
           gconstpointer  data)
{
  ReshootViewport *viewport = reshoot_canvas_get_viewport (fixture->canvas);

  g_assert_true (reshoot_viewport_get_fits (viewport));
  reshoot_canvas_zoom_actual (fixture->canvas);
  g_assert_cmpfloat (reshoot_viewport_get_zoom (viewport), ==, 1);
  g_assert_cmphex (get_pixel (fixture, 0, 0), ==, RED);
  g_assert_cmphex (get_pixel (fixture, WIDTH - 1, HEIGHT - 1), ==, BLUE);

  reshoot_viewport_pan_by (viewport, 1e6, 1e6);
  gtk_widget_activate_action (GTK_WIDGET (fixture->canvas), "canvas.pan", "(dd)", -10.0, 0.0);
  g_assert_cmphex (get_pixel (fixture, 0, 200), ==, RED);
}

/* What draws over the canvas finds the picture's corners where the pixels say they are. */
static void
test_pane (Fixture       *fixture,
           gconstpointer  data)
{
  graphene_rect_t pane;
  double a[6];

  g_assert_true (reshoot_canvas_get_pane (fixture->canvas, RESHOOT_CANVAS_RESULT, &pane, a));
  g_assert_cmpfloat (pane.origin.x, ==, 401);
  g_assert_cmpfloat (pane.size.width, ==, 399);
  g_assert_cmphex (get_pixel (fixture, (int) a[2], (int) a[5]), ==, BLUE);
  g_assert_cmphex (get_pixel (fixture, (int) a[2] - 1, (int) a[5]), !=, BLUE);
  g_assert_cmpfloat_with_epsilon (a[0] * 1200, 375, 1e-3);
  g_assert_cmpfloat_with_epsilon (a[4] * 800, 250, 1e-3);

  reshoot_canvas_set_mode (fixture->canvas, RESHOOT_CANVAS_SPLIT);
  g_assert_true (reshoot_canvas_get_pane (fixture->canvas, RESHOOT_CANVAS_SOURCE, &pane, a));
  g_assert_cmpfloat (pane.size.width, ==, WIDTH);
  g_assert_true (reshoot_canvas_get_picture (fixture->canvas, RESHOOT_CANVAS_SOURCE)
                 == fixture->source);

  reshoot_canvas_show (fixture->canvas, NULL, NULL, NULL);
  g_assert_false (reshoot_canvas_get_pane (fixture->canvas, RESHOOT_CANVAS_RESULT, &pane, a));
}

static gboolean
names (Fixture    *fixture,
       const char *text)
{
  return reshoot_ui_test_find_label (GTK_WIDGET (fixture->canvas), text) != NULL;
}

/* Both sides come by themselves, in one place, and it is said which; without motion only the key brings the source. */
static void
test_blink (Fixture       *fixture,
            gconstpointer  data)
{
  GtkSettings *settings = gtk_settings_get_default ();

  reshoot_canvas_set_mode (fixture->canvas, RESHOOT_CANVAS_BLINK);
  g_assert_cmphex (get_pixel (fixture, 400, 100), ==, BLUE);
  g_assert_true (names (fixture, "Result ·"));
  g_assert_false (names (fixture, "Source ·"));
  reshoot_canvas_set_shows_source (fixture->canvas, TRUE);
  g_assert_cmphex (get_pixel (fixture, 400, 100), ==, RED);
  g_assert_true (names (fixture, "Source ·"));
  reshoot_canvas_set_shows_source (fixture->canvas, FALSE);

  g_object_set (settings, "gtk-enable-animations", TRUE, NULL);
  reshoot_canvas_set_mode (fixture->canvas, RESHOOT_CANVAS_SIDE);
  reshoot_canvas_set_mode (fixture->canvas, RESHOOT_CANVAS_BLINK);
  reshoot_test_wait_until (names (fixture, "Source ·"));
  g_assert_false (names (fixture, "Result ·"));
  g_assert_cmphex (get_pixel (fixture, 400, 100), ==, RED);
  reshoot_test_wait_until (names (fixture, "Result ·"));
  g_object_set (settings, "gtk-enable-animations", FALSE, NULL);
}

static void
test_overlay (Fixture       *fixture,
              gconstpointer  data)
{
  guint n_changed = 0;

  g_signal_connect (fixture->canvas, "notify::overlay", G_CALLBACK (count_cb), &n_changed);
  reshoot_canvas_set_mode (fixture->canvas, RESHOOT_CANVAS_OVERLAY);
  g_object_set (fixture->canvas, "overlay", 1.0, NULL);
  g_assert_cmphex (get_pixel (fixture, 400, 200), ==, BLUE);
  g_object_set (fixture->canvas, "overlay", 0.0, NULL);
  g_object_set (fixture->canvas, "overlay", 0.0, NULL);
  g_assert_cmphex (get_pixel (fixture, 400, 200), ==, RED);
  g_assert_cmpuint (n_changed, ==, 2);

  g_object_set (fixture->canvas, "overlay", 0.25, NULL);
  g_assert_cmpint (abs ((int) (get_pixel (fixture, 400, 200) >> 16 & 0xff) - 191), <=, 2);
  g_assert_cmpint (abs ((int) (get_pixel (fixture, 400, 200) & 0xff) - 64), <=, 2);
}

static gboolean
is_grey (guint32 pixel)
{
  return (pixel >> 16 & 0xff) == (pixel & 0xff) && (pixel >> 8 & 0xff) == (pixel & 0xff);
}

static guint32
get_difference (Fixture *fixture,
                int      x,
                int      y)
{
  reshoot_ui_test_frames (GTK_WIDGET (fixture->canvas));
  reshoot_test_wait_until (reshoot_canvas_get_settled (fixture->canvas));
  return get_pixel (fixture, x, y);
}

/* What is equal is exactly grey; what differs a little is coloured a little, and more with more gain. */
static void
test_difference (Fixture       *fixture,
                 gconstpointer  data)
{
  const double half[6] = { 2, 0, 0, 0, 2, 0 };
  g_autoptr (ReshootImage) near = reshoot_ui_test_flat_image (1200, 800, 0xfff80808u);
  g_autoptr (ReshootImage) small = reshoot_ui_test_flat_image (600, 400, RED);
  guint32 weak, strong;

  reshoot_canvas_set_mode (fixture->canvas, RESHOOT_CANVAS_DIFFERENCE);
  g_assert_false (is_grey (get_difference (fixture, 400, 200)));
  reshoot_canvas_zoom_actual (fixture->canvas);
  reshoot_viewport_pan_by (reshoot_canvas_get_viewport (fixture->canvas), -1e6, -1e6);
  g_assert_false (is_grey (get_difference (fixture, WIDTH - 2, HEIGHT - 2)));

  g_clear_object (&fixture->result);
  fixture->result = reshoot_picture_new_for_image (near, 128);
  show (fixture, identity);
  g_object_set (fixture->canvas, "gain", 1.0, NULL);
  weak = get_difference (fixture, 400, 200);
  g_object_set (fixture->canvas, "gain", 16.0, NULL);
  strong = get_difference (fixture, 400, 200);
  g_assert_false (is_grey (weak));
  g_assert_cmpuint (strong >> 16 & 0xff, >, weak >> 16 & 0xff);

  g_clear_object (&fixture->result);
  fixture->result = reshoot_picture_new_for_image (small, 128);
  show (fixture, half);
  for (int zoom = 0; zoom < 3; zoom++)
    {
      reshoot_viewport_zoom_to (reshoot_canvas_get_viewport (fixture->canvas), 0.3 + zoom, 0, 0);
      g_assert_true (is_grey (get_difference (fixture, 400, 200)));
    }

  reshoot_canvas_set_shows_source (fixture->canvas, TRUE);
  g_assert_cmphex (get_pixel (fixture, 400, 200), ==, RED);
}

static GtkEventController *
find_controller (GtkWidget *widget,
                 GType      type)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (G_OBJECT_TYPE (controller) == type)
        return controller;   /* the widget holds it */
    }

  g_assert_not_reached ();
}

/* A moved result says by how much, is drawn there, and goes back by Escape. */
static void
test_shift (Fixture       *fixture,
            gconstpointer  data)
{
  GtkWidget *widget = GTK_WIDGET (fixture->canvas);
  GtkEventController *keys = find_controller (widget, GTK_TYPE_EVENT_CONTROLLER_KEY);
  graphene_rect_t pane;
  double before[6], after[6];
  gboolean handled = FALSE;

  reshoot_canvas_zoom_actual (fixture->canvas);
  reshoot_canvas_get_pane (fixture->canvas, RESHOOT_CANVAS_RESULT, &pane, before);
  gtk_widget_activate_action (widget, "canvas.shift", "(dd)", 300.0, -7.0);
  reshoot_canvas_get_pane (fixture->canvas, RESHOOT_CANVAS_RESULT, &pane, after);
  g_assert_cmpfloat (after[2] - before[2], ==, 300);
  g_assert_cmpfloat (after[5] - before[5], ==, -7);
  g_assert_nonnull (reshoot_ui_test_find_label (widget, "Moved by +300, -7 px"));

  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_Escape, 9, 0, &handled);
  g_assert_true (handled);
  reshoot_canvas_get_pane (fixture->canvas, RESHOOT_CANVAS_RESULT, &pane, after);
  g_assert_cmpfloat (after[2], ==, before[2]);
  g_signal_emit_by_name (keys, "key-pressed", GDK_KEY_Escape, 9, 0, &handled);
  g_assert_false (handled);
}

/* The wheel over the right pane zooms at the same point of the picture as over the left one. */
static void
test_wheel (Fixture       *fixture,
            gconstpointer  data)
{
  ReshootViewport *viewport = reshoot_canvas_get_viewport (fixture->canvas);
  GtkWidget *widget = GTK_WIDGET (fixture->canvas);
  GtkEventController *motion = find_controller (widget, GTK_TYPE_EVENT_CONTROLLER_MOTION);
  GtkEventController *scroll = find_controller (widget, GTK_TYPE_EVENT_CONTROLLER_SCROLL);
  double zoom = reshoot_viewport_get_zoom (viewport);
  double x, y, before_x, before_y;
  gboolean handled = FALSE;

  reshoot_viewport_zoom_to (viewport, 0.9, 200, 200);
  reshoot_viewport_to_original (viewport, 501 - 401, 150, &before_x, &before_y);
  g_signal_emit_by_name (motion, "motion", 501.0, 150.0);
  g_signal_emit_by_name (scroll, "scroll", 0.0, -1.0, &handled);
  g_assert_true (handled);
  g_assert_cmpfloat (reshoot_viewport_get_zoom (viewport), >, zoom);

  reshoot_viewport_to_view (viewport, before_x, before_y, &x, &y);
  g_assert_cmpfloat_with_epsilon (x, 100, 1e-6);
  g_assert_cmpfloat_with_epsilon (y, 150, 1e-6);
}

/* Columns of red and blue, one pixel each. */
static ReshootImage *
make_stripes (void)
{
  guint32 pixels[64 * 64];
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  ReshootImage *image;

  for (guint i = 0; i < G_N_ELEMENTS (pixels); i++)
    pixels[i] = i % 2 == 0 ? RED : BLUE;

  raw = g_bytes_new (pixels, sizeof pixels);
  texture = gdk_memory_texture_new (64, 64, GDK_MEMORY_DEFAULT, raw, 64 * sizeof (guint32));
  encoded = gdk_texture_save_to_png_bytes (texture);
  image = reshoot_image_new_from_bytes (encoded, "stripes.png", &error);
  g_assert_no_error (error);
  return image;
}

/* A line of the grid over either colour. */
#define RED_LINE 0xffe71818u
#define BLUE_LINE 0xff1818e7u

/* A row that is not one of the lines itself. */
static const guint32 *
find_row (const guint32 *pixels,
          int            width)
{
  for (int y = 240; y < 243; y++)
    for (int x = 190; x < 192; x++)
      if (pixels[y * width + x] == RED || pixels[y * width + x] == BLUE)
        return pixels + y * width;

  g_assert_not_reached ();
}

/* Where pixels are large there is a line between them, one device pixel wide; in between they are what they were. */
static void
test_grid (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ReshootImage) stripes = make_stripes ();
  const double zooms[] = { 5.9, 6, 7.3, 8, 19.6, 32 };
  int width, height;

  set_up_sized (&fixture, 64, 64, 64, 64, BLUE);
  g_clear_object (&fixture.source);
  fixture.source = reshoot_picture_new_for_image (stripes, 16);
  show (&fixture, identity);

  for (guint i = 0; i < G_N_ELEMENTS (zooms); i++)
    {
      g_autofree guint32 *pixels = NULL;
      const guint32 *row;
      int n_lines = 0;

      reshoot_viewport_zoom_to (reshoot_canvas_get_viewport (fixture.canvas), zooms[i], 200, 240);
      pixels = reshoot_ui_test_pixels (GTK_WIDGET (fixture.canvas), &width, &height);
      row = find_row (pixels, width);
      for (int x = 150; x < 250; x++)
        {
          gboolean is_line = row[x] == RED_LINE || row[x] == BLUE_LINE;
          gboolean was_red = row[x - 1] == RED || row[x - 1] == RED_LINE;
          gboolean is_red = row[x] == RED || row[x] == RED_LINE;

          g_assert_true (is_line || row[x] == RED || row[x] == BLUE);
          g_assert_true (is_line == (zooms[i] >= 6 && was_red != is_red));
          n_lines += is_line;
        }

      if (zooms[i] >= 6)
        g_assert_cmpint (ABS (n_lines - (int) (100 / zooms[i])), <=, 1);
    }

  tear_down (&fixture, NULL);
}

/* Above 200 % a pixel is a square of one colour, and no colour is there that was not in the picture; so at 100 %. Once
 * there are lines between them, see above. */
static void
test_pixels_as_pixels (void)
{
  Fixture fixture = { NULL };
  g_autoptr (ReshootImage) stripes = make_stripes ();
  ReshootViewport *viewport;
  int width, height;

  set_up_sized (&fixture, 64, 64, 64, 64, BLUE);
  g_clear_object (&fixture.source);
  fixture.source = reshoot_picture_new_for_image (stripes, 16);
  show (&fixture, identity);
  viewport = reshoot_canvas_get_viewport (fixture.canvas);

  for (double zoom = 1; zoom < 6; zoom = zoom == 1 ? 2.3 : zoom * 1.5)
    {
      g_autofree guint32 *pixels = NULL;
      guint n_both[2] = { 0 };

      reshoot_viewport_zoom_to (viewport, zoom, 200, 240);
      pixels = reshoot_ui_test_pixels (GTK_WIDGET (fixture.canvas), &width, &height);
      for (int x = 190; x < 210; x++)
        {
          guint32 pixel = pixels[240 * width + x];

          g_assert_true (pixel == RED || pixel == BLUE);
          n_both[pixel == RED]++;
        }

      g_assert_true (n_both[0] > 0 && n_both[1] > 0);
    }

  tear_down (&fixture, NULL);
}

/* Every pixel another colour, so that whatever was once made smaller is told from what was not. */
static ReshootImage *
make_fine_image (int width,
                 int height)
{
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * height);
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  ReshootImage *image;

  for (guint i = 0; i < (guint) (width * height); i++)
    pixels[i] = 0xff000000u | ((i * 2654435761u) >> 8);

  raw = g_bytes_new (pixels, (gsize) width * height * 4);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, raw, (gsize) width * 4);
  encoded = gdk_texture_save_to_png_bytes (texture);
  image = reshoot_image_new_from_bytes (encoded, "fine.png", &error);
  g_assert_no_error (error);
  return image;
}

/* The small decoding comes first, and does not stay: at 100 % a pixel of the picture is one of the screen. */
static void
test_sharpens (Fixture       *fixture,
               gconstpointer  data)
{
  const int width = 1200, height = 800;
  g_autoptr (ReshootImage) image = make_fine_image (width, height);
  ReshootPicture *picture = reshoot_picture_new_for_image (image, 128);
  ReshootCanvasSide side = { .picture = picture, .name = "Fine", .affine = { 1, 0, 0, 0, 1, 0 } };
  g_autoptr (GdkTexture) texture = NULL;
  graphene_rect_t pane;
  double a[6];

  reshoot_test_wait_until (reshoot_picture_get_ready (picture));
  g_assert_false (reshoot_picture_get_complete (picture));
  g_assert_null (reshoot_picture_make_texture (picture));

  reshoot_canvas_show (fixture->canvas, NULL, &side, "Fine");
  reshoot_test_wait_until (reshoot_canvas_get_settled (fixture->canvas));
  reshoot_canvas_zoom_actual (fixture->canvas);
  g_assert_true (reshoot_canvas_get_pane (fixture->canvas, RESHOOT_CANVAS_RESULT, &pane, a));
  g_assert_cmpfloat (a[0], ==, 1);
  for (guint i = 0; i < 9; i++)
    {
      int x = 100 + 70 * (int) i, y = 60 + 40 * (int) i;
      guint index = (guint) ((y - (int) a[5]) * width + x - (int) a[2]);

      g_assert_cmphex (get_pixel (fixture, x, y), ==, 0xff000000u | ((index * 2654435761u) >> 8));
    }

  texture = reshoot_picture_make_texture (picture);
  g_assert_cmpint (gdk_texture_get_width (texture), ==, width);

  reshoot_canvas_show (fixture->canvas, NULL, NULL, NULL);
  g_assert_finalize_object (picture);
}

static void
test_stacked (Fixture       *fixture,
              gconstpointer  data)
{
  int width, height;
  g_autofree guint32 *pixels = NULL;

  gtk_widget_set_size_request (GTK_WIDGET (fixture->canvas), 400, 600);
  gtk_widget_set_hexpand (GTK_WIDGET (fixture->canvas), FALSE);
  gtk_widget_set_vexpand (GTK_WIDGET (fixture->canvas), FALSE);
  gtk_window_set_default_size (GTK_WINDOW (fixture->window), 400, 600);
  reshoot_test_wait_until (gtk_widget_get_width (GTK_WIDGET (fixture->canvas)) == 400);

  pixels = reshoot_ui_test_pixels (GTK_WIDGET (fixture->canvas), &width, &height);
  g_assert_cmpint (width, ==, 400);
  g_assert_cmphex (pixels[(height / 4) * width + 200], ==, RED);
  g_assert_cmphex (pixels[(height * 3 / 4) * width + 200], ==, BLUE);
}

static void
test_checkerboard (void)
{
  Fixture fixture = { NULL };
  guint n_white = 0;
  guint n_grey = 0;
  int width, height;
  g_autofree guint32 *pixels = NULL;

  set_up_sized (&fixture, 1200, 800, 1200, 800, CLEAR);
  show (&fixture, identity);
  pixels = reshoot_ui_test_pixels (GTK_WIDGET (fixture.canvas), &width, &height);

  for (int y = 120; y < 360; y++)
    for (int x = 420; x < 780; x++)
      {
        n_white += pixels[y * width + x] == 0xffffffffu;
        n_grey += pixels[y * width + x] == 0xffccccccu;
      }

  g_assert_cmpuint (n_white, ==, 240 * 360 / 2);
  g_assert_cmpuint (n_grey, ==, 240 * 360 / 2);
  tear_down (&fixture, NULL);
}

/* What is on screen stays until the new can be drawn, also when that is replaced before it ever came. */
static void
test_no_gap (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (ReshootImage) image = reshoot_ui_test_flat_image (1200, 800, 0xff00ff00u);
  ReshootPicture *late = reshoot_picture_new_for_image (image, 128);
  ReshootCanvasSide side = { .picture = late, .name = "Green", .affine = { 1, 0, 0, 0, 1, 0 } };

  g_assert_false (reshoot_picture_get_ready (late));
  reshoot_canvas_show (fixture->canvas, NULL, &side, "Green");
  g_assert_false (reshoot_canvas_get_settled (fixture->canvas));
  show (fixture, identity);
  g_assert_cmphex (get_pixel (fixture, 600, 200), ==, BLUE);

  reshoot_picture_cancel (late);
  reshoot_test_wait_until (G_OBJECT (late)->ref_count == 1);
  g_assert_null (reshoot_picture_get_error (late));
  g_assert_finalize_object (late);
}

static void
test_accessible (Fixture       *fixture,
                 gconstpointer  data)
{
  g_assert_cmpint (gtk_accessible_get_accessible_role (GTK_ACCESSIBLE (fixture->canvas)), ==,
                   GTK_ACCESSIBLE_ROLE_IMG);
  gtk_test_accessible_assert_property (fixture->canvas, GTK_ACCESSIBLE_PROPERTY_LABEL,
                                       "Result, step 2, blue");
  g_assert_nonnull (reshoot_ui_test_find_label (GTK_WIDGET (fixture->canvas), "Source · Original"));
  g_assert_nonnull (reshoot_ui_test_find_label (GTK_WIDGET (fixture->canvas), "Result · Blue"));
}

/* Two canvases over one viewport move as one, and neither says on its own what there is to see. */
static void
test_shared (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (ReshootViewport) viewport = reshoot_viewport_new ();
  guint32 corner = get_pixel (fixture, 20, 240);

  reshoot_viewport_set_bounds (viewport, &GRAPHENE_RECT_INIT (0, 0, 1200, 800));
  reshoot_canvas_set_viewport (fixture->canvas, viewport);
  g_assert_true (reshoot_canvas_get_viewport (fixture->canvas) == viewport);
  g_assert_cmphex (get_pixel (fixture, 20, 240), ==, corner);

  /* Moved by another one: beyond these bounds there is only the background. */
  reshoot_viewport_set_bounds (viewport, &GRAPHENE_RECT_INIT (-12000, 0, 13200, 800));
  g_assert_cmphex (get_pixel (fixture, 20, 240), !=, corner);
  show (fixture, identity);
  g_assert_cmphex (get_pixel (fixture, 20, 240), !=, corner);
}

static void
add_one (guint *n)
{
  (*n)++;
}

static void
first_changed_cb (ReshootPicture *picture,
                  gboolean       *waits)
{
  *waits = reshoot_picture_get_ready (picture) && !reshoot_picture_get_seen (picture)
           && !reshoot_picture_get_complete (picture);
  g_signal_handlers_disconnect_by_func (picture, first_changed_cb, waits);
}

/* A photo that is opened is decoded in full once it has been on the screen, and no sooner. */
static void
test_seen (void)
{
  g_autofree char *path = reshoot_test_sample ("mug.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ReshootPicture *picture = reshoot_picture_new_for_file (file, 300);
  ReshootCanvas *canvas = g_object_new (RESHOOT_TYPE_CANVAS, NULL);
  ReshootCanvasSide side = { .picture = picture, .name = "Original",
                             .affine = { 1, 0, 0, 0, 1, 0 } };
  GtkWidget *window;
  gboolean waits = FALSE;
  guint n_seen = 0;

  /* Before the window, which turns the main loop. */
  g_signal_connect (picture, "changed", G_CALLBACK (first_changed_cb), &waits);
  g_signal_connect_swapped (picture, "seen", G_CALLBACK (add_one), &n_seen);
  window = reshoot_ui_test_window (GTK_WIDGET (canvas), WIDTH, HEIGHT);
  reshoot_canvas_show (canvas, NULL, &side, "Original");
  reshoot_test_wait_until (reshoot_picture_get_seen (picture));
  g_assert_true (waits);
  reshoot_test_wait_until (reshoot_canvas_get_settled (canvas));
  g_assert_true (reshoot_picture_get_complete (picture));
  reshoot_picture_set_seen (picture);
  g_assert_cmpuint (n_seen, ==, 1);

  gtk_window_destroy (GTK_WINDOW (window));
  g_assert_finalize_object (picture);
}

/* One that nobody draws does not wait for ever. */
static void
test_unseen (void)
{
  g_autofree char *path = reshoot_test_sample ("mug.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  ReshootPicture *picture = reshoot_picture_new_for_file (file, 300);

  reshoot_picture_set_seen (picture);
  g_assert_false (reshoot_picture_get_seen (picture));
  reshoot_test_wait_until (reshoot_picture_get_complete (picture));
  g_assert_true (reshoot_picture_get_seen (picture));
  g_assert_finalize_object (picture);
}

int
main (int    argc,
      char **argv)
{
  g_setenv ("GTK_A11Y", "test", TRUE);
  reshoot_ui_test_init (&argc, &argv);

#define add(name, function) g_test_add ("/canvas/" name, Fixture, NULL, set_up, function, tear_down)
  add ("side", test_side);
  add ("split", test_split);
  add ("divider", test_divider);
  add ("hold", test_hold);
  add ("register", test_register);
  add ("zoom", test_zoom);
  add ("blink", test_blink);
  add ("overlay", test_overlay);
  add ("difference", test_difference);
  add ("shift", test_shift);
  add ("pane", test_pane);
  add ("shared", test_shared);
  add ("wheel", test_wheel);
  add ("stacked", test_stacked);
  add ("no-gap", test_no_gap);
  add ("sharpens", test_sharpens);
  add ("accessible", test_accessible);
#undef add
  g_test_add_func ("/canvas/checkerboard", test_checkerboard);
  g_test_add_func ("/canvas/pixels-as-pixels", test_pixels_as_pixels);
  g_test_add_func ("/canvas/grid", test_grid);
  g_test_add_func ("/canvas/seen", test_seen);
  g_test_add_func ("/canvas/unseen", test_unseen);

  return g_test_run ();
}
