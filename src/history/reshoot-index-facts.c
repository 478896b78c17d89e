/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the index is told of a project, read from the project's file: by the ledger it knows which steps changed since
 * it looked last, so that a rating in a tree of thousands costs one row. It may be a stranger's file: nothing here
 * follows a number that it did not check, and every text is cut to a length and made valid. */

#include "reshoot-index-facts.h"

#include <stdint.h>
#include <string.h>
#include <sys/stat.h>

#include "reshoot-error.h"

/* Of one text, in bytes; more than that nobody looks through. */
#define MOST_TEXT 65536

/* More changed steps than these are read as quickly with all the others. */
#define MANY_CHANGES 500

/* As the loader has it. */
#define MAX_STEPS 1000000

static const char select_steps[] =
  "SELECT step.id, step.parent, step.uuid, step.kind, step.rating, job.state, verdict.verdict,"
  "  CASE WHEN json_valid (request.body) THEN json_extract (request.body, '$.instruction') END,"
  "  step.title, branch.name,"
  "  (SELECT group_concat (tag, char (10)) FROM tag WHERE tag.step = step.id),"
  "  (SELECT group_concat (text, char (10)) FROM note WHERE note.step = step.id AND removed IS NULL),"
  "  CASE WHEN json_valid (request.body) THEN json_extract (request.body, '$.model') END"
  " FROM step LEFT JOIN request ON request.id = step.request LEFT JOIN job ON job.step = step.id"
  " LEFT JOIN branch ON branch.step = step.id"
  " LEFT JOIN verdict ON verdict.step = step.id AND verdict.author = ''";

enum
{
  COLUMN_ID,
  COLUMN_PARENT,
  COLUMN_UUID,
  COLUMN_KIND,
  COLUMN_RATING,
  COLUMN_STATE,
  COLUMN_VERDICT,
  COLUMN_TEXTS,   /* in the order of ReshootSearchField */
};

static const char select_pictures[] =
  "SELECT id, picture, 0 FROM step WHERE picture IS NOT NULL AND (?1 = 0 OR id = ?1)"
  " UNION ALL SELECT step, picture, 0 FROM version WHERE ?1 = 0 OR step = ?1"
  " UNION ALL SELECT step, picture, 1 FROM reply WHERE ?1 = 0 OR step = ?1";

static const char select_changes[] =
  "SELECT n, hash, kind,"
  "  CASE WHEN json_valid (body) THEN json_extract (body, '$.step') END,"
  "  CASE WHEN json_valid (body) AND kind = 'export' THEN json_extract (body, '$.body.written') END"
  " FROM ledger WHERE n > ? ORDER BY n";

static void
step_free (gpointer data)
{
  ReshootIndexStep *self = data;

  g_free (self->uuid);
  g_free (self->state);
  g_free (self->verdict);
  for (guint i = 0; i < RESHOOT_SEARCH_N_FIELDS; i++)
    g_free (self->texts[i]);
  g_free (self);
}

static void
picture_free (gpointer data)
{
  g_free (((ReshootIndexPicture *) data)->digest);
  g_free (data);
}

/*
 * reshoot_index_facts_new:
 * @path: of a project
 *
 * Returns: (transfer full): nothing known yet
 */
ReshootIndexFacts *
reshoot_index_facts_new (const char *path)
{
  ReshootIndexFacts *self = g_new0 (ReshootIndexFacts, 1);

  self->path = g_strdup (path);
  self->steps = g_ptr_array_new_with_free_func (step_free);
  self->pictures = g_ptr_array_new_with_free_func (picture_free);
  return self;
}

void
reshoot_index_facts_free (ReshootIndexFacts *self)
{
  g_free (self->path);
  g_free (self->ledger_hash);
  g_free (self->stamp);
  g_free (self->uuid);
  g_free (self->title);
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->pictures);
  g_free (self);
}

/*
 * reshoot_index_dup_stamp:
 * @path: of a project
 *
 * Returns: (transfer full) (nullable): what is another text once the project was written; %NULL: it is not there
 */
