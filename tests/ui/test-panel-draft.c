/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What was not sent yet is there again, also where nobody had the time to say good-bye; a project has its own, and what
 * is sent or taken away leaves nothing behind. */

#include "reshoot-panel-draft.h"
#include "reshoot-ui-test.h"

#include "reshoot-test.h"

#include <glib/gstdio.h>

#define RED 0xffff0000u
#define BLUE 0xff0000ffu

/* What a panel has of it. */
typedef struct
{
  GtkWidget              *window;
  GtkTextView            *words;
  ReshootPanelKeep       *keep;
  ReshootPanelReferences *references;
  ReshootPanelDraft      *draft;
} Panel;

static void
open_panel (Panel *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);

  self->words = GTK_TEXT_VIEW (gtk_text_view_new ());
  self->keep = g_object_new (RESHOOT_TYPE_PANEL_KEEP, NULL);
  self->references = g_object_new (RESHOOT_TYPE_PANEL_REFERENCES, NULL);
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->words));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->keep));
  gtk_box_append (GTK_BOX (box), GTK_WIDGET (self->references));
  self->window = reshoot_ui_test_window (box, 320, 480);
  self->draft = reshoot_panel_draft_new (self->words, self->keep, self->references);
}

static void
close_panel (Panel *self)
{
  gpointer draft_gone = self->draft;
  gpointer references_gone = self->references;

  g_object_add_weak_pointer (draft_gone, &draft_gone);
  g_object_add_weak_pointer (references_gone, &references_gone);
  g_object_unref (self->draft);
  gtk_window_destroy (GTK_WINDOW (self->window));
  reshoot_test_wait_until (draft_gone == NULL);
  reshoot_test_wait_until (references_gone == NULL);
}

static void
set_words (Panel      *self,
           const char *words)
{
  gtk_text_buffer_set_text (gtk_text_view_get_buffer (self->words), words, -1);
}

static guint
count_pictures (Panel *self)
{
  g_autoptr (GArray) pictures = g_array_new (FALSE, FALSE, sizeof (ReshootRequestPicture));

  reshoot_panel_references_fill (self->references, pictures);
  return pictures->len;
}

static void
assert_picture (Panel        *self,
                guint         index,
                ReshootImage *image,
                const char   *name,
                const char   *role)
{
  g_autoptr (GArray) pictures = g_array_new (FALSE, FALSE, sizeof (ReshootRequestPicture));
  const ReshootRequestPicture *picture;

  reshoot_panel_references_fill (self->references, pictures);
  picture = &g_array_index (pictures, ReshootRequestPicture, index);
  g_assert_cmpstr (reshoot_image_get_digest (picture->image), ==, reshoot_image_get_digest (image));
  g_assert_cmpstr (picture->role, ==, role);
  g_assert_cmpstr (reshoot_panel_references_get_name (self->references, index), ==, name);
}

static char *
dup_path (const char *uuid,
          const char *name)
{
  return g_build_filename (g_get_user_state_dir (), "reshoot", "drafts", uuid, name, NULL);
}

static gboolean
is_there (const char *uuid,
          const char *name)
{
  g_autofree char *path = dup_path (uuid, name);

  return g_file_test (path, G_FILE_TEST_EXISTS);
}

/* Whether @text is written down, as soon as hands rest. */
static gboolean
tells (const char *uuid,
       const char *text)
{
  g_autofree char *path = dup_path (uuid, "draft.ini");
  g_autofree char *contents = NULL;

  return g_file_get_contents (path, &contents, NULL, NULL) && strstr (contents, text) != NULL;
}

/* The first panel is never told that it ends. */
static void
test_crash (void)
{
  g_autoptr (ReshootImage) red = reshoot_ui_test_flat_image (64, 48, RED);
  g_autoptr (ReshootImage) blue = reshoot_ui_test_flat_image (64, 48, BLUE);
  g_autofree char *nothing = NULL;
  g_autofree char *words = NULL;
  Panel before, after;

  open_panel (&before);
  nothing = reshoot_panel_draft_set_project (before.draft, "crash");
  g_assert_null (nothing);
  set_words (&before, "warmer\nand \"Norda\"; = [x]");
  reshoot_panel_references_add_as (before.references, red, "red.png", "style");
  reshoot_panel_references_add_as (before.references, blue, NULL, "product");
  reshoot_test_wait_until (tells ("crash", "Norda") && tells ("crash", "product"));
  reshoot_test_wait_until (is_there ("crash", reshoot_image_get_digest (red))
                           && is_there ("crash", reshoot_image_get_digest (blue)));

  open_panel (&after);
  words = reshoot_panel_draft_set_project (after.draft, "crash");
  g_assert_cmpstr (words, ==, "warmer\nand \"Norda\"; = [x]");
  reshoot_test_wait_until (count_pictures (&after) == 2);
  assert_picture (&after, 0, red, "red.png", "style");
  assert_picture (&after, 1, blue, "Pasted picture", "product");

  close_panel (&before);
  close_panel (&after);
}

