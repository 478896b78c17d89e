/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Landing on two files: a reply that a service sent for a picture, brought back onto it. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-compare.h"
#include "reshoot-error.h"
#include "reshoot-landing-facts.h"
#include "reshoot-plan-tone.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  ReshootLanding    *landing;
  ReshootComparison  comparison;    /* of the source and what is written */
  double             seconds;
} Landed;

static void
print_json (const Landed *landed)
{
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = reshoot_cli_take_object (object);

  json_object_set_int_member (object, "width", landed->comparison.width);
  json_object_set_int_member (object, "height", landed->comparison.height);
  json_object_set_double_member (object, "delta_e", landed->comparison.delta_e);
  json_object_set_double_member (object, "ssim", landed->comparison.ssim);
  reshoot_landing_facts_write (object, landed->landing);
  json_object_set_double_member (object, "seconds", landed->seconds);
  reshoot_cli_print_json (node);
}

static void
print_words (const Landed *landed)
{
  const ReshootAlignment *alignment = reshoot_landing_get_alignment (landed->landing);
  g_autofree char *place = reshoot_words_for_alignment (alignment);
  g_autofree char *words = NULL;

  if (alignment->new_scene)
    words = g_strdup (_("This is a new scene: next to nothing of the picture is in it. It is kept as it came."));
  else if (reshoot_landing_get_is_whole (landed->landing))
    /* Translators: how the reply lay ("6 px right, +1.2 % zoom"). */
    words = g_strdup_printf (_("It lay %s. The whole picture changed."), place);
  else
    /* Translators: how the reply lay ("6 px right, +1.2 % zoom"); per cent edited; per cent that kept every bit. */
    words = g_strdup_printf (_("It lay %s. %.1f %% was edited, %.1f %% of the pixels are the picture's own."), place,
                             100 * reshoot_landing_get_changed (landed->landing),
                             100 * reshoot_landing_get_identical (landed->landing));
  reshoot_cli_print (words);
}

static gboolean
compare (ReshootCli    *cli,
         ReshootImage  *source,
         ReshootImage  *result,
         Landed        *landed,
         GError       **error)
{
  g_autoptr (GAsyncResult) compared = NULL;

  reshoot_compare_async (source, result, cli->cancellable, reshoot_cli_ready_cb, &compared);
  reshoot_cli_await (&compared);
  return reshoot_compare_finish (compared, &landed->comparison, error);
}

static ReshootLanding *
land (ReshootCli                *cli,
      ReshootImage              *source,
      ReshootImage              *reply,
      const ReshootLandRequest  *request,
      double                    *seconds,
      GError                   **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  gint64 began = g_get_monotonic_time ();

  reshoot_land_async (source, reply, request, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  *seconds = (double) (g_get_monotonic_time () - began) / G_USEC_PER_SEC;
  return reshoot_land_finish (result, error);
}

static gboolean
read_request (ReshootCliArguments  *arguments,
              ReshootImage         *source,
              ReshootLandRequest   *request,
              GError              **error)
{
  const char *instruction = reshoot_cli_arguments_get_value (arguments, "instruction");
  ReshootBox box;
  gboolean given;

  if (instruction != NULL)
    {
      g_autoptr (ReshootPlan) plan = reshoot_plan_new (instruction);

      request->tone = reshoot_plan_find_tone (plan);
    }

  if (!reshoot_cli_arguments_get_box (arguments, "region", &box, &given, error))
    return FALSE;
  if (given && (box.x + box.width > reshoot_image_get_width (source)
                || box.y + box.height > reshoot_image_get_height (source)))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "region-outside",
                         reshoot_cli_arguments_get_value (arguments, "region"), "not inside the picture");
      return FALSE;
    }
  if (given)
    {
      const double region[4] = { box.x, box.y, box.width, box.height };

      request->region = reshoot_region_new (region, NULL, NULL);
    }

  return TRUE;
}

static gboolean
run_land (ReshootCli           *cli,
          ReshootCliArguments  *arguments,
          GError              **error)
{
  const char *output = reshoot_cli_arguments_get_value (arguments, "output");
  g_autoptr (ReshootImage) source = NULL;
  g_autoptr (ReshootImage) reply = NULL;
  g_autoptr (ReshootLanding) landing = NULL;
  g_autoptr (ReshootRegion) region = NULL;
  ReshootLandRequest request = { RESHOOT_LAND_TONE_UNKNOWN, NULL, NULL };
  ReshootImageFormat format;
  ReshootImage *result;
  Landed landed = { NULL };

  if (output == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-missing", "-o", "no output");
      return FALSE;
    }
  if (!reshoot_cli_check_output (output, &format, error))
    return FALSE;

  source = reshoot_cli_load_image (cli, reshoot_cli_arguments_get_operand (arguments, 0), error);
  if (source == NULL)
    return FALSE;
  reply = reshoot_cli_load_image (cli, reshoot_cli_arguments_get_operand (arguments, 1), error);
  if (reply == NULL || !read_request (arguments, source, &request, error))
    return FALSE;

  region = request.region;
  landing = land (cli, source, reply, &request, &landed.seconds, error);
  if (landing == NULL)
    return FALSE;

  landed.landing = landing;
  result = reshoot_landing_get_image (landing) != NULL ? reshoot_landing_get_image (landing)
           : reply;
  if (!reshoot_cli_save_image (cli, result, output, format, error)
      || !compare (cli, source, result, &landed, error))
    return FALSE;

  if (reshoot_cli_arguments_get_flag (arguments, "json"))
    print_json (&landed);
  else
    print_words (&landed);
  return TRUE;
}

static const ReshootCliOption land_options[] = {
  { "output", 'o', RESHOOT_CLI_ONCE, "OUT", N_("where the picture goes") },
  { "instruction", 'i', RESHOOT_CLI_ONCE, "TEXT", N_("what was asked: it says whether other light was wanted") },
  { "region", 0, RESHOOT_CLI_ONCE, "X,Y,W,H", N_("the part that may change, in pixels") },
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_land_command = {
  "land", "SOURCE REPLY -o OUT [-i TEXT] [--region X,Y,W,H] [--json]",
  N_("bring a service's reply back onto the full-size picture"), land_options, 2, 2, run_land
};
