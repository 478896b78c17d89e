/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* FakeExchange: one request and its answer, and what goes wrong with it: before the vendor's handler saw the request,
 * or with the answer that it gave. */

#include "fake-cloud-private.h"

#include <string.h>

typedef struct
{
  FakeExchange       exchange;

  SoupServerMessage *message;
  FakeRoute         *route;         /* (nullable): of the request that hangs */
  FakeEntry         *entry;         /* (unowned) (nullable) */
  JsonParser        *json;          /* (nullable) */
  GPtrArray         *multipart;     /* (nullable): of FakePart */
  gulong             finished;
  gboolean           is_answered;
  gboolean           is_paused;
  gboolean           is_gone;       /* the client went away */
} Exchange;

static void
part_free (gpointer data)
{
  FakePart *part = data;

  g_free (part->name);
  g_free (part->filename);
  g_free (part->content_type);
  g_clear_pointer (&part->bytes, g_bytes_unref);
  g_free (part);
}

static void
exchange_clear (gpointer data)
{
  Exchange *self = data;

  g_clear_signal_handler (&self->finished, self->message);
  g_clear_object (&self->message);
  g_clear_object (&self->json);
  g_clear_pointer (&self->multipart, g_ptr_array_unref);
  g_clear_pointer (&self->exchange.query, g_hash_table_unref);
  g_strfreev (self->exchange.parts);
  g_bytes_unref (self->exchange.body);
  soup_message_headers_unref (self->exchange.headers);
  g_free ((char *) self->exchange.path);
}

static void
finished_cb (SoupServerMessage *message,
             gpointer           user_data)
{
  Exchange *self = user_data;

  self->is_gone = TRUE;
}

static const char *
find_key (FakeExchange *exchange)
{
  const FakeVendor *vendor = exchange->vendor;
  const char *key = NULL;

  if (vendor->key_header != NULL)
    key = soup_message_headers_get_one (exchange->headers, vendor->key_header);
  if (key == NULL || vendor->key_prefix == NULL)
    return key;

  return g_str_has_prefix (key, vendor->key_prefix) ? key + strlen (vendor->key_prefix) : NULL;
}

FakeExchange *
fake_exchange_new (FakeServer        *server,
                   SoupServerMessage *message,
                   const char        *path,
                   GHashTable        *query)
{
  Exchange *self = g_rc_box_new0 (Exchange);
  FakeExchange *exchange = &self->exchange;

  self->message = g_object_ref (message);
  self->finished = g_signal_connect (message, "finished", G_CALLBACK (finished_cb), self);
  exchange->cloud = server->cloud;
  exchange->vendor = server->vendor;
  exchange->method = soup_server_message_get_method (message);
  exchange->path = g_strdup (path);
  exchange->query = query != NULL ? g_hash_table_ref (query) : NULL;
  exchange->headers = soup_message_headers_ref (soup_server_message_get_request_headers (message));
  exchange->body = soup_message_body_flatten (soup_server_message_get_request_body (message));
  exchange->key = find_key (exchange);
  return exchange;
}

FakeExchange *
fake_exchange_ref (FakeExchange *exchange)
{
  return g_rc_box_acquire (exchange);
}

void
fake_exchange_unref (FakeExchange *exchange)
{
  g_rc_box_release_full (exchange, exchange_clear);
}

void
fake_exchange_set_entry (FakeExchange *exchange,
                         FakeEntry    *entry)
{
  ((Exchange *) exchange)->entry = entry;
}

FakeEntry *
fake_exchange_get_entry (FakeExchange *exchange)
{
  return ((Exchange *) exchange)->entry;
}

static void
pause_message (Exchange *self)
{
  if (!self->is_paused)
    soup_server_message_pause (self->message);
  self->is_paused = TRUE;
}

static void
unpause_message (Exchange *self)
{
  if (self->is_paused && !self->is_gone)
    soup_server_message_unpause (self->message);
  self->is_paused = FALSE;
}

static void
hold (FakeExchange *exchange)
{
  pause_message ((Exchange *) exchange);
  g_ptr_array_add (exchange->cloud->held, fake_exchange_ref (exchange));
}

/* A proxy before the service says so, not the service. */
static void
answer_html (FakeExchange *exchange,
             guint         status)
{
  g_autofree char *text = g_strdup_printf ("<html><head><title>%u %s</title></head><body>fake-cloud</body></html>",
                                           status, soup_status_get_phrase (status));
  g_autoptr (GBytes) body = g_bytes_new (text, strlen (text));

  fake_exchange_answer (exchange, status, "text/html", body);
}

static void
answer_redirect (FakeExchange *exchange)
{
  GUri *uri = soup_server_message_get_uri (((Exchange *) exchange)->message);
  g_autofree char *elsewhere = g_strdup_printf ("http://localhost:%d/redirected", g_uri_get_port (uri));

  fake_exchange_set_header (exchange, "Location", elsewhere);
  fake_exchange_answer (exchange, 302, NULL, NULL);
}

