/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootFal: the dialect of fal's queue. A submit answers with addresses to ask at, to stop at and to fetch from; they
 * drop a part of the submit's path, so they are used as they come. "Completed" is said of a failure as well: only what
 * is fetched afterwards tells. Pictures that are not small go to fal's
 * storage first (-storage); what it costs and what is left is asked elsewhere (-account). */

#include "reshoot-fal.h"
#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-fal-private.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"

#include <stdio.h>

/* A larger picture is uploaded instead of being sent within the JSON. */
#define SMALL_BYTES (256 * 1024)

struct _ReshootFal
{
  GObject         parent_instance;

  ReshootAddress *address;
  JsonObject     *description;   /* the catalogue file */
};

/* The service knows nine shapes: the one that the input has, or comes nearest to. */
static const char *
get_ratio (JsonObject   *parameter,
           ReshootImage *input)
{
  JsonArray *values = reshoot_json_get_array (parameter, "values");
  double shape = log ((double) reshoot_image_get_width (input) / reshoot_image_get_height (input));
  double best = INFINITY;
  const char *ratio = NULL;

  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++)
    {
      const char *value = json_array_get_string_element (values, i);
      double distance = INFINITY;
      int width;
      int height;

      if (sscanf (value, "%d:%d", &width, &height) == 2 && width > 0 && height > 0)
        distance = fabs (log ((double) width / height) - shape);
      if (distance < best)
        {
          best = distance;
          ratio = value;
        }
    }

  return ratio;
}

static JsonObject *
make_fields (const ReshootAsk *ask,
             const char       *image)
{
  JsonObject *parameters = reshoot_json_get_object (reshoot_model_get_json (ask->model), "parameters");
  JsonObject *ratios = reshoot_json_get_object (parameters, "aspect_ratio");
  g_autoptr (GList) names = parameters != NULL ? json_object_get_members (parameters) : NULL;
  JsonObject *fields = json_object_new ();

  json_object_set_string_member (fields, "prompt", reshoot_request_get_instruction (ask->request));
  json_object_set_string_member (fields, "image_url", image);

  for (GList *l = names; l != NULL; l = l->next)
    reshoot_codec_add_parameter (fields, ask->model, ask->request, l->data);

  if (ratios != NULL && !json_object_has_member (fields, "aspect_ratio"))
    json_object_set_string_member (fields, "aspect_ratio", get_ratio (ratios, ask->input));

  return fields;
}

static gboolean
reshoot_fal_prepare (ReshootProvider   *provider,
                     const ReshootAsk  *ask,
                     ReshootNext       *next,
                     GError           **error)
{
  ReshootFal *self = RESHOOT_FAL (provider);
  JsonObject *json = reshoot_model_get_json (ask->model);
  g_autofree char *image = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (JsonObject) fields = NULL;

  if (!reshoot_codec_check_input (ask->model, ask->input, error))
    return FALSE;

  if (g_bytes_get_size (reshoot_image_get_bytes (ask->input)) <= SMALL_BYTES)
    image = reshoot_codec_dup_data_uri (ask->input);
  else if (!reshoot_fal_upload (self->address, ask->input, ask->state, ask->reply, next,
                                &image, error))
    return FALSE;
  else if (image == NULL)
    return TRUE;

  fields = make_fields (ask, image);
  uri = g_strconcat (reshoot_address_get_base (self->address),
                     reshoot_json_get_string (json, "path"), NULL);
  next->kind = RESHOOT_NEXT_SUBMIT;
  reshoot_codec_set_post (next, uri, fields);
  reshoot_fal_set_life (&next->call, (gint64) reshoot_json_get_number (self->description, "result_life"));
  return TRUE;
}

static gboolean
reshoot_fal_publish (ReshootProvider     *provider,
                     ReshootImage        *image,
                     const char          *state,
                     const ReshootReply  *reply,
                     ReshootNext         *next,
                     GError             **error)
{
  g_autofree char *uri = NULL;

  if (!reshoot_fal_upload (RESHOOT_FAL (provider)->address, image, state, reply, next, &uri, error))
    return FALSE;

  if (uri != NULL)
    {
      next->kind = RESHOOT_NEXT_DONE;
      next->state = g_steal_pointer (&uri);
    }
  return TRUE;
}

