/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootPanelDraft: what was not sent yet, a project each: the words and the pictures that were to go along. It is
 * written whenever the hands rest, so that it outlives a crash and a power cut, and read when the project is come back
 * to. It is among what the program may forget: where it cannot be read or written, nobody is held up by it. */

#include "reshoot-panel-draft.h"

#include "reshoot-image.h"

#include <glib/gstdio.h>
#include <string.h>

/* How long nothing may change before it is written, in milliseconds. */
#define PAUSE_MS 1000

/* More pictures than any model takes are not read from a file. */
#define MAX_PICTURES 32

#define FILE_NAME "draft.ini"
#define GROUP "Draft"
#define PICTURE "Picture "

struct _ReshootPanelDraft
{
  GObject                 parent_instance;

  GtkTextView            *words;        /* (unowned) (nullable): a weak pointer, as are the next two */
  ReshootPanelKeep       *keep;
  ReshootPanelReferences *references;
  char                   *uuid;         /* (nullable): the project's; NULL = nothing is kept */
  guint                   pause_id;     /* what changed is not written yet */
  GCancellable           *writing;      /* (nullable): what is being written */
  GCancellable           *reading;      /* (nullable): the pictures that come back; until then none is left out */
};

G_DEFINE_FINAL_TYPE (ReshootPanelDraft, reshoot_panel_draft, G_TYPE_OBJECT)

/* Pictures that come back one after the other, in their order. */
typedef struct
{
  ReshootPanelDraft *draft;      /* (owned) */
  GCancellable      *cancellable;
  GKeyFile          *file;
  char              *folder;
  guint              next;
} Read;

static void
read_free (Read *work)
{
  g_object_unref (work->draft);
  g_object_unref (work->cancellable);
  g_key_file_unref (work->file);
  g_free (work->folder);
  g_free (work);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Read, read_free)

static char *
dup_folder (ReshootPanelDraft *self)
{
  return g_build_filename (g_get_user_state_dir (), "reshoot", "drafts", self->uuid, NULL);
}

static char *
dup_instruction (ReshootPanelDraft *self)
{
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (self->words);
  GtkTextIter start, end;
  g_autofree char *words = NULL;

  gtk_text_buffer_get_bounds (buffer, &start, &end);
  words = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  return reshoot_panel_keep_add_words (self->keep, words);
}

/* Nothing else is in the folder than the draft and its pictures; a name with a dot is one of them on its way there. */
static void
remove_others (const char *folder,
               GHashTable *kept)
{
  g_autoptr (GDir) dir = g_dir_open (folder, 0, NULL);
  const char *name;

  while (dir != NULL && (name = g_dir_read_name (dir)) != NULL)
    if (!g_hash_table_contains (kept, name)
        && (strchr (name, '.') == NULL || g_str_equal (name, FILE_NAME)))
      {
        g_autofree char *path = g_build_filename (folder, name, NULL);

        g_unlink (path);
      }

  if (g_hash_table_size (kept) == 0)
    g_rmdir (folder);
}

/* A picture, and where it goes. */
typedef struct
{
  GBytes *bytes;
  char   *path;
} Write;

static void
write_free (gpointer data)
{
  Write *work = data;

  g_bytes_unref (work->bytes);
  g_free (work->path);
  g_free (work);
}

