/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Where keys come from. The keyring is the file of libsecret's own that a process can have for itself, or a bus that
 * does not answer, or none. */

#include "reshoot-error.h"
#include "reshoot-keys.h"
#include "reshoot-test.h"

#include <gio/gunixsocketaddress.h>
#include <glib/gstdio.h>
#include <libsecret/secret.h>
#include <string.h>
#include <unistd.h>

static ReshootKeys *
make_keys (void)
{
  g_autoptr (ReshootCatalogue) catalogue = reshoot_catalogue_new (NULL);

  return reshoot_keys_new (catalogue);
}

static char *
look_up (ReshootKeys   *keys,
         GCancellable  *cancellable,
         GError       **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_keys_lookup_async (keys, "bfl", cancellable, reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  return reshoot_keys_lookup_finish (keys, result, error);
}

static void
test_environment (void)
{
  g_autoptr (ReshootKeys) keys = make_keys ();
  g_autoptr (GError) error = NULL;
  g_autofree char *key = NULL;

  g_setenv ("BFL_API_KEY", "  bfl_abc\n", TRUE);
  g_assert_true (reshoot_keys_get_present (keys, "bfl"));
  key = look_up (keys, NULL, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (key, ==, "bfl_abc");
  g_unsetenv ("BFL_API_KEY");
}

/* What cannot stand in a header is no key: it must not become two headers. */
static void
test_unclean (void)
{
  static const char * const bad[] = { "", "   ", "a b", "a\r\nX-Other: b", "schl\xc3\xbcssel" };
  g_autoptr (ReshootKeys) keys = make_keys ();

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_setenv ("BFL_API_KEY", bad[i], TRUE);
      g_assert_false (reshoot_keys_get_present (keys, "bfl"));
    }

  g_unsetenv ("BFL_API_KEY");
}

static void
test_no_bus (void)
{
  g_autoptr (ReshootKeys) keys = make_keys ();
  g_autoptr (GError) error = NULL;

  g_assert_false (reshoot_keys_get_present (keys, "bfl"));
  g_assert_null (look_up (keys, NULL, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_AUTH);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "no-key");
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, "BFL_API_KEY");
}

static void
test_cancelled (void)
{
  g_autoptr (ReshootKeys) keys = make_keys ();
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GError) error = NULL;

  g_cancellable_cancel (cancellable);
  g_assert_null (look_up (keys, cancellable, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);
}

/* Each of these is a process of its own: the bus and the kind of keyring are found out once in a process. */

