/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A rebase says what is to be asked again, one by one or merged into one instruction, and what that costs. Asking is
 * the session's, as for any other edit. What has no meaning on another picture is refused before anything is paid. */

#include "reshoot-rebase.h"

#include "reshoot-error.h"
#include "reshoot-step-place.h"

#include <math.h>

/* A region means the same where the picture lies as it did, within so many pixels of the original. */
#define SAME_PLACE 0.5

static gboolean
set_step_error (GError      **error,
                const char   *reason,
                ReshootStep  *step)
{
  g_autofree char *id = g_strdup_printf ("%" G_GINT64_FORMAT, reshoot_step_get_id (step));

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, reason, id, "step %s", id);
  return FALSE;
}

static gboolean
has_references (ReshootRequest *request)
{
  const ReshootInputs *inputs = reshoot_request_get_inputs (request);

  for (guint i = 0; i < inputs->n_pictures; i++)
    if (reshoot_request_is_reference (inputs->pictures[i].role))
      return TRUE;

  return FALSE;
}

/* What a service is to do with its own picture of before has none to be done with. */
static gboolean
is_follow_up (ReshootRequest *request)
{
  JsonObject *parameters = reshoot_request_get_parameters (request);

  return parameters != NULL && json_object_has_member (parameters, "action");
}

static gboolean
check_step (ReshootStep  *step,
            gboolean      merged,
            GError      **error)
{
  ReshootRequest *request = reshoot_step_get_request (step);

  if (is_follow_up (request))
    return set_step_error (error, "rebase-follow-up", step);
  if (merged && reshoot_request_get_has_region (request))
    return set_step_error (error, "rebase-region", step);
  if (merged && has_references (request))
    return set_step_error (error, "rebase-references", step);

  return TRUE;
}

/* The same, but for what was decided about its landing then: that is decided anew, or the drift comes back. */
static ReshootRequest *
copy_request (ReshootRequest *request,
              const char     *instruction)
{
  ReshootInputs inputs = *reshoot_request_get_inputs (request);

  inputs.landing = NULL;
  return reshoot_request_new_with_inputs (instruction, reshoot_request_get_model (request),
                                          reshoot_request_get_parameters (request), &inputs);
}

/* Whether a service made it: the last one that did can do what the studio did too, and not the other way round. */
static gboolean
is_by_service (ReshootStep *step)
{
  return !g_str_has_prefix (reshoot_request_get_model (reshoot_step_get_request (step)), "studio/");
}

static ReshootRequest *
merge (GPtrArray *steps)
{
  g_autoptr (GString) words = g_string_new (NULL);
  ReshootStep *asked = steps->pdata[steps->len - 1];

  for (guint i = 0; i < steps->len; i++)
    {
      ReshootRequest *request = reshoot_step_get_request (steps->pdata[i]);
      g_autofree char *text = g_strstrip (g_strdup (reshoot_request_get_instruction (request)));
      gboolean ends = g_str_has_suffix (text, ".") || g_str_has_suffix (text, "!");

      g_string_append_printf (words, "%s%s%s", i > 0 ? " " : "", text,
                              ends || i + 1 == steps->len ? "" : ".");
    }

  for (guint i = steps->len; i > 0 && !is_by_service (asked); i--)
    if (is_by_service (steps->pdata[i - 1]))
      asked = steps->pdata[i - 1];

  return copy_request (reshoot_step_get_request (asked), words->str);
}

static void
estimate (ReshootRebase    *self,
          ReshootCatalogue *catalogue)
{
  ReshootStep *original = reshoot_step_get_original (self->steps->pdata[0]);

  for (guint i = 0; i < self->requests->len; i++)
    {
      ReshootRequest *request = self->requests->pdata[i];
      const char *id = reshoot_request_get_model (request);
      ReshootModel *model = reshoot_catalogue_get_model (catalogue, id);
      ReshootMoney price = RESHOOT_MONEY_UNKNOWN;

      if (model != NULL)
        price = reshoot_model_estimate (model, reshoot_request_get_parameters (request),
                                        reshoot_step_get_width (original),
                                        reshoot_step_get_height (original));
      if (price < 0)
        {
          self->price = RESHOOT_MONEY_UNKNOWN;
          return;
        }

      self->price += price;
    }
}

/**
 * reshoot_rebase_new:
 * @head: where the branch ends
 * @catalogue: knows what the models cost
 * @merged: whether all is to be asked at once, of the last service, or of the studio where there is none
 * @error: return location: `INVALID_REQUEST`: an original (`rebase-original`), or what has no meaning on another
 *   picture: `rebase-follow-up`, and merged `rebase-region` and `rebase-references`
 *
 * Returns: (transfer full): what is to be asked, or %NULL
 */
ReshootRebase *
reshoot_rebase_new (ReshootStep       *head,
                    ReshootCatalogue  *catalogue,
                    gboolean           merged,
                    GError           **error)
{
  g_autoptr (ReshootRebase) self = g_new0 (ReshootRebase, 1);

  g_return_val_if_fail (RESHOOT_IS_STEP (head), NULL);

  self->steps = g_ptr_array_new ();
  self->requests = g_ptr_array_new_with_free_func (g_object_unref);
  for (ReshootStep *step = head; reshoot_step_get_parent (step) != NULL;
       step = reshoot_step_get_parent (step))
    g_ptr_array_insert (self->steps, 0, step);

  if (self->steps->len == 0)
    {
      set_step_error (error, "rebase-original", head);
      return NULL;
    }

  for (guint i = 0; i < self->steps->len; i++)
    {
      ReshootRequest *request = reshoot_step_get_request (self->steps->pdata[i]);

      if (!check_step (self->steps->pdata[i], merged, error))
        return NULL;
      if (!merged)
        g_ptr_array_add (self->requests,
                         copy_request (request, reshoot_request_get_instruction (request)));
    }

  if (merged)
    g_ptr_array_add (self->requests, merge (self->steps));

  estimate (self, catalogue);
  return g_steal_pointer (&self);
}

void
reshoot_rebase_free (ReshootRebase *self)
{
  g_ptr_array_unref (self->steps);
  g_ptr_array_unref (self->requests);
  g_free (self);
}

/**
 * reshoot_rebase_check:
 * @self: a rebase
 * @i: which of its requests is next
 * @source: what it is about to be asked of
 * @error: return location: `INVALID_REQUEST` (`rebase-frame`): its region was drawn on a picture that lay otherwise
 *
 * Returns: whether it means the same there
 */
gboolean
reshoot_rebase_check (ReshootRebase  *self,
                      guint           i,
                      ReshootStep    *source,
                      GError        **error)
{
  ReshootStep *step = self->steps->pdata[i];
  ReshootStep *before = reshoot_step_get_parent (step);
  double now[6], then[6];

  if (!reshoot_request_get_has_region (self->requests->pdata[i]))
    return TRUE;

  reshoot_step_place_in_original (source, now);
  reshoot_step_place_in_original (before, then);
  if (reshoot_step_get_width (source) != reshoot_step_get_width (before)
      || reshoot_step_get_height (source) != reshoot_step_get_height (before)
      || fabs (now[2] - then[2]) > SAME_PLACE || fabs (now[5] - then[5]) > SAME_PLACE)
    return set_step_error (error, "rebase-frame", step);

  return TRUE;
}
