/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootSearch: what a person looks for, and whether a step is it. One reading of the words and one comparison serve
 * the window, which asks a step, and the index, which asks its rows: both find the same.
 *
 * Texts are compared folded: neither case nor accents count, and nothing but letters and digits does. A folded value is
 * its words with a space before the first and after each, so that " stu" in it is a word that begins with "stu", and
 * " white stu" such a word behind "white". Values of one field stand behind each other, with two spaces between them,
 * the fields each on a line: no phrase reaches over. */

#include "reshoot-search.h"

#include <string.h>

#include "reshoot-error.h"
#include "reshoot-note.h"
#include "reshoot-search-private.h"

#define ANY_FIELD RESHOOT_SEARCH_N_FIELDS

/* How much of a text is shown around what was found, in characters. */
#define SNIPPET_BEFORE 30
#define SNIPPET_LENGTH 100

/* SQLite's parser goes no deeper than a few hundred, and a few narrow the rows down well enough. */
#define MOST_PHRASES 16

/* Enough of a text to hold any words that somebody looks for, in bytes. */
#define MOST_TEXT 65536

typedef struct
{
  guint  field;    /* ReshootSearchField, or ANY_FIELD */
  char  *needle;   /* folded, without the last space: the last word may go on */
} Term;

typedef enum
{
  IS_ANYTHING = 0,
  IS_ACCEPTED = 1 << 0,
  IS_REJECTED = 1 << 1,
  IS_ORIGINAL = 1 << 2,
  IS_EDIT = 1 << 3,
  IS_DONE = 1 << 4,
  IS_FAILED = 1 << 5,
} Is;

struct _ReshootSearch
{
  GArray *terms;    /* of Term */
  guint   is;       /* Is, all of them */
  int     rating;   /* at least */
};

static void
term_clear (gpointer data)
{
  g_free (((Term *) data)->needle);
}

/* Scripts without spaces between words: each sign is one. */
static gboolean
is_word_of_its_own (gunichar c)
{
  GUnicodeScript script;

  if (c < 0x2e80)
    return FALSE;

  script = g_unichar_get_script (c);
  return script == G_UNICODE_SCRIPT_HAN || script == G_UNICODE_SCRIPT_HIRAGANA ||
         script == G_UNICODE_SCRIPT_KATAKANA;
}

static void
fold_ascii (GString    *folded,
            const char *text)
{
  for (; *text != '\0'; text++)
    if (g_ascii_isalnum (*text))
      g_string_append_c (folded, g_ascii_tolower (*text));
    else if (folded->str[folded->len - 1] != ' ')
      g_string_append_c (folded, ' ');
}

static void
fold_unicode (GString    *folded,
              const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autofree char *cases = g_utf8_casefold (valid, -1);
  g_autofree char *plain = g_utf8_normalize (cases, -1, G_NORMALIZE_ALL);

  for (const char *at = plain; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean alone = is_word_of_its_own (c);

      if (g_unichar_ismark (c))
        continue;

      if ((alone || !g_unichar_isalnum (c)) && folded->str[folded->len - 1] != ' ')
        g_string_append_c (folded, ' ');
      if (alone || g_unichar_isalnum (c))
        g_string_append_unichar (folded, c);
      if (alone)
        g_string_append_c (folded, ' ');
    }
}

/* Appends " word word "; nothing where there is no word. */
static void
fold_value (GString    *folded,
            const char *text)
{
  gsize start = folded->len;

  g_string_append_c (folded, ' ');
  if (g_str_is_ascii (text))
    fold_ascii (folded, text);
  else
    fold_unicode (folded, text);

  if (folded->len == start + 1)
    g_string_truncate (folded, start);
  else if (folded->str[folded->len - 1] != ' ')
    g_string_append_c (folded, ' ');
}

/* An edit that nobody named is called by the first of its words: that is no title. */
static void
drop_borrowed_title (GString *folded,
                     gsize    title)
{
  gsize length = folded->len - title;

  if (length > 1 && title > length && strncmp (folded->str, folded->str + title, length - 1) == 0)
    g_string_truncate (folded, title);
}

/*
 * reshoot_search_fold:
 * @texts: a text for each field, or %NULL; several values of a field each on a line
 *
 * Returns: (transfer full): what a search compares
 */
