/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the transactions that store facts share: the time, the body of a ledger entry, a number. All of it runs on the
 * writer's thread and touches no object of the model. */

#include "reshoot-project-facts-private.h"

#include <math.h>

char *
reshoot_fact_make_time (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format_iso8601 (now);
}

/* What every entry about a step begins with. */
JsonObject *
reshoot_fact_new_body (ReshootFact *fact)
{
  JsonObject *body = json_object_new ();

  json_object_set_int_member (body, "step", fact->step);
  json_object_set_string_member (body, "uuid", fact->uuid);
  return body;
}

/* NAN is not known, and then nothing is said. */
void
reshoot_fact_set_number (JsonObject *body,
                         const char *name,
                         double      number)
{
  if (!isnan (number))
    json_object_set_double_member (body, name, number);
}

/* Records tell amounts in dollars, as people write them: six decimals hold a millionth. */
void
reshoot_fact_set_money (JsonObject   *body,
                        const char   *name,
                        ReshootMoney  money)
{
  reshoot_fact_set_number (body, name, reshoot_money_to_dollars (money));
}

/* The first number of @query (transfer full): 1 found, 0 no row, -1 with @error set. */
int
reshoot_fact_find_number (ReshootQuery *query,
                          gint64       *number,
                          GError      **error)
{
  g_autoptr (ReshootQuery) owned = query;
  g_autoptr (GError) local = NULL;

  if (owned == NULL)
    return -1;

  if (reshoot_query_next (owned, &local))
    {
      *number = reshoot_query_get_integer (owned, 0);
      return 1;
    }

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return -1;
    }

  return 0;
}
