/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootMatte: how much of each pixel is the product, and how sure that is. It takes a black-and-white cut-out at
 * a small size, pulls it onto the picture's own edges, and looks at three signs of being out of its depth: a
 * backdrop that is not plain, an answer that changes with the size it was found at, and a product that runs along
 * the rim. */

#include "reshoot-matte.h"

#include "reshoot-cutout.h"
#include "reshoot-error.h"
#include "reshoot-image-vips.h"
#include "reshoot-matte-edge.h"
#include "reshoot-matte-map.h"
#include "reshoot-mask.h"

#include <math.h>
#include <string.h>

#define CUT_EDGE 640           /* long side of the cut-out, in pixels */
#define FINE_EDGE 1440         /* long side at which the edge is fitted to the picture */
#define STEADY 0.97            /* overlap of cut-outs at different sizes */
#define LARGEST_RIM 0.15       /* share of the rim that a product may cover */
#define SMALLEST 0.002         /* share of the picture that a product has at least */
#define LARGEST 0.85
#define HINTED 0.7             /* as sure as a box in a cluttered picture can make it */

struct _ReshootMatte
{
  GObject    parent_instance;

  int        width;
  int        height;
  GBytes    *values;
  double     confidence;
  gboolean   confident;
  guint      n_products;
  ReshootBox box;
};

G_DEFINE_FINAL_TYPE (ReshootMatte, reshoot_matte, G_TYPE_OBJECT)

static void
reshoot_matte_finalize (GObject *object)
{
  ReshootMatte *self = RESHOOT_MATTE (object);

  g_clear_pointer (&self->values, g_bytes_unref);

  G_OBJECT_CLASS (reshoot_matte_parent_class)->finalize (object);
}

static void
reshoot_matte_class_init (ReshootMatteClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_matte_finalize;
}

static void
reshoot_matte_init (ReshootMatte *self)
{
}

/* The picture without transparency: as large as it is, not yet computed, and no larger than it is worked on. */
typedef struct
{
  VipsImage *full;
  guint8    *rgb;
  int        width;
  int        height;
} Fine;

