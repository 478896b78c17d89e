/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-cli-private.h"

G_BEGIN_DECLS

/**
 * ReshootCliReference:
 * @path: of the picture
 * @role: "product", "style", "scene" or "reference"
 * @image: (nullable): once it is loaded
 *
 * A picture that goes along beside the source.
 */
typedef struct
{
  char         *path;
  const char   *role;
  ReshootImage *image;
} ReshootCliReference;

/**
 * ReshootCliEdit:
 * @image: (nullable): the photo's path; may be missing where @from says all
 * @output: (nullable): where the result goes
 * @from: (nullable): the number of the step to begin with
 * @project: (nullable): the path of the project that was named
 * @instructions: of char *, at least one
 * @models: of ReshootModel, at least one
 * @parameters: of JsonObject, one a model
 * @references: of ReshootCliReference: the pictures that go along
 * @region: x, y, width, height of the part that may change, in pixels; NANs = all of it
 * @takes: how many results of each model
 * @budget: US dollars, NAN = none
 * @allow_public: whether the picture may be put where anybody can load it
 * @raw: whether replies stay as they come
 * @whole: whether all of the picture is sent, however small the region is
 * @json: whether to print JSON
 *
 * What `reshoot edit` was asked, read and found to make sense.
 */
typedef struct
{
  const char *image;
  const char *output;
  const char *from;
  const char *project;
  GPtrArray  *instructions;
  GPtrArray  *models;
  GPtrArray  *parameters;
  GPtrArray  *references;
  double      region[4];
  int         takes;
  double      budget;
  gboolean    allow_public;
  gboolean    raw;
  gboolean    whole;
  gboolean    json;
} ReshootCliEdit;

gboolean  reshoot_cli_edit_read       (ReshootCliEdit       *self,
                                       ReshootCli           *cli,
                                       ReshootCliArguments  *arguments,
                                       GError              **error);
gboolean  reshoot_cli_edit_load_references (ReshootCliEdit  *self,
                                       ReshootCli           *cli,
                                       GError              **error);
gboolean  reshoot_cli_edit_check_region (ReshootCliEdit     *self,
                                       ReshootImage         *image,
                                       GError              **error);
void      reshoot_cli_edit_clear      (ReshootCliEdit       *self);
char     *reshoot_cli_edit_dup_output (ReshootCliEdit       *self,
                                       guint                 index,
                                       guint                 n) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootCliEdit, reshoot_cli_edit_clear)

G_END_DECLS
