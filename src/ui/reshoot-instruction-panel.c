/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootInstructionPanel: what is to be done, by which model, for how much. While one types it says what the studio
 * understood, or why it cannot, before anything is started. It starts nothing itself: the button carries the action of
 * whoever it stands in. */

#include "config.h"

#include "reshoot-instruction-panel.h"

#include "reshoot-error.h"
#include "reshoot-panel-budget.h"
#include "reshoot-panel-draft.h"
#include "reshoot-panel-keep.h"
#include "reshoot-panel-lint.h"
#include "reshoot-panel-models.h"
#include "reshoot-panel-options.h"
#include "reshoot-panel-recall.h"
#include "reshoot-panel-recipes.h"
#include "reshoot-panel-references.h"
#include "reshoot-plan.h"
#include "reshoot-region-row.h"
#include "reshoot-resources.h"
#include "reshoot-session-choices.h"
#include "reshoot-step-words.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

#define N_FIRST_FRAMES 2  /* of a window, until there is something to be looked at */

struct _ReshootInstructionPanel
{
  AdwBin          parent_instance;

  GtkTextView    *words;
  GtkWidget      *words_frame;
  ReshootPanelRecipes *recipes;
  GtkLabel       *placeholder;
  GtkWidget      *preview_box;
  GtkImage       *preview_icon;
  GtkLabel       *preview;
  ReshootPanelLint *lint;
  ReshootPanelKeep *keep;
  ReshootPanelModels *models;
  GtkSpinButton  *takes;
  ReshootRegionRow *region;
  ReshootPanelOptions *options;
  ReshootPanelReferences *references;
  ReshootPanelBudget *budget;
  GtkWidget      *reason_box;
  GtkLabel       *reason;       /* why the edit cannot be started */
  GtkLabel       *nature;       /* said of a model that edits nothing */
  GtkLabel       *expectation;
  GtkLabel       *price;

  ReshootSession *session;      /* (owned) (nullable) */
  ReshootPanelRecall *recall;   /* (owned): the words of earlier edits */
  ReshootPanelDraft *draft;     /* (owned): what was not sent yet */
  GCancellable   *cancellable;  /* of the keys on their way */
  guint           preview_id;   /* an update that is due */
  int             width;        /* of the picture that is edited, in pixels; 0 = not known */
  int             height;
  gboolean        refused;      /* the studio cannot do what is said */
  gboolean        read_only;
  gboolean        starting;     /* the words are being taken up */
  gboolean        ready;
};

G_DEFINE_FINAL_TYPE (ReshootInstructionPanel, reshoot_instruction_panel, ADW_TYPE_BIN)

enum
{
  PROP_0,
  PROP_READY,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
set_ready (ReshootInstructionPanel *self,
           gboolean                 ready)
{
  if (self->ready == ready)
    return;

  self->ready = ready;
  g_object_notify_by_pspec (G_OBJECT (self), properties[PROP_READY]);
}

/* As they stand in the field. */
static char *
dup_words (ReshootInstructionPanel *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);
  GtkTextIter start, end;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

static void
show_preview (ReshootInstructionPanel *self,
              const char              *text,
              gboolean                 is_problem)
{
  gtk_widget_set_visible (self->preview_box, text != NULL);
  gtk_label_set_text (self->preview, text != NULL ? text : "");
  gtk_image_set_from_icon_name (self->preview_icon,
                                is_problem ? "dialog-warning-symbolic" : "object-select-symbolic");

  if (is_problem)
    gtk_widget_add_css_class (self->preview_box, "problem");
  else
    gtk_widget_remove_css_class (self->preview_box, "problem");
}

/* The studio's understanding of the words; it can be had at once, for nothing. */
static void
preview_plan (ReshootInstructionPanel *self,
              const char              *instruction)
{
  g_autoptr (ReshootPlan) plan = reshoot_plan_new (instruction);
  g_autofree char *text = reshoot_words_for_plan (plan);

  self->refused = !reshoot_plan_check (plan, NULL);
  show_preview (self, text, self->refused || reshoot_plan_get_n_refusals (plan) > 0);
}

/* The first of those chosen that cannot be asked, for want of a key. */
static ReshootModel *
find_without_key (ReshootInstructionPanel *self)
{
  GListModel *models = reshoot_instruction_panel_get_models (self);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (models, i);

      if (!reshoot_model_get_is_local (model)
          && !reshoot_session_get_key_present (self->session, reshoot_model_get_provider (model)))
        return model;   /* the list holds it */
    }

