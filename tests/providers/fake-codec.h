/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-address.h"
#include "reshoot-provider.h"

G_BEGIN_DECLS

#define FAKE_TYPE_CODEC (fake_codec_get_type ())

G_DECLARE_FINAL_TYPE (FakeCodec, fake_codec, FAKE, CODEC, GObject)

/**
 * FakeCodec:
 *
 * A dialect that no service speaks and that does everything a codec may do. What it does is set by its fields.
 */
struct _FakeCodec
{
  GObject   parent_instance;

  char     *base;           /* of the fake server */
  guint     n_prepares;     /* calls to /upload before the submit */
  gboolean  names_ticket;   /* the ticket is known before the submit */
  gboolean  is_long;        /* the answer to the submit is the result */
  gboolean  has_headers;    /* the calls before the submit carry headers of their own */
};

FakeCodec  *fake_codec_new             (const char *base) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *fake_codec_new_description (void) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
