/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-session.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_MODELS_PAGE (reshoot_models_page_get_type ())

G_DECLARE_FINAL_TYPE (ReshootModelsPage, reshoot_models_page, RESHOOT, MODELS_PAGE, AdwPreferencesPage)

void reshoot_models_page_set_session (ReshootModelsPage *self,
                                      ReshootSession    *session);

G_END_DECLS
