/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "reshoot-sheet.h"

G_BEGIN_DECLS

gboolean reshoot_parcel_add_to_sheet (ReshootSheet  *sheet,
                                      JsonObject    *words,
                                      JsonObject    *step,
                                      ReshootImage  *picture,
                                      GCancellable  *cancellable,
                                      GError       **error);

G_END_DECLS
