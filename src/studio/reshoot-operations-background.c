/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What stands behind the product: a colour, a seamless sweep, a gradient, nothing, or the old background blurred; and
 * the shadow on it. Background and shadow are one step, because a shadow falls on what is behind and never on the
 * product's edge. */

#include "reshoot-operations-private.h"

#include <math.h>
#include <string.h>

#define SHADOW_GRID_EDGE 720

/* Up to here a pixel is background alone. */
#define MATTE_FAINT 4

/* How much light the sweep loses where wall turns into floor, in linear light. */
#define FLOOR_DEPTH 0.075

typedef enum
{
  FILL_PICTURE,          /* what is there already */
  FILL_SOLID,
  FILL_STUDIO,
  FILL_GRADIENT,
  FILL_TRANSPARENT,
  FILL_BLUR,
} Fill;

typedef enum
{
  SHAPE_VERTICAL,
  SHAPE_HORIZONTAL,
  SHAPE_DIAGONAL,
  SHAPE_RADIAL,
} Shape;

typedef struct
{
  Fill           fill;
  Shape          shape;
  int            width;
  int            height;
  double         color[3];       /* linear; of a gradient encoded, where steps look even */
  double         color2[3];
  double         horizon;        /* of the sweep, in pixels */
  double         lift;           /* light that a dark floor gets */
  ReshootCoarse *blurred;        /* (nullable) */
  ReshootCoarse *shadow;         /* (nullable) */
  gboolean       transparent;    /* four bands come out, the last is alpha */
} Backdrop;

static void
backdrop_free (gpointer data)
{
  Backdrop *backdrop = data;

  g_clear_pointer (&backdrop->blurred, reshoot_coarse_free);
  g_clear_pointer (&backdrop->shadow, reshoot_coarse_free);
  g_free (backdrop);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Backdrop, backdrop_free)

static double
smooth_step (double t)
{
  t = CLAMP (t, 0, 1);
  return t * t * (3 - 2 * t);
}

/* The sweep: the wall keeps its colour, the turn to the floor is a little darker, towards us the light returns. */
static void
studio_pixel (const Backdrop *backdrop,
              int             y,
              float          *out)
{
  double below = backdrop->height - backdrop->horizon;
  double above = y - backdrop->horizon + 0.25 * backdrop->height;
  double turn = smooth_step (above / (0.5 * backdrop->height));
  double near = below > 0 ? CLAMP ((y - backdrop->horizon) / below, 0, 1) : 0;
  double shade = 1 - FLOOR_DEPTH * turn * (1 - 0.5 * near);
  int band;

  for (band = 0; band < 3; band++)
    out[band] = (float) (backdrop->color[band] * shade + backdrop->lift * turn);
}

static void
gradient_pixel (const Backdrop *backdrop,
                int             x,
                int             y,
                float          *out)
{
  double u = (x + 0.5) / backdrop->width, v = (y + 0.5) / backdrop->height, t = v;
  int band;

  if (backdrop->shape == SHAPE_HORIZONTAL)
    t = u;
  else if (backdrop->shape == SHAPE_DIAGONAL)
    t = (u + v) / 2;
  else if (backdrop->shape == SHAPE_RADIAL)
    t = MIN (1, hypot ((u - 0.5) * backdrop->width, (v - 0.5) * backdrop->height) /
                hypot (backdrop->width / 2.0, backdrop->height / 2.0));

  for (band = 0; band < 3; band++)
    out[band] = reshoot_decode_fast ((float) ((1 - t) * backdrop->color[band]
                                              + t * backdrop->color2[band]));
}

/* What is behind, for a run of pixels; @picture is what was there. */
static void
behind_line (const Backdrop    *backdrop,
             const ReshootLine *line,
             const float       *picture,
             float             *out)
{
  int i, band;

  switch (backdrop->fill)
    {
    case FILL_PICTURE:
      memcpy (out, picture, (gsize) line->width * 3 * sizeof *out);
      break;
    case FILL_BLUR:
      reshoot_coarse_line (backdrop->blurred, line->x, line->y, line->width, out);
      break;
    case FILL_GRADIENT:
      for (i = 0; i < line->width; i++)
        gradient_pixel (backdrop, line->x + i, line->y, out + i * 3);
      break;
    case FILL_STUDIO:
      studio_pixel (backdrop, line->y, out);
      for (i = 1; i < line->width; i++)
        memcpy (out + i * 3, out, 3 * sizeof *out);
      break;
    case FILL_TRANSPARENT:
      memset (out, 0, (gsize) line->width * 3 * sizeof *out);
      break;
    case FILL_SOLID:
    default:
      for (i = 0; i < line->width; i++)
        for (band = 0; band < 3; band++)
          out[i * 3 + band] = (float) backdrop->color[band];
      break;
    }
}

