/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootApplication: opens windows on files, and what belongs to no window: about, quit, a new window. Without a
 * session bus GApplication does not look for a first instance, and each start stands alone. */

#include "config.h"

#include "reshoot-application.h"

#include "reshoot-places.h"
#include "reshoot-preferences.h"
#include "reshoot-renderer.h"
#include "reshoot-resources.h"
#include "reshoot-settings.h"
#include "reshoot-window.h"

#include <glib/gi18n.h>
#include <stdio.h>

struct _ReshootApplication
{
  AdwApplication  parent_instance;

  ReshootSession *session;
  GFile          *early_file;    /* (owned) (nullable): the photo that the program was started with */
  ReshootPicture *early_picture; /* (owned) (nullable): on its way since before GTK was there */
  GtkWidget      *preferences;   /* (weak) (nullable): the one window of them */
  GtkWidget      *shortcuts;     /* (weak) (nullable): the same */
  gboolean        wants_sample;
  gboolean        is_quitting;
};

G_DEFINE_FINAL_TYPE (ReshootApplication, reshoot_application, ADW_TYPE_APPLICATION)

static ReshootWindow *
add_window (ReshootApplication *self)
{
  ReshootWindow *window = reshoot_window_new (GTK_APPLICATION (self), self->session);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* What is open now, without @closing. The last one that closes is what one comes back to. */
static void
remember_windows (ReshootApplication *self,
                  GtkWindow          *closing)
{
  g_autoptr (GPtrArray) open = NULL;
  gboolean is_last = TRUE;

  /* While the program ends, the windows go one by one: what was there is written already. */
  if (self->is_quitting || gtk_application_get_windows (GTK_APPLICATION (self)) == NULL)
    return;

  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    if (RESHOOT_IS_WINDOW (l->data) && l->data != closing)
      is_last = FALSE;

  open = g_ptr_array_new_with_free_func ((GDestroyNotify) reshoot_open_window_free);
  for (GList *l = gtk_application_get_windows (GTK_APPLICATION (self)); l != NULL; l = l->next)
    {
      ReshootOpenWindow *place;
      GFile *file;

      if (!RESHOOT_IS_WINDOW (l->data) || (l->data == closing && !is_last))
        continue;

      file = reshoot_window_get_file (l->data);
      if (file == NULL)
        continue;

      place = g_new0 (ReshootOpenWindow, 1);
      place->uri = g_file_get_uri (file);
      place->is_maximized = gtk_window_is_maximized (l->data);
      gtk_window_get_default_size (l->data, &place->width, &place->height);
      g_ptr_array_add (open, place);
    }

  reshoot_places_set_open (open);
}

static gboolean
close_request_cb (GtkWindow *window,
                  gpointer   user_data)
{
  remember_windows (user_data, window);
  return FALSE;
}

/* A project was opened: a program that is killed is to know it the next time. */
static void
projects_changed_cb (ReshootApplication *self)
{
  remember_windows (self, NULL);
}

/* The windows that were open when the application ended, as far as their projects are still there. */
static gboolean
restore_windows (ReshootApplication *self)
{
  g_autoptr (GSettings) settings = reshoot_settings_new ();
  g_autoptr (GPtrArray) open = NULL;
  gboolean is_restored = FALSE;

  if (settings != NULL && !g_settings_get_boolean (settings, "restore-session"))
    return FALSE;

  /* The one that was in front comes last, and is there again. */
  open = reshoot_places_list_open ();
  for (guint i = open->len; i > 0; i--)
    {
      ReshootOpenWindow *place = open->pdata[i - 1];
      g_autoptr (GFile) file = g_file_new_for_uri (place->uri);
      ReshootWindow *window;

      if (!g_file_query_exists (file, NULL))
        continue;

      window = reshoot_window_new (GTK_APPLICATION (self), self->session);
      if (place->width > 0 && place->height > 0)
        gtk_window_set_default_size (GTK_WINDOW (window), place->width, place->height);
      if (place->is_maximized)
        gtk_window_maximize (GTK_WINDOW (window));

      reshoot_window_open (window, file);
      gtk_window_present (GTK_WINDOW (window));
      is_restored = TRUE;
    }

  return is_restored;
}

/* The window in front if it has nothing to show yet, else a new one; to be presented by the caller. One that is told
 * what to show before it is there shows that in its first frame, instead of fading from the empty page to it. */
static ReshootWindow *
find_empty_window (ReshootApplication *self)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (active != NULL && RESHOOT_IS_WINDOW (active)
      && reshoot_window_is_empty (RESHOOT_WINDOW (active)))
    return RESHOOT_WINDOW (active);

  return reshoot_window_new (GTK_APPLICATION (self), self->session);
}

