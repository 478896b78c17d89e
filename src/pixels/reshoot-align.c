/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How a reply lies on its source: shift, zoom in either direction, a little shear and rotation, from coarse to fine.
 * What was edited agrees with nothing and is outvoted. reshoot-align-guess.c has the first guess,
 * reshoot-align-blocks.c how parts are matched and what they agree on. */

#include "reshoot-align.h"

#include "reshoot-align-private.h"

#include <math.h>
#include <string.h>

#define GUESS_DIVISOR 8
#define SMALLEST_SIDE 8

/* Fewer structured blocks than that tell nothing. */
#define FEWEST_BLOCKS 12

/* With fewer inliers than that shear is noise, and zoom nearly so. */
#define FEW_INLIERS 60

/* What lies where it should explains nearly as much as the best guess: then that is meant. */
#define NEAR_SHARE 0.95

/* A block is explained if it is within a pixel of the motion and still alike. */
#define INLIER_DISTANCE 1.f
#define INLIER_LIKENESS 0.55f

static const struct
{
  int divisor;
  int window;
  int step;
  int n_passes;
} levels[] = {
  { 4, 25, 8, 2 },
  { 2, 33, 12, 2 },
  { 1, 33, 16, 3 },
};

static ReshootPlane *
shrink (const ReshootPlane *plane,
        int                 divisor)
{
  if (divisor == 1)
    return reshoot_plane_copy (plane);

  return reshoot_plane_shrink (plane,
                               MAX (plane->width / divisor, MIN (SMALLEST_SIDE, plane->width)),
                               MAX (plane->height / divisor, MIN (SMALLEST_SIDE, plane->height)));
}

/* The same motion, its pixels being @factor as large; pixel centres are at whole numbers. */
static void
rescale (double map[6],
         double factor_x,
         double factor_y)
{
  double factors[2] = { factor_x, factor_y };

  for (int i = 0; i < 2; i++)
    {
      double *row = map + 3 * i;
      double shift = row[2] * factors[i] + (factors[i] - 1) / 2;

      for (int j = 0; j < 2; j++)
        {
          row[j] *= factors[i] / factors[j];
          shift -= row[j] * (factors[j] - 1) / 2;
        }
      row[2] = shift;
    }
}

/* First @offset moves a pixel, then @map does. */
static void
add_offset (double       map[6],
            const double offset[6])
{
  double sum[6];

  for (int i = 0; i < 2; i++)
    {
      const double *row = map + 3 * i;

      sum[3 * i] = row[0] * (1 + offset[0]) + row[1] * offset[3];
      sum[3 * i + 1] = row[0] * offset[1] + row[1] * (1 + offset[4]);
      sum[3 * i + 2] = row[0] * offset[2] + row[1] * offset[5] + row[2];
    }

  memcpy (map, sum, sizeof (sum));
}

static void
count_blocks (GArray        *blocks,
              const float   *distances,
              ReshootMotion *motion)
{
  double sum = 0;

  motion->n_textured = 0;
  motion->n_inliers = 0;
  for (guint i = 0; i < blocks->len; i++)
    {
      const ReshootBlock *block = &g_array_index (blocks, ReshootBlock, i);
      float far = MAX (fabsf (distances[2 * i]), fabsf (distances[2 * i + 1]));

      motion->n_textured += block->textured;
      if (block->textured && far < INLIER_DISTANCE && block->likeness > INLIER_LIKENESS)
        {
          motion->n_inliers++;
          sum += far;
        }
    }

  motion->residual = motion->n_inliers > 0 ? sum / motion->n_inliers : 0;
}

static void
refine (const ReshootPlane *source,
        const ReshootPlane *reply,
        guint               level,
        ReshootMotion      *motion,
        GCancellable       *cancellable)
{
  g_autoptr (ReshootPlane) still = shrink (source, levels[level].divisor);
  g_autoptr (ReshootPlane) small = shrink (reply, levels[level].divisor);
  double factor_x = (double) source->width / still->width;
  double factor_y = (double) source->height / still->height;

  rescale (motion->map, 1 / factor_x, 1 / factor_y);
  for (int pass = 0; pass < levels[level].n_passes
       && !g_cancellable_is_cancelled (cancellable); pass++)
    {
      g_autoptr (ReshootPlane) moved = reshoot_plane_warp (small, motion->map);
      g_autoptr (GArray) blocks = reshoot_motion_match_blocks (still, moved, levels[level].window,
                                                               levels[level].step);
      g_autofree float *distances = g_new0 (float, 2 * blocks->len + 1);
      gboolean few = level == G_N_ELEMENTS (levels) - 1 && pass > 0
                     && motion->n_inliers < FEW_INLIERS;
      double offset[6];

      reshoot_motion_fit (blocks, still->width, still->height, pass == 0 ? 1.2 : 0.6, few, offset,
                          distances);
      add_offset (motion->map, offset);
      count_blocks (blocks, distances, motion);
    }
  rescale (motion->map, factor_x, factor_y);
}

/* A pattern that repeats is found again a period further, and explains as much there: of two such places the nearer one
 * is meant. */
static void
prefer_near (const ReshootPlane *source,
             const ReshootPlane *reply,
             ReshootMotion      *motion,
             GCancellable       *cancellable)
{
  ReshootMotion near = { .map = { 1, 0, 0, 0, 1, 0 } };

  refine (source, reply, 0, &near, cancellable);
  if (near.n_inliers >= NEAR_SHARE * motion->n_inliers)
    *motion = near;
}

/* @source and @reply: luma of one size, 0–255. FALSE where it was cancelled. */
gboolean
reshoot_motion_find (const ReshootPlane *source,
                     const ReshootPlane *reply,
                     ReshootMotion      *motion,
                     GCancellable       *cancellable)
{
  static const double identity[6] = { 1, 0, 0, 0, 1, 0 };
  g_autoptr (ReshootPlane) small = shrink (source, GUESS_DIVISOR);
  g_autoptr (ReshootPlane) other = shrink (reply, GUESS_DIVISOR);

  memset (motion, 0, sizeof (*motion));
  memcpy (motion->map, identity, sizeof (identity));
  reshoot_motion_guess (small, other, motion->map, cancellable);
  rescale (motion->map, (double) source->width / small->width,
           (double) source->height / small->height);

  refine (source, reply, 0, motion, cancellable);
  prefer_near (source, reply, motion, cancellable);
  for (guint level = 1; level < G_N_ELEMENTS (levels); level++)
    refine (source, reply, level, motion, cancellable);

  motion->is_flat = motion->n_textured < FEWEST_BLOCKS;
  if (motion->is_flat)
    memcpy (motion->map, identity, sizeof (identity));

  return !g_cancellable_is_cancelled (cancellable);
}
