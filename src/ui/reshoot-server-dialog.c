/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootServerDialog: where a server of the person's own is, what it speaks, and what it is called. What answers at
 * the address can be asked first, and fills in the rest. */

#include "config.h"

#include "reshoot-server-dialog.h"

#include "reshoot-address.h"
#include "reshoot-probe.h"
#include "reshoot-resources.h"
#include "reshoot-session-choices.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <string.h>

/* What a server can be: a dialect, in the accent of a profile where the dialect has several. */
typedef struct
{
  char *dialect;
  char *profile;   /* (nullable) */
} Kind;

struct _ReshootServerDialog
{
  AdwWindow            parent_instance;

  AdwEntryRow         *address;
  AdwActionRow        *answer;
  GtkSpinner          *spinner;
  AdwActionRow        *warning;
  AdwComboRow         *kind;
  AdwEntryRow         *name;
  AdwEntryRow         *models;
  AdwPasswordEntryRow *key;
  AdwActionRow        *problem;

  GPtrArray           *kinds;        /* of Kind, as they are in the combo row */
  ReshootSession      *session;      /* (owned) */
  GCancellable        *cancellable;  /* of what was asked */
};

G_DEFINE_FINAL_TYPE (ReshootServerDialog, reshoot_server_dialog, ADW_TYPE_WINDOW)

static void
kind_free (gpointer data)
{
  Kind *kind = data;

  g_free (kind->dialect);
  g_free (kind->profile);
  g_free (kind);
}

static void
show_problem (ReshootServerDialog *self,
              const GError        *error)
{
  g_autofree char *words = NULL;

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    words = reshoot_words_for_error (error);

  gtk_widget_set_visible (GTK_WIDGET (self->problem), words != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->problem), words != NULL ? words : "");
}

static char *
dup_text (gpointer row)
{
  return g_strstrip (g_strdup (gtk_editable_get_text (GTK_EDITABLE (row))));
}

/* As the dialog says it now. */
static ReshootServer *
make_server (ReshootServerDialog *self)
{
  ReshootServer *server = g_new0 (ReshootServer, 1);
  guint selected = adw_combo_row_get_selected (self->kind);
  Kind *kind = selected < self->kinds->len ? self->kinds->pdata[selected] : NULL;
  g_autofree char *name = dup_text (self->name);
  g_autofree char *models = dup_text (self->models);

  server->name = g_strdup_printf ("%s@%s", kind != NULL ? kind->dialect : "", name);
  server->url = dup_text (self->address);
  server->profile = kind != NULL ? g_strdup (kind->profile) : NULL;
  if (*models != '\0')
    {
      server->models = g_strsplit (models, ",", -1);
      for (guint i = 0; server->models[i] != NULL; i++)
        g_strstrip (server->models[i]);
    }

  return server;
}

static void
update (ReshootServerDialog *self)
{
  g_autofree char *url = dup_text (self->address);
  g_autofree char *name = dup_text (self->name);
  gboolean has_address = strstr (url, "://") != NULL;

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "server.probe", has_address);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "server.add", has_address && *name != '\0');
}

/* Over plain http others may listen, unless it is this computer. */
static void
update_warning (ReshootServerDialog *self)
{
  g_autoptr (JsonObject) description = json_object_new ();
  g_autoptr (ReshootAddress) address = NULL;
  g_autofree char *url = dup_text (self->address);
  g_autofree char *words = NULL;

  json_object_set_string_member (description, "provider", "new@server");
  json_object_set_string_member (description, "url", url);
  json_object_set_boolean_member (description, "own", TRUE);
  json_object_set_array_member (description, "hosts", json_array_new ());
  address = reshoot_address_new (description, NULL);
  if (address != NULL && reshoot_address_get_is_open (address))
    words = reshoot_words_for_open_address (url);

  gtk_widget_set_visible (GTK_WIDGET (self->warning), words != NULL);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->warning), words != NULL ? words : "");
}

static void
address_cb (ReshootServerDialog *self)
{
  adw_action_row_set_subtitle (self->answer, "");
  show_problem (self, NULL);
  update (self);
  update_warning (self);
}