static void
fine_clear (Fine *fine)
{
  g_clear_object (&fine->full);
  g_clear_pointer (&fine->rgb, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Fine, fine_clear)

static gboolean
load_fine (VipsImage  *vips,
           Fine       *fine,
           GError    **error)
{
  g_autoptr (VipsImage) srgb = NULL;
  g_autoptr (VipsImage) bytes = NULL;
  g_autoptr (VipsImage) small = NULL;
  double scale;
  size_t size;

  scale = MIN (1.0, (double) FINE_EDGE / MAX (vips->Xsize, vips->Ysize));
  if (vips_colourspace (vips, &srgb, VIPS_INTERPRETATION_sRGB, NULL) != 0
      || vips_cast_uchar (srgb, &bytes, NULL) != 0
      || (vips_image_hasalpha (bytes) ? vips_flatten (bytes, &fine->full, NULL)
                                      : vips_copy (bytes, &fine->full, NULL)) != 0
      || vips_resize (fine->full, &small, scale, "kernel", VIPS_KERNEL_LINEAR, NULL) != 0)
    {
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }

  fine->rgb = vips_image_write_to_memory (small, &size);
  fine->width = small->Xsize;
  fine->height = small->Ysize;
  if (fine->rgb == NULL)
    {
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }

  return TRUE;
}

static void
find_box (ReshootMatte *self,
          const guint8 *values)
{
  int left = self->width;
  int top = self->height;
  int right = -1;
  int bottom = -1;

  for (int y = 0; y < self->height; y++)
    for (int x = 0; x < self->width; x++)
      if (values[(gsize) y * self->width + x] > 127)
        {
          left = MIN (left, x);
          right = MAX (right, x);
          top = MIN (top, y);
          bottom = MAX (bottom, y);
        }

  if (right >= 0)
    self->box = (ReshootBox) { left, top, right - left + 1, bottom - top + 1 };
}

static double
share_of_rim (const ReshootCutout *cutout)
{
  int covered = 0;
  int total = 0;

  for (int y = 0; y < cutout->height; y++)
    for (int x = 0; x < cutout->width; x++)
      if (x == 0 || y == 0 || x == cutout->width - 1 || y == cutout->height - 1)
        {
          total++;
          covered += cutout->mask[(gsize) y * cutout->width + x];
        }

  return (double) covered / total;
}

static double
share_of_picture (const ReshootCutout *cutout)
{
  gsize n = (gsize) cutout->width * cutout->height;
  gsize covered = 0;

  for (gsize i = 0; i < n; i++)
    covered += cutout->mask[i];

  return (double) covered / n;
}

static guint8
look_up (const ReshootCutout *cutout,
         double               u,
         double               v)
{
  int x = MIN ((int) (u * cutout->width), cutout->width - 1);
  int y = MIN ((int) (v * cutout->height), cutout->height - 1);

  return cutout->mask[(gsize) y * cutout->width + x];
}

/* Lets each cell be what most of three cut-outs say. */
static void
vote (ReshootCutout       *cutout,
      const ReshootCutout *others)
{
  for (int y = 0; y < cutout->height; y++)
    for (int x = 0; x < cutout->width; x++)
      {
        gsize i = (gsize) y * cutout->width + x;
        double u = (x + 0.5) / cutout->width;
        double v = (y + 0.5) / cutout->height;
        int votes = cutout->mask[i] + look_up (&others[0], u, v) + look_up (&others[1], u, v);

        cutout->mask[i] = votes >= 2;
      }

  cutout->n_products = reshoot_mask_keep_products (cutout->mask, cutout->width, cutout->height);
}

/* Looks at the picture at two more sizes, since what hangs on a few cells at one size does not at another. The cut-out
 * becomes what most of the three say, and its steadiness is how far the second of them agrees: one may be wrong. */
static gboolean
make_steady (const Fine     *fine,
             const ReshootCutoutHint *hint,
             ReshootCutout  *cutout,
             double         *steadiness,
             GCancellable   *cancellable,
             GError        **error)
{
  static const int edges[] = { 480, 560 };
  g_auto (ReshootCutout) small = { 0 };
  g_auto (ReshootCutout) large = { 0 };
  g_autofree guint8 *first = NULL;
  double overlaps[3];

  if (!reshoot_cutout_find (fine->rgb, fine->width, fine->height, edges[0], hint, &small,
                            cancellable, error)
      || !reshoot_cutout_find (fine->rgb, fine->width, fine->height, edges[1], hint, &large,
                               cancellable, error))
    return FALSE;

  first = g_memdup2 (cutout->mask, (gsize) cutout->width * cutout->height);
  vote (cutout, (const ReshootCutout[2]) { small, large });

  overlaps[0] = reshoot_mask_overlap (cutout->mask, cutout->width, cutout->height,
                                      first, cutout->width, cutout->height);
  overlaps[1] = reshoot_mask_overlap (cutout->mask, cutout->width, cutout->height,
                                      small.mask, small.width, small.height);
  overlaps[2] = reshoot_mask_overlap (cutout->mask, cutout->width, cutout->height,
                                      large.mask, large.width, large.height);
  *steadiness = MAX (MIN (overlaps[0], overlaps[1]),
                     MIN (MAX (overlaps[0], overlaps[1]), overlaps[2]));
  g_debug ("cut-outs at three sizes agree by %.3f %.3f %.3f", overlaps[0], overlaps[1], overlaps[2]);
  return TRUE;
}

/* 1 at @good and beyond, 0 at @bad and beyond. */
static double
grade (double value,
       double bad,
       double good)
{
  return CLAMP ((value - bad) / (good - bad), 0.0, 1.0);
}

/* Confidence is the worst of these grades, each falling in a straight line; 0.5 is where a sign reaches its limit:
 *   the rim that is product           1 at none      0.5 at 15 %        0 at 30 %
 *   the picture that is product       0 at none      0.5 at 0.2 %       1 from 0.4 to 70 %, 0.5 at 85 %, 0 at all
 *   the frame, from a plain backdrop  1 at 0 ΔE      0.5 at 4           0 at 8                 (without a hint)
 *   the sizes, from each other        1 at the same  0.5 at 0.97 (0.75) 0 at 0.94 (0.5)        (with a hint)
 * and at most HINTED in a cluttered picture with a hint. */
static gboolean
judge (ReshootMatte   *self,
       const Fine     *fine,
       const ReshootCutoutHint *hint,
       ReshootCutout  *cutout,
       GCancellable   *cancellable,
       GError        **error)
{
  double share = share_of_picture (cutout);
  double rim = share_of_rim (cutout);
  double steadiness = 1.0;
  gboolean stroked = hint != NULL && reshoot_hints_get_has_strokes (hint->hints);
  gboolean taken = hint != NULL && reshoot_hints_get_accepted (hint->hints);
  gboolean plain = !stroked && !taken && (hint != NULL || cutout->roughness < RESHOOT_CUTOUT_ROUGH);

  self->confidence = MIN (grade (rim, 2.0 * LARGEST_RIM, 0.0),
                          MIN (grade (share, 0.0, 2.0 * SMALLEST),
                               grade (share, 1.0, 2.0 * LARGEST - 1.0)));
  if (hint == NULL)
    self->confidence = MIN (self->confidence,
                            grade (cutout->roughness, 2.0 * RESHOOT_CUTOUT_ROUGH, 0.0));

  if (plain && self->confidence > 0.0)
    {
      if (!make_steady (fine, hint, cutout, &steadiness, cancellable, error))
        return FALSE;
      self->confidence = MIN (self->confidence,
                              grade (steadiness, hint != NULL ? 0.5 : 2.0 * STEADY - 1.0, 1.0));
      if (cutout->roughness >= RESHOOT_CUTOUT_ROUGH)
        self->confidence = MIN (self->confidence, HINTED);
    }

  if ((stroked || taken) && cutout->roughness >= RESHOOT_CUTOUT_ROUGH)
    self->confidence = MIN (self->confidence, HINTED);

  /* Who drew strokes looked at what came of them; who took the outline said so. */
  self->confident = self->confidence >= 0.5 || ((stroked || taken) && share > 0);
  return TRUE;
}

/* A picture that brings its own transparency has been cut out already. */
static ReshootMatte *
new_from_alpha (VipsImage  *full,
                GError    **error)
{
  g_autoptr (ReshootMatte) self = g_object_new (RESHOOT_TYPE_MATTE, NULL);
  g_autoptr (VipsImage) band = NULL;
  g_autoptr (VipsImage) alpha = NULL;
  guint8 *values;
  gsize n_opaque = 0;
  gsize n_clear = 0;
  size_t n;

  if (!vips_image_hasalpha (full))
    return NULL;

  if (vips_extract_band (full, &band, full->Bands - 1, NULL) != 0
      || vips_cast (band, &alpha, VIPS_FORMAT_UCHAR, "shift", TRUE, NULL) != 0)
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  values = vips_image_write_to_memory (alpha, &n);
  if (values == NULL)
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  for (gsize i = 0; i < n; i++)
    {
      n_opaque += values[i] > 247;
      n_clear += values[i] < 8;
    }

  self->width = alpha->Xsize;
  self->height = alpha->Ysize;
  self->n_products = 1;
  self->confident = n_opaque > SMALLEST * n && n_clear > 0.01 * n;
  self->confidence = self->confident ? 1.0 : 0.0;
  find_box (self, values);
  self->values = g_bytes_new_with_free_func (values, n, g_free, values);
  return self->confident ? g_steal_pointer (&self) : NULL;
}

static void
read_hints (ReshootCutoutHint *hint,
            ReshootHints      *hints,
            int                width,
            int                height)
{
  const ReshootBox *box = hints != NULL ? reshoot_hints_get_box (hints) : NULL;

  *hint = (ReshootCutoutHint) { .hints = hints, .size = { width, height } };
  if (box == NULL)
    return;

  hint->has_box = TRUE;
  hint->box[0] = (double) box->x / width;
  hint->box[1] = (double) box->y / height;
  hint->box[2] = (double) box->width / width;
  hint->box[3] = (double) box->height / height;
}

/**
 * reshoot_matte_new:
 * @image: a picture
 * @hints: (nullable): what the person said of where the product is
 * @cancellable: (nullable): asked between steps
 * @error: return location for an error
 *
 * Cuts the product out. It always gives its best proposal; whether to use it without asking is
 * [method@Matte.get_confident]. Blocks: for a worker thread.
 *
 * Errors: those of decoding, %G_IO_ERROR_CANCELLED.
 *
 * Returns: (transfer full): the matte
 */
ReshootMatte *
reshoot_matte_new (ReshootImage  *image,
                   ReshootHints  *hints,
                   GCancellable  *cancellable,
                   GError       **error)
{
  g_autoptr (ReshootMatte) self = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (VipsImage) vips = NULL;
  g_auto (Fine) fine = { NULL, NULL, 0, 0 };
  g_auto (ReshootCutout) cutout = { 0 };
  ReshootCutoutHint hint;

  g_return_val_if_fail (RESHOOT_IS_IMAGE (image), NULL);

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  vips = reshoot_image_dup_vips (image, error);
  if (vips == NULL)
    return NULL;

  self = new_from_alpha (vips, &local);
  if (self != NULL)
    return g_steal_pointer (&self);
  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return NULL;
    }

  self = g_object_new (RESHOOT_TYPE_MATTE, NULL);
  self->width = reshoot_image_get_width (image);
  self->height = reshoot_image_get_height (image);
  read_hints (&hint, hints, self->width, self->height);
  if (!load_fine (vips, &fine, error)
      || !reshoot_cutout_find (fine.rgb, fine.width, fine.height, CUT_EDGE,
                               hints != NULL ? &hint : NULL, &cutout, cancellable, error)
      || !judge (self, &fine, hints != NULL ? &hint : NULL, &cutout, cancellable, error))
    return NULL;

  self->n_products = cutout.n_products;
  self->values = reshoot_matte_edge_draw (&cutout, fine.rgb, fine.width, fine.height, fine.full,
                                          cancellable, error);
  if (self->values == NULL)
    return NULL;

  find_box (self, g_bytes_get_data (self->values, NULL));
  return g_steal_pointer (&self);
}

