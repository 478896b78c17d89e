/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The text of a parcel's page: a contact sheet that needs no script, and the data and the script that make a review of
 * it. What strangers wrote comes in by two doors only: escaped as text of the sheet, or as JSON in which no `<` is
 * left. The policy lets run what we wrote, known by its digest, and lets nothing be asked for from anywhere. */

#include "reshoot-parcel-page.h"

#include <string.h>

#include "reshoot-history-resources.h"
#include "reshoot-json.h"
#include "reshoot-page.h"

#define RESOURCES "/io/github/reshoot/Reshoot/parcel/"

static GBytes *
load_part (const char *name)
{
  g_autofree char *path = g_strconcat (RESOURCES, name, NULL);

  return g_resource_lookup_data (reshoot_history_get_resource (), path,
                                 G_RESOURCE_LOOKUP_FLAGS_NONE, NULL);
}

static void
append_part (GString    *page,
             const char *name)
{
  g_autoptr (GBytes) part = load_part (name);
  gsize length;
  const char *text = g_bytes_get_data (part, &length);

  g_string_append_len (page, text, (gssize) length);
}

static char *
dup_source (const char *name)
{
  g_autoptr (GBytes) part = load_part (name);
  gsize length;
  const char *text = g_bytes_get_data (part, &length);

  return reshoot_page_dup_source (text, length);
}

/* The page up to the first picture. */
char *
reshoot_parcel_dup_head (JsonObject *words,
                         const char *title)
{
  g_autoptr (GString) page = g_string_new ("<!DOCTYPE html>\n");
  g_autofree char *script = dup_source ("parcel.js");
  g_autofree char *style = dup_source ("parcel.css");
  g_autofree char *name = reshoot_page_dup_escaped (title);
  g_autofree char *hint = reshoot_page_dup_escaped (json_object_get_string_member (words, "plain"));

  g_string_append_printf (page, "<html lang=\"%s\" dir=\"%s\">\n<head>\n<meta charset=\"utf-8\">\n",
                          json_object_get_string_member (words, "lang"),
                          json_object_get_string_member (words, "dir"));
  g_string_append_printf (page, "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; "
                          "script-src %s; style-src %s; img-src data: blob:; base-uri 'none'; form-action 'none'\">\n",
                          script, style);
  g_string_append (page, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
                   "<meta name=\"referrer\" content=\"no-referrer\">\n");
  g_string_append_printf (page, "<title>%s</title>\n<style>", name);
  append_part (page, "parcel.css");
  g_string_append_printf (page, "</style>\n</head>\n<body>\n<div class=\"plain\"><h1>%s</h1>"
                          "<p class=\"hint\">%s</p></div>\n<ol class=\"sheet\">\n", name, hint);
  return g_string_free (g_steal_pointer (&page), FALSE);
}

static char *
dup_base64 (ReshootImage *image)
{
  gsize length;
  const guint8 *data = g_bytes_get_data (reshoot_image_get_bytes (image), &length);

  return g_base64_encode (data, length);
}

static const char *
get_type (ReshootImage *image)
{
  return reshoot_image_get_format (image) == RESHOOT_IMAGE_FORMAT_PNG ? "image/png" : "image/jpeg";
}

static const char *
get_text (JsonObject *object,
          const char *name)
{
  return json_object_get_string_member_with_default (object, name, NULL);
}

/* A step on the contact sheet, and the picture for the review, which waits there as text. @picture is NULL where the
 * page has that one already. */
char *
reshoot_parcel_dup_figure (JsonObject   *step,
                           ReshootImage *small,
                           ReshootImage *picture)
{
  g_autoptr (GString) page = g_string_new (NULL);
  const char *instruction = get_text (step, "instruction");
  int id = (int) json_object_get_int_member (step, "id");
  int rating = (int) json_object_get_int_member (step, "rating");
  g_autofree char *told = reshoot_page_dup_escaped (instruction != NULL ? instruction : get_text (step, "title"));
  g_autofree char *model = reshoot_page_dup_escaped (get_text (step, "model"));
  g_autofree char *thumbnail = reshoot_page_dup_data (small);

  g_string_append_printf (page, "<li id=\"s-%d\"><figure><img alt=\"%d\" src=\"%s\">"
                          "<figcaption>%s<span class=\"facts\">%d%s%s", id, id, thumbnail, told, id,
                          *model != '\0' ? " · " : "", model);
  if (rating > 0)
    g_string_append (page, " · ");
  for (int i = 0; i < rating; i++)
    g_string_append (page, "★");
  g_string_append (page, "</span></figcaption></figure>");

  if (picture != NULL)
    {
      g_autofree char *encoded = dup_base64 (picture);

      g_string_append_printf (page, "<script type=\"text/plain\" id=\"p-%s\" data-type=\"%s\">%s</script>",
                              get_text (step, "digest"), get_type (picture), encoded);
    }

  g_string_append (page, "</li>\n");
  return g_string_free (g_steal_pointer (&page), FALSE);
}

/* The rest of the page: what is known of the steps, and what makes a review of it. */
char *
reshoot_parcel_dup_tail (JsonNode *parcel)
{
  g_autoptr (GString) page = g_string_new ("</ol>\n<script type=\"application/json\" id=\"parcel\">");
  g_autofree char *json = reshoot_json_to_text (parcel);

  /* Outside of strings JSON has none; inside of one `\u003c` is the same. */
  for (const char *at = json; *at != '\0'; at++)
    if (*at == '<')
      g_string_append (page, "\\u003c");
    else
      g_string_append_c (page, *at);

  g_string_append (page, "</script>\n<script>");
  append_part (page, "parcel.js");
  g_string_append (page, "</script>\n</body>\n</html>\n");
  return g_string_free (g_steal_pointer (&page), FALSE);
}
