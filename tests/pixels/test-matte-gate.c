/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Whether the cut-out knows when it is out of its depth: before a busy background it asks, before paper it does not. */

#include "reshoot-test.h"
#include "scenes.h"

static ReshootMatte *
find (Scene *scene)
{
  g_autoptr (GError) error = NULL;
  ReshootMatte *matte = reshoot_matte_new (scene->image, NULL, NULL, &error);

  g_assert_no_error (error);
  return matte;
}

/* Nineteen in twenty are enough: the one that is cut out without a question may be right. */
static void
test_cluttered (void)
{
  guint asked = 0;

  for (guint k = 0; k < SCENE_N_CLUTTERED; k++)
    {
      g_autoptr (Scene) scene = scene_new_cluttered (k);
      g_autoptr (ReshootMatte) matte = find (scene);

      asked += !reshoot_matte_get_confident (matte);
      if (reshoot_matte_get_confident (matte))
        g_test_message ("%s: sure, overlap %.4f", scene->name, scene_overlap (scene, matte));
    }

  g_assert_cmpuint (20 * asked, >=, 19 * SCENE_N_CLUTTERED);
}

static void
test_plain (void)
{
  for (guint k = 0; k < SCENE_N_PLAIN; k += 3)
    {
      g_autoptr (Scene) scene = scene_new_plain (k);
      g_autoptr (ReshootMatte) matte = find (scene);

      g_test_message ("%s: overlap %.4f", scene->name, scene_overlap (scene, matte));
      g_assert_true (reshoot_matte_get_confident (matte));
      g_assert_cmpfloat (scene_overlap (scene, matte), >, 0.98);
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/matte-gate/cluttered", test_cluttered);
  g_test_add_func ("/matte-gate/plain", test_plain);

  return g_test_run ();
}
