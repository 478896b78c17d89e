/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a step lies in its original, through good maps and through those that a stranger may have written. */

#include "history-support.h"
#include "reshoot-step-place.h"

#include "reshoot-test.h"

#include <math.h>

static ReshootStep *
add_step (ReshootProject *project,
          ReshootStep    *source,
          guint           seed,
          const double    affine[6])
{
  g_autoptr (ReshootImage) picture = history_make_picture (seed, 24, 16);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step = history_add_request (project, source, "make it warmer", 0.04);

  history_try_reply (project, step, picture, &error);
  g_assert_no_error (error);
  reshoot_project_add_version_async (project, step, picture, affine, NULL, NULL, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_add_version_finish (project, result, &error);
  g_assert_no_error (error);
  return step;
}

static ReshootProject *
open_project (GFile       **file,
              ReshootStep **original)
{
  g_autofree char *folder = g_dir_make_tmp ("reshoot-test-XXXXXX", NULL);
  g_autofree char *path = g_build_filename (folder, "place.reshoot", NULL);
  g_autoptr (ReshootImage) photo = history_make_picture (0, 24, 16);
  ReshootProject *project;

  *file = g_file_new_for_path (path);
  project = history_open (*file, RESHOOT_PROJECT_CREATE);
  *original = history_add_original (project, photo, "photo");
  return project;
}

static void
assert_place (ReshootStep *step,
              double       scale,
              double       x,
              double       y)
{
  const double wanted[6] = { scale, 0, x, 0, scale, y };
  double affine[6];

  reshoot_step_place_in_original (step, affine);
  for (guint i = 0; i < G_N_ELEMENTS (affine); i++)
    g_assert_cmpfloat_with_epsilon (affine[i], wanted[i], 1e-9);
}

/* Half the size, then moved: both ways back. */
static void
test_maps (void)
{
  const double half[6] = { 0.5, 0, 0, 0, 0.5, 0 };
  const double moved[6] = { 1, 0, -3, 0, 1, -2 };
  g_autoptr (GFile) file = NULL;
  ReshootStep *original, *small, *crop;
  ReshootProject *project = open_project (&file, &original);

  small = add_step (project, original, 1, half);
  crop = add_step (project, small, 2, moved);
  assert_place (original, 1, 0, 0);
  assert_place (small, 2, 0, 0);
  assert_place (crop, 2, 6, 4);
  history_close (project);
  history_remove (file);
}

static void
test_nonsense (void)
{
  const double nonsense[][6] = {
    { 0, 0, 0, 0, 0, 0 },
    { 1, 0, 0, 1, 2.5, -3 },        /* it lost its rows, and folds everything onto a line nearly */
    { 1e-9, 0, 0, 0, 1e-9, 0 },
    { INFINITY, 0, 0, 0, 1, 0 },
    { 1, 0, 1e300, 0, 1, 0 },
  };
  const double half[6] = { 0.5, 0, 0, 0, 0.5, 0 };
  g_autoptr (GFile) file = NULL;
  ReshootStep *original, *step;
  ReshootProject *project = open_project (&file, &original);
  double affine[6];

  for (guint i = 0; i < G_N_ELEMENTS (nonsense); i++)
    {
      step = add_step (project, original, 1 + i, nonsense[i]);
      reshoot_step_place_in_original (step, affine);
      for (guint j = 0; j < G_N_ELEMENTS (affine); j++)
        g_assert_true (isfinite (affine[j]));
      g_assert_cmpfloat (fabs (affine[0] * affine[4] - affine[1] * affine[3]), >, 1e-7);
    }

  /* Each of them makes sense, all of them together do not. */
  for (guint i = 0; i < 40; i++)
    step = add_step (project, i == 0 ? original : step, 20 + i, half);
  reshoot_step_place_in_original (step, affine);
  g_assert_cmpfloat (affine[0], <=, 1e3);
  history_close (project);
  history_remove (file);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  g_test_add_func ("/step-place/maps", test_maps);
  g_test_add_func ("/step-place/nonsense", test_nonsense);
  return g_test_run ();
}
