/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Edits whose truth is known to the pixel. The samples are enlarged and given a weave and grain of their own, so that
 * there is detail which a reply cannot hold; tests/data/edits has pairs that were rendered twice. */

#include "landing-cases.h"

#include "landing-replies.h"
#include "reshoot-plane.h"
#include "reshoot-test.h"

#include <math.h>

/* The weave of the sources, as a share of what it lies on. */
#define WEAVE 0.035

#define BACKDROP "shoe"

/* Of its own, unlike vips_image_copy_memory() of what is in memory already. */
static VipsImage *
copy_picture (VipsImage *vips)
{
  VipsImage *copy = vips_image_new_memory ();

  g_assert_cmpint (vips_image_write (vips, copy), ==, 0);
  return copy;
}

static VipsImage *
open_scaled (const char *path,
             int         width,
             int         height)
{
  g_autoptr (VipsImage) file = vips_image_new_from_file (path, NULL);
  g_autoptr (VipsImage) scaled = NULL;

  g_assert_nonnull (file);
  if (height == 0)
    height = (int) lround ((double) width * file->Ysize / file->Xsize);
  g_assert_cmpint (vips_resize (file, &scaled, (double) width / file->Xsize,
                                "vscale", (double) height / file->Ysize, NULL), ==, 0);
  return copy_picture (scaled);
}

static VipsImage *
open_sample (const char *sample,
             int         width,
             int         height)
{
  g_autofree char *name = g_strconcat (sample, ".jpg", NULL);
  g_autofree char *path = reshoot_test_sample (name);

  return open_scaled (path, width, height);
}

