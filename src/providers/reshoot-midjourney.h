/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-address.h"
#include "reshoot-provider.h"

G_BEGIN_DECLS

/* What the services in front of Midjourney have in common. */

typedef enum
{
  RESHOOT_MIDJOURNEY_IMAGINE,
  RESHOOT_MIDJOURNEY_UPSCALE,
  RESHOOT_MIDJOURNEY_VARIATION,
  RESHOOT_MIDJOURNEY_REROLL,
} ReshootMidjourneyAction;

/**
 * ReshootMidjourneyWish:
 * @action: what is wanted
 * @index: which of the four pictures it is about, from 1; 0 = none of four
 * @task: (nullable): the service's id of the task it goes on from; %NULL for a new one
 *
 * What a request means to Midjourney.
 */
typedef struct
{
  ReshootMidjourneyAction  action;
  guint                    index;
  char                    *task;
} ReshootMidjourneyWish;

void        reshoot_midjourney_wish_clear     (ReshootMidjourneyWish  *wish);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootMidjourneyWish, reshoot_midjourney_wish_clear)

gboolean    reshoot_midjourney_read_wish      (const ReshootAsk       *ask,
                                               ReshootMidjourneyWish  *wish,
                                               GError                **error);
gboolean    reshoot_midjourney_check_index    (ReshootMidjourneyWish  *wish,
                                               GError                **error);
const char *reshoot_midjourney_get_source_uri (const ReshootAsk       *ask);
char       *reshoot_midjourney_dup_prompt     (const ReshootAsk       *ask,
                                               const char             *source_uri,
                                               GError                **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    reshoot_midjourney_take_results   (ReshootAddress         *address,
                                               GPtrArray              *uris,
                                               gboolean                is_grid,
                                               ReshootNext            *next,
                                               GError                **error);

G_END_DECLS
