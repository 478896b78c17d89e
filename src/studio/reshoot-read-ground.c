/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Sentences about what is behind and below the product: grounds, blur, cut-outs, shadows, and what a marketplace asks
 * of a main picture. */

#include "reshoot-clause.h"

#include <string.h>

static const ReshootVerb setting_verbs[] = {
  RESHOOT_VERB_CHANGE, RESHOOT_VERB_MAKE, RESHOOT_VERB_PUT, RESHOOT_VERB_ADD, RESHOOT_VERB_SHOW,
      RESHOOT_VERB_PAINT,
  RESHOOT_VERB_CONVERT, RESHOOT_VERB_FILL,
};

/* The first of these say that something stands on the ground. */
#define N_ON 5

static const char * const grounding[] = { "on", "onto", "on to", "against", "against the", "over",
                                          "from", "in front of",
                                          "around", "behind", "using", "on top of", NULL };

static void
take_manners (ReshootClause *clause)
{
  reshoot_clause_take_all (clause, RESHOOT_WORD_PLAIN);
  reshoot_clause_take_all (clause, RESHOOT_WORD_MANNER);
  reshoot_clause_take_all (clause, RESHOOT_WORD_INSTEAD);
  reshoot_clause_take_all (clause, RESHOOT_WORD_COLOR_NOUN);
  reshoot_clause_take_all (clause, RESHOOT_WORD_CHANNEL);
}

/* Gold, brick, linen: said of a ground these are materials, unless the person says that the colour is meant. */
static gboolean
is_paint (ReshootClause *clause,
          int            i,
          gboolean       on_ground)
{
  static const char * const matters[] = { "sand", "stone", "clay", "ash", "coffee", "wine", "honey",
                                          "chocolate", "bone",
                                          "espresso", "mocha", "latte", "biscuit", "almond", "cinnamon", "vanilla",
                                          "caramel", "mint", "lemon", "cherry", "peach", "plum", "tomato", "salmon",
                                          "apricot", "raspberry", "pistachio", "avocado", "wheat", NULL };
  const ReshootToken *token = &clause->tokens[i];

  if (reshoot_clause_has (clause, RESHOOT_WORD_COLOR_NOUN))
    return TRUE;
  if (reshoot_token_find (token, RESHOOT_WORD_MATERIAL) != NULL ||
      reshoot_token_find (token, RESHOOT_WORD_SCENE) != NULL ||
      reshoot_token_find (token, RESHOOT_WORD_THING) != NULL)
    return FALSE;

  return on_ground || !g_strv_contains (matters, token->text);
}

static gboolean
is_before (ReshootClause *clause,
           const char    *text,
           int            i)
{
  for (int k = i - 1; k >= 0; k--)
    {
      if (reshoot_token_is_text (&clause->tokens[k], text))
        return TRUE;
      if (clause->tokens[k].is_color)
        return FALSE;
    }

  return FALSE;
}

/* The colour of the new ground. "from grey to white" names the old one first. -1: none; -2: more than one. */
static int
take_ground_color (ReshootClause *clause)
{
  int first = reshoot_clause_take_color (clause);
  int second = first >= 0 ? reshoot_clause_take_color (clause) : -1;

  if (second < 0)
    return first;
  if (is_before (clause, "from", first) && is_before (clause, "to", second))
    return second;

  return -2;
}

/* "put it on", "cut it out on", "behind it": the product may be named where the ground is what changes. */
static gboolean
take_product_on_ground (ReshootClause *clause,
                        gboolean       may_stand)
{
  if (!reshoot_clause_has_role (clause, RESHOOT_ROLE_PRODUCT))
    return TRUE;
  if (!may_stand)
    return FALSE;

  return reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
}

static gboolean
has_on (ReshootClause *clause)
{
  for (guint i = 0; i < N_ON; i++)
    {
      if (reshoot_clause_has_text (clause, grounding[i]))
        return TRUE;
    }

  return FALSE;
}

