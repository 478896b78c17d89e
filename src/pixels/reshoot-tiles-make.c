/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Tiles out of pixels. A picture and the base lie in memory beside each other, and one square of the parent at a time:
 * where a square is the parent's, the parent's tile is kept as it is, and where it is not, the part of it that differs
 * from the base becomes a tile. */

#include "reshoot-tiles.h"

#include "reshoot-tiles-private.h"

#include <string.h>

/* Tiles must save at least a quarter of what the picture takes whole: they cost a decoding of the base whenever it is
 * looked at. */
#define WORTH_NUMERATOR 3
#define WORTH_DENOMINATOR 4

/* Many tiles are encoded in so many rounds over the picture. After each it is known what all of them will take, nearly
 * enough to give up early where everything differs. */
#define ROUNDS 7
#define MANY   (4 * ROUNDS)
#define DOUBT  1.5

/* What is compared, and what comes of it. */
typedef struct
{
  ReshootTiles *parent;
  VipsImage    *picture;
  VipsImage    *base;
  ReshootTiles *tiles;     /* (owned): the result so far */
  GArray       *boxes;     /* (owned): of VipsRect: the tiles that the parent does not have */
  double        n_pixels;  /* in all of them */
  double        n_encoded; /* of those pixels */
  gsize         added;     /* what they take, in bytes */
  gsize         budget;    /* what all of them may take */
  gboolean      is_over;   /* they take more, or will */
} Making;

static void
making_clear (Making *making)
{
  g_clear_object (&making->picture);
  g_clear_object (&making->base);
  g_clear_object (&making->tiles);
  g_clear_pointer (&making->boxes, g_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Making, making_clear)

/* Whether the numbers of the picture are those in the file. Where they are made from ink or through a profile, they
 * depend on who makes them, and nothing can stand on that. */
static gboolean
is_plain (ReshootImage *image)
{
  g_autoptr (VipsImage) file = NULL;

  file = reshoot_image_open_bytes (reshoot_image_get_bytes (image),
                                   reshoot_image_get_format (image), 1);
  if (file == NULL || (file->BandFmt != VIPS_FORMAT_UCHAR && file->BandFmt != VIPS_FORMAT_USHORT))
    return FALSE;

  switch ((int) vips_image_guess_interpretation (file))
    {
    case VIPS_INTERPRETATION_sRGB:
    case VIPS_INTERPRETATION_RGB:
    case VIPS_INTERPRETATION_RGB16:
      return TRUE;
    case VIPS_INTERPRETATION_B_W:
    case VIPS_INTERPRETATION_GREY16:
      return vips_image_get_typeof (file, VIPS_META_ICC_NAME) == 0;
    default:
      return FALSE;
    }
}

static gboolean
is_comparable (VipsImage *a,
               VipsImage *b)
{
  return a->Xsize == b->Xsize && a->Ysize == b->Ysize && a->Bands == b->Bands
         && a->BandFmt == b->BandFmt && reshoot_image_has_same_profile (a, b);
}

/* The first and the last byte in which two rows differ; FALSE: in none. */
static gboolean
find_difference (const guint8 *a,
                 const guint8 *b,
                 gsize         length,
                 gsize        *first,
                 gsize        *last)
{
  gsize i = 0;
  gsize j = length;

  if (memcmp (a, b, length) == 0)
    return FALSE;

  while (a[i] == b[i])
    i++;
  while (a[j - 1] == b[j - 1])
    j--;

  *first = i;
  *last = j - 1;
  return TRUE;
}

/* The smallest rectangle inside @square in which the two pictures differ; FALSE: they do not. */
static gboolean
find_box (VipsImage      *a,
          VipsImage      *b,
          const VipsRect *square,
          VipsRect       *box)
{
  gsize pixel = VIPS_IMAGE_SIZEOF_PEL (a);
  gsize left = G_MAXSIZE;
  gsize right = 0;
  int top = -1;
  int bottom = -1;

  for (int y = square->top; y < square->top + square->height; y++)
    {
      gsize first;
      gsize last;

      if (!find_difference (VIPS_IMAGE_ADDR (a, square->left, y),
                            VIPS_IMAGE_ADDR (b, square->left, y),
                            square->width * pixel, &first, &last))
        continue;

      top = top < 0 ? y : top;
      bottom = y;
      left = MIN (left, first / pixel);
      right = MAX (right, last / pixel);
    }

  if (top < 0)
    return FALSE;

  box->left = square->left + (int) left;
  box->top = top;
  box->width = (int) (right - left) + 1;
  box->height = bottom - top + 1;
  return TRUE;
}

static gboolean
rows_are_equal (VipsImage      *a,
                int             a_left,
                int             a_top,
                VipsImage      *b,
                const VipsRect *area)
{
  gsize length = area->width * VIPS_IMAGE_SIZEOF_PEL (b);

  for (int y = 0; y < area->height; y++)
    if (memcmp (VIPS_IMAGE_ADDR (a, a_left, a_top + y),
                VIPS_IMAGE_ADDR (b, area->left, area->top + y), length) != 0)
      return FALSE;

  return TRUE;
}

/* Whether the picture differs from the base, inside @square, in @box alone and there as the parent's @tile does:
 * 1 yes, 0 no, -1 with @error set. */
static int
is_parents (Making             *making,
            const VipsRect     *box,
            const ReshootTile  *tile,
            GCancellable       *cancellable,
            GError            **error)
{
  VipsRect area = { tile->x, tile->y, tile->width, tile->height };
  g_autoptr (VipsImage) pixels = NULL;

  if (!vips_rect_includesrect (&area, box))
    return FALSE;

  pixels = reshoot_tiles_decode (making->parent, tile, making->base, cancellable, error);
  if (pixels == NULL)
    return -1;

  return rows_are_equal (pixels, 0, 0, making->picture, &area);
}

/* Without profile and notes: those are the base's. */
static GBytes *
encode_area (VipsImage       *vips,
             const VipsRect  *area,
             GCancellable    *cancellable,
             GError         **error)
{
  g_autoptr (VipsImage) part = NULL;
  g_autoptr (VipsImage) bare = NULL;

  if (vips_extract_area (vips, &part, area->left, area->top, area->width, area->height, NULL) != 0
      || vips_copy (part, &bare, NULL) != 0)
    {
      reshoot_set_vips_error (error, NULL);
      return NULL;
    }

  vips_image_remove (bare, VIPS_META_ICC_NAME);
  return reshoot_image_encode (bare, RESHOOT_IMAGE_FORMAT_PNG, 0, TRUE, cancellable, error);
}

static gboolean
add_new (Making          *making,
         const VipsRect  *box,
         GCancellable    *cancellable,
         GError         **error)
{
  g_autoptr (GBytes) png = encode_area (making->picture, box, cancellable, error);
  g_autofree char *digest = NULL;
  ReshootTile tile;

  if (png == NULL)
    return FALSE;

  digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, png);
  tile = (ReshootTile) {
    box->left, box->top, box->width, box->height, g_bytes_get_size (png), digest, png
  };
  making->added += tile.size;
  making->n_encoded += (double) box->width * box->height;
  making->is_over = making->added > making->budget
                    || reshoot_tiles_is_full (making->tiles, tile.size);
  return making->is_over || reshoot_tiles_add (making->tiles, &tile, error);
}

