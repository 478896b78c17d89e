/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootExportDialog: how pictures leave. One result, or many at once into a folder; what was chosen last is chosen
 * next time. Each file is there whole or not at all, and a cancel leaves those that are done. */

#include "config.h"

#include "reshoot-export-dialog.h"

#include "reshoot-error.h"
#include "reshoot-export-names.h"
#include "reshoot-project-export.h"
#include "reshoot-resources.h"
#include "reshoot-settings.h"

#include <glib/gi18n.h>

typedef enum
{
  WHICH_RESULT,
  WHICH_PATH,
  WHICH_ACCEPTED,
  WHICH_ALL,
} Which;

/* The long edges that can be chosen, in pixels; 0: as it is. */
static const int sizes[] = { 0, 4096, 2560, 2048, 1600, 1200, 800 };

static const struct
{
  const char *name;       /* the same in every language */
  const char *ending;
  gboolean    is_lossy;
} formats[] = {
  { "PNG", "png", FALSE }, { "JPEG", "jpg", TRUE }, { "WebP", "webp", TRUE }, { "TIFF", "tif",
                                                                                FALSE },
  { "AVIF", "avif", TRUE }, { "JPEG XL", "jxl", TRUE },
};

struct _ReshootExportDialog
{
  AdwWindow        parent_instance;

  AdwComboRow     *which;
  AdwComboRow     *format;
  AdwActionRow    *quality_row;
  GtkAdjustment   *quality;
  AdwComboRow     *size;
  AdwComboRow     *sharpen;
  AdwComboRow     *profile;
  GtkSwitch       *private_switch;
  AdwEntryRow     *pattern;
  GtkStack        *stack;
  GtkProgressBar  *progress;

  ReshootProject  *project;      /* (owned) */
  GSettings       *settings;     /* (owned) */
  guint            shown[G_N_ELEMENTS (formats)];   /* which of the formats can be written here */
  guint            n_shown;
  GCancellable    *cancellable;

  /* while it writes */
  GPtrArray       *steps;        /* (owned) (nullable) */
  GPtrArray       *files;        /* (owned) (nullable): one each */
  guint            at;
  gboolean         lost_credentials;
};

enum
{
  FAILED,
  EXPORTED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

G_DEFINE_FINAL_TYPE (ReshootExportDialog, reshoot_export_dialog, ADW_TYPE_WINDOW)

static void next (ReshootExportDialog *self);

static gboolean
is_done (ReshootStep *step)
{
  return reshoot_step_get_state (step) == RESHOOT_STEP_DONE &&
         reshoot_step_get_digest (step) != NULL;
}

/* What is to be exported, oldest first. */
static GPtrArray *
list_steps (ReshootExportDialog *self)
{
  ReshootHistory *history = reshoot_project_get_history (self->project);
  Which which = (Which) adw_combo_row_get_selected (self->which);
  GPtrArray *steps = g_ptr_array_new_with_free_func (g_object_unref);
  ReshootStep *head = reshoot_history_get_head (history);

  if (which == WHICH_RESULT || which == WHICH_PATH)
    {
      for (ReshootStep *step = head; step != NULL; step = reshoot_step_get_parent (step))
        {
          g_ptr_array_insert (steps, 0, g_object_ref (step));
          if (which == WHICH_RESULT)
            break;
        }

      return steps;
    }

  for (guint i = 0; i < g_list_model_get_n_items (G_LIST_MODEL (history)); i++)
    {
      g_autoptr (ReshootStep) step = g_list_model_get_item (G_LIST_MODEL (history), i);

      if (is_done (step) &&
          (which == WHICH_ALL || reshoot_step_get_verdict (step) == RESHOOT_VERDICT_ACCEPT))
        g_ptr_array_add (steps, g_steal_pointer (&step));
    }

  return steps;
}

static guint
get_format (ReshootExportDialog *self)
{
  return self->shown[MIN (adw_combo_row_get_selected (self->format), self->n_shown - 1)];
}

/* Of the project's file, without our ending. */
static char *
dup_project_name (ReshootExportDialog *self)
{
  g_autofree char *base = g_file_get_basename (reshoot_project_get_file (self->project));
  g_autofree char *name = g_filename_display_name (base);

  if (g_str_has_suffix (name, ".reshoot") && !g_str_equal (name, ".reshoot"))
    name[strlen (name) - strlen (".reshoot")] = '\0';

  return g_steal_pointer (&name);
}

static void
update (ReshootExportDialog *self)
{
  gboolean is_one = adw_combo_row_get_selected (self->which) == WHICH_RESULT;
  g_autoptr (GPtrArray) steps = list_steps (self);
  /* Translators: how many pictures would be exported. */
  g_autofree char *count = g_strdup_printf (ngettext ("%u picture", "%u pictures", steps->len),
                                            steps->len);

  gtk_widget_set_visible (GTK_WIDGET (self->quality_row), formats[get_format (self)].is_lossy);
  gtk_widget_set_visible (GTK_WIDGET (self->pattern), !is_one);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->which), is_one ? NULL : count);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.choose", steps->len > 0);
}

