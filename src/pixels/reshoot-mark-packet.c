/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The XMP packet of a marked picture: ours is one description in it, which is replaced; the rest is others'. */

#include "reshoot-mark.h"

#include "reshoot-image-private.h"
#include "reshoot-mark-private.h"

#include <string.h>

#define OURS "<rdf:Description rdf:about=\"\" xmlns:reshoot=\"" RESHOOT_MARK_NAMESPACE "\""

/* "Composite that includes elements that were created by generative AI", and "human-edited media": augmented,
 * corrected or enhanced by people with tools that generate nothing. */
#define IPTC "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
#define SOURCE_TYPE "Iptc4xmpExt:DigitalSourceType"
#define SOURCES "http://cv.iptc.org/newscodes/digitalsourcetype/"
#define GENERATED SOURCES "compositeWithTrainedAlgorithmicMedia"
#define EDITED SOURCES "humanEdits"

/* A stranger's packet is looked at up to this size, in bytes. */
#define MAX_PACKET (1024 * 1024)

/* What we wrote last time goes, whatever else is in the packet stays. */
static void
remove_ours (GString *packet)
{
  char *start;

  while ((start = strstr (packet->str, OURS)) != NULL)
    {
      char *end = strstr (start, "/>");

      if (end == NULL)
        return;

      g_string_erase (packet, start - packet->str, end + 2 - start);
    }
}

/* A property that may be there once: what others wrote of it goes, be it an attribute or an element. */
static void
remove_property (GString    *packet,
                 const char *name)
{
  g_autofree char *attribute = g_strdup_printf ("\\s%s\\s*=\\s*(\"[^\"]*\"|'[^']*')", name);
  g_autofree char *element = g_strdup_printf ("<%s(\\s[^>]*)?(/>|>[^<]*</%s\\s*>)", name, name);
  g_autofree char *pattern = g_strdup_printf ("%s|%s", attribute, element);
  g_autoptr (GRegex) regex = g_regex_new (pattern, 0, 0, NULL);
  g_autofree char *rest = g_regex_replace_literal (regex, packet->str, -1, 0, "", 0, NULL);

  if (rest != NULL)
    g_string_assign (packet, rest);
}

static char *
dup_description (const ReshootMark *self)
{
  g_autofree char *edits = NULL;

  if (self->edits == NULL)
    return g_strdup_printf (OURS " reshoot:Project=\"%s\" reshoot:Step=\"%s\""
                            " reshoot:Number=\"%" G_GINT64_FORMAT "\"/>", self->project, self->step,
                            self->number);

  edits = g_markup_escape_text (self->edits, -1);
  return g_strdup_printf (OURS " xmlns:Iptc4xmpExt=\"" IPTC "\" reshoot:Project=\"%s\" reshoot:Step=\"%s\""
                          " reshoot:Number=\"%" G_GINT64_FORMAT "\" reshoot:Edits=\"%s\""
                          " " SOURCE_TYPE "=\"%s\"/>", self->project, self->step, self->number, edits,
                          self->is_generated ? GENERATED : EDITED);
}

static GString *
make_packet (void)
{
  return g_string_new ("<?xpacket begin=\"\xef\xbb\xbf\" id=\"W5M0MpCehiHzreSzNTczkc9d\"?>\n"
                       "<x:xmpmeta xmlns:x=\"adobe:ns:meta/\">"
                       "<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\">"
                       "</rdf:RDF></x:xmpmeta>\n"
                       "<?xpacket end=\"w\"?>");
}

/* The packet of a picture as text; NULL if it has none, or one that is no UTF-8 or too long to be looked at. */
static char *
dup_packet (VipsImage *vips,
            gboolean  *has_packet)
{
  const void *data;
  gsize length;

  *has_packet = FALSE;
  if (vips == NULL || vips_image_get_typeof (vips, VIPS_META_XMP_NAME) == 0 ||
      vips_image_get_blob (vips, VIPS_META_XMP_NAME, &data, &length) != 0)
    {
      vips_error_clear ();
      return NULL;
    }

  *has_packet = TRUE;
  while (length > 0 && ((const char *) data)[length - 1] == '\0')
    length--;

  if (length > MAX_PACKET || !g_utf8_validate_len (data, length, NULL))
    return NULL;

  return g_strndup (data, length);
}

/* As text, or NULL where there is none that can be looked at. */
char *
reshoot_mark_dup_packet (GBytes             *bytes,
                         ReshootImageFormat  format,
                         gboolean           *has_packet)
{
  g_autoptr (VipsImage) vips = NULL;

  vips_error_clear ();
  vips = reshoot_image_open_bytes (bytes, format, 1);
  return dup_packet (vips, has_packet);
}

/* @theirs with the mark in it, or NULL if there is no room for one. */
static char *
dup_marked (const ReshootMark *self,
            const char        *theirs,
            gboolean           has_packet)
{
  g_autoptr (GString) packet = has_packet ? g_string_new (theirs) : make_packet ();
  g_autofree char *description = NULL;
  const char *end;

  remove_ours (packet);
  if (self->edits != NULL)
    remove_property (packet, SOURCE_TYPE);
  end = g_strrstr (packet->str, "</rdf:RDF>");
  if (end == NULL)
    return NULL;

  description = dup_description (self);
  g_string_insert (packet, end - packet->str, description);
  return g_strdup (packet->str);
}

/*
 * reshoot_mark_apply:
 * @self: a mark
 * @bytes: a picture that passed the gate, or was just encoded
 * @format: its format
 *
 * Returns: (transfer full) (nullable): the same picture, to the last bit of its pixels, with the mark; %NULL: what it
 *   says about itself already leaves no room for one, or reshoot_mark_set_on() is the way
 */
GBytes *
reshoot_mark_apply (const ReshootMark  *self,
                    GBytes             *bytes,
                    ReshootImageFormat  format)
{
  g_autofree char *theirs = NULL;
  g_autofree char *packet = NULL;
  gboolean has_packet;

  if (format == RESHOOT_IMAGE_FORMAT_AVIF || format == RESHOOT_IMAGE_FORMAT_JXL)
    return NULL;

  theirs = reshoot_mark_dup_packet (bytes, format, &has_packet);
  packet = dup_marked (self, theirs, has_packet);
  return packet != NULL ? reshoot_mark_put_packet (bytes, format, packet) : NULL;
}

/*
 * reshoot_mark_set_on:
 * @self: a mark
 * @vips: a picture of the caller's own, about to be encoded
 *
 * Puts the mark among its notes, for an encoder that writes those.
 */
void
reshoot_mark_set_on (const ReshootMark *self,
                     VipsImage         *vips)
{
  gboolean has_packet;
  g_autofree char *theirs = dup_packet (vips, &has_packet);
  g_autofree char *packet = dup_marked (self, theirs, has_packet);

  if (packet != NULL)
    vips_image_set_blob_copy (vips, VIPS_META_XMP_NAME, packet, strlen (packet));
}
