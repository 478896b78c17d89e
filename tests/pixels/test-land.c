/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits with a known truth, sent through what services do to a picture, must come home: where they belong, and with
 * every other number as it was. */

#include "pictures.h"
#include "replies.h"
#include "reshoot-land.h"
#include "reshoot-test.h"

#include <math.h>

/* The mug's side, in pixels of the sample: what is recoloured. */
static const ReshootBox box = { 400, 300, 480, 420 };

/* Around the box, where a change fades out. */
#define MARGIN 48

static const Reply mild = { 720, 540, 2.3, -1.6, 1.006, { 1.03, 1, 0.98 }, { 2, 0, -2 }, 88 };
static const Reply plain = { 720, 540, 0, 0, 1, { 1, 1, 1 }, { 0, 0, 0 }, 92 };

/* What a service adds to a picture that is redrawn: slow waves of colour, of as many levels either way. */
static VipsImage *
blotch (VipsImage *vips,
        double     levels)
{
  VipsImage *own = vips_image_new_memory ();

  g_assert_cmpint (vips_image_write (vips, own), ==, 0);
  for (int y = 0; y < own->Ysize; y++)
    for (int x = 0; x < own->Xsize; x++)
      for (int c = 0; c < 3; c++)
        {
          guint8 *at = VIPS_IMAGE_ADDR (own, x, y);
          double wave = sin (x / (17.0 + 2 * c)) * sin (y / (19.0 - 2 * c) + c);

          at[c] = (guint8) CLAMP (at[c] + levels * wave + 0.5, 0, 255);
        }

  return own;
}

static ReshootLanding *
land (ReshootImage             *source,
      ReshootImage             *reply,
      const ReshootLandRequest *request)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootLanding *landing;

  reshoot_land_async (source, reply, request, NULL, reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  landing = reshoot_land_finish (result, &error);
  g_assert_no_error (error);
  return landing;
}

static VipsImage *
open_landed (ReshootLanding *landing)
{
  g_autoptr (GError) error = NULL;
  VipsImage *vips;

  g_assert_nonnull (reshoot_landing_get_image (landing));
  vips = reshoot_image_dup_vips (reshoot_landing_get_image (landing), &error);
  g_assert_no_error (error);
  return vips;
}

/* Mean distance in the box, and how many pixels differ that are further than @margin from it. */
static double
compare (VipsImage *a,
         VipsImage *b,
         int        margin,
         guint     *n_outside)
{
  double sum = 0;

  *n_outside = 0;
  for (int y = 0; y < a->Ysize; y++)
    for (int x = 0; x < a->Xsize; x++)
      {
        const guint8 *one = VIPS_IMAGE_ADDR (a, x, y);
        const guint8 *other = VIPS_IMAGE_ADDR (b, x, y);
        gboolean inside = x >= box.x && x < box.x + box.width && y >= box.y && y < box.y
                          + box.height;
        gboolean near = x >= box.x - margin && x < box.x + box.width + margin
                        && y >= box.y - margin && y < box.y + box.height + margin;

        for (int c = 0; c < 3 && inside; c++)
          sum += abs (one[c] - other[c]);
        *n_outside += !near && memcmp (one, other, 3) != 0;
      }

  return sum / (3.0 * box.width * box.height);
}

static void
test_nothing (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (ReshootImage) source = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) reply = reply_new (vips, &mild);
  g_autoptr (ReshootLanding) landing = land (source, reply, NULL);
  g_autoptr (VipsImage) landed = open_landed (landing);
  const ReshootAlignment *how = reshoot_landing_get_alignment (landing);
  guint n_outside;

  g_assert_false (how->new_scene);
  g_assert_false (how->is_flat);
  g_assert_cmpfloat (how->confidence, >, 0.9);
  g_assert_cmpfloat_with_epsilon (how->shift_x, 2 * mild.dx, 0.2);
  g_assert_cmpfloat_with_epsilon (how->shift_y, 2 * mild.dy, 0.2);
  g_assert_cmpfloat_with_epsilon (how->scale_x, mild.zoom, 0.001);
  g_assert_cmpfloat_with_epsilon (how->scale_y, mild.zoom, 0.001);
  g_assert_cmpfloat (reshoot_landing_get_changed (landing), ==, 0);
  g_assert_cmpfloat (reshoot_landing_get_identical (landing), ==, 1);
  g_assert_cmpfloat (compare (vips, landed, 0, &n_outside), ==, 0);
  g_assert_cmpuint (n_outside, ==, 0);
}

