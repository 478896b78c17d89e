/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* FakeCloud: the ports of the vendors, which route a request is for, what was set to go wrong with it, and the counts
 * and records that tests look at. How an answer leaves is fake-exchange.c's, what a job is, fake-job.c's. */

#include "fake-cloud.h"
#include "fake-cloud-private.h"

#include <string.h>

/* Many connects at once must not be turned away by the kernel. */
#define BACKLOG 512

#define N_POLLS 2

/* In seconds. */
#define UPLOAD_LIFE 3600

/* A key that begins like this is no good at any service. */
#define WRONG_KEY "wrong"

static void
route_free (gpointer data)
{
  FakeRoute *route = data;

  g_free (route->method);
  g_strfreev (route->pattern);
  g_free (route);
}

static void
record_free (FakeRecord *record)
{
  g_free (record->method);
  g_free (record->path);
  g_free (record->query);
  soup_message_headers_unref (record->headers);
  g_bytes_unref (record->body);
  g_free (record);
}

static void
entry_free (gpointer data)
{
  FakeEntry *entry = data;

  g_free (entry->path);
  g_free (entry->id);
  g_free (entry->prompt);
  g_free (entry);
}

static void
server_free (gpointer data)
{
  FakeServer *server = data;

  for (guint i = 0; i < FAKE_N_STAGES; i++)
    {
      g_queue_clear_full (&server->faults[i], g_free);
      g_clear_pointer (&server->last[i], record_free);
    }
  g_queue_clear_full (&server->fates, g_free);
  g_object_unref (server->server);
  g_ptr_array_unref (server->routes);
  g_hash_table_unref (server->paths);
  g_free (server->origin);
  g_free (server->uri);
  g_free (server);
}

FakeCloud *
fake_cloud_new (void)
{
  return fake_cloud_new_at (0);
}

/* The vendors get @port and the following, in the order in which they are added; 0: any that are free. */
FakeCloud *
fake_cloud_new_at (guint port)
{
  FakeCloud *self = g_new0 (FakeCloud, 1);

  self->port = port;
  self->servers = g_ptr_array_new_with_free_func (server_free);
  self->jobs = g_ptr_array_new_with_free_func (fake_job_free);
  self->jobs_by_id = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  self->files = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, fake_file_free);
  self->marked = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                        (GDestroyNotify) g_bytes_unref);
  self->entries = g_ptr_array_new_with_free_func (entry_free);
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) fake_exchange_unref);
  self->raw = g_ptr_array_new ();
  self->n_polls = N_POLLS;
  self->upload_life = UPLOAD_LIFE;
  return self;
}

void
fake_cloud_free (FakeCloud *self)
{
  for (guint i = 0; i < self->servers->len; i++)
    soup_server_disconnect (((FakeServer *) self->servers->pdata[i])->server);

  fake_raw_free_all (self);
  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->jobs);
  g_ptr_array_unref (self->servers);
  g_ptr_array_unref (self->raw);
  g_ptr_array_unref (self->entries);
  g_hash_table_unref (self->jobs_by_id);
  g_hash_table_unref (self->files);
  g_hash_table_unref (self->marked);
  g_clear_pointer (&self->random, g_rand_free);
  g_free (self);
}

FakeServer *
fake_cloud_get_server (FakeCloud  *self,
                       const char *vendor)
{
  for (guint i = 0; i < self->servers->len; i++)
    {
      FakeServer *server = self->servers->pdata[i];

      if (g_str_equal (server->vendor->name, vendor))
        return server;
    }

  g_error ("no vendor %s", vendor);
}

/* The base address of @vendor: what RESHOOT_NAME_URL is to say. */
const char *
fake_cloud_get_uri (FakeCloud  *self,
                    const char *vendor)
{
  return fake_cloud_get_server (self, vendor)->uri;
}

static gboolean
segments_match (GStrv pattern,
                GStrv segments)
{
  guint i;

  for (i = 0; pattern[i] != NULL; i++)
    if (segments[i] == NULL ||
        (!g_str_equal (pattern[i], "*") && !g_str_equal (pattern[i], segments[i])))
      return FALSE;

  return segments[i] == NULL;
}

static FakeRoute *
find_route (FakeServer *server,
            const char *method,
            GStrv       segments)
{
  for (guint i = 0; i < server->routes->len; i++)
    {
      FakeRoute *route = server->routes->pdata[i];

      if (g_str_equal (route->method, method) && segments_match (route->pattern, segments))
        return route;
    }

  return NULL;
}

static GStrv
dup_parts (FakeRoute *route,
           GStrv      segments)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; route->pattern[i] != NULL; i++)
    if (g_str_equal (route->pattern[i], "*"))
      g_strv_builder_add (builder, segments[i]);

  return g_strv_builder_end (builder);
}

