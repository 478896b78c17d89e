/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Bytes of pictures, which are many: to give the memory of an uncompressed picture of 24 megapixels back takes three
 * milliseconds, and whoever drops the last reference, the main loop as a rule, would wait for it. */

#include "reshoot-bytes.h"

/* In bytes: what is given back within a fraction of a millisecond. */
#define SMALL (8 * 1024 * 1024)

static gpointer
free_in_thread (gpointer data)
{
  g_free (data);
  return NULL;
}

static void
free_apart (gpointer data)
{
  GThread *thread = g_thread_try_new ("free", free_in_thread, data, NULL);

  if (thread != NULL)
    g_thread_unref (thread);
  else
    g_free (data);
}

/**
 * reshoot_bytes_new_take:
 * @data: (transfer full): allocated by g_malloc()
 * @size: in bytes
 *
 * As g_bytes_new_take(), but where it is much, nobody waits for it to be freed.
 *
 * Returns: (transfer full): the bytes
 */
GBytes *
reshoot_bytes_new_take (gpointer data,
                        gsize    size)
{
  if (size <= SMALL)
    return g_bytes_new_take (data, size);

  return g_bytes_new_with_free_func (data, size, free_apart, data);
}
