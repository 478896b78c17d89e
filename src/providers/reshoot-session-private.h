/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-job-private.h"
#include "reshoot-queue.h"
#include "reshoot-session.h"

G_BEGIN_DECLS

struct _ReshootSession
{
  GObject           parent_instance;

  ReshootCatalogue *catalogue;
  ReshootKeys      *keys;
  ReshootHttp      *http;
  ReshootQueue     *queue;
  ReshootIndex     *index;
  ReshootMoney      budget;      /* of this run */
  ReshootTimes      times;
  GHashTable       *codecs;      /* provider → ReshootProvider: of tests */
};

ReshootProvider *reshoot_session_make_provider (JsonObject      *description,
                                                ReshootAddress  *address) G_GNUC_WARN_UNUSED_RESULT;
ReshootProvider *reshoot_session_make_codec (ReshootSession   *self,
                                             const char       *name,
                                             ReshootAddress  **address,
                                             GError          **error) G_GNUC_WARN_UNUSED_RESULT;

/* As a request has it. */
const char      *reshoot_session_get_landing_word  (ReshootSession *self);
gboolean         reshoot_session_is_landed         (ReshootModel   *model);
void             reshoot_session_choose_crop       (ReshootSession *self,
                                                    ReshootRequest *request,
                                                    ReshootModel   *model,
                                                    ReshootStep    *source,
                                                    ReshootInputs  *inputs);
void             reshoot_session_emit_keys_changed (ReshootSession *self);

/* For tests: shorter times, and a codec that no dialect has. */
void         reshoot_session_set_codec (ReshootSession      *self,
                                        JsonObject          *description,
                                        ReshootProvider     *codec);
void         reshoot_session_set_times (ReshootSession      *self,
                                        const ReshootTimes  *times);
ReshootKeys *reshoot_session_get_keys  (ReshootSession      *self);

G_END_DECLS
