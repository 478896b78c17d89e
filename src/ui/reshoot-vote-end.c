/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is seen when the voting is over: which result was whose and how it did, and where models stand by all the votes
 * of the project, with how sure that is. */

#include "config.h"

#include "reshoot-vote-end.h"

#include "reshoot-project-votes.h"
#include "reshoot-step-thumbnail.h"

#include <adwaita.h>
#include <glib/gi18n.h>
#include <math.h>

/* The same votes give the same intervals each time. */
#define SEED 1

/* Of the drawing of an interval, in logical pixels. */
#define DRAWING_WIDTH 132
#define DRAWING_HEIGHT 24
#define DOT 4

typedef struct
{
  double strength, low, high;   /* of this model */
  double least, most;           /* of all that stand somewhere */
} Interval;

typedef struct
{
  ReshootStep *step;
  guint        votes;
  guint        won;
} Score;

/* What @author said, or all where that is NULL, in the places that @step had. */
static void
count_score (GPtrArray  *cast,
             const char *author,
             Score      *score)
{
  for (guint i = 0; i < cast->len; i++)
    {
      const ReshootCastVote *vote = cast->pdata[i];
      gboolean is_left = vote->left == score->step;

      if (!g_str_equal (vote->author, author) || (!is_left && vote->right != score->step))
        continue;

      score->votes++;
      score->won += vote->outcome == (is_left ? RESHOOT_VOTE_LEFT : RESHOOT_VOTE_RIGHT);
    }
}

static int
compare_scores (gconstpointer a,
                gconstpointer b)
{
  const Score *first = a;
  const Score *second = b;

  if (first->won * MAX (second->votes, 1) != second->won * MAX (first->votes, 1))
    return first->won * MAX (second->votes, 1) > second->won * MAX (first->votes, 1) ? -1 : 1;

  return reshoot_step_get_id (first->step) < reshoot_step_get_id (second->step) ? -1 : 1;
}

static GtkWidget *
new_row (const char *title,
         const char *subtitle)
{
  GtkWidget *row = adw_action_row_new ();

  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 1);
  return row;
}

static GtkWidget *
new_row_group (ReshootProject   *project,
               ReshootCatalogue *catalogue,
               ReshootRow       *row,
               GPtrArray        *cast,
               const char       *author,
               GCancellable     *cancellable)
{
  GtkWidget *group = adw_preferences_group_new ();
  GPtrArray *steps = reshoot_row_get_steps (row);
  g_autoptr (GArray) scores = g_array_new (FALSE, FALSE, sizeof (Score));

  for (guint i = 0; i < steps->len; i++)
    {
      Score score = { steps->pdata[i], 0, 0 };

      count_score (cast, author, &score);
      if (score.votes > 0)
        g_array_append_val (scores, score);
    }

  g_array_sort (scores, compare_scores);
  for (guint i = 0; i < scores->len; i++)
    {
      const Score *score = &g_array_index (scores, Score, i);
      g_autofree char *name = reshoot_row_dup_name (row, catalogue, score->step);
      /* Translators: how often a result was the better one of two; the second number is how often it was shown. */
      g_autofree char *words = g_strdup_printf (ngettext ("Better in %u of %u vote",
                                                          "Better in %u of %u votes", score->votes),
                                                score->won, score->votes);
      GtkWidget *line = new_row (name, words);

      adw_action_row_add_prefix (ADW_ACTION_ROW (line),
                                 reshoot_step_thumbnail_new (project, score->step, cancellable));
      adw_preferences_group_add (ADW_PREFERENCES_GROUP (group), line);
    }

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group), _("Your Votes on This Row"));
  gtk_widget_set_visible (group, scores->len > 0);
  return group;
}

static void
draw_interval (GtkDrawingArea *area,
               cairo_t        *cr,
               int             width,
               int             height,
               gpointer        user_data)
{
  const Interval *interval = user_data;
  double room = width - 2 * DOT - 2;
  double range = MAX (interval->most - interval->least, 0.01);
  double middle = height / 2.0;
  gboolean is_rtl = gtk_widget_get_direction (GTK_WIDGET (area)) == GTK_TEXT_DIR_RTL;
  const double values[] = { interval->low, interval->high, interval->strength, 0 };
  double x[G_N_ELEMENTS (values)];
  GdkRGBA color;

  gtk_style_context_get_color (gtk_widget_get_style_context (GTK_WIDGET (area)), &color);
  for (guint i = 0; i < G_N_ELEMENTS (values); i++)
    {
      x[i] = DOT + 1 + room * (values[i] - interval->least) / range;
      x[i] = is_rtl ? width - x[i] : x[i];
    }

  /* The middle of all models, then how far it may be off, then where it stands. */
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, 0.3);
  cairo_set_line_width (cr, 1);
  cairo_move_to (cr, floor (x[3]) + 0.5, 2);
  cairo_line_to (cr, floor (x[3]) + 0.5, height - 2);
  cairo_stroke (cr);
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, 0.55);
  cairo_set_line_width (cr, 2);
  cairo_move_to (cr, x[0], middle);
  cairo_line_to (cr, x[1], middle);
  cairo_stroke (cr);
  cairo_set_source_rgba (cr, color.red, color.green, color.blue, color.alpha);
  cairo_arc (cr, x[2], middle, DOT, 0, 2 * G_PI);
  cairo_fill (cr);
}

