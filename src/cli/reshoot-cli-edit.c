/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot edit`: the main job. The instructions run one after the other, each on the result of the one before; the
 * last may go to several models and be taken several times, all at once. */

#include "config.h"

#include "reshoot-cli-place.h"

#include "reshoot-error.h"
#include "reshoot-session-choices.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>
#include <string.h>

typedef struct
{
  ReshootCliEdit   asked;
  ReshootCliPlace  place;
  ReshootProject  *project;   /* (owned) (nullable) */
  gboolean         told_region;
} Edit;

static void
edit_clear (Edit *edit)
{
  reshoot_cli_edit_clear (&edit->asked);
  reshoot_cli_place_clear (&edit->place);
  g_clear_object (&edit->project);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Edit, edit_clear)

static ReshootStep *
add_original (Edit          *edit,
              ReshootCli    *cli,
              ReshootImage  *image,
              GError       **error)
{
  g_autofree char *title = g_filename_display_basename (edit->asked.image);
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_add_original_async (edit->project, image, title, cli->cancellable,
                                      reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  return reshoot_project_add_original_finish (edit->project, result, error);
}

/* What is edited is not what was brought. */
static void
print_colors (Edit         *edit,
              ReshootImage *image)
{
  g_autofree char *colors = reshoot_words_for_colors (image);
  /* Translators: the name of a file, and what was made of its colors. */
  g_autofree char *words = g_strdup_printf (_("“%s”: %s"), edit->asked.image, colors);

  reshoot_cli_print (words);
}

/* Opens the project and finds the step to begin with. The picture is let in before the project is made. */
static ReshootStep *
find_start (Edit        *edit,
            ReshootCli  *cli,
            GError     **error)
{
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (ReshootStep) original = NULL;
  const char *from = edit->asked.from;
  ReshootStep *start = NULL;

  if (edit->asked.image != NULL)
    {
      image = reshoot_cli_load_image (cli, edit->asked.image, error);
      if (image == NULL
          || (from == NULL && !reshoot_cli_edit_check_region (&edit->asked, image, error)))
        return NULL;
    }

  if (!reshoot_cli_edit_load_references (&edit->asked, cli, error))
    return NULL;

  edit->project = reshoot_cli_place_open (&edit->place, cli, &edit->asked, error);
  if (edit->project == NULL)
    return NULL;

  if (from != NULL)
    {
      start = reshoot_cli_find_step (edit->project, from, error);
      if (start == NULL)
        return NULL;
    }

  if (start != NULL && reshoot_step_get_state (start) != RESHOOT_STEP_DONE)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "step-not-done", from, "no picture");
      return NULL;
    }

  if (image != NULL)
    {
      original = add_original (edit, cli, image, error);
      if (original == NULL)
        return NULL;

      if (!edit->asked.json && reshoot_image_get_was_cmyk (image))
        print_colors (edit, image);
    }

  return g_object_ref (start != NULL ? start : original);
}

static void
print_step (Edit        *edit,
            ReshootStep *step)
{
  g_autoptr (JsonNode) node = NULL;

  if (!edit->asked.json)
    {
      reshoot_cli_print_step (step, FALSE, FALSE);
      return;
    }

  node = reshoot_cli_step_to_json (step, FALSE);
  if (edit->place.tell_path)
    {
      g_autofree char *path = g_filename_display_name (edit->place.path);

      json_object_set_string_member (json_node_get_object (node), "project", path);
    }

  reshoot_cli_print_json (node);
}

/* What is sent is all of the picture, or the part around a small region: that is said before it is. */
static void
tell_region (Edit            *edit,
             ReshootCli      *cli,
             ReshootStep     *source,
             ReshootRequest  *request)
{
  const ReshootInputs *inputs = reshoot_request_get_inputs (request);
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (cli->session);
  const char *id = reshoot_request_get_model (request);
  ReshootModel *model = reshoot_catalogue_get_model (catalogue, id);
  g_autofree char *words = NULL;
  ReshootBox crop;

  if (edit->told_region || !reshoot_request_get_has_region (request) || model == NULL ||
      reshoot_model_get_is_local (model) || reshoot_model_get_is_reimagining (model))
    return;

  edit->told_region = TRUE;
  if (!inputs->whole && inputs->landing == NULL &&
      reshoot_session_find_crop (cli->session, model, reshoot_step_get_width (source),
                                 reshoot_step_get_height (source), inputs->region, &crop))
    words = reshoot_words_for_crop (reshoot_model_get_name (model), crop.width, crop.height);
  else
    words = reshoot_words_for_region (reshoot_model_get_name (model));
  reshoot_cli_print_error (words);
}

static GPtrArray *
start_row (Edit         *edit,
           ReshootCli   *cli,
           ReshootStep  *source,
           GPtrArray    *requests,
           GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  for (guint i = 0; i < requests->len; i++)
    {
      JsonObject *parameters = reshoot_request_get_parameters (g_ptr_array_index (requests, i));

      reshoot_cli_tell_terms (cli, reshoot_request_get_model (g_ptr_array_index (requests, i)));
      tell_region (edit, cli, source, g_ptr_array_index (requests, i));
      if (edit->asked.allow_public && parameters != NULL && json_object_has_member (parameters, "publish") &&
          !reshoot_session_set_public_consent (cli->session, json_object_get_string_member (parameters, "publish"),
                                               TRUE, error))
        return NULL;
    }

  reshoot_session_edit_row_async (cli->session, edit->project, source,
                                  (ReshootRequest *const *) requests->pdata, requests->len,
                                  cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  return reshoot_session_edit_row_finish (cli->session, result, error);
}

static void
add_references (Edit          *edit,
                ReshootInputs *inputs,
                GArray        *pictures)
{
  for (guint i = 0; i < edit->asked.references->len; i++)
    {
      ReshootCliReference *reference = g_ptr_array_index (edit->asked.references, i);
      ReshootRequestPicture picture = { reference->role, reference->image, NULL };

      g_array_append_val (pictures, picture);
    }

  inputs->pictures = (const ReshootRequestPicture *) (gpointer) pictures->data;
  inputs->n_pictures = pictures->len;
}

/* Sends one instruction to some models, all at once, and waits for all. The steps come in the order asked, NULL where
 * one came to nothing, several where a service made several; the first thing that went wrong is the error, and then
 * %FALSE comes back. */
static gboolean
run_row (Edit         *edit,
         ReshootCli   *cli,
         ReshootStep  *source,
         const char   *instruction,
         guint         n_models,
         int           takes,
         GPtrArray    *steps,
         GError      **error)
{
  g_autoptr (GPtrArray) requests = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GArray) pictures = g_array_new (FALSE, FALSE, sizeof (ReshootRequestPicture));
  g_autoptr (GPtrArray) jobs = NULL;
  g_autoptr (GError) first = NULL;
  ReshootInputs inputs = RESHOOT_INPUTS_INIT;
  const char *beside = edit->asked.output != NULL ? edit->asked.output : edit->place.path;

  memcpy (inputs.region, edit->asked.region, sizeof inputs.region);
  add_references (edit, &inputs, pictures);
  inputs.landing = edit->asked.raw ? RESHOOT_LANDING_OFF : NULL;
  inputs.whole = edit->asked.whole;

  /* From here the head follows the work. */
  reshoot_history_set_head (reshoot_project_get_history (edit->project), source);

  for (guint i = 0; i < n_models * (guint) takes; i++)
    {
      guint index = i / (guint) takes;
      ReshootModel *model = g_ptr_array_index (edit->asked.models, index);
      JsonObject *parameters = g_ptr_array_index (edit->asked.parameters, index);

      g_ptr_array_add (requests, reshoot_request_new_with_inputs (instruction,
                                                                  reshoot_model_get_id (model),
                                                                  parameters, &inputs));
    }

  jobs = start_row (edit, cli, source, requests, error);
  if (jobs == NULL)
    return FALSE;

  for (guint i = 0; i < jobs->len; i++)
    {
      ReshootJob *job = g_ptr_array_index (jobs, i);
      gboolean done = reshoot_cli_finish_job (cli, job, beside, first == NULL ? &first : NULL);
      GPtrArray *made = reshoot_job_get_steps (job);

      for (guint j = 0; j < made->len; j++)
        {
          print_step (edit, g_ptr_array_index (made, j));
          g_ptr_array_add (steps, done ? g_object_ref (g_ptr_array_index (made, j)) : NULL);
        }
    }

  if (first == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&first));
  return FALSE;
}

static void
unref_step (gpointer step)
{
  if (step != NULL)
    g_object_unref (step);
}

/* Writes what there is, also where another take failed. */
static gboolean
save_results (Edit        *edit,
              ReshootCli  *cli,
              GPtrArray   *steps,
              GError     **error)
{
  for (guint i = 0; edit->asked.output != NULL && i < steps->len; i++)
    {
      ReshootStep *step = g_ptr_array_index (steps, i);
      g_autofree char *path = reshoot_cli_edit_dup_output (&edit->asked, i, steps->len);

      if (step != NULL && !reshoot_cli_save_step (cli, edit->project, step, path, NULL, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
run_chain (Edit        *edit,
           ReshootCli  *cli,
           GError     **error)
{
  g_autoptr (ReshootStep) source = find_start (edit, cli, error);
  guint last = edit->asked.instructions->len - 1;

  for (guint i = 0; source != NULL && i <= last; i++)
    {
      g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (unref_step);
      guint n_models = i == last ? edit->asked.models->len : 1;
      int takes = i == last ? edit->asked.takes : 1;
      gboolean done;

      done = run_row (edit, cli, source, g_ptr_array_index (edit->asked.instructions, i),
                      n_models, takes, steps, error);
      if (i == last)
        return save_results (edit, cli, steps, done ? error : NULL) && done;

      if (!done)
        return FALSE;

      g_set_object (&source, g_ptr_array_index (steps, 0));
    }

  return FALSE;
}

static gboolean
run_edit (ReshootCli           *cli,
          ReshootCliArguments  *arguments,
          GError              **error)
{
  g_auto (Edit) edit = { 0 };
  gboolean done;

  if (!reshoot_cli_edit_read (&edit.asked, cli, arguments, error))
    return FALSE;

  if (!isnan (edit.asked.budget))
    reshoot_session_set_limit (cli->session, RESHOOT_LIMIT_RUN,
                               reshoot_money_from_dollars (edit.asked.budget), NULL);

  done = run_chain (&edit, cli, error);

  if (edit.project != NULL && !reshoot_cli_close_project (cli, edit.project, done ? error : NULL))
    done = FALSE;

  if (edit.project != NULL && edit.place.tell_path && !edit.asked.json)
    {
      g_autofree char *path = g_filename_display_name (edit.place.path);
      /* Translators: %s is the path of a project file. */
      g_autofree char *words = g_strdup_printf (_("The project is kept in %s"), path);

      reshoot_cli_print (words);
    }

  reshoot_cli_place_remove_temporary (&edit.place);
  return done;
}

static const ReshootCliOption edit_options[] = {
  { "instruction", 'i', RESHOOT_CLI_MANY, "TEXT", N_("what shall be done; several run one after the other") },
  { "model", 'm', RESHOOT_CLI_MANY, "MODEL", N_("who does it; several get the last instruction") },
  { "output", 'o', RESHOOT_CLI_ONCE, "OUT", N_("where the result goes; several are numbered") },
  { "project", 0, RESHOOT_CLI_ONCE, "FILE", N_("the project to keep every step in; made if it is not there") },
  { "from", 0, RESHOOT_CLI_ONCE, "STEP", N_("the step to begin with, instead of the original") },
  { "set", 0, RESHOOT_CLI_MANY, "KEY=VALUE", N_("a parameter of the model") },
  { "reference", 0, RESHOOT_CLI_MANY, "FILE[:ROLE]", N_("a picture to go along: a product, a style or a scene") },
  { "box", 0, RESHOOT_CLI_ONCE, "X,Y,W,H", N_("where the product is, in pixels, for the cut-out") },
  { "keep", 0, RESHOOT_CLI_MANY, "X,Y[,X,Y…]", N_("a stroke over the product, for the cut-out") },
  { "drop", 0, RESHOOT_CLI_MANY, "X,Y[,X,Y…]", N_("a stroke over what is not the product") },
  { "region", 0, RESHOOT_CLI_ONCE, "X,Y,W,H", N_("the only part that may change, in pixels") },
  { "crop", 0, RESHOOT_CLI_ONCE, "auto|off", N_("send the part around a small region, or always all of the picture") },
  { "raw", 0, RESHOOT_CLI_FLAG, NULL, N_("the reply as it came, not brought back onto the original") },
  { "takes", 0, RESHOOT_CLI_ONCE, "N", N_("how many results of the last instruction, 1 to 16") },
  { "budget", 0, RESHOOT_CLI_ONCE, "USD", N_("refuse to spend more US dollars than this") },
  { "allow-public", 0, RESHOOT_CLI_FLAG, NULL, N_("agree that the picture is put where anybody can load it") },
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object a step") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_edit_command = {
  "edit", "IMAGE -i TEXT [-i TEXT…] [-m MODEL]… [-o OUT] [--project FILE]", N_("edit a photo by instruction"),
  edit_options, 0, 1, run_edit
};
