/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootRequest: what was asked. It is frozen: made once, from a person's words or from stored JSON, and never
 * changed after. The parameters are a sealed deep copy, so that nobody who built or read them can change what was
 * asked. */

#include "reshoot-request.h"

#include <string.h>

#include "reshoot-error.h"
#include "reshoot-json.h"
#include "reshoot-request-private.h"

/* In bytes. A stranger's project must not make us hold more for one request. */
#define MAX_INSTRUCTION (64 * 1024)
#define MAX_MODEL       512
#define MAX_VERSION     64

/* More than any model takes. */
#define MAX_PICTURES 64

struct _ReshootRequest
{
  GObject     parent_instance;

  char       *instruction;
  char       *model;
  JsonObject *parameters;    /* (owned): sealed */
  GArray     *pictures;      /* (owned): of ReshootRequestPicture, what it holds owned; the role static */
  ReshootInputs inputs;      /* its texts owned */
};

static const char *const roles[] = { "reference", "product", "style", "scene", "region", "protect" };

G_DEFINE_FINAL_TYPE (ReshootRequest, reshoot_request, G_TYPE_OBJECT)

static void
clear_picture (ReshootRequestPicture *picture)
{
  g_clear_object (&picture->image);
  g_free ((char *) picture->digest);
}

static void
reshoot_request_finalize (GObject *object)
{
  ReshootRequest *self = RESHOOT_REQUEST (object);

  g_free (self->instruction);
  g_free (self->model);
  g_clear_pointer (&self->parameters, json_object_unref);
  g_clear_pointer (&self->pictures, g_array_unref);
  g_free ((char *) self->inputs.application);
  g_free ((char *) self->inputs.catalogue);
  g_free ((char *) self->inputs.kind);
  g_free ((char *) self->inputs.landing);

  G_OBJECT_CLASS (reshoot_request_parent_class)->finalize (object);
}

static void
reshoot_request_class_init (ReshootRequestClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_request_finalize;
}

static void
reshoot_request_init (ReshootRequest *self)
{
  self->inputs = RESHOOT_INPUTS_INIT;
  self->pictures = g_array_new (FALSE, FALSE, sizeof (ReshootRequestPicture));
  g_array_set_clear_func (self->pictures, (GDestroyNotify) clear_picture);
}

/* The role as one of ours, NULL when it is none. */
static const char *
find_role (const char *role)
{
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (role, roles[i]) == 0)
      return roles[i];

  return NULL;
}

static void
set_inputs (ReshootRequest      *self,
            const ReshootInputs *inputs)
{
  for (guint i = 0; i < inputs->n_pictures; i++)
    {
      const ReshootRequestPicture *given = &inputs->pictures[i];
      ReshootRequestPicture picture = { find_role (given->role), given->image, given->digest };

      g_return_if_fail (picture.role != NULL);

      if (picture.image != NULL)
        picture.digest = reshoot_image_get_digest (g_object_ref (picture.image));

      picture.digest = g_strdup (picture.digest);
      g_array_append_val (self->pictures, picture);
    }

  self->inputs = *inputs;
  self->inputs.application = g_strdup (inputs->application);
  self->inputs.catalogue = g_strdup (inputs->catalogue);
  self->inputs.kind = g_strdup (inputs->kind);
  self->inputs.landing = g_strdup (inputs->landing);
  self->inputs.pictures = (const ReshootRequestPicture *) self->pictures->data;
}

/**
 * reshoot_request_new:
 * @instruction: the person's own words
 * @model: the model's id, "provider/model"
 * @parameters: (nullable): what was set beside the words; copied
 *
 * Returns: (transfer full): a new frozen request
 */
ReshootRequest *
reshoot_request_new (const char *instruction,
                     const char *model,
                     JsonObject *parameters)
{
  ReshootInputs none = RESHOOT_INPUTS_INIT;

  return reshoot_request_new_with_inputs (instruction, model, parameters, &none);
}

/**
 * reshoot_request_new_with_inputs:
 * @instruction: the person's own words
 * @model: the model's id, "provider/model"
 * @parameters: (nullable): what was set beside the words; copied
 * @inputs: what else mattered; copied
 *
 * Returns: (transfer full): a new frozen request
 */