/* Going from project to project takes nothing along, and waits for no pause. */
static void
test_projects (void)
{
  g_autoptr (ReshootImage) red = reshoot_ui_test_flat_image (64, 48, RED);
  g_autofree char *none = NULL;
  g_autofree char *still_none = NULL;
  g_autofree char *words = NULL;
  Panel panel;

  open_panel (&panel);
  none = reshoot_panel_draft_set_project (panel.draft, "one");
  set_words (&panel, "of the first");
  reshoot_panel_references_add (panel.references, red, "red.png");
  still_none = reshoot_panel_draft_set_project (panel.draft, "two");
  g_assert_null (none);
  g_assert_null (still_none);
  g_assert_true (tells ("one", "of the first"));
  g_assert_cmpuint (count_pictures (&panel), ==, 0);

  reshoot_test_wait_until (is_there ("one", reshoot_image_get_digest (red)));
  words = reshoot_panel_draft_set_project (panel.draft, "one");
  g_assert_cmpstr (words, ==, "of the first");
  reshoot_test_wait_until (count_pictures (&panel) == 1);
  close_panel (&panel);
}

/* Left again before its pictures are back, a draft keeps them. */
static void
test_hurry (void)
{
  g_autoptr (ReshootImage) red = reshoot_ui_test_flat_image (64, 48, RED);
  Panel panel;

  open_panel (&panel);
  g_free (reshoot_panel_draft_set_project (panel.draft, "hurry"));
  reshoot_panel_references_add (panel.references, red, "red.png");
  reshoot_test_wait_until (is_there ("hurry", reshoot_image_get_digest (red)));
  for (guint i = 0; i < 3; i++)
    {
      g_free (reshoot_panel_draft_set_project (panel.draft, NULL));
      g_free (reshoot_panel_draft_set_project (panel.draft, "hurry"));
      g_assert_cmpuint (count_pictures (&panel), ==, 0);
    }

  reshoot_test_wait_until (count_pictures (&panel) == 1);
  close_panel (&panel);
}

/* What was sent leaves nothing, and so does what was taken away. */
static void
test_empty (void)
{
  g_autoptr (ReshootImage) red = reshoot_ui_test_flat_image (64, 48, RED);
  g_autofree char *words = NULL;
  Panel panel;

  open_panel (&panel);
  g_free (reshoot_panel_draft_set_project (panel.draft, "empty"));
  set_words (&panel, "to be sent");
  reshoot_panel_references_add (panel.references, red, "red.png");
  reshoot_test_wait_until (tells ("empty", "to be sent")
                           && is_there ("empty", reshoot_image_get_digest (red)));
  set_words (&panel, "");
  reshoot_panel_references_clear (panel.references);
  reshoot_test_wait_until (!is_there ("empty", NULL));

  g_free (reshoot_panel_draft_set_project (panel.draft, NULL));
  words = reshoot_panel_draft_set_project (panel.draft, "empty");
  g_assert_null (words);
  close_panel (&panel);
}

/* A draft may say anything; it only reads what lies beside it. */
static void
test_nonsense (void)
{
  g_autofree char *folder = dup_path ("nonsense", NULL);
  g_autofree char *path = dup_path ("nonsense", "draft.ini");
  g_autofree char *words = NULL;
  Panel panel;

  g_mkdir_with_parents (folder, 0700);
  g_assert_true (g_file_set_contents (path, "[Draft]\nwords=hello\n[Picture 1]\ndigest=gone\n"
                                      "[Picture 2]\ndigest=../crash/draft.ini\n", -1, NULL));
  open_panel (&panel);
  words = reshoot_panel_draft_set_project (panel.draft, "nonsense");
  g_assert_cmpstr (words, ==, "hello");
  set_words (&panel, "changed");
  reshoot_test_wait_until (tells ("nonsense", "changed"));
  g_assert_cmpuint (count_pictures (&panel), ==, 0);
  close_panel (&panel);
}

int
main (int   argc,
      char *argv[])
{
  reshoot_ui_test_init (&argc, &argv);

  g_test_add_func ("/panel-draft/crash", test_crash);
  g_test_add_func ("/panel-draft/projects", test_projects);
  g_test_add_func ("/panel-draft/hurry", test_hurry);
  g_test_add_func ("/panel-draft/empty", test_empty);
  g_test_add_func ("/panel-draft/nonsense", test_nonsense);

  return g_test_run ();
}
