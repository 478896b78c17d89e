/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A plan on pixels. Runs on a worker: asks whether the plan can be done, cuts the product out if it has to, hands both
 * to the stages, and tells what was really done. All or nothing: what cannot be done fails the whole run. */

#include "reshoot-operations.h"

#include "reshoot-operations-private.h"
#include "reshoot-region-private.h"

#include <string.h>

struct _ReshootStudioResult
{
  GObject       parent_instance;

  ReshootImage *image;
  ReshootMatte *matte;      /* (nullable) */
  double        affine[6];
  JsonNode     *facts;
};

G_DEFINE_FINAL_TYPE (ReshootStudioResult, reshoot_studio_result, G_TYPE_OBJECT)

static void
reshoot_studio_result_finalize (GObject *object)
{
  ReshootStudioResult *self = RESHOOT_STUDIO_RESULT (object);

  g_clear_object (&self->image);
  g_clear_object (&self->matte);
  g_clear_pointer (&self->facts, json_node_unref);

  G_OBJECT_CLASS (reshoot_studio_result_parent_class)->finalize (object);
}

static void
reshoot_studio_result_class_init (ReshootStudioResultClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_studio_result_finalize;
}

static void
reshoot_studio_result_init (ReshootStudioResult *self)
{
}

/* One run, on a worker. */
typedef struct
{
  ReshootImage       *source;
  ReshootStudioGiven  given;     /* its objects owned */
} Run;

static void
run_free (gpointer data)
{
  Run *run = data;

  g_clear_object (&run->source);
  g_clear_object (&run->given.origin);
  g_clear_object (&run->given.region);
  g_clear_object (&run->given.hints);
  g_free (run);
}

/* A word of the person about this picture goes first; then the picture it came from, if the product can be told
 * there. */
static ReshootMatte *
find_product (const Run     *run,
              const char   **from,
              GCancellable  *cancellable,
              GError       **error)
{
  g_autoptr (ReshootMatte) there = NULL;
  g_autoptr (ReshootMatte) here = NULL;

  if (run->given.hints == NULL && run->given.origin != NULL)
    {
      there = reshoot_matte_new (run->given.origin, NULL, cancellable, error);
      if (there == NULL)
        return NULL;
      if (reshoot_matte_get_confident (there))
        here = reshoot_matte_map (there, run->given.affine, reshoot_image_get_width (run->source),
                                  reshoot_image_get_height (run->source));
      if (here != NULL)
        {
          *from = "origin";
          return g_steal_pointer (&here);
        }
    }

  *from = run->given.hints != NULL ? "hint" : "picture";
  return reshoot_matte_new (run->source, run->given.hints, cancellable, error);
}

static gboolean
make_matte (ReshootWork    *work,
            const Run      *run,
            gboolean        needed,
            ReshootMatte  **matte,
            GError        **error)
{
  g_autoptr (ReshootMatte) made = NULL;
  JsonObject *fact = json_object_new ();
  const char *from;

  json_object_set_object_member (work->facts, "matte", fact);
  if (work->alpha != NULL)
    {
      json_object_set_string_member (fact, "from", "alpha");
      return reshoot_work_set_matte (work, NULL, 0, 0, error);
    }

  made = find_product (run, &from, work->cancellable, error);
  if (made == NULL)
    return FALSE;

  json_object_set_string_member (fact, "from", from);
  json_object_set_boolean_member (fact, "confident", reshoot_matte_get_confident (made));
  json_object_set_double_member (fact, "confidence", reshoot_matte_get_confidence (made));
  json_object_set_int_member (fact, "products", reshoot_matte_get_n_products (made));
  if (!reshoot_matte_get_confident (made))
    {
      /* Who only wants to know where the product is takes the middle of the picture rather than a guess. */
      if (!needed)
        return TRUE;

      reshoot_set_error (error, RESHOOT_ERROR_UNSURE, "matte", NULL, "confidence %.2f",
                         reshoot_matte_get_confidence (made));
      return FALSE;
    }
  if (!reshoot_work_set_matte (work, reshoot_matte_get_values (made),
                               reshoot_matte_get_width (made), reshoot_matte_get_height (made),
                               error))
    return FALSE;

  *matte = g_steal_pointer (&made);
  return TRUE;
}