char *
reshoot_search_fold (const char *const *texts)
{
  GString *folded = g_string_new (NULL);

  for (guint i = 0; i < RESHOOT_SEARCH_N_FIELDS; i++)
    {
      g_auto (GStrv) values = NULL;
      gsize start;

      if (i > 0)
        g_string_append_c (folded, '\n');

      /* An instruction may have several lines and is one value all the same. */
      start = folded->len;
      if (texts[i] != NULL && (i == RESHOOT_SEARCH_TAG || i == RESHOOT_SEARCH_NOTE))
        values = g_strsplit (texts[i], "\n", -1);
      else if (texts[i] != NULL)
        fold_value (folded, texts[i]);

      for (guint j = 0; values != NULL && values[j] != NULL; j++)
        fold_value (folded, values[j]);

      if (i == RESHOOT_SEARCH_TITLE)
        drop_borrowed_title (folded, start);
    }

  return g_string_free (folded, FALSE);
}

static void
add_term (ReshootSearch *self,
          guint          field,
          const char    *text)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  Term term = { field, NULL };

  fold_value (folded, text);
  if (folded->len == 0)
    return;

  g_string_truncate (folded, folded->len - 1);
  term.needle = g_strdup (folded->str);
  g_array_append_val (self->terms, term);
}

static gboolean
set_search_error (const char  *token,
                  GError     **error)
{
  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "search", token, "no such filter");
  return FALSE;
}

