/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

void    reshoot_test_init       (int           *argc,
                                 char        ***argv);
void    reshoot_test_ready_cb   (GObject       *source,
                                 GAsyncResult  *result,
                                 gpointer       user_data);
void    reshoot_test_await      (GAsyncResult **result);
char   *reshoot_test_data_path  (const char    *name);
char   *reshoot_test_sample     (const char    *name);
GFile  *reshoot_test_temp_file  (const char    *name);
void    reshoot_test_remove_tree (GFile        *folder);
GBytes *reshoot_test_data_bytes (const char    *name);

/* Turns the main loop until @condition holds; fails the test after ten seconds. */
#define reshoot_test_wait_until(condition)                                      \
  G_STMT_START                                                                  \
    {                                                                           \
      gint64 end_ = g_get_monotonic_time () + 10 * G_USEC_PER_SEC;              \
      guint tick_ = g_timeout_add (10, reshoot_test_tick_cb, NULL);             \
      while (!(condition) && g_get_monotonic_time () < end_)                    \
        g_main_context_iteration (NULL, TRUE);                                  \
      g_source_remove (tick_);                                                  \
      if (!(condition))                                                         \
        g_error ("%s:%d: not within ten seconds: %s", __FILE__, __LINE__, #condition); \
    }                                                                           \
  G_STMT_END

gboolean reshoot_test_tick_cb   (gpointer       user_data);

G_END_DECLS
