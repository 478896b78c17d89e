/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A person's whole day with keys: an edit at each service, with and without trouble, and everything that leaves the
 * program after it. Nothing that was said, logged at its loudest, or written holds a byte of a key: projects, copies,
 * ledgers, every kind of exported picture, the index, the servers' file. */

/* memmem() */
#define _GNU_SOURCE

#include <string.h>

#include "fake-vendors.h"
#include "reshoot-run.h"
#include "reshoot-test.h"

/* With what base64 and addresses write otherwise. */
#define KEY "k3y+of/the=t3st:5ecret"

typedef struct
{
  const char *vendor;
  const char *model;
  const char *address;     /* (nullable): the variable that names it */
  const char *key;         /* the variable of its key */
} Service;

static const Service services[] = {
  { "bfl", "bfl/flux-kontext-pro", "RESHOOT_BFL_URL", "BFL_API_KEY" },
  { "replicate", "replicate/flux-kontext-pro", "RESHOOT_REPLICATE_URL", "REPLICATE_API_TOKEN" },
  { "fal", "fal/flux-kontext-pro", "RESHOOT_FAL_URL", "FAL_KEY" },
  { "atlascloud", "atlascloud/flux-kontext-dev", "RESHOOT_ATLASCLOUD_URL", "ATLASCLOUD_API_KEY" },
  { "imagineapi", "imagineapi/midjourney", "RESHOOT_IMAGINEAPI_URL", "IMAGINEAPI_TOKEN" },
  { "useapi", "useapi/midjourney", "RESHOOT_USEAPI_URL", "USEAPI_TOKEN" },
  { "mjproxy", "mjproxy/midjourney", "RESHOOT_MJPROXY_URL", "MJ_PROXY_SECRET" },
  { "openai-images", "openai-images/gpt-image-1", "RESHOOT_OPENAI_IMAGES_URL", "OPENAI_API_KEY" },
  { "comfyui", "comfyui/kontext-dev", "RESHOOT_COMFYUI_URL", "RESHOOT_COMFYUI_KEY" },
  { "sdserver", "sdserver/kontext-dev", "RESHOOT_SDSERVER_URL", "RESHOOT_SDSERVER_KEY" },
  { "-gateway", "openai-images@team/default", NULL, "RESHOOT_OPENAI_IMAGES_TEAM_KEY" },
};

/* What speaks of keys, what leaves a job in doubt, and no trouble at all. */
static const FakeFault faults[] = { FAKE_422_KEY, FAKE_LOST, FAKE_NO_FAULT };

typedef struct
{
  Place     *place;
  FakeCloud *cloud;
  GPtrArray *forms;        /* the ways in which the key might be written down */
  guint      n_runs;
} Day;

/* Base64 of what stands before it shifts the groups: so all three. */
static GPtrArray *
make_forms (void)
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
assert_clean (Day        *day,
              const char *what,
              const char *data,
              gsize       length)
{
  for (guint i = 0; i < day->forms->len; i++)
    if (memmem (data, length, day->forms->pdata[i], strlen (day->forms->pdata[i])) != NULL)
      g_error ("%s holds the key, as its form %u", what, i);
}

static void
assert_folder_clean (Day        *day,
                     const char *path)
{
  g_autoptr (GDir) folder = g_dir_open (path, 0, NULL);
  const char *name;

  while (folder != NULL && (name = g_dir_read_name (folder)) != NULL)
    {
      g_autofree char *child = g_build_filename (path, name, NULL);
      g_autofree char *data = NULL;
      gsize length;

      if (g_file_test (child, G_FILE_TEST_IS_DIR))
        assert_folder_clean (day, child);
      else if (g_file_get_contents (child, &data, &length, NULL))
        assert_clean (day, child, data, length);
    }
}

/* Returns: (transfer full): what it said, clean */
static Run *
say (Day        *day,
     const char *line)
{
  g_auto (GStrv) arguments = g_strsplit (line, " ", -1);
  Run *run = place_runv (day->place, (const char *const *) arguments);

  day->n_runs++;
  assert_clean (day, line, run->out, strlen (run->out));
  assert_clean (day, line, run->err, strlen (run->err));
  return run;
}

static void
do_now (Day        *day,
        const char *line)
{
  g_autoptr (Run) run = say (day, line);

  if (run->status != 0)
    g_error ("%s: %s", line, run->out);
}

