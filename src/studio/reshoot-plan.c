/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootPlan: what the studio understood of an instruction, as typed operations in the order in which they run,
 * plus what it cannot do and what must not change. Immutable. It does not know how words are read (instruction,
 * parser), how its JSON is spelt (plan-json) or how an operation changes pixels (operations). */

#include "reshoot-plan.h"
#include "reshoot-plan-private.h"

#include "reshoot-error.h"
#include "reshoot-parser.h"

#include <math.h>

struct _ReshootPlan
{
  GObject         parent_instance;

  char           *instruction;
  ReshootReading *reading;
};

G_DEFINE_FINAL_TYPE (ReshootPlan, reshoot_plan, G_TYPE_OBJECT)

/* --- The records --- */

ReshootOperation *
reshoot_operation_new (ReshootOperationKind kind)
{
  ReshootOperation *operation = g_new0 (ReshootOperation, 1);

  operation->kind = kind;
  operation->percent = NAN;
  operation->ev = NAN;
  operation->degrees = NAN;
  operation->fill_share = NAN;
  return operation;
}

ReshootOperation *
reshoot_operation_copy (const ReshootOperation *operation)
{
  ReshootOperation *copy = g_memdup2 (operation, sizeof *operation);

  copy->fill = g_strdup (operation->fill);
  copy->sub = g_strdup (operation->sub);
  copy->target = g_strdup (operation->target);
  copy->content = g_strdup (operation->content);
  copy->size = g_strdup (operation->size);
  copy->weight = g_strdup (operation->weight);
  copy->style = g_strdup (operation->style);
  return copy;
}

void
reshoot_operation_free (ReshootOperation *operation)
{
  g_free (operation->fill);
  g_free (operation->sub);
  g_free (operation->target);
  g_free (operation->content);
  g_free (operation->size);
  g_free (operation->weight);
  g_free (operation->style);
  g_free (operation);
}

/* Whether @kind has a scope that decides where it works: tone, colour and detail. */
gboolean
reshoot_operation_is_tone (ReshootOperationKind kind)
{
  return kind >= RESHOOT_OPERATION_EXPOSURE && kind <= RESHOOT_OPERATION_AUTO_TONE;
}

static gboolean
same_number (double a,
             double b)
{
  return (isnan (a) && isnan (b)) || ABS (a - b) < 1e-9;
}

gboolean
reshoot_operation_is_equal (const ReshootOperation *a,
                            const ReshootOperation *b)
{
  return a->kind == b->kind && a->scope == b->scope && a->level == b->level &&
         a->direction == b->direction && same_number (a->percent, b->percent) &&
         same_number (a->ev, b->ev) && same_number (a->degrees, b->degrees) &&
         same_number (a->aspect_width, b->aspect_width) &&
         same_number (a->aspect_height, b->aspect_height) && a->width == b->width &&
         a->height == b->height && a->long_edge == b->long_edge &&
         a->min_long_edge == b->min_long_edge && same_number (a->factor, b->factor) &&
         same_number (a->pad, b->pad) && same_number (a->fill_share, b->fill_share) &&
         g_strcmp0 (a->fill, b->fill) == 0 && g_strcmp0 (a->sub, b->sub) == 0 &&
         g_strcmp0 (a->color, b->color) == 0 && g_strcmp0 (a->color2, b->color2) == 0 &&
         g_strcmp0 (a->target, b->target) == 0 && g_strcmp0 (a->content, b->content) == 0 &&
         g_strcmp0 (a->size, b->size) == 0 && g_strcmp0 (a->weight, b->weight) == 0 &&
         g_strcmp0 (a->style, b->style) == 0;
}

static void
refusal_free (ReshootRefusal *refusal)
{
  g_free (refusal->reason);
  g_free (refusal->clause);
  g_free (refusal);
}

