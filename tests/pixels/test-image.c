/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes in and what does not: the gate, the strict check, loading a file. */

#include "pictures.h"
#include "reshoot-test.h"

#include <glib/gstdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static const char *const suffixes[] = { ".png", ".jpg", ".webp", ".tif" };
static const ReshootImageFormat formats[] = {
  RESHOOT_IMAGE_FORMAT_PNG, RESHOOT_IMAGE_FORMAT_JPEG,
  RESHOOT_IMAGE_FORMAT_WEBP, RESHOOT_IMAGE_FORMAT_TIFF,
};

static void
assert_error (GError     *error,
              int         code,
              const char *reason,
              const char *subject)
{
  g_assert_error (error, RESHOOT_ERROR, code);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, reason);
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, subject);
}

static void
assert_refused (const void *data,
                gsize       length,
                int         code,
                const char *reason)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GError) error = NULL;

  g_assert_null (reshoot_image_new_from_bytes (bytes, "shoe.jpg", &error));
  assert_error (error, code, reason, "shoe.jpg");
}

static void
test_formats (void)
{
  g_autoptr (VipsImage) vips = picture_new_gradient (40, 30, 3, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autoptr (GBytes) bytes = picture_encode (vips, suffixes[i]);
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootImage) image = reshoot_image_new_from_bytes (bytes, "wrong.gif", &error);

      g_assert_no_error (error);
      g_assert_cmpint (reshoot_image_get_format (image), ==, formats[i]);
      g_assert_cmpint (reshoot_image_get_width (image), ==, 40);
      g_assert_cmpint (reshoot_image_get_height (image), ==, 30);
      g_assert_true (reshoot_image_get_bytes (image) == bytes);
      g_assert_null (reshoot_image_get_profile_name (image));
      g_assert_false (reshoot_image_get_was_cmyk (image));
      g_assert_true (reshoot_image_check (image, NULL, &error));
      g_assert_no_error (error);
      g_assert_finalize_object (g_steal_pointer (&image));
    }
}

static void
test_big_endian_tiff (void)
{
  /* One white pixel of 8 bit grey: libtiff reads both orders, so must the gate. */
  static const guint8 tiff[] = {
    'M', 'M', 0, 42, 0, 0, 0, 10, 0xff, 0,
    0, 8,
    1, 0, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0,
    1, 1, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0,
    1, 2, 0, 3, 0, 0, 0, 1, 0, 8, 0, 0,
    1, 3, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0,
    1, 6, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0,
    1, 17, 0, 4, 0, 0, 0, 1, 0, 0, 0, 8,
    1, 22, 0, 3, 0, 0, 0, 1, 0, 1, 0, 0,
    1, 23, 0, 4, 0, 0, 0, 1, 0, 0, 0, 1,
    0, 0, 0, 0,
  };
  g_autoptr (GBytes) bytes = g_bytes_new_static (tiff, sizeof tiff);
  g_autoptr (ReshootImage) image = picture_open (bytes);

  g_assert_cmpint (reshoot_image_get_format (image), ==, RESHOOT_IMAGE_FORMAT_TIFF);
  g_assert_cmpint (reshoot_image_get_width (image), ==, 1);
}

static void
test_digest (void)
{
  g_autofree char *path = reshoot_test_sample ("shoe.jpg");
  g_autofree char *data = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ReshootImage) image = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  bytes = g_bytes_new (data, length);
  image = picture_open (bytes);

  /* As sha256sum says. */
  g_assert_cmpstr (reshoot_image_get_digest (image), ==,
                   "855132c92b5849bd1e696443aaa6268a670d4c77608f4c1fb2434dc8733a7c37");
}

