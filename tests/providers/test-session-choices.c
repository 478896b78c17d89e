/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the person chose once: the model of an edit that names none, and servers of their own that come and go while the
 * program runs. */

#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-session-choices.h"
#include "reshoot-session-private.h"
#include "reshoot-test.h"

#include <glib/gstdio.h>

/* Nobody listens there. */
#define DEAD "http://127.0.0.1:1"

static ReshootSession *
make_session (void)
{
  g_autoptr (GError) error = NULL;
  ReshootSession *session = reshoot_session_new (&error);

  g_assert_no_error (error);
  reshoot_session_set_times (session, &(ReshootTimes) { 1, 4, 10000, 20000, 4, 1, 4 });
  return session;
}

static const char *
get_default (ReshootSession *session)
{
  return reshoot_model_get_id (reshoot_session_get_default_model (session));
}

static void
test_default_model (void)
{
  g_autoptr (ReshootSession) session = make_session ();
  g_autoptr (ReshootSession) other = make_session ();
  g_autoptr (GError) error = NULL;
  g_autofree char *path = g_build_filename (g_get_user_config_dir (), "reshoot", "model.ini", NULL);
  ReshootModel *model = reshoot_catalogue_get_model (reshoot_session_get_catalogue (session),
                                                     "bfl/flux-kontext-pro");

  g_assert_cmpstr (get_default (session), ==, "studio/local");
  g_assert_true (reshoot_session_set_default_model (session, model, &error));
  g_assert_no_error (error);
  g_assert_cmpstr (get_default (session), ==, "bfl/flux-kontext-pro");
  g_assert_cmpstr (get_default (other), ==, "bfl/flux-kontext-pro");

  /* What is not in the catalogue any more is never charged for by surprise: the studio takes its place. */
  g_file_set_contents (path, "[Model]\ndefault=gone/model\n", -1, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (get_default (session), ==, "studio/local");
  g_file_set_contents (path, "nonsense", -1, &error);
  g_assert_cmpstr (get_default (session), ==, "studio/local");

  g_unlink (path);
  g_assert_cmpstr (get_default (session), ==, "studio/local");
}

static guint
count_models (ReshootSession *session)
{
  return g_list_model_get_n_items (G_LIST_MODEL (reshoot_session_get_catalogue (session)));
}

static void
test_servers (void)
{
  g_autoptr (ReshootSession) session = make_session ();
  g_autoptr (ReshootSession) later = NULL;
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (session);
  ReshootServer server = { (char *) "comfyui@studio-pc", (char *) DEAD, NULL, NULL, NULL };
  ReshootServer bad = { (char *) "nothing@studio-pc", (char *) DEAD, NULL, NULL, NULL };
  g_autoptr (JsonObject) description = NULL;
  g_autoptr (GError) error = NULL;
  guint n = count_models (session);
  ReshootModel *model;

  g_assert_null (reshoot_session_add_server (session, &bad, &error));
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "server-dialect");
  g_clear_error (&error);
  g_assert_cmpuint (count_models (session), ==, n);

  description = reshoot_session_add_server (session, &server, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reshoot_json_get_string (description, "name"), ==, "studio-pc (ComfyUI)");
  g_assert_cmpuint (count_models (session), >, n);
  model = reshoot_catalogue_get_model (catalogue, "comfyui@studio-pc/kontext-dev");
  g_assert_nonnull (model);

  g_assert_null (reshoot_session_add_server (session, &server, &error));
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "server-exists");
  g_clear_error (&error);

  later = make_session ();
  g_assert_cmpuint (count_models (later), ==, count_models (session));

  /* Who still looks at the model may go on. */
  g_assert_true (reshoot_session_remove_server (session, "comfyui@studio-pc", &error));
  g_assert_no_error (error);
  g_assert_cmpuint (count_models (session), ==, n);
  g_assert_null (reshoot_catalogue_get_model (catalogue, "comfyui@studio-pc/kontext-dev"));
  g_assert_null (reshoot_catalogue_get_provider (catalogue, "comfyui@studio-pc"));
  g_assert_cmpstr (reshoot_model_get_id (model), ==, "comfyui@studio-pc/kontext-dev");

  g_assert_false (reshoot_session_remove_server (session, "comfyui@studio-pc", &error));
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "server");
  g_clear_error (&error);

  /* And it can come back. */
  g_clear_pointer (&description, json_object_unref);
  description = reshoot_session_add_server (session, &server, &error);
  g_assert_no_error (error);
  g_assert_true (reshoot_session_remove_server (session, "comfyui@studio-pc", &error));
}

/* A server that is off is told of, and the others are asked all the same; those without a key of ours are not. */
static void
test_refresh (void)
{
  g_autoptr (ReshootSession) session = make_session ();
  ReshootServer a = { (char *) "comfyui@a", (char *) DEAD, NULL, NULL, NULL };
  ReshootServer b = { (char *) "sdserver@b", (char *) DEAD, NULL, NULL, NULL };
  g_autoptr (JsonObject) added_a = reshoot_session_add_server (session, &a, NULL);
  g_autoptr (JsonObject) added_b = reshoot_session_add_server (session, &b, NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GHashTable) troubles = NULL;
  g_autoptr (GError) error = NULL;

  reshoot_session_refresh_async (session, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  troubles = reshoot_session_refresh_finish (session, result, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (g_hash_table_size (troubles), ==, 2);
  g_assert_true (g_error_matches (g_hash_table_lookup (troubles, "sdserver@b"), RESHOOT_ERROR,
                                  RESHOOT_ERROR_NETWORK));
  g_assert_nonnull (added_a);
  g_assert_nonnull (added_b);

  g_clear_object (&result);
  reshoot_session_refresh_async (session, cancellable, reshoot_test_ready_cb, &result);
  g_cancellable_cancel (cancellable);
  reshoot_test_await (&result);
  g_assert_null (reshoot_session_refresh_finish (session, result, &error));
  g_assert_error (error, G_IO_ERROR, G_IO_ERROR_CANCELLED);

  g_assert_true (reshoot_session_remove_server (session, "comfyui@a", NULL));
  g_assert_true (reshoot_session_remove_server (session, "sdserver@b", NULL));
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);
  g_test_add_func ("/session-choices/default-model", test_default_model);
  g_test_add_func ("/session-choices/servers", test_servers);
  g_test_add_func ("/session-choices/refresh", test_refresh);
  return g_test_run ();
}
