/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sentences about the picture's edges, size and turn. */

#include "reshoot-clause.h"

#include <math.h>
#include <string.h>

static const char * const around[] = { "around", "on", "from", "off", "against", "surrounding",
                                       "along", NULL };
static const char * const shape_words[] = { "aspect ratio", "ratio", "aspect", "format", "crop",
                                            "dimensions", "post",
                                            "image", "shape", "proportions", "cover", "banner", "header",
                                            "thumbnail", NULL };

static void
take_channel (ReshootClause *clause)
{
  reshoot_clause_take_all (clause, RESHOOT_WORD_CHANNEL);
  reshoot_clause_take_texts (clause, shape_words);
}

static double
get_divisor (double a,
             double b)
{
  while (b >= 1)
    {
      double rest = fmod (a, b);

      a = b;
      b = rest;
    }

  return MAX (a, 1);
}

/* A shape as numbers or by name. */
static gboolean
take_ratio (ReshootClause *clause,
            double        *width,
            double        *height)
{
  int i = reshoot_clause_take_kind (clause, RESHOOT_TOKEN_RATIO);
  const ReshootWord *word = NULL;
  char *end = NULL;

  if (i >= 0)
    {
      *width = clause->tokens[i].number;
      *height = clause->tokens[i].number2;
      /* "portrait 4:5" says it twice. */
      reshoot_clause_take_all (clause, RESHOOT_WORD_RATIO);
      return *width >= 0.1 && *height >= 0.1 && *width <= 10000 && *height <= 10000;
    }

  word = reshoot_clause_take_word (clause, RESHOOT_WORD_RATIO);
  if (word == NULL)
    return FALSE;
  reshoot_clause_take (clause, RESHOOT_WORD_RATIO);
  *width = g_ascii_strtod (word->arg, &end);
  *height = g_ascii_strtod (end + 1, NULL);
  return TRUE;
}

static gboolean
cuts_nothing (ReshootClause *clause)
{
  static const char * const words[] = { "cutting", "cropping", "losing", "cut", "crop", "lose",
                                        "cut off", "trim",
                                        "cropped", "cutting off", NULL };
  gboolean cuts = FALSE;

  if (!reshoot_clause_has (clause, RESHOOT_WORD_NEGATION))
    return FALSE;
  for (guint i = 0; words[i] != NULL; i++)
    cuts = cuts || reshoot_clause_has_text (clause, words[i]);
  if (!cuts)
    return FALSE;

  reshoot_clause_take (clause, RESHOOT_WORD_NEGATION);
  reshoot_clause_take_texts (clause, words);
  reshoot_clause_take_texts (clause, (const char * const []) { "anything", "off", "out", "away",
                                                               NULL });
  reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  return TRUE;
}

static void
set_ratio (ReshootOperation *operation,
           double            width,
           double            height)
{
  operation->aspect_width = width;
  operation->aspect_height = height;
}

/* "crop to 1080x1350": the shape, then the size. */
static gboolean
add_crop_to_pixels (ReshootClause *clause)
{
  int i = reshoot_clause_take_kind (clause, RESHOOT_TOKEN_PIXELS);
  ReshootOperation *operation = NULL;
  double divisor = 0;

  if (i < 0 || clause->tokens[i].number > 65535 || clause->tokens[i].number2 > 65535)
    return FALSE;

  divisor = get_divisor (clause->tokens[i].number, clause->tokens[i].number2);
  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_CROP);
  set_ratio (operation, clause->tokens[i].number / divisor, clause->tokens[i].number2 / divisor);
  operation->sub = g_strdup ("product");
  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_RESIZE);
  operation->width = (int) clause->tokens[i].number;
  operation->height = (int) clause->tokens[i].number2;
  return TRUE;
}

