/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include "reshoot-error.h"
#include "reshoot-test.h"
#include "reshoot-words.h"

#include <math.h>

/* Where the subject is the studio's own name for a thing and says less than the sentence. */
static gboolean
keeps_subject_to_itself (int         code,
                         const char *reason)
{
  static const char *const quiet[] = { "no-neutral", "no-background", "product-cut", "nothing-to-repeat", NULL };

  return code == RESHOOT_ERROR_CANNOT && reason != NULL && g_strv_contains (quiet, reason);
}

/* What every sentence owes: one line, not empty, a full stop, nothing left to fill in. */
static void
assert_sentence (const char *words)
{
  g_assert_nonnull (words);
  g_assert_cmpuint (strlen (words), >, 12);
  g_assert_true (g_utf8_validate (words, -1, NULL));
  g_assert_null (strchr (words, '\n'));
  g_assert_null (strstr (words, "%s"));
  g_assert_true (g_str_has_suffix (words, "."));
  g_assert_false (g_str_has_suffix (words, ".."));
}

static const char *const reasons[] = {
  NULL, "missing", "directory", "not-a-file", "name-too-long", "name", "permission", "read-only",
  "empty", "truncated", "not-a-project", "model", "step", "generate-scene", "add-object",
  "remove-object", "new-view", "relight", "material", "edit-text-in-picture", "style-transfer",
  "add-person", "change-shape", "generate-image", "unclear", "help", "damaged", "other-format",
  "not-an-image", "bytes", "pixels", "unknown-command", "unknown-option", "not-yet",
  "option-twice", "option-no-value", "option-value-missing", "option-missing", "option-conflict",
  "option-whole", "option-amount", "option-box", "option-setting", "box-outside",
  "unknown-parameter", "parameter-value", "argument-missing", "argument-too-many", "text-empty",
  "text-encoding", "too-long", "output-format", "output-png", "output-folder", "output-is-input",
  "from-needs-project", "no-steps", "step-not-done", "step-finished", "step-is-done",
  "step-unfinished", "step-original", "size", "service", "steps", "ledger", "picture", "replaced",
  "put-aside", "still-paid", "not-stored",
  "older", "no-product", "request-moderated", "content-moderated", "no-such-color", "nothing-to-repeat", "rejected",
  "no-background", "no-neutral", "product-cut", "name-box", "a-word-nobody-knows",
};

static void
test_every_error (void)
{
  for (int code = RESHOOT_ERROR_FAILED; code <= RESHOOT_ERROR_NO_SPACE; code++)
    for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
      {
        g_autoptr (GError) with = reshoot_error_new (code, reasons[i], "shoe.jpg", "inner detail");
        g_autoptr (GError) without = reshoot_error_new (code, reasons[i], NULL, "inner detail");
        g_autofree char *words_with = reshoot_words_for_error (with);
        g_autofree char *words_without = reshoot_words_for_error (without);

        assert_sentence (words_with);
        assert_sentence (words_without);
        g_assert_true (strstr (words_with, "shoe.jpg") != NULL || keeps_subject_to_itself (code, reasons[i]));
        g_assert_null (strstr (words_with, "inner detail"));
        g_assert_null (strstr (words_without, "“”"));
        g_assert_null (strstr (words_without, "(null)"));
      }
}

static void
test_chosen_errors (void)
{
  static const struct
  {
    ReshootError code;
    const char  *reason;
    const char  *subject;
    const char  *words;
  } table[] = {
    { RESHOOT_ERROR_INVALID_REQUEST, "missing", "x.jpg", "There is no file “x.jpg”." },
    { RESHOOT_ERROR_INVALID_REQUEST, "directory", "photos", "“photos” is a folder: name a file in it instead." },
    { RESHOOT_ERROR_UNSUPPORTED_IMAGE, "type", "shoe.jpg",
      "“shoe.jpg” is not a picture Reshoot can read: it takes PNG, JPEG, WebP and TIFF." },
    { RESHOOT_ERROR_CORRUPT, "truncated", "shoe.jpg",
      "“shoe.jpg” ends too early to be read whole: copy or download it again." },
    { RESHOOT_ERROR_CANNOT, "no-such-color", "color:red",
      "Nothing in the picture is “red”: name another color, or choose another model." },
    { RESHOOT_ERROR_CANNOT, "add-object", "add a splash of water",
      "The studio cannot add things to a picture (“add a splash of water”): leave that out, "
      "or choose another model." },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autoptr (GError) error = reshoot_error_new (table[i].code, table[i].reason, table[i].subject, "x");
      g_autofree char *words = reshoot_words_for_error (error);

      g_assert_cmpstr (words, ==, table[i].words);
    }
}

