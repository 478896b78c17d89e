/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Atlas Cloud across the fake cloud. */

#include "cloud-scene.h"
#include "fake-vendors.h"

static const CloudVendor vendor = {
  .provider = "atlascloud", .model = "atlascloud/flux-kontext-dev", .key = "ATLASCLOUD_API_KEY",
  .add = fake_atlascloud_add, .uploads = TRUE, .doubts_503 = TRUE,
};

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  cloud_scene_add_tests (&vendor);
  return g_test_run ();
}
