// SPDX-FileCopyrightText: 2026 The Reshoot authors
// SPDX-License-Identifier: GPL-3.0-or-later

// The page of a parcel in a real browser: a reviewer walks it by keys and pointer, judges, and saves a file. The page may
// ask for nothing, complain of nothing, and run nothing that people wrote.
// usage: node review.mjs FOLDER PAGE LARGE REPORT: where the file goes, a page of strange words, a page of 200 steps,
// a report on models
// Prints TAP.

import { existsSync, readFileSync, readdirSync } from "node:fs";
import { join, resolve } from "node:path";
import { pathToFileURL } from "node:url";
import { createRequire } from "node:module";
import puppeteer from "puppeteer-core";

const [folder, page, large, report] = process.argv.slice(2).map((path) => resolve(path));
const axe = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");
const MAX_OPEN = 2000; // milliseconds
const browserPath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find(existsSync);

let n = 0;
let failed = 0;

function assert(holds, what) {
  if (!holds) throw new Error(what);
}

async function test(name, act) {
  n += 1;
  try {
    const note = await act();
    console.log(`ok ${n} - ${name}${note ? ` # ${note}` : ""}`);
  } catch (error) {
    failed += 1;
    console.log(`not ok ${n} - ${name}`);
    console.log(`# ${String(error.stack ?? error).replaceAll("\n", "\n# ")}`);
  }
}

const browser = await puppeteer.launch({
  executablePath: browserPath,
  args: ["--no-sandbox", "--disable-gpu", "--host-resolver-rules=MAP * ~NOTFOUND", "--lang=en-US"],
});
const asked = [];
const complaints = [];

async function open(path, width = 1280, height = 800, dark = false, picture = ".stage img") {
  const tab = await browser.newPage();

  tab.on("request", (request) => {
    if (!/^(data|blob):/.test(request.url()) && request.url() !== pathToFileURL(path).href) asked.push(request.url());
  });
  tab.on("console", (message) => {
    if (["error", "warn"].includes(message.type())) complaints.push(message.text());
  });
  tab.on("pageerror", (error) => complaints.push(String(error)));
  tab.on("dialog", (dialog) => {
    if (dialog.type() !== "beforeunload") complaints.push(`a dialog: ${dialog.message()}`);
    dialog.accept();
  });
  await tab.emulateMediaFeatures([{ name: "prefers-color-scheme", value: dark ? "dark" : "light" }]);
  await tab.setViewport({ width, height });
  await tab.goto(pathToFileURL(path).href);
  await tab.waitForFunction((selector) => {
    const image = document.querySelector(selector);
    return image !== null && image.complete && image.naturalWidth > 0;
  }, {}, picture);
  return tab;
}

const getCurrent = (tab) => tab.$eval('[aria-current="step"] .marks', (marks) => parseInt(marks.textContent.match(/\d+/)[0], 10));
const getText = (tab, selector) => tab.$eval(selector, (element) => element.textContent);

async function press(tab, ...keys) {
  for (const key of keys) await tab.keyboard.press(key);
}

const tab = await open(page);

await test("it begins at the head, and the keys walk the path", async () => {
  const head = await getCurrent(tab);

  await press(tab, "ArrowLeft");
  const before = await getCurrent(tab);
  assert(before < head, `from step ${head} the parent is ${before}`);
  for (let i = 0; i < 20; i++) await press(tab, "ArrowLeft");
  assert((await getCurrent(tab)) === 1, "the path does not begin at the original");
  await press(tab, "ArrowRight");
  assert((await getCurrent(tab)) === 2, "the original's first child is not step 2");
});

await test("the list walks every step once", async () => {
  const count = (await tab.$$(".history li")).length;
  const seen = new Set();

  for (let i = 0; i < count; i++) await press(tab, "ArrowUp");
  for (let i = 0; i < count; i++) {
    seen.add(await getCurrent(tab));
    await press(tab, "ArrowDown");
  }
  assert(seen.size === count, `${seen.size} of ${count} were shown`);
});

await test("what strangers wrote is text", async () => {
  const told = await tab.$$eval(".history .told", (all) => all.map((element) => element.textContent));

  assert(told.some((text) => text.includes("<script>")), "the hostile instruction is not told");
  assert((await tab.$$(".history img[onerror], .caption img, .caption script, .notes script")).length === 0, "markup got in");
  assert((await tab.evaluate(() => globalThis.hacked)) === undefined, "it ran");
  assert(await tab.$$eval("body *", (all) => all.every((element) => [...element.attributes].every((one) => !one.name.startsWith("on")))),
    "an element has a handler written into it");
  assert((await tab.title()).includes("<b>"), "the title is not the file's name");
});

await test("ten thousand characters stay in their place", async () => {
  for (let i = 0; i < 20; i++) await press(tab, "ArrowLeft");
  await press(tab, "ArrowRight");
  const width = await tab.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  const note = await getText(tab, ".note p");

  assert(note.length >= 10000, `the note has ${note.length} characters`);
  assert(width <= 0, `the page is ${width} pixels wider than the window`);
});

await test("the split follows its divider", async () => {
  const getClip = () => tab.$eval(".stage .top", (image) => image.style.clipPath);

  await press(tab, "s");
  assert((await tab.$$(".stage .frame img")).length === 2, "the split does not show two pictures");
  const before = await getClip();
  await tab.focus("#divider");
  await press(tab, "Home");
  assert((await getClip()) !== before && (await getClip()).includes("100%"), "the divider does not move it");
  await tab.focus(".stage");
  await press(tab, "d");
  assert((await tab.$$(".stage .frame")).length === 2, "side by side does not show two frames");
  await press(tab, "d");
});

await test("B shows what was before, as long as it is held", async () => {
  const getSource = () => tab.$eval(".stage img", (image) => image.src);
  const result = await getSource();

  await tab.keyboard.down("b");
  assert((await getSource()) !== result, "the same picture is shown");
  await tab.keyboard.up("b");
  assert((await getSource()) === result, "the result does not come back");
});

await test("it plays the path to its end", async () => {
  await tab.evaluate(() => {
    const wait = globalThis.setTimeout;
    globalThis.setTimeout = (act) => wait(act, 1);
  });
  for (let i = 0; i < 20; i++) await press(tab, "ArrowRight");
  const last = await getCurrent(tab);
  await tab.focus(".stage");
  await press(tab, "Space");
  await tab.waitForFunction(() => [...document.querySelectorAll(".tools button")].some((button) => button.textContent === "Play"));
  assert((await getCurrent(tab)) === last, "it stops before the end");
});

await test("it does not save without a name", async () => {
  await tab.$$eval("header button", ([button]) => button.click());
  assert((await getText(tab, "[role=status]")).length > 0, "it says nothing");
  assert((await tab.evaluate(() => document.activeElement.id)) === "reviewer", "the name is not asked for");
});

let judged = 0;

await test("stars, verdict, reason and notes are taken", async () => {
  await tab.type("#reviewer", "Guest ‮ <i>");
  await tab.focus(".stage");
  for (let i = 0; i < 20; i++) await press(tab, "ArrowLeft");
  await press(tab, "ArrowRight", "4", "a");
  judged = await getCurrent(tab);
  assert(await tab.$eval('input[name=rating][value="4"]', (radio) => radio.checked), "the stars do not show");
  await tab.type("#reason", "as asked");
  await tab.focus(".stage");
  await press(tab, "n");
  await tab.keyboard.type("here </script><script>hacked=1</script>");
  const box = await (await tab.$(".frame")).boundingBox();
  await tab.mouse.click(box.x + box.width * 0.25, box.y + box.height * 0.75);
  await tab.keyboard.down("Control");
  await press(tab, "Enter");
  await tab.keyboard.up("Control");
  assert((await tab.$$(".pin.mine")).length === 1, "the note has no pin");
  await press(tab, "n");
  await tab.keyboard.type("all of it");
  await tab.$$eval(".notes button.main", ([button]) => button.click());
  assert((await tab.$$(".note.mine")).length === 2, "there are not two notes");
});

await test("a place is found by keys alone", async () => {
  await tab.focus(".stage");
  await press(tab, "n");
  await tab.keyboard.type("by keys");
  await tab.$$eval(".notes form button, .notes button", (all) => all.find((button) => button.textContent === "Place It by Keys").click());
  await press(tab, "ArrowLeft", "ArrowLeft", "ArrowUp");
  await tab.$$eval(".notes button.main", ([button]) => button.click());
  const at = await tab.$$eval(".pin.mine", (pins) => pins.map((pin) => pin.style.left));
  assert(at.includes("48%"), `the pins are at ${at}`);
});

await test("what was said is there when the page is opened again", async () => {
  const again = await open(page);

  assert((await again.$eval("#reviewer", (input) => input.value)).startsWith("Guest"), "the name is gone");
  await again.close();
});

await test("the verdicts are saved as a file", async () => {
  const client = await tab.createCDPSession();

  await client.send("Browser.setDownloadBehavior", { behavior: "allow", downloadPath: folder, eventsEnabled: true });
  const done = new Promise((resolve_) => client.on("Browser.downloadProgress", (event) => event.state === "completed" && resolve_()));
  await tab.$$eval("header button", ([button]) => button.click());
  await done;
  const name = readdirSync(folder).find((one) => one.endsWith(".json"));
  const file = JSON.parse(readFileSync(join(folder, name), "utf8"));
  const [step] = file.steps;

  assert(file.format === "reshoot-verdicts" && file.reviewer.startsWith("Guest"), "it does not say whose it is");
  assert(file.steps.length === 1 && step.rating === 4 && step.verdict === "accept" && step.reason === "as asked", JSON.stringify(step));
  assert(step.notes.length === 3 && Math.abs(step.notes[0].x - 0.25) < 0.01 && Math.abs(step.notes[0].y - 0.75) < 0.01, JSON.stringify(step.notes));
  assert(step.notes[1].x === undefined, "a note on all of it has a place");
  return `step ${judged}`;
});

for (const [width, height] of [[1280, 800], [400, 800]])
  for (const dark of [false, true])
    await test(`nobody is shut out: ${width} × ${height}, ${dark ? "dark" : "light"}`, async () => {
      const other = await open(page, width, height, dark);

      await press(other, "ArrowLeft", "s");
      await press(other, "n");
      await other.evaluate(axe);
      const { violations } = await other.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
      assert(violations.length === 0, violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html.slice(0, 120)).join(" | ")}`).join("\n"));
      assert((await other.evaluate(() => document.documentElement.scrollWidth - innerWidth)) <= 0, "it is wider than the window");
      if (process.env.RESHOOT_SHOTS) await other.screenshot({ path: join(process.env.RESHOOT_SHOTS, `parcel-${width}-${dark ? "dark" : "light"}.png`) });
      await other.close();
    });

await test("it prints as a contact sheet", async () => {
  await tab.emulateMediaType("print");
  const shown = await tab.$eval(".sheet", (sheet) => getComputedStyle(sheet).display);
  assert(shown === "grid" && (await tab.$eval(".app", (app) => getComputedStyle(app).display)) === "none", "the page is printed as it is on screen");
  const pdf = await tab.pdf({ path: process.env.RESHOOT_SHOTS ? join(process.env.RESHOOT_SHOTS, "sheet.pdf") : undefined });
  assert(pdf.length > 5000, "the print is empty");
});

await test("without scripts it is a contact sheet", async () => {
  const still = await browser.newPage();

  await still.setJavaScriptEnabled(false);
  await still.goto(pathToFileURL(page).href);
  const shown = await still.$$eval(".sheet img", (images) => images.length);
  assert(shown > 1, "no pictures");
  await still.close();
});

await test("two hundred steps open within two seconds", async () => {
  const start = Date.now();
  const big = await open(large);
  const took = Date.now() - start;

  assert((await big.$$(".history li")).length >= 200, "not all of them are there");
  assert(took <= MAX_OPEN, `it took ${took} ms`);
  await big.close();
  return `${took} ms`;
});

await test("on a phone the picture stays in sight, however one walks", async () => {
  const narrow = await open(large, 480);

  for (const key of ["", "ArrowLeft", "ArrowLeft", "ArrowRight"]) {
    if (key)
      await narrow.keyboard.press(key);
    assert(await narrow.$eval(".stage", (stage) => {
      const { top, bottom } = stage.getBoundingClientRect();
      return top >= 0 && bottom <= innerHeight;
    }), `it is not after “${key}”`);
    assert(await narrow.$eval(".history [aria-current]", (row) => {
      const { top, bottom } = row.getBoundingClientRect();
      const list = row.closest(".history").getBoundingClientRect();
      return top >= list.top - 1 && bottom <= list.bottom + 1;
    }), `its row is not in sight in the list after “${key}”`);
  }
  await narrow.close();
});

await test("a report shows its row, and what strangers wrote in it is text", async () => {
  for (const [width, dark] of [[1280, false], [480, true]]) {
    const sheet = await open(report, width, 800, dark, ".row img");

    assert((await sheet.$$(".row img")).length === 2, "not both pictures are there");
    assert((await getText(sheet, "h3")).includes("<script>hacked=1</script>"), "the hostile instruction is not told");
    assert((await sheet.$$("script, i, [onerror]")).length === 0, "markup got in");
    assert((await sheet.evaluate(() => globalThis.hacked)) === undefined, "it ran");
    assert(await sheet.$eval("img", (image) => getComputedStyle(image).objectFit === "contain"), "the style was kept out");
    assert(await sheet.evaluate(() => document.documentElement.scrollWidth <= innerWidth), `it is wider than ${width}`);
    await sheet.evaluate(axe);
    const { violations } = await sheet.evaluate(() => globalThis.axe.run(document, { resultTypes: ["violations"] }));
    assert(violations.length === 0, violations.map((one) => `${one.id}: ${one.nodes.map((node) => node.html).join(" | ").slice(0, 300)}`).join("\n"));
    await sheet.close();
  }
});

await test("nothing was asked for, and nothing was complained of", async () => {
  assert(asked.length === 0, `asked for ${asked.join(", ")}`);
  assert(complaints.length === 0, complaints.join("\n"));
  assert((await tab.evaluate(() => globalThis.hacked)) === undefined, "what a stranger wrote ran");
});

await browser.close();
console.log(`1..${n}`);
process.exit(failed ? 1 : 0);
