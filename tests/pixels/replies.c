/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Replies as an image service might send them: smaller, moved, zoomed, of other colours, compressed. */

#include "replies.h"

#include "reshoot-test.h"

VipsImage *
reply_open_sample (const char *name)
{
  g_autofree char *path = reshoot_test_sample (name);
  g_autoptr (VipsImage) file = vips_image_new_from_file (path, NULL);
  VipsImage *memory;

  g_assert_nonnull (file);
  memory = vips_image_copy_memory (file);
  g_assert_nonnull (memory);
  return memory;
}

/* A copy, with red and blue changed places in the box. */
VipsImage *
reply_recolour (VipsImage        *vips,
                const ReshootBox *box)
{
  VipsImage *copy = vips_image_copy_memory (vips);
  VipsImage *own = vips_image_new_memory ();

  g_assert_cmpint (vips_image_write (copy, own), ==, 0);
  g_object_unref (copy);
  for (int y = box->y; y < box->y + box->height; y++)
    for (int x = box->x; x < box->x + box->width; x++)
      {
        guint8 *at = VIPS_IMAGE_ADDR (own, x, y);
        guint8 red = at[0];

        at[0] = at[2];
        at[2] = red;
      }

  return own;
}

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
