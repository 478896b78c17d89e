/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The "edit" of the fake cloud: the picture that was sent, with a striped band across it that says FAKE. Nobody is to
 * take it for a model's work. The letters are drawn here, so that no font is needed and the bytes are always the
 * same. */

#include "fake-cloud-private.h"
#include "reshoot-image-vips.h"

#include <string.h>

#define WORD_WIDTH  23   /* four letters of five, and three gaps */
#define WORD_HEIGHT 7

typedef struct
{
  int     width;
  int     height;
  guint8 *pixels;    /* RGB */
} Canvas;

/* A row of a letter is five bits. */
static gboolean
word_is_inked (int x,
               int y)
{
  static const guint8 letters[4][WORD_HEIGHT] = {
    { 31, 16, 16, 30, 16, 16, 16 }, { 14, 17, 17, 31, 17, 17, 17 },
    { 17, 18, 20, 24, 20, 18, 17 }, { 31, 16, 16, 30, 16, 16, 31 },
  };

  return x >= 0 && y >= 0 && x < WORD_WIDTH && y < WORD_HEIGHT && x % 6 < 5 &&
         (letters[x / 6][y] >> (4 - x % 6) & 1) != 0;
}

static void
paint (Canvas       *canvas,
       int           x,
       int           y,
       const guint8  color[3])
{
  if (x >= 0 && y >= 0 && x < canvas->width && y < canvas->height)
    memcpy (canvas->pixels + ((gsize) y * (gsize) canvas->width + (gsize) x) * 3, color, 3);
}

/* A band over the lowest sixth of the given part: stripes, and the word in a box of its own. */
static void
mark_part (Canvas *canvas,
           int     left,
           int     top,
           int     width,
           int     height,
           guint   nth)
{
  static const guint8 colors[4][3] = {
    { 255, 204, 0 }, { 255, 120, 90 }, { 110, 200, 255 }, { 150, 230, 120 },
  };
  static const guint8 black[3] = { 0, 0, 0 };
  static const guint8 white[3] = { 255, 255, 255 };
  int band = MAX (height / 6, 1);
  int dot = MAX (MIN (band / (WORD_HEIGHT + 4), width / (WORD_WIDTH + 4)), 1);
  int box_width = (WORD_WIDTH + 2) * dot;
  int box_height = (WORD_HEIGHT + 2) * dot;
  int box_left = (width - box_width) / 2;
  int box_top = (band - box_height) / 2;

  for (int y = 0; y < band; y++)
    for (int x = 0; x < width; x++)
      {
        gboolean in_box = x >= box_left && x < box_left + box_width &&
                          y >= box_top && y < box_top + box_height;
        const guint8 *color = (x + y) / (2 * dot + 1) % 2 == 0 ? black : colors[nth % 4];

        if (in_box)
          color = word_is_inked ((x - box_left) / dot - 1, (y - box_top) / dot - 1) ? black : white;
        paint (canvas, left + x, top + height - band + y, color);
      }
}

