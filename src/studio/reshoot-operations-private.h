/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image-vips.h"
#include "reshoot-operations.h"

G_BEGIN_DECLS

/* Within the operations alone. A plane is one of the pictures a work consists of: the colour, the matte, a mask. */
typedef VipsImage ReshootPlane;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootPlane, g_object_unref)

#define RESHOOT_LINE_INPUTS 6

/**
 * ReshootLine:
 * @x: of the first pixel
 * @y: of the line
 * @width: in pixels
 * @out: where the results go, bands interleaved
 * @in: the same pixels of each input
 *
 * What a line function sees: a run of pixels of one row.
 */
typedef struct
{
  int         x;
  int         y;
  int         width;
  void       *out;
  const void *in[RESHOOT_LINE_INPUTS];
} ReshootLine;

typedef void (*ReshootLineFunc) (const ReshootLine *line,
                                 gconstpointer      data);

/**
 * ReshootCoarse:
 * @width: of the grid
 * @height: of the grid
 * @bands: values a cell
 * @cell_width: of a cell, in pixels of the picture
 * @cell_height: of a cell, in pixels of the picture
 * @values: row by row
 *
 * Something smooth, known on a coarse grid that spans the whole picture: a shadow, a blurred background.
 */
typedef struct
{
  int    width;
  int    height;
  int    bands;
  double cell_width;
  double cell_height;
  float *values;
} ReshootCoarse;

/**
 * ReshootShaper:
 * @top: 255 or 65535
 * @decode: from each number to linear light of the picture's own primaries
 * @to_light: from those to sRGB's primaries
 * @from_light: and back
 * @encode: from the square root of linear light to 0–1
 *
 * A profile of three curves and a matrix; counted (g_atomic_rc_box).
 */
typedef struct
{
  int   top;
  float decode[3][65536];
  float to_light[9];
  float from_light[9];
  float encode[3][4098];
} ReshootShaper;

/**
 * ReshootWork:
 *
 * The picture on the bench. @light is what tone and colour work on: linear light, sRGB primaries, white at 1. @original
 * keeps the source's own numbers for as long as geometry is exact, and @untouched says where they still stand, so
 * that the last step copies them there: bits that no operation meant to change come out as they went in.
 */
typedef struct
{
  GCancellable   *cancellable;       /* (nullable) */

  VipsImage      *source;            /* for its notes: EXIF, XMP */
  VipsBandFormat  format;            /* UCHAR or USHORT, the source's */
  GBytes         *profile;           /* (nullable): ICC, kept */
  ReshootShaper  *shaper;            /* (nullable): of a profile that is not sRGB */
  gboolean        managed;           /* the profile is of a kind that only libvips can go through */

  ReshootPlane   *original;          /* (nullable): three bands of @format; NULL after resampling */
  ReshootPlane   *light;             /* (nullable): three floats; NULL while pristine */
  ReshootPlane   *alpha;             /* (nullable): one band of @format */
  ReshootPlane   *matte;             /* (nullable): one band, 0–255 */
  gboolean        matte_is_alpha;    /* the source came cut out */
  gboolean        pristine;          /* nothing but exact geometry so far */
  ReshootPlane   *untouched;         /* (nullable): 255 where @original counts; NULL: nowhere, unless pristine */
  gboolean        dither;            /* a drawn gradient is in it */
  gboolean        replaced;          /* the background is ours by now */
  double          affine[6];

  JsonArray      *operations;        /* the facts, one object an operation */
  JsonObject     *facts;
} ReshootWork;

/* reshoot-operations-work*.c: import, planes, export */
ReshootWork   *reshoot_work_new             (VipsImage              *source,
                                             GCancellable           *cancellable,
                                             GError                **error);
void           reshoot_work_free            (ReshootWork            *work);
gboolean       reshoot_work_set_matte       (ReshootWork            *work,
                                             GBytes                 *values,
                                             int                     width,
                                             int                     height,
                                             GError                **error);
int            reshoot_work_get_width       (ReshootWork            *work);
int            reshoot_work_get_height      (ReshootWork            *work);
void           reshoot_work_read_profile    (ReshootWork            *work);
ReshootPlane  *reshoot_work_get_light       (ReshootWork            *work,
                                             GError                **error);