typedef struct
{
  ReshootImage *image;
  ReshootHints *hints;     /* (nullable) */
} Find;

static void
find_free (Find *find)
{
  g_object_unref (find->image);
  g_clear_object (&find->hints);
  g_free (find);
}

static void
find_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Find *find = task_data;
  g_autoptr (GError) error = NULL;
  ReshootMatte *self = reshoot_matte_new (find->image, find->hints, cancellable, &error);

  if (self == NULL)
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_pointer (task, self, g_object_unref);
}

/**
 * reshoot_matte_new_async:
 * @image: a picture
 * @hints: (nullable): what the person said of where the product is
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * [ctor@Matte.new] on a worker thread. Nobody may change @hints meanwhile.
 */
void
reshoot_matte_new_async (ReshootImage        *image,
                         ReshootHints        *hints,
                         GCancellable        *cancellable,
                         GAsyncReadyCallback  callback,
                         gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  Find *find;

  g_return_if_fail (RESHOOT_IS_IMAGE (image));

  find = g_new0 (Find, 1);
  find->image = g_object_ref (image);
  g_set_object (&find->hints, hints);

  task = g_task_new (NULL, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_matte_new_async);
  g_task_set_task_data (task, find, (GDestroyNotify) find_free);
  g_task_run_in_thread (task, find_in_thread);
}