static void
test_recolour (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (VipsImage) truth = reply_recolour (vips, &box);
  g_autoptr (ReshootImage) source = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) reply = reply_new (truth, &mild);
  g_autoptr (ReshootLanding) landing = land (source, reply, NULL);
  g_autoptr (VipsImage) landed = open_landed (landing);
  guint n_outside;
  double share = (double) box.width * box.height / (1440.0 * 1080.0);

  g_assert_cmpfloat_with_epsilon (reshoot_landing_get_changed (landing), share, 0.02);
  g_assert_cmpfloat (compare (truth, landed, MARGIN, &n_outside), <, 4);
  g_assert_cmpuint (n_outside, ==, 0);
}

/* The more a service harms, the more it takes to be an edit: an edit must not spread over all that was harmed. */
static void
test_harmed (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (VipsImage) truth = reply_recolour (vips, &box);
  g_autoptr (VipsImage) harmed = blotch (truth, 7);
  g_autoptr (ReshootImage) source = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) reply = reply_new (harmed, &mild);
  g_autoptr (ReshootLanding) landing = land (source, reply, NULL);
  g_autoptr (VipsImage) landed = open_landed (landing);
  guint n_outside;

  g_assert_false (reshoot_landing_get_is_whole (landing));
  g_assert_cmpfloat (compare (truth, landed, MARGIN, &n_outside), <, 8);
  g_test_message ("%u outside", n_outside);
  g_assert_cmpuint (n_outside, <, 1440 * 1080 / 100);
}

static void
test_other_scene (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (VipsImage) other = reply_open_sample ("shoe.jpg");
  g_autoptr (ReshootImage) source = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) reply = reply_new (other, &plain);
  g_autoptr (ReshootLanding) landing = land (source, reply, NULL);

  g_assert_true (reshoot_landing_get_alignment (landing)->new_scene);
  g_assert_null (reshoot_landing_get_image (landing));
}

/* Edges that have nothing to do with each other agree by chance here and there: no reason to stretch another picture
 * over the source. Each of these was once taken for an edit. */