static float *
open_matte (const char *sample,
            int         width,
            int         height)
{
  g_autofree char *name = g_strconcat ("mattes/", sample, "-matte.png", NULL);
  g_autofree char *path = reshoot_test_data_path (name);
  g_autoptr (VipsImage) vips = open_scaled (path, width, height);
  float *matte = g_new (float, (gsize) width * height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      matte[(gsize) y * width + x] = *(guint8 *) VIPS_IMAGE_ADDR (vips, x, y) / 255.f;
  return matte;
}

static guint8 *
at (VipsImage *vips,
    int        x,
    int        y)
{
  return (guint8 *) VIPS_IMAGE_ADDR (vips, x, y);
}

static void
put (guint8 *pixel,
     int     channel,
     double  value,
     double  share)
{
  pixel[channel] = (guint8) CLAMP (pixel[channel] + share * (value - pixel[channel]) + 0.5, 0, 255);
}

/* A cloth: threads across and down, each of its own lightness, and grain. */
static double
weave_at (int   x,
          int   y,
          guint seed)
{
  return 0.5 * sin (x * 2 * G_PI / 5.3 + landing_waves (x, y, 40, seed)) * cos (y * 2 * G_PI / 4.7)
         + 0.5 * landing_noise (x / 2, y / 2, seed) + 0.6 * landing_waves (x, y, 7, seed + 1);
}

static void
add_weave (VipsImage *vips,
           guint      seed)
{
  for (int y = 0; y < vips->Ysize; y++)
    for (int x = 0; x < vips->Xsize; x++)
      for (int c = 0; c < 3; c++)
        put (at (vips, x, y), c, at (vips, x, y)[c] * (1 + WEAVE * weave_at (x, y, seed)), 1);
}

static float
matte_at (const LandingPictures *pictures,
          int                    x,
          int                    y)
{
  return pictures->matte[(gsize) y * pictures->source->Xsize + x];
}

/* Copies @other over where @share says. */
static void
mix_backdrop (LandingPictures *pictures,
              VipsImage       *other)
{
  for (int y = 0; y < other->Ysize; y++)
    for (int x = 0; x < other->Xsize; x++)
      for (int c = 0; c < 3; c++)
        put (at (pictures->asked, x, y), c, at (other, x, y)[c], 1 - matte_at (pictures, x, y));
}

static void
edit_recolour (LandingPictures *pictures)
{
  static const double tint[3] = { 0.42, 0.72, 1.12 };
  VipsImage *asked = pictures->asked;

  for (int y = 0; y < asked->Ysize; y++)
    for (int x = 0; x < asked->Xsize; x++)
      for (int c = 0; c < 3; c++)
        put (at (asked, x, y), c, at (asked, x, y)[c] * tint[c] + 8, matte_at (pictures, x, y));
}

static void
edit_backdrop (LandingPictures *pictures)
{
  VipsImage *asked = pictures->asked;
  g_autoptr (VipsImage) other = open_sample (BACKDROP, asked->Xsize, asked->Ysize);

  add_weave (other, 5);
  mix_backdrop (pictures, other);
}

static void
edit_darken (LandingPictures *pictures)
{
  VipsImage *asked = pictures->asked;

  for (int y = 0; y < asked->Ysize; y++)
    for (int x = 0; x < asked->Xsize; x++)
      for (int c = 0; c < 3; c++)
        put (at (asked, x, y), c, at (asked, x, y)[c] * 0.45, 1 - matte_at (pictures, x, y));
}

/* The product goes; what is around it flows in. */
static void
edit_remove (LandingPictures *pictures)
{
  VipsImage *asked = pictures->asked;
  gsize n = (gsize) asked->Xsize * asked->Ysize;
  g_autoptr (ReshootPlane) matte = reshoot_plane_new (asked->Xsize, asked->Ysize);
  g_autoptr (ReshootPlane) grown = NULL;
  g_autoptr (ReshootPlane) gone = NULL;
  g_autoptr (ReshootPlane) weights = NULL;

  memcpy (matte->data, pictures->matte, sizeof (float) * n);
  grown = reshoot_plane_extreme (matte, 6, TRUE);
  gone = reshoot_plane_blur (grown, 2);
  for (gsize i = 0; i < n; i++)
    matte->data[i] = 1 - grown->data[i];
  weights = reshoot_plane_blur (matte, 120);

  for (int c = 0; c < 3; c++)
    {
      g_autoptr (ReshootPlane) around = reshoot_plane_new (asked->Xsize, asked->Ysize);
      g_autoptr (ReshootPlane) flow = NULL;

      for (gsize i = 0; i < n; i++)
        around->data[i] = matte->data[i] * at (asked, 0, 0)[3 * i + c];
      flow = reshoot_plane_blur (around, 120);
      for (int y = 0; y < asked->Ysize; y++)
        for (int x = 0; x < asked->Xsize; x++)
          {
            gsize i = (gsize) y * asked->Xsize + x;
            double fill = flow->data[i] / (weights->data[i] + 1e-6);

            put (at (asked, x, y), c, fill * (1 + WEAVE * weave_at (x, y, 6)), gone->data[i]);
          }
    }
}

/* Pastes a product, of that share of the width, at a place given in shares. */
static void
paste (VipsImage  *vips,
       const char *sample,
       double      share,
       double      left,
       double      top)
{
  int width = (int) lround (vips->Xsize * share);
  g_autoptr (VipsImage) other = open_sample (sample, width, 0);
  g_autofree float *matte = open_matte (sample, width, other->Ysize);

  add_weave (other, 7);
  for (int y = 0; y < other->Ysize; y++)
    for (int x = 0; x < width; x++)
      {
        int u = x + (int) (left * vips->Xsize);
        int v = y + (int) (top * vips->Ysize);

        if (u < 0 || v < 0 || u >= vips->Xsize || v >= vips->Ysize)
          continue;
        for (int c = 0; c < 3; c++)
          put (at (vips, u, v), c, at (other, x, y)[c], matte[(gsize) y * width + x]);
      }
}

static void
edit_add (LandingPictures *pictures)
{
  paste (pictures->asked, "camera", 0.3, 0.02, 0.66);
}

/* Five letters that no alphabet has: seven rows of five dots each. */
static void
draw_text (VipsImage *vips,
           guint      seed)
{
  int dot = MAX (vips->Xsize / 300, 2);
  int left = vips->Xsize / 2 - 14 * dot;
  int top = vips->Ysize / 2;

  for (int y = 0; y < 7 * dot; y++)
    for (int x = 0; x < 29 * dot; x++)
      if ((x / dot) % 6 != 5 && landing_noise (x / dot, y / dot, seed) > 0)
        for (int c = 0; c < 3; c++)
          put (at (vips, left + x, top + y), c, 28, 0.92);
}

static void
edit_text (LandingPictures *pictures)
{
  draw_text (pictures->source, 31);
  draw_text (pictures->asked, 32);
}

static void
edit_relight (LandingPictures *pictures)
{
  static const double tint[3] = { 1.06, 1, 0.88 };
  VipsImage *asked = pictures->asked;

  for (int y = 0; y < asked->Ysize; y++)
    for (int x = 0; x < asked->Xsize; x++)
      {
        double light = 1.12 - 0.5 * x / asked->Xsize
                       + 0.15 * landing_waves (x, y, asked->Xsize / 2.5, 9);

        for (int c = 0; c < 3; c++)
          put (at (asked, x, y), c, at (asked, x, y)[c] * light * tint[c], 1);
      }
}

static void
edit_grade (LandingPictures *pictures)
{
  static const double tint[3] = { 1.1, 1.01, 0.87 };
  VipsImage *asked = pictures->asked;

  for (int y = 0; y < asked->Ysize; y++)
    for (int x = 0; x < asked->Xsize; x++)
      for (int c = 0; c < 3; c++)
        put (at (asked, x, y), c, at (asked, x, y)[c] * tint[c] + 3, 1);
}

static void
edit_nothing (LandingPictures *pictures)
{
}

static void
edit_scene (LandingPictures *pictures)
{
  g_autoptr (VipsImage) old = g_steal_pointer (&pictures->asked);

  pictures->asked = open_sample (BACKDROP, old->Xsize, old->Ysize);
}

/* The product at a twentieth of the picture, everything else new. */
static void
edit_small (LandingPictures *pictures)
{
  VipsImage *old = pictures->source;
  int width = old->Xsize;
  int height = old->Ysize;

  g_object_unref (pictures->asked);
  pictures->source = open_sample ("headphones-on-beige", width, height);
  pictures->asked = open_sample (BACKDROP, width, height);
  g_object_unref (old);
  add_weave (pictures->source, 3);
  add_weave (pictures->asked, 5);
  paste (pictures->source, "mug", 0.4, 0.3, 0.3);
  paste (pictures->asked, "mug", 0.4, 0.3, 0.3);
}

/* Checks of sixteen pixels of the reply, in which a disc changes colour. */
static void
edit_periodic (LandingPictures *pictures)
{
  VipsImage *source = pictures->source;
  int size = source->Xsize * 8 / 1184;

  for (int y = 0; y < source->Ysize; y++)
    for (int x = 0; x < source->Xsize; x++)
      {
        gboolean dark = (x / size + y / size) % 2;
        double far = hypot (x - source->Xsize * 0.4, y - source->Ysize * 0.5);
        gboolean inside = far < source->Ysize * 0.15;
        double shade = dark ? 90 : 180;

        for (int c = 0; c < 3; c++)
          {
            put (at (source, x, y), c, shade * (1 + WEAVE * weave_at (x, y, 8)), 1);
            put (at (pictures->asked, x, y), c,
                 at (source, x, y)[c] * (inside && c > 0 ? 0.5 : 1), 1);
          }
      }
}

static void
edit_shadow (LandingPictures *pictures)
{
  VipsImage *asked = pictures->asked;

  for (int y = 0; y < asked->Ysize; y++)
    for (int x = 0; x < asked->Xsize; x++)
      {
        double u = (x - 0.62 * asked->Xsize) / (0.16 * asked->Xsize);
        double v = (y - 0.86 * asked->Ysize) / (0.07 * asked->Ysize);
        double light = 1 - 0.4 * exp (-(u * u + v * v) / 2) * (1 - matte_at (pictures, x, y));

        for (int c = 0; c < 3; c++)
          put (at (asked, x, y), c, at (asked, x, y)[c] * light, 1);
      }
}

/* Another rendering of the same scene, taken where the two really differ: both were compressed. */
static void
edit_pair (LandingPictures *pictures,
           const char      *name)
{
  VipsImage *asked = pictures->asked;
  gsize n = (gsize) asked->Xsize * asked->Ysize;
  g_autofree char *place = g_strconcat ("edits/", name, "/truth.jpg", NULL);
  g_autofree char *path = reshoot_test_data_path (place);
  g_autoptr (VipsImage) truth = open_scaled (path, asked->Xsize, asked->Ysize);
  g_autoptr (ReshootPlane) gap = reshoot_plane_new (asked->Xsize, asked->Ysize);
  g_autoptr (ReshootPlane) soft = NULL;

  for (gsize i = 0; i < n; i++)
    for (int c = 0; c < 3; c++)
      gap->data[i] += abs (at (truth, 0, 0)[3 * i + c] - at (asked, 0, 0)[3 * i + c]) / 3.f;
  soft = reshoot_plane_blur (gap, 2);
  for (gsize i = 0; i < n; i++)
    for (int c = 0; c < 3; c++)
      put (at (asked, 0, 0) + 3 * i, c, at (truth, 0, 0)[3 * i + c],
           reshoot_smooth_step (soft->data[i], 3, 6));
}

static void
edit_pair_bottle (LandingPictures *pictures)
{
  edit_pair (pictures, "bottle-navy");
}

static void
edit_pair_camera (LandingPictures *pictures)
{
  edit_pair (pictures, "camera-no-plant");
}

const LandingCase landing_cases[] = {
  { "pair-bottle-navy", "edits/bottle-navy", EDIT_OBJECT, RESHOOT_LAND_TONE_UNKNOWN, edit_pair_bottle },
  { "pair-camera-no-plant", "edits/camera-no-plant", EDIT_OBJECT, RESHOOT_LAND_TONE_UNKNOWN, edit_pair_camera },
  { "recolour-bottle", "norda-bottle", EDIT_OBJECT, RESHOOT_LAND_TONE_UNKNOWN, edit_recolour },
  { "recolour-mug", "mug", EDIT_OBJECT, RESHOOT_LAND_TONE_UNKNOWN, edit_recolour },
  { "recolour-camera", "camera", EDIT_OBJECT, RESHOOT_LAND_TONE_UNKNOWN, edit_recolour },
  { "backdrop-bottle", "norda-bottle", EDIT_BACKDROP, RESHOOT_LAND_TONE_UNKNOWN, edit_backdrop },
  { "backdrop-camera", "camera", EDIT_BACKDROP, RESHOOT_LAND_TONE_UNKNOWN, edit_backdrop },
  { "darker-bottle", "norda-bottle", EDIT_BACKDROP, RESHOOT_LAND_TONE_UNKNOWN, edit_darken },
  { "added-camera", "mug", EDIT_OBJECT, RESHOOT_LAND_TONE_UNKNOWN, edit_add },
  { "removed-mug", "mug", EDIT_OBJECT, RESHOOT_LAND_TONE_UNKNOWN, edit_remove },
  { "text-bottle", "norda-bottle", EDIT_OBJECT, RESHOOT_LAND_TONE_UNKNOWN, edit_text },
  { "shadow-mug", "mug", EDIT_OBJECT, RESHOOT_LAND_TONE_UNKNOWN, edit_shadow },
  { "relit-camera", "camera", EDIT_TONE, RESHOOT_LAND_TONE_UNKNOWN, edit_relight },
  { "relit-mug", "mug", EDIT_TONE, RESHOOT_LAND_TONE_UNKNOWN, edit_relight },
  { "grade-wanted", "camera", EDIT_TONE, RESHOOT_LAND_TONE_WANTED, edit_grade },
  { "grade-drift", "camera", EDIT_NOTHING, RESHOOT_LAND_TONE_DRIFT, edit_grade },
  { "grade-unknown", "camera", EDIT_EITHER, RESHOOT_LAND_TONE_UNKNOWN, edit_grade },
  { "nothing-bottle", "norda-bottle", EDIT_NOTHING, RESHOOT_LAND_TONE_UNKNOWN, edit_nothing },
  { "nothing-mug", "mug", EDIT_NOTHING, RESHOOT_LAND_TONE_UNKNOWN, edit_nothing },
  { "nothing-headphones", "headphones-on-beige", EDIT_NOTHING, RESHOOT_LAND_TONE_UNKNOWN, edit_nothing },
  { "scene-mug", "mug", EDIT_SCENE, RESHOOT_LAND_TONE_UNKNOWN, edit_scene },
  { "scene-camera", "camera", EDIT_SCENE, RESHOOT_LAND_TONE_UNKNOWN, edit_scene },
  { "small-mug", "mug", EDIT_BACKDROP, RESHOOT_LAND_TONE_UNKNOWN, edit_small },
  { "periodic", "mug", EDIT_OBJECT, RESHOOT_LAND_TONE_UNKNOWN, edit_periodic },
};

const guint n_landing_cases = G_N_ELEMENTS (landing_cases);

void
landing_pictures_open (LandingPictures   *pictures,
                       const LandingCase *edit,
                       int                width)
{
  if (g_str_has_prefix (edit->sample, "edits/"))
    {
      g_autofree char *place = g_strconcat (edit->sample, "/before.jpg", NULL);
      g_autofree char *path = reshoot_test_data_path (place);
      g_autoptr (VipsImage) file = vips_image_new_from_file (path, NULL);

      g_assert_nonnull (file);
      pictures->source = copy_picture (file);
    }
  else
    {
      pictures->source = open_sample (edit->sample, width, 0);
      pictures->matte = open_matte (edit->sample, width, pictures->source->Ysize);
      add_weave (pictures->source, 1);
    }
  pictures->asked = copy_picture (pictures->source);
  edit->edit (pictures);
  pictures->truth = g_object_ref (edit->kind == EDIT_NOTHING ? pictures->source : pictures->asked);
}

void
landing_pictures_clear (LandingPictures *pictures)
{
  g_clear_object (&pictures->source);
  g_clear_object (&pictures->asked);
  g_clear_object (&pictures->truth);
  g_clear_pointer (&pictures->matte, g_free);
}
