/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Shape, place and size. Cutting, extending, turning by right angles and mirroring move whole pixels and keep their
 * bits; everything else resamples in linear light, alpha multiplied in. Each operation adds itself to the affine from
 * source to result, in coordinates where pixel (0, 0) covers the square from 0 to 1. */

#include "reshoot-operations-private.h"

#include <math.h>
#include <string.h>

#define SIZE_MAX_EDGE 65000

typedef enum
{
  PLANE_INTEGER,      /* the original's own numbers, or a mask */
  PLANE_LIGHT,
  PLANE_ALPHA,
} PlaneRole;

/* A geometric change: what it does to one plane, and where it takes a point. */
typedef struct _Change Change;

struct _Change
{
  int      (*apply) (const Change *change, VipsImage *in, VipsImage **out, PlaneRole role);
  double     affine[6];
  ReshootBox box;           /* of CUT and EXTEND, in pixels of the picture before it; may reach outside */
  VipsAngle  angle;
  gboolean   vertical;
  double     light[3];      /* of EXTEND */
  gboolean   opaque;        /* of EXTEND: what is added hides what is behind */
};

static void
compose (ReshootWork  *work,
         const double *m)
{
  double old[6];

  memcpy (old, work->affine, sizeof old);
  work->affine[0] = m[0] * old[0] + m[1] * old[3];
  work->affine[1] = m[0] * old[1] + m[1] * old[4];
  work->affine[2] = m[0] * old[2] + m[1] * old[5] + m[2];
  work->affine[3] = m[3] * old[0] + m[4] * old[3];
  work->affine[4] = m[3] * old[1] + m[4] * old[4];
  work->affine[5] = m[3] * old[2] + m[4] * old[5] + m[5];
}

static gboolean
change_plane (const Change   *change,
              ReshootPlane  **plane,
              PlaneRole       role)
{
  VipsImage *out = NULL;

  if (*plane == NULL)
    return TRUE;
  if (change->apply (change, *plane, &out, role) != 0)
    return FALSE;
  g_object_unref (*plane);
  *plane = out;
  return TRUE;
}

/* A change that moves whole pixels. */
static gboolean
move_planes (ReshootWork   *work,
             const Change  *change,
             GError       **error)
{
  if (!change_plane (change, &work->original, PLANE_INTEGER)
      || !change_plane (change, &work->untouched, PLANE_INTEGER)
      || !change_plane (change, &work->matte, PLANE_INTEGER)
      || !change_plane (change, &work->light, PLANE_LIGHT)
      || !change_plane (change, &work->alpha, PLANE_ALPHA))
    {
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }

  compose (work, change->affine);
  return TRUE;
}

static void
multiply_line (const ReshootLine *line,
               gconstpointer      data)
{
  const float *light = line->in[0];
  float *out = line->out;
  gboolean deep = GPOINTER_TO_INT (data) != VIPS_FORMAT_UCHAR;
  int i, band;

  for (i = 0; i < line->width; i++)
    {
      float a = deep ? ((const guint16 *) line->in[1])[i] / 65535.0f
                     : ((const guint8 *) line->in[1])[i] / 255.0f;

      for (band = 0; band < 3; band++)
        out[i * 4 + band] = light[i * 3 + band] * a;
      out[i * 4 + 3] = a;
    }
}

static void
divide_line (const ReshootLine *line,
             gconstpointer      data)
{
  const float *in = line->in[0];
  float *out = line->out;
  int i, band;

  for (i = 0; i < line->width; i++)
    for (band = 0; band < 3; band++)
      out[i * 3 + band] = in[i * 4 + 3] > 1e-4f ? in[i * 4 + band] / in[i * 4 + 3] : 0;
}

static void
take_alpha_line (const ReshootLine *line,
                 gconstpointer      data)
{
  const float *in = line->in[0];
  int i;

  for (i = 0; i < line->width; i++)
    if (GPOINTER_TO_INT (data) == VIPS_FORMAT_UCHAR)
      ((guint8 *) line->out)[i] = (guint8) (CLAMP (in[i * 4 + 3], 0, 1) * 255 + 0.5f);
    else
      ((guint16 *) line->out)[i] = (guint16) (CLAMP (in[i * 4 + 3], 0, 1) * 65535 + 0.5f);
}

