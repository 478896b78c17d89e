/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Reads an instruction: parts it into clauses, offers each to the readers, carries over what a sentence leaves unsaid
 * ("brighter and warmer", "blur the background and darken it"), and settles at the end what clauses say about each
 * other. A clause that no reader takes is a refusal, whole. */

#include "reshoot-parser.h"

#include "reshoot-clause.h"
#include "reshoot-parting.h"

#include <math.h>
#include <string.h>

#define MAX_CLAUSES 64
#define MAX_SHOWN 200

typedef struct
{
  ReshootReading     *reading;
  ReshootInstruction *instruction;

  /* the clause before, for what is left unsaid */
  const ReshootToken *verb;        /* (nullable) */
  ReshootLevel        level;
  gboolean            has_level;
  gboolean            has_scope;
  gboolean            names_all;
  ReshootScope        scope;
  gboolean            is_ground;
  gboolean            is_tone;
  guint               first;       /* its first operation in the reading */
  gboolean            is_fault;
  gboolean            is_refused;
  gboolean            is_shadow;   /* it spoke of a shadow, and so may an "it" that follows */

  /* the whole sentence */
  gboolean            no_crop;
  gboolean            keeps_shadow;
  gboolean            wants_shadow;
  gboolean            undoes_ground;
  gboolean            keeps_product;
  gboolean            keeps_aspect;
  gboolean            keeps_background;
  GArray             *named;       /* (owned): for each operation whether its scope was named */
  char               *undo;        /* (owned) (nullable): the clause that undoes something else */
  char               *keep;        /* (owned) (nullable): the clause that protects */
} Parser;

static const ReshootClauseReader readers[] = {
  reshoot_read_courtesy, reshoot_read_purpose, reshoot_read_fault, reshoot_read_kept_shadow,
      reshoot_read_protect,
      reshoot_read_frame,
  reshoot_read_no_shadow, reshoot_read_crop, reshoot_read_constraint, reshoot_read_text,
      reshoot_read_preset,
  reshoot_read_shadow, reshoot_read_cut_out, reshoot_read_gradient, reshoot_read_blur,
      reshoot_read_mono,
  reshoot_read_background, reshoot_read_recolor, reshoot_read_rotate, reshoot_read_flip,
      reshoot_read_straighten,
  reshoot_read_trim, reshoot_read_pad, reshoot_read_enlarged_canvas,
      reshoot_read_resize, reshoot_read_scale, reshoot_read_upscale,
      reshoot_read_noise,
  reshoot_read_balance, reshoot_read_auto, reshoot_read_tone, reshoot_read_repeat,
};

static const ReshootToken *
get_token (Parser *parser,
           guint   i)
{
  GArray *tokens = parser->instruction->tokens;

  return i < tokens->len ? &g_array_index (tokens, ReshootToken, i) : NULL;
}

/* The person's own words from token @first to before @end. */
static char *
dup_words (Parser *parser,
           guint   first,
           guint   end)
{
  const ReshootToken *a = get_token (parser, first);
  const ReshootToken *b = get_token (parser, end - 1);
  g_autofree char *words = g_strndup (parser->instruction->text + a->start, b->end - a->start);

  if (g_utf8_strlen (words, -1) <= MAX_SHOWN)
    return g_steal_pointer (&words);

  return g_utf8_substring (words, 0, MAX_SHOWN);
}

/* --- One clause --- */

static void
clause_clear (ReshootClause *clause)
{
  g_clear_pointer (&clause->operations, g_ptr_array_unref);
  g_clear_pointer (&clause->protects, g_ptr_array_unref);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (ReshootClause, clause_clear)

static void
clause_reset (ReshootClause *clause)
{
  clause_clear (clause);
  clause->operations = g_ptr_array_new_with_free_func ((GDestroyNotify) reshoot_operation_free);
  clause->protects = g_ptr_array_new_with_free_func (g_free);
  memset (clause->used, 0, sizeof clause->used);
  clause->has_level = FALSE;
  clause->has_scope = FALSE;
  clause->is_fault = FALSE;
  clause->no_crop = FALSE;
  clause->keeps_shadow = FALSE;
  clause->wants_shadow = FALSE;
}

static gboolean
read_once (ReshootClause *clause)
{
  for (guint i = 0; i < G_N_ELEMENTS (readers); i++)
    {
      clause_reset (clause);
      if (readers[i] (clause))
        return TRUE;
    }

  clause_reset (clause);
  return FALSE;
}

static gboolean
says_more (ReshootClause *clause)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_MORE) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* "highlights lower, shadows higher": the second turns by itself. */
static gboolean
says_which_way (ReshootClause *clause)
{
  return reshoot_clause_has_text (clause, "up") || reshoot_clause_has_text (clause, "down") ||
         reshoot_clause_has_text (clause, "higher") || reshoot_clause_has_text (clause, "stronger");
}

