/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootHistoryEntries: the history as rows. Either the current path, or every step as a tree. A chain stays in one
 * lane; only a branch takes a new one, so that twelve steps in a row are not twelve indents. The order depends on the
 * tree alone, never on the head: rows do not move under the pointer when another step is chosen. Where many steps
 * follow each other and nothing was said of any, one row stands for them until it is opened. */

#include "reshoot-history-entries.h"

#include "reshoot-error.h"

#include <string.h>

/* What the bits of ReshootLanes.passing can hold; deeper branches share the last lane. */
#define MAX_LANE 31

/* A run of fewer steps is not worth a row of its own. */
#define FOLD_MIN 4

/* How many at the end of a chain always show: what one has just done. */
#define FOLD_TAIL 3

/* What a row shows, as plain data: rows are compared by it, and made only where there is none yet. */
typedef struct
{
  ReshootStep  *step;        /* (unowned): the first of those folded */
  ReshootLanes  lanes;
  guint         n_siblings;  /* with itself */
  guint         place;       /* among them, from 0 */
  gboolean      marks_branch;
  guint         n_folded;    /* how many steps it stands for; 0 = it shows one */
} Line;

struct _ReshootHistoryEntry
{
  GObject      parent_instance;

  ReshootStep *step;         /* (owned): that of the line */
  Line         line;
};

G_DEFINE_FINAL_TYPE (ReshootHistoryEntry, reshoot_history_entry, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

struct _ReshootHistoryEntries
{
  GObject         parent_instance;

  ReshootHistory *history;
  GListModel     *path;
  GPtrArray      *originals;  /* (element-type ReshootStep) (unowned) */
  GArray         *lines;      /* of Line: every step there is to see, none folded */
  GPtrArray      *entries;    /* (element-type ReshootHistoryEntry) */
  GHashTable     *shown;      /* steps (unowned) that had a row of their own: they are not folded away again */
  gboolean        all_steps;
};

static void list_model_iface_init (GListModelInterface *iface);

G_DEFINE_FINAL_TYPE_WITH_CODE (ReshootHistoryEntries, reshoot_history_entries, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (G_TYPE_LIST_MODEL, list_model_iface_init))

static void
reshoot_history_entry_finalize (GObject *object)
{
  g_clear_object (&RESHOOT_HISTORY_ENTRY (object)->step);

  G_OBJECT_CLASS (reshoot_history_entry_parent_class)->finalize (object);
}

static void
reshoot_history_entry_class_init (ReshootHistoryEntryClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_history_entry_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reshoot_history_entry_init (ReshootHistoryEntry *self)
{
}

ReshootStep *
reshoot_history_entry_get_step (ReshootHistoryEntry *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ENTRY (self), NULL);

  return self->step;
}

const ReshootLanes *
reshoot_history_entry_get_lanes (ReshootHistoryEntry *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ENTRY (self), NULL);

  return &self->line.lanes;
}

guint
reshoot_history_entry_get_n_siblings (ReshootHistoryEntry *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ENTRY (self), 1);

  return self->line.n_siblings;
}

guint
reshoot_history_entry_get_place (ReshootHistoryEntry *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ENTRY (self), 0);

  return self->line.place;
}

/**
 * reshoot_history_entry_marks_branch:
 * @self: a row
 *
 * Returns: whether it has siblings that are not in sight, so that the row must tell of them
 */
gboolean
reshoot_history_entry_marks_branch (ReshootHistoryEntry *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ENTRY (self), FALSE);

  return self->line.marks_branch;
}

/**
 * reshoot_history_entry_get_n_folded:
 * @self: a row
 *
 * Returns: how many steps it stands for, from its own on; 0 where it shows one step alone
 */
guint
reshoot_history_entry_get_n_folded (ReshootHistoryEntry *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ENTRY (self), 0);

  return self->line.n_folded;
}

