/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* An error as one sentence on one line: the one that the table of sentences has for it, with the subject where its %s
 * is. The English detail of an error of ours is never quoted. */

#include "config.h"

#include "reshoot-words.h"
#include "reshoot-sentences.h"
#include "reshoot-words-private.h"

#include "reshoot-error.h"

#include <glib/gi18n-lib.h>

/* A subject longer than this is cut: it is a name or a clause, not a page. In characters. */
#define SUBJECT_LENGTH_MAX 160

/* Names and clauses come from outside: bad bytes, line ends and endless ones must not break the sentence. */
char *
reshoot_words_clean_subject (const char *subject)
{
  g_autofree char *valid = g_utf8_make_valid (subject, -1);
  GString *clean = g_string_new (NULL);
  glong length = 0;

  for (const char *c = valid; *c != '\0'; c = g_utf8_next_char (c), length++)
    {
      gunichar character = g_utf8_get_char (c);

      if (length == SUBJECT_LENGTH_MAX)
        {
          g_string_append (clean, "…");
          break;
        }

      g_string_append_unichar (clean, g_unichar_isprint (character) ? character : ' ');
    }

  g_strstrip (clean->str);
  return g_string_free (clean, FALSE);
}

/* Puts @subject where the only %s of @format is. The formats come out of a table, so printf is not asked. */
char *
reshoot_words_fill (const char *format,
                    const char *subject)
{
  GString *filled = g_string_new (format);
  g_autofree char *clean = reshoot_words_clean_subject (subject);

  g_string_replace (filled, "%s", clean, 1);
  return g_string_free (filled, FALSE);
}

static char *
words_for_foreign_error (const GError *error)
{
  g_autofree char *detail = reshoot_words_clean_subject (error->message);
  gsize length = strlen (detail);

  if (length > 0 && detail[length - 1] == '.')
    detail[length - 1] = '\0';

  /* Translators: %s is a technical detail, in whatever language a library gave it. */
  return g_strdup_printf (_("Something went wrong: %s."), detail);
}

/**
 * reshoot_words_for_error:
 * @error: any error
 *
 * One sentence that says what happened and what to do, on one line, made from the code, the reason
 * and the subject of @error.
 *
 * Returns: (transfer full): the sentence
 */
char *
reshoot_words_for_error (const GError *error)
{
  const char *reason, *subject;
  const ReshootSentence *sentence;

  g_return_val_if_fail (error != NULL, NULL);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_strdup (_("Stopped: what was paid for is kept and can be resumed."));

  if (error->domain != RESHOOT_ERROR)
    return words_for_foreign_error (error);

  reason = reshoot_error_get_reason (error);
  subject = reshoot_error_get_subject (error);

  if (error->code == RESHOOT_ERROR_CANNOT && reshoot_words_is_refusal (reason))
    {
      ReshootRefusal refusal = { (char *) reason, (char *) subject };

      return reshoot_words_for_refusal (&refusal);
    }

  sentence = reshoot_sentence_find (error->code, reason);
  g_return_val_if_fail (sentence != NULL, words_for_foreign_error (error));

  if (subject == NULL || *subject == '\0' || sentence->with == NULL)
    return g_strdup (_(sentence->without));

  /* The plan's word for a colour in the picture. */
  if (g_str_has_prefix (subject, "color:"))
    subject += strlen ("color:");

  return reshoot_words_fill (_(sentence->with), subject);
}
