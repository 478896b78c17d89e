/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Parts a product from a plain backdrop. Paper has no edges: what can be reached from the rim without crossing one
 * is backdrop, also where light falls off or a soft shadow lies. From there the backdrop is continued under the
 * product, and what differs from that continuation, or is shut in by edges, is the product; the smallest cut
 * decides along the edges. */

#include "reshoot-backdrop.h"

#include "reshoot-mask.h"
#include "reshoot-maxflow.h"

#include <math.h>
#include <string.h>

#define GAP_RADIUS 2           /* cells: edges are closed over gaps of twice that */
#define LEAST_EDGE 1.3f        /* ΔE from cell to cell that is an edge on the smoothest paper */
#define EDGE_SIGMA 2.5f        /* ΔE: the fall of the tie between two cells */
#define TIE 6.0f               /* between cells of one colour */
#define UNIT 2.5f              /* ΔE from the backdrop that counts as one */
#define MOST 12.0f             /* what a cell can pay for its colour */
#define REACHED 8.0f           /* what it pays for being called product though it was reached from the rim */
#define SHUT_IN 0.25f           /* the same when it was not */
#define SHADOW_WEIGHT 0.45f    /* of darkness without a change of hue */
#define RICHER 1.3f            /* share of the backdrop's chroma that a shadow may have */
#define OTHER_LIGHT 1.8f       /* ΔE from the light around that is another material */
#define BRIGHTER 0.4f          /* weight of being brighter in that */
#define SHADOW_DEPTH 3.0f      /* ΔL below the light around from which a cell may lie in a shadow */
#define SHADOW_STEEPER 2.5f    /* how much steeper than paper a shadow may be and still be no edge */
#define N_FLOODS 3             /* the light around is known ever better */
#define HOLE_SHARE 0.0002      /* of the picture: a smooth part this large may be backdrop seen through a hole */
#define HOLE_DISTANCE 4.0      /* ΔE from the backdrop of such a part, in the mean, where the backdrop has a hue */
#define GREY_DISTANCE 1.5      /* the same where it has none and so is less telling */
#define GREY_CHROMA 6.0f
#define HOLE_RADIUS 1          /* cells: a hole may be narrower than a way in … */
#define HOLE_STRICT 0.45       /* … if it looks that much more like the backdrop */
#define CONTACT_DEPTH 0.03     /* of the longer side: how far a contact shadow goes */
#define CONTACT_STEP 14.0f     /* ΔL from cell to cell: steeper is the product's own edge */
#define CONTACT_DARKER 3.0f    /* ΔL below the backdrop from which a cell may lie in it */
#define CONTACT_DARK 12.0f     /* ΔL below the backdrop that it reaches somewhere on its way */
#define CONTACT_GRAIN 2.5f     /* ΔL that it may get lighter again on the way in */
#define CONTACT_WIDTH 2        /* cells to either side that are averaged */
#define CONTACT_PATIENCE 5     /* cells without getting darker after which it has ended */

typedef struct
{
  const float *lab;
  int          width;
  int          height;
  gsize        n;
  float        edge;       /* ΔE from cell to cell above which there is an edge */
  float       *steps;      /* largest ΔE to a neighbour */
  guint8      *reached;    /* 1: backdrop for sure */
  float       *backdrop;   /* Lab, continued under the product; at first the surface fitted to the frame */
} Scene;

static float
delta (const float *a,
       const float *b)
{
  float l = a[0] - b[0];
  float u = a[1] - b[1];
  float v = a[2] - b[2];

  return sqrtf (l * l + u * u + v * v);
}

/* How unlike the backdrop a cell is, in lightness and in chroma. A shadow takes the same share of all light, so
 * that in Lab a and b fall with L + 16; but light that a product throws into its own shadow gives some of it back.
 * So the chroma of a backdrop may lie anywhere between. */
static void
compare_with (const float *lab,
              const float *backdrop,
              float       *lightness,
              float       *chroma)
{
  float least = MIN ((lab[0] + 16.0f) / (backdrop[0] + 16.0f), 1.0f);
  float most = least < 0.95f ? RICHER : 1.0f;
  float length = backdrop[1] * backdrop[1] + backdrop[2] * backdrop[2];
  float share = (lab[1] * backdrop[1] + lab[2] * backdrop[2]) / MAX (length, 1.0f);
  float u;
  float v;

  share = CLAMP (share, least, most);
  u = lab[1] - backdrop[1] * share;
  v = lab[2] - backdrop[2] * share;
  *lightness = lab[0] - backdrop[0];
  *chroma = sqrtf (u * u + v * v);
}

