/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every row that can be read of a damaged file, in temporary tables without constraints, cleaned: what is no text, no
 * digest, no number of the right kind becomes NULL there. A sound table is taken at once. In a damaged one we go row by
 * row, and where a page cannot be read we look for the next key behind it.
 *
 * A stranger may have built the file so that this never ends: pages that lead to each other, many rows that share one
 * huge value. So there are at most so many rows, so many leaps, and a deadline. */

#include "reshoot-project-salvage.h"

#include <string.h>

#include "reshoot-error.h"
#include "reshoot-json.h"
#include "reshoot-label-text.h"
#include "reshoot-step-private.h"

/* Rows of one table. */
#define MAX_ROWS "5000000"

/* How many rows and leaps a damaged table is worth. */
#define MAX_MOVES 2000000

/* The longest leap over keys that cannot be read, as a power of two. */
#define MAX_LEAP 22

/* Keys that are digests are counted by their first four digits. */
#define N_PREFIXES 65536

/* In bytes; longer texts of a stranger are no text. */
#define MAX_TEXT (4 * 1024 * 1024)

/* In bytes; of one for people the rest is cut. All that is told of a step goes into one entry of a ledger. */
#define MAX_CLEAN (64 * 1024)

typedef struct
{
  gint64      since;     /* the first version that has the table */
  const char *name;
  const char *key;       /* the first column of its key */
  const char *layout;    /* of the temporary table, in the order of the columns */
  const char *columns;
} Table;

#define IS_REAL(x) "CASE WHEN typeof (" x ") IN ('real', 'integer') AND abs (" x ") < 1e300 THEN " x " END"
#define IS_MONEY(x) \
  "CASE typeof (" x ") WHEN 'integer' THEN max (" x ", 0) WHEN 'real' THEN " RESHOOT_MILLIONTHS (x) " END"
#define IS_WHOLE(x) "CASE WHEN typeof (" x ") = 'integer' THEN " x " END"

static const Table tables[] = {
  { 1, "meta", "key", "key PRIMARY KEY, value", "key, clean (value)" },
  { 1, "picture", "digest", "digest PRIMARY KEY, format, width, height, size",
    "as_digest (digest), clean (format), " IS_WHOLE ("width") ", " IS_WHOLE ("height") ", " IS_WHOLE ("size") },
  { 1, "picture_data", "rowid", "at INTEGER PRIMARY KEY, digest", "rowid, as_digest (digest)" },
  { 1, "request", "id", "id INTEGER PRIMARY KEY, body", "id, as_request (body)" },
  { 1, "job", "step",
    "step INTEGER PRIMARY KEY, provider, model, state, ticket, estimate, quoted, settled, charged, seconds, error_code,"
    " error_reason, error_subject, error_detail, changed",
    "step, clean (provider), clean (model), as_state (state), as_json (ticket), " IS_MONEY ("estimate") ", "
    IS_MONEY ("quoted") ", " IS_MONEY ("settled") ", CASE WHEN charged IN ('no', 'yes', 'unknown') THEN charged END, "
    IS_REAL ("seconds") ", clean (error_code), clean (error_reason), clean (error_subject), clean (error_detail),"
    " clean (changed)" },
  { 1, "reply", "step", "step INTEGER PRIMARY KEY, picture, received", "step, as_digest (picture), clean (received)" },
  { 1, "version", "step", "step, n, picture, a0, a1, a2, a3, a4, a5, facts, made, PRIMARY KEY (step, n)",
    IS_WHOLE ("step") ", " IS_WHOLE ("n") ", as_digest (picture), " IS_REAL ("a0") ", " IS_REAL ("a1") ", "
    IS_REAL ("a2") ", " IS_REAL ("a3") ", " IS_REAL ("a4") ", " IS_REAL ("a5") ", as_json (facts), clean (made)" },
  { 1, "view", "key", "key PRIMARY KEY, step", "key, " IS_WHOLE ("step") },
  { 1, "visit", "step", "step INTEGER PRIMARY KEY, child", "step, " IS_WHOLE ("child") },
  { 1, "ledger", "n", "n INTEGER PRIMARY KEY, time, kind, body, previous, hash",
    "n, as_said (time), as_said (kind), as_json (body), as_digest (previous), as_digest (hash)" },
  { 2, "tiling", "id", "id INTEGER PRIMARY KEY, picture, base", "id, as_digest (picture), as_digest (base)" },
  { 2, "tile", "id", "id INTEGER PRIMARY KEY, digest", "id, as_digest (digest)" },
  { 2, "picture_tile", "tiling", "tiling, y, x, tile, PRIMARY KEY (tiling, y, x)",
    IS_WHOLE ("tiling") ", " IS_WHOLE ("y") ", " IS_WHOLE ("x") ", " IS_WHOLE ("tile") },
  { 2, "request_picture", "request", "request, place, role, picture, PRIMARY KEY (request, place)",
    IS_WHOLE ("request") ", " IS_WHOLE ("place") ", clean (role), as_digest (picture)" },
  { 2, "branch", "step", "step INTEGER PRIMARY KEY, name", "step, as_branch (name)" },
  { 2, "tag", "step", "step, tag, PRIMARY KEY (step, tag)", IS_WHOLE ("step") ", as_tag (tag)" },
  { 2, "verdict", "step", "step, author, verdict, reason, given, PRIMARY KEY (step, author)",
    IS_WHOLE ("step") ", as_author (author), CASE WHEN verdict IN ('accept', 'reject') THEN verdict END,"
    " as_reason (reason), clean (given)" },
  { 2, "note", "id",
    "id INTEGER PRIMARY KEY, uuid, step, author, text, x, y, width, height, made, changed, removed",
    "id, clean (uuid), " IS_WHOLE ("step") ", as_author (author), as_note (text), "
    IS_REAL ("x") ", " IS_REAL ("y") ", " IS_REAL ("width") ", " IS_REAL ("height")
    ", clean (made), clean (changed), clean (removed)" },
  { 2, "bin", "step", "step INTEGER PRIMARY KEY, binned, purged", "step, clean (binned), clean (purged)" },
  { 2, "purged_picture", "digest", "digest PRIMARY KEY, purged", "as_digest (digest), clean (purged)" },
  { 2, "joined", "entry", "entry INTEGER PRIMARY KEY, project, head", "entry, clean (project), as_digest (head)" },
  { 2, "joined_ledger", "entry", "entry, n, time, kind, body, previous, hash, PRIMARY KEY (entry, n)",
    IS_WHOLE ("entry") ", " IS_WHOLE ("n") ", as_said (time), as_said (kind), as_json (body), as_digest (previous),"
    " as_digest (hash)" },
};

