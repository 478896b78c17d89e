/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is asked before a picture leaves: once a service, with the risk of an unofficial one, and apart from that where
 * it would lie for anybody to load. */

#include "reshoot-agreement.h"
#include "reshoot-ui-test.h"

#include "reshoot-test.h"

typedef struct
{
  ReshootSession *session;
  GtkWidget      *child;
  GtkWidget      *window;
} Fixture;

static void
set_up (Fixture       *fixture,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  fixture->session = reshoot_session_new (&error);
  g_assert_no_error (error);
  fixture->child = gtk_label_new ("here");
  fixture->window = reshoot_ui_test_window (fixture->child, 300, 200);
}

static void
tear_down (Fixture       *fixture,
           gconstpointer  data)
{
  gpointer gone = fixture->session;

  gtk_window_destroy (GTK_WINDOW (fixture->window));
  g_object_add_weak_pointer (G_OBJECT (fixture->session), &gone);
  g_object_unref (fixture->session);
  reshoot_test_wait_until (gone == NULL);
}

static ReshootRequest *
make_request (const char *model,
              const char *publisher)
{
  g_autoptr (JsonObject) parameters = NULL;

  if (publisher != NULL)
    {
      parameters = json_object_new ();
      json_object_set_string_member (parameters, "publish", publisher);
    }

  return reshoot_request_new ("warmer", model, parameters);
}

static GtkWidget *
find_dialog (void)
{
  GListModel *windows = gtk_window_get_toplevels ();

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (ADW_IS_MESSAGE_DIALOG (window) && gtk_widget_get_visible (window))
        return window;
    }

  return NULL;
}

static void
answer (const char *heading,
        const char *words,
        const char *response)
{
  GtkWidget *dialog;

  reshoot_test_wait_until (find_dialog () != NULL);
  dialog = find_dialog ();
  g_assert_cmpstr (adw_message_dialog_get_heading (ADW_MESSAGE_DIALOG (dialog)), ==, heading);
  g_assert_nonnull (strstr (adw_message_dialog_get_body (ADW_MESSAGE_DIALOG (dialog)), words));
  g_object_ref (dialog);
  gtk_widget_set_visible (dialog, FALSE);
  adw_message_dialog_response (ADW_MESSAGE_DIALOG (dialog), response);
  gtk_window_destroy (GTK_WINDOW (dialog));
  g_object_unref (dialog);
}

static gboolean
finish (GAsyncResult **result)
{
  g_autoptr (GError) error = NULL;
  gboolean agreed;

  reshoot_test_await (result);
  agreed = reshoot_agreement_ask_finish (*result, &error);
  g_assert_true (agreed || g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED));
  g_clear_object (result);
  return agreed;
}

static void
ask (Fixture        *fixture,
     ReshootRequest *request,
     GCancellable   *cancellable,
     GAsyncResult  **result)
{
  reshoot_agreement_ask_async (fixture->child, fixture->session, &request, 1, cancellable,
                               reshoot_test_ready_cb, result);
}

static void
test_local (Fixture       *fixture,
            gconstpointer  data)
{
  g_autoptr (ReshootRequest) request = make_request ("studio/local", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  ask (fixture, request, NULL, &result);
  g_assert_true (finish (&result));
  g_assert_null (find_dialog ());
}

/* A no leaves everything to be asked again, a yes nothing. */
static void
test_service (Fixture       *fixture,
              gconstpointer  data)
{
  g_autoptr (ReshootRequest) request = make_request ("bfl/flux-kontext-pro", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  ask (fixture, request, NULL, &result);
  answer ("Send the Picture to Black Forest Labs?", "charges your account", "cancel");
  g_assert_false (finish (&result));
  g_assert_false (reshoot_session_get_consent (fixture->session, "bfl"));

  ask (fixture, request, NULL, &result);
  answer ("Send the Picture to Black Forest Labs?", "leave this computer", "send");
  g_assert_true (finish (&result));

  ask (fixture, request, NULL, &result);
  g_assert_true (finish (&result));
}

/* Its terms, and the place where anybody can load the picture, are two questions. */
static void
test_public (Fixture       *fixture,
             gconstpointer  data)
{
  g_autoptr (ReshootRequest) request = make_request ("useapi/midjourney", "fal");
  g_autoptr (GAsyncResult) result = NULL;

  ask (fixture, request, NULL, &result);
  answer ("Send the Picture to UseAPI.net?", "an account that is used like this may be blocked",
          "send");
  answer ("Put the Picture at fal, for Anybody to Load?", "anybody who has its address", "cancel");
  g_assert_false (finish (&result));
  g_assert_true (reshoot_session_get_consent (fixture->session, "useapi"));
  g_assert_false (reshoot_session_get_public_consent (fixture->session, "fal"));

  ask (fixture, request, NULL, &result);
  answer ("Put the Picture at fal, for Anybody to Load?", "takes no pictures", "send");
  g_assert_true (finish (&result));
  g_assert_true (reshoot_session_get_public_consent (fixture->session, "fal"));
}

static void
test_cancelled (Fixture       *fixture,
                gconstpointer  data)
{
  g_autoptr (ReshootRequest) request = make_request ("replicate/flux-kontext-pro", NULL);
  g_autoptr (GCancellable) cancellable = g_cancellable_new ();
  g_autoptr (GAsyncResult) result = NULL;

  g_cancellable_cancel (cancellable);
  ask (fixture, request, cancellable, &result);
  g_assert_false (finish (&result));
  g_assert_null (find_dialog ());
}

int
main (int    argc,
      char **argv)
{
  reshoot_ui_test_init (&argc, &argv);

#define add(name, function) \
  g_test_add ("/agreement/" name, Fixture, NULL, set_up, function, tear_down)
  add ("local", test_local);
  add ("service", test_service);
  add ("public", test_public);
  add ("cancelled", test_cancelled);
#undef add

  return g_test_run ();
}
