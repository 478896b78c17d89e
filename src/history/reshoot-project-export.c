/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A step's picture leaves the project: read, written with a mark of where it came from, and told in the ledger. */

#include "reshoot-project-export.h"

#include "reshoot-mark.h"

typedef struct
{
  ReshootStep        *step;      /* (owned) */
  GFile              *to;        /* (owned) */
  ReshootSaveOptions  options;
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->step);
  g_object_unref (export->to);
  g_free (export);
}

static void
told_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (reshoot_project_add_entry_finish (RESHOOT_PROJECT (source), result, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* What left the project, and under which name. A cancellation comes too late now: the file is there. */
static void
tell (GTask      *task,
      const char *written)
{
  ReshootProject *self = g_task_get_source_object (task);
  Export *export = g_task_get_task_data (task);
  g_autoptr (JsonNode) body = json_node_new (JSON_NODE_OBJECT);
  g_autofree char *name = g_file_get_basename (export->to);
  g_autofree char *shown = g_filename_display_name (name);
  JsonObject *object = json_object_new ();

  json_object_set_string_member (object, "file", shown);
  json_object_set_string_member (object, "digest", reshoot_step_get_digest (export->step));
  json_object_set_string_member (object, "written", written);
  json_node_take_object (body, object);
  reshoot_project_add_entry_async (self, "export", export->step, body, NULL, told_cb,
                                   g_object_ref (task));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autofree char *written = NULL;
  GError *error = NULL;

  if (!reshoot_image_save_finish (RESHOOT_IMAGE (source), result, &written, &error))
    g_task_return_error (task, error);
  else if (reshoot_project_get_read_only (g_task_get_source_object (task)))
    g_task_return_boolean (task, TRUE);
  else
    tell (task, written);
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = RESHOOT_PROJECT (source);
  Export *export = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (ReshootMark) mark = NULL;

  image = reshoot_project_load_picture_finish (self, result, &error);
  if (image == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  mark = reshoot_project_dup_mark (self, export->step);
  reshoot_image_save_async (image, export->to, &export->options, mark,
                            g_task_get_cancellable (task), saved_cb, g_object_ref (task));
}

/**
 * reshoot_project_export_async:
 * @self: a project
 * @step: one of its steps, with a picture
 * @to: where the picture goes; a file that is there is replaced when it is whole
 * @options: how
 * @cancellable: (nullable): to stop; then there is no file
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Writes what @step shows to a file, with a mark of where it came from unless it is to be private, and, where the
 * project can be written, an entry `export` into its ledger.
 */
void
reshoot_project_export_async (ReshootProject           *self,
                              ReshootStep              *step,
                              GFile                    *to,
                              const ReshootSaveOptions *options,
                              GCancellable             *cancellable,
                              GAsyncReadyCallback       callback,
                              gpointer                  user_data)
{
  g_autoptr (GTask) task = NULL;
  Export *export;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (RESHOOT_IS_STEP (step));
  g_return_if_fail (G_IS_FILE (to));
  g_return_if_fail (options != NULL);

  export = g_new0 (Export, 1);
  export->step = g_object_ref (step);
  export->to = g_object_ref (to);
  export->options = *options;

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_project_export_async);
  g_task_set_check_cancellable (task, FALSE);
  g_task_set_task_data (task, export, (GDestroyNotify) export_free);
  reshoot_project_load_picture_async (self, step, RESHOOT_PICTURE_SHOWN, cancellable, loaded_cb,
                                      g_object_ref (task));
}

/**
 * reshoot_project_export_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location
 *
 * Errors: those of [method@Project.load_picture_finish] and [method@Image.save_finish], and those of
 * [method@Project.add_entry_finish], where the file is there and only the ledger does not say so.
 *
 * Returns: whether it is done
 */
gboolean
reshoot_project_export_finish (ReshootProject  *self,
                               GAsyncResult    *result,
                               GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_export_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
