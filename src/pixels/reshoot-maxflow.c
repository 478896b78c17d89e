/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The smallest cut of a grid whose cells are tied to eight neighbours, to a source and to a sink. The algorithm is the
 * two growing trees of Boykov and Kolmogorov ("An Experimental Comparison of Min-Cut/Max-Flow Algorithms for Energy
 * Minimization in Vision", 2004), which is quick on pictures. Neighbours are computed, not stored: that keeps a cell at
 * 8 capacities and a few words. */

#include "reshoot-maxflow.h"

#define EPSILON 1e-6f  /* a residual below this is none: float rounding leaves crumbs */

const int reshoot_maxflow_dx[RESHOOT_MAXFLOW_N_DIRECTIONS] = { 1, -1, 0, 0, 1, -1, 1, -1 };
const int reshoot_maxflow_dy[RESHOOT_MAXFLOW_N_DIRECTIONS] = { 0, 0, 1, -1, 1, -1, -1, 1 };

typedef enum
{
  TREE_NONE,
  TREE_SOURCE,
  TREE_SINK,
} Tree;

/* What a cell hangs on: a direction, or one of these. */
enum
{
  PARENT_TERMINAL = RESHOOT_MAXFLOW_N_DIRECTIONS,
  PARENT_ORPHAN,
  PARENT_NONE,
};

typedef struct
{
  float   residual[RESHOOT_MAXFLOW_N_DIRECTIONS];
  float   terminal;   /* what can still come from the source, or, negative, go to the sink */
  int     distance;   /* to the terminal, when @stamp is current */
  guint32 stamp;
  guint8  tree;
  guint8  parent;
  guint8  queued;
} Cell;

struct _ReshootMaxflow
{
  int     width;
  int     height;
  int     offsets[RESHOOT_MAXFLOW_N_DIRECTIONS];
  Cell   *cells;      /* with a rim of one cell all around */
  GQueue  active;     /* of cell numbers */
  GQueue  orphans;    /* of cell numbers */
  guint32 stamp;
  double  flow;
};

/**
 * reshoot_maxflow_new:
 * @width: of the grid, in cells
 * @height: of the grid, in cells
 *
 * Returns: (transfer full): a grid with no capacity anywhere
 */
ReshootMaxflow *
reshoot_maxflow_new (int width,
                     int height)
{
  ReshootMaxflow *self = g_new0 (ReshootMaxflow, 1);

  self->width = width;
  self->height = height;
  self->cells = g_new0 (Cell, (gsize) (width + 2) * (height + 2));
  for (int i = 0; i < RESHOOT_MAXFLOW_N_DIRECTIONS; i++)
    self->offsets[i] = reshoot_maxflow_dy[i] * (width + 2) + reshoot_maxflow_dx[i];
  return self;
}

void
reshoot_maxflow_free (ReshootMaxflow *self)
{
  g_queue_clear (&self->active);
  g_queue_clear (&self->orphans);
  g_free (self->cells);
  g_free (self);
}

/* Inside, a rim of cells without capacity stands around the grid, so that every cell has eight neighbours. */
static int
inside (ReshootMaxflow *self,
        int             cell)
{
  return (cell / self->width + 1) * (self->width + 2) + cell % self->width + 1;
}

static int
neighbour (ReshootMaxflow *self,
           int             cell,
           int             direction)
{
  return cell + self->offsets[direction];
}

/**
 * reshoot_maxflow_set_terminal:
 * @self: a grid
 * @cell: its number, row by row
 * @source: capacity from the source
 * @sink: capacity to the sink
 *
 * What flows straight through the cell is counted at once.
 */
void
reshoot_maxflow_set_terminal (ReshootMaxflow *self,
                              int             cell,
                              float           source,
                              float           sink)
{
  self->flow += MIN (source, sink);
  self->cells[inside (self, cell)].terminal = source - sink;
}


/**
 * reshoot_maxflow_set_edge:
 * @self: a grid
 * @cell: its number
 * @direction: to which neighbour
 * @capacity: both ways
 *
 * An edge over the rim of the grid is none.
 */
void
reshoot_maxflow_set_edge (ReshootMaxflow *self,
                          int             cell,
                          int             direction,
                          float           capacity)
{
  int x = cell % self->width + reshoot_maxflow_dx[direction];
  int y = cell / self->width + reshoot_maxflow_dy[direction];

  if (x < 0 || y < 0 || x >= self->width || y >= self->height)
    return;

  cell = inside (self, cell);
  self->cells[cell].residual[direction] = capacity;
  self->cells[neighbour (self, cell, direction)].residual[direction ^ 1] = capacity;
}

static void
activate (ReshootMaxflow *self,
          int             cell)
{
  if (self->cells[cell].queued)
    return;

  self->cells[cell].queued = TRUE;
  g_queue_push_tail (&self->active, GINT_TO_POINTER (cell));
}

static void
orphan (ReshootMaxflow *self,
        int             cell)
{
  self->cells[cell].parent = PARENT_ORPHAN;
  g_queue_push_tail (&self->orphans, GINT_TO_POINTER (cell));
}

/* How much can go from the tree's root side over the tie of @cell to its neighbour @other in @direction. */
static float
residual_along (ReshootMaxflow *self,
                int             cell,
                int             other,
                int             direction)
{
  return self->cells[cell].tree == TREE_SOURCE ? self->cells[cell].residual[direction]
                                               : self->cells[other].residual[direction ^ 1];
}

static float
bottleneck_to_root (ReshootMaxflow *self,
                    int             cell,
                    float           least)
{
  while (self->cells[cell].parent != PARENT_TERMINAL)
    {
      int direction = self->cells[cell].parent;
      int parent = neighbour (self, cell, direction);

      least = MIN (least, residual_along (self, parent, cell, direction ^ 1));
      cell = parent;
    }

  return MIN (least, ABS (self->cells[cell].terminal));
}

static void
push_to_root (ReshootMaxflow *self,
              int             cell,
              float           amount)
{
  gboolean source = self->cells[cell].tree == TREE_SOURCE;

  while (self->cells[cell].parent != PARENT_TERMINAL)
    {
      int direction = self->cells[cell].parent;
      int parent = neighbour (self, cell, direction);
      float *ahead = source ? &self->cells[parent].residual[direction ^ 1]
                            : &self->cells[cell].residual[direction];
      float *back = source ? &self->cells[cell].residual[direction]
                           : &self->cells[parent].residual[direction ^ 1];

      *ahead -= amount;
      *back += amount;
      if (*ahead < EPSILON)
        orphan (self, cell);

      cell = parent;
    }

  self->cells[cell].terminal += source ? -amount : amount;
  if (ABS (self->cells[cell].terminal) < EPSILON)
    orphan (self, cell);
}

/* The trees touch between @from (source side) and its neighbour: send as much as fits. */
static void
augment (ReshootMaxflow *self,
         int             from,
         int             direction)
{
  int to = neighbour (self, from, direction);
  float amount = self->cells[from].residual[direction];

  amount = bottleneck_to_root (self, from, amount);
  amount = bottleneck_to_root (self, to, amount);

  self->cells[from].residual[direction] -= amount;
  self->cells[to].residual[direction ^ 1] += amount;
  push_to_root (self, from, amount);
  push_to_root (self, to, amount);
  self->flow += amount;
}

/* Walks to the root and marks the way, so that the next walk is short. Returns the distance, or -1 if there is no
 * root. */
static int
distance_to_root (ReshootMaxflow *self,
                  int             cell)
{
  int steps = 0;
  int walk = cell;
  int distance;

  for (;;)
    {
      Cell *here = &self->cells[walk];

      if (here->stamp == self->stamp)
        {
          distance = here->distance;
          break;
        }
      if (here->parent == PARENT_TERMINAL)
        {
          here->stamp = self->stamp;
          here->distance = 1;
          distance = 1;
          break;
        }
      if (here->parent >= PARENT_ORPHAN)
        return -1;
      walk = neighbour (self, walk, here->parent);
      steps++;
    }

  distance += steps;
  for (walk = cell; self->cells[walk].stamp != self->stamp;
       walk = neighbour (self, walk, self->cells[walk].parent))
    {
      self->cells[walk].stamp = self->stamp;
      self->cells[walk].distance = distance--;
    }

  return self->cells[cell].distance;
}

/* The orphan finds no parent: it leaves the tree, its children become orphans, and who could adopt it later wakes
 * up. */
static void
let_go (ReshootMaxflow *self,
        int             cell)
{
  for (int direction = 0; direction < RESHOOT_MAXFLOW_N_DIRECTIONS; direction++)
    {
      int other = neighbour (self, cell, direction);

      if (self->cells[other].tree != self->cells[cell].tree)
        continue;
      if (residual_along (self, other, cell, direction ^ 1) > EPSILON)
        activate (self, other);
      if (self->cells[other].parent == (direction ^ 1))
        orphan (self, other);
    }

  self->cells[cell].tree = TREE_NONE;
  self->cells[cell].parent = PARENT_NONE;
}

static void
adopt (ReshootMaxflow *self,
       int             cell)
{
  int best = PARENT_NONE;
  int best_distance = G_MAXINT;

  for (int direction = 0; direction < RESHOOT_MAXFLOW_N_DIRECTIONS; direction++)
    {
      int other = neighbour (self, cell, direction);
      int distance;

      if (self->cells[other].tree != self->cells[cell].tree
          || residual_along (self, other, cell, direction ^ 1) <= EPSILON)
        continue;

      distance = distance_to_root (self, other);
      if (distance >= 0 && distance < best_distance)
        {
          best = direction;
          best_distance = distance;
        }
    }

  if (best == PARENT_NONE)
    {
      let_go (self, cell);
      return;
    }

  self->cells[cell].parent = (guint8) best;
  self->cells[cell].stamp = self->stamp;
  self->cells[cell].distance = best_distance + 1;
}

/* Lets an active cell reach for its neighbours. Returns the direction in which the other tree was met, or -1. */
static int
grow (ReshootMaxflow *self,
      int             cell)
{
  Cell *here = &self->cells[cell];

  for (int direction = 0; direction < RESHOOT_MAXFLOW_N_DIRECTIONS; direction++)
    {
      int other = neighbour (self, cell, direction);
      Cell *there = &self->cells[other];

      if (residual_along (self, cell, other, direction) <= EPSILON)
        continue;

      if (there->tree == TREE_NONE)
        {
          there->tree = here->tree;
          there->parent = (guint8) (direction ^ 1);
          there->stamp = here->stamp;
          there->distance = here->distance + 1;
          activate (self, other);
        }
      else if (there->tree != here->tree)
        {
          return direction;
        }
      else if (there->stamp <= here->stamp && there->distance > here->distance)
        {
          there->parent = (guint8) (direction ^ 1);
          there->stamp = here->stamp;
          there->distance = here->distance + 1;
        }
    }

  return -1;
}

static void
plant (ReshootMaxflow *self)
{
  for (int cell = 0; cell < (self->width + 2) * (self->height + 2); cell++)
    {
      Cell *here = &self->cells[cell];

      here->parent = PARENT_NONE;
      if (ABS (here->terminal) < EPSILON)
        continue;

      here->tree = here->terminal > 0 ? TREE_SOURCE : TREE_SINK;
      here->parent = PARENT_TERMINAL;
      here->distance = 1;
      activate (self, cell);
    }
}

/**
 * reshoot_maxflow_run:
 * @self: a grid whose capacities are set
 *
 * Returns: the largest flow, which is the cost of the smallest cut
 */
double
reshoot_maxflow_run (ReshootMaxflow *self)
{
  plant (self);

  while (!g_queue_is_empty (&self->active))
    {
      int cell = GPOINTER_TO_INT (g_queue_peek_head (&self->active));
      int direction = self->cells[cell].tree == TREE_NONE ? -1 : grow (self, cell);

      if (direction < 0)
        {
          g_queue_pop_head (&self->active);
          self->cells[cell].queued = FALSE;
          continue;
        }

      self->stamp++;
      if (self->cells[cell].tree == TREE_SOURCE)
        augment (self, cell, direction);
      else
        augment (self, neighbour (self, cell, direction), direction ^ 1);

      while (!g_queue_is_empty (&self->orphans))
        adopt (self, GPOINTER_TO_INT (g_queue_pop_head (&self->orphans)));
    }

  return self->flow;
}

/**
 * reshoot_maxflow_is_source:
 * @self: a grid after its run
 * @cell: its number
 *
 * Returns: whether the cell lies on the source's side of the cut
 */
gboolean
reshoot_maxflow_is_source (ReshootMaxflow *self,
                           int             cell)
{
  return self->cells[inside (self, cell)].tree == TREE_SOURCE;
}