/* The picture as RGB in the wanted size; grey where there is none, or none that can be read. */
static Canvas
load (GBytes *picture,
      int     width,
      int     height)
{
  Canvas canvas = { width, height, NULL };
  g_autoptr (VipsImage) image = NULL;
  g_autoptr (VipsImage) upright = NULL;
  g_autoptr (VipsImage) srgb = NULL;
  g_autoptr (VipsImage) flat = NULL;
  g_autoptr (VipsImage) sized = NULL;
  gsize length = 0;
  const void *data = picture != NULL ? g_bytes_get_data (picture, &length) : NULL;

  if (data != NULL)
    image = vips_image_new_from_buffer (data, length, "", NULL);
  if (image != NULL && vips_autorot (image, &upright, NULL) == 0 &&
      vips_colourspace (upright, &srgb, VIPS_INTERPRETATION_sRGB, NULL) == 0 &&
      (vips_image_hasalpha (srgb) ? vips_flatten (srgb, &flat, NULL)
                                  : vips_copy (srgb, &flat, NULL)) == 0)
    {
      canvas.width = width > 0 ? width : vips_image_get_width (flat);
      canvas.height = height > 0 ? height : vips_image_get_height (flat);
      if (vips_thumbnail_image (flat, &sized, canvas.width, "height", canvas.height,
                                "size", VIPS_SIZE_FORCE, NULL) == 0 &&
          vips_image_get_bands (sized) == 3 && vips_image_get_format (sized) == VIPS_FORMAT_UCHAR)
        canvas.pixels = vips_image_write_to_memory (sized, &length);
    }
  vips_error_clear ();

  if (canvas.pixels == NULL)
    {
      canvas.width = canvas.width > 0 ? canvas.width : 1024;
      canvas.height = canvas.height > 0 ? canvas.height : 1024;
      canvas.pixels = g_malloc ((gsize) canvas.width * (gsize) canvas.height * 3);
      memset (canvas.pixels, 128, (gsize) canvas.width * (gsize) canvas.height * 3);
    }

  return canvas;
}

static GBytes *
save (Canvas     *canvas,
      const char *format)
{
  gsize length = (gsize) canvas->width * (gsize) canvas->height * 3;
  g_autoptr (VipsImage) image = NULL;
  void *data = NULL;
  int failed;

  image = vips_image_new_from_memory (canvas->pixels, length, canvas->width, canvas->height, 3,
                                      VIPS_FORMAT_UCHAR);
  g_assert_nonnull (image);
  image->Type = VIPS_INTERPRETATION_sRGB;

  if (g_str_equal (format, "jpeg") || g_str_equal (format, "jpg"))
    failed = vips_jpegsave_buffer (image, &data, &length, "Q", 90, NULL);
  else if (g_str_equal (format, "webp"))
    failed = vips_webpsave_buffer (image, &data, &length, "lossless", TRUE, "effort", 0, NULL);
  else
    failed = vips_pngsave_buffer (image, &data, &length, "compression", 1, NULL);

  g_assert_cmpint (failed, ==, 0);
  return g_bytes_new_with_free_func (data, length, g_free, data);
}

static Canvas
tile (const Canvas *one)
{
  Canvas four = { one->width * 2, one->height * 2, NULL };
  gsize row = (gsize) one->width * 3;

  four.pixels = g_malloc ((gsize) four.width * (gsize) four.height * 3);
  for (int y = 0; y < four.height; y++)
    for (gsize x = 0; x < 2; x++)
      memcpy (four.pixels + ((gsize) y * 2 + x) * row,
              one->pixels + (gsize) (y % one->height) * row, row);

  return four;
}

GBytes *
fake_picture_mark (GBytes     *picture,
                   int         width,
                   int         height,
                   const char *format,
                   guint       nth,
                   gboolean    is_grid)
{
  Canvas one = load (picture, width, height);
  Canvas four = { 0 };
  GBytes *marked;

  if (is_grid)
    {
      four = tile (&one);
      for (int i = 0; i < 4; i++)
        mark_part (&four, i % 2 * one.width, i / 2 * one.height, one.width, one.height, (guint) i);
    }
  else
    {
      mark_part (&one, 0, 0, one.width, one.height, nth);
    }

  marked = save (is_grid ? &four : &one, format);
  g_free (four.pixels);
  g_free (one.pixels);
  return marked;
}

/* (transfer full): @picture with the mark, in that size (0: as it is) and format ("png", "jpeg", "webp"; NULL: "png").
 * A grey one where @picture is NULL or cannot be read. */
GBytes *
fake_cloud_mark_picture (GBytes     *picture,
                         int         width,
                         int         height,
                         const char *format)
{
  return fake_picture_mark (picture, width, height, format != NULL ? format : "png", 0, FALSE);
}
