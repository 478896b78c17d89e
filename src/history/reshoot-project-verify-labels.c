/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What people say of steps can change as often as they like: what an entry told last of it must be what the row says.
 * A table names, for each kind, the members of its entries and the columns of its rows; both become one text, and
 * those are compared. */

#include "reshoot-project-verify-private.h"

#define MAX_VALUES 8

/* Between the parts of a text: no name or note has it. */
#define SEPARATOR '\x1f'

typedef struct
{
  const char *kind;                 /* of the entries that tell it */
  const char *key;                  /* the member that says, beside the step, what it is about */
  const char *values[MAX_VALUES];   /* the members that say what it is now; "@time": the entry's own */
  const char *none;                 /* what a row says, or no row at all, that nobody told of */
  const char *sql;                  /* the step's number, whether it may be untold, the key, then the values */
} Label;

static const Label labels[] = {
  { "rating", "uuid", { "rating" }, "0", "SELECT id, 0, uuid, rating FROM step" },

  /* An original was given its title before titles were told. */
  { "title", "uuid", { "title" }, "", "SELECT id, kind = 'original', uuid, title FROM step" },
  { "branch", "uuid", { "name" }, "", "SELECT id, 0, uuid, name FROM branch JOIN step ON step.id = step" },
  { "tag", "uuid", { "tags" }, "",
    "SELECT id, 0, uuid, group_concat (tag, char (31)) FROM"
    "  (SELECT id, uuid, tag FROM tag JOIN step ON step.id = step ORDER BY id, tag) GROUP BY id" },
  { "verdict", "author", { "verdict", "reason", "@time" }, "",
    "SELECT id, 0, uuid || char (31) || author, verdict, reason, given FROM verdict JOIN step ON step.id = step" },
  { "note", "note", { "author", "text", "x", "y", "width", "height", "removed" }, NULL,
    "SELECT step.id, 0, step.uuid || char (31) || note.uuid, author, text, x, y, width, height,"
    "  CASE WHEN removed IS NOT NULL THEN 1 END FROM note JOIN step ON step.id = step" },
  { "bin", "uuid", { "bin" }, "",
    "SELECT id, 0, uuid, CASE WHEN purged IS NULL THEN 'bin' ELSE 'purge' END FROM bin JOIN step ON step.id = step" },
};

/* What was told last. */
typedef struct
{
  const Label *label;
  char        *value;
  char        *place;
  gboolean     is_seen;   /* there is a row for it */
} ReshootToldLabel;

static void
told_label_free (gpointer data)
{
  ReshootToldLabel *told = data;

  g_free (told->value);
  g_free (told->place);
  g_free (told);
}

static void
append_number (GString *text,
               double   number)
{
  char buffer[G_ASCII_DTOSTR_BUF_SIZE];

  g_string_append (text, g_ascii_formatd (buffer, sizeof buffer, "%.17g", number));
}

static JsonArray *
get_array (JsonObject *body,
           const char *name)
{
  JsonNode *node = json_object_get_member (body, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

/* A list is its elements, a number as it reads back the same, true is 1, and what is missing is nothing. */
static void
append_member (GString    *text,
               JsonObject *body,
               const char *name)
{
  JsonNode *node = json_object_get_member (body, name);
  JsonArray *array = get_array (body, name);

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    {
      JsonNode *element = json_array_get_element (array, i);

      if (i > 0)
        g_string_append_c (text, SEPARATOR);
      if (json_node_get_value_type (element) == G_TYPE_STRING)
        g_string_append (text, json_node_get_string (element));
    }

  if (node == NULL || !JSON_NODE_HOLDS_VALUE (node))
    return;

  if (json_node_get_value_type (node) == G_TYPE_STRING)
    g_string_append (text, json_node_get_string (node));
  else if (json_node_get_value_type (node) == G_TYPE_BOOLEAN)
    g_string_append (text, json_node_get_boolean (node) ? "1" : "");
  else
    append_number (text, json_node_get_double (node));
}

static void
tell (ReshootCheck             *check,
      const Label              *label,
      const char               *about,
      const char               *value,
      const ReshootLedgerEntry *entry)
{
  ReshootToldLabel *told = g_new0 (ReshootToldLabel, 1);

  if (check->labels == NULL)
    check->labels = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, told_label_free);

  told->label = label;
  told->value = g_strdup (value);
  told->place = reshoot_ledger_dup_place (entry);
  g_hash_table_replace (check->labels, g_strdup_printf ("%s %s", label->kind, about), told);
}

gboolean
reshoot_check_is_label (const char *kind)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].kind, kind))
      return TRUE;

  return g_str_equal (kind, "restore");
}