static void
test_orientation (void)
{
  for (int orientation = 1; orientation <= 8; orientation++)
    for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
      {
        g_autoptr (VipsImage) vips = picture_new_gradient (48, 32, 3, FALSE);
        g_autoptr (ReshootImage) image = NULL;
        gboolean turned = orientation >= 5;

        if (formats[i] == RESHOOT_IMAGE_FORMAT_PNG)  /* libvips writes no orientation there */
          continue;

        vips_image_set_int (vips, VIPS_META_ORIENTATION, orientation);
        image = picture_new_image (vips, suffixes[i]);
        g_assert_cmpint (reshoot_image_get_width (image), ==, turned ? 32 : 48);
        g_assert_cmpint (reshoot_image_get_height (image), ==, turned ? 48 : 32);
      }
}

static void
test_not_an_image (void)
{
  static const char text[] = "This is a text that somebody called shoe.jpg.\n";

  assert_refused ("", 0, RESHOOT_ERROR_UNSUPPORTED_IMAGE, "not-an-image");
  assert_refused (text, sizeof text - 1, RESHOOT_ERROR_UNSUPPORTED_IMAGE, "not-an-image");
  assert_refused ("P", 1, RESHOOT_ERROR_UNSUPPORTED_IMAGE, "not-an-image");
  assert_refused ("\xff\xd8", 2, RESHOOT_ERROR_UNSUPPORTED_IMAGE, "not-an-image");
  assert_refused ("<html><body>503</body></html>", 29, RESHOOT_ERROR_UNSUPPORTED_IMAGE, "not-an-image");
  assert_refused ("{\"error\": \"no\"}", 15, RESHOOT_ERROR_UNSUPPORTED_IMAGE, "not-an-image");
}

static void
test_other_format (void)
{
  static const struct
  {
    const char *bytes;
    gsize       length;
  } table[] = {
    { "GIF89a\1\0\1\0", 10 }, { "BM\x3a\0\0\0\0\0\0\0", 10 }, { "\0\0\0\x18" "ftypheic", 12 },
    { "\0\0\0\x1c" "ftypavif", 12 }, { "8BPS\0\1", 6 }, { "%PDF-1.7\n", 9 },
    { "<svg xmlns=\"http://www.w3.org/2000/svg\"/>", 41 },
    { "<?xml version=\"1.0\"?>\n<!-- made by hand -->\n<svg/>", 49 },
    { "II*\0\x10\0\0\0CR\2\0", 12 }, { "P6\n1 1\n255\n", 11 }, { "v/1\1\2\0\0\0", 8 },
    { "\xff\x0a\x00\x00", 4 }, { "\0\0\0\x0cJXL \r\n\x87\n", 12 }, { "\0\0\1\0\1\0", 6 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    assert_refused (table[i].bytes, table[i].length, RESHOOT_ERROR_UNSUPPORTED_IMAGE, "other-format");
}

/* By the gate or by the check, but always as damage. */
static const char *
find_damage (GBytes *bytes)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = reshoot_image_new_from_bytes (bytes, "shoe.jpg", &error);

  if (image != NULL && reshoot_image_check (image, NULL, &error))
    return NULL;

  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, "shoe.jpg");
  return g_intern_string (reshoot_error_get_reason (error));
}

static void
test_truncated (void)
{
  static const char *const kinds[] = { ".png", ".jpg", ".jpg[interlace]", ".webp", ".webp[lossless]", ".tif" };
  g_autoptr (VipsImage) vips = picture_new_gradient (300, 200, 3, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GBytes) whole = picture_encode (vips, kinds[i]);
      gsize length = g_bytes_get_size (whole);
      gsize cuts[] = {
        16, 40, length / 10, length / 4, length / 2, length * 3 / 4, length * 9 / 10, length - 40,
      };
      gboolean is_tiff = g_str_equal (kinds[i], ".tif");

      g_assert_null (find_damage (whole));
      for (guint j = 0; j < G_N_ELEMENTS (cuts); j++)
        {
          g_autoptr (GBytes) cut = g_bytes_new_from_bytes (whole, 0, cuts[j]);
          const char *damage = find_damage (cut);

          /* A TIFF does not say how long it is. */
          if (g_strcmp0 (damage, is_tiff ? "damaged" : "truncated") != 0)
            g_error ("%s cut to %" G_GSIZE_FORMAT " of %" G_GSIZE_FORMAT " bytes is %s",
                     kinds[i], cuts[j], length, damage);
        }
    }
}

