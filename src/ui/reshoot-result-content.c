/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootResultContent: a step's picture as a file that is dragged out of the window. The file is made when somebody
 * asks for it, not while the pointer is on its way: a PNG at full size, called as the step is, with where it came from
 * written into it. */

#include "config.h"

#include "reshoot-result-content.h"

#include "reshoot-mark.h"
#include "reshoot-step-words.h"

/* In characters: a file manager shows no more of it. */
#define NAME_LENGTH_MAX 60

struct _ReshootResultContent
{
  GdkContentProvider  parent_instance;

  ReshootProject     *project;  /* (owned) */
  ReshootStep        *step;     /* (owned) */
  GFile              *file;     /* (owned): what it will be */
};

G_DEFINE_FINAL_TYPE (ReshootResultContent, reshoot_result_content, GDK_TYPE_CONTENT_PROVIDER)

static GdkContentFormats *
reshoot_result_content_ref_formats (GdkContentProvider *provider)
{
  static const char *types[] = { "text/uri-list" };

  return gdk_content_formats_new (types, G_N_ELEMENTS (types));
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootResultContent *self = g_task_get_source_object (task);
  GOutputStream *stream = g_task_get_task_data (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  g_autofree char *uri = g_file_get_uri (self->file);
  GError *error = NULL;
  char *line;

  if (!reshoot_image_save_finish (RESHOOT_IMAGE (source), result, NULL, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  line = g_strconcat (uri, "\r\n", NULL);
  g_object_set_data_full (G_OBJECT (task), "line", line, g_free);
  g_output_stream_write_all_async (stream, line, strlen (line), G_PRIORITY_DEFAULT, cancellable,
                                   written_cb, g_steal_pointer (&task));
}

static void
picture_loaded_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootResultContent *self = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  ReshootSaveOptions options = { .format = RESHOOT_IMAGE_FORMAT_PNG, .quality = 100 };
  GError *error = NULL;
  g_autoptr (ReshootImage) image = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source),
                                                                        result, &error);
  g_autoptr (ReshootMark) mark = reshoot_project_dup_mark (self->project, self->step);

  if (image == NULL)
    g_task_return_error (task, error);
  else
    reshoot_image_save_async (image, self->file, &options, mark,
                              cancellable, saved_cb, g_steal_pointer (&task));
}

static void
reshoot_result_content_write_mime_type_async (GdkContentProvider  *provider,
                                              const char          *mime_type,
                                              GOutputStream       *stream,
                                              int                  io_priority,
                                              GCancellable        *cancellable,
                                              GAsyncReadyCallback  callback,
                                              gpointer             user_data)
{
  ReshootResultContent *self = RESHOOT_RESULT_CONTENT (provider);
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);

  g_task_set_source_tag (task, reshoot_result_content_write_mime_type_async);
  g_task_set_priority (task, io_priority);
  g_task_set_task_data (task, g_object_ref (stream), g_object_unref);
  reshoot_project_load_picture_async (self->project, self->step, RESHOOT_PICTURE_SHOWN,
                                      cancellable, picture_loaded_cb, g_steal_pointer (&task));
}

static gboolean
reshoot_result_content_write_mime_type_finish (GdkContentProvider  *provider,
                                               GAsyncResult        *result,
                                               GError             **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}

static void
reshoot_result_content_finalize (GObject *object)
{
  ReshootResultContent *self = RESHOOT_RESULT_CONTENT (object);

  g_object_unref (self->project);
  g_object_unref (self->step);
  g_object_unref (self->file);

  G_OBJECT_CLASS (reshoot_result_content_parent_class)->finalize (object);
}

static void
reshoot_result_content_class_init (ReshootResultContentClass *klass)
{
  GdkContentProviderClass *provider_class = GDK_CONTENT_PROVIDER_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = reshoot_result_content_finalize;
  provider_class->ref_formats = reshoot_result_content_ref_formats;
  provider_class->write_mime_type_async = reshoot_result_content_write_mime_type_async;
  provider_class->write_mime_type_finish = reshoot_result_content_write_mime_type_finish;
}

static void
reshoot_result_content_init (ReshootResultContent *self)
{
}

/* The project and the step's own words, as far as a file can be called so. */
static char *
dup_file_name (ReshootProject *project,
               ReshootStep    *step)
{
  g_autofree char *stem = g_file_get_basename (reshoot_project_get_file (project));
  g_autofree char *words = reshoot_step_words_for_name (step);
  g_autofree char *valid = g_filename_display_name (stem);
  g_autofree char *name = NULL;
  g_autofree char *start = NULL;

  if (g_str_has_suffix (valid, ".reshoot"))
    valid[strlen (valid) - strlen (".reshoot")] = '\0';

  name = g_strdup_printf ("%s – %s", valid, words);
  start = g_utf8_substring (name, 0, MIN (g_utf8_strlen (name, -1), NAME_LENGTH_MAX));
  g_strdelimit (start, "/\\:*?\"<>|\n\r\t", '-');
  g_strstrip (start);
  if (*start == '.' || *start == '\0')
    return g_strdup_printf ("%d.png", (int) reshoot_step_get_id (step));

  return g_strconcat (start, ".png", NULL);
}

/**
 * reshoot_result_content_new:
 * @project: a project
 * @step: one of its steps, with a picture
 * @folder: where the file may lie until the other program has taken it
 *
 * Returns: (transfer full): what can be dragged
 */
GdkContentProvider *
reshoot_result_content_new (ReshootProject *project,
                            ReshootStep    *step,
                            GFile          *folder)
{
  ReshootResultContent *self;
  g_autofree char *name = NULL;

  g_return_val_if_fail (RESHOOT_IS_PROJECT (project), NULL);
  g_return_val_if_fail (RESHOOT_IS_STEP (step), NULL);
  g_return_val_if_fail (G_IS_FILE (folder), NULL);

  name = dup_file_name (project, step);
  self = g_object_new (RESHOOT_TYPE_RESULT_CONTENT, NULL);
  self->project = g_object_ref (project);
  self->step = g_object_ref (step);
  self->file = g_file_get_child (folder, name);
  return GDK_CONTENT_PROVIDER (self);
}
