/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootPicture: one picture on its way to the screen. It fetches the bytes, decodes them small first and then in
 * full, and keeps every size as a cairo surface over the pyramid's own memory. The surfaces are kept because the cairo
 * renderer uses such a surface in place, while it copies a GdkTexture whole for every frame. */

#include "reshoot-picture.h"

#include "reshoot-words.h"

#include <math.h>

/* A picture that nobody draws, because its window is covered or not there yet, is not waited for any longer. */
#define LONGEST_UNSEEN_MS 600

struct _ReshootPicture
{
  GObject          parent_instance;

  ReshootImage    *image;        /* (nullable): once it has been fetched, until all of it is decoded */
  int              width;        /* in pixels; 0 until it has been fetched */
  int              height;
  char            *digest;       /* (nullable) */
  char            *colors;       /* (nullable): what the numbers of its file mean */
  int              first_edge;   /* in pixels: the first, small decoding */
  ReshootPyramid  *pyramid;      /* (nullable): the sharpest one so far */
  GPtrArray       *surfaces;     /* (nullable): a cairo_surface_t a level, NULL until drawn */
  gboolean         complete;     /* the pyramid starts at the picture's own size */
  gboolean         is_seen;      /* what is sharper may be decoded: nothing is kept from the screen by it */
  guint            unseen_id;
  GError          *error;
  GCancellable    *cancellable;
};

G_DEFINE_FINAL_TYPE (ReshootPicture, reshoot_picture, G_TYPE_OBJECT)

enum
{
  CHANGED,
  SEEN,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const cairo_user_data_key_t pixels_key;

static void
surface_free (gpointer data)
{
  if (data != NULL)
    cairo_surface_destroy (data);
}

static void
set_image (ReshootPicture *self,
           ReshootImage   *image)
{
  g_set_object (&self->image, image);
  self->width = reshoot_image_get_width (image);
  self->height = reshoot_image_get_height (image);
  g_free (self->digest);
  self->digest = g_strdup (reshoot_image_get_digest (image));
  g_free (self->colors);
  self->colors = reshoot_words_for_colors (image);
}

static void
set_pyramid (ReshootPicture *self,
             ReshootPyramid *pyramid)
{
  g_clear_pointer (&self->surfaces, g_ptr_array_unref);
  g_set_object (&self->pyramid, pyramid);

  self->surfaces = g_ptr_array_new_with_free_func (surface_free);
  g_ptr_array_set_size (self->surfaces, (int) reshoot_pyramid_get_n_levels (pyramid));
  /* The pyramid's own width is the picture's, however little of it was decoded. */
  self->complete = reshoot_pyramid_get_level (pyramid, 0)->width >= self->width;
}

static void
fail (ReshootPicture *self,
      const GError   *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  g_clear_error (&self->error);
  self->error = g_error_copy (error);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void pyramid_ready_cb (GObject      *source,
                              GAsyncResult *result,
                              gpointer      user_data);

static void
decode (ReshootPicture *self,
        int             long_edge)
{
  reshoot_pyramid_new_async (self->image, long_edge, self->cancellable, pyramid_ready_cb,
                             g_object_ref (self));
}

static gboolean
unseen_cb (gpointer user_data)
{
  ReshootPicture *self = user_data;

  self->unseen_id = 0;
  reshoot_picture_set_seen (self);
  return G_SOURCE_REMOVE;
}

/* The small levels are followed by all of them. Then the file, which may be tens of megabytes, is let go of. */
static void
take_pyramid (ReshootPicture *self,
              ReshootPyramid *pyramid)
{
  set_pyramid (self, pyramid);
  g_signal_emit (self, signals[CHANGED], 0);

  if (!self->is_seen)
    self->unseen_id = g_timeout_add (LONGEST_UNSEEN_MS, unseen_cb, self);
  else if (self->complete)
    g_clear_object (&self->image);
  else
    decode (self, MAX (self->width, self->height));
}

static void
pyramid_ready_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (ReshootPicture) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootPyramid) pyramid = reshoot_pyramid_new_finish (result, &error);

