/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootUseapi: the dialect of UseAPI.net, which drives the person's own Midjourney account through Discord. Unless
 * a submit says otherwise its reply is a stream of events that must not be let go of, so every submit says so. What
 * can be done with a result is a list of buttons, which is read before one is pressed. Not all of its statuses are
 * HTTP's: 596 is a CAPTCHA that only the person can clear, in Discord. */

#include "reshoot-useapi.h"
#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-midjourney.h"
#include "reshoot-step.h"

/* In characters, as the service counts. */
#define PROMPT_LENGTH_MAX 5000

#define ACCOUNT "https://api.useapi.net/v2/account"

#define REROLL "🔄"

struct _ReshootUseapi
{
  GObject         parent_instance;

  ReshootAddress *address;
};

static char *
dup_job_uri (ReshootUseapi *self,
             const char    *id)
{
  g_autofree char *escaped = g_uri_escape_string (id, ":", FALSE);

  return g_strconcat (reshoot_address_get_base (self->address), "/jobs/", escaped, NULL);
}

/* What the service says in words, where it does. */
static const char *
get_words (JsonObject *body)
{
  const char *words = reshoot_json_get_string (body, "errorDetails");

  return words != NULL ? words : reshoot_json_get_string (body, "error");
}

static gboolean
set_meaning (guint        status,
             gboolean     has_job,
             const char  *words,
             GError     **error)
{
  if (status == 402)
    reshoot_set_error (error, RESHOOT_ERROR_CREDITS, "subscription", "UseAPI", "the subscription has lapsed");
  else if (status == 409)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "done-already", NULL, "pressed before");
  else if ((status == 404 && has_job) || status == 410)
    reshoot_set_error (error, RESHOOT_ERROR_EXPIRED, "not-found", "UseAPI", "the service no longer has the job");
  else if (status == 422 && !has_job)
    reshoot_set_error (error, RESHOOT_ERROR_REFUSED, "request-moderated", words, "moderated");
  else if (status == 429)
    reshoot_set_error (error, RESHOOT_ERROR_RATE_LIMITED, "busy", "UseAPI", "the channel is full");
  else if (status == 596)
    reshoot_set_error (error, RESHOOT_ERROR_AUTH, "captcha", "UseAPI",
                       "Midjourney shows a CAPTCHA or a notice in Discord");
  else if (status == 400)
    reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "rejected", words, "rejected");
  else
    return FALSE;

  return TRUE;
}

/* Nothing was begun where the service says no in one of its own ways, unless it names a job. */
static void
set_status_error (const ReshootReply  *reply,
                  JsonObject          *body,
                  gboolean             has_job,
                  ReshootNext         *next,
                  GError             **error)
{
  gboolean names_a_job = reshoot_json_get_string (body, "jobid") != NULL;

  if (set_meaning (reply->status, has_job, get_words (body), error))
    next->charged = RESHOOT_CHARGED_NO;
  else
    reshoot_codec_set_status_error (reply, "useapi", next, error);

  if (has_job || names_a_job)
    next->charged = RESHOOT_CHARGED_UNKNOWN;
}

static void
set_submit (ReshootUseapi *self,
            const char    *path,
            JsonObject    *fields,
            ReshootNext   *next)
{
  g_autofree char *uri = g_strconcat (reshoot_address_get_base (self->address), path, NULL);

  json_object_set_boolean_member (fields, "stream", FALSE);
  reshoot_codec_set_post (next, uri, fields);
  next->kind = RESHOOT_NEXT_SUBMIT;
}

static gboolean
prepare_imagine (ReshootUseapi     *self,
                 const ReshootAsk  *ask,
                 ReshootNext       *next,
                 GError           **error)
{
  const char *uri = reshoot_midjourney_get_source_uri (ask);
  g_autofree char *prompt = NULL;
  g_autoptr (JsonObject) fields = NULL;

  if (uri == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "needs-address", "UseAPI",
                         "the source is at no public address");
      return FALSE;
    }

  prompt = reshoot_midjourney_dup_prompt (ask, uri, error);
  if (prompt == NULL)
    return FALSE;

  if (g_utf8_strlen (prompt, -1) > PROMPT_LENGTH_MAX)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "too-long", NULL, "more than the service takes");
      return FALSE;
    }

  fields = json_object_new ();
  json_object_set_string_member (fields, "prompt", prompt);
  reshoot_codec_add_parameter (fields, ask->model, ask->request, "channel");
  set_submit (self, "/jobs/imagine", fields, next);
  return TRUE;
}