static ReshootWindow *
get_empty_window (ReshootApplication *self)
{
  ReshootWindow *window = find_empty_window (self);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

static void
new_window_cb (GSimpleAction *action,
               GVariant      *parameter,
               gpointer       user_data)
{
  add_window (user_data);
}

static void
open_sample_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  reshoot_window_open_sample (get_empty_window (user_data));
}

/* What whoever looks into a problem asks first. */
static char *
dup_versions (void)
{
  return g_strdup_printf ("Reshoot %s\nGTK %u.%u.%u\nlibadwaita %u.%u.%u\nGLib %u.%u.%u\n",
                          RESHOOT_VERSION, gtk_get_major_version (), gtk_get_minor_version (),
                          gtk_get_micro_version (), adw_get_major_version (),
                          adw_get_minor_version (), adw_get_micro_version (), glib_major_version,
                          glib_minor_version, glib_micro_version);
}

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  g_autofree char *debug = dup_versions ();

  adw_show_about_window (gtk_application_get_active_window (user_data),
                         "application-name", "Reshoot",
                         "application-icon", RESHOOT_APPLICATION_ID,
                         "version", RESHOOT_VERSION,
                         "developer-name", _("The Reshoot authors"),
                         "comments", _("Edit product photographs by instruction."),
                         "website", "https://github.com/reshoot/reshoot",
                         "copyright", "© 2026 The Reshoot authors",
                         "license-type", GTK_LICENSE_GPL_3_0,
                         "debug-info", debug,
                         "debug-info-filename", "reshoot-versions.txt",
                         /* Translators: your own names, one a line. */
                         "translator-credits", _("translator-credits"),
                         NULL);
}

/* On the page that is named; "" = where it stands. */
static void
preferences_cb (GSimpleAction *action,
                GVariant      *parameter,
                gpointer       user_data)
{
  ReshootApplication *self = user_data;
  const char *page = g_variant_get_string (parameter, NULL);

  if (self->preferences == NULL)
    {
      g_set_weak_pointer (&self->preferences, reshoot_preferences_new (self->session));
      gtk_window_set_transient_for (GTK_WINDOW (self->preferences),
                                    gtk_application_get_active_window (GTK_APPLICATION (self)));
    }

  if (*page != '\0')
    adw_preferences_window_set_visible_page_name (ADW_PREFERENCES_WINDOW (self->preferences), page);

  gtk_window_present (GTK_WINDOW (self->preferences));
}

/* Made when it is asked for: what GTK finds by its name it makes for every window, before that one is shown. */
static void
shortcuts_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  ReshootApplication *self = user_data;

  if (self->shortcuts == NULL)
    {
      g_autoptr (GtkBuilder) builder =
        gtk_builder_new_from_resource ("/io/github/reshoot/Reshoot/shortcuts.ui");

      g_set_weak_pointer (&self->shortcuts,
                          GTK_WIDGET (gtk_builder_get_object (builder, "shortcuts")));
    }

  gtk_window_set_transient_for (GTK_WINDOW (self->shortcuts),
                                gtk_application_get_active_window (GTK_APPLICATION (self)));
  gtk_window_present (GTK_WINDOW (self->shortcuts));
}

