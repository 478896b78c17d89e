/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-project-facts.h"

G_BEGIN_DECLS

/* Inside reshoot-project-facts-*.c only: what the transactions share. */

char       *reshoot_fact_make_time     (void) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *reshoot_fact_new_body      (ReshootFact      *fact) G_GNUC_WARN_UNUSED_RESULT;
void        reshoot_fact_set_number    (JsonObject       *body,
                                        const char       *name,
                                        double            number);
void        reshoot_fact_set_money     (JsonObject       *body,
                                        const char       *name,
                                        ReshootMoney      money);
int         reshoot_fact_find_number   (ReshootQuery     *query,
                                        gint64           *number,
                                        GError          **error);
gboolean    reshoot_fact_name_picture  (ReshootDatabase  *database,
                                        ReshootFact      *fact,
                                        GError          **error);
gboolean    reshoot_fact_revive_original (ReshootDatabase  *database,
                                          ReshootFact      *fact,
                                          GError          **error);
gboolean    reshoot_fact_write_picture (ReshootDatabase  *database,
                                        ReshootFact      *fact,
                                        GError          **error);
char       *reshoot_fact_dup_step_uuid (ReshootDatabase  *database,
                                        gint64            step,
                                        GError          **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean    reshoot_fact_write_part    (ReshootDatabase  *database,
                                        ReshootFact      *fact,
                                        ReshootFact      *part,
                                        const char       *from,
                                        GError          **error);
gboolean    reshoot_fact_write_job_row (ReshootDatabase  *database,
                                        ReshootFact      *fact,
                                        const char       *time,
                                        GError          **error);
gboolean    reshoot_fact_write_reply_row (ReshootDatabase  *database,
                                          ReshootFact      *fact,
                                          const char       *time,
                                          GError          **error);
gboolean    reshoot_fact_write_version_row (ReshootDatabase  *database,
                                            ReshootFact      *fact,
                                            const char       *time,
                                            GError          **error);

G_END_DECLS
