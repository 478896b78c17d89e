/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Servers of a person's own: the file, what becomes of it in the catalogue, and what is said no to. */

#include "reshoot-catalogue.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-keys.h"
#include "reshoot-servers.h"
#include "reshoot-test.h"

#include <glib/gstdio.h>
#include <string.h>

static char *
dup_path (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_config_dir (), "reshoot", NULL);

  g_assert_cmpint (g_mkdir_with_parents (folder, 0700), ==, 0);
  return g_build_filename (folder, "servers.ini", NULL);
}

static void
write_file (const char *text)
{
  g_autofree char *path = dup_path ();
  g_autoptr (GError) error = NULL;

  g_file_set_contents (path, text, -1, &error);
  g_assert_no_error (error);
}

static void
remove_file (void)
{
  g_autofree char *path = dup_path ();

  g_unlink (path);
}

static ReshootCatalogue *
load (void)
{
  g_autoptr (GError) error = NULL;
  ReshootCatalogue *catalogue = reshoot_catalogue_new (&error);

  g_assert_no_error (error);
  return catalogue;
}

static void
test_catalogue (void)
{
  g_autoptr (ReshootCatalogue) catalogue = NULL;
  ReshootModel *kontext;
  ReshootModel *own;
  ReshootModel *unknown;
  JsonObject *team;
  JsonObject *key;

  write_file ("# mine\n"
              "[openai-images@team]\nurl=http://studio-pc:8004\nprofile=vllm-omni\n"
              "models = flux-kontext ; black-forest-labs/FLUX.1-Kontext-dev\n"
              "[sdserver@rack-2.lan]\nurl = http://10.0.0.7:1234/\nkey = X-Studio-Key\n"
              "[openai-images@gateway]\nurl=https://images.example.com/v1\n"
              "[mjproxy@studio-pc]\nurl=http://studio-pc:8080/mj\n");
  catalogue = load ();

  team = reshoot_catalogue_get_provider (catalogue, "openai-images@team");
  g_assert_nonnull (team);
  g_assert_cmpstr (reshoot_json_get_string (team, "url"), ==, "http://studio-pc:8004/v1");
  g_assert_cmpstr (reshoot_json_get_string (team, "name"), ==, "team (vLLM-Omni)");
  g_assert_cmpstr (reshoot_json_get_string (team, "cancel"), ==, "stops");
  g_assert_true (json_object_has_member (team, "resume"));
  g_assert_false (reshoot_json_get_boolean (team, "resume"));
  g_assert_false (reshoot_json_get_boolean (team, "dialect"));
  g_assert_cmpuint (json_array_get_length (reshoot_json_get_array (team, "hosts")), ==, 0);
  key = reshoot_json_get_object (team, "key");
  g_assert_cmpstr (reshoot_json_get_string (key, "environment"), ==, "RESHOOT_OPENAI_IMAGES_TEAM_KEY");
  g_assert_cmpstr (reshoot_json_get_string (key, "header"), ==, "Authorization");
  g_assert_cmpstr (reshoot_json_get_string (key, "prefix"), ==, "Bearer ");
  g_assert_true (reshoot_json_get_boolean (key, "optional"));

  own = reshoot_catalogue_get_model (catalogue, "openai-images@team/black-forest-labs/FLUX.1-Kontext-dev");
  g_assert_nonnull (own);
  g_assert_cmpstr (reshoot_model_get_provider (own), ==, "openai-images@team");
  g_assert_cmpstr (reshoot_json_get_string (reshoot_model_get_json (own), "model"), ==,
                   "black-forest-labs/FLUX.1-Kontext-dev");
  g_assert_cmpint (reshoot_model_get_price (own), ==, 0);
  g_assert_true (reshoot_model_check_parameters (own, NULL, NULL));

  kontext = reshoot_catalogue_get_model (catalogue, "sdserver@rack-2.lan/kontext-dev");
  g_assert_nonnull (kontext);
  g_assert_cmpstr (reshoot_model_get_name (kontext), ==, "FLUX.1 Kontext [dev]");
  key = reshoot_json_get_object (reshoot_catalogue_get_provider (catalogue, "sdserver@rack-2.lan"), "key");
  g_assert_cmpstr (reshoot_json_get_string (key, "header"), ==, "X-Studio-Key");
  g_assert_null (reshoot_json_get_string (key, "prefix"));
  g_assert_cmpstr (reshoot_json_get_string (key, "environment"), ==, "RESHOOT_SDSERVER_RACK_2_LAN_KEY");

  /* Where nothing is said the key goes where the dialect's goes. */
  key = reshoot_json_get_object (reshoot_catalogue_get_provider (catalogue, "mjproxy@studio-pc"), "key");
  g_assert_cmpstr (reshoot_json_get_string (key, "header"), ==, "mj-api-secret");
  g_assert_cmpstr (reshoot_json_get_string (key, "environment"), ==, "RESHOOT_MJPROXY_STUDIO_PC_KEY");

  /* Nobody knows who pays for that one. */
  unknown = reshoot_catalogue_get_model (catalogue, "openai-images@gateway/default");
  g_assert_nonnull (unknown);
  g_assert_cmpint (reshoot_model_get_price (unknown), ==, RESHOOT_MONEY_UNKNOWN);

  /* The dialects themselves are as they were. */
  g_assert_nonnull (reshoot_catalogue_get_model (catalogue, "sdserver/kontext-dev"));
  g_assert_cmpstr (reshoot_json_get_string (reshoot_catalogue_get_provider (catalogue, "sdserver"), "url"), ==,
                   "http://127.0.0.1:1234");
  remove_file ();
}

