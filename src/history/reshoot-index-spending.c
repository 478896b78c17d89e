/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The journal of spending. A reservation looks at all that is reserved and settled and adds its own in one transaction,
 * so that programs that ask at the same moment cannot go beyond a limit together. What was reserved stays so until
 * someone says what became of it, also when the program dies. And a day once begun is not begun again, whatever the
 * clock or the time zone says then. */

#include "reshoot-index-spending.h"

#include <string.h>

#include "reshoot-error.h"
#include "reshoot-index-facts.h"
#include "reshoot-index-private.h"

static const char *const state_words[] = { "reserved", "settled", "released" };

typedef struct
{
  char                 *step;
  char                 *project;
  char                 *model;
  char                 *run;
  ReshootMoney          amount;
  ReshootMoney          limits[RESHOOT_N_LIMITS];
  ReshootMoney          sum;     /* out */
  ReshootSpendingState  state;
  char                 *other;   /* (nullable): of an assignment, the step */
  GPtrArray            *list;    /* (nullable): out */
  GPtrArray            *beside;  /* (nullable): of Spend (owned), new ones that are reserved together with it */
} Spend;

static void
spend_free (gpointer data)
{
  Spend *spend = data;

  g_free (spend->step);
  g_free (spend->project);
  g_free (spend->model);
  g_free (spend->run);
  g_free (spend->other);
  g_clear_pointer (&spend->list, g_ptr_array_unref);
  g_clear_pointer (&spend->beside, g_ptr_array_unref);
  g_free (spend);
}

static Spend *
spend_new (ReshootIndex          *self,
           const ReshootSpending *spending)
{
  Spend *spend = g_new0 (Spend, 1);

  spend->step = g_strdup (spending->step);
  spend->project = g_strdup (spending->project != NULL ? spending->project : "");
  spend->model = g_strdup (spending->model);
  spend->run = g_strdup (self->run);
  spend->amount = spending->amount;
  for (guint i = 0; i < RESHOOT_N_LIMITS; i++)
    spend->limits[i] = spending->limits[i];

  return spend;
}

static gboolean
has_limit (const Spend *spend)
{
  for (guint i = 0; i < RESHOOT_N_LIMITS; i++)
    if (spend->limits[i] != RESHOOT_MONEY_ANY)
      return TRUE;

  return FALSE;
}

/* The latest day that there ever was. */
static char *
dup_day (ReshootDatabase  *database,
         GError          **error)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");

  if (!reshoot_database_run (database, error, "INSERT INTO meta (key, value) VALUES ('day', ?1)"
                             " ON CONFLICT (key) DO UPDATE SET value = max (value, ?1)", "s", today))
    return NULL;

  return reshoot_database_dup_text (database, "SELECT value FROM meta WHERE key = 'day'", error);
}

/* What is reserved or settled already, without what @step itself has reserved. */
static gboolean
add_up (ReshootDatabase  *database,
        ReshootLimit      limit,
        const char       *value,
        const char       *step,
        ReshootMoney     *sum,
        GError          **error)
{
  static const char *const columns[] = {
    [RESHOOT_LIMIT_RUN] = "run", [RESHOOT_LIMIT_DAY] = "day", [RESHOOT_LIMIT_PROJECT] = "project",
  };
  g_autofree char *sql = g_strdup_printf ("SELECT ifnull (sum (amount), 0) FROM spending"
                                          " WHERE %s = ? AND step != ? AND state != 'released'",
                                          columns[limit]);
  g_autoptr (ReshootQuery) query = reshoot_query_new (database, error, sql, "ss", value, step);

  if (query == NULL || !reshoot_query_next (query, error))
    return FALSE;

  *sum = reshoot_query_get_money (query, 0);
  return TRUE;
}

/* As exact as it is, and no shorter than people write prices: 0.04, 0.055. */
static char *
dup_dollars (ReshootMoney money)
{
  char *text = g_strdup_printf ("%" G_GINT64_FORMAT ".%06d", money / RESHOOT_MONEY_DOLLAR,
                                (int) (money % RESHOOT_MONEY_DOLLAR));

  for (gsize n = strlen (text); text[n - 1] == '0' && text[n - 3] != '.'; n--)
    text[n - 1] = '\0';

  return text;
}

static gboolean
check_limit (ReshootMoney   amount,
             ReshootMoney   left,
             ReshootLimit   limit,
             GError       **error)
{
  static const char *const reasons[] = { "limit", "limit-edit", "limit-day", "limit-project" };
  gboolean is_known = amount >= 0;
  g_autofree char *price = NULL;
  g_autofree char *rest = NULL;
  g_autofree char *subject = NULL;

  if (is_known && amount <= left)
    return TRUE;

  price = is_known ? dup_dollars (amount) : g_strdup ("?");
  rest = dup_dollars (MAX (left, 0));
  subject = g_strdup_printf ("$%s > $%s", price, rest);
  reshoot_set_error (error, RESHOOT_ERROR_BUDGET, is_known ? reasons[limit] : "unknown-price", subject,
                     "price %s, left %s", price, rest);
  return FALSE;
}

