/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A parcel: a project as one page for somebody who has neither Reshoot nor a network, or as a contact sheet. It is
 * written beside its place, a step at a time, so that neither a large project nor a full disk hurts, and moved there
 * when it is whole. */

#include "reshoot-parcel.h"

#include <string.h>

#include "reshoot-error.h"
#include "reshoot-parcel-page.h"
#include "reshoot-parcel-sheet.h"
#include "reshoot-step-json.h"

/* On the contact sheet and in the list, in pixels. */
#define THUMBNAIL_EDGE 384

typedef struct
{
  GFile                 *to;
  GFile                 *beside;       /* what is being written */
  GOutputStream         *stream;       /* (nullable) */
  GPtrArray             *steps;
  guint                  at;
  GHashTable            *written;      /* digests of the pictures that are in it */
  JsonArray             *told;         /* what is known of those steps */
  JsonObject            *words;
  char                  *title;
  ReshootParcelKind      kind;
  int                    long_edge;
  gboolean               prices;
  ReshootSheet          *sheet;        /* (nullable): of that kind */
  GFileProgressCallback  progress;     /* (nullable) */
  gpointer               progress_data;

  /* the step at work */
  JsonNode              *node;
  ReshootImage          *image;
  char                  *text;         /* what is written next */
} Parcel;

static void
parcel_free (Parcel *parcel)
{
  g_object_unref (parcel->to);
  g_object_unref (parcel->beside);
  g_clear_pointer (&parcel->sheet, reshoot_sheet_free);
  g_clear_object (&parcel->stream);
  g_ptr_array_unref (parcel->steps);
  g_hash_table_unref (parcel->written);
  json_array_unref (parcel->told);
  json_object_unref (parcel->words);
  g_clear_pointer (&parcel->node, json_node_unref);
  g_clear_object (&parcel->image);
  g_free (parcel->text);
  g_free (parcel->title);
  g_free (parcel);
}

static gboolean
is_for_review (ReshootStep *step)
{
  return reshoot_step_get_state (step) == RESHOOT_STEP_DONE &&
         reshoot_step_get_digest (step) != NULL && !reshoot_step_get_in_bin (step);
}

static GPtrArray *
list_steps (ReshootProject *project,
            ReshootStep    *until)
{
  GListModel *history = G_LIST_MODEL (reshoot_project_get_history (project));
  GPtrArray *steps = g_ptr_array_new_with_free_func (g_object_unref);

  for (; until != NULL; until = reshoot_step_get_parent (until))
    if (is_for_review (until))
      g_ptr_array_insert (steps, 0, g_object_ref (until));

  if (steps->len > 0)
    return steps;

  for (guint i = 0; i < g_list_model_get_n_items (history); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (history, i);

      if (is_for_review (step))
        g_ptr_array_add (steps, g_steal_pointer (&step));
    }

  return steps;
}

/* The file's name without our extension: what the page is called. */
static char *
dup_title (ReshootProject *project)
{
  g_autofree char *name = g_file_get_basename (reshoot_project_get_file (project));
  g_autofree char *title = g_filename_display_name (name);

  if (g_str_has_suffix (title, ".reshoot") && strlen (title) > strlen (".reshoot"))
    title[strlen (title) - strlen (".reshoot")] = '\0';

  return g_steal_pointer (&title);
}

static void
fail (GTask  *task,
      GError *error)
{
  Parcel *parcel = g_task_get_task_data (task);
  g_autofree char *name = g_file_get_parse_name (parcel->to);
  g_autoptr (GError) owned = error;

  if (parcel->stream != NULL)
    {
      g_output_stream_close (parcel->stream, NULL, NULL);
      g_file_delete (parcel->beside, NULL, NULL);
    }

  if (error->domain == G_IO_ERROR && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_task_return_error (task, reshoot_error_new_from_io (error, name));
  else
    g_task_return_error (task, g_steal_pointer (&owned));
}

/* -- The end ------------------------------------------------------------------------------------------------------- */

static gboolean
write_end (Parcel        *parcel,
           GCancellable  *cancellable,
           GError       **error)
{
  if (parcel->kind == RESHOOT_PARCEL_SHEET)
    return reshoot_sheet_finish (parcel->sheet, error);

  return g_output_stream_write_all (parcel->stream, parcel->text, strlen (parcel->text), NULL,
                                    cancellable, error);
}

/* On a worker: closing and moving may wait for a disk. */
static void
put_in_place (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  Parcel *parcel = task_data;
  GError *error = NULL;

  if (!write_end (parcel, cancellable, &error) ||
      !g_output_stream_close (parcel->stream, cancellable, &error) ||
      !g_file_move (parcel->beside, parcel->to, G_FILE_COPY_OVERWRITE, cancellable, NULL, NULL,
                    &error))
    g_task_return_error (task, error);
  else
    g_task_return_boolean (task, TRUE);
}

static void
placed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    fail (task, error);
}