static gboolean
is_followed_by_one (ReshootClause *clause,
                    int            i)
{
  return (guint) i + 1 < clause->n_tokens && (reshoot_token_is_text (&clause->tokens[i + 1],
                                                                     "one") ||
                                              reshoot_token_is_text (&clause->tokens[i + 1],
                                                                     "ones"));
}

/* Whether "on" stands before the colour; where "it" is the ground, nothing need. */
static gboolean
is_grounded (ReshootClause *clause,
             int            i)
{
  gboolean grounded = FALSE;

  for (guint k = 0; k < N_ON; k++)
    grounded = grounded || is_before (clause, grounding[k], i);

  return grounded || !has_on (clause);
}

/* A plain colour or a studio sweep. */
gboolean
reshoot_read_background (ReshootClause *clause)
{
  gboolean ground = reshoot_clause_has_role (clause, RESHOOT_ROLE_BACKGROUND);
  gboolean studio = reshoot_clause_has (clause, RESHOOT_WORD_STUDIO);
  gboolean on = has_on (clause);
  gboolean places = reshoot_clause_take_verb (clause, RESHOOT_VERB_PUT) ||
                    reshoot_clause_take_verb (clause, RESHOOT_VERB_CUT_OUT);
  gboolean verb = places || reshoot_clause_take_verbs (clause, setting_verbs,
                                                       G_N_ELEMENTS (setting_verbs));
  gboolean removes = !verb && ground && reshoot_clause_take_verb (clause, RESHOOT_VERB_REMOVE);
  ReshootOperation *operation = NULL;
  int color = take_ground_color (clause);

  if (color == -2 || (color < 0 && !studio))
    return FALSE;
  /* "make it white" after a clause about the background speaks of the background. */
  if (!ground && !studio && !on &&
      !(clause->it_is_ground && reshoot_clause_has (clause, RESHOOT_WORD_PRONOUN)))
    return FALSE;
  if (color >= 0 && !is_paint (clause, color, ground || studio))
    return FALSE;
  /* "on the black one" is another thing, and "white on the shoe" is paint. */
  if (color >= 0 && !ground && !studio && (is_followed_by_one (clause, color) ||
                                           !is_grounded (clause, color)))
    return FALSE;
  if (removes && !reshoot_clause_has_text (clause, "with") &&
      !reshoot_clause_has_text (clause, "on"))
    return FALSE;
  if (!take_product_on_ground (clause, places || !verb ||
                               reshoot_clause_has_verb (clause, RESHOOT_VERB_SHOW) || on))
    return FALSE;

  reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_all (clause, RESHOOT_WORD_STUDIO);
  reshoot_clause_take_texts (clause, grounding);
  take_manners (clause);

  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_BACKGROUND);
  operation->fill = g_strdup (studio ? "studio" : "solid");
  reshoot_clause_set_color (operation->color, color >= 0 ? clause->tokens[color].rgb : 0xffffff);
  clause->wants_shadow = studio;
  clause->has_scope = TRUE;
  return reshoot_clause_is_done (clause);
}

gboolean
reshoot_read_gradient (ReshootClause *clause)
{
  const ReshootWord *shape = NULL;
  ReshootOperation *operation = NULL;
  int first = -1;
  int second = -1;

  if (reshoot_clause_take (clause, RESHOOT_WORD_GRADIENT) < 0)
    return FALSE;

  reshoot_clause_take_all (clause, RESHOOT_WORD_GRADIENT);
  reshoot_clause_take_verbs (clause, setting_verbs, G_N_ELEMENTS (setting_verbs));
  shape = reshoot_clause_take_word (clause, RESHOOT_WORD_SHAPE);
  if (shape == NULL)
    shape = reshoot_clause_take_word (clause, RESHOOT_WORD_AXIS);
  first = reshoot_clause_take_color (clause);
  second = reshoot_clause_take_color (clause);
  if (first < 0)
    return FALSE;

  reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND);
  reshoot_clause_take_all (clause, RESHOOT_WORD_STUDIO);
  reshoot_clause_take_texts (clause, grounding);
  reshoot_clause_take_text (clause, "between");
  reshoot_clause_take_text (clause, "and");
  reshoot_clause_take_level (clause, RESHOOT_LEVEL_NONE);
  take_manners (clause);

  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_BACKGROUND);
  operation->fill = g_strdup ("gradient");
  operation->sub = shape != NULL ? g_strdup (shape->arg) : NULL;
  /* One colour alone runs out into white. */
  reshoot_clause_set_color (operation->color, second >= 0 ? clause->tokens[first].rgb : 0xffffff);
  reshoot_clause_set_color (operation->color2, clause->tokens[second >= 0 ? second : first].rgb);
  clause->has_scope = TRUE;
  return reshoot_clause_is_done (clause);
}

