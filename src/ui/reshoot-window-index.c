/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The menu of the projects that were opened last, as the index over all projects knows them. */

#include "config.h"

#include "reshoot-window-private.h"

#define MAX_RECENT 8

static void
recents_listed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (ReshootWindow) self = user_data;
  g_autoptr (GListModel) recents = reshoot_index_list_finish (RESHOOT_INDEX (source), result, NULL);
  guint n;

  if (recents == NULL)
    return;

  n = MIN (g_list_model_get_n_items (recents), MAX_RECENT);
  g_menu_remove_all (self->recent_section);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ReshootRecent) recent = g_list_model_get_item (recents, i);
      g_autofree char *path = g_file_get_path (reshoot_recent_get_file (recent));
      g_autofree char *name = g_filename_display_basename (path);
      g_autofree char *uri = g_file_get_uri (reshoot_recent_get_file (recent));
      g_autoptr (GMenuItem) item = NULL;

      /* Those that are gone come last. */
      if (!reshoot_recent_get_exists (recent))
        break;

      if (g_str_has_suffix (name, ".reshoot"))
        name[strlen (name) - strlen (".reshoot")] = '\0';

      item = g_menu_item_new (name, NULL);
      g_menu_item_set_action_and_target (item, "win.open-uri", "s", uri);
      g_menu_append_item (self->recent_section, item);
    }
}

static void
update_recent (ReshootWindow *self)
{
  reshoot_index_list_async (reshoot_session_get_index (self->session), self->cancellable,
                            recents_listed_cb, g_object_ref (self));
}

/* The menu of recent projects, from now on. */
void
reshoot_window_follow_recents (ReshootWindow *self)
{
  g_signal_connect_object (reshoot_session_get_index (self->session), "changed",
                           G_CALLBACK (update_recent), self, G_CONNECT_SWAPPED);
  update_recent (self);
}
