/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The cut-out against exact mattes of the samples, and its doubt where it should doubt. */

#include "reshoot-error.h"
#include "reshoot-image-vips.h"
#include "reshoot-matte.h"
#include "reshoot-test.h"

static ReshootImage *
load (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootImage *image;

  reshoot_image_load_async (file, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  image = reshoot_image_load_finish (result, &error);
  g_assert_no_error (error);
  return image;
}

static ReshootImage *
load_sample (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".jpg", NULL);
  g_autofree char *path = reshoot_test_sample (file);

  return load (path);
}

/* Intersection over union with the exact matte, at half coverage and at the size of @matte. */
static double
overlap (ReshootMatte *matte,
         const char   *name)
{
  g_autofree char *file = g_strdup_printf ("mattes/%s-matte.png", name);
  g_autofree char *path = reshoot_test_data_path (file);
  g_autoptr (ReshootImage) image = load (path);
  g_autoptr (VipsImage) vips = reshoot_image_dup_vips (image, NULL);
  g_autoptr (VipsImage) band = NULL;
  g_autoptr (VipsImage) scaled = NULL;
  g_autofree guint8 *truth = NULL;
  double scale = (double) reshoot_matte_get_width (matte) / vips->Xsize;
  const guint8 *values;
  gsize n;
  size_t n_truth;
  gsize both = 0;
  gsize either = 0;

  g_assert_cmpint (vips_extract_band (vips, &band, 0, NULL), ==, 0);
  g_assert_cmpint (vips_resize (band, &scaled, scale, NULL), ==, 0);
  truth = vips_image_write_to_memory (scaled, &n_truth);
  values = g_bytes_get_data (reshoot_matte_get_values (matte), &n);
  g_assert_cmpuint (n, ==, n_truth);
  for (gsize i = 0; i < n; i++)
    {
      both += values[i] > 127 && truth[i] > 127;
      either += values[i] > 127 || truth[i] > 127;
    }

  return (double) both / either;
}

static ReshootMatte *
find (ReshootImage     *image,
      const ReshootBox *box)
{
  g_autoptr (ReshootHints) hints = reshoot_hints_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootMatte *matte;

  reshoot_hints_set_box (hints, box);
  reshoot_matte_new_async (image, box != NULL ? hints : NULL, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  matte = reshoot_matte_new_finish (result, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_matte_get_width (matte), ==, reshoot_image_get_width (image));
  g_assert_cmpint (reshoot_matte_get_height (matte), ==, reshoot_image_get_height (image));
  return matte;
}

static void
test_plain (gconstpointer data)
{
  g_autoptr (ReshootImage) image = load_sample (data);
  g_autoptr (ReshootMatte) matte = find (image, NULL);

  g_assert_true (reshoot_matte_get_confident (matte));
  g_assert_cmpuint (reshoot_matte_get_n_products (matte), ==, 1);
  g_assert_cmpfloat (overlap (matte, data), >, 0.985);
}

/* The same picture, smaller and larger: nothing may hang on one size. */
static void
test_scaled (gconstpointer data)
{
  static const double scales[] = { 0.55, 0.85, 1.3 };
  g_autoptr (ReshootImage) image = load_sample (data);
  g_autoptr (VipsImage) vips = reshoot_image_dup_vips (image, NULL);

  for (guint k = 0; k < G_N_ELEMENTS (scales); k++)
    {
      g_autoptr (VipsImage) scaled = NULL;
      g_autoptr (ReshootImage) other = NULL;
      g_autoptr (ReshootMatte) matte = NULL;

      g_assert_cmpint (vips_resize (vips, &scaled, scales[k], NULL), ==, 0);
      other = reshoot_image_new_from_vips (scaled, RESHOOT_IMAGE_FORMAT_PNG, 0, NULL, NULL);
      matte = find (other, NULL);
      g_assert_true (reshoot_matte_get_confident (matte));
      g_assert_cmpfloat (overlap (matte, data), >, 0.975);
    }
}

static void
test_clutter (gconstpointer data)
{
  g_autoptr (ReshootImage) image = load_sample (data);
  g_autoptr (ReshootMatte) matte = find (image, NULL);

  g_assert_false (reshoot_matte_get_confident (matte));
  g_assert_cmpfloat (reshoot_matte_get_confidence (matte), <, 0.5);
}

static ReshootImage *
draw (int      width,
      int      height,
      gboolean disc)
{
  g_autoptr (VipsImage) black = NULL;
  g_autoptr (VipsImage) grey = NULL;
  g_autoptr (VipsImage) drawn = NULL;
  double paper[3] = { 215.0, 205.0, 190.0 };
  double ones[3] = { 1.0, 1.0, 1.0 };
  double red[3] = { 170.0, 30.0, 40.0 };

  g_assert_cmpint (vips_black (&black, width, height, "bands", 3, NULL), ==, 0);
  g_assert_cmpint (vips_linear (black, &grey, ones, paper, 3, "uchar", TRUE, NULL), ==, 0);
  grey->Type = VIPS_INTERPRETATION_sRGB;
  drawn = vips_image_copy_memory (grey);
  if (disc)
    g_assert_cmpint (vips_draw_circle (drawn, red, 3, width / 2, height / 2, height / 4,
                                       "fill", TRUE, NULL), ==, 0);

  return reshoot_image_new_from_vips (drawn, RESHOOT_IMAGE_FORMAT_PNG, 0, NULL, NULL);
}

static void
test_disc (void)
{
  g_autoptr (ReshootImage) image = draw (900, 600, TRUE);
  g_autoptr (ReshootMatte) matte = find (image, NULL);
  const ReshootBox *box = reshoot_matte_get_box (matte);
  const guint8 *values = g_bytes_get_data (reshoot_matte_get_values (matte), NULL);
  gsize wrong = 0;

  g_assert_true (reshoot_matte_get_confident (matte));
  g_assert_cmpint (ABS (box->x - 300), <=, 2);
  g_assert_cmpint (ABS (box->y - 150), <=, 2);
  g_assert_cmpint (ABS (box->width - 301), <=, 4);

  for (int y = 0; y < 600; y++)
    for (int x = 0; x < 900; x++)
      {
        int far = (x - 450) * (x - 450) + (y - 300) * (y - 300);

        if (far < 142 * 142)
          wrong += values[y * 900 + x] != 255;
        else if (far > 160 * 160)
          wrong += values[y * 900 + x] != 0;
      }
  g_assert_cmpuint (wrong, ==, 0);
}

static void
test_nothing (void)
{
  static const struct
  {
    int width;
    int height;
  } sizes[] = { { 1, 1 }, { 3, 2000 }, { 640, 480 } };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      g_autoptr (ReshootImage) image = draw (sizes[i].width, sizes[i].height, FALSE);
      g_autoptr (ReshootMatte) matte = find (image, NULL);

      g_assert_false (reshoot_matte_get_confident (matte));
    }
}

