/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* ReshootKeys: where the providers' keys are. The environment counts first, then the desktop's keyring, which is asked
 * for a second at most: without one, or with one that waits for a password, the program goes on without. A key that was
 * found is remembered for the life of the session and given to nobody but http. */

#include "reshoot-keys.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"

#include <libsecret/secret.h>

#define PATIENCE 1000   /* ms */

struct _ReshootKeys
{
  GObject           parent_instance;

  ReshootCatalogue *catalogue;
  GHashTable       *found;       /* provider → key, from the keyring */
  guint             patience;    /* ms */
  gboolean          is_silent;   /* it was waited for in vain, and has not answered since */
};

G_DEFINE_FINAL_TYPE (ReshootKeys, reshoot_keys, G_TYPE_OBJECT)

typedef struct
{
  char         *provider;
  GCancellable *cancellable;   /* ours: the caller's and the patience's together */
  gulong        cancelled_id;
  GSource      *timer;
  gboolean      returned;
} Lookup;

static void
lookup_free (Lookup *lookup)
{
  g_free (lookup->provider);
  g_object_unref (lookup->cancellable);
  g_free (lookup);
}

static const SecretSchema *
get_schema (void)
{
  static const SecretSchema schema = {
    "io.github.reshoot.Reshoot.Key", SECRET_SCHEMA_NONE,
    { { "provider", SECRET_SCHEMA_ATTRIBUTE_STRING }, { NULL, 0 } },
    0, NULL, NULL, NULL, NULL, NULL, NULL, NULL,
  };

  return &schema;
}

/* A key goes into a header: what no header may hold is no key. */
static char *
dup_clean (const char *text)
{
  g_autofree char *key = g_strstrip (g_strdup (text));

  for (const char *at = key; *at != '\0'; at++)
    if (!g_ascii_isgraph (*at))
      return NULL;

  return *key != '\0' ? g_steal_pointer (&key) : NULL;
}

/* A server of the person's own may have a key or none. */
static gboolean
is_needed (ReshootKeys *self,
           const char  *provider)
{
  JsonObject *key = reshoot_json_get_object (reshoot_catalogue_get_provider (self->catalogue, provider), "key");

  return key != NULL && !reshoot_json_get_boolean (key, "optional");
}

static const char *
get_variable (ReshootKeys *self,
              const char  *provider)
{
  JsonObject *json = reshoot_catalogue_get_provider (self->catalogue, provider);

  return reshoot_json_get_string (reshoot_json_get_object (json, "key"), "environment");
}

static char *
dup_from_environment (ReshootKeys *self,
                      const char  *provider)
{
  const char *variable = get_variable (self, provider);
  const char *text = variable != NULL ? g_getenv (variable) : NULL;

  return text != NULL ? dup_clean (text) : NULL;
}

static void
return_key (GTask *task)
{
  ReshootKeys *self = g_task_get_source_object (task);
  Lookup *lookup = g_task_get_task_data (task);
  const char *key = g_hash_table_lookup (self->found, lookup->provider);

  if (lookup->returned)
    return;

  lookup->returned = TRUE;
  g_cancellable_disconnect (g_task_get_cancellable (task), lookup->cancelled_id);
  g_source_destroy (lookup->timer);
  g_clear_pointer (&lookup->timer, g_source_unref);

  if (g_task_return_error_if_cancelled (task))
    return;

  if (key != NULL || !is_needed (self, lookup->provider))
    g_task_return_pointer (task, g_strdup (key), g_free);
  else
    g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_AUTH, "no-key",
                                                  get_variable (self, lookup->provider),
                                                  "no key for %s in the environment nor in the keyring",
                                                  lookup->provider));
}

static gboolean
patience_over_cb (gpointer user_data)
{
  g_autoptr (GTask) task = g_object_ref (user_data);
  Lookup *lookup = g_task_get_task_data (task);

  g_debug ("the keyring does not answer");
  RESHOOT_KEYS (g_task_get_source_object (task))->is_silent = TRUE;
  g_cancellable_cancel (lookup->cancellable);
  return_key (task);
  return G_SOURCE_REMOVE;
}

static void
caller_cancelled_cb (GCancellable *cancellable,
                     gpointer      user_data)
{
  g_cancellable_cancel (user_data);
}

/* This may come long after the patience is over; then nobody waits any more. */
static void
password_found_cb (GObject      *source,
                   GAsyncResult *result,
                   gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  ReshootKeys *self = g_task_get_source_object (task);
  Lookup *lookup = g_task_get_task_data (task);
  char *password = secret_password_lookup_finish (result, NULL);
  char *key = password != NULL ? dup_clean (password) : NULL;

  if (key != NULL)
    g_hash_table_insert (self->found, g_strdup (lookup->provider), key);
  secret_password_free (password);
  if (!g_cancellable_is_cancelled (lookup->cancellable))
    self->is_silent = FALSE;

  return_key (task);
}