static void
set_up (Day           *day,
        gconstpointer  data)
{
  g_autofree char *sample = reshoot_test_sample ("mug.jpg");
  g_autofree char *path = NULL;
  g_autofree char *add = NULL;
  g_autofree char *photo = NULL;
  gsize length;

  day->place = place_new ();
  day->cloud = fake_cloud_new ();
  day->forms = make_forms ();
  fake_vendors_add (day->cloud, NULL);
  place_set (day->place, "G_MESSAGES_DEBUG", "all");

  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    {
      place_set (day->place, services[i].key, KEY);
      if (services[i].address != NULL)
        place_set (day->place, services[i].address,
                   fake_cloud_get_uri (day->cloud, services[i].vendor));
    }

  path = place_path (day->place, "mug.jpg");
  g_assert_true (g_file_get_contents (sample, &photo, &length, NULL));
  g_assert_true (g_file_set_contents (path, photo, (gssize) length, NULL));
  add = g_strdup_printf ("server add openai-images@team %s --key X-Studio-Key",
                         fake_cloud_get_uri (day->cloud, "-gateway"));
  do_now (day, add);
}

static void
tear_down (Day           *day,
           gconstpointer  data)
{
  place_free (day->place);
  fake_cloud_free (day->cloud);
  g_ptr_array_unref (day->forms);
}

static void
edit_everywhere (Day *day)
{
  for (guint i = 0; i < G_N_ELEMENTS (services); i++)
    for (guint k = 0; k < G_N_ELEMENTS (faults); k++)
      {
        const Service *service = &services[i];
        g_autofree char *line = NULL;
        g_autoptr (Run) run = NULL;

        line = g_strdup_printf ("edit mug.jpg -i warmer -m %s --project a.reshoot%s", service->model,
                                strstr (service->model, "midjourney") != NULL
                                ? " --set source_url=https://example.com/shoe.png" : "");
        if (faults[k] != FAKE_NO_FAULT)
          fake_cloud_set_fault (day->cloud, service->vendor, FAKE_SUBMIT, faults[k], 1);
        run = say (day, line);
        g_test_message ("%s: %d", line, run->status);

        /* It was heard at its loudest, and the key was good. */
        g_assert_nonnull (strstr (run->out, "POST 127.0.0.1"));
        if (faults[k] == FAKE_NO_FAULT)
          g_assert_cmpint (run->status, ==, 0);
      }
}

/* Each step, as --json has it. G_MESSAGES_DEBUG has the log between the lines. */
static void
show_all (Day *day)
{
  g_autoptr (Run) history = NULL;
  g_autoptr (GPtrArray) steps = NULL;

  place_set (day->place, "G_MESSAGES_DEBUG", "");
  history = say (day, "history a.reshoot --json");
  place_set (day->place, "G_MESSAGES_DEBUG", "all");
  steps = run_parse_lines (history);
  g_assert_cmpuint (steps->len, >, G_N_ELEMENTS (services) * G_N_ELEMENTS (faults));

  for (guint i = 0; i < steps->len; i++)
    {
      JsonObject *step = json_node_get_object (steps->pdata[i]);
      g_autofree char *line = g_strdup_printf ("show a.reshoot %d --json",
                                               (int) json_object_get_int_member (step, "id"));

      do_now (day, line);
    }
}

static void
test_clean (Day           *day,
            gconstpointer  data)
{
  static const char * const lines[] = {
    "models", "models --json", "key list --json", "server list --json", "history a.reshoot --json",
    "jobs a.reshoot --json", "find warmer --json", "ledger a.reshoot --json -o ledger.json",
    "ledger a.reshoot --csv -o ledger.csv", "export a.reshoot -o plain.png", "export a.reshoot -o plain.jpg",
    "export a.reshoot -o plain.webp", "export a.reshoot -o plain.tiff", "export a.reshoot -o bare.png --private",
    "export a.reshoot -o bare.jpg --private", "copy a.reshoot -o copy.reshoot", "verify a.reshoot",
  };
  static const char * const written[] = {
    "ledger.json", "ledger.csv", "plain.png", "plain.jpg", "plain.webp", "plain.tiff", "bare.png", "bare.jpg",
    "copy.reshoot",
  };
  g_autoptr (Run) all = NULL;
  g_autoptr (Run) tested = NULL;

  edit_everywhere (day);
  for (guint i = 0; i < G_N_ELEMENTS (lines); i++)
    do_now (day, lines[i]);

  show_all (day);
  all = say (day, "export a.reshoot --all pictures");
  tested = say (day, "key test --json");
  g_assert_cmpint (all->status, ==, 0);

  for (guint i = 0; i < G_N_ELEMENTS (written); i++)
    {
      g_autofree char *path = place_path (day->place, written[i]);

      g_assert_true (g_file_test (path, G_FILE_TEST_IS_REGULAR));
    }

  /* The home is the same folder: the index, the journal, servers.ini and whatever else there is. */
  assert_folder_clean (day, day->place->folder);
  g_assert_cmpuint (fake_cloud_count_leaks (day->cloud), ==, 0);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add ("/cli/redaction/clean", Day, NULL, set_up, test_clean, tear_down);

  return g_test_run ();
}
