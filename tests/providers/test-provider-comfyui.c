/* SPDX-FileCopyrightText: 2026 The Reshoot authors
 * SPDX-License-Identifier: GPL-3.0-or-later */

/* What is sent to ComfyUI, field by field, and what its socket says. Replies to polls are files, see codec-fixtures. */

#include "codec-fixtures.h"
#include "reshoot-comfyui.h"
#include "reshoot-error.h"
#include "reshoot-json-read.h"
#include "reshoot-test.h"

#include <math.h>
#include <string.h>

#define BASE   "http://127.0.0.1:8188"
#define UUID   "5b8e1f6a-3c1d-4f57-9a40-6a0c1f3f6f11"
#define TICKET "{\"id\":\"" UUID "\",\"seed\":7}"

/* A request on its way to the submit. */
typedef struct
{
  ReshootCatalogue *catalogue;
  ReshootProvider  *codec;
  ReshootImage     *pictures[3];
  ReshootRequest   *request;
  ReshootAsk        ask;
  ReshootNext       next;
} Way;

static const CodecFixtures fixtures = { "comfyui", reshoot_comfyui_new, TICKET, 80 };

static void
way_begin (Way        *way,
           const char *instruction,
           JsonObject *parameters,
           guint       n_references)
{
  way->catalogue = reshoot_catalogue_new (NULL);
  way->codec = codec_fixtures_make_codec (&fixtures, NULL);
  way->pictures[0] = codec_fixtures_load ("shoe.jpg");
  way->pictures[1] = codec_fixtures_load ("mug.jpg");
  way->pictures[2] = codec_fixtures_load ("camera.jpg");
  way->request = reshoot_request_new (instruction, "comfyui/kontext-dev", parameters);
  way->ask.model = reshoot_catalogue_get_model (way->catalogue, "comfyui/kontext-dev");
  way->ask.request = way->request;
  way->ask.uuid = UUID;
  way->ask.input = way->pictures[0];
  way->ask.references = way->pictures + 1;
  way->ask.n_references = n_references;
  way->next = RESHOOT_NEXT_INIT;
}

static void
way_clear (Way *way)
{
  reshoot_next_clear (&way->next);
  g_clear_object (&way->request);
  for (guint i = 0; i < G_N_ELEMENTS (way->pictures); i++)
    g_clear_object (&way->pictures[i]);
  g_clear_object (&way->codec);
  g_clear_object (&way->catalogue);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Way, way_clear)

/* What was answered to the last call, NULL at first. */
static gboolean
way_go (Way         *way,
        guint        status,
        const char  *body,
        GError     **error)
{
  g_autofree char *state = g_strdup (way->next.state);
  g_auto (ReshootReply) reply = { .status = status, .retry_after = -1 };

  if (body != NULL)
    reply.body = g_bytes_new (body, strlen (body));

  way->ask.state = state;
  way->ask.reply = body != NULL ? &reply : NULL;
  reshoot_next_clear (&way->next);
  return reshoot_provider_prepare (way->codec, &way->ask, &way->next, error);
}

static void
way_step (Way        *way,
          const char *body)
{
  g_autoptr (GError) error = NULL;
  gboolean made = way_go (way, 200, body, &error);

  g_assert_no_error (error);
  g_assert_true (made);
  g_assert_true (way->next.call.with_key);
}

static void
assert_call (Way        *way,
             const char *method,
             const char *uri)
{
  g_assert_cmpstr (way->next.call.method, ==, method);
  g_assert_cmpstr (way->next.call.uri, ==, uri);
}

