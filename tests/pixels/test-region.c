/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a region leaves out keeps its bits, whatever the picture; what it lets through arrives; the seam lies within. */

#include "reshoot-error.h"
#include "reshoot-matte.h"
#include "reshoot-region-private.h"
#include "reshoot-test.h"
#include "pictures.h"

#include <math.h>
#include <string.h>

static const double no_box[4] = { NAN, NAN, NAN, NAN };

/* A mask that is white in @box and black elsewhere. */
static ReshootImage *
make_mask (int              width,
           int              height,
           const ReshootBox *box)
{
  g_autofree guint8 *values = g_new0 (guint8, (gsize) width * height);
  g_autoptr (GError) error = NULL;
  ReshootImage *image;

  for (int y = box->y; y < box->y + box->height; y++)
    memset (values + y * width + box->x, 255, box->width);

  image = reshoot_region_draw_mask (values, width, height, &error);
  g_assert_no_error (error);
  return image;
}

static VipsImage *
make_flat (int        width,
           int        height,
           int        n_bands,
           const int *colour)
{
  g_autoptr (VipsImage) lazy = picture_new_flat (width, height, n_bands, colour);

  return vips_image_copy_memory (lazy);
}

static VipsImage *
blend (ReshootRegion *region,
       VipsImage     *source,
       VipsImage     *changed)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VipsImage) lazy = reshoot_region_blend (region, source, changed, &error);
  VipsImage *memory;

  g_assert_no_error (error);
  memory = vips_image_copy_memory (lazy);
  g_assert_nonnull (memory);
  return memory;
}

static gboolean
is_equal_at (VipsImage *a,
             VipsImage *b,
             int        x,
             int        y)
{
  gsize size = VIPS_IMAGE_SIZEOF_PEL (a);

  return memcmp (VIPS_IMAGE_ADDR (a, x, y), VIPS_IMAGE_ADDR (b, x, y), size) == 0;
}

/* Outside @box all is @source, and @seam pixels inside it all is @changed. */
static void
assert_box (VipsImage *out,
            VipsImage *source,
            VipsImage *changed,
            ReshootBox box,
            int        seam)
{
  int n_changed = 0;

  for (int y = 0; y < out->Ysize; y++)
    for (int x = 0; x < out->Xsize; x++)
      {
        int in = MIN (MIN (x - box.x, box.x + box.width - 1 - x),
                      MIN (y - box.y, box.y + box.height - 1 - y));

        if (in < 0)
          g_assert_true (is_equal_at (out, source, x, y));
        else if (in >= seam)
          g_assert_true (is_equal_at (out, changed, x, y));
        n_changed += in >= seam;
      }

  g_assert_cmpint (n_changed, >, 0);
}

static void
test_box (void)
{
  static const struct { int bands; gboolean deep; } rows[] = {
    { 3, FALSE }, { 3, TRUE }, { 4, FALSE }, { 4, TRUE },
  };
  const double box[4] = { 20, 30, 60, 40 };
  g_autoptr (ReshootRegion) region = reshoot_region_new (box, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autoptr (VipsImage) lazy = picture_new_gradient (120, 100, rows[i].bands, rows[i].deep);
      g_autoptr (VipsImage) source = vips_image_copy_memory (lazy);
      g_autoptr (VipsImage) turned = NULL;
      g_autoptr (VipsImage) changed = NULL;
      g_autoptr (VipsImage) out = NULL;

      g_assert_cmpint (vips_invert (source, &turned, NULL), ==, 0);
      changed = vips_image_copy_memory (turned);
      out = blend (region, source, changed);
      g_assert_cmpint (out->BandFmt, ==, source->BandFmt);
      g_assert_cmpint (out->Bands, ==, rows[i].bands);
      assert_box (out, source, changed, (ReshootBox) { 20, 30, 60, 40 }, 3);
    }
}

