/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes before a submit to ComfyUI, and what can be wrong with one. A server is asked which model files it has,
 * unless they were named; the pictures go up one by one, and the names they got are used; the model's graph is filled
 * in. The task's name is ours and goes into the ticket before the submit leaves, with the seed that was used: a graph
 * that was run before is not run again, so a seed that nobody gave is drawn each time. */

#include "reshoot-codec.h"
#include "reshoot-comfyui-private.h"
#include "reshoot-error.h"
#include "reshoot-form.h"
#include "reshoot-graph.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"

#define UPLOAD_FOLDER "reshoot"
#define SUBJECT_MAX   400   /* characters of a server's words */

/*
 * reshoot_comfyui_set_call:
 * @address: where the server is
 * @method: of the call
 * @path: with its query
 * @body: (nullable): what is sent
 * @call: (inout): the call
 */
void
reshoot_comfyui_set_call (ReshootAddress *address,
                          const char     *method,
                          const char     *path,
                          JsonObject     *body,
                          ReshootCall    *call)
{
  reshoot_call_clear (call);
  call->method = method;
  call->uri = g_strconcat (reshoot_address_get_base (address), path, NULL);
  call->with_key = TRUE;

  if (body != NULL)
    {
      g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), body);
      char *text = json_to_string (node, FALSE);

      call->content_type = g_strdup ("application/json");
      call->body = g_bytes_new_take (text, strlen (text));
    }
}

/* What a server says can list hundreds of files. */
static char *
dup_subject (const char *words)
{
  if (g_utf8_strlen (words, -1) <= SUBJECT_MAX)
    return g_strdup (words);

  return g_strdup_printf ("%.*s…", (int) (g_utf8_offset_to_pointer (words, SUBJECT_MAX) - words), words);
}

static void
append_words (GString    *words,
              const char *message,
              const char *details)
{
  if (message == NULL && details == NULL)
    return;

  g_string_append_printf (words, "%s%s", words->len > 0 ? "; " : "", message != NULL ? message : details);
  if (message != NULL && details != NULL && *details != '\0')
    g_string_append_printf (words, ": %s", details);
}

/* The words on one node. The first kind of trouble that is known decides what is said. */
static void
read_node_errors (JsonObject  *node,
                  GString     *words,
                  const char **reason)
{
  JsonArray *errors = reshoot_json_get_array (node, "errors");

  for (guint i = 0; errors != NULL && i < json_array_get_length (errors); i++)
    {
      JsonObject *error = reshoot_json_get_item (errors, i);
      const char *type = reshoot_json_get_string (error, "type");

      if (g_strcmp0 (type, "value_not_in_list") == 0)
        {
          *reason = "server-file";
          append_words (words, NULL, reshoot_json_get_string (error, "details"));
        }
      else
        {
          append_words (words, reshoot_json_get_string (error, "message"),
                        reshoot_json_get_string (error, "details"));
        }
    }
}

/*
 * reshoot_comfyui_set_node_error:
 * @reply: a 400 to a submit
 * @provider: whom the error is about
 * @next: (inout): nothing was charged
 * @error: return location for an error
 *
 * Errors: %RESHOOT_ERROR_INVALID_REQUEST, reason "server-file" (a model file is not there; the subject lists those that
 * are), "server-node" (a node class is not there) or "rejected".
 */
void
reshoot_comfyui_set_node_error (const ReshootReply  *reply,
                                const char          *provider,
                                ReshootNext         *next,
                                GError             **error)
{
  g_autoptr (JsonObject) body = reshoot_json_parse_object (reply->body, NULL);
  JsonObject *general = reshoot_json_get_object (body, "error");
  JsonObject *nodes = reshoot_json_get_object (body, "node_errors");
  const char *type = reshoot_json_get_string (general, "type");
  g_autoptr (GList) ids = nodes != NULL ? json_object_get_members (nodes) : NULL;
  g_autoptr (GString) words = g_string_new (NULL);
  const char *reason = "rejected";
  g_autofree char *subject = NULL;

  for (GList *l = ids; l != NULL; l = l->next)
    read_node_errors (reshoot_json_get_object (nodes, l->data), words, &reason);

  if (g_strcmp0 (type, "invalid_prompt") == 0 || g_strcmp0 (type, "missing_node_type") == 0)
    reason = "server-node";
  if (words->len == 0)
    append_words (words, reshoot_json_get_string (general, "message"), NULL);

  next->charged = RESHOOT_CHARGED_NO;
  subject = dup_subject (words->len > 0 ? words->str : provider);
  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, reason, subject, "%s: %s",
                     type != NULL ? type : "400", words->str);
}

