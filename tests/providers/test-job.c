/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The whole way of an edit, with the studio and with a service that misbehaves in every way we know. Each row of the
 * table of faults says how it must end, what it may have cost, and how often the service was asked to start. */

#include "reshoot-error.h"
#include "scene.h"

#include <math.h>

static void
assert_state (ReshootStep      *step,
              ReshootStepState  state)
{
  g_assert_cmpstr (reshoot_step_state_to_string (reshoot_step_get_state (step)), ==,
                   reshoot_step_state_to_string (state));
}

/* The studio */

static void
test_studio (Scene         *scene,
             gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootJob) job = scene_edit (scene, "studio/local", "warm it slightly and crop square", &error);
  g_autoptr (ReshootImage) shown = NULL;
  ReshootStep *step;

  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_session_get_jobs (scene->session)), ==, 1);
  scene_wait (job, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_list_model_get_n_items (reshoot_session_get_jobs (scene->session)), ==, 0);

  step = reshoot_job_get_step (job);
  assert_state (step, RESHOOT_STEP_DONE);
  g_assert_true (reshoot_step_get_seconds (step) >= 0);
  g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, RESHOOT_CHARGED_NO);
  g_assert_cmpint (reshoot_step_get_width (step), ==, reshoot_step_get_height (step));
  g_assert_nonnull (reshoot_step_get_affine (step));
  g_assert_true (reshoot_step_get_parent (step) == scene->original);

  shown = scene_load (scene, step, RESHOOT_PICTURE_SHOWN);
  g_assert_cmpint (reshoot_image_get_width (shown), ==, reshoot_step_get_width (step));
}

static void
test_studio_refuses (Scene         *scene,
                     gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) stored = NULL;
  g_autoptr (ReshootJob) job = scene_edit (scene, "studio/local", "put it on a beach at sunset", &error);

  g_assert_no_error (error);
  g_assert_false (scene_wait (job, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_CANNOT);
  assert_state (reshoot_job_get_step (job), RESHOOT_STEP_REFUSED);
  g_assert_cmpint (reshoot_step_get_price (reshoot_job_get_step (job))->charged, ==,
                   RESHOOT_CHARGED_NO);
  stored = reshoot_step_dup_error (reshoot_job_get_step (job));
  g_assert_error (stored, RESHOOT_ERROR, RESHOOT_ERROR_CANNOT);
  g_assert_cmpstr (reshoot_error_get_reason (stored), ==, reshoot_error_get_reason (error));
}

static void
test_studio_cancelled (Scene         *scene,
                       gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootJob) job = NULL;

  job = scene_edit (scene, "studio/local", "Replace background with clean white studio", &error);
  g_assert_no_error (error);
  reshoot_job_cancel (job);
  reshoot_job_cancel (job);
  g_assert_false (scene_wait (job, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  assert_state (reshoot_job_get_step (job), RESHOOT_STEP_CANCELLED);
  g_assert_cmpint (reshoot_step_get_price (reshoot_job_get_step (job))->charged, ==,
                   RESHOOT_CHARGED_NO);
}

/* The service */

static void
test_service (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (ReshootImage) shown = NULL;
  g_autoptr (GBytes) sent = scene_dup_picture (1248, 832);
  g_autofree char *poll_key = NULL;
  g_autofree char *sample_key = NULL;
  const ReshootPrice *price;
  const double *affine;
  ReshootStep *step;

  scene_script_submit (scene);
  scene_script_poll (scene, "Pending");
  scene_script_poll (scene, "Something new");
  scene_script_ready (scene);
  scene_script_sample (scene);

  job = scene_edit (scene, SCENE_PRO, "make it warm", &error);
  g_assert_no_error (error);
  step = reshoot_job_get_step (job);
  g_assert_cmpint (reshoot_step_get_price (step)->estimate, ==, 40000);
  scene_wait (job, &error);
  g_assert_no_error (error);

  assert_state (step, RESHOOT_STEP_DONE);
  price = reshoot_step_get_price (step);
  g_assert_cmpint (price->quoted, ==, 40000);
  g_assert_cmpint (price->settled, ==, 40000);
  g_assert_cmpint (price->charged, ==, RESHOOT_CHARGED_YES);
  g_assert_nonnull (reshoot_step_get_ticket (step));
  g_assert_true (reshoot_step_get_seconds (step) >= 0);

  /* As received, and shown at the place of its parent. */
  shown = scene_load (scene, step, RESHOOT_PICTURE_SHOWN);
  g_assert_true (g_bytes_equal (reshoot_image_get_bytes (shown), sent));
  affine = reshoot_step_get_affine (step);
  g_assert_cmpfloat_with_epsilon (affine[0] * reshoot_step_get_width (scene->original), 1248, 1e-6);
  g_assert_cmpfloat_with_epsilon (affine[4] * reshoot_step_get_height (scene->original), 832, 1e-6);

  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 1);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_POLL), ==, 3);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SAMPLE), ==, 1);
  poll_key = reshoot_fake_server_dup_header (scene->server, SCENE_POLL, "x-key");
  sample_key = reshoot_fake_server_dup_header (scene->server, SCENE_SAMPLE, "x-key");
  g_assert_cmpstr (poll_key, ==, SCENE_KEY);
  g_assert_null (sample_key);
}

