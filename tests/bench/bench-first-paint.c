/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* How long a start takes until the photo is seen, and what the program holds once it rests: ourselves, eog and an
 * empty window, started in turn, all looked at from outside. The photo has a magenta block in its middle, which is
 * looked for on the screen; a picture of the screen is kept as a proof that something was drawn. */

#include "bench.h"

#include "reshoot-test.h"

#include <X11/Xlib.h>
#include <X11/Xutil.h>
#include <gdk-pixbuf/gdk-pixbuf.h>
#include <gio/gio.h>
#include <signal.h>
#include <stdio.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#define ROUNDS 7
#define LOOK_US 4000            /* between two looks at the screen */
#define LONGEST_MS 20000
#define REST_US G_USEC_PER_SEC  /* so long without a tick of CPU time is rest */
#define LONGEST_REST_US (30 * G_USEC_PER_SEC)
#define N_SEEN 8                /* so many magenta points are the photo */
#define STEP_X 16
#define STEP_Y 24
#define MIB (1024.0 * 1024.0)

typedef enum
{
  EMPTY,
  OURS,
  EOG,
  N_PROGRAMS
} Program;

/* What one program cost, an entry a round. */
typedef struct
{
  char   *argv[3];
  GArray *paint;                /* wall, ms */
  GArray *cpu;                  /* of the whole run, ms */
  GArray *pss;                  /* at rest, MiB */
} Peer;

static gboolean
is_magenta (gulong pixel)
{
  return (pixel >> 16 & 0xff) > 225 && (pixel >> 8 & 0xff) < 40 && (pixel & 0xff) > 225;
}

/* Whether the photo is on the screen. A few rows only: a look is to cost next to nothing. */
static gboolean
sees_photo (Display *display)
{
  Window root = DefaultRootWindow (display);
  int width = DisplayWidth (display, 0);
  int height = DisplayHeight (display, 0);
  guint n_seen = 0;

  for (int y = height / 4; y < height * 3 / 4 && n_seen < N_SEEN; y += STEP_Y)
    {
      XImage *row = XGetImage (display, root, 0, y, (guint) width, 1, AllPlanes, ZPixmap);

      g_assert_nonnull (row);
      for (int x = 0; x < width; x += STEP_X)
        n_seen += is_magenta (XGetPixel (row, x, 0));
      XDestroyImage (row);
    }
  return n_seen >= N_SEEN;
}

static void
save_screen (Display    *display,
             const char *path)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GdkPixbuf) pixbuf = NULL;
  int width = DisplayWidth (display, 0);
  int height = DisplayHeight (display, 0);
  XImage *image = XGetImage (display, DefaultRootWindow (display), 0, 0, (guint) width,
                             (guint) height, AllPlanes, ZPixmap);

  g_assert_nonnull (image);
  pixbuf = gdk_pixbuf_new (GDK_COLORSPACE_RGB, FALSE, 8, width, height);
  for (int y = 0; y < height; y++)
    {
      guint8 *p = gdk_pixbuf_get_pixels (pixbuf) + y * gdk_pixbuf_get_rowstride (pixbuf);

      for (int x = 0; x < width; x++, p += 3)
        {
          gulong pixel = XGetPixel (image, x, y);

          p[0] = pixel >> 16 & 0xff;
          p[1] = pixel >> 8 & 0xff;
          p[2] = pixel & 0xff;
        }
    }
  XDestroyImage (image);
  gdk_pixbuf_save (pixbuf, path, "png", &error, NULL);
  g_assert_no_error (error);
}

/* Memory of a process in MiB, what it shares with others divided among them. */
static double
read_pss (pid_t child)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/smaps_rollup", (int) child);
  g_autofree char *text = NULL;
  const char *line;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  line = strstr (text, "\nPss:");
  g_assert_nonnull (line);
  return g_ascii_strtod (line + strlen ("\nPss:"), NULL) / 1024;
}

