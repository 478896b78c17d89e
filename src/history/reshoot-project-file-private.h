/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <sys/types.h>

#include "reshoot-project-file.h"

G_BEGIN_DECLS

/* Inside reshoot-project-file*.c only. */

struct _ReshootProjectFile
{
  char              *path;
  int                fd;         /* -1 when we do not write */
  int                lock_fd;    /* of the file beside it that is locked instead, on a network mount; or -1 */
  dev_t              device;
  ino_t              inode;
  ReshootFileAccess  access;
  const char        *why;        /* a word for what keeps us from writing */
  gboolean           is_new;     /* we made it */
  gboolean           can_log;    /* a log can stand beside it */
  ino_t              log_inode;  /* 0: there is no log */
  gboolean           moved;      /* it was opened under another name */
  int                is_unsure;  /* atomic: a folding failed, and pages that count as folded may be lost */
};

gboolean reshoot_project_file_is_networked (int fd);

G_END_DECLS
