/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Labels are drawn, of large and small letters, dark on light and light on dark: what services do to every picture must
 * not be called another text, and one other letter must. */

#include "reshoot-error.h"
#include "reshoot-image-vips.h"
#include "reshoot-label-guard.h"
#include "reshoot-test.h"

#include <string.h>

#define WIDTH  640
#define HEIGHT 480

static const ReshootBox label = { 120, 140, 400, 180 };

typedef struct
{
  const char *text;    /* of two lines */
  int         dpi;     /* how large */
  gboolean    light;   /* on dark */
} Print;

static const Print prints[] = {
  { "ORCHARD PRESS\nApple Cider 330 ml", 150, FALSE },
  { "ORCHARD PRESS\nApple Cider 330 ml", 150, TRUE },
  { "Handmade in small batches with\nwater, sugar and lemon juice", 95, FALSE },
};

/* A bottle's side: light that falls off, a bit of grain, and the text in the middle of it. */
static VipsImage *
draw (const Print *print,
      const char  *text)
{
  g_autoptr (VipsImage) mask = NULL;
  VipsImage *out = vips_image_new_memory ();
  g_autoptr (VipsImage) black = NULL;
  g_autoptr (VipsImage) color = NULL;
  guint noise = 7;

  g_assert_cmpint (vips_text (&mask, text, "font", "sans", "dpi", print->dpi, NULL), ==, 0);
  g_assert_cmpint (vips_image_wio_input (mask), ==, 0);
  g_assert_cmpint (mask->Xsize, <, label.width);
  g_assert_cmpint (vips_black (&black, WIDTH, HEIGHT, "bands", 3, NULL), ==, 0);
  g_assert_cmpint (vips_copy (black, &color, "interpretation", VIPS_INTERPRETATION_sRGB, NULL), ==,
                   0);
  g_assert_cmpint (vips_image_write (color, out), ==, 0);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        guint8 *at = VIPS_IMAGE_ADDR (out, x, y);
        int u = x - label.x - 10;
        int v = y - label.y - 30;
        double ink = u >= 0 && u < mask->Xsize && v >= 0 && v < mask->Ysize
                     ? *VIPS_IMAGE_ADDR (mask, u, v) / 255.0 : 0;
        double paper = (print->light ? 60 : 190) + 0.06 * x;
        double level = paper + ink * ((print->light ? 215 : 50) - paper);

        for (int band = 0; band < 3; band++)
          {
            noise = noise * 1664525 + 1013904223;
            at[band] = (guint8) CLAMP (level - 8 * band + (noise >> 29) - 3.5, 0, 255);
          }
      }

  return out;
}

static ReshootImage *
encode (VipsImage *vips,
        int        quality)
{
  g_autoptr (GError) error = NULL;
  ReshootImage *image;

  image = reshoot_image_new_from_vips (vips, quality > 0 ? RESHOOT_IMAGE_FORMAT_JPEG
                                       : RESHOOT_IMAGE_FORMAT_PNG, quality, NULL, &error);
  g_assert_no_error (error);
  return image;
}

static VipsImage *
tone (VipsImage    *vips,
      const double  gain[3],
      const double  offset[3])
{
  g_autoptr (VipsImage) lit = NULL;
  g_autoptr (VipsImage) bytes = NULL;

  g_assert_cmpint (vips_linear (vips, &lit, gain, offset, 3, NULL), ==, 0);
  g_assert_cmpint (vips_cast (lit, &bytes, VIPS_FORMAT_UCHAR, NULL), ==, 0);
  return vips_image_copy_memory (bytes);
}

static ReshootLabelScore
look (VipsImage    *before,
      ReshootImage *after,
      const char   *what)
{
  g_autoptr (ReshootImage) source = encode (before, 0);
  g_autoptr (GError) error = NULL;
  ReshootLabelScore score;

  g_assert_true (reshoot_label_guard_look (source, after, &label, &score, &error));
  g_assert_no_error (error);
  g_test_message ("%s: likeness %.3f, sharpness %.3f", what, score.likeness, score.sharpness);
  return score;
}

/* Other light, other colours, another compression, half a pixel off: the text is the same. */
static void
test_same (gconstpointer data)
{
  static const double gains[][3] = { { 1, 1, 1 }, { 1.12, 1.04, 0.9 }, { 0.8, 0.8, 0.84 } };
  static const double offsets[][3] = { { 0, 0, 0 }, { -6, 0, 8 }, { 12, 10, 8 } };
  static const int qualities[] = { 95, 85, 75, 70 };
  const Print *print = data;
  g_autoptr (VipsImage) before = draw (print, print->text);
  ReshootLabelScore score;

  for (guint i = 0; i < G_N_ELEMENTS (gains); i++)
    for (guint j = 0; j < G_N_ELEMENTS (qualities); j++)
      {
        g_autoptr (VipsImage) toned = tone (before, gains[i], offsets[i]);
        g_autoptr (ReshootImage) after = encode (toned, qualities[j]);

        score = look (before, after, "re-toned and compressed");
        g_assert_false (score.changed);
      }

  {
    g_autoptr (ReshootImage) own = encode (before, 0);

    score = look (before, own, "the same");
    g_assert_cmpfloat_with_epsilon (score.likeness, 1, 1e-6);
    g_assert_cmpfloat_with_epsilon (score.sharpness, 1, 1e-6);
  }
}

