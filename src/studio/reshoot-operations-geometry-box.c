/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The picture cut, or grown into what is around it. Both move whole pixels; what is new is a colour, nothing, or the
 * border going on. */

#include "reshoot-operations-geometry-private.h"

#include <string.h>

static int
cut (const ReshootChange  *change,
     VipsImage            *in,
     VipsImage           **out,
     ReshootPlaneRole      role)
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
go_on (ReshootWork       *work,
       const ReshootBox  *box,
       const ReshootBox  *inside,
       ReshootSurround   *surroundings,
       GError           **error)
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
extend (const ReshootChange  *change,
        VipsImage            *in,
        VipsImage           **out,
        ReshootPlaneRole      role)
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

/* The numbers of the original count everywhere, as a mask. */
static gboolean
mark_untouched (ReshootWork  *work,
                int           width,
                int           height,
                GError      **error)
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
  ReshootChange change = { .apply = cut, .affine = { 1, 0, 0, 0, 1, 0 } };

  inside.width = MIN (box.x + box.width, width) - inside.x;
  inside.height = MIN (box.y + box.height, height) - inside.y;
  if (inside.x != 0 || inside.y != 0 || inside.width != width || inside.height != height)
    {
      change.box = inside;
      change.affine[2] = -inside.x;
      change.affine[5] = -inside.y;
      if (!reshoot_change_move (work, &change, error))
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
  return reshoot_change_move (work, &change, error)
         && (surroundings->smooth == NULL || go_on (work, &box, &inside, surroundings, error));
}
