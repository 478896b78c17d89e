/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Tone and colour of every pixel by itself: exposure, contrast, the ends of the scale, temperature, saturation, grey.
 * All in linear light. Curves are tabulated once; white stays white wherever brightening would only clip it. */

#include "reshoot-operations-private.h"

#include <math.h>
#include <string.h>

#define CURVE_STEPS 4096
#define SAMPLE_EDGE 512

typedef enum
{
  TONE_CURVE_NORM,       /* a curve on the largest channel, the others in proportion: hue stays */
  TONE_CURVE_CHANNELS,   /* a curve on each channel */
  TONE_GAIN,             /* a factor for each channel */
  TONE_SATURATION,
  TONE_VIBRANCE,
  TONE_MONOCHROME,
} ToneKind;

typedef struct
{
  ToneKind kind;
  gboolean inverse;              /* the matte says where not */
  float    gain[3];              /* of GAIN; of MONOCHROME the tint */
  float    amount;               /* of SATURATION and VIBRANCE */
  float    curve[CURVE_STEPS + 2];
} Tone;

/* A curve: from an encoded value 0–1 and its parameters to an encoded value. */
typedef double (*CurveFunc) (double value,
                             double a,
                             double b);

static float
curve_at (const float *curve,
          float        x)
{
  float s;
  int i;

  if (x <= 0)
    return curve[0] + x;
  if (x >= 1)
    return curve[CURVE_STEPS] * x;

  s = sqrtf (x) * CURVE_STEPS;
  i = (int) s;
  return curve[i] + (s - i) * (curve[i + 1] - curve[i]);
}

static void
fill_curve (Tone      *tone,
            CurveFunc  func,
            double     a,
            double     b)
{
  int i;

  for (i = 0; i <= CURVE_STEPS + 1; i++)
    {
      double s = MIN (1.0, (double) i / CURVE_STEPS);

      tone->curve[i] = (float) reshoot_decode (func (reshoot_encode (s * s), a, b));
    }
}

/* @a: the factor in linear light. Up to the knee it is exact; from there to white a shoulder of the same slope. */
static double
exposure_curve (double value,
                double a,
                double b)
{
  double x = reshoot_decode (value), knee = 0.5, start = knee / a, t, slope;

  if (a <= 1 || x <= start)
    return reshoot_encode (x * a);

  t = (x - start) / (1 - start);
  slope = a * (1 - start) / (1 - knee);
  return reshoot_encode (knee + (1 - knee) * slope * t / (1 + (slope - 1) * t));
}

/* @a: the slope in the middle; both ends stay. */
static double
contrast_curve (double value,
                double a,
                double b)
{
  return value < 0.5 ? 0.5 * pow (2 * value, a) : 1 - 0.5 * pow (2 * (1 - value), a);
}

static double
highlights_curve (double value,
                  double a,
                  double b)
{
  return value + a * 6.75 * value * value * (1 - value);
}

static double
shadows_curve (double value,
               double a,
               double b)
{
  return value + a * 6.75 * value * (1 - value) * (1 - value);
}

/* @a > 0 lifts black to @a, @a < 0 makes everything below -@a black. */
static double
blacks_curve (double value,
              double a,
              double b)
{
  return a >= 0 ? a + value * (1 - a) : MAX (0, (value + a) / (1 + a));
}

static void
apply_curve (const Tone *tone,
             float      *rgb,
             int         n)
{
  int i;

  if (tone->kind == TONE_CURVE_CHANNELS)
    {
      for (i = 0; i < n * 3; i++)
        rgb[i] = curve_at (tone->curve, rgb[i]);
      return;
    }

  for (i = 0; i < n; i++, rgb += 3)
    {
      float norm = MAX (rgb[0], MAX (rgb[1], rgb[2]));
      float k;

      if (norm <= 0)
        continue;
      k = curve_at (tone->curve, norm) / norm;
      rgb[0] *= k;
      rgb[1] *= k;
      rgb[2] *= k;
    }
}

/* A channel that would clip takes the others down with it: a warm white is still warm. */
static void
apply_gain (const Tone *tone,
            float      *rgb,
            int         n)
{
  int i;

  for (i = 0; i < n; i++, rgb += 3)
    {
      float before = MAX (1, MAX (rgb[0], MAX (rgb[1], rgb[2]))), norm;

      rgb[0] *= tone->gain[0];
      rgb[1] *= tone->gain[1];
      rgb[2] *= tone->gain[2];
      norm = MAX (rgb[0], MAX (rgb[1], rgb[2]));
      if (norm > before)
        {
          rgb[0] *= before / norm;
          rgb[1] *= before / norm;
          rgb[2] *= before / norm;
        }
    }
}

