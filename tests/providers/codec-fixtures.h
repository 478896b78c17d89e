/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-address.h"
#include "reshoot-provider.h"

G_BEGIN_DECLS

/**
 * CodecFixtures:
 * @provider: its short name, and that of its folder under data/providers
 * @make: makes the codec
 * @ticket: for replies to a poll or a cancel whose file has none of its own ("with")
 * @n_min: fewer files than these and the folder was not found or not read
 *
 * Each file of the folder is a reply and what it must be taken for:
 *
 *   about: a sentence; after: "submit", "poll" or "cancel"; with: (optional): the ticket; status; body or raw text
 *   expect, of an error: error (code), reason, subject
 *   expect, else: kind ("poll" where there is none, "answer", "ready", "stopped"), uri, key, method (GET), progress,
 *     position, wait; results: the addresses of a "ready", or uri where there is one
 *   expect, of both: ticket, quoted, settled (US dollars), charged ("no", "yes", "unknown")
 */
typedef struct
{
  const char       *provider;
  ReshootProvider *(*make)  (ReshootAddress *address,
                             JsonObject     *description);
  const char       *ticket;
  guint             n_min;
} CodecFixtures;

void             codec_fixtures_add        (const CodecFixtures *fixtures);
ReshootProvider *codec_fixtures_make_codec (const CodecFixtures *fixtures,
                                            const char          *overridden) G_GNUC_WARN_UNUSED_RESULT;
ReshootImage    *codec_fixtures_load       (const char          *sample) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
