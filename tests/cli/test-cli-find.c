/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot find`: over all projects and in one, by words and by a picture; and that neither a home that cannot be
 * written nor an index that is damaged keeps anyone from editing and finding. */

#include "reshoot-run.h"
#include "reshoot-test.h"

#include <glib/gstdio.h>
#include <string.h>

#define INDEX ".local/share/reshoot/index.sqlite"

static void
edit (Place      *place,
      const char *sample,
      const char *words,
      const char *project)
{
  g_autofree char *path = reshoot_test_sample (sample);
  g_autoptr (Run) run = place_run (place, "edit", path, "-i", words, "--project", project, NULL);

  run_assert_done (run);
}

static void
assert_found (Place      *place,
              const char *words,
              const char *project,
              int         number)
{
  g_autoptr (Run) run = place_run (place, "find", words, NULL);
  g_autofree char *expected = g_strdup_printf ("%s, step %d: ", project, number);

  run_assert_done (run);
  g_assert_nonnull (strstr (run->out, expected));
  g_assert_true (strchr (run->out, '\n') == run->out + strlen (run->out) - 1);
}

static void
assert_not_found (Place      *place,
                  const char *words)
{
  g_autoptr (Run) run = place_run (place, "find", words, NULL);

  run_assert_failed (run, 1);
  g_assert_cmpstr (run->out, ==, "");
}

static void
test_words (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");
  g_autofree char *b = place_path (place, "b.reshoot");
  g_autoptr (Run) temporary = NULL;
  g_autoptr (Run) json = NULL;
  g_autoptr (Run) inside = NULL;
  g_autoptr (Run) outside = NULL;
  g_autoptr (Run) bad = NULL;
  g_autoptr (Run) missing = NULL;
  g_autoptr (GPtrArray) hits = NULL;
  JsonObject *hit;

  assert_not_found (place, "warmer");
  edit (place, "mug.jpg", "warmer", "a.reshoot");
  edit (place, "shoe.jpg", "crop square", "b.reshoot");
  temporary = place_run (place, "edit", mug, "-i", "darker", "-o", "out.png", NULL);
  run_assert_done (temporary);

  assert_found (place, "WARM", "a.reshoot", 2);
  assert_found (place, "square crop", "b.reshoot", 2);
  assert_not_found (place, "darker");
  assert_not_found (place, "warmer square");

  json = place_run (place, "find", "square", "is:done", "model:studio", "--json", NULL);
  run_assert_done (json);
  hits = run_parse_lines (json);
  g_assert_cmpuint (hits->len, ==, 1);
  hit = json_node_get_object (hits->pdata[0]);
  g_assert_cmpstr (json_object_get_string_member (hit, "project"), ==, b);
  g_assert_cmpint (json_object_get_int_member (hit, "id"), ==, 2);
  g_assert_cmpstr (json_object_get_string_member (hit, "instruction"), ==, "crop square");
  g_assert_true (g_uuid_string_is_valid (json_object_get_string_member (hit, "uuid")));
  g_assert_true (g_uuid_string_is_valid (json_object_get_string_member (hit, "project_uuid")));

  inside = place_run (place, "find", "warmer", "--project", "a.reshoot", NULL);
  run_assert_done (inside);
  outside = place_run (place, "find", "warmer", "--project", "b.reshoot", NULL);
  run_assert_failed (outside, 1);
  bad = place_run (place, "find", "rating:9", NULL);
  run_assert_failed (bad, 2);
  missing = place_run (place, "find", "warmer", "--project", "nothing.reshoot", NULL);
  run_assert_failed (missing, 2);
}

/* Whatever the format and the name, and though the bytes are others: by what is written in it. Where nothing is, by the
 * bytes that the ledger tells of. */
static void
test_picture (void)
{
  static const char *const names[] = { "out.png", "out.jpg", "out.webp", "out.tif" };
  g_autoptr (Place) place = place_new ();
  g_autofree char *mug = reshoot_test_sample ("mug.jpg");
  g_autofree char *shoe = reshoot_test_sample ("shoe.jpg");
  g_autoptr (Run) missing = NULL;
  g_autoptr (Run) foreign = NULL;
  g_autofree char *index = place_path (place, INDEX);
  g_autofree char *project = place_path (place, "a.reshoot");

  edit (place, "mug.jpg", "crop square", "a.reshoot");
  for (guint i = 0; i < 2 * G_N_ELEMENTS (names); i++)
    {
      const char *name = names[i / 2];
      g_autoptr (Run) export = place_run (place, "export", "a.reshoot", "-o", name,
                                          i % 2 == 0 ? NULL : "--private", NULL);

      run_assert_done (export);
      assert_found (place, name, "a.reshoot", 2);
    }

  assert_found (place, mug, "a.reshoot", 1);
  assert_not_found (place, shoe);
  missing = place_run (place, "find", "nothing.png", NULL);
  run_assert_failed (missing, 2);

  /* What is written in a picture is told, also where its project is not known. */
  {
    g_autoptr (Run) export = place_run (place, "export", "a.reshoot", "-o", "out.png", NULL);

    run_assert_done (export);
  }
  g_assert_cmpint (g_unlink (index), ==, 0);
  g_assert_cmpint (g_unlink (project), ==, 0);
  foreign = place_run (place, "find", "out.png", NULL);
  run_assert_failed (foreign, 1);
  g_assert_nonnull (strstr (foreign->err, "step 2 ("));
}

/* A home that can only be read: what was known is found, and nothing is in the way of an edit. */
static void
test_read_only_home (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *data = place_path (place, ".local/share/reshoot");
  g_autofree char *index = place_path (place, INDEX);

  edit (place, "mug.jpg", "warmer", "a.reshoot");
  g_assert_cmpint (g_chmod (index, 0400), ==, 0);
  g_assert_cmpint (g_chmod (data, 0500), ==, 0);
  assert_found (place, "warmer", "a.reshoot", 2);
  edit (place, "shoe.jpg", "crop square", "b.reshoot");
  assert_not_found (place, "square");
  {
    g_autoptr (Run) inside = place_run (place, "find", "square", "--project", "b.reshoot", NULL);

    run_assert_done (inside);
  }
  g_assert_cmpint (g_chmod (data, 0700), ==, 0);
}

static void
test_no_home (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (Run) inside = NULL;

  place_set (place, "HOME", "/proc/nowhere");
  place_set (place, "XDG_DATA_HOME", "/proc/nowhere/share");
  edit (place, "mug.jpg", "warmer", "a.reshoot");
  assert_not_found (place, "warmer");
  inside = place_run (place, "find", "warmer", "--project", "a.reshoot", NULL);
  run_assert_done (inside);
}

static void
test_damaged_index (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *index = place_path (place, INDEX);

  edit (place, "mug.jpg", "warmer", "a.reshoot");
  g_assert_true (g_file_set_contents (index, "This is no index.", -1, NULL));
  edit (place, "shoe.jpg", "crop square", "b.reshoot");
  assert_found (place, "square", "b.reshoot", 2);
  assert_not_found (place, "warmer");
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/cli-find/words", test_words);
  g_test_add_func ("/cli-find/picture", test_picture);
  g_test_add_func ("/cli-find/read-only-home", test_read_only_home);
  g_test_add_func ("/cli-find/no-home", test_no_home);
  g_test_add_func ("/cli-find/damaged-index", test_damaged_index);

  return g_test_run ();
}
