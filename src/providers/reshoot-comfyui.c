/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootComfyui: the dialect of ComfyUI. A graph is queued under a name of ours; the history knows it once it has
 * ended, the queue until then, and a socket tells of its steps. What is in neither was thrown away or never came. A
 * cancelled graph is an error in the history like a broken one: its last message tells them apart. A server may have
 * other users, and old ones stop whoever is at work whatever they are told: only what runs itself is interrupted. */

#include "reshoot-comfyui.h"
#include "reshoot-codec.h"
#include "reshoot-comfyui-private.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"

/* It may have ended between the two calls, or a submit of which nobody knows may still be on its way. */
#define MAX_MISSING 4

struct _ReshootComfyui
{
  GObject         parent_instance;

  ReshootAddress *address;
  char           *name;      /* of the provider: the catalogue's, or a server of the person's own */
};

/* What a ticket says. "id" and "seed" are made with the submit; the rest is learned later. */
typedef struct
{
  JsonObject *json;      /* (owned) */
  const char *id;
  guint       missing;   /* how often it was in neither history nor queue */
  gboolean    unqueued;  /* it was taken out of the queue, if it was in it */
  gboolean    told;      /* it was interrupted, if it was at work */
} Ticket;

static void
ticket_clear (Ticket *ticket)
{
  g_clear_pointer (&ticket->json, json_object_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Ticket, ticket_clear)

static gboolean
read_ticket (const char  *text,
             Ticket      *ticket,
             GError     **error)
{
  g_autoptr (GBytes) bytes = g_bytes_new (text != NULL ? text : "", text != NULL ? strlen (text) : 0);
  double missing;

  ticket->json = reshoot_json_parse_object (bytes, NULL);
  ticket->id = reshoot_json_get_string (ticket->json, "id");
  missing = reshoot_json_get_number (ticket->json, "missing");
  ticket->missing = missing > 0 ? (guint) MIN (missing, MAX_MISSING) : 0;
  ticket->unqueued = reshoot_json_get_boolean (ticket->json, "unqueued");
  ticket->told = reshoot_json_get_boolean (ticket->json, "told");

  if (ticket->id != NULL && *ticket->id != '\0')
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-ticket", NULL, "the ticket names no prompt");
  return FALSE;
}

static void
store_ticket (Ticket      *ticket,
              ReshootNext *next)
{
  g_autoptr (JsonNode) node = json_node_init_object (json_node_alloc (), ticket->json);

  next->ticket = json_to_string (node, FALSE);
}

static void
mark_ticket (Ticket      *ticket,
             const char  *name,
             ReshootNext *next)
{
  json_object_set_boolean_member (ticket->json, name, TRUE);
  store_ticket (ticket, next);
}

static gboolean
reshoot_comfyui_prepare_call (ReshootProvider   *provider,
                              const ReshootAsk  *ask,
                              ReshootNext       *next,
                              GError           **error)
{
  return reshoot_comfyui_prepare (RESHOOT_COMFYUI (provider)->address, ask, next, error);
}

static void
set_poll (ReshootComfyui *self,
          Ticket         *ticket,
          ReshootNext    *next)
{
  g_autofree char *id = g_uri_escape_string (ticket->id, NULL, FALSE);
  g_autofree char *path = g_strconcat ("/history/", id, NULL);

  reshoot_comfyui_set_call (self->address, "GET", path, NULL, &next->call);
  next->kind = RESHOOT_NEXT_POLL;
}

static void
set_answer (ReshootComfyui *self,
            const char     *method,
            const char     *path,
            JsonObject     *body,
            ReshootNext    *next)
{
  reshoot_comfyui_set_call (self->address, method, path, body, &next->call);
  next->kind = RESHOOT_NEXT_ANSWER;
}

/* The server may have given it another name: one from before names could be chosen. */
static gboolean
read_submitted (ReshootComfyui      *self,
                const ReshootReply  *reply,
                Ticket              *ticket,
                ReshootNext         *next,
                GError             **error)
{
  g_autoptr (JsonObject) body = reshoot_json_parse_object (reply->body, NULL);
  const char *id = reshoot_json_get_string (body, "prompt_id");

  if (reply->status == 400)
    {
      reshoot_comfyui_set_node_error (reply, self->name, next, error);
      return FALSE;
    }

  if (reply->status != 200)
    {
      reshoot_codec_set_status_error (reply, self->name, next, error);
      return FALSE;
    }

  next->charged = RESHOOT_CHARGED_UNKNOWN;
  if (id == NULL || *id == '\0')
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, body == NULL ? "json" : "no-ticket", self->name,
                         "the reply to the submit names no prompt");
      return FALSE;
    }

  if (!g_str_equal (id, ticket->id))
    {
      json_object_set_string_member (ticket->json, "id", id);
      ticket->id = reshoot_json_get_string (ticket->json, "id");
      store_ticket (ticket, next);
    }

  set_poll (self, ticket, next);
  return TRUE;
}

