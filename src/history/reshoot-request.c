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

struct _ReshootRequest
{
  GObject     parent_instance;

  char       *instruction;
  char       *model;
  JsonObject *parameters;    /* (owned): sealed */
};

G_DEFINE_FINAL_TYPE (ReshootRequest, reshoot_request, G_TYPE_OBJECT)

static void
reshoot_request_finalize (GObject *object)
{
  ReshootRequest *self = RESHOOT_REQUEST (object);

  g_free (self->instruction);
  g_free (self->model);
  g_clear_pointer (&self->parameters, json_object_unref);

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
  ReshootRequest *self;

  g_return_val_if_fail (instruction != NULL, NULL);
  g_return_val_if_fail (model != NULL, NULL);

  self = g_object_new (RESHOOT_TYPE_REQUEST, NULL);
  self->instruction = g_strdup (instruction);
  self->model = g_strdup (model);
  self->parameters = parameters != NULL ? reshoot_json_copy_object (parameters)
                                        : json_object_new ();
  json_object_seal (self->parameters);
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

  return reshoot_request_new (instruction, model, parameters);
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
  enum { INSTRUCTION, MODEL, PARAMETERS, N_PARTS };
  ReshootJsonPart parts[N_PARTS] = { { "instruction" }, { "model" }, { "parameters" } };

  return *text == '{' && reshoot_json_is_plain (text, parts, N_PARTS) &&
         parts[INSTRUCTION].kind == '"' && parts[INSTRUCTION].length <= MAX_INSTRUCTION &&
         parts[MODEL].kind == '"' && parts[MODEL].length <= MAX_MODEL &&
         (parts[PARAMETERS].kind == '{' || parts[PARAMETERS].kind == '\0');
}

/**
 * reshoot_request_to_json:
 * @self: a request
 *
 * Returns: (transfer full): an object with `instruction`, `model` and `parameters`
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
