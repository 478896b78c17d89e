/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-words.h"

G_BEGIN_DECLS

/* Between the files of words/ alone. */

char     *reshoot_words_clean_subject (const char *subject) G_GNUC_WARN_UNUSED_RESULT;
char     *reshoot_words_fill          (const char *format,
                                       const char *subject) G_GNUC_WARN_UNUSED_RESULT;
gboolean  reshoot_words_is_refusal    (const char *reason);

G_END_DECLS
