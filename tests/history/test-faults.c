/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A disk that fails at every place where it can. The whole life of an edit is walked, and each of its writes is tried
 * with the first, the second, the third … call to the disk failing until it passes whole. Each time there is one clear
 * error, what is shown is what is stored, nothing acknowledged is lost, also by a power cut at that instant, and the
 * same write succeeds as soon as the disk does, without opening anything anew. */

#include <errno.h>
#include <glib/gstdio.h>
#include <sqlite3.h>
#include <string.h>

#include "fault-vfs.h"
#include "history-support.h"

/* More calls than one write makes. */
#define MAX_CALLS 400

typedef struct
{
  const char   *name;
  int           number;   /* of errno */
  ReshootError  code;
  const char   *reason;
} Fault;

enum { FULL, QUOTA, PROTECTED, BROKEN };

static const Fault faults[] = {
  [FULL] = { "full", ENOSPC, RESHOOT_ERROR_NO_SPACE, "no-space" },
  [QUOTA] = { "quota", EDQUOT, RESHOOT_ERROR_NO_SPACE, "no-space" },
  [PROTECTED] = { "protected", EROFS, RESHOOT_ERROR_READ_ONLY, "read-only" },
  [BROKEN] = { "broken", EIO, RESHOOT_ERROR_FAILED, "disk" },
};

typedef struct
{
  FaultVfs       *vfs;
  const Fault    *fault;
  FaultKinds      kinds;
  gboolean        no_log;

  GFile          *file;
  GFile          *left;       /* what a power cut leaves */
  ReshootProject *project;
  guint           n_failures;
  guint           n_ahead;    /* failures after which the file had what was not acknowledged */
  guint           n_doubts;   /* and those that were told so */
  gboolean        cuts;       /* whether each failure is tried with a power cut */
  GPtrArray      *left_over;  /* trees that were left, and are not the one before the write */
} Life;

typedef gboolean (*Write) (Life    *life,
                           GError **error);

static ReshootStep *
get_last (Life *life)
{
  GListModel *steps = G_LIST_MODEL (reshoot_project_get_history (life->project));
  guint n = g_list_model_get_n_items (steps);

  return reshoot_history_get_step (reshoot_project_get_history (life->project), n);
}

/* The writes of an edit's life */

static gboolean
write_original (Life    *life,
                GError **error)
{
  g_autoptr (ReshootImage) picture = history_make_picture (1, 300, 200);
  g_autoptr (ReshootStep) step = history_try_original (life->project, picture, "one", error);

  return step != NULL;
}

static gboolean
write_request (Life    *life,
               GError **error)
{
  g_autoptr (ReshootRequest) request = reshoot_request_new ("warmer", "bfl/flux-kontext-pro", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (ReshootStep) step = NULL;

  reshoot_project_add_request_async (life->project, get_last (life), request, 40000, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  step = reshoot_project_add_request_finish (life->project, result, error);
  return step != NULL;
}

static gboolean
write_sending (Life    *life,
               GError **error)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_SENDING);

  return history_try_job (life->project, get_last (life), &facts, error);
}

static gboolean
write_ticket (Life    *life,
              GError **error)
{
  ReshootJobFacts facts = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_SUBMITTED);

  facts.ticket = "{\"id\":\"t\"}";
  facts.quoted = 40000;
  facts.charged = RESHOOT_CHARGED_UNKNOWN;
  return history_try_job (life->project, get_last (life), &facts, error);
}

static gboolean
write_reply (Life    *life,
             GError **error)
{
  g_autoptr (ReshootImage) picture = history_make_picture (2, 400, 300);

  return history_try_reply (life->project, get_last (life), picture, error);
}

static gboolean
write_version (Life    *life,
               GError **error)
{
  g_autoptr (ReshootImage) picture = history_make_picture (3, 300, 200);

  return history_try_version (life->project, get_last (life), picture, error);
}

