/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Pictures in tiles that a stranger made. All that can be known is right, digests and all, so that nothing but the one
 * rule that is broken stands in the way: such a picture is an error and the others are shown, no memory is spent on it,
 * and a copy that is saved of a damaged file has it only where it keeps the rules of the list. */

#include <string.h>
#include <sys/resource.h>

#include "reshoot-project-copy.h"
#include "stranger.h"

/* Of the base, in pixels: three squares by two. */
#define WIDTH 600
#define HEIGHT 300

/* What a bomb unfolds to, in bytes. */
#define BOMB (256 * 1024 * 1024)

/* No file of these needs more memory than this, in KiB. */
#define MAX_MEMORY (300 * 1024)

#define NOWHERE "7777777777777777777777777777777777777777777777777777777777777777"

typedef enum
{
  GRAY = 0,
  RGB = 2,
  GRAY_ALPHA = 4,
} Colors;

typedef struct
{
  int    x;
  int    y;
  int    width;
  int    height;
  int    depth;
  Colors colors;
  gsize  inflated;   /* what the PNG's data unfold to, in bytes; 0: as much as it needs */
  gsize  profile;    /* what its colour profile unfolds to; 0: it has none */
} Laid;

typedef struct
{
  const char *name;
  Laid        laid[2];      /* a second one where it has a width */
  const char *base;         /* (nullable): instead of the photo */
  const char *named;        /* (nullable): instead of the digest that the picture has by its tiles */
  const char *sql;          /* (nullable): what is done then */
  gboolean    shows;
  gboolean    keeps_list;   /* a copy of a damaged file has it */
  gboolean    is_damage;    /* by itself */
} Tiling;

static guint32
compute_crc (const guint8 *data,
             gsize         size)
{
  guint32 crc = 0xffffffff;

  for (gsize i = 0; i < size; i++)
    {
      crc ^= data[i];
      for (int bit = 0; bit < 8; bit++)
        crc = crc >> 1 ^ (crc & 1 ? 0xedb88320 : 0);
    }

  return ~crc;
}

static void
append_number (GByteArray *bytes,
               guint32     number)
{
  guint32 big = GUINT32_TO_BE (number);

  g_byte_array_append (bytes, (const guint8 *) &big, sizeof big);
}

static void
append_chunk (GByteArray *png,
              const char *type,
              GByteArray *data)
{
  gsize start = png->len + 4;

  append_number (png, data->len);
  g_byte_array_append (png, (const guint8 *) type, 4);
  g_byte_array_append (png, data->data, data->len);
  append_number (png, compute_crc (png->data + start, png->len - start));
}

/* @size zeros, as PNG packs them, behind what @into has. */
static void
append_zeros (GByteArray *into,
              gsize       size)
{
  g_autoptr (GZlibCompressor) compressor = g_zlib_compressor_new (G_ZLIB_COMPRESSOR_FORMAT_ZLIB, 9);
  static const guint8 zeros[65536];
  guint8 packed[65536];
  GConverterResult result = G_CONVERTER_CONVERTED;

  while (result != G_CONVERTER_FINISHED)
    {
      gsize n = MIN (size, sizeof zeros);
      GConverterFlags flags = n == size ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS;
      gsize n_read = 0;
      gsize n_written = 0;

      result = g_converter_convert (G_CONVERTER (compressor), zeros, n, packed, sizeof packed,
                                    flags, &n_read, &n_written, NULL);
      g_assert_cmpint (result, !=, G_CONVERTER_ERROR);
      g_byte_array_append (into, packed, n_written);
      size -= n_read;
    }
}

static GBytes *
make_png (const Laid *laid)
{
  g_autoptr (GByteArray) png = g_byte_array_new ();
  g_autoptr (GByteArray) header = g_byte_array_new ();
  g_autoptr (GByteArray) data = g_byte_array_new ();
  g_autoptr (GByteArray) nothing = g_byte_array_new ();
  const guint8 details[] = { laid->depth, laid->colors, 0, 0, 0 };
  gsize n_bands = laid->colors == RGB ? 3 : laid->colors == GRAY_ALPHA ? 2 : 1;
  gsize line = 1 + (laid->width * n_bands * laid->depth + 7) / 8;

  g_byte_array_append (png, (const guint8 *) "\x89PNG\r\n\x1a\n", 8);
  append_number (header, laid->width);
  append_number (header, laid->height);
  g_byte_array_append (header, details, sizeof details);
  append_chunk (png, "IHDR", header);
  if (laid->profile > 0)
    {
      g_autoptr (GByteArray) profile = g_byte_array_new ();

      g_byte_array_append (profile, (const guint8 *) "p\0", 3);
      append_zeros (profile, laid->profile);
      append_chunk (png, "iCCP", profile);
    }

  append_zeros (data, laid->inflated > 0 ? laid->inflated : line * laid->height);
  append_chunk (png, "IDAT", data);
  append_chunk (png, "IEND", nothing);
  return g_byte_array_free_to_bytes (g_steal_pointer (&png));
}

