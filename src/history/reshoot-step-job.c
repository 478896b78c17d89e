/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a step's job fares: its state and the words for it, its progress, what it cost and what went wrong. All of it
 * but the progress and the place in a queue changes when it is stored, never before. */

#include "reshoot-step-parts.h"

#include <math.h>

G_DEFINE_ENUM_TYPE (ReshootStepState, reshoot_step_state,
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_WAITING, "waiting"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_SENDING, "sending"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_SUBMITTED, "submitted"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_RUNNING, "running"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_DOWNLOADING, "downloading"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_RECEIVED, "received"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_LANDING, "landing"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_DONE, "done"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_REFUSED, "refused"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_FAILED, "failed"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_CANCELLED, "cancelled"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_EXPIRED, "expired"),
                    G_DEFINE_ENUM_VALUE (RESHOOT_STEP_UNKNOWN, "unknown"))

static gboolean
same_number (double a,
             double b)
{
  return a == b || (isnan (a) && isnan (b));
}

void
reshoot_step_set_state (ReshootStep      *self,
                        ReshootStepState  state)
{
  if (self->state == state)
    return;

  self->state = state;
  reshoot_step_notify (self, PROP_STATE);

  if (reshoot_step_state_is_final (state))
    {
      reshoot_step_set_progress (self, NAN);
      reshoot_step_set_queue_position (self, -1);
    }
}

void
reshoot_step_set_price (ReshootStep        *self,
                        const ReshootPrice *price)
{
  self->price = *price;
}

void
reshoot_step_set_seconds (ReshootStep *self,
                          double       seconds)
{
  self->seconds = seconds;
}

void
reshoot_step_set_ticket (ReshootStep *self,
                         const char  *ticket)
{
  reshoot_step_take_ticket (self, g_strdup (ticket));
}

void
reshoot_step_take_ticket (ReshootStep *self,
                          char        *ticket)
{
  g_free (self->ticket);
  self->ticket = ticket;
}

void
reshoot_step_set_error (ReshootStep  *self,
                        const GError *error)
{
  g_clear_error (&self->error);
  if (error != NULL)
    self->error = g_error_copy (error);
}

gboolean
reshoot_step_state_from_string (const char       *word,
                                ReshootStepState *state)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (RESHOOT_TYPE_STEP_STATE);
  GEnumValue *value = g_enum_get_value_by_nick (states, word);

  if (value == NULL)
    return FALSE;

  *state = value->value;
  return TRUE;
}

/**
 * reshoot_step_get_state:
 * @self: a step
 *
 * Returns: how far its job is; an original is done
 */
ReshootStepState
reshoot_step_get_state (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), RESHOOT_STEP_UNKNOWN);

  return self->state;
}

/**
 * reshoot_step_state_is_final:
 * @state: a state
 *
 * Returns: whether a job in @state has ended; `unknown` has, for nothing more happens unless a person asks again
 */
gboolean
reshoot_step_state_is_final (ReshootStepState state)
{
  return state >= RESHOOT_STEP_DONE;
}

/**
 * reshoot_step_state_to_string:
 * @state: a state
 *
 * Returns: its word, as the project file and `--json` have it: "waiting", "done", …
 */
const char *
reshoot_step_state_to_string (ReshootStepState state)
{
  g_autoptr (GEnumClass) states = g_type_class_ref (RESHOOT_TYPE_STEP_STATE);
  GEnumValue *value = g_enum_get_value (states, (int) state);

  g_return_val_if_fail (value != NULL, NULL);

  return value->value_nick;
}

/**
 * reshoot_step_get_progress:
 * @self: a step
 *
 * Returns: 0–1, NAN when not known
 */
double
reshoot_step_get_progress (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NAN);

  return self->progress;
}

/**
 * reshoot_step_set_progress:
 * @self: a step
 * @progress: 0–1, NAN when not known
 *
 * For the job that works on it. Progress is not stored; a job's end clears it.
 */
void
reshoot_step_set_progress (ReshootStep *self,
                           double       progress)
{
  g_return_if_fail (RESHOOT_IS_STEP (self));

  if (!isnan (progress))
    progress = CLAMP (progress, 0, 1);

  if (same_number (self->progress, progress))
    return;

  self->progress = progress;
  reshoot_step_notify (self, PROP_PROGRESS);
}

/**
 * reshoot_step_get_queue_position:
 * @self: a step
 *
 * Returns: how many are before it at the service; -1 when not known
 */
int
reshoot_step_get_queue_position (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), -1);

  return self->queue_position;
}

/**
 * reshoot_step_set_queue_position:
 * @self: a step
 * @queue_position: how many are before it at the service; -1 when not known
 *
 * For the job that works on it. It is not stored; a job's end clears it.
 */
void
reshoot_step_set_queue_position (ReshootStep *self,
                                 int          queue_position)
{
  g_return_if_fail (RESHOOT_IS_STEP (self));

  queue_position = MAX (queue_position, -1);
  if (self->queue_position == queue_position)
    return;

  self->queue_position = queue_position;
  reshoot_step_notify (self, PROP_QUEUE_POSITION);
}

/**
 * reshoot_step_get_seconds:
 * @self: a step
 *
 * Returns: how long its job took, in seconds; NAN when not known
 */
double
reshoot_step_get_seconds (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NAN);

  return self->seconds;
}

/**
 * reshoot_step_get_price:
 * @self: a step
 *
 * Returns: what it cost, valid until the step changes; nothing known and not charged for an original
 */
const ReshootPrice *
reshoot_step_get_price (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return &self->price;
}

/**
 * reshoot_step_get_ticket:
 * @self: a step
 *
 * Returns: (nullable): JSON, what the provider needs to ask again
 */
const char *
reshoot_step_get_ticket (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->ticket;
}

/**
 * reshoot_step_dup_error:
 * @self: a step
 *
 * Returns: (transfer full) (nullable): why it was refused, failed or expired, or why it is unknown
 */
GError *
reshoot_step_dup_error (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->error != NULL ? g_error_copy (self->error) : NULL;
}

/* What @fresh, the same step read later and shown to nobody, knows of its job and its picture, which it loses. */
void
reshoot_step_refresh (ReshootStep *self,
                      ReshootStep *fresh)
{
  g_autoptr (GError) error = reshoot_step_dup_error (fresh);

  reshoot_step_set_price (self, &fresh->price);
  reshoot_step_set_seconds (self, fresh->seconds);
  reshoot_step_set_error (self, error);
  if (fresh->shown != NULL)
    reshoot_step_take_shown (self, g_steal_pointer (&fresh->shown));

  reshoot_step_set_state (self, fresh->state);
}
