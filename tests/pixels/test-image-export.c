/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture on its way out: of the size, the sharpness, the colours and the format that were asked for, read back by
 * libvips itself, and what it says of itself read by exiftool. */

#include "pictures.h"
#include "reshoot-mark.h"
#include "reshoot-test.h"

#include <math.h>
#include <string.h>

#define PROJECT "0c962cb6-f8d2-4643-8b2f-fb645bad4030"
#define STEP    "1b962cb6-f8d2-4643-8b2f-fb645bad4031"

static const char *const endings[] = { "png", "jpg", "webp", "tiff", "avif", "jxl" };

typedef struct
{
  GFile     *file;
  VipsImage *vips;
} Saved;

static void
saved_clear (Saved *saved)
{
  g_autoptr (GFile) folder = g_file_get_parent (saved->file);

  g_clear_object (&saved->vips);
  g_file_delete (saved->file, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
  g_clear_object (&saved->file);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Saved, saved_clear)

/* Saves and reads it back with libvips' own loaders, which are no part of what is tested. */
static Saved
save (ReshootImage       *image,
      const char         *ending,
      ReshootSaveOptions  options,
      const ReshootMark  *mark)
{
  g_autofree char *name = g_strconcat ("out.", ending, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (VipsImage) file = NULL;
  g_autoptr (GError) error = NULL;
  Saved saved = { reshoot_test_temp_file (name), NULL };

  g_assert_true (reshoot_image_format_from_name (name, &options.format));
  reshoot_image_save_async (image, saved.file, &options, mark, NULL, reshoot_test_ready_cb,
                            &result);
  reshoot_test_await (&result);
  reshoot_image_save_finish (image, result, NULL, &error);
  g_assert_no_error (error);

  file = vips_image_new_from_file (g_file_peek_path (saved.file), NULL);
  g_assert_nonnull (file);
  saved.vips = vips_image_copy_memory (file);
  g_assert_nonnull (saved.vips);
  return saved;
}

static char *
dup_told (Saved      *saved,
          const char *tag)
{
  const char *argv[] = { "exiftool", "-s3", tag, g_file_peek_path (saved->file), NULL };
  g_autoptr (GError) error = NULL;
  char *out = NULL;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH | G_SPAWN_STDERR_TO_DEV_NULL, NULL,
                NULL, &out, NULL,
                NULL, &error);
  g_assert_no_error (error);
  return g_strstrip (out);
}

static gboolean
is_lossy (const char *ending)
{
  return !g_str_equal (ending, "png") && !g_str_equal (ending, "tiff");
}

/* Every format has the size that was asked for, long edge first, and never more pixels than there were. */
static void
test_sizes (void)
{
  /* Width, height, the long edge that is asked for; then what comes out on the other side. */
  static const int sizes[][4] = {
    { 300, 200, 150, 100 }, { 200, 301, 151, 100 }, { 300, 200, 300, 200 },
    { 300, 200, 5000, 200 }, { 300, 2, 30, 1 },
  };

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    for (guint j = 0; j < G_N_ELEMENTS (endings); j++)
      {
        g_autoptr (VipsImage) vips = picture_new_gradient (sizes[i][0], sizes[i][1], 3, FALSE);
        g_autoptr (ReshootImage) image = picture_new_image (vips, ".png");
        g_auto (Saved) saved = save (image, endings[j],
                                     (ReshootSaveOptions) { .long_edge = sizes[i][2] }, NULL);
        int edge = MIN (sizes[i][2], MAX (sizes[i][0], sizes[i][1]));

        g_assert_cmpint (MAX (saved.vips->Xsize, saved.vips->Ysize), ==, edge);
        g_assert_cmpint (MIN (saved.vips->Xsize, saved.vips->Ysize), ==, sizes[i][3]);
      }
}

/* One that can be drawn on. */
static VipsImage *
new_sheet (int        size,
           int        n_bands,
           const int *colour)
{
  g_autoptr (VipsImage) flat = picture_new_flat (size, size, n_bands, colour);
  VipsImage *sheet = vips_image_copy_memory (flat);

  g_assert_nonnull (sheet);
  return sheet;
}

static VipsImage *
new_stripes (int n_bands)
{
  VipsImage *vips = new_sheet (400, n_bands, (int[]) { 0, 0, 0, 255 });

  for (int y = 0; y < 400; y++)
    for (int x = 0; x < 400; x += 2)
      memset (VIPS_IMAGE_ADDR (vips, x, y), 255, 3);

  return vips;
}

/* Half of the light is 188 of 255, not 128: a picture of fine lines grows no darker by growing smaller. */
static void
test_linear (void)
{
  g_autoptr (VipsImage) stripes = new_stripes (3);
  g_autoptr (ReshootImage) image = picture_new_image (stripes, ".png");
  g_auto (Saved) saved = save (image, "png", (ReshootSaveOptions) { .long_edge = 100 }, NULL);

  for (int band = 0; band < 3; band++)
    {
      g_assert_cmpint (picture_get (saved.vips, 50, 50, band), >=, 186);
      g_assert_cmpint (picture_get (saved.vips, 50, 50, band), <=, 190);
    }
}

/* White on nothing, which is black: at the rim there is less white, and none of the black. */
static void
test_rim (void)
{
  g_autoptr (VipsImage) disc = new_sheet (400, 4, (int[]) { 0, 0, 0, 0 });
  g_autoptr (ReshootImage) image = NULL;
  guint n_rim = 0;

  for (int y = 0; y < 400; y++)
    for (int x = 0; x < 400; x++)
      if (hypot (x - 200, y - 200) < 150)
        memset (VIPS_IMAGE_ADDR (disc, x, y), 255, 4);

  image = picture_new_image (disc, ".png");
  {
    g_auto (Saved) saved = save (image, "png", (ReshootSaveOptions) { .long_edge = 100 }, NULL);

    for (int y = 0; y < 100; y++)
      for (int x = 0; x < 100; x++)
        if (picture_get (saved.vips, x, y, 3) > 4)
          {
            n_rim += picture_get (saved.vips, x, y, 3) < 250;
            g_assert_cmpint (picture_get (saved.vips, x, y, 0), >=, 254);
          }

    g_assert_cmpuint (n_rim, >, 50);
    g_assert_cmpint (picture_get (saved.vips, 50, 50, 3), ==, 255);
    g_assert_cmpint (picture_get (saved.vips, 2, 2, 3), ==, 0);
  }
}

/* Where nothing is, nothing is sharpened; at an edge both sides draw apart. */
static void
test_sharpen (void)
{
  g_autoptr (VipsImage) vips = new_sheet (60, 3, (int[]) { 90, 90, 90 });
  g_autoptr (ReshootImage) image = NULL;

  for (int y = 0; y < 60; y++)
    for (int x = 30; x < 60; x++)
      memset (VIPS_IMAGE_ADDR (vips, x, y), 160, 3);

  image = picture_new_image (vips, ".png");
  for (ReshootSharpen kind = RESHOOT_SHARPEN_NONE; kind <= RESHOOT_SHARPEN_PRINT; kind++)
    {
      g_auto (Saved) saved = save (image, "png", (ReshootSaveOptions) { .sharpen = kind }, NULL);
      int dark = picture_get (saved.vips, 29, 30, 1);
      int light = picture_get (saved.vips, 30, 30, 1);

      g_assert_cmpint (ABS (picture_get (saved.vips, 5, 30, 1) - 90), <=, 1);
      g_assert_cmpint (ABS (picture_get (saved.vips, 55, 30, 1) - 160), <=, 1);
      g_assert_true ((light - dark > 72) == (kind != RESHOOT_SHARPEN_NONE));
    }
}

static double
to_light (int level)
{
  double v = level / 255.0;

  return v <= 0.04045 ? v / 12.92 : pow ((v + 0.055) / 1.055, 2.4);
}

static int
to_level (double light)
{
  light = CLAMP (light, 0, 1);
  return (int) lround (255 * (light <= 0.0031308 ? 12.92 * light : 1.055 * pow (light,
                                                                                1 / 2.4) - 0.055));
}

/* From Display P3 to sRGB, whose curves are the same: the matrices of SMPTE EG 432-1 and IEC 61966-2-1, multiplied. */
static void
convert (const int *p3,
         int       *srgb)
{
  static const double matrix[3][3] = {
    { 1.2249401763, -0.2249401763, 0.0 },
    { -0.0420569547, 1.0420569547, 0.0 },
    { -0.0196375546, -0.0786360456, 1.0982736001 },
  };

  for (int i = 0; i < 3; i++)
    {
      double light = 0;

      for (int j = 0; j < 3; j++)
        light += matrix[i][j] * to_light (p3[j]);

      srgb[i] = to_level (light);
    }
}

/* The numbers after a conversion are those of the matrices, to a level; the same numbers stay where none was asked for;
 * and the file says which they are. */
static void
test_profiles (void)
{
  static const int colours[][3] = { { 200, 100, 60 }, { 40, 120, 90 }, { 128, 128, 128 },
                                    { 180, 170, 90 } };

  for (guint i = 0; i < G_N_ELEMENTS (colours); i++)
    for (guint j = 0; j < G_N_ELEMENTS (endings); j++)
      {
        g_autoptr (VipsImage) plain = picture_new_flat (64, 64, 3, colours[i]);
        g_autoptr (VipsImage) srgb = picture_to_profile (plain, "srgb");
        g_autoptr (VipsImage) tagged = NULL;
        g_autoptr (ReshootImage) image = NULL;
        int expected[3];
        int allowed = is_lossy (endings[j]) ? 4 : 1;

        /* P3's own numbers: what sRGB's become, and back by our matrices. */
        tagged = picture_to_profile (srgb, "p3");
        image = picture_new_image (tagged, ".png");
        convert ((int[]) { picture_get (tagged, 0, 0, 0), picture_get (tagged, 0, 0, 1),
                           picture_get (tagged, 0, 0, 2) },
                 expected);
        {
          ReshootSaveOptions to_srgb = { .quality = 95, .profile = RESHOOT_PROFILE_SRGB };
          ReshootSaveOptions keep = { .quality = 95 };
          g_auto (Saved) converted = save (image, endings[j], to_srgb, NULL);
          g_auto (Saved) kept = save (image, endings[j], keep, NULL);
          g_autofree char *name = dup_told (&converted, "-ProfileDescription");

          for (int band = 0; band < 3; band++)
            {
              int there = picture_get (converted.vips, 30, 30, band);
              int here = picture_get (kept.vips, 30, 30, band);

              g_assert_cmpint (ABS (there - expected[band]), <=, allowed);
              g_assert_cmpint (ABS (here - picture_get (tagged, 30, 30, band)), <=, allowed);
            }

          g_assert_null (strstr (name, "P3"));
          g_assert_true (g_str_equal (endings[j], "jxl") || *name != '\0');
        }
      }
}

/* A picture without a profile is sRGB: its numbers stay, and now it says so. */
static void
test_tagged (void)
{
  g_autoptr (VipsImage) vips = picture_new_gradient (64, 64, 3, FALSE);
  g_autoptr (ReshootImage) image = picture_new_image (vips, ".png");
  g_auto (Saved) saved = save (image, "png",
                               (ReshootSaveOptions) { .profile = RESHOOT_PROFILE_SRGB }, NULL);
  g_autofree char *name = dup_told (&saved, "-ProfileDescription");

  g_assert_nonnull (strstr (name, "RGB"));
  picture_assert_equal (saved.vips, vips);
}

/* Sixteen bits stay sixteen, and a conversion there and back loses next to none. */
static void
test_deep (void)
{
  g_autoptr (VipsImage) plain = picture_new_gradient (64, 64, 3, TRUE);
  g_autoptr (ReshootImage) image = picture_new_image (plain, ".png");
  g_auto (Saved) small = save (image, "tiff", (ReshootSaveOptions) { .long_edge = 32 }, NULL);
  g_auto (Saved) p3 = save (image, "png", (ReshootSaveOptions) { .profile = RESHOOT_PROFILE_P3 },
                            NULL);
  g_autofree char *name = dup_told (&p3, "-ProfileDescription");

  g_assert_cmpint (small.vips->BandFmt, ==, VIPS_FORMAT_USHORT);
  g_assert_cmpint (p3.vips->BandFmt, ==, VIPS_FORMAT_USHORT);
  g_assert_nonnull (strstr (name, "P3"));
}

/* What a file holds beside its picture, in one line. */
static char *
dup_beside (GFile *file)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) beside = NULL;

  reshoot_image_list_beside_async (file, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  beside = reshoot_image_list_beside_finish (result, &error);
  g_assert_no_error (error);
  return g_strjoinv (", ", beside);
}

