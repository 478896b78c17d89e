/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What answers at an address? The dialects' own checks are made one after the other, those first that nothing else
 * answers to, until one understands the reply. All of them are free; nothing is uploaded. */

#include "reshoot-probe.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-servers.h"
#include "reshoot-session-private.h"

/* Of a list of models, a queue or a version. */
#define REPLY_MAX     (4 * 1024 * 1024)
#define CALL_DEADLINE 15000   /* ms */

/* GET /system_stats, /sdcpp/v1/capabilities, /v1/models. */
static const char * const dialects[] = { "comfyui", "sdserver", "openai-images" };

typedef struct
{
  /* inputs */
  ReshootServer   *server;        /* its name is that of a known one, or made up */
  char            *key;           /* (nullable) */

  /* in progress */
  guint            i;             /* in dialects */
  ReshootProvider *provider;
  ReshootAddress  *address;
  JsonObject      *description;
  GError          *error;         /* the one that says most of those so far */

  /* outputs */
  ReshootCheck     check;
} Probe;

static void
probe_clear_dialect (Probe *probe)
{
  g_clear_object (&probe->provider);
  g_clear_pointer (&probe->address, reshoot_address_unref);
  g_clear_pointer (&probe->description, json_object_unref);
  reshoot_check_clear (&probe->check);
}

static void
probe_free (Probe *probe)
{
  probe_clear_dialect (probe);
  reshoot_server_free (probe->server);
  g_clear_error (&probe->error);
  g_free (probe->key);
  g_free (probe);
}

/**
 * reshoot_probe_free:
 * @probe: what was found
 */
void
reshoot_probe_free (ReshootProbe *probe)
{
  g_free (probe->dialect);
  g_free (probe->url);
  g_free (probe->version);
  g_strfreev (probe->models);
  g_free (probe);
}

static GStrv
dup_names (JsonArray *models)
{
  g_autoptr (GStrvBuilder) names = g_strv_builder_new ();

  for (guint i = 0; models != NULL && i < json_array_get_length (models); i++)
    g_strv_builder_add (names, reshoot_json_get_string (json_array_get_object_element (models, i), "name"));

  return g_strv_builder_end (names);
}

static void
return_found (GTask *task)
{
  Probe *probe = g_task_get_task_data (task);
  ReshootProbe *found = g_new0 (ReshootProbe, 1);

  found->dialect = g_strdup (dialects[probe->i]);
  found->url = g_strdup (reshoot_address_get_base (probe->address));
  found->version = g_strdup (probe->check.version);
  found->models = dup_names (probe->check.models);
  found->is_open = reshoot_address_get_is_open (probe->address);
  g_task_return_pointer (task, found, (GDestroyNotify) reshoot_probe_free);
}

/* That a key is wanted says more than that something is not understood. */
static void
remember (Probe  *probe,
          GError *error)
{
  if (probe->error == NULL || g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_AUTH))
    {
      g_clear_error (&probe->error);
      probe->error = error;
    }
  else
    {
      g_error_free (error);
    }
}

static void try_dialect (GTask *task);
static void follow      (GTask       *task,
                         ReshootNext *next);

static void
try_next (GTask  *task,
          GError *error)
{
  Probe *probe = g_task_get_task_data (task);

  remember (probe, error);
  probe_clear_dialect (probe);
  probe->i++;
  try_dialect (task);
}

static void
replied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *probe = g_task_get_task_data (task);
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  GError *error = NULL;

  if (!reshoot_http_send_finish (RESHOOT_HTTP (source), result, &reply, &error))
    {
      /* Nobody is there for any of them. */
      g_task_return_error (task, error);
      return;
    }

  if (reshoot_provider_check (probe->provider, NULL, &reply, &next, &probe->check, &error))
    follow (g_steal_pointer (&task), &next);
  else
    try_next (g_steal_pointer (&task), error);
}

static void
follow (GTask       *task,
        ReshootNext *next)
{
  g_autoptr (GTask) own = task;
  ReshootSession *self = g_task_get_source_object (task);
  Probe *probe = g_task_get_task_data (task);
  ReshootHttpGuard guard = { 0, };

  if (next->kind == RESHOOT_NEXT_DONE)
    {
      return_found (task);
      return;
    }

  guard.address = probe->address;
  guard.max_bytes = REPLY_MAX;
  guard.deadline = CALL_DEADLINE;
  reshoot_http_guard_set_key (&guard, probe->description, probe->key);
  reshoot_http_send_async (self->http, &next->call, &guard, g_task_get_cancellable (task),
                           replied_cb, g_steal_pointer (&own));
}

/* The address that was typed, as this dialect would begin. */
static char *
dup_url (const char *typed,
         JsonObject *dialect)
{
  const char *path = reshoot_json_get_string (dialect, "own_path");
  g_autofree char *url = g_strdup (typed);

  while (g_str_has_suffix (url, "/"))
    url[strlen (url) - 1] = '\0';

  /* Its own beginning is put back when it is described. */
  if (g_str_has_suffix (url, "/v1") && path == NULL)
    url[strlen (url) - strlen ("/v1")] = '\0';

  return g_steal_pointer (&url);
}

