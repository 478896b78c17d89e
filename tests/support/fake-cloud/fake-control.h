/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "fake-cloud.h"

G_BEGIN_DECLS

/* Its port has POST /control and GET /log, for tests in another process. */
#define FAKE_CONTROL "-control"

void fake_control_add (FakeCloud *cloud);

G_END_DECLS
