/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootReplicate: the dialect of Replicate. Every reply is the whole prediction, whatever it answers. A picture that
 * is not small is uploaded first. The service is told to stop by itself at the deadline, so that a program that never
 * comes back leaves no run behind that costs. It has no word for a refusal: the words of an error tell. */

#include "reshoot-replicate.h"
#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-form.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"

/* A larger picture is uploaded instead of being sent within the JSON. */
#define SMALL_BYTES (256 * 1024)

/* Where nothing can be uploaded, the service takes this much within the JSON. */
#define DATA_URI_BYTES 10000000

struct _ReshootReplicate
{
  GObject         parent_instance;

  ReshootAddress *address;
  JsonObject     *description;   /* the catalogue file */
};

/* Before the submit */

static void
prepare_upload (ReshootReplicate *self,
                const ReshootAsk *ask,
                ReshootNext      *next)
{
  g_autoptr (ReshootForm) form = reshoot_form_new ();

  reshoot_form_add_picture (form, "content", "source", ask->input);
  reshoot_form_fill_call (form, &next->call);
  next->kind = RESHOOT_NEXT_PREPARE;
  next->call.method = "POST";
  next->call.uri = g_strconcat (reshoot_address_get_base (self->address), "/files", NULL);
  next->call.with_key = TRUE;
  next->state = g_strdup ("{\"call\":\"upload\"}");
}

/* Whether the service says that this cannot be uploaded: not that it is busy, or dislikes the key. */
static gboolean
may_go_within (const ReshootAsk *ask)
{
  guint status = ask->reply->status;
  gsize size = g_bytes_get_size (reshoot_image_get_bytes (ask->input));

  return status >= 400 && status < 500 && status != 401 && status != 402 && status != 403 &&
         status != 429 && size / 3 * 4 < DATA_URI_BYTES;
}

/* How long an upload stays, by the service's own clock, and a little less: it is loaded after the submit. NAN where it
 * does not say. */
static double
get_life (JsonObject *upload)
{
  const char *created = reshoot_json_get_string (upload, "created_at");
  const char *expires = reshoot_json_get_string (upload, "expires_at");
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autoptr (GDateTime) from = created != NULL ? g_date_time_new_from_iso8601 (created, utc) : NULL;
  g_autoptr (GDateTime) to = expires != NULL ? g_date_time_new_from_iso8601 (expires, utc) : NULL;

  if (from == NULL || to == NULL)
    return NAN;

  return MAX (0, 0.9 * (double) g_date_time_difference (to, from) / G_TIME_SPAN_SECOND);
}

/* Returns: (transfer full) (nullable): the picture as the prediction is to have it; NULL with @next: after a call. */
static char *
dup_picture (ReshootReplicate  *self,
             const ReshootAsk  *ask,
             ReshootNext       *next,
             GError           **error)
{
  gsize size = g_bytes_get_size (reshoot_image_get_bytes (ask->input));
  g_autoptr (JsonObject) body = NULL;
  const char *uri;

  if (size <= SMALL_BYTES)
    return reshoot_codec_dup_data_uri (ask->input);

  if (ask->reply == NULL)
    {
      prepare_upload (self, ask, next);
      return NULL;
    }

  if (ask->reply->status < 200 || ask->reply->status > 299)
    {
      if (may_go_within (ask))
        return reshoot_codec_dup_data_uri (ask->input);

      reshoot_codec_set_status_error (ask->reply, "replicate", next, error);
      next->charged = RESHOOT_CHARGED_NO;
      return NULL;
    }

  body = reshoot_json_parse_object (ask->reply->body, NULL);
  uri = reshoot_json_get_string (reshoot_json_get_object (body, "urls"), "get");
  next->life = get_life (body);
  if (uri != NULL && reshoot_address_may_see_key (self->address, uri))
    return g_strdup (uri);

  reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, uri != NULL ? "foreign-address" : "no-upload", "replicate",
                     "the reply to the upload names no file of the service");
  return NULL;
}

static JsonObject *
make_fields (const ReshootAsk *ask,
             const char       *picture)
{
  JsonObject *described = reshoot_json_get_object (reshoot_model_get_json (ask->model), "parameters");
  g_autoptr (GList) names = described != NULL ? json_object_get_members (described) : NULL;
  JsonObject *fields = json_object_new ();
  JsonObject *input = json_object_new ();

  json_object_set_string_member (input, "prompt", reshoot_request_get_instruction (ask->request));
  json_object_set_string_member (input, "input_image", picture);
  for (GList *l = names; l != NULL; l = l->next)
    reshoot_codec_add_parameter (input, ask->model, ask->request, l->data);

  json_object_set_object_member (fields, "input", input);
  return fields;
}

