/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootAtlascloud: the dialect of Atlas Cloud. One address takes the requests of all models, each with fields of its
 * own, as the catalogue has them and as the service tells of them (-models). A task that was just made may not be known
 * yet when it is asked for, and one that failed is told with a good status. Failed tasks are not charged; a submit that
 * was not answered clearly is never sent again. */

#include "reshoot-atlascloud.h"
#include "reshoot-atlascloud-private.h"
#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-form.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"

/* A larger picture is uploaded instead of being sent within the JSON. */
#define SMALL_BYTES (256 * 1024)

/* So long a new task may be unknown, in seconds. */
#define NEW_SECONDS 30

/* The code of a failed task whose input was refused. */
#define CODE_MODERATED 1039

struct _ReshootAtlascloud
{
  GObject         parent_instance;

  ReshootAddress *address;
  JsonObject     *description;   /* the catalogue file */
  gint64          now;           /* seconds since 1970, 0 = as the clock says */
};

static gint64
get_now (ReshootAtlascloud *self)
{
  return self->now != 0 ? self->now : g_get_real_time () / G_USEC_PER_SEC;
}

/* For the dialect: the status, or the code that a good status hides. */
guint
reshoot_atlascloud_get_status (const ReshootReply *reply,
                               JsonObject         *body)
{
  double code = reshoot_json_get_number (body, "code");

  return reply->status == 200 && code >= 400 && code < 600 ? (guint) code : reply->status;
}

static gboolean
set_status_error (const ReshootReply  *reply,
                  guint                status,
                  ReshootNext         *next,
                  GError             **error)
{
  ReshootReply said = *reply;

  said.status = status;
  if (status == 451)
    {
      next->charged = RESHOOT_CHARGED_NO;
      reshoot_set_error (error, RESHOOT_ERROR_REFUSED, "region", "Atlas Cloud", "not offered here");
    }
  else
    {
      reshoot_codec_set_status_error (&said, "atlascloud", next, error);
    }

  return FALSE;
}

/* One step of an upload. In the end, *@uri is where the picture can be loaded from, and there is no call. */
static gboolean
upload (ReshootAtlascloud   *self,
        ReshootImage        *image,
        const ReshootReply  *reply,
        ReshootNext         *next,
        char               **uri,
        GError             **error)
{
  g_autoptr (JsonObject) body = NULL;
  const char *said;

  if (reply == NULL)
    {
      g_autoptr (ReshootForm) form = reshoot_form_new ();

      reshoot_form_add_picture (form, "file", "picture", image);
      next->kind = RESHOOT_NEXT_PREPARE;
      next->state = g_strdup ("{}");
      next->call.method = "POST";
      next->call.uri = g_strconcat (reshoot_address_get_base (self->address), "/model/uploadMedia", NULL);
      next->call.with_key = TRUE;
      reshoot_form_fill_call (form, &next->call);
      return TRUE;
    }

  body = reshoot_json_parse_object (reply->body, NULL);
  if (reshoot_atlascloud_get_status (reply, body) != 200)
    {
      set_status_error (reply, reshoot_atlascloud_get_status (reply, body), next, error);
      next->charged = RESHOOT_CHARGED_NO;
      return FALSE;
    }

  /* Its clients read the one, its guide names the other. */
  said = reshoot_json_get_string (reshoot_json_get_object (body, "data"), "download_url");
  if (said == NULL)
    said = reshoot_json_get_string (body, "url");

  if (said == NULL || !reshoot_address_may_be_called (self->address, said))
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, body == NULL ? "json" : "upload", "atlascloud",
                         "the upload names no address to load from");
      return FALSE;
    }

  *uri = g_strdup (said);
  return TRUE;
}

/* "1248*832". Where the model has a list of sizes and that is not in it, the model chooses. */
static void
add_size (JsonObject       *fields,
          JsonObject       *parameter,
          const ReshootAsk *ask)
{
  JsonArray *values = reshoot_json_get_array (parameter, "values");
  g_autofree char *size = g_strdup_printf ("%d*%d", reshoot_image_get_width (ask->input),
                                           reshoot_image_get_height (ask->input));
  gboolean known = values == NULL;

  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++)
    known = known || g_str_equal (json_array_get_string_element (values, i), size);

  if (known)
    json_object_set_string_member (fields, "size", size);
}

