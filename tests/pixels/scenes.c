/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures of products whose exact matte is known, and a person who helps to cut them out: the samples; the samples'
 * products before backgrounds that are drawn, busy or plain, as often as one likes; a box around them; and strokes
 * along what is still wrong. The same number always gives the same picture. */

#include "scenes.h"

#include "reshoot-image-vips.h"
#include "reshoot-test.h"

#include <math.h>
#include <string.h>

#define WIDTH 960
#define HEIGHT 720
#define ROOM 0.012       /* of the long side: what a box leaves around the product */
#define STEP 4           /* pixels: the person looks no closer than that … */
#define MARGIN 2         /* … in such steps, and keeps that far from what is right */

static const char *const samples[] = {
  "mug", "camera", "shoe", "norda-bottle", "bottle-on-white", "headphones-on-beige",
};

void
scene_free (Scene *scene)
{
  g_free (scene->name);
  g_clear_object (&scene->image);
  g_free (scene->truth);
  g_free (scene);
}

static VipsImage *
open_vips (const char *path)
{
  VipsImage *vips = vips_image_new_from_file (path, NULL);

  g_assert_nonnull (vips);
  return vips;
}

static VipsImage *
open_sample (const char *name)
{
  g_autofree char *file = g_strconcat (name, ".jpg", NULL);
  g_autofree char *path = reshoot_test_sample (file);

  return open_vips (path);
}

/* The exact matte of a sample, in the size asked for. */
static VipsImage *
open_matte (const char *name,
            int         width,
            int         height)
{
  g_autofree char *file = g_strdup_printf ("mattes/%s-matte.png", name);
  g_autofree char *path = reshoot_test_data_path (file);
  g_autoptr (VipsImage) all = open_vips (path);
  g_autoptr (VipsImage) band = NULL;
  VipsImage *scaled = NULL;

  g_assert_cmpint (vips_extract_band (all, &band, 0, NULL), ==, 0);
  g_assert_cmpint (vips_resize (band, &scaled, (double) width / all->Xsize,
                                "vscale", (double) height / all->Ysize, NULL), ==, 0);
  g_assert_cmpint (scaled->Xsize, ==, width);
  g_assert_cmpint (scaled->Ysize, ==, height);
  return scaled;
}

static void
find_box (Scene *scene)
{
  int width = reshoot_image_get_width (scene->image);
  int height = reshoot_image_get_height (scene->image);
  int room = (int) (ROOM * MAX (width, height));
  int left = width, top = height, right = -1, bottom = -1;

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      if (scene->truth[(gsize) y * width + x] > 127)
        {
          left = MIN (left, x);
          right = MAX (right, x);
          top = MIN (top, y);
          bottom = MAX (bottom, y);
        }

  left = MAX (left - room, 0);
  top = MAX (top - room, 0);
  right = MIN (right + room, width - 1);
  bottom = MIN (bottom + room, height - 1);
  scene->box = (ReshootBox) { left, top, right - left + 1, bottom - top + 1 };
}

static Scene *
scene_take (char      *name,
            VipsImage *picture,
            VipsImage *matte)
{
  Scene *scene = g_new0 (Scene, 1);
  g_autoptr (GError) error = NULL;
  size_t size;

  scene->name = name;
  scene->image = reshoot_image_new_from_vips (picture, RESHOOT_IMAGE_FORMAT_PNG, 0, NULL, &error);
  g_assert_no_error (error);
  scene->truth = vips_image_write_to_memory (matte, &size);
  g_assert_cmpuint (size, ==, (gsize) picture->Xsize * picture->Ysize);
  find_box (scene);
  return scene;
}

/* One of the photographs in data/samples. */
Scene *
scene_new_sample (const char *name)
{
  g_autoptr (VipsImage) picture = open_sample (name);
  g_autoptr (VipsImage) matte = open_matte (name, picture->Xsize, picture->Ysize);

  return scene_take (g_strdup (name), picture, matte);
}

/* Backgrounds: three floats a pixel, sRGB */

