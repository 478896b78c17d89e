/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* From rows to a history, once, when a project opens. The file may be a stranger's: every number that leads somewhere
 * is checked before it is followed, so that what comes out is a tree whatever went in. No picture is touched. */

#include "reshoot-project-load.h"

#include <string.h>

#include "reshoot-error.h"
#include "reshoot-history-private.h"
#include "reshoot-json.h"
#include "reshoot-label-text.h"
#include "reshoot-project-facts.h"
#include "reshoot-project-load-private.h"
#include "reshoot-request-private.h"
#include "reshoot-step-private.h"

/* In pixels, as the gate of pictures has it. */
#define MAX_SIDE 65500

/* Of a text, in bytes. */
#define MAX_SHORT (64 * 1024)

enum
{
  COLUMN_ID,
  COLUMN_UUID,
  COLUMN_PARENT,
  COLUMN_ORIGINAL,
  COLUMN_TITLE,
  COLUMN_RATING,
  COLUMN_CREATED,
  COLUMN_ROW,
  COLUMN_TAKE,
  COLUMN_REQUEST,
};

/* A column costs as much as an object's field does, so what few steps have is asked for apart. So are the jobs: what
 * is read on two threads takes half of the time. */
static const char select_steps[] =
  "SELECT 1 FROM step LEFT JOIN request ON request.id = step.request"
  " WHERE NOT walk (step.id, uuid, parent, original, title, rating, created, row, take, body) ORDER BY step.id";

static const char select_originals[] =
  "SELECT step.id, picture, width, height FROM step JOIN picture ON picture.digest = step.picture"
  " WHERE step.picture IS NOT NULL";

static const char select_requests[] =
  "SELECT step.id, body FROM step JOIN request ON request.id = step.request";

static const char select_facts[] =
  "SELECT step, facts FROM version WHERE facts IS NOT NULL";

static const char select_errors[] =
  "SELECT step, error_code, error_reason, error_subject, error_detail FROM job WHERE error_code IS NOT NULL";

gboolean
reshoot_loading_set_bad_step (gint64       id,
                              const char  *detail,
                              GError     **error)
{
  g_autofree char *subject = g_strdup_printf ("step %" G_GINT64_FORMAT, id);

  reshoot_set_error (error, RESHOOT_ERROR_CORRUPT, "tree", subject, "%s: %s", subject, detail);
  return FALSE;
}

gboolean
reshoot_loading_set_too_many (GError **error)
{
  reshoot_set_error (error, RESHOOT_ERROR_TOO_LARGE, "steps", NULL, "more than %d steps", RESHOOT_LOADING_MAX_STEPS);
  return FALSE;
}

/* Text that will be shown: NULL stays NULL, and it is UTF-8 whatever the file holds. */
static char *
dup_text (ReshootQuery *query,
          int           column)
{
  const char *text = reshoot_query_get_text (query, column);

  return text != NULL ? g_utf8_make_valid (text, -1) : NULL;
}

/* NULL where it is longer than any time is. */
char *
reshoot_loading_dup_time (ReshootQuery *query,
                          int           column)
{
  const char *text = reshoot_query_get_text (query, column);

  return text != NULL && strnlen (text, 41) <= 40 ? g_utf8_make_valid (text, -1) : NULL;
}

ReshootStep *
reshoot_loading_lookup (ReshootLoading *loading,
                        gint64          id)
{
  return reshoot_step_find (loading->steps, id);
}

static gboolean
set_picture (ReshootStep  *step,
             const char   *digest,
             gint64        width,
             gint64        height,
             GError      **error)
{
  if (width < 1 || width > MAX_SIDE || height < 1 || height > MAX_SIDE)
    return reshoot_loading_set_bad_step (reshoot_step_get_id (step), "has no sound picture", error);

  reshoot_step_take_shown (step, reshoot_shown_new (digest, (int) width, (int) height, NULL, NULL));
  return TRUE;
}

