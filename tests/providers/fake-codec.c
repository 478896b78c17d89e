/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A dialect for tests alone. A submit to /submit is answered like a poll of /status: {"id", "state", "cost",
 * "charged", "wait", "queue", "progress", "results": [{"url", "base64", "part"}]}; the states are running, question,
 * done, refused, gone, failed and stopped. /upload comes before the submit, /answer answers a question, /cancel stops,
 * /me and /balance tell of the key, and /publish makes a picture public. */

#include "fake-codec.h"

#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"

static void
set_call (FakeCodec   *self,
          ReshootNext *next,
          const char  *method,
          const char  *path)
{
  next->call.method = method;
  next->call.uri = g_strconcat (self->base, path, NULL);
  next->call.with_key = TRUE;
}

static gboolean
check_status (const ReshootReply  *reply,
              ReshootNext         *next,
              GError             **error)
{
  if (reply->status == 200)
    return TRUE;

  reshoot_codec_set_status_error (reply, "fake", next, error);
  return FALSE;
}

/* {"n": how often /upload was asked} */
static guint
get_count (const char *state)
{
  g_autoptr (JsonObject) object = state != NULL ? reshoot_codec_parse_json (state) : NULL;
  double n = reshoot_json_get_number (object, "n");

  return n > 0 ? (guint) n : 0;
}

static void
set_upload (FakeCodec        *self,
            const ReshootAsk *ask,
            guint             n,
            ReshootNext      *next)
{
  static const char * const headers[] = { "X-Name", "value one", "X-Other", "2", NULL };

  next->kind = RESHOOT_NEXT_PREPARE;
  set_call (self, next, "PUT", "/upload");
  next->call.content_type = g_strdup ("image/png");
  next->call.body = g_bytes_ref (reshoot_image_get_bytes (ask->input));
  if (self->has_headers)
    next->call.headers = g_strdupv ((GStrv) headers);
  next->state = g_strdup_printf ("{\"n\":%u}", n);
}

static void
set_submit (FakeCodec        *self,
            const ReshootAsk *ask,
            ReshootNext      *next)
{
  g_autoptr (JsonObject) fields = json_object_new ();
  JsonArray *references = json_array_new ();
  char *text;

  json_object_set_string_member (fields, "prompt", reshoot_request_get_instruction (ask->request));
  json_object_set_string_member (fields, "uuid", ask->uuid);
  json_object_set_int_member (fields, "width", reshoot_image_get_width (ask->input));
  json_object_set_int_member (fields, "height", reshoot_image_get_height (ask->input));
  json_object_set_string_member (fields, "format", reshoot_codec_get_content_type (ask->input));
  json_object_set_int_member (fields, "bytes", (gint64) g_bytes_get_size (reshoot_image_get_bytes (ask->input)));
  json_object_set_int_member (fields, "source_take", ask->source_take);
  if (ask->source_ticket != NULL)
    json_object_set_string_member (fields, "source_ticket", ask->source_ticket);
  if (ask->public_uri != NULL)
    json_object_set_string_member (fields, "source", ask->public_uri);
  for (guint i = 0; i < ask->n_references; i++)
    json_array_add_int_element (references, reshoot_image_get_width (ask->references[i]));
  json_object_set_array_member (fields, "references", references);
  if (ask->state != NULL)
    json_object_set_string_member (fields, "state", ask->state);

  next->kind = RESHOOT_NEXT_SUBMIT;
  set_call (self, next, "POST", "/submit");
  next->call.content_type = g_strdup ("application/json");
  text = reshoot_codec_dup_json (fields);
  next->call.body = g_bytes_new_take (text, strlen (text));
  next->call.is_long = self->is_long;
  if (self->names_ticket)
    next->ticket = reshoot_codec_make_ticket (ask->uuid, NULL);
}

static gboolean
fake_codec_prepare (ReshootProvider   *provider,
                    const ReshootAsk  *ask,
                    ReshootNext       *next,
                    GError           **error)
{
  FakeCodec *self = FAKE_CODEC (provider);
  guint n = get_count (ask->state);

  if (ask->reply != NULL && !check_status (ask->reply, next, error))
    return FALSE;

  if (n < self->n_prepares)
    set_upload (self, ask, n + 1, next);
  else
    set_submit (self, ask, next);

  return TRUE;
}

