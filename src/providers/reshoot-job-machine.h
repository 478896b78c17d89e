/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-step.h"

G_BEGIN_DECLS

/**
 * ReshootJobEvent:
 *
 * What can happen to a job.
 */
typedef enum
{
  RESHOOT_JOB_SEND,        /* the call that starts it is ready */
  RESHOOT_JOB_COMPUTE,     /* it is done here and free */
  RESHOOT_JOB_UNSENT,      /* the submit surely did not arrive */
  RESHOOT_JOB_ACCEPTED,    /* there is a ticket */
  RESHOOT_JOB_RUNNING,     /* the service says: not yet */
  RESHOOT_JOB_READY,       /* the service says where the picture is */
  RESHOOT_JOB_LOST,        /* asking or loading went wrong, and may be tried again */
  RESHOOT_JOB_ARRIVED,     /* the picture's bytes are here and are a picture */
  RESHOOT_JOB_LAND,        /* the reply is stored */
  RESHOOT_JOB_FINISHED,    /* the step has its picture */
  RESHOOT_JOB_REFUSED,     /* the studio or the service says no */
  RESHOOT_JOB_FAILED,      /* it is over, for a known reason */
  RESHOOT_JOB_GONE,        /* the service no longer knows it */
  RESHOOT_JOB_DOUBT,       /* it may have been charged, and nothing more can be learned now */
  RESHOOT_JOB_UNSURE,      /* the submit may have arrived, and the ticket that was stored before will tell */
  RESHOOT_JOB_CANCEL,      /* the person stops it */
  RESHOOT_JOB_STOPPED,     /* the service was told to stop, or cannot be told */
  RESHOOT_JOB_WAKE,        /* taken up after a stop of the program, without a ticket */
  RESHOOT_JOB_ASK,         /* the same, with a ticket */
  RESHOOT_JOB_AGAIN,       /* the same, computed here */
  RESHOOT_JOB_N_EVENTS
} ReshootJobEvent;

/**
 * ReshootJobEffect:
 *
 * What to do once the new state is stored.
 */
typedef enum
{
  RESHOOT_JOB_DO_NOTHING,
  RESHOOT_JOB_DO_PREPARE,     /* make the input and the call */
  RESHOOT_JOB_DO_SEND,        /* make the call that costs money */
  RESHOOT_JOB_DO_SEND_LATER,  /* wait, then prepare to send once more */
  RESHOOT_JOB_DO_POLL,        /* wait, then ask */
  RESHOOT_JOB_DO_DOWNLOAD,
  RESHOOT_JOB_DO_COMPUTE,
  RESHOOT_JOB_DO_LAND,
  RESHOOT_JOB_DO_STOP,        /* tell the service that nobody waits any more */
  RESHOOT_JOB_DO_REST,        /* it is over: tell who waits */
} ReshootJobEffect;

#define RESHOOT_JOB_N_STATES (RESHOOT_STEP_UNKNOWN + 1)

/**
 * ReshootJobMove:
 * @possible: whether the event means anything in the state; if not, nothing happens
 * @state: the new state
 * @effect: what to do once it is stored
 * @charged: a #ReshootCharged to store with it, -1 = whatever is known
 */
typedef struct
{
  gboolean         possible;
  ReshootStepState state;
  ReshootJobEffect effect;
  int              charged;
} ReshootJobMove;

ReshootJobMove  reshoot_job_machine_move         (ReshootStepState  state,
                                                  ReshootJobEvent   event);
ReshootJobEvent reshoot_job_machine_take_up      (ReshootStepState  state,
                                                  gboolean          is_local,
                                                  gboolean          has_ticket);
const char     *reshoot_job_event_to_string      (ReshootJobEvent   event);
const char     *reshoot_job_effect_to_string     (ReshootJobEffect  effect);

G_END_DECLS
