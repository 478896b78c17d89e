/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Replies that no proper server would send: the connection is taken away from libsoup and written to by hand, or
 * broken. */

#include "fake-cloud-private.h"

#include <string.h>
#include <sys/socket.h>

#define DRIP_MILLISECONDS 5
#define DRIP_LENGTH       1000000
#define HUGE_CHUNK        (256 * 1024)
#define HUGE_LENGTH       (G_GINT64_CONSTANT (2) << 30)

typedef struct
{
  FakeCloud    *cloud;         /* (nullable): NULL once it is gone */
  GIOStream    *stream;
  GCancellable *cancellable;
  FakeFault     fault;
  GBytes       *out;
  gint64        left;          /* bytes of a huge body */
  guint         drip;
} FakeRaw;

static void
raw_close (FakeRaw *raw)
{
  if (raw->cloud != NULL)
    g_ptr_array_remove (raw->cloud->raw, raw);

  g_io_stream_close (raw->stream, NULL, NULL);
  g_clear_handle_id (&raw->drip, g_source_remove);
  g_object_unref (raw->stream);
  g_object_unref (raw->cancellable);
  g_clear_pointer (&raw->out, g_bytes_unref);
  g_free (raw);
}

static void write_out (FakeRaw *raw);

static gboolean
drip_cb (gpointer user_data)
{
  FakeRaw *raw = user_data;

  raw->drip = 0;
  g_bytes_unref (raw->out);
  raw->out = g_bytes_new_static (" ", 1);
  write_out (raw);
  return G_SOURCE_REMOVE;
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  FakeRaw *raw = user_data;

  if (!g_output_stream_write_all_finish (G_OUTPUT_STREAM (source), result, NULL, NULL))
    {
      raw_close (raw);
    }
  else if (raw->fault == FAKE_DRIP)
    {
      raw->drip = g_timeout_add (DRIP_MILLISECONDS, drip_cb, raw);
    }
  else if (raw->fault == FAKE_HUGE && raw->left > 0)
    {
      raw->left -= HUGE_CHUNK;
      g_bytes_unref (raw->out);
      raw->out = g_bytes_new_take (g_malloc0 (HUGE_CHUNK), HUGE_CHUNK);
      write_out (raw);
    }
  else
    {
      raw_close (raw);
    }
}

static void
write_out (FakeRaw *raw)
{
  gsize length;
  const void *data = g_bytes_get_data (raw->out, &length);

  g_output_stream_write_all_async (g_io_stream_get_output_stream (raw->stream), data, length,
                                   G_PRIORITY_DEFAULT, raw->cancellable, written_cb, raw);
}

static void
append_header_cb (const char *name,
                  const char *value,
                  gpointer    user_data)
{
  if (g_ascii_strcasecmp (name, "Content-Length") != 0)
    g_string_append_printf (user_data, "%s: %s\r\n", name, value);
}

static GBytes *
make_reply (FakeFault          fault,
            SoupServerMessage *message,
            GBytes            *body)
{
  GString *out = g_string_new (NULL);
  gsize length;
  const char *data = g_bytes_get_data (body, &length);
  gsize sent = fault == FAKE_CUT ? length / 2 : length;
  gint64 named = fault == FAKE_DRIP ? (gint64) length + DRIP_LENGTH : (gint64) length;

  if (fault == FAKE_GARBAGE)
    {
      g_string_append (out, "\x16\x03\x01 this is not HTTP \xff\xfe\r\n\r\n");
      return g_string_free_to_bytes (out);
    }

  g_string_printf (out, "HTTP/1.1 %u Faulty\r\nConnection: close\r\n",
                   soup_server_message_get_status (message));
  soup_message_headers_foreach (soup_server_message_get_response_headers (message),
                                append_header_cb, out);
  if (fault != FAKE_HUGE)
    g_string_append_printf (out, "Content-Length: %" G_GINT64_FORMAT "\r\n", named);
  g_string_append (out, "\r\n");
  if (sent > 0)
    g_string_append_len (out, data, (gssize) sent);

  return g_string_free_to_bytes (out);
}

/* The other side sees a connection reset, not an end. */
static void
reset (SoupServerMessage *message)
{
  GSocket *socket = soup_server_message_get_socket (message);
  struct linger linger = { 1, 0 };
  g_autoptr (GIOStream) stream = NULL;

  if (socket != NULL)
    setsockopt (g_socket_get_fd (socket), SOL_SOCKET, SO_LINGER, &linger, sizeof linger);
  stream = soup_server_message_steal_connection (message);
  if (stream != NULL)
    g_io_stream_close (stream, NULL, NULL);
}

/* Does to the connection what the exchange's fault says; without @body it is reset. */
void
fake_raw_send (FakeExchange      *exchange,
               SoupServerMessage *message,
               GBytes            *body)
{
  FakeRaw *raw;

  if (body == NULL || exchange->fault == FAKE_LOST)
    {
      reset (message);
      return;
    }

  raw = g_new0 (FakeRaw, 1);
  raw->cloud = exchange->cloud;
  raw->fault = exchange->fault;
  raw->out = make_reply (exchange->fault, message, body);
  raw->left = HUGE_LENGTH;
  raw->cancellable = g_cancellable_new ();
  raw->stream = soup_server_message_steal_connection (message);
  g_ptr_array_add (exchange->cloud->raw, raw);
  write_out (raw);
}

/* A write that is under way ends in its callback. */
void
fake_raw_free_all (FakeCloud *self)
{
  for (guint i = self->raw->len; i > 0; i--)
    {
      FakeRaw *raw = self->raw->pdata[i - 1];

      if (raw->drip != 0)
        raw_close (raw);
      else
        g_cancellable_cancel (raw->cancellable);
    }

  while (self->raw->len > 0)
    g_main_context_iteration (NULL, TRUE);
}
