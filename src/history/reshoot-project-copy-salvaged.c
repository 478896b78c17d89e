/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A new project with what was saved of a damaged one. It has a UUID of its own. Its ledger begins anew: an entry
 * `salvage` says what was lost and where the old ledger, kept beside as a joined one, held last; then every fact that
 * was carried over is told again. */

#include "reshoot-project-copy-private.h"

#include "reshoot-error.h"
#include "reshoot-ledger.h"

/* In the order in which rows lead to each other; the pictures' bytes come between these two. */
static const char fill_pictures[] =
  "INSERT INTO copy.picture SELECT * FROM main.picture;";

static const char fill_rest[] =
  "INSERT INTO copy.tiling SELECT * FROM main.tiling WHERE picture NOT IN (SELECT digest FROM lost);"
  "INSERT INTO copy.picture_tile SELECT tiling, y, x, tile FROM temp.picture_tile"
  "  WHERE tiling IN (SELECT id FROM copy.tiling);"
  "INSERT INTO copy.purged_picture SELECT * FROM main.purged_picture;"
  "INSERT INTO copy.request SELECT * FROM main.request;"
  "INSERT INTO copy.request_picture SELECT * FROM main.request_picture;"
  "INSERT INTO copy.step SELECT * FROM main.step;"
  "INSERT INTO copy.job SELECT * FROM main.job;"
  "INSERT INTO copy.reply SELECT * FROM main.reply;"
  "INSERT INTO copy.version SELECT * FROM main.version;"
  "INSERT INTO copy.view SELECT * FROM main.view;"
  "INSERT INTO copy.visit SELECT * FROM main.visit;"
  "INSERT INTO copy.branch SELECT * FROM main.branch;"
  "INSERT INTO copy.tag SELECT * FROM main.tag;"
  "INSERT INTO copy.verdict SELECT * FROM main.verdict;"
  "INSERT INTO copy.note SELECT * FROM main.note;"
  "INSERT INTO copy.bin SELECT * FROM main.bin;";

static char *
dup_text_or_empty (ReshootDatabase *database,
                   const char      *sql)
{
  char *text = reshoot_database_dup_text (database, sql, NULL);

  return text != NULL ? text : g_strdup ("");
}

/* As many as one entry tells, behind the digest @after. */
static JsonArray *
list_lost (ReshootDatabase *database,
           const char      *after)
{
  g_autoptr (ReshootQuery) query = NULL;
  JsonArray *list = json_array_new ();

  query = reshoot_query_new (database, NULL, "SELECT digest FROM lost WHERE digest > ? ORDER BY digest LIMIT ?", "si",
                             after, (gint64) RESHOOT_LEDGER_MAX_NAMES);

  while (query != NULL && reshoot_query_next (query, NULL))
    json_array_add_string_element (list, reshoot_query_get_text (query, 0));

  return list;
}