static gboolean
resample_with_alpha (ReshootWork  *work,
                     const Change *change)
{
  ReshootPlane *inputs[2] = { work->light, work->alpha };
  g_autoptr (ReshootPlane) four = NULL;
  ReshootPlane *light, *alpha;

  four = reshoot_plane_map (inputs, 2, 4, VIPS_FORMAT_FLOAT,
                            multiply_line, GINT_TO_POINTER (work->format), NULL);
  if (four == NULL || !change_plane (change, &four, PLANE_LIGHT))
    return FALSE;

  light = reshoot_plane_map (&four, 1, 3, VIPS_FORMAT_FLOAT, divide_line, NULL, NULL);
  alpha = reshoot_plane_map (&four, 1, 1, work->format,
                             take_alpha_line, GINT_TO_POINTER (work->format), NULL);
  if (light == NULL || alpha == NULL)
    {
      g_clear_object (&light);
      g_clear_object (&alpha);
      return FALSE;
    }

  g_object_unref (work->light);
  g_object_unref (work->alpha);
  work->light = light;
  work->alpha = alpha;
  return TRUE;
}

/* A change that makes new pixels: the original's bits are gone. */
static gboolean
resample_planes (ReshootWork   *work,
                 const Change  *change,
                 GError       **error)
{
  if (reshoot_work_get_light (work, error) == NULL)
    return FALSE;

  if (!(work->alpha != NULL ? resample_with_alpha (work, change)
                            : change_plane (change, &work->light, PLANE_LIGHT))
      || !change_plane (change, &work->matte, PLANE_INTEGER))
    {
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }

  g_clear_object (&work->original);
  g_clear_object (&work->untouched);
  work->pristine = FALSE;
  compose (work, change->affine);
  return TRUE;
}

static int
cut (const Change  *change,
     VipsImage     *in,
     VipsImage    **out,
     PlaneRole      role)
{
  const ReshootBox *box = &change->box;

  return vips_crop (in, out, box->x, box->y, box->width, box->height, NULL);
}

static int
extend (const Change  *change,
        VipsImage     *in,
        VipsImage    **out,
        PlaneRole      role)
{
  double top = in->BandFmt == VIPS_FORMAT_USHORT ? 65535 : 255;
  const ReshootBox *box = &change->box;
  double fill[3] = { 0, 0, 0 };
  VipsArrayDouble *background;
  int failed;

  if (role == PLANE_LIGHT)
    memcpy (fill, change->light, sizeof fill);
  else if (role == PLANE_ALPHA && change->opaque)
    fill[0] = top;

  background = vips_array_double_new (fill, in->Bands);
  failed = vips_embed (in, out, -box->x, -box->y, box->width, box->height,
                       "extend", VIPS_EXTEND_BACKGROUND, "background", background, NULL);
  vips_area_unref (VIPS_AREA (background));
  return failed;
}

static int
turn (const Change  *change,
      VipsImage     *in,
      VipsImage    **out,
      PlaneRole      role)
{
  return vips_rot (in, out, change->angle, NULL);
}

static int
mirror (const Change  *change,
        VipsImage     *in,
        VipsImage    **out,
        PlaneRole      role)
{
  VipsDirection way = change->vertical ? VIPS_DIRECTION_VERTICAL : VIPS_DIRECTION_HORIZONTAL;

  return vips_flip (in, out, way, NULL);
}

/* The affine works on corners, libvips on the middles of pixels. */
static int
rotate (const Change  *change,
        VipsImage     *in,
        VipsImage    **out,
        PlaneRole      role)
{
  const double *m = change->affine;
  int area[4] = { 0, 0, change->box.width, change->box.height };
  VipsArrayInt *oarea = vips_array_int_new (area, 4);
  VipsInterpolate *bicubic = vips_interpolate_new ("bicubic");
  int failed;

  failed = vips_affine (in, out, m[0], m[1], m[3], m[4],
                        "odx", m[2] + (m[0] + m[1] - 1) / 2,
                        "ody", m[5] + (m[3] + m[4] - 1) / 2,
                        "oarea", oarea, "interpolate", bicubic, "extend", VIPS_EXTEND_COPY, NULL);
  vips_area_unref (VIPS_AREA (oarea));
  g_object_unref (bicubic);
  return failed;
}

