/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot label`: what the person says of a step. Everything asked for is read before the first of it is stored, so
 * that a mistake at the end of the line changes nothing. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-project-labels.h"
#include "reshoot-project-notes.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* What was asked for; a text that was not is NULL, one that is to be taken away is empty. */
typedef struct
{
  char             *title;
  char             *branch;
  GPtrArray        *tags;      /* (nullable): all the step has from now on */
  int               rating;    /* -1 = not asked for */
  gboolean          judges;
  ReshootVerdict    verdict;
  char             *reason;
  char             *note;
  ReshootNoteFacts  place;
} Labels;

static void
labels_clear (Labels *labels)
{
  g_free (labels->title);
  g_free (labels->branch);
  g_clear_pointer (&labels->tags, g_ptr_array_unref);
  g_free (labels->reason);
  g_free (labels->note);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Labels, labels_clear)

/* The text of an option that may be empty. */
static gboolean
read_text (ReshootCliArguments  *arguments,
           const char           *name,
           char                **text,
           GError              **error)
{
  const char *value = reshoot_cli_arguments_get_value (arguments, name);

  if (value == NULL)
    return TRUE;

  *text = value[strspn (value, " \t\n\r")] == '\0' ? g_strdup ("") : reshoot_cli_dup_text (value, error);
  return *text != NULL;
}

static gboolean
contains (GPtrArray  *tags,
          const char *tag,
          guint      *at)
{
  return g_ptr_array_find_with_equal_func (tags, tag, g_str_equal, at);
}

/* Those it has, without what --untag names and with what --tag names. */
static gboolean
read_tags (ReshootCliArguments  *arguments,
           ReshootStep          *step,
           Labels               *labels,
           GError              **error)
{
  const char *const *more = reshoot_cli_arguments_get_values (arguments, "tag");
  const char *const *fewer = reshoot_cli_arguments_get_values (arguments, "untag");
  const char *const *now = reshoot_step_get_tags (step);

  if (more == NULL && fewer == NULL)
    return TRUE;

  labels->tags = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; now[i] != NULL; i++)
    g_ptr_array_add (labels->tags, g_strdup (now[i]));

  for (guint i = 0; fewer != NULL && fewer[i] != NULL; i++)
    {
      g_autofree char *tag = reshoot_cli_dup_text (fewer[i], error);
      guint at;

      if (tag == NULL)
        return FALSE;

      if (contains (labels->tags, tag, &at))
        g_ptr_array_remove_index (labels->tags, at);
    }

  for (guint i = 0; more != NULL && more[i] != NULL; i++)
    {
      char *tag = reshoot_cli_dup_text (more[i], error);

      if (tag == NULL)
        return FALSE;

      g_ptr_array_add (labels->tags, tag);
    }

  g_ptr_array_add (labels->tags, NULL);
  return TRUE;
}

static gboolean
read_verdict (ReshootCliArguments  *arguments,
              Labels               *labels,
              GError              **error)
{
  gboolean accept = reshoot_cli_arguments_get_flag (arguments, "accept");
  gboolean reject = reshoot_cli_arguments_get_flag (arguments, "reject");
  gboolean none = reshoot_cli_arguments_get_flag (arguments, "no-verdict");

  if (accept + reject + none > 1)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-conflict",
                         "--accept, --reject, --no-verdict", "one verdict");
      return FALSE;
    }

  if (!read_text (arguments, "reason", &labels->reason, error))
    return FALSE;

  if (labels->reason != NULL && !accept && !reject)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-missing",
                         "--accept, --reject",
                         "a reason for nothing");
      return FALSE;
    }

  labels->judges = accept || reject || none;
  if (accept)
    labels->verdict = RESHOOT_VERDICT_ACCEPT;
  else if (reject)
    labels->verdict = RESHOOT_VERDICT_REJECT;

  return TRUE;
}

/* Pixels of a side, as the share of it that is stored. */
static gboolean
read_share (const char *text,
            int         side,
            double     *share)
{
  char *end = NULL;

  *share = g_ascii_strtod (text, &end) / side;
  return side > 0 && *text != '\0' && *end == '\0' && *share >= 0 && *share <= 1;
}

static gboolean
read_note (ReshootCliArguments  *arguments,
           ReshootStep          *step,
           Labels               *labels,
           GError              **error)
{
  const char *words = reshoot_cli_arguments_get_value (arguments, "note");
  const char *place = reshoot_cli_arguments_get_value (arguments, "at");
  g_auto (GStrv) parts = place != NULL ? g_strsplit (place, ",", -1) : NULL;

  labels->place = RESHOOT_NOTE_FACTS_INIT (NULL);
  if (words != NULL && (labels->note = reshoot_cli_dup_text (words, error)) == NULL)
    return FALSE;

  if (place != NULL && words == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-missing", "--note",
                         "a place for nothing");
      return FALSE;
    }

  if (place != NULL &&
      (g_strv_length (parts) != 2 ||
       !read_share (parts[0], reshoot_step_get_width (step), &labels->place.x) ||
       !read_share (parts[1], reshoot_step_get_height (step), &labels->place.y)))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "note-place", place, "not x,y");
      return FALSE;
    }

  labels->place.text = labels->note;
  return TRUE;
}

static gboolean
read_labels (ReshootCliArguments  *arguments,
             ReshootStep          *step,
             Labels               *labels,
             GError              **error)
{
  labels->rating = -1;
  return read_text (arguments, "title", &labels->title, error) &&
         read_text (arguments, "branch", &labels->branch, error) &&
         read_tags (arguments, step, labels, error) &&
         reshoot_cli_arguments_get_whole (arguments, "rate", 0, 5, &labels->rating, error) &&
         read_verdict (arguments, labels, error) &&
         read_note (arguments, step, labels, error);
}

/* A pair of the project that answers with whether it is stored. */
typedef gboolean (*Finish) (ReshootProject  *project,
                            GAsyncResult    *result,
                            GError         **error);

static gboolean
finish (ReshootProject  *project,
        GAsyncResult   **place,
        Finish           finish_pair,
        GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_cli_await (place);
  result = g_steal_pointer (place);
  return finish_pair (project, result, error);
}

/* In the order of the help, until one cannot be stored. */
static gboolean
store_labels (ReshootCli      *cli,
              ReshootProject  *project,
              ReshootStep     *step,
              Labels          *labels,
              GError         **error)
{
  GCancellable *stop = cli->cancellable;
  GAsyncReadyCallback done = reshoot_cli_ready_cb;
  GAsyncResult *result = NULL;
  gboolean stored = TRUE;

  if (labels->title != NULL)
    {
      reshoot_project_set_title_async (project, step, labels->title, stop, done, &result);
      stored = finish (project, &result, reshoot_project_set_title_finish, error);
    }

  if (stored && labels->branch != NULL)
    {
      reshoot_project_set_branch_async (project, step, labels->branch, stop, done, &result);
      stored = finish (project, &result, reshoot_project_set_branch_finish, error);
    }

  if (stored && labels->tags != NULL)
    {
      reshoot_project_set_tags_async (project, step, (const char *const *) labels->tags->pdata,
                                      stop,
                                      done, &result);
      stored = finish (project, &result, reshoot_project_set_tags_finish, error);
    }

  if (stored && labels->rating >= 0)
    {
      reshoot_project_set_rating_async (project, step, labels->rating, stop, done, &result);
      stored = finish (project, &result, reshoot_project_set_rating_finish, error);
    }

  if (stored && labels->judges)
    {
      reshoot_project_set_verdict_async (project, step, "", labels->verdict, labels->reason, stop,
                                         done, &result);
      stored = finish (project, &result, reshoot_project_set_verdict_finish, error);
    }

  return stored;
}

static gboolean
store_note (ReshootCli      *cli,
            ReshootProject  *project,
            ReshootStep     *step,
            Labels          *labels,
            GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootNote) note = NULL;

  if (labels->note == NULL)
    return TRUE;

  reshoot_project_add_note_async (project, step, &labels->place, cli->cancellable,
                                  reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  note = reshoot_project_add_note_finish (project, result, error);
  return note != NULL;
}

static gboolean
run_label (ReshootCli           *cli,
           ReshootCliArguments  *arguments,
           GError              **error)
{
  g_auto (Labels) labels = { NULL, };
  g_autoptr (ReshootProject) project = NULL;
  gboolean json = reshoot_cli_arguments_get_flag (arguments, "json");
  ReshootStep *head;
  ReshootStep *step;

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      RESHOOT_PROJECT_OPEN, error);
  if (project == NULL)
    return FALSE;

  step = reshoot_cli_find_step (project, reshoot_cli_arguments_get_operand (arguments, 1), error);
  if (step == NULL || !read_labels (arguments, step, &labels, error) ||
      !store_labels (cli, project, step, &labels, error) ||
      !store_note (cli, project, step, &labels, error))
    return FALSE;

  head = reshoot_history_get_head (reshoot_project_get_history (project));
  reshoot_cli_print_step (step, step == head, json);
  return reshoot_cli_close_project (cli, project, error);
}

static const ReshootCliOption label_options[] = {
  { "title", 0, RESHOOT_CLI_ONCE, "TITLE", N_("what to call the step; empty: as it was called by itself") },
  { "branch", 0, RESHOOT_CLI_ONCE, "NAME", N_("the name of the branch that begins with it; empty: none") },
  { "tag", 0, RESHOOT_CLI_MANY, "TAG", N_("a word to find it by") },
  { "untag", 0, RESHOOT_CLI_MANY, "TAG", N_("take that word away") },
  { "rate", 0, RESHOOT_CLI_ONCE, "0-5", N_("stars; 0 takes them away") },
  { "accept", 0, RESHOOT_CLI_FLAG, NULL, N_("your verdict: it is as it should be") },
  { "reject", 0, RESHOOT_CLI_FLAG, NULL, N_("your verdict: it is not") },
  { "no-verdict", 0, RESHOOT_CLI_FLAG, NULL, N_("take your verdict back") },
  { "reason", 0, RESHOOT_CLI_ONCE, "TEXT", N_("why you accept or reject it") },
  { "note", 0, RESHOOT_CLI_ONCE, "TEXT", N_("a note on it") },
  { "at", 0, RESHOOT_CLI_ONCE, "X,Y", N_("where the note points to, in pixels of the picture") },
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object a step") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_label_command = {
  "label", "PROJECT STEP [--title TITLE] [--tag TAG]… [--accept|--reject] [--note TEXT]",
  N_("say something of a step: title, branch, tags, stars, verdict, note"), label_options, 2, 2, run_label
};