static gboolean
has_button (JsonObject *job,
            const char *label)
{
  JsonArray *list = reshoot_json_get_array (reshoot_json_get_object (job, "response"), "buttons");

  for (guint i = 0; list != NULL && i < json_array_get_length (list); i++)
    {
      JsonNode *node = json_array_get_element (list, i);

      if (JSON_NODE_HOLDS_VALUE (node) && json_node_get_value_type (node) == G_TYPE_STRING &&
          g_str_equal (json_node_get_string (node), label))
        return TRUE;
    }

  return FALSE;
}

/* One of four has its numbered button; a picture that was enlarged has others. */
static char *
choose_button (JsonObject            *job,
               ReshootMidjourneyWish *wish)
{
  static const char * const alone[][2] = {
    [RESHOOT_MIDJOURNEY_UPSCALE] = { "Upscale (Subtle)", "Upscale (Creative)" },
    [RESHOOT_MIDJOURNEY_VARIATION] = { "Vary (Subtle)", "Vary (Strong)" },
  };
  g_autofree char *numbered = NULL;

  if (wish->action == RESHOOT_MIDJOURNEY_REROLL)
    return has_button (job, REROLL) ? g_strdup (REROLL) : NULL;

  numbered = g_strdup_printf ("%c%u", wish->action == RESHOOT_MIDJOURNEY_UPSCALE ? 'U' : 'V', wish->index);
  if (has_button (job, numbered))
    return g_steal_pointer (&numbered);

  for (guint i = 0; !has_button (job, "U1") && i < G_N_ELEMENTS (alone[0]); i++)
    if (has_button (job, alone[wish->action][i]))
      return g_strdup (alone[wish->action][i]);

  return NULL;
}

/* Reads what can be pressed, for nothing, then presses it. */
static gboolean
prepare_button (ReshootUseapi          *self,
                const ReshootAsk       *ask,
                ReshootMidjourneyWish  *wish,
                ReshootNext            *next,
                GError                **error)
{
  g_autofree char *uri = dup_job_uri (self, wish->task);
  g_autofree char *button = NULL;
  g_autoptr (JsonObject) job = NULL;
  g_autoptr (JsonObject) fields = NULL;

  if (ask->reply == NULL)
    {
      reshoot_codec_set_poll (next, uri);
      next->kind = RESHOOT_NEXT_PREPARE;
      return TRUE;
    }

  job = reshoot_json_parse_object (ask->reply->body, NULL);
  if (ask->reply->status != 200)
    {
      set_status_error (ask->reply, job, TRUE, next, error);
      next->charged = RESHOOT_CHARGED_NO;
      return FALSE;
    }

  button = choose_button (job, wish);
  if (button == NULL)
    {
      if (!has_button (job, "U1") || reshoot_midjourney_check_index (wish, error))
        reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-button", NULL, "not offered for this result");
      return FALSE;
    }

  fields = json_object_new ();
  json_object_set_string_member (fields, "jobId", wish->task);
  json_object_set_string_member (fields, "button", button);
  set_submit (self, "/jobs/button", fields, next);
  return TRUE;
}

static gboolean
reshoot_useapi_prepare (ReshootProvider   *provider,
                        const ReshootAsk  *ask,
                        ReshootNext       *next,
                        GError           **error)
{
  ReshootUseapi *self = RESHOOT_USEAPI (provider);
  g_auto (ReshootMidjourneyWish) wish = { 0 };

  if (!reshoot_midjourney_read_wish (ask, &wish, error))
    return FALSE;

  if (wish.action == RESHOOT_MIDJOURNEY_IMAGINE)
    return prepare_imagine (self, ask, next, error);

  return prepare_button (self, ask, &wish, next, error);
}

static gboolean
read_submitted (ReshootUseapi  *self,
                JsonObject     *job,
                ReshootNext    *next,
                GError        **error)
{
  const char *id = reshoot_json_get_string (job, "jobid");
  g_autofree char *uri = NULL;

  next->charged = RESHOOT_CHARGED_UNKNOWN;
  if (id == NULL || *id == '\0')
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-ticket", "useapi", "the reply names no job");
      return FALSE;
    }

  uri = dup_job_uri (self, id);
  next->ticket = reshoot_codec_make_ticket (id, uri);
  reshoot_codec_set_poll (next, uri);
  return TRUE;
}

