/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is set in the preferences holds at once, for the window and the command line; a key that was stored is in no
 * widget any more; and a test costs nothing. The services are the fake cloud's, the keyring a file of this test. */

#include "fake-vendors.h"
#include "reshoot-budget-group.h"
#include "reshoot-canvas-background.h"
#include "reshoot-preferences.h"
#include "reshoot-renderer.h"
#include "reshoot-server-dialog.h"
#include "reshoot-service-row.h"
#include "reshoot-session-choices.h"
#include "reshoot-settings.h"
#include "reshoot-ui-test.h"

#include "reshoot-test.h"

#include <glib/gstdio.h>

#define KEY "fake-key"
#define WRONG_KEY "not-the-key"

typedef struct
{
  FakeCloud      *cloud;
  ReshootSession *session;
  GtkWidget      *window;
} Fixture;

static void
set_up (Fixture       *self,
        gconstpointer  data)
{
  g_autoptr (GError) error = NULL;

  self->cloud = fake_cloud_new ();
  fake_bfl_add (self->cloud);
  fake_fal_add (self->cloud);
  fake_comfyui_add (self->cloud);
  g_setenv ("RESHOOT_BFL_URL", fake_cloud_get_uri (self->cloud, "bfl"), TRUE);
  g_setenv ("RESHOOT_FAL_URL", fake_cloud_get_uri (self->cloud, "fal"), TRUE);

  self->session = reshoot_session_new (&error);
  g_assert_no_error (error);
  self->window = reshoot_preferences_new (self->session);
  gtk_window_present (GTK_WINDOW (self->window));
}

static void
tear_down (Fixture       *self,
           gconstpointer  data)
{
  gpointer window_gone = self->window;
  gpointer session_gone = self->session;

  g_object_add_weak_pointer (G_OBJECT (self->window), &window_gone);
  g_object_add_weak_pointer (G_OBJECT (self->session), &session_gone);
  gtk_window_destroy (GTK_WINDOW (self->window));
  g_object_unref (self->session);
  reshoot_test_wait_until (window_gone == NULL);
  reshoot_test_wait_until (session_gone == NULL);
  fake_cloud_free (self->cloud);
}

typedef gboolean (*Wanted) (GtkWidget  *widget,
                            const char *text);

