/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The bin, as the history shows it. A step goes there with all below it: out of the flat list and of its parent's
 * children, and so out of the path. Below it nothing changes, so that it comes back as it was. What was put in the bin
 * earlier, below a step that follows it there, keeps its own place: it comes back on its own. */

#include "reshoot-history-parts.h"

#include "reshoot-step-private.h"

/* Where @id is in the flat list, or would be. */
guint
reshoot_history_find_place (ReshootHistory *self,
                            gint64          id)
{
  guint low = 0;
  guint high = self->steps->len;

  while (low < high)
    {
      guint middle = low + (high - low) / 2;

      if (reshoot_step_get_id (self->steps->pdata[middle]) < id)
        low = middle + 1;
      else
        high = middle;
    }

  return low;
}

static int
compare_ids (gconstpointer a,
             gconstpointer b)
{
  gint64 id_a = reshoot_step_get_id (*(ReshootStep * const *) a);
  gint64 id_b = reshoot_step_get_id (*(ReshootStep * const *) b);

  return (id_a > id_b) - (id_a < id_b);
}

/* @root and what is below it and not in the bin on its own, by number. A branch may be long: nothing recurses. */
static GPtrArray *
collect_below (ReshootStep *root)
{
  GPtrArray *below = g_ptr_array_new ();

  g_ptr_array_add (below, root);
  for (guint i = 0; i < below->len; i++)
    {
      GListModel *children = reshoot_step_get_children (below->pdata[i]);

      for (guint j = 0; j < g_list_model_get_n_items (children); j++)
        {
          g_autoptr (ReshootStep) child = g_list_model_get_item (children, j);

          g_ptr_array_add (below, child);
        }
    }

  g_ptr_array_sort (below, compare_ids);
  return below;
}

/* Tells the views only what went: one change for each stretch of neighbours, from the end, so that places hold. */
static void
hide (ReshootHistory *self,
      GPtrArray      *below)
{
  guint i = below->len;

  while (i > 0)
    {
      guint place = reshoot_history_find_place (self, reshoot_step_get_id (below->pdata[i - 1]));
      guint n = 1;

      i--;
      while (i > 0 && place > 0 && self->steps->pdata[place - 1] == below->pdata[i - 1])
        {
          place--;
          n++;
          i--;
        }

      g_ptr_array_remove_range (self->steps, place, n);
      g_list_model_items_changed (G_LIST_MODEL (self), place, n, 0);
    }
}

/* The same for what comes. */
static void
unhide (ReshootHistory *self,
        GPtrArray      *below)
{
  guint i = 0;

  while (i < below->len)
    {
      guint place = reshoot_history_find_place (self, reshoot_step_get_id (below->pdata[i]));
      gint64 next = G_MAXINT64;
      guint n = 0;

      if (place < self->steps->len)
        next = reshoot_step_get_id (self->steps->pdata[place]);

      while (i < below->len && reshoot_step_get_id (below->pdata[i]) < next)
        {
          g_ptr_array_insert (self->steps, (int) (place + n), g_object_ref (below->pdata[i]));
          n++;
          i++;
        }

      g_list_model_items_changed (G_LIST_MODEL (self), place, 0, n);
    }
}

/* What lies in the bin below another step there is not shown until that comes back. */
static void
update_bin (ReshootHistory *self)
{
  g_autoptr (GPtrArray) shown = g_ptr_array_new ();

  for (guint i = 0; i < self->binned->len; i++)
    {
      ReshootStep *parent = reshoot_step_get_parent (self->binned->pdata[i]);

      if (parent == NULL || !reshoot_step_get_in_bin (parent))
        g_ptr_array_add (shown, self->binned->pdata[i]);
    }

  reshoot_history_update_list (self->bin, shown);
}

/* Whether @step is @above or below it. */
gboolean
reshoot_history_is_below (ReshootHistory *self,
                          ReshootStep    *step,
                          ReshootStep    *above)
{
  while (step != NULL && step != above)
    step = reshoot_step_get_parent (step);

  return step != NULL;
}

/* The step that was put in the bin and took @step along. */
ReshootStep *
reshoot_history_find_binned (ReshootHistory *self,
                             ReshootStep    *step)
{
  ReshootStep *parent = reshoot_step_get_parent (step);

  while (parent != NULL && reshoot_step_get_in_bin (parent))
    {
      step = parent;
      parent = reshoot_step_get_parent (step);
    }

  return step;
}

/* @step is NULL or an original, or below one, that is or will be in the bin. */
static ReshootStep *
find_other_original (ReshootHistory *self,
                     ReshootStep    *step)
{
  ReshootStep *own = step != NULL ? reshoot_step_get_original (step) : NULL;
  guint place = own != NULL ? reshoot_history_find_place (self, reshoot_step_get_id (own)) : 0;

  for (guint i = place; i > 0; i--)
    if (!reshoot_step_get_is_edit (self->steps->pdata[i - 1]))
      return self->steps->pdata[i - 1];

  for (guint i = place; i < self->steps->len; i++)
    if (!reshoot_step_get_is_edit (self->steps->pdata[i]) && self->steps->pdata[i] != own)
      return self->steps->pdata[i];

  return NULL;
}

