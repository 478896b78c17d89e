/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootQueueBar: the foot of the history: how many edits are being made, with a list of them to cancel one or to hold
 * the queue; what was spent today; and what has just come to its end, as an offer to look at it. */

#include "config.h"

#include "reshoot-queue-bar.h"

#include "reshoot-resources.h"
#include "reshoot-step-words.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>

struct _ReshootQueueBar
{
  AdwBin                 parent_instance;

  GtkMenuButton         *running;
  GtkPopover            *popover;
  GtkBox                *jobs;
  GtkLabel              *money;
  GtkButton             *offer;
  GtkLabel              *offer_words;

  ReshootHistoryContext *context;      /* (owned) (nullable) */
  ReshootSession        *session;      /* (owned) (nullable) */
  GListModel            *model;        /* (owned) (nullable): of ReshootStep */
  ReshootStep           *offered;      /* (owned) (nullable) */
  GCancellable          *cancellable;  /* (nullable): of a look into the journal */
};

G_DEFINE_FINAL_TYPE (ReshootQueueBar, reshoot_queue_bar, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_PAUSED,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static gboolean
get_paused (ReshootQueueBar *self)
{
  return self->session != NULL && reshoot_session_get_paused (self->session, NULL);
}

static void
update_running (ReshootQueueBar *self)
{
  guint n = self->model != NULL ? g_list_model_get_n_items (self->model) : 0;
  gboolean paused = get_paused (self);
  g_autofree char *text = NULL;

  gtk_widget_set_visible (GTK_WIDGET (self->running), n > 0 || paused);
  if (n == 0 && !paused)
    gtk_popover_popdown (self->popover);

  if (paused && n > 0)
    /* Translators: %u is a number of edits that are being made or wait; the queue does not go on. */
    text = g_strdup_printf (ngettext ("%u waiting, paused", "%u waiting, paused", n), n);
  else if (paused)
    /* Translators: nothing that is asked for is begun until the person says so. */
    text = g_strdup (_("Queue paused"));
  else
    /* Translators: %u is a number of edits that are being made. */
    text = g_strdup_printf (ngettext ("%u running", "%u running", n), n);

  gtk_menu_button_set_label (self->running, text);
}

static void
set_paused (ReshootQueueBar *self,
            gboolean         paused)
{
  if (self->session == NULL || get_paused (self) == paused)
    return;

  reshoot_session_set_paused (self->session, NULL, paused);
  update_running (self);
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_PAUSED]);
}

static GtkWidget *
make_words (ReshootQueueBar *self,
            ReshootStep     *step)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 2);
  g_autofree char *name = reshoot_step_words_for_name (step);
  g_autofree char *origin =
    reshoot_step_words_for_origin (step, reshoot_history_context_get_catalogue (self->context));
  GtkWidget *labels[2] = { gtk_label_new (name), gtk_label_new (origin) };

  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      gtk_label_set_xalign (GTK_LABEL (labels[i]), 0);
      gtk_label_set_ellipsize (GTK_LABEL (labels[i]), PANGO_ELLIPSIZE_END);
      gtk_label_set_max_width_chars (GTK_LABEL (labels[i]), 30);
      gtk_box_append (GTK_BOX (box), labels[i]);
    }

  gtk_widget_add_css_class (labels[1], "caption");
  gtk_widget_add_css_class (labels[1], "dim-label");
  gtk_widget_set_hexpand (box, TRUE);
  return box;
}

static GtkWidget *
make_job (ReshootQueueBar *self,
          ReshootStep     *step)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *cancel = gtk_button_new_from_icon_name ("process-stop-symbolic");
  g_autofree char *name = reshoot_step_words_for_name (step);
  /* Translators: %s is what an edit is to do. */
  g_autofree char *label = g_strdup_printf (_("Cancel “%s”"), name);

  gtk_widget_add_css_class (cancel, "flat");
  gtk_widget_add_css_class (cancel, "circular");
  gtk_widget_set_valign (cancel, GTK_ALIGN_CENTER);
  gtk_widget_set_tooltip_text (cancel, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (cancel), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (cancel), "x", reshoot_step_get_id (step));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (cancel), "view.cancel-step");
  gtk_box_append (GTK_BOX (box), make_words (self, step));
  gtk_box_append (GTK_BOX (box), cancel);
  return box;
}

/* Made anew when it is opened, and when a job comes or goes while it is open. */
static void
update_jobs (ReshootQueueBar *self)
{
  GtkWidget *child;

  while ((child = gtk_widget_get_first_child (GTK_WIDGET (self->jobs))) != NULL)
    gtk_box_remove (self->jobs, child);

  if (self->model == NULL || !gtk_widget_get_visible (GTK_WIDGET (self->popover)))
    return;

  for (guint i = 0; i < g_list_model_get_n_items (self->model); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (self->model, i);

      gtk_box_append (self->jobs, make_job (self, step));
    }
}

static void
running_changed_cb (ReshootQueueBar *self)
{
  update_running (self);
  update_jobs (self);
}

static void
spent_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (ReshootQueueBar) self = user_data;
  g_autoptr (GError) error = NULL;
  ReshootMoney spent = reshoot_index_get_spent_finish (RESHOOT_INDEX (source), result, &error);
  ReshootMoney limit;
  g_autofree char *spent_words = NULL;
  g_autofree char *words = NULL;

  if (error != NULL || self->session == NULL)
    return;

  limit = reshoot_session_get_limit (self->session, RESHOOT_LIMIT_DAY);
  gtk_widget_set_visible (GTK_WIDGET (self->money), spent > 0 || limit != RESHOOT_MONEY_ANY);
  spent_words = reshoot_words_for_money (spent);
  if (limit != RESHOOT_MONEY_ANY)
    {
      g_autofree char *limit_words = reshoot_words_for_money (limit);

      /* Translators: both %s are amounts of money: what was spent, and what may be. */
      words = g_strdup_printf (_("%s of %s today"), spent_words, limit_words);
    }
  else
    /* Translators: %s is the amount of money that was spent. */
    words = g_strdup_printf (_("%s today"), spent_words);

  gtk_label_set_text (self->money, words);
}

