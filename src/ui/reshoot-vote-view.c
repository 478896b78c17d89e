/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootVoteView: two results of a row and nothing that tells whose they are: which is better? While it asks, not one
 * word in it comes from a model, a service, a price or a time, and both pictures change in one frame, when both are
 * there. Once the person is through it shows which was which. What surrounds it is the window's to hide. */

#include "config.h"

#include "reshoot-vote-view.h"

#include "reshoot-vote-view-private.h"

#include "reshoot-plan.h"
#include "reshoot-resources.h"
#include "reshoot-settings.h"
#include "reshoot-vote-end.h"
#include "reshoot-words.h"
#include "reshoot-wrap-layout.h"

#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (ReshootVoteView, reshoot_vote_view, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_SHOWS_SOURCE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

enum
{
  LEAVES,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void load_votes (ReshootVoteView *self);

static gboolean
is_page (ReshootVoteView *self,
         const char      *name)
{
  return g_strcmp0 (gtk_stack_get_visible_child_name (self->stack), name) == 0;
}

/* What can be said hangs on what is seen. */
void
reshoot_vote_view_update_actions (ReshootVoteView *self)
{
  GtkWidget *widget = GTK_WIDGET (self);
  gboolean asks = self->round != NULL && is_page (self, "pair");

  gtk_widget_action_set_enabled (widget, "vote.say", asks && self->is_shown);
  gtk_widget_action_set_enabled (widget, "vote.skip", asks && self->is_shown);
  gtk_widget_action_set_enabled (widget, "vote.undo", asks && self->is_shown
                                 && reshoot_vote_round_can_undo (self->round));
}

void
reshoot_vote_view_tell_source (ReshootVoteView *self)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_SHOWS_SOURCE]);
}

static void
say_trouble (ReshootVoteView *self,
             const GError    *error)
{
  g_autofree char *why = error != NULL ? reshoot_words_for_error (error) : NULL;
  g_autofree char *words = NULL;

  if (why != NULL)
    /* Translators: %s is a sentence that says why. */
    words = g_strdup_printf (_("The vote could not be stored. %s"), why);

  gtk_label_set_text (self->trouble, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self->trouble), words != NULL);
}

static void
update_words (ReshootVoteView *self)
{
  const char *asked = self->row != NULL ? reshoot_row_get_words (self->row) : NULL;
  g_autofree char *pairs = NULL;
  g_autofree char *words = NULL;

  gtk_label_set_text (self->words, asked != NULL ? asked : _("Which is better?"));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->words), asked);
  if (self->round == NULL)
    return;

  /* Translators: how far the voting is: the number of this pair and how many there are. */
  pairs = g_strdup_printf (_("Pair %u of %u"), reshoot_vote_round_get_asked (self->round) + 1,
                           reshoot_vote_round_get_total (self->round));
  if (self->author != NULL && *self->author != '\0')
    /* Translators: “Pair 2 of 6”, then the name of the person who votes. */
    words = g_strdup_printf (_("%s · %s votes"), pairs, self->author);

  gtk_label_set_text (self->progress, words != NULL ? words : pairs);
}

static void
show_pair (ReshootVoteView *self)
{
  gtk_stack_set_visible_child_name (self->stack, "pair");
  update_words (self);
  reshoot_vote_view_load_cells (self);
  reshoot_vote_view_update_actions (self);
}

static void
drop_pair (ReshootVoteView *self)
{
  reshoot_vote_view_drop_cells (self);
  g_clear_pointer (&self->round, reshoot_vote_round_free);
}

/* What the row allows, also where this person has voted on all of it. */
static guint
count_pairs (ReshootVoteView *self,
             gboolean         again)
{
  g_autoptr (ReshootVoteRound) round = NULL;

  round = reshoot_vote_round_new (reshoot_row_get_steps (self->row), self->cast, self->author,
                                  again, 0);
  return reshoot_vote_round_get_total (round);
}

