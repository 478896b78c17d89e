/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Planes: pixels worked on line by line inside libvips's strips, and the numbers of colour. A line function sees runs
 * of pixels and knows nothing of regions, threads or memory; whatever it computes may depend on the position and the
 * inputs alone, so that a run repeated after a crash gives the same bits. */

#include "reshoot-operations-private.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* Of both tables. The encode table is indexed by the square root, which is nearly straight against the sRGB curve. */
#define ENCODE_STEPS 4096

typedef struct
{
  ReshootPlane    *inputs[RESHOOT_LINE_INPUTS + 1];
  int              n_inputs;
  ReshootLineFunc  func;
  gpointer         data;
  GDestroyNotify   destroy;
} Map;

static void
map_free (gpointer data)
{
  Map *map = data;
  int i;

  for (i = 0; i < map->n_inputs; i++)
    g_object_unref (map->inputs[i]);
  if (map->destroy != NULL)
    map->destroy (map->data);
  g_free (map);
}

static int
map_generate_cb (VipsRegion *out,
                 void       *seq,
                 void       *a,
                 void       *b,
                 gboolean   *stop)
{
  VipsRegion **regions = seq;
  const Map *map = b;
  const VipsRect *rect = &out->valid;
  ReshootLine line = { .x = rect->left, .width = rect->width };
  int i, y;

  for (i = 0; i < map->n_inputs; i++)
    if (vips_region_prepare (regions[i], rect) != 0)
      return -1;

  for (y = rect->top; y < VIPS_RECT_BOTTOM (rect); y++)
    {
      line.y = y;
      line.out = VIPS_REGION_ADDR (out, rect->left, y);
      for (i = 0; i < map->n_inputs; i++)
        line.in[i] = VIPS_REGION_ADDR (regions[i], rect->left, y);
      map->func (&line, map->data);
    }

  return 0;
}

static VipsInterpretation
guess_interpretation (int            bands,
                      VipsBandFormat format)
{
  if (format == VIPS_FORMAT_FLOAT)
    return bands >= 3 ? VIPS_INTERPRETATION_scRGB : VIPS_INTERPRETATION_MULTIBAND;
  if (format == VIPS_FORMAT_USHORT)
    return bands >= 3 ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_GREY16;
  return bands >= 3 ? VIPS_INTERPRETATION_sRGB : VIPS_INTERPRETATION_B_W;
}

/* Lazy: @func runs when somebody asks for the pixels. Takes @data. NULL with libvips's error set. */
ReshootPlane *
reshoot_plane_map (ReshootPlane    **inputs,
                   int               n_inputs,
                   int               bands,
                   VipsBandFormat    format,
                   ReshootLineFunc   func,
                   gpointer          data,
                   GDestroyNotify    destroy)
{
  g_autoptr (ReshootPlane) out = vips_image_new ();
  Map *map = g_new0 (Map, 1);
  int i;

  g_assert (n_inputs >= 1 && n_inputs <= RESHOOT_LINE_INPUTS);

  map->func = func;
  map->data = data;
  map->destroy = destroy;
  map->n_inputs = n_inputs;
  for (i = 0; i < n_inputs; i++)
    map->inputs[i] = g_object_ref (inputs[i]);
  g_object_set_data_full (G_OBJECT (out), "reshoot-map", map, map_free);

  if (vips_image_pipeline_array (out, VIPS_DEMAND_STYLE_THINSTRIP, map->inputs) != 0)
    return NULL;

  out->Bands = bands;
  out->BandFmt = format;
  out->Coding = VIPS_CODING_NONE;
  out->Type = guess_interpretation (bands, format);

  if (vips_image_generate (out, vips_start_many, map_generate_cb, vips_stop_many,
                           map->inputs, map) != 0)
    return NULL;

  return g_steal_pointer (&out);
}

/* sRGB's own weights of luminance. */
float
reshoot_luma (const float *light)
{
  return 0.2126729f * light[0] + 0.7151522f * light[1] + 0.0721750f * light[2];
}

/* The sRGB curve, both ways, odd about zero so that colours outside the gamut survive a round trip. */
double
reshoot_decode (double encoded)
{
  if (encoded < 0)
    return -reshoot_decode (-encoded);
  return encoded <= 0.04045 ? encoded / 12.92 : pow ((encoded + 0.055) / 1.055, 2.4);
}