/* "extend the canvas to 3000x3000 with white": its shape first, then all of it to that size. */
gboolean
reshoot_read_enlarged_canvas (ReshootClause *clause)
{
  gboolean extends = reshoot_clause_take_verb (clause, RESHOOT_VERB_EXTEND) ||
                     reshoot_clause_take_verb (clause, RESHOOT_VERB_PAD);
  gboolean canvas = reshoot_clause_take (clause, RESHOOT_WORD_CANVAS) >= 0;
  ReshootOperation *operation = NULL;
  int color = -1;

  if ((!extends && !canvas) || !add_crop_to_pixels (clause))
    return FALSE;

  operation = g_ptr_array_index (clause->operations, 0);
  operation->kind = RESHOOT_OPERATION_CANVAS;
  g_clear_pointer (&operation->sub, g_free);
  color = reshoot_clause_take_color (clause);
  if (color >= 0)
    reshoot_clause_set_color (operation->color, clause->tokens[color].rgb);
  reshoot_clause_take_verb (clause, RESHOOT_VERB_MAKE);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND);
  take_channel (clause);
  return reshoot_clause_is_done (clause);
}

/* "square with a 5 % margin": the product stands in the shape with that much air on each side. */
static void
set_margin (ReshootClause    *clause,
            ReshootOperation *operation)
{
  gboolean used[RESHOOT_CLAUSE_MAX];
  int i = -1;

  memcpy (used, clause->used, sizeof used);
  i = reshoot_clause_take_number (clause, RESHOOT_UNIT_PERCENT);
  if (i >= 0 && clause->tokens[i].number >= 1 && clause->tokens[i].number <= 45 &&
      reshoot_clause_take (clause, RESHOOT_WORD_SPACE) >= 0)
    {
      operation->kind = RESHOOT_OPERATION_FRAME;
      operation->fill_share = rint (100 - 2 * clause->tokens[i].number) / 100;
      g_clear_pointer (&operation->sub, g_free);
      reshoot_clause_take_text (clause, "with");
      reshoot_clause_take_all (clause, RESHOOT_WORD_EVERY_SIDE);
    }
  else
    memcpy (clause->used, used, sizeof used);
}

/* "square at 2000 px" */
static void
add_resize (ReshootClause *clause)
{
  int i = reshoot_clause_take_number (clause, RESHOOT_UNIT_PIXELS);

  if (i >= 0 && clause->tokens[i].number >= 16 && clause->tokens[i].number <= 65535)
    reshoot_clause_add (clause,
                        RESHOOT_OPERATION_RESIZE)->long_edge = (int) clause->tokens[i].number;
  else if (i >= 0)
    clause->used[i] = FALSE;
}

/* A shape: cut to it, or with the canvas grown to it. */
gboolean
reshoot_read_crop (ReshootClause *clause)
{
  static const ReshootVerb makers[] = { RESHOOT_VERB_MAKE, RESHOOT_VERB_CHANGE,
                                        RESHOOT_VERB_CONVERT,
                                        RESHOOT_VERB_RESIZE, RESHOOT_VERB_PUT };
  static const ReshootVerb growers[] = { RESHOOT_VERB_EXTEND, RESHOOT_VERB_PAD, RESHOOT_VERB_FILL,
                                         RESHOOT_VERB_ADD };
  gboolean keeps_all = cuts_nothing (clause);
  gboolean crops = reshoot_clause_take_verb (clause, RESHOOT_VERB_CROP) ||
                   reshoot_clause_take_text (clause, "trim");
  gboolean grows = !crops && reshoot_clause_take_verbs (clause, growers, G_N_ELEMENTS (growers));
  gboolean canvas = FALSE;
  gboolean framed = FALSE;
  double width = 0;
  double height = 0;
  ReshootOperation *operation = NULL;
  int color = -1;

  if (reshoot_clause_has (clause, RESHOOT_WORD_NEGATION))
    return FALSE;
  if (!take_ratio (clause, &width, &height))
    {
      if (!crops || keeps_all || !add_crop_to_pixels (clause))
        return FALSE;
    }
  else
    {
      reshoot_clause_take_verbs (clause, makers, G_N_ELEMENTS (makers));
      if (!grows && !keeps_all && !reshoot_clause_has (clause, RESHOOT_WORD_CANVAS))
        {
          operation = reshoot_clause_add (clause, RESHOOT_OPERATION_CROP);
          set_margin (clause, operation);
          /* "a tight square crop" */
          if (reshoot_clause_take (clause, RESHOOT_WORD_TIGHT) >= 0)
            {
              operation->kind = RESHOOT_OPERATION_FRAME;
              if (isnan (operation->fill_share))
                operation->fill_share = 0;
            }
          framed = operation->kind == RESHOOT_OPERATION_FRAME;
          if (!framed)
            g_ptr_array_set_size (clause->operations, 0);
        }
      canvas = reshoot_clause_take (clause, RESHOOT_WORD_CANVAS) >= 0 || grows || keeps_all;
      if (reshoot_clause_take (clause, RESHOOT_WORD_SPACE) >= 0)
        canvas = TRUE;
      if (reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND))
        canvas = TRUE;

      if (!framed)
        operation = reshoot_clause_add (clause,
                                      canvas ? RESHOOT_OPERATION_CANVAS : RESHOOT_OPERATION_CROP);
      set_ratio (operation, width, height);
      color = canvas ? reshoot_clause_take_color (clause) : -1;
      if (color >= 0)
        reshoot_clause_set_color (operation->color, clause->tokens[color].rgb);
      if (!canvas && !framed)
        operation->sub = g_strdup ("product");
    }

  add_resize (clause);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_all (clause, RESHOOT_WORD_BE);
  reshoot_clause_take_texts (clause, around);
  if (!canvas)
    {
      reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
      reshoot_clause_take_verb (clause, RESHOOT_VERB_CENTER);
    }
  else
    reshoot_clause_take_all (clause, RESHOOT_WORD_EVERY_SIDE);
  take_channel (clause);
  return reshoot_clause_is_done (clause);
}