static void
show_end (ReshootVoteView *self)
{
  gboolean is_read_only = reshoot_project_get_read_only (self->project);
  guint n_open = is_read_only ? 0 : count_pairs (self, FALSE);
  guint n_all = count_pairs (self, TRUE);
  const char *words;

  drop_pair (self);
  if (is_read_only)
    words = _("This project is read-only: votes cannot be stored in it. These are the votes it has.");
  else if (n_all == 0)
    words = _("There is no pair to vote on here: it takes the results of two models that were asked "
              "together, both with a picture.");
  else if (n_open == 0)
    words = _("You have voted on every pair of this row.");
  else
    words = _("You have not voted on every pair of this row yet.");

  gtk_label_set_text (self->end_title, n_all > 0 ? _("Which Was Which") : _("Nothing to Vote On"));
  gtk_label_set_text (self->end_words, words);
  gtk_button_set_label (self->again, n_open > 0 ? _("_Go On Voting") : _("_Vote Again"));
  gtk_widget_set_visible (GTK_WIDGET (self->again), !is_read_only && n_all > 0);
  gtk_widget_set_visible (self->other, !is_read_only && n_all > 0);
  adw_bin_set_child (self->end_groups,
                     reshoot_vote_end_new (self->project, self->catalogue, self->row, self->cast,
                                           self->author, self->cancellable));
  gtk_stack_set_visible_child_name (self->stack, "end");
  reshoot_vote_view_update_actions (self);
  gtk_widget_grab_focus (self->back);
}

static void
begin_round (ReshootVoteView *self,
             gboolean         again)
{
  drop_pair (self);
  self->round = reshoot_vote_round_new (reshoot_row_get_steps (self->row), self->cast, self->author,
                                        again, self->seed++);
  if (reshoot_vote_round_get_total (self->round) > 0)
    show_pair (self);
  else
    show_end (self);
}

static void
ask_voter (ReshootVoteView *self)
{
  gtk_editable_set_text (self->voter, self->author != NULL ? self->author : "");
  gtk_stack_set_visible_child_name (self->stack, "start");
  reshoot_vote_view_update_actions (self);
  gtk_widget_grab_focus (GTK_WIDGET (self->voter));
}

/* Asked once in a life; a read-only project or a row without a pair has no use for it. */
static gboolean
needs_voter (ReshootVoteView *self)
{
  g_autoptr (GVariant) stored = NULL;

  if (self->author != NULL || reshoot_project_get_read_only (self->project))
    return FALSE;

  if (self->settings != NULL)
    stored = g_settings_get_user_value (self->settings, "voter");
  if (stored != NULL)
    self->author = g_variant_dup_string (stored, NULL);

  return stored == NULL;
}

static void
votes_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (ReshootVoteView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) cast = NULL;

  cast = reshoot_project_load_votes_finish (RESHOOT_PROJECT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      || self->project != RESHOOT_PROJECT (source))
    return;

  g_clear_pointer (&self->cast, g_ptr_array_unref);
  self->cast = cast != NULL ? g_steal_pointer (&cast) : g_ptr_array_new ();
  if (self->waits_for_end)
    {
      self->waits_for_end = FALSE;
      show_end (self);
    }
  else if (needs_voter (self))
    {
      ask_voter (self);
    }
  else
    {
      if (self->author == NULL)
        self->author = g_strdup ("");
      if (reshoot_project_get_read_only (self->project))
        show_end (self);
      else
        begin_round (self, FALSE);
    }
}

static void
load_votes (ReshootVoteView *self)
{
  gtk_stack_set_visible_child_name (self->stack, "loading");
  gtk_spinner_set_spinning (self->spinner, TRUE);
  reshoot_vote_view_update_actions (self);
  reshoot_project_load_votes_async (self->project, self->cancellable, votes_loaded_cb,
                                    g_object_ref (self));
}

/* Names come with the votes as the ledger has them, the last one too. */
static void
show_names (ReshootVoteView *self)
{
  self->waits_for_end = TRUE;
  drop_pair (self);
  gtk_stack_set_visible_child_name (self->stack, "loading");
  gtk_spinner_set_spinning (self->spinner, TRUE);
  if (self->n_writes == 0)
    load_votes (self);
}

static void
go_on (ReshootVoteView *self)
{
  if (reshoot_vote_round_get_left (self->round) != NULL)
    show_pair (self);
  else
    show_names (self);
}

static void
stored (ReshootVoteView *self,
        const GError    *error)
{
  self->n_writes--;
  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    say_trouble (self, error);
  if (self->n_writes == 0 && self->waits_for_end && self->project != NULL)
    load_votes (self);
}