/* A clause without a verb is read by itself first, then with the verb of the clause before. */
static gboolean
read_clause (Parser        *parser,
             ReshootClause *clause)
{
  gboolean bare = reshoot_clause_get_own_verb (clause) == NULL;

  gboolean noun = FALSE;

  for (guint i = 0; i < clause->n_tokens; i++)
    noun = noun || reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_TONE_NOUN) != NULL;

  /* "reduce contrast and saturation": the noun alone does not say which way. */
  if (bare && noun && !says_more (clause) && !says_which_way (clause) &&
      (reshoot_token_is_verb (parser->verb, RESHOOT_VERB_RAISE) ||
       reshoot_token_is_verb (parser->verb, RESHOOT_VERB_LOWER)))
    clause->inherited = parser->verb;
  if (bare && !clause->comma && !says_more (clause) && parser->is_tone)
    clause->inherited_level = parser->level;
  if (read_once (clause))
    return TRUE;
  if (!bare || parser->verb == NULL)
    return FALSE;

  clause->inherited = parser->verb;
  return read_once (clause);
}

/* Where "for amazon", "for our web shop" begins at the end of a clause that asks for something else; 0 if nowhere. */
static guint
find_channel_tail (ReshootClause *clause)
{
  guint first = clause->n_tokens;
  gboolean channel = FALSE;

  while (first > 1 && !reshoot_token_is_text (&clause->tokens[first - 1], "for"))
    {
      const ReshootToken *token = &clause->tokens[--first];
      gboolean place = reshoot_token_find (token, RESHOOT_WORD_CHANNEL) != NULL ||
                       reshoot_token_find (token, RESHOOT_WORD_PRESET) != NULL;

      channel = channel || place;
      if (!place && reshoot_token_find (token, RESHOOT_WORD_DETERMINER) == NULL &&
          reshoot_token_find (token, RESHOOT_WORD_FILLER) == NULL)
        return 0;
    }

  return channel && first > 1 ? first - 1 : 0;
}

/* Where the picture will be used changes nothing of what was asked besides. */
static gboolean
read_before_tail (Parser        *parser,
                  ReshootClause *clause)
{
  guint tail = find_channel_tail (clause);

  if (tail == 0)
    return FALSE;

  clause->n_tokens = tail;
  clause->inherited = NULL;
  return read_clause (parser, clause);
}

/* A clause of nothing but an amount belongs to what was asked before: "warmer, just a touch". */
static gboolean
read_amount (Parser        *parser,
             ReshootClause *clause)
{
  ReshootLevel level = RESHOOT_LEVEL_NONE;

  if (parser->reading->operations->len <= parser->first)
    return FALSE;

  clause_reset (clause);
  reshoot_clause_take_verb (clause, RESHOOT_VERB_KEEP);
  level = reshoot_clause_take_level (clause, RESHOOT_LEVEL_NONE);
  if (level == RESHOOT_LEVEL_NONE || !reshoot_clause_is_done (clause))
    return FALSE;

  for (guint i = parser->first; i < parser->reading->operations->len; i++)
    {
      ReshootOperation *operation = g_ptr_array_index (parser->reading->operations, i);

      if (operation->level == RESHOOT_LEVEL_NONE)
        return FALSE;
      operation->level = level;
    }

  return TRUE;
}