/* "trim the empty space around the chair", "crop tightly". */
gboolean
reshoot_read_trim (ReshootClause *clause)
{
  gboolean trims = reshoot_clause_take_verb (clause, RESHOOT_VERB_TRIM);
  gboolean crops = !trims && reshoot_clause_take_verb (clause, RESHOOT_VERB_CROP);
  gboolean removes = !trims && !crops && reshoot_clause_take_verb (clause, RESHOOT_VERB_REMOVE);
  gboolean tight = FALSE;
  gboolean space = FALSE;
  gboolean whole = reshoot_clause_has_text (clause, "crop closer") ||
                   reshoot_clause_has_text (clause, "crop tight") ||
                   reshoot_clause_has_text (clause, "crop tighter") ||
                   reshoot_clause_has_text (clause, "crop tightly") ||
                   reshoot_clause_has_text (clause, "crop close");
  ReshootOperation *operation = NULL;

  if (reshoot_clause_has (clause, RESHOOT_WORD_NEGATION))
    return FALSE;
  /* "crop to the product": its box is where the edges go. */
  tight = crops && reshoot_clause_has_role (clause, RESHOOT_ROLE_PRODUCT) &&
          (reshoot_clause_has_text (clause, "to") || reshoot_clause_has_text (clause, "around") ||
           reshoot_clause_has_text (clause, "crop in"));
  while (reshoot_clause_take (clause, RESHOOT_WORD_TIGHT) >= 0)
    tight = TRUE;
  while (reshoot_clause_take (clause, RESHOOT_WORD_SPACE) >= 0)
    space = TRUE;
  if (!trims && !(crops && (tight || space)) && !(removes && space))
    return FALSE;
  /* "trim the left edge" cuts somewhere else. */
  if (trims && !space && !tight && !whole && !reshoot_clause_has_role (clause,
                                                                       RESHOOT_ROLE_PRODUCT) &&
      !reshoot_clause_has (clause, RESHOOT_WORD_PRONOUN) &&
          !reshoot_clause_has_role (clause, RESHOOT_ROLE_ALL) &&
      !reshoot_clause_has_role (clause, RESHOOT_ROLE_BACKGROUND))
    return FALSE;

  reshoot_clause_take_verb (clause, RESHOOT_VERB_CROP);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_all (clause, RESHOOT_WORD_EVERY_SIDE);
  reshoot_clause_take_texts (clause, around);
  reshoot_clause_take_texts (clause, (const char * const []) { "down", "away", "out", "up", "empty",
                                                               "white", "blank", NULL });
  reshoot_clause_take (clause, RESHOOT_WORD_MORE);
  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_FRAME);
  operation->fill_share = 0;
  return reshoot_clause_is_done (clause);
}

