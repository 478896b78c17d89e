/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The dialect of Midjourney proxies against files alone, in both flavours. */

#include "midjourney-ask.h"
#include "reshoot-error.h"
#include "reshoot-image-prepare.h"
#include "reshoot-json-read.h"
#include "reshoot-mjproxy.h"
#include "reshoot-test.h"

#define MODEL "mjproxy/midjourney"
#define EDIT "mjproxy/midjourney-edit"
#define BASE "http://127.0.0.1:8080/mj/"
#define ID "1320098173412546"
#define TICKET "{\"id\":\"" ID "\",\"polling_url\":\"" BASE "task/" ID "/fetch\"}"
#define TRUEAI "{\"id\":\"" ID "\",\"polling_url\":\"" BASE "task/" ID "/fetch\",\"flavour\":\"trueai\"}"
#define NOVICEZK "{\"id\":\"" ID "\",\"polling_url\":\"" BASE "task/" ID "/fetch\",\"flavour\":\"novicezk\"}"
#define SHOE "https://example.com/shoe.png"
#define UUID "11111111-2222-4333-8444-555555555555"

#define BUTTON(id) "{\"customId\":\"" id "\",\"emoji\":\"\",\"label\":\"\",\"style\":2,\"type\":2}"
#define UPSAMPLE(n) "MJ::JOB::upsample::" n "::5f0c-11"
#define VARIATION(n) "MJ::JOB::variation::" n "::5f0c-11"
#define REROLL "MJ::JOB::reroll::0::5f0c-11::SOLO"
#define LOW "MJ::JOB::low_variation::1::5f0c-11::SOLO"
#define GRID "[" BUTTON (UPSAMPLE ("1")) "," BUTTON (UPSAMPLE ("2")) "," BUTTON (VARIATION ("1")) "," \
             BUTTON (VARIATION ("2")) "," BUTTON (REROLL) "]"

static ReshootProvider *
make (ReshootAddress *address,
      JsonObject     *description)
{
  return reshoot_mjproxy_new (address);
}

static const CodecFixtures fixtures = { "mjproxy", make, TICKET, 80 };

static ReshootImage *
make_input (int                width,
            int                height,
            ReshootImageFormat format)
{
  g_autoptr (ReshootImage) sample = codec_fixtures_load ("shoe.jpg");
  g_autoptr (GError) error = NULL;
  ReshootImage *input = reshoot_image_prepare (sample, width, height, format, NULL, &error);

  g_assert_no_error (error);
  return input;
}

static char *
dup_data_uri (ReshootImage *image,
              const char   *type)
{
  GBytes *bytes = reshoot_image_get_bytes (image);
  g_autofree char *text = NULL;

  text = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return g_strdup_printf ("data:%s;base64,%s", type, text);
}

/* The list of what is queued is asked for first, for nothing; its reply tells the flavour. */
static void
detect (ReshootProvider *codec,
        MidjourneyAsk   *ask,
        gboolean         is_trueai)
{
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;

  g_assert_true (midjourney_ask_prepare (codec, ask, &next, NULL));
  midjourney_assert_call (&next, RESHOOT_NEXT_PREPARE, "GET", BASE "task/queue");
  g_assert_nonnull (next.state);
  ask->status = is_trueai ? 404 : 200;
  ask->reply = is_trueai ? "" : "[]";
}

static void
test_submit (gconstpointer data)
{
  gboolean is_trueai = GPOINTER_TO_INT (data);
  static const char taken[] = "{\"code\":1,\"description\":\"\",\"result\":\"" ID "\",\"properties\":{}}";
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autoptr (ReshootImage) input = make_input (96, 64, RESHOOT_IMAGE_FORMAT_JPEG);
  g_autoptr (ReshootImage) reference = make_input (31, 17, RESHOOT_IMAGE_FORMAT_PNG);
  g_autofree char *first = dup_data_uri (input, "image/jpeg");
  g_autofree char *second = dup_data_uri (reference, "image/png");
  g_autofree char *wanted = NULL;
  MidjourneyAsk ask = { .model = MODEL, .words = "a \"shoe\"", .input = input, .reference = reference };
  g_auto (ReshootReply) reply = { .status = 200, .retry_after = -1 };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) submitted = RESHOOT_NEXT_INIT;

  detect (codec, &ask, is_trueai);
  g_assert_true (midjourney_ask_prepare (codec, &ask, &next, NULL));
  midjourney_assert_call (&next, RESHOOT_NEXT_SUBMIT, "POST", BASE "submit/imagine");
  wanted = g_strdup_printf ("{\"prompt\":\"a \\\"shoe\\\" --ar 3:2 --v 7\",\"state\":\"" UUID "\","
                            "\"base64Array\":[\"%s\",\"%s\"]}", first, second);
  midjourney_assert_body (&next, wanted);

  reply.body = g_bytes_new_static (taken, strlen (taken));
  g_assert_true (reshoot_provider_read (codec, RESHOOT_REPLY_TO_SUBMIT, &reply, NULL,
                                        &submitted, NULL));
  g_assert_cmpstr (submitted.ticket, ==, is_trueai ? TRUEAI : NOVICEZK);
}

