/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReshootMoney:
 *
 * An amount, in millionths of a US dollar. Whole numbers add up to what was paid, whatever the order.
 */
typedef gint64 ReshootMoney;

#define RESHOOT_MONEY_UNKNOWN ((ReshootMoney) -1)
#define RESHOOT_MONEY_ANY     G_MAXINT64          /* of a limit: there is none */
#define RESHOOT_MONEY_DOLLAR  ((ReshootMoney) 1000000)

ReshootMoney reshoot_money_from_dollars (double        dollars);
double       reshoot_money_to_dollars   (ReshootMoney  money);

G_END_DECLS
