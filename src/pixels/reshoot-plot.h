/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/**
 * ReshootPlotBar:
 *
 * One line of a plot.
 */
typedef struct
{
  char   *label;    /* (owned) */
  double  value;    /* from 0; NAN = too little is known to say it */
  double  more;     /* on top of it, in the second pattern; NAN = none */
  double  high;     /* how far the whisker goes; NAN = none */
  guint   n;        /* of how many */
  char   *words;    /* (owned): what it says, for people, with n */
} ReshootPlotBar;

/**
 * ReshootPlot:
 *
 * Bars below each other, in one unit. All words come from outside.
 */
typedef struct
{
  char      *key;       /* (owned): the plot's name for machines */
  char      *title;     /* (owned) */
  char      *first;     /* (owned): what the bar is */
  char      *second;    /* (owned) (nullable): what lies on top of it */
  char      *whisker;   /* (owned) (nullable): what the whisker is */
  GPtrArray *bars;      /* (owned): of ReshootPlotBar */
} ReshootPlot;

typedef enum
{
  RESHOOT_PLOT_SVG,
  RESHOOT_PLOT_PNG,
} ReshootPlotFormat;

ReshootPlot *reshoot_plot_new     (const char         *key,
                                   const char         *title,
                                   const char         *first,
                                   const char         *second,
                                   const char         *whisker) G_GNUC_WARN_UNUSED_RESULT;
void         reshoot_plot_add_bar (ReshootPlot        *self,
                                   const char         *label,
                                   double              value,
                                   double              more,
                                   double              high,
                                   guint               n,
                                   const char         *words);
void         reshoot_plot_free    (ReshootPlot        *self);
GBytes      *reshoot_plots_write  (GPtrArray          *plots,
                                   ReshootPlotFormat   format,
                                   gboolean            is_dark,
                                   GError            **error) G_GNUC_WARN_UNUSED_RESULT;
char        *reshoot_plots_to_csv (GPtrArray          *plots) G_GNUC_WARN_UNUSED_RESULT;

G_DEFINE_AUTOPTR_CLEANUP_FUNC (ReshootPlot, reshoot_plot_free)

G_END_DECLS
