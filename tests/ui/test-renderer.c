/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who draws: the environment before the person before what is found. */

#include "reshoot-renderer.h"

#include "reshoot-test.h"

#include <glib/gstdio.h>

static void
test_choose (void)
{
  static const struct
  {
    const char *environment;
    const char *preference;
    gboolean    has_gpu;
    const char *expected;
  } cases[] = {
    { NULL, "automatic", FALSE, "cairo" },
    { NULL, "automatic", TRUE, NULL },
    { "", "automatic", FALSE, "cairo" },
    { NULL, "cairo", TRUE, "cairo" },
    { NULL, "gl", FALSE, "gl" },
    { "gl", "automatic", FALSE, NULL },
    { "gl", "cairo", FALSE, NULL },
    { "cairo", "gl", TRUE, NULL },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpstr (reshoot_renderer_choose (cases[i].environment, cases[i].preference,
                                              cases[i].has_gpu), ==, cases[i].expected);
}

/* A card that only shows is none, nor is a folder that is not there. */
static void
test_find_gpu (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("renderD128");
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GFile) card = g_file_get_child (folder, "card0");
  g_autofree char *path = g_file_get_path (folder);
  g_autofree char *missing = g_build_filename (path, "missing", NULL);

  g_assert_false (reshoot_renderer_find_gpu (missing));
  g_file_replace_contents (card, "", 0, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL);
  g_assert_false (reshoot_renderer_find_gpu (path));
  g_file_replace_contents (file, "", 0, NULL, FALSE, G_FILE_CREATE_NONE, NULL, NULL, NULL);
  g_assert_true (reshoot_renderer_find_gpu (path));

  g_file_delete (card, NULL, NULL);
  g_file_delete (file, NULL, NULL);
  g_file_delete (folder, NULL, NULL);
}

/* Which of the two the GTK of the day has for it. */
static const char *
get_without_gl (void)
{
  const char *debug = g_getenv ("GDK_DEBUG");

  return debug != NULL ? debug : g_getenv ("GDK_DISABLE");
}

/* Where cairo draws, GTK starts without OpenGL, and nobody else is told. */
static void
test_without_gl (void)
{
  g_unsetenv ("GDK_DEBUG");
  g_unsetenv ("GDK_DISABLE");

  g_setenv ("GSK_RENDERER", "gl", TRUE);
  reshoot_renderer_set_up ();
  g_assert_null (get_without_gl ());

  g_setenv ("GSK_RENDERER", "cairo", TRUE);
  reshoot_renderer_set_up ();
  g_assert_nonnull (get_without_gl ());
  reshoot_renderer_clean_up ();
  g_assert_null (get_without_gl ());

  g_setenv ("GDK_DEBUG", "events", TRUE);
  g_setenv ("GDK_DISABLE", "vulkan", TRUE);
  reshoot_renderer_set_up ();
  reshoot_renderer_clean_up ();
  g_assert_cmpstr (g_getenv ("GDK_DEBUG"), ==, "events");
  g_assert_cmpstr (g_getenv ("GDK_DISABLE"), ==, "vulkan");
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/renderer/choose", test_choose);
  g_test_add_func ("/renderer/find-gpu", test_find_gpu);
  g_test_add_func ("/renderer/without-gl", test_without_gl);

  return g_test_run ();
}
