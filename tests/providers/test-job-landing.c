/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A service replies what such services do: smaller, shifted, zoomed, of other colours, compressed. The change in it
 * must come home, and everything else must stay the source's own: at every way that a job can take. */

#include "../pixels/replies.h"
#include "reshoot-compare.h"
#include "reshoot-error.h"
#include "reshoot-landing-facts.h"
#include "reshoot-session-choices.h"
#include "reshoot-session-replies.h"
#include "reshoot-step-drift.h"
#include "reshoot-step-json.h"
#include "scene.h"

#define N_ROUNDS 15

/* Around what is edited, where a change fades out. */
#define MARGIN 24

/* The shell of the headphones, in pixels of the photo. */
static const ReshootBox box = { 260, 180, 120, 120 };

static const Reply moved = { 1184, 880, 6, -4, 1.012, { 1.03, 1, 0.98 }, { 2, 0, -2 }, 88 };

static VipsImage *
open_picture (ReshootImage *image)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VipsImage) vips = reshoot_image_dup_vips (image, &error);
  g_autoptr (VipsImage) plain = NULL;
  VipsImage *memory = vips_image_new_memory ();

  g_assert_no_error (error);
  g_assert_cmpint (vips_extract_band (vips, &plain, 0, "n", 3, NULL), ==, 0);
  g_assert_cmpint (vips_image_write (plain, memory), ==, 0);
  return memory;
}

/* The source with red and blue changed places in @where. */
static void
edit_picture (VipsImage        *vips,
              const ReshootBox *where)
{
  for (int y = where->y; y < where->y + where->height; y++)
    for (int x = where->x; x < where->x + where->width; x++)
      {
        guint8 *at = VIPS_IMAGE_ADDR (vips, x, y);
        guint8 red = at[0];

        at[0] = at[2];
        at[2] = red;
      }
}

static gboolean
is_near (const ReshootBox *where,
         int               x,
         int               y,
         int               margin)
{
  return x >= where->x - margin && x < where->x + where->width + margin && y >= where->y - margin &&
         y < where->y + where->height + margin;
}

/* How many pixels further than @margin from @where differ, as a share of those that are. */
static double
get_touched (VipsImage        *a,
             VipsImage        *b,
             const ReshootBox *where,
             int               margin)
{
  guint n_touched = 0;
  guint n = 0;

  g_assert_cmpint (a->Xsize, ==, b->Xsize);
  g_assert_cmpint (a->Ysize, ==, b->Ysize);
  for (int y = 0; y < a->Ysize; y++)
    for (int x = 0; x < a->Xsize; x++)
      if (!is_near (where, x, y, margin))
        {
          n++;
          n_touched += memcmp (VIPS_IMAGE_ADDR (a, x, y), VIPS_IMAGE_ADDR (b, x, y), 3) != 0;
        }

  return (double) n_touched / n;
}

static ReshootImage *
new_reply (Scene       *scene,
           ReshootStep *source,
           const Reply *how)
{
  g_autoptr (ReshootImage) shown = scene_load (scene, source, RESHOOT_PICTURE_SHOWN);
  g_autoptr (VipsImage) truth = open_picture (shown);

  edit_picture (truth, &box);
  return reply_new (truth, how);
}

static void
script (Scene        *scene,
        ReshootImage *reply)
{
  scene_script_submit (scene);
  scene_script_ready (scene);
  reshoot_fake_server_add (scene->server, SCENE_SAMPLE, RESHOOT_FAKE_REPLY, 200,
                           "Content-Type: image/jpeg\r\n", reshoot_image_get_bytes (reply));
}

