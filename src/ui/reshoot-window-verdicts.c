/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What somebody said on the page of a review comes back, by dialog or drop. */

#include "config.h"

#include "reshoot-window-private.h"

#include "reshoot-project-verdicts.h"

#include <glib/gi18n.h>

/* "Ana: 3 verdicts, 5 notes" */
static char *
words_for_counts (const ReshootVerdictCounts *counts,
                  const char                 *reviewer)
{
  g_autofree char *verdicts = g_strdup_printf (ngettext ("%u verdict", "%u verdicts",
                                                         counts->n_verdicts),
                                               counts->n_verdicts);
  g_autofree char *notes = g_strdup_printf (ngettext ("%u note", "%u notes", counts->n_notes),
                                            counts->n_notes);

  if (counts->n_verdicts + counts->n_notes == 0 && counts->n_known > 0)
    /* Translators: %s is a person whose verdicts were brought in before. */
    return g_strdup_printf (_("What %s said is here already"), reviewer);

  if (counts->n_missing > 0)
    /* Translators: a person, how many verdicts and how many notes came from them. */
    return g_strdup_printf (_("%s: %s, %s; the rest is about steps that are not here"), reviewer,
                            verdicts, notes);

  /* Translators: a person, how many verdicts and how many notes came from them. */
  return g_strdup_printf (_("%s: %s, %s"), reviewer, verdicts, notes);
}

static void
imported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ReshootWindow) self = user_data;
  g_autofree char *reviewer = NULL;
  g_autofree char *words = NULL;
  g_autoptr (GError) error = NULL;
  ReshootVerdictCounts counts;

  if (!reshoot_project_import_verdicts_finish (RESHOOT_PROJECT (source), result, &counts,
                                               &reviewer, &error))
    {
      reshoot_window_say_error (self, error);
      return;
    }

  words = words_for_counts (&counts, reviewer);
  reshoot_window_say (self, words);
}

/* Whether it may be what a reviewer saved. */
gboolean
reshoot_window_is_verdicts (GFile *file)
{
  g_autofree char *name = g_file_get_basename (file);

  return name != NULL && g_str_has_suffix (name, ".json");
}

/**
 * reshoot_window_import_verdicts:
 * @self: a window
 * @file: what a reviewer saved
 *
 * Brings it into the project that is open, and says what it brought or why it cannot be.
 */
void
reshoot_window_import_verdicts (ReshootWindow *self,
                                GFile         *file)
{
  g_return_if_fail (RESHOOT_IS_WINDOW (self));
  g_return_if_fail (G_IS_FILE (file));

  if (self->project != NULL)
    reshoot_project_import_verdicts_async (self->project, file, self->cancellable, imported_cb,
                                           g_object_ref (self));
  else
    reshoot_window_say (self, _("Open the project first that these verdicts are about"));
}
