/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot drift`: how far each step on the way to the head is from its original, where nothing was edited. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-drift-path.h"
#include "reshoot-drift-words.h"
#include "reshoot-error.h"
#include "reshoot-step-place.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

/* A step is warned of where it does that much more harm than the one before; see reshoot_drift_get_harm(). */
#define LEAST_HARM 1.0

static ReshootImage *
load (ReshootCli      *cli,
      ReshootProject  *project,
      ReshootStep     *step,
      GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_load_picture_async (project, step, RESHOOT_PICTURE_SHOWN, cli->cancellable,
                                      reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  return reshoot_project_load_picture_finish (project, result, error);
}

/* Measures @picture, of which a point belongs at @place in @original. */
gboolean
reshoot_cli_measure_drift (ReshootCli    *cli,
                           ReshootImage  *original,
                           ReshootImage  *picture,
                           const double   place[6],
                           ReshootDrift  *drift,
                           GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_drift_async (original, picture, place, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  return reshoot_drift_finish (result, drift, error);
}

/* What is known of what was not edited, beside colour and place. */
void
reshoot_cli_set_drift (JsonObject         *object,
                       const ReshootDrift *drift)
{
  reshoot_cli_set_number (object, "softer", drift->softer);
  reshoot_cli_set_number (object, "visible", drift->visible);
  json_object_set_double_member (object, "edited", drift->edited);
  json_object_set_boolean_member (object, "new_scene", drift->alignment.new_scene);
}

static gboolean
measure (ReshootCli      *cli,
         ReshootProject  *project,
         ReshootImage    *original,
         ReshootStep     *step,
         ReshootDrift    *drift,
         GError         **error)
{
  g_autoptr (ReshootImage) picture = load (cli, project, step, error);
  double place[6];

  if (picture == NULL)
    return FALSE;

  reshoot_step_place_in_original (step, place);
  return reshoot_cli_measure_drift (cli, original, picture, place, drift, error);
}

static void
print_drift (ReshootStep        *step,
             const ReshootDrift *drift,
             gboolean            json)
{
  gboolean other = drift->alignment.new_scene;
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = reshoot_cli_take_object (object);

  if (!json)
    {
      g_autofree char *words = reshoot_words_for_drift (drift);
      g_autofree char *line = NULL;

      /* Translators: the number of a step, and how far it drifted ("0.4 ΔE, 6 px right, 3 % softer"). */
      line = g_strdup_printf (_("Step %d: %s"), (int) reshoot_step_get_id (step), words);
      reshoot_cli_print (line);
      return;
    }

  json_object_set_int_member (object, "id", reshoot_step_get_id (step));
  reshoot_cli_set_number (object, "delta_e", drift->colour);
  reshoot_cli_set_number (object, "shift_x", other ? NAN : drift->alignment.shift_x);
  reshoot_cli_set_number (object, "shift_y", other ? NAN : drift->alignment.shift_y);
  reshoot_cli_set_number (object, "scale_x", other ? NAN : drift->alignment.scale_x);
  reshoot_cli_set_number (object, "scale_y", other ? NAN : drift->alignment.scale_y);
  reshoot_cli_set_drift (object, drift);
  reshoot_cli_print_json (node);
}

/* The done steps on the way from the original to the head, without the original. */
static GPtrArray *
list_path (ReshootStep *head)
{
  GPtrArray *path = g_ptr_array_new ();

  for (ReshootStep *step = head; step != NULL && reshoot_step_get_parent (step) != NULL;
       step = reshoot_step_get_parent (step))
    if (reshoot_step_get_state (step) == RESHOOT_STEP_DONE && reshoot_step_get_digest (step) != NULL
        && !reshoot_step_get_is_purged (step))
      g_ptr_array_insert (path, 0, step);

  return path;
}

static gboolean
print_path (ReshootCli      *cli,
            ReshootProject  *project,
            ReshootStep     *head,
            gboolean         json,
            GError         **error)
{
  g_autoptr (ReshootImage) original = load (cli, project, reshoot_step_get_original (head), error);
  g_autoptr (GPtrArray) path = list_path (head);
  ReshootDrift worst = { 0 };
  int worst_step = 0;
  double most = LEAST_HARM, before = 0;

  if (original == NULL)
    return FALSE;

  for (guint i = 0; i < path->len; i++)
    {
      ReshootStep *step = g_ptr_array_index (path, i);
      ReshootDrift drift;
      double harm;

      if (!measure (cli, project, original, step, &drift, error))
        return FALSE;

      print_drift (step, &drift, json);
      harm = reshoot_drift_get_harm (&drift);
      if (isnan (harm))
        continue;
      if (harm - before >= most && !reshoot_drift_is_wanted (step))
        {
          most = harm - before;
          worst = drift;
          worst_step = (int) reshoot_step_get_id (step);
        }
      before = harm;
    }

  if (worst_step > 0 && !json)
    {
      g_autofree char *words = reshoot_words_for_harm (&worst, worst_step);

      reshoot_cli_print (words);
    }
  return TRUE;
}

static gboolean
run_drift (ReshootCli           *cli,
           ReshootCliArguments  *arguments,
           GError              **error)
{
  g_autoptr (ReshootProject) project = NULL;
  ReshootStep *head;

  project = reshoot_cli_open_project (cli, reshoot_cli_arguments_get_operand (arguments, 0),
                                      RESHOOT_PROJECT_READ_ONLY, error);
  if (project == NULL)
    return FALSE;

  head = reshoot_history_get_head (reshoot_project_get_history (project));
  if (head != NULL
      && !print_path (cli, project, head, reshoot_cli_arguments_get_flag (arguments, "json"),
                      error))
    return FALSE;

  return reshoot_cli_close_project (cli, project, error);
}

static const ReshootCliOption drift_options[] = {
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object a line") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_drift_command = {
  "drift", "PROJECT [--json]", N_("measure how far the steps to the head are from their original"),
  drift_options, 1, 1, run_drift
};