/* A busy service is asked again when it says, be that in seconds or as a date, and no sooner. */
static void
test_retry_after (Scene         *scene,
                  gconstpointer  data)
{
  gboolean is_date = g_str_has_suffix (g_test_get_path (), "date");
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
  g_autoptr (GDateTime) then = g_date_time_add_seconds (now, 3);
  g_autofree char *date = g_date_time_format (then, "%a, %d %b %Y %H:%M:%S GMT");
  g_autofree char *header = g_strdup_printf ("Retry-After: %s\r\n", is_date ? date : "2");
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;
  gint64 start = g_get_monotonic_time ();

  reshoot_fake_server_add (scene->server, SCENE_SUBMIT, RESHOOT_FAKE_REPLY, 429, header, NULL);
  scene_script_submit (scene);
  scene_script_ready (scene);
  scene_script_sample (scene);

  job = scene_edit (scene, SCENE_PRO, "make it warm", &error);
  g_assert_no_error (error);
  g_assert_true (scene_wait (job, &error));
  g_assert_cmpint (g_get_monotonic_time () - start, >=, G_USEC_PER_SEC);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, 2);
}

/* Faults */

#define MAX_SCRIPT 4

typedef struct
{
  const char     *text;      /* what is sent; "@…" stands for a usual answer */
  guint           status;    /* 0 = 200 */
  ReshootFakeKind kind;
  const char     *headers;
} Line;

typedef struct
{
  const char       *name;
  Line              submit[MAX_SCRIPT];
  Line              poll[MAX_SCRIPT];
  Line              sample[MAX_SCRIPT];
  ReshootStepState  state;
  ReshootCharged    charged;
  int               code;            /* of the error, -1 = none */
  const char       *reason;
  guint             n_submits;
  guint             call_deadline;   /* ms, 0 = long */
  guint             job_deadline;    /* ms, 0 = long */
} Row;

#define TICKET { { "@ticket" } }
#define READY { { "@ready" } }
#define PICTURE { { "@picture" } }
#define NO RESHOOT_CHARGED_NO
#define YES RESHOOT_CHARGED_YES
#define MAYBE RESHOOT_CHARGED_UNKNOWN
#define DONE RESHOOT_STEP_DONE
#define FAILED RESHOOT_STEP_FAILED
#define DOUBT RESHOOT_STEP_UNKNOWN
#define PAYMENT RESHOOT_ERROR_UNKNOWN_PAYMENT
#define HANG { "", 200, RESHOOT_FAKE_HANG }
#define DROP { "", 200, RESHOOT_FAKE_DROP }
#define GARBAGE { "", 200, RESHOOT_FAKE_GARBAGE }
#define DRIP { "{", 200, RESHOOT_FAKE_DRIP }

