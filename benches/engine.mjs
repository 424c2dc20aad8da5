// Posts a second of the WebAssembly that ships in the extension, beside its npm peers, one thread, in one run.
//
//   node benches/engine.mjs TEXTS.jsonl BACKGROUND_FOLDER
//
// Prints a JSON line an engine: its name, the best and the median of its rounds in posts a second. A reading crosses
// the boundary as the extension's does: a batch of 20 posts in, their readings out as JavaScript values.
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { pathToFileURL } from "node:url";

const ROUNDS = 15; // enough for a median; a round of 2,000 posts takes some 50 ms
const BATCH = 20; // what a screenful of posts comes to

const [textsFile, folder] = process.argv.slice(2);
if (!textsFile || !folder) throw new Error("usage: node benches/engine.mjs TEXTS.jsonl BACKGROUND_FOLDER");
const texts = (await readFile(textsFile, "utf8")).trim().split("\n").map((line) => JSON.parse(line).text);

const require = createRequire(import.meta.url);
const Sentiment = require("sentiment");
const { SentimentIntensityAnalyzer } = require("vader-sentiment");
const sentiment = new Sentiment();

const shipped = await import(pathToFileURL(join(folder, "earshot_background.js")).href);
const bytes = await readFile(join(folder, "earshot_background_bg.wasm"));
// Node loads its `fetch` where it is first mentioned, which takes longer than the whole start; a browser has it.
void [Response, Request];
const started = performance.now();
const { memory } = await shipped.default({ module_or_path: bytes });
const background = new shipped.Background();
const start = performance.now() - started;

const batches = [];
for (let from = 0; from < texts.length; from += BATCH) {
  batches.push(texts.slice(from, from + BATCH).map((text, index) => ({ platform: "x", id: `${from + index}`, kind: "post", text })));
}
const engines = [
  ["earshot, full reading, shipped WASM", () => batches.forEach((batch) => background.read_batch(batch))],
  ["sentiment 5.0.2, npm", () => texts.forEach((text) => sentiment.analyze(text))],
  ["vader-sentiment 1.1.3, npm", () => texts.forEach((text) => SentimentIntensityAnalyzer.polarity_scores(text))],
];
const rates = engines.map(() => []);
for (let round = 0; round <= ROUNDS; round++) {
  for (const [index, [, read]] of engines.entries()) {
    const from = performance.now();
    read();
    // The first round warms the compiler up and is not counted.
    if (round > 0) rates[index].push((texts.length / (performance.now() - from)) * 1000);
  }
}
for (const [index, [engine]] of engines.entries()) {
  const sorted = rates[index].sort((a, b) => a - b);
  const line = { engine, best: sorted.at(-1), median: sorted[sorted.length >> 1] };
  if (index === 0) Object.assign(line, { startMilliseconds: start, memoryMegabytes: memory.buffer.byteLength / 1e6 });
  console.log(JSON.stringify(line));
}