/* Looks whether it is a request at all; what is not plain is made one to see. */
static gboolean
check_request (const char  *text,
               gint64       step,
               GError     **error)
{
  g_autoptr (JsonNode) node = NULL;
  g_autoptr (GError) local = NULL;
  g_autoptr (ReshootRequest) request = NULL;

  if (text != NULL && reshoot_request_is_plain (text))
    return TRUE;

  node = text != NULL ? reshoot_json_from_text (text, NULL, &local) : NULL;
  if (node != NULL)
    request = reshoot_request_new_from_json (node, &local);

  return request != NULL ||
         reshoot_loading_set_bad_step (step, local != NULL ? local->message : "has no request", error);
}

static const char *
read_request (ReshootLoading  *loading,
              ReshootQuery    *query,
              GError         **error)
{
  const char *text = reshoot_query_get_text (query, COLUMN_REQUEST);

  if (loading->looks_later && text != NULL && reshoot_loading_is_short (text))
    return text;

  return check_request (text, reshoot_query_get_integer (query, COLUMN_ID), error) ? text : NULL;
}

gboolean
reshoot_loading_is_json (const char *text)
{
  g_autoptr (JsonNode) node = NULL;

  if (reshoot_json_is_plain (text, NULL, 0))
    return TRUE;

  node = reshoot_json_from_text (text, NULL, NULL);
  return node != NULL;
}

/* What is longer than ours ever are is not kept before it was looked at. */
gboolean
reshoot_loading_is_short (const char *text)
{
  return strnlen (text, MAX_SHORT) < MAX_SHORT;
}

/* What does not fit is left out: the step is alone then. */
static void
set_row (ReshootStep  *step,
         ReshootQuery *query)
{
  const char *row = reshoot_query_get_text (query, COLUMN_ROW);

  gint64 take = reshoot_query_get_integer (query, COLUMN_TAKE);

  if (row != NULL && g_uuid_string_is_valid (row))
    reshoot_step_set_row (step, row, (int) CLAMP (take, 1, G_MAXINT));
}

static char *
dup_title (ReshootQuery *query)
{
  return reshoot_label_cap (RESHOOT_LABEL_TITLE, reshoot_query_get_text (query, COLUMN_TITLE));
}

/* Parents have smaller numbers than their children, which rules out circles. What becomes of it, and what it shows, it
 * gets later. */
static ReshootStep *
read_step (ReshootLoading  *loading,
           ReshootQuery    *query,
           GError         **error)
{
  gint64 id = reshoot_query_get_integer (query, COLUMN_ID);
  gint64 parent_id = reshoot_query_get_integer (query, COLUMN_PARENT);
  ReshootStep *parent = reshoot_loading_lookup (loading, parent_id);
  const char *uuid = reshoot_query_get_text (query, COLUMN_UUID);
  gint64 rating = reshoot_query_get_integer (query, COLUMN_RATING);
  g_autoptr (ReshootStep) step = NULL;
  const char *request = NULL;
  gint64 original;

  if (id <= loading->last || uuid == NULL || !g_utf8_validate (uuid, -1, NULL) ||
      (parent == NULL && parent_id != 0) || rating < 0 || rating > 5)
    {
      reshoot_loading_set_bad_step (id, "has no sound place in the tree", error);
      return NULL;
    }

  if (parent != NULL && (request = read_request (loading, query, error)) == NULL)
    return NULL;

  step = reshoot_step_new_stored (id, uuid, parent, request, dup_title (query),
                                  reshoot_loading_dup_time (query, COLUMN_CREATED));
  original = reshoot_step_get_id (reshoot_step_get_original (step));
  set_row (step, query);
  reshoot_step_set_rating (step, rating);

  if (reshoot_query_get_integer (query, COLUMN_ORIGINAL) != original)
    {
      reshoot_loading_set_bad_step (id, "is not below its original", error);
      return NULL;
    }

  loading->last = id;
  return g_steal_pointer (&step);
}

