/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Advice about an instruction: silent about the good ones, and right about the others. */

#include "reshoot-test.h"
#include "reshoot-words.h"

#define NOTHING (-1)

typedef struct
{
  const char *instruction;
  int         first;
  int         second;
} Case;

static const char *const good[] = {
  "",
  "Replace the background with a clean white studio, keep the product lighting",
  "Remove the background",
  "Cut out the bag, please",
  "Make the background pale grey",
  "Set the background to #EDE6DA",
  "A seamless beige sweep with a soft shadow under the shoe",
  "Add a soft contact shadow under the lamp",
  "Add a faint shadow so it doesn't look like it's floating",
  "Blur the background strongly",
  "Crop to a square around the watch",
  "Make it 4:5 without cutting anything off",
  "Rotate it 2 degrees to the left",
  "Make it brighter",
  "Make it a bit warmer and softer",
  "Warm it up slightly",
  "It's too dark, lift the shadows",
  "Soft, warm and light, as on an autumn morning",
  "Increase the contrast a little",
  "Fix the white balance",
  "Fix the scratch on the lid",
  "Improve the lighting on the left side",
  "Make the bottle navy blue",
  "Turn the red cushions mustard yellow",
  "Make it look like leather",
  "Add the text 'NEW IN' top left in white",
  "Change the text on the label to “ORGANIC”",
  "Write \"Summer sale\" under the bag in black",
  "The sign should read 'Open', in gold letters",
  "Change the text to white",
  "Change the label to a darker blue",
  "Add text shadow to the headline",
  "Replace the label with a blank one",
  "Remove this sticker from the box",
  "Remove the bag and the cable behind the lamp",
  "Put the perfume on a marble table and keep its label",
  "Place the mug next to the window, the light coming from the right",
  "Don't change the product. Swap the background to sage green",
  "Keep only the chair",
  "No shadow",
  "Show the chair in our colour #1F4E79",
  "Use the brand colour of picture 2 for the wall",
  "Blur the background and brighten the product a touch",
  "Brighten the can, the straw and the ice",
  "Add a glass, a lemon, and a mint leaf next to the bottle",
  "Make it look like a professional studio shot on grey paper",
  "Ersetze den Hintergrund durch ein helles Studio",
  "Rends la photo plus lumineuse",
};

static const Case others[] = {
  { "make it better", RESHOOT_LINT_VAGUE, NOTHING },
  { "Please make this photo look really nice!", RESHOOT_LINT_VAGUE, NOTHING },
  { "make the product pop", RESHOOT_LINT_VAGUE, NOTHING },
  { "Improve the picture", RESHOOT_LINT_VAGUE, NOTHING },
  { "fix it", RESHOOT_LINT_VAGUE, NOTHING },
  { "Enhance", RESHOOT_LINT_VAGUE, NOTHING },
  { "Write SALE at the top", RESHOOT_LINT_QUOTES, NOTHING },
  { "Add the text New In top left", RESHOOT_LINT_QUOTES, NOTHING },
  { "Change the text on the label to ORGANIC", RESHOOT_LINT_QUOTES, NOTHING },
  { "Replace the headline with Fresh Coffee", RESHOOT_LINT_QUOTES, NOTHING },
  { "Add a sign saying open on sundays", RESHOOT_LINT_QUOTES, NOTHING },
  { "Give the box a label that says handmade", RESHOOT_LINT_QUOTES, NOTHING },
  { "remove it", RESHOOT_LINT_REFERENT, NOTHING },
  { "Replace that with a plant", RESHOOT_LINT_REFERENT, NOTHING },
  { "Move them to the left", RESHOOT_LINT_REFERENT, NOTHING },
  { "make it dark red", RESHOOT_LINT_REFERENT, NOTHING },
  { "Put the mug next to the bottle and make it smaller", RESHOOT_LINT_REFERENT, NOTHING },
  { "Paint the wall in our colour", RESHOOT_LINT_COLOR, NOTHING },
  { "Use the brand color for the lid", RESHOOT_LINT_COLOR, NOTHING },
  { "Make the sofa a different colour", RESHOOT_LINT_COLOR, NOTHING },
  { "Don't change the product", RESHOOT_LINT_NO_CHANGE, NOTHING },
  { "Keep the label. Do not move the bottle.", RESHOOT_LINT_NO_CHANGE, NOTHING },
  { "Crop to a square, rotate it by 3 degrees and add a shadow", RESHOOT_LINT_MANY, NOTHING },
  { "Make the wall green; remove the cable. Then warm it up and sharpen the label",
    RESHOOT_LINT_MANY, NOTHING },
  { "Flip the shoe, put it on a cream background and add the text Big Sale in red",
    RESHOOT_LINT_QUOTES, RESHOOT_LINT_MANY },
  { "Remove it, make the wall our colour and add a shadow",
    RESHOOT_LINT_REFERENT, RESHOOT_LINT_COLOR },
};

static void
test_silent (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (good); i++)
    {
      ReshootLint lints[RESHOOT_MAX_LINTS];
      guint n = reshoot_lint_instruction (good[i], lints);

      if (n > 0)
        {
          g_test_message ("“%s”: %d", good[i], lints[0]);
          g_test_fail ();
        }
    }
}

static void
test_found (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    {
      ReshootLint lints[RESHOOT_MAX_LINTS];
      guint n = reshoot_lint_instruction (others[i].instruction, lints);
      int first = n > 0 ? (int) lints[0] : NOTHING;
      int second = n > 1 ? (int) lints[1] : NOTHING;

      if (first != others[i].first || second != others[i].second)
        {
          g_test_message ("“%s”: %d, %d", others[i].instruction, first, second);
          g_test_fail ();
        }
    }
}

/* Whatever is pasted is looked at within a blink. */
static void
test_odd_input (void)
{
  static const char *const pieces[] = { "the ", "make it ", "a, ", "'", "“", "don't ", "\xff" };

  for (guint i = 0; i < G_N_ELEMENTS (pieces); i++)
    {
      g_autoptr (GString) text = g_string_new (NULL);
      ReshootLint lints[RESHOOT_MAX_LINTS];
      gint64 start = g_get_monotonic_time ();

      while (text->len < 1990)
        g_string_append (text, pieces[i]);
      g_assert_cmpuint (reshoot_lint_instruction (text->str, lints), <=, RESHOOT_MAX_LINTS);
      g_assert_cmpint (g_get_monotonic_time () - start, <, G_USEC_PER_SEC);
    }
}

static void
test_lines (void)
{
  for (int i = RESHOOT_LINT_VAGUE; i <= RESHOOT_LINT_MANY; i++)
    {
      g_autofree char *line = reshoot_words_for_lint (i);

      g_assert_cmpint (g_utf8_strlen (line, -1), >, 20);
      g_assert_cmpint (g_utf8_strlen (line, -1), <, 100);
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/lint-words/silent", test_silent);
  g_test_add_func ("/lint-words/found", test_found);
  g_test_add_func ("/lint-words/odd-input", test_odd_input);
  g_test_add_func ("/lint-words/lines", test_lines);

  return g_test_run ();
}
