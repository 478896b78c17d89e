/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootReviewSide: what is said of the step that is looked at, and how it was made: verdict, rating, notes, model,
 * time, price, and whether the record of all that is whole. It follows the head. Its buttons are actions of the view
 * and of the window; on a project that can only be read they say why they do nothing. */

#include "config.h"

#include "reshoot-review-side.h"

#include "reshoot-project-notes.h"
#include "reshoot-resources.h"
#include "reshoot-step-words.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <math.h>

#define N_STARS 5

struct _ReshootReviewSide
{
  AdwBin            parent_instance;

  GtkLabel         *read_only;
  GtkLabel         *others;
  GtkBox           *stars;
  GtkWidget        *clear;
  GtkListBox       *notes;
  GtkWidget        *no_notes;
  GtkLabel         *model;
  GtkLabel         *time;
  GtkLabel         *price_title;
  GtkLabel         *price;
  GtkLabel         *size;
  GtkWidget        *model_row;
  GtkWidget        *time_row;
  GtkWidget        *price_row;
  GtkLabel         *ledger;
  GtkButton        *check;
  GtkSpinner       *checking;

  ReshootProject   *project;       /* (owned) (nullable) */
  ReshootCatalogue *catalogue;     /* (owned) (nullable) */
  ReshootStep      *step;          /* (owned) (nullable): the head */
  GCancellable     *cancellable;   /* (owned) (nullable): of a check of the ledger */
};

G_DEFINE_FINAL_TYPE (ReshootReviewSide, reshoot_review_side, ADW_TYPE_BIN)

static void
update_stars (ReshootReviewSide *self)
{
  int rating = self->step != NULL ? reshoot_step_get_rating (self->step) : 0;
  int i = 1;

  for (GtkWidget *star = gtk_widget_get_first_child (GTK_WIDGET (self->stars));
       star != NULL && i <= N_STARS; star = gtk_widget_get_next_sibling (star), i++)
    gtk_button_set_icon_name (GTK_BUTTON (star),
                              i <= rating ? "starred-symbolic" : "non-starred-symbolic");

  gtk_widget_set_visible (self->clear, rating > 0);
}

static char *
words_for_verdict (const ReshootGivenVerdict *given)
{
  gboolean accepts = given->verdict == RESHOOT_VERDICT_ACCEPT;

  if (given->reason == NULL)
    /* Translators: %s is another person, who looked at the step. */
    return g_strdup_printf (accepts ? _("%s accepts it") : _("%s rejects it"), given->author);

  /* Translators: another person, who looked at the step, and why they accept or reject it. */
  return g_strdup_printf (accepts ? _("%s accepts it: %s") : _("%s rejects it: %s"), given->author,
                          given->reason);
}

/* What other people said; the own verdict shows in the buttons. */
static void
update_others (ReshootReviewSide *self)
{
  g_autoptr (GString) text = g_string_new (NULL);
  const ReshootGivenVerdict *given = NULL;
  guint n = 0;

  if (self->step != NULL)
    given = reshoot_step_get_verdicts (self->step, &n);

  for (guint i = 0; i < n; i++)
    if (*given[i].author != '\0')
      {
        g_autofree char *words = words_for_verdict (&given[i]);

        g_string_append_printf (text, "%s%s", text->len > 0 ? "\n" : "", words);
      }

  gtk_label_set_text (self->others, text->str);
  gtk_widget_set_visible (GTK_WIDGET (self->others), text->len > 0);
}

static void
update_notes (ReshootReviewSide *self)
{
  guint n = self->step != NULL ? reshoot_step_count_notes (self->step) : 0;

  gtk_widget_set_visible (GTK_WIDGET (self->notes), n > 0);
  gtk_widget_set_visible (self->no_notes, n == 0);
}

static void
update_price (ReshootReviewSide *self)
{
  const ReshootPrice *price = reshoot_step_get_price (self->step);
  g_autofree char *words = reshoot_words_for_cost (self->step);

  if (price->settled > 0)
    gtk_label_set_text (self->price_title, _("Price, settled"));
  else if (price->quoted > 0)
    gtk_label_set_text (self->price_title, _("Price, quoted"));
  else if (price->estimate > 0)
    gtk_label_set_text (self->price_title, _("Price, estimated"));
  else
    gtk_label_set_text (self->price_title, _("Price"));

  gtk_label_set_text (self->price, words);
}