ReshootReading *
reshoot_reading_new (void)
{
  ReshootReading *reading = g_new0 (ReshootReading, 1);

  reading->operations = g_ptr_array_new_with_free_func ((GDestroyNotify) reshoot_operation_free);
  reading->refusals = g_ptr_array_new_with_free_func ((GDestroyNotify) refusal_free);
  reading->protects = g_ptr_array_new_with_free_func (g_free);
  return reading;
}

void
reshoot_reading_free (ReshootReading *reading)
{
  g_ptr_array_unref (reading->operations);
  g_ptr_array_unref (reading->refusals);
  g_ptr_array_unref (reading->protects);
  g_free (reading);
}

void
reshoot_reading_refuse (ReshootReading *reading,
                        const char     *reason,
                        const char     *clause)
{
  ReshootRefusal *refusal = g_new0 (ReshootRefusal, 1);

  refusal->reason = g_strdup (reason);
  refusal->clause = g_strdup (clause);
  g_ptr_array_add (reading->refusals, refusal);
}

void
reshoot_reading_protect (ReshootReading *reading,
                         const char     *what)
{
  if (!g_ptr_array_find_with_equal_func (reading->protects, what, g_str_equal, NULL))
    g_ptr_array_add (reading->protects, g_strdup (what));
}

/* --- The object --- */

static void
reshoot_plan_finalize (GObject *object)
{
  ReshootPlan *self = RESHOOT_PLAN (object);

  g_free (self->instruction);
  g_clear_pointer (&self->reading, reshoot_reading_free);

  G_OBJECT_CLASS (reshoot_plan_parent_class)->finalize (object);
}

static void
reshoot_plan_class_init (ReshootPlanClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_plan_finalize;
}

static void
reshoot_plan_init (ReshootPlan *self)
{
  self->reading = reshoot_reading_new ();
}

/* Where in the pipeline an operation runs. What turns the picture comes before what needs the product's place; a
 * recolour sees the colours as they were shot; tone and background keep the order of the sentence, because "on
 * grey, then warmer" and "warmer, then on grey" are different pictures; the shadow needs its ground; sharpening
 * wants the final size; text must not be sharpened. */
static int
get_stage (const ReshootOperation *operation)
{
  switch (operation->kind)
    {
    case RESHOOT_OPERATION_FLIP:
    case RESHOOT_OPERATION_ROTATE:
    case RESHOOT_OPERATION_STRAIGHTEN:
      return 0;
    case RESHOOT_OPERATION_RECOLOR:
      return 1;
    case RESHOOT_OPERATION_SHADOW:
      return 3;
    case RESHOOT_OPERATION_CROP:
    case RESHOOT_OPERATION_FRAME:
    case RESHOOT_OPERATION_CANVAS:
      return 4;
    case RESHOOT_OPERATION_RESIZE:
    case RESHOOT_OPERATION_UPSCALE:
      return 5;
    case RESHOOT_OPERATION_SHARPEN:
      return 6;
    case RESHOOT_OPERATION_TEXT:
      return 7;
    case RESHOOT_OPERATION_REPEAT:
      return 8;
    case RESHOOT_OPERATION_BACKGROUND:
    case RESHOOT_OPERATION_EXPOSURE:
    case RESHOOT_OPERATION_CONTRAST:
    case RESHOOT_OPERATION_HIGHLIGHTS:
    case RESHOOT_OPERATION_SHADOWS:
    case RESHOOT_OPERATION_BLACKS:
    case RESHOOT_OPERATION_TEMPERATURE:
    case RESHOOT_OPERATION_SATURATION:
    case RESHOOT_OPERATION_VIBRANCE:
    case RESHOOT_OPERATION_DENOISE:
    case RESHOOT_OPERATION_WHITE_BALANCE:
    case RESHOOT_OPERATION_AUTO_TONE:
    case RESHOOT_OPERATION_MONOCHROME:
    default:
      return 2;
    }
}

/* Stable: a plan is short, and operations of one stage keep the order of the sentence. */
static void
sort_operations (GPtrArray *operations)
{
  for (guint i = 1; i < operations->len; i++)
    {
      gpointer moved = operations->pdata[i];
      guint j = i;

      for (; j > 0 && get_stage (operations->pdata[j - 1]) > get_stage (moved); j--)
        operations->pdata[j] = operations->pdata[j - 1];
      operations->pdata[j] = moved;
    }
}

