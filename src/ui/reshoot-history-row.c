/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootHistoryRow: one step in the list: thumbnail, the instruction's own words, who made it, and what can be done
 * about it while it runs or after it failed. It follows the step's properties and keeps nothing of its own. It may also
 * stand for steps that are folded away, and then shows how many. */

#include "config.h"

#include "reshoot-history-row.h"

#include "reshoot-lanes-view.h"
#include "reshoot-picture.h"
#include "reshoot-resources.h"
#include "reshoot-step-words.h"
#include "reshoot-thumbnail.h"
#include "reshoot-tooltip.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* Long edge of a thumbnail as it is decoded, in pixels: sharp also on a display with two pixels per pixel. */
#define THUMBNAIL_EDGE 128

/* How many lines of the reason a step that failed shows; the tooltip has all of it. */
#define REASON_LINES 3

struct _ReshootHistoryRow
{
  AdwBin                 parent_instance;

  ReshootLanesView      *lanes;
  ReshootThumbnail      *thumbnail;
  GtkLabel              *branch_name;
  GtkLabel              *name;
  GtkLabel              *news;
  GtkLabel              *origin;
  GtkLabel              *marks;
  GtkImage              *verdict;
  GtkButton             *branch;
  GtkProgressBar        *progress;
  GtkButton             *cancel;
  GtkButton             *retry;

  ReshootHistoryEntry   *entry;        /* (owned) (nullable): while bound */
  ReshootHistoryContext *context;      /* (owned) (nullable): while bound */
  GCancellable          *cancellable;  /* (nullable): of the thumbnail on its way */
  guint                  pulse_id;
  guint                  clock_id;     /* while it runs: what is said of the time left changes */
};

G_DEFINE_FINAL_TYPE (ReshootHistoryRow, reshoot_history_row, ADW_TYPE_BIN)

static void
pyramid_ready_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (ReshootHistoryRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootPyramid) pyramid = reshoot_pyramid_new_finish (result, &error);
  g_autoptr (GdkTexture) texture = NULL;
  const char *digest;

  if (pyramid == NULL || self->entry == NULL)
    {
      if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_debug ("no thumbnail: %s", error->message);
      return;
    }

  texture = reshoot_texture_new_for_pyramid (pyramid);
  digest = reshoot_step_get_digest (reshoot_history_entry_get_step (self->entry));
  reshoot_thumbnail_set_paintable (self->thumbnail, GDK_PAINTABLE (texture));
  reshoot_history_context_keep_thumbnail (self->context, digest, texture);
}

static void
load_picture_ready_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (ReshootHistoryRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = NULL;

  image = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source), result, &error);
  if (image != NULL && self->cancellable != NULL)
    reshoot_pyramid_new_async (image, THUMBNAIL_EDGE, self->cancellable, pyramid_ready_cb,
                               g_object_ref (self));
  else if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_debug ("no thumbnail: %s", error->message);
}

static void
stop_loading (ReshootHistoryRow *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
}

static void
update_thumbnail (ReshootHistoryRow *self)
{
  ReshootStep *step = reshoot_history_entry_get_step (self->entry);
  const char *digest = reshoot_step_get_digest (step);
  GdkTexture *texture = reshoot_history_context_find_thumbnail (self->context, digest);

  stop_loading (self);
  reshoot_thumbnail_set_paintable (self->thumbnail, GDK_PAINTABLE (texture));
  if (texture != NULL || digest == NULL)
    return;

  self->cancellable = g_cancellable_new ();
  reshoot_project_load_picture_async (reshoot_history_context_get_project (self->context), step,
                                      RESHOOT_PICTURE_THUMBNAIL, self->cancellable,
                                      load_picture_ready_cb, g_object_ref (self));
}

/* When nobody says how far it is, the bar only shows that it goes on. */
static gboolean
pulse_cb (gpointer user_data)
{
  gtk_progress_bar_pulse (RESHOOT_HISTORY_ROW (user_data)->progress);
  return G_SOURCE_CONTINUE;
}

static void
update_progress (ReshootHistoryRow *self)
{
  ReshootStep *step = reshoot_history_entry_get_step (self->entry);
  gboolean runs = !reshoot_step_state_is_final (reshoot_step_get_state (step));
  double progress = reshoot_step_get_progress (step);

  gtk_widget_set_visible (GTK_WIDGET (self->progress), runs);
  if (!runs || !isnan (progress))
    g_clear_handle_id (&self->pulse_id, g_source_remove);

  if (runs && !isnan (progress))
    gtk_progress_bar_set_fraction (self->progress, CLAMP (progress, 0, 1));
  else if (runs && self->pulse_id == 0)
    self->pulse_id = g_timeout_add (150, pulse_cb, self);
}