static const char *
take_side (ReshootClause *clause)
{
  const ReshootWord *word = reshoot_clause_take_word (clause, RESHOOT_WORD_POSITION);

  if (word == NULL)
    return NULL;
  if (strchr (word->arg, '-') != NULL || g_str_equal (word->arg, "center"))
    return "";

  return word->arg;
}

/* "put a white border around it"; "put it at the edges" is about the product's place. */
static gboolean
takes_border (ReshootClause *clause)
{
  static const char * const borders[] = { "border", "margin", "padding", NULL };
  gboolean border = FALSE;

  for (guint i = 0; i + 1 < clause->n_tokens && !border; i++)
    {
      const ReshootWord *article = reshoot_token_find (&clause->tokens[i + 1],
                                                       RESHOOT_WORD_DETERMINER);

      border = reshoot_token_is_verb (&clause->tokens[i], RESHOOT_VERB_PUT) && article != NULL &&
               article->value == 0;
    }

  if (!border || !(reshoot_clause_has_text (clause, "around") ||
                   reshoot_clause_has (clause, RESHOOT_WORD_EVERY_SIDE)))
    return FALSE;
  for (guint i = 0; borders[i] != NULL; i++)
    if (reshoot_clause_has_text (clause, borders[i]))
      return reshoot_clause_take_verb (clause, RESHOOT_VERB_PUT);

  return FALSE;
}

/* More canvas: by a share, or some of it on one side. */
gboolean
reshoot_read_pad (ReshootClause *clause)
{
  gboolean pads = reshoot_clause_take_verb (clause, RESHOOT_VERB_PAD);
  gboolean extends = !pads && reshoot_clause_take_verb (clause, RESHOOT_VERB_EXTEND);
  gboolean adds = !pads && !extends && (takes_border (clause) ||
                                        reshoot_clause_take_verb (clause, RESHOOT_VERB_ADD) ||
                                        reshoot_clause_take_verb (clause, RESHOOT_VERB_KEEP) ||
                                        reshoot_clause_take_verb (clause, RESHOOT_VERB_RAISE));
  gboolean space = FALSE;
  gboolean verb = FALSE;
  ReshootOperation *operation = NULL;
  const ReshootWord *more = NULL;
  const char *side = NULL;
  int number = -1;
  int color = -1;

  while (reshoot_clause_take (clause, RESHOOT_WORD_SPACE) >= 0)
    space = TRUE;
  if (!space && !pads && !extends)
    return FALSE;
  /* "extend the table" is not about the picture. */
  if (!space && reshoot_clause_has_role (clause, RESHOOT_ROLE_PRODUCT))
    return FALSE;
  if (!pads && !extends && !adds && reshoot_clause_get_own_verb (clause) != NULL)
    return FALSE;
  /* "keep the border" asks for none; "keep some space on the left" does. */
  if (reshoot_clause_has_text (clause, "keep") && !reshoot_clause_has_text (clause, "some"))
    return FALSE;
  verb = pads || extends || adds;

  more = reshoot_clause_take_word (clause, RESHOOT_WORD_MORE);
  if (more != NULL && more->sign < 0)
    return FALSE;
  number = reshoot_clause_take_number (clause, RESHOOT_UNIT_PERCENT);
  color = reshoot_clause_take_color (clause);
  reshoot_clause_take_all (clause, RESHOOT_WORD_EVERY_SIDE);
  side = take_side (clause);
  if (side != NULL && *side == '\0')
    return FALSE;
  /* "the border" alone asks for nothing. */
  if (!verb && more == NULL && number < 0 && color < 0 && side == NULL)
    return FALSE;

  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_CANVAS);
  if (number >= 0)
    operation->pad = CLAMP (clause->tokens[number].number / 100, 0, 4);
  if (number < 0 || side != NULL)
    operation->sub = g_strdup (side != NULL ? side : "all");
  if (number < 0)
    operation->level = reshoot_clause_take_level (clause, RESHOOT_LEVEL_MEDIUM);
  if (number >= 0 && operation->pad < 0.001)
    return FALSE;
  if (color >= 0)
    reshoot_clause_set_color (operation->color, clause->tokens[color].rgb);

  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  reshoot_clause_take_all (clause, RESHOOT_WORD_CANVAS);
  reshoot_clause_take_texts (clause, around);
  reshoot_clause_take_texts (clause, (const char * const []) { "above", "below", "out", "white",
                                                               "side", "text", "copy",
                                                               "headline", "some", NULL });
  take_channel (clause);
  return reshoot_clause_is_done (clause);
}

