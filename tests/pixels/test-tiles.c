/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures as tiles on a base: what is made into tiles comes back to the bit, what is not worth it is said so, and
 * tiles that do not fit are no crash. */

#include "pictures.h"
#include "reshoot-test.h"
#include "reshoot-tiles.h"

#include <string.h>

/* Memory of our own: libvips may hand out the same memory twice. */
static VipsImage *
make_noise (int      width,
            int      height,
            int      n_bands,
            gboolean deep)
{
  g_autoptr (VipsImage) gradient = picture_new_gradient (width, height, n_bands, deep);
  VipsImage *vips = vips_image_copy_memory (gradient);
  guint32 noise = 12345;

  g_assert_true (vips != gradient);
  for (int y = 0; y < height; y++)
    for (gsize i = 0; i < VIPS_IMAGE_SIZEOF_LINE (vips); i++)
      {
        noise = noise * 1664525u + 1013904223u;
        VIPS_IMAGE_ADDR (vips, 0, y)[i] = noise >> 24;
      }

  return vips;
}

/* A picture like @vips in which every pixel of a rectangle is another one; the same again gives the first. */
static VipsImage *
touch (VipsImage *vips,
       int        left,
       int        top,
       int        width,
       int        height)
{
  gsize length;
  g_autofree void *data = vips_image_write_to_memory (vips, &length);
  g_autoptr (VipsImage) plain = NULL;
  VipsImage *copy = NULL;
  const void *profile;
  gsize profile_length;

  plain = vips_image_new_from_memory_copy (data, length, vips->Xsize, vips->Ysize, vips->Bands,
                                           vips->BandFmt);
  for (int y = top; y < top + height; y++)
    for (gsize i = 0; i < width * VIPS_IMAGE_SIZEOF_PEL (plain); i++)
      VIPS_IMAGE_ADDR (plain, left, y)[i] ^= 0x55;

  g_assert_cmpint (vips_copy (plain, &copy, "interpretation", vips->Type, NULL), ==, 0);
  if (vips_image_get_typeof (vips, VIPS_META_ICC_NAME) != 0
      && vips_image_get_blob (vips, VIPS_META_ICC_NAME, &profile, &profile_length) == 0)
    vips_image_set_blob_copy (copy, VIPS_META_ICC_NAME, profile, profile_length);
  return copy;
}

static ReshootImage *
encode (VipsImage *vips)
{
  g_autoptr (GError) error = NULL;
  ReshootImage *image;

  image = reshoot_image_new_from_vips (vips, RESHOOT_IMAGE_FORMAT_PNG, 0, NULL, &error);

  g_assert_no_error (error);
  return image;
}

static ReshootTiles *
stand_on (ReshootImage *base)
{
  return reshoot_tiles_new ("picture", reshoot_image_get_digest (base), reshoot_image_get_bytes (base),
                            reshoot_image_get_width (base), reshoot_image_get_height (base));
}