/* For the ticket: an address of the service's own, or none. */
static void
add_address (ReshootFal *self,
             JsonObject *ticket,
             const char *name,
             JsonObject *body,
             const char *member)
{
  const char *uri = reshoot_json_get_string (body, member);

  if (uri != NULL && reshoot_address_may_see_key (self->address, uri))
    json_object_set_string_member (ticket, name, uri);
}

static void
read_position (JsonObject  *body,
               ReshootNext *next)
{
  double position = reshoot_json_get_number (body, "queue_position");

  if (position >= 0 && position < G_MAXINT)
    next->queue_position = (int) position;
}

static gboolean
read_submitted (ReshootFal   *self,
                JsonObject   *body,
                ReshootNext  *next,
                GError      **error)
{
  const char *id = reshoot_json_get_string (body, "request_id");
  gboolean named = reshoot_json_get_string (body, "status_url") != NULL;
  g_autoptr (JsonObject) ticket = json_object_new ();

  next->charged = RESHOOT_CHARGED_UNKNOWN;

  if (id != NULL)
    {
      json_object_set_string_member (ticket, "id", id);
      add_address (self, ticket, "polling_url", body, "status_url");
      add_address (self, ticket, "response_url", body, "response_url");
      add_address (self, ticket, "cancel_url", body, "cancel_url");
      next->ticket = reshoot_codec_dup_json (ticket);
    }

  if (!json_object_has_member (ticket, "polling_url") ||
      !json_object_has_member (ticket, "response_url"))
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, named ? "foreign-address" : "no-ticket", "fal",
                         "the reply to the submit names no id, or no addresses of the service to ask at");
      return FALSE;
    }

  read_position (body, next);
  reshoot_codec_set_poll (next, reshoot_json_get_string (ticket, "polling_url"));
  return TRUE;
}

/* Black pictures stand in for those that were held back. */
static gboolean
is_held_back (JsonObject *body,
              guint       i)
{
  JsonArray *flags = reshoot_json_get_array (body, "has_nsfw_concepts");
  JsonNode *flag = NULL;

  if (flags != NULL && i < json_array_get_length (flags))
    flag = json_array_get_element (flags, i);

  return flag != NULL && JSON_NODE_HOLDS_VALUE (flag) &&
         json_node_get_value_type (flag) == G_TYPE_BOOLEAN && json_node_get_boolean (flag);
}

static gboolean
read_images (ReshootFal   *self,
             JsonObject   *body,
             ReshootNext  *next,
             GError      **error)
{
  JsonArray *images = reshoot_json_get_array (body, "images");
  guint n = images != NULL ? json_array_get_length (images) : 0;
  gboolean refused = FALSE;
  gboolean foreign = FALSE;

  for (guint i = 0; i < n; i++)
    {
      const char *uri = reshoot_json_get_string (reshoot_json_get_item (images, i), "url");

      if (is_held_back (body, i))
        refused = TRUE;
      else if (uri != NULL && reshoot_address_may_be_called (self->address, uri))
        reshoot_next_add_result (next, uri, NULL);
      else if (uri != NULL)
        foreign = TRUE;
    }

  if (next->results != NULL)
    {
      next->charged = RESHOOT_CHARGED_YES;
      return TRUE;
    }

  next->charged = RESHOOT_CHARGED_UNKNOWN;
  if (refused && !foreign)
    reshoot_set_error (error, RESHOOT_ERROR_REFUSED, "content-moderated", "fal", "every picture was held back");
  else
    reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, foreign ? "foreign-address" : "no-sample", "fal",
                       "completed, but without an address that can be downloaded from");
  return FALSE;
}

