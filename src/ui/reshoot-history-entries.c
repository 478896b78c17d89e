/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootHistoryEntries: the history as rows. Either the current path, or every step as a tree. A chain stays in one
 * lane; only a branch takes a new one, so that twelve steps in a row are not twelve indents. The order depends on the
 * tree alone, never on the head: rows do not move under the pointer when another step is chosen. */

#include "reshoot-history-entries.h"

#include "reshoot-error.h"

/* What the bits of ReshootLanes.passing can hold; deeper branches share the last lane. */
#define MAX_LANE 31

struct _ReshootHistoryEntry
{
  GObject      parent_instance;

  ReshootStep  *step;
  ReshootLanes  lanes;
  guint         n_siblings;  /* with itself */
  guint         place;       /* among them, from 0 */
  gboolean      marks_branch;
};

G_DEFINE_FINAL_TYPE (ReshootHistoryEntry, reshoot_history_entry, G_TYPE_OBJECT)

struct _ReshootHistoryEntries
{
  GObject         parent_instance;

  ReshootHistory *history;
  GListModel     *path;
  GPtrArray      *entries;    /* (element-type ReshootHistoryEntry) */
  gboolean        all_steps;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ReshootHistoryEntries, reshoot_history_entries, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
reshoot_history_entry_finalize (GObject *object)
{
  g_clear_object (&RESHOOT_HISTORY_ENTRY (object)->step);

  G_OBJECT_CLASS (reshoot_history_entry_parent_class)->finalize (object);
}

static void
reshoot_history_entry_class_init (ReshootHistoryEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_history_entry_finalize;
}

static void
reshoot_history_entry_init (ReshootHistoryEntry *self)
{
}

ReshootStep *
reshoot_history_entry_get_step (ReshootHistoryEntry *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ENTRY (self), NULL);

  return self->step;
}

const ReshootLanes *
reshoot_history_entry_get_lanes (ReshootHistoryEntry *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ENTRY (self), NULL);

  return &self->lanes;
}

guint
reshoot_history_entry_get_n_siblings (ReshootHistoryEntry *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ENTRY (self), 1);

  return self->n_siblings;
}

guint
reshoot_history_entry_get_place (ReshootHistoryEntry *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ENTRY (self), 0);

  return self->place;
}

/**
 * reshoot_history_entry_marks_branch:
 * @self: a row
 *
 * Returns: whether it has siblings that are not in sight, so that the row must tell of them
 */
gboolean
reshoot_history_entry_marks_branch (ReshootHistoryEntry *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ENTRY (self), FALSE);

  return self->marks_branch;
}

/**
 * reshoot_history_list_siblings:
 * @history: the tree
 * @step: a step of it
 *
 * Returns: (transfer full) (element-type ReshootStep): all steps with the same parent, oldest first, @step among them
 */
GPtrArray *
reshoot_history_list_siblings (ReshootHistory *history,
                               ReshootStep    *step)
{
  GPtrArray *siblings = g_ptr_array_new_with_free_func (g_object_unref);
  ReshootStep *parent = reshoot_step_get_parent (step);
  GListModel *model = parent != NULL ? reshoot_step_get_children (parent) : G_LIST_MODEL (history);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (ReshootStep) other = g_list_model_get_item (model, i);

      if (reshoot_step_get_parent (other) == parent)
        g_ptr_array_add (siblings, g_steal_pointer (&other));
    }

  return siblings;
}

/**
 * reshoot_history_count_below:
 * @step: a step
 *
 * Returns: how many steps were made from it, and from those; what is in the bin on its own does not count
 */
guint
reshoot_history_count_below (ReshootStep *step)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();

  g_ptr_array_add (steps, step);
  for (guint i = 0; i < steps->len; i++)
    {
      GListModel *children = reshoot_step_get_children (steps->pdata[i]);

      for (guint j = 0; j < g_list_model_get_n_items (children); j++)
        {
          g_autoptr (ReshootStep) child = g_list_model_get_item (children, j);

          g_ptr_array_add (steps, child);
        }
    }

  return steps->len - 1;
}

