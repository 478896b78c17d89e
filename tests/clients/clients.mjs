// SPDX-FileCopyrightText: 2026 The Reshoot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The fake cloud, tried by clients that others wrote: what their authors found in the services, they must find here.
// usage: node clients.mjs PICTURE, with RESHOOT_NAME_URL in the environment as fake-cloud prints it
// Prints TAP.

import { File } from "node:buffer";
import { readFileSync } from "node:fs";
import { fal } from "@fal-ai/client";
import { Client as ComfyUI } from "@stable-canvas/comfyui-client";
import Replicate from "replicate";
import { WebSocket } from "ws";

globalThis.File ??= File;
const { default: OpenAI, toFile } = await import("openai");

const KEY = "a-key-of-nobody";
const picture = readFileSync(process.argv[2]);
const bases = Object.fromEntries(["REPLICATE", "FAL", "OPENAI_IMAGES", "COMFYUI"].map((name) => [name, process.env[`RESHOOT_${name}_URL`]]));

function assert(holds, what) {
  if (!holds) throw new Error(what);
}

// What came back is a picture, and another one than was sent.
function assertPicture(bytes) {
  const data = Buffer.from(bytes);
  assert(data.length > 1000, `only ${data.length} bytes came back`);
  assert(data.subarray(1, 4).toString() === "PNG" || data.readUInt16BE(0) === 0xffd8, "neither a PNG nor a JPEG came back");
  assert(!data.equals(picture), "the picture came back as it was sent");
}

async function load(uri) {
  const reply = await fetch(uri);
  assert(reply.ok, `the result answers ${reply.status}`);
  return reply.arrayBuffer();
}

async function replicateRuns() {
  const client = new Replicate({ auth: KEY, baseUrl: bases.REPLICATE, useFileOutput: false });
  const output = await client.run("black-forest-labs/flux-kontext-pro", {
    input: { prompt: "warmer", input_image: picture, output_format: "png" },
    wait: { mode: "poll", interval: 50 },
  });
  assert(typeof output === "string", "the output is one address");
  assertPicture(await load(output));
}

async function replicateCancels() {
  const client = new Replicate({ auth: KEY, baseUrl: bases.REPLICATE });
  const begun = await client.predictions.create({
    model: "black-forest-labs/flux-kontext-max",
    input: { prompt: "warmer", input_image: picture },
  });
  const ended = await client.predictions.cancel(begun.id);
  assert(["canceled", "aborted"].includes(ended.status), `it is ${ended.status}`);
}

async function replicateRefusesAKey() {
  const client = new Replicate({ auth: "", baseUrl: bases.REPLICATE });
  client.auth = "";
  try {
    await client.accounts.current();
  } catch (error) {
    assert(error.response?.status === 401, `it said ${error.message}`);
    return;
  }
  throw new Error("a call without a key was answered");
}

// The client knows where fal is: its requests are led here, host by host.
function leadToFake(uri) {
  const asked = new URL(uri);
  const fake = new URL(bases.FAL);
  if (asked.hostname.endsWith("fal.run") || asked.hostname.endsWith("fal.ai")) {
    asked.protocol = fake.protocol;
    asked.host = fake.host;
  }
  return asked.toString();
}

async function falSubscribes() {
  fal.config({ credentials: KEY, fetch: (uri, options) => fetch(leadToFake(uri), options) });
  const image = new File([picture], "picture.jpg", { type: "image/jpeg" });
  const { data, requestId } = await fal.subscribe("fal-ai/flux-pro/kontext", {
    input: { prompt: "warmer", image_url: image, output_format: "png" },
    pollInterval: 50,
  });
  assert(requestId, "there is an id");
  assert(data.images.length === 1, `${data.images.length} pictures`);
  assertPicture(await load(leadToFake(data.images[0].url)));
}

async function openaiEdits() {
  const client = new OpenAI({ apiKey: KEY, baseURL: bases.OPENAI_IMAGES, maxRetries: 0 });
  const reply = await client.images.edit({
    model: "gpt-image-1",
    image: await toFile(picture, "picture.jpg", { type: "image/jpeg" }),
    prompt: "warmer",
    output_format: "png",
  });
  assertPicture(Buffer.from(reply.data[0].b64_json, "base64"));
}

