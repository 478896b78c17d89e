/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Jobs: waiting for one, and the commands that look after those of an earlier run. Ctrl-C stops what is free and what
 * was not sent yet; what a service has taken is left as it is, because it is paid for and can be fetched later. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-figures.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/**
 * reshoot_cli_tell_terms:
 * @cli: the running command
 * @model: whom is about to be asked, "provider/model"
 *
 * Says, once a service, what a person should know before it is used. Where that it was said cannot be kept, it is said
 * again the next time.
 */
void
reshoot_cli_tell_terms (ReshootCli *cli,
                        const char *model)
{
  g_autofree char *provider = g_strndup (model, strcspn (model, "/"));
  JsonObject *terms = reshoot_session_get_untold_terms (cli->session, provider);
  g_autoptr (GError) error = NULL;
  g_autofree char *words = NULL;

  if (terms == NULL)
    return;

  words = reshoot_words_for_terms (json_object_get_string_member_with_default (terms, "text", ""),
                                   json_object_get_string_member_with_default (terms, "date", NULL));
  reshoot_cli_print_error (words);
  if (!reshoot_session_set_terms_told (cli->session, provider, &error))
    g_debug ("terms of %s: %s", provider, error->message);
}

/**
 * reshoot_cli_start_job:
 * @cli: the running command
 * @project: where the step shall live
 * @source: what to edit
 * @request: what is asked
 * @error: return location for an error
 *
 * Returns: (transfer full): the job on its way, or %NULL
 */
ReshootJob *
reshoot_cli_start_job (ReshootCli      *cli,
                       ReshootProject  *project,
                       ReshootStep     *source,
                       ReshootRequest  *request,
                       GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_cli_tell_terms (cli, reshoot_request_get_model (request));
  reshoot_session_edit_async (cli->session, project, source, request, cli->cancellable,
                              reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  return reshoot_session_edit_finish (cli->session, result, error);
}

static ReshootJob *
resume_job (ReshootCli      *cli,
            ReshootProject  *project,
            ReshootStep     *step,
            GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_session_resume_async (cli->session, project, step, cli->cancellable, reshoot_cli_ready_cb,
                                &result);
  reshoot_cli_await (&result);
  return reshoot_session_resume_finish (cli->session, result, error);
}

/* Ctrl-C came. A request that is on the wire may be paid already: its ticket is waited for, so that it is not lost.
 * Who cannot wait presses Ctrl-C again; the job is in doubt then, and says so. Returns: whether it was given up with
 * something that its project does not have. */
static gboolean
stop_job (ReshootJob  *job,
          GError     **error)
{
  ReshootStep *step = reshoot_job_get_step (job);
  gboolean was_held, gave_up;

  while (reshoot_step_get_state (step) == RESHOOT_STEP_SENDING && !reshoot_job_get_finished (job)
         && !reshoot_cli_is_held (job))
    g_main_context_iteration (NULL, TRUE);

  was_held = reshoot_cli_is_held (job);
  if (reshoot_step_get_ticket (step) != NULL && !was_held)
    return FALSE;

  reshoot_job_cancel (job);
  reshoot_cli_wait_for_job (job, NULL, &gave_up, error);
  return was_held;
}

static void
print_error (const GError *error)
{
  g_autofree char *words = reshoot_words_for_error (error);

  reshoot_cli_print_error (words);
}

/**
 * reshoot_cli_finish_job:
 * @cli: the running command
 * @job: a job on its way
 * @beside: the path of the result, or of the project
 * @error: return location for an error
 *
 * Waits for the end of a job, or for Ctrl-C. A picture that its project cannot take is put aside, and where that is not
 * what comes back in @error it is said at once.
 *
 * Returns: whether its step is done
 */
gboolean
reshoot_cli_finish_job (ReshootCli  *cli,
                        ReshootJob  *job,
                        const char  *beside,
                        GError     **error)
{
  g_autoptr (GError) why = NULL;
  g_autoptr (GError) stopped = NULL;
  gboolean gave_up;

  if (reshoot_cli_wait_for_job (job, cli->cancellable, &gave_up, &why))
    return TRUE;

  if (g_error_matches (why, G_IO_ERROR, G_IO_ERROR_CANCELLED)
      && g_cancellable_is_cancelled (cli->cancellable))
    {
      g_propagate_error (error, g_steal_pointer (&why));
      error = NULL;
      gave_up = stop_job (job, &stopped);
      why = g_steal_pointer (&stopped);
    }

  if (gave_up && why != NULL)
    {
      GError *aside = reshoot_cli_put_aside (job, beside, why);

      g_clear_error (&why);
      why = aside;
    }

  if (gave_up && why != NULL && error == NULL)
    print_error (why);
  else if (why != NULL)
    g_propagate_error (error, g_steal_pointer (&why));

  return FALSE;
}

static gboolean
is_unfinished (ReshootStep *step)
{
  ReshootStepState state = reshoot_step_get_state (step);

  return !reshoot_step_state_is_final (state)
         || (state == RESHOOT_STEP_UNKNOWN && reshoot_step_get_ticket (step) != NULL);
}

/* How long a job takes, by what the project knows of others, or by the catalogue. NAN where neither does, or where
 * nothing is waited for. */
static void
expect (ReshootCli     *cli,
        ReshootHistory *history,
        ReshootStep    *step,
        ReshootFigures *figures)
{
  const char *id = reshoot_request_get_model (reshoot_step_get_request (step));
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (cli->session);
  ReshootModel *model = reshoot_catalogue_get_model (catalogue, id);

  *figures = (ReshootFigures) { 0, NAN, NAN };
  if (reshoot_step_state_is_final (reshoot_step_get_state (step)))
    return;

  reshoot_figures_of_model (history, id, figures);
  if (isnan (figures->p50) && model != NULL)
    figures->p50 = reshoot_model_get_seconds (model);
}

static void
print_expected_json (ReshootCli     *cli,
                     ReshootHistory *history,
                     ReshootStep    *step)
{
  g_autoptr (JsonNode) node = reshoot_cli_step_to_json (step, FALSE);
  JsonObject *object = json_node_get_object (node);
  ReshootFigures figures;

  expect (cli, history, step, &figures);
  reshoot_cli_set_number (object, "usual_seconds", figures.p50);
  reshoot_cli_set_number (object, "most_seconds", figures.p95);
  reshoot_cli_print_json (node);
}

static void
print_expectation (ReshootCli     *cli,
                   ReshootHistory *history,
                   ReshootStep    *step)
{
  g_autofree char *words = NULL;
  g_autofree char *likely = NULL;
  g_autofree char *most = NULL;
  ReshootFigures figures;

  expect (cli, history, step, &figures);
  if (isnan (figures.p50))
    return;

  likely = reshoot_words_for_seconds (figures.p50);
  if (isnan (figures.p95))
    /* Translators: how long a job is expected to take; %s is a time such as 8.5 s. */
    words = g_strdup_printf (_("    usually %s"), likely);
  else
    {
      most = reshoot_words_for_seconds (figures.p95);
      /* Translators: how long a job is expected to take; both %s are times such as 8.5 s. */
      words = g_strdup_printf (_("    usually %s, seldom more than %s"), likely, most);
    }

  reshoot_cli_print (words);
}

static gboolean
run_jobs (ReshootCli           *cli,
          ReshootCliArguments  *arguments,
          GError              **error)
{
  gboolean json = reshoot_cli_arguments_get_flag (arguments, "json");
  g_autoptr (ReshootProject) project = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  guint n = 0;

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      RESHOOT_PROJECT_READ_ONLY, error);
  if (project == NULL)
    return FALSE;

  steps = reshoot_history_list_jobs (reshoot_project_get_history (project));
  for (guint i = 0; i < steps->len; i++)
    {
      ReshootStep *step = steps->pdata[i];

      if (reshoot_step_get_state (step) == RESHOOT_STEP_DONE)
        continue;

      n++;
      if (json)
        {
          print_expected_json (cli, reshoot_project_get_history (project), step);
          continue;
        }

      reshoot_cli_print_step (step, FALSE, FALSE);
      print_expectation (cli, reshoot_project_get_history (project), step);
    }

  if (n == 0 && !json)
    reshoot_cli_print (_("Every job is done."));

  return reshoot_cli_close_project (cli, project, error);
}

