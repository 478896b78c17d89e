/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootThumbnail: a small picture that always takes the same room, filled from edge to edge. GtkPicture asks for the
 * size of what it shows, so that rows would differ. */

#include "reshoot-thumbnail.h"

/* In logical pixels. */
#define WIDTH 50
#define HEIGHT 38

struct _ReshootThumbnail
{
  GtkWidget     parent_instance;

  GdkPaintable *paintable;  /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ReshootThumbnail, reshoot_thumbnail, GTK_TYPE_WIDGET)

static void
reshoot_thumbnail_measure (GtkWidget      *widget,
                           GtkOrientation  orientation,
                           int             for_size,
                           int            *minimum,
                           int            *natural,
                           int            *minimum_baseline,
                           int            *natural_baseline)
{
  *minimum = *natural = orientation == GTK_ORIENTATION_HORIZONTAL ? WIDTH : HEIGHT;
}

static void
reshoot_thumbnail_snapshot (GtkWidget   *widget,
                            GtkSnapshot *snapshot)
{
  ReshootThumbnail *self = RESHOOT_THUMBNAIL (widget);
  double width = gtk_widget_get_width (widget);
  double height = gtk_widget_get_height (widget);
  double ratio, shown_width, shown_height;

  if (self->paintable == NULL)
    return;

  ratio = gdk_paintable_get_intrinsic_aspect_ratio (self->paintable);
  shown_width = MAX (width, height * ratio);
  shown_height = shown_width / ratio;

  gtk_snapshot_save (snapshot);
  gtk_snapshot_translate (snapshot, &GRAPHENE_POINT_INIT ((float) ((width - shown_width) / 2),
                                                          (float) ((height - shown_height) / 2)));
  gdk_paintable_snapshot (self->paintable, snapshot, shown_width, shown_height);
  gtk_snapshot_restore (snapshot);
}

static void
reshoot_thumbnail_finalize (GObject *object)
{
  g_clear_object (&RESHOOT_THUMBNAIL (object)->paintable);

  G_OBJECT_CLASS (reshoot_thumbnail_parent_class)->finalize (object);
}

static void
reshoot_thumbnail_class_init (ReshootThumbnailClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->finalize = reshoot_thumbnail_finalize;
  widget_class->measure = reshoot_thumbnail_measure;
  widget_class->snapshot = reshoot_thumbnail_snapshot;

  gtk_widget_class_set_css_name (widget_class, "thumbnail");
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_PRESENTATION);
}

static void
reshoot_thumbnail_init (ReshootThumbnail *self)
{
  gtk_widget_set_overflow (GTK_WIDGET (self), GTK_OVERFLOW_HIDDEN);
}

GdkPaintable *
reshoot_thumbnail_get_paintable (ReshootThumbnail *self)
{
  g_return_val_if_fail (RESHOOT_IS_THUMBNAIL (self), NULL);

  return self->paintable;
}

/**
 * reshoot_thumbnail_set_paintable:
 * @self: a thumbnail
 * @paintable: (nullable): what to show
 */
void
reshoot_thumbnail_set_paintable (ReshootThumbnail *self,
                                 GdkPaintable     *paintable)
{
  g_return_if_fail (RESHOOT_IS_THUMBNAIL (self));

  if (g_set_object (&self->paintable, paintable))
    gtk_widget_queue_draw (GTK_WIDGET (self));
}
