/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How far the branch that is shown has drifted: as a line in the history, and as a warning beside the button before the
 * next edit makes it worse. A step of a service that does not say is measured while it is looked at. */

#include "config.h"

#include "reshoot-edit-view-private.h"

#include "reshoot-drift-path.h"
#include "reshoot-drift-words.h"
#include "reshoot-sparkline.h"
#include "reshoot-step-drift.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* More points are more words than anybody listens to. */
#define MAX_SPOKEN 12

/* What is measured for the view, and for which step. */
typedef struct
{
  ReshootEditView *view;      /* (owned) */
  ReshootProject  *project;   /* (owned) */
  ReshootStep     *step;      /* (owned) */
} Measure;

static void
measure_free (Measure *measure)
{
  g_object_unref (measure->view);
  g_object_unref (measure->project);
  g_object_unref (measure->step);
  g_free (measure);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Measure, measure_free)

static gboolean
find_measured (ReshootStep  *step,
               ReshootDrift *drift,
               gpointer      user_data)
{
  ReshootEditView *self = user_data;
  const ReshootDrift *measured = g_hash_table_lookup (self->drifts, step);

  if (measured == NULL)
    return FALSE;

  *drift = *measured;
  return TRUE;
}

/* Step by step, for who does not see the line. */
static char *
describe (ReshootDriftPath *path)
{
  /* Translators: what the line shows: how far the picture is from its original where nobody edited, step by step. */
  GString *words = g_string_new (_("Drift from the original"));
  guint first = path->steps->len > MAX_SPOKEN ? path->steps->len - MAX_SPOKEN : 0;

  for (guint i = first; i < path->steps->len; i++)
    if (g_array_index (path->known, gboolean, i))
      {
        const ReshootDrift *drift = &g_array_index (path->drifts, ReshootDrift, i);
        g_autofree char *drifted = reshoot_words_for_drift (drift);

        g_string_append_c (words, '\n');
        /* Translators: the number of a step, and how far it drifted ("0.4 ΔE, 6 px right, 3 % softer"). */
        g_string_append_printf (words, _("Step %d: %s"),
                                (int) reshoot_step_get_id (path->steps->pdata[i]), drifted);
      }

  return g_string_free (words, FALSE);
}

static void
show_line (ReshootEditView  *self,
           ReshootDriftPath *path)
{
  g_autoptr (GArray) values = g_array_new (FALSE, FALSE, sizeof (double));
  g_autofree char *words = describe (path);
  double none = 0;

  g_array_append_val (values, none);    /* the original */
  for (guint i = 0; i < path->steps->len; i++)
    {
      double harm = NAN;

      if (g_array_index (path->known, gboolean, i))
        harm = reshoot_drift_get_harm (&g_array_index (path->drifts, ReshootDrift, i));
      g_array_append_val (values, harm);
    }

  reshoot_sparkline_set_values (reshoot_history_view_get_sparkline (self->history),
                                (const double *) (gpointer) values->data, values->len,
                                RESHOOT_DRIFT_WARNS, words);
}

/* Of the last step of which it is known. */
static const ReshootDrift *
get_last (ReshootDriftPath *path)
{
  guint last = path->steps->len - 1;

  while (last > 0 && !g_array_index (path->known, gboolean, last))
    last--;

  return &g_array_index (path->drifts, ReshootDrift, last);
}

