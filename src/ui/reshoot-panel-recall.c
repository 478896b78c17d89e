/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootPanelRecall: the words of earlier edits, brought back into the field by Up in its first line and Down in its
 * last. It keeps what was being written meanwhile, and no list: what was asked is read from the steps at each key. */

#include "config.h"

#include "reshoot-panel-recall.h"

#include "reshoot-step.h"

struct _ReshootPanelRecall
{
  GObject      parent_instance;

  GtkTextView *words;   /* (unowned) (nullable): a weak pointer */
  GListModel  *steps;   /* (owned) (nullable): of ReshootStep, oldest first */
  char        *shown;   /* (nullable): what was recalled last */
  char        *draft;   /* (nullable): what was being written before */
};

G_DEFINE_FINAL_TYPE (ReshootPanelRecall, reshoot_panel_recall, G_TYPE_OBJECT)

static char *
dup_text (ReshootPanelRecall *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
}

/* As one change, which Ctrl+Z takes back. */
static void
show_text (ReshootPanelRecall *self,
           const char         *text,
           gboolean            at_start)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);
  GtkTextIter start, end;

  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text, -1);
  gtk_text_buffer_end_user_action (buffer);

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_place_cursor (buffer, at_start ? &start : &end);
}

/* Newest first, each once, and not what was being written. */
static GPtrArray *
list_instructions (ReshootPanelRecall *self)
{
  GPtrArray *list = g_ptr_array_new_with_free_func (g_free);
  guint n_steps = self->steps != NULL ? g_list_model_get_n_items (self->steps) : 0;

  for (guint i = n_steps; i > 0; i--)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (self->steps, i - 1);
      ReshootRequest *request = reshoot_step_get_request (step);
      const char *text = request != NULL ? reshoot_request_get_instruction (request) : NULL;

      if (text != NULL && *text != '\0' && g_strcmp0 (text, self->draft) != 0
          && !g_ptr_array_find_with_equal_func (list, text, g_str_equal, NULL))
        g_ptr_array_add (list, g_strdup (text));
    }

  return list;
}

/* Lines as they are shown: a long one may be wrapped. */
static gboolean
is_at_edge (ReshootPanelRecall *self,
            gboolean            first)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);
  GtkTextIter cursor, edge;
  GdkRectangle here, there;

  gtk_text_buffer_get_iter_at_mark (buffer, &cursor, gtk_text_buffer_get_insert (buffer));
  if (first)
    gtk_text_buffer_get_start_iter (buffer, &edge);
  else
    gtk_text_buffer_get_end_iter (buffer, &edge);

  gtk_text_view_get_iter_location (self->words, &cursor, &here);
  gtk_text_view_get_iter_location (self->words, &edge, &there);
  return here.y == there.y;
}

static gboolean
recall_older (ReshootPanelRecall *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (GPtrArray) list = NULL;
  guint position = 0;

  /* Changed since it was recalled, it is a draft of its own. */
  if (g_strcmp0 (text, self->shown) != 0)
    {
      g_clear_pointer (&self->shown, g_free);
      g_free (self->draft);
      self->draft = g_steal_pointer (&text);
    }

  list = list_instructions (self);
  if (self->shown != NULL
      && g_ptr_array_find_with_equal_func (list, self->shown, g_str_equal, &position))
    position++;
  if (position >= list->len)
    return FALSE;

  g_free (self->shown);
  self->shown = g_strdup (g_ptr_array_index (list, position));
  show_text (self, self->shown, TRUE);
  return TRUE;
}

static gboolean
recall_newer (ReshootPanelRecall *self)
{
  g_autofree char *text = dup_text (self);
  g_autoptr (GPtrArray) list = NULL;
  guint position = 0;

  if (self->shown == NULL || g_strcmp0 (text, self->shown) != 0)
    return FALSE;

  list = list_instructions (self);
  g_clear_pointer (&self->shown, g_free);
  if (g_ptr_array_find_with_equal_func (list, text, g_str_equal, &position) && position > 0)
    self->shown = g_strdup (g_ptr_array_index (list, position - 1));

  show_text (self, self->shown != NULL ? self->shown : self->draft, FALSE);
  return TRUE;
}