/* Every class is asked once, and the pictures go up one after the other. */
static JsonObject *
way_to_submit (Way *way)
{
  g_autoptr (GError) error = NULL;
  JsonObject *body;

  way_step (way, NULL);
  while (way->next.kind == RESHOOT_NEXT_PREPARE)
    {
      if (g_str_has_suffix (way->next.call.uri, "/UNETLoader"))
        way_step (way, "{\"UNETLoader\":{\"input\":{\"required\":{\"unet_name\":[[\"a.safetensors\","
                       "\"sub/Flux1-dev-kontext_fp8_scaled.safetensors\"],{}]}}}}");
      else if (g_str_has_suffix (way->next.call.uri, "/DualCLIPLoader"))
        way_step (way, "{\"DualCLIPLoader\":{\"input\":{\"required\":{"
                       "\"clip_name1\":[\"COMBO\",{\"options\":[\"clip_l.safetensors\",\"my-T5XXL.gguf\"]}],"
                       "\"clip_name2\":[\"COMBO\",{\"options\":[\"clip_l.safetensors\",\"my-T5XXL.gguf\"]}]}}}}");
      else if (g_str_has_suffix (way->next.call.uri, "/VAELoader"))
        way_step (way, "{\"VAELoader\":{\"input\":{\"required\":{\"vae_name\":[[\"ae.safetensors\"]]}}}}");
      else
        way_step (way, "{\"name\":\"up (1).png\",\"subfolder\":\"reshoot\",\"type\":\"input\"}");
    }

  g_assert_cmpint (way->next.kind, ==, RESHOOT_NEXT_SUBMIT);
  assert_call (way, "POST", BASE "/prompt");
  g_assert_cmpstr (way->next.call.content_type, ==, "application/json");
  body = reshoot_json_parse_object (way->next.call.body, &error);
  g_assert_no_error (error);
  return body;
}

static void
assert_node (JsonObject *body,
             const char *id,
             const char *class_type,
             const char *inputs)
{
  JsonObject *node = reshoot_json_get_object (reshoot_json_get_object (body, "prompt"), id);
  g_autoptr (JsonNode) wanted = json_from_string (inputs, NULL);

  g_assert_cmpstr (reshoot_json_get_string (node, "class_type"), ==, class_type);
  g_assert_nonnull (wanted);
  if (!json_node_equal (json_object_get_member (node, "inputs"), wanted))
    g_error ("%s: %s, not %s", id, json_to_string (json_object_get_member (node, "inputs"), FALSE), inputs);
}

static void
test_submit (void)
{
  g_auto (Way) way = { NULL, };
  g_autoptr (JsonObject) parameters = json_object_new ();
  g_autoptr (JsonObject) body = NULL;
  g_autoptr (GList) members = NULL;
  g_autoptr (GList) ids = NULL;

  json_object_set_int_member (parameters, "seed", 7);
  json_object_set_int_member (parameters, "steps", 28);
  way_begin (&way, "make it \"warm\"\n– 5 €", parameters, 0);
  body = way_to_submit (&way);

  members = json_object_get_members (body);
  g_assert_cmpuint (g_list_length (members), ==, 3);
  g_assert_cmpstr (reshoot_json_get_string (body, "prompt_id"), ==, UUID);
  g_assert_cmpstr (reshoot_json_get_string (body, "client_id"), ==, UUID);
  g_assert_cmpstr (way.next.ticket, ==, TICKET);

  ids = json_object_get_members (reshoot_json_get_object (body, "prompt"));
  g_assert_cmpuint (g_list_length (ids), ==, 13);
  assert_node (body, "unet", "UNETLoader",
               "{\"unet_name\":\"sub/Flux1-dev-kontext_fp8_scaled.safetensors\",\"weight_dtype\":\"default\"}");
  assert_node (body, "clip", "DualCLIPLoader",
               "{\"clip_name1\":\"clip_l.safetensors\",\"clip_name2\":\"my-T5XXL.gguf\",\"type\":\"flux\","
               "\"device\":\"default\"}");
  assert_node (body, "vae", "VAELoader", "{\"vae_name\":\"ae.safetensors\"}");
  assert_node (body, "src", "LoadImage", "{\"image\":\"reshoot/up (1).png\"}");
  assert_node (body, "fit", "FluxKontextImageScale", "{\"image\":[\"src\",0]}");
  assert_node (body, "lat", "VAEEncode", "{\"pixels\":[\"fit\",0],\"vae\":[\"vae\",0]}");
  assert_node (body, "txt", "CLIPTextEncode", "{\"text\":\"make it \\\"warm\\\"\\n– 5 €\",\"clip\":[\"clip\",0]}");
  assert_node (body, "ref", "ReferenceLatent", "{\"conditioning\":[\"txt\",0],\"latent\":[\"lat\",0]}");
  assert_node (body, "gui", "FluxGuidance", "{\"conditioning\":[\"ref\",0],\"guidance\":2.5}");
  assert_node (body, "neg", "ConditioningZeroOut", "{\"conditioning\":[\"txt\",0]}");
  assert_node (body, "smp", "KSampler",
               "{\"model\":[\"unet\",0],\"positive\":[\"gui\",0],\"negative\":[\"neg\",0],"
               "\"latent_image\":[\"lat\",0],\"seed\":7,\"steps\":28,\"cfg\":1.0,\"sampler_name\":\"euler\","
               "\"scheduler\":\"simple\",\"denoise\":1.0}");
  assert_node (body, "dec", "VAEDecode", "{\"samples\":[\"smp\",0],\"vae\":[\"vae\",0]}");
  assert_node (body, "out", "SaveImage", "{\"images\":[\"dec\",0],\"filename_prefix\":\"reshoot\"}");
}