static gboolean
try_make (ReshootTiles  *parent,
          ReshootImage  *picture,
          ReshootTiles **tiles,
          GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_tiles_make_async (parent, picture, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_tiles_make_finish (parent, result, tiles, error);
}

static ReshootTiles *
make (ReshootTiles *parent,
      ReshootImage *picture)
{
  g_autoptr (GError) error = NULL;
  ReshootTiles *tiles = NULL;

  try_make (parent, picture, &tiles, &error);
  g_assert_no_error (error);
  return tiles;
}

static ReshootImage *
try_render (ReshootTiles  *tiles,
            GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_tiles_render_async (tiles, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_tiles_render_finish (tiles, result, error);
}

/* What is made knows its base by digest alone, as it comes out of a file the base is there too. */
static ReshootTiles *
complete (ReshootTiles *tiles,
          ReshootImage *base)
{
  ReshootTiles *whole = stand_on (base);
  g_autoptr (GError) error = NULL;

  g_assert_cmpstr (reshoot_tiles_get_base_digest (tiles), ==, reshoot_image_get_digest (base));
  for (guint i = 0; i < reshoot_tiles_get_n (tiles); i++)
    {
      reshoot_tiles_add (whole, reshoot_tiles_get (tiles, i), &error);
      g_assert_no_error (error);
    }

  return whole;
}

static void
assert_same_profile (VipsImage *a,
                     VipsImage *b)
{
  const void *data_a = NULL;
  const void *data_b = NULL;
  gsize length_a = 0;
  gsize length_b = 0;

  if (vips_image_get_typeof (a, VIPS_META_ICC_NAME) != 0)
    vips_image_get_blob (a, VIPS_META_ICC_NAME, &data_a, &length_a);
  if (vips_image_get_typeof (b, VIPS_META_ICC_NAME) != 0)
    vips_image_get_blob (b, VIPS_META_ICC_NAME, &data_b, &length_b);

  g_assert_cmpmem (data_a, length_a, data_b, length_b);
}

static void
assert_renders (ReshootTiles *tiles,
                VipsImage    *vips)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = try_render (tiles, &error);
  g_autoptr (VipsImage) decoded = NULL;
  g_autofree char *digest = reshoot_tiles_dup_digest (tiles);

  g_assert_no_error (error);
  g_assert_cmpstr (reshoot_image_get_digest (image), ==, digest);
  g_assert_cmpint (reshoot_image_get_is_rendering (image), ==, reshoot_tiles_get_n (tiles) > 0);
  decoded = reshoot_image_dup_vips (image, &error);
  g_assert_no_error (error);
  g_assert_cmpint (decoded->BandFmt, ==, vips->BandFmt);
  assert_same_profile (decoded, vips);
  picture_assert_equal (decoded, vips);
}

typedef struct
{
  const char *name;
  int         width;
  int         height;
  int         n_bands;
  gboolean    deep;
  const char *profile;
  VipsRect    touched;
  guint       n_tiles;
} Kind;

static const Kind kinds[] = {
  { "8-bit", 1024, 1024, 3, FALSE, NULL, { 500, 500, 30, 20 }, 4 },
  { "one-pixel", 700, 600, 3, FALSE, NULL, { 699, 599, 1, 1 }, 1 },
  { "alpha", 700, 600, 4, FALSE, NULL, { 100, 100, 200, 20 }, 2 },
  { "16-bit", 600, 700, 3, TRUE, NULL, { 0, 511, 10, 2 }, 2 },
  { "16-bit-alpha", 513, 513, 4, TRUE, NULL, { 512, 512, 1, 1 }, 1 },
  { "profile", 600, 300, 3, FALSE, "p3", { 0, 0, 60, 60 }, 1 },
  { "16-bit-profile", 300, 600, 3, TRUE, "p3", { 10, 10, 60, 60 }, 1 },
  { "odd-size", 1537, 3, 3, FALSE, NULL, { 1530, 0, 7, 3 }, 2 },
  { "last-square", 1025, 513, 3, FALSE, NULL, { 1024, 512, 1, 1 }, 1 },
};

static void
test_round_trip (gconstpointer data)
{
  const Kind *kind = data;
  g_autoptr (VipsImage) noise = make_noise (kind->width, kind->height, kind->n_bands, kind->deep);
  g_autoptr (VipsImage) first = kind->profile != NULL ? picture_to_profile (noise, kind->profile)
                                : g_object_ref (noise);
  g_autoptr (VipsImage) second = touch (first, kind->touched.left, kind->touched.top,
                                        kind->touched.width, kind->touched.height);
  g_autoptr (ReshootImage) base = encode (first);
  g_autoptr (ReshootImage) picture = encode (second);
  g_autoptr (ReshootTiles) parent = stand_on (base);
  g_autoptr (ReshootTiles) made = make (parent, picture);
  g_autoptr (ReshootTiles) tiles = NULL;
  gsize n_pixels = 0;

  g_assert_nonnull (made);
  g_assert_cmpuint (reshoot_tiles_get_n (made), ==, kind->n_tiles);
  for (guint i = 0; i < kind->n_tiles; i++)
    {
      const ReshootTile *tile = reshoot_tiles_get (made, i);

      n_pixels += (gsize) tile->width * tile->height;
      g_assert_false (picture_contains (tile->png, "iCCP"));
      g_assert_false (picture_contains (tile->png, "eXIf"));
    }
  g_assert_cmpuint (n_pixels, ==, kind->touched.width * kind->touched.height);

  tiles = complete (made, base);
  assert_renders (tiles, second);
}

/* Where nothing differs from the base the picture is the base; where nothing differs from the parent, the parent. */
static void
test_nothing_changed (void)
{
  g_autoptr (VipsImage) first = make_noise (900, 700, 3, FALSE);
  g_autoptr (VipsImage) second = touch (first, 400, 300, 300, 300);
  g_autoptr (ReshootImage) base = encode (first);
  g_autoptr (ReshootImage) edited = encode (second);
  g_autoptr (ReshootTiles) ground = stand_on (base);
  g_autoptr (ReshootTiles) made = make (ground, edited);
  g_autoptr (ReshootTiles) parent = complete (made, base);
  g_autoptr (ReshootTiles) same = make (parent, edited);
  g_autoptr (ReshootTiles) back = make (parent, base);
  g_autofree char *parent_digest = reshoot_tiles_dup_digest (parent);
  g_autofree char *same_digest = reshoot_tiles_dup_digest (same);
  g_autofree char *back_digest = reshoot_tiles_dup_digest (back);

  g_assert_cmpstr (same_digest, ==, parent_digest);
  g_assert_cmpstr (parent_digest, !=, reshoot_image_get_digest (base));
  g_assert_cmpuint (reshoot_tiles_get_n (back), ==, 0);
  g_assert_cmpuint (reshoot_tiles_get_size (back), ==, 0);
  g_assert_cmpstr (back_digest, ==, reshoot_image_get_digest (base));
  assert_renders (ground, first);
}

/* A child keeps its parent's tiles, to the byte, and loses one only where it differs. */
static void
test_child_keeps (void)
{
  g_autoptr (VipsImage) first = make_noise (1600, 600, 3, FALSE);
  g_autoptr (VipsImage) second = touch (first, 100, 100, 50, 50);
  g_autoptr (VipsImage) third = touch (second, 600, 100, 50, 50);
  g_autoptr (VipsImage) fourth = touch (third, 120, 120, 80, 10);
  g_autoptr (VipsImage) fifth = touch (fourth, 600, 100, 50, 50);
  g_autoptr (VipsImage) inside = touch (fifth, 130, 122, 5, 5);
  VipsImage *chain[] = { second, third, fourth, fifth, inside };
  const guint n_tiles[] = { 1, 2, 2, 1, 1 };
  g_autoptr (ReshootImage) base = encode (first);
  g_autoptr (ReshootTiles) parent = stand_on (base);
  g_autofree char *kept = NULL;

  for (guint i = 0; i < G_N_ELEMENTS (chain); i++)
    {
      g_autoptr (ReshootImage) picture = encode (chain[i]);
      g_autoptr (ReshootTiles) made = make (parent, picture);
      g_autoptr (ReshootTiles) child = complete (made, base);

      g_assert_cmpuint (reshoot_tiles_get_n (child), ==, n_tiles[i]);
      assert_renders (child, chain[i]);
      if (i == 1)
        {
          g_assert_true (reshoot_tiles_get (child, 0)->png == reshoot_tiles_get (parent, 0)->png);
          kept = g_strdup (reshoot_tiles_get (child, 1)->digest);
        }
      if (i == 2)
        {
          g_assert_cmpstr (reshoot_tiles_get (child, 1)->digest, ==, kept);
          g_assert_cmpstr (reshoot_tiles_get (child, 0)->digest, !=,
                           reshoot_tiles_get (parent, 0)->digest);
          g_assert_cmpint (reshoot_tiles_get (child, 0)->width, ==, 100);
        }
      g_set_object (&parent, child);
    }
}

/* The base lies on its side in the file; tiles count in the upright picture. */
static void
test_upright (void)
{
  g_autoptr (VipsImage) lying = make_noise (640, 600, 3, FALSE);
  g_autoptr (ReshootImage) base = NULL;
  g_autoptr (ReshootImage) picture = NULL;
  g_autoptr (ReshootTiles) parent = NULL;
  g_autoptr (ReshootTiles) made = NULL;
  g_autoptr (ReshootTiles) tiles = NULL;
  g_autoptr (VipsImage) upright = NULL;
  g_autoptr (VipsImage) edited = NULL;

  vips_image_set_int (lying, VIPS_META_ORIENTATION, 6);
  base = picture_new_image (lying, ".jpg[Q=95]");
  g_assert_cmpint (reshoot_image_get_width (base), ==, 600);
  upright = reshoot_image_dup_vips (base, NULL);
  edited = touch (upright, 590, 630, 10, 10);
  picture = encode (edited);

  parent = stand_on (base);
  made = make (parent, picture);
  g_assert_cmpuint (reshoot_tiles_get_n (made), ==, 1);
  g_assert_cmpint (reshoot_tiles_get (made, 0)->x, ==, 590);
  g_assert_cmpint (reshoot_tiles_get (made, 0)->y, ==, 630);
  tiles = complete (made, base);
  assert_renders (tiles, edited);
}

static void
test_stored_whole (void)
{
  g_autoptr (VipsImage) noise = make_noise (600, 600, 3, FALSE);
  g_autoptr (VipsImage) everywhere = touch (noise, 0, 0, 600, 600);
  g_autoptr (VipsImage) small = make_noise (600, 599, 3, FALSE);
  g_autoptr (VipsImage) alpha = make_noise (600, 600, 4, FALSE);
  g_autoptr (VipsImage) deep = make_noise (600, 600, 3, TRUE);
  g_autoptr (VipsImage) p3 = picture_to_profile (noise, "p3");
  g_autoptr (VipsImage) ink = picture_to_profile (noise, "cmyk");
  VipsImage *others[] = { everywhere, small, alpha, deep, p3 };
  g_autoptr (ReshootImage) base = encode (noise);
  g_autoptr (ReshootTiles) parent = stand_on (base);
  g_autoptr (ReshootImage) ink_base = picture_new_image (ink, ".jpg");
  g_autoptr (ReshootTiles) ink_parent = stand_on (ink_base);
  g_autoptr (VipsImage) ink_light = reshoot_image_dup_vips (ink_base, NULL);
  g_autoptr (ReshootImage) ink_picture = encode (ink_light);

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      g_autoptr (ReshootImage) picture = encode (others[i]);

      g_assert_null (make (parent, picture));
    }

  /* What ink looks like depends on who looks. */
  g_assert_null (make (ink_parent, ink_picture));
}

