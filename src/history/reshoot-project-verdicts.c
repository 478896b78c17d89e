/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a reviewer said on the page of a parcel comes back as a file, and becomes verdicts and notes with their name on
 * it. The file is a stranger's: all of it is read and checked before the first word is stored. What is there already is
 * not stored again, so that the same file may be read twice, or on after a stop. */

#include "reshoot-project-verdicts.h"

#include <string.h>

#include "reshoot-error.h"
#include "reshoot-json.h"
#include "reshoot-project-labels.h"
#include "reshoot-project-notes.h"

#define FORMAT    "reshoot-verdicts"
#define MAX_BYTES (4 * 1024 * 1024)
#define MAX_STARS 5

/* A verdict or a note that is still to be stored. */
typedef struct
{
  ReshootStep    *step;
  ReshootVerdict  verdict;    /* NONE: a note */
  char           *text;       /* (nullable): of a verdict its reason */
  double          x;
  double          y;
} Opinion;

typedef struct
{
  GFile                *file;
  char                 *reviewer;
  GPtrArray            *opinions;
  guint                 at;
  ReshootVerdictCounts  counts;
} Import;

static void
opinion_free (Opinion *opinion)
{
  g_object_unref (opinion->step);
  g_free (opinion->text);
  g_free (opinion);
}

static void
import_free (Import *import)
{
  g_object_unref (import->file);
  g_free (import->reviewer);
  g_ptr_array_unref (import->opinions);
  g_free (import);
}

/* -- Reading ------------------------------------------------------------------------------------------------------- */

static const char *
get_text (JsonObject *object,
          const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  gboolean is_text = node != NULL && json_node_get_value_type (node) == G_TYPE_STRING;

  return is_text ? json_node_get_string (node) : NULL;
}

static gboolean
get_number (JsonObject *object,
            const char *name,
            double     *number)
{
  JsonNode *node = json_object_get_member (object, name);
  GType type = node != NULL ? json_node_get_value_type (node) : G_TYPE_INVALID;

  *number = type == G_TYPE_INT64 || type == G_TYPE_DOUBLE ? json_node_get_double (node) : NAN;
  return isfinite (*number);
}

static JsonArray *
get_array (JsonObject *object,
           const char *name)
{
  JsonNode *node = json_object_get_member (object, name);

  return node != NULL && JSON_NODE_HOLDS_ARRAY (node) ? json_node_get_array (node) : NULL;
}

static gboolean
is_same_place (double a,
               double b)
{
  return isnan (a) ? isnan (b) : fabs (a - b) < 1e-6;
}

static gboolean
has_note (ReshootStep *step,
          const char  *author,
          Opinion     *opinion)
{
  GListModel *notes = reshoot_step_get_notes (step);

  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (ReshootNote) note = g_list_model_get_item (notes, i);
      const ReshootNoteFacts *facts = reshoot_note_get_facts (note);

      if (g_str_equal (facts->author, author) && g_str_equal (facts->text, opinion->text) &&
          is_same_place (facts->x, opinion->x) && is_same_place (facts->y, opinion->y))
        return TRUE;
    }

  return FALSE;
}

static gboolean
has_verdict (ReshootStep *step,
             const char  *author,
             Opinion     *opinion)
{
  const ReshootGivenVerdict *given;
  guint n;

  given = reshoot_step_get_verdicts (step, &n);
  for (guint i = 0; i < n; i++)
    if (g_str_equal (given[i].author, author))
      return given[i].verdict == opinion->verdict && g_strcmp0 (given[i].reason,
                                                                opinion->text) == 0;

  return FALSE;
}

static void
add_opinion (Import         *import,
             ReshootStep    *step,
             ReshootVerdict  verdict,
             const char     *text,
             double          x,
             double          y)
{
  Opinion *opinion = g_new0 (Opinion, 1);
  gboolean known;

  opinion->step = g_object_ref (step);
  opinion->verdict = verdict;
  opinion->text = g_strdup (text);
  opinion->x = x;
  opinion->y = y;
  if (opinion->text != NULL)
    g_strstrip (opinion->text);

  known = verdict == RESHOOT_VERDICT_NONE ? has_note (step, import->reviewer, opinion)
                                          : has_verdict (step, import->reviewer, opinion);
  import->counts.n_known += known;
  if (known)
    opinion_free (opinion);
  else
    g_ptr_array_add (import->opinions, opinion);
}