/* libvips shrinks about the middles of pixels, but enlarges half a pixel off: that is done by the affine. */
static int
scale (const Change  *change,
       VipsImage     *in,
       VipsImage    **out,
       PlaneRole      role)
{
  if (change->affine[0] >= 1 && change->affine[4] >= 1)
    return rotate (change, in, out, role);

  return vips_resize (in, out, change->affine[0], "vscale", change->affine[4],
                      "kernel", VIPS_KERNEL_LANCZOS3, NULL);
}

/* The picture becomes what @box shows of it; what lies outside is @light, or nothing at all where there is alpha. */
static gboolean
show_box (ReshootWork   *work,
          ReshootBox     box,
          const double  *light,
          gboolean       opaque,
          GError       **error)
{
  int width = reshoot_work_get_width (work), height = reshoot_work_get_height (work);
  ReshootBox inside = { MAX (box.x, 0), MAX (box.y, 0), 0, 0 };
  Change change = { .apply = cut, .affine = { 1, 0, 0, 0, 1, 0 } };

  inside.width = MIN (box.x + box.width, width) - inside.x;
  inside.height = MIN (box.y + box.height, height) - inside.y;
  if (inside.x != 0 || inside.y != 0 || inside.width != width || inside.height != height)
    {
      change.box = inside;
      change.affine[2] = -inside.x;
      change.affine[5] = -inside.y;
      if (!move_planes (work, &change, error))
        return FALSE;
    }

  if (inside.width == box.width && inside.height == box.height)
    return TRUE;

  /* New pixels, so that the light is needed; everywhere else the original still counts. */
  if (reshoot_work_get_light (work, error) == NULL)
    return FALSE;
  if (work->pristine)
    {
      g_autoptr (ReshootPlane) black = NULL, all = NULL;

      if (vips_black (&black, inside.width, inside.height, NULL) != 0
          || vips_linear1 (black, &all, 1, 255, "uchar", TRUE, NULL) != 0)
        {
          reshoot_set_vips_error (error, NULL);
          return FALSE;
        }
      work->untouched = g_steal_pointer (&all);
      work->pristine = FALSE;
    }

  change.apply = extend;
  change.box = (ReshootBox) { box.x - inside.x, box.y - inside.y, box.width, box.height };
  change.affine[2] = -change.box.x;
  change.affine[5] = -change.box.y;
  change.opaque = opaque;
  memcpy (change.light, light, sizeof change.light);
  return move_planes (work, &change, error);
}

/* Where a span of @size starts so that its middle is @middle, kept inside 0–@limit where it can be. */
static int
place (double middle,
       int    size,
       int    limit)
{
  int start = (int) floor (middle - size / 2.0 + 0.5);

  return size <= limit ? CLAMP (start, 0, limit - size) : start;
}

/* The largest size of that shape in @width × @height. */
static void
fit_aspect (double  aspect,
            int    *width,
            int    *height)
{
  if (*width > aspect * *height)
    *width = MAX (1, (int) (aspect * *height + 0.5));
  else
    *height = MAX (1, (int) (*width / aspect + 0.5));
}

/* Where a span of @size starts that has the middle of the product's span in its own, and all of it if it is long
 * enough, without leaving 0–@limit. */
static int
hold (int size,
      int limit,
      int from,
      int length)
{
  int start = place (from + length / 2.0, size, limit);

  return length > size ? start : CLAMP (start, from + length - size, from);
}

static gboolean
crop_to (ReshootWork             *work,
         const ReshootOperation  *op,
         double                   aspect,
         JsonObject              *fact,
         GError                 **error)
{
  int width = reshoot_work_get_width (work), height = reshoot_work_get_height (work);
  ReshootBox box = { 0, 0, width, height }, product;
  const double none[3] = { 0, 0, 0 };
  const char *gravity = op->sub != NULL ? op->sub : "";

  fit_aspect (aspect, &box.width, &box.height);
  if (work->matte != NULL && reshoot_work_find_product (work, &product, NULL))
    {
      box.x = hold (box.width, width, product.x, product.width);
      box.y = hold (box.height, height, product.y, product.height);
      json_object_set_boolean_member (fact, "product_cut",
                                      product.width > box.width || product.height > box.height);
    }
  else
    {
      box.x = place (width / 2.0, box.width, width);
      box.y = place (height / 2.0, box.height, height);
      if (strstr (gravity, "left") != NULL)
        box.x = 0;
      if (strstr (gravity, "right") != NULL)
        box.x = width - box.width;
      if (strstr (gravity, "top") != NULL)
        box.y = 0;
      if (strstr (gravity, "bottom") != NULL)
        box.y = height - box.height;
    }

  if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
    return FALSE;
  return show_box (work, box, none, FALSE, error);
}