/* What @entry says @label is now. */
static char *
dup_told_value (ReshootCheck             *check,
                const Label              *label,
                const ReshootLedgerEntry *entry,
                const char               *uuid)
{
  g_autoptr (GString) value = g_string_new (NULL);

  for (guint i = 0; i < MAX_VALUES && label->values[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (value, SEPARATOR);

      if (g_str_equal (label->values[i], "@time"))
        g_string_append (value, entry->time);
      else
        append_member (value, entry->body, label->values[i]);
    }

  /* The bin says which entry it was; a verdict taken back has no time, and an original without a title has the one it
   * was brought in with. */
  if (g_str_equal (label->kind, "bin"))
    g_string_assign (value, g_str_equal (entry->kind, "bin") ? "bin" : "");
  else if (g_str_equal (label->kind, "verdict") && value->str[0] == SEPARATOR)
    g_string_assign (value, "");
  else if (g_str_equal (label->kind, "title") && value->len == 0 && g_hash_table_contains (check->titles, uuid))
    g_string_assign (value, g_hash_table_lookup (check->titles, uuid));

  return g_strdup (value->str);
}

/* Takes down what @entry tells. Returns: whether it is about a step that was told. */
gboolean
reshoot_check_tell_label (ReshootCheck             *check,
                          const ReshootLedgerEntry *entry)
{
  const char *kind = g_str_equal (entry->kind, "restore") ? "bin" : entry->kind;
  const char *uuid = reshoot_check_get_uuid (check, entry->body);

  if (!reshoot_check_is_known (check, uuid))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (labels) && reshoot_check_counts (check, uuid); i++)
    if (g_str_equal (labels[i].kind, kind))
      {
        g_autoptr (GString) about = g_string_new (uuid);
        g_autofree char *value = dup_told_value (check, &labels[i], entry, uuid);

        if (!g_str_equal (labels[i].key, "uuid"))
          {
            g_string_append_c (about, SEPARATOR);
            append_member (about, entry->body, labels[i].key);
          }

        tell (check, &labels[i], about->str, value, entry);
      }

  /* A note's row has the times of some of its entries. */
  if (g_str_equal (kind, "note"))
    g_hash_table_add (check->facts, g_strdup_printf ("note %s %s", reshoot_check_get_text (entry->body, "note"),
                                                     entry->time));

  return TRUE;
}

/* The title that an original was brought in with. */
void
reshoot_check_tell_title (ReshootCheck             *check,
                          const ReshootLedgerEntry *entry,
                          const char               *uuid)
{
  const char *title = reshoot_check_get_text (entry->body, "title");

  if (*title == '\0')
    return;

  g_hash_table_insert (check->titles, g_strdup (uuid), g_strdup (title));
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    if (g_str_equal (labels[i].kind, "title"))
      tell (check, &labels[i], uuid, title, entry);
}

static void
tell_purged (ReshootCheck             *check,
             const char               *uuid,
             const ReshootLedgerEntry *entry)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels) && reshoot_check_counts (check, uuid); i++)
    if (g_str_equal (labels[i].kind, "bin"))
      tell (check, &labels[i], uuid, "purge", entry);
}

