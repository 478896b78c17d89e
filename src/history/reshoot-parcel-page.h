/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-parcel.h"

G_BEGIN_DECLS

/* Inside history/ only: the text of a parcel's page, in the order in which it is written. */

char *reshoot_parcel_dup_head   (JsonObject    *words,
                                 const char    *title) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_parcel_dup_figure (JsonObject    *step,
                                 ReshootImage  *small,
                                 ReshootImage  *picture) G_GNUC_WARN_UNUSED_RESULT;
char *reshoot_parcel_dup_tail   (JsonNode      *parcel) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