  return NULL;
}

static ReshootModel *
find_local (ReshootInstructionPanel *self)
{
  GListModel *models = reshoot_instruction_panel_get_models (self);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (models, i);

      if (reshoot_model_get_is_local (model))
        return model;   /* the list holds it */
    }

  return NULL;
}

/* @sum: of all together; @dearest: of the one result that costs most. Returns whether all prices are known. */
static gboolean
add_up_prices (ReshootInstructionPanel *self,
               ReshootMoney            *sum,
               ReshootMoney            *dearest)
{
  GListModel *models = reshoot_instruction_panel_get_models (self);
  gboolean complete = TRUE;

  *sum = *dearest = 0;
  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (models, i);
      g_autoptr (JsonObject) parameters = reshoot_instruction_panel_dup_parameters (self, model);
      ReshootMoney price = reshoot_model_get_is_local (model)
                           ? 0 : reshoot_model_estimate (model, parameters, self->width,
                                                         self->height);

      if (price < 0)
        {
          complete = FALSE;
          continue;
        }

      *sum += price * reshoot_instruction_panel_get_takes (self);
      *dearest = MAX (*dearest, price);
    }

  return complete;
}

/* What the session would say to it, as far as that can be known before. */
static GError *
dup_problem (ReshootInstructionPanel *self)
{
  ReshootModel *model = self->session != NULL ? find_without_key (self) : NULL;
  GError *error = NULL;

  if (model != NULL)
    return reshoot_error_new (RESHOOT_ERROR_AUTH, "key-missing", reshoot_model_get_provider (model),
                              "no key for %s", reshoot_model_get_provider (model));

  reshoot_panel_references_check (self->references, &error);
  return error;
}

/* What one of them cannot do none of them is asked for: a row is made whole. */
static void
update_ready (ReshootInstructionPanel *self)
{
  g_autofree char *instruction = reshoot_instruction_panel_dup_instruction (self);
  g_autoptr (GError) problem = dup_problem (self);
  g_autofree char *reason = NULL;
  ReshootReadiness readiness = {
    .read_only = self->read_only, .starting = self->starting, .has_words = *instruction != '\0',
    .n_models = g_list_model_get_n_items (reshoot_instruction_panel_get_models (self)),
    .problem = problem, .refused = self->refused,
  };

  readiness.price_known = add_up_prices (self, &readiness.sum, &readiness.dearest);
  memcpy (readiness.left, reshoot_panel_budget_get_left (self->budget), sizeof readiness.left);
  if (self->session != NULL)
    reason = reshoot_words_for_readiness (&readiness);

  gtk_widget_set_visible (self->reason_box, reason != NULL);
  gtk_label_set_text (self->reason, reason != NULL ? reason : "");
  set_ready (self, self->session != NULL && reason == NULL);
}

/* A service sees more than the region: where one is among them, that is what the region row speaks of. */
static ReshootModel *
get_region_model (ReshootInstructionPanel *self)
{
  GListModel *models = reshoot_instruction_panel_get_models (self);

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (models, i);

      if (!reshoot_model_get_is_local (model))
        return model;   /* the list holds it */
    }

  return reshoot_instruction_panel_get_model (self);
}

static void
update_preview (ReshootInstructionPanel *self)
{
  g_autofree char *words = dup_words (self);
  g_autofree char *instruction = reshoot_panel_keep_add_words (self->keep, words);
  ReshootModel *model = get_region_model (self);
  gboolean is_read = model != NULL && !reshoot_model_get_is_local (model);

  g_clear_handle_id (&self->preview_id, g_source_remove);
  reshoot_panel_lint_look_at (self->lint, is_read ? words : NULL);
  reshoot_panel_keep_show_sent (self->keep, is_read ? instruction : NULL);

  self->refused = FALSE;
  if (find_local (self) != NULL && *instruction != '\0')
    preview_plan (self, instruction);
  else
    show_preview (self, NULL, FALSE);

  update_ready (self);
}

static gboolean
preview_due_cb (gpointer user_data)
{
  ReshootInstructionPanel *self = user_data;

  self->preview_id = 0;
  update_preview (self);
  return G_SOURCE_REMOVE;
}

/* The keystroke is painted first. */
static void
words_changed_cb (ReshootInstructionPanel *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);

  gtk_widget_set_visible (GTK_WIDGET (self->placeholder),
                          gtk_text_buffer_get_char_count (buffer) == 0);
  if (self->preview_id == 0)
    self->preview_id = g_idle_add_full (G_PRIORITY_DEFAULT_IDLE + 20, preview_due_cb, self, NULL);
}

