/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The program is killed in the middle of its work, again and again, each time a little later. What it had said was done
 * is there afterwards, `resume` brings the rest to its end, and the result is the one that an undisturbed run gives.
 * RESHOOT_KILLS says how often. */

#include "reshoot-image.h"
#include "reshoot-run.h"
#include "reshoot-test.h"

#include <glib/gstdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#define USUAL_KILLS 10

/* How long one look at the process and its files is apart from the next, in microseconds. */
#define LOOK 500

/* A run that is not killed after so many looks has come to its end, or never will. */
#define MAX_LOOKS 60000

static const char *const instructions[] = { "warm it slightly", "flip it horizontally", "make it brighter" };

static const char *const arguments[] = {
  "edit", "mug.jpg", "-i", "warm it slightly", "-i", "flip it horizontally", "-i", "make it brighter",
  "--project", "a.reshoot", "--json", NULL
};

/* A small photo: it is the moments between that matter, not the pixels. */
static GBytes *
make_photo (void)
{
  g_autofree char *sample = reshoot_test_sample ("mug.jpg");
  g_autofree char *photo = NULL;
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (ReshootImage) image = NULL;
  g_autoptr (ReshootImage) small = NULL;
  g_autoptr (GError) error = NULL;
  gsize length;

  g_assert_true (g_file_get_contents (sample, &photo, &length, NULL));
  bytes = g_bytes_new (photo, length);
  image = reshoot_image_new_from_bytes (bytes, sample, &error);
  g_assert_no_error (error);
  small = reshoot_image_make_thumbnail (image, 512, NULL, &error);
  g_assert_no_error (error);
  return g_bytes_ref (reshoot_image_get_bytes (small));
}

static Place *
new_place_with_photo (GBytes *photo)
{
  Place *place = place_new ();
  g_autofree char *path = place_path (place, "mug.jpg");
  gsize length;
  const char *data = g_bytes_get_data (photo, &length);

  g_assert_true (g_file_set_contents (path, data, (gssize) length, NULL));
  return place;
}

static const char *
get_text (GPtrArray  *steps,
          guint       index,
          const char *name)
{
  JsonObject *step = json_node_get_object (g_ptr_array_index (steps, index));

  return json_object_get_string_member (step, name);
}

/* What every killed run must end up with. */
static GPtrArray *
run_undisturbed (GBytes *photo)
{
  g_autoptr (Place) place = new_place_with_photo (photo);
  g_autoptr (Run) run = place_runv (place, arguments);
  GPtrArray *steps;

  run_assert_done (run);
  steps = run_parse_lines (run);
  g_assert_cmpuint (steps->len, ==, G_N_ELEMENTS (instructions));
  return steps;
}

static goffset
get_size (const char *path)
{
  GStatBuf info;

  return g_stat (path, &info) == 0 ? info.st_size : 0;
}

/* How far the run is: grows with every page that is written. */
static goffset
measure_progress (Place *place)
{
  g_autofree char *project = place_path (place, "a.reshoot");
  g_autofree char *log = place_path (place, "a.reshoot-wal");

  return get_size (project) + get_size (log);
}

static gboolean
has_ended (GSubprocess *process)
{
  return g_subprocess_get_identifier (process) == NULL;
}

/* Lets the run go on until its files have grown @growths times, looks @late times more, and kills it. Returns what it
 * had said until then. */
static Run *
run_and_kill (Place *place,
              guint  growths,
              guint  late)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GSubprocess) process = place_spawn (place, arguments, &error);
  g_autoptr (GBytes) out = NULL;
  g_autoptr (GAsyncResult) result = NULL;
  Run *run = g_new0 (Run, 1);
  goffset progress = 0;

  g_assert_no_error (error);
  g_subprocess_communicate_async (process, NULL, NULL, reshoot_test_ready_cb, &result);

  for (guint i = 0; i < MAX_LOOKS && growths > 0 && !has_ended (process); i++)
    {
      goffset now = measure_progress (place);

      if (now > progress)
        growths--;

      progress = MAX (progress, now);
      g_main_context_iteration (NULL, FALSE);
      g_usleep (LOOK);
    }

  for (guint i = 0; i < late && !has_ended (process); i++)
    {
      g_main_context_iteration (NULL, FALSE);
      g_usleep (LOOK);
    }

  g_subprocess_send_signal (process, SIGKILL);
  reshoot_test_await (&result);
  g_subprocess_communicate_finish (process, result, &out, NULL, &error);
  g_assert_no_error (error);
  run->status = g_subprocess_get_if_exited (process) ? g_subprocess_get_exit_status (process)
                                                     : 128 + SIGKILL;
  run->out = g_strndup (g_bytes_get_size (out) > 0 ? g_bytes_get_data (out, NULL) : "", g_bytes_get_size (out));
  run->err = g_strdup ("");
  return run;
}

