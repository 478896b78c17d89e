/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-operations-private.h"

G_BEGIN_DECLS

/* Between the files of tone and colour alone. */

#define RESHOOT_CURVE_STEPS 4096

typedef enum
{
  TONE_CURVE_NORM,       /* a curve on the largest channel, the others in proportion: hue stays */
  TONE_CURVE_CHANNELS,   /* a curve on each channel */
  TONE_GAIN,             /* a factor for each channel */
  TONE_SATURATION,
  TONE_VIBRANCE,
  TONE_MONOCHROME,
} ReshootToneKind;

typedef struct
{
  ReshootToneKind kind;
  gboolean        inverse;       /* the matte says where not */
  float           gain[3];       /* of GAIN; of MONOCHROME the tint */
  float           amount;        /* of SATURATION and VIBRANCE */
  float           curve[RESHOOT_CURVE_STEPS + 2];
} ReshootTone;

/* A curve: from an encoded value 0–1 and its parameters to an encoded value. */
typedef double (*ReshootCurve) (double value,
                                double a,
                                double b);

void     reshoot_tone_fill              (ReshootTone             *tone,
                                         ReshootCurve             func,
                                         double                   a,
                                         double                   b);
gboolean reshoot_tone_add               (ReshootWork             *work,
                                         ReshootScope             scope,
                                         ReshootTone             *tone,
                                         GError                 **error);
double   reshoot_curve_exposure         (double                   value,
                                         double                   a,
                                         double                   b);
double   reshoot_curve_contrast         (double                   value,
                                         double                   a,
                                         double                   b);
double   reshoot_curve_highlights       (double                   value,
                                         double                   a,
                                         double                   b);
double   reshoot_curve_shadows          (double                   value,
                                         double                   a,
                                         double                   b);
double   reshoot_curve_blacks           (double                   value,
                                         double                   a,
                                         double                   b);
double   reshoot_curve_gamma            (double                   value,
                                         double                   a,
                                         double                   b);
gboolean reshoot_work_run_auto_tone     (ReshootWork             *work,
                                         const ReshootOperation  *op,
                                         GError                 **error);
gboolean reshoot_work_run_white_balance (ReshootWork             *work,
                                         const ReshootOperation  *op,
                                         GError                 **error);

G_END_DECLS