static void
apply_saturation (const Tone *tone,
                  float      *rgb,
                  int         n)
{
  int i;

  for (i = 0; i < n; i++, rgb += 3)
    {
      float y = reshoot_luma (rgb), k = 1 + tone->amount;

      if (tone->kind == TONE_VIBRANCE)
        {
          float high = MAX (rgb[0], MAX (rgb[1], rgb[2]));
          float low = MIN (rgb[0], MIN (rgb[1], rgb[2]));

          /* What is colourful already is left nearly alone. */
          k = high > 0 ? 1 + tone->amount * (1 - CLAMP ((high - low) / high, 0, 1)) : 1;
        }
      rgb[0] = y + k * (rgb[0] - y);
      rgb[1] = y + k * (rgb[1] - y);
      rgb[2] = y + k * (rgb[2] - y);
    }
}

/* The tint works in the middle of the scale; black and white stay what they are. */
static void
apply_monochrome (const Tone *tone,
                  float      *rgb,
                  int         n)
{
  int i, band;

  for (i = 0; i < n; i++, rgb += 3)
    {
      float y = reshoot_luma (rgb), near_white = CLAMP (y, 0, 1);

      for (band = 0; band < 3; band++)
        rgb[band] = y * (tone->gain[band] + (1 - tone->gain[band]) * near_white);
    }
}

static void
tone_line (const ReshootLine *line,
           gconstpointer      data)
{
  const Tone *tone = data;
  const float *in = line->in[0];
  const guint8 *matte = line->in[1];
  float *out = line->out;
  int i, band;

  memcpy (out, in, (gsize) line->width * 3 * sizeof *out);
  switch (tone->kind)
    {
    case TONE_CURVE_NORM:
    case TONE_CURVE_CHANNELS:
      apply_curve (tone, out, line->width);
      break;
    case TONE_GAIN:
      apply_gain (tone, out, line->width);
      break;
    case TONE_SATURATION:
    case TONE_VIBRANCE:
      apply_saturation (tone, out, line->width);
      break;
    case TONE_MONOCHROME:
      apply_monochrome (tone, out, line->width);
      break;
    default:
      g_assert_not_reached ();
    }

  if (matte == NULL)
    return;
  for (i = 0; i < line->width; i++)
    {
      float weight = (tone->inverse ? 255 - matte[i] : matte[i]) / 255.0f;

      for (band = 0; band < 3; band++)
        out[i * 3 + band] = in[i * 3 + band] + weight * (out[i * 3 + band] - in[i * 3 + band]);
    }
}

/* Takes @tone. */
static gboolean
add_tone (ReshootWork   *work,
          ReshootScope   scope,
          Tone          *tone,
          GError       **error)
{
  ReshootPlane *inputs[2] = { reshoot_work_get_light (work, error), work->matte };
  gboolean scoped = scope != RESHOOT_SCOPE_ALL && work->matte != NULL;

  if (inputs[0] == NULL)
    {
      g_free (tone);
      return FALSE;
    }

  tone->inverse = scope == RESHOOT_SCOPE_BACKGROUND;
  if (!reshoot_work_touch (work, scope, error))
    {
      g_free (tone);
      return FALSE;
    }
  return reshoot_work_map_light (work, inputs, scoped ? 2 : 1, tone_line, tone, error);
}

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
  Tone *tone = g_new0 (Tone, 1);
  double ev;

  if (!isnan (op->ev))
    ev = op->ev;
  else if (!isnan (op->percent))
    ev = log2 (MAX (0.01, 1 + pick_amount (op, 0, 0, 0)));
  else
    ev = get_direction (op) * pick_level (op->level, 0.25, 0.5, 1);

  tone->kind = TONE_CURVE_NORM;
  fill_curve (tone, exposure_curve, exp2 (ev), 0);
  json_object_set_double_member (reshoot_work_add_fact (work, op), "ev", ev);
  return add_tone (work, op->scope, tone, error);
}

