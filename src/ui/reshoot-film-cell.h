/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

#include <adwaita.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_FILM_CELL (reshoot_film_cell_get_type ())

G_DECLARE_FINAL_TYPE (ReshootFilmCell, reshoot_film_cell, RESHOOT, FILM_CELL, AdwBin)

void reshoot_film_cell_bind (ReshootFilmCell *self,
                             ReshootProject  *project,
                             ReshootStep     *step);
void reshoot_film_cell_fill (ReshootFilmCell *self);

G_END_DECLS
