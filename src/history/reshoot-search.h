/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-step.h"

G_BEGIN_DECLS

/**
 * ReshootSearch:
 *
 * What a person looks for, read once: words that a step must all have, in whatever field, at the beginning of a word;
 * `"words in quotes"` stand beside each other; `model:` `tag:` `branch:` `title:` `note:` name the field; `rating:4` is
 * four or five; `is:` is one of accepted, rejected, original, edit, done, failed.
 */
typedef struct _ReshootSearch ReshootSearch;

ReshootSearch *reshoot_search_new         (const char     *words,
                                           GError        **error) G_GNUC_WARN_UNUSED_RESULT;
void           reshoot_search_free        (ReshootSearch  *self);
gboolean       reshoot_search_matches     (ReshootSearch  *self,
                                           ReshootStep    *step);
char          *reshoot_search_dup_snippet (ReshootSearch  *self,
                                           const char     *text) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootSearch, reshoot_search_free)

G_END_DECLS