/* Where it came from is in every format, and in none that is private; exiftool reads it so, and so do we. */
static void
test_told (void)
{
  g_autoptr (VipsImage) vips = picture_new_gradient (120, 80, 3, FALSE);
  g_autoptr (ReshootImage) image = picture_new_image (vips, ".png");
  g_autoptr (ReshootMark) mark = reshoot_mark_new (PROJECT, STEP, 7);

  reshoot_mark_set_edits (mark, "[{\"model\":\"secret-model\"}]", TRUE);
  for (guint i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      g_auto (Saved) open = save (image, endings[i], (ReshootSaveOptions) { .long_edge = 60 },
                                  mark);
      g_auto (Saved) private = save (image, endings[i], (ReshootSaveOptions) { .private_ = TRUE },
                                     mark);
      g_autofree char *project = dup_told (&open, "-XMP-reshoot:Project");
      g_autofree char *source = dup_told (&open, "-XMP-iptcExt:DigitalSourceType");
      g_autofree char *size = dup_told (&open, "-ImageSize");
      g_autofree char *xmp = dup_told (&private, "-XMP:all");
      g_autofree char *exif = dup_told (&private, "-ExifIFD:all");
      g_autofree char *beside_open = dup_beside (open.file);
      g_autofree char *beside_private = dup_beside (private.file);
      g_autoptr (GBytes) contents = g_file_load_bytes (private.file, NULL, NULL, NULL);

      g_test_message ("%s", endings[i]);
      g_assert_cmpstr (project, ==, PROJECT);
      g_assert_nonnull (strstr (source, "TrainedAlgorithmicMedia"));
      g_assert_cmpstr (size, ==, "60x40");
      g_assert_cmpstr (xmp, ==, "");
      g_assert_cmpstr (exif, ==, "");
      g_assert_false (picture_contains (contents, "secret-model"));
      g_assert_cmpstr (beside_open, !=, "");
      g_assert_cmpstr (beside_private, ==, "");
    }
}