static gboolean
run_curve (ReshootWork             *work,
           const ReshootOperation  *op,
           GError                 **error)
{
  Tone *tone = g_new0 (Tone, 1);
  CurveFunc ends = op->kind == RESHOOT_OPERATION_SHADOWS ? shadows_curve : highlights_curve;
  double amount;

  if (op->kind == RESHOOT_OPERATION_CONTRAST)
    {
      amount = exp2 (CLAMP (pick_amount (op, 0.15, 0.32, 0.6), -2, 2));
      tone->kind = TONE_CURVE_CHANNELS;
      fill_curve (tone, contrast_curve, amount, 0);
    }
  else if (op->kind == RESHOOT_OPERATION_BLACKS)
    {
      amount = CLAMP (pick_amount (op, 0.2, 0.4, 0.8) / 8, -0.5, 0.5);
      tone->kind = TONE_CURVE_CHANNELS;
      fill_curve (tone, blacks_curve, amount, 0);
    }
  else
    {
      amount = CLAMP (pick_amount (op, 0.3, 0.6, 1) / 8, -0.4, 0.4);
      tone->kind = TONE_CURVE_NORM;
      fill_curve (tone, ends, amount, 0);
    }

  json_object_set_double_member (reshoot_work_add_fact (work, op), "amount", amount);
  return add_tone (work, op->scope, tone, error);
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
  Tone *tone = g_new0 (Tone, 1);
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
  return add_tone (work, op->scope, tone, error);
}

static gboolean
run_saturation (ReshootWork             *work,
                const ReshootOperation  *op,
                GError                 **error)
{
  Tone *tone = g_new0 (Tone, 1);

  tone->kind = op->kind == RESHOOT_OPERATION_VIBRANCE ? TONE_VIBRANCE : TONE_SATURATION;
  tone->amount = (float) MAX (-1, tone->kind == TONE_VIBRANCE ? pick_amount (op, 0.15, 0.35, 0.7)
                                                              : pick_amount (op, 0.1, 0.2, 0.45));
  json_object_set_double_member (reshoot_work_add_fact (work, op), "percent",
                                 round (tone->amount * 1e4) / 100);
  return add_tone (work, op->scope, tone, error);
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
  g_autofree Tone *tone = g_new0 (Tone, 1);
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
  return add_tone (work, op->scope, g_steal_pointer (&tone), error);
}

/* Which cells of the sample an operation of this scope may look at. */
static gboolean
in_scope (const ReshootSample *sample,
          ReshootScope         scope,
          int                  i)
{
  if (scope == RESHOOT_SCOPE_ALL || sample->matte == NULL)
    return TRUE;
  return scope == RESHOOT_SCOPE_PRODUCT ? sample->matte[i] > 240 : sample->matte[i] < 16;
}

typedef struct
{
  double black;   /* encoded */
  double white;
  double gamma;
} Levels;

static void
measure_levels (const ReshootSample *sample,
                ReshootScope         scope,
                Levels              *levels)
{
  int histogram[1024] = { 0 }, n = 0, sum = 0, i, low = -1, middle = -1, high = -1;
  double span, centre;

  for (i = 0; i < sample->width * sample->height; i++)
    if (in_scope (sample, scope, i))
      {
        float luma = reshoot_luma (sample->light + (gsize) i * 3);

        histogram[(int) (reshoot_encode_fast (luma) * 1023)]++;
        n++;
      }

  for (i = 0; i < 1024; i++)
    {
      sum += histogram[i];
      if (low < 0 && sum > n * 0.005)
        low = i;
      if (middle < 0 && sum >= n * 0.5)
        middle = i;
      if (high < 0 && sum >= n * 0.995)
        high = i;
    }

  /* Stretched at most so far that noise stays noise. */
  levels->black = MIN (low / 1023.0, 0.12);
  levels->white = MAX (high / 1023.0, 0.7);
  span = levels->white - levels->black;
  centre = CLAMP ((middle / 1023.0 - levels->black) / span, 0.02, 0.98);
  levels->gamma = CLAMP (log (0.5) / log (centre), 0.75, 1.1);
  if (n == 0)
    *levels = (Levels) { 0, 1, 1 };
}

static double
gamma_curve (double value,
             double a,
             double b)
{
  return pow (CLAMP (value * b, 0, 1), a);
}

static gboolean
run_auto_tone (ReshootWork             *work,
               const ReshootOperation  *op,
               GError                 **error)
{
  g_autoptr (ReshootSample) sample = reshoot_sample_new (work, SAMPLE_EDGE, error);
  JsonObject *fact;
  Tone *black, *rest;
  Levels levels;

  if (sample == NULL)
    return FALSE;

  measure_levels (sample, op->scope, &levels);
  fact = reshoot_work_add_fact (work, op);
  json_object_set_double_member (fact, "black", levels.black);
  json_object_set_double_member (fact, "white", levels.white);
  json_object_set_double_member (fact, "gamma", levels.gamma);

  black = g_new0 (Tone, 1);
  black->kind = TONE_CURVE_CHANNELS;
  fill_curve (black, blacks_curve, -levels.black, 0);
  rest = g_new0 (Tone, 1);
  rest->kind = TONE_CURVE_NORM;
  fill_curve (rest, gamma_curve, levels.gamma, (1 - levels.black) / (levels.white - levels.black));
  if (!add_tone (work, op->scope, black, error))
    {
      g_free (rest);
      return FALSE;
    }
  return add_tone (work, op->scope, rest, error);
}

