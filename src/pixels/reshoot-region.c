/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootRegion: the part of a picture that a person allows to change, or forbids: a box, a painted mask of what may
 * change, one of what may not. Each limits the others further. Its promise is that every pixel it leaves out comes
 * out with the bits it had, at any depth; the seam, a few pixels, lies within what may change. */

#include "reshoot-region.h"

#include "reshoot-image-private.h"
#include "reshoot-region-private.h"

#include <math.h>
#include <string.h>

struct _ReshootRegion
{
  GObject       parent_instance;

  double        box[4];     /* x, y, width, height in pixels; NANs: none */
  ReshootImage *here;       /* (nullable) */
  ReshootImage *never;      /* (nullable) */
};

G_DEFINE_FINAL_TYPE (ReshootRegion, reshoot_region, G_TYPE_OBJECT)

static void
reshoot_region_finalize (GObject *object)
{
  ReshootRegion *self = RESHOOT_REGION (object);

  g_clear_object (&self->here);
  g_clear_object (&self->never);

  G_OBJECT_CLASS (reshoot_region_parent_class)->finalize (object);
}

static void
reshoot_region_class_init (ReshootRegionClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_region_finalize;
}

static void
reshoot_region_init (ReshootRegion *self)
{
}

/**
 * reshoot_region_new:
 * @box: (array fixed-size=4): x, y, width, height in pixels of the upright picture; NANs where there is none
 * @here: (nullable): a picture whose white may change, stretched over the whole picture
 * @never: (nullable): alike, whose white may not change
 *
 * Returns: (transfer full): the region; nothing of it is read yet
 */
ReshootRegion *
reshoot_region_new (const double  box[4],
                    ReshootImage *here,
                    ReshootImage *never)
{
  ReshootRegion *self = g_object_new (RESHOOT_TYPE_REGION, NULL);

  memcpy (self->box, box, sizeof self->box);
  g_set_object (&self->here, here);
  g_set_object (&self->never, never);
  return self;
}

/**
 * reshoot_region_draw_mask:
 * @values: one byte a pixel, row by row without gaps; 255 is white
 * @width: in pixels
 * @height: in pixels
 * @error: return location
 *
 * Returns: (transfer full): a grey PNG, as a region takes it
 */
ReshootImage *
reshoot_region_draw_mask (const guint8  *values,
                          int            width,
                          int            height,
                          GError       **error)
{
  g_autoptr (VipsImage) vips = NULL;

  g_return_val_if_fail (values != NULL && width > 0 && height > 0, NULL);

  g_type_ensure (RESHOOT_TYPE_IMAGE);
  vips = vips_image_new_from_memory (values, (size_t) width * height, width, height, 1,
                                     VIPS_FORMAT_UCHAR);
  if (vips == NULL)
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  return reshoot_image_new_from_vips (vips, RESHOOT_IMAGE_FORMAT_PNG, 0, NULL, error);
}

/* Blending */

typedef struct
{
  ReshootRegionFit *fit;
  VipsImage        *inputs[3];    /* source, changed, NULL */
} Blend;

static void
blend_free (gpointer data)
{
  Blend *blend = data;

  g_clear_object (&blend->inputs[0]);
  g_clear_object (&blend->inputs[1]);
  g_clear_pointer (&blend->fit, reshoot_region_fit_free);
  g_free (blend);
}

/* One pixel of @bands numbers, which are transparent by the last of four. */
static void
mix (const double *from,
     const double *to,
     double        weight,
     int           bands,
     double       *out)
{
  double a = 1 - weight;
  double b = weight;

  if (bands == 4)
    {
      out[3] = from[3] * a + to[3] * b;
      a *= from[3];
      b *= to[3];
    }

  for (int band = 0; band < 3; band++)
    out[band] = a + b > 0 ? (from[band] * a + to[band] * b) / (a + b) : from[band];
}

