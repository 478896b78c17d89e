/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The words that people put on steps: how long each may be, and what is cut from them. What a person writes is refused
 * when it is too long, so that nobody loses words without knowing; what a stranger's file holds is cut, so that the
 * rest of it can be read. */

#include "reshoot-label-text.h"

#include <string.h>

#include "reshoot-error.h"

/* How many characters of a text that is too long are said again. */
#define SHOWN 40

static const struct
{
  const char *name;
  glong       max;       /* in characters */
  gboolean    is_line;   /* shown in one line */
} kinds[] = {
  [RESHOOT_LABEL_TITLE] = { "title", 500, TRUE },
  [RESHOOT_LABEL_BRANCH] = { "branch", 200, TRUE },
  [RESHOOT_LABEL_TAG] = { "tag", 100, TRUE },
  [RESHOOT_LABEL_AUTHOR] = { "author", 200, TRUE },
  [RESHOOT_LABEL_REASON] = { "reason", 2000, FALSE },
  [RESHOOT_LABEL_NOTE] = { "note", 10000, FALSE },
};

/* Without the space around it, and a line without what would break or hide it. */
static void
tidy (ReshootLabelKind  kind,
      char             *text)
{
  for (char *at = text; kinds[kind].is_line && *at != '\0'; at++)
    if (g_ascii_iscntrl (*at))
      *at = ' ';

  g_strstrip (text);
}

/*
 * reshoot_label_clean:
 * @kind: what the words are for
 * @text: (nullable): as a person wrote them
 * @clean: (out) (nullable): to be stored; %NULL when nothing is left
 * @error: return location
 *
 * Errors: `INVALID_REQUEST` "label-too-long", with its first words as the subject, or "text-encoding".
 *
 * Returns: whether they can be stored
 */
gboolean
reshoot_label_clean (ReshootLabelKind   kind,
                     const char        *text,
                     char             **clean,
                     GError           **error)
{
  g_autofree char *copy = g_strdup (text != NULL ? text : "");
  const char *name = kinds[kind].name;

  *clean = NULL;
  if (!g_utf8_validate (copy, -1, NULL))
    {
      g_autofree char *valid = g_utf8_make_valid (copy, -1);

      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "text-encoding", valid,
                         "a %s that is not UTF-8",
                         name);
      return FALSE;
    }

  tidy (kind, copy);
  if (g_utf8_strlen (copy, -1) > kinds[kind].max)
    {
      *g_utf8_offset_to_pointer (copy, SHOWN) = '\0';
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "label-too-long", copy,
                         "a %s of more than %ld characters", name, kinds[kind].max);
      return FALSE;
    }

  if (*copy != '\0')
    *clean = g_steal_pointer (&copy);

  return TRUE;
}

/*
 * reshoot_label_cap:
 * @kind: what the words are for
 * @text: (nullable): as a file has them
 *
 * Returns: (transfer full) (nullable): what of @text is shown; %NULL when that is nothing
 */
char *
reshoot_label_cap (ReshootLabelKind  kind,
                   const char       *text)
{
  /* No character is longer than six bytes, so that no more of a huge text than this is looked at. */
  gsize size = text != NULL ? strnlen (text, (gsize) kinds[kind].max * 6) : 0;
  g_autofree char *valid = g_utf8_make_valid (text != NULL ? text : "", (gssize) size);

  tidy (kind, valid);
  if (g_utf8_strlen (valid, -1) > kinds[kind].max)
    *g_utf8_offset_to_pointer (valid, kinds[kind].max) = '\0';

  return *valid != '\0' ? g_steal_pointer (&valid) : NULL;
}

/* For an array of texts: by their bytes. */
int
reshoot_compare_texts (gconstpointer a,
                       gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}
