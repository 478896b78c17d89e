/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootTiles: a picture as another one, its base, and the tiles in which it differs. It owns the rules for tiles,
 * which may be a stranger's, and what such a picture is known by. A base alone, with no tiles, is one too: the picture
 * is then the base. How tiles are made of pixels, and pixels of tiles, is in reshoot-tiles-make.c and -render.c. */

#include "reshoot-tiles.h"

#include "reshoot-tiles-private.h"

#include <string.h>

/* All tiles of a picture together are at most as large as a whole picture may be. */
#define MAX_BYTES (256u * 1024 * 1024)

struct _ReshootTiles
{
  GObject     parent_instance;

  char       *name;         /* what errors are about */
  char       *base_digest;
  GBytes     *base;         /* (nullable): where only the list matters */
  int         width;
  int         height;
  GPtrArray  *tiles;        /* of ReshootTile, by y and then x */
  GHashTable *squares;      /* of numbers of squares to the ReshootTile in each */
  gsize       size;         /* of all tiles, in bytes */
};

G_DEFINE_FINAL_TYPE (ReshootTiles, reshoot_tiles, G_TYPE_OBJECT)

static void
tile_free (gpointer data)
{
  ReshootTile *tile = data;

  g_free ((char *) tile->digest);
  g_clear_pointer (&tile->png, g_bytes_unref);
  g_free (tile);
}

static void
reshoot_tiles_finalize (GObject *object)
{
  ReshootTiles *self = RESHOOT_TILES (object);

  g_free (self->name);
  g_free (self->base_digest);
  g_clear_pointer (&self->base, g_bytes_unref);
  g_clear_pointer (&self->tiles, g_ptr_array_unref);
  g_clear_pointer (&self->squares, g_hash_table_unref);

  G_OBJECT_CLASS (reshoot_tiles_parent_class)->finalize (object);
}

static void
reshoot_tiles_class_init (ReshootTilesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_tiles_finalize;
}

static void
reshoot_tiles_init (ReshootTiles *self)
{
  self->tiles = g_ptr_array_new_with_free_func (tile_free);
  self->squares = g_hash_table_new (NULL, NULL);
}

/**
 * reshoot_tiles_new:
 * @name: what errors are about: the picture's digest, as a rule
 * @base_digest: of the picture under the tiles
 * @base: (nullable): its bytes; %NULL where nothing is to be rendered
 * @width: of both, upright, in pixels
 * @height: of both, upright, in pixels
 *
 * Returns: (transfer full): a picture with no tiles yet; add them before anybody else has it
 */
ReshootTiles *
reshoot_tiles_new (const char *name,
                   const char *base_digest,
                   GBytes     *base,
                   int         width,
                   int         height)
{
  ReshootTiles *self;

  g_return_val_if_fail (base_digest != NULL, NULL);

  self = g_object_new (RESHOOT_TYPE_TILES, NULL);
  self->name = g_strdup (name);
  self->base_digest = g_strdup (base_digest);
  self->base = base != NULL ? g_bytes_ref (base) : NULL;
  self->width = width;
  self->height = height;
  return self;
}

/* The file holds something else than it should: @what, a tile with its @digest. */
static void
set_tile_error (GError       **error,
                ReshootTiles  *self,
                const char    *what,
                const char    *digest)
{
  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "picture", self->name, "tile %s %s", digest, what);
}

/**
 * reshoot_tiles_read_tile:
 * @tile: its @width, @height, @size and @png are filled in; the PNG is borrowed
 * @png: the bytes of a tile
 * @error: return location for an error
 *
 * Asks a PNG's first few bytes how large it is. It is decoded when it is rendered.
 *
 * Errors: %RESHOOT_ERROR_CORRUPT, reason "picture", where it is no PNG or larger than a square.
 *
 * Returns: whether it can be a tile
 */
gboolean
reshoot_tiles_read_tile (ReshootTile  *tile,
                         GBytes       *png,
                         GError      **error)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (png, &length);
  guint32 width = 0;
  guint32 height = 0;

  if (length >= 8 && memcmp (data, "\x89PNG\r\n\x1a\n", 8) == 0)
    reshoot_image_peek_size (png, RESHOOT_IMAGE_FORMAT_PNG, &width, &height);

  if (width < 1 || width > RESHOOT_TILES_SQUARE || height < 1 || height > RESHOOT_TILES_SQUARE
      || length > RESHOOT_TILES_MAX_BYTES)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "picture", tile->digest, "no PNG the size of a tile");
      return FALSE;
    }

  tile->width = (int) width;
  tile->height = (int) height;
  tile->size = length;
  tile->png = png;
  return TRUE;
}

