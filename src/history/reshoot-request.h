/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <math.h>

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "reshoot-image.h"

G_BEGIN_DECLS

/**
 * ReshootRequestPicture:
 *
 * A picture that goes along with a request, beside the source.
 */
typedef struct
{
  const char   *role;      /* of a mask "region" (may change) or "protect" (may not); of a reference "product", "style",
                              "scene", or just "reference" */
  ReshootImage *image;     /* (nullable): NULL in a request that was read: the project has it */
  const char   *digest;    /* of the image; need not be given with it */
} ReshootRequestPicture;

/* What ReshootInputs has as its kind where a model makes new pictures, guided by the source, instead of editing it. */
#define RESHOOT_KIND_REIMAGINE "reimagine"

/* What ReshootInputs has as its landing. */
#define RESHOOT_LANDING_OFF "off"
#define RESHOOT_LANDING_ASK "ask"

/**
 * ReshootInputs:
 *
 * What else mattered when something was asked.
 */
typedef struct
{
  const char                  *application;   /* (nullable): the version of the program that asked */
  const char                  *catalogue;     /* (nullable): the version of the provider's catalogue file */
  double                       region[4];     /* x, y, width, height in pixels of the source; NANs = all of it */
  const ReshootRequestPicture *pictures;
  guint                        n_pictures;
  const char                  *kind;          /* (nullable): RESHOOT_KIND_REIMAGINE; NULL = an edit of the source */
  const char                  *landing;       /* (nullable): RESHOOT_LANDING_OFF: the reply stays as it comes;
                                                 …_ASK: until somebody wants it landed; NULL = it is landed */
  gboolean                     whole;         /* all of the source is sent, however small the region is */
  double                       crop[4];       /* x, y, width, height in pixels of the source: what of it is sent;
                                                 NANs = all of it */
} ReshootInputs;

#define RESHOOT_INPUTS_INIT ((ReshootInputs) { NULL, NULL, { NAN, NAN, NAN, NAN }, NULL, 0, NULL, NULL, FALSE, \
                                                { NAN, NAN, NAN, NAN } })

#define RESHOOT_TYPE_REQUEST (reshoot_request_get_type ())

G_DECLARE_FINAL_TYPE (ReshootRequest, reshoot_request, RESHOOT, REQUEST, GObject)

ReshootRequest *reshoot_request_new             (const char      *instruction,
                                                 const char      *model,
                                                 JsonObject      *parameters) G_GNUC_WARN_UNUSED_RESULT;
ReshootRequest *reshoot_request_new_with_inputs (const char          *instruction,
                                                 const char          *model,
                                                 JsonObject          *parameters,
                                                 const ReshootInputs *inputs) G_GNUC_WARN_UNUSED_RESULT;
ReshootRequest *reshoot_request_new_from_json   (JsonNode        *json,
                                                 GError         **error) G_GNUC_WARN_UNUSED_RESULT;
JsonNode       *reshoot_request_to_json         (ReshootRequest  *self) G_GNUC_WARN_UNUSED_RESULT;
const char     *reshoot_request_get_instruction (ReshootRequest  *self);
const char     *reshoot_request_get_model       (ReshootRequest  *self);
char           *reshoot_request_dup_provider    (ReshootRequest  *self) G_GNUC_WARN_UNUSED_RESULT;
JsonObject     *reshoot_request_get_parameters  (ReshootRequest  *self);
const ReshootInputs *reshoot_request_get_inputs (ReshootRequest  *self);
gboolean        reshoot_request_get_is_reimagining (ReshootRequest *self);
gboolean        reshoot_request_get_has_region     (ReshootRequest *self);
gboolean        reshoot_request_is_reference       (const char     *role);

G_END_DECLS