/**
 * reshoot_history_can_retry:
 * @step: a step
 *
 * Returns: whether the same words may be tried again with one click. Not where the same no is
 *   certain, and not where it is in doubt whether it was paid for.
 */
gboolean
reshoot_history_can_retry (ReshootStep *step)
{
  ReshootStepState state = reshoot_step_get_state (step);
  g_autoptr (GError) error = NULL;

  if (state == RESHOOT_STEP_CANCELLED || state == RESHOOT_STEP_EXPIRED)
    return TRUE;
  if (state != RESHOOT_STEP_FAILED && state != RESHOOT_STEP_REFUSED)
    return FALSE;

  error = reshoot_step_dup_error (step);
  return !g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_UNSURE)
         && !g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_CANNOT);
}

static void
add_entry (ReshootHistoryEntries *self,
           GPtrArray             *entries,
           ReshootStep           *step,
           ReshootLanes           lanes)
{
  ReshootHistoryEntry *entry = g_object_new (RESHOOT_TYPE_HISTORY_ENTRY, NULL);
  g_autoptr (GPtrArray) siblings = reshoot_history_list_siblings (self->history, step);

  entry->step = g_object_ref (step);
  entry->lanes = lanes;
  entry->n_siblings = siblings->len;
  g_ptr_array_find (siblings, step, &entry->place);
  entry->marks_branch = !self->all_steps && siblings->len > 1
                        && reshoot_step_get_parent (step) != NULL;
  g_ptr_array_add (entries, entry);
}

static void
add_path (ReshootHistoryEntries *self,
          GPtrArray             *entries)
{
  guint n_steps = g_list_model_get_n_items (self->path);

  for (guint i = 0; i < n_steps; i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (self->path, i);

      add_entry (self, entries, step,
                 (ReshootLanes) { .joins = i > 0, .continues = i + 1 < n_steps });
    }
}

/* The oldest child goes on in its parent's lane, below the branches that begin there. */
static void
add_tree (ReshootHistoryEntries *self,
          GPtrArray             *entries,
          ReshootStep           *root,
          ReshootLanes           lanes)
{
  g_autoptr (ReshootStep) step = g_object_ref (root);

  while (step != NULL)
    {
      GListModel *children = reshoot_step_get_children (step);
      guint n_children = g_list_model_get_n_items (children);

      lanes.continues = n_children > 0;
      add_entry (self, entries, step, lanes);

      for (guint i = 1; i < n_children; i++)
        {
          g_autoptr (ReshootStep) branch = g_list_model_get_item (children, i);

          add_tree (self, entries, branch,
                    (ReshootLanes) { .lane = MIN (lanes.lane + 1, MAX_LANE),
                                     .parent_lane = lanes.lane,
                                     .passing = lanes.passing | (1u << lanes.lane),
                                     .joins = TRUE });
        }

      lanes.parent_lane = lanes.lane;
      lanes.joins = TRUE;
      g_clear_object (&step);
      step = g_list_model_get_item (children, 0);
    }
}

static void
add_all (ReshootHistoryEntries *self,
         GPtrArray             *entries)
{
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->history)); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (G_LIST_MODEL (self->history), i);

      if (reshoot_step_get_parent (step) == NULL)
        add_tree (self, entries, step, (ReshootLanes) { 0 });
    }
}

static gboolean
entries_are_equal (ReshootHistoryEntry *a,
                   ReshootHistoryEntry *b)
{
  return a->step == b->step && a->n_siblings == b->n_siblings && a->place == b->place
         && a->marks_branch == b->marks_branch
         && a->lanes.lane == b->lanes.lane && a->lanes.parent_lane == b->lanes.parent_lane
         && a->lanes.passing == b->lanes.passing
         && a->lanes.joins == b->lanes.joins && a->lanes.continues == b->lanes.continues;
}

