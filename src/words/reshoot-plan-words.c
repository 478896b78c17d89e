/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What the studio understood: an operation is a short phrase, such as "Background: white studio" or "Warmer, slightly",
 * and a plan is a line of them. */

#include "config.h"

#include "reshoot-words.h"

#include <glib/gi18n-lib.h>
#include <math.h>

static const struct
{
  const char *color;
  const char *name;
} colors[] = {
  /* Translators: colours, as in “Background: white studio”. */
  { "#ffffff", N_("white") }, { "#000000", N_("black") }, { "#808080", N_("grey") },
  { "#d3d3d3", N_("light grey") }, { "#a9a9a9", N_("dark grey") }, { "#f5f5dc", N_("beige") },
  { "#fffdd0", N_("cream") }, { "#fffff0", N_("ivory") }, { "#ff0000", N_("red") },
  { "#008000", N_("green") }, { "#0000ff", N_("blue") }, { "#add8e6", N_("light blue") },
  { "#000080", N_("navy") }, { "#ffff00", N_("yellow") }, { "#ffa500", N_("orange") },
  { "#ffc0cb", N_("pink") }, { "#800080", N_("purple") }, { "#a52a2a", N_("brown") },
  { "#9caf88", N_("sage") }, { "#e1ad01", N_("mustard") },
};

/* The tone and colour operations that go one way or the other. */
static const struct
{
  ReshootOperationKind kind;
  const char          *more;
  const char          *less;
} directions[] = {
  { RESHOOT_OPERATION_EXPOSURE, N_("Brighter"), N_("Darker") },
  { RESHOOT_OPERATION_CONTRAST, N_("More contrast"), N_("Less contrast") },
  { RESHOOT_OPERATION_HIGHLIGHTS, N_("Brighter highlights"), N_("Darker highlights") },
  { RESHOOT_OPERATION_SHADOWS, N_("Lighter shadows"), N_("Darker shadows") },
  { RESHOOT_OPERATION_BLACKS, N_("Lighter blacks"), N_("Deeper blacks") },
  { RESHOOT_OPERATION_TEMPERATURE, N_("Warmer"), N_("Cooler") },
  { RESHOOT_OPERATION_SATURATION, N_("More saturation"), N_("Less saturation") },
  { RESHOOT_OPERATION_VIBRANCE, N_("More vibrance"), N_("Less vibrance") },
  { RESHOOT_OPERATION_SHARPEN, N_("Sharper"), N_("Softer") },
  { RESHOOT_OPERATION_DENOISE, N_("Less noise"), N_("More grain") },
};

/* A plan says NAN for "not given"; an amount of nothing says as little. */
static gboolean
is_given (double amount)
{
  return !isnan (amount) && amount != 0;
}

static const char *
name_color (const char *color)
{
  for (guint i = 0; i < G_N_ELEMENTS (colors); i++)
    if (g_ascii_strcasecmp (colors[i].color, color) == 0)
      return _(colors[i].name);

  return color;
}

static char *
words_for_background (const ReshootOperation *operation)
{
  const char *color = name_color (operation->color);
  const char *fill = operation->fill != NULL ? operation->fill : "";

  if (g_str_equal (fill, "transparent"))
    return g_strdup (_("Background: transparent"));

  if (g_str_equal (fill, "blur"))
    return g_strdup (operation->level == RESHOOT_LEVEL_SLIGHT   ? _("Background: slightly blurred")
                     : operation->level == RESHOOT_LEVEL_STRONG ? _("Background: strongly blurred")
                                                                : _("Background: blurred"));

  if (g_str_equal (fill, "gradient"))
    /* Translators: two colours, such as white and light blue. */
    return g_strdup_printf (_("Background: from %s to %s"), color, name_color (operation->color2));

  if (g_str_equal (fill, "studio"))
    /* Translators: a seamless backdrop as in a photo studio; %s is a colour, such as white. */
    return g_strdup_printf (_("Background: %s studio"), *color != '\0' ? color : _("white"));

  /* Translators: %s is a colour, such as white. */
  return g_strdup_printf (_("Background: %s"), color);
}

static char *
words_for_shadow (const ReshootOperation *operation)
{
  if (g_strcmp0 (operation->sub, "none") == 0)
    return g_strdup (_("No shadow"));

  if (g_strcmp0 (operation->sub, "drop") == 0)
    return g_strdup (operation->level == RESHOOT_LEVEL_SLIGHT   ? _("Faint drop shadow")
                     : operation->level == RESHOOT_LEVEL_STRONG ? _("Strong drop shadow")
                                                                : _("Drop shadow"));

  return g_strdup (operation->level == RESHOOT_LEVEL_SLIGHT   ? _("Faint contact shadow")
                   : operation->level == RESHOOT_LEVEL_STRONG ? _("Strong contact shadow")
                                                              : _("Contact shadow"));
}

