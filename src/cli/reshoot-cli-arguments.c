/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads a command's arguments against its table of options. GOptionContext is not used: it converts every text from
 * the locale's encoding (and so fails in the C locale on "wärmer"), answers mistakes in sentences of its own, and knows
 * nothing of numbers that make no sense. Values are kept as bytes, for paths; reshoot_cli_dup_text() makes text. */

#include "reshoot-cli-arguments.h"

#include "reshoot-error.h"

#include <string.h>

struct _ReshootCliArguments
{
  GPtrArray  *operands;   /* (owned): of char * */
  GHashTable *values;     /* (owned): name → GPtrArray of char *, NULL-terminated; a flag has one empty value */
};

static const ReshootCliOption *
find_long (const ReshootCliOption *options,
           const char             *name,
           gsize                   length)
{
  for (const ReshootCliOption *option = options; option->name != NULL; option++)
    if (strlen (option->name) == length && strncmp (option->name, name, length) == 0)
      return option;

  return NULL;
}

static const ReshootCliOption *
find_short (const ReshootCliOption *options,
            char                    letter)
{
  for (const ReshootCliOption *option = options; option->name != NULL; option++)
    if (option->letter != 0 && option->letter == letter)
      return option;

  return NULL;
}

/* Finds the option that @argument names, and the value that it carries itself ("--takes=2", "-ofile"). */
static const ReshootCliOption *
find_option (const ReshootCliOption  *options,
             const char              *argument,
             const char             **value)
{
  const ReshootCliOption *option;

  *value = NULL;

  if (argument[1] == '-')
    {
      gsize length = strcspn (argument + 2, "=");

      option = find_long (options, argument + 2, length);
      if (argument[2 + length] == '=')
        *value = argument + 2 + length + 1;
    }
  else
    {
      option = find_short (options, argument[1]);
      if (argument[2] != '\0')
        *value = argument + 2;
    }

  return option;
}

static gboolean
add_value (ReshootCliArguments    *self,
           const ReshootCliOption *option,
           const char             *value,
           GError                **error)
{
  GPtrArray *values = g_hash_table_lookup (self->values, option->name);

  if (values == NULL)
    {
      values = g_ptr_array_new_with_free_func (g_free);
      g_hash_table_insert (self->values, (char *) option->name, values);
    }
  else if (option->kind == RESHOOT_CLI_ONCE)
    {
      g_autofree char *subject = g_strdup_printf ("--%s", option->name);

      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-twice", subject, "given twice");
      return FALSE;
    }
  else
    {
      g_ptr_array_remove_index (values, values->len - 1);   /* the NULL at the end */
    }

  g_ptr_array_add (values, g_strdup (value));
  g_ptr_array_add (values, NULL);
  return TRUE;
}

/* Takes the option at @argv and what belongs to it. Returns how many arguments that were, 0 on an error. */
static guint
take_option (ReshootCliArguments     *self,
             const ReshootCliOption  *options,
             char                   **argv,
             GError                 **error)
{
  const char *value;
  const ReshootCliOption *option = find_option (options, argv[0], &value);
  gboolean takes_value;

  if (option == NULL)
    {
      g_autofree char *subject = g_strndup (argv[0], strcspn (argv[0], "="));

      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "unknown-option", subject, "unknown option");
      return 0;
    }

  takes_value = option->kind != RESHOOT_CLI_FLAG;
  if (!takes_value && value != NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-no-value", argv[0], "takes no value");
      return 0;
    }

  if (!takes_value || value != NULL)
    return add_value (self, option, value != NULL ? value : "", error) ? 1 : 0;

  /* "-i --json" is a forgotten value, "-i -20% saturation" is not. */
  if (argv[1] == NULL || g_str_has_prefix (argv[1], "--"))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "option-value-missing", argv[0], "no value");
      return 0;
    }

  return add_value (self, option, argv[1], error) ? 2 : 0;
}

/**
 * reshoot_cli_arguments_parse:
 * @options: what the command knows, ended by an option without a name
 * @argv: (array zero-terminated=1): the arguments behind the command
 * @error: return location for an error
 *
 * Knows `--name value`, `--name=value`, `-n value` and `-nvalue`; `--` ends the options. Fails with
 * %RESHOOT_ERROR_INVALID_REQUEST and the option as its subject.
 *
 * Returns: (transfer full): the arguments, or %NULL
 */
ReshootCliArguments *
reshoot_cli_arguments_parse (const ReshootCliOption  *options,
                             char                   **argv,
                             GError                 **error)
{
  g_autoptr (ReshootCliArguments) self = g_new0 (ReshootCliArguments, 1);
  gboolean ended = FALSE;
  guint i = 0;

  self->operands = g_ptr_array_new_with_free_func (g_free);
  self->values = g_hash_table_new_full (g_str_hash, g_str_equal,
                                        NULL, (GDestroyNotify) g_ptr_array_unref);

  while (argv[i] != NULL)
    {
      if (!ended && g_str_equal (argv[i], "--"))
        {
          ended = TRUE;
          i++;
        }
      else if (!ended && argv[i][0] == '-' && argv[i][1] != '\0')
        {
          guint taken = take_option (self, options, argv + i, error);

          if (taken == 0)
            return NULL;

          i += taken;
        }
      else
        {
          g_ptr_array_add (self->operands, g_strdup (argv[i++]));
        }
    }

  return g_steal_pointer (&self);
}

void
reshoot_cli_arguments_free (ReshootCliArguments *self)
{
  g_ptr_array_unref (self->operands);
  g_hash_table_unref (self->values);
  g_free (self);
}

guint
reshoot_cli_arguments_get_n_operands (ReshootCliArguments *self)
{
  return self->operands->len;
}

/**
 * reshoot_cli_arguments_get_operand:
 * @self: arguments
 * @index: which one
 *
 * Returns: (nullable) (transfer none): an argument that is no option, as bytes; %NULL past the last
 */
const char *
reshoot_cli_arguments_get_operand (ReshootCliArguments *self,
                                   guint                index)
{
  return index < self->operands->len ? g_ptr_array_index (self->operands, index) : NULL;
}

gboolean
reshoot_cli_arguments_get_flag (ReshootCliArguments *self,
                                const char          *name)
{
  return g_hash_table_contains (self->values, name);
}

/**
 * reshoot_cli_arguments_get_value:
 * @self: arguments
 * @name: of an option
 *
 * Returns: (nullable) (transfer none): its value as bytes, %NULL where it was not given
 */
const char *
reshoot_cli_arguments_get_value (ReshootCliArguments *self,
                                 const char          *name)
{
  GPtrArray *values = g_hash_table_lookup (self->values, name);

  return values != NULL ? g_ptr_array_index (values, 0) : NULL;
}

/**
 * reshoot_cli_arguments_get_values:
 * @self: arguments
 * @name: of an option
 *
 * Returns: (nullable) (array zero-terminated=1) (transfer none): its values in order, %NULL where it was not given
 */
const char *const *
reshoot_cli_arguments_get_values (ReshootCliArguments *self,
                                  const char          *name)
{
  GPtrArray *values = g_hash_table_lookup (self->values, name);

  return values != NULL ? (const char *const *) values->pdata : NULL;
}
