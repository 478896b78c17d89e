/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootRegionRow: where the picture may change, and what the chosen model makes of that. Said before anything is
 * sent, since a service sees all of the picture. */

#include "config.h"

#include "reshoot-region-row.h"

#include "reshoot-session-choices.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>
#include <math.h>
#include <string.h>

struct _ReshootRegionRow
{
  AdwActionRow  parent_instance;

  GtkWidget    *clear;
  double        share;     /* that may change; NAN = all of it */
  double        area[4];   /* a box around that, in pixels; NANs = all of it, or not known */
  int           width;     /* of the picture, in pixels; 0 = not known */
  int           height;
  ReshootSession *session; /* (owned) (nullable) */
  ReshootModel *model;     /* (owned) (nullable) */
};

G_DEFINE_FINAL_TYPE (ReshootRegionRow, reshoot_region_row, ADW_TYPE_ACTION_ROW)

/* What of the picture a service will see, if not all of it. */
static gboolean
find_crop (ReshootRegionRow *self,
           ReshootBox       *crop)
{
  return self->session != NULL && self->model != NULL && self->width > 0 &&
         reshoot_session_find_crop (self->session, self->model, self->width, self->height,
                                    self->area, crop);
}

static void
update (ReshootRegionRow *self)
{
  ReshootBox crop;
  g_autofree char *share = NULL;
  g_autofree char *meaning = NULL;
  g_autofree char *both = NULL;

  gtk_widget_set_visible (self->clear, !isnan (self->share));
  if (isnan (self->share))
    {
      adw_action_row_set_subtitle (ADW_ACTION_ROW (self), _("Whole picture"));
      return;
    }

  /* Translators: how much of the picture an edit may change. */
  share = g_strdup_printf (_("%.0f %% of the picture"), self->share * 100);
  if (find_crop (self, &crop))
    meaning = reshoot_words_for_crop (reshoot_model_get_name (self->model), crop.width,
                                      crop.height);
  else if (self->model != NULL && !reshoot_model_get_is_local (self->model))
    meaning = reshoot_words_for_region (reshoot_model_get_name (self->model));
  else
    meaning = reshoot_words_for_region (NULL);

  both = g_strdup_printf ("%s\n%s", share, meaning);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self), both);
}

static void
reshoot_region_row_finalize (GObject *object)
{
  g_clear_object (&RESHOOT_REGION_ROW (object)->session);
  g_clear_object (&RESHOOT_REGION_ROW (object)->model);

  G_OBJECT_CLASS (reshoot_region_row_parent_class)->finalize (object);
}

static void
reshoot_region_row_class_init (ReshootRegionRowClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_region_row_finalize;
}

static GtkWidget *
add_button (ReshootRegionRow *self,
            GtkWidget        *button,
            const char       *icon,
            const char       *action,
            const char       *name)
{
  gtk_button_set_icon_name (GTK_BUTTON (button), icon);
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), action);
  gtk_widget_set_tooltip_text (button, name);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (self), button);
  return button;
}

static void
reshoot_region_row_init (ReshootRegionRow *self)
{
  self->share = NAN;
  for (guint i = 0; i < G_N_ELEMENTS (self->area); i++)
    self->area[i] = NAN;
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("Region"));
  self->clear = add_button (self, gtk_button_new (), "edit-clear-symbolic", "view.clear-region",
                            _("The whole picture again"));
  add_button (self, gtk_toggle_button_new (), "reshoot-region-symbolic", "view.region",
              _("Draw where the picture may change"));
  update (self);
}

/**
 * reshoot_region_row_set_share:
 * @self: the row
 * @share: of the picture that may change, 0–1; NAN = all of it
 * @area: (array fixed-size=4): a box around that, in pixels; NANs = all of it, or not known
 */
void
reshoot_region_row_set_share (ReshootRegionRow *self,
                              double            share,
                              const double      area[4])
{
  g_return_if_fail (RESHOOT_IS_REGION_ROW (self));

  memcpy (self->area, area, sizeof self->area);
  self->share = share;
  update (self);
}

/**
 * reshoot_region_row_set_size:
 * @self: the row
 * @width: of the picture, in pixels; 0 = not known
 * @height: of the picture, in pixels
 */
void
reshoot_region_row_set_size (ReshootRegionRow *self,
                             int               width,
                             int               height)
{
  g_return_if_fail (RESHOOT_IS_REGION_ROW (self));

  self->width = width;
  self->height = height;
  update (self);
}

/**
 * reshoot_region_row_set_model:
 * @self: the row
 * @session: (nullable): by whom
 * @model: (nullable): who will be asked
 */
void
reshoot_region_row_set_model (ReshootRegionRow *self,
                              ReshootSession   *session,
                              ReshootModel     *model)
{
  g_return_if_fail (RESHOOT_IS_REGION_ROW (self));

  g_set_object (&self->session, session);
  g_set_object (&self->model, model);
  update (self);
}
