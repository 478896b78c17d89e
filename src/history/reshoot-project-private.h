/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-database-thread.h"
#include "reshoot-project-copy.h"
#include "reshoot-project-facts.h"
#include "reshoot-project-schema.h"
#include "reshoot-project.h"

G_BEGIN_DECLS

/* What a check of everything is given and fills. */
typedef struct
{
  ReshootVerifyCounts counts;
  int                 permille;   /* atomic: how far it is */
} ReshootVerifyWork;

/* Inside history/ only: what the files reshoot-project*.c share. */

struct _ReshootProject
{
  GObject                parent_instance;

  GFile                 *location;
  ReshootProjectFile    *file;           /* (owned) (nullable): NULL once closed */
  ReshootFileAccess      access;
  char                  *uuid;           /* (nullable): a damaged file may not know it */
  ReshootHistory        *history;
  gboolean               newer;          /* made by a newer Reshoot */
  gboolean               unchecked;      /* the check of its tables is still to be begun */
  GError                *unsound;        /* (owned) (nullable): what was found wrong after it was opened */
  ReshootDamage         *damage;         /* (owned) (nullable): what a damaged file lost; it is only read */
  gboolean               closed;

  ReshootDatabaseThread *writer;         /* (nullable): NULL when the project is only read */
  ReshootDatabaseThread *checkpointer;   /* (nullable): as the writer */
  ReshootDatabaseThread *reader;         /* (nullable): NULL once closed */
  ReshootDatabaseThread *checker;        /* (nullable): made when first all is read, so that pictures need not wait */
  double                 checked;        /* 0–1 while all is checked, NAN otherwise */
  double                 copied;         /* 0–1 while a copy is saved, NAN otherwise */

  ReshootFact           *head;           /* (owned) (nullable): a head that waits to be stored */
  gboolean               storing_head;   /* one is on its way to the writer */

  guint                  n_preparing;    /* pictures that are made ready to be written */
  GTask                 *closing;        /* (owned) (nullable): a close that waits for them */
};

ReshootDatabase *reshoot_project_prepare_writing  (ReshootProject         *self,
                                                   ReshootProjectFlags     flags,
                                                   ReshootSchemaState     *state,
                                                   GError                **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootDatabase *reshoot_project_prepare_reading  (ReshootProject         *self,
                                                   ReshootSchemaState     *state,
                                                   GError                **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean         reshoot_project_begin_check      (ReshootProject         *self,
                                                   ReshootDatabase        *database,
                                                   GThread               **checking,
                                                   GError                **error);
void             reshoot_project_check_later      (ReshootProject         *self);
void             reshoot_project_take_obstacle    (ReshootProject         *self,
                                                   const GError           *error);
void             reshoot_project_look_at_error    (ReshootProject         *self,
                                                   const GError           *error);
gboolean         reshoot_project_end_check        (GThread                *checking,
                                                   GError                **error);
gboolean         reshoot_project_write_birth      (ReshootDatabase        *database,
                                                   GError                **error);
gboolean         reshoot_project_stop_threads     (ReshootDatabaseThread  *checker,
                                                   ReshootDatabaseThread  *reader,
                                                   ReshootDatabaseThread  *checkpointer,
                                                   ReshootDatabaseThread  *writer,
                                                   GError                **error);
gboolean         reshoot_project_check_writable   (ReshootProject         *self,
                                                   GTask                  *task);
void             reshoot_project_write            (ReshootProject         *self,
                                                   ReshootFact            *fact,
                                                   ReshootDatabaseWork     work,
                                                   GCancellable           *cancellable,
                                                   GAsyncReadyCallback     callback,
                                                   gpointer                user_data);
void             reshoot_project_write_picture    (ReshootProject         *self,
                                                   ReshootFact            *fact,
                                                   ReshootImage           *picture,
                                                   const char             *parent,
                                                   ReshootDatabaseWork     work,
                                                   GCancellable           *cancellable,
                                                   GAsyncReadyCallback     callback,
                                                   gpointer                user_data);
void             reshoot_project_close_when_idle  (ReshootProject         *self);
GTask           *reshoot_project_begin_write      (ReshootProject         *self,
                                                   GCancellable           *cancellable,
                                                   GAsyncReadyCallback     callback,
                                                   gpointer                user_data,
                                                   gpointer                tag) G_GNUC_WARN_UNUSED_RESULT;
GTask           *reshoot_project_begin_step_write (ReshootProject         *self,
                                                   ReshootStep            *step,
                                                   GCancellable           *cancellable,
                                                   GAsyncReadyCallback     callback,
                                                   gpointer                user_data,
                                                   gpointer                tag) G_GNUC_WARN_UNUSED_RESULT;
GTask           *reshoot_project_begin_read       (ReshootProject         *self,
                                                   GCancellable           *cancellable,
                                                   GAsyncReadyCallback     callback,
                                                   gpointer                user_data,
                                                   gpointer                tag) G_GNUC_WARN_UNUSED_RESULT;
void             reshoot_project_write_label      (ReshootProject         *self,
                                                   ReshootStep            *step,
                                                   ReshootFact            *fact,
                                                   ReshootDatabaseWork     work,
                                                   ReshootFactShow         show,
                                                   GError                 *refused,
                                                   gpointer                tag,
                                                   GCancellable           *cancellable,
                                                   GAsyncReadyCallback     callback,
                                                   gpointer                user_data);
gboolean         reshoot_project_finish_label     (ReshootProject         *self,
                                                   GAsyncResult           *result,
                                                   gpointer                tag,
                                                   GError                **error);
void             reshoot_project_take_move        (ReshootProject         *self,
                                                   GAsyncResult           *result);
ReshootFact     *reshoot_project_end_write        (GAsyncResult           *result,
                                                   GTask                  *task);
gboolean         reshoot_project_ends_first       (ReshootStep            *step,
                                                   const ReshootFact      *fact);
void             reshoot_project_show_job         (ReshootStep            *step,
                                                   ReshootFact            *fact);
gboolean         reshoot_project_has_step         (ReshootProject         *self,
                                                   ReshootStep            *step);
gboolean         reshoot_project_has_edit         (ReshootProject         *self,
                                                   ReshootStep            *step);
void             reshoot_project_keep_head        (ReshootStep            *head,
                                                   GPtrArray              *turned,
                                                   gpointer                user_data);
void             reshoot_project_flush_head       (ReshootProject         *self);
gboolean         reshoot_project_verify_snapshot  (ReshootDatabase        *database,
                                                   ReshootVerifyWork      *work,
                                                   GCancellable           *cancellable,
                                                   GError                **error);
void             reshoot_project_set_checked      (ReshootProject         *self,
                                                   double                  checked);
void             reshoot_project_set_copied       (ReshootProject         *self,
                                                   double                  copied);
void             reshoot_project_push_check       (ReshootProject         *self,
                                                   GTask                  *inner,
                                                   ReshootDatabaseWork     work);
gboolean         reshoot_project_verify_work      (ReshootDatabase        *database,
                                                   gpointer                data,
                                                   GCancellable           *cancellable,
                                                   GError                **error);

G_END_DECLS
