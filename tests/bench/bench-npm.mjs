// SPDX-FileCopyrightText: 2026 The Reshoot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The same edits as bench-client's, made by Replicate's own client for Node.
// usage: node bench-npm.mjs MODULES PICTURE EDITS AT-ONCE
// Prints milliseconds of CPU and of the clock for each edit, and by how many bytes the peak of its memory grew.

import { readFileSync } from "node:fs";
import { createRequire } from "node:module";

const [, , modules, path, edits, atOnce] = process.argv;
const Replicate = createRequire(`${modules}/`)("replicate");
const picture = readFileSync(path);
const client = new Replicate({ auth: "a-key-of-nobody", baseUrl: process.env.RESHOOT_REPLICATE_URL, useFileOutput: false });

async function edit() {
  const output = await client.run("black-forest-labs/flux-kontext-pro", {
    input: { prompt: "warmer", input_image: picture, output_format: "png" },
    wait: { mode: "poll", interval: 0 },
  });
  const bytes = await (await fetch(output)).arrayBuffer();
  if (bytes.byteLength < 1000) throw new Error("the picture is too short");
}

async function run(n, side) {
  let begun = 0;
  const worker = async () => {
    while (begun++ < n) await edit();
  };
  await Promise.all(Array.from({ length: side }, worker));
}

await run(4, 1);
const peak = process.resourceUsage().maxRSS;
const cpu = process.cpuUsage();
const start = performance.now();
await run(Number(edits), Number(atOnce));
const used = process.cpuUsage(cpu);
const wall = performance.now() - start;
const grown = (process.resourceUsage().maxRSS - peak) * 1024;
console.log(`${((used.user + used.system) / 1000 / edits).toFixed(3)} ${(wall / edits).toFixed(3)} ${grown}`);