static gboolean
is_all_product (const guint8 *matte,
                int           n)
{
  int i;

  for (i = 0; i < n; i++)
    if (matte[i] != 255)
      return FALSE;
  return TRUE;
}

/* Inputs: front, matte, the picture as it was. */
static void
composite_line (const ReshootLine *line,
                gconstpointer      data)
{
  const Backdrop *backdrop = data;
  const float *front = line->in[0], *picture = line->in[2];
  const guint8 *matte = line->in[1];
  float *out = line->out;
  g_autofree float *behind = NULL, *shadow = NULL;
  int i, band;

  if (is_all_product (matte, line->width))
    {
      memcpy (out, front, (gsize) line->width * 3 * sizeof *out);
      return;
    }

  behind = g_new (float, line->width * 3);
  behind_line (backdrop, line, picture, behind);
  if (backdrop->shadow != NULL)
    {
      shadow = g_new (float, line->width);
      reshoot_coarse_line (backdrop->shadow, line->x, line->y, line->width, shadow);
    }

  for (i = 0; i < line->width; i++)
    {
      float a = matte[i] / 255.0f, light = shadow != NULL ? 1 - shadow[i] : 1;

      for (band = 0; band < 3; band++)
        out[i * 3 + band] = front[i * 3 + band] * a + behind[i * 3 + band] * light * (1 - a);
    }
}

/* Inputs as above; out comes straight colour and alpha. Nothing is behind but, perhaps, a shadow. */
static void
cut_out_line (const ReshootLine *line,
              gconstpointer      data)
{
  const Backdrop *backdrop = data;
  const float *front = line->in[0];
  const guint8 *matte = line->in[1];
  float *out = line->out;
  g_autofree float *shadow = g_new0 (float, line->width);
  int i, band;

  if (backdrop->shadow != NULL)
    reshoot_coarse_line (backdrop->shadow, line->x, line->y, line->width, shadow);

  for (i = 0; i < line->width; i++)
    {
      float a = matte[i] / 255.0f, alpha = a + shadow[i] * (1 - a);

      for (band = 0; band < 3; band++)
        out[i * 4 + band] = alpha > 0 ? front[i * 3 + band] * a / alpha : 0;
      out[i * 4 + 3] = alpha;
    }
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

static void
weigh_line (const ReshootLine *line,
            gconstpointer      data)
{
  const float *light = line->in[0];
  const guint8 *matte = line->in[1];
  float *out = line->out;
  int i, band;

  for (i = 0; i < line->width; i++)
    {
      /* A pixel of the edge holds the product's colour too: it counts only where there is nothing better. */
      float weight = matte[i] <= MATTE_FAINT ? 1 : (255 - matte[i]) * 1e-6f;

      for (band = 0; band < 3; band++)
        out[i * 4 + band] = light[i * 3 + band] * weight;
      out[i * 4 + 3] = weight;
    }
}

/* The background on a grid, product left out: four values a cell, the last its weight. */
static ReshootCoarse *
gather_background (ReshootWork   *work,
                   ReshootPlane  *light,
                   int            factor,
                   GError       **error)
{
  ReshootPlane *inputs[2] = { light, work->matte };
  g_autoptr (ReshootPlane) weighed = NULL, small = NULL;
  ReshootCoarse *coarse;
  gsize size;
  float *values;

  weighed = reshoot_plane_map (inputs, 2, 4, VIPS_FORMAT_FLOAT, weigh_line, NULL, NULL);
  if (weighed == NULL || vips_shrink (weighed, &small, factor, factor, "ceil", TRUE, NULL) != 0)
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  values = reshoot_work_render (work, small, &size, error);
  if (values == NULL)
    return NULL;

  coarse = reshoot_coarse_new (small->Xsize, small->Ysize, 4);
  coarse->cell_width = coarse->cell_height = factor;
  g_free (coarse->values);
  coarse->values = values;
  return coarse;
}

static ReshootCoarse *
blur_background (ReshootWork   *work,
                 ReshootPlane  *light,
                 double         sigma,
                 GError       **error)
{
  /* Four cells to a sigma: the grid's own smoothing does not show. */
  int factor = CLAMP ((int) (sigma / 4), 1, MIN (light->Xsize, light->Ysize));
  g_autoptr (ReshootCoarse) sum = gather_background (work, light, factor, error);
  ReshootCoarse *blurred;
  double mean[3] = { 0, 0, 0 }, weight = 0;
  int n, i, band;

  if (sum == NULL)
    return NULL;

  n = sum->width * sum->height;
  for (i = 0; i < n; i++)
    {
      for (band = 0; band < 3; band++)
        mean[band] += sum->values[i * 4 + band];
      weight += sum->values[i * 4 + 3];
    }
  if (weight <= 0)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "no-background", "background", "nothing is behind the product");
      return NULL;
    }

  reshoot_coarse_blur (sum, sigma / factor);
  blurred = reshoot_coarse_new (sum->width, sum->height, 3);
  blurred->cell_width = blurred->cell_height = factor;
  for (i = 0; i < n; i++)
    {
      /* Far inside the product nothing is known; a little of the mean keeps the quotient tame. */
      double w = sum->values[i * 4 + 3] + 1e-6;

      for (band = 0; band < 3; band++)
        {
          double v = sum->values[i * 4 + band] + 1e-6 * mean[band] / weight;

          blurred->values[i * 3 + band] = (float) (v / w);
        }
    }

  return blurred;
}

