/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootForm: the body of a call as multipart/form-data. Pictures are large: they become pieces of the body as they
 * are, and are not copied. What stands between the parts is drawn at random when they are all there, 122 bits of it:
 * nobody can make a picture that ends itself early. */

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

static void
end_piece (GPtrArray *pieces,
           GString   *words)
{
  g_ptr_array_add (pieces, g_bytes_new (words->str, words->len));
  g_string_truncate (words, 0);
}

/**
 * reshoot_form_fill_call:
 * @self: a form with at least one field
 * @call: (inout): gets the body, in pieces, and its type
 */
void
reshoot_form_fill_call (ReshootForm *self,
                        ReshootCall *call)
{
  g_autofree char *uuid = g_uuid_string_random ();
  g_autofree char *boundary = g_strconcat ("reshoot-", uuid, NULL);
  g_autoptr (GPtrArray) pieces = g_ptr_array_new_with_free_func ((GDestroyNotify) g_bytes_unref);
  g_autoptr (GString) words = g_string_new (NULL);

  for (guint i = 0; i < self->parts->len; i++)
    {
      Part *part = self->parts->pdata[i];

      g_string_append_printf (words, "--%s\r\n%s", boundary, part->head);
      end_piece (pieces, words);
      g_ptr_array_add (pieces, g_bytes_ref (part->content));
      g_string_append (words, "\r\n");
    }

  g_string_append_printf (words, "--%s--\r\n", boundary);
  end_piece (pieces, words);

  call->pieces = g_steal_pointer (&pieces);
  call->content_type = g_strdup_printf ("multipart/form-data; boundary=%s", boundary);
}
