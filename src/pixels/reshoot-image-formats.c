/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What we can write: by the endings of names, and where libvips has the encoder. JPEG XL is a file of boxes
 * (ISO/IEC 18181-2), around the bare picture that libvips gives, with room for what it says of itself. */

#include "reshoot-image-private.h"

#include <string.h>

#define MAX_NOTE (1024 * 1024)    /* in bytes: more than fits into a JPEG, which most pictures were once */

static const guint8 jxl_start[] = {
  0, 0, 0, 12, 'J', 'X', 'L', ' ', 0x0d, 0x0a, 0x87, 0x0a,
  0, 0, 0, 20, 'f', 't', 'y', 'p', 'j', 'x', 'l', ' ', 0, 0, 0, 0, 'j', 'x', 'l', ' ',
};

/* libvips keeps JPEG XL from strangers, reading and writing. We only write it. */
static gboolean
unlock_jxl (void)
{
  static gsize once;

  if (g_once_init_enter (&once))
    {
      vips_operation_block_set ("VipsForeignSaveJxl", FALSE);
      g_once_init_leave (&once, 1);
    }

  return vips_type_find ("VipsForeignSave", "jxlsave_buffer") != 0;
}

/* Whether libvips was built with what it takes to write @format. */
gboolean
reshoot_image_can_save (ReshootImageFormat format)
{
  reshoot_image_start_vips ();
  if (format == RESHOOT_IMAGE_FORMAT_JXL)
    return unlock_jxl ();

  if (format == RESHOOT_IMAGE_FORMAT_AVIF)
    return vips_type_find ("VipsForeignSave", "heifsave_buffer") != 0;

  return TRUE;
}

/**
 * reshoot_image_format_from_name:
 * @name: a file's name or path
 * @format: (out): the format that its extension asks for
 *
 * Returns: whether the extension is one of ours: png, jpg, jpeg, webp, tif, tiff, in any case; or avif or jxl, where
 *   libvips can write those
 */
gboolean
reshoot_image_format_from_name (const char         *name,
                                ReshootImageFormat *format)
{
  static const struct
  {
    const char         *extension;
    ReshootImageFormat  format;
  } table[] = {
    { ".png", RESHOOT_IMAGE_FORMAT_PNG }, { ".jpg", RESHOOT_IMAGE_FORMAT_JPEG },
    { ".jpeg", RESHOOT_IMAGE_FORMAT_JPEG }, { ".webp", RESHOOT_IMAGE_FORMAT_WEBP },
    { ".tif", RESHOOT_IMAGE_FORMAT_TIFF }, { ".tiff", RESHOOT_IMAGE_FORMAT_TIFF },
    { ".avif", RESHOOT_IMAGE_FORMAT_AVIF }, { ".jxl", RESHOOT_IMAGE_FORMAT_JXL },
  };
  const char *dot;

  g_return_val_if_fail (name != NULL, FALSE);
  g_return_val_if_fail (format != NULL, FALSE);

  dot = strrchr (name, '.');
  if (dot == NULL)
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_ascii_strcasecmp (dot, table[i].extension) == 0)
      {
        *format = table[i].format;
        return reshoot_image_can_save (table[i].format);
      }

  return FALSE;
}

/* @head: (nullable): what stands before @data in the box */
static void
append_box (GByteArray *out,
            const char *type,
            const void *head,
            gsize       n_head,
            const void *data,
            gsize       length)
{
  guint32 size = GUINT32_TO_BE ((guint32) (length + n_head + 8));

  g_byte_array_append (out, (const guint8 *) &size, sizeof size);
  g_byte_array_append (out, (const guint8 *) type, 4);
  if (head != NULL)
    g_byte_array_append (out, head, (guint) n_head);
  g_byte_array_append (out, data, (guint) length);
}

/*
 * reshoot_image_wrap_jxl:
 * @vips: the picture, for its notes
 * @data: (inout): its bare codestream, allocated with g_malloc(); then the file
 * @length: (inout): of @data
 *
 * Puts the picture's EXIF and XMP in. A picture that has none stays as it is.
 */
void
reshoot_image_wrap_jxl (VipsImage  *vips,
                        void      **data,
                        gsize      *length)
{
  static const guint8 exif_start[4] = { 0 };  /* so many bytes stand before the TIFF's header */
  const guint8 *bare = *data;
  g_autofree void *exif = NULL;
  const void *packet = NULL;
  gsize n_exif = 0;
  gsize n_packet = 0;
  GByteArray *out;

  if (*length < 2 || *length > G_MAXINT32 || bare[0] != 0xff || bare[1] != 0x0a)
    return;

  exif = reshoot_image_dup_exif (vips, &n_exif);
  if (vips_image_get_typeof (vips, VIPS_META_XMP_NAME) != 0)
    vips_image_get_blob (vips, VIPS_META_XMP_NAME, &packet, &n_packet);
  vips_error_clear ();
  if (n_packet > MAX_NOTE || n_exif > MAX_NOTE || (exif == NULL && packet == NULL))
    return;

  out = g_byte_array_sized_new ((guint) (*length + n_packet + n_exif + 64));
  g_byte_array_append (out, jxl_start, sizeof jxl_start);
  if (exif != NULL)
    append_box (out, "Exif", exif_start, sizeof exif_start, exif, n_exif);
  if (packet != NULL)
    append_box (out, "xml ", NULL, 0, packet, n_packet);
  append_box (out, "jxlc", NULL, 0, bare, *length);
  g_free (*data);
  *length = out->len;
  *data = g_byte_array_free (out, FALSE);
}
