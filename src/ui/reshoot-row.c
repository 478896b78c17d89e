/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootRow: steps that are worth seeing beside each other. What was asked of one picture in the same words is one
 * row, be it that several models or takes were asked at once, or that the words were tried again later, elsewhere or
 * after a failure. Where a picture was given different words too, there is also one of all its edits. */

#include "config.h"

#include "reshoot-row.h"

#include "reshoot-step-place.h"
#include "reshoot-step-words.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <math.h>

struct _ReshootRow
{
  GObject      parent_instance;

  ReshootStep *source;   /* (owned) */
  char        *words;    /* (nullable): NULL = all edits of the source */
  GPtrArray   *steps;    /* (owned): of ReshootStep, oldest first */
};

G_DEFINE_FINAL_TYPE (ReshootRow, reshoot_row, G_TYPE_OBJECT)

enum
{
  PROP_0,
  PROP_TITLE,
  N_PROPS
};

static GParamSpec *properties[N_PROPS];

static void
reshoot_row_get_property (GObject    *object,
                          guint       prop_id,
                          GValue     *value,
                          GParamSpec *pspec)
{
  switch (prop_id)
    {
    case PROP_TITLE:
      g_value_take_string (value, reshoot_row_dup_title (RESHOOT_ROW (object)));
      break;
    default:
      G_OBJECT_WARN_INVALID_PROPERTY_ID (object, prop_id, pspec);
    }
}

static void
reshoot_row_finalize (GObject *object)
{
  ReshootRow *self = RESHOOT_ROW (object);

  g_clear_object (&self->source);
  g_ptr_array_unref (self->steps);
  g_free (self->words);

  G_OBJECT_CLASS (reshoot_row_parent_class)->finalize (object);
}

static void
reshoot_row_class_init (ReshootRowClass *klass)
{
  G_OBJECT_CLASS (klass)->get_property = reshoot_row_get_property;
  G_OBJECT_CLASS (klass)->finalize = reshoot_row_finalize;

  properties[PROP_TITLE] = g_param_spec_string ("title", NULL, NULL, NULL,
                                                G_PARAM_READABLE | G_PARAM_STATIC_STRINGS
                                                | G_PARAM_EXPLICIT_NOTIFY);
  g_object_class_install_properties (G_OBJECT_CLASS (klass), N_PROPS, properties);
}

static void
reshoot_row_init (ReshootRow *self)
{
  self->steps = g_ptr_array_new_with_free_func (g_object_unref);
}

static ReshootRow *
row_new (ReshootStep *source,
         const char  *words)
{
  ReshootRow *self = g_object_new (RESHOOT_TYPE_ROW, NULL);

  self->source = g_object_ref (source);
  self->words = g_strdup (words);
  return self;
}

static int
compare_age (gconstpointer a,
             gconstpointer b)
{
  const ReshootRow *first = *(ReshootRow *const *) a;
  const ReshootRow *second = *(ReshootRow *const *) b;
  gint64 first_id = reshoot_step_get_id (first->steps->pdata[first->steps->len - 1]);
  gint64 second_id = reshoot_step_get_id (second->steps->pdata[second->steps->len - 1]);

  if (first_id != second_id)
    return first_id < second_id ? -1 : 1;

  /* The narrower question comes last, where one looks first. */
  return (first->words != NULL) - (second->words != NULL);
}

/* The rows among what was made from one picture. */
static void
add_rows (GPtrArray   *rows,
          ReshootStep *source)
{
  GListModel *children = reshoot_step_get_children (source);
  guint n_children = g_list_model_get_n_items (children);
  g_autoptr (GHashTable) by_words = g_hash_table_new_full (g_str_hash, g_str_equal, NULL,
                                                           g_object_unref);
  g_autoptr (ReshootRow) all = NULL;
  GHashTableIter iter;
  gpointer row;

  if (n_children < 2)
    return;

  all = row_new (source, NULL);
  for (guint i = 0; i < n_children; i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (children, i);
      ReshootRequest *request = reshoot_step_get_request (step);

      if (request == NULL)
        continue;

      g_ptr_array_add (all->steps, g_object_ref (step));
      row = g_hash_table_lookup (by_words, reshoot_request_get_instruction (request));
      if (row == NULL)
        {
          row = row_new (source, reshoot_request_get_instruction (request));
          g_hash_table_insert (by_words, RESHOOT_ROW (row)->words, row);
        }

      g_ptr_array_add (RESHOOT_ROW (row)->steps, g_object_ref (step));
    }

  g_hash_table_iter_init (&iter, by_words);
  while (g_hash_table_iter_next (&iter, NULL, &row))
    if (RESHOOT_ROW (row)->steps->len > 1)
      g_ptr_array_add (rows, g_object_ref (row));

  if (g_hash_table_size (by_words) > 1)
    g_ptr_array_add (rows, g_steal_pointer (&all));
}