/* In ticks of the kernel, children that ended not among them. */
static guint64
read_cpu_ticks (pid_t child)
{
  g_autofree char *path = g_strdup_printf ("/proc/%d/stat", (int) child);
  g_autofree char *text = NULL;
  guint64 user, system;

  g_assert_true (g_file_get_contents (path, &text, NULL, NULL));
  g_assert_cmpint (sscanf (strrchr (text, ')') + 2,
                           "%*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u "
                           "%" G_GUINT64_FORMAT " %" G_GUINT64_FORMAT, &user, &system), ==, 2);
  return user + system;
}

/* Until all that was to be decoded is; on a busy machine that takes a while. A tick or two are the cursor's. */
static void
await_rest (pid_t child)
{
  gint64 begin = g_get_monotonic_time ();
  guint64 before;

  do
    {
      before = read_cpu_ticks (child);
      g_usleep (REST_US);
    }
  while (read_cpu_ticks (child) > before + 2 && g_get_monotonic_time () - begin < LONGEST_REST_US);
}

static pid_t
start (char **argv)
{
  pid_t child = fork ();

  g_assert_cmpint (child, >=, 0);
  if (child != 0)
    return child;

  execvp (argv[0], argv);
  _exit (127);
}

/* Its CPU time in ms. */
static double
end (Display *display,
     pid_t    child)
{
  struct rusage usage;
  int status;

  kill (child, SIGKILL);
  g_assert_cmpint (wait4 (child, &status, 0, &usage), ==, child);
  while (sees_photo (display))
    g_usleep (LOOK_US);
  return (double) (usage.ru_utime.tv_sec + usage.ru_stime.tv_sec) * 1e3
         + (double) (usage.ru_utime.tv_usec + usage.ru_stime.tv_usec) / 1e3;
}

/* One start, from exec to rest. @proof: (nullable): where the screen at first paint is kept. */
static void
run (Display    *display,
     Peer       *peer,
     gboolean    counts,
     const char *proof)
{
  gint64 begin = g_get_monotonic_time ();
  pid_t child = start (peer->argv);
  double paint, pss, cpu;

  while (!sees_photo (display))
    {
      int status = 0;

      if (g_get_monotonic_time () - begin > LONGEST_MS * G_TIME_SPAN_MILLISECOND
          || waitpid (child, &status, WNOHANG) != 0)
        g_error ("%s shows nothing (status %d)", peer->argv[0], status);
      g_usleep (LOOK_US);
    }
  paint = (double) (g_get_monotonic_time () - begin) / 1e3;
  if (proof != NULL)
    save_screen (display, proof);

  await_rest (child);
  pss = read_pss (child);
  cpu = end (display, child);
  if (!counts)
    return;

  g_array_append_val (peer->paint, paint);
  g_array_append_val (peer->pss, pss);
  g_array_append_val (peer->cpu, cpu);
}

static void
init_peer (Peer       *peer,
           const char *program,
           const char *path)
{
  peer->argv[0] = g_strdup (program);
  peer->argv[1] = g_strdup (path);
  peer->argv[2] = NULL;
  peer->paint = g_array_new (FALSE, FALSE, sizeof (double));
  peer->cpu = g_array_new (FALSE, FALSE, sizeof (double));
  peer->pss = g_array_new (FALSE, FALSE, sizeof (double));
}

static void
clear_peer (Peer *peer)
{
  g_free (peer->argv[0]);
  g_free (peer->argv[1]);
  g_array_unref (peer->paint);
  g_array_unref (peer->cpu);
  g_array_unref (peer->pss);
}

static double
median (GArray *values)
{
  return bench_quantile (values, 0.5);
}

static void
say (Peer *peers)
{
  const char *renderer = g_getenv ("GSK_RENDERER");

  bench_say_goal ("canvas-first-paint", bench_ratio (peers[OURS].paint, peers[EOG].paint), "", 0.5,
                  "of eog's, photo of 24 MP (median of %u turns, wall; %.0f ms to %.0f ms, CPU until rest %.0f ms to "
                  "%.0f ms; %s)", ROUNDS, median (peers[OURS].paint), median (peers[EOG].paint),
                  median (peers[OURS].cpu), median (peers[EOG].cpu), renderer);
  bench_say_goal ("canvas-first-paint-empty", bench_ratio (peers[OURS].paint, peers[EMPTY].paint), "", 1.5,
                  "of an empty window's (median of %u turns, wall; %.0f ms to %.0f ms; %s)", ROUNDS,
                  median (peers[OURS].paint), median (peers[EMPTY].paint), renderer);
  bench_say_goal ("canvas-memory-one", bench_ratio (peers[OURS].pss, peers[EOG].pss), "", 1.3,
                  "of eog's PSS at rest (median of %u; %.0f MiB to %.0f MiB, an empty window %.0f MiB; %s)", ROUNDS,
                  median (peers[OURS].pss), median (peers[EOG].pss), median (peers[EMPTY].pss),
                  renderer);
}