/* The picture that comes out of it: outside the region it is the source's own. */
static VipsImage *
finish_work (ReshootWork    *work,
             ReshootRegion  *region,
             GError        **error)
{
  g_autoptr (VipsImage) all = reshoot_work_finish (work, error);
  VipsImage *out;

  if (all == NULL || region == NULL)
    return g_steal_pointer (&all);

  out = reshoot_region_blend (region, work->source, all, error);
  if (out == NULL)
    return NULL;

  if (work->profile == NULL)
    vips_image_remove (out, VIPS_META_ICC_NAME);
  json_object_set_boolean_member (work->facts, "region", TRUE);
  return out;
}

static ReshootStudioResult *
take_result (ReshootWork    *work,
             ReshootMatte   *matte,
             ReshootRegion  *region,
             GError        **error)
{
  g_autoptr (ReshootStudioResult) result = g_object_new (RESHOOT_TYPE_STUDIO_RESULT, NULL);
  g_autoptr (VipsImage) out = finish_work (work, region, error);

  if (out == NULL)
    return NULL;

  result->image = reshoot_image_new_from_vips (out, RESHOOT_IMAGE_FORMAT_PNG, 0,
                                               work->cancellable, error);
  if (result->image == NULL)
    return NULL;

  g_set_object (&result->matte, matte);
  memcpy (result->affine, work->affine, sizeof result->affine);
  json_object_set_array_member (work->facts, "operations", json_array_ref (work->operations));
  result->facts = json_node_init_object (json_node_alloc (), work->facts);
  return g_steal_pointer (&result);
}

static ReshootStudioResult *
run_plan (ReshootPlan   *plan,
          const Run     *run,
          GCancellable  *cancellable,
          GError       **error)
{
  g_autoptr (ReshootWork) work = NULL;
  g_autoptr (ReshootMatte) matte = NULL;
  g_autoptr (VipsImage) source = NULL;
  g_autofree const ReshootOperation **operations = NULL;
  guint n = reshoot_plan_get_n_operations (plan), i;
  gboolean needed;

  if (g_cancellable_set_error_if_cancelled (cancellable, error)
      || !reshoot_plan_check (plan, error)
      || (run->given.region != NULL && !reshoot_plan_check_region (plan, error)))
    return NULL;

  operations = g_new (const ReshootOperation *, n + 1);
  for (i = 0; i < n; i++)
    {
      operations[i] = reshoot_plan_get_operation (plan, i);
      if (!reshoot_operation_supported (operations[i], error))
        return NULL;
    }

  source = reshoot_image_dup_vips (run->source, error);
  if (source == NULL)
    return NULL;
  work = reshoot_work_new (source, cancellable, error);
  if (work == NULL)
    return NULL;

  needed = reshoot_operations_need_matte (operations, n);
  if ((needed || reshoot_operations_want_place (operations, n))
      && !make_matte (work, run, needed, &matte, error))
    return NULL;
  if (!reshoot_operations_apply (work, operations, n, error))
    return NULL;

  return take_result (work, matte, run->given.region, error);
}

static void
run_thread_cb (GTask        *task,
               gpointer      source_object,
               gpointer      task_data,
               GCancellable *cancellable)
{
  GError *error = NULL;
  ReshootStudioResult *result;

  result = run_plan (RESHOOT_PLAN (source_object), task_data, cancellable, &error);
  if (result != NULL)
    g_task_return_pointer (task, result, g_object_unref);
  else
    g_task_return_error (task, error);
}

/**
 * reshoot_plan_run_async:
 * @plan: what to do
 * @source: the picture to do it on
 * @given: (nullable): what is given beside @source; copied
 * @cancellable: (nullable): to stop; libvips is stopped in the middle of a picture
 * @callback: called when done
 * @user_data: for @callback
 *
 * Runs a plan on a worker thread. The same plan on the same picture gives the same bits every time.
 *
 * Pixels that no operation meant to change keep their value: a new background leaves every pixel that lies
 * wholly within the product as it was, in 8 and in 16 bit. The result has the depth and the profile of @source.
 * Outside a region every pixel of @source keeps its bits.
 */
