/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the dialects have in common: parameters with their defaults, a body around a large picture, and the meaning of
 * an HTTP status, money included. A codec adds its own names to these. */

#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"

static int
greatest_common_divisor (int a,
                         int b)
{
  return b == 0 ? a : greatest_common_divisor (b, a % b);
}

/**
 * reshoot_codec_dup_ratio:
 * @input: the picture that is sent
 *
 * Returns: (transfer full): its shape in smallest whole numbers, "3:2"
 */
char *
reshoot_codec_dup_ratio (ReshootImage *input)
{
  int width = reshoot_image_get_width (input);
  int height = reshoot_image_get_height (input);
  int divisor = greatest_common_divisor (width, height);

  return g_strdup_printf ("%d:%d", width / divisor, height / divisor);
}

/**
 * reshoot_codec_add_parameter:
 * @fields: what is sent
 * @model: a model
 * @request: what is asked
 * @name: of a parameter
 *
 * Adds what was asked for, else the catalogue's default, else nothing.
 */
void
reshoot_codec_add_parameter (JsonObject     *fields,
                             ReshootModel   *model,
                             ReshootRequest *request,
                             const char     *name)
{
  JsonObject *described = reshoot_json_get_object (reshoot_model_get_json (model), "parameters");
  JsonObject *parameter = reshoot_json_get_object (described, name);
  JsonObject *asked = reshoot_request_get_parameters (request);

  if (asked != NULL && json_object_has_member (asked, name))
    json_object_set_member (fields, name, json_object_dup_member (asked, name));
  else if (parameter != NULL && json_object_has_member (parameter, "default"))
    json_object_set_member (fields, name, json_object_dup_member (parameter, "default"));
}

/**
 * reshoot_codec_check_input:
 * @model: a model
 * @input: the picture that would be sent
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_TOO_LARGE, reason "input".
 *
 * Returns: whether @input is within the model's limits
 */
gboolean
reshoot_codec_check_input (ReshootModel  *model,
                           ReshootImage  *input,
                           GError       **error)
{
  JsonObject *limits = reshoot_json_get_object (reshoot_model_get_json (model), "limits");
  double pixels = (double) reshoot_image_get_width (input) * reshoot_image_get_height (input);
  double bytes = (double) g_bytes_get_size (reshoot_image_get_bytes (input));

  /* A limit that is not named is NAN, and nothing is greater than that. */
  if (bytes > reshoot_json_get_number (limits, "bytes") ||
      pixels > reshoot_json_get_number (limits, "pixels"))
    {
      reshoot_set_error (error, RESHOOT_ERROR_TOO_LARGE, "input", reshoot_model_get_id (model),
                         "%g pixels, %g bytes", pixels, bytes);
      return FALSE;
    }

  return TRUE;
}

/**
 * reshoot_codec_check_pictures:
 * @ask: what is asked
 * @error: return location for an error
 *
 * As [func@codec_check_input] for the source and every reference. More of these than the model's "references" says fail
 * as [method@Model.check_references] says.
 *
 * Returns: whether the model takes them
 */
gboolean
reshoot_codec_check_pictures (const ReshootAsk  *ask,
                              GError           **error)
{
  if (!reshoot_model_check_references (ask->model, ask->n_references, error))
    return FALSE;

  for (guint i = 0; i < ask->n_references; i++)
    if (!reshoot_codec_check_input (ask->model, ask->references[i], error))
      return FALSE;

  return reshoot_codec_check_input (ask->model, ask->input, error);
}

/**
 * reshoot_codec_dup_words:
 * @ask: what is asked
 *
 * No service has a field for what a reference is there for; a model that sees several pictures can be told in words,
 * by their number, the source being the first.
 *
 * Returns: (transfer full): the person's words, and the roles of the references that have one
 */
char *
reshoot_codec_dup_words (const ReshootAsk *ask)
{
  static const struct
  {
    const char *role;
    const char *words;
  } roles[] = {
    { "product", "Image %u shows the product." },
    { "style", "Image %u is the reference for the style." },
    { "scene", "Image %u is the reference for the scene." },
  };
  const ReshootInputs *inputs = reshoot_request_get_inputs (ask->request);
  GString *words = g_string_new (reshoot_request_get_instruction (ask->request));
  char separator = '\n';
  guint n = 1;

  for (guint i = 0; i < inputs->n_pictures; i++)
    {
      n += reshoot_request_is_reference (inputs->pictures[i].role);
      for (guint j = 0; j < G_N_ELEMENTS (roles); j++)
        if (g_str_equal (inputs->pictures[i].role, roles[j].role))
          {
            g_autofree char *number = g_strdup_printf ("%u", n);
            g_autoptr (GString) sentence = g_string_new (roles[j].words);

            g_string_replace (sentence, "%u", number, 1);
            g_string_append_printf (words, "%c%s", separator, sentence->str);
            separator = ' ';
          }
    }

  return g_string_free (words, FALSE);
}

