/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-index.h"
#include "reshoot-money.h"

G_BEGIN_DECLS

/* The journal of what edits cost, in every project and by every program of this person. */

typedef enum
{
  RESHOOT_LIMIT_RUN,       /* of this run of the program */
  RESHOOT_LIMIT_EDIT,
  RESHOOT_LIMIT_DAY,       /* of the person's own day */
  RESHOOT_LIMIT_PROJECT,
  RESHOOT_N_LIMITS,
} ReshootLimit;

typedef enum
{
  RESHOOT_SPENDING_RESERVED,   /* it may be charged, or it is not known whether it was */
  RESHOOT_SPENDING_SETTLED,    /* it was */
  RESHOOT_SPENDING_RELEASED,   /* it was not */
} ReshootSpendingState;

/**
 * ReshootSpending:
 *
 * What one edit costs.
 */
typedef struct
{
  const char   *step;                       /* the step's UUID, or any other until the step is stored */
  const char   *project;                    /* its UUID */
  const char   *model;
  ReshootMoney  amount;
  ReshootMoney  limits[RESHOOT_N_LIMITS];   /* RESHOOT_MONEY_ANY = none. Looked at by a reservation alone */
} ReshootSpending;

#define RESHOOT_SPENDING_INIT(step_, project_, model_, amount_) \
  ((ReshootSpending) { (step_), (project_), (model_), (amount_), \
                       { RESHOOT_MONEY_ANY, RESHOOT_MONEY_ANY, RESHOOT_MONEY_ANY, RESHOOT_MONEY_ANY } })

void      reshoot_index_reserve_async        (ReshootIndex           *self,
                                              const ReshootSpending  *spendings,
                                              guint                   n,
                                              GCancellable           *cancellable,
                                              GAsyncReadyCallback     callback,
                                              gpointer                user_data);
gboolean  reshoot_index_reserve_finish       (ReshootIndex           *self,
                                              GAsyncResult           *result,
                                              GError                **error);

/* The step is stored now: the reservation goes by its UUID. */
void      reshoot_index_assign_async         (ReshootIndex           *self,
                                              const char             *reserved_for,
                                              const char             *step,
                                              GCancellable           *cancellable,
                                              GAsyncReadyCallback     callback,
                                              gpointer                user_data);
gboolean  reshoot_index_assign_finish        (ReshootIndex           *self,
                                              GAsyncResult           *result,
                                              GError                **error);

/* What became of it. Nobody waits for this, but the program ends only after. */
void      reshoot_index_settle               (ReshootIndex           *self,
                                              const ReshootSpending  *spending,
                                              ReshootSpendingState    state);

/* What earlier runs of the program left reserved in a project: a NULL-ended array of UUIDs. */
void      reshoot_index_list_reserved_async  (ReshootIndex           *self,
                                              const char             *project,
                                              GCancellable           *cancellable,
                                              GAsyncReadyCallback     callback,
                                              gpointer                user_data);
char    **reshoot_index_list_reserved_finish (ReshootIndex           *self,
                                              GAsyncResult           *result,
                                              GError                **error) G_GNUC_WARN_UNUSED_RESULT;

/* What counts against the limit of a project; of the day where there is none. */
void         reshoot_index_get_spent_async   (ReshootIndex           *self,
                                              const char             *project,
                                              GCancellable           *cancellable,
                                              GAsyncReadyCallback     callback,
                                              gpointer                user_data);
ReshootMoney reshoot_index_get_spent_finish  (ReshootIndex           *self,
                                              GAsyncResult           *result,
                                              GError                **error);

G_END_DECLS
