/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootBfl: the dialect of Black Forest Labs. A submit answers with an id and the address to ask at, on one of
 * several regional hosts; asking answers with a word, of which new ones appear now and then, and at the end with a
 * signed address of the picture that lives ten minutes. Unknown words mean "still running": the job's deadline bounds
 * them. Unknown fields in a request are dropped by the service without a word, so only known ones are sent. */

#include "reshoot-bfl.h"
#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"

#define CREDITS_PER_DOLLAR 100.0

struct _ReshootBfl
{
  GObject         parent_instance;

  ReshootAddress *address;
  JsonObject     *regions;    /* (nullable): name → address */
};

/* The catalogue says by its parameters which fields a model knows; where it draws is no field. */
static void
add_parameters (JsonObject       *fields,
                const ReshootAsk *ask)
{
  JsonObject *described = reshoot_json_get_object (reshoot_model_get_json (ask->model), "parameters");
  g_autoptr (GList) names = described != NULL ? json_object_get_members (described) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    if (!g_str_equal (l->data, "region"))
      reshoot_codec_add_parameter (fields, ask->model, ask->request, l->data);
}

static JsonNode *
make_fields (const ReshootAsk *ask)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *fields = json_object_new ();
  g_autofree char *ratio = reshoot_codec_dup_ratio (ask->input);
  g_autofree char *words = reshoot_codec_dup_words (ask);

  json_object_set_string_member (fields, "prompt", words);
  if (reshoot_json_get_boolean (reshoot_model_get_json (ask->model), "sized"))
    {
      json_object_set_int_member (fields, "width", reshoot_image_get_width (ask->input));
      json_object_set_int_member (fields, "height", reshoot_image_get_height (ask->input));
    }
  else
    {
      json_object_set_string_member (fields, "aspect_ratio", ratio);
    }
  add_parameters (fields, ask);
  json_node_take_object (node, fields);

  return node;
}

/* The region that the person chose, or the address that fails over between them. */
static char *
dup_submit_uri (ReshootBfl       *self,
                const ReshootAsk *ask)
{
  const char *path = reshoot_json_get_string (reshoot_model_get_json (ask->model), "path");
  g_autoptr (JsonObject) fields = json_object_new ();
  g_autofree char *uri = NULL;
  const char *region;

  reshoot_codec_add_parameter (fields, ask->model, ask->request, "region");
  region = reshoot_json_get_string (fields, "region");
  region = region != NULL ? reshoot_json_get_string (self->regions, region) : NULL;
  if (region == NULL)
    return g_strconcat (reshoot_address_get_base (self->address), path, NULL);

  uri = g_strconcat (region, path, NULL);
  return reshoot_address_dup_uri (self->address, uri);
}

static gboolean
reshoot_bfl_prepare (ReshootProvider   *provider,
                     const ReshootAsk  *ask,
                     ReshootNext       *next,
                     GError           **error)
{
  ReshootBfl *self = RESHOOT_BFL (provider);
  g_autoptr (JsonNode) fields = make_fields (ask);

  if (!reshoot_codec_check_pictures (ask, error))
    return FALSE;

  next->kind = RESHOOT_NEXT_SUBMIT;
  next->call.method = "POST";
  next->call.uri = dup_submit_uri (self, ask);
  next->call.content_type = g_strdup ("application/json");
  next->call.body = reshoot_codec_make_body (fields, "input_image", ask);
  next->call.with_key = TRUE;
  return TRUE;
}

static ReshootMoney
get_cost (JsonObject *body)
{
  return reshoot_money_from_dollars (reshoot_json_get_number (body, "cost") / CREDITS_PER_DOLLAR);
}

/* The address is used as it came, since it names a region; but the key goes to the service's own hosts alone. Where it
 * names another, the id is kept: the person can ask the service about it. */
