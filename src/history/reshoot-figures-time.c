/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Did 15 become 4? How many edits, and how much money, an accepted picture took, by weeks or months. */

#include "reshoot-figures-time.h"

#include "reshoot-figures.h"

#include <string.h>

/* What lies within so many days is told by weeks. */
#define DAYS_BY_WEEK 84

static void
period_free (gpointer data)
{
  ReshootPeriodFigures *period = data;

  g_free (period->period);
  g_free (period);
}

static int
compare_created (gconstpointer a,
                 gconstpointer b)
{
  return strcmp (reshoot_step_get_created (*(ReshootStep *const *) a),
                 reshoot_step_get_created (*(ReshootStep *const *) b));
}

/* Each step once, however many of the projects it is in, the oldest first. */
static GPtrArray *
list_ended (ReshootHistory *const *histories,
            guint                  n)
{
  GPtrArray *ended = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (GPtrArray) steps = reshoot_history_list_edits (histories[i]);

      for (guint k = 0; k < steps->len; k++)
        {
          ReshootStep *step = steps->pdata[k];

          if (reshoot_step_get_created (step) != NULL &&
              reshoot_step_state_is_final (reshoot_step_get_state (step)) &&
              g_hash_table_add (seen, (char *) reshoot_step_get_uuid (step)))
            g_ptr_array_add (ended, g_object_ref (step));
        }
    }

  g_ptr_array_sort (ended, compare_created);
  return ended;
}

static GDateTime *
get_created (ReshootStep *step)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();

  return g_date_time_new_from_iso8601 (reshoot_step_get_created (step), utc);
}

static gboolean
is_short (GPtrArray *ended)
{
  g_autoptr (GDateTime) first = get_created (ended->pdata[0]);
  g_autoptr (GDateTime) last = get_created (ended->pdata[ended->len - 1]);

  return first != NULL && last != NULL &&
         g_date_time_difference (last, first) < DAYS_BY_WEEK * G_TIME_SPAN_DAY;
}

static void
add_step (ReshootPeriodFigures *period,
          ReshootStep          *step)
{
  const ReshootPrice *price = reshoot_step_get_price (step);
  ReshootMoney known = price->settled >= 0 ? price->settled : price->quoted;

  period->steps++;
  period->accepted += reshoot_figures_is_accepted (step);
  if (price->charged == RESHOOT_CHARGED_YES)
    period->spent += known >= 0 ? known : MAX (price->estimate, 0);
}

/**
 * reshoot_figures_over_time:
 * @histories: (array length=n): those of one project or of many
 * @n: how many
 *
 * By the week in which an edit was asked where all of them lie within twelve weeks, else by the month, in UTC. Weeks
 * and months without an edit are left out.
 *
 * Returns: (transfer full) (element-type ReshootPeriodFigures): the oldest first
 */
GPtrArray *
reshoot_figures_over_time (ReshootHistory *const *histories,
                           guint                  n)
{
  GPtrArray *periods = g_ptr_array_new_with_free_func (period_free);
  g_autoptr (GPtrArray) ended = list_ended (histories, n);
  const char *format = ended->len > 0 && is_short (ended) ? "%G-W%V" : "%Y-%m";

  for (guint i = 0; i < ended->len; i++)
    {
      g_autoptr (GDateTime) created = get_created (ended->pdata[i]);
      g_autofree char *name = created != NULL ? g_date_time_format (created, format) : NULL;
      ReshootPeriodFigures *last = periods->len > 0 ? periods->pdata[periods->len - 1] : NULL;

      if (name == NULL)
        continue;

      if (last == NULL || !g_str_equal (last->period, name))
        {
          last = g_new0 (ReshootPeriodFigures, 1);
          last->period = g_steal_pointer (&name);
          g_ptr_array_add (periods, last);
        }
      add_step (last, ended->pdata[i]);
    }

  return periods;
}
