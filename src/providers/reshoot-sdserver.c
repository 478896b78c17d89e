/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootSdserver: the job interface of stable-diffusion.cpp's own server. A submit answers with an id; where to ask is
 * made from that id, whatever address the reply names. The server keeps a result for ten minutes, stops what waits in
 * its queue and nothing that runs, and costs nothing. The source goes along as a reference alone: as the start picture
 * it would be drawn over. */

#include "reshoot-sdserver.h"
#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"

struct _ReshootSdserver
{
  GObject         parent_instance;

  ReshootAddress *address;
  char           *provider;
};

static JsonNode *
make_fields (const ReshootAsk *ask)
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *fields = json_object_new ();
  JsonObject *sample = json_object_new ();
  JsonObject *guidance = json_object_new ();
  g_autofree char *words = reshoot_codec_dup_words (ask);
  g_autoptr (JsonObject) given = NULL;

  given = reshoot_model_resolve_parameters (ask->model,
                                            reshoot_request_get_parameters (ask->request));

  json_object_set_string_member (fields, "prompt", words);
  json_object_set_int_member (fields, "width", reshoot_image_get_width (ask->input));
  json_object_set_int_member (fields, "height", reshoot_image_get_height (ask->input));
  json_object_set_int_member (fields, "batch_count", 1);
  reshoot_codec_add_parameter (fields, ask->model, ask->request, "seed");
  reshoot_codec_add_parameter (fields, ask->model, ask->request, "output_format");

  json_object_set_double_member (guidance, "txt_cfg", 1.0);
  json_object_set_double_member (guidance, "distilled_guidance", reshoot_json_get_number (given, "guidance"));
  json_object_set_int_member (sample, "sample_steps", (gint64) reshoot_json_get_number (given, "steps"));
  json_object_set_string_member (sample, "sample_method", "euler");
  json_object_set_object_member (sample, "guidance", guidance);
  json_object_set_object_member (fields, "sample_params", sample);

  json_node_take_object (node, fields);
  return node;
}

static gboolean
reshoot_sdserver_prepare (ReshootProvider   *provider,
                          const ReshootAsk  *ask,
                          ReshootNext       *next,
                          GError           **error)
{
  ReshootSdserver *self = RESHOOT_SDSERVER (provider);
  g_autoptr (JsonNode) fields = NULL;

  if (!reshoot_codec_check_input (ask->model, ask->input, error))
    return FALSE;

  fields = make_fields (ask);
  next->kind = RESHOOT_NEXT_SUBMIT;
  next->call.method = "POST";
  next->call.uri = g_strconcat (reshoot_address_get_base (self->address), "/sdcpp/v1/img_gen", NULL);
  next->call.content_type = g_strdup ("application/json");
  next->call.body = reshoot_codec_make_list_body (fields, "ref_images", ask);
  next->call.with_key = TRUE;
  return TRUE;
}

/* The place of a job: of the one that the ticket names. */
static char *
dup_job_uri (ReshootSdserver  *self,
             const char       *ticket,
             const char       *tail,
             GError          **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (ticket, strlen (ticket));
  g_autoptr (JsonObject) object = reshoot_json_parse_object (bytes, NULL);
  const char *id = reshoot_json_get_string (object, "id");
  g_autofree char *escaped = NULL;

  if (id == NULL || *id == '\0')
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-ticket", self->provider, "a ticket without an id");
      return NULL;
    }

  escaped = g_uri_escape_string (id, NULL, FALSE);
  return g_strconcat (reshoot_address_get_base (self->address), "/sdcpp/v1/jobs/", escaped, tail, NULL);
}

static gboolean
set_poll (ReshootSdserver  *self,
          const char       *ticket,
          ReshootNext      *next,
          GError          **error)
{
  g_autofree char *uri = dup_job_uri (self, ticket, "", error);

  if (uri == NULL)
    return FALSE;

  reshoot_codec_set_poll (next, uri);
  next->call.is_long = TRUE;
  return TRUE;
}

