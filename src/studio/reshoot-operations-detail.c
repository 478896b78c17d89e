/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Detail and noise. Sharpening is an unsharp mask on lightness as the eye sees it, with a threshold so that grain is
 * not sharpened; noise is taken out by a mean over neighbours that look alike. */

#include "reshoot-operations-private.h"

#include <math.h>
#include <string.h>

/* Differences of encoded lightness around this size are half sharpened: below it is mostly grain. */
#define GRAIN 0.012f

typedef struct
{
  float    amount;
  gboolean inverse;      /* the matte says where not */
} Detail;

typedef struct
{
  int   radius;
  float reach;           /* how unlike a neighbour may be, squared, encoded */
} Denoise;

static float
get_weight (const guint8 *matte,
            gboolean      inverse,
            int           i)
{
  if (matte == NULL)
    return 1;
  return (inverse ? 255 - matte[i] : matte[i]) / 255.0f;
}

static void
luma_line (const ReshootLine *line,
           gconstpointer      data)
{
  const float *in = line->in[0];
  float *out = line->out;
  int i;

  for (i = 0; i < line->width; i++)
    out[i] = reshoot_encode_fast (reshoot_luma (in + i * 3));
}

/* Inputs: light, luma, luma blurred, and perhaps the matte. */
static void
sharpen_line (const ReshootLine *line,
              gconstpointer      data)
{
  const Detail *detail = data;
  const float *in = line->in[0], *luma = line->in[1], *blurred = line->in[2];
  float *out = line->out;
  int i, band;

  for (i = 0; i < line->width; i++)
    {
      float high = luma[i] - blurred[i], from, to, k = 1;

      high *= high * high / (high * high + GRAIN * GRAIN);
      high *= detail->amount * get_weight (line->in[3], detail->inverse, i);
      if (high != 0)
        {
          from = reshoot_decode_fast (luma[i]);
          to = reshoot_decode_fast (luma[i] + CLAMP (high, -0.25f, 0.25f));
          k = from > 1e-5f ? MIN (to / from, 4) : 1;
        }
      for (band = 0; band < 3; band++)
        out[i * 3 + band] = in[i * 3 + band] * k;
    }
}

/* Inputs: light, light blurred, and perhaps the matte. */
static void
soften_line (const ReshootLine *line,
             gconstpointer      data)
{
  const Detail *detail = data;
  const float *in = line->in[0], *blurred = line->in[1];
  float *out = line->out;
  int i, band;

  for (i = 0; i < line->width; i++)
    {
      float weight = detail->amount * get_weight (line->in[2], detail->inverse, i);

      for (band = 0; band < 3; band++)
        out[i * 3 + band] = in[i * 3 + band] + weight * (blurred[i * 3 + band] - in[i * 3 + band]);
    }
}

static double
pick_amount (const ReshootOperation *op,
             double                  slight,
             double                  medium,
             double                  strong)
{
  if (!isnan (op->percent))
    return medium * fabs (op->percent) / 50;
  if (op->level == RESHOOT_LEVEL_SLIGHT)
    return slight;
  return op->level == RESHOOT_LEVEL_STRONG ? strong : medium;
}

static gboolean
is_scoped (ReshootWork             *work,
           const ReshootOperation  *op)
{
  return op->scope != RESHOOT_SCOPE_ALL && work->matte != NULL;
}

static Detail *
new_detail (double        amount,
            ReshootScope  scope)
{
  Detail *detail = g_new (Detail, 1);

  detail->amount = (float) amount;
  detail->inverse = scope == RESHOOT_SCOPE_BACKGROUND;
  return detail;
}

static gboolean
sharpen (ReshootWork             *work,
         const ReshootOperation  *op,
         GError                 **error)
{
  g_autoptr (ReshootPlane) luma = NULL, blurred = NULL;
  ReshootPlane *light = reshoot_work_get_light (work, error);
  ReshootPlane *inputs[4] = { light, NULL, NULL, work->matte };
  gboolean soften = op->direction < 0 || (!isnan (op->percent) && op->percent < 0);
  double sigma, amount = soften ? pick_amount (op, 0.4, 0.7, 1) : pick_amount (op, 0.5, 0.9, 1.6);
  JsonObject *fact;
  int scoped = is_scoped (work, op) ? 1 : 0;

  if (light == NULL)
    return FALSE;

  sigma = MAX (0.8, MAX (light->Xsize, light->Ysize) / 2400.0) * (soften ? 1.5 : 1);
  if (!soften)
    luma = reshoot_plane_map (&light, 1, 1, VIPS_FORMAT_FLOAT, luma_line, NULL, NULL);
  if ((!soften && luma == NULL)
      || vips_gaussblur (soften ? light : luma, &blurred, sigma, NULL) != 0)
    {
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }

  fact = reshoot_work_add_fact (work, op);
  json_object_set_double_member (fact, "sigma", sigma);
  json_object_set_double_member (fact, "amount", soften ? -amount : amount);
  if (!reshoot_work_touch (work, op->scope, error))
    return FALSE;

  if (soften)
    {
      inputs[1] = blurred;
      inputs[2] = work->matte;
      return reshoot_work_map_light (work, inputs, 2 + scoped, soften_line,
                                     new_detail (MIN (amount, 1), op->scope), error);
    }
  inputs[1] = luma;
  inputs[2] = blurred;
  return reshoot_work_map_light (work, inputs, 3 + scoped, sharpen_line,
                                 new_detail (MIN (amount, 4), op->scope), error);
}