/* Waits for each job and prints its step. The first thing that went wrong is the command's error. */
static gboolean
finish_jobs (ReshootCli      *cli,
             ReshootProject  *project,
             GPtrArray       *jobs,
             gboolean         json,
             GError         **error)
{
  const char *path = g_file_peek_path (reshoot_project_get_file (project));
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < jobs->len; i++)
    {
      ReshootJob *job = g_ptr_array_index (jobs, i);

      reshoot_cli_finish_job (cli, job, path, first == NULL ? &first : NULL);
      reshoot_cli_print_step (reshoot_job_get_step (job), FALSE, json);
    }

  if (first == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
resume_all (ReshootCli      *cli,
            ReshootProject  *project,
            gboolean         json,
            GError         **error)
{
  g_autoptr (GPtrArray) steps = reshoot_history_list_jobs (reshoot_project_get_history (project));
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GError) first = NULL;

  for (guint i = 0; i < steps->len; i++)
    {
      ReshootStep *step = steps->pdata[i];
      ReshootJob *job;

      if (!is_unfinished (step))
        continue;

      job = resume_job (cli, project, step, first == NULL ? &first : NULL);
      if (job != NULL)
        g_ptr_array_add (jobs, job);
    }

  if (jobs->len == 0 && first == NULL && !json)
    reshoot_cli_print (_("There is nothing to resume."));

  finish_jobs (cli, project, jobs, json, first == NULL ? &first : NULL);
  if (first == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static gboolean
run_resume (ReshootCli           *cli,
            ReshootCliArguments  *arguments,
            GError              **error)
{
  g_autoptr (ReshootProject) project = NULL;
  gboolean done;

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      RESHOOT_PROJECT_OPEN, error);
  if (project == NULL)
    return FALSE;

  done = resume_all (cli, project, reshoot_cli_arguments_get_flag (arguments, "json"), error);
  return reshoot_cli_close_project (cli, project, done ? error : NULL) && done;
}

static gboolean
cancel_step (ReshootCli      *cli,
             ReshootProject  *project,
             ReshootStep     *step,
             gboolean         json,
             GError         **error)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autofree char *number = g_strdup_printf ("%d", (int) reshoot_step_get_id (step));
  ReshootModel *model;
  const char *id;
  gboolean was_sent;
  gboolean gave_up;

  if (reshoot_step_state_is_final (reshoot_step_get_state (step)))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "step-finished", number,
                         "nothing to cancel");
      return FALSE;
    }

  job = resume_job (cli, project, step, error);
  if (job == NULL)
    return FALSE;

  id = reshoot_request_get_model (reshoot_step_get_request (step));
  model = reshoot_catalogue_get_model (reshoot_session_get_catalogue (cli->session), id);
  was_sent = reshoot_step_get_ticket (step) != NULL;

  reshoot_job_cancel (job);
  reshoot_cli_wait_for_job (job, NULL, &gave_up, NULL);
  reshoot_cli_print_step (step, FALSE, json);

  /* What it means over there; here it is over. */
  if (!json && was_sent && model != NULL &&
      reshoot_step_get_state (step) == RESHOOT_STEP_CANCELLED &&
      reshoot_step_get_price (step)->charged != RESHOOT_CHARGED_NO)
    {
      g_autofree char *words = reshoot_words_for_cancel (reshoot_model_get_cancel (model));

      reshoot_cli_print (words);
    }

  return TRUE;
}

