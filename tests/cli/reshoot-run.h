/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/* Runs the built program as a person would, in a home of its own, and keeps what it said. */

typedef struct
{
  int   status;   /* exit status, or 128 + the signal that ended it */
  char *out;
  char *err;
} Run;

typedef struct
{
  char       *folder;      /* a fresh folder, also the program's home */
  GHashTable *variables;   /* name → value; a NULL value unsets */
  char       *input;       /* (nullable): the path of what it is given to read */
} Place;

Place       *place_new         (void);
void         place_free        (Place               *self);
char        *place_path        (Place               *self,
                                const char          *name);
void         place_set         (Place               *self,
                                const char          *name,
                                const char          *value);
GSubprocess *place_spawn       (Place               *self,
                                const char *const   *arguments,
                                GError             **error);
Run         *place_run         (Place               *self,
                                ...) G_GNUC_NULL_TERMINATED;
Run         *place_runv        (Place               *self,
                                const char *const   *arguments);
void         run_free          (Run                 *self);
void         run_assert_done   (Run                 *self);
void         run_assert_failed (Run                 *self,
                                int                  status);
GPtrArray   *run_parse_lines   (Run                 *self);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Run, run_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Place, place_free)

G_END_DECLS
