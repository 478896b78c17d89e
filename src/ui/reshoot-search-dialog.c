/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootSearchDialog: steps by their words, in the project that is open or in all recent ones. The open project is
 * asked itself: it is in memory, and right also where the index cannot be written. */

#include "config.h"

#include "reshoot-search-dialog.h"

#include "reshoot-resources.h"
#include "reshoot-step-thumbnail.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>

/* More hits than anybody reads. */
#define MOST_HITS 100

struct _ReshootSearchDialog
{
  AdwWindow       parent_instance;

  GtkEditable    *entry;
  GtkWidget      *scope;
  GtkToggleButton *here;
  GtkStack       *stack;
  AdwStatusPage  *status;
  GtkListBox     *list;

  ReshootIndex   *index;        /* (owned) */
  ReshootProject *project;      /* (owned) (nullable): none is open */
  GListModel     *hits;         /* (owned) (nullable): what the rows show */
  GCancellable   *cancellable;  /* of the search before, and of its thumbnails */
};

enum
{
  CHOSEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReshootSearchDialog, reshoot_search_dialog, ADW_TYPE_WINDOW)

static char *
get_project_name (GFile *file)
{
  char *name = g_file_get_basename (file);

  if (g_str_has_suffix (name, ".reshoot"))
    name[strlen (name) - strlen (".reshoot")] = '\0';

  return name;
}

static gboolean
is_here (ReshootSearchDialog   *self,
         const ReshootHitFacts *facts)
{
  return self->project != NULL && g_file_equal (facts->file,
                                                reshoot_project_get_file (self->project));
}

static GtkWidget *
make_row (gpointer item,
          gpointer user_data)
{
  ReshootSearchDialog *self = user_data;
  const ReshootHitFacts *facts = reshoot_hit_get_facts (item);
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *project = get_project_name (facts->file);
  g_autofree char *subtitle = NULL;
  ReshootStep *step = NULL;

  if (is_here (self, facts))
    step = reshoot_history_get_step (reshoot_project_get_history (self->project), facts->number);

  /* Translators: a step that was found: its number and the name of its project. */
  subtitle = g_strdup_printf (_("Step %d · %s"), (int) facts->number, project);
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), facts->snippet);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  adw_action_row_set_subtitle_lines (ADW_ACTION_ROW (row), 1);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  if (step != NULL)
    adw_action_row_add_prefix (ADW_ACTION_ROW (row),
                               reshoot_step_thumbnail_new (self->project, step, self->cancellable));

  return row;
}

static void
show_hits (ReshootSearchDialog *self,
           GListModel          *hits)
{
  gboolean found = hits != NULL && g_list_model_get_n_items (hits) > 0;
  const char *words = gtk_editable_get_text (self->entry);

  g_set_object (&self->hits, hits);
  gtk_list_box_bind_model (self->list, hits, make_row, self, NULL);
  gtk_stack_set_visible_child_name (self->stack, found ? "hits" : "nothing");
  adw_status_page_set_title (self->status, *words != '\0' && !found ? _("Nothing Found") : NULL);
}

static void
show_error (ReshootSearchDialog *self,
            const GError        *error)
{
  g_autofree char *words = reshoot_words_for_error (error);
  g_autofree char *escaped = g_markup_escape_text (words, -1);

  show_hits (self, NULL);
  adw_status_page_set_title (self->status, escaped);
}

static ReshootHit *
make_hit (ReshootSearchDialog *self,
          ReshootSearch       *search,
          ReshootStep         *step)
{
  ReshootRequest *request = reshoot_step_get_request (step);
  ReshootHitFacts facts = { .file = reshoot_project_get_file (self->project) };
  g_autofree char *snippet = NULL;

  facts.project_uuid = reshoot_project_get_uuid (self->project);
  facts.number = reshoot_step_get_id (step);
  facts.uuid = reshoot_step_get_uuid (step);
  facts.title = reshoot_step_get_title (step);
  if (request != NULL)
    {
      facts.instruction = reshoot_request_get_instruction (request);
      facts.model = reshoot_request_get_model (request);
      snippet = reshoot_search_dup_snippet (search, facts.instruction);
    }

  facts.snippet = snippet != NULL ? snippet : facts.title != NULL ? facts.title : "";
  return reshoot_hit_new (&facts);
}

/* Newest first, as the index has them. */
static void
search_here (ReshootSearchDialog *self,
             const char          *words)
{
  GListModel *steps = G_LIST_MODEL (reshoot_project_get_history (self->project));
  g_autoptr (GListStore) hits = g_list_store_new (RESHOOT_TYPE_HIT);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootSearch) search = reshoot_search_new (words, &error);

  if (search == NULL)
    {
      show_error (self, error);
      return;
    }

  for (guint i = g_list_model_get_n_items (steps); i > 0; i--)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (steps, i - 1);
      g_autoptr (ReshootHit) hit = NULL;

      if (!reshoot_search_matches (search, step))
        continue;

      hit = make_hit (self, search, step);
      g_list_store_append (hits, hit);
      if (g_list_model_get_n_items (G_LIST_MODEL (hits)) == MOST_HITS)
        break;
    }

  show_hits (self, G_LIST_MODEL (hits));
}

