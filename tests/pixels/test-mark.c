/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The mark of an exported picture: it is in every format, costs no pixel, leaves what others wrote, goes with
 * everything else where nothing is to be told, and a stranger's is read with care. */

#include "reshoot-image-private.h"
#include "reshoot-mark-private.h"
#include "reshoot-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define PROJECT "0d4a7a9e-5f0c-4b5e-9a52-6a9a3c1b7f10"
#define STEP "7b1f6f0e-1c55-4a7c-8f6e-0b2f0f6d9a21"
#define OTHER "11111111-2222-4333-8444-555555555555"

static VipsImage *
make_pixels (int bands)
{
  g_autoptr (VipsImage) noise = NULL;
  g_autoptr (VipsImage) byte = NULL;
  VipsImage *joined = NULL;
  VipsImage *parts[4];

  g_type_ensure (RESHOOT_TYPE_IMAGE);
  g_assert_cmpint (vips_gaussnoise (&noise, 41, 23, "sigma", 30.0, "mean", 128.0, "seed", 3, NULL), ==, 0);
  g_assert_cmpint (vips_cast_uchar (noise, &byte, NULL), ==, 0);
  for (int i = 0; i < bands; i++)
    parts[i] = byte;
  g_assert_cmpint (vips_bandjoin (parts, &joined, bands, NULL), ==, 0);
  joined->Type = VIPS_INTERPRETATION_sRGB;
  return joined;
}

static ReshootImage *
encode (VipsImage          *pixels,
        ReshootImageFormat  format)
{
  g_autoptr (GError) error = NULL;
  ReshootImage *image = reshoot_image_new_from_vips (pixels, format, 0, NULL, &error);

  g_assert_no_error (error);
  return image;
}

static ReshootImage *
mark (ReshootImage *image,
      const char   *step,
      gint64        number)
{
  g_autoptr (ReshootMark) self = reshoot_mark_new (PROJECT, step, number);
  g_autoptr (GBytes) bytes = reshoot_mark_apply (self, reshoot_image_get_bytes (image),
                                                 reshoot_image_get_format (image));
  g_autoptr (GError) error = NULL;
  ReshootImage *marked;

  g_assert_nonnull (bytes);
  marked = reshoot_image_new_from_bytes (bytes, "marked", &error);
  g_assert_no_error (error);
  g_assert_true (reshoot_image_check (marked, NULL, &error));
  g_assert_no_error (error);
  return marked;
}

static void
assert_mark (ReshootImage *image,
             const char   *step,
             gint64        number)
{
  g_autoptr (ReshootMark) found = reshoot_image_dup_mark (image);

  g_assert_nonnull (found);
  g_assert_cmpstr (found->project, ==, PROJECT);
  g_assert_cmpstr (found->step, ==, step);
  g_assert_cmpint (found->number, ==, number);
}

static void
assert_same_pixels (ReshootImage *a,
                    ReshootImage *b)
{
  g_autoptr (VipsImage) pixels_a = reshoot_image_dup_vips (a, NULL);
  g_autoptr (VipsImage) pixels_b = reshoot_image_dup_vips (b, NULL);
  g_autoptr (VipsImage) difference = NULL;
  double most;

  g_assert_cmpint (vips_subtract (pixels_a, pixels_b, &difference, NULL), ==, 0);
  g_assert_cmpint (vips_image_get_width (pixels_a), ==, vips_image_get_width (pixels_b));
  g_assert_cmpint (vips_image_get_bands (pixels_a), ==, vips_image_get_bands (pixels_b));
  g_assert_cmpint (vips_deviate (difference, &most, NULL), ==, 0);
  g_assert_cmpfloat (most, ==, 0);
  g_assert_cmpint (vips_avg (difference, &most, NULL), ==, 0);
  g_assert_cmpfloat (most, ==, 0);
}

