/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a picture's numbers mean: through its profile, or without one, to RGB or RGBA of 8 or 16 bits, and on to sRGB.
 * It hides grey, palette, ink and odd depths. */

#include "reshoot-image-private.h"

#include <string.h>

static gboolean
has_profile_for (VipsImage  *vips,
                 const char *space)
{
  const void *data;
  gsize length;

  return vips_image_get_typeof (vips, VIPS_META_ICC_NAME) != 0
         && vips_image_get_blob (vips, VIPS_META_ICC_NAME, &data, &length) == 0
         && reshoot_profile_is_space (data, length, space);
}

static gboolean
is_deep (VipsImage *vips)
{
  VipsBandFormat format = vips_image_get_format (vips);

  return format != VIPS_FORMAT_UCHAR && format != VIPS_FORMAT_CHAR;
}

/* To sRGB through the picture's own profile, or through libvips' own one for ink. */
static VipsImage *
transform (VipsImage *vips)
{
  VipsImage *rgb = NULL;
  int depth = is_deep (vips) ? 16 : 8;

  if (vips_icc_transform (vips, &rgb, "srgb", "embedded", TRUE, "input_profile", "cmyk",
                          "intent", VIPS_INTENT_RELATIVE, "black_point_compensation", TRUE,
                          "depth", depth, NULL) != 0)
    return NULL;

  return rgb;
}

/* Without a profile to go by; one that describes another kind of colour than the picture holds is dropped. */
static VipsImage *
convert (VipsImage *vips)
{
  g_autoptr (VipsImage) rgb = NULL;
  g_autoptr (VipsImage) bands = NULL;
  gboolean deep = is_deep (vips);
  VipsInterpretation space = deep ? VIPS_INTERPRETATION_RGB16 : VIPS_INTERPRETATION_sRGB;
  VipsImage *cast = NULL;

  if (vips_colourspace (vips, &rgb, space, NULL) != 0)
    return NULL;

  if (rgb->Bands < 3)
    {
      vips_error ("reshoot", "%d bands are no colour", rgb->Bands);
      return NULL;
    }

  if (vips_extract_band (rgb, &bands, 0, "n", MIN (rgb->Bands, 4), NULL) != 0
      || vips_cast (bands, &cast, deep ? VIPS_FORMAT_USHORT : VIPS_FORMAT_UCHAR, NULL) != 0)
    return NULL;

  if (!has_profile_for (cast, "RGB "))
    vips_image_remove (cast, VIPS_META_ICC_NAME);
  return cast;
}

/* To RGB or RGBA, 8 or 16 bit. Returns NULL with libvips' error buffer set. */
VipsImage *
reshoot_image_normalise (VipsImage *vips)
{
  VipsInterpretation meaning = vips_image_guess_interpretation (vips);

  if (meaning == VIPS_INTERPRETATION_CMYK)
    {
      g_autoptr (VipsImage) rgb = transform (vips);

      return rgb != NULL ? convert (rgb) : NULL;
    }

  if ((meaning == VIPS_INTERPRETATION_B_W || meaning == VIPS_INTERPRETATION_GREY16)
      && has_profile_for (vips, "GRAY"))
    {
      g_autoptr (VipsImage) rgb = transform (vips);

      return rgb != NULL ? convert (rgb) : NULL;
    }

  return convert (vips);
}

/* Whether the numbers are in another space than sRGB. A profile that calls itself sRGB is believed: to transform
 * through it would cost a second for a large picture and change nothing. */
gboolean
reshoot_image_needs_transform (VipsImage *vips)
{
  g_autofree char *name = NULL;
  const void *data;
  gsize length;

  if (vips_image_get_typeof (vips, VIPS_META_ICC_NAME) == 0
      || vips_image_get_blob (vips, VIPS_META_ICC_NAME, &data, &length) != 0)
    return FALSE;

  name = reshoot_profile_dup_name (data, length);
  return name == NULL || !g_str_has_prefix (name, "sRGB");
}

/* Whether their numbers mean the same: by profiles that are equal to the byte, or by none. */
gboolean
reshoot_image_has_same_profile (VipsImage *a,
                                VipsImage *b)
{
  const void *data_a = NULL;
  const void *data_b = NULL;
  gsize length_a = 0;
  gsize length_b = 0;

  if (vips_image_get_typeof (a, VIPS_META_ICC_NAME) != 0)
    vips_image_get_blob (a, VIPS_META_ICC_NAME, &data_a, &length_a);
  if (vips_image_get_typeof (b, VIPS_META_ICC_NAME) != 0)
    vips_image_get_blob (b, VIPS_META_ICC_NAME, &data_b, &length_b);

  return length_a == length_b && (length_a == 0 || memcmp (data_a, data_b, length_a) == 0);
}

/* @vips: RGB or RGBA, 8 or 16 bit, and so is the result. Returns NULL with libvips' error buffer set. */
VipsImage *
reshoot_image_to_srgb (VipsImage *vips)
{
  return reshoot_image_needs_transform (vips) ? transform (vips) : g_object_ref (vips);
}

/* Lays transparency on white. Returns NULL with libvips' error buffer set. */
VipsImage *
reshoot_image_flatten (VipsImage *vips)
{
  double white = is_deep (vips) ? 65535 : 255;
  VipsArrayDouble *background = vips_array_double_newv (1, white);
  VipsImage *flat = NULL;

  vips_flatten (vips, &flat, "background", background, NULL);
  vips_area_unref (VIPS_AREA (background));
  return flat;
}
