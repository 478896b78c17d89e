/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootHints: what a person says of where the product is: a box around it, strokes over what belongs to it and over
 * what does not, and whether the outline was looked at and taken. It knows how all of that is written in a request. */

#include "reshoot-hints.h"

#include "reshoot-error.h"

#include <math.h>
#include <string.h>

/* Of a stroke, as a share of the picture's long side. */
#define RADIUS 0.008

/* More than any hand draws: a stranger's request must not make us work for long. */
#define MAX_POINTS 20000

/* In pixels; keeps x + width from overflowing. */
#define MAX_NUMBER 1000000

typedef struct
{
  gboolean  keep;
  GArray   *points;    /* of int: x, y, x, y … */
} Stroke;

struct _ReshootHints
{
  GObject    parent_instance;

  gboolean   has_box;
  ReshootBox box;
  GArray    *strokes;    /* of Stroke */
  gboolean   accepted;
};

G_DEFINE_FINAL_TYPE (ReshootHints, reshoot_hints, G_TYPE_OBJECT)

static void
clear_stroke (gpointer data)
{
  g_array_unref (((Stroke *) data)->points);
}

static void
reshoot_hints_finalize (GObject *object)
{
  g_array_unref (RESHOOT_HINTS (object)->strokes);

  G_OBJECT_CLASS (reshoot_hints_parent_class)->finalize (object);
}

static void
reshoot_hints_class_init (ReshootHintsClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_hints_finalize;
}

static void
reshoot_hints_init (ReshootHints *self)
{
  self->strokes = g_array_new (FALSE, FALSE, sizeof (Stroke));
  g_array_set_clear_func (self->strokes, clear_stroke);
}

ReshootHints *
reshoot_hints_new (void)
{
  return g_object_new (RESHOOT_TYPE_HINTS, NULL);
}

/* Reading */

static gboolean
set_text_error (const char  *name,
                const char  *text,
                GError     **error)
{
  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "parameter-value", name,
                     "not whole numbers from 0 up, or too many: %s", text);
  return FALSE;
}

/* Numbers between commas. Returns: NULL where there is anything else */
static GArray *
read_numbers (const char *text)
{
  g_auto (GStrv) parts = g_strsplit (text, ",", 2 * MAX_POINTS + 1);
  g_autoptr (GArray) numbers = g_array_new (FALSE, FALSE, sizeof (int));

  for (guint i = 0; parts[i] != NULL; i++)
    {
      gint64 number;
      int value;

      if (!g_ascii_string_to_signed (parts[i], 10, 0, MAX_NUMBER, &number, NULL))
        return NULL;

      value = (int) number;
      g_array_append_val (numbers, value);
    }

  return g_steal_pointer (&numbers);
}

static gboolean
read_box (ReshootHints  *self,
          const char    *text,
          GError       **error)
{
  g_autoptr (GArray) numbers = read_numbers (text);
  const int *values;

  if (numbers == NULL || numbers->len != 4)
    return set_text_error ("box", text, error);

  values = (const int *) numbers->data;
  if (values[2] < 1 || values[3] < 1)
    return set_text_error ("box", text, error);

  reshoot_hints_set_box (self, &(ReshootBox) { values[0], values[1], values[2], values[3] });
  return TRUE;
}

static gboolean
read_strokes (ReshootHints  *self,
              gboolean       keep,
              const char    *text,
              GError       **error)
{
  g_auto (GStrv) parts = g_strsplit (text, ";", -1);

  for (guint i = 0; parts[i] != NULL; i++)
    {
      g_autoptr (GArray) numbers = read_numbers (parts[i]);

      if (numbers == NULL || numbers->len == 0 || numbers->len % 2 != 0)
        return set_text_error (keep ? "keep" : "drop", text, error);

      reshoot_hints_add_stroke (self, keep, (const int *) numbers->data, numbers->len / 2);
    }

  return TRUE;
}

/**
 * reshoot_hints_new_from_text:
 * @box: (nullable): "x,y,width,height" in pixels of the upright picture
 * @keep: (nullable): "x,y,x,y;x,y …": strokes over the product
 * @drop: (nullable): alike, over what is not
 * @error: return location
 *
 * Errors: `INVALID_REQUEST` "parameter-value" with "box", "keep" or "drop" as the subject.
 *
 * Returns: (transfer full): the hints, or %NULL
 */
