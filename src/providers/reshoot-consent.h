/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

gboolean reshoot_consent_get      (const char  *provider);
gboolean reshoot_consent_set      (const char  *provider,
                                   gboolean     consent,
                                   GError     **error);
char    *reshoot_consent_dup_told (const char  *provider) G_GNUC_WARN_UNUSED_RESULT;
gboolean reshoot_consent_set_told (const char  *provider,
                                   const char  *date,
                                   GError     **error);

G_END_DECLS
