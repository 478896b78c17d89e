/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What comes before a task at a Midjourney proxy: which flavour it is, how one goes on from a result there, and the
 * call that starts the task. */

#include "reshoot-mjproxy-private.h"
#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-midjourney.h"

/* For the codec: "/task/ID" and @format, or where there is no @id @format alone. */
char *
reshoot_mjproxy_dup_uri (ReshootMjproxy *self,
                         const char     *format,
                         const char     *id)
{
  g_autofree char *escaped = id != NULL ? g_uri_escape_string (id, NULL, FALSE) : NULL;
  g_autofree char *path = escaped != NULL ? g_strconcat ("/task/", escaped, format, NULL) : g_strdup (format);

  return g_strconcat (reshoot_address_get_base (self->address), path, NULL);
}

static void
set_prepare (ReshootNext *next,
             char        *uri,
             const char  *asked)
{
  g_autofree char *owned = uri;

  reshoot_codec_set_poll (next, owned);
  next->kind = RESHOOT_NEXT_PREPARE;
  next->state = g_strdup_printf ("{\"asked\":\"%s\"}", asked);
}

/* The text of @fields with the pictures as a further member, a list or a single one. The buffer has the right size and
 * is written once: pictures are large. */
static GBytes *
make_body (JsonObject           *fields,
           const char           *name,
           ReshootImage *const  *images,
           guint                 n_images,
           gboolean              is_list)
{
  g_autofree char *text = reshoot_codec_dup_json (fields);
  gsize length = strlen (text) + strlen (name) + 16;
  GString *body;

  for (guint i = 0; i < n_images; i++)
    length += g_bytes_get_size (reshoot_image_get_bytes (images[i])) / 3 * 4 + 64;

  body = g_string_sized_new (length);
  g_string_append_len (body, text, (gssize) strlen (text) - 1);   /* without the closing brace */
  g_string_append_printf (body, ",\"%s\":%s", name, is_list ? "[" : "");

  for (guint i = 0; i < n_images; i++)
    {
      gsize size;
      const guint8 *data = g_bytes_get_data (reshoot_image_get_bytes (images[i]), &size);
      gsize start;
      int state = 0;
      int save = 0;

      g_string_append_printf (body, "%s\"data:%s;base64,", i > 0 ? "," : "",
                              reshoot_codec_get_content_type (images[i]));
      start = body->len;
      g_string_set_size (body, start + (size / 3 + 2) * 4);
      length = g_base64_encode_step (data, size, FALSE, body->str + start, &state, &save);
      length += g_base64_encode_close (FALSE, body->str + start + length, &state, &save);
      g_string_set_size (body, start + length);
      g_string_append_c (body, '"');
    }

  g_string_append (body, is_list ? "]}" : "}");
  return g_string_free_to_bytes (body);
}

/* For the codec: what is sent, without pictures. */
void
reshoot_mjproxy_set_post (ReshootMjproxy *self,
                          const char     *path,
                          JsonObject     *fields,
                          ReshootNext    *next)
{
  g_autofree char *uri = reshoot_mjproxy_dup_uri (self, path, NULL);

  reshoot_codec_set_post (next, uri, fields);
  next->kind = RESHOOT_NEXT_SUBMIT;
}

static void
set_post_with_pictures (ReshootMjproxy *self,
                        const char     *path,
                        GBytes         *body,
                        ReshootNext    *next)
{
  next->kind = RESHOOT_NEXT_SUBMIT;
  next->call.method = "POST";
  next->call.uri = reshoot_mjproxy_dup_uri (self, path, NULL);
  next->call.content_type = g_strdup ("application/json");
  next->call.body = body;
  next->call.with_key = TRUE;
}

static gboolean
prepare_imagine (ReshootMjproxy    *self,
                 const ReshootAsk  *ask,
                 ReshootNext       *next,
                 GError           **error)
{
  const char *uri = reshoot_midjourney_get_source_uri (ask);
  g_autofree char *prompt = reshoot_midjourney_dup_prompt (ask, uri, error);
  g_autoptr (JsonObject) fields = NULL;
  g_autoptr (GPtrArray) images = g_ptr_array_new ();

  if (prompt == NULL)
    return FALSE;

  if (uri == NULL && ask->input != NULL)
    g_ptr_array_add (images, ask->input);
  for (guint i = 0; i < ask->n_references; i++)
    g_ptr_array_add (images, ask->references[i]);

  fields = json_object_new ();
  json_object_set_string_member (fields, "prompt", prompt);
  if (ask->uuid != NULL)
    json_object_set_string_member (fields, "state", ask->uuid);

  if (images->len == 0)
    reshoot_mjproxy_set_post (self, "/submit/imagine", fields, next);
  else
    set_post_with_pictures (self, "/submit/imagine",
                            make_body (fields, "base64Array", (ReshootImage *const *) images->pdata, images->len, TRUE),
                            next);
  return TRUE;
}