/* Below @widget, seen or not. */
static GtkWidget *
find (GtkWidget  *widget,
      Wanted      is_wanted,
      const char *text)
{
  if (is_wanted (widget, text))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = find (child, is_wanted, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}

static gboolean
is_service (GtkWidget  *widget,
            const char *text)
{
  return RESHOOT_IS_SERVICE_ROW (widget)
         && g_str_equal (reshoot_service_row_get_provider (RESHOOT_SERVICE_ROW (widget)), text);
}

static gboolean
is_key_entry (GtkWidget  *widget,
              const char *text)
{
  return ADW_IS_PASSWORD_ENTRY_ROW (widget);
}

static gboolean
is_row (GtkWidget  *widget,
        const char *text)
{
  return ADW_IS_PREFERENCES_ROW (widget)
         && g_strcmp0 (adw_preferences_row_get_title (ADW_PREFERENCES_ROW (widget)), text) == 0;
}

static gboolean
is_switch (GtkWidget  *widget,
           const char *text)
{
  return GTK_IS_SWITCH (widget);
}

static gboolean
is_amount (GtkWidget  *widget,
           const char *text)
{
  return GTK_IS_SPIN_BUTTON (widget);
}

/* Wherever a person or a screen reader could come upon it. */
static gboolean
tells (GtkWidget  *widget,
       const char *text)
{
  g_autofree char *tooltip = g_strdup (gtk_widget_get_tooltip_text (widget));

  return (GTK_IS_LABEL (widget) && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
         || (GTK_IS_EDITABLE (widget)
             && strstr (gtk_editable_get_text (GTK_EDITABLE (widget)), text) != NULL)
         || (tooltip != NULL && strstr (tooltip, text) != NULL);
}

static GtkWidget *
get_service (Fixture    *self,
             const char *provider)
{
  GtkWidget *row = find (self->window, is_service, provider);

  g_assert_nonnull (row);
  return row;
}

static void
type_key (GtkWidget  *service,
          const char *key)
{
  GtkWidget *entry = find (service, is_key_entry, NULL);

  gtk_editable_set_text (GTK_EDITABLE (entry), key);
  g_signal_emit_by_name (entry, "apply");
}

/* The keyring may have it before it says so. */
static void
store_key (Fixture    *self,
           const char *provider,
           const char *key)
{
  GtkWidget *service = get_service (self, provider);
  GtkWidget *entry = find (service, is_key_entry, NULL);

  type_key (service, key);
  reshoot_test_wait_until (*gtk_editable_get_text (GTK_EDITABLE (entry)) == '\0');
  g_assert_true (reshoot_session_get_key_present (self->session, provider));
}

static void
test_key (Fixture       *self,
          gconstpointer  data)
{
  GtkWidget *bfl = get_service (self, "bfl");
  GtkWidget *entry = find (bfl, is_key_entry, NULL);

  g_assert_nonnull (find (bfl, tells, "No key"));
  g_assert_false (reshoot_session_get_key_present (self->session, "bfl"));

  store_key (self, "bfl", KEY);
  g_assert_nonnull (find (bfl, tells, "Key in the keyring"));
  g_assert_null (find (self->window, tells, KEY));

  /* Nor does it come back. */
  gtk_widget_activate_action (gtk_widget_get_first_child (entry), "text.undo", NULL);
  g_assert_null (find (self->window, tells, KEY));

  gtk_widget_activate_action (bfl, "service.test", NULL);
  reshoot_test_wait_until (find (bfl, tells, "accepts us") != NULL);
  g_assert_null (find (self->window, tells, KEY));
  g_assert_cmpuint (fake_cloud_count (self->cloud, "bfl", FAKE_SUBMIT), ==, 0);

  gtk_widget_activate_action (bfl, "service.forget", NULL);
  reshoot_test_wait_until (!reshoot_session_get_key_present (self->session, "bfl"));
  g_assert_nonnull (find (bfl, tells, "No key"));
}

static void
test_wrong_key (Fixture       *self,
                gconstpointer  data)
{
  GtkWidget *bfl = get_service (self, "bfl");

  fake_cloud_set_fault (self->cloud, "bfl", FAKE_OTHER, FAKE_401, 1);
  store_key (self, "bfl", WRONG_KEY);
  gtk_widget_activate_action (bfl, "service.test", NULL);
  reshoot_test_wait_until (find (bfl, tells, "does not accept the key") != NULL);
  g_assert_null (find (bfl, tells, "accepts us"));
  g_assert_null (find (self->window, tells, WRONG_KEY));

  gtk_widget_activate_action (bfl, "service.forget", NULL);
  reshoot_test_wait_until (!reshoot_session_get_key_present (self->session, "bfl"));
}

/* No header can hold it, so it is no key; and what was typed can be mended. */
static void
test_odd_key (Fixture       *self,
              gconstpointer  data)
{
  GtkWidget *bfl = get_service (self, "bfl");

  type_key (bfl, "two words");
  reshoot_test_wait_until (find (bfl, tells, "That is no key") != NULL);
  g_assert_false (reshoot_session_get_key_present (self->session, "bfl"));
}

/* Where no keyring takes it, the way that is left is named, and what was typed is not gone. */
static void
test_no_keyring (Fixture       *self,
                 gconstpointer  data)
{
  GtkWidget *bfl = get_service (self, "bfl");
  GtkWidget *entry = find (bfl, is_key_entry, NULL);
  const char *keyring = g_getenv ("SECRET_FILE_TEST_PATH");
  g_autofree char *folder = g_path_get_dirname (keyring);
  g_autofree char *away = g_strconcat (folder, "-away", NULL);

  g_assert_cmpint (g_rename (folder, away), ==, 0);
  g_assert_true (g_file_set_contents (folder, "no folder", -1, NULL));
  type_key (bfl, KEY);
  reshoot_test_wait_until (find (bfl, tells, "The variable is BFL_API_KEY.") != NULL);
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (entry)), ==, KEY);

  /* libsecret has it in memory all the same. */
  g_unlink (folder);
  g_assert_cmpint (g_rename (away, folder), ==, 0);
  gtk_widget_activate_action (bfl, "service.forget", NULL);
  reshoot_test_wait_until (*gtk_editable_get_text (GTK_EDITABLE (entry)) == '\0');
}

static void
test_environment (Fixture       *self,
                  gconstpointer  data)
{
  g_setenv ("FAL_KEY", KEY, TRUE);
  g_signal_emit_by_name (self->session, "keys-changed");
  g_assert_nonnull (find (get_service (self, "fal"), tells, "Key in the environment (FAL_KEY)"));
  g_assert_null (find (self->window, tells, KEY));
  g_unsetenv ("FAL_KEY");
}

