/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture into a file: whole or not at all, and nothing told that is to be kept private. */

#include "pictures.h"
#include "reshoot-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static gboolean
save (ReshootImage        *image,
      const char          *path,
      ReshootImageFormat   format,
      int                  quality,
      gboolean             private_,
      GError             **error)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  ReshootSaveOptions options = { format, quality, private_, };

  reshoot_image_save_async (image, file, &options, NULL, NULL,
                            reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  return reshoot_image_save_finish (image, result, NULL, error);
}

static GBytes *
read_bytes (const char *path)
{
  char *data;
  gsize length;

  g_assert_true (g_file_get_contents (path, &data, &length, NULL));
  return g_bytes_new_take (data, length);
}

static guint
count_files (const char *folder)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  guint n = 0;

  while (g_dir_read_name (dir) != NULL)
    n++;
  return n;
}

static void
assert_contents (const char *path,
                 GBytes     *expected)
{
  g_autoptr (GBytes) bytes = read_bytes (path);

  g_assert_true (g_bytes_equal (bytes, expected));
}

static void
assert_not_saved (ReshootImage *image,
                  const char   *path,
                  int           code,
                  const char   *reason)
{
  g_autoptr (GError) error = NULL;

  g_assert_false (save (image, path, RESHOOT_IMAGE_FORMAT_PNG, 0, FALSE, &error));
  g_assert_error (error, RESHOOT_ERROR, code);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, reason);
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, path);
}

static void
test_format_from_name (void)
{
  static const struct
  {
    const char         *name;
    ReshootImageFormat  format;
  } table[] = {
    { "a.png", RESHOOT_IMAGE_FORMAT_PNG }, { "A.PNG", RESHOOT_IMAGE_FORMAT_PNG },
    { "/x/y.z/shoe.jpg", RESHOOT_IMAGE_FORMAT_JPEG }, { "shoe.JPEG", RESHOOT_IMAGE_FORMAT_JPEG },
    { "shoe.v2.webp", RESHOOT_IMAGE_FORMAT_WEBP }, { "shoe.tif", RESHOOT_IMAGE_FORMAT_TIFF },
    { "shoe.Tiff", RESHOOT_IMAGE_FORMAT_TIFF },
  };
  static const char *const others[] = { "", "png", "shoe", "shoe.gif", "shoe.png.txt", "folder.png/shoe", "shoe." };
  ReshootImageFormat format;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_assert_true (reshoot_image_format_from_name (table[i].name, &format));
      g_assert_cmpint (format, ==, table[i].format);
    }

  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    g_assert_false (reshoot_image_format_from_name (others[i], &format));
}

/* In its own format a picture is its own bytes, to the last one. */
static void
test_as_received (void)
{
  g_autofree char *folder = g_dir_make_tmp ("reshoot-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "out.jpg", NULL);
  g_autofree char *sample = reshoot_test_sample ("mug.jpg");
  g_autoptr (GBytes) bytes = read_bytes (sample);
  g_autoptr (ReshootImage) image = picture_open (bytes);
  g_autoptr (GError) error = NULL;

  g_assert_true (save (image, path, RESHOOT_IMAGE_FORMAT_JPEG, 0, FALSE, &error));
  g_assert_no_error (error);
  assert_contents (path, bytes);
  g_assert_cmpuint (count_files (folder), ==, 1);
}

static void
test_converted (void)
{
  static const char *const names[] = { "out.png", "out.jpg", "out.webp", "out.tif" };
  g_autofree char *folder = g_dir_make_tmp ("reshoot-test-XXXXXX", NULL);
  g_autoptr (VipsImage) vips = picture_new_gradient (60, 40, 4, FALSE);
  g_autoptr (ReshootImage) image = picture_new_image (vips, ".png");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (ReshootImage) saved = NULL;
      ReshootImageFormat format;

      g_assert_true (reshoot_image_format_from_name (names[i], &format));
      g_assert_true (save (image, path, format, 80, FALSE, &error));
      g_assert_no_error (error);
      bytes = read_bytes (path);
      saved = picture_open (bytes);
      g_assert_cmpint (reshoot_image_get_format (saved), ==, format);
      g_assert_cmpint (reshoot_image_get_width (saved), ==, 60);
      g_assert_cmpuint (count_files (folder), ==, i + 1);
    }
}

