/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A reply's way home: from what is stored of a step to the picture that the step shows. All it needs stands in the
 * project, so that it can be done again at any time, and gives the same again. A reply is paid for: whatever goes wrong
 * on the way, or where it is not to be landed, it is the picture itself, with the reason. */

#include "reshoot-reply-landing.h"

#include "reshoot-error.h"
#include "reshoot-job-region.h"
#include "reshoot-json-read.h"
#include "reshoot-plan-tone.h"

#include <math.h>
#include <string.h>

/* More than any model makes, in pixels. */
#define MAX_SIDE 100000

typedef struct
{
  ReshootStep        *step;
  ReshootImage       *reply;      /* (nullable): until it is here */
  ReshootImage       *source;     /* (nullable): until it is here */
  ReshootRegion      *region;     /* (nullable) */
  ReshootPreparation  sent;
  gboolean            knows_sent;
  ReshootReplyWish    wish;
  double              part[4];    /* of the reply, as shares of it */
  GCancellable       *cancellable;
  GError             *trouble;    /* (nullable): why there is nothing to land it on */
} Land;

static void
land_free (gpointer data)
{
  Land *land = data;

  g_object_unref (land->step);
  g_clear_object (&land->reply);
  g_clear_object (&land->source);
  g_clear_object (&land->region);
  g_clear_object (&land->cancellable);
  g_clear_error (&land->trouble);
  g_free (land);
}

void
reshoot_project_result_free (ReshootProjectResult *result)
{
  g_clear_object (&result->reply);
  g_clear_object (&result->picture);
  g_clear_pointer (&result->facts, json_node_unref);
  g_free (result);
}

/* What the step's facts say */

static JsonObject *
get_facts (ReshootStep *step)
{
  JsonNode *node = reshoot_step_get_facts (step);

  return node != NULL && JSON_NODE_HOLDS_OBJECT (node) ? json_node_get_object (node) : NULL;
}

/* The numbers of an array of @n, or FALSE. The file may be a stranger's. */
static gboolean
read_numbers (JsonObject *facts,
              const char *name,
              double     *numbers,
              guint       n)
{
  JsonArray *array = reshoot_json_get_array (facts, name);

  if (array == NULL || json_array_get_length (array) != n)
    return FALSE;

  for (guint i = 0; i < n; i++)
    {
      JsonNode *node = json_array_get_element (array, i);

      if (!JSON_NODE_HOLDS_VALUE (node) || json_node_get_value_type (node) == G_TYPE_STRING)
        return FALSE;

      numbers[i] = json_node_get_double (node);
      if (!(fabs (numbers[i]) <= MAX_SIDE))
        return FALSE;
    }

  return TRUE;
}

static gboolean
read_sent (JsonObject         *facts,
           ReshootPreparation *sent)
{
  double size[2];
  double window[4];

  if (!read_numbers (facts, "sent", size, 2) || !read_numbers (facts, "window", window, 4) ||
      size[0] < 1 || size[1] < 1 || window[2] < 1 || window[3] < 1)
    return FALSE;

  *sent = (ReshootPreparation) {
    .width = (int) size[0],
    .height = (int) size[1],
    .window = { (int) window[0], (int) window[1], (int) window[2], (int) window[3] },
  };
  return TRUE;
}

/* How the source was sent: as it is written down, as this program sent it, or as it would send it: the same model and
 * size are sent alike. */
static gboolean
find_sent (ReshootStep             *step,
           const ReshootReplyMeans *means,
           ReshootPreparation      *sent)
{
  ReshootStep *parent = reshoot_step_get_parent (step);
  ReshootInput input;
  ReshootBox crop;

  if (read_sent (get_facts (step), sent))
    return TRUE;

  if (means->sent != NULL || means->model != NULL)
    {
      if (means->sent != NULL)
        input = *means->sent;
      else
        reshoot_job_choose_input (&input, means->model, step);
      *sent = input.how;
      return TRUE;
    }

  if (!reshoot_job_get_crop (step, &crop))
    return FALSE;

  /* Of a model that is gone only the size is not known, and of that only the shape matters. */
  *sent = (ReshootPreparation) {
    .width = crop.width,
    .height = crop.height,
    .window = { -crop.x, -crop.y, reshoot_step_get_width (parent),
                reshoot_step_get_height (parent) },
  };
  return TRUE;
}

