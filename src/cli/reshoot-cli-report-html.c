/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* A report as one page for a browser. It needs neither a network nor a script, and nothing in it is taken for markup
 * but what we wrote. */

#include "config.h"

#include "reshoot-cli-report.h"

#include "reshoot-page.h"
#include "reshoot-words.h"

#include <string.h>

struct _ReshootCliReport
{
  GString *page;   /* (owned) */
};

static const char style[] =
  ":root{color-scheme:light dark;--ground:#fafafa;--raised:#fff;--line:#c8c8c8;--text:#1f1f1f;--quiet:#5a5a5a}"
  "@media(prefers-color-scheme:dark){:root{--ground:#222226;--raised:#2e2e32;--line:#4a4a50;--text:#f4f4f4;"
  "--quiet:#b8b8be}}"
  "body{background:var(--ground);color:var(--text);font:16px/1.5 system-ui,sans-serif;margin:0 auto;padding:24px;"
  "max-width:1200px;overflow-wrap:anywhere}"
  "h1{font-size:28px}h2{font-size:20px;margin-top:40px}h3{font-size:16px;white-space:pre-line}"
  ".row{display:grid;gap:16px;grid-template-columns:repeat(auto-fill,minmax(min(100%,240px),1fr));padding:0;"
  "list-style:none}"
  "figure{margin:0;background:var(--raised);border:1px solid var(--line);border-radius:8px;overflow:hidden}"
  "img{display:block;width:100%;height:240px;object-fit:contain;background:var(--ground)}"
  "figcaption{padding:8px 12px}.none{padding:48px 12px;text-align:center}"
  ".facts,.method{color:var(--quiet);font-size:14px}.facts{display:block}.method{max-width:72ch}"
  ".wide{overflow-x:auto}table{border-collapse:collapse;font-variant-numeric:tabular-nums;overflow-wrap:normal}"
  "th,td{border-bottom:1px solid var(--line);padding:6px 12px;text-align:end;vertical-align:top}"
  "th:first-child,td:first-child{text-align:start;padding-inline-start:0}"
  "@media print{figure,tr{break-inside:avoid}}";

static void
append_text (GString    *page,
             const char *before,
             const char *text,
             const char *after)
{
  g_autofree char *escaped = reshoot_page_dup_escaped (text);

  g_string_append (page, before);
  g_string_append (page, escaped);
  g_string_append (page, after);
}

static void
append_head (GString    *page,
             const char *title)
{
  g_autoptr (JsonNode) words = reshoot_words_for_parcel ();
  JsonObject *object = json_node_get_object (words);
  g_autofree char *source = reshoot_page_dup_source (style, strlen (style));

  g_string_append_printf (page, "<!DOCTYPE html>\n<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                          json_object_get_string_member (object, "lang"),
                          json_object_get_string_member (object, "dir"));
  g_string_append_printf (page, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                          "style-src %s; img-src data:; base-uri 'none'; form-action 'none'\">\n", source);
  g_string_append (page, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"referrer\" content=\"no-referrer\">\n");
  append_text (page, "<title>", title, "</title>\n<style>");
  g_string_append (page, style);
  append_text (page, "</style>\n</head>\n<body>\n<main>\n<h1>", title, "</h1>\n");
}

static ReshootCliReport *
begin (const char *title)
{
  ReshootCliReport *self = g_new0 (ReshootCliReport, 1);

  self->page = g_string_new (NULL);
  append_head (self->page, title);
  return self;
}

static void
add_heading (ReshootCliReport *self,
             const char       *words)
{
  append_text (self->page, "<h2>", words, "</h2>\n");
}

static void
add_paragraph (ReshootCliReport *self,
               const char       *words)
{
  append_text (self->page, "<p class=\"method\">", words, "</p>\n");
}

static void
add_table (ReshootCliReport   *self,
           const char * const *cells,
           guint               columns,
           guint               rows)
{
  g_string_append (self->page, "<div class=\"wide\" tabindex=\"0\"><table>\n<thead><tr>");
  for (guint i = 0; i < columns; i++)
    append_text (self->page, "<th scope=\"col\">", cells[i], "</th>");
  g_string_append (self->page, "</tr></thead>\n<tbody>\n");
  for (guint row = 1; row < rows; row++)
    {
      g_string_append (self->page, "<tr>");
      for (guint i = 0; i < columns; i++)
        append_text (self->page, "<td>", cells[row * columns + i], "</td>");
      g_string_append (self->page, "</tr>\n");
    }
  g_string_append (self->page, "</tbody></table></div>\n");
}

static void
begin_row (ReshootCliReport *self,
           const char       *words)
{
  append_text (self->page, "<h3>", words, "</h3>\n<ul class=\"row\">\n");
}

static gboolean
add_picture (ReshootCliReport    *self,
             ReshootImage        *picture,
             const char          *instead,
             const char * const  *lines,
             gint64               id,
             GError             **error)
{
  g_autofree char *data = picture != NULL ? reshoot_page_dup_data (picture) : NULL;

  g_string_append (self->page, "<li><figure>");
  if (data != NULL)
    g_string_append_printf (self->page, "<img alt=\"%" G_GINT64_FORMAT "\" src=\"%s\">", id, data);
  else
    append_text (self->page, "<div class=\"none\">", instead, "</div>");

  append_text (self->page, "<figcaption>", lines[0], "");
  for (guint i = 1; lines[i] != NULL; i++)
    append_text (self->page, "<span class=\"facts\">", lines[i], "</span>");
  g_string_append (self->page, "</figcaption></figure></li>\n");
  return TRUE;
}

static void
end_row (ReshootCliReport *self)
{
  g_string_append (self->page, "</ul>\n");
}

static GBytes *
end (ReshootCliReport  *self,
     GError           **error)
{
  g_string_append (self->page, "</main>\n</body>\n</html>\n");
  return g_string_free_to_bytes (g_steal_pointer (&self->page));
}

static void
report_free (ReshootCliReport *self)
{
  if (self->page != NULL)
    g_string_free (self->page, TRUE);
  g_free (self);
}

const ReshootCliReportKind reshoot_cli_report_html = {
  begin, add_heading, add_paragraph, add_table, begin_row, add_picture, end_row, end, report_free
};
