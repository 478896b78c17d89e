/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#define RESHOOT_RESOURCES "/io/github/reshoot/Reshoot"

void reshoot_resources_ensure (void);
