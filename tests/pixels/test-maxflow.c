/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The cut is held against every possible cut of small grids. */

#include "reshoot-maxflow.h"
#include "reshoot-test.h"

typedef struct
{
  int   width;
  int   height;
  float source[16];
  float sink[16];
  float edge[16][RESHOOT_MAXFLOW_N_DIRECTIONS];
} Problem;

static double
cost_of (const Problem *problem,
         guint          side)
{
  int n = problem->width * problem->height;
  double cost = 0.0;

  for (int i = 0; i < n; i++)
    {
      gboolean source = (side >> i) & 1;

      cost += source ? problem->sink[i] : problem->source[i];
      for (int d = 0; d < RESHOOT_MAXFLOW_N_DIRECTIONS; d += 2)
        {
          int x = i % problem->width + reshoot_maxflow_dx[d];
          int y = i / problem->width + reshoot_maxflow_dy[d];
          int other = y * problem->width + x;

          if (x < 0 || y < 0 || x >= problem->width || y >= problem->height)
            continue;
          if (source != (gboolean) ((side >> other) & 1))
            cost += problem->edge[i][d];
        }
    }

  return cost;
}

static void
try_one (int size)
{
  Problem problem = { .width = 2 + size % 3, .height = 2 + size % 2 };
  int n = problem.width * problem.height;
  g_autoptr (ReshootMaxflow) maxflow = reshoot_maxflow_new (problem.width, problem.height);
  double best = G_MAXDOUBLE;
  double flow;
  guint side = 0;

  for (int i = 0; i < n; i++)
    {
      problem.source[i] = (float) g_test_rand_int_range (0, 20);
      problem.sink[i] = (float) g_test_rand_int_range (0, 20);
      reshoot_maxflow_set_terminal (maxflow, i, problem.source[i], problem.sink[i]);
      for (int d = 0; d < RESHOOT_MAXFLOW_N_DIRECTIONS; d += 2)
        {
          problem.edge[i][d] = (float) g_test_rand_int_range (0, 12);
          reshoot_maxflow_set_edge (maxflow, i, d, problem.edge[i][d]);
        }
    }

  flow = reshoot_maxflow_run (maxflow);
  for (int i = 0; i < n; i++)
    side |= (guint) reshoot_maxflow_is_source (maxflow, i) << i;

  for (guint every = 0; every < 1u << n; every++)
    best = MIN (best, cost_of (&problem, every));

  g_assert_cmpfloat_with_epsilon (flow, best, 1e-3);
  g_assert_cmpfloat_with_epsilon (cost_of (&problem, side), best, 1e-3);
}

static void
test_every_cut (void)
{
  for (int i = 0; i < 300; i++)
    try_one (i);
}

/* A weak wall between two strong halves is where the cut goes. */
static void
test_large (void)
{
  const int width = 120;
  const int height = 80;
  g_autoptr (ReshootMaxflow) maxflow = reshoot_maxflow_new (width, height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        int cell = y * width + x;

        reshoot_maxflow_set_terminal (maxflow, cell, x == 0 ? 1000.0f : 0.0f,
                                      x == width - 1 ? 1000.0f : 0.0f);
        for (int d = 0; d < RESHOOT_MAXFLOW_N_DIRECTIONS; d += 2)
          reshoot_maxflow_set_edge (maxflow, cell, d,
                                    d == 0 && x == 70 ? 0.25f : d == 0 ? 5.0f : 0.0f);
      }

  g_assert_cmpfloat_with_epsilon (reshoot_maxflow_run (maxflow), 0.25 * height, 1e-3);
  for (int y = 0; y < height; y++)
    {
      g_assert_true (reshoot_maxflow_is_source (maxflow, y * width + 70));
      g_assert_false (reshoot_maxflow_is_source (maxflow, y * width + 71));
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/maxflow/every-cut", test_every_cut);
  g_test_add_func ("/maxflow/large", test_large);

  return g_test_run ();
}
