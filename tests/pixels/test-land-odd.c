/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Replies and sources that are out of the ordinary. Whatever comes: a landing must never be worse than the reply merely
 * enlarged, and half as wrong where it is sure; it must leave alone what was left alone. Where it cannot, it says that
 * this is a new scene. */

#include "pictures.h"
#include "replies.h"
#include "reshoot-land.h"
#include "reshoot-mask.h"
#include "reshoot-test.h"

#include <math.h>

#define WIDTH 960
#define HEIGHT 720

/* Around what was edited, where a change fades out. */
#define MARGIN 24

/* Levels: less is no edit. */
#define EDITED 3

typedef enum
{
  LANDS,
  REFUSED,
  EITHER,
} Outcome;

typedef struct
{
  const char *name;
  const char *sample;
  Outcome     outcome;
  double      touched;    /* the most of what was not edited, per cent */
  void      (*edit)   (VipsImage **truth);
  void      (*harm)   (VipsImage **reply);    /* (nullable): beside what the service does anyway */
  int         quality;
} OddCase;

static VipsImage *
open_sample (const char *name)
{
  g_autofree char *path = reshoot_test_sample (name);
  g_autoptr (VipsImage) scaled = NULL;
  VipsImage *own = vips_image_new_memory ();

  g_assert_cmpint (vips_thumbnail (path, &scaled, WIDTH, "height", HEIGHT,
                                   "size", VIPS_SIZE_FORCE, NULL), ==, 0);
  g_assert_cmpint (vips_image_write (scaled, own), ==, 0);
  return own;
}

/* Red and blue change places there. */
static void
recolour (VipsImage *vips,
          int        left,
          int        top,
          int        width,
          int        height)
{
  for (int y = top; y < top + height; y++)
    for (int x = left; x < left + width; x++)
      {
        guint8 *at = VIPS_IMAGE_ADDR (vips, x, y);
        guint8 red = at[0];

        at[0] = at[2];
        at[2] = red;
      }
}

static void
edit_nothing (VipsImage **truth)
{
}

static void
edit_middle (VipsImage **truth)
{
  recolour (*truth, 340, 260, 280, 220);
}

static void
edit_corner (VipsImage **truth)
{
  recolour (*truth, 0, 0, 150, 120);
  recolour (*truth, WIDTH - 130, 300, 130, 140);
}

/* All around the middle goes dark. */
static void
edit_darken (VipsImage **truth)
{
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      for (int c = 0; c < 3; c++)
        if (hypot ((x - 480) / 110.0, (y - 380) / 260.0) > 1)
          {
            guint8 *at = (guint8 *) VIPS_IMAGE_ADDR (*truth, x, y) + c;

            *at = (guint8) (*at * 0.45 + 0.5);
          }
}

/* All but a frame becomes another picture. */
static void
edit_most (VipsImage **truth)
{
  g_autoptr (VipsImage) other = open_sample ("shoe.jpg");

  for (int y = 70; y < HEIGHT - 70; y++)
    memcpy (VIPS_IMAGE_ADDR (*truth, 70, y), VIPS_IMAGE_ADDR (other, 70, y), 3 * (WIDTH - 140));
}

/* A stamp is all that is left of the old picture. */
static void
edit_all_but_stamp (VipsImage **truth)
{
  VipsImage *other = open_sample ("shoe.jpg");

  for (int y = 300; y < 420; y++)
    memcpy (VIPS_IMAGE_ADDR (other, 420, y), VIPS_IMAGE_ADDR (*truth, 420, y), 3 * 120);
  g_object_unref (*truth);
  *truth = other;
}

static void
replace (VipsImage **vips,
         VipsImage  *other)
{
  g_object_unref (*vips);
  *vips = vips_image_new_memory ();
  g_assert_cmpint (vips_image_write (other, *vips), ==, 0);
  g_object_unref (other);
}

static void
harm_mirror (VipsImage **reply)
{
  VipsImage *out = NULL;

  g_assert_cmpint (vips_flip (*reply, &out, VIPS_DIRECTION_HORIZONTAL, NULL), ==, 0);
  replace (reply, out);
}

static void
harm_upside_down (VipsImage **reply)
{
  VipsImage *out = NULL;

  g_assert_cmpint (vips_rot (*reply, &out, VIPS_ANGLE_D180, NULL), ==, 0);
  replace (reply, out);
}