ReshootRequest *
reshoot_request_new_with_inputs (const char          *instruction,
                                 const char          *model,
                                 JsonObject          *parameters,
                                 const ReshootInputs *inputs)
{
  ReshootRequest *self;

  g_return_val_if_fail (instruction != NULL, NULL);
  g_return_val_if_fail (model != NULL, NULL);
  g_return_val_if_fail (inputs != NULL && inputs->n_pictures <= MAX_PICTURES, NULL);

  self = g_object_new (RESHOOT_TYPE_REQUEST, NULL);
  self->instruction = g_strdup (instruction);
  self->model = g_strdup (model);
  self->parameters = parameters != NULL ? reshoot_json_copy_object (parameters)
                                        : json_object_new ();
  json_object_seal (self->parameters);
  set_inputs (self, inputs);
  return self;
}

/* The string member @name of at most @max bytes, or NULL with @error set. */
static const char *
get_text (JsonObject *object,
          const char *name,
          gsize       max,
          GError    **error)
{
  JsonNode *node = json_object_get_member (object, name);
  const char *text;

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node) ||
      json_node_get_value_type (node) != G_TYPE_STRING)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "request", name, "a request needs a text \"%s\"", name);
      return NULL;
    }

  text = json_node_get_string (node);
  if (strlen (text) > max)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "too-long", name,
                         "\"%s\" is longer than %" G_GSIZE_FORMAT " bytes", name, max);
      return NULL;
    }

  return text;
}

static gboolean
set_input_error (const char  *name,
                 GError     **error)
{
  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "request", name, "a request with a bad \"%s\"", name);
  return FALSE;
}

static gboolean
read_version (JsonObject  *object,
              const char  *name,
              const char **version,
              GError     **error)
{
  if (json_object_has_member (object, name))
    *version = get_text (object, name, MAX_VERSION, error);

  return !json_object_has_member (object, name) || *version != NULL;
}

static gboolean
read_box (JsonObject  *object,
          const char  *name,
          double       box[4],
          GError     **error)
{
  JsonNode *node = json_object_get_member (object, name);
  JsonArray *array;

  if (node == NULL)
    return TRUE;

  array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (array == NULL || json_array_get_length (array) != 4)
    return set_input_error (name, error);

  for (guint i = 0; i < 4; i++)
    {
      JsonNode *number = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (number) || json_node_get_value_type (number) == G_TYPE_STRING)
        return set_input_error (name, error);

      box[i] = json_node_get_double (number);
      if (!(box[i] >= 0 && box[i] <= G_MAXINT))
        return set_input_error (name, error);
    }

  return TRUE;
}

static gboolean
read_pictures (JsonObject  *object,
               GArray      *pictures,
               GError     **error)
{
  JsonNode *node = json_object_get_member (object, "pictures");
  JsonArray *array;

  if (node == NULL)
    return TRUE;

  array = JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
  if (array == NULL || json_array_get_length (array) > MAX_PICTURES)
    return set_input_error ("pictures", error);

  for (guint i = 0; i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);
      ReshootRequestPicture picture = { NULL, };

      if (!JSON_NODE_HOLDS_OBJECT (element))
        return set_input_error ("pictures", error);

      picture.role = find_role (get_text (json_node_get_object (element), "role", MAX_VERSION, NULL));
      picture.digest = get_text (json_node_get_object (element), "picture", MAX_VERSION, NULL);
      if (picture.role == NULL || picture.digest == NULL ||
          strspn (picture.digest, "0123456789abcdef") != 64)
        return set_input_error ("pictures", error);

      g_array_append_val (pictures, picture);
    }

  return TRUE;
}

static gboolean
is_true (JsonObject *object,
         const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_VALUE (node) &&
         json_node_get_value_type (node) == G_TYPE_BOOLEAN && json_node_get_boolean (node);
}

/* What @inputs points to is @object's and @pictures'. */
static gboolean
read_inputs (JsonObject     *object,
             ReshootInputs  *inputs,
             GArray         *pictures,
             GError        **error)
{
  if (!read_version (object, "application", &inputs->application, error) ||
      !read_version (object, "catalogue", &inputs->catalogue, error) ||
      !read_version (object, "kind", &inputs->kind, error) ||
      !read_version (object, "landing", &inputs->landing, error) ||
      !read_box (object, "region", inputs->region, error) ||
      !read_box (object, "crop", inputs->crop, error) ||
      !read_pictures (object, pictures, error))
    return FALSE;

  inputs->whole = is_true (object, "whole");
  inputs->pictures = (const ReshootRequestPicture *) pictures->data;
  inputs->n_pictures = pictures->len;
  return TRUE;
}

