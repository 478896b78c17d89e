/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootOpenaiImages: the dialect of POST /v1/images/edits, which many servers speak, each with an accent. What they
 * differ in is data: a profile of the catalogue file says where the pictures and the parameters go, what else is sent,
 * and what is not. The reply to the submit is the picture. There is no ticket: a reply that is lost is lost. Nothing is
 * ever asked for as a stream. */

#include "reshoot-openai-images.h"
#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-form.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"

#include <string.h>

/* stable-diffusion.cpp reads JSON between these out of the prompt, and obeys it. Nobody types them but us. */
#define BLOCK       "sd_cpp_extra_args"
#define BLOCK_BEGIN "<" BLOCK ">"
#define BLOCK_END   "</" BLOCK ">"

struct _ReshootOpenaiImages
{
  GObject         parent_instance;

  ReshootAddress *address;
  JsonObject     *profile;
  char           *provider;
  gboolean        free;       /* nothing it does costs anything */
};

/* The words without the tags and what stands between them, until there are none: "<sd_<tag>cpp…>" holds one more. */
static char *
dup_words (const char *instruction)
{
  g_autoptr (GString) words = g_string_new (instruction);
  const char *begin;

  while ((begin = strstr (words->str, BLOCK_BEGIN)) != NULL)
    {
      const char *end = strstr (begin, BLOCK_END);
      gsize length = strlen (BLOCK_BEGIN);

      if (end != NULL)
        length = (gsize) (end - begin) + strlen (BLOCK_END);
      g_string_erase (words, begin - words->str, (gssize) length);
    }

  while ((begin = strstr (words->str, BLOCK_END)) != NULL)
    g_string_erase (words, begin - words->str, strlen (BLOCK_END));

  if (strstr (words->str, BLOCK_BEGIN) != NULL)
    return dup_words (words->str);

  return g_strstrip (g_strdup (words->str));
}

/* "sample_params.guidance" is a member of a member. */
static void
set_path (JsonObject *object,
          const char *path,
          JsonNode   *value)
{
  g_auto (GStrv) names = g_strsplit (path, ".", -1);
  guint last = g_strv_length (names) - 1;

  for (guint i = 0; i < last; i++)
    {
      if (reshoot_json_get_object (object, names[i]) == NULL)
        json_object_set_object_member (object, names[i], json_object_new ());
      object = reshoot_json_get_object (object, names[i]);
    }

  json_object_set_member (object, names[last], json_node_copy (value));
}

static void
copy_members (JsonObject *from,
              JsonObject *to)
{
  g_autoptr (GList) names = from != NULL ? json_object_get_members (from) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (to, l->data, json_object_dup_member (from, l->data));
}

/* What was asked for or is the default goes where the catalogue says: a field, or a member of a field that is JSON. */
static void
add_parameters (JsonObject       *fields,
                const ReshootAsk *ask)
{
  JsonObject *json = reshoot_model_get_json (ask->model);
  JsonObject *described = reshoot_json_get_object (json, "parameters");
  g_autoptr (JsonObject) given = NULL;
  g_autoptr (GList) names = NULL;

  given = reshoot_model_resolve_parameters (ask->model,
                                            reshoot_request_get_parameters (ask->request));
  names = json_object_get_members (given);
  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *parameter = reshoot_json_get_object (described, l->data);
      const char *field = reshoot_json_get_string (parameter, "field");
      const char *in = reshoot_json_get_string (parameter, "in");
      g_autofree char *path = in != NULL ? g_strconcat (in, ".", field, NULL) : g_strdup (field);

      if (field != NULL)
        set_path (fields, path, json_object_get_member (given, l->data));
    }
}

static void
set_size (JsonObject   *fields,
          ReshootImage *input)
{
  g_autofree char *size = g_strdup_printf ("%dx%d", reshoot_image_get_width (input),
                                           reshoot_image_get_height (input));

  json_object_set_string_member (fields, "size", size);
}

static char *
dup_json (JsonObject *object)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

  json_node_set_object (node, object);
  return json_to_string (node, FALSE);
}

