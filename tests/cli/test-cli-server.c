/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* `reshoot server`: servers of one's own, and an edit with one, played by the fake cloud on this machine. */

#include "fake-vendors.h"
#include "reshoot-run.h"
#include "reshoot-test.h"

#include <string.h>

#define KEY "0wn-5ecret"

typedef struct
{
  Place     *place;
  FakeCloud *cloud;
  char      *sample;
} Own;

static void
set_up (Own           *self,
        gconstpointer  data)
{
  self->place = place_new ();
  self->cloud = fake_cloud_new ();
  self->sample = reshoot_test_sample ("mug.jpg");
  fake_openai_add (self->cloud);
  fake_sdserver_add (self->cloud);
}

static void
tear_down (Own           *self,
           gconstpointer  data)
{
  place_free (self->place);
  fake_cloud_free (self->cloud);
  g_free (self->sample);
}

static JsonObject *
get_object (GPtrArray *nodes,
            guint      index)
{
  g_assert_cmpuint (index, <, nodes->len);
  return json_node_get_object (g_ptr_array_index (nodes, index));
}

/* What --json says of the only server there is. */
static GPtrArray *
list_one (Own *self)
{
  g_autoptr (Run) run = place_run (self->place, "server", "list", "--json", NULL);
  GPtrArray *servers;

  run_assert_done (run);
  servers = run_parse_lines (run);
  g_assert_cmpuint (servers->len, ==, 1);
  return servers;
}

static void
test_add_and_remove (Own           *self,
                     gconstpointer  data)
{
  g_autoptr (Run) none = place_run (self->place, "server", "list", NULL);
  g_autoptr (Run) added = NULL;
  g_autoptr (Run) again = NULL;
  g_autoptr (Run) listed = NULL;
  g_autoptr (Run) models = NULL;
  g_autoptr (Run) removed = NULL;
  g_autoptr (Run) gone = NULL;
  g_autoptr (GPtrArray) servers = NULL;
  JsonObject *server;

  run_assert_done (none);
  g_assert_cmpstr (none->out, ==, "");

  added = place_run (self->place, "server", "add", "openai-images@team", "https://studio-pc.example:8004",
                     "--profile", "vllm-omni", "--models", "a,b", NULL);
  run_assert_done (added);
  g_assert_cmpstr (added->out, ==, "openai-images@team/a\nopenai-images@team/b\n");
  g_assert_cmpstr (added->err, ==, "");

  again = place_run (self->place, "server", "add", "openai-images@team", "https://studio-pc.example", NULL);
  run_assert_failed (again, 2);

  listed = place_run (self->place, "server", "list", NULL);
  run_assert_done (listed);
  g_assert_cmpstr (listed->out, ==, "openai-images@team: https://studio-pc.example:8004/v1, team (vLLM-Omni)\n");

  servers = list_one (self);
  server = get_object (servers, 0);
  g_assert_cmpstr (json_object_get_string_member (server, "server"), ==, "openai-images@team");
  g_assert_cmpstr (json_object_get_string_member (server, "profile"), ==, "vllm-omni");
  g_assert_false (json_object_get_boolean_member (server, "open"));
  g_assert_true (json_object_get_null_member (server, "problem"));
  g_assert_cmpuint (json_array_get_length (json_object_get_array_member (server, "models")), ==, 2);

  models = place_run (self->place, "models", NULL);
  run_assert_done (models);
  g_assert_nonnull (strstr (models->out, "openai-images@team/b "));

  removed = place_run (self->place, "server", "remove", "openai-images@team", NULL);
  run_assert_done (removed);
  gone = place_run (self->place, "server", "remove", "openai-images@team", NULL);
  run_assert_failed (gone, 2);
}

/* A key that could be read on the way is warned of; where there is none to send there is nothing to warn of. */
static void
test_warning (Own           *self,
              gconstpointer  data)
{
  g_autoptr (Run) open = NULL;
  g_autoptr (Run) keyless = NULL;
  g_autoptr (Run) here = NULL;

  open = place_run (self->place, "server", "add", "sdserver@a", "http://192.168.1.5:1234", NULL);
  g_assert_cmpint (open->status, ==, 0);
  g_assert_cmpstr (open->out, ==, "sdserver@a/kontext-dev\n");
  g_assert_nonnull (strstr (open->err, "http://192.168.1.5:1234"));

  keyless = place_run (self->place, "server", "add", "sdserver@b", "http://studio-pc:1234", "--key", "none", NULL);
  run_assert_done (keyless);
  g_assert_cmpstr (keyless->err, ==, "");

  here = place_run (self->place, "server", "add", "sdserver@c", "http://127.0.0.1:1234", NULL);
  run_assert_done (here);
  g_assert_cmpstr (here->err, ==, "");
}

