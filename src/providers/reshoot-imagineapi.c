/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootImagineapi: the dialect of ImagineAPI, in the cloud or on a server of one's own. It is a table of pictures: a
 * row is put in, and read again until its status says that it is done; everything is wrapped in "data". The service
 * cuts the grid of four itself. It cannot take pictures, go on from a result, or stop. */

#include "reshoot-imagineapi.h"
#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-midjourney.h"
#include "reshoot-step.h"

#define N_PARTS 4

struct _ReshootImagineapi
{
  GObject         parent_instance;

  ReshootAddress *address;
};

static gboolean
reshoot_imagineapi_prepare (ReshootProvider   *provider,
                            const ReshootAsk  *ask,
                            ReshootNext       *next,
                            GError           **error)
{
  ReshootImagineapi *self = RESHOOT_IMAGINEAPI (provider);
  const char *uri = reshoot_midjourney_get_source_uri (ask);
  const char *action = reshoot_json_get_string (reshoot_request_get_parameters (ask->request), "action");
  g_autoptr (JsonObject) fields = NULL;
  g_autofree char *prompt = NULL;
  g_autofree char *submit = NULL;

  if (action != NULL && !g_str_equal (action, "imagine"))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-followup", "ImagineAPI", "no %s here", action);
      return FALSE;
    }

  if (uri == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "needs-address", "ImagineAPI",
                         "the source is at no public address");
      return FALSE;
    }

  prompt = reshoot_midjourney_dup_prompt (ask, uri, error);
  if (prompt == NULL)
    return FALSE;

  fields = json_object_new ();
  json_object_set_string_member (fields, "prompt", prompt);
  if (ask->uuid != NULL)
    json_object_set_string_member (fields, "ref", ask->uuid);

  submit = g_strconcat (reshoot_address_get_base (self->address), "/items/images", NULL);
  reshoot_codec_set_post (next, submit, fields);
  next->kind = RESHOOT_NEXT_SUBMIT;
  return TRUE;
}

static gboolean
read_submitted (ReshootImagineapi  *self,
                JsonObject         *record,
                ReshootNext        *next,
                GError            **error)
{
  const char *id = reshoot_json_get_string (record, "id");
  g_autofree char *escaped = id != NULL ? g_uri_escape_string (id, NULL, FALSE) : NULL;
  g_autofree char *uri = NULL;

  next->charged = RESHOOT_CHARGED_UNKNOWN;
  if (id == NULL || *id == '\0')
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-ticket", "imagineapi", "the reply names no id");
      return FALSE;
    }

  uri = g_strconcat (reshoot_address_get_base (self->address), "/items/images/", escaped, NULL);
  next->ticket = reshoot_codec_make_ticket (id, uri);
  reshoot_codec_set_poll (next, uri);
  return TRUE;
}

/* The four pictures by their addresses; else the grid, of which they are the parts. */
static gboolean
read_completed (ReshootImagineapi  *self,
                JsonObject         *record,
                ReshootNext        *next,
                GError            **error)
{
  JsonArray *list = reshoot_json_get_array (record, "upscaled_urls");
  const char *grid = reshoot_json_get_string (record, "url");
  g_autoptr (GPtrArray) uris = g_ptr_array_new ();

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        g_ptr_array_add (uris, (char *) json_node_get_string (node));
    }

  if (uris->len != N_PARTS)
    {
      g_ptr_array_set_size (uris, 0);
      if (grid != NULL)
        g_ptr_array_add (uris, (char *) grid);
    }

  return reshoot_midjourney_take_results (self->address, uris, TRUE, next, error);
}

static gboolean
read_status (ReshootImagineapi  *self,
             JsonObject         *record,
             const char         *ticket_uri,
             ReshootNext        *next,
             GError            **error)
{
  const char *status = reshoot_json_get_string (record, "status");
  const char *reason = reshoot_json_get_string (record, "error");
  double progress = reshoot_json_get_number (record, "progress") / 100;

  if (g_strcmp0 (status, "completed") == 0)
    return read_completed (self, record, next, error);

  next->charged = RESHOOT_CHARGED_UNKNOWN;
  if (g_strcmp0 (status, "failed") == 0)
    {
      reshoot_set_error (error, RESHOOT_ERROR_FAILED, "service-said", reason,
                         "the service failed: %s", reason != NULL ? reason : "no reason given");
      return FALSE;
    }

  if (status == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-status", "imagineapi", "a reply without a status");
      return FALSE;
    }

  next->charged = -1;
  next->progress = progress >= 0 && progress <= 1 ? progress : NAN;
  reshoot_codec_set_poll (next, ticket_uri);
  return TRUE;
}

