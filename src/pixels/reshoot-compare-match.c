/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Two pictures brought together, so that their numbers can be compared: to one size, depth, number of bands and,
 * where they differ, to sRGB. */

#include "reshoot-compare-private.h"

/* Each of the next three answers a new picture, or the same one with a reference more; NULL when libvips fails. */

static VipsImage *
resize (VipsImage *vips,
        int        width,
        int        height)
{
  double across = (double) width / vips_image_get_width (vips);
  double down = (double) height / vips_image_get_height (vips);
  VipsImage *resized = NULL;

  if (across == 1.0 && down == 1.0)
    return g_object_ref (vips);

  return vips_resize (vips, &resized, across, "vscale", down, NULL) == 0 ? resized : NULL;
}

VipsImage *
reshoot_compare_cast (VipsImage      *vips,
                      VipsBandFormat  format)
{
  VipsImage *shifted = NULL;

  if (vips_image_get_format (vips) == format)
    return g_object_ref (vips);

  return vips_cast (vips, &shifted, format, "shift", TRUE, NULL) == 0 ? shifted : NULL;
}

static VipsImage *
add_alpha (VipsImage *vips,
           int        n_bands)
{
  VipsImage *with = NULL;

  if (vips_image_get_bands (vips) == n_bands)
    return g_object_ref (vips);

  return vips_addalpha (vips, &with, NULL) == 0 ? with : NULL;
}

/* Brings a picture to the other's size, depth and bands, and to sRGB unless both hold the same kind of numbers. */
VipsImage *
reshoot_compare_match (VipsImage *vips,
                       VipsImage *other,
                       int        width,
                       int        height,
                       gboolean   same_profile)
{
  g_autoptr (VipsImage) srgb = same_profile ? g_object_ref (vips) : reshoot_image_to_srgb (vips);
  g_autoptr (VipsImage) shallow = NULL;
  g_autoptr (VipsImage) resized = NULL;
  g_autoptr (VipsImage) alpha = NULL;

  if (srgb != NULL)
    shallow = reshoot_compare_cast (srgb, MIN (vips_image_get_format (vips),
                                               vips_image_get_format (other)));
  if (shallow != NULL)
    resized = resize (shallow, width, height);
  if (resized != NULL)
    alpha = add_alpha (resized, MAX (vips_image_get_bands (vips), vips_image_get_bands (other)));

  /* Three measures read it: what was done to it is done once. */
  return alpha != NULL ? vips_image_copy_memory (alpha) : NULL;
}