static void
set_size (ReshootWork *work,
          JsonObject  *fact)
{
  json_object_set_int_member (fact, "width", reshoot_work_get_width (work));
  json_object_set_int_member (fact, "height", reshoot_work_get_height (work));
}

static gboolean
run_crop (ReshootWork             *work,
          const ReshootOperation  *op,
          GError                 **error)
{
  JsonObject *fact = reshoot_work_add_fact (work, op);
  double aspect = (double) reshoot_work_get_width (work) / reshoot_work_get_height (work);

  if (op->aspect_width > 0 && op->aspect_height > 0)
    aspect = op->aspect_width / op->aspect_height;
  else if (op->width > 0 && op->height > 0)
    aspect = (double) op->width / op->height;
  else
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "not-yet", "crop", "a crop without a shape");
      return FALSE;
    }

  if (!crop_to (work, op, aspect, fact, error))
    return FALSE;
  set_size (work, fact);
  return TRUE;
}

/* The colour for what is added: the one asked for, else the border's own. */
static gboolean
pick_fill (ReshootWork             *work,
           const ReshootOperation  *op,
           double                  *light,
           gboolean                *opaque,
           JsonObject              *fact,
           GError                 **error)
{
  *opaque = op->color[0] == '#';
  if (*opaque)
    {
      reshoot_color_to_light (op->color, light);
      json_object_set_string_member (fact, "color", op->color);
      return TRUE;
    }
  if (work->alpha != NULL)
    {
      light[0] = light[1] = light[2] = 0;
      json_object_set_string_member (fact, "color", "transparent");
      return TRUE;
    }
  return reshoot_work_find_border (work, light, error);
}

static gboolean
run_frame (ReshootWork             *work,
           const ReshootOperation  *op,
           GError                 **error)
{
  JsonObject *fact = reshoot_work_add_fact (work, op);
  double share = op->fill_share > 0 ? MIN (op->fill_share, 1) : 1, light[3], aspect, w, h;
  gboolean opaque;
  ReshootBox product, box;

  if (!reshoot_work_find_product (work, &product, error)
      || !pick_fill (work, op, light, &opaque, fact, error))
    return FALSE;

  if (op->aspect_width > 0 && op->aspect_height > 0)
    aspect = op->aspect_width / op->aspect_height;
  else if (op->fill_share > 0)
    aspect = (double) reshoot_work_get_width (work) / reshoot_work_get_height (work);
  else
    aspect = (double) product.width / product.height;
  w = MAX (product.width / share, product.height / share * aspect);
  h = w / aspect;
  box.width = MAX (1, (int) (w + 0.5));
  box.height = MAX (1, (int) (h + 0.5));
  if (box.width > SIZE_MAX_EDGE || box.height > SIZE_MAX_EDGE)
    {
      reshoot_set_error (error, RESHOOT_ERROR_TOO_LARGE, "size", "frame", "%d × %d", box.width, box.height);
      return FALSE;
    }
  box.x = (int) floor (product.x + product.width / 2.0 - box.width / 2.0 + 0.5);
  box.y = (int) floor (product.y + product.height / 2.0 - box.height / 2.0 + 0.5);

  json_object_set_double_member (fact, "fill", MAX ((double) product.width / box.width,
                                                    (double) product.height / box.height));
  if (!show_box (work, box, light, opaque, error))
    return FALSE;
  set_size (work, fact);
  return TRUE;
}

static double
get_side_share (const ReshootOperation *op)
{
  if (op->pad > 0)
    return op->pad;
  return op->level == RESHOOT_LEVEL_SLIGHT ? 0.1 : op->level == RESHOOT_LEVEL_STRONG ? 0.4 : 0.2;
}