static gboolean
read_pictures (ReshootSdserver  *self,
               JsonObject       *body,
               ReshootNext      *next,
               GError          **error)
{
  JsonArray *images = reshoot_json_get_array (reshoot_json_get_object (body, "result"), "images");

  for (guint i = 0; images != NULL && i < json_array_get_length (images); i++)
    {
      JsonNode *node = json_array_get_element (images, i);

      if (JSON_NODE_HOLDS_OBJECT (node))
        reshoot_codec_add_base64 (next, reshoot_json_get_string (json_node_get_object (node), "b64_json"));
    }

  if (next->results != NULL)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-sample", self->provider, "completed, without a picture");
  return FALSE;
}

static gboolean
read_job (ReshootSdserver  *self,
          ReshootReplyTo    to,
          JsonObject       *body,
          const char       *ticket,
          ReshootNext      *next,
          GError          **error)
{
  const char *status = reshoot_json_get_string (body, "status");
  double position = reshoot_json_get_number (body, "queue_position");
  const char *words = reshoot_json_get_string (reshoot_json_get_object (body, "error"), "message");

  if (g_strcmp0 (status, "completed") == 0)
    return read_pictures (self, body, next, error);

  if (g_strcmp0 (status, "cancelled") == 0 && to == RESHOOT_REPLY_TO_CANCEL)
    {
      next->kind = RESHOOT_NEXT_STOPPED;
      return TRUE;
    }

  if (g_strcmp0 (status, "failed") == 0 || g_strcmp0 (status, "cancelled") == 0)
    {
      reshoot_set_error (error, RESHOOT_ERROR_FAILED, "service", self->provider, "%s: %s", status,
                         words != NULL ? words : "no reason");
      return FALSE;
    }

  if (position >= 1 && position < 1e6)
    next->queue_position = (int) position;
  return set_poll (self, ticket, next, error);
}

/* A job may still be there after a cancellation: what runs goes on, and what ended stays ended. */
static gboolean
reshoot_sdserver_read (ReshootProvider     *provider,
                       ReshootReplyTo       to,
                       const ReshootReply  *reply,
                       const char          *ticket,
                       ReshootNext         *next,
                       GError             **error)
{
  ReshootSdserver *self = RESHOOT_SDSERVER (provider);
  g_autoptr (JsonObject) body = NULL;
  const char *id;

  next->charged = RESHOOT_CHARGED_NO;

  if (to == RESHOOT_REPLY_TO_CANCEL && reply->status == 409)
    return set_poll (self, ticket, next, error);

  if (to != RESHOOT_REPLY_TO_SUBMIT && (reply->status == 404 || reply->status == 410))
    {
      reshoot_set_error (error, RESHOOT_ERROR_EXPIRED, "not-found", self->provider,
                         "the server no longer knows the job");
      return FALSE;
    }

  if (reply->status < 200 || reply->status > 299)
    {
      if (to == RESHOOT_REPLY_TO_SUBMIT && reply->status == 500)
        reshoot_set_error (error, RESHOOT_ERROR_FAILED, "service", self->provider, "status 500");
      else
        reshoot_codec_set_status_error (reply, self->provider, next, error);

      next->charged = RESHOOT_CHARGED_NO;
      return FALSE;
    }

  body = reshoot_json_parse_object (reply->body, error);
  if (body == NULL)
    return FALSE;

  if (to != RESHOOT_REPLY_TO_SUBMIT)
    return read_job (self, to, body, ticket, next, error);

  id = reshoot_json_get_string (body, "id");
  if (id == NULL || *id == '\0')
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-ticket", self->provider, "the submit names no id");
      return FALSE;
    }

  next->ticket = reshoot_codec_make_ticket (id, NULL);
  return read_job (self, to, body, next->ticket, next, error);
}

static gboolean
reshoot_sdserver_ask_again (ReshootProvider  *provider,
                            const char       *ticket,
                            ReshootNext      *next,
                            GError          **error)
{
  return set_poll (RESHOOT_SDSERVER (provider), ticket, next, error);
}