/* All that is sent beside the pictures, in JSON's types. */
static JsonObject *
make_fields (ReshootOpenaiImages  *self,
             const ReshootAsk     *ask,
             GError              **error)
{
  g_autoptr (JsonObject) fields = json_object_new ();
  const char *model = reshoot_json_get_string (reshoot_model_get_json (ask->model), "model");
  g_autofree char *own = dup_words (reshoot_request_get_instruction (ask->request));
  g_autofree char *told = reshoot_codec_dup_words (ask);
  g_autofree char *words = dup_words (told);
  JsonObject *block;

  if (*own == '\0')
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "instruction", NULL, "no words of the person's own");
      return NULL;
    }

  json_object_set_string_member (fields, "prompt", words);
  if (model != NULL)
    json_object_set_string_member (fields, "model", model);
  if (g_strcmp0 (reshoot_json_get_string (self->profile, "size"), "input") == 0)
    set_size (fields, ask->input);
  copy_members (reshoot_json_get_object (self->profile, "fixed"), fields);
  if (json_object_has_member (self->profile, "block"))
    {
      json_object_set_object_member (fields, BLOCK, json_object_new ());
      copy_members (reshoot_json_get_object (self->profile, "block"), reshoot_json_get_object (fields, BLOCK));
    }
  add_parameters (fields, ask);

  block = reshoot_json_get_object (fields, BLOCK);
  if (block != NULL)
    {
      g_autofree char *text = dup_json (block);
      g_autofree char *prompt = g_strconcat (words, " ", BLOCK_BEGIN, text, BLOCK_END, NULL);

      json_object_set_string_member (fields, "prompt", prompt);
      json_object_remove_member (fields, BLOCK);
    }

  return g_steal_pointer (&fields);
}

static void
fill_form (ReshootOpenaiImages *self,
           const ReshootAsk    *ask,
           JsonObject          *fields,
           ReshootCall         *call)
{
  const char *name = reshoot_json_get_string (self->profile, ask->n_references > 0 ? "images" : "image");
  g_autoptr (ReshootForm) form = reshoot_form_new ();
  g_autoptr (GList) names = json_object_get_members (fields);

  for (GList *l = names; l != NULL; l = l->next)
    {
      const char *text = reshoot_json_get_string (fields, l->data);
      g_autofree char *json = json_to_string (json_object_get_member (fields, l->data), FALSE);

      reshoot_form_add_text (form, l->data, text != NULL ? text : json);
    }

  reshoot_form_add_picture (form, name, "source", ask->input);
  for (guint i = 0; i < ask->n_references; i++)
    reshoot_form_add_picture (form, name, "reference", ask->references[i]);

  reshoot_form_fill_call (form, call);
}

static gboolean
check_references (ReshootOpenaiImages  *self,
                  const ReshootAsk     *ask,
                  GError              **error)
{
  double most = reshoot_json_get_number (self->profile, "references");

  if (!(ask->n_references > most))
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, most > 0 ? "references" : "no-reference",
                     reshoot_model_get_id (ask->model),
                     "%u references", ask->n_references);
  return FALSE;
}

static gboolean
reshoot_openai_images_prepare (ReshootProvider   *provider,
                               const ReshootAsk  *ask,
                               ReshootNext       *next,
                               GError           **error)
{
  ReshootOpenaiImages *self = RESHOOT_OPENAI_IMAGES (provider);
  g_autoptr (JsonObject) fields = NULL;

  if (!reshoot_codec_check_input (ask->model, ask->input, error) ||
      !check_references (self, ask, error))
    return FALSE;

  fields = make_fields (self, ask, error);
  if (fields == NULL)
    return FALSE;

  next->kind = RESHOOT_NEXT_SUBMIT;
  next->call.method = "POST";
  next->call.uri = g_strconcat (reshoot_address_get_base (self->address),
                                reshoot_json_get_string (self->profile, "path"), NULL);
  next->call.with_key = TRUE;
  next->call.is_long = TRUE;

  if (g_strcmp0 (reshoot_json_get_string (self->profile, "body"), "json") == 0)
    {
      g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);

      json_node_set_object (node, fields);
      next->call.content_type = g_strdup ("application/json");
      next->call.body = reshoot_codec_make_list_body (node, reshoot_json_get_string (self->profile, "image"), ask);
    }
  else
    {
      fill_form (self, ask, fields, &next->call);
    }

  return TRUE;
}

/* An address that is told without its host is the server's own, and wants the key as well; any other has in it what it
 * needs. */
