/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How long the main loop was away, in CPU time of its thread, and in what. A turn is what happens between two polls. A
 * timer of the thread's own CPU time looks at the stack every few milliseconds; the samples of a long turn say which
 * function of the program it was in, or that it was in none: layout and drawing of GTK's own. Time in which the thread
 * was not let run is not in it, so that a busy machine changes nothing. */

#define _GNU_SOURCE  /* SIGEV_THREAD_ID and gettid () are Linux's own */

#include "turns.h"

#include <execinfo.h>
#include <link.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define SAMPLE_NS (2 * 1000 * 1000)
#define MAX_SAMPLES 200     /* of a turn */
#define MAX_DEPTH 120

typedef struct
{
  int   depth;
  void *frames[MAX_DEPTH];
} Sample;

typedef struct
{
  double      cpu;          /* milliseconds */
  const char *what;         /* (nullable): which part of the script it was in */
  guint       n_samples;
  Sample     *samples;
} Turn;

typedef struct
{
  gboolean    is_on;
  double      limit;        /* milliseconds */
  double      start;
  const char *what;
  GArray     *all;          /* of double */
  GArray     *over;         /* of Turn */
  guintptr    base;
} Meter;

/* What a signal's handler can reach; only the main thread writes. */
static Sample samples[MAX_SAMPLES];
static volatile sig_atomic_t n_samples;
static Meter meter;

static double
get_cpu (void)
{
  struct timespec time;

  clock_gettime (CLOCK_THREAD_CPUTIME_ID, &time);
  return (double) time.tv_sec * 1e3 + (double) time.tv_nsec / 1e6;
}

static void
sample_cb (int signal)
{
  if (n_samples >= MAX_SAMPLES)
    return;

  samples[n_samples].depth = backtrace (samples[n_samples].frames, MAX_DEPTH);
  n_samples++;
}

static void
end_turn (void)
{
  double cpu = get_cpu () - meter.start;

  g_array_append_val (meter.all, cpu);
  if (cpu > meter.limit)
    {
      Turn turn = { cpu, meter.what, (guint) n_samples, NULL };

      turn.samples = g_memdup2 (samples, sizeof (Sample) * turn.n_samples);
      g_array_append_val (meter.over, turn);
    }
}

static int
poll_cb (GPollFD *fds,
         guint    n_fds,
         int      timeout)
{
  int n_ready;

  if (meter.is_on && meter.start > 0)
    end_turn ();

  n_ready = g_poll (fds, n_fds, timeout);
  n_samples = 0;
  meter.start = get_cpu ();
  return n_ready;
}

/* The program itself comes first. */
static int
find_base_cb (struct dl_phdr_info *info,
              size_t               size,
              void                *user_data)
{
  *(guintptr *) user_data = info->dlpi_addr;
  return 1;
}

/* From now on every turn of this thread's main loop counts; one of more than @limit milliseconds is looked into. */
void
turns_begin (double limit)
{
  struct sigaction action = { .sa_handler = sample_cb, .sa_flags = SA_RESTART };
  struct sigevent event = { .sigev_notify = SIGEV_THREAD_ID, .sigev_signo = SIGPROF };
  struct itimerspec every = { { 0, SAMPLE_NS }, { 0, SAMPLE_NS } };
  void *frames[4];
  timer_t timer;

  backtrace (frames, G_N_ELEMENTS (frames));  /* loads what it needs: not in a handler */
  dl_iterate_phdr (find_base_cb, &meter.base);
  meter.limit = limit;
  meter.all = g_array_new (FALSE, FALSE, sizeof (double));
  meter.over = g_array_new (FALSE, FALSE, sizeof (Turn));

  event._sigev_un._tid = gettid ();
  g_assert_no_errno (sigaction (SIGPROF, &action, NULL));
  g_assert_no_errno (timer_create (CLOCK_THREAD_CPUTIME_ID, &event, &timer));
  g_assert_no_errno (timer_settime (timer, 0, &every, NULL));
  g_main_context_set_poll_func (NULL, poll_cb);
  meter.is_on = TRUE;
}

/* @what, which must live on, is what the script does from now on. */
void
turns_name (const char *what)
{
  meter.what = what;
}

