/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootRowCell: one candidate of a row: its picture, or how far it is, or why there is none; below it who made it,
 * how long that took and what it cost. It follows the step. */

#include "config.h"

#include "reshoot-row-cell.h"

#include "reshoot-history-entries.h"
#include "reshoot-resources.h"
#include "reshoot-step-place.h"
#include "reshoot-step-words.h"
#include "reshoot-ticks-button.h"
#include "reshoot-tooltip.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <math.h>

struct _ReshootRowCell
{
  AdwBin              parent_instance;

  GtkStack           *stack;
  ReshootCanvas      *canvas;
  GtkLabel           *state;
  GtkProgressBar     *progress;
  GtkSpinner         *spinner;
  GtkLabel           *problem;
  GtkLabel           *reason;
  GtkButton          *retry;
  GtkWidget          *caption;
  GtkLabel           *name;
  GtkLabel           *facts;
  GtkLabel           *marks;
  GtkImage           *verdict;
  ReshootTicksButton *ticks;
  GtkButton          *pick;
  GtkButton          *cancel;

  ReshootProject     *project;      /* (owned) */
  ReshootStep        *step;         /* (owned) */
  gboolean            selected;

  ReshootPicture     *picture;      /* (owned) (nullable): while it is to be seen */
  ReshootPicture     *source;       /* (owned) (nullable) */
  ReshootRowMode      mode;
  int                 first_edge;   /* 0 while nobody looks */
};

G_DEFINE_FINAL_TYPE (ReshootRowCell, reshoot_row_cell, ADW_TYPE_BIN)

/* How far what should not change has changed, where that was measured. */
static void
add_drift (GPtrArray   *parts,
           ReshootStep *step)
{
  JsonNode *facts = reshoot_step_get_facts (step);
  JsonObject *object = facts != NULL && JSON_NODE_HOLDS_OBJECT (facts)
                       ? json_node_get_object (facts) : NULL;
  JsonNode *drift = object != NULL ? json_object_get_member (object, "drift") : NULL;

  if (drift != NULL && JSON_NODE_HOLDS_VALUE (drift))
    /* Translators: how far what should stay has changed; a colour difference, such as 0.4. */
    g_ptr_array_add (parts, g_strdup_printf (_("drift %.1f"), json_node_get_double (drift)));
}

/* What this person ticked. */
static void
add_ticks (GPtrArray          *parts,
           ReshootTicksButton *ticks)
{
  /* Translators: short for: it did what was asked; behind time and price. */
  const char *followed[] = { NULL, C_("answer", "as asked"), C_("answer", "not as asked") };
  /* Translators: short for: something changed that should not have, or nothing did; behind time and price. */
  const char *strayed[] = { NULL, C_("answer", "more changed"), C_("answer", "nothing else changed") };
  const char *words[] = {
    followed[reshoot_ticks_button_get_followed (ticks)],
    strayed[reshoot_ticks_button_get_strayed (ticks)],
  };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (words[i] != NULL)
      g_ptr_array_add (parts, g_strdup (words[i]));
}

static char *
dup_facts (ReshootRowCell *self)
{
  ReshootStep *step = self->step;
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);

  if (!isnan (reshoot_step_get_seconds (step)))
    g_ptr_array_add (parts, reshoot_words_for_seconds (reshoot_step_get_seconds (step)));
  g_ptr_array_add (parts, reshoot_words_for_cost (step));
  add_drift (parts, step);
  add_ticks (parts, self->ticks);
  if (reshoot_request_get_is_reimagining (reshoot_step_get_request (step)))
    /* Translators: a step whose model made a new picture, guided by the source, instead of editing it. */
    g_ptr_array_add (parts, g_strdup (C_("step", "Reimagined")));

  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" · ", (char **) parts->pdata);
}

