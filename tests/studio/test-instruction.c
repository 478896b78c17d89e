/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Words to tokens: numbers, units, colours, phrases, quotes and typing errors, in every spelling people use. */

#include "reshoot-instruction.h"
#include "reshoot-test.h"

static void
assert_number (const char  *text,
               double       number,
               ReshootUnit  unit)
{
  g_autoptr (ReshootInstruction) instruction = reshoot_instruction_new (text);
  const ReshootToken *token = &g_array_index (instruction->tokens, ReshootToken, 0);

  g_assert_cmpuint (instruction->tokens->len, ==, 1);
  g_assert_cmpint (token->kind, ==, RESHOOT_TOKEN_NUMBER);
  g_assert_cmpfloat_with_epsilon (token->number, number, 1e-6);
  g_assert_cmpint (token->unit, ==, unit);
}

static void
test_numbers (void)
{
  assert_number ("20%", 20, RESHOOT_UNIT_PERCENT);
  assert_number ("20 percent", 20, RESHOOT_UNIT_PERCENT);
  assert_number ("twenty per cent", 20, RESHOOT_UNIT_PERCENT);
  assert_number ("+12.5 %", 12.5, RESHOOT_UNIT_PERCENT);
  assert_number ("-3\302\260", -3, RESHOOT_UNIT_DEGREES);
  assert_number ("three degrees", 3, RESHOOT_UNIT_DEGREES);
  assert_number ("half a stop", 0.5, RESHOOT_UNIT_STOPS);
  assert_number (&"a third of a stop"[2], 1.0 / 3, RESHOOT_UNIT_STOPS);
  assert_number ("two thirds of a stop", 2.0 / 3, RESHOOT_UNIT_STOPS);
  assert_number ("1/3 stop", 1.0 / 3, RESHOOT_UNIT_STOPS);
  assert_number ("1 1/2 stops", 1.5, RESHOOT_UNIT_STOPS);
  assert_number ("one and a half stops", 1.5, RESHOOT_UNIT_STOPS);
  assert_number ("0.7EV", 0.7, RESHOOT_UNIT_STOPS);
  assert_number ("2,000 px", 2000, RESHOOT_UNIT_PIXELS);
  assert_number ("2000px", 2000, RESHOOT_UNIT_PIXELS);
  assert_number ("2x", 2, RESHOOT_UNIT_TIMES);
  assert_number ("3 times", 3, RESHOOT_UNIT_TIMES);
}

static void
assert_pair (const char       *text,
             ReshootTokenKind  kind,
             double            a,
             double            b)
{
  g_autoptr (ReshootInstruction) instruction = reshoot_instruction_new (text);
  const ReshootToken *token = &g_array_index (instruction->tokens, ReshootToken, 0);

  g_assert_cmpuint (instruction->tokens->len, ==, 1);
  g_assert_cmpint (token->kind, ==, kind);
  g_assert_cmpfloat (token->number, ==, a);
  g_assert_cmpfloat (token->number2, ==, b);
}

static void
test_pairs (void)
{
  assert_pair ("16:9", RESHOOT_TOKEN_RATIO, 16, 9);
  assert_pair ("16/9", RESHOOT_TOKEN_RATIO, 16, 9);
  assert_pair ("4 by 5", RESHOOT_TOKEN_RATIO, 4, 5);
  assert_pair ("four by five", RESHOOT_TOKEN_RATIO, 4, 5);
  assert_pair ("4x5", RESHOOT_TOKEN_RATIO, 4, 5);
  assert_pair ("1080x1350", RESHOOT_TOKEN_PIXELS, 1080, 1350);
  assert_pair ("1080 x 1350 px", RESHOOT_TOKEN_PIXELS, 1080, 1350);
  assert_pair ("1080 \303\227 1350", RESHOOT_TOKEN_PIXELS, 1080, 1350);
  assert_pair ("1,080 by 1,350 pixels", RESHOOT_TOKEN_PIXELS, 1080, 1350);
}

static void
assert_color (const char *text,
              guint32     rgb)
{
  g_autoptr (ReshootInstruction) instruction = reshoot_instruction_new (text);
  const ReshootToken *token = &g_array_index (instruction->tokens, ReshootToken, 0);

  g_assert_cmpuint (instruction->tokens->len, ==, 1);
  g_assert_true (token->is_color);
  g_assert_cmphex (token->rgb, ==, rgb);
}

static guint32
get_color (const char *text)
{
  g_autoptr (ReshootInstruction) instruction = reshoot_instruction_new (text);

  g_assert_cmpuint (instruction->tokens->len, ==, 1);
  g_assert_true (g_array_index (instruction->tokens, ReshootToken, 0).is_color);
  return g_array_index (instruction->tokens, ReshootToken, 0).rgb;
}

