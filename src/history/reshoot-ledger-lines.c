/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A ledger's entry as a line: JSON with the body word for word, so that who reads it can compute the hash; and CSV as
 * RFC 4180 has it, in which nothing that a person or a stranger wrote becomes a formula. */

#include "reshoot-ledger-lines.h"

#include <math.h>
#include <string.h>

#include "reshoot-json.h"

const char reshoot_ledger_csv_header[] =
  "n,time,kind,step,uuid,model,provider,state,estimate,quoted,settled,charged,seconds,picture,detail,hash,project\r\n";

static void
append_json_string (GString    *text,
                    const char *string)
{
  g_autofree char *valid = g_utf8_make_valid (string, -1);
  g_autoptr (JsonNode) node = json_node_init_string (json_node_alloc (), valid);
  g_autofree char *quoted = reshoot_json_to_text (node);

  g_string_append (text, quoted);
}

static JsonObject *
parse_body (const char  *body,
            JsonNode   **node)
{
  *node = reshoot_json_from_text (body, NULL, NULL);
  return *node != NULL && JSON_NODE_HOLDS_OBJECT (*node) ? json_node_get_object (*node) : NULL;
}

/* Whether @body can stand in a line as it is: an object on one line. */
static gboolean
fits_line (const char *body)
{
  g_autoptr (JsonNode) node = NULL;

  for (const char *c = body; *c != '\0'; c++)
    if ((guint8) *c < 0x20)
      return FALSE;

  return parse_body (body, &node) != NULL;
}

/* One object and a line end. A body that is no object on one line, in a ledger that was tampered with, is a text. */
void
reshoot_ledger_append_json (GString                 *text,
                            const ReshootLedgerLine *line)
{
  g_string_append (text, "{\"body\":");
  if (fits_line (line->body))
    g_string_append (text, line->body);
  else
    append_json_string (text, line->body);

  g_string_append (text, ",\"hash\":");
  append_json_string (text, line->hash);
  if (line->joined > 0)
    g_string_append_printf (text, ",\"joined\":%" G_GINT64_FORMAT, line->joined);
  g_string_append (text, ",\"kind\":");
  append_json_string (text, line->kind);
  g_string_append_printf (text, ",\"n\":%" G_GINT64_FORMAT ",\"previous\":", line->n);
  append_json_string (text, line->previous);
  if (line->project != NULL)
    {
      g_string_append (text, ",\"project\":");
      append_json_string (text, line->project);
    }
  g_string_append (text, ",\"time\":");
  append_json_string (text, line->time);
  g_string_append (text, "}\n");
}

/* A cell. What begins like a formula gets an apostrophe in front, which spreadsheets take for "this is text". */
static void
append_cell (GString    *text,
             const char *value)
{
  g_autofree char *valid = value != NULL ? g_utf8_make_valid (value, -1) : g_strdup ("");
  gboolean is_formula = *valid != '\0' && strchr ("=+-@\t\r", *valid) != NULL;

  if (strpbrk (valid, ",\"\r\n") == NULL)
    {
      g_string_append_printf (text, "%s%s", is_formula ? "'" : "", valid);
      return;
    }

  g_string_append (text, is_formula ? "\"'" : "\"");
  for (const char *c = valid; *c != '\0'; c++)
    {
      if (*c == '"')
        g_string_append_c (text, '"');
      g_string_append_c (text, *c);
    }
  g_string_append_c (text, '"');
}

static void
append_number_cell (GString    *text,
                    JsonObject *body,
                    const char *name)
{
  double number = NAN;

  if (body != NULL)
    number = json_object_get_double_member_with_default (body, name, NAN);

  if (isfinite (number))
    {
      g_autoptr (JsonNode) node = json_node_init_double (json_node_alloc (), number);
      g_autofree char *written = reshoot_json_to_text (node);

      g_string_append (text, written);
    }

  g_string_append_c (text, ',');
}

static void
append_text_cell (GString    *text,
                  JsonObject *body,
                  const char *name)
{
  if (body != NULL)
    append_cell (text, json_object_get_string_member_with_default (body, name, NULL));

  g_string_append_c (text, ',');
}

/* Who made the step: its request alone tells, and a sheet wants it beside every price. */
static void
append_model (GString         *text,
              JsonObject      *body,
              ReshootDatabase *database)
{
  const char *uuid = NULL;
  g_autoptr (ReshootQuery) query = NULL;

  if (body != NULL)
    uuid = json_object_get_string_member_with_default (body, "uuid", NULL);

  query = reshoot_query_new (database, NULL,
                             "SELECT model, provider FROM step JOIN job ON job.step = step.id WHERE uuid = ?", "s",
                             uuid);
  if (query != NULL && reshoot_query_next (query, NULL))
    {
      append_cell (text, reshoot_query_get_text (query, 0));
      g_string_append_c (text, ',');
      append_cell (text, reshoot_query_get_text (query, 1));
      g_string_append_c (text, ',');
    }
  else
    g_string_append (text, ",,");
}

/* One row, in the order of the header. */
void
reshoot_ledger_append_csv (GString                 *text,
                           const ReshootLedgerLine *line,
                           ReshootDatabase         *database)
{
  static const char *const prices[] = { "estimate", "quoted", "settled" };
  g_autoptr (JsonNode) node = NULL;
  JsonObject *body = parse_body (line->body, &node);

  g_string_append_printf (text, "%" G_GINT64_FORMAT ",", line->n);
  append_cell (text, line->time);
  g_string_append_c (text, ',');
  append_cell (text, line->kind);
  g_string_append_c (text, ',');
  append_number_cell (text, body, "step");
  append_text_cell (text, body, "uuid");
  append_model (text, body, database);
  append_text_cell (text, body, "state");
  for (guint i = 0; i < G_N_ELEMENTS (prices); i++)
    append_number_cell (text, body, prices[i]);
  append_text_cell (text, body, "charged");
  append_number_cell (text, body, "seconds");
  append_text_cell (text, body, "picture");
  append_cell (text, line->body);
  g_string_append_c (text, ',');
  append_cell (text, line->hash);
  g_string_append_c (text, ',');
  append_cell (text, line->project);
  g_string_append (text, "\r\n");
}
