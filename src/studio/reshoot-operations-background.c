/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands behind the product, as a person asks for it, and the shadow on it. Background and shadow are one step,
 * because a shadow falls on what is behind and never on the product's edge. The pixels are in
 * reshoot-operations-background-lines.c. */

#include "reshoot-operations-background-private.h"

#include <string.h>

void
reshoot_backdrop_free (gpointer data)
{
  ReshootBackdrop *backdrop = data;

  g_clear_pointer (&backdrop->blurred, reshoot_coarse_free);
  g_clear_pointer (&backdrop->shadow, reshoot_coarse_free);
  g_free (backdrop);
}

static void
alpha_line (const ReshootLine *line,
            gconstpointer      data)
{
  const float *in = line->in[0];
  int i;

  for (i = 0; i < line->width; i++)
    if (GPOINTER_TO_INT (data) == VIPS_FORMAT_UCHAR)
      ((guint8 *) line->out)[i] = (guint8) (CLAMP (in[i], 0, 1) * 255 + 0.5f);
    else
      ((guint16 *) line->out)[i] = (guint16) (CLAMP (in[i], 0, 1) * 65535 + 0.5f);
}

static gboolean
read_fill (const char  *name,
           ReshootFill *fill)
{
  static const char *const names[] = { "", "solid", "studio", "gradient", "transparent", "blur" };
  guint i;

  for (i = 1; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (names[i], name) == 0)
      {
        *fill = i;
        return TRUE;
      }
  return FALSE;
}

static gboolean
read_shape (const char   *name,
            ReshootShape *shape)
{
  static const struct { const char *name; ReshootShape shape; } shapes[] = {
    { "linear", SHAPE_VERTICAL }, { "vertical", SHAPE_VERTICAL }, { "horizontal", SHAPE_HORIZONTAL },
    { "diagonal", SHAPE_DIAGONAL }, { "radial", SHAPE_RADIAL },
  };
  guint i;

  *shape = SHAPE_VERTICAL;
  if (name == NULL || *name == '\0')
    return TRUE;
  for (i = 0; i < G_N_ELEMENTS (shapes); i++)
    if (strcmp (shapes[i].name, name) == 0)
      {
        *shape = shapes[i].shape;
        return TRUE;
      }
  return FALSE;
}

static double
get_blur_sigma (const ReshootOperation *op,
                int                     long_edge)
{
  double share = 0.011;

  if (op->level == RESHOOT_LEVEL_SLIGHT)
    share = 0.005;
  else if (op->level == RESHOOT_LEVEL_STRONG)
    share = 0.024;
  return MAX (1, share * long_edge);
}

/* Colours, shape and blur of a background operation, and its fact. */
static gboolean
prepare_fill (ReshootWork             *work,
              ReshootBackdrop         *backdrop,
              const ReshootOperation  *op,
              ReshootPlane            *light,
              GError                 **error)
{
  JsonObject *fact;
  const char *color = op->color[0] == '#' ? op->color : "#ffffff";
  int band;

  if (!read_fill (op->fill, &backdrop->fill) || !read_shape (op->sub, &backdrop->shape))
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "not-yet", op->sub != NULL ? op->sub : op->fill,
                         "unknown background");
      return FALSE;
    }

  fact = reshoot_work_add_fact (work, op);
  json_object_set_string_member (fact, "fill", op->fill);
  backdrop->transparent = backdrop->fill == FILL_TRANSPARENT;
  reshoot_color_to_light (color, backdrop->color);
  if (backdrop->fill != FILL_TRANSPARENT && backdrop->fill != FILL_BLUR)
    json_object_set_string_member (fact, "color", color);

  if (backdrop->fill == FILL_STUDIO)
    {
      const float color_light[3] = { (float) backdrop->color[0], (float) backdrop->color[1],
                                     (float) backdrop->color[2] };
      double luma = reshoot_luma (color_light);

      /* Darkening does not show on black; there the floor catches a little light instead. */
      backdrop->lift = 0.02 * MAX (0, 1 - luma / 0.08);
    }
  if (backdrop->fill == FILL_GRADIENT)
    {
      const char *color2 = op->color2[0] == '#' ? op->color2 : "#ffffff";

      reshoot_color_to_light (color2, backdrop->color2);
      for (band = 0; band < 3; band++)
        {
          backdrop->color[band] = reshoot_encode (backdrop->color[band]);
          backdrop->color2[band] = reshoot_encode (backdrop->color2[band]);
        }
      json_object_set_string_member (fact, "color2", color2);
    }
  if (backdrop->fill == FILL_BLUR)
    {
      double sigma = get_blur_sigma (op, MAX (backdrop->width, backdrop->height));

      if (work->matte_is_alpha)
        {
          reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "no-background", "background",
                             "the picture is cut out: nothing is behind the product");
          return FALSE;
        }
      backdrop->blurred = reshoot_backdrop_blur (work, light, sigma, error);
      json_object_set_double_member (fact, "sigma", sigma);
      return backdrop->blurred != NULL;
    }

  return TRUE;
}

