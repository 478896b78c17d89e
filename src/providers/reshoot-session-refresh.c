/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Asking the services, one after another, which models they have and what those cost, and taking it up in the
 * catalogue. It costs nothing. One that does not answer is no reason not to ask the others. */

#include "reshoot-error.h"
#include "reshoot-session-private.h"

#include <string.h>

typedef struct
{
  GQueue      names;      /* of those that are still to be asked */
  char       *asked;      /* (nullable): the one that is being asked */
  GHashTable *troubles;   /* name → GError */
} Refresh;

static void
refresh_free (gpointer data)
{
  Refresh *refresh = data;

  g_queue_clear_full (&refresh->names, g_free);
  g_free (refresh->asked);
  g_clear_pointer (&refresh->troubles, g_hash_table_unref);
  g_free (refresh);
}

/* Who has a key of ours, and the servers that the person named. */
static gboolean
may_be_asked (ReshootSession *self,
              const char     *provider)
{
  return reshoot_session_get_key_place (self, provider) != NULL || strchr (provider, '@') != NULL;
}

static void ask_next (GTask *task);

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootSession *self = RESHOOT_SESSION (source);
  Refresh *refresh = g_task_get_task_data (task);
  g_auto (ReshootCheck) check = { .balance = RESHOOT_MONEY_UNKNOWN };
  GError *error = NULL;

  /* A server may have been removed meanwhile. */
  if (reshoot_session_check_provider_finish (self, result, &check, &error) && check.models != NULL
      && reshoot_catalogue_get_provider (self->catalogue, refresh->asked) != NULL)
    reshoot_catalogue_take_found (self->catalogue, refresh->asked, check.models, &error);

  /* Not every service says anything for nothing. */
  if (error != NULL && g_strcmp0 (reshoot_error_get_reason (error), "no-check") != 0)
    g_hash_table_insert (refresh->troubles, g_strdup (refresh->asked), error);
  else
    g_clear_error (&error);

  ask_next (g_steal_pointer (&task));
}

static void
ask_next (GTask *task)
{
  g_autoptr (GTask) own = task;
  Refresh *refresh = g_task_get_task_data (task);

  g_free (refresh->asked);
  refresh->asked = g_queue_pop_head (&refresh->names);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (refresh->asked == NULL)
    g_task_return_pointer (task, g_hash_table_ref (refresh->troubles),
                           (GDestroyNotify) g_hash_table_unref);
  else
    reshoot_session_check_provider_async (g_task_get_source_object (task), refresh->asked,
                                          g_task_get_cancellable (task), checked_cb,
                                          g_steal_pointer (&own));
}

/**
 * reshoot_session_refresh_async:
 * @self: a session; its keys are loaded
 * @cancellable: (nullable): to stop
 * @callback: called when all have answered
 * @user_data: for @callback
 *
 * Asks every service that has a key of ours, and every server of the person's own.
 */
void
reshoot_session_refresh_async (ReshootSession      *self,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  g_autoptr (GList) providers = NULL;
  g_autoptr (GTask) task = NULL;
  Refresh *refresh;

  g_return_if_fail (RESHOOT_IS_SESSION (self));

  refresh = g_new0 (Refresh, 1);
  g_queue_init (&refresh->names);
  refresh->troubles = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                             (GDestroyNotify) g_error_free);
  providers = reshoot_catalogue_list_providers (self->catalogue);
  for (GList *l = providers; l != NULL; l = l->next)
    if (may_be_asked (self, l->data))
      g_queue_push_tail (&refresh->names, g_strdup (l->data));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_session_refresh_async);
  g_task_set_task_data (task, refresh, refresh_free);
  ask_next (g_steal_pointer (&task));
}

/**
 * reshoot_session_refresh_finish:
 * @self: a session
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Fails only where it was cancelled.
 *
 * Returns: (transfer full) (element-type utf8 GError): why a service could not be asked, by its short name; empty where
 *   all answered
 */
GHashTable *
reshoot_session_refresh_finish (ReshootSession  *self,
                                GAsyncResult    *result,
                                GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_session_refresh_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}
