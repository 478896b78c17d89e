/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Leaving a project and coming back to it: the same view, the same part of the picture. The step is the project's own
 * to remember, and what waits to be sent the panel's. */

#include "config.h"

#include "reshoot-places.h"
#include "reshoot-window-private.h"

static ReshootViewport *
get_viewport (ReshootWindow *self)
{
  return reshoot_canvas_get_viewport (reshoot_edit_view_get_canvas (self->view));
}

/* Before the window lets go of its project. Its words go with it: the next project has its own. */
void
reshoot_window_leave (ReshootWindow *self)
{
  ReshootInstructionPanel *panel = reshoot_edit_view_get_panel (self->view);
  ReshootViewport *viewport = get_viewport (self);
  const char *uuid = reshoot_project_get_uuid (self->project);
  ReshootPlace place = { 0 };

  if (uuid == NULL)
    return;

  place.view = (char *) adw_view_stack_get_visible_child_name (self->views);
  place.fits = reshoot_viewport_get_fits (viewport);
  place.zoom = reshoot_viewport_get_zoom (viewport);
  reshoot_viewport_get_centre (viewport, &place.x, &place.y);
  reshoot_places_set (uuid, &place);
  reshoot_instruction_panel_set_project (panel, NULL);
  reshoot_instruction_panel_set_instruction (panel, "");
}

/* As soon as the window has its project. */
void
reshoot_window_arrive (ReshootWindow *self)
{
  const char *uuid = reshoot_project_get_uuid (self->project);
  g_auto (ReshootPlace) place = { 0 };

  if (uuid == NULL || !reshoot_places_get (uuid, &place))
    return;

  if (place.view != NULL && adw_view_stack_get_child_by_name (self->views, place.view) != NULL)
    adw_view_stack_set_visible_child_name (self->views, place.view);
  if (!place.fits)
    reshoot_viewport_look_at (get_viewport (self), place.zoom, place.x, place.y);
}

/**
 * reshoot_window_get_file:
 * @self: a window
 *
 * Returns: (nullable) (transfer none): the file of the project that is open, or is being opened
 */
GFile *
reshoot_window_get_file (ReshootWindow *self)
{
  g_return_val_if_fail (RESHOOT_IS_WINDOW (self), NULL);

  return self->project != NULL ? reshoot_project_get_file (self->project) : self->opening;
}
