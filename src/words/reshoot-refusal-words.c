/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the studio cannot do: a sentence that names the person's own words, says why not, and offers a way on. */

#include "config.h"

#include "reshoot-words.h"
#include "reshoot-words-private.h"

#include <glib/gi18n-lib.h>

typedef struct
{
  const char *reason;
  const char *with;      /* with the clause, which goes where %s is */
  const char *without;   /* without one */
} RefusalSentence;

static const RefusalSentence refusals[] = {
  /* Translators: in these sentences %s is what the person wrote. */
  { "generate-scene",
    N_("The studio cannot make up a scene (“%s”): ask for a plain, graded, blurred or transparent background, "
       "or choose another model."),
    N_("The studio cannot make up a scene: ask for a plain, graded, blurred or transparent background, "
       "or choose another model.") },
  { "add-object",
    N_("The studio cannot add things to a picture (“%s”): leave that out, or choose another model."),
    N_("The studio cannot add things to a picture: leave that out, or choose another model.") },
  { "remove-object",
    N_("The studio cannot remove things from a picture (“%s”): replace the whole background, "
       "or choose another model."),
    N_("The studio cannot remove things from a picture: replace the whole background, "
       "or choose another model.") },
  { "new-view",
    N_("The studio cannot show the product from another side (“%s”): rotate or flip the picture, "
       "or choose another model."),
    N_("The studio cannot show the product from another side: rotate or flip the picture, "
       "or choose another model.") },
  { "relight",
    N_("The studio cannot set new lights (“%s”): make it brighter, warmer or richer in contrast, "
       "or choose another model."),
    N_("The studio cannot set new lights: make it brighter, warmer or richer in contrast, "
       "or choose another model.") },
  { "material",
    N_("The studio cannot change what the product is made of (“%s”): change its color, "
       "or choose another model."),
    N_("The studio cannot change what the product is made of: change its color, or choose another model.") },
  { "edit-text-in-picture",
    N_("The studio cannot change lettering in the picture (“%s”): write new text over it, "
       "or choose another model."),
    N_("The studio cannot change lettering in the picture: write new text over it, "
       "or choose another model.") },
  { "style-transfer",
    N_("The studio cannot repaint a picture in a style (“%s”): ask for black and white or other colors, "
       "or choose another model."),
    N_("The studio cannot repaint a picture in a style: ask for black and white or other colors, "
       "or choose another model.") },
  { "add-person",
    N_("The studio cannot add people to a picture (“%s”): leave that out, or choose another model."),
    N_("The studio cannot add people to a picture: leave that out, or choose another model.") },
  { "change-shape",
    N_("The studio cannot change the product’s shape (“%s”): crop or resize the picture, "
       "or choose another model."),
    N_("The studio cannot change the product’s shape: crop or resize the picture, or choose another model.") },
  { "generate-image",
    N_("The studio cannot make a new picture (“%s”): it edits the photo there is, so choose another model."),
    N_("The studio cannot make a new picture: it edits the photo there is, so choose another model.") },
  { "unclear",
    N_("It is not clear what “%s” should do: say for example “white studio background”, “a little warmer” "
       "or “crop to a square”, or choose another model."),
    N_("It is not clear what to do: say for example “white studio background”, “a little warmer” "
       "or “crop to a square”.") },
  { "help",
    N_("The studio changes backgrounds, light, color, sharpness, crop and size, all on this computer: "
       "say for example “white studio background” instead of “%s”."),
    N_("The studio changes backgrounds, light, color, sharpness, crop and size, all on this computer: "
       "say for example “white studio background” or “crop to a square”.") },
};

static const RefusalSentence *
find_refusal (const char *reason)
{
  for (guint i = 0; i < G_N_ELEMENTS (refusals); i++)
    if (g_strcmp0 (refusals[i].reason, reason) == 0)
      return &refusals[i];

  return NULL;
}

gboolean
reshoot_words_is_refusal (const char *reason)
{
  return find_refusal (reason) != NULL;
}

/**
 * reshoot_words_for_refusal:
 * @refusal: a clause that the studio cannot do
 *
 * Returns: (transfer full): a sentence that names the clause, says why not, and offers a way on
 */
char *
reshoot_words_for_refusal (const ReshootRefusal *refusal)
{
  const RefusalSentence *sentence;

  g_return_val_if_fail (refusal != NULL, NULL);

  sentence = find_refusal (refusal->reason);
  if (sentence == NULL)
    sentence = find_refusal ("unclear");

  if (refusal->clause == NULL || *refusal->clause == '\0')
    return g_strdup (_(sentence->without));

  return reshoot_words_fill (_(sentence->with), refusal->clause);
}
