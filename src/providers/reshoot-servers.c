/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The servers of a person's own: servers.ini among their settings, a group for each, and what becomes of a group: a
 * provider like any other, described by what the dialect's catalogue file says, with the server's own name, address and
 * models put in. The file holds no keys; those are found by the server's name like all others. */

#include "reshoot-servers.h"
#include "reshoot-address.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"

#include <errno.h>
#include <string.h>

#define TOKEN G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS

void
reshoot_server_free (ReshootServer *server)
{
  g_free (server->name);
  g_free (server->url);
  g_free (server->profile);
  g_strfreev (server->models);
  g_free (server->key);
  g_free (server);
}

static char *
dup_path (void)
{
  return g_build_filename (g_get_user_config_dir (), "reshoot", "servers.ini", NULL);
}

/* "dialect@name", of characters that mean nothing in a file name, an address, or a variable's name made from it. */
static gboolean
check_name (const char  *name,
            GError     **error)
{
  const char *at = strchr (name, '@');

  if (at != NULL && at > name && at[1] != '\0' && strspn (name, TOKEN "-") == (gsize) (at - name) &&
      g_ascii_isalnum (at[1]) && strspn (at + 1, TOKEN "-._") == strlen (at + 1))
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "server-name", name, "not DIALECT@NAME");
  return FALSE;
}

static gboolean
check_models (const ReshootServer  *server,
              GError              **error)
{
  for (guint i = 0; server->models != NULL && server->models[i] != NULL; i++)
    for (const char *at = server->models[i]; *at != '\0'; at++)
      if (!g_ascii_isgraph (*at))
        {
          reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "server-models", server->name, "an odd name");
          return FALSE;
        }

  return TRUE;
}

static void
copy_members (JsonObject *from,
              JsonObject *to)
{
  g_autoptr (GList) names = from != NULL ? json_object_get_members (from) : NULL;

  for (GList *l = names; l != NULL; l = l->next)
    json_object_set_member (to, l->data, json_object_dup_member (from, l->data));
}

/* Where nothing is said the key is sent as the dialect sends it. */
static void
put_key (const ReshootServer *server,
         JsonObject          *dialect_key,
         JsonObject          *description)
{
  g_autofree char *variable = reshoot_address_dup_variable (server->name, "KEY");
  const char *header = "Authorization";
  const char *prefix = "Bearer ";
  JsonObject *key = json_object_new ();

  if (server->key == NULL && dialect_key != NULL)
    {
      header = reshoot_json_get_string (dialect_key, "header");
      prefix = reshoot_json_get_string (dialect_key, "prefix");
    }
  else if (server->key != NULL && g_ascii_strcasecmp (server->key, "basic") == 0)
    {
      prefix = "Basic ";
    }
  else if (server->key != NULL && g_ascii_strcasecmp (server->key, "bearer") != 0)
    {
      header = server->key;
      prefix = NULL;
    }

  json_object_set_string_member (key, "environment", variable);
  json_object_set_string_member (key, "header", header);
  if (prefix != NULL)
    json_object_set_string_member (key, "prefix", prefix);
  json_object_set_boolean_member (key, "optional", TRUE);
  json_object_set_object_member (description, "key", key);
}

static gboolean
set_key (const ReshootServer  *server,
         JsonObject           *description,
         GError              **error)
{
  const char *choice = server->key;

  if (choice != NULL && (*choice == '\0' || strspn (choice, TOKEN "-") != strlen (choice)))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "server-key", choice, "not the name of a header");
      return FALSE;
    }

  if (choice != NULL && g_ascii_strcasecmp (choice, "none") == 0)
    json_object_remove_member (description, "key");
  else
    put_key (server, reshoot_json_get_object (description, "key"), description);

  return TRUE;
}

/* An address whose path is "" or "/" is that of the machine: the dialect says where on it its calls begin. */
static void
set_url (const ReshootServer *server,
         JsonObject          *description)
{
  const char *path = reshoot_json_get_string (description, "own_path");
  g_autoptr (GUri) uri = g_uri_parse (server->url, G_URI_FLAGS_ENCODED, NULL);
  g_autofree char *whole = NULL;

  if (path != NULL && uri != NULL && strcmp (g_uri_get_path (uri), "/") <= 0)
    {
      gboolean slash = g_str_has_suffix (server->url, "/");

      whole = g_strconcat (server->url, slash ? path + 1 : path, NULL);
    }

  json_object_set_string_member (description, "url", whole != NULL ? whole : server->url);
}

/* A server of an unknown kind behind https may be a gateway that somebody is billed for: its price is not known. */
static gboolean
may_have_price (const ReshootServer *server)
{
  return server->profile != NULL || g_ascii_strncasecmp (server->url, "https:", strlen ("https:")) != 0;
}

static void
share (JsonObject *profile,
       JsonObject *model,
       const char *member)
{
  if (profile != NULL && json_object_has_member (profile, member) &&
      !json_object_has_member (model, member))
    json_object_set_member (model, member, json_object_dup_member (profile, member));
}