/* As people call it: "Black Forest Labs". */
static const char *
get_service_name (ReshootInstructionPanel *self,
                  ReshootModel            *model)
{
  const char *provider = reshoot_model_get_provider (model);
  ReshootCatalogue *catalogue;
  JsonObject *service;

  if (self->session == NULL)
    return provider;

  catalogue = reshoot_session_get_catalogue (self->session);
  service = reshoot_catalogue_get_provider (catalogue, provider);
  return json_object_get_string_member_with_default (service, "name", provider);
}

static char *
dup_price (ReshootInstructionPanel *self,
           guint                    n_models)
{
  ReshootMoney sum, dearest;
  gboolean complete = add_up_prices (self, &sum, &dearest);
  g_autofree char *money = NULL;

  /* By the megapixel or the second: what one of them costs says more than nothing. */
  if (n_models == 1 && (!complete || sum == 0))
    return reshoot_step_words_for_model (reshoot_instruction_panel_get_model (self), TRUE);

  if (!complete && sum == 0)
    return g_strdup (_("Price unknown"));

  if (sum == 0)
    return g_strdup (_("Free"));

  money = reshoot_words_for_money (sum);
  /* Translators: %s is the price of some of several results; that of the others is not known. */
  return complete ? g_steal_pointer (&money) : g_strdup_printf (_("%s and more"), money);
}

/* As long as the slowest that is known. */
static double
get_seconds (GListModel *models)
{
  double longest = NAN;

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (models, i);

      longest = fmax (longest, reshoot_model_get_seconds (model));
    }

  return longest;
}

static char *
dup_expectation (ReshootInstructionPanel *self,
                 ReshootModel            *model,
                 guint                    n_models)
{
  guint n_results = n_models * reshoot_instruction_panel_get_takes (self);
  double seconds = get_seconds (reshoot_instruction_panel_get_models (self));
  g_autofree char *time = seconds > 0 ? reshoot_words_for_seconds (seconds) : NULL;
  g_autofree char *results = NULL;

  if (n_results == 1 && time != NULL)
    /* Translators: how long an edit is expected to take; %s is a time such as "3 s". */
    return g_strdup_printf (_("About %s"), time);
  if (n_results == 1)
    return g_strdup (reshoot_model_get_is_local (model) ? _("On this computer")
                                                        : get_service_name (self, model));

  /* Translators: how many pictures an edit will bring. */
  results = g_strdup_printf (ngettext ("%u result", "%u results", n_results), n_results);
  if (time == NULL)
    return g_steal_pointer (&results);

  /* Translators: %1$s is such as "2 results", %2$s a time such as "3 s". */
  return g_strdup_printf (_("%1$s, about %2$s"), results, time);
}

/* Of several it is said which one makes new pictures. */
static void
update_nature (ReshootInstructionPanel *self)
{
  GListModel *models = reshoot_instruction_panel_get_models (self);
  g_autofree char *text = NULL;

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (models, i);
      g_autofree char *before = g_steal_pointer (&text);

      if (!reshoot_model_get_is_reimagining (model))
        {
          text = g_steal_pointer (&before);
          continue;
        }

      /* Translators: %s is the name of a model. */
      text = g_strdup_printf (_("%s does not edit the picture: it makes new ones, guided by it and "
                                "by your words."), reshoot_model_get_name (model));
      if (before != NULL)
        {
          g_autofree char *one = g_steal_pointer (&text);

          text = g_strconcat (before, "\n", one, NULL);
        }
    }

  gtk_widget_set_visible (GTK_WIDGET (self->nature), text != NULL);
  gtk_label_set_text (self->nature, text != NULL ? text : "");
}

static void
update_price (ReshootInstructionPanel *self)
{
  guint n_models = g_list_model_get_n_items (reshoot_instruction_panel_get_models (self));
  ReshootModel *model = reshoot_instruction_panel_get_model (self);
  g_autofree char *price = model != NULL ? dup_price (self, n_models) : NULL;
  g_autofree char *expectation = model != NULL ? dup_expectation (self, model, n_models) : NULL;

  gtk_label_set_text (self->price, price != NULL ? price : "");
  gtk_label_set_text (self->expectation, expectation != NULL ? expectation : "");
  update_ready (self);
}

static void
models_changed_cb (ReshootInstructionPanel *self)
{
  update_nature (self);
  update_price (self);
  reshoot_region_row_set_model (self->region, self->session, get_region_model (self));
  update_preview (self);
}