static void
reshoot_keys_finalize (GObject *object)
{
  ReshootKeys *self = RESHOOT_KEYS (object);

  g_clear_object (&self->catalogue);
  g_clear_pointer (&self->found, g_hash_table_unref);

  G_OBJECT_CLASS (reshoot_keys_parent_class)->finalize (object);
}

static void
reshoot_keys_class_init (ReshootKeysClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = reshoot_keys_finalize;
}

static void
reshoot_keys_init (ReshootKeys *self)
{
  self->found = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  self->patience = PATIENCE;
}

/**
 * reshoot_keys_new:
 * @catalogue: names the variable of each provider's key
 *
 * Returns: (transfer full): the keys
 */
ReshootKeys *
reshoot_keys_new (ReshootCatalogue *catalogue)
{
  ReshootKeys *self = g_object_new (RESHOOT_TYPE_KEYS, NULL);

  self->catalogue = g_object_ref (catalogue);
  return self;
}

/**
 * reshoot_keys_set_patience:
 * @self: keys
 * @milliseconds: how long to wait for the keyring
 */
void
reshoot_keys_set_patience (ReshootKeys *self,
                           guint        milliseconds)
{
  g_return_if_fail (RESHOOT_IS_KEYS (self));

  self->patience = milliseconds;
}

/**
 * reshoot_keys_get_present:
 * @self: keys
 * @provider: a provider's short name
 *
 * Does not ask the keyring.
 *
 * Returns: whether a key is in the environment, or was found in the keyring before
 */
gboolean
reshoot_keys_get_present (ReshootKeys *self,
                          const char  *provider)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (RESHOOT_IS_KEYS (self), FALSE);

  key = dup_from_environment (self, provider);
  return key != NULL || g_hash_table_contains (self->found, provider);
}

/**
 * reshoot_keys_lookup_async:
 * @self: keys
 * @provider: a provider's short name
 * @cancellable: (nullable): to stop
 * @callback: called when it is done, after a second at the latest
 * @user_data: for @callback
 */
void
reshoot_keys_lookup_async (ReshootKeys         *self,
                           const char          *provider,
                           GCancellable        *cancellable,
                           GAsyncReadyCallback  callback,
                           gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *key = NULL;
  Lookup *lookup;

  g_return_if_fail (RESHOOT_IS_KEYS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_keys_lookup_async);

  key = dup_from_environment (self, provider);
  if (key == NULL)
    key = g_strdup (g_hash_table_lookup (self->found, provider));
  if (key != NULL || get_variable (self, provider) == NULL ||
      g_cancellable_is_cancelled (cancellable))
    {
      g_task_return_pointer (task, g_steal_pointer (&key), g_free);
      return;
    }

  lookup = g_new0 (Lookup, 1);
  lookup->provider = g_strdup (provider);
  lookup->cancellable = g_cancellable_new ();
  g_task_set_task_data (task, lookup, (GDestroyNotify) lookup_free);

  if (cancellable != NULL)
    lookup->cancelled_id = g_cancellable_connect (cancellable, G_CALLBACK (caller_cancelled_cb),
                                                  g_object_ref (lookup->cancellable),
                                                  g_object_unref);

  /* Many keys are looked for one after the other: that waits once, not once for each. */
  lookup->timer = g_timeout_source_new (self->is_silent ? 0 : self->patience);
  g_source_set_callback (lookup->timer, patience_over_cb, task, NULL);
  g_source_attach (lookup->timer, g_task_get_context (task));

  secret_password_lookup (get_schema (), lookup->cancellable, password_found_cb,
                          g_object_ref (task),
                          "provider", provider, NULL);
}

/**
 * reshoot_keys_lookup_finish:
 * @self: keys
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_AUTH, reason "no-key", subject the environment variable that would hold it.
 *
 * Returns: (transfer full) (nullable): the key; %NULL with @error, or without one where the provider needs none
 */
char *
reshoot_keys_lookup_finish (ReshootKeys   *self,
                            GAsyncResult  *result,
                            GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_keys_lookup_async), NULL);

  return g_task_propagate_pointer (G_TASK (result), error);
}

/* A key that is being kept, or forgotten. */
typedef struct
{
  char *provider;
  char *key;        /* (nullable) */
} Set;

static void
set_free (Set *set)
{
  g_free (set->provider);
  g_free (set->key);
  g_free (set);
}