static const Row rows[] = {
  /* The submit: repeated only where it surely did not arrive. */
  { "submit/busy-twice", { { "", 429 }, { "", 429 }, { "@ticket" } }, READY, PICTURE, DONE, YES, -1, NULL, 3 },
  { "submit/busy-retry-after", { { "", 429, 0, "Retry-After: 1\r\n" }, { "@ticket" } }, READY, PICTURE,
    DONE, YES, -1, NULL, 2 },
  { "submit/busy-retry-date", { { "", 429, 0, "Retry-After: Wed, 21 Oct 2015 07:28:00 GMT\r\n" }, { "@ticket" } },
    READY, PICTURE, DONE, YES, -1, NULL, 2 },
  { "submit/away-twice", { { "", 503 }, { "<html>", 503 }, { "@ticket" } }, READY, PICTURE,
    DONE, YES, -1, NULL, 3 },
  { "submit/busy-for-ever", { { "", 429 } }, { }, { }, FAILED, NO, RESHOOT_ERROR_RATE_LIMITED, "busy", 4 },
  { "submit/away-for-ever", { { "", 503 } }, { }, { }, FAILED, NO, RESHOOT_ERROR_UNAVAILABLE, "busy", 4 },
  { "submit/away-with-task", { { "{\"id\":\"1\"}", 503 } }, { }, { }, DOUBT, MAYBE, PAYMENT, "busy", 1 },
  { "submit/bad-key", { { "", 401 } }, { }, { }, FAILED, NO, RESHOOT_ERROR_AUTH, "key", 1 },
  { "submit/no-credits", { { "", 402 } }, { }, { }, FAILED, NO, RESHOOT_ERROR_CREDITS, "credits", 1 },
  { "submit/forbidden", { { "", 403 } }, { }, { }, FAILED, NO, RESHOOT_ERROR_AUTH, "key", 1 },
  { "submit/bad-key-retry-after", { { "", 401, 0, "Retry-After: 1\r\n" } }, { }, { },
    FAILED, NO, RESHOOT_ERROR_AUTH, "key", 1 },
  { "submit/no-credits-retry-after", { { "", 402, 0, "Retry-After: 1\r\n" } }, { }, { },
    FAILED, NO, RESHOOT_ERROR_CREDITS, "credits", 1 },
  { "submit/forbidden-retry-date", { { "", 403, 0, "Retry-After: Fri, 21 Oct 2095 07:28:00 GMT\r\n" } }, { }, { },
    FAILED, NO, RESHOOT_ERROR_AUTH, "key", 1 },
  { "submit/rejected", { { "{\"detail\":\"no\"}", 422 } }, { }, { }, FAILED, NO,
    RESHOOT_ERROR_INVALID_REQUEST, "rejected", 1 },
  { "submit/broken-service", { { "", 500 } }, { }, { }, DOUBT, MAYBE, PAYMENT, "service", 1 },
  { "submit/gateway", { { "", 502 } }, { }, { }, DOUBT, MAYBE, PAYMENT, "service", 1 },
  { "submit/redirect", { { "", 302, 0, "Location: /elsewhere\r\n" } }, { }, { }, DOUBT, MAYBE, PAYMENT, "status", 1 },
  { "submit/hang", { HANG }, { }, { }, DOUBT, MAYBE, PAYMENT, "timeout", 1, 1500 },
  { "submit/drop", { DROP }, { }, { }, DOUBT, MAYBE, PAYMENT, "broken", 1 },
  { "submit/garbage", { GARBAGE }, { }, { }, DOUBT, MAYBE, PAYMENT, "broken", 1 },
  { "submit/drip", { DRIP }, { }, { }, DOUBT, MAYBE, PAYMENT, "timeout", 1, 1500 },
  { "submit/endless", { { "", 200, RESHOOT_FAKE_ENDLESS } }, { }, { }, DOUBT, MAYBE, PAYMENT, "too-many-bytes", 1 },
  { "submit/truncated", { { "@ticket", 200, RESHOOT_FAKE_TRUNCATE } }, { }, { }, DOUBT, MAYBE, PAYMENT, "broken", 1 },
  { "submit/html", { { "<html>" } }, { }, { }, DOUBT, MAYBE, PAYMENT, "json", 1 },
  { "submit/empty", { { "" } }, { }, { }, DOUBT, MAYBE, PAYMENT, "json", 1 },
  { "submit/foreign-address", { { "{\"id\":\"1\",\"polling_url\":\"https://example.com/\"}" } }, { }, { },
    DOUBT, MAYBE, PAYMENT, "foreign-address", 1 },

  /* Asking: tried again, and in doubt at the end of patience. */
  { "poll/service-stumbles", TICKET, { { "", 500 }, { "", 503 }, { "@ready" } }, PICTURE, DONE, YES, -1, NULL, 1 },
  { "poll/busy", TICKET, { { "", 429, 0, "Retry-After: 1\r\n" }, { "@ready" } }, PICTURE, DONE, YES, -1, NULL, 1 },
  { "poll/drop", TICKET, { DROP, { "@ready" } }, PICTURE, DONE, YES, -1, NULL, 1 },
  { "poll/garbage", TICKET, { GARBAGE, { "@ready" } }, PICTURE, DONE, YES, -1, NULL, 1 },
  { "poll/hang", TICKET, { HANG, { "@ready" } }, PICTURE, DONE, YES, -1, NULL, 1, 1500 },
  { "poll/drip", TICKET, { DRIP, { "@ready" } }, PICTURE, DONE, YES, -1, NULL, 1, 1500 },
  { "poll/truncated", TICKET, { { "@ready", 200, RESHOOT_FAKE_TRUNCATE }, { "@ready" } }, PICTURE,
    DONE, YES, -1, NULL, 1 },
  { "poll/html", TICKET, { { "<html>" }, { "[]" }, { "@ready" } }, PICTURE, DONE, YES, -1, NULL, 1 },
  { "poll/never-answers", TICKET, { { "", 500 } }, { }, DOUBT, MAYBE, PAYMENT, "service", 1 },
  { "poll/never-ready", TICKET, { { "@pending" } }, { }, DOUBT, MAYBE, PAYMENT, "deadline", 1, 0, 60 },
  { "poll/key-withdrawn", TICKET, { { "", 401 } }, { }, DOUBT, MAYBE, RESHOOT_ERROR_AUTH, "key", 1 },
  { "poll/ready-without-sample", TICKET, { { "{\"status\":\"Ready\"}" } }, { }, DOUBT, YES, PAYMENT, "no-sample", 1 },
  { "poll/refused", TICKET, { { "{\"status\":\"Request Moderated\"}" } }, { }, RESHOOT_STEP_REFUSED, MAYBE,
    RESHOOT_ERROR_REFUSED, "request-moderated", 1 },
  { "poll/refused-free", TICKET, { { "{\"status\":\"Request Moderated\",\"cost\":0}" } }, { },
    RESHOOT_STEP_REFUSED, NO, RESHOOT_ERROR_REFUSED, "request-moderated", 1 },
  { "poll/refused-charged", TICKET, { { "{\"status\":\"Content Moderated\",\"cost\":4}" } }, { },
    RESHOOT_STEP_REFUSED, YES, RESHOOT_ERROR_REFUSED, "content-moderated", 1 },
  { "poll/failed", TICKET, { { "{\"status\":\"Error\"}" } }, { }, FAILED, MAYBE, RESHOOT_ERROR_FAILED, "service", 1 },
  { "poll/gone", TICKET, { { "{\"status\":\"Task not found\"}" } }, { }, RESHOOT_STEP_EXPIRED, MAYBE,
    RESHOOT_ERROR_EXPIRED, "not-found", 1 },

  /* Loading: tried again with a new address, and nothing is shown that is no picture. */
  { "sample/stumbles", TICKET, READY, { { "", 500 }, { "@picture" } }, DONE, YES, -1, NULL, 1 },
  { "sample/ran-out", TICKET, READY, { { "", 403 }, { "@picture" } }, DONE, YES, -1, NULL, 1 },
  { "sample/drop", TICKET, READY, { DROP, { "@picture" } }, DONE, YES, -1, NULL, 1 },
  { "sample/hang", TICKET, READY, { HANG, { "@picture" } }, DONE, YES, -1, NULL, 1, 1500 },
  { "sample/truncated", TICKET, READY, { { "@picture", 200, RESHOOT_FAKE_TRUNCATE }, { "@picture" } },
    DONE, YES, -1, NULL, 1 },
  { "sample/half-a-picture", TICKET, READY, { { "@half" }, { "@picture" } }, DONE, YES, -1, NULL, 1 },
  { "sample/damaged", TICKET, READY, { { "@damaged" }, { "@picture" } }, DONE, YES, -1, NULL, 1 },
  { "sample/no-picture", TICKET, READY, { { "not a picture" }, { "@picture" } }, DONE, YES, -1, NULL, 1 },
  { "sample/never-a-picture", TICKET, READY, { { "not a picture" } }, DOUBT, YES, PAYMENT, NULL, 1 },
  { "sample/never", TICKET, READY, { { "", 404 } }, DOUBT, YES, PAYMENT, "download", 1 },
};

