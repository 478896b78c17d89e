/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ImagineAPI's dialect against files alone, and the prompt that all services in front of Midjourney are given. */

#include "midjourney-ask.h"
#include "reshoot-error.h"
#include "reshoot-image-prepare.h"
#include "reshoot-imagineapi.h"
#include "reshoot-json-read.h"
#include "reshoot-test.h"

#define MODEL "imagineapi/midjourney"
#define BASE "https://cl.imagineapi.dev/items/"
#define ID "65b4e1b6-7f4e-4b0f-9d5f-0d3a8c3a1e77"
#define TICKET "{\"id\":\"" ID "\",\"polling_url\":\"" BASE "images/" ID "\"}"
#define SHOE "https://example.com/shoe.png"

static ReshootProvider *
make (ReshootAddress *address,
      JsonObject     *description)
{
  return reshoot_imagineapi_new (address);
}

static const CodecFixtures fixtures = { "imagineapi", make, TICKET, 50 };

static ReshootImage *
make_input (int width,
            int height)
{
  g_autoptr (ReshootImage) sample = codec_fixtures_load ("shoe.jpg");
  g_autoptr (GError) error = NULL;
  ReshootImage *input;

  input = reshoot_image_prepare (sample, width, height, RESHOOT_IMAGE_FORMAT_PNG, NULL, &error);
  g_assert_no_error (error);
  return input;
}

static void
test_submit (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autoptr (ReshootImage) input = make_input (96, 64);
  MidjourneyAsk ask = { .model = MODEL, .words = "a shoe", .public_uri = SHOE, .input = input };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (midjourney_ask_prepare (codec, &ask, &next, &error));
  g_assert_no_error (error);
  midjourney_assert_call (&next, RESHOOT_NEXT_SUBMIT, "POST", BASE "images");
  midjourney_assert_body (&next, "{\"prompt\":\"" SHOE " a shoe --ar 3:2 --v 7\","
                          "\"ref\":\"11111111-2222-4333-8444-555555555555\"}");
  g_assert_null (next.ticket);
}

typedef struct
{
  const char *name;
  const char *words;
  const char *parameters;
  const char *prompt;      /* what is sent */
} PromptRow;

static const PromptRow prompts[] = {
  { "plain", "a shoe", "{}", SHOE " a shoe --ar 3:2 --v 7" },
  { "lines", "a shoe\non  grass\r\n\tat dawn ", "{}", SHOE " a shoe on grass at dawn --ar 3:2 --v 7" },
  { "all", "a shoe",
    "{\"ar\":\"4:5\",\"iw\":1.5,\"sref\":\"" SHOE "\",\"sw\":200,\"oref\":\"https://example.com/o.jpg\",\"ow\":300,"
    "\"s\":250,\"c\":0,\"seed\":4294967295,\"q\":\"2\",\"raw\":true,\"draft\":true,\"no\":\"text, logo\"}",
    SHOE " a shoe --ar 4:5 --iw 1.5 --sref " SHOE " --sw 200 --oref https://example.com/o.jpg --ow 300 --s 250 --c 0"
    " --seed 4294967295 --q 2 --raw --draft --no text, logo --v 7" },
  { "own", "a shoe --ar 1:1 --stylize 50 --V 6.1 --chaos 3 --no text",
    "{\"ar\":\"4:5\",\"s\":250,\"c\":9,\"no\":\"logo\"}",
    SHOE " a shoe --ar 1:1 --stylize 50 --V 6.1 --chaos 3 --no text" },
  { "own-long", "a shoe --aspect 1:1 --quality 2 --niji 6 --style raw", "{\"raw\":true,\"q\":\"4\"}",
    SHOE " a shoe --aspect 1:1 --quality 2 --niji 6 --style raw" },
  { "unknown", "a shoe --tile", "{}", SHOE " a shoe --tile --ar 3:2 --v 7" },
  { "no-flag", "a shoe -- for walking --", "{}", SHOE " a shoe -- for walking -- --ar 3:2 --v 7" },
  { "false", "a shoe", "{\"raw\":false}", SHOE " a shoe --ar 3:2 --v 7" },
  { "omni", "a shoe", "{\"reference\":\"oref\",\"ow\":400}", "a shoe --ar 3:2 --oref " SHOE " --ow 400 --v 7" },
  { "style", "a shoe", "{\"reference\":\"sref\",\"iw\":2}", "a shoe --ar 3:2 --sref " SHOE " --v 7" },
  { "code", "a shoe", "{\"sref\":\"123 456\"}", SHOE " a shoe --ar 3:2 --sref 123 456 --v 7" },
  { "weights", "a shoe", "{\"sw\":5,\"ow\":5}", SHOE " a shoe --ar 3:2 --v 7" },
  { "newer", "a shoe", "{\"v\":\"8.1\"}", SHOE " a shoe --ar 3:2 --v 8.1" },
  { "typed", "a shoe", "{\"source_url\":\"https://example.org/mine.webp\"}",
    "https://example.org/mine.webp a shoe --ar 3:2 --v 7" },
};

