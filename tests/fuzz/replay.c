/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Gives a fuzzer every file of a folder, once, as an ordinary test. A harness fails by ending the program. */

#include "fuzz.h"

#include <stdlib.h>

int
main (int    argc,
      char **argv)
{
  g_autoptr (GDir) folder = NULL;
  g_autoptr (GError) error = NULL;
  const char *name;
  guint n = 0;

  g_assert_cmpint (argc, ==, 2);
  folder = g_dir_open (argv[1], 0, &error);
  g_assert_no_error (error);
  LLVMFuzzerInitialize (&argc, &argv);

  while ((name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *path = g_build_filename (argv[1], name, NULL);
      g_autofree char *data = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (path, &data, &length, NULL));
      g_print ("# %s\n", name);
      LLVMFuzzerTestOneInput ((const guint8 *) data, length);
      g_print ("ok %u %s\n", ++n, name);
    }

  g_print ("1..%u\n", n);
  return n > 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
