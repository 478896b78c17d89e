/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootFact: one thing to store, and the words the file has for it. It is filled in the main context; the
 * transactions that store it are in reshoot-project-facts-*.c. */

#include "reshoot-project-facts.h"

#include <math.h>
#include <string.h>

#include "reshoot-error.h"

static const struct
{
  ReshootError code;
  const char  *word;
} error_words[] = {
  { RESHOOT_ERROR_FAILED, "failed" },
  { RESHOOT_ERROR_INVALID_REQUEST, "invalid-request" },
  { RESHOOT_ERROR_CANNOT, "cannot" },
  { RESHOOT_ERROR_REFUSED, "refused" },
  { RESHOOT_ERROR_UNSURE, "unsure" },
  { RESHOOT_ERROR_BUDGET, "budget" },
  { RESHOOT_ERROR_AUTH, "auth" },
  { RESHOOT_ERROR_CREDITS, "credits" },
  { RESHOOT_ERROR_NETWORK, "network" },
  { RESHOOT_ERROR_UNAVAILABLE, "unavailable" },
  { RESHOOT_ERROR_RATE_LIMITED, "rate-limited" },
  { RESHOOT_ERROR_EXPIRED, "expired" },
  { RESHOOT_ERROR_PROTOCOL, "protocol" },
  { RESHOOT_ERROR_CORRUPT, "corrupt" },
  { RESHOOT_ERROR_UNKNOWN_PAYMENT, "unknown-payment" },
  { RESHOOT_ERROR_UNSUPPORTED_IMAGE, "unsupported-image" },
  { RESHOOT_ERROR_TOO_LARGE, "too-large" },
  { RESHOOT_ERROR_NEWER, "newer" },
  { RESHOOT_ERROR_BUSY, "busy" },
  { RESHOOT_ERROR_READ_ONLY, "read-only" },
  { RESHOOT_ERROR_NO_SPACE, "no-space" },
};

static const char *const charged_words[] = {
  [RESHOOT_CHARGED_NO] = "no",
  [RESHOOT_CHARGED_YES] = "yes",
  [RESHOOT_CHARGED_UNKNOWN] = "unknown",
};

const char *
reshoot_charged_to_string (ReshootCharged charged)
{
  return charged_words[charged];
}

/* The word of an error in the file. Errors of other domains keep their text only. */
const char *
reshoot_error_to_word (const GError *error)
{
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return "cancelled";

  for (guint i = 0; i < G_N_ELEMENTS (error_words); i++)
    if (g_error_matches (error, RESHOOT_ERROR, (int) error_words[i].code))
      return error_words[i].word;

  return "failed";
}

/* The error that such words were made from; a word nobody knows is a failure. */
GError *
reshoot_error_from_words (const char *word,
                          const char *reason,
                          const char *subject,
                          const char *detail)
{
  ReshootError code = RESHOOT_ERROR_FAILED;

  if (strcmp (word, "cancelled") == 0)
    return g_error_new_literal (G_IO_ERROR, G_IO_ERROR_CANCELLED, detail != NULL ? detail : "");

  for (guint i = 0; i < G_N_ELEMENTS (error_words); i++)
    if (strcmp (word, error_words[i].word) == 0)
      code = error_words[i].code;

  return reshoot_error_new (code, reason, subject, "%s", detail != NULL ? detail : "");
}

ReshootFact *
reshoot_fact_new (gint64      step,
                  const char *uuid)
{
  ReshootFact *self = g_new0 (ReshootFact, 1);

  self->step = step;
  self->uuid = uuid != NULL ? g_strdup (uuid) : g_uuid_string_random ();
  self->estimate = self->quoted = self->settled = RESHOOT_MONEY_UNKNOWN;
  self->seconds = NAN;
  self->charged = -1;
  for (guint i = 0; i < G_N_ELEMENTS (self->affine); i++)
    self->affine[i] = NAN;
  for (guint i = 0; i < G_N_ELEMENTS (self->place); i++)
    self->place[i] = NAN;

  return self;
}

ReshootFact *
reshoot_fact_new_for_step (ReshootStep *step)
{
  return reshoot_fact_new (reshoot_step_get_id (step), reshoot_step_get_uuid (step));
}

void
reshoot_fact_free (ReshootFact *self)
{
  g_free (self->uuid);
  g_free (self->title);
  g_free (self->request);
  g_free (self->row);
  g_clear_pointer (&self->parts, g_ptr_array_unref);
  g_free (self->provider);
  g_free (self->model);
  g_free (self->digest);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->rendering);
  g_clear_object (&self->tiles);
  g_free (self->ticket);
  g_clear_error (&self->error);
  g_free (self->facts);
  g_clear_pointer (&self->version, reshoot_fact_free);
  g_free (self->kind);
  g_clear_pointer (&self->body, json_node_unref);
  g_clear_pointer (&self->turned, g_hash_table_unref);
  g_clear_pointer (&self->purged, g_array_unref);
  g_strfreev (self->tags);
  g_free (self->author);
  g_free (self->text);
  g_clear_object (&self->note);
  g_free (self->note_uuid);
  g_free (self->time);
  g_free (self);
}

/* What the file calls the format of @image. */
const char *
reshoot_fact_get_format (ReshootImage *image)
{
  static const char *const formats[] = {
    [RESHOOT_IMAGE_FORMAT_PNG] = "png",
    [RESHOOT_IMAGE_FORMAT_JPEG] = "jpeg",
    [RESHOOT_IMAGE_FORMAT_WEBP] = "webp",
    [RESHOOT_IMAGE_FORMAT_TIFF] = "tiff",
  };

  return formats[reshoot_image_get_format (image)];
}

/* A rendering is known by its tiles. Whether these are here, and what else its bytes are known by, is for the writer to
 * find out. */
void
reshoot_fact_set_picture (ReshootFact  *self,
                          ReshootImage *image)
{
  if (reshoot_image_get_is_rendering (image))
    self->rendering = g_strdup (reshoot_image_get_digest (image));
  else
    self->digest = g_strdup (reshoot_image_get_digest (image));
  self->bytes = g_bytes_ref (reshoot_image_get_bytes (image));
  self->format = reshoot_fact_get_format (image);
  self->width = reshoot_image_get_width (image);
  self->height = reshoot_image_get_height (image);
}

/* A job that goes on has no error any more; one that ended badly keeps the one it had unless a new one is given. */
void
reshoot_fact_set_job (ReshootFact           *self,
                      const ReshootJobFacts *facts)
{
  self->state = facts->state;
  self->ticket = g_strdup (facts->ticket);
  self->quoted = facts->quoted;
  self->settled = facts->settled;
  self->charged = facts->charged;
  self->seconds = facts->seconds;
  self->sets_error = facts->error != NULL || facts->state <= RESHOOT_STEP_DONE;
  if (facts->error != NULL)
    self->error = g_error_copy (facts->error);
}
