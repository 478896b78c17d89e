/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What belongs to no window: coming back to where one was, several windows, and that whatever a key does can be reached
 * without it. */

#include "reshoot-application.h"
#include "reshoot-history-view.h"
#include "reshoot-places.h"
#include "reshoot-settings.h"
#include "reshoot-ui-test.h"
#include "reshoot-window.h"

#include "reshoot-test.h"

#include <glib/gstdio.h>

/* What is done while the application runs; it is quit after. */
typedef void (*Phase) (ReshootApplication *application,
                       gpointer            data);

typedef struct
{
  ReshootApplication *application;
  Phase               phase;
  gpointer            data;
} Run;

static GList *
get_windows (ReshootApplication *application)
{
  return gtk_application_get_windows (GTK_APPLICATION (application));
}

static ReshootWindow *
get_window (ReshootApplication *application)
{
  g_assert_cmpuint (g_list_length (get_windows (application)), ==, 1);
  return get_windows (application)->data;
}

static ReshootProject *
get_project (ReshootWindow *window)
{
  return reshoot_edit_view_get_project (reshoot_window_get_view (window));
}

static ReshootCanvas *
get_canvas (ReshootWindow *window)
{
  return reshoot_edit_view_get_canvas (reshoot_window_get_view (window));
}

static ReshootViewport *
get_viewport (ReshootWindow *window)
{
  return reshoot_canvas_get_viewport (get_canvas (window));
}

static int
get_width (ReshootWindow *window)
{
  int width, height;

  gtk_window_get_default_size (GTK_WINDOW (window), &width, &height);
  return width;
}

/* Until every window has what it is to show. */
static void
wait_for_projects (ReshootApplication *application)
{
  for (GList *l = get_windows (application); l != NULL; l = l->next)
    {
      reshoot_test_wait_until (get_project (l->data) != NULL);
      reshoot_test_wait_until (reshoot_canvas_get_settled (get_canvas (l->data)));
    }
}

static gboolean
run_cb (gpointer user_data)
{
  Run *run = user_data;

  reshoot_test_wait_until (get_windows (run->application) != NULL);
  run->phase (run->application, run->data);
  g_action_group_activate_action (G_ACTION_GROUP (run->application), "quit", NULL);
  return G_SOURCE_REMOVE;
}

/* From its start to its end, on the samples of these names. */
static void
run_application (const char *const *names,
                 Phase              phase,
                 gpointer           data)
{
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootSession) session = reshoot_session_new (&error);
  Run run = { NULL, phase, data };
  gpointer session_gone = session;

  g_assert_no_error (error);
  g_object_add_weak_pointer (G_OBJECT (session), &session_gone);
  g_ptr_array_add (arguments, g_strdup ("reshoot"));
  for (guint i = 0; names != NULL && names[i] != NULL; i++)
    g_ptr_array_add (arguments, reshoot_test_sample (names[i]));
  g_ptr_array_add (arguments, NULL);

  run.application = reshoot_application_new (session);
  g_clear_object (&session);
  g_idle_add (run_cb, &run);
  g_assert_cmpint (g_application_run (G_APPLICATION (run.application), (int) arguments->len - 1,
                                      (char **) arguments->pdata), ==, 0);
  g_assert_finalize_object (run.application);
  reshoot_test_wait_until (session_gone == NULL);
}

static void
forget_places (void)
{
  g_autofree char *path = g_build_filename (g_get_user_state_dir (), "reshoot", "windows.ini",
                                            NULL);

  g_unlink (path);
}

/* A second start uses what is empty. */
static void
first_run (ReshootApplication *application,
           gpointer            data)
{
  g_assert_true (reshoot_window_is_empty (get_window (application)));
  g_application_activate (G_APPLICATION (application));
  g_assert_true (reshoot_window_is_empty (get_window (application)));
}

static void
test_first_run (void)
{
  forget_places ();
  run_application (NULL, first_run, NULL);
}

static void
look_close (ReshootApplication *application,
            gpointer            data)
{
  ReshootWindow *window = get_window (application);

  wait_for_projects (application);
  gtk_window_set_default_size (GTK_WINDOW (window), 1100, 700);
  reshoot_ui_test_frames (GTK_WIDGET (window));
  g_assert_cmpint (get_width (window), ==, 1100);
  reshoot_viewport_look_at (get_viewport (window), 2, 700, 500);
  *(GFile **) data = g_object_ref (reshoot_window_get_file (window));
}