/* The pixels of a part: its corners are rounded, so that neighbours neither overlap nor leave a gap. */
static ReshootBox
make_box (const double  part[4],
          ReshootImage *reply)
{
  int width = reshoot_image_get_width (reply);
  int height = reshoot_image_get_height (reply);
  int left = CLAMP ((int) lround (part[0] * width), 0, width - 1);
  int top = CLAMP ((int) lround (part[1] * height), 0, height - 1);
  int right = CLAMP ((int) lround ((part[0] + part[2]) * width), left + 1, width);
  int bottom = CLAMP ((int) lround ((part[1] + part[3]) * height), top + 1, height);

  return (ReshootBox) { left, top, right - left, bottom - top };
}

static gboolean
is_part (const double part[4])
{
  return part[0] > 0 || part[1] > 0 || part[2] < 1 || part[3] < 1;
}

/* Where a point of the parent is in the reply, of which @box shows what was sent. */
static void
make_affine (ReshootStep              *step,
             const ReshootPreparation *sent,
             const ReshootBox         *box,
             double                    affine[6])
{
  ReshootStep *parent = reshoot_step_get_parent (step);
  const int from[2] = { reshoot_step_get_width (parent), reshoot_step_get_height (parent) };
  const int to[2] = { box->width, box->height };
  ReshootInput input = { .how = { from[0], from[1], { 0, 0, from[0], from[1] } } };

  if (sent != NULL)
    input.how = *sent;

  reshoot_input_make_affine (&input, from, to, affine);
  affine[2] += box->x;
  affine[5] += box->y;
}

static void
set_numbers (JsonObject   *facts,
             const char   *name,
             const double *numbers,
             guint         n)
{
  JsonArray *array = json_array_sized_new (n);

  for (guint i = 0; i < n; i++)
    json_array_add_double_element (array, numbers[i]);

  json_object_set_array_member (facts, name, array);
}

static JsonObject *
new_facts (const ReshootPreparation *sent,
           const double              part[4])
{
  JsonObject *facts = json_object_new ();

  if (sent != NULL)
    {
      const ReshootBox *box = &sent->window;
      const double size[] = { sent->width, sent->height };
      const double window[] = { box->x, box->y, box->width, box->height };

      set_numbers (facts, "sent", size, G_N_ELEMENTS (size));
      set_numbers (facts, "window", window, G_N_ELEMENTS (window));
    }

  if (is_part (part))
    set_numbers (facts, "part", part, 4);

  return facts;
}

/* For the job's files: whether @step shows its reply as it was received, until it is landed. */
gboolean
reshoot_reply_waits (ReshootStep *step)
{
  const char *reason = reshoot_json_get_string (get_facts (step), "reason");

  return reshoot_step_get_digest (step) == NULL ||
         g_strcmp0 (reason, RESHOOT_UNLANDED_ARRIVED) == 0;
}

/*
 * reshoot_reply_make_facts:
 * @step: a step
 * @means: with the reply
 * @part: (array fixed-size=4): the part of the reply that is the step's, as shares of it
 * @affine: (out) (array fixed-size=6): where a point of the parent is in the reply
 *
 * Returns: (transfer full): what a version says that shows a reply which was just received: how the source was sent,
 *   and that it waits for its landing
 */
JsonNode *
reshoot_reply_make_facts (ReshootStep             *step,
                          const ReshootReplyMeans *means,
                          const double             part[4],
                          double                   affine[6])
{
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);
  ReshootPreparation sent;
  gboolean knows_sent = find_sent (step, means, &sent);
  ReshootBox box = make_box (part, means->reply);
  JsonObject *facts = new_facts (knows_sent ? &sent : NULL, part);

  json_object_set_boolean_member (facts, "landed", FALSE);
  json_object_set_string_member (facts, "reason", RESHOOT_UNLANDED_ARRIVED);
  make_affine (step, knows_sent ? &sent : NULL, &box, affine);
  json_node_take_object (node, facts);
  return node;
}

/* Why it is not to be landed, as far as the request says; or NULL. */
static const char *
find_reason (Land *land)
{
  ReshootRequest *request = reshoot_step_get_request (land->step);
  const char *landing = reshoot_request_get_inputs (request)->landing;

  if (reshoot_request_get_is_reimagining (request))
    return RESHOOT_UNLANDED_REIMAGINED;
  if (land->wish == RESHOOT_REPLY_AS_IT_CAME)
    return RESHOOT_UNLANDED_OFF;
  if (land->wish == RESHOOT_REPLY_LANDED)
    return NULL;
  if (g_strcmp0 (landing, RESHOOT_LANDING_OFF) == 0)
    return RESHOOT_UNLANDED_OFF;

  return g_strcmp0 (landing, RESHOOT_LANDING_ASK) == 0 ? RESHOOT_UNLANDED_ASK : NULL;
}

/* Whether what was not allowed to change is kept the source's own where the reply stays as it came. A new picture has
 * no part of the old one, and somebody who wants to see what came gets it. */
