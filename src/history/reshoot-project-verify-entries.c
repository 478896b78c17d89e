/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The ledger's entries against the frozen facts they tell: each must be there, once, as it says. A joined ledger may
 * tell of what was here before; that stayed as it was, and what is said of it there counts for nothing here. */

#include "reshoot-project-verify-private.h"

#include <math.h>

#include "reshoot-json.h"

static gint64
get_number (JsonObject *body,
            const char *name)
{
  return json_object_get_int_member_with_default (body, name, 0);
}

/* A fact is told once. */
static gboolean
note (ReshootCheck *check,
      const char   *fact,
      const char   *uuid,
      gint64        n)
{
  g_autofree char *name = NULL;

  if (n > 0)
    name = g_strdup_printf ("%s %s %" G_GINT64_FORMAT, fact, uuid, n);
  else
    name = g_strdup_printf ("%s %s", fact, uuid);

  return g_hash_table_add (check->facts, g_steal_pointer (&name));
}

/* From here on the step counts as told, and its number leads to it in this chain. */
static void
note_step (ReshootCheck *check,
           JsonObject   *body,
           const char   *uuid)
{
  gint64 number = get_number (body, "step");
  guint64 *told = g_new (guint64, 1);

  *told = check->n_told++;
  g_hash_table_insert (check->steps, g_strdup (uuid), told);
  g_hash_table_insert (check->chain->numbers, g_memdup2 (&number, sizeof number), g_strdup (uuid));
}

/* A step that was here before may be told again by a joined ledger, not by our own. */
static gboolean
note_known (ReshootCheck *check,
            JsonObject   *body,
            const char   *uuid)
{
  gint64 number = get_number (body, "step");

  if (check->chain->joined == 0)
    return FALSE;

  g_hash_table_insert (check->chain->numbers, g_memdup2 (&number, sizeof number), g_strdup (uuid));
  return TRUE;
}

static gboolean
is_number (ReshootCheck *check,
           JsonObject   *body,
           gint64        id)
{
  return check->chain->joined > 0 || get_number (body, "step") == id;
}

/* The same picture is one original, whatever uuid another project gave it. */
static gboolean
note_alias (ReshootCheck *check,
            JsonObject   *body,
            const char   *uuid)
{
  g_autoptr (ReshootQuery) query = NULL;
  const char *here;

  query = reshoot_query_new (check->database, NULL, "SELECT uuid FROM step WHERE picture = ?", "s",
                             reshoot_check_get_text (body, "picture"));
  if (check->chain->joined == 0 || query == NULL || !reshoot_query_next (query, NULL))
    return FALSE;

  here = reshoot_query_get_text (query, 0);
  if (!reshoot_check_is_known (check, here))
    return FALSE;

  g_hash_table_insert (check->aliases, g_strdup (uuid), g_strdup (here));
  return note_known (check, body, here);
}

gboolean
reshoot_check_original (ReshootCheck             *check,
                        const ReshootLedgerEntry *entry)
{
  const char *uuid = reshoot_check_get_uuid (check, entry->body);
  g_autoptr (ReshootQuery) query = NULL;

  if (reshoot_check_is_known (check, uuid))
    return note_known (check, entry->body, uuid);

  query = reshoot_query_new (check->database, NULL,
                             "SELECT id, kind = 'original' AND picture = ? AND created = ? FROM step WHERE uuid = ?",
                             "sss", reshoot_check_get_text (entry->body, "picture"), entry->time, uuid);
  if (query == NULL)
    return FALSE;

  if (!reshoot_query_next (query, NULL))
    return note_alias (check, entry->body, uuid);

  if (reshoot_query_get_integer (query, 1) != TRUE ||
      !is_number (check, entry->body, reshoot_query_get_integer (query, 0)))
    return FALSE;

  note_step (check, entry->body, uuid);
  reshoot_check_tell_title (check, entry, uuid);
  return TRUE;
}

