/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootHistory: the tree as lists. It is a list model of every step, oldest first, and it has a second list model,
 * the path; that and the head are in reshoot-history-head.c, the bin is in reshoot-history-bin.c. Steps are added by
 * the project when they are stored. */

#include "reshoot-history.h"

#include "reshoot-history-parts.h"
#include "reshoot-step-private.h"

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ReshootHistory, reshoot_history, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static GParamSpec *properties[N_PROPS];

static GType
history_get_item_type (GListModel *model)
{
  return RESHOOT_TYPE_STEP;
}

static guint
history_get_n_items (GListModel *model)
{
  return RESHOOT_HISTORY (model)->steps->len;
}

static gpointer
history_get_item (GListModel *model,
                  guint       position)
{
  ReshootHistory *self = RESHOOT_HISTORY (model);

  if (position >= self->steps->len)
    return NULL;

  return g_object_ref (g_ptr_array_index (self->steps, position));
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = history_get_item_type;
  iface->get_n_items = history_get_n_items;
  iface->get_item = history_get_item;
}

static void
reshoot_history_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  ReshootHistory *self = RESHOOT_HISTORY (object);

  switch (prop_id)
    {
    case PROP_HEAD:
      g_value_set_object (value, self->head);
      break;
    case PROP_CAN_UNDO:
      g_value_set_boolean (value, self->can_undo);
      break;
    case PROP_CAN_REDO:
      g_value_set_boolean (value, self->can_redo);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_history_set_property (GObject      *object,
                              guint         prop_id,
                              const GValue *value,
                              GParamSpec   *pspec)
{
  ReshootHistory *self = RESHOOT_HISTORY (object);

  switch (prop_id)
    {
    case PROP_HEAD:
      if (g_value_get_object (value) != NULL)
        reshoot_history_set_head (self, g_value_get_object (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_history_dispose (GObject *object)
{
  ReshootHistory *self = RESHOOT_HISTORY (object);

  self->head = NULL;
  g_list_store_remove_all (self->path);
  g_list_store_remove_all (self->bin);
  g_ptr_array_set_size (self->binned, 0);
  for (guint i = 0; i < self->all->len; i++)
    reshoot_step_detach (g_ptr_array_index (self->all, i));

  G_OBJECT_CLASS (reshoot_history_parent_class)->dispose (object);
}

static void
reshoot_history_finalize (GObject *object)
{
  ReshootHistory *self = RESHOOT_HISTORY (object);

  g_clear_object (&self->path);
  g_clear_object (&self->bin);
  g_clear_pointer (&self->binned, g_ptr_array_unref);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->all, g_ptr_array_unref);

  G_OBJECT_CLASS (reshoot_history_parent_class)->finalize (object);
}

static void
reshoot_history_class_init (ReshootHistoryClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GParamFlags flags = G_PARAM_EXPLICIT_NOTIFY | G_PARAM_STATIC_STRINGS;

  object_class->get_property = reshoot_history_get_property;
  object_class->set_property = reshoot_history_set_property;
  object_class->dispose = reshoot_history_dispose;
  object_class->finalize = reshoot_history_finalize;

  properties[PROP_HEAD] = g_param_spec_object ("head", NULL, NULL,
                                               RESHOOT_TYPE_STEP, flags | G_PARAM_READWRITE);
  properties[PROP_CAN_UNDO] = g_param_spec_boolean ("can-undo", NULL, NULL, FALSE, flags | G_PARAM_READABLE);
  properties[PROP_CAN_REDO] = g_param_spec_boolean ("can-redo", NULL, NULL, FALSE, flags | G_PARAM_READABLE);

  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reshoot_history_init (ReshootHistory *self)
{
  self->steps = g_ptr_array_new_with_free_func (g_object_unref);
  self->all = g_ptr_array_new_with_free_func (g_object_unref);
  self->path = g_list_store_new (RESHOOT_TYPE_STEP);
  self->binned = g_ptr_array_new ();
  self->bin = g_list_store_new (RESHOOT_TYPE_STEP);
}

/* Whoever binds to @property is told. */
void
reshoot_history_notify (ReshootHistory         *self,
                        ReshootHistoryProperty  property)
{
  g_object_notify_by_pspec (G_OBJECT (self), properties[property]);
}

/* What is below a step in the bin is there too, also when it comes late. */
static void
insert_step (ReshootHistory *self,
             ReshootStep    *step)
{
  ReshootStep *parent = reshoot_step_get_parent (step);
  gboolean is_out = reshoot_step_get_is_binned (step) || reshoot_step_get_is_purged (step);

  g_ptr_array_add (self->all, g_object_ref (step));
  reshoot_step_show (step);
  if (parent != NULL && !is_out)
    reshoot_step_add_child (parent, step);

  if (is_out || (parent != NULL && reshoot_step_get_in_bin (parent)))
    reshoot_step_set_in_bin (step, TRUE);
  else
    g_ptr_array_add (self->steps, g_object_ref (step));
}

ReshootHistory *
reshoot_history_new (void)
{
  return g_object_new (RESHOOT_TYPE_HISTORY, NULL);
}

void
reshoot_history_set_moved (ReshootHistory      *self,
                           ReshootHistoryMoved  moved,
                           gpointer             user_data)
{
  self->moved = moved;
  self->moved_data = user_data;
}

/* A step was stored. It begins a branch, and the path shows it before the head can go there. */
void
reshoot_history_add (ReshootHistory *self,
                     ReshootStep    *step)
{
  insert_step (self, step);
  if (reshoot_step_get_parent (step) != NULL)
    reshoot_step_set_begun (reshoot_step_get_parent (step), step);

  if (!reshoot_step_get_in_bin (step))
    g_list_model_items_changed (G_LIST_MODEL (self), self->steps->len - 1, 0, 1);
  reshoot_history_step_changed (self);
}

/* The steps that @fresh has and @self lacks, oldest first, out of @fresh, with no way left to its other steps. */
static GPtrArray *
take_new_steps (ReshootHistory *self,
                ReshootHistory *fresh)
{
  GPtrArray *steps = g_ptr_array_new_with_free_func (g_object_unref);
  guint n_old = 0;

  g_list_store_remove_all (fresh->path);
  g_list_store_remove_all (fresh->bin);
  g_ptr_array_set_size (fresh->steps, 0);
  for (guint i = 0; i < fresh->all->len; i++)
    {
      ReshootStep *step = g_ptr_array_index (fresh->all, i);

      if (reshoot_history_get_step (self, reshoot_step_get_id (step)) == NULL)
        g_ptr_array_add (steps, g_object_ref (step));
      else
        n_old = i + 1;
    }

  /* Numbers are never given twice: what is new comes after all that is not. */
  g_ptr_array_set_size (fresh->all, (int) n_old);
  return steps;
}

/*
 * reshoot_history_adopt:
 * @self: a history
 * @fresh: the same project, read later and by nobody else; it is taken apart
 *
 * Steps were stored that @self does not show yet: they come over. Those it has stay the objects they are.
 */
void
reshoot_history_adopt (ReshootHistory *self,
                       ReshootHistory *fresh)
{
  ReshootStep *head = fresh->head;
  g_autoptr (GPtrArray) steps = take_new_steps (self, fresh);
  guint n_before = self->steps->len;

  fresh->head = NULL;
  for (guint i = 0; i < steps->len; i++)
    {
      ReshootStep *step = g_ptr_array_index (steps, i);
      ReshootStep *parent = reshoot_step_get_parent (step);

      if (parent != NULL)
        parent = reshoot_history_get_step (self, reshoot_step_get_id (parent));

      reshoot_step_move (step, parent);
      insert_step (self, step);
      if (g_ptr_array_find (fresh->binned, step, NULL))
        g_ptr_array_add (self->binned, step);
    }

  g_ptr_array_set_size (fresh->binned, 0);
  reshoot_history_show_bin (self);
  if (self->steps->len > n_before)
    g_list_model_items_changed (G_LIST_MODEL (self), n_before, 0, self->steps->len - n_before);

  if (self->head == NULL && head != NULL && g_ptr_array_find (steps, head, NULL))
    reshoot_history_set_head (self, head);
  reshoot_history_step_changed (self);
}

/*
 * reshoot_history_restore:
 * @self: an empty history nobody looks at yet
 * @steps: of #ReshootStep, oldest first, parents before children, visits set, and those that were put in the bin or
 *   purged marked
 * @binned: of #ReshootStep: those that were put in the bin, the last one last
 * @head: (nullable): where the person was
 */
void
reshoot_history_restore (ReshootHistory *self,
                         GPtrArray      *steps,
                         GPtrArray      *binned,
                         ReshootStep    *head)
{
  for (guint i = 0; i < steps->len; i++)
    {
      ReshootStep *step = g_ptr_array_index (steps, i);
      ReshootStep *parent = reshoot_step_get_parent (step);

      insert_step (self, step);
      if (parent != NULL)
        {
          gboolean has_ended = reshoot_step_state_is_final (reshoot_step_get_state (step));

          reshoot_step_set_begun (parent, has_ended ? NULL : step);
        }
    }

  g_ptr_array_extend (self->binned, binned, NULL, NULL);
  reshoot_history_show_bin (self);
  self->head = reshoot_history_find_left (self, head);
  if (self->head != NULL)
    reshoot_step_set_is_head (self->head, TRUE);

  reshoot_history_step_changed (self);
}

/**
 * reshoot_history_get_step:
 * @self: a history
 * @id: a step's number
 *
 * Returns: (transfer none) (nullable): that step, also when it is in the bin or was purged
 */
ReshootStep *
reshoot_history_get_step (ReshootHistory *self,
                          gint64          id)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY (self), NULL);

  return reshoot_step_find (self->all, id);
}

/**
 * reshoot_history_find_step:
 * @self: a history
 * @uuid: what a step is known by in every project
 *
 * Looks through all steps.
 *
 * Returns: (transfer none) (nullable): that step, also when it is in the bin or was purged
 */
ReshootStep *
reshoot_history_find_step (ReshootHistory *self,
                           const char     *uuid)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY (self), NULL);
  g_return_val_if_fail (uuid != NULL, NULL);

  for (guint i = 0; i < self->all->len; i++)
    if (g_str_equal (reshoot_step_get_uuid (self->all->pdata[i]), uuid))
      return self->all->pdata[i];

  return NULL;
}

/**
 * reshoot_history_list_row:
 * @self: a history
 * @step: one of its steps
 *
 * Returns: (transfer container) (element-type ReshootStep): the steps that share its row, oldest first, itself among
 *   them; those in the bin are not
 */
GPtrArray *
reshoot_history_list_row (ReshootHistory *self,
                          ReshootStep    *step)
{
  GPtrArray *row = g_ptr_array_new_with_free_func (g_object_unref);
  ReshootStep *parent;
  GListModel *children;

  g_return_val_if_fail (RESHOOT_IS_HISTORY (self), row);
  g_return_val_if_fail (RESHOOT_IS_STEP (step), row);

  parent = reshoot_step_get_parent (step);
  children = parent != NULL ? reshoot_step_get_children (parent) : NULL;
  for (guint i = 0; children != NULL && i < g_list_model_get_n_items (children); i++)
    {
      g_autoptr (ReshootStep) other = g_list_model_get_item (children, i);

      if (other == step ||
          (reshoot_step_get_row (step) != NULL &&
           g_strcmp0 (reshoot_step_get_row (other), reshoot_step_get_row (step)) == 0))
        g_ptr_array_add (row, g_steal_pointer (&other));
    }

  if (row->len == 0)
    g_ptr_array_add (row, g_object_ref (step));

  return row;
}
