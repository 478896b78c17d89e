/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The graphs for ComfyUI that the person brought: a file for each among their settings, {"slots", "graph"}, and what
 * becomes of it: a model of the dialect like any other. What is in a file is looked at each time it is read, for people
 * write into such files. */

#include "reshoot-graphs.h"
#include "reshoot-error.h"
#include "reshoot-graph.h"
#include "reshoot-json-read.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <string.h>

#define ENDING ".json"

/* Bytes of a file: a graph of a thousand nodes has a tenth of it. */
#define MAX_BYTES (8 * 1024 * 1024)

void
reshoot_own_graph_free (ReshootOwnGraph *self)
{
  g_free (self->name);
  g_clear_pointer (&self->graph, json_object_unref);
  g_clear_pointer (&self->slots, json_object_unref);
  g_free (self);
}

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_config_dir (), "reshoot", "graphs", NULL);
}

static char *
dup_path (const char *name)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *file = g_strconcat (name, ENDING, NULL);

  return g_build_filename (folder, file, NULL);
}

/* A part of a model's id, and of a file's name. */
static gboolean
check_name (const char  *name,
            GError     **error)
{
  if (g_ascii_isalnum (name[0]) && strlen (name) <= 64 &&
      strspn (name, G_CSET_a_2_z G_CSET_DIGITS "-") == strlen (name))
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "graph-name", name, "not a name for a graph");
  return FALSE;
}

static void
set_io_error (GError     **error,
              GQuark       domain,
              int          code,
              const char  *message,
              const char  *path)
{
  int io_code = domain == G_FILE_ERROR ? (int) g_io_error_from_file_error (code)
                                       : (int) g_io_error_from_errno (code);
  g_autoptr (GError) io_error = g_error_new_literal (G_IO_ERROR, io_code, message);

  g_propagate_error (error, reshoot_error_new_from_io (io_error, path));
}

static JsonObject *
read_object (const char  *path,
             GError     **error)
{
  g_autoptr (GError) file_error = NULL;
  g_autoptr (GMappedFile) file = g_mapped_file_new (path, FALSE, &file_error);
  g_autoptr (GBytes) bytes = NULL;
  JsonObject *object = NULL;

  if (file == NULL)
    {
      set_io_error (error, G_FILE_ERROR, file_error->code, file_error->message, path);
      return NULL;
    }

  bytes = g_mapped_file_get_bytes (file);
  if (g_bytes_get_size (bytes) <= MAX_BYTES)
    object = reshoot_json_parse_object (bytes, NULL);
  if (object == NULL)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "graph-format", path, "not a JSON object");

  return object;
}

/* What of the list is text. */
static GStrv
dup_list (JsonObject *slots,
          const char *name)
{
  JsonArray *list = reshoot_json_get_array (slots, name);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    if (reshoot_json_get_string_at (list, i) != NULL)
      g_strv_builder_add (builder, reshoot_json_get_string_at (list, i));

  return g_strv_builder_end (builder);
}

static ReshootOwnGraph *
load (const char  *name,
      GError     **error)
{
  g_autofree char *path = dup_path (name);
  g_autoptr (JsonObject) object = NULL;
  g_autoptr (ReshootOwnGraph) own = g_new0 (ReshootOwnGraph, 1);
  g_auto (GStrv) images = NULL;
  g_auto (GStrv) texts = NULL;
  g_auto (GStrv) seeds = NULL;
  JsonObject *slots;

  if (!check_name (name, error) || (object = read_object (path, error)) == NULL)
    return NULL;

  slots = reshoot_json_get_object (object, "slots");
  images = dup_list (slots, "image");
  texts = dup_list (slots, "prompt");
  seeds = dup_list (slots, "seed");
  own->name = g_strdup (name);
  own->graph = reshoot_json_get_object (object, "graph");
  if (own->graph == NULL || images[0] == NULL)
    {
      own->graph = NULL;
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "graph-format", path, "no graph, or no slots");
      return NULL;
    }

  json_object_ref (own->graph);
  own->slots = reshoot_graph_find_slots (own->graph, (const char *const *) images,
                                         (const char *const *) texts, (const char *const *) seeds,
                                         error);
  return own->slots != NULL ? g_steal_pointer (&own) : NULL;
}

static int
compare_graphs (gconstpointer a,
                gconstpointer b)
{
  return strcmp ((*(ReshootOwnGraph *const *) a)->name, (*(ReshootOwnGraph *const *) b)->name);
}

/**
 * reshoot_graphs_load:
 *
 * Returns: (transfer full) (element-type ReshootOwnGraph): those that can be used, in the order of their names
 */
GPtrArray *
reshoot_graphs_load (void)
{
  GPtrArray *graphs = g_ptr_array_new_with_free_func ((GDestroyNotify) reshoot_own_graph_free);
  g_autofree char *path = dup_folder ();
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *file;

  while (folder != NULL && (file = g_dir_read_name (folder)) != NULL)
    {
      gsize length = strlen (file) - MIN (strlen (file), strlen (ENDING));
      g_autofree char *name = g_strndup (file, length);
      g_autoptr (GError) error = NULL;
      ReshootOwnGraph *own;

      if (!g_str_has_suffix (file, ENDING))
        continue;

      own = load (name, &error);
      if (own != NULL)
        g_ptr_array_add (graphs, own);
      else
        g_debug ("%s is left out: %s", file, error->message);
    }

  g_ptr_array_sort (graphs, compare_graphs);
  return graphs;
}