static void
update_progress (ReshootRowCell *self)
{
  double progress = reshoot_step_get_progress (self->step);
  g_autofree char *state = reshoot_words_for_state (reshoot_step_get_state (self->step));
  g_autofree char *words = NULL;
  gboolean runs = !reshoot_step_state_is_final (reshoot_step_get_state (self->step));

  if (runs && !isnan (progress))
    /* Translators: how an edit stands and how far it is: “Running, 62 %”. */
    words = g_strdup_printf (_("%s, %.0f %%"), state, 100 * CLAMP (progress, 0, 1));

  gtk_label_set_text (self->state, words != NULL ? words : state);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), runs && !isnan (progress));
  gtk_widget_set_visible (GTK_WIDGET (self->spinner), runs && isnan (progress));
  gtk_spinner_set_spinning (self->spinner, runs && isnan (progress));
  if (!isnan (progress))
    gtk_progress_bar_set_fraction (self->progress, CLAMP (progress, 0, 1));
}

static void
update_problem (ReshootRowCell *self)
{
  g_autoptr (GError) error = reshoot_step_dup_error (self->step);
  g_autofree char *state = reshoot_words_for_state (reshoot_step_get_state (self->step));
  g_autofree char *cost = reshoot_words_for_cost (self->step);
  g_autofree char *why = error != NULL ? reshoot_words_for_error (error) : NULL;
  g_autofree char *words = why != NULL ? g_strdup_printf ("%s\n%s", why, cost) : g_strdup (cost);

  gtk_label_set_text (self->problem, state);
  gtk_label_set_text (self->reason, words);
  gtk_widget_set_visible (GTK_WIDGET (self->retry),
                          reshoot_history_can_retry (self->step)
                          && !reshoot_project_get_read_only (self->project));
}

static void
update_picture (ReshootRowCell *self)
{
  static const ReshootCanvasMode modes[] = {
    [RESHOOT_ROW_MODE_ALONE] = RESHOOT_CANVAS_SIDE,
    [RESHOOT_ROW_MODE_AGAINST] = RESHOOT_CANVAS_SPLIT,
    [RESHOOT_ROW_MODE_DIFFERENCE] = RESHOOT_CANVAS_DIFFERENCE,
  };
  ReshootCanvasSide source = { 0 };
  ReshootCanvasSide result = { 0 };
  const char *name = gtk_label_get_text (self->name);
  g_autofree char *source_name = NULL;

  if (self->first_edge == 0 || reshoot_step_get_digest (self->step) == NULL)
    {
      if (self->picture != NULL)
        reshoot_picture_cancel (self->picture);
      g_clear_object (&self->picture);
      reshoot_canvas_show (self->canvas, NULL, NULL, NULL);
      return;
    }

  if (self->picture == NULL
      || g_strcmp0 (reshoot_picture_get_digest (self->picture),
                    reshoot_step_get_digest (self->step)) != 0)
    {
      if (self->picture != NULL)
        reshoot_picture_cancel (self->picture);
      g_clear_object (&self->picture);
      self->picture = reshoot_picture_new_for_step (self->project, self->step, self->first_edge);
    }

  result.picture = self->picture;
  result.name = name;
  reshoot_step_place_in_original (self->step, result.affine);
  if (self->mode != RESHOOT_ROW_MODE_ALONE && self->source != NULL)
    {
      source_name = reshoot_step_words_for_name (reshoot_step_get_parent (self->step));
      source.picture = self->source;
      source.name = source_name;
      reshoot_step_place_in_original (reshoot_step_get_parent (self->step), source.affine);
    }

  /* A name is for what is seen of the source; one pane of both needs none. */
  if (source.picture != NULL && self->mode == RESHOOT_ROW_MODE_AGAINST)
    gtk_widget_remove_css_class (GTK_WIDGET (self), "alone");
  else
    gtk_widget_add_css_class (GTK_WIDGET (self), "alone");

  reshoot_canvas_set_mode (self->canvas, modes[self->mode]);
  reshoot_canvas_show (self->canvas, &source, &result, name);
}