/* From a notification: the window that has the project comes to the front, or a new one opens it. */
static void
show_step_cb (GSimpleAction *action,
              GVariant      *parameter,
              gpointer       user_data)
{
  g_autoptr (GFile) file = NULL;
  ReshootWindow *window;
  const char *uri;
  gint64 number;

  g_variant_get (parameter, "(&sx)", &uri, &number);
  file = g_file_new_for_uri (uri);
  window = reshoot_window_find_open (file);
  reshoot_window_show_step (window != NULL ? window : get_empty_window (user_data), file, number);
}

/* Every window gets the chance to remember how it stood. */
static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  ReshootApplication *self = user_data;
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (GTK_APPLICATION (self)));

  remember_windows (self, NULL);
  self->is_quitting = TRUE;
  for (GList *l = windows; l != NULL; l = l->next)
    gtk_window_close (l->data);
}

static void
reshoot_application_startup (GApplication *application)
{
  static const GActionEntry entries[] = {
    { .name = "new-window", .activate = new_window_cb },
    { .name = "open-sample", .activate = open_sample_cb },
    { .name = "preferences", .activate = preferences_cb, .parameter_type = "s" },
    { .name = "about", .activate = about_cb },
    { .name = "shortcuts", .activate = shortcuts_cb },
    { .name = "show-step", .activate = show_step_cb, .parameter_type = "(sx)" },
    { .name = "quit", .activate = quit_cb },
  };

  reshoot_resources_ensure ();
  G_APPLICATION_CLASS (reshoot_application_parent_class)->startup (application);

  g_action_map_add_action_entries (G_ACTION_MAP (application), entries, G_N_ELEMENTS (entries),
                                   application);
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.quit",
                                         (const char *[]) { "<Control>q", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.new-window",
                                         (const char *[]) { "<Control>n", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.preferences::",
                                         (const char *[]) { "<Control>comma", NULL });
  gtk_application_set_accels_for_action (GTK_APPLICATION (application), "app.shortcuts",
                                         (const char *[]) { "<Control>question", NULL });
  g_signal_connect_object (reshoot_session_get_index (RESHOOT_APPLICATION (application)->session),
                           "changed", G_CALLBACK (projects_changed_cb), application,
                           G_CONNECT_SWAPPED);
  gtk_window_set_default_icon_name (RESHOOT_APPLICATION_ID);
}

static void
reshoot_application_window_added (GtkApplication *application,
                                  GtkWindow      *window)
{
  GTK_APPLICATION_CLASS (reshoot_application_parent_class)->window_added (application, window);
  if (RESHOOT_IS_WINDOW (window))
    g_signal_connect_object (window, "close-request", G_CALLBACK (close_request_cb), application,
                             0);
}

static void
reshoot_application_activate (GApplication *application)
{
  ReshootApplication *self = RESHOOT_APPLICATION (application);

  gboolean is_first = gtk_application_get_windows (GTK_APPLICATION (self)) == NULL;

  self->is_quitting = FALSE;
  if (self->wants_sample)
    reshoot_window_open_sample (get_empty_window (self));
  else if (!is_first || !restore_windows (self))
    get_empty_window (self);

  self->wants_sample = FALSE;
}

/* GTK takes longer to start than a photo to be decoded small: both are done at once. */
static gboolean
reshoot_application_local_command_line (GApplication   *application,
                                        char         ***arguments,
                                        int            *status)
{
  ReshootApplication *self = RESHOOT_APPLICATION (application);
  const char *first = (*arguments)[0] != NULL ? (*arguments)[1] : NULL;

  if (first != NULL && *first != '-' && !g_str_has_suffix (first, ".reshoot"))
    {
      self->early_file = g_file_new_for_commandline_arg (first);
      if (g_file_is_native (self->early_file))
        self->early_picture = reshoot_picture_new_for_file (self->early_file,
                                                            RESHOOT_PICTURE_FIRST_EDGE);
    }

  return G_APPLICATION_CLASS (reshoot_application_parent_class)->local_command_line (application,
                                                                                     arguments,
                                                                                     status);
}

/* The one that is on its way already, once. */
static ReshootPicture *
steal_early_picture (ReshootApplication *self,
                     GFile              *file)
{
  if (self->early_picture == NULL || !g_file_equal (file, self->early_file))
    return NULL;

  return g_steal_pointer (&self->early_picture);
}

static void
reshoot_application_open (GApplication  *application,
                          GFile        **files,
                          int            n_files,
                          const char    *hint)
{
  for (int i = 0; i < n_files; i++)
    {
      ReshootWindow *window = reshoot_window_find_open (files[i]);
      g_autoptr (ReshootPicture) picture = NULL;

      picture = steal_early_picture (RESHOOT_APPLICATION (application), files[i]);
      if (window == NULL)
        {
          window = find_empty_window (RESHOOT_APPLICATION (application));
          if (picture != NULL)
            reshoot_window_open_picture (window, files[i], picture);
          else
            reshoot_window_open (window, files[i]);
        }

      gtk_window_present (GTK_WINDOW (window));
    }
}

static int
reshoot_application_handle_local_options (GApplication *application,
                                          GVariantDict *options)
{
  ReshootApplication *self = RESHOOT_APPLICATION (application);
  g_autoptr (GError) error = NULL;

  if (!gtk_init_check ())
    {
      /* Not g_printerr(): where the locale is unset it makes question marks of the quotes. */
      fprintf (stderr, "%s\n",
               _("There is no display to open a window on: “reshoot edit” works without one."));
      return 1;
    }

  reshoot_renderer_clean_up ();
  if (!g_variant_dict_contains (options, "sample"))
    return -1;

  if (!g_application_register (application, NULL, &error))
    {
      g_printerr ("%s\n", error->message);
      return 1;
    }

  if (g_application_get_is_remote (application))
    {
      g_action_group_activate_action (G_ACTION_GROUP (application), "open-sample", NULL);
      return 0;
    }

  self->wants_sample = TRUE;
  return -1;
}

static void
reshoot_application_finalize (GObject *object)
{
  ReshootApplication *self = RESHOOT_APPLICATION (object);

  g_clear_weak_pointer (&self->preferences);
  g_clear_weak_pointer (&self->shortcuts);
  g_clear_object (&self->session);
  g_clear_object (&self->early_file);
  g_clear_object (&self->early_picture);

  G_OBJECT_CLASS (reshoot_application_parent_class)->finalize (object);
}

static void
reshoot_application_class_init (ReshootApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = reshoot_application_finalize;
  GTK_APPLICATION_CLASS (klass)->window_added = reshoot_application_window_added;
  application_class->startup = reshoot_application_startup;
  application_class->activate = reshoot_application_activate;
  application_class->local_command_line = reshoot_application_local_command_line;
  application_class->open = reshoot_application_open;
  application_class->handle_local_options = reshoot_application_handle_local_options;
}

static void
reshoot_application_init (ReshootApplication *self)
{
  static const GOptionEntry options[] = {
    { .long_name = "sample", .arg = G_OPTION_ARG_NONE,
      .description = N_("Open the sample photo with a first instruction") },
    { .long_name = NULL },
  };

  g_application_add_main_option_entries (G_APPLICATION (self), options);
}

/**
 * reshoot_application_new:
 * @session: makes the edits
 *
 * Returns: (transfer full): the application
 */
ReshootApplication *
reshoot_application_new (ReshootSession *session)
{
  ReshootApplication *self;

  g_return_val_if_fail (RESHOOT_IS_SESSION (session), NULL);

  self = g_object_new (RESHOOT_TYPE_APPLICATION,
                       "application-id", RESHOOT_APPLICATION_ID,
                       "flags", G_APPLICATION_HANDLES_OPEN,
                       NULL);
  self->session = g_object_ref (session);
  return self;
}
