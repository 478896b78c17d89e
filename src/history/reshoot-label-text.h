/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/* Inside history/ only: words that people put on steps. */

typedef enum
{
  RESHOOT_LABEL_TITLE,
  RESHOOT_LABEL_BRANCH,
  RESHOOT_LABEL_TAG,
  RESHOOT_LABEL_AUTHOR,
  RESHOOT_LABEL_REASON,
  RESHOOT_LABEL_NOTE,
} ReshootLabelKind;

/* On one step. */
#define RESHOOT_LABEL_MAX_TAGS     100
#define RESHOOT_LABEL_MAX_VERDICTS 1000
#define RESHOOT_LABEL_MAX_NOTES    1000

gboolean reshoot_label_clean (ReshootLabelKind   kind,
                              const char        *text,
                              char             **clean,
                              GError           **error);
int      reshoot_compare_texts (gconstpointer    a,
                                gconstpointer    b);
char    *reshoot_label_cap   (ReshootLabelKind   kind,
                              const char        *text) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