/* The text view's own signal rather than its keys: an input method that is choosing among words has had its keys. */
static void
cursor_moved_cb (ReshootPanelRecall *self,
                 GtkMovementStep     step,
                 int                 count,
                 gboolean            extend)
{
  gboolean recalled;

  if (step != GTK_MOVEMENT_DISPLAY_LINES || extend || !is_at_edge (self, count < 0))
    return;

  recalled = count < 0 ? recall_older (self) : recall_newer (self);
  if (recalled)
    g_signal_stop_emission_by_name (self->words, "move-cursor");
}

/* In a text field these keys are the text's own, also when it has nothing to undo or copy: they must not reach the
 * window, where they move the head or copy the picture. */
static gboolean
keep_key_cb (GtkWidget *widget,
             GVariant  *arguments,
             gpointer   user_data)
{
  return GDK_EVENT_STOP;
}

static void
keep_text_keys (GtkWidget *around)
{
  static const char *const triggers[] = {
    "<Control>z", "<Control><Shift>z", "<Control>y", "<Control>c", "<Control>x", "<Control>v",
    "<Control>a"
  };
  GtkEventController *controller = gtk_shortcut_controller_new ();

  for (guint i = 0; i < G_N_ELEMENTS (triggers); i++)
    {
      GtkShortcutTrigger *trigger = gtk_shortcut_trigger_parse_string (triggers[i]);
      GtkShortcutAction *action = gtk_callback_action_new (keep_key_cb, NULL, NULL);

      gtk_shortcut_controller_add_shortcut (GTK_SHORTCUT_CONTROLLER (controller),
                                            gtk_shortcut_new (trigger, action));
    }

  gtk_widget_add_controller (around, controller);
}

static void
reshoot_panel_recall_finalize (GObject *object)
{
  ReshootPanelRecall *self = RESHOOT_PANEL_RECALL (object);

  g_clear_weak_pointer (&self->words);
  g_clear_object (&self->steps);
  g_free (self->shown);
  g_free (self->draft);

  G_OBJECT_CLASS (reshoot_panel_recall_parent_class)->finalize (object);
}

static void
reshoot_panel_recall_class_init (ReshootPanelRecallClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_panel_recall_finalize;
}

static void
reshoot_panel_recall_init (ReshootPanelRecall *self)
{
}

/**
 * reshoot_panel_recall_new:
 * @words: the field for an instruction
 * @around: what it stands in
 *
 * Returns: (transfer full): what brings earlier instructions back into it, and leaves the field its own keys
 */
ReshootPanelRecall *
reshoot_panel_recall_new (GtkTextView *words,
                          GtkWidget   *around)
{
  ReshootPanelRecall *self;

  g_return_val_if_fail (GTK_IS_TEXT_VIEW (words), NULL);

  self = g_object_new (RESHOOT_TYPE_PANEL_RECALL, NULL);
  g_set_weak_pointer (&self->words, words);
  keep_text_keys (around);
  g_signal_connect_object (words, "move-cursor", G_CALLBACK (cursor_moved_cb), self,
                           G_CONNECT_SWAPPED);
  return self;
}

/**
 * reshoot_panel_recall_set_steps:
 * @self: what recalls
 * @steps: (nullable): of [class@Step], oldest first
 */
void
reshoot_panel_recall_set_steps (ReshootPanelRecall *self,
                                GListModel         *steps)
{
  g_return_if_fail (RESHOOT_IS_PANEL_RECALL (self));

  g_set_object (&self->steps, steps);
  g_clear_pointer (&self->shown, g_free);
  g_clear_pointer (&self->draft, g_free);
}
