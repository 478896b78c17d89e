/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootProject: one open `.reshoot` file. It owns the file's lock, its threads and the history made from it. Here it
 * is what it is, and is closed; it is opened in reshoot-project-open.c, what is written stands in
 * reshoot-project-writes.c, what is read in reshoot-project-reads.c.
 *
 * The history changes in the main context alone and only after the file has. Call everything from the context in which
 * the project was opened. */

#include "reshoot-project.h"

#include "reshoot-error.h"
#include "reshoot-history-private.h"
#include "reshoot-json.h"
#include "reshoot-mark.h"
#include "reshoot-project-private.h"

#include <string.h>

/* A JPEG has room for 64 KB of what it says of itself; what it says of its edits takes so many bytes at most. */
#define MAX_EDITS 16000
#define ROOM_AROUND 120

/* Of models that generate nothing. */
#define OWN_MODELS "studio/"

G_DEFINE_FINAL_TYPE (ReshootProject, reshoot_project, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_CHECKED,
  PROP_FILE,
  PROP_COPIED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

/* Ends the threads in the order that leaves the writer the last connection: only then can the log be folded away. */
gboolean
reshoot_project_stop_threads (ReshootDatabaseThread  *checker,
                              ReshootDatabaseThread  *reader,
                              ReshootDatabaseThread  *checkpointer,
                              ReshootDatabaseThread  *writer,
                              GError                **error)
{
  if (checker != NULL)
    reshoot_database_thread_stop (checker, NULL);

  if (reader != NULL)
    reshoot_database_thread_stop (reader, NULL);

  if (checkpointer != NULL)
    reshoot_database_thread_stop (checkpointer, NULL);

  return writer == NULL || reshoot_database_thread_stop (writer, error);
}

/* A project that was not closed: the same, but here, and there is nobody to tell. Nothing waits to be stored then: what
 * does holds the project. */
static void
reshoot_project_dispose (GObject *object)
{
  ReshootProject *self = RESHOOT_PROJECT (object);
  g_autoptr (GError) error = NULL;

  if (self->history != NULL)
    reshoot_history_set_moved (self->history, NULL, NULL);

  if (!self->closed)
    {
      self->closed = TRUE;
      if (!reshoot_project_stop_threads (g_steal_pointer (&self->checker),
                                         g_steal_pointer (&self->reader),
                                         g_steal_pointer (&self->checkpointer),
                                         g_steal_pointer (&self->writer), &error))
        g_debug ("closing a project: %s", error->message);
    }

  g_clear_pointer (&self->file, reshoot_project_file_unref);

  G_OBJECT_CLASS (reshoot_project_parent_class)->dispose (object);
}

static void
reshoot_project_finalize (GObject *object)
{
  ReshootProject *self = RESHOOT_PROJECT (object);

  g_clear_pointer (&self->head, reshoot_fact_free);
  g_clear_pointer (&self->damage, g_free);
  g_clear_error (&self->unsound);
  g_clear_object (&self->history);
  g_clear_object (&self->location);
  g_clear_pointer (&self->uuid, g_free);

  G_OBJECT_CLASS (reshoot_project_parent_class)->finalize (object);
}

static void
reshoot_project_get_property (GObject    *object,
                              guint       prop_id,
                              GValue     *value,
                              GParamSpec *pspec)
{
  ReshootProject *self = RESHOOT_PROJECT (object);

  switch (prop_id)
    {
    case PROP_CHECKED:
      g_value_set_double (value, self->checked);
      break;
    case PROP_FILE:
      g_value_set_object (value, self->location);
      break;
    case PROP_COPIED:
      g_value_set_double (value, self->copied);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_project_class_init (ReshootProjectClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);

  object_class->dispose = reshoot_project_dispose;
  object_class->finalize = reshoot_project_finalize;
  object_class->get_property = reshoot_project_get_property;

  /* Emitted in the main context after each commit, for who keeps a record of projects. */
  g_signal_new ("stored", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /* Emitted in the main context once no connection and no lock is left. */
  g_signal_new ("closed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  /* Emitted in the main context, once, where a check or a use of the file found why it must not be written. */
  g_signal_new ("obstructed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL, NULL, NULL, G_TYPE_NONE, 0);

  properties[PROP_CHECKED] = g_param_spec_double ("checked", NULL, NULL, 0, 1, 0,
                                                  G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                  G_PARAM_STATIC_STRINGS);
  properties[PROP_COPIED] = g_param_spec_double ("copied", NULL, NULL, 0, 1, 0,
                                                 G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                                 G_PARAM_STATIC_STRINGS);

  /**
   * ReshootProject:file:
   *
   * Where it lies. Changes when the file was found to have another name while it is open.
   */
  properties[PROP_FILE] = g_param_spec_object ("file", NULL, NULL, G_TYPE_FILE,
                                               G_PARAM_READABLE | G_PARAM_EXPLICIT_NOTIFY |
                                               G_PARAM_STATIC_STRINGS);
  g_object_class_install_properties (object_class, N_PROPS, properties);
}

static void
reshoot_project_init (ReshootProject *self)
{
  self->checked = NAN;
  self->copied = NAN;
}

/* How far a check of everything is; NAN: nobody checks. */
void
reshoot_project_set_checked (ReshootProject *self,
                             double          checked)
{
  if (self->checked == checked || (isnan (self->checked) && isnan (checked)))
    return;

  self->checked = checked;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_CHECKED]);
}

/* The answer of a write tells of it when the file was followed to a new name. */
void
reshoot_project_take_move (ReshootProject *self,
                           GAsyncResult   *result)
{
  const char *path = g_object_get_data (G_OBJECT (result), RESHOOT_TASK_MOVED);

  if (path == NULL)
    return;

  g_object_unref (self->location);
  self->location = g_file_new_for_path (path);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_FILE]);
}

/* What keeps a file that opened as a sound one from being written, an error of ours: nothing is written any more. */
void
reshoot_project_take_obstacle (ReshootProject *self,
                               const GError   *error)
{
  if (self->unsound != NULL || self->damage != NULL || self->newer || self->closed)
    return;

  self->unsound = g_error_copy (error);
  g_signal_emit_by_name (self, "obstructed");
}

/* Damage may show only when the file is used. */
void
reshoot_project_look_at_error (ReshootProject *self,
                               const GError   *error)
{
  if (g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_CORRUPT) &&
      g_strcmp0 (reshoot_error_get_reason (error), "damaged") == 0)
    reshoot_project_take_obstacle (self, error);
}