/**
 * reshoot_row_list:
 * @history: a history
 *
 * Returns: (transfer full) (element-type ReshootRow): its rows, that with the newest step last
 */
GPtrArray *
reshoot_row_list (ReshootHistory *history)
{
  GPtrArray *rows = g_ptr_array_new_with_free_func (g_object_unref);

  g_return_val_if_fail (RESHOOT_IS_HISTORY (history), rows);

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (G_LIST_MODEL (history), i);

      add_rows (rows, step);
    }

  g_ptr_array_sort (rows, compare_age);
  return rows;
}

/**
 * reshoot_row_is_same:
 * @self: a row
 * @other: another list's row
 *
 * Returns: whether both are of the same question, whatever has been added to it since
 */
gboolean
reshoot_row_is_same (ReshootRow *self,
                     ReshootRow *other)
{
  g_return_val_if_fail (RESHOOT_IS_ROW (self), FALSE);
  g_return_val_if_fail (RESHOOT_IS_ROW (other), FALSE);

  return self->source == other->source && g_strcmp0 (self->words, other->words) == 0;
}

ReshootStep *
reshoot_row_get_source (ReshootRow *self)
{
  g_return_val_if_fail (RESHOOT_IS_ROW (self), NULL);

  return self->source;
}

/**
 * reshoot_row_get_steps:
 * @self: a row
 *
 * Returns: (transfer none) (element-type ReshootStep): its candidates, oldest first
 */
GPtrArray *
reshoot_row_get_steps (ReshootRow *self)
{
  g_return_val_if_fail (RESHOOT_IS_ROW (self), NULL);

  return self->steps;
}

/**
 * reshoot_row_get_words:
 * @self: a row
 *
 * Returns: (nullable): the words that were asked; %NULL where these are all the edits of a picture
 */
const char *
reshoot_row_get_words (ReshootRow *self)
{
  g_return_val_if_fail (RESHOOT_IS_ROW (self), NULL);

  return self->words;
}

/**
 * reshoot_row_dup_title:
 * @self: a row
 *
 * Returns: (transfer full): "“Make the bottle navy” · 6 · from White studio"
 */
char *
reshoot_row_dup_title (ReshootRow *self)
{
  g_autofree char *source = NULL;

  g_return_val_if_fail (RESHOOT_IS_ROW (self), NULL);

  source = reshoot_step_words_for_name (self->source);
  if (self->words == NULL)
    /* Translators: %u is how many, %s is the name of the step they were made from. */
    return g_strdup_printf (_("All %u edits of “%s”"), self->steps->len, source);

  /* Translators: the words of an instruction, how many results it has, the name of the step they were made from. */
  return g_strdup_printf (_("“%s” · %u · from %s"), self->words, self->steps->len, source);
}

static const char *
get_model_name (ReshootCatalogue *catalogue,
                ReshootStep      *step)
{
  const char *id = reshoot_request_get_model (reshoot_step_get_request (step));
  ReshootModel *model = catalogue != NULL ? reshoot_catalogue_get_model (catalogue, id) : NULL;

  return model != NULL ? reshoot_model_get_name (model) : id;
}

/**
 * reshoot_row_dup_name:
 * @self: a row
 * @catalogue: (nullable): knows what models are called
 * @step: one of its candidates
 *
 * The model; its service where another service has it too; which take where there are several. Where the words differ,
 * these are what tells the candidates apart.
 *
 * Returns: (transfer full): what @step is called among the others
 */
char *
reshoot_row_dup_name (ReshootRow       *self,
                      ReshootCatalogue *catalogue,
                      ReshootStep      *step)
{
  const char *id = reshoot_request_get_model (reshoot_step_get_request (step));
  ReshootModel *model = catalogue != NULL ? reshoot_catalogue_get_model (catalogue, id) : NULL;
  const char *name = get_model_name (catalogue, step);
  g_autoptr (GString) full = g_string_new (NULL);
  gboolean is_ambiguous = FALSE;
  guint take = 0;
  guint n_takes = 0;

  g_return_val_if_fail (RESHOOT_IS_ROW (self), NULL);
  g_return_val_if_fail (RESHOOT_IS_STEP (step), NULL);

  if (self->words == NULL)
    return g_strdup_printf ("%s · %s", reshoot_step_get_title (step), name);

  for (guint i = 0; i < self->steps->len; i++)
    {
      ReshootStep *other = self->steps->pdata[i];
      ReshootRequest *request = reshoot_step_get_request (other);
      gboolean is_take = g_str_equal (reshoot_request_get_model (request), id);

      n_takes += is_take;
      if (other == step)
        take = n_takes;
      if (!is_take && g_str_equal (get_model_name (catalogue, other), name))
        is_ambiguous = TRUE;
    }

  g_string_append (full, name);
  if (is_ambiguous && model != NULL)
    {
      const char *provider = reshoot_model_get_provider (model);
      JsonObject *service = reshoot_catalogue_get_provider (catalogue, provider);

      g_string_append_printf (full, " · %s",
                              json_object_get_string_member_with_default (service, "name",
                                                                          provider));
    }

  if (n_takes > 1)
    {
      /* Translators: which one of several results of the same model; after its name. */
      g_autofree char *words = g_strdup_printf (_("take %u"), take);

      g_string_append_printf (full, " · %s", words);
    }

  return g_string_free (g_steal_pointer (&full), FALSE);
}

