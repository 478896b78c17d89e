/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Moving pixels, all planes together. Cutting, extending, turning by right angles and mirroring move whole pixels and
 * keep their bits; everything else resamples in linear light, alpha multiplied in. Each change adds itself to the
 * affine from source to result, in coordinates where pixel (0, 0) covers the square from 0 to 1. */

#include "reshoot-operations-private.h"

#include <math.h>
#include <string.h>

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
  double     light[3];      /* of EXTEND: what is added */
  gboolean   opaque;        /* … hides what is behind */
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

/* What is added where the border goes on. */
typedef struct
{
  ReshootBox     inside;    /* what shows of the old picture in the new one */
  int            x;         /* of the new picture in the old one */
  int            y;
  ReshootCoarse *smooth;
} Surround;

static void
surround_free (gpointer data)
{
  Surround *surround = data;

  reshoot_coarse_free (surround->smooth);
  g_free (surround);
}

static void
surround_line (const ReshootLine *line,
               gconstpointer      data)
{
  const Surround *surround = data;
  const ReshootBox *inside = &surround->inside;
  gboolean beside = line->y < inside->y || line->y >= inside->y + inside->height;
  g_autofree float *border = g_new (float, (gsize) line->width * 3);
  int i;

  memcpy (line->out, line->in[0], (gsize) line->width * 3 * sizeof (float));
  reshoot_coarse_line (surround->smooth, line->x + surround->x, line->y + surround->y,
                       line->width, border);
  for (i = 0; i < line->width; i++)
    if (beside || line->x + i < inside->x || line->x + i >= inside->x + inside->width)
      memcpy ((float *) line->out + i * 3, border + i * 3, 3 * sizeof (float));
}

void
reshoot_surround_clear (ReshootSurround *surroundings)
{
  g_clear_pointer (&surroundings->smooth, reshoot_coarse_free);
}

/* Fills what was just added around @inside of @box. */
static gboolean
go_on (ReshootWork        *work,
       const ReshootBox   *box,
       const ReshootBox   *inside,
       ReshootSurround    *surroundings,
       GError            **error)
{
  Surround *surround = g_new (Surround, 1);
  ReshootPlane *light = work->light;

  surround->inside = (ReshootBox) { inside->x - box->x, inside->y - box->y,
                                    inside->width, inside->height };
  surround->x = box->x;
  surround->y = box->y;
  surround->smooth = g_steal_pointer (&surroundings->smooth);
  work->dither = TRUE;
  return reshoot_work_take_light (work,
                                  reshoot_plane_map (&light, 1, 3, VIPS_FORMAT_FLOAT,
                                                     surround_line, surround, surround_free),
                                  error);
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

/* The numbers of the original count everywhere, as a mask. */
static gboolean
mark_untouched (ReshootWork   *work,
                int            width,
                int            height,
                GError       **error)
{
  g_autoptr (ReshootPlane) black = NULL;

  if (vips_black (&black, width, height, NULL) != 0
      || vips_linear1 (black, &work->untouched, 1, 255, "uchar", TRUE, NULL) != 0)
    {
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }
  work->pristine = FALSE;
  return TRUE;
}

/* The picture becomes what @box shows of it, which may reach outside: there @surroundings are seen. */
gboolean
reshoot_work_show_box (ReshootWork      *work,
                       ReshootBox        box,
                       ReshootSurround  *surroundings,
                       GError          **error)
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
  if (reshoot_work_get_light (work, error) == NULL
      || (work->pristine && !mark_untouched (work, inside.width, inside.height, error)))
    return FALSE;

  change.apply = extend;
  change.box = (ReshootBox) { box.x - inside.x, box.y - inside.y, box.width, box.height };
  change.affine[2] = -change.box.x;
  change.affine[5] = -change.box.y;
  change.opaque = surroundings->opaque;
  memcpy (change.light, surroundings->light, sizeof change.light);
  return move_planes (work, &change, error)
         && (surroundings->smooth == NULL || go_on (work, &box, &inside, surroundings, error));
}

/* Left to right, or top to bottom. */
gboolean
reshoot_work_mirror (ReshootWork  *work,
                     gboolean      vertical,
                     GError      **error)
{
  Change change = { .apply = mirror, .affine = { 1, 0, 0, 0, 1, 0 }, .vertical = vertical };

  if (vertical)
    {
      change.affine[4] = -1;
      change.affine[5] = reshoot_work_get_height (work);
    }
  else
    {
      change.affine[0] = -1;
      change.affine[2] = reshoot_work_get_width (work);
    }
  return move_planes (work, &change, error);
}

/* Clockwise by right angles. */
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

/* Clockwise. Right angles are exact; anything else cuts the picture so that no corner is empty. */
gboolean
reshoot_work_rotate (ReshootWork  *work,
                     double        degrees,
                     GError      **error)
{
  int quarters, width, height;
  double radians, c, s;
  Change change = { .apply = rotate };

  degrees = fmod (degrees, 360);
  degrees += degrees < 0 ? 360 : 0;
  quarters = (int) floor ((degrees + 45) / 90);
  degrees -= 90 * quarters;
  if (quarters % 4 != 0 && !turn_right_angle (work, quarters % 4, error))
    return FALSE;
  if (degrees == 0)
    return TRUE;

  width = change.box.width = reshoot_work_get_width (work);
  height = change.box.height = reshoot_work_get_height (work);
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
  return resample_planes (work, &change, error);
}

/* To that size, each way by itself. */
gboolean
reshoot_work_scale (ReshootWork  *work,
                    int           width,
                    int           height,
                    GError      **error)
{
  Change change = { .apply = scale, .box = { 0, 0, width, height } };
  int old_width = reshoot_work_get_width (work), old_height = reshoot_work_get_height (work);

  if (width == old_width && height == old_height)
    return TRUE;

  change.affine[0] = (double) width / old_width;
  change.affine[4] = (double) height / old_height;
  return resample_planes (work, &change, error);
}