static void
show_warning (ReshootEditView  *self,
              ReshootDriftPath *path)
{
  gboolean warns = path->harm >= RESHOOT_DRIFT_WARNS && path->worst != NULL;

  if (warns)
    {
      g_autofree char *drifted = reshoot_words_for_drift (get_last (path));
      g_autofree char *words = NULL;

      /* Translators: beside the button that makes the next edit. How far the picture is from its original ("0.4 ΔE,
       * 6 px right, 3 % softer"), and the number of a step. */
      words = g_strdup_printf (_("What nobody edited has drifted: %s. Step %d did most of it."), drifted,
                               (int) reshoot_step_get_id (path->worst));
      gtk_label_set_text (self->drift_words, words);
    }
  else
    gtk_label_set_text (self->drift_words, "");

  gtk_widget_set_visible (self->drift_bar, warns);
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (Measure) measure = user_data;
  ReshootEditView *self = measure->view;
  g_autofree ReshootDrift *drift = g_new0 (ReshootDrift, 1);
  g_autoptr (GError) error = NULL;

  if (!reshoot_project_measure_drift_finish (RESHOOT_PROJECT (source), result, drift, &error))
    {
      g_debug ("it is not known how far a step drifted: %s", error->message);
      return;
    }

  if (self->project != measure->project)
    return;

  g_hash_table_insert (self->drifts, measure->step, g_steal_pointer (&drift));
  if (reshoot_edit_view_get_head (self) == measure->step)
    {
      reshoot_edit_view_update_canvas (self);
      reshoot_edit_view_update_drift (self);
    }
}

/* The studio leaves alone what it was not told to change, and a new picture has nothing to drift from. */
static gboolean
needs_measuring (ReshootEditView *self,
                 ReshootStep     *step)
{
  ReshootRequest *request = step != NULL ? reshoot_step_get_request (step) : NULL;
  ReshootDrift drift;

  return request != NULL && reshoot_step_get_state (step) == RESHOOT_STEP_DONE
         && reshoot_step_get_digest (step) != NULL && !reshoot_step_get_is_purged (step)
         && !reshoot_request_get_is_reimagining (request)
         && !g_str_has_prefix (reshoot_request_get_model (request), "studio/")
         && !reshoot_step_drift_read (step, &drift)
         && g_hash_table_lookup (self->drifts, step) == NULL;
}

static void
measure_head (ReshootEditView *self)
{
  ReshootStep *head = reshoot_edit_view_get_head (self);
  Measure *measure;

  /* What was begun for another head is for nobody. */
  if (self->measuring != NULL)
    g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);

  if (!needs_measuring (self, head))
    return;

  self->measuring = g_cancellable_new ();
  measure = g_new0 (Measure, 1);
  measure->view = g_object_ref (self);
  measure->project = g_object_ref (self->project);
  measure->step = g_object_ref (head);
  reshoot_project_measure_drift_async (self->project, head, NULL, NULL, self->measuring,
                                       measured_cb, measure);
}

/* The head, or what it shows, is another one. */
void
reshoot_edit_view_update_drift (ReshootEditView *self)
{
  g_autoptr (ReshootDriftPath) path = NULL;

  if (self->drifts == NULL)
    self->drifts = g_hash_table_new_full (NULL, NULL, NULL, g_free);

  path = reshoot_drift_path_new (reshoot_edit_view_get_head (self), find_measured, self);
  show_line (self, path);
  show_warning (self, path);
  measure_head (self);
}

/* The line of facts, with what was measured because @step does not say it. */
char *
reshoot_edit_view_dup_facts (ReshootEditView *self,
                             ReshootStep     *step)
{
  g_autofree char *facts = step != NULL ? reshoot_words_for_facts (step) : NULL;
  g_autofree char *kept = NULL;
  ReshootDrift drift;

  if (facts != NULL && self->drifts != NULL && !reshoot_step_drift_read (step, &drift)
      && find_measured (step, &drift, self))
    kept = reshoot_words_for_kept (&drift);

  return kept != NULL ? g_strdup_printf ("%s · %s", facts, kept) : g_steal_pointer (&facts);
}

void
reshoot_edit_view_end_drift (ReshootEditView *self)
{
  if (self->measuring != NULL)
    g_cancellable_cancel (self->measuring);
  g_clear_object (&self->measuring);
  g_clear_pointer (&self->drifts, g_hash_table_unref);
}

void
reshoot_edit_view_install_drift (GtkWidgetClass *widget_class)
{
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, drift_bar);
  gtk_widget_class_bind_template_child (widget_class, ReshootEditView, drift_words);
}