static char *
words_for_crop (const ReshootOperation *operation)
{
  gboolean around_product = g_strcmp0 (operation->sub, "product") == 0;

  if (operation->aspect_width > 0 && operation->aspect_width == operation->aspect_height)
    return g_strdup (around_product ? _("Crop to a square around the product") : _("Crop to a square"));

  if (operation->aspect_width > 0)
    return around_product
           /* Translators: a shape, such as 16:9. */
           ? g_strdup_printf (_("Crop to %g:%g around the product"),
                              operation->aspect_width, operation->aspect_height)
           /* Translators: a shape, such as 16:9. */
           : g_strdup_printf (_("Crop to %g:%g"), operation->aspect_width, operation->aspect_height);

  return g_strdup (around_product ? _("Crop around the product") : _("Crop"));
}

static char *
words_for_frame (const ReshootOperation *operation)
{
  if (operation->fill_share <= 0)
    return g_strdup (_("Trim to the product"));

  /* Translators: how much of the picture the product takes up, such as 85 %. */
  return g_strdup_printf (_("Frame: the product takes up %.0f %%"), operation->fill_share * 100);
}

static char *
words_for_canvas (const ReshootOperation *operation)
{
  if (operation->pad > 0)
    /* Translators: space added around the picture, such as 10 %. */
    return g_strdup_printf (_("Canvas: %.0f %% more on every side"), operation->pad * 100);

  if (operation->aspect_width > 0)
    /* Translators: a shape, such as 16:9, reached by adding space, not by cutting. */
    return g_strdup_printf (_("Canvas: extended to %g:%g"),
                            operation->aspect_width, operation->aspect_height);

  return g_strdup (_("Canvas: extended"));
}

static char *
words_for_turn (const ReshootOperation *operation)
{
  if (operation->kind == RESHOOT_OPERATION_FLIP)
    return g_strdup (g_strcmp0 (operation->sub, "vertical") == 0 ? _("Flipped top to bottom")
                                                                   : _("Flipped left to right"));

  if (!is_given (operation->degrees))
    return g_strdup (_("Straightened"));

  if (operation->degrees < 0)
    /* Translators: an angle in degrees. */
    return g_strdup_printf (_("Rotated %g° to the left"), -operation->degrees);

  /* Translators: an angle in degrees. */
  return g_strdup_printf (_("Rotated %g° to the right"), operation->degrees);
}

static char *
words_for_resize (const ReshootOperation *operation)
{
  if (operation->kind == RESHOOT_OPERATION_UPSCALE && operation->factor > 0)
    /* Translators: enlarged by resampling, such as 2 ×; it adds no detail. */
    return g_strdup_printf (_("Resampled to %g × the size"), operation->factor);

  if (operation->factor > 0)
    /* Translators: made smaller, such as 50 % of its size. */
    return g_strdup_printf (_("Resized to %g %% of the size"), operation->factor * 100);

  if (operation->long_edge > 0)
    return g_strdup_printf (_("Resized to %d pixels on the long side"), operation->long_edge);

  if (operation->min_long_edge > 0)
    return g_strdup_printf (_("At least %d pixels on the long side"), operation->min_long_edge);

  if (operation->width > 0 && operation->height > 0)
    /* Translators: width and height in pixels. */
    return g_strdup_printf (_("Resized to %d × %d pixels"), operation->width, operation->height);

  if (operation->width > 0)
    return g_strdup_printf (_("Resized to %d pixels wide"), operation->width);

  if (operation->height > 0)
    return g_strdup_printf (_("Resized to %d pixels high"), operation->height);

  return g_strdup (_("Resized"));
}

static char *
words_for_recolor (const ReshootOperation *operation)
{
  const char *target = operation->target != NULL ? operation->target : "product";
  const char *color = name_color (operation->color);

  if (g_str_has_prefix (target, "color:"))
    /* Translators: two colours: what is red becomes navy. */
    return g_strdup_printf (_("Recolored: %s to %s"), target + strlen ("color:"), color);

  /* Translators: a colour. */
  return g_strdup_printf (_("Product recolored to %s"), color);
}

static char *
words_for_tone (const ReshootOperation *operation)
{
  /* An exact amount carries its own sign. */
  double amount = is_given (operation->percent) ? operation->percent
                  : is_given (operation->ev)    ? operation->ev
                                                : operation->direction;

  for (guint i = 0; i < G_N_ELEMENTS (directions); i++)
    if (directions[i].kind == operation->kind)
      return g_strdup (amount < 0 ? _(directions[i].less) : _(directions[i].more));

  g_return_val_if_reached (g_strdup (""));
}