static ReshootJob *
edit_from (Scene       *scene,
           ReshootStep *source,
           const char  *landing)
{
  ReshootInputs inputs = RESHOOT_INPUTS_INIT;
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootJob *job;

  inputs.landing = landing;
  request = reshoot_request_new_with_inputs ("make the headphones blue", SCENE_PRO, NULL, &inputs);
  reshoot_session_edit_async (scene->session, scene->project, source, request, NULL,
                              reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  job = reshoot_session_edit_finish (scene->session, result, &error);
  g_assert_no_error (error);
  return job;
}

static ReshootStep *
run_edit (Scene       *scene,
          ReshootStep *source,
          const char  *landing)
{
  g_autoptr (ReshootJob) job = edit_from (scene, source, landing);
  g_autoptr (GError) error = NULL;

  scene_wait (job, &error);
  g_assert_no_error (error);
  return g_object_ref (reshoot_job_get_step (job));
}

static ReshootLandingFacts
get_facts (ReshootStep *step)
{
  ReshootLandingFacts facts;

  g_assert_true (reshoot_landing_facts_read (reshoot_step_get_facts (step), &facts));
  return facts;
}

static void
assert_size (ReshootStep *step,
             int          width,
             int          height)
{
  g_assert_cmpint (reshoot_step_get_width (step), ==, width);
  g_assert_cmpint (reshoot_step_get_height (step), ==, height);
}

/* The change is there, at the source's size; nothing else is touched, and what came is kept as it came. */
static void
assert_landed (Scene        *scene,
               ReshootStep  *step,
               ReshootImage *reply)
{
  g_autoptr (ReshootImage) before = scene_load (scene, scene->original, RESHOOT_PICTURE_SHOWN);
  g_autoptr (ReshootImage) after = scene_load (scene, step, RESHOOT_PICTURE_SHOWN);
  g_autoptr (ReshootImage) kept = scene_load (scene, step, RESHOOT_PICTURE_REPLY);
  g_autoptr (VipsImage) a = open_picture (before);
  g_autoptr (VipsImage) b = open_picture (after);
  ReshootLandingFacts facts = get_facts (step);
  double unit = (double) SCENE_WIDTH / moved.width;

  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_DONE);
  g_assert_true (facts.landed);
  g_assert_null (facts.reason);
  g_assert_true (facts.is_aligned);
  g_assert_cmpfloat_with_epsilon (facts.alignment.shift_x, moved.dx * unit, 0.5);
  g_assert_cmpfloat_with_epsilon (facts.alignment.shift_y, moved.dy * unit, 0.5);
  g_assert_cmpfloat_with_epsilon (facts.alignment.scale_x, moved.zoom, 0.004);
  g_assert_cmpfloat (facts.changed, >, 0.01);
  g_assert_cmpfloat (facts.identical, >, 0.8);

  assert_size (step, SCENE_WIDTH, SCENE_HEIGHT);
  g_assert_cmpfloat (get_touched (a, b, &box, MARGIN), <, 0.001);
  g_assert_cmpfloat (get_touched (a, b, &(ReshootBox) { 0, 0, 0, 0 }, 0), >, 0.02);
  g_assert_cmpstr (reshoot_image_get_digest (kept), ==, reshoot_image_get_digest (reply));
}

/* What is shown is what came, and it is said why. */
static void
assert_raw (Scene        *scene,
            ReshootStep  *step,
            ReshootImage *reply,
            const char   *reason)
{
  g_autoptr (ReshootImage) shown = scene_load (scene, step, RESHOOT_PICTURE_SHOWN);
  ReshootLandingFacts facts = get_facts (step);
  const double *affine = reshoot_step_get_affine (step);

  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_DONE);
  g_assert_false (facts.landed);
  g_assert_cmpstr (facts.reason, ==, reason);
  g_assert_cmpstr (reshoot_image_get_digest (shown), ==, reshoot_image_get_digest (reply));
  assert_size (step, reshoot_image_get_width (reply), reshoot_image_get_height (reply));
  g_assert_nonnull (affine);
  g_assert_cmpfloat_with_epsilon (affine[0] * SCENE_WIDTH, reshoot_image_get_width (reply), 1);
}

static void
test_landed (Scene         *scene,
             gconstpointer  data)
{
  g_autoptr (ReshootImage) reply = new_reply (scene, scene->original, &moved);
  g_autoptr (ReshootStep) step = NULL;

  script (scene, reply);
  step = run_edit (scene, scene->original, NULL);
  assert_landed (scene, step, reply);
  g_assert_true (reshoot_history_get_head (reshoot_project_get_history (scene->project)) == step);

  /* It is all there when the program begins again. */
  g_clear_object (&step);
  scene_reopen (scene);
  step = g_object_ref (reshoot_history_get_step (reshoot_project_get_history (scene->project), 2));
  assert_landed (scene, step, reply);
}