static void
test_prompt (gconstpointer data)
{
  const PromptRow *row = data;
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autoptr (ReshootImage) input = make_input (96, 64);
  MidjourneyAsk ask = {
    .model = MODEL, .words = row->words, .parameters = row->parameters, .public_uri = SHOE,
    .input = input
  };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;

  g_assert_true (midjourney_ask_prepare (codec, &ask, &next, &error));
  g_assert_no_error (error);
  body = midjourney_ask_get_body (&next);
  g_assert_cmpstr (reshoot_json_get_string (body, "prompt"), ==, row->prompt);
}

/* Whole numbers that are small, and near enough. */
static void
test_ratio (void)
{
  static const struct
  {
    int         width;
    int         height;
    const char *flag;
  } table[] = {
    { 64, 64, "--ar 1:1 " }, { 600, 400, "--ar 3:2 " }, { 1024, 767, "--ar 4:3 " }, { 90, 160, "--ar 9:16 " },
    { 1000, 4, "--ar 64:1 " }, { 4, 1000, "--ar 1:64 " },
  };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (ReshootImage) input = make_input (table[i].width, table[i].height);
      MidjourneyAsk ask = { .model = MODEL, .words = "a", .public_uri = SHOE, .input = input };
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_autoptr (JsonObject) body = NULL;

      g_assert_true (midjourney_ask_prepare (codec, &ask, &next, NULL));
      body = midjourney_ask_get_body (&next);
      g_assert_nonnull (strstr (reshoot_json_get_string (body, "prompt"), table[i].flag));
    }
}

static void
test_refused (void)
{
  static const struct
  {
    const char *parameters;
    const char *uri;
    const char *reason;
  } table[] = {
    { "{}", NULL, "needs-address" },
    { "{}", "https://example.com/shoe", "reference-address" },
    { "{}", "https://example.com/shoe.png?sig=1", "reference-address" },
    { "{}", "https://example.com/a shoe.png", "reference-address" },
    { "{}", "ftp://example.com/shoe.png", "reference-address" },
    { "{}", "file:///tmp/shoe.png", "reference-address" },
    { "{}", "https://me@example.com/shoe.png", "reference-address" },
    { "{}", "shoe.png", "reference-address" },
    { "{\"source_url\":\"https://example.com/page.html\"}", SHOE, "reference-address" },
    { "{\"oref\":\"https://example.com/page.html\"}", SHOE, "reference-address" },
    { "{\"sref\":\"https://example.com/page.html\"}", SHOE, "reference-address" },
    { "{\"sref\":\"1 --v 5\"}", SHOE, "parameter-value" },
    { "{\"no\":\"text --v 5\"}", SHOE, "parameter-value" },
    { "{\"no\":\"\"}", SHOE, "parameter-value" },
    { "{\"oref\":\"" SHOE "\",\"v\":\"8.1\"}", SHOE, "parameter-value" },
    { "{\"reference\":\"oref\",\"v\":\"8.1\"}", SHOE, "parameter-value" },
    { "{\"action\":\"upscale\"}", SHOE, "no-followup" },
    { "{\"action\":\"variation\"}", SHOE, "no-followup" },
    { "{\"action\":\"reroll\"}", SHOE, "no-followup" },
  };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      MidjourneyAsk ask = {
        .model = MODEL, .words = "a shoe", .parameters = table[i].parameters, .public_uri = table[i].uri,
        .source_ticket = TICKET, .source_take = 2
      };

      midjourney_ask_refused (codec, &ask, RESHOOT_ERROR_INVALID_REQUEST, table[i].reason);
    }
}

/* What is out of range does not come as far as the codec. */
static void
test_ranges (void)
{
  static const struct
  {
    const char *name;
    const char *good[4];
    const char *bad[6];
  } table[] = {
    { "ar", { "3:2", "16:9", "1:1" }, { "3:2.5", "0:1", "3/2", "a:b", "3:2 --v 5" } },
    { "iw", { "0", "1.5", "3" }, { "-1", "3.1", "many" } },
    { "sw", { "0", "1000" }, { "-1", "1001", "1.5" } },
    { "ow", { "1", "1000" }, { "0", "1001" } },
    { "s", { "0", "1000" }, { "-1", "1001" } },
    { "c", { "0", "100" }, { "-1", "101" } },
    { "seed", { "0", "4294967295" }, { "-1", "4294967296" } },
    { "q", { "1", "2", "4" }, { "3", "0", "" } },
    { "v", { "7" }, { "6", "7 --tile", "" } },
    { "no", { "text, logo", "off-white" }, { "a --v 5", "", "a\nb" } },
    { "sref", { "random", "12 34", SHOE }, { "12 --v 5", "https://example.com/x", "a picture" } },
    { "oref", { SHOE, "http://example.com/a.JPEG" }, { "https://example.com/x", "1", SHOE " --v 5" } },
    { "source_url", { SHOE }, { "", "shoe.png", "https://example.com/a b.png" } },
    { "raw", { "true", "false" }, { "1", "yes" } },
    { "reference", { "image", "oref", "sref" }, { "cref", "" } },
  };
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  ReshootModel *model = reshoot_catalogue_get_model (catalogue, MODEL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      for (guint j = 0; j < G_N_ELEMENTS (table[i].good) && table[i].good[j] != NULL; j++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (JsonNode) node = NULL;

          node = reshoot_model_parse_parameter (model, table[i].name, table[i].good[j], &error);
          g_assert_no_error (error);
          g_assert_nonnull (node);
        }

      for (guint j = 0; j < G_N_ELEMENTS (table[i].bad) && table[i].bad[j] != NULL; j++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (JsonNode) node = NULL;

          node = reshoot_model_parse_parameter (model, table[i].name, table[i].bad[j], &error);
          g_assert_null (node);
          g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
          g_assert_cmpstr (reshoot_error_get_subject (error), ==, table[i].name);
        }
    }
}

