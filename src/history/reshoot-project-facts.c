/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootFact: one thing to store, and the transactions that store it. They run on the writer's thread and touch no
 * object of the model; what they learn goes back in the record. Every fact that counts is told to the ledger in the
 * same transaction, so that there is never one without the other. */

#include "reshoot-project-facts.h"

#include <math.h>
#include <string.h>

#include "reshoot-error.h"
#include "reshoot-json.h"
#include "reshoot-ledger.h"

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
  self->estimate = self->quoted = self->settled = self->seconds = NAN;
  self->charged = -1;
  for (guint i = 0; i < G_N_ELEMENTS (self->affine); i++)
    self->affine[i] = NAN;

  return self;
}

void
reshoot_fact_free (ReshootFact *self)
{
  g_free (self->uuid);
  g_free (self->title);
  g_free (self->request);
  g_free (self->provider);
  g_free (self->model);
  g_free (self->digest);
  g_clear_pointer (&self->bytes, g_bytes_unref);
  g_free (self->ticket);
  g_clear_error (&self->error);
  g_free (self->facts);
  g_free (self->kind);
  g_clear_pointer (&self->body, json_node_unref);
  g_clear_pointer (&self->turned, g_hash_table_unref);
  g_free (self);
}

void
reshoot_fact_set_picture (ReshootFact  *self,
                          ReshootImage *image)
{
  static const char *const formats[] = {
    [RESHOOT_IMAGE_FORMAT_PNG] = "png",
    [RESHOOT_IMAGE_FORMAT_JPEG] = "jpeg",
    [RESHOOT_IMAGE_FORMAT_WEBP] = "webp",
    [RESHOOT_IMAGE_FORMAT_TIFF] = "tiff",
  };

  self->digest = g_strdup (reshoot_image_get_digest (image));
  self->bytes = g_bytes_ref (reshoot_image_get_bytes (image));
  self->format = formats[reshoot_image_get_format (image)];
  self->width = reshoot_image_get_width (image);
  self->height = reshoot_image_get_height (image);
}

/* A job that goes on has no error any more; one that ended badly keeps the one it had unless a new one is given. */
void
reshoot_fact_set_job (ReshootFact           *self,
                      const ReshootJobFacts *facts)
{
  self->has_job = TRUE;
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

static char *
make_time (void)
{
  g_autoptr (GDateTime) now = g_date_time_new_now_utc ();

  return g_date_time_format_iso8601 (now);
}

/* What every entry about a step begins with. */
static JsonObject *
new_body (ReshootFact *fact)
{
  JsonObject *body = json_object_new ();

  json_object_set_int_member (body, "step", fact->step);
  json_object_set_string_member (body, "uuid", fact->uuid);
  return body;
}

static void
set_money (JsonObject *body,
           const char *name,
           double      dollars)
{
  if (!isnan (dollars))
    json_object_set_double_member (body, name, dollars);
}

static gboolean
write_head_row (ReshootDatabase *database,
                gint64           step,
                GError         **error)
{
  return reshoot_database_run (database, error,
                               "INSERT INTO view (key, step) VALUES ('head', ?)"
                               " ON CONFLICT (key) DO UPDATE SET step = excluded.step", "i", step);
}

static gboolean
write_visit_row (ReshootDatabase *database,
                 gint64           step,
                 gint64           child,
                 GError         **error)
{
  return reshoot_database_run (database, error,
                               "INSERT INTO visit (step, child) VALUES (?, ?)"
                               " ON CONFLICT (step) DO UPDATE SET child = excluded.child", "ii", step, child);
}

/* The first number of @query (transfer full): 1 found, 0 no row, -1 with @error set. */
static int
find_number (ReshootQuery *query,
             gint64       *number,
             GError      **error)
{
  g_autoptr (ReshootQuery) owned = query;
  g_autoptr (GError) local = NULL;

  if (owned == NULL)
    return -1;

  if (reshoot_query_next (owned, &local))
    {
      *number = reshoot_query_get_integer (owned, 0);
      return 1;
    }

  if (local != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&local));
      return -1;
    }

  return 0;
}

