/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A small region of a large photo: the service is sent the part around it, at more pixels than of the whole it could
 * see, and what it makes of that lands in its place: at once, later, and when the program was stopped in between. */

#include "../pixels/replies.h"
#include "reshoot-error.h"
#include "reshoot-image-prepare.h"
#include "reshoot-landing-facts.h"
#include "reshoot-session-choices.h"
#include "reshoot-session-replies.h"
#include "scene.h"

#define WIDTH  2600
#define HEIGHT 1950

/* What may change, and a bit of it that does, in pixels of the photo. */
static const double region[4] = { 1100, 760, 420, 400 };
static const ReshootBox spot = { 1200, 860, 220, 200 };

typedef struct
{
  Scene        scene;
  ReshootStep *photo;
} Fixture;

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

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootImage) small = NULL;
  g_autoptr (ReshootImage) large = NULL;
  g_autoptr (GError) error = NULL;

  scene_set_up (&self->scene, data);
  small = scene_load (&self->scene, self->scene.original, RESHOOT_PICTURE_SHOWN);
  large = reshoot_image_prepare (small, WIDTH, HEIGHT, RESHOOT_IMAGE_FORMAT_PNG, NULL, &error);
  g_assert_no_error (error);
  reshoot_project_add_original_async (self->scene.project, large, "large", NULL,
                                      reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  self->photo = reshoot_project_add_original_finish (self->scene.project, result, &error);
  g_assert_no_error (error);
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  g_clear_object (&self->photo);
  scene_tear_down (&self->scene, data);
}

/* Red and blue change places in @where. */
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

static ReshootBox
find_crop (Fixture *self)
{
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (self->scene.session);
  ReshootModel *model = reshoot_catalogue_get_model (catalogue, SCENE_PRO);
  ReshootBox crop;

  g_assert_true (reshoot_session_find_crop (self->scene.session, model, WIDTH, HEIGHT, region,
                                            &crop));
  return crop;
}

/* What a service makes of the part that it is sent. */
static ReshootImage *
new_reply (Fixture          *self,
           const ReshootBox *crop)
{
  g_autoptr (ReshootImage) photo = scene_load (&self->scene, self->photo, RESHOOT_PICTURE_SHOWN);
  g_autoptr (VipsImage) truth = open_picture (photo);
  g_autoptr (VipsImage) part = NULL;
  g_autoptr (VipsImage) own = vips_image_new_memory ();
  Reply how = { 0, 0, 4, -3, 1.006, { 1.02, 1, 0.98 }, { 2, 0, -2 }, 90 };

  edit_picture (truth, &spot);
  g_assert_cmpint (vips_crop (truth, &part, crop->x, crop->y, crop->width, crop->height, NULL), ==,
                   0);
  g_assert_cmpint (vips_image_write (part, own), ==, 0);
  how.width = crop->width;
  how.height = crop->height;
  return reply_new (own, &how);
}

static ReshootJob *
begin (Fixture      *self,
       ReshootImage *reply,
       const char   *landing,
       gboolean      whole)
{
  ReshootInputs inputs = RESHOOT_INPUTS_INIT;
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  ReshootJob *job;

  scene_script_submit (&self->scene);
  scene_script_ready (&self->scene);
  reshoot_fake_server_add (self->scene.server, SCENE_SAMPLE, RESHOOT_FAKE_REPLY, 200,
                           "Content-Type: image/jpeg\r\n", reshoot_image_get_bytes (reply));

  memcpy (inputs.region, region, sizeof region);
  inputs.landing = landing;
  inputs.whole = whole;
  request = reshoot_request_new_with_inputs ("make it blue", SCENE_PRO, NULL, &inputs);
  reshoot_session_edit_async (self->scene.session, self->scene.project, self->photo, request, NULL,
                              reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  job = reshoot_session_edit_finish (self->scene.session, result, &error);
  g_assert_no_error (error);
  return job;
}

static ReshootStep *
run (Fixture    *self,
     const char *landing)
{
  ReshootBox crop = find_crop (self);
  g_autoptr (ReshootImage) reply = new_reply (self, &crop);
  g_autoptr (ReshootJob) job = begin (self, reply, landing, FALSE);
  g_autoptr (GError) error = NULL;

  scene_wait (job, &error);
  g_assert_no_error (error);
  return g_object_ref (reshoot_job_get_step (job));
}

/* The picture in what the service was sent. */
static VipsImage *
open_sent (Fixture *self)
{
  GBytes *body = reshoot_fake_server_get_body (self->scene.server, SCENE_SUBMIT);
  g_autoptr (JsonParser) parser = json_parser_new ();
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GError) error = NULL;
  const char *text;
  guint8 *data;
  gsize length;

  g_assert_nonnull (body);
  json_parser_load_from_data (parser, g_bytes_get_data (body, NULL),
                              (gssize) g_bytes_get_size (body), &error);
  g_assert_no_error (error);
  text = json_object_get_string_member (json_node_get_object (json_parser_get_root (parser)),
                                        "input_image");
  data = g_base64_decode (text, &length);
  bytes = g_bytes_new_take (data, length);
  image = reshoot_image_new_from_bytes (bytes, NULL, &error);
  g_assert_no_error (error);
  return open_picture (image);
}