/* Asks the same again, as a new step beside the old one. */
static gboolean
retry_step (ReshootCli      *cli,
            ReshootProject  *project,
            ReshootStep     *step,
            gboolean         json,
            GError         **error)
{
  g_autoptr (GPtrArray) jobs = g_ptr_array_new_with_free_func (g_object_unref);
  g_autofree char *number = g_strdup_printf ("%d", (int) reshoot_step_get_id (step));
  ReshootStepState state = reshoot_step_get_state (step);
  ReshootJob *job;

  if (!reshoot_step_state_is_final (state) || state == RESHOOT_STEP_DONE)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST,
                         state == RESHOOT_STEP_DONE ? "step-is-done" : "step-unfinished", number,
                         "not to be asked again");
      return FALSE;
    }

  if (state == RESHOOT_STEP_UNKNOWN)
    {
      reshoot_set_error (error, RESHOOT_ERROR_UNKNOWN_PAYMENT, "retry", number,
                         "may have been charged");
      return FALSE;
    }

  job = reshoot_cli_start_job (cli, project, reshoot_step_get_parent (step),
                               reshoot_step_get_request (step), error);
  if (job == NULL)
    return FALSE;

  g_ptr_array_add (jobs, job);
  return finish_jobs (cli, project, jobs, json, error);
}

typedef gboolean (*StepFunc) (ReshootCli      *cli,
                              ReshootProject  *project,
                              ReshootStep     *step,
                              gboolean         json,
                              GError         **error);

static gboolean
with_step (ReshootCli           *cli,
           ReshootCliArguments  *arguments,
           StepFunc              func,
           GError              **error)
{
  g_autoptr (ReshootProject) project = NULL;
  ReshootStep *step;
  gboolean done;

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      RESHOOT_PROJECT_OPEN, error);
  if (project == NULL)
    return FALSE;

  step = reshoot_cli_find_step (project, reshoot_cli_arguments_get_operand (arguments, 1), error);
  if (step != NULL && reshoot_step_get_request (step) == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "step-original",
                         reshoot_cli_arguments_get_operand (arguments,
                                                            1), "an original has no job");
      step = NULL;
    }

  done = step != NULL
         && func (cli, project, step, reshoot_cli_arguments_get_flag (arguments, "json"), error);
  return reshoot_cli_close_project (cli, project, done ? error : NULL) && done;
}

static gboolean
run_cancel (ReshootCli           *cli,
            ReshootCliArguments  *arguments,
            GError              **error)
{
  return with_step (cli, arguments, cancel_step, error);
}

static gboolean
run_retry (ReshootCli           *cli,
           ReshootCliArguments  *arguments,
           GError              **error)
{
  return with_step (cli, arguments, retry_step, error);
}

static const ReshootCliOption json_options[] = {
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object a line") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_jobs_command = {
  "jobs", "PROJECT [--json]", N_("list the jobs that are not done"), json_options, 1, 1, run_jobs
};

const ReshootCliCommand reshoot_cli_resume_command = {
  "resume", "PROJECT [--json]", N_("take up every unfinished job and wait for it"), json_options, 1, 1, run_resume
};

const ReshootCliCommand reshoot_cli_cancel_command = {
  "cancel", "PROJECT JOB [--json]", N_("give an unfinished job up"), json_options, 2, 2, run_cancel
};

const ReshootCliCommand reshoot_cli_retry_command = {
  "retry", "PROJECT JOB [--json]", N_("ask the same again for a job that came to nothing"),
  json_options, 2, 2, run_retry
};
