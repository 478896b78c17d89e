/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootReviewFilter: which steps a review walks: the path, or those of the whole project that were accepted,
 * rejected, not judged yet, or made by one model. The step that is looked at stays among them until one goes on, so
 * that a judgement takes nothing from under one's eyes. */

#include "config.h"

#include "reshoot-review-filter.h"

#include <glib/gi18n.h>

#define SLICE_US 4000  /* at a time: a quarter of a frame */

/* What is offered, in this order; the models come behind. */
typedef enum
{
  SHOWS_PATH,
  SHOWS_ALL,
  SHOWS_ACCEPTED,
  SHOWS_REJECTED,
  SHOWS_UNJUDGED,
  N_SHOWS
} Shows;

struct _ReshootReviewFilter
{
  AdwBin              parent_instance;

  GtkDropDown        *drop_down;
  GtkStringList      *names;      /* (owned): what is offered */
  GPtrArray          *models;     /* (owned): of char: the ids of those among them, behind the rest */
  guint               n_seen;     /* so many steps were looked at for their models */
  guint               look_id;    /* looks at more of them, where not 0 */
  GtkCustomFilter    *filter;     /* (owned) */
  GtkFilterListModel *found;      /* (owned) */
  gboolean            is_busy;    /* it changes something itself: nobody is told */

  ReshootProject     *project;    /* (owned) (nullable) */
  ReshootCatalogue   *catalogue;  /* (owned) (nullable) */
};

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReshootReviewFilter, reshoot_review_filter, ADW_TYPE_BIN)

static guint
get_choice (ReshootReviewFilter *self)
{
  guint choice = gtk_drop_down_get_selected (self->drop_down);

  return choice != GTK_INVALID_LIST_POSITION ? choice : SHOWS_PATH;
}

static ReshootStep *
get_head (ReshootReviewFilter *self)
{
  return self->project != NULL
         ? reshoot_history_get_head (reshoot_project_get_history (self->project)) : NULL;
}

static gboolean
is_unjudged (ReshootStep *step)
{
  return reshoot_step_get_verdict (step) == RESHOOT_VERDICT_NONE &&
         reshoot_step_get_rating (step) == 0;
}

static gboolean
is_by_model (ReshootStep *step,
             const char  *model)
{
  ReshootRequest *request = reshoot_step_get_request (step);

  return request != NULL && g_strcmp0 (reshoot_request_get_model (request), model) == 0;
}

static gboolean
match_cb (gpointer item,
          gpointer user_data)
{
  ReshootReviewFilter *self = user_data;
  ReshootStep *step = item;
  guint choice = get_choice (self);

  if (reshoot_step_get_digest (step) == NULL)
    return FALSE;

  if (self->project != NULL &&
      reshoot_history_get_head (reshoot_project_get_history (self->project)) == step)
    return TRUE;

  switch (choice)
    {
    case SHOWS_PATH:
    case SHOWS_ALL:
      return TRUE;
    case SHOWS_ACCEPTED:
      return reshoot_step_get_verdict (step) == RESHOOT_VERDICT_ACCEPT;
    case SHOWS_REJECTED:
      return reshoot_step_get_verdict (step) == RESHOOT_VERDICT_REJECT;
    case SHOWS_UNJUDGED:
      return is_unjudged (step);
    default:
      choice -= N_SHOWS;
      return choice < self->models->len && is_by_model (step, self->models->pdata[choice]);
    }
}