static void
test_foreign_errors (void)
{
  g_autoptr (GError) foreign = g_error_new (G_FILE_ERROR, G_FILE_ERROR_IO, "It broke.\nBadly.");
  g_autoptr (GError) cancelled = g_error_new (G_IO_ERROR, G_IO_ERROR_CANCELLED, "no");
  g_autofree char *foreign_words = reshoot_words_for_error (foreign);
  g_autofree char *cancelled_words = reshoot_words_for_error (cancelled);

  assert_sentence (foreign_words);
  g_assert_nonnull (strstr (foreign_words, "It broke. Badly"));
  assert_sentence (cancelled_words);
}

/* File names may hold anything but a slash and a zero. */
static void
test_wild_subjects (void)
{
  static const char *const subjects[] = { "a\nb.jpg", "\xff\xfe.jpg", "%s%n%d", "\x1b[31mred", "%", "“”" };
  g_autofree char *endless = g_strnfill (100000, 'x');

  for (guint i = 0; i <= G_N_ELEMENTS (subjects); i++)
    {
      const char *subject = i < G_N_ELEMENTS (subjects) ? subjects[i] : endless;
      g_autoptr (GError) error = reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "missing", subject, "x");
      g_autofree char *words = reshoot_words_for_error (error);

      g_assert_true (g_utf8_validate (words, -1, NULL));
      g_assert_null (strchr (words, '\n'));
      g_assert_null (strchr (words, '\x1b'));
      g_assert_true (g_str_has_suffix (words, "."));
      g_assert_cmpuint (strlen (words), <, 1000);
    }
}

static void
test_refusals (void)
{
  for (guint i = 0; i < G_N_ELEMENTS (reasons); i++)
    {
      ReshootRefusal with = { (char *) reasons[i], (char *) "make it fly" };
      ReshootRefusal without = { (char *) reasons[i], NULL };
      g_autofree char *words_with = reshoot_words_for_refusal (&with);
      g_autofree char *words_without = reshoot_words_for_refusal (&without);

      assert_sentence (words_with);
      assert_sentence (words_without);
      g_assert_nonnull (strstr (words_with, "make it fly"));
    }
}

