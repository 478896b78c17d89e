/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* FakeJob: a task of a vendor, which goes on when it is asked about and never by time; its results; and the files that
 * the cloud hosts. */

#include "fake-cloud-private.h"

#include <string.h>

typedef struct
{
  FakeJob    job;

  GPtrArray *uris;      /* (element-type utf8): of its results */
} Job;

typedef struct
{
  char     *uri;              /* without its query */
  char     *signed_uri;       /* with it */
  GBytes   *bytes;
  char     *content_type;
  gboolean  is_expired;
} FakeFile;

void
fake_file_free (gpointer data)
{
  FakeFile *file = data;

  g_free (file->uri);
  g_free (file->signed_uri);
  g_free (file->content_type);
  g_bytes_unref (file->bytes);
  g_free (file);
}

void
fake_job_free (gpointer data)
{
  Job *self = data;
  FakeJob *job = &self->job;

  if (job->free_data != NULL)
    job->free_data (job->data);
  g_ptr_array_unref (self->uris);
  g_clear_pointer (&job->picture, g_bytes_unref);
  g_free (job->id);
  g_free (job->prompt);
  g_free (job->format);
  g_free (self);
}

/* (transfer none): begins a job, as the exchange's request says; it is counted and logged as one that costs. */
FakeJob *
fake_cloud_add_job (FakeExchange *submit,
                    GBytes       *picture,
                    const char   *prompt)
{
  Job *self = g_new0 (Job, 1);
  FakeJob *job = &self->job;
  FakeEntry *entry = fake_exchange_get_entry (submit);
  g_autofree char *id = g_uuid_string_random ();

  self->uris = g_ptr_array_new ();
  job->cloud = submit->cloud;
  job->vendor = submit->vendor->name;
  job->fate = fake_cloud_take_fate (fake_cloud_get_server (submit->cloud, job->vendor));
  job->n_polls = submit->cloud->n_polls;
  job->picture = picture != NULL ? g_bytes_ref (picture) : NULL;
  job->prompt = g_strdup (prompt != NULL ? prompt : "");
  g_ptr_array_add (submit->cloud->jobs, job);
  fake_job_set_id (job, id);

  if (entry != NULL)
    {
      g_clear_pointer (&entry->id, g_free);
      g_clear_pointer (&entry->prompt, g_free);
      entry->id = g_strdup (id);
      entry->prompt = g_strdup (job->prompt);
    }

  return job;
}

static void
rename_entry (FakeCloud  *cloud,
              const char *from,
              const char *to)
{
  for (guint i = 0; i < cloud->entries->len; i++)
    {
      FakeEntry *entry = cloud->entries->pdata[i];

      if (g_strcmp0 (entry->id, from) == 0)
        {
          g_free (entry->id);
          entry->id = g_strdup (to);
          return;
        }
    }
}

/* For vendors whose ids look otherwise, or are the client's own. */
void
fake_job_set_id (FakeJob    *job,
                 const char *id)
{
  if (job->id != NULL)
    {
      g_autofree char *before = g_strdup_printf ("%s %s", job->vendor, job->id);

      g_hash_table_remove (job->cloud->jobs_by_id, before);
      rename_entry (job->cloud, job->id, id);
    }

  g_free (job->id);
  job->id = g_strdup (id);
  g_hash_table_replace (job->cloud->jobs_by_id, g_strdup_printf ("%s %s", job->vendor, id), job);
}

/* (transfer none) (nullable): also where it is gone; its state says so. */
FakeJob *
fake_cloud_get_job (FakeCloud  *self,
                    const char *vendor,
                    const char *id)
{
  g_autofree char *name = g_strdup_printf ("%s %s", vendor, id);

  return g_hash_table_lookup (self->jobs_by_id, name);
}

static gboolean
has_ended (FakeJob *job)
{
  return job->state >= FAKE_DONE;
}

/* Ends the job as its fate says, however far it is. */
void
fake_job_finish (FakeJob *job)
{
  static const FakeState ends[FAKE_N_FATES] = {
    [FAKE_WILL_SUCCEED] = FAKE_DONE,
    [FAKE_WILL_FAIL] = FAKE_FAILED,
    [FAKE_WILL_REFUSE_INPUT] = FAKE_REFUSED_INPUT,
    [FAKE_WILL_REFUSE_OUTPUT] = FAKE_REFUSED_OUTPUT,
    [FAKE_WILL_BE_CANCELLED] = FAKE_CANCELLED,
    [FAKE_WILL_BE_GONE] = FAKE_GONE,
    [FAKE_WILL_HANG] = FAKE_RUNNING,
    [FAKE_WILL_BE_ODD] = FAKE_DONE,
    [FAKE_WILL_COST_MORE] = FAKE_DONE,
    [FAKE_WILL_EXPIRE] = FAKE_DONE,
  };

  if (!has_ended (job))
    job->state = ends[job->fate];
}

/* Asks about the job: queued in the first half of its polls, running in the second, and then what its fate says. */
FakeState
fake_job_poll (FakeJob *job)
{
  guint asked = job->polls++;

  if (has_ended (job))
    return job->state;

  if (job->fate == FAKE_WILL_BE_GONE && asked > 0)
    fake_job_finish (job);
  else if (asked >= job->n_polls)
    fake_job_finish (job);
  else if (job->fate == FAKE_WILL_BE_ODD)
    job->state = FAKE_ODD;
  else
    job->state = asked < (job->n_polls + 1) / 2 ? FAKE_QUEUED : FAKE_RUNNING;

  return job->state;
}