static void
add_model (const ReshootServer *server,
           JsonObject          *profile,
           JsonObject          *template,
           const char          *name,
           JsonArray           *models)
{
  JsonObject *model = json_object_new ();
  g_autofree char *id = g_strconcat (server->name, "/", name, NULL);

  if (template != NULL)
    {
      copy_members (template, model);
    }
  else
    {
      json_object_set_string_member (model, "name", name);
      json_object_set_string_member (model, "model", name);
    }

  share (profile, model, "references");
  if (may_have_price (server))
    share (profile, model, "price");

  json_object_set_string_member (model, "id", id);
  json_array_add_object_element (models, model);
}

/* Those the person named, else those of the profile, else those of the dialect, each under the server's name. */
static gboolean
set_models (const ReshootServer  *server,
            JsonObject           *profile,
            JsonObject           *description,
            GError              **error)
{
  JsonArray *known = reshoot_json_get_array (description, "models");
  JsonArray *models = json_array_new ();
  guint n_known = server->models == NULL && known != NULL ? json_array_get_length (known) : 0;

  for (guint i = 0; server->models != NULL && server->models[i] != NULL; i++)
    add_model (server, profile, NULL, server->models[i], models);

  for (guint i = 0; i < n_known; i++)
    {
      JsonObject *template = json_array_get_object_element (known, i);
      const char *id = reshoot_json_get_string (template, "id");
      const char *slash = strchr (id, '/');

      add_model (server, profile, template, slash != NULL ? slash + 1 : id, models);
    }

  json_object_set_array_member (description, "models", models);
  if (json_array_get_length (models) > 0)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "server-models", server->name, "no models");
  return FALSE;
}

/* What the profile says of parameters, limits and so on holds instead of what the dialect says. */
static gboolean
set_profile (const ReshootServer  *server,
             JsonObject           *description,
             JsonObject          **profile,
             GError              **error)
{
  static const char * const taken[] = {
    "parameters", "limits", "input", "concurrent", "deadline", "cancel", "models"
  };
  JsonObject *profiles = reshoot_json_get_object (description, "profiles");
  const char *name = server->profile;

  if (name == NULL)
    name = reshoot_json_get_string (description, "own_profile");
  if (name == NULL)
    return TRUE;

  *profile = reshoot_json_get_object (profiles, name);
  if (*profile == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "server-profile", name, "no such profile");
      return FALSE;
    }

  json_object_set_string_member (description, "profile", name);
  for (guint i = 0; i < G_N_ELEMENTS (taken); i++)
    if (json_object_has_member (*profile, taken[i]))
      json_object_set_member (description, taken[i], json_object_dup_member (*profile, taken[i]));

  return TRUE;
}

/**
 * reshoot_server_describe:
 * @server: a server
 * @dialect: (nullable): the catalogue file of its dialect; %NULL where there is none of that name
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "server-name", "server-dialect", "server-profile",
 * "server-models", "server-key" or "address".
 *
 * Returns: (transfer full): what a catalogue file of this server would say, or %NULL
 */
JsonObject *
reshoot_server_describe (const ReshootServer  *server,
                         JsonObject           *dialect,
                         GError              **error)
{
  g_autoptr (JsonObject) description = json_object_new ();
  g_autoptr (ReshootAddress) address = NULL;
  g_autofree char *title = NULL;
  JsonObject *profile = NULL;
  const char *name;

  if (!check_name (server->name, error) || !check_models (server, error))
    return NULL;

  if (!reshoot_json_get_boolean (dialect, "dialect"))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "server-dialect", server->name,
                         "no such dialect");
      return NULL;
    }

  copy_members (dialect, description);
  json_object_set_string_member (description, "provider", server->name);
  json_object_set_boolean_member (description, "dialect", FALSE);
  json_object_set_boolean_member (description, "own", TRUE);
  json_object_set_array_member (description, "hosts", json_array_new ());
  set_url (server, description);

  if (!set_key (server, description, error) ||
      !set_profile (server, description, &profile, error) ||
      !set_models (server, profile, description, error))
    return NULL;

  name = reshoot_json_get_string (profile != NULL ? profile : dialect, "name");
  title = g_strdup_printf ("%s (%s)", strchr (server->name, '@') + 1, name);
  json_object_set_string_member (description, "name", title);

  address = reshoot_address_new (description, error);
  return address != NULL ? g_steal_pointer (&description) : NULL;
}