/* How far a copy that is being saved is; NAN: nobody saves one. */
void
reshoot_project_set_copied (ReshootProject *self,
                            double          copied)
{
  if (self->copied == copied || (isnan (self->copied) && isnan (copied)))
    return;

  self->copied = copied;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_COPIED]);
}

/**
 * reshoot_project_get_file:
 * @self: a project
 *
 * Returns: (transfer none): where it lies
 */
GFile *
reshoot_project_get_file (ReshootProject *self)
{
  g_return_val_if_fail (RESHOOT_IS_PROJECT (self), NULL);

  return self->location;
}

/**
 * reshoot_project_get_uuid:
 * @self: a project
 *
 * Returns: (transfer none) (nullable): what it is known by wherever it lies; %NULL only of a file that lost it
 */
const char *
reshoot_project_get_uuid (ReshootProject *self)
{
  g_return_val_if_fail (RESHOOT_IS_PROJECT (self), NULL);

  return self->uuid;
}

/* The edits from the original to @step, the newest of them where not all have room; @is_generated: (out): whether a
 * trained model made one of them. */
static char *
dup_edits (ReshootStep *step,
           gboolean    *is_generated)
{
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_ARRAY);
  g_autoptr (GPtrArray) path = g_ptr_array_new ();
  JsonArray *array = json_array_new ();
  gsize room = MAX_EDITS;

  *is_generated = FALSE;
  for (; reshoot_step_get_request (step) != NULL; step = reshoot_step_get_parent (step))
    {
      ReshootRequest *request = reshoot_step_get_request (step);
      const char *model = reshoot_request_get_model (request);
      gsize size = strlen (reshoot_request_get_instruction (request)) + strlen (model);

      *is_generated |= !g_str_has_prefix (model, OWN_MODELS);
      room -= MIN (size + ROOM_AROUND, room);
      if (room > 0)
        g_ptr_array_insert (path, 0, step);
    }

  for (guint i = 0; i < path->len; i++)
    {
      ReshootRequest *request = reshoot_step_get_request (path->pdata[i]);
      JsonObject *edit = json_object_new ();

      json_object_set_int_member (edit, "step", reshoot_step_get_id (path->pdata[i]));
      json_object_set_string_member (edit, "instruction", reshoot_request_get_instruction (request));
      json_object_set_string_member (edit, "model", reshoot_request_get_model (request));
      if (reshoot_step_get_created (path->pdata[i]) != NULL)
        json_object_set_string_member (edit, "made", reshoot_step_get_created (path->pdata[i]));
      json_array_add_object_element (array, edit);
    }

  json_node_take_array (node, array);
  return reshoot_json_to_text (node);
}