static char *
dup_name (ReshootHistoryRow *self,
          ReshootStep       *step)
{
  if (reshoot_step_get_parent (step) == NULL
      && reshoot_history_entry_get_n_siblings (self->entry) > 1)
    return g_strdup (reshoot_step_get_title (step));

  return reshoot_step_words_for_name (step);
}

/* Accepted or rejected is told by the sign's shape, not by a colour. */
static void
update_marks (ReshootHistoryRow *self)
{
  ReshootStep *step = reshoot_history_entry_get_step (self->entry);
  ReshootVerdict verdict = reshoot_step_get_verdict (step);
  const char *branch = reshoot_step_get_branch (step);
  g_autofree char *marks = reshoot_step_words_for_marks (step);

  gtk_widget_set_visible (GTK_WIDGET (self->verdict), verdict != RESHOOT_VERDICT_NONE);
  gtk_image_set_from_icon_name (self->verdict, verdict == RESHOOT_VERDICT_REJECT
                                               ? "window-close-symbolic" : "object-select-symbolic");
  gtk_label_set_text (self->marks, marks);
  gtk_widget_set_visible (GTK_WIDGET (self->marks), *marks != '\0');
  gtk_label_set_text (self->branch_name, branch != NULL ? branch : "");
  gtk_widget_set_visible (GTK_WIDGET (self->branch_name), branch != NULL);
}

/* What a screen reader says, and what the tooltip has beside the words in full or the reason. */
static void
update_description (ReshootHistoryRow *self,
                    const char        *name,
                    const char        *origin,
                    const char        *reason)
{
  ReshootStep *step = reshoot_history_entry_get_step (self->entry);
  ReshootRequest *request = reshoot_step_get_request (step);
  gboolean is_new = reshoot_history_context_get_is_new (self->context, step);
  g_autofree char *labels = reshoot_step_words_for_labels (step);
  g_autofree char *spoken = reshoot_step_words_for_speech (step, name, origin, is_new);
  const char *words = reason;
  g_autofree char *tooltip = NULL;

  if (words == NULL && request != NULL)
    words = reshoot_request_get_instruction (request);

  if (words != NULL && *labels != '\0')
    tooltip = g_strdup_printf ("%s\n%s", words, labels);
  else if (words != NULL || *labels != '\0')
    tooltip = g_strdup (words != NULL ? words : labels);

  reshoot_tooltip_set (GTK_WIDGET (self), tooltip);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
}

/* Who makes it and how it stands; while it runs also how long that will take, of a failure the reason. */
static void
update_origin (ReshootHistoryRow *self)
{
  ReshootStep *step = reshoot_history_entry_get_step (self->entry);
  ReshootStepState state = reshoot_step_get_state (step);
  ReshootCatalogue *catalogue = reshoot_history_context_get_catalogue (self->context);
  g_autofree char *origin = reshoot_step_words_for_origin (step, catalogue);
  g_autofree char *expectation = reshoot_history_context_dup_expectation (self->context, step);
  g_autofree char *name = dup_name (self, step);
  g_autofree char *text = NULL;
  g_autofree char *why = NULL;
  g_autoptr (GError) error = NULL;

  if (state != RESHOOT_STEP_DONE && reshoot_step_state_is_final (state))
    error = reshoot_step_dup_error (step);

  if (error != NULL)
    {
      g_autofree char *words = reshoot_words_for_state (state);

      why = reshoot_words_for_error (error);
      text = g_strdup_printf ("%s · %s", words, why);
    }
  else
    /* What is left of the time comes first: the row may have no room for all. */
    text = expectation != NULL ? g_strdup_printf ("%s · %s", expectation, origin)
                               : g_strdup (origin);

  gtk_label_set_text (self->origin, text);
  gtk_label_set_wrap (self->origin, error != NULL);
  gtk_label_set_lines (self->origin, error != NULL ? REASON_LINES : 1);
  update_description (self, name, origin, why);
}

static gboolean
clock_cb (gpointer user_data)
{
  update_origin (user_data);
  return G_SOURCE_CONTINUE;
}

