/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From rows to what people say of steps, and to what is in the bin. No money hangs on these words: what does not fit,
 * in a file that may be a stranger's, is cut or passed over, so that the rest can be read. */

#include "reshoot-project-load-private.h"

#include "reshoot-label-text.h"
#include "reshoot-step-private.h"

/* One row. It cannot fail: what does not fit is left out. */
typedef void (*LoadRow) (ReshootLoading *loading,
                         ReshootStep    *step,
                         ReshootQuery   *query);

/* The rows of @sql, whose first column is a step's number. */
static gboolean
load_rows (ReshootLoading  *loading,
           const char      *sql,
           LoadRow          load_row,
           GError         **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (loading->database, error, sql, "");
  g_autoptr (GError) local = NULL;

  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    {
      ReshootStep *step = reshoot_loading_lookup (loading, reshoot_query_get_integer (query, 0));

      if (step != NULL)
        load_row (loading, step, query);
    }

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return TRUE;
}

static char *
dup_label (ReshootQuery     *query,
           int               column,
           ReshootLabelKind  kind)
{
  return reshoot_label_cap (kind, reshoot_query_get_text (query, column));
}

static void
load_branch (ReshootLoading *loading,
             ReshootStep    *step,
             ReshootQuery   *query)
{
  g_autofree char *name = dup_label (query, 1, RESHOOT_LABEL_BRANCH);

  reshoot_step_set_branch (step, name);
}

/* The rows come in order: those of one step are gathered until the next one's begin. */
static void
finish_tags (ReshootLoading *loading)
{
  if (loading->tags->len == 0)
    return;

  g_ptr_array_add (loading->tags, NULL);
  reshoot_step_set_tags (loading->tagged, (const char * const *) loading->tags->pdata);
  g_ptr_array_set_size (loading->tags, 0);
}

static void
load_tag (ReshootLoading *loading,
          ReshootStep    *step,
          ReshootQuery   *query)
{
  char *tag = dup_label (query, 1, RESHOOT_LABEL_TAG);

  if (step != loading->tagged)
    finish_tags (loading);

  loading->tagged = step;
  if (tag != NULL && loading->tags->len < RESHOOT_LABEL_MAX_TAGS)
    g_ptr_array_add (loading->tags, tag);
  else
    g_free (tag);
}

static void
load_verdict (ReshootLoading *loading,
              ReshootStep    *step,
              ReshootQuery   *query)
{
  g_autofree char *author = dup_label (query, 1, RESHOOT_LABEL_AUTHOR);
  g_autofree char *reason = dup_label (query, 3, RESHOOT_LABEL_REASON);
  g_autofree char *given = reshoot_loading_dup_time (query, 4);
  ReshootGivenVerdict verdict = { author != NULL ? author : "", RESHOOT_VERDICT_REJECT, reason, given };
  guint n;

  if (g_strcmp0 (reshoot_query_get_text (query, 2), "accept") == 0)
    verdict.verdict = RESHOOT_VERDICT_ACCEPT;

  reshoot_step_get_verdicts (step, &n);
  if (n < RESHOOT_LABEL_MAX_VERDICTS)
    reshoot_step_set_verdict (step, &verdict);
}

static void
load_note (ReshootLoading *loading,
           ReshootStep    *step,
           ReshootQuery   *query)
{
  const char *uuid = reshoot_query_get_text (query, 2);
  g_autofree char *author = dup_label (query, 3, RESHOOT_LABEL_AUTHOR);
  g_autofree char *text = dup_label (query, 4, RESHOOT_LABEL_NOTE);
  g_autofree char *made = reshoot_loading_dup_time (query, 9);
  g_autofree char *changed = reshoot_loading_dup_time (query, 10);
  ReshootNoteFacts facts = RESHOOT_NOTE_FACTS_INIT (text);
  g_autoptr (ReshootNote) note = NULL;

  if (text == NULL || uuid == NULL || !g_uuid_string_is_valid (uuid) ||
      reshoot_step_count_notes (step) >= RESHOOT_LABEL_MAX_NOTES)
    return;

  facts.author = author != NULL ? author : "";
  facts.x = reshoot_query_get_real (query, 5);
  facts.y = reshoot_query_get_real (query, 6);
  facts.width = reshoot_query_get_real (query, 7);
  facts.height = reshoot_query_get_real (query, 8);
  if (!reshoot_note_check_place (&facts))
    facts.x = facts.y = facts.width = facts.height = NAN;

  note = reshoot_note_new (reshoot_query_get_integer (query, 1), uuid, &facts, made, changed);
  reshoot_step_add_note (step, note);
}

static void
load_binned (ReshootLoading *loading,
             ReshootStep    *step,
             ReshootQuery   *query)
{
  if (reshoot_query_get_integer (query, 1))
    {
      reshoot_step_set_is_purged (step, TRUE);
      return;
    }

  reshoot_step_set_is_binned (step, TRUE);
  g_ptr_array_add (loading->binned, step);
}

/*
 * reshoot_loading_labels:
 * @loading: with all its steps
 * @error: return location
 *
 * Returns: whether the steps now have their labels, and those in the bin are marked
 */
gboolean
reshoot_loading_labels (ReshootLoading  *loading,
                        GError         **error)
{
  gboolean loaded;

  loading->tags = g_ptr_array_new_with_free_func (g_free);
  loaded = load_rows (loading, "SELECT step, name FROM branch", load_branch, error) &&
           load_rows (loading, "SELECT step, tag FROM tag ORDER BY step, tag", load_tag, error) &&
           load_rows (loading, "SELECT step, author, verdict, reason, given FROM verdict", load_verdict, error) &&
           load_rows (loading,
                      "SELECT step, id, uuid, author, text, x, y, width, height, made, changed FROM note"
                      " WHERE removed IS NULL ORDER BY id", load_note, error) &&
           load_rows (loading, "SELECT step, purged IS NOT NULL FROM bin ORDER BY binned, step", load_binned, error);
  if (loaded)
    finish_tags (loading);

  g_clear_pointer (&loading->tags, g_ptr_array_unref);
  return loaded;
}
