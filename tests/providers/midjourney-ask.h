/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "codec-fixtures.h"

G_BEGIN_DECLS

/**
 * MidjourneyAsk:
 *
 * What is asked of a codec in front of Midjourney, in words.
 */
typedef struct
{
  const char   *model;
  const char   *words;
  const char   *parameters;     /* (nullable): JSON */
  const char   *public_uri;     /* (nullable) */
  const char   *source_ticket;  /* (nullable) */
  guint         source_take;
  ReshootImage *input;          /* (nullable) */
  ReshootImage *reference;      /* (nullable) */
  guint         status;         /* of the reply to the call before; 0 = there was none */
  const char   *reply;          /* (nullable) */
  const char   *state;          /* (nullable) */
} MidjourneyAsk;

gboolean    midjourney_ask_prepare  (ReshootProvider      *codec,
                                     const MidjourneyAsk  *asked,
                                     ReshootNext          *next,
                                     GError              **error);
JsonObject *midjourney_ask_get_body (const ReshootNext    *next) G_GNUC_WARN_UNUSED_RESULT;
void        midjourney_ask_refused  (ReshootProvider      *codec,
                                     const MidjourneyAsk  *asked,
                                     int                   code,
                                     const char           *reason);
void        midjourney_assert_call  (const ReshootNext    *next,
                                     ReshootNextKind       kind,
                                     const char           *method,
                                     const char           *uri);
void        midjourney_assert_grid  (const ReshootNext    *next);
void        midjourney_assert_body  (const ReshootNext    *next,
                                     const char           *wanted);

G_END_DECLS