static void
harm_turn (VipsImage **reply)
{
  const double angle = 1.5 * G_PI / 180;
  g_autoptr (GObject) cubic = (GObject *) vips_interpolate_new ("bicubic");
  VipsArrayInt *area = vips_array_int_newv (4, 0, 0, WIDTH, HEIGHT);
  VipsImage *out = NULL;
  double x = (WIDTH - 1) / 2.0;
  double y = (HEIGHT - 1) / 2.0;

  g_assert_cmpint (vips_affine (*reply, &out, cos (angle), -sin (angle), sin (angle), cos (angle),
                                "odx", x - cos (angle) * x + sin (angle) * y,
                                "ody", y - sin (angle) * x - cos (angle) * y, "oarea", area,
                                "interpolate", cubic, "extend", VIPS_EXTEND_COPY, NULL), ==, 0);
  vips_area_unref (VIPS_AREA (area));
  replace (reply, out);
}

static void
harm_grey (VipsImage **reply)
{
  g_autoptr (VipsImage) grey = NULL;
  VipsImage *out = NULL;

  g_assert_cmpint (vips_colourspace (*reply, &grey, VIPS_INTERPRETATION_B_W, NULL), ==, 0);
  g_assert_cmpint (vips_colourspace (grey, &out, VIPS_INTERPRETATION_sRGB, NULL), ==, 0);
  replace (reply, out);
}

/* Nine tenths of it, enlarged. */
static void
harm_closer (VipsImage **reply)
{
  g_autoptr (VipsImage) cut = NULL;
  VipsImage *out = NULL;

  g_assert_cmpint (vips_extract_area (*reply, &cut, 48, 36, WIDTH - 96, HEIGHT - 72, NULL), ==, 0);
  g_assert_cmpint (vips_resize (cut, &out, WIDTH / (WIDTH - 96.0), NULL), ==, 0);
  replace (reply, out);
}

static void
harm_negative (VipsImage **reply)
{
  VipsImage *out = NULL;

  g_assert_cmpint (vips_invert (*reply, &out, NULL), ==, 0);
  replace (reply, out);
}

static const OddCase cases[] = {
  { "plain", "mug.jpg", LANDS, 0, edit_middle, NULL, 88 },
  { "corner", "mug.jpg", LANDS, 1, edit_corner, NULL, 88 },
  { "darkened", "camera.jpg", LANDS, 1, edit_darken, NULL, 88 },
  { "darkened-bottle", "norda-bottle.jpg", LANDS, 1, edit_darken, NULL, 88 },
  { "most", "mug.jpg", EITHER, 1, edit_most, NULL, 88 },
  { "stamp", "mug.jpg", EITHER, 100, edit_all_but_stamp, NULL, 88 },
  { "compressed", "mug.jpg", LANDS, 1, edit_middle, NULL, 50 },
  { "turned", "mug.jpg", LANDS, 1, edit_middle, harm_turn, 88 },
  { "closer", "mug.jpg", LANDS, 1, edit_middle, harm_closer, 88 },
  { "grey", "mug.jpg", LANDS, 100, edit_nothing, harm_grey, 88 },
  { "negative", "mug.jpg", EITHER, 100, edit_nothing, harm_negative, 88 },
  { "white", "bottle-on-white.jpg", LANDS, 1, edit_middle, NULL, 88 },
  { "beige", "headphones-on-beige.jpg", LANDS, 0, edit_nothing, NULL, 88 },
  { "mirrored", "mug.jpg", REFUSED, 0, edit_nothing, harm_mirror, 88 },
  { "upside-down", "mug.jpg", REFUSED, 0, edit_nothing, harm_upside_down, 88 },
};

static ReshootLanding *
land (ReshootImage *source,
      ReshootImage *reply)
{
  g_autoptr (GError) error = NULL;
  ReshootLanding *landing = reshoot_land (source, reply, NULL, NULL, &error);

  g_assert_no_error (error);
  return landing;
}

static VipsImage *
open_image (ReshootImage *image)
{
  g_autoptr (GError) error = NULL;
  VipsImage *vips = reshoot_image_dup_vips (image, &error);

  g_assert_no_error (error);
  return vips;
}

static guint
find_gap (VipsImage *a,
          VipsImage *b,
          int        x,
          int        y)
{
  const guint8 *one = VIPS_IMAGE_ADDR (a, x, y);
  const guint8 *other = VIPS_IMAGE_ADDR (b, x, y);
  guint gap = 0;

  for (int c = 0; c < 3; c++)
    gap = MAX (gap, (guint) abs (one[c] - other[c]));
  return gap;
}

/* Mean distance of all numbers. */
static double
find_error (VipsImage *a,
            VipsImage *b)
{
  double sum = 0;

  for (int y = 0; y < a->Ysize; y++)
    for (int x = 0; x < a->Xsize; x++)
      for (int c = 0; c < 3; c++)
        sum += abs (*((guint8 *) VIPS_IMAGE_ADDR (a, x, y) + c)
                    - *((guint8 *) VIPS_IMAGE_ADDR (b, x, y) + c));
  return sum / (3.0 * a->Xsize * a->Ysize);
}