/* The mean colour of what should be grey: near-neutral to begin with, neither black nor clipped. Refined twice. */
static gboolean
measure_neutral (const ReshootSample *sample,
                 ReshootScope         scope,
                 double              *mean)
{
  double gain[3] = { 1, 1, 1 };
  int round, i, band, n = 0;

  for (round = 0; round < 3; round++)
    {
      double sum[3] = { 0, 0, 0 }, limit = round == 0 ? 0.7 : 0.25;

      n = 0;
      for (i = 0; i < sample->width * sample->height; i++)
        {
          const float *p = sample->light + (gsize) i * 3;
          double c[3] = { p[0] * gain[0], p[1] * gain[1], p[2] * gain[2] };
          double high = MAX (c[0], MAX (c[1], c[2])), low = MIN (c[0], MIN (c[1], c[2]));

          if (!in_scope (sample, scope, i) || MAX (p[0], MAX (p[1], p[2])) > 0.97 || high < 0.01
              || (high - low) / high > limit)
            continue;
          for (band = 0; band < 3; band++)
            sum[band] += p[band] / high;
          n++;
        }
      if (n < 1)
        return FALSE;
      for (band = 0; band < 3; band++)
        {
          mean[band] = sum[band] / n;
          gain[band] = sum[1] / MAX (1e-6, sum[band]);
        }
    }

  return n > 0;
}

static gboolean
measure_scope (const ReshootSample *sample,
               ReshootScope         scope,
               double              *mean)
{
  int i, band, n = 0;

  mean[0] = mean[1] = mean[2] = 0;
  for (i = 0; i < sample->width * sample->height; i++)
    if (in_scope (sample, scope, i))
      {
        for (band = 0; band < 3; band++)
          mean[band] += MAX (0, sample->light[(gsize) i * 3 + band]);
        n++;
      }
  return n > 0 && mean[0] > 0 && mean[1] > 0 && mean[2] > 0;
}

static gboolean
run_white_balance (ReshootWork             *work,
                   const ReshootOperation  *op,
                   GError                 **error)
{
  g_autoptr (ReshootSample) sample = NULL;
  double mean[3];
  float corrected[3], seen[3], luma;
  const char *against = op->target != NULL && *op->target != '\0' ? op->target : NULL;
  gboolean found;
  JsonObject *fact;
  Tone *tone;
  int band;

  sample = reshoot_sample_new (work, SAMPLE_EDGE, error);
  if (sample == NULL)
    return FALSE;

  if (g_strcmp0 (against, "background") == 0)
    found = measure_scope (sample, RESHOOT_SCOPE_BACKGROUND, mean);
  else if (g_strcmp0 (against, "product") == 0)
    found = measure_scope (sample, RESHOOT_SCOPE_PRODUCT, mean);
  else
    found = measure_neutral (sample, op->scope, mean);

  if (!found)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "no-neutral", "white_balance",
                         "nothing in the picture can be taken for grey");
      return FALSE;
    }

  tone = g_new0 (Tone, 1);
  tone->kind = TONE_GAIN;
  for (band = 0; band < 3; band++)
    {
      tone->gain[band] = (float) CLAMP (mean[1] / mean[band], 0.4, 2.5);
      seen[band] = (float) mean[band];
      corrected[band] = tone->gain[band] * seen[band];
    }
  luma = reshoot_luma (corrected) / reshoot_luma (seen);
  fact = reshoot_work_add_fact (work, op);
  for (band = 0; band < 3; band++)
    tone->gain[band] /= luma;
  json_object_set_double_member (fact, "red", tone->gain[0]);
  json_object_set_double_member (fact, "green", tone->gain[1]);
  json_object_set_double_member (fact, "blue", tone->gain[2]);
  return add_tone (work, op->scope, tone, error);
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
    return run_auto_tone (work, op, error);
  if (op->kind == RESHOOT_OPERATION_WHITE_BALANCE)
    return run_white_balance (work, op, error);
  return run_curve (work, op, error);
}
