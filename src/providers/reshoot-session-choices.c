/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the person chose once for every program: the model an edit is made by where none is named, what becomes of
 * replies, and the servers of their own. A server that is added or removed is in the catalogue, or gone from it, at
 * once. */

#include "reshoot-session-choices.h"

#include "reshoot-ini.h"
#include "reshoot-input.h"
#include "reshoot-json-read.h"
#include "reshoot-session-private.h"

#define FILE_NAME "model.ini"
#define GROUP "Model"
#define KEY "default"

#define LANDING_FILE_NAME "landing.ini"
#define LANDING_GROUP "Landing"
#define LANDING_KEY "replies"
#define CROP_KEY    "crop"

/* What costs nothing and leaves nothing. */
#define STUDIO_MODEL "studio/local"

/**
 * reshoot_session_get_default_model:
 * @self: a session
 *
 * Returns: (transfer none): the model of an edit for which none is named: the one the person chose, where it is in the
 *   catalogue, else the built-in studio. A key alone never changes that
 */
ReshootModel *
reshoot_session_get_default_model (ReshootSession *self)
{
  g_autofree char *path = reshoot_ini_dup_path (FILE_NAME);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *id = NULL;
  ReshootModel *model = NULL;

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), NULL);

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    id = g_key_file_get_string (file, GROUP, KEY, NULL);
  if (id != NULL)
    model = reshoot_catalogue_get_model (self->catalogue, id);

  return model != NULL ? model : reshoot_catalogue_get_model (self->catalogue, STUDIO_MODEL);
}

/**
 * reshoot_session_set_default_model:
 * @self: a session
 * @model: a model of the catalogue
 * @error: return location for an error
 *
 * Keeps the choice; every program of this person makes its next edit by it. Errors are those of the file system.
 *
 * Returns: whether it is kept
 */
gboolean
reshoot_session_set_default_model (ReshootSession  *self,
                                   ReshootModel    *model,
                                   GError         **error)
{
  g_autofree char *path = reshoot_ini_dup_path (FILE_NAME);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);
  g_return_val_if_fail (RESHOOT_IS_MODEL (model), FALSE);

  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  g_key_file_set_string (file, GROUP, KEY, reshoot_model_get_id (model));
  return reshoot_ini_save (file, FILE_NAME, error);
}

static const char *const landing_words[RESHOOT_N_LANDING_CHOICES] = {
  [RESHOOT_LANDING_CHOICE_AUTOMATIC] = "automatic",
  [RESHOOT_LANDING_CHOICE_ASK] = "ask",
  [RESHOOT_LANDING_CHOICE_OFF] = "off",
};

/**
 * reshoot_session_get_landing:
 * @self: a session
 *
 * Returns: what becomes of the replies to edits that do not say it themselves
 */
ReshootLandingChoice
reshoot_session_get_landing (ReshootSession *self)
{
  g_autofree char *path = reshoot_ini_dup_path (LANDING_FILE_NAME);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *word = NULL;

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), RESHOOT_LANDING_CHOICE_AUTOMATIC);

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    word = g_key_file_get_string (file, LANDING_GROUP, LANDING_KEY, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (landing_words); i++)
    if (g_strcmp0 (word, landing_words[i]) == 0)
      return i;

  return RESHOOT_LANDING_CHOICE_AUTOMATIC;
}

/* For the session: what a request says where nobody else said it. */
const char *
reshoot_session_get_landing_word (ReshootSession *self)
{
  static const char *const words[RESHOOT_N_LANDING_CHOICES] = {
    [RESHOOT_LANDING_CHOICE_ASK] = RESHOOT_LANDING_ASK,
    [RESHOOT_LANDING_CHOICE_OFF] = RESHOOT_LANDING_OFF,
  };

  return words[reshoot_session_get_landing (self)];
}

/**
 * reshoot_session_set_landing:
 * @self: a session
 * @choice: what becomes of replies
 * @error: return location for an error
 *
 * Keeps the choice, for the edits of every program of this person that begin from now on. Errors are those of the file
 * system.
 *
 * Returns: whether it is kept
 */
gboolean
reshoot_session_set_landing (ReshootSession        *self,
                             ReshootLandingChoice   choice,
                             GError               **error)
{
  g_autofree char *path = reshoot_ini_dup_path (LANDING_FILE_NAME);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);
  g_return_val_if_fail (choice < RESHOOT_N_LANDING_CHOICES, FALSE);

  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  g_key_file_set_string (file, LANDING_GROUP, LANDING_KEY, landing_words[choice]);
  return reshoot_ini_save (file, LANDING_FILE_NAME, error);
}

/**
 * reshoot_session_get_crop:
 * @self: a session
 *
 * Returns: whether of a picture with a small region only the part around it is sent, where a model draws that at more
 *   pixels; edits that say so themselves send all of it nevertheless
 */
gboolean
reshoot_session_get_crop (ReshootSession *self)
{
  g_autofree char *path = reshoot_ini_dup_path (LANDING_FILE_NAME);
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *word = NULL;

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), TRUE);

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    word = g_key_file_get_string (file, LANDING_GROUP, CROP_KEY, NULL);

  return g_strcmp0 (word, "off") != 0;
}

