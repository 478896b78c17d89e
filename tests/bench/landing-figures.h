/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "landing-cases.h"
#include "landing-replies.h"

G_BEGIN_DECLS

/* NAN: does not apply. */
typedef struct
{
  double shift;         /* root mean square over what was kept, pixels of the reply */
  double zoom;          /* the worse axis, per cent */
  double drift[2];      /* of the colours of what was kept, levels: as they came, matched */
  double identical[2];  /* of what was not edited, per cent: all of it; from 8 pixels of the reply off */
  double missed;        /* per cent of the plainly edited */
  double precision;     /* share of the touched that was edited */
  double overlap;       /* of touched and edited */
  double psnr[3];       /* inside the edit: enlarged; landed without the source's detail; landed */
  double ssim[2];       /* the same: enlarged, landed */
} LandingFigures;

VipsImage *landing_open_image (ReshootImage          *image) G_GNUC_WARN_UNUSED_RESULT;
void       landing_measure    (const LandingPictures *pictures,
                               ReshootLanding        *landing,
                               ReshootImage          *reply,
                               const ReplyPlace      *place,
                               ReshootLandTone        tone,
                               LandingFigures        *figures);

G_END_DECLS