static gboolean
holds (GBytes     *body,
       const void *data,
       gsize       length)
{
  gsize body_length;
  const char *text = g_bytes_get_data (body, &body_length);

  for (gsize i = 0; i + length <= body_length; i++)
    if (memcmp (text + i, data, length) == 0)
      return TRUE;

  return FALSE;
}

/* The order of the calls, and the fields of an upload. */
static void
test_upload (void)
{
  static const char *const fields[] = { "name=\"image\"; filename=\"", "name=\"type\"\r\n\r\ninput\r\n",
                                        "name=\"subfolder\"\r\n\r\nreshoot\r\n" };
  g_auto (Way) way = { NULL, };
  g_autoptr (JsonObject) parameters = json_object_new ();

  json_object_set_string_member (parameters, "unet", "x.safetensors");
  json_object_set_string_member (parameters, "clip_l", "y.safetensors");
  way_begin (&way, "warm", parameters, 1);

  way_step (&way, NULL);
  g_assert_cmpint (way.next.kind, ==, RESHOOT_NEXT_PREPARE);
  assert_call (&way, "GET", BASE "/object_info/DualCLIPLoader");
  way_step (&way, "{\"DualCLIPLoader\":{\"input\":{\"required\":{\"clip_name2\":["
                  "[\"t5xxl_fp16.safetensors\"]]}}}}");
  assert_call (&way, "GET", BASE "/object_info/VAELoader");
  /* A server that lists none of its files is believed to have what the catalogue names. */
  way_step (&way, "{\"VAELoader\":{}}");

  for (guint i = 0; i < 2; i++)
    {
      GBytes *picture = reshoot_image_get_bytes (way.pictures[i]);
      g_autoptr (GBytes) body = codec_fixtures_join (&way.next.call);

      g_assert_cmpint (way.next.kind, ==, RESHOOT_NEXT_PREPARE);
      assert_call (&way, "POST", BASE "/upload/image");
      g_assert_true (g_str_has_prefix (way.next.call.content_type, "multipart/form-data; boundary="));
      g_assert_true (holds (body, g_bytes_get_data (picture, NULL), g_bytes_get_size (picture)));
      for (guint k = 0; k < G_N_ELEMENTS (fields); k++)
        g_assert_true (holds (body, fields[k], strlen (fields[k])));
      g_assert_false (holds (body, "overwrite", strlen ("overwrite")));
      way_step (&way, i == 0 ? "{\"name\":\"a.png\",\"subfolder\":\"\",\"type\":\"input\"}"
                             : "{\"name\":\"b.png\"}");
    }

  g_assert_cmpint (way.next.kind, ==, RESHOOT_NEXT_SUBMIT);
}

