/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Commands on pictures without a project: how far two are apart, and the cut-out of one. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-align.h"
#include "reshoot-compare.h"
#include "reshoot-drift-words.h"
#include "reshoot-error.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static void
print_comparison (const ReshootComparison *comparison,
                  const ReshootAlignment  *alignment,
                  const ReshootDrift      *drift)
{
  g_autofree char *place = reshoot_words_for_alignment (alignment);
  g_autofree char *drifted = reshoot_words_for_drift (drift);
  g_autofree char *words = NULL;
  g_autofree char *rest = NULL;

  /* Translators: width and height in pixels, colour distance (CIEDE2000), structural similarity (0 to 1), per cent, and
   * how the second picture lies on the first ("6 px right, +1.2 % zoom"). */
  words = g_strdup_printf (_("%d × %d, ΔE %.2f, SSIM %.4f, %.2f %% of the pixels changed, %s"),
                           comparison->width, comparison->height, comparison->delta_e,
                           comparison->ssim, comparison->changed * 100, place);
  reshoot_cli_print (words);
  if (alignment->new_scene || isnan (drift->colour))
    return;

  /* Translators: how far a picture drifted ("0.4 ΔE, 6 px right, 3 % softer"), leaving out what was edited. */
  rest = g_strdup_printf (_("Where nothing was edited: %s"), drifted);
  reshoot_cli_print (rest);
}

/* Shift and scale of what shows something else altogether mean nothing. */
static void
print_comparison_json (const ReshootComparison *comparison,
                       const ReshootAlignment  *alignment,
                       const ReshootDrift      *drift)
{
  gboolean other = alignment->new_scene;
  JsonObject *object = json_object_new ();
  g_autoptr (JsonNode) node = reshoot_cli_take_object (object);

  json_object_set_int_member (object, "width", comparison->width);
  json_object_set_int_member (object, "height", comparison->height);
  json_object_set_boolean_member (object, "same_size", comparison->same_size);
  json_object_set_double_member (object, "delta_e", comparison->delta_e);
  json_object_set_double_member (object, "ssim", comparison->ssim);
  reshoot_cli_set_number (object, "shift_x", other ? NAN : alignment->shift_x);
  reshoot_cli_set_number (object, "shift_y", other ? NAN : alignment->shift_y);
  reshoot_cli_set_number (object, "scale_x", other ? NAN : alignment->scale_x);
  reshoot_cli_set_number (object, "scale_y", other ? NAN : alignment->scale_y);
  json_object_set_double_member (object, "changed", comparison->changed);
  reshoot_cli_set_number (object, "drift", drift->colour);
  reshoot_cli_set_drift (object, drift);
  reshoot_cli_print_json (node);
}

/* The second picture is taken to show what the first one does, whatever its size. */
static gboolean
measure_drift (ReshootCli    *cli,
               ReshootImage  *a,
               ReshootImage  *b,
               ReshootDrift  *drift,
               GError       **error)
{
  double across = (double) reshoot_image_get_width (a) / reshoot_image_get_width (b);
  double down = (double) reshoot_image_get_height (a) / reshoot_image_get_height (b);
  const double place[6] = { across, 0, 0, 0, down, 0 };

  return reshoot_cli_measure_drift (cli, a, b, place, drift, error);
}

static gboolean
run_compare (ReshootCli           *cli,
             ReshootCliArguments  *arguments,
             GError              **error)
{
  g_autoptr (ReshootImage) a = NULL;
  g_autoptr (ReshootImage) b = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) aligned = NULL;
  ReshootComparison comparison;
  ReshootAlignment alignment;
  ReshootDrift drift;

  a = reshoot_cli_load_image (cli, reshoot_cli_arguments_get_operand (arguments, 0), error);
  if (a == NULL)
    return FALSE;

  b = reshoot_cli_load_image (cli, reshoot_cli_arguments_get_operand (arguments, 1), error);
  if (b == NULL)
    return FALSE;

  reshoot_compare_async (a, b, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  if (!reshoot_compare_finish (result, &comparison, error))
    return FALSE;

  reshoot_align_async (a, b, cli->cancellable, reshoot_cli_ready_cb, &aligned);
  reshoot_cli_await (&aligned);
  if (!reshoot_align_finish (aligned, &alignment, error)
      || !measure_drift (cli, a, b, &drift, error))
    return FALSE;

  if (reshoot_cli_arguments_get_flag (arguments, "json"))
    print_comparison_json (&comparison, &alignment, &drift);
  else
    print_comparison (&comparison, &alignment, &drift);

  return TRUE;
}

