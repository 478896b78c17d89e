/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-database.h"
#include "reshoot-step.h"

G_BEGIN_DECLS

/* Inside reshoot-project-load*.c only: a history on its way from rows. */

typedef struct
{
  ReshootDatabase *database;   /* (unowned) */
  GPtrArray       *steps;      /* (owned): of ReshootStep (owned), in the order of their numbers */
  GPtrArray       *binned;     /* (owned): of ReshootStep (unowned), put in the bin, the last one last */

  GHashTable      *sizes;      /* (owned): of each picture's digest to its Size, while versions are read */
  gint64           last;       /* the number of the last step so far */
  gboolean         has_errors; /* some job has one */

  ReshootStep     *tagged;     /* (unowned) (nullable): whose tags are being gathered */
  GPtrArray       *tags;       /* (owned) (nullable): its tags so far */
} ReshootLoading;

ReshootStep *reshoot_loading_lookup   (ReshootLoading  *loading,
                                       gint64           id);
char        *reshoot_loading_dup_time (ReshootQuery    *query,
                                       int              column) G_GNUC_WARN_UNUSED_RESULT;
gboolean     reshoot_loading_labels   (ReshootLoading  *loading,
                                       GError         **error);

G_END_DECLS