/**
 * reshoot_history_list_siblings:
 * @history: the tree
 * @step: a step of it
 *
 * Returns: (transfer full) (element-type ReshootStep): all steps with the same parent, oldest first, @step among them
 */
GPtrArray *
reshoot_history_list_siblings (ReshootHistory *history,
                               ReshootStep    *step)
{
  GPtrArray *siblings = g_ptr_array_new_with_free_func (g_object_unref);
  ReshootStep *parent = reshoot_step_get_parent (step);
  GListModel *model = parent != NULL ? reshoot_step_get_children (parent) : G_LIST_MODEL (history);

  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (ReshootStep) other = g_list_model_get_item (model, i);

      if (reshoot_step_get_parent (other) == parent)
        g_ptr_array_add (siblings, g_steal_pointer (&other));
    }

  return siblings;
}

/**
 * reshoot_history_count_below:
 * @step: a step
 *
 * Returns: how many steps were made from it, and from those; what is in the bin on its own does not count
 */
guint
reshoot_history_count_below (ReshootStep *step)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();

  g_ptr_array_add (steps, step);
  for (guint i = 0; i < steps->len; i++)
    {
      GListModel *children = reshoot_step_get_children (steps->pdata[i]);

      for (guint j = 0; j < g_list_model_get_n_items (children); j++)
        {
          g_autoptr (ReshootStep) child = g_list_model_get_item (children, j);

          g_ptr_array_add (steps, child);
        }
    }

  return steps->len - 1;
}

/**
 * reshoot_history_can_retry:
 * @step: a step
 *
 * Returns: whether the same words may be tried again with one click. Not where the same no is
 *   certain, and not where it is in doubt whether it was paid for.
 */
gboolean
reshoot_history_can_retry (ReshootStep *step)
{
  ReshootStepState state = reshoot_step_get_state (step);
  g_autoptr (GError) error = NULL;

  if (state == RESHOOT_STEP_CANCELLED || state == RESHOOT_STEP_EXPIRED)
    return TRUE;
  if (state != RESHOOT_STEP_FAILED && state != RESHOOT_STEP_REFUSED)
    return FALSE;

  error = reshoot_step_dup_error (step);
  return !g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_UNSURE)
         && !g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_CANNOT);
}

/**
 * reshoot_history_can_ask_again:
 * @step: a step
 *
 * Returns: whether its service can be asked for what it was asked to do already, which costs nothing
 */
gboolean
reshoot_history_can_ask_again (ReshootStep *step)
{
  ReshootStepState state = reshoot_step_get_state (step);

  if (reshoot_step_get_ticket (step) == NULL)
    return FALSE;

  return state == RESHOOT_STEP_UNKNOWN
         || (state == RESHOOT_STEP_CANCELLED
             && reshoot_step_get_price (step)->charged != RESHOOT_CHARGED_NO);
}

/* What is in a model at @place is @step; that is where most look. */
static guint
find_place (GListModel  *model,
            ReshootStep *step)
{
  for (guint i = 0; i < g_list_model_get_n_items (model); i++)
    {
      g_autoptr (ReshootStep) other = g_list_model_get_item (model, i);

      if (other == step)
        return i;
    }

  return 0;
}

static gboolean
is_in_row (ReshootStep *step)
{
  return reshoot_step_get_row (step) != NULL;
}

static void
add_line (ReshootHistoryEntries *self,
          GArray                *lines,
          ReshootStep           *step,
          guint                  place,
          guint                  n_siblings,
          ReshootLanes           lanes)
{
  Line line = { step, lanes, n_siblings, place, FALSE, 0 };

  /* The tree shows siblings by itself, but not which of them were asked for together. */
  line.marks_branch = n_siblings > 1 && reshoot_step_get_parent (step) != NULL
                      && (!self->all_steps || is_in_row (step));
  g_array_append_val (lines, line);
}

/* The originals are few among many, and each is told how many there are. */
static void
find_originals (ReshootHistoryEntries *self)
{
  g_ptr_array_set_size (self->originals, 0);
  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (self->history)); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (G_LIST_MODEL (self->history), i);

      if (reshoot_step_get_parent (step) == NULL)
        g_ptr_array_add (self->originals, step);
    }
}

