/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-history.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_HISTORY_ENTRY (reshoot_history_entry_get_type ())

G_DECLARE_FINAL_TYPE (ReshootHistoryEntry, reshoot_history_entry, RESHOOT, HISTORY_ENTRY, GObject)

/**
 * ReshootLanes:
 * @lane: the column of the step's own dot, 0 = the first
 * @parent_lane: where the line from the parent comes from
 * @passing: a bit for every lane whose line goes past this row
 * @joins: whether a line comes from above
 * @continues: whether a line goes on below
 *
 * The lines beside one row of the history.
 */
typedef struct
{
  int      lane;
  int      parent_lane;
  guint32  passing;
  gboolean joins;
  gboolean continues;
} ReshootLanes;

/* Signal "changed": its place in the tree is another one. */

ReshootStep        *reshoot_history_entry_get_step       (ReshootHistoryEntry   *self);
const ReshootLanes *reshoot_history_entry_get_lanes      (ReshootHistoryEntry   *self);
guint               reshoot_history_entry_get_n_siblings (ReshootHistoryEntry   *self);
guint               reshoot_history_entry_get_place      (ReshootHistoryEntry   *self);
gboolean            reshoot_history_entry_marks_branch   (ReshootHistoryEntry   *self);
guint               reshoot_history_entry_get_n_folded   (ReshootHistoryEntry   *self);

#define RESHOOT_TYPE_HISTORY_ENTRIES (reshoot_history_entries_get_type ())

G_DECLARE_FINAL_TYPE (ReshootHistoryEntries, reshoot_history_entries, RESHOOT, HISTORY_ENTRIES,
                      GObject)

/* A GListModel of ReshootHistoryEntry. */

ReshootHistoryEntries *reshoot_history_entries_new           (ReshootHistory        *history) G_GNUC_WARN_UNUSED_RESULT;
gboolean               reshoot_history_entries_get_all_steps (ReshootHistoryEntries *self);
void                   reshoot_history_entries_set_all_steps (ReshootHistoryEntries *self,
                                                              gboolean               all_steps);
gboolean               reshoot_history_entries_find          (ReshootHistoryEntries *self,
                                                              ReshootStep           *step,
                                                              guint                 *position);
void                   reshoot_history_entries_reveal        (ReshootHistoryEntries *self,
                                                              ReshootStep           *step);
void                   reshoot_history_entries_unfold        (ReshootHistoryEntries *self,
                                                              ReshootStep           *step);

GPtrArray             *reshoot_history_list_siblings         (ReshootHistory        *history,
                                                              ReshootStep           *step) G_GNUC_WARN_UNUSED_RESULT;
gboolean               reshoot_history_can_retry             (ReshootStep           *step);
gboolean               reshoot_history_can_ask_again         (ReshootStep           *step);
guint                  reshoot_history_count_below           (ReshootStep           *step);

G_END_DECLS
