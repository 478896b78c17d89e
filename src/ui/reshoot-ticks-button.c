/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootTicksButton: two questions that a person answers of a result: did it do what was asked, and did anything else
 * change? Yes, no, or nothing said. It stores nothing. */

#include "config.h"

#include "reshoot-ticks-button.h"

#include <glib/gi18n.h>

#define N_ANSWERS (RESHOOT_ANSWER_NO + 1)

enum
{
  FOLLOWED,
  STRAYED,
  N_QUESTIONS
};

struct _ReshootTicksButton
{
  AdwBin           parent_instance;

  GtkMenuButton   *button;
  GtkToggleButton *answers[N_QUESTIONS][N_ANSWERS];
  gboolean         follows;   /* the answers follow what was set, not the person */
};

G_DEFINE_FINAL_TYPE (ReshootTicksButton, reshoot_ticks_button, ADW_TYPE_BIN)

enum
{
  ANSWERED,
  N_SIGNALS
};

static guint signals[N_SIGNALS];

static void
reshoot_ticks_button_class_init (ReshootTicksButtonClass *klass)
{
  signals[ANSWERED] = g_signal_new ("answered", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

/* Of two that change at once the one that was chosen tells. */
static void
toggled_cb (GtkToggleButton    *button,
            ReshootTicksButton *self)
{
  if (!self->follows && gtk_toggle_button_get_active (button))
    g_signal_emit (self, signals[ANSWERED], 0);
}

static void
add_question (ReshootTicksButton *self,
              GtkBox             *box,
              int                 question,
              const char         *words)
{
  /* Translators: answers to a question about a result; the first one: nothing is said. */
  const char *labels[N_ANSWERS] = { C_("answer", "Not Said"), C_("answer", "Yes"), C_("answer", "No") };
  GtkWidget *label = gtk_label_new (words);
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 0);

  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_widget_add_css_class (line, "linked");
  gtk_box_set_homogeneous (GTK_BOX (line), TRUE);
  for (int i = 0; i < N_ANSWERS; i++)
    {
      /* Yes and no first; nothing is the rest. */
      int answer = (i + 1) % N_ANSWERS;
      GtkWidget *button = gtk_toggle_button_new_with_label (labels[answer]);
      g_autofree char *spoken = g_strdup_printf ("%s %s", words, labels[answer]);

      self->answers[question][answer] = GTK_TOGGLE_BUTTON (button);
      if (i > 0)
        gtk_toggle_button_set_group (GTK_TOGGLE_BUTTON (button),
                                     self->answers[question][RESHOOT_ANSWER_YES]);
      gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                      spoken, -1);
      gtk_box_append (GTK_BOX (line), button);
    }

  gtk_toggle_button_set_active (self->answers[question][RESHOOT_ANSWER_NONE], TRUE);
  for (int i = 0; i < N_ANSWERS; i++)
    g_signal_connect_object (self->answers[question][i], "toggled", G_CALLBACK (toggled_cb), self, 0);

  gtk_box_append (box, label);
  gtk_box_append (box, line);
}

static ReshootAnswer
get_answer (ReshootTicksButton *self,
            int                 question)
{
  for (int i = 0; i < N_ANSWERS; i++)
    if (gtk_toggle_button_get_active (self->answers[question][i]))
      return (ReshootAnswer) i;

  return RESHOOT_ANSWER_NONE;
}

/* Ticked is what something was said of, whichever it was. */
static void
update_icon (ReshootTicksButton *self)
{
  gboolean is_said = get_answer (self, FOLLOWED) != RESHOOT_ANSWER_NONE
                     || get_answer (self, STRAYED) != RESHOOT_ANSWER_NONE;

  gtk_menu_button_set_icon_name (self->button,
                                 is_said ? "checkbox-checked-symbolic" : "checkbox-symbolic");
}

static void
reshoot_ticks_button_init (ReshootTicksButton *self)
{
  GtkWidget *button = gtk_menu_button_new ();
  GtkWidget *popover = gtk_popover_new ();
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);

  add_question (self, GTK_BOX (box), FOLLOWED, _("Did it do what was asked?"));
  add_question (self, GTK_BOX (box), STRAYED, _("Did anything else change?"));
  gtk_popover_set_child (GTK_POPOVER (popover), box);
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), popover);
  self->button = GTK_MENU_BUTTON (button);
  update_icon (self);
  gtk_widget_set_tooltip_text (button, _("Did It Do What Was Asked?"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Did it do what was asked?"), -1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (popover), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _("Did it do what was asked?"), -1);
  adw_bin_set_child (ADW_BIN (self), button);
}

/**
 * reshoot_ticks_button_set:
 * @self: a button
 * @followed: whether the result did what was asked
 * @strayed: whether anything else changed
 *
 * Shows what was said; the signal is for the person's own answers.
 */
void
reshoot_ticks_button_set (ReshootTicksButton *self,
                          ReshootAnswer       followed,
                          ReshootAnswer       strayed)
{
  g_return_if_fail (RESHOOT_IS_TICKS_BUTTON (self));

  self->follows = TRUE;
  gtk_toggle_button_set_active (self->answers[FOLLOWED][followed], TRUE);
  gtk_toggle_button_set_active (self->answers[STRAYED][strayed], TRUE);
  self->follows = FALSE;
  update_icon (self);
}

ReshootAnswer
reshoot_ticks_button_get_followed (ReshootTicksButton *self)
{
  g_return_val_if_fail (RESHOOT_IS_TICKS_BUTTON (self), RESHOOT_ANSWER_NONE);

  return get_answer (self, FOLLOWED);
}

ReshootAnswer
reshoot_ticks_button_get_strayed (ReshootTicksButton *self)
{
  g_return_val_if_fail (RESHOOT_IS_TICKS_BUTTON (self), RESHOOT_ANSWER_NONE);

  return get_answer (self, STRAYED);
}