static gboolean
take_turn (GQueue *turns,
           guint  *what)
{
  FakeTurn *turn = g_queue_peek_head (turns);

  if (turn == NULL)
    return FALSE;

  *what = turn->what;
  if (turn->count != G_MAXUINT && --turn->count == 0)
    g_free (g_queue_pop_head (turns));

  return TRUE;
}

FakeFate
fake_cloud_take_fate (FakeServer *server)
{
  guint fate = FAKE_WILL_SUCCEED;

  take_turn (&server->fates, &fate);
  return fate;
}

/* What chance brings to a stage: only what a client can get over, or must be in doubt about. */
static FakeFault
draw_fault (FakeCloud *self,
            FakeStage  stage)
{
  static const FakeFault faults[FAKE_N_STAGES][8] = {
    [FAKE_SUBMIT] = { FAKE_429, FAKE_429_RETRY_AFTER, FAKE_503, FAKE_RESET, FAKE_LOST },
    [FAKE_POLL] = { FAKE_429, FAKE_500, FAKE_502, FAKE_503, FAKE_RESET, FAKE_CUT, FAKE_INVALID_JSON,
                    FAKE_EMPTY },
    [FAKE_RESULT] = { FAKE_500, FAKE_503, FAKE_RESET, FAKE_LOST, FAKE_CUT },
    [FAKE_UPLOAD] = { FAKE_429, FAKE_500, FAKE_503, FAKE_RESET, FAKE_LOST },
    [FAKE_CANCEL] = { FAKE_500, FAKE_503, FAKE_RESET, FAKE_LOST },
  };
  guint n = 0;

  while (n < G_N_ELEMENTS (faults[stage]) && faults[stage][n] != FAKE_NO_FAULT)
    n++;
  if (n == 0 || self->random == NULL || g_rand_double (self->random) >= self->share)
    return FAKE_NO_FAULT;

  return faults[stage][g_rand_int_range (self->random, 0, (gint32) n)];
}

static void
record (FakeServer   *server,
        FakeExchange *exchange,
        const char   *query)
{
  g_autofree char *place = g_strdup_printf ("%s %s", exchange->method, exchange->path);
  FakeRecord *last = g_new0 (FakeRecord, 1);
  guint n = GPOINTER_TO_UINT (g_hash_table_lookup (server->paths, place));

  last->method = g_strdup (exchange->method);
  last->path = g_strdup (exchange->path);
  last->query = g_strdup (query);
  last->headers = soup_message_headers_ref (exchange->headers);
  last->body = g_bytes_ref (exchange->body);

  g_clear_pointer (&server->last[exchange->stage], record_free);
  server->last[exchange->stage] = last;
  server->counts[exchange->stage]++;
  g_hash_table_replace (server->paths, g_steal_pointer (&place), GUINT_TO_POINTER (n + 1));
}

static void
add_entry (FakeCloud    *self,
           FakeExchange *exchange,
           FakeFault     fault)
{
  FakeEntry *entry = g_new0 (FakeEntry, 1);

  entry->vendor = exchange->vendor->name;
  entry->path = g_strdup (exchange->path);
  entry->fault = fault;
  g_ptr_array_add (self->entries, entry);
  fake_exchange_set_entry (exchange, entry);
}

/* Whether the key is as it must be: there for what costs, and never with a result. */
static gboolean
check_key (FakeCloud    *self,
           FakeExchange *exchange)
{
  gboolean needed = exchange->stage == FAKE_SUBMIT || exchange->stage == FAKE_POLL ||
                    exchange->stage == FAKE_CANCEL;

  if (exchange->stage == FAKE_RESULT && exchange->key != NULL)
    self->leaks++;

  if (exchange->vendor->key_header == NULL || exchange->stage == FAKE_RESULT)
    return TRUE;

  if (exchange->key != NULL)
    return !g_str_has_prefix (exchange->key, WRONG_KEY);

  return !needed;
}

static void
request_cb (SoupServer        *soup,
            SoupServerMessage *message,
            const char        *path,
            GHashTable        *query,
            gpointer           user_data)
{
  FakeServer *server = user_data;
  g_autoptr (FakeExchange) exchange = fake_exchange_new (server, message, path, query);
  g_auto (GStrv) segments = g_strsplit (path, "/", -1);
  FakeRoute *route = find_route (server, exchange->method, segments);
  guint fault = FAKE_NO_FAULT;

  if (route == NULL)
    {
      exchange->stage = FAKE_OTHER;
      record (server, exchange, g_uri_get_query (soup_server_message_get_uri (message)));
      if (strstr (path, "redirected") != NULL && exchange->key != NULL)
        server->cloud->leaks++;
      fake_exchange_refuse (exchange, 404, "Not Found");
      return;
    }

  exchange->stage = route->stage;
  exchange->parts = dup_parts (route, segments);
  record (server, exchange, g_uri_get_query (soup_server_message_get_uri (message)));

  if (!take_turn (&server->faults[route->stage], &fault))
    fault = draw_fault (server->cloud, route->stage);
  if (route->stage == FAKE_SUBMIT)
    add_entry (server->cloud, exchange, fault);

  if (!check_key (server->cloud, exchange))
    fake_exchange_refuse (exchange, 401, "Not authenticated: no such API key");
  else
    fake_exchange_begin (exchange, route, fault);
}