/**
 * reshoot_matte_new_finish:
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Returns: (transfer full): the matte
 */
ReshootMatte *
reshoot_matte_new_finish (GAsyncResult  *result,
                          GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, NULL), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_matte_new_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reshoot_matte_map:
 * @self: a matte
 * @affine: where a point of the matte's picture is in another one: x' = a x + b y + c, y' = d x + e y + f
 * @width: of the other picture, in pixels
 * @height: of the other picture, in pixels
 *
 * The same cut-out for another picture of the same product, as sure as before. Blocks: for a worker thread.
 *
 * Returns: (transfer full) (nullable): the matte; %NULL where @affine leads to no picture
 */
ReshootMatte *
reshoot_matte_map (ReshootMatte *self,
                   const double  affine[6],
                   int           width,
                   int           height)
{
  g_autoptr (ReshootMatte) mapped = NULL;
  guint8 *values;

  g_return_val_if_fail (RESHOOT_IS_MATTE (self), NULL);

  values = reshoot_matte_map_values (g_bytes_get_data (self->values, NULL),
                                     self->width, self->height, affine, width, height);
  if (values == NULL)
    return NULL;

  mapped = g_object_new (RESHOOT_TYPE_MATTE, NULL);
  mapped->width = width;
  mapped->height = height;
  mapped->confidence = self->confidence;
  mapped->confident = self->confident;
  mapped->n_products = self->n_products;
  find_box (mapped, values);
  mapped->values = g_bytes_new_take (values, (gsize) width * height);
  return g_steal_pointer (&mapped);
}

