/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootInstructionPanel: what is to be done, by which model, for how much. While one types it says what the studio
 * understood, or why it cannot, before anything is started. It starts nothing itself: the button carries the action of
 * whoever it stands in. */

#include "config.h"

#include "reshoot-instruction-panel.h"

#include "reshoot-error.h"
#include "reshoot-plan.h"
#include "reshoot-region-row.h"
#include "reshoot-resources.h"
#include "reshoot-session-choices.h"
#include "reshoot-step-words.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <math.h>

struct _ReshootInstructionPanel
{
  AdwBin          parent_instance;

  GtkTextView    *words;
  GtkWidget      *words_frame;
  GtkLabel       *placeholder;
  GtkWidget      *preview_box;
  GtkImage       *preview_icon;
  GtkLabel       *preview;
  AdwComboRow    *model;
  ReshootRegionRow *region;
  GtkLabel       *nature;       /* said of a model that edits nothing */
  GtkLabel       *expectation;
  GtkLabel       *price;

  ReshootSession *session;      /* (owned) (nullable) */
  GCancellable   *cancellable;  /* of the keys on their way */
  guint           preview_id;   /* an update that is due */
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
  g_autoptr (GError) error = NULL;
  g_autofree char *text = reshoot_words_for_plan (plan);
  gboolean can = reshoot_plan_check (plan, &error);

  show_preview (self, text, !can || reshoot_plan_get_n_refusals (plan) > 0);
  set_ready (self, can);
}

static void
preview_service (ReshootInstructionPanel *self,
                 ReshootModel            *model)
{
  const char *provider = reshoot_model_get_provider (model);
  g_autoptr (GError) error = NULL;
  g_autofree char *text = NULL;

  if (reshoot_session_get_key_present (self->session, provider))
    {
      show_preview (self, NULL, FALSE);
      set_ready (self, TRUE);
      return;
    }

  error = reshoot_error_new (RESHOOT_ERROR_AUTH, "key-missing", provider, "no key for %s",
                             provider);
  text = reshoot_words_for_error (error);
  show_preview (self, text, TRUE);
  set_ready (self, FALSE);
}

static void
update_preview (ReshootInstructionPanel *self)
{
  g_autofree char *instruction = reshoot_instruction_panel_dup_instruction (self);
  ReshootModel *model = reshoot_instruction_panel_get_model (self);

  g_clear_handle_id (&self->preview_id, g_source_remove);

  if (model != NULL && !reshoot_model_get_is_local (model))
    preview_service (self, model);
  else if (*instruction != '\0' && model != NULL)
    preview_plan (self, instruction);
  else
    show_preview (self, NULL, FALSE);

  if (*instruction == '\0' || model == NULL)
    set_ready (self, FALSE);
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

static void
model_changed_cb (ReshootInstructionPanel *self)
{
  ReshootModel *model = reshoot_instruction_panel_get_model (self);
  g_autofree char *price = NULL;
  g_autofree char *expectation = NULL;
  double seconds;

  if (model == NULL)
    return;

  price = reshoot_step_words_for_model (model, TRUE);
  gtk_label_set_text (self->price, price);
  gtk_widget_set_visible (GTK_WIDGET (self->nature), reshoot_model_get_is_reimagining (model));

  seconds = reshoot_model_get_seconds (model);
  if (!isnan (seconds) && seconds > 0)
    {
      g_autofree char *time = reshoot_words_for_seconds (seconds);

      /* Translators: how long an edit is expected to take; %s is a time such as "3 s". */
      expectation = g_strdup_printf (_("About %s"), time);
    }
  else if (reshoot_model_get_is_local (model))
    expectation = g_strdup (_("On this computer"));
  else
    expectation = g_strdup (get_service_name (self, model));

  gtk_label_set_text (self->expectation, expectation);
  reshoot_region_row_set_model (self->region, model);
  update_preview (self);
}

static void
model_setup_cb (GtkSignalListItemFactory *factory,
                GtkListItem              *item,
                gpointer                  user_data)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  GtkWidget *name = gtk_label_new (NULL);
  GtkWidget *price = gtk_label_new (NULL);

  gtk_label_set_xalign (GTK_LABEL (name), 0);
  gtk_label_set_xalign (GTK_LABEL (price), 0);
  gtk_widget_add_css_class (price, "caption");
  gtk_widget_add_css_class (price, "dim-label");
  gtk_widget_set_margin_top (box, 6);
  gtk_widget_set_margin_bottom (box, 6);
  gtk_box_append (GTK_BOX (box), name);
  gtk_box_append (GTK_BOX (box), price);
  gtk_list_item_set_child (item, box);
}