/* Where the product stands in the picture and how much of it. */
gboolean
reshoot_read_frame (ReshootClause *clause)
{
  gboolean keeps = reshoot_clause_take_verb (clause, RESHOOT_VERB_KEEP) ||
                   reshoot_clause_take_verb (clause, RESHOOT_VERB_MAKE) ||
                   reshoot_clause_take_verb (clause, RESHOOT_VERB_PUT);
  gboolean fills = reshoot_clause_take_verb (clause, RESHOOT_VERB_FILL);
  gboolean centers = reshoot_clause_take_verb (clause, RESHOOT_VERB_CENTER);
  ReshootOperation *operation = NULL;
  int number = -1;

  if (!fills && !centers)
    return FALSE;
  if (!reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT) &&
      !reshoot_clause_has (clause, RESHOOT_WORD_PRONOUN) &&
      !fills && clause->n_tokens > 1)
    return FALSE;

  number = fills ? reshoot_clause_take_number (clause, RESHOOT_UNIT_PERCENT) : -1;
  if (fills && (number < 0 || clause->tokens[number].number < 1 ||
                clause->tokens[number].number > 100))
    return FALSE;

  reshoot_clause_take (clause, RESHOOT_WORD_EDGE);
  reshoot_clause_take (clause, RESHOOT_WORD_POSITION);
  reshoot_clause_take (clause, RESHOOT_WORD_CANVAS);
  reshoot_clause_take (clause, RESHOOT_WORD_AXIS);
  reshoot_clause_take_text (clause, "within");
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_FRAME);
  take_ratio (clause, &operation->aspect_width, &operation->aspect_height);
  reshoot_clause_take_text (clause, "on");
  reshoot_clause_take_text (clause, "frame");
  if (number >= 0)
    operation->fill_share = clause->tokens[number].number / 100;
  if (centers)
    operation->sub = g_strdup ("center");
  (void) keeps;
  return reshoot_clause_is_done (clause);
}

/* --- Turning --- */

/* "a quarter turn clockwise", "give it half a turn": which way matters for a quarter alone. */
static gboolean
read_part_of_turn (ReshootClause *clause)
{
  gboolean turns = reshoot_clause_take_text (clause, "turn");
  gboolean clockwise = !turns && reshoot_clause_take_text (clause, "turn clockwise");
  gboolean quarter = reshoot_clause_take_text (clause, "quarter");
  gboolean half = !quarter && reshoot_clause_take_text (clause, "half");
  const ReshootWord *way = NULL;
  int sign = clockwise ? 1 : 0;

  if ((!turns && !clockwise) || (!quarter && !half))
    return FALSE;

  reshoot_clause_take_verb (clause, RESHOOT_VERB_ROTATE);
  reshoot_clause_take_verb (clause, RESHOOT_VERB_ADD);
  way = reshoot_clause_take_word (clause, RESHOOT_WORD_TURN);
  if (way != NULL)
    sign = way->sign;
  if (quarter && sign == 0)
    return FALSE;

  reshoot_clause_add (clause, RESHOOT_OPERATION_ROTATE)->degrees = half ? 180 : 90 * sign;
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  return reshoot_clause_is_done (clause);
}