static gboolean
add_is (ReshootSearch  *self,
        const char     *token,
        const char     *value,
        GError        **error)
{
  static const struct
  {
    const char *word;
    Is          is;
  } table[] = {
    { "accepted", IS_ACCEPTED }, { "rejected", IS_REJECTED }, { "original", IS_ORIGINAL },
    { "edit", IS_EDIT }, { "done", IS_DONE }, { "failed", IS_FAILED },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    if (g_ascii_strcasecmp (value, table[i].word) == 0)
      {
        self->is |= table[i].is;
        return TRUE;
      }

  return set_search_error (token, error);
}

/* One word, phrase or filter. What looks like a filter and is none, as "16:9", is words. */
static gboolean
add_token (ReshootSearch  *self,
           const char     *token,
           GError        **error)
{
  static const struct
  {
    const char         *name;
    ReshootSearchField  field;
  } fields[] = {
    { "model:", RESHOOT_SEARCH_MODEL }, { "tag:", RESHOOT_SEARCH_TAG }, { "branch:", RESHOOT_SEARCH_BRANCH },
    { "title:", RESHOOT_SEARCH_TITLE }, { "note:", RESHOOT_SEARCH_NOTE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (fields); i++)
    if (g_ascii_strncasecmp (token, fields[i].name, strlen (fields[i].name)) == 0)
      {
        add_term (self, fields[i].field, token + strlen (fields[i].name));
        return TRUE;
      }

  if (g_ascii_strncasecmp (token, "is:", 3) == 0)
    return add_is (self, token, token + 3, error);

  if (g_ascii_strncasecmp (token, "rating:", 7) == 0)
    {
      guint64 rating;

      if (!g_ascii_string_to_unsigned (token + 7, 10, 0, 5, &rating, NULL))
        return set_search_error (token, error);

      self->rating = MAX (self->rating, (int) rating);
      return TRUE;
    }

  add_term (self, ANY_FIELD, token);
  return TRUE;
}

/**
 * reshoot_search_new:
 * @words: what a person typed, in UTF-8
 * @error: return location for an error
 *
 * Errors: `INVALID_REQUEST` "search" for a rating that is no number from 0 to 5 and an `is:` that is none of ours, with
 * the filter as the subject.
 *
 * Returns: (transfer full): a search; one without words and filters finds every step
 */
ReshootSearch *
reshoot_search_new (const char  *words,
                    GError     **error)
{
  g_autoptr (ReshootSearch) self = NULL;
  g_autoptr (GString) token = g_string_new (NULL);
  g_autofree char *valid = NULL;
  gboolean quoted = FALSE;

  g_return_val_if_fail (words != NULL, NULL);

  self = g_new0 (ReshootSearch, 1);
  self->terms = g_array_new (FALSE, FALSE, sizeof (Term));
  g_array_set_clear_func (self->terms, term_clear);

  valid = g_utf8_make_valid (words, -1);
  for (const char *at = valid; ; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);

      if (c == '"')
        quoted = !quoted;
      else if (c != 0 && (quoted || !g_unichar_isspace (c)))
        g_string_append_unichar (token, c);

      if (token->len > 0 && (c == 0 || (!quoted && g_unichar_isspace (c))))
        {
          if (!add_token (self, token->str, error))
            return NULL;
          g_string_truncate (token, 0);
        }

      if (c == 0)
        return g_steal_pointer (&self);
    }
}

/**
 * reshoot_search_free:
 * @self: (transfer full): a search
 */
void
reshoot_search_free (ReshootSearch *self)
{
  g_array_unref (self->terms);
  g_free (self);
}

/* The line of a field in folded words. */
static const char *
find_line (const char *words,
           guint       field,
           gsize      *length)
{
  const char *end;

  for (; field > 0 && words != NULL; field--)
    {
      words = strchr (words, '\n');
      words = words != NULL ? words + 1 : NULL;
    }

  end = words != NULL ? strchr (words, '\n') : NULL;
  *length = end != NULL ? (gsize) (end - words) : words != NULL ? strlen (words) : 0;
  return words;
}

static gboolean
has_term (const char *words,
          const Term *term)
{
  const char *line;
  gsize length;

  if (term->field == ANY_FIELD)
    return strstr (words, term->needle) != NULL;

  line = find_line (words, term->field, &length);
  return line != NULL && g_strstr_len (line, (gssize) length, term->needle) != NULL;
}

static gboolean
is_what_is_asked (const ReshootSearchRow *row,
                  guint                   is)
{
  gboolean final = reshoot_step_state_is_final (row->state);

  if ((is & IS_ACCEPTED) != 0 && g_strcmp0 (row->verdict, "accept") != 0)
    return FALSE;
  if ((is & IS_REJECTED) != 0 && g_strcmp0 (row->verdict, "reject") != 0)
    return FALSE;
  if ((is & IS_ORIGINAL) != 0 && !row->is_original)
    return FALSE;
  if ((is & IS_EDIT) != 0 && row->is_original)
    return FALSE;
  if ((is & IS_DONE) != 0 && row->state != RESHOOT_STEP_DONE)
    return FALSE;

  return (is & IS_FAILED) == 0 || (final && row->state != RESHOOT_STEP_DONE);
}

gboolean
reshoot_search_matches_row (ReshootSearch          *self,
                            const ReshootSearchRow *row)
{
  if (row->rating < self->rating || !is_what_is_asked (row, self->is))
    return FALSE;

  for (guint i = 0; i < self->terms->len; i++)
    if (!has_term (row->words, &g_array_index (self->terms, Term, i)))
      return FALSE;

  return TRUE;
}

/*
 * reshoot_search_dup_phrases:
 * @self: a search
 *
 * Every row that matches has all of these phrases; not every row that has them matches.
 *
 * Returns: (transfer full) (nullable): an expression for SQLite's full text search; %NULL: there are no words
 */
char *
reshoot_search_dup_phrases (ReshootSearch *self)
{
  GString *phrases = NULL;

  for (guint i = 0; i < MIN (self->terms->len, MOST_PHRASES); i++)
    {
      if (phrases == NULL)
        phrases = g_string_new (NULL);
      else
        g_string_append (phrases, " AND ");

      g_string_append_printf (phrases, "\"%s\" *", g_array_index (self->terms, Term, i).needle + 1);
    }

  return phrases != NULL ? g_string_free (phrases, FALSE) : NULL;
}

static char *
join_tags (ReshootStep *step)
{
  const char *const *tags = reshoot_step_get_tags (step);

  return tags != NULL && tags[0] != NULL ? g_strjoinv ("\n", (char **) tags) : NULL;
}

static char *
join_notes (ReshootStep *step)
{
  GListModel *notes = reshoot_step_get_notes (step);
  guint n = g_list_model_get_n_items (notes);
  GString *text = n > 0 ? g_string_new (NULL) : NULL;

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ReshootNote) note = g_list_model_get_item (notes, i);

      g_string_append_printf (text, "%s\n", reshoot_note_get_facts (note)->text);
    }

  return text != NULL ? g_string_free (text, FALSE) : NULL;
}

/**
 * reshoot_search_matches:
 * @self: a search
 * @step: a step
 *
 * Returns: whether @step is looked for
 */
