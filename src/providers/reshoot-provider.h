/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-catalogue.h"
#include "reshoot-image.h"
#include "reshoot-money.h"
#include "reshoot-request.h"

#include <math.h>

G_BEGIN_DECLS

/**
 * ReshootCall:
 *
 * One HTTP call, as a codec wants it made. The key is not in it: `http` adds it, to the hosts that may see it.
 */
typedef struct
{
  const char *method;        /* static: "GET", "POST", "PUT" or "DELETE" */
  char       *uri;
  GStrv       headers;       /* (nullable): name, value, name, value …; never a key */
  char       *content_type;  /* (nullable) */
  GBytes     *body;          /* (nullable) */
  GPtrArray  *pieces;        /* (nullable) (element-type GBytes): the body, where it is more than one */
  gboolean    with_key;      /* send the provider's key along */
  gboolean    is_long;       /* the answer is the result: it may take as long as the job, and hold pictures in base64 */
} ReshootCall;

/**
 * ReshootReply:
 *
 * What came back: only what codecs look at.
 */
typedef struct
{
  guint       status;
  GBytes     *body;
  int         retry_after;   /* seconds, -1 = not said */
  char       *content_type;  /* (nullable): as the other side named it; the gate looks at the bytes */
} ReshootReply;

/**
 * ReshootResult:
 *
 * One picture that a service made. Several may be parts of the same one: it is loaded once.
 */
typedef struct
{
  ReshootCall  call;         /* brings it, without a key; no address where the bytes are here already */
  GBytes      *bytes;        /* (nullable) */
  double       part[4];      /* what of it is the result: x, y, width, height as fractions of it */
} ReshootResult;

typedef enum
{
  RESHOOT_NEXT_COMPUTE,      /* no network: the studio does it here */
  RESHOOT_NEXT_PREPARE,      /* `call` is free and comes before the submit; its reply and `state` go to prepare again */
  RESHOOT_NEXT_SUBMIT,       /* `call` starts the request; it may cost money */
  RESHOOT_NEXT_POLL,         /* wait, then make the call of ask_again */
  RESHOOT_NEXT_ANSWER,       /* the service waits for us: make `call` at once; its reply is read as one to a poll */
  RESHOOT_NEXT_READY,        /* `results`: the first is the step's, the others become its siblings */
  RESHOOT_NEXT_STOPPED,      /* only after a cancel: the service ended the task; without it the task goes on */
  RESHOOT_NEXT_DONE,         /* only of check and publish: there is nothing more to call */
} ReshootNextKind;

/**
 * ReshootNext:
 *
 * What a reply means. Refused, failed, expired and the rest are errors of the domain, given as such.
 */
typedef struct
{
  ReshootNextKind  kind;
  ReshootCall      call;
  GPtrArray       *results;         /* (nullable) (element-type ReshootResult) */
  char            *state;           /* (nullable): JSON, from one call before the submit to the next; not stored */
  char            *ticket;          /* (nullable): JSON to ask again with, stored before the next call */
  double           progress;        /* 0–1, NAN = not said */
  int              queue_position;  /* how many are before it, -1 = not said */
  double           wait;            /* seconds to wait at least before the next call, 0 = as the engine likes */
  double           life;            /* seconds for which the call of a submit is good, NAN = not said */
  ReshootMoney     quoted;          /* RESHOOT_MONEY_UNKNOWN = not said */
  ReshootMoney     settled;         /* RESHOOT_MONEY_UNKNOWN = not said */
  int              charged;         /* ReshootCharged of an error or end, -1 = not said */
} ReshootNext;

#define RESHOOT_NEXT_INIT \
  ((ReshootNext) { .progress = NAN, .queue_position = -1, .life = NAN, .quoted = RESHOOT_MONEY_UNKNOWN, \
                   .settled = RESHOOT_MONEY_UNKNOWN, .charged = -1 })

/**
 * ReshootAsk:
 *
 * What a codec makes a submit from. Nothing in it is the codec's.
 */
typedef struct
{
  ReshootModel        *model;
  ReshootRequest      *request;
  const char          *uuid;            /* of the step: for services that take a name of ours for the task */
  ReshootImage        *input;           /* the source, as the catalogue says that the model wants it */
  ReshootImage *const *references;      /* prepared alike */
  guint                n_references;
  const char          *public_uri;      /* (nullable): where the source can be loaded from; with "needs_url" only */
  const char          *source_ticket;   /* (nullable): of the step worked from, where the same provider made it */
  guint                source_take;     /* which of that ticket's results it is, from 1; 0 = not known */
  const char          *state;           /* (nullable): what the last call before the submit left */
  const ReshootReply  *reply;           /* (nullable): and its reply */
} ReshootAsk;

/**
 * ReshootReplyTo:
 *
 * What a reply is the answer to.
 */
typedef enum
{
  RESHOOT_REPLY_TO_SUBMIT,
  RESHOOT_REPLY_TO_POLL,       /* or to an answer */
  RESHOOT_REPLY_TO_CANCEL,
} ReshootReplyTo;

/**
 * ReshootCheck:
 *
 * What a service says of itself and of the key, for nothing.
 */
