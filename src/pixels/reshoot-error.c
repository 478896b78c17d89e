/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The one error domain. A GError carries, beside its code, two typed facts: the reason (a short machine word such as
 * "truncated") and the subject (a file name, a clause, a model). The message is English detail for the log; the
 * sentence a person reads is made from code, reason and subject in words/. */

#include "reshoot-error.h"

#include <gio/gio.h>

typedef struct
{
  char *reason;
  char *subject;
} ReshootErrorPrivate;

static void
reshoot_error_private_init (ReshootErrorPrivate *priv)
{
}

static void
reshoot_error_private_copy (const ReshootErrorPrivate *src,
                            ReshootErrorPrivate       *dest)
{
  dest->reason = g_strdup (src->reason);
  dest->subject = g_strdup (src->subject);
}

static void
reshoot_error_private_clear (ReshootErrorPrivate *priv)
{
  g_free (priv->reason);
  g_free (priv->subject);
}

G_DEFINE_EXTENDED_ERROR (ReshootError, reshoot_error)

G_GNUC_PRINTF (4, 0)
static GError *
error_new_valist (ReshootError  code,
                  const char   *reason,
                  const char   *subject,
                  const char   *format,
                  va_list       args)
{
  GError *error = g_error_new_valist (RESHOOT_ERROR, (int) code, format, args);
  ReshootErrorPrivate *priv = reshoot_error_get_private (error);

  priv->reason = g_strdup (reason);
  priv->subject = g_strdup (subject);
  return error;
}

/**
 * reshoot_error_new:
 * @code: what the person can do next
 * @reason: (nullable): a short machine word, the same in every language
 * @subject: (nullable): what it is about: a file, a clause, a model
 * @format: detail for the log, in English
 *
 * Returns: (transfer full): a new error
 */
GError *
reshoot_error_new (ReshootError  code,
                   const char   *reason,
                   const char   *subject,
                   const char   *format,
                   ...)
{
  va_list args;
  GError *error;

  va_start (args, format);
  error = error_new_valist (code, reason, subject, format, args);
  va_end (args);

  return error;
}

/**
 * reshoot_set_error:
 * @error: (out) (optional): where to put the new error
 * @code: what the person can do next
 * @reason: (nullable): a short machine word
 * @subject: (nullable): what it is about
 * @format: detail for the log, in English
 *
 * [func@reshoot_error_new] for functions that end in a `GError **`.
 */
void
reshoot_set_error (GError      **error,
                   ReshootError  code,
                   const char   *reason,
                   const char   *subject,
                   const char   *format,
                   ...)
{
  va_list args;

  if (error == NULL)
    return;

  g_assert (*error == NULL);

  va_start (args, format);
  *error = error_new_valist (code, reason, subject, format, args);
  va_end (args);
}

/**
 * reshoot_error_new_from_io:
 * @io: an error of GIO (files, not the network)
 * @subject: (nullable): the file it is about
 *
 * Sorts an error of the file system into our domain. Cancellation and errors that already are ours
 * come back as copies.
 *
 * Returns: (transfer full): a new error
 */
GError *
reshoot_error_new_from_io (const GError *io,
                           const char   *subject)
{
  static const struct
  {
    GIOErrorEnum io;
    ReshootError code;
    const char  *reason;
  } map[] = {
    { G_IO_ERROR_NOT_FOUND, RESHOOT_ERROR_INVALID_REQUEST, "missing" },
    { G_IO_ERROR_IS_DIRECTORY, RESHOOT_ERROR_INVALID_REQUEST, "directory" },
    { G_IO_ERROR_NOT_DIRECTORY, RESHOOT_ERROR_INVALID_REQUEST, "missing" },
    { G_IO_ERROR_NOT_REGULAR_FILE, RESHOOT_ERROR_INVALID_REQUEST, "not-a-file" },
    { G_IO_ERROR_FILENAME_TOO_LONG, RESHOOT_ERROR_INVALID_REQUEST, "name-too-long" },
    { G_IO_ERROR_INVALID_FILENAME, RESHOOT_ERROR_INVALID_REQUEST, "name" },
    { G_IO_ERROR_PERMISSION_DENIED, RESHOOT_ERROR_READ_ONLY, "permission" },
    { G_IO_ERROR_READ_ONLY, RESHOOT_ERROR_READ_ONLY, "read-only" },
    { G_IO_ERROR_NO_SPACE, RESHOOT_ERROR_NO_SPACE, NULL },
    { G_IO_ERROR_BUSY, RESHOOT_ERROR_BUSY, NULL },
  };

  g_return_val_if_fail (io != NULL, NULL);

  if (io->domain == RESHOOT_ERROR || g_error_matches (io, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return g_error_copy (io);

  for (guint i = 0; i < G_N_ELEMENTS (map); i++)
    if (g_error_matches (io, G_IO_ERROR, (int) map[i].io))
      return reshoot_error_new (map[i].code, map[i].reason, subject, "%s", io->message);

  return reshoot_error_new (RESHOOT_ERROR_FAILED, NULL, subject, "%s", io->message);
}

/**
 * reshoot_error_get_reason:
 * @error: any error
 *
 * Returns: (nullable) (transfer none): the machine word given when it was made
 */
const char *
reshoot_error_get_reason (const GError *error)
{
  return error->domain == RESHOOT_ERROR ? reshoot_error_get_private (error)->reason : NULL;
}

/**
 * reshoot_error_get_subject:
 * @error: any error
 *
 * Returns: (nullable) (transfer none): what the error is about
 */
const char *
reshoot_error_get_subject (const GError *error)
{
  return error->domain == RESHOOT_ERROR ? reshoot_error_get_private (error)->subject : NULL;
}

/**
 * reshoot_error_get_exit_status:
 * @error: any error
 *
 * Returns: the exit status of the command line for it; 130 for a cancellation, 1 for a foreign error
 */
int
reshoot_error_get_exit_status (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return 130;

  if (error->domain != RESHOOT_ERROR)
    return 1;

  switch ((ReshootError) error->code)
    {
    case RESHOOT_ERROR_INVALID_REQUEST:
      return 2;
    case RESHOOT_ERROR_CANNOT:
    case RESHOOT_ERROR_REFUSED:
    case RESHOOT_ERROR_UNSURE:
      return 3;
    case RESHOOT_ERROR_BUDGET:
      return 4;
    case RESHOOT_ERROR_AUTH:
    case RESHOOT_ERROR_CREDITS:
      return 5;
    case RESHOOT_ERROR_NETWORK:
    case RESHOOT_ERROR_UNAVAILABLE:
    case RESHOOT_ERROR_RATE_LIMITED:
    case RESHOOT_ERROR_EXPIRED:
    case RESHOOT_ERROR_PROTOCOL:
      return 6;
    case RESHOOT_ERROR_CORRUPT:
      return 7;
    case RESHOOT_ERROR_UNKNOWN_PAYMENT:
      return 8;
    case RESHOOT_ERROR_FAILED:
    case RESHOOT_ERROR_UNSUPPORTED_IMAGE:
    case RESHOOT_ERROR_TOO_LARGE:
    case RESHOOT_ERROR_NEWER:
    case RESHOOT_ERROR_BUSY:
    case RESHOOT_ERROR_READ_ONLY:
    case RESHOOT_ERROR_NO_SPACE:
    default:
      return 1;
    }
}
