/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The fake cloud as a program: for tests of other processes, for foreign clients, and for people who want to try the
 * application without paying anybody. It prints what a shell is to be told, and serves until it is ended. */

#include "fake-control.h"
#include "fake-cloud-private.h"
#include "fake-vendors.h"

#include <glib-unix.h>
#include <stdio.h>
#include <vips/vips.h>

static gboolean
ended_cb (gpointer user_data)
{
  g_main_loop_quit (user_data);
  return G_SOURCE_CONTINUE;
}

static void
set_for_all (FakeCloud  *cloud,
             const char *text,
             GError    **error)
{
  g_auto (GStrv) words = g_strsplit (text, ":", 3);
  gboolean is_fault = g_strv_length (words) >= 2;
  int stage = is_fault ? fake_stage_from_name (words[0]) : -1;
  int fault = is_fault ? fake_fault_from_name (words[1]) : -1;
  int fate = is_fault ? -1 : fake_fate_from_name (words[0]);
  guint count = G_MAXUINT;

  if (is_fault && words[2] != NULL)
    count = (guint) g_ascii_strtoull (words[2], NULL, 10);

  if (stage >= 0 && fault >= 0)
    fake_cloud_set_fault (cloud, NULL, (FakeStage) stage, (FakeFault) fault, count);
  else if (fate >= 0)
    fake_cloud_set_fate (cloud, NULL, (FakeFate) fate, G_MAXUINT);
  else
    g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, "no such fault or fate: %s", text);
}

static void
serve (FakeCloud *cloud)
{
  g_autoptr (GMainLoop) loop = g_main_loop_new (NULL, FALSE);

  fake_vendors_print (cloud);
  g_print ("export FAKE_CLOUD_URL=%s\n", fake_cloud_get_uri (cloud, FAKE_CONTROL));
  fflush (stdout);

  g_unix_signal_add (SIGTERM, ended_cb, loop);
  g_unix_signal_add (SIGINT, ended_cb, loop);
  g_main_loop_run (loop);
}

int
main (int    argc,
      char **argv)
{
  int port = 0;
  int polls = 2;
  int seed = 1;
  double share = 0;
  g_autofree char *only = NULL;
  g_auto (GStrv) set = NULL;
  const GOptionEntry entries[] = {
    { "port", 'p', 0, G_OPTION_ARG_INT, &port, "The control port; the vendors' follow (any free)", "N" },
    { "vendors", 0, 0, G_OPTION_ARG_STRING, &only, "Only these, with commas between them (all)", "NAMES" },
    { "polls", 0, 0, G_OPTION_ARG_INT, &polls, "How often a job says that it is not done (2)", "N" },
    { "faults", 0, 0, G_OPTION_ARG_DOUBLE, &share, "The share of requests that goes wrong by chance (0)", "0-1" },
    { "seed", 0, 0, G_OPTION_ARG_INT, &seed, "What chance is drawn from (1)", "N" },
    { "set", 0, 0, G_OPTION_ARG_STRING_ARRAY, &set, "What goes wrong: STAGE:FAULT[:COUNT], or a job's fate", "WHAT" },
    { NULL },
  };
  g_autoptr (GOptionContext) context = g_option_context_new ("– services that nobody has to pay");
  g_autoptr (FakeCloud) cloud = NULL;
  g_autoptr (GError) error = NULL;

  g_option_context_add_main_entries (context, entries, NULL);
  if (!g_option_context_parse (context, &argc, &argv, &error) || VIPS_INIT (argv[0]) != 0)
    {
      g_printerr ("fake-cloud: %s\n", error != NULL ? error->message : "no pictures");
      return 2;
    }

  cloud = fake_cloud_new_at ((guint) port);
  fake_control_add (cloud);
  fake_vendors_add (cloud, only);
  fake_cloud_set_polls (cloud, (guint) polls);
  if (share > 0)
    fake_cloud_set_random (cloud, share, (guint32) seed);
  for (guint i = 0; set != NULL && set[i] != NULL && error == NULL; i++)
    set_for_all (cloud, set[i], &error);
  if (error != NULL)
    {
      g_printerr ("fake-cloud: %s\n", error->message);
      return 2;
    }

  serve (cloud);
  return 0;
}
