/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A new colour for the product or for one of the picture's colours. The pixels are chosen by hue in Lab; labels, metal
 * and anything of another hue stay. Each chosen pixel is taken for some amount of the old colour, as the surface
 * scatters it, and some amount of white, as it mirrors: the first is exchanged, the second kept, so that form and gloss
 * survive and a dark colour stays dark. A grey product has no such parts to tell apart: only lightness counts there. */

#include "reshoot-operations-private.h"

#include <math.h>
#include <string.h>

#define SAMPLE_EDGE 640
#define HUES        72

/* Chroma below the first is grey, above the second surely coloured, in Lab units, where nothing better is known. */
#define CHROMA_LOW  8.0f
#define CHROMA_SURE 20.0f

/* How far a hue may be off and count wholly, at least and at most, in radians; it fades out over the third. */
#define HUE_MIN     0.16f
#define HUE_MAX     0.42f
#define HUE_FADE    0.18f

/* More light than this many times the ordinary is gloss; a grey product's shades are closer together. */
#define SHADE_MAX   2.5f
#define SHADE_GREY  0.7f

typedef struct
{
  gboolean neutral;      /* chosen by being grey */
  float    low;          /* of NEUTRAL: lightness from … to */
  float    high;
  float    hue;          /* of the chosen, radians */
  float    spread;       /* of that hue */
  float    faint;        /* chroma from which a pixel counts, a little */
  float    sure;         /* … and wholly */
  float    from[3];      /* the chosen colour in ordinary light, linear */
  float    to[3];        /* linear */
} Recolor;

static const struct { const char *name, *color; } names[] = {
  { "red", "#d01818" }, { "orange", "#f08020" }, { "yellow", "#f0d820" }, { "mustard", "#e1ad01" },
  { "gold", "#d4af37" }, { "green", "#208030" }, { "olive", "#808000" }, { "teal", "#008080" },
  { "turquoise", "#40e0d0" }, { "cyan", "#00c0e0" }, { "blue", "#2050d0" }, { "light blue", "#80b0e8" },
  { "navy", "#000080" }, { "navy blue", "#000080" }, { "purple", "#800080" }, { "violet", "#8040d0" },
  { "magenta", "#d020a0" }, { "pink", "#f080a0" }, { "coral", "#ff7f50" }, { "brown", "#804020" },
  { "beige", "#d8c8a0" },
};

static float
hue_distance (float a,
              float b)
{
  float d = fabsf (a - b);

  return d > (float) G_PI ? 2 * (float) G_PI - d : d;
}

static float
ramp (float value,
      float from,
      float to)
{
  return CLAMP ((value - from) / (to - from), 0, 1);
}

/* How much of a pixel is chosen, 0–1. */
static float
choose (const Recolor *recolor,
        const float   *lab)
{
  float chroma = hypotf (lab[1], lab[2]);

  /* The darker, the less chroma makes a colour. */
  if (recolor->neutral)
    return (1 - ramp (chroma, 3 + 0.12f * lab[0], 7 + 0.25f * lab[0]))
           * ramp (lab[0], recolor->low - 8, recolor->low)
           * (1 - ramp (lab[0], recolor->high, recolor->high + 8));

  return ramp (chroma, recolor->faint, recolor->sure)
         * (1 - ramp (hue_distance (atan2f (lab[2], lab[1]), recolor->hue), recolor->spread,
                      recolor->spread + HUE_FADE));
}

/* How much of the old colour and how much white make up a pixel, by least squares. */
static void
split (const Recolor *recolor,
       const float   *light,
       float         *shade,
       float         *gloss)
{
  const float *f = recolor->from;
  float ff = f[0] * f[0] + f[1] * f[1] + f[2] * f[2], fw = f[0] + f[1] + f[2];
  float pf = light[0] * f[0] + light[1] * f[1] + light[2] * f[2];
  float pw = light[0] + light[1] + light[2];
  float det = 3 * ff - fw * fw, luma = reshoot_luma (light), base = MAX (1e-5f, reshoot_luma (f));

  *gloss = det > 1e-3f * ff ? (ff * pw - fw * pf) / det : -1;
  *shade = det > 1e-3f * ff ? (3 * pf - fw * pw) / det : 0;
  /* Purer than the old colour, or too grey to tell: it is all shade. */
  if (*gloss < 0 || *shade < 0 || recolor->neutral)
    {
      *shade = recolor->neutral ? powf (MAX (0, luma / base), SHADE_GREY) : luma / base;
      *gloss = 0;
    }
  if (*shade > SHADE_MAX)
    {
      *gloss += (*shade - SHADE_MAX) * MIN (base, 0.2f);
      *shade = SHADE_MAX;
    }
}

