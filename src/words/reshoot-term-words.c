/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a person should know before the first use of a service, and of stopping it. The catalogue says it, with a date
 * and a source; here it is known to the translators. */

#include "config.h"

#include "reshoot-words.h"

#include <glib/gi18n-lib.h>

/* The "text" of the "terms" in the catalogue's files. */
static const char *const texts[] = {
  N_("Midjourney offers no interface for programs, and its terms forbid automation: "
     "an account that is used like this may be blocked."),
};

/**
 * reshoot_words_for_terms:
 * @text: what the catalogue says of using a service
 * @date: (nullable): of the terms that it comes from, "2026-05-27"
 *
 * Returns: (transfer full): that, in the person's language where it is known
 */
char *
reshoot_words_for_terms (const char *text,
                         const char *date)
{
  g_return_val_if_fail (text != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (texts); i++)
    if (g_str_equal (texts[i], text))
      text = _(texts[i]);

  if (date == NULL)
    return g_strdup (text);

  /* Translators: a sentence about the terms of a service, and the day they are of, such as 2026-05-27. */
  return g_strdup_printf (_("%s (As of %s.)"), text, date);
}

/**
 * reshoot_words_for_cancel:
 * @cancel: what a service does about a task that is cancelled
 *
 * Returns: (transfer full): that, as a sentence
 */
char *
reshoot_words_for_cancel (ReshootCancel cancel)
{
  switch (cancel)
    {
    case RESHOOT_CANCEL_MARKS:
      return g_strdup (_("The service was told to stop; it may go on nevertheless and charge for it."));

    case RESHOOT_CANCEL_QUEUED:
      return g_strdup (_("The service takes it out of its queue; what is being made already goes on and may be "
                         "charged for."));

    case RESHOOT_CANCEL_STOPS:
      return g_strdup (_("The service was told to stop, and stops."));

    case RESHOOT_CANCEL_NONE:
    default:
      return g_strdup (_("The service goes on nevertheless and may charge for it; asked again, it may still bring "
                         "the picture."));
    }
}

/**
 * reshoot_words_for_region:
 * @model: (nullable): what the model is called that will be asked; %NULL for the studio
 *
 * Returns: (transfer full): what a region does with it, as a sentence
 */
char *
reshoot_words_for_region (const char *model)
{
  if (model == NULL)
    return g_strdup (_("Outside the region every pixel stays as it is."));

  /* Translators: %s is the name of a model */
  return g_strdup_printf (_("%s sees the whole picture; of its answer only the region is taken, and outside of it "
                            "every pixel stays as it is."), model);
}

/**
 * reshoot_words_for_crop:
 * @model: what the model is called that will be asked
 * @width: of the part that is sent, in pixels of the picture
 * @height: of the part that is sent, in pixels of the picture
 *
 * Returns: (transfer full): what a small region does with it, as a sentence
 */
char *
reshoot_words_for_crop (const char *model,
                        int         width,
                        int         height)
{
  /* Translators: the name of a model, then pixels across and down. */
  return g_strdup_printf (_("%s is sent the part around your area (%d × %d), in more detail than the whole picture "
                            "would have, and outside of the area every pixel stays as it is."), model, width, height);
}

/**
 * reshoot_words_for_cancel_before:
 * @cancel: what a service does about a task that is cancelled
 *
 * Returns: (transfer full): what cancelling will mean there, as a sentence
 */
char *
reshoot_words_for_cancel_before (ReshootCancel cancel)
{
  switch (cancel)
    {
    case RESHOOT_CANCEL_MARKS:
      return g_strdup (_("The service is told to stop; it may go on nevertheless and charge for it."));

    case RESHOOT_CANCEL_QUEUED:
      return reshoot_words_for_cancel (cancel);

    case RESHOOT_CANCEL_STOPS:
      return g_strdup (_("The service is told to stop, and stops."));

    case RESHOOT_CANCEL_NONE:
    default:
      return g_strdup (_("The service cannot be told to stop: it goes on and may charge for it."));
    }
}