/* Whole and with a good head, but its pixels are not what they were. */
static GBytes *
dup_damaged (void)
{
  g_autoptr (GBytes) picture = scene_dup_picture (1248, 832);
  gsize length;
  guint8 *data = g_bytes_unref_to_data (g_steal_pointer (&picture), &length);

  memset (data + length / 2, 0x55, 1000);
  return g_bytes_new_take (data, length);
}

static GBytes *
dup_line (Scene      *scene,
          const char *text)
{
  const char *base = reshoot_fake_server_get_uri (scene->server);
  g_autoptr (GBytes) picture = NULL;
  char *made = NULL;

  if (g_str_equal (text, "@picture") || g_str_equal (text, "@half"))
    {
      picture = scene_dup_picture (1248, 832);
      return g_bytes_new_from_bytes (picture, 0,
                                     g_bytes_get_size (picture) / (text[1] == 'h' ? 2 : 1));
    }

  if (g_str_equal (text, "@damaged"))
    return dup_damaged ();

  if (g_str_equal (text, "@ticket"))
    made = g_strdup_printf ("{\"id\":\"task-1\",\"polling_url\":\"%s%s\",\"cost\":4}", base, SCENE_POLL);
  else if (g_str_equal (text, "@pending"))
    made = g_strdup ("{\"status\":\"Pending\"}");
  else if (g_str_equal (text, "@ready"))
    made = g_strdup_printf ("{\"status\":\"Ready\",\"cost\":4,\"result\":{\"sample\":\"%s%s\"}}",
                            base, SCENE_SAMPLE);
  else
    made = g_strdup (text);

  return g_bytes_new_take (made, strlen (made));
}

