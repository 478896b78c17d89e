/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

#include "reshoot-money.h"

G_BEGIN_DECLS

/**
 * ReshootModel:
 *
 * One model of the catalogue: what the vendor calls it, what it takes, what it costs. Data only.
 * Properties: "id" ("bfl/flux-kontext-pro"), "provider" ("bfl"), "name" ("FLUX.1 Kontext Pro").
 * Its JSON: id, name, path, price {amount, unit, times, credit, currency, date, source},
 * limits {bytes, pixels, sizes [[w, h]]},
 * parameters {NAME: {type, default, minimum, maximum, values}}, concurrent, seconds.
 */
#define RESHOOT_TYPE_MODEL (reshoot_model_get_type ())

G_DECLARE_FINAL_TYPE (ReshootModel, reshoot_model, RESHOOT, MODEL, GObject)

/* What cancelling does at the service. */
typedef enum
{
  RESHOOT_CANCEL_NONE,     /* nothing: it goes on, and may charge */
  RESHOOT_CANCEL_MARKS,    /* it is told, and may go on nevertheless */
  RESHOOT_CANCEL_QUEUED,   /* it ends what waits there; what is being made goes on */
  RESHOOT_CANCEL_STOPS,    /* it ends what is being made, too */
} ReshootCancel;

const char *reshoot_model_get_id         (ReshootModel *self);
const char *reshoot_model_get_provider   (ReshootModel *self);
const char *reshoot_model_get_name       (ReshootModel *self);
gboolean    reshoot_model_get_is_local   (ReshootModel *self);
gboolean    reshoot_model_get_is_reimagining (ReshootModel *self);
ReshootMoney reshoot_model_get_price     (ReshootModel *self);
const char *reshoot_model_get_price_unit (ReshootModel *self);
const char *reshoot_model_get_price_date (ReshootModel *self);
ReshootMoney reshoot_model_estimate      (ReshootModel *self,
                                          JsonObject   *parameters,
                                          int           width,
                                          int           height);
guint       reshoot_model_get_references (ReshootModel *self);
double      reshoot_model_get_seconds    (ReshootModel *self);
ReshootCancel reshoot_model_get_cancel   (ReshootModel *self);
JsonObject *reshoot_model_get_json       (ReshootModel *self);

/* What a person or a script gave as "key=value" becomes a value of the parameter's own type. */
JsonNode   *reshoot_model_parse_parameter  (ReshootModel  *self,
                                            const char    *name,
                                            const char    *text,
                                            GError       **error) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *reshoot_model_resolve_parameters (ReshootModel *self,
                                              JsonObject   *parameters) G_GNUC_WARN_UNUSED_RESULT;
gboolean    reshoot_model_check_parameters (ReshootModel  *self,
                                            JsonObject    *parameters,
                                            GError       **error);
gboolean    reshoot_model_check_references (ReshootModel  *self,
                                            guint          n,
                                            GError       **error);
gboolean    reshoot_model_check_place      (ReshootModel  *self,
                                            JsonObject    *parameters,
                                            GError       **error);
gboolean    reshoot_model_choose_size      (ReshootModel  *self,
                                            int            width,
                                            int            height,
                                            int           *best_width,
                                            int           *best_height);

#define RESHOOT_TYPE_CATALOGUE (reshoot_catalogue_get_type ())

G_DECLARE_FINAL_TYPE (ReshootCatalogue, reshoot_catalogue, RESHOOT, CATALOGUE, GObject)

/* A GListModel of ReshootModel. */

ReshootCatalogue *reshoot_catalogue_new           (GError           **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean          reshoot_catalogue_take_found    (ReshootCatalogue  *self,
                                                   const char        *provider,
                                                   JsonArray         *models,
                                                   GError           **error);
gboolean          reshoot_catalogue_add_provider  (ReshootCatalogue  *self,
                                                   JsonObject        *description,
                                                   GError           **error);
void              reshoot_catalogue_remove_provider (ReshootCatalogue *self,
                                                     const char      *provider);
ReshootModel     *reshoot_catalogue_get_model     (ReshootCatalogue  *self,
                                                   const char        *id);
JsonObject       *reshoot_catalogue_get_provider  (ReshootCatalogue  *self,
                                                   const char        *provider);
GList            *reshoot_catalogue_list_providers (ReshootCatalogue *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
