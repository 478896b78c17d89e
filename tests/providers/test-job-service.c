/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What services do beyond submit and poll: calls before the submit, tickets known before it, questions, several
 * pictures, stopping. Each stage with faults, cancelling, and a stop of the program. */

#include "../pixels/replies.h"
#include "fake-codec.h"
#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-session-choices.h"
#include "scene.h"

#define ONE "fake/one"
#define FOUR "fake/four"
#define KEY "fake-5ecret"

typedef struct
{
  Scene      scene;
  FakeCodec *codec;
} Service;

static void
tell_session (Service *self)
{
  g_autoptr (JsonObject) description = fake_codec_new_description ();

  reshoot_session_set_codec (self->scene.session, description, RESHOOT_PROVIDER (self->codec));
}

static void
choose_landing (Service              *self,
                ReshootLandingChoice  choice)
{
  g_autoptr (GError) error = NULL;

  reshoot_session_set_landing (self->scene.session, choice, &error);
  g_assert_no_error (error);
}

/* What comes is nothing like the photo; where it is to be landed the test says so. */
static void
set_up (Service       *self,
        gconstpointer  data)
{
  scene_set_up (&self->scene, NULL);
  choose_landing (self, RESHOOT_LANDING_CHOICE_OFF);
  self->codec = fake_codec_new (reshoot_fake_server_get_uri (self->scene.server));
  g_setenv ("RESHOOT_FAKE_URL", reshoot_fake_server_get_uri (self->scene.server), TRUE);
  g_setenv ("FAKE_KEY", KEY, TRUE);
  tell_session (self);
}

static void
tear_down (Service       *self,
           gconstpointer  data)
{
  scene_tear_down (&self->scene, NULL);
  g_clear_object (&self->codec);
  g_unsetenv ("RESHOOT_FAKE_URL");
  g_unsetenv ("FAKE_KEY");
}

static void
reopen (Service *self)
{
  scene_reopen (&self->scene);
  tell_session (self);
}

static void
say (Service    *self,
     const char *path,
     const char *text)
{
  reshoot_fake_server_add_text (self->scene.server, path, 200, text);
}

static void
fail (Service         *self,
      const char      *path,
      ReshootFakeKind  kind,
      guint            status)
{
  reshoot_fake_server_add (self->scene.server, path, kind, status, NULL, NULL);
}

static guint
hits (Service    *self,
      const char *path)
{
  return scene_get_hits (&self->scene, path);
}

static void
serve_picture (Service    *self,
               const char *path,
               int         width,
               int         height)
{
  g_autoptr (GBytes) picture = scene_dup_picture (width, height);

  reshoot_fake_server_add (self->scene.server, path, RESHOOT_FAKE_REPLY, 200, "Content-Type: image/png\r\n", picture);
}

/* "done" with the pictures at @paths, of which "NAME#x,y,w,h" is a part. */
static void
say_done (Service            *self,
          const char         *path,
          const char * const *paths)
{
  g_autoptr (GString) text = g_string_new ("{\"id\":\"t\",\"state\":\"done\",\"cost\":0.04,");

  g_string_append (text, "\"charged\":1,\"results\":[");

  for (guint i = 0; paths[i] != NULL; i++)
    {
      g_auto (GStrv) halves = g_strsplit (paths[i], "#", 2);

      g_string_append_printf (text, "%s{\"url\":\"%s%s\"", i > 0 ? "," : "",
                              reshoot_fake_server_get_uri (self->scene.server), halves[0]);
      if (halves[1] != NULL)
        g_string_append_printf (text, ",\"part\":[%s]", halves[1]);
      g_string_append (text, "}");
    }

  g_string_append (text, "]}");
  say (self, path, text->str);
}

static void
say_done_one (Service *self)
{
  static const char * const one[] = { "/one.png", NULL };

  say_done (self, "/status", one);
  serve_picture (self, "/one.png", 300, 200);
}

static ReshootJob *
edit_with (Service    *self,
           const char *model)
{
  g_autoptr (GError) error = NULL;
  ReshootJob *job = scene_edit (&self->scene, model, "make it warm", &error);

  g_assert_no_error (error);
  return job;
}

static ReshootJob *
edit (Service *self)
{
  return edit_with (self, ONE);
}

static void
assert_end (ReshootJob       *job,
            ReshootStepState  state,
            ReshootCharged    charged)
{
  ReshootStep *step = reshoot_job_get_step (job);

  scene_wait (job, NULL);
  g_assert_cmpstr (reshoot_step_state_to_string (reshoot_step_get_state (step)), ==,
                   reshoot_step_state_to_string (state));
  g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, charged);
}

static void
assert_verified (Service *self)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_project_verify_async (self->scene.project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  reshoot_project_verify_finish (self->scene.project, result, NULL, &error);
  g_assert_no_error (error);
}

static JsonObject *
dup_submitted (Service *self)
{
  g_autoptr (GError) error = NULL;
  JsonObject *body = reshoot_json_parse_object (reshoot_fake_server_get_body (self->scene.server, "/submit"), &error);

  g_assert_no_error (error);
  return body;
}

/* Keys */

static void
test_key (Service       *self,
          gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autofree char *key = NULL;
  g_autofree char *sample_key = NULL;

  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  say_done_one (self);
  job = edit (self);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  key = reshoot_fake_server_dup_header (self->scene.server, "/submit", "authorization");
  sample_key = reshoot_fake_server_dup_header (self->scene.server, "/one.png", "authorization");
  g_assert_cmpstr (key, ==, "Bearer " KEY);
  g_assert_null (sample_key);
}

