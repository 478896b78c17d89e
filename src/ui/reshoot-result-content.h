/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

#include <gtk/gtk.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_RESULT_CONTENT (reshoot_result_content_get_type ())

G_DECLARE_FINAL_TYPE (ReshootResultContent, reshoot_result_content, RESHOOT, RESULT_CONTENT, GdkContentProvider)

GdkContentProvider *reshoot_result_content_new (ReshootProject *project,
                                                ReshootStep    *step,
                                                GFile          *folder) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
