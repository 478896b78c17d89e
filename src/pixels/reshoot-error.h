/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReshootError:
 *
 * What went wrong, sorted by what the person can do next. Each code has one exit status
 * (see [func@reshoot_error_get_exit_status]) and one sentence in `words/`.
 */
typedef enum
{
  RESHOOT_ERROR_FAILED,              /* 1: nothing more is known */
  RESHOOT_ERROR_INVALID_REQUEST,     /* 2: a wrong argument, a missing file */
  RESHOOT_ERROR_CANNOT,              /* 3: the studio's honest no */
  RESHOOT_ERROR_REFUSED,             /* 3: a service refused */
  RESHOOT_ERROR_UNSURE,              /* 3: the cut-out needs a hint */
  RESHOOT_ERROR_BUDGET,              /* 4 */
  RESHOOT_ERROR_AUTH,                /* 5 */
  RESHOOT_ERROR_CREDITS,             /* 5 */
  RESHOOT_ERROR_NETWORK,             /* 6 */
  RESHOOT_ERROR_UNAVAILABLE,         /* 6 */
  RESHOOT_ERROR_RATE_LIMITED,        /* 6 */
  RESHOOT_ERROR_EXPIRED,             /* 6 */
  RESHOOT_ERROR_PROTOCOL,            /* 6 */
  RESHOOT_ERROR_CORRUPT,             /* 7: a project or picture that is damaged */
  RESHOOT_ERROR_UNKNOWN_PAYMENT,     /* 8 */
  RESHOOT_ERROR_UNSUPPORTED_IMAGE,   /* 1 */
  RESHOOT_ERROR_TOO_LARGE,           /* 1 */
  RESHOOT_ERROR_NEWER,               /* 1: made by a newer Reshoot */
  RESHOOT_ERROR_BUSY,                /* 1: another program writes it */
  RESHOOT_ERROR_READ_ONLY,           /* 1 */
  RESHOOT_ERROR_NO_SPACE,            /* 1 */
} ReshootError;

#define RESHOOT_ERROR (reshoot_error_quark ())

GQuark      reshoot_error_quark           (void);
GError     *reshoot_error_new             (ReshootError  code,
                                           const char   *reason,
                                           const char   *subject,
                                           const char   *format,
                                           ...) G_GNUC_PRINTF (4, 5) G_GNUC_WARN_UNUSED_RESULT;
void        reshoot_set_error             (GError      **error,
                                           ReshootError  code,
                                           const char   *reason,
                                           const char   *subject,
                                           const char   *format,
                                           ...) G_GNUC_PRINTF (5, 6);
GError     *reshoot_error_new_from_io     (const GError *io,
                                           const char   *subject) G_GNUC_WARN_UNUSED_RESULT;
const char *reshoot_error_get_reason      (const GError *error);
const char *reshoot_error_get_subject     (const GError *error);
int         reshoot_error_get_exit_status (const GError *error);

G_END_DECLS
