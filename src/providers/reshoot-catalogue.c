/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootCatalogue: every provider and model Reshoot knows, read from data/catalogue, which travels inside the program.
 * A new model is an entry in a JSON file, not code. The free studio comes first, then the providers by name; the
 * models of a provider stay in the order of their file, and those that the service told of itself come after them. The
 * servers of the person's own come last. */

#include "reshoot-catalogue.h"
#include "reshoot-discovery.h"
#include "reshoot-error.h"
#include "reshoot-graphs.h"
#include "reshoot-json-read.h"
#include "reshoot-model-private.h"
#include "reshoot-servers.h"

#define FOLDER "/io/github/reshoot/Reshoot/catalogue/"

struct _ReshootCatalogue
{
  GObject     parent_instance;

  GPtrArray  *models;      /* of ReshootModel, in order */
  GPtrArray  *replaced;    /* of ReshootModel: who was given one holds no reference */
  GHashTable *by_id;       /* id → ReshootModel, both owned by models */
  GHashTable *providers;   /* name → JsonObject */
  GPtrArray  *removed;     /* of JsonObject: who was given one holds no reference */
};

static GType
reshoot_catalogue_get_item_type (GListModel *list)
{
  return RESHOOT_TYPE_MODEL;
}

static guint
reshoot_catalogue_get_n_items (GListModel *list)
{
  return RESHOOT_CATALOGUE (list)->models->len;
}

static gpointer
reshoot_catalogue_get_item (GListModel *list,
                            guint       position)
{
  ReshootCatalogue *self = RESHOOT_CATALOGUE (list);

  return position < self->models->len ? g_object_ref (self->models->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = reshoot_catalogue_get_item_type;
  iface->get_n_items = reshoot_catalogue_get_n_items;
  iface->get_item = reshoot_catalogue_get_item;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReshootCatalogue, reshoot_catalogue, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

/* What a service said of a price is newer than a file that travels with the program, or it does not count. */
static gboolean
has_newer_price (JsonObject *found,
                 JsonObject *known)
{
  JsonObject *said = reshoot_json_get_object (found, "price");
  JsonObject *was = reshoot_json_get_object (known, "price");

  return said != NULL && g_strcmp0 (reshoot_json_get_string (said, "date"),
                                    reshoot_json_get_string (was, "date")) >= 0;
}

/* The model as it was, with another price. How many images it is for is no matter of the service's word. */
static JsonObject *
dup_with_price (JsonObject *known,
                JsonObject *found)
{
  g_autoptr (GList) names = json_object_get_members (known);
  const char *times = reshoot_json_get_string (reshoot_json_get_object (known, "price"), "times");
  JsonObject *price = reshoot_json_get_object (found, "price");
  JsonObject *model = json_object_new ();

  if (times != NULL)
    json_object_set_string_member (price, "times", times);

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (model, l->data, json_object_dup_member (known, l->data));
  json_object_set_object_member (model, "price", json_object_ref (price));

  return model;
}

static void
replace_model (ReshootCatalogue *self,
               ReshootModel     *was,
               ReshootModel     *model)
{
  guint position;

  if (!g_ptr_array_find (self->models, was, &position))
    return;

  g_ptr_array_add (self->replaced, was);
  self->models->pdata[position] = g_object_ref (model);
  g_hash_table_replace (self->by_id, (gpointer) reshoot_model_get_id (model), model);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 1, 1);
}

/* Behind the provider's others. */
static void
insert_model (ReshootCatalogue *self,
              ReshootModel     *model)
{
  const char *provider = reshoot_model_get_provider (model);
  guint position = self->models->len;

  for (guint i = 0; i < self->models->len; i++)
    if (g_str_equal (reshoot_model_get_provider (self->models->pdata[i]), provider))
      position = i + 1;

  g_ptr_array_insert (self->models, (int) position, g_object_ref (model));
  g_hash_table_insert (self->by_id, (gpointer) reshoot_model_get_id (model), model);
  g_list_model_items_changed (G_LIST_MODEL (self), position, 0, 1);
}

static void
merge_model (ReshootCatalogue *self,
             JsonObject       *provider,
             JsonObject       *found)
{
  ReshootModel *known = reshoot_catalogue_get_model (self, reshoot_json_get_string (found, "id"));
  g_autoptr (JsonObject) json = NULL;
  g_autoptr (ReshootModel) model = NULL;
  g_autoptr (GError) error = NULL;

  if (known == NULL)
    json = json_object_ref (found);
  else if (has_newer_price (found, reshoot_model_get_json (known)))
    json = dup_with_price (reshoot_model_get_json (known), found);
  else
    return;

  model = reshoot_model_new (provider, json, &error);
  if (model == NULL)
    g_debug ("a model is left out: %s", error->message);
  else if (known != NULL)
    replace_model (self, known, model);
  else
    insert_model (self, model);
}

/* What the service told of when it was asked last. */
static void
merge_found (ReshootCatalogue *self,
             JsonObject       *provider)
{
  g_autoptr (JsonArray) found = reshoot_discovery_load (provider);

  for (guint i = 0; found != NULL && i < json_array_get_length (found); i++)
    merge_model (self, provider, json_array_get_object_element (found, i));
}

static gboolean
add_provider (ReshootCatalogue  *self,
              JsonObject        *json,
              GError           **error)
{
  const char *provider = reshoot_json_get_string (json, "provider");
  JsonArray *models = reshoot_json_get_array (json, "models");

  if (provider == NULL || models == NULL || g_hash_table_contains (self->providers, provider))
    {
      reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "catalogue", provider,
                         "a catalogue file names no provider, or one twice, or has no models");
      return FALSE;
    }

  g_hash_table_insert (self->providers, g_strdup (provider), json_object_ref (json));

  for (guint i = 0; i < json_array_get_length (models); i++)
    {
      g_autoptr (ReshootModel) model = NULL;

      model = reshoot_model_new (json, json_array_get_object_element (models, i), error);
      if (model == NULL)
        return FALSE;

      g_hash_table_insert (self->by_id, (gpointer) reshoot_model_get_id (model), model);
      g_ptr_array_add (self->models, g_steal_pointer (&model));
    }

  merge_found (self, json);
  return TRUE;
}

