/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who draws the window. Left alone, GTK takes OpenGL also where a processor has to play the graphics card, and uploads
 * every picture for every frame: there cairo is several times as fast. Whether there is a card is seen by its device,
 * because asking OpenGL takes longer than a start may. */

#include "config.h"

#include "reshoot-renderer.h"

#include "reshoot-settings.h"

#include <unistd.h>

/* Where Linux has its graphics cards. One that renders has a device called renderD and a number. */
#define DEVICES "/dev/dri"

/**
 * reshoot_renderer_choose:
 * @environment: (nullable): what GSK_RENDERER says
 * @preference: "automatic", "cairo" or "gl"
 * @has_gpu: whether there is a graphics card that renders
 *
 * The environment has the first word, then the person, then what was found.
 *
 * Returns: (nullable): the name of the renderer for GSK_RENDERER; NULL to leave it to GTK
 */
const char *
reshoot_renderer_choose (const char *environment,
                         const char *preference,
                         gboolean    has_gpu)
{
  g_return_val_if_fail (preference != NULL, NULL);

  if (environment != NULL && *environment != '\0')
    return NULL;

  if (g_str_equal (preference, "cairo"))
    return "cairo";
  if (g_str_equal (preference, "gl"))
    return "gl";

  return has_gpu ? NULL : "cairo";
}

/**
 * reshoot_renderer_find_gpu:
 * @devices: a folder of devices, like /dev/dri
 *
 * Returns: whether there is a graphics card in it that renders and that we may use
 */
gboolean
reshoot_renderer_find_gpu (const char *devices)
{
  g_autoptr (GDir) dir = NULL;
  const char *name;

  g_return_val_if_fail (devices != NULL, FALSE);

  dir = g_dir_open (devices, 0, NULL);
  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    {
      g_autofree char *path = g_build_filename (devices, name, NULL);

      if (g_str_has_prefix (name, "renderD") && access (path, R_OK | W_OK) == 0)
        return TRUE;
    }

  return FALSE;
}

/**
 * reshoot_renderer_set_up:
 *
 * Chooses for this program. Before GTK opens a display, and before anything else is started: GTK is told by the
 * environment.
 */
void
reshoot_renderer_set_up (void)
{
  g_autoptr (GSettings) settings = reshoot_settings_new ();
  g_autofree char *preference = NULL;
  const char *renderer;

  preference = settings != NULL ? g_settings_get_string (settings, "renderer")
                                : g_strdup ("automatic");
  renderer = reshoot_renderer_choose (g_getenv ("GSK_RENDERER"), preference,
                                      reshoot_renderer_find_gpu (DEVICES));
  if (renderer != NULL)
    g_setenv ("GSK_RENDERER", renderer, TRUE);
}
