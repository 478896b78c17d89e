/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Fifteen rounds through a service that shifts, zooms and compresses a picture each time: with landing nothing drifts,
 * and without it the meter shows how the picture decays. */

#include "pictures.h"
#include "replies.h"
#include "reshoot-drift.h"
#include "reshoot-land.h"
#include "reshoot-test.h"

#include <math.h>
#include <string.h>

#define N_ROUNDS 15
#define WIDTH 640
#define HEIGHT 480

/* Around an edit, where it fades out. */
#define MARGIN 40

static const double in_place[6] = { 1, 0, 0, 0, 1, 0 };

/* What is edited, in turn. */
static const ReshootBox boxes[] = {
  { 200, 150, 90, 80 },
  { 330, 160, 80, 100 },
  { 250, 270, 110, 70 },
};

static const double colours[][3] = {
  { 200, 40, 40 },
  { 40, 150, 60 },
  { 40, 60, 200 },
  { 210, 180, 30 },
};

static const Reply service = {
  WIDTH, HEIGHT, 0.4, -0.3, 1.002, { 1.004, 1, 0.996 }, { 0.5, 0, -0.5 }, 85
};

static VipsImage *
open_small (void)
{
  g_autoptr (VipsImage) large = reply_open_sample ("mug.jpg");
  g_autoptr (VipsImage) small = NULL;

  g_assert_cmpint (vips_thumbnail_image (large, &small, WIDTH, NULL), ==, 0);
  g_assert_cmpint (small->Ysize, ==, HEIGHT);
  return vips_image_copy_memory (small);
}

static ReshootDrift
measure (ReshootImage *original,
         ReshootImage *picture)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootDrift drift;
  gboolean measured;

  reshoot_drift_async (original, picture, in_place, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  measured = reshoot_drift_finish (result, &drift, &error);
  g_assert_no_error (error);
  g_assert_true (measured);
  g_test_message ("edited %.3f colour %.3f softer %.3f visible %.3f shift %.2f zoom %.4f harm %.2f",
                  drift.edited, drift.colour, drift.softer, drift.visible,
                  reshoot_drift_get_shift (&drift), reshoot_drift_get_zoom (&drift),
                  reshoot_drift_get_harm (&drift));
  return drift;
}

static VipsImage *
open_image (ReshootImage *image)
{
  g_autoptr (GError) error = NULL;
  VipsImage *vips = reshoot_image_dup_vips (image, &error);

  g_assert_no_error (error);
  return vips;
}

/* What the service makes of the picture, with that round's edit. */
static ReshootImage *
ask_service (ReshootImage *picture,
             guint         round)
{
  g_autoptr (VipsImage) vips = open_image (picture);
  g_autoptr (VipsImage) edited = vips_image_new_memory ();
  const ReshootBox *box = &boxes[round % G_N_ELEMENTS (boxes)];
  double *colour = (double *) colours[round % G_N_ELEMENTS (colours)];

  g_assert_cmpint (vips_image_write (vips, edited), ==, 0);
  g_assert_cmpint (vips_draw_rect (edited, colour, 3, box->x, box->y, box->width, box->height,
                                   "fill", TRUE, NULL), ==, 0);
  return reply_new (edited, &service);
}

static gboolean
is_far (int x,
        int y)
{
  for (guint i = 0; i < G_N_ELEMENTS (boxes); i++)
    if (x >= boxes[i].x - MARGIN && x < boxes[i].x + boxes[i].width + MARGIN
        && y >= boxes[i].y - MARGIN && y < boxes[i].y + boxes[i].height + MARGIN)
      return FALSE;

  return TRUE;
}

static guint
count_touched (ReshootImage *original,
               ReshootImage *picture)
{
  g_autoptr (VipsImage) a = open_image (original);
  g_autoptr (VipsImage) b = open_image (picture);
  guint n = 0;

  g_assert_cmpint (b->Xsize, ==, WIDTH);
  g_assert_cmpint (b->Ysize, ==, HEIGHT);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      n += is_far (x, y) && memcmp (VIPS_IMAGE_ADDR (a, x, y), VIPS_IMAGE_ADDR (b, x, y), 3) != 0;

  return n;
}

static void
test_landed (void)
{
  g_autoptr (VipsImage) vips = open_small ();
  g_autoptr (ReshootImage) original = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) picture = g_object_ref (original);

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (ReshootImage) reply = ask_service (picture, round);
      g_autoptr (ReshootLanding) landing = NULL;
      g_autoptr (GError) error = NULL;
      ReshootDrift drift;

      landing = reshoot_land (picture, reply, NULL, NULL, &error);
      g_assert_no_error (error);
      g_assert_nonnull (reshoot_landing_get_image (landing));
      g_set_object (&picture, reshoot_landing_get_image (landing));
      g_assert_cmpuint (count_touched (original, picture), ==, 0);

      drift = measure (original, picture);
      g_assert_cmpfloat (drift.colour, ==, 0);
      g_assert_cmpfloat (drift.softer, ==, 0);
      g_assert_cmpfloat (drift.visible, ==, 0);
      g_assert_cmpfloat (reshoot_drift_get_harm (&drift), ==, 0);
    }
}

static void
test_raw (void)
{
  g_autoptr (VipsImage) vips = open_small ();
  g_autoptr (ReshootImage) original = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) picture = g_object_ref (original);
  ReshootDrift before = { 0 };

  for (guint round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (ReshootImage) reply = ask_service (picture, round);
      ReshootDrift drift;

      g_set_object (&picture, reply);
      drift = measure (original, picture);
      g_assert_cmpfloat (reshoot_drift_get_harm (&drift), >,
                         round > 0 ? reshoot_drift_get_harm (&before) : 0);
      g_assert_cmpfloat (drift.colour, >, before.colour);
      g_assert_cmpfloat (drift.visible, >, before.visible);
      g_assert_cmpfloat (drift.softer, >, 0.05);
      g_assert_cmpfloat (reshoot_drift_get_shift (&drift), >, reshoot_drift_get_shift (&before));
      before = drift;
    }

  g_assert_cmpfloat_with_epsilon (reshoot_drift_get_zoom (&before), pow (1.002, N_ROUNDS) - 1,
                                  0.002);
  g_assert_cmpfloat_with_epsilon (reshoot_drift_get_shift (&before), 0.5 * N_ROUNDS, 0.5);
}

int
main (int    argc,
      char **argv)
{
  int status;

  picture_test_init (&argc, &argv);

  g_test_add_func ("/drift-rounds/landed", test_landed);
  g_test_add_func ("/drift-rounds/raw", test_raw);

  status = g_test_run ();
  vips_shutdown ();
  return status;
}
