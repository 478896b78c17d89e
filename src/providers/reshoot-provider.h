/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-catalogue.h"
#include "reshoot-image.h"
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
  const char *method;        /* static: "GET" or "POST" */
  char       *uri;
  char       *content_type;  /* (nullable) */
  GBytes     *body;          /* (nullable) */
  gboolean    with_key;      /* send the provider's key along */
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

typedef enum
{
  RESHOOT_NEXT_COMPUTE,      /* no network: the studio does it here */
  RESHOOT_NEXT_SUBMIT,       /* `call` starts the request; it may cost money */
  RESHOOT_NEXT_POLL,         /* wait, then make `call` */
  RESHOOT_NEXT_DOWNLOAD,     /* `call` brings the picture */
  RESHOOT_NEXT_DONE,         /* `picture` is the picture */
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
  GBytes          *picture;
  char            *ticket;    /* (nullable): JSON to ask again with, stored before the next call */
  double           progress;  /* 0–1, NAN = not said */
  double           quoted;    /* US dollars, NAN = not said */
  double           settled;   /* US dollars, NAN = not said */
  int              charged;   /* ReshootCharged of an error or end, -1 = not said */
} ReshootNext;

#define RESHOOT_NEXT_INIT ((ReshootNext) { .progress = NAN, .quoted = NAN, .settled = NAN, .charged = -1 })

void reshoot_call_clear  (ReshootCall  *call);
void reshoot_reply_clear (ReshootReply *reply);
void reshoot_next_clear  (ReshootNext  *next);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootCall, reshoot_call_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootReply, reshoot_reply_clear)
G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootNext, reshoot_next_clear)

#define RESHOOT_TYPE_PROVIDER (reshoot_provider_get_type ())

G_DECLARE_INTERFACE (ReshootProvider, reshoot_provider, RESHOOT, PROVIDER, GObject)

/**
 * ReshootProviderInterface:
 * @prepare: which HTTP call starts this request? The studio answers COMPUTE, the others SUBMIT
 * @read: what does this reply mean? Without a ticket it is the reply to the submit, with one to a poll
 * @ask_again: from a stored ticket, the call to make
 *
 * A codec. It does no I/O. `next` comes in as RESHOOT_NEXT_INIT; where a function fails, the ticket, the money and
 * `charged` it has read nevertheless still count.
 */
struct _ReshootProviderInterface
{
  GTypeInterface parent_iface;

  gboolean (*prepare)   (ReshootProvider     *self,
                         ReshootModel        *model,
                         ReshootRequest      *request,
                         ReshootImage        *input,
                         ReshootNext         *next,
                         GError             **error);
  gboolean (*read)      (ReshootProvider     *self,
                         const ReshootReply  *reply,
                         const char          *ticket,
                         ReshootNext         *next,
                         GError             **error);
  gboolean (*ask_again) (ReshootProvider     *self,
                         const char          *ticket,
                         ReshootNext         *next,
                         GError             **error);
};

gboolean reshoot_provider_prepare   (ReshootProvider     *self,
                                     ReshootModel        *model,
                                     ReshootRequest      *request,
                                     ReshootImage        *input,
                                     ReshootNext         *next,
                                     GError             **error);
gboolean reshoot_provider_read      (ReshootProvider     *self,
                                     const ReshootReply  *reply,
                                     const char          *ticket,
                                     ReshootNext         *next,
                                     GError             **error);
gboolean reshoot_provider_ask_again (ReshootProvider     *self,
                                     const char          *ticket,
                                     ReshootNext         *next,
                                     GError             **error);

G_END_DECLS
