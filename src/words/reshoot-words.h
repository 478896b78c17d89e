/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-align.h"
#include "reshoot-catalogue.h"
#include "reshoot-diff.h"
#include "reshoot-image.h"
#include "reshoot-index-spending.h"
#include "reshoot-plan.h"
#include "reshoot-step.h"

G_BEGIN_DECLS

/**
 * ReshootReadiness:
 *
 * What is known of an edit that was not started yet.
 */
typedef struct
{
  gboolean      read_only;     /* nothing can be written into the project */
  gboolean      starting;      /* the same words are being taken up already */
  gboolean      has_words;
  guint         n_models;      /* that are asked */
  const GError *problem;       /* (nullable): what the session will say: no key, too many references */
  gboolean      refused;       /* the studio cannot do it, and says why elsewhere */
  gboolean      price_known;   /* of every result */
  ReshootMoney  dearest;       /* the price of the dearest result */
  ReshootMoney  sum;           /* of all of them */
  ReshootMoney  left[RESHOOT_N_LIMITS];   /* of each limit; RESHOOT_MONEY_ANY = none */
} ReshootReadiness;

/**
 * ReshootLint:
 * @RESHOOT_LINT_VAGUE: it says that something should be better, and not what
 * @RESHOOT_LINT_QUOTES: words to be written into the picture stand in no quotes
 * @RESHOOT_LINT_REFERENT: “it” can be several things, or none
 * @RESHOOT_LINT_COLOR: a colour that only its owner knows
 * @RESHOOT_LINT_NO_CHANGE: it says only what is to stay
 * @RESHOOT_LINT_MANY: it asks for several changes
 *
 * What a service is likely to misunderstand in an instruction.
 */
typedef enum
{
  RESHOOT_LINT_VAGUE,
  RESHOOT_LINT_QUOTES,
  RESHOOT_LINT_REFERENT,
  RESHOOT_LINT_COLOR,
  RESHOOT_LINT_NO_CHANGE,
  RESHOOT_LINT_MANY
} ReshootLint;

/* More advice than this nobody reads. */
#define RESHOOT_MAX_LINTS 2

guint reshoot_lint_instruction    (const char              *instruction,
                                   ReshootLint             *lints) G_GNUC_WARN_UNUSED_RESULT;

/* Sentences for people, in their language. Everything returned is (transfer full). */

char *reshoot_words_for_error     (const GError            *error) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_operation (const ReshootOperation  *operation) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_refusal   (const ReshootRefusal    *refusal) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_plan      (ReshootPlan             *plan) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_state     (ReshootStepState         state) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_cost      (ReshootStep             *step) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_facts     (ReshootStep             *step) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_colors    (ReshootImage            *image) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_aspect     (ReshootDiffRow          *row) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_difference (ReshootDiffRow         *row,
                                    JsonNode               *value) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_entry     (const char              *kind) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_readiness (const ReshootReadiness  *readiness) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_lint      (ReshootLint              lint) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_left      (const ReshootMoney      *left) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_region    (const char              *model) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_crop      (const char              *model,
                                   int                      width,
                                   int                      height) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_alignment (const ReshootAlignment  *alignment) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_landing   (ReshootStep             *step) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_terms     (const char              *text,
                                   const char              *date) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_cancel    (ReshootCancel            cancel) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_cancel_before (ReshootCancel cancel) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_option    (const char              *name) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_money     (ReshootMoney             money) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_open_address (const char           *url) G_GNUC_WARN_UNUSED_RESULT;
JsonNode *reshoot_words_for_parcel (void) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_price     (ReshootModel            *model) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_words_for_seconds   (double                   seconds) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