static void
test_operations (void)
{
#define OPERATION(kind_, ...) { .kind = RESHOOT_OPERATION_##kind_, __VA_ARGS__ }
  static const struct
  {
    const char       *words;
    ReshootOperation  operation;
  } table[] = {
    { "Background: white studio", OPERATION (BACKGROUND, .fill = (char *) "studio", .color = "#ffffff") },
    { "Background: #123456", OPERATION (BACKGROUND, .fill = (char *) "solid", .color = "#123456") },
    { "Background: from white to light blue",
      OPERATION (BACKGROUND, .fill = (char *) "gradient", .color = "#ffffff", .color2 = "#add8e6") },
    { "Background: transparent", OPERATION (BACKGROUND, .fill = (char *) "transparent") },
    { "Background: strongly blurred",
      OPERATION (BACKGROUND, .fill = (char *) "blur", .level = RESHOOT_LEVEL_STRONG) },
    { "Faint contact shadow",
      OPERATION (SHADOW, .sub = (char *) "contact", .level = RESHOOT_LEVEL_SLIGHT) },
    { "No shadow", OPERATION (SHADOW, .sub = (char *) "none") },
    { "Warmer, slightly", OPERATION (TEMPERATURE, .direction = 1, .level = RESHOOT_LEVEL_SLIGHT) },
    { "Cooler", OPERATION (TEMPERATURE, .direction = -1, .level = RESHOOT_LEVEL_MEDIUM) },
    { "More saturation, 20 %", OPERATION (SATURATION, .percent = 20) },
    { "Less saturation, 100 %, background only",
      OPERATION (SATURATION, .percent = -100, .scope = RESHOOT_SCOPE_BACKGROUND) },
    { "Darker, 0.5 stops", OPERATION (EXPOSURE, .ev = -0.5) },
    { "Brighter, product only",
      OPERATION (EXPOSURE, .direction = 1, .level = RESHOOT_LEVEL_MEDIUM,
                 .scope = RESHOOT_SCOPE_PRODUCT) },
    { "Crop to a square around the product",
      OPERATION (CROP, .aspect_width = 1, .aspect_height = 1, .sub = (char *) "product") },
    { "Crop to 16:9", OPERATION (CROP, .aspect_width = 16, .aspect_height = 9) },
    { "Canvas: 10 % more on every side", OPERATION (CANVAS, .pad = 0.1) },
    { "Frame: the product takes up 85 %", OPERATION (FRAME, .fill_share = 0.85) },
    { "Trim to the product", OPERATION (FRAME, .level = RESHOOT_LEVEL_NONE) },
    { "Rotated 3° to the right", OPERATION (ROTATE, .degrees = 3) },
    { "Rotated 90° to the left", OPERATION (ROTATE, .degrees = -90) },
    { "Straightened", OPERATION (STRAIGHTEN, .degrees = NAN) },
    { "Flipped left to right", OPERATION (FLIP, .sub = (char *) "horizontal") },
    { "Resized to 2000 pixels on the long side", OPERATION (RESIZE, .long_edge = 2000) },
    { "Resized to 1080 × 1350 pixels", OPERATION (RESIZE, .width = 1080, .height = 1350) },
    { "Resampled to 2 × the size", OPERATION (UPSCALE, .factor = 2) },
    { "Black and white", OPERATION (MONOCHROME, .level = RESHOOT_LEVEL_NONE) },
    { "Recolored: red to navy",
      OPERATION (RECOLOR, .target = (char *) "color:red", .color = "#000080") },
    { "Text: “SALE”", OPERATION (TEXT, .content = (char *) "SALE") },
  };
#undef OPERATION

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *words = reshoot_words_for_operation (&table[i].operation);

      g_assert_cmpstr (words, ==, table[i].words);
    }
}

/* Every kind has words, also with nothing but its kind. */
static void
test_every_operation (void)
{
  for (int kind = RESHOOT_OPERATION_BACKGROUND; kind <= RESHOOT_OPERATION_REPEAT; kind++)
    {
      ReshootOperation operation = { .kind = kind, .percent = NAN, .ev = NAN, .degrees = NAN };
      g_autofree char *words = reshoot_words_for_operation (&operation);

      g_assert_nonnull (words);
      g_assert_cmpuint (strlen (words), >, 3);
    }
}

