/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a model costs, by the catalogue's "price": an amount for one image, megapixel, second or credit, or nothing an
 * edit where a subscription pays. It says what an edit will cost as far as that can be known before; what it cost the
 * service says. */

#include "reshoot-catalogue.h"
#include "reshoot-json-read.h"

#include <math.h>

static JsonObject *
get_price (ReshootModel *self)
{
  return reshoot_json_get_object (reshoot_model_get_json (self), "price");
}

/**
 * reshoot_model_get_price:
 * @self: a model
 *
 * Returns: what the catalogue says: the amount for one of its unit; %RESHOOT_MONEY_UNKNOWN = not known
 */
ReshootMoney
reshoot_model_get_price (ReshootModel *self)
{
  g_return_val_if_fail (RESHOOT_IS_MODEL (self), RESHOOT_MONEY_UNKNOWN);

  return reshoot_money_from_dollars (reshoot_json_get_number (get_price (self), "amount"));
}

/**
 * reshoot_model_get_price_unit:
 * @self: a model
 *
 * Returns: (nullable) (transfer none): what the price is for: "image", "megapixel", "second", "credit" or
 *   "subscription"
 */
const char *
reshoot_model_get_price_unit (ReshootModel *self)
{
  g_return_val_if_fail (RESHOOT_IS_MODEL (self), NULL);

  return reshoot_json_get_string (get_price (self), "unit");
}

/**
 * reshoot_model_get_price_date:
 * @self: a model
 *
 * Returns: (nullable) (transfer none): the day the price was read, "2026-02-03"; %NULL where there is no price
 */
const char *
reshoot_model_get_price_date (ReshootModel *self)
{
  g_return_val_if_fail (RESHOOT_IS_MODEL (self), NULL);

  return reshoot_json_get_string (get_price (self), "date");
}

/* Of the picture that the model makes of one so large. A part of a megapixel below the first counts as one. */
static double
get_megapixels (ReshootModel *self,
                int           width,
                int           height)
{
  JsonObject *input = reshoot_json_get_object (reshoot_model_get_json (self), "input");
  double most = reshoot_json_get_number (input, "pixels");
  int made_width = 0;
  int made_height = 0;
  double pixels;

  if (width < 1 || height < 1)
    return NAN;

  reshoot_model_choose_size (self, width, height, &made_width, &made_height);
  pixels = (double) made_width * made_height;
  if (pixels > most)
    pixels = most;

  return MAX (pixels / 1e6, 1);
}

/* How many images one submit asks for, where one of the parameters says so. */
static double
get_n_images (ReshootModel *self,
              JsonObject   *parameters)
{
  const char *name = reshoot_json_get_string (get_price (self), "times");
  JsonObject *described = reshoot_json_get_object (reshoot_model_get_json (self), "parameters");
  double n = NAN;

  if (name == NULL)
    return 1;

  if (parameters != NULL)
    n = reshoot_json_get_number (parameters, name);
  if (isnan (n))
    n = reshoot_json_get_number (reshoot_json_get_object (described, name), "default");

  return isnan (n) ? 1 : n;
}

/**
 * reshoot_model_estimate:
 * @self: a model
 * @parameters: (nullable): what is asked of it
 * @width: of the picture that is to be edited, in pixels; 0 = not known
 * @height: of the picture that is to be edited, in pixels; 0 = not known
 *
 * What an edit will cost, as far as the catalogue can tell: nothing where a subscription pays for it.
 *
 * Returns: the amount; %RESHOOT_MONEY_UNKNOWN where there is no price, or not all is known that it depends on
 */
ReshootMoney
reshoot_model_estimate (ReshootModel *self,
                        JsonObject   *parameters,
                        int           width,
                        int           height)
{
  JsonObject *price;
  const char *unit;
  double amount;

  g_return_val_if_fail (RESHOOT_IS_MODEL (self), RESHOOT_MONEY_UNKNOWN);

  price = get_price (self);
  unit = reshoot_model_get_price_unit (self);
  if (g_strcmp0 (unit, "subscription") == 0)
    return 0;

  amount = reshoot_json_get_number (price, "amount") * get_n_images (self, parameters);
  if (g_strcmp0 (unit, "megapixel") == 0)
    amount *= get_megapixels (self, width, height);
  else if (g_strcmp0 (unit, "second") == 0)
    amount *= reshoot_model_get_seconds (self);
  else if (g_strcmp0 (unit, "credit") == 0)
    amount *= reshoot_json_get_number (price, "credit");
  else if (g_strcmp0 (unit, "image") != 0)
    return RESHOOT_MONEY_UNKNOWN;

  return reshoot_money_from_dollars (amount);
}
