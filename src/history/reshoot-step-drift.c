/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How far a step's picture has drifted from its original. A landing measures it once and its version keeps it; of a
 * step that does not say, it is measured when somebody looks. What is read may be a stranger's. */

#include "reshoot-step-drift.h"

#include "reshoot-step-place.h"

#include <math.h>
#include <string.h>

/* No picture is displaced or enlarged by more, in pixels and as a factor. */
#define MAX_SHIFT 1e7
#define MAX_SCALE 1e3

/* Writing and reading */

static void
set_number (JsonObject *object,
            const char *name,
            double      number)
{
  if (isfinite (number))
    json_object_set_double_member (object, name, number);
}

static double
get_number (JsonObject *object,
            const char *name)
{
  JsonNode *node = json_object_get_member (object, name);
  GType type = node != NULL && JSON_NODE_HOLDS_VALUE (node) ? json_node_get_value_type (node) : 0;

  return type == G_TYPE_DOUBLE || type == G_TYPE_INT64 ? json_node_get_double (node) : NAN;
}

/**
 * reshoot_step_drift_write:
 * @facts: an object, which gets members
 * @drift: how far a version's picture is from its original
 *
 * Writes `drift`, the distance of colours where nothing was edited, and `drifted` with the rest. What cannot be told is
 * left out.
 */
void
reshoot_step_drift_write (JsonObject         *facts,
                          const ReshootDrift *drift)
{
  JsonObject *drifted = json_object_new ();
  const ReshootAlignment *alignment = &drift->alignment;

  json_object_set_boolean_member (drifted, "new_scene", alignment->new_scene);
  if (!alignment->new_scene)
    {
      set_number (facts, "drift", drift->colour);
      set_number (drifted, "softer", drift->softer);
      set_number (drifted, "visible", drift->visible);
      set_number (drifted, "edited", drift->edited);
      set_number (drifted, "shift_x", alignment->shift_x);
      set_number (drifted, "shift_y", alignment->shift_y);
      set_number (drifted, "scale_x", alignment->scale_x);
      set_number (drifted, "scale_y", alignment->scale_y);
    }
  json_object_set_object_member (facts, "drifted", drifted);
}

static gboolean
read_place (JsonObject       *drifted,
            ReshootAlignment *alignment)
{
  alignment->shift_x = get_number (drifted, "shift_x");
  alignment->shift_y = get_number (drifted, "shift_y");
  alignment->scale_x = get_number (drifted, "scale_x");
  alignment->scale_y = get_number (drifted, "scale_y");
  alignment->confidence = 1;

  return fabs (alignment->shift_x) <= MAX_SHIFT && fabs (alignment->shift_y) <= MAX_SHIFT
         && alignment->scale_x > 0 && alignment->scale_x <= MAX_SCALE
         && alignment->scale_y > 0 && alignment->scale_y <= MAX_SCALE;
}

/**
 * reshoot_step_drift_read:
 * @step: a step
 * @drift: (out caller-allocates): how far what it shows is from its original
 *
 * Returns: whether that is known
 */
gboolean
reshoot_step_drift_read (ReshootStep  *step,
                         ReshootDrift *drift)
{
  JsonNode *node = reshoot_step_get_facts (step);
  JsonObject *facts = node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node)
                                                                    : NULL;
  JsonNode *drifted = facts != NULL ? json_object_get_member (facts, "drifted") : NULL;
  ReshootStep *original = reshoot_step_get_original (step);
  JsonObject *object;

  if (drifted == NULL || !JSON_NODE_HOLDS_OBJECT (drifted))
    return FALSE;

  object = json_node_get_object (drifted);
  *drift = (ReshootDrift) {
    .alignment.new_scene = json_object_get_boolean_member_with_default (object, "new_scene", FALSE),
    .edited = get_number (object, "edited"),
    .colour = get_number (facts, "drift"),
    .softer = get_number (object, "softer"),
    .visible = get_number (object, "visible"),
    .extent = MAX (reshoot_step_get_width (original), reshoot_step_get_height (original)),
  };
  return drift->alignment.new_scene
         || (read_place (object, &drift->alignment) && drift->edited >= 0 && drift->edited <= 1
             && !(drift->colour < 0) && !(drift->visible < 0) && !(drift->visible > 1)
             && drift->extent > 0);
}