static void
reshoot_instruction_panel_get_property (GObject    *object,
                                        guint       prop_id,
                                        GValue     *value,
                                        GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_READY:
      g_value_set_boolean (value, RESHOOT_INSTRUCTION_PANEL (object)->ready);
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_instruction_panel_dispose (GObject *object)
{
  ReshootInstructionPanel *self = RESHOOT_INSTRUCTION_PANEL (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_handle_id (&self->preview_id, g_source_remove);
  if (self->words != NULL)
    g_signal_handlers_disconnect_by_data (gtk_text_view_get_buffer (self->words), self);
  if (self->models != NULL)
    g_signal_handlers_disconnect_by_data (reshoot_panel_models_get_chosen (self->models), self);
  g_clear_object (&self->recall);
  g_clear_object (&self->draft);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (reshoot_instruction_panel_parent_class)->dispose (object);
}

static void
reshoot_instruction_panel_finalize (GObject *object)
{
  g_clear_object (&RESHOOT_INSTRUCTION_PANEL (object)->cancellable);

  G_OBJECT_CLASS (reshoot_instruction_panel_parent_class)->finalize (object);
}

static void
reshoot_instruction_panel_class_init (ReshootInstructionPanelClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->get_property = reshoot_instruction_panel_get_property;
  object_class->dispose = reshoot_instruction_panel_dispose;
  object_class->finalize = reshoot_instruction_panel_finalize;

  properties[PROP_READY] = g_param_spec_boolean ("ready", NULL, NULL, FALSE,
                                                 G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                 | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (object_class, N_PROPS, properties);

  reshoot_resources_ensure ();
  g_type_ensure (RESHOOT_TYPE_PANEL_BUDGET);
  g_type_ensure (RESHOOT_TYPE_PANEL_KEEP);
  g_type_ensure (RESHOOT_TYPE_PANEL_LINT);
  g_type_ensure (RESHOOT_TYPE_PANEL_MODELS);
  g_type_ensure (RESHOOT_TYPE_PANEL_OPTIONS);
  g_type_ensure (RESHOOT_TYPE_PANEL_RECIPES);
  g_type_ensure (RESHOOT_TYPE_PANEL_REFERENCES);
  g_type_ensure (RESHOOT_TYPE_REGION_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-instruction-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, words);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, words_frame);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, recipes);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, placeholder);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, preview_box);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, preview_icon);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, preview);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, lint);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, keep);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, models);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, takes);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, region);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, options);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, references);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, budget);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, reason_box);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, reason);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, nature);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, expectation);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, price);
}

static void
reshoot_instruction_panel_init (ReshootInstructionPanel *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  self->recall = reshoot_panel_recall_new (self->words, self->words_frame);
  self->draft = reshoot_panel_draft_new (self->words, self->keep, self->references);
  reshoot_panel_recipes_set_words (self->recipes, self->words);

  reshoot_panel_options_set_models (self->options, reshoot_panel_models_get_chosen (self->models));
  reshoot_panel_references_set_models (self->references,
                                       reshoot_panel_models_get_chosen (self->models));
  g_signal_connect_object (self->options, "changed", G_CALLBACK (update_price), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->references, "changed", G_CALLBACK (update_ready), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->keep, "changed", G_CALLBACK (update_preview), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->budget, "changed", G_CALLBACK (update_ready), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (reshoot_panel_models_get_chosen (self->models), "items-changed",
                           G_CALLBACK (models_changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->takes, "value-changed", G_CALLBACK (update_price), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (gtk_text_view_get_buffer (self->words), "changed",
                           G_CALLBACK (words_changed_cb), self,
                           G_CONNECT_SWAPPED);
}

/* A keyring may take its time, or not be there at all; then the environment's keys are all there are. What is found is
 * told by the session's signal. */
static void
keys_loaded_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  G_GNUC_UNUSED g_autoptr (ReshootInstructionPanel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!reshoot_session_load_keys_finish (RESHOOT_SESSION (source), result, &error))
    g_debug ("keys: %s", error->message);
}

/* The keyring's secrecy costs ten milliseconds of this thread: the first frames go before. */
static gboolean
load_keys_cb (GtkWidget     *widget,
              GdkFrameClock *clock,
              gpointer       user_data)
{
  ReshootInstructionPanel *self = RESHOOT_INSTRUCTION_PANEL (widget);

  if (gdk_frame_clock_get_frame_counter (clock) < N_FIRST_FRAMES)
    return G_SOURCE_CONTINUE;

  reshoot_session_load_keys_async (self->session, self->cancellable, keys_loaded_cb,
                                   g_object_ref (self));
  return G_SOURCE_REMOVE;
}

void
reshoot_instruction_panel_set_session (ReshootInstructionPanel *self,
                                       ReshootSession          *session)
{
  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));

  if (!g_set_object (&self->session, session))
    return;

  reshoot_panel_budget_set_session (self->budget, session);
  reshoot_panel_models_set_session (self->models, session);
  reshoot_panel_models_choose (self->models, reshoot_session_get_default_model (session));
  g_signal_connect_object (session, "keys-changed", G_CALLBACK (update_preview), self,
                           G_CONNECT_SWAPPED);
  gtk_widget_add_tick_callback (GTK_WIDGET (self), load_keys_cb, NULL, NULL);
}

