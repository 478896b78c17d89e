/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-cli-edit-read.h"

G_BEGIN_DECLS

/**
 * ReshootCliPlace:
 * @path: (owned): of the project
 * @temporary: (owned) (nullable): the folder that is removed afterwards
 * @tell_path: nobody asked for a project there, so it has to be said
 *
 * Where the project of an edit lies.
 */
typedef struct
{
  char     *path;
  char     *temporary;
  gboolean  tell_path;
} ReshootCliPlace;

ReshootProject *reshoot_cli_place_open             (ReshootCliPlace  *self,
                                                    ReshootCli       *cli,
                                                    ReshootCliEdit   *asked,
                                                    GError          **error) G_GNUC_WARN_UNUSED_RESULT;
void            reshoot_cli_place_remove_temporary (ReshootCliPlace  *self);
void            reshoot_cli_place_clear            (ReshootCliPlace  *self);

G_END_DECLS
