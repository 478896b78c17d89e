/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a provider is, and which addresses may see its key. A service names the addresses to ask next itself, so every
 * one is looked at here before a key goes along: a name in the catalogue's list over https, or exactly the host and
 * port that the person set in RESHOOT_NAME_URL. Plain http is for this machine alone, where it was asked for. */

#include "reshoot-address.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"

/* The same reading of an address as the HTTP library's, so that what is checked is what is called. */
#define URI_FLAGS (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY | \
                   G_URI_FLAGS_ENCODED_FRAGMENT | G_URI_FLAGS_SCHEME_NORMALIZE)

#define HTTPS_PORT 443

struct _ReshootAddress
{
  char *base;         /* no slash at the end */
  GUri *overridden;   /* (nullable): what RESHOOT_NAME_URL says */
  GStrv hosts;        /* "bfl.ai", "*.bfl.ai" */
};

static void
address_clear (gpointer data)
{
  ReshootAddress *self = data;

  g_free (self->base);
  g_clear_pointer (&self->overridden, g_uri_unref);
  g_strfreev (self->hosts);
}

static char *
dup_variable (const char *provider)
{
  g_autofree char *upper = g_ascii_strup (provider, -1);

  return g_strdup_printf ("RESHOOT_%s_URL", g_strdelimit (upper, "-", '_'));
}

static gboolean
is_this_machine (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0;
}

static gboolean
host_matches (const char *pattern,
              const char *host)
{
  gsize host_length = strlen (host);
  gsize tail_length;

  if (!g_str_has_prefix (pattern, "*."))
    return g_ascii_strcasecmp (pattern, host) == 0;

  tail_length = strlen (pattern + 1);
  return host_length > tail_length &&
         g_ascii_strcasecmp (host + host_length - tail_length, pattern + 1) == 0;
}

/* A name or password in an address has no use here and only hides the true host from a reader. */
static GUri *
parse (const char *text)
{
  g_autoptr (GUri) uri = g_uri_parse (text, URI_FLAGS, NULL);

  if (uri == NULL || g_uri_get_host (uri) == NULL || *g_uri_get_host (uri) == '\0' ||
      g_uri_get_userinfo (uri) != NULL)
    return NULL;

  return g_steal_pointer (&uri);
}

static gboolean
is_overridden (ReshootAddress *self,
               GUri           *uri)
{
  return self->overridden != NULL &&
         g_str_equal (g_uri_get_scheme (uri), g_uri_get_scheme (self->overridden)) &&
         g_ascii_strcasecmp (g_uri_get_host (uri), g_uri_get_host (self->overridden)) == 0 &&
         g_uri_get_port (uri) == g_uri_get_port (self->overridden);
}

static gboolean
set_overridden (ReshootAddress  *self,
                const char      *variable,
                const char      *text,
                GError         **error)
{
  g_autoptr (GUri) uri = parse (text);

  if (uri == NULL ||
      (!g_str_equal (g_uri_get_scheme (uri), "https") &&
       !(g_str_equal (g_uri_get_scheme (uri), "http") && is_this_machine (g_uri_get_host (uri)))))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "address", variable,
                         "%s is not an https address, nor an http one of this machine", variable);
      return FALSE;
    }

  self->overridden = g_steal_pointer (&uri);
  return TRUE;
}

static GStrv
dup_hosts (JsonObject *provider)
{
  JsonArray *array = reshoot_json_get_array (provider, "hosts");
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();

  for (guint i = 0; array != NULL && i < json_array_get_length (array); i++)
    g_strv_builder_add (builder, json_array_get_string_element (array, i));

  return g_strv_builder_end (builder);
}

/**
 * reshoot_address_new:
 * @provider: a provider's catalogue file
 * @error: return location for an error
 *
 * Looks into the environment for `RESHOOT_NAME_URL`. Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "address", when
 * that is set and is neither https nor http on this machine.
 *
 * Returns: (transfer full): the address of @provider, or %NULL
 */
ReshootAddress *
reshoot_address_new (JsonObject  *provider,
                     GError     **error)
{
  g_autoptr (ReshootAddress) self = g_rc_box_new0 (ReshootAddress);
  g_autofree char *variable = dup_variable (reshoot_json_get_string (provider, "provider"));
  const char *text = g_getenv (variable);

  self->hosts = dup_hosts (provider);

  if (text != NULL && *text != '\0')
    {
      if (!set_overridden (self, variable, text, error))
        return NULL;
    }
  else
    {
      text = reshoot_json_get_string (provider, "url");
    }

  self->base = g_strdup (text != NULL ? text : "");
  while (g_str_has_suffix (self->base, "/"))
    self->base[strlen (self->base) - 1] = '\0';

  return g_steal_pointer (&self);
}

ReshootAddress *
reshoot_address_ref (ReshootAddress *self)
{
  return g_rc_box_acquire (self);
}

void
reshoot_address_unref (ReshootAddress *self)
{
  g_rc_box_release_full (self, address_clear);
}

/**
 * reshoot_address_get_base:
 * @self: an address
 *
 * Returns: (transfer none): what a provider's paths are added to; no slash at its end
 */
const char *
reshoot_address_get_base (ReshootAddress *self)
{
  return self->base;
}

/**
 * reshoot_address_may_see_key:
 * @self: an address
 * @uri: where a call would go
 *
 * Returns: whether the provider's key may go there
 */
gboolean
reshoot_address_may_see_key (ReshootAddress *self,
                             const char     *uri)
{
  g_autoptr (GUri) parsed = parse (uri);

  if (parsed == NULL)
    return FALSE;

  if (is_overridden (self, parsed))
    return TRUE;

  if (!g_str_equal (g_uri_get_scheme (parsed), "https") || g_uri_get_port (parsed) != HTTPS_PORT)
    return FALSE;

  for (guint i = 0; self->hosts[i] != NULL; i++)
    if (host_matches (self->hosts[i], g_uri_get_host (parsed)))
      return TRUE;

  return FALSE;
}

/**
 * reshoot_address_may_be_called:
 * @self: an address
 * @uri: where a call without a key would go: a result to download
 *
 * Returns: whether it may be called: anything over https, and what the person set
 */
gboolean
reshoot_address_may_be_called (ReshootAddress *self,
                               const char     *uri)
{
  g_autoptr (GUri) parsed = parse (uri);

  return parsed != NULL &&
         (g_str_equal (g_uri_get_scheme (parsed), "https") || is_overridden (self, parsed));
}
