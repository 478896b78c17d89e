/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * ReshootWordClass:
 *
 * What a word can be. A word may be several of these ("light" is a colour's shade, a tone and a lamp); the sentence
 * decides. From %RESHOOT_WORD_SCENE on they are things that no operation of the studio makes.
 */
typedef enum
{
  RESHOOT_WORD_NONE,
  RESHOOT_WORD_FILLER,       /* carries no wish: please, just, could */
  RESHOOT_WORD_DETERMINER,   /* value 1: definite */
  RESHOOT_WORD_PRONOUN,      /* it, them */
  RESHOOT_WORD_BE,           /* is, looks */
  RESHOOT_WORD_PREPOSITION,
  RESHOOT_WORD_NEGATION,
  RESHOOT_WORD_JOIN,         /* and, then */
  RESHOOT_WORD_VERB,         /* value: ReshootVerb */
  RESHOOT_WORD_TONE_VERB,    /* value: operation, sign: direction */
  RESHOOT_WORD_TONE_NOUN,    /* value: operation, sign: what "more" of it does */
  RESHOOT_WORD_TONE_LOOK,    /* adjective; value: operation, sign: direction */
  RESHOOT_WORD_FAULT,        /* adjective after "too"; value: operation, sign: of the remedy */
  RESHOOT_WORD_LEVEL,        /* value: ReshootLevel */
  RESHOOT_WORD_MORE,         /* sign */
  RESHOOT_WORD_ONLY,
  RESHOOT_WORD_TARGET,       /* value: ReshootScope */
  RESHOOT_WORD_REST,         /* everything else */
  RESHOOT_WORD_PRODUCT,      /* a noun people photograph to sell */
  RESHOOT_WORD_PART,         /* of a product or of its print */
  RESHOOT_WORD_ASPECT,       /* of the product that a keep clause names: lighting, texture */
  RESHOOT_WORD_SAME,         /* unchanged, as it is */
  RESHOOT_WORD_SHADE,        /* of a colour; arg: how it changes */
  RESHOOT_WORD_PLAIN,        /* of a ground: clean, simple */
  RESHOOT_WORD_COLOR_NOUN,   /* colour, tone, shade */
  RESHOOT_WORD_STUDIO,
  RESHOOT_WORD_GRADIENT,
  RESHOOT_WORD_SHAPE,        /* of a gradient; arg */
  RESHOOT_WORD_TRANSPARENT,
  RESHOOT_WORD_BLUR,         /* noun or adjective */
  RESHOOT_WORD_SHADOW,
  RESHOOT_WORD_SHADOW_KIND,  /* arg */
  RESHOOT_WORD_SHADOW_LOOK,  /* soft, natural: how studio shadows are anyway */
  RESHOOT_WORD_RATIO,        /* arg: W:H */
  RESHOOT_WORD_POSITION,     /* arg */
  RESHOOT_WORD_SPACE,        /* padding, margin */
  RESHOOT_WORD_CANVAS,
  RESHOOT_WORD_TIGHT,
  RESHOOT_WORD_EVERY_SIDE,
  RESHOOT_WORD_TURN,         /* sign: clockwise or not */
  RESHOOT_WORD_AXIS,         /* arg */
  RESHOOT_WORD_EDGE,         /* arg: long, width, height */
  RESHOOT_WORD_SIZE,         /* of text; arg */
  RESHOOT_WORD_WEIGHT,
  RESHOOT_WORD_STYLE,
  RESHOOT_WORD_LETTERS,      /* text, caption */
  RESHOOT_WORD_BALANCE,      /* white balance, colour cast */
  RESHOOT_WORD_LIGHTING,     /* the light as a thing to even out */
  RESHOOT_WORD_AUTO,
  RESHOOT_WORD_MONO,         /* arg: tint */
  RESHOOT_WORD_GRAIN,        /* noise */
  RESHOOT_WORD_AGAIN,
  RESHOOT_WORD_INSTEAD,
  RESHOOT_WORD_PRESET,       /* arg: the marketplace */
  RESHOOT_WORD_CHANNEL,      /* where the picture will be used: nothing follows from it */
  RESHOOT_WORD_PURPOSE,      /* what a "so that" may say */
  RESHOOT_WORD_MANNER,       /* natural, realistic: asks for nothing beyond doing it well */
  RESHOOT_WORD_HELP,
  RESHOOT_WORD_VAGUE,        /* better, nice */
  RESHOOT_WORD_SCENE,        /* a place; arg of all below: nothing */
  RESHOOT_WORD_THING,        /* an object to add or to take away */
  RESHOOT_WORD_PERSON,
  RESHOOT_WORD_MATERIAL,
  RESHOOT_WORD_VIEW,
  RESHOOT_WORD_LIGHT,
  RESHOOT_WORD_FORM,         /* shape and build of the product */
  RESHOOT_WORD_ART,          /* a style to transfer */
  RESHOOT_WORD_GENERATE,
} ReshootWordClass;

typedef enum
{
  RESHOOT_VERB_NONE,
  RESHOOT_VERB_MAKE,
  RESHOOT_VERB_CHANGE,
  RESHOOT_VERB_PAINT,
  RESHOOT_VERB_PUT,
  RESHOOT_VERB_SHOW,
  RESHOOT_VERB_ADD,
  RESHOOT_VERB_REMOVE,
  RESHOOT_VERB_CUT_OUT,
  RESHOOT_VERB_BLUR,
  RESHOOT_VERB_CROP,
  RESHOOT_VERB_TRIM,
  RESHOOT_VERB_EXTEND,
  RESHOOT_VERB_PAD,
  RESHOOT_VERB_CENTER,
  RESHOOT_VERB_FILL,
  RESHOOT_VERB_ROTATE,
  RESHOOT_VERB_FLIP,
  RESHOOT_VERB_STRAIGHTEN,
  RESHOOT_VERB_RESIZE,
  RESHOOT_VERB_UPSCALE,
  RESHOOT_VERB_RAISE,
  RESHOOT_VERB_LOWER,
  RESHOOT_VERB_FIX,
  RESHOOT_VERB_EVEN,
  RESHOOT_VERB_WRITE,
  RESHOOT_VERB_KEEP,
  RESHOOT_VERB_TOUCH,
  RESHOOT_VERB_CONVERT,
  RESHOOT_VERB_UNDO,
  RESHOOT_VERB_DISTORT,
  RESHOOT_VERB_OTHER,        /* understood, but nothing the studio does: wear, hold, pour */
} ReshootVerb;

/**
 * ReshootWord:
 * @class: what it is
 * @value: see [enum@WordClass]
 * @sign: +1, -1 or 0
 * @arg: (nullable): a word for the plan
 *
 * One meaning of a word.
 */
typedef struct
{
  ReshootWordClass  class;
  int               value;
  int               sign;
  const char       *arg;
} ReshootWord;

typedef struct _ReshootLexicon ReshootLexicon;

ReshootLexicon    *reshoot_lexicon_new         (void) G_GNUC_WARN_UNUSED_RESULT;
void               reshoot_lexicon_free        (ReshootLexicon       *lexicon);
const ReshootWord *reshoot_lexicon_find        (const ReshootLexicon *lexicon,
                                                const char           *text,
                                                guint                *n_meanings);
const char        *reshoot_lexicon_correct     (const ReshootLexicon *lexicon,
                                                const char           *text);
gboolean           reshoot_lexicon_find_color  (const char           *name,
                                                guint32              *rgb);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootLexicon, reshoot_lexicon_free)

G_END_DECLS