  if (pyramid == NULL)
    fail (self, error);
  else
    take_pyramid (self, pyramid);
}

static void
pyramid_load_ready_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (ReshootPicture) self = user_data;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootPyramid) pyramid = reshoot_pyramid_load_finish (result, &image, &error);

  if (pyramid == NULL)
    {
      fail (self, error);
      return;
    }

  set_image (self, image);
  take_pyramid (self, pyramid);
}

static void
load_picture_ready_cb (GObject      *source,
                       GAsyncResult *result,
                       gpointer      user_data)
{
  g_autoptr (ReshootPicture) self = user_data;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (GError) error = NULL;

  image = reshoot_project_load_picture_finish (RESHOOT_PROJECT (source), result, &error);
  if (image == NULL)
    {
      fail (self, error);
      return;
    }

  set_image (self, image);
  decode (self, self->first_edge);
}

static void
reshoot_picture_finalize (GObject *object)
{
  ReshootPicture *self = RESHOOT_PICTURE (object);

  g_clear_handle_id (&self->unseen_id, g_source_remove);
  g_clear_pointer (&self->surfaces, g_ptr_array_unref);
  g_clear_object (&self->pyramid);
  g_clear_object (&self->image);
  g_clear_object (&self->cancellable);
  g_clear_error (&self->error);
  g_free (self->digest);
  g_free (self->colors);

  G_OBJECT_CLASS (reshoot_picture_parent_class)->finalize (object);
}