static gboolean
is_in_region (int x,
              int y)
{
  return x >= region[0] && x < region[0] + region[2] && y >= region[1] && y < region[1] + region[3];
}

/* The edit is in its place at full size, and nothing outside the region is another bit. */
static void
assert_landed (Fixture     *self,
               ReshootStep *step)
{
  g_autoptr (ReshootImage) before = scene_load (&self->scene, self->photo, RESHOOT_PICTURE_SHOWN);
  g_autoptr (ReshootImage) after = scene_load (&self->scene, step, RESHOOT_PICTURE_SHOWN);
  g_autoptr (VipsImage) a = open_picture (before);
  g_autoptr (VipsImage) b = open_picture (after);
  g_autoptr (VipsImage) truth = open_picture (before);
  double error = 0, change = 0;
  guint n_touched = 0;
  ReshootLandingFacts facts;

  g_assert_true (reshoot_landing_facts_read (reshoot_step_get_facts (step), &facts));
  g_assert_true (facts.landed);
  g_assert_cmpint (b->Xsize, ==, WIDTH);
  g_assert_cmpint (b->Ysize, ==, HEIGHT);
  edit_picture (truth, &spot);
  for (int y = 0; y < HEIGHT; y++)
    for (int x = 0; x < WIDTH; x++)
      {
        const guint8 *was = VIPS_IMAGE_ADDR (a, x, y);
        const guint8 *is = VIPS_IMAGE_ADDR (b, x, y);
        const guint8 *wanted = VIPS_IMAGE_ADDR (truth, x, y);

        if (!is_in_region (x, y))
          n_touched += memcmp (was, is, 3) != 0;
        for (int band = 0; band < 3; band++)
          {
            error += ABS (is[band] - wanted[band]);
            change += ABS (was[band] - wanted[band]);
          }
      }

  g_assert_cmpuint (n_touched, ==, 0);
  g_assert_cmpfloat (error, <, change / 5);
}

