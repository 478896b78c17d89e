/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image.h"

G_BEGIN_DECLS

/**
 * ReshootMark:
 * @project: the project's UUID
 * @step: the step's UUID
 * @number: the step's number in the project
 * @edits: (nullable): JSON, how it was made: an array of objects
 * @is_generated: whether a trained model made some of it
 *
 * Where an exported picture came from, as it is written into the picture. Only the first three are read back.
 */
struct _ReshootMark
{
  char     *project;
  char     *step;
  gint64    number;
  char     *edits;
  gboolean  is_generated;
};

ReshootMark  *reshoot_mark_new        (const char         *project,
                                       const char         *step,
                                       gint64              number) G_GNUC_WARN_UNUSED_RESULT;
void          reshoot_mark_set_edits  (ReshootMark        *self,
                                       const char         *edits,
                                       gboolean            is_generated);
ReshootMark  *reshoot_mark_copy       (const ReshootMark  *self) G_GNUC_WARN_UNUSED_RESULT;
void          reshoot_mark_free       (ReshootMark        *self);
ReshootMark  *reshoot_image_dup_mark  (ReshootImage       *image) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootMark, reshoot_mark_free)

G_END_DECLS
