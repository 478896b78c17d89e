/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* UseAPI.net's dialect against files alone: what is sent, field by field, and what each reply is taken for. */

#include "midjourney-ask.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"
#include "reshoot-test.h"
#include "reshoot-useapi.h"

#define MODEL "useapi/midjourney"
#define BASE "https://api.useapi.net/v3/midjourney/"
#define ID "j1122120000123456789i-u12345-c1234567890-bot:midjourney"
#define TICKET "{\"id\":\"" ID "\",\"polling_url\":\"" BASE "jobs/" ID "\"}"
#define SHOE "https://example.com/shoe.png"
#define GRID "[\"U1\",\"U2\",\"U3\",\"U4\",\"🔄\",\"V1\",\"V2\",\"V3\",\"V4\"]"
#define ALONE "[\"Upscale (Subtle)\",\"Upscale (Creative)\",\"Vary (Subtle)\",\"Vary (Strong)\"]"

static ReshootProvider *
make (ReshootAddress *address,
      JsonObject     *description)
{
  return reshoot_useapi_new (address);
}

static const CodecFixtures fixtures = { "useapi", make, TICKET, 65 };

static void
test_submit (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  MidjourneyAsk ask = { .model = MODEL, .words = "a\nshoe", .public_uri = SHOE };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;

  g_assert_true (midjourney_ask_prepare (codec, &ask, &next, NULL));
  midjourney_assert_call (&next, RESHOOT_NEXT_SUBMIT, "POST", BASE "jobs/imagine");
  midjourney_assert_body (&next, "{\"prompt\":\"" SHOE " a shoe --v 7\",\"stream\":false}");
}

static void
test_channel (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  MidjourneyAsk ask = {
    .model = MODEL, .words = "a", .public_uri = SHOE, .parameters = "{\"channel\":\"1234567890\"}"
  };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;

  g_assert_true (midjourney_ask_prepare (codec, &ask, &next, NULL));
  midjourney_assert_body (&next, "{\"prompt\":\"" SHOE " a --v 7\",\"channel\":\"1234567890\",\"stream\":false}");
}

static void
test_refused (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autofree char *words = g_strnfill (4990, 'a');
  MidjourneyAsk nowhere = { .model = MODEL, .words = "a" };
  MidjourneyAsk long_ = { .model = MODEL, .words = words, .public_uri = SHOE };
  MidjourneyAsk no_task = { .model = MODEL, .words = "a", .parameters = "{\"action\":\"upscale\"}", .source_take = 1 };
  MidjourneyAsk odd_task = no_task;

  midjourney_ask_refused (codec, &nowhere, RESHOOT_ERROR_INVALID_REQUEST, "needs-address");
  midjourney_ask_refused (codec, &long_, RESHOOT_ERROR_INVALID_REQUEST, "too-long");
  midjourney_ask_refused (codec, &no_task, RESHOOT_ERROR_INVALID_REQUEST, "no-grid");
  odd_task.source_ticket = "[1]";
  midjourney_ask_refused (codec, &odd_task, RESHOOT_ERROR_INVALID_REQUEST, "no-grid");
}

typedef struct
{
  const char *name;
  const char *parameters;
  guint       take;
  const char *buttons;
  const char *button;    /* (nullable): that is pressed */
  const char *reason;    /* else */
} ButtonRow;

