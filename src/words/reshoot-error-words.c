/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* One sentence for each thing that can go wrong. The table is the whole knowledge: code and reason choose the row, the
 * subject goes where it has its %s, and rows without a reason catch what is new or was given none. A sentence says what
 * to do, stays on one line and never quotes the English detail of an error of ours. */

#include "config.h"

#include "reshoot-words.h"
#include "reshoot-words-private.h"

#include "reshoot-error.h"

#include <glib/gi18n-lib.h>

#define ANY_CODE (-1)

/* A subject longer than this is cut: it is a name or a clause, not a page. In characters. */
#define SUBJECT_LENGTH_MAX 160

typedef struct
{
  int         code;       /* ReshootError, or ANY_CODE */
  const char *reason;     /* (nullable): NULL catches every reason of the code */
  const char *with;       /* with a subject, which goes where %s is */
  const char *without;    /* without one */
} Sentence;

/* Exact code and reason first, then the reason under any code, then the code alone. */
static const Sentence sentences[] = {
  /* Translators: in all these sentences %s is a file, a model, a service or the person's own words. */
  { ANY_CODE, "missing",
    N_("There is no file “%s”."),
    N_("The file is not there.") },
  { ANY_CODE, "directory",
    N_("“%s” is a folder: name a file in it instead."),
    N_("That is a folder: name a file in it instead.") },
  { ANY_CODE, "not-a-file",
    N_("“%s” is not an ordinary file: name a picture or a project."),
    N_("That is not an ordinary file: name a picture or a project.") },
  { ANY_CODE, "name-too-long",
    N_("“%s” is too long for a file name: choose a shorter one."),
    N_("The file name is too long: choose a shorter one.") },
  { ANY_CODE, "name",
    N_("“%s” cannot be the name of a file: choose another one."),
    N_("That cannot be the name of a file: choose another one.") },
  { ANY_CODE, "permission",
    N_("“%s” may not be read or written by you: choose another place or change its permissions."),
    N_("The file may not be read or written by you: choose another place or change its permissions.") },
  { ANY_CODE, "read-only",
    N_("“%s” can only be read: choose another place to write to."),
    N_("The place can only be read: choose another one to write to.") },
  { ANY_CODE, "empty",
    N_("“%s” is empty: name a picture in PNG, JPEG, WebP or TIFF."),
    N_("The file is empty: name a picture in PNG, JPEG, WebP or TIFF.") },
  { ANY_CODE, "truncated",
    N_("“%s” ends too early to be read whole: copy or download it again."),
    N_("The picture ends too early to be read whole: copy or download it again.") },

  { RESHOOT_ERROR_UNSUPPORTED_IMAGE, NULL,
    N_("“%s” is not a picture Reshoot can read: it takes PNG, JPEG, WebP and TIFF."),
    N_("That is not a picture Reshoot can read: it takes PNG, JPEG, WebP and TIFF.") },
  { RESHOOT_ERROR_TOO_LARGE, NULL,
    N_("“%s” is too large to be opened safely: make it smaller first."),
    N_("The picture is too large to be opened safely: make it smaller first.") },

  { ANY_CODE, "not-a-project",
    N_("“%s” is not a Reshoot project: name a .reshoot file."),
    N_("That is not a Reshoot project: name a .reshoot file.") },
  { RESHOOT_ERROR_CORRUPT, NULL,
    N_("“%s” is damaged: what can still be read can be exported, and a backup is the safest way back."),
    N_("The file is damaged: what can still be read can be exported, and a backup is the safest way back.") },
  { RESHOOT_ERROR_NEWER, NULL,
    N_("“%s” was made by a newer Reshoot: update Reshoot to change it."),
    N_("The project was made by a newer Reshoot: update Reshoot to change it.") },
  { RESHOOT_ERROR_BUSY, NULL,
    N_("“%s” is being written by another program: close it there and try again."),
    N_("The project is being written by another program: close it there and try again.") },
  { RESHOOT_ERROR_READ_ONLY, NULL,
    N_("“%s” can only be read: choose another place to write to."),
    N_("The project can only be read: save a copy to change it.") },
  { RESHOOT_ERROR_NO_SPACE, NULL,
    N_("There is no space left to write “%s”: free some and try again."),
    N_("There is no space left to write to: free some and try again.") },

  { RESHOOT_ERROR_UNSURE, NULL,
    N_("The product in “%s” cannot be told from its surroundings with certainty: draw a box around it."),
    N_("The product cannot be told from its surroundings with certainty: draw a box around it.") },
  { RESHOOT_ERROR_REFUSED, NULL,
    N_("The service refused the request (%s): change the words or the picture."),
    N_("The service refused the request: change the words or the picture.") },
  { RESHOOT_ERROR_BUDGET, NULL,
    N_("The budget does not allow this edit (%s): raise it or choose a cheaper model."),
    N_("The budget does not allow this edit: raise it or choose a cheaper model.") },
  { RESHOOT_ERROR_AUTH, NULL,
    N_("There is no valid key for “%s”: set it in the preferences or in the environment."),
    N_("There is no valid key for the service: set it in the preferences or in the environment.") },
  { RESHOOT_ERROR_CREDITS, NULL,
    N_("The account at “%s” has no credit left: add some there and try again."),
    N_("The account at the service has no credit left: add some there and try again.") },
  { RESHOOT_ERROR_NETWORK, NULL,
    N_("“%s” cannot be reached: check the connection; trying again costs nothing extra."),
    N_("The service cannot be reached: check the connection; trying again costs nothing extra.") },
  { RESHOOT_ERROR_UNAVAILABLE, NULL,
    N_("“%s” is not available at the moment: try again later, which costs nothing extra."),
    N_("The service is not available at the moment: try again later, which costs nothing extra.") },
  { RESHOOT_ERROR_RATE_LIMITED, NULL,
    N_("“%s” takes no more requests at the moment: wait a little and try again, which costs nothing extra."),
    N_("The service takes no more requests at the moment: wait a little and try again, which costs nothing extra.") },
  { RESHOOT_ERROR_EXPIRED, NULL,
    N_("The result at “%s” is no longer there: asking once more is a new request, which is charged again."),
    N_("The result is no longer there: asking once more is a new request, which is charged again.") },
  { RESHOOT_ERROR_PROTOCOL, NULL,
    N_("“%s” gave an answer that Reshoot does not understand: resuming the job asks again and costs nothing."),
    N_("The service gave an answer that Reshoot does not understand: "
       "resuming the job asks again and costs nothing.") },
  { RESHOOT_ERROR_UNKNOWN_PAYMENT, NULL,
    N_("It is not known whether this request was charged (%s): resume the job to ask again before you repeat it."),
    N_("It is not known whether this request was charged: resume the job to ask again before you repeat it.") },

  { RESHOOT_ERROR_INVALID_REQUEST, "model",
    N_("There is no model “%s”: “reshoot models” lists those there are."),
    N_("There is no such model: “reshoot models” lists those there are.") },
  { RESHOOT_ERROR_INVALID_REQUEST, "step",
    N_("There is no step %s in this project: “reshoot history” lists those there are."),
    N_("There is no such step in this project: “reshoot history” lists those there are.") },
  { RESHOOT_ERROR_INVALID_REQUEST, NULL,
    N_("Reshoot cannot work with “%s”: check it and try again."),
    N_("Reshoot cannot work with that: check it and try again.") },

  { RESHOOT_ERROR_CANNOT, NULL,
    N_("The studio cannot do “%s”: leave that out, or choose another model."),
    N_("The studio cannot do that: say it in other words, or choose another model.") },
  { RESHOOT_ERROR_FAILED, NULL,
    N_("Something went wrong with “%s”: nothing was lost, try again."),
    N_("Something went wrong: nothing was lost, try again.") },
};

static const Sentence *
find_sentence (int         code,
               const char *reason)
{
  const Sentence *best = NULL;
  int best_rank = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sentences); i++)
    {
      const Sentence *row = &sentences[i];
      gboolean same_reason = row->reason != NULL && g_strcmp0 (row->reason, reason) == 0;
      int rank;

      if (row->code == code && same_reason)
        rank = 3;
      else if (row->code == ANY_CODE && same_reason)
        rank = 2;
      else if (row->code == code && row->reason == NULL)
        rank = 1;
      else
        rank = 0;

      if (rank > best_rank)
        {
          best = row;
          best_rank = rank;
        }
    }

  return best;
}

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
  const Sentence *sentence;

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

  sentence = find_sentence (error->code, reason);
  g_return_val_if_fail (sentence != NULL, words_for_foreign_error (error));

  if (subject == NULL || *subject == '\0')
    return g_strdup (_(sentence->without));

  return reshoot_words_fill (_(sentence->with), subject);
}
