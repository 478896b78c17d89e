/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a frame of the canvas costs the program while two photos of 24 megapixels are panned and zoomed, beside a frame
 * of the same window in one flat colour, and while two of 100 megapixels are, beside those of 24. The display server's
 * own time is not in it, and each frame is over on the server before the next one starts. Each scene is saved as a
 * picture, as a proof that it drew. */

#include "bench.h"

#include "reshoot-test.h"
#include "reshoot-ui-test.h"

#define WIDTH 1900
#define HEIGHT 1000
#define WARM_UP 10
#define FRAMES 60
#define ROUNDS 3
#define STRIDE 7        /* logical pixels a frame */
#define FRAMES_A_WAY 20 /* there and back */
#define ZOOM_STEP 1.2

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

typedef enum
{
  FIT,     /* a fitted picture has nowhere to go and is drawn where it is */
  ACTUAL,
  ZOOM,    /* from the whole to 100 % and back, a step a frame */
  N_SCENES
} Scene;

/* The widgets that are drawn in turn. */
typedef struct
{
  GtkStack      *stack;
  GtkWidget     *flat;
  ReshootCanvas *small;     /* two of 24 megapixels */
  ReshootCanvas *huge;      /* two of 100 */
} Stage;

static const char *const scene_names[N_SCENES] = { "fit", "100", "zoom" };

static void
move (ReshootCanvas *canvas,
      Scene          scene,
      int            frame)
{
  ReshootViewport *viewport = reshoot_canvas_get_viewport (canvas);
  gboolean forth = frame % FRAMES_A_WAY < FRAMES_A_WAY / 2;

  if (scene == ZOOM)
    reshoot_viewport_zoom_to (viewport,
                              reshoot_viewport_get_zoom (viewport)
                              * (forth ? ZOOM_STEP : 1 / ZOOM_STEP),
                              WIDTH / 4.0, HEIGHT / 2.0);
  else
    reshoot_viewport_pan_by (viewport, forth ? STRIDE : -STRIDE, STRIDE);
}

static void
set_up (ReshootCanvas *canvas,
        Scene          scene)
{
  if (scene == ACTUAL)
    reshoot_canvas_zoom_actual (canvas);
  else
    reshoot_viewport_fit (reshoot_canvas_get_viewport (canvas));
}

/* @canvas: (nullable): NULL for the flat colour. */
static void
draw_frames (Stage         *stage,
             ReshootCanvas *canvas,
             Scene          scene,
             BenchSeries   *series)
{
  GtkWidget *shown = canvas != NULL ? GTK_WIDGET (canvas) : stage->flat;

  gtk_stack_set_visible_child (stage->stack, shown);
  for (int i = -WARM_UP; i < FRAMES / ROUNDS; i++)
    {
      BenchTime start;

      if (i == 0 && canvas != NULL)
        set_up (canvas, scene);
      start = bench_now ();
      if (canvas != NULL)
        move (canvas, scene, MAX (i, 0));
      draw_frame (shown);
      if (i >= 0)
        bench_series_add (series, start);
    }
}

static void
save_proof (GtkWidget  *widget,
            const char *folder,
            const char *scene)
{
  g_autofree char *name = g_strdup_printf ("canvas-frame-%s.png", scene);
  g_autofree char *path = g_build_filename (folder, name, NULL);
  int width, height;
  g_autofree guint32 *pixels = reshoot_ui_test_pixels (widget, &width, &height);
  g_autoptr (GBytes) bytes = g_bytes_new_static (pixels, (gsize) width * height * 4);
  g_autoptr (GdkTexture) texture = NULL;

  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, bytes, (gsize) width * 4);
  g_assert_true (gdk_texture_save_to_png (texture, path));
}