/* Each further picture goes through nodes of its own, and its latent follows on the one before. */
static void
test_references (void)
{
  g_auto (Way) way = { NULL, };
  g_autoptr (JsonObject) body = NULL;

  way_begin (&way, "warm", NULL, 2);
  body = way_to_submit (&way);

  assert_node (body, "src", "LoadImage", "{\"image\":\"reshoot/up (1).png\"}");
  assert_node (body, "src-2", "LoadImage", "{\"image\":\"reshoot/up (1).png\"}");
  assert_node (body, "src-3", "LoadImage", "{\"image\":\"reshoot/up (1).png\"}");
  assert_node (body, "fit-2", "FluxKontextImageScale", "{\"image\":[\"src-2\",0]}");
  assert_node (body, "lat-3", "VAEEncode", "{\"pixels\":[\"fit-3\",0],\"vae\":[\"vae\",0]}");
  assert_node (body, "ref", "ReferenceLatent", "{\"conditioning\":[\"txt\",0],\"latent\":[\"lat\",0]}");
  assert_node (body, "ref-2", "ReferenceLatent", "{\"conditioning\":[\"ref\",0],\"latent\":[\"lat-2\",0]}");
  assert_node (body, "ref-3", "ReferenceLatent", "{\"conditioning\":[\"ref-2\",0],\"latent\":[\"lat-3\",0]}");
  assert_node (body, "gui", "FluxGuidance", "{\"conditioning\":[\"ref-3\",0],\"guidance\":2.5}");
  assert_node (body, "neg", "ConditioningZeroOut", "{\"conditioning\":[\"txt\",0]}");
}

/* The catalogue's own graph stays as it is. */
static void
test_template (void)
{
  g_auto (Way) way = { NULL, };
  g_autoptr (JsonNode) before = NULL;
  g_autoptr (JsonNode) after = NULL;
  g_autofree char *text = NULL;
  g_autofree char *text_after = NULL;
  g_autoptr (JsonObject) body = NULL;

  way_begin (&way, "warm", NULL, 2);
  before = json_object_dup_member (reshoot_model_get_json (way.ask.model), "graph");
  text = json_to_string (before, FALSE);
  body = way_to_submit (&way);
  after = json_object_dup_member (reshoot_model_get_json (way.ask.model), "graph");
  text_after = json_to_string (after, FALSE);
  g_assert_cmpstr (text, ==, text_after);
}

/* An identical graph is not run again: every submit has a seed of its own, which the ticket tells. */
static void
test_seed (void)
{
  gint64 seeds[3];

  for (guint i = 0; i < G_N_ELEMENTS (seeds); i++)
    {
      g_auto (Way) way = { NULL, };
      g_autoptr (JsonObject) body = NULL;
      g_autoptr (GBytes) bytes = NULL;
      g_autoptr (JsonObject) ticket = NULL;
      JsonObject *inputs;

      way_begin (&way, "warm", NULL, 0);
      body = way_to_submit (&way);
      inputs = json_object_get_object_member (json_object_get_object_member (body, "prompt"), "smp");
      inputs = json_object_get_object_member (inputs, "inputs");
      bytes = g_bytes_new (way.next.ticket, strlen (way.next.ticket));
      ticket = reshoot_json_parse_object (bytes, NULL);

      seeds[i] = json_object_get_int_member (inputs, "seed");
      g_assert_cmpint (seeds[i], ==, json_object_get_int_member (ticket, "seed"));
    }

  g_assert_true (seeds[0] != seeds[1] || seeds[1] != seeds[2]);
}