static void
test_chance (void)
{
  static const struct
  {
    const char *source;
    const char *other;
    int         width;
    int         height;
  } pairs[] = {
    { "bottle-on-white.jpg", "shoe.jpg", 800, 800 },
    { "mug.jpg", "shoe.jpg", 640, 800 },
    { "norda-bottle.jpg", "bottle-on-white.jpg", 900, 600 },
    { "norda-bottle.jpg", "shoe.jpg", 800, 800 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (pairs); i++)
    {
      g_autoptr (VipsImage) vips = reply_open_sample (pairs[i].source);
      g_autoptr (VipsImage) other = reply_open_sample (pairs[i].other);
      g_autoptr (VipsImage) cut = NULL;
      g_autoptr (ReshootImage) source = picture_new_image (vips, ".png");
      g_autoptr (ReshootImage) reply = NULL;
      g_autoptr (ReshootLanding) landing = NULL;

      g_assert_cmpint (vips_thumbnail_image (other, &cut, pairs[i].width, "height", pairs[i].height, "crop",
                                             VIPS_INTERESTING_CENTRE, NULL), ==, 0);
      reply = picture_new_image (cut, ".jpg");
      landing = land (source, reply, NULL);
      g_assert_true (reshoot_landing_get_alignment (landing)->new_scene);
    }
}

/* A pattern that repeats lies as well a period further; the nearest place is meant. */
static void
test_pattern (void)
{
  for (int size = 18; size <= 34; size += 16)
    {
      g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
      g_autoptr (VipsImage) checks = reply_recolour (vips, &box);
      g_autoptr (VipsImage) truth = NULL;
      g_autoptr (ReshootImage) source = NULL;
      g_autoptr (ReshootImage) reply = NULL;
      g_autoptr (ReshootLanding) landing = NULL;
      g_autoptr (VipsImage) landed = NULL;
      guint n_outside;

      for (int y = 0; y < checks->Ysize; y++)
        for (int x = 0; x < checks->Xsize; x++)
          {
            guint8 *at = VIPS_IMAGE_ADDR (checks, x, y);

            at[0] = (x / size + y / size) % 2 != 0 ? 190 : 90;
            at[1] = at[0] - 10;
            at[2] = at[0] - 40;
          }
      truth = reply_recolour (checks, &box);
      source = picture_new_image (checks, ".png");
      reply = reply_new (truth, &mild);
      landing = land (source, reply, NULL);
      landed = open_landed (landing);
      g_test_message ("%d: %.2f %.2f", size, reshoot_landing_get_alignment (landing)->shift_x,
                      reshoot_landing_get_alignment (landing)->shift_y);
      g_assert_cmpfloat_with_epsilon (reshoot_landing_get_alignment (landing)->shift_x,
                                      2 * mild.dx, 0.5);
      g_assert_cmpfloat_with_epsilon (reshoot_landing_get_alignment (landing)->shift_y,
                                      2 * mild.dy, 0.5);
      g_assert_cmpfloat (compare (truth, landed, MARGIN, &n_outside), <, 8);
      g_assert_cmpuint (n_outside, ==, 0);
    }
}

/* Other light, all over: whether it was wanted is not in the picture. */
static void
test_tone (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (ReshootImage) source = picture_new_image (vips, ".png");
  Reply warm = { 720, 540, 0, 0, 1, { 1.07, 1, 0.92 }, { 3, 0, -4 }, 92 };
  g_autoptr (ReshootImage) reply = reply_new (vips, &warm);
  ReshootLandRequest request = { RESHOOT_LAND_TONE_DRIFT, NULL, NULL };
  g_autoptr (ReshootLanding) undone = land (source, reply, &request);
  g_autoptr (ReshootLanding) kept = NULL;

  g_assert_cmpfloat (reshoot_landing_get_identical (undone), ==, 1);
  request.tone = RESHOOT_LAND_TONE_WANTED;
  kept = land (source, reply, &request);
  g_assert_true (reshoot_landing_get_is_whole (kept));
  g_assert_cmpfloat (reshoot_landing_get_identical (kept), <, 0.01);
}

/* A picture that was laid in the middle of a wider one before it was sent. */
static void
test_padded (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (VipsImage) truth = reply_recolour (vips, &box);
  g_autoptr (ReshootImage) source = picture_new_image (vips, ".png");
  ReshootPreparation sent = { 900, 600, { 90, 30, 720, 540 }, RESHOOT_IMAGE_FORMAT_PNG, 0 };
  ReshootLandRequest request = { RESHOOT_LAND_TONE_UNKNOWN, &sent, NULL };
  g_autoptr (ReshootImage) edited = picture_new_image (truth, ".png");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) reply = reshoot_image_prepare_in (edited, &sent, NULL, &error);
  g_autoptr (ReshootLanding) landing = NULL;
  g_autoptr (VipsImage) landed = NULL;
  guint n_outside;

  g_assert_no_error (error);
  landing = land (source, reply, &request);
  landed = open_landed (landing);
  g_assert_cmpfloat_with_epsilon (reshoot_landing_get_alignment (landing)->shift_x, 0, 0.2);
  g_assert_cmpfloat_with_epsilon (reshoot_landing_get_alignment (landing)->scale_x, 1, 0.001);
  g_assert_cmpfloat (compare (truth, landed, MARGIN, &n_outside), <, 4);
  g_assert_cmpuint (n_outside, ==, 0);
}

