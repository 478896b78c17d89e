/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootRecent: a project that was opened, as the index remembers it. */

#include "reshoot-recent.h"

struct _ReshootRecent
{
  GObject    parent_instance;

  GFile     *file;
  char      *uuid;      /* (nullable) */
  char      *title;     /* (nullable) */
  GDateTime *opened;    /* (nullable) */
  gint64     n_steps;
  gboolean   exists;
};

G_DEFINE_FINAL_TYPE (ReshootRecent, reshoot_recent, G_TYPE_OBJECT)

static void
reshoot_recent_finalize (GObject *object)
{
  ReshootRecent *self = RESHOOT_RECENT (object);

  g_clear_object (&self->file);
  g_clear_pointer (&self->uuid, g_free);
  g_clear_pointer (&self->title, g_free);
  g_clear_pointer (&self->opened, g_date_time_unref);

  G_OBJECT_CLASS (reshoot_recent_parent_class)->finalize (object);
}

static void
reshoot_recent_class_init (ReshootRecentClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_recent_finalize;
}

static void
reshoot_recent_init (ReshootRecent *self)
{
}

/**
 * reshoot_recent_new:
 * @file: where it lies, or lay
 * @uuid: (nullable): what it is known by
 * @title: (nullable): of its first original
 * @opened: (nullable): when it was opened last
 * @n_steps: how many steps it has, without the bin
 * @exists: whether the file is there
 *
 * Returns: (transfer full): a new one
 */
ReshootRecent *
reshoot_recent_new (GFile      *file,
                    const char *uuid,
                    const char *title,
                    GDateTime  *opened,
                    gint64      n_steps,
                    gboolean    exists)
{
  ReshootRecent *self = g_object_new (RESHOOT_TYPE_RECENT, NULL);

  self->file = g_object_ref (file);
  self->uuid = g_strdup (uuid);
  self->title = g_strdup (title);
  self->opened = opened != NULL ? g_date_time_ref (opened) : NULL;
  self->n_steps = n_steps;
  self->exists = exists;
  return self;
}

/**
 * reshoot_recent_get_file:
 * @self: a recent project
 *
 * Returns: (transfer none): where it lies, or lay
 */
GFile *
reshoot_recent_get_file (ReshootRecent *self)
{
  g_return_val_if_fail (RESHOOT_IS_RECENT (self), NULL);

  return self->file;
}

/**
 * reshoot_recent_get_uuid:
 * @self: a recent project
 *
 * Returns: (transfer none) (nullable): what it is known by, also under another path
 */
const char *
reshoot_recent_get_uuid (ReshootRecent *self)
{
  g_return_val_if_fail (RESHOOT_IS_RECENT (self), NULL);

  return self->uuid;
}

/**
 * reshoot_recent_get_title:
 * @self: a recent project
 *
 * Returns: (transfer none) (nullable): the title of its first original
 */
const char *
reshoot_recent_get_title (ReshootRecent *self)
{
  g_return_val_if_fail (RESHOOT_IS_RECENT (self), NULL);

  return self->title;
}

/**
 * reshoot_recent_get_opened:
 * @self: a recent project
 *
 * Returns: (transfer none) (nullable): when it was opened last, in UTC
 */
GDateTime *
reshoot_recent_get_opened (ReshootRecent *self)
{
  g_return_val_if_fail (RESHOOT_IS_RECENT (self), NULL);

  return self->opened;
}

/**
 * reshoot_recent_get_n_steps:
 * @self: a recent project
 *
 * Returns: how many steps it had when it was last looked at, without those in the bin
 */
gint64
reshoot_recent_get_n_steps (ReshootRecent *self)
{
  g_return_val_if_fail (RESHOOT_IS_RECENT (self), 0);

  return self->n_steps;
}

/**
 * reshoot_recent_get_exists:
 * @self: a recent project
 *
 * Returns: whether the file was there when the list was made
 */
gboolean
reshoot_recent_get_exists (ReshootRecent *self)
{
  g_return_val_if_fail (RESHOOT_IS_RECENT (self), FALSE);

  return self->exists;
}
