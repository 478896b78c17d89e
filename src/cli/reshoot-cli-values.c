/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What an argument says: a number, a box, a text. Numbers are written with a point, whatever the locale. */

#include "reshoot-cli-arguments.h"

#include "reshoot-error.h"

#include <math.h>

/* Sides of a box lie below this; also keeps x + width from overflowing. In pixels. */
#define BOX_MAX 1000000

static void
set_value_error (GError     **error,
                 const char  *reason,
                 const char  *name,
                 const char  *value)
{
  g_autofree char *subject = g_strdup_printf ("--%s %s", name, value);

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, reason, subject, "not a value of this option");
}

/**
 * reshoot_cli_arguments_get_whole:
 * @self: arguments
 * @name: of an option
 * @least: the smallest allowed
 * @most: the largest allowed
 * @number: (inout): left alone where the option was not given
 * @error: return location for an error
 *
 * Returns: %FALSE where it is no whole number from @least to @most
 */
gboolean
reshoot_cli_arguments_get_whole (ReshootCliArguments  *self,
                                 const char           *name,
                                 int                   least,
                                 int                   most,
                                 int                  *number,
                                 GError              **error)
{
  const char *value = reshoot_cli_arguments_get_value (self, name);
  gint64 whole;

  if (value == NULL)
    return TRUE;

  if (!g_ascii_string_to_signed (value, 10, least, most, &whole, NULL))
    {
      set_value_error (error, "option-whole", name, value);
      return FALSE;
    }

  *number = (int) whole;
  return TRUE;
}

/**
 * reshoot_cli_arguments_get_amount:
 * @self: arguments
 * @name: of an option
 * @amount: (inout): left alone where the option was not given
 * @error: return location for an error
 *
 * Returns: %FALSE where it is no number from 0 up, written with a point
 */
gboolean
reshoot_cli_arguments_get_amount (ReshootCliArguments  *self,
                                  const char           *name,
                                  double               *amount,
                                  GError              **error)
{
  const char *value = reshoot_cli_arguments_get_value (self, name);
  double number;
  char *end;

  if (value == NULL)
    return TRUE;

  number = g_ascii_strtod (value, &end);
  if (end == value || *end != '\0' || !isfinite (number) || number < 0)
    {
      set_value_error (error, "option-amount", name, value);
      return FALSE;
    }

  *amount = number;
  return TRUE;
}

/**
 * reshoot_cli_arguments_get_box:
 * @self: arguments
 * @name: of an option
 * @box: (out): x, y, width and height in pixels
 * @given: (out): whether the option was given
 * @error: return location for an error
 *
 * Returns: %FALSE where the value is no "x,y,w,h"
 */
gboolean
reshoot_cli_arguments_get_box (ReshootCliArguments  *self,
                               const char           *name,
                               ReshootBox           *box,
                               gboolean             *given,
                               GError              **error)
{
  const char *value = reshoot_cli_arguments_get_value (self, name);
  g_auto (GStrv) parts = NULL;
  gint64 numbers[4];

  *given = value != NULL;
  if (value == NULL)
    return TRUE;

  parts = g_strsplit (value, ",", -1);
  for (guint i = 0; i < 4; i++)
    if (g_strv_length (parts) != 4
        || !g_ascii_string_to_signed (parts[i], 10, i < 2 ? 0 : 1, BOX_MAX, &numbers[i], NULL))
      {
        set_value_error (error, "option-box", name, value);
        return FALSE;
      }

  *box = (ReshootBox) { (int) numbers[0], (int) numbers[1], (int) numbers[2], (int) numbers[3] };
  return TRUE;
}

/* Each stroke is an option of its own. */
static char *
join_strokes (ReshootCliArguments *self,
              const char          *name)
{
  const char *const *values = reshoot_cli_arguments_get_values (self, name);

  return values != NULL ? g_strjoinv (";", (char **) values) : NULL;
}

/**
 * reshoot_cli_arguments_dup_hints:
 * @self: arguments of a command that knows "box", "keep" and "drop"
 * @given: (out): whether any of them was given
 * @error: return location for an error
 *
 * Returns: (transfer full): where the person says that the product is; %NULL where a value is no such thing
 */
ReshootHints *
reshoot_cli_arguments_dup_hints (ReshootCliArguments  *self,
                                 gboolean             *given,
                                 GError              **error)
{
  g_autofree char *keep = join_strokes (self, "keep");
  g_autofree char *drop = join_strokes (self, "drop");
  g_autoptr (ReshootHints) hints = NULL;
  g_autoptr (GError) local = NULL;
  gboolean has_box;
  ReshootBox box;

  if (!reshoot_cli_arguments_get_box (self, "box", &box, &has_box, error))
    return NULL;

  *given = has_box || keep != NULL || drop != NULL;
  hints = reshoot_hints_new_from_text (NULL, keep, drop, &local);
  if (hints == NULL)
    {
      const char *name = reshoot_error_get_subject (local);

      set_value_error (error, "option-points", name, g_str_equal (name, "keep") ? keep : drop);
      return NULL;
    }

  if (has_box)
    reshoot_hints_set_box (hints, &box);
  return g_steal_pointer (&hints);
}

/**
 * reshoot_cli_dup_text:
 * @argument: what was given
 * @error: return location for an error
 *
 * Makes text of an argument: UTF-8 as it is, whatever the locale says, else from the locale's encoding.
 *
 * Returns: (transfer full): text in UTF-8 with something in it, or %NULL
 */
char *
reshoot_cli_dup_text (const char  *argument,
                      GError     **error)
{
  g_autofree char *text = NULL;

  if (g_utf8_validate (argument, -1, NULL))
    text = g_strdup (argument);
  else
    text = g_locale_to_utf8 (argument, -1, NULL, NULL, NULL);

  if (text == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "text-encoding", argument, "not UTF-8");
      return NULL;
    }

  g_strstrip (text);
  if (*text == '\0')
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "text-empty", NULL, "empty text");
      return NULL;
    }

  return g_steal_pointer (&text);
}