static const ButtonRow rows[] = {
  { "upscale", "{\"action\":\"upscale\"}", 2, GRID, "U2", NULL },
  { "variation", "{\"action\":\"variation\"}", 4, GRID, "V4", NULL },
  { "reroll", "{\"action\":\"reroll\"}", 0, GRID, "🔄", NULL },
  { "index", "{\"action\":\"upscale\",\"index\":3}", 1, GRID, "U3", NULL },
  { "without-index", "{\"action\":\"upscale\"}", 0, GRID, NULL, "no-index" },
  { "alone-upscale", "{\"action\":\"upscale\"}", 0, ALONE, "Upscale (Subtle)", NULL },
  { "alone-variation", "{\"action\":\"variation\"}", 1, ALONE, "Vary (Subtle)", NULL },
  { "alone-strong", "{\"action\":\"variation\"}", 1, "[\"Vary (Strong)\"]", "Vary (Strong)", NULL },
  { "alone-reroll", "{\"action\":\"reroll\"}", 1, ALONE, NULL, "no-button" },
  { "newer", "{\"action\":\"upscale\"}", 2, "[\"🔄\"]", NULL, "no-button" },
  { "none", "{\"action\":\"upscale\"}", 2, "[]", NULL, "no-button" },
  { "odd", "{\"action\":\"upscale\"}", 2, "[1,null,{}]", NULL, "no-button" },
  { "null", "{\"action\":\"variation\"}", 2, "null", NULL, "no-button" },
};

/* What can be pressed is asked first, for nothing. */
static void
test_button (gconstpointer data)
{
  const ButtonRow *row = data;
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autofree char *reply = g_strdup_printf ("{\"jobid\":\"" ID "\",\"response\":{\"buttons\":%s}}", row->buttons);
  MidjourneyAsk ask = {
    .model = MODEL, .words = "a", .parameters = row->parameters, .source_ticket = TICKET, .source_take = row->take
  };
  g_auto (ReshootNext) first = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autofree char *body = NULL;

  g_assert_true (midjourney_ask_prepare (codec, &ask, &first, NULL));
  midjourney_assert_call (&first, RESHOOT_NEXT_PREPARE, "GET", BASE "jobs/" ID);

  ask.status = 200;
  ask.reply = reply;
  ask.state = first.state;
  if (row->button == NULL)
    {
      midjourney_ask_refused (codec, &ask, RESHOOT_ERROR_INVALID_REQUEST, row->reason);
      return;
    }

  g_assert_true (midjourney_ask_prepare (codec, &ask, &next, NULL));
  midjourney_assert_call (&next, RESHOOT_NEXT_SUBMIT, "POST", BASE "jobs/button");
  body = g_strdup_printf ("{\"jobId\":\"" ID "\",\"button\":\"%s\",\"stream\":false}", row->button);
  midjourney_assert_body (&next, body);
}

static void
test_button_gone (void)
{
  static const struct
  {
    guint       status;
    int         code;
    const char *reason;
  } table[] = {
    { 404, RESHOOT_ERROR_EXPIRED, "not-found" }, { 410, RESHOOT_ERROR_EXPIRED, "not-found" },
    { 401, RESHOOT_ERROR_AUTH, "key" }, { 402, RESHOOT_ERROR_CREDITS, "subscription" },
    { 500, RESHOOT_ERROR_UNAVAILABLE, "service" },
  };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      MidjourneyAsk ask = {
        .model = MODEL, .words = "a", .parameters = "{\"action\":\"upscale\"}", .source_ticket = TICKET,
        .source_take = 1, .status = table[i].status, .reply = "{}"
      };
      g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
      g_autoptr (GError) error = NULL;

      g_assert_false (midjourney_ask_prepare (codec, &ask, &next, &error));
      g_assert_error (error, RESHOOT_ERROR, table[i].code);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, table[i].reason);
      g_assert_cmpint (next.charged, ==, RESHOOT_CHARGED_NO);
    }
}

static void
test_grid (void)
{
  static const char text[] = "{\"status\":\"completed\",\"verb\":\"imagine\",\"response\":{\"attachments\":"
                             "[{\"url\":\"https://cdn.discordapp.com/g.png\"}]}}";
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
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) cancel = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) none = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_true (reshoot_provider_ask_again (codec, TICKET, &next, NULL));
  midjourney_assert_call (&next, RESHOOT_NEXT_POLL, "GET", BASE "jobs/" ID);

  g_assert_true (reshoot_provider_cancel (codec, TICKET, &cancel, NULL));
  g_assert_cmpstr (cancel.call.method, ==, "DELETE");
  g_assert_cmpstr (cancel.call.uri, ==, BASE "jobs/" ID);
  g_assert_true (cancel.call.with_key);

  g_assert_false (reshoot_provider_cancel (codec, "{\"id\":\"1\",\"polling_url\":\"https://example.com/\"}", &none,
                                           &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);
}