/* A telephone's film behind the picture is any bytes at all, and no reason to refuse the picture. */
static void
test_tail (void)
{
  static const char *const kinds[] = { ".png", ".jpg", ".jpg[interlace]", ".webp" };
  static const guint8 film[] = {
    'm', 'o', 'o', 'v', 0xff, 0xd9, 0, 1, 2, 0xff, 0xda, 3, 0xff, 0xd8, 4,
  };
  g_autoptr (VipsImage) vips = picture_new_gradient (300, 200, 3, FALSE);

  for (guint i = 0; i < G_N_ELEMENTS (kinds); i++)
    {
      g_autoptr (GBytes) whole = picture_encode (vips, kinds[i]);
      g_autoptr (GBytes) longer = NULL;
      GByteArray *array = g_byte_array_new ();
      gsize length;
      const guint8 *data = g_bytes_get_data (whole, &length);

      g_byte_array_append (array, data, (guint) length);
      g_byte_array_append (array, film, sizeof film);
      longer = g_byte_array_free_to_bytes (array);
      g_assert_null (find_damage (longer));
    }
}

/* What many cameras do: bytes between two segments, and before the end, that mean nothing. */
static void
test_rubbish_between_segments (void)
{
  static const guint8 rubbish[] = { 0, 0, 7, 0xff, 0xff };
  g_autoptr (VipsImage) vips = picture_new_gradient (300, 200, 3, FALSE);
  g_autoptr (GBytes) whole = picture_encode (vips, ".jpg");
  g_autoptr (GBytes) longer = NULL;
  GByteArray *array = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (whole, &length);

  g_byte_array_append (array, data, (guint) length - 2);
  g_byte_array_append (array, rubbish, sizeof rubbish);
  g_byte_array_append (array, data + length - 2, 2);
  g_byte_array_append (array, (const guint8 *) "", 1);
  longer = g_byte_array_free_to_bytes (array);
  g_assert_null (find_damage (longer));
}

/* A segment's length counts its own two bytes: less is no length. */
static void
test_short_segment (void)
{
  g_autoptr (VipsImage) vips = picture_new_gradient (300, 200, 3, FALSE);
  g_autoptr (GBytes) whole = picture_encode (vips, ".jpg");
  gsize length;
  const guint8 *data = g_bytes_get_data (whole, &length);

  for (guint8 n = 0; n < 2; n++)
    {
      const guint8 segment[] = { 0xff, 0xee, 0, n };
      g_autoptr (GBytes) longer = NULL;
      GByteArray *array = g_byte_array_new ();

      g_byte_array_append (array, data, 2);
      g_byte_array_append (array, segment, sizeof segment);
      g_byte_array_append (array, data + 2, (guint) length - 2);
      longer = g_byte_array_free_to_bytes (array);
      g_assert_cmpstr (find_damage (longer), ==, "truncated");
    }
}

static void
test_damaged (void)
{
  g_autoptr (VipsImage) vips = picture_new_gradient (300, 200, 3, FALSE);
  g_autoptr (GBytes) png = picture_encode (vips, ".png");
  gsize length;
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (png, &length), g_bytes_get_size (png));
  g_autoptr (GBytes) broken_header = NULL;
  g_autoptr (GBytes) broken_pixels = NULL;
  static const char wrong_sum[] =
    "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\x63\7\0\0\0\0\0\0\0"
    "\0\0\0\0IEND\xae\x42\x60\x82";

  data[17] ^= 0xff;  /* the width; now the header's sum is wrong */
  broken_header = g_bytes_new (data, length);
  data[17] ^= 0xff;
  memset (data + length / 2, 0x55, 64);
  broken_pixels = g_bytes_new (data, length);

  g_assert_cmpstr (find_damage (broken_pixels), ==, "damaged");
  assert_refused (wrong_sum, sizeof wrong_sum - 1, RESHOOT_ERROR_CORRUPT, "damaged");
  /* 16 million pixels a row are over the cap, and it is the cap that says so. */
  assert_refused (g_bytes_get_data (broken_header, NULL), length, RESHOOT_ERROR_TOO_LARGE, "pixels");
}

