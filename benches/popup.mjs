// How soon the popup can be used with 200 mentions, real extension and real workerd.
//
//   node benches/popup.mjs [--runs 15] [--mentions 200]
//
// Needs dist/extension (built with --grant-all) and worker/build. Prints a JSON line a measurement: medians, in
// milliseconds since the page began to load, with the fastest and slowest run beside them.
//
// `first`: the list comes from the workspace; nothing was kept. `again`: the list that was kept is shown while the
// workspace is asked. Interactive is when the first screen of rows was drawn and a key that was pressed then moved the
// selection; `all_rows_ms` is when every row is in the page and a frame with them was drawn.
import { parseArgs } from "node:util";
import { startBrowser } from "../tests/support/browser.ts";
import { company } from "../tests/support/company.ts";
import { Desk } from "../tests/support/desk.ts";
import { startWorkerd } from "../tests/support/workerd.ts";

const { values: options } = parseArgs({
  options: { runs: { type: "string", default: "15" }, mentions: { type: "string", default: "200" } },
});
const RUNS = Number(options.runs);
const MENTIONS = Number(options.mentions);
const WORDS = [
  "Stuck at gate B14 with my two kids, flight cancelled, nobody answers the phone for 3 hours. What do we do tonight?",
  "You charged me twice for the same seat. Second time I write, next stop is my bank.",
  "Suitcase arrived broken, and the desk in Oslo sent me home with a web form that does not load.",
  "I am locked out of my booking and my flight leaves in two hours, please help now!",
];

const northwind = company("northwind");
const worker = await startWorkerd({ settings: northwind.settings });
const browser = await startBrowser();
try {
  const desk = new Desk(worker.url, northwind, "ida");
  for (let made = 0; made < MENTIONS; made++) {
    const answer = await desk.flag({
      id: { platform: "x", native: String(1_789_000_000 + made) },
      kind: "post", channel: "elsewhere", visibility: "broadcast",
      text: { state: "delivered", words: `${WORDS[made % WORDS.length]} (${made})` },
      author: { name: `Person ${made}`, handle: `person_${made}`, followers: 100 + made * 37 },
      permalink: `https://x.com/person_${made}/status/${1_789_000_000 + made}`,
    });
    if (!answer.ok) throw new Error(`the desk did not take a mention: ${answer.status}`);
  }
  const { counts } = await desk.list({ limit: "1" });
  const settings = { workspace: { url: worker.url, workspace: "northwind", key: northwind.key("ida") } };
  await (await browser.worker()).evaluate((kept) => chrome.storage.local.set({ settings: kept }), settings);

  const first = [];
  const again = [];
  // The browser's own first page is nobody's popup.
  for (let run = 0; run <= RUNS; run++) {
    await (await browser.worker()).evaluate(() => chrome.storage.session.clear());
    const cold = await open(browser, Math.min(counts.urgent, 200));
    const warm = await open(browser, Math.min(counts.urgent, 200));
    if (run > 0) {
      first.push(cold);
      again.push(warm);
    }
  }
  for (const [name, runs] of Object.entries({ first, again })) {
    const of = (pick) => runs.map(pick).toSorted((one, other) => one - other);
    const complete = of((run) => run.complete);
    const interactive = of((run) => run.interactive);
    const median = (sorted) => Math.round(sorted[Math.floor(sorted.length / 2)]);
    console.log(
      JSON.stringify({
        bench: `popup, ${name}`, mentions: counts.urgent, runs: RUNS,
        interactive_ms: median(interactive), fastest_ms: Math.round(interactive[0]), slowest_ms: Math.round(interactive.at(-1)),
        all_rows_ms: median(complete), goal_ms: 300,
      }),
    );
  }
} finally {
  await Promise.all([browser.close(), worker.close()]);
}

/** One opening of the popup: when it could be used, and when all of its rows were there. */
async function open(browser, rows) {
  const page = await browser.context.newPage();
  await page.setViewportSize({ width: 420, height: 600 });
  await page.addInitScript((rows) => {
    const drawn = () =>
      new Promise((done) =>
        requestAnimationFrame(() => {
          const channel = new MessageChannel();
          channel.port1.onmessage = done;
          channel.port2.postMessage(undefined);
        }),
      );
    const until = (count) =>
      new Promise((done) => {
        const look = () => {
          if (document.querySelectorAll("[data-mention]").length < count) return;
          observer.disconnect();
          done();
        };
        const observer = new MutationObserver(look);
        observer.observe(document, { childList: true, subtree: true });
        look();
      });
    const selected = () => document.querySelector('[data-mention][aria-selected="true"]')?.id;
    globalThis.measured = (async () => {
      // A first screen of rows.
      await until(10);
      await drawn();
      const before = selected();
      window.dispatchEvent(new KeyboardEvent("keydown", { key: "j", bubbles: true, cancelable: true }));
      while (selected() === before) await new Promise((next) => setTimeout(next));
      const interactive = performance.now();
      await until(rows);
      await drawn();
      return { interactive, complete: performance.now() };
    })();
  }, rows);
  await page.goto(`chrome-extension://${browser.id}/popup.html`);
  const measured = await page.evaluate(() => globalThis.measured);
  // What was shown is kept a moment later.
  await page.waitForTimeout(600);
  await page.close();
  return measured;
}
