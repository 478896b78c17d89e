/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys of services, as the rooms above see them: whether there is one and where, keeping one in the keyring, and
 * forgetting it. The key itself is given to nobody. */

#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-session-private.h"

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
  JsonObject *key;

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);
  g_return_val_if_fail (provider != NULL, FALSE);

  json = reshoot_catalogue_get_provider (self->catalogue, provider);
  key = reshoot_json_get_object (json, "key");
  if (key == NULL || reshoot_json_get_boolean (key, "optional"))
    return json != NULL;

  return reshoot_keys_get_present (self->keys, provider);
}

typedef struct
{
  GQueue    names;   /* of those that are still to be looked for */
  gboolean  found;
} Load;

static void load_next_key (GTask *task);

static void
key_loaded_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Load *load = g_task_get_task_data (task);
  g_autofree char *key = reshoot_keys_lookup_finish (RESHOOT_KEYS (source), result, NULL);

  load->found |= key != NULL;
  load_next_key (g_steal_pointer (&task));
}

static void
load_next_key (GTask *task)
{
  g_autoptr (GTask) own = task;
  ReshootSession *self = g_task_get_source_object (task);
  Load *load = g_task_get_task_data (task);
  g_autofree char *name = g_queue_pop_head (&load->names);

  if (name != NULL && !g_cancellable_is_cancelled (g_task_get_cancellable (task)))
    {
      reshoot_keys_lookup_async (self->keys, name, g_task_get_cancellable (task),
                                 key_loaded_cb, g_steal_pointer (&own));
      return;
    }

  if (load->found)
    reshoot_session_emit_keys_changed (self);

  g_task_return_boolean (task, TRUE);
}

static void
load_free (gpointer data)
{
  Load *load = data;

  g_queue_clear_full (&load->names, g_free);
  g_free (load);
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
  Load *load;

  g_return_if_fail (RESHOOT_IS_SESSION (self));

  load = g_new0 (Load, 1);
  g_queue_init (&load->names);

  providers = reshoot_catalogue_list_providers (self->catalogue);
  for (GList *l = providers; l != NULL; l = l->next)
    if (reshoot_keys_get_variable (self->keys, l->data) != NULL &&
        !reshoot_keys_get_present (self->keys, l->data))
      g_queue_push_tail (&load->names, g_strdup (l->data));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_session_load_keys_async);
  g_task_set_task_data (task, load, load_free);
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

static void
key_set_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (!reshoot_keys_set_finish (RESHOOT_KEYS (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  reshoot_session_emit_keys_changed (g_task_get_source_object (task));
  g_task_return_boolean (task, TRUE);
}

/**
 * reshoot_session_set_key_async:
 * @self: a session
 * @provider: a provider's short name
 * @key: (nullable): its key, replacing another; %NULL forgets the one that is kept
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Keeps a key in the person's keyring, and nowhere else. One in the environment goes before it.
 */
void
reshoot_session_set_key_async (ReshootSession      *self,
                               const char          *provider,
                               const char          *key,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RESHOOT_IS_SESSION (self));
  g_return_if_fail (provider != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_session_set_key_async);

  if (reshoot_catalogue_get_provider (self->catalogue, provider) == NULL)
    g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "provider", provider,
                                                  "no provider %s", provider));
  else
    reshoot_keys_set_async (self->keys, provider, key, cancellable, key_set_cb,
                            g_steal_pointer (&task));
}

/**
 * reshoot_session_set_key_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "provider", "key-unneeded" or "key-text" (no header can hold it),
 * and with %RESHOOT_ERROR_FAILED, reason "keyring".
 *
 * Returns: whether the keyring has it now, or has it no more
 */
gboolean
reshoot_session_set_key_finish (ReshootSession  *self,
                                GAsyncResult    *result,
                                GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_session_set_key_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reshoot_session_get_key_variable:
 * @self: a session
 * @provider: a provider's short name
 *
 * Returns: (nullable) (transfer none): the environment variable that goes before the keyring; %NULL: it has no keys
 */
const char *
reshoot_session_get_key_variable (ReshootSession *self,
                                  const char     *provider)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), NULL);
  g_return_val_if_fail (provider != NULL, NULL);

  return reshoot_keys_get_variable (self->keys, provider);
}

/**
 * reshoot_session_get_key_place:
 * @self: a session
 * @provider: a provider's short name
 *
 * Returns: (nullable) (transfer none): where the key is that counts: "environment", or "keyring" where it was found
 *   there by [method@Session.load_keys_async]; %NULL: there is none
 */
const char *
reshoot_session_get_key_place (ReshootSession *self,
                               const char     *provider)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), NULL);
  g_return_val_if_fail (provider != NULL, NULL);

  return reshoot_keys_get_place (self->keys, provider);
}
