/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The words of a parcel's page. They are the maker's language, and travel with it. */

#include "config.h"

#include "reshoot-words.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *key;
  const char *words;
} table[] = {
  { "plain", N_("This is a contact sheet. In a browser that may run the scripts of this file it becomes a review.") },
  { "reviewer", N_("Your name") },
  { "save", N_("Save My Verdicts…") },
  { "saved", N_("Saved. Send that file back to whoever gave you this page.") },
  { "nameFirst", N_("Type your name first: your verdicts are stored under it.") },
  { "history", N_("History") },
  { "show", N_("Show") },
  { "filter-all", N_("Every step") },
  { "filter-rated", N_("Four stars and more") },
  { "filter-accepted", N_("Only what was accepted") },
  { "filter-open", N_("Not judged by you") },
  { "view", N_("View") },
  { "result", N_("Result") },
  { "split", N_("Split") },
  { "side", N_("Side by side") },
  { "source", N_("Before") },
  { "against", N_("Compare with") },
  { "parent", N_("The step before") },
  { "divider", N_("Where the split is") },
  { "play", N_("Play") },
  { "pause", N_("Pause") },
  { "previous", N_("Previous step") },
  { "next", N_("Next step") },
  { "picture", N_("Picture") },
  { "instruction", N_("Instruction") },
  { "opinion", N_("What you say") },
  { "original", N_("Original") },
  { "owner", N_("From the project") },
  { "you", N_("You") },
  { "rating", N_("Rating") },
  { "noRating", N_("No rating") },
  { "verdict", N_("Verdict") },
  { "accept", N_("Accept") },
  { "reject", N_("Reject") },
  { "accepted", N_("accepted") },
  { "rejected", N_("rejected") },
  { "reason", N_("Why") },
  { "notes", N_("Notes") },
  { "addNote", N_("Add a Note") },
  { "noteText", N_("Your note") },
  { "notePlace", N_("Click the picture where it belongs; without a place it is about all of it.") },
  { "add", N_("Add") },
  { "cancel", N_("Cancel") },
  { "remove", N_("Remove") },
  { "placeMiddle", N_("Place It by Keys") },
  { "movePin", N_("Place of the note: the arrow keys move it") },
  /* Translators: leave {n} as it is: it stands for a number. */
  { "step", N_("Step {n}") },
  /* Translators: leave {n} as it is: it stands for a number. */
  { "stars", N_("{n} of 5 stars") },
  /* Translators: leave {n} as it is: it stands for a number. */
  { "noteNumber", N_("Note {n}") },
  /* Translators: leave {n} as it is: it stands for a number. */
  { "removeNote", N_("Remove note {n}") },
  /* Translators: the letters and digits are keys; leave them as they are. */
  { "keys",
    N_("Arrows walk, 1–5 rate, A accepts, X rejects, N notes, S splits, B shows what was before, Space plays.") },
};

/**
 * reshoot_words_for_parcel:
 *
 * Returns: (transfer full): the words of the page, see [func@parcel_save_async]: an object of texts
 */
JsonNode *
reshoot_words_for_parcel (void)
{
  JsonObject *object = json_object_new ();
  JsonNode *node = json_node_new (JSON_NODE_OBJECT);

  json_node_take_object (node, object);
  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    json_object_set_string_member (object, table[i].key, _(table[i].words));

  /* Translators: the code of the language you translate to, as in a web page: de, pt-BR, … */
  json_object_set_string_member (object, "lang", C_("language", "en"));
  /* Translators: ltr, or rtl where your language is written from right to left. */
  json_object_set_string_member (object, "dir", C_("direction", "ltr"));
  return node;
}
