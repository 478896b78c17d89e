/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootHistoryContext: what all rows of one history share: where small pictures come from and those that were just
 * shown, which steps the person has not seen yet, and how long the jobs under way have been at it. Rows come and go
 * while the list scrolls; this stays as long as the project is shown. */

#include "config.h"

#include "reshoot-history-context.h"

#include "reshoot-figures.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <math.h>

/* How many small pictures are kept: a few screens full. The others are loaded again when they come back in sight. */
#define THUMBNAILS_MAX 200

typedef struct
{
  char       *digest;
  GdkTexture *texture;
} Thumbnail;

struct _ReshootHistoryContext
{
  GObject         parent_instance;

  ReshootProject *project;     /* (owned) */
  ReshootSession *session;     /* (owned) (nullable) */
  GQueue          recent;      /* of Thumbnail: the last used first */
  GHashTable     *thumbnails;  /* digest (unowned) → its link in the queue */
  GHashTable     *news;        /* ReshootStep (unowned) */
  GHashTable     *started;     /* ReshootStep (unowned) → gint64*: monotonic time, in microseconds */
  GHashTable     *figures;     /* model → ReshootFigures* */
};

G_DEFINE_FINAL_TYPE (ReshootHistoryContext, reshoot_history_context, G_TYPE_OBJECT)

enum
{
  MARKED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
thumbnail_free (Thumbnail *thumbnail)
{
  g_free (thumbnail->digest);
  g_object_unref (thumbnail->texture);
  g_free (thumbnail);
}

static void
reshoot_history_context_finalize (GObject *object)
{
  ReshootHistoryContext *self = RESHOOT_HISTORY_CONTEXT (object);

  g_hash_table_unref (self->thumbnails);
  g_queue_clear_full (&self->recent, (GDestroyNotify) thumbnail_free);
  g_hash_table_unref (self->news);
  g_hash_table_unref (self->started);
  g_hash_table_unref (self->figures);
  g_clear_object (&self->project);
  g_clear_object (&self->session);

  G_OBJECT_CLASS (reshoot_history_context_parent_class)->finalize (object);
}

static void
reshoot_history_context_class_init (ReshootHistoryContextClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_history_context_finalize;

  signals[MARKED] = g_signal_new ("marked", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, RESHOOT_TYPE_STEP);
}

static void
reshoot_history_context_init (ReshootHistoryContext *self)
{
  g_queue_init (&self->recent);
  self->thumbnails = g_hash_table_new (g_str_hash, g_str_equal);
  self->news = g_hash_table_new (NULL, NULL);
  self->started = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  self->figures = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
}

/**
 * reshoot_history_context_new:
 * @project: whose steps are shown
 * @session: (nullable): knows the models
 *
 * Returns: (transfer full): a context in which nothing is new
 */
ReshootHistoryContext *
reshoot_history_context_new (ReshootProject *project,
                             ReshootSession *session)
{
  ReshootHistoryContext *self = g_object_new (RESHOOT_TYPE_HISTORY_CONTEXT, NULL);

  self->project = g_object_ref (project);
  g_set_object (&self->session, session);
  return self;
}

ReshootProject *
reshoot_history_context_get_project (ReshootHistoryContext *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_CONTEXT (self), NULL);

  return self->project;
}

/**
 * reshoot_history_context_get_catalogue:
 * @self: a context
 *
 * Returns: (transfer none) (nullable): knows what models are called
 */
ReshootCatalogue *
reshoot_history_context_get_catalogue (ReshootHistoryContext *self)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_CONTEXT (self), NULL);

  return self->session != NULL ? reshoot_session_get_catalogue (self->session) : NULL;
}

/**
 * reshoot_history_context_get_model:
 * @self: a context
 * @step: a step
 *
 * Returns: (transfer none) (nullable): who was asked; %NULL for an original, and where the catalogue has it no more
 */
ReshootModel *
reshoot_history_context_get_model (ReshootHistoryContext *self,
                                   ReshootStep           *step)
{
  ReshootCatalogue *catalogue = reshoot_history_context_get_catalogue (self);
  ReshootRequest *request = reshoot_step_get_request (step);

  if (catalogue == NULL || request == NULL)
    return NULL;

  return reshoot_catalogue_get_model (catalogue, reshoot_request_get_model (request));
}

/**
 * reshoot_history_context_find_thumbnail:
 * @self: a context
 * @digest: (nullable): of a picture
 *
 * Returns: (transfer none) (nullable): that picture, small, if it was shown lately
 */
GdkTexture *
reshoot_history_context_find_thumbnail (ReshootHistoryContext *self,
                                        const char            *digest)
{
  GList *link = digest != NULL ? g_hash_table_lookup (self->thumbnails, digest) : NULL;

  if (link == NULL)
    return NULL;

  g_queue_unlink (&self->recent, link);
  g_queue_push_head_link (&self->recent, link);
  return ((Thumbnail *) link->data)->texture;
}