/* How long the reply to the submit may wait for the result, and when the service is to stop by itself. */
static GStrv
make_headers (ReshootReplicate *self,
              const ReshootAsk *ask)
{
  double wait = reshoot_json_get_number (self->description, "wait");
  double deadline = reshoot_json_get_number (reshoot_model_get_json (ask->model), "deadline");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  if (wait >= 1 && wait <= 60)
    {
      g_autofree char *words = g_strdup_printf ("wait=%d", (int) wait);

      g_strv_builder_add_many (builder, "Prefer", words, NULL);
    }

  if (deadline >= 5)
    {
      g_autofree char *words = g_strdup_printf ("%ds", (int) deadline);

      g_strv_builder_add_many (builder, "Cancel-After", words, NULL);
    }

  return g_strv_builder_end (builder);
}

static gboolean
reshoot_replicate_prepare (ReshootProvider   *provider,
                           const ReshootAsk  *ask,
                           ReshootNext       *next,
                           GError           **error)
{
  ReshootReplicate *self = RESHOOT_REPLICATE (provider);
  g_autoptr (GError) upload_error = NULL;
  g_autoptr (JsonObject) fields = NULL;
  g_autofree char *picture = NULL;
  g_autofree char *uri = NULL;

  if (!reshoot_codec_check_pictures (ask, error))
    return FALSE;

  picture = dup_picture (self, ask, next, &upload_error);
  if (upload_error != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&upload_error));
      return FALSE;
    }
  if (picture == NULL)
    return TRUE;

  fields = make_fields (ask, picture);
  uri = g_strconcat (reshoot_address_get_base (self->address),
                     reshoot_json_get_string (reshoot_model_get_json (ask->model), "path"), NULL);
  next->kind = RESHOOT_NEXT_SUBMIT;
  reshoot_codec_set_post (next, uri, fields);
  next->call.headers = make_headers (self, ask);
  /* A reply that waited may hold the picture itself. */
  next->call.is_long = TRUE;
  return TRUE;
}

/* A ticket */

/* An id becomes a part of an address: what is no id is none. */
static gboolean
is_id (const char *id)
{
  return id != NULL && *id != '\0' && strlen (id) <= 64 &&
         id[strspn (id, "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_-")] == '\0';
}

/* Returns: (transfer full) (nullable): the address that the ticket names, where it is the service's own, else the one
 * that its id makes. */
static char *
dup_ticket_uri (ReshootReplicate  *self,
                const char        *ticket_text,
                const char        *name,
                const char        *tail,
                GError           **error)
{
  g_autoptr (JsonObject) ticket = reshoot_codec_parse_json (ticket_text);
  const char *id = reshoot_json_get_string (ticket, "id");
  const char *uri = reshoot_json_get_string (ticket, name);

  if (uri != NULL && reshoot_address_may_see_key (self->address, uri))
    return g_strdup (uri);

  if (is_id (id))
    return g_strconcat (reshoot_address_get_base (self->address), "/predictions/", id, tail, NULL);

  reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "foreign-address", NULL,
                     "the ticket names no prediction of the service");
  return NULL;
}

static void
add_address (ReshootReplicate *self,
             JsonObject       *ticket,
             const char       *name,
             const char       *uri)
{
  if (uri != NULL && reshoot_address_may_see_key (self->address, uri))
    json_object_set_string_member (ticket, name, uri);
}

static gboolean
take_ticket (ReshootReplicate  *self,
             JsonObject        *body,
             ReshootNext       *next,
             GError           **error)
{
  JsonObject *urls = reshoot_json_get_object (body, "urls");
  const char *id = reshoot_json_get_string (body, "id");
  g_autoptr (JsonObject) ticket = json_object_new ();

  next->charged = RESHOOT_CHARGED_UNKNOWN;
  if (!is_id (id))
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-ticket", "replicate",
                         "the reply to the submit names no prediction");
      return FALSE;
    }

  json_object_set_string_member (ticket, "id", id);
  add_address (self, ticket, "polling_url", reshoot_json_get_string (urls, "get"));
  add_address (self, ticket, "cancel_url", reshoot_json_get_string (urls, "cancel"));
  next->ticket = reshoot_codec_dup_json (ticket);
  return TRUE;
}

/* A prediction */

/* An address, or the picture itself. */
static gboolean
add_output (ReshootReplicate *self,
            ReshootNext      *next,
            const char       *text)
{
  if (text == NULL)
    return FALSE;

  if (g_str_has_prefix (text, "data:"))
    return reshoot_codec_add_base64 (next, text);

  if (!reshoot_address_may_be_called (self->address, text))
    return FALSE;

  reshoot_next_add_result (next, text, NULL);
  return TRUE;
}

