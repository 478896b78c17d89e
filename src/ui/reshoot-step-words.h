/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-catalogue.h"
#include "reshoot-history.h"

G_BEGIN_DECLS

/* Short words for a step, as rows and labels need them. Everything returned is (transfer full). */

char *reshoot_step_words_for_name   (ReshootStep      *step) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_step_words_for_origin (ReshootStep      *step,
                                     ReshootCatalogue *catalogue) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_step_words_for_marks  (ReshootStep      *step) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_step_words_for_labels (ReshootStep      *step) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_step_words_for_speech (ReshootStep      *step,
                                     const char       *name,
                                     const char       *origin,
                                     gboolean          is_new) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_step_words_for_model  (ReshootModel     *model,
                                     gboolean          key_present) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
