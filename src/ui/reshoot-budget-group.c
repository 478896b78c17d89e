/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootBudgetGroup: how much may be spent on an edit, a day and a project, and what was spent today. The limits are
 * the session's, which keeps them for every program of this person; what is typed here holds at once. */

#include "config.h"

#include "reshoot-budget-group.h"

#include "reshoot-resources.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkSwitch     *is_limited;
  GtkSpinButton *amount;
} Limit;

struct _ReshootBudgetGroup
{
  AdwPreferencesGroup  parent_instance;

  Limit                limits[RESHOOT_N_LIMITS];   /* that of the run is the command line's */
  GtkSwitch           *edit_switch;
  GtkSpinButton       *edit_amount;
  GtkSwitch           *day_switch;
  GtkSpinButton       *day_amount;
  GtkSwitch           *project_switch;
  GtkSpinButton       *project_amount;
  GtkLabel            *spent_amount;
  AdwActionRow        *problem;

  ReshootSession      *session;      /* (owned) (nullable) */
  GCancellable        *cancellable;
};

G_DEFINE_FINAL_TYPE (ReshootBudgetGroup, reshoot_budget_group, ADW_TYPE_PREFERENCES_GROUP)

/* What is offered to who begins to limit. In dollars. */
static const double usual[RESHOOT_N_LIMITS] = {
  [RESHOOT_LIMIT_EDIT] = 0.5, [RESHOOT_LIMIT_DAY] = 10, [RESHOOT_LIMIT_PROJECT] = 10,
};

static void
show_error (ReshootBudgetGroup *self,
            const GError       *error)
{
  g_autofree char *words = error != NULL ? reshoot_words_for_error (error) : NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem), words != NULL ? words : "");
}

static void
changed_cb (ReshootBudgetGroup *self,
            GObject            *widget)
{
  g_autoptr (GError) error = NULL;

  if (self->session == NULL)
    return;

  for (guint i = 0; i < RESHOOT_N_LIMITS; i++)
    {
      Limit *limit = &self->limits[i];
      ReshootMoney money = RESHOOT_MONEY_ANY;

      if (limit->amount == NULL || (G_OBJECT (limit->is_limited) != widget
                                    && G_OBJECT (limit->amount) != widget))
        continue;

      if (gtk_switch_get_active (limit->is_limited))
        money = reshoot_money_from_dollars (gtk_spin_button_get_value (limit->amount));
      if (money != reshoot_session_get_limit (self->session, i))
        reshoot_session_set_limit (self->session, i, money, &error);
    }

  show_error (self, error);
}

static void
switched_cb (GObject    *widget,
             GParamSpec *pspec,
             gpointer    user_data)
{
  changed_cb (user_data, widget);
}

static void
amount_cb (GtkSpinButton *widget,
           gpointer       user_data)
{
  changed_cb (user_data, G_OBJECT (widget));
}

static void
spent_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (ReshootBudgetGroup) self = user_data;
  g_autoptr (GError) error = NULL;
  ReshootMoney spent = reshoot_index_get_spent_finish (RESHOOT_INDEX (source), result, &error);
  g_autofree char *words = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (error != NULL)
    words = g_strdup (_("not known"));
  else
    words = spent > 0 ? reshoot_words_for_money (spent) : g_strdup (_("nothing"));

  gtk_label_set_text (self->spent_amount, words);
}

static void
reshoot_budget_group_map (GtkWidget *widget)
{
  ReshootBudgetGroup *self = RESHOOT_BUDGET_GROUP (widget);

  GTK_WIDGET_CLASS (reshoot_budget_group_parent_class)->map (widget);
  if (self->session != NULL)
    reshoot_index_get_spent_async (reshoot_session_get_index (self->session), NULL,
                                   self->cancellable, spent_cb, g_object_ref (self));
}

/* Nobody looks at the answers any more; and who waits for one holds us. */
static void
reshoot_budget_group_unroot (GtkWidget *widget)
{
  ReshootBudgetGroup *self = RESHOOT_BUDGET_GROUP (widget);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();

  GTK_WIDGET_CLASS (reshoot_budget_group_parent_class)->unroot (widget);
}

static void
reshoot_budget_group_dispose (GObject *object)
{
  ReshootBudgetGroup *self = RESHOOT_BUDGET_GROUP (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (reshoot_budget_group_parent_class)->dispose (object);
}

static void
reshoot_budget_group_finalize (GObject *object)
{
  g_clear_object (&RESHOOT_BUDGET_GROUP (object)->cancellable);

  G_OBJECT_CLASS (reshoot_budget_group_parent_class)->finalize (object);
}

static void
reshoot_budget_group_class_init (ReshootBudgetGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reshoot_budget_group_dispose;
  G_OBJECT_CLASS (klass)->finalize = reshoot_budget_group_finalize;
  widget_class->unroot = reshoot_budget_group_unroot;
  widget_class->map = reshoot_budget_group_map;

  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-budget-group.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootBudgetGroup, edit_switch);
  gtk_widget_class_bind_template_child (widget_class, ReshootBudgetGroup, edit_amount);
  gtk_widget_class_bind_template_child (widget_class, ReshootBudgetGroup, day_switch);
  gtk_widget_class_bind_template_child (widget_class, ReshootBudgetGroup, day_amount);
  gtk_widget_class_bind_template_child (widget_class, ReshootBudgetGroup, project_switch);
  gtk_widget_class_bind_template_child (widget_class, ReshootBudgetGroup, project_amount);
  gtk_widget_class_bind_template_child (widget_class, ReshootBudgetGroup, spent_amount);
  gtk_widget_class_bind_template_child (widget_class, ReshootBudgetGroup, problem);
}

static void
reshoot_budget_group_init (ReshootBudgetGroup *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  self->limits[RESHOOT_LIMIT_EDIT] = (Limit) { self->edit_switch, self->edit_amount };
  self->limits[RESHOOT_LIMIT_DAY] = (Limit) { self->day_switch, self->day_amount };
  self->limits[RESHOOT_LIMIT_PROJECT] = (Limit) { self->project_switch, self->project_amount };

  for (guint i = 0; i < RESHOOT_N_LIMITS; i++)
    if (self->limits[i].amount != NULL)
      {
        g_signal_connect_object (self->limits[i].is_limited, "notify::active",
                                 G_CALLBACK (switched_cb), self, 0);
        g_signal_connect_object (self->limits[i].amount, "value-changed", G_CALLBACK (amount_cb),
                                 self, 0);
      }
}

/**
 * reshoot_budget_group_set_session:
 * @self: the group
 * @session: (nullable): keeps the limits; %NULL ends following it
 */
void
reshoot_budget_group_set_session (ReshootBudgetGroup *self,
                                  ReshootSession     *session)
{
  g_return_if_fail (RESHOOT_IS_BUDGET_GROUP (self));

  g_clear_object (&self->session);
  if (session == NULL)
    return;

  for (guint i = 0; i < RESHOOT_N_LIMITS; i++)
    {
      Limit *limit = &self->limits[i];
      ReshootMoney money = reshoot_session_get_limit (session, i);
      gboolean is_limited = money != RESHOOT_MONEY_ANY;

      if (limit->amount == NULL)
        continue;

      gtk_spin_button_set_value (limit->amount,
                                 is_limited ? reshoot_money_to_dollars (money) : usual[i]);
      gtk_switch_set_active (limit->is_limited, is_limited);
    }

  self->session = g_object_ref (session);
}
