/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How operations are spelt in JSON. One table says for every operation which keys it has, of which type, in which
 * range and in which member of the record they live; writing and reading walk the same table, so they cannot drift
 * apart. */

#include "reshoot-plan-json-private.h"

#include <math.h>

#define AT(member) G_STRUCT_OFFSET (ReshootOperation, member)
#define WORD(key, member, words) { key, FIELD_WORD, AT (member), words, 0, 0 }
#define FREE(key, member) { key, FIELD_FREE, AT (member), NULL, 0, 0 }
#define COLOR(key, member) { key, FIELD_COLOR, AT (member), NULL, 0, 0 }
#define NUMBER(key, member, min, max) { key, FIELD_NUMBER, AT (member), NULL, min, max }
#define RATIO(key, member, min, max) { key, FIELD_RATIO, AT (member), NULL, min, max }
#define PIXELS(key, member) { key, FIELD_PIXELS, AT (member), NULL, 1, 65535 }
#define ASPECT { "aspect", FIELD_ASPECT, 0, NULL, 0.01, 10000 }
#define LEVEL { "level", FIELD_LEVEL, 0, NULL, 0, 0 }
#define DIRECTION { "dir", FIELD_DIRECTION, 0, NULL, 0, 0 }
#define SCOPE { "scope", FIELD_SCOPE, 0, NULL, 0, 0 }
#define TONE DIRECTION, LEVEL, NUMBER ("percent", percent, -100, 1000), SCOPE

static const char * const backgrounds[] = { "solid", "studio", "gradient", "transparent", "blur",
                                            NULL };
static const char * const shapes[] = { "linear", "radial", "horizontal", "vertical", NULL };
static const char * const shadows[] = { "contact", "drop", "none", NULL };
static const char * const gravities[] = { "product", "center", "top", "bottom", "left", "right",
                                          NULL };
static const char * const sides[] = { "all", "left", "right", "top", "bottom", NULL };
static const char * const axes[] = { "horizontal", "vertical", NULL };
static const char * const modes[] = { "auto", NULL };
static const char * const references[] = { "background", "product", NULL };
static const char * const tints[] = { "sepia", "warm", "cool", NULL };
static const char * const positions[] = { "top-left", "top", "top-right", "left", "center", "right",
                                          "bottom-left", "bottom", "bottom-right", NULL };
static const char * const sizes[] = { "small", "medium", "large", NULL };
static const char * const weights[] = { "normal", "bold", "light", NULL };
static const char * const styles[] = { "normal", "italic", NULL };
static const char * const levels[] = { "", "slight", "medium", "strong", NULL };
static const char * const scopes[] = { "all", "product", "background", NULL };

static const ReshootSpelling spellings[] = {
  [RESHOOT_OPERATION_BACKGROUND] = { "background", { WORD ("fill", fill, backgrounds),
                                                     COLOR ("color", color),
                                     COLOR ("color2", color2), WORD ("shape", sub, shapes),
                                         LEVEL } },
  [RESHOOT_OPERATION_SHADOW] = { "shadow", { WORD ("kind", sub, shadows), LEVEL } },
  [RESHOOT_OPERATION_CROP] = { "crop", { ASPECT, WORD ("gravity", sub, gravities) } },
  [RESHOOT_OPERATION_FRAME] = { "frame", { { "fill", FIELD_SHARE, AT (fill_share), NULL, 0.01, 1 },
                                           ASPECT,
                                WORD ("gravity", sub, gravities) } },
  [RESHOOT_OPERATION_CANVAS] = { "canvas", { ASPECT, WORD ("side", sub, sides),
                                             RATIO ("pad", pad, 0.001, 4),
                                 COLOR ("color", color), LEVEL } },
  [RESHOOT_OPERATION_STRAIGHTEN] = { "straighten", { { "angle", FIELD_AUTO, AT (degrees), NULL, -45,
                                                       45 } } },
  [RESHOOT_OPERATION_ROTATE] = { "rotate", { NUMBER ("deg", degrees, -360, 360) } },
  [RESHOOT_OPERATION_FLIP] = { "flip", { WORD ("axis", sub, axes) } },
  [RESHOOT_OPERATION_RESIZE] = { "resize", { PIXELS ("long_edge", long_edge),
                                             PIXELS ("min_long_edge", min_long_edge),
                                 PIXELS ("width", width), PIXELS ("height", height),
                                 RATIO ("factor", factor, 0.01, 1) } },
  [RESHOOT_OPERATION_UPSCALE] = { "upscale", { RATIO ("factor", factor, 1, 16),
                                               PIXELS ("width", width) } },
  [RESHOOT_OPERATION_EXPOSURE] = { "exposure", { NUMBER ("ev", ev, -10, 10), TONE } },
  [RESHOOT_OPERATION_CONTRAST] = { "contrast", { TONE } },
  [RESHOOT_OPERATION_HIGHLIGHTS] = { "highlights", { TONE } },
  [RESHOOT_OPERATION_SHADOWS] = { "shadows", { TONE } },
  [RESHOOT_OPERATION_BLACKS] = { "blacks", { TONE } },
  [RESHOOT_OPERATION_TEMPERATURE] = { "temperature", { TONE } },
  [RESHOOT_OPERATION_SATURATION] = { "saturation", { TONE } },
  [RESHOOT_OPERATION_VIBRANCE] = { "vibrance", { TONE } },
  [RESHOOT_OPERATION_SHARPEN] = { "sharpen", { TONE } },
  [RESHOOT_OPERATION_DENOISE] = { "denoise", { TONE } },
  [RESHOOT_OPERATION_WHITE_BALANCE] = { "white_balance", { WORD ("mode", sub, modes),
                                        WORD ("against", target, references), SCOPE } },
  [RESHOOT_OPERATION_AUTO_TONE] = { "auto_tone", { SCOPE } },
  [RESHOOT_OPERATION_MONOCHROME] = { "monochrome", { WORD ("tint", sub, tints) } },
  [RESHOOT_OPERATION_RECOLOR] = { "recolor", { { "target", FIELD_TARGET, AT (target), NULL, 0, 0 },
                                  COLOR ("to", color) } },
  [RESHOOT_OPERATION_TEXT] = { "text", { FREE ("content", content),
                                         WORD ("position", sub, positions),
                               COLOR ("color", color), WORD ("size", size, sizes),
                                   WORD ("weight", weight, weights),
                               WORD ("style", style, styles) } },
  [RESHOOT_OPERATION_REPEAT] = { "repeat", { LEVEL } },
};

