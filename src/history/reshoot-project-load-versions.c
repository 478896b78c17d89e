/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From rows to what the steps show. It takes as long as reading the steps themselves, so it is done beside that where
 * there is a second connection, and put together at the end. No object of the model is touched here. */

#include "reshoot-project-load-private.h"

#include <string.h>

/* In pixels, as the gate of pictures has it. */
#define MAX_SIDE 65500

/* The pictures are in the order of their digests and the versions in that of their steps: two walks and a table of
 * our own are quicker than a search for each. */
static const char select_pictures[] =
  "SELECT 1 FROM picture WHERE NOT walk (digest, width, height)";

enum
{
  COLUMN_STEP,
  COLUMN_PICTURE,
  COLUMN_FACTS,
  COLUMN_AFFINE,   /* of six */
};

static const char select_versions[] =
  "SELECT 1 FROM version WHERE NOT walk (step, picture, facts, a0, a1, a2, a3, a4, a5) ORDER BY step, n";

/* The bits of a digest that say where to look for it. */
#define PREFIX_BITS 12
#define N_PREFIXES  (1 << PREFIX_BITS)

/* How large a picture is. */
typedef struct
{
  guint64 digest[4];
  gint32  width;    /* 0: it is no sound picture */
  gint32  height;
} Size;

/* Sorted by their digests, so that those that begin alike stand together: however many a stranger makes of these, a
 * search halves them. */
struct _ReshootSizes
{
  GArray *sizes;                    /* (owned): of Size */
  guint   starts[N_PREFIXES + 1];   /* where those with each prefix begin */
};

/* In each byte. */
#define ONES G_GUINT64_CONSTANT (0x0101010101010101)
#define TOPS (ONES * 0x80)

static void
version_clear (gpointer data)
{
  ReshootLoadedVersion *version = data;

  g_clear_pointer (&version->shown, reshoot_shown_free);
}

/* The top bits of those bytes of @word that are not less than @byte; all of them are ASCII. */
static guint64
find_at_least (guint64 word,
               guint8  byte)
{
  return (word + ONES * (0x80 - byte)) & TOPS;
}

/* Eight digits at once, for every picture has 64 and every step again. */
static gboolean
read_digits (const char *text,
             guint64    *number)
{
  guint64 word;
  guint64 digits;
  guint64 letters;

  memcpy (&word, text, sizeof word);
  if ((word & TOPS) != 0)
    return FALSE;

  digits = find_at_least (word, '0') & ~find_at_least (word, '9' + 1);
  letters = find_at_least (word, 'a') & ~find_at_least (word, 'f' + 1);
  if ((digits | letters) != TOPS)
    return FALSE;

  word = GUINT64_FROM_BE ((word & ONES * 0x0f) + (letters >> 7) * 9);
  word = (word | word >> 4) & G_GUINT64_CONSTANT (0x00ff00ff00ff00ff);
  word = (word | word >> 8) & G_GUINT64_CONSTANT (0x0000ffff0000ffff);
  *number = (word | word >> 16) & G_GUINT64_CONSTANT (0x00000000ffffffff);
  return TRUE;
}

static gboolean
read_digest (const char *text,
             guint64     digest[4])
{
  gboolean is_digest = strnlen (text, 65) == 64;

  for (guint i = 0; i < 4 && is_digest; i++)
    {
      guint64 high;
      guint64 low;

      is_digest = read_digits (text + 16 * i, &high) && read_digits (text + 16 * i + 8, &low);
      if (is_digest)
        digest[i] = high << 32 | low;
    }

  return is_digest;
}

gboolean
reshoot_loading_is_digest (const char *text)
{
  guint64 digest[4];

  return read_digest (text, digest);
}

static int
compare_sizes (gconstpointer a,
               gconstpointer b)
{
  const Size *size_a = a;
  const Size *size_b = b;

  for (guint i = 0; i < G_N_ELEMENTS (size_a->digest); i++)
    if (size_a->digest[i] != size_b->digest[i])
      return size_a->digest[i] < size_b->digest[i] ? -1 : 1;

  return 0;
}

static guint
get_prefix (const Size *size)
{
  return (guint) (size->digest[0] >> (64 - PREFIX_BITS));
}

void
reshoot_sizes_free (ReshootSizes *self)
{
  g_array_unref (self->sizes);
  g_free (self);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootSizes, reshoot_sizes_free)

static const Size *
sizes_find (ReshootSizes *self,
            const char   *digest)
{
  Size wanted;
  guint first;
  guint end;

  if (digest == NULL || !read_digest (digest, wanted.digest))
    return NULL;

  first = self->starts[get_prefix (&wanted)];
  end = self->starts[get_prefix (&wanted) + 1];
  while (first < end)
    {
      guint middle = first + (end - first) / 2;
      const Size *size = &g_array_index (self->sizes, Size, middle);
      int order = compare_sizes (size, &wanted);

      if (order == 0)
        return size;

      if (order < 0)
        first = middle + 1;
      else
        end = middle;
    }

  return NULL;
}

