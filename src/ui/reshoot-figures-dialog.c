/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootFiguresDialog: what models did in this project, drawn: time, money, what came to nothing, and what an accepted
 * picture took over time. The same as `reshoot stats` says, counted when the dialog is made: 2,000 jobs take less than
 * a millisecond, so no thread is needed for it. */

#include "config.h"

#include "reshoot-figures-dialog.h"

#include "reshoot-error.h"
#include "reshoot-figures-time.h"
#include "reshoot-figures.h"
#include "reshoot-plot-draw.h"
#include "reshoot-plot-words.h"
#include "reshoot-resources.h"

#include <glib/gi18n.h>

struct _ReshootFiguresDialog
{
  AdwWindow     parent_instance;

  GtkStack     *stack;
  GtkBox       *box;

  GPtrArray    *plots;         /* (owned): of ReshootPlot; the drawing areas point into it */
  char         *name;          /* (owned): of the project, for a file */
  GCancellable *cancellable;   /* (owned) */
};

enum
{
  FAILED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReshootFiguresDialog, reshoot_figures_dialog, ADW_TYPE_WINDOW)

static gboolean
has_ending (GFile      *file,
            const char *ending)
{
  g_autofree char *name = g_file_get_basename (file);
  g_autofree char *lower = g_ascii_strdown (name, -1);

  return g_str_has_suffix (lower, ending);
}

static GBytes *
make_file (ReshootFiguresDialog  *self,
           GFile                 *file,
           GError               **error)
{
  gboolean is_png = has_ending (file, ".png");
  char *csv;

  if (!has_ending (file, ".csv"))
    return reshoot_plots_write (self->plots, is_png ? RESHOOT_PLOT_PNG : RESHOOT_PLOT_SVG, FALSE,
                                error);

  csv = reshoot_plots_to_csv (self->plots);
  return g_bytes_new_take (csv, strlen (csv));
}

static void
saved_cb (GObject      *source,
          GAsyncResult *result,
          gpointer      user_data)
{
  g_autoptr (ReshootFiguresDialog) self = user_data;
  g_autoptr (GError) local = NULL;
  g_autoptr (GError) error = NULL;
  g_autofree char *name = NULL;

  if (g_file_replace_contents_finish (G_FILE (source), result, NULL, &local) ||
      g_error_matches (local, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  name = g_file_get_parse_name (G_FILE (source));
  error = reshoot_error_new_from_io (local, name);
  g_signal_emit (self, signals[FAILED], 0, error);
}

static void
response_cb (GtkNativeDialog      *chooser,
             int                   response,
             ReshootFiguresDialog *self)
{
  g_autoptr (GFile) file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));

  if (response == GTK_RESPONSE_ACCEPT && file != NULL)
    reshoot_figures_dialog_save (self, file);

  g_object_unref (chooser);
}

