/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What fal says of a key for nothing: the prices of the catalogue's models, and what is left. */

#include "reshoot-codec.h"
#include "reshoot-fal-private.h"
#include "reshoot-json-read.h"

#define PRICES  "https://api.fal.ai/v1/models/pricing"
#define ACCOUNT "https://api.fal.ai/v1/account/billing?expand=credits"

/* All models of the catalogue, by the names that prices are asked with. */
static char *
dup_prices_uri (ReshootAddress *address,
                JsonObject     *description)
{
  JsonArray *models = reshoot_json_get_array (description, "models");
  g_autoptr (GString) uri = g_string_new (PRICES "?endpoint_id=");

  for (guint i = 0; i < json_array_get_length (models); i++)
    g_string_append_printf (uri, "%s%s", i > 0 ? "," : "",
                            reshoot_json_get_string (json_array_get_object_element (models, i), "path") + 1);

  return reshoot_address_dup_uri (address, uri->str);
}

static const char *
find_id (JsonObject *description,
         const char *endpoint)
{
  JsonArray *models = reshoot_json_get_array (description, "models");

  for (guint i = 0; endpoint != NULL && i < json_array_get_length (models); i++)
    {
      JsonObject *model = json_array_get_object_element (models, i);

      if (g_str_equal (reshoot_json_get_string (model, "path") + 1, endpoint))
        return reshoot_json_get_string (model, "id");
    }

  return NULL;
}

static JsonArray *
make_models (JsonObject *description,
             JsonObject *body)
{
  JsonArray *prices = reshoot_json_get_array (body, "prices");
  JsonArray *models = json_array_new ();

  for (guint i = 0; prices != NULL && i < json_array_get_length (prices); i++)
    {
      JsonObject *said = reshoot_json_get_item (prices, i);
      const char *id = find_id (description, reshoot_json_get_string (said, "endpoint_id"));
      JsonObject *price = reshoot_codec_make_price (reshoot_json_get_number (said, "unit_price"),
                                                    reshoot_json_get_string (said, "unit"),
                                                    reshoot_json_get_string (said, "currency"),
                                                    PRICES, "num_images");

      if (id == NULL)
        g_clear_pointer (&price, json_object_unref);
      if (price != NULL)
        {
          JsonObject *model = json_object_new ();

          json_object_set_string_member (model, "id", id);
          json_object_set_object_member (model, "price", price);
          json_array_add_object_element (models, model);
        }
    }

  return models;
}

/* For the dialect: prices need a key and cost nothing. What is left on the account is told to an administrator's key
 * alone, so whatever is answered there does not matter. */
gboolean
reshoot_fal_ask_account (ReshootAddress      *address,
                         JsonObject          *description,
                         const char          *state,
                         const ReshootReply  *reply,
                         ReshootNext         *next,
                         ReshootCheck        *check,
                         GError             **error)
{
  GBytes *text = reply != NULL ? reply->body : NULL;
  g_autoptr (JsonObject) body = reshoot_json_parse_object (text, NULL);
  JsonObject *credits = reshoot_json_get_object (body, "credits");
  const char *currency = reshoot_json_get_string (credits, "currency");
  double balance = reshoot_json_get_number (credits, "current_balance");

  if (state != NULL)
    {
      check->account = g_strdup (reshoot_json_get_string (body, "username"));
      if (balance >= 0 && g_strcmp0 (currency, "USD") == 0)
        check->balance = reshoot_money_from_dollars (balance);
      next->kind = RESHOOT_NEXT_DONE;
      return TRUE;
    }

  next->kind = RESHOOT_NEXT_PREPARE;
  next->call.method = "GET";
  next->call.with_key = TRUE;

  if (reply == NULL)
    {
      next->call.uri = dup_prices_uri (address, description);
      return TRUE;
    }

  if (reply->status != 200)
    {
      reshoot_codec_set_status_error (reply, "fal", next, error);
      return FALSE;
    }

  check->models = make_models (description, body);
  next->state = g_strdup ("{}");
  next->call.uri = reshoot_address_dup_uri (address, ACCOUNT);
  return TRUE;
}