static void
update_facts (ReshootReviewSide *self)
{
  ReshootRequest *request = self->step != NULL ? reshoot_step_get_request (self->step) : NULL;
  ReshootModel *model = NULL;
  g_autofree char *time = NULL;
  g_autofree char *size = NULL;

  gtk_widget_set_visible (self->model_row, request != NULL);
  gtk_widget_set_visible (self->time_row, request != NULL
                          && !isnan (reshoot_step_get_seconds (self->step)));
  gtk_widget_set_visible (self->price_row, request != NULL);
  if (self->step == NULL)
    return;

  /* Translators: width and height of a picture, in pixels. */
  size = g_strdup_printf (_("%d × %d"), reshoot_step_get_width (self->step),
                          reshoot_step_get_height (self->step));
  gtk_label_set_text (self->size, size);
  if (request == NULL)
    return;

  if (self->catalogue != NULL)
    model = reshoot_catalogue_get_model (self->catalogue, reshoot_request_get_model (request));
  gtk_label_set_text (self->model, model != NULL ? reshoot_model_get_name (model)
                                                 : reshoot_request_get_model (request));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->model), reshoot_request_get_model (request));
  time = reshoot_words_for_seconds (reshoot_step_get_seconds (self->step));
  gtk_label_set_text (self->time, time);
  update_price (self);
}

static GtkWidget *
make_note_row (gpointer item,
               gpointer user_data)
{
  ReshootReviewSide *self = user_data;
  const ReshootNoteFacts *facts = reshoot_note_get_facts (item);
  GListModel *notes = reshoot_step_get_notes (self->step);
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *number = gtk_label_new (NULL);
  GtkWidget *text = gtk_label_new (facts->text);
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  g_autofree char *words = NULL;
  g_autofree char *said = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (ReshootNote) note = g_list_model_get_item (notes, i);

      if (note == item)
        words = g_strdup_printf ("%u", i + 1);
    }

  gtk_label_set_text (GTK_LABEL (number), words);
  gtk_widget_add_css_class (number, isnan (facts->x) ? "note-number" : "note-marker");
  if (*facts->author != '\0')
    {
      gtk_widget_add_css_class (number, "theirs");
      /* Translators: a note of another person: who, and what they say. */
      said = g_strdup_printf (_("%s: %s"), facts->author, facts->text);
      gtk_label_set_text (GTK_LABEL (text), said);
    }
  gtk_widget_set_valign (number, GTK_ALIGN_CENTER);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_widget_set_hexpand (text, TRUE);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "circular");
  gtk_widget_set_tooltip_text (button, _("Remove This Note"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Remove this note"), -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "s", reshoot_note_get_uuid (item));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "step.remove-note");

  gtk_widget_add_css_class (row, "note-row");
  gtk_box_append (GTK_BOX (row), number);
  gtk_box_append (GTK_BOX (row), text);
  gtk_box_append (GTK_BOX (row), button);
  return row;
}

/* Their numbers shift when one goes: all are made again. */
static void
notes_changed_cb (ReshootReviewSide *self)
{
  gtk_list_box_bind_model (self->notes, reshoot_step_get_notes (self->step), make_note_row, self,
                           NULL);
  update_notes (self);
}

static void
let_go_of_step (ReshootReviewSide *self)
{
  if (self->step == NULL)
    return;

  g_signal_handlers_disconnect_by_data (self->step, self);
  g_signal_handlers_disconnect_by_data (reshoot_step_get_notes (self->step), self);
  gtk_list_box_bind_model (self->notes, NULL, NULL, NULL, NULL);
  g_clear_object (&self->step);
}

static void
follow_head (ReshootReviewSide *self)
{
  ReshootHistory *history = self->project != NULL ? reshoot_project_get_history (self->project)
                                                  : NULL;
  ReshootStep *head = history != NULL ? reshoot_history_get_head (history) : NULL;

  let_go_of_step (self);
  g_set_object (&self->step, head);
  if (head != NULL)
    {
      g_signal_connect_object (head, "notify::rating", G_CALLBACK (update_stars), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (head, "notify::verdict", G_CALLBACK (update_others), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (head, "notify::state", G_CALLBACK (update_facts), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (reshoot_step_get_notes (head), "items-changed",
                               G_CALLBACK (notes_changed_cb), self, G_CONNECT_SWAPPED);
      notes_changed_cb (self);
    }

  update_stars (self);
  update_others (self);
  update_notes (self);
  update_facts (self);
}

static void
show_check (ReshootReviewSide *self,
            const char        *words,
            gboolean           is_running)
{
  gtk_label_set_text (self->ledger, words);
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->ledger), words);
  gtk_widget_set_visible (GTK_WIDGET (self->checking), is_running);
  gtk_spinner_set_spinning (self->checking, is_running);
  gtk_widget_set_visible (GTK_WIDGET (self->check), !is_running);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (ReshootReviewSide) self = user_data;
  g_autoptr (GError) error = NULL;
  ReshootVerifyCounts counts;
  g_autofree char *words = NULL;

  if (reshoot_project_verify_finish (RESHOOT_PROJECT (source), result, &counts, &error))
    /* Translators: what a check of the ledger found; %u is how many entries there are. */
    words = g_strdup_printf (ngettext ("✓ whole, %u entry", "✓ whole, %u entries",
                                       counts.n_entries), counts.n_entries);
  else if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;
  else
    words = reshoot_words_for_error (error);

  if (self->project == RESHOOT_PROJECT (source))
    show_check (self, words, FALSE);
}

/* The whole file is read for it, so it is done when somebody wants to know. */
static void
check_clicked_cb (ReshootReviewSide *self)
{
  if (self->project == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  show_check (self, "", TRUE);
  reshoot_project_verify_async (self->project, self->cancellable, checked_cb, g_object_ref (self));
}

static void
let_go_of_project (ReshootReviewSide *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->project != NULL)
    g_signal_handlers_disconnect_by_data (reshoot_project_get_history (self->project), self);

  let_go_of_step (self);
  g_clear_object (&self->project);
  g_clear_object (&self->catalogue);
}

static void
reshoot_review_side_dispose (GObject *object)
{
  let_go_of_project (RESHOOT_REVIEW_SIDE (object));

  G_OBJECT_CLASS (reshoot_review_side_parent_class)->dispose (object);
}

static void
reshoot_review_side_class_init (ReshootReviewSideClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reshoot_review_side_dispose;

  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-review-side.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, read_only);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, others);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, stars);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, clear);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, notes);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, no_notes);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, model);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, time);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, price_title);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, price);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, size);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, model_row);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, time_row);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, price_row);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, ledger);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, check);
  gtk_widget_class_bind_template_child (widget_class, ReshootReviewSide, checking);
  gtk_widget_class_bind_template_callback (widget_class, check_clicked_cb);
}

