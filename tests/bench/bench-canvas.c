/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a frame of the canvas costs the program while two photos of 24 megapixels are panned, beside a frame of the same
 * window in one flat colour. The display server's own time is not in it, and each frame is over on the server before
 * the next one starts. */

#include "bench.h"

#include "reshoot-test.h"
#include "reshoot-ui-test.h"

#define WIDTH 1900
#define HEIGHT 1000
#define WARM_UP 10
#define FRAMES 60
#define ROUNDS 3
#define STRIDE 7        /* logical pixels a frame */

#define FLAT_TYPE (flat_get_type ())

G_DECLARE_FINAL_TYPE (Flat, flat, FLAT, WIDGET, GtkWidget)

/* One colour, another one every frame: a frame without a change costs nothing. */
struct _Flat
{
  GtkWidget parent_instance;

  guint     n_frames;
};

G_DEFINE_FINAL_TYPE (Flat, flat, GTK_TYPE_WIDGET)

static void
flat_snapshot (GtkWidget   *widget,
               GtkSnapshot *snapshot)
{
  Flat *self = FLAT_WIDGET (widget);
  GdkRGBA color = { self->n_frames++ % 2 == 0 ? 0.4 : 0.6, 0.5, 0.5, 1 };

  gtk_snapshot_append_color (snapshot, &color,
                             &GRAPHENE_RECT_INIT (0, 0, gtk_widget_get_width (widget),
                                                  gtk_widget_get_height (widget)));
}

static void
flat_class_init (FlatClass *klass)
{
  GTK_WIDGET_CLASS (klass)->snapshot = flat_snapshot;
}

static void
flat_init (Flat *self)
{
}

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       user_data)
{
  *(gboolean *) user_data = TRUE;
}

/* Turns the loop for one frame of @widget. */
static void
draw_frame (GtkWidget *widget)
{
  GdkFrameClock *clock = gtk_widget_get_frame_clock (widget);
  gboolean painted = FALSE;
  gulong handler = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &painted);

  gtk_widget_queue_draw (widget);
  while (!painted)
    g_main_context_iteration (NULL, TRUE);
  gdk_display_sync (gtk_widget_get_display (widget));
  g_signal_handler_disconnect (clock, handler);
}

static ReshootPicture *
load (const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ReshootImage) image = NULL;
  char *contents;
  gsize size;

  g_file_get_contents (path, &contents, &size, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (contents, size);
  image = reshoot_image_new_from_bytes (bytes, path, &error);
  g_assert_no_error (error);
  return reshoot_picture_new_for_image (image, 1600);
}

static void
show (ReshootCanvas  *canvas,
      ReshootPicture *source,
      ReshootPicture *result)
{
  ReshootCanvasSide sides[2] = {
    { .picture = source, .name = "Original", .affine = { 1, 0, 0, 0, 1, 0 } },
    { .picture = result, .name = "Turned", .affine = { 1, 0, 0, 0, 1, 0 } },
  };

  reshoot_canvas_show (canvas, &sides[0], &sides[1], "Result");
  reshoot_test_wait_until (reshoot_canvas_get_settled (canvas));
}

/* A pan that draws nothing would be fast. */
static void
assert_drawn (ReshootCanvas *canvas,
              gboolean       moves)
{
  int width, height;
  g_autofree guint32 *before = reshoot_ui_test_pixels (GTK_WIDGET (canvas), &width, &height);
  g_autofree guint32 *after = NULL;
  guint n_differ = 0, n_other = 0;

  reshoot_viewport_pan_by (reshoot_canvas_get_viewport (canvas), STRIDE, STRIDE);
  after = reshoot_ui_test_pixels (GTK_WIDGET (canvas), &width, &height);
  for (int i = 0; i < width * height; i++)
    {
      n_differ += before[i] != after[i];
      n_other += before[i] != before[0];
    }
  g_assert_cmpuint (n_other, >, (guint) (width * height / 4));
  g_assert_true (!moves || n_differ > (guint) (width * height / 4));
}

/* A fitted picture has nowhere to go and is drawn where it is. */
static void
draw_frames (GtkStack        *stack,
             GtkWidget       *shown,
             ReshootViewport *viewport,
             BenchSeries     *series)
{
  gtk_stack_set_visible_child (stack, shown);
  for (int i = -WARM_UP; i < FRAMES / ROUNDS; i++)
    {
      BenchTime start = bench_now ();

      if (viewport != NULL)
        reshoot_viewport_pan_by (viewport, i % 20 < 10 ? STRIDE : -STRIDE, STRIDE);
      draw_frame (shown);
      if (i >= 0)
        bench_series_add (series, start);
    }
}

static void
bench_scene (const char    *figure,
             GtkStack      *stack,
             ReshootCanvas *canvas,
             GtkWidget     *flat,
             gboolean       moves)
{
  g_autoptr (BenchSeries) ours = bench_series_new ();
  g_autoptr (BenchSeries) blank = bench_series_new ();
  double cost, floor_cost;

  gtk_stack_set_visible_child (stack, GTK_WIDGET (canvas));
  reshoot_ui_test_frames (GTK_WIDGET (canvas));
  assert_drawn (canvas, moves);
  for (guint round = 0; round < ROUNDS; round++)
    {
      draw_frames (stack, flat, NULL, blank);
      draw_frames (stack, GTK_WIDGET (canvas), reshoot_canvas_get_viewport (canvas), ours);
    }

  cost = bench_quantile (ours->cpu, 0.5);
  floor_cost = bench_quantile (blank->cpu, 0.5);
  g_print ("%s: %.2f x a blank frame, %+.1f ms (medians of %u frames each, client CPU; %.1f ms to %.1f ms)\n",
           figure, cost / floor_cost, cost - floor_cost, FRAMES, cost, floor_cost);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = bench_make_folder (g_get_tmp_dir ());
  g_autofree char *left = bench_make_jpeg (folder, "left.jpg", FALSE);
  g_autofree char *right = bench_make_jpeg (folder, "right.jpg", TRUE);
  g_autoptr (ReshootPicture) source = NULL;
  g_autoptr (ReshootPicture) result = NULL;
  GtkWidget *canvas, *flat, *stack, *window;

  reshoot_ui_test_init (&argc, &argv);
  setvbuf (stdout, NULL, _IOLBF, 0);
  source = load (left);
  result = load (right);
  bench_remove_folder (folder);

  canvas = g_object_new (RESHOOT_TYPE_CANVAS, NULL);
  flat = g_object_new (FLAT_TYPE, NULL);
  stack = gtk_stack_new ();
  gtk_stack_add_child (GTK_STACK (stack), canvas);
  gtk_stack_add_child (GTK_STACK (stack), flat);
  window = reshoot_ui_test_window (stack, WIDTH, HEIGHT);
  show (RESHOOT_CANVAS (canvas), source, result);

  bench_scene ("canvas-frame-fit", GTK_STACK (stack), RESHOOT_CANVAS (canvas), flat, FALSE);
  reshoot_canvas_zoom_actual (RESHOOT_CANVAS (canvas));
  bench_scene ("canvas-frame-100", GTK_STACK (stack), RESHOOT_CANVAS (canvas), flat, TRUE);

  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}