static void
random_color (GRand *random,
              double color[3])
{
  double light = g_rand_double_range (random, 25, 225);

  for (int c = 0; c < 3; c++)
    color[c] = CLAMP (light + g_rand_double_range (random, -70, 70), 5, 250);
}

static void
draw_flat (float        *out,
           const double  color[3],
           double        fall,
           int           from)
{
  for (int y = from; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      for (int c = 0; c < 3; c++)
        out[((gsize) y * WIDTH + x) * 3 + c] =
          (float) (color[c] - fall * (y - from) / HEIGHT - fall * x / WIDTH / 2);
}

/* A thing on the table or the shelf: a box, a ball, or something leaning, lit from the left, with some pattern. */
static void
draw_thing (float *out,
            GRand *random,
            int    from,
            int    to)
{
  double color[3];
  int kind = g_rand_int_range (random, 0, 3);
  int x0 = g_rand_int_range (random, -60, WIDTH), y0 = g_rand_int_range (random, from - 80, to);
  int w = g_rand_int_range (random, 40, 260), h = g_rand_int_range (random, 50, 300);
  double lean = kind == 2 ? g_rand_double_range (random, -0.7, 0.7) : 0;
  int stripe = g_rand_int_range (random, 0, 2) ? g_rand_int_range (random, 6, 40) : 0;

  random_color (random, color);
  for (int y = MAX (y0, 0); y < MIN (y0 + h, HEIGHT); y++)
    for (int x = 0; x < WIDTH; x++)
      {
        double u = (x - x0 - lean * (y - y0)) / w, v = (double) (y - y0) / h;
        double light = 1.15 - 0.35 * u;

        if (u < 0 || u >= 1 || (kind == 1 && hypot (u - 0.5, v - 0.5) > 0.5))
          continue;
        if (stripe > 0 && ((y - y0) / stripe) % 3 == 0)
          light *= 0.72;
        for (int c = 0; c < 3; c++)
          out[((gsize) y * WIDTH + x) * 3 + c] = (float) CLAMP (color[c] * light, 0, 255);
      }
}

/* Leaves, gravel, cloth: blotches of all sizes in two colours. */
static void
draw_blotches (float *out,
               GRand *random)
{
  double colors[2][3];

  random_color (random, colors[0]);
  random_color (random, colors[1]);
  draw_flat (out, colors[0], 20, 0);
  for (int k = 0; k < 500; k++)
    {
      int x0 = g_rand_int_range (random, 0, WIDTH), y0 = g_rand_int_range (random, 0, HEIGHT);
      int size = g_rand_int_range (random, 4, 46);
      double share = g_rand_double_range (random, 0, 1);
      double light = g_rand_double_range (random, 0.6, 1.3);

      for (int y = MAX (y0 - size, 0); y < MIN (y0 + size, HEIGHT); y++)
        for (int x = MAX (x0 - size, 0); x < MIN (x0 + size, WIDTH); x++)
          if (hypot (x - x0, 1.6 * (y - y0)) < size)
            for (int c = 0; c < 3; c++)
              out[((gsize) y * WIDTH + x) * 3 + c] =
                (float) CLAMP (light * (colors[0][c] + share * (colors[1][c] - colors[0][c])), 0,
                               255);
    }
}

/* A board with its grain. */
static void
draw_table (float *out,
            GRand *random,
            int    from)
{
  double color[3] = { g_rand_double_range (random, 90, 190), 0, 0 };
  double wave = g_rand_double_range (random, 0.02, 0.09);
  double depth = g_rand_double_range (random, 6, 26);

  color[1] = color[0] * 0.78;
  color[2] = color[0] * 0.55;
  draw_flat (out, color, 25, from);
  for (int y = from; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      for (int c = 0; c < 3; c++)
        out[((gsize) y * WIDTH + x) * 3 + c] +=
          (float) (depth * sin (y * 0.35 + 5 * sin (x * wave * 0.2) + 2 * sin (y * 0.05)));
}

static VipsImage *
to_vips (const float *values)
{
  g_autoptr (VipsImage) memory = NULL, bytes = NULL;
  VipsImage *out = NULL;

  memory = vips_image_new_from_memory_copy (values, sizeof (float) * WIDTH * HEIGHT * 3, WIDTH,
                                            HEIGHT,
                                            3, VIPS_FORMAT_FLOAT);
  g_assert_cmpint (vips_cast_uchar (memory, &bytes, NULL), ==, 0);
  g_assert_cmpint (vips_copy (bytes, &out, "interpretation", VIPS_INTERPRETATION_sRGB, NULL), ==, 0);
  return out;
}

/* Another photograph's surroundings, mirrored and out of focus. */
static VipsImage *
borrow_background (const char *name,
                   double      sigma)
{
  g_autoptr (VipsImage) picture = open_sample (name), scaled = NULL, turned = NULL;
  VipsImage *out = NULL;

  g_assert_cmpint (vips_resize (picture, &scaled, (double) WIDTH / picture->Xsize,
                                "vscale", (double) HEIGHT / picture->Ysize, NULL), ==, 0);
  g_assert_cmpint (vips_flip (scaled, &turned, VIPS_DIRECTION_HORIZONTAL, NULL), ==, 0);
  g_assert_cmpint (vips_gaussblur (turned, &out, sigma, NULL), ==, 0);
  return out;
}

static VipsImage *
draw_clutter (guint  number,
              GRand *random)
{
  g_autofree float *values = g_new0 (float, WIDTH * HEIGHT * 3);
  g_autoptr (VipsImage) sharp = NULL;
  VipsImage *out = NULL;
  double color[3];
  int edge = g_rand_int_range (random, HEIGHT / 2, HEIGHT * 3 / 4);
  int n = number % 5 == 3 ? g_rand_int_range (random, 4, 8) : g_rand_int_range (random, 14, 40);

  if (number % 5 == 4)
    return borrow_background (samples[g_rand_int_range (random, 0, 4)],
                              g_rand_double_range (random, 3, 9));

  random_color (random, color);
  draw_flat (values, color, 20, 0);
  if (number % 5 == 1)
    draw_blotches (values, random);
  else if (number % 5 >= 2)
    draw_table (values, random, edge);
  for (int k = 0; k < n && number % 5 != 1; k++)
    draw_thing (values, random, 0, number % 5 == 0 ? HEIGHT : edge);

  sharp = to_vips (values);
  g_assert_cmpint (vips_gaussblur (sharp, &out, g_rand_double_range (random, 0.5, 6), NULL), ==, 0);
  return out;
}

/* A sweep of paper: light falls off, and there is a soft shadow below the product. */
static VipsImage *
draw_sweep (guint             number,
            GRand            *random,
            const ReshootBox *box)
{
  static const double papers[][3] = {
    { 236, 236, 236 }, { 190, 190, 192 }, { 214, 202, 184 }, { 120, 122, 126 }, { 168, 188, 200 },
    { 40, 40, 44 },
  };
  const double *paper = papers[number % G_N_ELEMENTS (papers)];
  g_autofree float *values = g_new (float, WIDTH * HEIGHT * 3);
  double fall = g_rand_double_range (random, 4, 24), vignette = g_rand_double_range (random, 0, 18);
  double strength = g_rand_double_range (random, 0, 0.3);

  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        double u = 2.0 * x / WIDTH - 1, v = 2.0 * y / HEIGHT - 1;
        double a = (x - box->x - 0.58 * box->width) / (0.55 * box->width);
        double b = (y - box->y - box->height) / (0.08 * box->height);
        double shade = 1 - strength * exp (-a * a - b * b);

        for (int c = 0; c < 3; c++)
          values[((gsize) y * WIDTH + x) * 3 + c] =
            (float) ((paper[c] - fall * (v + 1) / 2 - vignette * (u * u + v * v) / 2) * shade
                     + g_rand_double_range (random, -2, 2));
      }

  return to_vips (values);
}

/* A sample's product alone, as large as the background, somewhere around its middle, mirrored or not. */
static void
place_product (const char  *name,
               GRand       *random,
               VipsImage  **picture,
               VipsImage  **matte)
{
  g_autoptr (VipsImage) all = open_sample (name), small = NULL, alpha = NULL, moved = NULL,
    veiled = NULL;
  double scale = MIN ((double) WIDTH / all->Xsize, (double) HEIGHT / all->Ysize)
                 * g_rand_double_range (random, 0.8, 1.0);
  int x = g_rand_int_range (random, -60, 60), y = g_rand_int_range (random, -12, 12);
  VipsDirection turn = VIPS_DIRECTION_HORIZONTAL;

  g_assert_cmpint (vips_resize (all, &small, scale, NULL), ==, 0);
  alpha = open_matte (name, small->Xsize, small->Ysize);
  x += (WIDTH - small->Xsize) / 2;
  y += (HEIGHT - small->Ysize) / 2;
  g_assert_cmpint (vips_embed (small, &moved, x, y, WIDTH, HEIGHT, "extend", VIPS_EXTEND_COPY, NULL), ==, 0);
  g_assert_cmpint (vips_embed (alpha, &veiled, x, y, WIDTH, HEIGHT, NULL), ==, 0);
  if (g_rand_int_range (random, 0, 2) == 0)
    {
      *picture = g_steal_pointer (&moved);
      *matte = g_steal_pointer (&veiled);
      return;
    }

  g_assert_cmpint (vips_flip (moved, picture, turn, NULL), ==, 0);
  g_assert_cmpint (vips_flip (veiled, matte, turn, NULL), ==, 0);
}

static Scene *
set_before (char      *name,
            VipsImage *product,
            VipsImage *matte,
            VipsImage *background)
{
  g_autoptr (VipsImage) both = NULL;

  g_assert_cmpint (vips_ifthenelse (matte, product, background, &both, "blend", TRUE, NULL), ==, 0);
  return scene_take (name, both, matte);
}

/* Products before something busy, number @number of %SCENE_N_CLUTTERED. */
Scene *
scene_new_cluttered (guint number)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (1000 + number);
  const char *sample = samples[number % G_N_ELEMENTS (samples)];
  g_autoptr (VipsImage) product = NULL, matte = NULL, background = NULL;

  place_product (sample, random, &product, &matte);
  background = draw_clutter (number, random);
  return set_before (g_strdup_printf ("cluttered-%02u-%s", number, sample), product, matte, background);
}