/* What is wrong before the submit, said of the first call that shows it. */
static void
test_not_there (void)
{
  static const struct
  {
    guint       status;
    const char *body;
    int         code;
    const char *reason;
    const char *subject;
  } table[] = {
    { 200, "{}", RESHOOT_ERROR_INVALID_REQUEST, "server-node", "UNETLoader" },
    { 200, "{\"UNETLoader\":{\"input\":{\"required\":{\"unet_name\":[[\"flux1-dev.safetensors\",\"x\",7]]}}}}",
      RESHOOT_ERROR_INVALID_REQUEST, "server-file",
      "unet_name: 'flux1-dev-kontext_fp8_scaled.safetensors' not in ['flux1-dev.safetensors', 'x', '']" },
    { 200, "{\"UNETLoader\":{\"input\":{\"required\":{\"unet_name\":[[]]}}}}", RESHOOT_ERROR_INVALID_REQUEST,
      "server-file", "unet_name: 'flux1-dev-kontext_fp8_scaled.safetensors' not in []" },
    { 200, "[]", RESHOOT_ERROR_PROTOCOL, "json", NULL },
    { 401, "", RESHOOT_ERROR_AUTH, "key", "comfyui" },
    { 502, "<html>", RESHOOT_ERROR_UNAVAILABLE, "service", "comfyui" },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (Way) way = { NULL, };
      g_autoptr (GError) error = NULL;

      way_begin (&way, "warm", NULL, 0);
      way_step (&way, NULL);
      assert_call (&way, "GET", BASE "/object_info/UNETLoader");
      g_assert_false (way_go (&way, table[i].status, table[i].body, &error));
      g_assert_error (error, RESHOOT_ERROR, table[i].code);
      g_assert_cmpstr (reshoot_error_get_reason (error), ==, table[i].reason);
      g_assert_cmpstr (reshoot_error_get_subject (error), ==, table[i].subject);
    }
}

static void
test_bad_upload (void)
{
  static const struct
  {
    guint       status;
    const char *body;
    int         code;
  } table[] = {
    { 200, "{}", RESHOOT_ERROR_PROTOCOL }, { 200, "{\"name\":\"\"}", RESHOOT_ERROR_PROTOCOL },
    { 200, "{\"name\":7}", RESHOOT_ERROR_PROTOCOL }, { 200, "nothing", RESHOOT_ERROR_PROTOCOL },
    { 400, "", RESHOOT_ERROR_INVALID_REQUEST }, { 413, "", RESHOOT_ERROR_TOO_LARGE },
    { 403, "", RESHOOT_ERROR_AUTH }, { 500, "", RESHOOT_ERROR_UNAVAILABLE },
  };

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      g_auto (Way) way = { NULL, };
      g_autoptr (JsonObject) parameters = json_object_new ();
      g_autoptr (GError) error = NULL;

      json_object_set_string_member (parameters, "unet", "a");
      json_object_set_string_member (parameters, "clip_l", "a");
      json_object_set_string_member (parameters, "t5xxl", "a");
      json_object_set_string_member (parameters, "vae", "a");
      way_begin (&way, "warm", parameters, 0);
      way_step (&way, NULL);
      assert_call (&way, "POST", BASE "/upload/image");
      g_assert_false (way_go (&way, table[i].status, table[i].body, &error));
      g_assert_error (error, RESHOOT_ERROR, table[i].code);
    }
}

static void
test_ask_again (void)
{
  static const char *const bad[] = { "", "x", "{}", "{\"id\":7}", "{\"id\":\"\"}", "[]" };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_auto (ReshootNext) odd = RESHOOT_NEXT_INIT;

  g_assert_true (reshoot_provider_ask_again (codec, TICKET, &next, NULL));
  g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_POLL);
  g_assert_cmpstr (next.call.method, ==, "GET");
  g_assert_cmpstr (next.call.uri, ==, BASE "/history/" UUID);

  /* A stranger's project names the task, nothing else. */
  g_assert_true (reshoot_provider_ask_again (codec, "{\"id\":\"../queue?x=1#\"}", &odd, NULL));
  g_assert_cmpstr (odd.call.uri, ==, BASE "/history/..%2Fqueue%3Fx%3D1%23");

  for (guint i = 0; i < G_N_ELEMENTS (bad); i++)
    {
      g_auto (ReshootNext) none = RESHOOT_NEXT_INIT;
      g_autoptr (GError) error = NULL;

      g_assert_false (reshoot_provider_ask_again (codec, bad[i], &none, &error));
      g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);
      g_assert_null (reshoot_provider_dup_listen_uri (codec, bad[i]));
      g_assert_false (reshoot_provider_cancel (codec, bad[i], &none, NULL));
    }
}

