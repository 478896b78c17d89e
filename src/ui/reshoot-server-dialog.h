/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_SERVER_DIALOG (reshoot_server_dialog_get_type ())

G_DECLARE_FINAL_TYPE (ReshootServerDialog, reshoot_server_dialog, RESHOOT, SERVER_DIALOG, AdwWindow)

GtkWidget *reshoot_server_dialog_new (ReshootSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
