/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a step is on a printed contact sheet: its picture, its words, and in one line what is known and said of it. */

#include "reshoot-parcel-sheet.h"

/* The picture is some six centimetres wide: 300 dots an inch. */
#define LONG_EDGE 700

static const char *
get_word (JsonObject *words,
          const char *key)
{
  return json_object_get_string_member_with_default (words, key, key);
}

static void
append_verdicts (GString    *facts,
                 JsonObject *words,
                 JsonArray  *verdicts)
{
  for (guint i = 0; i < json_array_get_length (verdicts); i++)
    {
      JsonObject *given = json_array_get_object_element (verdicts, i);
      const char *author = json_object_get_string_member (given, "author");
      const char *verdict = json_object_get_string_member (given, "verdict");

      g_string_append (facts, " · ");
      if (*author != '\0')
        g_string_append_printf (facts, "%s: ", author);
      g_string_append (facts, get_word (words, g_str_equal (verdict, "accept") ? "accepted" : "rejected"));
    }
}

/* "4 · bfl/flux-kontext-pro · ★★★ · accepted" */
static char *
dup_facts (JsonObject *words,
           JsonObject *step)
{
  g_autoptr (GString) facts = g_string_new (NULL);
  const char *model = json_object_get_string_member_with_default (step, "model", NULL);
  int rating = (int) json_object_get_int_member (step, "rating");

  g_string_printf (facts, "%d", (int) json_object_get_int_member (step, "id"));
  if (model != NULL)
    g_string_append_printf (facts, " · %s", model);
  if (rating > 0)
    g_string_append (facts, " · ");
  for (int i = 0; i < rating; i++)
    g_string_append (facts, "★");

  append_verdicts (facts, words, json_object_get_array_member (step, "verdicts"));
  return g_strdup (facts->str);
}

/*
 * reshoot_parcel_add_to_sheet:
 * @sheet: a contact sheet
 * @words: see reshoot_words_for_parcel()
 * @step: see reshoot_step_to_json()
 * @picture: what the step shows
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Blocks: for a worker thread.
 *
 * Returns: whether it is on the sheet
 */
gboolean
reshoot_parcel_add_to_sheet (ReshootSheet  *sheet,
                             JsonObject    *words,
                             JsonObject    *step,
                             ReshootImage  *picture,
                             GCancellable  *cancellable,
                             GError       **error)
{
  g_autofree char *facts = dup_facts (words, step);
  g_autoptr (ReshootImage) small = NULL;
  const char *caption = json_object_get_string_member_with_default (step, "instruction", NULL);

  small = reshoot_image_make_thumbnail (picture, LONG_EDGE, cancellable, error);
  if (small == NULL)
    return FALSE;

  if (caption == NULL)
    caption = json_object_get_string_member_with_default (step, "title", "");
  return reshoot_sheet_add (sheet, small, caption, facts, cancellable, error);
}
