/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the services in front of Midjourney have in common: the one line that a prompt is, with the addresses of
 * pictures before the words and the settings behind them; what a request wants of an earlier result; and a grid of four
 * pictures as four results. Midjourney takes no instruction: it makes new pictures, guided by words and references. */

#include "reshoot-midjourney.h"
#include "reshoot-codec.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-step.h"

/* Nobody has tried Midjourney with "4000:2667". */
#define RATIO_TERM_MAX 64

/* How far from the true shape a simpler one may be. */
#define RATIO_TOLERANCE 0.002

typedef struct
{
  const char *parameter;   /* in the catalogue */
  const char *names[4];    /* as a person may have written it among the words */
} Flag;

static const Flag flags[] = {
  { "ar",    { "--ar", "--aspect" } },
  { "iw",    { "--iw" } },
  { "sref",  { "--sref" } },
  { "sw",    { "--sw" } },
  { "oref",  { "--oref" } },
  { "ow",    { "--ow" } },
  { "s",     { "--s", "--stylize" } },
  { "c",     { "--c", "--chaos" } },
  { "seed",  { "--seed" } },
  { "q",     { "--q", "--quality" } },
  { "raw",   { "--raw", "--style" } },
  { "draft", { "--draft" } },
  { "no",    { "--no" } },
  { "v",     { "--v", "--version", "--niji" } },
};

void
reshoot_midjourney_wish_clear (ReshootMidjourneyWish *wish)
{
  g_clear_pointer (&wish->task, g_free);
  *wish = (ReshootMidjourneyWish) { 0 };
}

/* What the request says, else the catalogue's default. */
static JsonObject *
dup_settings (const ReshootAsk *ask)
{
  static const char * const others[] = { "action", "index", "source_url", "reference", "publish" };
  JsonObject *settings = json_object_new ();

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    reshoot_codec_add_parameter (settings, ask->model, ask->request, flags[i].parameter);
  for (guint i = 0; i < G_N_ELEMENTS (others); i++)
    reshoot_codec_add_parameter (settings, ask->model, ask->request, others[i]);

  return settings;
}

static void
set_parameter_error (GError     **error,
                     const char  *name)
{
  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "parameter-value", name, "parameter %s", name);
}

/**
 * reshoot_midjourney_read_wish:
 * @ask: what is asked
 * @wish: (out caller-allocates): what it means
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "no-grid", where an earlier result is to be worked on and the step
 * worked from was not made by this service.
 *
 * Returns: whether @wish is set
 */
gboolean
reshoot_midjourney_read_wish (const ReshootAsk       *ask,
                              ReshootMidjourneyWish  *wish,
                              GError                **error)
{
  static const char * const names[] = { "imagine", "upscale", "variation", "reroll" };
  g_autoptr (JsonObject) settings = dup_settings (ask);
  const char *name = reshoot_json_get_string (settings, "action");
  double index = reshoot_json_get_number (settings, "index");
  g_autoptr (JsonObject) ticket = reshoot_codec_parse_json (ask->source_ticket);

  *wish = (ReshootMidjourneyWish) { 0 };
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (g_strcmp0 (name, names[i]) == 0)
      wish->action = (ReshootMidjourneyAction) i;

  if (wish->action == RESHOOT_MIDJOURNEY_IMAGINE)
    return TRUE;

  wish->index = index >= 1 && index <= 4 ? (guint) index : MIN (ask->source_take, 4);
  wish->task = g_strdup (reshoot_json_get_string (ticket, "id"));
  if (wish->task == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-grid", name,
                         "%s of a picture that this service did not make", name);
      return FALSE;
    }

  return TRUE;
}

/**
 * reshoot_midjourney_check_index:
 * @wish: what is wanted of an earlier result
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "no-index".
 *
 * Returns: whether @wish says which of the four pictures it is about, or is about all
 */
gboolean
reshoot_midjourney_check_index (ReshootMidjourneyWish  *wish,
                                GError                **error)
{
  if (wish->index > 0 || wish->action == RESHOOT_MIDJOURNEY_REROLL)
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "no-index", NULL, "which of the four pictures is not said");
  return FALSE;
}

/**
 * reshoot_midjourney_get_source_uri:
 * @ask: what is asked
 *
 * Returns: (nullable) (transfer none): where anybody can load the source: as the person says, else as it was published
 */
const char *
reshoot_midjourney_get_source_uri (const ReshootAsk *ask)
{
  const char *typed = reshoot_json_get_string (reshoot_request_get_parameters (ask->request), "source_url");

  return typed != NULL && *typed != '\0' ? typed : ask->public_uri;
}