static void
reshoot_review_side_init (ReshootReviewSide *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));

  for (int i = N_STARS; i >= 1; i--)
    {
      GtkWidget *star = gtk_button_new_from_icon_name ("non-starred-symbolic");
      g_autofree char *words = g_strdup_printf (ngettext ("%u star", "%u stars", (guint) i),
                                                (guint) i);
      /* Translators: a tooltip: a rating and the key for it. */
      g_autofree char *tooltip = g_strdup_printf ("%s (%d)", words, i);

      gtk_widget_add_css_class (star, "flat");
      gtk_widget_set_tooltip_text (star, tooltip);
      gtk_accessible_update_property (GTK_ACCESSIBLE (star), GTK_ACCESSIBLE_PROPERTY_LABEL, words,
                                      -1);
      gtk_actionable_set_action_target (GTK_ACTIONABLE (star), "i", i);
      gtk_actionable_set_action_name (GTK_ACTIONABLE (star), "step.rating");
      gtk_box_prepend (self->stars, star);
    }

  follow_head (self);
  show_check (self, "", FALSE);
}

/**
 * reshoot_review_side_set_project:
 * @self: the pane
 * @project: (nullable): whose head to follow
 * @catalogue: (nullable): knows what models are called
 */
void
reshoot_review_side_set_project (ReshootReviewSide *self,
                                 ReshootProject    *project,
                                 ReshootCatalogue  *catalogue)
{
  g_return_if_fail (RESHOOT_IS_REVIEW_SIDE (self));

  if (self->project == project)
    return;

  let_go_of_project (self);
  g_set_object (&self->project, project);
  g_set_object (&self->catalogue, catalogue);
  if (project != NULL)
    g_signal_connect_object (reshoot_project_get_history (project), "notify::head",
                             G_CALLBACK (follow_head), self, G_CONNECT_SWAPPED);

  gtk_widget_set_visible (GTK_WIDGET (self->read_only),
                          project != NULL && reshoot_project_get_read_only (project));
  show_check (self, "", FALSE);
  follow_head (self);
}
