/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the text on a product is still the same, and how the real one is put back. The strokes are compared in small
 * fields, without their tone: other light, other colours and another compression are no other text, one letter is. */

#include "reshoot-label-guard.h"

#include "reshoot-image-private.h"
#include "reshoot-plane.h"
#include "reshoot-region-private.h"

#include <math.h>

/* Strokes, in pixels: finer is noise, coarser is light. */
#define FINE   0.8
#define COARSE 8.0

/* The side of a field: a letter, or a part of a large one. */
#define FIELD_SHARE 4
#define FIELD_LEAST 12
#define FIELD_MOST  48

/* As far as landing may be off, in pixels. */
#define SLACK 2

/* A field has strokes in it where it has this share of the mean energy, and more than noise has, in levels squared. */
#define STROKES_SHARE 0.25
#define STROKES_LEAST 9.0

/* Measured on drawn labels, see tests/pixels/test-label-guard.c: what is re-compressed stays above, another letter, a
 * blurred text and an empty label stay below. */
#define LEAST_LIKENESS  0.96
#define LEAST_SHARPNESS 0.6

static ReshootPlane *
new_strokes (ReshootImage      *image,
             const ReshootBox  *label,
             GError           **error)
{
  g_autoptr (VipsImage) vips = reshoot_image_decode (image, NULL, error);
  g_autoptr (VipsImage) srgb = vips != NULL ? reshoot_image_to_srgb (vips) : NULL;
  g_autoptr (VipsImage) part = NULL;
  g_autoptr (VipsImage) grey = NULL;
  g_autoptr (VipsImage) memory = NULL;
  g_autoptr (ReshootPlane) plane = NULL;

  if (vips == NULL)
    return NULL;

  if (srgb == NULL ||
      vips_crop (srgb, &part, label->x, label->y, label->width, label->height, NULL) != 0 ||
      vips_colourspace (part, &grey, VIPS_INTERPRETATION_B_W, NULL) != 0 ||
      (memory = vips_image_copy_memory (grey)) == NULL)
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  plane = reshoot_plane_new (label->width, label->height);
  for (int y = 0; y < label->height; y++)
    for (int x = 0; x < label->width; x++)
      plane->data[(gsize) y * label->width + x] = *VIPS_IMAGE_ADDR (memory, x, y);

  return reshoot_plane_band (plane, FINE, COARSE);
}

/* What two fields have of each other: their energies and what they share. */
typedef struct
{
  double a;
  double b;
  double both;
} Sums;

static Sums
sum_field (const ReshootPlane *a,
           const ReshootPlane *b,
           const ReshootBox   *field,
           int                 dx,
           int                 dy)
{
  Sums sums = { 0, 0, 0 };

  for (int y = field->y; y < field->y + field->height; y++)
    for (int x = field->x; x < field->x + field->width; x++)
      {
        int to_x = CLAMP (x + dx, 0, b->width - 1);
        int to_y = CLAMP (y + dy, 0, b->height - 1);
        double from = a->data[(gsize) y * a->width + x];
        double to = b->data[(gsize) to_y * b->width + to_x];

        sums.a += from * from;
        sums.b += to * to;
        sums.both += from * to;
      }

  return sums;
}

/* The place nearby where the field is found again best. */
static double
find_likeness (const ReshootPlane *a,
               const ReshootPlane *b,
               const ReshootBox   *field)
{
  double best = 0;

  for (int dy = -SLACK; dy <= SLACK; dy++)
    for (int dx = -SLACK; dx <= SLACK; dx++)
      {
        Sums sums = sum_field (a, b, field, dx, dy);

        best = MAX (best, sums.both / sqrt (MAX (sums.a * sums.b, 1e-9)));
      }

  return best;
}

static void
compare_fields (const ReshootPlane *a,
                const ReshootPlane *b,
                ReshootLabelScore  *score)
{
  int side = CLAMP (MIN (a->width, a->height) / FIELD_SHARE, FIELD_LEAST, FIELD_MOST);
  ReshootBox all = { 0, 0, a->width, a->height };
  Sums total = sum_field (a, b, &all, 0, 0);
  double mean = MAX (total.a, total.b) / ((double) a->width * a->height);
  double least = MAX (STROKES_LEAST, STROKES_SHARE * mean);

  score->likeness = 1;
  score->sharpness = total.a > 0 ? MIN (sqrt (total.b / total.a), 1) : 1;
  for (int y = 0; y < a->height; y += side / 2)
    for (int x = 0; x < a->width; x += side / 2)
      {
        ReshootBox field = { MIN (x, MAX (0, a->width - side)), MIN (y, MAX (0, a->height - side)),
                             MIN (side, a->width), MIN (side, a->height) };
        Sums sums = sum_field (a, b, &field, 0, 0);

        if (MAX (sums.a, sums.b) >= least * field.width * field.height)
          score->likeness = MIN (score->likeness, find_likeness (a, b, &field));
      }
}

