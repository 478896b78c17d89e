/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A step as one line, in words or as JSON. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-step-json.h"
#include "reshoot-words.h"

#include <glib/gi18n-lib.h>

/**
 * reshoot_cli_step_to_json:
 * @step: a step
 * @is_head: whether to mark it as the head
 *
 * Returns: (transfer full): what `edit`, `history` and `show` say of a step
 */
JsonNode *
reshoot_cli_step_to_json (ReshootStep *step,
                          gboolean     is_head)
{
  JsonNode *node = reshoot_step_to_json (step);

  if (is_head)
    json_object_set_boolean_member (json_node_get_object (node), "head", TRUE);

  return node;
}

/* What a person wrote may have line ends and worse in it; a step is one line. */
static char *
dup_one_line (const char *text)
{
  char *line = g_strdup (text != NULL ? text : "");

  for (char *c = line; *c != '\0'; c++)
    if (g_ascii_iscntrl (*c))
      *c = ' ';

  return line;
}

static char *
words_for_step (ReshootStep *step)
{
  ReshootStep *parent = reshoot_step_get_parent (step);
  ReshootRequest *request = reshoot_step_get_request (step);
  g_autofree char *facts = reshoot_words_for_facts (step);
  g_autofree char *what = dup_one_line (request != NULL ? reshoot_request_get_instruction (request)
                                                         : reshoot_step_get_title (step));

  if (parent == NULL)
    /* Translators: a picture that was brought in: its number, its name, what is known of it. */
    return g_strdup_printf (_("Step %d: %s (%s)"), (int) reshoot_step_get_id (step), what, facts);

  /* Translators: an edit: its number, that of the step it was made from, the person's words, what is known of it. */
  return g_strdup_printf (_("Step %d, from step %d: %s (%s)"), (int) reshoot_step_get_id (step),
                          (int) reshoot_step_get_id (parent), what, facts);
}

static void
add_mark (GString *line,
          char    *mark)
{
  g_autofree char *owned = mark;

  g_string_append_printf (line, " [%s]", owned);
}

/* A row has the number of its first step. */
static void
add_row_mark (GString     *line,
              ReshootStep *step)
{
  GListModel *siblings = reshoot_step_get_children (reshoot_step_get_parent (step));
  int first = (int) reshoot_step_get_id (step);

  for (guint i = 0; i < g_list_model_get_n_items (siblings); i++)
    {
      g_autoptr (ReshootStep) sibling = g_list_model_get_item (siblings, i);

      if (g_strcmp0 (reshoot_step_get_row (sibling), reshoot_step_get_row (step)) == 0)
        first = MIN (first, (int) reshoot_step_get_id (sibling));
    }

  /* Translators: a mark on a step: the row is the results that one request to several models, or of several takes,
   * gave. It goes by the number of its first step. The take is which result of its model it is. */
  add_mark (line, g_strdup_printf (_("row %d, take %d"), first, reshoot_step_get_take (step)));
}

/* What people said of the step, and where it is. */
static void
add_marks (GString     *line,
           ReshootStep *step,
           gboolean     is_head)
{
  ReshootRequest *request = reshoot_step_get_request (step);
  const char *title = reshoot_step_get_title (step);
  const char * const *tags = reshoot_step_get_tags (step);
  int rating = reshoot_step_get_rating (step);

  /* A long instruction's title is its first words and an ellipsis. */
  if (request != NULL && title != NULL && !g_str_has_suffix (title, "…") &&
      !g_str_equal (title, reshoot_request_get_instruction (request)))
    add_mark (line, g_strdup_printf ("“%s”", title));

  if (reshoot_step_get_row (step) != NULL)
    add_row_mark (line, step);

  if (reshoot_step_get_branch (step) != NULL)
    /* Translators: a mark on a step: the name of the branch that begins with it. */
    add_mark (line, g_strdup_printf (_("branch “%s”"), reshoot_step_get_branch (step)));

  if (rating > 0)
    add_mark (line, g_strdup_printf (ngettext ("%d star", "%d stars", rating), rating));

  if (reshoot_step_get_verdict (step) != RESHOOT_VERDICT_NONE)
    add_mark (line, g_strdup (reshoot_step_get_verdict (step) == RESHOOT_VERDICT_ACCEPT ? _("accepted")
                                                                                        : _("rejected")));

  for (guint i = 0; tags != NULL && tags[i] != NULL; i++)
    add_mark (line, g_strdup_printf ("#%s", tags[i]));

  if (reshoot_step_get_is_purged (step))
    /* Translators: a mark on a step: its picture went when the bin was emptied. */
    add_mark (line, g_strdup (_("purged")));
  else if (reshoot_step_get_in_bin (step))
    add_mark (line, g_strdup (_("in the bin")));

  if (is_head)
    /* Translators: a mark on a step: it is the one that work goes on from. */
    add_mark (line, g_strdup (_("head")));
}

/* Prints one step as one line, in words or as JSON. */
void
reshoot_cli_print_step (ReshootStep *step,
                        gboolean     is_head,
                        gboolean     json)
{
  if (json)
    {
      g_autoptr (JsonNode) node = reshoot_cli_step_to_json (step, is_head);

      reshoot_cli_print_json (node);
    }
  else
    {
      g_autofree char *words = words_for_step (step);
      g_autoptr (GString) line = g_string_new (words);

      add_marks (line, step, is_head);
      reshoot_cli_print (line->str);
    }
}
