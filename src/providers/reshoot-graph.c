/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A graph of ComfyUI as its API takes it: {node: {"class_type", "inputs"}}, where an input is a value or a link
 * [node, output]. A slot is an input that is filled in for each request, written "node.input". Which ones those are is
 * data: the catalogue says it of its own graph, and in one that a person brings they are looked for here. */

#include "reshoot-graph.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"

/* The slots of a person's graph. */
typedef enum
{
  SLOT_IMAGE,
  SLOT_PROMPT,
  SLOT_SEED,
  N_SLOTS
} Slot;

static const char *const slot_names[N_SLOTS] = { "image", "prompt", "seed" };

/**
 * reshoot_graph_copy:
 * @graph: a graph
 *
 * Returns: (transfer full): a copy that shares nothing with it
 */
JsonObject *
reshoot_graph_copy (JsonObject *graph)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), graph);
  g_autofree char *text = json_to_string (node, FALSE);
  g_autoptr (JsonNode) copy = json_from_string (text, NULL);

  return json_node_dup_object (copy);
}

/* A node's name has no dot in it, an input's may. */
static JsonObject *
get_node (JsonObject  *graph,
          const char  *slot,
          const char **input)
{
  const char *dot = strchr (slot, '.');
  g_autofree char *id = dot != NULL ? g_strndup (slot, (gsize) (dot - slot)) : g_strdup (slot);

  *input = dot != NULL ? dot + 1 : "";
  return reshoot_json_get_object (graph, id);
}

static JsonObject *
get_inputs (JsonObject  *graph,
            const char  *slot,
            const char **input)
{
  return reshoot_json_get_object (get_node (graph, slot, input), "inputs");
}

/**
 * reshoot_graph_has_slot:
 * @graph: a graph
 * @slot: "node.input"
 *
 * Returns: whether there is such an input, and it is a value that can be replaced, not a link
 */
gboolean
reshoot_graph_has_slot (JsonObject *graph,
                        const char *slot)
{
  const char *input;
  JsonObject *inputs = get_inputs (graph, slot, &input);

  return inputs != NULL && json_object_has_member (inputs, input) &&
         JSON_NODE_HOLDS_VALUE (json_object_get_member (inputs, input));
}

/**
 * reshoot_graph_get_class:
 * @graph: a graph
 * @slot: "node.input"
 *
 * Returns: (nullable) (transfer none): the class of the slot's node
 */
const char *
reshoot_graph_get_class (JsonObject *graph,
                         const char *slot)
{
  const char *input;

  return reshoot_json_get_string (get_node (graph, slot, &input), "class_type");
}

/**
 * reshoot_graph_fill:
 * @graph: a graph
 * @slot: "node.input"; one that is not there is left out
 * @value: (transfer full): what goes in
 */
void
reshoot_graph_fill (JsonObject *graph,
                    const char *slot,
                    JsonNode   *value)
{
  const char *input;
  JsonObject *inputs = get_inputs (graph, slot, &input);

  if (inputs != NULL)
    json_object_set_member (inputs, input, value);
  else
    json_node_unref (value);
}

/* The node that an input is linked to. */
static const char *
get_link (JsonObject *inputs,
          const char *input)
{
  JsonArray *link = reshoot_json_get_array (inputs, input);

  if (link == NULL || json_array_get_length (link) != 2)
    return NULL;

  return reshoot_json_get_string_at (link, 0);
}

static void
set_link (JsonObject *inputs,
          const char *input,
          const char *id)
{
  JsonArray *old = reshoot_json_get_array (inputs, input);
  JsonArray *link = json_array_new ();

  json_array_add_string_element (link, id);
  json_array_add_element (link, json_array_dup_element (old, 1));
  json_object_set_array_member (inputs, input, link);
}

/* Whatever hung on @from hangs on @to. */
static void
move_links (JsonObject *graph,
            const char *from,
            const char *to)
{
  g_autoptr (GList) ids = json_object_get_members (graph);

  for (GList *l = ids; l != NULL; l = l->next)
    {
      JsonObject *inputs = reshoot_json_get_object (reshoot_json_get_object (graph, l->data), "inputs");
      g_autoptr (GList) names = inputs != NULL ? json_object_get_members (inputs) : NULL;

      for (GList *name = names; name != NULL; name = name->next)
        if (g_strcmp0 (get_link (inputs, name->data), from) == 0)
          set_link (inputs, name->data, to);
    }
}

static gboolean
is_copied (JsonArray  *copies,
           const char *id)
{
  for (guint i = 0; id != NULL && i < json_array_get_length (copies); i++)
    if (g_str_equal (reshoot_json_get_string_at (copies, i), id))
      return TRUE;

  return FALSE;
}