static gboolean
is_prompt (JsonNode   *item,
           const char *id,
           double     *number)
{
  JsonArray *array = JSON_NODE_HOLDS_ARRAY (item) ? json_node_get_array (item) : NULL;

  *number = 0;
  if (array != NULL && json_array_get_length (array) > 1 &&
      JSON_NODE_HOLDS_VALUE (json_array_get_element (array, 0)))
    *number = json_array_get_double_element (array, 0);

  return g_strcmp0 (reshoot_json_get_string_at (array, 1), id) == 0;
}

/* How many go before it, or -1 where it is not in the list, which is not in the order of their numbers. */
static int
find_in_queue (JsonArray  *list,
               const char *id)
{
  guint n = list != NULL ? json_array_get_length (list) : 0;
  double own = NAN;
  double number;
  int before = 0;

  for (guint i = 0; i < n; i++)
    if (is_prompt (json_array_get_element (list, i), id, &number))
      own = number;

  if (isnan (own))
    return -1;

  for (guint i = 0; i < n; i++)
    if (!is_prompt (json_array_get_element (list, i), id, &number) && number < own)
      before++;

  return before;
}

/* The history did not know it: it waits, is at work, or is nowhere. */
static gboolean
read_queue (ReshootComfyui  *self,
            JsonObject      *body,
            Ticket          *ticket,
            ReshootNext     *next,
            GError         **error)
{
  JsonArray *running = reshoot_json_get_array (body, "queue_running");
  int before = find_in_queue (reshoot_json_get_array (body, "queue_pending"), ticket->id);
  gboolean is_running = find_in_queue (running, ticket->id) >= 0;

  if (!is_running && before < 0 && ticket->missing == MAX_MISSING)
    {
      next->charged = RESHOOT_CHARGED_NO;
      reshoot_set_error (error, RESHOOT_ERROR_EXPIRED, "not-found", self->name,
                         "neither the queue nor the history knows the prompt");
      return FALSE;
    }

  set_poll (self, ticket, next);
  if (is_running)
    next->queue_position = 0;
  else if (before >= 0)
    next->queue_position = before + (running != NULL ? (int) json_array_get_length (running) : 0);
  else
    {
      json_object_set_int_member (ticket->json, "missing", ticket->missing + 1);
      store_ticket (ticket, next);
    }

  return TRUE;
}

static void
add_picture (ReshootComfyui *self,
             JsonObject     *picture,
             ReshootNext    *next)
{
  const char *folder = reshoot_json_get_string (picture, "subfolder");
  g_autofree char *query = NULL;
  g_autofree char *uri = NULL;
  g_autoptr (GString) names = g_string_new (NULL);
  const char *values[] = { "filename", reshoot_json_get_string (picture, "filename"),
                           "subfolder", folder != NULL ? folder : "",
                           "type", reshoot_json_get_string (picture, "type") };

  for (guint i = 0; i < G_N_ELEMENTS (values); i += 2)
    {
      g_string_append_printf (names, "%s%s=", i > 0 ? "&" : "", values[i]);
      g_string_append_uri_escaped (names, values[i + 1], NULL, FALSE);
    }

  query = g_strdup (names->str);
  uri = g_strconcat (reshoot_address_get_base (self->address), "/view?", query, NULL);
  reshoot_next_add_result (next, uri, NULL)->call.with_key = TRUE;
}