static gboolean
read_output (ReshootReplicate  *self,
             JsonObject        *body,
             ReshootNext       *next,
             GError           **error)
{
  const char *text = reshoot_json_get_string (body, "output");
  JsonArray *list = reshoot_json_get_array (body, "output");
  gboolean said = text != NULL;

  next->charged = RESHOOT_CHARGED_YES;
  add_output (self, next, text);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        {
          said = TRUE;
          add_output (self, next, json_node_get_string (node));
        }
    }

  if (next->results != NULL)
    return TRUE;

  if (reshoot_json_get_boolean (body, "data_removed"))
    reshoot_set_error (error, RESHOOT_ERROR_EXPIRED, "not-found", "replicate", "the service has removed the result");
  else
    reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, said ? "foreign-address" : "no-sample", "replicate",
                       "succeeded, but without an address that can be downloaded from");
  return FALSE;
}

/* Says NULL where the words are of no refusal, else which it was. */
static const char *
find_refusal (const char *words)
{
  static const char * const signs[] = { "e005", "sensitive", "flagged", "moderat", "nsfw" };
  g_autofree char *lower = g_ascii_strdown (words, -1);

  for (guint i = 0; i < G_N_ELEMENTS (signs); i++)
    if (strstr (lower, signs[i]) != NULL)
      return strstr (lower, "input") != NULL && strstr (lower, "output") == NULL ? "request-moderated"
                                                                                 : "content-moderated";

  return NULL;
}

static gboolean
read_failed (JsonObject   *body,
             ReshootNext  *next,
             GError      **error)
{
  const char *words = reshoot_json_get_string (body, "error");
  const char *refusal = words != NULL ? find_refusal (words) : NULL;

  next->charged = RESHOOT_CHARGED_UNKNOWN;
  if (refusal != NULL)
    reshoot_set_error (error, RESHOOT_ERROR_REFUSED, refusal, words, "refused: %s", words);
  else
    reshoot_set_error (error, RESHOOT_ERROR_FAILED, "service", "replicate", "the service failed: %s",
                       words != NULL ? words : "it does not say why");
  return FALSE;
}

/* Ended by somebody before its end, or before it began. */
static gboolean
read_ended (ReshootReplyTo   to,
            gboolean         is_begun,
            ReshootNext     *next,
            GError         **error)
{
  next->charged = is_begun ? RESHOOT_CHARGED_UNKNOWN : RESHOOT_CHARGED_NO;
  if (to == RESHOOT_REPLY_TO_CANCEL)
    {
      next->kind = RESHOOT_NEXT_STOPPED;
      return TRUE;
    }

  reshoot_set_error (error, RESHOOT_ERROR_FAILED, "service", "replicate", "the prediction was %s",
                     is_begun ? "canceled" : "aborted");
  return FALSE;
}

static gboolean
read_prediction (ReshootReplicate  *self,
                 ReshootReplyTo     to,
                 JsonObject        *body,
                 const char        *ticket,
                 ReshootNext       *next,
                 GError           **error)
{
  const char *status = reshoot_json_get_string (body, "status");
  g_autofree char *uri = NULL;

  if (g_strcmp0 (status, "succeeded") == 0)
    return read_output (self, body, next, error);
  if (g_strcmp0 (status, "failed") == 0)
    return read_failed (body, next, error);
  if (g_strcmp0 (status, "canceled") == 0 || g_strcmp0 (status, "aborted") == 0)
    return read_ended (to, g_str_equal (status, "canceled"), next, error);

  if (status == NULL)
    {
      next->charged = RESHOOT_CHARGED_UNKNOWN;
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-status", "replicate", "a reply without a status");
      return FALSE;
    }

  uri = dup_ticket_uri (self, ticket, "polling_url", "", error);
  if (uri == NULL)
    return FALSE;

  reshoot_codec_set_poll (next, uri);
  return TRUE;
}

/* "Your rate limit resets in ~7s.": NAN where nothing like that is said. */
static double
find_seconds (const ReshootReply *reply)
{
  g_autoptr (JsonObject) body = reshoot_json_parse_object (reply->body, NULL);
  const char *detail = reshoot_json_get_string (body, "detail");
  const char *at = detail != NULL ? strstr (detail, "resets in") : NULL;
  double seconds;
  char *end;

  if (at == NULL)
    return NAN;

  at += strcspn (at, "0123456789");
  seconds = g_ascii_strtod (at, &end);
  return end != at && seconds <= 3600 ? seconds : NAN;
}

static gboolean
read_refused (ReshootReplyTo       to,
              const ReshootReply  *reply,
              ReshootNext         *next,
              GError             **error)
{
  double seconds = find_seconds (reply);

  if (to != RESHOOT_REPLY_TO_SUBMIT && (reply->status == 404 || reply->status == 410))
    reshoot_set_error (error, RESHOOT_ERROR_EXPIRED, "not-found", "replicate",
                       "the service no longer knows the prediction");
  else
    reshoot_codec_set_status_error (reply, "replicate", next, error);

  if (reply->status == 429 && !isnan (seconds))
    next->wait = seconds;
  if (to != RESHOOT_REPLY_TO_SUBMIT)
    next->charged = RESHOOT_CHARGED_UNKNOWN;
  return FALSE;
}

