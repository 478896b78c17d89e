/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootWork: one picture on its way through a plan. It owns the planes, brings foreign bits to linear light and back,
 * and keeps the one promise the rest relies on: where nothing was touched, the source's bits leave as they came. It
 * hides profiles, bit depths and alpha from the operations. */

#include "reshoot-operations-private.h"

#include <string.h>

typedef struct
{
  int   top;                     /* 255 or 65535 */
  float table[65536];
} Decode;

typedef struct
{
  VipsBandFormat       format;
  gboolean             exported; /* the first input is 16 bit and encoded already */
  ReshootShaper       *shaper;   /* (nullable) */
  gboolean             dither;
  int                  original; /* places among the inputs, -1: not there */
  int                  untouched;
  int                  alpha;
} Encode;

/* Whether libvips can go through the embedded profile at all. */
static gboolean
profile_works (VipsImage *picture)
{
  g_autoptr (ReshootPlane) corner = NULL, through = NULL;
  double *point = NULL;
  int n = 0;
  gboolean works;

  if (vips_crop (picture, &corner, 0, 0, 1, 1, NULL) != 0
      || vips_icc_import (corner, &through, "intent", VIPS_INTENT_RELATIVE, "embedded", TRUE, NULL) != 0)
    return FALSE;
  works = vips_getpoint (through, &point, &n, 0, 0, NULL) == 0 && n == 3;
  g_free (point);
  return works;
}

static void
read_profile (ReshootWork *work)
{
  const void *data;
  gsize length;
  gboolean plain;

  if (vips_image_get_typeof (work->source, VIPS_META_ICC_NAME) == 0
      || vips_image_get_blob (work->source, VIPS_META_ICC_NAME, &data, &length) != 0)
    return;

  work->profile = g_bytes_new (data, length);
  work->shaper = reshoot_shaper_new (work->profile, work->format, &plain);
  if (work->shaper == NULL && !plain)
    {
      work->managed = profile_works (work->original);
      if (!work->managed)
        g_clear_pointer (&work->profile, g_bytes_unref);
      vips_error_clear ();
    }
}

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
  read_profile (work);

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

static void
decode_line (const ReshootLine *line,
             gconstpointer      data)
{
  const Decode *decode = data;
  float *out = line->out;
  int n = line->width * 3, i;

  if (decode->top == 255)
    {
      const guint8 *in = line->in[0];

      for (i = 0; i < n; i++)
        out[i] = decode->table[in[i]];
    }
  else
    {
      const guint16 *in = line->in[0];

      for (i = 0; i < n; i++)
        out[i] = decode->table[in[i]];
    }
}

static void
shape_line (const ReshootLine *line,
            gconstpointer      data)
{
  const ReshootShaper *shaper = data;
  const float *m = shaper->to_light;
  float *out = line->out;
  int i, band;

  for (i = 0; i < line->width; i++, out += 3)
    {
      float own[3];

      for (band = 0; band < 3; band++)
        {
          int number = shaper->top == 255 ? ((const guint8 *) line->in[0])[i * 3 + band]
                                          : ((const guint16 *) line->in[0])[i * 3 + band];

          own[band] = shaper->decode[band][number];
        }
      for (band = 0; band < 3; band++)
        out[band] = m[band * 3] * own[0] + m[band * 3 + 1] * own[1] + m[band * 3 + 2] * own[2];
    }
}

static ReshootPlane *
import_managed (ReshootPlane *original)
{
  g_autoptr (ReshootPlane) lab = NULL;
  ReshootPlane *light = NULL;

  if (vips_icc_import (original, &lab, "intent", VIPS_INTENT_RELATIVE, "embedded", TRUE, NULL) != 0
      || vips_colourspace (lab, &light, VIPS_INTERPRETATION_scRGB, NULL) != 0)
    return NULL;
  return light;
}

static ReshootPlane *
import_srgb (ReshootPlane   *original,
             VipsBandFormat  format)
{
  Decode *decode = g_new0 (Decode, 1);
  int i;

  decode->top = format == VIPS_FORMAT_UCHAR ? 255 : 65535;
  for (i = 0; i <= decode->top; i++)
    decode->table[i] = (float) reshoot_decode ((double) i / decode->top);
  return reshoot_plane_map (&original, 1, 3, VIPS_FORMAT_FLOAT, decode_line, decode, g_free);
}