/**
 * reshoot_request_new_from_json:
 * @json: an object as [method@Request.to_json] makes it; members it does not know are left out
 * @error: return location
 *
 * Errors: `INVALID_REQUEST` with the member's name as the subject.
 *
 * Returns: (transfer full): a new frozen request, or %NULL
 */
ReshootRequest *
reshoot_request_new_from_json (JsonNode  *json,
                               GError   **error)
{
  JsonObject *object;
  JsonObject *parameters = NULL;
  g_autoptr (GArray) pictures = g_array_new (FALSE, FALSE, sizeof (ReshootRequestPicture));
  ReshootInputs inputs = RESHOOT_INPUTS_INIT;
  JsonNode *node;
  const char *instruction;
  const char *model;

  g_return_val_if_fail (json != NULL, NULL);

  if (!JSON_NODE_HOLDS_OBJECT (json))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "request", NULL, "a request is a JSON object");
      return NULL;
    }

  object = json_node_get_object (json);
  instruction = get_text (object, "instruction", MAX_INSTRUCTION, error);
  if (instruction == NULL)
    return NULL;

  model = get_text (object, "model", MAX_MODEL, error);
  if (model == NULL)
    return NULL;

  node = json_object_get_member (object, "parameters");
  if (node != NULL && !JSON_NODE_HOLDS_OBJECT (node))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "request", "parameters", "parameters are an object");
      return NULL;
    }

  if (node != NULL)
    parameters = json_node_get_object (node);

  if (!read_inputs (object, &inputs, pictures, error))
    return NULL;

  return reshoot_request_new_with_inputs (instruction, model, parameters, &inputs);
}

static void
write_box (JsonObject   *object,
           const char   *name,
           const double  box[4])
{
  JsonArray *array;

  if (isnan (box[0]))
    return;

  array = json_array_new ();
  for (guint i = 0; i < 4; i++)
    json_array_add_double_element (array, box[i]);
  json_object_set_array_member (object, name, array);
}

static void
write_inputs (const ReshootInputs *inputs,
              JsonObject          *object)
{
  JsonArray *array;

  if (inputs->application != NULL)
    json_object_set_string_member (object, "application", inputs->application);
  if (inputs->catalogue != NULL)
    json_object_set_string_member (object, "catalogue", inputs->catalogue);
  if (inputs->kind != NULL)
    json_object_set_string_member (object, "kind", inputs->kind);
  if (inputs->landing != NULL)
    json_object_set_string_member (object, "landing", inputs->landing);

  write_box (object, "region", inputs->region);
  write_box (object, "crop", inputs->crop);
  if (inputs->whole)
    json_object_set_boolean_member (object, "whole", TRUE);

  if (inputs->n_pictures == 0)
    return;

  array = json_array_new ();
  for (guint i = 0; i < inputs->n_pictures; i++)
    {
      JsonObject *picture = json_object_new ();

      json_object_set_string_member (picture, "role", inputs->pictures[i].role);
      json_object_set_string_member (picture, "picture", inputs->pictures[i].digest);
      json_array_add_object_element (array, picture);
    }
  json_object_set_array_member (object, "pictures", array);
}

static gboolean
is_plain_version (const ReshootJsonPart *part)
{
  return part->kind == '\0' || (part->kind == '"' && part->length <= MAX_VERSION);
}

/*
 * reshoot_request_is_plain:
 * @text: JSON of a request, from a file that may be a stranger's
 *
 * Returns: whether reshoot_request_new_from_json() is sure to take it; what is not plain may be good nevertheless
 */
gboolean
reshoot_request_is_plain (const char *text)
{
  enum { INSTRUCTION, MODEL, PARAMETERS, APPLICATION, CATALOGUE, KIND, LANDING, N_PARTS };
  ReshootJsonPart parts[N_PARTS] = {
    { "instruction" }, { "model" }, { "parameters" }, { "application" }, { "catalogue" },
    { "kind" }, { "landing" },
  };

  return *text == '{' && reshoot_json_is_plain (text, parts, N_PARTS) &&
         parts[INSTRUCTION].kind == '"' && parts[INSTRUCTION].length <= MAX_INSTRUCTION &&
         parts[MODEL].kind == '"' && parts[MODEL].length <= MAX_MODEL &&
         (parts[PARAMETERS].kind == '{' || parts[PARAMETERS].kind == '\0') &&
         is_plain_version (&parts[APPLICATION]) && is_plain_version (&parts[CATALOGUE]) &&
         is_plain_version (&parts[KIND]) && is_plain_version (&parts[LANDING]);
}

