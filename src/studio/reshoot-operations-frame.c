/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Shape, place and size as a person asks for them: a crop around the product, a turn, so many pixels. Works out the
 * box or the size and leaves the pixels to the geometry; frame and canvas are in reshoot-operations-canvas.c. */

#include "reshoot-operations-private.h"

#include <math.h>
#include <string.h>

#define SIZE_MAX_EDGE   65000
#define SIZE_MAX_PIXELS 400e6

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
  ReshootSurround nothing = { { 0 } };
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
  return reshoot_work_show_box (work, box, &nothing, error);
}

void
reshoot_work_tell_size (ReshootWork *work,
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
  reshoot_work_tell_size (work, fact);
  return TRUE;
}

/* No file holds more, and no memory should. */
gboolean
reshoot_work_check_size (double        width,
                         double        height,
                         const char   *subject,
                         GError      **error)
{
  if (width <= SIZE_MAX_EDGE && height <= SIZE_MAX_EDGE && width * height <= SIZE_MAX_PIXELS)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_TOO_LARGE, "size", subject, "%.0f × %.0f", width, height);
  return FALSE;
}

static gboolean
run_flip (ReshootWork             *work,
          const ReshootOperation  *op,
          GError                 **error)
{
  gboolean vertical = g_strcmp0 (op->sub, "vertical") == 0;

  json_object_set_string_member (reshoot_work_add_fact (work, op), "axis",
                                 vertical ? "vertical" : "horizontal");
  return reshoot_work_mirror (work, vertical, error);
}

static gboolean
run_rotate (ReshootWork             *work,
            const ReshootOperation  *op,
            GError                 **error)
{
  JsonObject *fact = reshoot_work_add_fact (work, op);

  json_object_set_double_member (fact, "degrees", op->degrees);
  if (!reshoot_work_rotate (work, op->degrees, error))
    return FALSE;
  reshoot_work_tell_size (work, fact);
  return TRUE;
}

static gboolean
scale_to (ReshootWork   *work,
          double         width,
          double         height,
          GError       **error)
{
  return reshoot_work_check_size (width, height, "resize", error)
         && reshoot_work_scale (work, MAX (1, (int) (width + 0.5)), MAX (1, (int) (height + 0.5)),
                                error);
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
          || !scale_to (work, op->width, op->height, error))
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
      if (!scale_to (work, width * factor, height * factor, error))
        return FALSE;
    }

  reshoot_work_tell_size (work, fact);
  if (MAX (reshoot_work_get_width (work), reshoot_work_get_height (work)) > before)
    json_object_set_boolean_member (fact, "resampled", TRUE);
  return TRUE;
}

/* Any operation of shape, place or size. */
gboolean
reshoot_work_run_frame (ReshootWork             *work,
                        const ReshootOperation  *op,
                        GError                 **error)
{
  if (op->kind == RESHOOT_OPERATION_CROP)
    return run_crop (work, op, error);
  if (op->kind == RESHOOT_OPERATION_FRAME)
    return reshoot_work_run_fill_frame (work, op, error);
  if (op->kind == RESHOOT_OPERATION_CANVAS)
    return reshoot_work_run_canvas (work, op, error);
  if (op->kind == RESHOOT_OPERATION_FLIP)
    return run_flip (work, op, error);
  if (op->kind == RESHOOT_OPERATION_ROTATE || op->kind == RESHOOT_OPERATION_STRAIGHTEN)
    return run_rotate (work, op, error);
  return run_resize (work, op, error);
}