static gboolean
write_rating (Life    *life,
              GError **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_set_rating_async (life->project, get_last (life), 4, NULL,
                                    reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_project_set_rating_finish (life->project, result, error);
}

static gboolean
write_entry (Life    *life,
             GError **error)
{
  g_autoptr (JsonNode) body = json_from_string ("{\"file\":\"out.png\"}", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_add_entry_async (life->project, "export", get_last (life), body, NULL,
                                   reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_project_add_entry_finish (life->project, result, error);
}

static const struct
{
  const char *name;
  Write       write;
} writes[] = {
  { "original", write_original },
  { "request", write_request },
  { "sending", write_sending },
  { "ticket", write_ticket },
  { "reply", write_reply },
  { "version", write_version },
  { "rating", write_rating },
  { "entry", write_entry },
  { "second request", write_request },
};

/* What is known of the tree, as text. */
static char *
describe (ReshootProject *project)
{
  GListModel *steps = G_LIST_MODEL (reshoot_project_get_history (project));
  GString *text = g_string_new (NULL);

  for (guint i = 0; i < g_list_model_get_n_items (steps); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (steps, i);
      g_autoptr (GError) why = reshoot_step_dup_error (step);
      ReshootStep *parent = reshoot_step_get_parent (step);

      g_string_append_printf (text, "%d below %d: %s, %s, ticket %s, quoted %" G_GINT64_FORMAT ", rated %d, %s\n",
                              (int) reshoot_step_get_id (step),
                              parent != NULL ? (int) reshoot_step_get_id (parent) : 0,
                              reshoot_step_state_to_string (reshoot_step_get_state (step)),
                              reshoot_step_get_digest (step), reshoot_step_get_ticket (step),
                              reshoot_step_get_price (step)->quoted, reshoot_step_get_rating (step),
                              why != NULL ? why->message : "well");
    }

  return g_string_free (text, FALSE);
}

/* A second look at the same file, by somebody who knows nothing but it. */
static char *
describe_file (GFile               *file,
               ReshootProjectFlags  flags)
{
  ReshootProject *project = history_open (file, flags);
  char *text = describe (project);

  history_verify (project);
  history_close (project);
  return text;
}

static void
remove_with_logs (GFile *file)
{
  static const char *const beside[] = { "", "-wal", "-shm", "-journal" };

  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *path = g_strconcat (g_file_peek_path (file), beside[i], NULL);

      g_unlink (path);
    }
}

/* What a power cut at this instant leaves opens and is whole. */
static char *
describe_after_power_cut (Life  *life,
                          guint  seed)
{
  char *text;

  fault_vfs_watch (life->vfs, FALSE);
  fault_vfs_cut_power (life->vfs, life->file, life->left, seed);
  text = describe_file (life->left, RESHOOT_PROJECT_OPEN);
  remove_with_logs (life->left);
  fault_vfs_watch (life->vfs, TRUE);
  return text;
}

/* All that was acknowledged is there. The write that failed may be, too, where it had come far enough: then it is all
 * there, which is looked at when it is known how that is. */
static void
cut_power_after_failure (Life       *life,
                         guint       n,
                         const char *before)
{
  g_autofree char *left = describe_after_power_cut (life, n);

  if (!g_str_equal (left, before))
    g_ptr_array_add (life->left_over, g_steal_pointer (&left));
}

static void
cut_power_after_success (Life       *life,
                         const char *after)
{
  for (guint seed = 0; seed < 5; seed++)
    {
      g_autofree char *left = describe_after_power_cut (life, seed);

      g_assert_cmpstr (left, ==, after);
    }

  for (guint i = 0; i < life->left_over->len; i++)
    g_assert_cmpstr (g_ptr_array_index (life->left_over, i), ==, after);
  g_ptr_array_set_size (life->left_over, 0);
}

static void
assert_fault (Life   *life,
              GError *error)
{
  g_assert_error (error, RESHOOT_ERROR, (int) life->fault->code);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, life->fault->reason);
  g_assert_cmpstr (reshoot_error_get_subject (error), ==, g_file_peek_path (life->file));
}

/* Without a log a commit may take effect and still not be safe. Then nothing more is written before the file was opened
 * again, and what is there then is there for good. */
static gboolean
reopen_if_in_doubt (Life   *life,
                    GError *error)
{
  if (!g_error_matches (error, RESHOOT_ERROR, RESHOOT_ERROR_FAILED) ||
      !g_str_equal (reshoot_error_get_reason (error), "in-doubt"))
    return FALSE;

  g_assert_true (life->no_log);
  history_close (life->project);
  life->project = history_open (life->file, RESHOOT_PROJECT_OPEN);
  history_verify (life->project);
  life->n_doubts++;
  return TRUE;
}

/* One failure at the n-th call. Returns: whether nothing of the write is left. */
static gboolean
try_write (Life       *life,
           Write       write,
           guint       n,
           const char *before)
{
  g_autoptr (GError) error = NULL;
  g_autofree char *shown = NULL;
  g_autofree char *stored = NULL;
  gboolean written;

  fault_vfs_fail (life->vfs, life->kinds, n, life->fault->number);
  written = write (life, &error);
  fault_vfs_heal (life->vfs);
  if (written)
    return FALSE;

  if (reopen_if_in_doubt (life, error))
    {
      shown = describe (life->project);
      return g_str_equal (shown, before);
    }

  life->n_failures++;
  assert_fault (life, error);
  shown = describe (life->project);
  g_assert_cmpstr (shown, ==, before);
  history_verify (life->project);
  stored = describe_file (life->file, RESHOOT_PROJECT_OPEN);
  life->n_ahead += !g_str_equal (stored, before);
  if (life->cuts)
    cut_power_after_failure (life, n, before);
  return TRUE;
}

static void
walk_write (Life  *life,
            Write  write)
{
  g_autofree char *before = describe (life->project);
  g_autofree char *shown = NULL;
  g_autofree char *stored = NULL;
  guint n = 1;

  while (try_write (life, write, n, before))
    g_assert_cmpuint (++n, <, MAX_CALLS);

  /* A disk that fails at the first call was not written to at all. */
  g_assert_cmpuint (n, >, 1);
  shown = describe (life->project);
  stored = describe_file (life->file, RESHOOT_PROJECT_OPEN);
  g_assert_cmpstr (stored, ==, shown);
  if (life->cuts)
    cut_power_after_success (life, shown);
}

static void
life_begin (Life        *life,
            FaultVfs    *vfs,
            const Fault *fault,
            FaultKinds   kinds,
            gboolean     no_log)
{
  *life = (Life) { vfs, fault, kinds, no_log };
  life->left_over = g_ptr_array_new_with_free_func (g_free);
  life->file = reshoot_test_temp_file ("a.reshoot");
  life->left = reshoot_test_temp_file ("left.reshoot");
  fault_vfs_forbid_log (vfs, no_log);
  life->project = history_open (life->file, RESHOOT_PROJECT_CREATE);
}

static void
life_end (Life *life)
{
  g_autofree char *shown = describe (life->project);
  g_autofree char *stored = NULL;

  g_assert_cmpuint (life->n_ahead, <=, life->n_doubts);
  g_ptr_array_unref (life->left_over);
  history_close (life->project);
  stored = describe_file (life->file, RESHOOT_PROJECT_OPEN);
  g_assert_cmpstr (stored, ==, shown);

  fault_vfs_forbid_log (life->vfs, FALSE);
  history_remove (life->file);
  g_file_delete (life->left, NULL, NULL);
  g_clear_object (&life->file);
  g_clear_object (&life->left);
}

static void
test_life (gconstpointer data)
{
  static const struct { int fault; gboolean no_log; } table[] = {
    { FULL, FALSE }, { FULL, TRUE }, { QUOTA, FALSE }, { PROTECTED, FALSE },
    { BROKEN, FALSE }, { BROKEN, TRUE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      Life life;

      life_begin (&life, (FaultVfs *) data, &faults[table[i].fault], FAULT_CHANGE, table[i].no_log);
      for (guint j = 0; j < G_N_ELEMENTS (writes); j++)
        walk_write (&life, writes[j].write);

      g_test_message ("%s, %s a log: %u failures, %u in doubt", life.fault->name, life.no_log ? "without" : "with",
                      life.n_failures, life.n_doubts);
      life_end (&life);
    }
}

/* A sync that failed, and then the power goes; or the power goes when all was well. */
static void
test_power_cut (gconstpointer data)
{
  for (guint i = 0; i < 2; i++)
    {
      Life life;

      fault_vfs_watch ((FaultVfs *) data, TRUE);
      life_begin (&life, (FaultVfs *) data, &faults[BROKEN], FAULT_SYNC, i == 1);
      life.cuts = TRUE;
      for (guint j = 0; j < G_N_ELEMENTS (writes); j++)
        walk_write (&life, writes[j].write);

      fault_vfs_watch (life.vfs, FALSE);
      g_test_message ("%u failures, %u in doubt", life.n_failures, life.n_doubts);
      life_end (&life);
    }
}

static void
wait_for_syncs (Life  *life,
                guint  n)
{
  reshoot_test_wait_until (fault_vfs_count (life->vfs) >= n);
}

/* How often the folding thread was awake and left the log alone. */
static void
count_kept_cb (const char     *domain,
               GLogLevelFlags  level,
               const char     *message,
               gpointer        user_data)
{
  if (strstr (message, "the log is kept as it is") != NULL)
    g_atomic_int_inc ((int *) user_data);
}

/* Pages are folded but not yet synced, because somebody reads and not all can be folded; then the sync that would have
 * kept them fails. They are lost, and a later sync that succeeds does not bring them back: the log still has to. */
static void
test_lost_pages (gconstpointer data)
{
  g_autofree char *shown = NULL;
  sqlite3 *reader;
  guint handler;
  int n_kept = 0;
  Life life;

  fault_vfs_watch ((FaultVfs *) data, TRUE);
  life_begin (&life, (FaultVfs *) data, &faults[BROKEN], FAULT_SYNC, FALSE);
  g_assert_cmpint (sqlite3_open (g_file_peek_path (life.file), &reader), ==, SQLITE_OK);
  g_assert_true (write_original (&life, NULL));
  g_assert_true (write_request (&life, NULL));
  history_verify (life.project);

  /* What was written until here is folded: one sync is the rating's, one of the log. */
  g_assert_cmpint (sqlite3_exec (reader, "BEGIN; SELECT * FROM step", NULL, NULL, NULL), ==, SQLITE_OK);
  fault_vfs_fail (life.vfs, FAULT_SYNC, G_MAXUINT, EIO);
  g_assert_true (write_rating (&life, NULL));
  wait_for_syncs (&life, 2);
  g_assert_cmpint (sqlite3_exec (reader, "COMMIT", NULL, NULL, NULL), ==, SQLITE_OK);

  /* One sync of the entry, one of the log, and the one of the file fails. */
  fault_vfs_fail (life.vfs, FAULT_SYNC, 3, EIO);
  g_assert_true (write_entry (&life, NULL));
  wait_for_syncs (&life, 3);
  fault_vfs_heal (life.vfs);

  /* Whoever folds has had the time to do so, and has not. */
  handler = g_log_set_handler ("Reshoot-history", G_LOG_LEVEL_DEBUG, count_kept_cb, &n_kept);
  for (int i = 0; i < 3; i++)
    {
      g_assert_true (write_entry (&life, NULL));
      reshoot_test_wait_until (g_atomic_int_get (&n_kept) > i);
    }
  g_log_remove_handler ("Reshoot-history", handler);

  shown = describe (life.project);
  life.left_over = g_ptr_array_new_with_free_func (g_free);
  cut_power_after_success (&life, shown);
  sqlite3_close (reader);
  fault_vfs_watch (life.vfs, FALSE);
  life_end (&life);
}

/* Free space is back, and another thing goes wrong: that is what is told. */
static void
test_no_space_is_over (gconstpointer data)
{
  FaultVfs *vfs = (FaultVfs *) data;
  g_autoptr (GError) error = NULL;
  Life life;

  life_begin (&life, vfs, &faults[QUOTA], FAULT_CHANGE, TRUE);
  walk_write (&life, write_original);
  g_assert_cmpuint (life.n_failures, >, 3);

  fault_vfs_fail (vfs, FAULT_OPEN, 1, EIO);
  g_assert_false (write_request (&life, &error));
  fault_vfs_heal (vfs);
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_FAILED);
  g_assert_cmpstr (reshoot_error_get_reason (error), ==, "disk");
  life_end (&life);
}

/* A reading that fails harms nothing, and the next one works. */
static void
test_read (gconstpointer data)
{
  static const int numbers[] = { EIO, FAULT_SHORT_READ };
  FaultVfs *vfs = (FaultVfs *) data;

  for (guint i = 0; i < G_N_ELEMENTS (numbers) * 2; i++)
    {
      guint n_failures = 0;
      guint n_failed = 1;
      Life life;

      life_begin (&life, vfs, &faults[BROKEN], FAULT_READ, i % 2 == 1);
      write_original (&life, NULL);
      history_close (life.project);
      life.project = history_open (life.file, RESHOOT_PROJECT_OPEN);

      for (guint n = 1; n_failed > 0; n++)
        {
          g_autoptr (ReshootImage) image = NULL;
          g_autoptr (ReshootImage) again = NULL;
          g_autoptr (GError) error = NULL;

          fault_vfs_fail (vfs, FAULT_READ, n, numbers[i / 2]);
          image = history_try_load (life.project, get_last (&life), RESHOOT_PICTURE_SHOWN, &error);
          n_failed = fault_vfs_heal (vfs);
          g_assert_true (image != NULL || error != NULL);
          n_failures += image == NULL;
          if (image == NULL && numbers[i / 2] == EIO)
            g_assert_cmpstr (reshoot_error_get_reason (error), ==, "disk");

          /* A page that was not there is kept as it was found, until the file is opened again. */
          if (image == NULL && numbers[i / 2] == FAULT_SHORT_READ)
            {
              history_close (life.project);
              life.project = history_open (life.file, RESHOOT_PROJECT_OPEN);
            }

          again = history_try_load (life.project, get_last (&life), RESHOOT_PICTURE_SHOWN, NULL);
          g_assert_nonnull (again);
        }

      g_assert_cmpuint (n_failures, >, 0);
      life_end (&life);
    }
}

static gboolean
has_beside (GFile      *file,
            const char *suffix)
{
  g_autofree char *path = g_strconcat (g_file_peek_path (file), suffix, NULL);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* What can go wrong while a file is opened. A journal is closed before anybody can ask what kept it from being synced
 * or deleted, so there only a broken disk is tried: a full or protected one says so when it is written to. */
static FaultKinds
get_kinds (const Fault *fault)
{
  if (fault->number == EIO)
    return FAULT_CHANGE | FAULT_READ;

  return FAULT_WRITE | FAULT_OPEN | FAULT_SHM_MAP;
}

/* A project that cannot be made leaves nothing behind, and can be made as soon as there is room. */
static void
test_create (gconstpointer data)
{
  static const int table[] = { FULL, BROKEN };
  FaultVfs *vfs = (FaultVfs *) data;

  for (guint i = 0; i < G_N_ELEMENTS (table) * 2; i++)
    {
      const Fault *fault = &faults[table[i / 2]];
      g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
      ReshootProject *project = NULL;
      guint n_failures = 0;

      fault_vfs_forbid_log (vfs, i % 2 == 1);
      for (guint n = 1; project == NULL; n++)
        {
          g_autoptr (GError) error = NULL;

          g_assert_cmpuint (n, <, MAX_CALLS);
          fault_vfs_fail (vfs, get_kinds (fault) & FAULT_CHANGE, n, fault->number);
          project = history_try_open (file, RESHOOT_PROJECT_CREATE, &error);
          fault_vfs_heal (vfs);
          if (project != NULL)
            break;

          n_failures++;
          g_assert_error (error, RESHOOT_ERROR, (int) fault->code);
          g_assert_cmpstr (reshoot_error_get_subject (error), ==, g_file_peek_path (file));
          g_assert_false (has_beside (file, ""));
          g_assert_false (has_beside (file, "-wal"));
          g_assert_false (has_beside (file, "-shm"));
          g_assert_false (has_beside (file, "-journal"));
        }

      g_assert_cmpuint (n_failures, >, 10);
      history_close (project);
      fault_vfs_forbid_log (vfs, FALSE);
      history_remove (file);
    }
}

/* What a crash leaves: the file and its log, copied while they are open. */
static void
copy_as_left (GFile *file,
              GFile *left)
{
  static const char *const beside[] = { "", "-wal" };

  for (guint i = 0; i < G_N_ELEMENTS (beside); i++)
    {
      g_autofree char *from = g_strconcat (g_file_peek_path (file), beside[i], NULL);
      g_autofree char *to = g_strconcat (g_file_peek_path (left), beside[i], NULL);
      g_autofree char *contents = NULL;
      gsize length;

      g_assert_true (g_file_get_contents (from, &contents, &length, NULL));
      g_assert_true (g_file_set_contents (to, contents, (gssize) length, NULL));
    }
}

/* Opening what a crash left, on a disk that fails: at worst it cannot be opened now. Also where it was carried to a
 * place that can have no log. */
static void
test_open_left (gconstpointer data)
{
  FaultVfs *vfs = (FaultVfs *) data;
  g_autofree char *shown = NULL;
  Life life;

  life_begin (&life, vfs, &faults[FULL], FAULT_CHANGE, FALSE);
  for (guint j = 0; j < G_N_ELEMENTS (writes); j++)
    g_assert_true (writes[j].write (&life, NULL));
  shown = describe (life.project);

  for (guint i = 0; i < G_N_ELEMENTS (faults) * 2; i++)
    {
      guint n_failed = 1;

      fault_vfs_forbid_log (vfs, i % 2 == 1);
      copy_as_left (life.file, life.left);
      for (guint n = 1; n_failed > 0; n++)
        {
          g_autoptr (GError) error = NULL;
          g_autoptr (ReshootProject) project = NULL;

          g_assert_cmpuint (n, <, MAX_CALLS);
          fault_vfs_fail (vfs, get_kinds (&faults[i / 2]), n, faults[i / 2].number);
          project = history_try_open (life.left, RESHOOT_PROJECT_OPEN, &error);
          if (project == NULL)
            g_assert_error (error, RESHOOT_ERROR, (int) faults[i / 2].code);
          else
            history_try_close (project, NULL);
          n_failed = fault_vfs_heal (vfs);
        }

      {
        g_autofree char *left = describe_file (life.left, RESHOOT_PROJECT_OPEN);

        g_assert_cmpstr (left, ==, shown);
        g_assert_false (has_beside (life.left, "-wal"));
        remove_with_logs (life.left);
      }
    }

  fault_vfs_forbid_log (vfs, FALSE);
  life_end (&life);
}

/* Closing on a disk that fails loses nothing either. */
static void
test_close (gconstpointer data)
{
  FaultVfs *vfs = (FaultVfs *) data;

  for (guint i = 0; i < G_N_ELEMENTS (faults) * 2; i++)
    {
      g_autofree char *shown = NULL;
      guint n_failed = 1;
      Life life;

      life_begin (&life, vfs, &faults[i / 2], FAULT_CHANGE, i % 2 == 1);
      for (guint j = 0; j < G_N_ELEMENTS (writes); j++)
        g_assert_true (writes[j].write (&life, NULL));
      shown = describe (life.project);

      for (guint n = 1; n_failed > 0; n++)
        {
          g_autofree char *stored = NULL;
          g_autoptr (GError) error = NULL;

          g_assert_true (write_rating (&life, NULL));
          fault_vfs_fail (vfs, FAULT_CHANGE, n, life.fault->number);
          if (!history_try_close (life.project, &error))
            g_assert_error (error, RESHOOT_ERROR, (int) life.fault->code);
          n_failed = fault_vfs_heal (vfs);

          g_object_unref (life.project);
          life.project = history_open (life.file, RESHOOT_PROJECT_OPEN);
          g_assert_true (write_rating (&life, NULL));
          g_free (shown);
          shown = describe (life.project);
          stored = describe_file (life.file, RESHOOT_PROJECT_OPEN);
          g_assert_cmpstr (stored, ==, shown);
        }

      life_end (&life);
    }
}

static gint64
get_head (ReshootProject *project)
{
  return reshoot_step_get_id (reshoot_history_get_head (reshoot_project_get_history (project)));
}

/* The head moves before it is stored. One that could not be is stored with the next, or at the end. */
static void
test_head (gconstpointer data)
{
  FaultVfs *vfs = (FaultVfs *) data;
  ReshootHistory *history;
  ReshootStep *one;
  ReshootStep *two;
  Life life;

  life_begin (&life, vfs, &faults[FULL], FAULT_CHANGE, FALSE);
  history = reshoot_project_get_history (life.project);
  write_original (&life, NULL);
  one = history_add_edit (life.project, get_last (&life), 5);
  two = history_add_edit (life.project, reshoot_history_get_step (history, 1), 6);
  reshoot_history_set_head (history, one);
  reshoot_history_set_head (history, two);
  history_verify (life.project);

  fault_vfs_fail (vfs, FAULT_CHANGE, 1, ENOSPC);
  reshoot_history_set_head (history, one);
  g_assert_false (write_entry (&life, NULL));
  reshoot_history_undo (history);
  g_assert_false (write_entry (&life, NULL));
  fault_vfs_heal (vfs);
  history_close (life.project);

  /* Undone from the first edit, though none of it could be stored when it happened: redo leads there again. */
  life.project = history_open (life.file, RESHOOT_PROJECT_OPEN);
  g_assert_cmpint (get_head (life.project), ==, 1);
  g_assert_true (reshoot_history_redo (reshoot_project_get_history (life.project)));
  g_assert_cmpint (get_head (life.project), ==, 2);
  life_end (&life);
}

int
main (int    argc,
      char **argv)
{
  FaultVfs *vfs;

  reshoot_test_init (&argc, &argv);
  vfs = fault_vfs_install ();

  g_test_add_data_func ("/faults/life", vfs, test_life);
  g_test_add_data_func ("/faults/power-cut", vfs, test_power_cut);
  g_test_add_data_func ("/faults/lost-pages", vfs, test_lost_pages);
  g_test_add_data_func ("/faults/no-space-is-over", vfs, test_no_space_is_over);
  g_test_add_data_func ("/faults/read", vfs, test_read);
  g_test_add_data_func ("/faults/create", vfs, test_create);
  g_test_add_data_func ("/faults/open-left", vfs, test_open_left);
  g_test_add_data_func ("/faults/close", vfs, test_close);
  g_test_add_data_func ("/faults/head", vfs, test_head);

  return g_test_run ();
}
