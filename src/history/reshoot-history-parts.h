/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-history-private.h"

G_BEGIN_DECLS

/* Inside reshoot-history*.c only: the lists, and where the person looks. */

struct _ReshootHistory
{
  GObject              parent_instance;

  GPtrArray           *steps;       /* (owned): of ReshootStep (owned), oldest first; none in the bin */
  GPtrArray           *all;         /* (owned): of ReshootStep (owned), also binned and purged, by number */
  GPtrArray           *binned;      /* (owned): of ReshootStep (unowned), those put in the bin, the last one last */
  GListStore          *bin;         /* (owned): of these, those not below another */
  GListStore          *path;        /* (owned) */
  ReshootStep         *head;        /* (unowned) (nullable): one of the steps */
  gboolean             can_undo;
  gboolean             can_redo;

  ReshootHistoryMoved  moved;       /* (nullable) */
  gpointer             moved_data;
};

typedef enum
{
  PROP_0,
  PROP_HEAD,
  PROP_CAN_UNDO,
  PROP_CAN_REDO,
  N_PROPS
} ReshootHistoryProperty;

void reshoot_history_notify (ReshootHistory         *self,
                             ReshootHistoryProperty  property);
void reshoot_history_update_list (GListStore         *list,
                                  GPtrArray          *wanted);
void reshoot_history_leave_bin   (ReshootHistory     *self);
void reshoot_history_show_bin    (ReshootHistory     *self);
guint reshoot_history_find_place (ReshootHistory     *self,
                                  gint64              id);
ReshootStep *reshoot_history_find_left (ReshootHistory *self,
                                        ReshootStep    *step);

G_END_DECLS
