/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* The keys of services: which there are, putting one into the keyring, trying one, forgetting one. A key is read from
 * the terminal without showing it, or from standard input; never from an argument, which other programs can see. */

#include "config.h"

#include "reshoot-cli-private.h"

#include "reshoot-error.h"
#include "reshoot-words.h"

#include <glib-unix.h>
#include <glib/gi18n-lib.h>
#include <string.h>
#include <termios.h>
#include <unistd.h>

/* In bytes; no service has longer ones. */
#define MAX_KEY 4096

typedef struct
{
  GString  *text;
  gboolean  ended;
} Reading;

static gboolean
input_readable_cb (int          fd,
                   GIOCondition condition,
                   gpointer     user_data)
{
  Reading *reading = user_data;
  char bytes[256];
  gssize n = read (fd, bytes, sizeof bytes);
  const char *end = n > 0 ? memchr (bytes, '\n', (gsize) n) : NULL;

  if (n > 0)
    g_string_append_len (reading->text, bytes, end != NULL ? end - bytes : n);

  explicit_bzero (bytes, sizeof bytes);
  reading->ended = n <= 0 || end != NULL || reading->text->len > MAX_KEY;
  return reading->ended ? G_SOURCE_REMOVE : G_SOURCE_CONTINUE;
}

static gboolean
cancelled_cb (GCancellable *cancellable,
              gpointer      user_data)
{
  return G_SOURCE_REMOVE;
}

/* One line, with Ctrl-C minded. */
static char *
read_line (ReshootCli  *cli,
           GError     **error)
{
  g_autoptr (GSource) cancelled = g_cancellable_source_new (cli->cancellable);
  Reading reading = { g_string_new (NULL), FALSE };
  guint id = g_unix_fd_add (STDIN_FILENO, G_IO_IN | G_IO_HUP | G_IO_ERR, input_readable_cb,
                            &reading);

  g_source_set_callback (cancelled, G_SOURCE_FUNC (cancelled_cb), NULL, NULL);
  g_source_attach (cancelled, NULL);
  while (!reading.ended && !g_cancellable_is_cancelled (cli->cancellable))
    g_main_context_iteration (NULL, TRUE);

  if (!reading.ended)
    g_source_remove (id);
  g_source_destroy (cancelled);

  if (g_cancellable_set_error_if_cancelled (cli->cancellable, error))
    {
      g_string_free (reading.text, TRUE);
      return NULL;
    }

  return g_string_free (reading.text, FALSE);
}

static char *
read_key (ReshootCli  *cli,
          const char  *provider,
          GError     **error)
{
  g_autofree char *prompt = NULL;
  struct termios before;
  struct termios silent;
  char *key;

  if (tcgetattr (STDIN_FILENO, &before) != 0)
    return read_line (cli, error);

  /* Translators: asks for a key in a terminal; %s is the short name of a service. */
  prompt = g_strdup_printf (_("Key for %s (it is not shown): "), provider);
  silent = before;
  silent.c_lflag &= ~(tcflag_t) (ECHO | ECHONL);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &silent);
  g_printerr ("%s", prompt);
  key = read_line (cli, error);
  tcsetattr (STDIN_FILENO, TCSAFLUSH, &before);
  g_printerr ("\n");
  return key;
}

static gboolean
set_key (ReshootCli  *cli,
         const char  *provider,
         const char  *key,
         GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_session_set_key_async (cli->session, provider, key, cli->cancellable,
                                 reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  return reshoot_session_set_key_finish (cli->session, result, error);
}

/* What counts is said, so that nobody looks for a key in the wrong place. */
static void
print_variable (ReshootCli *cli,
                const char *provider)
{
  const char *variable = reshoot_session_get_key_variable (cli->session, provider);
  g_autofree char *words = NULL;

  if (g_strcmp0 (reshoot_session_get_key_place (cli->session, provider), "environment") != 0)
    return;

  /* Translators: %s is the name of an environment variable. */
  words = g_strdup_printf (_("The key in the environment, %s, goes before the one in the keyring."), variable);
  reshoot_cli_print (words);
}

static gboolean
run_set (ReshootCli  *cli,
         const char  *provider,
         gboolean     json,
         GError     **error)
{
  g_autofree char *key = NULL;
  gboolean done;

  if (reshoot_session_get_key_variable (cli->session, provider) == NULL)
    {
      reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "provider", provider, "no keys there");
      return FALSE;
    }

  key = read_key (cli, provider, error);
  if (key == NULL)
    return FALSE;

  done = set_key (cli, provider, key, error);
  explicit_bzero (key, strlen (key));
  if (!done)
    return FALSE;

  reshoot_cli_print (_("The key is in the keyring."));
  print_variable (cli, provider);
  return TRUE;
}

static gboolean
run_forget (ReshootCli  *cli,
            const char  *provider,
            gboolean     json,
            GError     **error)
{
  if (!set_key (cli, provider, NULL, error))
    return FALSE;

  reshoot_cli_print (_("The keyring has no key for it."));
  print_variable (cli, provider);
  return TRUE;
}