/* A photo as a camera writes it, lying on its side. @order: of the bytes of its EXIF, "II" or "MM" */
static ReshootImage *
new_photo (const char *order)
{
  g_autofree char *bytes_order = g_strconcat ("-ExifByteOrder=", order, NULL);
  g_autoptr (VipsImage) vips = picture_new_gradient (120, 80, 3, FALSE);
  g_autoptr (GBytes) plain = picture_encode (vips, ".jpg");
  g_autoptr (GFile) file = reshoot_test_temp_file ("photo.jpg");
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  const char *argv[] = { "exiftool", "-q", "-overwrite_original", bytes_order, "-Artist=Somebody", "-n",
                         "-Orientation=6", "-ISO=200", "-FNumber=2.8", "-GPSLatitude=48.5",
                         "-GPSLatitudeRef=N", g_file_peek_path (file), NULL };

  g_file_set_contents (g_file_peek_path (file), g_bytes_get_data (plain, NULL),
                       (gssize) g_bytes_get_size (plain), &error);
  g_assert_no_error (error);
  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL, NULL, NULL, NULL,
                &error);
  g_assert_no_error (error);
  bytes = g_file_load_bytes (file, NULL, NULL, &error);
  g_assert_no_error (error);
  g_file_delete (file, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
  return picture_open (bytes);
}