static gboolean
read_submitted (ReshootBfl   *self,
                JsonObject   *body,
                ReshootNext  *next,
                GError      **error)
{
  const char *id = reshoot_json_get_string (body, "id");
  const char *uri = reshoot_json_get_string (body, "polling_url");
  gboolean allowed = uri != NULL && reshoot_address_may_see_key (self->address, uri);

  next->quoted = get_cost (body);
  next->charged = RESHOOT_CHARGED_UNKNOWN;

  if (id != NULL)
    next->ticket = reshoot_codec_make_ticket (id, allowed ? uri : NULL);

  if (id == NULL || !allowed)
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, uri != NULL ? "foreign-address" : "no-ticket",
                         "bfl", "the reply to the submit names no id, or no address of the service to ask at");
      return FALSE;
    }

  reshoot_codec_set_poll (next, uri);
  return TRUE;
}

static gboolean
read_ready (ReshootBfl   *self,
            JsonObject   *body,
            ReshootNext  *next,
            GError      **error)
{
  const char *sample = reshoot_json_get_string (reshoot_json_get_object (body, "result"), "sample");

  next->charged = RESHOOT_CHARGED_YES;

  if (sample == NULL || !reshoot_address_may_be_called (self->address, sample))
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, sample == NULL ? "no-sample" : "foreign-address",
                         "bfl", "ready, but without an address that can be downloaded from");
      return FALSE;
    }

  reshoot_next_add_result (next, sample, NULL);
  return TRUE;
}

static char *
dup_reasons (JsonObject *body)
{
  JsonArray *list = reshoot_json_get_array (reshoot_json_get_object (body, "details"), "Moderation Reasons");
  g_autoptr (GString) reasons = g_string_new (NULL);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_string_append_printf (reasons, "%s%s", reasons->len > 0 ? ", " : "", json_node_get_string (node));
    }

  return reasons->len > 0 ? g_strdup (reasons->str) : g_strdup ("bfl");
}

static gboolean
read_status (ReshootBfl   *self,
             JsonObject   *body,
             const char   *ticket_uri,
             ReshootNext  *next,
             GError      **error)
{
  const char *status = reshoot_json_get_string (body, "status");
  g_autofree char *reasons = dup_reasons (body);
  double progress = reshoot_json_get_number (body, "progress");

  next->settled = get_cost (body);
  if (next->settled >= 0)
    next->charged = next->settled > 0 ? RESHOOT_CHARGED_YES : RESHOOT_CHARGED_NO;

  if (g_strcmp0 (status, "Ready") == 0)
    return read_ready (self, body, next, error);

  if (g_strcmp0 (status, "Task not found") == 0)
    reshoot_set_error (error, RESHOOT_ERROR_EXPIRED, "not-found", "bfl", "the service no longer knows the task");
  else if (g_strcmp0 (status, "Request Moderated") == 0)
    reshoot_set_error (error, RESHOOT_ERROR_REFUSED, "request-moderated", reasons, "refused: %s", reasons);
  else if (g_strcmp0 (status, "Content Moderated") == 0)
    reshoot_set_error (error, RESHOOT_ERROR_REFUSED, "content-moderated", reasons, "refused: %s", reasons);
  else if (g_strcmp0 (status, "Error") == 0 || g_strcmp0 (status, "Failed") == 0)
    reshoot_set_error (error, RESHOOT_ERROR_FAILED, "service", "bfl", "the service failed");
  else if (status == NULL)
    reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-status", "bfl", "a reply without a status");
  else
    {
      reshoot_codec_set_poll (next, ticket_uri);
      next->progress = progress >= 0 && progress <= 1 ? progress : NAN;
      return TRUE;
    }

  if (next->charged < 0)
    next->charged = RESHOOT_CHARGED_UNKNOWN;
  return FALSE;
}

