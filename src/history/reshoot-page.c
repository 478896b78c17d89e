/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What every page that we write needs to be harmless and to need nothing else: text that is only text, the digest by
 * which a policy knows what we wrote, and a picture that is in the page itself. */

#include "reshoot-page.h"

/**
 * reshoot_page_dup_escaped:
 * @text: (nullable): what a stranger wrote
 *
 * Returns: (transfer full): @text as HTML that shows it; control characters, which HTML does not have, are spaces
 */
char *
reshoot_page_dup_escaped (const char *text)
{
  g_autofree char *plain = g_strdup (text != NULL ? text : "");

  for (char *at = plain; *at != '\0'; at++)
    if (g_ascii_iscntrl (*at) && *at != '\n')
      *at = ' ';

  return g_markup_escape_text (plain, -1);
}

/**
 * reshoot_page_dup_source:
 * @text: what stands between the tags of a script or a style
 * @length: of it, in bytes
 *
 * Returns: (transfer full): as a Content-Security-Policy names it: by its digest
 */
char *
reshoot_page_dup_source (const char *text,
                         gsize       length)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_autofree char *encoded = NULL;
  guint8 digest[32];
  gsize size = sizeof digest;

  g_checksum_update (checksum, (const unsigned char *) text, (gssize) length);
  g_checksum_get_digest (checksum, digest, &size);
  encoded = g_base64_encode (digest, size);
  return g_strdup_printf ("'sha256-%s'", encoded);
}

/**
 * reshoot_page_dup_data:
 * @image: a JPEG or a PNG
 *
 * Returns: (transfer full): the address of a picture that asks nobody: it is the picture
 */
char *
reshoot_page_dup_data (ReshootImage *image)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (reshoot_image_get_bytes (image), &length);
  gboolean is_png = reshoot_image_get_format (image) == RESHOOT_IMAGE_FORMAT_PNG;
  g_autofree char *encoded = g_base64_encode (data, length);

  return g_strconcat (is_png ? "data:image/png;base64," : "data:image/jpeg;base64,", encoded, NULL);
}
