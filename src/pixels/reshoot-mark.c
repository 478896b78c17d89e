/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootMark: where an exported picture came from, written into it as XMP, in a name space of our own, so that the
 * picture finds home after it was renamed, cropped or saved again by a program that keeps what it does not know. What
 * others wrote there stays. How a packet gets into the bytes is in reshoot-mark-bytes.c. */

#include "reshoot-mark.h"

#include "reshoot-image-private.h"
#include "reshoot-mark-private.h"

#include <string.h>

#define NAMESPACE "https://reshoot.github.io/ns/1.0/"
#define OURS "<rdf:Description rdf:about=\"\" xmlns:reshoot=\"" NAMESPACE "\""

/* "Composite that includes elements that were created by generative AI", and "human-edited media": augmented,
 * corrected or enhanced by people with tools that generate nothing. */
#define IPTC "http://iptc.org/std/Iptc4xmpExt/2008-02-29/"
#define SOURCE_TYPE "Iptc4xmpExt:DigitalSourceType"
#define SOURCES "http://cv.iptc.org/newscodes/digitalsourcetype/"
#define GENERATED SOURCES "compositeWithTrainedAlgorithmicMedia"
#define EDITED SOURCES "humanEdits"

/* A stranger's packet is looked at up to this size, in bytes. */
#define MAX_PACKET (1024 * 1024)

/**
 * reshoot_mark_new:
 * @project: the project's UUID
 * @step: the step's UUID
 * @number: the step's number
 *
 * Returns: (transfer full): a mark
 */
ReshootMark *
reshoot_mark_new (const char *project,
                  const char *step,
                  gint64      number)
{
  ReshootMark *self = g_new0 (ReshootMark, 1);

  self->project = g_strdup (project);
  self->step = g_strdup (step);
  self->number = number;
  return self;
}

/**
 * reshoot_mark_set_edits:
 * @self: a mark
 * @edits: (nullable): JSON, how the picture was made
 * @is_generated: whether a trained model made some of it
 *
 * Makes the mark tell how the picture was made, and that as the press asks for it: as a `DigitalSourceType` of IPTC
 * (https://cv.iptc.org/newscodes/digitalsourcetype/), which replaces one that is there.
 */
void
reshoot_mark_set_edits (ReshootMark *self,
                        const char  *edits,
                        gboolean     is_generated)
{
  g_return_if_fail (self != NULL);

  g_free (self->edits);
  self->edits = g_strdup (edits);
  self->is_generated = is_generated;
}

/**
 * reshoot_mark_copy:
 * @self: (nullable): a mark
 *
 * Returns: (transfer full) (nullable): another
 */
ReshootMark *
reshoot_mark_copy (const ReshootMark *self)
{
  ReshootMark *copy;

  if (self == NULL)
    return NULL;

  copy = reshoot_mark_new (self->project, self->step, self->number);
  reshoot_mark_set_edits (copy, self->edits, self->is_generated);
  return copy;
}

/**
 * reshoot_mark_free:
 * @self: (transfer full): a mark
 */
void
reshoot_mark_free (ReshootMark *self)
{
  g_free (self->project);
  g_free (self->step);
  g_free (self->edits);
  g_free (self);
}

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

static char *
dup_packet_of_bytes (GBytes             *bytes,
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

  theirs = dup_packet_of_bytes (bytes, format, &has_packet);
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

typedef struct
{
  GString *prefix;     /* that stands for our name space, with its colon */
  GString *element;    /* the one whose text is read */
  char    *project;
  char    *step;
  gint64   number;
} Reading;

static void
take (Reading    *reading,
      const char *name,
      const char *value)
{
  if (reading->prefix->len == 0 || !g_str_has_prefix (name, reading->prefix->str))
    return;

  name += reading->prefix->len;
  if (strcmp (name, "Project") == 0 && g_uuid_string_is_valid (value))
    {
      g_free (reading->project);
      reading->project = g_strdup (value);
    }
  else if (strcmp (name, "Step") == 0 && g_uuid_string_is_valid (value))
    {
      g_free (reading->step);
      reading->step = g_strdup (value);
    }
  else if (strcmp (name, "Number") == 0)
    g_ascii_string_to_signed (value, 10, 1, G_MAXINT64, &reading->number, NULL);
}

/* Others may write the same as attributes or as elements, and call the name space as they like. */
static void
start_element_cb (GMarkupParseContext  *context,
                  const char           *name,
                  const char          **names,
                  const char          **values,
                  gpointer              user_data,
                  GError              **error)
{
  Reading *reading = user_data;

  for (guint i = 0; names[i] != NULL; i++)
    if (g_str_has_prefix (names[i], "xmlns:") && strcmp (values[i], NAMESPACE) == 0)
      g_string_printf (reading->prefix, "%s:", names[i] + strlen ("xmlns:"));

  for (guint i = 0; names[i] != NULL; i++)
    take (reading, names[i], values[i]);

  g_string_assign (reading->element, name);
}

static void
text_cb (GMarkupParseContext  *context,
         const char           *text,
         gsize                 length,
         gpointer              user_data,
         GError              **error)
{
  Reading *reading = user_data;
  g_autofree char *value = g_strstrip (g_strndup (text, length));

  take (reading, reading->element->str, value);
}

static void
end_element_cb (GMarkupParseContext  *context,
                const char           *name,
                gpointer              user_data,
                GError              **error)
{
  g_string_truncate (((Reading *) user_data)->element, 0);
}

/**
 * reshoot_image_dup_mark:
 * @image: a picture
 *
 * Looks for a mark in what the picture says about itself. It may be a stranger's: a mark that is not whole is none, and
 * what a mark says need not be true. Reads the header again: for a worker thread.
 *
 * Returns: (transfer full) (nullable): where the picture says it came from
 */
ReshootMark *
reshoot_image_dup_mark (ReshootImage *image)
{
  static const GMarkupParser parser = { start_element_cb, end_element_cb, text_cb, NULL, NULL };
  g_autoptr (GMarkupParseContext) context = NULL;
  g_autoptr (GString) prefix = g_string_new (NULL);
  g_autoptr (GString) element = g_string_new (NULL);
  g_autofree char *project = NULL;
  g_autofree char *step = NULL;
  g_autofree char *packet = NULL;
  Reading reading = { prefix, element, NULL, NULL, 0 };
  gboolean has_packet;
  gboolean is_read;

  g_return_val_if_fail (RESHOOT_IS_IMAGE (image), NULL);

  packet = dup_packet_of_bytes (reshoot_image_get_bytes (image), reshoot_image_get_format (image),
                       &has_packet);
  if (packet == NULL || strstr (packet, NAMESPACE) == NULL)
    return NULL;

  context = g_markup_parse_context_new (&parser, 0, &reading, NULL);
  is_read = g_markup_parse_context_parse (context, packet, -1, NULL) &&
            g_markup_parse_context_end_parse (context, NULL);
  project = reading.project;
  step = reading.step;
  if (!is_read || project == NULL || step == NULL || reading.number < 1)
    return NULL;

  return reshoot_mark_new (project, step, reading.number);
}
