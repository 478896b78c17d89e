/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The models that a service told of: one file a provider, models/PROVIDER.json in the person's cache, with the day it
 * was told. What is in it is a stranger's word, whatever wrote the file: it is bounded, only members that are known are
 * taken, and each of them is looked at before the catalogue has it. A file that is lost is asked for again. */

#include "reshoot-discovery.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"

#include <errno.h>
#include <glib/gstdio.h>
#include <math.h>

#define MAX_FILE       (1024 * 1024)   /* bytes */
#define MAX_MODELS     128
#define MAX_PARAMETERS 64
#define MAX_VALUES     64
#define MAX_TEXT       200             /* bytes */

/* Nobody sells one picture for more; what says so is a mistake that would stop every budget. */
#define MAX_DOLLARS    100.0

/* What ids, paths and names of parameters are made of. */
#define LETTERS G_CSET_A_2_Z G_CSET_a_2_z G_CSET_DIGITS "._-"

static gboolean
is_made_of (const char *text,
            const char *letters)
{
  return text != NULL && *text != '\0' && strlen (text) <= MAX_TEXT &&
         strspn (text, letters) == strlen (text);
}

static gboolean
is_provider (const char *name)
{
  return is_made_of (name, LETTERS "@") && name[0] != '.';
}

static gboolean
is_plain_text (const char *text)
{
  if (text == NULL || *text == '\0' || strlen (text) > MAX_TEXT ||
      !g_utf8_validate (text, -1, NULL))
    return FALSE;

  for (const char *at = text; *at != '\0'; at = g_utf8_next_char (at))
    if (!g_unichar_isprint (g_utf8_get_char (at)))
      return FALSE;

  return TRUE;
}

static char *
dup_folder (void)
{
  return g_build_filename (g_get_user_cache_dir (), "reshoot", "models", NULL);
}

static char *
dup_path (const char *provider)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *name = g_strconcat (provider, ".json", NULL);

  return g_build_filename (folder, name, NULL);
}

static void
copy_text (JsonObject *from,
           JsonObject *to,
           const char *name,
           const char *letters)
{
  const char *text = reshoot_json_get_string (from, name);

  if (is_made_of (text, letters))
    json_object_set_string_member (to, name, text);
}

static void
copy_number (JsonObject *from,
             JsonObject *to,
             const char *name)
{
  double number = reshoot_json_get_number (from, name);

  if (isfinite (number))
    json_object_set_member (to, name, json_object_dup_member (from, name));
}

/* Whether a service that is free by itself may be told of as free: never one that takes money. */
static gboolean
is_free (JsonObject *description)
{
  JsonObject *first = reshoot_json_get_item (reshoot_json_get_array (description, "models"), 0);

  return reshoot_json_get_number (reshoot_json_get_object (first, "price"), "amount") == 0;
}

static void
copy_price (JsonObject *from,
            JsonObject *to,
            JsonObject *description,
            const char *date)
{
  static const char * const units[] = { "image", "megapixel", "second", NULL };
  JsonObject *said = reshoot_json_get_object (from, "price");
  const char *unit = reshoot_json_get_string (said, "unit");
  const char *source = reshoot_json_get_string (said, "source");
  double amount = reshoot_json_get_number (said, "amount");
  JsonObject *price;

  if (unit == NULL || !g_strv_contains (units, unit) || !(amount >= 0 && amount <= MAX_DOLLARS) ||
      (amount == 0 && !is_free (description)) ||
      g_strcmp0 (reshoot_json_get_string (said, "currency"), "USD") != 0)
    return;

  price = json_object_new ();
  json_object_set_double_member (price, "amount", amount);
  json_object_set_string_member (price, "unit", unit);
  json_object_set_string_member (price, "currency", "USD");
  json_object_set_string_member (price, "date", date);
  if (!is_plain_text (source))
    source = reshoot_json_get_string (description, "name");
  json_object_set_string_member (price, "source", source);
  copy_text (said, price, "times", LETTERS);
  json_object_set_object_member (to, "price", price);
}

static gboolean
is_text_node (JsonNode *node)
{
  return JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING;
}

static JsonArray *
copy_values (JsonArray *from)
{
  JsonArray *to = json_array_new ();

  for (guint i = 0; i < MIN (json_array_get_length (from), MAX_VALUES); i++)
    {
      JsonNode *node = json_array_get_element (from, i);

      if (is_text_node (node) && is_plain_text (json_node_get_string (node)))
        json_array_add_string_element (to, json_node_get_string (node));
    }

  return to;
}

/* What the model makes of it is looked at there. */
static JsonObject *
copy_parameter (JsonObject *from)
{
  JsonObject *to = json_object_new ();
  JsonArray *values = reshoot_json_get_array (from, "values");
  JsonNode *preset = json_object_get_member (from, "default");

  copy_text (from, to, "type", LETTERS);
  copy_number (from, to, "minimum");
  copy_number (from, to, "maximum");
  if (values != NULL)
    json_object_set_array_member (to, "values", copy_values (values));
  if (preset != NULL && JSON_NODE_HOLDS_VALUE (preset) &&
      (!is_text_node (preset) || is_plain_text (json_node_get_string (preset))))
    json_object_set_member (to, "default", json_node_copy (preset));

  return to;
}