async function openaiSaysNo() {
  const client = new OpenAI({ apiKey: KEY, baseURL: bases.OPENAI_IMAGES, maxRetries: 0 });
  try {
    await client.images.edit({ model: "gpt-image-1", image: await toFile(picture, "picture.jpg", { type: "image/jpeg" }), prompt: "" });
  } catch (error) {
    assert(error.status === 400, `it answered ${error.status}`);
    assert(error.message.length > 10, "it says why");
    return;
  }
  throw new Error("an edit without words was done");
}

// A graph that was run before is not run again, so each has a seed of its own.
function makeGraph(name, seed) {
  return {
    unet: { class_type: "UNETLoader", inputs: { unet_name: "flux1-dev-kontext_fp8_scaled.safetensors", weight_dtype: "default" } },
    clip: { class_type: "DualCLIPLoader", inputs: { clip_name1: "clip_l.safetensors", clip_name2: "t5xxl_fp16.safetensors", type: "flux", device: "default" } },
    vae: { class_type: "VAELoader", inputs: { vae_name: "ae.safetensors" } },
    src: { class_type: "LoadImage", inputs: { image: name } },
    fit: { class_type: "FluxKontextImageScale", inputs: { image: ["src", 0] } },
    lat: { class_type: "VAEEncode", inputs: { pixels: ["fit", 0], vae: ["vae", 0] } },
    txt: { class_type: "CLIPTextEncode", inputs: { text: "warmer", clip: ["clip", 0] } },
    ref: { class_type: "ReferenceLatent", inputs: { conditioning: ["txt", 0], latent: ["lat", 0] } },
    gui: { class_type: "FluxGuidance", inputs: { conditioning: ["ref", 0], guidance: 2.5 } },
    neg: { class_type: "ConditioningZeroOut", inputs: { conditioning: ["txt", 0] } },
    smp: {
      class_type: "KSampler",
      inputs: {
        model: ["unet", 0], positive: ["gui", 0], negative: ["neg", 0], latent_image: ["lat", 0], seed, steps: 20, cfg: 1,
        sampler_name: "euler", scheduler: "simple", denoise: 1,
      },
    },
    dec: { class_type: "VAEDecode", inputs: { samples: ["smp", 0], vae: ["vae", 0] } },
    out: { class_type: "SaveImage", inputs: { images: ["dec", 0], filename_prefix: "reshoot" } },
  };
}

function comfyui() {
  return new ComfyUI({ api_host: new URL(bases.COMFYUI).host, WebSocket, fetch });
}

// The client has no call for it, but the way to make one.
async function upload(client) {
  const body = new FormData();
  body.append("image", new Blob([picture], { type: "image/jpeg" }), "picture.jpg");
  const reply = await client.fetchApi("/upload/image", { method: "POST", body });
  return (await reply.json()).name;
}

async function comfyuiPolls() {
  const client = comfyui();
  const name = await upload(client);
  const output = await client.enqueue_polling(makeGraph(name, 7), { polling_ms: 50, timeout_ms: 20000 });
  const image = output.images[0];
  assertPicture(image.type === "buff" ? image.data : await load(image.data));
}

async function comfyuiListens() {
  const client = comfyui();
  let asking;
  await client.connect();
  try {
    const name = await upload(client);
    let heard = 0;
    // The fake goes on when it is asked, and the client must be listening by then.
    asking = setInterval(() => client.getQueue(), 500);
    const output = await client.enqueue(makeGraph(name, 8), { progress: () => heard++, timeout_ms: 20000 });
    // Before it come pictures of the work in progress.
    const image = output.images.at(-1);
    assertPicture(image.type === "buff" ? image.data : await load(image.data));
    assert(heard > 0, "no progress was heard");
  } finally {
    clearInterval(asking);
    client.close();
  }
}

const tests = [replicateRuns, replicateCancels, replicateRefusesAKey, falSubscribes, openaiEdits, openaiSaysNo, comfyuiPolls, comfyuiListens];
let failed = 0;
console.log(`1..${tests.length}`);
for (const [i, test] of tests.entries()) {
  try {
    await test();
    console.log(`ok ${i + 1} - ${test.name}`);
  } catch (error) {
    failed++;
    console.log(`not ok ${i + 1} - ${test.name}`);
    console.log(`# ${(error.stack ?? String(error)).replaceAll("\n", "\n# ")}`);
  }
}
process.exit(failed > 0 ? 1 : 0);
