/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-catalogue.h"

G_BEGIN_DECLS

/**
 * ReshootOption:
 * @name: of the parameter
 * @type: "integer", "number", "boolean" or "string"
 * @initial: (nullable): what holds where nothing is chosen; %NULL where the model decides, or where they differ
 * @minimum: of a number; NAN = none
 * @maximum: of a number; NAN = none
 * @values: (nullable): what can be chosen, where not anything can
 * @models: (element-type ReshootModel): those that have it, in the order in which they are asked
 *
 * What can be set beside the words for one model, or for several alike.
 */
typedef struct
{
  char      *name;
  char      *type;
  JsonNode  *initial;
  double     minimum;
  double     maximum;
  GPtrArray *values;
  GPtrArray *models;
} ReshootOption;

GPtrArray *reshoot_option_list    (GListModel    *models) G_GNUC_WARN_UNUSED_RESULT;
gboolean   reshoot_option_applies (ReshootOption *self,
                                   ReshootModel  *model);
gboolean   reshoot_option_is_seed (ReshootOption *self);

G_END_DECLS
