/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Planes: pixels worked on line by line inside libvips's strips. A line function sees runs of pixels and knows
 * nothing of regions, threads or memory; whatever it computes may depend on the position and the inputs alone, so
 * that a run repeated after a crash gives the same bits. */

#include "reshoot-operations-private.h"

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