static void
find_steps (Scene *scene)
{
  for (int y = 0; y < scene->height; y++)
    for (int x = 0; x < scene->width; x++)
      {
        gsize i = (gsize) y * scene->width + x;

        if (x + 1 < scene->width)
          {
            float step = delta (scene->lab + i * 3, scene->lab + i * 3 + 3);

            scene->steps[i] = MAX (scene->steps[i], step);
            scene->steps[i + 1] = MAX (scene->steps[i + 1], step);
          }
        if (y + 1 < scene->height)
          {
            gsize below = i + scene->width;
            float step = delta (scene->lab + i * 3, scene->lab + below * 3);

            scene->steps[i] = MAX (scene->steps[i], step);
            scene->steps[below] = MAX (scene->steps[below], step);
          }
      }
}

static gboolean
on_rim (Scene *scene,
        gsize  i)
{
  int x = (int) (i % scene->width);
  int y = (int) (i / scene->width);

  return x == 0 || y == 0 || x == scene->width - 1 || y == scene->height - 1;
}

/* What counts as an edge follows from the grain of the paper: far above what the rim shows. */
static void
find_edge (Scene *scene)
{
  g_autofree float *rim = g_new (float, scene->n);
  gsize n_rim = 0;
  double sum = 0.0;

  for (gsize i = 0; i < scene->n; i++)
    if (on_rim (scene, i))
      {
        rim[n_rim++] = scene->steps[i];
        sum += MIN (scene->steps[i], 3.0f);
      }

  scene->edge = MAX (LEAST_EDGE, 3.0f * (float) (sum / n_rim));
}

/* Marks what can be reached over @open from the cells in @stack. */
static void
flood (Scene        *scene,
       const guint8 *open,
       GArray       *stack,
       guint8       *reached)
{
  while (stack->len > 0)
    {
      int cell = g_array_index (stack, int, stack->len - 1);
      int x = cell % scene->width;
      int next[4] = { x > 0 ? cell - 1 : -1, x < scene->width - 1 ? cell + 1 : -1,
                      cell - scene->width,
                      (gsize) (cell + scene->width) < scene->n ? cell + scene->width : -1 };

      g_array_set_size (stack, stack->len - 1);
      for (int k = 0; k < 4; k++)
        if (next[k] >= 0 && open[next[k]] != 0 && reached[next[k]] == 0)
          {
            reached[next[k]] = 1;
            g_array_append_val (stack, next[k]);
          }
    }
}

/* Whether a cell can be paper under the light around it, and nothing there changes faster than light does. */
static gboolean
is_flat (Scene *scene,
         gsize  i)
{
  float edge = scene->edge;
  float lightness;
  float chroma;
  float brighter;

  compare_with (scene->lab + i * 3, scene->backdrop + i * 3, &lightness, &chroma);
  brighter = MAX (lightness, 0.0f) * BRIGHTER;
  if (lightness < -SHADOW_DEPTH)
    edge *= SHADOW_STEEPER;

  return scene->steps[i] < edge
         && chroma * chroma + brighter * brighter < OTHER_LIGHT * OTHER_LIGHT;
}

/* The same by the steps alone, whatever the colour: a part of the product that happens to look like the backdrop
 * belongs to what it passes into without an edge. */
static void
find_smooth (Scene  *scene,
             int     radius,
             guint8 *open)
{
  g_autofree guint8 *flat = g_new (guint8, scene->n);

  for (gsize i = 0; i < scene->n; i++)
    flat[i] = scene->steps[i] < scene->edge;
  reshoot_mask_spread (flat, open, scene->width, scene->height, radius, FALSE);
}

/* The cells from which every edge is @radius off: gaps in an edge are no way through. */
static void
find_open (Scene  *scene,
           int     radius,
           guint8 *open)
{
  g_autofree guint8 *flat = g_new (guint8, scene->n);

  for (gsize i = 0; i < scene->n; i++)
    flat[i] = is_flat (scene, i);
  reshoot_mask_spread (flat, open, scene->width, scene->height, radius, FALSE);
}

static void
reach_from_rim (Scene        *scene,
                const guint8 *open)
{
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (int));

  for (int i = 0; (gsize) i < scene->n; i++)
    if (open[i] != 0 && on_rim (scene, (gsize) i))
      {
        scene->reached[i] = 1;
        g_array_append_val (stack, i);
      }
  flood (scene, open, stack, scene->reached);
}