static void
tell_changed (ReshootReviewFilter *self)
{
  if (!self->is_busy)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* Told when it is over: who swaps one list for another must not do so while that one is still telling of its
 * change. */
static void
sort_in (ReshootReviewFilter *self)
{
  if (reshoot_review_filter_get_is_path (self))
    return;

  self->is_busy = TRUE;
  gtk_filter_changed (GTK_FILTER (self->filter), GTK_FILTER_CHANGE_DIFFERENT);
  self->is_busy = FALSE;
}

static void
chosen_cb (ReshootReviewFilter *self)
{
  if (self->is_busy)
    return;

  sort_in (self);
  tell_changed (self);
}

static void
offer_model (ReshootReviewFilter *self,
             const char          *id)
{
  ReshootModel *model = NULL;

  if (g_ptr_array_find_with_equal_func (self->models, id, g_str_equal, NULL))
    return;

  if (self->catalogue != NULL)
    model = reshoot_catalogue_get_model (self->catalogue, id);

  g_ptr_array_add (self->models, g_strdup (id));
  gtk_string_list_append (self->names, model != NULL ? reshoot_model_get_name (model) : id);
}

/* Every model that made something is offered once, oldest first. A long history takes a while: a slice at a time. */
static gboolean
look_cb (gpointer user_data)
{
  ReshootReviewFilter *self = user_data;
  GListModel *steps = G_LIST_MODEL (reshoot_project_get_history (self->project));
  gint64 end = g_get_monotonic_time () + SLICE_US;

  while (self->n_seen < g_list_model_get_n_items (steps))
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (steps, self->n_seen++);
      ReshootRequest *request = reshoot_step_get_request (step);

      if (request != NULL && reshoot_request_get_model (request) != NULL)
        offer_model (self, reshoot_request_get_model (request));
      if (g_get_monotonic_time () >= end)
        return G_SOURCE_CONTINUE;
    }

  self->look_id = 0;
  return G_SOURCE_REMOVE;
}

/* Only where it is seen: most who open a project do not review it. */
static void
look_for_models (ReshootReviewFilter *self)
{
  if (self->look_id == 0 && self->project != NULL && gtk_widget_get_mapped (GTK_WIDGET (self)))
    self->look_id = g_idle_add (look_cb, self);
}

/* Without the models, which are found later. */
static void
fill_choices (ReshootReviewFilter *self)
{
  g_clear_object (&self->names);
  self->names = gtk_string_list_new (NULL);
  /* Translators: which steps a review walks: the way from the original to the result. */
  gtk_string_list_append (self->names, _("The path"));
  gtk_string_list_append (self->names, C_("steps", "All"));
  gtk_string_list_append (self->names, C_("steps", "Accepted"));
  gtk_string_list_append (self->names, C_("steps", "Rejected"));
  gtk_string_list_append (self->names, _("Not judged yet"));

  g_ptr_array_set_size (self->models, 0);
  self->n_seen = 0;
  self->is_busy = TRUE;
  gtk_drop_down_set_model (self->drop_down, G_LIST_MODEL (self->names));
  gtk_drop_down_set_selected (self->drop_down, SHOWS_PATH);
  self->is_busy = FALSE;
}

static void
let_go_of_project (ReshootReviewFilter *self)
{
  GListModel *path;

  if (self->project == NULL)
    return;

  g_clear_handle_id (&self->look_id, g_source_remove);
  g_signal_handlers_disconnect_by_data (reshoot_project_get_history (self->project), self);
  path = reshoot_history_get_path (reshoot_project_get_history (self->project));
  g_signal_handlers_disconnect_by_data (path, self);
  g_clear_object (&self->project);
  g_clear_object (&self->catalogue);
}

static void
reshoot_review_filter_dispose (GObject *object)
{
  ReshootReviewFilter *self = RESHOOT_REVIEW_FILTER (object);

  if (self->found != NULL)
    gtk_filter_list_model_set_model (self->found, NULL);
  let_go_of_project (self);

  G_OBJECT_CLASS (reshoot_review_filter_parent_class)->dispose (object);
}

static void
reshoot_review_filter_finalize (GObject *object)
{
  ReshootReviewFilter *self = RESHOOT_REVIEW_FILTER (object);

  gtk_filter_list_model_set_filter (self->found, NULL);
  g_clear_object (&self->found);
  g_clear_object (&self->filter);
  g_clear_object (&self->names);
  g_ptr_array_unref (self->models);

  G_OBJECT_CLASS (reshoot_review_filter_parent_class)->finalize (object);
}

static void
reshoot_review_filter_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reshoot_review_filter_parent_class)->map (widget);
  look_for_models (RESHOOT_REVIEW_FILTER (widget));
}