/* A step has more columns from version 2 on. */
static const Table steps[] = {
  { 1, "step", "id",
    "id INTEGER PRIMARY KEY, uuid, kind, parent, original, request, picture, title, rating, created, row, take",
    "id, clean (uuid), kind, " IS_WHOLE ("parent") ", " IS_WHOLE ("original") ", " IS_WHOLE ("request")
    ", as_digest (picture), as_title (title), " IS_WHOLE ("rating") ", clean (created), NULL, NULL" },
  { 2, "step", "id",
    "id INTEGER PRIMARY KEY, uuid, kind, parent, original, request, picture, title, rating, created, row, take",
    "id, clean (uuid), kind, " IS_WHOLE ("parent") ", " IS_WHOLE ("original") ", " IS_WHOLE ("request")
    ", as_digest (picture), as_title (title), " IS_WHOLE ("rating") ", clean (created), clean (row), "
    IS_WHOLE ("take") },
};

/* Text for people: made UTF-8 where it is not. */
static char *
clean (const char *text)
{
  return g_utf8_make_valid (text, (gssize) strnlen (text, MAX_CLEAN));
}

/* What people say of steps, as it is shown. */
static char *
as_title (const char *text)
{
  return reshoot_label_cap (RESHOOT_LABEL_TITLE, text);
}

static char *
as_branch (const char *text)
{
  return reshoot_label_cap (RESHOOT_LABEL_BRANCH, text);
}

static char *
as_tag (const char *text)
{
  return reshoot_label_cap (RESHOOT_LABEL_TAG, text);
}

/* Nobody is somebody: whose project it is. */
static char *
as_author (const char *text)
{
  char *author = reshoot_label_cap (RESHOOT_LABEL_AUTHOR, text);

  return author != NULL ? author : g_strdup ("");
}

static char *
as_reason (const char *text)
{
  return reshoot_label_cap (RESHOOT_LABEL_REASON, text);
}

static char *
as_note (const char *text)
{
  return reshoot_label_cap (RESHOOT_LABEL_NOTE, text);
}

/* Text that hashes hang on: as it is, or not at all. */
static char *
as_said (const char *text)
{
  return strlen (text) <= MAX_TEXT && g_utf8_validate (text, -1, NULL) ? g_strdup (text) : NULL;
}