/* Those that are not official say so; each says where a key is to be had. */
static void
test_services (Fixture       *self,
               gconstpointer  data)
{
  static const char *const wanted[] = { "atlascloud", "bfl", "fal", "imagineapi", "openai-images",
                                        "replicate", "useapi", "comfyui", "mjproxy", "sdserver" };

  for (guint i = 0; i < G_N_ELEMENTS (wanted); i++)
    get_service (self, wanted[i]);

  g_assert_null (find (self->window, is_service, "studio"));
  g_assert_nonnull (find (get_service (self, "useapi"), tells, "forbid automation"));
  g_assert_nonnull (find (get_service (self, "bfl"), tells, "https://dashboard.bfl.ai"));
}

static void
test_consent (Fixture       *self,
              gconstpointer  data)
{
  GtkWidget *row = find (get_service (self, "bfl"), is_row, "Send Pictures without Asking");
  GtkWidget *consent = find (row, is_switch, NULL);

  g_assert_false (reshoot_session_get_consent (self->session, "bfl"));
  gtk_switch_set_active (GTK_SWITCH (consent), TRUE);
  g_assert_true (reshoot_session_get_consent (self->session, "bfl"));
  gtk_switch_set_active (GTK_SWITCH (consent), FALSE);
  g_assert_false (reshoot_session_get_consent (self->session, "bfl"));
}

static void
test_budget (Fixture       *self,
             gconstpointer  data)
{
  g_autoptr (ReshootSession) other = reshoot_session_new (NULL);
  GtkWidget *row = find (self->window, is_row, "Limit for a Day");
  GtkWidget *is_limited = find (row, is_switch, NULL);
  GtkWidget *amount = find (row, is_amount, NULL);

  g_assert_cmpint (reshoot_session_get_limit (other, RESHOOT_LIMIT_DAY), ==, RESHOOT_MONEY_ANY);
  gtk_switch_set_active (GTK_SWITCH (is_limited), TRUE);
  gtk_spin_button_set_value (GTK_SPIN_BUTTON (amount), 2.5);
  g_assert_cmpint (reshoot_session_get_limit (other, RESHOOT_LIMIT_DAY), ==,
                   2 * RESHOOT_MONEY_DOLLAR + RESHOOT_MONEY_DOLLAR / 2);
  g_assert_cmpint (reshoot_session_get_limit (other, RESHOOT_LIMIT_EDIT), ==, RESHOOT_MONEY_ANY);

  gtk_switch_set_active (GTK_SWITCH (is_limited), FALSE);
  g_assert_cmpint (reshoot_session_get_limit (other, RESHOOT_LIMIT_DAY), ==, RESHOOT_MONEY_ANY);
  reshoot_test_wait_until (find (self->window, tells, "nothing") != NULL);
}

static void
test_model (Fixture       *self,
            gconstpointer  data)
{
  GtkWidget *row = find (self->window, is_row, "Usual Model");
  GListModel *models = adw_combo_row_get_model (ADW_COMBO_ROW (row));
  ReshootModel *usual;

  for (guint i = 0; i < g_list_model_get_n_items (models); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (models, i);

      if (g_str_equal (reshoot_model_get_id (model), "bfl/flux-kontext-pro"))
        adw_combo_row_set_selected (ADW_COMBO_ROW (row), i);
    }

  usual = reshoot_session_get_default_model (self->session);
  g_assert_cmpstr (reshoot_model_get_id (usual), ==, "bfl/flux-kontext-pro");
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 0);
  usual = reshoot_session_get_default_model (self->session);
  g_assert_cmpstr (reshoot_model_get_id (usual), ==, "studio/local");
}

static void
test_landing (Fixture       *self,
              gconstpointer  data)
{
  GtkWidget *row = find (self->window, is_row, "Align Results with the Photo");
  GtkWidget *landing = find (row, is_switch, NULL);

  g_assert_true (gtk_switch_get_active (GTK_SWITCH (landing)));
  gtk_switch_set_active (GTK_SWITCH (landing), FALSE);
  g_assert_cmpint (reshoot_session_get_landing (self->session), ==, RESHOOT_LANDING_CHOICE_OFF);
  gtk_switch_set_active (GTK_SWITCH (landing), TRUE);
  g_assert_cmpint (reshoot_session_get_landing (self->session), ==,
                   RESHOOT_LANDING_CHOICE_AUTOMATIC);
}

