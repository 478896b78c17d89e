/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-image-prepare.h"
#include "reshoot-servers.h"
#include "reshoot-session.h"

G_BEGIN_DECLS

/**
 * ReshootLandingChoice:
 * @RESHOOT_LANDING_CHOICE_AUTOMATIC: every reply is brought home onto its source
 * @RESHOOT_LANDING_CHOICE_ASK: it stays as it came until somebody wants it landed
 * @RESHOOT_LANDING_CHOICE_OFF: it stays as it came
 *
 * What becomes of the replies of services.
 */
typedef enum
{
  RESHOOT_LANDING_CHOICE_AUTOMATIC,
  RESHOOT_LANDING_CHOICE_ASK,
  RESHOOT_LANDING_CHOICE_OFF,
  RESHOOT_N_LANDING_CHOICES,
} ReshootLandingChoice;

ReshootLandingChoice reshoot_session_get_landing (ReshootSession        *self);
gboolean             reshoot_session_set_landing (ReshootSession        *self,
                                                  ReshootLandingChoice   choice,
                                                  GError               **error);

/* Whether a service sees only the part around a small region. */
gboolean             reshoot_session_get_crop    (ReshootSession        *self);
gboolean             reshoot_session_set_crop    (ReshootSession        *self,
                                                  gboolean               crop,
                                                  GError               **error);

gboolean             reshoot_session_find_crop   (ReshootSession        *self,
                                                  ReshootModel          *model,
                                                  int                    width,
                                                  int                    height,
                                                  const double           region[4],
                                                  ReshootBox            *crop);

/* The model of an edit for which none is named, for the window and the command line alike. */
ReshootModel *reshoot_session_get_default_model (ReshootSession       *self);
gboolean      reshoot_session_set_default_model (ReshootSession       *self,
                                                 ReshootModel         *model,
                                                 GError              **error);

/* Servers of the person's own, in their file and in the catalogue. */
JsonObject   *reshoot_session_describe_server   (ReshootSession       *self,
                                                 const ReshootServer  *server,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
JsonObject   *reshoot_session_add_server        (ReshootSession       *self,
                                                 const ReshootServer  *server,
                                                 GError              **error) G_GNUC_WARN_UNUSED_RESULT;
gboolean      reshoot_session_remove_server     (ReshootSession       *self,
                                                 const char           *name,
                                                 GError              **error);

G_END_DECLS
