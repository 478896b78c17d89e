/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-plot.h"

G_BEGIN_DECLS

GPtrArray *reshoot_words_make_plots (GPtrArray *figures,
                                     GPtrArray *periods) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