ReshootHints *
reshoot_hints_new_from_text (const char  *box,
                             const char  *keep,
                             const char  *drop,
                             GError     **error)
{
  g_autoptr (ReshootHints) self = reshoot_hints_new ();

  if ((box != NULL && !read_box (self, box, error))
      || (keep != NULL && !read_strokes (self, TRUE, keep, error))
      || (drop != NULL && !read_strokes (self, FALSE, drop, error)))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * reshoot_hints_set_box:
 * @self: hints
 * @box: (nullable): around the product, in pixels of the upright picture
 */
void
reshoot_hints_set_box (ReshootHints     *self,
                       const ReshootBox *box)
{
  g_return_if_fail (RESHOOT_IS_HINTS (self));

  self->has_box = box != NULL;
  if (box != NULL)
    self->box = *box;
}

/**
 * reshoot_hints_get_box:
 * @self: hints
 *
 * Returns: (transfer none) (nullable): the box, if there is one
 */
const ReshootBox *
reshoot_hints_get_box (ReshootHints *self)
{
  g_return_val_if_fail (RESHOOT_IS_HINTS (self), NULL);

  return self->has_box ? &self->box : NULL;
}

/**
 * reshoot_hints_add_stroke:
 * @self: hints
 * @keep: whether it lies over the product, or over what is not
 * @points: (array length=n): x and y of each, in pixels of the upright picture
 * @n: how many points
 */
void
reshoot_hints_add_stroke (ReshootHints *self,
                          gboolean      keep,
                          const int    *points,
                          guint         n)
{
  Stroke stroke = { keep, NULL };

  g_return_if_fail (RESHOOT_IS_HINTS (self));

  if (n == 0 || n > MAX_POINTS)
    return;

  stroke.points = g_array_new (FALSE, FALSE, sizeof (int));
  g_array_append_vals (stroke.points, points, 2 * n);
  g_array_append_val (self->strokes, stroke);
}

gboolean
reshoot_hints_get_has_strokes (ReshootHints *self)
{
  g_return_val_if_fail (RESHOOT_IS_HINTS (self), FALSE);

  return self->strokes->len > 0;
}

/**
 * reshoot_hints_set_accepted:
 * @self: hints
 * @accepted: whether a person has seen the outline that comes of them, and takes it
 */
void
reshoot_hints_set_accepted (ReshootHints *self,
                            gboolean      accepted)
{
  g_return_if_fail (RESHOOT_IS_HINTS (self));

  self->accepted = accepted;
}

gboolean
reshoot_hints_get_accepted (ReshootHints *self)
{
  g_return_val_if_fail (RESHOOT_IS_HINTS (self), FALSE);

  return self->accepted;
}

/**
 * reshoot_hints_dup_box:
 * @self: hints
 *
 * Returns: (transfer full) (nullable): the box as text
 */
char *
reshoot_hints_dup_box (ReshootHints *self)
{
  const ReshootBox *box = reshoot_hints_get_box (self);

  return box != NULL ? g_strdup_printf ("%d,%d,%d,%d", box->x, box->y, box->width, box->height)
                     : NULL;
}

/**
 * reshoot_hints_dup_strokes:
 * @self: hints
 * @keep: which of them
 *
 * Returns: (transfer full) (nullable): the strokes as text
 */
char *
reshoot_hints_dup_strokes (ReshootHints *self,
                           gboolean      keep)
{
  g_autoptr (GString) text = g_string_new (NULL);

  g_return_val_if_fail (RESHOOT_IS_HINTS (self), NULL);

  for (guint i = 0; i < self->strokes->len; i++)
    {
      const Stroke *stroke = &g_array_index (self->strokes, Stroke, i);

      if (!stroke->keep != !keep)
        continue;

      for (guint k = 0; k < stroke->points->len; k++)
        g_string_append_printf (text, "%s%d", k > 0 ? "," : (text->len > 0 ? ";" : ""),
                                g_array_index (stroke->points, int, k));
    }

  return text->len > 0 ? g_string_free (g_steal_pointer (&text), FALSE) : NULL;
}

/* Marking */

static void
mark_round (guint8 *cells,
            int     width,
            int     height,
            double  x,
            double  y,
            double  radius,
            guint8  value)
{
  int left = MAX (0, (int) floor (x - radius)), right = MIN (width - 1, (int) ceil (x + radius));
  int top = MAX (0, (int) floor (y - radius)), bottom = MIN (height - 1, (int) ceil (y + radius));

  for (int v = top; v <= bottom; v++)
    for (int u = left; u <= right; u++)
      if (hypot (u + 0.5 - x, v + 0.5 - y) <= radius)
        cells[(gsize) v * width + u] = value;
}

static void
mark_stroke (const Stroke *stroke,
             const int     size[2],
             guint8       *cells,
             int           width,
             int           height,
             guint8        value)
{
  const int *points = (const int *) stroke->points->data;
  double radius = MAX (1, MAX (width, height) * RADIUS);

  for (guint i = 0; i + 1 < stroke->points->len; i += 2)
    {
      guint from = i >= 2 ? i - 2 : i;
      double x0 = (double) points[from] * width / size[0];
      double y0 = (double) points[from + 1] * height / size[1];
      double x1 = (double) points[i] * width / size[0];
      double y1 = (double) points[i + 1] * height / size[1];
      int n = MAX (1, (int) ceil (hypot (x1 - x0, y1 - y0)));

      for (int k = 0; k <= n; k++)
        mark_round (cells, width, height, x0 + (x1 - x0) * k / n, y0 + (y1 - y0) * k / n, radius,
                    value);
    }
}

/**
 * reshoot_hints_mark:
 * @self: hints
 * @keep: which strokes
 * @size: (array fixed-size=2): of the picture, in pixels
 * @cells: (inout): a grid over the whole picture, row by row
 * @width: of the grid
 * @height: of the grid
 * @value: for the cells that lie under a stroke
 */
void
reshoot_hints_mark (ReshootHints *self,
                    gboolean      keep,
                    const int     size[2],
                    guint8       *cells,
                    int           width,
                    int           height,
                    guint8        value)
{
  g_return_if_fail (RESHOOT_IS_HINTS (self));

  for (guint i = 0; i < self->strokes->len; i++)
    {
      const Stroke *stroke = &g_array_index (self->strokes, Stroke, i);

      if (!stroke->keep == !keep)
        mark_stroke (stroke, size, cells, width, height, value);
    }
}
