/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The arithmetic of zoom and pan, exactly. No window is opened. */

#include "reshoot-test.h"
#include "reshoot-viewport.h"

#define assert_near(a, b) g_assert_cmpfloat_with_epsilon (a, b, 1e-6)

static ReshootViewport *
make (double width,
      double height,
      int    scale_factor,
      float  picture_width,
      float  picture_height)
{
  ReshootViewport *viewport = reshoot_viewport_new ();

  reshoot_viewport_set_pane (viewport, width, height, scale_factor);
  reshoot_viewport_set_bounds (viewport, &GRAPHENE_RECT_INIT (0, 0, picture_width, picture_height));
  return viewport;
}

static void
count_cb (ReshootViewport *viewport,
          gpointer         user_data)
{
  (*(guint *) user_data)++;
}

/* 6000 × 4000 in 624 × 424: the width decides, twelve pixels stay free on either side. */
static void
test_fit (void)
{
  g_autoptr (ReshootViewport) viewport = make (624, 424, 1, 6000, 4000);
  double x, y;

  g_assert_true (reshoot_viewport_get_fits (viewport));
  assert_near (reshoot_viewport_get_zoom (viewport), 0.1);

  reshoot_viewport_to_view (viewport, 0, 0, &x, &y);
  assert_near (x, 12);
  assert_near (y, 12);
  reshoot_viewport_to_view (viewport, 6000, 4000, &x, &y);
  assert_near (x, 612);
  assert_near (y, 412);
}

static void
test_fit_follows_pane (void)
{
  g_autoptr (ReshootViewport) viewport = make (624, 424, 1, 6000, 4000);

  reshoot_viewport_set_pane (viewport, 324, 424, 1);
  assert_near (reshoot_viewport_get_zoom (viewport), 0.05);

  reshoot_viewport_zoom_to (viewport, 0.5, 100, 100);
  reshoot_viewport_set_pane (viewport, 624, 424, 1);
  assert_near (reshoot_viewport_get_zoom (viewport), 0.5);
}

static void
test_fit_never_enlarges (void)
{
  g_autoptr (ReshootViewport) viewport = make (1000, 1000, 1, 100, 50);
  double x, y;

  assert_near (reshoot_viewport_get_zoom (viewport), 1);
  reshoot_viewport_to_view (viewport, 0, 0, &x, &y);
  assert_near (x, 450);
  assert_near (y, 475);
}

/* 100 % is one picture pixel on one pixel of the display, whatever a logical pixel is. */
static void
test_scale_factor (void)
{
  g_autoptr (ReshootViewport) viewport = make (500, 500, 2, 4000, 4000);
  double left, right, y;

  reshoot_viewport_zoom_to (viewport, 1, 250, 250);
  reshoot_viewport_to_view (viewport, 1000, 0, &left, &y);
  reshoot_viewport_to_view (viewport, 1100, 0, &right, &y);
  assert_near (right - left, 50);
}

static void
test_zoom_keeps_point (void)
{
  g_autoptr (ReshootViewport) viewport = make (600, 400, 1, 6000, 4000);
  double x, y, original_x, original_y;

  reshoot_viewport_zoom_to (viewport, 0.5, 300, 200);
  for (double zoom = 0.6; zoom < 30; zoom *= 1.7)
    {
      reshoot_viewport_to_original (viewport, 123, 321, &original_x, &original_y);
      reshoot_viewport_zoom_to (viewport, zoom, 123, 321);
      reshoot_viewport_to_view (viewport, original_x, original_y, &x, &y);
      assert_near (x, 123);
      assert_near (y, 321);
      assert_near (reshoot_viewport_get_zoom (viewport), zoom);
    }
}

static void
test_zoom_limits (void)
{
  g_autoptr (ReshootViewport) viewport = make (600, 400, 1, 6000, 4000);

  reshoot_viewport_zoom_to (viewport, 1000, 0, 0);
  assert_near (reshoot_viewport_get_zoom (viewport), 32);
  reshoot_viewport_zoom_step (viewport, 1, 300, 200);
  assert_near (reshoot_viewport_get_zoom (viewport), 32);
  reshoot_viewport_zoom_to (viewport, 0, 0, 0);
  assert_near (reshoot_viewport_get_zoom (viewport), 0.005);
}

