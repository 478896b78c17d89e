/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The younger flavour of Midjourney Proxy, across the fake cloud. */

#include "cloud-scene.h"
#include "fake-vendors.h"

static const CloudVendor trueai = {
  .provider = "mjproxy", .model = "mjproxy/midjourney", .key = "MJ_PROXY_SECRET", .add = fake_mjproxy_add_trueai,
  .cancels = TRUE, .empty_is_gone = TRUE, .unknown_fates = "refuse-output",
};

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  cloud_scene_add_tests (&trueai);

  return g_test_run ();
}