static gboolean
add_address (ReshootOpenaiImages *self,
             const char          *text,
             ReshootNext         *next)
{
  g_autofree char *base = g_strconcat (reshoot_address_get_base (self->address), "/", NULL);
  g_autofree char *uri = NULL;
  gboolean is_own;

  if (text != NULL)
    uri = g_uri_resolve_relative (base, text, G_URI_FLAGS_ENCODED, NULL);
  is_own = uri != NULL && g_uri_peek_scheme (text) == NULL &&
           reshoot_address_is_base (self->address, uri) &&
           reshoot_address_may_see_key (self->address, uri);
  if (uri == NULL || (!is_own && !reshoot_address_may_be_called (self->address, uri)))
    return FALSE;

  reshoot_next_add_result (next, uri, NULL)->call.with_key = is_own;
  return TRUE;
}

static gboolean
read_pictures (ReshootOpenaiImages  *self,
               JsonObject           *body,
               ReshootNext          *next,
               GError              **error)
{
  JsonArray *data = reshoot_json_get_array (body, "data");

  next->charged = self->free ? RESHOOT_CHARGED_NO : RESHOOT_CHARGED_YES;

  for (guint i = 0; data != NULL && i < json_array_get_length (data); i++)
    {
      JsonNode *node = json_array_get_element (data, i);
      JsonObject *one = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;

      if (!reshoot_codec_add_base64 (next, reshoot_json_get_string (one, "b64_json")))
        add_address (self, reshoot_json_get_string (one, "url"), next);
    }

  if (next->results != NULL)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, body == NULL ? "json" : "no-sample", self->provider,
                     "a reply without a picture, or with one elsewhere than it may be");
  return FALSE;
}

/* What a word in the error means that the status does not say. */
static gboolean
set_word_error (ReshootOpenaiImages  *self,
                JsonObject           *body,
                GError              **error)
{
  static const struct
  {
    const char   *word;
    ReshootError  code;
    const char   *reason;
  } words[] = {
    { "moderation_blocked", RESHOOT_ERROR_REFUSED, "request-moderated" },
    { "content_policy_violation", RESHOOT_ERROR_REFUSED, "request-moderated" },
    { "insufficient_quota", RESHOOT_ERROR_CREDITS, "credits" },
    { "billing_hard_limit_reached", RESHOOT_ERROR_CREDITS, "credits" },
  };
  const char *word = reshoot_json_get_string (reshoot_json_get_object (body, "error"), "code");

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i].word, word) == 0)
      {
        reshoot_set_error (error, words[i].code, words[i].reason, self->provider, "refused: %s", word);
        return TRUE;
      }

  return FALSE;
}

/* A server of one's own that broke over a request has nothing to charge, and would break over it again. */
static gboolean
set_status_error (ReshootOpenaiImages  *self,
                  const ReshootReply   *reply,
                  ReshootNext          *next,
                  GError              **error)
{
  g_autoptr (JsonObject) body = reshoot_json_parse_object (reply->body, NULL);
  gboolean broke = (reply->status >= 500 && reply->status != 503) || reply->status == 409;

  if (reply->status < 500 && set_word_error (self, body, error))
    {
      next->charged = RESHOOT_CHARGED_NO;
    }
  else if (broke && self->free)
    {
      next->charged = RESHOOT_CHARGED_NO;
      reshoot_set_error (error, RESHOOT_ERROR_FAILED, "service", self->provider, "status %u", reply->status);
    }
  else
    {
      reshoot_codec_set_status_error (reply, self->provider, next, error);
      if (self->free)
        next->charged = RESHOOT_CHARGED_NO;
    }

  return FALSE;
}

static gboolean
reshoot_openai_images_read (ReshootProvider     *provider,
                            ReshootReplyTo       to,
                            const ReshootReply  *reply,
                            const char          *ticket,
                            ReshootNext         *next,
                            GError             **error)
{
  ReshootOpenaiImages *self = RESHOOT_OPENAI_IMAGES (provider);
  g_autoptr (JsonObject) body = NULL;

  if (reply->status < 200 || reply->status > 299)
    return set_status_error (self, reply, next, error);

  body = reshoot_json_parse_object (reply->body, NULL);
  return read_pictures (self, body, next, error);
}

static gboolean
reshoot_openai_images_ask_again (ReshootProvider  *provider,
                                 const char       *ticket,
                                 ReshootNext      *next,
                                 GError          **error)
{
  reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-ticket", RESHOOT_OPENAI_IMAGES (provider)->provider,
                     "this service knows no tickets");
  return FALSE;
}