/* And closes the window: leaving by closing the last one is leaving from there, too. */
static void
find_close (ReshootApplication *application,
            gpointer            data)
{
  ReshootWindow *window = get_window (application);
  double x, y;

  wait_for_projects (application);
  g_assert_true (g_file_equal (reshoot_window_get_file (window), data));
  g_assert_cmpfloat (reshoot_viewport_get_zoom (get_viewport (window)), ==, 2);
  reshoot_viewport_get_centre (get_viewport (window), &x, &y);
  g_assert_cmpfloat (x, ==, 700);
  g_assert_cmpfloat (y, ==, 500);
  g_assert_cmpint (get_width (window), ==, 1100);

  reshoot_window_show (window, RESHOOT_WINDOW_REVIEW);
  reshoot_viewport_fit (get_viewport (window));
  gtk_window_close (GTK_WINDOW (window));
  reshoot_test_wait_until (get_windows (application) == NULL);
}

static void
find_review (ReshootApplication *application,
             gpointer            data)
{
  ReshootWindow *window = get_window (application);

  wait_for_projects (application);
  g_assert_true (g_file_equal (reshoot_window_get_file (window), data));
  g_assert_cmpint (reshoot_window_get_shown (window), ==, RESHOOT_WINDOW_REVIEW);
  g_assert_true (reshoot_viewport_get_fits (get_viewport (window)));
}

/* Who asks for a file gets that and nothing else. */
static void
find_other (ReshootApplication *application,
            gpointer            data)
{
  wait_for_projects (application);
  g_assert_false (g_file_equal (reshoot_window_get_file (get_window (application)), data));
}

static void
find_empty (ReshootApplication *application,
            gpointer            data)
{
  g_assert_true (reshoot_window_is_empty (get_window (application)));
}

static void
test_restore (void)
{
  static const char *const mug[] = { "mug.jpg", NULL };
  static const char *const shoe[] = { "shoe.jpg", NULL };
  g_autoptr (GSettings) settings = reshoot_settings_new ();
  g_autoptr (GFile) file = NULL;

  forget_places ();
  run_application (mug, look_close, &file);
  run_application (NULL, find_close, file);
  run_application (NULL, find_review, file);

  g_assert_nonnull (settings);
  g_settings_set_boolean (settings, "restore-session", FALSE);
  run_application (NULL, find_empty, NULL);
  g_settings_reset (settings, "restore-session");

  run_application (shoe, find_other, file);
}

static void
close_one (ReshootApplication *application,
           gpointer            data)
{
  GFile **files = data;
  guint n = 0;

  g_assert_cmpuint (g_list_length (get_windows (application)), ==, 3);
  wait_for_projects (application);
  for (GList *l = get_windows (application); l != NULL; l = l->next)
    files[n++] = g_object_ref (reshoot_window_get_file (l->data));

  gtk_window_close (get_windows (application)->data);
  reshoot_test_wait_until (g_list_length (get_windows (application)) == 2);
}

/* What was closed on its own stays closed; what is gone is left out. */
static void
find_third (ReshootApplication *application,
            gpointer            data)
{
  GFile **files = data;

  wait_for_projects (application);
  g_assert_true (g_file_equal (reshoot_window_get_file (get_window (application)), files[2]));
}

static void
test_several (void)
{
  static const char *const names[] = { "mug.jpg", "shoe.jpg", "camera.jpg", NULL };
  GFile *files[3] = { NULL };

  forget_places ();
  run_application (names, close_one, files);
  g_assert_true (g_file_delete (files[1], NULL, NULL));
  run_application (NULL, find_third, files);

  for (guint i = 0; i < G_N_ELEMENTS (files); i++)
    g_object_unref (files[i]);
}

/* What is somewhere below a window, whether it is seen or not. */
typedef struct
{
  GHashTable *actions;    /* names of actions that there are */
  GHashTable *reachable;  /* names of actions on a button or in a menu */
  GHashTable *keys;       /* "keyval modifiers" of shortcuts → the action's name */
} Walk;

static void
add_menu (Walk       *walk,
          GMenuModel *menu)
{
  for (int i = 0; menu != NULL && i < g_menu_model_get_n_items (menu); i++)
    {
      static const char *const links[] = { G_MENU_LINK_SECTION, G_MENU_LINK_SUBMENU };
      char *action = NULL;

      if (g_menu_model_get_item_attribute (menu, i, G_MENU_ATTRIBUTE_ACTION, "s", &action))
        g_hash_table_add (walk->reachable, action);

      for (guint j = 0; j < G_N_ELEMENTS (links); j++)
        {
          g_autoptr (GMenuModel) link = g_menu_model_get_item_link (menu, i, links[j]);

          add_menu (walk, link);
        }
    }
}

