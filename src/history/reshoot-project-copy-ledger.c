/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every fact of a project told to its ledger, each with the time that its row has: for a project that was filled from
 * another. The statements make the bodies, as README.md has them. */

#include "reshoot-project-copy-private.h"

#include "reshoot-json.h"
#include "reshoot-ledger.h"

/* SQLite's own JSON has fifteen digits; ours as many as read back the same. */
#define NUMBER(x) "json (CASE WHEN " x " IS NOT NULL THEN printf ('%!.17g', " x ") END)"

/* Amounts are told in dollars. */
#define DOLLARS(x) NUMBER (x " / 1e6")

#define MAX_NAMES G_STRINGIFY (RESHOOT_LEDGER_MAX_NAMES)

static const struct
{
  const char *kind;
  const char *entries;   /* selects the body of each entry, and its time */
} facts[] = {
  { "original",
    "SELECT json_object ('step', id, 'uuid', uuid, 'picture', picture, 'title', title), created FROM step"
    " WHERE kind = 'original' ORDER BY id" },
  { "request",
    "SELECT json_object ('step', s.id, 'uuid', s.uuid, 'parent', s.parent, 'from', p.uuid, 'model', model,"
    " 'estimate', " DOLLARS ("estimate") ", 'request', sha256 (body), 'row', s.row, 'take', s.take, 'inputs',"
    " (SELECT json_group_array (json_object ('picture', picture, 'role', role)) FROM"
    "   (SELECT * FROM request_picture AS i WHERE i.request = s.request ORDER BY place))), s.created"
    " FROM step AS s JOIN step AS p ON p.id = s.parent JOIN request ON request.id = s.request"
    " JOIN job ON job.step = s.id ORDER BY s.id" },
  { "reply",
    "SELECT json_object ('step', step, 'uuid', uuid, 'picture', reply.picture), received FROM reply"
    " JOIN step ON id = step ORDER BY step" },
  { "version",
    "SELECT json_object ('step', step, 'uuid', uuid, 'n', n, 'picture', version.picture, 'facts', sha256 (facts),"
    " 'affine', CASE WHEN a0 IS NOT NULL THEN json_array (" NUMBER ("a0") ", " NUMBER ("a1") ", " NUMBER ("a2") ", "
    NUMBER ("a3") ", " NUMBER ("a4") ", " NUMBER ("a5") ") END), made"
    " FROM version JOIN step ON id = step ORDER BY step, n" },
  { "job",
    "SELECT json_object ('step', step, 'uuid', uuid, 'state', state, 'quoted', " DOLLARS ("quoted") ","
    " 'settled', " DOLLARS ("settled") ", 'seconds', " NUMBER ("seconds") ", 'charged', charged, 'error', error_code,"
    " 'reason', error_reason), changed FROM job JOIN step ON id = step ORDER BY step" },
  { "title",
    "SELECT json_object ('step', id, 'uuid', uuid, 'title', title), NULL FROM step"
    " WHERE kind = 'edit' AND title IS NOT NULL ORDER BY id" },
  { "rating",
    "SELECT json_object ('step', id, 'uuid', uuid, 'rating', rating), NULL FROM step WHERE rating > 0 ORDER BY id" },
  { "branch",
    "SELECT json_object ('step', step, 'uuid', uuid, 'name', name), NULL FROM branch JOIN step ON id = step ORDER BY"
    " step" },
  { "tag",
    "SELECT json_object ('step', id, 'uuid', uuid, 'tags', (SELECT json_group_array (tag) FROM"
    " (SELECT tag FROM tag WHERE step = id ORDER BY tag))), NULL FROM step WHERE id IN (SELECT step FROM tag) ORDER"
    " BY id" },
  { "verdict",
    "SELECT json_object ('step', step, 'uuid', uuid, 'author', author, 'verdict', verdict, 'reason', reason), given"
    " FROM verdict JOIN step ON id = step ORDER BY step, author" },

  /* A note is told at each of the times that its row has. */
  { "note",
    "SELECT json_object ('step', step, 'uuid', step.uuid, 'note', n.uuid, 'author', author, 'text', text,"
    " 'x', " NUMBER ("x") ", 'y', " NUMBER ("y") ", 'width', " NUMBER ("n.width") ", 'height', " NUMBER ("n.height") ","
    " 'removed', CASE WHEN removed IS NOT NULL THEN json ('true') END), told.at FROM note AS n"
    " JOIN step ON step.id = n.step JOIN (SELECT id AS note, made AS at FROM note UNION SELECT id, changed FROM note"
    "   UNION SELECT id, removed FROM note WHERE removed IS NOT NULL) AS told ON told.note = n.id ORDER BY n.id,"
    " told.at" },
  { "bin",
    "SELECT json_object ('step', step, 'uuid', uuid), binned FROM bin JOIN step ON id = step ORDER BY step" },

  /* Several entries where one would be too long. */
  { "purge",
    "WITH gone (part, name) AS (SELECT (row_number () OVER (ORDER BY uuid) - 1) / " MAX_NAMES ", uuid"
    "   FROM bin JOIN step ON id = step WHERE purged IS NOT NULL),"
    " lost (part, name) AS (SELECT (row_number () OVER (ORDER BY digest) - 1) / " MAX_NAMES ", digest"
    "   FROM purged_picture),"
    " parts (part) AS (SELECT part FROM gone UNION SELECT part FROM lost)"
    " SELECT json_object ('steps', (SELECT json_group_array (name) FROM"
    "   (SELECT name FROM gone WHERE gone.part = parts.part ORDER BY name)),"
    " 'pictures', (SELECT json_group_array (name) FROM"
    "   (SELECT name FROM lost WHERE lost.part = parts.part ORDER BY name)),"
    " 'bytes', 0), NULL FROM parts ORDER BY part" },
};

static char *
sha256 (const char *text)
{
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, text, -1);
}

/* What is not there is not told. */
static JsonObject *
drop_nothings (JsonObject *object)
{
  JsonObject *kept = json_object_new ();
  JsonObjectIter iter;
  const char *name;
  JsonNode *member;

  json_object_iter_init (&iter, object);
  while (json_object_iter_next (&iter, &name, &member))
    if (!JSON_NODE_HOLDS_NULL (member) &&
        !(g_str_equal (name, "inputs") && json_array_get_length (json_node_get_array (member)) == 0))
      json_object_set_member (kept, name, json_node_copy (member));

  return kept;
}

static gboolean
tell (ReshootDatabase  *database,
      const char       *time,
      const char       *kind,
      const char       *entries,
      GError          **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (database, error, entries, "");
  g_autoptr (GError) local = NULL;

  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      g_autoptr (JsonNode) node = reshoot_json_from_text (reshoot_query_get_text (query, 0), NULL,
                                                          error);
      const char *told = reshoot_query_get_text (query, 1);
      g_autoptr (JsonObject) body = NULL;

      if (node == NULL)
        return FALSE;

      body = drop_nothings (json_node_get_object (node));
      if (!reshoot_ledger_append (database, told != NULL ? told : time, kind, body, error))
        return FALSE;
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/*
 * reshoot_copy_tell:
 * @database: a write connection, inside a transaction
 * @time: of the facts whose rows have none
 * @error: return location
 *
 * Returns: whether the ledger tells of everything that is there
 */
gboolean
reshoot_copy_tell (ReshootDatabase  *database,
                   const char       *time,
                   GError          **error)
{
  if (!reshoot_database_add_function (database, "sha256", sha256, error))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (facts); i++)
    if (!tell (database, time, facts[i].kind, facts[i].entries, error))
      return FALSE;

  return TRUE;
}
