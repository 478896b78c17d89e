/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include "reshoot-vote-view.h"
#include "reshoot-window.h"

G_BEGIN_DECLS

/* How much the header bar has room for. */
typedef enum
{
  ROOM_FOR_LITTLE,
  ROOM_FOR_MOST,
  ROOM_FOR_ALL,
  ROOM_FOR_VIEWS,
} ReshootRoom;

struct _ReshootWindow
{
  AdwApplicationWindow  parent_instance;

  AdwHeaderBar         *header;
  AdwWindowTitle       *title;
  GtkWidget            *switcher;
  AdwSplitButton       *open_button;
  GMenuModel           *open_menu;
  GtkMenuButton        *menu_button;
  GMenuModel           *primary_menu;
  GtkWidget            *undo_button;
  GtkWidget            *export_button;
  GtkToggleButton      *history_toggle;
  GtkToggleButton      *instruction_toggle;
  GMenu                *recent_section;
  GtkWidget            *recent_box;
  GtkListBox           *recent_list;
  GMenu                *bin_section;
  AdwToastOverlay      *toasts;
  GtkStack             *stack;
  AdwViewStack         *views;
  AdwViewSwitcherBar   *switcher_bar;
  ReshootEditView      *view;
  AdwBin               *compare_bin;
  AdwBin               *review_bin;
  AdwBin               *vote_bin;       /* visible as long as names are hidden */
  ReshootRowView       *compare;        /* (nullable): made soon after the first frames */
  ReshootReviewView    *review;         /* (nullable): the same */
  ReshootVoteView      *vote;           /* (nullable): where there was a vote */
  GtkEventController   *shortcuts;
  GtkWidget            *state;
  GtkLabel             *state_words;
  GtkWidget            *notice;
  GtkLabel             *notice_words;
  GtkWidget            *notice_retry;
  GtkBox               *notice_buttons;

  ReshootSession       *session;        /* (owned) */
  GSettings            *settings;       /* (owned) (nullable): where the schema is not installed */
  GCancellable         *cancellable;    /* of what is being opened */
  GSimpleActionGroup   *step_actions;   /* (owned): "step": on the step in question */
  GPtrArray            *notifications;  /* of char*: what the desktop was told, until the window is active */
  ReshootProject       *project;        /* (owned) (nullable) */
  AdwToast             *toast;          /* (weak) (nullable): the last one */
  char                 *instruction;    /* (nullable): to be filled in once the photo is there */
  GFile                *opening;        /* (owned) (nullable): the project that is being opened */
  GError               *trouble;        /* (owned) (nullable): what keeps the project from being stored */
  gint64                go_to;          /* the step to show once it is there; 0 = where the person was */
  ReshootImage         *dropped;        /* (owned) (nullable): came from a step, may become an original */
  char                 *dropped_name;   /* (nullable) */
  char                 *drag_folder;    /* (nullable): of files that are dragged out */
  GCancellable         *parcel;         /* (owned) (nullable): of the page for a reviewer that is being saved */
  gboolean              is_opening;
  gboolean              has_notice;     /* that nobody has closed, to be seen or not */
  ReshootRoom           room;
  guint                 header_id;      /* a header bar that is due to follow */
  guint                 rest_id;        /* makes what is not seen at once */
};

/* reshoot-window.c */
void reshoot_window_update_title      (ReshootWindow  *self);
void reshoot_window_set_project       (ReshootWindow  *self,
                                       ReshootProject *project);
void reshoot_window_notice            (ReshootWindow  *self,
                                       const char     *words,
                                       ReshootStep    *retry);
void reshoot_window_notice_add        (ReshootWindow  *self,
                                       const char     *label,
                                       const char     *action,
                                       GVariant       *target);
void reshoot_window_notice_error      (ReshootWindow  *self,
                                       const GError   *error,
                                       ReshootStep    *step);
void reshoot_window_set_opening       (ReshootWindow  *self,
                                       gboolean        is_opening);

/* reshoot-window-files.c */
void reshoot_window_take              (ReshootWindow  *self,
                                       ReshootImage   *image,
                                       const char     *name);