/* Gives back the margin that closing the gaps took, as far as it is flat. */
static void
regrow (Scene *scene)
{
  g_autofree guint8 *before = g_new (guint8, scene->n);
  g_autofree guint8 *grown = g_new (guint8, scene->n);

  for (int round = 0; round < GAP_RADIUS; round++)
    {
      memcpy (before, scene->reached, scene->n);
      reshoot_mask_spread (before, grown, scene->width, scene->height, 1, TRUE);
      for (gsize i = 0; i < scene->n; i++)
        scene->reached[i] = before[i] || (grown[i] && is_flat (scene, i));
    }
}

typedef struct
{
  int    width;
  int    height;
  float *values;   /* three a cell, times the weight */
  float *weights;
} Level;

static void
halve (const Level *from,
       Level       *to)
{
  to->width = (from->width + 1) / 2;
  to->height = (from->height + 1) / 2;
  to->values = g_new0 (float, (gsize) to->width * to->height * 3);
  to->weights = g_new0 (float, (gsize) to->width * to->height);

  for (int y = 0; y < from->height; y++)
    for (int x = 0; x < from->width; x++)
      {
        gsize i = (gsize) y * from->width + x;
        gsize j = (gsize) (y / 2) * to->width + x / 2;

        to->weights[j] += from->weights[i];
        for (int c = 0; c < 3; c++)
          to->values[j * 3 + c] += from->values[i * 3 + c];
      }

  /* A cell that knows anything at all is as good as one that knows all. */
  for (gsize j = 0; j < (gsize) to->width * to->height; j++)
    if (to->weights[j] > 1.0f)
      {
        for (int c = 0; c < 3; c++)
          to->values[j * 3 + c] /= to->weights[j];
        to->weights[j] = 1.0f;
      }
}

/* The value of a coarser level at a cell of a finer one, between the four nearest. */
static void
look_up (const Level *coarse,
         int          x,
         int          y,
         float        value[3])
{
  float u = (x + 0.5f) / 2.0f - 0.5f;
  float v = (y + 0.5f) / 2.0f - 0.5f;
  int left = CLAMP ((int) floorf (u), 0, coarse->width - 1);
  int top = CLAMP ((int) floorf (v), 0, coarse->height - 1);
  int right = MIN (left + 1, coarse->width - 1);
  int bottom = MIN (top + 1, coarse->height - 1);
  float a = CLAMP (u - left, 0.0f, 1.0f);
  float b = CLAMP (v - top, 0.0f, 1.0f);

  for (int c = 0; c < 3; c++)
    {
      float above = coarse->values[((gsize) top * coarse->width + left) * 3 + c] * (1 - a)
                    + coarse->values[((gsize) top * coarse->width + right) * 3 + c] * a;
      float below = coarse->values[((gsize) bottom * coarse->width + left) * 3 + c] * (1 - a)
                    + coarse->values[((gsize) bottom * coarse->width + right) * 3 + c] * a;

      value[c] = above * (1 - b) + below * b;
    }
}

static void
fill_from (Level       *fine,
           const Level *coarse)
{
  for (int y = 0; y < fine->height; y++)
    for (int x = 0; x < fine->width; x++)
      {
        gsize i = (gsize) y * fine->width + x;
        float value[3];

        if (fine->weights[i] >= 1.0f)
          continue;
        look_up (coarse, x, y, value);
        for (int c = 0; c < 3; c++)
          fine->values[i * 3 + c] += (1.0f - fine->weights[i]) * value[c];
      }
}

/* Continues the reached backdrop under everything else: pull to ever coarser levels, push back. (After Steven
 * Gortler and others, "The Lumigraph", 1996.) */
static void
continue_backdrop (Scene *scene)
{
  Level levels[16];
  int n_levels = 1;

  levels[0] = (Level) { scene->width, scene->height, scene->backdrop, g_new (float, scene->n) };
  for (gsize i = 0; i < scene->n; i++)
    {
      levels[0].weights[i] = scene->reached[i];
      for (int c = 0; c < 3; c++)
        scene->backdrop[i * 3 + c] = scene->reached[i] ? scene->lab[i * 3 + c] : 0.0f;
    }

  while (n_levels < 16 && (levels[n_levels - 1].width > 1 || levels[n_levels - 1].height > 1))
    {
      halve (&levels[n_levels - 1], &levels[n_levels]);
      n_levels++;
    }
  for (int k = n_levels - 2; k >= 0; k--)
    fill_from (&levels[k], &levels[k + 1]);

  for (int k = 0; k < n_levels; k++)
    {
      g_free (levels[k].weights);
      if (k > 0)
        g_free (levels[k].values);
    }
}