/* Saved pictures are the result; where none was saved, those that were only shown. */
static void
add_pictures (ReshootComfyui *self,
              JsonObject     *outputs,
              const char     *type,
              ReshootNext    *next)
{
  g_autoptr (GList) ids = outputs != NULL ? json_object_get_members (outputs) : NULL;

  for (GList *l = ids; l != NULL; l = l->next)
    {
      JsonArray *pictures = reshoot_json_get_array (reshoot_json_get_object (outputs, l->data), "images");

      for (guint i = 0; pictures != NULL && i < json_array_get_length (pictures); i++)
        {
          JsonObject *picture = reshoot_json_get_item (pictures, i);

          if (reshoot_json_get_string (picture, "filename") != NULL &&
              g_strcmp0 (reshoot_json_get_string (picture, "type"), type) == 0)
            add_picture (self, picture, next);
        }
    }
}

/* The last message that says how it ended: its name and what is said with it. */
static const char *
find_end (JsonObject  *status,
          JsonObject **data)
{
  JsonArray *messages = reshoot_json_get_array (status, "messages");
  guint n = messages != NULL ? json_array_get_length (messages) : 0;
  JsonNode *last = n > 0 ? json_array_get_element (messages, n - 1) : NULL;
  JsonArray *pair = NULL;
  const char *name;

  if (last != NULL && JSON_NODE_HOLDS_ARRAY (last))
    pair = json_node_get_array (last);

  *data = reshoot_json_get_item (pair, 1);
  name = reshoot_json_get_string_at (pair, 0);
  return name != NULL ? name : "";
}

/* Of what broke only the message is told: the rest names places on the server. */
static void
read_error (ReshootComfyui  *self,
            JsonObject      *status,
            GError         **error)
{
  JsonObject *data;
  const char *end = find_end (status, &data);
  const char *message = reshoot_json_get_string (data, "exception_message");
  g_autofree char *stripped = message != NULL ? g_strstrip (g_strdup (message)) : NULL;

  if (g_str_equal (end, "execution_interrupted"))
    reshoot_set_error (error, RESHOOT_ERROR_FAILED, "interrupted", self->name, "interrupted");
  else
    reshoot_set_error (error, RESHOOT_ERROR_FAILED, "server",
                       stripped != NULL ? stripped : self->name, "%s: %s",
                       reshoot_json_get_string (data, "node_type"), stripped);
}

static gboolean
read_entry (ReshootComfyui  *self,
            JsonObject      *entry,
            Ticket          *ticket,
            ReshootNext     *next,
            GError         **error)
{
  JsonObject *status = reshoot_json_get_object (entry, "status");
  JsonObject *outputs = reshoot_json_get_object (entry, "outputs");
  const char *word = reshoot_json_get_string (status, "status_str");

  if (g_strcmp0 (word, "error") == 0)
    {
      next->charged = RESHOOT_CHARGED_NO;
      read_error (self, status, error);
      return FALSE;
    }

  if (word != NULL && !g_str_equal (word, "success"))
    {
      set_poll (self, ticket, next);
      return TRUE;
    }

  next->charged = RESHOOT_CHARGED_NO;
  add_pictures (self, outputs, "output", next);
  if (next->results == NULL)
    add_pictures (self, outputs, "temp", next);

  if (next->results == NULL)
    reshoot_set_error (error, RESHOOT_ERROR_FAILED, "no-output", self->name, "the graph ended without a picture");

  return next->results != NULL;
}

/* The history is {id: entry}, the queue names its two lists. */
static gboolean
read_polled (ReshootComfyui      *self,
             const ReshootReply  *reply,
             Ticket              *ticket,
             ReshootNext         *next,
             GError             **error)
{
  g_autoptr (JsonObject) body = NULL;

  if (reply->status != 200)
    {
      reshoot_codec_set_status_error (reply, self->name, next, error);
      next->charged = RESHOOT_CHARGED_UNKNOWN;
      return FALSE;
    }

  body = reshoot_json_parse_object (reply->body, NULL);
  if (body == NULL)
    {
      next->charged = RESHOOT_CHARGED_UNKNOWN;
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", self->name, "the reply is not JSON");
      return FALSE;
    }

  if (reshoot_json_get_object (body, ticket->id) != NULL)
    return read_entry (self, reshoot_json_get_object (body, ticket->id), ticket, next, error);

  if (reshoot_json_get_array (body, "queue_running") != NULL ||
      reshoot_json_get_array (body, "queue_pending") != NULL)
    return read_queue (self, body, ticket, next, error);

  set_answer (self, "GET", "/queue", NULL, next);
  return TRUE;
}