static void
voted_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (ReshootVoteView) self = user_data;
  g_autoptr (GError) error = NULL;

  reshoot_project_vote_finish (RESHOOT_PROJECT (source), result, &error);
  stored (self, error);
}

static void
withdrawn_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (ReshootVoteView) self = user_data;
  g_autoptr (GError) error = NULL;

  reshoot_project_withdraw_vote_finish (RESHOOT_PROJECT (source), result, &error);
  stored (self, error);
}

/* A vote is stored whatever happens to the view, so nothing can cancel it. */
static void
say_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  ReshootVoteView *self = RESHOOT_VOTE_VIEW (widget);
  ReshootVoteOutcome outcome;

  if (!self->is_shown
      || !reshoot_vote_from_string (g_variant_get_string (parameter, NULL), &outcome))
    return;

  say_trouble (self, NULL);
  self->n_writes++;
  reshoot_project_vote_async (self->project, reshoot_vote_round_get_left (self->round),
                              reshoot_vote_round_get_right (self->round), outcome, self->author,
                              self->task, NULL, voted_cb, g_object_ref (self));
  reshoot_vote_round_vote (self->round, outcome);
  go_on (self);
}

static void
skip_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ReshootVoteView *self = RESHOOT_VOTE_VIEW (widget);

  if (!self->is_shown)
    return;

  reshoot_vote_round_skip (self->round);
  go_on (self);
}

static void
undo_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ReshootVoteView *self = RESHOOT_VOTE_VIEW (widget);

  if (!self->is_shown || !reshoot_vote_round_can_undo (self->round))
    return;

  say_trouble (self, NULL);
  if (reshoot_vote_round_undo (self->round))
    {
      self->n_writes++;
      reshoot_project_withdraw_vote_async (self->project, reshoot_vote_round_get_left (self->round),
                                           reshoot_vote_round_get_right (self->round), self->author,
                                           NULL, withdrawn_cb, g_object_ref (self));
    }

  show_pair (self);
}

static void
show_names_cb (GtkWidget  *widget,
               const char *name,
               GVariant   *parameter)
{
  ReshootVoteView *self = RESHOOT_VOTE_VIEW (widget);

  if (is_page (self, "pair"))
    show_names (self);
}

/* One key out of everything, but not past the names by accident. */
static void
leave_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ReshootVoteView *self = RESHOOT_VOTE_VIEW (widget);

  if (is_page (self, "pair"))
    show_names (self);
  else
    reshoot_vote_view_end (self);
}

static void
start_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ReshootVoteView *self = RESHOOT_VOTE_VIEW (widget);

  if (!is_page (self, "start"))
    return;

  g_free (self->author);
  self->author = g_strstrip (g_strdup (gtk_editable_get_text (self->voter)));
  if (self->settings != NULL)
    g_settings_set_string (self->settings, "voter", self->author);

  begin_round (self, FALSE);
}

static void
again_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ReshootVoteView *self = RESHOOT_VOTE_VIEW (widget);

  if (is_page (self, "end"))
    begin_round (self, count_pairs (self, FALSE) == 0);
}

static void
change_voter_cb (GtkWidget  *widget,
                 const char *name,
                 GVariant   *parameter)
{
  if (is_page (RESHOOT_VOTE_VIEW (widget), "end"))
    ask_voter (RESHOOT_VOTE_VIEW (widget));
}

static void
fit_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  ReshootVoteView *self = RESHOOT_VOTE_VIEW (widget);
  gboolean fits = reshoot_viewport_get_fits (self->viewport);

  if (g_str_equal (name, "view.zoom-actual") || (g_str_equal (name, "view.toggle-fit") && fits))
    reshoot_canvas_zoom_actual (self->canvases[LEFT]);
  else
    reshoot_viewport_fit (self->viewport);
}

static void
zoom_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  reshoot_canvas_zoom_step (RESHOOT_VOTE_VIEW (widget)->canvases[LEFT],
                            g_str_equal (name, "view.zoom-in") ? 1 : -1);
}

