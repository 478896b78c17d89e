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
 * @folder: (nullable): of the files under data/providers, where it is not @provider
 *
 * Each file of the folder is a reply and what it must be taken for:
 *
 *   about: a sentence; after: "submit", "poll" or "cancel", or "prepare", "check", "publish"; with: (optional): the
 *     ticket; state: (optional): what the call before left; model: (optional): of a "prepare"; status, retry_after,
 *     content_type; body, raw text, or base64. Without a status there is no reply: the first call of a check
 *   expect, of an error: error (code), reason, subject
 *   expect, else: kind ("poll" where there is none, "answer", "ready", "stopped", "prepare", "submit", "done"), uri,
 *     key, method (GET), sent (the call's body as JSON), progress, position, wait, state; results: of a "ready",
 *     addresses or {"uri", "size" (of bytes that are here), "part": [x, y, w, h]}, or uri where there is one;
 *     of a check: account, version, balance (US dollars), models (how many)
 *   expect, of both: ticket, quoted, settled (US dollars), charged ("no", "yes", "unknown")
 */
typedef struct
{
  const char       *provider;
  ReshootProvider *(*make)  (ReshootAddress *address,
                             JsonObject     *description);
  const char       *ticket;
  guint             n_min;
  const char       *folder;
} CodecFixtures;

void             codec_fixtures_add        (const CodecFixtures *fixtures);
ReshootProvider *codec_fixtures_make_codec (const CodecFixtures *fixtures,
                                            const char          *overridden) G_GNUC_WARN_UNUSED_RESULT;
ReshootImage    *codec_fixtures_load       (const char          *sample) G_GNUC_WARN_UNUSED_RESULT;
void             codec_fixtures_prepare    (const CodecFixtures *fixtures,
                                            const char          *model,
                                            const char          *instruction,
                                            const char          *parameters,
                                            ReshootAsk          *ask,
                                            ReshootNext         *next);
JsonObject      *codec_fixtures_dup_body   (const ReshootCall   *call) G_GNUC_WARN_UNUSED_RESULT;
GBytes          *codec_fixtures_join       (const ReshootCall   *call) G_GNUC_WARN_UNUSED_RESULT;
void             codec_fixtures_assert_body
                                           (const ReshootCall   *call,
                                            const char          *but,
                                            const char          *wanted);

G_END_DECLS
