/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Foreign bytes at the gate, and everything that is done with those that it lets in. */

#include "fuzz.h"

#include "reshoot-image-private.h"

/* Larger pictures only take longer. */
#define MAX_PIXELS (1024 * 1024)

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  g_type_ensure (RESHOOT_TYPE_IMAGE);
  vips_concurrency_set (1);
  return 0;
}

/* What the gate and the check let in can be decoded, and has the size that was told. */
static void
use_whole (ReshootImage *image)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VipsImage) vips = reshoot_image_dup_vips (image, &error);
  g_autoptr (ReshootImage) thumbnail = NULL;

  if (vips == NULL)
    {
      /* Only for its colours: a profile that is none, a kind of colour that is unknown. */
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
      return;
    }

  g_assert_cmpint (vips_image_get_width (vips), ==, reshoot_image_get_width (image));
  g_assert_cmpint (vips_image_get_height (vips), ==, reshoot_image_get_height (image));
  g_assert_cmpint (vips_image_get_bands (vips), >=, 3);
  g_assert_cmpint (vips_image_get_bands (vips), <=, 4);

  thumbnail = reshoot_image_make_thumbnail (image, 32, NULL, &error);
  g_assert_true (thumbnail != NULL || error != NULL);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autoptr (GBytes) bytes = g_bytes_new (data, length);
  g_autoptr (GBytes) stripped = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = reshoot_image_new_from_bytes (bytes, "fuzz", &error);

  if (image == NULL)
    {
      g_assert_nonnull (error);
      g_assert_nonnull (reshoot_error_get_reason (error));
      return 0;
    }

  g_assert_no_error (error);
  stripped = reshoot_image_strip (bytes, reshoot_image_get_format (image));
  if (stripped != NULL)
    g_assert_cmpuint (g_bytes_get_size (stripped), <=, length);

  if ((gint64) reshoot_image_get_width (image) * reshoot_image_get_height (image) > MAX_PIXELS)
    return 0;

  if (reshoot_image_check (image, NULL, &error))
    use_whole (image);
  else
    g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);

  return 0;
}
