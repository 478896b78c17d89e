/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a service sent, beside what was made of it: it can be looked at in place of the aligned result, and where it was
 * kept as it came it can be aligned later. It is always the reply of the head, and another head is seen as it is. */

#include "config.h"

#include "reshoot-edit-view-private.h"

#include "reshoot-landing-facts.h"
#include "reshoot-session-replies.h"
#include "reshoot-step-place.h"
#include "reshoot-step-words.h"

#include <glib/gi18n.h>

struct _ReshootReplyLook
{
  ReshootStep    *step;          /* (unowned): whose reply it is; lives as long as the project */
  ReshootPicture *picture;       /* (nullable): the reply, once it is there */
  double          affine[6];     /* from its pixels to the original's */
  GCancellable   *cancellable;
};

/* What is being aligned. */
typedef struct
{
  ReshootEditView *view;         /* (owned) */
  ReshootProject  *project;      /* (owned) */
  ReshootStep     *step;         /* (owned) */
} Landing;

static void
look_free (ReshootReplyLook *look)
{
  g_cancellable_cancel (look->cancellable);
  g_object_unref (look->cancellable);
  if (look->picture != NULL)
    reshoot_picture_cancel (look->picture);
  g_clear_object (&look->picture);
  g_free (look);
}

static void
landing_free (Landing *landing)
{
  g_object_unref (landing->view);
  g_object_unref (landing->project);
  g_object_unref (landing->step);
  g_free (landing);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Landing, landing_free)

static gboolean
read_facts (ReshootStep         *step,
            ReshootLandingFacts *facts)
{
  return step != NULL && reshoot_session_has_reply (step)
         && reshoot_landing_facts_read (reshoot_step_get_facts (step), facts);
}

/* Whether what is shown is another picture than what came. */
static gboolean
differs_from_reply (ReshootStep *step)
{
  ReshootLandingFacts facts;

  return read_facts (step, &facts) && (facts.landed || facts.in_region);
}

/* Whether it was kept as it came for a reason that may hold no longer. */
static gboolean
waits_for_landing (ReshootStep *step)
{
  static const char *const reasons[] = {
    RESHOOT_UNLANDED_OFF, RESHOOT_UNLANDED_ASK, RESHOOT_UNLANDED_CANCELLED,
    RESHOOT_UNLANDED_FAILED, NULL,
  };
  ReshootLandingFacts facts;

  return read_facts (step, &facts) && !facts.landed && facts.reason != NULL
         && g_strv_contains (reasons, facts.reason);
}

/* Whether @step is being aligned: an edit that began now would have its source changed under it. */
gboolean
reshoot_edit_view_get_lands (ReshootEditView *self,
                             ReshootStep     *step)
{
  return self->landing != NULL && g_hash_table_contains (self->landing, step);
}

static void
update_land (ReshootEditView *self,
             ReshootStep     *head)
{
  gboolean lands = reshoot_edit_view_get_lands (self, head);
  gboolean waits = waits_for_landing (head);
  gboolean writable = self->project != NULL && !reshoot_project_get_read_only (self->project);
  gboolean is_built_on = head != NULL && reshoot_step_count_children (head) > 0;

  gtk_widget_set_visible (self->land, waits && writable);
  gtk_button_set_label (GTK_BUTTON (self->land), lands ? _("Aligning…") : _("Align _Now"));
  if (is_built_on)
    gtk_widget_set_tooltip_text (self->land, _("Other edits begin at this result as it was received"));
  else
    gtk_widget_set_tooltip_text (self->land, _("Bring the Change onto the Full-Size Photo (Shift+L)"));

  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.land",
                                 waits && writable && !lands && !is_built_on);
}

/* The head, or what it shows, is another one. */
void
reshoot_edit_view_update_reply (ReshootEditView *self)
{
  ReshootStep *head = reshoot_edit_view_get_head (self);

  if (self->reply != NULL && (self->reply->step != head || !differs_from_reply (head)))
    {
      g_clear_pointer (&self->reply, look_free);
      g_object_notify (G_OBJECT (self), "raw");
    }

  gtk_widget_set_visible (self->raw, differs_from_reply (head));
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "view.raw", differs_from_reply (head));
  update_land (self, head);
}