static gboolean
visit_step (ReshootQuery  *row,
            gpointer       user_data,
            GError       **error)
{
  ReshootLoading *loading = user_data;
  ReshootStep *step;

  if (g_cancellable_set_error_if_cancelled (loading->cancellable, error))
    return FALSE;

  if (loading->steps->len == RESHOOT_LOADING_MAX_STEPS)
    return reshoot_loading_set_too_many (error);

  step = read_step (loading, row, error);
  if (step == NULL)
    return FALSE;

  g_ptr_array_add (loading->steps, step);
  return TRUE;
}

/* One row of a query. */
typedef gboolean (*ReadRow) (ReshootLoading  *loading,
                             ReshootQuery    *query,
                             GError         **error);

static gboolean
load_rows (ReshootLoading  *loading,
           const char      *sql,
           ReadRow          read_row,
           GError         **error)
{
  g_autoptr (ReshootQuery) query = reshoot_query_new (loading->database, error, sql, "");
  g_autoptr (GError) local = NULL;

  if (query == NULL)
    return FALSE;

  while (reshoot_query_next (query, &local))
    if (!read_row (loading, query, error))
      return FALSE;

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return TRUE;
}

/* Every edit has a job. Both are in the order of their numbers. */
static gboolean
set_jobs (ReshootLoading  *loading,
          GArray          *jobs,
          GError         **error)
{
  guint next = 0;

  for (guint i = 0; i < loading->steps->len; i++)
    {
      ReshootStep *step = g_ptr_array_index (loading->steps, i);
      gint64 id = reshoot_step_get_id (step);
      ReshootLoadedJob *job;

      if (!reshoot_step_get_is_edit (step))
        continue;

      while (next < jobs->len && g_array_index (jobs, ReshootLoadedJob, next).step < id)
        next++;

      job = next < jobs->len ? &g_array_index (jobs, ReshootLoadedJob, next) : NULL;
      if (job == NULL || job->step != id)
        return reshoot_loading_set_bad_step (id, "has no sound job", error);

      if (job->fault != NULL)
        return reshoot_loading_set_bad_step (id, job->fault, error);

      reshoot_step_set_price (step, &job->price);
      reshoot_step_set_seconds (step, job->seconds);
      reshoot_step_set_state (step, job->state);
      reshoot_step_take_ticket (step, g_steal_pointer (&job->ticket));
      loading->has_errors |= job->has_error;
    }

  return TRUE;
}

static gboolean
show_versions (ReshootLoading  *loading,
               GArray          *versions,
               GError         **error)
{
  for (guint i = 0; i < versions->len; i++)
    {
      ReshootLoadedVersion *version = &g_array_index (versions, ReshootLoadedVersion, i);
      ReshootStep *step = reshoot_loading_lookup (loading, version->step);

      if (step == NULL || !reshoot_step_get_is_edit (step))
        return reshoot_loading_set_bad_step (version->step, "has a version and is no edit", error);

      reshoot_step_take_shown (step, g_steal_pointer (&version->shown));
    }

  return TRUE;
}

static gboolean
read_original (ReshootLoading  *loading,
               ReshootQuery    *query,
               GError         **error)
{
  ReshootStep *step = reshoot_loading_lookup (loading, reshoot_query_get_integer (query, 0));
  const char *digest = reshoot_query_get_text (query, 1);

  if (step == NULL || reshoot_step_get_is_edit (step))
    return reshoot_loading_set_bad_step (reshoot_query_get_integer (query, 0),
                                         "has a picture and is no original", error);

  if (digest == NULL || !reshoot_loading_is_digest (digest))
    return reshoot_loading_set_bad_step (reshoot_step_get_id (step), "has no sound picture", error);

  return set_picture (step, digest, reshoot_query_get_integer (query, 2),
                      reshoot_query_get_integer (query, 3), error);
}

