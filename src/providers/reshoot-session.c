/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootSession: what main() makes once and hands down. It owns the catalogue, the keys, the caller and the queue.
 * How a request becomes a job is in -edit. */

#include "reshoot-session.h"
#include "reshoot-consent.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-session-private.h"

G_DEFINE_FINAL_TYPE (ReshootSession, reshoot_session, G_TYPE_OBJECT)

static void
reshoot_session_dispose (GObject *object)
{
  ReshootSession *self = RESHOOT_SESSION (object);

  if (self->queue != NULL)
    reshoot_queue_let_go (self->queue, NULL);

  g_clear_object (&self->queue);
  g_clear_object (&self->http);
  g_clear_object (&self->keys);
  g_clear_object (&self->catalogue);

  G_OBJECT_CLASS (reshoot_session_parent_class)->dispose (object);
}

static void
reshoot_session_class_init (ReshootSessionClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reshoot_session_dispose;
}

static void
reshoot_session_init (ReshootSession *self)
{
  self->times = RESHOOT_TIMES_INIT;
}

/**
 * reshoot_session_new:
 * @error: return location for an error
 *
 * Returns: (transfer full): a new session; it touches no network and no keyring yet
 */
ReshootSession *
reshoot_session_new (GError **error)
{
  g_autoptr (ReshootSession) self = g_object_new (RESHOOT_TYPE_SESSION, NULL);

  self->catalogue = reshoot_catalogue_new (error);
  if (self->catalogue == NULL)
    return NULL;

  self->keys = reshoot_keys_new (self->catalogue);
  self->http = reshoot_http_new ();
  self->queue = reshoot_queue_new (self->catalogue);
  return g_steal_pointer (&self);
}

/**
 * reshoot_session_get_catalogue:
 * @self: a session
 *
 * Returns: (transfer none): every model there is
 */
ReshootCatalogue *
reshoot_session_get_catalogue (ReshootSession *self)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), NULL);

  return self->catalogue;
}

void
reshoot_session_set_times (ReshootSession     *self,
                           const ReshootTimes *times)
{
  self->times = *times;
}

ReshootKeys *
reshoot_session_get_keys (ReshootSession *self)
{
  return self->keys;
}

/**
 * reshoot_session_get_key_present:
 * @self: a session
 * @provider: a provider's short name
 *
 * Returns: whether a key is in the environment, or was found in the keyring by
 *   [method@Session.load_keys_async]; %TRUE for one that needs none
 */
gboolean
reshoot_session_get_key_present (ReshootSession *self,
                                 const char     *provider)
{
  JsonObject *json;

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);
  g_return_val_if_fail (provider != NULL, FALSE);

  json = reshoot_catalogue_get_provider (self->catalogue, provider);
  if (reshoot_json_get_object (json, "key") == NULL)
    return json != NULL;

  return reshoot_keys_get_present (self->keys, provider);
}

static void load_next_key (GTask *task);

static void
key_loaded_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  G_GNUC_UNUSED g_autofree char *key = reshoot_keys_lookup_finish (RESHOOT_KEYS (source), result,
                                                                   NULL);

  load_next_key (g_steal_pointer (&task));
}

static void
load_next_key (GTask *task)
{
  g_autoptr (GTask) own = task;
  ReshootSession *self = g_task_get_source_object (task);
  GQueue *names = g_task_get_task_data (task);
  g_autofree char *name = g_queue_pop_head (names);

  if (name == NULL || g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    g_task_return_boolean (task, TRUE);
  else
    reshoot_keys_lookup_async (self->keys, name, g_task_get_cancellable (task),
                               key_loaded_cb, g_steal_pointer (&own));
}

static void
names_free (GQueue *names)
{
  g_queue_free_full (names, g_free);
}

/**
 * reshoot_session_load_keys_async:
 * @self: a session
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Looks into the keyring for the keys that are not in the environment. Takes a second a provider at most.
 */
void
reshoot_session_load_keys_async (ReshootSession      *self,
                                 GCancellable        *cancellable,
                                 GAsyncReadyCallback  callback,
                                 gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GList) providers = NULL;
  GQueue *names = g_queue_new ();

  g_return_if_fail (RESHOOT_IS_SESSION (self));

  providers = reshoot_catalogue_list_providers (self->catalogue);
  for (GList *l = providers; l != NULL; l = l->next)
    if (!reshoot_session_get_key_present (self, l->data))
      g_queue_push_tail (names, g_strdup (l->data));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_session_load_keys_async);
  g_task_set_task_data (task, names, (GDestroyNotify) names_free);
  load_next_key (g_steal_pointer (&task));
}

/**
 * reshoot_session_load_keys_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: %TRUE; fails only when it was cancelled
 */
gboolean
reshoot_session_load_keys_finish (ReshootSession  *self,
                                  GAsyncResult    *result,
                                  GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_session_load_keys_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reshoot_session_get_consent:
 * @self: a session
 * @provider: a provider's short name
 *
 * Returns: whether the person agreed that pictures go to @provider; always %TRUE for one on this machine
 */
gboolean
reshoot_session_get_consent (ReshootSession *self,
                             const char     *provider)
{
  JsonObject *json;

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);
  g_return_val_if_fail (provider != NULL, FALSE);

  json = reshoot_catalogue_get_provider (self->catalogue, provider);
  return reshoot_json_get_boolean (json, "local") || reshoot_consent_get (provider);
}

/**
 * reshoot_session_set_consent:
 * @self: a session
 * @provider: a provider's short name
 * @consent: the person's answer
 * @error: return location for an error
 *
 * Keeps the answer for later sessions. Errors are those of the file system.
 *
 * Returns: whether it is kept
 */
gboolean
reshoot_session_set_consent (ReshootSession  *self,
                             const char      *provider,
                             gboolean         consent,
                             GError         **error)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);
  g_return_val_if_fail (provider != NULL, FALSE);

  return reshoot_consent_set (provider, consent, error);
}

/**
 * reshoot_session_set_budget:
 * @self: a session
 * @dollars: what its jobs may cost in all, in US dollars; %INFINITY = any amount
 */
void
reshoot_session_set_budget (ReshootSession *self,
                            double          dollars)
{
  g_return_if_fail (RESHOOT_IS_SESSION (self));

  reshoot_queue_set_budget (self->queue, dollars);
}

/**
 * reshoot_session_get_jobs:
 * @self: a session
 *
 * Returns: (transfer none): the jobs that wait or run, of all projects, in the order they came
 */
GListModel *
reshoot_session_get_jobs (ReshootSession *self)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), NULL);

  return reshoot_queue_get_jobs (self->queue);
}

/**
 * reshoot_session_let_go:
 * @self: a session
 * @project: (nullable): a project that is about to be closed; %NULL = all
 *
 * Stops its jobs without cancelling them: they can be taken up again.
 */
void
reshoot_session_let_go (ReshootSession *self,
                        ReshootProject *project)
{
  g_return_if_fail (RESHOOT_IS_SESSION (self));

  reshoot_queue_let_go (self->queue, project);
}
