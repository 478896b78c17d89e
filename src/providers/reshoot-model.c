/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootModel: one model of the catalogue, as data. It owns its JSON, in which what its provider says of all its
 * models (limits, parameters, how many at once) is already filled in, and it knows how to check parameters and choose
 * a picture size by that JSON. It knows nothing of codecs or of money spent. */

#include "reshoot-model-private.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-request.h"

#include <math.h>

struct _ReshootModel
{
  GObject     parent_instance;

  JsonObject *json;
  char       *provider;
  gboolean    is_local;
};

G_DEFINE_FINAL_TYPE (ReshootModel, reshoot_model, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_ID,
  PROP_PROVIDER,
  PROP_NAME,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
reshoot_model_finalize (GObject *object)
{
  ReshootModel *self = RESHOOT_MODEL (object);

  g_clear_pointer (&self->json, json_object_unref);
  g_clear_pointer (&self->provider, g_free);

  G_OBJECT_CLASS (reshoot_model_parent_class)->finalize (object);
}

static void
reshoot_model_get_property (GObject    *object,
                            guint       prop_id,
                            GValue     *value,
                            GParamSpec *pspec)
{
  ReshootModel *self = RESHOOT_MODEL (object);

  switch (prop_id)
    {
    case PROP_ID:
      g_value_set_string (value, reshoot_model_get_id (self));
      break;
    case PROP_PROVIDER:
      g_value_set_string (value, self->provider);
      break;
    case PROP_NAME:
      g_value_set_string (value, reshoot_model_get_name (self));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_model_class_init (ReshootModelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->finalize = reshoot_model_finalize;
  object_class->get_property = reshoot_model_get_property;

  properties[PROP_ID] = g_param_spec_string ("id", NULL, NULL, NULL, flags);
  properties[PROP_PROVIDER] = g_param_spec_string ("provider", NULL, NULL, NULL, flags);
  properties[PROP_NAME] = g_param_spec_string ("name", NULL, NULL, NULL, flags);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reshoot_model_init (ReshootModel *self)
{
}

static gboolean
check_parameter_description (JsonObject *parameter)
{
  static const char * const types[] = { "integer", "number", "boolean", "string", NULL };
  const char *type = reshoot_json_get_string (parameter, "type");

  return type != NULL && g_strv_contains (types, type) &&
         (!json_object_has_member (parameter, "default") ||
          reshoot_model_check_value (parameter, json_object_get_member (parameter, "default")));
}

static gboolean
check_description (JsonObject  *json,
                   const char  *provider,
                   GError     **error)
{
  const char *id = reshoot_json_get_string (json, "id");
  JsonObject *parameters = reshoot_json_get_object (json, "parameters");
  g_autoptr (GList) names = parameters != NULL ? json_object_get_members (parameters) : NULL;
  g_autofree char *prefix = g_strconcat (provider, "/", NULL);

  if (id == NULL || !g_str_has_prefix (id, prefix) || reshoot_json_get_string (json, "name") == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "catalogue", provider,
                         "a model of %s has no name or an id that is not %s…", provider, prefix);
      return FALSE;
    }

  for (GList *l = names; l != NULL; l = l->next)
    if (!check_parameter_description (reshoot_json_get_object (parameters, l->data)))
      {
        reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "catalogue", id,
                           "parameter %s of %s is not described well", (const char *) l->data, id);
        return FALSE;
      }

  return TRUE;
}

/* What the provider says of all its models holds for each that says nothing itself. */
static JsonObject *
merge (JsonObject *provider,
       JsonObject *model)
{
  static const char * const shared[] = {
    "limits", "parameters", "concurrent", "deadline", "cancel", "input", "references", "results",
    "needs_url",
  };
  JsonObject *merged = json_object_new ();
  g_autoptr (GList) names = json_object_get_members (model);

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (merged, l->data, json_object_dup_member (model, l->data));

  for (guint i = 0; i < G_N_ELEMENTS (shared); i++)
    if (!json_object_has_member (merged, shared[i]) && json_object_has_member (provider, shared[i]))
      json_object_set_member (merged, shared[i], json_object_dup_member (provider, shared[i]));

  return merged;
}

/* For the catalogue alone: a model from one entry of a provider's "models". */
ReshootModel *
reshoot_model_new (JsonObject  *provider,
                   JsonObject  *model,
                   GError     **error)
{
  g_autoptr (ReshootModel) self = g_object_new (RESHOOT_TYPE_MODEL, NULL);

  self->provider = g_strdup (reshoot_json_get_string (provider, "provider"));
  self->is_local = reshoot_json_get_boolean (provider, "local");
  self->json = merge (provider, model);

  if (!check_description (self->json, self->provider, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * reshoot_model_get_id:
 * @self: a model
 *
 * Returns: (transfer none): "provider/model", as it is written after `-m`
 */
const char *
reshoot_model_get_id (ReshootModel *self)
{
  g_return_val_if_fail (RESHOOT_IS_MODEL (self), NULL);

  return reshoot_json_get_string (self->json, "id");
}

/**
 * reshoot_model_get_provider:
 * @self: a model
 *
 * Returns: (transfer none): the part of the id before the slash
 */
const char *
reshoot_model_get_provider (ReshootModel *self)
{
  g_return_val_if_fail (RESHOOT_IS_MODEL (self), NULL);

  return self->provider;
}

/**
 * reshoot_model_get_name:
 * @self: a model
 *
 * Returns: (transfer none): what the vendor calls it
 */
const char *
reshoot_model_get_name (ReshootModel *self)
{
  g_return_val_if_fail (RESHOOT_IS_MODEL (self), NULL);

  return reshoot_json_get_string (self->json, "name");
}

/**
 * reshoot_model_get_is_local:
 * @self: a model
 *
 * Returns: whether it computes on this machine: free, without a key, nothing is uploaded
 */
gboolean
reshoot_model_get_is_local (ReshootModel *self)
{
  g_return_val_if_fail (RESHOOT_IS_MODEL (self), FALSE);

  return self->is_local;
}

/**
 * reshoot_model_get_is_reimagining:
 * @self: a model
 *
 * Returns: whether it makes new pictures, guided by words and references, and never edits the source itself
 */
gboolean
reshoot_model_get_is_reimagining (ReshootModel *self)
{
  g_return_val_if_fail (RESHOOT_IS_MODEL (self), FALSE);

  return g_strcmp0 (reshoot_json_get_string (self->json, "kind"), RESHOOT_KIND_REIMAGINE) == 0;
}

/**
 * reshoot_model_get_references:
 * @self: a model
 *
 * Returns: how many pictures it takes along beside the source, at most
 */
guint
reshoot_model_get_references (ReshootModel *self)
{
  double most;

  g_return_val_if_fail (RESHOOT_IS_MODEL (self), 0);

  most = reshoot_json_get_number (self->json, "references");
  return most > 0 ? (guint) most : 0;
}

/**
 * reshoot_model_check_references:
 * @self: a model
 * @n: how many pictures shall go along beside the source
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "references", or "no-reference" where it takes none at all.
 *
 * Returns: whether it takes that many
 */
gboolean
reshoot_model_check_references (ReshootModel  *self,
                                guint          n,
                                GError       **error)
{
  guint most = reshoot_model_get_references (self);

  if (n <= most)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, most > 0 ? "references" : "no-reference",
                     reshoot_model_get_id (self), "%u references, the model takes %u", n, most);
  return FALSE;
}

/**
 * reshoot_model_get_seconds:
 * @self: a model
 *
 * Returns: how long a result usually takes, in seconds; %NAN = not known
 */
double
reshoot_model_get_seconds (ReshootModel *self)
{
  g_return_val_if_fail (RESHOOT_IS_MODEL (self), NAN);

  return reshoot_json_get_number (self->json, "seconds");
}

/**
 * reshoot_model_get_cancel:
 * @self: a model
 *
 * Returns: what cancelling a job does at the service, as the catalogue says; on this machine it stops
 */
ReshootCancel
reshoot_model_get_cancel (ReshootModel *self)
{
  static const char * const words[] = { "none", "marks", "queued", "stops" };
  const char *word;

  g_return_val_if_fail (RESHOOT_IS_MODEL (self), RESHOOT_CANCEL_NONE);

  if (self->is_local)
    return RESHOOT_CANCEL_STOPS;

  word = reshoot_json_get_string (self->json, "cancel");
  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_strcmp0 (words[i], word) == 0)
      return (ReshootCancel) i;

  return RESHOOT_CANCEL_NONE;
}

/**
 * reshoot_model_get_json:
 * @self: a model
 *
 * Returns: (transfer none): everything the catalogue says of it; not to be changed
 */
JsonObject *
reshoot_model_get_json (ReshootModel *self)
{
  g_return_val_if_fail (RESHOOT_IS_MODEL (self), NULL);

  return self->json;
}

/**
 * reshoot_model_choose_size:
 * @self: a model
 * @width: of the picture, in pixels
 * @height: of the picture, in pixels
 * @best_width: (out): of the model's size, in pixels
 * @best_height: (out): of the model's size, in pixels
 *
 * Finds the size among the model's own whose shape is nearest: those of its input, else those of its limits. A model
 * that names no sizes takes any.
 *
 * Returns: whether the model has sizes of its own; if not, the picture's size is given back
 */
gboolean
reshoot_model_choose_size (ReshootModel *self,
                           int           width,
                           int           height,
                           int          *best_width,
                           int          *best_height)
{
  JsonArray *sizes;
  double best = INFINITY;

  g_return_val_if_fail (RESHOOT_IS_MODEL (self), FALSE);
  g_return_val_if_fail (width > 0 && height > 0, FALSE);

  *best_width = width;
  *best_height = height;

  sizes = reshoot_json_get_array (reshoot_json_get_object (self->json, "input"), "sizes");
  if (sizes == NULL)
    sizes = reshoot_json_get_array (reshoot_json_get_object (self->json, "limits"), "sizes");
  for (guint i = 0; sizes != NULL && i < json_array_get_length (sizes); i++)
    {
      JsonArray *size = json_array_get_array_element (sizes, i);
      int w = (int) json_array_get_int_element (size, 0);
      int h = (int) json_array_get_int_element (size, 1);
      double distance = fabs (log ((double) width / height) - log ((double) w / h));

      if (distance < best)
        {
          best = distance;
          *best_width = w;
          *best_height = h;
        }
    }

  return sizes != NULL;
}

/**
 * reshoot_model_check_place:
 * @self: a model
 * @parameters: (nullable): what a request asks for
 * @error: return location for an error
 *
 * Some services take no pictures but load them, so that theirs must lie where anybody can. Follow-ups of what the
 * service made itself need none. Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "needs-address".
 *
 * Returns: whether the service can get at the source
 */
gboolean
reshoot_model_check_place (ReshootModel  *self,
                           JsonObject    *parameters,
                           GError       **error)
{
  const char *action = reshoot_json_get_string (parameters, "action");
  const char *reference = reshoot_json_get_string (parameters, "reference");
  const char *uri = reshoot_json_get_string (parameters, "source_url");
  gboolean needs_uri;

  g_return_val_if_fail (RESHOOT_IS_MODEL (self), FALSE);

  needs_uri = reshoot_json_get_boolean (reshoot_model_get_json (self), "needs_url") ||
              (reference != NULL && !g_str_equal (reference, "image"));
  if (!needs_uri || (uri != NULL && *uri != '\0') || reshoot_json_get_string (parameters, "publish") != NULL ||
      (action != NULL && !g_str_equal (action, "imagine")))
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "needs-address", reshoot_model_get_name (self),
                     "the source is at no public address");
  return FALSE;
}
