/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the suites of the window need: flat pictures, a shown window, frames that have passed, pixels as drawn. */

#include "reshoot-ui-test.h"

#include "reshoot-test.h"

typedef struct
{
  GMainLoop *loop;
  guint      left;
} Frames;

/* GTK 4.8 says so of a label of its own in every window of shortcuts. */
#define OWN_LABEL "reported min width -3, but sizes must be >= 0"

/* Warnings end a test, an unknown property or child in a template among them. Only libvips's do not: it warns of every
 * picture whose reading was given up, and giving up is what happens when another one is looked at. */
static GLogWriterOutput
log_writer (GLogLevelFlags   level,
            const GLogField *fields,
            gsize            n_fields,
            gpointer         user_data)
{
  gboolean is_known = FALSE;

  for (gsize i = 0; i < n_fields; i++)
    if (g_str_equal (fields[i].key, "GLIB_DOMAIN"))
      is_known |= g_strcmp0 (fields[i].value, "VIPS") == 0;
    else if (g_str_equal (fields[i].key, "MESSAGE"))
      is_known |= g_str_has_suffix (fields[i].value, OWN_LABEL);

  if (is_known)
    return G_LOG_WRITER_HANDLED;

  g_log_writer_default (level, fields, n_fields, user_data);
  if ((level & (G_LOG_LEVEL_WARNING | G_LOG_LEVEL_CRITICAL)) != 0)
    abort ();

  return G_LOG_WRITER_HANDLED;
}

/* GLib's own isolation of folders hides the system's from GTK too, its icons with them. So the wrapper isolates. */
void
reshoot_ui_test_init (int    *argc,
                      char ***argv)
{
  if (g_getenv ("RESHOOT_TEST_FOLDERS") == NULL)
    g_error ("this writes to the folders of a person: run it through tests/headless");

  g_test_init (argc, argv, NULL);
  g_log_set_writer_func (log_writer, NULL, NULL);
  g_log_set_always_fatal (G_LOG_FATAL_MASK | G_LOG_LEVEL_CRITICAL);
  gtk_init ();
  adw_init ();
  g_object_set (gtk_settings_get_default (),
                "gtk-enable-animations", FALSE,
                "gtk-cursor-blink", FALSE,
                "gtk-font-name", "DejaVu Sans 10",
                NULL);
}

ReshootImage *
reshoot_ui_test_flat_image (int     width,
                            int     height,
                            guint32 argb)
{
  g_autofree guint32 *pixels = g_new (guint32, (gsize) width * (gsize) height);
  g_autoptr (GBytes) raw = NULL;
  g_autoptr (GBytes) encoded = NULL;
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  ReshootImage *image;

  for (gsize i = 0; i < (gsize) width * (gsize) height; i++)
    pixels[i] = argb;

  raw = g_bytes_new (pixels, sizeof (guint32) * (gsize) width * (gsize) height);
  texture = gdk_memory_texture_new (width, height, GDK_MEMORY_DEFAULT, raw,
                                    sizeof (guint32) * (gsize) width);
  encoded = gdk_texture_save_to_png_bytes (texture);
  image = reshoot_image_new_from_bytes (encoded, "flat.png", &error);
  g_assert_no_error (error);
  return image;
}

GtkWidget *
reshoot_ui_test_window (GtkWidget *child,
                        int        width,
                        int        height)
{
  GtkWidget *window = gtk_window_new ();

  gtk_window_set_decorated (GTK_WINDOW (window), FALSE);
  gtk_widget_set_size_request (child, width, height);
  gtk_widget_set_halign (child, GTK_ALIGN_START);
  gtk_widget_set_valign (child, GTK_ALIGN_START);
  gtk_window_set_child (GTK_WINDOW (window), child);
  gtk_window_present (GTK_WINDOW (window));
  reshoot_ui_test_frames (child);
  return window;
}

static void
after_paint_cb (GdkFrameClock *clock,
                gpointer       user_data)
{
  Frames *frames = user_data;

  if (--frames->left == 0)
    g_main_loop_quit (frames->loop);
  else
    gdk_frame_clock_request_phase (clock, GDK_FRAME_CLOCK_PHASE_PAINT);
}

/* Lets a few frames pass: sizes are given out, and what was asked to be drawn is drawn. */
void
reshoot_ui_test_frames (GtkWidget *widget)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);
  Frames frames = { loop, 3 };
  GdkFrameClock *clock;
  gulong id;

  reshoot_test_wait_until (gtk_widget_get_mapped (widget)
                           && gtk_widget_get_frame_clock (widget) != NULL);
  clock = gtk_widget_get_frame_clock (widget);
  id = g_signal_connect (clock, "after-paint", G_CALLBACK (after_paint_cb), &frames);
  gtk_widget_queue_draw (widget);
  g_main_loop_run (loop);
  g_signal_handler_disconnect (clock, id);
}

/* The widget as it is drawn now: native-endian ARGB, premultiplied, one pixel a logical pixel. */
guint32 *
reshoot_ui_test_pixels (GtkWidget *widget,
                        int       *width,
                        int       *height)
{
  g_autoptr (GdkPaintable) paintable = NULL;
  g_autoptr (GtkSnapshot) snapshot = NULL;
  g_autoptr (GskRenderNode) node = NULL;
  g_autoptr (GskRenderer) renderer = gsk_cairo_renderer_new ();
  g_autoptr (GdkTexture) texture = NULL;
  g_autoptr (GError) error = NULL;
  guint32 *pixels;

  reshoot_ui_test_frames (widget);
  paintable = gtk_widget_paintable_new (widget);
  *width = gdk_paintable_get_intrinsic_width (paintable);
  *height = gdk_paintable_get_intrinsic_height (paintable);

  snapshot = gtk_snapshot_new ();
  gdk_paintable_snapshot (paintable, snapshot, *width, *height);
  node = gtk_snapshot_to_node (snapshot);
  g_assert_nonnull (node);

  gsk_renderer_realize (renderer, NULL, &error);
  g_assert_no_error (error);
  texture = gsk_renderer_render_texture (renderer, node,
                                         &GRAPHENE_RECT_INIT (0, 0, (float) *width,
                                                              (float) *height));
  pixels = g_new0 (guint32, (gsize) *width * (gsize) *height);
  gdk_texture_download (texture, (guchar *) pixels, sizeof (guint32) * (gsize) *width);
  gsk_renderer_unrealize (renderer);
  return pixels;
}

/* The first visible button below @widget that carries an action. */
GtkWidget *
reshoot_ui_test_find (GtkWidget  *widget,
                      const char *action)
{
  if (GTK_IS_ACTIONABLE (widget) && gtk_widget_get_visible (widget)
      && g_strcmp0 (gtk_actionable_get_action_name (GTK_ACTIONABLE (widget)), action) == 0)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = reshoot_ui_test_find (child, action);

      if (found != NULL)
        return found;
    }

  return NULL;
}

/* The first visible label below @widget whose text has @text in it. */
GtkWidget *
reshoot_ui_test_find_label (GtkWidget  *widget,
                            const char *text)
{
  if (GTK_IS_LABEL (widget) && gtk_widget_get_visible (widget)
      && strstr (gtk_label_get_text (GTK_LABEL (widget)), text) != NULL)
    return widget;

  for (GtkWidget *child = gtk_widget_get_first_child (widget); child != NULL;
       child = gtk_widget_get_next_sibling (child))
    {
      GtkWidget *found = reshoot_ui_test_find_label (child, text);

      if (found != NULL)
        return found;
    }

  return NULL;
}
