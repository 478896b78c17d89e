/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootRegionStrokes: what a person drew over a picture: where it may change and where not. It keeps each stroke,
 * so that the last one can be taken back, and the two masks that they make; a later stroke goes over an earlier one. It
 * hides how a region becomes part of a request: one box alone stays a box, all else is painted. */

#include "reshoot-region-strokes.h"

#include "reshoot-region.h"

#include <math.h>
#include <string.h>

/* The long side of the masks, in their pixels: finer than anybody draws, and done in a moment. */
#define MASK_EDGE 1024

/* Around what is painted, where a region is a box: of the mask's pixels. */
#define MASK_ROOM 8

/* In pixels of the picture: what is smaller is a slip of the hand. */
#define LEAST 2.0

struct _ReshootRegionStrokes
{
  GObject          parent_instance;

  int              width;                            /* of the picture */
  int              height;
  GArray          *strokes;                          /* of ReshootRegionStroke */
  gboolean         is_given;                         /* the mask is not painted: somebody gave it */
  cairo_surface_t *masks[RESHOOT_REGION_N_RULES];    /* (nullable) */
  GArray          *loops[RESHOOT_REGION_N_RULES];    /* (nullable): of graphene_point_t; a NAN ends a loop */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReshootRegionStrokes, reshoot_region_strokes, G_TYPE_OBJECT)

static void
clear_stroke (gpointer data)
{
  g_array_unref (((ReshootRegionStroke *) data)->points);
}

static void
forget_loops (ReshootRegionStrokes *self)
{
  for (int i = 0; i < RESHOOT_REGION_N_RULES; i++)
    g_clear_pointer (&self->loops[i], g_array_unref);
}

static void
forget_masks (ReshootRegionStrokes *self)
{
  forget_loops (self);
  for (int i = 0; i < RESHOOT_REGION_N_RULES; i++)
    g_clear_pointer (&self->masks[i], cairo_surface_destroy);
}

static void
reshoot_region_strokes_finalize (GObject *object)
{
  ReshootRegionStrokes *self = RESHOOT_REGION_STROKES (object);

  forget_masks (self);
  g_clear_pointer (&self->strokes, g_array_unref);

  G_OBJECT_CLASS (reshoot_region_strokes_parent_class)->finalize (object);
}

static void
reshoot_region_strokes_class_init (ReshootRegionStrokesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_region_strokes_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
reshoot_region_strokes_init (ReshootRegionStrokes *self)
{
  self->strokes = g_array_new (FALSE, FALSE, sizeof (ReshootRegionStroke));
  g_array_set_clear_func (self->strokes, clear_stroke);
}

ReshootRegionStrokes *
reshoot_region_strokes_new (void)
{
  return g_object_new (RESHOOT_TYPE_REGION_STROKES, NULL);
}

/* Painting */

/**
 * reshoot_region_stroke_trace:
 * @self: a stroke
 * @cr: in pixels of the picture
 *
 * Adds its shape to the path: to be filled, of a brush to be stroked.
 */
void
reshoot_region_stroke_trace (const ReshootRegionStroke *self,
                             cairo_t                   *cr)
{
  const graphene_point_t *points = (const graphene_point_t *) self->points->data;
  guint n = self->points->len;

  if (self->tool == RESHOOT_REGION_BOX)
    {
      cairo_rectangle (cr, points[0].x, points[0].y, points[n - 1].x - points[0].x,
                       points[n - 1].y - points[0].y);
      return;
    }

  cairo_move_to (cr, points[0].x, points[0].y);
  for (guint i = 0; i < n; i++)
    cairo_line_to (cr, points[i].x, points[i].y);
  if (self->tool == RESHOOT_REGION_LASSO)
    cairo_close_path (cr);
}

static void
paint (ReshootRegionStrokes      *self,
       const ReshootRegionStroke *stroke)
{
  double scale = MIN (1.0, (double) MASK_EDGE / MAX (self->width, self->height));
  int width = MAX (1, (int) lround (self->width * scale));
  int height = MAX (1, (int) lround (self->height * scale));

  for (int i = 0; i < RESHOOT_REGION_N_RULES; i++)
    {
      cairo_t *cr;

      if (self->masks[i] == NULL)
        self->masks[i] = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);

      cr = cairo_create (self->masks[i]);
      cairo_scale (cr, (double) width / self->width, (double) height / self->height);
      cairo_set_antialias (cr, CAIRO_ANTIALIAS_NONE);
      cairo_set_operator (cr, (int) stroke->rule == i ? CAIRO_OPERATOR_OVER : CAIRO_OPERATOR_CLEAR);
      reshoot_region_stroke_trace (stroke, cr);
      if (stroke->tool == RESHOOT_REGION_BRUSH)
        {
          cairo_set_line_width (cr, MAX (2 * stroke->radius, 1 / scale));
          cairo_set_line_cap (cr, CAIRO_LINE_CAP_ROUND);
          cairo_set_line_join (cr, CAIRO_LINE_JOIN_ROUND);
          cairo_stroke (cr);
        }
      else
        {
          cairo_fill (cr);
        }

      cairo_destroy (cr);
      cairo_surface_flush (self->masks[i]);
    }

  forget_loops (self);
}

