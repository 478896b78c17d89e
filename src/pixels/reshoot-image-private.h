/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image-vips.h"

G_BEGIN_DECLS

/* Between the files of the image module alone. */

/* Instead of a quality: a PNG that is not compressed, for one that lives in memory alone. */
#define RESHOOT_IMAGE_PLAIN -1

/**
 * ReshootImageHeader:
 * @format: known by the first bytes
 * @width: upright, in pixels
 * @height: upright, in pixels
 * @orientation: the EXIF orientation, 1–8
 * @cmyk: whether it holds ink, not light
 * @has_alpha: whether it has a transparency channel
 * @progressive: whether it comes in several passes, each finer than the one before
 * @needs_transform: whether its numbers are to be brought to sRGB before they are shown
 * @profile_name: (owned) (nullable): what the ICC profile calls itself
 *
 * What the gate learns without decoding one pixel.
 */
typedef struct
{
  ReshootImageFormat  format;
  int                 width;
  int                 height;
  int                 orientation;
  gboolean            cmyk;
  gboolean            has_alpha;
  gboolean            progressive;
  gboolean            needs_transform;
  char               *profile_name;
} ReshootImageHeader;

gboolean                  reshoot_image_sniff             (GBytes              *bytes,
                                                           const char          *name,
                                                           ReshootImageFormat  *format,
                                                           GError             **error);
void                      reshoot_image_peek_size         (GBytes              *bytes,
                                                           ReshootImageFormat   format,
                                                           guint32             *width,
                                                           guint32             *height);
gboolean                  reshoot_image_read_header       (GBytes              *bytes,
                                                           const char          *name,
                                                           ReshootImageHeader  *header,
                                                           GError             **error);
ReshootImage             *reshoot_image_read              (GFile                *file,
                                                           GCancellable         *cancellable,
                                                           GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void                      reshoot_image_start_vips        (void);
gboolean                  reshoot_image_check_size        (guint64              n_bytes,
                                                           const char          *name,
                                                           GError             **error);
VipsImage                *reshoot_image_open_bytes        (GBytes              *bytes,
                                                           ReshootImageFormat   format,
                                                           int                  shrink) G_GNUC_WARN_UNUSED_RESULT;
void                      reshoot_image_set_bytes_error   (GError             **error,
                                                           const char          *name);
void                      reshoot_image_set_damaged_error (GError             **error,
                                                           ReshootImage        *self);
const char               *reshoot_image_get_name          (ReshootImage        *self);
const ReshootImageHeader *reshoot_image_get_header        (ReshootImage        *self);
int                       reshoot_image_find_shrink       (ReshootImage        *self,
                                                           int                  long_edge);
gulong                    reshoot_image_kill_on_cancel    (VipsImage           *vips,
                                                           GCancellable        *cancellable);
VipsImage                *reshoot_image_normalise         (VipsImage           *vips) G_GNUC_WARN_UNUSED_RESULT;
gboolean                  reshoot_image_needs_transform   (VipsImage           *vips);
VipsImage                *reshoot_image_to_srgb           (VipsImage           *vips) G_GNUC_WARN_UNUSED_RESULT;
VipsImage                *reshoot_image_flatten           (VipsImage           *vips) G_GNUC_WARN_UNUSED_RESULT;
gboolean                  reshoot_image_has_same_profile  (VipsImage           *a,
                                                           VipsImage           *b);
VipsImage                *reshoot_image_decode            (ReshootImage        *self,
                                                           GCancellable        *cancellable,
                                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootImage             *reshoot_image_new_from_rendered (GBytes              *bytes,
                                                           const char          *digest,
                                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
ReshootImage             *reshoot_image_new_rendering     (VipsImage           *vips,
                                                           const char          *digest,
                                                           GCancellable        *cancellable,
                                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void                     *reshoot_image_dup_exif          (VipsImage           *vips,
                                                           gsize               *length) G_GNUC_WARN_UNUSED_RESULT;
void                      reshoot_image_add_exif          (VipsImage           *vips,
                                                           void               **data,
                                                           gsize               *length);
void                      reshoot_image_wrap_jxl          (VipsImage           *vips,
                                                           void               **data,
                                                           gsize               *length);
gboolean                  reshoot_image_can_save          (ReshootImageFormat   format);
gboolean                  reshoot_image_is_developed      (ReshootImage        *self,
                                                           const ReshootSaveOptions *options);
VipsImage                *reshoot_image_develop           (VipsImage           *vips,
                                                           const ReshootSaveOptions *options,
                                                           const ReshootMark   *mark,
                                                           GCancellable        *cancellable,
                                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
GBytes                   *reshoot_image_encode            (VipsImage           *vips,
                                                           ReshootImageFormat   format,
                                                           int                  quality,
                                                           gboolean             private_,
                                                           GCancellable        *cancellable,
                                                           GError             **error) G_GNUC_WARN_UNUSED_RESULT;
void                      reshoot_image_list_tags         (GBytes              *bytes,
                                                           GPtrArray           *beside);
gboolean                  reshoot_image_has_boxes         (GBytes              *bytes,
                                                           ReshootImageFormat  *format);
gboolean                  reshoot_image_list_boxes        (GBytes              *bytes,
                                                           ReshootImageFormat   format,
                                                           GPtrArray           *beside);
char                    **reshoot_image_dup_names         (GPtrArray           *names) G_GNUC_WARN_UNUSED_RESULT;
gboolean                  reshoot_image_has_end           (GBytes              *bytes,
                                                           ReshootImageFormat   format);
GBytes                   *reshoot_image_strip             (GBytes              *bytes,
                                                           ReshootImageFormat   format) G_GNUC_WARN_UNUSED_RESULT;

char                     *reshoot_profile_dup_name        (const guint8        *data,
                                                           gsize                length);
gboolean                  reshoot_profile_is_space        (const guint8        *data,
                                                           gsize                length,
                                                           const char          *space);

G_END_DECLS
