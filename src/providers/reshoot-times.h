/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ReshootTimes:
 * @first_delay: before the first poll or the first repeat; it doubles up to
 * @max_delay: the longest wait
 * @call_deadline: for one call
 * @job_deadline: from sending to the picture; 0 = what the catalogue says
 * @tries: how often in a row the same thing may go wrong
 * @store_delay: before what could not be stored is tried again; it doubles up to
 * @max_store_delay: the longest wait for that
 * @jitter: how far a pause may be off, as a share of it, so that many who wait do not come back at once; 0 = not at all
 *
 * All in milliseconds but the tries and the jitter. Tests set them small, and the jitter to 0.
 */
typedef struct
{
  guint  first_delay;
  guint  max_delay;
  guint  call_deadline;
  guint  job_deadline;
  guint  tries;
  guint  store_delay;
  guint  max_store_delay;
  double jitter;
} ReshootTimes;

#define RESHOOT_TIMES_INIT ((ReshootTimes) { 500, 10000, 120000, 0, 8, 1000, 30000, 0.25 })

/* For as long as a service may ask us to wait, in milliseconds. */
#define RESHOOT_TIMES_MAX_WAIT 600000

guint reshoot_times_add_wait  (const ReshootTimes  *self,
                               guint                delay,
                               int                  retry_after);
guint reshoot_times_from_wait (double               seconds);
GSource *reshoot_times_wait_then (const ReshootTimes  *self,
                                  guint                milliseconds,
                                  GCancellable        *cancellable,
                                  GSourceFunc          callback,
                                  gpointer             user_data,
                                  GDestroyNotify       free_data);

G_END_DECLS