/**
 * reshoot_edit_view_dup_reply:
 * @self: the view
 * @affine: (out) (array fixed-size=6): from its pixels to the original's
 *
 * Returns: (transfer full) (nullable): what is to be seen in place of the head's picture, if the person wants to see
 *   what came, and it is there
 */
ReshootPicture *
reshoot_edit_view_dup_reply (ReshootEditView *self,
                             double           affine[6])
{
  if (self->reply == NULL || self->reply->picture == NULL)
    return NULL;

  memcpy (affine, self->reply->affine, sizeof self->reply->affine);
  return g_object_ref (self->reply->picture);
}

static void
reply_loaded_cb (GObject      *source,
                 GAsyncResult *result,
                 gpointer      user_data)
{
  g_autoptr (ReshootEditView) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = NULL;
  double to_reply[6];

  image = reshoot_session_load_reply_finish (RESHOOT_SESSION (source), result, to_reply, &error);
  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED) || self->reply == NULL)
    return;

  if (image == NULL)
    {
      reshoot_edit_view_fail (self, error, self->reply->step);
      reshoot_edit_view_set_raw (self, FALSE);
      return;
    }

  self->reply->picture = reshoot_picture_new_for_image (image, RESHOOT_PICTURE_FIRST_EDGE);
  reshoot_step_place_child (reshoot_step_get_parent (self->reply->step), to_reply,
                            self->reply->affine);
  reshoot_edit_view_update_canvas (self);
}

gboolean
reshoot_edit_view_get_raw (ReshootEditView *self)
{
  return self->reply != NULL;
}

/**
 * reshoot_edit_view_set_raw:
 * @self: the view
 * @raw: whether what the service sent is to be seen, where that is another picture than the head's
 *
 * It replaces the picture once it can be drawn.
 */
void
reshoot_edit_view_set_raw (ReshootEditView *self,
                           gboolean         raw)
{
  ReshootStep *head = reshoot_edit_view_get_head (self);

  if (raw == (self->reply != NULL) || (raw && !differs_from_reply (head)))
    return;

  if (raw)
    {
      self->reply = g_new0 (ReshootReplyLook, 1);
      self->reply->step = head;
      self->reply->cancellable = g_cancellable_new ();
      reshoot_session_load_reply_async (self->session, self->project, head,
                                        self->reply->cancellable, reply_loaded_cb,
                                        g_object_ref (self));
    }
  else
    {
      g_clear_pointer (&self->reply, look_free);
      reshoot_edit_view_update_canvas (self);
    }

  g_object_notify (G_OBJECT (self), "raw");
}

void
reshoot_edit_view_end_reply (ReshootEditView *self)
{
  g_clear_pointer (&self->reply, look_free);
  g_clear_pointer (&self->landing, g_hash_table_unref);
}

static void
landed_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Landing) landing = user_data;
  ReshootEditView *self = landing->view;
  g_autoptr (GError) error = NULL;
  gboolean landed = reshoot_session_land_reply_finish (RESHOOT_SESSION (source), result, &error);

  if (self->project != landing->project)
    return;

  g_hash_table_remove (self->landing, landing->step);
  if (!landed && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    reshoot_edit_view_fail (self, error, landing->step);

  if (reshoot_edit_view_get_head (self) == landing->step)
    reshoot_edit_view_update_head (self);
}

static void
land_cb (GtkWidget  *widget,
         const char *name,
         GVariant   *parameter)
{
  ReshootEditView *self = RESHOOT_EDIT_VIEW (widget);
  ReshootStep *head = reshoot_edit_view_get_head (self);
  Landing *landing;

  if (!waits_for_landing (head) || reshoot_step_count_children (head) > 0)
    return;

  if (self->landing == NULL)
    self->landing = g_hash_table_new (NULL, NULL);
  g_hash_table_add (self->landing, head);

  landing = g_new0 (Landing, 1);
  landing->view = g_object_ref (self);
  landing->project = g_object_ref (self->project);
  landing->step = g_object_ref (head);
  reshoot_session_land_reply_async (self->session, self->project, head, self->cancellable,
                                    landed_cb, landing);
  update_land (self, head);
  reshoot_edit_view_update_actions (self);
}

void
reshoot_edit_view_install_reply_actions (GtkWidgetClass *widget_class)
{
  gtk_widget_class_install_property_action (widget_class, "view.raw", "raw");
  gtk_widget_class_install_action (widget_class, "view.land", NULL, land_cb);
}