/* Three calls: out of the queue; is it at work; then it is interrupted. The first and the last are answered with
 * nothing, whatever they did. */
static gboolean
read_cancelled (ReshootComfyui      *self,
                const ReshootReply  *reply,
                Ticket              *ticket,
                ReshootNext         *next,
                GError             **error)
{
  g_autoptr (JsonObject) queue = NULL;
  g_autoptr (JsonObject) stop = json_object_new ();
  gboolean is_running;

  if (reply->status != 200)
    {
      reshoot_codec_set_status_error (reply, self->name, next, error);
      next->charged = RESHOOT_CHARGED_UNKNOWN;
      return FALSE;
    }

  if (!ticket->unqueued)
    {
      mark_ticket (ticket, "unqueued", next);
      set_answer (self, "GET", "/queue", NULL, next);
      return TRUE;
    }

  if (!ticket->told)
    {
      queue = reshoot_json_parse_object (reply->body, error);
      if (queue == NULL)
        return FALSE;

      is_running = find_in_queue (reshoot_json_get_array (queue, "queue_running"), ticket->id) >= 0;
      if (is_running)
        {
          json_object_set_string_member (stop, "prompt_id", ticket->id);
          mark_ticket (ticket, "told", next);
          set_answer (self, "POST", "/interrupt", stop, next);
          return TRUE;
        }
    }

  next->kind = RESHOOT_NEXT_STOPPED;
  next->charged = RESHOOT_CHARGED_NO;
  return TRUE;
}

static gboolean
reshoot_comfyui_read (ReshootProvider     *provider,
                      ReshootReplyTo       to,
                      const ReshootReply  *reply,
                      const char          *text,
                      ReshootNext         *next,
                      GError             **error)
{
  ReshootComfyui *self = RESHOOT_COMFYUI (provider);
  g_auto (Ticket) ticket = { NULL, };

  if (!read_ticket (text, &ticket, error))
    return FALSE;

  switch (to)
    {
    case RESHOOT_REPLY_TO_SUBMIT:
      return read_submitted (self, reply, &ticket, next, error);
    case RESHOOT_REPLY_TO_CANCEL:
      return read_cancelled (self, reply, &ticket, next, error);
    case RESHOOT_REPLY_TO_POLL:
    default:
      return read_polled (self, reply, &ticket, next, error);
    }
}

static gboolean
reshoot_comfyui_ask_again (ReshootProvider  *provider,
                           const char       *text,
                           ReshootNext      *next,
                           GError          **error)
{
  g_auto (Ticket) ticket = { NULL, };

  if (!read_ticket (text, &ticket, error))
    return FALSE;

  set_poll (RESHOOT_COMFYUI (provider), &ticket, next);
  return TRUE;
}

/* Out of the queue first; whether it is at work is asked then. */
static gboolean
reshoot_comfyui_cancel (ReshootProvider  *provider,
                        const char       *text,
                        ReshootNext      *next,
                        GError          **error)
{
  ReshootComfyui *self = RESHOOT_COMFYUI (provider);
  g_auto (Ticket) ticket = { NULL, };
  g_autoptr (JsonObject) body = json_object_new ();
  JsonArray *ids = json_array_new ();

  json_object_set_array_member (body, "delete", ids);
  if (!read_ticket (text, &ticket, error))
    return FALSE;

  json_array_add_string_element (ids, ticket.id);
  reshoot_comfyui_set_call (self->address, "POST", "/queue", body, &next->call);
  return TRUE;
}

static gboolean
reshoot_comfyui_check (ReshootProvider     *provider,
                       const char          *state,
                       const ReshootReply  *reply,
                       ReshootNext         *next,
                       ReshootCheck        *check,
                       GError             **error)
{
  ReshootComfyui *self = RESHOOT_COMFYUI (provider);
  g_autoptr (JsonObject) body = NULL;
  JsonObject *about;

  if (reply == NULL)
    {
      reshoot_comfyui_set_call (self->address, "GET", "/system_stats", NULL, &next->call);
      next->kind = RESHOOT_NEXT_PREPARE;
      return TRUE;
    }

  if (reply->status != 200)
    {
      reshoot_codec_set_status_error (reply, self->name, next, error);
      return FALSE;
    }

  body = reshoot_json_parse_object (reply->body, error);
  about = reshoot_json_get_object (body, "system");
  if (body != NULL && about == NULL)
    reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "not-comfyui", self->name, "no word of a system");
  if (about == NULL)
    return FALSE;

  check->version = g_strdup (reshoot_json_get_string (about, "comfyui_version"));
  next->kind = RESHOOT_NEXT_DONE;
  return TRUE;
}

