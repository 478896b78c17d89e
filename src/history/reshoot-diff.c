/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Two steps side by side: a list of rows, one for each aspect that either has, in an order that people read in: what
 * was asked, what it cost, what came of it. It is of the moment; steps that change later are compared anew. */

#include "reshoot-diff.h"

#include <math.h>
#include <string.h>

#include "reshoot-json.h"
#include "reshoot-project-facts.h"

struct _ReshootDiffRow
{
  GObject        parent_instance;

  ReshootAspect  aspect;
  char          *name;       /* (nullable) */
  JsonNode      *a;          /* (nullable): not known, or not there */
  JsonNode      *b;          /* (nullable) */
  gboolean       is_equal;
};

G_DEFINE_FINAL_TYPE (ReshootDiffRow, reshoot_diff_row, G_TYPE_OBJECT)

static void
reshoot_diff_row_finalize (GObject *object)
{
  ReshootDiffRow *self = RESHOOT_DIFF_ROW (object);

  g_free (self->name);
  g_clear_pointer (&self->a, json_node_unref);
  g_clear_pointer (&self->b, json_node_unref);

  G_OBJECT_CLASS (reshoot_diff_row_parent_class)->finalize (object);
}

static void
reshoot_diff_row_class_init (ReshootDiffRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_diff_row_finalize;
}

static void
reshoot_diff_row_init (ReshootDiffRow *self)
{
}

static JsonNode *
new_text (const char *text)
{
  return text != NULL && *text != '\0' ? json_node_init_string (json_node_alloc (), text) : NULL;
}

static JsonNode *
new_number (double number)
{
  return isfinite (number) ? json_node_init_double (json_node_alloc (), number) : NULL;
}

static JsonNode *
new_numbers (const double *numbers,
             guint         n)
{
  JsonNode *node;
  JsonArray *array;

  if (!isfinite (numbers[0]))
    return NULL;

  node = json_node_new (JSON_NODE_ARRAY);
  array = json_array_sized_new (n);
  for (guint i = 0; i < n; i++)
    json_array_add_double_element (array, numbers[i]);

  json_node_take_array (node, array);
  return node;
}

/* Equal as the file would write them, so that 1 and 1.0 are the same number. */
static gboolean
are_equal (JsonNode *a,
           JsonNode *b)
{
  g_autofree char *text_a = NULL;
  g_autofree char *text_b = NULL;

  if (a == NULL || b == NULL)
    return a == b;

  text_a = reshoot_json_to_text (a);
  text_b = reshoot_json_to_text (b);
  return g_str_equal (text_a, text_b);
}

/* A row of @a and @b (transfer full); an aspect that neither has is no row. */
static void
add_row (GListStore    *rows,
         ReshootAspect  aspect,
         const char    *name,
         JsonNode      *a,
         JsonNode      *b)
{
  g_autoptr (ReshootDiffRow) row = NULL;

  if (a == NULL && b == NULL)
    return;

  row = g_object_new (RESHOOT_TYPE_DIFF_ROW, NULL);
  row->aspect = aspect;
  row->name = g_strdup (name);
  row->a = a;
  row->b = b;
  row->is_equal = are_equal (a, b);
  g_list_store_append (rows, row);
}

static JsonNode *
dup_member (JsonObject *object,
            const char *name)
{
  JsonNode *node = object != NULL ? json_object_get_member (object, name) : NULL;

  return node != NULL && !JSON_NODE_HOLDS_NULL (node) ? json_node_copy (node) : NULL;
}

static void
add_names (GPtrArray  *names,
           JsonObject *object)
{
  g_autoptr (GList) members = object != NULL ? json_object_get_members (object) : NULL;

  for (GList *l = members; l != NULL; l = l->next)
    if (!g_ptr_array_find_with_equal_func (names, l->data, g_str_equal, NULL))
      g_ptr_array_add (names, l->data);
}

static int
compare_names (gconstpointer a,
               gconstpointer b)
{
  return strcmp (*(const char * const *) a, *(const char * const *) b);
}

/* A row for each member that either object has, by name. */
static void
add_members (GListStore    *rows,
             ReshootAspect  aspect,
             JsonObject    *a,
             JsonObject    *b)
{
  g_autoptr (GPtrArray) names = g_ptr_array_new ();

  add_names (names, a);
  add_names (names, b);
  g_ptr_array_sort (names, compare_names);
  for (guint i = 0; i < names->len; i++)
    {
      const char *name = names->pdata[i];

      add_row (rows, aspect, name, dup_member (a, name), dup_member (b, name));
    }
}

static JsonNode *
new_picture (const ReshootInputs *inputs,
             guint                i)
{
  return inputs != NULL && i < inputs->n_pictures ? new_text (inputs->pictures[i].digest) : NULL;
}

