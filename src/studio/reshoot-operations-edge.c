/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The product's own colour at its edge. An edge pixel of a photograph is part product, part old background; set before
 * a new background as it is, it draws a rim of the old one. Two rounds of local means of what is surely product and
 * surely background tell the parts apart. Only cells that hold an edge are computed. */

#include "reshoot-operations-private.h"

#include <string.h>

/* Cells lie on a fixed grid of the whole picture, so that sums, and their rounding, never depend on who asks. */
#define CELL 64

#define PLANES 8   /* weights of front and behind, and with each three colours */

typedef struct
{
  int width;       /* of the picture */
  int height;
  int wide;        /* radius of the first round, in pixels */
  int narrow;      /* of the second */
} Edge;

/* One cell with its margin, on its way. */
typedef struct
{
  VipsRect  window;
  int       n;                  /* pixels in it */
  float    *colour;             /* three a pixel: the picture */
  float    *alpha;
  float    *front;              /* three a pixel: the estimate */
  float    *behind;
  float    *planes[PLANES];
  float    *scratch;
} Cell;

static void
cell_clear (Cell *cell)
{
  int i;

  g_free (cell->colour);
  g_free (cell->alpha);
  g_free (cell->front);
  g_free (cell->behind);
  g_free (cell->scratch);
  for (i = 0; i < PLANES; i++)
    g_free (cell->planes[i]);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Cell, cell_clear)

static void
cell_init (Cell     *cell,
           VipsRect  window)
{
  int i;

  cell->window = window;
  cell->n = window.width * window.height;
  cell->colour = g_new (float, cell->n * 3);
  cell->alpha = g_new (float, cell->n);
  cell->front = g_new (float, cell->n * 3);
  cell->behind = g_new (float, cell->n * 3);
  cell->scratch = g_new (float, MAX (window.width, window.height));
  for (i = 0; i < PLANES; i++)
    cell->planes[i] = g_new (float, cell->n);
}

/* Sums over 2 × @radius + 1 values, cut at the ends. */
static void
sum_line (float *values,
          float *scratch,
          int    n,
          int    step,
          int    radius)
{
  double sum = 0;
  int i;

  for (i = 0; i < n; i++)
    scratch[i] = values[(gsize) i * step];
  for (i = 0; i < MIN (radius, n); i++)
    sum += scratch[i];
  for (i = 0; i < n; i++)
    {
      if (i + radius < n)
        sum += scratch[i + radius];
      if (i - radius - 1 >= 0)
        sum -= scratch[i - radius - 1];
      values[(gsize) i * step] = (float) sum;
    }
}

static void
sum_plane (Cell  *cell,
           float *plane,
           int    radius)
{
  int i;

  for (i = 0; i < cell->window.height; i++)
    sum_line (plane + (gsize) i * cell->window.width, cell->scratch, cell->window.width, 1, radius);
  for (i = 0; i < cell->window.width; i++)
    sum_line (plane + i, cell->scratch, cell->window.height, cell->window.width, radius);
}

static float
divide (float sum,
        float weight,
        float otherwise)
{
  return weight > 1e-3f ? sum / weight : otherwise;
}

/* One round: local means of front and behind, then the front that explains each pixel best beside them. */
static void
refine (Cell *cell,
        int   radius)
{
  int i, band;

  for (i = 0; i < cell->n; i++)
    {
      /* Cubed, so that the sure pixels have the say and the mixed ones next to none. */
      float a = cell->alpha[i], front = a * a * a, behind = (1 - a) * (1 - a) * (1 - a);

      cell->planes[0][i] = front;
      cell->planes[1][i] = behind;
      for (band = 0; band < 3; band++)
        {
          cell->planes[2 + band][i] = cell->front[i * 3 + band] * front;
          cell->planes[5 + band][i] = cell->behind[i * 3 + band] * behind;
        }
    }
  for (i = 0; i < PLANES; i++)
    sum_plane (cell, cell->planes[i], radius);

  for (i = 0; i < cell->n; i++)
    for (band = 0; band < 3; band++)
      {
        float a = cell->alpha[i], pixel = cell->colour[i * 3 + band];
        float front = divide (cell->planes[2 + band][i], cell->planes[0][i], pixel);
        float behind = divide (cell->planes[5 + band][i], cell->planes[1][i], pixel);
        float estimate = front + a * (pixel - a * front - (1 - a) * behind);

        cell->front[i * 3 + band] = CLAMP (estimate, 0, MAX (1, pixel));
        cell->behind[i * 3 + band] = behind;
      }
}

static int
cell_load (Cell       *cell,
           VipsRegion *light,
           VipsRegion *matte)
{
  const VipsRect *window = &cell->window;
  int x, y;

  if (vips_region_prepare (light, window) != 0 || vips_region_prepare (matte, window) != 0)
    return -1;

  for (y = 0; y < window->height; y++)
    {
      const guint8 *alpha = VIPS_REGION_ADDR (matte, window->left, window->top + y);

      memcpy (cell->colour + (gsize) y * window->width * 3,
              VIPS_REGION_ADDR (light, window->left, window->top + y),
              (gsize) window->width * 3 * sizeof (float));
      for (x = 0; x < window->width; x++)
        cell->alpha[y * window->width + x] = alpha[x] / 255.0f;
    }
  memcpy (cell->front, cell->colour, (gsize) cell->n * 3 * sizeof (float));
  memcpy (cell->behind, cell->colour, (gsize) cell->n * 3 * sizeof (float));
  return 0;
}