/* "… but not the product", "… but only the bottle": to what the clause before belongs. */
static gboolean
read_limit (Parser        *parser,
            ReshootClause *clause)
{
  gboolean not, only, product, background;
  ReshootScope scope;

  if (parser->reading->operations->len <= parser->first || parser->is_refused)
    return FALSE;

  clause_reset (clause);
  not = reshoot_clause_take (clause, RESHOOT_WORD_NEGATION) >= 0;
  only = !not && reshoot_clause_take (clause, RESHOOT_WORD_ONLY) >= 0;
  product = reshoot_clause_take_role (clause, RESHOOT_ROLE_PRODUCT);
  background = reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND);
  if (not == only || product == background || !reshoot_clause_is_done (clause))
    return FALSE;

  scope = product == only ? RESHOOT_SCOPE_PRODUCT : RESHOOT_SCOPE_BACKGROUND;
  for (guint i = parser->first; i < parser->reading->operations->len; i++)
    {
      ReshootOperation *operation = g_ptr_array_index (parser->reading->operations, i);

      if (!reshoot_operation_is_tone (operation->kind) ||
          (operation->scope != RESHOOT_SCOPE_ALL && operation->scope != scope))
        return FALSE;
    }

  for (guint i = parser->first; i < parser->reading->operations->len; i++)
    {
      ReshootOperation *operation = g_ptr_array_index (parser->reading->operations, i);

      operation->scope = scope;
      g_array_index (parser->named, gboolean, i) = TRUE;
    }

  return TRUE;
}

static gboolean
read_fix_it (Parser        *parser,
             ReshootClause *clause)
{
  if (!parser->is_fault)
    return FALSE;

  clause_reset (clause);
  return reshoot_clause_take_verb (clause, RESHOOT_VERB_FIX) && reshoot_clause_is_done (clause);
}

/* "undo the blur": right where another clause puts something in its place, else it is the history's to do. */
static gboolean
read_undo (Parser        *parser,
           ReshootClause *clause,
           guint          first,
           guint          end)
{
  gboolean ground = FALSE;

  clause_reset (clause);
  if (!reshoot_clause_take_verb (clause, RESHOOT_VERB_UNDO))
    return FALSE;

  ground = reshoot_clause_take (clause, RESHOOT_WORD_BLUR) >= 0 ||
           reshoot_clause_take_verb (clause, RESHOOT_VERB_BLUR);
  ground = reshoot_clause_take_role (clause, RESHOOT_ROLE_BACKGROUND) || ground;
  ground = reshoot_clause_take (clause, RESHOOT_WORD_GRADIENT) >= 0 || ground;
  reshoot_clause_take_color (clause);
  if (!ground || !reshoot_clause_is_done (clause))
    {
      clause_reset (clause);
      return FALSE;
    }

  parser->undoes_ground = TRUE;
  g_free (parser->undo);
  parser->undo = dup_words (parser, first, end);
  return TRUE;
}

/* --- What clauses leave unsaid --- */

static gboolean
is_brightness (ReshootOperationKind kind)
{
  return kind == RESHOOT_OPERATION_EXPOSURE || kind == RESHOOT_OPERATION_SHADOWS ||
         kind == RESHOOT_OPERATION_HIGHLIGHTS || kind == RESHOOT_OPERATION_BLACKS ||
         kind == RESHOOT_OPERATION_AUTO_TONE || kind == RESHOOT_OPERATION_CONTRAST;
}

static gboolean
is_color_balance (ReshootOperationKind kind)
{
  return kind == RESHOOT_OPERATION_TEMPERATURE || kind == RESHOOT_OPERATION_WHITE_BALANCE;
}

static gboolean
is_intensity (ReshootOperationKind kind)
{
  return kind == RESHOOT_OPERATION_SATURATION || kind == RESHOOT_OPERATION_VIBRANCE ||
         kind == RESHOOT_OPERATION_CONTRAST;
}

static gboolean
remedies (ReshootOperationKind remedy,
          ReshootOperationKind fault)
{
  return remedy == fault || (is_brightness (remedy) && is_brightness (fault)) ||
         (is_color_balance (remedy) && is_color_balance (fault)) || (is_intensity (remedy) &&
                                                                     is_intensity (fault)) ||
         (fault == RESHOOT_OPERATION_STRAIGHTEN && remedy == RESHOOT_OPERATION_ROTATE);
}