/**
 * reshoot_project_dup_mark:
 * @self: a project
 * @step: one of its steps
 *
 * What an export of @step has written into it: where it is in which project, and the words and models that made it. An
 * original was made by someone else, and goes out as it came in.
 *
 * Returns: (transfer full) (nullable): where its picture comes from
 */
ReshootMark *
reshoot_project_dup_mark (ReshootProject *self,
                          ReshootStep    *step)
{
  g_autofree char *edits = NULL;
  gboolean is_generated;
  ReshootMark *mark;

  g_return_val_if_fail (RESHOOT_IS_PROJECT (self), NULL);
  g_return_val_if_fail (RESHOOT_IS_STEP (step), NULL);

  if (self->uuid == NULL || reshoot_step_get_request (step) == NULL)
    return NULL;

  edits = dup_edits (step, &is_generated);
  mark = reshoot_mark_new (self->uuid, reshoot_step_get_uuid (step), reshoot_step_get_id (step));
  reshoot_mark_set_edits (mark, edits, is_generated);
  return mark;
}

/**
 * reshoot_project_get_read_only:
 * @self: a project
 *
 * Returns: whether every write will fail; reshoot_project_dup_obstacle() says why
 */
gboolean
reshoot_project_get_read_only (ReshootProject *self)
{
  g_return_val_if_fail (RESHOOT_IS_PROJECT (self), TRUE);

  return self->newer || self->damage != NULL || self->unsound != NULL ||
         self->access != RESHOOT_FILE_WRITABLE;
}

/**
 * reshoot_project_dup_obstacle:
 * @self: a project
 *
 * The subject is the project's path.
 *
 * Returns: (transfer full) (nullable): the error that every write fails with: `FAILED` "closed", `NEWER`, `CORRUPT`
    "damaged", `BUSY`
 *   "locked", `READ_ONLY` "read-only", "no-lock" where files cannot be locked, or "log-ignored": the newest steps may
 *   be missing, because what a crash left beside the file cannot be read there
 */
