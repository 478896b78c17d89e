/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

#pragma once

/* How a report is written: as a page for a browser, or on paper. What is in it is the same. */

#include "reshoot-image.h"

G_BEGIN_DECLS

typedef struct _ReshootCliReport ReshootCliReport;

/* Headings; then, as often as there is need, tables, paragraphs, and rows of pictures with their own heading. */
typedef struct
{
  ReshootCliReport *(*begin)   (const char          *title);
  void     (*add_heading)      (ReshootCliReport    *self,
                                const char          *words);
  void     (*add_paragraph)    (ReshootCliReport    *self,
                                const char          *words);
  void     (*add_table)        (ReshootCliReport    *self,
                                const char * const  *cells,      /* row by row, the heads first */
                                guint                columns,
                                guint                rows);
  void     (*begin_row)        (ReshootCliReport    *self,
                                const char          *words);
  gboolean (*add_picture)      (ReshootCliReport    *self,
                                ReshootImage        *picture,    /* (nullable) */
                                const char          *instead,    /* where there is no picture: its step's state */
                                const char * const  *lines,      /* the model first */
                                gint64               id,
                                GError             **error);
  void     (*end_row)          (ReshootCliReport    *self);
  GBytes  *(*end)              (ReshootCliReport    *self,
                                GError             **error);
  void     (*free)             (ReshootCliReport    *self);
} ReshootCliReportKind;

extern const ReshootCliReportKind reshoot_cli_report_html;
extern const ReshootCliReportKind reshoot_cli_report_pdf;

G_END_DECLS
