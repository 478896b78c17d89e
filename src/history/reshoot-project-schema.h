/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-database.h"

G_BEGIN_DECLS

/* Inside history/ only: what the tables of a project file are, in each version. */

/* The version of the tables that we write. */
#define RESHOOT_SCHEMA_NEWEST 2

/* Of its tables' words, as reshoot_schema_check_words() puts them together. */
#define RESHOOT_SCHEMA_DIGEST "25c14495132eda6bf7e73bf7e12e55a9e3696335828e96cc9bfe10ce03064cff"

/* For an empty file, before anything is in it. */
#define RESHOOT_SCHEMA_LAYOUT "PRAGMA page_size = 16384; PRAGMA auto_vacuum = INCREMENTAL;"

typedef enum
{
  RESHOOT_SCHEMA_OURS,      /* it is a project of this version */
  RESHOOT_SCHEMA_OLDER,     /* a project that reshoot_schema_migrate() brings forward */
  RESHOOT_SCHEMA_NEWER,     /* a project of a newer Reshoot: to be read only */
  RESHOOT_SCHEMA_EMPTY,     /* an empty database */
} ReshootSchemaState;

const char *reshoot_schema_get_migration (gint64               version);
const char *reshoot_schema_get_bridge    (gint64               version);
gboolean    reshoot_schema_probe         (ReshootDatabase     *database,
                                          ReshootSchemaState  *state,
                                          GError             **error);
gboolean    reshoot_schema_migrate       (ReshootDatabase     *database,
                                          GError             **error);
gboolean    reshoot_schema_bridge        (ReshootDatabase     *database,
                                          GError             **error);
char       *reshoot_schema_dup_words     (ReshootDatabase     *database,
                                          GError             **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    reshoot_schema_check_words   (ReshootDatabase     *database,
                                          GError             **error);
gboolean    reshoot_schema_check_tables  (ReshootDatabase     *database,
                                          GError             **error);
gboolean    reshoot_schema_check         (ReshootDatabase     *database,
                                          ReshootSchemaState   state,
                                          GError             **error);

G_END_DECLS
