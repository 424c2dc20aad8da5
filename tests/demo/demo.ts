/**
 * The main job on this machine: webhooks into a worker, badges on a page, the popup. `cargo xtask demo` runs it.
 *
 *   node tests/demo/demo.ts --earshot PROGRAM [--headless] [--samples FOLDER]
 */

import { execFile } from "node:child_process";
import { mkdir, rm } from "node:fs/promises";
import { join, resolve } from "node:path";
import { parseArgs, promisify } from "node:util";
import type { Page } from "playwright-core";
import { waitForBadges } from "../support/badges.ts";
import { type Browser, repository, startBrowser } from "../support/browser.ts";
import { type Company, PLATFORMS, company } from "../support/company.ts";
import { adapter, fixture } from "../support/fixtures.ts";
import { type Workerd, startWorkerd } from "../support/workerd.ts";
import { type Bodies, bodiesIn, implied } from "./implied.ts";

const { values: options } = parseArgs({
  options: {
    earshot: { type: "string" },
    headless: { type: "boolean", default: false },
    samples: { type: "string" },
  },
});
if (options.earshot === undefined) throw new Error("--earshot PROGRAM is missing: run `cargo xtask demo`");
const earshot = resolve(options.earshot);
const profile = join(repository, "tests/fixtures/workspace.json");
const pictures = join(repository, "dist/demo");

/** The page that is shown, and the file it is. */
const ADDRESS = "https://x.com/home";
const PAGE = "timeline.html";

const northwind = company("northwind");
const bodies = bodiesIn(options.samples ?? join(repository, "tests/fixtures/hooks"), PLATFORMS);
const expected = implied(earshot, profile, bodies);
const sent = bodies.reduce((sum, { files }) => sum + files.length, 0);

await rm(pictures, { recursive: true, force: true });
await mkdir(pictures, { recursive: true });
console.log("-> starting the worker on workerd");
const worker = await startWorkerd({ settings: northwind.settings });
let browser: Browser | undefined;
try {
  console.log(`-> posting ${sent} webhook bodies, signed as their platforms sign`);
  let accepted = 0;
  for (const some of bodies) accepted += await post(worker, northwind, some);
  const kv = [...(await worker.kv()).keys()].filter((key) => key.startsWith("northwind/m/")).length;
  const flagged = await onTheDesk(worker, northwind);

  console.log("-> opening Chromium with the extension on a page of posts");
  browser = await startBrowser({ headed: !options.headless, viewport: { width: 1100, height: 900 } });
  await connect(browser, worker, northwind);
  browser.sites.serve(ADDRESS, fixture("x", PAGE));
  const x = adapter("x");
  const page = await browser.open(ADDRESS);
  // Only what somebody could see is read, so every post is brought into sight once.
  for (const post of await page.locator(x.posts[0]?.container ?? "").all()) {
    await post.evaluate((post) => {
      post.scrollIntoView({ block: "center" });
      return new Promise(requestAnimationFrame);
    });
  }
  await page.evaluate(() => scrollTo(0, 0));
  // A missing badge is told in the counts below, not by a time-out.
  await waitForBadges(page, x.expected.fixtures[PAGE] ?? 0).catch(() => undefined);
  const drawn = await page.locator("earshot-badge").count();
  if (options.headless) await takePictures(browser, page);

  const rows: [string, number, number][] = [
    ["webhooks sent", sent, sent],
    ["webhooks accepted", accepted, expected.accepted],
    ["mentions flagged", flagged, expected.flagged.size],
    ["mentions in KV", kv, expected.flagged.size],
    ["badges drawn", drawn, x.expected.fixtures[PAGE] ?? 0],
  ];
  console.log("");
  for (const [what, count, wanted] of rows) {
    console.log(`${what.padEnd(20)} ${String(count).padStart(4)}   ${count === wanted ? "as the samples imply" : `WRONG: the samples imply ${wanted}`}`);
  }
  console.log("");
  if (rows.some(([, count, wanted]) => count !== wanted)) process.exitCode = 1;
  if (options.headless) {
    console.log("Look at dist/demo/: page-light.png and page-dark.png, a page with a badge beside each post;");
    console.log("detail-light.png and detail-dark.png, why one of them is urgent, with the words marked;");
    console.log("popup-light.png and popup-dark.png, what waits, most urgent first;");
    console.log("popup-after-light.png, the same once the first was claimed and resolved.");
    console.log("`cargo xtask demo` without --headless opens the same in a window.");
  } else {
    const popup = await browser.open(`chrome-extension://${browser.id}/popup.html`);
    await page.bringToFront();
    console.log(`1. The window shows ${ADDRESS}, invented posts under the real name: a badge beside each, words where somebody must look.`);
    console.log("2. Click a badge, or Tab to it and press Enter: why, with the words marked, and Send to desk.");
    console.log(`3. The second tab is the popup (also behind the toolbar's icon): ${flagged} mentions wait, most urgent first.`);
    console.log("4. There: J and K move, C claims, E resolves, X dismisses, Z undoes, ? shows all keys.");
    console.log(`5. The worker answers at ${worker.url}; close the window or press Ctrl-C to end.`);
    await popup.waitForLoadState();
    await new Promise<void>((done) => {
      browser?.context.once("close", () => done());
      process.once("SIGINT", () => done());
    });
  }
} finally {
  await browser?.close().catch(() => undefined);
  await worker.close();
}

