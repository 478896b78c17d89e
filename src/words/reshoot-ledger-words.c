/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What an entry of the ledger tells, in a word. */

#include "config.h"

#include "reshoot-words.h"

#include <glib/gi18n-lib.h>

/**
 * reshoot_words_for_entry:
 * @kind: of an entry of the ledger
 *
 * Returns: (transfer full): a word; @kind itself where it is none of ours
 */
char *
reshoot_words_for_entry (const char *kind)
{
  static const struct
  {
    const char *kind;
    const char *word;
  } words[] = {
    /* Translators: these say what an entry of the ledger tells; short, they stand in a column. A project was made. */
    { "project", N_("Project") },
    { "original", N_("Original") },
    { "request", N_("Request") },
    /* Translators: the price or the end of an edit became known. */
    { "job", N_("Job") },
    { "reply", N_("Reply") },
    /* Translators: a result was made. */
    { "version", N_("Version") },
    { "rating", N_("Rating") },
    { "title", N_("Title") },
    { "branch", N_("Branch") },
    { "tag", N_("Tags") },
    { "verdict", N_("Verdict") },
    { "note", N_("Note") },
    /* Translators: a step was put into the bin. */
    { "bin", N_("Bin") },
    /* Translators: a step was taken out of the bin. */
    { "restore", N_("Restored") },
    /* Translators: the bin was emptied. */
    { "purge", N_("Emptied") },
    /* Translators: another project was joined to this one. */
    { "join", N_("Joined") },
    /* Translators: what could be saved of a damaged file. */
    { "salvage", N_("Salvaged") },
    /* Translators: a picture was written to a file. */
    { "export", N_("Export") },
    { "vote", N_("Vote") },
    /* Translators: somebody said whether a result did what was asked. */
    { "adherence", N_("Adherence") },
  };

  g_return_val_if_fail (kind != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    if (g_str_equal (words[i].kind, kind))
      return g_strdup (_(words[i].word));

  return g_strdup (kind);
}
