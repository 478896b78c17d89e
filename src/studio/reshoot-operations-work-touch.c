/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which of the source's bits still stand. Every operation says here what it changes, before it does. */

#include "reshoot-operations-private.h"

static void
keep_line (const ReshootLine *line,
           gconstpointer      data)
{
  const guint8 *values = line->in[0], *old = line->in[1];
  guint8 keep = (guint8) GPOINTER_TO_UINT (data);
  guint8 *out = line->out;
  int i;

  for (i = 0; i < line->width; i++)
    out[i] = values[i] == keep && (old == NULL || old[i] == 255) ? 255 : 0;
}

/* From now on the original counts only where @values equals @keep. */
static gboolean
keep_where (ReshootWork   *work,
            ReshootPlane  *values,
            guint8         keep,
            GError       **error)
{
  ReshootPlane *inputs[2] = { values, work->untouched };
  ReshootPlane *mask;

  if (work->original == NULL || (!work->pristine && work->untouched == NULL))
    {
      work->pristine = FALSE;
      return TRUE;
    }

  mask = reshoot_plane_map (inputs, work->untouched != NULL ? 2 : 1, 1, VIPS_FORMAT_UCHAR,
                            keep_line, GUINT_TO_POINTER (keep), NULL);
  if (mask == NULL)
    {
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }

  g_clear_object (&work->untouched);
  work->untouched = mask;
  work->pristine = FALSE;
  return TRUE;
}

/* Says that an operation of this scope changes pixels. */
gboolean
reshoot_work_touch (ReshootWork   *work,
                    ReshootScope   scope,
                    GError       **error)
{
  if (scope != RESHOOT_SCOPE_ALL && work->matte != NULL)
    return keep_where (work, work->matte, scope == RESHOOT_SCOPE_PRODUCT ? 0 : 255, error);

  work->pristine = FALSE;
  g_clear_object (&work->untouched);
  return TRUE;
}

/* Says that what is behind the product changes, the outermost ring of the product's pixels with it. */
gboolean
reshoot_work_touch_background (ReshootWork  *work,
                               GError      **error)
{
  g_autoptr (ReshootPlane) across = NULL, eroded = NULL;
  int width = work->matte->Xsize, height = work->matte->Ysize;

  if (work->matte_is_alpha || width < 3 || height < 3)
    return keep_where (work, work->matte, 255, error);

  if (vips_rank (work->matte, &across, 3, 1, 0, NULL) != 0
      || vips_rank (across, &eroded, 1, 3, 0, NULL) != 0)
    {
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }
  return keep_where (work, eroded, 255, error);
}

/* Says that pixels change wherever @mask is not 0. */
gboolean
reshoot_work_touch_where (ReshootWork   *work,
                          ReshootPlane  *mask,
                          GError       **error)
{
  return keep_where (work, mask, 0, error);
}