static void
test_region (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (VipsImage) truth = reply_recolour (vips, &box);
  g_autoptr (ReshootImage) source = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) reply = reply_new (truth, &mild);
  const double part[4] = { box.x, box.y, box.width / 2, box.height };
  g_autoptr (ReshootRegion) region = reshoot_region_new (part, NULL, NULL);
  ReshootLandRequest request = { RESHOOT_LAND_TONE_UNKNOWN, NULL, region };
  g_autoptr (ReshootLanding) landing = land (source, reply, &request);
  g_autoptr (VipsImage) landed = open_landed (landing);
  guint n_outside = 0;
  guint n_inside = 0;

  for (int y = 0; y < vips->Ysize; y++)
    for (int x = 0; x < vips->Xsize; x++)
      {
        gboolean inside = x >= part[0] && x < part[0] + part[2] && y >= part[1] && y < part[1]
                          + part[3];
        gboolean differs = memcmp (VIPS_IMAGE_ADDR (vips, x, y), VIPS_IMAGE_ADDR (landed, x, y),
                                   3) != 0;

        n_inside += inside && differs;
        n_outside += !inside && differs;
      }
  g_assert_cmpuint (n_outside, ==, 0);
  g_assert_cmpuint (n_inside, >, part[2] * part[3] / 2);
}

/* White in a box, given in the pixels of the sample. */
static ReshootImage *
draw_mask (int left,
           int top,
           int width,
           int height)
{
  g_autofree guint8 *values = g_malloc0 (1440 * 1080);
  g_autoptr (GError) error = NULL;
  ReshootImage *mask;

  for (int y = top; y < top + height; y++)
    memset (values + y * 1440 + left, 255, width);
  mask = reshoot_region_draw_mask (values, 1440, 1080, &error);
  g_assert_no_error (error);
  return mask;
}

static void
count_changed (VipsImage *a,
               VipsImage *b,
               int        left,
               int        top,
               int        width,
               int        height,
               guint     *n)
{
  *n = 0;
  for (int y = top; y < top + height; y++)
    for (int x = left; x < left + width; x++)
      *n += memcmp (VIPS_IMAGE_ADDR (a, x, y), VIPS_IMAGE_ADDR (b, x, y), 3) != 0;
}

/* What a person paints is stronger than what was found. */
static void
test_paint (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (VipsImage) truth = reply_recolour (vips, &box);
  g_autoptr (ReshootImage) source = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) reply = reply_new (truth, &mild);
  g_autoptr (ReshootImage) here = draw_mask (60, 60, 200, 160);
  g_autoptr (ReshootImage) never = draw_mask (box.x, box.y, box.width / 2, box.height);
  g_autoptr (ReshootLanding) landing = land (source, reply, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) painted = NULL;
  g_autoptr (ReshootImage) change = NULL;
  g_autoptr (VipsImage) map = NULL;
  g_autoptr (VipsImage) landed = NULL;
  guint n;

  change = reshoot_landing_draw_change (landing, &error);
  g_assert_no_error (error);
  map = reshoot_image_dup_vips (change, &error);
  g_assert_no_error (error);
  g_assert_cmpint (picture_get (map, 320, 250, 0), ==, 255);
  g_assert_cmpint (picture_get (map, 80, 70, 0), ==, 0);

  reshoot_landing_paint_async (landing, source, here, never, NULL, reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  painted = reshoot_landing_paint_finish (landing, result, &error);
  g_assert_no_error (error);
  landed = reshoot_image_dup_vips (painted, &error);
  g_assert_no_error (error);

  count_changed (vips, landed, 70, 70, 180, 140, &n);
  g_assert_cmpuint (n, >, 180 * 140 / 4);
  count_changed (vips, landed, box.x, box.y, box.width / 2, box.height, &n);
  g_assert_cmpuint (n, ==, 0);
  count_changed (vips, landed, box.x + box.width / 2 + MARGIN, box.y, box.width / 2 - MARGIN,
                 box.height, &n);
  g_assert_cmpuint (n, >, (box.width / 2 - MARGIN) * box.height * 8 / 10);
  count_changed (vips, landed, 0, 260, 300, 800, &n);
  g_assert_cmpuint (n, ==, 0);
}

