/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where a provider is, and which addresses may see its key. A service names the addresses to ask next itself, so every
 * one is looked at here before a key goes along: a name in the catalogue's list over https, or exactly the host and
 * port that the person typed, in RESHOOT_NAME_URL or for a server of their own. Plain http is for this machine, and for
 * a network of the person's own where they typed the address; a vendor's word never leads there. */

#include "reshoot-address.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"

/* The same reading of an address as the HTTP library's, so that what is checked is what is called. */
#define URI_FLAGS (G_URI_FLAGS_HAS_PASSWORD | G_URI_FLAGS_ENCODED_PATH | G_URI_FLAGS_ENCODED_QUERY | \
                   G_URI_FLAGS_ENCODED_FRAGMENT | G_URI_FLAGS_SCHEME_NORMALIZE)

#define HTTPS_PORT 443

struct _ReshootAddress
{
  char *base;    /* no slash at the end */
  GUri *typed;   /* (nullable): by the person, or a server that is on this machine anyway */
  GStrv hosts;   /* "bfl.ai", "*.bfl.ai" */
};

static void
address_clear (gpointer data)
{
  ReshootAddress *self = data;

  g_free (self->base);
  g_clear_pointer (&self->typed, g_uri_unref);
  g_strfreev (self->hosts);
}

static gboolean
is_this_machine (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  if (address != NULL)
    return g_inet_address_get_is_loopback (address);

  return g_ascii_strcasecmp (host, "localhost") == 0;
}

/* Addresses that no router carries across the internet: RFC 1918, link-local, unique-local (RFC 4193). */
static gboolean
is_private_number (GInetAddress *address)
{
  const guint8 *bytes = g_inet_address_to_bytes (address);

  if (g_inet_address_get_family (address) == G_SOCKET_FAMILY_IPV6)
    return g_inet_address_get_is_link_local (address) || (bytes[0] & 0xfe) == 0xfc;

  return g_inet_address_get_is_link_local (address) || g_inet_address_get_is_site_local (address);
}

/* Names that no public name server knows. A name without a dot begins with a letter: "134744072" is a number, and an
 * address on the internet. */
static gboolean
is_private_name (const char *host)
{
  static const char * const tails[] = { ".local", ".lan" };
  g_autofree char *lower = g_ascii_strdown (host, -1);

  for (guint i = 0; i < G_N_ELEMENTS (tails); i++)
    if (g_str_has_suffix (lower, tails[i]) && strlen (lower) > strlen (tails[i]))
      return TRUE;

  return strpbrk (lower, ".:") == NULL && g_ascii_isalpha (lower[0]);
}

static gboolean
is_own_network (const char *host)
{
  g_autoptr (GInetAddress) address = g_inet_address_new_from_string (host);

  return address != NULL ? is_private_number (address) : is_private_name (host);
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
is_typed (ReshootAddress *self,
          GUri           *uri)
{
  return self->typed != NULL &&
         g_str_equal (g_uri_get_scheme (uri), g_uri_get_scheme (self->typed)) &&
         g_ascii_strcasecmp (g_uri_get_host (uri), g_uri_get_host (self->typed)) == 0 &&
         g_uri_get_port (uri) == g_uri_get_port (self->typed);
}

static gboolean
is_http_near (GUri *uri)
{
  const char *host = g_uri_get_host (uri);

  return g_str_equal (g_uri_get_scheme (uri), "http") && (is_this_machine (host) || is_own_network (host));
}

static gboolean
set_typed (ReshootAddress  *self,
           const char      *where,
           const char      *text,
           GError         **error)
{
  g_autoptr (GUri) uri = parse (text);

  if (uri == NULL || (!g_str_equal (g_uri_get_scheme (uri), "https") && !is_http_near (uri)))
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "address", where,
                         "%s is not an https address, nor an http one of this machine or network", where);
      return FALSE;
    }

  self->typed = g_steal_pointer (&uri);
  return TRUE;
}

