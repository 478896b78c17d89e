/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootTimes: how long to wait, and waiting. A pause is never exact: a hundred jobs that were turned away at once
 * must not all come back at once. */

#include "reshoot-times.h"

/**
 * reshoot_times_add_wait:
 * @self: times
 * @delay: the pause there would be, in milliseconds
 * @retry_after: what the service said, in seconds; -1 or 0 = nothing
 *
 * Returns: the pause there will be; the service's word counts, within reason
 */
guint
reshoot_times_add_wait (const ReshootTimes *self,
                        guint               delay,
                        int                 retry_after)
{
  /* However far the pause is off, it is not earlier. */
  return MAX (delay, reshoot_times_from_wait (retry_after / (1 - self->jitter)));
}

/**
 * reshoot_times_from_wait:
 * @seconds: how long a codec wants to wait at least
 *
 * Returns: the same in milliseconds, within reason
 */
guint
reshoot_times_from_wait (double seconds)
{
  return seconds > 0 ? (guint) MIN (seconds * 1000, RESHOOT_TIMES_MAX_WAIT) : 0;
}

/**
 * reshoot_times_wait_then:
 * @self: times
 * @milliseconds: how long
 * @cancellable: wakes it at once
 * @callback: called once, in the context of the thread
 * @user_data: (transfer full): for @callback
 * @free_data: frees @user_data
 *
 * Returns: (transfer none): the pause, which its ready time can end early; it lives until it is over
 */
GSource *
reshoot_times_wait_then (const ReshootTimes *self,
                         guint               milliseconds,
                         GCancellable       *cancellable,
                         GSourceFunc         callback,
                         gpointer            user_data,
                         GDestroyNotify      free_data)
{
  double share = self->jitter > 0 ? g_random_double_range (1 - self->jitter, 1 + self->jitter) : 1;
  g_autoptr (GSource) timeout = g_timeout_source_new ((guint) (milliseconds * share));

  if (cancellable != NULL)
    {
      g_autoptr (GSource) cancelled = g_cancellable_source_new (cancellable);

      g_source_set_dummy_callback (cancelled);
      g_source_add_child_source (timeout, cancelled);
    }

  g_source_set_callback (timeout, callback, user_data, free_data);
  g_source_attach (timeout, g_main_context_get_thread_default ());
  return timeout;
}