/* A source that anybody can load goes into the words, and no bytes along. */
static void
test_source_uri (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autoptr (ReshootImage) input = make_input (64, 64, RESHOOT_IMAGE_FORMAT_PNG);
  MidjourneyAsk ask = {
    .model = MODEL, .words = "a", .input = input, .parameters = "{\"source_url\":\"" SHOE "\",\"reference\":\"oref\"}"
  };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;

  detect (codec, &ask, FALSE);
  g_assert_true (midjourney_ask_prepare (codec, &ask, &next, NULL));
  midjourney_assert_body (&next, "{\"prompt\":\"a --ar 1:1 --oref " SHOE " --v 7\",\"state\":\"" UUID "\"}");
}

/* Bytes can be an image prompt alone. */
static void
test_reference_without_uri (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  MidjourneyAsk ask = {
    .model = MODEL, .words = "a", .parameters = "{\"reference\":\"oref\"}", .status = 200, .reply = "[]"
  };

  midjourney_ask_refused (codec, &ask, RESHOOT_ERROR_INVALID_REQUEST, "needs-address");
}

static void
test_edit (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autoptr (ReshootImage) input = make_input (64, 64, RESHOOT_IMAGE_FORMAT_PNG);
  g_autofree char *uri = dup_data_uri (input, "image/png");
  MidjourneyAsk ask = { .model = EDIT, .words = "a white background", .input = input };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) by_uri = RESHOOT_NEXT_INIT;
  g_autofree char *wanted = NULL;

  detect (codec, &ask, TRUE);
  g_assert_true (midjourney_ask_prepare (codec, &ask, &next, NULL));
  midjourney_assert_call (&next, RESHOOT_NEXT_SUBMIT, "POST", BASE "submit/edit");
  wanted = g_strdup_printf ("{\"prompt\":\"a white background --ar 1:1\",\"state\":\"" UUID "\","
                            "\"image\":\"%s\"}", uri);
  midjourney_assert_body (&next, wanted);

  ask.parameters = "{\"source_url\":\"" SHOE "\"}";
  g_assert_true (midjourney_ask_prepare (codec, &ask, &by_uri, NULL));
  midjourney_assert_body (&by_uri, "{\"prompt\":\"a white background --ar 1:1\",\"state\":\"" UUID "\","
                          "\"image\":\"" SHOE "\"}");
}

static void
test_edit_elsewhere (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autoptr (ReshootImage) input = make_input (64, 64, RESHOOT_IMAGE_FORMAT_PNG);
  MidjourneyAsk ask = { .model = EDIT, .words = "a", .input = input, .status = 200, .reply = "[]" };

  midjourney_ask_refused (codec, &ask, RESHOOT_ERROR_INVALID_REQUEST, "no-edit-here");
}

static void
test_detect_refused (void)
{
  static const struct
  {
    guint       status;
    const char *reply;
    int         code;
    const char *reason;
  } table[] = {
    { 200, "<html>", RESHOOT_ERROR_PROTOCOL, "not-a-proxy" }, { 200, "{}", RESHOOT_ERROR_PROTOCOL, "not-a-proxy" },
    { 200, "", RESHOOT_ERROR_PROTOCOL, "not-a-proxy" }, { 401, "", RESHOOT_ERROR_AUTH, "key" },
    { 403, "Forbidden", RESHOOT_ERROR_AUTH, "key" }, { 429, "", RESHOOT_ERROR_RATE_LIMITED, "busy" },
    { 502, "", RESHOOT_ERROR_UNAVAILABLE, "service" },
  };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      MidjourneyAsk ask = { .model = MODEL, .words = "a", .status = table[i].status, .reply = table[i].reply };

      midjourney_ask_refused (codec, &ask, table[i].code, table[i].reason);
    }
}

typedef struct
{
  const char *name;
  const char *parameters;
  guint       take;
  const char *buttons;   /* of the task that it goes on from */
  const char *path;      /* (nullable) */
  const char *body;
  const char *reason;    /* else */
} FollowupRow;

#define TASK "\"taskId\":\"" ID "\""