/* A number for the square in which a point lies, never 0. */
static gpointer
number_square (int x,
               int y)
{
  return GUINT_TO_POINTER (((guint) (y / RESHOOT_TILES_SQUARE) << 16
                            | (guint) (x / RESHOOT_TILES_SQUARE)) + 1);
}

static gboolean
fits (ReshootTiles      *self,
      const ReshootTile *tile)
{
  return tile->x >= 0 && tile->x < self->width && tile->width >= 1
         && tile->width <= self->width - tile->x
         && tile->y >= 0 && tile->y < self->height && tile->height >= 1
         && tile->height <= self->height - tile->y
         && number_square (tile->x, tile->y)
         == number_square (tile->x + tile->width - 1, tile->y + tile->height - 1);
}

/* The tile in the square in which a point lies, or NULL. */
const ReshootTile *
reshoot_tiles_find (ReshootTiles *self,
                    int           x,
                    int           y)
{
  return g_hash_table_lookup (self->squares, number_square (x, y));
}

/* Whether @size bytes more are too many. */
gboolean
reshoot_tiles_is_full (ReshootTiles *self,
                       gsize         size)
{
  return size > MAX_BYTES - self->size;
}

/**
 * reshoot_tiles_add:
 * @self: a picture nobody else has yet
 * @tile: what to add; it is copied, the PNG shared
 * @error: return location for an error
 *
 * Adds a tile where the rules allow it: inside one square of the picture, which has none yet, and all together at most
 * 256 MiB.
 *
 * Errors: %RESHOOT_ERROR_CORRUPT, reason "picture".
 *
 * Returns: whether it was added
 */
gboolean
reshoot_tiles_add (ReshootTiles       *self,
                   const ReshootTile  *tile,
                   GError            **error)
{
  ReshootTile *copy;
  guint place = self->tiles->len;

  g_return_val_if_fail (RESHOOT_IS_TILES (self), FALSE);
  g_return_val_if_fail (tile != NULL && tile->digest != NULL, FALSE);

  if (!fits (self, tile) || reshoot_tiles_find (self, tile->x, tile->y) != NULL)
    {
      set_tile_error (error, self, "is not alone in one square of the picture", tile->digest);
      return FALSE;
    }

  if (reshoot_tiles_is_full (self, tile->size))
    {
      set_tile_error (error, self, "is one too many", tile->digest);
      return FALSE;
    }

  while (place > 0)
    {
      const ReshootTile *before = g_ptr_array_index (self->tiles, place - 1);

      if (before->y < tile->y || (before->y == tile->y && before->x < tile->x))
        break;
      place--;
    }

  copy = g_memdup2 (tile, sizeof *tile);
  copy->digest = g_strdup (tile->digest);
  copy->png = tile->png != NULL ? g_bytes_ref (tile->png) : NULL;
  g_ptr_array_insert (self->tiles, (int) place, copy);
  g_hash_table_insert (self->squares, number_square (tile->x, tile->y), copy);
  self->size += tile->size;
  return TRUE;
}

/**
 * reshoot_tiles_dup_digest:
 * @self: a picture
 *
 * What the picture is known by: the SHA-256 of a list of its base, its size and its tiles; without a tile it is the
 * base, and known as that.
 *
 * Returns: (transfer full): 64 hexadecimal digits in lower case
 */
char *
reshoot_tiles_dup_digest (ReshootTiles *self)
{
  g_autoptr (GString) list = NULL;

  g_return_val_if_fail (RESHOOT_IS_TILES (self), NULL);

  if (self->tiles->len == 0)
    return g_strdup (self->base_digest);

  list = g_string_new ("reshoot-tiles 1\n");
  g_string_append_printf (list, "%s\n%d %d\n", self->base_digest, self->width, self->height);
  for (guint i = 0; i < self->tiles->len; i++)
    {
      const ReshootTile *tile = g_ptr_array_index (self->tiles, i);

      g_string_append_printf (list, "%d %d %s\n", tile->x, tile->y, tile->digest);
    }

  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, list->str, (gssize) list->len);
}

/**
 * reshoot_tiles_get_base_digest:
 * @self: a picture
 *
 * Returns: (transfer none): the digest of the picture under the tiles
 */