static void
test_colors (void)
{
  assert_color ("white", 0xffffff);
  assert_color ("#F4EFE6", 0xf4efe6);
  assert_color ("#abc", 0xaabbcc);
  assert_color ("rgb(20, 30, 60)", 0x141e3c);
  assert_color ("light grey", 0xd3d3d3);
  assert_color ("Light Gray", 0xd3d3d3);
  assert_color ("light goldenrod yellow", 0xfafad2);
  assert_color ("off-white", 0xfaf9f6);
  assert_color ("navy blue", 0x000080);
  assert_color ("sage green", 0x9caf88);
  assert_color ("sky blue", 0x87ceeb);

  /* Shades have no standard: they must go the right way. */
  g_assert_cmphex (get_color ("very light grey"), >, 0xd3d3d3);
  g_assert_cmphex (get_color ("dark red") & 0xff0000, <, 0xff0000);
  g_assert_cmphex (get_color ("deep burgundy") & 0xff0000, <, 0x800000);
  g_assert_cmphex (get_color ("pale pink") & 0x00ff00, >, 0x00c000);

  /* A pale colour is light and quiet: of pure blue it is no violet, of black no colour at all. */
  g_assert_cmphex ((get_color ("pale blue") >> 8) & 0xff, >, ((get_color ("pale blue") >> 16) & 0xff) + 0x10);
  g_assert_cmphex ((get_color ("pale blue") >> 16) & 0xff, >, 0x90);
  g_assert_cmphex ((get_color ("pastel red") >> 8) & 0xff, >, 0xa0);
  g_assert_cmphex (get_color ("light black") & 0xff, ==, (get_color ("light black") >> 16) & 0xff);
}

static void
test_typing_errors (void)
{
  static const char * const words[] = { "backgroud", "bakground", "backgruond", "brigthen",
                                        "sharpan", "shdaow", "resiez" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (ReshootInstruction) instruction = reshoot_instruction_new (words[i]);

      g_assert_cmpuint (g_array_index (instruction->tokens, ReshootToken, 0).n_meanings, >, 0);
    }
}

/* A word that is only near to a known one must stay unknown: a wrong guess would be a wrong edit. */
static void
test_no_guesses (void)
{
  static const char * const words[] = { "bog", "frobnicate", "candy", "marsupial", "blor",
                                        "xyzzy" };

  for (guint i = 0; i < G_N_ELEMENTS (words); i++)
    {
      g_autoptr (ReshootInstruction) instruction = reshoot_instruction_new (words[i]);

      g_assert_cmpuint (g_array_index (instruction->tokens, ReshootToken, 0).n_meanings, ==, 0);
    }
}

static void
assert_quote (const char *text,
              const char *words)
{
  g_autoptr (ReshootInstruction) instruction = reshoot_instruction_new (text);
  guint n = 0;

  for (guint i = 0; i < instruction->tokens->len; i++)
    {
      const ReshootToken *token = &g_array_index (instruction->tokens, ReshootToken, i);

      if (token->kind != RESHOOT_TOKEN_QUOTE)
        continue;
      g_assert_cmpstr (token->text, ==, words);
      n++;
    }

  g_assert_cmpuint (n, ==, words != NULL ? 1 : 0);
}

static void
test_quotes (void)
{
  assert_quote ("add 'NEW IN' top left", "NEW IN");
  assert_quote ("add \"20% OFF, now\"", "20% OFF, now");
  assert_quote ("add \342\200\234Don\342\200\231t wait\342\200\235", "Don\342\200\231t wait");
  assert_quote ("add \342\200\230Mum's day\342\200\231 in red", "Mum's day");
  assert_quote ("don't touch the product's colours, it's fine", NULL);
  assert_quote ("an open ' quote", NULL);
}

static void
test_places (void)
{
  const char *text = "  Blur  the Background\302\240, NOW ";
  g_autoptr (ReshootInstruction) instruction = reshoot_instruction_new (text);
  const ReshootToken *token = &g_array_index (instruction->tokens, ReshootToken, 2);

  g_assert_cmpstr (token->text, ==, "background");
  g_assert_cmpuint (token->start, ==, 12);
  g_assert_cmpuint (token->end, ==, 22);
}

int
main (int   argc,
      char *argv[])
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/instruction/numbers", test_numbers);
  g_test_add_func ("/instruction/pairs", test_pairs);
  g_test_add_func ("/instruction/colors", test_colors);
  g_test_add_func ("/instruction/typing-errors", test_typing_errors);
  g_test_add_func ("/instruction/no-guesses", test_no_guesses);
  g_test_add_func ("/instruction/quotes", test_quotes);
  g_test_add_func ("/instruction/places", test_places);

  return g_test_run ();
}