/* The last line may have been cut by the kill: then it was not said. */
static guint
count_said (Run *run)
{
  guint n = 0;

  for (const char *c = run->out; *c != '\0'; c++)
    if (*c == '\n')
      n++;

  return n;
}

static void
assert_whole (Place     *place,
              guint      n_said,
              GPtrArray *expected)
{
  g_autoptr (Run) resume = place_run (place, "resume", "a.reshoot", NULL);
  g_autoptr (Run) history = place_run (place, "history", "a.reshoot", "--json", NULL);
  g_autoptr (Run) verify = place_run (place, "verify", "a.reshoot", NULL);
  g_autoptr (Run) jobs = place_run (place, "jobs", "a.reshoot", "--json", NULL);
  g_autoptr (GPtrArray) steps = NULL;

  run_assert_done (resume);
  run_assert_done (verify);
  run_assert_done (history);
  run_assert_done (jobs);
  g_assert_cmpstr (jobs->out, ==, "");

  steps = run_parse_lines (history);
  g_assert_cmpuint (steps->len, >=, n_said > 0 ? n_said + 1 : 0);
  for (guint i = 1; i < steps->len; i++)
    {
      g_assert_cmpstr (get_text (steps, i, "state"), ==, "done");
      g_assert_cmpstr (get_text (steps, i, "instruction"), ==, instructions[i - 1]);
      g_assert_cmpstr (get_text (steps, i, "digest"), ==, get_text (expected, i - 1, "digest"));
    }
}

/* A file is born with the end of the transaction that makes it a project. Before, it has no application id (at byte
 * 68), or a journal beside it takes it back to the one empty page it had (at byte 16 of that, a big-endian number):
 * https://sqlite.org/fileformat2.html says where. */
static gboolean
has_project (Place *place)
{
  g_autofree char *path = place_path (place, "a.reshoot");
  g_autofree char *journal_path = place_path (place, "a.reshoot-journal");
  g_autofree char *file = NULL;
  g_autofree char *journal = NULL;
  gsize length = 0;

  if (!g_file_get_contents (path, &file, &length, NULL) || length < 100 ||
      memcmp (file + 68, "RSHT", 4) != 0)
    return FALSE;

  return !g_file_get_contents (journal_path, &journal, &length, NULL) || length < 20 ||
         memcmp (journal + 16, "\0\0\0", 3) != 0 || journal[19] > 1;
}

static void
test_killed (void)
{
  const char *wanted = g_getenv ("RESHOOT_KILLS");
  int kills = wanted != NULL ? atoi (wanted) : USUAL_KILLS;
  g_autoptr (GBytes) photo = make_photo ();
  g_autoptr (GPtrArray) expected = run_undisturbed (photo);
  int in_the_middle = 0;

  for (int i = 0; i < kills; i++)
    {
      g_autoptr (Place) place = new_place_with_photo (photo);
      g_autoptr (Run) run = NULL;
      g_autoptr (Run) again = NULL;

      /* Both numbers share no factor with each other, so that the pairs are many. */
      run = run_and_kill (place, (guint) (i * 11) % 23, (guint) (i * 7) % 50);
      g_test_message ("kill %d: status %d, %u steps said", i, run->status, count_said (run));

      if (has_project (place))
        assert_whole (place, count_said (run), expected);
      else
        g_assert_cmpuint (count_said (run), ==, 0);

      if (run->status == 128 + SIGKILL && has_project (place))
        in_the_middle++;

      /* And work goes on in the same project. */
      again = place_run (place, "edit", "mug.jpg", "-i", "cooler", "--project", "a.reshoot", NULL);
      run_assert_done (again);
    }

  /* A test that kills too early or too late proves nothing. */
  g_assert_cmpint (in_the_middle, >=, kills / 3);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/cli/crash/killed", test_killed);

  return g_test_run ();
}