/**
 * reshoot_session_set_crop:
 * @self: a session
 * @crop: whether only the part around a small region is sent
 * @error: return location for an error
 *
 * Keeps the choice, for the edits of every program of this person that begin from now on. Errors are those of the file
 * system.
 *
 * Returns: whether it is kept
 */
gboolean
reshoot_session_set_crop (ReshootSession  *self,
                          gboolean         crop,
                          GError         **error)
{
  g_autofree char *path = reshoot_ini_dup_path (LANDING_FILE_NAME);
  g_autoptr (GKeyFile) file = g_key_file_new ();

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);

  g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, NULL);
  g_key_file_set_string (file, LANDING_GROUP, CROP_KEY, crop ? "auto" : "off");
  return reshoot_ini_save (file, LANDING_FILE_NAME, error);
}

/* What the studio makes needs no landing, and what is reimagined cannot have one. */
gboolean
reshoot_session_is_landed (ReshootModel *model)
{
  return !reshoot_model_get_is_local (model) && !reshoot_model_get_is_reimagining (model);
}

/**
 * reshoot_session_find_crop:
 * @self: a session
 * @model: who is asked
 * @width: of the source, in pixels
 * @height: of the source, in pixels
 * @region: (array fixed-size=4): what of it may change, in its pixels; NANs = all of it
 * @crop: (out): what of it is sent, in its pixels
 *
 * Says before anything is asked what an edit will send that does not say itself that it wants all sent.
 *
 * Returns: whether that is less than all
 */
gboolean
reshoot_session_find_crop (ReshootSession *self,
                           ReshootModel   *model,
                           int             width,
                           int             height,
                           const double    region[4],
                           ReshootBox     *crop)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);
  g_return_val_if_fail (RESHOOT_IS_MODEL (model), FALSE);

  return reshoot_session_is_landed (model) && reshoot_session_get_crop (self) &&
         reshoot_session_get_landing (self) != RESHOOT_LANDING_CHOICE_OFF &&
         reshoot_input_find_crop (model, width, height, region, crop);
}

/* For the session: of a small region the model sees the part around it, unless the reply is wanted as it comes. What
 * the service has already cannot be cut. */
void
reshoot_session_choose_crop (ReshootSession *self,
                             ReshootRequest *request,
                             ReshootModel   *model,
                             ReshootStep    *source,
                             ReshootInputs  *inputs)
{
  JsonObject *parameters = reshoot_request_get_parameters (request);
  ReshootBox crop;

  for (guint i = 0; i < G_N_ELEMENTS (inputs->crop); i++)
    inputs->crop[i] = NAN;

  inputs->whole = inputs->whole && reshoot_session_is_landed (model);
  if (inputs->whole || g_strcmp0 (inputs->landing, RESHOOT_LANDING_OFF) == 0 ||
      reshoot_json_get_string (parameters, "source_url") != NULL ||
      !reshoot_session_find_crop (self, model, reshoot_step_get_width (source),
                                  reshoot_step_get_height (source), inputs->region, &crop))
    return;

  inputs->crop[0] = crop.x;
  inputs->crop[1] = crop.y;
  inputs->crop[2] = crop.width;
  inputs->crop[3] = crop.height;
}

/**
 * reshoot_session_describe_server:
 * @self: a session
 * @server: a server
 * @error: return location for an error
 *
 * Fails as [func@server_describe] does.
 *
 * Returns: (transfer full): what a catalogue file of this server would say, or %NULL
 */
JsonObject *
reshoot_session_describe_server (ReshootSession       *self,
                                 const ReshootServer  *server,
                                 GError              **error)
{
  g_autofree char *name = NULL;
  JsonObject *dialect;

  g_return_val_if_fail (RESHOOT_IS_SESSION (self), NULL);

  name = g_strndup (server->name, strcspn (server->name, "@"));
  dialect = reshoot_catalogue_get_provider (self->catalogue, name);
  return reshoot_server_describe (server, dialect, error);
}

/**
 * reshoot_session_add_server:
 * @self: a session
 * @server: a server of the person's own
 * @error: return location for an error
 *
 * Keeps it for later sessions, and takes it up now. Fails as [method@Session.describe_server] and
 * [func@servers_add] do.
 *
 * Returns: (transfer full): what the catalogue says of it now, or %NULL
 */
JsonObject *
reshoot_session_add_server (ReshootSession       *self,
                            const ReshootServer  *server,
                            GError              **error)
{
  g_autoptr (JsonObject) description = reshoot_session_describe_server (self, server, error);

  if (description == NULL || !reshoot_servers_add (server, error) ||
      !reshoot_catalogue_add_provider (self->catalogue, description, error))
    return NULL;

  return g_steal_pointer (&description);
}

/**
 * reshoot_session_remove_server:
 * @self: a session
 * @name: "dialect@name"
 * @error: return location for an error
 *
 * Its models are gone at once. What is on its way there goes on to its end. Fails as [func@servers_remove] does.
 *
 * Returns: whether it was there and is no longer
 */
gboolean
reshoot_session_remove_server (ReshootSession  *self,
                               const char      *name,
                               GError         **error)
{
  g_return_val_if_fail (RESHOOT_IS_SESSION (self), FALSE);

  if (!reshoot_servers_remove (name, error))
    return FALSE;

  reshoot_catalogue_remove_provider (self->catalogue, name);
  return TRUE;
}
