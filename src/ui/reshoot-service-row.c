/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootServiceRow: a service or a server in the preferences: where its key is, a new one, a test that costs nothing,
 * what a person should know before using it. A key goes from the entry to the keyring; once it is there no widget has
 * it any more, and nothing here can show it. */

#include "config.h"

#include "reshoot-service-row.h"

#include "reshoot-address.h"
#include "reshoot-error.h"
#include "reshoot-probe.h"
#include "reshoot-resources.h"
#include "reshoot-session-choices.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <string.h>

struct _ReshootServiceRow
{
  AdwExpanderRow       parent_instance;

  GtkImage            *state;
  AdwPasswordEntryRow *key;
  AdwActionRow        *test;
  GtkSpinner          *spinner;
  GtkWidget           *test_button;
  AdwActionRow        *problem;
  AdwActionRow        *page;
  AdwActionRow        *terms;
  GtkWidget           *consent_row;
  GtkSwitch           *consent;
  GtkWidget           *end;
  GtkWidget           *forget;
  GtkWidget           *remove;

  ReshootSession      *session;      /* (owned) */
  char                *provider;
  GCancellable        *cancellable;  /* of what was asked for here */
};

G_DEFINE_FINAL_TYPE (ReshootServiceRow, reshoot_service_row, ADW_TYPE_EXPANDER_ROW)

static JsonObject *
get_description (ReshootServiceRow *self)
{
  return reshoot_catalogue_get_provider (reshoot_session_get_catalogue (self->session),
                                         self->provider);
}

static const char *
get_text (JsonObject *object,
          const char *member)
{
  return object != NULL ? json_object_get_string_member_with_default (object, member, NULL) : NULL;
}

static JsonObject *
get_object (JsonObject *object,
            const char *member)
{
  return object != NULL && json_object_has_member (object, member)
         ? json_object_get_object_member (object, member) : NULL;
}

static gboolean
is_own (ReshootServiceRow *self)
{
  return strchr (self->provider, '@') != NULL;
}

static void
show_problem (ReshootServiceRow *self,
              const char        *words)
{
  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem), words != NULL ? words : "");
}

/* Without a keyring the environment is the way left: its variable is named. */
static void
show_error (ReshootServiceRow *self,
            const GError      *error)
{
  const char *variable = reshoot_session_get_key_variable (self->session, self->provider);
  g_autofree char *words = NULL;
  g_autofree char *both = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  words = reshoot_words_for_error (error);
  if (variable != NULL && g_strcmp0 (reshoot_error_get_reason (error), "keyring") == 0)
    /* Translators: %1$s is a sentence, %2$s the name of an environment variable. */
    both = g_strdup_printf (_("%1$s The variable is %2$s."), words, variable);

  show_problem (self, both != NULL ? both : words);
}

static void
set_busy (ReshootServiceRow *self,
          gboolean           is_busy)
{
  gtk_spinner_set_spinning (self->spinner, is_busy);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "service.test", !is_busy);
}

static char *
dup_place (ReshootServiceRow *self,
           JsonObject        *key)
{
  const char *place = reshoot_session_get_key_place (self->session, self->provider);

  if (g_strcmp0 (place, "environment") == 0)
    /* Translators: where the key of a service is; %s is the name of an environment variable. */
    return g_strdup_printf (_("Key in the environment (%s)"),
                            reshoot_session_get_key_variable (self->session, self->provider));
  if (place != NULL)
    return g_strdup (_("Key in the keyring"));
  if (key == NULL || json_object_get_boolean_member_with_default (key, "optional", FALSE))
    return g_strdup (_("No key; it needs none"));

  return g_strdup (_("No key"));
}