static void
keep_entry (GPtrArray *old,
            guint      old_index,
            GPtrArray *new,
            guint      new_index)
{
  g_object_unref (new->pdata[new_index]);
  new->pdata[new_index] = g_object_ref (old->pdata[old_index]);
}

/* Says only what really changed, so that the list keeps its rows, its place and its focus. */
static void
rebuild (ReshootHistoryEntries *self)
{
  g_autoptr (GPtrArray) old = g_steal_pointer (&self->entries);
  GPtrArray *new = g_ptr_array_new_with_free_func (g_object_unref);
  guint start = 0;
  guint end = 0;

  if (self->all_steps)
    add_all (self, new);
  else
    add_path (self, new);

  while (start < old->len && start < new->len
         && entries_are_equal (old->pdata[start], new->pdata[start]))
    start++;

  while (end < old->len - start && end < new->len - start
         && entries_are_equal (old->pdata[old->len - 1 - end], new->pdata[new->len - 1 - end]))
    end++;

  for (guint i = 0; i < start; i++)
    keep_entry (old, i, new, i);
  for (guint i = 1; i <= end; i++)
    keep_entry (old, old->len - i, new, new->len - i);

  self->entries = new;
  if (start + end < old->len || start + end < new->len)
    g_list_model_items_changed (G_LIST_MODEL (self), start, old->len - start - end,
                                new->len - start - end);
}

static GType
get_item_type (GListModel *model)
{
  return RESHOOT_TYPE_HISTORY_ENTRY;
}

static guint
get_n_items (GListModel *model)
{
  return RESHOOT_HISTORY_ENTRIES (model)->entries->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  GPtrArray *entries = RESHOOT_HISTORY_ENTRIES (model)->entries;

  return position < entries->len ? g_object_ref (entries->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
reshoot_history_entries_finalize (GObject *object)
{
  ReshootHistoryEntries *self = RESHOOT_HISTORY_ENTRIES (object);

  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_object (&self->path);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (reshoot_history_entries_parent_class)->finalize (object);
}

static void
reshoot_history_entries_class_init (ReshootHistoryEntriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_history_entries_finalize;
}

static void
reshoot_history_entries_init (ReshootHistoryEntries *self)
{
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
}

ReshootHistoryEntries *
reshoot_history_entries_new (ReshootHistory *history)
{
  ReshootHistoryEntries *self;

  g_return_val_if_fail (RESHOOT_IS_HISTORY (history), NULL);

  self = g_object_new (RESHOOT_TYPE_HISTORY_ENTRIES, NULL);
  self->history = g_object_ref (history);
  self->path = g_object_ref (reshoot_history_get_path (history));
  g_signal_connect_object (self->history, "items-changed", G_CALLBACK (rebuild), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->path, "items-changed", G_CALLBACK (rebuild), self,
                           G_CONNECT_SWAPPED);
  rebuild (self);
  return self;
}

gboolean
reshoot_history_entries_get_all_steps (ReshootHistoryEntries *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ENTRIES (self), FALSE);

  return self->all_steps;
}

void
reshoot_history_entries_set_all_steps (ReshootHistoryEntries *self,
                                       gboolean               all_steps)
{
  g_return_if_fail (RESHOOT_IS_HISTORY_ENTRIES (self));

  if (self->all_steps == all_steps)
    return;

  self->all_steps = all_steps;
  rebuild (self);
}

/**
 * reshoot_history_entries_find:
 * @self: the rows
 * @step: (nullable): a step
 * @position: (out): its row
 *
 * Returns: whether there is a row for it
 */
gboolean
reshoot_history_entries_find (ReshootHistoryEntries *self,
                              ReshootStep           *step,
                              guint                 *position)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ENTRIES (self), FALSE);

  for (guint i = 0; i < self->entries->len; i++)
    if (reshoot_history_entry_get_step (self->entries->pdata[i]) == step)
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}