static void
script (Scene      *scene,
        const char *path,
        const Line *lines)
{
  for (guint i = 0; i < MAX_SCRIPT && lines[i].text != NULL; i++)
    {
      g_autoptr (GBytes) body = dup_line (scene, lines[i].text);

      reshoot_fake_server_add (scene->server, path, lines[i].kind,
                               lines[i].status != 0 ? lines[i].status : 200, lines[i].headers,
                               body);
    }
}

static void
script_row (Scene     *scene,
            const Row *row)
{
  script (scene, SCENE_SUBMIT, row->submit);
  script (scene, SCENE_POLL, row->poll);
  script (scene, SCENE_SAMPLE, row->sample);

  if (row->call_deadline != 0)
    scene->times.call_deadline = row->call_deadline;
  if (row->job_deadline != 0)
    scene->times.job_deadline = row->job_deadline;
  reshoot_session_set_times (scene->session, &scene->times);
}

static void
test_row (Scene         *scene,
          gconstpointer  data)
{
  const Row *row = data;
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) stored = NULL;
  ReshootStep *step;

  script_row (scene, row);
  job = scene_edit (scene, SCENE_PRO, "make it warm", &error);
  g_assert_no_error (error);
  step = reshoot_job_get_step (job);

  scene_wait (job, &error);
  assert_state (step, row->state);
  g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, row->charged);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, row->n_submits);
  g_assert_cmpuint (scene_get_hits (scene, "/elsewhere"), ==, 0);

  stored = reshoot_step_dup_error (step);
  if (row->code < 0)
    {
      g_autoptr (ReshootImage) shown = scene_load (scene, step, RESHOOT_PICTURE_SHOWN);
      g_autoptr (GBytes) good = scene_dup_picture (1248, 832);

      g_assert_no_error (error);
      g_assert_no_error (stored);
      g_assert_true (g_bytes_equal (reshoot_image_get_bytes (shown), good));
      return;
    }

  g_assert_error (error, RESHOOT_ERROR, row->code);
  g_assert_error (stored, RESHOOT_ERROR, row->code);
  if (row->reason != NULL)
    g_assert_cmpstr (reshoot_error_get_reason (stored), ==, row->reason);
}