/* Whether the fault ended the exchange before the vendor saw it. */
static gboolean
fail_before (FakeExchange *exchange,
             FakeFault     fault)
{
  static const struct
  {
    FakeFault   fault;
    guint       status;
    const char *words;    /* NULL: a proxy's page */
  } map[] = {
    { FAKE_429, 429, "Too many requests" }, { FAKE_429_RETRY_AFTER, 429, "Too many requests" },
    { FAKE_429_RETRY_DATE, 429, "Too many requests" },
    { FAKE_402, 402, "Insufficient credits" }, { FAKE_401, 401, "Not authenticated" },
    { FAKE_403, 403, "Not authorized" }, { FAKE_422_KEY, 422, "Invalid API key format" },
    { FAKE_422, 422, "A field is not as it should be" }, { FAKE_404, 404, "Not Found" },
    { FAKE_500, 500, "Internal Server Error" }, { FAKE_502, 502, NULL }, { FAKE_503, 503, NULL },
    { FAKE_504, 504, NULL },
  };

  if (fault == FAKE_429_RETRY_AFTER)
    fake_exchange_set_header (exchange, "Retry-After", "1");
  if (fault == FAKE_429_RETRY_DATE)
    {
      g_autoptr (GDateTime) now = g_date_time_new_now_utc ();
      g_autoptr (GDateTime) then = g_date_time_add_seconds (now, 2);
      g_autofree char *date = soup_date_time_to_string (then, SOUP_DATE_HTTP);

      fake_exchange_set_header (exchange, "Retry-After", date);
    }

  for (guint i = 0; i < G_N_ELEMENTS (map); i++)
    if (map[i].fault == fault)
      {
        if (map[i].words != NULL)
          fake_exchange_refuse (exchange, map[i].status, map[i].words);
        else
          answer_html (exchange, map[i].status);
        return TRUE;
      }

  if (fault == FAKE_REDIRECT)
    answer_redirect (exchange);

  return fault == FAKE_REDIRECT;
}

/* The way of a request: what goes wrong before, the vendor, and in fake_exchange_answer() what goes wrong after. */
void
fake_exchange_begin (FakeExchange *exchange,
                     FakeRoute    *route,
                     FakeFault     fault)
{
  Exchange *self = (Exchange *) exchange;

  if (fail_before (exchange, fault))
    return;

  exchange->fault = fault;
  if (fault == FAKE_RESET)
    fake_raw_send (exchange, self->message, NULL);
  else if (fault == FAKE_HANG)
    hold (exchange);
  else
    {
      route->handler (exchange, route->user_data);
      if (!self->is_answered)
        pause_message (self);
    }
}

/* What was held goes on, and what hung breaks. */
void
fake_exchange_let_go (FakeExchange *exchange)
{
  Exchange *self = (Exchange *) exchange;

  if (exchange->fault == FAKE_HANG && !self->is_gone)
    fake_raw_send (exchange, self->message, NULL);
  else
    unpause_message (self);
}

/* (nullable) */
const char *
fake_exchange_get_header (FakeExchange *exchange,
                          const char   *name)
{
  return soup_message_headers_get_one (exchange->headers, name);
}

/* (nullable) */
const char *
fake_exchange_get_query (FakeExchange *exchange,
                         const char   *name)
{
  return exchange->query != NULL ? g_hash_table_lookup (exchange->query, name) : NULL;
}

/* (transfer none) (nullable): the body, where it is a JSON object. */
JsonObject *
fake_exchange_get_json (FakeExchange *exchange)
{
  Exchange *self = (Exchange *) exchange;
  JsonNode *root;
  gsize length;
  const char *text = g_bytes_get_data (exchange->body, &length);

  if (self->json == NULL)
    {
      self->json = json_parser_new ();
      if (text == NULL || !json_parser_load_from_data (self->json, text, (gssize) length, NULL))
        return NULL;
    }

  root = json_parser_get_root (self->json);
  return root != NULL && JSON_NODE_HOLDS_OBJECT (root) ? json_node_get_object (root) : NULL;
}

static FakePart *
read_part (SoupMessageHeaders *headers,
           GBytes             *bytes)
{
  FakePart *part = g_new0 (FakePart, 1);
  g_autoptr (GHashTable) words = NULL;
  g_autofree char *disposition = NULL;

  if (soup_message_headers_get_content_disposition (headers, &disposition, &words))
    {
      part->name = g_strdup (g_hash_table_lookup (words, "name"));
      part->filename = g_strdup (g_hash_table_lookup (words, "filename"));
    }
  part->content_type = g_strdup (soup_message_headers_get_one (headers, "Content-Type"));
  part->bytes = g_bytes_ref (bytes);
  return part;
}

