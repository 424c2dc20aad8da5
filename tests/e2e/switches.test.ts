/** Sites are switched on and off one at a time; only the granted ones that are on are read. */

import assert from "node:assert/strict";
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { waitForBadges } from "../support/badges.ts";
import { type Browser, EXTENSION, startBrowser } from "../support/browser.ts";
import { fixture } from "../support/fixtures.ts";

let browser: Browser;
let extension: string;
before(async () => {
  // As a person's own install once X was granted: no script of the manifest's, and one site's hosts.
  extension = mkdtempSync(join(tmpdir(), "earshot-extension-"));
  cpSync(EXTENSION, extension, { recursive: true });
  const path = join(extension, "manifest.json");
  const manifest = JSON.parse(readFileSync(path, "utf8"));
  delete manifest.content_scripts;
  manifest.host_permissions = manifest.host_permissions.filter((origin: string) => /x\.com|twitter\.com/.test(origin));
  writeFileSync(path, JSON.stringify(manifest));
  browser = await startBrowser({ viewport: { width: 1280, height: 5000 }, extension });
  browser.sites.serve("https://x.com/on", fixture("x", "timeline.html"));
  browser.sites.serve("https://old.reddit.com/off", fixture("reddit-old", "comments.html"));
});
after(async () => {
  await browser?.close();
  rmSync(extension, { recursive: true, force: true });
});

/** Waits until exactly these sites' scripts are registered. */
async function registered(...sites: string[]): Promise<void> {
  const worker = await browser.worker();
  await worker.evaluate(async (wanted) => {
    for (;;) {
      const scripts = (await chrome.scripting.getRegisteredContentScripts()).map(({ id }) => id);
      if (JSON.stringify(scripts.sort()) === JSON.stringify(wanted)) return;
      await new Promise((next) => setTimeout(next, 10));
    }
  }, sites.sort());
}

async function keep(sites: Record<string, boolean>): Promise<void> {
  await (await browser.worker()).evaluate((kept) => chrome.storage.local.set({ settings: { sites: kept } }), sites);
}

test("a granted site is read, one that was never granted is not", async () => {
  await registered("x");
  const page = await browser.open("https://x.com/on");
  await waitForBadges(page, 15);
  const other = await browser.open("https://old.reddit.com/off");
  assert.equal(await other.locator("earshot-badge").count(), 0);
  await Promise.all([page.close(), other.close()]);
});

test("a site that is switched off loses its badges, and is left alone from then on", async () => {
  const page = await browser.open("https://x.com/on");
  await waitForBadges(page, 15);
  await keep({ x: false });
  await waitForBadges(page, 0);
  await registered();
  await page.close();
});

test("a site that is switched on is read in the tab that is already open", async () => {
  const page = await browser.open("https://x.com/on");
  assert.equal(await page.locator("earshot-badge").count(), 0);
  await keep({ x: true });
  await registered("x");
  await waitForBadges(page, 15);
  await page.close();
});

test("switching a site on asks the browser for that site's hosts and no others, inside the click", async () => {
  const page = await browser.open(`chrome-extension://${browser.id}/options.html`);
  const reddit = page.getByRole("switch", { name: "Reddit (old)" });
  await reddit.waitFor();
  assert.equal(await reddit.isChecked(), false, "its hosts are not granted");
  await page.evaluate(() => {
    const asked: string[] = [];
    const request = chrome.permissions.request.bind(chrome.permissions);
    // Looks on; the browser is asked all the same.
    chrome.permissions.request = ((wanted: chrome.permissions.Permissions) => {
      const answer = request(wanted);
      asked.push(JSON.stringify(wanted));
      answer.catch((error: Error) => asked.push(error.message));
      return answer;
    }) as typeof chrome.permissions.request;
    Object.assign(globalThis, { asked });
  });
  await reddit.click();
  // Chromium shows its question, which automation cannot answer; Firefox's answer is tested in firefox.test.ts.
  const asked = await page.evaluate(() => (globalThis as unknown as { asked: string[] }).asked);
  assert.deepEqual(asked, [JSON.stringify({ origins: ["https://old.reddit.com/*"] })], "asked once, and not refused for want of a gesture");
  assert.equal(await reddit.isChecked(), false, "the switch shows what is so, not what was asked for");
  await page.close();
});