/* The list of an input that takes one of several: [["a", "b"], …], newer ["COMBO", {"options": ["a", "b"]}]. */
static JsonArray *
get_options (JsonObject *info,
             const char *class_type,
             const char *input)
{
  JsonObject *inputs = reshoot_json_get_object (reshoot_json_get_object (info, class_type), "input");
  JsonArray *list = reshoot_json_get_array (reshoot_json_get_object (inputs, "required"), input);
  guint n = list != NULL ? json_array_get_length (list) : 0;

  if (n > 0 && JSON_NODE_HOLDS_ARRAY (json_array_get_element (list, 0)))
    return json_array_get_array_element (list, 0);

  return reshoot_json_get_array (reshoot_json_get_item (list, 1), "options");
}

/* The first of the names we know, in our order; else the first that looks like them. */
static const char *
choose_file (JsonArray  *options,
             JsonObject *file)
{
  JsonArray *names = reshoot_json_get_array (file, "names");
  const char *like = reshoot_json_get_string (file, "like");
  const char *option;

  for (guint i = 0; i < json_array_get_length (names); i++)
    for (guint k = 0; k < json_array_get_length (options); k++)
      {
        g_autofree char *base = NULL;

        option = reshoot_json_get_string_at (options, k);
        base = option != NULL ? g_path_get_basename (option) : g_strdup ("");
        if (g_ascii_strcasecmp (base, reshoot_json_get_string_at (names, i)) == 0)
          return option;
      }

  for (guint k = 0; k < json_array_get_length (options); k++)
    {
      g_autofree char *lower = NULL;

      option = reshoot_json_get_string_at (options, k);
      lower = option != NULL ? g_ascii_strdown (option, -1) : g_strdup ("");
      if (strstr (lower, like) != NULL)
        return option;
    }

  return NULL;
}

static void
set_no_file (JsonArray   *options,
             JsonObject  *file,
             const char  *input,
             GError     **error)
{
  g_autoptr (GString) words = g_string_new (NULL);
  g_autofree char *subject = NULL;

  g_string_printf (words, "%s: '%s' not in [", input,
                   reshoot_json_get_string_at (reshoot_json_get_array (file, "names"), 0));
  for (guint i = 0; i < json_array_get_length (options); i++)
    {
      const char *option = reshoot_json_get_string_at (options, i);

      g_string_append_printf (words, "%s'%s'", i > 0 ? ", " : "", option != NULL ? option : "");
    }
  g_string_append_c (words, ']');

  subject = dup_subject (words->str);
  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "server-file", subject, "%s", words->str);
}

/* The only slot that a file of the catalogue goes into. */
static const char *
get_slot (JsonObject *model,
          const char *name)
{
  return reshoot_json_get_string_at (reshoot_json_get_array (reshoot_json_get_object (model, "slots"), name), 0);
}

static gboolean
is_given (ReshootRequest *request,
          const char     *name)
{
  JsonObject *given = reshoot_request_get_parameters (request);

  return given != NULL && json_object_has_member (given, name);
}

/* From what a server says of a class of nodes: which of its files the graph is to name. */
static gboolean
read_class (const ReshootAsk  *ask,
            JsonObject        *state,
            GError           **error)
{
  JsonObject *model = reshoot_model_get_json (ask->model);
  JsonObject *graph = reshoot_json_get_object (model, "graph");
  JsonObject *files = reshoot_json_get_object (model, "files");
  JsonObject *chosen = reshoot_json_get_object (state, "files");
  const char *class_type = reshoot_json_get_string (state, "class");
  g_autoptr (JsonObject) info = reshoot_json_parse_object (ask->reply->body, error);
  g_autoptr (GList) names = json_object_get_members (files);

  if (info == NULL)
    return FALSE;

  if (reshoot_json_get_object (info, class_type) == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "server-node", class_type,
                         "no class %s", class_type);
      return FALSE;
    }

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *file = reshoot_json_get_object (files, l->data);
      const char *slot = get_slot (model, l->data);
      const char *input = strchr (slot, '.') + 1;
      JsonArray *options = get_options (info, class_type, input);
      const char *choice = options != NULL ? choose_file (options, file) : NULL;

      if (g_strcmp0 (reshoot_graph_get_class (graph, slot), class_type) != 0 ||
          is_given (ask->request, l->data))
        continue;

      if (choice != NULL)
        json_object_set_string_member (chosen, l->data, choice);
      else if (options != NULL)
        {
          set_no_file (options, file, input, error);
          return FALSE;
        }
      else
        json_object_set_string_member (chosen, l->data,
                                       reshoot_json_get_string_at (reshoot_json_get_array (file, "names"), 0));
    }

  return TRUE;
}