static void
print_matte (ReshootMatte *matte,
             gboolean      json)
{
  double confidence = reshoot_matte_get_confidence (matte);
  guint products = reshoot_matte_get_n_products (matte);
  g_autofree char *words = NULL;

  if (json)
    {
      JsonObject *object = json_object_new ();
      g_autoptr (JsonNode) node = reshoot_cli_take_object (object);

      json_object_set_boolean_member (object, "confident", reshoot_matte_get_confident (matte));
      json_object_set_double_member (object, "confidence", confidence);
      json_object_set_int_member (object, "products", products);
      reshoot_cli_print_json (node);
      return;
    }

  /* Translators: how sure the cut-out is, in per cent, and how many products were found. */
  words = g_strdup_printf (ngettext ("%.0f %% sure, %u product", "%.0f %% sure, %u products", products),
                           confidence * 100, products);
  reshoot_cli_print (words);
}

static ReshootMatte *
make_matte (ReshootCli        *cli,
            ReshootImage      *image,
            ReshootHints      *hints,
            GError           **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_matte_new_async (image, hints, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  return reshoot_matte_new_finish (result, error);
}

static gboolean
run_matte (ReshootCli           *cli,
           ReshootCliArguments  *arguments,
           GError              **error)
{
  const char *path = reshoot_cli_arguments_get_operand (arguments, 0);
  const char *output = reshoot_cli_arguments_get_value (arguments, "output");
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (ReshootMatte) matte = NULL;
  g_autoptr (ReshootImage) picture = NULL;
  ReshootImageFormat format;
  g_autoptr (ReshootHints) hints = NULL;
  const ReshootBox *box;
  gboolean hinted;

  if (output == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-missing", "-o", "no output");
      return FALSE;
    }

  hints = reshoot_cli_arguments_dup_hints (arguments, &hinted, error);
  if (hints == NULL || !reshoot_cli_check_output (output, &format, error))
    return FALSE;

  if (format != RESHOOT_IMAGE_FORMAT_PNG)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "output-png", output, "a matte is PNG");
      return FALSE;
    }

  image = reshoot_cli_load_image (cli, path, error);
  if (image == NULL)
    return FALSE;

  box = reshoot_hints_get_box (hints);
  if (box != NULL && (box->x + box->width > reshoot_image_get_width (image)
                      || box->y + box->height > reshoot_image_get_height (image)))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "box-outside",
                         reshoot_cli_arguments_get_value (arguments, "box"), "not inside the picture");
      return FALSE;
    }

  matte = make_matte (cli, image, hinted ? hints : NULL, error);
  if (matte == NULL)
    return FALSE;

  picture = reshoot_matte_to_image (matte, error);
  if (picture == NULL || !reshoot_cli_save_image (cli, picture, output, format, error))
    return FALSE;

  print_matte (matte, reshoot_cli_arguments_get_flag (arguments, "json"));

  /* The proposal is written all the same. */
  if (!hinted && !reshoot_matte_get_confident (matte))
    {
      reshoot_set_error (error, RESHOOT_ERROR_UNSURE, NULL, path, "confidence %g",
                         reshoot_matte_get_confidence (matte));
      return FALSE;
    }

  return TRUE;
}

static const ReshootCliOption compare_options[] = {
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_compare_command = {
  "compare", "A B [--json]", N_("measure how far two pictures are apart"), compare_options, 2, 2, run_compare
};

static const ReshootCliOption matte_options[] = {
  { "output", 'o', RESHOOT_CLI_ONCE, "MATTE.png", N_("where the cut-out goes") },
  { "box", 0, RESHOOT_CLI_ONCE, "X,Y,W,H", N_("where the product is, in pixels") },
  { "keep", 0, RESHOOT_CLI_MANY, "X,Y[,X,Y…]", N_("a stroke over the product, in pixels") },
  { "drop", 0, RESHOOT_CLI_MANY, "X,Y[,X,Y…]", N_("a stroke over what is not the product") },
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_matte_command = {
  "matte", "IMAGE -o MATTE.png [--box X,Y,W,H] [--json]", N_("cut the product out"), matte_options, 1, 1, run_matte
};
