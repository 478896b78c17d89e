/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The projects that were opened last, as the index over all projects knows them: a menu, and a list on the page of a
 * window that has none. */

#include "config.h"

#include "reshoot-window-private.h"

#include <glib/gi18n.h>

#define MAX_RECENT 8

/* On the page there is other things to see. */
#define MAX_LISTED 4

static void
list_recent (ReshootWindow *self,
             ReshootRecent *recent,
             const char    *name,
             const char    *uri)
{
  GtkWidget *row = adw_action_row_new ();
  gint64 n_steps = MAX (reshoot_recent_get_n_steps (recent), 0);
  GDateTime *opened = reshoot_recent_get_opened (recent);
  g_autofree char *steps = g_strdup_printf (ngettext ("%u step", "%u steps", (gulong) n_steps),
                                            (guint) n_steps);
  g_autofree char *day = opened != NULL ? g_date_time_format (opened, "%x") : NULL;
  g_autofree char *both = day != NULL ? g_strdup_printf ("%s · %s", steps, day) : NULL;

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), name);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), both != NULL ? both : steps);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (row), "s", uri);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (row), "win.open-uri");
  gtk_list_box_append (self->recent_list, row);
}

static void
recents_listed_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (ReshootWindow) self = user_data;
  g_autoptr (GListModel) recents = reshoot_index_list_finish (RESHOOT_INDEX (source), result, NULL);
  GtkWidget *row;
  guint n;

  if (recents == NULL)
    return;

  n = MIN (g_list_model_get_n_items (recents), MAX_RECENT);
  g_menu_remove_all (self->recent_section);
  while ((row = gtk_widget_get_first_child (GTK_WIDGET (self->recent_list))) != NULL)
    gtk_list_box_remove (self->recent_list, row);

  gtk_widget_set_visible (self->recent_box, FALSE);
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
      if (i < MAX_LISTED)
        list_recent (self, recent, name, uri);
      gtk_widget_set_visible (self->recent_box, TRUE);
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