/* It goes on behind the picture's edge: no seam is drawn there. */
static void
test_box_at_the_edge (void)
{
  const double box[4] = { 0, 0, 50, 100 };
  g_autoptr (ReshootRegion) region = reshoot_region_new (box, NULL, NULL);
  g_autoptr (VipsImage) source = make_flat (120, 100, 3, (const int[]) { 10, 20, 30 });
  g_autoptr (VipsImage) changed = make_flat (120, 100, 3, (const int[]) { 200, 210, 220 });
  g_autoptr (VipsImage) out = blend (region, source, changed);

  g_assert_cmpint (picture_get (out, 0, 0, 0), ==, 200);
  g_assert_cmpint (picture_get (out, 0, 99, 2), ==, 220);
  g_assert_cmpint (picture_get (out, 40, 50, 1), ==, 210);
  g_assert_cmpint (picture_get (out, 49, 50, 1), <, 210);
  g_assert_cmpint (picture_get (out, 50, 50, 1), ==, 20);
}

/* Masks of another size than the picture's; where both say something, both count. */
static void
test_masks (void)
{
  g_autoptr (ReshootImage) here = make_mask (60, 50, &(ReshootBox) { 10, 10, 30, 20 });
  g_autoptr (ReshootImage) never = make_mask (120, 100, &(ReshootBox) { 40, 30, 20, 20 });
  g_autoptr (ReshootRegion) region = reshoot_region_new (no_box, here, never);
  g_autoptr (VipsImage) source = make_flat (240, 200, 3, (const int[]) { 10, 20, 30 });
  g_autoptr (VipsImage) changed = make_flat (240, 200, 3, (const int[]) { 200, 210, 220 });
  g_autoptr (VipsImage) out = blend (region, source, changed);

  for (int y = 0; y < 200; y++)
    for (int x = 0; x < 240; x++)
      {
        gboolean may = x >= 40 && x < 160 && y >= 40 && y < 120;
        gboolean must_not = x >= 80 && x < 120 && y >= 60 && y < 100;

        if (!may || must_not)
          g_assert_true (is_equal_at (out, source, x, y));
      }

  g_assert_cmpint (picture_get (out, 60, 80, 0), ==, 200);
  g_assert_cmpint (picture_get (out, 140, 80, 0), ==, 200);
  g_assert_cmpint (picture_get (out, 60, 50, 0), ==, 200);
}

/* Where only one of two is transparent the result can be. */
static void
test_transparency (void)
{
  const double box[4] = { 20, 20, 60, 60 };
  g_autoptr (ReshootRegion) region = reshoot_region_new (box, NULL, NULL);
  g_autoptr (VipsImage) source = make_flat (100, 100, 3, (const int[]) { 10, 20, 30 });
  g_autoptr (VipsImage) changed = make_flat (100, 100, 4, (const int[]) { 200, 210, 220, 0 });
  g_autoptr (VipsImage) out = blend (region, source, changed);

  g_assert_cmpint (out->Bands, ==, 4);
  g_assert_cmpint (picture_get (out, 5, 5, 0), ==, 10);
  g_assert_cmpint (picture_get (out, 5, 5, 3), ==, 255);
  g_assert_cmpint (picture_get (out, 50, 50, 3), ==, 0);
  /* In the seam the colour is that of what can be seen. */
  g_assert_cmpint (picture_get (out, 20, 50, 0), ==, 10);
  g_assert_cmpint (picture_get (out, 20, 50, 3), <, 255);
}

static ReshootImage *
compose (ReshootRegion *region,
         ReshootImage  *source,
         ReshootImage  *reply,
         double         scale_x,
         double         scale_y)
{
  const double affine[6] = { scale_x, 0, 0, 0, scale_y, 0 };
  g_autoptr (GError) error = NULL;
  ReshootImage *out = reshoot_region_compose (region, source, reply, affine, NULL, &error);

  g_assert_no_error (error);
  return out;
}