/* "it's a bit too dark, lift the shadows": the complaint said how much, the wish says what. */
static void
replace_fault (Parser        *parser,
               ReshootClause *clause)
{
  ReshootOperation *fault = NULL;
  gboolean replaced = FALSE;

  if (!parser->is_fault || clause->is_fault || parser->reading->operations->len == 0)
    return;

  fault = g_ptr_array_index (parser->reading->operations, parser->reading->operations->len - 1);
  for (guint i = 0; i < clause->operations->len; i++)
    {
      ReshootOperation *operation = g_ptr_array_index (clause->operations, i);

      if (!remedies (operation->kind, fault->kind))
        continue;
      replaced = TRUE;
      if (!clause->has_level && operation->level != RESHOOT_LEVEL_NONE &&
          fault->level != RESHOOT_LEVEL_NONE)
        operation->level = fault->level;
      if (!clause->has_scope && fault->scope != RESHOOT_SCOPE_ALL)
        operation->scope = fault->scope;
    }

  if (replaced)
    {
      g_ptr_array_remove_index (parser->reading->operations, parser->reading->operations->len - 1);
      g_array_remove_index (parser->named, parser->named->len - 1);
    }
}

/* Shares scope and amount between clauses that "and" joins. */
static void
share_with_neighbour (Parser        *parser,
                      ReshootClause *clause)
{
  gboolean bare = reshoot_clause_get_own_verb (clause) == NULL;
  ReshootOperation *first = clause->operations->len > 0 ? g_ptr_array_index (clause->operations,
                                                                             0) : NULL;

  if (clause->comma || first == NULL || !reshoot_operation_is_tone (first->kind) ||
      !parser->is_tone)
    return;

  /* "make the product brighter and warmer" */
  if (bare && !clause->has_scope && parser->has_scope)
    {
      for (guint i = 0; i < clause->operations->len; i++)
        ((ReshootOperation *) g_ptr_array_index (clause->operations, i))->scope = parser->scope;
      clause->has_scope = TRUE;
    }

  for (guint i = parser->first; i < parser->reading->operations->len; i++)
    {
      ReshootOperation *before = g_ptr_array_index (parser->reading->operations, i);

      if (!reshoot_operation_is_tone (before->kind))
        continue;
      /* "brighten and sharpen the product" */
      if (clause->has_scope && !parser->has_scope && !parser->names_all &&
          first->scope != RESHOOT_SCOPE_ALL)
        {
          before->scope = first->scope;
          g_array_index (parser->named, gboolean, i) = TRUE;
        }
      /* "raise contrast and saturation by 10 %" */
      if (bare && clause->inherited != NULL && clause->has_level && !parser->has_level &&
          isnan (before->percent) &&
          isnan (before->ev) && before->level != RESHOOT_LEVEL_NONE)
        {
          before->percent = first->percent;
          before->level = first->level;
          before->direction = isnan (first->percent) ? before->direction : 0;
        }
    }
}

static gboolean
clause_has_role (ReshootClause *clause,
                 ReshootRole    role)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (clause->roles[i] == role)
        return TRUE;
    }

  return FALSE;
}

static gboolean
clause_has_pronoun (ReshootClause *clause)
{
  for (guint i = 0; i < clause->n_tokens; i++)
    {
      if (reshoot_token_find (&clause->tokens[i], RESHOOT_WORD_PRONOUN) != NULL)
        return TRUE;
    }

  return FALSE;
}

/* Remembers what the next clause may lean on. */
static void
remember (Parser        *parser,
          ReshootClause *clause)
{
  const ReshootToken *verb = reshoot_clause_get_own_verb (clause);
  ReshootOperation *first = clause->operations->len > 0 ? g_ptr_array_index (clause->operations,
                                                                             0) : NULL;
  gboolean blurs = first != NULL && g_strcmp0 (first->fill, "blur") == 0;

  if (verb != NULL)
    parser->verb = verb;
  parser->is_tone = first != NULL && reshoot_operation_is_tone (first->kind);
  parser->level = parser->is_tone && clause->has_level ? first->level : RESHOOT_LEVEL_NONE;
  parser->has_level = clause->has_level;
  parser->has_scope = clause->has_scope;
  parser->names_all = clause_has_role (clause, RESHOOT_ROLE_ALL) || clause_has_pronoun (clause);
  parser->scope = parser->is_tone ? first->scope : RESHOOT_SCOPE_ALL;
  if (blurs)
    parser->scope = RESHOOT_SCOPE_BACKGROUND;
  parser->is_ground = clause_has_role (clause, RESHOOT_ROLE_BACKGROUND) &&
                      !clause_has_pronoun (clause) &&
                      !clause_has_role (clause, RESHOOT_ROLE_PRODUCT);
  parser->is_fault = clause->is_fault;
  parser->is_shadow = clause->keeps_shadow ||
                      (first != NULL && first->kind == RESHOOT_OPERATION_SHADOW);
}