/* Whose steps and bytes are gone for good. */
gboolean
reshoot_check_tell_purge (ReshootCheck             *check,
                          const ReshootLedgerEntry *entry)
{
  JsonArray *steps = get_array (entry->body, "steps");
  JsonArray *pictures = get_array (entry->body, "pictures");

  for (guint i = 0; steps != NULL && i < json_array_get_length (steps); i++)
    {
      const char *uuid = json_array_get_string_element (steps, i);
      const char *alias = uuid != NULL ? g_hash_table_lookup (check->aliases, uuid) : NULL;

      if (uuid == NULL || !reshoot_check_is_known (check, alias != NULL ? alias : uuid))
        return FALSE;

      tell_purged (check, alias != NULL ? alias : uuid, entry);
    }

  for (guint i = 0; pictures != NULL && i < json_array_get_length (pictures); i++)
    {
      const char *digest = json_array_get_string_element (pictures, i);

      if (digest == NULL)
        return FALSE;

      g_hash_table_add (check->purged, g_strdup (digest));
    }

  return steps != NULL && pictures != NULL;
}

static char *
dup_row_value (const Label  *label,
               ReshootQuery *query)
{
  g_autoptr (GString) value = g_string_new (NULL);

  for (guint i = 0; i < MAX_VALUES && label->values[i] != NULL; i++)
    {
      if (i > 0)
        g_string_append_c (value, SEPARATOR);

      if (reshoot_query_is_real (query, 3 + i))
        append_number (value, reshoot_query_get_real (query, 3 + i));
      else if (reshoot_query_get_text (query, 3 + i) != NULL)
        g_string_append (value, reshoot_query_get_text (query, 3 + i));
    }

  return g_strdup (value->str);
}

static gboolean
check_label_row (ReshootCheck *check,
                 const Label  *label,
                 ReshootQuery *query,
                 GError      **error)
{
  g_autofree char *value = dup_row_value (label, query);
  g_autofree char *name = g_strdup_printf ("%s %s", label->kind, reshoot_query_get_text (query, 2));
  ReshootToldLabel *told = check->labels != NULL ? g_hash_table_lookup (check->labels, name) : NULL;

  if (told == NULL)
    {
      if (reshoot_query_get_integer (query, 1) || g_strcmp0 (value, label->none) == 0)
        return TRUE;

      return reshoot_check_set_untold (reshoot_query_get_integer (query, 0), label->kind, error);
    }

  told->is_seen = TRUE;
  if (g_str_equal (value, told->value))
    return TRUE;

  reshoot_ledger_set_error (told->place, "tells something else than the project", error);
  return FALSE;
}

/* What was told and has no row any more must have been told away. The first such entry is named. */
static gboolean
check_all_seen (ReshootCheck *check,
                GError      **error)
{
  GHashTableIter iter;
  gpointer value;

  if (check->labels == NULL)
    return TRUE;

  g_hash_table_iter_init (&iter, check->labels);
  while (g_hash_table_iter_next (&iter, NULL, &value))
    {
      ReshootToldLabel *told = value;

      if (!told->is_seen && g_strcmp0 (told->value, told->label->none) != 0)
        {
          reshoot_ledger_set_error (told->place, "tells what the project lacks", error);
          return FALSE;
        }
    }

  return TRUE;
}

gboolean
reshoot_check_label_rows (ReshootCheck  *check,
                          GError       **error)
{
  for (guint i = 0; i < G_N_ELEMENTS (labels); i++)
    {
      g_autoptr (ReshootQuery) query = reshoot_query_new (check->database, error, labels[i].sql, "");
      g_autoptr (GError) local = NULL;

      if (query == NULL)
        return FALSE;

      while (reshoot_query_next (query, &local))
        if (!check_label_row (check, &labels[i], query, error))
          return FALSE;

      if (local != NULL)
        {
          g_propagate_error (error, g_steal_pointer (&local));
          return FALSE;
        }
    }

  return check_all_seen (check, error);
}
