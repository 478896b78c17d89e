/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Words of a person and a stranger's JSON: both become a plan or a refusal. A plan survives its own JSON. */

#include "fuzz.h"

#include <string.h>

#include "reshoot-error.h"
#include "reshoot-plan.h"

/* An instruction is cut off far below this; the JSON of a plan is not much longer. */
#define MAX_LENGTH 65536

int
LLVMFuzzerInitialize (int    *argc,
                      char ***argv)
{
  g_type_ensure (RESHOOT_TYPE_PLAN);
  return 0;
}

static void
use (ReshootPlan *plan)
{
  g_autoptr (JsonNode) json = reshoot_plan_to_json (plan);
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) check_error = NULL;
  g_autoptr (ReshootPlan) again = reshoot_plan_new_from_json (json, &error);
  gboolean right = reshoot_plan_check (plan, &check_error);

  g_assert_no_error (error);
  g_assert_cmpuint (reshoot_plan_get_n_operations (again), ==,
                    reshoot_plan_get_n_operations (plan));
  g_assert_cmpuint (reshoot_plan_get_n_refusals (again), ==, reshoot_plan_get_n_refusals (plan));
  g_assert_cmpint (reshoot_plan_needs_matte (again), ==, reshoot_plan_needs_matte (plan));
  g_assert_true (right || g_error_matches (check_error, RESHOOT_ERROR, RESHOOT_ERROR_CANNOT));
  g_assert_true (!right || reshoot_plan_get_n_operations (plan) > 0);
}

int
LLVMFuzzerTestOneInput (const guint8 *data,
                        gsize         length)
{
  g_autofree char *text = g_strndup ((const char *) data, MIN (length, MAX_LENGTH));
  g_autoptr (ReshootPlan) plan = reshoot_plan_new (text);
  g_autoptr (ReshootPlan) read = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonNode) json = NULL;

  use (plan);

  /* json-glib wants valid UTF-8 before it parses; whoever reads a file checks that first. */
  if (!g_utf8_validate (text, -1, NULL))
    return 0;
  json = json_from_string (text, NULL);
  if (json == NULL)
    return 0;
  read = reshoot_plan_new_from_json (json, &error);
  if (read != NULL)
    use (read);
  else
    g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  return 0;
}