/* The name that the picture got there. */
static gboolean
read_upload (const ReshootReply  *reply,
             JsonObject          *state,
             GError             **error)
{
  g_autoptr (JsonObject) body = reshoot_json_parse_object (reply->body, error);
  const char *name = reshoot_json_get_string (body, "name");
  const char *folder = reshoot_json_get_string (body, "subfolder");
  g_autofree char *path = NULL;

  if (body == NULL)
    return FALSE;

  if (name == NULL || *name == '\0')
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-name", NULL, "an upload without a name");
      return FALSE;
    }

  path = folder != NULL && *folder != '\0' ? g_strconcat (folder, "/", name, NULL) : g_strdup (name);
  json_array_add_string_element (reshoot_json_get_array (state, "images"), path);
  return TRUE;
}

static JsonObject *
make_state (const char *text)
{
  g_autoptr (GBytes) bytes = text != NULL ? g_bytes_new (text, strlen (text)) : NULL;
  JsonObject *state = bytes != NULL ? reshoot_json_parse_object (bytes, NULL) : NULL;

  if (state == NULL)
    {
      state = json_object_new ();
      json_object_set_object_member (state, "files", json_object_new ());
      json_object_set_array_member (state, "images", json_array_new ());
    }

  return state;
}

/* The class of a file that is neither given nor known yet. */
static const char *
find_unknown_class (const ReshootAsk *ask,
                    JsonObject       *state)
{
  JsonObject *model = reshoot_model_get_json (ask->model);
  JsonObject *files = reshoot_json_get_object (model, "files");
  JsonObject *chosen = reshoot_json_get_object (state, "files");
  g_autoptr (GList) names = files != NULL ? json_object_get_members (files) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    if (!json_object_has_member (chosen, l->data) && !is_given (ask->request, l->data))
      return reshoot_graph_get_class (reshoot_json_get_object (model, "graph"), get_slot (model, l->data));

  return NULL;
}

static void
set_prepare (JsonObject  *state,
             ReshootNext *next)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), state);

  next->kind = RESHOOT_NEXT_PREPARE;
  next->state = json_to_string (node, FALSE);
}

static void
ask_class (ReshootAddress *address,
           JsonObject     *state,
           const char     *class_type,
           ReshootNext    *next)
{
  g_autofree char *path = g_strconcat ("/object_info/", class_type, NULL);

  json_object_set_string_member (state, "class", class_type);
  reshoot_comfyui_set_call (address, "GET", path, NULL, &next->call);
  set_prepare (state, next);
}

/* A picture's name is its content's: one that is there already is not kept twice. */
static void
upload (ReshootAddress *address,
        JsonObject     *state,
        ReshootImage   *picture,
        ReshootNext    *next)
{
  g_autoptr (ReshootForm) form = reshoot_form_new ();
  g_autofree char *stem = g_strdup_printf ("%.24s", reshoot_image_get_digest (picture));

  json_object_remove_member (state, "class");
  reshoot_comfyui_set_call (address, "POST", "/upload/image", NULL, &next->call);
  reshoot_form_add_picture (form, "image", stem, picture);
  reshoot_form_add_text (form, "type", "input");
  reshoot_form_add_text (form, "subfolder", UPLOAD_FOLDER);
  reshoot_form_fill_call (form, &next->call);
  set_prepare (state, next);
}

static void
fill (JsonObject *model,
      JsonObject *graph,
      const char *name,
      JsonNode   *value)
{
  JsonArray *slots = reshoot_json_get_array (reshoot_json_get_object (model, "slots"), name);

  for (guint i = 0; slots != NULL && i < json_array_get_length (slots); i++)
    reshoot_graph_fill (graph, reshoot_json_get_string_at (slots, i), json_node_copy (value));

  json_node_unref (value);
}

static JsonNode *
make_text (const char *text)
{
  return json_node_init_string (json_node_alloc (), text);
}

/* Further pictures go where the graph has room for them, or into copies of what takes in the first. */
static void
fill_images (JsonObject *model,
             JsonObject *graph,
             JsonArray  *images)
{
  JsonArray *slots = reshoot_json_get_array (reshoot_json_get_object (model, "slots"), "image");
  JsonObject *chain = reshoot_json_get_object (model, "reference");

  for (guint i = 0; i < json_array_get_length (images); i++)
    {
      g_autofree char *slot = NULL;

      if (i < json_array_get_length (slots))
        slot = g_strdup (reshoot_json_get_string_at (slots, i));
      else
        slot = reshoot_graph_add_reference (graph, chain, reshoot_json_get_string_at (slots, 0),
                                            i + 1);

      reshoot_graph_fill (graph, slot, make_text (reshoot_json_get_string_at (images, i)));
    }
}