static ReshootImage *
get_picture (const ReshootAsk *ask,
             guint             i)
{
  return i == 0 ? ask->input : ask->references[i - 1];
}

/* Writes the picture in base64, with its quotes; @end has room for it. */
static char *
write_picture (char         *end,
               ReshootImage *picture)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (reshoot_image_get_bytes (picture), &length);
  int state = 0;
  int save = 0;

  *end++ = '"';
  end += g_base64_encode_step (data, length, FALSE, end, &state, &save);
  end += g_base64_encode_close (FALSE, end, &state, &save);
  *end++ = '"';
  return end;
}

static gsize
measure_picture (ReshootImage *picture)
{
  return (g_bytes_get_size (reshoot_image_get_bytes (picture)) / 3 + 2) * 4 + 2;
}

/**
 * reshoot_codec_make_body:
 * @fields: an object with at least one member
 * @name: of the member that holds the source
 * @ask: whose source and references they are; the references' members are called @name with "_2", "_3" …
 *
 * One buffer of the right size, written once: a picture is large, and a JSON builder would copy it four times.
 *
 * Returns: (transfer full): the text of @fields with the pictures in base64 as further members
 */
GBytes *
reshoot_codec_make_body (JsonNode         *fields,
                         const char       *name,
                         const ReshootAsk *ask)
{
  g_autofree char *text = json_to_string (fields, FALSE);
  gsize text_length = strlen (text) - 1;   /* without the closing brace */
  gsize opening_length = strlen (name) + 16;
  gsize total = text_length + 1;
  char *body;
  char *end;

  for (guint i = 0; i <= ask->n_references; i++)
    total += opening_length + measure_picture (get_picture (ask, i));

  body = g_malloc (total);
  memcpy (body, text, text_length);
  end = body + text_length;

  for (guint i = 0; i <= ask->n_references; i++)
    {
      if (i == 0)
        end += g_snprintf (end, opening_length, ",\"%s\":", name);
      else
        end += g_snprintf (end, opening_length, ",\"%s_%u\":", name, i + 1);
      end = write_picture (end, get_picture (ask, i));
    }

  *end++ = '}';
  return g_bytes_new_take (body, (gsize) (end - body));
}

/**
 * reshoot_codec_make_list_body:
 * @fields: an object with at least one member
 * @name: of the member that holds the pictures
 * @ask: whose source and references they are, in this order
 *
 * As [func@codec_make_body], for services that take a list.
 *
 * Returns: (transfer full): the text of @fields with the pictures in base64 as an array
 */
GBytes *
reshoot_codec_make_list_body (JsonNode         *fields,
                              const char       *name,
                              const ReshootAsk *ask)
{
  g_autofree char *text = json_to_string (fields, FALSE);
  gsize text_length = strlen (text) - 1;   /* without the closing brace */
  gsize total = text_length + strlen (name) + 8;
  char *body;
  char *end;

  for (guint i = 0; i <= ask->n_references; i++)
    total += measure_picture (get_picture (ask, i)) + 1;

  body = g_malloc (total);
  memcpy (body, text, text_length);
  end = body + text_length;
  end += g_snprintf (end, total - text_length, ",\"%s\":[", name);

  for (guint i = 0; i <= ask->n_references; i++)
    {
      if (i > 0)
        *end++ = ',';
      end = write_picture (end, get_picture (ask, i));
    }

  *end++ = ']';
  *end++ = '}';
  return g_bytes_new_take (body, (gsize) (end - body));
}

/**
 * reshoot_codec_add_base64:
 * @next: (inout): gets one more result
 * @text: (nullable): a picture in base64, or a data address
 *
 * What it holds is looked at later, at the gate.
 *
 * Returns: whether there was anything in @text
 */
gboolean
reshoot_codec_add_base64 (ReshootNext *next,
                          const char  *text)
{
  g_autoptr (GBytes) bytes = NULL;
  const char *comma = NULL;
  guint8 *data;
  gsize length = 0;

  if (text != NULL && g_str_has_prefix (text, "data:"))
    comma = strchr (text, ',');

  data = g_base64_decode (comma != NULL ? comma + 1 : text != NULL ? text : "", &length);
  bytes = g_bytes_new_take (data, length);
  if (length == 0)
    return FALSE;

  reshoot_next_add_result (next, NULL, bytes);
  return TRUE;
}

/**
 * reshoot_codec_get_content_type:
 * @input: a picture
 *
 * Returns: (transfer none): "image/png" and the like
 */