/* Whether the list of details has one of that type. */
static gboolean
names_policy (JsonObject *body)
{
  JsonArray *list = reshoot_json_get_array (body, "detail");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      const char *type = reshoot_json_get_string (reshoot_json_get_item (list, i), "type");

      if (type != NULL && strstr (type, "content_policy") != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Where the result would be, a failed request says why; the service charges only for what it made. A gateway has no
 * "detail": that is no word of the request, and is asked again. A 500 may be a stumble of either, whatever it says: it
 * is believed when it is said twice. */
static gboolean
read_failed (JsonObject          *body,
             const ReshootReply  *reply,
             ReshootReplyTo       to,
             JsonObject          *ticket,
             ReshootNext         *next,
             GError             **error)
{
  gboolean is_word = reshoot_json_get_boolean (ticket, "completed") && to == RESHOOT_REPLY_TO_POLL &&
                     body != NULL && json_object_has_member (body, "detail") &&
                     (reply->status == 400 || reply->status == 422 || reply->status == 500);

  if (is_word && reply->status == 500 && !reshoot_json_get_boolean (ticket, "failed"))
    {
      json_object_set_boolean_member (ticket, "failed", TRUE);
      next->ticket = reshoot_codec_dup_json (ticket);
      reshoot_codec_set_poll (next, reshoot_json_get_string (ticket, "response_url"));
      return TRUE;
    }

  reshoot_codec_set_status_error (reply, "fal", next, error);
  if (to != RESHOOT_REPLY_TO_SUBMIT)
    next->charged = is_word ? RESHOOT_CHARGED_NO : RESHOOT_CHARGED_UNKNOWN;

  if (reply->status == 422 && names_policy (body))
    {
      g_clear_error (error);
      reshoot_set_error (error, RESHOOT_ERROR_REFUSED, "request-moderated", "fal", "refused: content policy");
    }
  else if (is_word)
    {
      g_clear_error (error);
      reshoot_set_error (error, RESHOOT_ERROR_FAILED, "service", "fal", "the request failed with status %u",
                         reply->status);
    }

  return FALSE;
}

static gboolean
read_status (JsonObject   *body,
             JsonObject   *ticket,
             ReshootNext  *next,
             GError      **error)
{
  const char *status = reshoot_json_get_string (body, "status");

  if (status == NULL)
    {
      next->charged = RESHOOT_CHARGED_UNKNOWN;
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-status", "fal", "a reply without a status");
      return FALSE;
    }

  if (g_str_equal (status, "COMPLETED"))
    {
      json_object_set_boolean_member (ticket, "completed", TRUE);
      next->ticket = reshoot_codec_dup_json (ticket);
      reshoot_codec_set_poll (next, reshoot_json_get_string (ticket, "response_url"));
      next->kind = RESHOOT_NEXT_ANSWER;
      return TRUE;
    }

  read_position (body, next);
  reshoot_codec_set_poll (next, reshoot_json_get_string (ticket, "polling_url"));
  return TRUE;
}

/* From a ticket that may be a stranger's: the address of that name, if it is the service's own. */
static const char *
get_address (ReshootFal  *self,
             JsonObject  *ticket,
             const char  *name,
             GError     **error)
{
  const char *uri = reshoot_json_get_string (ticket, name);

  if (uri != NULL && reshoot_address_may_see_key (self->address, uri))
    return uri;

  reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "foreign-address", NULL,
                     "the ticket names no address of the service to ask at");
  return NULL;
}

/* The service took it out of the queue, or it will try, or there is nothing left to stop. Only the first is an end. */
static gboolean
read_cancelled (const ReshootReply *reply,
                ReshootNext        *next)
{
  next->kind = reply->status == 200 ? RESHOOT_NEXT_STOPPED : RESHOOT_NEXT_POLL;
  if (reply->status == 200)
    next->charged = RESHOOT_CHARGED_NO;

  return TRUE;
}

static gboolean
reshoot_fal_read (ReshootProvider     *provider,
                  ReshootReplyTo       to,
                  const ReshootReply  *reply,
                  const char          *ticket_text,
                  ReshootNext         *next,
                  GError             **error)
{
  ReshootFal *self = RESHOOT_FAL (provider);
  g_autoptr (JsonObject) body = reshoot_json_parse_object (reply->body, NULL);
  g_autoptr (JsonObject) ticket = reshoot_codec_parse_json (ticket_text);

  if (to == RESHOOT_REPLY_TO_CANCEL && reply->status < 500 &&
      reply->status != 401 && reply->status != 403)
    return read_cancelled (reply, next);

  if (reply->status < 200 || reply->status > 299)
    return read_failed (body, reply, to, ticket, next, error);

  if (body == NULL)
    {
      next->charged = RESHOOT_CHARGED_UNKNOWN;
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", "fal", "the reply is not JSON");
      return FALSE;
    }

  if (to == RESHOOT_REPLY_TO_SUBMIT)
    return read_submitted (self, body, next, error);

  if (json_object_has_member (body, "images") || reshoot_json_get_boolean (ticket, "completed"))
    return read_images (self, body, next, error);

  return get_address (self, ticket, "polling_url", error) != NULL &&
         get_address (self, ticket, "response_url", error) != NULL &&
         read_status (body, ticket, next, error);
}

static gboolean
reshoot_fal_ask_again (ReshootProvider  *provider,
                       const char       *ticket_text,
                       ReshootNext      *next,
                       GError          **error)
{
  ReshootFal *self = RESHOOT_FAL (provider);
  g_autoptr (JsonObject) ticket = reshoot_codec_parse_json (ticket_text);
  gboolean completed = reshoot_json_get_boolean (ticket, "completed");
  const char *uri = get_address (self, ticket, completed ? "response_url" : "polling_url", error);

  if (uri == NULL)
    return FALSE;

  reshoot_codec_set_poll (next, uri);
  return TRUE;
}

static gboolean
reshoot_fal_cancel (ReshootProvider  *provider,
                    const char       *ticket_text,
                    ReshootNext      *next,
                    GError          **error)
{
  g_autoptr (JsonObject) ticket = reshoot_codec_parse_json (ticket_text);
  const char *uri = get_address (RESHOOT_FAL (provider), ticket, "cancel_url", error);

  if (uri == NULL)
    return FALSE;

  reshoot_codec_set_poll (next, uri);
  next->call.method = "PUT";
  return TRUE;
}

static gboolean
reshoot_fal_check (ReshootProvider     *provider,
                   const char          *state,
                   const ReshootReply  *reply,
                   ReshootNext         *next,
                   ReshootCheck        *check,
                   GError             **error)
{
  ReshootFal *self = RESHOOT_FAL (provider);

  return reshoot_fal_ask_account (self->address, self->description, state, reply, next,
                                  check, error);
}

static void
provider_iface_init (ReshootProviderInterface *iface)
{
  iface->prepare = reshoot_fal_prepare;
  iface->read = reshoot_fal_read;
  iface->ask_again = reshoot_fal_ask_again;
  iface->cancel = reshoot_fal_cancel;
  iface->check = reshoot_fal_check;
  iface->publish = reshoot_fal_publish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReshootFal, reshoot_fal, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RESHOOT_TYPE_PROVIDER, provider_iface_init))

static void
reshoot_fal_finalize (GObject *object)
{
  ReshootFal *self = RESHOOT_FAL (object);

  g_clear_pointer (&self->address, reshoot_address_unref);
  g_clear_pointer (&self->description, json_object_unref);

  G_OBJECT_CLASS (reshoot_fal_parent_class)->finalize (object);
}

static void
reshoot_fal_class_init (ReshootFalClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_fal_finalize;
}

static void
reshoot_fal_init (ReshootFal *self)
{
}

/**
 * reshoot_fal_new:
 * @address: where the service is and which hosts may see its key
 * @description: its catalogue file
 *
 * Returns: (transfer full): the codec of fal
 */
ReshootProvider *
reshoot_fal_new (ReshootAddress *address,
                 JsonObject     *description)
{
  ReshootFal *self = g_object_new (RESHOOT_TYPE_FAL, NULL);

  self->address = reshoot_address_ref (address);
  self->description = json_object_ref (description);
  return RESHOOT_PROVIDER (self);
}