/* How unlike the backdrop a cell is, in ΔE; a shadow is darker, and by little else. */
static float
unlikeness (Scene *scene,
            gsize  i)
{
  float lightness;
  float chroma;

  compare_with (scene->lab + i * 3, scene->backdrop + i * 3, &lightness, &chroma);
  if (lightness < 0.0f)
    lightness *= SHADOW_WEIGHT;

  return sqrtf (lightness * lightness + chroma * chroma);
}

/* Smooth parts that no way leads to, yet that look like the backdrop there: it is seen through a hole of the
 * product. */
static void
reach_through_holes (Scene        *scene,
                     const guint8 *open,
                     double        strictness)
{
  g_autofree guint8 *seen = g_memdup2 (scene->reached, scene->n);
  g_autofree guint8 *before = g_new (guint8, scene->n);
  g_autoptr (GArray) stack = g_array_new (FALSE, FALSE, sizeof (int));

  for (int start = 0; (gsize) start < scene->n; start++)
    {
      double sum = 0.0;
      double chroma = 0.0;
      gsize area = 0;

      if (open[start] == 0 || seen[start] != 0)
        continue;

      memcpy (before, seen, scene->n);
      seen[start] = 1;
      g_array_append_val (stack, start);
      flood (scene, open, stack, seen);
      for (gsize i = 0; i < scene->n; i++)
        if (seen[i] != before[i])
          {
            sum += delta (scene->lab + i * 3, scene->backdrop + i * 3);
            chroma += hypotf (scene->backdrop[i * 3 + 1], scene->backdrop[i * 3 + 2]);
            area++;
          }
      if (area > HOLE_SHARE * scene->n
          && sum / area < strictness * (chroma / area > GREY_CHROMA ? HOLE_DISTANCE
                                                                    : GREY_DISTANCE))
        for (gsize i = 0; i < scene->n; i++)
          scene->reached[i] |= seen[i] != before[i];
    }
}

/* One cell of a contact shadow that is being followed inwards. */
typedef struct
{
  int   cell;
  int   before;     /* where in the queue the cell is from which it was reached */
  int   depth;      /* cells from where it began */
  int   waiting;    /* cells since it last got darker */
  float lightness;  /* its L */
  float darkest;    /* L on the way so far */
} Contact;

/* The mean along the ground: deep shadows are grainy. */
static void
mean_along (Scene *scene,
            gsize  i,
            float  mean[3])
{
  int x = (int) (i % scene->width);
  int first = MAX (x - CONTACT_WIDTH, 0);
  int last = MIN (x + CONTACT_WIDTH, scene->width - 1);
  const float *row = scene->lab + (i - x) * 3;

  for (int c = 0; c < 3; c++)
    {
      mean[c] = 0.0f;
      for (int u = first; u <= last; u++)
        mean[c] += row[u * 3 + c] / (last - first + 1);
    }
}

static gboolean
is_contact_shadow (Scene         *scene,
                   gsize          i,
                   const Contact *from,
                   Contact       *to)
{
  float lab[3];
  float here;
  float lightness;
  float chroma;

  mean_along (scene, i, lab);
  here = lab[0];
  compare_with (lab, scene->backdrop + i * 3, &lightness, &chroma);
  if (lightness > -CONTACT_DARKER || chroma > OTHER_LIGHT - 0.10f * lightness
      || from->lightness - here > CONTACT_STEP || here > from->darkest + CONTACT_GRAIN)
    return FALSE;

  to->cell = (int) i;
  to->depth = from->depth + 1;
  to->lightness = here;
  to->waiting = here < from->darkest - 0.5f ? 0 : from->waiting + 1;
  to->darkest = MIN (here, from->darkest);

  return to->waiting <= CONTACT_PATIENCE;
}

/* A way that never led into the dark was the product's own shading; and so is what comes after the darkest cell. */
static void
give_back (Scene  *scene,
           GArray *queue,
           guint8 *mask)
{
  g_autofree guint8 *dark = g_new0 (guint8, queue->len);

  for (guint k = queue->len; k > 0; k--)
    {
      const Contact *contact = &g_array_index (queue, Contact, k - 1);
      gsize i = (gsize) contact->cell;

      if (contact->before < 0)
        continue;
      if (contact->waiting == 0 && scene->lab[i * 3] < scene->backdrop[i * 3] - CONTACT_DARK)
        dark[k - 1] = 1;
      if (dark[k - 1])
        dark[contact->before] = 1;
      else
        mask[i] = 1;
    }
}

/* Where a product stands, its shadow gets dark within a few cells, too fast to be told from an edge by its steps.
 * But it keeps the hue of the backdrop and gets ever darker up to the product: follow that upwards from below. */