static void
copy_parameters (JsonObject *from,
                 JsonObject *to)
{
  JsonObject *described = reshoot_json_get_object (from, "parameters");
  g_autoptr (GList) names = described != NULL ? json_object_get_members (described) : NULL;
  JsonObject *parameters = json_object_new ();

  for (GList *l = names; l != NULL; l = l->next)
    {
      JsonObject *parameter = reshoot_json_get_object (described, l->data);

      if (parameter != NULL && is_made_of (l->data, LETTERS) &&
          json_object_get_size (parameters) < MAX_PARAMETERS)
        json_object_set_object_member (parameters, l->data, copy_parameter (parameter));
    }

  /* Without a word of its own a model has the parameters of its provider. */
  if (described != NULL)
    json_object_set_object_member (to, "parameters", parameters);
  else
    json_object_unref (parameters);
}

static gboolean
is_id_of (const char *id,
          const char *provider)
{
  g_autofree char *prefix = g_strconcat (provider, "/", NULL);

  return is_made_of (id, LETTERS "/@:+") && g_str_has_prefix (id, prefix) &&
         strlen (id) > strlen (prefix) && strstr (id, "//") == NULL && !g_str_has_suffix (id, "/");
}

/* (nullable): what is taken of one model */
static JsonObject *
copy_model (JsonObject *from,
            JsonObject *description,
            const char *date)
{
  const char *id = reshoot_json_get_string (from, "id");
  const char *name = reshoot_json_get_string (from, "name");
  JsonObject *model;

  if (!is_id_of (id, reshoot_json_get_string (description, "provider")))
    return NULL;

  model = json_object_new ();
  json_object_set_string_member (model, "id", id);
  json_object_set_string_member (model, "name", is_plain_text (name) ? name : id);
  copy_text (from, model, "path", LETTERS "/:+");
  copy_text (from, model, "model", LETTERS "/@:+ ");
  copy_text (from, model, "image", LETTERS);
  copy_price (from, model, description, date);
  copy_parameters (from, model);

  return model;
}

static gboolean
is_day (const char *text)
{
  g_autoptr (GTimeZone) utc = g_time_zone_new_utc ();
  g_autofree char *whole = g_strconcat (text != NULL ? text : "", "T00:00:00", NULL);
  g_autoptr (GDateTime) day = g_date_time_new_from_iso8601 (whole, utc);

  return day != NULL && strlen (text) == strlen ("2026-11-22");
}

/**
 * reshoot_discovery_load:
 * @description: a provider's catalogue file
 *
 * Returns: (transfer full) (nullable): the models that it told of when it was asked last, as a catalogue file has them,
 *   each with an id that is the provider's and, where there is a price, the day it was told; %NULL where it was never
 *   asked, or where the file is not to be trusted
 */
JsonArray *
reshoot_discovery_load (JsonObject *description)
{
  const char *provider = reshoot_json_get_string (description, "provider");
  g_autofree char *path = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (JsonObject) file = NULL;
  JsonArray *told;
  JsonArray *models;
  const char *date;
  GStatBuf about;
  char *text;
  gsize length;

  if (!is_provider (provider) || reshoot_json_get_boolean (description, "local"))
    return NULL;

  path = dup_path (provider);
  if (g_stat (path, &about) != 0 || !S_ISREG (about.st_mode) || about.st_size > MAX_FILE ||
      !g_file_get_contents (path, &text, &length, NULL))
    return NULL;

  bytes = g_bytes_new_take (text, length);
  file = reshoot_json_parse_object (bytes, NULL);
  date = reshoot_json_get_string (file, "date");
  told = reshoot_json_get_array (file, "models");
  if (told == NULL || !is_day (date))
    return NULL;

  models = json_array_new ();
  for (guint i = 0; i < MIN (json_array_get_length (told), MAX_MODELS); i++)
    {
      JsonObject *model = copy_model (reshoot_json_get_item (told, i), description, date);

      if (model != NULL)
        json_array_add_object_element (models, model);
    }

  return models;
}

/**
 * reshoot_discovery_store:
 * @provider: a provider's short name
 * @models: what it told of, as the "models" of a catalogue file
 * @error: return location for an error
 *
 * Keeps it, with today's date, for this and later sessions. Errors are those of the file system, and
 * %RESHOOT_ERROR_TOO_LARGE where a service tells of more than anybody could want.
 *
 * Returns: whether it is kept
 */
gboolean
reshoot_discovery_store (const char  *provider,
                         JsonArray   *models,
                         GError     **error)
{
  g_autofree char *folder = dup_folder ();
  g_autofree char *path = NULL;
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autofree char *date = g_date_time_format (now, "%Y-%m-%d");
  g_autoptr (JsonNode) node = json_node_new (JSON_NODE_OBJECT);
  JsonObject *file = json_object_new ();
  g_autofree char *text = NULL;
  g_autoptr (GError) file_error = NULL;
  g_autoptr (GError) io_error = NULL;

  g_return_val_if_fail (is_provider (provider), FALSE);

  json_object_set_string_member (file, "date", date);
  json_object_set_array_member (file, "models", json_array_ref (models));
  json_node_take_object (node, file);
  text = json_to_string (node, TRUE);
  path = dup_path (provider);

  if (strlen (text) > MAX_FILE)
    {
      reshoot_set_error (error, RESHOOT_ERROR_TOO_LARGE, "service", provider, "a list of models too long");
      return FALSE;
    }

  if (g_mkdir_with_parents (folder, 0700) == 0 && g_file_set_contents (path, text, -1, &file_error))
    return TRUE;

  if (file_error != NULL)
    io_error = g_error_new_literal (G_IO_ERROR, (int) g_io_error_from_file_error (file_error->code),
                                    file_error->message);
  else
    io_error = g_error_new (G_IO_ERROR, (int) g_io_error_from_errno (errno), "%s", g_strerror (errno));

  g_propagate_error (error, reshoot_error_new_from_io (io_error, path));
  return FALSE;
}
