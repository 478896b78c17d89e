/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The project's pairs as calls that wait, and pictures made here. */

#include "history-support.h"

#include <string.h>

static void
put (guint8  *at,
     guint32  value,
     int      n_bytes)
{
  for (int i = 0; i < n_bytes; i++)
    at[i] = (value >> (8 * i)) & 0xff;
}

static void
put_tag (guint8 **at,
         guint32  tag,
         guint32  type,
         guint32  value)
{
  put (*at, tag, 2);
  put (*at + 2, type, 2);
  put (*at + 4, 1, 4);
  put (*at + 8, value, 4);
  *at += 12;
}

/* A little-endian grey TIFF, not compressed, with noise of its own: no two seeds give the same picture. */
ReshootImage *
history_make_picture (guint seed,
                      int   width,
                      int   height)
{
  enum { HEADER = 8, TAGS = 9, DATA = HEADER + 2 + TAGS * 12 + 4 };
  gsize size = DATA + (gsize) width * height;
  g_autofree guint8 *data = g_malloc0 (size);
  g_autoptr (GBytes) bytes = NULL;
  g_autoptr (GError) error = NULL;
  guint8 *at = data + HEADER + 2;
  guint32 noise = seed * 2654435761u + 12345;
  ReshootImage *image;

  memcpy (data, "II*\0", 4);
  put (data + 4, HEADER, 4);
  put (data + HEADER, TAGS, 2);
  put_tag (&at, 256, 3, width);
  put_tag (&at, 257, 3, height);
  put_tag (&at, 258, 3, 8);
  put_tag (&at, 259, 3, 1);
  put_tag (&at, 262, 3, 1);
  put_tag (&at, 273, 4, DATA);
  put_tag (&at, 277, 3, 1);
  put_tag (&at, 278, 3, height);
  put_tag (&at, 279, 4, width * height);

  put (data + DATA, seed, MIN (4, width * height));
  for (gsize i = DATA + 4; i < size; i++)
    {
      noise = noise * 1664525u + 1013904223u;
      data[i] = noise >> 24;
    }

  bytes = g_bytes_new (data, size);
  image = reshoot_image_new_from_bytes (bytes, "made", &error);
  g_assert_no_error (error);
  return image;
}

ReshootProject *
history_try_open (GFile                *file,
                  ReshootProjectFlags   flags,
                  GError              **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_open_async (file, flags, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_project_open_finish (result, error);
}

ReshootProject *
history_open (GFile               *file,
              ReshootProjectFlags  flags)
{
  g_autoptr (GError) error = NULL;
  ReshootProject *project = history_try_open (file, flags, &error);

  g_assert_no_error (error);
  return project;
}

gboolean
history_try_close (ReshootProject  *project,
                   GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_close_async (project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_project_close_finish (project, result, error);
}

/* Closes and lets go. */
void
history_close (ReshootProject *project)
{
  g_autoptr (GError) error = NULL;

  history_try_close (project, &error);
  g_assert_no_error (error);
  g_object_unref (project);
}

ReshootStep *
history_try_original (ReshootProject  *project,
                      ReshootImage    *image,
                      const char      *title,
                      GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_add_original_async (project, image, title, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_project_add_original_finish (project, result, error);
}

/* Returns: (transfer none): the project's history keeps it. */
ReshootStep *
history_add_original (ReshootProject *project,
                      ReshootImage   *image,
                      const char     *title)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootStep) step = history_try_original (project, image, title, &error);

  g_assert_no_error (error);
  return step;
}

/* Returns: (transfer none): the project's history keeps it. */
ReshootStep *
history_add_request (ReshootProject *project,
                     ReshootStep    *source,
                     const char     *instruction,
                     double          estimate)
{
  g_autoptr (ReshootRequest) request = reshoot_request_new (instruction, "bfl/flux-kontext-pro", NULL);
  g_autoptr (GAsyncResult) result = NULL;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootStep) step = NULL;

  reshoot_project_add_request_async (project, source, request,
                                     reshoot_money_from_dollars (estimate), NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  step = reshoot_project_add_request_finish (project, result, &error);
  g_assert_no_error (error);
  return step;
}

gboolean
history_try_job (ReshootProject         *project,
                 ReshootStep            *step,
                 const ReshootJobFacts  *facts,
                 GError                **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_update_job_async (project, step, facts, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_project_update_job_finish (project, result, error);
}

void
history_update_job (ReshootProject        *project,
                    ReshootStep           *step,
                    const ReshootJobFacts *facts)
{
  g_autoptr (GError) error = NULL;

  history_try_job (project, step, facts, &error);
  g_assert_no_error (error);
}

gboolean
history_try_reply (ReshootProject  *project,
                   ReshootStep     *step,
                   ReshootImage    *reply,
                   GError         **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_add_reply_async (project, step, reply, NULL, NULL, reshoot_test_ready_cb,
                                   &result);
  reshoot_test_await (&result);
  return reshoot_project_add_reply_finish (project, result, error);
}

gboolean
history_try_version (ReshootProject  *project,
                     ReshootStep     *step,
                     ReshootImage    *picture,
                     GError         **error)
{
  const double affine[6] = { 1, 0, 0, 1, 2.5, -3 };
  g_autoptr (JsonNode) facts = json_from_string ("{\"drift\": 0.25, \"shift\": [1, 2]}", NULL);
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_add_version_async (project, step, picture, affine, facts, NULL, NULL,
                                     reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_project_add_version_finish (project, result, error);
}

/* A whole edit: asked, answered with the picture of @seed, done. */
ReshootStep *
history_add_edit (ReshootProject *project,
                  ReshootStep    *source,
                  guint           seed)
{
  g_autofree char *instruction = g_strdup_printf ("make it number %u", seed);
  g_autoptr (ReshootImage) picture = history_make_picture (seed, 24, 16);
  g_autoptr (GError) error = NULL;
  ReshootStep *step = history_add_request (project, source, instruction, 0.04);

  history_try_reply (project, step, picture, &error);
  g_assert_no_error (error);
  history_try_version (project, step, picture, &error);
  g_assert_no_error (error);
  return step;
}

ReshootImage *
history_try_load (ReshootProject      *project,
                  ReshootStep         *step,
                  ReshootPictureKind   kind,
                  GError             **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_load_picture_async (project, step, kind, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_project_load_picture_finish (project, result, error);
}

gboolean
history_try_verify (ReshootProject       *project,
                    ReshootVerifyCounts  *counts,
                    GError              **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_project_verify_async (project, NULL, reshoot_test_ready_cb, &result);
  reshoot_test_await (&result);
  return reshoot_project_verify_finish (project, result, counts, error);
}

void
history_verify (ReshootProject *project)
{
  g_autoptr (GError) error = NULL;

  history_try_verify (project, NULL, &error);
  g_assert_no_error (error);
}

/* The file of reshoot_test_temp_file() and its folder. */
void
history_remove (GFile *file)
{
  g_autoptr (GFile) folder = g_file_get_parent (file);

  g_assert_true (g_file_delete (file, NULL, NULL));
  g_assert_true (g_file_delete (folder, NULL, NULL));
}
