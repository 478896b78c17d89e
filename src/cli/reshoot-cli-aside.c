/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A picture that was paid for and that its project cannot take. A job waits for room for ever, a command does not:
 * after a few tries the reply is put aside as it came, beside the result or wherever else it can be written, and the
 * person is told where it is and what to do. */

#include "reshoot-cli-private.h"

#include "reshoot-error.h"

#include <string.h>

/* How often in a row storing may fail: with the job's pauses of 1, 2 and 4 seconds. */
#define TRIES_MAX 4

/* Of the digest, in the name: the same reply has the same name, and no other one has it. */
#define DIGEST_LENGTH 8

typedef struct
{
  guint    n_failures;
  gboolean gave_up;
} Patience;

static void
obstacle_changed_cb (ReshootJob *job,
                     GParamSpec *pspec,
                     gpointer    user_data)
{
  Patience *patience = user_data;
  g_autoptr (GError) obstacle = reshoot_job_dup_obstacle (job);

  patience->n_failures = obstacle != NULL ? patience->n_failures + 1 : 0;
  if (patience->n_failures < TRIES_MAX)
    return;

  patience->gave_up = TRUE;
  reshoot_job_cancel (job);
}

/**
 * reshoot_cli_wait_for_job:
 * @job: a job on its way
 * @cancellable: (nullable): to stop waiting
 * @gave_up: (out): whether the job was given up because its project could not be written
 * @error: return location for an error
 *
 * Waits for the end of a job, but not for room on the disk.
 *
 * Returns: whether its step is done
 */
gboolean
reshoot_cli_wait_for_job (ReshootJob    *job,
                          GCancellable  *cancellable,
                          gboolean      *gave_up,
                          GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  Patience patience = { 0, FALSE };
  gulong handler;

  /* Held while another job was waited for: one last try. */
  if (reshoot_cli_is_held (job))
    patience.n_failures = TRIES_MAX - 1;

  handler = g_signal_connect (job, "notify::obstacle", G_CALLBACK (obstacle_changed_cb), &patience);
  reshoot_job_retry_store (job);
  reshoot_job_wait_async (job, cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  g_signal_handler_disconnect (job, handler);

  *gave_up = patience.gave_up;
  return reshoot_job_wait_finish (job, result, error);
}

/* Whether a job stands still because its project cannot be written. */
gboolean
reshoot_cli_is_held (ReshootJob *job)
{
  g_autoptr (GError) obstacle = reshoot_job_dup_obstacle (job);

  return obstacle != NULL;
}

static const char *
get_extension (ReshootImage *picture)
{
  switch (reshoot_image_get_format (picture))
    {
    case RESHOOT_IMAGE_FORMAT_JPEG:
      return "jpg";
    case RESHOOT_IMAGE_FORMAT_WEBP:
      return "webp";
    case RESHOOT_IMAGE_FORMAT_TIFF:
      return "tif";
    case RESHOOT_IMAGE_FORMAT_PNG:
    case RESHOOT_IMAGE_FORMAT_AVIF:
    case RESHOOT_IMAGE_FORMAT_JXL:
    default:
      return "png";
    }
}

/* "out-paid-1a2b3c4d.jpg" for out.png or out.reshoot. */
static char *
dup_name (const char   *beside,
          ReshootImage *reply)
{
  g_autofree char *stem = g_path_get_basename (beside);
  char *dot = strrchr (stem, '.');

  if (dot != NULL && dot != stem)
    *dot = '\0';

  return g_strdup_printf ("%s-paid-%.*s.%s", stem, DIGEST_LENGTH, reshoot_image_get_digest (reply),
                          get_extension (reply));
}

/* Returns: (nullable): the path it was written to */
static char *
write_reply (ReshootImage *reply,
             const char   *beside)
{
  g_autofree char *folder = g_path_get_dirname (beside);
  g_autofree char *name = dup_name (beside, reply);
  const char *folders[] = { folder, g_get_user_runtime_dir (), g_get_tmp_dir () };
  GBytes *bytes = reshoot_image_get_bytes (reply);

  for (guint i = 0; i < G_N_ELEMENTS (folders); i++)
    {
      g_autofree char *path = g_build_filename (folders[i], name, NULL);

      if (g_file_set_contents_full (path, g_bytes_get_data (bytes, NULL),
                                    (gssize) g_bytes_get_size (bytes),
                                    G_FILE_SET_CONTENTS_CONSISTENT | G_FILE_SET_CONTENTS_DURABLE,
                                    0600, NULL))
        return g_steal_pointer (&path);
    }

  return NULL;
}

/**
 * reshoot_cli_put_aside:
 * @job: a job that was given up because its project could not be written
 * @beside: the path of the result, or of the project
 * @why: what kept it from being stored
 *
 * Writes the reply elsewhere, where there is one.
 *
 * Returns: (transfer full): what to say of it
 */
GError *
reshoot_cli_put_aside (ReshootJob   *job,
                       const char   *beside,
                       const GError *why)
{
  ReshootImage *reply = reshoot_job_get_reply (job);
  g_autofree char *path = reply != NULL ? write_reply (reply, beside) : NULL;
  g_autofree char *shown = path != NULL ? g_filename_display_name (path) : NULL;
  gboolean in_doubt = g_error_matches (why, RESHOOT_ERROR, RESHOOT_ERROR_UNKNOWN_PAYMENT);
  ReshootError code = RESHOOT_ERROR_FAILED;

  /* Without a ticket in the file there is nothing to fetch it with, and that is said. */
  if (path == NULL && in_doubt)
    return g_error_copy (why);

  if (why->domain == RESHOOT_ERROR && !in_doubt)
    code = why->code;

  return reshoot_error_new (code, path != NULL ? "put-aside" : "still-paid", shown, "%s", why->message);
}