static guint32
png_sum (const guint8 *data,
         gsize         length)
{
  guint32 sum = 0xffffffff;

  for (gsize i = 0; i < length; i++)
    {
      sum ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        sum = sum >> 1 ^ (sum & 1 ? 0xedb88320 : 0);
    }

  return ~sum;
}

static void
append_chunk (GByteArray   *png,
              const char   *type,
              const void   *data,
              guint         length)
{
  guint32 size = GUINT32_TO_BE (length);
  guint start = png->len + 4;
  guint32 sum;

  g_byte_array_append (png, (const guint8 *) &size, 4);
  g_byte_array_append (png, (const guint8 *) type, 4);
  g_byte_array_append (png, data, length);
  sum = GUINT32_TO_BE (png_sum (png->data + start, png->len - start));
  g_byte_array_append (png, (const guint8 *) &sum, 4);
}

static void
assert_too_many_pixels (GBytes *bytes)
{
  gsize length;
  const void *data = g_bytes_get_data (bytes, &length);

  assert_refused (data, length, RESHOOT_ERROR_TOO_LARGE, "pixels");
}

/* A picture of one bit a pixel, all black, whole in every respect if @n_bytes of zeros are its pixels. */
static GBytes *
make_bomb (guint32 width,
           guint32 height,
           gsize   n_bytes)
{
  GByteArray *png = g_byte_array_new ();
  guint8 header[13] = { 0, 0, 0, 0, 0, 0, 0, 0, 1, 0, 0, 0, 0 };
  g_autofree guint8 *zeros = g_malloc0 (MAX (n_bytes, 1));
  g_autoptr (GZlibCompressor) zlib = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 1);
  g_autofree guint8 *packed = g_malloc (n_bytes / 100 + 100);
  GConverterResult done;
  gsize n_read, n_packed;

  width = GUINT32_TO_BE (width);
  height = GUINT32_TO_BE (height);
  memcpy (header, &width, 4);
  memcpy (header + 4, &height, 4);
  done = g_converter_convert (G_CONVERTER (zlib), zeros, n_bytes, packed, n_bytes / 100 + 100,
                              G_CONVERTER_INPUT_AT_END, &n_read, &n_packed, NULL);
  g_assert_cmpint (done, ==, G_CONVERTER_FINISHED);

  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_chunk (png, "IHDR", header, sizeof header);
  append_chunk (png, "IDAT", packed, (guint) n_packed);
  append_chunk (png, "IEND", "", 0);
  return g_byte_array_free_to_bytes (png);
}

static void
test_too_many_pixels (void)
{
  g_autoptr (GBytes) header_only = make_bomb (60000, 60000, 0);
  g_autoptr (GBytes) cut = g_bytes_new_from_bytes (header_only, 0, 33);
  g_autoptr (GBytes) whole = make_bomb (16384, 16384, (gsize) (16384 / 8 + 1) * 16384);
  g_autoptr (GBytes) narrow = make_bomb (100000, 1, 100000 / 8 + 1);
  g_autoptr (GBytes) allowed = make_bomb (15000, 15000, (gsize) (15000 / 8 + 1) * 15000);
  g_autoptr (ReshootImage) image = NULL;
  static const guint8 jpeg[] = {
    0xff, 0xd8, 0xff, 0xe0, 0, 4, 0, 0, 0xff, 0xc0, 0, 11, 8, 0xff, 0, 0xff, 0, 1, 1, 0x11, 0,
  };
  gsize before;

  image = reshoot_image_new_from_bytes (allowed, NULL, NULL);
  g_assert_nonnull (image);

  /* A row of the largest one is 60,000 bytes: nothing near a picture was ever made room for. */
  before = vips_tracked_get_mem_highwater ();
  assert_too_many_pixels (header_only);
  assert_too_many_pixels (cut);
  assert_too_many_pixels (whole);
  assert_too_many_pixels (narrow);
  assert_refused (jpeg, sizeof jpeg, RESHOOT_ERROR_TOO_LARGE, "pixels");
  g_assert_cmpuint (vips_tracked_get_mem_highwater () - before, <, 1024 * 1024);
}

