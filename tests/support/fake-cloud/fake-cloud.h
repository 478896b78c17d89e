/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>
#include <libsoup/soup.h>

G_BEGIN_DECLS

/* The fake cloud: services that nobody has to pay, on this machine alone. Each vendor has a port of its own, where its
 * paths are as at the service; a file fake-NAME.c adds them with fake_NAME_add () and answers in the vendor's shapes.
 * What all have in common is here: keys, faults, jobs, pictures, hosted files, and what was asked for how often.
 *
 * Everything happens in the main loop of who made the cloud. Nothing depends on time: a job goes on when it is asked
 * about. A vendor file in short:
 *
 *   static void
 *   submit_cb (FakeExchange *exchange, gpointer user_data)
 *   {
 *     JsonObject *body = fake_exchange_get_json (exchange);
 *     g_autoptr (GBytes) picture = NULL;
 *     FakeJob *job;
 *
 *     if (body == NULL) { fake_exchange_refuse (exchange, 422, "not JSON"); return; }
 *     picture = fake_cloud_read_picture (exchange->cloud, json_object_get_string_member (body, "image"));
 *     job = fake_cloud_add_job (exchange, picture, json_object_get_string_member (body, "prompt"));
 *     fake_exchange_answer_json (exchange, 200, "{\"id\":\"%s\"}", job->id);
 *   }
 *
 *   void
 *   fake_thing_add (FakeCloud *cloud)
 *   {
 *     static const FakeVendor vendor = { "thing", "/v1", "Authorization", "Bearer ", "THING_API_KEY", NULL };
 *
 *     fake_cloud_add_vendor (cloud, &vendor);
 *     fake_cloud_add_route (cloud, "thing", FAKE_SUBMIT, "POST", "/v1/edits", submit_cb, NULL);
 *     fake_cloud_add_route (cloud, "thing", FAKE_POLL, "GET", "/v1/edits/" "*", poll_cb, NULL);
 *   }
 */

typedef struct _FakeCloud FakeCloud;
typedef struct _FakeExchange FakeExchange;

/* What a route is for: requests are counted and faults are set by it. */
typedef enum
{
  FAKE_SUBMIT,
  FAKE_POLL,
  FAKE_RESULT,       /* downloads; the core serves hosted files under it */
  FAKE_UPLOAD,
  FAKE_CANCEL,
  FAKE_OTHER,        /* accounts, lists of models: no random faults */
  FAKE_N_STAGES,
} FakeStage;

/* What goes wrong with a request. The name in brackets is that of the control route and the program. */
typedef enum
{
  FAKE_NO_FAULT,           /* [none] */
  FAKE_429,                /* [429] */
  FAKE_429_RETRY_AFTER,    /* [429-retry-after] with Retry-After: 1 */
  FAKE_429_RETRY_DATE,     /* [429-retry-date] with Retry-After as the date of a second or two from now */
  FAKE_402,                /* [402] */
  FAKE_401,                /* [401] */
  FAKE_403,                /* [403] */
  FAKE_422_KEY,            /* [422-key] about the key */
  FAKE_422,                /* [422] about a field */
  FAKE_404,                /* [404] */
  FAKE_500,                /* [500] */
  FAKE_502,                /* [502] of a proxy: HTML */
  FAKE_503,                /* [503] of a proxy: HTML */
  FAKE_504,                /* [504] of a proxy: HTML */
  FAKE_RESET,              /* [reset] before the request was looked at */
  FAKE_HANG,               /* [hang] takes the request, does nothing, says nothing until fake_cloud_release () */
  FAKE_REDIRECT,           /* [redirect] 302 to another host: whoever follows it gives its key away */
  /* With these the service does its work, and the reply is what goes wrong. */
  FAKE_LOST,               /* [lost] the connection breaks instead of the reply */
  FAKE_HOLD,               /* [hold] the reply waits for fake_cloud_release () */
  FAKE_CUT,                /* [cut] half of the body */
  FAKE_DRIP,               /* [drip] a byte now and then, for ever */
  FAKE_HUGE,               /* [huge] a body that is larger than anybody wants (2 GiB, if one would read it all) */
  FAKE_WRONG_TYPE,         /* [wrong-type] status as it should be, a web page instead of the body */
  FAKE_INVALID_JSON,       /* [invalid-json] status as it should be, a body that begins like JSON */
  FAKE_EMPTY,              /* [empty] status as it should be, no body */
  FAKE_GARBAGE,            /* [garbage] bytes that are not HTTP */
  FAKE_N_FAULTS,
} FakeFault;

