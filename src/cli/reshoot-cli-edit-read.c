/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What `reshoot edit` was asked. Everything that can be known to be wrong is found here, before anything is written,
 * sent or paid: an unknown model, a wrong parameter, a place that cannot be written to, an instruction that the studio
 * cannot do. */

#include "reshoot-cli-edit-read.h"

#include "reshoot-error.h"
#include "reshoot-operations.h"
#include "reshoot-session-choices.h"

#include <glib/gstdio.h>
#include <math.h>
#include <string.h>

#define STUDIO_MODEL "studio/local"

/* More results than this of one model are a slip of the finger. */
#define TAKES_MAX 16

static gboolean
fail_with (GError     **error,
           const char  *reason,
           const char  *subject)
{
  reshoot_set_error (error, RESHOOT_ERROR_INVALID_REQUEST, reason, subject, "edit: %s", reason);
  return FALSE;
}

static gboolean
read_instructions (ReshootCliEdit       *self,
                   ReshootCliArguments  *arguments,
                   GError              **error)
{
  const char *const *values = reshoot_cli_arguments_get_values (arguments, "instruction");

  if (values == NULL)
    return fail_with (error, "option-missing", "-i");

  for (guint i = 0; values[i] != NULL; i++)
    {
      char *instruction = reshoot_cli_dup_text (values[i], error);

      if (instruction == NULL)
        return FALSE;

      g_ptr_array_add (self->instructions, instruction);
    }

  return TRUE;
}

static gboolean
read_models (ReshootCliEdit       *self,
             ReshootCli           *cli,
             ReshootCliArguments  *arguments,
             GError              **error)
{
  const char *const *ids = reshoot_cli_arguments_get_values (arguments, "model");
  ReshootCatalogue *catalogue = reshoot_session_get_catalogue (cli->session);

  if (ids == NULL)
    g_ptr_array_add (self->models, g_object_ref (reshoot_session_get_default_model (cli->session)));

  for (guint i = 0; ids != NULL && ids[i] != NULL; i++)
    {
      ReshootModel *model = reshoot_catalogue_get_model (catalogue, ids[i]);

      if (model == NULL)
        return fail_with (error, "model", ids[i]);

      g_ptr_array_add (self->models, g_object_ref (model));
    }

  return TRUE;
}

/* Takes @text, which may be NULL. */
static void
set_text (JsonObject *parameters,
          const char *name,
          char       *text)
{
  if (text != NULL)
    json_object_set_string_member (parameters, name, text);
  g_free (text);
}

static JsonObject *
read_parameters_of_model (ReshootModel         *model,
                          ReshootCliArguments  *arguments,
                          GError              **error)
{
  const char *const *settings = reshoot_cli_arguments_get_values (arguments, "set");
  g_autoptr (JsonObject) parameters = json_object_new ();
  g_autoptr (ReshootHints) hints = NULL;
  gboolean hinted;

  for (guint i = 0; settings != NULL && settings[i] != NULL; i++)
    {
      gsize length = strcspn (settings[i], "=");
      g_autofree char *name = g_strndup (settings[i], length);
      JsonNode *value;

      if (length == 0 || settings[i][length] == '\0')
        {
          fail_with (error, "option-setting", settings[i]);
          return NULL;
        }

      value = reshoot_model_parse_parameter (model, name, settings[i] + length + 1, error);
      if (value == NULL)
        return NULL;

      json_object_set_member (parameters, name, value);
    }

  hints = reshoot_cli_arguments_dup_hints (arguments, &hinted, error);
  if (hints == NULL)
    return NULL;

  if (reshoot_model_get_is_local (model))
    {
      set_text (parameters, "box", reshoot_hints_dup_box (hints));
      set_text (parameters, "keep", reshoot_hints_dup_strokes (hints, TRUE));
      set_text (parameters, "drop", reshoot_hints_dup_strokes (hints, FALSE));
    }

  return g_steal_pointer (&parameters);
}

static gboolean
read_parameters (ReshootCliEdit       *self,
                 ReshootCliArguments  *arguments,
                 GError              **error)
{
  ReshootBox region;
  gboolean given;

  if (!reshoot_cli_arguments_get_box (arguments, "region", &region, &given, error))
    return FALSE;

  self->region[0] = given ? region.x : NAN;
  self->region[1] = given ? region.y : NAN;
  self->region[2] = given ? region.width : NAN;
  self->region[3] = given ? region.height : NAN;

  for (guint i = 0; given && i < self->models->len; i++)
    {
      ReshootModel *model = g_ptr_array_index (self->models, i);

      if (reshoot_model_get_is_reimagining (model))
        return fail_with (error, "region-model", reshoot_model_get_id (model));
    }

  for (guint i = 0; i < self->models->len; i++)
    {
      ReshootModel *model = g_ptr_array_index (self->models, i);
      JsonObject *parameters = read_parameters_of_model (model, arguments, error);

      if (parameters == NULL)
        return FALSE;

      g_ptr_array_add (self->parameters, parameters);
    }

  return TRUE;
}