static JsonObject *
make_fields (const ReshootAsk *ask,
             const char       *image)
{
  JsonObject *json = reshoot_model_get_json (ask->model);
  JsonObject *parameters = reshoot_json_get_object (json, "parameters");
  JsonObject *size = reshoot_json_get_object (parameters, "size");
  g_autoptr (GList) names = parameters != NULL ? json_object_get_members (parameters) : NULL;
  JsonObject *fields = json_object_new ();

  json_object_set_string_member (fields, "model", reshoot_json_get_string (json, "path"));
  json_object_set_string_member (fields, "prompt", reshoot_request_get_instruction (ask->request));

  for (GList *l = names; l != NULL; l = l->next)
    reshoot_codec_add_parameter (fields, ask->model, ask->request, l->data);

  if (size != NULL && !json_object_has_member (fields, "size"))
    add_size (fields, size, ask);

  if (g_strcmp0 (reshoot_json_get_string (json, "image"), "images") == 0)
    {
      JsonArray *images = json_array_new ();

      json_array_add_string_element (images, image);
      json_object_set_array_member (fields, "images", images);
    }
  else
    {
      json_object_set_string_member (fields, "image", image);
    }

  return fields;
}

static gboolean
reshoot_atlascloud_prepare (ReshootProvider   *provider,
                            const ReshootAsk  *ask,
                            ReshootNext       *next,
                            GError           **error)
{
  ReshootAtlascloud *self = RESHOOT_ATLASCLOUD (provider);
  double life = reshoot_json_get_number (self->description, "result_life");
  g_autoptr (GStrvBuilder) headers = g_strv_builder_new ();
  g_autofree char *hours = g_strdup_printf ("%d", (int) (life / 3600));
  g_autofree char *image = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (JsonObject) fields = NULL;

  if (!reshoot_codec_check_input (ask->model, ask->input, error))
    return FALSE;

  if (g_bytes_get_size (reshoot_image_get_bytes (ask->input)) <= SMALL_BYTES)
    image = reshoot_codec_dup_data_uri (ask->input);
  else if (!upload (self, ask->input, ask->reply, next, &image, error))
    return FALSE;
  else if (image == NULL)
    return TRUE;

  fields = make_fields (ask, image);
  uri = g_strconcat (reshoot_address_get_base (self->address), "/model/generateImage", NULL);
  next->kind = RESHOOT_NEXT_SUBMIT;
  reshoot_codec_set_post (next, uri, fields);
  g_strv_builder_add_many (headers, "X-AtlasCloud-Object-Expiration-Hours", hours, NULL);
  next->call.headers = g_strv_builder_end (headers);
  return TRUE;
}

static gboolean
reshoot_atlascloud_publish (ReshootProvider     *provider,
                            ReshootImage        *image,
                            const char          *state,
                            const ReshootReply  *reply,
                            ReshootNext         *next,
                            GError             **error)
{
  g_autofree char *uri = NULL;

  if (!upload (RESHOOT_ATLASCLOUD (provider), image, reply, next, &uri, error))
    return FALSE;

  if (uri != NULL)
    {
      next->kind = RESHOOT_NEXT_DONE;
      next->state = g_steal_pointer (&uri);
    }
  return TRUE;
}

static gboolean
read_submitted (ReshootAtlascloud  *self,
                JsonObject         *body,
                ReshootNext        *next,
                GError            **error)
{
  const char *id = reshoot_json_get_string (reshoot_json_get_object (body, "data"), "id");
  g_autoptr (JsonObject) ticket = json_object_new ();
  g_autofree char *escaped = NULL;
  g_autofree char *uri = NULL;

  next->charged = RESHOOT_CHARGED_UNKNOWN;
  if (id == NULL || *id == '\0')
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-ticket", "atlascloud",
                         "the reply to the submit names no id");
      return FALSE;
    }

  escaped = g_uri_escape_string (id, NULL, FALSE);
  uri = g_strconcat (reshoot_address_get_base (self->address), "/model/prediction/", escaped, NULL);
  json_object_set_string_member (ticket, "id", id);
  json_object_set_string_member (ticket, "polling_url", uri);
  json_object_set_int_member (ticket, "since", get_now (self));
  next->ticket = reshoot_codec_dup_json (ticket);
  reshoot_codec_set_poll (next, uri);
  return TRUE;
}

