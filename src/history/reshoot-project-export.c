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
  char               *signed_digest;       /* (nullable): of the original, if it carries Content Credentials */
  gboolean            lost_credentials;
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->step);
  g_object_unref (export->to);
  g_free (export->signed_digest);
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
  Export *export = g_task_get_task_data (task);
  g_autofree char *written = NULL;
  GError *error = NULL;

  if (!reshoot_image_save_finish (RESHOOT_IMAGE (source), result, &written, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  export->lost_credentials = export->signed_digest != NULL &&
                             !g_str_equal (export->signed_digest, written);
  if (reshoot_project_get_read_only (g_task_get_source_object (task)))
    g_task_return_boolean (task, TRUE);
  else
    tell (task, written);
}

static void
save (GTask        *task,
      ReshootImage *image)
{
  ReshootProject *self = g_task_get_source_object (task);
  Export *export = g_task_get_task_data (task);
  g_autoptr (ReshootMark) mark = reshoot_project_dup_mark (self, export->step);

  reshoot_image_save_async (image, export->to, &export->options, mark,
                            g_task_get_cancellable (task), saved_cb, g_object_ref (task));
}

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;
  g_autoptr (ReshootImage) image = NULL;

  image = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source), result, &error);
  if (image != NULL)
    save (task, image);
  else
    g_task_return_error (task, error);
}

static void
looked_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootProject *self = g_task_get_source_object (task);
  Export *export = g_task_get_task_data (task);

  export->signed_digest = g_task_propagate_pointer (G_TASK (result), NULL);
  reshoot_project_load_picture_async (self, export->step, RESHOOT_PICTURE_SHOWN,
                                      g_task_get_cancellable (task), loaded_cb,
                                      g_object_ref (task));
}

static void
look_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  char *digest = NULL;

  if (reshoot_image_has_credentials (source))
    digest = g_strdup (reshoot_image_get_digest (source));

  g_task_return_pointer (task, digest, g_free);
}

/* An original that cannot be read any more says nothing: its steps can be exported all the same. */
static void
original_loaded_cb (GObject      *source,
                    GAsyncResult *result,
                    gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (ReshootImage) original = NULL;
  g_autoptr (GTask) look = NULL;
  g_autoptr (GError) error = NULL;

  original = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source), result, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    {
      g_task_return_error (task, g_steal_pointer (&error));
      return;
    }

  look = g_task_new (original, NULL, looked_cb, g_object_ref (task));
  g_task_set_source_tag (look, original_loaded_cb);
  if (original != NULL)
    g_task_run_in_thread (look, look_in_thread);
  else
    g_task_return_pointer (look, NULL, NULL);
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
  reshoot_project_load_picture_async (self, reshoot_step_get_original (step), RESHOOT_PICTURE_SHOWN,
                                      cancellable, original_loaded_cb, g_object_ref (task));
}

/**
 * reshoot_project_export_finish:
 * @self: a project
 * @result: what the callback was given
 * @lost_credentials: (out) (optional): whether the original carries Content Credentials, and the file does not
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
                               gboolean        *lost_credentials,
                               GError         **error)
{
  Export *export;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_export_async), FALSE);

  export = g_task_get_task_data (G_TASK (result));
  if (lost_credentials != NULL)
    *lost_credentials = export->lost_credentials;

  return g_task_propagate_boolean (G_TASK (result), error);
}
