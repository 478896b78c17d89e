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

/* How many times the resolution a part must have for it to be worth that the model sees no more than it. */
#define CROP_GAIN 1.25

/* Models draw best what has about as many pixels as they were taught with. */
#define CROP_PIXELS (1024 * 1024)

/* The longer side of a part, at most, in lengths of the shorter one. */
#define CROP_SHAPE 2

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

/* How many pixels of what is sent one of the picture has; more than one shows nothing more. */
static double
get_resolution (const ReshootPreparation *how,
                int                       width,
                int                       height)
{
  return MIN (1, MIN ((double) how->window.width / width, (double) how->window.height / height));
}

/* Around a part as much again in both directions, and enough pixels for a model, as far as the picture goes. */
static void
grow_part (const ReshootBox *part,
           int               width,
           int               height,
           int               grown[2])
{
  double across = 2.0 * part->width;
  double down = 2.0 * part->height;
  double more;

  across = MAX (across, down / CROP_SHAPE);
  down = MAX (down, across / CROP_SHAPE);
  more = MAX (1, sqrt (CROP_PIXELS / (across * down)));
  grown[0] = (int) MIN (width, ceil (across * more));
  grown[1] = (int) MIN (height, ceil (down * more));
}

/**
 * reshoot_input_find_crop:
 * @model: a model
 * @width: of the picture, in pixels
 * @height: of the picture, in pixels
 * @region: (array fixed-size=4): x, y, width, height of what may change of it, in its pixels; NANs = all of it
 * @crop: (out): what of the picture to send, in its pixels
 *
 * Looks whether a small region is drawn at more pixels where the model sees only the part around it.
 *
 * Returns: whether that pays
 */
gboolean
reshoot_input_find_crop (ReshootModel *model,
                         int           width,
                         int           height,
                         const double  region[4],
                         ReshootBox   *crop)
{
  ReshootInput all, input;
  ReshootPreparation *how = &input.how;
  ReshootBox part;
  int grown[2];
  double scale;

  if (isnan (region[0]) || region[2] < 1 || region[3] < 1 || region[0] + region[2] > width ||
      region[1] + region[3] > height)
    return FALSE;

  part = (ReshootBox) { (int) region[0], (int) region[1], (int) region[2], (int) region[3] };
  grow_part (&part, width, height, grown);
  reshoot_input_choose (&all, model, width, height);
  reshoot_input_choose (&input, model, grown[0], grown[1]);
  reshoot_preparation_show_part (how, &part, width, height);
  if (how->window.x > 0 || how->window.x + how->window.width < how->width || how->window.y > 0 ||
      how->window.y + how->window.height < how->height)
    return FALSE;

  scale = get_resolution (how, width, height);
  if (scale < CROP_GAIN * get_resolution (&all.how, width, height))
    return FALSE;

  crop->width = CLAMP ((int) lround (how->width / scale), 1, width);
  crop->height = CLAMP ((int) lround (how->height / scale), 1, height);
  crop->x = CLAMP ((int) lround (-how->window.x / scale), 0, width - crop->width);
  crop->y = CLAMP ((int) lround (-how->window.y / scale), 0, height - crop->height);
  return TRUE;
}

/**
 * reshoot_input_choose_crop:
 * @self: (out caller-allocates): how
 * @model: a model
 * @width: of the picture, in pixels
 * @height: of the picture, in pixels
 * @crop: what of it is sent, in its pixels
 *
 * As [method@Input.choose], where the model sees only a part. The same question has the same answer.
 */
void
reshoot_input_choose_crop (ReshootInput     *self,
                           ReshootModel     *model,
                           int               width,
                           int               height,
                           const ReshootBox *crop)
{
  ReshootBox *window = &self->how.window;
  double across, down;

  reshoot_input_choose (self, model, crop->width, crop->height);
  across = (double) self->how.width / crop->width;
  down = (double) self->how.height / crop->height;
  *window = (ReshootBox) { (int) lround (-crop->x * across), (int) lround (-crop->y * down),
                           MAX (1, (int) lround (width * across)),
                           MAX (1, (int) lround (height * down)) };
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
