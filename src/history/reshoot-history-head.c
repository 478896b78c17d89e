/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where the person looks: the head, undo and redo, and the path, from the original to the head and on along the
 * children last visited, so that what redo would bring is seen.
 *
 * The head is no fact that money hangs on, so it moves at once and the project stores it behind. */

#include "reshoot-history-parts.h"

#include "reshoot-step-private.h"

/* The path as it should be: up from the head, then down where the head would go. */
static GPtrArray *
collect_path (ReshootHistory *self)
{
  GPtrArray *path = g_ptr_array_new ();

  for (ReshootStep *step = self->head; step != NULL; step = reshoot_step_get_parent (step))
    g_ptr_array_add (path, step);

  for (guint i = 0; i < path->len / 2; i++)
    {
      gpointer other = path->pdata[i];

      path->pdata[i] = path->pdata[path->len - 1 - i];
      path->pdata[path->len - 1 - i] = other;
    }

  if (self->head != NULL)
    for (ReshootStep *step = reshoot_step_get_next (self->head); step != NULL;
         step = reshoot_step_get_next (step))
      g_ptr_array_add (path, step);

  return path;
}

/* Tells the views only what differs: what the old and the new list share at their start stays. */
void
reshoot_history_update_list (GListStore *list,
                             GPtrArray  *wanted)
{
  guint n_old = g_list_model_get_n_items (G_LIST_MODEL (list));
  guint same = 0;

  while (same < n_old && same < wanted->len)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (G_LIST_MODEL (list), same);

      if (step != g_ptr_array_index (wanted, same))
        break;

      same++;
    }

  if (same < n_old || same < wanted->len)
    g_list_store_splice (list, same, n_old - same, wanted->pdata + same, wanted->len - same);
}

static void
update_path (ReshootHistory *self)
{
  g_autoptr (GPtrArray) path = collect_path (self);

  reshoot_history_update_list (self->path, path);
}

static void
update_abilities (ReshootHistory *self)
{
  ReshootStep *parent = self->head != NULL ? reshoot_step_get_parent (self->head) : NULL;
  gboolean can_undo = parent != NULL && reshoot_step_get_digest (parent) != NULL;
  gboolean can_redo = self->head != NULL && reshoot_step_get_redo (self->head) != NULL;

  if (self->can_undo != can_undo)
    {
      self->can_undo = can_undo;
      reshoot_history_notify (self, PROP_CAN_UNDO);
    }

  if (self->can_redo != can_redo)
    {
      self->can_redo = can_redo;
      reshoot_history_notify (self, PROP_CAN_REDO);
    }
}

/* A step got a picture or a child: path and abilities may differ now. */
void
reshoot_history_step_changed (ReshootHistory *self)
{
  update_path (self);
  update_abilities (self);
}

static void
move_head (ReshootHistory *self,
           ReshootStep    *step)
{
  g_autoptr (GPtrArray) turned = g_ptr_array_new ();
  ReshootStep *old = self->head;
  ReshootStep *child = step;

  while (child != NULL && reshoot_step_get_parent (child) != NULL)
    {
      ReshootStep *parent = reshoot_step_get_parent (child);

      if (reshoot_step_set_visited (parent, child))
        g_ptr_array_add (turned, parent);

      child = parent;
    }

  self->head = step;
  update_path (self);
  if (old != NULL)
    reshoot_step_set_is_head (old, FALSE);
  if (step != NULL)
    reshoot_step_set_is_head (step, TRUE);
  reshoot_history_notify (self, PROP_HEAD);
  update_abilities (self);

  if (self->moved != NULL)
    self->moved (step, turned, self->moved_data);
}

/* A head that is in the bin now goes to the nearest step left, if there is one. */
void
reshoot_history_leave_bin (ReshootHistory *self)
{
  if (self->head != NULL && reshoot_step_get_in_bin (self->head))
    move_head (self, reshoot_history_find_left (self, self->head));
}

/**
 * reshoot_history_get_head:
 * @self: a history
 *
 * Returns: (transfer none) (nullable): the step one works from; %NULL in a project with no picture
 */
ReshootStep *
reshoot_history_get_head (ReshootHistory *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY (self), NULL);

  return self->head;
}

/**
 * reshoot_history_set_head:
 * @self: a history
 * @step: one of its steps
 *
 * Moves the head, at once, and stores that behind. On the way from the original to @step every step remembers
 * its child as last visited. A step with no picture, or in the bin, cannot be worked from: nothing happens then.
 */
void
reshoot_history_set_head (ReshootHistory *self,
                          ReshootStep    *step)
{
  g_return_if_fail (RESHOOT_IS_HISTORY (self));
  g_return_if_fail (RESHOOT_IS_STEP (step));
  g_return_if_fail (reshoot_history_get_step (self, reshoot_step_get_id (step)) == step);

  if (self->head == step || reshoot_step_get_digest (step) == NULL ||
      reshoot_step_get_in_bin (step))
    return;

  move_head (self, step);
}

/**
 * reshoot_history_get_path:
 * @self: a history
 *
 * Returns: (transfer none): a live list of #ReshootStep from the original to the head and on, where a branch was just
 *   begun or along the children last visited
 */
GListModel *
reshoot_history_get_path (ReshootHistory *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY (self), NULL);

  return G_LIST_MODEL (self->path);
}

/*
 * reshoot_history_is_awaited:
 * @self: a history
 * @step: an edit that is not done yet
 *
 * Who went on to ask something else of the same picture looks at that picture, or waits for the other answer: this one
 * does not take the picture from under their eyes.
 *
 * Returns: whether the person waits on @step: the head is still at its parent, and nothing but @step and its row was
 *   begun from there since
 */
gboolean
reshoot_history_is_awaited (ReshootHistory *self,
                            ReshootStep    *step)
{
  ReshootStep *parent = reshoot_step_get_parent (step);
  ReshootStep *begun;

  if (self->head == NULL || self->head != parent)
    return FALSE;

  begun = reshoot_step_get_begun (parent);
  if (begun == step)
    return TRUE;

  return begun != NULL && reshoot_step_get_row (step) != NULL &&
         g_strcmp0 (reshoot_step_get_row (begun), reshoot_step_get_row (step)) == 0;
}

/**
 * reshoot_history_undo:
 * @self: a history
 *
 * Moves the head to its parent.
 *
 * Returns: whether there was one
 */
gboolean
reshoot_history_undo (ReshootHistory *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY (self), FALSE);

  if (!self->can_undo)
    return FALSE;

  reshoot_history_set_head (self, reshoot_step_get_parent (self->head));
  return TRUE;
}

/**
 * reshoot_history_redo:
 * @self: a history
 *
 * Moves the head to the child last visited, else to the newest that has a picture.
 *
 * Returns: whether there was one
 */
gboolean
reshoot_history_redo (ReshootHistory *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY (self), FALSE);

  if (!self->can_redo)
    return FALSE;

  reshoot_history_set_head (self, reshoot_step_get_redo (self->head));
  return TRUE;
}