static gboolean
load_originals (ReshootLoading  *loading,
                GError         **error)
{
  if (!load_rows (loading, select_originals, read_original, error))
    return FALSE;

  for (guint i = 0; i < loading->steps->len; i++)
    {
      ReshootStep *step = g_ptr_array_index (loading->steps, i);

      if (!reshoot_step_get_is_edit (step) && reshoot_step_get_digest (step) == NULL)
        return reshoot_loading_set_bad_step (reshoot_step_get_id (step), "has no sound picture", error);
    }

  return TRUE;
}

static gboolean
read_error (ReshootLoading  *loading,
            ReshootQuery    *query,
            GError         **error)
{
  ReshootStep *step = reshoot_loading_lookup (loading, reshoot_query_get_integer (query, 0));
  g_autofree char *code = dup_text (query, 1);
  g_autofree char *reason = dup_text (query, 2);
  g_autofree char *subject = dup_text (query, 3);
  g_autofree char *detail = dup_text (query, 4);
  g_autoptr (GError) why = reshoot_error_from_words (code, reason, subject, detail);

  if (step != NULL)
    reshoot_step_set_error (step, why);

  return TRUE;
}

/* Where the person was. That is no fact: what does not fit the tree is passed over. */
static gboolean
load_view (ReshootLoading  *loading,
           GError         **error)
{
  g_autoptr (ReshootQuery) visits = NULL;
  g_autoptr (ReshootQuery) view = NULL;
  g_autoptr (GError) local = NULL;

  visits = reshoot_query_new (loading->database, error, "SELECT step, child FROM visit", "");
  if (visits == NULL)
    return FALSE;

  while (reshoot_query_next (visits, &local))
    {
      ReshootStep *step = reshoot_loading_lookup (loading, reshoot_query_get_integer (visits, 0));
      ReshootStep *child = reshoot_loading_lookup (loading, reshoot_query_get_integer (visits, 1));

      if (step != NULL && child != NULL && reshoot_step_get_parent (child) == step)
        reshoot_step_set_visited (step, child);
    }

  if (local == NULL)
    view = reshoot_query_new (loading->database, &local, "SELECT step FROM view WHERE key = 'head'", "");

  if (view != NULL && reshoot_query_next (view, &local))
    loading->head = reshoot_loading_lookup (loading, reshoot_query_get_integer (view, 0));

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return FALSE;
    }

  return TRUE;
}

/* What can be read without knowing the steps, on another thread perhaps. */
typedef struct
{
  ReshootDatabase *database;   /* (unowned) */
  gboolean         looks_later;
  GAsyncQueue     *known;      /* (owned): tells once that the sizes are, or cannot be, known */
  ReshootSizes    *sizes;      /* (owned) (nullable): of the pictures */
  GArray          *jobs;       /* (owned) (nullable): out */
  GArray          *versions;   /* (owned) (nullable): out; there when all of it is */
  GError          *error;      /* (owned) (nullable): out */
} Beside;

static gpointer
read_beside (gpointer data)
{
  Beside *beside = data;

  beside->jobs = reshoot_loading_read_jobs (beside->database, &beside->error);
  g_async_queue_pop (beside->known);
  if (beside->jobs != NULL && beside->sizes != NULL)
    beside->versions = reshoot_loading_read_versions (beside->database, beside->sizes,
                                                      beside->looks_later, &beside->error);

  return NULL;
}

static void
clear_beside (Beside *beside)
{
  g_async_queue_unref (beside->known);
  g_clear_error (&beside->error);
  g_clear_pointer (&beside->sizes, reshoot_sizes_free);
  g_clear_pointer (&beside->versions, g_array_unref);
  g_clear_pointer (&beside->jobs, g_array_unref);
}

static gboolean
join_beside (ReshootLoading  *loading,
             Beside          *beside,
             GError         **error)
{
  if (beside->versions != NULL)
    return set_jobs (loading, beside->jobs, error) &&
           show_versions (loading, beside->versions, error) &&
           (!loading->has_errors || load_rows (loading, select_errors, read_error, error));

  g_propagate_error (error, g_steal_pointer (&beside->error));
  return FALSE;
}