/* Normally a text; some models have an object around it. */
static const char *
get_output (JsonNode *node)
{
  static const char * const names[] = { "url", "image", "output" };
  JsonObject *object;

  if (node == NULL)
    return NULL;
  if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
    return json_node_get_string (node);

  object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (reshoot_json_get_string (object, names[i]) != NULL)
      return reshoot_json_get_string (object, names[i]);

  return NULL;
}

static gboolean
read_outputs (ReshootAtlascloud  *self,
              JsonObject         *data,
              ReshootNext        *next,
              GError            **error)
{
  JsonArray *outputs = reshoot_json_get_array (data, "outputs");
  guint n = outputs != NULL ? json_array_get_length (outputs) : 1;
  gboolean foreign = FALSE;

  next->charged = RESHOOT_CHARGED_YES;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = outputs != NULL ? json_array_get_element (outputs, i)
                                       : json_object_get_member (data, "output");
      const char *uri = get_output (node);

      if (uri != NULL && reshoot_address_may_be_called (self->address, uri))
        reshoot_next_add_result (next, uri, NULL);
      else if (uri != NULL)
        foreign = TRUE;
    }

  if (next->results != NULL)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, foreign ? "foreign-address" : "no-sample", "atlascloud",
                     "completed, but without an address that can be downloaded from");
  return FALSE;
}

/* As a number, or in quotes. */
static gboolean
is_moderated (JsonObject *data)
{
  const char *text = reshoot_json_get_string (data, "error_code");
  double code = text != NULL ? g_ascii_strtod (text, NULL) : reshoot_json_get_number (data, "error_code");

  return code == CODE_MODERATED;
}

static gboolean
read_status (ReshootAtlascloud  *self,
             JsonObject         *data,
             const char         *uri,
             ReshootNext        *next,
             GError            **error)
{
  const char *status = reshoot_json_get_string (data, "status");
  const char *words = reshoot_json_get_string (data, "error");

  if (g_strcmp0 (status, "completed") == 0 || g_strcmp0 (status, "succeeded") == 0)
    return read_outputs (self, data, next, error);

  if (status == NULL)
    {
      next->charged = RESHOOT_CHARGED_UNKNOWN;
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-status", "atlascloud", "a reply without a status");
      return FALSE;
    }

  if (!g_str_equal (status, "failed"))
    {
      reshoot_codec_set_poll (next, uri);
      return TRUE;
    }

  next->charged = RESHOOT_CHARGED_NO;
  if (is_moderated (data))
    reshoot_set_error (error, RESHOOT_ERROR_REFUSED, "request-moderated",
                       words != NULL && *words != '\0' ? words : "atlascloud", "refused as input");
  else
    reshoot_set_error (error, RESHOOT_ERROR_FAILED, "service", "atlascloud", "the task failed");
  return FALSE;
}

/* Unknown at first is no end; unknown after that is. */
static gboolean
read_unknown (ReshootAtlascloud   *self,
              const ReshootReply  *reply,
              guint                status,
              JsonObject          *ticket,
              const char          *uri,
              ReshootNext         *next,
              GError             **error)
{
  double since = reshoot_json_get_number (ticket, "since");
  double age = (double) get_now (self) - since;

  if (age >= 0 && age <= NEW_SECONDS)
    {
      reshoot_codec_set_poll (next, uri);
      return TRUE;
    }

  next->charged = RESHOOT_CHARGED_UNKNOWN;
  if (status == 404)
    {
      reshoot_set_error (error, RESHOOT_ERROR_EXPIRED, "not-found", "atlascloud",
                         "the service no longer knows the task");
      return FALSE;
    }

  set_status_error (reply, status, next, error);
  next->charged = RESHOOT_CHARGED_UNKNOWN;
  return FALSE;
}