/* Every format, with and without transparency; a second mark replaces the first. */
static void
test_formats (void)
{
  for (int format = RESHOOT_IMAGE_FORMAT_PNG; format <= RESHOOT_IMAGE_FORMAT_TIFF; format++)
    for (int bands = 3; bands <= 4; bands++)
      {
        g_autoptr (VipsImage) pixels = make_pixels (bands);
        g_autoptr (ReshootImage) plain = encode (pixels, format);
        g_autoptr (ReshootImage) once = mark (plain, STEP, 3);
        g_autoptr (ReshootImage) twice = mark (once, OTHER, G_MAXINT64);

        g_assert_null (reshoot_image_dup_mark (plain));
        assert_mark (once, STEP, 3);
        assert_same_pixels (plain, once);
        assert_mark (twice, OTHER, G_MAXINT64);
        assert_same_pixels (plain, twice);
        if (format != RESHOOT_IMAGE_FORMAT_TIFF)
          g_assert_cmpuint (g_bytes_get_size (reshoot_image_get_bytes (twice)), <,
                            g_bytes_get_size (reshoot_image_get_bytes (once)) + 32);
      }
}

/* Encoders that write no extensions, and TIFF the other way round and large. */
static void
test_variants (void)
{
  g_autoptr (VipsImage) pixels = make_pixels (3);
  void *data[3] = { NULL };
  size_t length[3];

  g_assert_cmpint (vips_webpsave_buffer (pixels, &data[0], &length[0], "lossless", TRUE, "strip", TRUE,
                                         NULL), ==, 0);
  g_assert_cmpint (vips_tiffsave_buffer (pixels, &data[1], &length[1], "bigtiff", TRUE, NULL), ==, 0);
  g_assert_cmpint (vips_webpsave_buffer (pixels, &data[2], &length[2], "strip", TRUE, NULL), ==, 0);
  for (guint i = 0; i < G_N_ELEMENTS (data); i++)
    {
      g_autoptr (GBytes) bytes = g_bytes_new_with_free_func (data[i], length[i], g_free, data[i]);
      g_autoptr (ReshootImage) plain = reshoot_image_new_from_bytes (bytes, NULL, NULL);
      g_autoptr (ReshootImage) marked = mark (plain, STEP, 9);

      assert_mark (marked, STEP, 9);
      assert_same_pixels (plain, marked);
    }
}

static ReshootImage *
with_packet (const char         *packet,
             ReshootImageFormat  format)
{
  g_autoptr (VipsImage) pixels = make_pixels (3);
  g_autoptr (ReshootImage) plain = encode (pixels, format);
  GBytes *encoded = reshoot_image_get_bytes (plain);
  g_autoptr (GBytes) bytes = reshoot_mark_put_packet (encoded, format, packet);
  g_autoptr (GError) error = NULL;
  ReshootImage *image;

  g_assert_nonnull (bytes);
  image = reshoot_image_new_from_bytes (bytes, NULL, &error);
  g_assert_no_error (error);
  return image;
}

#define HEAD "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
#define TAIL "</rdf:RDF></x:xmpmeta>"
#define NS "https://reshoot.github.io/ns/1.0/"

/* The photographer's rights are not ours to drop. */
static void
test_others (void)
{
  for (int format = RESHOOT_IMAGE_FORMAT_PNG; format <= RESHOOT_IMAGE_FORMAT_TIFF; format++)
    {
      g_autoptr (ReshootImage) image = with_packet (HEAD "<rdf:Description"
                                                    " xmlns:dc=\"http://purl.org/dc/elements/1.1/\""
                                                    " dc:rights=\"Someone\"/>" TAIL, format);
      g_autoptr (ReshootImage) marked = mark (image, STEP, 4);
      GBytes *bytes = reshoot_image_get_bytes (marked);
      g_autoptr (VipsImage) vips = reshoot_image_open_bytes (bytes, format, 1);
      const void *data;
      gsize length;

      assert_mark (marked, STEP, 4);
      g_assert_cmpint (vips_image_get_blob (vips, VIPS_META_XMP_NAME, &data, &length), ==, 0);
      g_assert_nonnull (g_strstr_len (data, (gssize) length, "Someone"));
    }
}