/* Who looks at the offered step has taken the offer. */
static void
marked_cb (ReshootQueueBar *self)
{
  if (self->offered == NULL || reshoot_history_context_get_is_new (self->context, self->offered))
    return;

  g_clear_object (&self->offered);
  gtk_widget_set_visible (GTK_WIDGET (self->offer), FALSE);
}

static void
let_go (ReshootQueueBar *self)
{
  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
  if (self->context != NULL)
    g_signal_handlers_disconnect_by_data (self->context, self);

  g_clear_object (&self->model);
  g_clear_object (&self->context);
  g_clear_object (&self->session);
  g_clear_object (&self->offered);
}

static void
reshoot_queue_bar_get_property (GObject    *object,
                                guint       prop_id,
                                GValue     *value,
                                GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_PAUSED:
      g_value_set_boolean (value, get_paused (RESHOOT_QUEUE_BAR (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_queue_bar_set_property (GObject      *object,
                                guint         prop_id,
                                const GValue *value,
                                GParamSpec   *pspec)
{
  switch (prop_id)
    {
    case PROP_PAUSED:
      set_paused (RESHOOT_QUEUE_BAR (object), g_value_get_boolean (value));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_queue_bar_dispose (GObject *object)
{
  let_go (RESHOOT_QUEUE_BAR (object));

  G_OBJECT_CLASS (reshoot_queue_bar_parent_class)->dispose (object);
}

static void
reshoot_queue_bar_class_init (ReshootQueueBarClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = reshoot_queue_bar_get_property;
  object_class->set_property = reshoot_queue_bar_set_property;
  object_class->dispose = reshoot_queue_bar_dispose;

  properties[PROP_PAUSED] = g_param_spec_boolean ("paused", NULL, NULL, FALSE,
                                                  G_PARAM_READWRITE | G_PARAM_STATIC_STRINGS
                                                  | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-queue-bar.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootQueueBar, running);
  gtk_widget_class_bind_template_child (widget_class, ReshootQueueBar, popover);
  gtk_widget_class_bind_template_child (widget_class, ReshootQueueBar, jobs);
  gtk_widget_class_bind_template_child (widget_class, ReshootQueueBar, money);
  gtk_widget_class_bind_template_child (widget_class, ReshootQueueBar, offer);
  gtk_widget_class_bind_template_child (widget_class, ReshootQueueBar, offer_words);
  gtk_widget_class_install_property_action (widget_class, "queue.paused", "paused");
}

static void
reshoot_queue_bar_init (ReshootQueueBar *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  g_signal_connect_object (self->popover, "notify::visible", G_CALLBACK (update_jobs), self,
                           G_CONNECT_SWAPPED);
}

/**
 * reshoot_queue_bar_show:
 * @self: a queue bar
 * @context: (nullable): of the history above; %NULL: there is none
 * @session: (nullable): has the queue and the journal of spending
 * @running: (nullable): the steps that are being made
 */
void
reshoot_queue_bar_show (ReshootQueueBar       *self,
                        ReshootHistoryContext *context,
                        ReshootSession        *session,
                        GListModel            *running)
{
  g_return_if_fail (RESHOOT_IS_QUEUE_BAR (self));

  let_go (self);
  gtk_widget_set_visible (GTK_WIDGET (self->offer), FALSE);
  g_set_object (&self->context, context);
  g_set_object (&self->session, session);
  g_set_object (&self->model, running);
  if (context != NULL)
    g_signal_connect_object (context, "marked", G_CALLBACK (marked_cb), self, G_CONNECT_SWAPPED);
  if (running != NULL)
    g_signal_connect_object (running, "items-changed", G_CALLBACK (running_changed_cb), self,
                             G_CONNECT_SWAPPED);

  running_changed_cb (self);
  reshoot_queue_bar_update_money (self);
}

/**
 * reshoot_queue_bar_tell:
 * @self: a queue bar
 * @step: a step that is new to the person
 * @words: what to say of it
 *
 * Offers to show it, and lets it be read out.
 */
void
reshoot_queue_bar_tell (ReshootQueueBar *self,
                        ReshootStep     *step,
                        const char      *words)
{
  g_return_if_fail (RESHOOT_IS_QUEUE_BAR (self));

  g_set_object (&self->offered, step);
  gtk_label_set_text (self->offer_words, words);
  gtk_actionable_set_action_target (GTK_ACTIONABLE (self->offer), "x", reshoot_step_get_id (step));
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->offer), _("Show it"));
  gtk_widget_set_visible (GTK_WIDGET (self->offer), TRUE);
}

/**
 * reshoot_queue_bar_update_money:
 * @self: a queue bar
 *
 * Something was charged, or may be.
 */
void
reshoot_queue_bar_update_money (ReshootQueueBar *self)
{
  g_return_if_fail (RESHOOT_IS_QUEUE_BAR (self));

  if (self->session == NULL)
    {
      gtk_widget_set_visible (GTK_WIDGET (self->money), FALSE);
      return;
    }

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->cancellable);
  self->cancellable = g_cancellable_new ();
  reshoot_index_get_spent_async (reshoot_session_get_index (self->session), NULL,
                                 self->cancellable, spent_cb, g_object_ref (self));
}