gboolean
reshoot_read_rotate (ReshootClause *clause)
{
  gboolean rotates = reshoot_clause_take_verb (clause, RESHOOT_VERB_ROTATE);
  gboolean turns = !rotates && reshoot_clause_has_text (clause, "turn") &&
                   reshoot_clause_take_verb (clause, RESHOOT_VERB_MAKE);
  gboolean product = reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  const ReshootWord *turn = NULL;
  ReshootOperation *operation = NULL;
  gboolean clock = reshoot_clause_has_text (clause, "clockwise") ||
                   reshoot_clause_has_text (clause, "cw") ||
                   reshoot_clause_has_text (clause, "counterclockwise") ||
                       reshoot_clause_has_text (clause, "ccw") ||
                   reshoot_clause_has_text (clause, "anticlockwise") ||
                   reshoot_clause_has_text (clause, "counter clockwise") ||
                   reshoot_clause_has_text (clause, "anti clockwise");
  double degrees = 90;
  int number = -1;

  if (!product && (reshoot_clause_has_text (clause, "quarter") ||
                   reshoot_clause_has_text (clause, "half")))
    {
      memset (clause->used, 0, sizeof clause->used);
      return read_part_of_turn (clause);
    }
  if (!rotates && !turns)
    return FALSE;

  turn = reshoot_clause_take_word (clause, RESHOOT_WORD_TURN);
  number = reshoot_clause_take_number (clause, RESHOOT_UNIT_DEGREES);
  if (number < 0)
    number = reshoot_clause_take_number (clause, RESHOOT_UNIT_NONE);
  if (number >= 0)
    degrees = clause->tokens[number].number;
  else if (reshoot_clause_take_text (clause, "upside down"))
    degrees = 180;
  else if (turn == NULL || (turns && !clock))
    return FALSE;

  /* "rotate the chair 45 degrees" may mean the chair's other side: only a clock's direction says the picture. */
  if (product && !clock)
    return FALSE;
  if (ABS (degrees) > 360 || degrees == 0)
    return FALSE;

  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_ROTATE);
  operation->degrees = turn != NULL && turn->sign < 0 ? -degrees : degrees;
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  return reshoot_clause_is_done (clause);
}

gboolean
reshoot_read_flip (ReshootClause *clause)
{
  static const ReshootVerb verbs[] = { RESHOOT_VERB_MAKE };
  const ReshootWord *axis = NULL;
  ReshootOperation *operation = NULL;

  if (!reshoot_clause_take_verb (clause, RESHOOT_VERB_FLIP) ||
      reshoot_clause_has_text (clause, "invert") ||
      reshoot_clause_has_text (clause, "reverse"))
    return FALSE;

  reshoot_clause_take_verbs (clause, verbs, G_N_ELEMENTS (verbs));
  axis = reshoot_clause_take_word (clause, RESHOOT_WORD_AXIS);
  reshoot_clause_take_verb (clause, RESHOOT_VERB_FLIP);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_texts (clause, (const char * const []) { "along", "over", "from", NULL });
  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_FLIP);
  operation->sub = g_strdup (axis != NULL ? axis->arg : "horizontal");
  return reshoot_clause_is_done (clause);
}

gboolean
reshoot_read_straighten (ReshootClause *clause)
{
  ReshootOperation *operation = NULL;
  const ReshootWord *turn = NULL;
  int number = -1;

  if (!reshoot_clause_take_verb (clause, RESHOOT_VERB_STRAIGHTEN))
    {
      if (!reshoot_clause_take_text (clause, "straight") ||
          !reshoot_clause_take_verb (clause, RESHOOT_VERB_MAKE))
        return FALSE;
    }

  number = reshoot_clause_take_number (clause, RESHOOT_UNIT_DEGREES);
  if (number >= 0 && ABS (clause->tokens[number].number) > 45)
    return FALSE;
  turn = number >= 0 ? reshoot_clause_take_word (clause, RESHOOT_WORD_TURN) : NULL;
  reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND);
  reshoot_clause_take (clause, RESHOOT_WORD_AUTO);
  reshoot_clause_take_level (clause, RESHOOT_LEVEL_NONE);
  reshoot_clause_take_texts (clause, (const char * const []) { "up", "out", "horizon", "lines",
                                                               "verticals",
                                                               "horizon line", NULL });
  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_STRAIGHTEN);
  if (number >= 0)
    operation->degrees = clause->tokens[number].number * (turn != NULL ? turn->sign : 1);
  return reshoot_clause_is_done (clause);
}