const char *
reshoot_codec_get_content_type (ReshootImage *input)
{
  static const char * const types[] = {
    [RESHOOT_IMAGE_FORMAT_PNG] = "image/png",
    [RESHOOT_IMAGE_FORMAT_JPEG] = "image/jpeg",
    [RESHOOT_IMAGE_FORMAT_WEBP] = "image/webp",
    [RESHOOT_IMAGE_FORMAT_TIFF] = "image/tiff",
  };

  return types[reshoot_image_get_format (input)];
}

/**
 * reshoot_codec_dup_data_uri:
 * @input: a small picture; a large one is better uploaded
 *
 * Returns: (transfer full): the picture as an address that holds it, "data:image/png;base64,…"
 */
char *
reshoot_codec_dup_data_uri (ReshootImage *input)
{
  GBytes *bytes = reshoot_image_get_bytes (input);
  g_autofree char *text = NULL;

  text = g_base64_encode (g_bytes_get_data (bytes, NULL), g_bytes_get_size (bytes));
  return g_strconcat ("data:", reshoot_codec_get_content_type (input), ";base64,", text, NULL);
}

/**
 * reshoot_codec_set_post:
 * @next: (inout): gets the call; its kind is left alone
 * @uri: where to, with the key
 * @fields: what is sent
 */
void
reshoot_codec_set_post (ReshootNext *next,
                        const char  *uri,
                        JsonObject  *fields)
{
  char *text = reshoot_codec_dup_json (fields);

  next->call.method = "POST";
  next->call.uri = g_strdup (uri);
  next->call.content_type = g_strdup ("application/json");
  next->call.body = g_bytes_new_take (text, strlen (text));
  next->call.with_key = TRUE;
}

/**
 * reshoot_codec_dup_json:
 * @object: a state or a ticket
 *
 * Returns: (transfer full): its text
 */
char *
reshoot_codec_dup_json (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

/**
 * reshoot_codec_parse_json:
 * @text: (nullable): a state or a ticket
 *
 * Returns: (nullable) (transfer full): what it says; %NULL where it is no object
 */
JsonObject *
reshoot_codec_parse_json (const char *text)
{
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;

  return reshoot_json_parse_object (bytes, NULL);
}

/**
 * reshoot_codec_make_price:
 * @amount: as a service names it
 * @unit: (nullable): as a service names it: "image", "images", "megapixels"
 * @currency: (nullable): as a service names it
 * @source: where it says so
 * @times: (nullable): the parameter that says how many images one submit makes
 *
 * Returns: (nullable) (transfer full): a price as the catalogue has it, without a date; %NULL where it is not
 *   understood
 */
JsonObject *
reshoot_codec_make_price (double      amount,
                          const char *unit,
                          const char *currency,
                          const char *source,
                          const char *times)
{
  static const char * const units[] = { "image", "megapixel", "second" };
  JsonObject *price;

  /* NAN is no amount. */
  if (unit == NULL || g_strcmp0 (currency, "USD") != 0 || !(amount > 0))
    return NULL;

  for (guint i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_has_prefix (unit, units[i]) && strlen (unit) <= strlen (units[i]) + 1)
      {
        price = json_object_new ();
        json_object_set_double_member (price, "amount", amount);
        json_object_set_string_member (price, "unit", units[i]);
        json_object_set_string_member (price, "currency", currency);
        json_object_set_string_member (price, "source", source);
        if (times != NULL)
          json_object_set_string_member (price, "times", times);
        return price;
      }

  return NULL;
}

/* The words of an error body: {error: {message}}, {error: text}, {message}, {msg}, {detail: text},
 * {detail: [{loc, msg}]}. */
static char *
dup_detail (JsonObject *body)
{
  JsonArray *list = reshoot_json_get_array (body, "detail");
  const char *text = reshoot_json_get_string (reshoot_json_get_object (body, "error"), "message");
  g_autoptr (GString) words = g_string_new (NULL);

  if (text == NULL)
    text = reshoot_json_get_string (body, "message");
  if (text == NULL)
    text = reshoot_json_get_string (body, "msg");
  if (text == NULL)
    text = reshoot_json_get_string (body, "error");
  if (text == NULL)
    text = reshoot_json_get_string (body, "detail");
  if (text != NULL)
    g_string_append (words, text);

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);
      const char *message = NULL;

      if (JSON_NODE_HOLDS_OBJECT (node))
        message = reshoot_json_get_string (json_node_get_object (node), "msg");
      if (message != NULL)
        g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "", message);
    }

  return words->len > 0 ? g_strdup (words->str) : NULL;
}