static void
add_bounds (graphene_rect_t *bounds,
            gboolean        *first,
            ReshootStep     *step)
{
  double width = reshoot_step_get_width (step);
  double height = reshoot_step_get_height (step);
  double a[6], scale, x, y;
  graphene_rect_t rect;

  if (width <= 0 || height <= 0)
    return;

  /* As the canvas places it: upright, around the middle. */
  reshoot_step_place_in_original (step, a);
  scale = sqrt (fabs (a[0] * a[4] - a[1] * a[3]));
  scale = scale > 0 ? scale : 1;
  x = a[0] * width / 2 + a[1] * height / 2 + a[2] - scale * width / 2;
  y = a[3] * width / 2 + a[4] * height / 2 + a[5] - scale * height / 2;
  rect = GRAPHENE_RECT_INIT ((float) x, (float) y, (float) (scale * width),
                             (float) (scale * height));
  if (*first)
    *bounds = rect;
  else
    graphene_rect_union (bounds, &rect, bounds);

  *first = FALSE;
}

/**
 * reshoot_row_get_bounds:
 * @self: a row
 * @bounds: (out): what there is to see of any of its pictures, in pixels of the original
 *
 * Returns: whether there is anything
 */
gboolean
reshoot_row_get_bounds (ReshootRow      *self,
                        graphene_rect_t *bounds)
{
  gboolean first = TRUE;

  g_return_val_if_fail (RESHOOT_IS_ROW (self), FALSE);

  *bounds = GRAPHENE_RECT_INIT (0, 0, 1, 1);
  add_bounds (bounds, &first, self->source);
  for (guint i = 0; i < self->steps->len; i++)
    add_bounds (bounds, &first, self->steps->pdata[i]);

  return !first;
}

static int
compare_values (gconstpointer a,
                gconstpointer b)
{
  return g_strcmp0 (*(const char *const *) a, *(const char *const *) b);
}

/* Nobody compares what did not come. */
static gboolean
counts_for_settings (ReshootStep *step)
{
  return reshoot_step_get_digest (step) != NULL;
}

/* A parameter as it was sent; takes of one model may differ in it on purpose, so all its values count. */
static char *
dup_values (ReshootRow *self,
            const char *model,
            const char *parameter)
{
  g_autoptr (GPtrArray) values = g_ptr_array_new_with_free_func (g_free);

  for (guint i = 0; i < self->steps->len; i++)
    {
      ReshootRequest *request = reshoot_step_get_request (self->steps->pdata[i]);
      JsonObject *parameters = reshoot_request_get_parameters (request);

      if (!counts_for_settings (self->steps->pdata[i])
          || !g_str_equal (reshoot_request_get_model (request), model))
        continue;

      if (parameters != NULL && json_object_has_member (parameters, parameter))
        g_ptr_array_add (values, json_to_string (json_object_get_member (parameters, parameter),
                                                 FALSE));
    }

  g_ptr_array_sort (values, compare_values);
  g_ptr_array_add (values, NULL);
  return g_strjoinv ("\n", (char **) values->pdata);
}