gboolean       reshoot_work_take_light      (ReshootWork            *work,
                                             ReshootPlane           *light,
                                             GError                **error);
gboolean       reshoot_work_map_light       (ReshootWork            *work,
                                             ReshootPlane          **inputs,
                                             int                     n_inputs,
                                             ReshootLineFunc         func,
                                             gpointer                data,
                                             GError                **error);
gboolean       reshoot_work_touch           (ReshootWork            *work,
                                             ReshootScope            scope,
                                             GError                **error);
gboolean       reshoot_work_touch_background (ReshootWork           *work,
                                             GError                **error);
gboolean       reshoot_work_touch_where     (ReshootWork            *work,
                                             ReshootPlane           *mask,
                                             GError                **error);
gpointer       reshoot_work_render          (ReshootWork            *work,
                                             ReshootPlane           *plane,
                                             gsize                  *size,
                                             GError                **error);
JsonObject    *reshoot_work_add_fact        (ReshootWork            *work,
                                             const ReshootOperation *op);
VipsImage     *reshoot_work_finish          (ReshootWork            *work,
                                             GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootWork, reshoot_work_free)

/* reshoot-operations-shaper.c */
ReshootShaper *reshoot_shaper_new           (GBytes                 *profile,
                                             VipsBandFormat          format,
                                             gboolean               *plain);
void           reshoot_shaper_unref         (ReshootShaper          *shaper);
void           reshoot_shaper_encode        (const ReshootShaper    *shaper,
                                             const float            *light,
                                             float                  *encoded);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootShaper, reshoot_shaper_unref)

/* reshoot-operations-planes.c, -color.c, -coarse.c: pixels by lines, colour numbers, grids */
ReshootPlane  *reshoot_plane_map            (ReshootPlane          **inputs,
                                             int                     n_inputs,
                                             int                     bands,
                                             VipsBandFormat          format,
                                             ReshootLineFunc         func,
                                             gpointer                data,
                                             GDestroyNotify          destroy);
float          reshoot_luma                 (const float            *light);
double         reshoot_decode               (double                  encoded);
double         reshoot_encode               (double                  linear);
float          reshoot_encode_fast          (float                   linear);
float          reshoot_decode_fast          (float                   encoded);
void           reshoot_color_to_light       (const char             *color,
                                             double                 *light);
void           reshoot_light_to_lab         (const float            *light,
                                             float                  *lab);
float          reshoot_noise                (int                     x,
                                             int                     y,
                                             int                     band);
ReshootCoarse *reshoot_coarse_new           (int                     width,
                                             int                     height,
                                             int                     bands);
void           reshoot_coarse_free          (ReshootCoarse          *coarse);
void           reshoot_coarse_blur          (ReshootCoarse          *coarse,
                                             double                  sigma);
void           reshoot_coarse_line          (const ReshootCoarse    *coarse,
                                             int                     x,
                                             int                     y,
                                             int                     n,
                                             float                  *out);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootCoarse, reshoot_coarse_free)

/* reshoot-operations-sample.c: what has to be known of the whole picture before an operation */

/**
 * ReshootSample:
 * @width: of the sampled grid
 * @height: of the sampled grid
 * @light: three floats a cell
 * @matte: (nullable): one byte a cell
 *
 * Every nth pixel of the picture as it stands.
 */
typedef struct
{
  int     width;
  int     height;
  float  *light;
  guint8 *matte;
} ReshootSample;

ReshootSample *reshoot_sample_new           (ReshootWork            *work,
                                             int                     long_edge,
                                             GError                **error);
void           reshoot_sample_free          (ReshootSample          *sample);
gboolean       reshoot_work_find_product    (ReshootWork            *work,
                                             ReshootBox             *box,
                                             GError                **error);
gboolean       reshoot_work_find_border     (ReshootWork            *work,
                                             double                 *light,
                                             ReshootCoarse         **smooth,
                                             GError                **error);
ReshootCoarse *reshoot_work_coarse_matte    (ReshootWork            *work,
                                             int                     long_edge,
                                             GError                **error);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootSample, reshoot_sample_free)

/* reshoot-operations-geometry*.c: all planes together */

