/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootPanelReferences: the pictures that go along beside the source, and what each is there for. They are chosen,
 * dropped or pasted here, and stay for the next edit until they are taken away. How many there may be is said for the
 * models that are asked; where none takes any, and none is there, so is this row not. */

#include "config.h"

#include "reshoot-panel-references.h"

#include "reshoot-image.h"
#include "reshoot-thumbnail.h"
#include "reshoot-words.h"

#include <glib/gi18n.h>

/* Of a thumbnail's long edge, in pixels: enough for two a logical pixel. */
#define THUMBNAIL_EDGE 128

struct _ReshootPanelReferences
{
  AdwExpanderRow  parent_instance;

  GtkWidget      *paste;
  GtkWidget      *add;
  GListModel     *models;        /* (owned) (nullable): of ReshootModel */
  GPtrArray      *rows;          /* (owned): of AdwActionRow, one a picture, in their order */
  GCancellable   *cancellable;   /* (owned): of what is being loaded */
};

G_DEFINE_FINAL_TYPE (ReshootPanelReferences, reshoot_panel_references, ADW_TYPE_EXPANDER_ROW)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

/* In the order of the menu. */
static const char *const roles[] = { "reference", "product", "style", "scene" };

static ReshootImage *
get_image (gpointer row)
{
  return g_object_get_data (row, "image");
}

static GtkDropDown *
get_menu (gpointer row)
{
  return g_object_get_data (row, "menu");
}

/* Every model is shown all pictures: the one that takes fewest says how many. */
static ReshootModel *
find_strictest (ReshootPanelReferences *self)
{
  ReshootModel *strictest = NULL;

  for (guint i = 0; self->models != NULL && i < g_list_model_get_n_items (self->models); i++)
    {
      g_autoptr (ReshootModel) model = g_list_model_get_item (self->models, i);

      if (strictest == NULL
          || reshoot_model_get_references (model) < reshoot_model_get_references (strictest))
        strictest = model;   /* the list holds it */
    }

  return strictest;
}

static char *
dup_limit (ReshootPanelReferences *self)
{
  ReshootModel *strictest = find_strictest (self);
  guint most = strictest != NULL ? reshoot_model_get_references (strictest) : 0;
  g_autoptr (GError) error = NULL;

  if (!reshoot_panel_references_check (self, &error))
    return reshoot_words_for_error (error);

  if (strictest == NULL)
    return NULL;

  if (self->rows->len == 0)
    /* Translators: %1$s is the name of a model, %2$u how many pictures it takes beside the one that is edited. */
    return g_strdup_printf (ngettext ("%1$s takes %2$u more picture along",
                                      "%1$s takes up to %2$u more pictures along", most),
                            reshoot_model_get_name (strictest), most);

  /* Translators: %1$u is how many pictures go along, %2$u how many the model takes at most, %3$s is its name. */
  return g_strdup_printf (ngettext ("%1$u of %2$u picture that %3$s takes along",
                                    "%1$u of %2$u pictures that %3$s takes along", most),
                          self->rows->len, most, reshoot_model_get_name (strictest));
}

static void
update (ReshootPanelReferences *self)
{
  ReshootModel *strictest = find_strictest (self);
  guint most = strictest != NULL ? reshoot_model_get_references (strictest) : 0;
  g_autofree char *limit = dup_limit (self);
  g_autofree char *escaped = g_markup_escape_text (limit != NULL ? limit : "", -1);

  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), escaped);
  adw_expander_row_set_enable_expansion (ADW_EXPANDER_ROW (self), self->rows->len > 0);
  gtk_widget_set_visible (GTK_WIDGET (self), most > 0 || self->rows->len > 0);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "references.add", self->rows->len < most);
  gtk_widget_action_set_enabled (GTK_WIDGET (self), "references.paste", self->rows->len < most);
}

