/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What a test does with the cloud in its own process, done from another: a port with POST /control and GET /log. Also
 * the names of all that can be set. */

#include "fake-control.h"
#include "fake-cloud-private.h"

static const char * const stage_names[FAKE_N_STAGES] = { "submit", "poll", "result", "upload", "cancel", "other" };

static const char * const fault_names[FAKE_N_FAULTS] = {
  "none", "429", "429-retry-after", "429-retry-date", "402", "401", "403", "422-key", "422", "404", "500",
  "502", "503", "504", "reset", "hang", "redirect", "lost", "hold", "cut", "drip", "huge", "wrong-type",
  "invalid-json", "empty", "garbage",
};

static const char * const fate_names[FAKE_N_FATES] = {
  "succeed", "fail", "refuse-input", "refuse-output", "cancel", "gone", "pending", "odd", "cost-more", "expire",
};

static int
find_name (const char * const *names,
           guint               n_names,
           const char         *name)
{
  for (guint i = 0; i < n_names; i++)
    if (g_strcmp0 (names[i], name) == 0)
      return (int) i;

  return -1;
}

int
fake_stage_from_name (const char *name)
{
  return find_name (stage_names, FAKE_N_STAGES, name);
}

int
fake_fault_from_name (const char *name)
{
  return find_name (fault_names, FAKE_N_FAULTS, name);
}

int
fake_fate_from_name (const char *name)
{
  return find_name (fate_names, FAKE_N_FATES, name);
}

const char *
fake_fault_get_name (FakeFault fault)
{
  return fault_names[fault];
}

const char *
fake_state_get_name (FakeState state)
{
  static const char * const names[] = {
    "queued", "running", "odd", "done", "failed", "refused-input", "refused-output", "cancelled", "gone",
  };

  return names[state];
}

static void
add_entry (JsonBuilder *builder,
           FakeCloud   *cloud,
           FakeEntry   *entry)
{
  FakeJob *job = entry->id != NULL ? fake_cloud_get_job (cloud, entry->vendor, entry->id) : NULL;

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "vendor");
  json_builder_add_string_value (builder, entry->vendor);
  json_builder_set_member_name (builder, "path");
  json_builder_add_string_value (builder, entry->path);
  json_builder_set_member_name (builder, "fault");
  json_builder_add_string_value (builder, fault_names[entry->fault]);
  if (job != NULL)
    {
      json_builder_set_member_name (builder, "id");
      json_builder_add_string_value (builder, job->id);
      json_builder_set_member_name (builder, "prompt");
      json_builder_add_string_value (builder, job->prompt);
      json_builder_set_member_name (builder, "state");
      json_builder_add_string_value (builder, fake_state_get_name (job->state));
      json_builder_set_member_name (builder, "polls");
      json_builder_add_int_value (builder, job->polls);
    }
  json_builder_end_object (builder);
}

static void
add_counts (JsonBuilder *builder,
            FakeServer  *server)
{
  json_builder_set_member_name (builder, server->vendor->name);
  json_builder_begin_object (builder);
  for (guint i = 0; i < FAKE_N_STAGES; i++)
    {
      json_builder_set_member_name (builder, stage_names[i]);
      json_builder_add_int_value (builder, server->counts[i]);
    }
  json_builder_end_object (builder);
}

/* {"submits": [{vendor, path, fault, and where it made a job: id, prompt, state, polls}],
 * "counts": {vendor: {stage: n}}, "leaks": n, "held": n} */
JsonNode *
fake_cloud_dup_log (FakeCloud *self)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();

  json_builder_begin_object (builder);
  json_builder_set_member_name (builder, "submits");
  json_builder_begin_array (builder);
  for (guint i = 0; i < self->entries->len; i++)
    add_entry (builder, self, self->entries->pdata[i]);
  json_builder_end_array (builder);
  json_builder_set_member_name (builder, "counts");
  json_builder_begin_object (builder);
  for (guint i = 0; i < self->servers->len; i++)
    add_counts (builder, self->servers->pdata[i]);
  json_builder_end_object (builder);
  json_builder_set_member_name (builder, "leaks");
  json_builder_add_int_value (builder, self->leaks);
  json_builder_set_member_name (builder, "held");
  json_builder_add_int_value (builder, self->held->len);
  json_builder_end_object (builder);

  return json_builder_get_root (builder);
}

static const char *
get_text (JsonObject *body,
          const char *name)
{
  return json_object_get_string_member_with_default (body, name, NULL);
}

static guint
get_count (JsonObject *body)
{
  gint64 count = json_object_get_int_member_with_default (body, "count", 1);

  return count < 0 ? G_MAXUINT : (guint) count;
}

/* Whether everything that is named is known. */
static gboolean
follow (FakeCloud  *cloud,
        JsonObject *body)
{
  const char *vendor = get_text (body, "vendor");
  int stage = fake_stage_from_name (get_text (body, "stage"));
  int fault = fake_fault_from_name (get_text (body, "fault"));
  int fate = fake_fate_from_name (get_text (body, "fate"));

  if (json_object_has_member (body, "fault") && (stage < 0 || fault < 0))
    return FALSE;
  if (json_object_has_member (body, "fate") && fate < 0)
    return FALSE;

  if (fault >= 0)
    fake_cloud_set_fault (cloud, vendor, (FakeStage) stage, (FakeFault) fault, get_count (body));
  if (fate >= 0)
    fake_cloud_set_fate (cloud, vendor, (FakeFate) fate, get_count (body));
  if (json_object_has_member (body, "polls"))
    fake_cloud_set_polls (cloud, (guint) json_object_get_int_member (body, "polls"));
  if (json_object_has_member (body, "random"))
    fake_cloud_set_random (cloud, json_object_get_double_member (body, "random"),
                           (guint32) json_object_get_int_member_with_default (body, "seed", 1));
  if (json_object_get_boolean_member_with_default (body, "release", FALSE))
    fake_cloud_release (cloud);

  return TRUE;
}

static void
control_cb (FakeExchange *exchange,
            gpointer      user_data)
{
  JsonObject *body = fake_exchange_get_json (exchange);

  if (body == NULL || !follow (exchange->cloud, body))
    fake_exchange_refuse (exchange, 422, "no such stage, fault or fate");
  else
    fake_exchange_answer_json (exchange, 200, "{\"ok\":true}");
}

static void
log_cb (FakeExchange *exchange,
        gpointer      user_data)
{
  g_autoptr (JsonNode) log = fake_cloud_dup_log (exchange->cloud);

  fake_exchange_answer_node (exchange, 200, log);
}

void
fake_control_add (FakeCloud *cloud)
{
  static const FakeVendor vendor = { FAKE_CONTROL, "", NULL, NULL, NULL, NULL };

  fake_cloud_add_vendor (cloud, &vendor);
  fake_cloud_add_route (cloud, FAKE_CONTROL, FAKE_OTHER, "POST", "/control", control_cb, NULL);
  fake_cloud_add_route (cloud, FAKE_CONTROL, FAKE_OTHER, "GET", "/log", log_cb, NULL);
}
