/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Content Credentials (C2PA 2.1, "Embedding manifests into various file formats"): a signed account of a picture's
 * origin, bound to its bytes. We neither read nor sign them; we only see that there are some, and break none that could
 * be kept. */

#include "reshoot-image-private.h"

#include <string.h>

/* A manifest store says what it is in its first box; nobody's is further behind the beginning of its part. */
#define LABEL "c2pa"

static gboolean
contains_label (GBytes *bytes)
{
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);
  const char *end = data + length;

  for (const char *at = data; (at = memchr (at, LABEL[0], (gsize) (end - at))) != NULL; at++)
    if ((gsize) (end - at) >= strlen (LABEL) && memcmp (at, LABEL, strlen (LABEL)) == 0)
      return TRUE;

  return FALSE;
}

/**
 * reshoot_image_has_credentials:
 * @self: a picture
 *
 * Looks at the parts of the file alone: for a worker thread where it may be large.
 *
 * Returns: whether it carries Content Credentials; they hold for these very bytes alone
 */
gboolean
reshoot_image_has_credentials (ReshootImage *self)
{
  /* JPEG: APP11 segments of JUMBF; PNG and WebP: a chunk; TIFF: the tag 0xcd41. */
  static const char *const parts[] = { "segment JP", "chunk caBX", "chunk C2PA", "tag 52545" };
  g_auto (GStrv) beside = NULL;

  g_return_val_if_fail (RESHOOT_IS_IMAGE (self), FALSE);

  if (reshoot_image_get_is_rendering (self))
    return FALSE;

  beside = reshoot_image_list_beside (self);
  for (guint i = 0; beside[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (parts); j++)
      if (g_str_has_prefix (beside[i], parts[j]))
        return contains_label (reshoot_image_get_bytes (self));

  return FALSE;
}