/* What counts for @limit: the dearest edit, or all that are reserved together. One unknown price is enough. */
static ReshootMoney
get_amount (const Spend  *spend,
            ReshootLimit  limit)
{
  ReshootMoney amount = spend->amount;

  for (guint i = 0; spend->beside != NULL && i < spend->beside->len; i++)
    {
      const Spend *other = g_ptr_array_index (spend->beside, i);

      if (amount < 0 || other->amount < 0)
        amount = RESHOOT_MONEY_UNKNOWN;
      else if (limit == RESHOOT_LIMIT_EDIT)
        amount = MAX (amount, other->amount);
      else
        amount += other->amount;
    }

  return amount;
}

static gboolean
check_limits (ReshootDatabase  *database,
              Spend            *spend,
              const char       *day,
              GError          **error)
{
  const char *values[] = { spend->run, NULL, day, spend->project };

  for (guint i = 0; i < RESHOOT_N_LIMITS; i++)
    {
      ReshootMoney sum = 0;

      if (spend->limits[i] == RESHOOT_MONEY_ANY)
        continue;

      if ((values[i] != NULL && !add_up (database, i, values[i], spend->step, &sum, error)) ||
          !check_limit (get_amount (spend, i), spend->limits[i] - sum, i, error))
        return FALSE;
    }

  return TRUE;
}

static gboolean
write_spending (ReshootDatabase  *database,
                Spend            *spend,
                const char       *day,
                GError          **error)
{
  g_autofree char *time = reshoot_index_dup_time ();

  return reshoot_database_run (database, error, "INSERT INTO spending"
                               " (step, project, model, run, day, amount, state, made, changed)"
                               " VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?8) ON CONFLICT (step) DO UPDATE"
                               " SET amount = excluded.amount, state = excluded.state, changed = excluded.changed",
                               "sssssmss", spend->step, spend->project, spend->model, spend->run, day,
                               spend->amount, state_words[spend->state], time);
}

static gboolean
reserve (ReshootIndexStore  *store,
         ReshootDatabase    *database,
         gpointer            data,
         GCancellable       *cancellable,
         GError            **error)
{
  Spend *spend = data;
  g_autofree char *day = dup_day (database, error);

  if (day == NULL || !check_limits (database, spend, day, error) ||
      !write_spending (database, spend, day, error))
    return FALSE;

  for (guint i = 0; spend->beside != NULL && i < spend->beside->len; i++)
    if (!write_spending (database, g_ptr_array_index (spend->beside, i), day, error))
      return FALSE;

  return TRUE;
}

static gboolean
set_journal_error (ReshootIndexStore  *store,
                   const char         *detail,
                   GError            **error)
{
  reshoot_set_error (error, RESHOOT_ERROR_BUDGET, "journal", reshoot_index_store_get_path (store), "%s", detail);
  return FALSE;
}

/* Who set a limit wants it kept: where it cannot be looked after, nothing is spent. Without one, nothing is held up. */
static gboolean
reserve_work (ReshootIndexStore  *store,
              ReshootDatabase    *database,
              gpointer            data,
              GCancellable       *cancellable,
              GError            **error)
{
  g_autoptr (GError) local = NULL;

  if (has_limit (data) && !reshoot_index_store_is_kept (store))
    return set_journal_error (store, "the journal cannot be kept", error);

  if (reshoot_index_store_change (store, reserve, data, cancellable, &local))
    return TRUE;

  if (g_error_matches (local, RESHOOT_ERROR, RESHOOT_ERROR_BUDGET) ||
      g_error_matches (local, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT))
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  g_debug ("not in the journal: %s", local->message);
  return !has_limit (data) || set_journal_error (store, local->message, error);
}

/**
 * reshoot_index_reserve_async:
 * @self: the index
 * @spendings: (array length=n): what each edit will cost, in one project; the limits are the first's; copied
 * @n: how many, at least one; where there are several, none of them is known to the journal yet
 * @cancellable: (nullable): to stop before it is begun
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Reserves the amounts where every limit has room for their sum, and that of an edit for each: all or none.
 */