static ReshootSaveOptions
read_options (ReshootExportDialog *self)
{
  gboolean is_lossy = formats[get_format (self)].is_lossy;

  return (ReshootSaveOptions) {
    .quality = is_lossy ? (int) gtk_adjustment_get_value (self->quality) : 0,
    .private_ = gtk_switch_get_active (self->private_switch),
    .long_edge = sizes[MIN (adw_combo_row_get_selected (self->size), G_N_ELEMENTS (sizes) - 1)],
    .sharpen = (ReshootSharpen) adw_combo_row_get_selected (self->sharpen),
    .profile = (ReshootProfile) adw_combo_row_get_selected (self->profile),
  };
}

/* -- Writing ------------------------------------------------------------------------------------------------------- */

static void
end (ReshootExportDialog *self,
     const GError        *error)
{
  guint n = self->at;
  g_autofree char *words = NULL;

  if (n > 0 && self->files->len == 1)
    {
      g_autofree char *base = g_file_get_basename (self->files->pdata[0]);
      g_autofree char *name = g_filename_display_name (base);

      /* Translators: %s is the name of a file. */
      words = g_strdup_printf (_("Exported as “%s”"), name);
    }
  else if (n > 0)
    {
      words = g_strdup_printf (ngettext ("Exported %u picture", "Exported %u pictures", n), n);
    }

  if (words != NULL && self->lost_credentials)
    {
      /* Translators: %s says what was exported. */
      g_autofree char *more = g_strdup_printf (_("%s, without the Content Credentials of the original"), words);

      g_signal_emit (self, signals[EXPORTED], 0, more);
    }
  else if (words != NULL)
    {
      g_signal_emit (self, signals[EXPORTED], 0, words);
    }

  if (error != NULL && !g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    g_signal_emit (self, signals[FAILED], 0, error);

  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);
  gtk_window_close (GTK_WINDOW (self));
}

static void
exported_cb (GObject      *source,
             GAsyncResult *result,
             gpointer      user_data)
{
  g_autoptr (ReshootExportDialog) self = user_data;
  g_autoptr (GError) error = NULL;

  gboolean lost_credentials;

  if (!reshoot_project_export_finish (RESHOOT_PROJECT (source), result, &lost_credentials, &error))
    {
      end (self, error);
      return;
    }

  self->lost_credentials |= lost_credentials;
  self->at++;
  next (self);
}

static void
next (ReshootExportDialog *self)
{
  ReshootSaveOptions options = read_options (self);
  g_autofree char *name = NULL;

  gtk_progress_bar_set_fraction (self->progress, self->at / (double) self->steps->len);
  if (self->at == self->steps->len)
    {
      end (self, NULL);
      return;
    }

  name = g_file_get_basename (self->files->pdata[self->at]);
  reshoot_image_format_from_name (name, &options.format);
  reshoot_project_export_async (self->project, self->steps->pdata[self->at],
                                self->files->pdata[self->at], &options, self->cancellable,
                                exported_cb, g_object_ref (self));
}

/* In the folder, each under a name of its own that no other file has. */
static void
list_files (ReshootExportDialog *self,
            GFile               *folder)
{
  const char *pattern = gtk_editable_get_text (GTK_EDITABLE (self->pattern));
  g_autofree char *project = dup_project_name (self);
  g_autoptr (GHashTable) taken = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);

  for (guint i = 0; i < self->steps->len; i++)
    {
      ReshootStep *step = self->steps->pdata[i];
      g_autofree char *name = reshoot_export_dup_name (pattern, project, step,
                                                       formats[get_format (self)].ending);

      /* A pattern without the number gives many the same name: then they get theirs. */
      if (!g_hash_table_add (taken, g_strdup (name)))
        {
          g_autofree char *numbered = g_strconcat (pattern, "-{number}", NULL);

          g_free (name);
          name = reshoot_export_dup_name (numbered, project, step,
                                          formats[get_format (self)].ending);
          g_hash_table_add (taken, g_strdup (name));
        }

      g_ptr_array_add (self->files, reshoot_export_find_free (folder, name));
    }
}

