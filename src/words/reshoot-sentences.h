/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReshootSentence:
 * @with: (nullable): with a subject, which goes where %s is; %NULL where the subject adds nothing
 * @without: without one
 *
 * What is said of an error, not yet translated.
 */
typedef struct
{
  const char *with;
  const char *without;
} ReshootSentence;

const ReshootSentence *reshoot_sentence_find (int         code,
                                              const char *reason);

G_END_DECLS
