/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The line under the canvas: what is seen of the step that one stands on, and how that came about. */

#include "config.h"

#include "reshoot-edit-view-private.h"

#include <glib/gi18n.h>

/* Of a photo that came in one is to know in which colors it is. */
static void
add_colors (ReshootEditView  *self,
            ReshootStep      *step,
            char            **facts)
{
  g_autoptr (ReshootPicture) picture = NULL;
  g_autofree char *before = NULL;

  picture = reshoot_edit_view_find_picture (self, reshoot_step_get_digest (step));
  if (picture == NULL || reshoot_picture_get_colors (picture) == NULL)
    return;

  before = g_steal_pointer (facts);
  *facts = g_strdup_printf ("%s · %s", before, reshoot_picture_get_colors (picture));
}

void
reshoot_edit_view_update_facts (ReshootEditView *self)
{
  ReshootStep *head = reshoot_edit_view_get_head (self);
  g_autofree char *facts = reshoot_edit_view_dup_facts (self, head);
  g_autoptr (ReshootPicture) reply = NULL;
  double affine[6];

  reply = reshoot_edit_view_dup_reply (self, affine);
  if (reply != NULL)
    {
      g_autofree char *landed = g_steal_pointer (&facts);

      /* Translators: under the picture: what is seen is what the service sent, so many pixels wide and high; %s says
       * who made it, how long that took, what it cost, and how it was aligned. */
      facts = g_strdup_printf (_("Seen as received, %d × %d · %s"),
                               reshoot_picture_get_width (reply),
                               reshoot_picture_get_height (reply), landed);
    }

  if (head != NULL && reshoot_step_get_parent (head) == NULL)
    add_colors (self, head, &facts);

  gtk_label_set_text (self->facts, facts != NULL ? facts : "");
  gtk_widget_set_tooltip_text (GTK_WIDGET (self->facts), facts);
}
