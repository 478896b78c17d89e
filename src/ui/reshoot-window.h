/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-edit-view.h"
#include "reshoot-review-view.h"
#include "reshoot-row-view.h"

G_BEGIN_DECLS

/**
 * ReshootWindowView:
 *
 * The views of the project in a window.
 */
typedef enum
{
  RESHOOT_WINDOW_EDIT,
  RESHOOT_WINDOW_COMPARE,
  RESHOOT_WINDOW_REVIEW,
} ReshootWindowView;

#define RESHOOT_TYPE_WINDOW (reshoot_window_get_type ())
#define RESHOOT_TYPE_WINDOW_VIEW (reshoot_window_view_get_type ())

GType reshoot_window_view_get_type (void);

G_DECLARE_FINAL_TYPE (ReshootWindow, reshoot_window, RESHOOT, WINDOW, AdwApplicationWindow)

/* Property: "shown": the #ReshootWindowView that is shown, also as the action "win.show-view". */

ReshootWindow   *reshoot_window_new              (GtkApplication *application,
                                                  ReshootSession *session) G_GNUC_WARN_UNUSED_RESULT;
gboolean         reshoot_window_is_empty         (ReshootWindow  *self);
void             reshoot_window_open             (ReshootWindow  *self,
                                                  GFile          *file);
void             reshoot_window_open_picture     (ReshootWindow  *self,
                                                  GFile          *file,
                                                  ReshootPicture *picture);
void             reshoot_window_open_sample      (ReshootWindow  *self);
void             reshoot_window_save_copy        (ReshootWindow  *self,
                                                  GFile          *file);
void             reshoot_window_save_archive     (ReshootWindow  *self,
                                                  GFile          *folder);
void             reshoot_window_save_parcel      (ReshootWindow  *self,
                                                  GFile          *file);
void             reshoot_window_import_verdicts  (ReshootWindow  *self,
                                                  GFile          *file);
AdwToast        *reshoot_window_say              (ReshootWindow  *self,
                                                  const char     *words);
void             reshoot_window_say_error        (ReshootWindow  *self,
                                                  const GError   *error);
ReshootWindow   *reshoot_window_find_open        (GFile          *file);
GFile           *reshoot_window_get_file         (ReshootWindow  *self);
void             reshoot_window_show_step        (ReshootWindow  *self,
                                                  GFile          *file,
                                                  gint64          number);
void             reshoot_window_drop             (ReshootWindow  *self,
                                                  GFile          *file);
ReshootEditView *reshoot_window_get_view         (ReshootWindow  *self);
GActionGroup    *reshoot_window_get_step_actions (ReshootWindow  *self);
ReshootRowView  *reshoot_window_get_compare      (ReshootWindow  *self);
ReshootReviewView *reshoot_window_get_review     (ReshootWindow  *self);
ReshootWindowView reshoot_window_get_shown       (ReshootWindow  *self);
void             reshoot_window_show             (ReshootWindow  *self,
                                                  ReshootWindowView view);

G_END_DECLS