static GtkWidget *
new_drawing (const ReshootStanding *standing,
             double                 least,
             double                 most)
{
  GtkWidget *area = gtk_drawing_area_new ();
  Interval *interval = g_new (Interval, 1);
  g_autofree char *words = NULL;

  *interval = (Interval) { standing->strength, standing->low, standing->high, least, most };
  /* Translators: how strong a model is by the votes (0 is the middle), and how far that may be off. */
  words = g_strdup_printf (_("Strength %+.2f, between %+.2f and %+.2f"), standing->strength, standing->low,
                           standing->high);
  gtk_drawing_area_set_content_width (GTK_DRAWING_AREA (area), DRAWING_WIDTH);
  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), DRAWING_HEIGHT);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_interval, interval, g_free);
  gtk_widget_set_valign (area, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (area, words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  return area;
}

static char *
dup_standing_words (const ReshootStanding *standing)
{
  g_autofree char *votes = NULL;
  g_autofree char *wins = NULL;

  if (!standing->enough)
    /* Translators: the first number is how many votes there are, the second how many it takes. */
    return g_strdup_printf (ngettext ("Not enough votes: %u of the %u it takes",
                                      "Not enough votes: %u of the %u it takes", standing->votes),
                            standing->votes, RESHOOT_VOTES_MIN);

  votes = g_strdup_printf (ngettext ("%u vote", "%u votes", standing->votes), standing->votes);
  /* Translators: how often a model won, lost, drew, and how often both were bad. */
  wins = g_strdup_printf (_("won %u, lost %u, tie %u, both bad %u"), standing->won, standing->lost, standing->ties,
                          standing->neither);
  return g_strdup_printf ("%s: %s", votes, wins);
}

/* The service too: the same model is another one elsewhere, in time and money at least. */
static char *
dup_name (ReshootCatalogue *catalogue,
          const char       *id)
{
  ReshootModel *model = catalogue != NULL ? reshoot_catalogue_get_model (catalogue, id) : NULL;
  const char *provider;
  JsonObject *service;

  if (model == NULL)
    return g_strdup (id);

  provider = reshoot_model_get_provider (model);
  service = reshoot_catalogue_get_provider (catalogue, provider);
  return g_strdup_printf ("%s · %s", reshoot_model_get_name (model),
                          json_object_get_string_member_with_default (service, "name", provider));
}

static GtkWidget *
new_standing_row (const ReshootStanding *standing,
                  ReshootCatalogue      *catalogue,
                  double                 least,
                  double                 most)
{
  g_autofree char *name = dup_name (catalogue, standing->model);
  g_autofree char *title = NULL;
  g_autofree char *words = dup_standing_words (standing);
  GtkWidget *row;

  if (standing->enough)
    /* Translators: a place (1 is the best, shared where the votes do not tell), then the name of a model. */
    title = g_strdup_printf (_("%u. %s"), standing->rank, name);

  row = new_row (title != NULL ? title : name, words);
  if (standing->enough)
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), new_drawing (standing, least, most));

  return row;
}

static GPtrArray *
rank_all (GPtrArray *cast)
{
  g_autoptr (GArray) votes = g_array_new (FALSE, FALSE, sizeof (ReshootVote));

  for (guint i = 0; i < cast->len; i++)
    {
      const ReshootCastVote *vote = cast->pdata[i];
      ReshootVote one = { reshoot_request_get_model (reshoot_step_get_request (vote->left)),
                          reshoot_request_get_model (reshoot_step_get_request (vote->right)),
                          vote->outcome };

      g_array_append_val (votes, one);
    }

  return reshoot_votes_rank ((const ReshootVote *) (gpointer) votes->data, votes->len, SEED);
}

static GtkWidget *
new_standing_group (ReshootCatalogue *catalogue,
                    GPtrArray        *cast)
{
  GtkWidget *group = adw_preferences_group_new ();
  g_autoptr (GPtrArray) standings = rank_all (cast);
  double least = 0;
  double most = 0;

  for (guint i = 0; i < standings->len; i++)
    {
      const ReshootStanding *standing = standings->pdata[i];

      if (standing->enough)
        {
          least = MIN (least, standing->low);
          most = MAX (most, standing->high);
        }
    }

  for (guint i = 0; i < standings->len; i++)
    adw_preferences_group_add (ADW_PREFERENCES_GROUP (group),
                               new_standing_row (standings->pdata[i], catalogue, least, most));

  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (group),
                                   _("Standing by All Votes in This Project"));
  if (most > least)
    adw_preferences_group_set_description (ADW_PREFERENCES_GROUP (group),
                                           _("The dot is where a model stands, the line how far that "
                                             "may be off. Models whose votes do not tell them apart "
                                             "share a place."));
  gtk_widget_set_visible (group, standings->len > 0);
  return group;
}

/**
 * reshoot_vote_end_new:
 * @project: what was voted in
 * @catalogue: (nullable): knows what models are called
 * @row: what was voted on
 * @cast: (element-type ReshootCastVote): all votes of the project
 * @author: who voted
 * @cancellable: of the thumbnails
 *
 * Returns: (transfer none): the names with all that the votes say of them
 */
GtkWidget *
reshoot_vote_end_new (ReshootProject   *project,
                      ReshootCatalogue *catalogue,
                      ReshootRow       *row,
                      GPtrArray        *cast,
                      const char       *author,
                      GCancellable     *cancellable)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 18);

  g_return_val_if_fail (RESHOOT_IS_PROJECT (project) && RESHOOT_IS_ROW (row), box);

  gtk_box_append (GTK_BOX (box), new_row_group (project, catalogue, row, cast, author,
                                                cancellable));
  gtk_box_append (GTK_BOX (box), new_standing_group (catalogue, cast));
  return box;
}
