/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The calls that cost nothing: those before a submit, those that put a picture where others can load it, those that ask
 * whether a key is good. Each follows from the reply to the one before. They are repeated freely, and bounded in
 * number, so that no service keeps us calling. */

#include "reshoot-chain.h"
#include "reshoot-error.h"

/* A submit behind two uploads of several pictures needs fewer; a list of models, and each of them, nearly as many. */
#define MAX_CALLS 64

/* For a call whose answer takes its time, in milliseconds. */
#define LONG_DEADLINE (10 * 60 * 1000)

typedef struct
{
  /* inputs */
  ReshootHttpGuard  guard;     /* what it points to is ours */
  ReshootTimes      times;
  ReshootChainStep  step;
  gpointer          data;
  GDestroyNotify    free_data;

  /* in progress */
  ReshootCall       call;      /* the one to make, or made last */
  char             *state;     /* (nullable) */
  guint             n_calls;
  guint             n_lost;    /* in a row */
  guint             delay;     /* ms, of the next repeat */

  /* output */
  ReshootNext       next;
} Chain;

static void
chain_free (gpointer data)
{
  Chain *chain = data;

  reshoot_address_unref (chain->guard.address);
  g_free ((char *) chain->guard.key_header);
  g_free ((char *) chain->guard.key_prefix);
  g_free ((char *) chain->guard.key);
  if (chain->free_data != NULL)
    chain->free_data (chain->data);
  reshoot_call_clear (&chain->call);
  g_free (chain->state);
  reshoot_next_clear (&chain->next);
  g_free (chain);
}

static void make_call (GTask *task);

static gboolean
call_again_cb (gpointer user_data)
{
  GTask *task = user_data;

  if (!g_task_return_error_if_cancelled (task))
    make_call (g_object_ref (task));

  return G_SOURCE_REMOVE;
}

static void
wait_and_call (GTask *task,
               guint  milliseconds)
{
  Chain *chain = g_task_get_task_data (task);

  reshoot_times_wait_then (&chain->times, milliseconds, g_task_get_cancellable (task),
                           call_again_cb, task, g_object_unref);
}

static gboolean
is_worth_repeating (const GError *error)
{
  return g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_NETWORK) ||
         g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_UNAVAILABLE) ||
         g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_RATE_LIMITED);
}

/* Takes @error. */
static void
lose (GTask  *task,
      GError *error,
      int     retry_after)
{
  Chain *chain = g_task_get_task_data (task);
  guint delay;

  if (!is_worth_repeating (error) || ++chain->n_lost >= chain->times.tries)
    {
      g_task_return_error (task, error);
      g_object_unref (task);
      return;
    }

  g_debug ("lost %u: %s", chain->n_lost, error->message);
  g_error_free (error);
  delay = reshoot_times_add_wait (&chain->times, chain->delay, retry_after);
  chain->delay = MIN (chain->delay * 2, chain->times.max_delay);
  wait_and_call (task, delay);
}

static void
take_step (GTask              *task,
           const ReshootReply *reply)
{
  Chain *chain = g_task_get_task_data (task);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  GError *error = NULL;

  if (!chain->step (chain->data, chain->state, reply, &next, &error))
    {
      /* Before the first call there is nothing to repeat. */
      if (reply != NULL)
        {
          lose (task, error, reply->retry_after);
          return;
        }
      g_task_return_error (task, error);
    }
  else if (next.kind != RESHOOT_NEXT_PREPARE)
    {
      chain->next = next;
      next = RESHOOT_NEXT_INIT;
      g_task_return_boolean (task, TRUE);
    }
  else if (++chain->n_calls > MAX_CALLS)
    {
      g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_PROTOCOL, "too-many-calls", NULL,
                                                    "more than %d calls, and no end", MAX_CALLS));
    }
  else
    {
      reshoot_call_clear (&chain->call);
      chain->call = next.call;
      next.call = (ReshootCall) { 0, };
      g_free (chain->state);
      chain->state = g_steal_pointer (&next.state);
      chain->n_lost = 0;
      chain->delay = chain->times.first_delay;
      if (next.wait > 0)
        wait_and_call (task, reshoot_times_from_wait (next.wait));
      else
        make_call (task);
      return;
    }

  g_object_unref (task);
}

static void
called_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  GTask *task = user_data;
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  GError *error = NULL;

  if (!reshoot_http_send_finish (RESHOOT_HTTP (source), result, &reply, &error))
    lose (task, error, -1);
  else
    take_step (task, &reply);
}

/* Takes @task, as do the others. */
static void
make_call (GTask *task)
{
  Chain *chain = g_task_get_task_data (task);
  ReshootHttpGuard guard = chain->guard;

  if (chain->call.is_long)
    guard.deadline = MAX (guard.deadline, LONG_DEADLINE);

  reshoot_http_send_async (g_task_get_source_object (task), &chain->call, &guard,
                           g_task_get_cancellable (task), called_cb, task);
}

/**
 * reshoot_chain_run_async:
 * @http: makes the calls
 * @guard: their bounds; copied
 * @times: pauses and tries; copied
 * @step: says what comes next, first without state and reply
 * @data: (transfer full): for @step
 * @free_data: (nullable): frees @data
 * @cancellable: (nullable): to stop
 * @callback: called when there is nothing more to call
 * @user_data: for @callback
 *
 * Makes free calls for as long as @step says PREPARE. One that is lost, or that the service is too busy for, is made
 * again.
 */
void
reshoot_chain_run_async (ReshootHttp            *http,
                         const ReshootHttpGuard *guard,
                         const ReshootTimes     *times,
                         ReshootChainStep        step,
                         gpointer                data,
                         GDestroyNotify          free_data,
                         GCancellable           *cancellable,
                         GAsyncReadyCallback     callback,
                         gpointer                user_data)
{
  GTask *task = g_task_new (http, cancellable, callback, user_data);
  Chain *chain = g_new0 (Chain, 1);

  g_task_set_source_tag (task, reshoot_chain_run_async);
  chain->guard = *guard;
  reshoot_address_ref (chain->guard.address);
  chain->guard.key_header = g_strdup (guard->key_header);
  chain->guard.key_prefix = g_strdup (guard->key_prefix);
  chain->guard.key = g_strdup (guard->key);
  chain->times = *times;
  chain->step = step;
  chain->data = data;
  chain->free_data = free_data;
  chain->delay = times->first_delay;
  chain->next = RESHOOT_NEXT_INIT;
  g_task_set_task_data (task, chain, chain_free);

  take_step (task, NULL);
}

/**
 * reshoot_chain_run_finish:
 * @http: what made the calls
 * @result: what the callback was given
 * @next: (out caller-allocates): what comes after them; clear it with [func@next_clear]
 * @error: return location for an error
 *
 * Errors are those of the step and of [method@Http.send_finish], and %RESHOOT_ERROR_PROTOCOL "too-many-calls".
 *
 * Returns: whether the calls came to their end
 */
gboolean
reshoot_chain_run_finish (ReshootHttp   *http,
                          GAsyncResult  *result,
                          ReshootNext   *next,
                          GError       **error)
{
  Chain *chain;

  g_return_val_if_fail (g_task_is_valid (result, http), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_chain_run_async), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  chain = g_task_get_task_data (G_TASK (result));
  *next = chain->next;
  chain->next = RESHOOT_NEXT_INIT;
  return TRUE;
}