/* Events go to the socket that has the same name as who queued the graph: its own. */
static char *
reshoot_comfyui_listen (ReshootProvider *provider,
                        const char      *text)
{
  const char *base = reshoot_address_get_base (RESHOOT_COMFYUI (provider)->address);
  g_auto (Ticket) ticket = { NULL, };
  g_autofree char *id = NULL;

  if (!read_ticket (text, &ticket, NULL) || !g_str_has_prefix (base, "http"))
    return NULL;

  id = g_uri_escape_string (ticket.id, NULL, FALSE);
  return g_strconcat ("ws", base + strlen ("http"), "/ws?clientId=", id, NULL);
}

/* How far the nodes are, where they count steps: only the sampler does for long. */
static double
get_progress (JsonObject *data)
{
  double share = reshoot_json_get_number (data, "value") / reshoot_json_get_number (data, "max");

  return share >= 0 && share <= 1 ? share : NAN;
}

static void
reshoot_comfyui_hear (ReshootProvider *provider,
                      const char      *text,
                      const char      *message,
                      ReshootHeard    *heard)
{
  static const char *const ends[] = { "execution_success", "execution_error", "execution_interrupted", NULL };
  g_auto (Ticket) ticket = { NULL, };
  g_autoptr (GBytes) bytes = g_bytes_new_static (message, strlen (message));
  g_autoptr (JsonObject) body = reshoot_json_parse_object (bytes, NULL);
  const char *type = reshoot_json_get_string (body, "type");
  JsonObject *data = reshoot_json_get_object (body, "data");

  /* The end of an earlier graph is told late, while the next one runs. */
  if (!read_ticket (text, &ticket, NULL) || type == NULL ||
      g_strcmp0 (reshoot_json_get_string (data, "prompt_id"), ticket.id) != 0)
    return;

  if (g_str_equal (type, "progress"))
    heard->progress = get_progress (data);
  else if (g_str_equal (type, "execution_start"))
    heard->queue_position = 0;
  else if (g_str_equal (type, "executing"))
    heard->ask_now = json_object_has_member (data, "node") && json_object_get_null_member (data, "node");
  else
    heard->ask_now = g_strv_contains (ends, type);
}

static void
provider_iface_init (ReshootProviderInterface *iface)
{
  iface->prepare = reshoot_comfyui_prepare_call;
  iface->read = reshoot_comfyui_read;
  iface->ask_again = reshoot_comfyui_ask_again;
  iface->cancel = reshoot_comfyui_cancel;
  iface->check = reshoot_comfyui_check;
  iface->listen = reshoot_comfyui_listen;
  iface->hear = reshoot_comfyui_hear;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReshootComfyui, reshoot_comfyui, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RESHOOT_TYPE_PROVIDER, provider_iface_init))

static void
reshoot_comfyui_finalize (GObject *object)
{
  ReshootComfyui *self = RESHOOT_COMFYUI (object);

  g_clear_pointer (&self->address, reshoot_address_unref);
  g_free (self->name);

  G_OBJECT_CLASS (reshoot_comfyui_parent_class)->finalize (object);
}

static void
reshoot_comfyui_class_init (ReshootComfyuiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_comfyui_finalize;
}

static void
reshoot_comfyui_init (ReshootComfyui *self)
{
}

/**
 * reshoot_comfyui_new:
 * @address: where the server is
 * @description: the provider's catalogue file
 *
 * Returns: (transfer full): the codec of ComfyUI
 */
ReshootProvider *
reshoot_comfyui_new (ReshootAddress *address,
                     JsonObject     *description)
{
  ReshootComfyui *self = g_object_new (RESHOOT_TYPE_COMFYUI, NULL);

  self->address = reshoot_address_ref (address);
  self->name = g_strdup (reshoot_json_get_string (description, "provider"));
  return RESHOOT_PROVIDER (self);
}