/* What a screen reader says of the whole cell. */
static void
update_description (ReshootRowCell *self,
                    const char     *facts)
{
  g_autofree char *state = reshoot_words_for_state (reshoot_step_get_state (self->step));
  g_autofree char *labels = reshoot_step_words_for_labels (self->step);
  g_autofree char *spoken = g_strjoin (", ", gtk_label_get_text (self->name), state, facts,
                                       *labels != '\0' ? labels : NULL, NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* Where it is chosen, as picking is. */
static gboolean
can_tick (ReshootRowCell *self)
{
  return self->selected && reshoot_step_get_digest (self->step) != NULL
         && !reshoot_project_get_read_only (self->project);
}

static void
answered_cb (ReshootRowCell *self)
{
  const char *followed = reshoot_answer_to_string (reshoot_ticks_button_get_followed (self->ticks));
  const char *strayed = reshoot_answer_to_string (reshoot_ticks_button_get_strayed (self->ticks));

  gtk_widget_activate_action (GTK_WIDGET (self), "view.tick", "(xss)", reshoot_step_get_id (self->step),
                              followed != NULL ? followed : "", strayed != NULL ? strayed : "");
}

static void
update_step (ReshootRowCell *self)
{
  ReshootStepState state = reshoot_step_get_state (self->step);
  gboolean is_final = reshoot_step_state_is_final (state);
  gboolean has_picture = reshoot_step_get_digest (self->step) != NULL;
  ReshootVerdict verdict = reshoot_step_get_verdict (self->step);
  g_autofree char *facts = dup_facts (self);
  g_autofree char *tooltip = NULL;
  g_autofree char *marks = reshoot_step_words_for_marks (self->step);

  gtk_label_set_text (self->facts, facts);
  tooltip = g_strdup_printf ("%s\n%s", gtk_label_get_text (self->name), facts);
  reshoot_tooltip_set (self->caption, tooltip);
  gtk_label_set_text (self->marks, marks);
  gtk_widget_set_visible (GTK_WIDGET (self->marks), *marks != '\0');
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), verdict != RESHOOT_VERDICT_NONE);
  gtk_image_set_from_icon_name (self->verdict, verdict == RESHOOT_VERDICT_REJECT
                                               ? "window-close-symbolic" : "object-select-symbolic");
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), !is_final);
  gtk_widget_set_visible (GTK_WIDGET (self->pick), has_picture && self->selected);
  gtk_widget_set_visible (GTK_WIDGET (self->ticks), can_tick (self));
  gtk_stack_set_visible_child_name (self->stack, has_picture ? "picture"
                                                 : is_final ? "problem" : "running");
  update_progress (self);
  update_problem (self);
  update_description (self, facts);
  if (has_picture)
    update_picture (self);
}

static void
reshoot_row_cell_dispose (GObject *object)
{
  ReshootRowCell *self = RESHOOT_ROW_CELL (object);

  if (self->picture != NULL)
    reshoot_picture_cancel (self->picture);
  if (self->step != NULL)
    g_signal_handlers_disconnect_by_data (self->step, self);

  g_clear_object (&self->picture);
  g_clear_object (&self->source);
  g_clear_object (&self->project);
  g_clear_object (&self->step);

  G_OBJECT_CLASS (reshoot_row_cell_parent_class)->dispose (object);
}

static void
reshoot_row_cell_class_init (ReshootRowCellClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reshoot_row_cell_dispose;

  g_type_ensure (RESHOOT_TYPE_CANVAS);
  g_type_ensure (RESHOOT_TYPE_TICKS_BUTTON);
  reshoot_resources_ensure ();
  gtk_widget_class_set_css_name (widget_class, "rowcell");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_LIST_ITEM);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-row-cell.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, stack);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, canvas);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, state);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, progress);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, spinner);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, problem);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, reason);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, retry);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, caption);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, name);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, facts);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, marks);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, verdict);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, ticks);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, pick);
  gtk_widget_class_bind_template_child (widget_class, ReshootRowCell, cancel);
}

static void
reshoot_row_cell_init (ReshootRowCell *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  gtk_widget_set_focusable (GTK_WIDGET (self), TRUE);
  g_signal_connect_object (self->ticks, "answered", G_CALLBACK (answered_cb), self, G_CONNECT_SWAPPED);
}

/**
 * reshoot_row_cell_new:
 * @project: where the step lives
 * @step: a candidate
 * @name: what it is called in this row
 *
 * Returns: (transfer none): a cell that shows no picture yet
 */