/* A step has one rating, that of whose project it is: a reviewer's stars stand among what they wrote. */
static void
add_stars (Import      *import,
           ReshootStep *step,
           double       rating)
{
  g_autoptr (GString) stars = g_string_new (NULL);

  for (int i = 1; i <= MAX_STARS; i++)
    g_string_append (stars, i <= rating ? "★" : "☆");

  add_opinion (import, step, RESHOOT_VERDICT_NONE, stars->str, NAN, NAN);
}

static gboolean
read_notes (Import      *import,
            ReshootStep *step,
            JsonArray   *notes)
{
  for (guint i = 0; notes != NULL && i < json_array_get_length (notes); i++)
    {
      JsonNode *node = json_array_get_element (notes, i);
      JsonObject *note = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
      const char *text = note != NULL ? get_text (note, "text") : NULL;
      gboolean is_pinned;
      double x, y;

      if (text == NULL)
        return FALSE;

      is_pinned = get_number (note, "x", &x) + get_number (note, "y", &y) == 2;
      add_opinion (import, step, RESHOOT_VERDICT_NONE, text, is_pinned ? x : NAN,
                   is_pinned ? y : NAN);
    }

  return TRUE;
}

static gboolean
read_step (Import         *import,
           ReshootHistory *history,
           JsonNode       *node)
{
  JsonObject *object = JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
  const char *uuid = object != NULL ? get_text (object, "step") : NULL;
  ReshootStep *step = uuid != NULL ? reshoot_history_find_step (history, uuid) : NULL;
  const char *verdict;
  double rating;

  if (uuid == NULL)
    return FALSE;

  if (step == NULL)
    {
      import->counts.n_missing += 1;
      return TRUE;
    }

  verdict = get_text (object, "verdict");
  if (verdict != NULL && !g_str_equal (verdict, "accept") && !g_str_equal (verdict, "reject"))
    return FALSE;

  if (get_number (object, "rating", &rating) && rating >= 1 && rating <= MAX_STARS)
    add_stars (import, step, rating);
  if (verdict != NULL)
    add_opinion (import, step, *verdict == 'a' ? RESHOOT_VERDICT_ACCEPT : RESHOOT_VERDICT_REJECT,
                 get_text (object, "reason"), NAN, NAN);

  return read_notes (import, step, get_array (object, "notes"));
}

static gboolean
read_file (ReshootProject  *project,
           Import          *import,
           const char      *text,
           const char      *name,
           GError         **error)
{
  g_autoptr (JsonNode) node = reshoot_json_from_text (text, name, NULL);
  gboolean holds = node != NULL && JSON_NODE_HOLDS_OBJECT (node);
  JsonObject *object = holds ? json_node_get_object (node) : NULL;
  JsonArray *steps = object != NULL ? get_array (object, "steps") : NULL;
  const char *reviewer = object != NULL ? get_text (object, "reviewer") : NULL;
  gboolean fine = steps != NULL && g_strcmp0 (get_text (object, "format"), FORMAT) == 0;

  import->reviewer = g_strstrip (g_strdup (reviewer != NULL ? reviewer : ""));
  if (fine && g_strcmp0 (get_text (object, "project"), reshoot_project_get_uuid (project)) != 0)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "verdicts-project", name, "of another project");
      return FALSE;
    }

  if (fine && *import->reviewer == '\0')
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "verdicts-name", name, "nobody's verdicts");
      return FALSE;
    }

  for (guint i = 0; fine && i < json_array_get_length (steps); i++)
    fine = read_step (import, reshoot_project_get_history (project), json_array_get_element (steps,
                                                                                             i));

  if (!fine)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "verdicts", name, "no file of verdicts");

  return fine;
}

/* -- Storing ------------------------------------------------------------------------------------------------------- */

static void store_next (GTask *task);

static void
verdict_stored_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *import = g_task_get_task_data (task);
  GError *error = NULL;

  if (!reshoot_project_set_verdict_finish (RESHOOT_PROJECT (source), result, &error))
    {
      g_task_return_error (task, error);
      return;
    }

  import->counts.n_verdicts += 1;
  store_next (task);
}