typedef struct
{
  const char *name;
  ReshootBox  box;
  double      least;      /* overlap */
  double      stroked;    /* overlap after eight strokes; 0 = not tried */
} Hinted;

static const Hinted hinted[] = {
  { "mug", { 370, 190, 770, 710 }, 0.90, 0.94 },
  { "camera", { 450, 220, 880, 740 }, 0.85, 0.94 },
  { "shoe", { 272, 270, 1012, 540 }, 0.89, 0.94 },
  { "norda-bottle", { 930, 155, 540, 1420 }, 0.90, 0.94 },
};

/* Outside of the box nothing is the product, whatever it looks like; inside, most of it is found, but never for
 * certain. */
static void
test_hint (gconstpointer data)
{
  const Hinted *hint = data;
  g_autoptr (ReshootImage) image = load_sample (hint->name);
  g_autoptr (ReshootMatte) matte = find (image, &hint->box);
  const guint8 *values = g_bytes_get_data (reshoot_matte_get_values (matte), NULL);
  int width = reshoot_matte_get_width (matte);

  g_test_message ("%s: overlap %.4f", hint->name, overlap (matte, hint->name));
  g_assert_cmpfloat (overlap (matte, hint->name), >, hint->least);
  g_assert_cmpfloat (reshoot_matte_get_confidence (matte), <, 0.9);

  for (int y = 0; y < reshoot_matte_get_height (matte); y++)
    for (int x = 0; x < width; x++)
      if (x < hint->box.x - 16 || x > hint->box.x + hint->box.width + 16)
        g_assert_cmpuint (values[y * width + x], ==, 0);
}

/* The middle of the window in which most is wrong, and whether that belongs to the product. */
static void
find_worst (ReshootMatte *matte,
            const guint8 *truth,
            int          *x,
            int          *y,
            gboolean     *keep)
{
  enum { STEP = 12, SIZE = 36 };
  const guint8 *values = g_bytes_get_data (reshoot_matte_get_values (matte), NULL);
  int width = reshoot_matte_get_width (matte), height = reshoot_matte_get_height (matte);
  int most = 0;

  for (int top = 0; top + SIZE < height; top += STEP)
    for (int left = 0; left + SIZE < width; left += STEP)
      for (int missing = 0; missing < 2; missing++)
        {
          int n = 0;

          for (int v = top; v < top + SIZE; v += 3)
            for (int u = left; u < left + SIZE; u += 3)
              n += (truth[v * width + u] > 127) == missing
                   && (values[v * width + u] > 127) != missing;

          if (n > most)
            {
              most = n;
              *x = left + SIZE / 2;
              *y = top + SIZE / 2;
              *keep = missing;
            }
        }
}