/* What can be done about it in one click. What a cancel means to the service is said before. */
static void
update_buttons (ReshootHistoryRow *self)
{
  ReshootStep *step = reshoot_history_entry_get_step (self->entry);
  ReshootModel *model = reshoot_history_context_get_model (self->context, step);
  gboolean runs = !reshoot_step_state_is_final (reshoot_step_get_state (step));
  gboolean can_ask = reshoot_history_can_ask_again (step);
  g_autofree char *cancel = NULL;

  if (runs && model != NULL && reshoot_step_get_ticket (step) != NULL)
    {
      g_autofree char *words = reshoot_words_for_cancel_before (reshoot_model_get_cancel (model));

      cancel = g_strdup_printf ("%s\n%s", _("Cancel this edit"), words);
    }

  reshoot_tooltip_set (GTK_WIDGET (self->cancel), cancel != NULL ? cancel : _("Cancel this edit"));
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), runs);
  gtk_widget_set_visible (GTK_WIDGET (self->retry), can_ask || reshoot_history_can_retry (step));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->retry),
                                  can_ask ? "view.ask-again" : "view.retry-step");
  reshoot_tooltip_set (GTK_WIDGET (self->retry),
                       can_ask ? _("Ask the service for this result again: that costs nothing")
                               : _("Try this edit again"));
}

static void
update_news (ReshootHistoryRow *self)
{
  ReshootStep *step = reshoot_history_entry_get_step (self->entry);

  gtk_widget_set_visible (GTK_WIDGET (self->news),
                          reshoot_history_context_get_is_new (self->context, step));
}

static void
update_state (ReshootHistoryRow *self)
{
  ReshootStep *step = reshoot_history_entry_get_step (self->entry);
  ReshootStepState state = reshoot_step_get_state (step);
  g_autofree char *name = dup_name (self, step);
  gboolean runs = !reshoot_step_state_is_final (state);

  gtk_label_set_text (self->name, name);
  update_marks (self);
  update_news (self);
  update_origin (self);
  update_buttons (self);
  reshoot_lanes_view_set_lanes (self->lanes, reshoot_history_entry_get_lanes (self->entry),
                                state != RESHOOT_STEP_DONE);
  update_progress (self);

  if (!runs)
    g_clear_handle_id (&self->clock_id, g_source_remove);
  else if (self->clock_id == 0)
    self->clock_id = g_timeout_add_seconds (1, clock_cb, self);
}

/* The row stands for several steps: choosing it shows them. */
static void
show_fold (ReshootHistoryRow *self)
{
  guint n = reshoot_history_entry_get_n_folded (self->entry);
  /* Translators: a row of the history that stands for %u steps; choosing it shows them. */
  g_autofree char *text = g_strdup_printf (ngettext ("%u step folded", "%u steps folded", n), n);
  g_autofree char *spoken = g_strdup_printf ("%s, %s", text, _("choose it to show them"));

  gtk_label_set_text (self->name, text);
  gtk_label_set_text (self->origin, "");
  reshoot_tooltip_set (GTK_WIDGET (self), _("Show these steps"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, spoken, -1);
  reshoot_lanes_view_set_lanes (self->lanes, reshoot_history_entry_get_lanes (self->entry), TRUE);
  gtk_widget_set_visible (GTK_WIDGET (self->branch_name), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->verdict), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->marks), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->news), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->branch), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->progress), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->cancel), FALSE);
  gtk_widget_set_visible (GTK_WIDGET (self->retry), FALSE);
}

static void
update_branch (ReshootHistoryRow *self)
{
  guint n_siblings = reshoot_history_entry_get_n_siblings (self->entry);
  guint place = reshoot_history_entry_get_place (self->entry);
  gboolean marks_branch = reshoot_history_entry_marks_branch (self->entry);
  g_autofree char *label = NULL;
  g_autofree char *spoken = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->branch), marks_branch);
  if (!marks_branch)
    return;

  /* Translators: which one of several branches, "2/3". */
  label = g_strdup_printf (_("%u/%u"), place + 1, n_siblings);
  spoken = g_strdup_printf (_("Branch %u of %u: show all"), place + 1, n_siblings);
  gtk_button_set_label (self->branch, label);
  reshoot_tooltip_set (GTK_WIDGET (self->branch), spoken);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->branch), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  spoken, -1);
}

static void
show_step (ReshootHistoryRow *self)
{
  update_state (self);
  update_branch (self);
}