/* What is known of the key, the address and what was agreed to. */
static void
update (ReshootServiceRow *self)
{
  JsonObject *description = get_description (self);
  JsonObject *key = get_object (description, "key");
  const char *place = reshoot_session_get_key_place (self->session, self->provider);
  gboolean is_kept = g_strcmp0 (place, "keyring") == 0;
  gboolean is_server = is_own (self) || get_text (key, "page") == NULL;
  g_autofree char *where = dup_place (self, key);
  g_autofree char *subtitle = NULL;
  g_autoptr (ReshootAddress) address = NULL;

  /* A server that was just removed. */
  if (description == NULL)
    return;

  address = reshoot_address_new (description, NULL);
  if (is_server && address != NULL)
    subtitle = g_strdup_printf ("%s · %s", reshoot_address_get_base (address), where);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), subtitle != NULL ? subtitle : where);
  gtk_image_set_from_icon_name (self->state,
                                place != NULL ? "emblem-ok-symbolic" : is_server
                                ? "network-server-symbolic" : "dialog-password-symbolic");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->key),
                                 is_kept ? _("Another Key") : _("Key"));
  gtk_widget_set_visible (GTK_WIDGET (self->key), key != NULL);
  gtk_widget_set_visible (self->forget, is_kept && !is_own (self));
  gtk_widget_set_visible (self->remove, is_own (self));
  gtk_widget_set_visible (self->end, is_kept || is_own (self));
  gtk_switch_set_active (self->consent,
                         reshoot_session_get_consent (self->session, self->provider));
}

static void
consent_cb (ReshootServiceRow *self)
{
  gboolean consent = gtk_switch_get_active (self->consent);
  g_autoptr (GError) error = NULL;

  if (consent != reshoot_session_get_consent (self->session, self->provider)
      && !reshoot_session_set_consent (self->session, self->provider, consent, &error))
    show_error (self, error);
}

static void
key_set_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (ReshootServiceRow) self = user_data;
  g_autoptr (GError) error = NULL;

  if (!reshoot_session_set_key_finish (RESHOOT_SESSION (source), result, &error))
    {
      show_error (self, error);
      return;
    }

  gtk_editable_set_text (GTK_EDITABLE (self->key), "");
  show_problem (self, NULL);
}

static void
apply_cb (ReshootServiceRow *self)
{
  const char *key = gtk_editable_get_text (GTK_EDITABLE (self->key));

  show_problem (self, NULL);
  adw_action_row_set_subtitle (self->test, "");
  reshoot_session_set_key_async (self->session, self->provider, key, self->cancellable, key_set_cb,
                                 g_object_ref (self));
}

static void
forget_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  ReshootServiceRow *self = RESHOOT_SERVICE_ROW (widget);

  show_problem (self, NULL);
  adw_action_row_set_subtitle (self->test, "");
  reshoot_session_set_key_async (self->session, self->provider, NULL, self->cancellable, key_set_cb,
                                 g_object_ref (self));
}

static void
append (GString    *words,
        const char *more)
{
  if (words->len > 0)
    g_string_append (words, " · ");
  g_string_append (words, more);
}

static void
show_check (ReshootServiceRow  *self,
            const ReshootCheck *check)
{
  g_autoptr (GString) words = g_string_new (_("It answers and accepts us"));
  g_autofree char *account = NULL;
  g_autofree char *balance = NULL;
  g_autofree char *version = NULL;

  if (check->account != NULL)
    {
      /* Translators: whose account it is at a service. */
      account = g_strdup_printf (_("account %s"), check->account);
      append (words, account);
    }
  if (check->balance >= 0)
    {
      g_autofree char *money = check->balance > 0 ? reshoot_words_for_money (check->balance) : NULL;

      /* Translators: what is left on an account at a service; %s is an amount such as $4.20. */
      balance = money != NULL ? g_strdup_printf (_("%s left"), money) : g_strdup (_("nothing left"));
      append (words, balance);
    }
  if (check->version != NULL)
    {
      /* Translators: the version of a server's program. */
      version = g_strdup_printf (_("version %s"), check->version);
      append (words, version);
    }

  adw_action_row_set_subtitle (self->test, words->str);
}

/* What it told of its models on the way is worth keeping. */
static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (ReshootServiceRow) self = user_data;
  ReshootSession *session = RESHOOT_SESSION (source);
  g_auto (ReshootCheck) check = { .balance = RESHOOT_MONEY_UNKNOWN };
  g_autoptr (GError) error = NULL;

  set_busy (self, FALSE);
  if (!reshoot_session_check_provider_finish (session, result, &check, &error))
    {
      show_error (self, error);
      return;
    }

  show_check (self, &check);
  if (check.models != NULL && get_description (self) != NULL
      && !reshoot_catalogue_take_found (reshoot_session_get_catalogue (session), self->provider,
                                        check.models, &error))
    show_error (self, error);
}