/* Whole or not at all: what is there is not written again. */
static void
write_in_thread (GTask        *task,
                 gpointer      source,
                 gpointer      task_data,
                 GCancellable *cancellable)
{
  Write *work = task_data;
  gsize length;
  const char *contents = g_bytes_get_data (work->bytes, &length);
  g_autoptr (GError) error = NULL;

  if (!g_file_set_contents_full (work->path, contents, (gssize) length,
                                 G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_debug ("a picture of a draft is not kept: %s", error->message);
  g_task_return_boolean (task, TRUE);
}

/* Once each: it is called by its digest. It is written to its end whatever comes next. */
static void
write_picture (const char   *folder,
               ReshootImage *image)
{
  g_autofree char *path = g_build_filename (folder, reshoot_image_get_digest (image), NULL);
  g_autoptr (GTask) task = NULL;
  Write *work;

  if (g_file_test (path, G_FILE_TEST_EXISTS))
    return;

  work = g_new0 (Write, 1);
  work->bytes = g_bytes_ref (reshoot_image_get_bytes (image));
  work->path = g_steal_pointer (&path);
  task = g_task_new (NULL, NULL, NULL, NULL);
  g_task_set_source_tag (task, write_picture);
  g_task_set_task_data (task, work, write_free);
  g_task_run_in_thread (task, write_in_thread);
}

/* What there is to be kept, its pictures on their way; NULL if that is nothing. */
static char *
gather (ReshootPanelDraft *self,
        const char        *folder)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autoptr (GArray) pictures = g_array_new (FALSE, FALSE, sizeof (ReshootRequestPicture));
  g_autoptr (GHashTable) kept = g_hash_table_new (g_str_hash, g_str_equal);
  g_autofree char *instruction = dup_instruction (self);

  reshoot_panel_references_fill (self->references, pictures);
  if (*instruction == '\0' && pictures->len == 0)
    {
      remove_others (folder, kept);
      return NULL;
    }

  g_mkdir_with_parents (folder, 0700);
  g_hash_table_add (kept, (gpointer) FILE_NAME);
  g_key_file_set_string (file, GROUP, "words", instruction);
  for (guint i = 0; i < pictures->len; i++)
    {
      const ReshootRequestPicture *picture = &g_array_index (pictures, ReshootRequestPicture, i);
      g_autofree char *group = g_strdup_printf (PICTURE "%u", i + 1);
      const char *name = reshoot_panel_references_get_name (self->references, i);

      g_hash_table_add (kept, (gpointer) reshoot_image_get_digest (picture->image));
      g_key_file_set_string (file, group, "digest", reshoot_image_get_digest (picture->image));
      g_key_file_set_string (file, group, "role", picture->role);
      g_key_file_set_string (file, group, "name", name);
      write_picture (folder, picture->image);
    }

  remove_others (folder, kept);
  return g_key_file_to_data (file, NULL, NULL);
}

static void
written_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (ReshootPanelDraft) self = user_data;
  g_autoptr (GError) error = NULL;
  gboolean written = g_file_replace_contents_finish (G_FILE (source), result, NULL, &error);

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  if (!written)
    g_debug ("a draft is not kept: %s", error->message);
  g_clear_object (&self->writing);
}

static gboolean
pause_cb (gpointer user_data)
{
  ReshootPanelDraft *self = user_data;
  g_autofree char *folder = dup_folder (self);
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  g_autoptr (GFile) file = g_file_new_for_path (path);
  g_autoptr (GBytes) bytes = NULL;
  char *text;

  /* One after the other; the next comes in a second. */
  if (self->writing != NULL || self->reading != NULL)
    return G_SOURCE_CONTINUE;

  self->pause_id = 0;
  text = gather (self, folder);
  if (text == NULL)
    return G_SOURCE_REMOVE;

  bytes = g_bytes_new_take (text, strlen (text));
  self->writing = g_cancellable_new ();
  g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_PRIVATE,
                                       self->writing, written_cb, g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
changed_cb (ReshootPanelDraft *self)
{
  if (self->uuid == NULL)
    return;

  g_clear_handle_id (&self->pause_id, g_source_remove);
  self->pause_id = g_timeout_add (PAUSE_MS, pause_cb, self);
}

/* Nobody waits any longer for hands that rest: what is not written yet is written now. */
static void
write_now (ReshootPanelDraft *self)
{
  g_autofree char *folder = dup_folder (self);
  g_autofree char *path = g_build_filename (folder, FILE_NAME, NULL);
  g_autofree char *text = NULL;
  g_autoptr (GError) error = NULL;

  if (self->pause_id == 0 || self->reading != NULL)
    return;

  text = gather (self, folder);
  if (text != NULL
      && !g_file_set_contents_full (path, text, -1, G_FILE_SET_CONTENTS_CONSISTENT, 0600, &error))
    g_debug ("a draft is not kept: %s", error->message);
}

static void read_next (Read *work);

static void
picture_read_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (Read) work = user_data;
  g_autofree char *group = g_strdup_printf (PICTURE "%u", work->next);
  g_autofree char *name = g_key_file_get_string (work->file, group, "name", NULL);
  g_autofree char *role = g_key_file_get_string (work->file, group, "role", NULL);
  g_autoptr (ReshootImage) image = reshoot_image_load_finish (result, NULL);

  if (g_cancellable_is_cancelled (work->cancellable))
    return;

  /* One that is not there any more is left out. */
  if (image != NULL)
    reshoot_panel_references_add_as (work->draft->references, image, name, role);
  read_next (g_steal_pointer (&work));
}