static void
add_result (JsonObject  *described,
            ReshootNext *next)
{
  const char *base64 = reshoot_json_get_string (described, "base64");
  JsonArray *part = reshoot_json_get_array (described, "part");
  g_autoptr (GBytes) bytes = NULL;
  ReshootResult *result;
  gsize length = 0;

  if (base64 != NULL)
    {
      guint8 *data = g_base64_decode (base64, &length);

      bytes = g_bytes_new_take (data, length);
    }

  result = reshoot_next_add_result (next, reshoot_json_get_string (described, "url"), bytes);
  for (guint i = 0; part != NULL && i < G_N_ELEMENTS (result->part); i++)
    result->part[i] = json_array_get_double_element (part, i);
}

static void
read_numbers (JsonObject  *body,
              ReshootNext *next)
{
  double number = reshoot_json_get_number (body, "queue");

  next->progress = reshoot_json_get_number (body, "progress");
  next->queue_position = number >= 0 ? (int) number : -1;
  number = reshoot_json_get_number (body, "wait");
  next->wait = number > 0 ? number : 0;
  next->settled = reshoot_money_from_dollars (reshoot_json_get_number (body, "cost"));
  number = reshoot_json_get_number (body, "charged");
  if (number >= 0)
    next->charged = (int) number;
  if (reshoot_json_get_string (body, "id") != NULL)
    next->ticket = reshoot_codec_make_ticket (reshoot_json_get_string (body, "id"), NULL);
}

static gboolean
read_state (FakeCodec    *self,
            JsonObject   *body,
            ReshootNext  *next,
            GError      **error)
{
  const char *state = reshoot_json_get_string (body, "state");
  JsonArray *results = reshoot_json_get_array (body, "results");

  next->kind = RESHOOT_NEXT_POLL;
  if (g_strcmp0 (state, "question") == 0)
    {
      next->kind = RESHOOT_NEXT_ANSWER;
      set_call (self, next, "POST", "/answer");
    }
  else if (g_strcmp0 (state, "stopped") == 0)
    next->kind = RESHOOT_NEXT_STOPPED;
  else if (g_strcmp0 (state, "refused") == 0)
    reshoot_set_error (error, RESHOOT_ERROR_REFUSED, "request-moderated", "fake", "refused");
  else if (g_strcmp0 (state, "gone") == 0)
    reshoot_set_error (error, RESHOOT_ERROR_EXPIRED, "not-found", "fake", "gone");
  else if (g_strcmp0 (state, "failed") == 0)
    reshoot_set_error (error, RESHOOT_ERROR_FAILED, "service", "fake", "failed");
  else if (g_strcmp0 (state, "done") == 0)
    for (guint i = 0; results != NULL && i < json_array_get_length (results); i++)
      add_result (reshoot_json_get_item (results, i), next);

  return g_strcmp0 (state, "refused") != 0 && g_strcmp0 (state, "gone") != 0 &&
         g_strcmp0 (state, "failed") != 0;
}

static gboolean
fake_codec_read (ReshootProvider     *provider,
                 ReshootReplyTo       to,
                 const ReshootReply  *reply,
                 const char          *ticket,
                 ReshootNext         *next,
                 GError             **error)
{
  g_autoptr (JsonObject) body = NULL;

  if (!check_status (reply, next, error))
    return FALSE;

  next->charged = RESHOOT_CHARGED_UNKNOWN;
  body = reshoot_json_parse_object (reply->body, NULL);
  if (body == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", "fake", "the reply is not JSON");
      return FALSE;
    }

  read_numbers (body, next);
  return read_state (FAKE_CODEC (provider), body, next, error);
}

static gboolean
fake_codec_ask_again (ReshootProvider  *provider,
                      const char       *ticket,
                      ReshootNext      *next,
                      GError          **error)
{
  next->kind = RESHOOT_NEXT_POLL;
  set_call (FAKE_CODEC (provider), next, "GET", "/status");
  return TRUE;
}

static gboolean
fake_codec_cancel (ReshootProvider  *provider,
                   const char       *ticket,
                   ReshootNext      *next,
                   GError          **error)
{
  set_call (FAKE_CODEC (provider), next, "DELETE", "/cancel");
  return TRUE;
}

static JsonObject *
parse (const ReshootReply *reply)
{
  return reply != NULL ? reshoot_json_parse_object (reply->body, NULL) : NULL;
}

