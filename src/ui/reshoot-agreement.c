/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Before the first picture leaves the computer for a service, the person is asked, once a service. The answer is kept
 * in a small file of its own, beside the settings of the desktop: it must hold also where those are not installed. */

#include "config.h"

#include "reshoot-agreement.h"

#include <glib/gi18n.h>

#define GROUP "agreed"

static char *
get_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "reshoot", "agreements", NULL);
}

static gboolean
was_given (const char *provider)
{
  g_autofree char *path = get_path ();
  g_autoptr (GKeyFile) file = g_key_file_new ();

  return g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL)
         && g_key_file_get_boolean (file, GROUP, provider, NULL);
}

/* If it cannot be kept, the person is asked again next time: nothing worse. */
static void
keep (const char *provider)
{
  g_autofree char *path = get_path ();
  g_autofree char *folder = g_path_get_dirname (path);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GError) error = NULL;

  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  g_key_file_set_boolean (file, GROUP, provider, TRUE);

  if (g_mkdir_with_parents (folder, 0700) != 0 || !g_key_file_save_to_file (file, path, &error))
    g_debug ("the agreement cannot be kept: %s", error != NULL ? error->message : folder);
}

static void
response_cb (AdwMessageDialog *dialog,
             const char       *response,
             gpointer          user_data)
{
  g_autoptr (GTask) task = user_data;

  if (!g_str_equal (response, "send"))
    {
      g_task_return_new_error (task, G_IO_ERROR, G_IO_ERROR_CANCELLED, "not agreed");
      return;
    }

  keep (g_task_get_task_data (task));
  g_task_return_boolean (task, TRUE);
}

/**
 * reshoot_agreement_ask_async:
 * @widget: stands in the window that asks
 * @catalogue: knows what the service is called
 * @model: the model that is to get the picture
 * @cancellable: (nullable): to stop waiting for the answer
 * @callback: called with the answer
 * @user_data: for @callback
 *
 * Returns at once for the built-in studio and for a service the person has agreed to before.
 */
void
reshoot_agreement_ask_async (GtkWidget           *widget,
                             ReshootCatalogue    *catalogue,
                             ReshootModel        *model,
                             GCancellable        *cancellable,
                             GAsyncReadyCallback  callback,
                             gpointer             user_data)
{
  g_autoptr (GTask) task = g_task_new (widget, cancellable, callback, user_data);
  const char *provider = reshoot_model_get_provider (model);
  JsonObject *description = reshoot_catalogue_get_provider (catalogue, provider);
  const char *name = provider;
  GtkWidget *dialog;

  g_task_set_source_tag (task, reshoot_agreement_ask_async);
  g_task_set_task_data (task, g_strdup (provider), g_free);

  if (reshoot_model_get_is_local (model) || was_given (provider))
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  if (description != NULL)
    name = json_object_get_string_member_with_default (description, "name", provider);

  dialog = adw_message_dialog_new (GTK_WINDOW (gtk_widget_get_root (widget)), NULL, NULL);
  /* Translators: %s is the name of a company. */
  adw_message_dialog_format_heading (ADW_MESSAGE_DIALOG (dialog), _("Send the Picture to %s?"), name);
  adw_message_dialog_format_body (ADW_MESSAGE_DIALOG (dialog),
                                  _("For this edit the picture and your words leave this computer and go to %s, "
                                    "which charges your account there. Reshoot asks this once for each service."),
                                  name);
  adw_message_dialog_add_responses (ADW_MESSAGE_DIALOG (dialog),
                                    "cancel", _("_Cancel"), "send", _("_Send"), NULL);
  adw_message_dialog_set_response_appearance (ADW_MESSAGE_DIALOG (dialog), "send", ADW_RESPONSE_SUGGESTED);
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