static void
test_keys (void)
{
  g_autoptr (ReshootCatalogue) catalogue = NULL;
  g_autoptr (ReshootKeys) keys = NULL;

  write_file ("[openai-images@team]\nurl=http://studio-pc:8004\n");
  catalogue = load ();
  keys = reshoot_keys_new (catalogue);

  g_assert_false (reshoot_keys_get_present (keys, "openai-images@team"));
  g_setenv ("RESHOOT_OPENAI_IMAGES_TEAM_KEY", "s3cret", TRUE);
  g_assert_true (reshoot_keys_get_present (keys, "openai-images@team"));
  g_assert_false (reshoot_keys_get_present (keys, "openai-images"));
  g_unsetenv ("RESHOOT_OPENAI_IMAGES_TEAM_KEY");
  remove_file ();
}

/* A bad group takes nothing with it, and a bad file no program down. */
static void
test_bad_groups (void)
{
  static const struct
  {
    const char *group;
    const char *reason;
  } table[] = {
    { "[team]\nurl=http://studio-pc\n", "server-name" },
    { "[@team]\nurl=http://studio-pc\n", "server-name" },
    { "[sdserver@]\nurl=http://studio-pc\n", "server-name" },
    { "[sdserver@a/b]\nurl=http://studio-pc\n", "server-name" },
    { "[sdserver@..]\nurl=http://studio-pc\n", "server-name" },
    { "[bfl@team]\nurl=http://studio-pc\n", "server-dialect" },
    { "[nothing@team]\nurl=http://studio-pc\n", "server-dialect" },
    { "[sdserver@team]\n", "address" },
    { "[sdserver@team]\nurl=studio-pc\n", "address" },
    { "[sdserver@team]\nurl=http://example.com\n", "address" },
    { "[openai-images@team]\nurl=http://studio-pc\nprofile=nothing\n", "server-profile" },
    { "[openai-images@team]\nurl=http://studio-pc\nprofile=exo\n", "server-models" },
    { "[openai-images@team]\nurl=http://studio-pc\nmodels=a b\n", "server-models" },
    { "[sdserver@team]\nurl=http://studio-pc\nkey=X: y\n", "server-key" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *text = g_strconcat (table[i].group, "[sdserver@good]\nurl=http://good-pc:1234\n", NULL);
      g_autoptr (ReshootCatalogue) catalogue = NULL;
      g_autoptr (GPtrArray) servers = NULL;
      g_autoptr (GError) error = NULL;
      g_autofree char *dialect = NULL;
      JsonObject *description;
      ReshootServer *bad;

      g_test_message ("%s", table[i].group);
      write_file (text);
      catalogue = load ();
      g_assert_nonnull (reshoot_catalogue_get_model (catalogue, "sdserver@good/kontext-dev"));

      servers = reshoot_servers_load (&error);
      g_assert_no_error (error);
      g_assert_cmpuint (servers->len, ==, 2);
      bad = servers->pdata[0];
      dialect = g_strndup (bad->name, strcspn (bad->name, "@"));
      g_assert_null (reshoot_catalogue_get_provider (catalogue, bad->name));
      description = reshoot_catalogue_get_provider (catalogue, dialect);
      g_assert_null (reshoot_server_describe (bad, description, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, table[i].reason);
    }

  remove_file ();
}

static void
test_bad_file (void)
{
  const ReshootServer server = { .name = (char *) "sdserver@here", .url = (char *) "http://127.0.0.1:1234" };
  g_autofree char *path = dup_path ();
  g_autofree char *text = NULL;
  g_autoptr (ReshootCatalogue) catalogue = NULL;
  g_autoptr (GError) error = NULL;

  write_file ("nonsense\n[sdserver@good");
  catalogue = load ();
  g_assert_nonnull (reshoot_catalogue_get_model (catalogue, "studio/local"));
  g_assert_null (reshoot_servers_load (&error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "servers-file");
  g_clear_error (&error);

  /* And it is not written over. */
  g_assert_false (reshoot_servers_add (&server, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpstr (text, ==, "nonsense\n[sdserver@good");
  remove_file ();
}

static void
test_add_and_remove (void)
{
  static char *models[] = { (char *) "a", (char *) "b/c", NULL };
  const ReshootServer server = { .name = (char *) "openai-images@team", .url = (char *) "http://studio-pc:9997/v1",
                                 .profile = (char *) "xinference", .models = models, .key = (char *) "basic" };
  g_autofree char *path = dup_path ();
  g_autofree char *text = NULL;
  g_autoptr (GPtrArray) servers = NULL;
  g_autoptr (GError) error = NULL;
  ReshootServer *read;

  write_file ("# kept\n[sdserver@here]\n# this too\nurl=http://127.0.0.1:1234\n");
  g_assert_true (reshoot_servers_add (&server, &error));
  g_assert_no_error (error);
  g_assert_false (reshoot_servers_add (&server, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "server-exists");
  g_clear_error (&error);

  servers = reshoot_servers_load (&error);
  g_assert_no_error (error);
  g_assert_cmpuint (servers->len, ==, 2);
  read = servers->pdata[1];
  g_assert_cmpstr (read->name, ==, server.name);
  g_assert_cmpstr (read->url, ==, server.url);
  g_assert_cmpstr (read->profile, ==, "xinference");
  g_assert_cmpstr (read->key, ==, "basic");
  g_assert_true (g_strv_equal ((const char * const *) read->models, (const char * const *) models));

  g_assert_true (reshoot_servers_remove ("openai-images@team", &error));
  g_assert_no_error (error);
  g_assert_false (reshoot_servers_remove ("openai-images@team", &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "server");

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_nonnull (strstr (text, "# kept"));
  g_assert_nonnull (strstr (text, "# this too"));
  g_assert_null (strstr (text, "studio-pc"));
  remove_file ();
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/servers/catalogue", test_catalogue);
  g_test_add_func ("/servers/keys", test_keys);
  g_test_add_func ("/servers/bad-groups", test_bad_groups);
  g_test_add_func ("/servers/bad-file", test_bad_file);
  g_test_add_func ("/servers/add-and-remove", test_add_and_remove);

  return g_test_run ();
}