/** Posts one platform's bodies; returns how many were taken. */
async function post(worker: Workerd, company: Company, { platform, files }: Bodies): Promise<number> {
  const to = `${worker.url}/v1/hooks/${company.id}/${platform}`;
  const known = PLATFORMS.find((name) => name === platform);
  if (known === undefined) throw new Error(`no secret for ${platform}`);
  const { stdout } = await promisify(execFile)(
    earshot,
    ["send", "--to", to, "--platform", platform, "--secret-env", "EARSHOT_DEMO_SECRET", ...files],
    { env: { ...process.env, EARSHOT_DEMO_SECRET: company.secret(known) }, maxBuffer: 1 << 26 },
    // A body that was refused ends `send` with an error; which one is in what it printed.
  ).catch((error: { stdout?: string; stderr?: string }) => {
    if (!error.stdout) throw new Error(error.stderr);
    return { stdout: error.stdout };
  });
  return stdout.split("\n").filter((line) => line.startsWith("2")).length;
}

/** How many mentions the desk says are open. */
async function onTheDesk(worker: Workerd, company: Company): Promise<number> {
  const answer = await fetch(`${worker.url}/v1/${company.id}/mentions?limit=1`, {
    headers: { authorization: `Bearer ${company.key("ida")}` },
  });
  if (!answer.ok) throw new Error(`the list answered ${answer.status}`);
  return ((await answer.json()) as { counts: { open: number } }).counts.open;
}

/** Puts the workspace into the extension's settings, as the options page would. */
async function connect(browser: Browser, worker: Workerd, company: Company): Promise<void> {
  const settings = {
    workspace: { url: worker.url, workspace: company.id, key: company.key("ida") },
    sites: { x: true },
  };
  const service = await browser.worker();
  await service.evaluate((settings) => chrome.storage.local.set({ settings }), settings);
}

async function takePictures(browser: Browser, page: Page): Promise<void> {
  const shoot = (of: Page, name: string) => of.screenshot({ path: join(pictures, name) });
  for (const scheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme: scheme });
    await shoot(page, `page-${scheme}.png`);
    const badge = page.locator('earshot-badge[urgency="critical"]').first();
    await badge.click();
    await page.locator("earshot-detail").waitFor();
    await shoot(page, `detail-${scheme}.png`);
    await page.keyboard.press("Escape");
  }
  const popup = await browser.context.newPage();
  await popup.setViewportSize({ width: 420, height: 600 });
  await popup.goto(`chrome-extension://${browser.id}/popup.html`);
  const rows = popup.locator("[data-mention]");
  // The popup opens on what is urgent; other samples than ours may have nothing of the kind.
  if (!(await rows.first().waitFor({ timeout: 10_000 }).then(() => true, () => false))) await popup.keyboard.press("2");
  await rows.first().waitFor();
  for (const scheme of ["light", "dark"] as const) {
    await popup.emulateMedia({ colorScheme: scheme });
    await shoot(popup, `popup-${scheme}.png`);
  }
  await popup.emulateMedia({ colorScheme: "light" });
  const first = await rows.first().getAttribute("data-mention");
  await popup.keyboard.press("c");
  await popup.locator(`[data-mention="${first}"]`).getByText("yours").waitFor();
  await popup.keyboard.press("e");
  await popup.locator(".toast").getByText("Resolved").waitFor();
  await shoot(popup, "popup-after-light.png");
}