static GSocket *
listen_on (guint  port,
           guint *bound_port)
{
  g_autoptr (GInetAddress) loopback = g_inet_address_new_loopback (G_SOCKET_FAMILY_IPV4);
  g_autoptr (GSocketAddress) address = g_inet_socket_address_new (loopback, (guint16) port);
  g_autoptr (GSocketAddress) bound = NULL;
  g_autoptr (GError) error = NULL;
  GSocket *socket = g_socket_new (G_SOCKET_FAMILY_IPV4, G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP,
                                  &error);

  g_assert_no_error (error);
  g_socket_set_listen_backlog (socket, BACKLOG);
  if (!g_socket_bind (socket, address, TRUE, &error) || !g_socket_listen (socket, &error))
    g_error ("port %u: %s", port, error->message);

  bound = g_socket_get_local_address (socket, &error);
  g_assert_no_error (error);
  *bound_port = g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (bound));
  return socket;
}

/* Opens the vendor's port. */
void
fake_cloud_add_vendor (FakeCloud        *self,
                       const FakeVendor *vendor)
{
  FakeServer *server = g_new0 (FakeServer, 1);
  guint port;
  g_autoptr (GSocket) socket = listen_on (self->port, &port);
  g_autoptr (GError) error = NULL;

  if (self->port != 0)
    self->port++;

  server->cloud = self;
  server->vendor = vendor;
  server->origin = g_strdup_printf ("http://127.0.0.1:%u", port);
  server->uri = g_strconcat (server->origin, vendor->base, NULL);
  server->routes = g_ptr_array_new_with_free_func (route_free);
  server->paths = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  server->server = soup_server_new ("server-header", "fake-cloud", NULL);
  soup_server_listen_socket (server->server, socket, 0, &error);
  g_assert_no_error (error);

  soup_server_add_handler (server->server, NULL, request_cb, server, NULL);
  g_ptr_array_add (self->servers, server);
  fake_cloud_add_route (self, vendor->name, FAKE_RESULT, "GET", FAKE_FILES "*", fake_files_get_cb,
                        NULL);
}

/* @path begins with a slash; a segment "*" is any, and is handed to @handler in `parts`. The first route that fits
 * counts. */
void
fake_cloud_add_route (FakeCloud   *self,
                      const char  *vendor,
                      FakeStage    stage,
                      const char  *method,
                      const char  *path,
                      FakeHandler  handler,
                      gpointer     user_data)
{
  FakeRoute *route = g_new0 (FakeRoute, 1);

  route->stage = stage;
  route->method = g_strdup (method);
  route->pattern = g_strsplit (path, "/", -1);
  route->handler = handler;
  route->user_data = user_data;
  g_ptr_array_add (fake_cloud_get_server (self, vendor)->routes, route);
}

typedef struct
{
  FakeCloud         *cloud;
  FakeSocketHandler  handler;
  gpointer           user_data;
} SocketRoute;

static void
socket_cb (SoupServer              *soup,
           SoupServerMessage       *message,
           const char              *path,
           SoupWebsocketConnection *connection,
           gpointer                 user_data)
{
  SocketRoute *route = user_data;

  route->handler (route->cloud, connection, soup_server_message_get_uri (message),
                  route->user_data);
}

/* @handler gets each websocket that is opened at @path, and refs it for as long as it wants it. */
void
fake_cloud_add_socket (FakeCloud         *self,
                       const char        *vendor,
                       const char        *path,
                       FakeSocketHandler  handler,
                       gpointer           user_data)
{
  SocketRoute *route = g_new0 (SocketRoute, 1);

  route->cloud = self;
  route->handler = handler;
  route->user_data = user_data;
  soup_server_add_websocket_handler (fake_cloud_get_server (self, vendor)->server, path, NULL, NULL,
                                     socket_cb, route, g_free);
}

/* How often a job says that it is not done yet; two at first. */
void
fake_cloud_set_polls (FakeCloud *self,
                      guint      n_polls)
{
  self->n_polls = n_polls;
}

/* How long what is uploaded from here on is said to stay. */
void
fake_cloud_set_upload_life (FakeCloud *self,
                            guint      seconds)
{
  self->upload_life = seconds;
}

