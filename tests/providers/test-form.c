/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The body around pictures, read back by a reader that knows nothing of ours: the HTTP library's. */

#include "codec-fixtures.h"
#include "reshoot-form.h"
#include "reshoot-test.h"

#include <libsoup/soup.h>
#include <string.h>

static ReshootImage *
load_sample (void)
{
  g_autofree char *path = reshoot_test_sample ("shoe.jpg");
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  ReshootImage *image;
  char *data;
  gsize length;

  g_file_get_contents (path, &data, &length, &error);
  g_assert_no_error (error);
  bytes = g_bytes_new_take (data, length);
  image = reshoot_image_new_from_bytes (bytes, "shoe.jpg", &error);
  g_assert_no_error (error);
  return image;
}

static SoupMultipart *
read_back (ReshootCall *call)
{
  SoupMessageHeaders *headers = soup_message_headers_new (SOUP_MESSAGE_HEADERS_REQUEST);
  g_autoptr (GBytes) body = codec_fixtures_join (call);
  SoupMultipart *parts;

  soup_message_headers_replace (headers, "Content-Type", call->content_type);
  parts = soup_multipart_new_from_message (headers, body);
  soup_message_headers_unref (headers);
  g_assert_nonnull (parts);
  return parts;
}

static void
assert_part (SoupMultipart *parts,
             int            i,
             const char    *name,
             const char    *file_name,
             const char    *type,
             GBytes        *content)
{
  g_autoptr (GHashTable) fields = NULL;
  g_autofree char *disposition = NULL;
  SoupMessageHeaders *headers;
  GBytes *body;

  g_assert_true (soup_multipart_get_part (parts, i, &headers, &body));
  g_assert_true (soup_message_headers_get_content_disposition (headers, &disposition, &fields));
  g_assert_cmpstr (disposition, ==, "form-data");
  g_assert_cmpstr (g_hash_table_lookup (fields, "name"), ==, name);
  g_assert_cmpstr (g_hash_table_lookup (fields, "filename"), ==, file_name);
  g_assert_cmpstr (soup_message_headers_get_content_type (headers, NULL), ==, type);
  g_assert_true (g_bytes_equal (body, content));
}

static void
test_read_back (void)
{
  static const char words[] = "make it \"warm\"\r\n--reshoot-\r\n– 5 €";
  g_autoptr (ReshootForm) form = reshoot_form_new ();
  g_autoptr (ReshootImage) image = load_sample ();
  g_autoptr (SoupMultipart) parts = NULL;
  g_autoptr (GBytes) text = g_bytes_new_static (words, strlen (words));
  g_autoptr (GBytes) nothing = g_bytes_new_static (NULL, 0);
  g_auto (ReshootCall) call = { 0, };

  reshoot_form_add_text (form, "prompt", words);
  reshoot_form_add_picture (form, "image[]", "source", image);
  reshoot_form_add_text (form, "empty", "");
  reshoot_form_add_picture (form, "image[]", "reference-1", image);
  reshoot_form_fill_call (form, &call);

  g_assert_true (g_str_has_prefix (call.content_type, "multipart/form-data; boundary="));
  /* A large picture is not copied. */
  g_assert_true (g_ptr_array_find (call.pieces, reshoot_image_get_bytes (image), NULL));
  parts = read_back (&call);
  g_assert_cmpint (soup_multipart_get_length (parts), ==, 4);
  assert_part (parts, 0, "prompt", NULL, NULL, text);
  assert_part (parts, 1, "image[]", "source.jpg", "image/jpeg", reshoot_image_get_bytes (image));
  assert_part (parts, 2, "empty", NULL, NULL, nothing);
  assert_part (parts, 3, "image[]", "reference-1.jpg", "image/jpeg", reshoot_image_get_bytes (image));
}

/* Nobody gets to write a line of the head. */
static void
test_names (void)
{
  g_autoptr (ReshootForm) form = reshoot_form_new ();
  g_auto (ReshootCall) call = { 0, };
  g_autoptr (GBytes) whole = NULL;
  g_autofree char *body = NULL;

  reshoot_form_add_text (form, "a\"\r\nX-Evil: 1", "v");
  reshoot_form_fill_call (form, &call);
  whole = codec_fixtures_join (&call);
  body = g_strndup (g_bytes_get_data (whole, NULL), g_bytes_get_size (whole));

  g_assert_nonnull (strstr (body, "name=\"a%22%0D%0AX-Evil: 1\"\r\n"));
  g_assert_null (strstr (body, "\nX-Evil"));
}

/* Each form has a boundary of its own: who knows the last one cannot write the next one's end. */
static void
test_boundaries_differ (void)
{
  g_autoptr (ReshootForm) form = reshoot_form_new ();
  g_auto (ReshootCall) first = { 0, };
  g_auto (ReshootCall) second = { 0, };
  g_autoptr (GBytes) first_body = NULL;
  g_autoptr (GBytes) second_body = NULL;

  reshoot_form_add_text (form, "prompt", "warm it");
  reshoot_form_fill_call (form, &first);
  reshoot_form_fill_call (form, &second);

  first_body = codec_fixtures_join (&first);
  second_body = codec_fixtures_join (&second);
  g_assert_cmpstr (first.content_type, !=, second.content_type);
  g_assert_false (g_bytes_equal (first_body, second_body));
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/form/read-back", test_read_back);
  g_test_add_func ("/form/names", test_names);
  g_test_add_func ("/form/boundaries-differ", test_boundaries_differ);

  return g_test_run ();
}
