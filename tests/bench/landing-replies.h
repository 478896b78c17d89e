/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image-vips.h"

G_BEGIN_DECLS

/* How much a service harms a picture beside the edit. */
typedef enum
{
  HARM_MID,
  HARM_HARD,
} Harm;

/* Where it put the picture: of its own pixels, about its middle. */
typedef struct
{
  int    width;
  int    height;
  double shift[2];
  double zoom[2];
} ReplyPlace;

double        landing_noise     (int          x,
                                 int          y,
                                 guint        seed);
double        landing_waves     (double       x,
                                 double       y,
                                 double       size,
                                 guint        seed);
ReshootImage *landing_reply_new (VipsImage   *truth,
                                 Harm         harm,
                                 guint        seed,
                                 ReplyPlace  *place);

G_END_DECLS
