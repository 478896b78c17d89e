/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ComfyUI, as providers/reshoot-comfyui.c knows it. It takes no key. The history knows a prompt only once it ended, the
 * queue until then; whoever has a socket with the prompt's client id hears of it, with the late end of an earlier one
 * in between. A graph that was run before is not run again. A body without an id stops whoever is at work. */

#include "fake-comfyui.h"
#include "fake-cloud-private.h"
#include "fake-vendors.h"

#include <string.h>

#define VENDOR "comfyui"

/* Once for each cloud, kept with its port. */
typedef struct
{
  GHashTable *files;     /* "reshoot/name.png" → GBytes */
  GHashTable *sockets;   /* client id → SoupWebsocketConnection */
  guint       n_files;   /* that were saved */
  guint       n_opened;  /* sockets, in all */
  gboolean    other;     /* somebody else's graph is at work */
  guint       n_looks;   /* at the queue, since the history was looked at */
} Comfy;

/* What a job is beside a job. */
typedef struct
{
  guint       number;
  char       *client;    /* (nullable) */
  char       *graph;     /* as text */
  char       *file;      /* what its result is called */
  gboolean    deleted;   /* from the queue: no history knows it */
} Prompt;

static void
comfy_free (gpointer data)
{
  Comfy *comfy = data;

  g_hash_table_unref (comfy->files);
  g_hash_table_unref (comfy->sockets);
  g_free (comfy);
}

static void
prompt_free (gpointer data)
{
  Prompt *prompt = data;

  g_free (prompt->client);
  g_free (prompt->graph);
  g_free (prompt->file);
  g_free (prompt);
}

static Comfy *
get_comfy (FakeCloud *cloud)
{
  return g_object_get_data (G_OBJECT (fake_cloud_get_server (cloud, VENDOR)->server), VENDOR);
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  if (node == NULL || json_node_get_value_type (node) != G_TYPE_STRING)
    return NULL;

  return json_node_get_string (node);
}

/* The socket */

static gboolean
is_open (SoupWebsocketConnection *connection)
{
  return connection != NULL &&
         soup_websocket_connection_get_state (connection) == SOUP_WEBSOCKET_STATE_OPEN;
}

static void
send_text (FakeJob    *job,
           const char *type,
           const char *data)
{
  Prompt *prompt = job->data;
  SoupWebsocketConnection *connection = NULL;
  g_autofree char *text = g_strdup_printf ("{\"type\":\"%s\",\"data\":%s}", type, data);

  if (prompt->client != NULL)
    connection = g_hash_table_lookup (get_comfy (job->cloud)->sockets, prompt->client);
  if (is_open (connection))
    soup_websocket_connection_send_text (connection, text);
}

static void
send_node (FakeJob    *job,
           const char *node)
{
  g_autofree char *data = g_strdup_printf ("{\"node\":%s,\"prompt_id\":\"%s\"}", node, job->id);

  send_text (job, "executing", data);
}

static void
send_named (FakeJob    *job,
            const char *type,
            const char *more)
{
  g_autofree char *data = g_strdup_printf ("{\"prompt_id\":\"%s\"%s}", job->id, more);

  send_text (job, type, data);
}

/* With a picture of work in progress, of which nothing says whose it is. */
static void
send_progress (FakeJob *job,
               guint    value,
               guint    max)
{
  static const char preview[] = "\0\0\0\1\0\0\0\1\xff\xd8\xff";
  Prompt *prompt = job->data;
  SoupWebsocketConnection *connection = NULL;
  g_autofree char *data = NULL;

  data = g_strdup_printf ("{\"value\":%u,\"max\":%u,\"node\":\"smp\",\"prompt_id\":\"%s\"}", value,
                          max, job->id);
  send_text (job, "progress", data);

  if (prompt->client != NULL)
    connection = g_hash_table_lookup (get_comfy (job->cloud)->sockets, prompt->client);
  if (is_open (connection))
    soup_websocket_connection_send_binary (connection, preview, sizeof preview - 1);
}

static void
tell_start (FakeJob *job)
{
  send_named (job, "execution_start", "");
  send_named (job, "execution_cached", ",\"nodes\":[\"vae\"]");
  send_node (job, "\"unet\"");
  send_text (job, "executing", "{\"node\":null,\"prompt_id\":\"an-earlier-one\"}");
  send_node (job, "\"smp\"");
  send_progress (job, 1, 4);
}