static void
add_path (ReshootHistoryEntries *self,
          GArray                *lines)
{
  guint n_steps = g_list_model_get_n_items (self->path);

  for (guint i = 0; i < n_steps; i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (self->path, i);
      ReshootStep *parent = reshoot_step_get_parent (step);
      guint n_siblings = parent != NULL ? reshoot_step_count_children (parent)
                         : self->originals->len;
      guint place = 0;

      if (parent == NULL)
        g_ptr_array_find (self->originals, step, &place);
      else if (n_siblings > 1)
        place = find_place (reshoot_step_get_children (parent), step);

      add_line (self, lines, step, place, n_siblings,
                (ReshootLanes) { .joins = i > 0, .continues = i + 1 < n_steps });
    }
}

/* A step that the tree has still to show. */
typedef struct
{
  ReshootStep  *step;
  guint         place;
  guint         n_siblings;
  ReshootLanes  lanes;
} Pending;

/* The oldest child goes on in its parent's lane, below the branches that begin there. */
static void
add_next (ReshootHistoryEntries *self,
          GArray                *lines,
          GArray                *pending)
{
  Pending next = g_array_index (pending, Pending, pending->len - 1);
  guint n_children = reshoot_step_count_children (next.step);
  Pending on = { NULL, 0, n_children, next.lanes };
  Pending aside = on;

  g_array_set_size (pending, pending->len - 1);
  next.lanes.continues = n_children > 0;
  add_line (self, lines, next.step, next.place, next.n_siblings, next.lanes);
  if (n_children == 0)
    return;

  on.step = reshoot_step_get_first_child (next.step);
  on.lanes.parent_lane = next.lanes.lane;
  on.lanes.joins = TRUE;
  g_array_append_val (pending, on);

  aside.lanes.lane = MIN (next.lanes.lane + 1, MAX_LANE);
  aside.lanes.parent_lane = next.lanes.lane;
  aside.lanes.passing = next.lanes.passing | (1u << next.lanes.lane);
  aside.lanes.joins = TRUE;
  for (aside.place = n_children - 1; aside.place > 0; aside.place--)
    {
      g_autoptr (ReshootStep) child = g_list_model_get_item (reshoot_step_get_children (next.step),
                                                             aside.place);

      aside.step = child;
      g_array_append_val (pending, aside);
    }
}

/* A tree may be as deep as it has steps: it is walked with a list of what is left, not by calls within calls. */
static void
add_all (ReshootHistoryEntries *self,
         GArray                *lines)
{
  GPtrArray *originals = self->originals;
  g_autoptr (GArray) pending = g_array_new (FALSE, FALSE, sizeof (Pending));

  for (guint i = originals->len; i-- > 0;)
    g_array_append_val (pending, ((Pending) { originals->pdata[i], i, originals->len, { 0 } }));

  while (pending->len > 0)
    add_next (self, lines, pending);
}

/* A step among others of which nobody said a thing: it is done, stands alone, and goes on in one way. */
static gboolean
is_single (ReshootHistoryEntries *self,
           const Line            *line)
{
  ReshootStep *step = line->step;

  return line->n_siblings == 1 && line->lanes.parent_lane == line->lanes.lane
         && reshoot_step_get_parent (step) != NULL
         && !g_hash_table_contains (self->shown, step)
         && reshoot_step_get_state (step) == RESHOOT_STEP_DONE
         && reshoot_step_count_children (step) == 1
         && step != reshoot_history_get_head (self->history)
         && reshoot_step_get_rating (step) == 0 && reshoot_step_get_branch (step) == NULL
         && reshoot_step_get_verdict (step) == RESHOOT_VERDICT_NONE
         && reshoot_step_get_tags (step)[0] == NULL
         && reshoot_step_count_notes (step) == 0;
}