static void
test_damaged (void)
{
  g_autoptr (VipsImage) first = make_noise (600, 600, 3, FALSE);
  g_autoptr (VipsImage) second = touch (first, 10, 10, 100, 100);
  g_autoptr (VipsImage) flat = make_noise (100, 100, 4, FALSE);
  g_autoptr (VipsImage) deep = make_noise (100, 100, 3, TRUE);
  g_autoptr (VipsImage) small = make_noise (100, 99, 3, FALSE);
  g_autoptr (ReshootImage) base = encode (first);
  g_autoptr (ReshootImage) picture = encode (second);
  ReshootImage *others[] = {
    encode (flat), encode (deep), encode (small), picture_new_image (flat, ".tif"), NULL
  };
  g_autoptr (ReshootTiles) ground = stand_on (base);
  g_autoptr (ReshootTiles) made = make (ground, picture);
  const ReshootTile *good = reshoot_tiles_get (made, 0);
  gsize length;
  g_autofree guint8 *flipped = g_bytes_unref_to_data (g_bytes_ref (good->png), &length);

  flipped[length / 2] ^= 1;
  for (guint i = 0; i <= G_N_ELEMENTS (others); i++)
    {
      g_autoptr (ReshootTiles) tiles = stand_on (base);
      g_autoptr (GBytes) damaged = g_bytes_new (flipped, length);
      g_autoptr (GError) error = NULL;
      ReshootTiles *child = NULL;
      ReshootTile tile = *good;

      if (i == G_N_ELEMENTS (others))
        tile.digest = reshoot_image_get_digest (base);
      else if (others[i] != NULL)
        {
          tile.png = reshoot_image_get_bytes (others[i]);
          tile.digest = reshoot_image_get_digest (others[i]);
        }
      else
        tile.png = damaged;

      g_assert_true (reshoot_tiles_add (tiles, &tile, NULL));
      g_assert_null (try_render (tiles, &error));
      g_assert_cmpint (error->domain, ==, RESHOOT_ERROR);
      g_assert_cmpint (error->code, ==, RESHOOT_ERROR_CORRUPT);
      g_clear_error (&error);

      g_assert_false (try_make (tiles, picture, &child, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
      g_assert_null (child);
    }
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_clear_object (&others[i]);
}

static void
test_damaged_base (void)
{
  g_autoptr (VipsImage) first = make_noise (600, 600, 3, FALSE);
  g_autoptr (VipsImage) other = make_noise (600, 601, 3, FALSE);
  g_autoptr (VipsImage) second = touch (first, 10, 10, 100, 100);
  g_autoptr (ReshootImage) base = encode (first);
  g_autoptr (ReshootImage) wrong = encode (other);
  g_autoptr (ReshootImage) picture = encode (second);
  g_autoptr (ReshootTiles) ground = stand_on (base);
  g_autoptr (ReshootTiles) made = make (ground, picture);
  g_autoptr (ReshootTiles) replaced = NULL;
  g_autoptr (ReshootTiles) resized = NULL;
  ReshootTiles *all[2];

  replaced = reshoot_tiles_new ("picture", reshoot_image_get_digest (base),
                                reshoot_image_get_bytes (wrong), 600, 600);
  resized = reshoot_tiles_new ("picture", reshoot_image_get_digest (wrong),
                               reshoot_image_get_bytes (wrong), 600, 600);
  all[0] = replaced;
  all[1] = resized;
  for (guint i = 0; i < G_N_ELEMENTS (all); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_true (reshoot_tiles_add (all[i], reshoot_tiles_get (made, 0), NULL));
      g_assert_null (try_render (all[i], &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, "picture");
    }
}

static void
test_rules (void)
{
  static const struct
  {
    int      x, y, width, height;
    gsize    size;
    gboolean fits;
  } table[] = {
    { 0, 0, 256, 256, 1, TRUE },
    { 255, 255, 1, 1, 1, FALSE },                  /* the square has one */
    { 256, 255, 1, 2, 1, FALSE },                  /* two squares */
    { 500, 0, 30, 1, 1, FALSE },
    { 512, 256, 1, 1, 1, TRUE },
    { 513, 0, 1, 1, 1, FALSE },                   /* outside */
    { 512, 0, 2, 1, 1, FALSE },
    { 256, 256, 256, 2, 1, FALSE },
    { -1, 600, 1, 1, 1, FALSE },
    { 256, -5, 1, 1, 1, FALSE },
    { 256, 0, 0, 1, 1, FALSE },
    { 256, 0, 1, -1, 1, FALSE },
    { G_MAXINT, 0, 1, 1, 1, FALSE },
    { 256, 0, G_MAXINT, 1, 1, FALSE },
    { 256, 0, 1, 1, G_MAXSIZE, FALSE },            /* more than a picture may have */
    { 256, 0, 1, 1, 256 * 1024 * 1024 - 1, FALSE },
    { 256, 0, 1, 1, 256 * 1024 * 1024 - 2, TRUE },
    { 0, 256, 1, 1, 1, FALSE },
  };
  g_autoptr (ReshootTiles) tiles = reshoot_tiles_new ("picture", "base", NULL, 513, 257);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ReshootTile tile = { table[i].x, table[i].y, table[i].width, table[i].height, table[i].size, "digest", NULL };
      g_autoptr (GError) error = NULL;

      if (reshoot_tiles_add (tiles, &tile, &error) != table[i].fits)
        g_error ("row %u", i);
      if (!table[i].fits)
        g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
    }

  g_assert_cmpuint (reshoot_tiles_get_n (tiles), ==, 3);
  g_assert_cmpuint (reshoot_tiles_get_size (tiles), ==, 256 * 1024 * 1024);
}

/* The list that is digested, written out. */
static void
test_digest (void)
{
  g_autoptr (ReshootTiles) tiles = reshoot_tiles_new (NULL, "base", NULL, 2000, 600);
  ReshootTile last = { 0, 599, 1, 1, 1, "last", NULL };
  ReshootTile middle = { 1500, 7, 1, 1, 1, "middle", NULL };
  ReshootTile first = { 600, 7, 1, 1, 1, "first", NULL };
  g_autofree char *expected = NULL;
  g_autofree char *digest = NULL;

  g_assert_true (reshoot_tiles_add (tiles, &last, NULL));
  g_assert_true (reshoot_tiles_add (tiles, &middle, NULL));
  g_assert_true (reshoot_tiles_add (tiles, &first, NULL));
  expected = g_compute_checksum_for_string (G_CHECKSUM_SHA256, "reshoot-tiles 1\nbase\n2000 600\n"
                                            "600 7 first\n1500 7 middle\n0 599 last\n", -1);
  digest = reshoot_tiles_dup_digest (tiles);
  g_assert_cmpstr (digest, ==, expected);
}

static void
test_read_tile (void)
{
  g_autoptr (VipsImage) wide = make_noise (257, 1, 3, FALSE);
  g_autoptr (VipsImage) right = make_noise (256, 7, 3, FALSE);
  g_autoptr (GBytes) too_wide = picture_encode (wide, ".png");
  g_autoptr (GBytes) fits = picture_encode (right, ".png");
  g_autoptr (GBytes) jpeg = picture_encode (right, ".jpg");
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (fits, 0, 20);
  g_autoptr (GBytes) empty = g_bytes_new (NULL, 0);
  GBytes *bad[] = { too_wide, jpeg, cut, empty };
  ReshootTile tile = { .digest = "digest" };

  g_assert_true (reshoot_tiles_read_tile (&tile, fits, NULL));
  g_assert_cmpint (tile.width, ==, 256);
  g_assert_cmpint (tile.height, ==, 7);
  g_assert_cmpuint (tile.size, ==, g_bytes_get_size (fits));

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_autoptr (GError) error = NULL;

      g_assert_false (reshoot_tiles_read_tile (&tile, bad[i], &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
    }
}

/* A rendering is encoded anew for a file: nobody wants one that is not compressed. */
static void
test_save (void)
{
  g_autoptr (VipsImage) first = make_noise (600, 600, 3, FALSE);
  g_autoptr (VipsImage) second = touch (first, 10, 10, 100, 100);
  g_autoptr (ReshootImage) base = encode (first);
  g_autoptr (ReshootImage) picture = encode (second);
  g_autoptr (ReshootTiles) ground = stand_on (base);
  g_autoptr (ReshootTiles) made = make (ground, picture);
  g_autoptr (ReshootTiles) tiles = complete (made, base);
  g_autoptr (ReshootImage) rendering = try_render (tiles, NULL);
  g_autoptr (GFile) file = reshoot_test_temp_file ("out.png");
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GBytes) saved = NULL;
  g_autoptr (ReshootImage) back = NULL;
  g_autoptr (VipsImage) pixels = NULL;
  ReshootSaveOptions options = { .format = RESHOOT_IMAGE_FORMAT_PNG };

  reshoot_image_save_async (rendering, file, &options, NULL, NULL,
                            reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  g_assert_true (reshoot_image_save_finish (rendering, result, NULL, NULL));
  saved = g_file_load_bytes (file, NULL, NULL, NULL);
  g_assert_false (g_bytes_equal (saved, reshoot_image_get_bytes (rendering)));
  back = picture_open (saved);
  pixels = reshoot_image_dup_vips (back, NULL);
  picture_assert_equal (pixels, second);
  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_true (g_file_delete (folder, NULL, NULL));
}

/* Cancelled before, while it runs at as many instants as there are, and after: a whole result or that error. */
static void
test_cancel (void)
{
  g_autoptr (VipsImage) first = make_noise (1200, 1200, 3, FALSE);
  g_autoptr (VipsImage) second = touch (first, 0, 0, 1200, 600);
  g_autoptr (ReshootImage) base = encode (first);
  g_autoptr (ReshootImage) picture = encode (second);
  g_autoptr (ReshootTiles) ground = stand_on (base);
  g_autoptr (ReshootTiles) made = make (ground, picture);
  g_autoptr (ReshootTiles) tiles = complete (made, base);
  g_autofree char *digest = reshoot_tiles_dup_digest (tiles);
  guint n_cancelled = 0;

  for (guint i = 0; i < 20; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) made_result = NULL;
      g_autoptr (GAsyncResult) render_result = NULL;
      g_autoptr (ReshootTiles) child = NULL;
      g_autoptr (ReshootImage) image = NULL;
      g_autoptr (GError) make_error = NULL;
      g_autoptr (GError) render_error = NULL;

      if (i == 0)
        g_cancellable_cancel (cancellable);
      reshoot_tiles_make_async (ground, picture, cancellable, reshoot_test_ready_cb, &made_result);
      reshoot_tiles_render_async (tiles, cancellable, reshoot_test_ready_cb, &render_result);
      g_assert_null (made_result);
      for (guint turn = 0; turn < i * 1000; turn++)
        g_main_context_iteration (NULL, FALSE);
      g_cancellable_cancel (cancellable);
      reshoot_test_await (&made_result);
      reshoot_test_await (&render_result);

      if (reshoot_tiles_make_finish (ground, made_result, &child, &make_error))
        {
          g_autofree char *again = reshoot_tiles_dup_digest (child);

          g_assert_cmpstr (again, ==, digest);
        }
      else
        {
          g_assert_error (make_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          n_cancelled++;
        }

      image = reshoot_tiles_render_finish (tiles, render_result, &render_error);
      if (image == NULL)
        g_assert_error (render_error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
      else
        g_assert_cmpstr (reshoot_image_get_digest (image), ==, digest);
    }

  g_assert_cmpuint (n_cancelled, >, 0);
}

int
main (int    argc,
      char **argv)
{
  picture_test_init (&argc, &argv);
  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autofree char *path = g_strdup_printf ("/tiles/round-trip/%s", kinds[i].name);

      g_test_add_data_func (path, &kinds[i], test_round_trip);
    }
  g_test_add_func ("/tiles/nothing-changed", test_nothing_changed);
  g_test_add_func ("/tiles/child-keeps", test_child_keeps);
  g_test_add_func ("/tiles/upright", test_upright);
  g_test_add_func ("/tiles/stored-whole", test_stored_whole);
  g_test_add_func ("/tiles/damaged", test_damaged);
  g_test_add_func ("/tiles/damaged-base", test_damaged_base);
  g_test_add_func ("/tiles/rules", test_rules);
  g_test_add_func ("/tiles/digest", test_digest);
  g_test_add_func ("/tiles/read-tile", test_read_tile);
  g_test_add_func ("/tiles/save", test_save);
  g_test_add_func ("/tiles/cancel", test_cancel);
  return g_test_run ();
}
