/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What this person ticked of the results that are shown: read with the project, written when it is ticked. */

#include "config.h"

#include "reshoot-row-view-private.h"

#include "reshoot-settings.h"

/* By the name that stands by their votes too. */
static char *
dup_author (void)
{
  g_autoptr (GSettings) settings = reshoot_settings_new ();

  return settings != NULL ? g_settings_get_string (settings, "voter") : g_strdup ("");
}

void
reshoot_row_view_show_ticks (ReshootRowView *self,
                             ReshootRowCell *cell)
{
  g_autofree char *author = dup_author ();

  for (guint i = 0; self->ticks != NULL && i < self->ticks->len; i++)
    {
      const ReshootAdherence *said = self->ticks->pdata[i];

      if (said->step == reshoot_row_cell_get_step (cell) && g_str_equal (said->author, author))
        reshoot_row_cell_set_ticks (cell, said->followed, said->strayed);
    }
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ReshootRowView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) said = NULL;

  /* What cannot be read is not shown; verifying says why. */
  said = reshoot_project_load_adherence_finish (RESHOOT_PROJECT (source), result, &error);
  if (said == NULL || self->project != RESHOOT_PROJECT (source))
    return;

  g_clear_pointer (&self->ticks, g_ptr_array_unref);
  self->ticks = g_steal_pointer (&said);
  for (guint i = 0; i < self->cells->len; i++)
    reshoot_row_view_show_ticks (self, self->cells->pdata[i]);
}

void
reshoot_row_view_load_ticks (ReshootRowView *self)
{
  if (self->project != NULL)
    reshoot_project_load_adherence_async (self->project, NULL, loaded_cb, g_object_ref (self));
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ReshootRowView) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!reshoot_project_set_adherence_finish (RESHOOT_PROJECT (source), result, &error))
    reshoot_row_view_fail (self, error);

  /* As the ledger has it now, also where it could not be stored. */
  if (self->project == RESHOOT_PROJECT (source))
    reshoot_row_view_load_ticks (self);
}

void
reshoot_row_view_tick_cb (GtkWidget  *widget,
                          const char *name,
                          GVariant   *parameter)
{
  ReshootRowView *self = RESHOOT_ROW_VIEW (widget);
  g_autofree char *author = dup_author ();
  ReshootAnswer followed = RESHOOT_ANSWER_NONE;
  ReshootAnswer strayed = RESHOOT_ANSWER_NONE;
  const char *words[2];
  ReshootStep *step;
  gint64 id;

  g_variant_get (parameter, "(x&s&s)", &id, &words[0], &words[1]);
  reshoot_answer_from_string (words[0], &followed);
  reshoot_answer_from_string (words[1], &strayed);
  step = self->project != NULL
         ? reshoot_history_get_step (reshoot_project_get_history (self->project), id) : NULL;
  if (step != NULL)
    reshoot_project_set_adherence_async (self->project, step, followed, strayed, author, NULL,
                                         stored_cb, g_object_ref (self));
}
