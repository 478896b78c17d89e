/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* fal's queue across the fake cloud. */

#include "cloud-scene.h"
#include "fake-vendors.h"

static const CloudVendor vendor = {
  .provider = "fal", .model = "fal/flux-kontext-dev", .key = "FAL_KEY", .add = fake_fal_add,
  .uploads = TRUE, .cancels = TRUE,
};

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  cloud_scene_add_tests (&vendor);
  return g_test_run ();
}