static void
add_turn (GQueue *turns,
          guint   what,
          guint   count)
{
  FakeTurn *turn;

  if (what == 0)
    g_queue_clear_full (turns, g_free);
  if (what == 0 || count == 0)
    return;

  turn = g_new0 (FakeTurn, 1);
  turn->what = what;
  turn->count = count;
  g_queue_push_tail (turns, turn);
}

/* The next @count requests of that stage go wrong (G_MAXUINT: all), after those that were set before. FAKE_NO_FAULT
 * takes back all that was set. @vendor NULL: every one. */
void
fake_cloud_set_fault (FakeCloud  *self,
                      const char *vendor,
                      FakeStage   stage,
                      FakeFault   fault,
                      guint       count)
{
  for (guint i = 0; i < self->servers->len; i++)
    {
      FakeServer *server = self->servers->pdata[i];

      if (vendor == NULL || g_str_equal (server->vendor->name, vendor))
        add_turn (&server->faults[stage], fault, count);
    }
}

/* What becomes of the next @count jobs; FAKE_WILL_SUCCEED takes back all that was set. @vendor NULL: every one. */
void
fake_cloud_set_fate (FakeCloud  *self,
                     const char *vendor,
                     FakeFate    fate,
                     guint       count)
{
  for (guint i = 0; i < self->servers->len; i++)
    {
      FakeServer *server = self->servers->pdata[i];

      if (vendor == NULL || g_str_equal (server->vendor->name, vendor))
        add_turn (&server->fates, fate, count);
    }
}

/* That @share (0–1) of all requests goes wrong, as @seed draws it. */
void
fake_cloud_set_random (FakeCloud *self,
                       double     share,
                       guint32    seed)
{
  g_clear_pointer (&self->random, g_rand_free);
  self->random = g_rand_new_with_seed (seed);
  self->share = share;
}

/* Lets every reply go that is held. */
void
fake_cloud_release (FakeCloud *self)
{
  g_autoptr (GPtrArray) held = g_steal_pointer (&self->held);

  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify) fake_exchange_unref);
  for (guint i = 0; i < held->len; i++)
    fake_exchange_let_go (held->pdata[i]);
}

/* From here on connections to @vendor are refused. */
void
fake_cloud_stop (FakeCloud  *self,
                 const char *vendor)
{
  soup_server_disconnect (fake_cloud_get_server (self, vendor)->server);
}

/* How many requests there were, whatever came of them. */
guint
fake_cloud_count (FakeCloud  *self,
                  const char *vendor,
                  FakeStage   stage)
{
  return fake_cloud_get_server (self, vendor)->counts[stage];
}

guint
fake_cloud_count_path (FakeCloud  *self,
                       const char *vendor,
                       const char *method,
                       const char *path)
{
  g_autofree char *place = g_strdup_printf ("%s %s", method, path);
  FakeServer *server = fake_cloud_get_server (self, vendor);

  return GPOINTER_TO_UINT (g_hash_table_lookup (server->paths, place));
}

/* How many jobs were begun, and would have been paid; with @token, only those with it in their prompt. */
guint
fake_cloud_count_jobs (FakeCloud  *self,
                       const char *vendor,
                       const char *token)
{
  guint n = 0;

  for (guint i = 0; i < self->jobs->len; i++)
    {
      FakeJob *job = self->jobs->pdata[i];

      n += (vendor == NULL || g_str_equal (job->vendor, vendor)) &&
           (token == NULL || strstr (job->prompt, token) != NULL);
    }

  return n;
}

/* How often a key was sent where none belongs: with a result, or after a redirect. */
guint
fake_cloud_count_leaks (FakeCloud *self)
{
  return self->leaks;
}

/* How many requests wait for fake_cloud_release (). */
guint
fake_cloud_count_held (FakeCloud *self)
{
  return self->held->len;
}

/* (transfer none) (nullable) */
const FakeRecord *
fake_cloud_get_last (FakeCloud  *self,
                     const char *vendor,
                     FakeStage   stage)
{
  return fake_cloud_get_server (self, vendor)->last[stage];
}

/* (transfer full) (nullable): the last body of that stage, where it was a JSON object. */
JsonObject *
fake_cloud_dup_last_json (FakeCloud  *self,
                          const char *vendor,
                          FakeStage   stage)
{
  const FakeRecord *last = fake_cloud_get_last (self, vendor, stage);
  g_autoptr (JsonParser) parser = json_parser_new ();
  gsize length;
  const char *text = last != NULL ? g_bytes_get_data (last->body, &length) : NULL;
  JsonNode *root;

  if (text == NULL || !json_parser_load_from_data (parser, text, (gssize) length, NULL))
    return NULL;

  root = json_parser_get_root (parser);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_dup_object (root) : NULL;
}