static void
select_dialect (ReshootServerDialog *self,
                const char          *dialect)
{
  for (guint i = 0; i < self->kinds->len; i++)
    if (g_str_equal (((Kind *) self->kinds->pdata[i])->dialect, dialect))
      {
        adw_combo_row_set_selected (self->kind, i);
        return;
      }
}

/* A name that says where it is, for who does not care. */
static void
suggest_name (ReshootServerDialog *self)
{
  g_autofree char *url = dup_text (self->address);
  g_autofree char *name = dup_text (self->name);
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);

  if (*name == '\0' && uri != NULL && g_uri_get_host (uri) != NULL)
    gtk_editable_set_text (GTK_EDITABLE (self->name), g_uri_get_host (uri));
}

static void
probed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (ReshootServerDialog) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootProbe) found = reshoot_session_probe_finish (RESHOOT_SESSION (source), result,
                                                                 &error);
  g_autofree char *models = NULL;
  g_autofree char *words = NULL;

  gtk_spinner_set_spinning (self->spinner, FALSE);
  update (self);
  if (found == NULL)
    {
      adw_action_row_set_subtitle (self->answer, "");
      show_problem (self, error);
      return;
    }

  models = g_strjoinv (", ", found->models);
  if (*models != '\0')
    /* Translators: what answers at an address: its protocol, and what it calls its models. */
    words = g_strdup_printf (_("It answers as %1$s and has %2$s"), found->dialect, models);
  else
    /* Translators: what answers at an address: the name of a protocol, “comfyui”. */
    words = g_strdup_printf (_("It answers as %s"), found->dialect);

  adw_action_row_set_subtitle (self->answer, words);
  select_dialect (self, found->dialect);
  suggest_name (self);

  /* ComfyUI's are files of which a graph takes several; the others' are what is asked for. */
  if (!g_str_equal (found->dialect, "comfyui"))
    gtk_editable_set_text (GTK_EDITABLE (self->models), models);
}

static void
probe_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ReshootServerDialog *self = RESHOOT_SERVER_DIALOG (widget);
  g_autofree char *url = dup_text (self->address);

  show_problem (self, NULL);
  adw_action_row_set_subtitle (self->answer, _("Asking…"));
  gtk_spinner_set_spinning (self->spinner, TRUE);
  gtk_widget_action_set_enabled (widget, "server.probe", FALSE);
  reshoot_session_probe_async (self->session, url, self->cancellable, probed_cb,
                               g_object_ref (self));
}

static void
key_set_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (ReshootServerDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  if (reshoot_session_set_key_finish (RESHOOT_SESSION (source), result, &error))
    gtk_window_close (GTK_WINDOW (self));
  else
    show_problem (self, error);
}

/* The server is there before its key, for a key is kept under its name. */
static void
add_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  ReshootServerDialog *self = RESHOOT_SERVER_DIALOG (widget);
  g_autoptr (ReshootServer) server = make_server (self);
  const char *key = gtk_editable_get_text (GTK_EDITABLE (self->key));
  g_autoptr (JsonObject) added = NULL;
  g_autoptr (GError) error = NULL;

  added = reshoot_session_add_server (self->session, server, &error);
  if (added == NULL)
    show_problem (self, error);
  else if (*key == '\0')
    gtk_window_close (GTK_WINDOW (self));
  else
    {
      /* Added it is, whatever becomes of the key: a second try is the row's. */
      gtk_widget_action_set_enabled (widget, "server.add", FALSE);
      reshoot_session_set_key_async (self->session, server->name, key, self->cancellable,
                                     key_set_cb, g_object_ref (self));
      gtk_editable_set_text (GTK_EDITABLE (self->key), "");
    }
}

static void
reshoot_server_dialog_dispose (GObject *object)
{
  ReshootServerDialog *self = RESHOOT_SERVER_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (reshoot_server_dialog_parent_class)->dispose (object);
}

static void
reshoot_server_dialog_finalize (GObject *object)
{
  ReshootServerDialog *self = RESHOOT_SERVER_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_ptr_array_unref (self->kinds);

  G_OBJECT_CLASS (reshoot_server_dialog_parent_class)->finalize (object);
}