char *
reshoot_index_dup_stamp (const char *path)
{
  g_autofree char *log = g_strconcat (path, "-wal", NULL);
  struct stat file = { 0 };
  struct stat wal = { 0 };

  if (stat (path, &file) != 0)
    return NULL;

  if (stat (log, &wal) != 0)
    memset (&wal, 0, sizeof wal);

  return g_strdup_printf ("%jd %jd.%09ld %jd %jd.%09ld",
                          (intmax_t) file.st_size,
                          (intmax_t) file.st_mtim.tv_sec, file.st_mtim.tv_nsec,
                          (intmax_t) wal.st_size,
                          (intmax_t) wal.st_mtim.tv_sec, wal.st_mtim.tv_nsec);
}

static char *
dup_text (ReshootQuery *query,
          int           column)
{
  const char *text = reshoot_query_get_text (query, column);
  g_autofree char *head = NULL;

  if (text == NULL)
    return NULL;

  head = g_strndup (text, MOST_TEXT);
  return g_utf8_make_valid (head, -1);
}

static gboolean
is_digest (const char *text)
{
  return text != NULL && strlen (text) == 64 && strspn (text, "0123456789abcdef") == 64;
}

static void
add_picture (ReshootIndexFacts *self,
             gint64             step,
             const char        *digest,
             const char        *role)
{
  ReshootIndexPicture *picture;

  if (step < 1 || !is_digest (digest))
    return;

  picture = g_new0 (ReshootIndexPicture, 1);
  picture->step = step;
  picture->digest = g_strdup (digest);
  picture->role = role;
  g_ptr_array_add (self->pictures, picture);
}

/* Goes through the rows of @query with @add. */
typedef void (*AddRow) (ReshootIndexFacts *self,
                        ReshootQuery      *query,
                        gpointer           data);