void
reshoot_plan_run_async (ReshootPlan               *plan,
                        ReshootImage              *source,
                        const ReshootStudioGiven  *given,
                        GCancellable              *cancellable,
                        GAsyncReadyCallback        callback,
                        gpointer                   user_data)
{
  g_autoptr (GTask) task = NULL;
  Run *run;

  g_return_if_fail (RESHOOT_IS_PLAN (plan));
  g_return_if_fail (RESHOOT_IS_IMAGE (source));

  run = g_new0 (Run, 1);
  run->source = g_object_ref (source);
  if (given != NULL)
    {
      run->given = *given;
      run->given.origin = given->origin != NULL ? g_object_ref (given->origin) : NULL;
      run->given.region = given->region != NULL ? g_object_ref (given->region) : NULL;
      run->given.hints = given->hints != NULL ? g_object_ref (given->hints) : NULL;
    }

  task = g_task_new (plan, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_plan_run_async);
  g_task_set_task_data (task, run, run_free);
  g_task_run_in_thread (task, run_thread_cb);
}

/**
 * reshoot_plan_run_finish:
 * @plan: the plan
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Errors: %RESHOOT_ERROR_CANNOT with the reason and the clause of a refusal, or with "not-yet" and the name of an
 * operation, or with "region" and the name of one that cannot be kept to a part;
 * %RESHOOT_ERROR_UNSURE where the product could not be cut out with confidence (a hint helps);
 * %RESHOOT_ERROR_TOO_LARGE for a result no file can hold.
 *
 * Returns: (transfer full): what came out of it
 */
ReshootStudioResult *
reshoot_plan_run_finish (ReshootPlan   *plan,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, plan), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_plan_run_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/**
 * reshoot_studio_result_get_image:
 * @self: a result
 *
 * Returns: (transfer none): the new picture, as PNG
 */
ReshootImage *
reshoot_studio_result_get_image (ReshootStudioResult *self)
{
  g_return_val_if_fail (RESHOOT_IS_STUDIO_RESULT (self), NULL);

  return self->image;
}

/**
 * reshoot_studio_result_get_matte:
 * @self: a result
 *
 * Returns: (transfer none) (nullable): the cut-out of the source that was used, if one was made
 */
ReshootMatte *
reshoot_studio_result_get_matte (ReshootStudioResult *self)
{
  g_return_val_if_fail (RESHOOT_IS_STUDIO_RESULT (self), NULL);

  return self->matte;
}

/**
 * reshoot_studio_result_get_affine:
 * @self: a result
 *
 * Where a point of the source is in the result: six numbers a to f, x' = a x + b y + c, y' = d x + e y + f. Pixel
 * (i, j) covers the square from (i, j) to (i + 1, j + 1); its middle is at one half.
 *
 * Returns: (transfer none) (array fixed-size=6): the numbers
 */
const double *
reshoot_studio_result_get_affine (ReshootStudioResult *self)
{
  g_return_val_if_fail (RESHOOT_IS_STUDIO_RESULT (self), NULL);

  return self->affine;
}

/**
 * reshoot_studio_result_get_facts:
 * @self: a result
 *
 * What was done, in numbers. An object: `operations`, in the order they ran, each with `op` and the amounts really
 * used; `matte` with `from` (picture, hint, alpha), `confident`, `confidence`, `products`; `clipped`, the share of
 * pixels whose highlights a change of tone took; `region`, true where only a part was allowed to
 * change; and for an operation that enlarged, `resampled`.
 *
 * Returns: (transfer none): the facts
 */
JsonNode *
reshoot_studio_result_get_facts (ReshootStudioResult *self)
{
  g_return_val_if_fail (RESHOOT_IS_STUDIO_RESULT (self), NULL);

  return self->facts;
}