static gboolean
set_file_error (GError     **error,
                GError      *file_error,
                const char  *path)
{
  g_autoptr (GError) io_error = NULL;

  if (file_error != NULL && file_error->domain == G_FILE_ERROR)
    io_error = g_error_new_literal (G_IO_ERROR, (int) g_io_error_from_file_error (file_error->code),
                                    file_error->message);
  else if (file_error != NULL)
    io_error = g_error_new_literal (G_IO_ERROR, G_IO_ERROR_INVALID_DATA, file_error->message);
  else
    io_error = g_error_new (G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s", g_strerror (errno));

  g_propagate_error (error, reshoot_error_new_from_io (io_error, path));
  return FALSE;
}

/* A file that is not there is an empty one; one that cannot be read is not written over. */
static gboolean
load_file (GKeyFile    *file,
           const char  *path,
           GError     **error)
{
  g_autoptr (GError) file_error = NULL;

  if (g_key_file_load_from_file (file, path, G_KEY_FILE_KEEP_COMMENTS, &file_error) ||
      g_error_matches (file_error, G_FILE_ERROR, G_FILE_ERROR_NOENT))
    return TRUE;

  if (file_error->domain == G_KEY_FILE_ERROR)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "servers-file", path, "%s", file_error->message);
      return FALSE;
    }

  return set_file_error (error, file_error, path);
}

static gboolean
save_file (GKeyFile    *file,
           const char  *path,
           GError     **error)
{
  g_autoptr (GError) file_error = NULL;
  g_autofree char *folder = g_path_get_dirname (path);

  if (g_mkdir_with_parents (folder, 0700) == 0 && g_key_file_save_to_file (file, path, &file_error))
    return TRUE;

  return set_file_error (error, file_error, path);
}

static char *
dup_value (GKeyFile   *file,
           const char *group,
           const char *name)
{
  g_autofree char *text = g_key_file_get_string (file, group, name, NULL);

  return text != NULL && *g_strstrip (text) != '\0' ? g_steal_pointer (&text) : NULL;
}

static GStrv
split_models (const char *text)
{
  g_auto (GStrv) parts = g_strsplit_set (text, ",;", -1);
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) models = NULL;

  for (guint i = 0; parts[i] != NULL; i++)
    if (*g_strstrip (parts[i]) != '\0')
      g_strv_builder_add (builder, parts[i]);

  models = g_strv_builder_end (builder);
  return models[0] != NULL ? g_steal_pointer (&models) : NULL;
}

static ReshootServer *
read_group (GKeyFile   *file,
            const char *group)
{
  ReshootServer *server = g_new0 (ReshootServer, 1);
  g_autofree char *models = dup_value (file, group, "models");
  g_autofree char *url = dup_value (file, group, "url");

  server->name = g_strdup (group);
  server->url = url != NULL ? g_steal_pointer (&url) : g_strdup ("");
  server->profile = dup_value (file, group, "profile");
  server->key = dup_value (file, group, "key");
  if (models != NULL)
    server->models = split_models (models);
  return server;
}

/**
 * reshoot_servers_load:
 * @error: return location for an error
 *
 * What they say is looked at when they are described.
 *
 * Returns: (transfer full) (element-type ReshootServer): the person's servers in the order of their file, none where
 *   there is no file; %NULL where it cannot be read
 */
GPtrArray *
reshoot_servers_load (GError **error)
{
  g_autofree char *path = dup_path ();
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GPtrArray) servers = NULL;
  g_auto (GStrv) groups = NULL;

  if (!load_file (file, path, error))
    return NULL;

  servers = g_ptr_array_new_with_free_func ((GDestroyNotify) reshoot_server_free);
  groups = g_key_file_get_groups (file, NULL);
  for (guint i = 0; groups[i] != NULL; i++)
    g_ptr_array_add (servers, read_group (file, groups[i]));

  return g_steal_pointer (&servers);
}

static void
set_value (GKeyFile   *file,
           const char *group,
           const char *name,
           const char *value)
{
  if (value != NULL)
    g_key_file_set_string (file, group, name, value);
}

/**
 * reshoot_servers_add:
 * @server: a server that can be described
 * @error: return location for an error
 *
 * Keeps it for later sessions. Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "server-exists", where there is one of
 * its name, and with what the file system says.
 *
 * Returns: whether it is kept
 */
gboolean
reshoot_servers_add (const ReshootServer  *server,
                     GError              **error)
{
  g_autofree char *path = dup_path ();
  g_autofree char *models = server->models != NULL ? g_strjoinv (";", server->models) : NULL;
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (!load_file (file, path, error))
    return FALSE;

  if (g_key_file_has_group (file, server->name))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "server-exists", server->name, "there already");
      return FALSE;
    }

  set_value (file, server->name, "url", server->url);
  set_value (file, server->name, "profile", server->profile);
  set_value (file, server->name, "models", models);
  set_value (file, server->name, "key", server->key);
  return save_file (file, path, error);
}

/**
 * reshoot_servers_remove:
 * @name: "dialect@name"
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "server", where there is none of that name, and with what the file
 * system says.
 *
 * Returns: whether it was there and is no longer
 */
gboolean
reshoot_servers_remove (const char  *name,
                        GError     **error)
{
  g_autofree char *path = dup_path ();
  g_autoptr (GKeyFile) file = g_key_file_new ();

  if (!load_file (file, path, error))
    return FALSE;

  if (!g_key_file_remove_group (file, name, NULL))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "server", name, "no such server");
      return FALSE;
    }

  return save_file (file, path, error);
}