static gboolean
read_rows (ReshootIndexFacts  *self,
           ReshootQuery       *query,
           AddRow              add,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autoptr (GError) local = NULL;

  while (query != NULL && reshoot_query_next (query, &local))
    {
      if (g_cancellable_set_error_if_cancelled (cancellable, error))
        return FALSE;

      if (self->steps->len > MAX_STEPS)
        {
          reshoot_set_error (error, RESHOOT_ERROR_TOO_LARGE, "steps", self->path, "more than %d steps", MAX_STEPS);
          return FALSE;
        }

      add (self, query, data);
    }

  if (local == NULL)
    return query != NULL;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/* @data: of what lies in the bin, all that is below is in it too; a parent comes before its children. */
static void
add_step (ReshootIndexFacts *self,
          ReshootQuery      *query,
          gpointer           data)
{
  GHashTable *bin = data;
  gint64 parent = reshoot_query_get_integer (query, COLUMN_PARENT);
  gint64 number = reshoot_query_get_integer (query, COLUMN_ID);
  const char *kind = reshoot_query_get_text (query, COLUMN_KIND);
  ReshootIndexStep *step = g_new0 (ReshootIndexStep, 1);

  step->number = number;
  step->is_original = g_strcmp0 (kind, "original") == 0;
  step->uuid = dup_text (query, COLUMN_UUID);
  step->rating = CLAMP (reshoot_query_get_integer (query, COLUMN_RATING), 0, 5);
  step->state = dup_text (query, COLUMN_STATE);
  step->verdict = dup_text (query, COLUMN_VERDICT);
  for (guint i = 0; i < RESHOOT_SEARCH_N_FIELDS; i++)
    step->texts[i] = dup_text (query, COLUMN_TEXTS + i);

  if (g_hash_table_contains (bin, &parent))
    g_hash_table_add (bin, g_memdup2 (&number, sizeof number));

  step->in_bin = g_hash_table_contains (bin, &number);
  g_ptr_array_add (self->steps, step);
}

static void
add_picture_row (ReshootIndexFacts *self,
                 ReshootQuery      *query,
                 gpointer           data)
{
  gboolean is_reply = reshoot_query_get_integer (query, 2) != 0;

  add_picture (self, reshoot_query_get_integer (query, 0), reshoot_query_get_text (query, 1),
               is_reply ? "reply" : "shown");
}

static void
add_to_bin (ReshootIndexFacts *self,
            ReshootQuery      *query,
            gpointer           data)
{
  gint64 number = reshoot_query_get_integer (query, 0);
  gint64 parent = reshoot_query_get_integer (query, 1);

  if (reshoot_query_get_integer (query, 2) != 0 || g_hash_table_contains (data, &parent))
    g_hash_table_add (data, g_memdup2 (&number, sizeof number));
}

/* Who lies in the bin: where nobody does, the tree need not be gone through. */
static gboolean
read_bin (ReshootIndexFacts  *self,
          ReshootDatabase    *database,
          GHashTable         *bin,
          GCancellable       *cancellable,
          GError            **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  gint64 n = 0;

  if (!reshoot_database_get_integer (database, "SELECT count (*) FROM bin", &n, error))
    return FALSE;

  if (n == 0)
    return TRUE;

  query = reshoot_query_new (database, error,
                             "SELECT step.id, step.parent, bin.step IS NOT NULL FROM step"
                             " LEFT JOIN bin ON bin.step = step.id ORDER BY step.id", "");
  return read_rows (self, query, add_to_bin, bin, cancellable, error);
}

typedef struct
{
  GHashTable *steps;    /* of gint64 */
  gboolean    is_all;   /* what changed is not a matter of single steps */
} Changes;

/* Where steps go and come again, all below them does. */
static void
add_change (ReshootIndexFacts *self,
            ReshootQuery      *query,
            gpointer           data)
{
  static const char *const wide[] = { "bin", "restore", "purge", "join", "salvage" };
  Changes *changes = data;
  const char *kind = reshoot_query_get_text (query, 2);
  gint64 step = reshoot_query_get_integer (query, 3);

  self->ledger_n = reshoot_query_get_integer (query, 0);
  g_free (self->ledger_hash);
  self->ledger_hash = dup_text (query, 1);

  for (guint i = 0; i < G_N_ELEMENTS (wide); i++)
    if (g_strcmp0 (kind, wide[i]) == 0)
      changes->is_all = TRUE;

  if (step > 0)
    g_hash_table_add (changes->steps, g_memdup2 (&step, sizeof step));

  add_picture (self, step, reshoot_query_get_text (query, 4), "export");
}

/* Whether the ledger still has the entry at which the index stands. */
static gboolean
goes_on (ReshootIndexFacts *self,
         ReshootDatabase   *database)
{
  g_autoptr (ReshootQuery) query = NULL;

  query = reshoot_query_new (database, NULL, "SELECT hash FROM ledger WHERE n = ?", "i", self->ledger_n);
  return self->ledger_hash != NULL && query != NULL && reshoot_query_next (query, NULL) &&
         g_strcmp0 (reshoot_query_get_text (query, 0), self->ledger_hash) == 0;
}

static gboolean
read_changes (ReshootIndexFacts  *self,
              ReshootDatabase    *database,
              GHashTable         *steps,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr (ReshootQuery) query = NULL;
  Changes changes = { steps, FALSE };

  if (!goes_on (self, database))
    {
      self->ledger_n = 0;
      changes.is_all = TRUE;
    }

  query = reshoot_query_new (database, error, select_changes, "i", self->ledger_n);
  if (!read_rows (self, query, add_change, &changes, cancellable, error))
    return FALSE;

  /* The exports of all times are asked for apart. */
  self->is_all = changes.is_all || g_hash_table_size (steps) > MANY_CHANGES;
  return TRUE;
}

static gboolean
read_some (ReshootIndexFacts  *self,
           ReshootDatabase    *database,
           gint64              number,
           GHashTable         *bin,
           GCancellable       *cancellable,
           GError            **error)
{
  g_autofree char *sql = g_strconcat (select_steps, number > 0 ? " WHERE step.id = ?" : " ORDER BY step.id", NULL);
  g_autoptr (ReshootQuery) steps = reshoot_query_new (database, error, sql, number > 0 ? "i" : "", number);
  g_autoptr (ReshootQuery) pictures = NULL;

  if (!read_rows (self, steps, add_step, bin, cancellable, error))
    return FALSE;

  pictures = reshoot_query_new (database, error, select_pictures, "i", number);
  return read_rows (self, pictures, add_picture_row, NULL, cancellable, error);
}

static void
add_export (ReshootIndexFacts *self,
            ReshootQuery      *query,
            gpointer           data)
{
  add_picture (self, reshoot_query_get_integer (query, 0), reshoot_query_get_text (query, 1), "export");
}

static gboolean
read_all (ReshootIndexFacts  *self,
          ReshootDatabase    *database,
          GHashTable         *bin,
          GCancellable       *cancellable,
          GError            **error)
{
  g_autoptr (ReshootQuery) exports = NULL;

  g_ptr_array_set_size (self->pictures, 0);
  exports = reshoot_query_new (database, error,
                               "SELECT json_extract (body, '$.step'), json_extract (body, '$.body.written')"
                               " FROM ledger WHERE kind = 'export' AND json_valid (body)", "");
  return read_rows (self, exports, add_export, NULL, cancellable, error) &&
         read_some (self, database, 0, bin, cancellable, error);
}

static gboolean
read_project (ReshootIndexFacts  *self,
              ReshootDatabase    *database,
              GError            **error)
{
  g_autofree char *uuid = NULL;
  g_autofree char *title = NULL;

  uuid = reshoot_database_dup_text (database, "SELECT (SELECT value FROM meta WHERE key = 'uuid')", error);
  if (uuid == NULL)
    return FALSE;

  title = reshoot_database_dup_text (database, "SELECT (SELECT title FROM step WHERE kind = 'original' ORDER BY id"
                                     "  LIMIT 1)", error);
  if (title == NULL)
    return FALSE;

  self->uuid = g_uuid_string_is_valid (uuid) ? g_steal_pointer (&uuid) : NULL;
  self->title = g_utf8_make_valid (title, MIN ((gssize) strlen (title), MOST_TEXT));
  return reshoot_database_get_integer (database, "SELECT count (*) FROM step", &self->n_steps, error);
}

/*
 * reshoot_index_facts_read:
 * @database: a connection to a project
 * @data: a #ReshootIndexFacts that says where the index stands
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * A #ReshootDatabaseWork.
 *
 * Returns: whether @data now has what the index lacks
 */
gboolean
reshoot_index_facts_read (ReshootDatabase  *database,
                          gpointer          data,
                          GCancellable     *cancellable,
                          GError          **error)
{
  ReshootIndexFacts *self = data;
  g_autoptr (GHashTable) steps = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_autoptr (GHashTable) bin = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer number;

  /* One view of the file, whoever writes meanwhile. */
  if (!reshoot_database_execute (database, "BEGIN", error))
    return FALSE;

  if (!read_project (self, database, error) ||
      !read_changes (self, database, steps, cancellable, error) ||
      !read_bin (self, database, bin, cancellable, error) ||
      (self->is_all && !read_all (self, database, bin, cancellable, error)))
    {
      reshoot_database_execute (database, "ROLLBACK", NULL);
      return FALSE;
    }

  self->n_steps -= MIN (self->n_steps, g_hash_table_size (bin));
  g_hash_table_iter_init (&iter, steps);
  while (!self->is_all && g_hash_table_iter_next (&iter, &number, NULL))
    if (!read_some (self, database, *(gint64 *) number, bin, cancellable, error))
      {
        reshoot_database_execute (database, "ROLLBACK", NULL);
        return FALSE;
      }

  return reshoot_database_execute (database, "COMMIT", error);
}
