/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The tables' words: what stands in files does not change without a version of its own, and the digest by which most
 * files are known at once is that of these words. */

#include "history-support.h"
#include "reshoot-project-schema.h"

static char *
dup_digest (ReshootDatabase *database)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *words = reshoot_schema_dup_words (database, &error);

  g_assert_no_error (error);
  return g_compute_checksum_for_string (G_CHECKSUM_SHA256, words, -1);
}

static ReshootDatabase *
open_fixture (gint64 version)
{
  g_autofree char *name = g_strdup_printf ("projects/v%" G_GINT64_FORMAT ".reshoot", version);
  g_autofree char *path = reshoot_test_data_path (name);
  g_autofree char *absolute = g_canonicalize_filename (path, NULL);
  const ReshootDatabaseFlags flags = RESHOOT_DATABASE_READ_ONLY | RESHOOT_DATABASE_IMMUTABLE;
  g_autoptr (GError) error = NULL;
  ReshootDatabase *database;

  database = reshoot_database_open (absolute, flags, &error);
  g_assert_no_error (error);
  return database;
}

static ReshootDatabase *
make_newest (void)
{
  g_autoptr (GError) error = NULL;
  ReshootDatabase *database = reshoot_database_open (":memory:", 0, &error);

  g_assert_no_error (error);
  g_assert_true (reshoot_schema_migrate (database, &error));
  g_assert_no_error (error);
  return database;
}

/* With another digest every opening would make all tables again to see their words. */
static void
test_digest (void)
{
  g_autoptr (ReshootDatabase) database = make_newest ();
  g_autofree char *digest = dup_digest (database);

  g_assert_cmpstr (digest, ==, RESHOOT_SCHEMA_DIGEST);
}

/* The files of each version are out there: what leads to it gives their words for ever. */
static void
test_versions (void)
{
  g_autoptr (ReshootDatabase) model = reshoot_database_open (":memory:", 0, NULL);

  for (gint64 version = 1; version <= RESHOOT_SCHEMA_NEWEST; version++)
    {
      g_autoptr (ReshootDatabase) fixture = open_fixture (version);
      g_autoptr (GError) error = NULL;
      g_autofree char *theirs = reshoot_schema_dup_words (fixture, &error);
      g_autofree char *ours = NULL;
      const char *script = reshoot_schema_get_migration (version - 1);

      g_assert_no_error (error);
      g_assert_true (reshoot_database_execute (model, script, &error));
      g_assert_no_error (error);
      ours = reshoot_schema_dup_words (model, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (ours, ==, theirs);
    }

  g_assert_null (reshoot_schema_get_migration (RESHOOT_SCHEMA_NEWEST));
}

/* A file whose words are not those of the digest is looked at word by word, and refused. */
static void
test_other_words (void)
{
  g_autoptr (ReshootDatabase) database = make_newest ();
  g_autoptr (GError) error = NULL;

  g_assert_true (reshoot_schema_check_words (database, &error));
  g_assert_no_error (error);
  g_assert_true (reshoot_database_execute (database, "ALTER TABLE visit ADD COLUMN more TEXT", &error));
  g_assert_false (reshoot_schema_check_words (database, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "schema");
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/schema/digest", test_digest);
  g_test_add_func ("/schema/versions", test_versions);
  g_test_add_func ("/schema/other-words", test_other_words);

  return g_test_run ();
}