/* What is sent is the photo's own pixels around the region, as many as the model can see. */
static void
test_sent (Fixture       *self,
           gconstpointer  data)
{
  g_autoptr (ReshootStep) step = run (self, NULL);
  g_autoptr (ReshootImage) photo = scene_load (&self->scene, self->photo, RESHOOT_PICTURE_SHOWN);
  g_autoptr (VipsImage) source = open_picture (photo);
  g_autoptr (VipsImage) sent = open_sent (self);
  const ReshootInputs *inputs = reshoot_request_get_inputs (reshoot_step_get_request (step));
  ReshootBox crop = find_crop (self);
  guint n_other = 0;

  g_test_message ("sent %d,%d,%d,%d as %d x %d", crop.x, crop.y, crop.width, crop.height,
                  sent->Xsize, sent->Ysize);
  g_assert_cmpfloat (inputs->crop[0], ==, crop.x);
  g_assert_cmpfloat (inputs->crop[1], ==, crop.y);
  g_assert_cmpfloat (inputs->crop[2], ==, crop.width);
  g_assert_cmpfloat (inputs->crop[3], ==, crop.height);
  g_assert_cmpfloat (crop.x, <=, region[0] - region[2] / 4);
  g_assert_cmpfloat (crop.x + crop.width, >=, region[0] + region[2] * 5 / 4);
  g_assert_cmpfloat (crop.y, <=, region[1] - region[3] / 4);
  g_assert_cmpfloat (crop.y + crop.height, >=, region[1] + region[3] * 5 / 4);
  g_assert_cmpint (crop.width, <, WIDTH / 2);

  g_assert_cmpint (sent->Xsize, ==, crop.width);
  g_assert_cmpint (sent->Ysize, ==, crop.height);
  g_assert_cmpint (sent->Xsize * sent->Ysize, >, 900000);
  for (int y = 0; y < sent->Ysize; y++)
    for (int x = 0; x < sent->Xsize; x++)
      n_other += memcmp (VIPS_IMAGE_ADDR (sent, x, y),
                         VIPS_IMAGE_ADDR (source, crop.x + x, crop.y + y), 3) != 0;
  g_assert_cmpuint (n_other, ==, 0);
  assert_landed (self, step);
}

/* Who waits with the landing, and who asks for it again, gets it in the same place. */
static void
test_later (Fixture       *self,
            gconstpointer  data)
{
  g_autoptr (ReshootStep) step = run (self, RESHOOT_LANDING_ASK);
  g_autoptr (GError) error = NULL;

  for (int i = 0; i < 2; i++)
    {
      g_autoptr (GAsyncResult) result = NULL;

      reshoot_session_land_reply_async (self->scene.session, self->scene.project, step, NULL,
                                        reshoot_test_ready_cb, &result);
      reshoot_test_await (&result);
      g_assert_true (reshoot_session_land_reply_finish (self->scene.session, result, &error));
      g_assert_no_error (error);
      assert_landed (self, step);
    }
}

/* All of it is sent where the edit says so, where the person said so, and where the reply is wanted as it comes. */
static void
test_off (Fixture       *self,
          gconstpointer  data)
{
  const char *why = data;
  g_autoptr (ReshootStep) step = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (VipsImage) sent = NULL;
  const ReshootInputs *inputs;
  g_autoptr (ReshootJob) job = NULL;
  gboolean chosen = g_str_equal (why, "choice");
  gboolean raw = g_str_equal (why, "raw");
  ReshootBox crop = find_crop (self);
  g_autoptr (ReshootImage) reply = new_reply (self, &crop);

  g_assert_true (reshoot_session_set_crop (self->scene.session, !chosen, &error));
  g_assert_no_error (error);
  job = begin (self, reply, raw ? RESHOOT_LANDING_OFF : NULL, !chosen && !raw);
  scene_wait (job, &error);
  g_assert_no_error (error);
  step = g_object_ref (reshoot_job_get_step (job));
  g_assert_true (reshoot_session_set_crop (self->scene.session, TRUE, &error));
  inputs = reshoot_request_get_inputs (reshoot_step_get_request (step));
  sent = open_sent (self);
  g_assert_true (isnan (inputs->crop[0]));
  g_assert_cmpint (inputs->whole, ==, !chosen && !raw);
  g_assert_cmpfloat_with_epsilon ((double) sent->Xsize / sent->Ysize, (double) WIDTH / HEIGHT, 0.1);
}

typedef struct
{
  ReshootSession  *session;
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
  reshoot_session_let_go (watch->session, NULL);
}