static gboolean
must_keep_region (Land *land)
{
  ReshootRequest *request = reshoot_step_get_request (land->step);

  return reshoot_request_get_has_region (request) && land->wish != RESHOOT_REPLY_AS_IT_CAME &&
         !reshoot_request_get_is_reimagining (request);
}

/* On the worker */

static const char *
get_tone_word (ReshootLandTone tone)
{
  switch (tone)
    {
    case RESHOOT_LAND_TONE_DRIFT:
      return "drift";
    case RESHOOT_LAND_TONE_WANTED:
      return "wanted";
    case RESHOOT_LAND_TONE_UNKNOWN:
    default:
      return "unknown";
    }
}

/* Lands @shown. Returns: (nullable): why it is not landed. */
static const char *
land (Land                 *land,
      ReshootImage         *shown,
      ReshootProjectResult *result,
      JsonObject           *facts)
{
  const char *words = reshoot_request_get_instruction (reshoot_step_get_request (land->step));
  g_autoptr (ReshootPlan) plan = reshoot_plan_new (words);
  g_autoptr (ReshootLanding) landing = NULL;
  ReshootLandRequest request = { reshoot_plan_find_tone (plan), NULL, land->region };

  if (land->knows_sent)
    request.sent = &land->sent;

  landing = reshoot_land (land->source, shown, &request, land->cancellable, &land->trouble);
  if (landing == NULL)
    return g_cancellable_is_cancelled (land->cancellable) ? RESHOOT_UNLANDED_CANCELLED
                                                          : RESHOOT_UNLANDED_FAILED;

  json_object_set_string_member (facts, "tone", get_tone_word (request.tone));
  reshoot_landing_facts_write (facts, landing);
  if (reshoot_landing_get_image (landing) == NULL)
    return RESHOOT_UNLANDED_NEW_SCENE;

  g_set_object (&result->picture, reshoot_landing_get_image (landing));
  return NULL;
}

/* What the person did not allow to change stays the source's own, however little could be made of the reply. */
static void
keep_region (Land                 *land,
             ReshootImage         *shown,
             ReshootProjectResult *result)
{
  static const double same[6] = { 1, 0, 0, 0, 1, 0 };
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) home = NULL;

  if (land->region == NULL || land->source == NULL)
    return;

  home = reshoot_region_compose (land->region, land->source, shown, result->affine, NULL, &error);
  if (home == NULL)
    {
      g_debug ("a reply is not kept to its region: %s", error->message);
      return;
    }

  g_set_object (&result->picture, home);
  memcpy (result->affine, same, sizeof same);
}

static void
show_as_it_came (Land                 *land,
                 ReshootImage         *shown,
                 const char           *reason,
                 ReshootProjectResult *result,
                 JsonObject           *facts)
{
  int width = reshoot_image_get_width (shown);
  int height = reshoot_image_get_height (shown);
  const ReshootBox all = { 0, 0, width, height };
  const char *why = land->trouble != NULL ? reshoot_error_get_reason (land->trouble) : NULL;

  if (land->trouble != NULL)
    g_debug ("a reply is not landed: %s", land->trouble->message);
  if (g_str_equal (reason, RESHOOT_UNLANDED_FAILED) && why != NULL)
    json_object_set_string_member (facts, "error", why);

  g_set_object (&result->picture, shown);
  make_affine (land->step, land->knows_sent ? &land->sent : NULL, &all, result->affine);
  json_object_set_string_member (facts, "reason", reason);
  keep_region (land, shown, result);
}

static ReshootImage *
dup_shown (Land    *land,
           GError **error)
{
  ReshootBox box = make_box (land->part, land->reply);

  return is_part (land->part) ? reshoot_image_cut (land->reply, &box, NULL, error)
                              : g_object_ref (land->reply);
}

/* What several pictures of one request said of themselves when they came. */
static void
copy_place (ReshootStep *step,
            JsonObject  *facts)
{
  static const char *const names[] = { "result", "results" };
  JsonObject *before = get_facts (step);

  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    {
      double number = reshoot_json_get_number (before, names[i]);

      if (number >= 1 && number <= G_MAXINT)
        json_object_set_int_member (facts, names[i], (gint64) number);
    }
}

