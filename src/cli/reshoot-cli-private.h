/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-cli-arguments.h"
#include "reshoot-drift.h"
#include "reshoot-project.h"
#include "reshoot-session.h"
#include "reshoot-votes.h"

G_BEGIN_DECLS

/**
 * ReshootCli:
 * @session: (not nullable): what main() made
 * @cancellable: cancelled by Ctrl-C
 *
 * What a running command is given. The files of cli/ alone know it.
 */
typedef struct
{
  ReshootSession *session;
  GCancellable   *cancellable;
  GError         *damage;        /* (owned) (nullable): of a project that was opened */
  gboolean        told_credentials;   /* that an export has none: said once */
} ReshootCli;

/**
 * ReshootCliCommand:
 * @name: the first argument
 * @usage: what follows it, for the help
 * @summary: one line for the help, to be translated
 * @options: the options it knows
 * @min_operands: how many other arguments it needs
 * @max_operands: how many it takes
 * @run: does it; the error decides the exit status
 *
 * A command.
 */
typedef struct
{
  const char             *name;
  const char             *usage;
  const char             *summary;
  const ReshootCliOption *options;
  guint                   min_operands;
  guint                   max_operands;
  gboolean              (*run) (ReshootCli           *cli,
                                ReshootCliArguments  *arguments,
                                GError              **error);
} ReshootCliCommand;

/* The commands, one variable a command, a file a group. */
extern const ReshootCliCommand reshoot_cli_edit_command;
extern const ReshootCliCommand reshoot_cli_retry_command;
extern const ReshootCliCommand reshoot_cli_resume_command;
extern const ReshootCliCommand reshoot_cli_cancel_command;
extern const ReshootCliCommand reshoot_cli_jobs_command;
extern const ReshootCliCommand reshoot_cli_history_command;
extern const ReshootCliCommand reshoot_cli_show_command;
extern const ReshootCliCommand reshoot_cli_diff_command;
extern const ReshootCliCommand reshoot_cli_verify_command;
extern const ReshootCliCommand reshoot_cli_label_command;
extern const ReshootCliCommand reshoot_cli_bin_command;
extern const ReshootCliCommand reshoot_cli_vote_command;
extern const ReshootCliCommand reshoot_cli_stats_command;
extern const ReshootCliCommand reshoot_cli_report_command;
extern const ReshootCliCommand reshoot_cli_ledger_command;
extern const ReshootCliCommand reshoot_cli_join_command;
extern const ReshootCliCommand reshoot_cli_copy_command;
extern const ReshootCliCommand reshoot_cli_export_command;
extern const ReshootCliCommand reshoot_cli_import_command;
extern const ReshootCliCommand reshoot_cli_parcel_command;
extern const ReshootCliCommand reshoot_cli_import_verdicts_command;
extern const ReshootCliCommand reshoot_cli_find_command;
extern const ReshootCliCommand reshoot_cli_key_command;
extern const ReshootCliCommand reshoot_cli_models_command;
extern const ReshootCliCommand reshoot_cli_server_command;
extern const ReshootCliCommand reshoot_cli_graph_command;
extern const ReshootCliCommand reshoot_cli_plan_command;
extern const ReshootCliCommand reshoot_cli_compare_command;
extern const ReshootCliCommand reshoot_cli_drift_command;
extern const ReshootCliCommand reshoot_cli_rebase_command;
extern const ReshootCliCommand reshoot_cli_land_command;
extern const ReshootCliCommand reshoot_cli_matte_command;

/* reshoot-cli-wait.c: the one way to wait for an async call. */
void            reshoot_cli_ready_cb       (GObject              *source,
                                            GAsyncResult         *result,
                                            gpointer              user_data);