static gboolean
touches_product (const ReshootOperation *operation)
{
  if (operation->kind == RESHOOT_OPERATION_BACKGROUND ||
      operation->kind == RESHOOT_OPERATION_SHADOW)
    return FALSE;

  return !(reshoot_operation_is_tone (operation->kind) &&
           operation->scope == RESHOOT_SCOPE_BACKGROUND);
}

/* A plan that works on the background alone promises the product even where the person did not ask. */
static void
protect_untouched (ReshootReading *reading)
{
  for (guint i = 0; i < reading->operations->len; i++)
    {
      if (touches_product (g_ptr_array_index (reading->operations, i)))
        return;
    }

  if (reading->operations->len > 0)
    reshoot_reading_protect (reading, "product");
}

/**
 * reshoot_plan_new:
 * @instruction: what the person wrote, in English; any bytes
 *
 * Reads an instruction. This never fails: what is not understood or cannot be done is a refusal of the plan.
 *
 * Returns: (transfer full): a new plan
 */
ReshootPlan *
reshoot_plan_new (const char *instruction)
{
  ReshootPlan *self = NULL;

  g_return_val_if_fail (instruction != NULL, NULL);

  self = g_object_new (RESHOOT_TYPE_PLAN, NULL);
  self->instruction = g_utf8_make_valid (instruction, -1);
  reshoot_parser_read (self->instruction, self->reading);
  sort_operations (self->reading->operations);
  protect_untouched (self->reading);
  return self;
}

/**
 * reshoot_plan_new_from_json:
 * @json: a plan as [method@Plan.to_json] writes it; anything at all is safe
 * @error: return location for an error
 *
 * Reads a plan back. Every key, type and range is checked, and the order of the operations is kept as it is.
 *
 * Returns: (transfer full): a new plan with an empty instruction, or %NULL with `RESHOOT_ERROR_INVALID_REQUEST`
 */
ReshootPlan *
reshoot_plan_new_from_json (JsonNode  *json,
                            GError   **error)
{
  g_autoptr (ReshootPlan) self = NULL;

  g_return_val_if_fail (json != NULL, NULL);

  self = g_object_new (RESHOOT_TYPE_PLAN, NULL);
  self->instruction = g_strdup ("");
  if (!reshoot_reading_from_json (self->reading, json, error))
    return NULL;

  return g_steal_pointer (&self);
}

/**
 * reshoot_plan_to_json:
 * @self: a plan
 *
 * Returns: (transfer full): an object with `ops`, `refuse` and `protect`; `refused` adds to each reason the clause
 */
JsonNode *
reshoot_plan_to_json (ReshootPlan *self)
{
  g_return_val_if_fail (RESHOOT_IS_PLAN (self), NULL);

  return reshoot_reading_to_json (self->reading);
}

/**
 * reshoot_plan_get_instruction:
 * @self: a plan
 *
 * Returns: the words that were read, as valid UTF-8; empty for a plan that came from JSON
 */
const char *
reshoot_plan_get_instruction (ReshootPlan *self)
{
  g_return_val_if_fail (RESHOOT_IS_PLAN (self), NULL);

  return self->instruction;
}

/**
 * reshoot_plan_get_n_operations:
 * @self: a plan
 *
 * Returns: how many operations the plan has, those of a mixed sentence included
 */
guint
reshoot_plan_get_n_operations (ReshootPlan *self)
{
  g_return_val_if_fail (RESHOOT_IS_PLAN (self), 0);

  return self->reading->operations->len;
}

/**
 * reshoot_plan_get_operation:
 * @self: a plan
 * @index: from 0, below the number of operations
 *
 * Returns: the operation that runs at this place
 */
