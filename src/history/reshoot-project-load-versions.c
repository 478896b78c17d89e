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
  "SELECT digest, width, height FROM picture";

static const char select_versions[] =
  "SELECT step, picture, facts, a0, a1, a2, a3, a4, a5 FROM version ORDER BY step, n";

/* How large a picture is, with its digest. */
typedef struct
{
  gint64 width;
  gint64 height;
  char   digest[65];
} Size;

static void
version_clear (gpointer data)
{
  ReshootLoadedVersion *version = data;

  g_free (version->facts);
}

gboolean
reshoot_loading_is_digest (const char *text)
{
  guint n = 0;

  while ((guint8) (text[n] - '0') < 10 || (guint8) (text[n] - 'a') < 6)
    n++;

  return n == 64 && text[n] == '\0';
}

/* A row with no sound digest is found by nobody. */
static gboolean
read_sizes (ReshootDatabase  *database,
            GHashTable       *sizes,
            GError          **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (database, error, select_pictures, "");
  g_autoptr (GError) local = NULL;

  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      const char *digest = reshoot_query_get_text (query, 0);
      Size *size;

      if (digest == NULL || !reshoot_loading_is_digest (digest))
        continue;

      size = g_new (Size, 1);
      memcpy (size->digest, digest, sizeof size->digest);
      size->width = reshoot_query_get_integer (query, 1);
      size->height = reshoot_query_get_integer (query, 2);
      g_hash_table_insert (sizes, size->digest, size);
    }

  if (local == NULL)
    return TRUE;

  g_propagate_error (error, g_steal_pointer (&local));
  return FALSE;
}

static const Size *
find_size (GHashTable *sizes,
           const char *digest)
{
  if (digest == NULL || strlen (digest) != 64)
    return NULL;

  return g_hash_table_lookup (sizes, digest);
}

static ReshootLoadedVersion *
get_last (GArray *versions)
{
  return &g_array_index (versions, ReshootLoadedVersion, versions->len - 1);
}

/* The last version of a step shows: it takes the place of the one before. Of a picture that is not there nothing can
 * be shown. */
static gboolean
read_version (ReshootQuery  *query,
              GHashTable    *sizes,
              GArray        *versions,
              GError       **error)
{
  gint64 step = reshoot_query_get_integer (query, 0);
  const char *facts = reshoot_query_get_text (query, 2);
  const Size *size = find_size (sizes, reshoot_query_get_text (query, 1));
  ReshootLoadedVersion *version;

  if (size == NULL)
    return TRUE;

  if (size->width < 1 || size->width > MAX_SIDE || size->height < 1 || size->height > MAX_SIDE)
    return reshoot_loading_set_bad_step (step, "has no sound picture", error);

  if (facts != NULL && !reshoot_loading_is_json (facts))
    return reshoot_loading_set_bad_step (step, "has facts that are no JSON", error);

  if (versions->len == RESHOOT_LOADING_MAX_STEPS)
    return reshoot_loading_set_too_many (error);

  if (versions->len == 0 || get_last (versions)->step != step)
    g_array_set_size (versions, versions->len + 1);

  version = get_last (versions);
  version->step = step;
  version->width = (int) size->width;
  version->height = (int) size->height;
  memcpy (version->digest, size->digest, sizeof version->digest);
  g_free (version->facts);
  version->facts = g_strdup (facts);
  for (guint i = 0; i < G_N_ELEMENTS (version->affine); i++)
    version->affine[i] = reshoot_query_get_real (query, 3 + i);

  return TRUE;
}

/*
 * reshoot_loading_read_versions:
 * @database: a connection, of this thread alone
 * @error: return location
 *
 * Returns: (transfer full) (element-type ReshootLoadedVersion): what each step shows, in the order of their numbers
 */
GArray *
reshoot_loading_read_versions (ReshootDatabase  *database,
                               GError          **error)
{
  /* Hashed whole: nobody has said yet that a stranger's are digests, and many that begin alike would take for ever. */
  g_autoptr (GHashTable) sizes = g_hash_table_new_full (g_str_hash, g_str_equal, NULL, g_free);
  g_autoptr (GArray) versions = g_array_new (FALSE, TRUE, sizeof (ReshootLoadedVersion));
  g_autoptr (ReshootQuery) query = NULL;
  g_autoptr (GError) local = NULL;

  g_array_set_clear_func (versions, version_clear);
  if (!read_sizes (database, sizes, error))
    return NULL;

  query = reshoot_query_new (database, error, select_versions, "");
  if (query == NULL)
    return NULL;

  while (reshoot_query_next (query, &local))
    if (!read_version (query, sizes, versions, error))
      return NULL;

  if (local == NULL)
    return g_steal_pointer (&versions);

  g_propagate_error (error, g_steal_pointer (&local));
  return NULL;
}