static void
test_grid (void)
{
  static const char text[] = "{\"data\":{\"id\":\"" ID "\",\"status\":\"completed\","
                             "\"url\":\"https://example.com/g.png\"}}";
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootReply) reply = { .status = 200, .retry_after = -1 };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;

  reply.body = g_bytes_new_static (text, strlen (text));
  g_assert_true (reshoot_provider_read (codec, RESHOOT_REPLY_TO_POLL, &reply, TICKET, &next, NULL));
  midjourney_assert_grid (&next);
}

static void
test_ask_again (void)
{
  static const char * const bad[] = {
    "", "x", "{}", "{\"id\":\"1\"}", "{\"id\":\"1\",\"polling_url\":\"https://example.com/\"}",
    "{\"id\":\"1\",\"polling_url\":\"http://cl.imagineapi.dev/items/images/1\"}",
  };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;

  g_assert_true (reshoot_provider_ask_again (codec, TICKET, &next, NULL));
  midjourney_assert_call (&next, RESHOOT_NEXT_POLL, "GET", BASE "images/" ID);
  g_assert_false (reshoot_provider_get_can_cancel (codec));

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (ReshootNext) none = RESHOOT_NEXT_INIT;
      g_autoptr (GError) error = NULL;

      g_assert_false (reshoot_provider_ask_again (codec, bad[i], &none, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);
    }
}

static void
test_check (void)
{
  static const struct
  {
    guint       status;
    const char *body;
    int         code;      /* 0 = all is well */
    const char *reason;
  } table[] = {
    { 200, "{\"data\":{\"bot_status\":\"healthy\"}}", 0, NULL },
    { 200, "{\"data\":{\"bot_status\":\"starting\"}}", 0, NULL },
    { 200, "{\"data\":{\"bot_status\":\"unhealthy\"}}", RESHOOT_ERROR_UNAVAILABLE, "bot" },
    { 200, "{\"data\":{\"bot_status\":\"paused\"}}", RESHOOT_ERROR_UNAVAILABLE, "bot" },
    { 200, "{\"data\":{}}", RESHOOT_ERROR_PROTOCOL, "json" },
    { 200, "<html>", RESHOOT_ERROR_PROTOCOL, "json" },
    { 401, "{}", RESHOOT_ERROR_AUTH, "key" },
    { 403, "{}", RESHOOT_ERROR_AUTH, "key" },
    { 500, "", RESHOOT_ERROR_UNAVAILABLE, "service" },
  };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (ReshootReply) reply = { .status = table[i].status, .retry_after = -1 };
      g_auto (ReshootNext) first = RESHOOT_NEXT_INIT;
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_auto (ReshootCheck) check = { .balance = RESHOOT_MONEY_UNKNOWN };
      g_autoptr (GError) error = NULL;
      gboolean good;

      g_assert_true (reshoot_provider_check (codec, NULL, NULL, &first, &check, NULL));
      midjourney_assert_call (&first, RESHOOT_NEXT_PREPARE, "GET", BASE "status");

      reply.body = g_bytes_new_static (table[i].body, strlen (table[i].body));
      good = reshoot_provider_check (codec, first.state, &reply, &next, &check, &error);
      g_assert_cmpint (good, ==, table[i].code == 0);
      if (good)
        g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_DONE);
      else
        g_assert_error (error, RESHOOT_ERROR, table[i].code);
      g_assert_cmpstr (good ? NULL : reshoot_error_get_reason (error), ==, table[i].reason);
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  codec_fixtures_add (&fixtures);
  g_test_add_func ("/imagineapi/submit", test_submit);
  for (guint i = 0; i < G_N_ELEMENTS (prompts); i++)
    {
      g_autofree char *path = g_strconcat ("/midjourney/prompt/", prompts[i].name, NULL);

      g_test_add_data_func (path, &prompts[i], test_prompt);
    }
  g_test_add_func ("/midjourney/ratio", test_ratio);
  g_test_add_func ("/midjourney/refused", test_refused);
  g_test_add_func ("/midjourney/ranges", test_ranges);
  g_test_add_func ("/imagineapi/grid", test_grid);
  g_test_add_func ("/imagineapi/ask-again", test_ask_again);
  g_test_add_func ("/imagineapi/check", test_check);

  return g_test_run ();
}
