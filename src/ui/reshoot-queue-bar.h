/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-history-context.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_QUEUE_BAR (reshoot_queue_bar_get_type ())

G_DECLARE_FINAL_TYPE (ReshootQueueBar, reshoot_queue_bar, RESHOOT, QUEUE_BAR, AdwBin)

/* Property: "paused": whether nothing more leaves. Acts by "view.cancel-step" and "history.show-step". */

void reshoot_queue_bar_show          (ReshootQueueBar       *self,
                                      ReshootHistoryContext *context,
                                      ReshootSession        *session,
                                      GListModel            *running);
void reshoot_queue_bar_tell          (ReshootQueueBar       *self,
                                      ReshootStep           *step,
                                      const char            *words);
void reshoot_queue_bar_update_money  (ReshootQueueBar       *self);

G_END_DECLS
