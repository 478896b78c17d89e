/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How one gets to a step, wherever it is: by search, or by a picture that came from it. A project is open in one window
 * of the program: asked for again, that window comes to the front. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-mark.h"
#include "reshoot-search-dialog.h"
#include "reshoot-step-words.h"

#include <glib/gi18n.h>

static gboolean
is_at (ReshootWindow *self,
       GFile         *file)
{
  GFile *own = self->opening;

  if (self->project != NULL)
    own = reshoot_project_get_file (self->project);

  return own != NULL && g_file_equal (own, file);
}

/**
 * reshoot_window_find_open:
 * @file: a project
 *
 * Returns: (transfer none) (nullable): the window that has it open, or is about to
 */
ReshootWindow *
reshoot_window_find_open (GFile *file)
{
  GListModel *windows = gtk_window_get_toplevels ();

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);

      if (RESHOOT_IS_WINDOW (window) && is_at (RESHOOT_WINDOW (window), file))
        return RESHOOT_WINDOW (window);
    }

  return NULL;
}

/* In a window that has its project. */
void
reshoot_window_go_to (ReshootWindow *self,
                      gint64         number)
{
  ReshootHistory *history = reshoot_project_get_history (self->project);
  ReshootStep *step = reshoot_history_get_step (history, number);

  if (step != NULL && reshoot_step_get_in_bin (step) && !reshoot_step_get_is_purged (step))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-bin", NULL);
  else if (step != NULL && reshoot_step_get_digest (step) != NULL)
    reshoot_history_set_head (history, step);
}

/**
 * reshoot_window_show_step:
 * @self: a window
 * @file: a project
 * @number: of a step in it
 *
 * Shows that step: here, in the window that has its project open, or in a new one.
 */
void
reshoot_window_show_step (ReshootWindow *self,
                          GFile         *file,
                          gint64         number)
{
  ReshootWindow *window = reshoot_window_find_open (file);

  if (window == NULL)
    {
      window = reshoot_window_get_free (self);
      window->go_to = number;
      reshoot_window_open (window, file);
      return;
    }

  gtk_window_present (GTK_WINDOW (window));
  if (window->project != NULL)
    reshoot_window_go_to (window, number);
  else
    window->go_to = number;
}

static void
show_step_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);
  const char *uri;
  gint64 number;
  g_autoptr (GFile) file = NULL;

  g_variant_get (parameter, "(&sx)", &uri, &number);
  file = g_file_new_for_uri (uri);
  gtk_widget_set_visible (self->notice, FALSE);
  g_clear_object (&self->dropped);
  reshoot_window_show_step (self, file, number);
}

/* A picture that came from a step, as one of its own all the same. */
static void
bring_in_cb (GtkWidget  *widget,
             const char *name,
             GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);
  g_autoptr (ReshootImage) image = g_steal_pointer (&self->dropped);

  gtk_widget_set_visible (self->notice, FALSE);
  if (image != NULL)
    reshoot_window_take (self, image, self->dropped_name);
}

static void
keep_dropped (ReshootWindow *self,
              ReshootImage  *image,
              const char    *name)
{
  g_set_object (&self->dropped, image);
  g_free (self->dropped_name);
  self->dropped_name = g_strdup (name);
}

/* By what an export wrote into it, or by its bytes. An original is no find: bringing it in again leads to it anyway. */
static ReshootStep *
find_in (ReshootWindow *self,
         ReshootImage  *image)
{
  g_autoptr (ReshootMark) mark = reshoot_image_dup_mark (image);
  GListModel *steps;
  ReshootStep *found = NULL;

  if (self->project == NULL)
    return NULL;

  steps = G_LIST_MODEL (reshoot_project_get_history (self->project));
  for (guint i = 0; i < g_list_model_get_n_items (steps) && found == NULL; i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (steps, i);

      if (reshoot_step_get_parent (step) != NULL
          && (g_strcmp0 (reshoot_step_get_digest (step), reshoot_image_get_digest (image)) == 0
              || (mark != NULL && g_str_equal (reshoot_step_get_uuid (step), mark->step))))
        found = step;   /* the history holds it */
    }

  return found;
}

static void
show_here (ReshootWindow *self,
           ReshootStep   *step,
           ReshootImage  *image,
           const char    *name)
{
  g_autofree char *step_name = reshoot_step_words_for_name (step);
  g_autofree char *words = NULL;
  AdwToast *toast;

  reshoot_window_go_to (self, reshoot_step_get_id (step));
  keep_dropped (self, image, name);
  /* Translators: a picture was dropped that had been exported from a step: its number and its name. */
  words = g_strdup_printf (_("This picture is step %d, “%s”"), (int) reshoot_step_get_id (step),
                           step_name);
  toast = reshoot_window_say (self, words);
  adw_toast_set_button_label (toast, _("Bring In as New"));
  adw_toast_set_action_name (toast, "win.bring-in");
}