void
reshoot_history_context_keep_thumbnail (ReshootHistoryContext *self,
                                        const char            *digest,
                                        GdkTexture            *texture)
{
  Thumbnail *thumbnail;

  if (reshoot_history_context_find_thumbnail (self, digest) != NULL)
    return;

  thumbnail = g_new0 (Thumbnail, 1);
  thumbnail->digest = g_strdup (digest);
  thumbnail->texture = g_object_ref (texture);
  g_queue_push_head (&self->recent, thumbnail);
  g_hash_table_insert (self->thumbnails, thumbnail->digest, self->recent.head);

  while (self->recent.length > THUMBNAILS_MAX)
    {
      Thumbnail *oldest = g_queue_pop_tail (&self->recent);

      g_hash_table_remove (self->thumbnails, oldest->digest);
      thumbnail_free (oldest);
    }
}

gboolean
reshoot_history_context_get_is_new (ReshootHistoryContext *self,
                                    ReshootStep           *step)
{
  g_return_val_if_fail (RESHOOT_IS_HISTORY_CONTEXT (self), FALSE);

  return g_hash_table_contains (self->news, step);
}

void
reshoot_history_context_set_is_new (ReshootHistoryContext *self,
                                    ReshootStep           *step,
                                    gboolean               is_new)
{
  g_return_if_fail (RESHOOT_IS_HISTORY_CONTEXT (self));

  if (is_new ? g_hash_table_add (self->news, step) : g_hash_table_remove (self->news, step))
    g_signal_emit (self, signals[MARKED], 0, step);
}

/**
 * reshoot_history_context_follow_state:
 * @self: a context
 * @step: a step whose state changed
 *
 * Keeps in mind since when it is under way. What is done says something about how long the next one takes.
 */
void
reshoot_history_context_follow_state (ReshootHistoryContext *self,
                                      ReshootStep           *step)
{
  ReshootStepState state = reshoot_step_get_state (step);

  g_return_if_fail (RESHOOT_IS_HISTORY_CONTEXT (self));

  if (reshoot_step_state_is_final (state))
    {
      g_hash_table_remove (self->started, step);
      g_hash_table_remove_all (self->figures);
    }
  else if (state != RESHOOT_STEP_WAITING && !g_hash_table_contains (self->started, step))
    {
      gint64 now = g_get_monotonic_time ();

      g_hash_table_insert (self->started, step, g_memdup2 (&now, sizeof now));
    }
}

/* What the project's own jobs took, else what the catalogue says, with a date, of the model. */
static const ReshootFigures *
get_figures (ReshootHistoryContext *self,
             ReshootStep           *step)
{
  const char *id = reshoot_request_get_model (reshoot_step_get_request (step));
  ReshootModel *model = reshoot_history_context_get_model (self, step);
  ReshootFigures *figures = g_hash_table_lookup (self->figures, id);

  if (figures != NULL)
    return figures;

  figures = g_new0 (ReshootFigures, 1);
  reshoot_figures_of_model (reshoot_project_get_history (self->project), id, figures);
  if (isnan (figures->p50) && model != NULL)
    figures->p50 = reshoot_model_get_seconds (model);
  g_hash_table_insert (self->figures, g_strdup (id), figures);
  return figures;
}

/* What is left is a guess: no tenths of seconds. */
static char *
dup_time (double seconds)
{
  double whole = ceil (seconds);

  if (whole >= 60)
    return reshoot_words_for_seconds (whole);

  /* Translators: whole seconds, such as 42 s. */
  return g_strdup_printf (_("%.0f s"), whole);
}

/**
 * reshoot_history_context_dup_expectation:
 * @self: a context
 * @step: a step
 *
 * Returns: (transfer full) (nullable): how long its job will still take, as far as others like it tell: "about 5 s
 *   left"; %NULL where nothing can be said
 */
char *
reshoot_history_context_dup_expectation (ReshootHistoryContext *self,
                                         ReshootStep           *step)
{
  const gint64 *since = g_hash_table_lookup (self->started, step);
  const ReshootFigures *figures;
  g_autofree char *words = NULL;
  double took;

  if (since == NULL || reshoot_step_get_request (step) == NULL)
    return NULL;

  figures = get_figures (self, step);
  took = (double) (g_get_monotonic_time () - *since) / G_USEC_PER_SEC;
  if (took < figures->p50)
    {
      words = dup_time (figures->p50 - took);
      /* Translators: %s is a time such as 8 s: how long an edit will probably still take. */
      return g_strdup_printf (_("about %s left"), words);
    }

  if (took < figures->p95)
    {
      words = dup_time (figures->p95 - took);
      /* Translators: %s is a time such as 8 s: how long an edit will still take at most, with few exceptions. */
      return g_strdup_printf (_("seldom more than %s left"), words);
    }

  /* Where nothing is known of others, it is not said that this one is late. */
  if (isnan (figures->p50))
    return NULL;

  return g_strdup (_("longer than usual"));
}