static void
test_money_and_time (void)
{
  static const struct
  {
    double      value;
    const char *money;
    const char *time;
  } table[] = {
    { NAN, "price unknown", "time unknown" }, { 0, "free", "0.0 s" }, { 0.04, "$0.04", "0.0 s" },
    { 0.055, "$0.055", "0.1 s" }, { 0.0025, "$0.0025", "0.0 s" }, { 3.14159, "$3.14", "3.1 s" },
    { 42, "$42.00", "42 s" }, { 125, "$125.00", "2 min 5 s" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ReshootMoney amount = reshoot_money_from_dollars (table[i].value);
      g_autofree char *money = reshoot_words_for_money (amount);
      g_autofree char *time = reshoot_words_for_seconds (table[i].value);

      g_assert_cmpstr (money, ==, table[i].money);
      g_assert_cmpstr (time, ==, table[i].time);
    }
}

static void
test_states (void)
{
  g_autoptr (GHashTable) seen = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (int state = RESHOOT_STEP_WAITING; state <= RESHOOT_STEP_UNKNOWN; state++)
    g_assert_true (g_hash_table_add (seen, reshoot_words_for_state (state)));

  g_assert_cmpuint (g_hash_table_size (seen), ==, RESHOOT_STEP_UNKNOWN + 1);
}

static void
test_alignment (void)
{
  static const struct
  {
    ReshootAlignment  alignment;
    const char       *words;
  } cases[] = {
    { { 0.2, -0.3, 1.0002, 0.9999, 0, 1, FALSE, FALSE }, "in place" },
    { { 6.2, -3.4, 1.012, 1.0121, 0, 1, FALSE, FALSE }, "6 px right, 3 px up, +1.2 % zoom" },
    { { -8, 2, 0.99, 1.01, 0, 1, FALSE, FALSE }, "8 px left, 2 px down, -1.0 % across, +1.0 % in height" },
    { { 5, 5, 1, 1, 0, 0, FALSE, TRUE }, "a new scene" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *words = reshoot_words_for_alignment (&cases[i].alignment);

      g_assert_cmpstr (words, ==, cases[i].words);
    }
}

/* Each reason alone, what is told first of two, and that money is judged as the journal judges it. */
static void
test_readiness (void)
{
  const ReshootMoney any = RESHOOT_MONEY_ANY;
  g_autoptr (GError) problem = reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "references", "X",
                                                  "many");
  const struct
  {
    ReshootReadiness  readiness;
    const char       *words;     /* NULL: it can be started */
  } table[] = {
    { { .has_words = TRUE, .n_models = 1,
        .price_known = TRUE, .left = { any, any, any, any } }, NULL },
    { { .n_models = 1, .price_known = TRUE, .left = { any, any, any, any } }, "Say what" },
    { { .has_words = TRUE, .price_known = TRUE, .left = { any, any, any, any } }, "Add a model" },
    { { .read_only = TRUE, .left = { any, any, any, any } }, "save a copy" },
    { { .starting = TRUE, .has_words = TRUE, .n_models = 1, .left = { any, any, any, any } }, "being taken up" },
    { { .n_models = 1, .problem = problem, .left = { any, any, any, any } }, "choose fewer" },
    { { .has_words = TRUE, .n_models = 1, .refused = TRUE, .left = { any, any, any, any } }, "see above" },
    { { .has_words = TRUE, .n_models = 1, .left = { any, any, any, any } }, NULL },
    { { .has_words = TRUE, .n_models = 1, .left = { any, any, 100, any } }, "is not known" },
    { { .has_words = TRUE, .n_models = 1, .price_known = TRUE, .left = { any, 0, 0, -5 } }, NULL },
    { { .has_words = TRUE, .n_models = 1, .price_known = TRUE, .dearest = 40000, .sum = 80000,
        .left = { any, 40000, 80000, 80000 } }, NULL },
    { { .has_words = TRUE, .n_models = 1, .price_known = TRUE, .dearest = 40000, .sum = 80000,
        .left = { any, 39999, any, any } }, "allow for one" },
    { { .has_words = TRUE, .n_models = 1, .price_known = TRUE, .dearest = 40000, .sum = 80000,
        .left = { any, any, 79999, any } }, "left for today" },
    { { .has_words = TRUE, .n_models = 1, .price_known = TRUE, .dearest = 40000, .sum = 80000,
        .left = { any, any, any, -1 } }, "left for this project" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *words = reshoot_words_for_readiness (&table[i].readiness);

      g_test_message ("%u: %s", i, words != NULL ? words : "can be started");
      if (table[i].words == NULL)
        g_assert_null (words);
      else
        g_assert_nonnull (strstr (words, table[i].words));
    }
}

static void
test_left (void)
{
  const ReshootMoney any = RESHOOT_MONEY_ANY;
  const struct
  {
    ReshootMoney  left[RESHOOT_N_LIMITS];
    const char   *words;
  } table[] = {
    { { any, any, any, any }, NULL },
    { { any, 500000, any, any }, NULL },
    { { any, any, 500000, any }, "Left today: $0.50" },
    { { any, any, -3, any }, "Left today: nothing" },
    { { any, any, any, 2000000 }, "Left for this project: $2.00" },
    { { any, any, 500000, 2000000 }, "Left today: $0.50, for this project: $2.00" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_autofree char *words = reshoot_words_for_left (table[i].left);

      g_assert_cmpstr (words, ==, table[i].words);
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/words/every-error", test_every_error);
  g_test_add_func ("/words/chosen-errors", test_chosen_errors);
  g_test_add_func ("/words/foreign-errors", test_foreign_errors);
  g_test_add_func ("/words/wild-subjects", test_wild_subjects);
  g_test_add_func ("/words/refusals", test_refusals);
  g_test_add_func ("/words/operations", test_operations);
  g_test_add_func ("/words/every-operation", test_every_operation);
  g_test_add_func ("/words/money-and-time", test_money_and_time);
  g_test_add_func ("/words/states", test_states);
  g_test_add_func ("/words/alignment", test_alignment);
  g_test_add_func ("/words/readiness", test_readiness);
  g_test_add_func ("/words/left", test_left);

  return g_test_run ();
}
