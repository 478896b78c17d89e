/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_FILM_STRIP (reshoot_film_strip_get_type ())

G_DECLARE_FINAL_TYPE (ReshootFilmStrip, reshoot_film_strip, RESHOOT, FILM_STRIP, AdwBin)

void reshoot_film_strip_set_project (ReshootFilmStrip *self,
                                     ReshootProject   *project);
void reshoot_film_strip_set_steps   (ReshootFilmStrip *self,
                                     GListModel       *steps);

G_END_DECLS
