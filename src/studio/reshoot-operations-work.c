/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootWork: one picture on its way through a plan. It owns the planes and the facts; it hides alpha and the
 * matte's origin from the operations. Bits come in by reshoot-operations-work-import.c and go out by -export.c, and
 * -touch.c keeps what was not changed. */

#include "reshoot-operations-private.h"

static gboolean
is_opaque (ReshootPlane *alpha)
{
  double least, top = alpha->BandFmt == VIPS_FORMAT_USHORT ? 65535 : 255;

  return vips_min (alpha, &least, NULL) == 0 && least >= top;
}

static gboolean
split_source (ReshootWork *work)
{
  VipsImage *source = work->source;

  work->format = source->BandFmt;
  if (source->Bands > 3 && vips_extract_band (source, &work->alpha, 3, NULL) != 0)
    return FALSE;
  if (work->alpha != NULL && is_opaque (work->alpha))
    g_clear_object (&work->alpha);
  return vips_extract_band (source, &work->original, 0, "n", 3, NULL) == 0;
}

/* @source: as reshoot_image_dup_vips() gives it: RGB or RGBA, 8 or 16 bit. */
ReshootWork *
reshoot_work_new (VipsImage     *source,
                  GCancellable  *cancellable,
                  GError       **error)
{
  g_autoptr (ReshootWork) work = g_new0 (ReshootWork, 1);

  work->source = g_object_ref (source);
  work->cancellable = cancellable != NULL ? g_object_ref (cancellable) : NULL;
  work->pristine = TRUE;
  work->affine[0] = work->affine[4] = 1;
  work->operations = json_array_new ();
  work->facts = json_object_new ();

  if (!split_source (work))
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }
  reshoot_work_read_profile (work);

  return g_steal_pointer (&work);
}

void
reshoot_work_free (ReshootWork *work)
{
  g_clear_object (&work->source);
  g_clear_object (&work->original);
  g_clear_object (&work->light);
  g_clear_object (&work->alpha);
  g_clear_object (&work->matte);
  g_clear_object (&work->untouched);
  g_clear_object (&work->cancellable);
  g_clear_pointer (&work->profile, g_bytes_unref);
  g_clear_pointer (&work->shaper, reshoot_shaper_unref);
  g_clear_pointer (&work->operations, json_array_unref);
  g_clear_pointer (&work->facts, json_object_unref);
  g_free (work);
}

static void
alpha_to_matte_line (const ReshootLine *line,
                     gconstpointer      data)
{
  guint8 *out = line->out;
  const guint16 *in = line->in[0];
  int i;

  /* Only the very top is "wholly product", so that a 16-bit edge is never taken for the inside. */
  for (i = 0; i < line->width; i++)
    out[i] = in[i] == 65535 ? 255 : (guint8) MIN (254, in[i] >> 8);
}

/* Takes the matte from @values, or, where there are none, from the picture's own alpha. */
gboolean
reshoot_work_set_matte (ReshootWork  *work,
                        GBytes       *values,
                        int           width,
                        int           height,
                        GError      **error)
{
  g_clear_object (&work->matte);

  if (values == NULL)
    {
      g_assert (work->alpha != NULL);
      work->matte_is_alpha = TRUE;
      if (work->format == VIPS_FORMAT_UCHAR)
        work->matte = g_object_ref (work->alpha);
      else
        work->matte = reshoot_plane_map (&work->alpha, 1, 1, VIPS_FORMAT_UCHAR,
                                         alpha_to_matte_line, NULL, NULL);
    }
  else
    {
      gsize size;
      const void *data = g_bytes_get_data (values, &size);

      g_return_val_if_fail (width == work->original->Xsize, FALSE);
      g_return_val_if_fail (height == work->original->Ysize, FALSE);
      work->matte = vips_image_new_from_memory (data, size, width, height, 1, VIPS_FORMAT_UCHAR);
      if (work->matte != NULL)
        g_object_set_data_full (G_OBJECT (work->matte), "reshoot-values", g_bytes_ref (values),
                                (GDestroyNotify) g_bytes_unref);
    }

  if (work->matte == NULL)
    reshoot_set_vips_error (error, NULL);
  return work->matte != NULL;
}

int
reshoot_work_get_width (ReshootWork *work)
{
  return work->light != NULL ? work->light->Xsize : work->original->Xsize;
}

int
reshoot_work_get_height (ReshootWork *work)
{
  return work->light != NULL ? work->light->Ysize : work->original->Ysize;
}

/* Takes @light, which may be NULL after a failure inside libvips. */
gboolean
reshoot_work_take_light (ReshootWork   *work,
                         ReshootPlane  *light,
                         GError       **error)
{
  if (light == NULL)
    {
      reshoot_set_vips_error (error, NULL);
      return FALSE;
    }

  g_clear_object (&work->light);
  work->light = light;
  return TRUE;
}

/* The light becomes what @func makes of @inputs; takes @data, to be freed with g_free(). */
gboolean
reshoot_work_map_light (ReshootWork      *work,
                        ReshootPlane    **inputs,
                        int               n_inputs,
                        ReshootLineFunc   func,
                        gpointer          data,
                        GError          **error)
{
  return reshoot_work_take_light (work,
                                  reshoot_plane_map (inputs, n_inputs, 3, VIPS_FORMAT_FLOAT,
                                                     func, data, g_free),
                                  error);
}

static void
eval_cb (VipsImage    *image,
         VipsProgress *progress,
         GCancellable *cancellable)
{
  if (g_cancellable_is_cancelled (cancellable))
    vips_image_set_kill (image, TRUE);
}

/* Computes a plane now. Free with g_free(). */
gpointer
reshoot_work_render (ReshootWork   *work,
                     ReshootPlane  *plane,
                     gsize         *size,
                     GError       **error)
{
  g_autoptr (ReshootPlane) copy = NULL;
  gpointer memory = NULL;

  if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
    return NULL;

  /* A copy, so that the progress of this pass alone is watched. */
  if (vips_copy (plane, &copy, NULL) == 0)
    {
      if (work->cancellable != NULL)
        {
          vips_image_set_progress (copy, TRUE);
          g_signal_connect (copy, "eval", G_CALLBACK (eval_cb), work->cancellable);
        }
      memory = vips_image_write_to_memory (copy, size);
    }

  if (g_cancellable_set_error_if_cancelled (work->cancellable, error))
    {
      vips_error_clear ();
      g_clear_pointer (&memory, g_free);
    }
  else if (memory == NULL)
    reshoot_set_vips_error (error, NULL);

  return memory;
}

/* Borrowed: the object that tells what @op did; the caller adds the numbers it used. */
JsonObject *
reshoot_work_add_fact (ReshootWork            *work,
                       const ReshootOperation *op)
{
  static const char *const scopes[] = { "all", "product", "background" };
  JsonObject *fact = json_object_new ();

  json_object_set_string_member (fact, "op", reshoot_operation_get_name (op->kind));
  if (op->scope != RESHOOT_SCOPE_ALL)
    json_object_set_string_member (fact, "scope", scopes[op->scope]);
  json_array_add_object_element (work->operations, fact);
  return fact;
}
