/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_SERVICE_ROW (reshoot_service_row_get_type ())

G_DECLARE_FINAL_TYPE (ReshootServiceRow, reshoot_service_row, RESHOOT, SERVICE_ROW, AdwExpanderRow)

GtkWidget  *reshoot_service_row_new          (ReshootSession    *session,
                                              const char        *provider) G_GNUC_WARN_UNUSED_RESULT;
const char *reshoot_service_row_get_provider (ReshootServiceRow *self);

G_END_DECLS