static void
mix_line (const guint8   *from,
          const guint8   *to,
          const guint8   *weights,
          guint8         *out,
          int             n,
          int             bands,
          VipsBandFormat  format)
{
  gboolean deep = format == VIPS_FORMAT_USHORT;
  gsize size = (gsize) bands * (deep ? 2 : 1);

  for (int i = 0; i < n; i++)
    {
      double a[4] = { 0 }, b[4] = { 0 }, c[4] = { 0 };

      if (weights[i] == 0 || weights[i] == 255)
        {
          memcpy (out + i * size, (weights[i] == 0 ? from : to) + i * size, size);
          continue;
        }

      for (int band = 0; band < bands; band++)
        {
          int at = i * bands + band;

          a[band] = deep ? ((const guint16 *) from)[at] : from[at];
          b[band] = deep ? ((const guint16 *) to)[at] : to[at];
        }

      mix (a, b, weights[i] / 255.0, bands, c);
      for (int band = 0; band < bands; band++)
        {
          int at = i * bands + band;

          if (deep)
            ((guint16 *) out)[at] = (guint16) (c[band] + 0.5);
          else
            out[at] = (guint8) (c[band] + 0.5);
        }
    }
}

/* What changed is asked for only where it shows: the rest of it need never be computed. */
static int
blend_generate_cb (VipsRegion *out,
                   void       *seq,
                   void       *a,
                   void       *b,
                   gboolean   *stop)
{
  VipsRegion **regions = seq;
  const Blend *blend = b;
  const VipsRect *rect = &out->valid;
  gsize size = VIPS_IMAGE_SIZEOF_PEL (out->im);
  g_autofree guint8 *weights = g_new (guint8, (gsize) rect->width * rect->height);
  gboolean any = FALSE;

  for (int y = 0; y < rect->height; y++)
    any |= reshoot_region_fit_weigh (blend->fit, rect->left, rect->top + y, rect->width,
                                     weights + (gsize) y * rect->width);

  if (vips_region_prepare (regions[0], rect) != 0 ||
      (any && vips_region_prepare (regions[1], rect) != 0))
    return -1;

  for (int y = 0; y < rect->height; y++)
    {
      const guint8 *from = VIPS_REGION_ADDR (regions[0], rect->left, rect->top + y);
      guint8 *to = VIPS_REGION_ADDR (out, rect->left, rect->top + y);

      if (!any)
        memcpy (to, from, rect->width * size);
      else
        mix_line (from, VIPS_REGION_ADDR (regions[1], rect->left, rect->top + y),
                  weights + (gsize) y * rect->width, to, rect->width, out->im->Bands,
                  out->im->BandFmt);
    }

  return 0;
}

static VipsImage *
add_alpha (VipsImage *vips,
           int        bands)
{
  double opaque = vips->BandFmt == VIPS_FORMAT_USHORT ? 65535 : 255;
  VipsImage *out = NULL;

  if (vips->Bands >= bands)
    return g_object_ref (vips);

  vips_bandjoin_const1 (vips, &out, opaque, NULL);
  return out;
}

static VipsImage *
blend_lazily (Blend *blend)
{
  g_autoptr (VipsImage) out = vips_image_new ();

  g_object_set_data_full (G_OBJECT (out), "reshoot-blend", blend, blend_free);
  if (blend->inputs[0] == NULL || blend->inputs[1] == NULL ||
      vips_image_pipeline_array (out, VIPS_DEMAND_STYLE_THINSTRIP, blend->inputs) != 0 ||
      vips_image_generate (out, vips_start_many, blend_generate_cb, vips_stop_many, blend->inputs,
                           blend) != 0)
    return NULL;

  return g_steal_pointer (&out);
}

/*
 * reshoot_region_blend:
 * @self: a region
 * @source: RGB or RGBA of 8 or 16 bit
 * @changed: of the same size and depth
 * @error: return location
 *
 * Reads the masks now and the pixels when they are asked for. The profile and the notes are those of @source; there is
 * transparency where either has it.
 *
 * Returns: (transfer full): @changed within the region, @source outside it, or %NULL
 */