static void
reshoot_review_filter_class_init (ReshootReviewFilterClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reshoot_review_filter_dispose;
  G_OBJECT_CLASS (klass)->finalize = reshoot_review_filter_finalize;
  GTK_WIDGET_CLASS (klass)->map = reshoot_review_filter_map;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reshoot_review_filter_init (ReshootReviewFilter *self)
{
  self->models = g_ptr_array_new_with_free_func (g_free);
  self->filter = gtk_custom_filter_new (match_cb, self, NULL);
  self->found = gtk_filter_list_model_new (NULL, g_object_ref (GTK_FILTER (self->filter)));
  g_signal_connect_object (self->found, "items-changed", G_CALLBACK (tell_changed), self,
                           G_CONNECT_SWAPPED);
  self->drop_down = GTK_DROP_DOWN (gtk_drop_down_new (NULL, NULL));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->drop_down), _("Which Steps Are Walked"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->drop_down), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Which steps are walked"), -1);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->drop_down));
  fill_choices (self);
  g_signal_connect_object (self->drop_down, "notify::selected", G_CALLBACK (chosen_cb), self,
                           G_CONNECT_SWAPPED);
}

/**
 * reshoot_review_filter_set_project:
 * @self: a filter
 * @project: (nullable): whose steps
 * @catalogue: (nullable): knows what models are called
 *
 * Begins with the path again.
 */
void
reshoot_review_filter_set_project (ReshootReviewFilter *self,
                                   ReshootProject      *project,
                                   ReshootCatalogue    *catalogue)
{
  ReshootHistory *history = project != NULL ? reshoot_project_get_history (project) : NULL;

  g_return_if_fail (RESHOOT_IS_REVIEW_FILTER (self));

  let_go_of_project (self);
  g_set_object (&self->project, project);
  g_set_object (&self->catalogue, catalogue);
  fill_choices (self);
  gtk_filter_list_model_set_model (self->found, G_LIST_MODEL (history));
  if (history == NULL)
    return;

  g_signal_connect_object (reshoot_history_get_path (history), "items-changed",
                           G_CALLBACK (tell_changed), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (history, "items-changed", G_CALLBACK (look_for_models), self,
                           G_CONNECT_SWAPPED);
  look_for_models (self);
}

/**
 * reshoot_review_filter_refresh:
 * @self: a filter
 *
 * One goes on to another step, or begins: what was judged since is sorted in.
 */
void
reshoot_review_filter_refresh (ReshootReviewFilter *self)
{
  g_return_if_fail (RESHOOT_IS_REVIEW_FILTER (self));

  sort_in (self);
}

/**
 * reshoot_review_filter_get_is_path:
 * @self: a filter
 *
 * Returns: whether the path is walked
 */
gboolean
reshoot_review_filter_get_is_path (ReshootReviewFilter *self)
{
  g_return_val_if_fail (RESHOOT_IS_REVIEW_FILTER (self), TRUE);

  return get_choice (self) == SHOWS_PATH;
}

/**
 * reshoot_review_filter_get_steps:
 * @self: a filter
 *
 * Returns: (transfer none) (nullable): a live list of the #ReshootStep that are walked
 */
GListModel *
reshoot_review_filter_get_steps (ReshootReviewFilter *self)
{
  g_return_val_if_fail (RESHOOT_IS_REVIEW_FILTER (self), NULL);

  if (self->project == NULL)
    return NULL;

  if (reshoot_review_filter_get_is_path (self))
    return reshoot_history_get_path (reshoot_project_get_history (self->project));

  return G_LIST_MODEL (self->found);
}

/**
 * reshoot_review_filter_find:
 * @self: a filter
 * @direction: -1 or 1
 *
 * Returns: (transfer none) (nullable): the step that comes before or after the head among those that are walked, and
 *   has a picture
 */
ReshootStep *
reshoot_review_filter_find (ReshootReviewFilter *self,
                            int                  direction)
{
  GListModel *steps;
  ReshootStep *head;
  ReshootStep *before = NULL;
  gboolean is_behind = FALSE;

  g_return_val_if_fail (RESHOOT_IS_REVIEW_FILTER (self), NULL);

  steps = reshoot_review_filter_get_steps (self);
  head = get_head (self);
  for (guint i = 0; steps != NULL && i < g_list_model_get_n_items (steps); i++)
    {
      /* The history holds it on. */
      g_autoptr (ReshootStep) step = g_list_model_get_item (steps, i);

      if (step == head && direction < 0)
        return before;

      if (is_behind && reshoot_step_get_digest (step) != NULL)
        return step;

      is_behind |= step == head;
      if (reshoot_step_get_digest (step) != NULL)
        before = step;
    }

  return NULL;
}