/* The model as a catalogue file would have it. */
static JsonObject *
describe_model (ReshootOpenaiImages *self,
                const char          *name)
{
  JsonObject *model = json_object_new ();
  g_autofree char *id = g_strconcat (self->provider, "/", name, NULL);

  json_object_set_string_member (model, "id", id);
  json_object_set_string_member (model, "name", name);
  json_object_set_string_member (model, "model", name);
  if (self->free && json_object_has_member (self->profile, "price"))
    json_object_set_member (model, "price", json_object_dup_member (self->profile, "price"));
  return model;
}

static gboolean
reshoot_openai_images_check (ReshootProvider     *provider,
                             const char          *state,
                             const ReshootReply  *reply,
                             ReshootNext         *next,
                             ReshootCheck        *check,
                             GError             **error)
{
  ReshootOpenaiImages *self = RESHOOT_OPENAI_IMAGES (provider);
  const char *only = reshoot_json_get_string (self->profile, "only");
  g_autoptr (JsonObject) body = NULL;
  JsonArray *data;

  if (reply == NULL)
    {
      next->kind = RESHOOT_NEXT_PREPARE;
      next->call.method = "GET";
      next->call.uri = g_strconcat (reshoot_address_get_base (self->address), "/models", NULL);
      next->call.with_key = TRUE;
      return TRUE;
    }

  if (reply->status != 200)
    {
      reshoot_codec_set_status_error (reply, self->provider, next, error);
      return FALSE;
    }

  body = reshoot_json_parse_object (reply->body, error);
  data = reshoot_json_get_array (body, "data");
  if (data == NULL)
    {
      if (body != NULL)
        reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", self->provider, "not a list of models");
      return FALSE;
    }

  next->kind = RESHOOT_NEXT_DONE;
  check->models = json_array_new ();
  for (guint i = 0; i < json_array_get_length (data); i++)
    {
      JsonNode *node = json_array_get_element (data, i);
      const char *name = JSON_NODE_HOLDS_OBJECT (node)
                         ? reshoot_json_get_string (json_node_get_object (node), "id") : NULL;

      if (name != NULL && *name != '\0' && (only == NULL || g_str_has_prefix (name, only)))
        json_array_add_object_element (check->models, describe_model (self, name));
    }

  return TRUE;
}

static void
provider_iface_init (ReshootProviderInterface *iface)
{
  iface->prepare = reshoot_openai_images_prepare;
  iface->read = reshoot_openai_images_read;
  iface->ask_again = reshoot_openai_images_ask_again;
  iface->check = reshoot_openai_images_check;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReshootOpenaiImages, reshoot_openai_images, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RESHOOT_TYPE_PROVIDER, provider_iface_init))

static void
reshoot_openai_images_finalize (GObject *object)
{
  ReshootOpenaiImages *self = RESHOOT_OPENAI_IMAGES (object);

  g_clear_pointer (&self->address, reshoot_address_unref);
  g_clear_pointer (&self->profile, json_object_unref);
  g_clear_pointer (&self->provider, g_free);

  G_OBJECT_CLASS (reshoot_openai_images_parent_class)->finalize (object);
}

static void
reshoot_openai_images_class_init (ReshootOpenaiImagesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_openai_images_finalize;
}

static void
reshoot_openai_images_init (ReshootOpenaiImages *self)
{
}

static gboolean
is_free (JsonArray *models)
{
  JsonObject *model = NULL;

  if (models != NULL && json_array_get_length (models) > 0)
    model = json_array_get_object_element (models, 0);

  return reshoot_json_get_number (reshoot_json_get_object (model, "price"), "amount") == 0;
}

/**
 * reshoot_openai_images_new:
 * @address: where the server is and which hosts may see its key
 * @description: its catalogue file; "profile" names one of its "profiles"
 *
 * Returns: (transfer full): the codec of a server that edits as OpenAI's does
 */
ReshootProvider *
reshoot_openai_images_new (ReshootAddress *address,
                           JsonObject     *description)
{
  ReshootOpenaiImages *self = g_object_new (RESHOOT_TYPE_OPENAI_IMAGES, NULL);
  JsonObject *profiles = reshoot_json_get_object (description, "profiles");
  const char *name = reshoot_json_get_string (description, "profile");
  JsonObject *profile = name != NULL ? reshoot_json_get_object (profiles, name) : NULL;

  self->address = reshoot_address_ref (address);
  self->profile = profile != NULL ? json_object_ref (profile) : json_object_new ();
  self->provider = g_strdup (reshoot_json_get_string (description, "provider"));
  self->free = is_free (reshoot_json_get_array (description, "models"));
  return RESHOOT_PROVIDER (self);
}
