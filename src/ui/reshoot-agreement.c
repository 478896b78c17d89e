/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Before the first picture leaves the computer for a service, the person is asked, once a service, and told of the risk
 * that comes with an unofficial one, or with an address that others can listen to. Where the picture is to lie where
 * anybody can load it, that is asked apart. The session keeps the answers. */

#include "config.h"

#include "reshoot-agreement.h"

#include "reshoot-address.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>

typedef struct
{
  GtkWidget      *widget;      /* (owned): stands in the window that asks */
  ReshootSession *session;     /* (owned) */
  GPtrArray      *requests;    /* (owned): of ReshootRequest */
  guint           next;        /* which of them is looked at */
  char           *provider;    /* (nullable): who is asked for now */
  gboolean        is_public;   /* whether that is about lying where anybody can load it */
} Ask;

static void
ask_free (Ask *ask)
{
  g_clear_object (&ask->widget);
  g_clear_object (&ask->session);
  g_clear_pointer (&ask->requests, g_ptr_array_unref);
  g_free (ask->provider);
  g_free (ask);
}

static void ask_next (GTask *task);

static gboolean
keep_answer (Ask     *ask,
             GError **error)
{
  if (ask->is_public)
    return reshoot_session_set_public_consent (ask->session, ask->provider, TRUE, error);

  return reshoot_session_set_consent (ask->session, ask->provider, TRUE, error)
         && reshoot_session_set_terms_told (ask->session, ask->provider, error);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  g_autoptr (GTask) task = user_data;
  g_autoptr (GError) error = NULL;

  if (!g_str_equal (response, "send"))
    g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "not agreed");
  /* If the answer cannot be kept, the session would ask the same again: better to say why. */
  else if (!keep_answer (g_task_get_task_data (task), &error))
    g_task_return_error (task, g_steal_pointer (&error));
  else if (!g_task_return_error_if_cancelled (task))
    ask_next (g_steal_pointer (&task));
}

static const char *
get_name (Ask        *ask,
          const char *provider)
{
  JsonObject *description =
    reshoot_catalogue_get_provider (reshoot_session_get_catalogue (ask->session), provider);

  return description != NULL
         ? json_object_get_string_member_with_default (description, "name", provider) : provider;
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

/* Takes the task. */
static void
ask (GTask      *task,
     const char *heading,
     const char *body,
     const char *yes)
{
  Ask *self = g_task_get_task_data (task);
  GtkWindow *parent = GTK_WINDOW (gtk_widget_get_root (self->widget));
  GtkWidget *dialog = adw_message_dialog_new (parent, NULL, NULL);

  adw_message_dialog_set_heading (ADW_MESSAGE_DIALOG (dialog), heading);
  adw_message_dialog_set_body (ADW_MESSAGE_DIALOG (dialog), body);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog), "cancel", _("_Cancel"), "send", yes,
                                    NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "send",
                                              ADW_RESPONSE_SUGGESTED);
  adw_message_dialog_set_default_response (ADW_MESSAGE_DIALOG (dialog), "send");
  adw_message_dialog_set_close_response (ADW_MESSAGE_DIALOG (dialog), "cancel");
  g_signal_connect (dialog, "response", G_CALLBACK (response_cb), task);
  gtk_window_present (GTK_WINDOW (dialog));
}

/* Returns: whether it was asked, and @task taken */
static gboolean
ask_for_service (GTask        *task,
                 ReshootModel *model)
{
  Ask *self = g_task_get_task_data (task);
  const char *provider = reshoot_model_get_provider (model);
  JsonObject *terms = reshoot_session_get_untold_terms (self->session, provider);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  if (reshoot_model_get_is_local (model)
      || (reshoot_session_get_consent (self->session, provider) && terms == NULL))
    return FALSE;

  g_free (self->provider);
  self->provider = g_strdup (provider);
  self->is_public = FALSE;
  /* Translators: %s is the name of a company. */
  heading = g_strdup_printf (_("Send the Picture to %s?"), get_name (self, provider));
  body = dup_body (get_name (self, provider), model,
                   reshoot_catalogue_get_provider (reshoot_session_get_catalogue (self->session),
                                                   provider), terms);
  ask (task, heading, body, _("_Send"));
  return TRUE;
}

/* Returns: whether it was asked, and @task taken */
static gboolean
ask_for_place (GTask        *task,
               ReshootModel *model,
               const char   *publisher)
{
  Ask *self = g_task_get_task_data (task);
  g_autofree char *heading = NULL;
  g_autofree char *body = NULL;

  if (publisher == NULL || reshoot_session_get_public_consent (self->session, publisher))
    return FALSE;

  g_free (self->provider);
  self->provider = g_strdup (publisher);
  self->is_public = TRUE;
  /* Translators: %s is the name of a company. */
  heading = g_strdup_printf (_("Put the Picture at %s, for Anybody to Load?"),
                             get_name (self, publisher));
  /* Translators: %1$s is the model that makes the edit, %2$s a company, where the picture is put. */
  body = g_strdup_printf (_("%1$s takes no pictures, only the address of one. So the picture is put at "
                            "%2$s, where anybody who has its address can load it for as long as %2$s "
                            "keeps it. Reshoot asks this once for each place."),
                          reshoot_model_get_name (model), get_name (self, publisher));
  ask (task, heading, body, _("_Put It There"));
  return TRUE;
}

/* Each request may ask twice, and is done when nothing is left to ask. Takes the task. */
static void
ask_next (GTask *task)
{
  Ask *self = g_task_get_task_data (task);
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (self->session);

  for (; self->next < self->requests->len; self->next++)
    {
      ReshootRequest *request = self->requests->pdata[self->next];
      ReshootModel *model = reshoot_catalogue_get_model (catalogue,
                                                         reshoot_request_get_model (request));
      JsonObject *parameters = reshoot_request_get_parameters (request);
      const char *publisher = NULL;

      /* Of a model that is not there the session has a word to say. */
      if (model == NULL)
        continue;

      if (parameters != NULL)
        publisher = json_object_get_string_member_with_default (parameters, "publish", NULL);
      if (ask_for_service (task, model) || ask_for_place (task, model, publisher))
        return;
    }

  g_task_return_boolean (task, TRUE);
  g_object_unref (task);
}

/**
 * reshoot_agreement_ask_async:
 * @widget: stands in the window that asks
 * @session: keeps the answers
 * @requests: (array length=n): what is about to be asked
 * @n: how many
 * @cancellable: (nullable): to stop waiting for the answer
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Asks one thing after the other, and nothing for the built-in studio, or what the person has agreed to before.
 */
void
reshoot_agreement_ask_async (GtkWidget             *widget,
                             ReshootSession        *session,
                             ReshootRequest *const *requests,
                             guint                  n,
                             GCancellable          *cancellable,
                             GAsyncReadyCallback    callback,
                             gpointer               user_data)
{
  g_autoptr (GTask) task = g_task_new (widget, cancellable, callback, user_data);
  Ask *self = g_new0 (Ask, 1);

  g_task_set_source_tag (task, reshoot_agreement_ask_async);
  self->widget = g_object_ref (widget);
  self->session = g_object_ref (session);
  self->requests = g_ptr_array_new_with_free_func (g_object_unref);
  for (guint i = 0; i < n; i++)
    g_ptr_array_add (self->requests, g_object_ref (requests[i]));
  g_task_set_task_data (task, self, (GDestroyNotify) ask_free);

  if (!g_task_return_error_if_cancelled (task))
    ask_next (g_steal_pointer (&task));
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