static void
test_no_key (Service       *self,
             gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autofree char *key = NULL;

  g_unsetenv ("FAKE_KEY");
  g_assert_true (reshoot_session_get_key_present (self->scene.session, "fake"));
  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  say_done_one (self);
  job = edit (self);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  key = reshoot_fake_server_dup_header (self->scene.server, "/submit", "authorization");
  g_assert_null (key);
}

/* Calls before the submit */

static void
test_prepare (Service       *self,
              gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autofree char *name = NULL;

  self->codec->n_prepares = 3;
  self->codec->has_headers = TRUE;
  say (self, "/upload", "{}");
  fail (self, "/upload", RESHOOT_FAKE_DROP, 200);
  fail (self, "/upload", RESHOOT_FAKE_REPLY, 503);
  say (self, "/upload", "{}");
  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  say_done_one (self);
  job = edit (self);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  g_assert_cmpuint (hits (self, "/upload"), ==, 5);
  g_assert_cmpuint (hits (self, "/submit"), ==, 1);
  name = reshoot_fake_server_dup_header (self->scene.server, "/upload", "x-name");
  g_assert_cmpstr (name, ==, "value one");
  body = dup_submitted (self);
  g_assert_cmpstr (reshoot_json_get_string (body, "state"), ==, "{\"n\":3}");
}

static const struct
{
  const char      *name;
  ReshootFakeKind  kind;
  guint            status;
  const char      *text;
  int              code;
  guint            n;        /* calls */
} prepare_faults[] = {
  { "busy", RESHOOT_FAKE_REPLY, 429, "", RESHOOT_ERROR_RATE_LIMITED, 4 },
  { "broken", RESHOOT_FAKE_REPLY, 500, "", RESHOOT_ERROR_UNAVAILABLE, 4 },
  { "key", RESHOOT_FAKE_REPLY, 401, "", RESHOOT_ERROR_AUTH, 1 },
  { "credits", RESHOOT_FAKE_REPLY, 402, "", RESHOOT_ERROR_CREDITS, 1 },
  { "rejected", RESHOOT_FAKE_REPLY, 422, "", RESHOOT_ERROR_INVALID_REQUEST, 1 },
  { "drop", RESHOOT_FAKE_DROP, 200, "", RESHOOT_ERROR_NETWORK, 4 },
  { "garbage", RESHOOT_FAKE_GARBAGE, 200, "", RESHOOT_ERROR_NETWORK, 4 },
  { "endless", RESHOOT_FAKE_ENDLESS, 200, "", RESHOOT_ERROR_PROTOCOL, 1 },
  { "for-ever", RESHOOT_FAKE_REPLY, 200, "{}", RESHOOT_ERROR_PROTOCOL, 64 },
};

static void
test_prepare_fault (Service       *self,
                    gconstpointer  data)
{
  guint at = GPOINTER_TO_UINT (data);
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) body = g_bytes_new (prepare_faults[at].text, strlen (prepare_faults[at].text));

  self->codec->n_prepares = 1000;
  reshoot_fake_server_add (self->scene.server, "/upload", prepare_faults[at].kind, prepare_faults[at].status, NULL,
                           body);
  job = edit (self);
  g_assert_false (scene_wait (job, &error));
  g_assert_error (error, RESHOOT_ERROR, prepare_faults[at].code);
  assert_end (job, RESHOOT_STEP_FAILED, RESHOOT_CHARGED_NO);
  g_assert_cmpuint (hits (self, "/upload"), ==, prepare_faults[at].n);
  g_assert_cmpuint (hits (self, "/submit"), ==, 0);
}

static void
test_prepare_cancelled (Service       *self,
                        gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;

  self->codec->n_prepares = 2;
  fail (self, "/upload", RESHOOT_FAKE_HANG, 200);
  job = edit (self);
  reshoot_test_wait_until (hits (self, "/upload") == 1);
  reshoot_job_cancel (job);
  assert_end (job, RESHOOT_STEP_CANCELLED, RESHOOT_CHARGED_NO);
  g_assert_cmpuint (hits (self, "/submit"), ==, 0);
  g_assert_cmpuint (hits (self, "/cancel"), ==, 0);
}

static ReshootStep *
find_step (Service *self,
           gint64   id)
{
  return reshoot_history_get_step (reshoot_project_get_history (self->scene.project), id);
}

static ReshootJob *
resume (Service *self,
        gint64   id)
{
  g_autoptr (GError) error = NULL;
  ReshootJob *job = scene_resume (&self->scene, find_step (self, id), &error);

  g_assert_no_error (error);
  return job;
}

/* The program ends among the calls before the submit: all of them are made again. */
static void
test_prepare_stopped (Service       *self,
                      gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  gint64 id;

  self->codec->n_prepares = 1;
  fail (self, "/upload", RESHOOT_FAKE_HANG, 200);
  say (self, "/upload", "{}");
  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  say_done_one (self);
  job = edit (self);
  id = reshoot_step_get_id (reshoot_job_get_step (job));
  reshoot_test_wait_until (hits (self, "/upload") == 1);
  g_clear_object (&job);
  reopen (self);

  g_assert_cmpint (reshoot_step_get_state (find_step (self, id)), ==, RESHOOT_STEP_WAITING);
  job = resume (self, id);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  g_assert_cmpuint (hits (self, "/submit"), ==, 1);
}

/* Tickets that are known before the submit */

typedef struct
{
  const char      *name;
  ReshootFakeKind  kind;      /* of the answer to the submit */
  guint            status;
  const char      *poll;      /* what the service says then; NULL = the picture */
  ReshootStepState state;
  ReshootCharged   charged;
  guint            n_polls;   /* 0 = any */
} Unsure;