static gboolean
read_poll (ReshootAtlascloud   *self,
           const ReshootReply  *reply,
           JsonObject          *body,
           const char          *ticket_text,
           ReshootNext         *next,
           GError             **error)
{
  guint status = reshoot_atlascloud_get_status (reply, body);
  g_autoptr (JsonObject) ticket = reshoot_codec_parse_json (ticket_text);
  g_autofree char *uri = reshoot_codec_dup_ticket_uri (self->address, ticket_text, error);

  if (uri == NULL)
    return FALSE;

  if (status == 400 || status == 404)
    return read_unknown (self, reply, status, ticket, uri, next, error);

  if (status != 200)
    {
      set_status_error (reply, status, next, error);
      next->charged = RESHOOT_CHARGED_UNKNOWN;
      return FALSE;
    }

  return read_status (self, reshoot_json_get_object (body, "data"), uri, next, error);
}

static gboolean
reshoot_atlascloud_read (ReshootProvider     *provider,
                         ReshootReplyTo       to,
                         const ReshootReply  *reply,
                         const char          *ticket,
                         ReshootNext         *next,
                         GError             **error)
{
  ReshootAtlascloud *self = RESHOOT_ATLASCLOUD (provider);
  g_autoptr (JsonObject) body = reshoot_json_parse_object (reply->body, NULL);
  guint status = reshoot_atlascloud_get_status (reply, body);

  if (status == 200 && body == NULL)
    {
      next->charged = RESHOOT_CHARGED_UNKNOWN;
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", "atlascloud", "the reply is not JSON");
      return FALSE;
    }

  if (to != RESHOOT_REPLY_TO_SUBMIT)
    return read_poll (self, reply, body, ticket, next, error);

  if (status == 200)
    return read_submitted (self, body, next, error);

  set_status_error (reply, status, next, error);
  /* The service asks never to send a submit again; a 503 may come from anywhere on the way. */
  if (status >= 500)
    next->charged = RESHOOT_CHARGED_UNKNOWN;
  return FALSE;
}

static gboolean
reshoot_atlascloud_ask_again (ReshootProvider  *provider,
                              const char       *ticket,
                              ReshootNext      *next,
                              GError          **error)
{
  ReshootAtlascloud *self = RESHOOT_ATLASCLOUD (provider);
  g_autofree char *uri = reshoot_codec_dup_ticket_uri (self->address, ticket, error);

  if (uri == NULL)
    return FALSE;

  reshoot_codec_set_poll (next, uri);
  return TRUE;
}

static gboolean
reshoot_atlascloud_check (ReshootProvider     *provider,
                          const char          *state,
                          const ReshootReply  *reply,
                          ReshootNext         *next,
                          ReshootCheck        *check,
                          GError             **error)
{
  ReshootAtlascloud *self = RESHOOT_ATLASCLOUD (provider);

  return reshoot_atlascloud_ask_account (self->address, state, reply, next, check, error);
}

static void
provider_iface_init (ReshootProviderInterface *iface)
{
  iface->prepare = reshoot_atlascloud_prepare;
  iface->read = reshoot_atlascloud_read;
  iface->ask_again = reshoot_atlascloud_ask_again;
  iface->check = reshoot_atlascloud_check;
  iface->publish = reshoot_atlascloud_publish;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReshootAtlascloud, reshoot_atlascloud, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RESHOOT_TYPE_PROVIDER, provider_iface_init))

static void
reshoot_atlascloud_finalize (GObject *object)
{
  ReshootAtlascloud *self = RESHOOT_ATLASCLOUD (object);

  g_clear_pointer (&self->address, reshoot_address_unref);
  g_clear_pointer (&self->description, json_object_unref);

  G_OBJECT_CLASS (reshoot_atlascloud_parent_class)->finalize (object);
}

static void
reshoot_atlascloud_class_init (ReshootAtlascloudClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_atlascloud_finalize;
}

static void
reshoot_atlascloud_init (ReshootAtlascloud *self)
{
}

/**
 * reshoot_atlascloud_new:
 * @address: where the service is and which hosts may see its key
 * @description: its catalogue file
 *
 * Returns: (transfer full): the codec of Atlas Cloud
 */
ReshootProvider *
reshoot_atlascloud_new (ReshootAddress *address,
                        JsonObject     *description)
{
  ReshootAtlascloud *self = g_object_new (RESHOOT_TYPE_ATLASCLOUD, NULL);

  self->address = reshoot_address_ref (address);
  self->description = json_object_ref (description);
  return RESHOOT_PROVIDER (self);
}

void
reshoot_atlascloud_set_clock (ReshootAtlascloud *self,
                              gint64             seconds)
{
  self->now = seconds;
}