/**
 * ReshootSurround:
 * @light: the colour around the picture
 * @opaque: it hides what is behind, where the picture has alpha
 * @smooth: (nullable) (owned): instead of the colour, a blurred picture whose border goes on
 *
 * What is seen beyond the picture's edges.
 */
typedef struct
{
  double         light[3];
  gboolean       opaque;
  ReshootCoarse *smooth;
} ReshootSurround;

void           reshoot_surround_clear       (ReshootSurround        *surroundings);
gboolean       reshoot_work_show_box        (ReshootWork            *work,
                                             ReshootBox              box,
                                             ReshootSurround        *surroundings,
                                             GError                **error);
gboolean       reshoot_work_mirror          (ReshootWork            *work,
                                             gboolean                vertical,
                                             GError                **error);
gboolean       reshoot_work_rotate          (ReshootWork            *work,
                                             double                  degrees,
                                             GError                **error);
gboolean       reshoot_work_scale           (ReshootWork            *work,
                                             int                     width,
                                             int                     height,
                                             GError                **error);

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootSurround, reshoot_surround_clear)

/* reshoot-operations-frame.c, -canvas.c */
void           reshoot_work_tell_size       (ReshootWork            *work,
                                             JsonObject             *fact);
gboolean       reshoot_work_check_size      (double                  width,
                                             double                  height,
                                             const char             *subject,
                                             GError                **error);
gboolean       reshoot_work_run_fill_frame  (ReshootWork            *work,
                                             const ReshootOperation *op,
                                             GError                **error);
gboolean       reshoot_work_run_canvas      (ReshootWork            *work,
                                             const ReshootOperation *op,
                                             GError                **error);

/* The operations themselves, a family a file. Each adds its fact. */
gboolean       reshoot_work_run_tone        (ReshootWork            *work,
                                             const ReshootOperation *op,
                                             GError                **error);
gboolean       reshoot_work_run_recolor     (ReshootWork            *work,
                                             const ReshootOperation *op,
                                             GError                **error);
gboolean       reshoot_work_run_detail      (ReshootWork            *work,
                                             const ReshootOperation *op,
                                             GError                **error);
gboolean       reshoot_work_run_text        (ReshootWork            *work,
                                             const ReshootOperation *op,
                                             GError                **error);
gboolean       reshoot_work_run_frame       (ReshootWork            *work,
                                             const ReshootOperation *op,
                                             GError                **error);
gboolean       reshoot_work_run_backdrop    (ReshootWork            *work,
                                             const ReshootOperation *background,
                                             const ReshootOperation *shadow,
                                             GError                **error);
ReshootPlane  *reshoot_work_pull_front      (ReshootWork            *work,
                                             ReshootPlane           *light,
                                             GError                **error);

/* reshoot-operations-shadow.c */

/**
 * ReshootStance:
 * @top: of the product
 * @base: of the contact line, at the left edge of the grid
 * @slope: of the contact line, rows a column
 * @height: of the product
 * @cut: the product leaves the picture at the bottom
 *
 * How the product stands, in cells of the matte it was found on.
 */
typedef struct
{
  double   top;
  double   base;
  double   slope;
  double   height;
  gboolean cut;
} ReshootStance;

gboolean       reshoot_stance_find          (const ReshootCoarse    *matte,
                                             ReshootStance          *stance);
ReshootCoarse *reshoot_shadow_contact       (const ReshootCoarse    *matte,
                                             const ReshootStance    *stance,
                                             double                  strength);
ReshootCoarse *reshoot_shadow_drop          (const ReshootCoarse    *matte,
                                             const ReshootStance    *stance,
                                             double                  strength);

/* reshoot-operations-stages.c: the whole run without the plan and its matte */
gboolean       reshoot_operations_apply     (ReshootWork                   *work,
                                             const ReshootOperation *const *operations,
                                             guint                          n_operations,
                                             GError                       **error);
gboolean       reshoot_operations_need_matte (const ReshootOperation *const *operations,
                                             guint                          n_operations);
gboolean       reshoot_operations_want_place (const ReshootOperation *const *operations,
                                             guint                          n_operations);
gboolean       reshoot_operation_supported  (const ReshootOperation *op,
                                             GError                **error);
const char    *reshoot_operation_get_name   (ReshootOperationKind    kind);

G_END_DECLS