/* What the camera said stays in every format; not so on which side the picture lay: it stands upright now. */
static void
test_exif (void)
{
  g_autoptr (ReshootImage) intel = new_photo ("II");
  g_autoptr (ReshootImage) motorola = new_photo ("MM");

  for (guint i = 0; i < 2 * G_N_ELEMENTS (endings); i++)
    {
      ReshootImage *photo = i < G_N_ELEMENTS (endings) ? intel : motorola;
      const char *ending = endings[i % G_N_ELEMENTS (endings)];
      g_auto (Saved) open = save (photo, ending, (ReshootSaveOptions) { .long_edge = 60 },
                                  NULL);
      g_auto (Saved) private = save (photo, ending, (ReshootSaveOptions) { .private_ = TRUE },
                                     NULL);
      g_autofree char *artist = dup_told (&open, "-EXIF:Artist");
      g_autofree char *iso = dup_told (&open, "-EXIF:ISO");
      g_autofree char *stop = dup_told (&open, "-EXIF:FNumber");
      g_autofree char *place = dup_told (&open, "-GPS:GPSLatitude");
      g_autofree char *side = dup_told (&open, "-EXIF:Orientation");
      g_autofree char *size = dup_told (&open, "-ImageSize");
      g_autofree char *hidden = dup_told (&private, "-EXIF:Artist");
      g_autofree char *beside = dup_beside (private.file);

      g_test_message ("%s", ending);
      g_assert_cmpstr (artist, ==, "Somebody");
      g_assert_cmpstr (iso, ==, "200");
      g_assert_cmpstr (stop, ==, "2.8");
      g_assert_true (g_str_has_prefix (place, "48 deg 30"));
      g_assert_true (*side == '\0' || g_str_equal (side, "Horizontal (normal)"));
      g_assert_cmpstr (size, ==, "40x60");
      g_assert_cmpstr (hidden, ==, "");
      g_assert_cmpstr (beside, ==, "");
    }
}