static void
return_set (GTask   *task,
            GError  *error)
{
  ReshootKeys *self = g_task_get_source_object (task);
  Set *set = g_task_get_task_data (task);

  if (error != NULL && error->domain == G_IO_ERROR && error->code == G_IO_ERROR_CANCELLED)
    g_task_return_error (task, error);
  else if (error != NULL)
    {
      g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_FAILED, "keyring", set->provider, "%s",
                                                    error->message));
      g_error_free (error);
    }
  else
    {
      if (set->key != NULL)
        g_hash_table_insert (self->found, g_strdup (set->provider), g_strdup (set->key));
      else
        g_hash_table_remove (self->found, set->provider);

      g_task_return_boolean (task, TRUE);
    }
}

static void
stored_cb (GObject      *source,
           GAsyncResult *result,
           gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  secret_password_store_finish (result, &error);
  return_set (task, error);
}

static void
cleared_cb (GObject      *source,
            GAsyncResult *result,
            gpointer      user_data)
{
  g_autoptr (GTask) task = user_data;
  GError *error = NULL;

  secret_password_clear_finish (result, &error);
  return_set (task, error);
}

/**
 * reshoot_keys_set_async:
 * @self: keys
 * @provider: a provider's short name
 * @key: (nullable): what the keyring shall have from now on; %NULL: none
 * @cancellable: (nullable): to stop
 * @callback: called when it is done
 * @user_data: for @callback
 *
 * The keyring may ask the person for its password, so it is waited for.
 */
void
reshoot_keys_set_async (ReshootKeys         *self,
                        const char          *provider,
                        const char          *key,
                        GCancellable        *cancellable,
                        GAsyncReadyCallback  callback,
                        gpointer             user_data)
{
  g_autoptr (GTask) task = NULL;
  g_autofree char *label = NULL;
  Set *set = g_new0 (Set, 1);

  g_return_if_fail (RESHOOT_IS_KEYS (self));

  task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, reshoot_keys_set_async);
  set->provider = g_strdup (provider);
  set->key = key != NULL ? dup_clean (key) : NULL;
  g_task_set_task_data (task, set, (GDestroyNotify) set_free);

  if (key != NULL && get_variable (self, provider) == NULL)
    g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "key-unneeded", provider,
                                                  "%s has no keys", provider));
  else if (key != NULL && set->key == NULL)
    g_task_return_error (task, reshoot_error_new (RESHOOT_ERROR_INVALID_REQUEST, "key-text", provider,
                                                  "no header can hold it"));
  else if (key != NULL)
    {
      label = g_strconcat ("Reshoot: ", provider, NULL);
      secret_password_store (get_schema (), SECRET_COLLECTION_DEFAULT, label, set->key, cancellable,
                             stored_cb, g_steal_pointer (&task), "provider", provider, NULL);
    }
  else
    secret_password_clear (get_schema (), cancellable, cleared_cb, g_steal_pointer (&task),
                           "provider", provider, NULL);
}

/**
 * reshoot_keys_set_finish:
 * @self: keys
 * @result: what the callback was given
 * @error: return location for an error
 *
 * Fails with %RESHOOT_ERROR_INVALID_REQUEST, reason "key-unneeded" or "key-text", and with %RESHOOT_ERROR_FAILED,
 * reason "keyring".
 *
 * Returns: whether the keyring has it now, or has it no more
 */
gboolean
reshoot_keys_set_finish (ReshootKeys   *self,
                         GAsyncResult  *result,
                         GError       **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), FALSE);
  g_return_val_if_fail (g_async_result_is_tagged (result, reshoot_keys_set_async), FALSE);

  return g_task_propagate_boolean (G_TASK (result), error);
}

/**
 * reshoot_keys_get_variable:
 * @self: keys
 * @provider: a provider's short name
 *
 * Returns: (nullable) (transfer none): the environment variable that goes before the keyring; %NULL: it has no keys
 */
const char *
reshoot_keys_get_variable (ReshootKeys *self,
                           const char  *provider)
{
  g_return_val_if_fail (RESHOOT_IS_KEYS (self), NULL);

  return get_variable (self, provider);
}

/**
 * reshoot_keys_get_place:
 * @self: keys
 * @provider: a provider's short name
 *
 * Does not ask the keyring.
 *
 * Returns: (nullable) (transfer none): where the key is that counts: "environment" or "keyring"
 */
const char *
reshoot_keys_get_place (ReshootKeys *self,
                        const char  *provider)
{
  g_autofree char *key = NULL;

  g_return_val_if_fail (RESHOOT_IS_KEYS (self), NULL);

  key = dup_from_environment (self, provider);
  if (key != NULL)
    return "environment";

  return g_hash_table_contains (self->found, provider) ? "keyring" : NULL;
}