static void
test_check (void)
{
  static const struct
  {
    guint       status;
    const char *accounts;
    int         code;
    const char *reason;
  } table[] = {
    { 200, "[{\"channel\":\"1\"}]", 0, NULL }, { 200, "{\"1\":{\"channel\":\"1\"}}", 0, NULL },
    { 200, "[]", RESHOOT_ERROR_AUTH, "no-channel" }, { 200, "{}", RESHOOT_ERROR_AUTH, "no-channel" },
    { 200, "<html>", RESHOOT_ERROR_AUTH, "no-channel" }, { 401, "{}", RESHOOT_ERROR_AUTH, "key" },
    { 402, "{}", RESHOOT_ERROR_CREDITS, "subscription" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
      g_auto (ReshootReply) account = { .status = 200, .retry_after = -1 };
      g_auto (ReshootReply) accounts = { .status = table[i].status, .retry_after = -1 };
      g_auto (ReshootNext) first = RESHOOT_NEXT_INIT;
      g_auto (ReshootNext) second = RESHOOT_NEXT_INIT;
      g_auto (ReshootNext) last = RESHOOT_NEXT_INIT;
      g_auto (ReshootCheck) check = { .balance = RESHOOT_MONEY_UNKNOWN };
      g_autoptr (GError) error = NULL;
      gboolean is_good;

      g_assert_true (reshoot_provider_check (codec, NULL, NULL, &first, &check, NULL));
      midjourney_assert_call (&first, RESHOOT_NEXT_PREPARE, "GET", "https://api.useapi.net/v2/account");

      account.body = g_bytes_new_static ("{}", 2);
      g_assert_true (reshoot_provider_check (codec, first.state, &account, &second, &check, NULL));
      midjourney_assert_call (&second, RESHOOT_NEXT_PREPARE, "GET", BASE "accounts");

      accounts.body = g_bytes_new_static (table[i].accounts, strlen (table[i].accounts));
      is_good = reshoot_provider_check (codec, second.state, &accounts, &last, &check, &error);
      g_assert_cmpint (is_good, ==, table[i].code == 0);
      if (table[i].code != 0)
        g_assert_error (error, RESHOOT_ERROR, table[i].code);
      else
        g_assert_cmpint (last.kind, ==, RESHOOT_NEXT_DONE);
      g_assert_cmpstr (is_good ? NULL : reshoot_error_get_reason (error), ==, table[i].reason);
    }
}

static void
test_check_elsewhere (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, "http://127.0.0.1:8123/v3/midjourney");
  g_auto (ReshootNext) first = RESHOOT_NEXT_INIT;
  g_auto (ReshootCheck) check = { .balance = RESHOOT_MONEY_UNKNOWN };

  g_assert_true (reshoot_provider_check (codec, NULL, NULL, &first, &check, NULL));
  g_assert_cmpstr (first.call.uri, ==, "http://127.0.0.1:8123/v2/account");
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  codec_fixtures_add (&fixtures);
  g_test_add_func ("/useapi/submit", test_submit);
  g_test_add_func ("/useapi/channel", test_channel);
  g_test_add_func ("/useapi/refused", test_refused);
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/useapi/button/", rows[i].name, NULL);

      g_test_add_data_func (path, &rows[i], test_button);
    }
  g_test_add_func ("/useapi/button-gone", test_button_gone);
  g_test_add_func ("/useapi/grid", test_grid);
  g_test_add_func ("/useapi/ask-again", test_ask_again);
  g_test_add_func ("/useapi/check", test_check);
  g_test_add_func ("/useapi/check-elsewhere", test_check_elsewhere);

  return g_test_run ();
}