/* Whether there was something left to cancel. */
gboolean
fake_job_cancel (FakeJob *job)
{
  if (has_ended (job))
    return FALSE;

  job->state = FAKE_CANCELLED;
  return TRUE;
}

/* 0–1 */
double
fake_job_get_progress (FakeJob *job)
{
  if (has_ended (job))
    return 1;

  return MIN (job->polls, job->n_polls) / (job->n_polls + 1.0);
}

/* The same picture is marked alike: once is enough. */
static GBytes *
get_marked (FakeJob *job,
            guint    nth)
{
  g_autofree char *digest = NULL;
  g_autofree char *name = NULL;
  const char *format = job->format != NULL ? job->format : "png";
  GBytes *marked;

  if (job->picture != NULL)
    digest = g_compute_checksum_for_bytes (G_CHECKSUM_SHA256, job->picture);
  name = g_strdup_printf ("%s %d %d %s %u %d", digest, job->width, job->height, format, nth, job->is_grid);

  marked = g_hash_table_lookup (job->cloud->marked, name);
  if (marked == NULL)
    {
      marked = fake_picture_mark (job->picture, job->width, job->height, format, nth, job->is_grid);
      g_hash_table_insert (job->cloud->marked, g_steal_pointer (&name), marked);
    }

  return marked;
}

/* (transfer none): the first result's bytes, for vendors that send them in their reply. */
GBytes *
fake_job_get_result (FakeJob *job)
{
  return get_marked (job, 0);
}

/* (transfer none): where the @nth result (from 0) can be loaded; they differ in the colour of their mark. */
const char *
fake_job_get_result_uri (FakeJob *job,
                         guint    nth)
{
  Job *self = (Job *) job;

  while (self->uris->len <= nth)
    {
      g_autofree char *type = g_strdup_printf ("image/%s", job->format != NULL ? job->format : "png");
      GBytes *marked = get_marked (job, self->uris->len);
      const char *uri = fake_cloud_host (job->cloud, job->vendor, marked, type);

      if (job->fate == FAKE_WILL_EXPIRE)
        fake_cloud_expire (job->cloud, uri);
      g_ptr_array_add (self->uris, (char *) uri);
    }

  return self->uris->pdata[nth];
}

static FakeFile *
find_file (FakeCloud  *self,
           const char *uri)
{
  g_autofree char *bare = g_strndup (uri, strcspn (uri, "?"));

  return g_hash_table_lookup (self->files, bare);
}

/* (transfer none): an address at @vendor's port where @bytes can be loaded from now on, without a key. */
const char *
fake_cloud_host (FakeCloud  *self,
                 const char *vendor,
                 GBytes     *bytes,
                 const char *content_type)
{
  FakeFile *file = g_new0 (FakeFile, 1);
  const char *slash = strrchr (content_type, '/');

  file->uri = g_strdup_printf ("%s" FAKE_FILES "%u.%s", fake_cloud_get_server (self, vendor)->origin,
                               g_hash_table_size (self->files), slash != NULL ? slash + 1 : "bin");
  file->signed_uri = g_strconcat (file->uri, "?sig=fake", NULL);
  file->bytes = g_bytes_ref (bytes);
  file->content_type = g_strdup (content_type);
  g_hash_table_replace (self->files, file->uri, file);
  return file->signed_uri;
}

/* Gives the file that was hosted at @vendor under that last part of its address another content. */
gboolean
fake_cloud_fill (FakeCloud  *self,
                 const char *vendor,
                 const char *name,
                 GBytes     *bytes)
{
  FakeServer *server = fake_cloud_get_server (self, vendor);
  g_autofree char *uri = g_strconcat (server->origin, FAKE_FILES, name, NULL);
  FakeFile *file = find_file (self, uri);

  if (file == NULL)
    return FALSE;

  g_bytes_unref (file->bytes);
  file->bytes = g_bytes_ref (bytes);
  return TRUE;
}

/* From here on that address answers 404. */
gboolean
fake_cloud_expire (FakeCloud  *self,
                   const char *uri)
{
  FakeFile *file = find_file (self, uri);

  if (file != NULL)
    file->is_expired = TRUE;

  return file != NULL;
}

void
fake_files_get_cb (FakeExchange *exchange,
                   gpointer      user_data)
{
  FakeServer *server = fake_cloud_get_server (exchange->cloud, exchange->vendor->name);
  g_autofree char *uri = g_strconcat (server->origin, exchange->path, NULL);
  FakeFile *file = find_file (exchange->cloud, uri);

  if (file == NULL || file->is_expired)
    fake_exchange_answer_json (exchange, 404, "{\"error\":\"gone\"}");
  else
    fake_exchange_answer (exchange, 200, file->content_type, file->bytes);
}

/* (transfer full) (nullable): the picture that a request's field means: an address that the cloud hosts, a data URI, or
 * base64. */
GBytes *
fake_cloud_read_picture (FakeCloud  *self,
                         const char *text)
{
  const char *base64 = text;
  FakeFile *file;
  guint8 *bytes;
  gsize length;

  if (text == NULL)
    return NULL;

  if (g_str_has_prefix (text, "http:") || g_str_has_prefix (text, "https:"))
    {
      file = find_file (self, text);
      return file != NULL && !file->is_expired ? g_bytes_ref (file->bytes) : NULL;
    }

  if (g_str_has_prefix (text, "data:"))
    base64 = strstr (text, ";base64,");
  if (base64 == NULL)
    return NULL;
  if (base64 != text)
    base64 += strlen (";base64,");

  bytes = g_base64_decode (base64, &length);
  if (length == 0)
    {
      g_free (bytes);
      return NULL;
    }

  return g_bytes_new_take (bytes, length);
}