static gboolean
load_tree (ReshootLoading  *loading,
           GError         **error)
{
  return reshoot_database_walk (loading->database, select_steps, visit_step, loading, error) &&
         load_originals (loading, error) &&
         reshoot_loading_labels (loading, error) &&
         load_view (loading, error);
}

/* The tree, and what becomes of its steps and what they show: one after the other, or both at once. The sizes of the
 * pictures are read here, so that the two halves are about as long. */
static gboolean
load_all (ReshootLoading   *loading,
          ReshootDatabase  *database,
          GError          **error)
{
  Beside beside = { database, loading->looks_later, g_async_queue_new (), };
  GThread *thread = database != NULL ? g_thread_new ("project-beside", read_beside, &beside) : NULL;
  gboolean is_loaded;

  beside.sizes = reshoot_loading_read_sizes (loading->database, error);
  g_async_queue_push (beside.known, &beside);
  is_loaded = beside.sizes != NULL && load_tree (loading, error);
  if (thread != NULL)
    g_thread_join (thread);
  else if (is_loaded)
    {
      beside.database = loading->database;
      read_beside (&beside);
    }

  is_loaded = is_loaded && join_beside (loading, &beside, error);
  clear_beside (&beside);
  return is_loaded;
}

/*
 * reshoot_project_load:
 * @database: a connection
 * @beside: (nullable): another one that sees the same, to read half of it at the same time
 * @history: an empty history nobody else has yet
 * @looks_later: whether reshoot_project_look() will follow: texts that are built only when somebody asks for them, and
 *   with care, are not looked over now
 * @cancellable: (nullable): to stop
 * @error: return location
 *
 * Errors: `CORRUPT` "tree" with the subject "step N", `TOO_LARGE` "steps".
 *
 * Returns: whether @history now holds the project's steps
 */
gboolean
reshoot_project_load (ReshootDatabase  *database,
                      ReshootDatabase  *beside,
                      ReshootHistory   *history,
                      gboolean          looks_later,
                      GCancellable     *cancellable,
                      GError          **error)
{
  g_autoptr (GPtrArray) steps = g_ptr_array_new_with_free_func (g_object_unref);
  g_autoptr (GPtrArray) binned = g_ptr_array_new ();
  ReshootLoading loading = {
    .database = database, .steps = steps, .binned = binned, .looks_later = looks_later,
    .cancellable = cancellable
  };

  if (!load_all (&loading, beside, error))
    return FALSE;

  if (loading.head != NULL && reshoot_step_get_digest (loading.head) == NULL)
    loading.head = NULL;

  reshoot_history_restore (history, steps, binned, loading.head);
  return TRUE;
}

static gboolean
look_at_request (ReshootLoading  *loading,
                 ReshootQuery    *query,
                 GError         **error)
{
  return check_request (reshoot_query_get_text (query, 1), reshoot_query_get_integer (query, 0),
                        error);
}

static gboolean
look_at_facts (ReshootLoading  *loading,
               ReshootQuery    *query,
               GError         **error)
{
  return reshoot_loading_is_json (reshoot_query_get_text (query, 1)) ||
         reshoot_loading_set_bad_step (reshoot_query_get_integer (query, 0),
                                       "has facts that are no JSON", error);
}

/*
 * reshoot_project_look:
 * @database: a connection
 * @error: return location
 *
 * Looks over the texts that reshoot_project_load() has left. Errors: `CORRUPT` "tree" with the subject "step N".
 *
 * Returns: whether they are what they should be
 */
gboolean
reshoot_project_look (ReshootDatabase  *database,
                      GError          **error)
{
  ReshootLoading loading = { .database = database };

  return load_rows (&loading, select_requests, look_at_request, error) &&
         load_rows (&loading, select_facts, look_at_facts, error);
}
