/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking codecs in front of Midjourney, and looking at what they would send. */

#include "midjourney-ask.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-test.h"

#define UUID "11111111-2222-4333-8444-555555555555"

gboolean
midjourney_ask_prepare (ReshootProvider      *codec,
                        const MidjourneyAsk  *asked,
                        ReshootNext          *next,
                        GError              **error)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);
  ReshootModel *model = reshoot_catalogue_get_model (catalogue, asked->model);
  const char *parameters = asked->parameters != NULL ? asked->parameters : "{}";
  g_autoptr (GBytes) text = g_bytes_new_static (parameters, strlen (parameters));
  g_autoptr (JsonObject) object = reshoot_json_parse_object (text, NULL);
  g_autoptr (ReshootRequest) request = reshoot_request_new (asked->words, asked->model, object);
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  G_GNUC_UNUSED g_autoptr (GError) check_error = NULL;
  ReshootAsk ask = { 0, };

  g_assert_nonnull (model);
  g_assert_nonnull (object);
  ask.model = model;
  ask.request = request;
  ask.uuid = UUID;
  ask.input = asked->input;
  ask.references = &asked->reference;
  ask.n_references = asked->reference != NULL ? 1 : 0;
  ask.public_uri = asked->public_uri;
  ask.source_ticket = asked->source_ticket;
  ask.source_take = asked->source_take;
  ask.state = asked->state;
  if (asked->status != 0)
    {
      reply.status = asked->status;
      reply.body = g_bytes_new (asked->reply, strlen (asked->reply));
      ask.reply = &reply;
    }

  return reshoot_provider_prepare (codec, &ask, next, error);
}

JsonObject *
midjourney_ask_get_body (const ReshootNext *next)
{
  g_autoptr (GError) error = NULL;
  JsonObject *body = reshoot_json_parse_object (next->call.body, &error);

  g_assert_no_error (error);
  return body;
}

/* Asks and is told no, before anything was sent. */
void
midjourney_ask_refused (ReshootProvider     *codec,
                        const MidjourneyAsk *asked,
                        int                  code,
                        const char          *reason)
{
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_autoptr (GError) error = NULL;

  g_assert_false (midjourney_ask_prepare (codec, asked, &next, &error));
  g_assert_error (error, RESHOOT_ERROR, code);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, reason);
}

void
midjourney_assert_call (const ReshootNext *next,
                        ReshootNextKind    kind,
                        const char        *method,
                        const char        *uri)
{
  g_assert_cmpint (next->kind, ==, kind);
  g_assert_cmpstr (next->call.method, ==, method);
  g_assert_cmpstr (next->call.uri, ==, uri);
  g_assert_true (next->call.with_key);
  g_assert_null (next->call.headers);
  if (g_str_equal (method, "POST"))
    g_assert_cmpstr (next->call.content_type, ==, "application/json");
  else
    g_assert_null (next->call.body);
}

/* All of what is sent, and nothing beside it. */
void
midjourney_assert_body (const ReshootNext *next,
                        const char        *wanted)
{
  g_autoptr (JsonObject) body = midjourney_ask_get_body (next);
  g_autoptr (JsonNode) got = json_node_new (JSON_NODE_OBJECT);
  g_autoptr (JsonNode) expected = json_from_string (wanted, NULL);
  g_autofree char *text = NULL;

  g_assert_nonnull (expected);
  json_node_set_object (got, body);
  text = json_to_string (got, FALSE);
  if (!json_node_equal (got, expected))
    g_error ("%s is not %s", text, wanted);
}

/* One picture, of which the results are the quarters: top left, top right, bottom left, bottom right. */
void
midjourney_assert_grid (const ReshootNext *next)
{
  static const double corners[4][2] = { { 0, 0 }, { 0.5, 0 }, { 0, 0.5 }, { 0.5, 0.5 } };

  g_assert_cmpint (next->kind, ==, RESHOOT_NEXT_READY);
  g_assert_cmpuint (next->results->len, ==, 4);
  for (guint i = 0; i < 4; i++)
    {
      const ReshootResult *result = next->results->pdata[i];

      g_assert_cmpfloat (result->part[0], ==, corners[i][0]);
      g_assert_cmpfloat (result->part[1], ==, corners[i][1]);
      g_assert_cmpfloat (result->part[2], ==, 0.5);
      g_assert_cmpfloat (result->part[3], ==, 0.5);
    }
}