/* A reply of another size, larger or smaller: what is in it comes to where it was. */
static void
test_reply_in_place (void)
{
  static const double scales[] = { 0.5, 1, 2, 3.2 };
  const double box[4] = { 20, 20, 160, 100 };
  g_autoptr (ReshootRegion) region = reshoot_region_new (box, NULL, NULL);
  g_autoptr (VipsImage) plain = make_flat (200, 140, 3, (const int[]) { 10, 20, 30 });
  g_autoptr (ReshootImage) source = picture_new_image (plain, ".png");

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      int width = (int) lround (200 * scales[i]);
      int height = (int) lround (140 * scales[i]);
      g_autoptr (VipsImage) drawn = make_flat (width, height, 3, (const int[]) { 100, 100, 100 });
      g_autoptr (ReshootImage) reply = NULL;
      g_autoptr (ReshootImage) image = NULL;
      g_autoptr (VipsImage) out = NULL;
      double white[3] = { 250, 250, 250 };

      /* From 60 to 120 and from 40 to 80, of the source. */
      vips_draw_rect (drawn, white, 3, (int) lround (60 * scales[i]), (int) lround (40 * scales[i]),
                      (int) lround (60 * scales[i]), (int) lround (40 * scales[i]), "fill", TRUE, NULL);
      reply = picture_new_image (drawn, ".png");
      image = compose (region, source, reply, (double) width / 200, (double) height / 140);
      out = reshoot_image_dup_vips (image, NULL);

      g_assert_cmpint (out->Xsize, ==, 200);
      g_assert_cmpint (picture_get (out, 5, 5, 0), ==, 10);
      g_assert_cmpint (picture_get (out, 90, 60, 0), ==, 250);
      g_assert_cmpint (picture_get (out, 40, 30, 0), ==, 100);
      /* As far beyond the half on one side of each edge as short of it on the other. */
      g_assert_cmpint (picture_get (out, 60, 60, 0), >, 175);
      g_assert_cmpint (picture_get (out, 59, 60, 0), <, 175);
      g_assert_cmpint (picture_get (out, 119, 60, 0), >, 175);
      g_assert_cmpint (picture_get (out, 120, 60, 0), <, 175);
      g_assert_cmpint (picture_get (out, 90, 40, 0), >, 175);
      g_assert_cmpint (picture_get (out, 90, 80, 0), <, 175);
    }
}

/* Of a source that was cropped on its way, the reply covers a part: beyond that the source's own pixels stay, whatever
 * the region lets through, and the seam lies within what is covered. */
static void
assert_part (ReshootRegion *region,
             double         scale,
             gboolean       any)
{
  const double affine[6] = { scale, 0, -50 * scale, 0, scale, 0 };
  int width = (int) lround (100 * scale);
  int height = (int) lround (140 * scale);
  g_autoptr (VipsImage) before = picture_new_gradient (200, 140, 3, FALSE);
  g_autoptr (VipsImage) plain = vips_image_copy_memory (before);
  g_autoptr (ReshootImage) source = picture_new_image (plain, ".png");
  g_autoptr (VipsImage) drawn = make_flat (width, height, 3, (const int[]) { 250, 3, 250 });
  g_autoptr (ReshootImage) reply = picture_new_image (drawn, ".png");
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (VipsImage) out = NULL;

  image = reshoot_region_compose (region, source, reply, affine, NULL, &error);
  g_assert_no_error (error);
  out = reshoot_image_dup_vips (image, NULL);
  for (int y = 0; y < 140; y++)
    for (int x = 0; x < 200; x++)
      if (!any || x < 50 || x >= 150)
        g_assert_true (is_equal_at (out, plain, x, y));

  if (!any)
    return;

  g_assert_cmpint (picture_get (out, 100, 70, 1), ==, 3);
  g_assert_cmpint (picture_get (out, 54, 70, 1), ==, 3);
  g_assert_cmpint (picture_get (out, 145, 70, 1), ==, 3);
  g_assert_cmpint (picture_get (out, 50, 70, 0), <, 250);
  g_assert_cmpint (picture_get (out, 149, 70, 0), <, 250);
}