static void
assert_body (const ReshootCall *call,
             const char        *wanted)
{
  gsize length;
  const char *text = g_bytes_get_data (call->body, &length);
  g_autofree char *got = g_strndup (text, length);

  g_assert_cmpstr (got, ==, wanted);
  g_assert_cmpstr (call->content_type, ==, "application/json");
}

/* Out of the queue first. What follows is in the files; never a body without a name: that stops anybody. */
static void
test_cancel (void)
{
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;

  g_assert_true (reshoot_provider_get_can_cancel (codec));
  g_assert_true (reshoot_provider_cancel (codec, TICKET, &next, NULL));
  g_assert_cmpstr (next.call.method, ==, "POST");
  g_assert_cmpstr (next.call.uri, ==, BASE "/queue");
  g_assert_true (next.call.with_key);
  assert_body (&next.call, "{\"delete\":[\"" UUID "\"]}");
}

static void
test_check (void)
{
  static const char about[] = "{\"system\":{\"os\":\"posix\",\"comfyui_version\":\"0.3.64\"},\"devices\":[]}";
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_auto (ReshootNext) next = RESHOOT_NEXT_INIT;
  g_auto (ReshootCheck) check = { .balance = RESHOOT_MONEY_UNKNOWN };
  g_auto (ReshootReply) reply = { .status = 200, .retry_after = -1 };
  g_autoptr (GError) error = NULL;

  g_assert_true (reshoot_provider_check (codec, NULL, NULL, &next, &check, &error));
  g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_PREPARE);
  g_assert_cmpstr (next.call.uri, ==, BASE "/system_stats");

  reshoot_next_clear (&next);
  reply.body = g_bytes_new_static ("{}", 2);
  g_assert_false (reshoot_provider_check (codec, NULL, &reply, &next, &check, &error));
  g_assert_error (error, RESHOOT_ERROR, RESHOOT_ERROR_PROTOCOL);

  g_bytes_unref (reply.body);
  reply.body = g_bytes_new_static (about, strlen (about));
  g_assert_true (reshoot_provider_check (codec, NULL, &reply, &next, &check, NULL));
  g_assert_cmpint (next.kind, ==, RESHOOT_NEXT_DONE);
  g_assert_cmpstr (check.version, ==, "0.3.64");
}