/* Per cent of what is further than MARGIN from any edit that is not the source's. */
static double
find_touched (VipsImage *source,
              VipsImage *truth,
              VipsImage *landed)
{
  g_autofree guint8 *edited = g_new0 (guint8, WIDTH * HEIGHT);
  g_autofree guint8 *near = g_new (guint8, WIDTH * HEIGHT);
  guint n = 0;
  guint n_touched = 0;

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      edited[y * WIDTH + x] = find_gap (source, truth, x, y) > EDITED;
  reshoot_mask_spread (edited, near, WIDTH, HEIGHT, MARGIN, TRUE);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (!near[y * WIDTH + x])
        {
          n++;
          n_touched += find_gap (source, landed, x, y) > 0;
        }
  return n > 0 ? 100.0 * n_touched / n : 0;
}

static void
test_case (gconstpointer data)
{
  static const Reply like = { WIDTH / 2, HEIGHT / 2, 1.4, -0.8, 1.004, { 1.03, 1, 0.98 },
                              { 2, 0, -2 }, 88 };
  const OddCase *odd = data;
  Reply how = like;
  g_autoptr (VipsImage) vips = open_sample (odd->sample);
  g_autoptr (VipsImage) truth = open_sample (odd->sample);
  g_autoptr (VipsImage) asked = NULL;
  g_autoptr (VipsImage) landed = NULL;
  g_autoptr (VipsImage) small = NULL;
  g_autoptr (VipsImage) large = NULL;
  g_autoptr (VipsImage) enlarged = NULL;
  g_autoptr (ReshootImage) source = NULL;
  g_autoptr (ReshootImage) reply = NULL;
  g_autoptr (ReshootLanding) landing = NULL;
  double errors[2];
  double touched;

  odd->edit (&truth);
  asked = vips_image_new_memory ();
  g_assert_cmpint (vips_image_write (truth, asked), ==, 0);
  if (odd->harm != NULL)
    odd->harm (&asked);
  if (odd->harm == harm_grey || odd->harm == harm_negative)
    {
      g_object_unref (truth);
      truth = g_object_ref (asked);
    }
  how.quality = odd->quality;
  source = picture_new_image (vips, ".png");
  reply = reply_new (asked, &how);
  landing = land (source, reply);

  if (reshoot_landing_get_alignment (landing)->new_scene)
    {
      g_test_message ("a new scene");
      g_assert_cmpint (odd->outcome, !=, LANDS);
      g_assert_null (reshoot_landing_get_image (landing));
      return;
    }

  landed = open_image (reshoot_landing_get_image (landing));
  small = open_image (reply);
  g_assert_cmpint (vips_resize (small, &large, 2, NULL), ==, 0);
  enlarged = vips_image_copy_memory (large);
  errors[0] = find_error (truth, enlarged);
  errors[1] = find_error (truth, landed);
  touched = find_touched (vips, truth, landed);
  g_test_message ("error %.2f to %.2f, touched %.2f %%, rotation %.2f, confidence %.2f%s", errors[0],
                  errors[1], touched, reshoot_landing_get_alignment (landing)->rotation,
                  reshoot_landing_get_alignment (landing)->confidence,
                  reshoot_landing_get_is_whole (landing) ? ", whole" : "");
  g_assert_cmpint (odd->outcome, !=, REFUSED);
  g_assert_cmpfloat (errors[1], <=, odd->outcome == LANDS ? errors[0] / 2 : errors[0]);
  g_assert_cmpfloat (touched, <=, odd->touched);
}

