/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootPanelKeep: what is to stay as it is, ticked rather than written. It becomes a plain sentence behind the words:
 * services read it, the studio understands it, and the step keeps it, so that the history tells what was really asked.
 * The sentence is English in every language, as models are trained. It is found again at the end of an instruction. */

#include "config.h"

#include "reshoot-panel-keep.h"

#include "reshoot-wrap-layout.h"

#include <glib/gi18n.h>
#include <string.h>

#define N_THINGS 4

/* All of them ticked. */
#define ALL ((1u << N_THINGS) - 1)

struct _ReshootPanelKeep
{
  AdwBin          parent_instance;

  GtkCheckButton *checks[N_THINGS];
  GtkWidget      *sent_box;
  GtkLabel       *sent;
  gboolean        is_setting;   /* all of them are being set */
};

G_DEFINE_FINAL_TYPE (ReshootPanelKeep, reshoot_panel_keep, ADW_TYPE_BIN)

enum
{
  CHANGED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *label;
  const char *tooltip;
  const char *words;
} things[N_THINGS] = {
  /* Translators: ticked where the product is to stay as it is. */
  { N_("Product"), N_("The product stays as it is"), "the product" },
  /* Translators: ticked where the label of a product is to stay as it is. */
  { N_("Label"), N_("Labels, logos and text stay as they are"), "the label" },
  /* Translators: ticked where the lighting of a picture is to stay as it is. */
  { N_("Lighting"), N_("The lighting stays as it is"), "the lighting" },
  /* Translators: ticked where what the picture shows, and from where, is to stay as it is. */
  { N_("Framing"), N_("The camera and the crop stay as they are"), "the framing" },
};

/* @kept: a bit for each thing, at least one. */
static char *
dup_sentence (guint kept)
{
  GString *text = g_string_new ("Keep ");
  guint n_left = 0;

  for (guint i = 0; i < N_THINGS; i++)
    n_left += (kept >> i) & 1;

  for (guint i = 0, n = n_left; i < N_THINGS; i++)
    if ((kept >> i) & 1)
      {
        g_string_append (text, things[i].words);
        n--;
        g_string_append (text, n > 1 ? ", " : n == 1 ? " and " : "");
      }

  g_string_append (text, n_left > 1 ? " exactly as they are." : " exactly as it is.");
  return g_string_free (text, FALSE);
}

/* Returns: (transfer full): the words before the sentence, whose things go into @kept */
static char *
split (const char *instruction,
       guint      *kept)
{
  for (*kept = ALL; *kept > 0; (*kept)--)
    {
      g_autofree char *sentence = dup_sentence (*kept);

      if (g_str_has_suffix (instruction, sentence))
        return g_strstrip (g_strndup (instruction, strlen (instruction) - strlen (sentence)));
    }

  return g_strstrip (g_strdup (instruction));
}

static guint
get_kept (ReshootPanelKeep *self)
{
  guint kept = 0;

  for (guint i = 0; i < N_THINGS; i++)
    if (gtk_check_button_get_active (self->checks[i]))
      kept |= 1u << i;

  return kept;
}

static void
toggled_cb (ReshootPanelKeep *self)
{
  if (!self->is_setting)
    g_signal_emit (self, signals[CHANGED], 0);
}

static GtkWidget *
new_checks (ReshootPanelKeep *self)
{
  GtkWidget *box = g_object_new (GTK_TYPE_BOX,
                                 "accessible-role", GTK_ACCESSIBLE_ROLE_GROUP,
                                 "layout-manager", g_object_new (RESHOOT_TYPE_WRAP_LAYOUT, NULL),
                                 NULL);

  gtk_accessible_update_property (GTK_ACCESSIBLE (box), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("What stays as it is"), -1);
  for (guint i = 0; i < N_THINGS; i++)
    {
      GtkWidget *check = gtk_check_button_new_with_label (_(things[i].label));

      gtk_widget_set_tooltip_text (check, _(things[i].tooltip));
      g_signal_connect_object (check, "toggled", G_CALLBACK (toggled_cb), self, G_CONNECT_SWAPPED);
      gtk_box_append (GTK_BOX (box), check);
      self->checks[i] = GTK_CHECK_BUTTON (check);
    }

  return box;
}

