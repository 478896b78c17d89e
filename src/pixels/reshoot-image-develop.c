/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is done to a picture on its way out: smaller, sharper, in other colours. Sizes change in linear light and with
 * colours weighed by their opacity, so that fine bright lines keep their brightness and cut-outs their rims. */

#include "reshoot-image-private.h"

#include <math.h>
#include <string.h>

#include "reshoot-mark-private.h"

/* Nothing is divided by less opacity. */
#define OPACITY_MIN 1e-6

/* Whether @options ask for other pixels than the picture has. */
gboolean
reshoot_image_is_developed (ReshootImage             *self,
                            const ReshootSaveOptions *options)
{
  int edge = MAX (reshoot_image_get_width (self), reshoot_image_get_height (self));

  return (options->long_edge > 0 && options->long_edge < edge) ||
         options->sharpen != RESHOOT_SHARPEN_NONE || options->profile != RESHOOT_PROFILE_KEEP;
}

static int
resize_bands (VipsImage  *vips,
              int         width,
              int         height,
              VipsImage **out)
{
  return vips_resize (vips, out, width / (double) vips->Xsize, "vscale", height / (double) vips->Ysize,
                      "kernel", VIPS_KERNEL_LANCZOS3, NULL);
}

/* Colours and opacity apart, each as floats; the opacity 0–1. */
static int
split (VipsImage  *vips,
       double      white,
       VipsImage **colours,
       VipsImage **opacity)
{
  g_autoptr (VipsImage) bands = NULL;
  g_autoptr (VipsImage) band = NULL;

  if (vips_extract_band (vips, &bands, 0, "n", 3, NULL) != 0 ||
      vips_colourspace (bands, colours, VIPS_INTERPRETATION_scRGB, NULL) != 0)
    return -1;

  if (vips->Bands < 4)
    return 0;

  return vips_extract_band (vips, &band, 3, NULL) != 0 ||
         vips_linear1 (band, opacity, 1 / white, 0, NULL) != 0 ? -1 : 0;
}

/* The opposite. */
static int
join (VipsImage  *colours,
      VipsImage  *opacity,
      VipsImage  *model,
      double      white,
      VipsImage **out)
{
  g_autoptr (VipsImage) bands = NULL;
  g_autoptr (VipsImage) band = NULL;
  g_autoptr (VipsImage) whole = NULL;

  if (vips_colourspace (colours, &bands, model->Type, NULL) != 0)
    return -1;

  if (opacity == NULL)
    return vips_cast (bands, out, model->BandFmt, NULL);

  return vips_linear1 (opacity, &band, white, 0.5, NULL) != 0 ||
         vips_cast (band, &whole, model->BandFmt, NULL) != 0 ||
         vips_bandjoin2 (bands, whole, out, NULL) != 0 ? -1 : 0;
}

static int
shrink_parts (VipsImage  *colours,
              VipsImage  *opacity,
              int         width,
              int         height,
              VipsImage **small_colours,
              VipsImage **small_opacity)
{
  g_autoptr (VipsImage) weighed = NULL;
  g_autoptr (VipsImage) small = NULL;
  g_autoptr (VipsImage) weight = NULL;
  g_autoptr (VipsImage) above = NULL;

  if (opacity == NULL)
    return resize_bands (colours, width, height, small_colours);

  /* As two, so that the result is divided by what it was weighed with. */
  return vips_multiply (colours, opacity, &weighed, NULL) != 0 ||
         resize_bands (weighed, width, height, &small) != 0 ||
         resize_bands (opacity, width, height, small_opacity) != 0 ||
         vips_moreeq_const1 (*small_opacity, &above, OPACITY_MIN, NULL) != 0 ||
         vips_ifthenelse (above, *small_opacity, above, &weight, NULL) != 0 ||
         vips_divide (small, weight, small_colours, NULL) != 0 ? -1 : 0;
}

static VipsImage *
shrink (VipsImage *vips,
        int        long_edge)
{
  g_autoptr (VipsImage) colours = NULL;
  g_autoptr (VipsImage) opacity = NULL;
  g_autoptr (VipsImage) small_colours = NULL;
  g_autoptr (VipsImage) small_opacity = NULL;
  double scale = long_edge / (double) MAX (vips->Xsize, vips->Ysize);
  double white = vips->BandFmt == VIPS_FORMAT_USHORT ? G_MAXUINT16 : G_MAXUINT8;
  int width = MAX (1, (int) lround (vips->Xsize * scale));
  int height = MAX (1, (int) lround (vips->Ysize * scale));
  VipsImage *out = NULL;

  if (scale >= 1)
    return g_object_ref (vips);

  if (split (vips, white, &colours, &opacity) != 0 ||
      shrink_parts (colours, opacity, width, height, &small_colours, &small_opacity) != 0 ||
      join (small_colours, small_opacity, vips, white, &out) != 0)
    return NULL;

  return out;
}