static gboolean
has_edge (VipsRegion     *matte,
          const VipsRect *rect)
{
  int x, y;

  for (y = rect->top; y < VIPS_RECT_BOTTOM (rect); y++)
    {
      const guint8 *line = VIPS_REGION_ADDR (matte, rect->left, y);

      for (x = 0; x < rect->width; x++)
        if (line[x] != 0 && line[x] != 255)
          return TRUE;
    }
  return FALSE;
}

/* Replaces the edge pixels of @out that lie in the cell at @left, @top. */
static int
clean_cell (VipsRegion  *out,
            VipsRegion **regions,
            const Edge  *edge,
            int          left,
            int          top)
{
  VipsRect whole = { 0, 0, edge->width, edge->height }, grid = { left, top, CELL, CELL };
  VipsRect window = grid, part;
  int x, y;

  vips_rect_intersectrect (&grid, &out->valid, &part);
  if (!has_edge (regions[1], &part))
    return 0;

  vips_rect_marginadjust (&window, edge->wide + edge->narrow);
  vips_rect_intersectrect (&window, &whole, &window);
  {
    g_auto (Cell) cell = { 0 };

    cell_init (&cell, window);
    if (cell_load (&cell, regions[2], regions[3]) != 0)
      return -1;
    refine (&cell, edge->wide);
    refine (&cell, edge->narrow);

    for (y = part.top; y < VIPS_RECT_BOTTOM (&part); y++)
      {
        const guint8 *matte = VIPS_REGION_ADDR (regions[1], part.left, y);
        gsize place = (gsize) (y - window.top) * window.width + part.left - window.left;
        const float *front = cell.front + place * 3;
        float *line = (float *) VIPS_REGION_ADDR (out, part.left, y);

        for (x = 0; x < part.width; x++)
          if (matte[x] != 0 && matte[x] != 255)
            memcpy (line + x * 3, front + x * 3, 3 * sizeof (float));
      }
  }

  return 0;
}

static int
edge_generate_cb (VipsRegion *out,
                  void       *seq,
                  void       *a,
                  void       *b,
                  gboolean   *stop)
{
  VipsRegion **regions = seq;
  const Edge *edge = b;
  const VipsRect *rect = &out->valid;
  int x, y;

  if (vips_region_prepare (regions[0], rect) != 0 || vips_region_prepare (regions[1], rect) != 0)
    return -1;

  for (y = rect->top; y < VIPS_RECT_BOTTOM (rect); y++)
    memcpy (VIPS_REGION_ADDR (out, rect->left, y), VIPS_REGION_ADDR (regions[0], rect->left, y),
            (gsize) rect->width * 3 * sizeof (float));

  for (y = rect->top / CELL * CELL; y < VIPS_RECT_BOTTOM (rect); y += CELL)
    for (x = rect->left / CELL * CELL; x < VIPS_RECT_RIGHT (rect); x += CELL)
      if (clean_cell (out, regions, edge, x, y) != 0)
        return -1;

  return 0;
}

static void
unref_inputs (gpointer data)
{
  VipsImage **inputs = data;
  int i;

  for (i = 0; inputs[i] != NULL; i++)
    g_object_unref (inputs[i]);
  g_free (inputs);
}

/* The picture with the old background taken out of the product's edge pixels. New reference; lazy. */
ReshootPlane *
reshoot_work_pull_front (ReshootWork   *work,
                         ReshootPlane  *light,
                         GError       **error)
{
  g_autoptr (ReshootPlane) out = NULL;
  VipsImage **inputs;
  Edge *edge;
  int long_edge = MAX (light->Xsize, light->Ysize);

  /* A picture that came cut out has its own colours at the edge already. */
  if (work->matte_is_alpha)
    return g_object_ref (light);

  out = vips_image_new ();
  edge = g_new (Edge, 1);
  edge->width = light->Xsize;
  edge->height = light->Ysize;
  edge->wide = CLAMP (long_edge / 120, 4, 32);
  edge->narrow = CLAMP (long_edge / 900, 1, 6);
  g_object_set_data_full (G_OBJECT (out), "reshoot-edge", edge, g_free);

  /* Each twice: as asked for, and around a cell. */
  inputs = g_new0 (VipsImage *, 5);
  inputs[0] = g_object_ref (light);
  inputs[1] = g_object_ref (work->matte);
  inputs[2] = g_object_ref (light);
  inputs[3] = g_object_ref (work->matte);
  g_object_set_data_full (G_OBJECT (out), "reshoot-inputs", inputs, unref_inputs);

  if (vips_image_pipeline_array (out, VIPS_DEMAND_STYLE_SMALLTILE, inputs) != 0
      || vips_image_generate (out, vips_start_many, edge_generate_cb, vips_stop_many,
                              inputs, edge) != 0)
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  return g_steal_pointer (&out);
}