static void
test_wrong (Own           *self,
            gconstpointer  data)
{
  static const char *const table[][7] = {
    { "server", "frob" },
    { "server", "list", "more" },
    { "server", "add", "openai-images@a" },
    { "server", "add", "a", "http://127.0.0.1" },
    { "server", "add", "bfl@a", "http://127.0.0.1" },
    { "server", "add", "sdserver@a", "http://8.8.8.8" },
    { "server", "add", "sdserver@a", "studio-pc" },
    { "server", "add", "openai-images@a", "http://127.0.0.1", "--profile", "none-such" },
    { "server", "add", "openai-images@a", "http://127.0.0.1", "--profile", "exo" },
    { "server", "add", "openai-images@a", "http://127.0.0.1", "--key", "X Key" },
    { "server", "test", "openai-images@nobody" },
    { "server", "test", "http://8.8.8.8" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (Run) run = place_runv (self->place, table[i]);

      g_test_message ("%s %s %s", table[i][1], table[i][2], table[i][3]);
      run_assert_failed (run, 2);
    }
}

static void
test_probe (Own           *self,
            gconstpointer  data)
{
  static const struct
  {
    const char *fake;
    const char *dialect;
    const char *model;
  } table[] = {
    { "sdserver", "sdserver", "flux1-kontext-dev-Q8_0" },
    { "-vllm-omni", "openai-images", "black-forest-labs/FLUX.1-Kontext-dev" },
    { "-exo", "openai-images", "FLUX.1-Kontext-dev" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *uri = fake_cloud_get_uri (self->cloud, table[i].fake);
      g_autoptr (Run) run = place_run (self->place, "server", "test", uri, "--json", NULL);
      g_autoptr (GPtrArray) lines = NULL;
      JsonArray *models;

      run_assert_done (run);
      lines = run_parse_lines (run);
      g_assert_cmpstr (json_object_get_string_member (get_object (lines, 0), "dialect"), ==, table[i].dialect);
      models = json_object_get_array_member (get_object (lines, 0), "models");
      g_assert_cmpstr (json_array_get_string_element (models, 0), ==, table[i].model);
      g_assert_cmpuint (fake_cloud_count (self->cloud, table[i].fake, FAKE_SUBMIT), ==, 0);
    }
}

/* Only a server with a name is sent its key, and it says so where it wants one. */
static void
test_probe_with_key (Own           *self,
                     gconstpointer  data)
{
  const char *uri = fake_cloud_get_uri (self->cloud, "-gateway");
  g_autoptr (Run) added = NULL;
  g_autoptr (Run) nameless = NULL;
  g_autoptr (Run) keyless = NULL;
  g_autoptr (Run) run = NULL;

  added = place_run (self->place, "server", "add", "openai-images@gate-1", uri, "--key", "X-Studio-Key", NULL);
  run_assert_done (added);

  nameless = place_run (self->place, "server", "test", uri, NULL);
  run_assert_failed (nameless, 5);
  keyless = place_run (self->place, "server", "test", "openai-images@gate-1", NULL);
  run_assert_failed (keyless, 5);

  place_set (self->place, "RESHOOT_OPENAI_IMAGES_GATE_1_KEY", KEY);
  run = place_run (self->place, "server", "test", "openai-images@gate-1", NULL);
  run_assert_done (run);
  g_assert_nonnull (strstr (run->out, "FLUX.1-Kontext-dev"));
  g_assert_null (strstr (run->out, KEY));
}

static void
test_probe_nothing (Own           *self,
                    gconstpointer  data)
{
  g_autofree char *uri = g_strdup (fake_cloud_get_uri (self->cloud, "-exo"));
  g_autoptr (Run) other = NULL;
  g_autoptr (Run) added = NULL;
  g_autoptr (Run) stopped = NULL;

  /* It is there, and speaks another dialect than its name says. */
  added = place_run (self->place, "server", "add", "sdserver@exo", uri, NULL);
  run_assert_done (added);
  other = place_run (self->place, "server", "test", "sdserver@exo", NULL);
  run_assert_failed (other, 2);

  fake_cloud_stop (self->cloud, "-exo");
  stopped = place_run (self->place, "server", "test", uri, NULL);
  run_assert_failed (stopped, 6);
}

static void
test_edit (Own           *self,
           gconstpointer  data)
{
  const char *uri = fake_cloud_get_uri (self->cloud, "-sglang");
  g_autoptr (Run) added = NULL;
  g_autoptr (Run) run = NULL;
  g_autoptr (GPtrArray) steps = NULL;
  const FakeRecord *record;

  added = place_run (self->place, "server", "add", "openai-images@rack", uri, "--profile", "sglang", NULL);
  run_assert_done (added);
  place_set (self->place, "RESHOOT_OPENAI_IMAGES_RACK_KEY", KEY);
  run = place_run (self->place, "edit", self->sample, "-i", "warmer", "-m", "openai-images@rack/default",
                   "--set", "seed=7", "-o", "out.png", "--json", NULL);
  run_assert_done (run);
  steps = run_parse_lines (run);
  g_assert_cmpstr (json_object_get_string_member (get_object (steps, 0), "state"), ==, "done");
  g_assert_cmpstr (json_object_get_string_member (get_object (steps, 0), "provider"), ==, "openai-images@rack");
  g_assert_cmpstr (json_object_get_string_member (get_object (steps, 0), "model"), ==, "openai-images@rack/default");

  record = fake_cloud_get_last (self->cloud, "-sglang", FAKE_SUBMIT);
  g_assert_cmpstr (soup_message_headers_get_one (record->headers, "Authorization"), ==, "Bearer " KEY);
  g_assert_cmpuint (fake_cloud_count_leaks (self->cloud), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add ("/cli/server/add-and-remove", Own, NULL, set_up, test_add_and_remove, tear_down);
  g_test_add ("/cli/server/warning", Own, NULL, set_up, test_warning, tear_down);
  g_test_add ("/cli/server/wrong", Own, NULL, set_up, test_wrong, tear_down);
  g_test_add ("/cli/server/probe", Own, NULL, set_up, test_probe, tear_down);
  g_test_add ("/cli/server/probe-with-key", Own, NULL, set_up, test_probe_with_key, tear_down);
  g_test_add ("/cli/server/probe-nothing", Own, NULL, set_up, test_probe_nothing, tear_down);
  g_test_add ("/cli/server/edit", Own, NULL, set_up, test_edit, tear_down);

  return g_test_run ();
}
