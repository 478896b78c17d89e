/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_PREFERENCES (reshoot_preferences_get_type ())

G_DECLARE_FINAL_TYPE (ReshootPreferences, reshoot_preferences, RESHOOT, PREFERENCES, AdwPreferencesWindow)

/* Pages: "general", "accounts", "servers", "models". */

GtkWidget *reshoot_preferences_new (ReshootSession *session) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