/* A person who says where the product is and then, stroke by stroke, where that went wrong, gets what they want. */
static void
test_strokes (gconstpointer data)
{
  const Hinted *hint = data;
  g_autoptr (ReshootImage) image = load_sample (hint->name);
  g_autofree char *file = g_strdup_printf ("mattes/%s-matte.png", hint->name);
  g_autofree char *path = reshoot_test_data_path (file);
  g_autoptr (ReshootImage) exact = load (path);
  g_autoptr (VipsImage) vips = reshoot_image_dup_vips (exact, NULL);
  g_autoptr (VipsImage) band = NULL;
  g_autoptr (ReshootHints) hints = reshoot_hints_new ();
  g_autofree guint8 *truth = NULL;
  double first = 0, last = 0;
  size_t size;

  g_assert_cmpint (vips_extract_band (vips, &band, 0, NULL), ==, 0);
  truth = vips_image_write_to_memory (band, &size);
  reshoot_hints_set_box (hints, &hint->box);

  for (int round = 0; round <= 8; round++)
    {
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootMatte) matte = reshoot_matte_new (image, hints, NULL, &error);
      gboolean keep = FALSE;
      int x = 0, y = 0;

      g_assert_no_error (error);
      last = overlap (matte, hint->name);
      g_test_message ("%s: %d strokes, overlap %.4f", hint->name, round, last);
      if (round == 0)
        first = last;
      else
        g_assert_true (reshoot_matte_get_confident (matte));

      find_worst (matte, truth, &x, &y, &keep);
      reshoot_hints_add_stroke (hints, keep, (const int[]) { x - 8, y, x, y, x + 8, y }, 3);
    }

  g_assert_cmpfloat (last, >, MAX (hint->stroked, first));
}

/* As text, and back; what is no such thing is told. */
static void
test_hints_as_text (void)
{
  static const struct
  {
    const char *box;
    const char *keep;
    const char *drop;
    const char *subject;
  } bad[] = {
    { "1,2,3", NULL, NULL, "box" },
    { "1,2,0,4", NULL, NULL, "box" },
    { NULL, "1,2,3", NULL, "keep" },
    { NULL, "1,2;", NULL, "keep" },
    { NULL, NULL, "1,-2", "drop" },
    { NULL, NULL, "a,b", "drop" },
  };
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootHints) hints = NULL;
  g_autofree char *box = NULL;
  g_autofree char *keep = NULL;
  g_autofree char *drop = NULL;

  hints = reshoot_hints_new_from_text ("1,2,30,40", "5,6,7,8;9,10", "11,12", &error);
  g_assert_no_error (error);
  box = reshoot_hints_dup_box (hints);
  keep = reshoot_hints_dup_strokes (hints, TRUE);
  drop = reshoot_hints_dup_strokes (hints, FALSE);
  g_assert_cmpstr (box, ==, "1,2,30,40");
  g_assert_cmpstr (keep, ==, "5,6,7,8;9,10");
  g_assert_cmpstr (drop, ==, "11,12");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_assert_null (reshoot_hints_new_from_text (bad[i].box, bad[i].keep, bad[i].drop, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
      g_assert_cmpstr (reshoot_error_get_subject (error), ==, bad[i].subject);
      g_clear_error (&error);
    }
}

