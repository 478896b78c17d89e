/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A report on paper. */

#include "config.h"

#include "reshoot-cli-report.h"

#include "reshoot-paper.h"

struct _ReshootCliReport
{
  GOutputStream *stream;   /* (owned) */
  ReshootPaper  *paper;    /* (owned) */
};

static ReshootCliReport *
begin (const char *title)
{
  ReshootCliReport *self = g_new0 (ReshootCliReport, 1);

  self->stream = g_memory_output_stream_new_resizable ();
  self->paper = reshoot_paper_new (self->stream, title);
  return self;
}

static void
add_heading (ReshootCliReport *self,
             const char       *words)
{
  reshoot_paper_add_heading (self->paper, words);
}

static void
add_paragraph (ReshootCliReport *self,
               const char       *words)
{
  reshoot_paper_add_text (self->paper, words, TRUE);
}

static void
add_table (ReshootCliReport   *self,
           const char * const *cells,
           guint               columns,
           guint               rows)
{
  reshoot_paper_add_table (self->paper, cells, columns, rows);
}

static void
begin_row (ReshootCliReport *self,
           const char       *words)
{
  reshoot_paper_add_text (self->paper, words, FALSE);
}

static gboolean
add_picture (ReshootCliReport    *self,
             ReshootImage        *picture,
             const char          *instead,
             const char * const  *lines,
             gint64               id,
             GError             **error)
{
  g_autofree char *words = g_strjoinv ("\n", (char **) lines);

  return reshoot_paper_add_picture (self->paper, picture, instead, words, NULL, error);
}

static void
end_row (ReshootCliReport *self)
{
  reshoot_paper_end_row (self->paper);
}

static GBytes *
end (ReshootCliReport  *self,
     GError           **error)
{
  if (!reshoot_paper_finish (self->paper, error) ||
      !g_output_stream_close (self->stream, NULL, error))
    return NULL;

  return g_memory_output_stream_steal_as_bytes (G_MEMORY_OUTPUT_STREAM (self->stream));
}

static void
report_free (ReshootCliReport *self)
{
  reshoot_paper_free (self->paper);
  g_object_unref (self->stream);
  g_free (self);
}

const ReshootCliReportKind reshoot_cli_report_pdf = {
  begin, add_heading, add_paragraph, add_table, begin_row, add_picture, end_row, end, report_free
};