/* A dialect's server on this machine: the catalogue says http, and nobody needs to type it. */
static void
set_this_machine (ReshootAddress *self,
                  const char     *text)
{
  g_autoptr (GUri) uri = text != NULL ? parse (text) : NULL;

  if (uri != NULL && g_str_equal (g_uri_get_scheme (uri), "http") && is_this_machine (g_uri_get_host (uri)))
    self->typed = g_steal_pointer (&uri);
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
 * reshoot_address_dup_variable:
 * @provider: a provider's short name: "atlascloud", "comfyui@studio-pc"
 * @tail: "URL" or "KEY"
 *
 * Returns: (transfer full): the environment variable: "RESHOOT_COMFYUI_STUDIO_PC_URL"
 */
char *
reshoot_address_dup_variable (const char *provider,
                              const char *tail)
{
  g_autofree char *name = g_ascii_strup (provider, -1);

  g_strcanon (name, G_CSET_A_2_Z G_CSET_DIGITS, '_');
  return g_strdup_printf ("RESHOOT_%s_%s", name, tail);
}

/**
 * reshoot_address_new:
 * @provider: a provider's catalogue file
 * @error: return location for an error
 *
 * Looks into the environment for `RESHOOT_NAME_URL`. Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "address", when
 * what the person typed there, or for a server of their own, is neither https nor http on this machine or network; the
 * subject is the variable or the server.
 *
 * Returns: (transfer full): the address of @provider, or %NULL
 */
ReshootAddress *
reshoot_address_new (JsonObject  *provider,
                     GError     **error)
{
  g_autoptr (ReshootAddress) self = g_rc_box_new0 (ReshootAddress);
  const char *name = reshoot_json_get_string (provider, "provider");
  g_autofree char *variable = reshoot_address_dup_variable (name, "URL");
  const char *text = g_getenv (variable);
  const char *where = variable;

  self->hosts = dup_hosts (provider);

  if (text == NULL || *text == '\0')
    {
      text = reshoot_json_get_string (provider, "url");
      where = reshoot_json_get_boolean (provider, "own") ? name : NULL;
    }

  if (where == NULL)
    set_this_machine (self, text);
  else if (!set_typed (self, where, text != NULL ? text : "", error))
    return NULL;

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
 * reshoot_address_get_is_open:
 * @self: an address
 *
 * Returns: whether a key that goes there can be read on the way: plain http that leaves this machine
 */
gboolean
reshoot_address_get_is_open (ReshootAddress *self)
{
  return self->typed != NULL && g_str_equal (g_uri_get_scheme (self->typed), "http") &&
         !is_this_machine (g_uri_get_host (self->typed));
}

/**
 * reshoot_address_is_base:
 * @self: an address
 * @uri: an absolute one
 *
 * Returns: whether @uri is at the host and port of the base itself
 */
gboolean
reshoot_address_is_base (ReshootAddress *self,
                         const char     *uri)
{
  g_autoptr (GUri) base = parse (self->base);
  g_autoptr (GUri) parsed = parse (uri);

  return base != NULL && parsed != NULL &&
         g_str_equal (g_uri_get_scheme (parsed), g_uri_get_scheme (base)) &&
         g_ascii_strcasecmp (g_uri_get_host (parsed), g_uri_get_host (base)) == 0 &&
         g_uri_get_port (parsed) == g_uri_get_port (base);
}

/**
 * reshoot_address_dup_uri:
 * @self: an address
 * @uri: what the vendor calls one of its places beside the base: "https://api.example.com/v1/prices?of=all"
 *
 * Services spread over several hosts. Who set `RESHOOT_NAME_URL` has them all there, each at the vendor's own path.
 *
 * Returns: (transfer full): where to call instead of @uri; @uri itself where nothing was set
 */
char *
reshoot_address_dup_uri (ReshootAddress *self,
                         const char     *uri)
{
  g_autoptr (GUri) parsed = NULL;

  if (self->typed == NULL)
    return g_strdup (uri);

  parsed = parse (uri);
  g_return_val_if_fail (parsed != NULL, NULL);

  return g_uri_join (URI_FLAGS, g_uri_get_scheme (self->typed), NULL,
                     g_uri_get_host (self->typed), g_uri_get_port (self->typed),
                     g_uri_get_path (parsed), g_uri_get_query (parsed), NULL);
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

  if (is_typed (self, parsed))
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
 * Returns: whether it may be called: anything over https, and what the person typed
 */
gboolean
reshoot_address_may_be_called (ReshootAddress *self,
                               const char     *uri)
{
  g_autoptr (GUri) parsed = parse (uri);

  return parsed != NULL &&
         (g_str_equal (g_uri_get_scheme (parsed), "https") || is_typed (self, parsed));
}