static gboolean
names_the_key (GBytes *body)
{
  static const char * const names[] = { "api key", "api_key", "apikey", "x-key" };
  gsize length = 0;
  const char *data = body != NULL ? g_bytes_get_data (body, &length) : NULL;
  g_autofree char *text = NULL;

  if (data != NULL)
    text = g_ascii_strdown (data, (gssize) MIN (length, 65536));

  for (guint i = 0; text != NULL && i < G_N_ELEMENTS (names); i++)
    if (strstr (text, names[i]) != NULL)
      return TRUE;

  return FALSE;
}

static ReshootError
sort_status (const ReshootReply  *reply,
             const char         **reason)
{
  static const struct
  {
    guint        status;
    ReshootError code;
    const char  *reason;
  } map[] = {
    { 400, RESHOOT_ERROR_INVALID_REQUEST, "rejected" },
    { 401, RESHOOT_ERROR_AUTH, "key" },
    { 402, RESHOOT_ERROR_CREDITS, "credits" },
    { 403, RESHOOT_ERROR_AUTH, "key" },
    { 413, RESHOOT_ERROR_TOO_LARGE, "service" },
    { 422, RESHOOT_ERROR_INVALID_REQUEST, "rejected" },
    { 429, RESHOOT_ERROR_RATE_LIMITED, "busy" },
    { 503, RESHOOT_ERROR_UNAVAILABLE, "busy" },
  };

  if (reply->status == 422 && names_the_key (reply->body))
    {
      *reason = "key";
      return RESHOOT_ERROR_AUTH;
    }

  for (guint i = 0; i < G_N_ELEMENTS (map); i++)
    if (map[i].status == reply->status)
      {
        *reason = map[i].reason;
        return map[i].code;
      }

  *reason = reply->status >= 500 ? "service" : "status";
  return reply->status >= 500 ? RESHOOT_ERROR_UNAVAILABLE : RESHOOT_ERROR_PROTOCOL;
}

/**
 * reshoot_codec_set_status_error:
 * @reply: with a status that is not the good one
 * @provider: whom the error is about
 * @next: (inout): its `charged` is set as for a reply to the submit
 * @error: return location for an error
 *
 * What a service says no to (4xx, and a 503 that names no task) is not charged; what it broke over may be.
 */
void
reshoot_codec_set_status_error (const ReshootReply  *reply,
                                const char          *provider,
                                ReshootNext         *next,
                                GError             **error)
{
  g_autoptr (JsonObject) body = reshoot_json_parse_object (reply->body, NULL);
  g_autofree char *detail = dup_detail (body);
  gboolean names_a_task = reshoot_json_get_string (body, "id") != NULL;
  gboolean said_no = (reply->status >= 400 && reply->status < 500) || reply->status == 503;
  const char *reason;
  ReshootError code = sort_status (reply, &reason);
  gboolean about_words = code == RESHOOT_ERROR_INVALID_REQUEST && detail != NULL;

  next->charged = said_no && !names_a_task ? RESHOOT_CHARGED_NO : RESHOOT_CHARGED_UNKNOWN;

  reshoot_set_error (error, code, reason, about_words ? detail : provider,
                     "status %u: %s", reply->status, detail != NULL ? detail : "no detail");
}

/**
 * reshoot_codec_set_poll:
 * @next: (inout): what comes next
 * @uri: where to ask, with the key
 */
void
reshoot_codec_set_poll (ReshootNext *next,
                        const char  *uri)
{
  next->kind = RESHOOT_NEXT_POLL;
  next->call.method = "GET";
  next->call.uri = g_strdup (uri);
  next->call.with_key = TRUE;
}

/**
 * reshoot_codec_make_ticket:
 * @id: the service's name of the task
 * @polling_uri: (nullable): where to ask; %NULL where that is not to be used
 *
 * Returns: (transfer full): what to keep, as JSON
 */
char *
reshoot_codec_make_ticket (const char *id,
                           const char *polling_uri)
{
  g_autoptr (JsonObject) ticket = json_object_new ();

  json_object_set_string_member (ticket, "id", id);
  if (polling_uri != NULL)
    json_object_set_string_member (ticket, "polling_url", polling_uri);

  return reshoot_codec_dup_json (ticket);
}

/**
 * reshoot_codec_dup_ticket_uri:
 * @address: which hosts may be asked
 * @ticket: as [func@codec_make_ticket] made it, or as a stranger's project has it
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_PROTOCOL, reason "foreign-address".
 *
 * Returns: (transfer full): where to ask
 */
char *
reshoot_codec_dup_ticket_uri (ReshootAddress  *address,
                              const char      *ticket,
                              GError         **error)
{
  g_autoptr (JsonObject) object = reshoot_codec_parse_json (ticket);
  const char *uri = reshoot_json_get_string (object, "polling_url");

  if (uri == NULL || !reshoot_address_may_see_key (address, uri))
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "foreign-address", NULL,
                         "the ticket names no address of the service to ask at");
      return NULL;
    }

  return g_strdup (uri);
}