void reshoot_window_open_many         (ReshootWindow  *self,
                                       GSList         *files);
void reshoot_window_add_drop          (ReshootWindow  *self);
void reshoot_window_install_files     (GtkWidgetClass *widget_class);

ReshootWindow *reshoot_window_get_free (ReshootWindow *self);

/* reshoot-window-state.c */
void     reshoot_window_open_damaged  (ReshootWindow  *self);
void     reshoot_window_update_state  (ReshootWindow  *self);
void     reshoot_window_follow_state  (ReshootWindow  *self);
gboolean reshoot_window_take_trouble  (ReshootWindow  *self,
                                       const GError   *error);

/* reshoot-window-copy.c */
void reshoot_window_install_copy      (GtkWidgetClass *widget_class);

/* reshoot-window-parcel.c */
gboolean reshoot_window_is_verdicts   (GFile          *file);
void reshoot_window_install_parcel    (GtkWidgetClass *widget_class);

/* reshoot-window-figures.c */
void reshoot_window_install_figures   (GtkWidgetClass *widget_class);

/* reshoot-window-find.c */
void reshoot_window_go_to             (ReshootWindow  *self,
                                       gint64          number);
void reshoot_window_look_up           (ReshootWindow  *self,
                                       ReshootImage   *image,
                                       const char     *name);
void reshoot_window_install_find      (GtkWidgetClass *widget_class);

/* reshoot-window-steps.c */
void reshoot_window_follow_steps      (ReshootWindow  *self);
void reshoot_window_add_step_actions  (ReshootWindow  *self);
void reshoot_window_install_steps     (GtkWidgetClass *widget_class);

/* reshoot-window-arrivals.c */
void reshoot_window_add_arrivals      (ReshootWindow  *self);
void reshoot_window_install_arrivals  (GtkWidgetClass *widget_class);

/* reshoot-window-step-jobs.c */
void reshoot_window_update_step_jobs  (ReshootWindow  *self,
                                       ReshootStep    *step);
void reshoot_window_add_step_jobs     (ReshootWindow  *self);

/* reshoot-window-labels.c */
void reshoot_window_ask_labels        (ReshootWindow  *self,
                                       ReshootStep    *step);
void reshoot_window_show_notes        (ReshootWindow  *self,
                                       ReshootStep    *step);
void reshoot_window_add_note          (ReshootWindow  *self,
                                       ReshootStep    *step,
                                       const char     *text,
                                       double          x,
                                       double          y);
void reshoot_window_remove_note       (ReshootWindow  *self,
                                       ReshootStep    *step,
                                       const char     *uuid);

/* reshoot-window-index.c */
void reshoot_window_follow_recents    (ReshootWindow  *self);

/* reshoot-window-views.c */
void reshoot_window_update_header     (ReshootWindow  *self);
void reshoot_window_update_views      (ReshootWindow  *self);
gboolean reshoot_window_frame_cb      (GtkWidget      *widget,
                                       GdkFrameClock  *clock,
                                       gpointer        user_data);
void reshoot_window_update_room       (ReshootWindow  *self,
                                       int             width);

/* reshoot-window-vote.c */
gboolean reshoot_window_is_blind      (ReshootWindow  *self);
void reshoot_window_update_vote       (ReshootWindow  *self);
void reshoot_window_install_vote      (GtkWidgetClass *widget_class);

/* reshoot-window-place.c */
void reshoot_window_leave             (ReshootWindow  *self);
void reshoot_window_arrive            (ReshootWindow  *self);

/* reshoot-window-drag.c */
GdkContentProvider *reshoot_window_make_drag (ReshootWindow *self) G_GNUC_WARN_UNUSED_RESULT;

void reshoot_window_add_drag          (ReshootWindow  *self);
void reshoot_window_forget_drag       (ReshootWindow  *self);

/* reshoot-window-exchange.c */
void reshoot_window_install_exchange  (GtkWidgetClass *widget_class);

G_END_DECLS