/* The same before a sweep of paper, number @number of %SCENE_N_PLAIN. */
Scene *
scene_new_plain (guint number)
{
  g_autoptr (GRand) random = g_rand_new_with_seed (2000 + number);
  const char *sample = samples[(number / 6 + number) % G_N_ELEMENTS (samples)];
  g_autoptr (VipsImage) product = NULL, matte = NULL, background = NULL;
  g_autoptr (Scene) place = NULL;

  place_product (sample, random, &product, &matte);
  place = scene_take (NULL, product, matte);
  background = draw_sweep (number, random, &place->box);
  return set_before (g_strdup_printf ("plain-%02u-%s", number, sample), product, matte, background);
}

/* Intersection over union at half coverage. */
double
scene_overlap (Scene        *scene,
               ReshootMatte *matte)
{
  gsize n, both = 0, either = 0;
  const guint8 *values = g_bytes_get_data (reshoot_matte_get_values (matte), &n);

  for (gsize i = 0; i < n; i++)
    {
      both += values[i] > 127 && scene->truth[i] > 127;
      either += values[i] > 127 || scene->truth[i] > 127;
    }

  return (double) both / either;
}

/* The person */

/* Where a matte is wrong in one way, on a grid of STEP pixels, without a margin of what lies next to the truth's own
 * edge: nobody's hand is that steady. */