const ReshootOperation *
reshoot_plan_get_operation (ReshootPlan *self,
                            guint        index)
{
  g_return_val_if_fail (RESHOOT_IS_PLAN (self), NULL);
  g_return_val_if_fail (index < self->reading->operations->len, NULL);

  return g_ptr_array_index (self->reading->operations, index);
}

/**
 * reshoot_plan_get_n_refusals:
 * @self: a plan
 *
 * Returns: how many clauses cannot be done
 */
guint
reshoot_plan_get_n_refusals (ReshootPlan *self)
{
  g_return_val_if_fail (RESHOOT_IS_PLAN (self), 0);

  return self->reading->refusals->len;
}

/**
 * reshoot_plan_get_refusal:
 * @self: a plan
 * @index: from 0, below the number of refusals
 *
 * Returns: one clause that cannot be done, in the order of the sentence
 */
const ReshootRefusal *
reshoot_plan_get_refusal (ReshootPlan *self,
                          guint        index)
{
  g_return_val_if_fail (RESHOOT_IS_PLAN (self), NULL);
  g_return_val_if_fail (index < self->reading->refusals->len, NULL);

  return g_ptr_array_index (self->reading->refusals, index);
}

/**
 * reshoot_plan_get_protects:
 * @self: a plan
 * @what: "product" or "background"
 *
 * Returns: whether the pixels of @what must come out as they went in
 */
gboolean
reshoot_plan_get_protects (ReshootPlan *self,
                           const char  *what)
{
  g_return_val_if_fail (RESHOOT_IS_PLAN (self), FALSE);
  g_return_val_if_fail (what != NULL, FALSE);

  return g_ptr_array_find_with_equal_func (self->reading->protects, what, g_str_equal, NULL);
}

static gboolean
operation_needs_matte (const ReshootOperation *operation)
{
  switch ((int) operation->kind)
    {
    case RESHOOT_OPERATION_BACKGROUND:
    case RESHOOT_OPERATION_SHADOW:
    case RESHOOT_OPERATION_FRAME:
      return TRUE;
    case RESHOOT_OPERATION_CROP:
      return g_strcmp0 (operation->sub, "product") == 0;
    case RESHOOT_OPERATION_RECOLOR:
      return g_strcmp0 (operation->target, "product") == 0;
    case RESHOOT_OPERATION_WHITE_BALANCE:
      return operation->target != NULL || operation->scope != RESHOOT_SCOPE_ALL;
    default:
      return operation->scope != RESHOOT_SCOPE_ALL;
    }
}

/**
 * reshoot_plan_needs_matte:
 * @self: a plan
 *
 * Returns: whether any operation has to know where the product is
 */
gboolean
reshoot_plan_needs_matte (ReshootPlan *self)
{
  g_return_val_if_fail (RESHOOT_IS_PLAN (self), FALSE);

  for (guint i = 0; i < self->reading->operations->len; i++)
    {
      if (operation_needs_matte (g_ptr_array_index (self->reading->operations, i)))
        return TRUE;
    }

  return FALSE;
}

/**
 * reshoot_plan_check:
 * @self: a plan
 * @error: return location for an error
 *
 * Whether the plan may run. A sentence of which one clause cannot be done does not run at all: half an edit is a guess.
 *
 * Returns: %FALSE with `RESHOOT_ERROR_CANNOT`, whose reason is the first refusal's and whose subject is its clause
 */
gboolean
reshoot_plan_check (ReshootPlan  *self,
                    GError      **error)
{
  const ReshootRefusal *refusal = NULL;

  g_return_val_if_fail (RESHOOT_IS_PLAN (self), FALSE);

  if (self->reading->refusals->len > 0)
    {
      refusal = g_ptr_array_index (self->reading->refusals, 0);
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, refusal->reason, refusal->clause,
                         "The studio cannot do \"%s\" (%s)", refusal->clause, refusal->reason);
      return FALSE;
    }

  if (self->reading->operations->len == 0)
    {
      reshoot_set_error (error, RESHOOT_ERROR_CANNOT, "unclear", self->instruction,
                         "The plan has no operation");
      return FALSE;
    }

  return TRUE;
}