/* As long as one of four can be picked from it, it is four; Midjourney's newer versions show fewer buttons. */
static gboolean
shows_four (JsonObject *job)
{
  const char *button = reshoot_json_get_string (reshoot_json_get_object (job, "request"), "button");

  return has_button (job, "U1") || g_strcmp0 (reshoot_json_get_string (job, "verb"), "imagine") == 0 ||
         (button != NULL && (*button == 'V' || g_str_equal (button, REROLL)));
}

static const char *
find_picture (JsonArray *pictures,
              int        id)
{
  for (guint i = 0; pictures != NULL && i < json_array_get_length (pictures); i++)
    {
      JsonObject *picture = reshoot_json_get_item (pictures, i);

      if (reshoot_json_get_number (picture, "id") == id)
        return reshoot_json_get_string (picture, "url");
    }

  return NULL;
}

/* Pictures by their own addresses, in the order of their numbers; else what Discord shows. */
static gboolean
read_completed (ReshootUseapi  *self,
                JsonObject     *job,
                ReshootNext    *next,
                GError        **error)
{
  JsonObject *response = reshoot_json_get_object (job, "response");
  JsonArray *attachments = reshoot_json_get_array (response, "attachments");
  g_autoptr (GPtrArray) uris = g_ptr_array_new ();
  gboolean is_grid = shows_four (job);
  int n_pictures = is_grid ? 4 : 1;

  for (int i = 1; i <= n_pictures; i++)
    {
      const char *uri = find_picture (reshoot_json_get_array (response, "imageUx"), i);

      if (uri != NULL)
        g_ptr_array_add (uris, (char *) uri);
    }

  if (uris->len != (guint) n_pictures)
    {
      const char *uri = reshoot_json_get_string (reshoot_json_get_item (attachments, 0), "url");

      g_ptr_array_set_size (uris, 0);
      if (uri != NULL)
        g_ptr_array_add (uris, (char *) uri);
    }

  return reshoot_midjourney_take_results (self->address, uris, is_grid, next, error);
}

static gboolean
read_status (ReshootUseapi  *self,
             JsonObject     *job,
             const char     *ticket_uri,
             ReshootNext    *next,
             GError        **error)
{
  const char *status = reshoot_json_get_string (job, "status");
  const char *words = get_words (job);
  double progress = reshoot_json_get_number (reshoot_json_get_object (job, "response"), "progress_percent") / 100;

  if (g_strcmp0 (status, "completed") == 0)
    return read_completed (self, job, next, error);

  if (g_strcmp0 (status, "moderated") == 0)
    reshoot_set_error (error, RESHOOT_ERROR_REFUSED, "content-moderated", words, "moderated");
  else if (g_strcmp0 (status, "failed") == 0)
    reshoot_set_error (error, RESHOOT_ERROR_FAILED, "service-said", words, "the service failed");
  else if (g_strcmp0 (status, "cancelled") == 0)
    reshoot_set_error (error, RESHOOT_ERROR_FAILED, "cancelled", "UseAPI", "cancelled there");
  else if (status == NULL)
    reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-status", "useapi", "a reply without a status");
  else
    {
      reshoot_codec_set_poll (next, ticket_uri);
      next->progress = progress >= 0 && progress <= 1 ? progress : NAN;
      return TRUE;
    }

  next->charged = RESHOOT_CHARGED_UNKNOWN;
  return FALSE;
}

/* The channel's slot is free at once; what Midjourney has made until then may count. */
static gboolean
read_cancelled (ReshootNext *next)
{
  next->kind = RESHOOT_NEXT_STOPPED;
  next->charged = RESHOOT_CHARGED_UNKNOWN;
  return TRUE;
}

static gboolean
reshoot_useapi_read (ReshootProvider     *provider,
                     ReshootReplyTo       to,
                     const ReshootReply  *reply,
                     const char          *ticket,
                     ReshootNext         *next,
                     GError             **error)
{
  ReshootUseapi *self = RESHOOT_USEAPI (provider);
  g_autoptr (JsonObject) body = reshoot_json_parse_object (reply->body, NULL);
  gboolean is_good = reply->status >= 200 && reply->status <= 299;
  g_autofree char *uri = NULL;

  /* A button that was pressed before: the reply may name the job that came of it. */
  if (to == RESHOOT_REPLY_TO_SUBMIT && reply->status == 409 && reshoot_json_get_string (body, "jobid") != NULL)
    is_good = TRUE;

  if (!is_good)
    {
      set_status_error (reply, body, to != RESHOOT_REPLY_TO_SUBMIT, next, error);
      return FALSE;
    }

  if (to == RESHOOT_REPLY_TO_CANCEL)
    return read_cancelled (next);

  if (body == NULL)
    {
      next->charged = RESHOOT_CHARGED_UNKNOWN;
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "json", "useapi", "the reply is not JSON");
      return FALSE;
    }

  if (to == RESHOOT_REPLY_TO_SUBMIT)
    return read_submitted (self, body, next, error);

  uri = reshoot_codec_dup_ticket_uri (self->address, ticket, error);
  return uri != NULL && read_status (self, body, uri, next, error);
}