static void
reference_free (ReshootCliReference *reference)
{
  g_free (reference->path);
  g_clear_object (&reference->image);
  g_free (reference);
}

/* FILE or FILE:ROLE; a file whose name ends like that is the file. */
static ReshootCliReference *
read_reference (const char  *text,
                GError     **error)
{
  static const char *const roles[] = { "product", "style", "scene", "reference" };
  const char *colon = strrchr (text, ':');
  ReshootCliReference *reference = g_new0 (ReshootCliReference, 1);

  reference->role = "reference";
  reference->path = g_strdup (text);
  if (g_file_test (text, G_FILE_TEST_EXISTS))
    return reference;

  for (guint i = 0; colon != NULL && i < G_N_ELEMENTS (roles); i++)
    if (g_str_equal (colon + 1, roles[i]))
      {
        reference->role = roles[i];
        reference->path[colon - text] = '\0';
        colon = NULL;
      }

  if (g_file_test (reference->path, G_FILE_TEST_EXISTS))
    return reference;

  if (colon != NULL)
    reference->path[colon - text] = '\0';
  if (colon != NULL && g_file_test (reference->path, G_FILE_TEST_EXISTS))
    fail_with (error, "reference-role", colon + 1);
  else
    fail_with (error, "missing", colon != NULL ? text : reference->path);

  reference_free (reference);
  return NULL;
}

/* Every model is shown all of them, or nobody is asked. */
static gboolean
read_references (ReshootCliEdit       *self,
                 ReshootCliArguments  *arguments,
                 GError              **error)
{
  const char *const *values = reshoot_cli_arguments_get_values (arguments, "reference");

  for (guint i = 0; values != NULL && values[i] != NULL; i++)
    {
      ReshootCliReference *reference = read_reference (values[i], error);

      if (reference == NULL)
        return FALSE;

      g_ptr_array_add (self->references, reference);
    }

  for (guint i = 0; i < self->models->len; i++)
    if (!reshoot_model_check_references (g_ptr_array_index (self->models, i),
                                         self->references->len, error))
      return FALSE;

  return TRUE;
}

/* Asks the studio about every instruction it will get, so that an impossible one stops the chain before it begins. */
static gboolean
check_plans (ReshootCliEdit  *self,
             GError         **error)
{
  for (guint i = 0; i < self->instructions->len; i++)
    {
      guint n_models = i + 1 < self->instructions->len ? 1 : self->models->len;

      for (guint j = 0; j < n_models; j++)
        {
          ReshootModel *model = g_ptr_array_index (self->models, j);
          g_autoptr (ReshootPlan) plan = NULL;

          if (g_strcmp0 (reshoot_model_get_id (model), STUDIO_MODEL) != 0)
            continue;

          plan = reshoot_plan_new (g_ptr_array_index (self->instructions, i));
          if (!reshoot_plan_check (plan, error) ||
              (!isnan (self->region[0]) && !reshoot_plan_check_region (plan, error)))
            return FALSE;
        }
    }

  return TRUE;
}

/* How many are to be expected: some services make several of one request. */
static guint
count_results (ReshootCliEdit *self)
{
  guint n = 0;

  for (guint i = 0; i < self->models->len; i++)
    {
      JsonObject *model = reshoot_model_get_json (g_ptr_array_index (self->models, i));

      n += (guint) self->takes * (guint) json_object_get_int_member_with_default (model, "results", 1);
    }

  return n;
}

/* OUT as it is, or OUT-1, OUT-2 … where there are several, as expected or among the @n that came. */
char *
reshoot_cli_edit_dup_output (ReshootCliEdit *self,
                             guint           index,
                             guint           n)
{
  const char *extension = strrchr (self->output, '.');

  if (MAX (count_results (self), n) == 1 || extension == NULL)
    return g_strdup (self->output);

  return g_strdup_printf ("%.*s-%u%s", (int) (extension - self->output), self->output, index + 1, extension);
}

static gboolean
is_same_file (const char *a,
              const char *b)
{
  GStatBuf info_a, info_b;

  return g_stat (a, &info_a) == 0 && g_stat (b, &info_b) == 0
         && info_a.st_dev == info_b.st_dev && info_a.st_ino == info_b.st_ino;
}