static void
entry_changed_cb (ReshootHistoryRow *self)
{
  if (reshoot_history_entry_get_n_folded (self->entry) > 0)
    show_fold (self);
  else
    show_step (self);
}

static void
marked_cb (ReshootHistoryContext *context,
           ReshootStep           *step,
           gpointer               user_data)
{
  ReshootHistoryRow *self = user_data;

  if (step != reshoot_history_entry_get_step (self->entry))
    return;

  update_news (self);
  update_origin (self);
}

static void
unbind (ReshootHistoryRow *self)
{
  stop_loading (self);
  g_clear_handle_id (&self->pulse_id, g_source_remove);
  g_clear_handle_id (&self->clock_id, g_source_remove);

  if (self->entry != NULL)
    {
      ReshootStep *step = reshoot_history_entry_get_step (self->entry);

      g_signal_handlers_disconnect_by_data (step, self);
      g_signal_handlers_disconnect_by_data (reshoot_step_get_notes (step), self);
      g_signal_handlers_disconnect_by_data (self->entry, self);
      g_signal_handlers_disconnect_by_data (self->context, self);
    }

  g_clear_object (&self->entry);
  g_clear_object (&self->context);
}

static void
reshoot_history_row_dispose (GObject *object)
{
  unbind (RESHOOT_HISTORY_ROW (object));

  G_OBJECT_CLASS (reshoot_history_row_parent_class)->dispose (object);
}

static void
reshoot_history_row_class_init (ReshootHistoryRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reshoot_history_row_dispose;

  g_type_ensure (RESHOOT_TYPE_LANES_VIEW);
  g_type_ensure (RESHOOT_TYPE_THUMBNAIL);
  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-history-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryRow, lanes);
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryRow, thumbnail);
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryRow, branch_name);
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryRow, name);
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryRow, news);
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryRow, origin);
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryRow, marks);
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryRow, verdict);
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryRow, branch);
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryRow, progress);
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryRow, cancel);
  gtk_widget_class_bind_template_child (widget_class, ReshootHistoryRow, retry);
}

static void
reshoot_history_row_init (ReshootHistoryRow *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

static void
watch_step (ReshootHistoryRow *self,
            ReshootStep       *step)
{
  static const char *const told[] = {
    "notify::state", "notify::title", "notify::branch", "notify::tags", "notify::verdict",
    "notify::rating",
  };

  for (guint i = 0; i < G_N_ELEMENTS (told); i++)
    g_signal_connect_object (step, told[i], G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (reshoot_step_get_notes (step), "items-changed",
                           G_CALLBACK (update_state), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (step, "notify::progress", G_CALLBACK (update_progress), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (step, "notify::digest", G_CALLBACK (update_thumbnail), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->context, "marked", G_CALLBACK (marked_cb), self, 0);
}

/**
 * reshoot_history_row_bind:
 * @self: a row
 * @entry: (nullable): what to show; NULL lets go of everything
 * @context: (nullable): what the rows share
 */
void
reshoot_history_row_bind (ReshootHistoryRow     *self,
                          ReshootHistoryEntry   *entry,
                          ReshootHistoryContext *context)
{
  ReshootStep *step;
  GVariant *id;

  g_return_if_fail (RESHOOT_IS_HISTORY_ROW (self));

  unbind (self);
  if (entry == NULL)
    return;

  self->entry = g_object_ref (entry);
  self->context = g_object_ref (context);
  g_signal_connect_object (entry, "changed", G_CALLBACK (entry_changed_cb), self, G_CONNECT_SWAPPED);

  gtk_widget_set_visible (GTK_WIDGET (self->thumbnail),
                          reshoot_history_entry_get_n_folded (entry) == 0);
  if (reshoot_history_entry_get_n_folded (entry) > 0)
    {
      show_fold (self);
      return;
    }

  step = reshoot_history_entry_get_step (entry);
  id = g_variant_ref_sink (g_variant_new_int64 (reshoot_step_get_id (step)));
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->cancel), id);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->retry), id);
  gtk_actionable_set_action_target_value (GTK_ACTIONABLE (self->branch), id);
  g_variant_unref (id);

  watch_step (self, step);
  show_step (self);
  update_thumbnail (self);
}

/**
 * reshoot_history_row_get_step:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what it shows
 */
ReshootStep *
reshoot_history_row_get_step (ReshootHistoryRow *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ROW (self), NULL);

  return self->entry != NULL ? reshoot_history_entry_get_step (self->entry) : NULL;
}