GtkWidget *
reshoot_row_cell_new (ReshootProject *project,
                      ReshootStep    *step,
                      const char     *name)
{
  static const char *const told[] = {
    "notify::state", "notify::digest", "notify::verdict", "notify::rating",
  };
  ReshootRowCell *self;
  GVariant *id;

  g_return_val_if_fail (RESHOOT_IS_PROJECT (project), NULL);
  g_return_val_if_fail (RESHOOT_IS_STEP (step), NULL);

  self = g_object_new (RESHOOT_TYPE_ROW_CELL, NULL);
  self->project = g_object_ref (project);
  self->step = g_object_ref (step);
  gtk_label_set_text (self->name, name);

  id = g_variant_ref_sink (g_variant_new_int64 (reshoot_step_get_id (step)));
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->pick), id);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->cancel), id);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->retry), id);
  g_variant_unref (id);

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    g_signal_connect_object (step, told[i], G_CALLBACK (update_step), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (step, "notify::progress", G_CALLBACK (update_progress), self,
                           G_CONNECT_SWAPPED);
  update_step (self);
  return GTK_WIDGET (self);
}

ReshootStep *
reshoot_row_cell_get_step (ReshootRowCell *self)
{
  g_return_val_if_fail (RESHOOT_IS_ROW_CELL (self), NULL);

  return self->step;
}

ReshootCanvas *
reshoot_row_cell_get_canvas (ReshootRowCell *self)
{
  g_return_val_if_fail (RESHOOT_IS_ROW_CELL (self), NULL);

  return self->canvas;
}

/**
 * reshoot_row_cell_get_caption:
 * @self: a cell
 *
 * Returns: (transfer none): what stands below the picture; as high in all cells, so that the pictures are as large
 */
GtkWidget *
reshoot_row_cell_get_caption (ReshootRowCell *self)
{
  g_return_val_if_fail (RESHOOT_IS_ROW_CELL (self), NULL);

  return self->caption;
}

void
reshoot_row_cell_set_selected (ReshootRowCell *self,
                               gboolean        selected)
{
  g_return_if_fail (RESHOOT_IS_ROW_CELL (self));

  if (self->selected == selected)
    return;

  self->selected = selected;
  if (selected)
    gtk_widget_add_css_class (GTK_WIDGET (self), "selected");
  else
    gtk_widget_remove_css_class (GTK_WIDGET (self), "selected");

  gtk_accessible_update_state (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_STATE_SELECTED, selected, -1);
  gtk_widget_set_visible (GTK_WIDGET (self->pick),
                          selected && reshoot_step_get_digest (self->step) != NULL);
  gtk_widget_set_visible (GTK_WIDGET (self->ticks), can_tick (self));
}

/**
 * reshoot_row_cell_set_ticks:
 * @self: a cell
 * @followed: whether this person said that it did what was asked
 * @strayed: whether they said that anything else changed
 */
void
reshoot_row_cell_set_ticks (ReshootRowCell *self,
                            ReshootAnswer   followed,
                            ReshootAnswer   strayed)
{
  g_return_if_fail (RESHOOT_IS_ROW_CELL (self));

  reshoot_ticks_button_set (self->ticks, followed, strayed);
  update_step (self);
}

/**
 * reshoot_row_cell_show:
 * @self: a cell
 * @source: (nullable): what all candidates were made from
 * @mode: how to show it
 * @first_edge: long edge of the first, small decoding, in pixels
 *
 * Shows the picture as soon as there is one, until reshoot_row_cell_hide().
 */
void
reshoot_row_cell_show (ReshootRowCell *self,
                       ReshootPicture *source,
                       ReshootRowMode  mode,
                       int             first_edge)
{
  g_return_if_fail (RESHOOT_IS_ROW_CELL (self));

  g_set_object (&self->source, source);
  self->mode = mode;
  self->first_edge = MAX (first_edge, 1);
  update_picture (self);
}

/**
 * reshoot_row_cell_hide:
 * @self: a cell
 *
 * Nobody looks: no picture is kept.
 */
void
reshoot_row_cell_hide (ReshootRowCell *self)
{
  g_return_if_fail (RESHOOT_IS_ROW_CELL (self));

  g_clear_object (&self->source);
  self->first_edge = 0;
  update_picture (self);
}