const char *
reshoot_tiles_get_base_digest (ReshootTiles *self)
{
  g_return_val_if_fail (RESHOOT_IS_TILES (self), NULL);

  return self->base_digest;
}

/**
 * reshoot_tiles_get_width:
 * @self: a picture
 *
 * Returns: the width in pixels, upright
 */
int
reshoot_tiles_get_width (ReshootTiles *self)
{
  g_return_val_if_fail (RESHOOT_IS_TILES (self), 0);

  return self->width;
}

/**
 * reshoot_tiles_get_height:
 * @self: a picture
 *
 * Returns: the height in pixels, upright
 */
int
reshoot_tiles_get_height (ReshootTiles *self)
{
  g_return_val_if_fail (RESHOOT_IS_TILES (self), 0);

  return self->height;
}

/**
 * reshoot_tiles_get_n:
 * @self: a picture
 *
 * Returns: how many tiles it has
 */
guint
reshoot_tiles_get_n (ReshootTiles *self)
{
  g_return_val_if_fail (RESHOOT_IS_TILES (self), 0);

  return self->tiles->len;
}

/**
 * reshoot_tiles_get:
 * @self: a picture
 * @index: less than their number
 *
 * Returns: (transfer none): a tile; they come by y and then x
 */
const ReshootTile *
reshoot_tiles_get (ReshootTiles *self,
                   guint         index)
{
  g_return_val_if_fail (RESHOOT_IS_TILES (self), NULL);
  g_return_val_if_fail (index < self->tiles->len, NULL);

  return g_ptr_array_index (self->tiles, index);
}

/**
 * reshoot_tiles_get_size:
 * @self: a picture
 *
 * Returns: what its tiles take together, in bytes
 */
gsize
reshoot_tiles_get_size (ReshootTiles *self)
{
  g_return_val_if_fail (RESHOOT_IS_TILES (self), 0);

  return self->size;
}

/* The picture under the tiles, through the gate. Its digest first, for that says whether the gate's complaint is the
 * picture's own fault or the file's damage. */
ReshootImage *
reshoot_tiles_open_base (ReshootTiles  *self,
                         GCancellable  *cancellable,
                         GError       **error)
{
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GError) refused = NULL;
  g_autofree char *real = NULL;

  if (g_cancellable_set_error_if_cancelled (cancellable, error))
    return NULL;

  image = reshoot_image_new_from_bytes (self->base, self->base_digest, &refused);
  real = image != NULL ? g_strdup (reshoot_image_get_digest (image))
         : g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, self->base);

  if (strcmp (real, self->base_digest) != 0)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "picture", self->base_digest,
                         "the picture's bytes are not what they were");
      return NULL;
    }

  if (image == NULL)
    g_propagate_error (error, g_steal_pointer (&refused));
  else if (self->tiles->len > 0 && (reshoot_image_get_width (image) != self->width
                                    || reshoot_image_get_height (image) != self->height))
    {
      reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "picture", self->name, "the base has another size");
      return NULL;
    }

  return g_steal_pointer (&image);
}

/* The pixels of a tile, with as many bands and bits as @base has. */
VipsImage *
reshoot_tiles_decode (ReshootTiles       *self,
                      const ReshootTile  *tile,
                      VipsImage          *base,
                      GCancellable       *cancellable,
                      GError            **error)
{
  g_autoptr (ReshootImage) image = reshoot_image_new_from_bytes (tile->png, self->name, error);
  g_autoptr (VipsImage) vips = NULL;

  if (image == NULL)
    return NULL;

  if (strcmp (reshoot_image_get_digest (image), tile->digest) != 0)
    {
      set_tile_error (error, self, "is not what it was", tile->digest);
      return NULL;
    }

  if (reshoot_image_get_format (image) == RESHOOT_IMAGE_FORMAT_PNG
      && reshoot_image_get_header (image)->orientation <= 1)
    vips = reshoot_image_decode (image, cancellable, error);
  else
    set_tile_error (error, self, "is no upright PNG", tile->digest);

  if (vips == NULL)
    return NULL;

  if (vips->Xsize == tile->width && vips->Ysize == tile->height && vips->Bands == base->Bands
      && vips->BandFmt == base->BandFmt)
    return g_steal_pointer (&vips);

  set_tile_error (error, self, "does not fit the base", tile->digest);
  return NULL;
}
