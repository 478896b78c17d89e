/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a service says of a key and of itself, without anything being paid: the free calls that its codec knows, one
 * after another. Nothing of it is kept here. */

#include "reshoot-chain.h"
#include "reshoot-error.h"
#include "reshoot-session-private.h"

/* A list of models is larger than what is said of a job. */
#define MAX_BYTES (16 * 1024 * 1024)

/* Someone waits for the answer, and can ask again. */
#define TRIES 3

typedef struct
{
  char            *name;
  ReshootProvider *provider;
  ReshootAddress  *address;
  ReshootTimes     times;
  ReshootCheck     check;
} Check;

static void
check_free (gpointer data)
{
  Check *check = data;

  g_free (check->name);
  g_clear_object (&check->provider);
  g_clear_pointer (&check->address, reshoot_address_unref);
  reshoot_check_clear (&check->check);
  g_free (check);
}

static gboolean
check_step (gpointer             data,
            const char          *state,
            const ReshootReply  *reply,
            ReshootNext         *next,
            GError             **error)
{
  Check *check = g_task_get_task_data (data);

  return reshoot_provider_check (check->provider, state, reply, next, &check->check, error);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  GError *error = NULL;

  if (reshoot_chain_run_finish (RESHOOT_HTTP (source), result, &next, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
key_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootSession *self = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  ReshootHttpGuard guard = { 0, };
  GError *error = NULL;
  g_autofree char *key = reshoot_keys_lookup_finish (RESHOOT_KEYS (source), result, &error);

  if (error != NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  guard.address = check->address;
  guard.max_bytes = MAX_BYTES;
  guard.deadline = self->times.call_deadline;
  reshoot_http_guard_set_key (&guard, reshoot_catalogue_get_provider (self->catalogue, check->name),
                              key);
  reshoot_chain_run_async (self->http, &guard, &check->times, check_step, g_object_ref (task),
                           g_object_unref, g_task_get_cancellable (task), checked_cb,
                           g_object_ref (task));
}

/**
 * reshoot_session_check_provider_async:
 * @self: a session
 * @provider: a provider's short name
 * @cancellable: (nullable): to stop
 * @callback: called when the service has said what it says
 * @user_data: for @callback
 *
 * Asks a service for nothing but what it says of itself: whether the key is good, what is left of the money, which
 * models there are. It costs nothing.
 */
void
reshoot_session_check_provider_async (ReshootSession      *self,
                                      const char          *provider,
                                      GCancellable        *cancellable,
                                      GAsyncReadyCallback  callback,
                                      gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  GError *error = NULL;
  Check *check;

  g_return_if_fail (RESHOOT_IS_SESSION (self));
  g_return_if_fail (provider != NULL);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_session_check_provider_async);

  check = g_new0 (Check, 1);
  check->name = g_strdup (provider);
  check->check.balance = RESHOOT_MONEY_UNKNOWN;
  check->times = self->times;
  check->times.tries = MIN (check->times.tries, TRIES);
  g_task_set_task_data (task, check, check_free);

  check->provider = reshoot_session_make_codec (self, provider, &check->address, &error);
  if (check->provider == NULL)
    g_task_return_error (task, error);
  else
    reshoot_keys_lookup_async (self->keys, provider, cancellable, key_found_cb,
                               g_steal_pointer (&task));
}

/**
 * reshoot_session_check_provider_finish:
 * @self: a session
 * @result: what the callback was given
 * @check: (out caller-allocates): what it said; clear it with [func@check_clear]
 * @error: return location for an error
 *
 * Errors: %RESHOOT_ERROR_AUTH, reason "no-key" or "key"; %RESHOOT_ERROR_INVALID_REQUEST, "provider", "address" or
 * "no-check"; %RESHOOT_ERROR_NETWORK, %RESHOOT_ERROR_UNAVAILABLE and what else the service says.
 *
 * Returns: whether the service answered and took the key
 */
gboolean
reshoot_session_check_provider_finish (ReshootSession  *self,
                                       GAsyncResult    *result,
                                       ReshootCheck    *check,
                                       GError         **error)
{
  Check *checked;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_session_check_provider_async),
                        FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  checked = g_task_get_task_data (G_TASK (result));
  *check = checked->check;
  checked->check = (ReshootCheck) { .balance = RESHOOT_MONEY_UNKNOWN };
  return TRUE;
}