static ReshootDrift
get_drift (ReshootStep *step)
{
  ReshootDrift drift;

  g_assert_true (reshoot_step_drift_read (step, &drift));
  return drift;
}

/* What is landed has not moved, and what is kept as it came has; another scene has nothing that could. The numbers are
 * stored, and those that are taken again are the same. */
static void
test_drift (Scene         *scene,
            gconstpointer  data)
{
  const char *word = data;
  g_autoptr (ReshootImage) reply = new_reply (scene, scene->original, &moved);
  g_autoptr (ReshootStep) step = NULL;
  g_autoptr (JsonNode) json = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootDrift drift, again;
  double number;

  script (scene, reply);
  g_object_unref (run_edit (scene, scene->original, word));
  scene_reopen (scene);
  step = g_object_ref (reshoot_history_get_step (reshoot_project_get_history (scene->project), 2));
  drift = get_drift (step);
  json = reshoot_step_to_json (step);
  number = json_object_get_double_member (json_node_get_object (json), "drift");
  g_assert_false (drift.alignment.new_scene);
  g_assert_cmpfloat (number, ==, drift.colour);
  g_assert_cmpint (drift.extent, ==, MAX (SCENE_WIDTH, SCENE_HEIGHT));
  if (word == NULL)
    {
      g_assert_cmpfloat (number, <, 0.05);
      g_assert_cmpfloat (drift.visible, <, 0.001);
      g_assert_cmpfloat (reshoot_drift_get_harm (&drift), <, 0.1);
    }
  else
    {
      g_assert_cmpfloat (number, >, 0.5);
      g_assert_cmpfloat (reshoot_drift_get_harm (&drift), >, 2);
      g_assert_cmpfloat_with_epsilon (drift.alignment.scale_x, moved.zoom, 0.004);
    }

  reshoot_project_measure_drift_async (scene->project, step, NULL, NULL, NULL,
                                       reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  g_assert_true (reshoot_project_measure_drift_finish (scene->project, result, &again, &error));
  g_assert_no_error (error);
  g_assert_cmpfloat_with_epsilon (again.colour, drift.colour, 1e-6);
  g_assert_cmpfloat_with_epsilon (again.visible, drift.visible, 1e-6);
}

static gboolean
land_later (Scene         *scene,
            ReshootStep   *step,
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_session_land_reply_async (scene->session, scene->project, step, cancellable,
                                    reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  return reshoot_session_land_reply_finish (scene->session, result, error);
}

static ReshootImage *
load_reply (Scene         *scene,
            ReshootStep   *step,
            double         affine[6],
            GCancellable  *cancellable,
            GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_session_load_reply_async (scene->session, scene->project, step, cancellable,
                                    reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  return reshoot_session_load_reply_finish (scene->session, result, affine, error);
}

/* Where it was not wanted it can be had later, and what came can be looked at before and after. */
static void
test_not_wanted (Scene         *scene,
                 gconstpointer  data)
{
  const char *word = data;
  g_autoptr (ReshootImage) reply = new_reply (scene, scene->original, &moved);
  g_autoptr (ReshootImage) before = NULL;
  g_autoptr (ReshootImage) after = NULL;
  g_autoptr (ReshootStep) step = NULL;
  g_autoptr (GError) error = NULL;
  double affine[6];

  script (scene, reply);
  step = run_edit (scene, scene->original, word);
  assert_raw (scene, step, reply, word);
  g_assert_true (reshoot_session_has_reply (step));
  before = load_reply (scene, step, affine, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reshoot_image_get_digest (before), ==, reshoot_image_get_digest (reply));

  g_assert_true (land_later (scene, step, NULL, &error));
  g_assert_no_error (error);
  assert_landed (scene, step, reply);
  after = load_reply (scene, step, affine, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reshoot_image_get_digest (after), ==, reshoot_image_get_digest (reply));
  g_assert_cmpfloat_with_epsilon (affine[0] * SCENE_WIDTH, moved.width, 1);
}

/* The person's choice holds where the request says nothing, and the request is what is kept. */
static void
test_choice (Scene         *scene,
             gconstpointer  data)
{
  g_autoptr (ReshootImage) reply = new_reply (scene, scene->original, &moved);
  g_autoptr (ReshootStep) step = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_cmpint (reshoot_session_get_landing (scene->session), ==,
                   RESHOOT_LANDING_CHOICE_AUTOMATIC);
  g_assert_true (reshoot_session_set_landing (scene->session, RESHOOT_LANDING_CHOICE_ASK, &error));
  g_assert_no_error (error);
  script (scene, reply);
  step = run_edit (scene, scene->original, NULL);
  assert_raw (scene, step, reply, RESHOOT_UNLANDED_ASK);
  g_assert_cmpstr (reshoot_request_get_inputs (reshoot_step_get_request (step))->landing, ==,
                   RESHOOT_LANDING_ASK);
  g_clear_object (&step);

  script (scene, reply);
  step = run_edit (scene, scene->original, RESHOOT_LANDING_OFF);
  assert_raw (scene, step, reply, RESHOOT_UNLANDED_OFF);

  g_assert_true (reshoot_session_set_landing (scene->session, RESHOOT_LANDING_CHOICE_AUTOMATIC,
                                              &error));
  g_assert_no_error (error);
}

static void
test_new_scene (Scene         *scene,
                gconstpointer  data)
{
  g_autofree char *path = reshoot_test_sample ("mug.jpg");
  g_autoptr (VipsImage) other = vips_image_new_from_file (path, NULL);
  g_autoptr (ReshootImage) reply = reply_new (other, &moved);
  g_autoptr (ReshootStep) step = NULL;
  g_autoptr (GError) error = NULL;

  script (scene, reply);
  step = run_edit (scene, scene->original, NULL);
  assert_raw (scene, step, reply, RESHOOT_UNLANDED_NEW_SCENE);

  g_assert_true (get_drift (step).alignment.new_scene);

  /* Asking again does not make it another picture. */
  g_assert_true (land_later (scene, step, NULL, &error));
  g_assert_no_error (error);
  assert_raw (scene, step, reply, RESHOOT_UNLANDED_NEW_SCENE);
}

typedef struct
{
  ReshootJob      *job;       /* (nullable): to be cancelled */
  ReshootSession  *session;   /* (nullable): to let go */
  ReshootStepState at;
  gboolean         was_there;
} Watch;

static void
state_changed_cb (ReshootStep *step,
                  GParamSpec  *pspec,
                  gpointer     user_data)
{
  Watch *watch = user_data;

  if (watch->was_there || reshoot_step_get_state (step) != watch->at)
    return;

  watch->was_there = TRUE;
  if (watch->job != NULL)
    reshoot_job_cancel (watch->job);
  if (watch->session != NULL)
    reshoot_session_let_go (watch->session, NULL);
}

/* It is paid for: cancelling ends the landing alone. */
static void
test_cancelled (Scene         *scene,
                gconstpointer  data)
{
  g_autoptr (ReshootImage) reply = new_reply (scene, scene->original, &moved);
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GCancellable) cancelled = g_cancellable_new ();
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) none = NULL;
  Watch watch = { NULL, NULL, GPOINTER_TO_INT (data), FALSE };
  ReshootStep *step;

  script (scene, reply);
  job = edit_from (scene, scene->original, NULL);
  watch.job = job;
  step = reshoot_job_get_step (job);
  g_signal_connect (step, "notify::state", G_CALLBACK (state_changed_cb), &watch);
  scene_wait (job, &error);
  g_assert_no_error (error);
  g_assert_true (watch.was_there);
  assert_raw (scene, step, reply, RESHOOT_UNLANDED_CANCELLED);

  g_cancellable_cancel (cancelled);
  g_assert_false (land_later (scene, step, cancelled, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  none = load_reply (scene, step, NULL, cancelled, &error);
  g_assert_null (none);
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_clear_error (&error);
  assert_raw (scene, step, reply, RESHOOT_UNLANDED_CANCELLED);

  g_assert_true (land_later (scene, step, NULL, &error));
  g_assert_no_error (error);
  assert_landed (scene, step, reply);
  g_signal_handlers_disconnect_by_data (step, &watch);
}

/* The program ends while the reply is here, and before it is landed. */
static void
test_stopped (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (ReshootImage) reply = new_reply (scene, scene->original, &moved);
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (ReshootStep) step = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch = { NULL, scene->session, GPOINTER_TO_INT (data), FALSE };

  script (scene, reply);
  job = edit_from (scene, scene->original, NULL);
  g_signal_connect (reshoot_job_get_step (job), "notify::state", G_CALLBACK (state_changed_cb),
                    &watch);
  while (!watch.was_there)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&job);
  scene_reopen (scene);

  step = g_object_ref (reshoot_history_get_step (reshoot_project_get_history (scene->project), 2));
  g_assert_cmpint (reshoot_step_get_state (step), ==, GPOINTER_TO_INT (data));
  job = scene_resume (scene, step, &error);
  g_assert_no_error (error);
  scene_wait (job, &error);
  g_assert_no_error (error);
  assert_landed (scene, step, reply);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 1);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SAMPLE), ==, 1);
}