static void
test_silent_bus (void)
{
  if (g_test_subprocess ())
    {
      g_autoptr (GSocketService) bus = g_socket_service_new ();
      g_autofree char *folder = g_dir_make_tmp ("reshoot-bus-XXXXXX", NULL);
      g_autofree char *path = g_build_filename (folder, "bus", NULL);
      g_autofree char *address = g_strconcat ("unix:path=", path, NULL);
      g_autoptr (GSocketAddress) socket = g_unix_socket_address_new (path);
      g_autoptr (ReshootKeys) keys = make_keys ();
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) error = NULL;
      g_autoptr (GError) cancelled = NULL;

      g_assert_true (g_socket_listener_add_address (G_SOCKET_LISTENER (bus), socket,
                                                    G_SOCKET_TYPE_STREAM,
                                                    G_SOCKET_PROTOCOL_DEFAULT, NULL, NULL, NULL));
      g_setenv ("DBUS_SESSION_BUS_ADDRESS", address, TRUE);
      reshoot_keys_set_patience (keys, 50);

      g_assert_null (look_up (keys, NULL, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_AUTH);

      reshoot_keys_lookup_async (keys, "bfl", cancellable, reshoot_test_ready_cb, &result);
      g_cancellable_cancel (cancellable);
      reshoot_test_await (&result);
      g_assert_null (reshoot_keys_lookup_finish (keys, result, &cancelled));
      g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      g_unlink (path);
      g_rmdir (folder);
      return;
    }

  g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static void
store (const char *provider,
       const char *key)
{
  static const SecretSchema schema = {
    "io.github.reshoot.Reshoot.Key", SECRET_SCHEMA_NONE,
    { { "provider", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
    0, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  };
  g_autoptr (GError) error = NULL;

  secret_password_store_sync (&schema, SECRET_COLLECTION_DEFAULT, "test", key, NULL, &error,
                              "provider", provider, NULL);
  g_assert_no_error (error);
}

static void
test_keyring (void)
{
  if (g_test_subprocess ())
    {
      g_autofree char *folder = g_dir_make_tmp ("reshoot-keyring-XXXXXX", NULL);
      g_autofree char *path = g_build_filename (folder, "keyring", NULL);
      g_autoptr (ReshootKeys) keys = make_keys ();
      g_autoptr (GError) error = NULL;
      g_autofree char *key = NULL;
      g_autofree char *first = NULL;

      g_setenv ("SECRET_BACKEND", "file", TRUE);
      g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
      g_setenv ("SECRET_FILE_TEST_PASSWORD", "of the test", TRUE);
      store ("bfl", "bfl_from_the_keyring");
      store ("other", "another");

      g_assert_false (reshoot_keys_get_present (keys, "bfl"));
      reshoot_keys_set_patience (keys, 10000);
      key = look_up (keys, NULL, &error);
      g_assert_no_error (error);
      g_assert_cmpstr (key, ==, "bfl_from_the_keyring");
      g_assert_true (reshoot_keys_get_present (keys, "bfl"));

      /* The environment counts first. */
      g_setenv ("BFL_API_KEY", "bfl_from_the_environment", TRUE);
      first = look_up (keys, NULL, &error);
      g_assert_cmpstr (first, ==, "bfl_from_the_environment");

      g_unlink (path);
      g_rmdir (folder);
      return;
    }

  g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

static gboolean
set (ReshootKeys  *keys,
     const char   *provider,
     const char   *key,
     GError      **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_keys_set_async (keys, provider, key, NULL, reshoot_test_ready_cb, &result);
  g_assert_null (result);
  reshoot_test_await (&result);
  return reshoot_keys_set_finish (keys, result, error);
}

/* What the keyring gives to a session that knows nothing yet. */
static void
assert_kept (const char *key)
{
  g_autoptr (ReshootKeys) keys = make_keys ();
  g_autofree char *found = NULL;

  reshoot_keys_set_patience (keys, 10000);
  g_assert_null (reshoot_keys_get_place (keys, "bfl"));
  found = look_up (keys, NULL, NULL);
  g_assert_cmpstr (found, ==, key);
  g_assert_cmpstr (reshoot_keys_get_place (keys, "bfl"), ==, key != NULL ? "keyring" : NULL);
}

/* A key is kept, replaced and forgotten; what no header can hold never is. */
static void
test_set (void)
{
  if (g_test_subprocess ())
    {
      g_autofree char *folder = g_dir_make_tmp ("reshoot-keyring-XXXXXX", NULL);
      g_autofree char *path = g_build_filename (folder, "keyring", NULL);
      g_autoptr (ReshootKeys) keys = make_keys ();
      g_autoptr (GCancellable) cancellable = g_cancellable_new ();
      g_autoptr (GAsyncResult) result = NULL;
      g_autoptr (GError) unclean = NULL;
      g_autoptr (GError) unneeded = NULL;
      g_autoptr (GError) cancelled = NULL;

      g_setenv ("SECRET_BACKEND", "file", TRUE);
      g_setenv ("SECRET_FILE_TEST_PATH", path, TRUE);
      g_setenv ("SECRET_FILE_TEST_PASSWORD", "of the test", TRUE);

      g_assert_true (set (keys, "bfl", "  bfl_first\n", NULL));
      g_assert_cmpstr (reshoot_keys_get_place (keys, "bfl"), ==, "keyring");
      assert_kept ("bfl_first");
      g_assert_true (set (keys, "bfl", "bfl_second", NULL));
      assert_kept ("bfl_second");

      g_assert_false (set (keys, "bfl", "a\r\nX-Other: b", &unclean));
      g_assert_error (unclean, RESHOOT_ERROR, RESHOOT_ERROR_INVALID_REQUEST);
      g_assert_cmpstr (reshoot_error_get_reason (unclean), ==, "key-text");
      g_assert_false (set (keys, "studio", "key", &unneeded));
      g_assert_cmpstr (reshoot_error_get_reason (unneeded), ==, "key-unneeded");
      assert_kept ("bfl_second");

      g_cancellable_cancel (cancellable);
      reshoot_keys_set_async (keys, "bfl", "bfl_third", cancellable, reshoot_test_ready_cb, &result);
      reshoot_test_await (&result);
      g_assert_false (reshoot_keys_set_finish (keys, result, &cancelled));
      g_assert_error (cancelled, G_IO_ERROR, G_IO_ERROR_CANCELLED);

      g_assert_true (set (keys, "bfl", NULL, NULL));
      g_assert_null (reshoot_keys_get_place (keys, "bfl"));
      assert_kept (NULL);
      g_assert_true (set (keys, "bfl", NULL, NULL));

      g_unlink (path);
      g_rmdir (folder);

      /* Without a look at leaks: libsecret 0.20 drops the version tag of its keyring file at every store, with nothing
       * on the stack that a suppression could name. */
      _exit (0);
    }

  g_test_trap_subprocess (NULL, 20 * G_USEC_PER_SEC, G_TEST_SUBPROCESS_DEFAULT);
  g_test_trap_assert_passed ();
}

/* Where there is no keyring nothing is kept, and that is said. */
static void
test_set_nowhere (void)
{
  g_autoptr (ReshootKeys) keys = make_keys ();
  g_autoptr (GError) error = NULL;

  g_assert_false (set (keys, "bfl", "bfl_abc", &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_FAILED);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "keyring");
  g_assert_null (strstr (error->message, "bfl_abc"));
  g_assert_null (reshoot_keys_get_place (keys, "bfl"));
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  g_unsetenv ("BFL_API_KEY");
  g_setenv ("DBUS_SESSION_BUS_ADDRESS", "unix:path=/nowhere", TRUE);

  g_test_add_func ("/keys/environment", test_environment);
  g_test_add_func ("/keys/unclean", test_unclean);
  g_test_add_func ("/keys/no-bus", test_no_bus);
  g_test_add_func ("/keys/cancelled", test_cancelled);
  g_test_add_func ("/keys/silent-bus", test_silent_bus);
  g_test_add_func ("/keys/keyring", test_keyring);
  g_test_add_func ("/keys/set", test_set);
  g_test_add_func ("/keys/set-nowhere", test_set_nowhere);

  return g_test_run ();
}