static gboolean
plan_canvas (const ReshootOperation *op,
             int                     width,
             int                     height,
             ReshootBox             *box)
{
  const char *side = op->sub != NULL ? op->sub : "";
  double share = get_side_share (op);

  *box = (ReshootBox) { 0, 0, width, height };
  if (op->aspect_width > 0 && op->aspect_height > 0)
    {
      double aspect = op->aspect_width / op->aspect_height;

      if (width < aspect * height)
        box->width = (int) (aspect * height + 0.5);
      else
        box->height = (int) (width / aspect + 0.5);
      box->x = -(box->width - width) / 2;
      box->y = -(box->height - height) / 2;
    }
  else if (op->width > 0 && op->height > 0)
    *box = (ReshootBox) { (width - op->width) / 2, (height - op->height) / 2,
                          op->width, op->height };
  else if (strcmp (side, "top") == 0 || strcmp (side, "bottom") == 0)
    {
      box->height += (int) (height * share + 0.5);
      box->y = strcmp (side, "top") == 0 ? height - box->height : 0;
    }
  else if (strcmp (side, "left") == 0 || strcmp (side, "right") == 0)
    {
      box->width += (int) (width * share + 0.5);
      box->x = strcmp (side, "left") == 0 ? width - box->width : 0;
    }
  else if (op->pad > 0 || op->level != RESHOOT_LEVEL_NONE)
    {
      int dx = (int) (width * share + 0.5), dy = (int) (height * share + 0.5);

      *box = (ReshootBox) { -dx, -dy, width + 2 * dx, height + 2 * dy };
    }
  else
    return FALSE;

  return TRUE;
}

static gboolean
run_canvas (ReshootWork             *work,
            const ReshootOperation  *op,
            GError                 **error)
{
  JsonObject *fact = reshoot_work_add_fact (work, op);
  double light[3];
  gboolean opaque;
  ReshootBox box;

  if (!plan_canvas (op, reshoot_work_get_width (work), reshoot_work_get_height (work), &box))
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "not-yet", "canvas", "a canvas without a size");
      return FALSE;
    }
  if (box.width > SIZE_MAX_EDGE || box.height > SIZE_MAX_EDGE)
    {
      reshoot_set_error (error, RESHOOT_ERROR_TOO_LARGE, "size", "canvas", "%d × %d", box.width, box.height);
      return FALSE;
    }

  if (!pick_fill (work, op, light, &opaque, fact, error)
      || !show_box (work, box, light, opaque, error))
    return FALSE;
  set_size (work, fact);
  return TRUE;
}

static gboolean
run_flip (ReshootWork             *work,
          const ReshootOperation  *op,
          GError                 **error)
{
  Change change = { .apply = mirror, .affine = { 1, 0, 0, 0, 1, 0 } };

  change.vertical = g_strcmp0 (op->sub, "vertical") == 0;
  if (change.vertical)
    {
      change.affine[4] = -1;
      change.affine[5] = reshoot_work_get_height (work);
    }
  else
    {
      change.affine[0] = -1;
      change.affine[2] = reshoot_work_get_width (work);
    }
  json_object_set_string_member (reshoot_work_add_fact (work, op), "axis",
                                 change.vertical ? "vertical" : "horizontal");
  return move_planes (work, &change, error);
}

static gboolean
turn_right_angle (ReshootWork  *work,
                  int           quarters,
                  GError      **error)
{
  double width = reshoot_work_get_width (work), height = reshoot_work_get_height (work);
  const double affines[4][6] = {
    { 1, 0, 0, 0, 1, 0 },
    { 0, -1, height, 1, 0, 0 },
    { -1, 0, width, 0, -1, height },
    { 0, 1, 0, -1, 0, width },
  };
  Change change = { .apply = turn, .angle = (VipsAngle) quarters };

  memcpy (change.affine, affines[quarters], sizeof change.affine);
  return move_planes (work, &change, error);
}

/* The largest rectangle of the picture's own shape that a turn by @degrees leaves without empty corners. */
static void
fit_turned (double  degrees,
            int    *width,
            int    *height)
{
  double angle = fabs (degrees) * G_PI / 180, s = fabs (sin (angle)), c = fabs (cos (angle));
  double factor = MIN (*width / (*width * c + *height * s), *height / (*width * s + *height * c));

  *width = MAX (1, (int) floor (*width * factor));
  *height = MAX (1, (int) floor (*height * factor));
}