/* The work of a thread on what @task has, which nobody touches meanwhile. */
static void
run (GTask               *task,
     GTaskThreadFunc      work,
     GAsyncReadyCallback  callback)
{
  g_autoptr (GTask) part = g_task_new (NULL, g_task_get_cancellable (task), callback,
                                       g_object_ref (task));

  g_task_set_source_tag (part, run);
  g_task_set_task_data (part, g_task_get_task_data (task), NULL);
  g_task_run_in_thread (part, work);
}

static void
end (GTask *task)
{
  Parcel *parcel = g_task_get_task_data (task);
  ReshootProject *project = g_task_get_source_object (task);
  ReshootStep *head = reshoot_history_get_head (reshoot_project_get_history (project));
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  const char *title = parcel->title;
  JsonObject *object = json_object_new ();

  json_node_take_object (node, object);
  json_object_set_string_member (object, "project", reshoot_project_get_uuid (project));
  json_object_set_string_member (object, "title", title);
  json_object_set_string_member (object, "file", title);
  json_object_set_string_member (object, "lang",
                                 json_object_get_string_member (parcel->words, "lang"));
  json_object_set_int_member (object, "head", head != NULL ? reshoot_step_get_id (head) : 0);
  json_object_set_array_member (object, "steps", json_array_ref (parcel->told));
  json_object_set_object_member (object, "words", json_object_ref (parcel->words));
  parcel->text = reshoot_parcel_dup_tail (node);
  run (task, put_in_place, placed_cb);
}

/* -- A step -------------------------------------------------------------------------------------------------------- */

static void next (GTask *task);

static gboolean
write_figure (Parcel        *parcel,
              GCancellable  *cancellable,
              GError       **error)
{
  JsonObject *object = json_node_get_object (parcel->node);
  const char *digest = json_object_get_string_member (object, "digest");
  int edge = MAX (reshoot_image_get_width (parcel->image),
                  reshoot_image_get_height (parcel->image));
  g_autoptr (ReshootImage) small = NULL;
  g_autoptr (ReshootImage) picture = NULL;
  g_autofree char *text = NULL;

  small = reshoot_image_make_thumbnail (parcel->image, THUMBNAIL_EDGE, cancellable, error);
  if (small == NULL)
    return FALSE;

  if (g_hash_table_add (parcel->written, g_strdup (digest)))
    {
      picture = reshoot_image_make_thumbnail (parcel->image,
                                              parcel->long_edge > 0 ? parcel->long_edge : edge,
                                              cancellable, error);
      if (picture == NULL)
        return FALSE;
    }

  text = reshoot_parcel_dup_figure (object, small, picture);
  return g_output_stream_write_all (parcel->stream, text, strlen (text), NULL, cancellable, error);
}

static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Parcel *parcel = task_data;
  GError *error = NULL;
  gboolean is_written;

  if (parcel->kind == RESHOOT_PARCEL_SHEET)
    is_written = reshoot_parcel_add_to_sheet (parcel->sheet, parcel->words,
                                              json_node_get_object (parcel->node), parcel->image,
                                              cancellable, &error);
  else
    is_written = write_figure (parcel, cancellable, &error);

  if (is_written)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Parcel *parcel = g_task_get_task_data (task);
  GError *error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      fail (task, error);
      return;
    }

  json_array_add_element (parcel->told, g_steal_pointer (&parcel->node));
  next (task);
}

/* A picture that a damaged file lost leaves its step out; the others are worth having. */
static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Parcel *parcel = g_task_get_task_data (task);
  GError *error = NULL;

  parcel->image = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source), result, &error);
  if (parcel->image != NULL)
    {
      run (task, write_in_thread, written_cb);
    }
  else if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT))
    {
      g_error_free (error);
      next (task);
    }
  else
    {
      fail (task, error);
    }
}

static void
next (GTask *task)
{
  Parcel *parcel = g_task_get_task_data (task);
  ReshootStep *step;

  g_clear_object (&parcel->image);
  g_clear_pointer (&parcel->node, json_node_unref);
  if (parcel->progress != NULL)
    parcel->progress (parcel->at, parcel->steps->len, parcel->progress_data);

  if (parcel->at == parcel->steps->len)
    {
      end (task);
      return;
    }

  step = parcel->steps->pdata[parcel->at++];
  parcel->node = reshoot_step_to_json (step);
  if (!parcel->prices)
    json_object_remove_member (json_node_get_object (parcel->node), "price");
  reshoot_project_load_picture_async (g_task_get_source_object (task), step, RESHOOT_PICTURE_SHOWN,
                                      g_task_get_cancellable (task), loaded_cb,
                                      g_object_ref (task));
}