static void
add_protects (Parser        *parser,
              ReshootClause *clause,
              guint          first,
              guint          end)
{
  for (guint i = 0; i < clause->protects->len; i++)
    {
      const char *what = g_ptr_array_index (clause->protects, i);

      if (g_str_equal (what, "background"))
        parser->keeps_background = TRUE;
      else if (clause_has_role (clause, RESHOOT_ROLE_PRODUCT) ||
               clause_has_role (clause, RESHOOT_ROLE_REST) ||
               clause_has_pronoun (clause))
        parser->keeps_product = TRUE;
      else
        parser->keeps_aspect = TRUE;
    }

  if (clause->protects->len > 0)
    {
      g_free (parser->keep);
      parser->keep = dup_words (parser, first, end);
    }
}

static void
accept_clause (Parser        *parser,
               ReshootClause *clause,
               guint          first,
               guint          end)
{
  replace_fault (parser, clause);
  share_with_neighbour (parser, clause);
  add_protects (parser, clause, first, end);
  parser->no_crop = parser->no_crop || clause->no_crop;
  parser->keeps_shadow = parser->keeps_shadow || clause->keeps_shadow;
  parser->wants_shadow = parser->wants_shadow || clause->wants_shadow;
  parser->is_refused = FALSE;

  if (clause->operations->len > 0 || !clause->purpose)
    remember (parser, clause);
  if (clause->operations->len > 0)
    parser->first = parser->reading->operations->len;
  for (guint i = 0; i < clause->operations->len; i++)
    {
      ReshootOperation *operation = g_ptr_array_index (clause->operations, i);

      g_ptr_array_add (parser->reading->operations, reshoot_operation_copy (operation));
      g_array_append_val (parser->named, clause->has_scope);
    }
}

/* "add a shadow and make it darker": the picture or the shadow? Not ours to guess. */
static gboolean
may_mean_shadow (Parser        *parser,
                 ReshootClause *clause)
{
  ReshootOperation *first = NULL;

  if (!parser->is_shadow || clause->operations->len == 0 || !clause_has_pronoun (clause))
    return FALSE;

  first = g_ptr_array_index (clause->operations, 0);
  return first->kind == RESHOOT_OPERATION_RECOLOR ||
         first->kind == RESHOOT_OPERATION_EXPOSURE || first->kind == RESHOOT_OPERATION_SHARPEN;
}

static void
read_run (Parser   *parser,
          guint     first,
          guint     end,
          gboolean  comma,
          gboolean  purpose)
{
  g_auto (ReshootClause) clause = { 0 };
  g_autofree char *words = NULL;

  if (first >= end)
    return;

  words = dup_words (parser, first, end);
  if (end - first > RESHOOT_CLAUSE_MAX)
    {
      reshoot_reading_refuse (parser->reading, "unclear", words);
      return;
    }

  clause.tokens = get_token (parser, first);
  clause.n_tokens = end - first;
  clause.comma = comma;
  clause.purpose = purpose;
  clause.it = comma ? RESHOOT_SCOPE_ALL : parser->scope;
  clause.it_is_ground = parser->is_ground;
  reshoot_clause_find_roles (&clause);

  if (read_fix_it (parser, &clause) || read_undo (parser, &clause, first, end) ||
      read_amount (parser, &clause) || read_limit (parser, &clause))
    return;
  if ((read_clause (parser, &clause) || read_before_tail (parser, &clause)) &&
      !may_mean_shadow (parser, &clause))
    accept_clause (parser, &clause, first, end);
  else if (!purpose || !parser->is_refused)
    {
      clause.n_tokens = end - first;
      reshoot_reading_refuse (parser->reading, reshoot_clause_get_reason (&clause), words);
      remember (parser, &clause);
      parser->is_refused = TRUE;
    }
}

/* --- The whole sentence --- */

