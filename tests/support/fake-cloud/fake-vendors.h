/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "fake-cloud.h"

G_BEGIN_DECLS

/* Each vendor's file adds itself with its function here; fake-vendors.c has the table of all. */

void fake_bfl_add        (FakeCloud  *cloud);
void fake_fal_add        (FakeCloud  *cloud);
void fake_atlascloud_add (FakeCloud  *cloud);
void fake_replicate_add  (FakeCloud  *cloud);
void fake_openai_add     (FakeCloud  *cloud);
void fake_sdserver_add   (FakeCloud  *cloud);
void fake_comfyui_add    (FakeCloud  *cloud);
void fake_imagineapi_add (FakeCloud  *cloud);
void fake_useapi_add     (FakeCloud  *cloud);
void fake_mjproxy_add    (FakeCloud  *cloud);

/* The other flavour. */
void fake_mjproxy_add_trueai
                         (FakeCloud  *cloud);

/* The same server's other dialect. */
void fake_openai_add_to_sdserver
                         (FakeCloud  *cloud);

void fake_vendors_add    (FakeCloud  *cloud,
                          const char *only);
void fake_vendors_print  (FakeCloud  *cloud);

G_END_DECLS