static void
tell (ReshootPanelReferences *self)
{
  update (self);
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
remove_clicked_cb (GtkWidget *button,
                   gpointer   user_data)
{
  ReshootPanelReferences *self = user_data;
  GtkWidget *row = gtk_widget_get_ancestor (button, ADW_TYPE_ACTION_ROW);

  if (!g_ptr_array_remove (self->rows, row))
    return;

  /* What has the focus goes: it stays near. */
  gtk_widget_grab_focus (self->add);
  adw_expander_row_remove (ADW_EXPANDER_ROW (self), row);
  tell (self);
}

static GtkWidget *
add_button (GtkWidget  *row,
            const char *icon,
            const char *name)
{
  GtkWidget *button = gtk_button_new_from_icon_name (icon);

  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  if (ADW_IS_EXPANDER_ROW (row))
    adw_expander_row_add_action (ADW_EXPANDER_ROW (row), button);
  else
    adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return button;
}

static void
make_thumbnail (GTask        *task,
                gpointer      source,
                gpointer      task_data,
                GCancellable *cancellable)
{
  GError *error = NULL;
  g_autoptr (ReshootImage) small = reshoot_image_make_thumbnail (task_data, THUMBNAIL_EDGE,
                                                                 cancellable, &error);
  GdkTexture *texture = NULL;

  if (small != NULL)
    texture = gdk_texture_new_from_bytes (reshoot_image_get_bytes (small), &error);

  if (texture != NULL)
    g_task_return_pointer (task, texture, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
thumbnail_made_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GtkWidget) thumbnail = user_data;
  g_autoptr (GdkTexture) texture = g_task_propagate_pointer (G_TASK (result), NULL);

  /* A picture that cannot be shown can go along all the same. */
  if (texture != NULL)
    reshoot_thumbnail_set_paintable (RESHOOT_THUMBNAIL (thumbnail), GDK_PAINTABLE (texture));
}

static GtkWidget *
create_thumbnail (ReshootPanelReferences *self,
                  ReshootImage           *image)
{
  GtkWidget *thumbnail = g_object_new (RESHOOT_TYPE_THUMBNAIL, "valign", GTK_ALIGN_CENTER, NULL);
  g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, thumbnail_made_cb,
                                       g_object_ref (thumbnail));

  g_task_set_source_tag (task, create_thumbnail);
  g_task_set_task_data (task, g_object_ref (image), g_object_unref);
  g_task_run_in_thread (task, make_thumbnail);
  return thumbnail;
}

static GtkWidget *
create_menu (ReshootPanelReferences *self,
             const char             *name)
{
  const char *words[] = {
    /* Translators: what a picture that goes along is there for: nothing that is said. */
    C_("role", "Reference"),
    /* Translators: a picture that goes along shows the product. */
    C_("role", "Product"),
    /* Translators: a picture that goes along shows the style. */
    C_("role", "Style"),
    /* Translators: a picture that goes along shows the scene. */
    C_("role", "Scene"),
    NULL
  };
  GtkWidget *menu = gtk_drop_down_new_from_strings (words);
  /* Translators: %s is the name of a picture: what it is there for. */
  g_autofree char *label = g_strdup_printf (_("What “%s” shows"), name);

  gtk_widget_set_valign (menu, GTK_ALIGN_CENTER);
  gtk_widget_set_hexpand (menu, TRUE);
  gtk_widget_set_tooltip_text (menu, label);
  gtk_accessible_update_property (GTK_ACCESSIBLE (menu), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  g_signal_connect_object (menu, "notify::selected", G_CALLBACK (tell), self, G_CONNECT_SWAPPED);
  return menu;
}

/* Where the limit stands, until something changes. */
static void
fail (ReshootPanelReferences *self,
      const GError           *error)
{
  g_autofree char *words = NULL;
  g_autofree char *escaped = NULL;

  if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    return;

  words = reshoot_words_for_error (error);
  escaped = g_markup_escape_text (words, -1);
  adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self), escaped);
}

/* A file on its way. */
typedef struct
{
  ReshootPanelReferences *self;   /* (owned) */
  char                   *name;
} Load;

static void
load_free (Load *load)
{
  g_object_unref (load->self);
  g_free (load->name);
  g_free (load);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (Load, load_free)

static void
loaded_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (Load) load = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = reshoot_image_load_finish (result, &error);

  if (image == NULL)
    fail (load->self, error);
  else
    reshoot_panel_references_add (load->self, image, load->name);
}

/* A texture is immutable: it can be encoded away from the main thread. */
static void
save_texture (GTask        *task,
              gpointer      source,
              gpointer      task_data,
              GCancellable *cancellable)
{
  g_autoptr (GBytes) bytes = gdk_texture_save_to_png_bytes (task_data);
  GError *error = NULL;
  ReshootImage *image = reshoot_image_new_from_bytes (bytes, NULL, &error);

  if (image != NULL)
    g_task_return_pointer (task, image, g_object_unref);
  else
    g_task_return_error (task, error);
}

