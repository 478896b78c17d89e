/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The templates are linked into this library. A linker takes from a static library only what something names: every
 * class with a template names it here. */

#include "reshoot-resources.h"

#include "reshoot-ui-resources.h"

void
reshoot_resources_ensure (void)
{
  reshoot_ui_get_resource ();
}