static void
tell_end (FakeJob *job)
{
  if (job->state == FAKE_CANCELLED)
    send_named (job, "execution_interrupted",
                ",\"node_id\":\"smp\",\"node_type\":\"KSampler\",\"executed\":[]");
  else if (job->state != FAKE_DONE)
    send_named (job, "execution_error", ",\"exception_message\":\"out of memory\"");
  else
    {
      g_autofree char *output = NULL;

      output = g_strdup_printf (",\"node\":\"out\",\"output\":{\"images\":[{\"filename\":\"%s\","
                                "\"subfolder\":\"\",\"type\":\"output\"}]}", ((Prompt *) job->data)->file);
      send_named (job, "executed", output);
      send_named (job, "execution_success", "");
    }

  send_node (job, "null");
}

static void
socket_cb (FakeCloud               *cloud,
           SoupWebsocketConnection *connection,
           GUri                    *uri,
           gpointer                 user_data)
{
  g_autoptr (GHashTable) query = NULL;
  const char *text = g_uri_get_query (uri);
  const char *client;

  query = g_uri_parse_params (text != NULL ? text : "", -1, "&", G_URI_PARAMS_NONE, NULL);
  get_comfy (cloud)->n_opened++;
  client = query != NULL ? g_hash_table_lookup (query, "clientId") : NULL;
  soup_websocket_connection_send_text (connection, "{\"type\":\"status\",\"data\":{\"status\":{\"exec_info\":"
                                       "{\"queue_remaining\":1}},\"sid\":\"x\"}}");
  g_hash_table_replace (get_comfy (cloud)->sockets, g_strdup (client != NULL ? client : ""),
                        g_object_ref (connection));
}

/* Calls before the submit */

static void
class_cb (FakeExchange *exchange,
          gpointer      user_data)
{
  static const struct
  {
    const char *name;
    const char *inputs;
  } classes[] = {
    { "UNETLoader", "\"unet_name\":[[\"flux1-dev.safetensors\",\"flux1-dev-kontext_fp8_scaled.safetensors\"],{}],"
                    "\"weight_dtype\":[[\"default\",\"fp8_e4m3fn\"]]" },
    { "DualCLIPLoader",
      "\"clip_name1\":[\"COMBO\",{\"options\":[\"clip_l.safetensors\",\"t5xxl_fp16.safetensors\"]}],"
      "\"clip_name2\":[\"COMBO\",{\"options\":[\"clip_l.safetensors\",\"t5xxl_fp16.safetensors\"]}]" },
    { "VAELoader", "\"vae_name\":[[\"ae.safetensors\"]]" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (classes); i++)
    if (g_str_equal (classes[i].name, exchange->parts[0]))
      {
        fake_exchange_answer_json (exchange, 200, "{\"%s\":{\"input\":{\"required\":{%s}},\"name\":\"%s\"}}",
                                   classes[i].name, classes[i].inputs, classes[i].name);
        return;
      }

  fake_exchange_answer_json (exchange, 200, "{}");
}

/* The same name and the same bytes are one file; the same name and others get another name. */
/* As a graph names it. */
static char *
make_path (const char *folder,
           const char *name)
{
  return folder != NULL && *folder != '\0' ? g_strdup_printf ("%s/%s", folder, name) : g_strdup (name);
}

/* "x.png" is there with other bytes: "x (1).png". */
static char *
make_other_name (const char *name)
{
  const char *dot = strrchr (name, '.');
  int length = dot != NULL ? (int) (dot - name) : (int) strlen (name);

  return g_strdup_printf ("%.*s (1)%s", length, name, dot != NULL ? dot : "");
}

static void
upload_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  Comfy *comfy = get_comfy (exchange->cloud);
  const FakePart *part = fake_exchange_get_part (exchange, "image", 0);
  g_autofree char *folder = fake_exchange_dup_part (exchange, "subfolder");
  g_autofree char *name = NULL;
  g_autofree char *path = NULL;
  GBytes *there;

  if (part == NULL || part->filename == NULL)
    {
      fake_exchange_refuse (exchange, 400, "");
      return;
    }

  name = g_strdup (part->filename);
  path = make_path (folder, name);
  there = g_hash_table_lookup (comfy->files, path);
  if (there != NULL && !g_bytes_equal (there, part->bytes))
    {
      g_free (name);
      name = make_other_name (part->filename);
      g_free (path);
      path = make_path (folder, name);
    }

  g_hash_table_replace (comfy->files, g_strdup (path), g_bytes_ref (part->bytes));
  fake_exchange_answer_json (exchange, 200, "{\"name\":\"%s\",\"subfolder\":\"%s\",\"type\":\"input\"}", name,
                             folder != NULL ? folder : "");
}

