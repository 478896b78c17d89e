/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootStudioProvider: the built-in studio as a provider among others. Its only answer is "compute": it has no
 * network, no ticket and no price, and may be asked again as often as one likes. */

#include "reshoot-studio-provider.h"
#include "reshoot-error.h"

struct _ReshootStudioProvider
{
  GObject parent_instance;
};

static gboolean
reshoot_studio_provider_prepare (ReshootProvider   *provider,
                                 const ReshootAsk  *ask,
                                 ReshootNext       *next,
                                 GError           **error)
{
  next->kind = RESHOOT_NEXT_COMPUTE;
  return TRUE;
}

static gboolean
reshoot_studio_provider_read (ReshootProvider     *provider,
                              ReshootReplyTo       to,
                              const ReshootReply  *reply,
                              const char          *ticket,
                              ReshootNext         *next,
                              GError             **error)
{
  reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-network", "studio", "nobody replies to the studio");
  return FALSE;
}

static gboolean
reshoot_studio_provider_ask_again (ReshootProvider  *provider,
                                   const char       *ticket,
                                   ReshootNext      *next,
                                   GError          **error)
{
  next->kind = RESHOOT_NEXT_COMPUTE;
  return TRUE;
}

static void
provider_iface_init (ReshootProviderInterface *iface)
{
  iface->prepare = reshoot_studio_provider_prepare;
  iface->read = reshoot_studio_provider_read;
  iface->ask_again = reshoot_studio_provider_ask_again;
}

G_DEFINE_FINAL_TYPE_WITH_CODE (ReshootStudioProvider, reshoot_studio_provider, G_TYPE_OBJECT,
                               G_IMPLEMENT_INTERFACE (RESHOOT_TYPE_PROVIDER, provider_iface_init))

static void
reshoot_studio_provider_class_init (ReshootStudioProviderClass *klass)
{
}

static void
reshoot_studio_provider_init (ReshootStudioProvider *self)
{
}

/**
 * reshoot_studio_provider_new:
 *
 * Returns: (transfer full): the studio as a provider
 */
ReshootProvider *
reshoot_studio_provider_new (void)
{
  return g_object_new (RESHOOT_TYPE_STUDIO_PROVIDER, NULL);
}