static void
save_cb (GtkWidget  *widget,
         const char *action,
         GVariant   *parameter)
{
  ReshootFiguresDialog *self = RESHOOT_FIGURES_DIALOG (widget);
  g_autofree char *name = g_strdup_printf ("%s.%s", self->name, g_variant_get_string (parameter, NULL));
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (_("Save the Figures"), GTK_WINDOW (self),
                                         GTK_FILE_CHOOSER_ACTION_SAVE, _("_Save"), NULL);
  gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static void
draw_cb (GtkDrawingArea *area,
         cairo_t        *cr,
         int             width,
         int             height,
         gpointer        plot)
{
  gboolean is_dark = adw_style_manager_get_dark (adw_style_manager_get_default ());

  reshoot_plot_draw (plot, cr, width, is_dark);
}

/* For who hears the plot: all that stands in it. */
static char *
dup_plot_words (const ReshootPlot *plot)
{
  GString *words = g_string_new (plot->title);

  for (guint i = 0; i < plot->bars->len; i++)
    {
      const ReshootPlotBar *bar = plot->bars->pdata[i];

      g_string_append_printf (words, "\n%s: %s", bar->label, bar->words);
    }

  return g_string_free (words, FALSE);
}

static GtkWidget *
make_area (ReshootPlot *plot)
{
  g_autofree char *words = dup_plot_words (plot);
  GtkWidget *area = g_object_new (GTK_TYPE_DRAWING_AREA,
                                  "accessible-role", GTK_ACCESSIBLE_ROLE_IMG, NULL);
  int height = (int) reshoot_plot_get_height (plot);

  gtk_drawing_area_set_content_height (GTK_DRAWING_AREA (area), height);
  gtk_drawing_area_set_draw_func (GTK_DRAWING_AREA (area), draw_cb, plot, NULL);
  gtk_accessible_update_property (GTK_ACCESSIBLE (area), GTK_ACCESSIBLE_PROPERTY_LABEL, words, -1);
  g_signal_connect_object (adw_style_manager_get_default (), "notify::dark",
                           G_CALLBACK (gtk_widget_queue_draw), area, G_CONNECT_SWAPPED);
  return area;
}

static void
reshoot_figures_dialog_dispose (GObject *object)
{
  ReshootFiguresDialog *self = RESHOOT_FIGURES_DIALOG (object);
  GtkWidget *child;

  g_cancellable_cancel (self->cancellable);
  while (self->box != NULL && (child = gtk_widget_get_first_child (GTK_WIDGET (self->box))) != NULL)
    gtk_box_remove (self->box, child);

  G_OBJECT_CLASS (reshoot_figures_dialog_parent_class)->dispose (object);
}

static void
reshoot_figures_dialog_finalize (GObject *object)
{
  ReshootFiguresDialog *self = RESHOOT_FIGURES_DIALOG (object);

  g_clear_pointer (&self->plots, g_ptr_array_unref);
  g_clear_object (&self->cancellable);
  g_free (self->name);

  G_OBJECT_CLASS (reshoot_figures_dialog_parent_class)->finalize (object);
}

static void
reshoot_figures_dialog_class_init (ReshootFiguresDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reshoot_figures_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = reshoot_figures_dialog_finalize;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);

  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-figures-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootFiguresDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ReshootFiguresDialog, box);
  gtk_widget_class_install_action (widget_class, "figures.save", "s", save_cb);
}

static void
reshoot_figures_dialog_init (ReshootFiguresDialog *self)
{
  self->cancellable = g_cancellable_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reshoot_figures_dialog_new:
 * @project: what to count
 *
 * Returns: (transfer none): a dialog that is not shown yet
 */
GtkWidget *
reshoot_figures_dialog_new (ReshootProject *project)
{
  g_autoptr (GPtrArray) figures = NULL;
  g_autoptr (GPtrArray) periods = NULL;
  g_autofree char *path = NULL;
  ReshootFiguresDialog *self;
  ReshootHistory *history;

  g_return_val_if_fail (RESHOOT_IS_PROJECT (project), NULL);

  self = g_object_new (RESHOOT_TYPE_FIGURES_DIALOG, NULL);
  path = g_file_get_basename (reshoot_project_get_file (project));
  self->name = g_filename_display_name (path);
  if (strrchr (self->name, '.') > self->name)
    *strrchr (self->name, '.') = '\0';

  history = reshoot_project_get_history (project);
  figures = reshoot_figures_of_histories (&history, 1);
  periods = reshoot_figures_over_time (&history, 1);
  self->plots = reshoot_words_make_plots (figures, periods);
  for (guint i = 0; i < self->plots->len; i++)
    gtk_box_append (self->box, make_area (self->plots->pdata[i]));

  gtk_stack_set_visible_child_name (self->stack, figures->len == 0 ? "empty" : "plots");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "figures.save", figures->len > 0);
  return GTK_WIDGET (self);
}

/**
 * reshoot_figures_dialog_save:
 * @self: a dialog
 * @file: where they go; its name says whether as .svg, .png or .csv
 *
 * What fails is said by "failed".
 */
void
reshoot_figures_dialog_save (ReshootFiguresDialog *self,
                             GFile                *file)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (GBytes) bytes = NULL;

  g_return_if_fail (RESHOOT_IS_FIGURES_DIALOG (self));
  g_return_if_fail (G_IS_FILE (file));

  bytes = make_file (self, file, &error);
  if (bytes == NULL)
    g_signal_emit (self, signals[FAILED], 0, error);
  else
    g_file_replace_contents_bytes_async (file, bytes, NULL, FALSE, G_FILE_CREATE_NONE,
                                         self->cancellable, saved_cb, g_object_ref (self));
}