static void
searched_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ReshootSearchDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GListModel) hits = reshoot_index_search_finish (RESHOOT_INDEX (source), result,
                                                             &error);

  if (hits != NULL)
    show_hits (self, hits);
  else if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    show_error (self, error);
}

static void
search (ReshootSearchDialog *self)
{
  const char *words = gtk_editable_get_text (self->entry);
  g_autofree char *stripped = g_strstrip (g_strdup (words));

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();

  if (*stripped == '\0')
    show_hits (self, NULL);
  else if (self->project != NULL && gtk_toggle_button_get_active (self->here))
    search_here (self, stripped);
  else
    reshoot_index_search_async (self->index, stripped, NULL, MOST_HITS, self->cancellable,
                                searched_cb, g_object_ref (self));
}

static void
choose (ReshootSearchDialog *self,
        guint                position)
{
  g_autoptr (ReshootHit) hit = NULL;

  if (self->hits != NULL)
    hit = g_list_model_get_item (self->hits, position);
  if (hit == NULL)
    return;

  g_signal_emit (self, signals[CHOSEN], 0, hit);
  gtk_window_close (GTK_WINDOW (self));
}

static void
entry_activated_cb (ReshootSearchDialog *self)
{
  choose (self, 0);
}

static void
row_activated_cb (GtkListBox    *list,
                  GtkListBoxRow *row,
                  gpointer       user_data)
{
  choose (user_data, (guint) gtk_list_box_row_get_index (row));
}

static void
reshoot_search_dialog_dispose (GObject *object)
{
  ReshootSearchDialog *self = RESHOOT_SEARCH_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  if (self->list != NULL)
    gtk_list_box_bind_model (self->list, NULL, NULL, NULL, NULL);

  g_clear_object (&self->hits);
  g_clear_object (&self->index);
  g_clear_object (&self->project);

  G_OBJECT_CLASS (reshoot_search_dialog_parent_class)->dispose (object);
}

static void
reshoot_search_dialog_finalize (GObject *object)
{
  g_clear_object (&RESHOOT_SEARCH_DIALOG (object)->cancellable);

  G_OBJECT_CLASS (reshoot_search_dialog_parent_class)->finalize (object);
}

static void
reshoot_search_dialog_class_init (ReshootSearchDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reshoot_search_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = reshoot_search_dialog_finalize;

  signals[CHOSEN] = g_signal_new ("chosen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, RESHOOT_TYPE_HIT);

  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-search-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootSearchDialog, entry);
  gtk_widget_class_bind_template_child (widget_class, ReshootSearchDialog, scope);
  gtk_widget_class_bind_template_child (widget_class, ReshootSearchDialog, here);
  gtk_widget_class_bind_template_child (widget_class, ReshootSearchDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ReshootSearchDialog, status);
  gtk_widget_class_bind_template_child (widget_class, ReshootSearchDialog, list);
}

static void
reshoot_search_dialog_init (ReshootSearchDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->entry, "search-changed", G_CALLBACK (search), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "activate", G_CALLBACK (entry_activated_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->entry, "stop-search", G_CALLBACK (gtk_window_close), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->here, "toggled", G_CALLBACK (search), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->list, "row-activated", G_CALLBACK (row_activated_cb), self, 0);
}

/**
 * reshoot_search_dialog_new:
 * @index: knows all projects
 * @project: (nullable): the one that is open
 *
 * Returns: (transfer none): a dialog that is not shown yet
 */
GtkWidget *
reshoot_search_dialog_new (ReshootIndex   *index,
                           ReshootProject *project)
{
  ReshootSearchDialog *self;

  g_return_val_if_fail (RESHOOT_IS_INDEX (index), NULL);

  self = g_object_new (RESHOOT_TYPE_SEARCH_DIALOG, NULL);
  self->index = g_object_ref (index);
  g_set_object (&self->project, project);
  gtk_widget_set_visible (self->scope, project != NULL);
  gtk_widget_grab_focus (GTK_WIDGET (self->entry));
  return GTK_WIDGET (self);
}

/**
 * reshoot_search_dialog_set_words:
 * @self: the dialog
 * @words: what to look for
 */
void
reshoot_search_dialog_set_words (ReshootSearchDialog *self,
                                 const char          *words)
{
  g_return_if_fail (RESHOOT_IS_SEARCH_DIALOG (self));

  gtk_editable_set_text (self->entry, words);
}