/* Midjourney loads references itself, and only from addresses that end like the name of a picture. */
static gboolean
is_reference_uri (const char *uri)
{
  static const char * const extensions[] = { ".png", ".jpg", ".jpeg", ".webp", ".gif" };
  g_autofree char *lower = g_ascii_strdown (uri, -1);
  g_autoptr (GUri) parsed = g_uri_parse (uri, G_URI_FLAGS_ENCODED, NULL);

  if (parsed == NULL || g_uri_get_host (parsed) == NULL || g_uri_get_userinfo (parsed) != NULL ||
      strpbrk (uri, " \t\r\n\v\f") != NULL ||
      (!g_str_equal (g_uri_get_scheme (parsed), "https") && !g_str_equal (g_uri_get_scheme (parsed), "http")))
    return FALSE;

  for (guint i = 0; i < G_N_ELEMENTS (extensions); i++)
    if (g_str_has_suffix (lower, extensions[i]))
      return TRUE;

  return FALSE;
}

static gboolean
check_reference_uri (const char  *uri,
                     GError     **error)
{
  if (is_reference_uri (uri))
    return TRUE;

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "reference-address", uri,
                     "not an address of a picture that anybody can load");
  return FALSE;
}

/* A style may be a code instead of a picture. */
static gboolean
check_style (const char  *text,
             GError     **error)
{
  return text == NULL || strstr (text, "://") == NULL || check_reference_uri (text, error);
}

static gboolean
check_settings (JsonObject  *settings,
                GError     **error)
{
  const char *oref = reshoot_json_get_string (settings, "oref");
  const char *version = reshoot_json_get_string (settings, "v");
  const char *no = reshoot_json_get_string (settings, "no");
  const char *style = reshoot_json_get_string (settings, "sref");
  gboolean is_omni = oref != NULL || g_strcmp0 (reshoot_json_get_string (settings, "reference"), "oref") == 0;

  /* A value must not become a setting of its own. */
  if (no != NULL && (strstr (no, "--") != NULL || *no == '\0'))
    set_parameter_error (error, "no");
  else if (style != NULL && strstr (style, "--") != NULL)
    set_parameter_error (error, "sref");
  else if (is_omni && version != NULL && !g_str_equal (version, "7"))
    set_parameter_error (error, "oref");
  else
    return (oref == NULL || check_reference_uri (oref, error)) && check_style (style, error);

  return FALSE;
}

static gboolean
has_flag (GStrv       words,
          const Flag *flag)
{
  for (guint i = 0; words[i] != NULL; i++)
    for (guint j = 0; j < G_N_ELEMENTS (flag->names) && flag->names[j] != NULL; j++)
      if (g_ascii_strcasecmp (words[i], flag->names[j]) == 0)
        return TRUE;

  return FALSE;
}

/* The shape of the source in the smallest whole numbers that are near enough. */
static char *
dup_ratio (ReshootImage *input)
{
  double ratio = (double) reshoot_image_get_width (input) / reshoot_image_get_height (input);
  int best_width = 1;
  int best_height = 1;
  double best = INFINITY;

  for (int height = 1; height <= RATIO_TERM_MAX && best > RATIO_TOLERANCE; height++)
    {
      int width = CLAMP ((int) round (ratio * height), 1, RATIO_TERM_MAX);
      double distance = fabs (log (ratio) - log ((double) width / height));

      if (distance < best)
        {
          best = distance;
          best_width = width;
          best_height = height;
        }
    }

  return g_strdup_printf ("%d:%d", best_width, best_height);
}

/* Fills in what follows from the source: its shape, and what it is a reference for. */
static void
complete_settings (JsonObject       *settings,
                   const ReshootAsk *ask,
                   const char       *source_uri)
{
  const char *reference = reshoot_json_get_string (settings, "reference");

  if (!json_object_has_member (settings, "ar") && ask->input != NULL)
    {
      g_autofree char *ratio = dup_ratio (ask->input);

      json_object_set_string_member (settings, "ar", ratio);
    }

  if (source_uri != NULL && (g_strcmp0 (reference, "oref") == 0 || g_strcmp0 (reference, "sref") == 0) &&
      !json_object_has_member (settings, reference))
    json_object_set_string_member (settings, reference, source_uri);
}

static void
append_flag (GString    *prompt,
             JsonObject *settings,
             const Flag *flag)
{
  JsonNode *node = json_object_get_member (settings, flag->parameter);
  GType type = G_TYPE_INVALID;
  char number[G_ASCII_DTOSTR_BUF_SIZE];

  if (node != NULL && JSON_NODE_HOLDS_VALUE (node))
    type = json_node_get_value_type (node);

  if (type == G_TYPE_STRING)
    g_string_append_printf (prompt, " %s %s", flag->names[0], json_node_get_string (node));
  else if (type == G_TYPE_INT64)
    g_string_append_printf (prompt, " %s %" G_GINT64_FORMAT, flag->names[0], json_node_get_int (node));
  else if (type == G_TYPE_DOUBLE)
    g_string_append_printf (prompt, " %s %s", flag->names[0],
                            g_ascii_formatd (number, sizeof number, "%g", json_node_get_double (node)));
  else if (type == G_TYPE_BOOLEAN && json_node_get_boolean (node))
    g_string_append_printf (prompt, " %s", flag->names[0]);
}