/* Entry for entry, word for word: the ledger of @from's that @sql selects becomes one that is joined at @entry. */
static gboolean
join_ledger (ReshootDatabase  *from,
             const char       *sql,
             gint64            which,
             ReshootDatabase  *to,
             gint64            entry,
             GError          **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (from, error, sql, "i", which);
  g_autoptr (GError) local = NULL;

  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    if (!reshoot_database_run (to, error,
                               "INSERT INTO joined_ledger (entry, n, time, kind, body, previous, hash)"
                               " VALUES (?, ?, ?, ?, ?, ?, ?)", "iisssss", entry, reshoot_query_get_integer (query, 0),
                               reshoot_query_get_text (query, 1), reshoot_query_get_text (query, 2),
                               reshoot_query_get_text (query, 3), reshoot_query_get_text (query, 4),
                               reshoot_query_get_text (query, 5)))
      return FALSE;

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* An entry that tells of a joined ledger, and the ledger. @body is (transfer none). */
static gboolean
tell_ledger (ReshootDatabase  *from,
             const char       *sql,
             gint64            which,
             ReshootDatabase  *to,
             const char       *time,
             const char       *kind,
             JsonObject       *body,
             GError          **error)
{
  gint64 entry = 0;

  if (!reshoot_ledger_append (to, time, kind, body, error) ||
      !reshoot_database_get_integer (to, "SELECT max (n) FROM ledger", &entry, error))
    return FALSE;

  if (json_object_get_int_member (body, "entries") == 0)
    return TRUE;

  return reshoot_database_run (to, error, "INSERT INTO joined (entry, project, head) VALUES (?, ?, ?)", "iss", entry,
                               json_object_get_string_member (body, "project"),
                               json_object_get_string_member (body, "head")) &&
         join_ledger (from, sql, which, to, entry, error);
}

/* The pictures that had no room in the first entry. */
static gboolean
tell_more_lost (ReshootDatabase  *from,
                JsonArray        *told,
                const char       *project,
                ReshootDatabase  *to,
                const char       *time,
                GError          **error)
{
  g_autoptr (JsonArray) pictures = json_array_ref (told);

  while (json_array_get_length (pictures) == RESHOOT_LEDGER_MAX_NAMES)
    {
      const char *last = json_array_get_string_element (pictures, RESHOOT_LEDGER_MAX_NAMES - 1);
      JsonArray *more = list_lost (from, last);
      g_autoptr (JsonObject) body = json_object_new ();
      JsonObject *lost = json_object_new ();

      json_array_unref (pictures);
      pictures = more;
      json_object_set_string_member (body, "project", project);
      json_object_set_object_member (body, "lost", lost);
      json_object_set_array_member (lost, "pictures", json_array_ref (more));
      if (json_array_get_length (more) > 0 && !reshoot_ledger_append (to, time, "salvage", body, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
tell_salvage (ReshootDatabase      *from,
              const ReshootDamage  *damage,
              ReshootDatabase      *to,
              const char           *time,
              GError              **error)
{
  g_autoptr (JsonObject) body = json_object_new ();
  g_autoptr (JsonArray) pictures = list_lost (from, "");
  JsonObject *lost = json_object_new ();
  g_autofree char *project = NULL;
  g_autofree char *head = NULL;
  gint64 n_entries = 0;

  if (!reshoot_database_get_integer (from, "SELECT count (*) FROM main.ledger", &n_entries, error))
    return FALSE;

  project = dup_text_or_empty (from, "SELECT (SELECT value FROM main.meta WHERE key = 'uuid')");
  head = dup_text_or_empty (from, "SELECT (SELECT hash FROM main.ledger ORDER BY n DESC LIMIT 1)");
  json_object_set_string_member (body, "project", project);
  json_object_set_int_member (body, "entries", n_entries);
  json_object_set_string_member (body, "head", head);
  json_object_set_object_member (body, "lost", lost);
  json_object_set_int_member (lost, "steps", damage->n_steps);
  json_object_set_int_member (lost, "moved", damage->n_moved);
  json_object_set_array_member (lost, "pictures", json_array_ref (pictures));
  json_object_set_int_member (lost, "notes", damage->n_notes);
  json_object_set_int_member (lost, "entries", damage->n_entries);

  return tell_ledger (from, "SELECT n, time, kind, body, previous, hash FROM main.ledger WHERE n > ? ORDER BY n", 0,
                      to, time, "salvage", body, error) &&
         tell_more_lost (from, pictures, project, to, time, error);
}

/* The ledgers that the damaged project had joined are kept likewise. */
static gboolean
tell_joined (ReshootDatabase  *from,
             ReshootDatabase  *to,
             const char       *time,
             GError          **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  query = reshoot_query_new (from, error,
                             "SELECT entry, project, head, (SELECT count (*) FROM main.joined_ledger AS l"
                             " WHERE l.entry = joined.entry) FROM main.joined ORDER BY entry", "");
  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      g_autoptr (JsonObject) body = json_object_new ();

      json_object_set_string_member (body, "project", reshoot_query_get_text (query, 1));
      json_object_set_int_member (body, "entries", reshoot_query_get_integer (query, 3));
      json_object_set_string_member (body, "head", reshoot_query_get_text (query, 2));
      if (!tell_ledger (from,
                        "SELECT n, time, kind, body, previous, hash FROM main.joined_ledger WHERE entry = ? ORDER BY n",
                        reshoot_query_get_integer (query, 0), to, time, "salvage", body, error))
        return FALSE;
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* The beginning: the tables, and the entries that come first. */
static gboolean
begin_project (ReshootDatabase  *from,
               ReshootCopy      *copy,
               const char       *time,
               GError          **error)
{
  g_autoptr (ReshootDatabase) to = reshoot_database_open (copy->draft, 0, error);

  return to != NULL &&
         reshoot_database_execute (to, RESHOOT_SCHEMA_LAYOUT "BEGIN IMMEDIATE", error) &&
         reshoot_project_write_birth (to, error) &&
         tell_salvage (from, copy->damage, to, time, error) &&
         tell_joined (from, to, time, error) &&
         reshoot_database_execute (to, "COMMIT", error);
}

/* Copies the rows that @sql selects, of digest, bytes and, for a tile, its number. What is not any more what it was
 * when the file was opened is lost now. */
static gboolean
copy_bytes (ReshootDatabase  *database,
            ReshootCopy      *copy,
            const char       *sql,
            gboolean          are_tiles,
            gint64            total,
            gint64           *done,
            GCancellable     *cancellable,
            GError          **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (database, error, sql, "");
  g_autoptr (GError) local = NULL;

  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      g_autoptr (GBytes) bytes = reshoot_query_dup_bytes (query, 1);
      g_autofree char *real = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, bytes);
      const char *digest = reshoot_query_get_text (query, 0);
      gboolean copied;

      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      if (g_strcmp0 (real, digest) != 0)
        {
          reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "damaged", NULL, "it goes on being damaged: %s", digest);
          return FALSE;
        }

      if (are_tiles)
        copied = reshoot_database_run (database, error, "INSERT INTO copy.tile (id, digest, data) VALUES (?, ?, ?)",
                                       "isb", reshoot_query_get_integer (query, 2), digest, bytes);
      else
        copied = reshoot_database_run (database, error, "INSERT INTO copy.picture_data (digest, data) VALUES (?, ?)",
                                       "sb", digest, bytes);
      if (!copied)
        return FALSE;

      *done += g_bytes_get_size (bytes);
      reshoot_copy_set_progress_cb (total > 0 ? *done / (double) total : 1, copy);
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static gboolean
fill_tables (ReshootDatabase  *database,
             ReshootCopy      *copy,
             const char       *time,
             GCancellable     *cancellable,
             GError          **error)
{
  gint64 total = 0;
  gint64 done = 0;

  return reshoot_database_get_integer (database, "SELECT ifnull (sum (size), 0) FROM main.picture", &total, error) &&
         reshoot_database_execute (database, fill_pictures, error) &&
         copy_bytes (database, copy, "SELECT digest, data FROM temp.picture_data", FALSE, total, &done, cancellable,
                     error) &&
         copy_bytes (database, copy,
                     "SELECT digest, data, id FROM tile WHERE id IN (SELECT tile FROM temp.picture_tile)", TRUE, total,
                     &done, cancellable, error) &&
         reshoot_database_execute (database, fill_rest, error) &&
         reshoot_database_run (database, error, "INSERT INTO copy.purged_picture SELECT digest, ? FROM lost", "s",
                               time);
}

static gboolean
fill_project (ReshootDatabase  *database,
              ReshootCopy      *copy,
              const char       *time,
              GCancellable     *cancellable,
              GError          **error)
{
  gboolean filled;

  if (!reshoot_database_attach (database, copy->draft, 0, "copy", error))
    return FALSE;

  filled = reshoot_database_execute (database, "PRAGMA copy.synchronous = OFF; BEGIN", error) &&
           fill_tables (database, copy, time, cancellable, error) &&
           reshoot_database_execute (database, "COMMIT", error);

  if (!filled)
    reshoot_database_execute (database, "ROLLBACK", NULL);

  return reshoot_database_execute (database, "DETACH copy", filled ? error : NULL) && filled;
}

/* On the thread of the damaged project's reader: @database is what was saved of it. */
gboolean
reshoot_copy_fill_salvaged (ReshootDatabase  *database,
                            ReshootCopy      *copy,
                            GCancellable     *cancellable,
                            GError          **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *time = g_date_time_format_iso8601 (now);
  g_autoptr (ReshootDatabase) to = NULL;

  if (!begin_project (database, copy, time, error) ||
      !fill_project (database, copy, time, cancellable, error))
    return FALSE;

  to = reshoot_database_open (copy->draft, 0, error);
  return to != NULL &&
         reshoot_database_execute (to, "BEGIN IMMEDIATE", error) &&
         reshoot_copy_tell (to, time, error) &&
         reshoot_database_execute (to, "COMMIT", error);
}
