/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The transaction of a request that brought several pictures: the replies, what each step shows of them, and the steps
 * that the other pictures make beside the first. There is never a part of it. What was paid is the first one's. */

#include "reshoot-project-facts-private.h"

/* Their own takes go on where those of the model in the row end. */
static gboolean
find_take (ReshootDatabase  *database,
           ReshootFact      *fact,
           gint64           *take,
           GError          **error)
{
  ReshootQuery *query;

  *take = 0;
  if (fact->row == NULL)
    return TRUE;

  query = reshoot_query_new (database, error,
                             "SELECT ifnull (max (take), 0) FROM step JOIN job ON job.step = step.id"
                             " WHERE row = ? AND model = ?", "ss", fact->row, fact->model);
  return reshoot_fact_find_number (query, take, error) >= 0;
}

/* A reply is stored once for each step it was made from, the bytes once for all. */
static gboolean
write_result (ReshootDatabase  *database,
              ReshootFact      *fact,
              const char       *time,
              GError          **error)
{
  ReshootFact *version = fact->version;

  version->step = fact->step;
  g_free (version->uuid);
  version->uuid = g_strdup (fact->uuid);

  return reshoot_fact_write_reply_row (database, fact, time, error) &&
         reshoot_fact_write_version_row (database, version, time, error) &&
         reshoot_fact_write_job_row (database, fact, time, error);
}

/* After a doubt about what was stored the same pictures may come again: the steps are there then. */
static int
is_there (ReshootDatabase  *database,
          ReshootFact      *fact,
          GError          **error)
{
  gint64 one;

  return reshoot_fact_find_number (reshoot_query_new (database, error, "SELECT 1 FROM reply WHERE step = ?",
                                                      "i", fact->step), &one, error);
}

gboolean
reshoot_fact_write_results (ReshootDatabase *database,
                            gpointer         data,
                            GCancellable    *cancellable,
                            GError         **error)
{
  ReshootFact *fact = data;
  g_autofree char *from = reshoot_fact_dup_step_uuid (database, fact->parent, error);
  int found = is_there (database, fact, error);
  gint64 take = 0;

  if (from == NULL || found < 0)
    return FALSE;

  fact->time = reshoot_fact_make_time ();
  fact->is_known = found > 0;
  if (fact->is_known)
    return reshoot_fact_write_job_row (database, fact, fact->time, error);

  if (!find_take (database, fact, &take, error) ||
      !write_result (database, fact, fact->time, error))
    return FALSE;

  for (guint i = 0; i < fact->parts->len; i++)
    {
      ReshootFact *part = fact->parts->pdata[i];

      part->take = fact->row != NULL ? (int) take + (int) i + 1 : 0;
      if (!reshoot_fact_write_part (database, fact, part, from, error) ||
          !write_result (database, part, fact->time, error))
        return FALSE;
    }

  return TRUE;
}