static guint8 *
find_wrong (Scene        *scene,
            ReshootMatte *matte,
            gboolean      missing,
            int           width,
            int           height)
{
  const guint8 *values = g_bytes_get_data (reshoot_matte_get_values (matte), NULL);
  int full = reshoot_image_get_width (scene->image);
  guint8 *wrong = g_new0 (guint8, (gsize) width * height);
  g_autofree guint8 *raw = g_new0 (guint8, (gsize) width * height);

  for (int y = 0; y < height; y++)
    for (int x = 0; x < width; x++)
      {
        gsize i = (gsize) y * STEP * full + x * STEP;

        raw[y * width + x] = (scene->truth[i] > 127) == missing && (values[i] > 127) != missing;
      }

  for (int y = MARGIN; y < height - MARGIN; y++)
    for (int x = MARGIN; x < width - MARGIN; x++)
      {
        gboolean all = TRUE;

        for (int v = y - MARGIN; v <= y + MARGIN && all; v++)
          for (int u = x - MARGIN; u <= x + MARGIN && all; u++)
            all = raw[v * width + u];
        wrong[y * width + x] = all;
      }

  return wrong;
}

/* Spreads from @start over @open; the cells in the order they were reached, @from saying where each came from. */
static GArray *
spread_from (const guint8 *open,
             int          *from,
             int           start,
             int           width,
             int           height)
{
  GArray *queue = g_array_new (FALSE, FALSE, sizeof (int));

  for (int i = 0; i < width * height; i++)
    from[i] = -1;
  from[start] = start;
  g_array_append_val (queue, start);
  for (guint k = 0; k < queue->len; k++)
    {
      int cell = g_array_index (queue, int, k);
      int next[4] = { cell - 1, cell + 1, cell - width, cell + width };

      for (int d = 0; d < 4; d++)
        if (next[d] >= 0 && next[d] < width * height && open[next[d]] && from[next[d]] < 0)
          {
            from[next[d]] = cell;
            g_array_append_val (queue, next[d]);
          }
    }

  return queue;
}