static void
model_bind_cb (GtkSignalListItemFactory *factory,
               GtkListItem              *item,
               gpointer                  user_data)
{
  ReshootInstructionPanel *self = user_data;
  ReshootModel *model = gtk_list_item_get_item (item);
  GtkWidget *name = gtk_widget_get_first_child (gtk_list_item_get_child (item));
  const char *provider = reshoot_model_get_provider (model);
  gboolean key_present = self->session != NULL
                         && reshoot_session_get_key_present (self->session, provider);
  g_autofree char *price = reshoot_step_words_for_model (model, key_present);
  g_autofree char *where_and_price = NULL;

  /* Several services have the same model. */
  if (!reshoot_model_get_is_local (model))
    where_and_price = g_strdup_printf ("%s · %s", get_service_name (self, model), price);

  gtk_label_set_text (GTK_LABEL (name), reshoot_model_get_name (model));
  gtk_label_set_text (GTK_LABEL (gtk_widget_get_next_sibling (name)),
                      where_and_price != NULL ? where_and_price : price);
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
keep_text_keys (ReshootInstructionPanel *self)
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

  gtk_widget_add_controller (self->words_frame, controller);
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
  if (self->model != NULL)
    g_signal_handlers_disconnect_by_data (self->model, self);
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
  g_type_ensure (RESHOOT_TYPE_REGION_ROW);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-instruction-panel.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, words);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, words_frame);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, placeholder);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, preview_box);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, preview_icon);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, preview);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, model);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, region);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, nature);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, expectation);
  gtk_widget_class_bind_template_child (widget_class, ReshootInstructionPanel, price);
}

static void
reshoot_instruction_panel_init (ReshootInstructionPanel *self)
{
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_autoptr (GtkExpression) name = gtk_property_expression_new (RESHOOT_TYPE_MODEL, NULL, "name");

  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  keep_text_keys (self);

  g_signal_connect_object (factory, "setup", G_CALLBACK (model_setup_cb), self, 0);
  g_signal_connect_object (factory, "bind", G_CALLBACK (model_bind_cb), self, 0);
  adw_combo_row_set_expression (self->model, name);
  adw_combo_row_set_list_factory (self->model, factory);

  g_signal_connect_object (self->model, "notify::selected-item", G_CALLBACK (model_changed_cb),
                           self,
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
  g_autoptr (ReshootInstructionPanel) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!reshoot_session_load_keys_finish (RESHOOT_SESSION (source), result, &error))
    g_debug ("keys: %s", error->message);
}

void
reshoot_instruction_panel_set_session (ReshootInstructionPanel *self,
                                       ReshootSession          *session)
{
  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));

  if (!g_set_object (&self->session, session))
    return;

  adw_combo_row_set_model (self->model, G_LIST_MODEL (reshoot_session_get_catalogue (session)));
  reshoot_instruction_panel_set_model (self, reshoot_model_get_id
                                             (reshoot_session_get_default_model (session)));
  model_changed_cb (self);
  g_signal_connect_object (session, "keys-changed", G_CALLBACK (update_preview), self,
                           G_CONNECT_SWAPPED);
  reshoot_session_load_keys_async (session, self->cancellable, keys_loaded_cb, g_object_ref (self));
}

/**
 * reshoot_instruction_panel_dup_instruction:
 * @self: the panel
 *
 * Returns: (transfer full): the words, without space around them
 */
char *
reshoot_instruction_panel_dup_instruction (ReshootInstructionPanel *self)
{
  GtkTextBuffer *buffer;
  GtkTextIter start, end;

  g_return_val_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self), NULL);

  buffer = gtk_text_view_get_buffer (self->words);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  return g_strstrip (gtk_text_buffer_get_text (buffer, &start, &end, FALSE));
}

void
reshoot_instruction_panel_set_instruction (ReshootInstructionPanel *self,
                                           const char              *instruction)
{
  GtkTextBuffer *buffer;
  GtkTextIter end;

  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));

  buffer = gtk_text_view_get_buffer (self->words);
  gtk_text_buffer_set_text (buffer, instruction, -1);
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  update_preview (self);
}

/**
 * reshoot_instruction_panel_get_model:
 * @self: the panel
 *
 * Returns: (transfer none) (nullable): the chosen model
 */
ReshootModel *
reshoot_instruction_panel_get_model (ReshootInstructionPanel *self)
{
  g_return_val_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self), NULL);

  return adw_combo_row_get_selected_item (self->model);
}

void
reshoot_instruction_panel_set_model (ReshootInstructionPanel *self,
                                     const char              *id)
{
  GListModel *models;

  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));

  models = adw_combo_row_get_model (self->model);
  for (guint i = 0; models != NULL && i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (models, i);

      if (g_str_equal (reshoot_model_get_id (model), id))
        adw_combo_row_set_selected (self->model, i);
    }
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
 * reshoot_instruction_panel_set_region:
 * @self: the panel
 * @share: of the picture that the next edit may change, 0–1; NAN = all of it
 */
void
reshoot_instruction_panel_set_region (ReshootInstructionPanel *self,
                                      double                   share)
{
  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));

  reshoot_region_row_set_share (self->region, share);
}

void
reshoot_instruction_panel_focus (ReshootInstructionPanel *self)
{
  g_return_if_fail (RESHOOT_IS_INSTRUCTION_PANEL (self));

  gtk_widget_grab_focus (GTK_WIDGET (self->words));
}