static void
test_profile_name (void)
{
  static const int grey[] = { 128, 128, 128 };
  g_autoptr (VipsImage) plain = picture_new_flat (16, 16, 3, grey);
  g_autoptr (VipsImage) p3 = picture_to_profile (plain, "p3");

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autoptr (ReshootImage) image = picture_new_image (p3, suffixes[i]);

      g_assert_nonnull (reshoot_image_get_profile_name (image));
      g_assert_nonnull (strstr (reshoot_image_get_profile_name (image), "P3"));
    }
}

static ReshootImage *
load (GFile         *file,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_image_load_async (file, cancellable, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_image_load_finish (result, error);
}

static void
assert_not_loaded (const char *path,
                   int         code,
                   const char *reason)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;

  g_assert_null (load (file, NULL, &error));
  assert_error (error, code, reason, path);
}

static void
test_load (void)
{
  g_autofree char *path = reshoot_test_sample ("shoe.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = load (file, NULL, &error);

  g_assert_no_error (error);
  g_assert_cmpint (reshoot_image_get_width (image), ==, 1440);
  g_assert_cmpint (reshoot_image_get_height (image), ==, 1080);
  g_assert_finalize_object (g_steal_pointer (&image));
}

static void
test_load_refused (void)
{
  g_autofree char *folder = g_dir_make_tmp ("reshoot-test-XXXXXX", NULL);
  g_autofree char *text = g_build_filename (folder, "text.jpg", NULL);
  g_autofree char *huge = g_build_filename (folder, "huge.png", NULL);
  g_autofree char *fifo = g_build_filename (folder, "fifo.png", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing.png", NULL);
  g_autofree char *below = g_build_filename (text, "below.png", NULL);

  g_assert_true (g_file_set_contents (text, "no picture", -1, NULL));
  g_assert_true (g_file_set_contents (huge, "\x89PNG", 4, NULL));
  g_assert_cmpint (truncate (huge, 256 * 1024 * 1024 + 1), ==, 0);  /* a hole: it takes no room */
  g_assert_cmpint (mkfifo (fifo, 0600), ==, 0);

  assert_not_loaded (text, RESHOOT_ERROR_UNSUPPORTED_IMAGE, "not-an-image");
  assert_not_loaded (huge, RESHOOT_ERROR_TOO_LARGE, "bytes");
  assert_not_loaded (missing, RESHOOT_ERROR_INVALID_REQUEST, "missing");
  assert_not_loaded (below, RESHOOT_ERROR_INVALID_REQUEST, "missing");
  assert_not_loaded (folder, RESHOOT_ERROR_INVALID_REQUEST, "directory");
  assert_not_loaded (fifo, RESHOOT_ERROR_INVALID_REQUEST, "not-a-file");
  assert_not_loaded ("/dev/zero", RESHOOT_ERROR_INVALID_REQUEST, "not-a-file");
}

static void
test_load_unreadable (void)
{
  g_autofree char *folder = g_dir_make_tmp ("reshoot-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "locked.png", NULL);
  gboolean is_root = geteuid () == 0;

  g_assert_true (g_file_set_contents (path, "\x89PNG", 4, NULL));
  g_assert_cmpint (g_chmod (path, 0), ==, 0);
  g_assert_cmpint (g_chmod (folder, 0755), ==, 0);

  if (is_root)  /* may read everything: be somebody else for a moment */
    g_assert_cmpint (seteuid (65534), ==, 0);
  assert_not_loaded (path, RESHOOT_ERROR_READ_ONLY, "permission");
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);
}

static void
test_load_cancelled (void)
{
  g_autofree char *path = reshoot_test_sample ("norda-bottle.jpg");
  g_autoptr (GFile) file = g_file_new_for_path (path);

  for (guint i = 0; i < 6; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      if (i == 0)
        g_cancellable_cancel (cancellable);
      reshoot_image_load_async (file, cancellable, reshoot_test_ready_cb, &result);
      g_assert_null (result);

      /* Later and later into the work. */
      g_usleep (i * 3000);
      g_cancellable_cancel (cancellable);
      reshoot_test_await (&result);
      g_assert_null (reshoot_image_load_finish (result, &error));
      g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

static void
test_check_cancelled (void)
{
  g_autoptr (VipsImage) vips = picture_new_gradient (64, 64, 3, FALSE);
  g_autoptr (ReshootImage) image = picture_new_image (vips, ".png");
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_false (reshoot_image_check (image, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* What a picture that was only read is looked through with later: a whole one, a broken one, and one that nobody waits
 * for any more. */
static void
test_check_async (void)
{
  g_autoptr (VipsImage) vips = picture_new_gradient (1200, 900, 3, FALSE);
  g_autoptr (GBytes) whole = picture_encode (vips, ".png");
  gsize length = g_bytes_get_size (whole);
  g_autofree guint8 *data = g_memdup2 (g_bytes_get_data (whole, NULL), length);
  g_autoptr (GBytes) broken = NULL;

  memset (data + length / 2, 0x55, 64);
  broken = g_bytes_new (data, length);
  for (int i = 0; i < 3; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootImage) image = reshoot_image_new_from_bytes (i == 1 ? broken : whole,
                                                                     "shoe.png", &error);

      g_assert_no_error (error);
      if (i == 2)
        g_cancellable_cancel (cancellable);
      reshoot_image_check_async (image, cancellable, reshoot_test_ready_cb, &result);
      g_assert_null (result);
      reshoot_test_await (&result);
      g_assert_true (reshoot_image_check_finish (image, result, &error) == (i == 0));
      if (i == 1)
        g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
      if (i == 2)
        g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
    }
}

int
main (int    argc,
      char **argv)
{
  int status;

  picture_test_init (&argc, &argv);

  g_test_add_func ("/image/formats", test_formats);
  g_test_add_func ("/image/big-endian-tiff", test_big_endian_tiff);
  g_test_add_func ("/image/digest", test_digest);
  g_test_add_func ("/image/orientation", test_orientation);
  g_test_add_func ("/image/not-an-image", test_not_an_image);
  g_test_add_func ("/image/other-format", test_other_format);
  g_test_add_func ("/image/truncated", test_truncated);
  g_test_add_func ("/image/short-segment", test_short_segment);
  g_test_add_func ("/image/tail", test_tail);
  g_test_add_func ("/image/rubbish-between-segments", test_rubbish_between_segments);
  g_test_add_func ("/image/damaged", test_damaged);
  g_test_add_func ("/image/too-many-pixels", test_too_many_pixels);
  g_test_add_func ("/image/profile-name", test_profile_name);
  g_test_add_func ("/image/load", test_load);
  g_test_add_func ("/image/load/refused", test_load_refused);
  g_test_add_func ("/image/load/unreadable", test_load_unreadable);
  g_test_add_func ("/image/load/cancelled", test_load_cancelled);
  g_test_add_func ("/image/check/cancelled", test_check_cancelled);
  g_test_add_func ("/image/check-async", test_check_async);

  status = g_test_run ();
  vips_shutdown ();
  return status;
}