static const Unsure unsures[] = {
  { "drop", RESHOOT_FAKE_DROP, 200, NULL, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES, 1 },
  { "broken", RESHOOT_FAKE_REPLY, 500, NULL, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES, 1 },
  { "garbage", RESHOOT_FAKE_GARBAGE, 200, NULL, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES, 1 },
  { "never-there", RESHOOT_FAKE_DROP, 200, "{\"state\":\"gone\"}", RESHOOT_STEP_EXPIRED, RESHOOT_CHARGED_UNKNOWN, 4 },
  { "refused", RESHOOT_FAKE_DROP, 200, "{\"state\":\"refused\",\"charged\":0}", RESHOOT_STEP_REFUSED,
    RESHOOT_CHARGED_NO, 1 },
};

static void
test_unsure (Service       *self,
             gconstpointer  data)
{
  const Unsure *row = &unsures[GPOINTER_TO_UINT (data)];
  g_autoptr (ReshootJob) job = NULL;

  self->codec->names_ticket = TRUE;
  fail (self, "/submit", row->kind, row->status);
  if (row->poll != NULL)
    say (self, "/status", row->poll);
  else
    say_done_one (self);
  job = edit (self);
  assert_end (job, row->state, row->charged);
  g_assert_nonnull (reshoot_step_get_ticket (reshoot_job_get_step (job)));
  g_assert_cmpuint (hits (self, "/submit"), ==, 1);
  g_assert_cmpuint (hits (self, "/status"), ==, row->n_polls);
}

/* It is not known yet when it is asked for at once, and then it is. */
static void
test_unsure_late (Service       *self,
                  gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;

  self->codec->names_ticket = TRUE;
  fail (self, "/submit", RESHOOT_FAKE_DROP, 200);
  say (self, "/status", "{\"state\":\"gone\"}");
  say_done_one (self);
  job = edit (self);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  g_assert_cmpuint (hits (self, "/status"), ==, 2);
}

/* The program ends while the submit is on its way: the ticket is in the file, and asked with. */
static void
test_unsure_stopped (Service       *self,
                     gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  gint64 id;

  self->codec->names_ticket = TRUE;
  fail (self, "/submit", RESHOOT_FAKE_HANG, 200);
  say_done_one (self);
  job = edit (self);
  id = reshoot_step_get_id (reshoot_job_get_step (job));
  reshoot_test_wait_until (hits (self, "/submit") == 1);
  g_clear_object (&job);
  reopen (self);

  g_assert_cmpint (reshoot_step_get_state (find_step (self, id)), ==, RESHOOT_STEP_SENDING);
  g_assert_nonnull (reshoot_step_get_ticket (find_step (self, id)));
  job = resume (self, id);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  g_assert_cmpuint (hits (self, "/submit"), ==, 1);
}

/* Turned away, it waits with its ticket; after a stop of the program it is sent, for it never was. */
static void
test_unsent_stopped (Service       *self,
                     gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  ReshootStep *step;
  gint64 id;

  self->scene.times.first_delay = self->scene.times.max_delay = 60000;
  reshoot_session_set_times (self->scene.session, &self->scene.times);
  self->codec->names_ticket = TRUE;
  fail (self, "/submit", RESHOOT_FAKE_REPLY, 429);
  say (self, "/submit", "{\"state\":\"running\"}");
  say_done_one (self);
  job = edit (self);
  step = reshoot_job_get_step (job);
  id = reshoot_step_get_id (step);
  reshoot_test_wait_until (hits (self, "/submit") == 1 && reshoot_step_get_state (step) == RESHOOT_STEP_WAITING);
  g_clear_object (&job);
  self->scene.times.first_delay = self->scene.times.max_delay = 1;
  reopen (self);

  job = resume (self, id);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  g_assert_cmpuint (hits (self, "/submit"), ==, 2);
}

/* Questions, the queue, pauses, answers that are the result */

static void
test_answer (Service       *self,
             gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;

  say (self, "/submit", "{\"id\":\"t\",\"state\":\"question\"}");
  say (self, "/answer", "{\"state\":\"running\",\"wait\":0.001}");
  say (self, "/answer", "{\"state\":\"question\"}");
  say (self, "/answer", "{\"state\":\"running\"}");
  say (self, "/status", "{\"state\":\"question\"}");
  say_done_one (self);
  job = edit (self);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  g_assert_cmpuint (hits (self, "/answer"), ==, 3);
  g_assert_cmpuint (hits (self, "/status"), ==, 2);
}

static void
test_answer_for_ever (Service       *self,
                      gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;

  self->scene.times.job_deadline = 100;
  reshoot_session_set_times (self->scene.session, &self->scene.times);
  say (self, "/submit", "{\"id\":\"t\",\"state\":\"question\"}");
  say (self, "/answer", "{\"state\":\"question\"}");
  job = edit (self);
  assert_end (job, RESHOOT_STEP_UNKNOWN, RESHOOT_CHARGED_UNKNOWN);
  g_assert_cmpuint (hits (self, "/submit"), ==, 1);
}

static void
test_queue_position (Service       *self,
                     gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  ReshootStep *step;

  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\",\"queue\":7}");
  reshoot_fake_server_add (self->scene.server, "/status", RESHOOT_FAKE_HOLD, 200, NULL, NULL);
  say_done_one (self);
  job = edit (self);
  step = reshoot_job_get_step (job);
  reshoot_test_wait_until (reshoot_step_get_queue_position (step) == 7);
  reshoot_test_wait_until (hits (self, "/status") == 1);
  reshoot_fake_server_release (self->scene.server);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  g_assert_cmpint (reshoot_step_get_queue_position (step), ==, -1);
}