/* One letter in every place of the text, one after the other. */
static void
test_letter (gconstpointer data)
{
  const Print *print = data;
  g_autoptr (VipsImage) before = draw (print, print->text);
  double nearest = 0;
  guint n = 0, n_seen = 0;

  for (gsize i = 0; i < strlen (print->text); i += 3)
    {
      g_autofree char *text = g_strdup (print->text);
      g_autoptr (VipsImage) drawn = NULL;
      g_autoptr (ReshootImage) after = NULL;
      ReshootLabelScore score;

      if (!g_ascii_isalnum (text[i]))
        continue;

      text[i] = g_ascii_isupper (text[i]) ? 'X' : 'z';
      drawn = draw (print, text);
      after = encode (drawn, 85);
      score = look (before, after, text);
      nearest = MAX (nearest, score.likeness);
      n++;
      n_seen += score.changed;
    }

  g_test_message ("%u of %u letters seen, the nearest at %.3f", n_seen, n, nearest);
  g_assert_cmpuint (n, >, 5);
  g_assert_cmpuint (n_seen, ==, n);
}

static void
test_spoilt (gconstpointer data)
{
  const Print *print = data;
  g_autoptr (VipsImage) before = draw (print, print->text);
  g_autoptr (VipsImage) empty = draw (print, ".");
  g_autoptr (VipsImage) blurred = NULL;
  g_autoptr (ReshootImage) removed = encode (empty, 85);
  g_autoptr (ReshootImage) soft = NULL;
  g_autoptr (ReshootImage) added = NULL;

  g_assert_cmpint (vips_gaussblur (before, &blurred, 2.5, NULL), ==, 0);
  soft = encode (blurred, 85);
  g_assert_true (look (before, removed, "removed").changed);
  g_assert_true (look (before, soft, "blurred").changed);
  added = encode (before, 85);
  g_assert_true (look (empty, added, "added").changed);
}

/* The real text comes back, in the new light, and no other pixel is touched. */
static void
test_restore (gconstpointer data)
{
  static const double gain[3] = { 0.8, 0.82, 0.86 };
  static const double none[3] = { 0, 0, 0 };
  const Print *print = data;
  g_autoptr (VipsImage) before = draw (print, print->text);
  g_autoptr (VipsImage) wrong = draw (print, "OTHER TEXT\nthat nobody printed");
  g_autoptr (VipsImage) lit = tone (wrong, gain, none);
  g_autoptr (VipsImage) wanted = tone (before, gain, none);
  g_autoptr (ReshootImage) source = encode (before, 0);
  g_autoptr (ReshootImage) picture = encode (lit, 0);
  g_autoptr (ReshootImage) whole = NULL;
  g_autoptr (VipsImage) out = NULL;
  g_autoptr (VipsImage) memory = NULL;
  g_autoptr (GError) error = NULL;
  double off = 0;
  guint n = 0, n_touched = 0;

  g_assert_true (look (before, picture, "wrong").changed);
  whole = reshoot_label_guard_restore (source, picture, &label, NULL, &error);
  g_assert_no_error (error);
  g_assert_false (look (before, whole, "put back").changed);
  out = reshoot_image_dup_vips (whole, &error);
  memory = vips_image_copy_memory (out);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        const guint8 *is = VIPS_IMAGE_ADDR (memory, x, y);
        gboolean inside = x >= label.x && x < label.x + label.width && y >= label.y &&
                          y < label.y + label.height;

        if (!inside)
          n_touched += memcmp (is, VIPS_IMAGE_ADDR (lit, x, y), 3) != 0;
        else if (x >= label.x + 12 && x < label.x + label.width - 12 && y >= label.y + 12 &&
                 y < label.y + label.height - 12)
          {
            off += ABS (is[1] - VIPS_IMAGE_ADDR (wanted, x, y)[1]);
            n++;
          }
      }

  g_assert_cmpuint (n_touched, ==, 0);
  g_test_message ("%.2f levels off the real label in that light", off / n);
  g_assert_cmpfloat (off / n, <, 4);
}

static void
test_wrong (void)
{
  g_autoptr (VipsImage) vips = draw (&prints[0], "A");
  g_autoptr (VipsImage) small = NULL;
  g_autoptr (ReshootImage) a = encode (vips, 0);
  g_autoptr (ReshootImage) b = NULL;
  g_autoptr (GError) error = NULL;
  ReshootLabelScore score;
  ReshootBox outside = { WIDTH - 10, 0, 20, 20 };
  ReshootBox dot = { 0, 0, 1, 1 };

  g_assert_cmpint (vips_resize (vips, &small, 0.5, NULL), ==, 0);
  b = encode (small, 0);
  g_assert_false (reshoot_label_guard_look (a, b, &label, &score, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_clear_error (&error);
  g_assert_null (reshoot_label_guard_restore (a, a, &outside, NULL, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_clear_error (&error);
  g_assert_true (reshoot_label_guard_look (a, a, &dot, &score, &error));
  g_assert_no_error (error);
  g_assert_false (score.changed);
}

int
main (int    argc,
      char **argv)
{
  static const char *const names[] = { "dark", "light", "small" };

  reshoot_test_init (&argc, &argv);
  g_type_ensure (RESHOOT_TYPE_IMAGE);

  for (guint i = 0; i < G_N_ELEMENTS (prints); i++)
    {
      g_autofree char *same = g_strdup_printf ("/label-guard/same/%s", names[i]);
      g_autofree char *letter = g_strdup_printf ("/label-guard/letter/%s", names[i]);
      g_autofree char *spoilt = g_strdup_printf ("/label-guard/spoilt/%s", names[i]);
      g_autofree char *restore = g_strdup_printf ("/label-guard/restore/%s", names[i]);

      g_test_add_data_func (same, &prints[i], test_same);
      g_test_add_data_func (letter, &prints[i], test_letter);
      g_test_add_data_func (spoilt, &prints[i], test_spoilt);
      g_test_add_data_func (restore, &prints[i], test_restore);
    }

  g_test_add_func ("/label-guard/wrong", test_wrong);
  return g_test_run ();
}