static gboolean
read_fill (const char *name,
           Fill       *fill)
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
read_shape (const char *name,
            Shape      *shape)
{
  static const struct { const char *name; Shape shape; } shapes[] = {
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
              Backdrop                *backdrop,
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
      backdrop->blurred = blur_background (work, light, sigma, error);
      json_object_set_double_member (fact, "sigma", sigma);
      return backdrop->blurred != NULL;
    }

  return TRUE;
}

static double
get_shadow_strength (const ReshootOperation *op)
{
  switch (op->level)
    {
    case RESHOOT_LEVEL_SLIGHT:
      return 0.8;
    case RESHOOT_LEVEL_STRONG:
      return 1.35;
    case RESHOOT_LEVEL_NONE:
    case RESHOOT_LEVEL_MEDIUM:
    default:
      return 1;
    }
}

static gboolean
is_shadow (const ReshootOperation *op,
           const char             *kind)
{
  return g_strcmp0 (op->sub, kind) == 0;
}

/* Horizon and shadow, both from how the product stands. */
static gboolean
prepare_floor (ReshootWork             *work,
               Backdrop                *backdrop,
               const ReshootOperation  *op,
               GError                 **error)
{
  g_autoptr (ReshootCoarse) matte = reshoot_work_coarse_matte (work, SHADOW_GRID_EDGE, error);
  ReshootStance stance;
  JsonObject *fact = NULL;
  double middle;

  if (matte == NULL)
    return FALSE;

  if (op != NULL)
    {
      fact = reshoot_work_add_fact (work, op);
      json_object_set_string_member (fact, "kind", op->sub != NULL && *op->sub != '\0' ? op->sub : "contact");
    }
  backdrop->horizon = backdrop->height * 0.7;
  if (!reshoot_stance_find (matte, &stance))
    {
      if (op == NULL || is_shadow (op, "none"))
        return TRUE;
      reshoot_set_error (error, RESHOOT_ERROR_UNSURE, "no-product", NULL, "nothing to cast a shadow");
      return FALSE;
    }

  middle = stance.base + stance.slope * matte->width / 2;
  backdrop->horizon = (middle - 0.10 * stance.height) * matte->cell_height;
  if (op == NULL || is_shadow (op, "none"))
    return TRUE;

  json_object_set_double_member (fact, "strength", get_shadow_strength (op));
  if (is_shadow (op, "drop"))
    backdrop->shadow = reshoot_shadow_drop (matte, &stance, get_shadow_strength (op));
  else if (!stance.cut)
    backdrop->shadow = reshoot_shadow_contact (matte, &stance, get_shadow_strength (op));
  else
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "product-cut", "shadow",
                         "the product leaves the picture at the bottom: there is no floor for a shadow");
      return FALSE;
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
  g_autoptr (Backdrop) backdrop = g_new0 (Backdrop, 1);
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
      && !prepare_floor (work, backdrop, shadow, error))
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
                              transparent ? cut_out_line : composite_line,
                              g_steal_pointer (&backdrop), backdrop_free);
  if (transparent)
    return take_cut_out (work, result, error);

  g_clear_object (&work->alpha);
  return reshoot_work_take_light (work, g_steal_pointer (&result), error);
}