/* "soften the background" is a blur too; "blur the bottle" is not something the studio does. */
gboolean
reshoot_read_blur (ReshootClause *clause)
{
  static const ReshootVerb verbs[] = { RESHOOT_VERB_MAKE, RESHOOT_VERB_ADD, RESHOOT_VERB_CHANGE,
                                       RESHOOT_VERB_RAISE,
                                       RESHOOT_VERB_PUT };
  gboolean ground = reshoot_clause_has_role (clause, RESHOOT_ROLE_BACKGROUND) ||
                    reshoot_clause_has_role (clause, RESHOOT_ROLE_REST);
  gboolean verb = reshoot_clause_take_verb (clause, RESHOOT_VERB_BLUR);
  gboolean noun = reshoot_clause_take (clause, RESHOOT_WORD_BLUR) >= 0;
  gboolean softens = ground && reshoot_clause_take_text (clause, "soften");
  const ReshootWord *more = NULL;
  ReshootOperation *operation = NULL;

  if ((!verb && !noun && !softens) || reshoot_clause_complains (clause))
    return FALSE;
  if (!ground && (verb || !(reshoot_clause_has_text (clause, "bokeh") ||
                            reshoot_clause_has_text (clause, "dof") ||
                            reshoot_clause_has_text (clause, "depth of field") ||
                            reshoot_clause_has_text (clause, "shallow depth of field") ||
                            reshoot_clause_has_text (clause, "background blur") ||
                            reshoot_clause_has_text (clause, "portrait mode"))))
    return FALSE;

  reshoot_clause_take_verbs (clause, verbs, G_N_ELEMENTS (verbs));
  reshoot_clause_take_all (clause, RESHOOT_WORD_BLUR);
  more = reshoot_clause_take_word (clause, RESHOOT_WORD_MORE);
  if (more != NULL && more->sign < 0)
    return FALSE;
  if (reshoot_clause_take_scope (clause) == RESHOOT_SCOPE_PRODUCT)
    return FALSE;

  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_BACKGROUND);
  operation->fill = g_strdup ("blur");
  operation->level = reshoot_clause_take_level (clause, RESHOOT_LEVEL_MEDIUM);
  reshoot_clause_take_texts (clause, grounding);
  reshoot_clause_take_all (clause, RESHOOT_WORD_MANNER);
  reshoot_clause_take_all (clause, RESHOOT_WORD_SHADOW_LOOK);
  clause->has_scope = TRUE;
  return reshoot_clause_is_done (clause);
}

gboolean
reshoot_read_cut_out (ReshootClause *clause)
{
  gboolean ground = reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND);
  gboolean transparent = reshoot_clause_take (clause, RESHOOT_WORD_TRANSPARENT) >= 0;
  gboolean cuts = reshoot_clause_take_verb (clause, RESHOOT_VERB_CUT_OUT);
  gboolean removes = !cuts && ground && (reshoot_clause_take_verb (clause, RESHOOT_VERB_REMOVE) ||
                                         reshoot_clause_take (clause, RESHOOT_WORD_NEGATION) >= 0);
  ReshootOperation *operation = NULL;

  /* To clean a background is not to take it away. */
  if (removes && (reshoot_clause_has_text (clause, "clean") ||
                  reshoot_clause_has_text (clause, "clean up") ||
                  reshoot_clause_has_text (clause, "retouch") ||
                      reshoot_clause_has_text (clause, "hide")))
    return FALSE;
  if (!cuts && !removes && !(transparent && (ground || has_on (clause) ||
                                                reshoot_clause_has_text (clause, "png"))))
    return FALSE;
  if (reshoot_clause_has_role (clause, RESHOOT_ROLE_PRODUCT) && !cuts && !removes &&
      !has_on (clause))
    return FALSE;

  reshoot_clause_take_verbs (clause, setting_verbs, G_N_ELEMENTS (setting_verbs));
  reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_all (clause, RESHOOT_WORD_TRANSPARENT);
  reshoot_clause_take_all (clause, RESHOOT_WORD_ONLY);
  reshoot_clause_take_texts (clause, grounding);
  reshoot_clause_take_texts (clause, (const char * const []) { "png", "out", "away", "off", NULL });
  reshoot_clause_take_level (clause, RESHOOT_LEVEL_NONE);
  take_manners (clause);

  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_BACKGROUND);
  operation->fill = g_strdup ("transparent");
  clause->has_scope = TRUE;
  return reshoot_clause_is_done (clause);
}