const ReshootSpelling *
reshoot_spelling_get (ReshootOperationKind kind)
{
  return &spellings[kind];
}

/* The kind of operation of that name, -1: none. */
int
reshoot_spelling_find (const char *name)
{
  for (guint i = 0; i < G_N_ELEMENTS (spellings); i++)
    {
      if (g_str_equal (spellings[i].name, name))
        return (int) i;
    }

  return -1;
}

/* By ReshootLevel; ends with NULL. */
const char *const *
reshoot_spelling_get_levels (void)
{
  return levels;
}

/* By ReshootScope; ends with NULL. */
const char *const *
reshoot_spelling_get_scopes (void)
{
  return scopes;
}

/* What the keys, each right by itself, must be together. */
gboolean
reshoot_spelling_is_complete (const ReshootOperation *operation)
{
  switch ((int) operation->kind)
    {
    case RESHOOT_OPERATION_BACKGROUND:
      if (operation->fill == NULL)
        return FALSE;
      if (g_str_equal (operation->fill, "gradient"))
        return *operation->color != '\0' && *operation->color2 != '\0';
      return *operation->color != '\0' || !g_str_equal (operation->fill, "solid");
    case RESHOOT_OPERATION_SHADOW:
    case RESHOOT_OPERATION_FLIP:
    case RESHOOT_OPERATION_WHITE_BALANCE:
      return operation->sub != NULL;
    case RESHOOT_OPERATION_CROP:
      return operation->aspect_width > 0;
    case RESHOOT_OPERATION_FRAME:
      return !isnan (operation->fill_share) || operation->sub != NULL ||
             operation->aspect_width > 0;
    case RESHOOT_OPERATION_CANVAS:
      return operation->aspect_width > 0 || operation->sub != NULL || operation->pad > 0;
    case RESHOOT_OPERATION_ROTATE:
      return !isnan (operation->degrees);
    case RESHOOT_OPERATION_RESIZE:
      return operation->width > 0 || operation->height > 0 || operation->long_edge > 0 ||
             operation->min_long_edge > 0 || operation->factor > 0;
    case RESHOOT_OPERATION_UPSCALE:
      return operation->factor > 0 || operation->width > 0;
    case RESHOOT_OPERATION_RECOLOR:
      return operation->target != NULL && *operation->color != '\0';
    case RESHOOT_OPERATION_TEXT:
      return operation->content != NULL && *operation->content != '\0';
    case RESHOOT_OPERATION_STRAIGHTEN:
    case RESHOOT_OPERATION_AUTO_TONE:
    case RESHOOT_OPERATION_MONOCHROME:
    case RESHOOT_OPERATION_REPEAT:
      return TRUE;
    default:
      return !isnan (operation->ev) || !isnan (operation->percent) ||
             (operation->direction != 0 && operation->level != RESHOOT_LEVEL_NONE);
    }
}
