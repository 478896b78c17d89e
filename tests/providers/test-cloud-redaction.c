/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* No byte of a key is anywhere but in the header it is sent in, whichever service it is for: not in the project with
 * its ledger, the index, the log, an error, nor in any file of the person's folders; as it is, in base64, or as an
 * address would have it. Every way to go wrong that speaks of keys is gone, and the check of the key too. */

/* memmem() */
#define _GNU_SOURCE

#include <string.h>

#include "cloud-scene.h"
#include "fake-vendors.h"
#include "reshoot-error.h"

#define KEY "k3y+of/the=t3st:5ecret"

/* The source is where anybody can load it. */
#define SOURCE "{\"source_url\":\"https://example.com/shoe.png\"}"

static const CloudVendor vendors[] = {
  { .provider = "bfl", .model = "bfl/flux-kontext-pro", .key = "BFL_API_KEY", .add = fake_bfl_add },
  { .provider = "fal", .model = "fal/flux-kontext-pro", .key = "FAL_KEY", .add = fake_fal_add },
  { .provider = "atlascloud", .model = "atlascloud/flux-kontext-dev", .key = "ATLASCLOUD_API_KEY",
    .add = fake_atlascloud_add },
  { .provider = "replicate", .model = "replicate/flux-kontext-pro", .key = "REPLICATE_API_TOKEN",
    .add = fake_replicate_add },
  { .provider = "openai-images", .model = "openai-images/gpt-image-1", .key = "OPENAI_API_KEY",
    .add = fake_openai_add },
  { .provider = "imagineapi", .model = "imagineapi/midjourney", .key = "IMAGINEAPI_TOKEN", .add = fake_imagineapi_add,
    .parameters = SOURCE },
  { .provider = "useapi", .model = "useapi/midjourney", .key = "USEAPI_TOKEN", .add = fake_useapi_add,
    .parameters = SOURCE },
  { .provider = "mjproxy", .model = "mjproxy/midjourney", .key = "MJ_PROXY_SECRET", .add = fake_mjproxy_add },
  { .provider = "comfyui", .model = "comfyui/kontext-dev", .key = "RESHOOT_COMFYUI_KEY", .add = fake_comfyui_add },
  { .provider = "sdserver", .model = "sdserver/kontext-dev", .key = "RESHOOT_SDSERVER_KEY",
    .add = fake_sdserver_add },
};

static GString *log_kept;   /* for the log's writer, which is the process's own */

static GLogWriterOutput
keep_log (GLogLevelFlags   level,
          const GLogField *fields,
          gsize            n_fields,
          gpointer         user_data)
{
  GString *log = user_data;

  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "MESSAGE"))
      g_string_append_printf (log, "%s\n", (const char *) fields[i].value);

  return G_LOG_WRITER_HANDLED;
}

/* The ways in which it might be written down. Base64 of what stands before it shifts the groups: so all three. */
static GPtrArray *
dup_forms (void)
{
  GPtrArray *forms = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (forms, g_strdup (KEY));
  g_ptr_array_add (forms, g_uri_escape_string (KEY, NULL, FALSE));
  for (gsize skip = 0; skip < 3; skip++)
    {
      gsize length = (strlen (KEY) - skip) / 3 * 3;

      g_ptr_array_add (forms, g_base64_encode ((const unsigned char *) KEY + skip, length));
    }

  return forms;
}

static void
assert_clean (const char *what,
              const char *data,
              gsize       length)
{
  g_autoptr (GPtrArray) forms = dup_forms ();

  for (guint i = 0; i < forms->len; i++)
    if (memmem (data, length, forms->pdata[i], strlen (forms->pdata[i])) != NULL)
      g_error ("%s holds the key, as its form %u", what, i);
}

/* Returns: how many files there are. */
static guint
assert_folder_clean (const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;
  guint n = 0;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autofree char *data = NULL;
      gsize length;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        n += assert_folder_clean (child);
      else if (g_file_get_contents (child, &data, &length, NULL))
        {
          assert_clean (child, data, length);
          n++;
        }
    }

  return n;
}

static void
assert_error_clean (const GError *error)
{
  if (error == NULL)
    return;

  assert_clean ("an error", error->message, strlen (error->message));
  if (reshoot_error_get_subject (error) != NULL)
    assert_clean ("an error's subject", reshoot_error_get_subject (error),
                  strlen (reshoot_error_get_subject (error)));
}

static void
check (CloudScene *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (ReshootCheck) said = { .balance = RESHOOT_MONEY_UNKNOWN };
  g_autoptr (GError) error = NULL;

  reshoot_session_check_provider_async (self->scene.session, self->vendor->provider, NULL,
                                        reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_session_check_provider_finish (self->scene.session, result, &said, &error);
  assert_error_clean (error);
  if (said.account != NULL)
    assert_clean ("an account", said.account, strlen (said.account));
}

static void
test_clean (CloudScene    *self,
            gconstpointer  data)
{
  static const FakeFault faults[] = {
    FAKE_NO_FAULT, FAKE_401, FAKE_403, FAKE_422_KEY, FAKE_422, FAKE_402,
  };
  g_autoptr (GFile) folder = g_file_get_parent (self->scene.file);
  guint n;

  g_setenv (self->vendor->key, KEY, TRUE);
  scene_restart_session (&self->scene);
  reshoot_session_take_up (self->scene.session, self->scene.project);
  check (self);

  for (guint i = 0; i < G_N_ELEMENTS (faults); i++)
    {
      g_autoptr (GError) error = NULL;
      ReshootStep *step;

      if (faults[i] != FAKE_NO_FAULT)
        fake_cloud_set_fault (self->cloud, self->vendor->provider, FAKE_SUBMIT, faults[i], 1);
      cloud_scene_run (self, "make it warm", &step);
      error = reshoot_step_dup_error (step);
      assert_error_clean (error);
    }

  g_assert_cmpuint (cloud_scene_count (self, FAKE_SUBMIT), >=, G_N_ELEMENTS (faults));

  /* What the index has to write is written when its session ends; the project's log lies beside it still. */
  g_clear_object (&self->scene.session);
  g_assert_cmpuint (assert_folder_clean (g_file_peek_path (folder)), >, 0);
  n = assert_folder_clean (g_get_user_data_dir ());
  g_assert_cmpuint (n, >, 0);
  assert_folder_clean (g_get_user_config_dir ());
  assert_folder_clean (g_get_user_cache_dir ());
  assert_folder_clean (g_get_user_state_dir ());
  g_assert_nonnull (strstr (log_kept->str, "POST 127.0.0.1"));
  assert_clean ("the log", log_kept->str, log_kept->len);
}

int
main (int    argc,
      char **argv)
{
  int status;

  reshoot_test_init (&argc, &argv);
  log_kept = g_string_new (NULL);
  g_log_set_writer_func (keep_log, log_kept, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (vendors); i++)
    cloud_scene_add (&vendors[i], "clean", test_clean);

  status = g_test_run ();
  g_string_free (log_kept, TRUE);
  return status;
}
