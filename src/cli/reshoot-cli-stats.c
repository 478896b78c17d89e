/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot vote`: which of two results is better. `reshoot stats`: what models did for this person, in one project or
 * in many: time, money, failures, and where they stand by the votes. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-figures.h"
#include "reshoot-project-adherence.h"
#include "reshoot-project-votes.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* The same votes give the same intervals each time. */
#define SEED 1

static GPtrArray *
load_votes (ReshootCli      *cli,
            ReshootProject  *project,
            GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_load_votes_async (project, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  return reshoot_project_load_votes_finish (project, result, error);
}

static GPtrArray *
load_adherence (ReshootCli      *cli,
                ReshootProject  *project,
                GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_load_adherence_async (project, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  return reshoot_project_load_adherence_finish (project, result, error);
}

/* The row by its UUID, or by the number of any of its steps. */
static gboolean
is_in_row (ReshootProject *project,
           const char     *row,
           ReshootStep    *step)
{
  ReshootStep *named = reshoot_cli_find_step (project, row, NULL);
  const char *uuid = named != NULL ? reshoot_step_get_row (named) : row;

  return uuid != NULL && g_strcmp0 (reshoot_step_get_row (step), uuid) == 0;
}

static gboolean
cast (ReshootCli           *cli,
      ReshootCliArguments  *arguments,
      ReshootProject       *project,
      ReshootVoteOutcome    outcome,
      GError              **error)
{
  const char *author = reshoot_cli_arguments_get_value (arguments, "author");
  const char *row = reshoot_cli_arguments_get_operand (arguments, 1);
  g_autoptr (GAsyncResult) result = NULL;
  g_autofree char *name = NULL;
  ReshootStep *left, *right;

  left = reshoot_cli_find_step (project, reshoot_cli_arguments_get_operand (arguments, 2), error);
  if (left == NULL)
    return FALSE;

  right = reshoot_cli_find_step (project, reshoot_cli_arguments_get_operand (arguments, 3), error);
  if (right == NULL)
    return FALSE;

  if (!is_in_row (project, row, left) || !is_in_row (project, row, right))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "not-a-pair", NULL, "not in that row");
      return FALSE;
    }

  name = author != NULL ? reshoot_cli_dup_text (author, error) : g_strdup ("");
  if (name == NULL)
    return FALSE;

  reshoot_project_vote_async (project, left, right, outcome, name, NULL, cli->cancellable,
                              reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  return reshoot_project_vote_finish (project, result, error);
}

static gboolean
run_vote (ReshootCli           *cli,
          ReshootCliArguments  *arguments,
          GError              **error)
{
  const char *said = reshoot_cli_arguments_get_operand (arguments, 4);
  g_autoptr (ReshootProject) project = NULL;
  ReshootVoteOutcome outcome;
  gboolean done;

  if (!reshoot_vote_from_string (said, &outcome))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "vote", said, "no such outcome");
      return FALSE;
    }

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      RESHOOT_PROJECT_OPEN, error);
  if (project == NULL)
    return FALSE;

  done = cast (cli, arguments, project, outcome, error);
  return reshoot_cli_close_project (cli, project, done ? error : NULL) && done;
}

static double
get_share (ReshootMoney money,
           guint        n)
{
  return n > 0 ? reshoot_money_to_dollars (money) / n : NAN;
}

static void
print_json (const ReshootModelFigures    *figures,
            const ReshootStanding        *standing,
            const ReshootAdherenceCounts *said)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = reshoot_cli_take_object (object);
  gboolean enough = standing != NULL && standing->enough;

  reshoot_cli_set_text (object, "model", figures->model);
  json_object_set_int_member (object, "n", figures->seconds.n);
  reshoot_cli_set_number (object, "p50", figures->seconds.p50);
  reshoot_cli_set_number (object, "p95", figures->seconds.p95);
  json_object_set_int_member (object, "jobs", figures->jobs);
  json_object_set_int_member (object, "images", figures->images);
  json_object_set_int_member (object, "refused", figures->refused);
  json_object_set_int_member (object, "failed", figures->failed);
  json_object_set_int_member (object, "cancelled", figures->cancelled);
  json_object_set_int_member (object, "unknown", figures->doubtful);
  json_object_set_int_member (object, "accepted", figures->accepted);
  reshoot_cli_set_number (object, "spent", reshoot_money_to_dollars (figures->spent));
  reshoot_cli_set_number (object, "estimated", reshoot_money_to_dollars (figures->estimated));
  reshoot_cli_set_number (object, "in_doubt", reshoot_money_to_dollars (figures->in_doubt));
  reshoot_cli_set_number (object, "per_image", get_share (figures->spent, figures->images));
  reshoot_cli_set_number (object, "per_accepted", get_share (figures->spent, figures->accepted));
  json_object_set_int_member (object, "votes", standing != NULL ? standing->votes : 0);
  json_object_set_int_member (object, "won", standing != NULL ? standing->won : 0);
  json_object_set_int_member (object, "lost", standing != NULL ? standing->lost : 0);
  json_object_set_int_member (object, "ties", standing != NULL ? standing->ties : 0);
  json_object_set_int_member (object, "neither", standing != NULL ? standing->neither : 0);
  reshoot_cli_set_number (object, "rank", enough ? standing->rank : NAN);
  reshoot_cli_set_number (object, "strength", enough ? standing->strength : NAN);
  reshoot_cli_set_number (object, "low", enough ? standing->low : NAN);
  reshoot_cli_set_number (object, "high", enough ? standing->high : NAN);
  json_object_set_int_member (object, "followed", said->followed);
  json_object_set_int_member (object, "not_followed", said->not_followed);
  json_object_set_int_member (object, "strayed", said->strayed);
  json_object_set_int_member (object, "not_strayed", said->not_strayed);
  reshoot_cli_print_json (node);
}

static void
print_times (const ReshootFigures *figures)
{
  g_autofree char *usual = NULL;
  g_autofree char *most = NULL;
  g_autofree char *words = NULL;

  if (isnan (figures->p50))
    {
      reshoot_cli_print (_("    too few to say how long they take"));
      return;
    }

  usual = reshoot_words_for_seconds (figures->p50);
  most = reshoot_words_for_seconds (figures->p95);
  /* Translators: how long jobs of a model took: half of %u took no longer than the first time, 95 of 100 no longer than
   * the second. */
  words = g_strdup_printf (_("    half within %s, 95 %% within %s (n = %u)"), usual, most, figures->n);
  reshoot_cli_print (words);
}

static void
print_money (const ReshootModelFigures *figures)
{
  g_autofree char *spent = reshoot_words_for_money (figures->spent);
  g_autofree char *doubt = reshoot_words_for_money (figures->in_doubt);
  g_autoptr (GString) line = g_string_new ("    ");

  /* Translators: how much money a model took in all. */
  g_string_append_printf (line, _("%s spent"), spent);
  if (figures->spent > 0 && figures->images > 0)
    {
      g_autofree char *each = reshoot_words_for_money (figures->spent / figures->images);

      g_string_append (line, ", ");
      /* Translators: an average price. */
      g_string_append_printf (line, _("%s a picture"), each);
    }
  if (figures->spent > 0 && figures->accepted > 0)
    {
      g_autofree char *each = reshoot_words_for_money (figures->spent / figures->accepted);

      g_string_append (line, ", ");
      /* Translators: all that was spent, shared among the pictures that were accepted. */
      g_string_append_printf (line, _("%s an accepted one"), each);
    }
  if (figures->in_doubt > 0)
    {
      g_string_append (line, ", ");
      /* Translators: money of which it is not known whether it was charged. */
      g_string_append_printf (line, _("%s in doubt"), doubt);
    }

  reshoot_cli_print (line->str);
}

static void
print_standing (const ReshootStanding *standing)
{
  g_autofree char *words = NULL;

  if (standing == NULL)
    return;

  if (!standing->enough)
    /* Translators: %u is a number of votes. */
    words = g_strdup_printf (ngettext ("    %u vote: not enough to say where it stands",
                                       "    %u votes: not enough to say where it stands", standing->votes),
                             standing->votes);
  else
    /* Translators: a place (1 = the best, shared where the votes do not tell), a number and how far it may be off. */
    words = g_strdup_printf (_("    place %u by %u votes, strength %+.2f (%+.2f to %+.2f)"), standing->rank,
                             standing->votes, standing->strength, standing->low, standing->high);
  reshoot_cli_print (words);
}

static void
print_said (const ReshootAdherenceCounts *said)
{
  guint followed = said->followed + said->not_followed;
  guint strayed = said->strayed + said->not_strayed;
  g_autofree char *did = NULL;
  g_autofree char *changed = NULL;

  if (followed > 0)
    /* Translators: as people ticked it, of how many results. */
    did = g_strdup_printf (_("    did what was asked: %u of %u"), said->followed, followed);
  if (strayed > 0)
    /* Translators: as people ticked it, of how many results. */
    changed = g_strdup_printf (_("    changed anything else: %u of %u"), said->strayed, strayed);

  if (did != NULL)
    reshoot_cli_print (did);
  if (changed != NULL)
    reshoot_cli_print (changed);
}

static void
print_model (const ReshootModelFigures    *figures,
             const ReshootStanding        *standing,
             const ReshootAdherenceCounts *said)
{
  g_autoptr (GString) line = g_string_new (figures->model);

  g_string_append (line, ": ");
  g_string_append_printf (line, ngettext ("%u picture", "%u pictures", figures->images), figures->images);
  if (figures->accepted > 0)
    /* Translators: how many pictures were accepted, after “12 pictures”. */
    g_string_append_printf (line, _(", %u accepted"), figures->accepted);
  if (figures->refused > 0)
    /* Translators: how many edits a service refused. */
    g_string_append_printf (line, _(", %u refused"), figures->refused);
  if (figures->failed > 0)
    /* Translators: how many edits failed. */
    g_string_append_printf (line, _(", %u failed"), figures->failed);
  if (figures->cancelled > 0)
    /* Translators: how many edits were cancelled. */
    g_string_append_printf (line, _(", %u cancelled"), figures->cancelled);
  if (figures->doubtful > 0)
    /* Translators: how many edits are in doubt. */
    g_string_append_printf (line, _(", %u in doubt"), figures->doubtful);

  reshoot_cli_print (line->str);
  print_times (&figures->seconds);
  print_money (figures);
  print_standing (standing);
  print_said (said);
}

/* Nothing where nobody voted on it. */
const ReshootStanding *
reshoot_cli_find_standing (GPtrArray  *standings,
                           const char *model)
{
  for (guint i = 0; i < standings->len; i++)
    {
      const ReshootStanding *standing = standings->pdata[i];

      if (g_str_equal (standing->model, model))
        return standing;
    }

  return NULL;
}

GPtrArray *
reshoot_cli_evidence_get_figures (ReshootCliEvidence *evidence)
{
  g_autofree ReshootHistory **histories = g_new (ReshootHistory *, evidence->projects->len);

  for (guint i = 0; i < evidence->projects->len; i++)
    histories[i] = reshoot_project_get_history (evidence->projects->pdata[i]);

  return reshoot_figures_of_histories (histories, evidence->projects->len);
}

GPtrArray *
reshoot_cli_evidence_get_standings (ReshootCliEvidence *evidence)
{
  return reshoot_votes_rank ((const ReshootVote *) (gpointer) evidence->votes->data,
                             evidence->votes->len, SEED);
}

static void
print_all (ReshootCliEvidence *evidence,
           gboolean            json)
{
  g_autoptr (GPtrArray) figures = reshoot_cli_evidence_get_figures (evidence);
  g_autoptr (GPtrArray) standings = reshoot_cli_evidence_get_standings (evidence);

  for (guint i = 0; i < figures->len; i++)
    {
      const ReshootModelFigures *model = figures->pdata[i];
      const ReshootStanding *standing = reshoot_cli_find_standing (standings, model->model);
      ReshootAdherenceCounts said = { 0 };

      for (guint j = 0; j < evidence->adherence->len; j++)
        reshoot_adherence_count (evidence->adherence->pdata[j], model->model, &said);
      if (json)
        print_json (model, standing, &said);
      else
        print_model (model, standing, &said);
    }

  if (figures->len == 0 && !json)
    reshoot_cli_print (_("No model was asked yet."));
}

static gboolean
add_project (ReshootCli          *cli,
             const char          *path,
             ReshootCliEvidence  *evidence,
             GError             **error)
{
  g_autoptr (ReshootProject) project = reshoot_cli_open_project (cli, path,
                                                                 RESHOOT_PROJECT_READ_ONLY, error);
  GPtrArray *list;

  if (project == NULL)
    return FALSE;

  g_ptr_array_add (evidence->projects, g_object_ref (project));
  list = load_votes (cli, project, error);
  if (list == NULL)
    return FALSE;

  g_ptr_array_add (evidence->cast, list);
  for (guint i = 0; i < list->len; i++)
    {
      const ReshootCastVote *vote = list->pdata[i];
      ReshootVote one = { reshoot_request_get_model (reshoot_step_get_request (vote->left)),
                          reshoot_request_get_model (reshoot_step_get_request (vote->right)),
                          vote->outcome };

      g_array_append_val (evidence->votes, one);
    }

  list = load_adherence (cli, project, error);
  if (list == NULL)
    return FALSE;

  g_ptr_array_add (evidence->adherence, list);
  return TRUE;
}

static void
unref_list (gpointer list)
{
  g_ptr_array_unref (list);
}

/* What all operands of a command say; close it, also where that failed. */
gboolean
reshoot_cli_evidence_load (ReshootCli           *cli,
                           ReshootCliArguments  *arguments,
                           ReshootCliEvidence   *evidence,
                           GError              **error)
{
  gboolean done = TRUE;

  evidence->projects = g_ptr_array_new_with_free_func (g_object_unref);
  evidence->cast = g_ptr_array_new_with_free_func (unref_list);
  evidence->adherence = g_ptr_array_new_with_free_func (unref_list);
  evidence->votes = g_array_new (FALSE, FALSE, sizeof (ReshootVote));
  for (guint i = 0; i < reshoot_cli_arguments_get_n_operands (arguments) && done; i++)
    done = add_project (cli, reshoot_cli_arguments_get_operand (arguments, i), evidence, error);

  return done;
}

gboolean
reshoot_cli_evidence_close (ReshootCli          *cli,
                            ReshootCliEvidence  *evidence,
                            gboolean             done,
                            GError             **error)
{
  for (guint i = 0; i < evidence->projects->len; i++)
    done = reshoot_cli_close_project (cli, evidence->projects->pdata[i], done ? error : NULL)
           && done;

  g_array_unref (evidence->votes);
  g_ptr_array_unref (evidence->cast);
  g_ptr_array_unref (evidence->adherence);
  g_ptr_array_unref (evidence->projects);
  return done;
}

static gboolean
run_stats (ReshootCli           *cli,
           ReshootCliArguments  *arguments,
           GError              **error)
{
  ReshootCliEvidence evidence;
  gboolean done = reshoot_cli_evidence_load (cli, arguments, &evidence, error);

  if (done)
    print_all (&evidence, reshoot_cli_arguments_get_flag (arguments, "json"));
  if (done)
    done = reshoot_cli_save_plots (cli, arguments, &evidence, error);

  return reshoot_cli_evidence_close (cli, &evidence, done, error);
}

static const ReshootCliOption vote_options[] = {
  { "author", 0, RESHOOT_CLI_ONCE, N_("NAME"), N_("who says so; without it, whose project it is") },
  { NULL }
};

static const ReshootCliOption stats_options[] = {
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("print one object a line") },
  { "plot", 0, RESHOOT_CLI_ONCE, "FILE.svg|.png", N_("draw them") },
  { "csv", 0, RESHOOT_CLI_ONCE, "FILE.csv", N_("write the numbers of the plots as a table") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_vote_command = {
  "vote", "PROJECT ROW A B left|right|tie|neither [--author NAME]",
  N_("say which of two results of a request is better"), vote_options, 5, 5, run_vote
};

const ReshootCliCommand reshoot_cli_stats_command = {
  "stats", "PROJECT… [--json] [--plot FILE.svg|.png] [--csv FILE]",
  N_("say what models took, cost and failed at, and where they stand by your votes"),
  stats_options, 1, G_MAXUINT, run_stats
};
