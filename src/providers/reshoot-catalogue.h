/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>
#include <json-glib/json-glib.h>

G_BEGIN_DECLS

/**
 * ReshootModel:
 *
 * One model of the catalogue: what the vendor calls it, what it takes, what it costs. Data only.
 * Properties: "id" ("bfl/flux-kontext-pro"), "provider" ("bfl"), "name" ("FLUX.1 Kontext Pro").
 */
#define RESHOOT_TYPE_MODEL (reshoot_model_get_type ())

G_DECLARE_FINAL_TYPE (ReshootModel, reshoot_model, RESHOOT, MODEL, GObject)

const char *reshoot_model_get_id         (ReshootModel *self);
const char *reshoot_model_get_provider   (ReshootModel *self);
const char *reshoot_model_get_name       (ReshootModel *self);
gboolean    reshoot_model_get_is_local   (ReshootModel *self);
double      reshoot_model_get_price      (ReshootModel *self);
const char *reshoot_model_get_price_unit (ReshootModel *self);
const char *reshoot_model_get_price_date (ReshootModel *self);
double      reshoot_model_get_seconds    (ReshootModel *self);
JsonObject *reshoot_model_get_json       (ReshootModel *self);

#define RESHOOT_TYPE_CATALOGUE (reshoot_catalogue_get_type ())

G_DECLARE_FINAL_TYPE (ReshootCatalogue, reshoot_catalogue, RESHOOT, CATALOGUE, GObject)

/* A GListModel of ReshootModel. */

ReshootCatalogue *reshoot_catalogue_new           (GError           **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootModel     *reshoot_catalogue_get_model     (ReshootCatalogue  *self,
                                                   const char        *id);
JsonObject       *reshoot_catalogue_get_provider  (ReshootCatalogue  *self,
                                                   const char        *provider);

G_END_DECLS