static gboolean
load_file (ReshootCatalogue  *self,
           const char        *name,
           GError           **error)
{
  g_autofree char *path = g_strconcat (FOLDER, name, NULL);
  g_autoptr (GBytes) bytes = g_resources_lookup_data (path, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  g_autoptr (JsonObject) json = NULL;

  if (bytes == NULL)
    return FALSE;

  json = reshoot_json_parse_object (bytes, error);
  if (json == NULL)
    {
      g_prefix_error (error, "%s: ", name);
      return FALSE;
    }

  reshoot_graphs_describe (json);
  return add_provider (self, json, error);
}

/* One that is not described well is left out here; the list of servers says what is wrong with it. */
static void
add_servers (ReshootCatalogue *self)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) servers = reshoot_servers_load (&error);

  if (servers == NULL)
    g_debug ("no servers of one's own: %s", error->message);

  for (guint i = 0; servers != NULL && i < servers->len; i++)
    {
      ReshootServer *server = servers->pdata[i];
      g_autofree char *name = g_strndup (server->name, strcspn (server->name, "@"));
      JsonObject *dialect = reshoot_catalogue_get_provider (self, name);
      g_autoptr (JsonObject) description = NULL;
      g_autoptr (GError) server_error = NULL;

      description = reshoot_server_describe (server, dialect, &server_error);
      if (description == NULL || !add_provider (self, description, &server_error))
        g_debug ("%s is left out: %s", server->name, server_error->message);
    }
}

static int
compare_models (gconstpointer a,
                gconstpointer b)
{
  ReshootModel *model_a = *(ReshootModel * const *) a;
  ReshootModel *model_b = *(ReshootModel * const *) b;

  return reshoot_model_get_is_local (model_b) - reshoot_model_get_is_local (model_a);
}

static void
reshoot_catalogue_finalize (GObject *object)
{
  ReshootCatalogue *self = RESHOOT_CATALOGUE (object);

  g_clear_pointer (&self->by_id, g_hash_table_unref);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_clear_pointer (&self->replaced, g_ptr_array_unref);
  g_clear_pointer (&self->providers, g_hash_table_unref);
  g_clear_pointer (&self->removed, g_ptr_array_unref);

  G_OBJECT_CLASS (reshoot_catalogue_parent_class)->finalize (object);
}

static void
reshoot_catalogue_class_init (ReshootCatalogueClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_catalogue_finalize;
}

static void
reshoot_catalogue_init (ReshootCatalogue *self)
{
  self->models = g_ptr_array_new_with_free_func (g_object_unref);
  self->replaced = g_ptr_array_new_with_free_func (g_object_unref);
  self->by_id = g_hash_table_new (g_str_hash, g_str_equal);
  self->providers = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                           (GDestroyNotify) json_object_unref);
  self->removed = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/**
 * reshoot_catalogue_new:
 * @error: return location for an error
 *
 * Reads the catalogue that travels with the program. Fails with %RESHOOT_ERROR_CORRUPT or %RESHOOT_ERROR_PROTOCOL
 * when one of its files is not as it should be, which a test rules out.
 *
 * Returns: (transfer full): a new catalogue, or %NULL
 */
ReshootCatalogue *
reshoot_catalogue_new (GError **error)
{
  g_autoptr (ReshootCatalogue) self = g_object_new (RESHOOT_TYPE_CATALOGUE, NULL);
  g_auto (GStrv) names = NULL;

  names = g_resources_enumerate_children (FOLDER, G_RESOURCE_LOOKUP_FLAGS_NONE, error);
  if (names == NULL)
    return NULL;

  qsort (names, g_strv_length (names), sizeof (char *), compare_names);

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_has_suffix (names[i], ".json") && !load_file (self, names[i], error))
      return NULL;

  add_servers (self);
  g_ptr_array_sort (self->models, compare_models);

  return g_steal_pointer (&self);
}

