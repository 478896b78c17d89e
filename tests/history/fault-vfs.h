/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* A disk that fails on purpose: between SQLite and the real files, for the whole process. */

typedef struct _FaultVfs FaultVfs;

typedef enum
{
  FAULT_READ = 1 << 0,
  FAULT_WRITE = 1 << 1,
  FAULT_SYNC = 1 << 2,
  FAULT_TRUNCATE = 1 << 3,
  FAULT_OPEN = 1 << 4,
  FAULT_DELETE = 1 << 5,
  FAULT_SHM_MAP = 1 << 6,    /* the index beside the log grows */

  FAULT_CHANGE = FAULT_WRITE | FAULT_SYNC | FAULT_TRUNCATE | FAULT_OPEN | FAULT_DELETE | FAULT_SHM_MAP,
} FaultKinds;

/* Instead of an errno: a read that gives less than was asked for. */
#define FAULT_SHORT_READ 0

FaultVfs *fault_vfs_install    (void);
void      fault_vfs_forbid_log (FaultVfs   *self,
                                gboolean    forbid);
void      fault_vfs_fail       (FaultVfs   *self,
                                FaultKinds  kinds,
                                guint       nth,
                                int         number);
void      fault_vfs_hold       (FaultVfs   *self,
                                guint       nth);
guint     fault_vfs_count      (FaultVfs   *self);
guint     fault_vfs_heal       (FaultVfs   *self);
void      fault_vfs_watch      (FaultVfs   *self,
                                gboolean    watch);
void      fault_vfs_cut_power  (FaultVfs   *self,
                                GFile      *file,
                                GFile      *left,
                                guint       seed);

G_END_DECLS