/* The submit */

static JsonObject *
get_inputs (JsonObject *graph,
            const char *class_type)
{
  g_autoptr (GList) ids = json_object_get_members (graph);

  for (GList *l = ids; l != NULL; l = l->next)
    {
      JsonObject *node = json_object_get_object_member (graph, l->data);

      if (g_strcmp0 (get_text (node, "class_type"), class_type) == 0)
        return json_object_get_object_member (node, "inputs");
    }

  return NULL;
}

static void
refuse_value (FakeExchange *exchange,
              const char   *type,
              const char   *details)
{
  fake_exchange_answer_json (exchange, 400,
                             "{\"error\":{\"type\":\"prompt_outputs_failed_validation\",\"message\":\"Prompt outputs "
                             "failed validation\",\"details\":\"\",\"extra_info\":{}},\"node_errors\":{\"1\":{"
                             "\"class_type\":\"X\",\"dependent_outputs\":[\"out\"],\"errors\":[{\"type\":\"%s\","
                             "\"message\":\"Value not in list\",\"details\":\"%s\",\"extra_info\":{}}]}}}",
                             type, details);
}

/* Answers with what is wrong with the graph. Returns: whether nothing is. */
static gboolean
check_graph (FakeExchange *exchange,
             JsonObject   *graph)
{
  JsonObject *unet = graph != NULL ? get_inputs (graph, "UNETLoader") : NULL;
  JsonObject *load = graph != NULL ? get_inputs (graph, "LoadImage") : NULL;
  const char *file = get_text (unet, "unet_name");
  const char *image = get_text (load, "image");

  if (graph == NULL)
    fake_exchange_answer_json (exchange, 400, "{\"error\":{\"type\":\"no_prompt\",\"message\":\"No prompt provided\","
                               "\"details\":\"\",\"extra_info\":{}},\"node_errors\":[]}");
  else if (get_inputs (graph, "NoSuchNode") != NULL)
    fake_exchange_answer_json (exchange, 400, "{\"error\":{\"type\":\"invalid_prompt\",\"message\":\"Cannot execute "
                               "because node NoSuchNode does not exist.\",\"details\":\"\",\"extra_info\":{}},"
                               "\"node_errors\":{}}");
  else if (file != NULL && strstr (file, "kontext") == NULL)
    refuse_value (exchange, "value_not_in_list",
                  "unet_name: 'x' not in ['flux1-dev-kontext_fp8_scaled.safetensors']");
  else if (image == NULL || !g_hash_table_contains (get_comfy (exchange->cloud)->files, image))
    refuse_value (exchange, "custom_validation_failed", "image - Invalid image file");
  else
    return TRUE;

  return FALSE;
}

static FakeJob *
find_same (FakeCloud  *cloud,
           const char *graph)
{
  for (guint i = 0; i < cloud->jobs->len; i++)
    {
      FakeJob *job = cloud->jobs->pdata[i];

      if (g_str_equal (job->vendor, VENDOR) && job->state == FAKE_DONE && job->data != NULL &&
          g_strcmp0 (((Prompt *) job->data)->graph, graph) == 0)
        return job;
    }

  return NULL;
}

static char *
dup_words (JsonObject *graph)
{
  JsonObject *inputs = get_inputs (graph, "CLIPTextEncode");

  return g_strdup (get_text (inputs, "text"));
}