static void
paint_all (ReshootRegionStrokes *self)
{
  forget_masks (self);
  for (guint i = 0; i < self->strokes->len; i++)
    paint (self, &g_array_index (self->strokes, ReshootRegionStroke, i));
}

static gboolean
has_rule (ReshootRegionStrokes *self,
          ReshootRegionRule     rule)
{
  if (self->is_given && rule == RESHOOT_REGION_HERE)
    return TRUE;

  for (guint i = 0; i < self->strokes->len; i++)
    if (g_array_index (self->strokes, ReshootRegionStroke, i).rule == rule)
      return TRUE;

  return FALSE;
}

/**
 * reshoot_region_strokes_set_size:
 * @self: strokes
 * @width: of the picture, in pixels
 * @height: of the picture, in pixels
 *
 * What was drawn on a picture of another size is forgotten.
 */
void
reshoot_region_strokes_set_size (ReshootRegionStrokes *self,
                                 int                   width,
                                 int                   height)
{
  g_return_if_fail (RESHOOT_IS_REGION_STROKES (self));

  if (width == self->width && height == self->height)
    return;

  self->width = width;
  self->height = height;
  reshoot_region_strokes_clear (self);
}

static gboolean
is_slip (ReshootRegionTool       tool,
         const graphene_point_t *points,
         guint                   n)
{
  double left = G_MAXDOUBLE, right = -G_MAXDOUBLE;
  double top = G_MAXDOUBLE, bottom = -G_MAXDOUBLE;

  for (guint i = 0; i < n; i++)
    {
      left = MIN (left, points[i].x);
      right = MAX (right, points[i].x);
      top = MIN (top, points[i].y);
      bottom = MAX (bottom, points[i].y);
    }

  return n == 0 || (tool != RESHOOT_REGION_BRUSH && (right - left < LEAST || bottom - top < LEAST));
}

/**
 * reshoot_region_strokes_add:
 * @self: strokes
 * @tool: what it was drawn with
 * @rule: what it says
 * @radius: of a brush, in pixels of the picture
 * @points: (array length=n): in pixels of the picture
 * @n: how many
 *
 * Adds a stroke over those there are. What is too small to be meant is left out.
 */