/* The nearest step that is not in the bin: above, else the original before, else the one after. */
ReshootStep *
reshoot_history_find_left (ReshootHistory *self,
                           ReshootStep    *step)
{
  ReshootStep *up = step;

  while (up != NULL && reshoot_step_get_in_bin (up))
    up = reshoot_step_get_parent (up);

  return up != NULL ? up : find_other_original (self, step);
}

/* Where a head below @step goes when @step goes to the bin. */
ReshootStep *
reshoot_history_find_beside (ReshootHistory *self,
                             ReshootStep    *step)
{
  ReshootStep *parent = reshoot_step_get_parent (step);

  return parent != NULL ? parent : find_other_original (self, step);
}

/* Also while a project is loaded, when nobody looks yet. */
void
reshoot_history_show_bin (ReshootHistory *self)
{
  update_bin (self);
}

/*
 * reshoot_history_put_in_bin:
 * @self: a history
 * @step: one of its steps that was not put in the bin itself
 *
 * It was stored that @step is in the bin, with all below it. A head there moves to the nearest step left.
 */
void
reshoot_history_put_in_bin (ReshootHistory *self,
                            ReshootStep    *step)
{
  g_autoptr (GPtrArray) below = collect_below (step);

  reshoot_step_set_is_binned (step, TRUE);
  g_ptr_array_add (self->binned, step);
  if (reshoot_step_get_parent (step) != NULL)
    reshoot_step_remove_child (reshoot_step_get_parent (step), step);

  /* What follows what is above it, which went there meanwhile, is hidden already. */
  if (!reshoot_step_get_in_bin (step))
    {
      for (guint i = 0; i < below->len; i++)
        reshoot_step_set_in_bin (below->pdata[i], TRUE);

      hide (self, below);
    }

  update_bin (self);
  reshoot_history_leave_bin (self);
  reshoot_history_step_changed (self);
}

/*
 * reshoot_history_take_from_bin:
 * @self: a history
 * @step: a step that was put in the bin
 *
 * It was stored that @step is not in the bin any more.
 */
void
reshoot_history_take_from_bin (ReshootHistory *self,
                               ReshootStep    *step)
{
  g_autoptr (GPtrArray) below = collect_below (step);
  ReshootStep *parent = reshoot_step_get_parent (step);

  reshoot_step_set_is_binned (step, FALSE);
  reshoot_step_set_is_purged (step, FALSE);
  g_ptr_array_remove (self->binned, step);
  if (parent != NULL)
    reshoot_step_add_child (parent, step);

  if (parent == NULL || !reshoot_step_get_in_bin (parent))
    {
      for (guint i = 0; i < below->len; i++)
        reshoot_step_set_in_bin (below->pdata[i], FALSE);

      unhide (self, below);
    }

  update_bin (self);
  reshoot_history_step_changed (self);
}

/*
 * reshoot_history_purge:
 * @self: a history
 * @steps: of gint64: numbers of steps in the bin
 *
 * It was stored that the bin was emptied of @steps: they are in no list any more.
 */
void
reshoot_history_purge (ReshootHistory *self,
                       GArray         *steps)
{
  for (guint i = 0; i < steps->len; i++)
    {
      ReshootStep *step = reshoot_history_get_step (self, g_array_index (steps, gint64, i));

      g_list_store_remove_all (G_LIST_STORE (reshoot_step_get_children (step)));
      reshoot_step_set_is_purged (step, TRUE);
      if (reshoot_step_get_is_binned (step))
        g_ptr_array_remove (self->binned, step);
    }

  update_bin (self);
}

/**
 * reshoot_history_get_bin:
 * @self: a history
 *
 * Returns: (transfer none): a live list of the #ReshootStep that were put in the bin, the last one last; what is below
 *   each is in the bin with it
 */
GListModel *
reshoot_history_get_bin (ReshootHistory *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY (self), NULL);

  return G_LIST_MODEL (self->bin);
}

static GPtrArray *
list_edits (ReshootHistory *self,
            gboolean        with_purged)
{
  GPtrArray *edits = g_ptr_array_new_with_free_func (g_object_unref);

  for (guint i = 0; i < self->all->len; i++)
    {
      ReshootStep *step = self->all->pdata[i];

      if (reshoot_step_get_request (step) != NULL &&
          (with_purged || !reshoot_step_get_is_purged (step)))
        g_ptr_array_add (edits, g_object_ref (step));
    }

  return edits;
}

/**
 * reshoot_history_list_jobs:
 * @self: a history
 *
 * For whoever looks after jobs: being in the bin ends none of them.
 *
 * Returns: (transfer container) (element-type ReshootStep): every edit that was not purged, in the bin or not, oldest
 *   first
 */
GPtrArray *
reshoot_history_list_jobs (ReshootHistory *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY (self), NULL);
  return list_edits (self, FALSE);
}

/**
 * reshoot_history_list_edits:
 * @self: a history
 *
 * For whoever adds up: what was purged took its time and cost its money too.
 *
 * Returns: (transfer container) (element-type ReshootStep): every edit there ever was, oldest first
 */
GPtrArray *
reshoot_history_list_edits (ReshootHistory *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY (self), NULL);
  return list_edits (self, TRUE);
}