void
reshoot_index_reserve_async (ReshootIndex          *self,
                             const ReshootSpending *spendings,
                             guint                  n,
                             GCancellable          *cancellable,
                             GAsyncReadyCallback    callback,
                             gpointer               user_data)
{
  GTask *task;
  Spend *spend;

  g_return_if_fail (RESHOOT_IS_INDEX (self));
  g_return_if_fail (spendings != NULL && n > 0);

  spend = spend_new (self, &spendings[0]);
  spend->beside = g_ptr_array_new_with_free_func (spend_free);
  for (guint i = 1; i < n; i++)
    g_ptr_array_add (spend->beside, spend_new (self, &spendings[i]));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_index_reserve_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, spend, spend_free);
  reshoot_index_push (self, task, reserve_work);
}

/**
 * reshoot_index_reserve_finish:
 * @self: the index
 * @result: what the callback was given
 * @error: return location
 *
 * Errors: `BUDGET`: reason "limit" (this run's), "limit-edit", "limit-day", "limit-project", or "unknown-price" where
 * there is a limit and no price, with both amounts as the subject, "$0.04 > $0.03"; "journal" where there is a limit
 * and the journal, the subject, cannot be written.
 *
 * Returns: whether all is reserved
 */
gboolean
reshoot_index_reserve_finish (ReshootIndex  *self,
                              GAsyncResult  *result,
                              GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_index_reserve_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
assign_work (ReshootIndexStore  *store,
             ReshootDatabase    *database,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  Spend *spend = data;

  return reshoot_database_run (database, error, "UPDATE OR REPLACE spending SET step = ? WHERE step = ?", "ss",
                               spend->other, spend->step);
}

/**
 * reshoot_index_assign_async:
 * @self: the index
 * @reserved_for: what was reserved
 * @step: the UUID of the step that it is for
 * @cancellable: (nullable): to stop before it is begun
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * To be waited for before anything is sent: from then on the reservation is found again after a crash.
 */
void
reshoot_index_assign_async (ReshootIndex        *self,
                            const char          *reserved_for,
                            const char          *step,
                            GCancellable        *cancellable,
                            GAsyncReadyCallback  callback,
                            gpointer             user_data)
{
  ReshootSpending spending = RESHOOT_SPENDING_INIT (reserved_for, NULL, NULL,
                                                    RESHOOT_MONEY_UNKNOWN);
  Spend *spend;
  GTask *task;

  g_return_if_fail (RESHOOT_IS_INDEX (self));
  g_return_if_fail (reserved_for != NULL && step != NULL);

  spend = spend_new (self, &spending);
  spend->other = g_strdup (step);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_index_assign_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, spend, spend_free);
  reshoot_index_push (self, task, assign_work);
}

/**
 * reshoot_index_assign_finish:
 * @self: the index
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: whether the journal knows it
 */
gboolean
reshoot_index_assign_finish (ReshootIndex  *self,
                             GAsyncResult  *result,
                             GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_index_assign_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

static gboolean
settle (ReshootIndexStore  *store,
        ReshootDatabase    *database,
        gpointer            data,
        GCancellable       *cancellable,
        GError            **error)
{
  Spend *spend = data;
  g_autofree char *time = reshoot_index_dup_time ();
  g_autofree char *day = NULL;

  /* What was never reserved need not be released. */
  if (spend->state == RESHOOT_SPENDING_RELEASED)
    return reshoot_database_run (database, error, "UPDATE spending SET state = 'released', changed = ?"
                                 " WHERE step = ?", "ss", time, spend->step);

  day = dup_day (database, error);
  return day != NULL && write_spending (database, spend, day, error);
}

static gboolean
settle_work (ReshootIndexStore  *store,
             ReshootDatabase    *database,
             gpointer            data,
             GCancellable       *cancellable,
             GError            **error)
{
  return reshoot_index_store_change (store, settle, data, cancellable, error);
}

/**
 * reshoot_index_settle:
 * @self: the index
 * @spending: what an edit cost; its limits are not looked at
 * @state: what became of it
 *
 * Writes down what is known now. It may be more or less than was reserved, and it may never have been reserved.
 */
void
reshoot_index_settle (ReshootIndex          *self,
                      const ReshootSpending *spending,
                      ReshootSpendingState   state)
{
  Spend *spend;
  GTask *task;

  g_return_if_fail (RESHOOT_IS_INDEX (self));
  g_return_if_fail (spending != NULL && spending->step != NULL && spending->model != NULL);

  spend = spend_new (self, spending);
  spend->state = state;
  task = reshoot_index_begin (self, spend, spend_free, reshoot_index_settle);
  reshoot_index_push (self, task, settle_work);
}

static gboolean
list_work (ReshootIndexStore  *store,
           ReshootDatabase    *database,
           gpointer            data,
           GCancellable       *cancellable,
           GError            **error)
{
  Spend *spend = data;
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  g_ptr_array_set_size (spend->list, 0);
  query = reshoot_query_new (database, error, "SELECT step FROM spending WHERE project = ? AND run != ?"
                             " AND state = 'reserved'", "ss", spend->project, spend->run);
  while (query != NULL && reshoot_query_next (query, &local))
    g_ptr_array_add (spend->list, g_strdup (reshoot_query_get_text (query, 0)));

  if (local == NULL)
    return query != NULL;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

/**
 * reshoot_index_list_reserved_async:
 * @self: the index
 * @project: a project's UUID
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Asks what was reserved by programs that have ended since. Only who may write the project can be sure that they have.
 */
void
reshoot_index_list_reserved_async (ReshootIndex        *self,
                                   const char          *project,
                                   GCancellable        *cancellable,
                                   GAsyncReadyCallback  callback,
                                   gpointer             user_data)
{
  ReshootSpending spending = RESHOOT_SPENDING_INIT (NULL, project, NULL, RESHOOT_MONEY_UNKNOWN);
  Spend *spend;
  GTask *task;

  g_return_if_fail (RESHOOT_IS_INDEX (self));
  g_return_if_fail (project != NULL);

  spend = spend_new (self, &spending);
  spend->list = g_ptr_array_new_with_free_func (g_free);
  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_index_list_reserved_async);
  g_task_set_task_data (task, spend, spend_free);
  reshoot_index_push (self, task, list_work);
}

/**
 * reshoot_index_list_reserved_finish:
 * @self: the index
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: (transfer full) (array zero-terminated=1): what the reservations go by: steps' UUIDs, and others where the
 *   program died before the step was stored
 */
char **
reshoot_index_list_reserved_finish (ReshootIndex  *self,
                                    GAsyncResult  *result,
                                    GError       **error)
{
  Spend *spend;

  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_index_list_reserved_async), NULL);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return NULL;

  spend = g_task_get_task_data (G_TASK (result));
  g_ptr_array_add (spend->list, NULL);
  return (char **) g_ptr_array_steal (spend->list, NULL);
}

