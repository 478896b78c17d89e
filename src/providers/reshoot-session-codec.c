/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Who speaks for a provider: the one place that knows all dialects. */

#include "reshoot-atlascloud.h"
#include "reshoot-bfl.h"
#include "reshoot-comfyui.h"
#include "reshoot-fal.h"
#include "reshoot-imagineapi.h"
#include "reshoot-mjproxy.h"
#include "reshoot-openai-images.h"
#include "reshoot-replicate.h"
#include "reshoot-sdserver.h"
#include "reshoot-studio-provider.h"
#include "reshoot-useapi.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-session-private.h"

/* For the room: the one place that knows which dialect a provider speaks. A server of the person's own is called
 * "dialect@name". NULL where there is no codec. */
ReshootProvider *
reshoot_session_make_provider (JsonObject     *description,
                               ReshootAddress *address)
{
  const char *name = reshoot_json_get_string (description, "provider");
  g_autofree char *dialect = g_strndup (name, strcspn (name, "@"));

  if (g_str_equal (dialect, "studio"))
    return reshoot_studio_provider_new ();
  if (g_str_equal (dialect, "atlascloud"))
    return reshoot_atlascloud_new (address, description);
  if (g_str_equal (dialect, "bfl"))
    return reshoot_bfl_new (address, description);
  if (g_str_equal (dialect, "comfyui"))
    return reshoot_comfyui_new (address, description);
  if (g_str_equal (dialect, "fal"))
    return reshoot_fal_new (address, description);
  if (g_str_equal (dialect, "imagineapi"))
    return reshoot_imagineapi_new (address);
  if (g_str_equal (dialect, "mjproxy"))
    return reshoot_mjproxy_new (address);
  if (g_str_equal (dialect, "openai-images"))
    return reshoot_openai_images_new (address, description);
  if (g_str_equal (dialect, "replicate"))
    return reshoot_replicate_new (address, description);
  if (g_str_equal (dialect, "sdserver"))
    return reshoot_sdserver_new (address, description);
  if (g_str_equal (dialect, "useapi"))
    return reshoot_useapi_new (address);

  return NULL;
}

/* For the session's files: who speaks for the provider @name, and where it is. */
ReshootProvider *
reshoot_session_make_codec (ReshootSession  *self,
                            const char      *name,
                            ReshootAddress **address,
                            GError         **error)
{
  JsonObject *description = reshoot_catalogue_get_provider (self->catalogue, name);
  g_autoptr (ReshootProvider) provider = NULL;

  *address = description != NULL ? reshoot_address_new (description, error) : NULL;
  if (*address == NULL && description != NULL)
    return NULL;

  if (g_hash_table_contains (self->codecs, name))
    provider = g_object_ref (g_hash_table_lookup (self->codecs, name));
  else if (description != NULL)
    provider = reshoot_session_make_provider (description, *address);
  if (provider == NULL)
    {
      g_clear_pointer (address, reshoot_address_unref);
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "provider", name, "no codec for %s", name);
    }

  return g_steal_pointer (&provider);
}
