/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-session.h"

G_BEGIN_DECLS

gboolean reshoot_cli_wants (int              argc,
                            char           **argv);
int      reshoot_cli_run   (ReshootSession  *session,
                            int              argc,
                            char           **argv);

G_END_DECLS
