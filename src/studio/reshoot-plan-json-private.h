/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-plan-private.h"

G_BEGIN_DECLS

/* Between the files of the plan's JSON alone: one table says how every operation is spelt. */

/* In bytes: the longest text that a plan holds. */
#define RESHOOT_MAX_WORDS 8192

typedef enum
{
  FIELD_NONE,
  FIELD_WORD,     /* one of @words, into a char * */
  FIELD_FREE,     /* any text, into a char * */
  FIELD_TARGET,   /* "product" or "color:NAME", into a char * */
  FIELD_COLOR,    /* "#rrggbb", into a char[8] */
  FIELD_NUMBER,   /* into a double that is NAN where not given */
  FIELD_RATIO,    /* into a double that is 0 where not given */
  FIELD_PIXELS,   /* into an int that is 0 where not given */
  FIELD_AUTO,     /* a number or "auto" = NAN; always written */
  FIELD_SHARE,    /* a number or "tight" = 0, NAN where not given */
  FIELD_ASPECT,   /* "W:H", into aspect_width and aspect_height */
  FIELD_LEVEL,
  FIELD_DIRECTION,
  FIELD_SCOPE,
} ReshootFieldType;

typedef struct
{
  const char         *key;
  ReshootFieldType    type;
  gsize               offset;
  const char * const *words;
  double              min;
  double              max;
} ReshootField;

#define RESHOOT_MAX_FIELDS 7

typedef struct
{
  const char   *name;
  ReshootField  fields[RESHOOT_MAX_FIELDS];
} ReshootSpelling;

const ReshootSpelling *reshoot_spelling_get         (ReshootOperationKind    kind);
int                    reshoot_spelling_find        (const char             *name);
const char *const     *reshoot_spelling_get_levels  (void);
const char *const     *reshoot_spelling_get_scopes  (void);
gboolean               reshoot_spelling_is_complete (const ReshootOperation *operation);
const char            *reshoot_json_get_word        (JsonNode               *node);
int                    reshoot_find_word            (const char *const      *words,
                                                     const char             *text);
gboolean               reshoot_field_read           (JsonNode               *node,
                                                     const ReshootField     *field,
                                                     ReshootOperation       *operation);

G_END_DECLS
