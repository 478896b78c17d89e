/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Before the first picture leaves the computer for a service, the person is asked, once a service, and told of the risk
 * that comes with an unofficial one, or with an address that others can listen to. The session keeps the answer. */

#include "config.h"

#include "reshoot-agreement.h"

#include "reshoot-address.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>

typedef struct
{
  ReshootSession *session;   /* (owned) */
  char           *provider;
} Ask;

static void
ask_free (Ask *ask)
{
  g_clear_object (&ask->session);
  g_free (ask->provider);
  g_free (ask);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;
  Ask *ask = g_task_get_task_data (task);

  if (!g_str_equal (response, "send"))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "not agreed");
      return;
    }

  /* If the answer cannot be kept, the session would ask the same again: better to say why. */
  if (!reshoot_session_set_consent (ask->session, ask->provider, TRUE, &error) ||
      !reshoot_session_set_terms_told (ask->session, ask->provider, &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else
    g_task_return_boolean (task, TRUE);
}

static char *
dup_body (const char   *name,
          ReshootModel *model,
          JsonObject   *description,
          JsonObject   *terms)
{
  g_autoptr (ReshootAddress) address = reshoot_address_new (description, NULL);
  g_autoptr (GString) body = g_string_new (NULL);

  if (reshoot_model_get_price (model) == 0)
    /* Translators: %s is the name of a server. */
    g_string_append_printf (body, _("For this edit the picture and your words go to %s, a server of "
                                    "your own. Reshoot asks this once for each server."), name);
  else
    /* Translators: %s is the name of a company. */
    g_string_append_printf (body, _("For this edit the picture and your words leave this computer "
                                    "and go to %s, which charges your account there. Reshoot asks "
                                    "this once for each service."), name);

  if (address != NULL && reshoot_address_get_is_open (address))
    {
      const char *url = reshoot_address_get_base (address);
      g_autofree char *warning = reshoot_words_for_open_address (url);

      g_string_append_printf (body, "\n\n%s", warning);
    }

  if (terms != NULL)
    {
      const char *text = json_object_get_string_member_with_default (terms, "text", "");
      const char *date = json_object_get_string_member_with_default (terms, "date", NULL);
      g_autofree char *risk = reshoot_words_for_terms (text, date);

      g_string_append_printf (body, "\n\n%s", risk);
    }

  return g_string_free (g_steal_pointer (&body), FALSE);
}

/**
 * reshoot_agreement_ask_async:
 * @widget: stands in the window that asks
 * @session: keeps the answer
 * @model: the model that is to get the picture
 * @cancellable: (nullable): to stop waiting for the answer
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Returns at once for the built-in studio and for a service the person has agreed to before.
 */
void
reshoot_agreement_ask_async (GtkWidget           *widget,
                             ReshootSession      *session,
                             ReshootModel        *model,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (widget, cancellable, callback, user_data);
  const char *provider = reshoot_model_get_provider (model);
  JsonObject *description = reshoot_catalogue_get_provider (reshoot_session_get_catalogue (session),
                                                            provider);
  JsonObject *terms = reshoot_session_get_untold_terms (session, provider);
  const char *name = provider;
  g_autofree char *body = NULL;
  GtkWidget *dialog;
  Ask *ask = g_new0 (Ask, 1);

  g_task_set_source_tag (task, reshoot_agreement_ask_async);
  ask->session = g_object_ref (session);
  ask->provider = g_strdup (provider);
  g_task_set_task_data (task, ask, (GDestroyNotify) ask_free);

  if (reshoot_model_get_is_local (model) ||
      (reshoot_session_get_consent (session, provider) && terms == NULL))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (description != NULL)
    name = json_object_get_string_member_with_default (description, "name", provider);

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), NULL, NULL);
  /* Translators: %s is the name of a company. */
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _("Send the Picture to %s?"),
                                     name);
  body = dup_body (name, model, description, terms);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"), "send", _("_Send"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "send",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "send");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), g_steal_pointer (&task));
  gtk_window_present (GTK_WINDOW (dialog));
}

/**
 * reshoot_agreement_ask_finish:
 * @result: as given to the callback
 * @error: where to put an error
 *
 * Returns: whether the person agreed; %FALSE with `G_IO_ERROR_CANCELLED` if not
 */
gboolean
reshoot_agreement_ask_finish (GAsyncResult  *result,
                              GError       **error)
{
  return g_task_propagate_boolean (G_TASK (result), error);
}
