/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot find`: steps by their words, in every project that was opened, and the step a picture came from. As grep
 * does, it ends with 1 where there is nothing. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-mark.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* More than these nobody reads; --json is for programs, which do. */
#define MOST_LINES 100
#define MOST_OBJECTS 100000

static void
print_hit (const ReshootHitFacts *hit)
{
  g_autofree char *path = g_file_get_path (hit->file);
  g_autofree char *name = g_filename_display_name (path);
  g_autofree char *line = NULL;

  line = hit->in_bin
         /* Translators: a step that was found: the path of its project, its number, its words. */
         ? g_strdup_printf (_("%s, step %d (in the bin): %s"), name, (int) hit->number, hit->snippet)
         /* Translators: a step that was found: the path of its project, its number, its words. */
         : g_strdup_printf (_("%s, step %d: %s"), name, (int) hit->number, hit->snippet);
  g_strdelimit (line, "\n\r\t", ' ');
  reshoot_cli_print (line);
}

static void
print_hit_json (const ReshootHitFacts *hit)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = reshoot_cli_take_object (object);
  g_autofree char *path = g_file_get_path (hit->file);
  g_autofree char *name = g_filename_display_name (path);

  reshoot_cli_set_text (object, "project", name);
  reshoot_cli_set_text (object, "project_uuid", hit->project_uuid);
  json_object_set_int_member (object, "id", hit->number);
  reshoot_cli_set_text (object, "uuid", hit->uuid);
  reshoot_cli_set_text (object, "instruction", hit->instruction);
  reshoot_cli_set_text (object, "title", hit->title);
  reshoot_cli_set_text (object, "model", hit->model);
  json_object_set_int_member (object, "rating", hit->rating);
  json_object_set_boolean_member (object, "in_bin", hit->in_bin);
  reshoot_cli_set_text (object, "snippet", hit->snippet);
  reshoot_cli_print_json (node);
}

static GListModel *
search (ReshootCli  *cli,
        const char  *words,
        GFile       *project,
        guint        most,
        GError     **error)
{
  ReshootIndex *index = reshoot_session_get_index (cli->session);
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_index_search_async (index, words, project, most, cli->cancellable, reshoot_cli_ready_cb,
                              &result);
  reshoot_cli_await (&result);
  return reshoot_index_search_finish (index, result, error);
}

static GListModel *
trace (ReshootCli    *cli,
       ReshootImage  *picture,
       GFile         *project,
       GError       **error)
{
  ReshootIndex *index = reshoot_session_get_index (cli->session);
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_index_trace_async (index, picture, project, cli->cancellable, reshoot_cli_ready_cb,
                             &result);
  reshoot_cli_await (&result);
  return reshoot_index_trace_finish (index, result, error);
}

/* A picture that says where it came from says more than that it is not known. */
static void
set_no_origin (ReshootImage  *picture,
               const char    *path,
               GError       **error)
{
  g_autoptr (ReshootMark) mark = reshoot_image_dup_mark (picture);
  g_autofree char *subject = NULL;

  if (mark == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_FAILED, "no-origin", path, "not in the index");
      return;
    }

  subject = g_strdup_printf ("%d (%s)", (int) mark->number, mark->project);
  reshoot_set_error (error, RESHOOT_ERROR_FAILED, "foreign-origin", subject, "not in the index");
}

static GListModel *
find_picture (ReshootCli  *cli,
              const char  *path,
              GFile       *project,
              GError     **error)
{
  g_autoptr (ReshootImage) picture = reshoot_cli_load_image (cli, path, error);
  g_autoptr (GListModel) hits = NULL;

  if (picture == NULL)
    return NULL;

  hits = trace (cli, picture, project, error);
  if (hits != NULL && g_list_model_get_n_items (hits) == 0)
    {
      set_no_origin (picture, path, error);
      return NULL;
    }

  return g_steal_pointer (&hits);
}

static char *
dup_words (ReshootCliArguments  *arguments,
           GError              **error)
{
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < reshoot_cli_arguments_get_n_operands (arguments); i++)
    {
      const char *operand = reshoot_cli_arguments_get_operand (arguments, i);
      g_autofree char *text = reshoot_cli_dup_text (operand, error);

      if (text == NULL)
        return NULL;

      g_string_append_printf (words, i > 0 ? " %s" : "%s", text);
    }

  return g_string_free (g_steal_pointer (&words), FALSE);
}

static GListModel *
find_words (ReshootCli           *cli,
            ReshootCliArguments  *arguments,
            GFile                *project,
            GError              **error)
{
  gboolean json = reshoot_cli_arguments_get_flag (arguments, "json");
  g_autofree char *words = dup_words (arguments, error);
  g_autoptr (GListModel) hits = NULL;

  if (words == NULL)
    return NULL;

  hits = search (cli, words, project, json ? MOST_OBJECTS : MOST_LINES, error);
  if (hits != NULL && g_list_model_get_n_items (hits) == 0)
    {
      reshoot_set_error (error, RESHOOT_ERROR_FAILED, "nothing-found", words, "no hit");
      return NULL;
    }

  return g_steal_pointer (&hits);
}

/* The one argument is a file where there is one, and where it can be nothing else: words have neither folder nor
 * picture's ending. */
static gboolean
is_file (ReshootCliArguments *arguments)
{
  const char *operand = reshoot_cli_arguments_get_operand (arguments, 0);
  ReshootImageFormat format;

  if (reshoot_cli_arguments_get_n_operands (arguments) != 1)
    return FALSE;

  return g_file_test (operand, G_FILE_TEST_IS_REGULAR) ||
         strchr (operand, G_DIR_SEPARATOR) != NULL ||
         (reshoot_image_format_from_name (operand, &format) && strpbrk (operand, " :\"") == NULL);
}

/* A project that is no project is said to be none, and not to hold nothing. */
static gboolean
check_project (ReshootCli  *cli,
               const char  *path,
               GError     **error)
{
  g_autoptr (ReshootProject) project = NULL;

  if (path == NULL)
    return TRUE;

  project = reshoot_cli_open_quietly (cli, path, RESHOOT_PROJECT_READ_ONLY, error);
  return project != NULL && reshoot_cli_close_project (cli, project, error);
}

static gboolean
run_find (ReshootCli           *cli,
          ReshootCliArguments  *arguments,
          GError              **error)
{
  const char *path = reshoot_cli_arguments_get_value (arguments, "project");
  g_autoptr (GFile) project = path != NULL ? g_file_new_for_path (path) : NULL;
  g_autoptr (GListModel) hits = NULL;

  if (!check_project (cli, path, error))
    return FALSE;

  if (is_file (arguments))
    hits = find_picture (cli, reshoot_cli_arguments_get_operand (arguments, 0), project, error);
  else
    hits = find_words (cli, arguments, project, error);

  for (guint i = 0; hits != NULL && i < g_list_model_get_n_items (hits); i++)
    {
      g_autoptr (ReshootHit) hit = g_list_model_get_item (hits, i);

      if (reshoot_cli_arguments_get_flag (arguments, "json"))
        print_hit_json (reshoot_hit_get_facts (hit));
      else
        print_hit (reshoot_hit_get_facts (hit));
    }

  return hits != NULL;
}

static const ReshootCliOption find_options[] = {
  { "project", 0, RESHOOT_CLI_ONCE, "FILE", N_("only in this project, instead of every one that was opened") },
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object a hit") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_find_command = {
  "find", "FILE|WORDS… [--project FILE] [--json]",
  N_("find steps by their words, or where a picture came from\n"
     "\n"
     "  WORDS            all of them, at the beginning of a word, in whatever is said of a step\n"
     "  \"TWO WORDS\"      beside each other\n"
     "  model:WORD       in the name of the model; so with tag: branch: title: note:\n"
     "  rating:N         N stars or more, 0 to 5\n"
     "  is:WORD          accepted, rejected, original, edit, done or failed\n"
     "  FILE             a picture: by its contents, and by what an export wrote into it\n"
     "\n"
     "Exit status 0: something was found; 1: nothing was."),
  find_options, 1, G_MAXUINT, run_find
};
