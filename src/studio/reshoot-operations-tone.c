/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Tone and colour of every pixel by itself, as a person asks for it: exposure, contrast, the ends of the scale,
 * temperature, saturation, grey. Here words and amounts become curves and factors; they are applied in
 * reshoot-operations-tone-lines.c. */

#include "reshoot-operations-tone-private.h"

#include <math.h>
#include <string.h>

static double
pick_level (ReshootLevel level,
            double       slight,
            double       medium,
            double       strong)
{
  switch (level)
    {
    case RESHOOT_LEVEL_SLIGHT:
      return slight;
    case RESHOOT_LEVEL_STRONG:
      return strong;
    case RESHOOT_LEVEL_NONE:
    case RESHOOT_LEVEL_MEDIUM:
    default:
      return medium;
    }
}

static double
get_direction (const ReshootOperation *op)
{
  return op->direction < 0 ? -1 : 1;
}

/* The amount as a share of what "100 %" means, signed; from the percent where there is one. */
static double
pick_amount (const ReshootOperation *op,
             double                  slight,
             double                  medium,
             double                  strong)
{
  if (!isnan (op->percent))
    return op->direction < 0 && op->percent > 0 ? -op->percent / 100 : op->percent / 100;
  return get_direction (op) * pick_level (op->level, slight, medium, strong);
}

static gboolean
run_exposure (ReshootWork             *work,
              const ReshootOperation  *op,
              GError                 **error)
{
  ReshootTone *tone = g_new0 (ReshootTone, 1);
  double ev;

  if (!isnan (op->ev))
    ev = op->ev;
  else if (!isnan (op->percent))
    ev = log2 (MAX (0.01, 1 + pick_amount (op, 0, 0, 0)));
  else
    ev = get_direction (op) * pick_level (op->level, 0.25, 0.5, 1);

  tone->kind = TONE_CURVE_NORM;
  reshoot_tone_fill (tone, reshoot_curve_exposure, exp2 (ev), 0);
  json_object_set_double_member (reshoot_work_add_fact (work, op), "ev", ev);
  return reshoot_tone_add (work, op->scope, tone, error);
}

static gboolean
run_curve (ReshootWork             *work,
           const ReshootOperation  *op,
           GError                 **error)
{
  ReshootTone *tone = g_new0 (ReshootTone, 1);
  ReshootCurve ends = op->kind == RESHOOT_OPERATION_SHADOWS ? reshoot_curve_shadows
                                                           : reshoot_curve_highlights;
  double amount;

  if (op->kind == RESHOOT_OPERATION_CONTRAST)
    {
      amount = exp2 (CLAMP (pick_amount (op, 0.15, 0.32, 0.6), -2, 2));
      tone->kind = TONE_CURVE_CHANNELS;
      reshoot_tone_fill (tone, reshoot_curve_contrast, amount, 0);
    }
  else if (op->kind == RESHOOT_OPERATION_BLACKS)
    {
      amount = CLAMP (pick_amount (op, 0.2, 0.4, 0.8) / 8, -0.5, 0.5);
      tone->kind = TONE_CURVE_CHANNELS;
      reshoot_tone_fill (tone, reshoot_curve_blacks, amount, 0);
    }
  else
    {
      amount = CLAMP (pick_amount (op, 0.3, 0.6, 1) / 8, -0.4, 0.4);
      tone->kind = TONE_CURVE_NORM;
      reshoot_tone_fill (tone, ends, amount, 0);
    }

  json_object_set_double_member (reshoot_work_add_fact (work, op), "amount", amount);
  return reshoot_tone_add (work, op->scope, tone, error);
}

/* Light of a daylight of @kelvin, relative to D65, as linear sRGB. */
static void
find_daylight (double  kelvin,
               double *rgb)
{
  double t = 1000 / kelvin, x, y, big_x, big_z;

  /* CIE 15: chromaticity of daylight from 4000 K to 7000 K and above. */
  if (kelvin <= 7000)
    x = ((-4.6070 * t + 2.9678) * t + 0.09911) * t + 0.244063;
  else
    x = ((-2.0064 * t + 1.9018) * t + 0.24748) * t + 0.237040;
  y = (-3 * x + 2.870) * x - 0.275;

  big_x = x / y;
  big_z = (1 - x - y) / y;
  rgb[0] = 3.2404542 * big_x - 1.5371385 - 0.4985314 * big_z;
  rgb[1] = -0.9692660 * big_x + 1.8760108 + 0.0415560 * big_z;
  rgb[2] = 0.0556434 * big_x - 0.2040259 + 1.0572252 * big_z;
}