/* The program ends when the service has the request, or the reply is here: it all lies in the project. */
static void
test_stopped (Fixture       *self,
              gconstpointer  data)
{
  Scene *scene = &self->scene;
  gint64 id = reshoot_step_get_id (self->photo);
  ReshootHistory *history;
  ReshootBox crop = find_crop (self);
  g_autoptr (ReshootImage) reply = new_reply (self, &crop);
  g_autoptr (ReshootJob) job = begin (self, reply, NULL, FALSE);
  g_autoptr (ReshootStep) step = NULL;
  g_autoptr (GError) error = NULL;
  Watch watch = { scene->session, GPOINTER_TO_INT (data), FALSE };
  gint64 edit = reshoot_step_get_id (reshoot_job_get_step (job));

  g_signal_connect (reshoot_job_get_step (job), "notify::state", G_CALLBACK (state_changed_cb),
                    &watch);
  while (!watch.was_there)
    g_main_context_iteration (NULL, TRUE);
  g_clear_object (&job);
  g_clear_object (&self->photo);
  scene_reopen (scene);

  history = reshoot_project_get_history (scene->project);
  self->photo = g_object_ref (reshoot_history_get_step (history, id));
  step = g_object_ref (reshoot_history_get_step (history, edit));
  g_assert_cmpint (reshoot_step_get_state (step), ==, GPOINTER_TO_INT (data));

  /* Another choice made meanwhile is about other edits. */
  g_assert_true (reshoot_session_set_crop (scene->session, FALSE, &error));
  job = scene_resume (scene, step, &error);
  g_assert_no_error (error);
  scene_wait (job, &error);
  g_assert_no_error (error);
  g_assert_true (reshoot_session_set_crop (scene->session, TRUE, &error));
  assert_landed (self, step);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 1);
}

/* Where the model sees all of the picture as well as the part, it sees all of it. */
static void
test_pays (Fixture       *self,
           gconstpointer  data)
{
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (self->scene.session);
  ReshootModel *model = reshoot_catalogue_get_model (catalogue, SCENE_PRO);
  ReshootModel *studio = reshoot_catalogue_get_model (catalogue, "studio/local");
  const double small[4] = { 10, 10, 100, 100 };
  const double most[4] = { 0, 0, WIDTH, HEIGHT - 100 };
  const double tall[4] = { 1200, 0, 40, HEIGHT };
  const double outside[4] = { WIDTH - 50, 0, 100, 100 };
  const double corner[4] = { WIDTH - 100, HEIGHT - 100, 100, 100 };
  const double none[4] = { NAN, NAN, NAN, NAN };
  ReshootSession *session = self->scene.session;
  ReshootBox crop;

  g_assert_false (reshoot_session_find_crop (session, model, 1000, 750, small, &crop));
  g_assert_false (reshoot_session_find_crop (session, model, 1, 1, none, &crop));
  g_assert_false (reshoot_session_find_crop (session, model, WIDTH, HEIGHT, most, &crop));
  g_assert_false (reshoot_session_find_crop (session, model, WIDTH, HEIGHT, tall, &crop));
  g_assert_false (reshoot_session_find_crop (session, model, WIDTH, HEIGHT, outside, &crop));
  g_assert_false (reshoot_session_find_crop (session, model, WIDTH, HEIGHT, none, &crop));
  g_assert_false (reshoot_session_find_crop (session, studio, WIDTH, HEIGHT, small, &crop));

  g_assert_true (reshoot_session_find_crop (session, model, WIDTH, HEIGHT, small, &crop));
  g_assert_cmpint (crop.x, ==, 0);
  g_assert_cmpint (crop.y, ==, 0);
  g_assert_true (reshoot_session_find_crop (session, model, WIDTH, HEIGHT, corner, &crop));
  g_assert_cmpint (crop.x + crop.width, ==, WIDTH);
  g_assert_cmpint (crop.y + crop.height, ==, HEIGHT);
}

static void
add (const char    *name,
     gconstpointer  data,
     void         (*func) (Fixture *self, gconstpointer data))
{
  g_test_add (name, Fixture, data, set_up, func, tear_down);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  add ("/job-crop/sent", NULL, test_sent);
  add ("/job-crop/later", NULL, test_later);
  add ("/job-crop/off/edit", "edit", test_off);
  add ("/job-crop/off/choice", "choice", test_off);
  add ("/job-crop/off/raw", "raw", test_off);
  add ("/job-crop/stopped/running", GINT_TO_POINTER (RESHOOT_STEP_SUBMITTED), test_stopped);
  add ("/job-crop/stopped/landing", GINT_TO_POINTER (RESHOOT_STEP_LANDING), test_stopped);
  add ("/job-crop/pays", NULL, test_pays);
  return g_test_run ();
}
