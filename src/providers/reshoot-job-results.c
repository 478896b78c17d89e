/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a service made, on its way into the project. Each address is loaded once, foreign bytes go through the gate away
 * from the main thread, and all is stored at once as it came: one picture as the step's reply, several or parts of one
 * with which of them is whose. A picture that is here is not thrown away because another one does not come. */

#include "reshoot-error.h"
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

/* Everything that could be loaded is here. All of it is stored as it came, before anything is made of it. */
static void
arrive_several (ReshootJob *self)
{
  g_autoptr (GPtrArray) results = NULL;

  results = g_ptr_array_new_with_free_func ((GDestroyNotify) reshoot_project_result_free);
  for (guint i = 0; i < self->results->len; i++)
    {
      ReshootReplyMeans means = reshoot_job_get_reply_means (self);
      ReshootProjectResult *made;
      JsonObject *facts;

      means.reply = self->pictures->pdata[i];
      if (means.reply == NULL)
        continue;

      made = g_new0 (ReshootProjectResult, 1);
      made->reply = g_object_ref (means.reply);
      made->facts = reshoot_reply_make_facts (self->step, &means, get_result (self, i)->part,
                                              made->affine);
      facts = json_node_get_object (made->facts);
      json_object_set_int_member (facts, "result", i + 1);
      json_object_set_int_member (facts, "results", self->results->len);
      g_ptr_array_add (results, made);
    }

  store_results (self, results);
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