/* --- Shadows --- */

gboolean
reshoot_read_no_shadow (ReshootClause *clause)
{
  gboolean refuses = reshoot_clause_take (clause, RESHOOT_WORD_NEGATION) >= 0 ||
                     reshoot_clause_take_verb (clause, RESHOOT_VERB_REMOVE);
  ReshootOperation *operation = NULL;

  if (!refuses || reshoot_clause_take (clause, RESHOOT_WORD_SHADOW) < 0)
    return FALSE;

  reshoot_clause_take_verb (clause, RESHOOT_VERB_ADD);
  reshoot_clause_take (clause, RESHOOT_WORD_SHADOW_KIND);
  reshoot_clause_take_all (clause, RESHOOT_WORD_SHADOW_LOOK);
  reshoot_clause_take_text (clause, "under");
  reshoot_clause_take_text (clause, "below");
  reshoot_clause_take_text (clause, "from");
  reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND);

  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_SHADOW);
  operation->sub = g_strdup ("none");
  return reshoot_clause_is_done (clause);
}

/* "keep the shadow under it": nothing to do as long as the ground stays; a new ground gets one. */
gboolean
reshoot_read_kept_shadow (ReshootClause *clause)
{
  if (!reshoot_clause_take_verb (clause, RESHOOT_VERB_KEEP) ||
      reshoot_clause_has (clause, RESHOOT_WORD_NEGATION) ||
      reshoot_clause_has_text (clause, "shadows") ||
      reshoot_clause_take (clause, RESHOOT_WORD_SHADOW) < 0)
    return FALSE;

  reshoot_clause_take_all (clause, RESHOOT_WORD_SHADOW_KIND);
  reshoot_clause_take_all (clause, RESHOOT_WORD_SHADOW_LOOK);
  reshoot_clause_take_all (clause, RESHOOT_WORD_SAME);
  reshoot_clause_take_texts (clause, (const char * const []) { "under", "underneath", "below", "beneath",
                                                               "at", "of", NULL });
  reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  clause->keeps_shadow = TRUE;
  return reshoot_clause_is_done (clause);
}

