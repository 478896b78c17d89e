/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-instruction.h"
#include "reshoot-plan-private.h"

G_BEGIN_DECLS

/* A clause of more tokens than this is not an instruction. */
#define RESHOOT_CLAUSE_MAX 64

typedef enum
{
  RESHOOT_ROLE_NONE,
  RESHOOT_ROLE_MEMBER,       /* part of a noun group whose head has the role */
  RESHOOT_ROLE_PRODUCT,
  RESHOOT_ROLE_BACKGROUND,
  RESHOOT_ROLE_ALL,
  RESHOOT_ROLE_REST,
  RESHOOT_ROLE_PART,         /* of a product */
  RESHOOT_ROLE_COLORED,      /* "the red parts": everything of a colour */
} ReshootRole;

/**
 * ReshootClause:
 * @tokens: its words; a run inside the instruction
 * @n_tokens: how many
 * @roles: what its nouns stand for
 * @colors: of a token with role COLORED, the index of the colour
 * @used: which words an operation explains
 * @comma: whether a comma or a full stop, not "and", parts it from the clause before
 * @purpose: whether it says what for ("so that …")
 * @inherited: (nullable): the verb of the clause before, where this one has none
 * @inherited_level: the level that came with it
 * @it: what "it" stands for
 * @it_is_ground: whether "it" was the background of a clause that replaced it
 *
 * A part of an instruction that asks for one thing.
 */
typedef struct
{
  const ReshootToken *tokens;
  guint               n_tokens;
  ReshootRole         roles[RESHOOT_CLAUSE_MAX];
  int                 colors[RESHOOT_CLAUSE_MAX];
  gboolean            used[RESHOOT_CLAUSE_MAX];
  gboolean            comma;
  gboolean            purpose;
  const ReshootToken *inherited;
  ReshootLevel        inherited_level;
  ReshootScope        it;
  gboolean            it_is_ground;
  gboolean            has_level;      /* (out): whether the words gave one */
  gboolean            has_scope;      /* (out): whether the words named one */
  gboolean            is_fault;       /* (out): whether it complains rather than asks */
  GPtrArray          *operations;     /* (out) (owned): what it asks for */
  GPtrArray          *protects;       /* (out) (owned): what it protects */
  gboolean            no_crop;        /* (out): nothing may be cut off */
  gboolean            keeps_shadow;   /* (out): the shadow is to stay */
  gboolean            wants_shadow;   /* (out): a studio stands on its own shadow */
} ReshootClause;

void               reshoot_clause_find_roles     (ReshootClause        *clause);
const ReshootToken *reshoot_clause_get_own_verb  (ReshootClause        *clause);
int                reshoot_clause_take           (ReshootClause        *clause,
                                                  ReshootWordClass      class);
const ReshootWord *reshoot_clause_take_word      (ReshootClause        *clause,
                                                  ReshootWordClass      class);
void               reshoot_clause_take_all       (ReshootClause        *clause,
                                                  ReshootWordClass      class);
gboolean           reshoot_clause_take_verb      (ReshootClause        *clause,
                                                  ReshootVerb           verb);
gboolean           reshoot_clause_take_verbs     (ReshootClause        *clause,
                                                  const ReshootVerb    *verbs,
                                                  guint                 n_verbs);
gboolean           reshoot_clause_take_text      (ReshootClause        *clause,
                                                  const char           *text);
void               reshoot_clause_take_texts     (ReshootClause        *clause,
                                                  const char * const   *texts);
gboolean           reshoot_clause_take_role      (ReshootClause        *clause,
                                                  ReshootRole           role);
gboolean           reshoot_clause_has_role       (ReshootClause        *clause,
                                                  ReshootRole           role);
gboolean           reshoot_clause_has            (ReshootClause        *clause,
                                                  ReshootWordClass      class);
gboolean           reshoot_clause_has_verb       (ReshootClause        *clause,
                                                  ReshootVerb           verb);
gboolean           reshoot_clause_has_text       (ReshootClause        *clause,
                                                  const char           *text);
int                reshoot_clause_take_color     (ReshootClause        *clause);
int                reshoot_clause_take_kind      (ReshootClause        *clause,
                                                  ReshootTokenKind      kind);
int                reshoot_clause_take_number    (ReshootClause        *clause,
                                                  ReshootUnit           unit);
ReshootLevel       reshoot_clause_take_level     (ReshootClause        *clause,
                                                  ReshootLevel          otherwise);
ReshootScope       reshoot_clause_take_scope     (ReshootClause        *clause);
gboolean           reshoot_clause_is_done        (ReshootClause        *clause);
gboolean           reshoot_clause_complains      (ReshootClause        *clause);
ReshootOperation  *reshoot_clause_add            (ReshootClause        *clause,
                                                  ReshootOperationKind  kind);
void               reshoot_clause_set_color      (char                  color[8],
                                                  guint32               rgb);

/* Each of these knows one kind of sentence. It returns whether the clause is one, with every word explained. */
typedef gboolean (* ReshootClauseReader) (ReshootClause *clause);

gboolean           reshoot_read_background       (ReshootClause        *clause);
gboolean           reshoot_read_blur             (ReshootClause        *clause);
gboolean           reshoot_read_cut_out          (ReshootClause        *clause);
gboolean           reshoot_read_gradient         (ReshootClause        *clause);
gboolean           reshoot_read_shadow           (ReshootClause        *clause);
gboolean           reshoot_read_no_shadow        (ReshootClause        *clause);
gboolean           reshoot_read_kept_shadow      (ReshootClause        *clause);
gboolean           reshoot_read_preset           (ReshootClause        *clause);

gboolean           reshoot_read_recolor          (ReshootClause        *clause);
gboolean           reshoot_read_tone             (ReshootClause        *clause);
gboolean           reshoot_read_fault            (ReshootClause        *clause);
gboolean           reshoot_read_noise            (ReshootClause        *clause);
gboolean           reshoot_read_balance          (ReshootClause        *clause);
gboolean           reshoot_read_auto             (ReshootClause        *clause);
gboolean           reshoot_read_mono             (ReshootClause        *clause);

gboolean           reshoot_read_crop             (ReshootClause        *clause);
gboolean           reshoot_read_trim             (ReshootClause        *clause);
gboolean           reshoot_read_pad              (ReshootClause        *clause);
gboolean           reshoot_read_frame            (ReshootClause        *clause);
gboolean           reshoot_read_rotate           (ReshootClause        *clause);
gboolean           reshoot_read_flip             (ReshootClause        *clause);
gboolean           reshoot_read_straighten       (ReshootClause        *clause);
gboolean           reshoot_read_enlarged_canvas  (ReshootClause        *clause);
gboolean           reshoot_read_scale            (ReshootClause        *clause);
gboolean           reshoot_read_resize           (ReshootClause        *clause);
gboolean           reshoot_read_upscale          (ReshootClause        *clause);

gboolean           reshoot_read_text             (ReshootClause        *clause);
gboolean           reshoot_read_protect          (ReshootClause        *clause);
gboolean           reshoot_read_constraint       (ReshootClause        *clause);
gboolean           reshoot_read_purpose          (ReshootClause        *clause);
gboolean           reshoot_read_repeat           (ReshootClause        *clause);
gboolean           reshoot_read_courtesy         (ReshootClause        *clause);

const char        *reshoot_clause_get_reason     (ReshootClause        *clause);

G_END_DECLS
