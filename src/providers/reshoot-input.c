/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a model wants its picture, as the catalogue says: one of its sizes, or a number of pixels; stretched, cropped or
 * padded to it; as PNG or JPEG, and within so many bytes. It knows where the picture lies in what is sent, so that a
 * reply can be mapped back. */

#include "reshoot-input.h"
#include "reshoot-json-read.h"

#include <math.h>

#define BEST_QUALITY  95
#define WORST_QUALITY 65
#define QUALITY_STEP  10

/* How far the sides shrink where less quality does not do. */
#define SHRINK 0.85

/* Below this a picture is of no use to anybody. */
#define SMALLEST_SIDE 64

static int
round_to (double number,
          int    multiple)
{
  return MAX (multiple, (int) lround (number / multiple) * multiple);
}

/* Where a picture of @width x @height lies in what is sent, which has its size already. */
static void
place (ReshootPreparation *how,
       const char         *fit,
       int                 width,
       int                 height)
{
  double across = (double) how->width / width;
  double down = (double) how->height / height;
  double scale;

  how->window = (ReshootBox) { 0, 0, how->width, how->height };
  if (g_strcmp0 (fit, "crop") == 0)
    scale = MAX (across, down);
  else if (g_strcmp0 (fit, "pad") == 0)
    scale = MIN (across, down);
  else
    return;

  how->window.width = MAX (1, (int) lround (width * scale));
  how->window.height = MAX (1, (int) lround (height * scale));
  how->window.x = (how->width - how->window.width) / 2;
  how->window.y = (how->height - how->window.height) / 2;
}

/* A number of pixels that is wanted, or one that is the limit. */
static void
choose_pixels (ReshootInput *self,
               JsonObject   *input,
               JsonObject   *limits,
               int           width,
               int           height)
{
  double pixels = reshoot_json_get_number (input, "pixels");
  double most = reshoot_json_get_number (limits, "pixels");
  double scale = 1;

  if (pixels > 0)
    scale = sqrt (pixels / ((double) width * height));
  else if (most > 0)
    scale = MIN (1, sqrt (most / ((double) width * height)));

  if (self->multiple > 1 || scale != 1)
    {
      self->how.width = round_to (floor (width * scale), self->multiple);
      self->how.height = round_to (floor (height * scale), self->multiple);
    }
}

/**
 * reshoot_input_choose:
 * @self: (out caller-allocates): how
 * @model: a model
 * @width: of the picture, in pixels
 * @height: of the picture, in pixels
 *
 * Reads from the catalogue how @model wants a picture of that size. The same question has the same answer.
 */
void
reshoot_input_choose (ReshootInput *self,
                      ReshootModel *model,
                      int           width,
                      int           height)
{
  JsonObject *json = reshoot_model_get_json (model);
  JsonObject *limits = reshoot_json_get_object (json, "limits");
  JsonObject *input = reshoot_json_get_object (json, "input");
  double multiple = reshoot_json_get_number (input, "multiple");
  double bytes = reshoot_json_get_number (input, "bytes");
  gboolean is_jpeg = g_strcmp0 (reshoot_json_get_string (input, "format"), "jpeg") == 0;

  *self = (ReshootInput) { .multiple = multiple > 1 ? (int) multiple : 1 };
  self->how.width = width;
  self->how.height = height;
  self->how.format = is_jpeg ? RESHOOT_IMAGE_FORMAT_JPEG : RESHOOT_IMAGE_FORMAT_PNG;
  self->how.quality = is_jpeg ? BEST_QUALITY : 0;

  if (!(bytes > 0))
    bytes = reshoot_json_get_number (limits, "bytes");
  if (bytes > 0)
    self->max_bytes = (gsize) bytes;

  if (reshoot_json_get_number (input, "pixels") > 0 ||
      !reshoot_model_choose_size (model, width, height, &self->how.width, &self->how.height))
    choose_pixels (self, input, limits, width, height);

  place (&self->how, reshoot_json_get_string (input, "fit"), width, height);
}

/* Less quality first, then a smaller picture of the same shape. Returns: whether there is something left to try. */
static gboolean
make_less (ReshootInput *self)
{
  ReshootPreparation *how = &self->how;
  int width = round_to (how->width * SHRINK, self->multiple);
  int height = round_to (how->height * SHRINK, self->multiple);
  double across = (double) width / how->width;
  double down = (double) height / how->height;

  if (how->quality > WORST_QUALITY)
    {
      how->quality -= QUALITY_STEP;
      return TRUE;
    }

  if (MIN (width, height) < SMALLEST_SIDE || width >= how->width || height >= how->height)
    return FALSE;

  how->width = width;
  how->height = height;
  how->window.x = (int) lround (how->window.x * across);
  how->window.width = MAX (1, (int) lround (how->window.width * across));
  how->window.y = (int) lround (how->window.y * down);
  how->window.height = MAX (1, (int) lround (how->window.height * down));
  if (how->quality > 0)
    how->quality = BEST_QUALITY - QUALITY_STEP;
  return TRUE;
}

/**
 * reshoot_input_make:
 * @self: (inout): how; says afterwards how it was made
 * @source: a picture
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Makes what is sent. Blocks: for a worker thread. Where it takes more bytes than allowed the quality is lowered, then
 * the size; what is too large even then is for the codec to refuse. Errors are those of [method@Image.prepare_in].
 *
 * Returns: (transfer full): the picture, or %NULL
 */
ReshootImage *
reshoot_input_make (ReshootInput  *self,
                    ReshootImage  *source,
                    GCancellable  *cancellable,
                    GError       **error)
{
  while (TRUE)
    {
      g_autoptr (ReshootImage) image = NULL;

      image = reshoot_image_prepare_in (source, &self->how, cancellable, error);
      if (image == NULL)
        return NULL;

      if (self->max_bytes == 0 ||
          g_bytes_get_size (reshoot_image_get_bytes (image)) <= self->max_bytes ||
          !make_less (self))
        return g_steal_pointer (&image);
    }
}

/**
 * reshoot_input_make_affine:
 * @self: how the parent was sent
 * @parent: (array fixed-size=2): the size of the parent, in pixels
 * @reply: (array fixed-size=2): the size of what came back for all that was sent, in pixels
 * @affine: (out) (array fixed-size=6): where a point of the parent is in the reply
 */
void
reshoot_input_make_affine (const ReshootInput *self,
                           const int           parent[2],
                           const int           reply[2],
                           double              affine[6])
{
  const ReshootBox *window = &self->how.window;
  double across = (double) reply[0] / self->how.width;
  double down = (double) reply[1] / self->how.height;

  affine[0] = (double) window->width / parent[0] * across;
  affine[1] = affine[3] = 0;
  affine[2] = window->x * across;
  affine[4] = (double) window->height / parent[1] * down;
  affine[5] = window->y * down;
}
