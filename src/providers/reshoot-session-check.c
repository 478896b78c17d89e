/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a service says of itself and of the key, for nothing: the calls that its codec names, one after the other. */

#include "reshoot-error.h"
#include "reshoot-session-private.h"

/* Calls in a row: a list of models, and then each of them. A codec that asks for more goes in circles. */
#define MAX_CALLS 64

#define MAX_BYTES (4 * 1024 * 1024)

typedef struct
{
  /* inputs */
  JsonObject      *description;  /* (unowned): the catalogue's */
  ReshootAddress  *address;
  ReshootProvider *provider;

  /* in progress */
  char            *key;          /* (nullable) */
  char            *state;        /* (nullable): JSON, the codec's */
  guint            n_calls;

  /* output */
  ReshootCheck     check;
} Check;

static void
check_free (Check *check)
{
  g_clear_pointer (&check->address, reshoot_address_unref);
  g_clear_object (&check->provider);
  g_free (check->key);
  g_free (check->state);
  reshoot_check_clear (&check->check);
  g_free (check);
}

static void follow (GTask              *task,
                    const ReshootReply *reply);

static void
replied_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  GError *error = NULL;

  if (reshoot_http_send_finish (RESHOOT_HTTP (source), result, &reply, &error))
    follow (g_steal_pointer (&task), &reply);
  else
    g_task_return_error (task, error);
}

static void
call (GTask             *task,
      const ReshootCall *next)
{
  ReshootSession *self = g_task_get_source_object (task);
  Check *check = g_task_get_task_data (task);
  ReshootHttpGuard guard = { 0, };

  guard.address = check->address;
  guard.max_bytes = MAX_BYTES;
  guard.deadline = self->times.call_deadline;
  reshoot_http_guard_set_key (&guard, check->description, check->key);
  reshoot_http_send_async (self->http, next, &guard, g_task_get_cancellable (task), replied_cb,
                           task);
}

/* What the codec makes of the last reply, or begins with. */
static void
follow (GTask              *task,
        const ReshootReply *reply)
{
  g_autoptr (GTask) own = task;
  Check *check = g_task_get_task_data (task);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  GError *error = NULL;

  if (!reshoot_provider_check (check->provider, check->state, reply, &next, &check->check, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  if (next.kind == RESHOOT_NEXT_DONE)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (next.kind != RESHOOT_NEXT_PREPARE || ++check->n_calls > MAX_CALLS)
    {
      g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_PROTOCOL, "check", NULL,
                                                    "the check comes to no end"));
      return;
    }

  g_free (check->state);
  check->state = g_steal_pointer (&next.state);
  call (g_steal_pointer (&own), &next.call);
}

static void
key_found_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Check *check = g_task_get_task_data (task);
  GError *error = NULL;

  check->key = reshoot_keys_lookup_finish (RESHOOT_KEYS (source), result, &error);
  if (error != NULL)
    g_task_return_error (task, error);
  else
    follow (g_steal_pointer (&task), NULL);
}

static JsonObject *
find_provider (ReshootSession  *self,
               const char      *provider,
               GError         **error)
{
  JsonObject *description = reshoot_catalogue_get_provider (self->catalogue, provider);

  if (description == NULL)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "provider", provider, "no provider %s", provider);

  return description;
}

static Check *
check_new (ReshootSession  *self,
           const char      *provider,
           GError         **error)
{
  g_autoptr (ReshootAddress) address = NULL;
  JsonObject *description = find_provider (self, provider, error);
  Check *check;

  if (description == NULL)
    return NULL;

  address = reshoot_address_new (description, error);
  if (address == NULL)
    return NULL;

  check = g_new0 (Check, 1);
  check->description = description;
  check->provider = reshoot_session_make_provider (description, address);
  check->address = g_steal_pointer (&address);
  check->check.balance = RESHOOT_MONEY_UNKNOWN;
  return check;
}

/**
 * reshoot_session_check_provider_async:
 * @self: a session
 * @provider: a provider's short name
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks the service who the key belongs to, what is left on the account and which models there are, as far as it tells.
 * It spends nothing.
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

  check = check_new (self, provider, &error);
  if (check == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  g_task_set_task_data (task, check, (GDestroyNotify) check_free);
  if (check->provider == NULL)
    g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "provider", provider,
                                                  "no codec for %s", provider));
  else
    reshoot_keys_lookup_async (self->keys, provider, cancellable, key_found_cb,
                               g_steal_pointer (&task));
}

/**
 * reshoot_session_check_provider_finish:
 * @self: a session
 * @result: what the callback was given
 * @check: (out caller-allocates): what the service told
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "provider", or "no-check" where the service offers nothing that is
 * free; with %RESHOOT_ERROR_AUTH, reason "no-key" or "key"; and with what a call fails with.
 *
 * Returns: whether the service accepts the key
 */
gboolean
reshoot_session_check_provider_finish (ReshootSession  *self,
                                       GAsyncResult    *result,
                                       ReshootCheck    *check,
                                       GError         **error)
{
  Check *done;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_session_check_provider_async),
                        FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  done = g_task_get_task_data (G_TASK (result));
  *check = done->check;
  done->check = (ReshootCheck) { .balance = RESHOOT_MONEY_UNKNOWN };
  return TRUE;
}