static void
read_clauses (Parser *parser)
{
  guint n = parser->instruction->tokens->len;
  guint n_clauses = 0;
  guint first = 0;
  gboolean comma = TRUE;
  gboolean purpose = FALSE;

  for (guint i = 0; i <= n; i++)
    {
      const ReshootToken *token = get_token (parser, i);
      gboolean stop = token == NULL || token->kind == RESHOOT_TOKEN_STOP;
      gboolean join = token != NULL && reshoot_token_find (token, RESHOOT_WORD_JOIN) != NULL;
      gboolean with = token != NULL && i > first && !purpose &&
                      reshoot_token_is_text (token, "with") &&
                          reshoot_parting_with_adds (parser->instruction, i);
      gboolean denial = token != NULL && !purpose && !stop &&
                        reshoot_parting_starts_denial (parser->instruction, first, i);
      gboolean reason = token != NULL && !stop &&
                        reshoot_parting_starts_purpose (parser->instruction, first, i);

      if (!stop && !join && !with && !denial && !reason)
        continue;
      if ((stop || join) && token != NULL && !reshoot_parting_parts_clauses (parser->instruction,
                                                                             first, i))
        continue;

      if (i > first && ++n_clauses > MAX_CLAUSES)
        {
          g_autofree char *words = dup_words (parser, first, n);

          reshoot_reading_refuse (parser->reading, "unclear", words);
          return;
        }
      read_run (parser, first, i, comma, purpose);
      if (i > first || stop)
        comma = stop || (comma && i == first);
      first = denial || reason ? i : i + 1;
      purpose = reason;
    }
}

static gboolean
has_kind (ReshootReading       *reading,
          ReshootOperationKind  kind)
{
  for (guint i = 0; i < reading->operations->len; i++)
    {
      if (((ReshootOperation *) g_ptr_array_index (reading->operations, i))->kind == kind)
        return TRUE;
    }

  return FALSE;
}

static gboolean
fills_ground (const ReshootOperation *operation)
{
  return operation->kind == RESHOOT_OPERATION_BACKGROUND &&
         !g_str_equal (operation->fill, "blur") &&
         !g_str_equal (operation->fill, "transparent");
}

static gboolean
is_superseded (ReshootReading *reading,
               guint           i)
{
  const ReshootOperation *operation = g_ptr_array_index (reading->operations, i);

  for (guint k = 0; k < reading->operations->len; k++)
    {
      const ReshootOperation *other = g_ptr_array_index (reading->operations, k);

      if (k < i && reshoot_operation_is_equal (operation, other) &&
          operation->kind != RESHOOT_OPERATION_REPEAT)
        return TRUE;
      /* "cut it out and put it on grey" */
      if (k > i && fills_ground (other) && g_strcmp0 (operation->fill, "transparent") == 0)
        return TRUE;
    }

  return FALSE;
}

static void
drop_superseded (Parser *parser)
{
  for (guint i = parser->reading->operations->len; i > 0; i--)
    {
      if (is_superseded (parser->reading, i - 1))
        {
          g_ptr_array_remove_index (parser->reading->operations, i - 1);
          g_array_remove_index (parser->named, i - 1);
        }
    }
}

/* "crop" where nothing may be cut off grows the canvas instead. */
static void
spare_edges (Parser *parser)
{
  for (guint i = 0; parser->no_crop && i < parser->reading->operations->len; i++)
    {
      ReshootOperation *operation = g_ptr_array_index (parser->reading->operations, i);

      if (operation->kind == RESHOOT_OPERATION_CROP)
        {
          operation->kind = RESHOOT_OPERATION_CANVAS;
          g_clear_pointer (&operation->sub, g_free);
        }
    }
}

static gboolean
changes_look (const ReshootOperation *operation)
{
  return reshoot_operation_is_tone (operation->kind) ||
         operation->kind == RESHOOT_OPERATION_MONOCHROME ||
         operation->kind == RESHOOT_OPERATION_RECOLOR;
}

/* What is kept narrows what was asked for everything: "warm it up, but keep the product as it is" warms the rest. */
static void
narrow (Parser           *parser,
        ReshootOperation *operation,
        gboolean          named,
        ReshootScope      scope)
{
  if (!changes_look (operation) || operation->kind == RESHOOT_OPERATION_RECOLOR || named)
    return;

  if (operation->kind == RESHOOT_OPERATION_MONOCHROME && operation->sub == NULL)
    {
      operation->kind = RESHOOT_OPERATION_SATURATION;
      operation->percent = -100;
    }
  if (reshoot_operation_is_tone (operation->kind))
    operation->scope = scope;
}