/* Takes @work. */
static void
read_next (Read *work)
{
  g_autoptr (Read) own = work;
  g_autofree char *group = g_strdup_printf (PICTURE "%u", ++work->next);
  g_autofree char *digest = g_key_file_get_string (work->file, group, "digest", NULL);
  g_autofree char *path = NULL;
  g_autoptr (GFile) file = NULL;

  if (digest == NULL || strchr (digest, G_DIR_SEPARATOR) != NULL || work->next > MAX_PICTURES)
    {
      g_clear_object (&work->draft->reading);
      return;
    }

  path = g_build_filename (work->folder, digest, NULL);
  file = g_file_new_for_path (path);
  reshoot_image_load_async (file, work->cancellable, picture_read_cb, g_steal_pointer (&own));
}

static void
reshoot_panel_draft_dispose (GObject *object)
{
  ReshootPanelDraft *self = RESHOOT_PANEL_DRAFT (object);

  g_clear_handle_id (&self->pause_id, g_source_remove);
  if (self->reading != NULL)
    g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->writing);
  g_clear_weak_pointer (&self->words);
  g_clear_weak_pointer (&self->keep);
  g_clear_weak_pointer (&self->references);
  g_clear_pointer (&self->uuid, g_free);

  G_OBJECT_CLASS (reshoot_panel_draft_parent_class)->dispose (object);
}

static void
reshoot_panel_draft_class_init (ReshootPanelDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = reshoot_panel_draft_dispose;
}

static void
reshoot_panel_draft_init (ReshootPanelDraft *self)
{
}

/**
 * reshoot_panel_draft_new:
 * @words: the field for an instruction
 * @keep: what stays as it is
 * @references: what goes along
 *
 * Returns: (transfer full): what keeps them, for no project yet
 */
ReshootPanelDraft *
reshoot_panel_draft_new (GtkTextView            *words,
                         ReshootPanelKeep       *keep,
                         ReshootPanelReferences *references)
{
  ReshootPanelDraft *self;

  g_return_val_if_fail (GTK_IS_TEXT_VIEW (words), NULL);
  g_return_val_if_fail (RESHOOT_IS_PANEL_KEEP (keep), NULL);
  g_return_val_if_fail (RESHOOT_IS_PANEL_REFERENCES (references), NULL);

  self = g_object_new (RESHOOT_TYPE_PANEL_DRAFT, NULL);
  g_set_weak_pointer (&self->words, words);
  g_set_weak_pointer (&self->keep, keep);
  g_set_weak_pointer (&self->references, references);
  g_signal_connect_object (gtk_text_view_get_buffer (words), "changed", G_CALLBACK (changed_cb),
                           self, G_CONNECT_SWAPPED);
  g_signal_connect_object (keep, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (references, "changed", G_CALLBACK (changed_cb), self, G_CONNECT_SWAPPED);
  return self;
}

/**
 * reshoot_panel_draft_set_project:
 * @self: a draft
 * @uuid: (nullable): of the project that is worked on from now on; %NULL: none
 *
 * What is there is written for the project before, whose pictures go; those of @uuid come.
 *
 * Returns: (transfer full) (nullable): the instruction that waits in @uuid
 */
char *
reshoot_panel_draft_set_project (ReshootPanelDraft *self,
                                 const char        *uuid)
{
  g_autoptr (GKeyFile) file = g_key_file_new ();
  g_autofree char *folder = NULL;
  g_autofree char *path = NULL;
  Read *work;

  g_return_val_if_fail (RESHOOT_IS_PANEL_DRAFT (self), NULL);

  if (g_strcmp0 (self->uuid, uuid) == 0)
    return NULL;

  if (self->uuid != NULL)
    {
      if (self->writing != NULL)
        g_cancellable_cancel (self->writing);
      g_clear_object (&self->writing);
      write_now (self);
      if (self->reading != NULL)
        g_cancellable_cancel (self->reading);
      g_clear_object (&self->reading);
      g_clear_handle_id (&self->pause_id, g_source_remove);
      g_clear_pointer (&self->uuid, g_free);
      reshoot_panel_references_clear (self->references);
    }

  if (uuid == NULL)
    return NULL;

  self->uuid = g_strdup (uuid);
  folder = dup_folder (self);
  path = g_build_filename (folder, FILE_NAME, NULL);
  if (!g_key_file_load_from_file (file, path, G_KEY_FILE_NONE, NULL))
    return NULL;

  self->reading = g_cancellable_new ();
  work = g_new0 (Read, 1);
  work->draft = g_object_ref (self);
  work->cancellable = g_object_ref (self->reading);
  work->file = g_key_file_ref (file);
  work->folder = g_steal_pointer (&folder);
  read_next (work);
  return g_key_file_get_string (file, GROUP, "words", NULL);
}