VipsImage *
reshoot_region_blend (ReshootRegion  *self,
                      VipsImage      *source,
                      VipsImage      *changed,
                      GError        **error)
{
  Blend *blend;
  VipsImage *out;
  int bands = MAX (source->Bands, changed->Bands);

  g_return_val_if_fail (RESHOOT_IS_REGION (self), NULL);
  g_return_val_if_fail (source->BandFmt == changed->BandFmt, NULL);
  g_return_val_if_fail (source->Xsize == changed->Xsize && source->Ysize == changed->Ysize, NULL);

  blend = g_new0 (Blend, 1);
  blend->fit = reshoot_region_fit_new (self->box, self->here, self->never, source->Xsize,
                                       source->Ysize, error);
  if (blend->fit == NULL)
    {
      blend_free (blend);
      return NULL;
    }

  blend->inputs[0] = add_alpha (source, bands);
  blend->inputs[1] = add_alpha (changed, bands);
  out = blend_lazily (blend);
  if (out == NULL)
    reshoot_set_vips_error (error, NULL);
  return out;
}

/* A reply */

/* sRGB of 8 or 16 bit in the numbers of @like: its profile, its depth. */
static VipsImage *
convert_like (VipsImage *srgb,
              VipsImage *like)
{
  gboolean deep = like->BandFmt == VIPS_FORMAT_USHORT;
  VipsInterpretation space = deep ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB;
  g_autoptr (VipsImage) plain = NULL;
  g_autoptr (VipsImage) lab = NULL;
  g_autoptr (VipsImage) copy = NULL;
  VipsImage *out = NULL;
  const void *profile;
  size_t length;

  if (!reshoot_image_needs_transform (like))
    {
      if (vips_colourspace (srgb, &plain, space, NULL) == 0)
        vips_cast (plain, &out, like->BandFmt, NULL);
      return out;
    }

  /* Between the profiles themselves: libvips's own way to Lab knows another white than they do. */
  if (vips_icc_import (srgb, &lab, "embedded", TRUE, "input_profile", "srgb",
                       "intent", VIPS_INTENT_RELATIVE, NULL) != 0 ||
      vips_copy (lab, &copy, NULL) != 0 ||
      vips_image_get_blob (like, VIPS_META_ICC_NAME, &profile, &length) != 0)
    return NULL;

  vips_image_set_blob_copy (copy, VIPS_META_ICC_NAME, profile, length);
  vips_icc_export (copy, &out, "intent", VIPS_INTENT_RELATIVE, "depth", deep ? 16 : 8, NULL);
  return out;
}

/* The reply where the source is: @affine says where a point of that is in the reply, without turning. */
static VipsImage *
place_like (VipsImage    *reply,
            VipsImage    *like,
            const double  affine[6])
{
  g_autoptr (VipsImage) shrunk = NULL;
  VipsInterpolate *bicubic;
  VipsArrayInt *area;
  double across = affine[0];
  double down = affine[4];
  VipsImage *out = NULL;

  /* Where it is larger than the source it is made smaller first, which leaves no jagged lines. */
  if (vips_resize (reply, &shrunk, MIN (1, 1 / across), "vscale", MIN (1, 1 / down), NULL) != 0)
    return NULL;

  across *= (double) shrunk->Xsize / reply->Xsize;
  down *= (double) shrunk->Ysize / reply->Ysize;

  bicubic = vips_interpolate_new ("bicubic");
  area = vips_array_int_newv (4, 0, 0, like->Xsize, like->Ysize);

  /* Points count from a corner of a pixel here, and from its middle in libvips. */
  vips_affine (shrunk, &out, 1 / across, 0, 0, 1 / down, "interpolate", bicubic, "oarea", area,
               "odx", (0.5 - affine[2] * across / affine[0]) / across - 0.5,
               "ody", (0.5 - affine[5] * down / affine[4]) / down - 0.5,
               "extend", VIPS_EXTEND_COPY, NULL);
  vips_area_unref (VIPS_AREA (area));
  g_object_unref (bicubic);
  return out;
}

