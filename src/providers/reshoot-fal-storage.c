/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* fal's storage: pictures that are too large to be sent within the JSON, or that somebody else shall load, go there
 * in two calls. The second goes to an address that is signed and must not see the key. What lies there is public to who
 * knows its address, so it is asked to vanish after a while. */

#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-fal-private.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"

#define STORAGE "https://rest.fal.ai/storage/upload/initiate?storage_type=fal-cdn-v3"

/* An upload is needed until the job has run, which may wait a while in the queue. */
#define UPLOAD_LIFE 86400

/* For the dialect: how long what is made, or uploaded, is kept, in seconds. */
void
reshoot_fal_set_life (ReshootCall *call,
                      gint64       seconds)
{
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();
  g_autofree char *life = g_strdup_printf ("{\"expiration_duration_seconds\":%" G_GINT64_FORMAT "}", seconds);

  g_strv_builder_add_many (headers, "X-Fal-Object-Lifecycle-Preference", life, NULL);
  call->headers = g_strv_builder_end (headers);
}

static void
start_upload (ReshootAddress *address,
              ReshootImage   *image,
              ReshootNext    *next)
{
  g_autofree char *uri = reshoot_address_dup_uri (address, STORAGE);
  g_autoptr (JsonObject) fields = json_object_new ();
  const char *type = reshoot_codec_get_content_type (image);
  g_autofree char *name = g_strconcat ("picture.", strchr (type, '/') + 1, NULL);

  json_object_set_string_member (fields, "content_type", type);
  json_object_set_string_member (fields, "file_name", name);

  next->kind = RESHOOT_NEXT_PREPARE;
  next->state = g_strdup ("{}");
  reshoot_codec_set_post (next, uri, fields);
  reshoot_fal_set_life (&next->call, UPLOAD_LIFE);
}

static gboolean
read_initiated (ReshootAddress      *address,
                ReshootImage        *image,
                const ReshootReply  *reply,
                ReshootNext         *next,
                GError             **error)
{
  g_autoptr (JsonObject) body = reshoot_json_parse_object (reply->body, NULL);
  g_autoptr (JsonObject) state = json_object_new ();
  const char *file = reshoot_json_get_string (body, "file_url");
  const char *upload = reshoot_json_get_string (body, "upload_url");

  if (file == NULL || upload == NULL || !reshoot_address_may_be_called (address, file) ||
      !reshoot_address_may_be_called (address, upload))
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, body == NULL ? "json" : "upload", "fal",
                         "the storage names no address to upload to");
      return FALSE;
    }

  json_object_set_string_member (state, "file_url", file);
  next->kind = RESHOOT_NEXT_PREPARE;
  next->state = reshoot_codec_dup_json (state);
  next->call.method = "PUT";
  next->call.uri = g_strdup (upload);
  next->call.content_type = g_strdup (reshoot_codec_get_content_type (image));
  next->call.body = g_bytes_ref (reshoot_image_get_bytes (image));
  return TRUE;
}

/* For the dialect: one step of an upload. In the end, *@uri is where the picture can be loaded from, and there is no
 * call. */
gboolean
reshoot_fal_upload (ReshootAddress      *address,
                    ReshootImage        *image,
                    const char          *state,
                    const ReshootReply  *reply,
                    ReshootNext         *next,
                    char               **uri,
                    GError             **error)
{
  g_autoptr (JsonObject) was = reshoot_codec_parse_json (state);
  const char *file = reshoot_json_get_string (was, "file_url");

  if (reply == NULL)
    {
      start_upload (address, image, next);
      return TRUE;
    }

  if (reply->status < 200 || reply->status > 299)
    {
      reshoot_codec_set_status_error (reply, "fal", next, error);
      next->charged = RESHOOT_CHARGED_NO;
      return FALSE;
    }

  if (file == NULL)
    return read_initiated (address, image, reply, next, error);

  *uri = g_strdup (file);
  return TRUE;
}
