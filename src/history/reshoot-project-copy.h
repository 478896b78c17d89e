/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project.h"

G_BEGIN_DECLS

/**
 * ReshootDamage:
 * @n_steps: steps that are gone
 * @n_moved: steps that were kept in another place, because what they hung on is gone
 * @n_pictures: pictures whose bytes are gone
 * @n_notes: notes, verdicts, tags and names that are gone
 * @n_entries: entries of the ledger from the first bad one on
 *
 * What a damaged project lost, as far as it can be told.
 */
typedef struct
{
  guint n_steps;
  guint n_moved;
  guint n_pictures;
  guint n_notes;
  guint n_entries;
} ReshootDamage;

const ReshootDamage *reshoot_project_get_damage        (ReshootProject       *self);

/* The property "copied" of the project, 0–1, tells how far it is. */
void                 reshoot_project_save_copy_async   (ReshootProject       *self,
                                                        GFile                *to,
                                                        GCancellable         *cancellable,
                                                        GAsyncReadyCallback   callback,
                                                        gpointer              user_data);
gboolean             reshoot_project_save_copy_finish  (ReshootProject       *self,
                                                        GAsyncResult         *result,
                                                        GError              **error);

G_END_DECLS
