/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What Atlas Cloud says of itself for nothing: the balance, which tells whether the key is good, then its list of
 * models, then, of each that edits pictures, the schema of its fields. The service's names become ours without the
 * vendor that ours leave out. All of this is a stranger's word: what is not understood is left out, and nothing is
 * without bounds. */

#include "reshoot-atlascloud-private.h"
#include "reshoot-codec.h"
#include "reshoot-json-read.h"

#define BALANCE "https://api.atlascloud.ai/public/v1/balance"

/* As many models are looked at, and as many fields of each. */
#define MAX_MODELS     48
#define MAX_PARAMETERS 32
#define MAX_LENGTH     200

/* Ids leave this vendor out: "atlascloud/flux-kontext-dev". */
#define OWN_VENDOR "black-forest-labs/"

/* Fields that are ours to fill, or that ask for another kind of reply. */
static const char * const reserved[] = {
  "model", "prompt", "image", "images", "enable_base64_output", "enable_sync_mode", "webhook_url", NULL
};

/* A number, or one in quotes. */
static double
get_amount (JsonObject *object,
            const char *name)
{
  const char *text = reshoot_json_get_string (object, name);
  char *end = NULL;
  double amount;

  if (text == NULL)
    return reshoot_json_get_number (object, name);

  amount = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' ? amount : NAN;
}

static void
read_balance (JsonObject   *body,
              ReshootCheck *check)
{
  JsonObject *data = reshoot_json_get_object (body, "data");
  JsonObject *available = reshoot_json_get_object (data != NULL ? data : body, "available");
  double amount = get_amount (available, "value");

  if (amount >= 0 && g_strcmp0 (reshoot_json_get_string (available, "currency"), "USD") == 0)
    check->balance = reshoot_money_from_dollars (amount);
}