static void
add_copy (JsonObject *graph,
          JsonArray  *copies,
          const char *id,
          guint       n)
{
  g_autofree char *copied_id = g_strdup_printf ("%s-%u", id, n);
  JsonObject *node = reshoot_graph_copy (reshoot_json_get_object (graph, id));
  JsonObject *inputs = reshoot_json_get_object (node, "inputs");
  g_autoptr (GList) names = json_object_get_members (inputs);

  for (GList *l = names; l != NULL; l = l->next)
    if (is_copied (copies, get_link (inputs, l->data)))
      {
        g_autofree char *link = g_strdup_printf ("%s-%u", get_link (inputs, l->data), n);

        set_link (inputs, l->data, link);
      }

  json_object_set_object_member (graph, copied_id, node);
}

/**
 * reshoot_graph_add_reference:
 * @graph: a graph
 * @chain: "copies": which nodes take in one picture, "link": the slot by which the last of them follows on
 * @slot: the slot of the first picture
 * @n: 2 for the first further picture, then one more each time
 *
 * Adds the nodes for one more picture. The last of them comes after the one before it, and whatever came after that
 * comes after the new one.
 *
 * Returns: (transfer full): the slot of the new picture
 */
char *
reshoot_graph_add_reference (JsonObject *graph,
                             JsonObject *chain,
                             const char *slot,
                             guint       n)
{
  JsonArray *copies = reshoot_json_get_array (chain, "copies");
  g_auto (GStrv) link = g_strsplit (reshoot_json_get_string (chain, "link"), ".", 2);
  g_auto (GStrv) parts = g_strsplit (slot, ".", 2);
  g_autofree char *last = n == 2 ? g_strdup (link[0]) : g_strdup_printf ("%s-%u", link[0], n - 1);
  g_autofree char *added = g_strdup_printf ("%s-%u", link[0], n);

  move_links (graph, last, added);
  for (guint i = 0; i < json_array_get_length (copies); i++)
    add_copy (graph, copies, reshoot_json_get_string_at (copies, i), n);

  set_link (reshoot_json_get_object (reshoot_json_get_object (graph, added), "inputs"), link[1], last);
  return g_strdup_printf ("%s-%u.%s", parts[0], n, parts[1]);
}

/* What is said where a graph is not one: what the editor saves for itself has nodes and links in lists. */
static gboolean
check_graph (JsonObject  *graph,
             GError     **error)
{
  g_autoptr (GList) ids = json_object_get_members (graph);

  for (GList *l = ids; l != NULL; l = l->next)
    {
      JsonObject *node = reshoot_json_get_object (graph, l->data);

      if (strchr (l->data, '.') != NULL || reshoot_json_get_string (node, "class_type") == NULL ||
          reshoot_json_get_object (node, "inputs") == NULL)
        {
          reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "graph-format", NULL,
                             "“%s” is no node", (const char *) l->data);
          return FALSE;
        }
    }

  if (ids == NULL)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "graph-format", NULL, "no nodes");

  return ids != NULL;
}

static gboolean
is_candidate (Slot        kind,
              const char *class_type,
              const char *input,
              JsonNode   *value)
{
  GType type = JSON_NODE_HOLDS_VALUE (value) ? json_node_get_value_type (value) : G_TYPE_INVALID;

  switch (kind)
    {
    case SLOT_IMAGE:
      return type == G_TYPE_STRING && g_str_equal (input, "image") &&
             g_str_has_prefix (class_type, "LoadImage");
    case SLOT_PROMPT:
      return type == G_TYPE_STRING && (g_str_equal (input, "text") || g_str_equal (input, "prompt"));
    case SLOT_SEED:
      return type == G_TYPE_INT64 && (g_str_equal (input, "seed") || g_str_equal (input, "noise_seed"));
    case N_SLOTS:
    default:
      return FALSE;
    }
}

/* All inputs that a slot of that kind could be. */
static GPtrArray *
find_candidates (JsonObject *graph,
                 Slot        kind)
{
  GPtrArray *found = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GList) ids = json_object_get_members (graph);

  for (GList *l = ids; l != NULL; l = l->next)
    {
      JsonObject *node = reshoot_json_get_object (graph, l->data);
      JsonObject *inputs = reshoot_json_get_object (node, "inputs");
      g_autoptr (GList) names = json_object_get_members (inputs);

      for (GList *name = names; name != NULL; name = name->next)
        if (is_candidate (kind, reshoot_json_get_string (node, "class_type"), name->data,
                          json_object_get_member (inputs, name->data)))
          g_ptr_array_add (found, g_strdup_printf ("%s.%s", (const char *) l->data, (const char *) name->data));
    }

  return found;
}