static void
test_long (Service       *self,
           gconstpointer  data)
{
  g_autoptr (GBytes) picture = scene_dup_picture (300, 200);
  g_autofree char *base64 = g_base64_encode (g_bytes_get_data (picture, NULL),
                                             g_bytes_get_size (picture));
  g_autofree char *padding = g_strnfill (5 * 1024 * 1024, ' ');
  g_autofree char *text = NULL;
  g_autoptr (ReshootJob) job = NULL;

  /* More than a reply about a job may have, and no ticket. */
  text = g_strdup_printf ("{\"state\":\"done\",\"charged\":1,\"cost\":0.03,"
                          "\"results\":[{\"base64\":\"%s\"}]}%s", base64, padding);
  self->codec->is_long = TRUE;
  say (self, "/submit", text);
  job = edit (self);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  g_assert_cmpint (reshoot_step_get_price (reshoot_job_get_step (job))->settled, ==, 30000);
}

/* A call may last as long as the job, and not longer. */
static void
test_long_deadline (Service       *self,
                    gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;

  self->scene.times.call_deadline = 1;
  self->scene.times.job_deadline = 400;
  reshoot_session_set_times (self->scene.session, &self->scene.times);
  self->codec->is_long = TRUE;
  fail (self, "/submit", RESHOOT_FAKE_HANG, 200);
  job = edit (self);
  reshoot_test_wait_until (hits (self, "/submit") == 1);
  assert_end (job, RESHOOT_STEP_UNKNOWN, RESHOOT_CHARGED_UNKNOWN);
}

/* Bytes that are no picture, in the answer to a submit: there is nothing to ask again with. */
static void
test_long_no_picture (Service       *self,
                      gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;

  say (self, "/submit", "{\"state\":\"done\",\"charged\":1,\"results\":[{\"base64\":\"bm8=\"}]}");
  job = edit (self);
  assert_end (job, RESHOOT_STEP_UNKNOWN, RESHOOT_CHARGED_YES);
}

/* Stopping */

typedef struct
{
  const char      *name;
  ReshootFakeKind  kind;
  guint            status;
  const char      *text;
  ReshootCharged   charged;
} Stop;

static const Stop stops[] = {
  { "stopped-free", RESHOOT_FAKE_REPLY, 200, "{\"state\":\"stopped\",\"charged\":0}", RESHOOT_CHARGED_NO },
  { "stopped-charged", RESHOOT_FAKE_REPLY, 200, "{\"state\":\"stopped\",\"charged\":1,\"cost\":0.04}",
    RESHOOT_CHARGED_YES },
  { "stopped-silent", RESHOOT_FAKE_REPLY, 200, "{\"state\":\"stopped\"}", RESHOOT_CHARGED_UNKNOWN },
  { "goes-on", RESHOOT_FAKE_REPLY, 200, "{\"state\":\"running\",\"charged\":0}", RESHOOT_CHARGED_UNKNOWN },
  { "refused", RESHOOT_FAKE_REPLY, 404, "", RESHOOT_CHARGED_UNKNOWN },
  { "broken", RESHOOT_FAKE_REPLY, 500, "", RESHOOT_CHARGED_UNKNOWN },
  { "html", RESHOOT_FAKE_REPLY, 200, "<html>", RESHOOT_CHARGED_UNKNOWN },
  { "drop", RESHOOT_FAKE_DROP, 200, "", RESHOOT_CHARGED_UNKNOWN },
  { "hang", RESHOOT_FAKE_HANG, 200, "", RESHOOT_CHARGED_UNKNOWN },
};

static void
test_stop (Service       *self,
           gconstpointer  data)
{
  const Stop *row = &stops[GPOINTER_TO_UINT (data)];
  g_autoptr (GBytes) body = g_bytes_new (row->text, strlen (row->text));
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;

  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  fail (self, "/status", RESHOOT_FAKE_HANG, 200);
  say_done_one (self);
  reshoot_fake_server_add (self->scene.server, "/cancel", row->kind, row->status, NULL, body);
  job = edit (self);
  step = reshoot_job_get_step (job);
  reshoot_test_wait_until (hits (self, "/status") == 1);
  self->scene.times.call_deadline = 100;
  reshoot_job_cancel (job);
  if (row->kind == RESHOOT_FAKE_HANG)
    {
      /* It is stored before the service is told; who ends the program does not wait for it. */
      reshoot_test_wait_until (hits (self, "/cancel") == 1);
      g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_CANCELLED);
      reshoot_session_let_go (self->scene.session, NULL);
      g_assert_true (reshoot_job_get_finished (job));
    }
  assert_end (job, RESHOOT_STEP_CANCELLED, row->charged);
  g_assert_cmpuint (hits (self, "/cancel"), ==, 1);
  g_assert_cmpint (reshoot_model_get_cancel (reshoot_job_get_model (job)), ==,
                   RESHOOT_CANCEL_STOPS);

  /* What came to nothing is not asked for; a late result is adopted. */
  if (row->charged == RESHOOT_CHARGED_NO)
    {
      g_assert_null (scene_resume (&self->scene, step, &error));
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, "nothing-to-resume");
      return;
    }

  g_clear_object (&job);
  job = resume (self, reshoot_step_get_id (step));
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  g_assert_cmpuint (hits (self, "/submit"), ==, 1);
}

