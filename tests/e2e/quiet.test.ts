/** What the extension does not do: nothing on an idle page, nothing over the network, nothing to stay alive. */

import assert from "node:assert/strict";
import { after, before, test } from "node:test";
import { setTimeout as pass } from "node:timers/promises";
import { waitForBadges } from "../support/badges.ts";
import { type Browser, startBrowser, stopServiceWorker } from "../support/browser.ts";
import { fixture } from "../support/fixtures.ts";

const IDLE_SECONDS = 10;

let browser: Browser;
before(async () => {
  browser = await startBrowser({ viewport: { width: 1280, height: 5000 } });
  for (const name of ["idle", "stopped", "local"]) {
    browser.sites.serve(`https://x.com/${name}`, fixture("x", "timeline.html"));
  }
});
after(() => browser.close());

test(`with the page idle for ${IDLE_SECONDS} s the content script runs no code`, async () => {
  const page = await browser.open("https://x.com/idle");
  await waitForBadges(page, 15);
  const session = await browser.context.newCDPSession(page);
  await session.send("Profiler.enable");
  await session.send("Profiler.startPreciseCoverage", { callCount: true, detailed: true });
  /** Calls of the content script's functions since the last time this was asked. */
  const calls = async (): Promise<number> => {
    const { result } = await session.send("Profiler.takePreciseCoverage");
    return result
      .filter(({ url }) => url.startsWith(`chrome-extension://${browser.id}/`))
      .flatMap(({ functions }) => functions.flatMap(({ ranges }) => ranges.map(({ count }) => count)))
      .reduce((sum, count) => sum + count, 0);
  };
  await calls();
  await pass(IDLE_SECONDS * 1000);
  assert.equal(await calls(), 0);
  // The measure itself can fail: a change of the page does run code.
  await page.locator("article").first().evaluate((post) => post.parentElement?.append(post.cloneNode(false)));
  await page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));
  assert.ok((await calls()) > 0);
  await page.close();
});

test("new posts get badges after the browser stopped the service worker", async () => {
  const page = await browser.open("https://x.com/stopped");
  await waitForBadges(page, 15);
  const started = await stopServiceWorker(browser);
  await page.evaluate(() => {
    const cells = [...document.querySelectorAll('[data-testid="cellInnerDiv"]')].slice(0, 3);
    for (const [index, cell] of cells.entries()) {
      const copy = cell.cloneNode(true) as Element;
      copy.querySelector("earshot-badge")?.remove();
      copy.querySelector('a[href*="/status/"]')?.setAttribute("href", `/maralind/status/199100000000000000${index}`);
      const text = copy.querySelector('[data-testid="tweetText"]');
      if (text) text.textContent = `Still stuck at gate B1${index}, nobody answers. What do we do tonight?`;
      document.querySelector("#timeline")?.append(copy);
    }
  });
  await waitForBadges(page, 18);
  await started();
  const urgencies = await page
    .locator('earshot-badge[post^="1991"]')
    .evaluateAll((added) => added.map((badge) => badge.getAttribute("urgency")));
  assert.equal(urgencies.length, 3);
  assert.ok(urgencies.every((level) => level === "high" || level === "critical"), String(urgencies));
  await page.close();
});

test("without a workspace nothing is sent anywhere", async () => {
  const page = await browser.open("https://x.com/local");
  await waitForBadges(page, 15);
  const before = browser.sites.requests.length;
  await page.locator("earshot-badge").first().click();
  await page.locator("earshot-detail").waitFor({ state: "visible" });
  await page.keyboard.press("Tab");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Escape");
  const worker = await browser.worker();
  assert.equal(await worker.evaluate(async () => Object.keys(await chrome.storage.local.get()).length), 0);
  // What Chromium itself asks its maker is none of the extension's doing; it knows no other host.
  const sent = browser.sites.requests.slice(before).filter((address) => !/google(apis)?\.com\//.test(address));
  assert.deepEqual(sent.filter((address) => address !== "x.com/favicon.ico"), []);
  await page.close();
});