static gboolean
reshoot_sdserver_cancel (ReshootProvider  *provider,
                         const char       *ticket,
                         ReshootNext      *next,
                         GError          **error)
{
  g_autofree char *uri = dup_job_uri (RESHOOT_SDSERVER (provider), ticket, "/cancel", error);

  if (uri == NULL)
    return FALSE;

  next->kind = RESHOOT_NEXT_POLL;
  next->call.method = "POST";
  next->call.uri = g_steal_pointer (&uri);
  next->call.with_key = TRUE;
  return TRUE;
}

/* One model a server: what it was started with. */
static void
add_model (ReshootSdserver *self,
           JsonObject      *body,
           JsonArray       *models)
{
  JsonObject *told = reshoot_json_get_object (body, "model");
  const char *name = reshoot_json_get_string (told, "stem");
  JsonObject *model;
  g_autofree char *id = NULL;

  if (name == NULL)
    name = reshoot_json_get_string (told, "name");
  if (name == NULL || *name == '\0')
    return;

  model = json_object_new ();
  id = g_strconcat (self->provider, "/", name, NULL);
  json_object_set_string_member (model, "id", id);
  json_object_set_string_member (model, "name", name);
  json_array_add_object_element (models, model);
}

static gboolean
reshoot_sdserver_check (ReshootProvider     *provider,
                        const char          *state,
                        const ReshootReply  *reply,
                        ReshootNext         *next,
                        ReshootCheck        *check,
                        GError             **error)
{
  ReshootSdserver *self = RESHOOT_SDSERVER (provider);
  g_autoptr (JsonObject) body = NULL;
  JsonObject *features;

  if (reply == NULL)
    {
      next->kind = RESHOOT_NEXT_PREPARE;
      next->call.method = "GET";
      next->call.uri = g_strconcat (reshoot_address_get_base (self->address), "/sdcpp/v1/capabilities", NULL);
      next->call.with_key = TRUE;
      return TRUE;
    }

  if (reply->status != 200)
    {
      reshoot_codec_set_status_error (reply, self->provider, next, error);
      return FALSE;
    }

  body = reshoot_json_parse_object (reply->body, error);
  if (body == NULL)
    return FALSE;

  features = reshoot_json_get_object (body, "features_by_mode");
  if (features == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", self->provider, "not what it can do");
      return FALSE;
    }

  features = reshoot_json_get_object (features, "img_gen");
  if (!reshoot_json_get_boolean (features, "ref_images"))
    {
      reshoot_set_error (error, RESHOOT_ERROR_FAILED, "no-references", self->provider,
                         "the model that it runs takes no pictures along");
      return FALSE;
    }

  next->kind = RESHOOT_NEXT_DONE;
  check->models = json_array_new ();
  add_model (self, body, check->models);
  return TRUE;
}

static void
provider_iface_init (ReshootProviderInterface *iface)
{
  iface->prepare = reshoot_sdserver_prepare;
  iface->read = reshoot_sdserver_read;
  iface->ask_again = reshoot_sdserver_ask_again;
  iface->cancel = reshoot_sdserver_cancel;
  iface->check = reshoot_sdserver_check;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReshootSdserver, reshoot_sdserver, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RESHOOT_TYPE_PROVIDER, provider_iface_init))

static void
reshoot_sdserver_finalize (GObject *object)
{
  ReshootSdserver *self = RESHOOT_SDSERVER (object);

  g_clear_pointer (&self->address, reshoot_address_unref);
  g_clear_pointer (&self->provider, g_free);

  G_OBJECT_CLASS (reshoot_sdserver_parent_class)->finalize (object);
}

static void
reshoot_sdserver_class_init (ReshootSdserverClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_sdserver_finalize;
}

static void
reshoot_sdserver_init (ReshootSdserver *self)
{
}

/**
 * reshoot_sdserver_new:
 * @address: where the server is
 * @description: its catalogue file
 *
 * Returns: (transfer full): the codec of stable-diffusion.cpp's server
 */
ReshootProvider *
reshoot_sdserver_new (ReshootAddress *address,
                      JsonObject     *description)
{
  ReshootSdserver *self = g_object_new (RESHOOT_TYPE_SDSERVER, NULL);

  self->address = reshoot_address_ref (address);
  self->provider = g_strdup (reshoot_json_get_string (description, "provider"));
  return RESHOOT_PROVIDER (self);
}