/* What went along, in the order it was given. */
static void
add_pictures (GListStore          *rows,
              const ReshootInputs *a,
              const ReshootInputs *b)
{
  guint n_a = a != NULL ? a->n_pictures : 0;
  guint n_b = b != NULL ? b->n_pictures : 0;

  for (guint i = 0; i < MAX (n_a, n_b); i++)
    add_row (rows, RESHOOT_ASPECT_PICTURE, i < n_a ? a->pictures[i].role : b->pictures[i].role,
             new_picture (a, i), new_picture (b, i));
}

static void
add_asked (GListStore     *rows,
           ReshootRequest *a,
           ReshootRequest *b)
{
  const ReshootInputs none = RESHOOT_INPUTS_INIT;
  const ReshootInputs *inputs_a = a != NULL ? reshoot_request_get_inputs (a) : &none;
  const ReshootInputs *inputs_b = b != NULL ? reshoot_request_get_inputs (b) : &none;
  g_autofree char *provider_a = a != NULL ? reshoot_request_dup_provider (a) : NULL;
  g_autofree char *provider_b = b != NULL ? reshoot_request_dup_provider (b) : NULL;

  add_row (rows, RESHOOT_ASPECT_INSTRUCTION, NULL,
           new_text (a != NULL ? reshoot_request_get_instruction (a) : NULL),
           new_text (b != NULL ? reshoot_request_get_instruction (b) : NULL));
  add_row (rows, RESHOOT_ASPECT_PROVIDER, NULL, new_text (provider_a), new_text (provider_b));
  add_row (rows, RESHOOT_ASPECT_MODEL, NULL,
           new_text (a != NULL ? reshoot_request_get_model (a) : NULL),
           new_text (b != NULL ? reshoot_request_get_model (b) : NULL));
  add_members (rows, RESHOOT_ASPECT_PARAMETER,
               a != NULL ? reshoot_request_get_parameters (a) : NULL,
               b != NULL ? reshoot_request_get_parameters (b) : NULL);
  add_pictures (rows, inputs_a, inputs_b);
  add_row (rows, RESHOOT_ASPECT_REGION, NULL, new_numbers (inputs_a->region, 4),
           new_numbers (inputs_b->region, 4));
  add_row (rows, RESHOOT_ASPECT_APPLICATION, NULL, new_text (inputs_a->application),
           new_text (inputs_b->application));
  add_row (rows, RESHOOT_ASPECT_CATALOGUE, NULL, new_text (inputs_a->catalogue),
           new_text (inputs_b->catalogue));
}

/* An original was not asked of anybody: it has no end and no price. */
static JsonNode *
new_state (ReshootStep *step)
{
  if (reshoot_step_get_request (step) == NULL)
    return NULL;

  return new_text (reshoot_step_state_to_string (reshoot_step_get_state (step)));
}

static JsonNode *
new_charged (ReshootStep *step)
{
  if (reshoot_step_get_request (step) == NULL)
    return NULL;

  return new_text (reshoot_charged_to_string (reshoot_step_get_price (step)->charged));
}

static JsonNode *
new_money (ReshootMoney money)
{
  return new_number (reshoot_money_to_dollars (money));
}

static void
add_paid (GListStore  *rows,
          ReshootStep *a,
          ReshootStep *b)
{
  const ReshootPrice *price_a = reshoot_step_get_price (a);
  const ReshootPrice *price_b = reshoot_step_get_price (b);

  add_row (rows, RESHOOT_ASPECT_STATE, NULL, new_state (a), new_state (b));
  add_row (rows, RESHOOT_ASPECT_ESTIMATE, NULL, new_money (price_a->estimate),
           new_money (price_b->estimate));
  add_row (rows, RESHOOT_ASPECT_QUOTED, NULL, new_money (price_a->quoted),
           new_money (price_b->quoted));
  add_row (rows, RESHOOT_ASPECT_SETTLED, NULL, new_money (price_a->settled),
           new_money (price_b->settled));
  add_row (rows, RESHOOT_ASPECT_CHARGED, NULL, new_charged (a), new_charged (b));
  add_row (rows, RESHOOT_ASPECT_SECONDS, NULL, new_number (reshoot_step_get_seconds (a)),
           new_number (reshoot_step_get_seconds (b)));
}

static JsonNode *
new_size (ReshootStep *step)
{
  const double size[] = { reshoot_step_get_width (step), reshoot_step_get_height (step) };

  return reshoot_step_get_digest (step) != NULL ? new_numbers (size, 2) : NULL;
}

static JsonNode *
new_rating (ReshootStep *step)
{
  int rating = reshoot_step_get_rating (step);

  return rating > 0 ? json_node_init_int (json_node_alloc (), rating) : NULL;
}