/* A picture that tells of the camera, the place and the person. */
static ReshootImage *
make_talkative (const char *suffix)
{
  static const char xmp[] = "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">Lamp</x:xmpmeta>";
  static const int orange[] = { 220, 120, 40 };
  g_autoptr (VipsImage) flat = picture_new_flat (64, 48, 3, orange);
  g_autoptr (VipsImage) p3 = picture_to_profile (flat, "p3");
  g_autoptr (VipsImage) vips = vips_image_copy_memory (p3);

  vips_image_set_string (vips, "exif-ifd0-Make", "Lamp (Lamp, ASCII, 5 components, 5 bytes)");
  vips_image_set_string (vips, "exif-ifd3-GPSLatitude", "52/1 30/1 0/1");
  vips_image_set_string (vips, "png-comment-0-Author", "Lamp");
  vips_image_set_string (vips, "image-description", "Lamp");
  vips_image_set_int (vips, VIPS_META_ORIENTATION, 6);
  vips_image_set_blob_copy (vips, VIPS_META_XMP_NAME, xmp, sizeof xmp - 1);
  vips_image_set_blob_copy (vips, VIPS_META_IPTC_NAME, "Lamp", 4);
  return picture_new_image (vips, suffix);
}

static void
test_private (void)
{
  static const char *const names[] = { "out.png", "out.jpg", "out.webp", "out.tif" };
  static const char *const telling[] = { "Lamp", "Exif", "eXIf", "EXIF", "xmpmeta", "XMP", "XML:com", "8BIM" };
  g_autofree char *folder = g_dir_make_tmp ("reshoot-test-XXXXXX", NULL);
  g_autoptr (ReshootImage) jpeg = make_talkative (".jpg");
  g_autoptr (ReshootImage) tiff = make_talkative (".tif");
  g_autoptr (ReshootImage) png = make_talkative (".png");
  g_autoptr (ReshootImage) webp = make_talkative (".webp");
  ReshootImage *const sources[] = { jpeg, tiff, png, webp };

  for (guint i = 0; i < G_N_ELEMENTS (sources) * G_N_ELEMENTS (names); i++)
    {
      ReshootImage *source = sources[i / G_N_ELEMENTS (names)];
      const char *profile = reshoot_image_get_profile_name (source);
      const char *name = names[i % G_N_ELEMENTS (names)];
      g_autofree char *path = g_build_filename (folder, name, NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (ReshootImage) saved = NULL;
      ReshootImageFormat format;

      g_assert_true (picture_contains (reshoot_image_get_bytes (source), "Lamp")
                     || picture_contains (reshoot_image_get_bytes (source), "XML:com.adobe.xmp"));
      g_assert_true (reshoot_image_format_from_name (name, &format));
      g_assert_true (save (source, path, format, 0, TRUE, &error));
      g_assert_no_error (error);

      bytes = read_bytes (path);
      for (guint j = 0; j < G_N_ELEMENTS (telling); j++)
        if (picture_contains (bytes, telling[j]))
          g_error ("%s tells %s", name, telling[j]);

      /* Colours and the right way up are no secrets. */
      saved = picture_open (bytes);
      g_assert_cmpstr (reshoot_image_get_profile_name (saved), ==, profile);
      g_assert_cmpint (reshoot_image_get_width (saved), ==, reshoot_image_get_width (source));
      g_assert_cmpint (reshoot_image_get_height (saved), ==, reshoot_image_get_height (source));
    }
}

/* What was received is not encoded a second time only to take its notes out. */
static void
test_private_as_received (void)
{
  static const char *const suffixes[] = { ".png", ".jpg", ".jpg[interlace]", ".webp", ".webp[lossless]" };
  g_autofree char *folder = g_dir_make_tmp ("reshoot-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "out", NULL);

  for (guint i = 0; i < G_N_ELEMENTS (suffixes); i++)
    {
      g_autoptr (VipsImage) vips = picture_new_gradient (120, 80, 3, FALSE);
      g_autoptr (ReshootImage) image = NULL;
      g_autoptr (ReshootImage) saved = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (VipsImage) before = NULL;
      g_autoptr (VipsImage) after = NULL;
      g_autoptr (GError) error = NULL;

      vips_image_set_string (vips, "exif-ifd0-Make", "Lamp (Lamp, ASCII, 5 components, 5 bytes)");
      image = picture_new_image (vips, suffixes[i]);
      g_assert_true (save (image, path, reshoot_image_get_format (image), 0, TRUE, &error));
      g_assert_no_error (error);

      bytes = read_bytes (path);
      g_assert_false (picture_contains (bytes, "Lamp"));
      saved = picture_open (bytes);
      before = reshoot_image_dup_vips (image, NULL);
      after = reshoot_image_dup_vips (saved, NULL);
      picture_assert_equal (before, after);
    }
}

/* A comment, and a film or a second picture that a telephone hangs on behind the end. */
static void
test_private_drops_comment_and_tail (void)
{
  g_autofree char *folder = g_dir_make_tmp ("reshoot-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "out.jpg", NULL);
  g_autoptr (VipsImage) vips = picture_new_gradient (120, 80, 3, FALSE);
  g_autoptr (GBytes) whole = picture_encode (vips, ".jpg");
  g_autoptr (GByteArray) longer = g_byte_array_new ();
  g_autoptr (GBytes) with_tail = NULL;
  const guint8 *data;
  gsize length;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GError) error = NULL;

  data = g_bytes_get_data (whole, &length);
  g_byte_array_append (longer, data, 2);
  g_byte_array_append (longer, (const guint8 *) "\xff\xfe\0\6Lamp", 8);
  g_byte_array_append (longer, data + 2, (guint) length - 2);
  g_byte_array_append (longer, (const guint8 *) "ftypmp42 Lamp", 13);
  with_tail = g_byte_array_free_to_bytes (g_steal_pointer (&longer));
  image = picture_open (with_tail);

  g_assert_true (save (image, path, RESHOOT_IMAGE_FORMAT_JPEG, 0, TRUE, &error));
  g_assert_no_error (error);
  bytes = read_bytes (path);
  g_assert_false (picture_contains (bytes, "Lamp"));
}

/* The other half of that test: what is not private is kept. */
static void
test_not_private (void)
{
  static const char *const names[] = { "out.jpg", "out.webp", "out.tif" };
  g_autofree char *folder = g_dir_make_tmp ("reshoot-test-XXXXXX", NULL);
  g_autoptr (ReshootImage) image = make_talkative (".jpg");

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      g_autofree char *path = g_build_filename (folder, names[i], NULL);
      g_autoptr (GError) error = NULL;
      g_autoptr (GBytes) bytes = NULL;
      ReshootImageFormat format;

      g_assert_true (reshoot_image_format_from_name (names[i], &format));
      g_assert_true (save (image, path, format, 90, FALSE, &error));
      g_assert_no_error (error);
      bytes = read_bytes (path);
      g_assert_true (picture_contains (bytes, "Lamp"));
    }
}

static void
test_replaces (void)
{
  g_autofree char *folder = g_dir_make_tmp ("reshoot-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "out.png", NULL);
  g_autofree char *link = g_build_filename (folder, "link.png", NULL);
  g_autoptr (VipsImage) vips = picture_new_gradient (60, 40, 3, FALSE);
  g_autoptr (ReshootImage) image = picture_new_image (vips, ".png");
  g_autoptr (GError) error = NULL;
  GStatBuf info;

  g_assert_true (g_file_set_contents (path, "what was here before", -1, NULL));
  g_assert_cmpint (g_chmod (path, 0640), ==, 0);
  g_assert_cmpint (symlink ("out.png", link), ==, 0);

  /* Through the link, which stays one, onto a file that keeps its permissions. */
  g_assert_true (save (image, link, RESHOOT_IMAGE_FORMAT_PNG, 0, FALSE, &error));
  g_assert_no_error (error);
  assert_contents (path, reshoot_image_get_bytes (image));
  g_assert_true (g_file_test (link, G_FILE_TEST_IS_SYMLINK));
  g_assert_cmpint (g_stat (path, &info), ==, 0);
  g_assert_cmpint (info.st_mode & 0777, ==, 0640);
  g_assert_cmpuint (count_files (folder), ==, 2);
}

static void
test_refused (void)
{
  g_autofree char *folder = g_dir_make_tmp ("reshoot-test-XXXXXX", NULL);
  g_autofree char *file = g_build_filename (folder, "file", NULL);
  g_autofree char *missing = g_build_filename (folder, "missing", "out.png", NULL);
  g_autofree char *below_file = g_build_filename (file, "out.png", NULL);
  g_autofree char *locked = g_build_filename (folder, "out.png", NULL);
  g_autoptr (VipsImage) vips = picture_new_gradient (60, 40, 3, FALSE);
  g_autoptr (ReshootImage) image = picture_new_image (vips, ".png");
  gboolean is_root = geteuid () == 0;

  g_assert_true (g_file_set_contents (file, "a file", -1, NULL));
  assert_not_saved (image, missing, RESHOOT_ERROR_INVALID_REQUEST, "missing");
  assert_not_saved (image, below_file, RESHOOT_ERROR_INVALID_REQUEST, "missing");
  assert_not_saved (image, folder, RESHOOT_ERROR_INVALID_REQUEST, "directory");

  g_assert_cmpint (g_chmod (folder, 0555), ==, 0);
  if (is_root)  /* may write everywhere: be somebody else for a moment */
    g_assert_cmpint (seteuid (65534), ==, 0);
  assert_not_saved (image, locked, RESHOOT_ERROR_READ_ONLY, "permission");
  if (is_root)
    g_assert_cmpint (seteuid (0), ==, 0);

  g_assert_cmpuint (count_files (folder), ==, 1);
}

/* A disk that takes no more after the first bytes: a limit on the size of files does the same. */
static void
test_disk_ends (void)
{
  g_autofree char *folder = g_dir_make_tmp ("reshoot-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "out.png", NULL);
  g_autoptr (VipsImage) vips = picture_new_gradient (300, 200, 3, FALSE);
  g_autoptr (ReshootImage) image = picture_new_image (vips, ".png[compression=0]");
  g_autoptr (GBytes) before = g_bytes_new_static ("before", 6);
  g_autoptr (GError) error = NULL;
  struct rlimit old, small;
  gboolean saved;

  g_assert_true (g_file_set_contents (path, "before", -1, NULL));
  g_assert_cmpint (getrlimit (RLIMIT_FSIZE, &old), ==, 0);
  small = old;
  small.rlim_cur = 50000;
  signal (SIGXFSZ, SIG_IGN);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &small), ==, 0);
  saved = save (image, path, RESHOOT_IMAGE_FORMAT_PNG, 0, FALSE, &error);
  g_assert_cmpint (setrlimit (RLIMIT_FSIZE, &old), ==, 0);

  g_assert_false (saved);
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_FAILED);
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, path);
  assert_contents (path, before);
  g_assert_cmpuint (count_files (folder), ==, 1);
}