static GFile *
make_file (char **photo)
{
  GFile *file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) image = history_make_picture (1, WIDTH, HEIGHT);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootStep *original = history_add_original (project, image, "photo");

  *photo = g_strdup (reshoot_step_get_digest (original));
  history_add_edit (project, original, 3);
  history_close (project);
  return file;
}

static void
add_tile (sqlite3 *database,
          int      number,
          GBytes  *png)
{
  g_autofree char *digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, png);
  sqlite3_stmt *statement = NULL;

  sqlite3_prepare_v2 (database, "INSERT INTO tile (id, digest, data) VALUES (?, ?, ?)", -1, &statement, NULL);
  sqlite3_bind_int (statement, 1, number);
  sqlite3_bind_text (statement, 2, digest, -1, SQLITE_TRANSIENT);
  sqlite3_bind_blob (statement, 3, g_bytes_get_data (png, NULL), (int) g_bytes_get_size (png),
                     SQLITE_TRANSIENT);
  g_assert_cmpint (sqlite3_step (statement), ==, SQLITE_DONE);
  sqlite3_finalize (statement);
}

/* What the second step shows is a picture of tiles now. */
static void
plant (GFile        *file,
       const Tiling *tiling,
       const char   *photo)
{
  sqlite3 *database = stranger_open_sql (file);
  const char *base = tiling->base != NULL ? tiling->base : photo;
  g_autoptr (GString) list = g_string_new (NULL);
  g_autoptr (GString) sql = g_string_new ("PRAGMA foreign_keys = OFF;");
  g_autofree char *digest = NULL;

  g_string_append_printf (list, "reshoot-tiles 1\n%s\n%d %d\n", base, WIDTH, HEIGHT);
  for (int i = 0; i < 2 && tiling->laid[i].width > 0; i++)
    {
      const Laid *laid = &tiling->laid[i];
      g_autoptr (GBytes) png = make_png (laid);
      g_autofree char *name = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, png);

      add_tile (database, i + 1, png);
      g_string_append_printf (list, "%d %d %s\n", laid->x, laid->y, name);
      g_string_append_printf (sql, "INSERT INTO picture_tile VALUES (1, %d, %d, %d);", laid->y, laid->x, i + 1);
    }

  digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, list->str, -1);
  g_string_append_printf (sql,
                          "INSERT INTO picture SELECT '%1$s', 'tiles', %2$d, %3$d,"
                          "  ifnull (sum (length (data)), 1) FROM tile;"
                          "INSERT INTO tiling VALUES (1, '%1$s', '%4$s');"
                          "UPDATE version SET picture = '%1$s' WHERE step = 2;",
                          tiling->named != NULL ? tiling->named : digest, WIDTH, HEIGHT, base);
  sqlite3_close (database);
  stranger_change (file, sql->str);
  if (tiling->sql != NULL)
    stranger_change (file, tiling->sql);
}

static glong
get_memory (void)
{
  struct rusage usage;

  getrusage (RUSAGE_SELF, &usage);
  return usage.ru_maxrss;
}

static gboolean
is_shown (ReshootProject *project,
          gint64          id)
{
  ReshootStep *step = reshoot_history_get_step (reshoot_project_get_history (project), id);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = history_try_load (project, step, RESHOOT_PICTURE_SHOWN, &error);

  if (image == NULL)
    {
      g_test_message ("%s", error->message);
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
    }

  return image != NULL;
}

static void
test_tiling (gconstpointer data)
{
  const Tiling *tiling = data;
  g_autofree char *photo = NULL;
  g_autoptr (GFile) file = make_file (&photo);
  const ReshootDamage *damage;
  ReshootProject *project;
  glong before = get_memory ();

  plant (file, tiling, photo);
  project = history_open (file, RESHOOT_PROJECT_READ_ONLY);
  g_assert_cmpint (reshoot_project_get_damage (project) != NULL, ==, tiling->is_damage);
  g_assert_true (is_shown (project, 1));
  g_assert_true (tiling->is_damage || is_shown (project, 2) == tiling->shows);
  stranger_look_around (project);
  stranger_check_copy (project, file);
  history_close (project);

  /* The same in a file that is damaged elsewhere; the copy is checked against all the rules. */
  stranger_change (file, "UPDATE job SET state = 'dancing' WHERE step = 2");
  project = history_open (file, RESHOOT_PROJECT_OPEN);
  damage = reshoot_project_get_damage (project);
  g_assert_nonnull (damage);
  g_assert_true (is_shown (project, 1));
  if (tiling->keeps_list)
    g_assert_cmpuint (damage->n_pictures, ==, 0);
  else
    g_assert_cmpuint (damage->n_pictures, >, 0);
  stranger_check_copy (project, file);
  history_close (project);
  history_remove (file);

#ifndef __SANITIZE_ADDRESS__
  g_assert_cmpint (get_memory () - before, <, MAX_MEMORY);
#else
  g_assert_cmpint (before, >, 0);
#endif
}