static gboolean
reaches_product (const ReshootOperation *operation)
{
  return changes_look (operation) &&
         !(reshoot_operation_is_tone (operation->kind) &&
           operation->scope == RESHOOT_SCOPE_BACKGROUND);
}

static gboolean
reaches_background (const ReshootOperation *operation)
{
  return operation->kind == RESHOOT_OPERATION_BACKGROUND ||
         (changes_look (operation) && operation->kind != RESHOOT_OPERATION_RECOLOR &&
          !(reshoot_operation_is_tone (operation->kind) &&
            operation->scope == RESHOOT_SCOPE_PRODUCT));
}

static void
settle_protection (Parser *parser)
{
  GPtrArray *operations = parser->reading->operations;
  gboolean product = FALSE;
  gboolean background = FALSE;

  for (guint i = 0; i < operations->len; i++)
    {
      ReshootOperation *operation = g_ptr_array_index (operations, i);
      gboolean named = g_array_index (parser->named, gboolean, i);

      if (parser->keeps_product || parser->keeps_aspect)
        narrow (parser, operation, named, RESHOOT_SCOPE_BACKGROUND);
      else if (parser->keeps_background)
        narrow (parser, operation, named, RESHOOT_SCOPE_PRODUCT);
      product = product || reaches_product (operation);
      background = background || reaches_background (operation);
    }

  /* Keeping what another clause changes is a contradiction, and not ours to resolve. */
  if ((parser->keeps_product && product) || (parser->keeps_background && background))
    reshoot_reading_refuse (parser->reading, "unclear", parser->keep);
  if (parser->keeps_product || (parser->keeps_aspect && !product))
    reshoot_reading_protect (parser->reading, "product");
  if (parser->keeps_background)
    reshoot_reading_protect (parser->reading, "background");
}

static void
settle (Parser *parser)
{
  ReshootOperation *shadow = NULL;
  gboolean fills = FALSE;
  gboolean replaces = FALSE;
  gboolean no_scope = FALSE;

  drop_superseded (parser);
  spare_edges (parser);
  for (guint i = 0; i < parser->reading->operations->len; i++)
    fills = fills || fills_ground (g_ptr_array_index (parser->reading->operations, i));

  if (parser->undo != NULL && !fills)
    reshoot_reading_refuse (parser->reading, "unclear", parser->undo);
  /* A new ground, or none, takes along the shadow that the photo had; to keep one is to draw it anew. */
  for (guint i = 0; i < parser->reading->operations->len; i++)
    {
      const ReshootOperation *operation = g_ptr_array_index (parser->reading->operations, i);

      replaces = replaces || fills_ground (operation) ||
                 g_strcmp0 (operation->fill, "transparent") == 0;
    }
  parser->keeps_shadow = parser->keeps_shadow && replaces;
  if ((parser->wants_shadow || parser->keeps_shadow) &&
      !has_kind (parser->reading, RESHOOT_OPERATION_SHADOW))
    {
      shadow = reshoot_operation_new (RESHOOT_OPERATION_SHADOW);
      shadow->sub = g_strdup ("contact");
      shadow->level = parser->wants_shadow ? RESHOOT_LEVEL_SLIGHT : RESHOOT_LEVEL_MEDIUM;
      g_ptr_array_add (parser->reading->operations, shadow);
      g_array_append_val (parser->named, no_scope);
    }
  settle_protection (parser);
}

/**
 * reshoot_parser_read:
 * @instruction: valid UTF-8
 * @reading: where operations, refusals and protections go, in the order of the sentence
 *
 * Reads what a person wrote.
 */
void
reshoot_parser_read (const char     *instruction,
                     ReshootReading *reading)
{
  g_autoptr (ReshootInstruction) read = reshoot_instruction_new (instruction);
  g_autoptr (GArray) named = g_array_new (FALSE, TRUE, sizeof (gboolean));
  g_autofree char *start = NULL;
  Parser parser = { reading, read };

  parser.named = named;
  if (!read->too_long && read->tokens->len > 0)
    {
      read_clauses (&parser);
      settle (&parser);
    }
  g_free (parser.undo);
  g_free (parser.keep);

  if (reading->operations->len == 0 && reading->refusals->len == 0)
    {
      start = g_utf8_substring (instruction, 0, MIN (g_utf8_strlen (instruction, -1), MAX_SHOWN));
      reshoot_reading_refuse (reading, "unclear", start);
    }
}