/* While the submit is on its way there is something to stop with only where the ticket was known before. */
static void
test_stop_sending (Service       *self,
                   gconstpointer  data)
{
  gboolean names_ticket = GPOINTER_TO_INT (data);
  g_autoptr (ReshootJob) job = NULL;

  self->codec->names_ticket = names_ticket;
  fail (self, "/submit", RESHOOT_FAKE_HANG, 200);
  say (self, "/cancel", "{\"state\":\"stopped\",\"charged\":0}");
  job = edit (self);
  reshoot_test_wait_until (hits (self, "/submit") == 1);
  reshoot_job_cancel (job);
  assert_end (job, RESHOOT_STEP_CANCELLED,
              names_ticket ? RESHOOT_CHARGED_NO : RESHOOT_CHARGED_UNKNOWN);
  g_assert_cmpuint (hits (self, "/cancel"), ==, names_ticket);
}

/* Several pictures */

static const char * const four[] = { "/1.png", "/2.png", "/3.png", "/4.png", NULL };
static const char * const grid[] = { "/g.png#0,0,0.5,0.5", "/g.png#0.5,0,0.5,0.5", "/g.png#0,0.5,0.5,0.5",
                                     "/g.png#0.5,0.5,0.5,0.5", NULL };

static void
serve_four (Service *self)
{
  for (int i = 0; four[i] != NULL; i++)
    serve_picture (self, four[i], 300 + i, 200);
}

/* The other steps of the row, each with the picture it should have, and what was paid on the first alone. */
static void
assert_row (Service    *self,
            GPtrArray  *steps,
            const int (*sizes)[2])
{
  GListModel *all = G_LIST_MODEL (reshoot_project_get_history (self->scene.project));
  ReshootStep *first = steps->pdata[0];
  int width = reshoot_step_get_width (self->scene.original);

  g_assert_cmpuint (steps->len, ==, 4);
  g_assert_cmpuint (g_list_model_get_n_items (all), ==, 5);
  for (guint i = 0; i < steps->len; i++)
    {
      ReshootStep *step = steps->pdata[i];
      const ReshootPrice *price = reshoot_step_get_price (step);
      g_autoptr (ReshootImage) shown = scene_load (&self->scene, step, RESHOOT_PICTURE_SHOWN);
      g_autoptr (ReshootImage) reply = scene_load (&self->scene, step, RESHOOT_PICTURE_REPLY);
      JsonObject *facts = json_node_get_object (reshoot_step_get_facts (step));

      g_assert_nonnull (reply);
      g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_DONE);
      g_assert_true (reshoot_step_get_parent (step) == reshoot_step_get_parent (first));
      g_assert_cmpstr (reshoot_step_get_row (step), ==, reshoot_step_get_row (first));
      g_assert_nonnull (reshoot_step_get_row (step));
      g_assert_cmpint (reshoot_step_get_take (step), ==, i + 1);
      g_assert_cmpstr (reshoot_step_get_ticket (step), ==, reshoot_step_get_ticket (first));
      g_assert_cmpint (price->charged, ==, i == 0 ? RESHOOT_CHARGED_YES : RESHOOT_CHARGED_NO);
      g_assert_cmpint (price->estimate, ==, i == 0 ? 40000 : 0);
      g_assert_cmpint (price->settled, ==, i == 0 ? 40000 : RESHOOT_MONEY_UNKNOWN);
      g_assert_cmpint (reshoot_image_get_width (shown), ==, sizes[i][0]);
      g_assert_cmpint (reshoot_image_get_height (shown), ==, sizes[i][1]);
      g_assert_cmpfloat_with_epsilon (reshoot_step_get_affine (step)[0] * width, sizes[i][0], 1e-6);
      g_assert_cmpfloat (reshoot_json_get_number (facts, "result"), ==, i + 1);
      g_assert_cmpfloat (reshoot_json_get_number (facts, "results"), ==, 4);
    }
}

static const int four_sizes[][2] = { { 300, 200 }, { 301, 200 }, { 302, 200 }, { 303, 200 } };
static const int grid_sizes[][2] = { { 302, 202 }, { 301, 202 }, { 302, 201 }, { 301, 201 } };

static void
test_several (Service       *self,
              gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;

  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  say_done (self, "/status", four);
  serve_four (self);
  job = edit_with (self, FOUR);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  assert_row (self, reshoot_job_get_steps (job), four_sizes);
  assert_verified (self);
}

/* Four parts of one picture: it is loaded once and kept whole. */
static void
test_grid (Service       *self,
           gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (ReshootImage) whole = NULL;
  g_autoptr (GBytes) sent = scene_dup_picture (603, 403);
  GPtrArray *steps;

  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  say_done (self, "/status", grid);
  serve_picture (self, "/g.png", 603, 403);
  job = edit_with (self, FOUR);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  steps = reshoot_job_get_steps (job);
  assert_row (self, steps, grid_sizes);
  g_assert_cmpuint (hits (self, "/g.png"), ==, 1);
  whole = scene_load (&self->scene, steps->pdata[3], RESHOOT_PICTURE_REPLY);
  g_assert_true (g_bytes_equal (reshoot_image_get_bytes (whole), sent));
  assert_verified (self);
}