/* Lightness alone. The radius is that of what shrinking softens, or of a drop of ink; flat grain is left in peace. */
static VipsImage *
sharpen (VipsImage      *vips,
         ReshootSharpen  kind)
{
  VipsImage *out = NULL;
  int failed;

  if (kind == RESHOOT_SHARPEN_NONE)
    return g_object_ref (vips);

  if (kind == RESHOOT_SHARPEN_SCREEN)
    failed = vips_sharpen (vips, &out, "sigma", 0.5, "x1", 1.5, "y2", 8.0, "y3", 12.0, "m1", 0.0, "m2", 1.2, NULL);
  else
    failed = vips_sharpen (vips, &out, "sigma", 1.0, "x1", 1.5, "y2", 12.0, "y3", 16.0, "m1", 0.0, "m2", 2.0, NULL);

  return failed == 0 ? out : NULL;
}

/* The numbers stay: without a profile they were sRGB all along, and now it is said. */
static VipsImage *
tag_srgb (VipsImage *vips)
{
  VipsBlob *profile = NULL;
  VipsImage *out = NULL;
  const void *data;
  gsize length;

  if (vips_profile_load ("srgb", &profile, NULL) != 0)
    return NULL;

  data = vips_blob_get (profile, &length);
  if (vips_copy (vips, &out, NULL) == 0)
    vips_image_set_blob_copy (out, VIPS_META_ICC_NAME, data, length);

  vips_area_unref (VIPS_AREA (profile));
  return out;
}

static VipsImage *
convert (VipsImage                *vips,
         const ReshootSaveOptions *options)
{
  ReshootProfile profile = options->profile;
  gboolean is_tagged = vips_image_get_typeof (vips, VIPS_META_ICC_NAME) != 0;
  VipsImage *out = NULL;

  /* libvips writes an AVIF with everything or with nothing: what has no profile is read as sRGB. */
  if (options->private_ && options->format == RESHOOT_IMAGE_FORMAT_AVIF)
    profile = RESHOOT_PROFILE_SRGB;

  if (profile == RESHOOT_PROFILE_KEEP)
    return g_object_ref (vips);

  if (profile == RESHOOT_PROFILE_SRGB && !is_tagged)
    return tag_srgb (vips);

  if (vips_icc_transform (vips, &out, profile == RESHOOT_PROFILE_P3 ? "p3" : "srgb", "embedded", TRUE,
                          "input_profile", "srgb", "intent", VIPS_INTENT_RELATIVE,
                          "black_point_compensation", TRUE,
                          "depth", vips->BandFmt == VIPS_FORMAT_USHORT ? 16 : 8, NULL) != 0)
    return NULL;

  return out;
}

/*
 * reshoot_image_develop:
 * @vips: what reshoot_image_decode() gives
 * @options: how it leaves
 * @mark: (nullable): to be written by the encoder, where it is one that writes notes
 * @cancellable: (nullable): to stop
 * @error: return location for an error
 *
 * Blocks: for a worker thread.
 *
 * Returns: (transfer full): what is to be encoded, in memory
 */
VipsImage *
reshoot_image_develop (VipsImage                 *vips,
                       const ReshootSaveOptions  *options,
                       const ReshootMark         *mark,
                       GCancellable              *cancellable,
                       GError                   **error)
{
  g_autoptr (VipsImage) small = NULL;
  g_autoptr (VipsImage) sharp = NULL;
  g_autoptr (VipsImage) converted = NULL;
  VipsImage *memory = NULL;
  gulong handler;

  vips_error_clear ();
  small = options->long_edge > 0 ? shrink (vips, options->long_edge) : g_object_ref (vips);
  if (small != NULL)
    sharp = sharpen (small, options->sharpen);
  if (sharp != NULL)
    converted = convert (sharp, options);
  if (converted != NULL)
    {
      handler = reshoot_image_kill_on_cancel (converted, cancellable);
      memory = vips_image_copy_memory (converted);
      g_cancellable_disconnect (cancellable, handler);
    }

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    g_clear_object (&memory);
  else if (memory == NULL)
    reshoot_set_vips_error (error, NULL);
  else if (mark != NULL)
    reshoot_mark_set_on (mark, memory);

  return memory;
}