/* The pictures that went along, as `inputs` tells them. */
static gboolean
check_inputs (ReshootCheck *check,
              JsonObject   *body,
              gint64        request)
{
  g_autoptr (JsonArray) none = json_array_new ();
  JsonArray *inputs = none;
  g_autoptr (ReshootQuery) query = NULL;
  guint n = 0;

  if (json_object_has_member (body, "inputs"))
    inputs = json_object_get_array_member (body, "inputs");

  query = reshoot_query_new (check->database, NULL,
                             "SELECT role, picture FROM request_picture WHERE request = ? ORDER BY place", "i",
                             request);
  while (inputs != NULL && query != NULL && reshoot_query_next (query, NULL))
    {
      JsonObject *input = NULL;

      if (n < json_array_get_length (inputs))
        input = json_array_get_object_element (inputs, n);

      if (input == NULL || g_strcmp0 (reshoot_check_get_text (input, "role"), reshoot_query_get_text (query, 0)) != 0 ||
          g_strcmp0 (reshoot_check_get_text (input, "picture"), reshoot_query_get_text (query, 1)) != 0)
        return FALSE;

      n++;
    }

  return inputs != NULL && n == json_array_get_length (inputs);
}

/* Which step it was made from: told by uuid, or in an older entry by the number that the step has in its ledger. */
static gboolean
check_parent (ReshootCheck *check,
              JsonObject   *body,
              const char   *uuid,
              gint64        id)
{
  gint64 number = get_number (body, "parent");
  const char *from = reshoot_check_get_text (body, "from");
  const char *alias;

  if (*from == '\0')
    from = g_hash_table_lookup (check->chain->numbers, &number);

  alias = from != NULL ? g_hash_table_lookup (check->aliases, from) : NULL;
  return g_strcmp0 (alias != NULL ? alias : from, uuid) == 0 &&
         (check->chain->joined > 0 || number == id);
}

gboolean
reshoot_check_request (ReshootCheck             *check,
                       const ReshootLedgerEntry *entry)
{
  JsonObject *body = entry->body;
  const char *uuid = reshoot_check_get_uuid (check, body);
  g_autoptr (ReshootQuery) query = NULL;
  g_autofree char *digest = NULL;

  if (reshoot_check_is_known (check, uuid))
    return note_known (check, body, uuid);

  query = reshoot_query_new (check->database, NULL,
                             "SELECT request.body, step.id, request.id, parent.uuid, parent.id,"
                             "  job.model = ? AND job.estimate IS ? AND step.created = ?"
                             "  AND substr (job.model, 1, length (provider) + 1) = provider || '/'"
                             "  AND ifnull (step.row, '') = ? AND ifnull (step.take, 0) = ?"
                             " FROM step JOIN request ON request.id = step.request JOIN job ON job.step = step.id"
                             " JOIN step AS parent ON parent.id = step.parent WHERE step.uuid = ?", "smssis",
                             reshoot_check_get_text (body, "model"), reshoot_check_get_money (body, "estimate"),
                             entry->time,
                             reshoot_check_get_text (body, "row"), get_number (body, "take"), uuid);
  if (query == NULL || !reshoot_query_next (query, NULL))
    return FALSE;

  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, reshoot_query_get_text (query, 0), -1);
  if (g_strcmp0 (digest, reshoot_check_get_text (body, "request")) != 0 ||
      reshoot_query_get_integer (query, 5) != TRUE ||
      !is_number (check, body, reshoot_query_get_integer (query, 1)) ||
      !check_inputs (check, body, reshoot_query_get_integer (query, 2)) ||
      !check_parent (check, body, reshoot_query_get_text (query, 3),
                     reshoot_query_get_integer (query, 4)))
    return FALSE;

  note_step (check, body, uuid);
  return TRUE;
}

gboolean
reshoot_check_reply (ReshootCheck             *check,
                     const ReshootLedgerEntry *entry)
{
  const char *uuid = reshoot_check_get_uuid (check, entry->body);
  g_autoptr (ReshootQuery) query = NULL;

  if (!reshoot_check_counts (check, uuid))
    return reshoot_check_is_known (check, uuid);

  query = reshoot_query_new (check->database, NULL,
                             "SELECT reply.picture = ? AND received = ? FROM reply JOIN step ON step.id = reply.step"
                             " WHERE uuid = ?", "sss", reshoot_check_get_text (entry->body, "picture"), entry->time,
                             uuid);
  return query != NULL && reshoot_query_next (query, NULL) &&
         reshoot_query_get_integer (query, 0) == TRUE && note (check, "reply", uuid, 0);
}