/* The nearest there is to an instruction; the model has fewer settings in the catalogue. */
static gboolean
prepare_edit (ReshootMjproxy    *self,
              const ReshootAsk  *ask,
              ReshootNext       *next,
              GError           **error)
{
  const char *uri = reshoot_midjourney_get_source_uri (ask);
  g_autofree char *prompt = NULL;
  g_autoptr (JsonObject) fields = NULL;

  if (!g_str_equal (self->flavour, RESHOOT_MJPROXY_TRUEAI))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-edit-here", reshoot_model_get_id (ask->model),
                         "this flavour of the proxy has no edit");
      return FALSE;
    }

  prompt = reshoot_midjourney_dup_prompt (ask, NULL, error);
  if (prompt == NULL)
    return FALSE;

  fields = json_object_new ();
  json_object_set_string_member (fields, "prompt", prompt);
  if (ask->uuid != NULL)
    json_object_set_string_member (fields, "state", ask->uuid);

  if (uri != NULL)
    {
      json_object_set_string_member (fields, "image", uri);
      reshoot_mjproxy_set_post (self, "/submit/edit", fields, next);
    }
  else
    {
      set_post_with_pictures (self, "/submit/edit", make_body (fields, "image", &ask->input, 1, FALSE), next);
    }
  return TRUE;
}

/* For the codec: the customId of the first button that has @part in it. */
const char *
reshoot_mjproxy_find_button (JsonArray  *buttons,
                             const char *part)
{
  for (guint i = 0; buttons != NULL && i < json_array_get_length (buttons); i++)
    {
      const char *id = reshoot_json_get_string (reshoot_json_get_item (buttons, i), "customId");

      if (id != NULL && strstr (id, part) != NULL)
        return id;
    }

  return NULL;
}

/* One of four by its number; a picture that stands alone has variations of its own. */
static const char *
choose_button (JsonArray             *buttons,
               ReshootMidjourneyWish *wish)
{
  gboolean is_upscale = wish->action == RESHOOT_MIDJOURNEY_UPSCALE;
  g_autofree char *numbered = NULL;
  const char *id;

  if (wish->action == RESHOOT_MIDJOURNEY_REROLL)
    return reshoot_mjproxy_find_button (buttons, "::reroll::");

  numbered = g_strdup_printf ("::%s::%u::", is_upscale ? "upsample" : "variation", wish->index);
  id = reshoot_mjproxy_find_button (buttons, numbered);
  if (id == NULL && !is_upscale)
    id = reshoot_mjproxy_find_button (buttons, "low_variation");
  if (id == NULL && !is_upscale)
    id = reshoot_mjproxy_find_button (buttons, "high_variation");

  return id;
}

static gboolean
prepare_action (ReshootMjproxy         *self,
                JsonArray              *buttons,
                ReshootMidjourneyWish  *wish,
                ReshootNext            *next,
                GError                **error)
{
  const char *custom_id = choose_button (buttons, wish);
  g_autoptr (JsonObject) fields = NULL;

  self->flavour = RESHOOT_MJPROXY_TRUEAI;
  if (custom_id == NULL)
    {
      if (reshoot_midjourney_check_index (wish, error))
        reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-button", NULL, "not offered for this result");
      return FALSE;
    }

  fields = json_object_new ();
  json_object_set_string_member (fields, "taskId", wish->task);
  json_object_set_string_member (fields, "customId", custom_id);
  reshoot_mjproxy_set_post (self, "/submit/action", fields, next);
  return TRUE;
}

static gboolean
prepare_change (ReshootMjproxy         *self,
                ReshootMidjourneyWish  *wish,
                ReshootNext            *next,
                GError                **error)
{
  static const char * const names[] = { NULL, "UPSCALE", "VARIATION", "REROLL" };
  g_autoptr (JsonObject) fields = NULL;

  self->flavour = RESHOOT_MJPROXY_NOVICEZK;
  if (!reshoot_midjourney_check_index (wish, error))
    return FALSE;

  fields = json_object_new ();
  json_object_set_string_member (fields, "taskId", wish->task);
  json_object_set_string_member (fields, "action", names[wish->action]);
  if (wish->action != RESHOOT_MIDJOURNEY_REROLL)
    json_object_set_int_member (fields, "index", wish->index);
  reshoot_mjproxy_set_post (self, "/submit/change", fields, next);
  return TRUE;
}

/* For the codec. */
void
reshoot_mjproxy_set_gone (GError **error)
{
  reshoot_set_error (error, RESHOOT_ERROR_EXPIRED, "not-found", "midjourney-proxy",
                     "the proxy no longer knows the task");
}