/* Every message counts only where it names the task. */
static void
test_hear (void)
{
  static const struct
  {
    const char *text;
    double      progress;
    int         queue_position;
    gboolean    ask_now;
  } table[] = {
    { "{\"type\":\"progress\",\"data\":{\"value\":5,\"max\":20,\"node\":\"smp\",\"prompt_id\":\"" UUID "\"}}",
      0.25, -1, FALSE },
    { "{\"type\":\"progress\",\"data\":{\"value\":5,\"max\":20,\"node\":\"smp\",\"prompt_id\":\"other\"}}",
      NAN, -1, FALSE },
    { "{\"type\":\"progress\",\"data\":{\"value\":5,\"max\":20,\"node\":\"smp\"}}", NAN, -1, FALSE },
    { "{\"type\":\"progress\",\"data\":{\"value\":5,\"max\":0,\"prompt_id\":\"" UUID "\"}}", NAN, -1, FALSE },
    { "{\"type\":\"progress\",\"data\":{\"value\":\"5\",\"max\":2,\"prompt_id\":\"" UUID "\"}}", NAN, -1, FALSE },
    { "{\"type\":\"execution_start\",\"data\":{\"prompt_id\":\"" UUID "\"}}", NAN, 0, FALSE },
    { "{\"type\":\"execution_cached\",\"data\":{\"nodes\":[\"unet\"],\"prompt_id\":\"" UUID "\"}}", NAN, -1, FALSE },
    { "{\"type\":\"executing\",\"data\":{\"node\":\"smp\",\"prompt_id\":\"" UUID "\"}}", NAN, -1, FALSE },
    { "{\"type\":\"executing\",\"data\":{\"node\":null,\"prompt_id\":\"" UUID "\"}}", NAN, -1, TRUE },
    { "{\"type\":\"executing\",\"data\":{\"node\":null,\"prompt_id\":\"earlier\"}}", NAN, -1, FALSE },
    { "{\"type\":\"executing\",\"data\":{\"prompt_id\":\"" UUID "\"}}", NAN, -1, FALSE },
    { "{\"type\":\"execution_success\",\"data\":{\"prompt_id\":\"" UUID "\"}}", NAN, -1, TRUE },
    { "{\"type\":\"execution_error\",\"data\":{\"prompt_id\":\"" UUID "\"}}", NAN, -1, TRUE },
    { "{\"type\":\"execution_interrupted\",\"data\":{\"prompt_id\":\"" UUID "\"}}", NAN, -1, TRUE },
    { "{\"type\":\"execution_error\",\"data\":{\"prompt_id\":\"other\"}}", NAN, -1, FALSE },
    { "{\"type\":\"status\",\"data\":{\"status\":{\"exec_info\":{\"queue_remaining\":1}},\"sid\":\"x\"}}",
      NAN, -1, FALSE },
    { "{\"type\":\"of tomorrow\",\"data\":{\"prompt_id\":\"" UUID "\"}}", NAN, -1, FALSE },
    { "{\"type\":7,\"data\":[]}", NAN, -1, FALSE }, { "{}", NAN, -1, FALSE }, { "", NAN, -1, FALSE },
    { "no JSON", NAN, -1, FALSE },
  };
  g_autoptr (ReshootProvider) codec = codec_fixtures_make_codec (&fixtures, NULL);
  g_autofree char *uri = reshoot_provider_dup_listen_uri (codec, TICKET);

  g_assert_cmpstr (uri, ==, "ws://127.0.0.1:8188/ws?clientId=" UUID);

  for (guint i = 0; i < G_N_ELEMENTS (table); i++)
    {
      ReshootHeard heard;

      reshoot_provider_hear (codec, TICKET, table[i].text, &heard);
      if (isnan (table[i].progress))
        g_assert_true (isnan (heard.progress));
      else
        g_assert_cmpfloat (heard.progress, ==, table[i].progress);
      g_assert_cmpint (heard.queue_position, ==, table[i].queue_position);
      g_assert_cmpint (heard.ask_now, ==, table[i].ask_now);
    }
}

int
main (int    argc,
      char **argv)
{
  reshoot_test_init (&argc, &argv);

  codec_fixtures_add (&fixtures);
  g_test_add_func ("/comfyui/submit", test_submit);
  g_test_add_func ("/comfyui/upload", test_upload);
  g_test_add_func ("/comfyui/references", test_references);
  g_test_add_func ("/comfyui/template", test_template);
  g_test_add_func ("/comfyui/seed", test_seed);
  g_test_add_func ("/comfyui/not-there", test_not_there);
  g_test_add_func ("/comfyui/bad-upload", test_bad_upload);
  g_test_add_func ("/comfyui/ask-again", test_ask_again);
  g_test_add_func ("/comfyui/cancel", test_cancel);
  g_test_add_func ("/comfyui/check", test_check);
  g_test_add_func ("/comfyui/hear", test_hear);

  return g_test_run ();
}