void
reshoot_region_strokes_add (ReshootRegionStrokes   *self,
                            ReshootRegionTool       tool,
                            ReshootRegionRule       rule,
                            double                  radius,
                            const graphene_point_t *points,
                            guint                   n)
{
  ReshootRegionStroke stroke = { tool, rule, radius, NULL };

  g_return_if_fail (RESHOOT_IS_REGION_STROKES (self));

  if (self->width == 0 || is_slip (tool, points, n))
    return;

  stroke.points = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));
  g_array_append_vals (stroke.points, points, n);
  for (guint i = 0; i < n; i++)
    {
      graphene_point_t *point = &g_array_index (stroke.points, graphene_point_t, i);

      point->x = CLAMP (point->x, 0, self->width);
      point->y = CLAMP (point->y, 0, self->height);
    }

  g_array_append_val (self->strokes, stroke);
  paint (self, &stroke);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * reshoot_region_strokes_undo:
 * @self: strokes
 *
 * Returns: whether there was one to take back
 */
gboolean
reshoot_region_strokes_undo (ReshootRegionStrokes *self)
{
  g_return_val_if_fail (RESHOOT_IS_REGION_STROKES (self), FALSE);

  if (self->strokes->len == 0)
    return FALSE;

  g_array_set_size (self->strokes, self->strokes->len - 1);
  paint_all (self);
  g_signal_emit (self, signals[CHANGED], 0);
  return TRUE;
}