static gboolean
write_picture (ReshootDatabase *database,
               ReshootFact     *fact,
               GError         **error)
{
  gint64 one;
  int found;

  found = find_number (reshoot_query_new (database, error, "SELECT 1 FROM picture WHERE digest = ?", "s", fact->digest),
                       &one, error);
  if (found != 0)
    return found > 0;

  return reshoot_database_run (database, error,
                               "INSERT INTO picture (digest, format, width, height, size) VALUES (?, ?, ?, ?, ?)",
                               "ssiii", fact->digest, fact->format, (gint64) fact->width, (gint64) fact->height,
                               (gint64) g_bytes_get_size (fact->bytes)) &&
         reshoot_database_run (database, error, "INSERT INTO picture_data (digest, data) VALUES (?, ?)",
                               "sb", fact->digest, fact->bytes);
}

/* The next step's number. Steps are never deleted, so that it was never given before. */
static gboolean
number_step (ReshootDatabase *database,
             ReshootFact     *fact,
             GError         **error)
{
  return reshoot_database_get_integer (database, "SELECT ifnull (max (id), 0) + 1 FROM step", &fact->step, error);
}

gboolean
reshoot_fact_write_original (ReshootDatabase *database,
                             gpointer         data,
                             GCancellable    *cancellable,
                             GError         **error)
{
  ReshootFact *fact = data;
  g_autofree char *time = make_time ();
  g_autoptr (JsonObject) body = NULL;
  int found;

  found = find_number (reshoot_query_new (database, error, "SELECT id FROM step WHERE picture = ?", "s", fact->digest),
                       &fact->step, error);
  if (found != 0)
    {
      fact->is_known = found > 0;
      return fact->is_known;
    }

  if (!number_step (database, fact, error) || !write_picture (database, fact, error))
    return FALSE;

  if (!reshoot_database_run (database, error,
                             "INSERT INTO step (id, uuid, kind, original, picture, title, created)"
                             " VALUES (?, ?, 'original', ?, ?, ?, ?)", "isisss", fact->step, fact->uuid,
                             fact->step, fact->digest, fact->title, time))
    return FALSE;

  body = new_body (fact);
  json_object_set_string_member (body, "picture", fact->digest);
  return reshoot_ledger_append (database, time, "original", body, error);
}

gboolean
reshoot_fact_write_request (ReshootDatabase *database,
                            gpointer         data,
                            GCancellable    *cancellable,
                            GError         **error)
{
  ReshootFact *fact = data;
  g_autofree char *time = make_time ();
  g_autofree char *digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, fact->request, -1);
  const char *waiting = reshoot_step_state_to_string (RESHOOT_STEP_WAITING);
  g_autoptr (JsonObject) body = NULL;

  if (!number_step (database, fact, error))
    return FALSE;

  if (!reshoot_database_run (database, error, "INSERT INTO request (body) VALUES (?)", "s", fact->request))
    return FALSE;

  if (!reshoot_database_run (database, error,
                             "INSERT INTO step (id, uuid, kind, parent, original, request, created)"
                             " VALUES (?, ?, 'edit', ?, ?, ?, ?)", "isiiis", fact->step, fact->uuid, fact->parent,
                             fact->original, reshoot_database_get_last_id (database), time) ||
      !reshoot_database_run (database, error,
                             "INSERT INTO job (step, provider, model, state, estimate, charged, changed)"
                             " VALUES (?, ?, ?, ?, ?, 'no', ?)", "isssds", fact->step, fact->provider, fact->model,
                             waiting, fact->estimate, time))
    return FALSE;

  body = new_body (fact);
  json_object_set_int_member (body, "parent", fact->parent);
  json_object_set_string_member (body, "request", digest);
  json_object_set_string_member (body, "model", fact->model);
  set_money (body, "estimate", fact->estimate);
  return reshoot_ledger_append (database, time, "request", body, error);
}