static void
test_cancel (void)
{
  g_autoptr (ReshootImage) image = load_sample ("mug");

  for (int late = 0; late < 2; late++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      if (!late)
        g_cancellable_cancel (cancellable);
      reshoot_matte_new_async (image, NULL, cancellable, reshoot_test_ready_cb, &result);
      if (late)
        g_cancellable_cancel (cancellable);
      reshoot_test_await (&result);
      g_assert_null (reshoot_matte_new_finish (result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_image (void)
{
  g_autoptr (ReshootImage) image = draw (300, 200, TRUE);
  g_autoptr (ReshootMatte) matte = find (image, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) grey = reshoot_matte_to_image (matte, &error);

  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_format (grey), ==, RESHOOT_IMAGE_FORMAT_PNG);
  g_assert_cmpint (reshoot_image_get_width (grey), ==, 300);
  g_assert_cmpint (reshoot_image_get_height (grey), ==, 200);
}

static guint8
value_at (ReshootMatte *matte,
          int           x,
          int           y)
{
  const guint8 *values = g_bytes_get_data (reshoot_matte_get_values (matte), NULL);

  return values[y * reshoot_matte_get_width (matte) + x];
}

/* Mirrored and cut: every pixel comes from one pixel. Made half as large: from four. */
static void
test_map (void)
{
  static const double mirrored[6] = { -1, 0, 250, 0, 1, -20 };
  static const double half[6] = { 0.5, 0, 0, 0, 0.5, 0 };
  static const double nowhere[6] = { 1, 1, 0, 1, 1, 0 };
  g_autoptr (ReshootImage) image = draw (300, 200, TRUE);
  g_autoptr (ReshootMatte) matte = find (image, NULL);
  g_autoptr (ReshootMatte) turned = reshoot_matte_map (matte, mirrored, 200, 150);
  g_autoptr (ReshootMatte) small = reshoot_matte_map (matte, half, 150, 100);
  int around;

  for (int y = 0; y < 150; y++)
    for (int x = 0; x < 200; x++)
      g_assert_cmpuint (value_at (turned, x, y), ==, value_at (matte, 249 - x, y + 20));
  for (int y = 0; y < 100; y++)
    for (int x = 0; x < 150; x++)
      {
        around = value_at (matte, 2 * x, 2 * y) + value_at (matte, 2 * x + 1, 2 * y)
                 + value_at (matte, 2 * x, 2 * y + 1) + value_at (matte, 2 * x + 1, 2 * y + 1);
        g_assert_cmpint (ABS (4 * value_at (small, x, y) - around), <=, 120);
      }

  g_assert_true (reshoot_matte_get_confident (turned));
  g_assert_cmpint (reshoot_matte_get_box (turned)->y, ==, reshoot_matte_get_box (matte)->y - 20);
  g_assert_null (reshoot_matte_map (matte, nowhere, 150, 100));
}

/* What was not in the picture cannot be the product. */
static void
test_map_outside (void)
{
  static const double canvas[6] = { 1, 0, 40, 0, 1, 30 };
  g_autoptr (ReshootImage) image = draw (300, 200, TRUE);
  g_autoptr (ReshootMatte) matte = find (image, NULL);
  g_autoptr (ReshootMatte) larger = reshoot_matte_map (matte, canvas, 380, 260);

  for (int y = 0; y < 260; y++)
    for (int x = 0; x < 380; x++)
      {
        gboolean inside = x >= 40 && x < 340 && y >= 30 && y < 230;

        g_assert_cmpuint (value_at (larger, x, y), ==,
                          inside ? value_at (matte, x - 40, y - 30) : 0);
      }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_data_func ("/matte/plain/headphones", "headphones-on-beige", test_plain);
  g_test_add_data_func ("/matte/plain/bottle", "bottle-on-white", test_plain);
  g_test_add_data_func ("/matte/scaled/headphones", "headphones-on-beige", test_scaled);
  g_test_add_data_func ("/matte/scaled/bottle", "bottle-on-white", test_scaled);
  g_test_add_data_func ("/matte/clutter/mug", "mug", test_clutter);
  g_test_add_data_func ("/matte/clutter/camera", "camera", test_clutter);
  g_test_add_data_func ("/matte/clutter/shoe", "shoe", test_clutter);
  g_test_add_data_func ("/matte/clutter/norda-bottle", "norda-bottle", test_clutter);
  g_test_add_func ("/matte/disc", test_disc);
  g_test_add_func ("/matte/nothing", test_nothing);
  for (guint k = 0; k < G_N_ELEMENTS (hinted); k++)
    {
      g_autofree char *path = g_strconcat ("/matte/hint/", hinted[k].name, NULL);

      g_autofree char *stroked = g_strconcat ("/matte/strokes/", hinted[k].name, NULL);

      g_test_add_data_func (path, &hinted[k], test_hint);
      if (hinted[k].stroked > 0)
        g_test_add_data_func (stroked, &hinted[k], test_strokes);
    }
  g_test_add_func ("/matte/hints-as-text", test_hints_as_text);
  g_test_add_func ("/matte/cancel", test_cancel);
  g_test_add_func ("/matte/image", test_image);
  g_test_add_func ("/matte/map", test_map);
  g_test_add_func ("/matte/map/outside", test_map_outside);

  return g_test_run ();
}