/* A project of two steps, both of 24 megapixels, by the command line of the same program. */
static char *
make_pair (const char *program,
           const char *photo,
           const char *folder)
{
  g_autoptr (GError) error = NULL;
  char *project = g_build_filename (folder, "pair.reshoot", NULL);
  const char *argv[] = { program, "edit", photo, "-i", "a little brighter", "-m", "studio/local",
                         "--project", project, NULL };
  int status;

  g_spawn_sync (NULL, (char **) argv, NULL, G_SPAWN_STDOUT_TO_DEV_NULL, NULL, NULL, NULL,
                NULL, &status, &error);
  g_assert_no_error (error);
  g_assert_cmpint (status, ==, 0);
  return project;
}

static void
bench_pair (Display    *display,
            const char *program,
            const char *photo,
            const char *folder,
            const char *proof,
            double      empty)
{
  const double pixels = 2 * 6000.0 * 4000 * 4 / MIB;
  g_autofree char *project = make_pair (program, photo, folder);
  Peer pair;

  init_peer (&pair, program, project);
  for (guint round = 0; round < 3; round++)
    run (display, &pair, TRUE, round == 0 ? proof : NULL);
  bench_say_goal ("canvas-memory-pair", (median (pair.pss) - empty) / pixels, "", 1.6,
                  "of the pixels of two photos of 24 MP (PSS at rest %.0f MiB less an empty window's %.0f MiB; pixels "
                  "%.0f MiB; %s)", median (pair.pss), empty, pixels, g_getenv ("GSK_RENDERER"));
  clear_peer (&pair);
}

int
main (int    argc,
      char **argv)
{
  static const char *const names[N_PROGRAMS] = { "empty", "ours", "eog" };
  g_autofree char *folder = NULL;
  g_autofree char *photo = NULL;
  g_autofree char *proof = NULL;
  Peer peers[N_PROGRAMS];
  Display *display;

  if (argc != 4)
    g_error ("usage: bench-first-paint RESHOOT EMPTY-WINDOW FOLDER-FOR-PROOFS");

  /* Not bench_init(): in the suites' private folders no program finds its icons or the types of files. */
  g_test_init (&argc, &argv, NULL);
  g_log_set_default_handler (g_log_default_handler, NULL);
  setvbuf (stdout, NULL, _IOLBF, 0);
  folder = bench_make_folder (g_get_tmp_dir ());
  photo = bench_make_marked_jpeg (folder, "photo.jpg");
  display = XOpenDisplay (NULL);
  g_assert_nonnull (display);
  g_assert_false (sees_photo (display));

  init_peer (&peers[EMPTY], argv[2], NULL);
  init_peer (&peers[OURS], argv[1], photo);
  init_peer (&peers[EOG], "eog", photo);
  for (int round = -1; round < ROUNDS; round++)
    for (guint i = 0; i < N_PROGRAMS; i++)
      {
        g_autofree char *name = g_strdup_printf ("canvas-%s.png", names[i]);
        g_autofree char *path = g_build_filename (argv[3], name, NULL);

        run (display, &peers[i], round >= 0, round < 0 ? path : NULL);
      }

  say (peers);
  proof = g_build_filename (argv[3], "canvas-pair.png", NULL);
  bench_pair (display, argv[1], photo, folder, proof, median (peers[EMPTY].pss));

  for (guint i = 0; i < N_PROGRAMS; i++)
    clear_peer (&peers[i]);
  XCloseDisplay (display);
  bench_remove_folder (folder);
  return 0;
}