static char *
dup_key (guint           keyval,
         GdkModifierType modifiers)
{
  return g_strdup_printf ("%u %u", gdk_keyval_to_lower (keyval), (guint) modifiers);
}

static void
add_trigger (Walk               *walk,
             GtkShortcutTrigger *trigger,
             const char         *action)
{
  if (GTK_IS_ALTERNATIVE_TRIGGER (trigger))
    {
      add_trigger (walk, gtk_alternative_trigger_get_first (GTK_ALTERNATIVE_TRIGGER (trigger)),
                   action);
      add_trigger (walk, gtk_alternative_trigger_get_second (GTK_ALTERNATIVE_TRIGGER (trigger)),
                   action);
    }
  else if (GTK_IS_KEYVAL_TRIGGER (trigger))
    g_hash_table_insert (walk->keys,
                         dup_key (gtk_keyval_trigger_get_keyval (GTK_KEYVAL_TRIGGER (trigger)),
                                  gtk_keyval_trigger_get_modifiers (GTK_KEYVAL_TRIGGER (trigger))),
                         g_strdup (action));
}

static void
add_shortcuts (Walk      *walk,
               GtkWidget *widget)
{
  g_autoptr (GListModel) controllers = gtk_widget_observe_controllers (widget);

  for (guint i = 0; i < g_list_model_get_n_items (controllers); i++)
    {
      g_autoptr (GtkEventController) controller = g_list_model_get_item (controllers, i);

      if (!GTK_IS_SHORTCUT_CONTROLLER (controller))
        continue;

      for (guint j = 0; j < g_list_model_get_n_items (G_LIST_MODEL (controller)); j++)
        {
          g_autoptr (GtkShortcut) shortcut = g_list_model_get_item (G_LIST_MODEL (controller), j);
          GtkShortcutAction *action = gtk_shortcut_get_action (shortcut);

          add_trigger (walk, gtk_shortcut_get_trigger (shortcut), GTK_IS_NAMED_ACTION (action)
                       ? gtk_named_action_get_action_name (GTK_NAMED_ACTION (action)) : "");
        }
    }
}

static void
add_widget (Walk      *walk,
            GtkWidget *widget)
{
  const GVariantType *type;
  const char *name, *property;
  GType owner;
  guint i = 0;

  while (gtk_widget_class_query_action (GTK_WIDGET_GET_CLASS (widget), i++, &owner, &name, &type,
                                        &property))
    g_hash_table_add (walk->actions, g_strdup (name));

  if (GTK_IS_ACTIONABLE (widget))
    {
      name = gtk_actionable_get_action_name (GTK_ACTIONABLE (widget));
      if (name != NULL)
        g_hash_table_add (walk->reachable, g_strdup (name));
    }

  if (GTK_IS_MENU_BUTTON (widget))
    add_menu (walk, gtk_menu_button_get_menu_model (GTK_MENU_BUTTON (widget)));
  if (GTK_IS_POPOVER_MENU (widget))
    add_menu (walk, gtk_popover_menu_get_menu_model (GTK_POPOVER_MENU (widget)));

  add_shortcuts (walk, widget);
  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    add_widget (walk, child);
}

static void
add_group (Walk         *walk,
           const char   *prefix,
           GActionGroup *group)
{
  g_auto (GStrv) names = g_action_group_list_actions (group);

  for (guint i = 0; names[i] != NULL; i++)
    g_hash_table_add (walk->actions, g_strconcat (prefix, ".", names[i], NULL));
}

/* Keys of the toolkit itself: it has the primary menu on F10, the help on its own shortcut, and a context menu. */
static gboolean
is_of_toolkit (guint           keyval,
               GdkModifierType modifiers)
{
  return keyval == GDK_KEY_F10 || (keyval == GDK_KEY_question && modifiers == GDK_CONTROL_MASK);
}

/* Held, pressed again and again, or dragged with: no shortcut has these; their controllers are tested on their own. */
static gboolean
is_of_canvas (guint keyval)
{
  static const guint keyvals[] = { GDK_KEY_space, GDK_KEY_comma, GDK_KEY_period, GDK_KEY_Left,
                                   GDK_KEY_Right, GDK_KEY_Up, GDK_KEY_Down,
                                   GDK_KEY_bracketleft, GDK_KEY_bracketright };

  for (guint i = 0; i < G_N_ELEMENTS (keyvals); i++)
    if (keyvals[i] == keyval)
      return TRUE;

  return FALSE;
}