static void
keep_choice (ReshootExportDialog *self)
{
  g_settings_set_string (self->settings, "export-format", formats[get_format (self)].ending);
  g_settings_set_int (self->settings, "export-quality",
                      (int) gtk_adjustment_get_value (self->quality));
  g_settings_set_int (self->settings, "export-size", read_options (self).long_edge);
  g_settings_set_enum (self->settings, "export-sharpen", (int) read_options (self).sharpen);
  g_settings_set_enum (self->settings, "export-profile", (int) read_options (self).profile);
  g_settings_set_string (self->settings, "export-pattern",
                         gtk_editable_get_text (GTK_EDITABLE (self->pattern)));
}

/**
 * reshoot_export_dialog_write:
 * @self: a dialog
 * @to: the file, where one picture is exported, whose ending says the format; else the folder
 *
 * Writes what was chosen, as it was chosen, and closes when that is done. To close it before is to cancel.
 */
void
reshoot_export_dialog_write (ReshootExportDialog *self,
                             GFile               *to)
{
  g_return_if_fail (RESHOOT_IS_EXPORT_DIALOG (self));
  g_return_if_fail (G_IS_FILE (to));

  if (self->steps != NULL)
    return;

  self->steps = list_steps (self);
  self->files = g_ptr_array_new_with_free_func (g_object_unref);
  self->at = 0;
  if (adw_combo_row_get_selected (self->which) == WHICH_RESULT)
    {
      g_autofree char *name = g_file_get_basename (to);
      ReshootImageFormat format;

      g_ptr_array_add (self->files, g_object_ref (to));
      if (!reshoot_image_format_from_name (name, &format))
        {
          g_autoptr (GError) error = reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST,
                                                        "output-format", name,
                                                        "unknown extension");

          end (self, error);
          return;
        }
    }
  else
    {
      list_files (self, to);
    }

  keep_choice (self);
  gtk_stack_set_visible_child_name (self->stack, "progress");
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "export.choose", FALSE);
  next (self);
}

/* -- Choosing ------------------------------------------------------------------------------------------------------ */

static void
response_cb (GtkNativeDialog *chooser,
             int              response,
             gpointer         user_data)
{
  g_autoptr (GFile) file = NULL;

  if (response == GTK_RESPONSE_ACCEPT)
    file = gtk_file_chooser_get_file (GTK_FILE_CHOOSER (chooser));
  if (file != NULL)
    reshoot_export_dialog_write (user_data, file);

  g_object_unref (chooser);
}

static void
choose_cb (GtkWidget  *widget,
           const char *action,
           GVariant   *parameter)
{
  ReshootExportDialog *self = RESHOOT_EXPORT_DIALOG (widget);
  gboolean is_one = adw_combo_row_get_selected (self->which) == WHICH_RESULT;
  GtkFileChooserNative *chooser;

  chooser = gtk_file_chooser_native_new (is_one ? _("Export the Result") : _("Export into a Folder"),
                                         GTK_WINDOW (self),
                                         is_one ? GTK_FILE_CHOOSER_ACTION_SAVE
                                                : GTK_FILE_CHOOSER_ACTION_SELECT_FOLDER,
                                         _("_Export"), NULL);
  if (is_one)
    {
      g_autofree char *project = dup_project_name (self);
      g_autofree char *name = g_strdup_printf ("%s.%s", project, formats[get_format (self)].ending);

      gtk_file_chooser_set_current_name (GTK_FILE_CHOOSER (chooser), name);
    }

  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (chooser), TRUE);
  g_signal_connect_object (chooser, "response", G_CALLBACK (response_cb), self, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (chooser));
}

static gboolean
reshoot_export_dialog_close_request (GtkWindow *window)
{
  g_cancellable_cancel (RESHOOT_EXPORT_DIALOG (window)->cancellable);

  return GTK_WINDOW_CLASS (reshoot_export_dialog_parent_class)->close_request (window);
}

static void
fill_formats (ReshootExportDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  g_autofree char *last = g_settings_get_string (self->settings, "export-format");
  guint selected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (formats); i++)
    {
      g_autofree char *name = g_strconcat ("x.", formats[i].ending, NULL);
      ReshootImageFormat format;

      if (!reshoot_image_format_from_name (name, &format))
        continue;

      if (g_str_equal (formats[i].ending, last))
        selected = self->n_shown;

      self->shown[self->n_shown++] = i;
      gtk_string_list_append (names, formats[i].name);
    }

  adw_combo_row_set_model (self->format, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->format, selected);
}