/* Of every frame of @turn within the program: address → "function" or "" for what belongs to the bench. */
static GHashTable *
name_frames (const Turn *turn)
{
  GHashTable *names = g_hash_table_new_full (NULL, NULL, NULL, g_free);
  g_autoptr (GPtrArray) arguments = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *output = NULL;
  g_auto (GStrv) lines = NULL;
  g_autoptr (GError) error = NULL;
  guint line = 0;

  g_ptr_array_add (arguments, g_strdup ("addr2line"));
  g_ptr_array_add (arguments, g_strdup ("-fse"));
  g_ptr_array_add (arguments, g_file_read_link ("/proc/self/exe", NULL));
  /* A frame is where its callee returns to: the call is before it. The program itself lies lowest in memory. */
  for (guint i = 0; i < turn->n_samples; i++)
    for (int j = 0; j < turn->samples[i].depth; j++)
      {
        guintptr address = (guintptr) turn->samples[i].frames[j] - meter.base - 1;

        g_ptr_array_add (arguments, g_strdup_printf ("%#" G_GINTPTR_MODIFIER "x", address));
      }
  g_ptr_array_add (arguments, NULL);

  /* Without names nothing would be ours. */
  if (!g_spawn_sync (NULL, (char **) arguments->pdata, NULL, G_SPAWN_SEARCH_PATH, NULL, NULL,
                     &output, NULL, NULL, &error))
    g_error ("%s", error->message);

  lines = g_strsplit (output, "\n", -1);
  for (guint i = 0; i < turn->n_samples; i++)
    for (int j = 0; j < turn->samples[i].depth; j++, line += 2)
      {
        g_assert_nonnull (lines[line]);
        g_assert_nonnull (lines[line + 1]);
        if (g_str_has_prefix (lines[line + 1], "reshoot-") && strstr (lines[line + 1], "-test.c") == NULL)
          g_hash_table_insert (names, turn->samples[i].frames[j], g_strdup (lines[line]));
      }

  return names;
}

/* "inner < outer < …" of the program's own functions; NULL when there is none among them. */
static char *
name_sample (const Sample *sample,
             GHashTable   *names)
{
  g_autoptr (GPtrArray) parts = g_ptr_array_new ();

  for (int i = 0; i < sample->depth && parts->len < 6; i++)
    {
      const char *name = g_hash_table_lookup (names, sample->frames[i]);

      if (name != NULL)
        g_ptr_array_add (parts, (gpointer) name);
    }

  if (parts->len == 0)
    return NULL;

  g_ptr_array_add (parts, NULL);
  return g_strjoinv (" < ", (char **) parts->pdata);
}

/* Gives milliseconds within the program's own functions. */
static double
say_turn (const char *figure,
          const Turn *turn)
{
  g_autoptr (GHashTable) names = name_frames (turn);
  g_autoptr (GHashTable) chains = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const char *cause = NULL;
  guint n_ours = 0, n_cause = 0;
  double ours;

  for (guint i = 0; i < turn->n_samples; i++)
    {
      g_autofree char *chain = name_sample (&turn->samples[i], names);
      guint n;

      if (chain == NULL)
        continue;

      n_ours++;
      n = GPOINTER_TO_UINT (g_hash_table_lookup (chains, chain)) + 1;
      g_hash_table_insert (chains, g_strdup (chain), GUINT_TO_POINTER (n));
      if (n > n_cause)
        {
          n_cause = n;
          cause = g_intern_string (chain);
        }
    }

  ours = turn->n_samples > 0 ? turn->cpu * n_ours / turn->n_samples : 0;
  g_print ("%s-turn: %.1f ms, %.1f ms of it ours, while %s: %s\n", figure, turn->cpu, ours, turn->what,
           cause != NULL ? cause : "GTK's own");
  return ours;
}

static int
compare_doubles (gconstpointer a,
                 gconstpointer b)
{
  double x = *(const double *) a, y = *(const double *) b;

  return (x > y) - (x < y);
}

/* Stops counting, and prints every long turn with its cause. Gives how many were long by the program's own work. */
guint
turns_say (const char *figure)
{
  guint n_ours = 0;
  guint n = meter.all->len;

  meter.is_on = FALSE;
  for (guint i = 0; i < meter.over->len; i++)
    n_ours += say_turn (figure, &g_array_index (meter.over, Turn, i)) > meter.limit;

  g_array_sort (meter.all, compare_doubles);
  g_print ("%s-turns: %u, 99 of 100 in %.1f ms, the longest %.1f ms; %u of more than %.0f ms\n", figure, n,
           g_array_index (meter.all, double, n * 99 / 100), g_array_index (meter.all, double,
                                                                           n - 1),
           meter.over->len, meter.limit);
  return n_ours;
}