static void
texture_saved_cb (GObject      *source,
                  GAsyncResult *result,
                  gpointer      user_data)
{
  g_autoptr (ReshootPanelReferences) self = user_data;
  g_autoptr (GError) error = NULL;
  g_autoptr (ReshootImage) image = g_task_propagate_pointer (G_TASK (result), &error);

  if (image == NULL)
    fail (self, error);
  else
    reshoot_panel_references_add (self, image, NULL);
}

/* What is dropped or pasted, by its type. */
static gboolean
take_value (ReshootPanelReferences *self,
            const GValue           *value)
{
  if (G_VALUE_HOLDS (value, GDK_TYPE_FILE_LIST))
    {
      g_autoptr (GSList) files = gdk_file_list_get_files (g_value_get_boxed (value));

      reshoot_panel_references_take (self, files);
    }
  else if (G_VALUE_HOLDS (value, G_TYPE_FILE))
    {
      reshoot_panel_references_take (self, &(GSList) { .data = g_value_get_object (value) });
    }
  else if (G_VALUE_HOLDS (value, GDK_TYPE_TEXTURE))
    {
      g_autoptr (GTask) task = g_task_new (NULL, self->cancellable, texture_saved_cb,
                                           g_object_ref (self));

      g_task_set_source_tag (task, take_value);
      g_task_set_task_data (task, g_value_dup_object (value), g_object_unref);
      g_task_run_in_thread (task, save_texture);
    }
  else
    {
      return FALSE;
    }

  return TRUE;
}

static gboolean
drop_cb (GtkDropTarget *target,
         const GValue  *value,
         double         x,
         double         y,
         gpointer       user_data)
{
  return take_value (user_data, value);
}

static void
clipboard_read_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (ReshootPanelReferences) self = user_data;
  const GValue *value = gdk_clipboard_read_value_finish (GDK_CLIPBOARD (source), result, NULL);

  if (value != NULL)
    take_value (self, value);
  else if (!g_cancellable_is_cancelled (self->cancellable))
    adw_expander_row_set_subtitle (ADW_EXPANDER_ROW (self),
                                   _("There is no picture on the clipboard"));
}

static void
paste_cb (GtkWidget  *widget,
          const char *name,
          GVariant   *parameter)
{
  ReshootPanelReferences *self = RESHOOT_PANEL_REFERENCES (widget);
  GdkClipboard *clipboard = gtk_widget_get_clipboard (widget);
  GdkContentFormats *formats = gdk_clipboard_get_formats (clipboard);
  gboolean files = gdk_content_formats_contain_gtype (formats, GDK_TYPE_FILE_LIST)
                   || gdk_content_formats_contain_mime_type (formats, "text/uri-list");

  gdk_clipboard_read_value_async (clipboard, files ? GDK_TYPE_FILE_LIST : GDK_TYPE_TEXTURE,
                                  G_PRIORITY_DEFAULT, self->cancellable, clipboard_read_cb,
                                  g_object_ref (self));
}

static void
chosen_cb (GtkFileChooserNative *dialog,
           int                   response,
           gpointer              user_data)
{
  G_GNUC_UNUSED g_autoptr (GtkFileChooserNative) owned = dialog;
  g_autoptr (GListModel) files = NULL;

  if (response != GTK_RESPONSE_ACCEPT)
    return;

  files = gtk_file_chooser_get_files (GTK_FILE_CHOOSER (dialog));
  for (guint i = 0; i < g_list_model_get_n_items (files); i++)
    {
      g_autoptr (GFile) file = g_list_model_get_item (files, i);

      reshoot_panel_references_take (user_data, &(GSList) { .data = file });
    }
}

static void
add_cb (GtkWidget  *widget,
        const char *name,
        GVariant   *parameter)
{
  static const char *const types[] = { "image/png", "image/jpeg", "image/webp", "image/tiff" };
  GtkRoot *root = gtk_widget_get_root (widget);
  g_autoptr (GtkFileFilter) filter = gtk_file_filter_new ();
  GtkFileChooserNative *dialog =
    gtk_file_chooser_native_new (_("Add Pictures to Go Along"), GTK_WINDOW (root),
                                 GTK_FILE_CHOOSER_ACTION_OPEN, NULL, NULL);

  gtk_file_filter_set_name (filter, _("Pictures"));
  for (guint i = 0; i < G_N_ELEMENTS (types); i++)
    gtk_file_filter_add_mime_type (filter, types[i]);
  gtk_file_chooser_add_filter (GTK_FILE_CHOOSER (dialog), filter);
  gtk_file_chooser_set_select_multiple (GTK_FILE_CHOOSER (dialog), TRUE);
  gtk_native_dialog_set_modal (GTK_NATIVE_DIALOG (dialog), TRUE);
  g_signal_connect_object (dialog, "response", G_CALLBACK (chosen_cb), widget, 0);
  gtk_native_dialog_show (GTK_NATIVE_DIALOG (dialog));
}