static void
submit_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  Comfy *comfy = get_comfy (exchange->cloud);
  JsonObject *body = fake_exchange_get_json (exchange);
  JsonNode *node = body != NULL ? json_object_get_member (body, "prompt") : NULL;
  JsonObject *graph = NULL;
  const char *id = get_text (body, "prompt_id");
  g_autofree char *words = NULL;
  JsonObject *load;
  GBytes *picture;
  FakeJob *same;
  FakeJob *job;
  Prompt *prompt;

  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    graph = json_node_get_object (node);
  if (!check_graph (exchange, graph))
    return;

  words = dup_words (graph);
  load = get_inputs (graph, "LoadImage");
  picture = g_hash_table_lookup (comfy->files, get_text (load, "image"));
  job = fake_cloud_add_job (exchange, picture, words);
  if (id != NULL)
    fake_job_set_id (job, id);

  prompt = g_new0 (Prompt, 1);
  prompt->number = comfy->n_files++;
  prompt->client = g_strdup (get_text (body, "client_id"));
  prompt->graph = json_to_string (node, FALSE);
  same = find_same (exchange->cloud, prompt->graph);
  prompt->file = same != NULL ? g_strdup (((Prompt *) same->data)->file)
                              : g_strdup_printf ("reshoot_%05u_.png", prompt->number);
  job->data = prompt;
  job->free_data = prompt_free;
  if (same != NULL)
    fake_job_finish (job);

  fake_exchange_answer_json (exchange, 200, "{\"prompt_id\":\"%s\",\"number\":%u,\"node_errors\":{}}", job->id,
                             prompt->number);
}

/* How it is doing */

/* A prompt that has ended, as the history has it: "id":{…} */
static char *
dup_entry (FakeJob *job)
{
  static const char broken[] = "[\"execution_error\",{\"node_id\":\"smp\",\"node_type\":\"KSampler\","
                               "\"exception_message\":\"out of memory\",\"exception_type\":\"RuntimeError\","
                               "\"traceback\":[\"File x\"]}]";
  static const char stopped[] = "[\"execution_interrupted\",{\"node_id\":\"smp\",\"node_type\":\"KSampler\","
                                "\"executed\":[]}]";
  Prompt *prompt = job->data;
  const char *word = "error";
  const char *last = broken;
  g_autofree char *outputs = NULL;

  if (job->state == FAKE_ODD)
    {
      word = "daydreaming";
      last = "[\"execution_paused\",{}]";
    }
  else if (job->state == FAKE_DONE)
    {
      word = "success";
      last = "[\"execution_success\",{}]";
      outputs = g_strdup_printf ("{\"out\":{\"images\":[{\"filename\":\"%s\",\"subfolder\":\"\","
                                 "\"type\":\"output\"}]}}", prompt->file);
    }
  else if (job->state == FAKE_CANCELLED)
    {
      last = stopped;
    }

  return g_strdup_printf ("\"%s\":{\"prompt\":[%u,\"%s\",%s,{},[\"out\"]],\"outputs\":%s,\"status\":{"
                          "\"status_str\":\"%s\",\"completed\":%s,\"messages\":[[\"execution_start\",{"
                          "\"prompt_id\":\"%s\"}],%s]},\"meta\":{}}",
                          job->id, prompt->number, job->id, prompt->graph, outputs != NULL ? outputs : "{}",
                          word, job->state == FAKE_DONE ? "true" : "false", job->id, last);
}

static gboolean
is_in_history (FakeJob *job)
{
  return job->state != FAKE_GONE && job->state != FAKE_QUEUED && job->state != FAKE_RUNNING &&
         !((Prompt *) job->data)->deleted;
}

static FakeState
move_on (FakeJob *job)
{
  FakeState before = job->state;
  FakeState state = fake_job_poll (job);

  if (state == FAKE_RUNNING && before != FAKE_RUNNING)
    tell_start (job);
  if (state >= FAKE_DONE && before < FAKE_DONE && state != FAKE_GONE)
    tell_end (job);

  return state;
}

static void
history_cb (FakeExchange *exchange,
            gpointer      user_data)
{
  FakeJob *job = fake_cloud_get_job (exchange->cloud, VENDOR, exchange->parts[0]);
  g_autofree char *entry = NULL;

  get_comfy (exchange->cloud)->n_looks = 0;
  if (job != NULL)
    move_on (job);
  if (job != NULL && is_in_history (job))
    entry = dup_entry (job);

  fake_exchange_answer_json (exchange, 200, "{%s}", entry != NULL ? entry : "");
}