static char *
as_digest (const char *text)
{
  return strspn (text, "0123456789abcdef") == 64 && text[64] == '\0' ? g_strdup (text) : NULL;
}

static char *
as_json (const char *text)
{
  g_autoptr (JsonNode) node = reshoot_json_from_text (text, NULL, NULL);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? g_strdup (text) : NULL;
}

static char *
as_request (const char *text)
{
  g_autoptr (JsonNode) node = reshoot_json_from_text (text, NULL, NULL);
  g_autoptr (ReshootRequest) request = node != NULL ? reshoot_request_new_from_json (node, NULL)
      : NULL;

  return request != NULL ? g_strdup (text) : NULL;
}

static char *
as_state (const char *text)
{
  ReshootStepState state;

  return reshoot_step_state_from_string (text, &state) ? g_strdup (text) : NULL;
}

static char *
sha256 (const char *text)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* Only a person ends it all; everything else is damage, and the deadline, too. */
static gboolean
is_end (ReshootSalvage *self,
        GError        **error)
{
  return g_cancellable_set_error_if_cancelled (self->cancellable, error);
}

static gboolean
is_late (ReshootSalvage *self)
{
  return g_get_monotonic_time () > self->deadline;
}

/* Where we are in a table: before the first key that is not smaller. */
typedef struct
{
  ReshootSalvage *salvage;
  const Table    *table;
  gboolean        is_text;
  gint64          number;   /* of text the first four hexadecimal digits */
  char           *text;     /* (nullable): the exact place in a table with text keys */
} Place;

static void
place_set_number (Place  *place,
                  gint64  number)
{
  place->number = number;
  g_clear_pointer (&place->text, g_free);
  if (place->is_text)
    place->text = number > 0 ? g_strdup_printf ("%04x", (guint) number) : g_strdup ("");
}

static gint64
read_prefix (const char *text)
{
  g_autofree char *prefix = g_strndup (text, 4);

  return g_ascii_strtoll (prefix, NULL, 16);
}

/* Returns: 1 and the next key in @next, 0: there is none, -1: it cannot be read */
static int
find_next (Place *place,
           Place *next)
{
  ReshootDatabase *database = place->salvage->database;
  const Table *table = place->table;
  g_autofree char *sql = NULL;
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) error = NULL;

  sql = g_strdup_printf ("SELECT %s FROM " RESHOOT_SALVAGE_SOURCE ".%s NOT INDEXED WHERE %s >= ? ORDER BY %s LIMIT 1",
                         table->key, table->name, table->key, table->key);
  if (place->is_text)
    query = reshoot_query_new (database, &error, sql, "s", place->text);
  else
    query = reshoot_query_new (database, &error, sql, "i", place->number);

  if (query == NULL || !reshoot_query_next (query, &error))
    return error != NULL ? -1 : 0;

  if (place->is_text)
    {
      const char *text = reshoot_query_get_text (query, 0);

      g_free (next->text);
      next->text = g_strdup (text != NULL ? text : "");
      next->number = read_prefix (next->text);
    }
  else
    next->number = reshoot_query_get_integer (query, 0);

  /* Pages that lead back would have us go in circles. */
  if (place->is_text)
    return strcmp (next->text, place->text) >= 0 ? 1 : -1;
  return next->number >= place->number ? 1 : -1;
}

/* Goes on behind a page that cannot be read: in growing leaps until there is something again or the end, and then back
 * by halves to where that begins. */
static gboolean
leap (Place *place)
{
  Place next = { .is_text = place->is_text };
  gint64 from = place->number;
  gint64 low = 0;
  gint64 high = 0;

  for (int i = 0; i <= MAX_LEAP && high == 0; i++)
    {
      gint64 step = G_GINT64_CONSTANT (1) << i;

      if (place->is_text && from + step >= N_PREFIXES)
        break;

      place_set_number (place, from + step);
      if (find_next (place, &next) >= 0)
        high = step;
      else
        low = step;
    }

  while (high - low > 1)
    {
      gint64 middle = low + (high - low) / 2;

      place_set_number (place, from + middle);
      if (find_next (place, &next) >= 0)
        high = middle;
      else
        low = middle;
    }

  g_free (next.text);
  if (high > 0)
    place_set_number (place, from + high);

  return high > 0;
}