static void
reshoot_panel_references_dispose (GObject *object)
{
  ReshootPanelReferences *self = RESHOOT_PANEL_REFERENCES (object);

  g_cancellable_cancel (self->cancellable);
  if (self->models != NULL)
    g_signal_handlers_disconnect_by_data (self->models, self);
  g_clear_object (&self->models);

  G_OBJECT_CLASS (reshoot_panel_references_parent_class)->dispose (object);
}

static void
reshoot_panel_references_finalize (GObject *object)
{
  ReshootPanelReferences *self = RESHOOT_PANEL_REFERENCES (object);

  g_ptr_array_unref (self->rows);
  g_clear_object (&self->cancellable);

  G_OBJECT_CLASS (reshoot_panel_references_parent_class)->finalize (object);
}

static void
reshoot_panel_references_class_init (ReshootPanelReferencesClass *klass)
{
  GObjectClass *object_class = G_OBJECT_CLASS (klass);
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);

  object_class->dispose = reshoot_panel_references_dispose;
  object_class->finalize = reshoot_panel_references_finalize;

  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);

  /* With the focus in here a picture on the clipboard is meant for here, not for the project. */
  gtk_widget_class_install_action (widget_class, "references.add", NULL, add_cb);
  gtk_widget_class_install_action (widget_class, "references.paste", NULL, paste_cb);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_v, GDK_CONTROL_MASK,
                                       "references.paste", NULL);
}

static void
reshoot_panel_references_init (ReshootPanelReferences *self)
{
  GType types[] = { GDK_TYPE_FILE_LIST, G_TYPE_FILE, GDK_TYPE_TEXTURE };
  GtkDropTarget *target = gtk_drop_target_new (G_TYPE_INVALID, GDK_ACTION_COPY);

  self->rows = g_ptr_array_new ();
  self->cancellable = g_cancellable_new ();
  /* Translators: a row of the panel: the pictures that go along beside the one that is edited. */
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self), _("References"));
  self->paste = add_button (GTK_WIDGET (self), "edit-paste-symbolic",
                            _("Paste a picture to go along"));
  self->add = add_button (GTK_WIDGET (self), "list-add-symbolic", _("Add pictures to go along"));
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->paste), "references.paste");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (self->add), "references.add");

  gtk_drop_target_set_gtypes (target, types, G_N_ELEMENTS (types));
  g_signal_connect_object (target, "drop", G_CALLBACK (drop_cb), self, 0);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (target));
  update (self);
}

/**
 * reshoot_panel_references_set_models:
 * @self: the references
 * @models: (element-type ReshootModel): who is asked; it is followed
 */
void
reshoot_panel_references_set_models (ReshootPanelReferences *self,
                                     GListModel             *models)
{
  g_return_if_fail (RESHOOT_IS_PANEL_REFERENCES (self));
  g_return_if_fail (self->models == NULL);

  self->models = g_object_ref (models);
  g_signal_connect_object (models, "items-changed", G_CALLBACK (update), self, G_CONNECT_SWAPPED);
  update (self);
}

/**
 * reshoot_panel_references_add:
 * @self: the references
 * @image: one more picture to go along
 * @name: (nullable): what it is called
 */
void
reshoot_panel_references_add (ReshootPanelReferences *self,
                              ReshootImage           *image,
                              const char             *name)
{
  GtkWidget *row, *menu, *button;
  g_autofree char *remove = NULL;

  g_return_if_fail (RESHOOT_IS_PANEL_REFERENCES (self));
  g_return_if_fail (RESHOOT_IS_IMAGE (image));

  /* Translators: the name of a picture that came from the clipboard. */
  name = name != NULL ? name : _("Pasted picture");
  /* Translators: a button's name; %s is the name of a picture, which goes along no more. */
  remove = g_strdup_printf (_("Leave “%s” out"), name);

  row = adw_action_row_new ();
  /* Beside the menu is no room for a name: the picture says which it is, and the tooltip. */
  gtk_widget_set_tooltip_text (row, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (row), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_prefix (ADW_ACTION_ROW (row), create_thumbnail (self, image));
  menu = create_menu (self, name);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), menu);
  button = add_button (row, "window-close-symbolic", remove);
  g_signal_connect_object (button, "clicked", G_CALLBACK (remove_clicked_cb), self, 0);
  g_object_set_data_full (G_OBJECT (row), "image", g_object_ref (image), g_object_unref);
  g_object_set_data (G_OBJECT (row), "menu", menu);

  g_ptr_array_add (self->rows, row);
  adw_expander_row_add_row (ADW_EXPANDER_ROW (self), row);
  tell (self);
  adw_expander_row_set_expanded (ADW_EXPANDER_ROW (self), TRUE);
}