/* Measuring */

typedef struct
{
  ReshootStep  *step;
  ReshootImage *picture;    /* (nullable): until it is here */
  ReshootImage *original;   /* (nullable): until it is here */
  double        place[6];   /* from the picture to the original */
} Measure;

static void
measure_free (gpointer data)
{
  Measure *measure = data;

  g_object_unref (measure->step);
  g_clear_object (&measure->picture);
  g_clear_object (&measure->original);
  g_free (measure);
}

static void
measured_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree ReshootDrift *drift = g_new0 (ReshootDrift, 1);
  GError *error = NULL;

  if (reshoot_drift_finish (result, drift, &error))
    g_task_return_pointer (task, g_steal_pointer (&drift), g_free);
  else
    g_task_return_error (task, error);
}

static void load_next (GTask *task);

static void
picture_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Measure *measure = g_task_get_task_data (task);
  GError *error = NULL;
  ReshootImage *image;

  image = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source), result, &error);
  if (image == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  if (measure->picture == NULL)
    measure->picture = image;
  else
    measure->original = image;
  load_next (g_steal_pointer (&task));
}

static void
load_next (GTask *task)
{
  Measure *measure = g_task_get_task_data (task);
  ReshootProject *project = g_task_get_source_object (task);
  ReshootStep *step = measure->step;

  if (measure->picture != NULL && measure->original != NULL)
    reshoot_drift_async (measure->original, measure->picture, measure->place,
                         g_task_get_cancellable (task), measured_cb, task);
  else
    reshoot_project_load_picture_async (project,
                                        measure->picture == NULL ? step
                                                                 : reshoot_step_get_original (step),
                                        RESHOOT_PICTURE_SHOWN, g_task_get_cancellable (task),
                                        picture_loaded_cb, task);
}

/**
 * reshoot_project_measure_drift_async:
 * @self: a project
 * @step: one of its edits
 * @picture: (nullable): what it is about to show; %NULL: what it shows
 * @affine: (nullable) (array fixed-size=6): where a point of the parent is in @picture; without one that is what it
 *   shows now
 * @cancellable: (nullable): to stop
 * @callback: called once
 * @user_data: for @callback
 *
 * Measures how far the picture has drifted from the step's original, on a worker. Nothing is stored.
 */
void
reshoot_project_measure_drift_async (ReshootProject      *self,
                                     ReshootStep         *step,
                                     ReshootImage        *picture,
                                     const double        *affine,
                                     GCancellable        *cancellable,
                                     GAsyncReadyCallback  callback,
                                     gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  Measure *measure = g_new0 (Measure, 1);

  g_return_if_fail (RESHOOT_IS_PROJECT (self) && RESHOOT_IS_STEP (step));

  g_task_set_source_tag (task, reshoot_project_measure_drift_async);
  g_task_set_task_data (task, measure, measure_free);
  measure->step = g_object_ref (step);
  g_set_object (&measure->picture, picture);
  if (picture != NULL)
    reshoot_step_place_child (reshoot_step_get_parent (step), affine, measure->place);
  else
    reshoot_step_place_in_original (step, measure->place);

  load_next (g_steal_pointer (&task));
}

/**
 * reshoot_project_measure_drift_finish:
 * @self: a project
 * @result: what the callback was given
 * @drift: (out caller-allocates): how far the picture has drifted
 * @error: return location: what reading the project says; `CORRUPT`; `G_IO_ERROR_CANCELLED`
 *
 * Returns: whether it was measured
 */
gboolean
reshoot_project_measure_drift_finish (ReshootProject  *self,
                                      GAsyncResult    *result,
                                      ReshootDrift    *drift,
                                      GError         **error)
{
  g_autofree ReshootDrift *measured = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_measure_drift_async),
                        FALSE);

  measured = g_task_propagate_pointer (G_TASK (result), error);
  if (measured == NULL)
    return FALSE;

  *drift = *measured;
  return TRUE;
}