/* Whether the line at @index is a step made from that of the line before. */
static gboolean
goes_on (GArray *lines,
         guint   index)
{
  return index > 0 && index < lines->len
         && reshoot_step_get_parent (g_array_index (lines, Line, index).step)
         == g_array_index (lines, Line, index - 1).step;
}

/* How many of the lines from @start on are a run that folds; some are left before its chain ends. */
static guint
measure_run (ReshootHistoryEntries *self,
             GArray                *lines,
             guint                  start)
{
  guint end = start;
  guint left = 0;

  while (end < lines->len && is_single (self, &g_array_index (lines, Line, end))
         && (end == start || goes_on (lines, end)))
    end++;

  while (left < FOLD_TAIL && goes_on (lines, end + left))
    left++;

  return end - start > FOLD_TAIL - left ? end - start - (FOLD_TAIL - left) : 0;
}

static void
fold (ReshootHistoryEntries *self,
      GArray                *lines)
{
  guint kept = 0;

  for (guint i = 0; i < lines->len;)
    {
      guint n = measure_run (self, lines, i);
      Line line = g_array_index (lines, Line, i);

      if (n >= FOLD_MIN)
        {
          line.n_folded = n;
          line.lanes.continues = TRUE;
          g_array_index (lines, Line, kept++) = line;
          i += n;
          continue;
        }

      for (guint j = 0; j < MAX (n, 1); j++)
        {
          g_array_index (lines, Line, kept++) = g_array_index (lines, Line, i + j);
          g_hash_table_add (self->shown, g_array_index (lines, Line, i + j).step);
        }

      i += MAX (n, 1);
    }

  g_array_set_size (lines, kept);
}

static gboolean
is_same_row (const Line *a,
             const Line *b)
{
  return a->step == b->step && (a->n_folded > 0) == (b->n_folded > 0);
}

static gboolean
lines_are_equal (const Line *a,
                 const Line *b)
{
  return a->n_siblings == b->n_siblings && a->place == b->place && a->n_folded == b->n_folded
         && a->marks_branch == b->marks_branch
         && a->lanes.lane == b->lanes.lane && a->lanes.parent_lane == b->lanes.parent_lane
         && a->lanes.passing == b->lanes.passing
         && a->lanes.joins == b->lanes.joins && a->lanes.continues == b->lanes.continues;
}

static ReshootHistoryEntry *
make_entry (const Line *line)
{
  ReshootHistoryEntry *entry = g_object_new (RESHOOT_TYPE_HISTORY_ENTRY, NULL);

  entry->step = g_object_ref (line->step);
  entry->line = *line;
  return entry;
}

static const Line *
get_line (ReshootHistoryEntries *self,
          guint                  position)
{
  return &RESHOOT_HISTORY_ENTRY (self->entries->pdata[position])->line;
}

/* Puts @n_added lines from @first on in the place of @n_removed rows. */
static void
splice (ReshootHistoryEntries *self,
        guint                  position,
        guint                  n_removed,
        GArray                *lines,
        guint                  first,
        guint                  n_added)
{
  if (n_removed == 0 && n_added == 0)
    return;

  if (n_removed > 0)
    g_ptr_array_remove_range (self->entries, position, n_removed);
  if (n_added > 0)
    {
      guint n_behind = self->entries->len - position;

      g_ptr_array_set_size (self->entries, (int) (self->entries->len + n_added));  /* one move, not one an entry */
      memmove (self->entries->pdata + position + n_added, self->entries->pdata + position,
               n_behind * sizeof (gpointer));
    }
  for (guint i = 0; i < n_added; i++)
    self->entries->pdata[position + i] = make_entry (&g_array_index (lines, Line, first + i));

  g_list_model_items_changed (G_LIST_MODEL (self), position, n_removed, n_added);
}

/* A row is known by its step, and by whether it stands for others. */
static gpointer
get_key (const Line *line)
{
  return (gpointer) ((guintptr) line->step | (line->n_folded > 0 ? 1u : 0u));
}