static gboolean
take_cut_out (ReshootWork   *work,
              ReshootPlane  *four,
              GError       **error)
{
  g_autoptr (ReshootPlane) alpha = NULL;
  ReshootPlane *light = NULL;

  if (four == NULL || vips_extract_band (four, &light, 0, "n", 3, NULL) != 0
      || vips_extract_band (four, &alpha, 3, NULL) != 0)
    {
      g_clear_object (&light);
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }

  g_clear_object (&work->alpha);
  work->alpha = reshoot_plane_map (&alpha, 1, 1, work->format,
                                   alpha_line, GINT_TO_POINTER (work->format), NULL);
  if (work->alpha == NULL)
    g_clear_object (&light);
  return reshoot_work_take_light (work, light, error);
}

/* @background, @shadow: either may be NULL. */
gboolean
reshoot_work_run_backdrop (ReshootWork             *work,
                           const ReshootOperation  *background,
                           const ReshootOperation  *shadow,
                           GError                 **error)
{
  g_autoptr (ReshootBackdrop) backdrop = g_new0 (ReshootBackdrop, 1);
  g_autoptr (ReshootPlane) front = NULL, result = NULL;
  ReshootPlane *light = reshoot_work_get_light (work, error);
  ReshootPlane *inputs[3] = { NULL, work->matte, light };
  gboolean transparent;

  if (light == NULL)
    return FALSE;

  backdrop->width = light->Xsize;
  backdrop->height = light->Ysize;
  backdrop->transparent = background == NULL && work->alpha != NULL;
  if (background != NULL && !prepare_fill (work, backdrop, background, light, error))
    return FALSE;
  if ((shadow != NULL || backdrop->fill == FILL_STUDIO)
      && !reshoot_backdrop_prepare_floor (work, backdrop, shadow, error))
    return FALSE;

  front = background != NULL ? reshoot_work_pull_front (work, light, error) : g_object_ref (light);
  if (front == NULL || !reshoot_work_touch_background (work, error))
    return FALSE;

  inputs[0] = front;
  work->dither = work->dither || backdrop->shadow != NULL || backdrop->fill == FILL_STUDIO
                 || backdrop->fill == FILL_GRADIENT || backdrop->fill == FILL_BLUR;
  work->replaced = work->replaced || background != NULL;
  transparent = backdrop->transparent;
  result = reshoot_plane_map (inputs, 3, transparent ? 4 : 3, VIPS_FORMAT_FLOAT,
                              transparent ? reshoot_backdrop_cut_out_line
                                          : reshoot_backdrop_composite_line,
                              g_steal_pointer (&backdrop), reshoot_backdrop_free);
  if (transparent)
    return take_cut_out (work, result, error);

  g_clear_object (&work->alpha);
  return reshoot_work_take_light (work, g_steal_pointer (&result), error);
}