static void
reshoot_server_dialog_class_init (ReshootServerDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reshoot_server_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = reshoot_server_dialog_finalize;

  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-server-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootServerDialog, address);
  gtk_widget_class_bind_template_child (widget_class, ReshootServerDialog, answer);
  gtk_widget_class_bind_template_child (widget_class, ReshootServerDialog, spinner);
  gtk_widget_class_bind_template_child (widget_class, ReshootServerDialog, warning);
  gtk_widget_class_bind_template_child (widget_class, ReshootServerDialog, kind);
  gtk_widget_class_bind_template_child (widget_class, ReshootServerDialog, name);
  gtk_widget_class_bind_template_child (widget_class, ReshootServerDialog, models);
  gtk_widget_class_bind_template_child (widget_class, ReshootServerDialog, key);
  gtk_widget_class_bind_template_child (widget_class, ReshootServerDialog, problem);
  gtk_widget_class_install_action (widget_class, "server.probe", NULL, probe_cb);
  gtk_widget_class_install_action (widget_class, "server.add", NULL, add_cb);
}

static void
reshoot_server_dialog_init (ReshootServerDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->kinds = g_ptr_array_new_with_free_func (kind_free);
  gtk_widget_init_template (GTK_WIDGET (self));

  gtk_editable_set_enable_undo (GTK_EDITABLE (self->key), FALSE);
  g_signal_connect_object (self->address, "changed", G_CALLBACK (address_cb), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->name, "changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  gtk_widget_grab_focus (GTK_WIDGET (self->address));
  update (self);
}

static void
add_kind (ReshootServerDialog *self,
          GtkStringList       *names,
          const char          *dialect,
          const char          *profile,
          const char          *name)
{
  Kind *kind = g_new0 (Kind, 1);

  kind->dialect = g_strdup (dialect);
  kind->profile = g_strdup (profile);
  g_ptr_array_add (self->kinds, kind);
  gtk_string_list_append (names, name);
}

/* One after another, those of a dialect's profiles in its place. The service's own profile is no server's. */
static void
add_kinds_of (ReshootServerDialog *self,
              GtkStringList       *names,
              const char          *dialect,
              JsonObject          *description)
{
  const char *own = json_object_get_string_member_with_default (description, "profile", NULL);
  const char *usual = json_object_get_string_member_with_default (description, "own_profile", NULL);
  JsonObject *profiles = NULL;
  g_autoptr (GList) members = NULL;

  if (json_object_has_member (description, "profiles"))
    profiles = json_object_get_object_member (description, "profiles");
  if (profiles == NULL)
    {
      add_kind (self, names, dialect, NULL,
                json_object_get_string_member_with_default (description, "name", dialect));
      return;
    }

  members = json_object_get_members (profiles);
  for (GList *l = members; l != NULL; l = l->next)
    {
      JsonObject *profile = json_object_get_object_member (profiles, l->data);
      gboolean is_usual = g_strcmp0 (l->data, usual) == 0;

      if (g_strcmp0 (l->data, own) != 0)
        add_kind (self, names, dialect, is_usual ? NULL : l->data,
                  json_object_get_string_member_with_default (profile, "name", l->data));
    }
}

/**
 * reshoot_server_dialog_new:
 * @session: takes the server up
 *
 * Returns: (transfer none): a dialog that is not shown yet
 */
GtkWidget *
reshoot_server_dialog_new (ReshootSession *session)
{
  ReshootServerDialog *self;
  ReshootCatalogue *catalogue;
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autoptr (GList) providers = NULL;

  g_return_val_if_fail (RESHOOT_IS_SESSION (session), NULL);

  self = g_object_new (RESHOOT_TYPE_SERVER_DIALOG, NULL);
  self->session = g_object_ref (session);
  catalogue = reshoot_session_get_catalogue (session);
  providers = reshoot_catalogue_list_providers (catalogue);
  for (GList *l = providers; l != NULL; l = l->next)
    {
      JsonObject *description = reshoot_catalogue_get_provider (catalogue, l->data);

      if (json_object_get_boolean_member_with_default (description, "dialect", FALSE))
        add_kinds_of (self, names, l->data, description);
    }

  adw_combo_row_set_model (self->kind, G_LIST_MODEL (names));
  return GTK_WIDGET (self);
}