static gboolean
run_rotate (ReshootWork             *work,
            const ReshootOperation  *op,
            GError                 **error)
{
  JsonObject *fact = reshoot_work_add_fact (work, op);
  double degrees = fmod (op->degrees, 360), radians, c, s;
  int width = reshoot_work_get_width (work), height = reshoot_work_get_height (work);
  Change change = { .apply = rotate };

  if (degrees < 0)
    degrees += 360;
  json_object_set_double_member (fact, "degrees", op->degrees);
  if (fmod (degrees, 90) == 0)
    return turn_right_angle (work, (int) (degrees / 90) % 4, error);

  /* Right angles are exact; what is left is at most 45° either way. */
  if (degrees >= 45)
    {
      int quarters = (int) floor ((degrees + 45) / 90) % 4;

      if (quarters != 0 && !turn_right_angle (work, quarters, error))
        return FALSE;
      degrees -= 90 * floor ((degrees + 45) / 90);
      width = reshoot_work_get_width (work);
      height = reshoot_work_get_height (work);
    }

  change.box.width = width;
  change.box.height = height;
  fit_turned (degrees, &change.box.width, &change.box.height);
  radians = degrees * G_PI / 180;
  c = cos (radians);
  s = sin (radians);
  change.affine[0] = c;
  change.affine[1] = -s;
  change.affine[2] = change.box.width / 2.0 - (c * width - s * height) / 2;
  change.affine[3] = s;
  change.affine[4] = c;
  change.affine[5] = change.box.height / 2.0 - (s * width + c * height) / 2;
  set_size (work, fact);
  if (!resample_planes (work, &change, error))
    return FALSE;
  set_size (work, fact);
  return TRUE;
}

static gboolean
scale_to (ReshootWork   *work,
          double         width,
          double         height,
          const char    *subject,
          GError       **error)
{
  Change change = { .apply = scale };
  int old_width = reshoot_work_get_width (work), old_height = reshoot_work_get_height (work);

  if (width > SIZE_MAX_EDGE || height > SIZE_MAX_EDGE || width * height > 400e6)
    {
      reshoot_set_error (error, RESHOOT_ERROR_TOO_LARGE, "size", subject, "%.0f × %.0f", width, height);
      return FALSE;
    }

  change.box.width = MAX (1, (int) (width + 0.5));
  change.box.height = MAX (1, (int) (height + 0.5));
  if (change.box.width == old_width && change.box.height == old_height)
    return TRUE;

  change.affine[0] = (double) change.box.width / old_width;
  change.affine[4] = (double) change.box.height / old_height;
  return resample_planes (work, &change, error);
}

static gboolean
run_resize (ReshootWork             *work,
            const ReshootOperation  *op,
            GError                 **error)
{
  JsonObject *fact = reshoot_work_add_fact (work, op);
  double width = reshoot_work_get_width (work), height = reshoot_work_get_height (work);
  double long_edge = MAX (width, height), factor = 1;
  int before = (int) long_edge;

  if (op->width > 0 && op->height > 0)
    {
      /* Both given: the shape is cut to fit, the product never stretched. */
      if (!crop_to (work, op, (double) op->width / op->height, fact, error)
          || !scale_to (work, op->width, op->height, "resize", error))
        return FALSE;
    }
  else
    {
      if (op->factor > 0)
        factor = op->factor;
      else if (!isnan (op->percent) && op->percent > 0)
        factor = op->percent / 100;
      else if (op->long_edge > 0)
        factor = op->long_edge / long_edge;
      else if (op->min_long_edge > 0)
        factor = MAX (1, op->min_long_edge / long_edge);
      else if (op->width > 0)
        factor = op->width / width;
      else if (op->height > 0)
        factor = op->height / height;
      else
        {
          reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "not-yet", reshoot_operation_get_name (op->kind),
                             "a size is missing");
          return FALSE;
        }
      if (!scale_to (work, width * factor, height * factor, "resize", error))
        return FALSE;
    }

  set_size (work, fact);
  if (MAX (reshoot_work_get_width (work), reshoot_work_get_height (work)) > before)
    json_object_set_boolean_member (fact, "resampled", TRUE);
  return TRUE;
}

/* Any operation that moves pixels. */
gboolean
reshoot_work_run_geometry (ReshootWork             *work,
                           const ReshootOperation  *op,
                           GError                 **error)
{
  if (op->kind == RESHOOT_OPERATION_CROP)
    return run_crop (work, op, error);
  if (op->kind == RESHOOT_OPERATION_FRAME)
    return run_frame (work, op, error);
  if (op->kind == RESHOOT_OPERATION_CANVAS)
    return run_canvas (work, op, error);
  if (op->kind == RESHOOT_OPERATION_FLIP)
    return run_flip (work, op, error);
  if (op->kind == RESHOOT_OPERATION_ROTATE || op->kind == RESHOOT_OPERATION_STRAIGHTEN)
    return run_rotate (work, op, error);
  return run_resize (work, op, error);
}