/* The models that were not given what most were given; empty if all were given the same. */
static char *
dup_odd_models (ReshootRow       *self,
                ReshootCatalogue *catalogue,
                const char       *parameter)
{
  g_autoptr (GHashTable) seen = g_hash_table_new (g_str_hash, g_str_equal);
  g_autoptr (GHashTable) counts = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (GPtrArray) odd = g_ptr_array_new ();
  const char *common = NULL;
  gpointer key, value;
  GHashTableIter iter;

  for (guint i = 0; i < self->steps->len; i++)
    {
      const char *model =
        reshoot_request_get_model (reshoot_step_get_request (self->steps->pdata[i]));
      char *values;
      guint n;

      if (!counts_for_settings (self->steps->pdata[i]) || !g_hash_table_add (seen, (char *) model))
        continue;

      values = dup_values (self, model, parameter);
      n = GPOINTER_TO_UINT (g_hash_table_lookup (counts, values)) + 1;
      g_hash_table_replace (counts, values, GUINT_TO_POINTER (n));
    }

  g_hash_table_iter_init (&iter, counts);
  while (g_hash_table_iter_next (&iter, &key, &value))
    if (common == NULL || value > g_hash_table_lookup (counts, common)
        || (value == g_hash_table_lookup (counts, common) && g_strcmp0 (key, common) > 0))
      common = key;

  g_hash_table_remove_all (seen);
  for (guint i = 0; i < self->steps->len; i++)
    {
      const char *model =
        reshoot_request_get_model (reshoot_step_get_request (self->steps->pdata[i]));
      g_autofree char *values = dup_values (self, model, parameter);

      if (counts_for_settings (self->steps->pdata[i]) && g_hash_table_add (seen, (char *) model)
          && g_strcmp0 (values, common) != 0)
        g_ptr_array_add (odd, (char *) get_model_name (catalogue, self->steps->pdata[i]));
    }

  g_ptr_array_add (odd, NULL);
  return g_strjoinv (", ", (char **) odd->pdata);
}

/**
 * reshoot_row_dup_unequal:
 * @self: a row
 * @catalogue: (nullable): knows what models are called
 * @in_full: whether each is followed by the models that differ
 *
 * Returns: (transfer full) (nullable): in what the models were not asked the same: "Seed (Max, Midjourney)";
 *   %NULL if all was equal
 */
char *
reshoot_row_dup_unequal (ReshootRow       *self,
                         ReshootCatalogue *catalogue,
                         gboolean          in_full)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GHashTable) told = g_hash_table_new (g_str_hash, g_str_equal);

  g_return_val_if_fail (RESHOOT_IS_ROW (self), NULL);

  for (guint i = 0; i < self->steps->len; i++)
    {
      ReshootRequest *request = reshoot_step_get_request (self->steps->pdata[i]);
      JsonObject *parameters = reshoot_request_get_parameters (request);
      g_autoptr (GList) names = NULL;

      if (parameters != NULL && counts_for_settings (self->steps->pdata[i]))
        names = json_object_get_members (parameters);

      for (GList *l = names; l != NULL; l = l->next)
        {
          g_autofree char *models = NULL;
          g_autofree char *name = NULL;

          if (!g_hash_table_add (told, l->data))
            continue;

          models = dup_odd_models (self, catalogue, l->data);
          name = reshoot_words_for_option (l->data);
          if (*models != '\0')
            g_ptr_array_add (parts, in_full ? g_strdup_printf ("%s (%s)", name, models)
                                            : g_steal_pointer (&name));
        }
    }

  if (parts->len == 0)
    return NULL;

  g_ptr_array_add (parts, NULL);
  return g_strjoinv (", ", (char **) parts->pdata);
}

/**
 * reshoot_row_dup_spent:
 * @self: a row
 *
 * Returns: (transfer full) (nullable): what it has cost so far: "$0.17 so far"; %NULL if nothing was asked that costs
 */
char *
reshoot_row_dup_spent (ReshootRow *self)
{
  ReshootMoney spent = 0;
  gboolean has_price = FALSE;
  gboolean is_sure = TRUE;
  g_autofree char *money = NULL;

  g_return_val_if_fail (RESHOOT_IS_ROW (self), NULL);

  for (guint i = 0; i < self->steps->len; i++)
    {
      const ReshootPrice *price = reshoot_step_get_price (self->steps->pdata[i]);
      ReshootMoney known = price->settled >= 0 ? price->settled : price->quoted;

      known = known >= 0 ? known : price->estimate;
      has_price = has_price || known > 0;
      if (price->charged == RESHOOT_CHARGED_YES && known > 0)
        spent += known;
      if ((price->charged == RESHOOT_CHARGED_YES && price->settled < 0)
          || price->charged == RESHOOT_CHARGED_UNKNOWN)
        is_sure = FALSE;
    }

  if (!has_price)
    return NULL;

  money = spent > 0 ? reshoot_words_for_money (spent) : g_strdup (_("nothing"));
  if (is_sure)
    /* Translators: %s is what has been paid until now, an amount or the word “nothing”. */
    return g_strdup_printf (_("%s spent so far"), money);

  /* Translators: as before, where it is not sure to the cent or in one case not even whether it was charged. */
  return g_strdup_printf (_("about %s spent so far"), money);
}
