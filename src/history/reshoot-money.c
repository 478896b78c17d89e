/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootMoney: between whole millionths of a US dollar and the decimal dollars of catalogues, services and people. */

#include "reshoot-money.h"

#include <math.h>

/* Beyond this a double no longer holds every whole number: a billion dollars, which no edit costs. */
#define MOST_DOLLARS 1e9

/**
 * reshoot_money_from_dollars:
 * @dollars: an amount; NAN, or one below zero, where it is not known; INFINITY where there is no limit
 *
 * Returns: the same in millionths, rounded to the nearest; %RESHOOT_MONEY_UNKNOWN, %RESHOOT_MONEY_ANY
 */
ReshootMoney
reshoot_money_from_dollars (double dollars)
{
  if (isnan (dollars) || dollars < 0)
    return RESHOOT_MONEY_UNKNOWN;

  if (dollars > MOST_DOLLARS)
    return RESHOOT_MONEY_ANY;

  return (ReshootMoney) llround (dollars * RESHOOT_MONEY_DOLLAR);
}

/**
 * reshoot_money_to_dollars:
 * @money: an amount in millionths
 *
 * Returns: the same in US dollars; NAN where it is not known, INFINITY where there is no limit
 */
double
reshoot_money_to_dollars (ReshootMoney money)
{
  if (money == RESHOOT_MONEY_ANY)
    return INFINITY;

  return money < 0 ? NAN : (double) money / RESHOOT_MONEY_DOLLAR;
}
