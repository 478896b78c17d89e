/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <json-glib/json-glib.h>

#include "reshoot-land.h"

G_BEGIN_DECLS

/* Why a version shows the reply as it came. */
#define RESHOOT_UNLANDED_ARRIVED    "arrived"       /* it is stored, and waits for its landing */
#define RESHOOT_UNLANDED_REIMAGINED "reimagined"    /* the model made a new picture, guided by the source */
#define RESHOOT_UNLANDED_OFF        "off"           /* the person wants it as it came */
#define RESHOOT_UNLANDED_ASK        "ask"           /* the person wants to be asked */
#define RESHOOT_UNLANDED_NEW_SCENE  "new-scene"     /* next to nothing of the source is in it */
#define RESHOOT_UNLANDED_CANCELLED  "cancelled"     /* the person stopped the landing */
#define RESHOOT_UNLANDED_FAILED     "failed"        /* the landing went wrong */

/**
 * ReshootLandingFacts:
 * @landed: whether the version shows the change on the full-size source
 * @reason: (nullable): why it shows the reply as it came, one of the words above; %NULL = it is landed
 * @in_region: whether only a part of the source was allowed to change, and the rest is its own
 * @is_aligned: whether it is known how the reply lay
 * @alignment: how
 * @changed: share of what was sent that was edited, 0–1
 * @identical: share of the source's pixels that were not touched, 0–1
 * @is_whole: whether the edit is one of the whole picture
 *
 * What a version says of the landing that made it.
 */
typedef struct
{
  gboolean          landed;
  const char       *reason;
  gboolean          in_region;
  gboolean          is_aligned;
  ReshootAlignment  alignment;
  double            changed;
  double            identical;
  gboolean          is_whole;
} ReshootLandingFacts;

void     reshoot_landing_facts_write (JsonObject           *facts,
                                      ReshootLanding       *landing);
gboolean reshoot_landing_facts_read  (JsonNode             *node,
                                      ReshootLandingFacts  *facts);

G_END_DECLS