static void
test_paint_cancel (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (ReshootImage) source = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) reply = reply_new (vips, &plain);
  g_autoptr (ReshootLanding) landing = land (source, reply, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_landing_paint_async (landing, source, NULL, NULL, cancellable, reshoot_test_ready_cb,
                               &result);
  g_cancellable_cancel (cancellable);
  reshoot_test_await (&result);
  g_assert_null (reshoot_landing_paint_finish (landing, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* 16 bits and transparency are the source's own. */
static void
test_deep (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (VipsImage) truth = reply_recolour (vips, &box);
  g_autoptr (VipsImage) deep = NULL;
  g_autoptr (VipsImage) clear = NULL;
  g_autoptr (VipsImage) landed = NULL;
  g_autoptr (ReshootImage) source = NULL;
  g_autoptr (ReshootImage) reply = reply_new (truth, &mild);
  g_autoptr (ReshootLanding) landing = NULL;
  guint n_outside = 0;

  g_assert_cmpint (vips_colourspace (vips, &deep, VIPS_INTERPRETATION_RGB16, NULL), ==, 0);
  g_assert_cmpint (vips_bandjoin_const1 (deep, &clear, 65535, NULL), ==, 0);
  source = picture_new_image (clear, ".png");
  landing = land (source, reply, NULL);
  landed = open_landed (landing);
  g_assert_cmpint (landed->BandFmt, ==, VIPS_FORMAT_USHORT);
  g_assert_cmpint (landed->Bands, ==, 4);

  g_object_unref (clear);
  clear = reshoot_image_dup_vips (source, NULL);
  for (int y = 0; y < 1080; y++)
    for (int x = 0; x < 1440; x++)
      if (x < box.x - MARGIN || x >= box.x + box.width + MARGIN || y < box.y - MARGIN
          || y >= box.y + box.height + MARGIN)
        n_outside += memcmp (VIPS_IMAGE_ADDR (clear, x, y), VIPS_IMAGE_ADDR (landed, x, y), 8) != 0;
  g_assert_cmpuint (n_outside, ==, 0);
  g_assert_cmpfloat (reshoot_landing_get_changed (landing), >, 0.05);
}

static void
test_flat (void)
{
  const int grey[3] = { 120, 120, 120 };
  const int sizes[4][2] = { { 640, 480 }, { 1, 1 }, { 9, 3 }, { 3, 200 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (VipsImage) vips = picture_new_flat (sizes[i][0], sizes[i][1], 3, grey);
      g_autoptr (ReshootImage) image = picture_new_image (vips, ".png");
      g_autoptr (ReshootLanding) landing = land (image, image, NULL);

      g_assert_true (reshoot_landing_get_alignment (landing)->is_flat);
      g_assert_false (reshoot_landing_get_alignment (landing)->new_scene);
      g_assert_cmpfloat (reshoot_landing_get_identical (landing), ==, 1);
      g_assert_nonnull (reshoot_landing_get_image (landing));
    }
}

static void
test_cancel (void)
{
  g_autoptr (VipsImage) vips = reply_open_sample ("mug.jpg");
  g_autoptr (ReshootImage) source = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) reply = reply_new (vips, &plain);

  for (int delay = -1; delay <= 400; delay = delay * 2 + 2)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootLanding) landing = NULL;

      if (delay < 0)
        g_cancellable_cancel (cancellable);
      else
        g_timeout_add_once (delay, (GSourceOnceFunc) g_cancellable_cancel, cancellable);
      reshoot_land_async (source, reply, NULL, cancellable, reshoot_test_ready_cb, &result);
      reshoot_test_await (&result);
      landing = reshoot_land_finish (result, &error);
      if (landing == NULL)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      while (!g_cancellable_is_cancelled (cancellable))
        g_main_context_iteration (NULL, TRUE);
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/land/nothing", test_nothing);
  g_test_add_func ("/land/recolour", test_recolour);
  g_test_add_func ("/land/harmed", test_harmed);
  g_test_add_func ("/land/other-scene", test_other_scene);
  g_test_add_func ("/land/chance", test_chance);
  g_test_add_func ("/land/pattern", test_pattern);
  g_test_add_func ("/land/tone", test_tone);
  g_test_add_func ("/land/padded", test_padded);
  g_test_add_func ("/land/region", test_region);
  g_test_add_func ("/land/paint", test_paint);
  g_test_add_func ("/land/paint-cancel", test_paint_cancel);
  g_test_add_func ("/land/deep", test_deep);
  g_test_add_func ("/land/flat", test_flat);
  g_test_add_func ("/land/cancel", test_cancel);

  return g_test_run ();
}