static gboolean
describe (ReshootSession  *self,
          Probe           *probe,
          JsonObject      *dialect,
          GError         **error)
{
  g_autofree char *url = dup_url (probe->server->url, dialect);
  const char *at = strchr (probe->server->name, '@');
  g_autofree char *name = g_strconcat (dialects[probe->i], at, NULL);
  ReshootServer server = *probe->server;
  gboolean is_own = g_str_equal (name, probe->server->name);

  server.name = name;
  server.url = url;
  server.profile = is_own ? server.profile : NULL;
  server.models = is_own ? server.models : NULL;
  probe->description = reshoot_server_describe (&server, dialect, error);
  if (probe->description == NULL)
    return FALSE;

  probe->address = reshoot_address_new (probe->description, error);
  if (probe->address == NULL)
    return FALSE;

  probe->provider = reshoot_session_make_provider (probe->description, probe->address);
  return TRUE;
}

/* With each dialect that this program speaks, and that can ask without spending. */
static void
try_dialect (GTask *task)
{
  g_autoptr (GTask) own = task;
  ReshootSession *self = g_task_get_source_object (task);
  Probe *probe = g_task_get_task_data (task);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  GError *error = NULL;

  for (; probe->i < G_N_ELEMENTS (dialects); probe->i++)
    {
      JsonObject *dialect = reshoot_catalogue_get_provider (self->catalogue, dialects[probe->i]);

      probe_clear_dialect (probe);
      if (dialect == NULL)
        continue;

      if (!describe (self, probe, dialect, &error))
        {
          g_task_return_error (task, error);
          return;
        }

      if (probe->provider == NULL)
        continue;

      if (reshoot_provider_check (probe->provider, NULL, NULL, &next, &probe->check, &error))
        {
          follow (g_steal_pointer (&own), &next);
          return;
        }

      remember (probe, g_steal_pointer (&error));
    }

  if (g_error_matches (probe->error, RESHOOT_ERROR, RESHOOT_ERROR_AUTH))
    g_task_return_error (task, g_steal_pointer (&probe->error));
  else
    g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_PROTOCOL, "server-unknown", probe->server->url,
                                                  "nothing known answers: %s",
                                                  probe->error != NULL ? probe->error->message : "no dialects"));
}

static void
key_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Probe *probe = g_task_get_task_data (task);

  /* Without one it is tried as well: most of these servers want none. */
  probe->key = reshoot_keys_lookup_finish (RESHOOT_KEYS (source), result, NULL);
  try_dialect (g_steal_pointer (&task));
}

static ReshootServer *
find_server (const char  *name,
             GError     **error)
{
  g_autoptr (GPtrArray) servers = reshoot_servers_load (error);

  for (guint i = 0; servers != NULL && i < servers->len; i++)
    if (g_str_equal (((ReshootServer *) servers->pdata[i])->name, name))
      return g_ptr_array_steal_index (servers, i);

  if (servers != NULL)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "server", name, "no such server");
  return NULL;
}

/**
 * reshoot_session_probe_async:
 * @self: a session
 * @server: the name of a server of the person's own, "comfyui@studio-pc", or an address
 * @cancellable: (nullable): to stop
 * @callback: called when it is known what is there
 * @user_data: for @callback
 *
 * Asks what answers there. Only a server that has a name is sent its key.
 */
void
reshoot_session_probe_async (ReshootSession      *self,
                             const char          *server,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  gboolean is_address = strstr (server, "://") != NULL;
  ReshootServer *found;
  Probe *probe;

  g_return_if_fail (RESHOOT_IS_SESSION (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_session_probe_async);

  if (is_address)
    {
      found = g_new0 (ReshootServer, 1);
      found->name = g_strdup ("new@server");
      found->url = g_strdup (server);
    }
  else
    {
      found = find_server (server, &error);
    }

  if (found == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  probe = g_new0 (Probe, 1);
  probe->server = found;
  probe->check.balance = RESHOOT_MONEY_UNKNOWN;
  g_task_set_task_data (task, probe, (GDestroyNotify) probe_free);

  if (is_address)
    try_dialect (g_steal_pointer (&task));
  else
    reshoot_keys_lookup_async (self->keys, server, cancellable, key_found_cb,
                               g_steal_pointer (&task));
}

/**
 * reshoot_session_probe_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST ("server", "address" and what a server is described by),
 * %RESHOOT_ERROR_NETWORK, %RESHOOT_ERROR_AUTH where a key is wanted, and %RESHOOT_ERROR_PROTOCOL, reason
 * "server-unknown", where something answers that Reshoot does not speak with.
 *
 * Returns: (transfer full): what is there, or %NULL
 */
ReshootProbe *
reshoot_session_probe_finish (ReshootSession  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_session_probe_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
