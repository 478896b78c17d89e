/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/* What to say to @path with @query and @body, with status 200; NULL: what the script says. (transfer full) */
typedef GBytes *(*ReshootFakeAnswer) (const char *path,
                                      const char *query,
                                      GBytes     *body,
                                      gpointer    user_data);

#define RESHOOT_TYPE_FAKE_SERVER (reshoot_fake_server_get_type ())

G_DECLARE_FINAL_TYPE (ReshootFakeServer, reshoot_fake_server, RESHOOT, FAKE_SERVER, GObject)

typedef enum
{
  RESHOOT_FAKE_REPLY,      /* status, headers, body */
  RESHOOT_FAKE_HOLD,       /* the same, but only once the test releases it */
  RESHOOT_FAKE_HANG,       /* takes the request and says nothing for ever */
  RESHOOT_FAKE_DROP,       /* takes the request and closes the connection */
  RESHOOT_FAKE_GARBAGE,    /* answers with bytes that are not HTTP */
  RESHOOT_FAKE_TRUNCATE,   /* names the whole length, sends half of it and closes */
  RESHOOT_FAKE_DRIP,       /* names a length and sends a byte now and then, for ever */
  RESHOOT_FAKE_ENDLESS,    /* names no length and sends without end */
} ReshootFakeKind;

ReshootFakeServer *reshoot_fake_server_new         (void) G_GNUC_WARN_UNUSED_RESULT;
const char        *reshoot_fake_server_get_uri     (ReshootFakeServer  *self);
void               reshoot_fake_server_add         (ReshootFakeServer  *self,
                                                    const char         *path,
                                                    ReshootFakeKind     kind,
                                                    guint               status,
                                                    const char         *headers,
                                                    GBytes             *body);
void               reshoot_fake_server_forget      (ReshootFakeServer  *self,
                                                    const char         *path);
void               reshoot_fake_server_add_text    (ReshootFakeServer  *self,
                                                    const char         *path,
                                                    guint               status,
                                                    const char         *text);
void               reshoot_fake_server_set_answer  (ReshootFakeServer  *self,
                                                    ReshootFakeAnswer   answer,
                                                    gpointer            user_data);
guint              reshoot_fake_server_get_hits    (ReshootFakeServer  *self,
                                                    const char         *path);
char              *reshoot_fake_server_dup_header  (ReshootFakeServer  *self,
                                                    const char         *path,
                                                    const char         *name) G_GNUC_WARN_UNUSED_RESULT;
GBytes            *reshoot_fake_server_get_body    (ReshootFakeServer  *self,
                                                    const char         *path);
void               reshoot_fake_server_release     (ReshootFakeServer  *self);
void               reshoot_fake_server_stop        (ReshootFakeServer  *self);

G_END_DECLS