static void
say_scene (Scene        scene,
           BenchSeries *blank,
           BenchSeries *small,
           BenchSeries *huge)
{
  const char *renderer = g_getenv ("GSK_RENDERER");
  double floor_cost = bench_quantile (blank->cpu, 0.5);
  double cost = bench_quantile (small->cpu, 0.5);
  double huge_cost = bench_quantile (huge->cpu, 0.5);
  g_autofree char *figure = g_strdup_printf ("canvas-frame-%s", scene_names[scene]);
  g_autofree char *all = g_strdup_printf ("%s-all", figure);
  g_autofree char *of_huge = g_strdup_printf ("%s-100mp", figure);

  if (scene == ZOOM)
    bench_say_goal (figure, cost / floor_cost, "", 2.5, "of a blank frame (medians of %u, client CPU; %.1f ms to "
                    "%.1f ms; %s)", FRAMES, cost, floor_cost, renderer);
  else
    {
      bench_say_goal (figure, cost - floor_cost, " ms", 3, "over a blank frame (medians of %u, client CPU; %.1f ms to "
                      "%.1f ms; %s)", FRAMES, cost, floor_cost, renderer);
      bench_say_goal (all, cost, " ms", 8, "in all (blank %.1f ms; %s)", floor_cost, renderer);
    }
  bench_say_goal (of_huge, huge_cost / cost, "", 1.2, "of a frame of 24 MP (medians of %u, client CPU; %.1f ms to "
                  "%.1f ms; %s)", FRAMES, huge_cost, cost, renderer);
}

static void
bench_scene (Stage      *stage,
             Scene       scene,
             const char *folder)
{
  g_autoptr (BenchSeries) blank = bench_series_new ();
  g_autoptr (BenchSeries) small = bench_series_new ();
  g_autoptr (BenchSeries) huge = bench_series_new ();

  gtk_stack_set_visible_child (stage->stack, GTK_WIDGET (stage->small));
  set_up (stage->small, scene);
  reshoot_ui_test_frames (GTK_WIDGET (stage->small));
  assert_drawn (stage->small, scene == ACTUAL);
  save_proof (GTK_WIDGET (stage->small), folder, scene_names[scene]);
  for (guint round = 0; round < ROUNDS; round++)
    {
      draw_frames (stage, NULL, scene, blank);
      draw_frames (stage, stage->small, scene, small);
      draw_frames (stage, stage->huge, scene, huge);
    }

  say_scene (scene, blank, small, huge);
}

/* The photos turned upside down are the results. */
static ReshootCanvas *
add_canvas (Stage      *stage,
            const char *figure,
            const char *left,
            const char *right)
{
  g_autoptr (ReshootPicture) source = NULL;
  g_autoptr (ReshootPicture) result = NULL;
  GtkWidget *canvas = g_object_new (RESHOOT_TYPE_CANVAS, NULL);
  BenchTime start = bench_now ();
  BenchTime end;

  gtk_stack_add_child (stage->stack, canvas);
  source = load (left);
  result = load (right);
  show (RESHOOT_CANVAS (canvas), source, result);
  end = bench_now ();
  g_print ("%s: %.2f s until two are there in full, at full size and all smaller ones (CPU %.2f s)\n", figure,
           (end.wall - start.wall) / 1e3, (end.cpu - start.cpu) / 1e3);
  return RESHOOT_CANVAS (canvas);
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = bench_make_folder (g_get_tmp_dir ());
  g_autofree char *left = bench_make_jpeg (folder, "left.jpg", FALSE);
  g_autofree char *right = bench_make_jpeg (folder, "right.jpg", TRUE);
  g_autofree char *huge_left = bench_make_huge_jpeg (folder, "huge-left.jpg", FALSE);
  g_autofree char *huge_right = bench_make_huge_jpeg (folder, "huge-right.jpg", TRUE);
  const char *proofs;
  Stage stage;
  GtkWidget *window;

  reshoot_ui_test_init (&argc, &argv);
  setvbuf (stdout, NULL, _IOLBF, 0);
  proofs = argc > 1 ? argv[1] : ".";

  stage.flat = g_object_new (FLAT_TYPE, NULL);
  stage.stack = GTK_STACK (gtk_stack_new ());
  gtk_stack_add_child (stage.stack, stage.flat);
  window = reshoot_ui_test_window (GTK_WIDGET (stage.stack), WIDTH, HEIGHT);
  stage.small = add_canvas (&stage, "canvas-open-24mp", left, right);
  stage.huge = add_canvas (&stage, "canvas-open-100mp", huge_left, huge_right);
  bench_remove_folder (folder);

  for (int scene = 0; scene < N_SCENES; scene++)
    bench_scene (&stage, (Scene) scene, proofs);

  gtk_window_destroy (GTK_WINDOW (window));
  return 0;
}