/* A service that only makes squares: it shows the middle of the picture, or all of it between bars. */
static void
test_square (gconstpointer data)
{
  gboolean cut = GPOINTER_TO_INT (data);
  int side = cut ? HEIGHT : WIDTH;
  Reply how = { side / 2, side / 2, 1.2, -0.7, 1.003, { 1.02, 1, 0.99 }, { 0, 0, 0 }, 88 };
  g_autoptr (VipsImage) vips = open_sample ("mug.jpg");
  g_autoptr (VipsImage) truth = open_sample ("mug.jpg");
  g_autoptr (VipsImage) square = NULL;
  g_autoptr (VipsImage) memory = NULL;
  g_autoptr (VipsImage) landed = NULL;
  g_autoptr (ReshootImage) source = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) reply = NULL;
  g_autoptr (ReshootLanding) landing = NULL;

  edit_middle (&truth);
  g_assert_cmpint (vips_gravity (truth, &square, VIPS_COMPASS_DIRECTION_CENTRE, side, side,
                                 "extend", VIPS_EXTEND_WHITE, NULL), ==, 0);
  memory = vips_image_copy_memory (square);
  reply = reply_new (memory, &how);
  landing = land (source, reply);
  g_assert_false (reshoot_landing_get_alignment (landing)->new_scene);
  g_assert_cmpfloat_with_epsilon (reshoot_landing_get_alignment (landing)->scale_x, 1.003, 0.002);
  g_assert_cmpfloat_with_epsilon (reshoot_landing_get_alignment (landing)->scale_y, 1.003, 0.002);
  landed = open_image (reshoot_landing_get_image (landing));
  g_assert_cmpint (landed->Xsize, ==, WIDTH);
  g_assert_cmpfloat (find_touched (vips, truth, landed), ==, 0);
  g_assert_cmpfloat (find_error (truth, landed), <, 1);
}

static const ReshootBox parts[] = {
  { 420, 300, 90, 80 },
  { 330, 250, 300, 240 },
  { 870, 640, 90, 80 },
};

/* A part is sent as large as a service takes it, and only there something comes back. */
static void
test_part (gconstpointer data)
{
  const ReshootBox *part = data;
  ReshootPreparation sent = { 320, 256, { 0, 0, 0, 0 }, RESHOOT_IMAGE_FORMAT_PNG, 0 };
  ReshootLandRequest request = { RESHOOT_LAND_TONE_DRIFT, &sent, NULL };
  Reply how = { sent.width, sent.height, 1.2, -0.7, 1.003, { 1.02, 1, 0.99 }, { 0, 0, 0 }, 88 };
  g_autoptr (VipsImage) vips = open_sample ("mug.jpg");
  g_autoptr (VipsImage) truth = open_sample ("mug.jpg");
  g_autoptr (VipsImage) seen = NULL;
  g_autoptr (VipsImage) landed = NULL;
  g_autoptr (ReshootImage) source = picture_new_image (vips, ".png");
  g_autoptr (ReshootImage) edited = NULL;
  g_autoptr (ReshootImage) cut = NULL;
  g_autoptr (ReshootImage) reply = NULL;
  g_autoptr (ReshootLanding) landing = NULL;
  g_autoptr (GError) error = NULL;

  recolour (truth, part->x, part->y, part->width, part->height);
  edited = picture_new_image (truth, ".png");
  reshoot_preparation_show_part (&sent, part, WIDTH, HEIGHT);

  /* All of the part is seen, with something around it, and nothing beside the picture. */
  g_assert_cmpint (sent.window.x, <=, 0);
  g_assert_cmpint (sent.window.y, <=, 0);
  g_assert_cmpint (sent.window.x + sent.window.width, >=, sent.width);
  g_assert_cmpint (sent.window.y + sent.window.height, >=, sent.height);
  g_assert_cmpint (sent.window.width, <=, WIDTH);
  g_assert_cmpint (sent.window.width, >, sent.width);

  cut = reshoot_image_prepare_in (edited, &sent, NULL, &error);
  g_assert_no_error (error);
  seen = open_image (cut);
  g_assert_cmpint (seen->Xsize, ==, sent.width);
  reply = reply_new (seen, &how);
  landing = reshoot_land (source, reply, &request, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (reshoot_landing_get_alignment (landing)->new_scene);
  landed = open_image (reshoot_landing_get_image (landing));
  g_assert_cmpint (landed->Xsize, ==, WIDTH);
  g_assert_cmpfloat (find_touched (vips, truth, landed), <, 0.01);
  g_assert_cmpfloat (find_error (truth, landed), <, find_error (truth, vips) / 5);
}

static VipsImage *
cut_ground (VipsImage *vips)
{
  VipsImage *own = vips_image_new_memory ();
  g_autoptr (VipsImage) clear = NULL;

  g_assert_cmpint (vips_bandjoin_const1 (vips, &clear, 255, NULL), ==, 0);
  g_assert_cmpint (vips_image_write (clear, own), ==, 0);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (hypot (x - WIDTH / 2, y - HEIGHT / 2) > 320)
        *((guint8 *) VIPS_IMAGE_ADDR (own, x, y) + 3) = 0;
  return own;
}

/* A service sees a transparent ground as white, and sends it back so. */
static void
test_transparent (void)
{
  static const Reply how = { WIDTH / 2, HEIGHT / 2, 1.2, -0.7, 1.003, { 1.02, 1, 0.99 },
                             { 0, 0, 0 }, 88 };
  g_autoptr (VipsImage) vips = open_sample ("mug.jpg");
  g_autoptr (VipsImage) clear = cut_ground (vips);
  g_autoptr (VipsImage) edited = NULL;
  g_autoptr (VipsImage) lazy = NULL;
  g_autoptr (VipsImage) flat = NULL;
  g_autoptr (VipsImage) landed = NULL;
  VipsArrayDouble *white = vips_array_double_newv (3, 255.0, 255.0, 255.0);
  g_autoptr (ReshootImage) source = picture_new_image (clear, ".png");
  g_autoptr (ReshootImage) reply = NULL;
  g_autoptr (ReshootLanding) landing = NULL;
  guint n_inside = 0;
  guint n_outside = 0;

  edit_middle (&vips);
  edited = cut_ground (vips);
  g_assert_cmpint (vips_flatten (edited, &lazy, "background", white, NULL), ==, 0);
  vips_area_unref (VIPS_AREA (white));
  flat = vips_image_copy_memory (lazy);
  reply = reply_new (flat, &how);
  landing = land (source, reply);
  landed = open_image (reshoot_landing_get_image (landing));
  g_assert_cmpint (landed->Bands, ==, 4);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        gboolean differs = memcmp (VIPS_IMAGE_ADDR (clear, x, y), VIPS_IMAGE_ADDR (landed, x, y),
                                   4) != 0;
        gboolean inside = x >= 340 && x < 620 && y >= 260 && y < 480;
        gboolean near = x >= 340 - MARGIN && x < 620 + MARGIN && y >= 260 - MARGIN
                        && y < 480 + MARGIN;

        n_inside += inside && differs;
        n_outside += !near && differs;
      }
  g_assert_cmpuint (n_outside, ==, 0);
  g_assert_cmpuint (n_inside, >, 280 * 220 * 8 / 10);
}