static void
test_no_reply (Scene         *scene,
               gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) none = NULL;

  g_assert_false (reshoot_session_has_reply (scene->original));
  g_assert_false (land_later (scene, scene->original, NULL, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_clear_error (&error);
  none = load_reply (scene, scene->original, NULL, NULL, &error);
  g_assert_null (none);
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
}

/* Rounds */

/* What a service does in one of many rounds: never the same, and nothing at random. */
static Reply
make_round (int round)
{
  static const double shifts[] = { 5, -3, 2.5, -6, 4, 1.5, -4.5 };
  static const double zooms[] = { 1.008, 0.994, 1.012, 0.99, 1.004 };

  return (Reply) {
    .width = 1184,
    .height = 880,
    .dx = shifts[round % 7],
    .dy = shifts[(round + 3) % 7],
    .zoom = zooms[round % 5],
    .gain = { 1.01, 1, 0.99 },
    .offset = { 1, 0, -1 },
    .quality = 82 + round % 7,
  };
}

/* A field of a grid of five by three, another one in each round. */
static ReshootBox
make_field (int round)
{
  return (ReshootBox) { 128 * (round % 5) + 44, 160 * (round / 5) + 60, 40, 40 };
}

static ReshootStep *
run_round (Scene       *scene,
           ReshootStep *source,
           int          round,
           const char  *landing)
{
  g_autoptr (ReshootImage) shown = scene_load (scene, source, RESHOOT_PICTURE_SHOWN);
  g_autoptr (VipsImage) truth = open_picture (shown);
  g_autoptr (ReshootImage) reply = NULL;
  Reply how = make_round (round);
  ReshootBox field = make_field (round);
  double x = (double) truth->Xsize / SCENE_WIDTH;
  double y = (double) truth->Ysize / SCENE_HEIGHT;

  for (int row = (int) (field.y * y); row < (int) ((field.y + field.height) * y); row++)
    for (int column = (int) (field.x * x); column < (int) ((field.x + field.width) * x); column++)
      memcpy (VIPS_IMAGE_ADDR (truth, column, row), (const guint8[3]) { 40, 60, 190 }, 3);

  reply = reply_new (truth, &how);
  reshoot_fake_server_forget (scene->server, SCENE_SAMPLE);
  script (scene, reply);
  return run_edit (scene, source, landing);
}

static double
get_delta_e (Scene       *scene,
             ReshootStep *step)
{
  g_autoptr (ReshootImage) before = scene_load (scene, scene->original, RESHOOT_PICTURE_SHOWN);
  g_autoptr (ReshootImage) after = scene_load (scene, step, RESHOOT_PICTURE_SHOWN);
  g_autoptr (GError) error = NULL;
  ReshootComparison comparison;

  reshoot_compare (before, after, &comparison, NULL, &error);
  g_assert_no_error (error);
  return comparison.delta_e;
}

static gboolean
is_edited (int x,
           int y)
{
  for (int round = 0; round < N_ROUNDS; round++)
    {
      ReshootBox field = make_field (round);

      if (is_near (&field, x, y, MARGIN))
        return TRUE;
    }

  return FALSE;
}

/* Of the pixels that nobody edited, how many are not the original's. */
static double
get_lost (Scene       *scene,
          ReshootStep *step)
{
  g_autoptr (ReshootImage) before = scene_load (scene, scene->original, RESHOOT_PICTURE_SHOWN);
  g_autoptr (ReshootImage) after = scene_load (scene, step, RESHOOT_PICTURE_SHOWN);
  g_autoptr (VipsImage) a = open_picture (before);
  g_autoptr (VipsImage) b = open_picture (after);
  guint n = 0;
  guint n_lost = 0;

  for (int y = 0; y < a->Ysize; y++)
    for (int x = 0; x < a->Xsize; x++)
      if (!is_edited (x, y))
        {
          n++;
          n_lost += memcmp (VIPS_IMAGE_ADDR (a, x, y), VIPS_IMAGE_ADDR (b, x, y), 3) != 0;
        }

  g_assert_cmpuint (n, >, 50000);
  return (double) n_lost / n;
}

/* Fifteen edits, one on the other. What none of them was about is the photo's own to the last bit; without landing the
 * picture wanders off. */
static void
test_rounds (Scene         *scene,
             gconstpointer  data)
{
  g_autoptr (ReshootStep) landed = g_object_ref (scene->original);
  g_autoptr (ReshootStep) raw = g_object_ref (scene->original);
  double kept;
  double lost;

  for (int round = 0; round < N_ROUNDS; round++)
    {
      g_autoptr (ReshootStep) next = run_round (scene, landed, round, NULL);

      g_assert_true (get_facts (next).landed);
      assert_size (next, SCENE_WIDTH, SCENE_HEIGHT);
      g_set_object (&landed, next);
      g_clear_object (&next);
      next = run_round (scene, raw, round, RESHOOT_LANDING_OFF);
      g_set_object (&raw, next);
      g_test_message ("round %d: landed %.2f ΔE, %.3f %% lost; as received %.2f ΔE", round + 1,
                      get_delta_e (scene, landed), 100 * get_lost (scene, landed),
                      get_delta_e (scene, raw));
    }

  kept = get_delta_e (scene, landed);
  lost = get_delta_e (scene, raw);
  g_assert_cmpfloat (get_lost (scene, landed), ==, 0);
  g_assert_cmpfloat (lost, >, 3 * kept);
}

static void
add (const char    *name,
     gconstpointer  data,
     void         (*func) (Scene *scene, gconstpointer data))
{
  g_test_add (name, Scene, data, scene_set_up, func, scene_tear_down);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  add ("/job-landing/landed", NULL, test_landed);
  add ("/job-landing/drift", NULL, test_drift);
  add ("/job-landing/drift-off", RESHOOT_LANDING_OFF, test_drift);
  add ("/job-landing/off", RESHOOT_LANDING_OFF, test_not_wanted);
  add ("/job-landing/ask", RESHOOT_LANDING_ASK, test_not_wanted);
  add ("/job-landing/choice", NULL, test_choice);
  add ("/job-landing/new-scene", NULL, test_new_scene);
  add ("/job-landing/cancelled/received", GINT_TO_POINTER (RESHOOT_STEP_RECEIVED), test_cancelled);
  add ("/job-landing/cancelled/landing", GINT_TO_POINTER (RESHOOT_STEP_LANDING), test_cancelled);
  add ("/job-landing/stopped/received", GINT_TO_POINTER (RESHOOT_STEP_RECEIVED), test_stopped);
  add ("/job-landing/stopped/landing", GINT_TO_POINTER (RESHOOT_STEP_LANDING), test_stopped);
  add ("/job-landing/no-reply", NULL, test_no_reply);
  add ("/job-landing/rounds", NULL, test_rounds);
  return g_test_run ();
}
