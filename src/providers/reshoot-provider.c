/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootProvider: the interface of codecs. A codec turns a request into a call and a reply into what comes next; it
 * does no I/O, so that each is tried with files alone and everything hard exists once, in the job and in http. */

#include "reshoot-provider.h"

G_DEFINE_INTERFACE (ReshootProvider, reshoot_provider, G_TYPE_OBJECT)

static void
reshoot_provider_default_init (ReshootProviderInterface *iface)
{
}

void
reshoot_call_clear (ReshootCall *call)
{
  g_clear_pointer (&call->uri, g_free);
  g_clear_pointer (&call->content_type, g_free);
  g_clear_pointer (&call->body, g_bytes_unref);
  call->method = NULL;
  call->with_key = FALSE;
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
  g_clear_pointer (&next->picture, g_bytes_unref);
  g_clear_pointer (&next->ticket, g_free);
  *next = RESHOOT_NEXT_INIT;
}

/**
 * reshoot_provider_prepare:
 * @self: a provider
 * @model: one of its models
 * @request: what is asked
 * @input: (nullable): the picture in one of the model's own sizes; %NULL where nothing is sent
 * @next: (out caller-allocates): what to do: COMPUTE, or SUBMIT with a call
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST or %RESHOOT_ERROR_TOO_LARGE. Nothing was sent then.
 *
 * Returns: whether @next says what to do
 */
gboolean
reshoot_provider_prepare (ReshootProvider  *self,
                          ReshootModel     *model,
                          ReshootRequest   *request,
                          ReshootImage     *input,
                          ReshootNext      *next,
                          GError          **error)
{
  g_return_val_if_fail (RESHOOT_IS_PROVIDER (self), FALSE);

  return RESHOOT_PROVIDER_GET_IFACE (self)->prepare (self, model, request, input, next, error);
}

/**
 * reshoot_provider_read:
 * @self: a provider
 * @reply: what came back
 * @ticket: (nullable): %NULL where @reply answers the submit
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
                       const ReshootReply  *reply,
                       const char          *ticket,
                       ReshootNext         *next,
                       GError             **error)
{
  g_return_val_if_fail (RESHOOT_IS_PROVIDER (self), FALSE);

  return RESHOOT_PROVIDER_GET_IFACE (self)->read (self, reply, ticket, next, error);
}

/**
 * reshoot_provider_ask_again:
 * @self: a provider
 * @ticket: as a reply gave it
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