static void
repaint (const Recolor *recolor,
         float         *light)
{
  float shade, gloss, top;
  int band;

  split (recolor, light, &shade, &gloss);
  for (band = 0; band < 3; band++)
    light[band] = shade * recolor->to[band] + gloss;

  /* What is brighter than the scale rolls off instead of clipping. */
  top = MAX (light[0], MAX (light[1], light[2]));
  if (top > 0.8f)
    for (band = 0; band < 3; band++)
      light[band] *= (1 - 0.2f * expf ((0.8f - top) / 0.2f)) / top;
}

static void
recolor_line (const ReshootLine *line,
              gconstpointer      data)
{
  const Recolor *recolor = data;
  const float *in = line->in[0];
  const guint8 *matte = line->in[1];
  float *out = line->out;
  int i, band;

  memcpy (out, in, (gsize) line->width * 3 * sizeof *out);
  for (i = 0; i < line->width; i++)
    {
      float lab[3], light[3], weight;

      if (matte != NULL && matte[i] == 0)
        continue;
      reshoot_light_to_lab (in + i * 3, lab);
      weight = choose (recolor, lab) * (matte != NULL ? matte[i] / 255.0f : 1);
      if (weight <= 0)
        continue;
      memcpy (light, in + i * 3, sizeof light);
      repaint (recolor, light);
      for (band = 0; band < 3; band++)
        out[i * 3 + band] += weight * (light[band] - out[i * 3 + band]);
    }
}

static gboolean
is_seen (const ReshootSample *sample,
         gboolean             product,
         int                  i)
{
  return !product || sample->matte == NULL || sample->matte[i] > 230;
}

/* The hue that most of the product's colour has; FALSE when it is grey, white or black. */
static gboolean
find_hue (const ReshootSample *sample,
          float               *hue)
{
  double histogram[HUES] = { 0 }, all = 0, coloured = 0;
  int i, best = 0;

  for (i = 0; i < sample->width * sample->height; i++)
    {
      float lab[3], chroma;

      if (!is_seen (sample, TRUE, i))
        continue;
      reshoot_light_to_lab (sample->light + (gsize) i * 3, lab);
      chroma = hypotf (lab[1], lab[2]);
      all++;
      if (chroma < CHROMA_LOW)
        continue;
      coloured++;
      histogram[(int) ((atan2f (lab[2], lab[1]) + G_PI) / (2 * G_PI) * (HUES - 0.001))] += chroma;
    }

  for (i = 1; i < HUES; i++)
    if (histogram[i] + histogram[(i + 1) % HUES] + histogram[i - 1] >
        histogram[best] + histogram[(best + 1) % HUES] + histogram[(best + HUES - 1) % HUES])
      best = i;
  *hue = (float) ((best + 0.5) / HUES * 2 * G_PI - G_PI);
  return coloured > 0.2 * all;
}

/* How far the hues around the peak lie apart, and how strong they are. */
static void
find_spread (const ReshootSample *sample,
             gboolean             product,
             Recolor             *recolor)
{
  double sum = 0, weight = 0, chromas = 0, n = 0;
  int i;

  recolor->faint = CHROMA_LOW;
  recolor->sure = CHROMA_SURE;
  for (i = 0; i < sample->width * sample->height; i++)
    {
      float lab[3], chroma, distance;

      if (!is_seen (sample, product, i))
        continue;
      reshoot_light_to_lab (sample->light + (gsize) i * 3, lab);
      chroma = hypotf (lab[1], lab[2]);
      distance = hue_distance (atan2f (lab[2], lab[1]), recolor->hue);
      if (chroma < CHROMA_LOW + 4 || distance > HUE_MAX)
        continue;
      chromas += chroma;
      n++;
      sum += chroma * distance;
      weight += chroma;
    }
  recolor->spread = HUE_MAX;
  if (n == 0)
    return;
  recolor->spread = (float) CLAMP (2.5 * sum / weight, HUE_MIN, HUE_MAX);
  recolor->faint = (float) CLAMP (0.25 * chromas / n, 5, 14);
  recolor->sure = (float) CLAMP (0.5 * chromas / n, 10, 28);
}

static int
compare_brightness (gconstpointer a,
                    gconstpointer b)
{
  float la = reshoot_luma (a), lb = reshoot_luma (b);

  return (la > lb) - (la < lb);
}

/* The chosen colour in ordinary light: the mean of a fifth of what is chosen, in the middle of it for a dark new
 * colour; for a light one higher up, or it would have nowhere to go but white. Returns the share that is chosen. */