static void
check_accelerator (ReshootApplication *application,
                   Walk               *walk,
                   const char         *accelerator)
{
  g_auto (GStrv) actions = gtk_application_get_actions_for_accel (GTK_APPLICATION (application),
                                                                  accelerator);
  GdkModifierType modifiers;
  g_autofree char *key = NULL;
  const char *action;
  guint keyval;

  g_assert_true (gtk_accelerator_parse (accelerator, &keyval, &modifiers));
  key = dup_key (keyval, modifiers);
  action = g_hash_table_lookup (walk->keys, key);
  if (actions[0] != NULL || is_of_toolkit (keyval, modifiers)
      || (action == NULL && is_of_canvas (keyval)))
    return;

  if (action == NULL)
    g_error ("the help names %s, which does nothing", accelerator);
  if (*action != '\0' && !g_hash_table_contains (walk->actions, action))
    g_error ("%s activates %s, which there is not", accelerator, action);
}

/* Each may name several keys. */
static void
check_help (ReshootApplication *application,
            Walk               *walk,
            GtkWidget          *widget)
{
  if (GTK_IS_SHORTCUTS_SHORTCUT (widget))
    {
      g_autofree char *text = NULL;
      g_auto (GStrv) parts = NULL;

      g_object_get (widget, "accelerator", &text, NULL);
      parts = g_strsplit_set (text != NULL ? text : "", " &+", -1);
      for (guint i = 0; parts[i] != NULL; i++)
        if (*parts[i] != '\0' && strstr (parts[i], "...") == NULL)
          check_accelerator (application, walk, parts[i]);
    }

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    check_help (application, walk, child);
}

/* Ours, not the toolkit's own. */
static gboolean
is_ours (const char *action)
{
  static const char *const prefixes[] = { "app.", "win.", "view.", "step.", "canvas.", "panel.",
                                          "review.", "row.", "history.", "vote." };

  for (guint i = 0; i < G_N_ELEMENTS (prefixes); i++)
    if (g_str_has_prefix (action, prefixes[i]))
      return TRUE;

  return FALSE;
}

/* Where it stands instead: what comes and goes, and what the pointer does without a button. */
static gboolean
is_elsewhere (const char *action)
{
  static const char *const elsewhere[] = {
    "app.open-sample",       /* the window's own does it; this one is for a second start */
    "app.show-step",         /* a notification */
    "canvas.move-divider",   /* the divider */
    "canvas.pan",            /* dragging */
    "canvas.shift",          /* dragging with Shift */
    "history.compare-row",   /* the rows of a branch */
    "history.show-menu",     /* the secondary button on a row */
    "step.add-note",         /* the notes of a step */
    "step.explain",          /* the menu of a step that failed */
    "step.remove-note",      /* the notes of a step */
    "view.ask-again",        /* the rows of steps in doubt */
    "view.enter",            /* clicking a cell */
    "view.fit",              /* the button with the scale */
    "view.leave",            /* clicking beside it */
    "view.pick",             /* the cells of a row */
    "view.pick-selected",    /* the cells of a row */
    "view.select",           /* clicking a cell */
    "view.sibling",          /* clicking a row */
    "view.tick",             /* the cells of a row */
    "view.toggle-tree",      /* the button above the history */
    "view.walk",             /* the film strip */
    "view.zoom-actual",      /* the button with the scale */
    "win.ask-again",         /* the notice */
    "win.bring-in",          /* the notice */
    "win.cancel-step",       /* the rows of steps that run */
    "win.show-step",         /* the notice */
    "win.stop-parcel",       /* the toast while a page is saved */
  };

  for (guint i = 0; i < G_N_ELEMENTS (elsewhere); i++)
    if (g_str_equal (elsewhere[i], action))
      return TRUE;

  return FALSE;
}

static GtkWidget *
find_type (GtkWidget *widget,
           GType      type)
{
  GtkWidget *found = NULL;

  if (G_TYPE_CHECK_INSTANCE_TYPE (widget, type))
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL && found == NULL;
       child = gtk_widget_get_next_sibling (child))
    found = find_type (child, type);

  return found;
}

/* What is made after the first frames, the views last, and what is made when it is asked for. */
static void
make_rest (ReshootWindow *window)
{
  GtkWidget *found = find_type (GTK_WIDGET (window), RESHOOT_TYPE_HISTORY_VIEW);
  ReshootHistoryView *view = RESHOOT_HISTORY_VIEW (found);

  reshoot_test_wait_until (find_type (GTK_WIDGET (window), RESHOOT_TYPE_REVIEW_VIEW) != NULL);
  reshoot_test_wait_until (reshoot_history_view_open_menu (view,
                                                           reshoot_history_view_get_step (view)));
}