/* Cancelled later and later: either the old file is there, whole, or the new one is, and the answer says which. */
static void
test_cancelled (void)
{
  g_autofree char *folder = g_dir_make_tmp ("reshoot-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "out.png", NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (VipsImage) vips = picture_new_gradient (800, 800, 3, FALSE);
  g_autoptr (ReshootImage) image = picture_new_image (vips, ".png");
  g_autoptr (GBytes) before = g_bytes_new_static ("before", 6);
  ReshootSaveOptions options = { .format = RESHOOT_IMAGE_FORMAT_TIFF };

  for (guint i = 0; i < 12; i++)
    {
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      g_assert_true (g_file_set_contents (path, "before", -1, NULL));
      if (i == 0)
        g_cancellable_cancel (cancellable);
      reshoot_image_save_async (image, file, &options, NULL,
                                cancellable, reshoot_test_ready_cb, &result);
      g_usleep (i * 2500);
      g_cancellable_cancel (cancellable);
      reshoot_test_await (&result);

      if (reshoot_image_save_finish (image, result, NULL, &error))
        {
          g_autoptr (GBytes) bytes = read_bytes (path);
          g_autoptr (ReshootImage) saved = picture_open (bytes);

          g_assert_cmpint (i, >, 0);
          g_assert_cmpint (reshoot_image_get_format (saved), ==, RESHOOT_IMAGE_FORMAT_TIFF);
        }
      else
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          assert_contents (path, before);
        }
      g_assert_cmpuint (count_files (folder), ==, 1);
    }
}

int
main (int    argc,
      char **argv)
{
  int status;

  picture_test_init (&argc, &argv);

  g_test_add_func ("/image-save/format-from-name", test_format_from_name);
  g_test_add_func ("/image-save/as-received", test_as_received);
  g_test_add_func ("/image-save/converted", test_converted);
  g_test_add_func ("/image-save/private", test_private);
  g_test_add_func ("/image-save/private/as-received", test_private_as_received);
  g_test_add_func ("/image-save/private/drops-comment-and-tail", test_private_drops_comment_and_tail);
  g_test_add_func ("/image-save/not-private", test_not_private);
  g_test_add_func ("/image-save/replaces", test_replaces);
  g_test_add_func ("/image-save/refused", test_refused);
  g_test_add_func ("/image-save/disk-ends", test_disk_ends);
  g_test_add_func ("/image-save/cancelled", test_cancelled);

  status = g_test_run ();
  vips_shutdown ();
  return status;
}