/**
 * reshoot_matte_get_width:
 * @self: a matte
 *
 * Returns: in pixels, that of the upright picture
 */
int
reshoot_matte_get_width (ReshootMatte *self)
{
  g_return_val_if_fail (RESHOOT_IS_MATTE (self), 0);

  return self->width;
}

/**
 * reshoot_matte_get_height:
 * @self: a matte
 *
 * Returns: in pixels, that of the upright picture
 */
int
reshoot_matte_get_height (ReshootMatte *self)
{
  g_return_val_if_fail (RESHOOT_IS_MATTE (self), 0);

  return self->height;
}

/**
 * reshoot_matte_get_values:
 * @self: a matte
 *
 * Returns: (transfer none): one byte a pixel, row by row without gaps; 255 is all product
 */
GBytes *
reshoot_matte_get_values (ReshootMatte *self)
{
  g_return_val_if_fail (RESHOOT_IS_MATTE (self), NULL);

  return self->values;
}

/**
 * reshoot_matte_get_confidence:
 * @self: a matte
 *
 * Returns: 0–1; 0.5 is where one of the signs of trouble reaches its limit
 */
double
reshoot_matte_get_confidence (ReshootMatte *self)
{
  g_return_val_if_fail (RESHOOT_IS_MATTE (self), 0.0);

  return self->confidence;
}

/**
 * reshoot_matte_get_confident:
 * @self: a matte
 *
 * Returns: whether it may be used without asking
 */
gboolean
reshoot_matte_get_confident (ReshootMatte *self)
{
  g_return_val_if_fail (RESHOOT_IS_MATTE (self), FALSE);

  return self->confident;
}

/**
 * reshoot_matte_get_n_products:
 * @self: a matte
 *
 * Returns: how many separate products were found
 */
guint
reshoot_matte_get_n_products (ReshootMatte *self)
{
  g_return_val_if_fail (RESHOOT_IS_MATTE (self), 0);

  return self->n_products;
}

/**
 * reshoot_matte_get_box:
 * @self: a matte
 *
 * Returns: (transfer none): the smallest box around all that is more product than not; 0 by 0 when nothing is
 */
const ReshootBox *
reshoot_matte_get_box (ReshootMatte *self)
{
  g_return_val_if_fail (RESHOOT_IS_MATTE (self), NULL);

  return &self->box;
}

/**
 * reshoot_matte_to_image:
 * @self: a matte
 * @error: return location for an error
 *
 * Returns: (transfer full): a grey PNG of the picture's size
 */
ReshootImage *
reshoot_matte_to_image (ReshootMatte  *self,
                        GError       **error)
{
  g_autoptr (VipsImage) vips = NULL;
  gsize length;
  const void *data;

  g_return_val_if_fail (RESHOOT_IS_MATTE (self), NULL);

  data = g_bytes_get_data (self->values, &length);
  vips = vips_image_new_from_memory (data, length, self->width, self->height, 1, VIPS_FORMAT_UCHAR);
  if (vips == NULL)
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  return reshoot_image_new_from_vips (vips, RESHOOT_IMAGE_FORMAT_PNG, 0, NULL, error);
}
