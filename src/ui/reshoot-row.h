/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-catalogue.h"
#include "reshoot-history.h"

#include <graphene.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_ROW (reshoot_row_get_type ())

G_DECLARE_FINAL_TYPE (ReshootRow, reshoot_row, RESHOOT, ROW, GObject)

/* Property, read-only: "title". */

GPtrArray   *reshoot_row_list         (ReshootHistory *history) G_GNUC_WARN_UNUSED_RESULT;
gboolean     reshoot_row_is_same      (ReshootRow     *self,
                                       ReshootRow     *other);
ReshootStep *reshoot_row_get_source   (ReshootRow     *self);
GPtrArray   *reshoot_row_get_steps    (ReshootRow     *self);
const char  *reshoot_row_get_words    (ReshootRow     *self);
char        *reshoot_row_dup_title    (ReshootRow     *self) G_GNUC_WARN_UNUSED_RESULT;

gboolean     reshoot_row_get_bounds   (ReshootRow      *self,
                                       graphene_rect_t *bounds);
char        *reshoot_row_dup_name     (ReshootRow       *self,
                                       ReshootCatalogue *catalogue,
                                       ReshootStep      *step) G_GNUC_WARN_UNUSED_RESULT;

/* What is said below the pictures. */
char        *reshoot_row_dup_unequal  (ReshootRow       *self,
                                       ReshootCatalogue *catalogue,
                                       gboolean          in_full) G_GNUC_WARN_UNUSED_RESULT;
char        *reshoot_row_dup_spent    (ReshootRow       *self) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