/**
 * reshoot_panel_references_add_as:
 * @self: the references
 * @image: one more picture to go along
 * @name: (nullable): what it is called
 * @role: (nullable): what it is there for; one that is not known is no role
 */
void
reshoot_panel_references_add_as (ReshootPanelReferences *self,
                                 ReshootImage           *image,
                                 const char             *name,
                                 const char             *role)
{
  g_return_if_fail (RESHOOT_IS_PANEL_REFERENCES (self));

  reshoot_panel_references_add (self, image, name);
  for (guint i = 0; i < G_N_ELEMENTS (roles); i++)
    if (g_strcmp0 (roles[i], role) == 0)
      gtk_drop_down_set_selected (get_menu (self->rows->pdata[self->rows->len - 1]), i);
}

/**
 * reshoot_panel_references_get_name:
 * @self: the references
 * @index: of a picture that goes along, from 0
 *
 * Returns: (transfer none): what it is called
 */
const char *
reshoot_panel_references_get_name (ReshootPanelReferences *self,
                                   guint                   index)
{
  g_return_val_if_fail (RESHOOT_IS_PANEL_REFERENCES (self), NULL);
  g_return_val_if_fail (index < self->rows->len, NULL);

  return gtk_widget_get_tooltip_text (self->rows->pdata[index]);
}

/**
 * reshoot_panel_references_clear:
 * @self: the references
 *
 * No picture goes along any more, nor what is on its way.
 */
void
reshoot_panel_references_clear (ReshootPanelReferences *self)
{
  g_return_if_fail (RESHOOT_IS_PANEL_REFERENCES (self));

  g_cancellable_cancel (self->cancellable);
  g_object_unref (self->cancellable);
  self->cancellable = g_cancellable_new ();
  if (self->rows->len == 0)
    return;

  for (guint i = 0; i < self->rows->len; i++)
    adw_expander_row_remove (ADW_EXPANDER_ROW (self), self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  tell (self);
}

/**
 * reshoot_panel_references_take:
 * @self: the references
 * @files: (element-type GFile): pictures to go along; they are loaded first
 */
void
reshoot_panel_references_take (ReshootPanelReferences *self,
                               GSList                 *files)
{
  g_return_if_fail (RESHOOT_IS_PANEL_REFERENCES (self));

  for (GSList *l = files; l != NULL; l = l->next)
    {
      Load *load = g_new0 (Load, 1);

      load->self = g_object_ref (self);
      load->name = g_file_get_basename (l->data);
      reshoot_image_load_async (l->data, self->cancellable, loaded_cb, load);
    }
}

/**
 * reshoot_panel_references_fill:
 * @self: the references
 * @pictures: (element-type ReshootRequestPicture): gets those that go along, which live as long as they are shown
 */
void
reshoot_panel_references_fill (ReshootPanelReferences *self,
                               GArray                 *pictures)
{
  g_return_if_fail (RESHOOT_IS_PANEL_REFERENCES (self));

  for (guint i = 0; i < self->rows->len; i++)
    {
      gpointer row = self->rows->pdata[i];
      ReshootRequestPicture picture = {
        roles[gtk_drop_down_get_selected (get_menu (row))], get_image (row), NULL
      };

      g_array_append_val (pictures, picture);
    }
}

/**
 * reshoot_panel_references_check:
 * @self: the references
 * @error: return location
 *
 * Fails as reshoot_model_check_references().
 *
 * Returns: whether every model that is asked takes as many as there are
 */
gboolean
reshoot_panel_references_check (ReshootPanelReferences  *self,
                                GError                 **error)
{
  ReshootModel *strictest;

  g_return_val_if_fail (RESHOOT_IS_PANEL_REFERENCES (self), FALSE);

  strictest = find_strictest (self);
  return strictest == NULL || reshoot_model_check_references (strictest, self->rows->len, error);
}