/* Sixteen bits in other primaries: its profile, its depth, its very numbers. */
static void
test_profile (void)
{
  static const Reply how = { WIDTH / 2, HEIGHT / 2, 1.2, -0.7, 1.003, { 1.02, 1, 0.99 },
                             { 0, 0, 0 }, 88 };
  g_autoptr (VipsImage) vips = open_sample ("mug.jpg");
  g_autoptr (VipsImage) deep = NULL;
  g_autoptr (VipsImage) wide = NULL;
  g_autoptr (VipsImage) before = NULL;
  g_autoptr (VipsImage) landed = NULL;
  g_autoptr (ReshootImage) source = NULL;
  g_autoptr (ReshootImage) reply = NULL;
  g_autoptr (ReshootLanding) landing = NULL;
  guint n_outside = 0;

  g_assert_cmpint (vips_colourspace (vips, &deep, VIPS_INTERPRETATION_RGB16, NULL), ==, 0);
  wide = picture_to_profile (deep, "p3");
  source = picture_new_image (wide, ".png");
  edit_middle (&vips);
  reply = reply_new (vips, &how);
  landing = land (source, reply);
  before = open_image (source);
  landed = open_image (reshoot_landing_get_image (landing));
  g_assert_cmpint (landed->BandFmt, ==, VIPS_FORMAT_USHORT);
  g_assert_cmpint (vips_image_get_typeof (landed, VIPS_META_ICC_NAME), !=, 0);
  g_assert_cmpfloat (reshoot_landing_get_changed (landing), >, 0.05);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      if (x < 340 - MARGIN || x >= 620 + MARGIN || y < 260 - MARGIN || y >= 480 + MARGIN)
        n_outside += memcmp (VIPS_IMAGE_ADDR (before, x, y), VIPS_IMAGE_ADDR (landed, x, y),
                             6) != 0;
  g_assert_cmpuint (n_outside, ==, 0);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  g_assert_cmpint (VIPS_INIT ("test"), ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *path = g_strconcat ("/land-odd/", cases[i].name, NULL);

      g_test_add_data_func (path, &cases[i], test_case);
    }

  g_test_add_data_func ("/land-odd/square-cut", GINT_TO_POINTER (TRUE), test_square);
  g_test_add_data_func ("/land-odd/square-padded", GINT_TO_POINTER (FALSE), test_square);
  g_test_add_data_func ("/land-odd/part", &parts[0], test_part);
  g_test_add_data_func ("/land-odd/part-large", &parts[1], test_part);
  g_test_add_data_func ("/land-odd/part-border", &parts[2], test_part);
  g_test_add_func ("/land-odd/transparent", test_transparent);
  g_test_add_func ("/land-odd/profile", test_profile);

  return g_test_run ();
}