static gboolean
reshoot_useapi_ask_again (ReshootProvider  *provider,
                          const char       *ticket,
                          ReshootNext      *next,
                          GError          **error)
{
  ReshootUseapi *self = RESHOOT_USEAPI (provider);
  g_autofree char *uri = reshoot_codec_dup_ticket_uri (self->address, ticket, error);

  if (uri == NULL)
    return FALSE;

  reshoot_codec_set_poll (next, uri);
  return TRUE;
}

static gboolean
reshoot_useapi_cancel (ReshootProvider  *provider,
                       const char       *ticket,
                       ReshootNext      *next,
                       GError          **error)
{
  if (!reshoot_useapi_ask_again (provider, ticket, next, error))
    return FALSE;

  next->call.method = "DELETE";
  return TRUE;
}

static guint
count_channels (GBytes *bytes)
{
  g_autoptr (JsonNode) node = NULL;
  g_autofree char *text = NULL;
  gsize length;
  const char *data = g_bytes_get_data (bytes, &length);

  text = g_strndup (data, length);
  node = json_from_string (text, NULL);
  if (node != NULL && JSON_NODE_HOLDS_ARRAY (node))
    return json_array_get_length (json_node_get_array (node));
  if (node != NULL && JSON_NODE_HOLDS_OBJECT (node))
    return json_object_get_size (json_node_get_object (node));

  return 0;
}

/* Whether the key is good, then whether there is a channel: without one nothing can run. */
static gboolean
reshoot_useapi_check (ReshootProvider     *provider,
                      const char          *state,
                      const ReshootReply  *reply,
                      ReshootNext         *next,
                      ReshootCheck        *check,
                      GError             **error)
{
  ReshootUseapi *self = RESHOOT_USEAPI (provider);
  g_autofree char *uri = NULL;

  if (reply != NULL && reply->status != 200)
    {
      g_autoptr (JsonObject) body = reshoot_json_parse_object (reply->body, NULL);

      set_status_error (reply, body, FALSE, next, error);
      return FALSE;
    }

  if (reply != NULL && state != NULL)
    {
      if (count_channels (reply->body) == 0)
        {
          reshoot_set_error (error, RESHOOT_ERROR_AUTH, "no-channel", "UseAPI", "no Discord channel is set up");
          return FALSE;
        }

      next->kind = RESHOOT_NEXT_DONE;
      return TRUE;
    }

  /* The account has a path of its own. */
  uri = reply == NULL ? reshoot_address_dup_uri (self->address, ACCOUNT)
                      : g_strconcat (reshoot_address_get_base (self->address), "/accounts", NULL);
  reshoot_codec_set_poll (next, uri);
  next->kind = RESHOOT_NEXT_PREPARE;
  if (reply != NULL)
    next->state = g_strdup ("{\"asked\":\"accounts\"}");
  return TRUE;
}

static void
provider_iface_init (ReshootProviderInterface *iface)
{
  iface->prepare = reshoot_useapi_prepare;
  iface->read = reshoot_useapi_read;
  iface->ask_again = reshoot_useapi_ask_again;
  iface->cancel = reshoot_useapi_cancel;
  iface->check = reshoot_useapi_check;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReshootUseapi, reshoot_useapi, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RESHOOT_TYPE_PROVIDER, provider_iface_init))

static void
reshoot_useapi_finalize (GObject *object)
{
  g_clear_pointer (&RESHOOT_USEAPI (object)->address, reshoot_address_unref);

  G_OBJECT_CLASS (reshoot_useapi_parent_class)->finalize (object);
}

static void
reshoot_useapi_class_init (ReshootUseapiClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_useapi_finalize;
}

static void
reshoot_useapi_init (ReshootUseapi *self)
{
}

/**
 * reshoot_useapi_new:
 * @address: where the service is and which hosts may see its key
 *
 * Returns: (transfer full): the codec of UseAPI.net
 */
ReshootProvider *
reshoot_useapi_new (ReshootAddress *address)
{
  ReshootUseapi *self = g_object_new (RESHOOT_TYPE_USEAPI, NULL);

  self->address = reshoot_address_ref (address);
  return RESHOOT_PROVIDER (self);
}
