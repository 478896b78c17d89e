/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The table of vendors, for the program and for tests that want them all. */

#include "fake-vendors.h"
#include "fake-cloud-private.h"

static const struct
{
  const char *name;
  void      (*add) (FakeCloud *cloud);
} vendors[] = {
  { "bfl", fake_bfl_add },
  { "openai-images", fake_openai_add },
  { "sdserver", fake_sdserver_add },
  { "fal", fake_fal_add },
  { "atlascloud", fake_atlascloud_add },
  { "replicate", fake_replicate_add },
  { "comfyui", fake_comfyui_add },
  { "imagineapi", fake_imagineapi_add },
  { "mjproxy", fake_mjproxy_add },
  { "useapi", fake_useapi_add },
};

static gboolean
is_wanted (const char *name,
           const char *only)
{
  g_auto (GStrv) names = only != NULL ? g_strsplit (only, ",", -1) : NULL;

  return names == NULL || g_strv_contains ((const char * const *) names, name);
}

/* Adds every vendor, or those that @only names, with commas between them. The order is always the same. */
void
fake_vendors_add (FakeCloud  *cloud,
                  const char *only)
{
  for (guint i = 0; i < G_N_ELEMENTS (vendors); i++)
    if (is_wanted (vendors[i].name, only))
      vendors[i].add (cloud);
}

/* What a shell takes to use them: "export RESHOOT_BFL_URL=http://127.0.0.1:8123", and a key that costs nothing. */
void
fake_vendors_print (FakeCloud *cloud)
{
  for (guint i = 0; i < cloud->servers->len; i++)
    {
      FakeServer *server = cloud->servers->pdata[i];
      g_autofree char *upper = g_ascii_strup (server->vendor->name, -1);

      if (upper[0] == '-')
        continue;

      g_print ("export RESHOOT_%s_URL=%s\n", g_strdelimit (upper, "-", '_'), server->uri);
      if (server->vendor->environment != NULL)
        g_print ("export %s=fake-key\n", server->vendor->environment);
    }
}