static void
encode_all_line (const ReshootLine *line,
                 gconstpointer      data)
{
  const float *in = line->in[0];
  float *out = line->out;
  int i;

  for (i = 0; i < line->width * 3; i++)
    out[i] = reshoot_encode_fast (in[i]);
}

static void
decode_all_line (const ReshootLine *line,
                 gconstpointer      data)
{
  const float *in = line->in[0];
  float *out = line->out;
  int i;

  for (i = 0; i < line->width * 3; i++)
    out[i] = reshoot_decode_fast (in[i]);
}

/* The mean of the neighbours of @centre, each counted by how alike it is. @stride in floats. */
static void
denoise_pixel (const Denoise *denoise,
               const float   *centre,
               gsize          stride,
               float         *out)
{
  float sum[3] = { 0, 0, 0 }, total = 0;
  int x, y;

  for (y = -denoise->radius; y <= denoise->radius; y++)
    {
      const float *p = centre + (gssize) stride * y - denoise->radius * 3;

      for (x = -denoise->radius; x <= denoise->radius; x++, p += 3)
        {
          float dr = p[0] - centre[0], dg = p[1] - centre[1], db = p[2] - centre[2];
          /* Green weighs most, as in lightness; colour noise may be larger. */
          float far = (0.3f * dr * dr + 0.6f * dg * dg + 0.1f * db * db) / denoise->reach, weight;

          if (far >= 1)
            continue;
          weight = (1 - far) * (1 - far);
          total += weight;
          sum[0] += weight * p[0];
          sum[1] += weight * p[1];
          sum[2] += weight * p[2];
        }
    }

  out[0] = sum[0] / total;
  out[1] = sum[1] / total;
  out[2] = sum[2] / total;
}

static int
denoise_generate_cb (VipsRegion *out,
                     void       *seq,
                     void       *a,
                     void       *b,
                     gboolean   *stop)
{
  VipsRegion *region = seq;
  const Denoise *denoise = b;
  const VipsRect *rect = &out->valid;
  VipsRect need = *rect;
  int x, y, radius = denoise->radius;

  /* The input is larger by the radius on every side. */
  need.width += 2 * radius;
  need.height += 2 * radius;
  if (vips_region_prepare (region, &need) != 0)
    return -1;

  for (y = 0; y < rect->height; y++)
    {
      float *line = (float *) VIPS_REGION_ADDR (out, rect->left, rect->top + y);
      const float *in = (const float *) VIPS_REGION_ADDR (region, rect->left + radius,
                                                          rect->top + radius + y);
      gsize stride = VIPS_REGION_LSKIP (region) / sizeof (float);

      for (x = 0; x < rect->width; x++)
        denoise_pixel (denoise, in + x * 3, stride, line + x * 3);
    }
  return 0;
}

static ReshootPlane *
smooth (ReshootPlane *light,
        int           radius,
        float         reach)
{
  g_autoptr (ReshootPlane) encoded = NULL, out = NULL;
  VipsImage *wide = NULL;
  Denoise *denoise;
  int width = light->Xsize + 2 * radius, height = light->Ysize + 2 * radius;

  encoded = reshoot_plane_map (&light, 1, 3, VIPS_FORMAT_FLOAT, encode_all_line, NULL, NULL);
  if (encoded == NULL
      || vips_embed (encoded, &wide, radius, radius, width, height,
                     "extend", VIPS_EXTEND_COPY, NULL) != 0)
    return NULL;

  out = vips_image_new ();
  g_object_set_data_full (G_OBJECT (out), "reshoot-input", wide, g_object_unref);
  denoise = g_new (Denoise, 1);
  *denoise = (Denoise) { radius, reach * reach };
  g_object_set_data_full (G_OBJECT (out), "reshoot-denoise", denoise, g_free);
  if (vips_image_pipelinev (out, VIPS_DEMAND_STYLE_FATSTRIP, wide, NULL) != 0)
    return NULL;
  out->Xsize = light->Xsize;
  out->Ysize = light->Ysize;
  if (vips_image_generate (out, vips_start_one, denoise_generate_cb, vips_stop_one,
                           wide, denoise) != 0)
    return NULL;

  return reshoot_plane_map (&out, 1, 3, VIPS_FORMAT_FLOAT, decode_all_line, NULL, NULL);
}

static gboolean
denoise (ReshootWork             *work,
         const ReshootOperation  *op,
         GError                 **error)
{
  g_autoptr (ReshootPlane) smoothed = NULL;
  ReshootPlane *light = reshoot_work_get_light (work, error);
  ReshootPlane *inputs[3] = { light, NULL, work->matte };
  double reach = pick_amount (op, 0.04, 0.07, 0.12);
  JsonObject *fact;

  if (light == NULL)
    return FALSE;
  if (op->direction < 0)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "not-yet", "grain", "adding noise");
      return FALSE;
    }

  smoothed = smooth (light, op->level == RESHOOT_LEVEL_SLIGHT ? 2 : 3, (float) reach);
  if (smoothed == NULL)
    {
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }

  fact = reshoot_work_add_fact (work, op);
  json_object_set_double_member (fact, "reach", reach);
  if (!reshoot_work_touch (work, op->scope, error))
    return FALSE;

  inputs[1] = smoothed;
  return reshoot_work_map_light (work, inputs, is_scoped (work, op) ? 3 : 2, soften_line,
                                 new_detail (1, op->scope), error);
}

gboolean
reshoot_work_run_detail (ReshootWork             *work,
                         const ReshootOperation  *op,
                         GError                 **error)
{
  if (op->kind == RESHOOT_OPERATION_DENOISE)
    return denoise (work, op, error);
  return sharpen (work, op, error);
}
