/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a window asks the index over all projects: which were opened last, and whether a picture that comes in left a
 * project before. */

#include "config.h"

#include "reshoot-window-private.h"

#include <glib/gi18n.h>

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

typedef struct
{
  ReshootWindow *window;  /* (owned) */
  ReshootImage  *image;   /* (owned) */
  char          *name;
} Tracing;

static void
tracing_free (Tracing *tracing)
{
  g_object_unref (tracing->window);
  g_object_unref (tracing->image);
  g_free (tracing->name);
  g_free (tracing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Tracing, tracing_free)

/* The step that made the picture; a photo that was brought in is no result. */
static const ReshootHitFacts *
find_result (GListModel *hits)
{
  for (guint i = 0; hits != NULL && i < g_list_model_get_n_items (hits); i++)
    {
      g_autoptr (ReshootHit) hit = g_list_model_get_item (hits, i);
      const ReshootHitFacts *facts = reshoot_hit_get_facts (hit);

      if (facts->instruction != NULL && g_file_query_exists (facts->file, NULL))
        return facts;   /* the list holds it */
    }

  return NULL;
}

static void
say_origin (ReshootWindow         *self,
            const ReshootHitFacts *facts)
{
  g_autofree char *path = g_file_get_path (facts->file);
  g_autofree char *name = g_filename_display_basename (path);
  g_autofree char *words = NULL;

  words = facts->in_bin
          /* Translators: a picture that was dropped: the number of a step and the name of its project. */
          ? g_strdup_printf (_("This picture is step %d of “%s”, which is in the bin"), (int) facts->number, name)
          /* Translators: a picture that was dropped: the number of a step and the name of its project. */
          : g_strdup_printf (_("This picture is step %d of “%s”"), (int) facts->number, name);
  reshoot_window_say (self, words);
}

static void
picture_traced_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (Tracing) tracing = user_data;
  ReshootWindow *self = tracing->window;
  g_autoptr (GListModel) hits = reshoot_index_trace_finish (RESHOOT_INDEX (source), result, NULL);
  const ReshootHitFacts *facts = find_result (hits);
  ReshootHistory *history = NULL;

  /* What the index cannot say is no reason not to open a picture. */
  if (facts == NULL)
    {
      reshoot_window_take (self, tracing->image, tracing->name);
      return;
    }

  if (self->project == NULL)
    {
      reshoot_window_open_at (self, facts->file, facts->number);
      say_origin (self, facts);
      return;
    }

  if (g_file_equal (facts->file, reshoot_project_get_file (self->project)))
    history = reshoot_project_get_history (self->project);

  if (history == NULL)
    reshoot_window_take (self, tracing->image, tracing->name);
  else if (!facts->in_bin && reshoot_history_get_step (history, facts->number) != NULL)
    reshoot_history_set_head (history, reshoot_history_get_step (history, facts->number));

  say_origin (self, facts);
}

/* A picture comes in. One that came out of a project leads back to its step; in the window of another project it
 * becomes an original there, and it is said where it came from. */
void
reshoot_window_trace (ReshootWindow *self,
                      ReshootImage  *image,
                      const char    *name)
{
  Tracing *tracing = g_new0 (Tracing, 1);

  tracing->window = g_object_ref (self);
  tracing->image = g_object_ref (image);
  tracing->name = g_strdup (name);
  reshoot_index_trace_async (reshoot_session_get_index (self->session), image, NULL,
                             self->cancellable, picture_traced_cb, tracing);
}
