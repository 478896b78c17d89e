/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Which addresses a person may type, and which may see a key. */

#include "reshoot-address.h"
#include "reshoot-error.h"
#include "reshoot-test.h"

#define OWN_VARIABLE "RESHOOT_OPENAI_IMAGES_STUDIO_PC_URL"

static JsonObject *
describe (const char *url,
          gboolean    own)
{
  JsonObject *description = json_object_new ();

  json_object_set_string_member (description, "provider", "openai-images@studio-pc");
  json_object_set_string_member (description, "url", url);
  json_object_set_boolean_member (description, "own", own);
  return description;
}

static const struct
{
  const char *url;
  gboolean    allowed;
  gboolean    is_open;   /* a key would travel in the clear */
} typed[] = {
  { "https://images.example.com/v1", TRUE, FALSE },
  { "https://8.8.8.8:8443/v1", TRUE, FALSE },
  { "http://127.0.0.1:8004/v1", TRUE, FALSE },
  { "http://127.8.9.1:8004/v1", TRUE, FALSE },
  { "http://[::1]:8004/v1", TRUE, FALSE },
  { "http://localhost:8004/v1", TRUE, FALSE },
  { "http://10.0.0.7:9997/v1", TRUE, TRUE },
  { "http://172.16.0.1/v1", TRUE, TRUE },
  { "http://172.31.255.255/v1", TRUE, TRUE },
  { "http://192.168.1.5:8188", TRUE, TRUE },
  { "http://169.254.3.4", TRUE, TRUE },
  { "http://[fe80::1]:1234", TRUE, TRUE },
  { "http://[fd12:3456::1]:1234", TRUE, TRUE },
  { "http://studio-pc:8188", TRUE, TRUE },
  { "http://Studio-PC.LOCAL:8188", TRUE, TRUE },
  { "http://gpu.rack.lan", TRUE, TRUE },
  { "http://172.32.0.1/v1", FALSE, FALSE },
  { "http://172.15.0.1/v1", FALSE, FALSE },
  { "http://192.169.0.1/v1", FALSE, FALSE },
  { "http://11.0.0.1/v1", FALSE, FALSE },
  { "http://8.8.8.8:8004/v1", FALSE, FALSE },
  { "http://[2001:db8::1]/v1", FALSE, FALSE },
  { "http://[::ffff:8.8.8.8]/v1", FALSE, FALSE },
  { "http://134744072/v1", FALSE, FALSE },
  { "http://0x08080808/v1", FALSE, FALSE },
  { "http://images.example.com/v1", FALSE, FALSE },
  { "http://local.example.com/v1", FALSE, FALSE },
  { "http://studio-pc.local.example.com", FALSE, FALSE },
  { "http://.local/v1", FALSE, FALSE },
  { "http://studio-pc./v1", FALSE, FALSE },
  { "http://me:secret@studio-pc/v1", FALSE, FALSE },
  { "ftp://studio-pc/v1", FALSE, FALSE },
  { "studio-pc:8188", FALSE, FALSE },
  { "", FALSE, FALSE },
};

static void
test_typed (gconstpointer data)
{
  gboolean by_variable = GPOINTER_TO_INT (data);

  for (guint i = 0; i < G_N_ELEMENTS (typed); i++)
    {
      g_autoptr (JsonObject) description = describe (by_variable ? "https://other.example" : typed[i].url,
                                                     !by_variable);
      g_autoptr (ReshootAddress) address = NULL;
      g_autoptr (GError) error = NULL;

      /* An empty variable is none. */
      if (by_variable && *typed[i].url == '\0')
        continue;

      if (by_variable)
        g_setenv (OWN_VARIABLE, typed[i].url, TRUE);
      address = reshoot_address_new (description, &error);
      g_unsetenv (OWN_VARIABLE);

      g_test_message ("%s", typed[i].url);
      if (!typed[i].allowed)
        {
          g_assert_null (address);
          g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
          g_assert_cmpstr (reshoot_error_get_reason (error), ==, "address");
          g_assert_cmpstr (reshoot_error_get_subject (error), ==,
                           by_variable ? OWN_VARIABLE : "openai-images@studio-pc");
          continue;
        }

      g_assert_no_error (error);
      g_assert_true (g_str_has_prefix (typed[i].url, reshoot_address_get_base (address)));
      g_assert_true (reshoot_address_may_see_key (address, typed[i].url));
      g_assert_cmpint (reshoot_address_get_is_open (address), ==, typed[i].is_open);
    }
}

