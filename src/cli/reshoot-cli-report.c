/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot report`: what a person's own projects say of models, to pass on: the pictures of every row with their
 * settings, time and money, the figures, where models stand by the votes, and how all that was counted. As a page for a
 * browser or as PDF, by the name of the file. */

#include "config.h"

#include "reshoot-cli-report.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-figures.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* Of the pictures, in pixels: enough to see what a model did, and still a page to send. */
#define PICTURE_EDGE 640

typedef struct
{
  const ReshootCliReportKind *kind;
  ReshootCliReport           *to;     /* (owned) */
} Report;

/* -- Rows ---------------------------------------------------------------------------------------------------------- */

static void
add_settings (GPtrArray      *lines,
              ReshootRequest *request)
{
  JsonObject *parameters = reshoot_request_get_parameters (request);
  g_autoptr (GList) names = parameters != NULL ? json_object_get_members (parameters) : NULL;

  for (GList *at = names; at != NULL; at = at->next)
    {
      g_autofree char *value = reshoot_cli_dup_json (json_object_get_member (parameters, at->data));

      g_ptr_array_add (lines, g_strdup_printf ("%s = %s", (const char *) at->data, value));
    }
}

static ReshootImage *
load_small (ReshootCli      *cli,
            ReshootProject  *project,
            ReshootStep     *step,
            GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootImage) image = NULL;

  reshoot_project_load_picture_async (project, step, RESHOOT_PICTURE_SHOWN, cli->cancellable,
                                      reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  image = reshoot_project_load_picture_finish (project, result, error);
  return image == NULL ? NULL :
         reshoot_image_make_thumbnail (image, PICTURE_EDGE, cli->cancellable, error);
}

/* The model, and what is known of its result. */
static GPtrArray *
list_lines (ReshootStep *step)
{
  ReshootRequest *request = reshoot_step_get_request (step);
  GPtrArray *lines = g_ptr_array_new_with_free_func (g_free);
  char *cost = reshoot_words_for_cost (step);
  double seconds = reshoot_step_get_seconds (step);

  g_ptr_array_add (lines, g_strdup (reshoot_request_get_model (request)));
  if (!isnan (seconds))
    g_ptr_array_add (lines, reshoot_words_for_seconds (seconds));
  if (cost != NULL)
    g_ptr_array_add (lines, cost);
  add_settings (lines, request);
  if (reshoot_figures_is_accepted (step))
    g_ptr_array_add (lines, g_strdup (_("accepted")));
  g_ptr_array_add (lines, NULL);
  return lines;
}

static gboolean
add_candidate (ReshootCli      *cli,
               Report          *report,
               ReshootProject  *project,
               ReshootStep     *step,
               GError         **error)
{
  g_autofree char *state = reshoot_words_for_state (reshoot_step_get_state (step));
  g_autoptr (GPtrArray) lines = list_lines (step);
  g_autoptr (ReshootImage) small = NULL;

  if (reshoot_step_get_digest (step) != NULL)
    {
      small = load_small (cli, project, step, error);
      if (small == NULL)
        return FALSE;
    }

  return report->kind->add_picture (report->to, small, state, (const char * const *) lines->pdata,
                                    reshoot_step_get_id (step), error);
}

/* What was asked at once, in the order in which it was asked. What is in the bin is out of sight here too, and what
 * was left alone by that is no comparison. */
static GPtrArray *
list_rows (ReshootProject *project)
{
  GListModel *history = G_LIST_MODEL (reshoot_project_get_history (project));
  GPtrArray *rows = g_ptr_array_new_with_free_func ((GDestroyNotify) g_ptr_array_unref);
  g_autoptr (GHashTable) known = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < g_list_model_get_n_items (history); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (history, i);
      const char *uuid = reshoot_step_get_row (step);
      GPtrArray *row;

      if (uuid == NULL || reshoot_step_get_request (step) == NULL || reshoot_step_get_in_bin (step))
        continue;

      row = g_hash_table_lookup (known, uuid);
      if (row == NULL)
        {
          row = g_ptr_array_new_with_free_func (g_object_unref);
          g_ptr_array_add (rows, row);
          g_hash_table_insert (known, (gpointer) uuid, row);
        }

      g_ptr_array_add (row, g_steal_pointer (&step));
    }

  for (guint i = rows->len; i > 0; i--)
    if (((GPtrArray *) rows->pdata[i - 1])->len < 2)
      g_ptr_array_remove_index (rows, i - 1);

  return rows;
}

static gboolean
add_rows (ReshootCli      *cli,
          Report          *report,
          ReshootProject  *project,
          GError         **error)
{
  g_autoptr (GPtrArray) rows = list_rows (project);
  g_autofree char *path = g_file_get_basename (reshoot_project_get_file (project));
  g_autofree char *name = g_filename_display_name (path);

  if (rows->len > 0)
    report->kind->add_heading (report->to, name);
  for (guint i = 0; i < rows->len; i++)
    {
      GPtrArray *row = rows->pdata[i];
      ReshootRequest *request = reshoot_step_get_request (row->pdata[0]);

      report->kind->begin_row (report->to, reshoot_request_get_instruction (request));
      for (guint k = 0; k < row->len; k++)
        if (!add_candidate (cli, report, project, row->pdata[k], error))
          return FALSE;
      report->kind->end_row (report->to);
    }

  return TRUE;
}

/* -- Figures ------------------------------------------------------------------------------------------------------- */

static GPtrArray *
begin_table (const char *const *columns,
             guint              n)
{
  GPtrArray *cells = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < n; i++)
    g_ptr_array_add (cells, g_strdup (_(columns[i])));
  return cells;
}

static void
add_table (Report     *report,
           const char *title,
           GPtrArray  *cells,
           guint       columns)
{
  report->kind->add_heading (report->to, title);
  report->kind->add_table (report->to, (const char * const *) cells->pdata, columns,
                           cells->len / columns);
}

static void
add_count (GPtrArray *cells,
           guint      count)
{
  g_ptr_array_add (cells, g_strdup_printf ("%u", count));
}

static void
add_seconds (GPtrArray *cells,
             double     seconds)
{
  g_ptr_array_add (cells, isnan (seconds) ? g_strdup ("–") : reshoot_words_for_seconds (seconds));
}

/* @money, shared among @n. */
static void
add_share (GPtrArray    *cells,
           ReshootMoney  money,
           guint         n)
{
  g_ptr_array_add (cells, n > 0 ? reshoot_words_for_money (money / n) : g_strdup ("–"));
}

static void
add_figures (Report    *report,
             GPtrArray *figures)
{
  static const char *const columns[] = {
    N_("Model"), N_("Half within"), N_("95 % within"), N_("Timed"), N_("Pictures"), N_("Refused"), N_("Failed"),
    N_("Accepted"), N_("Spent"), N_("A picture"), N_("An accepted one"), N_("In doubt"),
  };
  g_autoptr (GPtrArray) cells = begin_table (columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < figures->len; i++)
    {
      const ReshootModelFigures *model = figures->pdata[i];

      g_ptr_array_add (cells, g_strdup (model->model));
      add_seconds (cells, model->seconds.p50);
      add_seconds (cells, model->seconds.p95);
      add_count (cells, model->seconds.n);
      add_count (cells, model->images);
      add_count (cells, model->refused);
      add_count (cells, model->failed);
      add_count (cells, model->accepted);
      add_share (cells, model->spent, 1);
      add_share (cells, model->spent, model->images);
      add_share (cells, model->spent, model->accepted);
      add_share (cells, model->in_doubt, 1);
    }
  add_table (report, _("Figures"), cells, G_N_ELEMENTS (columns));
}

static void
add_standings (Report    *report,
               GPtrArray *standings)
{
  static const char *const columns[] = {
    N_("Model"), N_("Place"), N_("Strength"), N_("Votes"), N_("Won"), N_("Lost"), N_("Ties"), N_("Both bad"),
  };
  g_autoptr (GPtrArray) cells = begin_table (columns, G_N_ELEMENTS (columns));

  for (guint i = 0; i < standings->len; i++)
    {
      const ReshootStanding *model = standings->pdata[i];

      g_ptr_array_add (cells, g_strdup (model->model));
      g_ptr_array_add (cells, model->enough ? g_strdup_printf ("%u", model->rank) : g_strdup ("–"));
      g_ptr_array_add (cells, model->enough ? g_strdup_printf ("%+.2f (%+.2f … %+.2f)", model->strength,
                                                               model->low, model->high) :
                       g_strdup (_("not enough votes")));
      add_count (cells, model->votes);
      add_count (cells, model->won);
      add_count (cells, model->lost);
      add_count (cells, model->ties);
      add_count (cells, model->neither);
    }

  if (standings->len > 0)
    add_table (report, _("Votes"), cells, G_N_ELEMENTS (columns));
}

static void
add_method (Report *report)
{
  report->kind->add_heading (report->to, _("How this was counted"));
  report->kind->add_paragraph (report->to,
               _("All figures come from the projects named here and from nowhere else. Times are those of jobs "
                 "that are done; with fewer than three of them nothing is said. Money is what was charged: as "
                 "settled, else as quoted, else as estimated; what may have been charged besides stands under “In "
                 "doubt”. The price of an accepted picture is all that was spent on the model, shared among the "
                 "pictures that were accepted. Places follow from the votes by the model of Bradley and Terry with "
                 "ties; strengths are logarithms of odds, 0 in the middle, with the interval in which 95 % of "
                 "resampled votes lie. A model’s place is one more than the number of models that stand "
                 "above it for sure; with fewer than ten votes it has none."));
}

/* -- The command --------------------------------------------------------------------------------------------------- */

static gboolean
add_all (ReshootCli          *cli,
         Report              *report,
         ReshootCliEvidence  *evidence,
         GError             **error)
{
  g_autoptr (GPtrArray) figures = reshoot_cli_evidence_get_figures (evidence);
  g_autoptr (GPtrArray) standings = reshoot_cli_evidence_get_standings (evidence);

  add_figures (report, figures);
  add_standings (report, standings);
  for (guint i = 0; i < evidence->projects->len; i++)
    if (!add_rows (cli, report, evidence->projects->pdata[i], error))
      return FALSE;

  add_method (report);
  return TRUE;
}

static gboolean
write_report (ReshootCli                  *cli,
              ReshootCliEvidence          *evidence,
              const ReshootCliReportKind  *kind,
              const char                  *output,
              GError                     **error)
{
  Report report = { kind, kind->begin (_("Models compared")) };
  g_autoptr (GBytes) bytes = NULL;

  if (add_all (cli, &report, evidence, error))
    bytes = kind->end (report.to, error);

  kind->free (report.to);
  return bytes != NULL && reshoot_cli_save_bytes (cli, bytes, output, error);
}

static gboolean
run_report (ReshootCli           *cli,
            ReshootCliArguments  *arguments,
            GError              **error)
{
  const char *output = reshoot_cli_arguments_get_value (arguments, "output");
  gboolean is_pdf = reshoot_cli_is_pdf_name (output);
  g_autofree char *said = NULL;
  ReshootCliEvidence evidence;
  gboolean done;

  if (!reshoot_cli_check_page_name (output, error))
    return FALSE;

  done = reshoot_cli_evidence_load (cli, arguments, &evidence, error) &&
         write_report (cli, &evidence, is_pdf ? &reshoot_cli_report_pdf : &reshoot_cli_report_html,
                       output, error);
  if (!reshoot_cli_evidence_close (cli, &evidence, done, error))
    return FALSE;

  if (is_pdf)
    /* Translators: %s is the name of a file. */
    said = g_strdup_printf (_("The report is in “%s”."), output);
  else
    /* Translators: %s is the name of a file. */
    said = g_strdup_printf (_("The report is in “%s”: it opens in any browser."), output);
  reshoot_cli_print (said);
  return TRUE;
}

static const ReshootCliOption report_options[] = {
  { "output", 'o', RESHOOT_CLI_ONCE, "FILE.html|.pdf", N_("where the report goes") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_report_command = {
  "report", "PROJECT… -o FILE.html|.pdf",
  N_("write what your projects say of models as one page: rows, figures, votes and how they were counted"),
  report_options, 1, G_MAXUINT, run_report
};