static gboolean
spent_work (ReshootIndexStore  *store,
            ReshootDatabase    *database,
            gpointer            data,
            GCancellable       *cancellable,
            GError            **error)
{
  Spend *spend = data;
  g_autoptr (GDateTime) now = g_date_time_new_now_local ();
  g_autofree char *today = g_date_time_format (now, "%Y-%m-%d");
  g_autofree char *latest = NULL;
  const char *day = today;

  /* As dup_day() has it, without writing it down. */
  latest = reshoot_database_dup_text (database, "SELECT (SELECT value FROM meta WHERE key = 'day')", error);
  if (latest == NULL)
    return FALSE;

  if (strcmp (latest, today) > 0)
    day = latest;

  if (*spend->project != '\0')
    return add_up (database, RESHOOT_LIMIT_PROJECT, spend->project, "", &spend->sum, error);

  return add_up (database, RESHOOT_LIMIT_DAY, day, "", &spend->sum, error);
}

/**
 * reshoot_index_get_spent_async:
 * @self: the index
 * @project: (nullable): a project's UUID; %NULL: all of them, today
 * @cancellable: (nullable): to stop
 * @callback: called when it is known
 * @user_data: for @callback
 *
 * Asks what counts against the limit of a project, or of the day: what is settled, and what is reserved for edits on
 * their way.
 */
void
reshoot_index_get_spent_async (ReshootIndex        *self,
                               const char          *project,
                               GCancellable        *cancellable,
                               GAsyncReadyCallback  callback,
                               gpointer             user_data)
{
  ReshootSpending spending = RESHOOT_SPENDING_INIT (NULL, project, NULL, RESHOOT_MONEY_UNKNOWN);
  GTask *task;

  g_return_if_fail (RESHOOT_IS_INDEX (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_index_get_spent_async);
  g_task_set_task_data (task, spend_new (self, &spending), spend_free);
  reshoot_index_push (self, task, spent_work);
}

/**
 * reshoot_index_get_spent_finish:
 * @self: the index
 * @result: what the callback was given
 * @error: return location
 *
 * Returns: what was spent; %RESHOOT_MONEY_UNKNOWN with @error where the journal cannot be read
 */
ReshootMoney
reshoot_index_get_spent_finish (ReshootIndex  *self,
                                GAsyncResult  *result,
                                GError       **error)
{
  Spend *spend;

  g_return_val_if_fail (g_task_is_valid (result, self), RESHOOT_MONEY_UNKNOWN);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_index_get_spent_async),
                        RESHOOT_MONEY_UNKNOWN);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return RESHOOT_MONEY_UNKNOWN;

  spend = g_task_get_task_data (G_TASK (result));
  return spend->sum;
}