static void
probed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ReshootServiceRow) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootProbe) found = reshoot_session_probe_finish (RESHOOT_SESSION (source), result,
                                                                 &error);
  g_autoptr (GString) words = NULL;
  g_autofree char *models = NULL;

  set_busy (self, FALSE);
  if (found == NULL)
    {
      show_error (self, error);
      return;
    }

  /* Translators: what answers at an address: the name of a protocol, “comfyui”. */
  words = g_string_new (NULL);
  g_string_append_printf (words, _("It answers as %s"), found->dialect);
  models = g_strjoinv (", ", found->models);
  if (*models != '\0')
    append (words, models);

  adw_action_row_set_subtitle (self->test, words->str);
}

static void
test_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ReshootServiceRow *self = RESHOOT_SERVICE_ROW (widget);

  show_problem (self, NULL);
  adw_action_row_set_subtitle (self->test, _("Asking…"));
  set_busy (self, TRUE);
  if (is_own (self))
    reshoot_session_probe_async (self->session, self->provider, self->cancellable, probed_cb,
                                 g_object_ref (self));
  else
    reshoot_session_check_provider_async (self->session, self->provider, self->cancellable,
                                          checked_cb, g_object_ref (self));
}

static void
open_page_cb (GtkWidget  *widget,
              const char *name,
              GVariant   *parameter)
{
  ReshootServiceRow *self = RESHOOT_SERVICE_ROW (widget);

  gtk_show_uri (GTK_WINDOW (gtk_widget_get_root (widget)),
                get_text (get_object (get_description (self), "key"), "page"), GDK_CURRENT_TIME);
}

/* Its key would lie in the keyring for ever. */
static void
remove_cb (GtkWidget  *widget,
           const char *name,
           GVariant   *parameter)
{
  g_autoptr (ReshootServiceRow) self = g_object_ref (RESHOOT_SERVICE_ROW (widget));
  const char *place = reshoot_session_get_key_place (self->session, self->provider);
  g_autoptr (GError) error = NULL;

  if (g_strcmp0 (place, "keyring") == 0)
    reshoot_session_set_key_async (self->session, self->provider, NULL, NULL, key_set_cb,
                                   g_object_ref (self));

  if (!reshoot_session_remove_server (self->session, self->provider, &error))
    show_error (self, error);
}

/* Nobody looks at the answers any more; and who waits for one holds us. */
static void
reshoot_service_row_unroot (GtkWidget *widget)
{
  ReshootServiceRow *self = RESHOOT_SERVICE_ROW (widget);

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();

  GTK_WIDGET_CLASS (reshoot_service_row_parent_class)->unroot (widget);
}