/* A weight without what it weighs is refused by Midjourney. */
static gboolean
has_meaning (const char *parameter,
             JsonObject *settings,
             GStrv       words,
             gboolean    has_image)
{
  if (g_str_equal (parameter, "iw"))
    return has_image;
  if (g_str_equal (parameter, "sw"))
    return json_object_has_member (settings, "sref") || g_strv_contains ((const char * const *) words, "--sref");
  if (g_str_equal (parameter, "ow"))
    return json_object_has_member (settings, "oref") || g_strv_contains ((const char * const *) words, "--oref");

  return TRUE;
}

static GStrv
split_words (const char *text)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_auto (GStrv) pieces = g_strsplit_set (text, " \t\r\n\v\f", -1);

  for (guint i = 0; pieces[i] != NULL; i++)
    if (*pieces[i] != '\0')
      g_strv_builder_add (builder, pieces[i]);

  return g_strv_builder_end (builder);
}

/**
 * reshoot_midjourney_dup_prompt:
 * @ask: what is asked
 * @source_uri: (nullable): where anybody can load the source; %NULL where it goes along otherwise
 * @error: return location for an error
 *
 * The prompt is one line: line ends become spaces. A setting that the person has written among the words already stays
 * as it is and is not added. Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "reference-address" or
 * "parameter-value".
 *
 * Returns: (transfer full): the prompt
 */
char *
reshoot_midjourney_dup_prompt (const ReshootAsk  *ask,
                               const char        *source_uri,
                               GError           **error)
{
  g_autoptr (JsonObject) settings = dup_settings (ask);
  g_auto (GStrv) words = split_words (reshoot_request_get_instruction (ask->request));
  g_autofree char *line = g_strjoinv (" ", words);
  const char *reference = reshoot_json_get_string (settings, "reference");
  gboolean is_image = reference == NULL || g_str_equal (reference, "image");
  g_autoptr (GString) prompt = g_string_new (NULL);

  if (!check_settings (settings, error) ||
      (source_uri != NULL && !check_reference_uri (source_uri, error)))
    return NULL;

  /* Bytes that go along are an image prompt and nothing else. */
  if (source_uri == NULL && !is_image)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "needs-address", NULL,
                         "a picture without an address cannot be a reference for %s", reference);
      return NULL;
    }

  complete_settings (settings, ask, source_uri);
  if (source_uri != NULL && is_image)
    g_string_append_printf (prompt, "%s ", source_uri);
  g_string_append (prompt, line);

  for (guint i = 0; i < G_N_ELEMENTS (flags); i++)
    if (!has_flag (words, &flags[i]) && has_meaning (flags[i].parameter, settings, words, is_image))
      append_flag (prompt, settings, &flags[i]);

  return g_strdup (prompt->str);
}

/* Top left, top right, bottom left, bottom right: the order of the buttons U1 to U4. */
static void
add_grid (ReshootNext *next,
          const char  *uri)
{
  for (guint i = 0; i < 4; i++)
    {
      ReshootResult *result = reshoot_next_add_result (next, uri, NULL);

      result->part[0] = i % 2 * 0.5;
      result->part[1] = i / 2 * 0.5;
      result->part[2] = result->part[3] = 0.5;
    }
}

/**
 * reshoot_midjourney_take_results:
 * @address: which hosts may be called
 * @uris: (element-type utf8): where the pictures are
 * @is_grid: whether a single one is four in one
 * @next: (inout): becomes READY
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_PROTOCOL, reason "no-sample" or "foreign-address".
 *
 * Returns: whether there is something to load
 */
gboolean
reshoot_midjourney_take_results (ReshootAddress  *address,
                                 GPtrArray       *uris,
                                 gboolean         is_grid,
                                 ReshootNext     *next,
                                 GError         **error)
{
  next->charged = RESHOOT_CHARGED_YES;

  for (guint i = 0; i < uris->len; i++)
    if (!reshoot_address_may_be_called (address, g_ptr_array_index (uris, i)))
      {
        reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "foreign-address", NULL,
                           "a result is at an address that may not be called");
        return FALSE;
      }

  if (uris->len == 0)
    {
      reshoot_set_error (error, RESHOOT_ERROR_PROTOCOL, "no-sample", NULL, "ready, but without an address");
      return FALSE;
    }

  if (uris->len == 1 && is_grid)
    add_grid (next, g_ptr_array_index (uris, 0));
  else
    for (guint i = 0; i < uris->len; i++)
      reshoot_next_add_result (next, g_ptr_array_index (uris, i), NULL);

  return TRUE;
}