/* What will become of a job that is submitted from now on. */
typedef enum
{
  FAKE_WILL_SUCCEED,         /* [succeed] */
  FAKE_WILL_FAIL,            /* [fail] */
  FAKE_WILL_REFUSE_INPUT,    /* [refuse-input] moderated before it ran: the vendor may answer so to the submit */
  FAKE_WILL_REFUSE_OUTPUT,   /* [refuse-output] moderated after it ran */
  FAKE_WILL_BE_CANCELLED,    /* [cancel] the service ends it by itself */
  FAKE_WILL_BE_GONE,         /* [gone] the service forgets it after its first poll */
  FAKE_WILL_HANG,            /* [pending] never ends */
  FAKE_WILL_BE_ODD,          /* [odd] says a state that nobody knows (FAKE_ODD) before it succeeds */
  FAKE_WILL_COST_MORE,       /* [cost-more] settles at twice the price it quoted, where the vendor names one */
  FAKE_WILL_EXPIRE,          /* [expire] succeeds, but its results are gone (404) when they are loaded */
  FAKE_N_FATES,
} FakeFate;

typedef enum
{
  FAKE_QUEUED,
  FAKE_RUNNING,
  FAKE_ODD,
  FAKE_DONE,
  FAKE_FAILED,
  FAKE_REFUSED_INPUT,
  FAKE_REFUSED_OUTPUT,
  FAKE_CANCELLED,
  FAKE_GONE,
} FakeState;

/**
 * FakeVendor:
 *
 * Static; the cloud keeps the pointer.
 */
typedef struct
{
  const char  *name;          /* "bfl" */
  const char  *base;          /* what the base address ends with: "/v1", or "" */
  const char  *key_header;    /* (nullable): a request without it is refused with 401, but for results; NULL: no key */
  const char  *key_prefix;    /* (nullable): "Bearer " */
  const char  *environment;   /* (nullable): the variable of the key, for the program to print */
  void       (*refuse)        (FakeExchange *exchange,
                               guint         status,
                               const char   *words);   /* (nullable): its shape of an error; else {"detail": words} */
} FakeVendor;

/**
 * FakePart:
 *
 * One part of a multipart body.
 */
typedef struct
{
  char   *name;
  char   *filename;       /* (nullable) */
  char   *content_type;   /* (nullable) */
  GBytes *bytes;
} FakePart;

/**
 * FakeExchange:
 *
 * A request and its answer. Read what is here, then answer once: in the handler or, holding a reference, later.
 */
struct _FakeExchange
{
  FakeCloud          *cloud;
  const FakeVendor   *vendor;
  FakeStage           stage;
  FakeFault           fault;        /* what will happen to the answer; handlers need not look */
  const char         *method;
  const char         *path;
  GStrv               parts;        /* what the asterisks of the route's path stood for */
  GHashTable         *query;        /* (nullable): name → value */
  SoupMessageHeaders *headers;
  GBytes             *body;
  const char         *key;          /* (nullable): the key, without its prefix */
};

/**
 * FakeRecord:
 *
 * A request that was made, kept for tests to look at.
 */
typedef struct
{
  char               *method;
  char               *path;
  char               *query;        /* (nullable) */
  SoupMessageHeaders *headers;
  GBytes             *body;
} FakeRecord;

/**
 * FakeJob:
 *
 * A task of a vendor. The public fields may be read; `data` is the vendor's.
 */
typedef struct
{
  FakeCloud      *cloud;
  char           *id;           /* a UUID, unless the vendor named one */
  const char     *vendor;
  FakeFate        fate;
  FakeState       state;
  guint           polls;        /* how often it was asked about */
  guint           n_polls;      /* how often it says that it is not done */
  char           *prompt;
  GBytes         *picture;      /* (nullable): what was sent */
  int             width;        /* of its results; 0 = as the picture that was sent */
  int             height;
  char           *format;       /* of its results: "png" (default), "jpeg" or "webp" */
  gboolean        is_grid;      /* its result is four of them, two by two */
  gpointer        data;
  GDestroyNotify  free_data;
} FakeJob;

typedef void (*FakeHandler)       (FakeExchange            *exchange,
                                   gpointer                 user_data);
typedef void (*FakeSocketHandler) (FakeCloud               *cloud,
                                   SoupWebsocketConnection *connection,
                                   GUri                    *uri,
                                   gpointer                 user_data);

/* The cloud */

FakeCloud        *fake_cloud_new             (void) G_GNUC_WARN_UNUSED_RESULT;
FakeCloud        *fake_cloud_new_at          (guint               port) G_GNUC_WARN_UNUSED_RESULT;
void              fake_cloud_free            (FakeCloud          *self);
const char       *fake_cloud_get_uri         (FakeCloud          *self,
                                              const char         *vendor);

/* For vendor files: routes */

void              fake_cloud_add_vendor      (FakeCloud          *self,
                                              const FakeVendor   *vendor);
void              fake_cloud_add_route       (FakeCloud          *self,
                                              const char         *vendor,
                                              FakeStage           stage,
                                              const char         *method,
                                              const char         *path,
                                              FakeHandler         handler,
                                              gpointer            user_data);
void              fake_cloud_add_socket      (FakeCloud          *self,
                                              const char         *vendor,
                                              const char         *path,
                                              FakeSocketHandler   handler,
                                              gpointer            user_data);

/* For vendor files: a request and its answer */

FakeExchange     *fake_exchange_ref          (FakeExchange       *exchange);
void              fake_exchange_unref        (FakeExchange       *exchange);
const char       *fake_exchange_get_header   (FakeExchange       *exchange,
                                              const char         *name);