/* Between @start and the last @end rows: first goes what is gone, then comes what is new, each where it was, so that
 * the rows that stay are never taken away. */
static void
change_middle (ReshootHistoryEntries *self,
               GArray                *lines,
               guint                  start,
               guint                  end)
{
  g_autoptr (GHashTable) wanted = g_hash_table_new (NULL, NULL);
  guint n = lines->len - end;

  for (guint i = start; i < n; i++)
    g_hash_table_add (wanted, get_key (&g_array_index (lines, Line, i)));

  for (guint last = self->entries->len - end; last > start;)
    {
      guint first = last;

      while (first > start && !g_hash_table_contains (wanted, get_key (get_line (self, first - 1))))
        first--;

      splice (self, first, last - first, lines, 0, 0);
      last = first > start ? first - 1 : start;
    }

  for (guint i = start; i < n;)
    {
      guint next = i;

      while (next < n && (i >= self->entries->len - end
                          || !is_same_row (get_line (self, i), &g_array_index (lines, Line, next))))
        next++;

      splice (self, i, 0, lines, i, next - i);
      i = next + 1;
    }

  /* Where rows that stay changed places, the old ones are left behind the new ones. */
  if (self->entries->len > lines->len)
    splice (self, n, self->entries->len - lines->len, lines, 0, 0);
}

/* Every step that is to be seen, before any is folded. */
static void
collect_lines (ReshootHistoryEntries *self)
{
  g_array_set_size (self->lines, 0);
  if (self->all_steps)
    add_all (self, self->lines);
  else
    add_path (self, self->lines);
}

/* Says only what really changed, so that the list keeps its rows, its place and its focus. */
static void
update_rows (ReshootHistoryEntries *self)
{
  g_autoptr (GArray) lines = g_array_copy (self->lines);
  guint start = 0;
  guint end = 0;

  fold (self, lines);

  while (start < self->entries->len && start < lines->len
         && is_same_row (get_line (self, start), &g_array_index (lines, Line, start)))
    start++;

  while (end < self->entries->len - start && end < lines->len - start
         && is_same_row (get_line (self, self->entries->len - 1 - end),
                         &g_array_index (lines, Line, lines->len - 1 - end)))
    end++;

  change_middle (self, lines, start, end);
  for (guint i = 0; i < lines->len; i++)
    {
      ReshootHistoryEntry *entry = self->entries->pdata[i];
      Line *line = &g_array_index (lines, Line, i);

      if (lines_are_equal (&entry->line, line))
        continue;

      entry->line = *line;
      g_signal_emit (entry, signals[CHANGED], 0);
    }
}

static void
rebuild (ReshootHistoryEntries *self)
{
  collect_lines (self);
  update_rows (self);
}

static void
history_changed_cb (ReshootHistoryEntries *self)
{
  find_originals (self);
  rebuild (self);
}

/* The tree is the same whichever way through it is the path. */
static void
path_changed_cb (ReshootHistoryEntries *self)
{
  if (!self->all_steps)
    rebuild (self);
}

static GType
get_item_type (GListModel *model)
{
  return RESHOOT_TYPE_HISTORY_ENTRY;
}

static guint
get_n_items (GListModel *model)
{
  return RESHOOT_HISTORY_ENTRIES (model)->entries->len;
}

static gpointer
get_item (GListModel *model,
          guint       position)
{
  GPtrArray *entries = RESHOOT_HISTORY_ENTRIES (model)->entries;

  return position < entries->len ? g_object_ref (entries->pdata[position]) : NULL;
}

static void
list_model_iface_init (GListModelInterface *iface)
{
  iface->get_item_type = get_item_type;
  iface->get_n_items = get_n_items;
  iface->get_item = get_item;
}