/**
 * reshoot_instruction_panel_dup_instruction:
 * @self: the panel
 *
 * Returns: (transfer full): the words, without space around them, and what is to be kept
 */
char *
reshoot_instruction_panel_dup_instruction (ReshootInstructionPanel *self)
{
  g_autofree char *words = NULL;

  g_return_val_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self), NULL);

  words = dup_words (self);
  return reshoot_panel_keep_add_words (self->keep, words);
}

void
reshoot_instruction_panel_set_instruction (ReshootInstructionPanel *self,
                                           const char              *instruction)
{
  g_autofree char *words = NULL;
  GtkTextBuffer *buffer;
  GtkTextIter end;

  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));

  words = reshoot_panel_keep_take_words (self->keep, instruction);
  buffer = gtk_text_view_get_buffer (self->words);
  gtk_text_buffer_set_text (buffer, words, -1);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  update_preview (self);
}

/**
 * reshoot_instruction_panel_set_steps:
 * @self: the panel
 * @steps: (nullable): of [class@Step], oldest first; their instructions come back by Up and Down
 */
void
reshoot_instruction_panel_set_steps (ReshootInstructionPanel *self,
                                     GListModel              *steps)
{
  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));

  reshoot_panel_recall_set_steps (self->recall, steps);
}

/**
 * reshoot_instruction_panel_get_models:
 * @self: the panel
 *
 * Returns: (transfer none): the models that are to be asked, of [class@Model]; may be empty
 */
GListModel *
reshoot_instruction_panel_get_models (ReshootInstructionPanel *self)
{
  g_return_val_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self), NULL);

  return reshoot_panel_models_get_chosen (self->models);
}

/**
 * reshoot_instruction_panel_get_model:
 * @self: the panel
 *
 * Returns: (transfer none) (nullable): the first of the models that are to be asked
 */
ReshootModel *
reshoot_instruction_panel_get_model (ReshootInstructionPanel *self)
{
  g_autoptr (ReshootModel) model = NULL;

  g_return_val_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self), NULL);

  model = g_list_model_get_item (reshoot_instruction_panel_get_models (self), 0);
  return model;   /* the list holds it */
}

/**
 * reshoot_instruction_panel_set_model:
 * @self: the panel
 * @id: of the only model that is to be asked; nothing happens where the catalogue has none such
 */
void
reshoot_instruction_panel_set_model (ReshootInstructionPanel *self,
                                     const char              *id)
{
  ReshootModel *model;

  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));
  g_return_if_fail (self->session != NULL);

  model = reshoot_catalogue_get_model (reshoot_session_get_catalogue (self->session), id);
  if (model != NULL)
    reshoot_panel_models_choose (self->models, model);
}

/**
 * reshoot_instruction_panel_add_model:
 * @self: the panel
 * @id: of one more model that is to be asked
 */
void
reshoot_instruction_panel_add_model (ReshootInstructionPanel *self,
                                     const char              *id)
{
  ReshootModel *model;

  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));
  g_return_if_fail (self->session != NULL);

  model = reshoot_catalogue_get_model (reshoot_session_get_catalogue (self->session), id);
  if (model != NULL)
    reshoot_panel_models_add (self->models, model);
}

/**
 * reshoot_instruction_panel_dup_parameters:
 * @self: the panel
 * @model: one of the models that are to be asked
 *
 * Returns: (transfer full) (nullable): what is set for it beside the words; %NULL where nothing is
 */
