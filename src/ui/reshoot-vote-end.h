/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-row.h"

#include "reshoot-project.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

GtkWidget *reshoot_vote_end_new (ReshootProject   *project,
                                 ReshootCatalogue *catalogue,
                                 ReshootRow       *row,
                                 GPtrArray        *cast,
                                 const char       *author,
                                 GCancellable     *cancellable) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