/* However often it is asked for, there is one. */
static GtkWidget *
show_help (ReshootApplication *application)
{
  GListModel *windows = gtk_window_get_toplevels ();
  GtkWidget *help = NULL;

  for (guint i = 0; i < 2; i++)
    g_action_group_activate_action (G_ACTION_GROUP (application), "shortcuts", NULL);

  for (guint i = 0; i < g_list_model_get_n_items (windows); i++)
    {
      g_autoptr (GtkWidget) window = g_list_model_get_item (windows, i);

      if (!GTK_IS_SHORTCUTS_WINDOW (window))
        continue;

      g_assert_null (help);
      help = window;
    }

  g_assert_nonnull (help);
  return help;
}

static void
check_keys (ReshootApplication *application,
            gpointer            data)
{
  ReshootWindow *window = get_window (application);
  GtkWidget *help;
  Walk walk = { g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL),
                g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free) };
  GHashTableIter iter;
  gpointer action;
  guint n_lost = 0;

  wait_for_projects (application);
  make_rest (window);
  add_widget (&walk, GTK_WIDGET (window));
  add_group (&walk, "app", G_ACTION_GROUP (application));
  add_group (&walk, "win", G_ACTION_GROUP (window));
  add_group (&walk, "step", reshoot_window_get_step_actions (window));
  help = show_help (application);
  check_help (application, &walk, help);
  gtk_window_destroy (GTK_WINDOW (help));

  g_hash_table_iter_init (&iter, walk.actions);
  while (g_hash_table_iter_next (&iter, &action, NULL))
    if (is_ours (action) && !is_elsewhere (action)
        && !g_hash_table_contains (walk.reachable, action))
      {
        g_test_message ("%s is on no button and in no menu", (char *) action);
        n_lost++;
      }

  g_assert_cmpuint (n_lost, ==, 0);
  g_hash_table_unref (walk.actions);
  g_hash_table_unref (walk.reachable);
  g_hash_table_unref (walk.keys);
}

/* Whatever the help names does something, and whatever can be done can be done without a key. */
static void
test_keys (void)
{
  static const char *const mug[] = { "mug.jpg", NULL };

  forget_places ();
  run_application (mug, check_keys, NULL);
}

/* A file that is nonsense is as good as none. */
static void
test_places (void)
{
  g_autofree char *folder = g_build_filename (g_get_user_state_dir (), "reshoot", NULL);
  g_autofree char *path = g_build_filename (folder, "windows.ini", NULL);
  g_autoptr (GPtrArray) none = NULL;
  g_auto (ReshootPlace) place = { 0 };
  ReshootPlace there = { .view = (char *) "edit",
                         .zoom = 3, .x = 10, .y = 20.5 };

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, "[Window 1\nproject\n\xff", -1, NULL));
  none = reshoot_places_list_open ();
  g_assert_cmpuint (none->len, ==, 0);
  g_assert_false (reshoot_places_get ("a", &place));

  g_assert_true (g_file_set_contents (path, "[Project a]\nview=edit\nzoom=much\nx=1\ny=2\n", -1,
                                      NULL));
  g_assert_true (reshoot_places_get ("a", &place));
  g_assert_true (place.fits);
  reshoot_place_clear (&place);

  for (guint i = 0; i < 300; i++)
    {
      g_autofree char *name = g_strdup_printf ("%u", i);

      reshoot_places_set (name, &there);
    }

  g_assert_false (reshoot_places_get ("a", &place));
  g_assert_false (reshoot_places_get ("0", &place));
  g_assert_true (reshoot_places_get ("299", &place));
  g_assert_cmpstr (place.view, ==, "edit");
  g_assert_false (place.fits);
  g_assert_cmpfloat (place.zoom, ==, 3);
  g_assert_cmpfloat (place.y, ==, 20.5);
  g_unlink (path);
}

int
main (int    argc,
      char **argv)
{
  reshoot_ui_test_init (&argc, &argv);

  g_test_add_func ("/application/first-run", test_first_run);
  g_test_add_func ("/application/restore", test_restore);
  g_test_add_func ("/application/several", test_several);
  g_test_add_func ("/application/keys", test_keys);
  g_test_add_func ("/application/places", test_places);

  return g_test_run ();
}
