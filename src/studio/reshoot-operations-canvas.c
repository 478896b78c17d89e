/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Room around the product: a frame that it fills as asked, and more canvas. Works out the box and what is seen in the
 * new part of it, and leaves the pixels to the geometry. */

#include "reshoot-operations-private.h"

#include <math.h>
#include <string.h>

/* What is added around the picture: the colour asked for, else the border's own, going on where it is plain. */
static gboolean
pick_surroundings (ReshootWork             *work,
                   const ReshootOperation  *op,
                   ReshootSurround         *surroundings,
                   JsonObject              *fact,
                   GError                 **error)
{
  const char *color = op->color;

  if (op->color[0] == '#')
    {
      reshoot_color_to_light (op->color, surroundings->light);
      surroundings->opaque = TRUE;
    }
  else if (work->alpha != NULL)
    color = "transparent";
  else
    {
      if (!reshoot_work_find_border (work, surroundings->light, &surroundings->smooth, error))
        return FALSE;
      color = surroundings->smooth != NULL ? "continued" : "border";
    }

  json_object_set_string_member (fact, "color", color);
  return TRUE;
}

/* The size of a frame that the product fills as asked; without a share it keeps the picture's, and only centres. */
static void
fit_frame (const ReshootOperation *op,
           const ReshootBox       *product,
           int                     width,
           int                     height,
           double                 *frame_width,
           double                 *frame_height)
{
  double share = op->fill_share > 0 ? MIN (op->fill_share, 1) : 1, aspect;

  if (op->aspect_width > 0 && op->aspect_height > 0)
    aspect = op->aspect_width / op->aspect_height;
  else if (op->fill_share == 0)
    aspect = (double) product->width / product->height;
  else
    aspect = (double) width / height;

  *frame_width = MAX (product->width / share, product->height / share * aspect);
  if (isnan (op->fill_share))
    *frame_width = MAX (*frame_width, MIN (width, height * aspect));
  *frame_height = *frame_width / aspect;
}

gboolean
reshoot_work_run_fill_frame (ReshootWork             *work,
                             const ReshootOperation  *op,
                             GError                 **error)
{
  JsonObject *fact = reshoot_work_add_fact (work, op);
  g_auto (ReshootSurround) surroundings = { { 0 } };
  ReshootBox product, box;
  double w, h;

  if (!reshoot_work_find_product (work, &product, error)
      || !pick_surroundings (work, op, &surroundings, fact, error))
    return FALSE;

  fit_frame (op, &product, reshoot_work_get_width (work), reshoot_work_get_height (work), &w, &h);
  if (!reshoot_work_check_size (w, h, "frame", error))
    return FALSE;
  box.width = MAX (1, (int) (w + 0.5));
  box.height = MAX (1, (int) (h + 0.5));
  box.x = (int) floor (product.x + product.width / 2.0 - box.width / 2.0 + 0.5);
  box.y = (int) floor (product.y + product.height / 2.0 - box.height / 2.0 + 0.5);

  json_object_set_double_member (fact, "fill", MAX ((double) product.width / box.width,
                                                    (double) product.height / box.height));
  if (!reshoot_work_show_box (work, box, &surroundings, error))
    return FALSE;
  reshoot_work_tell_size (work, fact);
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
  else if (op->pad > 0 || op->level != RESHOOT_LEVEL_NONE || strcmp (side, "all") == 0)
    {
      int dx = (int) (width * share + 0.5), dy = (int) (height * share + 0.5);

      *box = (ReshootBox) { -dx, -dy, width + 2 * dx, height + 2 * dy };
    }
  else
    return FALSE;

  return TRUE;
}

gboolean
reshoot_work_run_canvas (ReshootWork             *work,
                         const ReshootOperation  *op,
                         GError                 **error)
{
  JsonObject *fact = reshoot_work_add_fact (work, op);
  g_auto (ReshootSurround) surroundings = { { 0 } };
  ReshootBox box;

  if (!plan_canvas (op, reshoot_work_get_width (work), reshoot_work_get_height (work), &box))
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "not-yet", "canvas", "a canvas without a size");
      return FALSE;
    }
  if (!reshoot_work_check_size (box.width, box.height, "canvas", error)
      || !pick_surroundings (work, op, &surroundings, fact, error)
      || !reshoot_work_show_box (work, box, &surroundings, error))
    return FALSE;
  reshoot_work_tell_size (work, fact);
  return TRUE;
}
