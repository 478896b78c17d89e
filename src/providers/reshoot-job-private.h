/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-address.h"
#include "reshoot-http-socket.h"
#include "reshoot-input.h"
#include "reshoot-job-machine.h"
#include "reshoot-job.h"
#include "reshoot-keys.h"
#include "reshoot-reply-landing.h"
#include "reshoot-times.h"

G_BEGIN_DECLS

/**
 * ReshootJobMeans:
 *
 * What a job works with. All of it is shared with others, and kept while the job lives.
 */
typedef struct
{
  ReshootModel    *model;
  ReshootProvider *provider;
  ReshootAddress  *address;      /* (nullable): a provider without a network has none */
  JsonObject      *description;  /* the provider's catalogue file */
  ReshootProvider *publisher;    /* (nullable): who makes the source public, with its address and file */
  ReshootAddress  *publisher_address;
  JsonObject      *publisher_description;
  ReshootHttp     *http;
  ReshootKeys     *keys;
  ReshootTimes     times;
} ReshootJobMeans;

typedef struct _ReshootJobNews ReshootJobNews;

struct _ReshootJob
{
  GObject           parent_instance;

  ReshootProject   *project;
  ReshootStep      *step;
  ReshootJobMeans   means;

  /* where it is */
  ReshootStepState  state;         /* stored, or being stored */
  ReshootJobEffect  effect;        /* to run once it is stored */
  char             *ticket;        /* (nullable) */
  ReshootMoney      quoted;        /* named by a submit that is in doubt */
  gboolean          started;
  gboolean          is_held;       /* there are too many at once: it leaves when one of ours has ended */
  gboolean          cancelling;
  gboolean          let_go;
  gboolean          is_done;       /* it rests, as soon as its siblings do */
  gboolean          finished;
  GError           *error;         /* (nullable): why it is over without a picture */

  /* what is being stored, see reshoot-job-store.c */
  ReshootJobNews   *news;          /* (nullable) */
  GError           *obstacle;      /* (nullable): why the last try failed */
  GSource          *retry;         /* (nullable): the next try */
  gulong            stored_handler;
  guint             store_delay;   /* ms, 0 = nothing failed */

  /* in progress */
  GCancellable     *cancellable;   /* of what can be stopped */
  ReshootCall       call;          /* the next one to make */
  gboolean          is_answer;     /* it answers the service, which waits for it */
  guint             n_answers;     /* in a row */
  gboolean          knows_key;     /* it was looked for */
  char             *key;           /* (nullable): there may be none */
  ReshootImage     *input;         /* (nullable): what is sent, while the call is made */
  GPtrArray        *references;    /* of ReshootImage: alike */
  guint             n_given;       /* of the request's pictures: those that were looked at */
  char             *public_uri;    /* (nullable): where anybody can load the input */
  ReshootInput      sent;          /* how the source was sent … */
  gboolean          knows_sent;    /* … by this program */
  gboolean          is_unsure;     /* nobody knows whether the submit arrived; its ticket will tell */
  GPtrArray        *results;       /* (nullable): of ReshootResult: what is to be loaded */
  GPtrArray        *pictures;      /* (nullable): of ReshootImage (nullable): what of it is here, in their order */
  ReshootJobFacts   told;          /* what was said of the money with results that came along */
  GPtrArray        *made;          /* of ReshootStep: the steps that show what came */
  GPtrArray        *siblings;      /* of ReshootJob: of those of them that are not this one's */
  ReshootImage     *reply;         /* (nullable): from arriving to landing; stays where it could not be stored */
  guint             delay;         /* ms, of the next wait */
  guint             wait;          /* ms, of the next wait at least, as the codec wishes */
  guint             n_lost;        /* in a row */
  guint             n_broken;      /* downloads that brought nothing, in all */
  GSource          *pause;         /* (nullable): the last one, which may be over */
  gint64            began;         /* monotonic, 0 = not in this session */
  gint64            deadline;      /* monotonic */
  gint64            stale_at;      /* monotonic: what is sent must be made again from then on; 0 = never */

  /* what is heard meanwhile, see reshoot-job-listen.c */
  ReshootHttpSocket *socket;       /* (nullable) */
  gboolean          opening;
  guint             n_opened;
  guint             n_hurries;     /* pauses that it ended */
  gboolean          in_a_hurry;    /* it said something while no pause was there to end */

  GPtrArray        *waiters;       /* of GTask */
};

ReshootJob *reshoot_job_new           (ReshootProject         *project,
                                       ReshootStep            *step,
                                       const ReshootJobMeans  *means) G_GNUC_WARN_UNUSED_RESULT;
