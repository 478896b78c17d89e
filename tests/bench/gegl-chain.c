/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* GEGL's turn at the studio's chain of edits, for tests/bench/bench-studio: half a stop brighter, warmer, more
 * saturated, the background blurred, cut square around the middle, scaled. The product's matte is given, as large as
 * the picture. Prints its CPU in milliseconds, once everything is loaded, and its peak in MiB.
 * usage: gegl-chain PHOTO MATTE OUT.png */

#include <gegl.h>
#include <sys/resource.h>
#include <time.h>

#define SIDE 4000
#define OUT_SIDE 2000

static double
get_cpu (void)
{
  struct timespec time;

  if (clock_gettime (CLOCK_PROCESS_CPUTIME_ID, &time) != 0)
    return 0;
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static GeglNode *
make_tone (GeglNode   *graph,
           const char *path)
{
  GeglNode *load = gegl_node_new_child (graph, "operation", "gegl:load", "path", path, NULL);
  GeglNode *exposure = gegl_node_new_child (graph, "operation", "gegl:exposure", "exposure", 0.5, NULL);
  GeglNode *warmth = gegl_node_new_child (graph, "operation", "gegl:color-temperature",
                                          "original-temperature", 5800.0, "intended-temperature", 6500.0, NULL);
  GeglNode *colour = gegl_node_new_child (graph, "operation", "gegl:saturation", "scale", 1.2, NULL);

  gegl_node_link_many (load, exposure, warmth, colour, NULL);
  return colour;
}

int
main (int    argc,
      char **argv)
{
  g_autoptr (GeglNode) graph = NULL;
  GeglNode *tone, *matte, *blur, *product, *over, *crop, *scale, *save;
  struct rusage usage;
  double start;

  if (argc != 4)
    return 2;

  gegl_init (NULL, NULL);
  graph = gegl_node_new ();
  start = get_cpu ();
  tone = make_tone (graph, argv[1]);
  matte = gegl_node_new_child (graph, "operation", "gegl:load", "path", argv[2], NULL);
  blur = gegl_node_new_child (graph, "operation", "gegl:gaussian-blur", "std-dev-x", 30.0, "std-dev-y", 30.0, NULL);
  product = gegl_node_new_child (graph, "operation", "gegl:opacity", NULL);
  over = gegl_node_new_child (graph, "operation", "gegl:over", NULL);
  crop = gegl_node_new_child (graph, "operation", "gegl:crop", "x", 1000.0, "y", 0.0,
                              "width", (double) SIDE, "height", (double) SIDE, NULL);
  scale = gegl_node_new_child (graph, "operation", "gegl:scale-size", "x", (double) OUT_SIDE,
                               "y", (double) OUT_SIDE, NULL);
  save = gegl_node_new_child (graph, "operation", "gegl:png-save", "path", argv[3], "compression", 1,
                              "bitdepth", 8, NULL);
  gegl_node_link (tone, blur);
  gegl_node_link (tone, product);
  gegl_node_connect_to (matte, "output", product, "aux");
  gegl_node_link (blur, over);
  gegl_node_connect_to (product, "output", over, "aux");
  gegl_node_link_many (over, crop, scale, save, NULL);
  gegl_node_process (save);

  if (getrusage (RUSAGE_SELF, &usage) != 0)
    return 1;
  g_print ("%.1f %.1f\n", get_cpu () - start, (double) usage.ru_maxrss / 1024);
  return 0;
}