GError *
reshoot_project_dup_obstacle (ReshootProject *self)
{
  g_autofree char *path = NULL;

  g_return_val_if_fail (RESHOOT_IS_PROJECT (self), NULL);

  path = g_file_get_parse_name (self->location);
  if (self->closed)
    return reshoot_error_new (RESHOOT_ERROR_FAILED, "closed", path, "the project is closed");
  if (self->newer)
    return reshoot_error_new (RESHOOT_ERROR_NEWER, "newer", path, "made by a newer Reshoot");
  if (self->damage != NULL)
    return reshoot_error_new (RESHOOT_ERROR_CORRUPT, "damaged", path, "the file is damaged");
  if (self->unsound != NULL)
    return reshoot_error_new (self->unsound->code, reshoot_error_get_reason (self->unsound), path,
                              "%s", self->unsound->message);
  if (self->access == RESHOOT_FILE_BUSY)
    return reshoot_error_new (RESHOOT_ERROR_BUSY, "locked", path, "another program writes it");
  if (self->access == RESHOOT_FILE_READ_ONLY)
    return reshoot_error_new (RESHOOT_ERROR_READ_ONLY, reshoot_project_file_get_why (self->file),
                              path, "opened for reading");

  return NULL;
}

/**
 * reshoot_project_get_history:
 * @self: a project
 *
 * Returns: (transfer none): its steps; it outlives the closing of the project but cannot be stored any more
 */
ReshootHistory *
reshoot_project_get_history (ReshootProject *self)
{
  g_return_val_if_fail (RESHOOT_IS_PROJECT (self), NULL);

  return self->history;
}

typedef struct
{
  ReshootDatabaseThread *checker;
  ReshootDatabaseThread *reader;
  ReshootDatabaseThread *checkpointer;
  ReshootDatabaseThread *writer;
  ReshootProjectFile    *file;
} Close;

static void
close_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Close *close = task_data;
  g_autoptr (GError) error = NULL;
  gboolean folded;

  folded = reshoot_project_stop_threads (close->checker, close->reader, close->checkpointer,
                                         close->writer, &error);
  reshoot_project_file_unref (close->file);

  if (folded)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

static void
closed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  g_signal_emit_by_name (g_task_get_source_object (task), "closed");
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_error (task, error);
}

/* Goes on with a close that was asked for, once nothing is being prepared any more. */
void
reshoot_project_close_when_idle (ReshootProject *self)
{
  g_autoptr (GTask) inner = NULL;
  Close *close;

  if (self->closing == NULL || self->n_preparing > 0)
    return;

  close = g_new0 (Close, 1);
  close->checker = g_steal_pointer (&self->checker);
  close->reader = g_steal_pointer (&self->reader);
  close->checkpointer = g_steal_pointer (&self->checkpointer);
  close->writer = g_steal_pointer (&self->writer);
  close->file = g_steal_pointer (&self->file);

  /* Not the caller's task: a thread that held the project last would take it apart. */
  inner = g_task_new (NULL, NULL, closed_cb, g_steal_pointer (&self->closing));
  g_task_set_source_tag (inner, reshoot_project_close_async);
  g_task_set_task_data (inner, close, g_free);
  g_task_run_in_thread (inner, close_in_thread);
}

/**
 * reshoot_project_close_async:
 * @self: a project
 * @cancellable: (nullable): looked at before anything is done; a close that was begun is finished
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Waits for what was asked before, folds the log into the file and lets the file go. What is asked after fails with
 * `FAILED` "closed".
 */
void
reshoot_project_close_async (ReshootProject      *self,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_project_close_async);
  g_task_set_check_cancellable (task, FALSE);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (self->closed)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (self->writer != NULL)
    reshoot_project_flush_head (self);

  self->closed = TRUE;
  self->closing = g_steal_pointer (&task);
  reshoot_project_close_when_idle (self);
}

/**
 * reshoot_project_close_finish:
 * @self: a project
 * @result: what the callback was given
 * @error: return location
 *
 * Errors: what kept the log from being folded, as `NO_SPACE`. Nothing is lost then: the next opening folds it.
 *
 * Returns: whether one single file is left
 */
gboolean
reshoot_project_close_finish (ReshootProject  *self,
                              GAsyncResult    *result,
                              GError         **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_close_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}