static void
offer (ReshootWindow *self,
       GFile         *file,
       gint64         number,
       const char    *step_words,
       ReshootImage  *image,
       const char    *name)
{
  g_autofree char *project = g_file_get_basename (file);
  g_autofree char *uri = g_file_get_uri (file);
  g_autofree char *words = NULL;

  if (g_str_has_suffix (project, ".reshoot"))
    project[strlen (project) - strlen (".reshoot")] = '\0';

  keep_dropped (self, image, name);
  reshoot_window_set_opening (self, FALSE);
  /* Translators: a picture was dropped that had been exported from another project: the number of the step in it, the
   * step's words, the project's name. */
  words = g_strdup_printf (_("This picture is step %d, “%s”, of the project “%s”."),
                           (int) number, step_words, project);
  reshoot_window_notice (self, words, NULL);
  reshoot_window_notice_add (self, _("Show It There"), "win.show-step",
                             g_variant_new ("(sx)", uri, number));
  reshoot_window_notice_add (self, _("Bring In as New"), "win.bring-in", NULL);
}

/* A picture that is being looked up. */
typedef struct
{
  ReshootWindow *window;   /* (owned) */
  ReshootImage  *image;    /* (owned) */
  char          *name;
} Lookup;

static void
lookup_free (Lookup *lookup)
{
  g_clear_object (&lookup->window);
  g_clear_object (&lookup->image);
  g_free (lookup->name);
  g_free (lookup);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Lookup, lookup_free)

static ReshootHit *
find_edit (GListModel *hits)
{
  for (guint i = 0; hits != NULL && i < g_list_model_get_n_items (hits); i++)
    {
      g_autoptr (ReshootHit) hit = g_list_model_get_item (hits, i);
      const ReshootHitFacts *facts = reshoot_hit_get_facts (hit);

      if (facts->instruction != NULL && g_file_query_exists (facts->file, NULL))
        return g_steal_pointer (&hit);
    }

  return NULL;
}

/* An index that cannot be read is no reason not to take a picture. */
static void
traced_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Lookup) lookup = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) hits = reshoot_index_trace_finish (RESHOOT_INDEX (source), result, &error);
  g_autoptr (ReshootHit) hit = find_edit (hits);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (hit == NULL)
    reshoot_window_take (lookup->window, lookup->image, lookup->name);
  else
    offer (lookup->window, reshoot_hit_get_facts (hit)->file, reshoot_hit_get_facts (hit)->number,
           reshoot_hit_get_facts (hit)->snippet, lookup->image, lookup->name);
}

/* What is open in another window is known better there than by the index, which follows a moment later. */
static gboolean
offer_from_windows (ReshootWindow *self,
                    ReshootImage  *image,
                    const char    *name)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWindow) window = g_list_model_get_item (windows, i);
      ReshootStep *step = RESHOOT_IS_WINDOW (window) ? find_in (RESHOOT_WINDOW (window), image)
                                                     : NULL;

      if (step != NULL)
        {
          g_autofree char *words = reshoot_step_words_for_name (step);

          offer (self, reshoot_project_get_file (RESHOOT_WINDOW (window)->project),
                 reshoot_step_get_id (step), words, image, name);
          return TRUE;
        }
    }

  return FALSE;
}

/* A picture was dropped or pasted: if it came from a step, that is what is shown. */
void
reshoot_window_look_up (ReshootWindow *self,
                        ReshootImage  *image,
                        const char    *name)
{
  ReshootStep *step = find_in (self, image);
  Lookup *lookup;

  if (step != NULL)
    {
      show_here (self, step, image, name);
      return;
    }

  if (offer_from_windows (self, image, name))
    return;

  lookup = g_new0 (Lookup, 1);
  lookup->window = g_object_ref (self);
  lookup->image = g_object_ref (image);
  lookup->name = g_strdup (name);
  reshoot_index_trace_async (reshoot_session_get_index (self->session), image, NULL,
                             self->cancellable, traced_cb, lookup);
}

static void
hit_chosen_cb (GtkWidget  *dialog,
               ReshootHit *hit,
               gpointer    user_data)
{
  const ReshootHitFacts *facts = reshoot_hit_get_facts (hit);

  reshoot_window_show_step (user_data, facts->file, facts->number);
}

static void
search_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  ReshootWindow *self = RESHOOT_WINDOW (widget);
  GtkWidget *dialog = reshoot_search_dialog_new (reshoot_session_get_index (self->session),
                                                 self->project);

  gtk_window_set_transient_for (GTK_WINDOW (dialog), GTK_WINDOW (self));
  g_signal_connect_object (dialog, "chosen", G_CALLBACK (hit_chosen_cb), self, 0);
  gtk_window_present (GTK_WINDOW (dialog));
}

void
reshoot_window_install_find (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_action (widget_class, "win.search", NULL, search_cb);
  gtk_widget_class_install_action (widget_class, "win.show-step", "(sx)", show_step_cb);
  gtk_widget_class_install_action (widget_class, "win.bring-in", NULL, bring_in_cb);
}