static void
note_stored_cb (GObject      *source,
                GAsyncResult *result,
                gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *import = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (ReshootNote) note = reshoot_project_add_note_finish (RESHOOT_PROJECT (source), result,
                                                                  &error);

  if (note == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  import->counts.n_notes += 1;
  store_next (task);
}

static void
store_next (GTask *task)
{
  Import *import = g_task_get_task_data (task);
  ReshootProject *project = g_task_get_source_object (task);
  GCancellable *cancellable = g_task_get_cancellable (task);
  Opinion *opinion;

  if (import->at == import->opinions->len)
    {
      g_task_return_boolean (task, TRUE);
      return;
    }

  opinion = import->opinions->pdata[import->at++];
  if (opinion->verdict != RESHOOT_VERDICT_NONE)
    {
      reshoot_project_set_verdict_async (project, opinion->step, import->reviewer,
                                         opinion->verdict, opinion->text,
                                         cancellable, verdict_stored_cb, g_object_ref (task));
    }
  else
    {
      ReshootNoteFacts facts = RESHOOT_NOTE_FACTS_INIT (opinion->text);

      facts.author = import->reviewer;
      facts.x = opinion->x;
      facts.y = opinion->y;
      reshoot_project_add_note_async (project, opinion->step, &facts, cancellable, note_stored_cb,
                                      g_object_ref (task));
    }
}

static void
read_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  Import *import = task_data;
  g_autofree char *name = g_file_get_parse_name (import->file);
  g_autoptr (GFileInputStream) stream = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *text = g_malloc (MAX_BYTES + 1);
  gsize length = 0;

  stream = g_file_read (import->file, cancellable, &error);
  if (stream == NULL ||
      !g_input_stream_read_all (G_INPUT_STREAM (stream), text, MAX_BYTES + 1, &length, cancellable,
                                &error))
    {
      g_task_return_error (task, reshoot_error_new_from_io (error, name));
    }
  else if (length > MAX_BYTES || memchr (text, '\0', length) != NULL ||
           !g_utf8_validate (text, (gssize) length, NULL))
    {
      g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "verdicts", name, "no text"));
    }
  else
    {
      text[length] = '\0';
      g_task_return_pointer (task, g_steal_pointer (&text), g_free);
    }
}

static void
read_cb (GObject      *source,
         GAsyncResult *result,
         gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Import *import = g_task_get_task_data (task);
  ReshootProject *project = g_task_get_source_object (task);
  g_autofree char *name = g_file_get_parse_name (import->file);
  GError *error = NULL;
  g_autofree char *text = g_task_propagate_pointer (G_TASK (result), &error);

  if (text != NULL && read_file (project, import, text, name, &error))
    store_next (task);
  else
    g_task_return_error (task, error);
}

/**
 * reshoot_project_import_verdicts_async:
 * @self: a project
 * @file: what a reviewer saved from the page of a parcel
 * @cancellable: (nullable): to stop; what is stored by then stays, and reading the file again goes on from there
 * @callback: called when all of it is stored
 * @user_data: for @callback
 *
 * Stores what somebody said of the project's steps, under their name. Nothing else is touched: neither the own rating
 * and verdict nor those of others.
 */
void
reshoot_project_import_verdicts_async (ReshootProject      *self,
                                       GFile               *file,
                                       GCancellable        *cancellable,
                                       GAsyncReadyCallback  callback,
                                       gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autoptr (GTask) part = NULL;
  Import *import;

  g_return_if_fail (RESHOOT_IS_PROJECT (self));
  g_return_if_fail (G_IS_FILE (file));

  import = g_new0 (Import, 1);
  import->file = g_object_ref (file);
  import->opinions = g_ptr_array_new_with_free_func ((GDestroyNotify) opinion_free);

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_project_import_verdicts_async);
  g_task_set_task_data (task, import, (GDestroyNotify) import_free);

  part = g_task_new (NULL, cancellable, read_cb, g_steal_pointer (&task));
  g_task_set_source_tag (part, reshoot_project_import_verdicts_async);
  g_task_set_task_data (part, import, NULL);
  g_task_run_in_thread (part, read_in_thread);
}

/**
 * reshoot_project_import_verdicts_finish:
 * @self: a project
 * @result: what the callback was given
 * @counts: (out) (optional): what it brought
 * @reviewer: (out) (optional) (transfer full): who said it
 * @error: return location for an error
 *
 * Errors: `INVALID_REQUEST` "verdicts" (it is no such file), "verdicts-project" (it is about another project) and
 * "verdicts-name" (it does not say whose they are), those of reading a file, and those of
 * [method@Project.set_verdict_finish] and [method@Project.add_note_finish].
 *
 * Returns: whether all of it is stored
 */
gboolean
reshoot_project_import_verdicts_finish (ReshootProject        *self,
                                        GAsyncResult          *result,
                                        ReshootVerdictCounts  *counts,
                                        char                 **reviewer,
                                        GError               **error)
{
  Import *import;

  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_project_import_verdicts_async),
                        FALSE);

  if (!g_task_propagate_boolean (G_TASK (result), error))
    return FALSE;

  import = g_task_get_task_data (G_TASK (result));
  if (counts != NULL)
    *counts = import->counts;
  if (reviewer != NULL)
    *reviewer = g_strdup (import->reviewer);

  return TRUE;
}