void            reshoot_cli_await          (GAsyncResult        **place);
ReshootImage   *reshoot_cli_load_image     (ReshootCli           *cli,
                                            const char           *path,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootProject *reshoot_cli_open_quietly   (ReshootCli           *cli,
                                            const char           *path,
                                            ReshootProjectFlags   flags,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootProject *reshoot_cli_open_project   (ReshootCli           *cli,
                                            const char           *path,
                                            ReshootProjectFlags   flags,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean        reshoot_cli_close_project  (ReshootCli           *cli,
                                            ReshootProject       *project,
                                            GError              **error);
ReshootStep    *reshoot_cli_find_step      (ReshootProject       *project,
                                            const char           *argument,
                                            GError              **error);
gboolean        reshoot_cli_check_output   (const char           *path,
                                            ReshootImageFormat   *format,
                                            GError              **error);
gboolean        reshoot_cli_save_image     (ReshootCli           *cli,
                                            ReshootImage         *image,
                                            const char           *path,
                                            ReshootImageFormat    format,
                                            GError              **error);
gboolean        reshoot_cli_save_step      (ReshootCli           *cli,
                                            ReshootProject       *project,
                                            ReshootStep          *step,
                                            const char           *path,
                                            const ReshootSaveOptions *how,
                                            GError              **error);

/* reshoot-cli-jobs.c */
void            reshoot_cli_tell_terms     (ReshootCli           *cli,
                                            const char           *model);
ReshootJob     *reshoot_cli_start_job      (ReshootCli           *cli,
                                            ReshootProject       *project,
                                            ReshootStep          *source,
                                            ReshootRequest       *request,
                                            GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean        reshoot_cli_finish_job     (ReshootCli           *cli,
                                            ReshootJob           *job,
                                            const char           *beside,
                                            GError              **error);

/* reshoot-cli-aside.c */
gboolean        reshoot_cli_wait_for_job   (ReshootJob           *job,
                                            GCancellable         *cancellable,
                                            gboolean             *gave_up,
                                            GError              **error);
gboolean        reshoot_cli_is_held        (ReshootJob           *job);
GError         *reshoot_cli_put_aside      (ReshootJob           *job,
                                            const char           *beside,
                                            const GError         *why) G_GNUC_WARN_UNUSED_RESULT;

/* reshoot-cli-print.c: standard output. */
void            reshoot_cli_print          (const char           *words);
void            reshoot_cli_print_path     (const char           *path);
void            reshoot_cli_print_error    (const char           *words);
gboolean        reshoot_cli_has_printed    (GError              **error);
char           *reshoot_cli_dup_json       (JsonNode             *node) G_GNUC_WARN_UNUSED_RESULT;
void            reshoot_cli_print_json     (JsonNode             *node);
void            reshoot_cli_set_number     (JsonObject           *object,
                                            const char           *name,
                                            double                number);
void            reshoot_cli_set_text       (JsonObject           *object,
                                            const char           *name,
                                            const char           *text);
JsonNode       *reshoot_cli_take_object    (JsonObject           *object) G_GNUC_WARN_UNUSED_RESULT;

/* reshoot-cli-refresh.c */
gboolean        reshoot_cli_refresh_models (ReshootCli           *cli,
                                            GError              **error);

/* reshoot-cli-drift.c */
gboolean        reshoot_cli_measure_drift  (ReshootCli           *cli,
                                            ReshootImage         *original,
                                            ReshootImage         *picture,
                                            const double          place[6],
                                            ReshootDrift         *drift,
                                            GError              **error);
void            reshoot_cli_set_drift      (JsonObject           *object,
                                            const ReshootDrift   *drift);

/* reshoot-cli-parcel.c */
gboolean        reshoot_cli_is_pdf_name     (const char           *output);
gboolean        reshoot_cli_check_page_name (const char           *output,
                                             GError              **error);

/* reshoot-cli-stats.c: what projects say of models. */
typedef struct
{
  GPtrArray *projects;   /* (owned): of ReshootProject, open for reading */
  GPtrArray *cast;       /* (owned): of GPtrArray of ReshootCastVote, which the votes point into */
  GPtrArray *adherence;  /* (owned): of GPtrArray of ReshootAdherence, a project each */
  GArray    *votes;      /* (owned): of ReshootVote */
} ReshootCliEvidence;

gboolean         reshoot_cli_evidence_load          (ReshootCli           *cli,
                                                     ReshootCliArguments  *arguments,
                                                     ReshootCliEvidence   *evidence,
                                                     GError              **error);
gboolean         reshoot_cli_evidence_close         (ReshootCli           *cli,
                                                     ReshootCliEvidence   *evidence,
                                                     gboolean              done,
                                                     GError              **error);
GPtrArray       *reshoot_cli_evidence_get_figures   (ReshootCliEvidence   *evidence) G_GNUC_WARN_UNUSED_RESULT;
GPtrArray       *reshoot_cli_evidence_get_standings (ReshootCliEvidence   *evidence) G_GNUC_WARN_UNUSED_RESULT;
const ReshootStanding *reshoot_cli_find_standing    (GPtrArray            *standings,
                                                     const char           *model);

/* reshoot-cli-plot.c */
GPtrArray      *reshoot_cli_evidence_make_plots (ReshootCliEvidence   *evidence) G_GNUC_WARN_UNUSED_RESULT;
gboolean        reshoot_cli_save_bytes          (ReshootCli           *cli,
                                                 GBytes               *bytes,
                                                 const char           *output,
                                                 GError              **error);
gboolean        reshoot_cli_save_plots          (ReshootCli           *cli,
                                                 ReshootCliArguments  *arguments,
                                                 ReshootCliEvidence   *evidence,
                                                 GError              **error);

/* reshoot-cli-step.c */
JsonNode       *reshoot_cli_step_to_json   (ReshootStep          *step,
                                            gboolean              is_head) G_GNUC_WARN_UNUSED_RESULT;
void            reshoot_cli_print_step     (ReshootStep          *step,
                                            gboolean              is_head,
                                            gboolean              json);

G_END_DECLS
