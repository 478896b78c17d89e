/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-history.h"

G_BEGIN_DECLS

/* Inside history/ only. The head moved: what to store is the head (NULL: there is none any more) and, for each of
 * @turned, the child it visited. */
typedef void (*ReshootHistoryMoved) (ReshootStep *head,
                                     GPtrArray   *turned,
                                     gpointer     user_data);

ReshootHistory *reshoot_history_new           (void) G_GNUC_WARN_UNUSED_RESULT;
void            reshoot_history_set_moved     (ReshootHistory      *self,
                                               ReshootHistoryMoved  moved,
                                               gpointer             user_data);
void            reshoot_history_add           (ReshootHistory      *self,
                                               ReshootStep         *step);
void            reshoot_history_adopt         (ReshootHistory      *self,
                                               ReshootHistory      *fresh);
void            reshoot_history_restore       (ReshootHistory      *self,
                                               GPtrArray           *steps,
                                               GPtrArray           *binned,
                                               ReshootStep         *head);
void            reshoot_history_step_changed  (ReshootHistory      *self);
gboolean        reshoot_history_is_awaited    (ReshootHistory      *self,
                                               ReshootStep         *step);
gboolean        reshoot_history_is_below      (ReshootHistory      *self,
                                               ReshootStep         *step,
                                               ReshootStep         *above);
ReshootStep    *reshoot_history_find_beside   (ReshootHistory      *self,
                                               ReshootStep         *step);
ReshootStep    *reshoot_history_find_binned   (ReshootHistory      *self,
                                               ReshootStep         *step);
void            reshoot_history_put_in_bin    (ReshootHistory      *self,
                                               ReshootStep         *step);
void            reshoot_history_take_from_bin (ReshootHistory      *self,
                                               ReshootStep         *step);
void            reshoot_history_purge         (ReshootHistory      *self,
                                               GArray              *steps);

G_END_DECLS