/* Hidden in a box, behind the end, or in no box at all: it is named. */
static void
test_boxes (void)
{
  static const guint8 part[] = "\0\0\0\x0c" "udtaName";
  static const char *const boxed[] = { "avif", "jxl" };
  g_autoptr (ReshootImage) photo = new_photo ("II");

  for (guint i = 0; i < G_N_ELEMENTS (boxed); i++)
    {
      g_auto (Saved) saved = save (photo, boxed[i], (ReshootSaveOptions) { 0 }, NULL);
      g_autoptr (GBytes) whole = g_file_load_bytes (saved.file, NULL, NULL, NULL);
      gsize length = g_bytes_get_size (whole);
      g_autofree guint8 *longer = g_malloc (length + 12);

      memcpy (longer, g_bytes_get_data (whole, NULL), length);
      memcpy (longer + length, part, 12);
      for (gsize more = 7; more <= 12; more += 5)
        {
          g_autofree char *beside = NULL;

          g_file_set_contents (g_file_peek_path (saved.file), (char *) longer,
                               (gssize) (length + more), NULL);
          beside = dup_beside (saved.file);
          g_assert_nonnull (strstr (beside, i == 0 ? "item Exif" : "box Exif"));
          g_assert_nonnull (strstr (beside, more == 7 ? "behind the end" : "box udta"));
        }

      /* Cut anywhere it is a sentence, not a crash; without its pixels it is no picture. */
      for (gsize n = 12; n < length; n += 1 + n / 40)
        {
          g_autoptr (GAsyncResult) result = NULL;
          g_auto (GStrv) beside = NULL;
          g_autoptr (GError) error = NULL;

          g_file_set_contents (g_file_peek_path (saved.file), (char *) longer, (gssize) n, NULL);
          reshoot_image_list_beside_async (saved.file, NULL, reshoot_test_ready_cb, &result);
          reshoot_test_await (&result);
          beside = reshoot_image_list_beside_finish (result, &error);
          g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
        }
    }
}

/* The bytes of a picture with @part put in at @at. */
static ReshootImage *
new_with_part (GBytes     *bytes,
               gsize       at,
               const void *part,
               gsize       n)
{
  GByteArray *out = g_byte_array_new ();
  gsize length;
  const guint8 *data = g_bytes_get_data (bytes, &length);
  g_autoptr (GBytes) whole = NULL;

  g_byte_array_append (out, data, (guint) at);
  g_byte_array_append (out, part, (guint) n);
  g_byte_array_append (out, data + at, (guint) (length - at));
  whole = g_byte_array_free_to_bytes (out);
  return picture_open (whole);
}

