/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootApplication: opens windows on files, and what belongs to no window: about, quit, a new window. Without a
 * session bus GApplication does not look for a first instance, and each start stands alone. */

#include "config.h"

#include "reshoot-application.h"

#include "reshoot-preferences.h"
#include "reshoot-resources.h"
#include "reshoot-window.h"

#include <glib/gi18n.h>
#include <stdio.h>

struct _ReshootApplication
{
  AdwApplication  parent_instance;

  ReshootSession *session;
  GtkWidget      *preferences;   /* (weak) (nullable): the one window of them */
  gboolean        wants_sample;
};

G_DEFINE_FINAL_TYPE (ReshootApplication, reshoot_application, ADW_TYPE_APPLICATION)

static ReshootWindow *
add_window (ReshootApplication *self)
{
  ReshootWindow *window = reshoot_window_new (GTK_APPLICATION (self), self->session);

  gtk_window_present (GTK_WINDOW (window));
  return window;
}

/* The window in front if it has nothing to show yet, else a new one. */
static ReshootWindow *
get_empty_window (ReshootApplication *self)
{
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (self));

  if (active != NULL && RESHOOT_IS_WINDOW (active)
      && reshoot_window_is_empty (RESHOOT_WINDOW (active)))
    {
      gtk_window_present (active);
      return RESHOOT_WINDOW (active);
    }

  return add_window (self);
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

static void
about_cb (GSimpleAction *action,
          GVariant      *parameter,
          gpointer       user_data)
{
  adw_show_about_window (gtk_application_get_active_window (user_data),
                         "application-name", "Reshoot",
                         "application-icon", RESHOOT_APPLICATION_ID,
                         "version", RESHOOT_VERSION,
                         "developer-name", _("The Reshoot authors"),
                         "comments", _("Edit product photographs by instruction."),
                         "website", "https://github.com/reshoot/reshoot",
                         "license-type", GTK_LICENSE_GPL_3_0,
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

/* Every window gets the chance to remember how it stood. */
static void
quit_cb (GSimpleAction *action,
         GVariant      *parameter,
         gpointer       user_data)
{
  g_autoptr (GList) windows = g_list_copy (gtk_application_get_windows (user_data));

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
  gtk_window_set_default_icon_name (RESHOOT_APPLICATION_ID);
}

static void
reshoot_application_activate (GApplication *application)
{
  ReshootApplication *self = RESHOOT_APPLICATION (application);
  ReshootWindow *window = get_empty_window (self);

  if (self->wants_sample)
    reshoot_window_open_sample (window);

  self->wants_sample = FALSE;
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

      if (window != NULL)
        gtk_window_present (GTK_WINDOW (window));
      else
        reshoot_window_open (get_empty_window (RESHOOT_APPLICATION (application)), files[i]);
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
  g_clear_weak_pointer (&RESHOOT_APPLICATION (object)->preferences);
  g_clear_object (&RESHOOT_APPLICATION (object)->session);

  G_OBJECT_CLASS (reshoot_application_parent_class)->finalize (object);
}

static void
reshoot_application_class_init (ReshootApplicationClass *klass)
{
  GApplicationClass *application_class = G_APPLICATION_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = reshoot_application_finalize;
  application_class->startup = reshoot_application_startup;
  application_class->activate = reshoot_application_activate;
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
