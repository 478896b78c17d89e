/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The dialect of stable-diffusion.cpp's jobs against files alone. */

#include "codec-fixtures.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-sdserver.h"
#include "reshoot-test.h"

#include <string.h>

#define TICKET "{\"id\":\"j-1\"}"

static const CodecFixtures fixtures = { "sdserver", reshoot_sdserver_new, TICKET, 52, NULL };

static void
assert_pictures (JsonObject   *body,
                 ReshootImage *const *pictures,
                 guint         n)
{
  JsonArray *sent = reshoot_json_get_array (body, "ref_images");

  g_assert_cmpuint (json_array_get_length (sent), ==, n);
  for (guint i = 0; i < n; i++)
    {
      gsize length;
      guint8 *data = g_base64_decode (json_array_get_string_element (sent, i), &length);
      g_autoptr (GBytes) bytes = g_bytes_new_take (data, length);

      g_assert_true (g_bytes_equal (bytes, reshoot_image_get_bytes (pictures[i])));
    }

  json_object_remove_member (body, "ref_images");
}

static const struct
{
  const char *parameters;
  const char *body;
} bodies[] = {
  { "{}", "{\"prompt\":\"make it “warm”\",\"width\":1440,\"height\":1080,\"batch_count\":1,\"seed\":-1,"
          "\"output_format\":\"png\",\"sample_params\":{\"sample_steps\":20,\"sample_method\":\"euler\","
          "\"guidance\":{\"txt_cfg\":1.0,\"distilled_guidance\":2.5}}}" },
  { "{\"seed\":7,\"steps\":28,\"guidance\":3.5,\"output_format\":\"jpeg\"}",
    "{\"prompt\":\"make it “warm”\",\"width\":1440,\"height\":1080,\"batch_count\":1,\"seed\":7,"
    "\"output_format\":\"jpeg\",\"sample_params\":{\"sample_steps\":28,\"sample_method\":\"euler\","
    "\"guidance\":{\"txt_cfg\":1.0,\"distilled_guidance\":3.5}}}" },
};

/* The source is a reference and no start picture, or it would be drawn over. */
static void
test_submit (void)
{
  g_autoptr (ReshootImage) source = codec_fixtures_load ("shoe.jpg");
  g_autoptr (ReshootImage) other = codec_fixtures_load ("mug.jpg");
  ReshootImage *pictures[] = { source, other };

  for (guint i = 0; i < G_N_ELEMENTS (bodies); i++)
    {
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      ReshootAsk ask = { .input = source, .references = pictures + 1, .n_references = i };
      g_autoptr (JsonObject) body = NULL;
      g_autoptr (JsonNode) got = json_node_new (JSON_NODE_OBJECT);
      g_autoptr (JsonNode) wanted = json_from_string (bodies[i].body, NULL);
      g_autofree char *text = NULL;

      codec_fixtures_prepare (&fixtures, "sdserver/kontext-dev", "make it “warm”", bodies[i].parameters, &ask, &next);
      g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_SUBMIT);
      g_assert_cmpstr (next.call.method, ==, "POST");
      g_assert_cmpstr (next.call.uri, ==, "http://127.0.0.1:1234/sdcpp/v1/img_gen");
      g_assert_true (next.call.with_key);

      body = codec_fixtures_dup_body (&next.call);
      assert_pictures (body, pictures, i + 1);
      json_node_set_object (got, body);
      text = json_to_string (got, FALSE);
      if (!json_node_equal (got, wanted))
        g_error ("sent %s instead of %s", text, bodies[i].body);
    }
}

static void
test_ticket (void)
{
  static const char * const bad[] = { "", "x", "{}", "{\"id\":7}", "{\"id\":\"\"}" };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, "http://192.168.1.5:1234");
  g_auto (ReshootNext) poll = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) cancel = RESHOOT_NEXT_INIT;

  g_assert_true (reshoot_provider_ask_again (codec, TICKET, &poll, NULL));
  g_assert_cmpint (poll.kind, ==, RESHOOT_NEXT_POLL);
  g_assert_cmpstr (poll.call.method, ==, "GET");
  g_assert_cmpstr (poll.call.uri, ==, "http://192.168.1.5:1234/sdcpp/v1/jobs/j-1");
  g_assert_true (poll.call.is_long);

  g_assert_true (reshoot_provider_cancel (codec, TICKET, &cancel, NULL));
  g_assert_cmpstr (cancel.call.method, ==, "POST");
  g_assert_cmpstr (cancel.call.uri, ==, "http://192.168.1.5:1234/sdcpp/v1/jobs/j-1/cancel");
  g_assert_null (cancel.call.body);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_autoptr (GError) error = NULL;

      g_assert_false (reshoot_provider_ask_again (codec, bad[i], &next, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);
      g_clear_error (&error);
      g_assert_false (reshoot_provider_cancel (codec, bad[i], &next, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  codec_fixtures_add (&fixtures);
  g_test_add_func ("/sdserver/submit", test_submit);
  g_test_add_func ("/sdserver/ticket", test_ticket);

  return g_test_run ();
}