double
reshoot_encode (double linear)
{
  if (linear < 0)
    return -reshoot_encode (-linear);
  return linear <= 0.0031308 ? linear * 12.92 : 1.055 * pow (linear, 1 / 2.4) - 0.055;
}

static const float *
get_encode_table (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      float *table = g_new (float, ENCODE_STEPS + 2);
      int i;

      for (i = 0; i <= ENCODE_STEPS + 1; i++)
        table[i] = (float) reshoot_encode ((double) i * i / ((double) ENCODE_STEPS * ENCODE_STEPS));
      g_once_init_leave (&once, (gsize) table);
    }

  return (const float *) once;
}

/* Encodes and clips to 0–1; within 1e-6 of the curve. */
float
reshoot_encode_fast (float linear)
{
  const float *table = get_encode_table ();
  float s;
  int i;

  if (!(linear > 0))
    return 0;
  if (linear >= 1)
    return 1;

  s = sqrtf (linear) * ENCODE_STEPS;
  i = (int) s;
  return table[i] + (s - i) * (table[i + 1] - table[i]);
}

static const float *
get_decode_table (void)
{
  static gsize once = 0;

  if (g_once_init_enter (&once))
    {
      float *table = g_new (float, ENCODE_STEPS + 2);
      int i;

      for (i = 0; i <= ENCODE_STEPS + 1; i++)
        table[i] = (float) reshoot_decode ((double) i / ENCODE_STEPS);
      g_once_init_leave (&once, (gsize) table);
    }

  return (const float *) once;
}

/* The way back for 0–1; what lies outside is clipped. */
float
reshoot_decode_fast (float encoded)
{
  const float *table = get_decode_table ();
  float s = CLAMP (encoded, 0, 1) * ENCODE_STEPS;
  int i = (int) s;

  return table[i] + (s - i) * (table[i + 1] - table[i]);
}

/* @color is "#rrggbb"; anything else is white, which the plan's reader has ruled out. */
void
reshoot_color_to_light (const char *color,
                        double     *light)
{
  unsigned int r = 255, g = 255, b = 255;

  if (sscanf (color, "#%2x%2x%2x", &r, &g, &b) != 3)
    r = g = b = 255;

  light[0] = reshoot_decode (r / 255.0);
  light[1] = reshoot_decode (g / 255.0);
  light[2] = reshoot_decode (b / 255.0);
}

static float
lab_forward (float t)
{
  return t > 216.0f / 24389 ? cbrtf (t) : (24389.0f / 27 * t + 16) / 116;
}

/* CIE Lab against D65: L 0–100. */
void
reshoot_light_to_lab (const float *light,
                      float       *lab)
{
  float x = (0.4124564f * light[0] + 0.3575761f * light[1] + 0.1804375f * light[2]) / 0.95047f;
  float y = reshoot_luma (light);
  float z = (0.0193339f * light[0] + 0.1191920f * light[1] + 0.9503041f * light[2]) / 1.08883f;
  float fx = lab_forward (x), fy = lab_forward (y), fz = lab_forward (z);

  lab[0] = 116 * fy - 16;
  lab[1] = 500 * (fx - fy);
  lab[2] = 200 * (fy - fz);
}

/* A fixed value in ±0.49 for each place: dither that is the same on every run. Less than half a step, so that a
 * value that is exact already stays. */
float
reshoot_noise (int x,
               int y,
               int band)
{
  guint32 h = (guint32) x * 0x9e3779b1u ^ (guint32) y * 0x85ebca77u ^ (guint32) band * 0xc2b2ae3du;

  h ^= h >> 15;
  h *= 0x2c1b3c6du;
  h ^= h >> 12;
  h *= 0x297a2d39u;
  h ^= h >> 15;
  return ((h >> 8) / 16777216.0f - 0.5f) * 0.98f;
}

ReshootCoarse *
reshoot_coarse_new (int width,
                    int height,
                    int bands)
{
  ReshootCoarse *coarse = g_new0 (ReshootCoarse, 1);

  coarse->width = width;
  coarse->height = height;
  coarse->bands = bands;
  coarse->cell_width = coarse->cell_height = 1;
  coarse->values = g_new0 (float, (gsize) width * height * bands);
  return coarse;
}

void
reshoot_coarse_free (ReshootCoarse *coarse)
{
  g_free (coarse->values);
  g_free (coarse);
}