/* Takes all rows of one key. That they cannot be read is no error: they are lost. */
static void
take_key (Place *place,
          Place *key)
{
  ReshootDatabase *database = place->salvage->database;
  const Table *table = place->table;
  g_autofree char *sql = NULL;
  g_autoptr (GError) error = NULL;
  gboolean taken;

  sql = g_strdup_printf ("INSERT OR IGNORE INTO got_%s SELECT %s FROM " RESHOOT_SALVAGE_SOURCE ".%s NOT INDEXED"
                         " WHERE %s = ? LIMIT " MAX_ROWS, table->name, table->columns, table->name, table->key);
  if (place->is_text)
    taken = reshoot_database_run (database, &error, sql, "s", key->text);
  else
    taken = reshoot_database_run (database, &error, sql, "i", key->number);

  if (!taken)
    g_debug ("salvage: a row of %s: %s", table->name, error->message);
}

/* Steps past @key. Returns: whether there can be more */
static gboolean
go_on (Place *place,
       Place *key)
{
  if (place->is_text)
    {
      g_free (place->text);
      place->text = g_strconcat (key->text, "\001", NULL);
      place->number = key->number;
      return TRUE;
    }

  place->number = key->number < G_MAXINT64 ? key->number + 1 : G_MAXINT64;
  return key->number < G_MAXINT64;
}

static gboolean
collect_by_key (ReshootSalvage  *self,
                const Table     *table,
                GError         **error)
{
  gboolean is_text = strcmp (table->key, "digest") == 0 || strcmp (table->key, "key") == 0;
  Place place = { self, table, is_text };
  Place key = { .is_text = is_text };
  gboolean more = TRUE;

  place_set_number (&place, is_text ? 0 : 1);
  for (guint moves = 0; more && moves < MAX_MOVES && !is_late (self); moves++)
    {
      int found = find_next (&place, &key);

      if (is_end (self, error))
        break;

      if (found > 0)
        {
          take_key (&place, &key);
          more = go_on (&place, &key);
        }
      else
        more = found < 0 && leap (&place);
    }

  g_free (place.text);
  g_free (key.text);
  return error == NULL || *error == NULL;
}

/* What is read of a table by its rows: at once, or where that fails row by row. */
static gboolean
collect (ReshootSalvage  *self,
         const Table     *table,
         GError         **error)
{
  g_autofree char *make = g_strdup_printf ("CREATE TEMP TABLE got_%s (%s)", table->name, table->layout);
  g_autofree char *take = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (GError) ended = NULL;

  if (!reshoot_database_execute (self->database, make, error))
    return FALSE;

  if (table->since > self->version)
    return TRUE;

  take = g_strdup_printf ("INSERT OR IGNORE INTO got_%s SELECT %s FROM " RESHOOT_SALVAGE_SOURCE ".%s NOT INDEXED"
                          " LIMIT " MAX_ROWS, table->name, table->columns, table->name);
  if (reshoot_database_execute (self->database, take, &local))
    return TRUE;

  if (is_end (self, error))
    return FALSE;

  g_debug ("salvage: %s: %s", table->name, local->message);
  if (!reshoot_database_run (self->database, error, "INSERT OR IGNORE INTO holes VALUES (?)", "s", table->name))
    return FALSE;

  if (collect_by_key (self, table, &ended))
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&ended));
  return FALSE;
}

/*
 * reshoot_salvage_stage:
 * @self: a salvage whose file is attached
 * @error: return location
 *
 * Fills a temporary table `got_NAME` for each table, and `holes` with the names of those that could not be read whole.
 *
 * Returns: FALSE only when it was cancelled or memory cannot hold it
 */
gboolean
reshoot_salvage_stage (ReshootSalvage  *self,
                       GError         **error)
{
  static const struct
  {
    const char              *name;
    ReshootDatabaseFunction  function;
  } functions[] = {
    { "clean", clean }, { "as_said", as_said }, { "as_digest", as_digest }, { "as_json", as_json },
    { "as_request", as_request }, { "as_state", as_state }, { "sha256", sha256 },
    { "as_title", as_title }, { "as_branch", as_branch }, { "as_tag", as_tag },
    { "as_author", as_author }, { "as_reason", as_reason }, { "as_note", as_note },
  };

  for (guint i = 0; i < G_N_ELEMENTS (functions); i++)
    if (!reshoot_database_add_function (self->database, functions[i].name, functions[i].function,
                                        error))
      return FALSE;

  if (!reshoot_database_execute (self->database, "CREATE TEMP TABLE holes (name PRIMARY KEY)", error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (tables); i++)
    if (!collect (self, &tables[i], error))
      return FALSE;

  return collect (self, &steps[MIN (self->version, 2) - 1], error);
}