/* The table is sorted by what is its key, unless it is damaged. */
static void
sizes_sort (ReshootSizes *self)
{
  const Size *sizes = (const Size *) self->sizes->data;
  gboolean is_sorted = TRUE;

  for (guint i = 1; i < self->sizes->len && is_sorted; i++)
    is_sorted = compare_sizes (&sizes[i - 1], &sizes[i]) <= 0;

  if (!is_sorted)
    g_array_sort (self->sizes, compare_sizes);

  for (guint i = 0; i < self->sizes->len; i++)
    self->starts[get_prefix (&sizes[i]) + 1]++;

  for (guint i = 0; i < N_PREFIXES; i++)
    self->starts[i + 1] += self->starts[i];
}

/* A row with no sound digest is found by nobody. */
static gboolean
visit_picture (ReshootQuery  *row,
               gpointer       user_data,
               GError       **error)
{
  ReshootSizes *sizes = user_data;
  const char *digest = reshoot_query_get_text (row, 0);
  gint64 width = reshoot_query_get_integer (row, 1);
  gint64 height = reshoot_query_get_integer (row, 2);
  Size size = { .width = 0, .height = 0 };

  if (digest == NULL || !read_digest (digest, size.digest))
    return TRUE;

  if (width >= 1 && width <= MAX_SIDE && height >= 1 && height <= MAX_SIDE)
    {
      size.width = (gint32) width;
      size.height = (gint32) height;
    }

  g_array_append_val (sizes->sizes, size);
  return TRUE;
}

/*
 * reshoot_loading_read_sizes:
 * @database: a connection, of this thread alone
 * @error: return location
 *
 * Returns: (transfer full): how large the pictures are, or %NULL
 */
ReshootSizes *
reshoot_loading_read_sizes (ReshootDatabase  *database,
                            GError          **error)
{
  g_autoptr (ReshootSizes) self = g_new0 (ReshootSizes, 1);

  self->sizes = g_array_new (FALSE, FALSE, sizeof (Size));
  if (!reshoot_database_walk (database, select_pictures, visit_picture, self, error))
    return NULL;

  sizes_sort (self);
  return g_steal_pointer (&self);
}

typedef struct
{
  GArray       *versions;      /* (unowned): of ReshootLoadedVersion */
  ReshootSizes *sizes;         /* (unowned) */
  gboolean      looks_later;
} Reading;

static ReshootLoadedVersion *
get_last (GArray *versions)
{
  return &g_array_index (versions, ReshootLoadedVersion, versions->len - 1);
}

/* The last version of a step shows: it takes the place of the one before. Of a picture that is not there nothing can
 * be shown. */
static gboolean
visit_version (ReshootQuery  *row,
               gpointer       user_data,
               GError       **error)
{
  Reading *reading = user_data;
  GArray *versions = reading->versions;
  gint64 step = reshoot_query_get_integer (row, COLUMN_STEP);
  const char *digest = reshoot_query_get_text (row, COLUMN_PICTURE);
  const char *facts = reshoot_query_get_text (row, COLUMN_FACTS);
  const Size *size = sizes_find (reading->sizes, digest);
  ReshootLoadedVersion version = { .step = step };
  double affine[6];

  if (size == NULL)
    return TRUE;

  if (size->width == 0)
    return reshoot_loading_set_bad_step (step, "has no sound picture", error);

  if (facts != NULL && !(reading->looks_later && reshoot_loading_is_short (facts)) &&
      !reshoot_loading_is_json (facts))
    return reshoot_loading_set_bad_step (step, "has facts that are no JSON", error);

  if (versions->len == RESHOOT_LOADING_MAX_STEPS)
    return reshoot_loading_set_too_many (error);

  for (guint i = 0; i < G_N_ELEMENTS (affine); i++)
    affine[i] = reshoot_query_get_real (row, COLUMN_AFFINE + (int) i);

  version.shown = reshoot_shown_new (digest, size->width, size->height, affine, facts);
  if (versions->len > 0 && get_last (versions)->step == step)
    g_array_set_size (versions, versions->len - 1);

  g_array_append_val (versions, version);
  return TRUE;
}

/*
 * reshoot_loading_read_versions:
 * @database: a connection, of this thread alone
 * @sizes: of the pictures
 * @looks_later: whether what is known of the pictures is left to reshoot_project_look()
 * @error: return location
 *
 * Returns: (transfer full) (element-type ReshootLoadedVersion): what each step shows, in the order of their numbers
 */
GArray *
reshoot_loading_read_versions (ReshootDatabase  *database,
                               ReshootSizes     *sizes,
                               gboolean          looks_later,
                               GError          **error)
{
  g_autoptr (GArray) versions = g_array_new (FALSE, TRUE, sizeof (ReshootLoadedVersion));
  Reading reading = { versions, sizes, looks_later };

  g_array_set_clear_func (versions, version_clear);
  if (!reshoot_database_walk (database, select_versions, visit_version, &reading, error))
    return NULL;

  return g_steal_pointer (&versions);
}
