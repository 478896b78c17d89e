/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The pair that checks everything. It has a thread and a connection of its own, made when they are first needed, so
 * that pictures can be shown meanwhile; how far it is shows in the project's property "checked". */

#include "reshoot-project-private.h"

/* How often it is looked how far a check is, in milliseconds. */
#define LOOK_INTERVAL 100

typedef struct
{
  ReshootProject *project;   /* (unowned): the caller's task holds it */
  GTask          *inner;     /* (owned): its data is filled by the thread */
  GSource        *timer;     /* (owned) */
} Checking;

static void
checking_free (Checking *checking)
{
  g_source_destroy (checking->timer);
  g_source_unref (checking->timer);
  g_object_unref (checking->inner);
  g_free (checking);
}

/* Hands @inner (transfer full) to the thread that reads everything. */
void
reshoot_project_push_check (ReshootProject      *self,
                            GTask               *inner,
                            ReshootDatabaseWork  work)
{
  /* What was saved of a damaged file is known to its reader alone. So is a file that was removed, or in whose place
   * another one lies: it is still open there, and can be opened nowhere else. */
  if (self->damage != NULL || !reshoot_project_file_is_in_place (self->file))
    {
      reshoot_database_thread_push (self->reader, inner, work);
      return;
    }

  /* Without a log whoever reads for long keeps the writer waiting. */
  if (self->checker == NULL && self->writer != NULL && !reshoot_project_file_has_log (self->file))
    self->checker = reshoot_database_thread_new_guest (self->writer);
  else if (self->checker == NULL)
    self->checker = reshoot_database_thread_new (self->file, RESHOOT_THREAD_READER, NULL, NULL);

  reshoot_database_thread_push (self->checker, inner, work);
}

static gboolean
look_cb (gpointer user_data)
{
  Checking *checking = user_data;
  ReshootVerifyWork *work = g_task_get_task_data (checking->inner);

  reshoot_project_set_checked (checking->project, g_atomic_int_get (&work->permille) / 1000.0);
  return G_SOURCE_CONTINUE;
}

static void
verified_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Checking *checking = g_task_get_task_data (task);
  ReshootVerifyWork *work = g_task_get_task_data (G_TASK (result));
  GError *error = NULL;

  reshoot_project_set_checked (checking->project, NAN);
  if (g_task_propagate_boolean (G_TASK (result), &error))
    g_task_return_pointer (task, g_memdup2 (&work->counts, sizeof work->counts), g_free);
  else
    g_task_return_error (task, error);

  /* The timer goes now, not when the caller lets go of the result. */
  g_task_set_task_data (task, NULL, NULL);
}

/**
 * reshoot_project_verify_async:
 * @self: a project
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * Checks the file, the ledgers' chains, the facts against them, and every picture's digest. Pictures can be loaded and
 * facts written meanwhile. The property "checked" says how far it is.
 */
void
reshoot_project_verify_async (ReshootProject      *self,
                              GCancellable        *cancellable,
                              GAsyncReadyCallback  callback,
                              gpointer             user_data)
{
  GTask *task;
  Checking *checking;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));

  task = reshoot_project_begin_read (self, cancellable, callback, user_data,
                                     reshoot_project_verify_async);
  if (task == NULL)
    return;

  if (self->damage != NULL)
    {
      g_autofree char *path = g_file_get_parse_name (self->location);

      g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_CORRUPT, "damaged", path, "the file is damaged"));
      g_object_unref (task);
      return;
    }

  checking = g_new0 (Checking, 1);
  checking->project = self;
  checking->inner = g_task_new (NULL, cancellable, verified_cb, task);
  g_task_set_source_tag (checking->inner, reshoot_project_verify_async);
  g_task_set_task_data (checking->inner, g_new0 (ReshootVerifyWork, 1), g_free);
  checking->timer = g_timeout_source_new (LOOK_INTERVAL);
  g_source_set_callback (checking->timer, look_cb, checking, NULL);
  g_source_attach (checking->timer, g_main_context_get_thread_default ());
  g_task_set_task_data (task, checking, (GDestroyNotify) checking_free);

  reshoot_project_set_checked (self, 0);
  reshoot_project_push_check (self, g_object_ref (checking->inner), reshoot_project_verify_work);
}

/**
 * reshoot_project_verify_finish:
 * @self: a project
 * @result: what the callback was given
 * @counts: (out) (optional): what was checked
 * @error: return location
 *
 * Errors: `CORRUPT` "damaged" (the file), "ledger" or "picture" with a digest. The subject of "ledger" is
 * "entry N (KIND)", for one of a joined project "entry N (join), entry M (KIND) of UUID", or "step N" for a fact that
 * no entry tells.
 *
 * Returns: whether all is as it was stored
 */
gboolean
reshoot_project_verify_finish (ReshootProject       *self,
                               GAsyncResult         *result,
                               ReshootVerifyCounts  *counts,
                               GError              **error)
{
  g_autofree ReshootVerifyCounts *found = NULL;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_verify_async), FALSE);

  found = g_task_propagate_pointer (G_TASK (result), error);
  if (found == NULL)
    return FALSE;

  if (counts != NULL)
    *counts = *found;

  return TRUE;
}