static void
test_crop (Fixture       *self,
           gconstpointer  data)
{
  GtkWidget *row = find (self->window, is_row, "Send the Part around a Small Region");
  GtkWidget *crop = find (row, is_switch, NULL);

  g_assert_true (gtk_switch_get_active (GTK_SWITCH (crop)));
  gtk_switch_set_active (GTK_SWITCH (crop), FALSE);
  g_assert_false (reshoot_session_get_crop (self->session));
  gtk_switch_set_active (GTK_SWITCH (crop), TRUE);
  g_assert_true (reshoot_session_get_crop (self->session));
}

static void
test_restore (Fixture       *self,
              gconstpointer  data)
{
  g_autoptr (GSettings) settings = reshoot_settings_new ();
  GtkWidget *row = find (self->window, is_row, "Go On Where You Were");
  GtkWidget *restore = find (row, is_switch, NULL);

  g_assert_true (gtk_switch_get_active (GTK_SWITCH (restore)));
  gtk_switch_set_active (GTK_SWITCH (restore), FALSE);
  g_assert_false (g_settings_get_boolean (settings, "restore-session"));
  g_settings_reset (settings, "restore-session");
  reshoot_test_wait_until (gtk_switch_get_active (GTK_SWITCH (restore)));
}

/* Each choice is one that the start understands, and what was set before is what is seen. */
static void
test_renderer (Fixture       *self,
               gconstpointer  data)
{
  g_autoptr (GSettings) settings = reshoot_settings_new ();
  AdwComboRow *row = ADW_COMBO_ROW (find (self->window, is_row, "Drawing"));
  const char *const chosen[] = { "cairo", "gl", NULL };

  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
  for (guint i = 2; i > 0; i--)
    {
      g_autofree char *word = NULL;

      adw_combo_row_set_selected (row, i);
      word = g_settings_get_string (settings, "renderer");
      g_assert_cmpstr (word, ==, chosen[2 - i]);
      g_assert_cmpstr (reshoot_renderer_choose (NULL, word, i == 2), ==, word);
    }

  g_settings_set_string (settings, "renderer", "cairo");
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 2);
  g_settings_reset (settings, "renderer");
  g_assert_cmpuint (adw_combo_row_get_selected (row), ==, 0);
}

