/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-catalogue.h"
#include "reshoot-step.h"

G_BEGIN_DECLS

/**
 * ReshootRebase:
 * @steps: (element-type ReshootStep): what is replayed, the first edit of the original first
 * @requests: (element-type ReshootRequest): what is asked, one after the other, the first of the original
 * @price: what all of them are estimated to cost; RESHOOT_MONEY_UNKNOWN where that of one is not known
 *
 * The instructions of a branch, to be made again on its original.
 */
typedef struct
{
  GPtrArray    *steps;
  GPtrArray    *requests;
  ReshootMoney  price;
} ReshootRebase;

ReshootRebase *reshoot_rebase_new   (ReshootStep       *head,
                                     ReshootCatalogue  *catalogue,
                                     gboolean           merged,
                                     GError           **error) G_GNUC_WARN_UNUSED_RESULT;
void           reshoot_rebase_free  (ReshootRebase     *self);
gboolean       reshoot_rebase_check (ReshootRebase     *self,
                                     guint              i,
                                     ReshootStep       *source,
                                     GError           **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootRebase, reshoot_rebase_free)

G_END_DECLS