/* Borrowed: the picture in linear light as it stands. */
ReshootPlane *
reshoot_work_get_light (ReshootWork  *work,
                        GError      **error)
{
  if (work->light == NULL && work->shaper != NULL)
    work->light = reshoot_plane_map (&work->original, 1, 3, VIPS_FORMAT_FLOAT, shape_line,
                                     g_atomic_rc_box_acquire (work->shaper),
                                     g_atomic_rc_box_release);
  else if (work->light == NULL && work->managed)
    work->light = import_managed (work->original);
  else if (work->light == NULL)
    work->light = import_srgb (work->original, work->format);
  if (work->light == NULL)
    reshoot_set_vips_error (error, NULL);
  return work->light;
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

static void
encode_pixel (const Encode      *encode,
              const ReshootLine *line,
              int                i,
              int                bands)
{
  const float *light = (const float *) line->in[0] + i * 3;
  float value[3];
  int band;

  if (encode->exported)
    for (band = 0; band < 3; band++)
      value[band] = ((const guint16 *) line->in[0])[i * 3 + band] / 65535.0f;
  else if (encode->shaper != NULL)
    reshoot_shaper_encode (encode->shaper, light, value);
  else
    for (band = 0; band < 3; band++)
      value[band] = reshoot_encode_fast (light[band]);

  for (band = 0; band < 3; band++)
    if (encode->format == VIPS_FORMAT_UCHAR)
      {
        float dither = encode->dither ? reshoot_noise (line->x + i, line->y, band) : 0;
        float step = value[band] * 255 + dither + 0.5f;

        ((guint8 *) line->out)[i * bands + band] = (guint8) CLAMP (step, 0, 255);
      }
    else
      ((guint16 *) line->out)[i * bands + band] = (guint16) (value[band] * 65535 + 0.5f);
}

static void
encode_line (const ReshootLine *line,
             gconstpointer      data)
{
  const Encode *encode = data;
  const guint8 *untouched = encode->untouched >= 0 ? line->in[encode->untouched] : NULL;
  int bands = encode->alpha >= 0 ? 4 : 3;
  int size = encode->format == VIPS_FORMAT_UCHAR ? 1 : 2;
  int i;

  for (i = 0; i < line->width; i++)
    {
      if (untouched != NULL && untouched[i] == 255)
        memcpy ((guint8 *) line->out + (gsize) i * bands * size,
                (const guint8 *) line->in[encode->original] + (gsize) i * 3 * size, 3 * size);
      else
        encode_pixel (encode, line, i, bands);
      if (bands == 4)
        memcpy ((guint8 *) line->out + ((gsize) i * bands + 3) * size,
                (const guint8 *) line->in[encode->alpha] + (gsize) i * size, size);
    }
}

/* The 16-bit numbers of the picture's own profile. */
static ReshootPlane *
export_managed (ReshootWork *work)
{
  g_autoptr (ReshootPlane) lab = NULL, copy = NULL;
  ReshootPlane *out = NULL;
  gsize length;
  const void *profile = g_bytes_get_data (work->profile, &length);

  if (vips_colourspace (work->light, &lab, VIPS_INTERPRETATION_LAB, NULL) != 0
      || vips_copy (lab, &copy, NULL) != 0)
    return NULL;
  vips_image_set_blob_copy (copy, VIPS_META_ICC_NAME, profile, length);
  if (vips_icc_export (copy, &out, "intent", VIPS_INTENT_RELATIVE, "depth", 16, NULL) != 0)
    return NULL;
  return out;
}

static void
encode_free (gpointer data)
{
  Encode *params = data;

  g_clear_pointer (&params->shaper, reshoot_shaper_unref);
  g_free (params);
}

static ReshootPlane *
encode (ReshootWork *work)
{
  g_autoptr (ReshootPlane) exported = NULL;
  ReshootPlane *inputs[4];
  Encode *params;
  int n = 0;

  exported = work->managed ? export_managed (work) : g_object_ref (work->light);

  if (exported == NULL)
    return NULL;

  params = g_new0 (Encode, 1);
  params->format = work->format;
  params->exported = work->managed;
  params->shaper = work->shaper != NULL ? g_atomic_rc_box_acquire (work->shaper) : NULL;
  params->dither = work->dither;
  params->original = params->untouched = params->alpha = -1;

  inputs[n++] = exported;
  if (work->untouched != NULL)
    {
      params->original = n;
      inputs[n++] = work->original;
      params->untouched = n;
      inputs[n++] = work->untouched;
    }
  if (work->alpha != NULL)
    {
      params->alpha = n;
      inputs[n++] = work->alpha;
    }

  return reshoot_plane_map (inputs, n, work->alpha != NULL ? 4 : 3, work->format,
                            encode_line, params, encode_free);
}

static void *
copy_field_cb (VipsImage  *source,
               const char *field,
               GValue     *value,
               void       *user_data)
{
  VipsImage *out = user_data;
  gboolean profile = strcmp (field, VIPS_META_ICC_NAME) == 0;

  /* libvips has fields of its own for what it knows of the pixels. */
  if (g_str_has_prefix (field, "exif-") || strcmp (field, VIPS_META_XMP_NAME) == 0
      || strcmp (field, VIPS_META_IPTC_NAME) == 0 || profile)
    vips_image_set (out, field, value);
  return NULL;
}

/* The picture that comes out of it: the source's depth, profile and notes. Lazy. */
VipsImage *
reshoot_work_finish (ReshootWork  *work,
                     GError      **error)
{
  g_autoptr (ReshootPlane) picture = NULL;
  VipsImage *out = NULL;

  if (!work->pristine)
    picture = encode (work);
  else if (work->alpha != NULL)
    vips_bandjoin2 (work->original, work->alpha, &picture, NULL);
  else
    picture = g_object_ref (work->original);

  if (picture == NULL
      || vips_copy (picture, &out, "xres", work->source->Xres, "yres", work->source->Yres, NULL) != 0)
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  vips_image_map (work->source, copy_field_cb, out);
  if (work->profile == NULL)
    vips_image_remove (out, VIPS_META_ICC_NAME);
  return out;
}
