/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootPanelBudget: what may still be spent, as a line before the button. What was spent is in the journal, which is
 * asked again whenever an edit begins or ends, and when the window is the one in front again: the limits
 * may be others then. */

#include "config.h"

#include "reshoot-panel-budget.h"

#include "reshoot-words.h"

#include <string.h>

struct _ReshootPanelBudget
{
  AdwBin          parent_instance;

  GtkLabel       *label;
  ReshootSession *session;                   /* (owned) (nullable) */
  char           *project;                   /* (nullable): its UUID */
  GCancellable   *cancellable;               /* (owned): of the looks into the journal */
  ReshootMoney    spent[RESHOOT_N_LIMITS];   /* of the day, of the project */
  ReshootMoney    left[RESHOOT_N_LIMITS];    /* RESHOOT_MONEY_ANY = no limit */
};

G_DEFINE_FINAL_TYPE (ReshootPanelBudget, reshoot_panel_budget, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
update (ReshootPanelBudget *self)
{
  ReshootMoney before[RESHOOT_N_LIMITS];
  g_autofree char *words = NULL;

  memcpy (before, self->left, sizeof before);
  for (guint i = 0; i < RESHOOT_N_LIMITS; i++)
    {
      ReshootMoney limit = self->session != NULL ? reshoot_session_get_limit (self->session, i)
                                                 : RESHOOT_MONEY_ANY;

      self->left[i] = limit == RESHOOT_MONEY_ANY ? limit : limit - self->spent[i];
    }

  words = reshoot_words_for_left (self->left);
  gtk_label_set_text (self->label, words != NULL ? words : "");
  gtk_widget_set_visible (GTK_WIDGET (self), words != NULL);
  if (memcmp (before, self->left, sizeof before) != 0)
    g_signal_emit (self, signals[CHANGED], 0);
}

/* What the journal does not know is not held against anybody: it has the last word when money is reserved. */
static void
take_spent (ReshootPanelBudget *self,
            ReshootLimit        limit,
            GObject            *source,
            GAsyncResult       *result)
{
  g_autoptr (GError) error = NULL;
  ReshootMoney spent = reshoot_index_get_spent_finish (RESHOOT_INDEX (source), result, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  self->spent[limit] = error == NULL ? spent : 0;
  update (self);
}

static void
day_spent_cb (GObject      *source,
              GAsyncResult *result,
              gpointer      user_data)
{
  g_autoptr (ReshootPanelBudget) self = user_data;

  take_spent (self, RESHOOT_LIMIT_DAY, source, result);
}

static void
project_spent_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (ReshootPanelBudget) self = user_data;

  take_spent (self, RESHOOT_LIMIT_PROJECT, source, result);
}

static void
look (ReshootPanelBudget *self)
{
  ReshootIndex *index;

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  update (self);
  if (self->session == NULL || gtk_widget_get_root (GTK_WIDGET (self)) == NULL)
    return;

  index = reshoot_session_get_index (self->session);
  if (self->left[RESHOOT_LIMIT_DAY] != RESHOOT_MONEY_ANY)
    reshoot_index_get_spent_async (index, NULL, self->cancellable, day_spent_cb,
                                   g_object_ref (self));
  if (self->left[RESHOOT_LIMIT_PROJECT] != RESHOOT_MONEY_ANY && self->project != NULL)
    reshoot_index_get_spent_async (index, self->project, self->cancellable, project_spent_cb,
                                   g_object_ref (self));
}

static void
window_changed_cb (ReshootPanelBudget *self)
{
  if (gtk_window_is_active (GTK_WINDOW (gtk_widget_get_root (GTK_WIDGET (self)))))
    look (self);
}

/* Who comes back from the preferences, or from another window, finds what holds now. */
static void
reshoot_panel_budget_root (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (reshoot_panel_budget_parent_class)->root (widget);

  if (GTK_IS_WINDOW (gtk_widget_get_root (widget)))
    g_signal_connect_object (gtk_widget_get_root (widget), "notify::is-active",
                             G_CALLBACK (window_changed_cb), widget, G_CONNECT_SWAPPED);
}

static void
reshoot_panel_budget_unroot (GtkWidget *widget)
{
  ReshootPanelBudget *self = RESHOOT_PANEL_BUDGET (widget);

  g_cancellable_cancel (self->cancellable);
  g_signal_handlers_disconnect_by_func (gtk_widget_get_root (widget), window_changed_cb, self);

  GTK_WIDGET_CLASS (reshoot_panel_budget_parent_class)->unroot (widget);
}

static void
reshoot_panel_budget_dispose (GObject *object)
{
  ReshootPanelBudget *self = RESHOOT_PANEL_BUDGET (object);

  if (self->session != NULL)
    g_signal_handlers_disconnect_by_data (reshoot_session_get_jobs (self->session), self);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (reshoot_panel_budget_parent_class)->dispose (object);
}

static void
reshoot_panel_budget_finalize (GObject *object)
{
  ReshootPanelBudget *self = RESHOOT_PANEL_BUDGET (object);

  g_clear_object (&self->cancellable);
  g_free (self->project);

  G_OBJECT_CLASS (reshoot_panel_budget_parent_class)->finalize (object);
}

static void
reshoot_panel_budget_class_init (ReshootPanelBudgetClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reshoot_panel_budget_dispose;
  object_class->finalize = reshoot_panel_budget_finalize;
  widget_class->root = reshoot_panel_budget_root;
  widget_class->unroot = reshoot_panel_budget_unroot;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
reshoot_panel_budget_init (ReshootPanelBudget *self)
{
  GtkWidget *label = gtk_label_new ("");

  self->cancellable = g_cancellable_new ();
  self->label = GTK_LABEL (label);
  gtk_label_set_xalign (self->label, 0);
  gtk_label_set_wrap (self->label, TRUE);
  gtk_widget_add_css_class (label, "caption");
  gtk_widget_add_css_class (label, "dim-label");
  adw_bin_set_child (ADW_BIN (self), label);
  for (guint i = 0; i < RESHOOT_N_LIMITS; i++)
    self->left[i] = RESHOOT_MONEY_ANY;
  gtk_widget_set_visible (GTK_WIDGET (self), FALSE);
}

/**
 * reshoot_panel_budget_set_session:
 * @self: the line
 * @session: whose limits and journal it shows
 */
void
reshoot_panel_budget_set_session (ReshootPanelBudget *self,
                                  ReshootSession     *session)
{
  g_return_if_fail (RESHOOT_IS_PANEL_BUDGET (self));
  g_return_if_fail (self->session == NULL);

  self->session = g_object_ref (session);
  g_signal_connect_object (reshoot_session_get_jobs (session), "items-changed", G_CALLBACK (look),
                           self, G_CONNECT_SWAPPED);
  look (self);
}

/**
 * reshoot_panel_budget_set_project:
 * @self: the line
 * @uuid: (nullable): of the project that is worked on
 */
void
reshoot_panel_budget_set_project (ReshootPanelBudget *self,
                                  const char         *uuid)
{
  g_return_if_fail (RESHOOT_IS_PANEL_BUDGET (self));

  if (g_strcmp0 (self->project, uuid) == 0)
    return;

  g_free (self->project);
  self->project = g_strdup (uuid);
  self->spent[RESHOOT_LIMIT_PROJECT] = 0;
  look (self);
}

/**
 * reshoot_panel_budget_get_left:
 * @self: the line
 *
 * Returns: (transfer none) (array fixed-size=4): what may still be spent of each limit; %RESHOOT_MONEY_ANY where there
 *   is none
 */
const ReshootMoney *
reshoot_panel_budget_get_left (ReshootPanelBudget *self)
{
  g_return_val_if_fail (RESHOOT_IS_PANEL_BUDGET (self), NULL);

  return self->left;
}