static void
test_background (Fixture       *self,
                 gconstpointer  data)
{
  g_autoptr (GSettings) settings = reshoot_settings_new ();
  GtkWidget *row = find (self->window, is_row, "Behind the Pictures");
  GtkWidget *box = g_object_ref_sink (gtk_box_new (GTK_ORIENTATION_VERTICAL, 0));

  reshoot_canvas_background_follow (box, settings);
  g_assert_false (gtk_widget_has_css_class (box, "canvas-gray"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 2);
  reshoot_test_wait_until (gtk_widget_has_css_class (box, "canvas-gray"));
  adw_combo_row_set_selected (ADW_COMBO_ROW (row), 3);
  reshoot_test_wait_until (gtk_widget_has_css_class (box, "canvas-dark"));
  g_assert_false (gtk_widget_has_css_class (box, "canvas-gray"));

  g_settings_reset (settings, RESHOOT_CANVAS_BACKGROUND);
  reshoot_test_wait_until (adw_combo_row_get_selected (ADW_COMBO_ROW (row)) == 0);
  g_assert_false (gtk_widget_has_css_class (box, "canvas-dark"));
  g_object_unref (box);
}

/* Asked what it is, added, tried and removed again. */
static void
test_server (Fixture       *self,
             gconstpointer  data)
{
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (self->session);
  GtkWidget *dialog = reshoot_server_dialog_new (self->session);
  GtkWidget *row;
  gpointer gone = dialog;

  g_object_add_weak_pointer (G_OBJECT (dialog), &gone);
  gtk_window_present (GTK_WINDOW (dialog));
  g_assert_nonnull (find (self->window, is_row, "None yet"));

  row = find (dialog, is_row, "Address, such as http://192.168.1.20:8188");
  gtk_editable_set_text (GTK_EDITABLE (row), fake_cloud_get_uri (self->cloud, "comfyui"));
  gtk_widget_activate_action (dialog, "server.probe", NULL);
  reshoot_test_wait_until (find (dialog, tells, "It answers as comfyui") != NULL);
  row = find (dialog, is_row, "Name, such as studio-pc");
  g_assert_cmpstr (gtk_editable_get_text (GTK_EDITABLE (row)), ==, "127.0.0.1");
  gtk_editable_set_text (GTK_EDITABLE (row), "here");
  gtk_widget_activate_action (dialog, "server.add", NULL);
  reshoot_test_wait_until (gone == NULL);

  g_assert_nonnull (reshoot_catalogue_get_provider (catalogue, "comfyui@here"));
  reshoot_test_wait_until (find (self->window, is_service, "comfyui@here") != NULL);
  g_assert_null (find (self->window, is_row, "None yet"));

  row = get_service (self, "comfyui@here");
  gtk_widget_activate_action (row, "service.test", NULL);
  reshoot_test_wait_until (find (row, tells, "It answers as comfyui") != NULL);
  gtk_widget_activate_action (row, "service.remove", NULL);
  g_assert_null (reshoot_catalogue_get_provider (catalogue, "comfyui@here"));
  reshoot_test_wait_until (find (self->window, is_service, "comfyui@here") == NULL);
  g_assert_nonnull (find (self->window, is_row, "None yet"));
}

/* What goes over plain http can be read by others, unless it stays on this computer. */
static void
test_open_address (Fixture       *self,
                   gconstpointer  data)
{
  GtkWidget *dialog = reshoot_server_dialog_new (self->session);
  GtkWidget *row = find (dialog, is_row, "Address, such as http://192.168.1.20:8188");

  gtk_window_present (GTK_WINDOW (dialog));
  gtk_editable_set_text (GTK_EDITABLE (row), "http://127.0.0.1:8188");
  g_assert_null (find (dialog, tells, "Who listens in this network"));
  gtk_editable_set_text (GTK_EDITABLE (row), "http://192.168.1.20:8188");
  g_assert_nonnull (find (dialog, tells, "Who listens in this network"));
  gtk_editable_set_text (GTK_EDITABLE (row), "https://images.example.com");
  g_assert_null (find (dialog, tells, "Who listens in this network"));
  gtk_window_destroy (GTK_WINDOW (dialog));
}

/* Closed while a service is being asked. */
static void
test_close_early (Fixture       *self,
                  gconstpointer  data)
{
  fake_cloud_set_fault (self->cloud, "bfl", FAKE_OTHER, FAKE_HANG, 1);
  g_setenv ("BFL_API_KEY", KEY, TRUE);
  gtk_widget_activate_action (get_service (self, "bfl"), "service.test", NULL);
  gtk_widget_activate_action (find (self->window, tells, "Models and Prices"), "models.refresh",
                              NULL);
  g_unsetenv ("BFL_API_KEY");
}

static void
test_refresh (Fixture       *self,
              gconstpointer  data)
{
  GtkWidget *title = find (self->window, tells, "Models and Prices");

  g_assert_nonnull (find (self->window, tells, "$0.04, as of"));
  fake_cloud_set_fault (self->cloud, "bfl", FAKE_OTHER, FAKE_401, 1);
  g_setenv ("BFL_API_KEY", WRONG_KEY, TRUE);
  gtk_widget_activate_action (title, "models.refresh", NULL);
  reshoot_test_wait_until (find (self->window, tells, "bfl: ") != NULL);

  g_setenv ("BFL_API_KEY", KEY, TRUE);
  gtk_widget_activate_action (title, "models.refresh", NULL);
  reshoot_test_wait_until (find (self->window, tells, "as the services say now") != NULL);
  g_unsetenv ("BFL_API_KEY");
}

int
main (int    argc,
      char **argv)
{
  g_autofree char *folder = g_dir_make_tmp ("reshoot-keyring-XXXXXX", NULL);
  g_autofree char *keyring = g_build_filename (folder, "keyring", NULL);
  int status;

  g_unsetenv ("BFL_API_KEY");
  g_unsetenv ("FAL_KEY");
  g_setenv ("SECRET_BACKEND", "file", TRUE);
  g_setenv ("SECRET_FILE_TEST_PATH", keyring, TRUE);
  g_setenv ("SECRET_FILE_TEST_PASSWORD", "of the test", TRUE);
  reshoot_ui_test_init (&argc, &argv);

#define add(name, function) \
  g_test_add ("/preferences/" name, Fixture, NULL, set_up, function, tear_down)
  add ("key", test_key);
  add ("wrong-key", test_wrong_key);
  add ("odd-key", test_odd_key);
  add ("no-keyring", test_no_keyring);
  add ("environment", test_environment);
  add ("services", test_services);
  add ("consent", test_consent);
  add ("budget", test_budget);
  add ("model", test_model);
  add ("landing", test_landing);
  add ("crop", test_crop);
  add ("restore", test_restore);
  add ("background", test_background);
  add ("renderer", test_renderer);
  add ("server", test_server);
  add ("open-address", test_open_address);
  add ("close-early", test_close_early);
  add ("refresh", test_refresh);
#undef add

  status = g_test_run ();
  g_unlink (keyring);
  g_rmdir (folder);
  return status;
}