/**
 * reshoot_catalogue_take_found:
 * @self: a catalogue
 * @provider: a provider's short name
 * @models: what it told of, as the "models" of a catalogue file
 * @error: return location for an error
 *
 * Keeps what a service told of itself, and takes it up: models that are not known yet, and prices. What is known of a
 * model otherwise stays. Errors are those of the file system, and %RESHOOT_ERROR_TOO_LARGE.
 *
 * Returns: whether it is kept
 */
gboolean
reshoot_catalogue_take_found (ReshootCatalogue  *self,
                              const char        *provider,
                              JsonArray         *models,
                              GError           **error)
{
  JsonObject *description;

  g_return_val_if_fail (RESHOOT_IS_CATALOGUE (self), FALSE);

  description = reshoot_catalogue_get_provider (self, provider);
  g_return_val_if_fail (description != NULL, FALSE);

  if (!reshoot_discovery_store (provider, models, error))
    return FALSE;

  merge_found (self, description);
  return TRUE;
}

/**
 * reshoot_catalogue_add_provider:
 * @self: a catalogue
 * @description: what a catalogue file would say of a provider
 * @error: return location for an error
 *
 * Adds what does not travel with the program. Fails with %RESHOOT_ERROR_CORRUPT, reason "catalogue".
 *
 * Returns: whether it is there now
 */
gboolean
reshoot_catalogue_add_provider (ReshootCatalogue  *self,
                                JsonObject        *description,
                                GError           **error)
{
  guint n = self->models->len;

  g_return_val_if_fail (RESHOOT_IS_CATALOGUE (self), FALSE);
  g_return_val_if_fail (description != NULL, FALSE);

  if (!add_provider (self, description, error))
    return FALSE;

  g_list_model_items_changed (G_LIST_MODEL (self), n, 0, self->models->len - n);
  return TRUE;
}

/**
 * reshoot_catalogue_remove_provider:
 * @self: a catalogue
 * @provider: a provider's short name
 *
 * Takes a provider and its models out. What was handed out of it stays valid as long as the catalogue.
 */
void
reshoot_catalogue_remove_provider (ReshootCatalogue *self,
                                   const char       *provider)
{
  JsonObject *description;

  g_return_if_fail (RESHOOT_IS_CATALOGUE (self));

  description = reshoot_catalogue_get_provider (self, provider);
  if (description == NULL)
    return;

  g_ptr_array_add (self->removed, json_object_ref (description));
  for (guint i = self->models->len; i > 0; i--)
    {
      ReshootModel *model = self->models->pdata[i - 1];

      if (!g_str_equal (reshoot_model_get_provider (model), provider))
        continue;

      g_hash_table_remove (self->by_id, reshoot_model_get_id (model));
      g_ptr_array_add (self->replaced, g_ptr_array_steal_index (self->models, i - 1));
      g_list_model_items_changed (G_LIST_MODEL (self), i - 1, 1, 0);
    }

  g_hash_table_remove (self->providers, provider);
}

/**
 * reshoot_catalogue_get_model:
 * @self: a catalogue
 * @id: "provider/model"
 *
 * Returns: (nullable) (transfer none): the model of that id
 */
ReshootModel *
reshoot_catalogue_get_model (ReshootCatalogue *self,
                             const char       *id)
{
  g_return_val_if_fail (RESHOOT_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (id != NULL, NULL);

  return g_hash_table_lookup (self->by_id, id);
}

/**
 * reshoot_catalogue_get_provider:
 * @self: a catalogue
 * @provider: a provider's short name, "bfl"
 *
 * Returns: (nullable) (transfer none): its catalogue file: provider, version (the day it was last looked over), name,
 *   local, url, hosts, key {environment, header, page}, concurrent, deadline in seconds, models; not to be changed
 */
JsonObject *
reshoot_catalogue_get_provider (ReshootCatalogue *self,
                                const char       *provider)
{
  g_return_val_if_fail (RESHOOT_IS_CATALOGUE (self), NULL);
  g_return_val_if_fail (provider != NULL, NULL);

  return g_hash_table_lookup (self->providers, provider);
}

/**
 * reshoot_catalogue_list_providers:
 * @self: a catalogue
 *
 * Returns: (transfer container) (element-type utf8): the short names of all providers, in alphabetical order
 */
GList *
reshoot_catalogue_list_providers (ReshootCatalogue *self)
{
  g_return_val_if_fail (RESHOOT_IS_CATALOGUE (self), NULL);

  return g_list_sort (g_hash_table_get_keys (self->providers), (GCompareFunc) strcmp);
}