static VipsImage *
flatten (VipsImage *vips)
{
  return vips_image_hasalpha (vips) ? reshoot_image_flatten (vips) : g_object_ref (vips);
}

static VipsImage *
bring_home (VipsImage    *reply,
            VipsImage    *source,
            const double  affine[6])
{
  g_autoptr (VipsImage) srgb = reshoot_image_to_srgb (reply);
  g_autoptr (VipsImage) flat = srgb != NULL ? flatten (srgb) : NULL;
  g_autoptr (VipsImage) same = flat != NULL ? convert_like (flat, source) : NULL;

  return same != NULL ? place_like (same, source, affine) : NULL;
}

/* Less of it than this, in pixels, is missing where numbers were rounded on the way: nothing is. */
#define COVER_SLACK 0.5

/* Along one side of the source: what of the box's @start and @length the reply covers. NANs are all of it. */
static void
limit_side (double  scale,
            double  shift,
            int     reply,
            int     source,
            double *start,
            double *length)
{
  double from = -shift / scale;
  double to = (reply - shift) / scale;
  double end;

  if (isnan (*start))
    {
      *start = 0;
      *length = source;
    }

  end = *start + *length;
  if (to < source - COVER_SLACK && to < end)
    *length = MAX (to - *start, 0);
  if (from > COVER_SLACK && from > *start)
    {
      *length = MAX (*start + *length - from, 0);
      *start = from;
    }
}

/* The region, of which what the reply does not cover is taken away: nothing is known of a change there. */
static ReshootRegion *
limit_to_reply (ReshootRegion *self,
                VipsImage     *source,
                VipsImage     *reply,
                const double   affine[6])
{
  double box[4];

  memcpy (box, self->box, sizeof box);
  limit_side (affine[0], affine[2], reply->Xsize, source->Xsize, &box[0], &box[2]);
  limit_side (affine[4], affine[5], reply->Ysize, source->Ysize, &box[1], &box[3]);
  return reshoot_region_new (box, self->here, self->never);
}

/**
 * reshoot_region_compose:
 * @self: a region
 * @source: a picture
 * @reply: what was made of it, of any size, depth and profile; transparency is laid on white
 * @affine: (array fixed-size=6): where a point of @source is in @reply; it may scale and shift alone
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Errors: those of decoding and encoding; `FAILED` "libvips"; %G_IO_ERROR_CANCELLED. Blocks: for a worker thread.
 *
 * Returns: (transfer full): @reply within the region and @source outside it and where @reply does not reach, of the
 *   size, depth, profile and notes of @source, as PNG; or %NULL
 */
ReshootImage *
reshoot_region_compose (ReshootRegion  *self,
                        ReshootImage   *source,
                        ReshootImage   *reply,
                        const double    affine[6],
                        GCancellable   *cancellable,
                        GError        **error)
{
  g_autoptr (ReshootRegion) limited = NULL;
  g_autoptr (VipsImage) before = NULL;
  g_autoptr (VipsImage) after = NULL;
  g_autoptr (VipsImage) home = NULL;
  g_autoptr (VipsImage) out = NULL;

  g_return_val_if_fail (RESHOOT_IS_REGION (self), NULL);
  g_return_val_if_fail (RESHOOT_IS_IMAGE (source) && RESHOOT_IS_IMAGE (reply), NULL);
  g_return_val_if_fail (affine[0] > 0 && affine[4] > 0, NULL);

  before = reshoot_image_decode (source, cancellable, error);
  if (before == NULL)
    return NULL;
  after = reshoot_image_decode (reply, cancellable, error);
  if (after == NULL)
    return NULL;

  home = bring_home (after, before, affine);
  if (home == NULL)
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  limited = limit_to_reply (self, before, after, affine);
  out = reshoot_region_blend (limited, before, home, error);
  if (out == NULL)
    return NULL;

  return reshoot_image_new_from_vips (out, RESHOOT_IMAGE_FORMAT_PNG, 0, cancellable, error);
}