/* Older entries do not tell where a point of the parent is. */
static gboolean
check_affine (JsonObject   *body,
              ReshootQuery *query,
              int           column)
{
  JsonNode *told = json_object_get_member (body, "affine");
  JsonArray *array = NULL;

  if (told == NULL)
    return TRUE;

  if (JSON_NODE_HOLDS_ARRAY (told))
    array = json_node_get_array (told);

  if (array == NULL || json_array_get_length (array) != 6)
    return FALSE;

  for (int i = 0; i < 6; i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (element) ||
          json_node_get_double (element) != reshoot_query_get_real (query, column + i))
        return FALSE;
    }

  return TRUE;
}

gboolean
reshoot_check_version (ReshootCheck             *check,
                       const ReshootLedgerEntry *entry)
{
  const char *uuid = reshoot_check_get_uuid (check, entry->body);
  gint64 n = get_number (entry->body, "n");
  g_autoptr (ReshootQuery) query = NULL;
  g_autofree char *digest = NULL;
  const char *facts;

  if (!reshoot_check_counts (check, uuid))
    return reshoot_check_is_known (check, uuid);

  query = reshoot_query_new (check->database, NULL,
                             "SELECT version.picture = ? AND made = ?, facts, a0, a1, a2, a3, a4, a5"
                             " FROM version JOIN step ON step.id = version.step WHERE uuid = ? AND n = ?", "sssi",
                             reshoot_check_get_text (entry->body, "picture"), entry->time, uuid, n);
  if (query == NULL || !reshoot_query_next (query, NULL) ||
      reshoot_query_get_integer (query, 0) != TRUE)
    return FALSE;

  facts = reshoot_query_get_text (query, 1);
  digest = facts != NULL ? g_compute_checksum_for_string (G_CHECKSUM_SHA256, facts, -1) : g_strdup ("");
  return g_strcmp0 (digest, reshoot_check_get_text (entry->body, "facts")) == 0 &&
         check_affine (entry->body, query, 2) && note (check, "version", uuid, n);
}

static gboolean
check_is_told (ReshootCheck  *check,
               ReshootQuery  *query,
               GError       **error)
{
  const char *uuid = reshoot_query_get_text (query, 1);
  const char *fact = reshoot_query_get_text (query, 2);

  gboolean is_told;

  if (fact != NULL)
    is_told = g_hash_table_contains (check->facts, fact);
  else
    is_told = reshoot_check_is_known (check, uuid);

  if (is_told)
    return TRUE;

  return reshoot_check_set_untold (reshoot_query_get_integer (query, 0), fact != NULL ? fact : "the step", error);
}

/* What is there and no entry tells of. */
gboolean
reshoot_check_fact_rows (ReshootCheck  *check,
                         GError       **error)
{
  return reshoot_check_rows (check,
                             "SELECT id, uuid, NULL FROM step"
                             " UNION ALL SELECT id, uuid, 'reply ' || uuid FROM reply JOIN step ON step.id = reply.step"
                             " UNION ALL SELECT id, uuid, 'version ' || uuid || ' ' || n FROM version"
                             "  JOIN step ON step.id = version.step"
                             " UNION ALL SELECT id, uuid, 'a job of an original' FROM job"
                             "  JOIN step ON step.id = job.step WHERE kind = 'original'"
                             " UNION ALL SELECT step.id, step.uuid, 'note ' || note.uuid || ' ' || time FROM"
                             "  (SELECT uuid, step, made AS time FROM note UNION ALL SELECT uuid, step, changed"
                             "   FROM note UNION ALL SELECT uuid, step, removed FROM note WHERE removed NOT NULL)"
                             "  AS note JOIN step ON step.id = note.step ORDER BY 1",
                             check_is_told, error);
}