static gboolean
reshoot_bfl_read (ReshootProvider     *provider,
                  ReshootReplyTo       to,
                  const ReshootReply  *reply,
                  const char          *ticket,
                  ReshootNext         *next,
                  GError             **error)
{
  ReshootBfl *self = RESHOOT_BFL (provider);
  g_autoptr (JsonObject) body = reshoot_json_parse_object (reply->body, NULL);
  g_autofree char *uri = NULL;

  /* Some gateways say with a 404 what the service says with a word. */
  if (reply->status != 200 && !(reply->status == 404 && to != RESHOOT_REPLY_TO_SUBMIT &&
                                reshoot_json_get_string (body, "status") != NULL))
    {
      reshoot_codec_set_status_error (reply, "bfl", next, error);
      if (to != RESHOOT_REPLY_TO_SUBMIT)
        next->charged = RESHOOT_CHARGED_UNKNOWN;
      return FALSE;
    }

  if (body == NULL)
    {
      next->charged = RESHOOT_CHARGED_UNKNOWN;
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", "bfl", "the reply is not JSON");
      return FALSE;
    }

  if (to == RESHOOT_REPLY_TO_SUBMIT)
    return read_submitted (self, body, next, error);

  uri = reshoot_codec_dup_ticket_uri (self->address, ticket, error);
  return uri != NULL && read_status (self, body, uri, next, error);
}

static gboolean
reshoot_bfl_ask_again (ReshootProvider  *provider,
                       const char       *ticket,
                       ReshootNext      *next,
                       GError          **error)
{
  ReshootBfl *self = RESHOOT_BFL (provider);
  g_autofree char *uri = reshoot_codec_dup_ticket_uri (self->address, ticket, error);

  if (uri == NULL)
    return FALSE;

  reshoot_codec_set_poll (next, uri);
  return TRUE;
}

/* What the account holds, in credits. The same call tells whether the key is good. */
static gboolean
reshoot_bfl_check (ReshootProvider     *provider,
                   const char          *state,
                   const ReshootReply  *reply,
                   ReshootNext         *next,
                   ReshootCheck        *check,
                   GError             **error)
{
  ReshootBfl *self = RESHOOT_BFL (provider);
  g_autoptr (JsonObject) body = NULL;
  double credits;

  if (reply == NULL)
    {
      next->kind = RESHOOT_NEXT_PREPARE;
      next->call.method = "GET";
      next->call.uri = g_strconcat (reshoot_address_get_base (self->address), "/v1/credits", NULL);
      next->call.with_key = TRUE;
      return TRUE;
    }

  if (reply->status != 200)
    {
      reshoot_codec_set_status_error (reply, "bfl", next, error);
      return FALSE;
    }

  body = reshoot_json_parse_object (reply->body, NULL);
  credits = reshoot_json_get_number (body, "credits");
  if (isnan (credits))
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", "bfl", "the reply names no credits");
      return FALSE;
    }

  next->kind = RESHOOT_NEXT_DONE;
  check->balance = reshoot_money_from_dollars (credits / CREDITS_PER_DOLLAR);
  return TRUE;
}

static void
provider_iface_init (ReshootProviderInterface *iface)
{
  iface->prepare = reshoot_bfl_prepare;
  iface->read = reshoot_bfl_read;
  iface->ask_again = reshoot_bfl_ask_again;
  iface->check = reshoot_bfl_check;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReshootBfl, reshoot_bfl, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RESHOOT_TYPE_PROVIDER, provider_iface_init))

static void
reshoot_bfl_finalize (GObject *object)
{
  ReshootBfl *self = RESHOOT_BFL (object);

  g_clear_pointer (&self->address, reshoot_address_unref);
  g_clear_pointer (&self->regions, json_object_unref);

  G_OBJECT_CLASS (reshoot_bfl_parent_class)->finalize (object);
}

static void
reshoot_bfl_class_init (ReshootBflClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_bfl_finalize;
}

static void
reshoot_bfl_init (ReshootBfl *self)
{
}

/**
 * reshoot_bfl_new:
 * @address: where the service is and which hosts may see its key
 * @description: the catalogue's file of it
 *
 * Returns: (transfer full): the codec of Black Forest Labs
 */
ReshootProvider *
reshoot_bfl_new (ReshootAddress *address,
                 JsonObject     *description)
{
  ReshootBfl *self = g_object_new (RESHOOT_TYPE_BFL, NULL);
  JsonObject *regions = reshoot_json_get_object (description, "regions");

  self->address = reshoot_address_ref (address);
  self->regions = regions != NULL ? json_object_ref (regions) : NULL;
  return RESHOOT_PROVIDER (self);
}
