/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The life of a job as a table: state and event give the new state and what to do then. It is the whole of what decides
 * about money: the one way to "send" is from "waiting", and the one way back to "waiting" is a submit that surely did
 * not arrive. Pure data; the table in README.md is the same one, and a test holds the two together. */

#include "reshoot-job-machine.h"

typedef struct
{
  ReshootStepState state;
  ReshootJobEvent  event;
  ReshootStepState next;
  ReshootJobEffect effect;
  int              charged;
} Row;

#define S(name) RESHOOT_STEP_##name
#define E(name) RESHOOT_JOB_##name
#define DO(name) RESHOOT_JOB_DO_##name
#define NO RESHOOT_CHARGED_NO
#define UNKNOWN RESHOOT_CHARGED_UNKNOWN
#define KEEP (-1)

static const Row rows[] = {
  { S (WAITING), E (SEND), S (SENDING), DO (SEND), KEEP },
  { S (WAITING), E (COMPUTE), S (RUNNING), DO (COMPUTE), NO },
  { S (WAITING), E (REFUSED), S (REFUSED), DO (REST), NO },
  { S (WAITING), E (FAILED), S (FAILED), DO (REST), NO },
  { S (WAITING), E (CANCEL), S (CANCELLED), DO (REST), NO },
  { S (WAITING), E (WAKE), S (WAITING), DO (PREPARE), KEEP },
  { S (WAITING), E (AGAIN), S (WAITING), DO (PREPARE), KEEP },

  { S (SENDING), E (UNSENT), S (WAITING), DO (SEND_LATER), NO },
  { S (SENDING), E (ACCEPTED), S (SUBMITTED), DO (POLL), UNKNOWN },
  { S (SENDING), E (READY), S (DOWNLOADING), DO (DOWNLOAD), KEEP },
  { S (SENDING), E (ARRIVED), S (RECEIVED), DO (LAND), KEEP },
  { S (SENDING), E (REFUSED), S (REFUSED), DO (REST), KEEP },
  { S (SENDING), E (FAILED), S (FAILED), DO (REST), KEEP },
  { S (SENDING), E (DOUBT), S (UNKNOWN), DO (REST), UNKNOWN },
  { S (SENDING), E (UNSURE), S (SUBMITTED), DO (POLL), UNKNOWN },
  { S (SENDING), E (CANCEL), S (CANCELLED), DO (STOP), UNKNOWN },
  { S (SENDING), E (WAKE), S (UNKNOWN), DO (REST), UNKNOWN },
  { S (SENDING), E (ASK), S (SUBMITTED), DO (POLL), UNKNOWN },
  { S (SENDING), E (AGAIN), S (WAITING), DO (PREPARE), KEEP },

  { S (SUBMITTED), E (RUNNING), S (RUNNING), DO (POLL), KEEP },
  { S (SUBMITTED), E (READY), S (DOWNLOADING), DO (DOWNLOAD), KEEP },
  { S (SUBMITTED), E (LOST), S (SUBMITTED), DO (POLL), KEEP },
  { S (SUBMITTED), E (ARRIVED), S (RECEIVED), DO (LAND), KEEP },
  { S (SUBMITTED), E (REFUSED), S (REFUSED), DO (REST), KEEP },
  { S (SUBMITTED), E (FAILED), S (FAILED), DO (REST), KEEP },
  { S (SUBMITTED), E (GONE), S (EXPIRED), DO (REST), UNKNOWN },
  { S (SUBMITTED), E (DOUBT), S (UNKNOWN), DO (REST), KEEP },
  { S (SUBMITTED), E (CANCEL), S (CANCELLED), DO (STOP), UNKNOWN },
  { S (SUBMITTED), E (WAKE), S (UNKNOWN), DO (REST), UNKNOWN },
  { S (SUBMITTED), E (ASK), S (SUBMITTED), DO (POLL), KEEP },

  { S (RUNNING), E (RUNNING), S (RUNNING), DO (POLL), KEEP },
  { S (RUNNING), E (READY), S (DOWNLOADING), DO (DOWNLOAD), KEEP },
  { S (RUNNING), E (LOST), S (RUNNING), DO (POLL), KEEP },
  { S (RUNNING), E (ARRIVED), S (RECEIVED), DO (LAND), KEEP },
  { S (RUNNING), E (FINISHED), S (DONE), DO (REST), KEEP },
  { S (RUNNING), E (REFUSED), S (REFUSED), DO (REST), KEEP },
  { S (RUNNING), E (FAILED), S (FAILED), DO (REST), KEEP },
  { S (RUNNING), E (GONE), S (EXPIRED), DO (REST), UNKNOWN },
  { S (RUNNING), E (DOUBT), S (UNKNOWN), DO (REST), KEEP },
  { S (RUNNING), E (CANCEL), S (CANCELLED), DO (STOP), UNKNOWN },
  { S (RUNNING), E (WAKE), S (UNKNOWN), DO (REST), UNKNOWN },
  { S (RUNNING), E (ASK), S (RUNNING), DO (POLL), KEEP },
  { S (RUNNING), E (AGAIN), S (RUNNING), DO (COMPUTE), NO },

  { S (DOWNLOADING), E (ARRIVED), S (RECEIVED), DO (LAND), KEEP },
  { S (DOWNLOADING), E (READY), S (DOWNLOADING), DO (DOWNLOAD), KEEP },
  { S (DOWNLOADING), E (RUNNING), S (RUNNING), DO (POLL), KEEP },
  { S (DOWNLOADING), E (LOST), S (DOWNLOADING), DO (POLL), KEEP },
  { S (DOWNLOADING), E (REFUSED), S (REFUSED), DO (REST), KEEP },
  { S (DOWNLOADING), E (FAILED), S (FAILED), DO (REST), KEEP },
  { S (DOWNLOADING), E (GONE), S (EXPIRED), DO (REST), KEEP },
  { S (DOWNLOADING), E (DOUBT), S (UNKNOWN), DO (REST), KEEP },
  { S (DOWNLOADING), E (CANCEL), S (CANCELLED), DO (REST), KEEP },
  { S (DOWNLOADING), E (WAKE), S (UNKNOWN), DO (REST), KEEP },
  { S (DOWNLOADING), E (ASK), S (DOWNLOADING), DO (POLL), KEEP },

  { S (RECEIVED), E (LAND), S (LANDING), DO (LAND), KEEP },
  { S (RECEIVED), E (FAILED), S (RECEIVED), DO (REST), KEEP },
  { S (RECEIVED), E (WAKE), S (LANDING), DO (LAND), KEEP },
  { S (RECEIVED), E (ASK), S (LANDING), DO (LAND), KEEP },

  { S (LANDING), E (FINISHED), S (DONE), DO (REST), KEEP },
  { S (LANDING), E (FAILED), S (RECEIVED), DO (REST), KEEP },
  { S (LANDING), E (WAKE), S (LANDING), DO (LAND), KEEP },
  { S (LANDING), E (ASK), S (LANDING), DO (LAND), KEEP },

  { S (CANCELLED), E (STOPPED), S (CANCELLED), DO (REST), KEEP },
  { S (CANCELLED), E (ASK), S (RUNNING), DO (POLL), KEEP },

  { S (UNKNOWN), E (ASK), S (RUNNING), DO (POLL), KEEP },
};