static void
test_reply_of_a_part (void)
{
  static const double scales[] = { 0.5, 1, 2, 3.2 };
  const double wide[4] = { 20, 20, 160, 100 };
  const double beside[4] = { 4, 20, 40, 100 };
  g_autoptr (ReshootImage) here = make_mask (100, 70, &(ReshootBox) { 10, 10, 80, 50 });
  g_autoptr (ReshootRegion) boxed = reshoot_region_new (wide, NULL, NULL);
  g_autoptr (ReshootRegion) painted = reshoot_region_new (no_box, here, NULL);
  g_autoptr (ReshootRegion) outside = reshoot_region_new (beside, NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (scales); i++)
    {
      assert_part (boxed, scales[i], TRUE);
      assert_part (painted, scales[i], TRUE);
      assert_part (outside, scales[i], FALSE);
    }
}

/* An sRGB reply of 8 bit in a picture of 16 bit and another profile: its colour arrives, and the profile stays. */
static void
test_reply_of_another_kind (void)
{
  const double box[4] = { 20, 20, 60, 60 };
  g_autoptr (ReshootRegion) region = reshoot_region_new (box, NULL, NULL);
  g_autoptr (VipsImage) gradient = picture_new_gradient (100, 100, 3, TRUE);
  g_autoptr (VipsImage) wide = picture_to_profile (gradient, "p3");
  g_autoptr (ReshootImage) source = picture_new_image (wide, ".png");
  g_autoptr (VipsImage) before = reshoot_image_dup_vips (source, NULL);
  g_autoptr (VipsImage) red = make_flat (100, 100, 3, (const int[]) { 200, 40, 60 });
  g_autoptr (ReshootImage) reply = picture_new_image (red, ".png");
  g_autoptr (ReshootImage) image = compose (region, source, reply, 1, 1);
  g_autoptr (VipsImage) out = reshoot_image_dup_vips (image, NULL);
  g_autoptr (VipsImage) seen = NULL;

  g_assert_cmpint (out->BandFmt, ==, VIPS_FORMAT_USHORT);
  for (int y = 0; y < 100; y++)
    for (int x = 0; x < 20; x++)
      g_assert_true (is_equal_at (out, before, x, y));

  g_assert_cmpint (vips_icc_transform (out, &seen, "srgb", "embedded", TRUE, "depth", 8, NULL), ==, 0);
  g_assert_cmpint (ABS (picture_get (seen, 50, 50, 0) - 200), <=, 2);
  g_assert_cmpint (ABS (picture_get (seen, 50, 50, 1) - 40), <=, 2);
  g_assert_cmpint (ABS (picture_get (seen, 50, 50, 2) - 60), <=, 2);
}

static void
test_cancelled (void)
{
  const double affine[6] = { 1, 0, 0, 0, 1, 0 };
  g_autoptr (ReshootRegion) region = reshoot_region_new (no_box, NULL, NULL);
  g_autoptr (VipsImage) plain = make_flat (20, 20, 3, (const int[]) { 10, 20, 30 });
  g_autoptr (ReshootImage) source = picture_new_image (plain, ".png");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (reshoot_region_compose (region, source, source, affine, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

int
main (int   argc,
      char *argv[])
{
  picture_test_init (&argc, &argv);

  g_test_add_func ("/region/box", test_box);
  g_test_add_func ("/region/box-at-the-edge", test_box_at_the_edge);
  g_test_add_func ("/region/masks", test_masks);
  g_test_add_func ("/region/transparency", test_transparency);
  g_test_add_func ("/region/reply-in-place", test_reply_in_place);
  g_test_add_func ("/region/reply-of-a-part", test_reply_of_a_part);
  g_test_add_func ("/region/reply-of-another-kind", test_reply_of_another_kind);
  g_test_add_func ("/region/cancelled", test_cancelled);

  return g_test_run ();
}