/* What a service made of the photo, beside nothing at all. */
static void
serve_photo (Service    *self,
             const char *path,
             double      dx)
{
  const Reply how = { 640, 480, dx, 2, 1.01, { 1, 1, 1 }, { 0, 0, 0 }, 90 };
  g_autoptr (ReshootImage) photo = scene_load (&self->scene, self->scene.original,
                                               RESHOOT_PICTURE_SHOWN);
  g_autoptr (GError) error = NULL;
  g_autoptr (VipsImage) vips = reshoot_image_dup_vips (photo, &error);
  g_autoptr (ReshootImage) reply = NULL;

  g_assert_no_error (error);
  reply = reply_new (vips, &how);
  reshoot_fake_server_add (self->scene.server, path, RESHOOT_FAKE_REPLY, 200,
                           "Content-Type: image/jpeg\r\n", reshoot_image_get_bytes (reply));
}

/* Each is landed by itself, with its own shift. */
static void
test_several_landed (Service       *self,
                     gconstpointer  data)
{
  static const double shifts[] = { 3, -2, 4, 1 };
  g_autoptr (ReshootJob) job = NULL;
  GPtrArray *steps;

  choose_landing (self, RESHOOT_LANDING_CHOICE_AUTOMATIC);
  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  say_done (self, "/status", four);
  for (guint i = 0; i < G_N_ELEMENTS (shifts); i++)
    serve_photo (self, four[i], shifts[i]);
  job = edit_with (self, FOUR);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);

  steps = reshoot_job_get_steps (job);
  g_assert_cmpuint (steps->len, ==, 4);
  for (guint i = 0; i < steps->len; i++)
    {
      JsonObject *facts = json_node_get_object (reshoot_step_get_facts (steps->pdata[i]));

      g_assert_true (reshoot_json_get_boolean (facts, "landed"));
      g_assert_cmpfloat_with_epsilon (reshoot_json_get_number (facts, "shift_x"), shifts[i], 0.5);
    }
  assert_verified (self);
}

/* Two of them stumble and come the second time; those that are here are not loaded again. */
static void
test_several_stumble (Service       *self,
                      gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;

  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  say_done (self, "/status", four);
  fail (self, "/2.png", RESHOOT_FAKE_DROP, 200);
  say (self, "/4.png", "no picture");
  serve_four (self);
  job = edit_with (self, FOUR);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  assert_row (self, reshoot_job_get_steps (job), four_sizes);
  g_assert_cmpuint (hits (self, "/1.png"), ==, 1);
  g_assert_cmpuint (hits (self, "/3.png"), ==, 1);
}

/* One never comes: what is here is kept. */
static void
test_several_lack (Service       *self,
                   gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;

  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  say_done (self, "/status", four);
  fail (self, "/3.png", RESHOOT_FAKE_REPLY, 404);
  serve_picture (self, "/1.png", 300, 200);
  serve_picture (self, "/2.png", 301, 200);
  job = edit_with (self, FOUR);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  g_assert_cmpuint (reshoot_job_get_steps (job)->len, ==, 2);
  assert_verified (self);
}

static void
test_several_cancelled (Service       *self,
                        gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  ReshootStep *step;

  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  say_done (self, "/status", four);
  fail (self, "/3.png", RESHOOT_FAKE_HANG, 200);
  serve_four (self);
  job = edit_with (self, FOUR);
  step = reshoot_job_get_step (job);
  reshoot_test_wait_until (hits (self, "/3.png") == 1);
  reshoot_job_cancel (job);
  assert_end (job, RESHOOT_STEP_CANCELLED, RESHOOT_CHARGED_YES);
  g_assert_cmpuint (hits (self, "/cancel"), ==, 0);

  g_clear_object (&job);
  job = resume (self, reshoot_step_get_id (step));
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  assert_row (self, reshoot_job_get_steps (job), four_sizes);
}

typedef struct
{
  Service          *service;
  ReshootStepState  state;
  gboolean          reached;
} Watch;

static void
state_changed_cb (ReshootStep *step,
                  GParamSpec  *pspec,
                  gpointer     user_data)
{
  Watch *watch = user_data;

  if (reshoot_step_get_state (step) != watch->state || watch->reached)
    return;

  watch->reached = TRUE;
  reshoot_session_let_go (watch->service->scene.session, NULL);
}

/* Every step whose job did not come to an end is taken up, as often as it takes. */
static void
resume_all (Service *self)
{
  GListModel *all = G_LIST_MODEL (reshoot_project_get_history (self->scene.project));

  for (guint i = 0; i < g_list_model_get_n_items (all); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (all, i);
      g_autoptr (ReshootJob) job = NULL;

      if (reshoot_step_state_is_final (reshoot_step_get_state (step)))
        continue;

      job = scene_resume (&self->scene, step, NULL);
      g_assert_nonnull (job);
      g_assert_true (scene_wait (job, NULL));
    }
}

/* The program ends before and after all of it is stored: nothing is lost and nothing doubled. */
static void
test_several_stopped (Service       *self,
                      gconstpointer  data)
{
  Watch watch = { self, GPOINTER_TO_INT (data), FALSE };
  g_autoptr (GPtrArray) steps = g_ptr_array_new ();
  g_autoptr (ReshootJob) job = NULL;
  ReshootStep *step;

  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  say_done (self, "/status", grid);
  serve_picture (self, "/g.png", 603, 403);
  job = edit_with (self, FOUR);
  step = g_object_ref (reshoot_job_get_step (job));
  g_signal_connect (step, "notify::state", G_CALLBACK (state_changed_cb), &watch);
  reshoot_test_wait_until (watch.reached);
  g_signal_handlers_disconnect_by_data (step, &watch);
  g_object_unref (step);
  g_clear_object (&job);
  reopen (self);

  resume_all (self);
  for (gint64 id = 2; id <= 5; id++)
    g_ptr_array_add (steps, find_step (self, id));
  assert_row (self, steps, grid_sizes);
  g_assert_cmpuint (hits (self, "/submit"), ==, 1);
  g_assert_cmpuint (hits (self, "/g.png"), ==, 1);
  assert_verified (self);
}