#undef S
#undef E
#undef DO
#undef NO
#undef UNKNOWN
#undef KEEP

/**
 * reshoot_job_machine_move:
 * @state: where the job is
 * @event: what happened
 *
 * Returns: what follows
 */
ReshootJobMove
reshoot_job_machine_move (ReshootStepState state,
                          ReshootJobEvent  event)
{
  ReshootJobMove none = { FALSE, state, RESHOOT_JOB_DO_NOTHING, -1 };

  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    if (rows[i].state == state && rows[i].event == event)
      return (ReshootJobMove) { TRUE, rows[i].next, rows[i].effect, rows[i].charged };

  return none;
}

/**
 * reshoot_job_machine_take_up:
 * @state: where the program stopped
 * @is_local: whether it is computed here
 * @has_ticket: whether there is something to ask with
 *
 * Returns: what it means that the job is taken up again
 */
ReshootJobEvent
reshoot_job_machine_take_up (ReshootStepState state,
                             gboolean         is_local,
                             gboolean         has_ticket)
{
  if (is_local)
    return RESHOOT_JOB_AGAIN;

  /* Where it waits it was not sent, whatever name it has already. */
  return has_ticket && state != RESHOOT_STEP_WAITING ? RESHOOT_JOB_ASK : RESHOOT_JOB_WAKE;
}

/**
 * reshoot_job_event_to_string:
 * @event: an event
 *
 * Returns: (transfer none): its word, for the log and the README
 */
const char *
reshoot_job_event_to_string (ReshootJobEvent event)
{
  static const char * const words[RESHOOT_JOB_N_EVENTS] = {
    "send", "compute", "unsent", "accepted", "running", "ready", "lost", "arrived", "land", "finished",
    "refused", "failed", "gone", "doubt", "unsure", "cancel", "stopped", "wake", "ask", "again",
  };

  g_return_val_if_fail (event < RESHOOT_JOB_N_EVENTS, NULL);

  return words[event];
}

/**
 * reshoot_job_effect_to_string:
 * @effect: an effect
 *
 * Returns: (transfer none): its word, for the log and the README
 */
const char *
reshoot_job_effect_to_string (ReshootJobEffect effect)
{
  static const char * const words[] = {
    "nothing", "prepare", "send", "send later", "poll", "download", "compute", "land", "stop", "rest",
  };

  g_return_val_if_fail (effect < G_N_ELEMENTS (words), NULL);

  return words[effect];
}
