/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The transactions of what people say of a step: rating, title, branch, tags, verdicts and notes. Each row says what
 * holds now; the ledger has what was said before. */

#include "reshoot-project-facts-private.h"

#include "reshoot-error.h"
#include "reshoot-ledger.h"

static void
set_text (JsonObject *body,
          const char *name,
          const char *text)
{
  if (text != NULL)
    json_object_set_string_member (body, name, text);
}

/* The beginning of each transaction: its time, for the entry and for the rows. */
static JsonObject *
begin (ReshootFact *fact)
{
  g_free (fact->time);
  fact->time = reshoot_fact_make_time ();
  return reshoot_fact_new_body (fact);
}

gboolean
reshoot_fact_write_rating (ReshootDatabase *database,
                           gpointer         data,
                           GCancellable    *cancellable,
                           GError         **error)
{
  ReshootFact *fact = data;
  g_autoptr (JsonObject) body = begin (fact);

  json_object_set_int_member (body, "rating", fact->rating);
  return reshoot_database_run (database, error, "UPDATE step SET rating = ? WHERE id = ?", "ii",
                               (gint64) fact->rating, fact->step) &&
         reshoot_ledger_append (database, fact->time, "rating", body, error);
}

/* The name an original was brought in with, which only its entry remembers: NULL for an edit, and where it had none. */
static gboolean
find_own_title (ReshootDatabase *database,
                ReshootFact     *fact,
                GError         **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  query = reshoot_query_new (database, error,
                             "SELECT json_extract (body, '$.title') FROM ledger"
                             " WHERE kind = 'original' AND json_extract (body, '$.uuid') = ?1"
                             " UNION ALL SELECT json_extract (body, '$.title') FROM joined_ledger"
                             " WHERE kind = 'original' AND json_extract (body, '$.uuid') = ?1", "s", fact->uuid);
  if (query == NULL)
    return FALSE;

  if (reshoot_query_next (query, &local))
    fact->title = g_strdup (reshoot_query_get_text (query, 0));

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return TRUE;
}

gboolean
reshoot_fact_write_title (ReshootDatabase *database,
                          gpointer         data,
                          GCancellable    *cancellable,
                          GError         **error)
{
  ReshootFact *fact = data;
  g_autoptr (JsonObject) body = begin (fact);

  if (fact->title == NULL && !find_own_title (database, fact, error))
    return FALSE;

  set_text (body, "title", fact->title);
  return reshoot_database_run (database, error, "UPDATE step SET title = ? WHERE id = ?", "si",
                               fact->title, fact->step) &&
         reshoot_ledger_append (database, fact->time, "title", body, error);
}

gboolean
reshoot_fact_write_branch (ReshootDatabase *database,
                           gpointer         data,
                           GCancellable    *cancellable,
                           GError         **error)
{
  ReshootFact *fact = data;
  g_autoptr (JsonObject) body = begin (fact);

  set_text (body, "name", fact->text);
  return reshoot_database_run (database, error, "DELETE FROM branch WHERE step = ?", "i", fact->step) &&
         (fact->text == NULL ||
          reshoot_database_run (database, error, "INSERT INTO branch (step, name) VALUES (?, ?)", "is",
                                fact->step, fact->text)) &&
         reshoot_ledger_append (database, fact->time, "branch", body, error);
}

gboolean
reshoot_fact_write_tags (ReshootDatabase *database,
                         gpointer         data,
                         GCancellable    *cancellable,
                         GError         **error)
{
  ReshootFact *fact = data;
  g_autoptr (JsonObject) body = begin (fact);
  JsonArray *tags = json_array_new ();

  json_object_set_array_member (body, "tags", tags);
  if (!reshoot_database_run (database, error, "DELETE FROM tag WHERE step = ?", "i", fact->step))
    return FALSE;

  for (guint i = 0; fact->tags[i] != NULL; i++)
    {
      json_array_add_string_element (tags, fact->tags[i]);
      if (!reshoot_database_run (database, error, "INSERT INTO tag (step, tag) VALUES (?, ?)", "is",
                                 fact->step, fact->tags[i]))
        return FALSE;
    }

  return reshoot_ledger_append (database, fact->time, "tag", body, error);
}