static void
land_in_thread (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  static const double same[6] = { 1, 0, 0, 0, 1, 0 };
  Land *work = task_data;
  g_autoptr (ReshootProjectResult) result = g_new0 (ReshootProjectResult, 1);
  GError *error = NULL;
  g_autoptr (ReshootImage) shown = dup_shown (work, &error);
  JsonObject *facts;
  const char *reason;

  if (shown == NULL)
    {
      g_task_return_error (task, error);
      return;
    }

  facts = new_facts (work->knows_sent ? &work->sent : NULL, work->part);
  copy_place (work->step, facts);
  result->reply = g_object_ref (work->reply);
  result->facts = json_node_new (JSON_NODE_OBJECT);
  json_node_take_object (result->facts, facts);
  memcpy (result->affine, same, sizeof same);

  reason = find_reason (work);
  if (reason == NULL && work->trouble != NULL)
    reason = RESHOOT_UNLANDED_FAILED;
  if (reason == NULL)
    reason = land (work, shown, result, facts);
  if (reason != NULL)
    show_as_it_came (work, shown, reason, result, facts);

  json_object_set_boolean_member (facts, "landed", reason == NULL);
  if (work->region != NULL && work->source != NULL)
    json_object_set_boolean_member (facts, "region", TRUE);
  g_task_return_pointer (task, g_steal_pointer (&result),
                         (GDestroyNotify) reshoot_project_result_free);
}

/* On the way there */

static void
region_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Land *land = g_task_get_task_data (task);

  land->region = reshoot_job_load_region_finish (RESHOOT_PROJECT (source), result, &land->trouble);
  g_task_run_in_thread (task, land_in_thread);
}

static void
source_loaded_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Land *land = g_task_get_task_data (task);
  ReshootProject *project = RESHOOT_PROJECT (source);
  ReshootRequest *request = reshoot_step_get_request (land->step);

  land->source = reshoot_project_load_picture_finish (project, result, &land->trouble);
  if (land->source != NULL && reshoot_request_get_has_region (request))
    reshoot_job_load_region_async (project, land->step, NULL, region_loaded_cb,
                                   g_steal_pointer (&task));
  else
    g_task_run_in_thread (task, land_in_thread);
}

static void
load_source (GTask *task)
{
  g_autoptr (GTask) own = task;
  Land *land = g_task_get_task_data (task);
  gboolean needs_source = find_reason (land) == NULL || must_keep_region (land);

  if (!needs_source)
    g_task_run_in_thread (task, land_in_thread);
  else
    reshoot_project_load_picture_async (g_task_get_source_object (task),
                                        reshoot_step_get_parent (land->step),
                                        RESHOOT_PICTURE_SHOWN, NULL, source_loaded_cb,
                                        g_steal_pointer (&own));
}

static void
reply_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  Land *land = g_task_get_task_data (task);
  GError *error = NULL;

  land->reply = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source), result, &error);
  if (land->reply == NULL)
    g_task_return_error (task, error);
  else
    load_source (g_steal_pointer (&task));
}

/*
 * reshoot_reply_land_async:
 * @project: a project
 * @step: one of its steps, with a reply
 * @means: what else is known
 * @cancellable: (nullable): to stop the landing; the reply is then the picture
 * @callback: called once
 * @user_data: for @callback
 *
 * Makes of the reply what the step is to show. Nothing is stored.
 */
void
reshoot_reply_land_async (ReshootProject          *project,
                          ReshootStep             *step,
                          const ReshootReplyMeans *means,
                          GCancellable            *cancellable,
                          GAsyncReadyCallback      callback,
                          gpointer                 user_data)
{
  /* What is paid for is there whether it is cancelled or not. */
  g_autoptr (GTask) task = g_task_new (project, NULL, callback, user_data);
  Land *land = g_new0 (Land, 1);

  g_task_set_source_tag (task, reshoot_reply_land_async);
  g_task_set_task_data (task, land, land_free);
  land->step = g_object_ref (step);
  land->knows_sent = find_sent (step, means, &land->sent);
  land->wish = means->wish;
  g_set_object (&land->reply, means->reply);
  g_set_object (&land->cancellable, cancellable);
  if (!read_numbers (get_facts (step), "part", land->part, 4))
    memcpy (land->part, (const double[4]) { 0, 0, 1, 1 }, sizeof land->part);

  if (land->reply != NULL)
    load_source (g_steal_pointer (&task));
  else
    reshoot_project_load_picture_async (project, step, RESHOOT_PICTURE_REPLY, NULL,
                                        reply_loaded_cb, g_steal_pointer (&task));
}

/*
 * reshoot_reply_land_finish:
 * @project: a project
 * @result: what the callback was given
 * @error: return location: the reply cannot be read, or is damaged
 *
 * Returns: (transfer full): the reply, what is shown of it, where a point of the parent is in that, and the version's
 *   facts
 */
ReshootProjectResult *
reshoot_reply_land_finish (ReshootProject  *project,
                           GAsyncResult    *result,
                           GError         **error)
{
  return g_task_propagate_pointer (G_TASK (result), error);
}
