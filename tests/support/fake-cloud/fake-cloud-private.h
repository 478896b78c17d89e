/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "fake-cloud.h"

G_BEGIN_DECLS

/* What the files of the core share; vendor files and tests have fake-cloud.h. */

#define FAKE_FILES "/fake-files/"

typedef struct
{
  FakeStage    stage;
  char        *method;
  GStrv        pattern;     /* the path's segments; "*" is any */
  FakeHandler  handler;
  gpointer     user_data;
} FakeRoute;

/* A word, and for how many more it holds. */
typedef struct
{
  guint what;
  guint count;
} FakeTurn;

/* A vendor's port and all that is known of it. */
typedef struct
{
  FakeCloud        *cloud;
  const FakeVendor *vendor;
  SoupServer       *server;
  char             *origin;                   /* "http://127.0.0.1:8123" */
  char             *uri;                      /* the origin and the vendor's base */
  GPtrArray        *routes;                   /* of FakeRoute */
  GQueue            faults[FAKE_N_STAGES];    /* of FakeTurn */
  GQueue            fates;                    /* of FakeTurn */
  guint             counts[FAKE_N_STAGES];
  FakeRecord       *last[FAKE_N_STAGES];      /* (nullable) */
  GHashTable       *paths;                    /* "POST /v1/edits" → how often */
} FakeServer;

/* A submit that was made, whatever came of it. */
typedef struct
{
  const char *vendor;
  char       *path;
  FakeFault   fault;
  char       *id;           /* (nullable): of the job that it made */
  char       *prompt;       /* (nullable) */
} FakeEntry;

struct _FakeCloud
{
  guint       port;         /* of the next vendor; 0 = any */
  GPtrArray  *servers;      /* of FakeServer */
  GPtrArray  *jobs;         /* of FakeJob */
  GHashTable *jobs_by_id;   /* "bfl 8c5f…" → FakeJob */
  GHashTable *files;        /* address without its query → FakeFile */
  GHashTable *marked;       /* what a picture and its wishes are called → GBytes: marking is slow */
  GPtrArray  *entries;      /* of FakeEntry */
  GPtrArray  *held;         /* of FakeExchange */
  GPtrArray  *raw;          /* of FakeRaw: connections that are written to by hand */
  guint       n_polls;
  guint       upload_life;
  GRand      *random;       /* (nullable) */
  double      share;
  guint       leaks;
};

FakeServer   *fake_cloud_get_server     (FakeCloud         *self,
                                         const char        *vendor);
FakeFate      fake_cloud_take_fate      (FakeServer        *server);
FakeExchange *fake_exchange_new         (FakeServer        *server,
                                         SoupServerMessage *message,
                                         const char        *path,
                                         GHashTable        *query);
void          fake_exchange_begin       (FakeExchange      *exchange,
                                         FakeRoute         *route,
                                         FakeFault          fault);
void          fake_exchange_set_entry   (FakeExchange      *exchange,
                                         FakeEntry         *entry);
FakeEntry    *fake_exchange_get_entry   (FakeExchange      *exchange);
void          fake_exchange_let_go      (FakeExchange      *exchange);
void          fake_raw_free_all         (FakeCloud         *self);
void          fake_raw_send             (FakeExchange      *exchange,
                                         SoupServerMessage *message,
                                         GBytes            *body);
void          fake_job_free             (gpointer           data);
void          fake_file_free            (gpointer           data);
void          fake_files_get_cb         (FakeExchange      *exchange,
                                         gpointer           user_data);
GBytes       *fake_picture_mark         (GBytes            *picture,
                                         int                width,
                                         int                height,
                                         const char        *format,
                                         guint              nth,
                                         gboolean           is_grid) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
