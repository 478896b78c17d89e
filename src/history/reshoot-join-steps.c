/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The steps of a project that is joined, with all that hangs on them. A step whose uuid is here, and an original whose
 * picture is, is here already and stays as it is; the others get the next numbers, in their order. */

#include "reshoot-join-private.h"

#include "reshoot-project-facts-private.h"

/* Of a job that is on its way there, nobody asks from here: it might be fetched, landed or even sent twice. So it has
 * no ticket here and is in doubt, until that project is joined again and has its end (reshoot-join-settle.c). */
#define ON_ITS_WAY "'waiting', 'sending', 'submitted', 'running', 'downloading'"

/* What hangs on steps: a row comes over if its step is new. ?1 is the step's number there. */
static const struct
{
  const char *select;
  const char *insert;
} rows[] = {
  { "SELECT step, provider, model, CASE WHEN state IN (" ON_ITS_WAY ") THEN 'unknown' ELSE state END,"
    "  CASE WHEN state IN (" ON_ITS_WAY ", 'unknown', 'cancelled') THEN NULL ELSE ticket END,"
    "  estimate, quoted, settled, charged, seconds,"
    "  CASE WHEN state IN (" ON_ITS_WAY ") THEN 'unknown-payment' ELSE error_code END,"
    "  CASE WHEN state IN (" ON_ITS_WAY ") THEN 'elsewhere' ELSE error_reason END,"
    "  CASE WHEN state IN (" ON_ITS_WAY ") THEN NULL ELSE error_subject END,"
    "  CASE WHEN state IN (" ON_ITS_WAY ") THEN state ELSE error_detail END, changed FROM job ORDER BY step",
    "INSERT INTO job (step, provider, model, state, ticket, estimate, quoted, settled, charged, seconds, error_code,"
    "  error_reason, error_subject, error_detail, changed)"
    " SELECT ours, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15 FROM temp.join_step"
    " WHERE theirs = ?1 AND is_new" },
  { "SELECT step, picture, received FROM reply",
    "INSERT INTO reply (step, picture, received)"
    " SELECT ours, ?2, ?3 FROM temp.join_step WHERE theirs = ?1 AND is_new" },
  { "SELECT step, n, picture, a0, a1, a2, a3, a4, a5, facts, made FROM version",
    "INSERT INTO version (step, n, picture, a0, a1, a2, a3, a4, a5, facts, made)"
    " SELECT ours, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 FROM temp.join_step WHERE theirs = ?1 AND is_new" },
  { "SELECT step, child FROM visit",
    "INSERT INTO visit (step, child) SELECT a.ours, b.ours FROM temp.join_step AS a, temp.join_step AS b"
    " WHERE a.theirs = ?1 AND a.is_new AND b.theirs = ?2 AND b.is_new" },
  { "SELECT step, name FROM branch",
    "INSERT INTO branch (step, name) SELECT ours, ?2 FROM temp.join_step WHERE theirs = ?1 AND is_new" },
  { "SELECT step, tag FROM tag",
    "INSERT INTO tag (step, tag) SELECT ours, ?2 FROM temp.join_step WHERE theirs = ?1 AND is_new" },
  { "SELECT step, author, verdict, reason, given FROM verdict",
    "INSERT INTO verdict (step, author, verdict, reason, given)"
    " SELECT ours, ?2, ?3, ?4, ?5 FROM temp.join_step WHERE theirs = ?1 AND is_new" },
  { "SELECT step, uuid, author, text, x, y, width, height, made, changed, removed FROM note ORDER BY id",
    "INSERT INTO note (step, uuid, author, text, x, y, width, height, made, changed, removed)"
    " SELECT ours, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11 FROM temp.join_step WHERE theirs = ?1 AND is_new" },
  { "SELECT step, binned, purged FROM bin",
    "INSERT INTO bin (step, binned, purged) SELECT ours, ?2, ?3 FROM temp.join_step WHERE theirs = ?1 AND is_new" },
};