static gboolean
fake_codec_check (ReshootProvider     *provider,
                  const char          *state,
                  const ReshootReply  *reply,
                  ReshootNext         *next,
                  ReshootCheck        *check,
                  GError             **error)
{
  g_autoptr (JsonObject) body = parse (reply);

  next->kind = RESHOOT_NEXT_PREPARE;
  if (reply != NULL && !check_status (reply, next, error))
    return FALSE;

  if (reply == NULL)
    {
      set_call (FAKE_CODEC (provider), next, "GET", "/me");
      next->state = g_strdup ("me");
    }
  else if (g_strcmp0 (state, "me") == 0)
    {
      check->account = g_strdup (reshoot_json_get_string (body, "name"));
      set_call (FAKE_CODEC (provider), next, "GET", "/balance");
      next->state = g_strdup ("balance");
    }
  else
    {
      check->balance = reshoot_money_from_dollars (reshoot_json_get_number (body, "left"));
      next->kind = RESHOOT_NEXT_DONE;
    }

  return TRUE;
}

static gboolean
fake_codec_publish (ReshootProvider     *provider,
                    ReshootImage        *image,
                    const char          *state,
                    const ReshootReply  *reply,
                    ReshootNext         *next,
                    GError             **error)
{
  g_autoptr (JsonObject) body = parse (reply);

  next->kind = RESHOOT_NEXT_PREPARE;
  if (reply != NULL && !check_status (reply, next, error))
    return FALSE;

  if (reply == NULL)
    {
      set_call (FAKE_CODEC (provider), next, "POST", "/publish");
      next->call.content_type = g_strdup (reshoot_codec_get_content_type (image));
      next->call.body = g_bytes_ref (reshoot_image_get_bytes (image));
      return TRUE;
    }

  next->kind = RESHOOT_NEXT_DONE;
  next->state = g_strdup (reshoot_json_get_string (body, "url"));
  return TRUE;
}

static void
provider_iface_init (ReshootProviderInterface *iface)
{
  iface->prepare = fake_codec_prepare;
  iface->read = fake_codec_read;
  iface->ask_again = fake_codec_ask_again;
  iface->cancel = fake_codec_cancel;
  iface->check = fake_codec_check;
  iface->publish = fake_codec_publish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (FakeCodec, fake_codec, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RESHOOT_TYPE_PROVIDER, provider_iface_init))

static void
fake_codec_finalize (GObject *object)
{
  g_free (FAKE_CODEC (object)->base);

  G_OBJECT_CLASS (fake_codec_parent_class)->finalize (object);
}

static void
fake_codec_class_init (FakeCodecClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = fake_codec_finalize;
}

static void
fake_codec_init (FakeCodec *self)
{
}

FakeCodec *
fake_codec_new (const char *base)
{
  FakeCodec *self = g_object_new (FAKE_TYPE_CODEC, NULL);

  self->base = g_strdup (base);
  return self;
}

/* What a catalogue file would say. */
JsonObject *
fake_codec_new_description (void)
{
  static const char text[] =
    "{\"provider\": \"fake\", \"version\": \"1\", \"name\": \"Fake\", \"url\": \"https://fake.test\", \"hosts\": [],"
    " \"deadline\": 60, \"cancel\": \"stops\","
    " \"key\": {\"environment\": \"FAKE_KEY\", \"header\": \"Authorization\", \"prefix\": \"Bearer \","
    "  \"optional\": true},"
    " \"models\": ["
    "  {\"id\": \"fake/one\", \"name\": \"One\", \"price\": {\"amount\": 0.04, \"unit\": \"image\"}},"
    "  {\"id\": \"fake/four\", \"name\": \"Four\", \"results\": 4, \"cancel\": \"none\","
    "   \"price\": {\"amount\": 0.04, \"unit\": \"image\"}},"
    "  {\"id\": \"fake/pad\", \"name\": \"Pad\", \"references\": 2,"
    "   \"input\": {\"format\": \"jpeg\", \"sizes\": [[512, 512]], \"fit\": \"pad\", \"bytes\": 12000}},"
    "  {\"id\": \"fake/crop\", \"name\": \"Crop\", \"needs_url\": true,"
    "   \"input\": {\"sizes\": [[512, 512]], \"fit\": \"crop\"},"
    "   \"parameters\": {\"publish\": {\"type\": \"string\"}}}"
    "]}";
  g_autoptr (GBytes) bytes = g_bytes_new_static (text, strlen (text));
  g_autoptr (GError) error = NULL;
  JsonObject *object = reshoot_json_parse_object (bytes, &error);

  g_assert_no_error (error);
  return object;
}
