/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Walks the whole table: every state with every event. */

#include "reshoot-job-machine.h"
#include "reshoot-test.h"

static gboolean
is_over (ReshootStepState state)
{
  return state >= RESHOOT_STEP_DONE;
}

static gboolean
is_taking_up (ReshootJobEvent event)
{
  return event == RESHOOT_JOB_WAKE || event == RESHOOT_JOB_ASK || event == RESHOOT_JOB_AGAIN;
}

static ReshootJobMove
move (int state,
      int event)
{
  return reshoot_job_machine_move ((ReshootStepState) state, (ReshootJobEvent) event);
}

#define take_up reshoot_job_machine_take_up

#define FOR_ALL_MOVES                                            \
  for (int state = 0; state < (int) RESHOOT_JOB_N_STATES; state++)     \
    for (int event = 0; event < (int) RESHOOT_JOB_N_EVENTS; event++)

/* The document and the code say the same, row by row, and the document has no row more. */
static void
test_readme (void)
{
  g_autofree char *path = g_test_build_filename (G_TEST_DIST, "..", "src", "providers", "README.md", NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;
  guint n_rows = 0;

  g_file_get_contents (path, &text, NULL, &error);
  g_assert_no_error (error);

  FOR_ALL_MOVES
    {
      static const char * const charged[] = { "", "no", "yes", "unknown" };
      ReshootJobMove found = move (state, event);
      g_autofree char *row = NULL;

      if (!found.possible)
        continue;

      row = g_strdup_printf ("\n| %s | %s | %s | %s | %s |\n",
                             reshoot_step_state_to_string ((ReshootStepState) state),
                             reshoot_job_event_to_string ((ReshootJobEvent) event),
                             reshoot_step_state_to_string (found.state),
                             reshoot_job_effect_to_string (found.effect),
                             charged[found.charged + 1]);
      if (strstr (text, row) == NULL)
        g_error ("not in the README: %s", row);
      n_rows++;
    }

  for (const char *at = strstr (text, "| in | when |"); at != NULL && at[0] == '|'; n_rows--)
    at = strchr (at, '\n') + 1;
  g_assert_cmpint ((int) n_rows, ==, -2);
}

static void
test_impossible (void)
{
  guint n = 0;

  FOR_ALL_MOVES
    {
      ReshootJobMove found = move (state, event);

      if (found.possible)
        continue;

      n++;
      g_assert_cmpint (found.state, ==, state);
      g_assert_cmpint (found.effect, ==, RESHOOT_JOB_DO_NOTHING);
      g_assert_cmpint (found.charged, ==, -1);
    }

  g_assert_cmpuint (n, >, 0);
}

/* Money: the one call that costs is made from "waiting" alone, and the one way back there is that it did not arrive. */
static void
test_send_once (void)
{
  guint n_sends = 0;

  FOR_ALL_MOVES
    {
      ReshootJobMove found = move (state, event);

      if (!found.possible)
        continue;

      if (found.effect == RESHOOT_JOB_DO_SEND)
        {
          n_sends++;
          g_assert_cmpint (state, ==, RESHOOT_STEP_WAITING);
          g_assert_cmpint (event, ==, RESHOOT_JOB_SEND);
        }

      if (found.effect == RESHOOT_JOB_DO_SEND_LATER)
        g_assert_cmpint (event, ==, RESHOOT_JOB_UNSENT);

      /* "Again" is for what is computed here; the engine says it of no other job. */
      if (found.state == RESHOOT_STEP_WAITING && state != RESHOOT_STEP_WAITING)
        g_assert_true (event == RESHOOT_JOB_UNSENT || event == RESHOOT_JOB_AGAIN);

      /* After sending nobody says "not charged" but the service, which the table does not know. */
      if (found.charged == RESHOOT_CHARGED_NO && state != RESHOOT_STEP_WAITING)
        g_assert_true (event == RESHOOT_JOB_UNSENT || event == RESHOOT_JOB_AGAIN);
    }

  g_assert_cmpuint (n_sends, ==, 1);
}

/* Taking up what was on its way never leads to sending. */
static void
test_taken_up (void)
{
  for (int state = RESHOOT_STEP_SENDING; state <= RESHOOT_STEP_UNKNOWN; state++)
    {
      ReshootJobEffect wake = move (state, RESHOOT_JOB_WAKE).effect;
      ReshootJobEffect ask = move (state, RESHOOT_JOB_ASK).effect;

      g_assert_true (wake == RESHOOT_JOB_DO_NOTHING || wake == RESHOOT_JOB_DO_REST ||
                     wake == RESHOOT_JOB_DO_LAND);
      g_assert_true (ask == RESHOOT_JOB_DO_NOTHING || ask == RESHOOT_JOB_DO_POLL ||
                     ask == RESHOOT_JOB_DO_LAND);
    }

  /* A name that was stored before the call left says nothing of what waits, and is asked with where it was sent. */
  g_assert_cmpint (take_up (RESHOOT_STEP_WAITING, FALSE, TRUE), ==, RESHOOT_JOB_WAKE);
  g_assert_cmpint (take_up (RESHOOT_STEP_SENDING, FALSE, TRUE), ==, RESHOOT_JOB_ASK);
  g_assert_cmpint (take_up (RESHOOT_STEP_SENDING, FALSE, FALSE), ==, RESHOOT_JOB_WAKE);
  g_assert_cmpint (take_up (RESHOOT_STEP_SENDING, TRUE, FALSE), ==, RESHOOT_JOB_AGAIN);
  g_assert_cmpint (move (RESHOOT_STEP_SENDING, RESHOOT_JOB_ASK).charged, ==,
                   RESHOOT_CHARGED_UNKNOWN);
  g_assert_cmpint (move (RESHOOT_STEP_SENDING, RESHOOT_JOB_WAKE).state, ==, RESHOOT_STEP_UNKNOWN);
  g_assert_cmpint (move (RESHOOT_STEP_UNKNOWN, RESHOOT_JOB_ASK).effect, ==, RESHOOT_JOB_DO_POLL);
}

/* What is over stays over, but for asking with a ticket. What was cancelled rests once the service was told. */
static void
test_over (void)
{
  FOR_ALL_MOVES
    {
      ReshootJobMove found = move (state, event);

      if (is_over ((ReshootStepState) state) && found.possible && event != RESHOOT_JOB_STOPPED)
        g_assert_cmpint (event, ==, RESHOOT_JOB_ASK);

      if (found.possible && event == RESHOOT_JOB_STOPPED)
        g_assert_true (state == RESHOOT_STEP_CANCELLED && found.state == RESHOOT_STEP_CANCELLED);

      if (found.possible && found.effect == RESHOOT_JOB_DO_STOP)
        g_assert_true (event == RESHOOT_JOB_CANCEL && found.charged == RESHOOT_CHARGED_UNKNOWN);
      else if (found.possible && is_over (found.state))
        g_assert_cmpint (found.effect, ==, RESHOOT_JOB_DO_REST);
    }

  for (int event = 0; event < (int) RESHOOT_JOB_N_EVENTS; event++)
    g_assert_false (move (RESHOOT_STEP_DONE, event).possible);
}

/* Everything on its way can be cancelled, but for a picture that is here already. */
static void
test_cancel (void)
{
  for (int state = 0; state < (int) RESHOOT_JOB_N_STATES; state++)
    {
      ReshootJobMove found = move (state, RESHOOT_JOB_CANCEL);
      gboolean is_here = state == RESHOOT_STEP_RECEIVED || state == RESHOOT_STEP_LANDING;

      g_assert_cmpint (found.possible, ==, !is_over ((ReshootStepState) state) && !is_here);
      if (found.possible)
        g_assert_cmpint (found.state, ==, RESHOOT_STEP_CANCELLED);
    }
}

/* From "waiting" every state can come to be, and none is a dead end. */
static void
test_reachable (void)
{
  gboolean reached[RESHOOT_JOB_N_STATES] = { [RESHOOT_STEP_WAITING] = TRUE };
  gboolean ends[RESHOOT_JOB_N_STATES] = { FALSE, };

  for (guint round = 0; round < RESHOOT_JOB_N_STATES; round++)
    FOR_ALL_MOVES
      {
        ReshootJobMove found = move (state, event);

        if (found.possible && reached[state] && !is_taking_up ((ReshootJobEvent) event))
          reached[found.state] = TRUE;
        if (found.possible && (is_over (found.state) || ends[found.state]))
          ends[state] = TRUE;
      }

  for (int state = 0; state < (int) RESHOOT_JOB_N_STATES; state++)
    {
      g_assert_true (reached[state]);
      g_assert_true (ends[state] || is_over ((ReshootStepState) state));
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/job-machine/readme", test_readme);
  g_test_add_func ("/job-machine/impossible", test_impossible);
  g_test_add_func ("/job-machine/send-once", test_send_once);
  g_test_add_func ("/job-machine/taken-up", test_taken_up);
  g_test_add_func ("/job-machine/over", test_over);
  g_test_add_func ("/job-machine/cancel", test_cancel);
  g_test_add_func ("/job-machine/reachable", test_reachable);

  return g_test_run ();
}