const char       *fake_exchange_get_query    (FakeExchange       *exchange,
                                              const char         *name);
JsonObject       *fake_exchange_get_json     (FakeExchange       *exchange);
const FakePart   *fake_exchange_get_part     (FakeExchange       *exchange,
                                              const char         *name,
                                              guint               nth);
char             *fake_exchange_dup_part     (FakeExchange       *exchange,
                                              const char         *name) G_GNUC_WARN_UNUSED_RESULT;
void              fake_exchange_set_header   (FakeExchange       *exchange,
                                              const char         *name,
                                              const char         *value);
void              fake_exchange_answer       (FakeExchange       *exchange,
                                              guint               status,
                                              const char         *content_type,
                                              GBytes             *body);
void              fake_exchange_answer_json  (FakeExchange       *exchange,
                                              guint               status,
                                              const char         *format,
                                              ...) G_GNUC_PRINTF (3, 4);
void              fake_exchange_answer_node  (FakeExchange       *exchange,
                                              guint               status,
                                              JsonNode           *node);
void              fake_exchange_refuse       (FakeExchange       *exchange,
                                              guint               status,
                                              const char         *words);

/* For vendor files: jobs, pictures, hosted files */

FakeJob          *fake_cloud_add_job         (FakeExchange       *submit,
                                              GBytes             *picture,
                                              const char         *prompt);
FakeJob          *fake_cloud_get_job         (FakeCloud          *self,
                                              const char         *vendor,
                                              const char         *id);
void              fake_job_set_id            (FakeJob            *job,
                                              const char         *id);
FakeState         fake_job_poll              (FakeJob            *job);
void              fake_job_finish            (FakeJob            *job);
gboolean          fake_job_cancel            (FakeJob            *job);
double            fake_job_get_progress      (FakeJob            *job);
GBytes           *fake_job_get_result        (FakeJob            *job);
const char       *fake_job_get_result_uri    (FakeJob            *job,
                                              guint               nth);
GBytes           *fake_cloud_mark_picture    (GBytes             *picture,
                                              int                 width,
                                              int                 height,
                                              const char         *format) G_GNUC_WARN_UNUSED_RESULT;
GBytes           *fake_cloud_read_picture    (FakeCloud          *self,
                                              const char         *text) G_GNUC_WARN_UNUSED_RESULT;
const char       *fake_cloud_host            (FakeCloud          *self,
                                              const char         *vendor,
                                              GBytes             *bytes,
                                              const char         *content_type);
gboolean          fake_cloud_fill            (FakeCloud          *self,
                                              const char         *vendor,
                                              const char         *name,
                                              GBytes             *bytes);
gboolean          fake_cloud_expire          (FakeCloud          *self,
                                              const char         *uri);

/* For tests: what goes wrong, and what happened */

void              fake_cloud_set_polls       (FakeCloud          *self,
                                              guint               n_polls);
void        fake_cloud_set_upload_life       (FakeCloud          *self,
                                              guint               seconds);
void              fake_cloud_set_fault       (FakeCloud          *self,
                                              const char         *vendor,
                                              FakeStage           stage,
                                              FakeFault           fault,
                                              guint               count);
void              fake_cloud_set_fate        (FakeCloud          *self,
                                              const char         *vendor,
                                              FakeFate            fate,
                                              guint               count);
void              fake_cloud_set_random      (FakeCloud          *self,
                                              double              share,
                                              guint32             seed);
void              fake_cloud_release         (FakeCloud          *self);
void              fake_cloud_stop            (FakeCloud          *self,
                                              const char         *vendor);
guint             fake_cloud_count           (FakeCloud          *self,
                                              const char         *vendor,
                                              FakeStage           stage);
guint             fake_cloud_count_path      (FakeCloud          *self,
                                              const char         *vendor,
                                              const char         *method,
                                              const char         *path);
guint             fake_cloud_count_jobs      (FakeCloud          *self,
                                              const char         *vendor,
                                              const char         *token);
guint             fake_cloud_count_leaks     (FakeCloud          *self);
guint             fake_cloud_count_held      (FakeCloud          *self);
const FakeRecord *fake_cloud_get_last        (FakeCloud          *self,
                                              const char         *vendor,
                                              FakeStage           stage);
JsonObject       *fake_cloud_dup_last_json   (FakeCloud          *self,
                                              const char         *vendor,
                                              FakeStage           stage) G_GNUC_WARN_UNUSED_RESULT;
JsonNode         *fake_cloud_dup_log         (FakeCloud          *self) G_GNUC_WARN_UNUSED_RESULT;

/* Names, as the control route and the program use them; -1 where there is none. */

int               fake_stage_from_name       (const char         *name);
int               fake_fault_from_name       (const char         *name);
int               fake_fate_from_name        (const char         *name);
const char       *fake_fault_get_name        (FakeFault           fault);
const char       *fake_state_get_name        (FakeState           state);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeCloud, fake_cloud_free)
G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeExchange, fake_exchange_unref)

G_END_DECLS