static void
whole_history_cb (FakeExchange *exchange,
                  gpointer      user_data)
{
  g_autoptr (GString) entries = g_string_new (NULL);

  for (guint i = 0; i < exchange->cloud->jobs->len; i++)
    {
      FakeJob *job = exchange->cloud->jobs->pdata[i];
      g_autofree char *entry = NULL;

      if (!g_str_equal (job->vendor, VENDOR) || !is_in_history (job))
        continue;

      entry = dup_entry (job);
      g_string_append_printf (entries, "%s%s", entries->len > 0 ? "," : "", entry);
    }

  fake_exchange_answer_json (exchange, 200, "{%s}", entries->str);
}

static char *
dup_items (FakeCloud *cloud,
           FakeState  state)
{
  g_autoptr (GString) items = g_string_new (NULL);

  for (guint i = 0; i < cloud->jobs->len; i++)
    {
      FakeJob *job = cloud->jobs->pdata[i];
      Prompt *prompt = job->data;

      if (g_str_equal (job->vendor, VENDOR) && job->state == state)
        g_string_append_printf (items, "%s[%u,\"%s\",%s,{},[\"out\"]]", items->len > 0 ? "," : "",
                                prompt->number, job->id, prompt->graph);
    }

  return g_strdup (items->str);
}

static void
queue_cb (FakeExchange *exchange,
          gpointer      user_data)
{
  Comfy *comfy = get_comfy (exchange->cloud);
  g_autofree char *running = dup_items (exchange->cloud, FAKE_RUNNING);
  g_autofree char *pending = dup_items (exchange->cloud, FAKE_QUEUED);
  gboolean other = comfy->other;

  /* Some clients look at nothing else until their graph is no longer in it: then that is what moves it on. */
  for (guint i = 0; comfy->n_looks > 0 && i < exchange->cloud->jobs->len; i++)
    if (g_str_equal (((FakeJob *) exchange->cloud->jobs->pdata[i])->vendor, VENDOR))
      move_on (exchange->cloud->jobs->pdata[i]);
  comfy->n_looks++;

  fake_exchange_answer_json (exchange, 200, "{\"queue_running\":[%s%s%s],\"queue_pending\":[%s]}",
                             other ? "[-1,\"somebody-else\",{},{},[]]" : "", other && *running != '\0' ? "," : "",
                             running, pending);
}

/* A file that was made by several prompts is the same one. */
static void
view_cb (FakeExchange *exchange,
         gpointer      user_data)
{
  const char *file = fake_exchange_get_query (exchange, "filename");
  const char *type = fake_exchange_get_query (exchange, "type");

  for (guint i = 0; i < exchange->cloud->jobs->len; i++)
    {
      FakeJob *job = exchange->cloud->jobs->pdata[i];

      if (g_str_equal (job->vendor, VENDOR) &&
          g_strcmp0 (((Prompt *) job->data)->file, file) == 0 &&
          g_strcmp0 (type, "output") == 0 && job->state == FAKE_DONE && job->fate != FAKE_WILL_EXPIRE)
        {
          fake_exchange_answer (exchange, 200, "image/png", fake_job_get_result (job));
          return;
        }
    }

  fake_exchange_refuse (exchange, 404, "");
}

/* Stopping: 200 and nothing, whatever it did. */

static void
answer_nothing (FakeExchange *exchange)
{
  g_autoptr (GBytes) nothing = g_bytes_new_static ("", 0);

  fake_exchange_answer (exchange, 200, "text/plain", nothing);
}

static void
delete_cb (FakeExchange *exchange,
           gpointer      user_data)
{
  JsonObject *body = fake_exchange_get_json (exchange);
  JsonArray *ids = NULL;

  if (body != NULL && json_object_has_member (body, "delete"))
    ids = json_object_get_array_member (body, "delete");

  for (guint i = 0; ids != NULL && i < json_array_get_length (ids); i++)
    {
      const char *id = json_array_get_string_element (ids, i);
      FakeJob *job = fake_cloud_get_job (exchange->cloud, VENDOR, id);

      if (job != NULL && job->state == FAKE_QUEUED && fake_job_cancel (job))
        ((Prompt *) job->data)->deleted = TRUE;
    }

  answer_nothing (exchange);
}