/* Marks @id and whatever it is made from. */
static void
reach (JsonObject *graph,
       const char *id,
       GHashTable *reached)
{
  JsonObject *inputs = reshoot_json_get_object (reshoot_json_get_object (graph, id), "inputs");
  g_autoptr (GList) names = NULL;

  if (inputs == NULL || !g_hash_table_add (reached, g_strdup (id)))
    return;

  names = json_object_get_members (inputs);
  for (GList *l = names; l != NULL; l = l->next)
    if (get_link (inputs, l->data) != NULL)
      reach (graph, get_link (inputs, l->data), reached);
}

/* Of several texts, those count that lead to what a sampler is to do, not to what it is to keep away from. Where none
 * does, all of them are still meant. */
static GPtrArray *
keep_positive (JsonObject *graph,
               GPtrArray  *candidates)
{
  g_autoptr (GHashTable) reached = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) kept = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GList) ids = json_object_get_members (graph);

  for (GList *l = ids; l != NULL; l = l->next)
    {
      JsonObject *inputs = reshoot_json_get_object (reshoot_json_get_object (graph, l->data), "inputs");
      const char *link = get_link (inputs, "positive");

      if (link != NULL)
        reach (graph, link, reached);
    }

  for (guint i = 0; i < candidates->len; i++)
    {
      g_auto (GStrv) parts = g_strsplit (candidates->pdata[i], ".", 2);

      if (g_hash_table_contains (reached, parts[0]))
        g_ptr_array_add (kept, g_strdup (candidates->pdata[i]));
    }

  return g_ptr_array_ref (kept->len > 0 ? kept : candidates);
}

static char *
join (GPtrArray *texts)
{
  g_autoptr (GString) joined = g_string_new (NULL);

  for (guint i = 0; i < texts->len; i++)
    g_string_append_printf (joined, "%s%s", i > 0 ? ", " : "", (const char *) texts->pdata[i]);

  return g_strdup (joined->str);
}

static gboolean
take_candidate (JsonObject  *graph,
                Slot         kind,
                JsonArray   *slots,
                GError     **error)
{
  g_autoptr (GPtrArray) all = find_candidates (graph, kind);
  g_autoptr (GPtrArray) candidates = NULL;
  g_autofree char *names = NULL;
  g_autofree char *subject = NULL;

  candidates = kind == SLOT_PROMPT ? keep_positive (graph, all) : g_ptr_array_ref (all);
  if (candidates->len == 1)
    {
      json_array_add_string_element (slots, candidates->pdata[0]);
      return TRUE;
    }

  names = join (candidates);
  subject = candidates->len > 0 ? g_strdup_printf ("%s: %s", slot_names[kind], names) : g_strdup (slot_names[kind]);
  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST,
                     candidates->len > 0 ? "graph-slot-ambiguous" : "graph-slot-missing",
                     subject, "%u inputs could be the %s", candidates->len, slot_names[kind]);
  return FALSE;
}

static gboolean
take_named (JsonObject         *graph,
            const char *const  *names,
            JsonArray          *slots,
            GError            **error)
{
  for (guint i = 0; names[i] != NULL; i++)
    {
      if (!reshoot_graph_has_slot (graph, names[i]))
        {
          reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "graph-slot", names[i],
                             "%s is no input with a value", names[i]);
          return FALSE;
        }

      json_array_add_string_element (slots, names[i]);
    }

  return TRUE;
}

/**
 * reshoot_graph_find_slots:
 * @graph: a graph that a person brings
 * @images: (nullable): the slots of the source and of further pictures; %NULL: the one there is
 * @texts: (nullable): the slots of the words; %NULL: the one there is
 * @seeds: (nullable): the slots of the seed; %NULL: the one there is
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST: reason "graph-format"; "graph-slot" where what is named is not there;
 * "graph-slot-missing" and "graph-slot-ambiguous", with the kind and the candidates as subject.
 *
 * Returns: (transfer full): {"image", "prompt", "seed"}, each a list of slots
 */
JsonObject *
reshoot_graph_find_slots (JsonObject         *graph,
                          const char *const  *images,
                          const char *const  *texts,
                          const char *const  *seeds,
                          GError            **error)
{
  const char *const *named[N_SLOTS] = { images, texts, seeds };
  g_autoptr (JsonObject) slots = json_object_new ();

  if (!check_graph (graph, error))
    return NULL;

  for (Slot kind = SLOT_IMAGE; kind < N_SLOTS; kind++)
    {
      JsonArray *list = json_array_new ();

      json_object_set_array_member (slots, slot_names[kind], list);
      if (named[kind] != NULL ? !take_named (graph, named[kind], list, error)
                              : !take_candidate (graph, kind, list, error))
        return NULL;
    }

  return g_steal_pointer (&slots);
}
