/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-error.h"

#include <gio/gio.h>

G_BEGIN_DECLS

#define RESHOOT_TYPE_IMAGE (reshoot_image_get_type ())

G_DECLARE_FINAL_TYPE (ReshootImage, reshoot_image, RESHOOT, IMAGE, GObject)

/**
 * ReshootImageFormat:
 *
 * The encodings that the gate lets in, known by their first bytes, never by a file's name.
 */
typedef enum
{
  RESHOOT_IMAGE_FORMAT_PNG,
  RESHOOT_IMAGE_FORMAT_JPEG,
  RESHOOT_IMAGE_FORMAT_WEBP,
  RESHOOT_IMAGE_FORMAT_TIFF,
  RESHOOT_IMAGE_FORMAT_AVIF,   /* these two are written, where libvips can, and not read */
  RESHOOT_IMAGE_FORMAT_JXL,
} ReshootImageFormat;

/* What makes up for a size at which it will be seen, or for the spread of ink. */
typedef enum
{
  RESHOOT_SHARPEN_NONE,
  RESHOOT_SHARPEN_SCREEN,
  RESHOOT_SHARPEN_PRINT,
} ReshootSharpen;

/* The colours that an exported picture's numbers stand for. */
typedef enum
{
  RESHOOT_PROFILE_KEEP,
  RESHOOT_PROFILE_SRGB,
  RESHOOT_PROFILE_P3,
} ReshootProfile;

/**
 * ReshootSaveOptions:
 * @format: how to encode it
 * @quality: 1–100 for JPEG, WebP, AVIF and JPEG XL; 0 for what is usual
 * @private_: whether to keep nothing but pixels and profile: no EXIF, no XMP, no comment, no mark
 * @long_edge: at most so many pixels; 0: as it is. Nothing is enlarged
 * @sharpen: for what it is sharpened
 * @profile: the colours it is brought to
 *
 * How a picture leaves. All zero but the format: as it is.
 */
typedef struct
{
  ReshootImageFormat format;
  int                quality;
  gboolean           private_;
  int                long_edge;
  ReshootSharpen     sharpen;
  ReshootProfile     profile;
} ReshootSaveOptions;

/* Where a picture came from, see reshoot-mark.h. */
typedef struct _ReshootMark ReshootMark;

ReshootImage       *reshoot_image_new_from_bytes    (GBytes               *bytes,
                                                     const char           *name,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void                reshoot_image_load_async        (GFile                *file,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
ReshootImage       *reshoot_image_load_finish       (GAsyncResult         *result,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean            reshoot_image_check             (ReshootImage         *self,
                                                     GCancellable         *cancellable,
                                                     GError              **error);
void                reshoot_image_check_async       (ReshootImage         *self,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean            reshoot_image_check_finish      (ReshootImage         *self,
                                                     GAsyncResult         *result,
                                                     GError              **error);
GBytes             *reshoot_image_get_bytes         (ReshootImage         *self);
ReshootImageFormat  reshoot_image_get_format        (ReshootImage         *self);
int                 reshoot_image_get_width         (ReshootImage         *self);
int                 reshoot_image_get_height        (ReshootImage         *self);
const char         *reshoot_image_get_digest        (ReshootImage         *self);
gboolean            reshoot_image_get_is_rendering  (ReshootImage         *self);
const char         *reshoot_image_get_profile_name  (ReshootImage         *self);
gboolean            reshoot_image_get_has_profile   (ReshootImage         *self);
gboolean            reshoot_image_get_was_cmyk      (ReshootImage         *self);
ReshootImage       *reshoot_image_make_thumbnail    (ReshootImage         *self,
                                                     int                   long_edge,
                                                     GCancellable         *cancellable,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean            reshoot_image_has_credentials   (ReshootImage         *self);
char              **reshoot_image_list_beside       (ReshootImage         *self) G_GNUC_WARN_UNUSED_RESULT;
void                reshoot_image_list_beside_async (GFile                *file,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
char              **reshoot_image_list_beside_finish (GAsyncResult        *result,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean            reshoot_image_format_from_name  (const char           *name,
                                                     ReshootImageFormat   *format);
GBytes             *reshoot_image_dup_encoded       (ReshootImage         *self,
                                                     ReshootImageFormat    format,
                                                     GCancellable         *cancellable,
                                                     GError              **error) G_GNUC_WARN_UNUSED_RESULT;
void                reshoot_image_save_async        (ReshootImage         *self,
                                                     GFile                *file,
                                                     const ReshootSaveOptions *options,
                                                     const ReshootMark    *mark,
                                                     GCancellable         *cancellable,
                                                     GAsyncReadyCallback   callback,
                                                     gpointer              user_data);
gboolean            reshoot_image_save_finish       (ReshootImage         *self,
                                                     GAsyncResult         *result,
                                                     char                **digest,
                                                     GError              **error);

G_END_DECLS