/* What the person typed is one host and one port; nothing a reply says makes it more. */
static void
test_own_server (void)
{
  static const struct
  {
    const char *uri;
    gboolean    sees_key;
    gboolean    is_called;
  } table[] = {
    { "http://192.168.1.5:8004/v1/images/edits", TRUE, TRUE },
    { "http://192.168.1.5:8004", TRUE, TRUE },
    { "http://192.168.1.5:8005/v1/images/edits", FALSE, FALSE },
    { "http://192.168.1.5/v1/images/edits", FALSE, FALSE },
    { "https://192.168.1.5:8004/v1/images/edits", FALSE, TRUE },
    { "http://192.168.1.6:8004/v1/images/edits", FALSE, FALSE },
    { "http://127.0.0.1:8004/v1/images/edits", FALSE, FALSE },
    { "http://192.168.1.5:8004@example.com/", FALSE, FALSE },
    { "https://example.com/picture.png", FALSE, TRUE },
    { "http://example.com/picture.png", FALSE, FALSE },
    { "file:///etc/hostname", FALSE, FALSE },
  };
  g_autoptr (JsonObject) description = describe ("http://192.168.1.5:8004/v1/", TRUE);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootAddress) address = reshoot_address_new (description, &error);

  g_assert_no_error (error);
  g_assert_cmpstr (reshoot_address_get_base (address), ==, "http://192.168.1.5:8004/v1");

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      const char *uri = table[i].uri;

      g_test_message ("%s", uri);
      g_assert_cmpint (reshoot_address_may_see_key (address, uri), ==, table[i].sees_key);
      g_assert_cmpint (reshoot_address_may_be_called (address, uri), ==, table[i].is_called);
      g_assert_cmpint (reshoot_address_is_base (address, uri), ==, table[i].sees_key);
    }
}

/* A catalogue file may name http on this machine, and nowhere else. */
static void
test_catalogue_file (void)
{
  static const struct
  {
    const char *url;
    gboolean    sees_key;
  } table[] = {
    { "http://127.0.0.1:1234", TRUE },
    { "http://192.168.1.5:1234", FALSE },
    { "http://studio-pc:1234", FALSE },
    { "https://images.example.com", FALSE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (JsonObject) description = describe (table[i].url, FALSE);
      g_autoptr (GError) error = NULL;
      g_autoptr (ReshootAddress) address = reshoot_address_new (description, &error);

      g_assert_no_error (error);
      g_assert_cmpint (reshoot_address_may_see_key (address, table[i].url), ==, table[i].sees_key);
      g_assert_false (reshoot_address_get_is_open (address));
    }
}

static void
test_variables (void)
{
  g_autofree char *plain = reshoot_address_dup_variable ("openai-images", "URL");
  g_autofree char *own = reshoot_address_dup_variable ("comfyui@studio-pc.lan", "KEY");

  g_assert_cmpstr (plain, ==, "RESHOOT_OPENAI_IMAGES_URL");
  g_assert_cmpstr (own, ==, "RESHOOT_COMFYUI_STUDIO_PC_LAN_KEY");
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_data_func ("/address/typed/servers", GINT_TO_POINTER (FALSE), test_typed);
  g_test_add_data_func ("/address/typed/variable", GINT_TO_POINTER (TRUE), test_typed);
  g_test_add_func ("/address/own-server", test_own_server);
  g_test_add_func ("/address/catalogue-file", test_catalogue_file);
  g_test_add_func ("/address/variables", test_variables);

  return g_test_run ();
}
