/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who draws the window. Left alone, GTK takes OpenGL also where a processor has to play the graphics card, and uploads
 * every picture for every frame: there cairo is several times as fast. Whether there is a card is seen by its device,
 * because asking OpenGL takes longer than a start may. Where cairo draws, GTK is kept from asking too. */

#include "config.h"

#include "reshoot-renderer.h"

#include "reshoot-settings.h"

#include <gtk/gtk.h>
#include <unistd.h>

/* Where Linux has its graphics cards. One that renders has a device called renderD and a number. */
#define DEVICES "/dev/dri"

#define KEY "renderer"

/* How GTK is told to start without OpenGL; from 4.14 on it has another variable for it. */
#define VARIABLE_OLD "GDK_DEBUG"
#define WORD_OLD "gl-disable"
#define VARIABLE_NEW "GDK_DISABLE"
#define WORD_NEW "gl"

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

static gboolean
is_new (void)
{
  return gtk_get_minor_version () >= 14;
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

  preference = settings != NULL ? g_settings_get_string (settings, KEY)
                                : g_strdup ("automatic");
  renderer = reshoot_renderer_choose (g_getenv ("GSK_RENDERER"), preference,
                                      reshoot_renderer_find_gpu (DEVICES));
  if (renderer != NULL)
    g_setenv ("GSK_RENDERER", renderer, TRUE);

  /* Loading OpenGL only to find that nobody draws with it takes a third of an empty window's start. Whoever has
   * something to say to GTK says that too. */
  if (g_strcmp0 (g_getenv ("GSK_RENDERER"), "cairo") == 0)
    g_setenv (is_new () ? VARIABLE_NEW : VARIABLE_OLD, is_new () ? WORD_NEW : WORD_OLD, FALSE);
}

/**
 * reshoot_renderer_clean_up:
 *
 * Once GTK has a display it has read what [func@renderer_set_up] said about OpenGL. Programs that are started from this
 * one, a browser for instance, are to have it.
 */
void
reshoot_renderer_clean_up (void)
{
  const char *variable = is_new () ? VARIABLE_NEW : VARIABLE_OLD;

  if (g_strcmp0 (g_getenv (variable), is_new () ? WORD_NEW : WORD_OLD) == 0)
    g_unsetenv (variable);
}

/**
 * reshoot_renderer_bind:
 * @row: has a property "selected": automatic, OpenGL, cairo
 * @settings: has the key
 *
 * What is selected holds from the next start on.
 */
void
reshoot_renderer_bind (GObject   *row,
                       GSettings *settings)
{
  static const char *const words[] = { "automatic", "gl", "cairo", NULL };

  reshoot_settings_bind_choice (settings, KEY, row, words);
}
