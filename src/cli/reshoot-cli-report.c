/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot report`: what a person's own projects say of models, as one page to pass on: the pictures of every row with
 * their settings, time and money, the figures, where models stand by the votes, and how all that was counted. The page
 * needs neither a network nor a script, and nothing in it is taken for markup but what we wrote. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-figures.h"
#include "reshoot-page.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

/* Of the pictures, in pixels: enough to see what a model did, and still a page to send. */
#define PICTURE_EDGE 640

static const char style[] =
  ":root{color-scheme:light dark;--ground:#fafafa;--raised:#fff;--line:#c8c8c8;--text:#1f1f1f;--quiet:#5a5a5a}"
  "@media(prefers-color-scheme:dark){:root{--ground:#222226;--raised:#2e2e32;--line:#4a4a50;--text:#f4f4f4;"
  "--quiet:#b8b8be}}"
  "body{background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif;margin:0 auto;padding:24px;"
  "max-width:1200px;overflow-wrap:anywhere}"
  "h1{font-size:28px}h2{font-size:20px;margin-top:40px}h3{font-size:16px;white-space:pre-line}"
  ".row{display:grid;gap:16px;grid-template-columns:repeat(auto-fill,minmax(min(100%,240px),1fr));padding:0;"
  "list-style:none}"
  "figure{margin:0;background:var(--raised);border:1px solid var(--line);border-radius:8px;overflow:hidden}"
  "img{display:block;width:100%;height:240px;object-fit:contain;background:var(--ground)}"
  "figcaption{padding:8px 12px}.none{padding:48px 12px;text-align:center}"
  ".facts,.method{color:var(--quiet);font-size:14px}.facts{display:block}.method{max-width:72ch}"
  ".wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;overflow-wrap:normal}"
  "th,td{border-bottom:1px solid var(--line);padding:6px 12px;text-align:end;vertical-align:top}"
  "th:first-child,td:first-child{text-align:start;padding-inline-start:0}"
  "@media print{figure,tr{break-inside:avoid}}";

static void
append_text (GString    *page,
             const char *before,
             const char *text,
             const char *after)
{
  g_autofree char *escaped = reshoot_page_dup_escaped (text);

  g_string_append (page, before);
  g_string_append (page, escaped);
  g_string_append (page, after);
}

static void
append_head (GString    *page,
             const char *title)
{
  g_autoptr (JsonNode) words = reshoot_words_for_parcel ();
  JsonObject *object = json_node_get_object (words);
  g_autofree char *source = reshoot_page_dup_source (style, strlen (style));

  g_string_append_printf (page, "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                          json_object_get_string_member (object, "lang"),
                          json_object_get_string_member (object, "dir"));
  g_string_append_printf (page, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                          "style-src %s; img-src data:; base-uri 'none'; form-action 'none'\">\n", source);
  g_string_append (page, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"referrer\" content=\"no-referrer\">\n");
  append_text (page, "<title>", title, "</title>\n<style>");
  g_string_append (page, style);
  append_text (page, "</style>\n</head>\n<body>\n<main>\n<h1>", title, "</h1>\n");
}

/* -- Rows ---------------------------------------------------------------------------------------------------------- */

static void
append_settings (GString        *page,
                 ReshootRequest *request)
{
  JsonObject *parameters = reshoot_request_get_parameters (request);
  g_autoptr (GList) names = parameters != NULL ? json_object_get_members (parameters) : NULL;

  for (GList *at = names; at != NULL; at = at->next)
    {
      g_autofree char *value = reshoot_cli_dup_json (json_object_get_member (parameters, at->data));
      g_autofree char *setting = g_strdup_printf ("%s = %s", (const char *) at->data, value);

      append_text (page, "<span class=\"facts\">", setting, "</span>");
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

static gboolean
append_candidate (ReshootCli      *cli,
                  GString         *page,
                  ReshootProject  *project,
                  ReshootStep     *step,
                  GError         **error)
{
  ReshootRequest *request = reshoot_step_get_request (step);
  g_autofree char *cost = reshoot_words_for_cost (step);
  double seconds = reshoot_step_get_seconds (step);

  g_string_append (page, "<li><figure>");
  if (reshoot_step_get_digest (step) != NULL)
    {
      g_autoptr (ReshootImage) small = load_small (cli, project, step, error);
      g_autofree char *data = small != NULL ? reshoot_page_dup_data (small) : NULL;

      if (small == NULL)
        return FALSE;

      g_string_append_printf (page, "<img alt=\"%" G_GINT64_FORMAT "\" src=\"%s\">", reshoot_step_get_id (step), data);
    }
  else
    {
      g_autofree char *state = reshoot_words_for_state (reshoot_step_get_state (step));

      append_text (page, "<div class=\"none\">", state, "</div>");
    }

  append_text (page, "<figcaption>", reshoot_request_get_model (request), "");
  if (!isnan (seconds))
    {
      g_autofree char *time = reshoot_words_for_seconds (seconds);

      append_text (page, "<span class=\"facts\">", time, "</span>");
    }
  if (cost != NULL)
    append_text (page, "<span class=\"facts\">", cost, "</span>");
  append_settings (page, request);
  if (reshoot_figures_is_accepted (step))
    append_text (page, "<span class=\"facts\">", _("accepted"), "</span>");
  g_string_append (page, "</figcaption></figure></li>\n");
  return TRUE;
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
append_rows (ReshootCli      *cli,
             GString         *page,
             ReshootProject  *project,
             GError         **error)
{
  g_autoptr (GPtrArray) rows = list_rows (project);
  g_autofree char *path = g_file_get_basename (reshoot_project_get_file (project));
  g_autofree char *name = g_filename_display_name (path);

  if (rows->len > 0)
    append_text (page, "<h2>", name, "</h2>\n");
  for (guint i = 0; i < rows->len; i++)
    {
      GPtrArray *row = rows->pdata[i];

      append_text (page, "<h3>", reshoot_request_get_instruction (reshoot_step_get_request (row->pdata[0])), "</h3>\n"
                   "<ul class=\"row\">\n");
      for (guint k = 0; k < row->len; k++)
        if (!append_candidate (cli, page, project, row->pdata[k], error))
          return FALSE;
      g_string_append (page, "</ul>\n");
    }

  return TRUE;
}

/* -- Figures ------------------------------------------------------------------------------------------------------- */

static void
begin_table (GString           *page,
             const char        *title,
             const char *const *columns,
             guint              n)
{
  append_text (page, "<h2>", title, "</h2>\n<div class=\"wide\" tabindex=\"0\"><table>\n<thead><tr>");
  for (guint i = 0; i < n; i++)
    append_text (page, "<th scope=\"col\">", _(columns[i]), "</th>");
  g_string_append (page, "</tr></thead>\n<tbody>\n");
}

static void
end_table (GString *page)
{
  g_string_append (page, "</tbody></table></div>\n");
}

static void
append_count (GString *page,
              guint    count)
{
  g_string_append_printf (page, "<td>%u</td>", count);
}

static void
append_seconds (GString *page,
                double   seconds)
{
  g_autofree char *words = isnan (seconds) ? g_strdup ("–") : reshoot_words_for_seconds (seconds);

  append_text (page, "<td>", words, "</td>");
}

/* @money, shared among @n. */
static void
append_share (GString      *page,
              ReshootMoney  money,
              guint         n)
{
  g_autofree char *words = n > 0 ? reshoot_words_for_money (money / n) : g_strdup ("–");

  append_text (page, "<td>", words, "</td>");
}

static void
append_figures (GString   *page,
                GPtrArray *figures)
{
  static const char *const columns[] = {
    N_("Model"), N_("Half within"), N_("95 % within"), N_("Timed"), N_("Pictures"), N_("Refused"), N_("Failed"),
    N_("Accepted"), N_("Spent"), N_("A picture"), N_("An accepted one"), N_("In doubt"),
  };

  begin_table (page, _("Figures"), columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < figures->len; i++)
    {
      const ReshootModelFigures *model = figures->pdata[i];

      append_text (page, "<tr><td>", model->model, "</td>");
      append_seconds (page, model->seconds.p50);
      append_seconds (page, model->seconds.p95);
      append_count (page, model->seconds.n);
      append_count (page, model->images);
      append_count (page, model->refused);
      append_count (page, model->failed);
      append_count (page, model->accepted);
      append_share (page, model->spent, 1);
      append_share (page, model->spent, model->images);
      append_share (page, model->spent, model->accepted);
      append_share (page, model->in_doubt, 1);
      g_string_append (page, "</tr>\n");
    }
  end_table (page);
}

static void
append_standings (GString   *page,
                  GPtrArray *standings)
{
  static const char *const columns[] = {
    N_("Model"), N_("Place"), N_("Strength"), N_("Votes"), N_("Won"), N_("Lost"), N_("Ties"), N_("Both bad"),
  };

  if (standings->len == 0)
    return;

  begin_table (page, _("Votes"), columns, G_N_ELEMENTS (columns));
  for (guint i = 0; i < standings->len; i++)
    {
      const ReshootStanding *model = standings->pdata[i];

      append_text (page, "<tr><td>", model->model, "</td>");
      if (model->enough)
        g_string_append_printf (page, "<td>%u</td><td>%+.2f (%+.2f … %+.2f)</td>", model->rank, model->strength,
                                model->low, model->high);
      else
        append_text (page, "<td>–</td><td>", _("not enough votes"), "</td>");
      append_count (page, model->votes);
      append_count (page, model->won);
      append_count (page, model->lost);
      append_count (page, model->ties);
      append_count (page, model->neither);
      g_string_append (page, "</tr>\n");
    }
  end_table (page);
}

static void
append_method (GString *page)
{
  append_text (page, "<h2>", _("How this was counted"), "</h2>\n");
  append_text (page, "<p class=\"method\">",
               _("All figures come from the projects named here and from nowhere else. Times are those of jobs "
                 "that are done; with fewer than three of them nothing is said. Money is what was charged: as "
                 "settled, else as quoted, else as estimated; what may have been charged besides stands under “In "
                 "doubt”. The price of an accepted picture is all that was spent on the model, shared among the "
                 "pictures that were accepted. Places follow from the votes by the model of Bradley and Terry with "
                 "ties; strengths are logarithms of odds, 0 in the middle, with the interval in which 95 % of "
                 "resampled votes lie. A model’s place is one more than the number of models that stand "
                 "above it for sure; with fewer than ten votes it has none."), "</p>\n");
}

/* -- The command --------------------------------------------------------------------------------------------------- */

static gboolean
append_all (ReshootCli          *cli,
            GString             *page,
            ReshootCliEvidence  *evidence,
            GError             **error)
{
  g_autoptr (GPtrArray) figures = reshoot_cli_evidence_get_figures (evidence);
  g_autoptr (GPtrArray) standings = reshoot_cli_evidence_get_standings (evidence);

  append_head (page, _("Models compared"));
  append_figures (page, figures);
  append_standings (page, standings);
  for (guint i = 0; i < evidence->projects->len; i++)
    if (!append_rows (cli, page, evidence->projects->pdata[i], error))
      return FALSE;

  append_method (page);
  g_string_append (page, "</main>\n</body>\n</html>\n");
  return TRUE;
}

static gboolean
save (ReshootCli  *cli,
      GString     *page,
      const char  *output,
      GError     **error)
{
  g_autoptr (GFile) file = g_file_new_for_commandline_arg (output);
  g_autoptr (GError) local = NULL;

  if (g_file_replace_contents (file, page->str, page->len, NULL, FALSE, G_FILE_CREATE_NONE, NULL,
                               cli->cancellable, &local))
    return TRUE;

  if (g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_propagate_error (error, g_steal_pointer (&local));
  else
    g_propagate_error (error, reshoot_error_new_from_io (local, output));
  return FALSE;
}

static gboolean
run_report (ReshootCli           *cli,
            ReshootCliArguments  *arguments,
            GError              **error)
{
  const char *output = reshoot_cli_arguments_get_value (arguments, "output");
  g_autoptr (GString) page = g_string_new (NULL);
  g_autofree char *said = NULL;
  ReshootCliEvidence evidence;
  gboolean done;

  if (!reshoot_cli_check_page_name (output, error))
    return FALSE;

  done = reshoot_cli_evidence_load (cli, arguments, &evidence, error) &&
         append_all (cli, page, &evidence, error) && save (cli, page, output, error);
  if (!reshoot_cli_evidence_close (cli, &evidence, done, error))
    return FALSE;

  /* Translators: %s is the name of a file. */
  said = g_strdup_printf (_("The report is in “%s”: it opens in any browser."), output);
  reshoot_cli_print (said);
  return TRUE;
}

static const ReshootCliOption report_options[] = {
  { "output", 'o', RESHOOT_CLI_ONCE, "FILE.html", N_("where the page goes") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_report_command = {
  "report", "PROJECT… -o FILE.html",
  N_("write what your projects say of models as one page: rows, figures, votes and how they were counted"),
  report_options, 1, G_MAXUINT, run_report
};
