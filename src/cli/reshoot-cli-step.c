/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A step as one line, in words or as JSON. The keys are a promise to other people's programs. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static JsonObject *
price_to_json (const ReshootPrice *price)
{
  JsonObject *object = json_object_new ();

  reshoot_cli_set_number (object, "estimate", reshoot_money_to_dollars (price->estimate));
  reshoot_cli_set_number (object, "quoted", reshoot_money_to_dollars (price->quoted));
  reshoot_cli_set_number (object, "settled", reshoot_money_to_dollars (price->settled));

  /* true, false, or null where nobody knows. */
  if (price->charged == RESHOOT_CHARGED_UNKNOWN)
    json_object_set_null_member (object, "charged");
  else
    json_object_set_boolean_member (object, "charged", price->charged == RESHOOT_CHARGED_YES);

  return object;
}

static JsonArray *
verdicts_to_json (ReshootStep *step)
{
  JsonArray *array = json_array_new ();
  const ReshootGivenVerdict *given;
  guint n;

  given = reshoot_step_get_verdicts (step, &n);
  for (guint i = 0; i < n; i++)
    {
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "author", given[i].author);
      json_object_set_string_member (object, "verdict",
                                     reshoot_verdict_to_string (given[i].verdict));
      reshoot_cli_set_text (object, "reason", given[i].reason);
      reshoot_cli_set_text (object, "given", given[i].given);
      json_array_add_object_element (array, object);
    }

  return array;
}

static JsonArray *
notes_to_json (ReshootStep *step)
{
  GListModel *notes = reshoot_step_get_notes (step);
  JsonArray *array = json_array_new ();

  for (guint i = 0; i < g_list_model_get_n_items (notes); i++)
    {
      g_autoptr (ReshootNote) note = g_list_model_get_item (notes, i);
      const ReshootNoteFacts *facts = reshoot_note_get_facts (note);
      JsonObject *object = json_object_new ();

      json_object_set_string_member (object, "author", facts->author);
      json_object_set_string_member (object, "text", facts->text);
      reshoot_cli_set_number (object, "x", facts->x);
      reshoot_cli_set_number (object, "y", facts->y);
      reshoot_cli_set_number (object, "width", facts->width);
      reshoot_cli_set_number (object, "height", facts->height);
      reshoot_cli_set_text (object, "made", reshoot_note_get_made (note));
      json_array_add_object_element (array, object);
    }

  return array;
}

/* What people say of it, and where it is kept. */
static void
add_labels (JsonObject  *object,
            ReshootStep *step)
{
  const char *const *tags = reshoot_step_get_tags (step);
  JsonArray *array = json_array_new ();

  for (guint i = 0; tags[i] != NULL; i++)
    json_array_add_string_element (array, tags[i]);

  reshoot_cli_set_text (object, "created", reshoot_step_get_created (step));
  reshoot_cli_set_text (object, "row", reshoot_step_get_row (step));
  if (reshoot_step_get_take (step) > 0)
    json_object_set_int_member (object, "take", reshoot_step_get_take (step));
  else
    json_object_set_null_member (object, "take");
  reshoot_cli_set_text (object, "branch", reshoot_step_get_branch (step));
  json_object_set_array_member (object, "tags", array);
  json_object_set_int_member (object, "rating", reshoot_step_get_rating (step));
  json_object_set_array_member (object, "verdicts", verdicts_to_json (step));
  json_object_set_array_member (object, "notes", notes_to_json (step));
  json_object_set_boolean_member (object, "bin", reshoot_step_get_in_bin (step));
  json_object_set_boolean_member (object, "purged", reshoot_step_get_is_purged (step));
}

static const char *
get_kind (ReshootRequest *request)
{
  if (request == NULL)
    return "original";

  return reshoot_request_get_is_reimagining (request) ? RESHOOT_KIND_REIMAGINE : "edit";
}

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
  JsonObject *object = json_object_new ();
  ReshootStep *parent = reshoot_step_get_parent (step);
  ReshootRequest *request = reshoot_step_get_request (step);
  g_autofree char *provider = request != NULL ? reshoot_request_dup_provider (request) : NULL;
  gboolean has_picture = reshoot_step_get_digest (step) != NULL;

  json_object_set_int_member (object, "id", reshoot_step_get_id (step));
  if (parent != NULL)
    json_object_set_int_member (object, "parent", reshoot_step_get_id (parent));
  else
    json_object_set_null_member (object, "parent");
  json_object_set_int_member (object, "original",
                              reshoot_step_get_id (reshoot_step_get_original (step)));
  json_object_set_string_member (object, "kind", get_kind (request));
  reshoot_cli_set_text (object, "model",
                        request != NULL ? reshoot_request_get_model (request) : NULL);
  reshoot_cli_set_text (object, "provider", provider);
  reshoot_cli_set_text (object, "instruction",
                        request != NULL ? reshoot_request_get_instruction (request) : NULL);
  json_object_set_string_member (object, "state",
                                 reshoot_step_state_to_string (reshoot_step_get_state (step)));
  reshoot_cli_set_number (object, "seconds", round (reshoot_step_get_seconds (step) * 1000) / 1000);
  json_object_set_object_member (object, "price", price_to_json (reshoot_step_get_price (step)));
  json_object_set_null_member (object, "drift");   /* not measured yet */
  reshoot_cli_set_text (object, "digest", reshoot_step_get_digest (step));
  reshoot_cli_set_number (object, "width", has_picture ? reshoot_step_get_width (step) : NAN);
  reshoot_cli_set_number (object, "height", has_picture ? reshoot_step_get_height (step) : NAN);
  reshoot_cli_set_text (object, "title", reshoot_step_get_title (step));
  add_labels (object, step);
  if (is_head)
    json_object_set_boolean_member (object, "head", TRUE);

  return reshoot_cli_take_object (object);
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
