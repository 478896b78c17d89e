/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* Every widget class once, with nothing in it: a warning about its template ends the test, and so does a leak. */

#include "reshoot-bin-dialog.h"
#include "reshoot-export-dialog.h"
#include "reshoot-budget-group.h"
#include "reshoot-diff-dialog.h"
#include "reshoot-edit-view.h"
#include "reshoot-figures-dialog.h"
#include "reshoot-film-cell.h"
#include "reshoot-film-strip.h"
#include "reshoot-history-row.h"
#include "reshoot-lanes-view.h"
#include "reshoot-queue-bar.h"
#include "reshoot-note-layer.h"
#include "reshoot-review-filter.h"
#include "reshoot-review-side.h"
#include "reshoot-review-view.h"
#include "reshoot-models-page.h"
#include "reshoot-panel-models.h"
#include "reshoot-panel-options.h"
#include "reshoot-preferences.h"
#include "reshoot-row-grid.h"
#include "reshoot-row-view.h"
#include "reshoot-search-dialog.h"
#include "reshoot-server-dialog.h"
#include "reshoot-service-row.h"
#include "reshoot-thumbnail.h"
#include "reshoot-ui-test.h"
#include "reshoot-window.h"
#include "reshoot-zoom-box.h"

#include "reshoot-test.h"

static void
check_widget (GType type)
{
  GtkWidget *widget = g_object_ref_sink (g_object_new (type, NULL));
  gpointer gone = widget;
  g_autofree GParamSpec **properties = NULL;
  guint n_properties;

  properties = g_object_class_list_properties (G_OBJECT_GET_CLASS (widget), &n_properties);
  for (guint i = 0; i < n_properties; i++)
    {
      g_auto (GValue) value = G_VALUE_INIT;

      if (properties[i]->owner_type != type || (properties[i]->flags & G_PARAM_READABLE) == 0)
        continue;

      g_value_init (&value, properties[i]->value_type);
      g_object_get_property (G_OBJECT (widget), properties[i]->name, &value);
      if (!g_param_value_defaults (properties[i], &value))
        g_error ("%s:%s is not at its default", g_type_name (type), properties[i]->name);
    }

  g_object_add_weak_pointer (G_OBJECT (widget), &gone);
  if (GTK_IS_WINDOW (widget))
    gtk_window_destroy (GTK_WINDOW (widget));
  g_object_unref (widget);
  reshoot_test_wait_until (gone == NULL);
}

static void
test_type (gconstpointer data)
{
  check_widget ((GType) data);
}

static void
test_resources (void)
{
  static const char *const icons[] = {
    "reshoot-side-symbolic", "reshoot-split-symbolic", "reshoot-tree-symbolic",
    "sidebar-show-symbolic", "edit-undo-symbolic", "edit-redo-symbolic", "open-menu-symbolic",
    "document-edit-symbolic", "document-open-symbolic", "process-stop-symbolic",
    "view-refresh-symbolic",
    "view-pin-symbolic", "value-decrease-symbolic", "value-increase-symbolic", "object-select-symbolic",
    "dialog-warning-symbolic", "window-close-symbolic", "object-select-symbolic",
    "user-trash-symbolic", "system-search-symbolic", "starred-symbolic",
    "view-grid-symbolic", "view-sort-ascending-symbolic", "go-previous-symbolic", "go-next-symbolic",
    "non-starred-symbolic", "edit-clear-symbolic", "list-add-symbolic", "sidebar-show-right-symbolic",
    "media-playback-start-symbolic", "media-playback-stop-symbolic",
    "user-trash-symbolic", "system-search-symbolic", "preferences-system-symbolic",
    "dialog-password-symbolic", "network-server-symbolic", "view-list-symbolic",
    "adw-external-link-symbolic",
  };
  GtkIconTheme *theme = gtk_icon_theme_get_for_display (gdk_display_get_default ());

  gtk_icon_theme_add_resource_path (theme, "/io/github/reshoot/Reshoot/icons");
  for (guint i = 0; i < G_N_ELEMENTS (icons); i++)
    if (!gtk_icon_theme_has_icon (theme, icons[i]))
      g_error ("there is no icon %s", icons[i]);
}

static void
test_help (void)
{
  g_autoptr (GtkBuilder) builder =
    gtk_builder_new_from_resource ("/io/github/reshoot/Reshoot/shortcuts.ui");
  GtkWidget *window = GTK_WIDGET (gtk_builder_get_object (builder, "shortcuts"));

  g_assert_true (GTK_IS_SHORTCUTS_WINDOW (window));
  gtk_window_destroy (GTK_WINDOW (window));
}

int
main (int    argc,
      char **argv)
{
  const GType types[] = {
    RESHOOT_TYPE_BIN_DIALOG,
    RESHOOT_TYPE_FIGURES_DIALOG,
    RESHOOT_TYPE_EXPORT_DIALOG,
    RESHOOT_TYPE_BUDGET_GROUP,
    RESHOOT_TYPE_CANVAS,
    RESHOOT_TYPE_DIFF_DIALOG,
    RESHOOT_TYPE_EDIT_VIEW,
    RESHOOT_TYPE_FILM_CELL,
    RESHOOT_TYPE_FILM_STRIP,
    RESHOOT_TYPE_HISTORY_ROW,
    RESHOOT_TYPE_HISTORY_VIEW,
    RESHOOT_TYPE_INSTRUCTION_PANEL,
    RESHOOT_TYPE_LANES_VIEW,
    RESHOOT_TYPE_QUEUE_BAR,
    RESHOOT_TYPE_NOTE_LAYER,
    RESHOOT_TYPE_REVIEW_FILTER,
    RESHOOT_TYPE_REVIEW_SIDE,
    RESHOOT_TYPE_REVIEW_VIEW,
    RESHOOT_TYPE_MODELS_PAGE,
    RESHOOT_TYPE_PANEL_MODELS,
    RESHOOT_TYPE_PANEL_OPTIONS,
    RESHOOT_TYPE_PREFERENCES,
    RESHOOT_TYPE_ROW_CELL,
    RESHOOT_TYPE_ROW_GRID,
    RESHOOT_TYPE_ROW_VIEW,
    RESHOOT_TYPE_SEARCH_DIALOG,
    RESHOOT_TYPE_SERVER_DIALOG,
    RESHOOT_TYPE_SERVICE_ROW,
    RESHOOT_TYPE_THUMBNAIL,
    RESHOOT_TYPE_WINDOW,
    RESHOOT_TYPE_ZOOM_BOX,
  };

  reshoot_ui_test_init (&argc, &argv);

  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    {
      g_autofree char *path = g_strdup_printf ("/all-types/%s", g_type_name (types[i]));

      g_test_add_data_func (path, (gconstpointer) types[i], test_type);
    }

  g_test_add_func ("/all-types/resources", test_resources);
  g_test_add_func ("/all-types/help", test_help);

  return g_test_run ();
}