/* As other programs write the same, and as nobody should. */
static void
test_strangers (void)
{
  static const struct
  {
    const char *packet;
    gboolean    is_mark;
  } table[] = {
    { HEAD "<rdf:Description xmlns:q=\"" NS "\"><q:Project>" PROJECT "</q:Project><q:Step> " STEP "\n</q:Step>"
      "<q:Number>3</q:Number></rdf:Description>" TAIL, TRUE },
    { HEAD "<rdf:Description xmlns:q=\"" NS "\" q:Number=\"3\" q:Step=\"" STEP "\" q:Project=\"" PROJECT "\"/>" TAIL,
      TRUE },
    { HEAD "<rdf:Description xmlns:q=\"http://other/\" q:Number=\"3\" q:Step=\"" STEP "\" q:Project=\"" PROJECT "\"/>"
      TAIL, FALSE },
    { HEAD "<rdf:Description xmlns:q=\"" NS "\" q:Number=\"0\" q:Step=\"" STEP "\" q:Project=\"" PROJECT "\"/>" TAIL,
      FALSE },
    { HEAD "<rdf:Description xmlns:q=\"" NS "\" q:Number=\"3\" q:Step=\"../../etc\" q:Project=\"" PROJECT "\"/>" TAIL,
      FALSE },
    { HEAD "<rdf:Description xmlns:q=\"" NS "\" q:Number=\"3\" q:Step=\"" STEP "\"/>" TAIL, FALSE },
    { HEAD "<rdf:Description xmlns:q=\"" NS "\" q:Number=\"3\" q:Step=\"" STEP "\" q:Project=\"" PROJECT "\"/>",
      FALSE },
    { "<!DOCTYPE a [<!ENTITY b \"" PROJECT "\">]>" HEAD "<rdf:Description xmlns:q=\"" NS "\" q:Number=\"3\" q:Step=\""
      STEP "\" q:Project=\"&b;\"/>" TAIL, FALSE },
    { NS, FALSE },
    { "", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (ReshootImage) image = with_packet (table[i].packet, RESHOOT_IMAGE_FORMAT_PNG);
      g_autoptr (ReshootMark) found = reshoot_image_dup_mark (image);

      g_test_message ("%u", i);
      g_assert_cmpint (found != NULL, ==, table[i].is_mark);
    }
}

/* Deep and large: told no, and quickly. */
static void
test_hostile (void)
{
  g_autoptr (GString) deep = g_string_new (NS);
  g_autoptr (GString) large = g_string_new (NS);
  g_autoptr (ReshootImage) a = NULL;
  g_autoptr (ReshootImage) b = NULL;
  g_autoptr (ReshootMark) ours = reshoot_mark_new (PROJECT, STEP, 1);

  for (guint i = 0; i < 100000; i++)
    g_string_append (deep, "<a>");
  while (large->len < 2 * 1024 * 1024)
    g_string_append_c (large, ' ');

  a = with_packet (deep->str, RESHOOT_IMAGE_FORMAT_PNG);
  b = with_packet (large->str, RESHOOT_IMAGE_FORMAT_PNG);
  g_assert_null (reshoot_image_dup_mark (a));
  g_assert_null (reshoot_image_dup_mark (b));

  /* What cannot be understood is left alone, not thrown away. */
  g_assert_null (reshoot_mark_apply (ours, reshoot_image_get_bytes (b), RESHOOT_IMAGE_FORMAT_PNG));
}

/* Cut short anywhere, bytes are never read behind their end. */
static void
test_cut (void)
{
  G_GNUC_UNUSED g_autoptr (ReshootMark) ours = reshoot_mark_new (PROJECT, STEP, 1);
  g_autoptr (VipsImage) pixels = make_pixels (3);

  for (int format = RESHOOT_IMAGE_FORMAT_PNG; format <= RESHOOT_IMAGE_FORMAT_TIFF; format++)
    {
      g_autoptr (ReshootImage) image = encode (pixels, format);
      GBytes *bytes = reshoot_image_get_bytes (image);

      for (gsize length = 0; length < g_bytes_get_size (bytes); length += 1 + length / 16)
        {
          g_autofree guint8 *copy = g_memdup2 (g_bytes_get_data (bytes, NULL), length);
          g_autoptr (GBytes) cut = g_bytes_new_static (copy, length);
          g_autoptr (GBytes) marked = reshoot_mark_put_packet (cut, format, "<x/>");

          g_assert_true (marked == NULL || g_bytes_get_size (marked) > length);
        }
    }
}

/* Through a file, from one format to another; and not at all where nothing is to be told. */
static void
test_save (void)
{
  static const char *const names[] = { "a.png", "a.jpg", "a.webp", "a.tif" };
  g_autoptr (VipsImage) pixels = make_pixels (3);
  g_autoptr (ReshootImage) source = encode (pixels, RESHOOT_IMAGE_FORMAT_PNG);
  g_autoptr (ReshootMark) ours = reshoot_mark_new (PROJECT, STEP, 12);

  for (int i = 0; i < (int) G_N_ELEMENTS (names) * 2; i++)
    {
      gboolean private_ = i % 2 == 1;
      ReshootSaveOptions options = { .format = i / 2, .private_ = private_ };
      g_autoptr (GFile) file = reshoot_test_temp_file (names[i / 2]);
      g_autoptr (GFile) folder = g_file_get_parent (file);
      g_autoptr (GAsyncResult) saved = NULL;
      g_autoptr (GAsyncResult) loaded = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootImage) image = NULL;
      g_autofree char *digest = NULL;

      reshoot_image_save_async (source, file, &options, ours, NULL, reshoot_test_ready_cb,
                                &saved);
      reshoot_test_await (&saved);
      g_assert_true (reshoot_image_save_finish (source, saved, &digest, &error));
      g_assert_no_error (error);

      reshoot_image_load_async (file, NULL, reshoot_test_ready_cb, &loaded);
      reshoot_test_await (&loaded);
      image = reshoot_image_load_finish (loaded, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (reshoot_image_get_digest (image), ==, digest);
      if (private_)
        g_assert_null (reshoot_image_dup_mark (image));
      else
        assert_mark (image, STEP, 12);

      g_file_delete (file, NULL, NULL);
      g_file_delete (folder, NULL, NULL);
    }
}

static char *
dup_packet (ReshootImage *image)
{
  g_autoptr (VipsImage) pixels = reshoot_image_dup_vips (image, NULL);
  const void *data;
  gsize length;

  g_assert_cmpint (vips_image_get_blob (pixels, VIPS_META_XMP_NAME, &data, &length), ==, 0);
  return g_strndup (data, length);
}

static guint
count (const char *text,
       const char *part)
{
  guint n = 0;

  for (const char *at = strstr (text, part); at != NULL; at = strstr (at + 1, part))
    n++;

  return n;
}

/* How it was made stands in the mark, and who asks the press's question gets one answer. */
static void
test_edits (void)
{
  static const char *const theirs[] = {
    " Iptc4xmpExt:DigitalSourceType=\"digitalCapture\"/>",
    "><Iptc4xmpExt:DigitalSourceType>digitalCapture</Iptc4xmpExt:DigitalSourceType></rdf:Description>",
    "><Iptc4xmpExt:DigitalSourceType rdf:resource='digitalCapture'/></rdf:Description>",
  };
  g_autoptr (VipsImage) pixels = make_pixels (3);
  g_autoptr (ReshootImage) plain = encode (pixels, RESHOOT_IMAGE_FORMAT_JPEG);

  for (guint i = 0; i < G_N_ELEMENTS (theirs); i++)
    {
      g_autofree char *packet = g_strdup_printf (
        "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\"><rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
        "<rdf:Description rdf:about=\"\" xmlns:Iptc4xmpExt=\"http://iptc.org/std/Iptc4xmpExt/2008-02-29/\""
        " xmlns:xmp=\"http://ns.adobe.com/xap/1.0/\" xmp:Rating=\"3\"%s</rdf:RDF></x:xmpmeta>", theirs[i]);
      g_autoptr (GBytes) bytes = reshoot_mark_put_packet (reshoot_image_get_bytes (plain),
                                                          RESHOOT_IMAGE_FORMAT_JPEG, packet);
      g_autoptr (ReshootMark) self = reshoot_mark_new (PROJECT, STEP, 3);
      g_autoptr (ReshootMark) copy = NULL;
      g_autoptr (GBytes) marked = NULL;
      g_autoptr (GBytes) twice = NULL;
      g_autoptr (ReshootImage) image = NULL;
      g_autofree char *text = NULL;

      reshoot_mark_set_edits (self, "[{\"instruction\":\"<a> & \\\"b\\\" /> it\"}]", TRUE);
      copy = reshoot_mark_copy (self);
      marked = reshoot_mark_apply (copy, bytes, RESHOOT_IMAGE_FORMAT_JPEG);
      twice = reshoot_mark_apply (copy, marked, RESHOOT_IMAGE_FORMAT_JPEG);
      image = reshoot_image_new_from_bytes (twice, "marked", NULL);
      assert_mark (image, STEP, 3);
      text = dup_packet (image);
      g_assert_cmpuint (count (text, "digitalCapture"), ==, 0);
      g_assert_cmpuint (count (text, "compositeWithTrainedAlgorithmicMedia"), ==, 1);
      g_assert_cmpuint (count (text, "reshoot:Edits"), ==, 1);
      g_assert_cmpuint (count (text, "xmp:Rating=\"3\""), ==, 1);
      g_assert_null (strstr (text, "<a>"));
    }
}

static void
assert_beside (GBytes     *bytes,
               const char *wanted)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = reshoot_image_new_from_bytes (bytes, "looked-at", &error);
  g_auto (GStrv) beside = NULL;
  g_autofree char *names = NULL;

  g_assert_no_error (error);
  beside = reshoot_image_list_beside (image);
  names = g_strjoinv (", ", beside);
  g_assert_cmpstr (names, ==, wanted);
}

