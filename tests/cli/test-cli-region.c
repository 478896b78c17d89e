/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A region from end to end: what it leaves out keeps its bits, with the studio and with a service that changes all of
 * the picture; the service's own reply is kept beside it. */

#include "reshoot-fake-server.h"
#include "reshoot-image-vips.h"
#include "reshoot-run.h"
#include "reshoot-test.h"

#include <string.h>

#define MODEL "bfl/flux-kontext-pro"

/* Of the sample, which is larger. */
#define PART "200,300,400,200"
#define LEFT   200
#define TOP    300
#define RIGHT  600
#define BOTTOM 500

static VipsImage *
load_pixels (const char *path)
{
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = NULL;
  VipsImage *vips;

  reshoot_image_load_async (file, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  image = reshoot_image_load_finish (result, &error);
  g_assert_no_error (error);
  vips = reshoot_image_dup_vips (image, &error);
  g_assert_no_error (error);
  return vips;
}

/* Every pixel outside the region is the same, most inside are not. */
static void
assert_region (const char *before,
               const char *after)
{
  g_autoptr (VipsImage) a = load_pixels (before);
  g_autoptr (VipsImage) b = load_pixels (after);
  int changed = 0;

  g_assert_cmpint (a->Xsize, ==, b->Xsize);
  g_assert_cmpint (a->Ysize, ==, b->Ysize);
  g_assert_cmpint (a->Bands, ==, b->Bands);
  for (int y = 0; y < a->Ysize; y++)
    for (int x = 0; x < a->Xsize; x++)
      {
        gboolean inside = x >= LEFT && x < RIGHT && y >= TOP && y < BOTTOM;
        gboolean same;

        same = memcmp (VIPS_IMAGE_ADDR (a, x, y), VIPS_IMAGE_ADDR (b, x, y), a->Bands) == 0;
        g_assert_true (inside || same);
        changed += !same;
      }

  g_assert_cmpint (changed, >, (RIGHT - LEFT) * (BOTTOM - TOP) * 3 / 4);
}

static void
test_studio (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *sample = reshoot_test_sample ("mug.jpg");
  g_autofree char *out = place_path (place, "out.png");
  g_autoptr (Run) run = place_run (place, "edit", sample, "-i", "much brighter", "-i", "warmer", "--region", PART,
                                   "--project", "a.reshoot", "-o", "out.png", NULL);
  g_autoptr (Run) verify = place_run (place, "verify", "a.reshoot", NULL);
  g_autoptr (Run) show = place_run (place, "show", "a.reshoot", "2", "--json", NULL);

  run_assert_done (run);
  run_assert_done (verify);
  run_assert_done (show);
  assert_region (sample, out);
}

/* It sends back another picture of another size: only the region of it shows. */
static void
test_service (void)
{
  g_autoptr (Place) place = place_new ();
  g_autoptr (ReshootFakeServer) server = reshoot_fake_server_new ();
  const char *uri = reshoot_fake_server_get_uri (server);
  g_autofree char *sample = reshoot_test_sample ("mug.jpg");
  g_autofree char *other = reshoot_test_sample ("shoe.jpg");
  g_autofree char *out = place_path (place, "out.png");
  g_autofree char *accepted = g_strdup_printf ("{\"id\": \"job-7\", \"polling_url\": \"%s/poll\", \"cost\": 4}", uri);
  g_autofree char *ready = g_strdup_printf ("{\"id\": \"job-7\", \"status\": \"Ready\", "
                                            "\"result\": {\"sample\": \"%s/sample\"}}", uri);
  g_autofree char *photo = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (Run) run = NULL;
  g_autoptr (Run) verify = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (other, &photo, &length, NULL));
  bytes = g_bytes_new (photo, length);
  reshoot_fake_server_add_text (server, "/v1/flux-kontext-pro", 200, accepted);
  reshoot_fake_server_add_text (server, "/poll", 200, ready);
  reshoot_fake_server_add (server, "/sample", RESHOOT_FAKE_REPLY, 200, "Content-Type: image/jpeg\r\n", bytes);
  place_set (place, "RESHOOT_BFL_URL", uri);
  place_set (place, "BFL_API_KEY", "test-key");

  run = place_run (place, "edit", sample, "-i", "warmer", "-m", MODEL, "--region", PART, "--project", "a.reshoot",
                   "-o", "out.png", NULL);
  g_assert_cmpint (run->status, ==, 0);
  g_assert_nonnull (strstr (run->err, "sees the whole picture"));
  assert_region (sample, out);

  verify = place_run (place, "verify", "a.reshoot", NULL);
  run_assert_done (verify);
}

/* A model that makes new pictures has no part of the old one to keep: nobody is asked. */
static void
test_new_pictures (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *sample = reshoot_test_sample ("mug.jpg");
  g_autoptr (Run) run = NULL;

  place_set (place, "IMAGINEAPI_TOKEN", "test-key");
  run = place_run (place, "edit", sample, "-i", "warmer", "-m", "imagineapi/midjourney", "--region", PART, NULL);
  run_assert_failed (run, 2);
  g_assert_nonnull (strstr (run->err, "makes new pictures"));
}

/* What the cut-out cannot tell alone a stroke on each side does, and the request keeps it. */
static void
test_strokes (void)
{
  g_autoptr (Place) place = place_new ();
  g_autofree char *sample = reshoot_test_sample ("mug.jpg");
  g_autoptr (Run) alone = place_run (place, "edit", sample, "-i", "white background", "-o", "a.png", NULL);
  g_autoptr (Run) hinted = place_run (place, "edit", sample, "-i", "white background", "--box", "370,190,770,710",
                                      "--keep", "500,500,700,800", "--drop", "60,60,300,60",
                                      "--project", "a.reshoot", "-o", "b.png", NULL);
  g_autoptr (Run) show = place_run (place, "show", "a.reshoot", "2", "--json", NULL);
  g_autofree char *out = place_path (place, "b.png");
  g_autoptr (VipsImage) before = load_pixels (sample);
  g_autoptr (VipsImage) after = NULL;

  run_assert_failed (alone, 3);
  run_assert_done (hinted);
  run_assert_done (show);
  after = load_pixels (out);
  g_assert_cmpint (memcmp (VIPS_IMAGE_ADDR (before, 600, 650), VIPS_IMAGE_ADDR (after, 600, 650),
                           3), ==, 0);
  g_assert_cmpint (*VIPS_IMAGE_ADDR (after, 60, 60), ==, 255);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/cli/region/studio", test_studio);
  g_test_add_func ("/cli/region/service", test_service);
  g_test_add_func ("/cli/region/new-pictures", test_new_pictures);
  g_test_add_func ("/cli/hints/strokes", test_strokes);

  return g_test_run ();
}