void
reshoot_region_strokes_clear (ReshootRegionStrokes *self)
{
  g_return_if_fail (RESHOOT_IS_REGION_STROKES (self));

  if (self->strokes->len == 0 && !self->is_given)
    return;

  self->is_given = FALSE;
  g_array_set_size (self->strokes, 0);
  forget_masks (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * reshoot_region_strokes_get_last:
 * @self: strokes
 *
 * Returns: (transfer none) (nullable): the last one, valid until the next change
 */
const ReshootRegionStroke *
reshoot_region_strokes_get_last (ReshootRegionStrokes *self)
{
  g_return_val_if_fail (RESHOOT_IS_REGION_STROKES (self), NULL);

  if (self->strokes->len == 0)
    return NULL;

  return &g_array_index (self->strokes, ReshootRegionStroke, self->strokes->len - 1);
}

static gboolean
is_set (ReshootRegionStrokes *self,
        ReshootRegionRule     rule,
        int                   x,
        int                   y)
{
  cairo_surface_t *mask = self->masks[rule];

  if (x < 0 || y < 0 || x >= cairo_image_surface_get_width (mask)
      || y >= cairo_image_surface_get_height (mask))
    return FALSE;

  return cairo_image_surface_get_data (mask)[y * cairo_image_surface_get_stride (mask) + x] >= 128;
}

/**
 * reshoot_region_strokes_get_share:
 * @self: strokes
 *
 * Returns: the share of the picture that may change, 0–1; NAN where nothing was said: all of it
 */
double
reshoot_region_strokes_get_share (ReshootRegionStrokes *self)
{
  gboolean limited;
  int width, height;
  gsize n = 0;

  g_return_val_if_fail (RESHOOT_IS_REGION_STROKES (self), NAN);

  if (self->strokes->len == 0)
    return NAN;

  limited = has_rule (self, RESHOOT_REGION_HERE);
  width = cairo_image_surface_get_width (self->masks[0]);
  height = cairo_image_surface_get_height (self->masks[0]);
  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      n += (!limited || is_set (self, RESHOOT_REGION_HERE, x, y))
           && !is_set (self, RESHOOT_REGION_NEVER, x, y);

  return (double) n / ((double) width * height);
}

/**
 * reshoot_region_strokes_set_mask:
 * @self: strokes, of which there are none
 * @values: one byte a pixel, row by row; more than half counts
 * @width: of the mask, in its pixels
 * @height: of the mask, in its pixels
 *
 * Takes a mask that somebody else made as what may change, to have its outline.
 */
void
reshoot_region_strokes_set_mask (ReshootRegionStrokes *self,
                                 const guint8         *values,
                                 int                   width,
                                 int                   height)
{
  cairo_surface_t *mask;

  g_return_if_fail (RESHOOT_IS_REGION_STROKES (self));

  forget_masks (self);
  mask = cairo_image_surface_create (CAIRO_FORMAT_A8, width, height);
  cairo_surface_flush (mask);
  for (int y = 0; y < height; y++)
    memcpy (cairo_image_surface_get_data (mask) + y * cairo_image_surface_get_stride (mask),
            values + (gsize) y * width, width);
  cairo_surface_mark_dirty (mask);

  self->masks[RESHOOT_REGION_HERE] = mask;
  self->is_given = TRUE;
  g_signal_emit (self, signals[CHANGED], 0);
}

/**
 * reshoot_region_strokes_get_n:
 * @self: strokes
 *
 * Returns: how many there are
 */
guint
reshoot_region_strokes_get_n (ReshootRegionStrokes *self)
{
  g_return_val_if_fail (RESHOOT_IS_REGION_STROKES (self), 0);

  return self->strokes->len;
}

const ReshootRegionStroke *
reshoot_region_strokes_get (ReshootRegionStrokes *self,
                            guint                 index)
{
  g_return_val_if_fail (RESHOOT_IS_REGION_STROKES (self), NULL);
  g_return_val_if_fail (index < self->strokes->len, NULL);

  return &g_array_index (self->strokes, ReshootRegionStroke, index);
}

static void
add_hint (const ReshootRegionStroke *stroke,
          double                     scale,
          ReshootHints              *hints)
{
  const graphene_point_t *points = (const graphene_point_t *) stroke->points->data;
  guint n = stroke->points->len;
  g_autofree int *pairs = g_new (int, 2 * n);

  for (guint i = 0; i < n; i++)
    {
      pairs[2 * i] = (int) rint (points[i].x * scale);
      pairs[2 * i + 1] = (int) rint (points[i].y * scale);
    }

  if (stroke->tool == RESHOOT_REGION_BOX)
    reshoot_hints_set_box (hints, &(ReshootBox) { MIN (pairs[0], pairs[2 * n - 2]),
                                                  MIN (pairs[1], pairs[2 * n - 1]),
                                                  MAX (1, ABS (pairs[0] - pairs[2 * n - 2])),
                                                  MAX (1, ABS (pairs[1] - pairs[2 * n - 1])) });
  else
    reshoot_hints_add_stroke (hints, stroke->rule == RESHOOT_REGION_HERE, pairs, n);
}

/**
 * reshoot_region_strokes_dup_hints:
 * @self: strokes
 * @scale: pixels for one of the picture
 *
 * Returns: (transfer full): the strokes as hints for the cut-out: the last box, and the others over what belongs to the
 *   product and what does not
 */
ReshootHints *
reshoot_region_strokes_dup_hints (ReshootRegionStrokes *self,
                                  double                scale)
{
  ReshootHints *hints;

  g_return_val_if_fail (RESHOOT_IS_REGION_STROKES (self), NULL);

  hints = reshoot_hints_new ();
  for (guint i = 0; i < self->strokes->len; i++)
    add_hint (&g_array_index (self->strokes, ReshootRegionStroke, i), scale, hints);

  return hints;
}

/* Into a request */

static gboolean
fill_mask (ReshootRegionStrokes   *self,
           ReshootRegionRule       rule,
           ReshootRequestPicture  *picture,
           GError                **error)
{
  static const char *const roles[] = { "region", "protect" };
  cairo_surface_t *mask = self->masks[rule];
  int width = cairo_image_surface_get_width (mask);
  int height = cairo_image_surface_get_height (mask);
  int stride = cairo_image_surface_get_stride (mask);
  const guint8 *data = cairo_image_surface_get_data (mask);
  g_autofree guint8 *values = g_new (guint8, (gsize) width * height);

  for (int y = 0; y < height; y++)
    memcpy (values + (gsize) y * width, data + (gsize) y * stride, width);

  picture->role = roles[rule];
  picture->image = reshoot_region_draw_mask (values, width, height, error);
  picture->digest = NULL;
  return picture->image != NULL;
}

/* One box that may change, and nothing else that was said. */
static gboolean
fill_box (ReshootRegionStrokes *self,
          double                box[4])
{
  const ReshootRegionStroke *stroke = reshoot_region_strokes_get_last (self);
  const graphene_point_t *points;
  double right, bottom;
  guint last;

  if (self->strokes->len != 1 || self->is_given || stroke->tool != RESHOOT_REGION_BOX
      || stroke->rule != RESHOOT_REGION_HERE)
    return FALSE;

  points = (const graphene_point_t *) stroke->points->data;
  last = stroke->points->len - 1;
  box[0] = rint (MIN (points[0].x, points[last].x));
  box[1] = rint (MIN (points[0].y, points[last].y));
  right = rint (MAX (points[0].x, points[last].x));
  bottom = rint (MAX (points[0].y, points[last].y));
  box[2] = MAX (1, right - box[0]);
  box[3] = MAX (1, bottom - box[1]);
  return TRUE;
}

/* Around what is painted that may change, in pixels of the picture, with room for what fades out at its edge. */
static void
measure_mask (ReshootRegionStrokes *self,
              double                area[4])
{
  cairo_surface_t *mask = self->masks[RESHOOT_REGION_HERE];
  int width = cairo_image_surface_get_width (mask);
  int height = cairo_image_surface_get_height (mask);
  int stride = cairo_image_surface_get_stride (mask);
  const guint8 *data = cairo_image_surface_get_data (mask);
  int left = width, right = -1, top = height, bottom = -1;
  double across = (double) self->width / width;
  double down = (double) self->height / height;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (data[(gsize) y * stride + x] != 0)
        {
          left = MIN (left, x);
          right = MAX (right, x);
          top = MIN (top, y);
          bottom = y;
        }

  if (right < left)
    return;

  area[0] = floor (MAX (0, (left - MASK_ROOM) * across));
  area[1] = floor (MAX (0, (top - MASK_ROOM) * down));
  area[2] = ceil (MIN (self->width, (right + 1 + MASK_ROOM) * across)) - area[0];
  area[3] = ceil (MIN (self->height, (bottom + 1 + MASK_ROOM) * down)) - area[1];
}

/**
 * reshoot_region_strokes_get_area:
 * @self: strokes
 * @area: (out) (array fixed-size=4): x, y, width, height of a box around what may change, in pixels of the picture;
 *   NANs where only what may not is known
 */
void
reshoot_region_strokes_get_area (ReshootRegionStrokes *self,
                                 double                area[4])
{
  g_return_if_fail (RESHOOT_IS_REGION_STROKES (self));

  for (int i = 0; i < 4; i++)
    area[i] = NAN;

  if (self->strokes->len > 0 && !fill_box (self, area) && has_rule (self, RESHOOT_REGION_HERE))
    measure_mask (self, area);
}

/**
 * reshoot_region_strokes_fill:
 * @self: strokes
 * @inputs: (inout): of a request; its pictures are those it has already, with room behind them
 * @pictures: what is put there: @inputs points to it afterwards; the images are the caller's
 * @error: return location
 *
 * Puts the region into what goes along with a request. Nothing drawn puts nothing.
 *
 * Returns: %FALSE where a mask could not be encoded
 */
gboolean
reshoot_region_strokes_fill (ReshootRegionStrokes   *self,
                             ReshootInputs          *inputs,
                             ReshootRequestPicture   pictures[RESHOOT_REGION_N_RULES],
                             GError                **error)
{
  guint n = 0;

  g_return_val_if_fail (RESHOOT_IS_REGION_STROKES (self), FALSE);

  inputs->pictures = pictures;
  inputs->n_pictures = 0;
  if (self->strokes->len == 0 || fill_box (self, inputs->region))
    return TRUE;

  for (int i = 0; i < RESHOOT_REGION_N_RULES; i++)
    {
      if (!has_rule (self, i))
        continue;
      if (!fill_mask (self, i, &pictures[n], error))
        return FALSE;
      inputs->n_pictures = ++n;
    }

  reshoot_region_strokes_get_area (self, inputs->region);
  return TRUE;
}

/* The outline */

/* Follows the border of what is set, which lies to the right, from the upper side of (@x, @y) until it is back there.
 * The points are the middles of sides, so that a slant looks like one. */
static void
follow (ReshootRegionStrokes *self,
        ReshootRegionRule     rule,
        int                   x,
        int                   y,
        guint8               *seen,
        GArray               *loop)
{
  static const int dx[] = { 1, 0, -1, 0 };
  static const int dy[] = { 0, 1, 0, -1 };
  int width = cairo_image_surface_get_width (self->masks[rule]);
  int px = x, py = y, direction = 0, before = -1;

  while (direction != 0 || !seen[py * width + px])
    {
      graphene_point_t middle = GRAPHENE_POINT_INIT (px + 0.5f * dx[direction],
                                                     py + 0.5f * dy[direction]);
      int next;
      int ahead_x, ahead_y;

      if (direction == 0)
        seen[py * width + px] = TRUE;

      px += dx[direction];
      py += dy[direction];

      /* The cell ahead on the right; the one on the left lies a step across. */
      ahead_x = px - (direction == 1 || direction == 2);
      ahead_y = py - (direction == 2 || direction == 3);
      if (is_set (self, rule, ahead_x + dy[direction], ahead_y - dx[direction]))
        next = (direction + 3) % 4;
      else
        next = is_set (self, rule, ahead_x, ahead_y) ? direction : (direction + 1) % 4;

      if (before != direction || next != direction)
        g_array_append_val (loop, middle);
      before = direction;
      direction = next;
    }
}

static GArray *
find_loops (ReshootRegionStrokes *self,
            ReshootRegionRule     rule)
{
  int width = cairo_image_surface_get_width (self->masks[rule]);
  int height = cairo_image_surface_get_height (self->masks[rule]);
  g_autofree guint8 *seen = g_new0 (guint8, (gsize) width * height);
  GArray *loops = g_array_new (FALSE, FALSE, sizeof (graphene_point_t));
  graphene_point_t end = GRAPHENE_POINT_INIT (NAN, NAN);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (is_set (self, rule, x, y) && !is_set (self, rule, x, y - 1) && !seen[y * width + x])
        {
          follow (self, rule, x, y, seen, loops);
          g_array_append_val (loops, end);
        }

  return loops;
}

/**
 * reshoot_region_strokes_trace:
 * @self: strokes
 * @rule: which of the two
 * @cr: in pixels of the picture
 *
 * Adds the outline of all that was said by @rule to the path.
 *
 * Returns: whether there is anything
 */
gboolean
reshoot_region_strokes_trace (ReshootRegionStrokes *self,
                              ReshootRegionRule     rule,
                              cairo_t              *cr)
{
  double box[4];
  double across, down;
  gboolean begins = TRUE;

  g_return_val_if_fail (RESHOOT_IS_REGION_STROKES (self), FALSE);

  if (!has_rule (self, rule))
    return FALSE;

  if (rule == RESHOOT_REGION_HERE && fill_box (self, box))
    {
      cairo_rectangle (cr, box[0], box[1], box[2], box[3]);
      return TRUE;
    }

  if (self->loops[rule] == NULL)
    self->loops[rule] = find_loops (self, rule);

  across = (double) self->width / cairo_image_surface_get_width (self->masks[rule]);
  down = (double) self->height / cairo_image_surface_get_height (self->masks[rule]);
  for (guint i = 0; i < self->loops[rule]->len; i++)
    {
      graphene_point_t point = g_array_index (self->loops[rule], graphene_point_t, i);

      if (isnan (point.x))
        cairo_close_path (cr);
      else if (begins)
        cairo_move_to (cr, point.x * across, point.y * down);
      else
        cairo_line_to (cr, point.x * across, point.y * down);
      begins = isnan (point.x);
    }

  return TRUE;
}