/**
 * reshoot_request_to_json:
 * @self: a request
 *
 * Returns: (transfer full): an object with `instruction`, `model` and `parameters`; and where they are known
 *   `application`, `catalogue`, `kind`, `landing`, `region`, `crop`, `whole` and `pictures`
 */
JsonNode *
reshoot_request_to_json (ReshootRequest *self)
{
  JsonNode *node;
  JsonObject *object;

  g_return_val_if_fail (RESHOOT_IS_REQUEST (self), NULL);

  object = json_object_new ();
  json_object_set_string_member (object, "instruction", self->instruction);
  json_object_set_string_member (object, "model", self->model);
  json_object_set_object_member (object, "parameters", reshoot_json_copy_object (self->parameters));
  write_inputs (&self->inputs, object);

  node = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (node, object);
  return node;
}

/**
 * reshoot_request_get_instruction:
 * @self: a request
 *
 * Returns: the person's own words
 */
const char *
reshoot_request_get_instruction (ReshootRequest *self)
{
  g_return_val_if_fail (RESHOOT_IS_REQUEST (self), NULL);

  return self->instruction;
}

/**
 * reshoot_request_get_model:
 * @self: a request
 *
 * Returns: the model's id, "provider/model"
 */
const char *
reshoot_request_get_model (ReshootRequest *self)
{
  g_return_val_if_fail (RESHOOT_IS_REQUEST (self), NULL);

  return self->model;
}

/**
 * reshoot_request_dup_provider:
 * @self: a request
 *
 * Returns: (transfer full): what stands before the first "/" of the model's id
 */
char *
reshoot_request_dup_provider (ReshootRequest *self)
{
  const char *slash;

  g_return_val_if_fail (RESHOOT_IS_REQUEST (self), NULL);

  slash = strchr (self->model, '/');
  return slash != NULL ? g_strndup (self->model, slash - self->model) : g_strdup (self->model);
}

/**
 * reshoot_request_get_parameters:
 * @self: a request
 *
 * Returns: (transfer none): what was set beside the words, sealed; empty when nothing was
 */
JsonObject *
reshoot_request_get_parameters (ReshootRequest *self)
{
  g_return_val_if_fail (RESHOOT_IS_REQUEST (self), NULL);

  return self->parameters;
}

/**
 * reshoot_request_get_inputs:
 * @self: a request
 *
 * Returns: (transfer none): what else mattered when it was asked, valid as long as @self is
 */
const ReshootInputs *
reshoot_request_get_inputs (ReshootRequest *self)
{
  g_return_val_if_fail (RESHOOT_IS_REQUEST (self), NULL);

  return &self->inputs;
}

/**
 * reshoot_request_get_is_reimagining:
 * @self: a request
 *
 * Returns: whether the model made new pictures, guided by the source, instead of editing it
 */
gboolean
reshoot_request_get_is_reimagining (ReshootRequest *self)
{
  g_return_val_if_fail (RESHOOT_IS_REQUEST (self), FALSE);

  return g_strcmp0 (self->inputs.kind, RESHOOT_KIND_REIMAGINE) == 0;
}

/**
 * reshoot_request_is_reference:
 * @role: of a picture that goes along with a request
 *
 * Returns: whether it is shown to the model; the others are masks
 */
gboolean
reshoot_request_is_reference (const char *role)
{
  return !g_str_equal (role, "region") && !g_str_equal (role, "protect");
}

/**
 * reshoot_request_get_has_region:
 * @self: a request
 *
 * Returns: whether it allows only a part of the source to change, by a box or by a painted mask
 */
gboolean
reshoot_request_get_has_region (ReshootRequest *self)
{
  const ReshootInputs *inputs;

  g_return_val_if_fail (RESHOOT_IS_REQUEST (self), FALSE);

  inputs = &self->inputs;
  for (guint i = 0; i < inputs->n_pictures; i++)
    if (!reshoot_request_is_reference (inputs->pictures[i].role))
      return TRUE;

  return !isnan (inputs->region[0]);
}