static void
reshoot_service_row_dispose (GObject *object)
{
  ReshootServiceRow *self = RESHOOT_SERVICE_ROW (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (reshoot_service_row_parent_class)->dispose (object);
}

static void
reshoot_service_row_finalize (GObject *object)
{
  ReshootServiceRow *self = RESHOOT_SERVICE_ROW (object);

  g_clear_object (&self->cancellable);
  g_free (self->provider);

  G_OBJECT_CLASS (reshoot_service_row_parent_class)->finalize (object);
}

static void
reshoot_service_row_class_init (ReshootServiceRowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reshoot_service_row_dispose;
  G_OBJECT_CLASS (klass)->finalize = reshoot_service_row_finalize;
  widget_class->unroot = reshoot_service_row_unroot;

  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-service-row.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootServiceRow, state);
  gtk_widget_class_bind_template_child (widget_class, ReshootServiceRow, key);
  gtk_widget_class_bind_template_child (widget_class, ReshootServiceRow, test);
  gtk_widget_class_bind_template_child (widget_class, ReshootServiceRow, spinner);
  gtk_widget_class_bind_template_child (widget_class, ReshootServiceRow, test_button);
  gtk_widget_class_bind_template_child (widget_class, ReshootServiceRow, problem);
  gtk_widget_class_bind_template_child (widget_class, ReshootServiceRow, page);
  gtk_widget_class_bind_template_child (widget_class, ReshootServiceRow, terms);
  gtk_widget_class_bind_template_child (widget_class, ReshootServiceRow, consent_row);
  gtk_widget_class_bind_template_child (widget_class, ReshootServiceRow, consent);
  gtk_widget_class_bind_template_child (widget_class, ReshootServiceRow, end);
  gtk_widget_class_bind_template_child (widget_class, ReshootServiceRow, forget);
  gtk_widget_class_bind_template_child (widget_class, ReshootServiceRow, remove);

  gtk_widget_class_install_action (widget_class, "service.test", NULL, test_cb);
  gtk_widget_class_install_action (widget_class, "service.forget", NULL, forget_cb);
  gtk_widget_class_install_action (widget_class, "service.open-page", NULL, open_page_cb);
  gtk_widget_class_install_action (widget_class, "service.remove", NULL, remove_cb);
}

static void
reshoot_service_row_init (ReshootServiceRow *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));

  /* What was taken out of the entry must not come back by Ctrl+Z. */
  gtk_editable_set_enable_undo (GTK_EDITABLE (self->key), FALSE);
  g_signal_connect_object (self->key, "apply", G_CALLBACK (apply_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->consent, "notify::active", G_CALLBACK (consent_cb), self,
                           G_CONNECT_SWAPPED);
}

static void
describe_buttons (ReshootServiceRow *self,
                  const char        *name)
{
  /* Translators: %s is a service or a server. */
  g_autofree char *test = g_strdup_printf (_("Test %s"), name);
  /* Translators: %s is a service. */
  g_autofree char *forget = g_strdup_printf (_("Forget the key of %s"), name);
  /* Translators: %s is a server. */
  g_autofree char *remove = g_strdup_printf (_("Remove %s"), name);

  gtk_accessible_update_property (GTK_ACCESSIBLE (self->test_button),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, test, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->forget),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, forget, -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->remove),
                                  GTK_ACCESSIBLE_PROPERTY_LABEL, remove, -1);
}

/**
 * reshoot_service_row_new:
 * @session: keeps the keys
 * @provider: a provider of its catalogue
 *
 * Returns: (transfer none): a new row
 */
GtkWidget *
reshoot_service_row_new (ReshootSession *session,
                         const char     *provider)
{
  ReshootServiceRow *self;
  JsonObject *description;
  JsonObject *terms;
  const char *name;
  const char *page;

  g_return_val_if_fail (RESHOOT_IS_SESSION (session), NULL);
  g_return_val_if_fail (provider != NULL, NULL);

  self = g_object_new (RESHOOT_TYPE_SERVICE_ROW, NULL);
  self->session = g_object_ref (session);
  self->provider = g_strdup (provider);

  description = get_description (self);
  name = get_text (description, "name");
  page = get_text (get_object (description, "key"), "page");
  terms = get_object (description, "terms");
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), name);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->test),
                                 is_own (self) ? _("Test the Server") : page != NULL
                                 ? _("Test the Key for Nothing") : _("Test the Server"));
  describe_buttons (self, name);

  gtk_widget_set_visible (GTK_WIDGET (self->page), page != NULL && !is_own (self));
  adw_action_row_set_subtitle (self->page, page != NULL ? page : "");
  gtk_widget_set_visible (GTK_WIDGET (self->terms), terms != NULL);
  if (terms != NULL)
    {
      g_autofree char *words = reshoot_words_for_terms (get_text (terms, "text"),
                                                        get_text (terms, "date"));

      adw_action_row_set_subtitle (self->terms, words);
    }

  g_signal_connect_object (session, "keys-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}

const char *
reshoot_service_row_get_provider (ReshootServiceRow *self)
{
  g_return_val_if_fail (RESHOOT_IS_SERVICE_ROW (self), NULL);

  return self->provider;
}