static void
reshoot_vote_view_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  if (prop_id == PROP_SHOWS_SOURCE)
    g_value_set_boolean (value, RESHOOT_VOTE_VIEW (object)->shows_source);
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
reshoot_vote_view_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  if (prop_id == PROP_SHOWS_SOURCE)
    reshoot_vote_view_show_source (RESHOOT_VOTE_VIEW (object), g_value_get_boolean (value));
  else
    G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
}

static void
let_go (ReshootVoteView *self)
{
  if (self->project == NULL)
    return;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  drop_pair (self);
  adw_bin_set_child (self->end_groups, NULL);
  g_clear_pointer (&self->cast, g_ptr_array_unref);
  g_clear_pointer (&self->task, g_free);
  if (self->settings != NULL)
    g_clear_pointer (&self->author, g_free);
  g_clear_object (&self->row);
  g_clear_object (&self->catalogue);
  g_clear_object (&self->project);
  self->waits_for_end = FALSE;
}

static void
reshoot_vote_view_dispose (GObject *object)
{
  ReshootVoteView *self = RESHOOT_VOTE_VIEW (object);

  let_go (self);

  G_OBJECT_CLASS (reshoot_vote_view_parent_class)->dispose (object);
}

static void
reshoot_vote_view_finalize (GObject *object)
{
  ReshootVoteView *self = RESHOOT_VOTE_VIEW (object);

  g_clear_object (&self->settings);
  g_clear_object (&self->viewport);
  g_free (self->author);

  G_OBJECT_CLASS (reshoot_vote_view_parent_class)->finalize (object);
}

static void
install_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "vote.source", "shows-source");
  gtk_widget_class_install_action (widget_class, "vote.start", NULL, start_cb);
  gtk_widget_class_install_action (widget_class, "vote.say", "s", say_cb);
  gtk_widget_class_install_action (widget_class, "vote.skip", NULL, skip_cb);
  gtk_widget_class_install_action (widget_class, "vote.undo", NULL, undo_cb);
  gtk_widget_class_install_action (widget_class, "vote.show-names", NULL, show_names_cb);
  gtk_widget_class_install_action (widget_class, "vote.leave", NULL, leave_cb);
  gtk_widget_class_install_action (widget_class, "vote.again", NULL, again_cb);
  gtk_widget_class_install_action (widget_class, "vote.change-voter", NULL, change_voter_cb);
  gtk_widget_class_install_action (widget_class, "view.fit", NULL, fit_cb);
  gtk_widget_class_install_action (widget_class, "view.toggle-fit", NULL, fit_cb);
  gtk_widget_class_install_action (widget_class, "view.zoom-actual", NULL, fit_cb);
  gtk_widget_class_install_action (widget_class, "view.zoom-in", NULL, zoom_cb);
  gtk_widget_class_install_action (widget_class, "view.zoom-out", NULL, zoom_cb);
}

