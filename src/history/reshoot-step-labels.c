/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What people say of a step: the name of the branch it begins, tags, verdicts and notes. Most steps have none of it, so
 * that it is kept apart and made when first needed. */

#include "reshoot-step-parts.h"

struct _ReshootStepLabels
{
  char       *branch;     /* (nullable) */
  GStrv       tags;       /* (nullable): sorted */
  GArray     *verdicts;   /* (owned): of ReshootGivenVerdict, their texts owned, by author */
  GListStore *notes;      /* (owned): of ReshootNote, oldest first */
};

static void
clear_given (ReshootGivenVerdict *given)
{
  g_free ((char *) given->author);
  g_free ((char *) given->reason);
  g_free ((char *) given->given);
}

static ReshootStepLabels *
ensure_labels (ReshootStep *self)
{
  if (self->labels == NULL)
    {
      self->labels = g_new0 (ReshootStepLabels, 1);
      self->labels->verdicts = g_array_new (FALSE, FALSE, sizeof (ReshootGivenVerdict));
      g_array_set_clear_func (self->labels->verdicts, (GDestroyNotify) clear_given);
      self->labels->notes = g_list_store_new (RESHOOT_TYPE_NOTE);
    }

  return self->labels;
}

void
reshoot_step_labels_free (ReshootStepLabels *labels)
{
  g_free (labels->branch);
  g_strfreev (labels->tags);
  g_array_unref (labels->verdicts);
  g_object_unref (labels->notes);
  g_free (labels);
}

void
reshoot_step_set_branch (ReshootStep *self,
                         const char  *branch)
{
  ReshootStepLabels *labels;

  if (g_strcmp0 (reshoot_step_get_branch (self), branch) == 0)
    return;

  labels = ensure_labels (self);
  g_free (labels->branch);
  labels->branch = g_strdup (branch);
  reshoot_step_notify (self, PROP_BRANCH);
}

void
reshoot_step_set_tags (ReshootStep        *self,
                       const char * const *tags)
{
  ReshootStepLabels *labels;

  if (g_strv_equal (reshoot_step_get_tags (self), tags))
    return;

  labels = ensure_labels (self);
  g_strfreev (labels->tags);
  labels->tags = g_strdupv ((char **) tags);
  reshoot_step_notify (self, PROP_TAGS);
}

/* NONE takes the author's verdict back. */
void
reshoot_step_set_verdict (ReshootStep               *self,
                          const ReshootGivenVerdict *given)
{
  GArray *verdicts = ensure_labels (self)->verdicts;
  ReshootVerdict own = reshoot_step_get_verdict (self);
  guint at = 0;

  while (at < verdicts->len &&
         g_strcmp0 (g_array_index (verdicts, ReshootGivenVerdict, at).author, given->author) < 0)
    at++;

  if (at < verdicts->len &&
      g_str_equal (g_array_index (verdicts, ReshootGivenVerdict, at).author, given->author))
    g_array_remove_index (verdicts, at);

  if (given->verdict != RESHOOT_VERDICT_NONE)
    {
      ReshootGivenVerdict copy = {
        g_strdup (given->author), given->verdict, g_strdup (given->reason), g_strdup (given->given)
      };

      g_array_insert_val (verdicts, at, copy);
    }

  if (reshoot_step_get_verdict (self) != own || *given->author != '\0')
    reshoot_step_notify (self, PROP_VERDICT);
}

static int
compare_notes (gconstpointer a,
               gconstpointer b,
               gpointer      user_data)
{
  gint64 id_a = reshoot_note_get_id ((ReshootNote *) a);
  gint64 id_b = reshoot_note_get_id ((ReshootNote *) b);

  return (id_a > id_b) - (id_a < id_b);
}

/* A note that was restored stands where it stood. */
void
reshoot_step_add_note (ReshootStep *self,
                       ReshootNote *note)
{
  GListStore *notes = ensure_labels (self)->notes;

  if (!g_list_store_find (notes, note, NULL))
    g_list_store_insert_sorted (notes, note, compare_notes, NULL);
}

void
reshoot_step_remove_note (ReshootStep *self,
                          ReshootNote *note)
{
  GListStore *notes = ensure_labels (self)->notes;
  guint at;

  if (g_list_store_find (notes, note, &at))
    g_list_store_remove (notes, at);
}

/**
 * reshoot_step_get_branch:
 * @self: a step
 *
 * Returns: (nullable): the name of the branch that begins with it
 */
const char *
reshoot_step_get_branch (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return self->labels != NULL ? self->labels->branch : NULL;
}

/**
 * reshoot_step_get_tags:
 * @self: a step
 *
 * Returns: (array zero-terminated=1): its tags, sorted by their bytes; empty when it has none
 */
const char * const *
reshoot_step_get_tags (ReshootStep *self)
{
  static const char *const none[] = { NULL };

  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  if (self->labels == NULL || self->labels->tags == NULL)
    return none;

  return (const char * const *) self->labels->tags;
}

/**
 * reshoot_step_get_verdict:
 * @self: a step
 *
 * Returns: the verdict of whose project it is
 */
ReshootVerdict
reshoot_step_get_verdict (ReshootStep *self)
{
  const ReshootGivenVerdict *verdicts;
  guint n;

  g_return_val_if_fail (RESHOOT_IS_STEP (self), RESHOOT_VERDICT_NONE);

  /* The empty author is the first. */
  verdicts = reshoot_step_get_verdicts (self, &n);
  return n > 0 && *verdicts[0].author == '\0' ? verdicts[0].verdict : RESHOOT_VERDICT_NONE;
}

/**
 * reshoot_step_get_verdicts:
 * @self: a step
 * @n: (out): how many
 *
 * Returns: (array length=n) (nullable): everybody's, by author, valid until the step changes
 */
const ReshootGivenVerdict *
reshoot_step_get_verdicts (ReshootStep *self,
                           guint       *n)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  *n = self->labels != NULL ? self->labels->verdicts->len : 0;
  return *n > 0 ? (const ReshootGivenVerdict *) self->labels->verdicts->data : NULL;
}

/**
 * reshoot_step_get_notes:
 * @self: a step
 *
 * Returns: (transfer none): the notes that stand on it, oldest first, as a live list of #ReshootNote
 */
GListModel *
reshoot_step_get_notes (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), NULL);

  return G_LIST_MODEL (ensure_labels (self)->notes);
}

/**
 * reshoot_step_count_notes:
 * @self: a step
 *
 * Returns: how many notes stand on it; asking costs nothing where nobody ever wrote one
 */
guint
reshoot_step_count_notes (ReshootStep *self)
{
  g_return_val_if_fail (RESHOOT_IS_STEP (self), 0);

  return self->labels != NULL ? g_list_model_get_n_items (G_LIST_MODEL (self->labels->notes)) : 0;
}

/**
 * reshoot_verdict_to_string:
 * @verdict: a verdict
 *
 * Returns: (nullable): its word, as the project file and `--json` have it; %NULL for none
 */
const char *
reshoot_verdict_to_string (ReshootVerdict verdict)
{
  static const char *const words[] = { NULL, "accept", "reject" };

  return words[verdict];
}