/* For the codec. Both say with an empty body, or with null, that they know no such task. */
gboolean
reshoot_mjproxy_is_nothing (GBytes *bytes)
{
  gsize length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;
  g_autofree char *text = g_strstrip (g_strndup (data != NULL ? data : "", MIN (length, 16)));

  return *text == '\0' || g_str_equal (text, "null");
}

/* The task with its buttons tells how to go on from it. */
static gboolean
prepare_followup (ReshootMjproxy         *self,
                  const ReshootAsk       *ask,
                  ReshootMidjourneyWish  *wish,
                  ReshootNext            *next,
                  GError                **error)
{
  g_autoptr (JsonObject) task = reshoot_json_parse_object (ask->reply->body, NULL);
  JsonArray *buttons = reshoot_json_get_array (task, "buttons");
  guint status = ask->reply->status;

  if (status == 404 || (status == 200 && reshoot_mjproxy_is_nothing (ask->reply->body)))
    {
      reshoot_mjproxy_set_gone (error);
      return FALSE;
    }

  if (status != 200)
    {
      reshoot_codec_set_status_error (ask->reply, "midjourney-proxy", next, error);
      return FALSE;
    }

  if (buttons != NULL && json_array_get_length (buttons) > 0)
    return prepare_action (self, buttons, wish, next, error);

  return prepare_change (self, wish, next, error);
}

static gboolean
is_array (GBytes *bytes)
{
  gsize length = 0;
  const char *data = bytes != NULL ? g_bytes_get_data (bytes, &length) : NULL;

  return length > 0 && *data == '[';
}

/* Sets the flavour from the reply to the question what is queued. */
static gboolean
detect (ReshootMjproxy      *self,
        const ReshootReply  *reply,
        ReshootNext         *next,
        GError             **error)
{
  if (reply->status == 200 && is_array (reply->body))
    self->flavour = RESHOOT_MJPROXY_NOVICEZK;
  else if (reply->status == 404 || reply->status == 405)
    self->flavour = RESHOOT_MJPROXY_TRUEAI;
  else if (reply->status == 200)
    reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "not-a-proxy", NULL, "the reply is not a list of tasks");
  else
    reshoot_codec_set_status_error (reply, "midjourney-proxy", next, error);

  return self->flavour != NULL;
}

/* For the codec: the interface's own. */
gboolean
reshoot_mjproxy_prepare (ReshootProvider  *provider,
                         const ReshootAsk *ask,
                         ReshootNext      *next,
                         GError          **error)
{
  ReshootMjproxy *self = RESHOOT_MJPROXY (provider);
  JsonObject *json = reshoot_model_get_json (ask->model);
  g_auto (ReshootMidjourneyWish) wish = { 0 };

  if (!reshoot_midjourney_read_wish (ask, &wish, error))
    return FALSE;

  if (ask->reply == NULL)
    {
      if (wish.task != NULL)
        set_prepare (next, reshoot_mjproxy_dup_uri (self, RESHOOT_MJPROXY_FETCH, wish.task), "task");
      else
        set_prepare (next, reshoot_mjproxy_dup_uri (self, "/task/queue", NULL), "queue");
      return TRUE;
    }

  if (wish.task != NULL)
    return prepare_followup (self, ask, &wish, next, error);

  self->flavour = NULL;
  if (!detect (self, ask->reply, next, error))
    return FALSE;

  if (g_strcmp0 (reshoot_json_get_string (json, "path"), "/submit/edit") == 0)
    return prepare_edit (self, ask, next, error);

  return prepare_imagine (self, ask, next, error);
}

/* For the codec. Which flavour it is, and whether the key is good: what is queued or, where nobody can ask that, the
 * last tasks. */
gboolean
reshoot_mjproxy_check (ReshootProvider    *provider,
                       const char         *state,
                       const ReshootReply *reply,
                       ReshootNext        *next,
                       ReshootCheck       *check,
                       GError            **error)
{
  ReshootMjproxy *self = RESHOOT_MJPROXY (provider);

  if (reply == NULL)
    {
      set_prepare (next, reshoot_mjproxy_dup_uri (self, "/task/queue", NULL), "queue");
      return TRUE;
    }

  if (state != NULL && strstr (state, "list") != NULL)
    {
      if (reply->status != 200 || !is_array (reply->body))
        {
          reshoot_codec_set_status_error (reply, "midjourney-proxy", next, error);
          return FALSE;
        }
      self->flavour = RESHOOT_MJPROXY_TRUEAI;
    }
  else
    {
      self->flavour = NULL;
      if (!detect (self, reply, next, error))
        return FALSE;

      if (g_str_equal (self->flavour, RESHOOT_MJPROXY_TRUEAI))
        {
          set_prepare (next, reshoot_mjproxy_dup_uri (self, "/task/list", NULL), "list");
          return TRUE;
        }
    }

  g_free (check->version);
  check->version = g_strdup (self->flavour);
  next->kind = RESHOOT_NEXT_DONE;
  return TRUE;
}