static const FollowupRow followups[] = {
  { "change-upscale", "{\"action\":\"upscale\"}", 2, "null", "submit/change",
    "{" TASK ",\"action\":\"UPSCALE\",\"index\":2}", NULL },
  { "change-variation", "{\"action\":\"variation\"}", 4, "null", "submit/change",
    "{" TASK ",\"action\":\"VARIATION\",\"index\":4}", NULL },
  { "change-reroll", "{\"action\":\"reroll\"}", 4, "[]", "submit/change", "{" TASK ",\"action\":\"REROLL\"}", NULL },
  { "change-index", "{\"action\":\"upscale\",\"index\":1}", 3, "null", "submit/change",
    "{" TASK ",\"action\":\"UPSCALE\",\"index\":1}", NULL },
  { "change-without-index", "{\"action\":\"upscale\"}", 0, "null", NULL, NULL, "no-index" },
  { "action-upscale", "{\"action\":\"upscale\"}", 2, GRID, "submit/action",
    "{" TASK ",\"customId\":\"" UPSAMPLE ("2") "\"}", NULL },
  { "action-variation", "{\"action\":\"variation\"}", 1, GRID, "submit/action",
    "{" TASK ",\"customId\":\"" VARIATION ("1") "\"}", NULL },
  { "action-reroll", "{\"action\":\"reroll\"}", 0, GRID, "submit/action",
    "{" TASK ",\"customId\":\"" REROLL "\"}", NULL },
  { "action-alone", "{\"action\":\"variation\"}", 1, "[" BUTTON (LOW) "]", "submit/action",
    "{" TASK ",\"customId\":\"" LOW "\"}", NULL },
  { "action-missing", "{\"action\":\"upscale\"}", 4, GRID, NULL, NULL, "no-button" },
  { "action-without-index", "{\"action\":\"upscale\"}", 0, GRID, NULL, NULL, "no-index" },
  { "action-odd", "{\"action\":\"upscale\"}", 1, "[1,null,{\"customId\":3}]", NULL, NULL, "no-button" },
};

static void
test_followup (gconstpointer data)
{
  const FollowupRow *row = data;
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autofree char *reply = g_strdup_printf ("{\"id\":\"" ID "\",\"status\":\"SUCCESS\",\"buttons\":%s}", row->buttons);
  MidjourneyAsk ask = {
    .model = MODEL, .words = "a", .parameters = row->parameters, .source_ticket = TRUEAI, .source_take = row->take
  };
  g_auto (ReshootNext) first = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autofree char *uri = g_strconcat (BASE, row->path, NULL);

  g_assert_true (midjourney_ask_prepare (codec, &ask, &first, NULL));
  midjourney_assert_call (&first, RESHOOT_NEXT_PREPARE, "GET", BASE "task/" ID "/fetch");

  ask.status = 200;
  ask.reply = reply;
  if (row->path == NULL)
    {
      midjourney_ask_refused (codec, &ask, RESHOOT_ERROR_INVALID_REQUEST, row->reason);
      return;
    }

  g_assert_true (midjourney_ask_prepare (codec, &ask, &next, NULL));
  midjourney_assert_call (&next, RESHOOT_NEXT_SUBMIT, "POST", uri);
  midjourney_assert_body (&next, row->body);
}

static void
test_followup_gone (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  MidjourneyAsk ask = {
    .model = MODEL, .words = "a", .parameters = "{\"action\":\"upscale\"}", .source_ticket = TRUEAI, .source_take = 1,
    .status = 200, .reply = "null"
  };

  midjourney_ask_refused (codec, &ask, RESHOOT_ERROR_EXPIRED, "not-found");
  ask.reply = "";
  midjourney_ask_refused (codec, &ask, RESHOOT_ERROR_EXPIRED, "not-found");
  ask.status = 404;
  midjourney_ask_refused (codec, &ask, RESHOOT_ERROR_EXPIRED, "not-found");
  ask.status = 401;
  midjourney_ask_refused (codec, &ask, RESHOOT_ERROR_AUTH, "key");
  ask.status = 0;
  ask.source_ticket = NULL;
  midjourney_ask_refused (codec, &ask, RESHOOT_ERROR_INVALID_REQUEST, "no-grid");
}

/* Told once, with the words of the task. */
static void
test_answer (void)
{
  static const char text[] = "{\"id\":\"" ID "\",\"status\":\"MODAL\",\"prompt\":\"a shoe --v 7\"}";
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootReply) reply = { .status = 200, .retry_after = -1 };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) again = RESHOOT_NEXT_INIT;

  reply.body = g_bytes_new_static (text, strlen (text));
  g_assert_true (reshoot_provider_read (codec, RESHOOT_REPLY_TO_POLL, &reply, TRUEAI, &next, NULL));
  midjourney_assert_call (&next, RESHOOT_NEXT_ANSWER, "POST", BASE "submit/modal");
  midjourney_assert_body (&next, "{" TASK ",\"prompt\":\"a shoe --v 7\"}");

  g_assert_true (reshoot_provider_read (codec, RESHOOT_REPLY_TO_POLL, &reply, next.ticket,
                                        &again, NULL));
  g_assert_cmpint (again.kind, ==, RESHOOT_NEXT_POLL);
}