static void
print_check (const char         *provider,
             const ReshootCheck *check,
             gboolean            json)
{
  g_autoptr (GString) words = g_string_new (provider);

  if (json)
    {
      JsonObject *object = json_object_new ();
      g_autoptr (JsonNode) node = NULL;

      reshoot_cli_set_text (object, "provider", provider);
      json_object_set_boolean_member (object, "accepted", TRUE);
      reshoot_cli_set_text (object, "account", check->account);
      reshoot_cli_set_number (object, "balance", reshoot_money_to_dollars (check->balance));
      reshoot_cli_set_text (object, "version", check->version);
      node = reshoot_cli_take_object (object);
      reshoot_cli_print_json (node);
      return;
    }

  g_string_append_printf (words, ": %s", _("the service accepts us"));
  if (check->account != NULL)
    /* Translators: whose account it is at a service. */
    g_string_append_printf (words, _(", account %s"), check->account);
  if (check->balance >= 0)
    {
      g_autofree char *left = g_strdup_printf ("$%.2f", reshoot_money_to_dollars (check->balance));

      /* Translators: what is left on an account at a service; %s is an amount of US dollars. */
      g_string_append_printf (words, _(", %s left"), left);
    }
  if (check->version != NULL)
    /* Translators: the version of a server's program. */
    g_string_append_printf (words, _(", version %s"), check->version);

  reshoot_cli_print (words->str);
}

static gboolean
run_test (ReshootCli  *cli,
          const char  *provider,
          gboolean     json,
          GError     **error)
{
  g_autoptr (GAsyncResult) result = NULL;
  g_auto (ReshootCheck) check = { .balance = RESHOOT_MONEY_UNKNOWN };

  reshoot_session_check_provider_async (cli->session, provider, cli->cancellable,
                                        reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  if (!reshoot_session_check_provider_finish (cli->session, result, &check, error))
    return FALSE;

  print_check (provider, &check, json);
  return TRUE;
}

static void
print_place (ReshootCli *cli,
             const char *provider,
             const char *variable,
             gboolean    json)
{
  const char *place = reshoot_session_get_key_place (cli->session, provider);
  /* Translators: where the key of a service is. */
  const char *where = place == NULL ? _("no key") : _("in the keyring");
  g_autofree char *words = NULL;

  if (json)
    {
      JsonObject *object = json_object_new ();
      g_autoptr (JsonNode) node = NULL;

      reshoot_cli_set_text (object, "provider", provider);
      reshoot_cli_set_text (object, "variable", variable);
      reshoot_cli_set_text (object, "place", place);
      node = reshoot_cli_take_object (object);
      reshoot_cli_print_json (node);
      return;
    }

  if (g_strcmp0 (place, "environment") == 0)
    /* Translators: where the key of a service is. */
    where = _("in the environment");

  words = g_strdup_printf ("%-16s %-20s %s", provider, variable, where);
  reshoot_cli_print (words);
}

static gboolean
run_list (ReshootCli  *cli,
          const char  *wanted,
          gboolean     json,
          GError     **error)
{
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (cli->session);
  g_autoptr (GList) providers = reshoot_catalogue_list_providers (catalogue);
  g_autoptr (GAsyncResult) result = NULL;

  reshoot_session_load_keys_async (cli->session, cli->cancellable, reshoot_cli_ready_cb, &result);
  reshoot_cli_await (&result);
  if (!reshoot_session_load_keys_finish (cli->session, result, error))
    return FALSE;

  for (GList *l = providers; l != NULL; l = l->next)
    {
      const char *variable = reshoot_session_get_key_variable (cli->session, l->data);

      if (variable != NULL && (wanted == NULL || g_str_equal (wanted, l->data)))
        print_place (cli, l->data, variable, json);
    }

  return TRUE;
}

static const struct
{
  const char  *name;
  gboolean     needs_provider;
  gboolean   (*run) (ReshootCli  *cli,
                     const char  *provider,
                     gboolean     json,
                     GError     **error);
} actions[] = {
  { "list", FALSE, run_list },
  { "set", TRUE, run_set },
  { "test", TRUE, run_test },
  { "forget", TRUE, run_forget },
};

static gboolean
run_key (ReshootCli           *cli,
         ReshootCliArguments  *arguments,
         GError              **error)
{
  const char *name = reshoot_cli_arguments_get_operand (arguments, 0);
  const char *provider = reshoot_cli_arguments_get_operand (arguments, 1);

  for (guint i = 0; i < G_N_ELEMENTS (actions); i++)
    {
      if (!g_str_equal (actions[i].name, name))
        continue;

      if (provider == NULL && actions[i].needs_provider)
        {
          reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "argument-missing",
                             "reshoot key list|set|test|forget PROVIDER", "no provider");
          return FALSE;
        }

      return actions[i].run (cli, provider, reshoot_cli_arguments_get_flag (arguments, "json"), error);
    }

  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, "key-action", name, "no such action");
  return FALSE;
}

static const ReshootCliOption key_options[] = {
  { "json", 0, RESHOOT_CLI_FLAG, NULL, N_("one JSON object a line, with list and test") },
  { NULL }
};

const ReshootCliCommand reshoot_cli_key_command = {
  "key", "list|set|test|forget [PROVIDER] [--json]",
  N_("keep the keys of services in the keyring, and try them for nothing"), key_options, 1, 2, run_key
};
