/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootFilmCell: one step in the film strip: its small picture, its name, and what was said of it as signs. It
 * follows the step and keeps nothing of its own. What it consists of is made when it is filled: a list holds cells by
 * the hundred, most of them out of sight. */

#include "config.h"

#include "reshoot-film-cell.h"

#include "reshoot-step-thumbnail.h"
#include "reshoot-step-words.h"
#include "reshoot-tooltip.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>

/* Of the small picture, in logical pixels. */
#define WIDTH 104
#define HEIGHT 62

struct _ReshootFilmCell
{
  AdwBin          parent_instance;

  GtkWidget      *frame;         /* (nullable): an AdwBin: holds the small picture; NULL before it was ever filled */
  GtkWidget      *spinner;
  GtkWidget      *verdict;
  GtkWidget      *name;
  GtkWidget      *marks;

  ReshootProject *project;       /* (owned) (nullable): while bound */
  ReshootStep    *step;          /* (owned) (nullable) */
  gboolean        follows;       /* it was filled */
  GCancellable   *cancellable;   /* (owned) (nullable): of the small picture on its way */
};

G_DEFINE_FINAL_TYPE (ReshootFilmCell, reshoot_film_cell, ADW_TYPE_BIN)

static void
update_picture (ReshootFilmCell *self)
{
  GtkWidget *thumbnail;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  thumbnail = reshoot_step_thumbnail_new (self->project, self->step, self->cancellable);
  gtk_widget_set_size_request (thumbnail, WIDTH, HEIGHT);
  adw_bin_set_child (ADW_BIN (self->frame), thumbnail);
}

static void
update_words (ReshootFilmCell *self)
{
  ReshootStepState state = reshoot_step_get_state (self->step);
  ReshootVerdict verdict = reshoot_step_get_verdict (self->step);
  gboolean runs = !reshoot_step_state_is_final (state);
  g_autofree char *name = reshoot_step_words_for_name (self->step);
  g_autofree char *marks = reshoot_step_words_for_marks (self->step);
  g_autofree char *labels = reshoot_step_words_for_labels (self->step);
  g_autofree char *words = state == RESHOOT_STEP_DONE ? NULL : reshoot_words_for_state (state);
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();
  g_autofree char *spoken = NULL;

  g_ptr_array_add (parts, name);
  if (words != NULL)
    g_ptr_array_add (parts, words);
  if (*labels != '\0')
    g_ptr_array_add (parts, labels);
  g_ptr_array_add (parts, NULL);
  spoken = g_strjoinv (", ", (char **) parts->pdata);

  gtk_label_set_text (GTK_LABEL (self->name), name);
  gtk_label_set_text (GTK_LABEL (self->marks), marks);
  gtk_widget_set_visible (self->marks, *marks != '\0');
  gtk_widget_set_visible (self->spinner, runs);
  gtk_spinner_set_spinning (GTK_SPINNER (self->spinner), runs);
  gtk_widget_set_visible (self->verdict, verdict != RESHOOT_VERDICT_NONE);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->verdict),
                                verdict == RESHOOT_VERDICT_REJECT ? "window-close-symbolic"
                                : "object-select-symbolic");
  reshoot_tooltip_set (GTK_WIDGET (self), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

static void
unbind (ReshootFilmCell *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);

  if (self->follows)
    {
      g_signal_handlers_disconnect_by_data (self->step, self);
      g_signal_handlers_disconnect_by_data (reshoot_step_get_notes (self->step), self);
    }

  self->follows = FALSE;
  g_clear_object (&self->step);
  g_clear_object (&self->project);
}

static void
reshoot_film_cell_dispose (GObject *object)
{
  unbind (RESHOOT_FILM_CELL (object));

  G_OBJECT_CLASS (reshoot_film_cell_parent_class)->dispose (object);
}

static void
reshoot_film_cell_class_init (ReshootFilmCellClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reshoot_film_cell_dispose;

  gtk_widget_class_set_css_name (GTK_WIDGET_CLASS (klass), "filmcell");
}

static void
reshoot_film_cell_init (ReshootFilmCell *self)
{
  gtk_widget_set_size_request (GTK_WIDGET (self), WIDTH, HEIGHT);
}

static void
build (ReshootFilmCell *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *overlay = gtk_overlay_new ();

  self->frame = adw_bin_new ();
  gtk_widget_set_size_request (self->frame, WIDTH, HEIGHT);
  gtk_overlay_set_child (GTK_OVERLAY (overlay), self->frame);

  self->spinner = gtk_spinner_new ();
  gtk_widget_set_halign (self->spinner, GTK_ALIGN_CENTER);
  gtk_widget_set_valign (self->spinner, GTK_ALIGN_CENTER);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->spinner);

  self->verdict = gtk_image_new ();
  gtk_image_set_pixel_size (GTK_IMAGE (self->verdict), 12);
  gtk_widget_add_css_class (self->verdict, "verdict");
  gtk_widget_set_halign (self->verdict, GTK_ALIGN_END);
  gtk_widget_set_valign (self->verdict, GTK_ALIGN_END);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->verdict);

  self->marks = gtk_label_new (NULL);
  gtk_widget_add_css_class (self->marks, "film-marks");
  gtk_widget_set_halign (self->marks, GTK_ALIGN_START);
  gtk_widget_set_valign (self->marks, GTK_ALIGN_END);
  gtk_overlay_add_overlay (GTK_OVERLAY (overlay), self->marks);

  self->name = gtk_label_new (NULL);
  gtk_label_set_ellipsize (GTK_LABEL (self->name), PANGO_ELLIPSIZE_END);
  gtk_label_set_max_width_chars (GTK_LABEL (self->name), 1);
  gtk_widget_add_css_class (self->name, "caption");

  gtk_box_append (GTK_BOX (box), overlay);
  gtk_box_append (GTK_BOX (box), self->name);
  gtk_widget_set_size_request (box, WIDTH, -1);
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * reshoot_film_cell_bind:
 * @self: a cell
 * @project: (nullable): where the small picture comes from
 * @step: (nullable): what to show, once the cell is filled; NULL lets go of everything
 */
void
reshoot_film_cell_bind (ReshootFilmCell *self,
                        ReshootProject  *project,
                        ReshootStep     *step)
{
  g_return_if_fail (RESHOOT_IS_FILM_CELL (self));

  unbind (self);
  if (step == NULL)
    return;

  g_set_object (&self->project, project);
  self->step = g_object_ref (step);
}

/**
 * reshoot_film_cell_fill:
 * @self: a bound cell
 *
 * From now on it shows its step, and follows it.
 */
void
reshoot_film_cell_fill (ReshootFilmCell *self)
{
  static const char *const told[] = { "notify::state", "notify::title", "notify::verdict",
                                      "notify::rating" };

  g_return_if_fail (RESHOOT_IS_FILM_CELL (self));
  g_return_if_fail (self->step != NULL);

  if (self->frame == NULL)
    build (self);

  self->follows = TRUE;
  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    g_signal_connect_object (self->step, told[i], G_CALLBACK (update_words), self,
                             G_CONNECT_SWAPPED);
  g_signal_connect_object (reshoot_step_get_notes (self->step), "items-changed",
                           G_CALLBACK (update_words), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->step, "notify::digest", G_CALLBACK (update_picture), self,
                           G_CONNECT_SWAPPED);
  update_words (self);
  update_picture (self);
}