static void
reshoot_history_entries_finalize (GObject *object)
{
  ReshootHistoryEntries *self = RESHOOT_HISTORY_ENTRIES (object);

  g_clear_pointer (&self->originals, g_ptr_array_unref);
  g_clear_pointer (&self->lines, g_array_unref);
  g_clear_pointer (&self->entries, g_ptr_array_unref);
  g_clear_pointer (&self->shown, g_hash_table_unref);
  g_clear_object (&self->path);
  g_clear_object (&self->history);

  G_OBJECT_CLASS (reshoot_history_entries_parent_class)->finalize (object);
}

static void
reshoot_history_entries_class_init (ReshootHistoryEntriesClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_history_entries_finalize;
}

static void
reshoot_history_entries_init (ReshootHistoryEntries *self)
{
  self->originals = g_ptr_array_new ();
  self->lines = g_array_new (FALSE, FALSE, sizeof (Line));
  self->entries = g_ptr_array_new_with_free_func (g_object_unref);
  self->shown = g_hash_table_new (NULL, NULL);
}

ReshootHistoryEntries *
reshoot_history_entries_new (ReshootHistory *history)
{
  ReshootHistoryEntries *self;

  g_return_val_if_fail (RESHOOT_IS_HISTORY (history), NULL);

  self = g_object_new (RESHOOT_TYPE_HISTORY_ENTRIES, NULL);
  self->history = g_object_ref (history);
  self->path = g_object_ref (reshoot_history_get_path (history));
  g_signal_connect_object (self->history, "items-changed", G_CALLBACK (history_changed_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->path, "items-changed", G_CALLBACK (path_changed_cb), self,
                           G_CONNECT_SWAPPED);
  history_changed_cb (self);
  return self;
}

gboolean
reshoot_history_entries_get_all_steps (ReshootHistoryEntries *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ENTRIES (self), FALSE);

  return self->all_steps;
}

void
reshoot_history_entries_set_all_steps (ReshootHistoryEntries *self,
                                       gboolean               all_steps)
{
  g_return_if_fail (RESHOOT_IS_HISTORY_ENTRIES (self));

  if (self->all_steps == all_steps)
    return;

  self->all_steps = all_steps;
  g_hash_table_remove_all (self->shown);
  rebuild (self);
}

/**
 * reshoot_history_entries_find:
 * @self: the rows
 * @step: (nullable): a step
 * @position: (out): its row
 *
 * Returns: whether there is a row for it alone
 */
gboolean
reshoot_history_entries_find (ReshootHistoryEntries *self,
                              ReshootStep           *step,
                              guint                 *position)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_ENTRIES (self), FALSE);

  for (guint i = 0; i < self->entries->len; i++)
    if (get_line (self, i)->step == step && get_line (self, i)->n_folded == 0)
      {
        *position = i;
        return TRUE;
      }

  return FALSE;
}

/**
 * reshoot_history_entries_reveal:
 * @self: the rows
 * @step: a step
 *
 * Gives it a row of its own, if it is folded away.
 */
void
reshoot_history_entries_reveal (ReshootHistoryEntries *self,
                                ReshootStep           *step)
{
  g_return_if_fail (RESHOOT_IS_HISTORY_ENTRIES (self));

  if (g_hash_table_add (self->shown, step))
    update_rows (self);
}

/**
 * reshoot_history_entries_unfold:
 * @self: the rows
 * @step: the first of some that are folded
 *
 * Opens that fold: every step of it gets a row.
 */
void
reshoot_history_entries_unfold (ReshootHistoryEntries *self,
                                ReshootStep           *step)
{
  g_return_if_fail (RESHOOT_IS_HISTORY_ENTRIES (self));

  for (guint i = 0; i < self->entries->len; i++)
    {
      const Line *line = get_line (self, i);
      ReshootStep *folded = line->step;

      if (folded != step || line->n_folded == 0)
        continue;

      for (guint j = 0; j < line->n_folded; j++)
        {
          g_hash_table_add (self->shown, folded);
          folded = reshoot_step_get_first_child (folded);
        }

      update_rows (self);
      return;
    }
}