/* Nobody listens: it surely never left. */
static void
test_refused_connection (Scene         *scene,
                         gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_fake_server_stop (scene->server);
  job = scene_edit (scene, SCENE_PRO, "make it warm", &error);
  g_assert_no_error (error);
  g_assert_false (scene_wait (job, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_NETWORK);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "unreachable");
  assert_state (reshoot_job_get_step (job), FAILED);
  g_assert_cmpint (reshoot_step_get_price (reshoot_job_get_step (job))->charged, ==, NO);
}

/* An id whose address cannot be used is kept for the person. */
static void
test_kept_id (Scene         *scene,
              gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_fake_server_add_text (scene->server, SCENE_SUBMIT, 200,
                                "{\"id\":\"task-9\",\"polling_url\":\"https://example.com/\",\"cost\":4}");
  job = scene_edit (scene, SCENE_PRO, "make it warm", &error);
  g_assert_false (scene_wait (job, &error));
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, "task-9");
  g_assert_nonnull (strstr (reshoot_step_get_ticket (reshoot_job_get_step (job)), "task-9"));
  g_assert_cmpint (reshoot_step_get_price (reshoot_job_get_step (job))->quoted, ==, 40000);
}

/* Cancelling: the column of the table */

typedef struct
{
  const char       *name;
  Line              submit[MAX_SCRIPT];
  Line              poll[MAX_SCRIPT];
  Line              sample[MAX_SCRIPT];
  const char       *path;       /* cancel once this was asked … */
  ReshootStepState  at;         /* … and the step is here */
  guint             delay;      /* ms, of a pause */
  ReshootStepState  state;
  ReshootCharged    charged;
  guint             n_submits;
} Cancel;

static const Cancel cancels[] = {
  { "before", TICKET, READY, PICTURE, NULL, RESHOOT_STEP_WAITING, 1, RESHOOT_STEP_CANCELLED, NO, 0 },
  { "sending", { HANG }, { }, { }, SCENE_SUBMIT, RESHOOT_STEP_SENDING, 1, RESHOOT_STEP_CANCELLED, MAYBE, 1 },
  { "backing-off", { { "", 429 } }, { }, { }, SCENE_SUBMIT, RESHOOT_STEP_WAITING, 60000,
    RESHOOT_STEP_CANCELLED, NO, 1 },
  { "before-the-first-poll", TICKET, READY, PICTURE, SCENE_SUBMIT, RESHOOT_STEP_SUBMITTED, 60000,
    RESHOOT_STEP_CANCELLED, MAYBE, 1 },
  { "polling", TICKET, { HANG }, { }, SCENE_POLL, RESHOOT_STEP_SUBMITTED, 1, RESHOOT_STEP_CANCELLED, MAYBE, 1 },
  { "loading", TICKET, READY, { HANG }, SCENE_SAMPLE, RESHOOT_STEP_DOWNLOADING, 1, RESHOOT_STEP_CANCELLED, YES, 1 },
  { "loading-drip", TICKET, READY, { DRIP }, SCENE_SAMPLE, RESHOOT_STEP_DOWNLOADING, 1,
    RESHOOT_STEP_CANCELLED, YES, 1 },
  { "after", TICKET, READY, PICTURE, SCENE_SAMPLE, RESHOOT_STEP_DONE, 1, RESHOOT_STEP_DONE, YES, 1 },
};