/* One box pass along a line of @n values, @step apart; the edge value goes on for ever. */
static void
box_line (float       *values,
          float       *scratch,
          int          n,
          int          step,
          int          radius)
{
  double sum = 0;
  int i;

  for (i = 0; i < n; i++)
    scratch[i] = values[(gsize) i * step];

  for (i = -radius; i <= radius; i++)
    sum += scratch[CLAMP (i, 0, n - 1)];
  for (i = 0; i < n; i++)
    {
      values[(gsize) i * step] = (float) (sum / (2 * radius + 1));
      sum += scratch[MIN (i + radius + 1, n - 1)] - scratch[MAX (i - radius, 0)];
    }
}

/* Three box passes, which are a Gaussian to the eye. @sigma in cells. */
void
reshoot_coarse_blur (ReshootCoarse *coarse,
                     double         sigma)
{
  int bands = coarse->bands, row = coarse->width * bands;
  g_autofree float *scratch = g_new (float, MAX (coarse->width, coarse->height));
  int pass, x, y, b;

  for (pass = 0; pass < 3; pass++)
    {
      /* The variance of a box of 2r+1 cells is (r² + r) / 3; three of them add up. */
      int radius = (int) round ((sqrt (1 + 4 * sigma * sigma) - 1) / 2);

      if (radius < 1)
        radius = pass == 0 && sigma > 0.4 ? 1 : 0;
      if (radius == 0)
        continue;

      for (y = 0; y < coarse->height; y++)
        for (b = 0; b < bands; b++)
          box_line (coarse->values + (gsize) y * row + b, scratch, coarse->width, bands, radius);
      for (x = 0; x < row; x++)
        box_line (coarse->values + x, scratch, coarse->height, row, radius);
    }
}

static void
spline_weights (float  t,
                float *w)
{
  float s = 1 - t;

  w[0] = s * s * s / 6;
  w[1] = (3 * t * t * t - 6 * t * t + 4) / 6;
  w[2] = (3 * s * s * s - 6 * s * s + 4) / 6;
  w[3] = t * t * t / 6;
}

/* Row @y of the picture, blended from the four rows of cells around it, for the cells @first to @last. */
static void
blend_rows (const ReshootCoarse *coarse,
            int                  y,
            int                  first,
            int                  last,
            float               *out)
{
  int bands = coarse->bands, row = coarse->width * bands, i, k;
  double gy = (y + 0.5) / coarse->cell_height - 0.5;
  int iy = (int) floor (gy);
  float weights[4];

  spline_weights ((float) (gy - iy), weights);
  memset (out, 0, sizeof *out * (last - first + 1) * bands);
  for (k = 0; k < 4; k++)
    {
      const float *line = coarse->values + (gsize) CLAMP (iy - 1 + k, 0, coarse->height - 1) * row;

      for (i = first; i <= last; i++)
        {
          const float *cell = line + CLAMP (i, 0, coarse->width - 1) * bands;
          int b;

          for (b = 0; b < bands; b++)
            out[(i - first) * bands + b] += weights[k] * cell[b];
        }
    }
}

/* A run of @n pixels of row @y from @x on; cubic B-spline, which neither overshoots nor shows the grid. */
void
reshoot_coarse_line (const ReshootCoarse *coarse,
                     int                  x,
                     int                  y,
                     int                  n,
                     float               *out)
{
  int bands = coarse->bands, i, j, b;
  int first = (int) floor ((x + 0.5) / coarse->cell_width - 0.5) - 1;
  int last = (int) floor ((x + n - 0.5) / coarse->cell_width - 0.5) + 2;
  g_autofree float *cells = g_new (float, (gsize) (last - first + 1) * bands);

  blend_rows (coarse, y, first, last, cells);
  for (i = 0; i < n; i++)
    {
      double gx = (x + i + 0.5) / coarse->cell_width - 0.5;
      int ix = (int) floor (gx);
      const float *cell = cells + (gsize) (ix - 1 - first) * bands;
      float weights[4];

      spline_weights ((float) (gx - ix), weights);
      for (b = 0; b < bands; b++)
        {
          float sum = 0;

          for (j = 0; j < 4; j++)
            sum += weights[j] * cell[j * bands + b];
          out[i * bands + b] = sum;
        }
    }
}
