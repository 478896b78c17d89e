/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootMjproxy: the dialect of the proxies that people run themselves, in its two flavours: novicezk's, which began
 * it, and trueai-org's, which went on. Which one it is comes out of a free call, made before the submit: the list of
 * what is queued, which the second no longer has. They differ in how one goes on from a result, in what 21 means, and
 * in cancelling, which only trueai-org's knows and which only marks the task. Where trueai-org's asks back, in the
 * state MODAL, it is answered once with the words of the task. */

#include "reshoot-mjproxy.h"
#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-midjourney.h"
#include "reshoot-mjproxy-private.h"
#include "reshoot-step.h"

/* What the proxies say in their own language: uploads are forbidden, the task was cancelled, and a word that the
 * message about a full queue has. */
#define NO_UPLOADS "禁止上传"
#define WAS_CANCELLED "取消任务"
#define QUEUE "队列"

/* A submit's code. */
enum
{
  CODE_SUBMITTED = 1,
  CODE_NOT_FOUND = 3,
  CODE_VALIDATION = 4,
  CODE_FAILURE = 9,
  CODE_EXISTED = 21,
  CODE_QUEUED = 22,
  CODE_QUEUE_FULL = 23,
  CODE_BANNED_WORD = 24,
};

static char *
make_ticket (const char *id,
             const char *uri,
             const char *flavour,
             gboolean    answered)
{
  g_autoptr (JsonObject) ticket = json_object_new ();

  json_object_set_string_member (ticket, "id", id);
  json_object_set_string_member (ticket, "polling_url", uri);
  if (flavour != NULL)
    json_object_set_string_member (ticket, "flavour", flavour);
  if (answered)
    json_object_set_boolean_member (ticket, "answered", TRUE);

  return reshoot_codec_dup_json (ticket);
}

/* What a submit's code means where it is a no. */
static void
set_code_error (JsonObject  *body,
                GError     **error)
{
  double code = reshoot_json_get_number (body, "code");
  const char *words = reshoot_json_get_string (body, "description");
  gboolean is_full = code == CODE_QUEUE_FULL ||
                     (code == CODE_FAILURE && words != NULL && strstr (words, QUEUE) != NULL);
  const char *banned = reshoot_json_get_string (reshoot_json_get_object (body, "properties"), "bannedWord");

  if (code == CODE_NOT_FOUND)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "source-gone", NULL, "the proxy has no such task");
  else if (code == CODE_VALIDATION && words != NULL && strstr (words, NO_UPLOADS) != NULL)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-uploads", NULL, "the proxy takes no pictures");
  else if (code == CODE_VALIDATION)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "rejected", words, "rejected: %s", words);
  else if (is_full)
    reshoot_set_error (error, RESHOOT_ERROR_RATE_LIMITED, "busy", "midjourney-proxy", "its queue is full");
  else if (code == CODE_BANNED_WORD)
    reshoot_set_error (error, RESHOOT_ERROR_REFUSED, "request-moderated", banned, "banned: %s", banned);
  else if (code == CODE_FAILURE)
    reshoot_set_error (error, RESHOOT_ERROR_FAILED, "service-said", words, "the proxy failed: %s", words);
  else
    reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "code", "midjourney-proxy", "a code that nobody knows");
}

static gboolean
is_yes (double code)
{
  return code == CODE_SUBMITTED || code == CODE_EXISTED || code == CODE_QUEUED;
}

/* 21 is a task that is there already or, at trueai-org's, one that will ask back: either way its state says more. */
static gboolean
read_submitted (ReshootMjproxy  *self,
                JsonObject      *body,
                ReshootNext     *next,
                GError         **error)
{
  double code = reshoot_json_get_number (body, "code");
  const char *id = reshoot_json_get_string (body, "result");
  double ahead = reshoot_json_get_number (reshoot_json_get_object (body, "properties"), "numberOfQueues");
  g_autofree char *uri = NULL;

  next->charged = RESHOOT_CHARGED_UNKNOWN;
  if (!is_yes (code))
    {
      /* A no that names no task began nothing; a code that nobody knows may be a yes. */
      set_code_error (body, error);
      if ((id == NULL || *id == '\0') && code >= CODE_NOT_FOUND && code <= CODE_BANNED_WORD)
        next->charged = RESHOOT_CHARGED_NO;
      return FALSE;
    }

  if (id == NULL || *id == '\0')
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-ticket", "mjproxy", "the reply names no task");
      return FALSE;
    }

  uri = reshoot_mjproxy_dup_uri (self, RESHOOT_MJPROXY_FETCH, id);
  next->ticket = make_ticket (id, uri, self->flavour, FALSE);
  next->queue_position = code == CODE_QUEUED && ahead >= 0 && ahead < 1e6 ? (int) ahead : -1;
  reshoot_codec_set_poll (next, uri);
  return TRUE;
}