static gboolean
reshoot_replicate_read (ReshootProvider     *provider,
                        ReshootReplyTo       to,
                        const ReshootReply  *reply,
                        const char          *ticket,
                        ReshootNext         *next,
                        GError             **error)
{
  ReshootReplicate *self = RESHOOT_REPLICATE (provider);
  g_autoptr (JsonObject) body = NULL;

  if (reply->status < 200 || reply->status > 299)
    return read_refused (to, reply, next, error);

  body = reshoot_json_parse_object (reply->body, NULL);
  if (body == NULL)
    {
      next->charged = RESHOOT_CHARGED_UNKNOWN;
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", "replicate", "the reply is not JSON");
      return FALSE;
    }

  if (to == RESHOOT_REPLY_TO_SUBMIT && !take_ticket (self, body, next, error))
    return FALSE;

  if (to == RESHOOT_REPLY_TO_SUBMIT)
    ticket = next->ticket;

  return read_prediction (self, to, body, ticket, next, error);
}

static gboolean
reshoot_replicate_ask_again (ReshootProvider  *provider,
                             const char       *ticket,
                             ReshootNext      *next,
                             GError          **error)
{
  g_autofree char *uri = dup_ticket_uri (RESHOOT_REPLICATE (provider), ticket, "polling_url", "", error);

  if (uri == NULL)
    return FALSE;

  reshoot_codec_set_poll (next, uri);
  return TRUE;
}

static gboolean
reshoot_replicate_cancel (ReshootProvider  *provider,
                          const char       *ticket,
                          ReshootNext      *next,
                          GError          **error)
{
  g_autofree char *uri = dup_ticket_uri (RESHOOT_REPLICATE (provider), ticket, "cancel_url", "/cancel", error);

  if (uri == NULL)
    return FALSE;

  reshoot_codec_set_poll (next, uri);
  next->call.method = "POST";
  return TRUE;
}

/* The service tells whose key it is, and nowhere what is left. */
static gboolean
reshoot_replicate_check (ReshootProvider     *provider,
                         const char          *state,
                         const ReshootReply  *reply,
                         ReshootNext         *next,
                         ReshootCheck        *check,
                         GError             **error)
{
  ReshootReplicate *self = RESHOOT_REPLICATE (provider);
  g_autoptr (JsonObject) body = NULL;

  if (reply == NULL)
    {
      g_autofree char *uri = g_strconcat (reshoot_address_get_base (self->address), "/account", NULL);

      reshoot_codec_set_poll (next, uri);
      next->kind = RESHOOT_NEXT_PREPARE;
      return TRUE;
    }

  if (reply->status != 200)
    {
      reshoot_codec_set_status_error (reply, "replicate", next, error);
      return FALSE;
    }

  body = reshoot_json_parse_object (reply->body, NULL);
  if (reshoot_json_get_string (body, "username") == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", "replicate", "the reply names no account");
      return FALSE;
    }

  next->kind = RESHOOT_NEXT_DONE;
  check->account = g_strdup (reshoot_json_get_string (body, "username"));
  return TRUE;
}

static void
provider_iface_init (ReshootProviderInterface *iface)
{
  iface->prepare = reshoot_replicate_prepare;
  iface->read = reshoot_replicate_read;
  iface->ask_again = reshoot_replicate_ask_again;
  iface->cancel = reshoot_replicate_cancel;
  iface->check = reshoot_replicate_check;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReshootReplicate, reshoot_replicate, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RESHOOT_TYPE_PROVIDER, provider_iface_init))

static void
reshoot_replicate_finalize (GObject *object)
{
  ReshootReplicate *self = RESHOOT_REPLICATE (object);

  g_clear_pointer (&self->address, reshoot_address_unref);
  g_clear_pointer (&self->description, json_object_unref);

  G_OBJECT_CLASS (reshoot_replicate_parent_class)->finalize (object);
}

static void
reshoot_replicate_class_init (ReshootReplicateClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_replicate_finalize;
}

static void
reshoot_replicate_init (ReshootReplicate *self)
{
}

/**
 * reshoot_replicate_new:
 * @address: where the service is and which hosts may see its key
 * @description: the catalogue's file of it
 *
 * Returns: (transfer full): the codec of Replicate
 */
ReshootProvider *
reshoot_replicate_new (ReshootAddress *address,
                       JsonObject     *description)
{
  ReshootReplicate *self = g_object_new (RESHOOT_TYPE_REPLICATE, NULL);

  self->address = reshoot_address_ref (address);
  self->description = json_object_ref (description);
  return RESHOOT_PROVIDER (self);
}