/* --- Size --- */

static gboolean
take_pixels (ReshootClause    *clause,
             ReshootOperation *operation)
{
  int i = reshoot_clause_take_number (clause, RESHOOT_UNIT_PIXELS);
  const ReshootWord *edge = NULL;
  gboolean least = FALSE;
  int pixels = 0;

  if (i < 0 && reshoot_clause_has (clause, RESHOOT_WORD_EDGE))
    i = reshoot_clause_take_number (clause, RESHOOT_UNIT_NONE);
  if (i < 0 || clause->tokens[i].number < 16 || clause->tokens[i].number > 65535)
    return FALSE;

  pixels = (int) clause->tokens[i].number;
  for (edge = reshoot_clause_take_word (clause, RESHOOT_WORD_EDGE); edge != NULL;
       edge = reshoot_clause_take_word (clause, RESHOOT_WORD_EDGE))
    {
      if (g_str_equal (edge->arg, "least"))
        least = TRUE;
      else if (g_str_equal (edge->arg, "width"))
        operation->width = pixels;
      else if (g_str_equal (edge->arg, "height"))
        operation->height = pixels;
      else if (!g_str_equal (edge->arg, "long") && !g_str_equal (edge->arg, "size"))
        return FALSE;
    }

  if (operation->width + operation->height > 0)
    return !least;
  if (least)
    operation->min_long_edge = pixels;
  else
    operation->long_edge = pixels;
  return TRUE;
}

/* "scale to 50 %", "scale down by half", "half the size": smaller by a share. */
static gboolean
take_share (ReshootClause    *clause,
            ReshootOperation *operation,
            gboolean          verb)
{
  gboolean by = reshoot_clause_has_text (clause, "by");
  gboolean half = reshoot_clause_take_text (clause, "half");
  gboolean part = !half && reshoot_clause_take_text (clause, "quarter");
  const ReshootWord *edge = NULL;
  double percent = part ? (by ? 75 : 25) : 50;
  int i = half || part ? -1 : reshoot_clause_take_number (clause, RESHOOT_UNIT_PERCENT);

  if (!half && !part && i < 0)
    return FALSE;
  if (i >= 0)
    percent = by ? 100 - clause->tokens[i].number : clause->tokens[i].number;
  edge = reshoot_clause_take_word (clause, RESHOOT_WORD_EDGE);
  if (edge != NULL && !g_str_equal (edge->arg, "size") && !g_str_equal (edge->arg, "bigger"))
    return FALSE;
  /* "half the product" is no size; "by 30 %" without "down" may go either way. */
  if ((!verb && edge == NULL) || percent < 1 || percent >= 100)
    return FALSE;
  if ((i >= 0 || part) && by && !reshoot_clause_has_text (clause, "scale down") &&
      !reshoot_clause_has_text (clause, "down") && !reshoot_clause_has_text (clause, "shrink") &&
      !reshoot_clause_has_text (clause, "downscale") && !reshoot_clause_has_text (clause, "downsize") &&
      !reshoot_clause_has_text (clause, "reduce"))
    return FALSE;
  /* "reduce it by 30 %": of what? */
  if (edge == NULL && reshoot_clause_has_text (clause, "reduce"))
    return FALSE;

  operation->factor = percent / 100;
  return TRUE;
}

gboolean
reshoot_read_scale (ReshootClause *clause)
{
  static const ReshootVerb verbs[] = { RESHOOT_VERB_RESIZE, RESHOOT_VERB_LOWER };
  gboolean resizes = reshoot_clause_has_verb (clause, RESHOOT_VERB_RESIZE);
  ReshootOperation *operation = reshoot_clause_add (clause, RESHOOT_OPERATION_RESIZE);

  reshoot_clause_take_verbs (clause, verbs, G_N_ELEMENTS (verbs));
  if (reshoot_clause_has_role (clause, RESHOOT_ROLE_PRODUCT) ||
      reshoot_clause_has (clause, RESHOOT_WORD_NEGATION) ||
      !take_share (clause, operation, resizes))
    return FALSE;

  reshoot_clause_take_verb (clause, RESHOOT_VERB_MAKE);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_text (clause, "by");
  reshoot_clause_take_text (clause, "down");
  take_channel (clause);
  return reshoot_clause_is_done (clause);
}