/* A manifest is seen, and what could keep it is not touched by as much as a mark; anything else loses it. */
static void
test_credentials (void)
{
  static const guint8 segment[] = "\xff\xeb\0\x20JP\0\1\0\0\0\1\0\0\0\x16jumb\0\0\0\x0ejumdc2pa\0\0";
  static const guint8 other[] = "\xff\xeb\0\x20JP\0\1\0\0\0\1\0\0\0\x16jumb\0\0\0\x0ejumdabcd\0\0";
  static const guint8 chunk[] = "\0\0\0\x04" "caBXc2pa\0\0\0\0";
  g_autoptr (VipsImage) vips = picture_new_gradient (120, 80, 3, FALSE);
  g_autoptr (GBytes) jpeg = picture_encode (vips, ".jpg");
  g_autoptr (GBytes) png = picture_encode (vips, ".png");
  g_autoptr (ReshootImage) plain = picture_open (jpeg);
  g_autoptr (ReshootImage) in_jpeg = new_with_part (jpeg, 2, segment, 34);
  g_autoptr (ReshootImage) in_other = new_with_part (jpeg, 2, other, 34);
  g_autoptr (ReshootImage) in_png = new_with_part (png, 33, chunk, 16);
  g_autoptr (ReshootMark) mark = reshoot_mark_new (PROJECT, STEP, 7);

  g_assert_false (reshoot_image_has_credentials (plain));
  g_assert_true (reshoot_image_has_credentials (in_jpeg));
  g_assert_false (reshoot_image_has_credentials (in_other));
  g_assert_true (reshoot_image_has_credentials (in_png));

  {
    g_auto (Saved) kept = save (in_jpeg, "jpg", (ReshootSaveOptions) { 0 }, mark);
    g_auto (Saved) marked = save (in_other, "jpg", (ReshootSaveOptions) { 0 }, mark);
    g_auto (Saved) private = save (in_jpeg, "jpg", (ReshootSaveOptions) { .private_ = TRUE }, mark);
    g_autoptr (GBytes) bytes = g_file_load_bytes (kept.file, NULL, NULL, NULL);
    g_autoptr (GBytes) hidden = g_file_load_bytes (private.file, NULL, NULL, NULL);
    g_autofree char *project = dup_told (&marked, "-XMP-reshoot:Project");

    g_assert_true (g_bytes_equal (bytes, reshoot_image_get_bytes (in_jpeg)));
    g_assert_cmpstr (project, ==, PROJECT);
    g_assert_false (picture_contains (hidden, "c2pa"));
  }
}

static void
test_cancelled (void)
{
  g_autoptr (VipsImage) vips = picture_new_gradient (900, 900, 4, FALSE);
  g_autoptr (ReshootImage) image = picture_new_image (vips, ".png");

  for (guint i = 0; i < 12; i++)
    {
      ReshootSaveOptions options = { RESHOOT_IMAGE_FORMAT_PNG, 0, FALSE, 500, RESHOOT_SHARPEN_PRINT,
                                     RESHOOT_PROFILE_P3 };
      g_autoptr (GFile) file = reshoot_test_temp_file ("out.png");
      g_autoptr (GFile) folder = g_file_get_parent (file);
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;

      if (i == 0)
        g_cancellable_cancel (cancellable);
      reshoot_image_save_async (image, file, &options, NULL, cancellable, reshoot_test_ready_cb,
                                &result);
      for (guint turn = 0; result == NULL && turn < i * i * 2000; turn++)
        g_main_context_iteration (NULL, FALSE);

      g_cancellable_cancel (cancellable);
      reshoot_test_await (&result);
      if (!reshoot_image_save_finish (image, result, NULL, &error))
        {
          g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
          g_assert_false (g_file_query_exists (file, NULL));
        }

      g_file_delete (file, NULL, NULL);
      g_assert_true (g_file_delete (folder, NULL, NULL));
    }
}

int
main (int    argc,
      char **argv)
{
  picture_test_init (&argc, &argv);
  g_type_class_unref (g_type_class_ref (RESHOOT_TYPE_IMAGE));
  vips_operation_block_set ("VipsForeignLoadJxl", FALSE);
  g_test_add_func ("/export/sizes", test_sizes);
  g_test_add_func ("/export/linear", test_linear);
  g_test_add_func ("/export/rim", test_rim);
  g_test_add_func ("/export/sharpen", test_sharpen);
  g_test_add_func ("/export/profiles", test_profiles);
  g_test_add_func ("/export/tagged", test_tagged);
  g_test_add_func ("/export/deep", test_deep);
  g_test_add_func ("/export/told", test_told);
  g_test_add_func ("/export/exif", test_exif);
  g_test_add_func ("/export/boxes", test_boxes);
  g_test_add_func ("/export/credentials", test_credentials);
  g_test_add_func ("/export/cancelled", test_cancelled);
  return g_test_run ();
}