static char *
words_for_what (const ReshootOperation *operation)
{
  switch (operation->kind)
    {
    case RESHOOT_OPERATION_BACKGROUND:
      return words_for_background (operation);
    case RESHOOT_OPERATION_SHADOW:
      return words_for_shadow (operation);
    case RESHOOT_OPERATION_CROP:
      return words_for_crop (operation);
    case RESHOOT_OPERATION_FRAME:
      return words_for_frame (operation);
    case RESHOOT_OPERATION_CANVAS:
      return words_for_canvas (operation);
    case RESHOOT_OPERATION_STRAIGHTEN:
    case RESHOOT_OPERATION_ROTATE:
    case RESHOOT_OPERATION_FLIP:
      return words_for_turn (operation);
    case RESHOOT_OPERATION_RESIZE:
    case RESHOOT_OPERATION_UPSCALE:
      return words_for_resize (operation);
    case RESHOOT_OPERATION_WHITE_BALANCE:
      return g_strdup (_("White balance corrected"));
    case RESHOOT_OPERATION_AUTO_TONE:
      return g_strdup (_("Light evened out"));
    case RESHOOT_OPERATION_MONOCHROME:
      return g_strdup (g_strcmp0 (operation->sub, "sepia") == 0 ? _("Sepia") : _("Black and white"));
    case RESHOOT_OPERATION_RECOLOR:
      return words_for_recolor (operation);
    case RESHOOT_OPERATION_TEXT:
      /* Translators: words written onto the picture. */
      return g_strdup_printf (_("Text: “%s”"), operation->content != NULL ? operation->content : "");
    case RESHOOT_OPERATION_REPEAT:
      return g_strdup (_("The last edit again"));
    case RESHOOT_OPERATION_EXPOSURE:
    case RESHOOT_OPERATION_CONTRAST:
    case RESHOOT_OPERATION_HIGHLIGHTS:
    case RESHOOT_OPERATION_SHADOWS:
    case RESHOOT_OPERATION_BLACKS:
    case RESHOOT_OPERATION_TEMPERATURE:
    case RESHOOT_OPERATION_SATURATION:
    case RESHOOT_OPERATION_VIBRANCE:
    case RESHOOT_OPERATION_SHARPEN:
    case RESHOOT_OPERATION_DENOISE:
    default:
      return words_for_tone (operation);
    }
}

static char *
words_for_amount (const ReshootOperation *operation)
{
  ReshootOperationKind kind = operation->kind;

  /* These have said it already. */
  if (kind == RESHOOT_OPERATION_BACKGROUND || kind == RESHOOT_OPERATION_SHADOW)
    return NULL;

  if (is_given (operation->percent))
    /* Translators: an amount, such as 20 %. */
    return g_strdup_printf (_("%.0f %%"), fabs (operation->percent));

  if (is_given (operation->ev))
    /* Translators: exposure in stops (EV), such as 0.5 stops. */
    return g_strdup_printf (ngettext ("%g stop", "%g stops", fabs (operation->ev) == 1 ? 1 : 2),
                            fabs (operation->ev));

  if (operation->level == RESHOOT_LEVEL_SLIGHT)
    /* Translators: an amount, as in “Warmer, slightly”. */
    return g_strdup (_("slightly"));

  if (operation->level == RESHOOT_LEVEL_STRONG)
    /* Translators: an amount, as in “Warmer, strongly”. */
    return g_strdup (_("strongly"));

  return NULL;
}

/**
 * reshoot_words_for_operation:
 * @operation: an element of a plan
 *
 * Returns: (transfer full): a short phrase, such as "Background: white studio" or "Warmer, slightly"
 */
char *
reshoot_words_for_operation (const ReshootOperation *operation)
{
  g_autofree char *what = NULL;
  g_autofree char *amount = NULL;
  g_autofree char *joined = NULL;

  g_return_val_if_fail (operation != NULL, NULL);

  what = words_for_what (operation);
  amount = words_for_amount (operation);
  /* Translators: an operation and its amount or place, such as “Warmer, slightly”. */
  joined = amount != NULL ? g_strdup_printf (_("%s, %s"), what, amount) : g_steal_pointer (&what);

  if (operation->scope == RESHOOT_SCOPE_PRODUCT)
    return g_strdup_printf (_("%s, %s"), joined, _("product only"));

  if (operation->scope == RESHOOT_SCOPE_BACKGROUND)
    return g_strdup_printf (_("%s, %s"), joined, _("background only"));

  return g_steal_pointer (&joined);
}

static char *
join_operations (ReshootPlan *plan)
{
  GString *joined = g_string_new (NULL);

  for (guint i = 0; i < reshoot_plan_get_n_operations (plan); i++)
    {
      g_autofree char *phrase = reshoot_words_for_operation (reshoot_plan_get_operation (plan, i));

      g_string_append_printf (joined, "%s%s", i > 0 ? " · " : "", phrase);
    }

  return g_string_free (joined, FALSE);
}

/**
 * reshoot_words_for_plan:
 * @plan: what the studio understood
 *
 * One line: the operations in the order they run; or, where something is refused and so nothing runs, the first
 * refusal and what could be done without it.
 *
 * Returns: (transfer full): the line
 */
char *
reshoot_words_for_plan (ReshootPlan *plan)
{
  g_autofree char *operations = NULL;
  g_autofree char *refusal = NULL;

  g_return_val_if_fail (RESHOOT_IS_PLAN (plan), NULL);

  operations = join_operations (plan);
  if (reshoot_plan_get_n_refusals (plan) == 0)
    return g_steal_pointer (&operations);

  refusal = reshoot_words_for_refusal (reshoot_plan_get_refusal (plan, 0));
  if (*operations == '\0')
    return g_steal_pointer (&refusal);

  /* Translators: the first %s is a sentence that says what cannot be done, the second a list of operations. */
  return g_strdup_printf (_("%s The rest can be done: %s."), refusal, operations);
}