static gboolean
check_outputs (ReshootCliEdit  *self,
               GError         **error)
{
  for (guint i = 0; self->output != NULL && i < count_results (self); i++)
    {
      g_autofree char *path = reshoot_cli_edit_dup_output (self, i, 1);
      ReshootImageFormat format;

      if (!reshoot_cli_check_output (path, &format, error))
        return FALSE;

      if (self->image != NULL && is_same_file (path, self->image))
        return fail_with (error, "output-is-input", path);
    }

  return TRUE;
}

static gboolean
read_crop (ReshootCliEdit       *self,
           ReshootCliArguments  *arguments,
           GError              **error)
{
  const char *crop = reshoot_cli_arguments_get_value (arguments, "crop");

  self->whole = g_strcmp0 (crop, "off") == 0;
  if (crop == NULL || self->whole || g_str_equal (crop, "auto"))
    return TRUE;

  return fail_with (error, "crop", crop);
}

/* Reads what was asked and finds out whether it makes sense, before anything is written, sent or paid. */
gboolean
reshoot_cli_edit_read (ReshootCliEdit       *self,
                       ReshootCli           *cli,
                       ReshootCliArguments  *arguments,
                       GError              **error)
{
  self->image = reshoot_cli_arguments_get_operand (arguments, 0);
  self->output = reshoot_cli_arguments_get_value (arguments, "output");
  self->from = reshoot_cli_arguments_get_value (arguments, "from");
  self->json = reshoot_cli_arguments_get_flag (arguments, "json");
  self->raw = reshoot_cli_arguments_get_flag (arguments, "raw");
  self->allow_public = reshoot_cli_arguments_get_flag (arguments, "allow-public");
  self->project = reshoot_cli_arguments_get_value (arguments, "project");
  self->instructions = g_ptr_array_new_with_free_func (g_free);
  self->models = g_ptr_array_new_with_free_func (g_object_unref);
  self->parameters = g_ptr_array_new_with_free_func ((GDestroyNotify) json_object_unref);
  self->references = g_ptr_array_new_with_free_func ((GDestroyNotify) reference_free);
  self->takes = 1;
  self->budget = NAN;

  if (self->from != NULL && self->project == NULL)
    return fail_with (error, "from-needs-project", "--from");

  if (self->image == NULL && self->from == NULL)
    return fail_with (error, "argument-missing", "reshoot edit IMAGE -i TEXT");

  if (self->image != NULL && !g_file_test (self->image, G_FILE_TEST_EXISTS))
    return fail_with (error, "missing", self->image);

  return read_instructions (self, arguments, error)
         && read_models (self, cli, arguments, error)
         && read_parameters (self, arguments, error)
         && read_references (self, arguments, error)
         && read_crop (self, arguments, error)
         && reshoot_cli_arguments_get_whole (arguments, "takes", 1, TAKES_MAX, &self->takes, error)
         && reshoot_cli_arguments_get_amount (arguments, "budget", &self->budget, error)
         && check_outputs (self, error)
         && check_plans (self, error);
}

/* Before there is a project, as the photo itself. */
gboolean
reshoot_cli_edit_load_references (ReshootCliEdit  *self,
                                  ReshootCli      *cli,
                                  GError         **error)
{
  for (guint i = 0; i < self->references->len; i++)
    {
      ReshootCliReference *reference = g_ptr_array_index (self->references, i);

      reference->image = reshoot_cli_load_image (cli, reference->path, error);
      if (reference->image == NULL)
        return FALSE;
    }

  return TRUE;
}

/* Whether the region lies in @image, before there is a project. */
gboolean
reshoot_cli_edit_check_region (ReshootCliEdit  *self,
                               ReshootImage    *image,
                               GError         **error)
{
  const double *box = self->region;
  g_autofree char *subject = NULL;

  if (isnan (box[0]) || (box[0] + box[2] <= reshoot_image_get_width (image)
                         && box[1] + box[3] <= reshoot_image_get_height (image)))
    return TRUE;

  subject = g_strdup_printf ("%.0f,%.0f,%.0f,%.0f", box[0], box[1], box[2], box[3]);
  return fail_with (error, "region-outside", subject);
}

void
reshoot_cli_edit_clear (ReshootCliEdit *self)
{
  g_clear_pointer (&self->instructions, g_ptr_array_unref);
  g_clear_pointer (&self->models, g_ptr_array_unref);
  g_clear_pointer (&self->parameters, g_ptr_array_unref);
  g_clear_pointer (&self->references, g_ptr_array_unref);
}
