/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootMark: where an exported picture came from, written into it as XMP, in a name space of our own, so that the
 * picture finds home after it was renamed, cropped or saved again by a program that keeps what it does not know. What
 * others wrote there stays. What the packet says is in reshoot-mark-packet.c, how it gets into the bytes in
 * reshoot-mark-bytes.c. */

#include "reshoot-mark.h"

#include "reshoot-image-private.h"
#include "reshoot-mark-private.h"

#include <string.h>

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
    if (g_str_has_prefix (names[i], "xmlns:") && strcmp (values[i], RESHOOT_MARK_NAMESPACE) == 0)
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

  packet = reshoot_mark_dup_packet (reshoot_image_get_bytes (image),
                                    reshoot_image_get_format (image),
                       &has_packet);
  if (packet == NULL || strstr (packet, RESHOOT_MARK_NAMESPACE) == NULL)
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
