/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-input.h"
#include "reshoot-landing-facts.h"
#include "reshoot-project.h"

G_BEGIN_DECLS

/**
 * ReshootReplyWish:
 * @RESHOOT_REPLY_AS_ASKED: what the request says
 * @RESHOOT_REPLY_LANDED: landed, whatever the request says
 * @RESHOOT_REPLY_AS_IT_CAME: the reply, or its part of one, as it came
 *
 * What is to be made of a reply.
 */
typedef enum
{
  RESHOOT_REPLY_AS_ASKED,
  RESHOOT_REPLY_LANDED,
  RESHOOT_REPLY_AS_IT_CAME,
} ReshootReplyWish;

/**
 * ReshootReplyMeans:
 * @model: (nullable): who made the reply, where it is in the catalogue
 * @sent: (nullable): how the source was sent, where this program sent it
 * @reply: (nullable): the reply as received, where it is here already
 * @wish: what is to be made of it
 *
 * What is known of a reply beside what its step says.
 */
typedef struct
{
  ReshootModel       *model;
  const ReshootInput *sent;
  ReshootImage       *reply;
  ReshootReplyWish    wish;
} ReshootReplyMeans;

gboolean              reshoot_reply_waits       (ReshootStep              *step);
JsonNode             *reshoot_reply_make_facts  (ReshootStep              *step,
                                                 const ReshootReplyMeans  *means,
                                                 const double              part[4],
                                                 double                    affine[6]) G_GNUC_WARN_UNUSED_RESULT;
void                  reshoot_reply_land_async  (ReshootProject           *project,
                                                 ReshootStep              *step,
                                                 const ReshootReplyMeans  *means,
                                                 GCancellable             *cancellable,
                                                 GAsyncReadyCallback       callback,
                                                 gpointer                  user_data);
ReshootProjectResult *reshoot_reply_land_finish (ReshootProject           *project,
                                                 GAsyncResult             *result,
                                                 GError                  **error) G_GNUC_WARN_UNUSED_RESULT;
void                  reshoot_project_result_free (ReshootProjectResult *result);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootProjectResult, reshoot_project_result_free)

G_END_DECLS
