/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#include <math.h>
#include <string.h>

#include "history-support.h"

static const char *
get_folder_listing (GFile *file,
                    char  *listing,
                    gsize  size)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);
  g_autoptr (GDir) dir = g_dir_open (g_file_peek_path (folder), 0, NULL);
  const char *name;

  listing[0] = '\0';
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      g_strlcat (listing, name, size);
      g_strlcat (listing, " ", size);
    }

  return listing;
}

/* The life of an edit, closed and opened again. */
static void
test_life (void)
{
  g_autoptr (GFile) file = reshoot_test_temp_file ("a.reshoot");
  g_autoptr (ReshootImage) original = history_make_picture (1, 40, 30);
  g_autoptr (ReshootImage) reply = history_make_picture (2, 20, 15);
  g_autoptr (ReshootImage) landed = history_make_picture (3, 40, 30);
  g_autoptr (ReshootImage) loaded = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *uuid = NULL;
  ReshootJobFacts submitted = RESHOOT_JOB_FACTS_INIT (RESHOOT_STEP_SUBMITTED);
  ReshootProject *project = history_open (file, RESHOOT_PROJECT_CREATE);
  ReshootHistory *history = reshoot_project_get_history (project);
  ReshootStep *first;
  ReshootStep *step;
  char listing[256];
  guint n_entries = 0;
  guint n_pictures = 0;

  g_assert_false (reshoot_project_get_read_only (project));
  g_assert_true (g_file_equal (reshoot_project_get_file (project), file));
  g_assert_null (reshoot_history_get_head (history));
  g_assert_cmpuint (g_list_model_get_n_items (G_LIST_MODEL (history)), ==, 0);

  first = history_add_original (project, original, "shoe.tif");
  g_assert_cmpint (reshoot_step_get_id (first), ==, 1);
  g_assert_cmpstr (reshoot_step_get_title (first), ==, "shoe.tif");
  g_assert_cmpint (reshoot_step_get_width (first), ==, 40);
  g_assert_cmpint (reshoot_step_get_state (first), ==, RESHOOT_STEP_DONE);
  g_assert_true (reshoot_step_get_original (first) == first);
  g_assert_null (reshoot_step_get_affine (first));
  g_assert_true (reshoot_history_get_head (history) == first);

  step = history_add_request (project, first, "  Make it\nwhite ", 0.04);
  g_assert_cmpint (reshoot_step_get_id (step), ==, 2);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_WAITING);
  g_assert_cmpstr (reshoot_step_get_title (step), ==, "Make it white");
  g_assert_true (reshoot_step_get_parent (step) == first);
  g_assert_true (reshoot_history_get_head (history) == first);

  submitted.ticket = "{\"id\": \"abc\"}";
  submitted.quoted = 0.05;
  history_update_job (project, step, &submitted);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_SUBMITTED);
  g_assert_cmpfloat (reshoot_step_get_price (step)->quoted, ==, 0.05);

  history_try_reply (project, step, reply, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_RECEIVED);
  g_assert_null (reshoot_step_get_digest (step));
  history_try_version (project, step, landed, &error);
  g_assert_no_error (error);
  g_assert_cmpint (reshoot_step_get_state (step), ==, RESHOOT_STEP_DONE);
  g_assert_true (reshoot_history_get_head (history) == step);

  uuid = g_strdup (reshoot_step_get_uuid (step));
  history_close (project);
  g_assert_cmpstr (get_folder_listing (file, listing, sizeof listing), ==, "a.reshoot ");

  project = history_open (file, RESHOOT_PROJECT_OPEN);
  history = reshoot_project_get_history (project);
  step = reshoot_history_get_step (history, 2);
  g_assert_true (reshoot_history_get_head (history) == step);
  g_assert_cmpstr (reshoot_step_get_uuid (step), ==, uuid);
  g_assert_cmpstr (reshoot_request_get_instruction (reshoot_step_get_request (step)), ==, "  Make it\nwhite ");
  g_assert_cmpstr (reshoot_request_get_model (reshoot_step_get_request (step)), ==, "bfl/flux-kontext-pro");
  g_assert_cmpstr (reshoot_step_get_ticket (step), ==, "{\"id\": \"abc\"}");
  g_assert_cmpfloat (reshoot_step_get_price (step)->estimate, ==, 0.04);
  g_assert_cmpfloat (reshoot_step_get_price (step)->quoted, ==, 0.05);
  g_assert_true (isnan (reshoot_step_get_price (step)->settled));
  g_assert_cmpfloat (reshoot_step_get_affine (step)[4], ==, 2.5);
  g_assert_cmpfloat (json_object_get_double_member (json_node_get_object (reshoot_step_get_facts (step)), "drift"),
                     ==, 0.25);

  loaded = history_try_load (project, step, RESHOOT_PICTURE_SHOWN, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reshoot_image_get_digest (loaded), ==, reshoot_image_get_digest (landed));
  g_assert_true (g_bytes_equal (reshoot_image_get_bytes (loaded), reshoot_image_get_bytes (landed)));
  g_clear_object (&loaded);
  loaded = history_try_load (project, step, RESHOOT_PICTURE_REPLY, &error);
  g_assert_no_error (error);
  g_assert_cmpstr (reshoot_image_get_digest (loaded), ==, reshoot_image_get_digest (reply));

  history_try_verify (project, &n_entries, &n_pictures, &error);
  g_assert_no_error (error);
  g_assert_cmpuint (n_pictures, ==, 3);
  g_assert_cmpuint (n_entries, ==, 7);
  history_close (project);
  history_remove (file);
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  g_test_add_func ("/project/life", test_life);

  return g_test_run ();
}
