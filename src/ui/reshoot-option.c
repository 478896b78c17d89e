/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootOption: what the catalogue says can be set, of several models put together: what all of them have first, each
 * within what every one of them allows. What the program sets itself, or what is an address, is not offered. */

#include "reshoot-option.h"

#include "reshoot-json-read.h"

#include <math.h>

static void
option_free (ReshootOption *self)
{
  g_free (self->name);
  g_free (self->type);
  g_clear_pointer (&self->initial, json_node_unref);
  g_clear_pointer (&self->values, g_ptr_array_unref);
  g_ptr_array_unref (self->models);
  g_free (self);
}

static GPtrArray *
dup_values (JsonObject *parameter)
{
  JsonArray *array = reshoot_json_get_array (parameter, "values");
  GPtrArray *values;

  if (array == NULL)
    return NULL;

  values = g_ptr_array_new_with_free_func (g_free);
  for (guint i = 0; i < json_array_get_length (array); i++)
    g_ptr_array_add (values, g_strdup (reshoot_json_get_string_at (array, i)));
  return values;
}

/* The takes are another row's, and what was made before is followed up from its step. Words of one's own are asked for
 * where they are words. */
static gboolean
is_offered (const char *name,
            JsonObject *parameter)
{
  static const char *const others[] = { "accepted", "action", "index", "publish", "source_url", NULL };
  static const char *const words[] = { "negative_prompt", "no", NULL };

  if (g_strv_contains (others, name))
    return FALSE;

  return !g_str_equal (reshoot_json_get_string (parameter, "type"), "string") ||
         reshoot_json_get_array (parameter, "values") != NULL || g_strv_contains (words, name);
}

static JsonNode *
dup_initial (const char *name,
             JsonObject *parameter)
{
  if (!json_object_has_member (parameter, "default"))
    return NULL;

  /* A server's way to say that chance decides. */
  if (g_str_equal (name, "seed") && reshoot_json_get_number (parameter, "default") < 0)
    return NULL;

  return json_object_dup_member (parameter, "default");
}

static ReshootOption *
option_new (const char   *name,
            JsonObject   *parameter,
            ReshootModel *model)
{
  ReshootOption *self = g_new0 (ReshootOption, 1);

  self->name = g_strdup (name);
  self->type = g_strdup (reshoot_json_get_string (parameter, "type"));
  self->initial = dup_initial (name, parameter);
  self->minimum = reshoot_json_get_number (parameter, "minimum");
  self->maximum = reshoot_json_get_number (parameter, "maximum");
  if (reshoot_option_is_seed (self))
    self->minimum = fmax (self->minimum, 0);
  self->values = dup_values (parameter);
  self->models = g_ptr_array_new_with_free_func (g_object_unref);
  g_ptr_array_add (self->models, g_object_ref (model));
  return self;
}

static gboolean
is_same_value (JsonNode *a,
               JsonNode *b)
{
  return a != NULL && b != NULL ? json_node_equal (a, b) : a == b;
}

/* What both allow. %FALSE where that is nothing: then they are two options of one name. */
static gboolean
narrow_values (ReshootOption *self,
               JsonObject    *parameter)
{
  g_autoptr (GPtrArray) values = dup_values (parameter);
  g_autoptr (GPtrArray) both = g_ptr_array_new_with_free_func (g_free);

  if (self->values == NULL || values == NULL)
    return self->values == NULL && values == NULL;

  for (guint i = 0; i < self->values->len; i++)
    if (g_ptr_array_find_with_equal_func (values, self->values->pdata[i], g_str_equal, NULL))
      g_ptr_array_add (both, g_strdup (self->values->pdata[i]));

  if (both->len == 0)
    return FALSE;

  g_ptr_array_unref (self->values);
  self->values = g_steal_pointer (&both);
  return TRUE;
}

static gboolean
narrow (ReshootOption *self,
        JsonObject    *parameter)
{
  double minimum = fmax (self->minimum, reshoot_json_get_number (parameter, "minimum"));
  double maximum = fmin (self->maximum, reshoot_json_get_number (parameter, "maximum"));
  g_autoptr (JsonNode) initial = dup_initial (self->name, parameter);

  if (!g_str_equal (self->type, reshoot_json_get_string (parameter, "type")) ||
      minimum > maximum || !narrow_values (self, parameter))
    return FALSE;

  self->minimum = minimum;
  self->maximum = maximum;
  if (!is_same_value (self->initial, initial))
    g_clear_pointer (&self->initial, json_node_unref);
  return TRUE;
}

static void
add_option (GPtrArray    *options,
            const char   *name,
            JsonObject   *parameter,
            ReshootModel *model)
{
  for (guint i = 0; i < options->len; i++)
    {
      ReshootOption *option = options->pdata[i];

      if (g_str_equal (option->name, name) && narrow (option, parameter))
        {
          g_ptr_array_add (option->models, g_object_ref (model));
          return;
        }
    }

  g_ptr_array_add (options, option_new (name, parameter, model));
}

/**
 * reshoot_option_list:
 * @models: (element-type ReshootModel): who is asked
 *
 * Returns: (transfer full) (element-type ReshootOption): what can be set: first what all have
 */
GPtrArray *
reshoot_option_list (GListModel *models)
{
  guint n = g_list_model_get_n_items (models);
  g_autoptr (GPtrArray) options = g_ptr_array_new_with_free_func ((GDestroyNotify) option_free);
  GPtrArray *sorted = g_ptr_array_new_with_free_func ((GDestroyNotify) option_free);

  for (guint i = 0; i < n; i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (models, i);
      JsonObject *parameters = reshoot_json_get_object (reshoot_model_get_json (model), "parameters");
      g_autoptr (GList) names = parameters != NULL ? json_object_get_members (parameters) : NULL;

      for (GList *l = names; l != NULL; l = l->next)
        {
          JsonObject *parameter = reshoot_json_get_object (parameters, l->data);

          if (is_offered (l->data, parameter))
            add_option (options, l->data, parameter, model);
        }
    }

  for (int all = 1; all >= 0; all--)
    for (guint i = 0; i < options->len; i++)
      {
        ReshootOption *option = options->pdata[i];

        if (option != NULL && (!all || option->models->len == n))
          g_ptr_array_add (sorted, g_steal_pointer (&options->pdata[i]));
      }

  g_ptr_array_set_free_func (options, NULL);   /* all of them moved */
  return sorted;
}

gboolean
reshoot_option_applies (ReshootOption *self,
                        ReshootModel  *model)
{
  return g_ptr_array_find (self->models, model, NULL);
}

/* Where nothing is chosen, chance is. */
gboolean
reshoot_option_is_seed (ReshootOption *self)
{
  return g_str_equal (self->name, "seed") && self->initial == NULL;
}
