/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a service made, on its way into the project. Each address is loaded once, foreign bytes go through the gate away
 * from the main thread, and all is stored at once: one picture as the step's reply, several or parts of one with
 * what each step shows of them. A picture that is here is not thrown away because another one does not come. */

#include "reshoot-error.h"
#include "reshoot-image-prepare.h"
#include "reshoot-job-private.h"

static void
picture_free (gpointer data)
{
  if (data != NULL)
    g_object_unref (data);
}

static ReshootResult *
get_result (ReshootJob *self,
            guint       i)
{
  return self->results->pdata[i];
}

static gboolean
is_part (const ReshootResult *result)
{
  const double *part = result->part;

  return part[0] > 0 || part[1] > 0 || part[2] < 1 || part[3] < 1;
}

static void load_next (ReshootJob *self);

/* Arrived */

/* The pixels of a part: its corners are rounded, so that neighbours neither overlap nor leave a gap. */
static ReshootBox
make_box (const ReshootResult *result,
          ReshootImage        *reply)
{
  int width = reshoot_image_get_width (reply);
  int height = reshoot_image_get_height (reply);
  int left = CLAMP ((int) lround (result->part[0] * width), 0, width - 1);
  int top = CLAMP ((int) lround (result->part[1] * height), 0, height - 1);
  int right = CLAMP ((int) lround ((result->part[0] + result->part[2]) * width), left + 1, width);
  int bottom = CLAMP ((int) lround ((result->part[1] + result->part[3]) * height), top + 1, height);

  return (ReshootBox) { left, top, right - left, bottom - top };
}

typedef struct
{
  GPtrArray *results;    /* of ReshootProjectResult: their replies, then what is shown of them */
  GArray    *boxes;      /* of ReshootBox; width 0 = all of it */
} Cut;

static void
cut_free (gpointer data)
{
  Cut *cut = data;

  g_ptr_array_unref (cut->results);
  g_array_unref (cut->boxes);
  g_free (cut);
}

static void
cut_in_thread (GTask        *task,
               gpointer      source,
               gpointer      task_data,
               GCancellable *cancellable)
{
  Cut *cut = task_data;
  GError *error = NULL;

  for (guint i = 0; i < cut->results->len; i++)
    {
      ReshootProjectResult *result = cut->results->pdata[i];
      const ReshootBox *box = &g_array_index (cut->boxes, ReshootBox, i);

      if (box->width == 0)
        continue;

      result->picture = reshoot_image_cut (result->reply, box, NULL, &error);
      if (result->picture == NULL)
        {
          g_task_return_error (task, error);
          return;
        }
    }

  g_task_return_boolean (task, TRUE);
}

static ReshootJobFacts
make_job_facts (ReshootJob *self)
{
  ReshootJobFacts facts = self->told;

  facts.state = self->state;
  if (self->began != 0)
    facts.seconds = (double) (g_get_monotonic_time () - self->began) / G_USEC_PER_SEC;

  return facts;
}

static void
store_results (ReshootJob *self,
               GPtrArray  *results)
{
  ReshootJobFacts facts = make_job_facts (self);

  if (reshoot_job_begin_move (self, RESHOOT_JOB_ARRIVED, &facts))
    reshoot_job_store_results (self, &facts, results);
}

static void
composed_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  ReshootJob *self = RESHOOT_JOB (source);
  g_autoptr (GPtrArray) results = user_data;
  g_autoptr (GError) error = NULL;

  if (!reshoot_job_compose_finish (self, result, &error))
    g_debug ("replies stay as they came: %s", error->message);

  store_results (self, results);
}

static void
cut_cb (GObject      *source,
        GAsyncResult *result,
        gpointer      user_data)
{
  g_autoptr (ReshootJob) self = RESHOOT_JOB (source);
  Cut *cut = g_task_get_task_data (G_TASK (result));
  g_autoptr (GError) error = NULL;

  if (!g_task_propagate_boolean (G_TASK (result), &error))
    {
      reshoot_job_lose (self, error, NULL, ++self->n_broken, -1);
      return;
    }

  for (guint i = 0; i < cut->results->len; i++)
    {
      ReshootProjectResult *made = cut->results->pdata[i];
      ReshootImage *shown = made->picture != NULL ? made->picture : made->reply;

      reshoot_job_make_affine (self, reshoot_image_get_width (shown),
                               reshoot_image_get_height (shown), made->affine);
    }

  if (reshoot_job_has_region (self))
    reshoot_job_compose_async (self, cut->results, composed_cb, g_ptr_array_ref (cut->results));
  else
    store_results (self, cut->results);
}