static GBytes *
dup_with (GBytes     *bytes,
          gsize       at,
          const char *part,
          gsize       length)
{
  GByteArray *array = g_byte_array_new ();
  gsize size;
  const guint8 *data = g_bytes_get_data (bytes, &size);

  g_byte_array_append (array, data, (guint) at);
  g_byte_array_append (array, (const guint8 *) part, (guint) length);
  g_byte_array_append (array, data + at, (guint) (size - at));
  return g_byte_array_free_to_bytes (array);
}

/* What a file tells beside its pixels is found by looking at all of it, not for what is known to tell. */
static void
test_beside (void)
{
  static const char *const marked_names[] = { "chunk iTXt", "segment http://ns.adobe.com/", "chunk XMP",
                                              "tag XMP" };
  g_autoptr (VipsImage) pixels = make_pixels (3);

  for (int format = RESHOOT_IMAGE_FORMAT_PNG; format <= RESHOOT_IMAGE_FORMAT_TIFF; format++)
    {
      g_autoptr (GBytes) private_ = reshoot_image_encode (pixels, format, 0, TRUE, NULL, NULL);
      g_autoptr (ReshootImage) plain = reshoot_image_new_from_bytes (private_, "plain", NULL);
      g_autoptr (ReshootImage) marked = mark (plain, STEP, 3);
      gsize size = g_bytes_get_size (private_);
      g_autoptr (GBytes) longer = dup_with (private_, size, "and more", 8);

      assert_beside (private_, "");
      assert_beside (reshoot_image_get_bytes (marked), marked_names[format]);
      if (format != RESHOOT_IMAGE_FORMAT_TIFF)
        assert_beside (longer, "behind the end");
      if (format == RESHOOT_IMAGE_FORMAT_JPEG)
        {
          /* A comment, and a manifest of provenance, which nothing here knows. */
          g_autoptr (GBytes) comment = dup_with (private_, 2, "\xff\xfe\x00\x04hi", 6);
          g_autoptr (GBytes) manifest = dup_with (private_, 2, "\xff\xeb\x00\x06JP\0\0", 8);

          assert_beside (comment, "comment");
          assert_beside (manifest, "segment JP");
        }
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/mark/formats", test_formats);
  g_test_add_func ("/mark/variants", test_variants);
  g_test_add_func ("/mark/others", test_others);
  g_test_add_func ("/mark/strangers", test_strangers);
  g_test_add_func ("/mark/hostile", test_hostile);
  g_test_add_func ("/mark/cut", test_cut);
  g_test_add_func ("/mark/save", test_save);
  g_test_add_func ("/mark/beside", test_beside);
  g_test_add_func ("/mark/edits", test_edits);

  return g_test_run ();
}