static gboolean
save (const ReshootOwnGraph  *own,
      const char             *path,
      GError                **error)
{
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (JsonObject) object = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), object);
  g_autofree char *text = NULL;
  g_autoptr (GError) file_error = NULL;

  json_object_set_object_member (object, "slots", json_object_ref (own->slots));
  json_object_set_object_member (object, "graph", json_object_ref (own->graph));
  text = json_to_string (node, TRUE);

  if (g_mkdir_with_parents (folder, 0700) != 0)
    set_io_error (error, 0, errno, g_strerror (errno), folder);
  else if (!g_file_set_contents (path, text, -1, &file_error))
    set_io_error (error, G_FILE_ERROR, file_error->code, file_error->message, path);
  else
    return TRUE;

  return FALSE;
}

/**
 * reshoot_graphs_add:
 * @name: what to call it: small letters, digits, dashes
 * @path: a file with a graph as ComfyUI exports it for its API
 * @images: (nullable): the inputs of the source and of further pictures; %NULL: the only one there is
 * @texts: (nullable): the inputs for the words
 * @seeds: (nullable): the inputs for the seed
 * @error: return location for an error
 *
 * Keeps a copy. It is a model from the next session on. Errors are those of [func@graph_find_slots] and of the file
 * system, and %RESHOOT_ERROR_INVALID_REQUEST with "graph-name" or "exists".
 *
 * Returns: (transfer full): the graph, or %NULL
 */
ReshootOwnGraph *
reshoot_graphs_add (const char         *name,
                    const char         *path,
                    const char *const  *images,
                    const char *const  *texts,
                    const char *const  *seeds,
                    GError            **error)
{
  g_autofree char *kept = dup_path (name);
  g_autoptr (ReshootOwnGraph) own = g_new0 (ReshootOwnGraph, 1);
  g_autoptr (JsonObject) object = NULL;
  JsonObject *wrapped;

  if (!check_name (name, error) || (object = read_object (path, error)) == NULL)
    return NULL;

  if (g_file_test (kept, G_FILE_TEST_EXISTS))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "exists", name, "there is one of that name");
      return NULL;
    }

  /* As a program sends it: {"prompt": graph, …}. */
  wrapped = reshoot_json_get_object (object, "prompt");
  if (wrapped != NULL && reshoot_json_get_string (wrapped, "class_type") == NULL)
    own->graph = json_object_ref (wrapped);
  else
    own->graph = json_object_ref (object);

  own->name = g_strdup (name);
  own->slots = reshoot_graph_find_slots (own->graph, images, texts, seeds, error);
  if (own->slots == NULL)
    {
      if (error != NULL && g_strcmp0 (reshoot_error_get_reason (*error), "graph-format") == 0)
        {
          g_clear_error (error);
          reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "graph-format", path, "no graph for the API");
        }
      return NULL;
    }

  return save (own, kept, error) ? g_steal_pointer (&own) : NULL;
}

/**
 * reshoot_graphs_remove:
 * @name: of a graph
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "no-graph", and with what the file system says.
 *
 * Returns: whether it is gone
 */
gboolean
reshoot_graphs_remove (const char  *name,
                       GError     **error)
{
  g_autofree char *path = dup_path (name);

  if (!check_name (name, error))
    return FALSE;

  if (g_unlink (path) == 0)
    return TRUE;

  if (errno == ENOENT)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-graph", name, "no graph %s", name);
  else
    set_io_error (error, 0, errno, g_strerror (errno), path);

  return FALSE;
}

static gboolean
has_model (JsonArray  *models,
           const char *id)
{
  for (guint i = 0; i < json_array_get_length (models); i++)
    if (g_strcmp0 (reshoot_json_get_string (reshoot_json_get_item (models, i), "id"), id) == 0)
      return TRUE;

  return FALSE;
}

/**
 * reshoot_graphs_describe:
 * @provider: (inout): a catalogue file; what holds of every graph of a person's own stands in its "own_graph"
 *
 * Adds the graphs to the file's models. A name that the file has already stays the file's.
 */
void
reshoot_graphs_describe (JsonObject *provider)
{
  JsonObject *common = reshoot_json_get_object (provider, "own_graph");
  JsonArray *models = reshoot_json_get_array (provider, "models");
  g_autoptr (GPtrArray) graphs = NULL;

  if (common == NULL || models == NULL)
    return;

  graphs = reshoot_graphs_load ();
  for (guint i = 0; i < graphs->len; i++)
    {
      const ReshootOwnGraph *own = graphs->pdata[i];
      g_autofree char *id = g_strconcat (reshoot_json_get_string (provider, "provider"), "/", own->name, NULL);
      JsonArray *images = json_object_get_array_member (own->slots, "image");
      JsonObject *model;

      if (has_model (models, id))
        continue;

      model = reshoot_graph_copy (common);
      json_object_set_string_member (model, "id", id);
      json_object_set_string_member (model, "name", own->name);
      json_object_set_int_member (model, "references", json_array_get_length (images) - 1);
      json_object_set_object_member (model, "slots", json_object_ref (own->slots));
      json_object_set_object_member (model, "graph", json_object_ref (own->graph));
      json_array_add_object_element (models, model);
    }
}