static gboolean
shows_four (JsonObject *task)
{
  static const char * const four[] = { "IMAGINE", "VARIATION", "REROLL", "BLEND", NULL };
  const char *action = reshoot_json_get_string (task, "action");

  return (action != NULL && g_strv_contains (four, action)) ||
         reshoot_mjproxy_find_button (reshoot_json_get_array (task, "buttons"), "::upsample::1::") != NULL;
}

static gboolean
read_success (ReshootMjproxy  *self,
              JsonObject      *task,
              ReshootNext     *next,
              GError         **error)
{
  JsonArray *list = reshoot_json_get_array (task, "imageUrls");
  const char *grid = reshoot_json_get_string (task, "imageUrl");
  g_autoptr (GPtrArray) uris = g_ptr_array_new ();

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      const char *uri = reshoot_json_get_string (reshoot_json_get_item (list, i), "url");

      if (uri != NULL)
        g_ptr_array_add (uris, (char *) uri);
    }

  /* A list of one is the grid again. */
  if (uris->len < 2 && grid != NULL)
    {
      g_ptr_array_set_size (uris, 0);
      g_ptr_array_add (uris, (char *) grid);
    }

  return reshoot_midjourney_take_results (self->address, uris, shows_four (task), next, error);
}

/* The proxy asks what it should do with the words; it is told what they were. It is told once: a second answer might
 * be a second request. */
static gboolean
answer (ReshootMjproxy *self,
        JsonObject     *task,
        JsonObject     *ticket,
        ReshootNext    *next)
{
  const char *words = reshoot_json_get_string (task, "prompt");
  const char *id = reshoot_json_get_string (ticket, "id");
  g_autoptr (JsonObject) fields = json_object_new ();

  if (words == NULL)
    words = reshoot_json_get_string (task, "promptEn");
  if (words == NULL || id == NULL || reshoot_json_get_boolean (ticket, "answered"))
    return FALSE;

  json_object_set_string_member (fields, "taskId", id);
  json_object_set_string_member (fields, "prompt", words);
  reshoot_mjproxy_set_post (self, "/submit/modal", fields, next);
  next->kind = RESHOOT_NEXT_ANSWER;
  next->ticket = make_ticket (id, reshoot_json_get_string (ticket, "polling_url"),
                              reshoot_json_get_string (ticket, "flavour"), TRUE);
  return TRUE;
}

static double
parse_percent (const char *text)
{
  char *end = NULL;
  double number = text != NULL ? g_ascii_strtod (text, &end) : NAN;

  return text != NULL && end != text && g_str_equal (end, "%") && number >= 0 && number <= 100 ? number / 100 : NAN;
}

static gboolean
read_task (ReshootMjproxy  *self,
           JsonObject      *task,
           const char      *ticket,
           ReshootNext     *next,
           GError         **error)
{
  g_autofree char *uri = reshoot_codec_dup_ticket_uri (self->address, ticket, error);
  g_autoptr (JsonObject) parsed = reshoot_codec_parse_json (ticket);
  const char *status = reshoot_json_get_string (task, "status");
  const char *why = reshoot_json_get_string (task, "failReason");

  if (uri == NULL)
    return FALSE;
  if (g_strcmp0 (status, "SUCCESS") == 0)
    return read_success (self, task, next, error);
  if (g_strcmp0 (status, "MODAL") == 0 && answer (self, task, parsed, next))
    return TRUE;

  if (g_strcmp0 (status, "CANCEL") == 0 ||
      (g_strcmp0 (status, "FAILURE") == 0 && why != NULL && strstr (why, WAS_CANCELLED) != NULL))
    reshoot_set_error (error, RESHOOT_ERROR_FAILED, "cancelled", "midjourney-proxy", "marked as cancelled there");
  else if (g_strcmp0 (status, "FAILURE") == 0)
    reshoot_set_error (error, RESHOOT_ERROR_FAILED, "service-said", why, "the proxy failed: %s", why);
  else if (status == NULL)
    reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-status", "mjproxy", "a reply without a status");
  else
    {
      reshoot_codec_set_poll (next, uri);
      next->progress = parse_percent (reshoot_json_get_string (task, "progress"));
      return TRUE;
    }

  next->charged = RESHOOT_CHARGED_UNKNOWN;
  return FALSE;
}

/* To an answer, and to a cancel, the proxy says what it says to a submit. */
static gboolean
read_code (ReshootMjproxy  *self,
           JsonObject      *body,
           const char      *ticket,
           ReshootNext     *next,
           GError         **error)
{
  g_autofree char *uri = reshoot_codec_dup_ticket_uri (self->address, ticket, error);

  if (uri == NULL)
    return FALSE;

  if (is_yes (reshoot_json_get_number (body, "code")))
    {
      reshoot_codec_set_poll (next, uri);
      return TRUE;
    }

  reshoot_set_error (error, RESHOOT_ERROR_FAILED, "service-said", reshoot_json_get_string (body, "description"),
                     "the proxy did not take the answer");
  next->charged = RESHOOT_CHARGED_UNKNOWN;
  return FALSE;
}

