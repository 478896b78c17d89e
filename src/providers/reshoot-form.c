/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootForm: the body of a call as multipart/form-data. Pictures are large, so the parts are only noted down, and the
 * body is written once, into a buffer of the right size. What stands between the parts is looked for in every one of
 * them first: whatever bytes a picture has, they cannot end it early. */

#include "reshoot-form.h"

#include <string.h>

static const struct
{
  const char *type;
  const char *ending;
} formats[] = {
  [RESHOOT_IMAGE_FORMAT_PNG] = { "image/png", ".png" },
  [RESHOOT_IMAGE_FORMAT_JPEG] = { "image/jpeg", ".jpg" },
  [RESHOOT_IMAGE_FORMAT_WEBP] = { "image/webp", ".webp" },
  [RESHOOT_IMAGE_FORMAT_TIFF] = { "image/tiff", ".tiff" },
};

struct _ReshootForm
{
  GPtrArray *parts;   /* of Part */
};

typedef struct
{
  char   *head;       /* the lines before the content, without the boundary */
  GBytes *content;
} Part;

static void
part_free (gpointer data)
{
  Part *part = data;

  g_free (part->head);
  g_bytes_unref (part->content);
  g_free (part);
}

/**
 * reshoot_form_new:
 *
 * Returns: (transfer full): a form without fields
 */
ReshootForm *
reshoot_form_new (void)
{
  ReshootForm *self = g_new0 (ReshootForm, 1);

  self->parts = g_ptr_array_new_with_free_func (part_free);
  return self;
}

void
reshoot_form_free (ReshootForm *self)
{
  g_ptr_array_unref (self->parts);
  g_free (self);
}

/* A name stands between quotes in a line of its own: what would end either is written as browsers do. */
static char *
dup_quoted (const char *name)
{
  GString *quoted = g_string_new (name);

  g_string_replace (quoted, "\"", "%22", 0);
  g_string_replace (quoted, "\r", "%0D", 0);
  g_string_replace (quoted, "\n", "%0A", 0);
  return g_string_free (quoted, FALSE);
}

static void
add_part (ReshootForm *self,
          char        *head,
          GBytes      *content)
{
  Part *part = g_new0 (Part, 1);

  part->head = head;
  part->content = content;
  g_ptr_array_add (self->parts, part);
}

/**
 * reshoot_form_add_text:
 * @self: a form
 * @name: of a field
 * @text: its value, in UTF-8
 */
void
reshoot_form_add_text (ReshootForm *self,
                       const char  *name,
                       const char  *text)
{
  g_autofree char *quoted = dup_quoted (name);

  add_part (self, g_strdup_printf ("Content-Disposition: form-data; name=\"%s\"\r\n\r\n", quoted),
            g_bytes_new (text, strlen (text)));
}

/**
 * reshoot_form_add_picture:
 * @self: a form
 * @name: of a field; the same may be added several times
 * @stem: what the file is called, in ASCII and without its ending
 * @picture: a picture; its bytes are not copied here
 */
void
reshoot_form_add_picture (ReshootForm  *self,
                          const char   *name,
                          const char   *stem,
                          ReshootImage *picture)
{
  g_autofree char *quoted_name = dup_quoted (name);
  g_autofree char *quoted_stem = dup_quoted (stem);
  ReshootImageFormat format = reshoot_image_get_format (picture);

  add_part (self, g_strdup_printf ("Content-Disposition: form-data; name=\"%s\"; "
                                   "filename=\"%s%s\"\r\nContent-Type: %s\r\n\r\n",
                                   quoted_name, quoted_stem, formats[format].ending,
                                   formats[format].type),
            g_bytes_ref (reshoot_image_get_bytes (picture)));
}

static gboolean
holds (GBytes     *content,
       const char *text)
{
  gsize length = strlen (text);
  gsize left;
  const char *at = g_bytes_get_data (content, &left);

  while (left >= length)
    {
      const char *found = memchr (at, text[0], left - length + 1);

      if (found == NULL)
        return FALSE;
      if (memcmp (found, text, length) == 0)
        return TRUE;

      left -= (gsize) (found + 1 - at);
      at = found + 1;
    }

  return FALSE;
}

static gboolean
occurs (ReshootForm *self,
        const char  *boundary)
{
  for (guint i = 0; i < self->parts->len; i++)
    if (holds (((Part *) self->parts->pdata[i])->content, boundary))
      return TRUE;

  return FALSE;
}

static char *
make_boundary (ReshootForm *self)
{
  char *boundary = NULL;

  do
    {
      g_autofree char *uuid = g_uuid_string_random ();

      g_free (boundary);
      boundary = g_strconcat ("reshoot-", uuid, NULL);
    }
  while (occurs (self, boundary));

  return boundary;
}

static char *
append (char       *end,
        const char *data,
        gsize       size)
{
  if (size > 0)
    memcpy (end, data, size);
  return end + size;
}

/**
 * reshoot_form_fill_call:
 * @self: a form with at least one field
 * @call: (inout): gets the body and its type
 */
void
reshoot_form_fill_call (ReshootForm *self,
                        ReshootCall *call)
{
  g_autofree char *boundary = make_boundary (self);
  g_autofree char *line = g_strdup_printf ("--%s\r\n", boundary);
  g_autofree char *last = g_strdup_printf ("--%s--\r\n", boundary);
  gsize total = strlen (last);
  char *body;
  char *end;

  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = self->parts->pdata[i];

      total += strlen (line) + strlen (part->head) + g_bytes_get_size (part->content) + strlen ("\r\n");
    }

  body = end = g_malloc (total);
  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = self->parts->pdata[i];
      gsize size;
      const char *data = g_bytes_get_data (part->content, &size);

      end = append (end, line, strlen (line));
      end = append (end, part->head, strlen (part->head));
      end = append (end, data, size);
      end = append (end, "\r\n", 2);
    }
  append (end, last, strlen (last));

  call->body = g_bytes_new_take (body, total);
  call->content_type = g_strdup_printf ("multipart/form-data; boundary=%s", boundary);
}
