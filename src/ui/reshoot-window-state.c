/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What holds for a project as long as it is open is said in a bar of its own, which nobody can lose by closing a
 * notice: why it can only be looked at, and that its file is gone or cannot be written. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-error.h"
#include "reshoot-words.h"

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
  g_autofree char *words = NULL;

  if (self->project != NULL && error == NULL)
    error = obstacle = reshoot_project_dup_obstacle (self->project);

  gtk_widget_set_visible (self->state, error != NULL);
  if (error == NULL)
    return;

  words = get_words (error);
  gtk_label_set_text (self->state_words, words);
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

/* The project in the window is another one. */
void
reshoot_window_follow_state (ReshootWindow *self)
{
  g_clear_error (&self->trouble);
  g_signal_connect_object (self->project, "stored", G_CALLBACK (stored_cb), self,
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
