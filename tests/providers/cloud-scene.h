/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "fake-cloud.h"
#include "scene.h"

G_BEGIN_DECLS

/* The whole way of an edit across the fake cloud, the same for every vendor: happy, each fate of a job, each fault at
 * each stage, cancelling at each stage, and cancelling under each fault. A vendor's test makes a static CloudVendor,
 * calls cloud_scene_add_tests () in its main (), and adds what is its own with cloud_scene_add (). */

typedef struct
{
  const char *provider;               /* "bfl" */
  const char *model;                  /* "bfl/flux-kontext-pro" */
  const char *key;                    /* (nullable): the environment variable; NULL: needs none */
  void      (*add) (FakeCloud *cloud);
  gboolean    uploads;                /* there is an upload before the submit */
  gboolean    cancels;                /* cancelling makes a call of the service */
  gboolean    doubts_503;             /* a submit that a 503 answers is never sent again */
  gboolean    answers_at_once;        /* the reply to the submit is the result: nothing is polled */
  gboolean    embeds;                 /* results are in replies: nothing is downloaded */
  gboolean    names_tasks;            /* by a name of ours: after a submit in doubt the service is asked for it */
  gboolean    is_free;                /* a server of one's own: nothing is ever charged */
  guint       n_results;              /* of one submit; 0 = 1 */
  const char *parameters;             /* (nullable): of each request, as JSON */
  gboolean    refuses_with_422;       /* a 422 is the word of its moderation */
  gboolean    empty_is_gone;          /* with an empty reply to a poll the service says that it knows no such task */
  const char *followup;               /* (nullable): what is asked of an earlier result of the model, as JSON */
  const char *name;                   /* (nullable): of the tests, where a model has several */
  const char *unknown_fates;          /* (nullable): those that the vendor has not, with commas: "cancel,gone" */
} CloudVendor;

typedef struct
{
  Scene              scene;
  FakeCloud         *cloud;
  const CloudVendor *vendor;
  guint              before[FAKE_N_STAGES];   /* requests that made what is followed up */
  guint              n_jobs;                  /* before the last edit */
} CloudScene;

typedef void (*CloudTest) (CloudScene    *self,
                           gconstpointer  data);

void              cloud_scene_add_tests (const CloudVendor *vendor);
void              cloud_scene_add       (const CloudVendor *vendor,
                                         const char        *name,
                                         CloudTest          test);
ReshootJob       *cloud_scene_edit      (CloudScene        *self,
                                         const char        *instruction) G_GNUC_WARN_UNUSED_RESULT;
ReshootStepState  cloud_scene_run       (CloudScene        *self,
                                         const char        *instruction,
                                         ReshootStep      **step);
guint             cloud_scene_count     (CloudScene        *self,
                                         FakeStage          stage);

G_END_DECLS