static const Tiling tilings[] = {
  { "nothing wrong", { { 10, 10, 100, 90, 8 }, { 300, 10, 256 - 44, 256 - 10, 8 } }, .shows = TRUE,
    .keeps_list = TRUE },
  { "two in a square", { { 10, 10, 100, 100, 8 }, { 50, 50, 100, 90, 8 } } },
  { "across squares", { { 200, 10, 100, 100, 8 } } },
  { "outside", { { 580, 10, 100, 100, 8 } } },
  { "far outside", { { 1 << 30, 1 << 30, 100, 100, 8 } } },
  { "before the beginning", { { -50, -50, 100, 100, 8 } }, .is_damage = TRUE },
  { "no tiles", { { 0 } } },
  { "a tile that is gone", { { 10, 10, 100, 100, 8 } }, .sql = "DELETE FROM tile" },
  { "a tile that nobody has", { { 10, 10, 100, 100, 8 } }, .sql = "UPDATE picture_tile SET tile = 99" },

  /* What is saved is known by what it is. */
  { "a tile under another name", { { 10, 10, 100, 100, 8 } }, .keeps_list = TRUE,
    .sql = "UPDATE tile SET digest = '" NOWHERE "'" },
  { "tiles under another name", { { 10, 10, 100, 100, 8 } }, .named = NOWHERE },
  { "a base that is nowhere", { { 10, 10, 100, 100, 8 } }, .base = NOWHERE },
  { "a base that is itself", { { 10, 10, 100, 100, 8 } }, .base = NOWHERE, .named = NOWHERE,
    .is_damage = TRUE },
  { "a base of tiles", { { 10, 10, 100, 100, 8 } },
    .sql = "INSERT INTO picture SELECT '" NOWHERE "', format, width, height, size FROM picture WHERE format = 'tiles';"
           "INSERT INTO tiling SELECT 2, '" NOWHERE "', picture FROM tiling;"
           "INSERT INTO picture_tile SELECT 2, y, x, tile FROM picture_tile;"
           "UPDATE version SET picture = '" NOWHERE "' WHERE step = 2" },
  { "65,000 pixels a side", { { 10, 10, 100, 100, 8 } }, .keeps_list = TRUE,
    .sql = "UPDATE picture SET width = 65000, height = 65000" },
  { "colour on grey", { { 10, 10, 100, 100, 8, RGB } }, .shows = TRUE, .keeps_list = TRUE },
  { "transparency on none", { { 10, 10, 100, 100, 8, GRAY_ALPHA } }, .keeps_list = TRUE },
  { "sixteen bits on eight", { { 10, 10, 100, 100, 16 } }, .keeps_list = TRUE },
  { "cut short", { { 10, 10, 100, 100, 8, GRAY, 100 } }, .keeps_list = TRUE },
  { "a bomb of pixels", { { 10, 10, 60000, 60000, 8, GRAY, BOMB } } },
  { "a bomb of data", { { 10, 10, 100, 100, 8, GRAY, BOMB } }, .shows = TRUE, .keeps_list = TRUE },
  { "a bomb of a profile", { { 10, 10, 100, 100, 8, GRAY, 0, BOMB } }, .shows = TRUE,
    .keeps_list = TRUE },
};

int
main (int    argc,
      char **argv)
{
  /* In memory where there is such a place, for a disk would only slow us down. */
  if (g_file_test ("/dev/shm", G_FILE_TEST_IS_DIR))
    g_setenv ("TMPDIR", "/dev/shm", TRUE);

  reshoot_test_init (&argc, &argv);

  /* libvips warns of foreign pictures that are damaged. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  for (guint i = 0; i < G_N_ELEMENTS (tilings); i++)
    {
      g_autofree char *path = g_strdup_printf ("/strange-tiles/%s", tilings[i].name);

      g_strdelimit (path, " ,", '-');
      g_test_add_data_func (path, &tilings[i], test_tiling);
    }

  return g_test_run ();
}