/* Money becomes known, or the job ends: that is for the ledger. A job on its way is not. */
static gboolean
write_job_entry (ReshootDatabase *database,
                 ReshootFact     *fact,
                 const char      *time,
                 GError         **error)
{
  g_autoptr (JsonObject) body = NULL;

  if (isnan (fact->quoted) && isnan (fact->settled) && fact->charged < 0 &&
      !reshoot_step_state_is_final (fact->state))
    return TRUE;

  body = new_body (fact);
  json_object_set_string_member (body, "state", reshoot_step_state_to_string (fact->state));
  set_money (body, "quoted", fact->quoted);
  set_money (body, "settled", fact->settled);
  set_money (body, "seconds", fact->seconds);
  if (fact->charged >= 0)
    json_object_set_string_member (body, "charged", reshoot_charged_to_string (fact->charged));

  if (fact->error != NULL)
    {
      json_object_set_string_member (body, "error", reshoot_error_to_word (fact->error));
      if (reshoot_error_get_reason (fact->error) != NULL)
        json_object_set_string_member (body, "reason", reshoot_error_get_reason (fact->error));
    }

  return reshoot_ledger_append (database, time, "job", body, error);
}

static gboolean
write_job (ReshootDatabase *database,
           ReshootFact     *fact,
           const char      *time,
           GError         **error)
{
  const char *state = reshoot_step_state_to_string (fact->state);
  const char *charged = fact->charged >= 0 ? reshoot_charged_to_string (fact->charged) : NULL;
  const GError *why = fact->error;

  if (!reshoot_database_run (database, error,
                             "UPDATE job SET state = ?, ticket = ifnull (?, ticket), quoted = ifnull (?, quoted),"
                             " settled = ifnull (?, settled), charged = ifnull (?, charged),"
                             " seconds = ifnull (?, seconds), changed = ? WHERE step = ?", "ssddsdsi",
                             state, fact->ticket, fact->quoted, fact->settled, charged,
                             fact->seconds, time, fact->step))
    return FALSE;

  if (fact->sets_error &&
      !reshoot_database_run (database, error,
                             "UPDATE job SET error_code = ?, error_reason = ?, error_subject = ?, error_detail = ?"
                             " WHERE step = ?", "ssssi",
                             why != NULL ? reshoot_error_to_word (why) : NULL,
                             why != NULL ? reshoot_error_get_reason (why) : NULL,
                             why != NULL ? reshoot_error_get_subject (why) : NULL,
                             why != NULL ? why->message : NULL, fact->step))
    return FALSE;

  return write_job_entry (database, fact, time, error);
}

gboolean
reshoot_fact_write_job (ReshootDatabase *database,
                        gpointer         data,
                        GCancellable    *cancellable,
                        GError         **error)
{
  g_autofree char *time = make_time ();

  return write_job (database, data, time, error);
}

/* The same reply again, after a download was repeated, changes nothing; another one is refused: replies are frozen. */
static gboolean
write_reply_row (ReshootDatabase *database,
                 ReshootFact     *fact,
                 const char      *time,
                 GError         **error)
{
  g_autoptr (JsonObject) body = NULL;
  gint64 same = FALSE;
  int found;

  found = find_number (reshoot_query_new (database, error, "SELECT picture = ? FROM reply WHERE step = ?", "si",
                                          fact->digest, fact->step), &same, error);
  if (found < 0)
    return FALSE;

  if (found > 0 && same)
    return TRUE;

  if (found > 0)
    {
      g_autofree char *subject = g_strdup_printf ("step %" G_GINT64_FORMAT, fact->step);

      reshoot_set_error (error, RESHOOT_ERROR_FAILED, "frozen", subject, "the step has another reply already");
      return FALSE;
    }

  if (!write_picture (database, fact, error) ||
      !reshoot_database_run (database, error, "INSERT INTO reply (step, picture, received) VALUES (?, ?, ?)",
                             "iss", fact->step, fact->digest, time))
    return FALSE;

  body = new_body (fact);
  json_object_set_string_member (body, "picture", fact->digest);
  return reshoot_ledger_append (database, time, "reply", body, error);
}