gboolean
reshoot_search_matches (ReshootSearch *self,
                        ReshootStep   *step)
{
  const char *texts[RESHOOT_SEARCH_N_FIELDS] = { NULL };
  g_autofree char *words = NULL;
  g_autofree char *tags = NULL;
  g_autofree char *notes = NULL;
  ReshootRequest *request;
  ReshootSearchRow row = { 0 };

  g_return_val_if_fail (self != NULL, FALSE);
  g_return_val_if_fail (RESHOOT_IS_STEP (step), FALSE);

  request = reshoot_step_get_request (step);
  row.rating = reshoot_step_get_rating (step);
  row.is_original = request == NULL;
  row.state = reshoot_step_get_state (step);
  if (reshoot_step_get_verdict (step) != RESHOOT_VERDICT_NONE)
    row.verdict = reshoot_verdict_to_string (reshoot_step_get_verdict (step));

  /* Texts are folded only where the rest is right: that is what takes time. */
  if (row.rating < self->rating || !is_what_is_asked (&row, self->is))
    return FALSE;

  texts[RESHOOT_SEARCH_TITLE] = reshoot_step_get_title (step);
  texts[RESHOOT_SEARCH_BRANCH] = reshoot_step_get_branch (step);
  texts[RESHOOT_SEARCH_TAG] = tags = join_tags (step);
  texts[RESHOOT_SEARCH_NOTE] = notes = join_notes (step);
  if (request != NULL)
    {
      texts[RESHOOT_SEARCH_INSTRUCTION] = reshoot_request_get_instruction (request);
      texts[RESHOOT_SEARCH_MODEL] = reshoot_request_get_model (request);
    }

  row.words = words = reshoot_search_fold (texts);
  return reshoot_search_matches_row (self, &row);
}

/* Whether words of a search begin at @at, which is the start of a word. */
static gboolean
begins_term (ReshootSearch *self,
             const char    *at)
{
  g_autoptr (GString) folded = g_string_new (NULL);
  gsize longest = 0;
  g_autofree char *text = NULL;
  const char *end;

  for (guint i = 0; i < self->terms->len; i++)
    longest = MAX (longest, strlen (g_array_index (self->terms, Term, i).needle));

  /* Marks fall away and signs become a space: four times the length holds them. */
  end = at;
  while (*end != '\0' && (gsize) (end - at) < longest * 4)
    end = g_utf8_next_char (end);

  text = g_strndup (at, (gsize) (end - at));
  fold_value (folded, text);
  for (guint i = 0; i < self->terms->len; i++)
    if (g_str_has_prefix (folded->str, g_array_index (self->terms, Term, i).needle))
      return TRUE;

  return FALSE;
}

static char *
cut_snippet (const char *text,
             const char *found)
{
  glong before = g_utf8_pointer_to_offset (text, found);
  glong length = g_utf8_strlen (text, -1);
  glong start = MAX (MIN (before - SNIPPET_BEFORE, length - SNIPPET_LENGTH), 0);
  g_autofree char *cut = g_utf8_substring (text, start, MIN (start + SNIPPET_LENGTH, length));
  g_autofree char *line = g_strdelimit (g_steal_pointer (&cut), "\n\r\t", ' ');
  const char *left = start > 0 ? "…" : "";
  const char *right = start + SNIPPET_LENGTH < length ? "…" : "";

  return g_strconcat (left, g_strstrip (line), right, NULL);
}

/**
 * reshoot_search_dup_snippet:
 * @self: a search
 * @text: a text of a step: its instruction, a note
 *
 * Returns: (transfer full) (nullable): one line of @text around the first of the words; %NULL: none begins in it
 */
char *
reshoot_search_dup_snippet (ReshootSearch *self,
                            const char    *text)
{
  g_autofree char *head = NULL;
  g_autofree char *valid = NULL;
  gboolean in_word = FALSE;

  g_return_val_if_fail (self != NULL, NULL);
  g_return_val_if_fail (text != NULL, NULL);

  head = g_strndup (text, MOST_TEXT);
  valid = g_utf8_make_valid (head, -1);
  for (const char *at = valid; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean is_word = g_unichar_isalnum (c) || g_unichar_ismark (c);

      if (is_word && (!in_word || is_word_of_its_own (c)) && begins_term (self, at))
        return cut_snippet (valid, at);

      in_word = is_word;
    }

  return NULL;
}
