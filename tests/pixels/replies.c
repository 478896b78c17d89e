/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Replies as an image service might send them: smaller, moved, zoomed, of other colours, compressed. */

#include "replies.h"

/* @truth: 8-bit RGB of any size. */
ReshootImage *
reply_new (VipsImage   *truth,
           const Reply *reply)
{
  g_autoptr (VipsImage) small = NULL;
  g_autoptr (VipsImage) moved = NULL;
  g_autoptr (VipsImage) toned = NULL;
  g_autoptr (VipsImage) bytes = NULL;
  g_autoptr (GObject) cubic = (GObject *) vips_interpolate_new ("bicubic");
  g_autoptr (GError) error = NULL;
  VipsArrayInt *area = vips_array_int_newv (4, 0, 0, reply->width, reply->height);
  ReshootImage *image;
  int failed;

  failed = vips_resize (truth, &small, (double) reply->width / truth->Xsize,
                        "vscale", (double) reply->height / truth->Ysize, NULL);
  g_assert_cmpint (failed, ==, 0);
  failed = vips_affine (small, &moved, reply->zoom, 0, 0, reply->zoom,
                        "odx", (reply->width - 1) / 2.0 * (1 - reply->zoom) + reply->dx,
                        "ody", (reply->height - 1) / 2.0 * (1 - reply->zoom) + reply->dy,
                        "oarea", area, "interpolate", cubic, "extend", VIPS_EXTEND_COPY, NULL);
  vips_area_unref (VIPS_AREA (area));
  g_assert_cmpint (failed, ==, 0);
  failed = vips_linear (moved, &toned, reply->gain, reply->offset, 3, NULL);
  g_assert_cmpint (failed, ==, 0);
  failed = vips_cast (toned, &bytes, VIPS_FORMAT_UCHAR, NULL);
  g_assert_cmpint (failed, ==, 0);

  image = reshoot_image_new_from_vips (bytes, RESHOOT_IMAGE_FORMAT_JPEG, reply->quality, NULL,
                                       &error);
  g_assert_no_error (error);
  return image;
}