/* The row and its takes are made at once where several are asked for. */
static void
test_one_alone (Service       *self,
                gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;

  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  say_done_one (self);
  job = edit (self);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  g_assert_null (reshoot_step_get_row (reshoot_job_get_step (job)));
  g_assert_cmpuint (reshoot_job_get_steps (job)->len, ==, 1);
}

/* What is sent along */

static ReshootJob *
edit_request (Service         *self,
              ReshootRequest  *request,
              GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_session_edit_async (self->scene.session, self->scene.project, self->scene.original,
                              request, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_session_edit_finish (self->scene.session, result, error);
}

static ReshootRequest *
new_request (const char *model,
             guint       n_references)
{
  g_autoptr (GBytes) bytes = scene_dup_picture (40, 30);
  g_autoptr (ReshootImage) image = reshoot_image_new_from_bytes (bytes, NULL, NULL);
  ReshootRequestPicture pictures[4];
  ReshootInputs inputs = RESHOOT_INPUTS_INIT;

  for (guint i = 0; i < G_N_ELEMENTS (pictures); i++)
    pictures[i] = (ReshootRequestPicture) { "reference", image, NULL };
  inputs.pictures = pictures;
  inputs.n_pictures = n_references;
  return reshoot_request_new_with_inputs ("make it warm", model, NULL, &inputs);
}

/* References come from the file as well; the source lies in the middle of a square, small enough. */
static void
test_references (Service       *self,
                 gconstpointer  data)
{
  g_autoptr (ReshootRequest) request = new_request ("fake/pad", 2);
  g_autoptr (ReshootRequest) many = new_request ("fake/pad", 3);
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;
  const double *affine;
  int width = reshoot_step_get_width (self->scene.original);
  int height = reshoot_step_get_height (self->scene.original);
  double scale = (double) height / width;

  g_assert_null (edit_request (self, many, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "references");
  g_clear_error (&error);

  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  say_done_one (self);
  job = edit_request (self, request, &error);
  g_assert_no_error (error);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  body = dup_submitted (self);
  g_assert_cmpuint (json_array_get_length (reshoot_json_get_array (body, "references")), ==, 2);
  g_assert_cmpstr (reshoot_json_get_string (body, "format"), ==, "image/jpeg");
  g_assert_cmpfloat (reshoot_json_get_number (body, "bytes"), <=, 12000);

  /* The reply is 300 x 200; the source is wider than high, and fills the square from side to side. */
  step = reshoot_job_get_step (job);
  affine = reshoot_step_get_affine (step);
  g_assert_cmpfloat_with_epsilon (affine[0] * width, 300, 1);
  g_assert_cmpfloat_with_epsilon (affine[4] * height, 200 * scale, 1);
  g_assert_cmpfloat_with_epsilon (affine[5], 100 - 100 * scale, 1);
  g_assert_cmpfloat_with_epsilon (affine[2], 0, 1e-6);
}

static void
test_publish (Service       *self,
              gconstpointer  data)
{
  g_autoptr (JsonObject) parameters = json_object_new ();
  g_autoptr (ReshootRequest) request = NULL;
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;
  int height = reshoot_step_get_height (self->scene.original);
  const double *affine;

  json_object_set_string_member (parameters, "publish", "fake");
  request = reshoot_request_new ("make it warm", "fake/crop", parameters);
  g_assert_null (edit_request (self, request, &error));
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "public-consent");
  g_clear_error (&error);
  g_assert_cmpuint (hits (self, "/publish"), ==, 0);

  reshoot_session_set_public_consent (self->scene.session, "fake", TRUE, &error);
  g_assert_no_error (error);
  fail (self, "/publish", RESHOOT_FAKE_DROP, 200);
  say (self, "/publish", "{\"url\":\"https://public.test/a.png\"}");
  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  say_done_one (self);
  job = edit_request (self, request, &error);
  g_assert_no_error (error);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  body = dup_submitted (self);
  g_assert_cmpstr (reshoot_json_get_string (body, "source"), ==, "https://public.test/a.png");
  key = reshoot_fake_server_dup_header (self->scene.server, "/publish", "authorization");
  g_assert_cmpstr (key, ==, "Bearer " KEY);

  /* Cropped to a square: the sides of the source are beyond the reply. */
  affine = reshoot_step_get_affine (reshoot_job_get_step (job));
  g_assert_cmpfloat (affine[2], <, 0);
  g_assert_cmpfloat_with_epsilon (affine[4] * height, 200, 1);
  reshoot_session_set_public_consent (self->scene.session, "fake", FALSE, NULL);
}

/* A step that came of one of four says which. */
static void
test_source_take (Service       *self,
                  gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (ReshootJob) next = NULL;
  g_autoptr (ReshootRequest) request = reshoot_request_new ("more", ONE, NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (JsonObject) body = NULL;
  GPtrArray *steps;

  say (self, "/submit", "{\"id\":\"t\",\"state\":\"running\"}");
  say_done (self, "/status", four);
  serve_four (self);
  job = edit_with (self, FOUR);
  assert_end (job, RESHOOT_STEP_DONE, RESHOOT_CHARGED_YES);
  steps = reshoot_job_get_steps (job);

  reshoot_session_edit_async (self->scene.session, self->scene.project, steps->pdata[2], request,
                              NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  next = reshoot_session_edit_finish (self->scene.session, result, &error);
  g_assert_no_error (error);
  scene_wait (next, NULL);
  body = dup_submitted (self);
  g_assert_cmpfloat (reshoot_json_get_number (body, "source_take"), ==, 3);
  g_assert_cmpstr (reshoot_json_get_string (body, "source_ticket"), ==,
                   reshoot_step_get_ticket (steps->pdata[2]));
}

/* Asking what a service says of itself */

static gboolean
check (Service       *self,
       GCancellable  *cancellable,
       ReshootCheck  *found,
       GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_session_check_provider_async (self->scene.session, "fake", cancellable, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_session_check_provider_finish (self->scene.session, result, found, error);
}

static void
test_check (Service       *self,
            gconstpointer  data)
{
  g_auto (ReshootCheck) found = { NULL, };
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;

  say (self, "/me", "{\"name\":\"shop\"}");
  fail (self, "/balance", RESHOOT_FAKE_DROP, 200);
  say (self, "/balance", "{\"left\":12.5}");
  g_assert_true (check (self, NULL, &found, &error));
  g_assert_cmpstr (found.account, ==, "shop");
  g_assert_cmpint (found.balance, ==, 12500000);
  key = reshoot_fake_server_dup_header (self->scene.server, "/balance", "authorization");
  g_assert_cmpstr (key, ==, "Bearer " KEY);
}

static void
test_check_refused (Service       *self,
                    gconstpointer  data)
{
  g_auto (ReshootCheck) found = { NULL, };
  g_autoptr (GError) error = NULL;

  fail (self, "/me", RESHOOT_FAKE_REPLY, 401);
  g_assert_false (check (self, NULL, &found, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_AUTH);
  g_assert_cmpuint (hits (self, "/balance"), ==, 0);
}

static gboolean
cancel_cb (gpointer user_data)
{
  g_cancellable_cancel (user_data);
  return G_SOURCE_REMOVE;
}

static void
test_check_cancelled (Service       *self,
                      gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_auto (ReshootCheck) found = { NULL, };
  g_autoptr (GError) error = NULL;

  fail (self, "/me", RESHOOT_FAKE_HANG, 200);
  if (GPOINTER_TO_INT (data))
    g_cancellable_cancel (cancellable);
  else
    g_timeout_add (20, cancel_cb, cancellable);
  g_assert_false (check (self, cancellable, &found, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

static void
add (const char *name,
     const char *row,
     void (*func) (Service *, gconstpointer),
     gpointer    data)
{
  g_autofree char *path = g_strconcat ("/job-service/", name, row, NULL);

  g_test_add_vtable (path, sizeof (Service), data, (GTestFixtureFunc) set_up,
                     (GTestFixtureFunc) func, (GTestFixtureFunc) tear_down);
}

#define ADD(name, func, data) add (name, "", func, data)

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  ADD ("key", test_key, NULL);
  ADD ("no-key", test_no_key, NULL);
  ADD ("prepare", test_prepare, NULL);
  ADD ("prepare/cancelled", test_prepare_cancelled, NULL);
  ADD ("prepare/stopped", test_prepare_stopped, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (prepare_faults); i++)
    add ("prepare/", prepare_faults[i].name, test_prepare_fault, GUINT_TO_POINTER (i));
  for (guint i = 0; i < G_N_ELEMENTS (unsures); i++)
    add ("unsure/", unsures[i].name, test_unsure, GUINT_TO_POINTER (i));
  ADD ("unsure/late", test_unsure_late, NULL);
  ADD ("unsure/stopped", test_unsure_stopped, NULL);
  ADD ("unsent-stopped", test_unsent_stopped, NULL);
  ADD ("answer", test_answer, NULL);
  ADD ("answer/for-ever", test_answer_for_ever, NULL);
  ADD ("queue-position", test_queue_position, NULL);
  ADD ("long", test_long, NULL);
  ADD ("long/deadline", test_long_deadline, NULL);
  ADD ("long/no-picture", test_long_no_picture, NULL);
  for (guint i = 0; i < G_N_ELEMENTS (stops); i++)
    add ("stop/", stops[i].name, test_stop, GUINT_TO_POINTER (i));
  ADD ("stop/sending", test_stop_sending, GINT_TO_POINTER (FALSE));
  ADD ("stop/sending-named", test_stop_sending, GINT_TO_POINTER (TRUE));
  ADD ("several", test_several, NULL);
  ADD ("several/grid", test_grid, NULL);
  ADD ("several/landed", test_several_landed, NULL);
  ADD ("several/stumble", test_several_stumble, NULL);
  ADD ("several/lack", test_several_lack, NULL);
  ADD ("several/cancelled", test_several_cancelled, NULL);
  ADD ("several/stopped-before", test_several_stopped, GINT_TO_POINTER (RESHOOT_STEP_DOWNLOADING));
  ADD ("several/stopped-stored", test_several_stopped, GINT_TO_POINTER (RESHOOT_STEP_RECEIVED));
  ADD ("several/stopped-landing", test_several_stopped, GINT_TO_POINTER (RESHOOT_STEP_LANDING));
  ADD ("alone", test_one_alone, NULL);
  ADD ("references", test_references, NULL);
  ADD ("publish", test_publish, NULL);
  ADD ("source-take", test_source_take, NULL);
  ADD ("check", test_check, NULL);
  ADD ("check/refused", test_check_refused, NULL);
  ADD ("check/cancelled", test_check_cancelled, GINT_TO_POINTER (FALSE));
  ADD ("check/cancelled-before", test_check_cancelled, GINT_TO_POINTER (TRUE));

  return g_test_run ();
}