static gint64
choose_seed (ReshootRequest *request)
{
  if (is_given (request, "seed"))
    return json_object_get_int_member (reshoot_request_get_parameters (request), "seed");

  return (gint64) g_random_int ();
}

static JsonObject *
make_graph (const ReshootAsk *ask,
            JsonObject       *state,
            gint64            seed)
{
  JsonObject *model = reshoot_model_get_json (ask->model);
  JsonObject *graph = reshoot_graph_copy (reshoot_json_get_object (model, "graph"));
  JsonObject *slots = reshoot_json_get_object (model, "slots");
  JsonObject *chosen = reshoot_json_get_object (state, "files");
  g_autoptr (JsonObject) fields = json_object_new ();
  g_autofree char *words = reshoot_codec_dup_words (ask);
  g_autoptr (GList) names = json_object_get_members (slots);

  for (GList *l = names; l != NULL; l = l->next)
    {
      reshoot_codec_add_parameter (fields, ask->model, ask->request, l->data);
      if (json_object_has_member (fields, l->data))
        fill (model, graph, l->data, json_object_dup_member (fields, l->data));
      else if (json_object_has_member (chosen, l->data))
        fill (model, graph, l->data, json_object_dup_member (chosen, l->data));
    }

  fill (model, graph, "prompt", make_text (words));
  fill (model, graph, "seed", json_node_init_int (json_node_alloc (), seed));
  fill_images (model, graph, reshoot_json_get_array (state, "images"));
  return graph;
}

static void
submit (ReshootAddress   *address,
        const ReshootAsk *ask,
        JsonObject       *state,
        ReshootNext      *next)
{
  gint64 seed = choose_seed (ask->request);
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (JsonObject) ticket = json_object_new ();
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), ticket);

  json_object_set_object_member (body, "prompt", make_graph (ask, state, seed));
  json_object_set_string_member (body, "client_id", ask->uuid);
  json_object_set_string_member (body, "prompt_id", ask->uuid);
  json_object_set_string_member (ticket, "id", ask->uuid);
  json_object_set_int_member (ticket, "seed", seed);

  reshoot_comfyui_set_call (address, "POST", "/prompt", body, &next->call);
  next->kind = RESHOOT_NEXT_SUBMIT;
  next->ticket = json_to_string (node, FALSE);
}

static gboolean
read_prepared (const ReshootAsk  *ask,
               JsonObject        *state,
               ReshootNext       *next,
               GError           **error)
{
  if (ask->reply == NULL)
    return TRUE;

  if (ask->reply->status != 200)
    {
      reshoot_codec_set_status_error (ask->reply, reshoot_model_get_provider (ask->model), next,
                                      error);
      return FALSE;
    }

  return json_object_has_member (state, "class") ? read_class (ask, state, error)
                                                 : read_upload (ask->reply, state, error);
}

static gboolean
check_references (const ReshootAsk  *ask,
                  GError           **error)
{
  JsonObject *model = reshoot_model_get_json (ask->model);
  JsonArray *slots = reshoot_json_get_array (reshoot_json_get_object (model, "slots"), "image");

  if (reshoot_json_get_object (model, "reference") != NULL ||
      ask->n_references < json_array_get_length (slots))
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "references",
                     reshoot_model_get_id (ask->model), "%u references, room for %u",
                     ask->n_references, json_array_get_length (slots) - 1);
  return FALSE;
}

/*
 * reshoot_comfyui_prepare:
 * @address: where the server is
 * @ask: what is asked, and how far it has come
 * @next: (inout): the next call
 * @error: return location for an error
 *
 * Fails as [method@Provider.prepare], and as reshoot_comfyui_set_node_error().
 */
gboolean
reshoot_comfyui_prepare (ReshootAddress    *address,
                         const ReshootAsk  *ask,
                         ReshootNext       *next,
                         GError           **error)
{
  g_autoptr (JsonObject) state = make_state (ask->state);
  const char *class_type;
  guint n_images;

  if (!check_references (ask, error) ||
      !reshoot_codec_check_input (ask->model, ask->input, error) ||
      !read_prepared (ask, state, next, error))
    return FALSE;

  class_type = find_unknown_class (ask, state);
  n_images = json_array_get_length (reshoot_json_get_array (state, "images"));

  if (class_type != NULL)
    ask_class (address, state, class_type, next);
  else if (n_images == 0)
    upload (address, state, ask->input, next);
  else if (n_images <= ask->n_references)
    upload (address, state, ask->references[n_images - 1], next);
  else
    submit (address, ask, state, next);

  return TRUE;
}