static gboolean
has_category (JsonObject *entry,
              const char *category)
{
  JsonArray *categories = reshoot_json_get_array (entry, "categories");

  for (guint i = 0; categories != NULL && i < json_array_get_length (categories); i++)
    {
      JsonNode *node = json_array_get_element (categories, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
          g_ascii_strcasecmp (json_node_get_string (node), category) == 0)
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_short (const char *text)
{
  return text != NULL && *text != '\0' && strlen (text) <= MAX_LENGTH;
}

/* What the service shows to people, makes pictures, and takes one. */
static gboolean
may_edit (JsonObject *entry)
{
  const char *model = reshoot_json_get_string (entry, "model");
  const char *type = reshoot_json_get_string (entry, "type");

  return is_short (model) && type != NULL && g_ascii_strcasecmp (type, "Image") == 0 &&
         reshoot_json_get_boolean (entry, "display_console") &&
         (has_category (entry, "IMAGE-TO-IMAGE") || strstr (model, "edit") != NULL ||
          strstr (model, "kontext") != NULL);
}

/* What is known of a model before its schema. */
static JsonObject *
make_model (ReshootAddress *address,
            JsonObject     *entry)
{
  g_autofree char *source = g_strconcat (reshoot_address_get_base (address), "/models", NULL);
  JsonObject *said = reshoot_json_get_object (entry, "price");
  JsonObject *actual = reshoot_json_get_object (said, "actual");
  double amount = get_amount (actual != NULL ? actual : said, "base_price");
  JsonObject *price = reshoot_codec_make_price (amount, "image", "USD", source, "num_images");
  const char *path = reshoot_json_get_string (entry, "model");
  const char *name = reshoot_json_get_string (entry, "displayName");
  const char *own = g_str_has_prefix (path, OWN_VENDOR) ? path + strlen (OWN_VENDOR) : path;
  g_autofree char *id = g_strconcat ("atlascloud/", own, NULL);
  JsonObject *model = json_object_new ();

  json_object_set_string_member (model, "id", id);
  json_object_set_string_member (model, "name", is_short (name) ? name : own);
  json_object_set_string_member (model, "path", path);
  if (price != NULL)
    json_object_set_object_member (model, "price", price);

  return model;
}

static JsonArray *
list_models (ReshootAddress *address,
             JsonObject     *body)
{
  JsonArray *entries = reshoot_json_get_array (body, "data");
  JsonArray *todo = json_array_new ();

  for (guint i = 0; entries != NULL && i < json_array_get_length (entries); i++)
    {
      JsonObject *entry = reshoot_json_get_item (entries, i);
      const char *schema = reshoot_json_get_string (entry, "schema");

      if (json_array_get_length (todo) < MAX_MODELS && may_edit (entry) && schema != NULL &&
          reshoot_address_may_be_called (address, schema))
        {
          JsonObject *one = json_object_new ();

          json_object_set_string_member (one, "schema", schema);
          json_object_set_object_member (one, "model", make_model (address, entry));
          json_array_add_object_element (todo, one);
        }
    }

  return todo;
}

static void
copy_number (JsonObject *from,
             const char *name,
             JsonObject *to)
{
  if (!isnan (reshoot_json_get_number (from, name)))
    json_object_set_member (to, name, json_object_dup_member (from, name));
}

/* One field of the schema as the catalogue describes parameters; %NULL: of a type that is none of ours. */
static JsonObject *
make_parameter (JsonObject *property)
{
  static const char * const types[] = { "integer", "number", "boolean", "string", NULL };
  const char *type = reshoot_json_get_string (property, "type");
  JsonArray *values = reshoot_json_get_array (property, "enum");
  JsonObject *parameter;
  JsonArray *texts;

  if (type == NULL || !g_strv_contains (types, type))
    return NULL;

  parameter = json_object_new ();
  json_object_set_string_member (parameter, "type", type);
  copy_number (property, "minimum", parameter);
  copy_number (property, "maximum", parameter);
  if (json_object_has_member (property, "default"))
    json_object_set_member (parameter, "default", json_object_dup_member (property, "default"));

  if (values == NULL || !g_str_equal (type, "string"))
    return parameter;

  texts = json_array_new ();
  for (guint i = 0; i < json_array_get_length (values); i++)
    {
      JsonNode *node = json_array_get_element (values, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING)
        json_array_add_string_element (texts, json_node_get_string (node));
    }
  json_object_set_array_member (parameter, "values", texts);
  return parameter;
}

/* PNG where the model can, whatever it does by itself. */
static void
prefer_png (JsonObject *parameters)
{
  JsonObject *format = reshoot_json_get_object (parameters, "output_format");
  JsonArray *values = reshoot_json_get_array (format, "values");

  for (guint i = 0; values != NULL && i < json_array_get_length (values); i++)
    if (g_str_equal (json_array_get_string_element (values, i), "png"))
      json_object_set_string_member (format, "default", "png");
}

static JsonObject *
make_parameters (JsonObject *properties)
{
  g_autoptr (GList) names = json_object_get_members (properties);
  JsonObject *parameters = json_object_new ();
  JsonObject *size;

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *parameter = make_parameter (reshoot_json_get_object (properties, l->data));

      if (parameter != NULL && is_short (l->data) && !g_strv_contains (reserved, l->data) &&
          json_object_get_size (parameters) < MAX_PARAMETERS)
        json_object_set_object_member (parameters, l->data, parameter);
      else if (parameter != NULL)
        json_object_unref (parameter);
    }

  /* Ours is the size of the picture that is sent. */
  size = reshoot_json_get_object (parameters, "size");
  if (size != NULL && json_object_has_member (size, "default"))
    json_object_remove_member (size, "default");

  prefer_png (parameters);
  return parameters;
}

/* Whether the schema is one of a model that edits a picture; if so, its fields are taken. */
static gboolean
read_schema (JsonObject *body,
             JsonObject *model)
{
  JsonObject *schemas = reshoot_json_get_object (reshoot_json_get_object (body, "components"), "schemas");
  JsonObject *input = reshoot_json_get_object (schemas, "Input");
  JsonObject *properties = reshoot_json_get_object (input, "properties");
  JsonObject *image = reshoot_json_get_object (properties, "image");
  JsonObject *images = reshoot_json_get_object (properties, "images");
  gboolean is_list = g_strcmp0 (reshoot_json_get_string (images, "type"), "array") == 0;

  if (reshoot_json_get_object (properties, "prompt") == NULL ||
      (!is_list && g_strcmp0 (reshoot_json_get_string (image, "type"), "string") != 0))
    return FALSE;

  json_object_set_string_member (model, "image", is_list ? "images" : "image");
  json_object_set_object_member (model, "parameters", make_parameters (properties));
  return TRUE;
}

/* Asks for the schema of the first that is left to be looked at. */
static void
ask_next (JsonArray   *todo,
          ReshootNext *next)
{
  g_autoptr (JsonObject) state = json_object_new ();

  if (json_array_get_length (todo) == 0)
    {
      next->kind = RESHOOT_NEXT_DONE;
      return;
    }

  json_object_set_array_member (state, "todo", json_array_ref (todo));
  next->kind = RESHOOT_NEXT_PREPARE;
  next->state = reshoot_codec_dup_json (state);
  next->call.method = "GET";
  next->call.uri = g_strdup (reshoot_json_get_string (reshoot_json_get_item (todo, 0), "schema"));
}

static void
read_models (ReshootAddress     *address,
             JsonObject         *state,
             const ReshootReply *reply,
             JsonObject         *body,
             ReshootNext        *next,
             ReshootCheck       *check)
{
  JsonArray *was = reshoot_json_get_array (state, "todo");
  g_autoptr (JsonArray) todo = was != NULL ? json_array_ref (was) : NULL;
  gboolean good = reshoot_atlascloud_get_status (reply, body) == 200;

  if (check->models == NULL)
    check->models = json_array_new ();

  if (todo == NULL)
    {
      todo = list_models (address, good ? body : NULL);
    }
  else
    {
      JsonObject *model = reshoot_json_get_object (reshoot_json_get_item (todo, 0), "model");

      if (model != NULL && good && read_schema (body, model))
        json_array_add_object_element (check->models, json_object_ref (model));
      if (json_array_get_length (todo) > 0)
        json_array_remove_element (todo, 0);
    }

  ask_next (todo, next);
}

/* For the dialect: one step of asking. A list that does not come is no reason to doubt the key. */
gboolean
reshoot_atlascloud_ask_account (ReshootAddress      *address,
                                const char          *state_text,
                                const ReshootReply  *reply,
                                ReshootNext         *next,
                                ReshootCheck        *check,
                                GError             **error)
{
  g_autoptr (JsonObject) state = reshoot_codec_parse_json (state_text);
  GBytes *text = reply != NULL ? reply->body : NULL;
  g_autoptr (JsonObject) body = reshoot_json_parse_object (text, NULL);

  if (state != NULL)
    {
      read_models (address, state, reply, body, next, check);
      return TRUE;
    }

  next->kind = RESHOOT_NEXT_PREPARE;
  next->call.method = "GET";

  if (reply == NULL)
    {
      next->call.uri = reshoot_address_dup_uri (address, BALANCE);
      next->call.with_key = TRUE;
      return TRUE;
    }

  if (reshoot_atlascloud_get_status (reply, body) != 200)
    {
      ReshootReply said = *reply;

      said.status = reshoot_atlascloud_get_status (reply, body);
      reshoot_codec_set_status_error (&said, "atlascloud", next, error);
      return FALSE;
    }

  read_balance (body, check);
  next->state = g_strdup ("{}");
  next->call.uri = g_strconcat (reshoot_address_get_base (address), "/models", NULL);
  return TRUE;
}