static GPtrArray *
read_multipart (FakeExchange *exchange)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func (part_free);
  g_autoptr (SoupMultipart) multipart = NULL;

  multipart = soup_multipart_new_from_message (exchange->headers, exchange->body);
  for (int i = 0; multipart != NULL && i < soup_multipart_get_length (multipart); i++)
    {
      SoupMessageHeaders *headers;
      GBytes *bytes;

      soup_multipart_get_part (multipart, i, &headers, &bytes);
      g_ptr_array_add (parts, read_part (headers, bytes));
    }

  return parts;
}

/* (transfer none) (nullable): the @nth part (from 0) of a multipart body that is called @name. */
const FakePart *
fake_exchange_get_part (FakeExchange *exchange,
                        const char   *name,
                        guint         nth)
{
  Exchange *self = (Exchange *) exchange;

  if (self->multipart == NULL)
    self->multipart = read_multipart (exchange);

  for (guint i = 0; i < self->multipart->len; i++)
    {
      const FakePart *part = self->multipart->pdata[i];

      if (g_strcmp0 (part->name, name) == 0 && nth-- == 0)
        return part;
    }

  return NULL;
}

/* (transfer full) (nullable): the first part of that name as a text. */
char *
fake_exchange_dup_part (FakeExchange *exchange,
                        const char   *name)
{
  const FakePart *part = fake_exchange_get_part (exchange, name, 0);
  gsize length;
  const char *text;

  if (part == NULL)
    return NULL;

  text = g_bytes_get_data (part->bytes, &length);
  return g_strndup (text != NULL ? text : "", length);
}

/* A header of the answer; before it is given. */
void
fake_exchange_set_header (FakeExchange *exchange,
                          const char   *name,
                          const char   *value)
{
  Exchange *self = (Exchange *) exchange;

  soup_message_headers_replace (soup_server_message_get_response_headers (self->message), name,
                                value);
}

/* What a fault makes of a body; NULL: nothing. */
static GBytes *
spoil (FakeFault    fault,
       const char **content_type)
{
  static const char page[] = "<!DOCTYPE html><html><body>fake-cloud</body></html>";
  static const char half[] = "{\"id\": \"8c5f0d6e-1f3a\", \"status\": \"succ";

  if (fault == FAKE_WRONG_TYPE)
    {
      *content_type = "text/html";
      return g_bytes_new_static (page, strlen (page));
    }
  if (fault == FAKE_INVALID_JSON)
    return g_bytes_new_static (half, strlen (half));
  if (fault == FAKE_EMPTY)
    return g_bytes_new (NULL, 0);

  return NULL;
}

static gboolean
is_raw (FakeFault fault)
{
  return fault == FAKE_LOST || fault == FAKE_CUT || fault == FAKE_DRIP || fault == FAKE_HUGE ||
         fault == FAKE_GARBAGE;
}

/* Once per exchange. @body and @content_type may be NULL. */
void
fake_exchange_answer (FakeExchange *exchange,
                      guint         status,
                      const char   *content_type,
                      GBytes       *body)
{
  Exchange *self = (Exchange *) exchange;
  g_autoptr (GBytes) spoilt = spoil (exchange->fault, &content_type);
  g_autoptr (GBytes) none = g_bytes_new (NULL, 0);
  GBytes *sent = spoilt != NULL ? spoilt : body != NULL ? body : none;

  g_assert_false (self->is_answered);
  self->is_answered = TRUE;
  if (self->is_gone)
    return;

  soup_server_message_set_status (self->message, status, NULL);
  if (content_type != NULL)
    fake_exchange_set_header (exchange, "Content-Type", content_type);

  if (is_raw (exchange->fault))
    {
      fake_raw_send (exchange, self->message, sent);
      return;
    }

  if (g_bytes_get_size (sent) > 0)
    soup_message_body_append_bytes (soup_server_message_get_response_body (self->message), sent);
  if (exchange->fault == FAKE_HOLD)
    hold (exchange);
  else
    unpause_message (self);
}

void
fake_exchange_answer_json (FakeExchange *exchange,
                           guint         status,
                           const char   *format,
                           ...)
{
  g_autoptr (GBytes) body = NULL;
  char *text;
  va_list arguments;

  va_start (arguments, format);
  text = g_strdup_vprintf (format, arguments);
  va_end (arguments);

  body = g_bytes_new_take (text, strlen (text));
  fake_exchange_answer (exchange, status, "application/json", body);
}

void
fake_exchange_answer_node (FakeExchange *exchange,
                           guint         status,
                           JsonNode     *node)
{
  g_autofree char *text = json_to_string (node, FALSE);

  fake_exchange_answer_json (exchange, status, "%s", text);
}

/* In the vendor's shape of an error. */
void
fake_exchange_refuse (FakeExchange *exchange,
                      guint         status,
                      const char   *words)
{
  if (exchange->vendor->refuse != NULL)
    exchange->vendor->refuse (exchange, status, words);
  else
    fake_exchange_answer_json (exchange, status, "{\"detail\":\"%s\"}", words);
}
