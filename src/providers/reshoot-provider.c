/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootProvider: the interface of codecs. A codec turns a request into a call and a reply into what comes next; it
 * does no I/O, so that each is tried with files alone and everything hard exists once, in the job and in http. */

#include "reshoot-provider.h"
#include "reshoot-error.h"

G_DEFINE_INTERFACE (ReshootProvider, reshoot_provider, G_TYPE_OBJECT)

static void
reshoot_provider_default_init (ReshootProviderInterface *iface)
{
}

void
reshoot_call_clear (ReshootCall *call)
{
  g_clear_pointer (&call->uri, g_free);
  g_clear_pointer (&call->headers, g_strfreev);
  g_clear_pointer (&call->content_type, g_free);
  g_clear_pointer (&call->body, g_bytes_unref);
  g_clear_pointer (&call->pieces, g_ptr_array_unref);
  call->method = NULL;
  call->with_key = FALSE;
  call->is_long = FALSE;
}

void
reshoot_reply_clear (ReshootReply *reply)
{
  g_clear_pointer (&reply->body, g_bytes_unref);
  g_clear_pointer (&reply->content_type, g_free);
  reply->status = 0;
  reply->retry_after = -1;
}

void
reshoot_next_clear (ReshootNext *next)
{
  reshoot_call_clear (&next->call);
  g_clear_pointer (&next->results, g_ptr_array_unref);
  g_clear_pointer (&next->state, g_free);
  g_clear_pointer (&next->ticket, g_free);
  *next = RESHOOT_NEXT_INIT;
}

void
reshoot_check_clear (ReshootCheck *check)
{
  g_clear_pointer (&check->account, g_free);
  g_clear_pointer (&check->version, g_free);
  g_clear_pointer (&check->models, json_array_unref);
  check->balance = RESHOOT_MONEY_UNKNOWN;
}

static void
result_free (gpointer data)
{
  ReshootResult *result = data;

  reshoot_call_clear (&result->call);
  g_clear_pointer (&result->bytes, g_bytes_unref);
  g_free (result);
}

/**
 * reshoot_next_add_result:
 * @next: (inout): becomes READY
 * @uri: (nullable): where the picture is, loaded without a key
 * @bytes: (nullable): the picture, where it is here already
 *
 * Returns: (transfer none): the result that was added: the whole of the picture
 */
ReshootResult *
reshoot_next_add_result (ReshootNext *next,
                         const char  *uri,
                         GBytes      *bytes)
{
  ReshootResult *result = g_new0 (ReshootResult, 1);

  result->part[2] = result->part[3] = 1;
  if (uri != NULL)
    {
      result->call.method = "GET";
      result->call.uri = g_strdup (uri);
    }
  if (bytes != NULL)
    result->bytes = g_bytes_ref (bytes);

  if (next->results == NULL)
    next->results = g_ptr_array_new_with_free_func (result_free);
  g_ptr_array_add (next->results, result);
  next->kind = RESHOOT_NEXT_READY;

  return result;
}

/**
 * reshoot_provider_prepare:
 * @self: a provider
 * @ask: what is asked, and how far it has come
 * @next: (inout): comes in as %RESHOOT_NEXT_INIT
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST or %RESHOOT_ERROR_TOO_LARGE, or with what the reply to a call before the
 * submit says. Nothing was charged then.
 *
 * Returns: whether @next says what to do: COMPUTE, PREPARE, or SUBMIT with a call
 */
gboolean
reshoot_provider_prepare (ReshootProvider   *self,
                          const ReshootAsk  *ask,
                          ReshootNext       *next,
                          GError           **error)
{
  g_return_val_if_fail (RESHOOT_IS_PROVIDER (self), FALSE);

  return RESHOOT_PROVIDER_GET_IFACE (self)->prepare (self, ask, next, error);
}

/**
 * reshoot_provider_read:
 * @self: a provider
 * @to: what @reply is the answer to
 * @reply: what came back
 * @ticket: (nullable): as a reply, or the preparing, gave it
 * @next: (inout): comes in as %RESHOOT_NEXT_INIT
 * @error: return location for an error
 *
 * Refused, failed, expired and so on are errors of the domain; see %RESHOOT_ERROR. @next's ticket, money and charge
 * count even then.
 *
 * Returns: whether @next says what to do
 */
gboolean
reshoot_provider_read (ReshootProvider     *self,
                       ReshootReplyTo       to,
                       const ReshootReply  *reply,
                       const char          *ticket,
                       ReshootNext         *next,
                       GError             **error)
{
  g_return_val_if_fail (RESHOOT_IS_PROVIDER (self), FALSE);

  return RESHOOT_PROVIDER_GET_IFACE (self)->read (self, to, reply, ticket, next, error);
}

/**
 * reshoot_provider_ask_again:
 * @self: a provider
 * @ticket: as a reply, or the preparing, gave it
 * @next: (inout): comes in as %RESHOOT_NEXT_INIT
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_PROTOCOL when the ticket does not say where to ask.
 *
 * Returns: whether @next holds the call that asks how the request is doing; it never costs anything
 */
