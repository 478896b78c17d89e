/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-hints.h"

G_BEGIN_DECLS

#define RESHOOT_TYPE_MATTE (reshoot_matte_get_type ())

G_DECLARE_FINAL_TYPE (ReshootMatte, reshoot_matte, RESHOOT, MATTE, GObject)

ReshootMatte     *reshoot_matte_new               (ReshootImage         *image,
                                                   ReshootHints         *hints,
                                                   GCancellable         *cancellable,
                                                   GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void              reshoot_matte_new_async         (ReshootImage         *image,
                                                   ReshootHints         *hints,
                                                   GCancellable         *cancellable,
                                                   GAsyncReadyCallback   callback,
                                                   gpointer              user_data);
ReshootMatte     *reshoot_matte_new_finish        (GAsyncResult         *result,
                                                   GError              **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootMatte     *reshoot_matte_map               (ReshootMatte         *self,
                                                   const double          affine[6],
                                                   int                   width,
                                                   int                   height) G_GNUC_WARN_UNUSED_RESULT;
int               reshoot_matte_get_width         (ReshootMatte         *self);
int               reshoot_matte_get_height        (ReshootMatte         *self);
GBytes           *reshoot_matte_get_values        (ReshootMatte         *self);
double            reshoot_matte_get_confidence    (ReshootMatte         *self);
gboolean          reshoot_matte_get_confident     (ReshootMatte         *self);
guint             reshoot_matte_get_n_products    (ReshootMatte         *self);
const ReshootBox *reshoot_matte_get_box           (ReshootMatte         *self);
ReshootImage     *reshoot_matte_to_image          (ReshootMatte         *self,
                                                   GError              **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
