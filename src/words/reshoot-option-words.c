/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The options of models by names for people. The services' own names are many words for few things. */

#include "config.h"

#include "reshoot-words.h"

#include <glib/gi18n-lib.h>

static const struct
{
  const char *name;
  const char *words;
} options[] = {
  { "acceleration", N_("Acceleration") },
  /* Translators: of a picture: how wide it is to how high. */
  { "ar", N_("Shape") },
  { "aspect_ratio", N_("Shape") },
  { "background", N_("Background") },
  /* Translators: how far Midjourney may stray: its “chaos”. */
  { "c", N_("Chaos") },
  /* Translators: a switch: a model checks what it made for what must not be shown, or does not. */
  { "disable_safety_checker", N_("No safety check") },
  /* Translators: a switch: a quicker, rougher result. */
  { "draft", N_("Draft") },
  { "enable_safety_checker", N_("Safety check") },
  { "enhance_prompt", N_("Let the service reword") },
  { "go_fast", N_("Faster, less exact") },
  /* Translators: how closely a model keeps to the words. */
  { "guidance", N_("Guidance") },
  { "guidance_scale", N_("Guidance") },
  /* Translators: how closely the source is kept. */
  { "input_fidelity", N_("Fidelity to the source") },
  /* Translators: how much the source counts beside the words. */
  { "iw", N_("Weight of the source") },
  { "negative_prompt", N_("Not wanted") },
  { "no", N_("Not wanted") },
  { "num_images", N_("Pictures at once") },
  /* Translators: how many steps a model computes. */
  { "num_inference_steps", N_("Steps of computing") },
  { "output_compression", N_("Compression") },
  { "output_format", N_("Format") },
  { "output_quality", N_("Quality of the file") },
  { "ow", N_("Weight of the object") },
  { "prompt_upsampling", N_("Let the service reword") },
  { "q", N_("Quality") },
  { "quality", N_("Quality") },
  /* Translators: a switch: Midjourney adds less of its own taste. */
  { "raw", N_("Plain style") },
  /* Translators: what the source is to Midjourney. */
  { "reference", N_("Source serves as") },
  { "region", N_("Computers in") },
  { "resolution_mode", N_("Shape") },
  { "s", N_("Stylize") },
  { "safety_tolerance", N_("Tolerance of the safety check") },
  /* Translators: the number from which a model draws its chance. */
  { "seed", N_("Seed") },
  { "size", N_("Size") },
  { "steps", N_("Steps of computing") },
  { "sw", N_("Weight of the style") },
  { "v", N_("Version") },
};

/**
 * reshoot_words_for_option:
 * @name: a parameter of a model
 *
 * Returns: (transfer full): what it is called; the service's own word where there is no other
 */
char *
reshoot_words_for_option (const char *name)
{
  char *own;

  g_return_val_if_fail (name != NULL, NULL);

  for (guint i = 0; i < G_N_ELEMENTS (options); i++)
    if (g_str_equal (options[i].name, name))
      return g_strdup (_(options[i].words));

  own = g_strdelimit (g_strdup (name), "_", ' ');
  *own = g_ascii_toupper (*own);
  return own;
}
