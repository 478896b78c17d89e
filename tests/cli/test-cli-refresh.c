/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `models --refresh`: what services tell of their models is listed, and kept for the next time. */

#include "fake-vendors.h"
#include "reshoot-run.h"
#include "reshoot-test.h"

#include <string.h>

#define BANANA "atlascloud/google/nano-banana/edit"
#define FAL_DEV "fal/flux-kontext-dev"

typedef struct
{
  FakeCloud *cloud;
  Place     *place;
} Scene;

static void
set_up (Scene         *scene,
        gconstpointer  data)
{
  scene->cloud = fake_cloud_new ();
  fake_vendors_add (scene->cloud, "fal,atlascloud");
  scene->place = place_new ();
  place_set (scene->place, "RESHOOT_FAL_URL", fake_cloud_get_uri (scene->cloud, "fal"));
  place_set (scene->place, "RESHOOT_ATLASCLOUD_URL", fake_cloud_get_uri (scene->cloud, "atlascloud"));
  place_set (scene->place, "FAL_KEY", "a-key-of-nobody");
  place_set (scene->place, "ATLASCLOUD_API_KEY", "another-key");
}

static void
tear_down (Scene         *scene,
           gconstpointer  data)
{
  place_free (scene->place);
  fake_cloud_free (scene->cloud);
}

/* (nullable) (transfer full): its line */
static JsonNode *
find_model (Run        *run,
            const char *id)
{
  g_autoptr (GPtrArray) lines = run_parse_lines (run);

  for (guint i = 0; i < lines->len; i++)
    if (g_strcmp0 (json_object_get_string_member (json_node_get_object (lines->pdata[i]), "id"), id) == 0)
      return json_node_copy (lines->pdata[i]);

  return NULL;
}

static double
get_price (Run        *run,
           const char *id)
{
  g_autoptr (JsonNode) line = find_model (run, id);

  g_assert_nonnull (line);
  return json_object_get_double_member (json_node_get_object (line), "price");
}

static void
test_refresh (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (Run) before = place_run (scene->place, "models", "--json", NULL);
  g_autoptr (Run) refreshed = NULL;
  g_autoptr (Run) after = NULL;
  g_autoptr (JsonNode) dev = NULL;
  guint n_asked;

  run_assert_done (before);
  g_assert_null (find_model (before, BANANA));
  dev = find_model (before, FAL_DEV);
  g_assert_true (json_object_get_null_member (json_node_get_object (dev), "price"));
  g_assert_cmpuint (fake_cloud_count (scene->cloud, "atlascloud", FAKE_OTHER), ==, 0);

  refreshed = place_run (scene->place, "models", "--refresh", "--json", NULL);
  run_assert_done (refreshed);
  g_assert_cmpstr (refreshed->err, ==, "");
  g_assert_cmpfloat (get_price (refreshed, BANANA), ==, 0.038);
  g_assert_cmpfloat (get_price (refreshed, FAL_DEV), ==, 0.025);

  n_asked = fake_cloud_count (scene->cloud, "atlascloud", FAKE_OTHER);
  g_assert_cmpuint (n_asked, ==, 4);
  after = place_run (scene->place, "models", "--json", NULL);
  run_assert_done (after);
  g_assert_cmpfloat (get_price (after, BANANA), ==, 0.038);
  g_assert_cmpfloat (get_price (after, FAL_DEV), ==, 0.025);
  g_assert_cmpuint (fake_cloud_count (scene->cloud, "atlascloud", FAKE_OTHER), ==, n_asked);
  g_assert_cmpuint (fake_cloud_count_leaks (scene->cloud), ==, 0);
}

/* One that refuses the key is told of; the other is taken up all the same, and the list is printed. */
static void
test_refused (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (Run) refreshed = NULL;

  place_set (scene->place, "ATLASCLOUD_API_KEY", "wrong");
  refreshed = place_run (scene->place, "models", "--refresh", "--json", NULL);
  g_assert_cmpint (refreshed->status, ==, 0);
  g_assert_nonnull (strstr (refreshed->err, "atlascloud"));
  g_assert_null (strstr (refreshed->err, "a-key-of-nobody"));
  g_assert_null (find_model (refreshed, BANANA));
  g_assert_cmpfloat (get_price (refreshed, FAL_DEV), ==, 0.025);
}

/* A model that was found is edited with, by its own field for the picture. */
static void
test_used (Scene         *scene,
           gconstpointer  data)
{
  g_autofree char *sample = reshoot_test_sample ("mug.jpg");
  g_autoptr (Run) refreshed = place_run (scene->place, "models", "--refresh", "--json", NULL);
  g_autoptr (Run) edit = NULL;
  g_autoptr (JsonObject) body = NULL;

  run_assert_done (refreshed);
  edit = place_run (scene->place, "edit", sample, "-i", "warm it", "-m", BANANA, "--project", "a.reshoot", NULL);
  run_assert_done (edit);
  body = fake_cloud_dup_last_json (scene->cloud, "atlascloud", FAKE_SUBMIT);
  g_assert_cmpstr (json_object_get_string_member (body, "model"), ==, "google/nano-banana/edit");
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (body, "images")), ==, 1);
  g_assert_cmpstr (json_object_get_string_member (body, "output_format"), ==, "png");
  g_assert_false (json_object_has_member (body, "size"));
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add ("/cli/refresh/told", Scene, NULL, set_up, test_refresh, tear_down);
  g_test_add ("/cli/refresh/refused", Scene, NULL, set_up, test_refused, tear_down);
  g_test_add ("/cli/refresh/used", Scene, NULL, set_up, test_used, tear_down);

  return g_test_run ();
}