static void
drop_contact_shadow (Scene  *scene,
                     guint8 *mask)
{
  g_autoptr (GArray) queue = g_array_new (FALSE, FALSE, sizeof (Contact));
  int limit = (int) (CONTACT_DEPTH * MAX (scene->width, scene->height));

  for (int i = 0; (gsize) i < scene->n; i++)
    if (mask[i] == 0)
      {
        Contact contact = { i, -1, 0, 0, scene->lab[(gsize) i * 3], scene->lab[(gsize) i * 3] };

        g_array_append_val (queue, contact);
      }

  for (guint k = 0; k < queue->len; k++)
    {
      Contact from = g_array_index (queue, Contact, k);
      int above = from.cell - scene->width;
      Contact to;

      if (above < 0 || from.depth >= limit || mask[above] == 0
          || !is_contact_shadow (scene, (gsize) above, &from, &to))
        continue;
      to.before = (int) k;
      mask[above] = 0;
      g_array_append_val (queue, to);
    }

  give_back (scene, queue, mask);
}

static void
set_terms (Scene          *scene,
           const guint8   *allowed,
           ReshootMaxflow *maxflow)
{
  for (gsize i = 0; i < scene->n; i++)
    {
      float unlike = unlikeness (scene, i) / UNIT;
      float product = MIN (unlike * unlike, MOST);
      float backdrop = scene->reached[i] ? REACHED : SHUT_IN;

      if (allowed != NULL && allowed[i] == 0)
        reshoot_maxflow_set_terminal (maxflow, (int) i, 0.0f, 1000.0f);
      else
        reshoot_maxflow_set_terminal (maxflow, (int) i,
                                      scene->reached[i] ? 0.25f * product : product, backdrop);
    }
}

static void
set_ties (Scene          *scene,
          ReshootMaxflow *maxflow)
{
  for (int y = 0; y < scene->height; y++)
    for (int x = 0; x < scene->width; x++)
      for (int d = 0; d < RESHOOT_MAXFLOW_N_DIRECTIONS; d += 2)
        {
          int u = x + reshoot_maxflow_dx[d];
          int v = y + reshoot_maxflow_dy[d];
          gsize i = (gsize) y * scene->width + x;
          gsize j = (gsize) v * scene->width + u;
          float step;
          float tie;

          if (u < 0 || v < 0 || u >= scene->width || v >= scene->height)
            continue;
          step = delta (scene->lab + i * 3, scene->lab + j * 3) / EDGE_SIGMA;
          tie = TIE * expf (-0.5f * step * step) + 0.05f;
          reshoot_maxflow_set_edge (maxflow, (int) i, d,
                                    d < 4 ? tie : tie * (float) G_SQRT2 / 2.0f);
        }
}

/**
 * reshoot_backdrop_cut:
 * @lab: the picture, interleaved, lightly smoothed
 * @light: the backdrop as it would be without a product, roughly: the surface that was fitted to the frame
 * @allowed: (nullable): 0 where the product cannot be
 * @mask: (out): 1 where the product is
 * @width: in pixels
 * @height: in pixels
 *
 * For pictures whose backdrop is plain; on others the answer means nothing.
 */
void
reshoot_backdrop_cut (const float  *lab,
                      const float  *light,
                      const guint8 *allowed,
                      guint8       *mask,
                      int           width,
                      int           height)
{
  Scene scene = { .lab = lab, .width = width, .height = height, .n = (gsize) width * height };
  g_autoptr (ReshootMaxflow) maxflow = reshoot_maxflow_new (width, height);
  g_autofree guint8 *open = g_new (guint8, scene.n);

  scene.steps = g_new0 (float, scene.n);
  scene.reached = g_new0 (guint8, scene.n);
  scene.backdrop = g_memdup2 (light, scene.n * 3 * sizeof (float));

  find_steps (&scene);
  find_edge (&scene);
  for (int round = 0; round < N_FLOODS; round++)
    {
      memset (scene.reached, 0, scene.n);
      find_open (&scene, GAP_RADIUS, open);
      reach_from_rim (&scene, open);
      continue_backdrop (&scene);
    }
  reach_through_holes (&scene, open, 1.0);
  find_smooth (&scene, HOLE_RADIUS, open);
  reach_through_holes (&scene, open, HOLE_STRICT);
  continue_backdrop (&scene);
  regrow (&scene);

  set_terms (&scene, allowed, maxflow);
  set_ties (&scene, maxflow);
  reshoot_maxflow_run (maxflow);
  for (gsize i = 0; i < scene.n; i++)
    mask[i] = reshoot_maxflow_is_source (maxflow, (int) i);
  drop_contact_shadow (&scene, mask);

  g_free (scene.steps);
  g_free (scene.reached);
  g_free (scene.backdrop);
}