gboolean    reshoot_job_get_started   (ReshootJob             *self);
gboolean    reshoot_job_get_in_flight (ReshootJob             *self);
gboolean    reshoot_job_get_is_held   (ReshootJob             *self);
gboolean    reshoot_job_get_is_here   (ReshootJob             *self);
void        reshoot_job_release       (ReshootJob             *self);
void        reshoot_job_start         (ReshootJob             *self);
void        reshoot_job_let_go        (ReshootJob             *self);
ReshootProject *reshoot_job_get_project (ReshootJob           *self);
ReshootModel   *reshoot_job_get_model   (ReshootJob           *self);

/* Between the job's own files. */
void        reshoot_job_move          (ReshootJob             *self,
                                       ReshootJobEvent         event,
                                       ReshootJobFacts        *facts);
gboolean    reshoot_job_begin_move    (ReshootJob             *self,
                                       ReshootJobEvent         event,
                                       ReshootJobFacts        *facts);
void        reshoot_job_end_move      (ReshootJob             *self,
                                       const GError           *error);
gboolean    reshoot_job_ask_for_place (ReshootJob             *self);
void        reshoot_job_add_sibling   (ReshootJob             *self,
                                       ReshootStep            *step);
void        reshoot_job_fail          (ReshootJob             *self,
                                       ReshootJobEvent         event,
                                       const GError           *error,
                                       int                     charged);
gboolean    reshoot_job_is_stopped    (ReshootJob             *self);

/* Storing. */
void        reshoot_job_store         (ReshootJob             *self,
                                       const ReshootJobFacts  *facts,
                                       ReshootImage           *reply);
void        reshoot_job_store_version (ReshootJob             *self,
                                       const ReshootJobFacts  *facts,
                                       ReshootImage           *picture,
                                       const double            affine[6],
                                       JsonNode               *version_facts);
void        reshoot_job_store_results (ReshootJob             *self,
                                       const ReshootJobFacts  *facts,
                                       GPtrArray              *results);
void        reshoot_job_stop_holding  (ReshootJob             *self);
void        reshoot_job_stop_retry    (ReshootJob             *self);
void        reshoot_job_news_free     (ReshootJobNews         *news);

/* Of a job at a service. */
#define RESHOOT_JOB_REPLY_MAX   (4 * 1024 * 1024)     /* bytes of JSON */
#define RESHOOT_JOB_PICTURE_MAX (256 * 1024 * 1024)   /* bytes */
#define RESHOOT_JOB_LONG_MAX    (384 * 1024 * 1024)   /* bytes of JSON with pictures in base64 */

void        reshoot_job_call            (ReshootJob           *self,
                                         gsize                 max_bytes,
                                         GAsyncReadyCallback   callback);
void        reshoot_job_look_for_key    (ReshootJob           *self,
                                         GAsyncReadyCallback   callback);
gboolean    reshoot_job_take_key        (ReshootJob           *self,
                                         GAsyncResult         *result,
                                         GError              **error);
void        reshoot_job_take_call       (ReshootJob           *self,
                                         ReshootNext          *next);
void        reshoot_job_take_money      (ReshootJobFacts      *facts,
                                         const ReshootNext    *next);
void        reshoot_job_wait_then       (ReshootJob           *self,
                                         GSourceFunc           callback);
void        reshoot_job_hurry           (ReshootJob           *self);
gboolean    reshoot_job_check_cancelled (ReshootJob           *self);
void        reshoot_job_start_deadline  (ReshootJob           *self);
gboolean    reshoot_job_is_too_late     (ReshootJob           *self);
void        reshoot_job_lose            (ReshootJob           *self,
                                         const GError         *error,
                                         const ReshootNext    *next,
                                         guint                 n,
                                         int                   retry_after);
void        reshoot_job_take_results    (ReshootJob           *self,
                                         ReshootNext          *next,
                                         ReshootJobFacts      *facts);
void        reshoot_job_follow          (ReshootJob           *self,
                                         ReshootNext          *next);

ReshootReplyMeans reshoot_job_get_reply_means (ReshootJob     *self);
void        reshoot_job_make_input      (ReshootJob           *self);
void        reshoot_job_clear_input     (ReshootJob           *self);
void        reshoot_job_ask_codec       (ReshootJob           *self);

/* Of a job whose service tells on a socket how it is doing. */
void        reshoot_job_listen         (ReshootJob            *self);
void        reshoot_job_stop_listening (ReshootJob            *self);

/* The effects. */
void        reshoot_job_prepare       (ReshootJob             *self);
void        reshoot_job_send          (ReshootJob             *self);
void        reshoot_job_send_later    (ReshootJob             *self);
void        reshoot_job_poll          (ReshootJob             *self);
void        reshoot_job_stop          (ReshootJob             *self);
void        reshoot_job_download      (ReshootJob             *self);
void        reshoot_job_compute       (ReshootJob             *self);
void        reshoot_job_land          (ReshootJob             *self);

G_END_DECLS