static void
set_status_error (const ReshootReply  *reply,
                  gboolean             is_poll,
                  ReshootNext         *next,
                  GError             **error)
{
  if (is_poll && (reply->status == 404 || reply->status == 410))
    reshoot_set_error (error, RESHOOT_ERROR_EXPIRED, "not-found", "imagineapi", "the service no longer knows it");
  else
    reshoot_codec_set_status_error (reply, "imagineapi", next, error);

  if (is_poll)
    next->charged = RESHOOT_CHARGED_UNKNOWN;
}

static gboolean
reshoot_imagineapi_read (ReshootProvider     *provider,
                         ReshootReplyTo       to,
                         const ReshootReply  *reply,
                         const char          *ticket,
                         ReshootNext         *next,
                         GError             **error)
{
  ReshootImagineapi *self = RESHOOT_IMAGINEAPI (provider);
  g_autoptr (JsonObject) body = reshoot_json_parse_object (reply->body, NULL);
  JsonObject *record = reshoot_json_get_object (body, "data");
  g_autofree char *uri = NULL;

  if (reply->status < 200 || reply->status > 299)
    {
      set_status_error (reply, to != RESHOOT_REPLY_TO_SUBMIT, next, error);
      return FALSE;
    }

  if (record == NULL)
    {
      next->charged = RESHOOT_CHARGED_UNKNOWN;
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", "imagineapi", "the reply holds no record");
      return FALSE;
    }

  if (to == RESHOOT_REPLY_TO_SUBMIT)
    return read_submitted (self, record, next, error);

  uri = reshoot_codec_dup_ticket_uri (self->address, ticket, error);
  return uri != NULL && read_status (self, record, uri, next, error);
}

static gboolean
reshoot_imagineapi_ask_again (ReshootProvider  *provider,
                              const char       *ticket,
                              ReshootNext      *next,
                              GError          **error)
{
  ReshootImagineapi *self = RESHOOT_IMAGINEAPI (provider);
  g_autofree char *uri = reshoot_codec_dup_ticket_uri (self->address, ticket, error);

  if (uri == NULL)
    return FALSE;

  reshoot_codec_set_poll (next, uri);
  return TRUE;
}

/* The key is good where the status may be read; but a bot that is not well makes no pictures. */
static gboolean
reshoot_imagineapi_check (ReshootProvider     *provider,
                          const char          *state,
                          const ReshootReply  *reply,
                          ReshootNext         *next,
                          ReshootCheck        *check,
                          GError             **error)
{
  ReshootImagineapi *self = RESHOOT_IMAGINEAPI (provider);
  g_autoptr (JsonObject) body = NULL;
  const char *status;

  if (reply == NULL)
    {
      g_autofree char *uri = g_strconcat (reshoot_address_get_base (self->address), "/items/status", NULL);

      reshoot_codec_set_poll (next, uri);
      next->kind = RESHOOT_NEXT_PREPARE;
      return TRUE;
    }

  if (reply->status != 200)
    {
      set_status_error (reply, FALSE, next, error);
      return FALSE;
    }

  body = reshoot_json_parse_object (reply->body, NULL);
  status = reshoot_json_get_string (reshoot_json_get_object (body, "data"), "bot_status");
  if (g_strcmp0 (status, "unhealthy") == 0 || g_strcmp0 (status, "paused") == 0)
    {
      reshoot_set_error (error, RESHOOT_ERROR_UNAVAILABLE, "bot", "ImagineAPI", "its bot is %s", status);
      return FALSE;
    }

  if (status == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", "imagineapi", "no status of the bot");
      return FALSE;
    }

  next->kind = RESHOOT_NEXT_DONE;
  return TRUE;
}

static void
provider_iface_init (ReshootProviderInterface *iface)
{
  iface->prepare = reshoot_imagineapi_prepare;
  iface->read = reshoot_imagineapi_read;
  iface->ask_again = reshoot_imagineapi_ask_again;
  iface->check = reshoot_imagineapi_check;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReshootImagineapi, reshoot_imagineapi, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RESHOOT_TYPE_PROVIDER, provider_iface_init))

static void
reshoot_imagineapi_finalize (GObject *object)
{
  g_clear_pointer (&RESHOOT_IMAGINEAPI (object)->address, reshoot_address_unref);

  G_OBJECT_CLASS (reshoot_imagineapi_parent_class)->finalize (object);
}

static void
reshoot_imagineapi_class_init (ReshootImagineapiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_imagineapi_finalize;
}

static void
reshoot_imagineapi_init (ReshootImagineapi *self)
{
}

/**
 * reshoot_imagineapi_new:
 * @address: where the service is and which hosts may see its key
 *
 * Returns: (transfer full): the codec of ImagineAPI
 */
ReshootProvider *
reshoot_imagineapi_new (ReshootAddress *address)
{
  ReshootImagineapi *self = g_object_new (RESHOOT_TYPE_IMAGINEAPI, NULL);

  self->address = reshoot_address_ref (address);
  return RESHOOT_PROVIDER (self);
}