static void
test_zoom_steps (void)
{
  g_autoptr (ReshootViewport) viewport = make (600, 400, 1, 6000, 4000);

  reshoot_viewport_zoom_to (viewport, 0.9, 300, 200);
  reshoot_viewport_zoom_step (viewport, 1, 300, 200);
  assert_near (reshoot_viewport_get_zoom (viewport), 1);
  reshoot_viewport_zoom_step (viewport, 1, 300, 200);
  assert_near (reshoot_viewport_get_zoom (viewport), 1.5);
  reshoot_viewport_zoom_step (viewport, -1, 300, 200);
  reshoot_viewport_zoom_step (viewport, -1, 300, 200);
  assert_near (reshoot_viewport_get_zoom (viewport), 0.67);
}

/* An edge never leaves a gap, and what is smaller than the pane does not move. */
static void
test_pan_stops (void)
{
  g_autoptr (ReshootViewport) viewport = make (600, 400, 1, 6000, 4000);
  guint n_changed = 0;
  double x, y;

  reshoot_viewport_zoom_to (viewport, 1, 300, 200);
  reshoot_viewport_pan_by (viewport, 1e6, 1e6);
  reshoot_viewport_to_view (viewport, 0, 0, &x, &y);
  assert_near (x, 0);
  assert_near (y, 0);

  reshoot_viewport_pan_by (viewport, -10, -20);
  reshoot_viewport_to_view (viewport, 0, 0, &x, &y);
  assert_near (x, -10);
  assert_near (y, -20);

  reshoot_viewport_fit (viewport);
  g_signal_connect (viewport, "changed", G_CALLBACK (count_cb), &n_changed);
  reshoot_viewport_pan_by (viewport, 50, 50);
  g_assert_cmpuint (n_changed, ==, 0);
}

/* What is restored is asked for before there is anything to see, and holds until somebody moves. */
static void
test_look_at (void)
{
  g_autoptr (ReshootViewport) viewport = reshoot_viewport_new ();
  double x, y;

  reshoot_viewport_look_at (viewport, 2, 5000, 1000);
  reshoot_viewport_set_bounds (viewport, &GRAPHENE_RECT_INIT (0, 0, 600, 400));
  reshoot_viewport_set_pane (viewport, 300, 200, 1);
  reshoot_viewport_set_bounds (viewport, &GRAPHENE_RECT_INIT (0, 0, 6000, 4000));
  reshoot_viewport_get_centre (viewport, &x, &y);
  assert_near (x, 5000);
  assert_near (y, 1000);
  assert_near (reshoot_viewport_get_zoom (viewport), 2);
  g_assert_false (reshoot_viewport_get_fits (viewport));

  reshoot_viewport_pan_by (viewport, 100, 0);
  reshoot_viewport_set_pane (viewport, 400, 200, 1);
  reshoot_viewport_get_centre (viewport, &x, &y);
  assert_near (x, 4950);
  assert_near (y, 1000);
}

static void
test_says_changes_once (void)
{
  g_autoptr (ReshootViewport) viewport = make (600, 400, 1, 6000, 4000);
  guint n_changed = 0;

  g_signal_connect (viewport, "changed", G_CALLBACK (count_cb), &n_changed);
  reshoot_viewport_set_pane (viewport, 600, 400, 1);
  reshoot_viewport_set_bounds (viewport, &GRAPHENE_RECT_INIT (0, 0, 6000, 4000));
  g_assert_cmpuint (n_changed, ==, 0);
  reshoot_viewport_set_pane (viewport, 601, 400, 1);
  reshoot_viewport_zoom_to (viewport, 1, 0, 0);
  g_assert_cmpuint (n_changed, ==, 2);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/viewport/fit", test_fit);
  g_test_add_func ("/viewport/fit-follows-pane", test_fit_follows_pane);
  g_test_add_func ("/viewport/fit-never-enlarges", test_fit_never_enlarges);
  g_test_add_func ("/viewport/scale-factor", test_scale_factor);
  g_test_add_func ("/viewport/zoom-keeps-point", test_zoom_keeps_point);
  g_test_add_func ("/viewport/zoom-limits", test_zoom_limits);
  g_test_add_func ("/viewport/zoom-steps", test_zoom_steps);
  g_test_add_func ("/viewport/pan-stops", test_pan_stops);
  g_test_add_func ("/viewport/look-at", test_look_at);
  g_test_add_func ("/viewport/says-changes-once", test_says_changes_once);

  return g_test_run ();
}
