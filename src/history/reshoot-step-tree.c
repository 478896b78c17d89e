/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A step among its neighbours, and where undo and redo lead. The history owns the steps, a parent owns its children,
 * and the ways up are unowned and cut when the history goes. */

#include "reshoot-step-parts.h"

/* The history goes: nobody above us may be asked any more. */
void
reshoot_step_detach (ReshootStep *self)
{
  self->parent = NULL;
  self->original = NULL;
  self->visited = NULL;
  self->begun = NULL;
}

void
reshoot_step_add_child (ReshootStep *self,
                        ReshootStep *child)
{
  g_list_store_append (G_LIST_STORE (reshoot_step_get_children (self)), child);
}

void
reshoot_step_set_begun (ReshootStep *self,
                        ReshootStep *child)
{
  self->begun = child;
}

void
reshoot_step_set_is_head (ReshootStep *self,
                          gboolean     is_head)
{
  if (self->is_head == is_head)
    return;

  self->is_head = is_head;
  reshoot_step_notify (self, PROP_IS_HEAD);
}

ReshootStep *
reshoot_step_get_visited (ReshootStep *self)
{
  return self->visited;
}

/* Returns: whether that is news, to be stored. */
gboolean
reshoot_step_set_visited (ReshootStep *self,
                          ReshootStep *child)
{
  gboolean changed = self->visited != child;

  self->visited = child;
  self->begun = NULL;
  return changed;
}

/* Where redo goes: the child last visited, else the newest that has a picture. */
ReshootStep *
reshoot_step_get_redo (ReshootStep *self)
{
  guint n = self->children != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->children)) : 0;

  if (self->visited != NULL && self->visited->digest != NULL)
    return self->visited;

  for (guint i = n; i > 0; i--)
    {
      g_autoptr (ReshootStep) child = g_list_model_get_item (G_LIST_MODEL (self->children), i - 1);

      if (child->digest != NULL)
        return child;
    }

  return NULL;
}

/* What a straight path shows after this step: the branch just begun, where redo would go, else the newest child. */
ReshootStep *
reshoot_step_get_next (ReshootStep *self)
{
  guint n = self->children != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->children)) : 0;
  ReshootStep *redo;

  if (n == 0)
    return NULL;

  if (self->begun != NULL)
    return self->begun;

  redo = reshoot_step_get_redo (self);
  if (redo == NULL)
    {
      g_autoptr (ReshootStep) newest = g_list_model_get_item (G_LIST_MODEL (self->children), n - 1);

      redo = newest;
    }

  return redo;
}

/**
 * reshoot_step_get_parent:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): the step it was made from; %NULL for an original, and once the project is gone
 */
ReshootStep *
reshoot_step_get_parent (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->parent;
}

/**
 * reshoot_step_get_original:
 * @self: a step
 *
 * Returns: (transfer none) (nullable): the root of its tree, for an original itself; %NULL once the project is gone
 */
ReshootStep *
reshoot_step_get_original (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->request == NULL ? self : self->original;
}

/**
 * reshoot_step_get_children:
 * @self: a step
 *
 * Returns: (transfer none): the steps made from it, oldest first, as a live list of #ReshootStep
 */
GListModel *
reshoot_step_get_children (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  if (self->children == NULL)
    self->children = g_list_store_new (RESHOOT_TYPE_STEP);

  return G_LIST_MODEL (self->children);
}