static GtkWidget *
new_sent (ReshootPanelKeep *self)
{
  self->sent = g_object_new (GTK_TYPE_LABEL,
                             "wrap", TRUE,
                             "wrap-mode", PANGO_WRAP_WORD_CHAR,
                             "xalign", 0.0,
                             "selectable", TRUE,
                             NULL);
  gtk_widget_add_css_class (GTK_WIDGET (self->sent), "caption");

  /* Translators: opens the words as a service will read them. */
  self->sent_box = gtk_expander_new (_("What is sent"));
  gtk_widget_set_tooltip_text (self->sent_box,
                               _("The words as services read them. Where references have a part to "
                                 "play, models that see several pictures are told so behind them."));
  gtk_expander_set_child (GTK_EXPANDER (self->sent_box), GTK_WIDGET (self->sent));
  gtk_widget_set_visible (self->sent_box, FALSE);
  return self->sent_box;
}

static void
reshoot_panel_keep_class_init (ReshootPanelKeepClass *klass)
{
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                   NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
reshoot_panel_keep_init (ReshootPanelKeep *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  /* Translators: stands before what is to stay as it is: the product, its label … */
  GtkWidget *heading = gtk_label_new (C_("what stays", "Keep"));

  gtk_label_set_xalign (GTK_LABEL (heading), 0);
  gtk_widget_add_css_class (heading, "caption-heading");
  gtk_box_append (GTK_BOX (box), heading);
  gtk_box_append (GTK_BOX (box), new_checks (self));
  gtk_box_append (GTK_BOX (box), new_sent (self));
  adw_bin_set_child (ADW_BIN (self), box);
}

/**
 * reshoot_panel_keep_add_words:
 * @self: what is kept
 * @words: what a person wrote
 *
 * Returns: (transfer full): the whole instruction; nothing if nothing was written
 */
char *
reshoot_panel_keep_add_words (ReshootPanelKeep *self,
                              const char       *words)
{
  g_autofree char *written = NULL;
  g_autofree char *sentence = NULL;
  const char *between;
  guint kept;

  g_return_val_if_fail (RESHOOT_IS_PANEL_KEEP (self), NULL);

  written = split (words, &kept);
  if (*written == '\0' || (kept | get_kept (self)) == kept)
    return g_strstrip (g_strdup (words));

  sentence = dup_sentence (kept | get_kept (self));
  between = strchr (".!?;,", written[strlen (written) - 1]) != NULL ? " " : ". ";
  return g_strconcat (written, between, sentence, NULL);
}

/**
 * reshoot_panel_keep_take_words:
 * @self: what is kept
 * @instruction: a whole instruction
 *
 * Ticks what the sentence at its end speaks of, and nothing else. An empty instruction changes nothing.
 *
 * Returns: (transfer full): the words before that sentence
 */
char *
reshoot_panel_keep_take_words (ReshootPanelKeep *self,
                               const char       *instruction)
{
  char *written;
  guint kept;

  g_return_val_if_fail (RESHOOT_IS_PANEL_KEEP (self), NULL);

  written = split (instruction, &kept);
  if (*written == '\0')
    {
      g_free (written);
      return g_strdup (instruction);
    }

  self->is_setting = TRUE;
  for (guint i = 0; i < N_THINGS; i++)
    gtk_check_button_set_active (self->checks[i], (kept >> i) & 1);
  self->is_setting = FALSE;

  return written;
}

/**
 * reshoot_panel_keep_show_sent:
 * @self: what is kept
 * @instruction: (nullable): what a service will read; %NULL if none will
 *
 * Lets people look at it.
 */
void
reshoot_panel_keep_show_sent (ReshootPanelKeep *self,
                              const char       *instruction)
{
  g_return_if_fail (RESHOOT_IS_PANEL_KEEP (self));

  gtk_widget_set_visible (self->sent_box, instruction != NULL && *instruction != '\0');
  gtk_label_set_text (self->sent, instruction != NULL ? instruction : "");
}