typedef struct
{
  char         *account;       /* (nullable): whose key it is */
  char         *version;       /* (nullable): of a server of the person's own */
  ReshootMoney  balance;       /* RESHOOT_MONEY_UNKNOWN = not said */
  JsonArray    *models;        /* (nullable): like those of a catalogue file: what there is beside it */
} ReshootCheck;

/**
 * ReshootHeard:
 *
 * What a message on a job's socket means.
 */
typedef struct
{
  double    progress;          /* 0–1, NAN = not said */
  int       queue_position;    /* -1 = not said */
  gboolean  ask_now;           /* something ended: ask at once instead of waiting */
} ReshootHeard;

void           reshoot_call_clear       (ReshootCall   *call);
void           reshoot_reply_clear      (ReshootReply  *reply);
void           reshoot_next_clear       (ReshootNext   *next);
void           reshoot_check_clear      (ReshootCheck  *check);
ReshootResult *reshoot_next_add_result  (ReshootNext   *next,
                                         const char    *uri,
                                         GBytes        *bytes);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootCall, reshoot_call_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootReply, reshoot_reply_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootNext, reshoot_next_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootCheck, reshoot_check_clear)

#define RESHOOT_TYPE_PROVIDER (reshoot_provider_get_type ())

G_DECLARE_INTERFACE (ReshootProvider, reshoot_provider, RESHOOT, PROVIDER, GObject)

/**
 * ReshootProviderInterface:
 * @prepare: which call starts this request? The studio answers COMPUTE, the others SUBMIT, or PREPARE first. A ticket
 *   that is given with SUBMIT is stored before the call leaves: for services that take a name of ours
 * @read: what does this reply mean?
 * @ask_again: from a stored ticket, the call to poll with
 * @cancel: (nullable): from a stored ticket, the call that stops the task; %NULL: the service knows none
 * @check: (nullable): the free calls that tell whether the key is good and what there is. @reply is %NULL at first;
 *   kind is PREPARE while there is a call to make, DONE in the end
 * @publish: (nullable): the calls that make @image loadable by anybody; alike, and `state` is its address in the end
 * @listen: (nullable): from a stored ticket, the address of a socket that tells how things are
 * @hear: (nullable): what does this message mean?
 *
 * A codec. It does no I/O. `next` comes in as RESHOOT_NEXT_INIT; where a function fails, the ticket, the money and
 * `charged` it has read nevertheless still count.
 */
struct _ReshootProviderInterface
{
  GTypeInterface parent_iface;

  gboolean (*prepare)   (ReshootProvider     *self,
                         const ReshootAsk    *ask,
                         ReshootNext         *next,
                         GError             **error);
  gboolean (*read)      (ReshootProvider     *self,
                         ReshootReplyTo       to,
                         const ReshootReply  *reply,
                         const char          *ticket,
                         ReshootNext         *next,
                         GError             **error);
  gboolean (*ask_again) (ReshootProvider     *self,
                         const char          *ticket,
                         ReshootNext         *next,
                         GError             **error);
  gboolean (*cancel)    (ReshootProvider     *self,
                         const char          *ticket,
                         ReshootNext         *next,
                         GError             **error);
  gboolean (*check)     (ReshootProvider     *self,
                         const char          *state,
                         const ReshootReply  *reply,
                         ReshootNext         *next,
                         ReshootCheck        *check,
                         GError             **error);
  gboolean (*publish)   (ReshootProvider     *self,
                         ReshootImage        *image,
                         const char          *state,
                         const ReshootReply  *reply,
                         ReshootNext         *next,
                         GError             **error);
  char    *(*listen)    (ReshootProvider     *self,
                         const char          *ticket);
  void     (*hear)      (ReshootProvider     *self,
                         const char          *ticket,
                         const char          *text,
                         ReshootHeard        *heard);
};

gboolean reshoot_provider_prepare        (ReshootProvider     *self,
                                          const ReshootAsk    *ask,
                                          ReshootNext         *next,
                                          GError             **error);
gboolean reshoot_provider_read           (ReshootProvider     *self,
                                          ReshootReplyTo       to,
                                          const ReshootReply  *reply,
                                          const char          *ticket,
                                          ReshootNext         *next,
                                          GError             **error);
gboolean reshoot_provider_ask_again      (ReshootProvider     *self,
                                          const char          *ticket,
                                          ReshootNext         *next,
                                          GError             **error);
gboolean reshoot_provider_get_can_cancel (ReshootProvider     *self);
gboolean reshoot_provider_cancel         (ReshootProvider     *self,
                                          const char          *ticket,
                                          ReshootNext         *next,
                                          GError             **error);
gboolean reshoot_provider_check          (ReshootProvider     *self,
                                          const char          *state,
                                          const ReshootReply  *reply,
                                          ReshootNext         *next,
                                          ReshootCheck        *check,
                                          GError             **error);
gboolean reshoot_provider_publish        (ReshootProvider     *self,
                                          ReshootImage        *image,
                                          const char          *state,
                                          const ReshootReply  *reply,
                                          ReshootNext         *next,
                                          GError             **error);
char    *reshoot_provider_dup_listen_uri (ReshootProvider     *self,
                                          const char          *ticket) G_GNUC_WARN_UNUSED_RESULT;
void     reshoot_provider_hear           (ReshootProvider     *self,
                                          const char          *ticket,
                                          const char          *text,
                                          ReshootHeard        *heard);

G_END_DECLS