static JsonObject *
get_facts (ReshootStep *step)
{
  JsonNode *facts = reshoot_step_get_facts (step);

  return facts != NULL && JSON_NODE_HOLDS_OBJECT (facts) ? json_node_get_object (facts) : NULL;
}

static void
add_result (GListStore  *rows,
            ReshootStep *a,
            ReshootStep *b)
{
  add_row (rows, RESHOOT_ASPECT_SIZE, NULL, new_size (a), new_size (b));
  add_row (rows, RESHOOT_ASPECT_RATING, NULL, new_rating (a), new_rating (b));
  add_row (rows, RESHOOT_ASPECT_VERDICT, NULL,
           new_text (reshoot_verdict_to_string (reshoot_step_get_verdict (a))),
           new_text (reshoot_verdict_to_string (reshoot_step_get_verdict (b))));
  add_members (rows, RESHOOT_ASPECT_FACT, get_facts (a), get_facts (b));
}

/**
 * reshoot_diff_new:
 * @a: a step
 * @b: another one, of any project
 *
 * Returns: (transfer full): a list of #ReshootDiffRow, one for each aspect that either step has
 */
GListModel *
reshoot_diff_new (ReshootStep *a,
                  ReshootStep *b)
{
  GListStore *rows;

  g_return_val_if_fail (RESHOOT_IS_STEP (a) && RESHOOT_IS_STEP (b), NULL);

  rows = g_list_store_new (RESHOOT_TYPE_DIFF_ROW);
  add_asked (rows, reshoot_step_get_request (a), reshoot_step_get_request (b));
  add_paid (rows, a, b);
  add_result (rows, a, b);
  return G_LIST_MODEL (rows);
}

ReshootAspect
reshoot_diff_row_get_aspect (ReshootDiffRow *self)
{
  g_return_val_if_fail (RESHOOT_IS_DIFF_ROW (self), RESHOOT_ASPECT_INSTRUCTION);

  return self->aspect;
}

/**
 * reshoot_diff_row_get_name:
 * @self: a row
 *
 * Returns: (nullable): which parameter, picture or fact it is
 */
const char *
reshoot_diff_row_get_name (ReshootDiffRow *self)
{
  g_return_val_if_fail (RESHOOT_IS_DIFF_ROW (self), NULL);

  return self->name;
}

/**
 * reshoot_diff_row_get_a:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what the first step has; %NULL: nothing, or it is not known
 */
JsonNode *
reshoot_diff_row_get_a (ReshootDiffRow *self)
{
  g_return_val_if_fail (RESHOOT_IS_DIFF_ROW (self), NULL);

  return self->a;
}

/**
 * reshoot_diff_row_get_b:
 * @self: a row
 *
 * Returns: (transfer none) (nullable): what the second step has
 */
JsonNode *
reshoot_diff_row_get_b (ReshootDiffRow *self)
{
  g_return_val_if_fail (RESHOOT_IS_DIFF_ROW (self), NULL);

  return self->b;
}

gboolean
reshoot_diff_row_get_is_equal (ReshootDiffRow *self)
{
  g_return_val_if_fail (RESHOOT_IS_DIFF_ROW (self), FALSE);

  return self->is_equal;
}

/* The machine's word: it is printed for other programs. */
const char *
reshoot_aspect_to_string (ReshootAspect aspect)
{
  static const char *const words[] = {
    [RESHOOT_ASPECT_INSTRUCTION] = "instruction",
    [RESHOOT_ASPECT_PROVIDER] = "provider",
    [RESHOOT_ASPECT_MODEL] = "model",
    [RESHOOT_ASPECT_PARAMETER] = "parameter",
    [RESHOOT_ASPECT_PICTURE] = "picture",
    [RESHOOT_ASPECT_REGION] = "region",
    [RESHOOT_ASPECT_STATE] = "state",
    [RESHOOT_ASPECT_ESTIMATE] = "estimate",
    [RESHOOT_ASPECT_QUOTED] = "quoted",
    [RESHOOT_ASPECT_SETTLED] = "settled",
    [RESHOOT_ASPECT_CHARGED] = "charged",
    [RESHOOT_ASPECT_SECONDS] = "seconds",
    [RESHOOT_ASPECT_SIZE] = "size",
    [RESHOOT_ASPECT_APPLICATION] = "application",
    [RESHOOT_ASPECT_CATALOGUE] = "catalogue",
    [RESHOOT_ASPECT_RATING] = "rating",
    [RESHOOT_ASPECT_VERDICT] = "verdict",
    [RESHOOT_ASPECT_FACT] = "fact",
  };

  g_return_val_if_fail (aspect < G_N_ELEMENTS (words), NULL);

  return words[aspect];
}