static JsonNode *
make_facts (ReshootJob          *self,
            const ReshootResult *result,
            guint                place)
{
  JsonNode *node = reshoot_job_make_facts (self);
  JsonObject *facts = json_node_get_object (node);
  JsonArray *part = json_array_sized_new (4);

  for (guint i = 0; i < G_N_ELEMENTS (result->part); i++)
    json_array_add_double_element (part, result->part[i]);

  json_object_set_int_member (facts, "result", place);
  json_object_set_int_member (facts, "results", self->results->len);
  json_object_set_array_member (facts, "part", part);
  return node;
}

/* Everything that could be loaded is here. */
static void
arrive_several (ReshootJob *self)
{
  g_autoptr (GTask) task = NULL;
  Cut *cut = g_new0 (Cut, 1);

  cut->results = reshoot_job_new_results ();
  cut->boxes = g_array_new (FALSE, TRUE, sizeof (ReshootBox));

  for (guint i = 0; i < self->results->len; i++)
    {
      ReshootImage *reply = self->pictures->pdata[i];
      ReshootBox box = { 0, 0, 0, 0 };
      ReshootProjectResult *made;

      if (reply == NULL)
        continue;

      made = g_new0 (ReshootProjectResult, 1);
      made->reply = g_object_ref (reply);
      made->facts = make_facts (self, get_result (self, i), i + 1);
      if (is_part (get_result (self, i)))
        box = make_box (get_result (self, i), reply);
      g_ptr_array_add (cut->results, made);
      g_array_append_val (cut->boxes, box);
    }

  /* The job is the source of its own task, and lives until the callback. What was paid for is not thrown away by a
   * cancellation that comes after it. */
  task = g_task_new (g_object_ref (self), NULL, cut_cb, NULL);
  g_task_set_source_tag (task, arrive_several);
  g_task_set_task_data (task, cut, cut_free);
  g_task_run_in_thread (task, cut_in_thread);
}

static void
arrive (ReshootJob *self)
{
  ReshootJobFacts facts = make_job_facts (self);
  guint first = 0;

  while (self->pictures->pdata[first] == NULL)
    first++;

  g_set_object (&self->reply, self->pictures->pdata[first]);
  if (self->results->len > 1 || is_part (get_result (self, first)))
    arrive_several (self);
  else if (reshoot_job_begin_move (self, RESHOOT_JOB_ARRIVED, &facts))
    reshoot_job_store (self, &facts, self->reply);
}

/* Loading */

/* The index of the next that is not here, or of none. */
static guint
find_missing (ReshootJob *self)
{
  for (guint i = 0; i < self->pictures->len; i++)
    if (self->pictures->pdata[i] == NULL)
      return i;

  return self->pictures->len;
}

static gboolean
has_any (ReshootJob *self)
{
  for (guint i = 0; i < self->pictures->len; i++)
    if (self->pictures->pdata[i] != NULL)
      return TRUE;

  return FALSE;
}

/* One did not come. In the end those that did count. */
static void
lose (ReshootJob   *self,
      const GError *error,
      int           retry_after)
{
  gboolean is_over = ++self->n_broken >= self->means.times.tries || reshoot_job_is_too_late (self);
  ReshootNext told = RESHOOT_NEXT_INIT;

  told.charged = self->told.charged;
  self->quoted = self->told.quoted;
  if (is_over && has_any (self) && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    arrive (self);
  else
    reshoot_job_lose (self, error, &told, self->n_broken, retry_after);
}

static void
check_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = reshoot_image_new_from_bytes (task_data, NULL, &error);

  if (image != NULL && reshoot_image_check (image, cancellable, &error))
    g_task_return_pointer (task, g_steal_pointer (&image), g_object_unref);
  else
    g_task_return_error (task, g_steal_pointer (&error));
}