static double
measure_chosen (const ReshootSample *sample,
                gboolean             product,
                Recolor             *recolor)
{
  g_autoptr (GArray) chosen = g_array_new (FALSE, FALSE, 3 * sizeof (float));
  int i, band, seen = 0;
  guint from, to, k;

  for (i = 0; i < sample->width * sample->height; i++)
    {
      float lab[3];

      if (!is_seen (sample, product, i))
        continue;
      seen++;
      reshoot_light_to_lab (sample->light + (gsize) i * 3, lab);
      if (choose (recolor, lab) >= 0.8f)
        g_array_append_vals (chosen, sample->light + (gsize) i * 3, 1);
    }
  if (chosen->len == 0)
    return 0;

  g_array_sort (chosen, compare_brightness);
  from = (guint) (chosen->len * (0.4 + 0.4 * CLAMP (reshoot_luma (recolor->to), 0, 1)));
  to = MAX (from + 1, from + chosen->len / 5);
  to = MIN (to, chosen->len);
  for (k = from; k < to; k++)
    for (band = 0; band < 3; band++)
      recolor->from[band] += ((const float *) (void *) chosen->data)[k * 3 + band] / (to - from);
  return (double) chosen->len / seen;
}

/* What "color:NAME" means. */
static gboolean
read_color_target (const char *name,
                   Recolor    *recolor)
{
  const char *color = name[0] == '#' ? name : NULL;
  double light[3];
  float lab[3], narrow[3];
  guint i;

  if (g_str_equal (name, "white") || g_str_equal (name, "black") || g_str_equal (name, "grey")
      || g_str_equal (name, "gray"))
    {
      recolor->neutral = TRUE;
      recolor->low = name[0] == 'w' ? 78 : name[0] == 'b' ? -20 : 28;
      recolor->high = name[0] == 'w' ? 120 : name[0] == 'b' ? 28 : 78;
      return TRUE;
    }

  for (i = 0; i < G_N_ELEMENTS (names) && color == NULL; i++)
    if (g_str_equal (name, names[i].name))
      color = names[i].color;
  if (color == NULL)
    return FALSE;

  reshoot_color_to_light (color, light);
  for (i = 0; i < 3; i++)
    narrow[i] = (float) light[i];
  reshoot_light_to_lab (narrow, lab);
  recolor->hue = atan2f (lab[2], lab[1]);
  return TRUE;
}

static gboolean
read_target (const ReshootOperation  *op,
             const ReshootSample     *sample,
             Recolor                 *recolor,
             GError                 **error)
{
  gboolean product = !g_str_has_prefix (op->target != NULL ? op->target : "", "color:");

  if (product)
    {
      recolor->neutral = !find_hue (sample, &recolor->hue);
      recolor->low = -20;
      recolor->high = 120;
    }
  else if (!read_color_target (op->target + strlen ("color:"), recolor))
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "not-yet", op->target, "unknown colour");
      return FALSE;
    }
  return TRUE;
}

gboolean
reshoot_work_run_recolor (ReshootWork             *work,
                          const ReshootOperation  *op,
                          GError                 **error)
{
  gboolean product = !g_str_has_prefix (op->target != NULL ? op->target : "", "color:");
  ReshootScope scope = product ? RESHOOT_SCOPE_PRODUCT : op->scope;
  g_autoptr (ReshootSample) sample = reshoot_sample_new (work, SAMPLE_EDGE, error);
  g_autofree Recolor *recolor = g_new0 (Recolor, 1);
  ReshootPlane *inputs[2] = { work->light, work->matte };
  double light[3], share;
  JsonObject *fact;
  int band, n;

  if (sample == NULL || !read_target (op, sample, recolor, error))
    return FALSE;

  reshoot_color_to_light (op->color, light);
  for (band = 0; band < 3; band++)
    recolor->to[band] = (float) light[band];

  find_spread (sample, product, recolor);
  share = measure_chosen (sample, product, recolor);
  if (share < 1e-4)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "no-such-color", op->target, "nothing in the picture has it");
      return FALSE;
    }

  fact = reshoot_work_add_fact (work, op);
  json_object_set_string_member (fact, "target", op->target != NULL && *op->target != '\0' ? op->target : "product");
  json_object_set_string_member (fact, "to", op->color);
  json_object_set_string_member (fact, "by", recolor->neutral ? "lightness" : "hue");
  json_object_set_double_member (fact, "share", share);
  inputs[0] = work->light;
  n = scope == RESHOOT_SCOPE_PRODUCT && work->matte != NULL ? 2 : 1;
  return reshoot_work_touch (work, scope, error)
         && reshoot_work_map_light (work, inputs, n, recolor_line, g_steal_pointer (&recolor),
                                    error);
}
