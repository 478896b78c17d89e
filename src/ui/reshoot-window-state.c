/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What holds for a project as long as it is open is said in a bar of its own, which nobody can lose by closing a
 * notice: why it can only be looked at, and that its file is gone or cannot be written. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-error.h"
#include "reshoot-project-copy.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>

/* Those that go on until something is done about them; a single write that failed is only told. */
static gboolean
is_lasting (const GError *error)
{
  static const char *const reasons[] = { "replaced", "removed", "moved", "log-removed", "in-doubt",
                                         "disk", NULL };
  const char *reason = reshoot_error_get_reason (error);

  if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_NO_SPACE))
    return g_strcmp0 (reason, "output") != 0;

  return g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_FAILED) && reason != NULL
         && g_strv_contains (reasons, reason);
}

/* What a damaged project lost, as far as it can be told. */
static char *
get_loss (const ReshootDamage *damage)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *list = NULL;

  /* Translators: what is lost, after the word “Lost:”. */
  if (damage->n_steps > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u step", "%u steps", damage->n_steps),
                                             damage->n_steps));
  if (damage->n_pictures > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u picture", "%u pictures",
                                                       damage->n_pictures), damage->n_pictures));
  if (damage->n_notes > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u note or name", "%u notes or names",
                                                       damage->n_notes), damage->n_notes));
  if (damage->n_entries > 0)
    g_ptr_array_add (parts, g_strdup_printf (ngettext ("%u ledger entry", "%u ledger entries",
                                                       damage->n_entries), damage->n_entries));
  if (parts->len == 0)
    return g_strdup (_("As far as can be told, nothing is lost."));

  g_ptr_array_add (parts, NULL);
  list = g_strjoinv (", ", (char **) parts->pdata);
  /* Translators: %s is a list such as “2 steps, 1 picture”. */
  return g_strdup_printf (_("Lost: %s."), list);
}

/* Of the project in this window: its path would only be in the way. */
static char *
get_words (const GError *error)
{
  g_autoptr (GError) here = reshoot_error_new (error->code, reshoot_error_get_reason (error), NULL,
                                               "%s", error->message);

  return reshoot_words_for_error (here);
}

void
reshoot_window_update_state (ReshootWindow *self)
{
  g_autoptr (GError) obstacle = NULL;
  const GError *error = self->trouble;
  const ReshootDamage *damage = NULL;
  g_autofree char *words = NULL;
  g_autofree char *loss = NULL;
  g_autofree char *both = NULL;

  if (self->project != NULL && error == NULL)
    error = obstacle = reshoot_project_dup_obstacle (self->project);

  gtk_widget_set_visible (self->state, error != NULL);
  if (error == NULL)
    return;

  words = get_words (error);
  if (self->project != NULL)
    damage = reshoot_project_get_damage (self->project);
  if (damage != NULL)
    {
      loss = get_loss (damage);
      both = g_strdup_printf ("%s %s", words, loss);
    }

  gtk_label_set_text (self->state_words, both != NULL ? both : words);
}

/* A write went through: whatever it was is over. */
static void
stored_cb (ReshootWindow *self)
{
  if (self->trouble == NULL)
    return;

  g_clear_error (&self->trouble);
  reshoot_window_update_state (self);
}

/* It cannot be written any more. Of a damaged one what can be saved takes its place. */
static void
obstructed_cb (ReshootWindow  *self,
               ReshootProject *project)
{
  g_autoptr (GError) obstacle = reshoot_project_dup_obstacle (project);

  if (project != self->project)
    return;

  reshoot_window_update_state (self);
  if (g_error_matches (obstacle, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT))
    reshoot_window_open_damaged (self);
}

/* The project in the window is another one. */
void
reshoot_window_follow_state (ReshootWindow *self)
{
  g_clear_error (&self->trouble);
  g_signal_connect_object (self->project, "stored", G_CALLBACK (stored_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->project, "obstructed", G_CALLBACK (obstructed_cb), self,
                           G_CONNECT_SWAPPED);
  reshoot_window_update_state (self);
}

/* Returns whether @error is something that lasts, and is told as such. */
gboolean
reshoot_window_take_trouble (ReshootWindow *self,
                             const GError  *error)
{
  if (self->project == NULL || !is_lasting (error))
    return FALSE;

  g_clear_error (&self->trouble);
  self->trouble = g_error_copy (error);
  reshoot_window_update_state (self);
  return TRUE;
}