static gboolean
check_label (ReshootImage      *source,
             ReshootImage      *picture,
             const ReshootBox  *label,
             GError           **error)
{
  int width = reshoot_image_get_width (source);
  int height = reshoot_image_get_height (source);

  if (reshoot_image_get_width (picture) != width || reshoot_image_get_height (picture) != height)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "label-size", NULL, "the sizes differ");
  else if (label->x < 0 || label->y < 0 || label->width < 1 || label->height < 1 ||
           label->x + label->width > width || label->y + label->height > height)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "region-outside", NULL, "not inside");
  else
    return TRUE;

  return FALSE;
}

/**
 * reshoot_label_guard_look:
 * @source: a picture
 * @picture: what became of it, of its size and landed on it
 * @label: where the label is, in pixels
 * @score: (out): what became of the label
 * @error: return location
 *
 * Compares the strokes, whatever the tone. Blocks: for a worker thread. Errors: `INVALID_REQUEST` "label-size",
 * "region-outside"; those of decoding.
 *
 * Returns: whether it could be compared
 */
gboolean
reshoot_label_guard_look (ReshootImage       *source,
                          ReshootImage       *picture,
                          const ReshootBox   *label,
                          ReshootLabelScore  *score,
                          GError            **error)
{
  g_autoptr (ReshootPlane) a = NULL;
  g_autoptr (ReshootPlane) b = NULL;

  g_return_val_if_fail (RESHOOT_IS_IMAGE (source) && RESHOOT_IS_IMAGE (picture), FALSE);

  if (!check_label (source, picture, label, error))
    return FALSE;

  a = new_strokes (source, label, error);
  b = a != NULL ? new_strokes (picture, label, error) : NULL;
  if (b == NULL)
    return FALSE;

  compare_fields (a, b, score);
  score->changed = score->likeness < LEAST_LIKENESS || score->sharpness < LEAST_SHARPNESS;
  return TRUE;
}

/* The light on the label: the middle of each channel there. */
static gboolean
find_light (VipsImage        *vips,
            const ReshootBox *label,
            double            light[4])
{
  g_autoptr (VipsImage) part = NULL;

  if (vips_crop (vips, &part, label->x, label->y, label->width, label->height, NULL) != 0)
    return FALSE;

  for (int band = 0; band < 3; band++)
    {
      g_autoptr (VipsImage) one = NULL;
      int middle;

      if (vips_extract_band (part, &one, band, NULL) != 0 ||
          vips_percent (one, 50, &middle, NULL) != 0)
        return FALSE;

      light[band] = MAX (middle, 1);
    }

  light[3] = 1;
  return TRUE;
}

static VipsImage *
relight (VipsImage        *source,
         VipsImage        *picture,
         const ReshootBox *label)
{
  static const double none[4] = { 0 };
  double from[4], to[4];
  g_autoptr (VipsImage) lit = NULL;
  VipsImage *out = NULL;

  if (!find_light (source, label, from) || !find_light (picture, label, to))
    return NULL;

  for (int band = 0; band < 4; band++)
    to[band] /= from[band];

  if (vips_linear (source, &lit, to, none, source->Bands, NULL) == 0)
    vips_cast (lit, &out, source->BandFmt, NULL);
  return out;
}

/**
 * reshoot_label_guard_restore:
 * @source: a picture
 * @picture: what became of it, of its size, depth and profile, landed on it
 * @label: where the label is, in pixels
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Puts the source's own label back, in the light that @picture has there. Blocks: for a worker thread. Errors:
 * `INVALID_REQUEST` "label-size", "region-outside"; those of decoding and encoding.
 *
 * Returns: (transfer full): @picture, with the real label, as PNG; every pixel outside of it has the bits it had
 */
ReshootImage *
reshoot_label_guard_restore (ReshootImage      *source,
                             ReshootImage      *picture,
                             const ReshootBox  *label,
                             GCancellable      *cancellable,
                             GError           **error)
{
  const double box[4] = { label->x, label->y, label->width, label->height };
  g_autoptr (ReshootRegion) region = reshoot_region_new (box, NULL, NULL);
  g_autoptr (VipsImage) before = NULL;
  g_autoptr (VipsImage) after = NULL;
  g_autoptr (VipsImage) lit = NULL;
  g_autoptr (VipsImage) out = NULL;

  g_return_val_if_fail (RESHOOT_IS_IMAGE (source) && RESHOOT_IS_IMAGE (picture), NULL);

  if (!check_label (source, picture, label, error) ||
      (before = reshoot_image_decode (source, cancellable, error)) == NULL ||
      (after = reshoot_image_decode (picture, cancellable, error)) == NULL)
    return NULL;

  if (before->BandFmt != after->BandFmt)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "label-size", NULL,
                         "the depths differ");
      return NULL;
    }

  lit = relight (before, after, label);
  if (lit == NULL)
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  out = reshoot_region_blend (region, after, lit, error);
  if (out == NULL)
    return NULL;

  return reshoot_image_new_from_vips (out, RESHOOT_IMAGE_FORMAT_PNG, 0, cancellable, error);
}