/* Keeps the parent's tile or notes where a new one is needed. */
static gboolean
look_at_square (Making          *making,
                const VipsRect  *square,
                GCancellable    *cancellable,
                GError         **error)
{
  const ReshootTile *tile = reshoot_tiles_find (making->parent, square->left, square->top);
  VipsRect box;
  int same = FALSE;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return FALSE;

  if (!find_box (making->picture, making->base, square, &box))
    return TRUE;

  if (tile != NULL)
    same = is_parents (making, &box, tile, cancellable, error);

  if (same < 0)
    return FALSE;

  if (same == 0)
    {
      g_array_append_val (making->boxes, box);
      making->n_pixels += (double) box.width * box.height;
      return TRUE;
    }

  making->is_over = reshoot_tiles_is_full (making->tiles, tile->size);
  return making->is_over || reshoot_tiles_add (making->tiles, tile, error);
}

static gboolean
look_at_all (Making        *making,
             GCancellable  *cancellable,
             GError       **error)
{
  int width = making->base->Xsize;
  int height = making->base->Ysize;

  for (int top = 0; top < height; top += RESHOOT_TILES_SQUARE)
    for (int left = 0; left < width && !making->is_over; left += RESHOOT_TILES_SQUARE)
      {
        VipsRect square = {
          left, top,
          MIN (RESHOOT_TILES_SQUARE, width - left), MIN (RESHOOT_TILES_SQUARE, height - top)
        };

        if (!look_at_square (making, &square, cancellable, error))
          return FALSE;
      }

  return TRUE;
}