gboolean
reshoot_read_resize (ReshootClause *clause)
{
  static const ReshootVerb verbs[] = { RESHOOT_VERB_RESIZE, RESHOOT_VERB_MAKE, RESHOOT_VERB_CHANGE,
                                       RESHOOT_VERB_CONVERT,
                                       RESHOOT_VERB_LOWER };
  gboolean verb = reshoot_clause_take_verbs (clause, verbs, G_N_ELEMENTS (verbs));
  int pixels = reshoot_clause_take_kind (clause, RESHOOT_TOKEN_PIXELS);
  ReshootOperation *operation = reshoot_clause_add (clause, RESHOOT_OPERATION_RESIZE);

  if (pixels >= 0)
    {
      if (clause->tokens[pixels].number > 65535 || clause->tokens[pixels].number2 > 65535)
        return FALSE;
      operation->width = (int) clause->tokens[pixels].number;
      operation->height = (int) clause->tokens[pixels].number2;
      reshoot_clause_take (clause, RESHOOT_WORD_EDGE);
      reshoot_clause_take (clause, RESHOOT_WORD_RATIO);
    }
  else if (!take_pixels (clause, operation))
    return FALSE;

  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_all (clause, RESHOOT_WORD_BE);
  reshoot_clause_take_text (clause, "on");
  reshoot_clause_take_text (clause, "along");
  reshoot_clause_take_text (clause, "down");
  take_channel (clause);
  (void) verb;
  return reshoot_clause_is_done (clause);
}

gboolean
reshoot_read_upscale (ReshootClause *clause)
{
  gboolean verb = reshoot_clause_take_verb (clause, RESHOOT_VERB_UPSCALE);
  gboolean doubles = !verb && reshoot_clause_has_text (clause, "resolution");
  const ReshootWord *edge = NULL;
  ReshootOperation *operation = NULL;
  double factor = 0;
  int i = reshoot_clause_take_number (clause, RESHOOT_UNIT_TIMES);
  gboolean bigger = FALSE;

  if (i < 0 && verb)
    i = reshoot_clause_take_number (clause, RESHOOT_UNIT_PERCENT);
  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_UPSCALE);
  if (i >= 0)
    factor = clause->tokens[i].number / (clause->tokens[i].unit == RESHOOT_UNIT_PERCENT ? 100 : 1);

  if (i < 0 && verb && take_pixels (clause, operation))
    {
      /* The longer side is not known yet: the width is what the vocabulary has. */
      if (operation->height > 0 || operation->min_long_edge > 0 || operation->long_edge > 0)
        {
          operation->kind = RESHOOT_OPERATION_RESIZE;
          operation->min_long_edge = MAX (operation->min_long_edge, operation->long_edge);
          operation->long_edge = 0;
        }
    }
  while ((edge = reshoot_clause_take_word (clause, RESHOOT_WORD_EDGE)) != NULL)
    {
      if (g_str_equal (edge->arg, "twice"))
        factor = 2;
      else if (g_str_equal (edge->arg, "thrice"))
        factor = 3;
      else if (g_str_equal (edge->arg, "4k"))
        operation->width = 3840;
      else if (g_str_equal (edge->arg, "bigger") || g_str_equal (edge->arg, "size"))
        bigger = TRUE;
      else
        return FALSE;
    }

  if (!verb && !(factor > 1 && (bigger || doubles)))
    return FALSE;
  if (operation->kind == RESHOOT_OPERATION_UPSCALE && operation->width == 0)
    {
      if (factor <= 1 || factor > 16)
        return FALSE;
      operation->factor = factor;
    }

  reshoot_clause_take_verb (clause, RESHOOT_VERB_MAKE);
  reshoot_clause_take_verb (clause, RESHOOT_VERB_RAISE);
  reshoot_clause_take_verb (clause, RESHOOT_VERB_RESIZE);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_text (clause, "on");
  reshoot_clause_take_text (clause, "up");
  take_channel (clause);
  return reshoot_clause_is_done (clause);
}