gboolean
reshoot_provider_ask_again (ReshootProvider  *self,
                            const char       *ticket,
                            ReshootNext      *next,
                            GError          **error)
{
  g_return_val_if_fail (RESHOOT_IS_PROVIDER (self), FALSE);

  return RESHOOT_PROVIDER_GET_IFACE (self)->ask_again (self, ticket, next, error);
}

/**
 * reshoot_provider_get_can_cancel:
 * @self: a provider
 *
 * Returns: whether the service knows a call that stops a task
 */
gboolean
reshoot_provider_get_can_cancel (ReshootProvider *self)
{
  g_return_val_if_fail (RESHOOT_IS_PROVIDER (self), FALSE);

  return RESHOOT_PROVIDER_GET_IFACE (self)->cancel != NULL;
}

/**
 * reshoot_provider_cancel:
 * @self: a provider that can cancel
 * @ticket: as a reply, or the preparing, gave it
 * @next: (inout): comes in as %RESHOOT_NEXT_INIT
 * @error: return location for an error
 *
 * Returns: whether @next holds the call that stops the task; its reply is read with %RESHOOT_REPLY_TO_CANCEL
 */
gboolean
reshoot_provider_cancel (ReshootProvider  *self,
                         const char       *ticket,
                         ReshootNext      *next,
                         GError          **error)
{
  g_return_val_if_fail (RESHOOT_IS_PROVIDER (self), FALSE);
  g_return_val_if_fail (reshoot_provider_get_can_cancel (self), FALSE);

  return RESHOOT_PROVIDER_GET_IFACE (self)->cancel (self, ticket, next, error);
}

/**
 * reshoot_provider_check:
 * @self: a provider
 * @state: (nullable): what the last call left
 * @reply: (nullable): and its reply; %NULL at first
 * @next: (inout): comes in as %RESHOOT_NEXT_INIT
 * @check: (inout): what was learned so far
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "no-check", where the
 * service offers nothing that is free; and with what the service says of the key.
 *
 * Returns: whether @next says what to do: PREPARE with a call, or DONE
 */
gboolean
reshoot_provider_check (ReshootProvider     *self,
                        const char          *state,
                        const ReshootReply  *reply,
                        ReshootNext         *next,
                        ReshootCheck        *check,
                        GError             **error)
{
  ReshootProviderInterface *iface;

  g_return_val_if_fail (RESHOOT_IS_PROVIDER (self), FALSE);

  iface = RESHOOT_PROVIDER_GET_IFACE (self);
  if (iface->check != NULL)
    return iface->check (self, state, reply, next, check, error);

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-check", NULL, "nothing to ask for free");
  return FALSE;
}

/**
 * reshoot_provider_publish:
 * @self: a provider
 * @image: what anybody is to be able to load
 * @state: (nullable): what the last call left
 * @reply: (nullable): and its reply; %NULL at first
 * @next: (inout): comes in as %RESHOOT_NEXT_INIT
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "no-publish", where the service offers no such thing.
 *
 * Returns: whether @next says what to do: PREPARE with a call, or DONE with the address as its state
 */
gboolean
reshoot_provider_publish (ReshootProvider     *self,
                          ReshootImage        *image,
                          const char          *state,
                          const ReshootReply  *reply,
                          ReshootNext         *next,
                          GError             **error)
{
  ReshootProviderInterface *iface;

  g_return_val_if_fail (RESHOOT_IS_PROVIDER (self), FALSE);

  iface = RESHOOT_PROVIDER_GET_IFACE (self);
  if (iface->publish != NULL)
    return iface->publish (self, image, state, reply, next, error);

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-publish", NULL, "nowhere to put a picture");
  return FALSE;
}

/**
 * reshoot_provider_dup_listen_uri:
 * @self: a provider
 * @ticket: as a reply, or the preparing, gave it
 *
 * Returns: (nullable) (transfer full): the address of a socket that tells how the task is doing
 */
char *
reshoot_provider_dup_listen_uri (ReshootProvider *self,
                                 const char      *ticket)
{
  ReshootProviderInterface *iface;

  g_return_val_if_fail (RESHOOT_IS_PROVIDER (self), NULL);

  iface = RESHOOT_PROVIDER_GET_IFACE (self);
  return iface->listen != NULL ? iface->listen (self, ticket) : NULL;
}

/**
 * reshoot_provider_hear:
 * @self: a provider that named a socket
 * @ticket: of the task
 * @text: a message on the socket
 * @heard: (out caller-allocates): what it means
 */
void
reshoot_provider_hear (ReshootProvider *self,
                       const char      *ticket,
                       const char      *text,
                       ReshootHeard    *heard)
{
  ReshootProviderInterface *iface;

  g_return_if_fail (RESHOOT_IS_PROVIDER (self));

  *heard = (ReshootHeard) { .progress = NAN, .queue_position = -1 };
  iface = RESHOOT_PROVIDER_GET_IFACE (self);
  if (iface->hear != NULL)
    iface->hear (self, ticket, text, heard);
}