static void
test_grid (void)
{
  static const char text[] = "{\"status\":\"SUCCESS\",\"action\":\"IMAGINE\","
                             "\"imageUrl\":\"https://example.com/g.png\"}";
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootReply) reply = { .status = 200, .retry_after = -1 };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;

  reply.body = g_bytes_new_static (text, strlen (text));
  g_assert_true (reshoot_provider_read (codec, RESHOOT_REPLY_TO_POLL, &reply, TICKET, &next, NULL));
  midjourney_assert_grid (&next);
}

static void
test_cancel (void)
{
  static const char * const bad[] = {
    TICKET, NOVICEZK, "{}", "{\"id\":\"1\",\"flavour\":\"trueai\",\"polling_url\":\"" BASE "task/1\"}",
    "{\"id\":\"1\",\"flavour\":\"trueai\",\"polling_url\":\"https://example.com/task/1/fetch\"}",
  };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;

  g_assert_true (reshoot_provider_cancel (codec, TRUEAI, &next, NULL));
  g_assert_cmpstr (next.call.method, ==, "POST");
  g_assert_cmpstr (next.call.uri, ==, BASE "task/" ID "/cancel");
  g_assert_true (next.call.with_key);

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (ReshootNext) none = RESHOOT_NEXT_INIT;
      g_autoptr (GError) error = NULL;

      g_assert_false (reshoot_provider_cancel (codec, bad[i], &none, &error));
      g_assert_nonnull (error);
    }
}

static void
test_check (gconstpointer data)
{
  gboolean is_trueai = GPOINTER_TO_INT (data);
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootReply) queue = { .status = is_trueai ? 404 : 200, .retry_after = -1 };
  g_auto (ReshootReply) list = { .status = 200, .retry_after = -1 };
  g_auto (ReshootReply) refused = { .status = 401, .retry_after = -1 };
  g_auto (ReshootNext) first = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) second = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) last = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) no = RESHOOT_NEXT_INIT;
  g_auto (ReshootCheck) check = { .balance = RESHOOT_MONEY_UNKNOWN };
  g_autoptr (GError) error = NULL;

  g_assert_true (reshoot_provider_check (codec, NULL, NULL, &first, &check, NULL));
  midjourney_assert_call (&first, RESHOOT_NEXT_PREPARE, "GET", BASE "task/queue");

  queue.body = g_bytes_new_static ("[]", 2);
  list.body = g_bytes_new_static ("[]", 2);
  refused.body = g_bytes_new_static ("", 0);
  g_assert_true (reshoot_provider_check (codec, first.state, &queue, &second, &check, NULL));
  if (is_trueai)
    {
      midjourney_assert_call (&second, RESHOOT_NEXT_PREPARE, "GET", BASE "task/list");
      g_assert_false (reshoot_provider_check (codec, second.state, &refused, &no, &check, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_AUTH);
      g_assert_true (reshoot_provider_check (codec, second.state, &list, &last, &check, NULL));
      g_assert_cmpint (last.kind, ==, RESHOOT_NEXT_DONE);
    }
  else
    {
      g_assert_cmpint (second.kind, ==, RESHOOT_NEXT_DONE);
    }
  g_assert_cmpstr (check.version, ==, is_trueai ? "trueai" : "novicezk");
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  codec_fixtures_add (&fixtures);
  g_test_add_data_func ("/mjproxy/submit/novicezk", GINT_TO_POINTER (FALSE), test_submit);
  g_test_add_data_func ("/mjproxy/submit/trueai", GINT_TO_POINTER (TRUE), test_submit);
  g_test_add_func ("/mjproxy/source-uri", test_source_uri);
  g_test_add_func ("/mjproxy/reference-without-uri", test_reference_without_uri);
  g_test_add_func ("/mjproxy/edit", test_edit);
  g_test_add_func ("/mjproxy/edit-elsewhere", test_edit_elsewhere);
  g_test_add_func ("/mjproxy/detect-refused", test_detect_refused);
  for (guint i = 0; i < G_N_ELEMENTS (followups); i++)
    {
      g_autofree char *path = g_strconcat ("/mjproxy/followup/", followups[i].name, NULL);

      g_test_add_data_func (path, &followups[i], test_followup);
    }
  g_test_add_func ("/mjproxy/followup-gone", test_followup_gone);
  g_test_add_func ("/mjproxy/answer", test_answer);
  g_test_add_func ("/mjproxy/grid", test_grid);
  g_test_add_func ("/mjproxy/cancel", test_cancel);
  g_test_add_data_func ("/mjproxy/check/novicezk", GINT_TO_POINTER (FALSE), test_check);
  g_test_add_data_func ("/mjproxy/check/trueai", GINT_TO_POINTER (TRUE), test_check);

  return g_test_run ();
}