static void
test_cancel (Scene         *scene,
             gconstpointer  data)
{
  const Cancel *row = data;
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;
  ReshootStep *step;

  script (scene, SCENE_SUBMIT, row->submit);
  script (scene, SCENE_POLL, row->poll);
  script (scene, SCENE_SAMPLE, row->sample);
  scene->times.first_delay = row->delay;
  scene->times.max_delay = row->delay;
  reshoot_session_set_times (scene->session, &scene->times);

  job = scene_edit (scene, SCENE_PRO, "make it warm", &error);
  g_assert_no_error (error);
  step = reshoot_job_get_step (job);

  if (row->path != NULL)
    reshoot_test_wait_until (scene_get_hits (scene, row->path) > 0 &&
                             reshoot_step_get_state (step) == row->at);

  reshoot_job_cancel (job);
  scene_wait (job, &error);
  assert_state (step, row->state);
  g_assert_cmpint (reshoot_step_get_price (step)->charged, ==, row->charged);
  g_assert_cmpuint (scene_get_hits (scene, SCENE_SUBMIT), ==, row->n_submits);

  if (row->state == DONE)
    g_assert_no_error (error);
  else
    g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* A picture that is here is kept: cancelling between its arrival and the end changes nothing. */
static void
cancel_when_received_cb (ReshootStep *step,
                         GParamSpec  *pspec,
                         gpointer     user_data)
{
  if (reshoot_step_get_state (step) == RESHOOT_STEP_RECEIVED)
    reshoot_job_cancel (user_data);
}

static void
test_cancel_received (Scene         *scene,
                      gconstpointer  data)
{
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;

  scene_script_submit (scene);
  scene_script_ready (scene);
  scene_script_sample (scene);
  job = scene_edit (scene, SCENE_PRO, "make it warm", &error);
  g_signal_connect (reshoot_job_get_step (job), "notify::state", G_CALLBACK (cancel_when_received_cb), job);
  g_assert_true (scene_wait (job, &error));
  assert_state (reshoot_job_get_step (job), DONE);
  g_signal_handlers_disconnect_by_data (reshoot_job_get_step (job), job);
}

/* Who stops waiting does not stop the job. */
static void
test_stop_waiting (Scene         *scene,
                   gconstpointer  data)
{
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GAsyncResult) late = NULL;
  g_autoptr (ReshootJob) job = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (GError) late_error = NULL;

  scene_script_submit (scene);
  scene_script_ready (scene);
  scene_script_sample (scene);
  job = scene_edit (scene, SCENE_PRO, "make it warm", &error);

  reshoot_job_wait_async (job, cancellable, reshoot_test_ready_cb, &result);
  g_cancellable_cancel (cancellable);
  reshoot_test_await (&result);
  g_assert_false (reshoot_job_wait_finish (job, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
  g_assert_false (reshoot_job_get_finished (job));

  g_assert_true (scene_wait (job, NULL));
  g_assert_true (reshoot_job_get_finished (job));
  g_assert_true (scene_wait (job, NULL));

  reshoot_job_wait_async (job, cancellable, reshoot_test_ready_cb, &late);
  reshoot_test_await (&late);
  g_assert_false (reshoot_job_wait_finish (job, late, &late_error));
}

static void
add_tables (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (rows); i++)
    {
      g_autofree char *path = g_strconcat ("/job/", rows[i].name, NULL);

      g_test_add (path, Scene, &rows[i], scene_set_up, test_row, scene_tear_down);
    }

  for (guint i = 0; i < G_N_ELEMENTS (cancels); i++)
    {
      g_autofree char *path = g_strconcat ("/job/cancel/", cancels[i].name, NULL);

      g_test_add (path, Scene, &cancels[i], scene_set_up, test_cancel, scene_tear_down);
    }
}

#define ADD(name, func) g_test_add ("/job/" name, Scene, NULL, scene_set_up, func, scene_tear_down)

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  /* libvips warns of damaged pictures, which is what some rows are about. */
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);

  ADD ("studio", test_studio);
  ADD ("studio/refuses", test_studio_refuses);
  ADD ("studio/cancelled", test_studio_cancelled);
  ADD ("service", test_service);
  ADD ("retry-after/seconds", test_retry_after);
  ADD ("retry-after/date", test_retry_after);
  ADD ("refused-connection", test_refused_connection);
  ADD ("kept-id", test_kept_id);
  ADD ("cancel/received", test_cancel_received);
  ADD ("stop-waiting", test_stop_waiting);
  add_tables ();

  return g_test_run ();
}