static gboolean
read_body (ReshootMjproxy      *self,
           ReshootReplyTo       to,
           const ReshootReply  *reply,
           const char          *ticket,
           ReshootNext         *next,
           GError             **error)
{
  g_autoptr (JsonObject) body = reshoot_json_parse_object (reply->body, NULL);

  if (body == NULL)
    {
      next->charged = RESHOOT_CHARGED_UNKNOWN;
      if (to == RESHOOT_REPLY_TO_POLL && reshoot_mjproxy_is_nothing (reply->body))
        reshoot_mjproxy_set_gone (error);
      else
        reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", "mjproxy", "the reply is not JSON");
      return FALSE;
    }

  if (to == RESHOOT_REPLY_TO_SUBMIT)
    return read_submitted (self, body, next, error);

  if (json_object_has_member (body, "code") && !json_object_has_member (body, "status"))
    {
      if (!read_code (self, body, ticket, next, error))
        return FALSE;
    }
  else if (to == RESHOOT_REPLY_TO_POLL)
    {
      return read_task (self, body, ticket, next, error);
    }

  /* The proxy asks no more; Midjourney goes on and counts it. */
  if (to == RESHOOT_REPLY_TO_CANCEL)
    {
      next->kind = RESHOOT_NEXT_STOPPED;
      next->charged = RESHOOT_CHARGED_UNKNOWN;
    }

  return TRUE;
}

static gboolean
reshoot_mjproxy_read (ReshootProvider     *provider,
                      ReshootReplyTo       to,
                      const ReshootReply  *reply,
                      const char          *ticket,
                      ReshootNext         *next,
                      GError             **error)
{
  ReshootMjproxy *self = RESHOOT_MJPROXY (provider);

  if (reply->status >= 200 && reply->status <= 299)
    return read_body (self, to, reply, ticket, next, error);

  if (to != RESHOOT_REPLY_TO_SUBMIT && reply->status == 404)
    reshoot_mjproxy_set_gone (error);
  else
    reshoot_codec_set_status_error (reply, "midjourney-proxy", next, error);
  if (to != RESHOOT_REPLY_TO_SUBMIT)
    next->charged = RESHOOT_CHARGED_UNKNOWN;

  return FALSE;
}

static gboolean
reshoot_mjproxy_ask_again (ReshootProvider  *provider,
                           const char       *ticket,
                           ReshootNext      *next,
                           GError          **error)
{
  ReshootMjproxy *self = RESHOOT_MJPROXY (provider);
  g_autofree char *uri = reshoot_codec_dup_ticket_uri (self->address, ticket, error);

  if (uri == NULL)
    return FALSE;

  reshoot_codec_set_poll (next, uri);
  return TRUE;
}

static gboolean
reshoot_mjproxy_cancel (ReshootProvider  *provider,
                        const char       *ticket,
                        ReshootNext      *next,
                        GError          **error)
{
  ReshootMjproxy *self = RESHOOT_MJPROXY (provider);
  g_autofree char *uri = reshoot_codec_dup_ticket_uri (self->address, ticket, error);
  g_autoptr (JsonObject) parsed = reshoot_codec_parse_json (ticket);

  if (uri == NULL)
    return FALSE;

  if (g_strcmp0 (reshoot_json_get_string (parsed, "flavour"), RESHOOT_MJPROXY_TRUEAI) != 0 ||
      !g_str_has_suffix (uri, RESHOOT_MJPROXY_FETCH))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-cancel", NULL, "this proxy cannot cancel");
      return FALSE;
    }

  uri[strlen (uri) - strlen (RESHOOT_MJPROXY_FETCH)] = '\0';
  next->call.method = "POST";
  next->call.uri = g_strconcat (uri, "/cancel", NULL);
  next->call.with_key = TRUE;
  return TRUE;
}

static void
provider_iface_init (ReshootProviderInterface *iface)
{
  iface->prepare = reshoot_mjproxy_prepare;
  iface->read = reshoot_mjproxy_read;
  iface->ask_again = reshoot_mjproxy_ask_again;
  iface->cancel = reshoot_mjproxy_cancel;
  iface->check = reshoot_mjproxy_check;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReshootMjproxy, reshoot_mjproxy, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RESHOOT_TYPE_PROVIDER, provider_iface_init))

static void
reshoot_mjproxy_finalize (GObject *object)
{
  g_clear_pointer (&RESHOOT_MJPROXY (object)->address, reshoot_address_unref);

  G_OBJECT_CLASS (reshoot_mjproxy_parent_class)->finalize (object);
}

static void
reshoot_mjproxy_class_init (ReshootMjproxyClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_mjproxy_finalize;
}

static void
reshoot_mjproxy_init (ReshootMjproxy *self)
{
}

/**
 * reshoot_mjproxy_new:
 * @address: where the proxy is and which hosts may see its key
 *
 * Returns: (transfer full): the codec of Midjourney Proxy, in both of its flavours
 */
ReshootProvider *
reshoot_mjproxy_new (ReshootAddress *address)
{
  ReshootMjproxy *self = g_object_new (RESHOOT_TYPE_MJPROXY, NULL);

  self->address = reshoot_address_ref (address);
  return RESHOOT_PROVIDER (self);
}