static void
reshoot_vote_view_class_init (ReshootVoteViewClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->get_property = reshoot_vote_view_get_property;
  G_OBJECT_CLASS (klass)->set_property = reshoot_vote_view_set_property;
  G_OBJECT_CLASS (klass)->dispose = reshoot_vote_view_dispose;
  G_OBJECT_CLASS (klass)->finalize = reshoot_vote_view_finalize;

  properties[PROP_SHOWS_SOURCE] = g_param_spec_boolean ("shows-source", NULL, NULL, FALSE,
                                                        G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                        | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
  signals[LEAVES] = g_signal_new ("left", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL,
                                  G_TYPE_NONE, 0);

  g_type_ensure (RESHOOT_TYPE_ROW_GRID);
  g_type_ensure (RESHOOT_TYPE_WRAP_LAYOUT);
  g_type_ensure (RESHOOT_TYPE_ZOOM_BOX);
  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class, RESHOOT_RESOURCES "/reshoot-vote-view.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootVoteView, stack);
  gtk_widget_class_bind_template_child (widget_class, ReshootVoteView, spinner);
  gtk_widget_class_bind_template_child (widget_class, ReshootVoteView, voter);
  gtk_widget_class_bind_template_child (widget_class, ReshootVoteView, start);
  gtk_widget_class_bind_template_child (widget_class, ReshootVoteView, words);
  gtk_widget_class_bind_template_child (widget_class, ReshootVoteView, progress);
  gtk_widget_class_bind_template_child (widget_class, ReshootVoteView, grid);
  gtk_widget_class_bind_template_child (widget_class, ReshootVoteView, trouble);
  gtk_widget_class_bind_template_child (widget_class, ReshootVoteView, zoom);
  gtk_widget_class_bind_template_child (widget_class, ReshootVoteView, end_title);
  gtk_widget_class_bind_template_child (widget_class, ReshootVoteView, end_words);
  gtk_widget_class_bind_template_child (widget_class, ReshootVoteView, end_groups);
  gtk_widget_class_bind_template_child (widget_class, ReshootVoteView, back);
  gtk_widget_class_bind_template_child (widget_class, ReshootVoteView, again);
  gtk_widget_class_bind_template_child (widget_class, ReshootVoteView, other);
  install_actions (widget_class);
}

static void
reshoot_vote_view_init (ReshootVoteView *self)
{
  self->settings = reshoot_settings_new ();
  self->viewport = reshoot_viewport_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  reshoot_vote_view_add_cells (self);
  reshoot_zoom_box_set_viewport (self->zoom, self->viewport);

  g_signal_connect_swapped (self->voter, "entry-activated", G_CALLBACK (gtk_widget_activate), self->start);
  reshoot_vote_view_update_actions (self);
}

/* The first kind of edit that the words ask for, as votes are told apart by it. */
static char *
dup_task (ReshootRow *row)
{
  g_autoptr (ReshootPlan) plan = NULL;

  if (reshoot_row_get_words (row) == NULL)
    return NULL;

  plan = reshoot_plan_new (reshoot_row_get_words (row));
  return g_strdup (reshoot_plan_get_task (plan));
}

/**
 * reshoot_vote_view_begin:
 * @self: the view
 * @project: where the votes go
 * @catalogue: (nullable): knows what models are called, for the end
 * @row: whose results are voted on: those that are there now
 * @seed: for order and places
 */
void
reshoot_vote_view_begin (ReshootVoteView  *self,
                         ReshootProject   *project,
                         ReshootCatalogue *catalogue,
                         ReshootRow       *row,
                         guint32           seed)
{
  graphene_rect_t bounds;

  g_return_if_fail (RESHOOT_IS_VOTE_VIEW (self));
  g_return_if_fail (RESHOOT_IS_PROJECT (project));
  g_return_if_fail (RESHOOT_IS_ROW (row));

  let_go (self);
  self->project = g_object_ref (project);
  g_set_object (&self->catalogue, catalogue);
  self->row = g_object_ref (row);
  self->cancellable = g_cancellable_new ();
  self->task = dup_task (row);
  self->seed = seed;
  say_trouble (self, NULL);
  if (reshoot_row_get_bounds (row, &bounds))
    {
      reshoot_viewport_set_bounds (self->viewport, &bounds);
      reshoot_row_grid_set_aspect (self->grid, bounds.size.width / bounds.size.height);
    }
  reshoot_viewport_fit (self->viewport);
  load_votes (self);
}

/**
 * reshoot_vote_view_end:
 * @self: the view
 *
 * Votes that were cast are stored; the signal "left" is emitted if anything had begun.
 */
void
reshoot_vote_view_end (ReshootVoteView *self)
{
  g_return_if_fail (RESHOOT_IS_VOTE_VIEW (self));

  if (self->project == NULL)
    return;

  let_go (self);
  g_signal_emit (self, signals[LEAVES], 0);
}

/**
 * reshoot_vote_view_get_left:
 * @self: the view
 *
 * Returns: (transfer none) (nullable): what stands as A, while a pair is shown
 */
ReshootStep *
reshoot_vote_view_get_left (ReshootVoteView *self)
{
  g_return_val_if_fail (RESHOOT_IS_VOTE_VIEW (self), NULL);

  return self->round != NULL && self->is_shown ? reshoot_vote_round_get_left (self->round) : NULL;
}

ReshootStep *
reshoot_vote_view_get_right (ReshootVoteView *self)
{
  g_return_val_if_fail (RESHOOT_IS_VOTE_VIEW (self), NULL);

  return self->round != NULL && self->is_shown ? reshoot_vote_round_get_right (self->round) : NULL;
}
