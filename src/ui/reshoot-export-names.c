/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The names of exported files, of a pattern that a person writes. What a title holds may be anything: what no file
 * system takes, or what would lead out of the folder, becomes a space. */

#include "reshoot-export-names.h"

#include "reshoot-step-words.h"

#include <string.h>

/* In bytes: file systems take 255, and an ending and a number come behind. */
#define MAX_NAME 200

static void
append_plain (GString    *name,
              const char *text)
{
  for (const char *at = text; *at != '\0' && name->len < MAX_NAME; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      gboolean plain = g_unichar_isprint (c) && strchr ("/\\:*?\"<>|",
                                                        (int) (c < 128 ? c : 'x')) == NULL;

      g_string_append_unichar (name, plain ? c : ' ');
    }
}

/*
 * reshoot_export_dup_name:
 * @pattern: with `{project}`, `{number}` and `{title}` where these go
 * @project: the project's name
 * @step: the step
 * @ending: of the file, without a dot
 *
 * Returns: (transfer full): a name, without a folder
 */
char *
reshoot_export_dup_name (const char  *pattern,
                         const char  *project,
                         ReshootStep *step,
                         const char  *ending)
{
  g_autofree char *title = reshoot_step_words_for_name (step);
  g_autofree char *number = g_strdup_printf ("%d", (int) reshoot_step_get_id (step));
  const struct
  {
    const char *key;
    const char *text;
  } parts[] = { { "{project}", project }, { "{number}", number }, { "{title}", title } };
  g_autoptr (GString) name = g_string_new (NULL);
  const char *at = pattern;

  while (*at != '\0')
    {
      gsize passed = 0;

      for (guint i = 0; i < G_N_ELEMENTS (parts) && passed == 0; i++)
        if (g_str_has_prefix (at, parts[i].key))
          {
            append_plain (name, parts[i].text);
            passed = strlen (parts[i].key);
          }

      if (passed == 0)
        {
          g_autofree char *one = NULL;

          passed = (gsize) (g_utf8_next_char (at) - at);
          one = g_strndup (at, passed);
          append_plain (name, one);
        }

      at += passed;
    }

  /* A name that begins with a dot would be hidden. */
  g_strchomp (name->str);
  while (*name->str == '.' || *name->str == ' ')
    memmove (name->str, name->str + 1, strlen (name->str));

  if (*name->str == '\0')
    return g_strdup_printf ("%s.%s", number, ending);

  return g_strdup_printf ("%s.%s", name->str, ending);
}

/*
 * reshoot_export_find_free:
 * @folder: a folder
 * @name: what a file in it shall be called
 *
 * Returns: (transfer full): that file, or the first of "NAME 2.png" and so on that is not there yet
 */
GFile *
reshoot_export_find_free (GFile      *folder,
                          const char *name)
{
  g_autoptr (GFile) file = g_file_get_child (folder, name);
  const char *dot = strrchr (name, '.');

  for (guint i = 2; g_file_query_exists (file, NULL); i++)
    {
      g_autofree char *other = g_strdup_printf ("%.*s %u%s", (int) (dot - name), name, i, dot);

      g_object_unref (file);
      file = g_file_get_child (folder, other);
    }

  return g_steal_pointer (&file);
}
