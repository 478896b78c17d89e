/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From rows to how the edits' jobs fare. It is read beside the steps, like what they show, and put together with them
 * at the end: a row that no edit has is nobody's, so what is wrong with a job is only noted here. */

#include "reshoot-project-load-private.h"

#include <string.h>

#include "reshoot-project-facts.h"
#include "reshoot-step-private.h"

enum
{
  COLUMN_STEP,
  COLUMN_STATE,
  COLUMN_CHARGED,
  COLUMN_TICKET,
  COLUMN_ESTIMATE,
  COLUMN_QUOTED,
  COLUMN_SETTLED,
  COLUMN_SECONDS,
  COLUMN_HAS_ERROR,
};

/* What went wrong few jobs have, so that it is asked for apart. */
static const char select_jobs[] =
  "SELECT 1 FROM job"
  " WHERE NOT walk (step, state, charged, ticket, estimate, quoted, settled, seconds, error_code IS NOT NULL)"
  " ORDER BY step";

typedef struct
{
  GArray           *jobs;           /* (owned): of ReshootLoadedJob */

  /* Most jobs have ended alike: the words of the one before are looked at first. */
  ReshootStepState  state;
  ReshootCharged    charged;
  const char       *state_word;     /* (nullable): of @state; NULL before the first one */
  const char       *charged_word;   /* (nullable) */
} Reading;

static void
job_clear (gpointer data)
{
  ReshootLoadedJob *job = data;

  g_free (job->ticket);
}

static gboolean
read_state (Reading    *reading,
            const char *word)
{
  if (word == NULL)
    return FALSE;

  if (reading->state_word != NULL && strcmp (word, reading->state_word) == 0)
    return TRUE;

  if (!reshoot_step_state_from_string (word, &reading->state))
    return FALSE;

  reading->state_word = reshoot_step_state_to_string (reading->state);
  return TRUE;
}

static gboolean
read_charged (Reading    *reading,
              const char *word)
{
  if (word == NULL)
    return FALSE;

  if (reading->charged_word != NULL && strcmp (word, reading->charged_word) == 0)
    return TRUE;

  for (int i = RESHOOT_CHARGED_NO; i <= RESHOOT_CHARGED_UNKNOWN; i++)
    if (strcmp (word, reshoot_charged_to_string (i)) == 0)
      {
        reading->charged = i;
        reading->charged_word = reshoot_charged_to_string (i);
        return TRUE;
      }

  return FALSE;
}

/* Tickets are read by the providers: what is no sound JSON does not get that far. */
static void
read_job (Reading          *reading,
          ReshootQuery     *query,
          ReshootLoadedJob *job)
{
  const char *ticket = reshoot_query_get_text (query, COLUMN_TICKET);

  job->step = reshoot_query_get_integer (query, COLUMN_STEP);
  if (!read_state (reading, reshoot_query_get_text (query, COLUMN_STATE)) ||
      !read_charged (reading, reshoot_query_get_text (query, COLUMN_CHARGED)))
    job->fault = "has no sound job";
  else if (ticket != NULL && !reshoot_loading_is_json (ticket))
    job->fault = "has a ticket that is no JSON";

  if (job->fault != NULL)
    return;

  job->state = reading->state;
  job->price.charged = reading->charged;
  job->price.estimate = reshoot_query_get_money (query, COLUMN_ESTIMATE);
  job->price.quoted = reshoot_query_get_money (query, COLUMN_QUOTED);
  job->price.settled = reshoot_query_get_money (query, COLUMN_SETTLED);
  job->seconds = reshoot_query_get_real (query, COLUMN_SECONDS);
  job->has_error = reshoot_query_get_integer (query, COLUMN_HAS_ERROR) != 0;
  job->ticket = g_strdup (ticket);
}

static gboolean
visit_job (ReshootQuery  *row,
           gpointer       user_data,
           GError       **error)
{
  Reading *reading = user_data;
  GArray *jobs = reading->jobs;

  if (jobs->len == RESHOOT_LOADING_MAX_STEPS)
    return reshoot_loading_set_too_many (error);

  g_array_set_size (jobs, jobs->len + 1);
  read_job (reading, row, &g_array_index (jobs, ReshootLoadedJob, jobs->len - 1));
  return TRUE;
}

/*
 * reshoot_loading_read_jobs:
 * @database: a connection, of this thread alone
 * @error: return location
 *
 * Returns: (transfer full) (element-type ReshootLoadedJob): all jobs, in the order of their steps' numbers
 */
GArray *
reshoot_loading_read_jobs (ReshootDatabase  *database,
                           GError          **error)
{
  g_autoptr (GArray) jobs = g_array_new (FALSE, TRUE, sizeof (ReshootLoadedJob));
  Reading reading = { .jobs = jobs };

  g_array_set_clear_func (jobs, job_clear);
  if (!reshoot_database_walk (database, select_jobs, visit_job, &reading, error))
    return NULL;

  return g_steal_pointer (&jobs);
}
