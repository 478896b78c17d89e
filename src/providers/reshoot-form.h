/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-provider.h"

G_BEGIN_DECLS

typedef struct _ReshootForm ReshootForm;

ReshootForm *reshoot_form_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void         reshoot_form_free        (ReshootForm   *self);
void         reshoot_form_add_text    (ReshootForm   *self,
                                       const char    *name,
                                       const char    *text);
void         reshoot_form_add_picture (ReshootForm   *self,
                                       const char    *name,
                                       const char    *stem,
                                       ReshootImage  *picture);
void         reshoot_form_fill_call   (ReshootForm   *self,
                                       ReshootCall   *call);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootForm, reshoot_form_free)

G_END_DECLS