/* The largest connected part of @wrong: a cell at one end of it. Returns its size. */
static guint
find_largest (const guint8 *wrong,
              int          *from,
              int           width,
              int           height,
              int          *end)
{
  g_autofree guint8 *left = g_memdup2 (wrong, (gsize) width * height);
  guint most = 0;

  for (int i = 0; i < width * height; i++)
    if (left[i])
      {
        g_autoptr (GArray) part = spread_from (left, from, i, width, height);

        for (guint k = 0; k < part->len; k++)
          left[g_array_index (part, int, k)] = 0;
        if (part->len > most)
          {
            most = part->len;
            *end = g_array_index (part, int, part->len - 1);
          }
      }

  return most;
}

/* A stroke from one end of the largest wrong part to the other, within it. Returns FALSE when there is nothing left to
 * point at. */
gboolean
scene_add_stroke (Scene        *scene,
                  ReshootMatte *matte,
                  ReshootHints *hints)
{
  int width = reshoot_image_get_width (scene->image) / STEP;
  int height = reshoot_image_get_height (scene->image) / STEP;
  g_autofree int *from = g_new (int, (gsize) width * height);
  g_autofree guint8 *missing = find_wrong (scene, matte, TRUE, width, height);
  g_autofree guint8 *extra = find_wrong (scene, matte, FALSE, width, height);
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (int));
  g_autoptr (GArray) part = NULL;
  int ends[2] = { 0, 0 };
  guint n_missing = find_largest (missing, from, width, height, &ends[1]);
  guint n_extra = find_largest (extra, from, width, height, &ends[0]);
  gboolean keep = n_missing >= n_extra;
  int walk;

  if (n_missing == 0 && n_extra == 0)
    return FALSE;

  part = spread_from (keep ? missing : extra, from, ends[keep], width, height);
  walk = g_array_index (part, int, part->len - 1);
  for (int k = 0;; k++)
    {
      int x = walk % width * STEP, y = walk / width * STEP;

      if (k % 4 == 0 || walk == ends[keep])
        {
          g_array_append_val (points, x);
          g_array_append_val (points, y);
        }
      if (walk == ends[keep])
        break;
      walk = from[walk];
    }

  reshoot_hints_add_stroke (hints, keep, (const int *) (void *) points->data, points->len / 2);
  return TRUE;
}