/* -- The beginning ------------------------------------------------------------------------------------------------- */

static void
begin_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Parcel *parcel = task_data;
  GError *error = NULL;

  parcel->stream = G_OUTPUT_STREAM (g_file_create (parcel->beside, G_FILE_CREATE_NONE, cancellable,
                                                   &error));
  if (parcel->stream != NULL && parcel->kind == RESHOOT_PARCEL_SHEET)
    {
      parcel->sheet = reshoot_sheet_new (parcel->stream, parcel->title);
      g_task_return_boolean (task, TRUE);
    }
  else if (parcel->stream != NULL &&
      g_output_stream_write_all (parcel->stream, parcel->text, strlen (parcel->text), NULL,
                                 cancellable, &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

static void
begun_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Parcel *parcel = g_task_get_task_data (task);
  GError *error = NULL;

  g_clear_pointer (&parcel->text, g_free);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    next (task);
  else
    fail (task, error);
}

static GFile *
dup_beside (GFile *to)
{
  g_autoptr (GFile) folder = g_file_get_parent (to);
  g_autofree char *name = g_file_get_basename (to);
  g_autofree char *hidden = g_strdup_printf (".%s.%08x", name, g_random_int ());

  return folder != NULL ? g_file_get_child (folder, hidden) : g_object_ref (to);
}

static Parcel *
parcel_new (ReshootProject             *project,
            GFile                      *to,
            const ReshootParcelOptions *options)
{
  Parcel *parcel = g_new0 (Parcel, 1);

  parcel->title = dup_title (project);
  parcel->kind = options->kind;
  parcel->to = g_object_ref (to);
  parcel->beside = dup_beside (to);
  parcel->steps = list_steps (project, options->until);
  parcel->written = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  parcel->told = json_array_new ();
  parcel->words = json_object_ref (json_node_get_object (options->words));
  parcel->long_edge = options->long_edge;
  parcel->prices = options->prices;
  parcel->text = reshoot_parcel_dup_head (parcel->words, parcel->title);
  return parcel;
}

/**
 * reshoot_parcel_save_async:
 * @project: a project
 * @to: where the page goes; a file that is there is replaced
 * @options: what it holds
 * @progress: (nullable): called with how many of the steps are in it, and how many there are
 * @progress_data: for @progress
 * @cancellable: (nullable): to stop
 * @callback: called when it is there
 * @user_data: for @callback
 *
 * Saves a page that holds the steps that are done and not in the bin, with their pictures, to be looked at, compared,
 * rated and annotated in a browser, with no network. What the reviewer says comes back as a file, see
 * [method@Project.import_verdicts_async].
 */
void
reshoot_parcel_save_async (ReshootProject             *project,
                           GFile                      *to,
                           const ReshootParcelOptions *options,
                           GFileProgressCallback       progress,
                           gpointer                    progress_data,
                           GCancellable               *cancellable,
                           GAsyncReadyCallback         callback,
                           gpointer                    user_data)
{
  g_autoptr (GTask) task = NULL;
  Parcel *parcel;

  g_return_if_fail (RESHOOT_IS_PROJECT (project));
  g_return_if_fail (G_IS_FILE (to));
  g_return_if_fail (options != NULL && JSON_NODE_HOLDS_OBJECT (options->words));

  task = g_task_new (project, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_parcel_save_async);
  g_task_set_check_cancellable (task,
                                FALSE);   /* a page that is in its place is saved, whatever came after */
  parcel = parcel_new (project, to, options);
  parcel->progress = progress;
  parcel->progress_data = progress_data;
  g_task_set_task_data (task, parcel, (GDestroyNotify) parcel_free);

  if (parcel->steps->len == 0)
    {
      g_autofree char *name = g_file_get_parse_name (reshoot_project_get_file (project));

      g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "no-steps", name,
                                                    "nothing to review"));
      return;
    }

  run (task, begin_in_thread, begun_cb);
}

/**
 * reshoot_parcel_save_finish:
 * @project: a project
 * @result: what the callback was given
 * @n_steps: (out) (optional): how many steps are in it
 * @error: return location for an error
 *
 * Errors: `INVALID_REQUEST` "no-steps", those of writing a file, and those of reading the project.
 *
 * Returns: whether it is saved; if not, what was there is there still
 */
gboolean
reshoot_parcel_save_finish (ReshootProject  *project,
                            GAsyncResult    *result,
                            guint           *n_steps,
                            GError         **error)
{
  Parcel *parcel;

  g_return_val_if_fail (g_task_is_valid (result, project), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_parcel_save_async), FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  parcel = g_task_get_task_data (G_TASK (result));
  if (n_steps != NULL)
    *n_steps = json_array_get_length (parcel->told);

  return TRUE;
}