JsonObject *
reshoot_instruction_panel_dup_parameters (ReshootInstructionPanel *self,
                                          ReshootModel            *model)
{
  g_return_val_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self), NULL);

  return reshoot_panel_options_dup_parameters (self->options, model);
}

/**
 * reshoot_instruction_panel_get_takes:
 * @self: the panel
 *
 * Returns: how many results each model is asked for, 1–8
 */
guint
reshoot_instruction_panel_get_takes (ReshootInstructionPanel *self)
{
  g_return_val_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self), 1);

  return (guint) gtk_spin_button_get_value_as_int (self->takes);
}

void
reshoot_instruction_panel_set_takes (ReshootInstructionPanel *self,
                                     guint                    takes)
{
  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));

  gtk_spin_button_set_value (self->takes, takes);
}

/**
 * reshoot_instruction_panel_set_size:
 * @self: the panel
 * @width: of the picture that is to be edited, in pixels; 0 = not known
 * @height: of the picture that is to be edited, in pixels; 0 = not known
 *
 * Some prices depend on it.
 */
void
reshoot_instruction_panel_set_size (ReshootInstructionPanel *self,
                                    int                      width,
                                    int                      height)
{
  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));

  self->width = width;
  self->height = height;
  reshoot_region_row_set_size (self->region, width, height);
  update_price (self);
}

gboolean
reshoot_instruction_panel_get_ready (ReshootInstructionPanel *self)
{
  g_return_val_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self), FALSE);

  /* A key pressed right after the last letter must not be judged by the words before it. */
  if (self->preview_id != 0)
    update_preview (self);

  return self->ready;
}

/**
 * reshoot_instruction_panel_get_preview:
 * @self: the panel
 *
 * Returns: (transfer none): what it says about the words at the moment; may be empty
 */
const char *
reshoot_instruction_panel_get_preview (ReshootInstructionPanel *self)
{
  g_return_val_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self), NULL);

  return gtk_label_get_text (self->preview);
}

/**
 * reshoot_instruction_panel_get_reason:
 * @self: the panel
 *
 * Returns: (transfer none): why the edit cannot be started, in one sentence; empty if it can
 */
const char *
reshoot_instruction_panel_get_reason (ReshootInstructionPanel *self)
{
  g_return_val_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self), NULL);

  return gtk_label_get_text (self->reason);
}

/**
 * reshoot_instruction_panel_set_project:
 * @self: the panel
 * @project: (nullable): what is worked on
 *
 * What was not sent yet is kept for the project that goes, and comes back for the one that comes, unless something else
 * was written meanwhile.
 */
void
reshoot_instruction_panel_set_project (ReshootInstructionPanel *self,
                                       ReshootProject          *project)
{
  const char *uuid = project != NULL ? reshoot_project_get_uuid (project) : NULL;
  g_autofree char *words = NULL;
  g_autofree char *draft = NULL;

  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));

  draft = reshoot_panel_draft_set_project (self->draft, uuid);
  words = dup_words (self);
  if (draft != NULL && *words == '\0')
    reshoot_instruction_panel_set_instruction (self, draft);

  self->read_only = project != NULL && reshoot_project_get_read_only (project);
  self->starting = FALSE;
  reshoot_panel_budget_set_project (self->budget, uuid);
  update_ready (self);
}

/**
 * reshoot_instruction_panel_set_starting:
 * @self: the panel
 * @starting: whether its words are being taken up
 *
 * Until that is over they cannot be taken up again.
 */
void
reshoot_instruction_panel_set_starting (ReshootInstructionPanel *self,
                                        gboolean                 starting)
{
  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));

  self->starting = starting;
  update_ready (self);
}

/**
 * reshoot_instruction_panel_fill_references:
 * @self: the panel
 * @pictures: (element-type ReshootRequestPicture): gets those that go along beside the source
 */
void
reshoot_instruction_panel_fill_references (ReshootInstructionPanel *self,
                                           GArray                  *pictures)
{
  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));

  reshoot_panel_references_fill (self->references, pictures);
}

/**
 * reshoot_instruction_panel_set_region:
 * @self: the panel
 * @share: of the picture that the next edit may change, 0–1; NAN = all of it
 * @area: (array fixed-size=4): x, y, width, height of a box around that, in pixels; NANs = all of it
 */
void
reshoot_instruction_panel_set_region (ReshootInstructionPanel *self,
                                      double                   share,
                                      const double             area[4])
{
  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));

  reshoot_region_row_set_share (self->region, share, area);
}

void
reshoot_instruction_panel_focus (ReshootInstructionPanel *self)
{
  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->words));
}