/* The same address is the same picture. */
static void
take_picture (ReshootJob   *self,
              ReshootImage *image)
{
  guint at = find_missing (self);
  const char *uri = get_result (self, at)->call.uri;

  for (guint i = at; i < self->pictures->len; i++)
    if (i == at || (uri != NULL && self->pictures->pdata[i] == NULL &&
                    g_strcmp0 (uri, get_result (self, i)->call.uri) == 0))
      self->pictures->pdata[i] = g_object_ref (image);
}

static void
checked_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (ReshootJob) self = RESHOOT_JOB (source);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = g_task_propagate_pointer (G_TASK (result), &error);

  if (reshoot_job_is_stopped (self))
    return;

  if (image == NULL)
    {
      lose (self, error, -1);
      return;
    }

  take_picture (self, image);
  load_next (self);
}

static void
check (ReshootJob *self,
       GBytes     *bytes)
{
  g_autoptr (GTask) task = g_task_new (g_object_ref (self), NULL, checked_cb, NULL);

  g_task_set_source_tag (task, check);
  g_task_set_task_data (task, g_bytes_ref (bytes), (GDestroyNotify) g_bytes_unref);
  g_task_run_in_thread (task, check_in_thread);
}

static void
downloaded_cb (GObject      *source,
               GAsyncResult *result,
               gpointer      user_data)
{
  g_autoptr (ReshootJob) self = user_data;
  g_auto (ReshootReply) reply = { .retry_after = -1 };
  g_autoptr (GError) error = NULL;

  if (reshoot_http_send_finish (RESHOOT_HTTP (source), result, &reply, &error) &&
      reply.status != 200)
    error = reshoot_error_new (RESHOOT_ERROR_UNAVAILABLE, "download", NULL, "status %u", reply.status);

  if (reshoot_job_is_stopped (self))
    return;

  if (error != NULL)
    lose (self, error, reply.retry_after);
  else
    check (self, reply.body);
}

static void
load_next (ReshootJob *self)
{
  guint at = find_missing (self);
  ReshootResult *result;

  if (at == self->pictures->len)
    {
      arrive (self);
      return;
    }

  result = get_result (self, at);
  if (result->bytes != NULL)
    {
      check (self, result->bytes);
      return;
    }

  reshoot_call_clear (&self->call);
  self->call.method = result->call.method;
  self->call.uri = g_strdup (result->call.uri);
  self->call.headers = g_strdupv (result->call.headers);
  self->call.with_key = result->call.with_key;
  reshoot_job_call (self, RESHOOT_JOB_PICTURE_MAX, downloaded_cb);
}

/* For the engine: loads what the service made. An address may have run out: the next try asks for a new one first. */
void
reshoot_job_download (ReshootJob *self)
{
  self->delay = self->means.times.first_delay;
  load_next (self);
}

/* Where the service names as many as before, what is here of them stays. */
static void
replace_results (ReshootJob *self,
                 GPtrArray  *results)
{
  if (self->pictures != NULL && self->pictures->len != results->len)
    g_clear_pointer (&self->pictures, g_ptr_array_unref);

  if (self->pictures == NULL)
    {
      self->pictures = g_ptr_array_new_with_free_func (picture_free);
      g_ptr_array_set_size (self->pictures, (int) results->len);
    }

  g_clear_pointer (&self->results, g_ptr_array_unref);
  self->results = g_ptr_array_ref (results);
}

/* For the job's files: what there is to load, and what was said of the money with it. */
void
reshoot_job_take_results (ReshootJob      *self,
                          ReshootNext     *next,
                          ReshootJobFacts *facts)
{
  gboolean is_far = FALSE;

  replace_results (self, next->results);
  for (guint i = 0; i < self->results->len; i++)
    is_far = is_far || (get_result (self, i)->bytes == NULL && self->pictures->pdata[i] == NULL);

  self->told = RESHOOT_JOB_FACTS_INIT (self->state);
  if (is_far)
    {
      reshoot_job_move (self, RESHOOT_JOB_READY, facts);
      return;
    }

  self->told = *facts;
  self->told.ticket = NULL;
  if (facts->ticket != NULL)
    {
      g_free (self->ticket);
      self->ticket = g_strdup (facts->ticket);
      self->told.ticket = self->ticket;
    }
  load_next (self);
}