static void
interrupt_cb (FakeExchange *exchange,
              gpointer      user_data)
{
  const char *id = get_text (fake_exchange_get_json (exchange), "prompt_id");

  if (id == NULL || g_str_equal (id, "somebody-else"))
    get_comfy (exchange->cloud)->other = FALSE;

  for (guint i = 0; i < exchange->cloud->jobs->len; i++)
    {
      FakeJob *job = exchange->cloud->jobs->pdata[i];

      if (g_str_equal (job->vendor, VENDOR) && job->state == FAKE_RUNNING &&
          (id == NULL || g_str_equal (job->id, id)) && fake_job_cancel (job))
        tell_end (job);
    }

  answer_nothing (exchange);
}

static void
about_cb (FakeExchange *exchange,
          gpointer      user_data)
{
  fake_exchange_answer_json (exchange, 200, "{\"system\":{\"os\":\"posix\",\"comfyui_version\":\"0.3.64\"},"
                             "\"devices\":[]}");
}

void
fake_comfyui_add (FakeCloud *cloud)
{
  static const FakeVendor vendor = { VENDOR, "", NULL, NULL, NULL, NULL };
  Comfy *comfy = g_new0 (Comfy, 1);

  comfy->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_bytes_unref);
  comfy->sockets = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_object_unref);

  fake_cloud_add_vendor (cloud, &vendor);
  g_object_set_data_full (G_OBJECT (fake_cloud_get_server (cloud, VENDOR)->server), VENDOR, comfy,
                          comfy_free);
  fake_cloud_add_route (cloud, VENDOR, FAKE_OTHER, "GET", "/system_stats", about_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_OTHER, "GET", "/object_info/" "*", class_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_UPLOAD, "POST", "/upload/image", upload_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_SUBMIT, "POST", "/prompt", submit_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_OTHER, "GET", "/history", whole_history_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_POLL, "GET", "/history/" "*", history_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_OTHER, "GET", "/queue", queue_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_CANCEL, "POST", "/queue", delete_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_CANCEL, "POST", "/interrupt", interrupt_cb, NULL);
  fake_cloud_add_route (cloud, VENDOR, FAKE_RESULT, "GET", "/view", view_cb, NULL);
  fake_cloud_add_socket (cloud, VENDOR, "/ws", socket_cb, NULL);
}

/* Clients that have one, or had. */
guint
fake_comfyui_count_sockets (FakeCloud *cloud)
{
  return g_hash_table_size (get_comfy (cloud)->sockets);
}

guint
fake_comfyui_count_opened (FakeCloud *cloud)
{
  return get_comfy (cloud)->n_opened;
}

/* As if the server was started anew. */
void
fake_comfyui_close_sockets (FakeCloud *cloud)
{
  g_autoptr (GList) connections = g_hash_table_get_values (get_comfy (cloud)->sockets);

  for (GList *l = connections; l != NULL; l = l->next)
    if (soup_websocket_connection_get_state (l->data) == SOUP_WEBSOCKET_STATE_OPEN)
      soup_websocket_connection_close (l->data, SOUP_WEBSOCKET_CLOSE_GOING_AWAY, NULL);
}

/* As behind a proxy that knows none. */
void
fake_comfyui_refuse_sockets (FakeCloud *cloud)
{
  soup_server_remove_handler (fake_cloud_get_server (cloud, VENDOR)->server, "/ws");
}

/* It is at work, though nobody asked. */
void
fake_comfyui_start (FakeCloud  *cloud,
                    const char *id)
{
  FakeJob *job = fake_cloud_get_job (cloud, VENDOR, id);

  job->state = FAKE_RUNNING;
  tell_start (job);
}

void
fake_comfyui_progress (FakeCloud  *cloud,
                       const char *id,
                       guint       value,
                       guint       max)
{
  send_progress (fake_cloud_get_job (cloud, VENDOR, id), value, max);
}

/* To its end. */
void
fake_comfyui_run (FakeCloud  *cloud,
                  const char *id)
{
  FakeJob *job = fake_cloud_get_job (cloud, VENDOR, id);

  fake_job_finish (job);
  send_progress (job, 4, 4);
  tell_end (job);
}

void
fake_comfyui_add_other (FakeCloud *cloud)
{
  get_comfy (cloud)->other = TRUE;
}

gboolean
fake_comfyui_get_other_runs (FakeCloud *cloud)
{
  return get_comfy (cloud)->other;
}
