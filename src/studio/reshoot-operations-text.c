/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Words written over the picture, with the system's sans-serif font. */

#include "reshoot-operations-private.h"

#include <math.h>
#include <string.h>

/* Shares of the short edge. */
#define SIZE_SMALL   0.04
#define SIZE_MEDIUM  0.07
#define SIZE_LARGE   0.12
#define MARGIN       0.05

typedef struct
{
  float    light[3];
} Ink;

static void
ink_line (const ReshootLine *line,
          gconstpointer      data)
{
  const Ink *ink = data;
  const float *in = line->in[0];
  const guint8 *mask = line->in[1];
  float *out = line->out;
  int i, band;

  for (i = 0; i < line->width; i++)
    for (band = 0; band < 3; band++)
      {
        float paper = in[i * 3 + band];

        out[i * 3 + band] = paper + mask[i] / 255.0f * (ink->light[band] - paper);
      }
}

static void
ink_alpha_line (const ReshootLine *line,
                gconstpointer      data)
{
  const guint8 *mask = line->in[1];
  gboolean deep = GPOINTER_TO_INT (data);
  int i;

  for (i = 0; i < line->width; i++)
    if (deep)
      ((guint16 *) line->out)[i] = MAX (((const guint16 *) line->in[0])[i], mask[i] * 257);
    else
      ((guint8 *) line->out)[i] = MAX (((const guint8 *) line->in[0])[i], mask[i]);
}

/* The words as a mask, at most @max_width wide. */
static VipsImage *
set_type (const ReshootOperation *op,
          double                  size,
          int                     max_width)
{
  g_autofree char *escaped = g_markup_escape_text (op->content, -1);
  int attempt;

  for (attempt = 0; attempt < 4; attempt++)
    {
      VipsImage *mask = NULL;
      g_autofree char *font = g_strdup_printf ("Sans %s %s %d",
                                               g_strcmp0 (op->weight, "bold") == 0    ? "Bold"
                                               : g_strcmp0 (op->weight, "light") == 0 ? "Light" : "",
                                               g_strcmp0 (op->style, "italic") == 0 ? "Italic" : "",
                                               (int) MAX (4, size));

      if (vips_text (&mask, escaped, "font", font, "dpi", 72, "align", VIPS_ALIGN_CENTRE, NULL) != 0)
        return NULL;
      if (mask->Xsize <= max_width || size <= 4)
        return mask;
      size = floor (size * max_width / mask->Xsize * 0.99);
      g_object_unref (mask);
    }

  vips_error ("text", "the words do not fit");
  return NULL;
}

static void
place_words (const char *position,
             VipsImage  *mask,
             int         width,
             int         height,
             int        *x,
             int        *y)
{
  int margin = (int) (MARGIN * MIN (width, height));

  if (position == NULL || *position == '\0')
    position = "bottom";
  *x = (width - mask->Xsize) / 2;
  *y = (height - mask->Ysize) / 2;
  if (strstr (position, "left") != NULL)
    *x = margin;
  if (strstr (position, "right") != NULL)
    *x = width - margin - mask->Xsize;
  if (strstr (position, "top") != NULL)
    *y = margin;
  if (strstr (position, "bottom") != NULL)
    *y = height - margin - mask->Ysize;
}

static VipsImage *
spread_mask (const ReshootOperation *op,
             int                     width,
             int                     height,
             double                  size)
{
  VipsImage *small = set_type (op, size, (int) (width * (1 - 2 * MARGIN)));
  VipsImage *spread = NULL;
  int x, y;

  if (small == NULL)
    return NULL;
  place_words (op->sub, small, width, height, &x, &y);
  if (vips_embed (small, &spread, x, y, width, height, NULL) != 0)
    spread = NULL;
  g_object_unref (small);
  return spread;
}

/* On a cut-out the words are as solid as the product. */
static gboolean
ink_alpha (ReshootWork   *work,
           ReshootPlane  *mask,
           GError       **error)
{
  ReshootPlane *pair[2] = { work->alpha, mask };
  gboolean deep = work->format != VIPS_FORMAT_UCHAR;
  ReshootPlane *alpha = reshoot_plane_map (pair, 2, 1, work->format,
                                           ink_alpha_line, GINT_TO_POINTER (deep), NULL);

  if (alpha == NULL)
    {
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }
  g_object_unref (work->alpha);
  work->alpha = alpha;
  return TRUE;
}

gboolean
reshoot_work_run_text (ReshootWork             *work,
                       const ReshootOperation  *op,
                       GError                 **error)
{
  g_autoptr (ReshootPlane) mask = NULL;
  ReshootPlane *light = reshoot_work_get_light (work, error), *inputs[2] = { light, NULL };
  double size, color[3];
  JsonObject *fact;
  Ink *ink;
  int band;

  if (light == NULL)
    return FALSE;
  if (op->content == NULL || *op->content == '\0')
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "unclear", "text", "no words to write");
      return FALSE;
    }

  size = MIN (light->Xsize, light->Ysize) * (g_strcmp0 (op->size, "large") == 0   ? SIZE_LARGE
                                             : g_strcmp0 (op->size, "small") == 0 ? SIZE_SMALL : SIZE_MEDIUM);
  mask = spread_mask (op, light->Xsize, light->Ysize, size);
  if (mask == NULL)
    {
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }

  fact = reshoot_work_add_fact (work, op);
  json_object_set_string_member (fact, "content", op->content);
  json_object_set_double_member (fact, "size", size);
  if (!reshoot_work_touch_where (work, mask, error))
    return FALSE;

  inputs[1] = mask;
  if (work->alpha != NULL && !ink_alpha (work, mask, error))
    return FALSE;

  reshoot_color_to_light (op->color[0] == '#' ? op->color : "#000000", color);
  ink = g_new0 (Ink, 1);
  for (band = 0; band < 3; band++)
    ink->light[band] = (float) color[band];
  return reshoot_work_map_light (work, inputs, 2, ink_line, ink, error);
}
