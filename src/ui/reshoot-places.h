/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ReshootPlace:
 * @view: which view is shown, "edit"
 * @fits: whether the picture is shown whole
 * @zoom: device pixels per pixel of the original
 * @x: what is in the middle, in the original's pixels
 * @y: what is in the middle, in the original's pixels
 *
 * Where a person is in a project. At which step, the project knows.
 */
typedef struct
{
  char     *view;
  gboolean  fits;
  double    zoom;
  double    x;
  double    y;
} ReshootPlace;

/**
 * ReshootOpenWindow:
 * @uri: of its project
 * @width: in logical pixels
 * @height: in logical pixels
 * @is_maximized: whether it filled the screen
 *
 * A window that is to be there again.
 */
typedef struct
{
  char     *uri;
  int       width;
  int       height;
  gboolean  is_maximized;
} ReshootOpenWindow;

gboolean   reshoot_places_get        (const char         *project,
                                      ReshootPlace       *place);
void       reshoot_places_set        (const char         *project,
                                      const ReshootPlace *place);
GPtrArray *reshoot_places_list_open  (void) G_GNUC_WARN_UNUSED_RESULT;
void       reshoot_places_set_open   (GPtrArray          *windows);
void       reshoot_place_clear       (ReshootPlace       *place);
void       reshoot_open_window_free  (ReshootOpenWindow  *window);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootPlace, reshoot_place_clear)

G_END_DECLS