static gboolean
encode_all (Making        *making,
            GCancellable  *cancellable,
            GError       **error)
{
  for (guint round = 0; round < ROUNDS; round++)
    {
      for (guint i = round; i < making->boxes->len && !making->is_over; i += ROUNDS)
        if (!add_new (making, &g_array_index (making->boxes, VipsRect, i), cancellable, error))
          return FALSE;

      if (making->boxes->len >= MANY
          && making->added / making->n_encoded * making->n_pixels > making->budget * DOUBT)
        making->is_over = TRUE;
    }

  return TRUE;
}

/* NULL without an error: whole. */
static ReshootTiles *
make_tiles (Making        *making,
            GCancellable  *cancellable,
            GError       **error)
{
  making->boxes = g_array_new (FALSE, FALSE, sizeof (VipsRect));
  making->tiles = reshoot_tiles_new (NULL, reshoot_tiles_get_base_digest (making->parent), NULL,
                                     making->base->Xsize, making->base->Ysize);

  if (!look_at_all (making, cancellable, error) || !encode_all (making, cancellable, error))
    return NULL;

  return making->is_over ? NULL : g_steal_pointer (&making->tiles);
}

static ReshootTiles *
make (ReshootTiles  *parent,
      ReshootImage  *picture,
      GCancellable  *cancellable,
      GError       **error)
{
  g_autoptr (ReshootImage) ground = NULL;
  g_auto (Making) making = { .parent = parent };

  ground = reshoot_tiles_open_base (parent, cancellable, error);
  if (ground == NULL
      || reshoot_image_get_width (ground) != reshoot_image_get_width (picture)
      || reshoot_image_get_height (ground) != reshoot_image_get_height (picture)
      || !is_plain (ground) || !is_plain (picture))
    return NULL;

  making.budget = g_bytes_get_size (reshoot_image_get_bytes (picture));
  making.budget = making.budget / WORTH_DENOMINATOR * WORTH_NUMERATOR;
  making.base = reshoot_image_decode (ground, cancellable, error);
  if (making.base != NULL)
    making.picture = reshoot_image_decode (picture, cancellable, error);

  if (making.picture == NULL || !is_comparable (making.picture, making.base))
    return NULL;

  return make_tiles (&making, cancellable, error);
}

static void
make_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  ReshootTiles *tiles = make (source, task_data, cancellable, &error);

  if (error != NULL)
    g_task_return_error (task, error);
  else
    g_task_return_pointer (task, tiles, g_object_unref);
}

/**
 * reshoot_tiles_make_async:
 * @parent: the picture it was made from, with its base
 * @picture: the new picture
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Finds the tiles in which a picture differs from the base of its parent. Tiles of the parent that still hold are kept
 * as they are.
 */
void
reshoot_tiles_make_async (ReshootTiles        *parent,
                          ReshootImage        *picture,
                          GCancellable        *cancellable,
                          GAsyncReadyCallback  callback,
                          gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RESHOOT_IS_TILES (parent));
  g_return_if_fail (RESHOOT_IS_IMAGE (picture));

  task = g_task_new (parent, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_tiles_make_async);
  g_task_set_task_data (task, g_object_ref (picture), g_object_unref);
  g_task_run_in_thread (task, make_in_thread);
}

/**
 * reshoot_tiles_make_finish:
 * @parent: the picture it was made from
 * @result: what the callback was given
 * @tiles: (out) (nullable): the picture as tiles on the same base, which it does not hold itself; with no tile where it
 *   is the base; %NULL where it is better stored whole: the two have another size, depth, profile or number of bands,
 *   or tiles would hardly be smaller
 * @error: return location for an error
 *
 * Errors: %RESHOOT_ERROR_CORRUPT: "picture" (the base, or a tile of the parent), or "damaged".
 *
 * Returns: whether it was tried
 */
gboolean
reshoot_tiles_make_finish (ReshootTiles  *parent,
                           GAsyncResult  *result,
                           ReshootTiles **tiles,
                           GError       **error)
{
  g_autoptr (GError) local = NULL;

  g_return_val_if_fail (g_task_is_valid (result, parent), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_tiles_make_async), FALSE);
  g_return_val_if_fail (tiles != NULL, FALSE);

  *tiles = g_task_propagate_pointer (G_TASK (result), &local);
  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}