/* Which of our steps it is; 0: none. */
static gboolean
find_step (ReshootJoin   *join,
           ReshootQuery  *step,
           gint64        *ours,
           GError       **error)
{
  ReshootQuery *query;

  *ours = 0;
  query = reshoot_query_new (join->ours, error,
                             "SELECT id FROM step WHERE uuid = ?1 UNION ALL SELECT id FROM step WHERE picture = ?2",
                             "ss", reshoot_query_get_text (step, 1), reshoot_query_get_text (step, 6));
  return reshoot_fact_find_number (query, ours, error) >= 0;
}

/* A request is what several steps of a row may share. */
static gboolean
copy_request (ReshootJoin  *join,
              gint64        request,
              GError      **error)
{
  g_autofree char *select = NULL;
  g_autofree char *pictures = NULL;
  gint64 ours = 0;
  int found;

  found = reshoot_fact_find_number (reshoot_query_new (join->ours, error,
                                                       "SELECT ours FROM temp.join_request WHERE theirs = ?", "i",
                                                       request), &ours, error);
  if (found != 0)
    return found > 0;

  select = g_strdup_printf ("SELECT body FROM request WHERE id = %" G_GINT64_FORMAT, request);
  pictures = g_strdup_printf ("SELECT request, place, role, picture FROM request_picture"
                              " WHERE request = %" G_GINT64_FORMAT, request);
  return reshoot_join_copy (join, select, "INSERT INTO request (body) VALUES (?1)", error) &&
         reshoot_database_run (join->ours, error, "INSERT INTO temp.join_request (theirs, ours) VALUES (?, ?)", "ii",
                               request, reshoot_database_get_last_id (join->ours)) &&
         reshoot_join_copy (join, pictures,
                            "INSERT INTO request_picture (request, place, role, picture)"
                            " SELECT ours, ?2, ?3, ?4 FROM temp.join_request WHERE theirs = ?1", error);
}

static gboolean
copy_step (ReshootJoin   *join,
           ReshootQuery  *step,
           GError       **error)
{
  gint64 theirs = reshoot_query_get_integer (step, 0);
  gint64 request = reshoot_query_get_integer (step, 5);
  g_autoptr (ReshootQuery) insert = NULL;
  gint64 ours = 0;

  if (!find_step (join, step, &ours, error))
    return FALSE;

  if (ours > 0)
    return reshoot_database_run (join->ours, error,
                                 "INSERT INTO temp.join_step (theirs, ours, is_new) VALUES (?, ?, 0)", "ii",
                                 theirs, ours);

  join->counts.n_steps++;
  insert = reshoot_query_new (join->ours, error,
                              "INSERT INTO step (id, uuid, kind, parent, original, request, picture, title, rating,"
                              "  created, row, take)"
                              " SELECT ours, ?2, ?3, (SELECT ours FROM temp.join_step WHERE theirs = ?4),"
                              "  (SELECT ours FROM temp.join_step WHERE theirs = ?5),"
                              "  (SELECT ours FROM temp.join_request WHERE theirs = ?6), ?7, ?8, ?9, ?10, ?11, ?12"
                              " FROM temp.join_step WHERE theirs = ?1", "");
  return insert != NULL && reshoot_join_copy_pictures (join, theirs, error) &&
         (request == 0 || copy_request (join, request, error)) &&
         reshoot_database_run (join->ours, error,
                               "INSERT INTO temp.join_step (theirs, ours, is_new)"
                               " VALUES (?, (SELECT ifnull (max (id), 0) + 1 FROM step), 1)", "i", theirs) &&
         reshoot_query_copy_row (insert, step, error);
}

/* Parents come before their children: their numbers are smaller. */
gboolean
reshoot_join_copy_steps (ReshootJoin  *join,
                         GError      **error)
{
  g_autoptr (ReshootQuery) steps = NULL;
  g_autoptr (GError) local = NULL;

  steps = reshoot_query_new (join->theirs, error,
                             "SELECT id, uuid, kind, parent, original, request, picture, title, rating, created, row,"
                             " take FROM step ORDER BY id", "");
  if (steps == NULL)
    return FALSE;

  while (reshoot_query_next (steps, &local))
    if (!copy_step (join, steps, error))
      return FALSE;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (!reshoot_join_copy (join, rows[i].select, rows[i].insert, error))
      return FALSE;

  return TRUE;
}
