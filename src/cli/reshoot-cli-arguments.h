/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-matte.h"

G_BEGIN_DECLS

typedef enum
{
  RESHOOT_CLI_FLAG,   /* takes no value */
  RESHOOT_CLI_ONCE,   /* takes a value, may be given once */
  RESHOOT_CLI_MANY,   /* takes a value, may be given again and again */
} ReshootCliOptionKind;

/**
 * ReshootCliOption:
 * @name: the long name, without dashes; %NULL ends a list
 * @letter: the short name, 0 = none
 * @kind: whether it takes a value, and how often
 * @value: (nullable): what the help calls the value
 * @help: one line for the help, to be translated
 *
 * An option that a command knows.
 */
typedef struct
{
  const char           *name;
  char                  letter;
  ReshootCliOptionKind  kind;
  const char           *value;
  const char           *help;
} ReshootCliOption;

typedef struct _ReshootCliArguments ReshootCliArguments;

ReshootCliArguments *reshoot_cli_arguments_parse          (const ReshootCliOption  *options,
                                                           char                   **argv,
                                                           GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
void                 reshoot_cli_arguments_free           (ReshootCliArguments     *self);
guint                reshoot_cli_arguments_get_n_operands (ReshootCliArguments     *self);
const char          *reshoot_cli_arguments_get_operand    (ReshootCliArguments     *self,
                                                           guint                    index);
gboolean             reshoot_cli_arguments_get_flag       (ReshootCliArguments     *self,
                                                           const char              *name);
const char          *reshoot_cli_arguments_get_value      (ReshootCliArguments     *self,
                                                           const char              *name);
const char *const   *reshoot_cli_arguments_get_values     (ReshootCliArguments     *self,
                                                           const char              *name);
gboolean             reshoot_cli_arguments_get_whole      (ReshootCliArguments     *self,
                                                           const char              *name,
                                                           int                      least,
                                                           int                      most,
                                                           int                     *number,
                                                           GError                 **error);
gboolean             reshoot_cli_arguments_get_amount     (ReshootCliArguments     *self,
                                                           const char              *name,
                                                           double                  *amount,
                                                           GError                 **error);
gboolean             reshoot_cli_arguments_get_box        (ReshootCliArguments     *self,
                                                           const char              *name,
                                                           ReshootBox              *box,
                                                           gboolean                *given,
                                                           GError                 **error);
ReshootHints        *reshoot_cli_arguments_dup_hints      (ReshootCliArguments     *self,
                                                           gboolean                *given,
                                                           GError                 **error) G_GNUC_WARN_UNUSED_RESULT;
char                *reshoot_cli_dup_text                 (const char              *argument,
                                                           GError                 **error) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootCliArguments, reshoot_cli_arguments_free)

G_END_DECLS