static void
reshoot_picture_class_init (ReshootPictureClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_picture_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
  signals[SEEN] = g_signal_new ("seen", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reshoot_picture_init (ReshootPicture *self)
{
  self->is_seen = TRUE;
  self->cancellable = g_cancellable_new ();
}

/**
 * reshoot_picture_new_for_image:
 * @image: what to show
 * @first_edge: long edge of the first, small decoding, in pixels
 *
 * Returns: (transfer full): a picture that starts to decode
 */
ReshootPicture *
reshoot_picture_new_for_image (ReshootImage *image,
                               int           first_edge)
{
  ReshootPicture *self;

  g_return_val_if_fail (RESHOOT_IS_IMAGE (image), NULL);

  self = g_object_new (RESHOOT_TYPE_PICTURE, NULL);
  set_image (self, image);
  self->first_edge = first_edge;
  decode (self, self->first_edge);
  return self;
}

/**
 * reshoot_picture_new_for_step:
 * @project: where the step lives
 * @step: a step that is done
 * @first_edge: long edge of the first, small decoding, in pixels
 *
 * Returns: (transfer full): a picture that starts to load
 */
ReshootPicture *
reshoot_picture_new_for_step (ReshootProject *project,
                              ReshootStep    *step,
                              int             first_edge)
{
  ReshootPicture *self;

  g_return_val_if_fail (RESHOOT_IS_PROJECT (project), NULL);
  g_return_val_if_fail (RESHOOT_IS_STEP (step), NULL);

  self = g_object_new (RESHOOT_TYPE_PICTURE, NULL);
  self->digest = g_strdup (reshoot_step_get_digest (step));
  self->first_edge = first_edge;
  reshoot_project_load_picture_async (project, step, RESHOOT_PICTURE_SHOWN, self->cancellable,
                                      load_picture_ready_cb, g_object_ref (self));
  return self;
}

/**
 * reshoot_picture_new_for_file:
 * @file: a picture that no step has yet
 * @first_edge: long edge of the first, small decoding, in pixels
 *
 * All of it is decoded once the small one has been seen, see [method@Picture.set_seen]: until then there is a window to
 * be made, which needs the processor too.
 *
 * Returns: (transfer full): a picture that starts to load; its main loop need not run yet, nor GTK
 */
ReshootPicture *
reshoot_picture_new_for_file (GFile *file,
                              int    first_edge)
{
  ReshootPicture *self;

  g_return_val_if_fail (G_IS_FILE (file), NULL);

  self = g_object_new (RESHOOT_TYPE_PICTURE, NULL);
  self->is_seen = FALSE;
  self->first_edge = first_edge;
  reshoot_pyramid_load_async (file, first_edge, self->cancellable, pyramid_load_ready_cb,
                              g_object_ref (self));
  return self;
}

/**
 * reshoot_picture_get_seen:
 * @self: a picture
 *
 * Returns: whether it has been on the screen, however small it was decoded; always %TRUE where nothing waits for that
 */
gboolean
reshoot_picture_get_seen (ReshootPicture *self)
{
  g_return_val_if_fail (RESHOOT_IS_PICTURE (self), TRUE);

  return self->is_seen;
}

/**
 * reshoot_picture_set_seen:
 * @self: a picture
 *
 * It has been drawn: whatever would have been in the way of that goes on now, all of it is decoded, and the signal
 * "seen" says so. Where nobody draws it this happens by itself after a while.
 */
void
reshoot_picture_set_seen (ReshootPicture *self)
{
  g_autoptr (ReshootPicture) held = NULL;

  g_return_if_fail (RESHOOT_IS_PICTURE (self));

  if (self->is_seen || self->pyramid == NULL)
    return;

  held = g_object_ref (self);
  self->is_seen = TRUE;
  g_clear_handle_id (&self->unseen_id, g_source_remove);
  g_signal_emit (self, signals[SEEN], 0);

  if (self->complete)
    g_clear_object (&self->image);
  else
    decode (self, MAX (self->width, self->height));
}

/**
 * reshoot_picture_get_image:
 * @self: a picture
 *
 * Returns: (transfer none) (nullable): the file it comes from, from the first "changed" until all of it is decoded
 */
ReshootImage *
reshoot_picture_get_image (ReshootPicture *self)
{
  g_return_val_if_fail (RESHOOT_IS_PICTURE (self), NULL);

  return self->image;
}

/**
 * reshoot_picture_get_colors:
 * @self: a picture
 *
 * Returns: (transfer none) (nullable): what the numbers of its file mean, in words, from the first "changed" on
 */
const char *
reshoot_picture_get_colors (ReshootPicture *self)
{
  g_return_val_if_fail (RESHOOT_IS_PICTURE (self), NULL);

  return self->colors;
}

/**
 * reshoot_picture_cancel:
 * @self: a picture
 *
 * Nobody looks any more: what is still being loaded or decoded is given up.
 */
void
reshoot_picture_cancel (ReshootPicture *self)
{
  g_return_if_fail (RESHOOT_IS_PICTURE (self));

  g_cancellable_cancel (self->cancellable);
}

gboolean
reshoot_picture_get_cancelled (ReshootPicture *self)
{
  g_return_val_if_fail (RESHOOT_IS_PICTURE (self), TRUE);

  return g_cancellable_is_cancelled (self->cancellable);
}

const char *
reshoot_picture_get_digest (ReshootPicture *self)
{
  g_return_val_if_fail (RESHOOT_IS_PICTURE (self), NULL);

  return self->digest;
}

/**
 * reshoot_picture_get_ready:
 * @self: a picture
 *
 * Returns: whether there is something to draw
 */
gboolean
reshoot_picture_get_ready (ReshootPicture *self)
{
  g_return_val_if_fail (RESHOOT_IS_PICTURE (self), FALSE);

  return self->pyramid != NULL;
}

/**
 * reshoot_picture_get_complete:
 * @self: a picture
 *
 * Returns: whether every pixel is there
 */
gboolean
reshoot_picture_get_complete (ReshootPicture *self)
{
  g_return_val_if_fail (RESHOOT_IS_PICTURE (self), FALSE);

  return self->pyramid != NULL && self->complete;
}

const GError *
reshoot_picture_get_error (ReshootPicture *self)
{
  g_return_val_if_fail (RESHOOT_IS_PICTURE (self), NULL);

  return self->error;
}

/**
 * reshoot_picture_get_width:
 * @self: a picture
 *
 * Returns: in the picture's own pixels, whatever has been decoded so far; 1 before anything is known
 */
int
reshoot_picture_get_width (ReshootPicture *self)
{
  g_return_val_if_fail (RESHOOT_IS_PICTURE (self), 1);

  return MAX (self->width, 1);
}

int
reshoot_picture_get_height (ReshootPicture *self)
{
  g_return_val_if_fail (RESHOOT_IS_PICTURE (self), 1);

  return MAX (self->height, 1);
}

gboolean
reshoot_picture_get_has_alpha (ReshootPicture *self)
{
  g_return_val_if_fail (RESHOOT_IS_PICTURE (self), FALSE);

  return self->pyramid != NULL && reshoot_pyramid_get_has_alpha (self->pyramid);
}

/**
 * reshoot_picture_get_surface:
 * @self: a picture that is ready
 * @scale: device pixels per pixel of the picture
 *
 * Returns: (transfer none): the smallest size that need not be enlarged for it, or the largest there is
 */
cairo_surface_t *
reshoot_picture_get_surface (ReshootPicture *self,
                             double          scale)
{
  guint index;
  const ReshootPyramidLevel *level;

  g_return_val_if_fail (RESHOOT_IS_PICTURE (self), NULL);
  g_return_val_if_fail (self->pyramid != NULL, NULL);

  reshoot_picture_find_level (self, scale, &index);
  if (g_ptr_array_index (self->surfaces, index) == NULL)
    {
      cairo_surface_t *surface;
      gconstpointer pixels;

      /* cairo only reads from a surface that is a source. */
      level = reshoot_pyramid_get_level (self->pyramid, index);
      pixels = g_bytes_get_data (level->pixels, NULL);
      surface = cairo_image_surface_create_for_data ((unsigned char *) pixels, CAIRO_FORMAT_ARGB32,
                                                     level->width, level->height, level->stride);
      /* A recorded frame may hold the surface longer than we do. */
      cairo_surface_set_user_data (surface, &pixels_key, g_bytes_ref (level->pixels),
                                   (cairo_destroy_func_t) g_bytes_unref);
      g_ptr_array_index (self->surfaces, index) = surface;
    }

  return g_ptr_array_index (self->surfaces, index);
}

/**
 * reshoot_picture_find_level:
 * @self: a picture that is ready
 * @scale: device pixels per pixel of the picture
 * @level: (out): the smallest one that need not be enlarged for it, or the largest there is
 *
 * Returns: (transfer none): the levels there are so far
 */
ReshootPyramid *
reshoot_picture_find_level (ReshootPicture *self,
                            double          scale,
                            guint          *level)
{
  double wanted;

  g_return_val_if_fail (RESHOOT_IS_PICTURE (self), NULL);
  g_return_val_if_fail (self->pyramid != NULL, NULL);

  /* A hair of tolerance: halving odd sizes rounds, and one pixel is no reason for four times the work. */
  *level = 0;
  wanted = self->width * scale - 1.5;
  while (*level + 1 < reshoot_pyramid_get_n_levels (self->pyramid)
         && reshoot_pyramid_get_level (self->pyramid, *level + 1)->width >= wanted)
    (*level)++;

  return self->pyramid;
}

/**
 * reshoot_texture_new_for_pyramid:
 * @pyramid: a pyramid
 *
 * Returns: (transfer full): its largest level; the pixels are shared, not copied
 */
GdkTexture *
reshoot_texture_new_for_pyramid (ReshootPyramid *pyramid)
{
  const ReshootPyramidLevel *level = reshoot_pyramid_get_level (pyramid, 0);

  return gdk_memory_texture_new (level->width, level->height, GDK_MEMORY_DEFAULT, level->pixels,
                                 (gsize) level->stride);
}

/**
 * reshoot_picture_make_texture:
 * @self: a picture that is complete
 *
 * Returns: (transfer full) (nullable): the picture for the clipboard
 */
GdkTexture *
reshoot_picture_make_texture (ReshootPicture *self)
{
  g_return_val_if_fail (RESHOOT_IS_PICTURE (self), NULL);

  return reshoot_picture_get_complete (self) ? reshoot_texture_new_for_pyramid (self->pyramid)
         : NULL;
}