static void
fill_sizes (ReshootExportDialog *self)
{
  g_autoptr (GtkStringList) names = gtk_string_list_new (NULL);
  int last = g_settings_get_int (self->settings, "export-size");
  guint selected = 0;

  for (guint i = 0; i < G_N_ELEMENTS (sizes); i++)
    {
      /* Translators: the long edge of an exported picture. */
      g_autofree char *name = sizes[i] == 0 ? g_strdup (_("Full size")) : g_strdup_printf (_("%d pixels"), sizes[i]);

      gtk_string_list_append (names, name);
      if (sizes[i] == last)
        selected = i;
    }

  adw_combo_row_set_model (self->size, G_LIST_MODEL (names));
  adw_combo_row_set_selected (self->size, selected);
}

static void
reshoot_export_dialog_dispose (GObject *object)
{
  ReshootExportDialog *self = RESHOOT_EXPORT_DIALOG (object);

  g_cancellable_cancel (self->cancellable);
  g_clear_object (&self->project);
  g_clear_object (&self->settings);

  G_OBJECT_CLASS (reshoot_export_dialog_parent_class)->dispose (object);
}

static void
reshoot_export_dialog_finalize (GObject *object)
{
  ReshootExportDialog *self = RESHOOT_EXPORT_DIALOG (object);

  g_clear_object (&self->cancellable);
  g_clear_pointer (&self->steps, g_ptr_array_unref);
  g_clear_pointer (&self->files, g_ptr_array_unref);

  G_OBJECT_CLASS (reshoot_export_dialog_parent_class)->finalize (object);
}

static void
reshoot_export_dialog_class_init (ReshootExportDialogClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  G_OBJECT_CLASS (klass)->dispose = reshoot_export_dialog_dispose;
  G_OBJECT_CLASS (klass)->finalize = reshoot_export_dialog_finalize;
  GTK_WINDOW_CLASS (klass)->close_request = reshoot_export_dialog_close_request;

  signals[FAILED] = g_signal_new ("failed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                  NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
  signals[EXPORTED] = g_signal_new ("exported", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 1, G_TYPE_STRING);

  reshoot_resources_ensure ();
  gtk_widget_class_set_template_from_resource (widget_class,
                                               RESHOOT_RESOURCES "/reshoot-export-dialog.ui");
  gtk_widget_class_bind_template_child (widget_class, ReshootExportDialog, which);
  gtk_widget_class_bind_template_child (widget_class, ReshootExportDialog, format);
  gtk_widget_class_bind_template_child (widget_class, ReshootExportDialog, quality_row);
  gtk_widget_class_bind_template_child (widget_class, ReshootExportDialog, quality);
  gtk_widget_class_bind_template_child (widget_class, ReshootExportDialog, size);
  gtk_widget_class_bind_template_child (widget_class, ReshootExportDialog, sharpen);
  gtk_widget_class_bind_template_child (widget_class, ReshootExportDialog, profile);
  gtk_widget_class_bind_template_child (widget_class, ReshootExportDialog, private_switch);
  gtk_widget_class_bind_template_child (widget_class, ReshootExportDialog, pattern);
  gtk_widget_class_bind_template_child (widget_class, ReshootExportDialog, stack);
  gtk_widget_class_bind_template_child (widget_class, ReshootExportDialog, progress);
  gtk_widget_class_install_action (widget_class, "export.choose", NULL, choose_cb);
}

static void
reshoot_export_dialog_init (ReshootExportDialog *self)
{
  self->cancellable = g_cancellable_new ();
  self->settings = reshoot_settings_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
}

/**
 * reshoot_export_dialog_new:
 * @project: whose pictures leave; one that has a head
 *
 * Returns: (transfer none): a dialog that is not shown yet
 */
GtkWidget *
reshoot_export_dialog_new (ReshootProject *project)
{
  ReshootExportDialog *self;
  g_autofree char *pattern = NULL;

  g_return_val_if_fail (RESHOOT_IS_PROJECT (project), NULL);

  self = g_object_new (RESHOOT_TYPE_EXPORT_DIALOG, NULL);
  self->project = g_object_ref (project);
  fill_formats (self);
  fill_sizes (self);
  pattern = g_settings_get_string (self->settings, "export-pattern");
  gtk_editable_set_text (GTK_EDITABLE (self->pattern), pattern);
  gtk_adjustment_set_value (self->quality, g_settings_get_int (self->settings, "export-quality"));
  adw_combo_row_set_selected (self->sharpen,
                              (guint) g_settings_get_enum (self->settings, "export-sharpen"));
  adw_combo_row_set_selected (self->profile,
                              (guint) g_settings_get_enum (self->settings, "export-profile"));
  g_signal_connect_object (self->which, "notify::selected", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->format, "notify::selected", G_CALLBACK (update), self,
                           G_CONNECT_SWAPPED);
  update (self);
  return GTK_WIDGET (self);
}