gboolean
reshoot_fact_write_verdict (ReshootDatabase *database,
                            gpointer         data,
                            GCancellable    *cancellable,
                            GError         **error)
{
  ReshootFact *fact = data;
  const char *verdict = reshoot_verdict_to_string (fact->verdict);
  g_autoptr (JsonObject) body = begin (fact);

  set_text (body, "author", fact->author);
  set_text (body, "verdict", verdict);
  set_text (body, "reason", fact->text);
  return reshoot_database_run (database, error, "DELETE FROM verdict WHERE step = ? AND author = ?", "is",
                               fact->step, fact->author) &&
         (verdict == NULL ||
          reshoot_database_run (database, error,
                                "INSERT INTO verdict (step, author, verdict, reason, given) VALUES (?, ?, ?, ?, ?)",
                                "issss", fact->step, fact->author, verdict, fact->text, fact->time)) &&
         reshoot_ledger_append (database, fact->time, "verdict", body, error);
}

/* Number 0 is a new one, which gets its number here. */
static gboolean
write_note_row (ReshootDatabase *database,
                ReshootFact     *fact,
                GError         **error)
{
  const double *place = fact->place;

  if (fact->note_id != 0)
    return reshoot_database_run (database, error,
                                 "UPDATE note SET author = ?, text = ?, x = ?, y = ?, width = ?, height = ?,"
                                 " changed = ? WHERE id = ?", "ssddddsi", fact->author, fact->text,
                                 place[0], place[1], place[2], place[3], fact->time, fact->note_id);

  if (!reshoot_database_run (database, error,
                             "INSERT INTO note (uuid, step, author, text, x, y, width, height, made, changed)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "sissddddss", fact->note_uuid, fact->step,
                             fact->author, fact->text, place[0], place[1], place[2], place[3],
                             fact->time, fact->time))
    return FALSE;

  fact->note_id = reshoot_database_get_last_id (database);
  return TRUE;
}

/* The entry says what the row says now, whatever changed in it. */
static gboolean
tell_note (ReshootDatabase *database,
           ReshootFact     *fact,
           JsonObject      *body,
           GError         **error)
{
  static const char *const names[] = { "x", "y", "width", "height" };
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  query = reshoot_query_new (database, error,
                             "SELECT uuid, author, text, x, y, width, height, removed IS NOT NULL FROM note"
                             " WHERE id = ?", "i", fact->note_id);
  if (query == NULL)
    return FALSE;

  if (!reshoot_query_next (query, &local))
    {
      if (local != NULL)
        g_propagate_error (error, g_steal_pointer (&local));
      else
        reshoot_set_error (error, RESHOOT_ERROR_FAILED, "database", fact->note_uuid, "no such note");
      return FALSE;
    }

  set_text (body, "note", reshoot_query_get_text (query, 0));
  set_text (body, "author", reshoot_query_get_text (query, 1));
  set_text (body, "text", reshoot_query_get_text (query, 2));
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    reshoot_fact_set_number (body, names[i], reshoot_query_get_real (query, 3 + i));

  if (reshoot_query_get_integer (query, 7))
    json_object_set_boolean_member (body, "removed", TRUE);

  return reshoot_ledger_append (database, fact->time, "note", body, error);
}

gboolean
reshoot_fact_write_note (ReshootDatabase *database,
                         gpointer         data,
                         GCancellable    *cancellable,
                         GError         **error)
{
  ReshootFact *fact = data;
  g_autoptr (JsonObject) body = begin (fact);

  return write_note_row (database, fact, error) && tell_note (database, fact, body, error);
}

static gboolean
write_note_removed (ReshootDatabase *database,
                    ReshootFact     *fact,
                    gboolean         is_removed,
                    GError         **error)
{
  g_autoptr (JsonObject) body = begin (fact);

  return reshoot_database_run (database, error, "UPDATE note SET removed = ? WHERE id = ?", "si",
                               is_removed ? fact->time : NULL, fact->note_id) &&
         tell_note (database, fact, body, error);
}

gboolean
reshoot_fact_remove_note (ReshootDatabase *database,
                          gpointer         data,
                          GCancellable    *cancellable,
                          GError         **error)
{
  return write_note_removed (database, data, TRUE, error);
}

gboolean
reshoot_fact_restore_note (ReshootDatabase *database,
                           gpointer         data,
                           GCancellable    *cancellable,
                           GError         **error)
{
  return write_note_removed (database, data, FALSE, error);
}