gboolean
reshoot_fact_write_reply (ReshootDatabase *database,
                          gpointer         data,
                          GCancellable    *cancellable,
                          GError         **error)
{
  g_autofree char *time = make_time ();

  return write_reply_row (database, data, time, error) && write_job (database, data, time, error);
}

gboolean
reshoot_fact_write_version (ReshootDatabase *database,
                            gpointer         data,
                            GCancellable    *cancellable,
                            GError         **error)
{
  ReshootFact *fact = data;
  const double *a = fact->affine;
  g_autofree char *time = make_time ();
  g_autofree char *digest = NULL;
  g_autoptr (JsonObject) body = NULL;
  gint64 n;

  if (find_number (reshoot_query_new (database, error, "SELECT ifnull (max (n), 0) + 1 FROM version WHERE step = ?",
                                      "i", fact->step), &n, error) < 0 ||
      !write_picture (database, fact, error) ||
      !reshoot_database_run (database, error,
                             "INSERT INTO version (step, n, picture, a0, a1, a2, a3, a4, a5, facts, made)"
                             " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", "iisddddddss", fact->step, n,
                             fact->digest, a[0], a[1], a[2], a[3], a[4], a[5], fact->facts, time))
    return FALSE;

  body = new_body (fact);
  json_object_set_int_member (body, "n", n);
  json_object_set_string_member (body, "picture", fact->digest);
  if (fact->facts != NULL)
    {
      digest = g_compute_checksum_for_string (G_CHECKSUM_SHA256, fact->facts, -1);
      json_object_set_string_member (body, "facts", digest);
    }

  return reshoot_ledger_append (database, time, "version", body, error) &&
         write_job (database, fact, time, error);
}

gboolean
reshoot_fact_write_entry (ReshootDatabase *database,
                          gpointer         data,
                          GCancellable    *cancellable,
                          GError         **error)
{
  ReshootFact *fact = data;
  g_autofree char *time = make_time ();
  g_autoptr (JsonObject) body = NULL;

  body = fact->step > 0 ? new_body (fact) : json_object_new ();
  if (fact->body != NULL)
    json_object_set_member (body, "body", json_node_copy (fact->body));

  return reshoot_ledger_append (database, time, fact->kind, body, error);
}

gboolean
reshoot_fact_write_rating (ReshootDatabase *database,
                           gpointer         data,
                           GCancellable    *cancellable,
                           GError         **error)
{
  ReshootFact *fact = data;
  g_autofree char *time = make_time ();
  g_autoptr (JsonObject) body = new_body (fact);

  json_object_set_int_member (body, "rating", fact->rating);
  return reshoot_database_run (database, error, "UPDATE step SET rating = ? WHERE id = ?", "ii",
                               (gint64) fact->rating, fact->step) &&
         reshoot_ledger_append (database, time, "rating", body, error);
}

/* Where the person looks is no matter for the ledger. */
gboolean
reshoot_fact_write_head (ReshootDatabase *database,
                         gpointer         data,
                         GCancellable    *cancellable,
                         GError         **error)
{
  ReshootFact *fact = data;
  GHashTableIter iter;
  gpointer step;
  gpointer child;

  if (!write_head_row (database, fact->step, error))
    return FALSE;

  g_hash_table_iter_init (&iter, fact->turned);
  while (g_hash_table_iter_next (&iter, &step, &child))
    if (!write_visit_row (database, *(gint64 *) step, *(gint64 *) child, error))
      return FALSE;

  return TRUE;
}

/* A thumbnail can be made again, so it is told to nobody. */
gboolean
reshoot_fact_write_thumbnail (ReshootDatabase *database,
                              gpointer         data,
                              GCancellable    *cancellable,
                              GError         **error)
{
  ReshootFact *fact = data;

  return reshoot_database_run (database, error, "INSERT OR REPLACE INTO thumbnail (digest, data) VALUES (?, ?)",
                               "sb", fact->digest, fact->bytes);
}