gboolean
reshoot_read_shadow (ReshootClause *clause)
{
  static const ReshootVerb verbs[] = { RESHOOT_VERB_ADD, RESHOOT_VERB_PUT, RESHOOT_VERB_MAKE,
                                       RESHOOT_VERB_CHANGE };
  static const char * const places[] = { "under", "underneath", "below", "beneath", "behind", "on",
                                         "at", "around",
                                         NULL };
  gboolean adds = reshoot_clause_take_verb (clause, RESHOOT_VERB_ADD);
  gboolean plural = reshoot_clause_has_text (clause, "shadows");
  ReshootLevel level = RESHOOT_LEVEL_MEDIUM;
  const char *kind = "contact";
  const ReshootWord *word = NULL;
  ReshootOperation *operation = NULL;
  int i = reshoot_clause_take (clause, RESHOOT_WORD_SHADOW);

  /* "the shadow" is one that the photo has; a new one has no article, or "a". Plural shadows are a tone. */
  if (i < 0 || reshoot_clause_complains (clause) || (plural && !adds) ||
      (i > 0 && !adds && reshoot_token_is_text (&clause->tokens[i - 1], "the")))
    return FALSE;

  word = reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_SHADOW_KIND);
  kind = word != NULL ? word->arg : kind;
  word = reshoot_clause_take_word (clause, RESHOOT_WORD_SHADOW_KIND);
  kind = word != NULL ? word->arg : kind;
  reshoot_clause_take_verbs (clause, verbs, G_N_ELEMENTS (verbs));
  reshoot_clause_take_all (clause, RESHOOT_WORD_SHADOW_KIND);
  if (reshoot_clause_take_text (clause, "light") || reshoot_clause_take_text (clause, "small") ||
      reshoot_clause_take_text (clause, "little"))
    level = RESHOOT_LEVEL_SLIGHT;
  else if (reshoot_clause_take_text (clause, "dark") || reshoot_clause_take_text (clause,
                                                                                  "darker") ||
           reshoot_clause_take_text (clause, "deep") || reshoot_clause_take_text (clause, "bold"))
    level = RESHOOT_LEVEL_STRONG;
  reshoot_clause_take_all (clause, RESHOOT_WORD_SHADOW_LOOK);
  reshoot_clause_take_all (clause, RESHOOT_WORD_MANNER);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  reshoot_clause_take_texts (clause, places);

  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_SHADOW);
  operation->sub = g_strdup (kind);
  operation->level = reshoot_clause_take_level (clause, level);
  return reshoot_clause_is_done (clause);
}

/* --- Marketplaces --- */

typedef struct
{
  const char *name;
  double      fill;
  int         min_long_edge;
} Preset;

/* What the marketplaces write of a main picture: pure white, the product's share of a square, and pixels enough for
 * their zoom. */
static const Preset presets[] = {
  { "amazon", 0.85, 1600 },
  { "ebay", 0.85, 1600 },
  { "google", 0.85, 1500 },
  { "shopify", 0.85, 2048 },
};

gboolean
reshoot_read_preset (ReshootClause *clause)
{
  static const ReshootVerb verbs[] = { RESHOOT_VERB_MAKE, RESHOOT_VERB_CONVERT, RESHOOT_VERB_CHANGE,
                                       RESHOOT_VERB_FIX,
                                       RESHOOT_VERB_SHOW, RESHOOT_VERB_EVEN };
  static const char * const words[] = { "look", "like", "main", "ready", "prepare", "requirements",
                                        "rules", "fit",
                                        "standards", "compliant", "compatible", "meet", "suitable", "follow", "hero",
                                        "guidelines", "listing", "according to", "match", "look like", "to match",
                                        "format", "optimised", "optimized", "style", "on", "ready for", "per", NULL };
  const ReshootWord *word = reshoot_clause_take_word (clause, RESHOOT_WORD_PRESET);
  ReshootOperation *operation = NULL;
  const Preset *preset = NULL;

  for (guint i = 0; word != NULL && i < G_N_ELEMENTS (presets); i++)
    {
      if (g_str_equal (presets[i].name, word->arg))
        preset = &presets[i];
    }
  if (preset == NULL)
    return FALSE;

  reshoot_clause_take_verbs (clause, verbs, G_N_ELEMENTS (verbs));
  reshoot_clause_take_role (clause, RESHOOT_ROLE_ALL);
  reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  reshoot_clause_take_texts (clause, words);
  reshoot_clause_take_all (clause, RESHOOT_WORD_PRESET);
  reshoot_clause_take_all (clause, RESHOOT_WORD_CHANNEL);

  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_BACKGROUND);
  operation->fill = g_strdup ("solid");
  reshoot_clause_set_color (operation->color, 0xffffff);
  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_FRAME);
  operation->fill_share = preset->fill;
  operation->aspect_width = 1;
  operation->aspect_height = 1;
  operation = reshoot_clause_add (clause, RESHOOT_OPERATION_RESIZE);
  operation->min_long_edge = preset->min_long_edge;
  clause->has_scope = TRUE;
  return reshoot_clause_is_done (clause);
}
