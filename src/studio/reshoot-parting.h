/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-instruction.h"

G_BEGIN_DECLS

/* Each looks at the token at @i of a clause that began at @first. */
gboolean reshoot_parting_parts_clauses  (const ReshootInstruction *instruction,
                                         guint                     first,
                                         guint                     i);
gboolean reshoot_parting_with_adds      (const ReshootInstruction *instruction,
                                         guint                     i);
gboolean reshoot_parting_starts_denial  (const ReshootInstruction *instruction,
                                         guint                     first,
                                         guint                     i);
gboolean reshoot_parting_starts_purpose (const ReshootInstruction *instruction,
                                         guint                     first,
                                         guint                     i);

G_END_DECLS