static gboolean
run_temperature (ReshootWork             *work,
                 const ReshootOperation  *op,
                 GError                 **error)
{
  ReshootTone *tone = g_new0 (ReshootTone, 1);
  double mired = 60 * pick_amount (op, 0.2, 0.4, 0.8), reference[3], target[3];
  JsonObject *fact = reshoot_work_add_fact (work, op);
  float luma;
  int band;

  mired = CLAMP (mired, -90, 90);
  find_daylight (6504, reference);
  find_daylight (1e6 / (1e6 / 6504 + mired), target);
  for (band = 0; band < 3; band++)
    tone->gain[band] = (float) (target[band] / reference[band]);
  luma = reshoot_luma (tone->gain);
  for (band = 0; band < 3; band++)
    tone->gain[band] /= luma;

  tone->kind = TONE_GAIN;
  json_object_set_double_member (fact, "mired", mired);
  return reshoot_tone_add (work, op->scope, tone, error);
}

static gboolean
run_saturation (ReshootWork             *work,
                const ReshootOperation  *op,
                GError                 **error)
{
  ReshootTone *tone = g_new0 (ReshootTone, 1);

  tone->kind = op->kind == RESHOOT_OPERATION_VIBRANCE ? TONE_VIBRANCE : TONE_SATURATION;
  tone->amount = (float) MAX (-1, tone->kind == TONE_VIBRANCE ? pick_amount (op, 0.15, 0.35, 0.7)
                                                              : pick_amount (op, 0.1, 0.2, 0.45));
  json_object_set_double_member (reshoot_work_add_fact (work, op), "percent",
                                 round (tone->amount * 1e4) / 100);
  return reshoot_tone_add (work, op->scope, tone, error);
}

static gboolean
find_tint (const ReshootOperation *op,
           double                 *light)
{
  static const struct { const char *name, *color; } tints[] = {
    { "sepia", "#c69c6d" }, { "warm", "#d9c3a5" }, { "cool", "#a9bdd4" }, { "blue", "#8faacc" },
    { "cyanotype", "#6f97bd" }, { "selenium", "#b7a3ad" }, { "neutral", "" }, { "none", "" },
  };
  guint i;

  light[0] = light[1] = light[2] = 1;
  if (op->color[0] == '#')
    {
      reshoot_color_to_light (op->color, light);
      return TRUE;
    }
  if (op->sub == NULL || *op->sub == '\0')
    return TRUE;
  if (op->sub[0] == '#')
    {
      reshoot_color_to_light (op->sub, light);
      return TRUE;
    }
  for (i = 0; i < G_N_ELEMENTS (tints); i++)
    if (strcmp (tints[i].name, op->sub) == 0)
      {
        if (*tints[i].color != '\0')
          reshoot_color_to_light (tints[i].color, light);
        return TRUE;
      }
  return FALSE;
}

static gboolean
run_monochrome (ReshootWork             *work,
                const ReshootOperation  *op,
                GError                 **error)
{
  g_autofree ReshootTone *tone = g_new0 (ReshootTone, 1);
  double light[3];
  float luma;
  JsonObject *fact;
  int band;

  if (!find_tint (op, light))
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "not-yet", op->sub, "unknown tint %s", op->sub);
      return FALSE;
    }

  for (band = 0; band < 3; band++)
    tone->gain[band] = (float) light[band];
  luma = MAX (1e-3f, reshoot_luma (tone->gain));
  for (band = 0; band < 3; band++)
    tone->gain[band] /= luma;
  tone->kind = TONE_MONOCHROME;
  fact = reshoot_work_add_fact (work, op);
  if (op->sub != NULL && *op->sub != '\0')
    json_object_set_string_member (fact, "tint", op->sub);
  return reshoot_tone_add (work, op->scope, g_steal_pointer (&tone), error);
}

/* Any operation that treats each pixel by itself. */
gboolean
reshoot_work_run_tone (ReshootWork             *work,
                       const ReshootOperation  *op,
                       GError                 **error)
{
  if (op->kind == RESHOOT_OPERATION_EXPOSURE)
    return run_exposure (work, op, error);
  if (op->kind == RESHOOT_OPERATION_TEMPERATURE)
    return run_temperature (work, op, error);
  if (op->kind == RESHOOT_OPERATION_SATURATION || op->kind == RESHOOT_OPERATION_VIBRANCE)
    return run_saturation (work, op, error);
  if (op->kind == RESHOOT_OPERATION_MONOCHROME)
    return run_monochrome (work, op, error);
  if (op->kind == RESHOOT_OPERATION_AUTO_TONE)
    return reshoot_work_run_auto_tone (work, op, error);
  if (op->kind == RESHOOT_OPERATION_WHITE_BALANCE)
    return reshoot_work_run_white_balance (work, op, error);
  return run_curve (work, op, error);
}
